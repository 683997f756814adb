"""The door to scipy: tails and quantiles of the distributions that judge a change.

Loading scipy takes a third of a second, so it is loaded when a figure is judged and not before.
Every answer is an exact number of ten significant digits: the last digits of a floating-point
number differ from one machine to the next, and a published file must not.
"""

from __future__ import annotations

import os
from fractions import Fraction
from functools import cache
from math import erfc, sqrt
from typing import Any

from callover.model import Number
from callover.rounding import ten_digits

#: The chance left out on each side of a 95% interval.
TAIL = 0.025


@cache
def _special() -> Any:
    # It comes with a library of linear algebra that starts a thread for each core: we use none.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from scipy import special

    return special


def binomial_tails(count: Number, trials: Number, share: Number) -> tuple[Fraction, Fraction]:
    """Give the chances of at most, and of at least, so many of `trials`; `share` is 0 to 1."""
    k, n, p = float(count), float(trials), float(share)
    most = 1.0 if k >= n else _special().betaincc(k + 1, n - k, p)
    least = float(k <= 0) if k <= 0 or k > n else _special().betainc(k, n - k + 1, p)
    return ten_digits(most), ten_digits(least)


def binomial_limits(count: Number, trials: Number) -> tuple[Fraction, Fraction]:
    """Give the 95% limits of Clopper and Pearson (1934), as shares from 0 to 1."""
    k, n = float(count), float(trials)
    lower = 0.0 if k <= 0 else _special().betaincinv(k, n - k + 1, TAIL)
    upper = 1.0 if k >= n else _special().betaincinv(k + 1, n - k, 1 - TAIL)
    return ten_digits(lower), ten_digits(upper)


def poisson_tails(count: Number, mean: Number) -> tuple[Fraction, Fraction]:
    """Give the chances of at most, and of at least, so many where `mean` are expected."""
    k, m = float(count), float(mean)
    least = 1.0 if k <= 0 else _special().gammainc(k, m)
    return ten_digits(_special().gammaincc(k + 1, m)), ten_digits(least)


def poisson_limits(count: Number) -> tuple[Fraction, Fraction]:
    """Give the exact 95% limits of a count: half of chi-square at 2x and at 2x + 2 degrees."""
    k = float(count)
    lower = 0.0 if k <= 0 else _special().gammaincinv(k, TAIL)
    return ten_digits(lower), ten_digits(_special().gammaincinv(k + 1, 1 - TAIL))


def normal_both_tails(z: Number) -> Fraction:
    """Give the chance that a standard normal figure lies at least so far from 0."""
    return ten_digits(erfc(abs(float(z)) / sqrt(2)))


def normal_below(z: Number) -> Fraction:
    """Give the chance that a standard normal figure lies at or below z."""
    return ten_digits(erfc(-float(z) / sqrt(2)) / 2)
