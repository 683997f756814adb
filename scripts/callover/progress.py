"""How plans stand on a day: what is overdue, what was not reported, what is carried forward.

A day is an ordinal, as in `callover.periods`. Something due in a month has until its last day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from callover import periods
from callover.periods import Period
from callover.records import OPEN, Action, Logged, Meeting, Message

OVERDUE, SOON, LATER, UNDATED, DONE, STOPPED = (
    *("overdue", "due-soon", "due-later", "no-date", "done", "stopped"),
)
#: Every state of an action, the one that needs a reader first.
STATES = (OVERDUE, SOON, LATER, UNDATED, DONE, STOPPED)
#: Days ahead within which an action is due soon.
SOON_DAYS = 31
_OVER: Mapping[str, str] = {"done": DONE, "stopped": STOPPED}


def state(action: Action, day: int) -> str:
    """Give an action's state on a day: over, or by its due date. What is due today is not late."""
    if action.status in _OVER:
        return _OVER[action.status]
    if action.due is None:
        return UNDATED
    if action.due.end < day:
        return OVERDUE
    return SOON if action.due.end <= day + SOON_DAYS else LATER


def tally(actions: Iterable[Action], day: int) -> Mapping[str, int]:
    """Count the actions by state; every state is there, some with 0."""
    found = [state(action, day) for action in actions]
    return {name: found.count(name) for name in STATES}


def urgent_first(actions: Iterable[Action], day: int) -> Sequence[Action]:
    """Sort by state, then by date; what shares both keeps its order."""
    return sorted(
        actions,
        key=lambda a: (STATES.index(state(a, day)), a.due.end if a.due else 0),
    )


@dataclass(frozen=True)
class Update:
    """What was said in one quarter; `over` says that the quarter had ended by the day.

    `quarter` is None where the row names no year: then nobody can say whether it has ended.
    """

    number: int
    quarter: Period | None
    text: str
    over: bool

    @property
    def missing(self) -> bool:
        """Say whether somebody should have said something and did not."""
        return self.over and not self.text


def updates(row: Action | Message, day: int) -> Sequence[Update]:
    """Give the four quarters of a row's year; without a year, those that say something."""
    found = []
    for number, text in enumerate(row.quarters, start=1):
        quarter = periods.quarter(row.year.first.year, number) if row.year else None
        if quarter or text:
            found.append(Update(number, quarter, text, quarter is not None and quarter.end < day))
    return found


def newest_quarter(rows: Iterable[Action | Message], day: int) -> Period | None:
    """Give the newest quarter that has ended and that any row should have reported on."""
    ended = (u.quarter for row in rows for u in updates(row, day) if u.over and u.quarter)
    return max(ended, default=None, key=lambda period: period.end)


def reported(rows: Iterable[Action | Message], quarter: Period, day: int) -> tuple[int, int]:
    """Count the rows that have an update for a quarter, and those that should."""
    found = [u for row in rows for u in updates(row, day) if u.quarter == quarter]
    return sum(bool(u.text) for u in found), len(found)


# ---------------------------------------------------------------- the action log


def raised(log: Iterable[Logged], meeting: Period) -> Sequence[Logged]:
    """Give the entries that a meeting raised."""
    return [entry for entry in log if entry.meeting == meeting]


def is_open(entry: Logged, day: int) -> bool:
    """Say whether an entry was open on a day. One that was closed later was open then.

    One that is over, nobody says since when, was open on no day.
    """
    return entry.status in OPEN if entry.closed is None else entry.closed.end > day


def _open_from_before(entry: Logged, day: int) -> bool:
    return entry.meeting.end < day and is_open(entry, day)


def open_now(log: Iterable[Logged], day: int) -> Sequence[Logged]:
    """Give what is open on a day, the oldest first."""
    found = (entry for entry in log if entry.meeting.end <= day and is_open(entry, day))
    return sorted(found, key=lambda entry: entry.meeting.end)


def carried(log: Iterable[Logged], meeting: Period) -> Sequence[Logged]:
    """Give what earlier meetings raised and was still open at a meeting, the oldest first."""
    found = (entry for entry in log if _open_from_before(entry, meeting.end))
    return sorted(found, key=lambda entry: entry.meeting.end)


def settled(
    log: Iterable[Logged], meetings: Iterable[Meeting], meeting: Period
) -> Sequence[Logged]:
    """Give what earlier meetings raised and was over by a meeting, but not by the one before.

    Where nobody says when it was over, it is told at the first meeting after it was raised.
    """
    days = sorted(m.date.end for m in meetings)
    return [
        entry
        for entry in log
        if entry.meeting.end < meeting.end
        and not is_open(entry, meeting.end)
        and _told_at(entry, days) == meeting.end
    ]


def _told_at(entry: Logged, days: Sequence[int]) -> int:
    """Give the day of the meeting that hears that an entry is over; 0 if none has yet."""
    if entry.closed is None:
        return next((day for day in days if day > entry.meeting.end), 0)
    if entry.closed.end <= entry.meeting.end:
        return entry.meeting.end
    return next((day for day in days if day >= entry.closed.end), 0)


def age(entry: Logged, day: int) -> int:
    """Count the days from the meeting that raised an entry to a day."""
    return day - entry.meeting.end
