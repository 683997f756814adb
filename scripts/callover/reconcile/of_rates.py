"""Checks on printed rates: which number of people or homes must lie below them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from callover import measures, words
from callover.kinds import Quantity, metric_name
from callover.likeunits import per_many
from callover.model import Number
from callover.periods import Period
from callover.reconcile.over_time import told
from callover.reconcile.printed import Interval
from callover.reconcile.view import Finding, Print, Table, View
from callover.rounding import half_up

#: Two rates of one page may be of different years; a population does not change by more in a few.
_APART = Fraction(11, 10)


class _Rated(NamedTuple):
    """One printed rate: its period, the number that it is the rate of, and what lies below it."""

    at: Period
    printed: Print
    counted: Number
    below: Interval

    @property
    def rate(self) -> Fraction:
        """The rate as printed."""
        return self.printed.printed.value


def rates_on_two_denominators(view: View) -> Iterator[Finding]:
    """Find where a printed row of rates goes over to another number of people or homes."""
    for table, quantity in view.of("rate"):
        fits: Interval | None = None
        before: _Rated | None = None
        for now in _rated(view, table, metric_name(quantity.name, "rolling_12_months")):
            if fits and before and not _meet(fits, now.below):
                if not _declared(view, now.at):
                    yield _break(view, table, before, now, (fits[0] + fits[1]) / 2)
                fits = None
            fits = _narrowed(fits, now.below)
            before = now


def _rated(view: View, table: Table, counted: str) -> Iterator[_Rated]:
    """Give the monthly rates of a printed row with the numbers that they are rates of."""
    rate = view.sheet.indicator.rate
    for at in sorted(period for period in table.cells if period.kind == "month"):
        printed = table.cells[at][0]
        count = view.sheet.value(counted, at, table.category)
        if rate is not None and count and printed.printed.value > 0:
            yield _Rated(at, printed, count, _below(count * rate.per, printed))


def _break(view: View, table: Table, before: _Rated, now: _Rated, below: Fraction) -> Finding:
    """Tell of a rate that the number below the months before does not give."""
    rate, decimals = view.sheet.indicator.rate, now.printed.printed.decimals
    ours = Fraction(now.counted * (rate.per if rate else 1)) / below
    unit = measures.denominator_at(view.sheet.denominators, now.at.end)
    fits = (now.below[0] + now.below[1]) / 2
    says = (
        f"We get {words.number(ours, decimals)} with as many {unit.unit if unit else 'people'} as "
        f"the months before, about {_about(below)}. The page prints "
        f"{now.printed.printed.text}, which fits about {_about(fits)}."
    )
    if (now.counted - before.counted) * (now.rate - before.rate) < 0:
        up, down = ("rose", "fell") if now.counted > before.counted else ("fell", "rose")
        says += (
            f" The {view.sheet.indicator.unit} {up} from {words.number(before.counted)} to "
            f"{words.number(now.counted)}, and the rate {down}."
        )
    return told(table, now.at, now.printed, ours, says)


def _below(counted: Number, printed: Print) -> Interval:
    """Give the least and greatest number below that gives the print, rounded or cut off."""
    unit = Fraction(1, 10**printed.printed.decimals)
    rate = printed.printed.value
    return counted / (rate + unit), counted / max(rate - unit / 2, unit / 4)


def _meet(one: Interval, other: Interval) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _narrowed(fits: Interval | None, own: Interval) -> Interval:
    return own if fits is None else (max(fits[0], own[0]), min(fits[1], own[1]))


def _declared(view: View, at: Period) -> bool:
    """Say whether the data has, from a source of its own, another number from that period on."""
    before = measures.denominator_at(view.sheet.denominators, at.start - 1)
    now = measures.denominator_at(view.sheet.denominators, at.end)
    if before is None or now is None:
        return False
    return before.value != now.value and not now.inferred and not before.inferred


def _about(number: Fraction) -> str:
    """Write a number that is only known within limits: to the hundred where it is large."""
    step = 100 if number >= 10_000 else 1
    return words.number(step * half_up(number / step, 0))


# ------------------------------------------------------------------------------ side by side


class _Side(NamedTuple):
    """A rate and its number that a document prints side by side, with what lies below them."""

    rate: Print
    number: Print
    below: Interval


def rates_that_need_two_populations(view: View) -> Iterator[Finding]:
    """Find printed rates with their numbers that no one population gives, nor one near it."""
    sheet = view.sheet
    rate = next((q for q in sheet.kind.quantities if q.form == "rate"), None)
    count = next((q for q in sheet.kind.quantities if q.form == "count" and q.measures), None)
    per = per_many((rate.unit if rate else "") or sheet.indicator.unit)
    if rate is None or count is None or not per:
        return
    first: _Side | None = None
    for side in _sides(view, rate, count, per):
        if first and not _near(first.below, side.below):
            yield Finding(
                rate.name,
                side.rate.row.period,
                side.rate.row.as_printed,
                f"{_needs(first)} {_needs(side)} Both are on one page.",
                category=side.rate.row.category,
                where=side.rate.row.where,
            )
        first = first or side


def _sides(view: View, rate: Quantity, count: Quantity, per: int) -> Iterator[_Side]:
    """Pair each printed rate with the number that is printed in the same place of the document."""
    rates, counts = (
        {(row.row.release, row.row.period, _place(row)): row for row in view.prints(q.name)}
        for q in (rate, count)
    )
    for at, own in rates.items():
        number = counts.get(at)
        if number is not None and own.printed.value > 0 and number.printed.value > 0:
            yield _Side(own, number, _below(number.printed.value * per, own))


def _place(found: Print) -> str:
    """Give the place in the document, without what somebody noted about it."""
    return found.row.where.partition(";")[0]


def _near(one: Interval, other: Interval) -> bool:
    return one[0] <= other[1] * _APART and other[0] <= one[1] * _APART


def _needs(side: _Side) -> str:
    about = _about((side.below[0] + side.below[1]) / 2)
    return f"A rate of {side.rate.printed.text} for {side.number.printed.text} needs about {about}."
