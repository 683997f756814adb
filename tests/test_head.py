"""Front matter that pages share, and the day on which figures came out."""

from dataclasses import replace

import pytest

from callover.model import Partnership, Release
from callover.pages.head import changed_on, with_keys
from callover.periods import parse

RELEASES = (
    Release("a", "June", parse("2016-06"), "2016-07-20", ""),
    Release("b", "September", parse("2016-09"), "", ""),
    Release("c", "December", parse("2016-12"), "2017-01-20", ""),
    Release("d", "March", parse("2017-03"), "2017-04-20", ""),
)
LIVE = Partnership("p", "P", "P", "", "E09000002", "2017-01-31", "", (), {}, RELEASES, ())


@pytest.mark.parametrize(
    "period,live,demonstration",
    [
        ("2016-05", "2016-07-20", "2016-07-20"),
        ("2016-08", "", "2017-01-31"),  # nobody stated the day
        ("2016-12", "2017-01-20", "2017-01-20"),
        ("2017-02", "", "2017-01-31"),  # not out yet
        (None, "", "2017-01-31"),
    ],
)
def test_figures_have_the_day_of_their_release(period, live, demonstration):
    at = parse(period) if period else None
    assert changed_on(LIVE, at) == live
    assert changed_on(replace(LIVE, demonstration=True), at) == demonstration


def test_keys_are_added_to_the_front_matter():
    page = '---\ntitle: "A"\n---\n\ntext\n---\nmore\n'
    assert with_keys("a/index.md", page, {"feed": "a/feed.xml", "title": "B", "modified": ""}) == (
        '---\ntitle: "A"\nfeed: "a/feed.xml"\n---\n\ntext\n---\nmore\n'
    )
    assert with_keys("index.md", "# A\n", {"image": 'a "b"'}) == (
        '---\nimage: "a \\"b\\""\n---\n# A\n'
    )


def test_what_is_no_page_or_has_no_keys_stays_as_it_is():
    assert with_keys("a/feed.xml", "---\na\n---\n", {"feed": "a"}) == "---\na\n---\n"
    assert with_keys("a/chart.png", b"\x89", {"feed": "a"}) == b"\x89"
    assert with_keys("a/index.md", "text\n", {"feed": ""}) == "text\n"
