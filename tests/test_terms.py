"""A page leads to the words of the glossary that it uses, and to no others."""

import re
from pathlib import Path

from callover.pages.terms import terms, used

GLOSSARY = """---
title: Glossary
---
## Rate { #rate }
Not special: it is on every page.

## Repeat referral (RR) { #repeat-referral .word }
Text.

## Confidence interval { #interval .word data-also="95% interval|the range" }
Text.
"""
ROOT = Path(__file__).resolve().parent.parent


def test_special_words_are_found_by_heading_short_form_plural_and_other_names():
    known = terms(GLOSSARY)
    assert used(known, ["The rate of repeat referrals rose."]) == [
        ("repeat-referral", "Repeat referral")
    ]
    assert used(known, ["An RR.", "A 95% interval."]) == [
        ("interval", "Confidence interval"), ("repeat-referral", "Repeat referral"),
    ]  # fmt: skip
    assert used(known, ["Repeat", "referral: the", "ranger"]) == []
    assert used(known, ["RRs"]) == []
    assert used({}, ["repeat referral"]) == []
    assert terms("") == {}


def test_every_special_word_of_our_glossary_is_read_and_in_its_place():
    text = (ROOT / "docs/glossary/index.md").read_text("utf-8")
    found = {term.anchor for names in terms(text).values() for _, term in names}
    assert found == set(re.findall(r"#([a-z0-9-]+) \.word", text))
    assert {"marac", "detection-rate", "most-similar-group", "rolling-12-months"} <= found
    titles = re.findall(r"^## (.+?) \{", text, re.M)
    plain = [
        re.sub(r"[^a-z0-9 ]", "", t.partition(" (")[0].lower().replace("-", " ")) for t in titles
    ]
    assert plain == sorted(plain)


def test_a_page_links_to_the_rows_of_its_words(built_site, html):
    anchors = {n.attrs.get("id") for n in html(built_site / "glossary/index.html").all("h2")}
    page = html(built_site / "barnet/burglary/index.html")
    links = [a for a in page.all("a") if a.attrs.get("href", "").startswith("../../glossary/#")]
    assert {"Detection rate", "Sanction detection"} <= {link.text for link in links}
    for link in links:
        assert link.attrs["href"].partition("#")[2] in anchors
