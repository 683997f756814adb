"""Targets: from a row of targets.csv to the limits that hold at a date.

TARGETS has a row for each type. A limit is on the year to date (`cumulative`), on a single
period, or on the whole year. Shares of anything do not grow over the year, so their limits hold
as they are; limits on counts are spread evenly over the months unless a profile says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from callover.breaks import crossed
from callover.errors import UnknownName
from callover.model import Break, Cell, Number, TargetRow
from callover.periods import Period, financial_year_of, whole_months, window_last_year
from callover.rounding import half_up
from callover.series import Counts, Line


@dataclass(frozen=True, slots=True)
class Limits:
    """The figures a target allows, from `lower` to `upper`; `strict` leaves the limit out."""

    lower: Number | None = None
    upper: Number | None = None
    strict: bool = False

    @property
    def nearest(self) -> Number | None:
        """The one limit of a one-sided target."""
        return self.upper if self.lower is None else self.lower

    def excess(self, value: Number) -> Number:
        """Give how far a value lies beyond a limit, in its own units; 0 inside and on it."""
        if self.upper is not None and value > self.upper:
            return value - self.upper
        if self.lower is not None and value < self.lower:
            return self.lower - value
        return 0

    def distance(self, value: Number) -> Number:
        """Give the signed way from the limit to a value; from a range, 0 for all that is inside."""
        if self.lower is not None and value < self.lower:
            return value - self.lower
        if self.upper is not None and value > self.upper:
            return value - self.upper
        if self.nearest is None or (self.lower is not None and self.upper is not None):
            return 0
        return value - self.nearest

    def met(self, value: Number) -> bool:
        """Say whether a value is within the limits."""
        if self.strict and value in (self.lower, self.upper):
            return False
        return self.excess(value) == 0


NO_LIMITS = Limits()


@dataclass(frozen=True)
class Question:
    """What a target is asked: for which line and window, in which direction good lies.

    `profile` has the profile rows of the same year, each for its own month or quarter. `breaks` are
    changes in recording: a baseline from before one says nothing of the figures after it.
    """

    row: TargetRow
    line: Line
    start: int
    end: int
    polarity: str
    profile: Sequence[TargetRow] = ()
    breaks: Sequence[Break] = ()


@dataclass(frozen=True)
class TargetType:
    """One type of target: its name, what the public reads about it, and how limits follow."""

    name: str
    title: str
    formula: str
    sentence: str
    limits: Callable[[Question], Limits | None]


def share_of_year(row: TargetRow, start: int, end: int) -> Fraction | None:
    """Give the part of the target's own period that the window covers; None if it lies outside.

    Whole months count as equal, as printed targets count them; any other window goes by its days.
    """
    whole = row.period or financial_year_of(end)
    if start < whole.start or end > whole.end:
        return None
    months, of = whole_months(start, end), whole_months(whole.start, whole.end)
    return Fraction(months, of) if months and of else Fraction(end - start + 1, _days(whole))


def _days(period: Period) -> int:
    return period.end - period.start + 1


def _spread(question: Question, limit: Number | None) -> Number | None:
    """Spread a year's limit on a count evenly: limit x months / 12, half-up as printed targets."""
    if limit is None or not question.line.additive:
        return limit
    part = share_of_year(question.row, question.start, question.end)
    if part is None:
        return None
    return half_up(limit * part, 0) if part < 1 else limit


def _fixed(question: Question) -> Limits | None:
    lower, upper = _spread(question, question.row.lower), _spread(question, question.row.upper)
    return None if lower is upper is None else Limits(lower, upper)


def _change(question: Question) -> Limits | None:
    percent = question.row.change_percent
    baseline = _baseline(question)
    if baseline is None:
        return None
    if percent is None:
        return _no_worse(question, baseline, strict=True)
    wanted: Number = Fraction(baseline) * (100 + percent) / 100
    if question.line.whole:
        wanted = half_up(wanted, 0)  # 3,149 less 5% is printed as 2,992
    if percent:
        return Limits(upper=wanted) if percent < 0 else Limits(lower=wanted)
    return _no_worse(question, wanted)


def _maintain(question: Question) -> Limits | None:
    baseline = _baseline(question)
    return None if baseline is None else _no_worse(question, baseline)


def _no_worse(question: Question, limit: Number, strict: bool = False) -> Limits:
    if question.polarity == "higher":
        return Limits(lower=limit, strict=strict)
    return Limits(upper=limit, strict=strict)


def baseline(
    row: TargetRow, line: Line, start: int, end: int, breaks: Sequence[Break] = ()
) -> Number | None:
    """Give a target's baseline for the days of a window, where it is known for just these days.

    What does not grow over the year is known by its baseline period as a whole, or as printed.
    Across a change in recording there is none.
    """
    asked = Question(row, line, start, end, "", breaks=breaks)
    if row.baseline_period is not None:
        if _outdated(asked):
            return None
        found = line.total(*_same_dates(asked)).value
        found = _whole(asked) if found is None else found
        if found is not None:
            return found
    return None if line.additive else row.baseline


def _baseline(question: Question) -> Number | None:
    """Give the baseline for the same months: as computed, else the printed one spread evenly."""
    row, line = question.row, question.line
    if row.baseline_period is not None or row.baseline is None:
        if _outdated(question):
            return None
        computed = line.total(*_same_dates(question)).value
        if computed is not None:
            return computed
    return _spread(question, row.baseline if row.baseline is not None else _whole(question))


def _outdated(question: Question) -> bool:
    """Say whether the baseline's days lie before a change in recording and the window's after it.

    A baseline without a period is a figure restated for today's recording, so it never does.
    """
    base = question.row.baseline_period
    first = min(_same_dates(question)[0], base.start if base else question.start)
    return crossed(question.breaks, first, question.end) is not None


def _whole(question: Question) -> Number | None:
    """Give the baseline period's own figure, where the same dates within it are not known.

    Only for what does not grow over the year: a level holds for any part of its period.
    """
    base = question.row.baseline_period
    if base is None or question.line.additive:
        return None
    return question.line.total(base.start, base.end).value


def _same_dates(question: Question) -> tuple[int, int]:
    """Give the window's dates moved back into the baseline period (a year earlier if unstated)."""
    start, end = window_last_year(question.start, question.end)
    base = question.row.baseline_period
    while base is not None and start > base.end:
        start, end = window_last_year(start, end)
    return start, end


def _profile(question: Question) -> Limits | None:
    """Add the profile's months or quarters that tile the window; what does not grow is not added.

    A share is held against the month or quarter in which the window ends.
    """
    rows = [(row.period, row) for row in question.profile if row.period is not None]
    start, end = question.start, question.end
    if not question.line.additive:
        rows = [(period, row) for period, row in rows if period.start <= end <= period.end]
        start, end = (rows[0][0].start, rows[0][0].end) if rows else (start, end)
    lower = Counts({period: Cell(row.lower) for period, row in rows}).total(start, end).value
    upper = Counts({period: Cell(row.upper) for period, row in rows}).total(start, end).value
    return None if lower is upper is None else Limits(lower, upper)


def profile_sums(
    rows: Iterable[TargetRow], line: Line, polarity: str
) -> Iterator[tuple[Period, Number, Number]]:
    """Give each year whose profile does not add up to the year's own target: year, sum, target.

    Only for figures that add up over the year; the profile must cover all of it.
    """
    rows = list(rows)
    profile = [row for row in rows if row.type == "profile" and row.period is not None]
    years = {financial_year_of(row.period.end) for row in profile if row.period is not None}
    for year in sorted(years) if line.additive else ():
        whole = Question(profile[0], line, year.start, year.end, polarity, profile)
        added = _profile(whole)
        own = [row for row in rows if row.type != "profile" and row.period == year]
        _, limits = limits_at(own, line, year.start, year.end, polarity)
        if added is None or limits is None:
            continue
        if added.nearest is not None and limits.nearest not in (None, added.nearest):
            yield year, added.nearest, limits.nearest or 0


def _words_only(question: Question) -> Limits | None:
    return None


def rows_for(
    rows: Iterable[TargetRow], measure: str, category: str, period: Period
) -> tuple[TargetRow, ...]:
    """Give the rows on a measure and category that hold at the end of a period."""
    year = financial_year_of(period.end)
    return tuple(
        row
        for row in rows
        if row.measure == measure
        and row.category == category
        and (row.period is None or _holds(row.type, row.period, year, period.end))
    )


def _holds(kind: str, own: Period, year: Period, at: int) -> bool:
    if kind == "profile":
        return year.start <= own.start and own.end <= year.end
    return own.start <= at <= own.end


def limits_at(
    rows: Sequence[TargetRow],
    line: Line,
    start: int,
    end: int,
    polarity: str,
    breaks: Sequence[Break] = (),
) -> tuple[TargetRow | None, Limits | None]:
    """Give the row that decides at a window and its limits.

    A target for exactly these days goes before a profile, and a profile before a flat target.
    """
    profile = [row for row in rows if row.type == "profile"]
    others = [row for row in rows if row.type != "profile"]
    exact = [row for row in others if row.period == Period(start, end, "", "")]
    for row in (*exact, *profile[:1], *others):
        asked = Question(row, line, start, end, polarity, profile, breaks)
        limits = target_type(row.type).limits(asked)
        if limits is not None:
            return row, limits
    return next(iter((*others, *profile)), None), None


def target_type(name: str) -> TargetType:
    """Find a type of target; raise UnknownName with the known ones."""
    try:
        return TARGETS[name]
    except KeyError:
        raise UnknownName("target type", name, TARGETS) from None


TARGETS: Mapping[str, TargetType] = {
    row.name: row
    for row in (
        TargetType(
            "maximum",
            "No more than",
            "limit to date = limit × months so far ÷ 12, rounded half-up",
            "The figure should stay at or below a limit. For a count, the limit so far is an even "
            "share of the year's limit.",
            _fixed,
        ),
        TargetType(
            "minimum",
            "At least",
            "limit to date = limit × months so far ÷ 12, rounded half-up",
            "The figure should reach a limit. For a count, the limit so far is an even share of "
            "the year's limit.",
            _fixed,
        ),
        TargetType(
            "range",
            "Between two limits",
            "lower limit ≤ figure ≤ upper limit",
            "The figure should lie between two limits, both included.",
            _fixed,
        ),
        TargetType(
            "change",
            "A change on a baseline",
            "limit = baseline for the same months × (1 + change ÷ 100); for a count, rounded "
            "half-up",
            "The figure should change by a set percentage from the same months of the baseline "
            "year. Where no percentage is set, any improvement meets the target.",
            _change,
        ),
        TargetType(
            "maintain",
            "No worse than a baseline",
            "limit = baseline for the same months",
            "The figure should be no worse than in the same months of the baseline year.",
            _maintain,
        ),
        TargetType(
            "profile",
            "A profile over the year",
            "limit to date = sum of the profile's months or quarters so far",
            "The year's target is split by month or quarter, to follow the seasons.",
            _profile,
        ),
        TargetType(
            "words",
            "In words",
            "none",
            "The target is a sentence, so no figure can be set against it.",
            _words_only,
        ),
        TargetType(
            "none",
            "None",
            "none",
            "The partners watch this figure but set no target. It gets no rating.",
            _words_only,
        ),
    )
}
