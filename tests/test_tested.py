"""A change and its test: found where it was judged, weighed by one rule, told in one sentence."""

from fractions import Fraction

import pytest
from tests.test_travel import computed, months

from callover.model import Metric
from callover.pages.moves import Meant
from callover.pages.views import _either_way, _more_than_chance
from callover.periods import parse
from callover.tested import LAST_YEAR, PERIOD_BEFORE, TWELVE_MONTHS, Weighed, first_tested
from callover.tested import tested as found_test
from callover.travel import Travel

MAY = parse("2016-05")


def metric(value):
    return Metric("m", MAY, MAY.start, MAY.end, "E09000014", "all", value, "", "", "percent")


def weighed(p=None, lower=None, upper=None, change=None):
    low, high = (None if side is None else metric(side) for side in (lower, upper))
    return Weighed(LAST_YEAR, metric(change), low, high, p, (MAY.start, MAY.end))


@pytest.mark.parametrize(
    ("test", "clear"),
    [
        (weighed(Fraction("0.049")), True),
        (weighed(Fraction("0.05")), False),  # one in twenty is not less than one in twenty
        (weighed(None, -4, -1), True),  # an earlier period of a sample has only its limits
        (weighed(None, -4, 1), False),
    ],
)
def test_a_change_is_clear_below_one_in_twenty(test, clear):
    assert test.clear is clear


@pytest.mark.parametrize(
    ("test", "sign"),
    [
        (weighed(0, change=3), 1),
        (weighed(0, change=Fraction(-1, 3)), -1),
        (weighed(0, change=0), 0),
        (weighed(0, lower=2), 1),  # from nothing to something: no change in per cent
        (weighed(0), 0),
    ],
)
def test_a_change_has_a_sign(test, sign):
    assert test.sign == sign


def test_a_test_is_found_by_the_change_and_the_first_in_their_order():
    made = computed("count", {"value": {**months(9, 9, year=2015), **months(9, 30)}}, "lower",
                    "monthly")  # fmt: skip
    test = first_tested(made, made.leading)
    assert test is not None and test.measure == LAST_YEAR
    assert test.days == (parse("2016-04").start, MAY.end)
    assert found_test(made, made.leading, TWELVE_MONTHS) is None
    assert found_test(made, made.leading, PERIOD_BEFORE) is None
    assert (
        found_test(made, made.leading, LAST_YEAR, at=parse("2016-04")) is None
    )  # the newest alone


TESTED, CHANCE = weighed(0), weighed(1)
BETTER, WORSE = Travel("better", test=TESTED), Travel("worse", test=TESTED)
UNTESTED, SAME = Travel("better"), Travel("unclear", test=CHANCE)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ([SAME, Travel("unknown")], ""),
        ([BETTER], " The one that is better or worse is so by more than chance."),
        ([BETTER, WORSE, SAME], " Both that are better or worse are so by more than chance."),
        ([BETTER, WORSE, WORSE], " All that are better or worse are so by more than chance."),
        ([UNTESTED], " The one that is better or worse is not tested."),
        ([UNTESTED, UNTESTED], " Both that are better or worse are not tested."),
        (
            [BETTER, UNTESTED, SAME],
            " Of the 2 that are better or worse, 1 is so by more than chance. The other 1 is not "
            "tested.",
        ),
        (
            [BETTER, WORSE, UNTESTED, UNTESTED],
            " Of the 4 that are better or worse, 2 are so by more than chance. The other 2 are "
            "not tested.",
        ),
    ],
)
def test_the_sentence_counts_what_is_more_than_chance(found, says):
    assert _more_than_chance(found) == says


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ([Travel("unknown"), Travel("unknown", test=CHANCE), BETTER], ""),
        (
            [Travel("unknown", test=TESTED), BETTER],
            " 1 more changed by more than chance, for good or bad.",
        ),
    ],
)
def test_a_clear_change_that_may_be_good_or_bad_is_counted_too(found, says):
    assert _either_way(found) == says


@pytest.mark.parametrize(
    ("meant", "says", "cells"),
    [
        (Meant("better", TESTED), "better, more than chance", ("better", "yes")),
        (Meant("worse", TESTED), "worse, more than chance", ("worse", "yes")),
        (Meant("unclear", CHANCE), "no clear change", ("no clear change", "no")),
        (Meant("unknown", TESTED), "more than chance", ("", "yes")),
        (Meant("better"), "better, not tested", ("better", "")),
        (Meant("worse"), "worse, not tested", ("worse", "")),
        (Meant("same"), "", ("no change", "")),
        (Meant("same", CHANCE), "", ("no change", "no")),
        (Meant("unknown"), "", ("", "")),
    ],
)
def test_each_verdict_has_its_words_for_people_and_for_machines(meant, says, cells):
    assert (meant.says, meant.cells) == (says, cells)
