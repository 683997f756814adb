"""When figures are due, and whether they are late."""

from datetime import date

import pytest

from callover.compute import sheet
from callover.late import missing, next_close, overdue
from callover.model import Cell, Indicator, Key, Reference
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
