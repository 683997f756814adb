"""Signals: does a series show more than its usual ups and downs?

The rules of NHS England's "Making Data Count" for XmR charts, as NHSRplotthedots 0.2.2 has them.
Every rule takes the figures in order and gives a number for each: 1 for a point marked high, -1 for
one marked low, 0 for none. Never use them on rolling sums: neighbours share eleven months.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm

from callover import distributions
from callover.model import Number
from callover.rounding import size

#: Mean moving ranges from the mean to a limit, and to the line two thirds of the way.
TO_LIMIT = Fraction(266, 100)
TO_NEAR = TO_LIMIT * 2 / 3
#: So many points in a row make a trend or a shift.
RUN = 7
#: Limits of fewer points than this are on trial.
FIRM = 13
#: Below this mean a count's limits are those of a Poisson distribution.
SMALL_MEAN = 10
#: The tails beyond three and beyond two standard deviations of a normal distribution.
TAIL, NEAR_TAIL = Fraction(135, 100_000), Fraction(2275, 100_000)

Signs = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """The mean of a series and the limits of its usual ups and downs; the near ones lie inside.

    A point on a limit is within it.
    """

    mean: Number
    lower: Number
    upper: Number
    near_lower: Number
    near_upper: Number


def mean(values: Sequence[Number]) -> Fraction:
    """Give the arithmetic mean."""
    whole, scale = _whole(values)
    return Fraction(sum(whole), scale * len(whole))


def _whole(values: Sequence[Number]) -> tuple[Sequence[int], int]:
    """Multiply all until they are whole, and say by how much: sums of whole numbers are fast."""
    scale = lcm(*(value.denominator for value in values))
    return [value.numerator * (scale // value.denominator) for value in values], scale


def xmr_limits(values: Sequence[Number]) -> Limits:
    """Give the limits of an XmR chart: mean ∓ 2.66 × mean moving range.

    Source: Shewhart's individuals chart, as Wheeler (2000), Understanding Variation, and NHS
    England's Making Data Count use it. No moving range is left out.
    """
    whole, scale = _whole(values)
    ranges = [size(later - earlier) for earlier, later in pairwise(whole)]
    centre, moved = mean(whole) / scale, mean(ranges) / scale
    far, near = TO_LIMIT * moved, TO_NEAR * moved
    return Limits(centre, centre - far, centre + far, centre - near, centre + near)


def poisson_limits(values: Sequence[Number]) -> Limits:
    """Give exact limits of a small count: beyond them lies 0.135% of chance on each side."""
    centre = mean(values)
    (lower, upper), (near_lower, near_upper) = (_within(centre, t) for t in (TAIL, NEAR_TAIL))
    return Limits(centre, lower, upper, near_lower, near_upper)


def _within(expected: Fraction, tail: Fraction) -> tuple[int, int]:
    """Give the least and the greatest count that chance brings at least as often as `tail`."""
    lower = upper = int(expected)
    while lower and distributions.poisson_tails(lower - 1, expected)[0] >= tail:
        lower -= 1
    while expected and distributions.poisson_tails(upper + 1, expected)[1] >= tail:
        upper += 1
    return lower, upper


def limits(values: Sequence[Number], *, counts: bool) -> Limits:
    """Give the limits that fit: exact for counts whose mean is below 10, else of the XmR chart."""
    small = counts and mean(values) < SMALL_MEAN
    return poisson_limits(values) if small else xmr_limits(values)


# ---------------------------------------------------------------------------------- the rules


def sides(values: Iterable[Number], centre: Number) -> Signs:
    """Say on which side of the mean each point lies; 0 on the mean."""
    return tuple((value > centre) - (value < centre) for value in values)


def beyond(values: Iterable[Number], lower: Number, upper: Number) -> Signs:
    """Say which points lie outside two limits, and on which side."""
    return tuple((value > upper) - (value < lower) for value in values)


def steps(values: Sequence[Number]) -> Signs:
    """Say of each point but the first whether it rose, fell or stayed."""
    return tuple((later > earlier) - (later < earlier) for earlier, later in pairwise(values))


def runs(signs: Signs, least: int) -> Signs:
    """Keep the signs that stand so many times in a row; the others become 0."""
    kept = [0] * len(signs)
    start = 0
    for end in range(1, len(signs) + 1):
        if end == len(signs) or signs[end] != signs[start]:
            if end - start >= least:
                kept[start:end] = signs[start:end]
            start = end
    return tuple(kept)


def outside(values: Sequence[Number], within: Limits) -> Signs:
    """Mark points outside the limits."""
    return beyond(values, within.lower, within.upper)


def trend(values: Sequence[Number], within: Limits) -> Signs:
    """Mark runs of 7 points that all rise, or all fall: 6 steps the same way."""
    moves = runs(steps(values), RUN - 1)
    return tuple(before or after for before, after in zip((0, *moves), (*moves, 0), strict=True))[
        : len(values)
    ]


def two_of_three(values: Sequence[Number], within: Limits) -> Signs:
    """Mark points near a limit where two of three in a row are, all three on that side."""
    side = sides(values, within.mean)
    far = beyond(values, within.lower, within.upper)
    near = [
        sign if not out else 0
        for sign, out in zip(beyond(values, within.near_lower, within.near_upper), far, strict=True)
    ]
    marked = [0] * len(near)
    for start in range(len(near) - 2):
        three = range(start, start + 3)
        if abs(sum(side[i] for i in three)) == 3 and sum(near[i] != 0 for i in three) >= 2:
            for i in three:
                marked[i] = near[i]
    return tuple(marked)


def shift(values: Sequence[Number], within: Limits) -> Signs:
    """Mark runs of 7 points on one side of the mean; a point on the mean ends a run."""
    return runs(sides(values, within.mean), RUN)


@dataclass(frozen=True)
class Rule:
    """One row of RULES: what stands out by it, for the public and exactly; the points it marks."""

    name: str
    sentence: str
    formula: str
    mark: Callable[[Sequence[Number], Limits], Signs]


#: The four rules in their order: the first that marks a point names it.
RULES: Mapping[str, Rule] = {
    row.name: row
    for row in (
        Rule("outside", "A point lies outside the limits.", "x < lower or x > upper", outside),
        Rule(
            "trend",
            "Seven points in a row all rise, or all fall.",
            "six steps in a row with one sign; no step of 0",
            trend,
        ),
        Rule(
            "two-of-three",
            "Two of three points in a row lie in the outer third, next to the same limit.",
            "two of three with mean + ⅔(upper - mean) < x ≤ upper, and all three above the mean; "
            "the same below it",
            two_of_three,
        ),
        Rule(
            "shift",
            "Seven points in a row lie on one side of the mean.",
            "seven x in a row > mean, or seven < mean; x = mean ends a run",
            shift,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Signal:
    """Why a point stands out: a row of RULES, and whether it is high (1) or low (-1)."""

    rule: str
    side: int


def signals(values: Sequence[Number], within: Limits) -> tuple[Signal | None, ...]:
    """Judge each point by the four rules; None where it is within the usual ups and downs."""
    found: list[Signal | None] = [None] * len(values)
    edges = within.mean, within.lower, within.upper, within.near_lower, within.near_upper
    whole, _ = _whole((*values, *edges))
    numbers, limits_ = whole[: len(values)], Limits(*whole[len(values) :])
    for rule in RULES.values():
        for i, side in enumerate(rule.mark(numbers, limits_)):
            if side and found[i] is None:
                found[i] = Signal(rule.name, side)
    return tuple(found)


def all_on_one_side(values: Sequence[Number], centre: Number) -> int:
    """Say whether 7 points or more all lie above (1) or below (-1) a mean of another time."""
    found = set(sides(values, centre))
    return found.pop() if len(values) >= RUN and len(found) == 1 else 0
