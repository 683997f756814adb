"""Signals: the vectors of NHSRplotthedots' own tests, figures worked by hand, and scipy."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from callover.rounding import half_up
from callover.signals import (
    NEAR_TAIL,
    RULES,
    TAIL,
    Limits,
    Signal,
    all_on_one_side,
    limits,
    mean,
    outside,
    poisson_limits,
    runs,
    shift,
    signals,
    trend,
    two_of_three,
    xmr_limits,
)

#: Domestic violence, April to December 2016.
ABUSE = (170, 222, 196, 221, 229, 195, 196, 203, 186)
#: Residential burglary in Barnet in the weeks to 14 April ... 23 June 2013, and a year before.
WEEKS = (51, 44, 47, 36, 45, 40, 56, 35, 33, 43, 31)
LAST_YEAR = (62, 56, 49, 51, 55, 42, 48, 61, 71, 76, 77)
#: Gun crime, April to December 2016.
GUN = (4, 2, 3, 8, 6, 5, 3, 12, 1)
ALL_CRIME = (1383, 1639, 1532, 1614, 1438, 1425, 1403, 1387, 1386)
ALL_CRIME_BEFORE = (1342, 1496, 1440, 1584, 1411, 1432, 1366, 1514, 1463)
series = st.lists(st.integers(0, 300), min_size=2, max_size=40)
WIDE = Limits(Fraction(0), -100, 100, -50, 50)


def short(*values):
    return tuple(float(half_up(value, 1)) for value in values)


# ---------------------------------------------------------------- limits


def test_domestic_violence_has_no_signal():
    found = limits(ABUSE, counts=True)
    assert short(found.mean, found.lower, found.upper) == (202.0, 145.5, 258.5)
    assert set(signals(ABUSE, found)) == {None}


def test_burglary_by_week_is_usual_for_itself_and_low_against_last_year():
    found = limits(WEEKS, counts=True)
    assert short(found.mean, found.lower, found.upper) == (41.9, 16.4, 67.4)
    assert set(signals(WEEKS, found)) == {None}
    assert short(mean(LAST_YEAR)) == (58.9,)
    assert all_on_one_side(WEEKS, mean(LAST_YEAR)) == -1
    assert all_on_one_side(WEEKS, mean(WEEKS)) == 0
    assert all_on_one_side(WEEKS[:6], mean(LAST_YEAR)) == 0  # six are no run


def test_all_crime_is_judged_by_its_ratio_to_the_year_before():
    pairs = zip(ALL_CRIME, ALL_CRIME_BEFORE, strict=True)
    ratios = [Fraction(100 * now, then) - 100 for now, then in pairs]
    found = limits(ratios, counts=False)
    assert short(found.mean, found.lower, found.upper) == (1.3, -10.0, 12.6)
    assert set(signals(ratios, found)) == {None}


def test_a_small_count_has_the_limits_of_poisson():
    wide = xmr_limits(GUN)
    assert short(wide.mean, wide.lower, wide.upper) == (4.9, -6.1, 15.9)
    found = limits(GUN, counts=True)
    assert (found.lower, found.upper) == (0, 13)
    assert stats.poisson.sf(12, 44 / 9) >= 0.00135 > stats.poisson.sf(13, 44 / 9)
    assert limits([10] * 9, counts=True).upper == 10  # the mean is 10: no longer small


@settings(deadline=None)
@given(st.lists(st.integers(0, 25), min_size=2, max_size=30).filter(lambda v: sum(v) < 10 * len(v)))
def test_poisson_limits_are_those_of_scipy(values):
    found, expected = poisson_limits(values), sum(values) / len(values)
    for low, high, tail in (
        (found.lower, found.upper, float(TAIL)),
        (found.near_lower, found.near_upper, float(NEAR_TAIL)),
    ):
        assert stats.poisson.sf(high, expected) < tail
        assert high <= expected or stats.poisson.sf(high - 1, expected) >= tail
        assert low == 0 or stats.poisson.cdf(low - 1, expected) < tail
        assert low >= int(expected) or stats.poisson.cdf(low, expected) >= tail


def test_none_at_all_is_usual_where_there_never_is_any():
    found = limits([0] * 9, counts=True)
    assert {found.mean, found.lower, found.upper} == {0}
    assert set(signals([0] * 9, found)) == {None}
    assert set(signals([7] * 9, limits([7] * 9, counts=False))) == {None}


# ---------------------------------------------------------------- the rules, as published


@pytest.mark.parametrize(
    ("signs", "kept"),
    [  # tests/testthat/test-ptd_calculate_point_type.R, all points of a run marked
        ((), ()),
        ((1,) * 6, (0,) * 6),
        ((*(1,) * 6, -1), (0,) * 7),
        ((*(1,) * 8, -1), (*(1,) * 8, 0)),
        ((*(-1,) * 8, 1), (*(-1,) * 8, 0)),
        ((-1, *(1,) * 8, -1), (0, *(1,) * 8, 0)),
    ],
)
def test_seven_on_one_side_of_the_mean(signs, kept):
    assert shift(signs, WIDE) == kept


def test_a_point_on_the_mean_ends_a_run():
    assert shift((1, 1, 1, 0, 1, 1, 1, 1), WIDE) == (0,) * 8


@pytest.mark.parametrize(
    ("values", "marked"),
    [
        ((), ()),
        ((1, 2, 3, 4, 5, 6), (0,) * 6),
        ((1, 2, 3, 3, 4, 5, 6), (0,) * 7),
        ((1, 2, 3, 4, 5, 6, 7), (1,) * 7),
        ((2, 1, 2, 3, 4, 5, 6, 7, 3), (0, *(1,) * 7, 0)),
        ((7, 6, 5, 4, 3, 2, 1), (-1,) * 7),
        ((2, 7, 6, 5, 4, 3, 2, 1, 3), (0, *(-1,) * 7, 0)),
    ],
)
def test_seven_points_one_way(values, marked):
    assert trend(values, WIDE) == marked


@pytest.mark.parametrize(
    ("near", "marked"),
    [
        ((), ()),
        ((0, 0, 0), (0, 0, 0)),
        ((1, 0, 1), (1, 0, 1)),
        ((0, 1, 1), (0, 1, 1)),
        ((1, 1, 0), (1, 1, 0)),
        ((0, 0, 1, 0, 1, 0, 0), (0, 0, 1, 0, 1, 0, 0)),
        ((1, 0, 0, 1), (0, 0, 0, 0)),
        ((1, 0, 0, 1, 1), (0, 0, 0, 1, 1)),
    ],
)
@pytest.mark.parametrize("side", [1, -1])
def test_two_of_three_near_a_limit(near, marked, side):
    values = [side * (60 if one else 20) for one in near]  # near begins at 50, all on one side
    assert two_of_three(values, WIDE) == tuple(side * one for one in marked)


def test_two_of_three_need_all_three_on_one_side_and_none_outside():
    assert two_of_three((60, -1, 60), WIDE) == (0, 0, 0)
    assert two_of_three((60, 0, 60), WIDE) == (0, 0, 0)
    assert two_of_three((60, 20, -60), WIDE) == (0, 0, 0)
    assert two_of_three((160, 20, 60), WIDE) == (0, 0, 0)  # one outside is a signal of its own
    assert outside((160, 100, -100, -101), WIDE) == (1, 0, 0, -1)


def test_the_first_rule_that_fits_names_a_point():
    values = (1, 2, 3, 4, 5, 60, 160)
    found = signals(values, WIDE)
    assert found[-1] == Signal("outside", 1)
    assert found[:-1] == (Signal("trend", 1),) * 6
    assert list(RULES) == ["outside", "trend", "two-of-three", "shift"]


# ---------------------------------------------------------------- laws


@settings(deadline=None)
@given(series)
def test_turning_a_series_upside_down_turns_its_signals(values):
    found = limits(values, counts=False)
    turned = [-value for value in values]
    there, back = signals(values, found), signals(turned, limits(turned, counts=False))
    assert [s and (s.rule, -s.side) for s in there] == [s and (s.rule, s.side) for s in back]


@settings(deadline=None)
@given(series, st.integers(-50, 50))
def test_moving_a_series_moves_nothing_but_its_limits(values, by):
    there = signals(values, limits(values, counts=False))
    moved = [value + by for value in values]
    assert there == signals(moved, limits(moved, counts=False))


@settings(deadline=None)
@given(st.lists(st.sampled_from([-1, 0, 1]), max_size=30), st.integers(1, 8))
def test_a_run_is_kept_whole_or_not_at_all(signs, least):
    kept = runs(tuple(signs), least)
    assert len(kept) == len(signs)
    assert all(k in (0, s) for k, s in zip(kept, signs, strict=True))
    assert runs(kept, least) == kept
