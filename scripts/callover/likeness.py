"""Whether two figures may be set against each other: only like for like.

Two figures compare if both periods are stated, the first ends before the second, and they are
alike: the same days of two years (the same months, quarter, week or day, a whole number of years
apart), or two runs of 12 months. Nothing else is worked out: a rise from a quiet season to a busy
one is no rise.
"""

from __future__ import annotations

from callover import periods
from callover.periods import Period

#: Why two figures do not compare; `callover.words` has a sentence for each.
UNLIKE = (
    "no-period",
    "no-from-period",
    "no-periods",
    "same-period",
    "wrong-order",
    "other-length",
    "other-months",
)


def unlike(then: Period | None, now: Period | None) -> str:
    """Say why two periods are not like for like (a name of UNLIKE); '' if they are."""
    if then is None or now is None:
        return ("no-periods" if then is None else "no-period") if now is None else "no-from-period"
    if then == now:
        return "same-period"
    if then.end >= now.end:
        return "wrong-order"
    if _is_year(then) and _is_year(now):
        return ""
    if _length(then) != _length(now):
        return "other-length"
    return "" if _years_apart(then, now) else "other-months"


def shared_months(then: Period, now: Period) -> int:
    """Give how many whole months two runs of 12 months share; 0 where they share none."""
    if then.end < now.start:
        return 0
    return periods.whole_months(now.start, then.end)


def _is_year(period: Period) -> bool:
    return periods.is_12_months(period.start, period.end)


def _length(period: Period) -> tuple[str, int]:
    """Give a length in months where the period is made of whole months, else in days."""
    months = periods.whole_months(period.start, period.end)
    return ("months", months) if months else ("days", period.end - period.start + 1)


def _years_apart(then: Period, now: Period) -> bool:
    before = _weeks_last_year if _is_weeks(then) and _is_weeks(now) else periods.last_year
    while now.end > then.end:
        now = before(now)
    return now == then


def _is_weeks(period: Period) -> bool:
    """Say whether a period is whole weeks from Monday to Sunday, and not whole months as well."""
    unit, days = _length(period)
    return unit == "days" and days % 7 == 0 and period.first.isoweekday() == 1


def _weeks_last_year(period: Period) -> Period:
    """Give the weeks of the same numbers a year before; a week 53 goes with week 52."""
    year, number, _ = period.first.isocalendar()
    start = periods.week(year - 1, min(number, 52)).start
    return periods.of_window(start, start + period.end - period.start)
