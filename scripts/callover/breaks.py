"""Changes in recording: nothing from before one is set beside anything from after it.

A package declares them in `breaks`; a row marked [b] is one as well. All that compares asks
`crossed` about the days it looks at, from the first that it rests on to the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from callover.model import Break, Cell, Series
from callover.periods import Period

#: The marker of a figure that recording has changed for, and of one that is withheld for that.
MARKER = "b"
#: What is said of a row marked [b] without a note.
MARKED = "The source marks a break in its figures here."


def crossed(breaks: Iterable[Break], first_day: int, last_day: int) -> Break | None:
    """Give the newest change in recording with figures from before and after it among some days.

    Days are ordinals, both included. A change on the first day itself has nothing before it.
    """
    inside = (found for found in breaks if first_day < found.period.start <= last_day)
    return max(inside, key=lambda found: found.period.start, default=None)


def newest(breaks: Iterable[Break], last_day: int) -> Break | None:
    """Give the newest change in recording that has begun by a day; None where there is none."""
    begun = (found for found in breaks if found.period.start <= last_day)
    return max(begun, key=lambda found: found.period.start, default=None)


def known(declared: Iterable[Break], series: Series, area: str) -> tuple[Break, ...]:
    """Give the declared changes and those of rows marked [b] in an area, the oldest first.

    A declared change goes before a marked row that begins on its day. A longer row in the midst of
    which another change begins adds none: it is marked for what it has inside.
    """
    found = {each.period.start: each for each in declared}
    for each in _marked(series, area):
        found.setdefault(each.period.start, each)
    days = sorted(found)
    own = {each.period.start for each in declared}
    kept = [
        day
        for day in days
        if day in own or not any(day < other <= found[day].period.end for other in days)
    ]
    return tuple(found[day] for day in kept)


def _marked(series: Series, area: str) -> Iterator[Break]:
    """Give a change for the first of each run of rows marked [b]; its note says what changed."""
    for key, cells in series.items():
        if key.area == area and any(cell.marker == MARKER for cell in cells.values()):
            yield from _of_line(sorted(cells.items()))


def _of_line(rows: Sequence[tuple[Period, Cell]]) -> Iterator[Break]:
    before: dict[str, str] = {}
    for period, cell in rows:
        if cell.marker == MARKER != before.get(period.kind):
            yield Break(period, cell.note or MARKED, row=cell.line)
        before[period.kind] = cell.marker
