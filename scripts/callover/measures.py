"""Measures: what is computed from a line of figures at the close of a period.

MEASURES has a row for each, with its formula, its source and one sentence for the public: the
Methods page is rendered from it. A measure takes a question (line, closing period and what
surrounds them) and gives an answer, or None where it does not apply.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from callover import breaks as recording
from callover import periods
from callover.errors import UnknownName
from callover.intervals import Change, Estimate, change
from callover.model import IN_PLACE_OF_VALUE, Break, Denominator, Number, Rate, TargetRow
from callover.periods import Period
from callover.series import Line, Sampled, Shares, Total, Window, gravest
from callover.targets import Limits, limits_at, rows_for


@dataclass(frozen=True)
class Question:
    """What a measure is asked: a line at the close of a period, with all that bears on it.

    `cumulative` says that years are counted up from April; a snapshot or a yearly figure is
    compared as it stands. `measure` and `category` find the targets. `breaks` are the changes in
    recording, which no sum and no comparison goes across. Questions about one line share the
    totals that are `known`: measures and ratings ask for the same windows.
    """

    line: Line
    closing: Period
    cumulative: bool = True
    rate: Rate | None = None
    denominators: Sequence[Denominator] = ()
    targets: Sequence[TargetRow] = ()
    measure: str = "value"
    category: str = "all"
    polarity: str = "lower"
    twelve_month_rows: bool = False
    breaks: Sequence[Break] = ()
    known: dict[Window, Total] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def own(self) -> Window:
        """The window of the source's own row: the closing period, or the 12 months to its end."""
        if self.twelve_month_rows:
            return self.twelve_months
        return self.closing.start, self.closing.end

    @cached_property
    def so_far(self) -> Window:
        """The window that counts as so far: from 1 April, or what the row itself covers."""
        if self.twelve_month_rows:
            return self.twelve_months
        if self.cumulative and self.closing.kind in ("month", "quarter", "week"):
            return periods.year_to_date(self.closing)
        return self.closing.start, self.closing.end

    @cached_property
    def judged(self) -> Window:
        """The window that a target is set against: so far, or the period where that is unknown.

        A percentage that the source gives by quarter, without its parts, never has a year to date,
        so its quarter is judged. Where parts are given and one is missing, nothing is.
        """
        given = isinstance(self.line, Shares) and not self.line.parts.cells
        if given and self.total(self.so_far).value is None:
            return self.closing.start, self.closing.end
        return self.so_far

    @cached_property
    def twelve_months(self) -> Window:
        """The window of twelve months that ends with the closing period."""
        return periods.rolling_12_months(self.closing)

    @cached_property
    def target(self) -> tuple[TargetRow | None, Limits | None]:
        """The deciding row of the targets, and its limits on the year so far."""
        return self.target_over(self.judged)

    def target_over(self, window: Window) -> tuple[TargetRow | None, Limits | None]:
        """Give the deciding row of the targets, and its limits on a window."""
        if not self.targets:
            return None, None
        rows = rows_for(self.targets, self.measure, self.category, self.closing)
        return limits_at(rows, self.line, *window, self.polarity, self.breaks)

    def total(self, window: Window) -> Total:
        """Give the line's figure over a window.

        A sum across a change in recording adds up two things, so it is withheld: marker b. The
        source's own figure for the closing period stands, whatever it has counted.
        """
        found = self.counted(window)
        if self.breaks and found.value is not None and window != self.own and self.split(window):
            return WITHHELD
        return found

    def counted(self, window: Window) -> Total:
        """Give what the rows say of a window, however it was recorded; asks the line once."""
        found = self.known.get(window)
        if found is None:
            found = self.known[window] = self.line.total(*window)
        return found

    def split(self, *windows: Window) -> Break | None:
        """Give the newest change in recording with days of some windows before and after it."""
        if not self.breaks:
            return None
        first, last = min(start for start, _ in windows), max(end for _, end in windows)
        return recording.crossed(self.breaks, first, last)

    def exact(self, window: Window) -> Total:
        """Give the figure over a window before rounding, where a sample's interval gives it."""
        total = self.total(window)
        known = self.estimate(window) if total.value is not None else None
        return total if known is None else total._replace(value=known.share)

    def estimate(self, window: Window) -> Estimate | None:
        """Give what is known of a sample's share over a window; None for any other figure."""
        return self.line.estimate(*window) if isinstance(self.line, Sampled) else None


#: What stands for a figure that would mix figures from before and after a change in recording.
WITHHELD = Total(None, recording.MARKER)


class Answer(NamedTuple):
    """A figure (or words) over a window of days, with a marker where it rests on marked rows."""

    start: int
    end: int
    value: Number | None
    marker: str = ""
    text: str = ""


@dataclass(frozen=True)
class Measure:
    """One row of MEASURES. `unit`: same, percent, change (percent; points for shares), rate."""

    name: str
    title: str
    unit: str
    formula: str
    source: str
    sentence: str
    compute: Callable[[Question], Answer | None]


def _over(question: Question, window: Window) -> Answer | None:
    total = question.total(window)
    if total.value is None and not total.marker and not total.text:
        return None
    return Answer(*window, total.value, total.marker, total.text)


def _value(question: Question) -> Answer | None:
    return _over(question, (question.closing.start, question.closing.end))


def _year_to_date(question: Question) -> Answer | None:
    return _over(question, question.so_far)


def _before(window: Window) -> Window:
    return periods.window_last_year(*window)


def _year_to_date_last_year(question: Question) -> Answer | None:
    return _over(question, _before(question.so_far))


def _rolling(question: Question) -> Answer | None:
    return _over(question, question.twelve_months)


def _rolling_last_year(question: Question) -> Answer | None:
    return _over(question, _before(question.twelve_months))


def same_period(question: Question, period: Period | None = None) -> Window:
    """Give the same dates a year before; for a week without them, the ISO week of its number.

    They are those of the closing period, or of another one of the question's line.

    Some documents set a week beside the same dates of last year, which are other weekdays; others
    beside last year's week. The rows that the source has decide.
    """
    closing = period or question.closing
    window = _before((closing.start, closing.end))
    if closing.kind == "week" and question.total(window).value is None:
        week = periods.last_year(closing)
        return week.start, week.end
    return window


def _period_last_year(question: Question) -> Answer | None:
    return _over(question, same_period(question))


def _difference(question: Question, window: Window, before: Window | None = None) -> Answer | None:
    then_window = before or _before(window)
    now, then = question.exact(window), question.exact(then_window)
    both = now.value is not None and then.value is not None
    if WITHHELD in (now, then) or (both and question.split(window, then_window)):
        return Answer(*window, None, WITHHELD.marker)
    marker = gravest((now.marker, then.marker)) if now.marker or then.marker else ""
    if now.value is not None and then.value is not None:
        return Answer(*window, now.value - then.value, marker)
    return Answer(*window, None, marker) if marker in IN_PLACE_OF_VALUE else None


def _change(question: Question, window: Window, before: Window | None = None) -> Answer | None:
    """Percent of the figure before; points for a share; none where the figure before was 0."""
    difference = _difference(question, window, before)
    if difference is None or difference.value is None or question.line.in_points:
        return difference
    then = question.total(before or _before(window)).value
    if not then:
        return Answer(*window, None, "z")
    return Answer(*window, Fraction(100 * difference.value, then), difference.marker)


def _change_on_last_year(question: Question) -> Answer | None:
    return _change(question, question.so_far)


def _change_on_last_year_count(question: Question) -> Answer | None:
    return None if question.line.in_points else _difference(question, question.so_far)


def _change_on_period_last_year(question: Question) -> Answer | None:
    closing = question.closing
    return _change(question, (closing.start, closing.end), same_period(question))


def _change_on_period_last_year_count(question: Question) -> Answer | None:
    if question.line.in_points:
        return None
    closing = question.closing
    return _difference(question, (closing.start, closing.end), same_period(question))


def _rolling_change(question: Question) -> Answer | None:
    return _change(question, question.twelve_months)


def _rolling_change_count(question: Question) -> Answer | None:
    return None if question.line.in_points else _difference(question, question.twelve_months)


def period_before(line: Line, period: Period) -> Period | None:
    """Find the newest row before a period that is as long as it; it may share days with it."""
    length = periods.whole_months(period.start, period.end)
    same = [
        p
        for p in line.periods
        if p.end < period.end
        and (periods.whole_months(p.start, p.end) or p.end - p.start)
        == (length or period.end - period.start)
    ]
    return same[-1] if same else None


def _before_it(question: Question) -> Window | None:
    """Give the window of the period before, for quarters, runs of weeks or months, and samples.

    Single months and weeks move too much from one to the next to be set beside each other.
    """
    sampled, closing = isinstance(question.line, Sampled), question.closing
    if closing.kind not in ("quarter", "span") and not sampled:
        return None
    before = period_before(question.line, closing)
    if before is None or not (sampled or before.end + 1 == closing.start):
        return None
    return before.start, before.end


def _change_on_period_before(question: Question) -> Answer | None:
    before = _before_it(question)
    if before is None:
        return None
    return _change(question, (question.closing.start, question.closing.end), before)


def _change_on_period_before_count(question: Question) -> Answer | None:
    before = _before_it(question)
    if before is None or question.line.in_points:
        return None
    return _difference(question, (question.closing.start, question.closing.end), before)


def _interval(side: str) -> Callable[[Question], Answer | None]:
    def compute(question: Question) -> Answer | None:
        window = question.closing.start, question.closing.end
        known = question.estimate(window)
        if known is None:
            return None
        # Where only the rounded percentage is known, the interval is an estimate itself.
        own = "e" if known.how == "rounded" else ""
        marker = gravest((question.total(window).marker, own))
        return Answer(*window, getattr(known, side), marker)

    return compute


def _unrounded(question: Question) -> Answer | None:
    window = question.closing.start, question.closing.end
    known = question.estimate(window)
    if known is None or known.how not in ("counted", "recovered"):
        return None
    own = "" if known.count is not None else "e"
    return Answer(*window, known.share, gravest((question.total(window).marker, own)))


def compare_samples(
    line: Line, now: Window, then: Window, breaks: Sequence[Break] = ()
) -> Change | None:
    """Compare a sample's share in two windows; None where they share days, or one is not known.

    Windows that share days share answers. They are not independent, so nothing is tested. Nor is
    anything across a change in what is asked.
    """
    if not isinstance(line, Sampled) or (now[0] <= then[1] and then[0] <= now[1]):
        return None
    if recording.crossed(breaks, min(now[0], then[0]), max(now[1], then[1])):
        return None
    one, other = line.estimate(*now), line.estimate(*then)
    return change(one, other) if one and other else None


def _change_interval(side: str) -> Callable[[Question], Answer | None]:
    def compute(question: Question) -> Answer | None:
        window = question.so_far
        found = compare_samples(question.line, window, _before(window), question.breaks)
        difference = _difference(question, window)
        if found is None or difference is None or difference.value is None:
            return None
        return Answer(*window, getattr(found, side), difference.marker)

    return compute


def denominator_at(denominators: Sequence[Denominator], ordinal: int) -> Denominator | None:
    """Find the denominator that is valid on a day; None if none is."""
    return next((d for d in denominators if d.start <= ordinal <= d.end), None)


def _rate(question: Question) -> Answer | None:
    total = _over(question, question.twelve_months)
    if total and question.split(question.twelve_months):  # a year's own row, for one
        total = Answer(*question.twelve_months, *WITHHELD[:2])
    below = denominator_at(question.denominators, question.closing.end)
    if question.rate is None or below is None or total is None or total.value is None:
        return total if question.rate and below else None
    return total._replace(value=Fraction(total.value * question.rate.per, below.value))


def _rate_year_to_date(question: Question) -> Answer | None:
    total = _over(question, question.so_far)
    below = denominator_at(question.denominators, question.closing.end)
    if question.rate is None or below is None or total is None or total.value is None:
        return total if question.rate and below else None
    return total._replace(value=Fraction(total.value * question.rate.per, below.value))


def _target(side: str) -> Callable[[Question], Answer | None]:
    def compute(question: Question) -> Answer | None:
        _, limits = question.target
        if limits is None:
            return None
        two_sided = limits.lower is not None and limits.upper is not None
        value = getattr(limits, side) if (side != "nearest") == two_sided else None
        return None if value is None else Answer(*question.judged, value)

    return compute


def _difference_from_target(question: Question) -> Answer | None:
    _, limits = question.target
    total = question.total(question.judged)
    if limits is None or total.value is None:
        return None
    return Answer(*question.judged, limits.distance(total.value), total.marker)


_OWN = "Callover; the arithmetic of a sum"
_WALD = "The normal approximation to the binomial; Wilson EB (1927) at 0% and 100%"
_NEWCOMBE = "The square-and-add rule of Newcombe RG (1998), Statistics in Medicine 17: 873-890"
_COUNTING = "Home Office Counting Rules use: figures for a financial year from 1 April"

MEASURES: Mapping[str, Measure] = {
    row.name: row
    for row in (
        Measure(
            "value",
            "Latest period",
            "same",
            "the figure of the period itself",
            "the series as the source gives it",
            "The figure for one month, quarter, week, year or day.",
            _value,
        ),
        Measure(
            "period_last_year",
            "Same period last year",
            "same",
            "the figure of the same month, quarter or dates a year earlier; for a week whose dates "
            "a year earlier have no figure, the week of the same number",
            _OWN,
            "The same month or quarter of last year. A week is set against the same dates of last "
            "year, if the source has them.",
            _period_last_year,
        ),
        Measure(
            "change_on_period_last_year",
            "Change on the same period last year",
            "change",
            "100 × (figure of the period ÷ same period last year - 1); for a percentage, the "
            "difference in percentage points",
            _OWN,
            "How much more or less than in the same month, quarter or week of last year.",
            _change_on_period_last_year,
        ),
        Measure(
            "change_on_period_last_year_count",
            "Change on the same period last year, in numbers",
            "same",
            "figure of the period - same period last year",
            _OWN,
            "The same change as a number.",
            _change_on_period_last_year_count,
        ),
        Measure(
            "year_to_date",
            "Year to date",
            "same",
            "sum from 1 April to the end of the period",
            _COUNTING,
            "Everything since 1 April. If one month is missing, we give no year to date.",
            _year_to_date,
        ),
        Measure(
            "year_to_date_last_year",
            "Year to date, last year",
            "same",
            "year to date, a year earlier",
            _COUNTING,
            "The same months of the year before, so that like is set against like.",
            _year_to_date_last_year,
        ),
        Measure(
            "change_on_last_year",
            "Change on last year",
            "change",
            "100 × (year to date ÷ same months last year - 1); for a percentage, the difference in "
            "percentage points",
            _OWN,
            "How much more or less than in the same months of the year before. If there was "
            "nothing the year before, we give the numbers only.",
            _change_on_last_year,
        ),
        Measure(
            "change_on_last_year_count",
            "Change on last year, in numbers",
            "same",
            "year to date - same months last year",
            _OWN,
            "The same change as a number, not a percentage.",
            _change_on_last_year_count,
        ),
        Measure(
            "rolling_12_months",
            "Last 12 months",
            "same",
            "sum of the twelve months that end with the period",
            _OWN,
            "A full year that ends now. It has every season in it once.",
            _rolling,
        ),
        Measure(
            "rolling_12_months_last_year",
            "The 12 months before",
            "same",
            "sum of the twelve months that end a year before the period's end",
            _OWN,
            "The full year before the last 12 months.",
            _rolling_last_year,
        ),
        Measure(
            "rolling_12_months_change",
            "Change over 12 months",
            "change",
            "100 × (last 12 months ÷ the 12 months before - 1)",
            _OWN,
            "How much more or less than in the 12 months before.",
            _rolling_change,
        ),
        Measure(
            "rolling_12_months_change_count",
            "Change over 12 months, in numbers",
            "same",
            "last 12 months - the 12 months before",
            _OWN,
            "The same change as a number.",
            _rolling_change_count,
        ),
        Measure(
            "rate",
            "Rate",
            "rate",
            "last 12 months × multiplier ÷ denominator valid on the last day",
            "Home Office and IQuanta practice: rates on rolling 12 months",
            "The last 12 months, shared out over the people or homes in the area, so that areas of "
            "different size compare.",
            _rate,
        ),
        Measure(
            "rate_year_to_date",
            "Rate, year to date",
            "rate",
            "year to date × multiplier ÷ denominator valid on the last day",
            "some partnerships' reports, which print rates of six or nine months",
            "What has happened since 1 April, shared out over the people or homes in the area. "
            "Never compare it with a 12-month rate.",
            _rate_year_to_date,
        ),
        Measure(
            "target_to_date",
            "Target so far",
            "same",
            "as the target's type says (see Targets)",
            "targets.csv of the indicator",
            "Where the figure should be by now.",
            _target("nearest"),
        ),
        Measure(
            "target_to_date_lower",
            "Target range so far, lower limit",
            "same",
            "lower limit of a range",
            "targets.csv of the indicator",
            "The lowest figure the target allows.",
            _target("lower"),
        ),
        Measure(
            "target_to_date_upper",
            "Target range so far, upper limit",
            "same",
            "upper limit of a range",
            "targets.csv of the indicator",
            "The highest figure the target allows.",
            _target("upper"),
        ),
        Measure(
            "difference_from_target",
            "Distance from target",
            "same",
            "year to date - target so far; for a range, the distance to the nearest limit",
            _OWN,
            "How far the figure is from where it should be. Inside a range this is 0.",
            _difference_from_target,
        ),
        Measure(
            "lower",
            "Interval, lower limit",
            "same",
            "p - 1.96 × √(p × (100 - p) ÷ n), with p before rounding and n the base; Wilson's "
            "limit where p is 0% or 100%; never below 0%",
            _WALD,
            "A sample cannot tell the share of all people exactly. In 19 of 20 samples, an "
            "interval made like this holds it. It should be wider if answers are weighted.",
            _interval("lower"),
        ),
        Measure(
            "upper",
            "Interval, upper limit",
            "same",
            "p + 1.96 × √(p × (100 - p) ÷ n); Wilson's limit where p is 0% or 100%; never above "
            "100%",
            _WALD,
            "The other end of the interval. If fewer than 100 people answered, the figure is "
            "marked [u]. If fewer than 30 did, we do not show it.",
            _interval("upper"),
        ),
        Measure(
            "unrounded",
            "Share before rounding",
            "same",
            "100 × number who gave the answer ÷ base; or the share that rounds to the printed "
            "percentage and has the printed interval: p × (100 - p) = n × h² ÷ 1.96²",
            _WALD,
            "Documents round percentages. The interval they print gives away what was rounded.",
            _unrounded,
        ),
        Measure(
            "change_on_last_year_lower",
            "Change on last year, lower limit",
            "change",
            "difference of the two shares before rounding - √((p₁ - l₁)² + (u₂ - p₂)²), with l and "
            "u the limits of each share's interval",
            _NEWCOMBE,
            "The smallest change that fits both samples. If it is above 0, the rise is clear.",
            _change_interval("lower"),
        ),
        Measure(
            "change_on_last_year_upper",
            "Change on last year, upper limit",
            "change",
            "difference of the two shares before rounding + √((u₁ - p₁)² + (p₂ - l₂)²)",
            _NEWCOMBE,
            "The largest change that fits both samples. If it is below 0, the fall is clear. If 0 "
            "lies between the limits, there is no clear change.",
            _change_interval("upper"),
        ),
        Measure(
            "change_on_period_before",
            "Change on the period before",
            "change",
            "100 × (figure ÷ figure of the newest row before it that is as long - 1); for a "
            "percentage, the difference in percentage points",
            _OWN,
            "How much more or less than in the quarter, run of weeks or survey year before. Survey "
            "years that share months share answers, so a test must allow for that.",
            _change_on_period_before,
        ),
        Measure(
            "change_on_period_before_count",
            "Change on the period before, in numbers",
            "same",
            "figure of the quarter or span - figure of the one before it, as long as it",
            _OWN,
            "The same change as a number.",
            _change_on_period_before_count,
        ),
    )
}

_RANK = re.compile(r"(\d+)\s*(?:of|/|out\s+of(?:\s+the)?)\s*(\d+)", re.I)


def ranks_of(as_printed: str) -> list[tuple[int, int]]:
    """Read every rank in a text, each with its group's size: `11of15/ 21of32` has two."""
    return [(int(rank), int(of)) for rank, of in _RANK.findall(as_printed)]


def rank_of(as_printed: str) -> tuple[int, int] | None:
    """Read a rank and its group's size from `21of32`, `21 out of the 32` or `12/32`."""
    found = _RANK.search(as_printed)
    return (int(found[1]), int(found[2])) if found else None


def measure(name: str) -> Measure:
    """Find a measure; raise UnknownName with the known ones."""
    try:
        return MEASURES[name]
    except KeyError:
        raise UnknownName("measure", name, MEASURES) from None
