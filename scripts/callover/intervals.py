"""Intervals of a survey's percentages: how far chance alone could have moved a sample's answer.

Read `estimate`, then `change`. All figures are in per cent (17 is 17%) or percentage points, and
exact; square roots are cut at 12 decimals. The formulas are those of a simple random sample. They
know nothing of weights or of a survey's design, which make real intervals wider.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from math import ceil, floor, isqrt

from callover.model import Number
from callover.rounding import half_up

#: Standard errors on each side of a share that make an interval of 95%.
Z = Fraction(196, 100)
#: Fewer answers than this are of low reliability [u]; fewer than the second are not shown [x].
SMALL_BASE, LEAST_BASE = 100, 30

_DIGITS = 10**12
_NONE, _ALL = Fraction(0), Fraction(100)

Range = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Rounded:
    """A printed figure and its decimals; `typed` are fewer where trailing noughts may be lost.

    A spreadsheet turns 2.70 into 2.7, so a column is as fine as its finest figure.
    """

    value: Number
    decimals: int = 0
    typed: int | None = None

    @property
    def bounds(self) -> Range:
        """The figures that round half-up to this one: the first included, the second not."""
        margin = Fraction(1, 2 * 10**self.decimals)
        return self.value - margin, self.value + margin

    @property
    def as_typed(self) -> Rounded:
        """The same figure with no more decimals than were typed."""
        return self if self.typed is None else Rounded(self.value, self.typed)

    def agrees(self, figure: Number) -> bool:
        """Say whether a figure rounds half-up to this one."""
        return half_up(figure, self.decimals) == self.value


@dataclass(frozen=True, slots=True)
class Sample:
    """What a source prints of one question in one period; None where it prints nothing.

    `base` is the number of people who answered and `numerator` how many of them gave the answer;
    `half_width` is the ± in percentage points, `lower` and `upper` are its limits.
    """

    percent: Rounded | None
    base: int | None
    numerator: int | None = None
    half_width: Rounded | None = None
    lower: Rounded | None = None
    upper: Rounded | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """The share before rounding, as well as it can be known, and its 95% interval.

    `low` and `high` bound the share; `count` is the number of people where only one is possible.
    `below` and `above` are the distances to the limits. `how` is a row of HOW.
    """

    share: Number
    below: Number
    above: Number
    how: str
    low: Number
    high: Number
    count: int | None = None

    @property
    def lower(self) -> Number:
        """The lower limit, never below 0%."""
        return max(self.share - self.below, 0)

    @property
    def upper(self) -> Number:
        """The upper limit, never above 100%."""
        return min(self.share + self.above, 100)


@dataclass(frozen=True, slots=True)
class Change:
    """The difference of two shares in percentage points, with its 95% interval."""

    difference: Number
    lower: Number
    upper: Number

    @property
    def clear(self) -> bool:
        """Say whether chance alone is an unlikely reason."""
        return clear_of_nought(self.lower, self.upper)


#: How the share behind an interval is known, and what a reader is told of it.
HOW: Mapping[str, str] = {
    "counted": "We worked the interval out from the number of people who gave the answer.",
    "recovered": (
        "We worked the interval out from the share before rounding. The interval that the source "
        "prints gives that share back."
    ),
    "printed": (
        "The interval is the one that the source prints. The usual formula gives another one, so "
        "the source may use a formula of its own."
    ),
    "rounded": (
        "The source prints neither an interval nor the number of people, so we worked the interval "
        "out from the rounded percentage."
    ),
}


def root(value: Number) -> Fraction:
    """Give a square root, cut at 12 decimals."""
    return Fraction(isqrt(value.numerator * _DIGITS**2 // value.denominator), _DIGITS)


def half_width(share: Number, base: int) -> Fraction:
    """Give 1.96 × √(p × (100 - p) ÷ n), in percentage points.

    Source: the normal approximation to the binomial (Wald), as the Public Attitude Survey's slides
    print it: ±3.73 for 69 of 397.
    """
    return root(_square(share, base))


def _square(share: Number, base: int) -> Fraction:
    return Z * Z * share * (100 - share) / base


def wilson(share: Number, base: Number) -> Range:
    """Give Wilson's limits: (2k + z² ± z√(z² + 4k(1 - k/n))) ÷ 2(n + z²), in per cent.

    Source: Wilson EB (1927), Journal of the American Statistical Association 22: 209-212; in use in
    Public Health England's indicator methods. It holds where a share is 0% or 100%.
    """
    count = Fraction(share) * base / 100
    middle, reach = 2 * count + Z * Z, Z * root(Z * Z + 4 * count * (100 - share) / 100)
    below = 2 * (base + Z * Z)
    return max(100 * (middle - reach) / below, _NONE), 100 * (middle + reach) / below


def clear_of_nought(lower: Number, upper: Number) -> bool:
    """Say whether an interval leaves 0 out."""
    return lower > 0 or upper < 0


def small(base: Number) -> bool:
    """Say whether so few people answered that a percentage is of low reliability."""
    return base < SMALL_BASE


def reliability(base: int | None) -> str:
    """Give the marker that a base brings with it: x below 30 (or none), u below 100."""
    if base is None or base >= SMALL_BASE:
        return ""
    return "u" if base >= LEAST_BASE else "x"


def estimate(sample: Sample) -> Estimate | None:
    """Find the share before rounding and its interval; None without a percentage or a base.

    Tried in this order: the count of people, the printed interval (with all the decimals of its
    column, then with those typed), and the rounded percentage.
    """
    base, percent = sample.base, sample.percent
    if not base:
        return None
    if sample.numerator is not None and sample.numerator <= base:
        share = Fraction(100 * sample.numerator, base)
        if percent is None or percent.agrees(share):
            return _known(share, base, "counted", (share, share), sample.numerator)
    if percent is None:
        return None
    printed = _printed(sample)
    if printed is None:
        return _known(percent.value, base, "rounded", percent.bounds)
    found = _recovered(percent, base, sample) or _recovered(percent, base, _as_typed(sample))
    return found or printed


def _known(share: Number, base: int, how: str, bounds: Range, count: int | None = None) -> Estimate:
    """Make an estimate of a share by the formula; Wilson's limits stand at 0% and 100%."""
    below = above = half_width(share, base)
    if share in (0, 100):
        lower, upper = wilson(share, base)
        below, above = share - lower, upper - share
    low, high = max(bounds[0], _NONE), min(bounds[1], _ALL)
    return Estimate(share, below, above, how, low, high, count)


def _as_typed(sample: Sample) -> Sample:
    typed = [
        side.as_typed if side else None for side in (sample.half_width, sample.lower, sample.upper)
    ]
    return Sample(sample.percent, sample.base, sample.numerator, *typed)


def _printed(sample: Sample) -> Estimate | None:
    """Take the interval as printed; None where none is."""
    percent = sample.percent
    if percent is None:
        return None
    share = percent.value
    if sample.half_width is not None:
        below = above = sample.half_width.value
    elif sample.lower is not None and sample.upper is not None:
        below, above = share - sample.lower.value, sample.upper.value - share
    else:
        return None
    return Estimate(share, below, above, "printed", *percent.bounds)


# ------------------------------------------------------------- the share behind an interval


def _recovered(percent: Rounded, base: int, sample: Sample) -> Estimate | None:
    """Find the share whose interval is the printed one; None if no share has it.

    Where several whole numbers of people fit, or none does, the middle of the range stands.
    """
    within, width = _clues(percent, sample)
    pieces = list(shares_of(width, base, within))
    if not pieces:
        return None
    counts = [count for piece in pieces for count in islice(_counts(piece, base, sample), 2)]
    bounds = pieces[0][0], pieces[-1][1]
    if len(counts) == 1:
        return _known(Fraction(100 * counts[0], base), base, "recovered", bounds, counts[0])
    low, high = min(pieces, key=lambda piece: abs((piece[0] + piece[1]) / 2 - percent.value))
    return _known((low + high) / 2, base, "recovered", bounds)


def _clues(percent: Rounded, sample: Sample) -> tuple[Range, Range]:
    """Give what a printed interval says: where the share lies, and where half the width does."""
    within = percent.bounds
    if sample.half_width is not None:
        return within, sample.half_width.bounds
    assert sample.lower is not None and sample.upper is not None
    lower, upper = sample.lower.bounds, sample.upper.bounds
    middle = (lower[0] + upper[0]) / 2, (lower[1] + upper[1]) / 2
    width = (upper[0] - lower[1]) / 2, (upper[1] - lower[0]) / 2
    return (max(within[0], middle[0]), min(within[1], middle[1])), width


def shares_of(width: Range, base: int, within: Range) -> Iterator[Range]:
    """Give the shares inside `within` whose half width lies in `width`, lowest first.

    With q = p × (100 - p) = n × h² ÷ 1.96², a share is p = 50 ± √(2,500 - q). Near 50% both
    sides may hold one.
    """
    most = Fraction(2500)
    least_q, most_q = (max(side, _NONE) ** 2 * base / Z**2 for side in width)
    if width[1] <= 0 or least_q > most:
        return
    far, near = root(most - least_q), root(max(most - most_q, _NONE))
    sides = ((50 - far, 50 - near), (50 + near, 50 + far))
    for low, high in ((50 - far, 50 + far),) if near == 0 else sides:
        low, high = max(low, within[0], _NONE), min(high, within[1], _ALL)
        if low <= high and low < within[1]:
            yield low, high


def _counts(piece: Range, base: int, sample: Sample) -> Iterator[int]:
    """Give the whole numbers of people whose share and interval round to what is printed."""
    low, high = (side * base / 100 for side in piece)
    for count in range(max(0, floor(low)), min(base, ceil(high)) + 1):
        if _fits(Fraction(100 * count, base), base, sample):
            yield count


def _fits(share: Fraction, base: int, sample: Sample) -> bool:
    if sample.percent is None or not sample.percent.agrees(share):
        return False
    if sample.half_width is not None:
        return gives(sample.half_width, share, base)
    half = half_width(share, base)
    limits = ((sample.lower, share - half), (sample.upper, share + half))
    return all(side is None or side.agrees(limit) for side, limit in limits)


def gives(printed: Rounded, share: Number, base: int) -> bool:
    """Say whether a share's half width rounds half-up to the printed one; squares keep it exact."""
    low, high = printed.bounds
    return max(low, _NONE) ** 2 <= _square(share, base) < high**2


def possible(printed: Rounded, percent: Rounded, base: int) -> Number | None:
    """Give a share that rounds to a printed percentage and has a printed half width, if any has."""
    found = _recovered(percent, base, Sample(percent, base, half_width=printed))
    return found.share if found else None


# ---------------------------------------------------------------------------- two periods


def change(now: Estimate, then: Estimate, shared: Number = 0) -> Change:
    """Give the difference of two shares, with an interval from both of theirs.

    Lower limit: d - √(a² + b² - 2sab) with a = p₁ - l₁ and b = u₂ - p₂; upper: d + √(a² + b² -
    2sab) with a = u₁ - p₁ and b = p₂ - l₂. `shared` is s, the part of the answers that are in both:
    0 for samples apart, 3/4 for rolling years a quarter apart, whose difference then has half the
    variance of one of them. Source: the square-and-add rule of Newcombe RG (1998), Statistics in
    Medicine 17: 873-890, method 10; with s, 2635-2650.
    """
    difference = now.share - then.share
    return Change(
        difference,
        difference - _added(now.below, then.above, shared),
        difference + _added(now.above, then.below, shared),
    )


def _added(one: Number, other: Number, shared: Number) -> Fraction:
    return root(one**2 + other**2 - 2 * shared * one * other)
