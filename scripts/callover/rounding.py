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


def little(change: Exact, then: Exact, in_points: bool) -> bool:
    """Say whether a change from a figure is nought once it is rounded, as a page tells it.

    A percentage moves in points, told to a tenth; other figures by a share of them, told to 1%.
    """
    if in_points:
        return vanishes(change, 1)
    return then != 0 and vanishes(Fraction(100 * change, then), 0)


def ten_digits(value: float) -> Fraction:
    """Cut a number to ten significant digits: its last ones differ from machine to machine."""
    return Fraction(f"{float(value):.10g}")


def size(value: Exact) -> Exact:
    """Give a number without its sign."""
    return value if value.numerator >= 0 else -value
