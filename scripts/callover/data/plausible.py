"""Figures that are possible but unlikely: ten times too many, a sudden nought, another unit.

Nothing is guessed and nothing is put right. Each such figure asks somebody to look at the source,
and to correct it or to say in the package that it stands: a row of `confirmed`, which names the
value, so that it does not cover another one later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from callover import words
from callover.data.rows import Sheet
from callover.errors import Fault
from callover.model import ALL, Cell, Key, Number
from callover.periods import Period

#: How many figures of the same length before it a figure is set beside, and how many it takes.
LOOK_BACK, LEAST = 12, 6
#: A figure may pass the highest of them by this many times, or stay as far below the lowest, and
#: by SLACK beyond that: small counts jump.
TIMES, SLACK = Fraction(5, 2), 5


@dataclass(frozen=True)
class Confirmed:
    """A figure that somebody has looked up: its place in series.csv, and its value as typed."""

    period: Period
    column: str
    category: str
    area: str
    value: str


@dataclass(frozen=True)
class Reach:
    """The least and the greatest of the figures that a figure is set beside.

    They are of one unit and of periods of one length.
    """

    lowest: Number
    highest: Number

    @classmethod
    def of(cls, values: Sequence[Number]) -> Reach:
        """Make the reach of some figures."""
        return cls(min(values), max(values))

    def holds(self, value: Number) -> bool:
        """Say whether a figure is likely; a nought among figures of `SLACK` or more is not."""
        if self.lowest <= value <= self.highest:
            return True  # and cheaply so, as nearly all figures are
        above = self.highest * TIMES + SLACK
        below = self.lowest / TIMES - SLACK
        return below <= value <= above and (value != 0 or self.lowest < SLACK)


def check(
    sheet: Sheet, breaks: Iterable[Period], confirmed: Sequence[Confirmed], file: str
) -> Iterator[Fault]:
    """Set each figure beside those before it, and each confirmation beside its figure.

    Figures before a declared change in recording say nothing of those after it. `file` names the
    descriptor, where confirmations stand.
    """
    starts = sorted(period.start for period in breaks)
    said = {(Key(c.area, c.category, c.column), c.period): c.value for c in confirmed}
    for place, fault in _unlikely(sheet, starts):
        if said.get(place) != fault.value:
            yield fault
    for number, one in enumerate(confirmed):
        cells = sheet.series.get(Key(one.area, one.category, one.column), {})
        typed = _typed(sheet, one.column, cells[one.period]) if one.period in cells else ""
        if typed != one.value:
            yield _idle(file, number, one, typed)


def _unlikely(sheet: Sheet, starts: Sequence[int]) -> Iterator[tuple[tuple[Key, Period], Fault]]:
    sampled = {quantity.name for quantity in sheet.kind.quantities if quantity.interval}
    for key, line in sheet.series.items():
        if sampled and key.column not in sampled:
            continue  # how many people a sample has is nobody's performance
        for group in _comparable(line, starts):
            for i, (period, cell) in enumerate(group):
                beside = _beside(group, i)
                if cell.value is None or cell.marker == "u" or len(beside) < LEAST:
                    continue
                reach = Reach.of(beside)
                if not reach.holds(cell.value):
                    yield (key, period), _fault(sheet, key, period, cell, reach)


def _comparable(
    line: Mapping[Period, Cell], starts: Sequence[int]
) -> Iterable[Sequence[tuple[Period, Cell]]]:
    """Part a line by the length of its periods and at the changes in recording."""
    found: dict[tuple[str, int, int], list[tuple[Period, Cell]]] = {}
    for period, cell in sorted(line.items()):
        months = round((period.end - period.start + 1) / 30.4)
        part = sum(start <= period.start for start in starts)
        found.setdefault((period.kind, months, part), []).append((period, cell))
    return found.values()


def _beside(group: Sequence[tuple[Period, Cell]], i: int) -> Sequence[Number]:
    """Give the figures before one; the first few have none, so they get those after them."""
    before = [cell.value for _, cell in group[max(0, i - LOOK_BACK) : i] if cell.value is not None]
    if len(before) >= LEAST:
        return before
    after = [cell.value for _, cell in group[i + 1 : i + 1 + LOOK_BACK] if cell.value is not None]
    return before + after


def _typed(sheet: Sheet, column: str, cell: Cell) -> str:
    return dict(sheet.table.numbered)[cell.line][column]


def _fault(sheet: Sheet, key: Key, period: Period, cell: Cell, reach: Reach) -> Fault:
    typed = _typed(sheet, key.column, cell)
    place = {"period": period.label, "column": key.column, "value": typed}
    place |= {"category": key.category} if key.category != ALL else {}
    place |= {"area_code": key.area} if key.area != sheet.home else {}
    row = ", ".join(f'"{name}": "{text}"' for name, text in place.items())
    lowest, highest = (
        words.number(value, cell.decimals) for value in (reach.lowest, reach.highest)
    )
    return Fault(
        sheet.table.file, cell.line, key.column, typed,
        f"a figure like those beside it ({lowest} to {highest})",
        f'Correct it; or if it is right, add to "confirmed" in datapackage.json: {{{row}}}.',
    )  # fmt: skip


def _idle(file: str, number: int, one: Confirmed, typed: str) -> Fault:
    there = f"{typed}, as series.csv has" if typed else "a figure of series.csv"
    return Fault(
        file, 0, f"callover.confirmed.{number}", f"{one.value} for {one.period.label}", there,
        "Correct the confirmation, or delete it if the figure has changed.",
    )  # fmt: skip
