"""Figures that are possible but unlikely: ten times too many, a sudden nought, another unit.

Three questions are asked: is a figure far from those beside it; has it a sign that none of them
has; and does a run of figures stand a second time, a year later or, in another category or area, a
period later, as a column has that was pasted twice or one row too low.

Nothing is guessed and nothing is put right. Each such figure asks somebody to look at the source,
and to correct it or to say in the package that it stands: a row of `confirmed`, which names the
value, so that it does not cover another one later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, groupby, permutations

from callover import words
from callover.data.rows import Sheet
from callover.errors import Fault
from callover.model import ALL, Cell, Key, Number
from callover.periods import Period, last_year, whole_months

#: How many figures of the same length before it a figure is set beside, and how many it takes.
LOOK_BACK, LEAST = 12, 6
#: A figure may pass the highest of them by so many times, or stay as far below the lowest: the
#: square of what lies between lowest and highest, but no less than STEADY and no more than LIVELY.
#: SLACK beyond that is let be: small counts jump.
STEADY, LIVELY, SLACK = Fraction(3, 2), Fraction(5, 2), 5
#: Among figures of so many or more, a nought is no chance.
NOUGHT = 5
#: A figure with decimals has another unit if it is so many times above or below them all.
OTHER_UNIT = 5
#: So many figures in a row that stand a second time were pasted, if they are of VARIETY values.
RUN, VARIETY = 6, 3
#: How many rows a year has, by the kind of period.
_A_YEAR: Mapping[str, int] = {"month": 12, "quarter": 4, "week": 52}
#: More lines than these are not set beside each other.
_LINES = 16


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

    They are of one unit and of periods of one length. `fine` says that they have decimals, so that
    they are no small counts, which jump.
    """

    lowest: Number
    highest: Number
    fine: bool = False

    @classmethod
    def of(cls, values: Sequence[Number]) -> Reach:
        """Make the reach of some figures."""
        return cls(min(values), max(values), any(isinstance(value, Fraction) for value in values))

    def holds(self, value: Number) -> bool:
        """Say whether a figure is likely; a nought among figures of `SLACK` or more is not."""
        if self.lowest <= value <= self.highest:
            return True
        if self.turns(value) or (self.fine and self._of_another_unit(value)):
            return False
        above = self.highest * self._times + SLACK
        below = self.lowest / self._times - SLACK
        return below <= value <= above and (value != 0 or self.lowest < NOUGHT)

    @property
    def _times(self) -> Fraction:
        if self.lowest <= 0:
            return LIVELY
        return min(LIVELY, max(STEADY, Fraction(self.highest, self.lowest) ** 2))

    def turns(self, value: Number) -> bool:
        """Say whether a figure has a sign that none of the others has."""
        return value < 0 <= self.lowest

    def _of_another_unit(self, value: Number) -> bool:
        return 0 < value * OTHER_UNIT < self.lowest or value > self.highest * OTHER_UNIT > 0


def check(
    sheet: Sheet, breaks: Iterable[Period], confirmed: Sequence[Confirmed], file: str
) -> Iterator[Fault]:
    """Set each figure beside those before it, and each confirmation beside its figure.

    Figures before a declared change in recording say nothing of those after it. `file` names the
    descriptor, where confirmations stand.
    """
    starts = sorted(period.start for period in breaks)
    said = {(Key(c.area, c.category, c.column), c.period): c.value for c in confirmed}
    for place, fault in chain(_unlikely(sheet, starts), _pasted(sheet)):
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
                if min(beside) <= cell.value <= max(beside):
                    continue  # and cheaply so, as nearly all figures are
                reach = Reach.of(beside)
                if not reach.holds(cell.value):
                    yield (key, period), _fault(sheet, key, period, cell, _beside_it(reach, cell))


def _comparable(
    line: Mapping[Period, Cell], starts: Sequence[int]
) -> Iterable[Sequence[tuple[Period, Cell]]]:
    """Part a line by the length of its periods and at the changes in recording."""
    found: dict[tuple[str, int, int], list[tuple[Period, Cell]]] = {}
    for period, cell in sorted(line.items()):
        length = whole_months(period.start, period.end) or period.start - period.end - 1
        part = sum(start <= period.start for start in starts)
        found.setdefault((period.kind, length, part), []).append((period, cell))
    return found.values()


def _beside(group: Sequence[tuple[Period, Cell]], i: int) -> Sequence[Number]:
    """Give the figures before one; the first few have none, so they get those after them."""
    before = [cell.value for _, cell in group[max(0, i - LOOK_BACK) : i] if cell.value is not None]
    if len(before) >= LEAST:
        return before
    after = [cell.value for _, cell in group[i + 1 : i + 1 + LOOK_BACK] if cell.value is not None]
    return before + after


Row = tuple[Period, Cell]


def _pasted(sheet: Sheet) -> Iterator[tuple[tuple[Key, Period], Fault]]:
    """Find runs of figures that stand a second time."""
    lines: dict[tuple[str, str], list[tuple[Key, Sequence[Row]]]] = {}
    for key, line in sheet.series.items():
        for kind, offset in _A_YEAR.items():
            rows: Sequence[Row] = sorted(row for row in line.items() if row[0].kind == kind)
            pairs = list(zip(rows, rows[offset:], strict=False))
            if len(pairs) >= RUN:
                yield from _twice(sheet, key, pairs, last_year, "a year")
            if len(rows) > RUN:
                lines.setdefault((key.column, kind), []).append((key, rows))
    for (_, kind), same in lines.items():
        for (key, rows), (_, others) in permutations(same[:_LINES], 2):
            by_end = {period.end: (period, cell) for period, cell in others}
            moved = [(by_end[p.start - 1], (p, c)) for p, c in rows if p.start - 1 in by_end]
            yield from _twice(sheet, key, moved, _before, f"a {kind}")


def _before(period: Period) -> Period:
    """Give the period that ends when another begins, told by its end alone."""
    return Period(period.start - 1, period.start - 1, "", "")


def _twice(
    sheet: Sheet,
    key: Key,
    pairs: Sequence[tuple[Row, Row]],
    earlier: Callable[[Period], Period],
    apart: str,
) -> Iterator[tuple[tuple[Key, Period], Fault]]:
    """Give a fault for each run of pairs with the same figures, at the first of the later ones."""
    for same, run in groupby(pairs, lambda pair: _equal(*pair)):
        found = list(run) if same else []
        values = {cell.value for _, (_, cell) in found}
        if len(found) < RUN or len(values) < VARIETY:
            continue
        if not all(earlier(late).end == early.end for (early, _), (late, _) in found):
            continue
        (first, last), (begin, end) = (
            [found[place][side][1].line for place in (0, -1)] for side in (1, 0)
        )
        period, cell = found[0][1]
        told = f"figures of its own: rows {first} to {last} repeat rows {begin} to {end}, "
        yield (key, period), _fault(sheet, key, period, cell, f"{told}{apart} before")


def _equal(early: Row, late: Row) -> bool:
    """Say whether two figures are the same, and too large or too fine to be so by chance often."""
    one, other = early[1].value, late[1].value
    if one is None or one != other or "u" in (early[1].marker, late[1].marker):
        return False
    return isinstance(one, Fraction) or one >= SLACK


def _typed(sheet: Sheet, column: str, cell: Cell) -> str:
    return dict(sheet.table.numbered)[cell.line][column]


def _beside_it(reach: Reach, cell: Cell) -> str:
    """Say what figures a figure is unlike."""
    lowest, highest = (
        words.number(value, cell.decimals) for value in (reach.lowest, reach.highest)
    )
    which = "of 0 or more, " if cell.value is not None and reach.turns(cell.value) else ""
    return f"a figure {which}like those beside it ({lowest} to {highest})"


def _fault(sheet: Sheet, key: Key, period: Period, cell: Cell, expected: str) -> Fault:
    typed = _typed(sheet, key.column, cell)
    place = {"period": period.label, "column": key.column, "value": typed}
    place |= {"category": key.category} if key.category != ALL else {}
    place |= {"area_code": key.area} if key.area != sheet.home else {}
    row = ", ".join(f'"{name}": "{text}"' for name, text in place.items())
    return Fault(
        sheet.table.file, cell.line, key.column, typed, expected,
        f'Correct it; or if it is right, add to "confirmed" in datapackage.json: {{{row}}}.',
    )  # fmt: skip


def _idle(file: str, number: int, one: Confirmed, typed: str) -> Fault:
    there = f"{typed}, as series.csv has" if typed else "a figure of series.csv"
    return Fault(
        file, 0, f"callover.confirmed.{number}", f"{one.value} for {one.period.label}", there,
        "Correct the confirmation, or delete it if the figure has changed.",
    )  # fmt: skip
