"""When the next figures of a measure or a partnership are due, and whether they are late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from callover.compute import Sheet
from callover.model import Partnership, Release
from callover.stale import close_after


class Overdue(NamedTuple):
    """Figures that are late: the day they were due (an ordinal) and how many days ago that was."""

    due: int
    days: int


def next_close(sheet: Sheet, periods: int = 1) -> int | None:
    """Give the last day of the period so many after the newest one; None if none is expected."""
    if sheet.closing is None:
        return None
    return close_after(sheet.closing, sheet.indicator.frequency, periods)


def overdue(sheet: Sheet, day: int) -> Overdue | None:
    """Say whether the next figures were due before a day; None if not, or if nobody set a term."""
    close, term = next_close(sheet), sheet.indicator.due_within_days
    if close is None or term is None or close + term >= day:
        return None
    return Overdue(close + term, day - close - term)


def missing(sheet: Sheet, end: int) -> bool:
    """Say whether two whole periods that ended by a day have no figures, where nobody set a term.

    One is no more than the time that figures take to come.
    """
    close = next_close(sheet, periods=2)
    return sheet.indicator.due_within_days is None and close is not None and close <= end


def awaited(partnership: Partnership) -> Overdue | None:
    """Say whether the next release was due before the day the pages speak from, and is not there.

    None where it is in time, or where nobody said when it is due.
    """
    came, day = _came(partnership), date.fromisoformat(partnership.as_of).toordinal()
    if not came or not came[-1].next:
        return None
    due = date.fromisoformat(came[-1].next).toordinal()
    return Overdue(due, day - due) if due < day else None


def missed(partnership: Partnership) -> Iterator[Release]:
    """Give each release whose next one had not come on its day, whenever that came.

    Nobody knows it of a release that does not say when it was published.
    """
    came = _came(partnership)
    for release, following in pairwise(came):
        if "" < release.next < following.published:
            yield release
    if came and awaited(partnership):
        yield came[-1]


def _came(partnership: Partnership) -> list[Release]:
    """Give the releases that are out by the day the pages speak from, the oldest first."""
    out = (r for r in partnership.releases if r.published <= partnership.as_of)
    return sorted(out, key=lambda release: release.data_to.end)
