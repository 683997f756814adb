"""When figures are due, and whether they are late."""

from dataclasses import replace
from datetime import date

import pytest
from tests.conftest import parsed

from callover import words
from callover.compute import sheet
from callover.data.read import read
from callover.late import awaited, missed, missing, next_close, overdue
from callover.model import Cell, Indicator, Key, Reference
from callover.pages.portal import press
from callover.periods import parse

AREA = "E09000002"


def made(newest, frequency="monthly", days=None, kind="count"):
    line = {Key(AREA, "all", "value"): {parse(newest): Cell(5)}} if newest else {}
    own = Indicator(
        "measure", "Measure", "", kind, "lower", "calls", "call", "crime", 1, "", "",
        frequency, days, "", AREA, line,
    )  # fmt: skip
    return sheet(own, Reference({}, {}, ()), {})


def day(text):
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("newest", "frequency", "kind", "close"),
    [
        ("2016-11", "monthly", "count", "2016-12-31"),
        ("2016-01", "monthly", "count", "2016-02-29"),
        ("2016/17-Q3", "quarterly", "count", "2017-03-31"),
        ("2015/16", "yearly", "yearly", "2017-03-31"),
        ("2016-W52", "weekly", "count", "2017-01-08"),
        ("2015-12/2016-11", "monthly", "rolling_only", "2016-12-31"),
        ("2016-10-31", "quarterly", "snapshot", "2017-01-31"),
        ("2016-10-15", "monthly", "snapshot", "2016-10-31"),
    ],
)
def test_the_next_figures_close_one_period_on(newest, frequency, kind, close):
    assert next_close(made(newest, frequency, kind=kind)) == day(close)


def test_nothing_is_expected_where_nobody_says_how_often():
    assert next_close(made("2016-11", "irregular")) is None
    assert next_close(made("")) is None


def test_figures_are_late_from_the_day_after_they_were_due():
    found = made("2016-11", days=20)  # December closes on the 31st, due by 20 January
    assert overdue(found, day("2017-01-20")) is None
    assert overdue(found, day("2017-01-21")) == (day("2017-01-20"), 1)
    assert overdue(made("2016-11"), day("2020-01-01")) is None


def test_figures_are_missing_once_two_whole_periods_have_none():
    assert not missing(made("2016-10"), day("2016-12-30"))
    assert missing(made("2016-10"), day("2016-12-31"))
    assert missing(made("2016-W50", "weekly"), day("2017-01-01"))
    assert not missing(made("2016-W51", "weekly"), day("2017-01-01"))
    assert not missing(made("2016-10", days=70), day("2016-12-31"))  # these have their own term
    assert not missing(made("2016-10", "irregular"), day("2020-01-01"))


# ---------------------------------------------------------------- releases

JULY = {"id": "july", "title": "July", "data_to": "2013-06", "next": "2013-10-25"}


@pytest.fixture
def partnership(package):
    """A demonstration with some releases, as it speaks on a day."""

    def make(as_of, *releases):
        given = {"as_of": as_of, "releases": list(releases)}
        data = package("count", partnership=given, published=None)
        return read(data, date(2026, 11, 21))

    return make


@pytest.mark.parametrize(
    ("as_of", "late"),
    [("2017-01-31", 1194), ("2013-11-06", 12), ("2013-10-26", 1), ("2013-10-25", 0)],
)
def test_a_release_is_late_from_the_day_after_it_was_due(partnership, as_of, late):
    (found,) = partnership("2017-01-31", JULY | {"published": None}).partnerships
    found = replace(found, as_of=as_of)
    assert awaited(found) == ((day("2013-10-25"), late) if late else None)


@pytest.mark.parametrize(
    ("published", "is_late", "ever"),
    [
        ("2013-10-25", False, []),
        ("2013-11-06", False, ["july"]),
        ("2013-11-07", True, ["july"]),  # it lies ahead, so it has not come
        (None, False, []),  # it has come, and nobody says when
    ],
)
def test_a_newer_release_ends_the_wait(partnership, published, is_late, ever):
    autumn = {"id": "autumn", "title": "Autumn", "data_to": "2013-09", "published": published}
    (found,) = partnership("2017-01-31", autumn, JULY).partnerships  # in any order
    found = replace(found, as_of="2013-11-06")
    assert bool(awaited(found)) is is_late
    assert [release.id for release in missed(found)] == ever


def test_lateness_is_said_in_words():
    assert words.awaited(day("2013-10-25"), 12) == (
        "Figures were due on 25 October 2013. They are 12 days late."
    )
    assert words.awaited(day("2013-10-25"), 1).endswith("They are 1 day late.")


def test_home_and_overview_say_that_a_release_is_late(partnership):
    late = "Figures were due on 25 October 2016. They are 98 days late."
    files = press(partnership("2017-01-31", JULY | {"next": "2016-10-25"}), {})
    home, overview = parsed(str(files["index.md"])), parsed(str(files["made-up-borough/index.md"]))
    assert [n.text for n in overview.all("p", class_="co-late")] == [f"Late. {late}"]
    assert f"The next release. {late}" in [item.text for item in overview.all("li")]
    assert "Nothing is late." not in overview.text
    assert f"Late{late}" in home.text.replace("Late ", "Late")
    soon = press(partnership("2017-01-31", JULY | {"next": "2017-01-31"}), {})
    assert "Late" not in parsed(str(soon["index.md"])).text
    assert "Nothing is late." in parsed(str(soon["made-up-borough/index.md"])).text
