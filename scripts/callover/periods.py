"""Periods of the field: months, financial quarters and years, weeks, spans and days.

One grammar in and out. A period is the days it covers, so `2011/12` and `2011-04/2012-03` are
equal. A financial year runs from 1 April to 31 March; a week from Monday to Sunday (ISO 8601).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

GRAMMAR = (
    "a period such as 2016-04 (month), 2016/17-Q1 (quarter), 2016/17 (financial year), "
    "2013-W25 (week), 2012-04/2013-03 (span of months), 2013-05-13/2013-06-09 (span of days) "
    "or 2016-10-31 (day)"
)


class PeriodError(ValueError):
    """A text outside the grammar; `suggestion` is the exact correction where there is one."""

    def __init__(self, text: str, suggestion: str = "") -> None:
        """Keep the text and what it should have been."""
        self.text, self.suggestion = text, suggestion
        super().__init__(f"{text!r} is not {GRAMMAR}")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A run of days, first and last included, as proleptic ordinals. Equal if the days are."""

    start: int
    end: int
    kind: str = field(compare=False)
    label: str = field(compare=False)

    @property
    def first(self) -> date:
        """The first day."""
        return date.fromordinal(self.start)

    @property
    def last(self) -> date:
        """The last day."""
        return date.fromordinal(self.end)

    @property
    def slug(self) -> str:
        """The period as addresses and file names spell it: fy2013-14-q2, 2013-w25."""
        text = self.label.lower()
        if self.kind in ("quarter", "year"):
            return "fy" + text.replace("/", "-")
        return text.replace("/", "_")


@cache
def month(year: int, number: int) -> Period:
    """Give a calendar month."""
    start = date(year, number, 1).toordinal()
    days = monthrange(year, number)[1]
    return Period(start, start + days - 1, "month", f"{year:04d}-{number:02d}")


@cache
def financial_year(year: int) -> Period:
    """Give the financial year that begins on 1 April of `year`."""
    start, end = date(year, 4, 1), date(year + 1, 3, 31)
    return Period(start.toordinal(), end.toordinal(), "year", f"{year:04d}/{(year + 1) % 100:02d}")


@cache
def quarter(year: int, number: int) -> Period:
    """Give a financial quarter: 1 is April to June of `year`, 4 January to March of the next."""
    first = month(year, 1 + 3 * number) if number < 4 else month(year + 1, 1)
    last = month(year, 3 + 3 * number) if number < 4 else month(year + 1, 3)
    label = f"{year:04d}/{(year + 1) % 100:02d}-Q{number}"
    return Period(first.start, last.end, "quarter", label)


@cache
def week(year: int, number: int) -> Period:
    """Give an ISO week, Monday to Sunday."""
    start = date.fromisocalendar(year, number, 1).toordinal()
    return Period(start, start + 6, "week", f"{year:04d}-W{number:02d}")


def day(on: date) -> Period:
    """Give a single day, as a snapshot has."""
    return Period(on.toordinal(), on.toordinal(), "day", on.isoformat())


def span(first: Period, last: Period) -> Period:
    """Give the span from one month or day to another, both included."""
    return Period(first.start, last.end, "span", f"{first.label}/{last.label}")


def _span(first: str, last: str) -> Period:
    begin, finish = parse(first), parse(last)
    if finish.end <= begin.end:
        raise ValueError(f"{first} does not come before {last}")
    return span(begin, finish)


def _year(first: str, second: str) -> Period:
    if (int(first) + 1) % 100 != int(second):
        raise ValueError(f"{second} does not follow {first}")
    return financial_year(int(first))


def _quarter(first: str, second: str, number: str) -> Period:
    return quarter(_year(first, second).first.year, int(number))


_YEAR = r"((?:19|20)\d\d)"  # no partnership is older, and dates near year 1 have no year before

#: The grammar: a pattern and the maker of what it matches.
_FORMS: tuple[tuple[re.Pattern[str], Callable[..., Period]], ...] = (
    (re.compile(rf"{_YEAR}-(\d\d)", re.A), lambda y, m: month(int(y), int(m))),
    (re.compile(rf"{_YEAR}/(\d\d)", re.A), _year),
    (re.compile(rf"{_YEAR}/(\d\d)-Q([1-4])", re.A), _quarter),
    (re.compile(rf"{_YEAR}-W(\d\d)", re.A), lambda y, w: week(int(y), int(w))),
    (re.compile(r"(\d{4}-\d\d)/(\d{4}-\d\d)", re.A), _span),
    (re.compile(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)", re.A), _span),
    (re.compile(rf"({_YEAR}-\d\d-\d\d)", re.A), lambda d, _: day(date.fromisoformat(d))),
)


@cache
def parse(text: str) -> Period:
    """Read a period in the grammar; raise PeriodError, with the correction if it is certain."""
    for pattern, make in _FORMS:
        found = pattern.fullmatch(text)
        if found:
            try:
                return make(*found.groups())
            except ValueError as problem:
                raise PeriodError(text) from problem
    raise PeriodError(text, repair(text))


def repair(text: str) -> str:
    """Give what a spreadsheet or a hurried hand made of a period, put right; '' if unsure.

    `Apr-16`, `Sept 2016`, `01/04/2016` (the first of a month, day first as in the UK), `2016/2017`,
    `2016-4`. A bare `Jan-1` is never guessed: its neighbours decide (see `callover.data.tidy`).
    """
    compact = " ".join(text.split())
    for pattern, make in _REPAIRS:
        found = pattern.fullmatch(compact)
        if found:
            try:
                return make(*found.groups()).label
            except ValueError:
                return ""
    return ""


def _named_month(name: str, year: str) -> Period:
    number = MONTHS.index(name[:3].lower()) + 1
    return month(int(year) if len(year) == 4 else 2000 + int(year), number)


def _first_of_month(number: str, year: str) -> Period:
    return month(int(year), int(number))


def _year_in_full(first: str, second: str) -> Period:
    if int(second) != int(first) + 1:
        raise ValueError(f"{second} does not follow {first}")
    return financial_year(int(first))


_NAMES = (
    "January|February|March|April|May|June|July|August|September|Sept|October|November|December|"
    + "|".join(MONTHS)
)
_REPAIRS: tuple[tuple[re.Pattern[str], Callable[..., Period]], ...] = (
    # Two digits of a year below 50 only: nobody means 2099, and 1999 would be a guess.
    (re.compile(rf"({_NAMES})[- /']+({_YEAR[1:-1]}|[0-4]\d)", re.A | re.I), _named_month),
    (re.compile(rf"0?1/(\d\d?)/{_YEAR}", re.A), _first_of_month),
    (re.compile(rf"{_YEAR}[-/](\d)", re.A), lambda y, m: _first_of_month(m, y)),
    (re.compile(rf"(\d\d?)/{_YEAR}", re.A), _first_of_month),
    (re.compile(rf"{_YEAR}\s*[/-]\s*(\d{{4}})", re.A), _year_in_full),
    (re.compile(rf"{_YEAR}/(\d\d)[ -]*[Qq]([1-4])", re.A), _quarter),
    (
        re.compile(rf"[Qq]([1-4])[ -]*{_YEAR}/(\d\d)", re.A),
        lambda number, first, second: _quarter(first, second, number),
    ),
    (re.compile(rf"{_YEAR}-?[Ww](\d\d?)", re.A), lambda y, w: week(int(y), int(w))),
)


@cache
def a_year_before(ordinal: int) -> int:
    """Give the same date a year earlier; a month's last day stays a month's last day."""
    on = date.fromordinal(ordinal)
    ends_month = (on + timedelta(days=1)).day == 1
    last = monthrange(on.year - 1, on.month)[1]
    number = last if ends_month else min(on.day, last)
    return date(on.year - 1, on.month, number).toordinal()


def last_year(period: Period) -> Period:
    """Give the same period of the year before: the same month, quarter, ISO week or dates."""
    return _last_year(period.start, period.end, period.kind)


@cache  # by the kind, too: periods are equal if their days are, whatever they are called
def _last_year(start: int, end: int, kind: str) -> Period:
    if kind == "week":
        year, number, _ = date.fromordinal(start).isocalendar()
        return week(year - 1, min(number, 52))
    return of_window(*window_last_year(start, end))


def _month_of(ordinal: int) -> Period:
    on = date.fromordinal(ordinal)
    return month(on.year, on.month)


def _week_of(ordinal: int) -> Period:
    year, number, _ = date.fromordinal(ordinal).isocalendar()
    return week(year, number)


def _starts_month(ordinal: int) -> bool:
    return date.fromordinal(ordinal).day == 1


def _ends_month(ordinal: int) -> bool:
    return date.fromordinal(ordinal + 1).day == 1


@cache
def financial_year_of(ordinal: int) -> Period:
    """Give the financial year that a day falls in."""
    on = date.fromordinal(ordinal)
    return financial_year(on.year if on.month >= 4 else on.year - 1)


@cache
def year_to_date(period: Period) -> tuple[int, int]:
    """Give the window from 1 April of the financial year in which the period ends to its end."""
    return financial_year_of(period.end).start, period.end


@cache
def rolling_12_months(period: Period) -> tuple[int, int]:
    """Give the window of twelve months that ends when the period ends."""
    return a_year_before(period.end) + 1, period.end


@cache
def window_last_year(start: int, end: int) -> tuple[int, int]:
    """Give the same dates a year earlier: from 1 April to 1 April, from month end to month end.

    A window that begins on the first of a month keeps doing so; a leap day counts where it falls.
    A single day stays one: 29 February gives 28 February.
    """
    if start == end:
        return a_year_before(start), a_year_before(start)
    return a_year_before(start - 1) + 1, a_year_before(end)


def whole_months(start: int, end: int) -> int:
    """Count the months of a window of whole months; 0 if it cuts a month."""
    if not (_starts_month(start) and _ends_month(end)):
        return 0
    first, last = date.fromordinal(start), date.fromordinal(end)
    return (last.year - first.year) * 12 + last.month - first.month + 1


def is_12_months(start: int, end: int) -> bool:
    """Say whether the window is twelve months long."""
    return a_year_before(end) + 1 == start


@cache
def of_window(start: int, end: int) -> Period:
    """Name a window of days: a month, quarter, year or week where it is one, else a span."""
    year = financial_year_of(end)
    candidates = [year, _month_of(end), *parts_of_year(year, "quarter"), _week_of(end)]
    for candidate in candidates:
        if (candidate.start, candidate.end) == (start, end):
            return candidate
    if _starts_month(start) and _ends_month(end):
        return span(_month_of(start), _month_of(end))
    if start == end:
        return day(date.fromordinal(start))
    return span(day(date.fromordinal(start)), day(date.fromordinal(end)))


def following(period: Period) -> Period:
    """Give the next period of the same kind; raise ValueError for spans and days."""
    return _following(period.end, period.kind)


@cache
def _following(end: int, kind: str) -> Period:
    after = date.fromordinal(end + 1)
    if kind == "month":
        return month(after.year, after.month)
    if kind == "year":
        return financial_year(after.year)
    if kind == "quarter":
        return quarter(financial_year_of(end + 1).first.year, (after.month - 4) % 12 // 3 + 1)
    if kind == "week":
        year, number, _ = after.isocalendar()
        return week(year, number)
    raise ValueError(f"no period follows a {kind}")


def months_of_year(year: Period) -> tuple[Period, ...]:
    """Give the twelve months, April to March, of a financial year."""
    begin = year.first.year
    return tuple(month(begin + (3 + k) // 12, (3 + k) % 12 + 1) for k in range(12))


def parts_of_year(year: Period, kind: str) -> tuple[Period, ...]:
    """Give the months or quarters of a financial year; other kinds have none."""
    if kind == "month":
        return months_of_year(year)
    if kind == "quarter":
        return tuple(quarter(year.first.year, n) for n in (1, 2, 3, 4))
    return ()
