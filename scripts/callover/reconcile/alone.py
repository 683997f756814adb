"""Checks that need no figure of ours: what the page, or the document's own dates, rule out.

Each explains why its verdict holds, in plain words with the numbers, or gives None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from callover import periods, words
from callover.compute import Sheet
from callover.kinds import metric_name
from callover.model import ALL, IN_PLACE_OF_VALUE, Number
from callover.periods import Period
from callover.reconcile.case import Case, said
from callover.reconcile.extracts import FAMILIES, NOW, PERCENT
from callover.reconcile.printed import Printed

#: Words that say a printed figure is not exact, and by how many of its units it may then miss.
_ROUGHLY = re.compile(r"\b(?:almost|nearly|about|around|roughly|over|some)\b", re.I)
_ROUGH_MARGIN = 2

#: What is counted up from 1 April, and its change.
_TO_DATE = ("year_to_date", "change_on_last_year", "change_on_last_year_count")

#: The member of each family that is a change in per cent, with the member it is a change to.
_NOW_OF = {family[PERCENT]: family[NOW] for family in FAMILIES}


def after_the_data(case: Case) -> str | None:
    """Find a figure for a period that begins after the document's data ends."""
    at, closing = case.row.period, case.data_to
    if at is None or closing is None or at.start <= closing.end or "target" in case.row.measure:
        return None
    return (
        f"{case.prints} It stands under {words.period_long(at)}. "
        f"The document's figures end with {words.period_long(closing)}."
    )


def rated_without_figures(case: Case) -> str | None:
    """Find a colour for a year whose every figure the data says is not there."""
    sheet = _unrated(case)
    if sheet is None or case.row.period is None or not _is_empty(sheet, case.row.period):
        return None
    return f"{case.prints} It has no figure of that year to rate."


def rated_without_a_target(case: Case) -> str | None:
    """Find a colour for what is for monitoring only: nothing says which colour is right."""
    sheet = _unrated(case)
    if sheet is None or {target.type for target in sheet.indicator.targets} != {"none"}:
        return None
    return f"{case.prints} The target is for monitoring only, so no colour follows from it."


def _unrated(case: Case) -> Sheet | None:
    """Give the sheet of a printed colour for which we have none."""
    wants = case.ours.role == "rating" and not case.ours.verdict
    return case.ours.sheet if wants and said("rating", case.row.as_printed) else None


def _is_empty(sheet: Sheet, at: Period) -> bool:
    """Say whether the year up to a period has rows, and each has a marker in place of a value."""
    year = periods.financial_year_of(at.end)
    cells = [
        cell
        for line in sheet.indicator.series.values()
        for period, cell in line.items()
        if year.start <= period.start and period.end <= at.end
    ]
    return bool(cells) and all(c.marker in IN_PLACE_OF_VALUE and c.value is None for c in cells)


def hidden_as_nought(case: Case) -> str | None:
    """Find a nought in place of a small count: 0 is a figure, and a hidden one is none."""
    source, printed = case.ours.source, case.printed
    if source is None or printed is None or printed.value or source.metric.marker != "c":
        return None
    return f"{case.prints} The figure is hidden because it is small. Hidden is not the same as 0."


def cut_off_from_a_whole(case: Case) -> str | None:
    """Find a change that some whole number before gives only where decimals are cut off."""
    now = _counted_now(case)
    if case.printed is None or now is None or _before(case.printed, now, cut=False):
        return None
    found = _before(case.printed, now, cut=True)
    if not found:
        return None
    change = words.number(_percent(now, found[0]), case.printed.decimals + 1)
    return (
        f"{case.prints} {words.number(now)} against {words.number(found[0])} is {change}%. "
        "It was cut off, not rounded."
    )


def from_no_whole(case: Case) -> str | None:
    """Find a change in per cent that no whole number before gives (the GRIM test of a change)."""
    now = _counted_now(case)
    if case.printed is None or now is None or not now:
        return None
    if _before(case.printed, now, cut=False) or _before(case.printed, now, cut=True):
        return None
    return f"{case.prints} No whole number before {words.number(now)} gives that."


def _counted_now(case: Case) -> int | None:
    """Give the later number of a change whose earlier one nobody knows."""
    ours, printed = case.ours, case.printed
    if ours.value is not None or ours.role not in _NOW_OF or printed is None:
        return None
    sheet, at = ours.sheet, case.row.period
    if sheet is None or at is None or ours.quantity is None or not printed.percent:
        return None
    if case.family is None or case.family.points or case.row.area != sheet.indicator.area:
        return None
    name = metric_name(ours.quantity.name, _NOW_OF[ours.role])
    found = sheet.value(name, at, case.row.category or ALL)
    return found if isinstance(found, int) else None


def _before(printed: Printed, now: int, *, cut: bool) -> Sequence[int]:
    """Give the whole numbers from which a change to `now` is printed like this."""
    found = []
    for then in _near(printed, now):
        change = _percent(now, then)
        if printed.is_cut_from(change) if cut else printed.agrees(change):
            found.append(then)
    return found


def _near(printed: Printed, now: int) -> Iterator[int]:
    for change in printed.readings:
        if change > -100:
            middle = int(now * 100 / (100 + change))
            yield from range(max(1, middle - 1), middle + 3)


def _percent(now: Number, then: Number) -> Fraction:
    return Fraction(100 * (now - then)) / then


def of_an_earlier_day(case: Case) -> str | None:
    """Find the year to date of an earlier day, printed as that of a later one.

    Short numbers agree by chance; a week without a single case would be told as such.
    """
    ours, printed, at = case.ours, case.printed, case.row.period
    if ours.value is not None or ours.role not in _TO_DATE or printed is None or at is None:
        return None
    if ours.sheet is None or not (printed.decimals or printed.value >= 100):
        return None
    year = periods.financial_year_of(at.end)
    earlier = [
        metric
        for metric in ours.sheet.metrics
        if metric.measure == case.row.measure
        and metric.category == (case.row.category or ALL)
        and metric.value is not None
        and year.start <= metric.period.end < at.end
    ]
    newest = max(earlier, key=lambda metric: metric.period.end, default=None)
    if newest is None or newest.value is None or not printed.agrees(newest.value):
        return None
    return (
        f"{case.prints} It stands for {words.period_long(at)}. "
        f"That is the figure up to {words.last_day(newest.period)}."
    )


def level_as_change(case: Case) -> str | None:
    """Find the number itself printed as its change: "49 offences (-49%)"."""
    pair = _pair(case)
    if pair is None or case.printed is None or abs(case.printed.value) != pair[0]:
        return None
    return f"{case.both()} {words.number(pair[0])} is the number itself, not its change."


def turned_round(case: Case) -> str | None:
    """Find a change in per cent that was divided by the later figure in place of the earlier."""
    pair = _pair(case)
    if pair is None or case.printed is None or not all(pair):
        return None
    now, then = pair
    for value, says in (
        (Fraction(100 * (now - then)) / now, "The change was divided by the later figure"),
        (Fraction(100 * then) / now, "That is the earlier figure as a share of the later"),
    ):
        if _roughly(case.printed, value):
            return f"{case.both()} {says}: {words.number(value)}%."
    return None


def _pair(case: Case) -> tuple[Number, Number] | None:
    """Give the two numbers behind a change in per cent; None for a change in points."""
    ours = [each.value for each in case.ours.inputs]
    if len(ours) != 2 or case.ours.role not in _NOW_OF or case.ours.unit != "percent":
        return None
    return ours[0], ours[1]


def _roughly(printed: Printed, figure: Number) -> bool:
    """Say whether a figure gives the print, or is near one that calls itself a rough one."""
    if printed.agrees(figure):
        return True
    return bool(_ROUGHLY.search(printed.text)) and abs(printed.value - figure) <= _ROUGH_MARGIN
