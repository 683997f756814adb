"""What drawings of a sheet share: points with their words, the source, the name, the unit."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from callover import words
from callover.charts import Cut, Point
from callover.compute import Sheet
from callover.kinds import Quantity
from callover.model import ALL, UNSTATED, Number
from callover.periods import Period, whole_months

NO_FIGURE = "no figure"
SO_FAR = "so far"


def point(value: Number | None, unit: str) -> Point:
    """Make a point with its text; a gap says so."""
    return Point(value, NO_FIGURE if value is None else words.figure(value, unit))


def source(sheet: Sheet) -> str:
    """Say where the figures come from."""
    return f"Source: {sheet.indicator.source or 'not stated'}."


def name(sheet: Sheet) -> str:
    """Give the title of the measure."""
    return sheet.indicator.title


def about(sheet: Sheet) -> str:
    """Name the category that a page leads with; '' where it is the total, or the only one."""
    if sheet.category == ALL or len(sheet.lines) < 2:
        return ""
    return sheet.indicator.categories.get(sheet.category, sheet.category)


def capital(text: str) -> str:
    """Begin a text with a capital letter."""
    return text[:1].upper() + text[1:]


def cuts(sheet: Sheet, at: Sequence[Period]) -> tuple[Cut, ...]:
    """Give the changes in recording that lie on an axis of periods, the earliest first."""
    days = sorted(each.period.start for each in sheet.indicator.breaks)
    return tuple(_cut(at, day) for day in days if at and at[0].start <= day <= at[-1].end)


def _cut(at: Sequence[Period], day: int) -> Cut:
    place = next(i for i, period in enumerate(at) if period.end >= day)
    return Cut(place, words.recording_changed(day), within=at[place].start < day)


def part_years(at: Sequence[Period]) -> frozenset[int]:
    """Give the place of a last period that is cut short: it follows on, and is the shortest yet.

    Nine months after whole years, a month after quarters, three days after weeks.
    """
    if len(at) < 2 or at[-1].start != at[-2].end + 1:
        return frozenset()
    shortest = min(_length(period) for period in at[:-1])
    return frozenset([len(at) - 1]) if _length(at[-1]) < shortest else frozenset()


def _length(period: Period) -> int:
    """Measure a period in days; months are all as long, as February is not cut short."""
    return 31 * whole_months(period.start, period.end) or period.end - period.start + 1


def marked_so_far(points: Sequence[Point], places: Container[int]) -> tuple[Point, ...]:
    """Say of some points that their period is not over."""
    return tuple(replace(p, so_far=i in places) for i, p in enumerate(points))


def in_full(at: Sequence[Period]) -> tuple[str, ...]:
    """Name the periods of an axis; the last says so if it is cut short."""
    part = part_years(at)
    return tuple(
        f"{words.period_long(p)} {SO_FAR}" if i in part else words.period_long(p)
        for i, p in enumerate(at)
    )


def uncapital(text: str) -> str:
    """Begin a text with a small letter, to stand within a sentence; DV cases keep their name."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def unit(sheet: Sheet, quantity: Quantity) -> str:
    """Give the unit of a quantity; nothing where the source states none."""
    found = quantity.unit or sheet.indicator.unit
    return "" if found == UNSTATED else found


def values(
    sheet: Sheet, measure: str, at: Sequence[Period], of: str, category: str = ""
) -> tuple[Point, ...]:
    """Make a point for each period; `of` is their unit."""
    return tuple(point(sheet.value(measure, period, category), of) for period in at)


def has(points: Sequence[Point], least: int = 1) -> bool:
    """Say whether enough points have a value."""
    return sum(p.value is not None for p in points) >= least
