"""Totals and the indicators they are made of: do the parts add up, period by period?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from callover.compute import Board, Sheet
from callover.kinds import metric_name
from callover.model import Metric, Number
from callover.periods import Period


@dataclass(frozen=True)
class PartSum:
    """The parts of a total over the days of one period, in the order of the package.

    `start` and `end` are the first and last day covered, as ordinals.
    """

    period: Period
    start: int
    end: int
    parts: tuple[Number, ...]
    total: Number

    @property
    def sum(self) -> Number:
        """Add the parts up."""
        return sum(self.parts)

    @property
    def difference(self) -> Number:
        """Give how much the parts make more (or, below 0, less) than the total."""
        return self.sum - self.total


def parts_of(board: Board, sheet: Sheet) -> Sequence[Sheet]:
    """Give the sheets of the indicators that add up to one."""
    found = (board.sheet(slug) for slug in sheet.indicator.parts)
    return [part for part in found if part is not None]


def part_sums(board: Board, sheet: Sheet) -> Sequence[PartSum]:
    """Add the parts up at each period for which the total and every part are known, newest first.

    What is added is the first quantity of each kind: a count, or a 12-month total.
    """
    parts = parts_of(board, sheet)
    if not parts:
        return ()
    made = (_sum(parts, metric) for metric in _totals(sheet))
    return [found for found in made if found is not None]


def _totals(sheet: Sheet) -> Sequence[Metric]:
    """Give the totals, the newest first, of the category that the page leads with."""
    quantity = sheet.kind.quantities[0]
    name = metric_name(quantity.name, quantity.measures[0])
    found = [m for m in sheet.metrics if (m.measure, m.category) == (name, sheet.category)]
    return sorted(found, key=lambda m: (-m.end, -m.start))


def _sum(parts: Sequence[Sheet], metric: Metric) -> PartSum | None:
    values = [_over(part, metric.start, metric.end) for part in parts]
    known = tuple(value for value in values if value is not None)
    if metric.value is None or len(known) < len(parts):
        return None
    return PartSum(metric.period, metric.start, metric.end, known, metric.value)


def _over(part: Sheet, start: int, end: int) -> Number | None:
    line = part.lines.get(part.category, {}).get(part.kind.quantities[0].name)
    return line.total(start, end).value if line is not None else None
