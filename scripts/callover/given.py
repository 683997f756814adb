"""Rates and percentages that a source works out itself, with the number behind each of them.

A rate has the count that it is of, a percentage the number that it is of all of. With these, chance
can be allowed for; without them nobody can say how sure the figure is.
"""

from __future__ import annotations

from fractions import Fraction

from callover import certainty
from callover.intervals import Estimate, Range, wilson
from callover.kinds import Quantity
from callover.model import Number

#: A figure and the number behind it.
Given = tuple[Number, Number]


def limits(quantity: Quantity, given: Given) -> Range | None:
    """Give the 95% limits: of a rate by its count, of a percentage by its base; None for 0.

    A rate of 0 does not say how many people it is of.
    """
    value, behind = given
    if quantity.is_share:
        return wilson(value, behind) if behind > 0 and 0 <= value <= 100 else None
    if value <= 0 or behind <= 0:
        return None
    lower, upper = certainty.byar(behind)
    return Fraction(lower * value) / behind, Fraction(upper * value) / behind


def p_apart(quantity: Quantity, one: Given, other: Given) -> Fraction | None:
    """Give the chance of two figures at least so far apart; None where nobody can tell."""
    ends = limits(quantity, one), limits(quantity, other)
    if ends[0] is None or ends[1] is None:
        return None
    if quantity.is_share:
        shares = _share(one[0], ends[0]), _share(other[0], ends[1])
        return Fraction(certainty.change_of_shares(*shares).p)
    # The people that a rate is of: its count divided by it.
    people = [Fraction(behind) / value for value, behind in (one, other)]
    return certainty.p_of_rates((one[1], people[0]), (other[1], people[1]))


def _share(value: Number, ends: Range) -> Estimate:
    return Estimate(value, value - ends[0], ends[1] - value, "counted", value, value)
