"""The one rounding rule: half-up (away from zero at a tie), on exact numbers."""

from __future__ import annotations

from fractions import Fraction

Exact = int | Fraction


def half_up(value: Exact, decimals: int) -> Fraction:
    """Round half-up to a number of decimals: 2.5 to 3, -2.5 to -3, 11.4546 to 11.5 at one."""
    return Fraction(units(value, decimals), 10**decimals)


def units(value: Exact, decimals: int) -> int:
    """Round half-up and give how many units of the last decimal that is: 11.4546 is 115 at one."""
    above, below = 2 * abs(value.numerator) * 10**decimals, value.denominator
    whole: int = (above + below) // (2 * below)
    return whole if value.numerator >= 0 else -whole


def vanishes(value: Exact, decimals: int) -> bool:
    """Say whether a number is nought once it is rounded: 0.04 is, to one decimal."""
    return units(value, decimals) == 0


def size(value: Exact) -> Exact:
    """Give a number without its sign."""
    return value if value.numerator >= 0 else -value
