"""Figures that a release published and that are others now: each change needs its reason.

A release freezes what series.csv said. From then on each of its cells has a history: what the
releases published, one after the other, the rows of revisions.csv between them, and what
series.csv says today. `unexplained` walks each history and tells where it breaks.

Figures are texts as they are typed: `44`, a marker such as `[x]` in place of one, words, or
nothing where there is no cell. Days are ISO dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from callover.periods import Period

#: Why a published figure may change, and what that means to a reader.
REASONS: Mapping[str, str] = {
    "scheduled revision": "The source works its figures out again at set times, and says so "
    "beforehand. This was one of these times.",
    "correction": "The figure was wrong. The note says what went wrong.",
    "late data": "Some of the data came in after the figure was published.",
}
SCHEDULED, CORRECTION, LATE = REASONS

#: A whole or decimal number in plain digits; anything else is compared as words.
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.A)


class Place(NamedTuple):
    """A cell of series.csv: the area and category of its row, its column and its period."""

    area: str
    category: str
    column: str
    period: Period


@dataclass(frozen=True, slots=True)
class Revision:
    """A row of revisions.csv: a cell, the day it was changed, from what to what, and why."""

    day: str
    place: Place
    was: str
    now: str
    reason: str
    note: str = ""
    line: int = 0


@dataclass(frozen=True)
class Vintage:
    """What a release published of a series: its title, the day it was frozen, and each cell.

    `end` is the last day that it covers, as an ordinal.
    """

    title: str
    day: str
    end: int
    cells: Mapping[Place, str]

    @cached_property
    def _begins(self) -> Mapping[tuple[str, str, str], int]:
        """The first day of each line of figures."""
        found: dict[tuple[str, str, str], int] = {}
        for place in self.cells:
            line, start = place[:3], place.period.start
            found[line] = min(start, found.get(line, start))
        return found

    def covers(self, place: Place) -> bool:
        """Say whether a cell is one of a line that it published, within the days of that line.

        What lies before the first row of a line, or belongs to a new line, was never published:
        it is new, and no revision.
        """
        begin = self._begins.get(place[:3])
        return begin is not None and begin <= place.period.start and place.period.end <= self.end


@dataclass(frozen=True)
class Gap:
    """A change that no row explains: from what to what, and the day a row for it would have.

    `title` names the release that published `was`, or else `line` the row of revisions.csv that
    left it. `until` names the release that published `now`; it is empty where series.csv says it.
    `back` says that series.csv has what the release had, so that the rows since lead nowhere.
    """

    place: Place
    was: str
    now: str
    day: str
    title: str = ""
    line: int = 0
    until: str = ""
    back: bool = False

    @property
    def row(self) -> Revision:
        """A row that would explain it. Nobody but the author knows whether its reason holds."""
        reason = LATE if not is_figure(self.was) and is_figure(self.now) else SCHEDULED
        return Revision(self.day, self.place, self.was, self.now, reason)


@dataclass(frozen=True)
class Stray:
    """A row of revisions.csv that is not sound.

    `why` is one of: early, ahead, unpublished, unfollowed, idle. `expected` is what its cell
    should be, and `title` (a release) or `line` (a row) says who says so.
    """

    row: Revision
    why: str
    expected: str = ""
    title: str = ""
    line: int = 0

    @property
    def place(self) -> Place:
        """The cell that it is about."""
        return self.row.place


Finding = Gap | Stray


def is_figure(text: str) -> bool:
    """Say whether a text is a figure or words, not nothing and no marker in place of one."""
    return bool(text) and not text.startswith("[")


def same(one: str, other: str) -> bool:
    """Say whether two figures are worth the same: 17.0 is 17."""
    return one == other or _worth(one) == _worth(other)


def _worth(text: str) -> Fraction | str:
    return Fraction(text) if _NUMBER.fullmatch(text) else " ".join(text.split())


def unexplained(
    vintages: Iterable[Vintage],
    rows: Iterable[Revision],
    cells: Mapping[Place, str],
    today: str,
) -> list[Finding]:
    """Find every change that no row explains, and every row that is not sound.

    `vintages` are the releases in the order in which they were frozen, as several may be of one
    day; `cells` is what series.csv says on the day `today`, with nothing for what is not there.
    """
    vintages = sorted(vintages, key=lambda vintage: vintage.day)
    own: dict[Place, list[Revision]] = {}
    for row in sorted(rows, key=lambda row: (row.day, row.line)):
        own.setdefault(row.place, []).append(row)
    newest = max([today, *(vintage.day for vintage in vintages)])
    found: list[Finding] = []
    for place in dict.fromkeys([*own, *_differing(vintages, cells)]):
        walk = _Walk(place, own.get(place, ()), newest)
        found += walk.through([v for v in vintages if v.covers(place)], cells.get(place, ""))
    return found


def _differing(vintages: Sequence[Vintage], cells: Mapping[Place, str]) -> Iterator[Place]:
    """Give the cells that any release has another text for: few, of very many."""
    for vintage in vintages:
        was = vintage.cells
        yield from (place for place, text in was.items() if cells.get(place) != text)
        yield from (place for place in cells if place not in was and vintage.covers(place))


@dataclass
class _Walk:
    """A walk along the history of one cell; `said` is what it said so far, and who said so."""

    place: Place
    rows: Sequence[Revision]
    today: str
    said: str = ""
    title: str = ""
    line: int = 0
    found: list[Finding] = field(default_factory=list)

    def through(self, vintages: Sequence[Vintage], now: str) -> list[Finding]:
        """Go from the first release by way of all rows to what series.csv says now."""
        rows = list(self.rows)
        if not vintages:
            return [Stray(row, "unpublished") for row in rows]
        first = vintages[0]
        while rows and rows[0].day < first.day:
            early = rows.pop(0)
            self.found.append(Stray(early, "early", first.day, first.title))
        for vintage in vintages:
            self._to_release(vintage, rows, vintage is first)
        back = bool(rows) and same(self.said, now)
        for row in rows:
            self._take(row)
        self._expect(now, self.today, back=back)
        return self.found

    def _to_release(self, vintage: Vintage, rows: list[Revision], first: bool) -> None:
        """Take the rows before a release; of those of its own day, as many as lead to it."""
        text = vintage.cells.get(self.place, "")
        if first:
            self.said = text
        while rows and rows[0].day < vintage.day:
            self._take(rows.pop(0))
        while rows and rows[0].day == vintage.day and not same(self.said, text):
            self._take(rows.pop(0))
        self._expect(text, vintage.day, vintage.title)
        self.said, self.title, self.line = text, vintage.title, 0

    def _take(self, row: Revision) -> None:
        if row.day > self.today:
            self.found.append(Stray(row, "ahead", self.today))
        if not same(row.was, self.said):
            self.found.append(Stray(row, "unfollowed", self.said, self.title, self.line))
        elif same(row.was, row.now):
            self.found.append(Stray(row, "idle"))
        self.said, self.title, self.line = row.now, "", row.line

    def _expect(self, text: str, day: str, until: str = "", back: bool = False) -> None:
        if not same(self.said, text):
            who = self.title, self.line
            self.found.append(Gap(self.place, self.said, text, day, *who, until, back))
