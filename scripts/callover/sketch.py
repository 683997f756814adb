"""What drawings of a sheet share: points with their words, the source, the name, the unit."""

from __future__ import annotations

from collections.abc import Sequence

from callover import words
from callover.charts import Point
from callover.compute import Sheet
from callover.kinds import Quantity
from callover.model import Number
from callover.periods import Period

NO_FIGURE = "no figure"


def point(value: Number | None, unit: str) -> Point:
    """Make a point with its text; a gap says so."""
    return Point(value, NO_FIGURE if value is None else words.figure(value, unit))


def source(sheet: Sheet) -> str:
    """Say where the figures come from."""
    return f"Source: {sheet.indicator.source or 'not stated'}."


def name(sheet: Sheet) -> str:
    """Give the title of the measure."""
    return sheet.indicator.title


def capital(text: str) -> str:
    """Begin a text with a capital letter."""
    return text[:1].upper() + text[1:]


def unit(sheet: Sheet, quantity: Quantity) -> str:
    """Give the unit of a quantity; nothing where the source states none."""
    found = quantity.unit or sheet.indicator.unit
    return "" if found == "number" else found


def values(
    sheet: Sheet, measure: str, at: Sequence[Period], of: str, category: str = ""
) -> tuple[Point, ...]:
    """Make a point for each period; `of` is their unit."""
    return tuple(point(sheet.value(measure, period, category), of) for period in at)


def has(points: Sequence[Point], least: int = 1) -> bool:
    """Say whether enough points have a value."""
    return sum(p.value is not None for p in points) >= least
