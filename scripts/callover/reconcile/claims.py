"""What a document claims beside its figures: above or below others, divided by so many."""

from __future__ import annotations

import re
from fractions import Fraction

from callover import measures, words
from callover.kinds import Quantity
from callover.likeunits import per_many
from callover.model import Comparator, Denominator, Number
from callover.reconcile.counterpart import Counterpart, Input, Wanted, metric_at, named
from callover.reconcile.printed import Interval

#: What is said of one figure beside another, by the words that say it.
_SAID = (
    ("above", re.compile(r"\b(?:above|higher|greater|more than|exceeds?|over)\b", re.I)),
    ("below", re.compile(r"\b(?:below|lower|smaller|less than|fewer|under)\b", re.I)),
    ("the same", re.compile(r"\b(?:equal|same|in line)\b", re.I)),
)


def claimed(as_printed: str) -> str:
    """Read a claim about two figures: above, below or the same; '' if it is none."""
    return next((says for says, words_ in _SAID if words_.search(as_printed)), "")


def against(wanted: Wanted) -> Counterpart:
    """Set our figure beside the quoted one of an area or a group: rate_against_<group>."""
    name, _, other = wanted.measure.rpartition("_against_")
    metric = metric_at(wanted.sheet, name, wanted.at, wanted.category, wanted.area)
    quoted = _quoted(wanted, name, other)
    missing = Counterpart(role="against", missing="Our data does not have both figures.")
    if metric is None or metric.value is None or quoted is None:
        return missing
    decimals = len(quoted.as_printed.partition(".")[2])
    ours, theirs = words.number(metric.value, decimals), words.number(quoted.value, decimals)
    verdict = "above" if metric.value > quoted.value else "below"
    return Counterpart(
        verdict="the same" if ours == theirs else verdict,
        reason=f"{ours} beside {theirs}{_unclear(wanted, quoted)}",
        role="against",
        sheet=wanted.sheet,
    )


def _unclear(wanted: Wanted, quoted: Comparator) -> str:
    """Say so where chance alone may have put our figure on its side of the quoted one."""
    found = (b for b in wanted.sheet.beside if b.other == quoted and b.own)
    same = any(b.verdict == "similar" and b.own and b.own.period == wanted.at for b in found)
    return ", which is no clear difference" if same else ""


def _quoted(wanted: Wanted, name: str, other: str) -> Comparator | None:
    """Find the figure of others that a document quotes for a period, or without one."""
    found = [
        c
        for c in wanted.sheet.indicator.comparators
        if c.measure == name
        and other in (c.area, c.group)
        and (c.period is None or c.period.end == wanted.at.end)
    ]
    return found[-1] if found else None


def denominator(wanted: Wanted) -> Counterpart:
    """Find what a rate is divided by: from the reference data, or from a rate and its number."""
    sheet = wanted.sheet
    known = measures.denominator_at(sheet.denominators, wanted.at.end)
    if known is not None:
        return Counterpart(
            value=known.value,
            role="denominator",
            rests_on="denominator" if known.inferred else "row",
            unit=known.unit,
            noun=known.unit,
            reason=_from(known),
            sheet=sheet,
        )
    quantity = next((q for q in sheet.kind.quantities if q.form == "rate"), None)
    fits = _implied(wanted, quantity) if quantity else None
    if fits is None:
        return Counterpart(role="denominator", missing="Our data does not give it.", sheet=sheet)
    interval, rate, count = fits
    return Counterpart(
        value=(interval[0] + interval[1]) / 2,
        role="denominator",
        inputs=(Input(rate, 2), Input(count)),
        reason=f"{words.number(interval[0])} to {words.number(interval[1])}",
        bounds=interval,
        sheet=sheet,
    )


def rate_unit(wanted: Wanted) -> Counterpart:
    """Take the people or homes that a rate is of, to set beside what the page calls them."""
    known = measures.denominator_at(wanted.sheet.denominators, wanted.at.end)
    if known is None:
        return Counterpart(role="unit", missing="Our data does not give it.", sheet=wanted.sheet)
    return Counterpart(
        verdict=known.unit,
        reason=_from(known),
        role="unit",
        rests_on="denominator" if known.inferred else "row",
        noun=known.unit,
        sheet=wanted.sheet,
    )


def _from(known: Denominator) -> str:
    return "from the printed rates" if known.inferred else ""


def _implied(wanted: Wanted, quantity: Quantity) -> tuple[Interval, Number, Number] | None:
    """Give the least and greatest number below that a typed rate and its number allow."""
    sheet = wanted.sheet
    per = per_many(quantity.unit or sheet.indicator.unit)
    numbers = [q for q in sheet.kind.quantities if q.form == "count" and not q.is_share]
    if not per or not numbers or named(sheet, quantity.name)[0] is None:
        return None
    rate = metric_at(sheet, quantity.name, wanted.at, wanted.category)
    count = metric_at(sheet, numbers[0].name, wanted.at, wanted.category)
    if rate is None or count is None or not rate.value or not count.value:
        return None
    decimals = _decimals(rate.value)
    half = Fraction(1, 2 * 10**decimals)
    scaled = Fraction(count.value) * per
    return (scaled / (rate.value + half), scaled / (rate.value - half)), rate.value, count.value


def _decimals(value: Number) -> int:
    """Give the decimals that a typed number needs."""
    decimals = 0
    while (Fraction(value) * 10**decimals).denominator != 1:
        decimals += 1
    return decimals
