"""Is a line through yearly figures more than chance? The two tests of the recent trend.

They are those of Fingertips, the public health profiles of England. Shares are tested by the
chi-square for a trend in proportions; counts, rates and other figures by a weighted regression on
the year. Floating-point numbers are fine here: sums, products and square roots are the same on
every machine, a logarithm decides nothing but a sign, and what is published has ten digits.

Source: Office for Health Improvement and Disparities, Fingertips trend markers, and its reference
implementation, `assign_trend_markers` of PHEindicatormethods.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isclose, log, sqrt

from callover.certainty import BYAR_FROM, byar
from callover.intervals import Z
from callover.model import Number

#: A larger chi-square is a trend: 99.8% of the distribution with one degree of freedom.
LEAST = 9.5495


@dataclass(frozen=True, slots=True)
class Fit:
    """A line through yearly figures: its slope a year, and chi-square of one degree of freedom.

    `steady` says that the slope keeps its sign whichever year is left out.
    """

    slope: float
    chi_square: float
    steady: bool

    @property
    def clear(self) -> bool:
        """Say whether the slope is more than chance."""
        return self.chi_square > LEAST


def error_of(count: Number) -> float:
    """Give the standard error of a count, from the limits of its interval: (U - L) ÷ 2z.

    The limits are those of `callover.certainty.byar`; fractions would take six times as long.
    """
    if count < BYAR_FROM:
        lower, upper = byar(count)
        return float((upper - lower) / (2 * Z))
    return (_byar(float(count) + 1, _Z) - _byar(float(count), -_Z)) / (2 * _Z)


_Z = float(Z)
#: A slope below this part of the figures' reach is what rounding leaves of none.
_NOTHING = 1e-9


def _byar(count: float, z: float) -> float:
    side = 1 - 1 / (9 * count) + z / (3 * sqrt(count))
    return count * side * side * side


def weighted(values: Sequence[float], errors: Sequence[float]) -> Fit:
    """Fit yearly figures with their standard errors: w = 1 ÷ SE², χ² = b² × Σw(t - mean of t)².

    Source: PHEindicatormethods, calculate_trend_weighted_regression.
    """
    weights = [1 / (error * error) for error in errors]
    slope, spread = _line(values, weights)
    return Fit(slope, slope * slope * spread, _steady(slope, values, weights))


def shares(parts: Sequence[Number], wholes: Sequence[Number]) -> Fit:
    """Fit yearly shares: χ² = N(NΣrt - RΣnt)² ÷ (R(N - R)(NΣnt² - (Σnt)²)).

    r of n have it in year t, R of N in all years. The slope is that of the logarithm of the odds,
    each year alike. No share may be 0 or 1. Source: PHEindicatormethods,
    calculate_trend_logistic_regression; Armitage P (1955), Biometrics 11: 375-386.
    """
    part, whole = sum(parts), sum(wholes)
    rt = sum(r * t for t, r in enumerate(parts, 1))
    nt = sum(n * t for t, n in enumerate(wholes, 1))
    ntt = sum(n * t * t for t, n in enumerate(wholes, 1))
    above = Fraction(whole * (whole * rt - part * nt) ** 2)
    chi_square = float(above / (part * (whole - part) * (whole * ntt - nt * nt)))
    odds = [log(float(r) / float(n - r)) for r, n in zip(parts, wholes, strict=True)]
    alike = [1.0] * len(odds)
    slope, _ = _line(odds, alike)
    return Fit(slope, chi_square, _steady(slope, odds, alike))


def _line(values: Sequence[float], weights: Sequence[float]) -> tuple[float, float]:
    """Give the slope of a weighted line, and Σw(t - mean of t)²; without weight a year is out."""
    known = [(t, v, w) for t, (v, w) in enumerate(zip(values, weights, strict=True)) if w]
    whole = sum(w for _, _, w in known)
    middle = sum(w * t for t, _, w in known) / whole
    level = sum(w * v for _, v, w in known) / whole
    spread = sum(w * (t - middle) * (t - middle) for t, _, w in known)
    if all(isclose(v, known[0][1], rel_tol=1e-12) for _, v, _ in known):
        return 0.0, spread  # flat, whatever rounding would make of it
    slope = sum(w * (t - middle) * (v - level) for t, v, w in known) / spread
    reach = max(abs(v - level) for _, v, _ in known)
    return (0.0 if abs(slope) < _NOTHING * reach else slope), spread


def _steady(slope: float, values: Sequence[float], weights: Sequence[float]) -> bool:
    """Say whether the slope keeps its sign without any one year; a flat line has none."""
    for out in range(len(values)):
        without, _ = _line(values, [*weights[:out], 0.0, *weights[out + 1 :]])
        if slope * without <= 0:
            return False
    return True
