"""A line of figures in time, and totals over windows of it. Gaps stay gaps.

A total over a window is known when rows of any length tile it exactly, the finest first, without
gap or overlap. A missing month makes it missing, never smaller. Five lines exist: `Counts`, which
add up; `Readings`, which stand by themselves; `Statements`, which are words; `Shares`, a ratio of
sums over the window; and `Sampled`, a share of a sample with its interval.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple, Protocol

from callover.intervals import Estimate, reliability
from callover.model import IN_PLACE_OF_VALUE, Cell, Number
from callover.periods import Period

#: The markers that a figure takes over from what it is made of, the gravest first.
_GRAVEST = ("c", "x", "z", "u", "e", "p", "r")

Window = tuple[int, int]


class Total(NamedTuple):
    """A sum or share over a window, or the marker that says why there is none; or words."""

    value: Number | None
    marker: str = ""
    text: str = ""


_NO_CELL = Cell(None)
_NO_ROWS = ((0, _NO_CELL),)  # a last day before every first day


class Line(Protocol):
    """What measures need of a line of figures."""

    @property
    def additive(self) -> bool:
        """Say whether the figure grows over the year, as counts do."""
        ...

    @property
    def in_points(self) -> bool:
        """Say whether a change is given in percentage points, because the figure is a percent."""
        ...

    @property
    def whole(self) -> bool:
        """Say whether whole things are counted, so that a target is a whole number too."""
        ...

    @property
    def periods(self) -> Sequence[Period]:
        """The periods with a row, in order of their last day."""
        ...

    def total(self, start: int, end: int) -> Total:
        """Give the figure for the days from `start` to `end`, both included."""
        ...


def gravest(markers: Container[str]) -> str:
    """Give the marker that says the worst of a figure made of others; '' if none does."""
    return next((marker for marker in _GRAVEST if marker in markers), "")


def _later(period: Period) -> tuple[int, int]:
    return period.end, -period.start


@dataclass(frozen=True)
class Counts:
    """Figures that add up over time."""

    cells: Mapping[Period, Cell]
    additive: bool = True
    in_points: bool = False
    whole: bool = True

    @cached_property
    def periods(self) -> Sequence[Period]:
        """The periods with a row, in order of their last day."""
        return tuple(sorted(self.cells, key=_later))

    @cached_property
    def _rows(self) -> Mapping[int, Sequence[tuple[int, Cell]]]:
        """The rows with a figure by their first day: the last day and the cell, shortest first."""
        rows: dict[int, tuple[tuple[int, Cell], ...]] = {}
        for period in self.periods:  # in order of their last day, so each tuple is in order too
            if self.cells[period].value is not None:
                row = period.end, self.cells[period]
                rows[period.start] = (*rows.get(period.start, ()), row)
        return rows

    @cached_property
    def _unmarked(self) -> bool:
        return not any(cell.marker for rows in self._rows.values() for _, cell in rows)

    def total(self, start: int, end: int) -> Total:
        """Add the finest rows that tile the window; missing if none do."""
        tiles = self.tiles(start, end)
        if tiles is None:
            return Total(None, self._why_missing(start, end))
        if len(tiles) == 1:
            return Total(tiles[0].value, tiles[0].marker)
        value: Number = sum([cell.value for cell in tiles if cell.value is not None])
        marker = "" if self._unmarked else gravest({cell.marker for cell in tiles})
        if marker:
            # A row of the source's own for this window, with the same sum, vouches for the parts.
            own = [cell for last, cell in self._rows[start] if last == end and cell.value == value]
            marker = own[0].marker if own else marker
        return Total(value, marker)

    def tiles(self, start: int, end: int) -> list[Cell] | None:
        """Give the rows that tile the window, the finest first; None if there are none."""
        path: list[Cell] = []
        day = start
        while day <= end:
            last, cell = self._rows.get(day, _NO_ROWS)[0]
            if not day <= last <= end:
                return self._search(start, end)
            path.append(cell)
            day = last + 1
        return path or None

    def _search(self, start: int, end: int) -> list[Cell] | None:
        """Tile the window where the shortest rows alone lead nowhere: step back, take a longer."""
        path: list[tuple[int, Cell]] = []
        dead: set[int] = set()  # days from which no rows lead to the end
        day = start
        while day <= end:
            for last, cell in self._rows.get(day, ()):
                if last <= end and last + 1 not in dead:
                    path.append((day, cell))
                    day = last + 1
                    break
            else:
                if not path:
                    return None
                dead.add(day)
                day, _ = path.pop()
        return [cell for _, cell in path]

    def _why_missing(self, start: int, end: int) -> str:
        return gravest(
            {
                cell.marker
                for period, cell in self._blocked
                if start <= period.start and period.end <= end
            }
        )

    @cached_property
    def _blocked(self) -> Sequence[tuple[Period, Cell]]:
        return [(p, cell) for p, cell in self.cells.items() if cell.marker in IN_PLACE_OF_VALUE]


@dataclass(frozen=True)
class Readings(Counts):
    """Figures that stand by themselves, such as people on a day: a window needs its own row."""

    additive: bool = False
    whole: bool = False

    def tiles(self, start: int, end: int) -> list[Cell] | None:
        """Give the one row that is the window; None if there is none."""
        return next(([cell] for last, cell in self._rows.get(start, ()) if last == end), None)


@dataclass(frozen=True)
class Statements(Readings):
    """Words in place of figures, such as On track: a period has its own, or none."""

    def total(self, start: int, end: int) -> Total:
        """Give the words for exactly this window, or the marker in their place."""
        cell = self.cells.get(Period(start, end, "", ""), _NO_CELL)
        return Total(None, cell.marker, cell.text)


@dataclass(frozen=True)
class Shares:
    """A percentage: 100 times a sum of parts over a sum of wholes, or as the source gives it.

    A percentage that the source gives for exactly this window stands where parts and wholes are
    not published. Shares are never added and never averaged.
    """

    parts: Counts
    wholes: Counts
    given: Counts
    additive: bool = False
    in_points: bool = True
    whole: bool = False

    @cached_property
    def periods(self) -> Sequence[Period]:
        """The periods with a part and a whole, or a given percentage, in order of the last day."""
        both = set(self.parts.cells) & set(self.wholes.cells)
        return tuple(sorted(both | set(self.given.cells), key=_later))

    def total(self, start: int, end: int) -> Total:
        """Divide the sum of parts by the sum of wholes; 0 of 0 is not a percentage."""
        part, whole = self.parts.total(start, end), self.wholes.total(start, end)
        if part.value is not None and whole.value:
            return Total(
                Fraction(100 * part.value) / whole.value, gravest((part.marker, whole.marker))
            )
        given = self.given.cells.get(Period(start, end, "", ""), _NO_CELL)
        if given.value is not None:
            return Total(given.value, given.marker)
        if part.value is not None and whole.value is not None:
            return Total(None, "z")
        return Total(None, gravest((part.marker, whole.marker, given.marker)))


@dataclass(frozen=True)
class Sampled(Shares):
    """A percentage of a survey's sample, with what is known of it before rounding.

    Each window has its own sample, so nothing adds up: a window needs its own row. Few answers make
    a percentage unreliable [u], very few take its place [x].
    """

    estimates: Mapping[Period, Estimate] = field(default_factory=dict)

    def total(self, start: int, end: int) -> Total:
        """Give the percentage as the source rounds it, or from its count where that is known."""
        at = Period(start, end, "", "")
        whole, given = self.wholes.cells.get(at, _NO_CELL), self.given.cells.get(at, _NO_CELL)
        weak = reliability(int(whole.value) if whole.value is not None else None)
        known = self.estimates.get(at)
        if weak in IN_PLACE_OF_VALUE:
            return Total(None, weak)
        value = known.share if known and known.how == "counted" else given.value
        marker = gravest((given.marker or whole.marker, weak))
        return Total(value, marker)

    def estimate(self, start: int, end: int) -> Estimate | None:
        """Give the share before rounding with its interval, unless the base is too small."""
        shown = self.total(start, end).value is not None
        return self.estimates.get(Period(start, end, "", "")) if shown else None


def whole_from_parts(
    own: Mapping[Period, Cell], parts: Sequence[Mapping[Period, Cell]]
) -> Mapping[Period, Cell]:
    """Give a column's own cells, and where it has none the sum of its parts if all are there."""
    cells = dict(own)
    for period in {period for part in parts for period in part} - set(own):
        found = [part[period] for part in parts if period in part]
        values = [cell.value for cell in found if cell.value is not None]
        marker = gravest({cell.marker for cell in found}) or found[0].marker
        if len(values) == len(parts):
            cells[period] = Cell(sum(values), marker, found[0].note)
        elif marker in IN_PLACE_OF_VALUE:
            cells[period] = Cell(None, marker)
    return cells
