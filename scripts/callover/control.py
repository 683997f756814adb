"""The control chart of an indicator: which figures it has, their limits, and what stands out.

A series of months may have a season, which limits would take for signals. So two whole years are
judged by their ratio to the year before. A shorter series is judged as it stands, and whatever
stands out may be the season; if it is declared seasonal, it is not judged at all. Counts that are
too small for ratios have exact limits. Estimated figures are no points, and limits begin anew only
at a declared change in recording.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import takewhile

from callover import periods, signals
from callover.measures import Question, same_period
from callover.model import Indicator, Metric, Number
from callover.periods import Period
from callover.series import Total
from callover.signals import Limits, Signal

#: What is told of a period that no rule marks.
USUAL = "usual"
#: Fewer points than this are no series: a run alone takes seven.
LEAST = 8


@dataclass(frozen=True)
class Pace:
    """What is usual for a kind of period: how many make a year, and how many are looked at."""

    year: int
    most: int


#: The kinds of period that a chart can have: two years of months, five of quarters, one of weeks.
PACES: Mapping[str, Pace] = {
    "month": Pace(12, 24),
    "quarter": Pace(4, 20),
    "week": Pace(52, 52),
}


#: The names that a control chart's figures have in metrics.csv, and what each is.
NAMES: Mapping[str, str] = {
    "control_mean": "The mean of the control chart, at its newest point.",
    "control_lower": "The lower limit of the control chart.",
    "control_upper": "The upper limit of the control chart.",
    "signal": "The rule by which a period stands out, in the column text; usual if none does.",
    "signal_side": "Whether it stands out as high or as low, in the column text.",
}


@dataclass(frozen=True)
class Control:
    """The series of a category with its limits, the oldest point first.

    `ratio` says that the figures are changes on a year before, in per cent.
    `season` says that whatever stands out may be the season. `before` is the mean of the same
    periods a year before, where all of them are known.
    """

    category: str
    at: Sequence[Period]
    values: Sequence[Number]
    limits: Limits
    ratio: bool
    season: bool
    before: Fraction | None = None

    @cached_property
    def signals(self) -> Sequence[Signal | None]:
        """What each point signals; None where it is usual."""
        return signals.signals(self.values, self.limits)

    @property
    def newest(self) -> Signal | None:
        """What the newest point signals."""
        return self.signals[-1]

    @property
    def trial(self) -> bool:
        """Say whether the points are so few that their limits are on trial."""
        return len(self.values) < signals.FIRM

    @cached_property
    def against_last_year(self) -> int:
        """Say whether all figures lie above (1) or below (-1) last year's mean."""
        return 0 if self.before is None else signals.all_on_one_side(self.values, self.before)


@dataclass(frozen=True)
class _Run:
    """Figures in a row up to the newest, and the same periods a year before."""

    at: Sequence[Period]
    now: Sequence[Number]
    then: Sequence[Number | None]

    @cached_property
    def ratios(self) -> tuple[Sequence[Period], Sequence[Number]]:
        """Give the changes on a year before, in per cent, as far back as all are known."""
        three = zip(reversed(self.at), reversed(self.now), reversed(self.then), strict=True)
        known = list(takewhile(lambda row: bool(row[2]), three))[::-1]
        changes = [Fraction(100 * now) / then - 100 for _, now, then in known if then]
        return [at for at, _, _ in known], changes


def control(question: Question, starts: Sequence[int], seasonal: bool | None) -> Control | None:
    """Judge the series that ends with a question's period; None where that makes no sense.

    `starts` are the first days of changes in recording; `seasonal` is what the package declares.
    """
    pace = PACES.get(question.closing.kind)
    if pace is None or not question.cumulative or question.line.in_points:
        return None
    run = _run(question, max((s for s in starts if s <= question.closing.end), default=0), pace)
    if len(run.now) < LEAST:
        return None
    small = signals.mean(run.now) < signals.SMALL_MEAN
    at, ratios = run.ratios
    enough = LEAST if seasonal else max(LEAST, pace.year)
    if seasonal is not False and not small and len(ratios) >= enough:
        found = signals.limits(ratios, counts=False)
        return Control(question.category, at, ratios, found, ratio=True, season=False)
    if seasonal:
        return None
    found = signals.limits(run.now, counts=True)
    known = [value for value in run.then if value is not None]
    before = signals.mean(known) if len(known) == len(run.now) else None
    return Control(
        *(question.category, run.at, run.now, found),
        ratio=False,
        season=seasonal is None,
        before=before,
    )


def _run(question: Question, since: int, pace: Pace) -> _Run:
    """Go back from the newest period as long as figures stand in a row, none of them estimated."""
    line, at = question.line, []
    found = {p for p in line.periods if p.kind == question.closing.kind and p.start >= since}
    rows = sorted(found, reverse=True)
    after: Period | None = None
    for period in rows:
        if period.end > question.closing.end:
            continue
        follows = after is None or periods.following(period) == after
        if not follows or not _stands(question.total((period.start, period.end))):
            break
        at.append(period)
        after = period
    at = at[: pace.most][::-1]
    now = [question.total((p.start, p.end)).value or 0 for p in at]
    return _Run(at, now, [_a_year_before(question, p, since) for p in at])


def _stands(total: Total) -> bool:
    return total.value is not None and total.marker != "e"


def _a_year_before(question: Question, period: Period, since: int) -> Number | None:
    window = same_period(question, period)
    return question.total(window).value if window[0] >= since else None


def metrics(indicator: Indicator, found: Control) -> Iterator[Metric]:
    """Give the mean, the limits and each period that stands out as rows of metrics.csv."""
    newest, unit = found.at[-1], "percent" if found.ratio else indicator.unit
    days, place = (found.at[0].start, newest.end), (indicator.area, found.category)
    for name in ("mean", "lower", "upper"):
        value = getattr(found.limits, name)
        yield Metric(f"control_{name}", newest, *days, *place, value, unit)
    for at, signal in zip(found.at, found.signals, strict=True):
        own = at, at.start, at.end, *place, None, "signal", ""
        if signal is not None:
            yield Metric("signal", *own, signal.rule)
            yield Metric("signal_side", *own, "high" if signal.side > 0 else "low")
        elif at is newest:
            yield Metric("signal", *own, USUAL)
