"""Whether figures are so old that a rating of them would say nothing of today.

`callover.late` says that figures are due; here is when they are so late that the rating goes.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from callover.model import Indicator
from callover.periods import Period

#: Months from one close to the next; a week is counted in days, and `irregular` never closes.
_MONTHS: Mapping[str, int] = {"monthly": 1, "quarterly": 3, "yearly": 12}
_DAYS: Mapping[str, int] = {"weekly": 7}


class Stale(NamedTuple):
    """Figures that are too old to rate: their last day (an ordinal), and how late newer ones are.

    `late` counts whole months, or weeks where `weeks` says so.
    """

    end: int
    late: int
    weeks: bool

    @property
    def facts(self) -> Mapping[str, int]:
        """The same by name, as a reason for no rating has it."""
        return {"end": self.end, "weeks" if self.weeks else "months": self.late}


def close_after(closing: Period, frequency: str, periods: int = 1) -> int | None:
    """Give the last day of the period so many after one; None if a frequency never closes."""
    if frequency in _DAYS:
        return closing.end + periods * _DAYS[frequency]
    if frequency in _MONTHS:
        return _months_on(closing.end, periods * _MONTHS[frequency])
    return None


def _months_on(end: int, months: int) -> int:
    """Give the end of the month that lies so many months after the one a period ended in."""
    after = date.fromordinal(end + 1)
    year, month = divmod(after.year * 12 + after.month - 1 + months - 1, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1]).toordinal()


def stale(indicator: Indicator, closing: Period, day: int) -> Stale | None:
    """Say whether the figures after the newest are more than a whole period late on a day.

    Figures are due `due_within_days` after their period's end, or by its end where nobody set a
    term. So the figures of two whole periods are due, and neither is there.
    """
    term = indicator.due_within_days or 0
    first, second = (close_after(closing, indicator.frequency, count) for count in (1, 2))
    if first is None or second is None or second + term >= day:
        return None
    weeks = indicator.frequency in _DAYS
    due = first + term
    return Stale(closing.end, (day - due) // 7 if weeks else _whole_months(due, day), weeks)


def _whole_months(start: int, end: int) -> int:
    """Count the whole months from one day to a later one; the ends of months are alike."""
    one, other = date.fromordinal(start), date.fromordinal(end)
    months = (other.year - one.year) * 12 + other.month - one.month
    ends = date.fromordinal(end + 1).day == 1
    return months if ends or other.day >= one.day else months - 1
