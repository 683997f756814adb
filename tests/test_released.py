"""The page of a release: what it shows, where it is, and how an indicator's page links to it."""

import hashlib
import json
import re
import shutil
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import generate
from callover.data.read import read
from callover.london import end_of
from callover.pages.portal import press
from callover.periods import parse
from callover.site import release

HOME = generate.PARTNERSHIP
SITE = f"https://example.org/{HOME}/measure/"
SERIES = "period,value,marker,note\n" + "".join(
    f"2016-{month:02d},{value},,\n" for month, value in enumerate((9, 9, 9, 30, 30, 30), 4)
)
TARGETS = (
    "measure,category,period,type,lower,upper,change_percent,baseline,baseline_period,status,"
    "as_published\nvalue,all,2016/17,maximum,,120,,,,agreed,\n"
)
JUNE = {"id": "a", "title": "Summer report", "data_to": "2016-06", "published": "2016-07-20"}
SEPTEMBER = {"id": "b", "title": "September 2016", "data_to": "2016/17-Q2"}
BEFORE = {"id": "c", "title": "Before all figures", "data_to": "2015-12"}


NOW = end_of(date(2017, 1, 31))
SETTINGS = {"rating": {"scheme": "within-10"}, "polarity": "lower"}


def pressed(package, *releases, **more):
    folder = package(
        "count",
        series=SERIES,
        targets=TARGETS,
        published=None,
        callover=SETTINGS,
        partnership={"releases": list(releases)},
        **more,
    )
    return press(read(folder, date(2017, 1, 31)), {})


def of_measure(files):
    return [path for path in files if re.fullmatch(rf"{HOME}/measure/.*index\.md", path)]


def figures(page):
    return {dt.text: dt.parent.one("span", class_="co-figure").text for dt in _figures(page)}


def _figures(page):
    return page.one("dl", class_="co-figures").all("dt")


def test_each_release_with_figures_has_a_page(package):
    assert of_measure(pressed(package, BEFORE, JUNE, SEPTEMBER)) == [
        f"{HOME}/measure/index.md",
        f"{HOME}/measure/2016-06/index.md",
        f"{HOME}/measure/fy2016-17-q2/index.md",
    ]


def test_the_page_of_a_release_stays_at_its_figures(package, html_text):
    files = pressed(package, JUNE, SEPTEMBER)
    june = html_text(files[f"{HOME}/measure/2016-06/index.md"])
    newest = html_text(files[f"{HOME}/measure/fy2016-17-q2/index.md"])
    assert june.one("h1").text == "Made-up measure 0001, June 2016"
    assert figures(june) == {"June 2016": "9", "April to June 2016": "27"}
    assert figures(newest) == {"September 2016": "30", "April to September 2016": "117"}
    assert "On target" in june.one("div", class_="co-status--on-target").text
    assert "Off target" in newest.one("div", class_="co-status--off-target").text
    facts = {dt.text: dt.parent.one("dd").text for dt in june.one("dl", class_="co-meta").all("dt")}
    assert facts["Data to"] == "June 2016"
    assert (facts["Release"], facts["Published"]) == ("Summer report", "20 July 2016")
    assert "This page stays at June 2016." in june.text
    assert june.one("p", class_="co-note").one("a").attrs["href"] == "../"
    assert len(june.all("svg", class_="co-svg")) == 1


def test_a_page_tells_what_people_wrote_by_then(package):
    said = {
        f"{HOME}/measure/commentary/2016-06.md": "## Overview\n\nA warm June.\n",
        f"{HOME}/measure/commentary/2016-09.md": "## Actions\n\nMore patrols.\n",
    }
    files = pressed(package, JUNE, SEPTEMBER, extra=said)
    june, newest = (files[f"{HOME}/measure/{p}/index.md"] for p in ("2016-06", "fy2016-17-q2"))
    assert "A warm June." in june and "More patrols." not in june
    assert "More patrols." in newest and "A warm June." not in newest


# ------------------------------------------------------------------ a frozen release

OTHER = SERIES.replace("2016-05,9,", "2016-05,39,")


def revised(*rows):
    header = "date,period,area_code,category,column,from,to,reason,note\n"
    return header + "".join(f"2017-01-31,{row}\n" for row in rows)


WHY = revised("2016-05,,,value,9,39,correction,A page was missing.")


@pytest.fixture
def frozen(package):
    """Freeze the release of June; give a function that presses the site from a changed package."""
    said = {f"{HOME}/measure/commentary/2016-06.md": "## Overview\n\nA *warm* June.\n"}
    more = {"callover": {**SETTINGS, "caution": "A first count."}}
    made = {"series": SERIES, "targets": TARGETS, "published": None, "extra": said, **more}
    root = package("count", partnership={"releases": [JUNE, SEPTEMBER]}, **made)
    release.write(root, release.freeze(root, read(root, date(2017, 1, 31)), HOME, "2016-06", NOW))

    def press_with(**changes):
        own = {**made, **changes}
        again = package("count", partnership={"releases": [JUNE, SEPTEMBER]}, **own)
        return press(read(again, date(2017, 1, 31)), {})

    return press_with


def test_a_frozen_page_says_that_nothing_has_changed(frozen, html_text):
    files = frozen()
    page = html_text(files[f"{HOME}/measure/2016-06/index.md"])
    note = page.all("p", class_="co-note")[0]
    assert note.text.startswith("This page shows what was published, and stays as it is.")
    assert "Nothing has changed. What we know now of June 2016 is what was published." in note.text
    assert [a.attrs["href"] for a in note.all("a")] == ["#now", "../"]
    assert figures(page) == {"June 2016": "9", "April to June 2016": "27"}
    facts = {dt.text: dt.parent.one("dd").text for dt in page.one("dl", class_="co-meta").all("dt")}
    assert facts["Frozen"] == "31 January 2017"
    assert page.all("table", class_="co-table--stack") == []
    newest = files[f"{HOME}/measure/fy2016-17-q2/index.md"]
    assert "It is not frozen" in newest and "What we know now" not in newest
    assert f"{HOME}/measure/fy2016-17-q2/record.json" not in files


def test_a_frozen_page_stays_and_shows_beside_it_what_is_known_now(frozen, html_text):
    before = html_text(frozen()[f"{HOME}/measure/2016-06/index.md"])
    page = html_text(frozen(series=OTHER, revisions=WHY)[f"{HOME}/measure/2016-06/index.md"])
    for part in ("svg", "figure", "dl", "h1"):
        assert [x.text for x in page.all(part)] == [x.text for x in before.all(part)], part
    assert page.one("div", class_="co-status").text == before.one("div", class_="co-status").text
    rows = page.one("table", class_="co-table--stack").all("tr")[1:]
    assert [[cell.text for cell in row.all() if cell.tag in ("th", "td")] for row in rows] == [
        ["Cases", "May 2016", "9", "39", "Correction. A page was missing."],
        ["Year to date", "June 2016", "27", "57", ""],
        ["Distance from target", "June 2016", "-3", "+27", ""],
    ]
    assert "One figure has changed since this was published." in page.text
    assert "That changes 2 others and the rating." in page.text
    assert [badge.text for badge in page.all("span", class_="co-rating")] == [
        "On target", "On target", "Off target",
    ]  # fmt: skip


CHANGED: dict[str, Any] = {
    "other words": (
        {"callover": {"caution": "Another.", "unit": "offences"}}, "Nothing has changed.",
    ),
    "another rule": (
        {"callover": {"rating": {"scheme": "none"}}},
        "No figure has changed since this was published, but the rating is another one now.",
    ),
    "another target": (
        {"targets": TARGETS.replace(",120,", ",60,")},
        "2 figures that we work out have changed since this was published. That changes the rating",
    ),
    "a figure that was taken back": (
        {
            "series": SERIES.replace("2016-05,9,", "2016-05,,x"),
            "revisions": revised("2016-05,,,value,9,[x],correction,It was a guess."),
        },
        "One figure has changed",
    ),
    "all figures gone": (
        {
            "series": "period,value,marker,note\n2016-09,9,,\n",
            "revisions": revised(
                *(f"2016-0{n},,,value,9,,correction,It was a guess." for n in (4, 5, 6))
            ),
        },
        "3 figures have changed",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGED)
def test_whatever_changes_the_page_stays(frozen, html_text, name):
    changes, says = CHANGED[name]
    own = {**SETTINGS, "caution": "A first count.", **changes.get("callover", {})}
    changes = {name: text for name, text in changes.items() if name != "callover"}
    page = html_text(frozen(callover=own, **changes)[f"{HOME}/measure/2016-06/index.md"])
    assert figures(page) == {"June 2016": "9", "April to June 2016": "27"}
    assert page.one("div", class_="co-status").text.startswith("On target")
    assert page.one("p", class_="co-headline").text.startswith("There were 27 cases from April")
    assert "Take care. A first count." in page.text
    assert says in page.text


def test_a_frozen_page_keeps_its_feed_and_how_to_cite_it(frozen, html_text):
    files = frozen()
    text = files[f"{HOME}/measure/2016-06/index.md"]
    page = html_text(text)
    assert f'feed: "{HOME}/feed.xml"' in text
    (link,) = [node for node in page.walk() if node.attrs.get("id") == "cite-link"]
    assert link.text == f"{SITE}2016-06/"
    (cited,) = [node for node in page.walk() if node.attrs.get("id") == "cite-text"]
    assert "Made-up measure 0001, June 2016. Callover, 31 January 2017." in cited.text
    assert page.one("em").text == "warm"
    assert 'class="co-foot"' in text


def test_the_record_lies_beside_the_page_with_the_sum_that_the_page_says(frozen, html_text):
    files = frozen(series=OTHER, revisions=WHY)
    record = files[f"{HOME}/measure/2016-06/record.json"]
    listed = json.loads(files[f"{HOME}/releases/2016-06.json"])
    assert hashlib.sha256(record.encode()).hexdigest() == listed["indicators"]["measure"]
    page = html_text(files[f"{HOME}/measure/2016-06/index.md"])
    assert page.one("span", class_="co-address").text == listed["indicators"]["measure"]
    assert json.loads(record)["lines"][0]["figures"]["2016-05"] == "9"


def test_texts_of_a_record_are_words(package, html_text):
    """What a title or a commentary holds is printed as it was typed; so it is from a record."""
    hostile = '<script>alert(1)</script>{{ 7*7 }}" onload=x'
    root = package(
        "count", series=SERIES, published=None, partnership={"releases": [JUNE]},
        callover={"caution": hostile},
    )  # fmt: skip
    release.write(root, release.freeze(root, read(root, date(2017, 1, 31)), HOME, "2016-06", NOW))
    page = html_text(press(read(root, date(2017, 1, 31)), {})[f"{HOME}/measure/2016-06/index.md"])
    assert page.all("script") == []
    assert hostile in page.text


#: Fields of a record that are no words: names that code knows, days, periods and numbers.
_FIXED = {
    *("release", "data_to", "closing", "frozen", "verdict", "section", "name", "role", "type"),
    *("form", "value", "files", "measures", "lines", "targets", "current"),
}


def worded(value: Any, text: str) -> Any:
    """Put a text in the place of all words of a record."""
    if isinstance(value, dict):
        return {k: v if k in _FIXED else worded(v, text) for k, v in value.items()}
    if isinstance(value, list):
        return [worded(each, text) for each in value]
    return text if isinstance(value, str) and value else value


DRAWN = {"svg", "g", "line", "rect", "text", "circle", "path"}
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</svg><!-- /html --><b>{{ 7*7 }}</b>\n\n# heading",
    "[link](javascript:alert(1)) `code` &lt;b&gt; {% include x %}",
)


def test_no_text_of_a_record_adds_an_element(package, html_text):
    """A record whose list has its sum may come from anyone; its words are words all the same."""
    said = {f"{HOME}/measure/commentary/2016-06.md": "## Overview\n\nA warm June.\n"}
    root = package(
        "count", series=SERIES, published=None, partnership={"releases": [JUNE]}, extra=said,
        callover={**SETTINGS, "caution": "A first count."},
    )  # fmt: skip
    made = release.freeze(root, read(root, date(2017, 1, 31)), HOME, "2016-06", NOW)
    ((path, text),) = made.records.items()

    def page(words):
        record = json.dumps(worded(json.loads(text), words))
        sums = {"measure": hashlib.sha256(record.encode()).hexdigest()}
        listed = replace(made.listed, indicators=sums)
        release.write(root, replace(made, records={path: record}, listed=listed))
        files = press(read(root, date(2017, 1, 31)), {})
        shutil.rmtree(root / HOME / "releases")
        return html_text(files[f"{HOME}/measure/2016-06/index.md"])

    def elements(node):
        # A text that is no commentary today is printed as plain paragraphs; in a drawing the room
        # for a name decides where it stands.
        drawn = {id(inner) for svg in node.all("svg") for inner in svg.walk()}
        assert {n.tag for n in node.walk() if id(n) in drawn} <= DRAWN
        outside = [n for n in node.walk() if id(n) not in drawn and n.tag not in ("p", "br")]
        return [(n.tag, sorted(n.attrs)) for n in outside]

    harmless = elements(page("words"))
    for payload in PAYLOADS:
        found = page(payload)
        assert elements(found) == harmless, payload
        assert payload.split()[0] in found.one("h1").text


CASES = {
    "the newest figures": (
        (JUNE, SEPTEMBER),
        ("fy2016-17-q2/", f"{SITE}fy2016-17-q2/"),
        "This address stays at July to September 2016.",
        f"September 2016. Callover, 31 January 2017. {SITE}fy2016-17-q2/",
        ["2016-06/"],
    ),
    "older figures": (
        (JUNE,),
        ("2016-06/", f"{SITE}2016-06/"),
        "The newest release is for June 2016. This address stays there.",
        f"September 2016. Callover, 31 January 2017. {SITE}",
        [],
    ),
    "no figures": (
        (BEFORE,),
        ("./", SITE),
        "No release has these figures yet. This address always has the newest figures.",
        f"September 2016. Callover, 31 January 2017. {SITE}",
        [],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_an_indicators_page_can_be_cited_and_linked_to(package, html_text, case):
    """The texts are there, to be selected, without the script; it shows the buttons."""
    releases, (href, address), says, citation, others = CASES[case]
    page = html_text(pressed(package, *releases)[f"{HOME}/measure/index.md"])
    cite = page.one("div", class_="co-cite")
    (link,) = [node for node in cite.walk() if node.attrs.get("id") == "cite-link"]
    assert (link.text, link.one("a").attrs["href"]) == (address, href)
    (text,) = [node for node in cite.walk() if node.attrs.get("id") == "cite-text"]
    assert text.text == (f"Made-up Community Safety Partnership, Made-up measure 0001, {citation}")
    assert says in cite.text
    buttons = [(b.attrs["data-copy"], "hidden" in b.attrs) for b in cite.all("button")]
    assert buttons == [("#cite-text", True), ("#cite-link", True)]
    shown = [a.attrs["href"] for a in cite.all("a") if "class" not in a.attrs]
    assert shown == [href, *others]


@pytest.mark.parametrize(
    "label", ["2016-12", "2013/14-Q2", "2013/14", "2013-W25", "2012-04/2013-03", "2016-10-31"]
)
def test_no_file_beside_a_page_has_the_address_of_a_period(package, label):
    """Files have a dot in their names, periods have none."""
    files = pressed(package, JUNE)
    beside = {path.split("/")[2] for path in files if path.startswith(f"{HOME}/measure/")}
    beside -= {"2016-06"}
    assert all("." in name for name in beside)
    assert "." not in parse(label).slug and "/" not in parse(label).slug


def test_the_link_names_the_release_that_had_the_figures_first(built_site):
    """The year-end release brought this measure nothing new: its figures end in September."""
    page = (built_site / "haringey/prevent-delivery/index.html").read_text("utf-8")
    assert "This address stays at July to September 2013." in page
    assert "https://example.org/haringey/prevent-delivery/fy2013-14-q2/" in page
