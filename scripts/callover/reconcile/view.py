"""What the checks on several figures look at: a page's prints as tables, and its partnership."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from callover.compute import Board, Sheet
from callover.kinds import Quantity
from callover.model import ALL, Cell, Key, Number, Published
from callover.periods import Period
from callover.reconcile.counterpart import named
from callover.reconcile.printed import Printed, read_printed


class Print(NamedTuple):
    """A printed figure: the row of published.csv, and the number that it reads as."""

    row: Published
    printed: Printed


@dataclass(frozen=True)
class Table:
    """One printed row: a measure of an area and a category in one release, by its periods."""

    release: str
    measure: str
    area: str
    category: str
    cells: Mapping[Period, Sequence[Print]]

    def steps(self, kind: str) -> Iterator[tuple[Period, Period]]:
        """Give each period of a kind with the one before it, where both are printed."""
        found = sorted(period for period in self.cells if period.kind == kind)
        for before, at in pairwise(found):
            if before.end + 1 == at.start:
                yield before, at


@dataclass(frozen=True)
class Finding:
    """What several figures say of each other: the one that it is told of, and why.

    `measure` is a name of published.csv, or of the table that it stands in. `area` and `category`
    are the indicator's own where they are empty.
    """

    measure: str
    period: Period | None
    as_printed: str
    explanation: str
    computed: Number | None = None
    category: str = ALL
    area: str = ""
    where: str = ""


@dataclass(frozen=True)
class View:
    """One indicator's sheet among its partnership's, with what was printed of it."""

    board: Board
    sheet: Sheet
    years: Mapping[tuple[Period, Number], Sequence[str]]

    @cached_property
    def tables(self) -> Sequence[Table]:
        """The printed rows in the order of published.csv; a figure without a period is in none."""
        found: dict[tuple[str, str, str, str], dict[Period, list[Print]]] = {}
        for row in self.sheet.indicator.published:
            printed = read_printed(row.as_printed)
            if printed is not None and row.period is not None:
                at = row.release, row.measure, row.area, row.category or ALL
                found.setdefault(at, {}).setdefault(row.period, []).append(Print(row, printed))
        return tuple(Table(*at, cells) for at, cells in found.items())

    def prints(self, name: str) -> Iterator[Print]:
        """Give each readable print of a measure, with a period or without."""
        for row in self.sheet.indicator.published:
            printed = read_printed(row.as_printed) if row.measure == name else None
            if printed is not None:
                yield Print(row, printed)

    def of(self, role: str) -> Iterator[tuple[Table, Quantity]]:
        """Give the printed rows of one measure of the own area, with the quantity of each."""
        for table in self.tables:
            quantity, measure = named(self.sheet, table.measure)
            if quantity and measure == role and table.area == self.sheet.indicator.area:
                yield table, quantity

    def table(self, like: Table, measure: str) -> Table | None:
        """Find the printed row of another measure beside one."""
        at = like.release, measure, like.area, like.category
        found = (t for t in self.tables if (t.release, t.measure, t.area, t.category) == at)
        return next(found, None)

    def given(self, name: str, at: Period, category: str = ALL) -> Number | None:
        """Give a figure that is no estimate of ours and no figure of another extract."""
        metric = self.sheet.metric(name, at, category)
        return None if metric is None or metric.marker in ("e", "u") else metric.value

    def cells(self, column: str, category: str = "") -> Mapping[Period, Cell]:
        """Give the typed cells of a column of the own area, in the leading category."""
        return cells_of(self.sheet, column, category)


def cells_of(sheet: Sheet, column: str, category: str = "") -> Mapping[Period, Cell]:
    """Give the typed cells of a sheet's column in its own area."""
    key = Key(sheet.indicator.area, category or sheet.category, column)
    return sheet.indicator.series.get(key, {})


def counted(sheet: Sheet) -> Quantity | None:
    """Give the leading quantity where it is a number of things; None for shares, rates, words."""
    quantity = sheet.kind.quantities[0]
    in_points = (quantity.unit or sheet.indicator.unit) == "percent"
    return None if quantity.is_share or in_points or quantity.form != "count" else quantity


def line_of(cell: Cell) -> str:
    """Give where a document prints a typed cell, as its note says; '' if it does not."""
    where = cell.note.partition(";")[0]
    return where if where.startswith(("line ", "dashboard", "table", "history")) else ""
