"""One rounding rule, on exact numbers: half-up, away from zero at a tie."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callover.rounding import half_up, little, size, ten_digits


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        (Fraction(5, 2), 0, "3"),  # where Python's round gives 2
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "-1"),
        (Fraction("2991.55"), 0, "2992"),  # 3,149 less 5%
        (Fraction("11.4546"), 1, "11.5"),
        (Fraction(1367, 11934) * 100, 1, "11.5"),
        (Fraction(138900, 10701), 1, "13.0"),
        (Fraction(100 * 13207, 13075) - 100, 2, "1.01"),
        (Fraction(100 * 1818, 2008) - 100, 1, "-9.5"),
        (Fraction(17587 * 1000, 201979), 2, "87.07"),
        (Fraction(17469 * 1000, 198294), 2, "88.10"),
        (Fraction("2.675"), 2, "2.68"),  # as a float this is less than a tie
        (7, 0, "7"),
        (7, 2, "7.00"),
        (0, 1, "0"),
    ],
)
def test_literal_vectors(value, decimals, rounded):
    assert half_up(value, decimals) == Fraction(rounded)


@given(st.integers(-(10**12), 10**12), st.integers(0, 6), st.integers(0, 6))
def test_agrees_with_decimal(digits, places, decimals):
    value = Decimal(digits).scaleb(-places)
    expected = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert half_up(Fraction(value), decimals) == Fraction(expected)


@given(st.fractions(), st.integers(0, 4))
def test_is_at_most_half_a_step_off_and_odd(value, decimals):
    rounded = half_up(value, decimals)
    assert abs(rounded - value) <= Fraction(1, 2 * 10**decimals)
    assert half_up(-value, decimals) == -rounded


@given(st.fractions())
def test_the_size_of_a_number_is_its_distance_from_0(value):
    assert size(value) == abs(value)


@pytest.mark.parametrize(
    ("change", "then", "in_points", "said"),
    [
        (1, 201, False, True),  # 0.498%
        (1, 200, False, False),  # 0.5%, half-up
        (-1, 201, False, True),
        (3, 0, False, False),  # from nothing it is no share of anything
        (Fraction(4, 100), 50, True, True),  # 0.04 of a point
        (Fraction(-5, 100), 50, True, False),
    ],
)
def test_a_change_is_little_where_a_page_would_print_nought(change, then, in_points, said):
    assert little(change, then, in_points) is said


def test_what_a_machine_computes_keeps_ten_digits():
    assert ten_digits(0.1 + 0.2) == Fraction(3, 10)
    assert ten_digits(1234567.8912345) == Fraction(1234567891, 1000)
