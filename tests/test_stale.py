"""Figures that are too old lose their rating, and the page says how late newer ones are."""

from dataclasses import replace
from datetime import date

import pytest
from tests.corpus.package import sound

from callover import words
from callover.compute import board_as_at, boards
from callover.data.read import read
from callover.drawings import charts
from callover.pages import ahead, views
from callover.periods import parse
from callover.stale import stale

MONTHS = [f"2012-{m:02}" for m in range(8, 13)] + [f"2013-{m:02}" for m in range(1, 8)]
#: Two years of months to July 2013, a tenth fewer in the second: on target by two windows.
SERIES = "\n".join(
    ["period,value", *(f"2011-{m:02},100" for m in range(8, 13))]
    + [f"2012-{m:02},100" for m in range(1, 8)]
    + [f"{label},90" for label in MONTHS]
)


def day(text):
    return date.fromisoformat(text).toordinal()


def portal(tmp_path, today="2014-01-31", series=SERIES, targets=None, **settings):
    """Read a sound package on a day."""
    own = {"polarity": "lower", "rating": {"scheme": "two_windows"}, "due_within_days": 0}
    own |= settings
    folder = sound(
        tmp_path / "datapackage",
        "count",
        series=f"{series}\n",
        callover=own,
        partnership={"as_of": today, "releases": []},
        commentary=False,
        targets=targets,
        comparators=None,
        published=None,
    )
    return read(folder, date.fromisoformat(today))


@pytest.fixture
def board(tmp_path):
    (made,) = boards(portal(tmp_path))
    return made


@pytest.mark.parametrize(
    ("frequency", "to", "term", "on", "late"),
    [
        # August and September have ended by the last day of September, and are not there.
        ("monthly", "2013-07", None, "2013-09-30", None),
        ("monthly", "2013-07", None, "2013-10-01", (1, False)),
        ("monthly", "2013-07", None, "2014-01-30", (4, False)),
        ("monthly", "2013-07", None, "2014-01-31", (5, False)),
        ("monthly", "2015-12", None, "2016-02-29", None),  # a leap year
        # September's were due 60 days later, on 29 November; August's on 30 October.
        ("monthly", "2013-07", 60, "2013-11-29", None),
        ("monthly", "2013-07", 60, "2013-11-30", (1, False)),
        ("weekly", "2013-W25", None, "2013-07-07", None),
        ("weekly", "2013-W25", None, "2013-07-08", (1, True)),
        ("weekly", "2013-W25", 7, "2013-07-28", (3, True)),
        ("quarterly", "2013/14-Q2", None, "2014-03-31", None),
        ("quarterly", "2013/14-Q2", None, "2014-04-01", (3, False)),
        # A year's figures may come in the course of the next; two years' are both due.
        ("yearly", "2014/15", None, "2017-03-31", None),
        ("yearly", "2014/15", None, "2017-04-01", (12, False)),
        # A source that comes two years later and says so is in time.
        ("yearly", "2010-10/2011-09", 760, "2014-03-27", None),
        ("irregular", "2001-01", None, "2014-03-27", None),
    ],
)
def test_figures_are_stale_once_a_whole_period_more_is_late(board, frequency, to, term, on, late):
    indicator = replace(board.sheets[0].indicator, frequency=frequency, due_within_days=term)
    found = stale(indicator, parse(to), day(on))
    assert (found and (found.end, *found[1:])) == (late and (parse(to).end, *late))


def test_a_stale_measure_has_no_rating_and_says_how_late_it_is(board):
    (sheet,) = board.sheets
    status, line = views.status(board, sheet), views.line(board, sheet)
    assert (status.verdict, line.verdict) == ("not-rated", "not-rated")
    assert status.reason == "The figures end in July 2013; newer ones are 5 months late."
    without = replace(sheet, indicator=replace(sheet.indicator, due_within_days=None))
    assert views.late(board, without) == status.reason  # so it is in the list of what is late
    assert status.distance == "" and line.why == "newer figures 5 months late"
    assert {t.verdict: t.count for t in views.tally(board.sheets)} == {
        **dict.fromkeys(("on-target", "close", "off-target"), 0),
        "not-rated": 1,
    }


def test_nothing_is_said_ahead_of_a_stale_measure(tmp_path):
    targets = (
        "measure,category,period,type,lower,upper,change_percent,baseline,baseline_period,status,"
        "as_published\nvalue,all,2013/14,maximum,,1100,,,,agreed,\n"
    )
    said = []
    for today in ("2013-08-31", "2014-01-31"):
        (made,) = boards(portal(tmp_path / today, today, targets=targets))
        said.append((ahead.on_course(made.sheets[0]), drawn(made.sheets[0])))
    assert said[0][0].startswith("It is heading for ") and "Projected" in said[0][1]
    assert said[1][0] == "" and "Projected" not in said[1][1]


def drawn(sheet):
    return {mark.label for chart in charts(sheet) for mark in chart.marks}


def test_in_time_it_is_rated_and_so_it_is_with_a_term_that_has_not_passed(tmp_path):
    for place, (today, settings) in enumerate(
        (("2013-09-30", {}), ("2014-01-31", {"due_within_days": 123}))
    ):
        (made,) = boards(portal(tmp_path / str(place), today, **settings))
        assert made.sheets[0].rating.verdict == "on-target", settings


def test_what_it_was_rated_at_the_time_stays(board):
    (sheet,) = board.sheets
    assert sheet.ratings[0].history[-1][1].verdict == "on-target"
    rows = [m for m in sheet.metrics if m.measure.startswith("rating_")]
    assert rows[-1].period == parse("2013-07") and rows[-1].text == "on-target"


def test_a_report_of_its_own_time_is_not_stale_and_a_later_one_is(board):
    for label, verdict in (
        ("2013-07", "on-target"),
        ("2013-09", "on-target"),
        ("2013-12", "not-rated"),
    ):
        then = board_as_at(board, parse(label), board.sheets[0].reference)
        assert then.sheets[0].rating.verdict == verdict, label


def test_a_measure_that_has_no_rating_keeps_its_own_reason(tmp_path):
    (made,) = boards(portal(tmp_path, polarity="monitor"))
    sheet = made.sheets[0]
    assert sheet.rating.reason == "for-monitoring"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"end": day("2013-07-31"), "months": 1}, "in July 2013; newer ones are 1 month late."),
        ({"end": day("2013-06-23"), "weeks": 3}, "on 23 June 2013; newer ones are 3 weeks late."),
        ({"end": day("2015-03-31"), "months": 19}, "in March 2015; newer ones are 19 months late."),
    ],
)
def test_how_late_figures_are_is_said_in_words(facts, said):
    assert words.REASONS["stale"](facts, "", "lower") == f"The figures end {said}"
