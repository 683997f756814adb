"""Certainty: published figures, exact binomials by fractions, and scipy's own tests agree."""

from fractions import Fraction
from math import comb, isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from callover import distributions
from callover.certainty import (
    byar,
    change_of_counts,
    change_of_shares,
    clear,
    dispersion,
    overlap,
    p_of_share,
    p_of_target,
    share_of,
    two_sided,
    z_of,
)
from callover.intervals import HOW, Rounded, Sample, change, estimate, root
from callover.periods import parse
from callover.rounding import half_up

YEAR = (275, 275)  # days from April to December
BURGLARY = tuple(
    zip((47, 79, 62, 55, 53, 47, 59, 76, 98), (65, 61, 68, 89, 89, 77, 104, 111, 119), strict=True)
)
ALL_CRIME_NOW = (1383, 1639, 1532, 1614, 1438, 1425, 1403, 1387, 1386)
counts = st.integers(0, 400)


def short(value, decimals=2):
    return float(half_up(value, decimals))


def ends(found):
    """The limits of a change that has both."""
    assert found.lower is not None and found.upper is not None
    return found.lower, found.upper


def compared(now, then, pairs=(), days=YEAR):
    found = change_of_counts(now, then, days, pairs)
    assert found is not None
    return found


# ---------------------------------------------------------------- one figure


@pytest.mark.parametrize(
    ("count", "people", "per", "decimals", "limits"),
    [
        # Public Health England's formula on the figures of December 2016.
        (17_587, 201_979, 1_000, 2, (85.79, 88.37)),
        (58, 187_029, 1_000, 3, (0.235, 0.401)),
        (131, 22_017, 100_000, 0, (497, 706)),
        (7, 201_979, 1_000, 3, (0.014, 0.071)),  # below 10: exact
    ],
)
def test_limits_of_a_rate(count, people, per, decimals, limits):
    assert tuple(short(side * per / people, decimals) for side in byar(count)) == limits


@given(st.fractions(10, 10**6, max_denominator=1000))
def test_law_byars_limits_are_the_formula_step_by_step(count):
    """It is worked out as one fraction of whole numbers, which must be the same number."""
    z = Fraction(196, 100)

    def limit(x, side):
        return x * (1 - 1 / (9 * x) + side * z / (3 * root(x))) ** 3

    assert byar(count) == (limit(count, -1), limit(count + 1, 1))


def test_no_case_has_an_upper_limit():
    lower, upper = byar(0)
    assert lower == 0 and short(upper, 3) == 3.689  # minus the logarithm of 0.025


@settings(deadline=None)
@given(st.integers(0, 9))
def test_small_counts_have_the_limits_of_chi_square(count):
    lower, upper = byar(count)
    assert isclose(upper, stats.chi2.ppf(0.975, 2 * count + 2) / 2, rel_tol=1e-9)
    assert isclose(lower, stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0, rel_tol=1e-9)


@settings(deadline=None)
@given(st.integers(10, 5_000))
def test_byars_limits_are_near_the_exact_ones(count):
    exact = stats.chi2.ppf(0.025, 2 * count) / 2, stats.chi2.ppf(0.975, 2 * count + 2) / 2
    assert all(isclose(a, b, rel_tol=0.005) for a, b in zip(byar(count), exact, strict=True))


def test_wilsons_limits_of_a_counted_share():
    found = share_of(31, 461)
    assert [short(v, 1) for v in (found.share, found.lower, found.upper)] == [6.7, 4.8, 9.4]
    exact = stats.binomtest(31, 461).proportion_ci(method="wilson")
    assert isclose(found.lower, 100 * exact.low, rel_tol=1e-4)  # 1.96 is not all of z
    assert isclose(found.upper, 100 * exact.high, rel_tol=1e-4)


# ---------------------------------------------------------------- two counts


def test_residential_burglary_is_clear_with_and_without_the_ups_and_downs_of_its_months():
    found = compared(576, 783, BURGLARY)
    assert f"{float(found.p_exact):.0e}" == "2e-08"
    assert short(found.dispersion, 1) == 2.5
    assert short(found.p, 4) == 0.0004
    assert clear(found.p) and found.upper < 0
    assert [short(v / 100 + 1) for v in (compared(576, 783).lower, compared(576, 783).upper)] == [
        0.66,
        0.82,
    ]


def test_all_crime_up_by_1_percent_is_no_clear_change():
    then = (1342, 1496, 1440, 1584, 1411, 1432, 1366, 1514, 1463)
    found = compared(13_207, 13_048, tuple(zip(ALL_CRIME_NOW, then, strict=True)))
    assert [short(found.p_exact), short(found.p), short(found.dispersion, 1)] == [0.33, 0.51, 2.2]
    lower, upper = ends(found)
    assert not clear(found.p) and lower < 0 < upper


@pytest.mark.parametrize(
    ("now", "then", "p", "ratio"),
    [  # worked from the figures of December 2016
        (1319, 1305, 0.80, (0.94, 1.09)),
        (249, 218, 0.17, (0.95, 1.38)),
        (44, 39, 0.66, (0.72, 1.78)),
        (177, 174, 0.92, (0.82, 1.26)),
        (397, 433, 0.22, (0.80, 1.05)),
    ],
)
def test_the_exact_test_of_two_counts(now, then, p, ratio):
    found = compared(now, then)
    assert isclose(found.p, p, abs_tol=0.0051)
    assert tuple(short(v / 100 + 1) for v in (found.lower, found.upper)) == ratio


def test_a_longer_year_may_have_more():
    assert compared(366, 365, days=(366, 365)).p == 1
    assert compared(366 * 50, 365 * 50, days=(366, 365)).p == 1
    longer, plain = (compared(1_000, 1_000, days=days) for days in ((366, 365), YEAR))
    assert isclose((longer.lower + 100) / (plain.lower + 100), 365 / 366, rel_tol=1e-9)


@pytest.mark.parametrize(("now", "then"), [(0, 1), (1, 0), (0, 9), (9, 0)])
def test_nothing_against_something(now, then):
    found = compared(now, then)
    assert found.p == min(Fraction(1), 2 * Fraction(1, 2 ** (now + then)))
    assert (found.upper is None) == (then == 0)  # from 0, any rise is without end
    assert (found.lower == -100) == (now == 0)


def test_nothing_against_nothing_is_no_test():
    assert change_of_counts(0, 0, YEAR) is None
    assert dispersion(((0, 0), (0, 0))) is None
    assert dispersion(((5, 0), (4, 0))) is None
    assert dispersion(((5, 6),)) is None


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(0, 60))
def test_the_p_value_is_that_of_exact_fractions(now, then):
    both = now + then
    if not both:
        return
    at_least = sum(Fraction(comb(both, k), 2**both) for k in range(now, both + 1))
    at_most = sum(Fraction(comb(both, k), 2**both) for k in range(now + 1))
    assert isclose(compared(now, then).p_exact, min(1, 2 * min(at_least, at_most)), rel_tol=1e-9)


@settings(deadline=None)
@given(counts, counts, st.integers(1, 400), st.integers(1, 400))
def test_the_limits_are_those_of_clopper_and_pearson(now, then, days, before):
    if not now + then:
        return
    found = compared(now, then, days=(days, before))
    exact = stats.binomtest(now, now + then).proportion_ci(method="exact")
    for limit, share in ((found.lower, exact.low), (found.upper, exact.high)):
        if limit is not None:
            odds = (limit / 100 + 1) * days / before  # limits have ten digits, odds fewer near 1
            assert isclose(odds / (1 + odds), share, rel_tol=1e-9, abs_tol=1e-9)


@settings(deadline=None)
@given(st.lists(st.tuples(counts, counts), min_size=2, max_size=12))
def test_the_interval_and_the_p_value_say_the_same(pairs):
    now, then = (sum(side) for side in zip(*pairs, strict=True))
    if not now + then:
        return
    found = compared(now, then, pairs)
    leaves_out = found.lower > 0 or (found.upper is not None and found.upper < 0)
    assert leaves_out == clear(found.p) or isclose(found.p, 0.05, abs_tol=1e-4)
    assert found.p >= found.p_exact
    assert found.dispersion is None or found.dispersion >= 1


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 90), st.integers(1, 90)), min_size=2, max_size=12))
def test_dispersion_is_pearsons_chi_square_of_the_table(pairs):
    chi_square = stats.chi2_contingency(pairs, correction=False).statistic
    found = dispersion(pairs)
    assert found is not None and isclose(found, max(1, chi_square / (len(pairs) - 1)), rel_tol=1e-9)


@settings(deadline=None)
@given(counts, counts)
def test_swapping_the_years_turns_the_change_round(now, then):
    if not now + then:
        return
    there, back = compared(now, then), compared(then, now)
    assert there.p == back.p
    if there.upper is not None and back.lower > -100:
        assert isclose((there.upper / 100 + 1) * (back.lower / 100 + 1), 1, rel_tol=1e-6)


# ---------------------------------------------------------------- targets


def test_a_count_against_a_target():
    assert isclose(p_of_target(58, 40, None), 2 * stats.poisson.sf(57, 40), rel_tol=1e-9)
    assert isclose(p_of_target(25, 40, None), 2 * stats.poisson.cdf(25, 40), rel_tol=1e-9)
    assert p_of_target(40, 40, None) == 1
    wider = p_of_target(58, 40, Fraction(3))
    assert isclose(wider, 2 * stats.norm.sf(18 / 120**0.5), rel_tol=1e-9)


def test_a_share_against_a_target():
    assert isclose(p_of_share(24, 35, 70), min(1, 2 * stats.binom.cdf(24, 35, 0.7)), rel_tol=1e-9)
    assert isclose(p_of_share(12, 35, 70), 2 * stats.binom.cdf(12, 35, 0.7), rel_tol=1e-9)
    found = [p_of_share(*asked) for asked in ((0, 5, 100), (5, 5, 100), (1, 5, 0))]
    assert found == [0, 1, 0]


# ---------------------------------------------------------------- two shares


def test_a_survey_in_overlapping_years():
    """24% to 25% of 397, a quarter apart: standard error 1.53 points, z 0.65."""
    now, then = parse("2011-10/2012-09"), parse("2011-07/2012-06")
    shared = overlap((now.start, now.end), (then.start, then.end))
    assert isclose(shared, 0.75, abs_tol=0.002)
    one, other = (share_of(Fraction(397 * p, 100), 397) for p in (25, 24))
    z = z_of(change(one, other, shared))
    assert isclose(z, 0.65, abs_tol=0.01)
    test = change_of_shares(one, other, shared)
    assert isclose(test.p, 2 * stats.norm.sf(float(z)), rel_tol=1e-6)
    assert not clear(test.p)


def test_a_survey_in_separate_years():
    """20% of 392 to 25% of 397: z 1.69, p 0.092, no clear change."""
    now, then = (estimate(Sample(Rounded(p), n)) for p, n in ((25, 397), (20, 392)))
    assert now is not None and then is not None and now.how in HOW
    found = change_of_shares(now, then)
    assert short(z_of(change(now, then)), 1) == 1.7
    assert short(found.p, 3) == 0.092
    lower, upper = ends(found)
    assert not clear(found.p) and lower < 0 < upper


def test_years_apart_share_nothing():
    one, other = parse("2012/13"), parse("2011/12")
    assert overlap((one.start, one.end), (other.start, other.end)) == 0
    assert overlap((one.start, one.end), (one.start, one.end)) == 1


@settings(deadline=None)
@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 50))
def test_the_test_of_shares_agrees_with_its_interval(a, b, c, d):
    now, then = share_of(min(a, b), b), share_of(min(c, d), d)
    found = change_of_shares(now, then)
    assert 0 <= found.p <= 1
    lower, upper = ends(found)
    assert (lower > 0 or upper < 0) == clear(found.p)
    assert change_of_shares(then, now).p == found.p


def test_counted_shares_by_newcombes_method_10():
    """Newcombe 1998, table II: 56 of 70 against 48 of 80 is 0.0524 to 0.3339."""
    found = change_of_shares(share_of(56, 70), share_of(48, 80))
    assert [short(side / 100, 4) for side in ends(found)] == [0.0524, 0.3339]


# ---------------------------------------------------------------- the door


def test_more_than_all_of_them_cannot_come():
    """A source may print more satisfied people than answers; scipy.stats.binom says 1 and 0."""
    expected = stats.binom.cdf(5, 3, 0.2), stats.binom.sf(4, 3, 0.2)
    assert distributions.binomial_tails(5, 3, Fraction(1, 5)) == expected == (1, 0)


@settings(deadline=None)
@given(counts, st.fractions(0, 1))
def test_both_tails_count_the_figure_itself(trials, share):
    count = trials // 2
    most, least = distributions.binomial_tails(count, trials, share)
    assert isclose(most, stats.binom.cdf(count, trials, float(share)), rel_tol=1e-6, abs_tol=1e-12)
    assert isclose(
        least, stats.binom.sf(count - 1, trials, float(share)), rel_tol=1e-6, abs_tol=1e-12
    )
    assert two_sided((most, least)) <= 1


def test_figures_have_ten_digits_so_that_machines_agree():
    p = distributions.normal_both_tails(Fraction(1, 3))
    assert 10**10 % p.denominator == 0
    assert isclose(p, 2 * stats.norm.sf(1 / 3), rel_tol=1e-9)
