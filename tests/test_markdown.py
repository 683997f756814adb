"""What a commentary may hold becomes clean HTML; everything else is refused with its line."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import parsed

from callover import markdown
from callover.data.read import read as read_data
from callover.errors import Faults
from callover.markdown import MOST_MARKS, Problem, cleaned, read, rendered
from callover.pages.portal import press

ACCEPTED = {
    "Burglary fell.": "<p>Burglary fell.</p>",
    "One.\nStill one.\n\nTwo.": "<p>One. Still one.</p>\n<p>Two.</p>",
    "One.\\\nTwo.": "<p>One.<br>Two.</p>",
    "- a\n- b": "<ul><li>a</li><li>b</li></ul>",
    "- a\n\n- b": "<ul><li><p>a</p></li><li><p>b</p></li></ul>",
    "They:\n\n* a,\n  and so on\n+ b": (
        "<p>They:</p>\n<ul><li>a, and so on</li></ul>\n<ul><li>b</li></ul>"
    ),
    "1. a\n2. b": "<ol><li>a</li><li>b</li></ol>",
    "*a* **b** _c_ __d__": "<p><em>a</em> <strong>b</strong> <em>c</em> <strong>d</strong></p>",
    "[the *plan*](https://www.place.example/a?b=1&c=2#d)": (
        '<p><a href="https://www.place.example/a?b=1&amp;c=2#d" rel="noreferrer">the '
        "<em>plan</em></a></p>"
    ),
    "[us](mailto:team@place.example)": (
        '<p><a href="mailto:team@place.example" rel="noreferrer">us</a></p>'
    ),
    "<https://place.example/>": (
        '<p><a href="https://place.example/" rel="noreferrer">https://place.example/</a></p>'
    ),
    "[www.place.example](http://place.example/)": (
        '<p><a href="http://place.example/" rel="noreferrer">www.place.example</a></p>'
    ),
    "5 * 3 < 20 & R&D; a_b_c \\*no\\* 100%": (
        "<p>5 * 3 &lt; 20 &amp; R&amp;D; a_b_c *no* 100%</p>"
    ),
    "{{ config }} {% raw %} ${x} {: .a }": "<p>{{ config }} {% raw %} ${x} {: .a }</p>",
    "2016\\. A year": "<p>2016. A year</p>",
    "See https://place.example/ or [1].": "<p>See https://place.example/ or [1].</p>",
    'He said "no" and \u00a0left': '<p>He said "no" and &nbsp;left</p>',
    "": "",
}


@pytest.mark.parametrize(("text", "html"), ACCEPTED.items())
def test_what_may_stand_there_becomes_html(text, html):
    assert (read(text).html, read(text).problems) == (html, ())


# A text, the line of its problem, what was found, and a word of the remedy.
REFUSED = (
    ("Fell.\n\n<script>alert(1)</script>", 2, "<script>alert(1)</script>", "tag"),
    ("Fell.\nIt <b>fell</b>.", 1, "<b>", "tag"),
    ("<!-- a -->", 0, "<!-- a -->", "tag"),
    ("A\nB ![x](a.png) C", 1, "![x](a.png)", "picture"),
    ("Use `rm` now", 0, "`rm`", "marks"),
    ("A\n\n```\nx\n```", 2, "```", "marks"),
    ("A\n\n    code", 2, "code", "spaces"),
    ("A\n\n# Title", 2, "# Title", "sentence"),
    ("A\n\n### Title", 2, "### Title", "sentence"),
    ("Title\n---", 0, "Title", "underline"),
    ("> said", 0, "> said", "who said it"),
    ("A\n\n| a | b |\n|---|---|\n| 1 | 2 |", 2, "| a | b |", "table"),
    ("A\n\n***", 2, "***", "line out"),
    ("A ~~b~~", 0, "~~", "~~"),
    ("A\nB &nbsp; C", 1, "&nbsp;", "character itself"),
    ("&#106;avascript", 0, "&#106;", "character itself"),
    ("- a\n  - b", 1, "- b", "one level"),
    ("2016. A year", 0, "2016. A year", "backslash"),
    ("[a](javascript:alert(1))", 0, "javascript:alert(1)", "https://"),
    ("[a](java&#115;cript:alert)", 0, "javascript:alert", "https://"),
    ("<javascript:alert(1)>", 0, "javascript:alert(1)", "https://"),
    ("[a](data:text/html,x)", 0, "data:text/html,x", "https://"),
    ("[a](vbscript:x)", 0, "vbscript:x", "https://"),
    ("[a](file:///etc/passwd)", 0, "file:///etc/passwd", "https://"),
    ("[a](//evil.example)", 0, "//evil.example", "https://"),
    ("[a](../burglary/)", 0, "../burglary/", "https://"),
    ("[a](#top)", 0, "#top", "https://"),
    ("[a](https://place.example@evil.example/)", 0, "https://place.example@evil.example/", "https"),
    ("[a](https://localhost/)", 0, "https://localhost/", "https://"),
    ("[a](mailto:a@b.example?bcc=c@d.example)", 0, "mailto:a@b.example?bcc=c@d.example", "https"),
    ('[a](https://a.example "b")', 0, "b", "quotation"),
    ("[](https://a.example)", 0, "[](https://a.example)", "where the link leads"),
    ("[a@b.example](https://a.example)", 0, "[a@b.example](https://a.example)", "own address"),
    (
        "[https://bank.example](https://evil.example)", 0,
        "[https://bank.example](https://evil.example)", "own address",
    ),
    ("[a][1]\n\n[1]: https://a.example", 2, "[1]: https://a.example", "beside its words"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "line", "found", "remedy"), REFUSED)
def test_everything_else_is_refused_with_its_line(text, line, found, remedy):
    problems = read(text).problems
    assert (line, found) in {(p.line, p.found) for p in problems}, problems
    assert any(remedy in p.remedy for p in problems if p.found == found)


def test_every_refusal_is_tried():
    told = {p.remedy for text, *_ in REFUSED for p in read(text).problems}
    assert told >= set(markdown.REFUSED.values())


def test_all_problems_of_a_text_are_told_at_once():
    found = read("<b>x</b>\n\n> a\n\n![p](q)").problems
    assert [p.line for p in found] == [0, 0, 2, 4]


def test_the_words_alone_keep_paragraphs_lists_and_lines():
    text = "The *team*\nsays:\n\n1. **one** thing\n2. [two](https://a.example)\n\n- &amp"
    assert read(text).plain == "The team\nsays:\n\n- one thing\n- two\n\n- &amp"
    assert [block.pieces for block in read(text).blocks] == [
        ((0, "The team\nsays:"),),
        ((3, "one thing"), (4, "two")),
        ((6, "&amp"),),
    ]


# Inputs that take some parsers quadratic time, each as long as a commentary may be.
SLOW = (
    "[x](" * 4000, "![" * 9000, "*" * 19_000, "*a " * 6000, "_a" * 9000, "a**b" * 4500,
    "`" * 19_000, "<" * 19_000, "<!--" * 4500, "&" * 19_000, "[" * 9000 + "]" * 9000,
    "> " * 9000, "- " * 9000, "".join(f"{' ' * n}- a\n" for n in range(150)), "a\n" * 9000,
    "- a\n" * 4500, "1. a\n" * 3800, "|" * 9000, "|a" * 9000 + "\n" + "|-" * 9, "\\" * 19_000,
    "~" * 19_000, "\n" * 19_000, "[a]: b\n" * 2700, "a " * 9000, "\t" * 19_000, "=\n" * 9000,
    "&a;" * 6000, "<a" * 9000, "](" * 9000, "https://a.b/" * 1600, "(" * 19_000, "-\n" * 9000,
)  # fmt: skip


@pytest.mark.parametrize("text", SLOW, ids=range(len(SLOW)))
def test_no_text_takes_long_to_read(text):
    assert len(text) <= 20_000
    begin = time.process_time()
    read(text)
    assert time.process_time() - begin < 2


def test_a_crowd_of_signs_is_refused_before_it_is_read():
    assert read("[x](" * 4000).problems == (
        Problem(0, "4000 times [", "Say it in words, with fewer signs."),
    )
    assert read("*a* " * (MOST_MARKS // 2)).problems == ()
    assert [p.found for p in read("In 2016, 12. " * 300).problems] == ["600 numbers"]


# ---------------------------------------------------------------- the net below

PIECES = st.sampled_from(
    [
        *("<script>", "</p>", "<b", "\"'", "&", "&lt;", "&#106;", "\u00a0", "<!--", "-->", "]]>"),
        *("[a](https://a.example/?b=1&c=2)", "[a](javascript:x)", "<https://b.example>", "\\*"),
        *("*", "**", "_", "`", "~~", "![", "](", "](https://a.example)", "# ", "> ", "- ", "1. "),
        *("\n", "\n\n", "  \n", "\\\n", "\n- ", "\n1. ", "\n    ", "\n---\n", "| a |", "{{ x }}"),
        *("[a]: b", 'onclick="x"', "words", " ", "é", "2,119", "mailto:a@b.example", "\t"),
    ]
)
ANY = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
TEXTS = st.lists(PIECES | ANY, max_size=14).map("".join)
TAGS = {"", "p", "ul", "ol", "li", "em", "strong", "a", "br"}


@settings(max_examples=500)
@given(TEXTS)
def test_the_net_has_nothing_to_catch_and_only_our_elements_come_out(text):
    made = rendered(text)
    if made.problems:
        return
    assert read(text) == made
    for node in parsed(made.html).walk():
        assert node.tag in TAGS
        assert set(node.attrs) == ({"href", "rel"} if node.tag == "a" else set())
        assert node.attrs.get("href", "https:").partition(":")[0] in ("https", "http", "mailto")


def test_the_net_catches_what_the_renderer_might_let_through():
    bad = '<p onclick="x">a<script>b</script><a href="javascript:x">c</a><img src=x></p>'
    assert cleaned(bad) == '<p>a<a rel="noreferrer">c</a></p>'


# ---------------------------------------------------------------- through the package


PLACE = "made-up-borough/measure/commentary/2016-12.md"
BROKEN = """\
## Overview

Thefts fell. See [the plan](https://www.place.example/plan).

## Actions

- More patrols
- A <b>bold</b> plan


## Overview

![Chart](chart.png)
"""


def test_a_fault_names_the_line_of_the_file(package):
    with pytest.raises(Faults) as told:
        read_data(package("count", extra={PLACE: BROKEN}), date(2017, 2, 1))
    assert [(f.row, f.value) for f in told.value.faults] == [
        (8, "</b>"),
        (8, "<b>"),
        (13, "![Chart](chart.png)"),
    ]
    assert str(told.value.faults[1]) == (
        f'datapackage/{PLACE}, line 8: found "<b>"; expected paragraphs, simple lists, *emphasis*, '
        "**strong words** and [links](https://...) alone.\n"
        "  Take the tag out. To show the sign itself, put a space after it."
    )


def test_a_long_text_is_refused_unread(package):
    with pytest.raises(Faults) as told:
        read_data(package("count", extra={PLACE: "<b>" * 7000}), date(2017, 2, 1))
    assert [f.value for f in told.value.faults] == ["21000 characters"]


def test_a_heading_that_begins_no_section_is_refused(package):
    with pytest.raises(Faults) as told:
        read_data(package("count", extra={PLACE: "##Actions\n\nx\n\n### More\n"}), date(2017, 2, 1))
    assert [(f.row, f.value) for f in told.value.faults] == [(1, "##Actions"), (5, "### More")]


def test_pages_show_html_and_the_rest_of_the_site_words(package, html_text):
    text = "## Actions\n\nMore **patrols** by [the team](https://www.place.example/). And more.\n"
    folder = package("count", extra={PLACE: text})
    made = press(read_data(folder, date(2017, 2, 1)), {})
    page = html_text(made["made-up-borough/measure/index.md"])
    panel = page.one("section", class_="co-panel--actions")
    assert panel.one("strong").text == "patrols"
    assert panel.one("a", href="https://www.place.example/").text == "the team"
    assert "What is being done?More patrols by the team." in page.one("dl", class_="co-glance").text
