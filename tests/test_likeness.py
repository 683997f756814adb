"""Like for like: which two figures may be set against each other."""

import pytest

from callover import words
from callover.likeness import UNLIKE, shared_months, unlike
from callover.periods import parse


def period(text):
    return parse(text) if text else None


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("2012-06", "2013-06"),
        ("2009-06", "2013-06"),  # four whole years apart
        ("2012/13-Q2", "2013/14-Q2"),
        ("2012-07/2012-09", "2013/14-Q2"),  # a quarter is its months, however it is written
        ("2012-04/2012-09", "2013-04/2013-09"),
        ("2012/13", "2013/14"),
        ("2011/12", "2013-01/2013-12"),  # two runs of 12 months
        ("2012-07/2013-06", "2012-10/2013-09"),  # which may share months
        ("2009-10/2010-09", "2010-10/2011-09"),
        ("2012-W25", "2013-W25"),
        ("2019-W52", "2020-W53"),  # a week 53 goes with the last week of a year of 52
        ("2012-05-14/2012-06-10", "2013-05-13/2013-06-09"),  # weeks 20 to 23
        ("2012-03-31", "2013-03-31"),
        ("2012-02-29", "2014-02-28"),  # the last day of February
    ],
)
def test_like_for_like(then, now):
    assert unlike(period(then), period(now)) == ""


@pytest.mark.parametrize(
    ("then", "now", "reason"),
    [
        ("2013/14-Q2", "", "no-period"),
        ("", "2013/14-Q3", "no-from-period"),
        ("", "", "no-periods"),
        ("2013/14", "2013-04/2014-03", "same-period"),
        ("2013/14-Q2", "2013/14-Q1", "wrong-order"),
        ("2012/13", "2013/14-Q2", "other-length"),
        ("2013/14-Q1", "2013-09", "other-length"),
        ("2013/14-Q1", "2013/14-Q2", "other-months"),
        ("2012/13-Q1", "2013/14-Q2", "other-months"),
        ("2013-05", "2013-07", "other-months"),
        ("2012-W24", "2013-W25", "other-months"),
        ("2012-05-15/2012-06-11", "2013-05-13/2013-06-09", "other-months"),
        ("2012-03-31", "2013-09-30", "other-months"),
        ("2012-03-31", "2013-03", "other-length"),
    ],
)
def test_not_like_for_like(then, now, reason):
    assert unlike(period(then), period(now)) == reason
    assert reason in UNLIKE


def test_two_runs_of_12_months_can_share_months():
    assert shared_months(parse("2012-07/2013-06"), parse("2012-10/2013-09")) == 9
    assert shared_months(parse("2012/13"), parse("2013/14")) == 0


@pytest.mark.parametrize("reason", UNLIKE)
def test_each_reason_is_a_sentence(reason):
    said = words.not_compared(reason, "3,756", "2,501")
    assert said.startswith("We work out no change: ")
    assert said.endswith(".")
    assert "{" not in said


def test_the_sentence_names_the_figure_whose_period_is_missing():
    said = words.not_compared("no-period", "3,756", "2,501")
    assert said == "We work out no change: the period of 2,501 is not stated."
    said = words.not_compared("no-from-period", "13.5%", "9%")
    assert said == "We work out no change: the period of 13.5% is not stated."
