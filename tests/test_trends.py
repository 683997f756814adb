"""A line through yearly figures: Fingertips' own examples, published values, numpy's regression."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import isclose

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from callover.certainty import byar
from callover.model import Number
from callover.recent import weighted as of_counts
from callover.trends import LEAST, error_of, shares, weighted
from callover.worked import recent_trend

# ---------------------------------------------------------------- shares

#: The data and the verdicts of Fingertips' own tests, WhenUsingTrendMarkerCalculator: counts and
#: denominators of five years. The last has six years there, of which five count.
FINGERTIPS: Mapping[str, tuple[Sequence[Number], Sequence[Number], int]] = {
    "child obesity": ((621, 599, 556, 535, 447), (3454, 3195, 3256, 3227, 3121), -1),
    "first": (
        (2157, 2090, 2194, Fraction("2134.81"), 2094),
        (3454, 3195, 3256, 3152, 3062),
        1,
    ),
    "indicator 1172": (
        (8116, 8145, 8222, 8506, 8728),
        (91530, 91773, 92088, 92238, Fraction("92665.89")),
        1,
    ),
    "indicator 10101": ((5405, 5500, 5435, 5480, 5315), (18095, 18170, 18005, 17890, 17860), 0),
    "falling": ((22435, 22445, 21365, 20955, 19055), (65880, 67900, 68705, 69835, 70910), -1),
    "small": ((7, 6, 8, 8, 9), (35, 42, 50, 100, 200), -1),
}


@pytest.mark.parametrize("name", FINGERTIPS)
def test_shares_have_the_verdicts_of_fingertips_own_tests(name):
    parts, wholes, sign = FINGERTIPS[name]
    found = shares(parts, wholes)
    assert (found.clear and found.steady) == bool(sign)
    if sign:
        assert found.slope * sign > 0


def test_the_chi_square_of_shares_is_that_of_a_correlation():
    # Sribney W, A comparison of different tests for trend, StataCorp: rho = 0.1777 of 144 people.
    found = shares((1, 5, 21), (20, 36, 88))
    assert isclose(found.chi_square, 144 * 0.1776868721791401**2, rel_tol=1e-9)


@pytest.mark.parametrize("name", FINGERTIPS)
def test_the_slope_of_shares_is_that_of_the_odds(name):
    parts, wholes, _ = FINGERTIPS[name]
    p = np.array([float(Fraction(r) / n) for r, n in zip(parts, wholes, strict=True)])
    slope, _ = np.polyfit(range(5), np.log(p / (1 - p)), 1)
    assert isclose(shares(parts, wholes).slope, slope, rel_tol=1e-9)


# ---------------------------------------------------------------- counts, rates, other figures


def test_all_crime_of_five_years_is_the_known_value():
    # Offences in Barking and Dagenham, 2011/12 to 2015/16, and the residents of the printed rates.
    counts = (18_825, 17_236, 16_062, 16_201, 17_428)
    people = (187_029, 187_029, 190_560, 194_352, 198_294)
    found = of_counts(counts, [Fraction(1000, n) for n in people])
    assert (round(found.slope, 2), round(found.chi_square, 1)) == (-3.29, 222.8)
    assert found.clear and found.steady
    rates = "100.65, 92.16, 84.29, 83.36 and 87.89 offences per 1,000 residents"
    told = f"{rates} in five years: b = -3.29 a year, χ² = 222.8. That is more than chance."
    assert recent_trend() == told


@pytest.mark.parametrize("count", [0, 3, 9, 10, 11, 432, 17_587])
def test_the_error_of_a_count_is_that_of_its_interval(count):
    lower, upper = byar(count)
    assert isclose(error_of(count), (upper - lower) / Fraction("3.92"), rel_tol=1e-9)


def regression(values, errors):
    """Slope and chi-square of numpy's weighted regression, with the errors taken as they are."""
    weights = [1 / error for error in errors]
    (slope, _), spread = np.polyfit(range(5), values, 1, w=weights, cov="unscaled")
    return slope, slope**2 / spread[0, 0]


def test_other_figures_are_the_regression_of_the_reference():
    # The example of assign_trend_markers in PHEindicatormethods: values with their 95% limits.
    lower = (28.98, 28.63, 26.44, 23.15, 23.16)
    upper = (32.25, 31.9, 29.64, 26.19, 26.25)
    errors = [(u - low) / 3.92 for low, u in zip(lower, upper, strict=True)]
    found = weighted((30.6, 30.2, 28, 24.6, 24.67), errors)
    slope, chi_square = regression((30.6, 30.2, 28, 24.6, 24.67), errors)
    assert isclose(found.slope, slope) and isclose(found.chi_square, chi_square)
    assert found.clear and found.steady and found.slope < 0


def test_a_line_by_hand():
    # b = 1 and the sum of (t - 3)² is 10, so chi-square is 10 with errors of 1, and 2.5 with 2.
    found = weighted((1, 2, 3, 4, 5), [1] * 5)
    assert (found.slope, found.chi_square, found.clear, found.steady) == (1, 10, True, True)
    found = weighted((1, 2, 3, 4, 5), [2] * 5)
    assert (found.chi_square, found.clear) == (2.5, False)
    # 99.8% of chi-square with one degree of freedom.
    assert LEAST == 9.5495


@pytest.mark.parametrize(
    "values",
    [
        (100, 100, 100, 100, 150),  # without the last one the line is flat
        (0.1, 0.1, 0.1, 0.1, 90.3),  # and no rounding makes a slope of it
        (90, 100, 110, 120, 10),  # without the last one it turns round
    ],
)
def test_a_trend_that_hangs_on_one_year_is_not_steady(values):
    found = weighted(values, [1.7] * 5)
    assert found.clear and not found.steady


figures = st.lists(st.integers(20, 4000), min_size=5, max_size=5)


@settings(max_examples=60, deadline=None)
@given(figures, st.integers(1, 10**6))
@example([193, 20, 20, 193, 91], 333)  # flat without its last year
def test_law_scale_does_not_matter_and_backwards_is_the_other_way(counts, scale):
    one, other = of_counts(counts, [1] * 5), of_counts(counts, [Fraction(scale, 1000)] * 5)
    back = of_counts(counts[::-1], [1] * 5)
    assert isclose(one.chi_square, other.chi_square, rel_tol=1e-6, abs_tol=1e-6)
    assert isclose(one.chi_square, back.chi_square, rel_tol=1e-6, abs_tol=1e-6)
    assert isclose(one.slope, -back.slope, rel_tol=1e-6, abs_tol=1e-6)
    assert one.steady == other.steady


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 500), st.integers(1, 500)), min_size=5, max_size=5))
def test_law_shares_of_the_others_go_the_other_way(pairs):
    yes, whole = [r for r, _ in pairs], [r + s for r, s in pairs]
    found, back = shares(yes, whole), shares(yes[::-1], whole[::-1])
    others = shares([s for _, s in pairs], whole)
    for other in (back, others):
        assert isclose(found.chi_square, other.chi_square, rel_tol=1e-9, abs_tol=1e-9)
        assert isclose(found.slope, -other.slope, rel_tol=1e-9, abs_tol=1e-9)
