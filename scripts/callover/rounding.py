"""The one rounding rule: half-up (away from zero at a tie), on exact numbers."""

from __future__ import annotations

from fractions import Fraction

Exact = int | Fraction


def half_up(value: Exact, decimals: int) -> Fraction:
    """Round half-up to a number of decimals: 2.5 to 3, -2.5 to -3, 11.4546 to 11.5 at one."""
    scale = 10**decimals
    scaled = abs(Fraction(value)) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, scale)


def size(value: Exact) -> Exact:
    """Give a number without its sign."""
    return value if value >= 0 else -value
