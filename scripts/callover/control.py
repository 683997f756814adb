"""The control chart of an indicator: which figures it has, their limits, and what stands out.

A series of months may have a season, which limits would take for signals. So two whole years are
judged by their ratio to the year before. A shorter series is judged as it stands, and whatever
stands out may be the season; if it is declared seasonal, it is not judged at all. Counts that are
too small for ratios have exact limits. Percentages, levels and rates are judged as they stand,
unless they are declared seasonal. Estimated figures are no points, and limits begin anew only at a
declared change in recording.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import takewhile
from operator import attrgetter

from callover import assurance, periods, signals, targets
from callover.measures import Question, same_period
from callover.model import Indicator, Metric, Number
from callover.periods import Period
from callover.rounding import half_up
from callover.series import Shares, Total
from callover.signals import Limits, Signal

#: What is told of a period that no rule marks.
USUAL = "usual"
#: Fewer points than this are no series: a run alone takes seven.
LEAST = 8
#: A percentage of fewer cases than this, on average, jumps too much to be charted.
LEAST_CASES = 10
#: Two years without their last days, so that snapshots at the ends of months have them too.
_TWO_YEARS = 2 * 365 - 31
#: Shares and ratios are judged to so many decimals: sums of exact ones grow without end.
_DECIMALS = 6


@dataclass(frozen=True)
class Pace:
    """What is usual for a kind of period: how many make a year, and how many are looked at."""

    year: int
    most: int


#: The kinds of period that a chart can have: two years of months, five of quarters, one of weeks.
#: Days stand for the months or quarters that they lie in.
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
    "variation": "What the newest figure is, in the column text: common cause, improvement, "
    "concern or neutral, high or low.",
    "assurance": "Whether the usual ups and downs meet the target, in the column text: passes, "
    "fails, hit and miss.",
}


@dataclass(frozen=True)
class Control:
    """The series of a category with its limits, the oldest point first.

    `ratio` says that the figures are changes on a year before, in per cent. `percent` says that
    they are shares. `season` says that whatever stands out may be the season. `before` is the mean
    of the same periods a year before, where all of them are known. `question` is about the newest.
    """

    question: Question
    at: Sequence[Period]
    values: Sequence[Number]
    limits: Limits
    ratio: bool
    season: bool
    before: Fraction | None = None

    @property
    def category(self) -> str:
        """The category whose figures these are."""
        return self.question.category

    @property
    def percent(self) -> bool:
        """Say whether the figures are shares of a whole."""
        return self.question.line.in_points and not self.ratio

    @cached_property
    def usual(self) -> tuple[Number, Number]:
        """The limits that can be: a count never lies below 0, a share never above 100%."""
        lower, upper = self.limits.lower, self.limits.upper
        if self.ratio:
            return max(lower, -100), upper
        # A document may print more successes than endings: what is drawn has room for its points.
        return max(lower, 0), min(upper, max(100, *self.values)) if self.percent else upper

    @cached_property
    def decimals(self) -> int:
        """How fine its figures are told: to a tenth, and finer where all lies close together."""
        low, high = self.usual
        apart = high - low
        if not apart:
            return 1
        return next((d for d, least in ((1, 2), (2, Fraction(2, 10))) if apart >= least), 3)

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

    @property
    def long(self) -> bool:
        """Say whether the points cover two years, so that each season is there twice."""
        return self.at[-1].end - self.at[0].start >= _TWO_YEARS

    @cached_property
    def target(self) -> targets.Limits | None:
        """The target that holds for the newest period and is on the scale of the chart."""
        return assurance.target_at(self.question, self.at[-1], self.ratio)

    @property
    def variation(self) -> str:
        """What the newest point is: a row of `assurance.VARIATIONS`."""
        return assurance.variation(self.newest, self.question.polarity)

    @property
    def assurance(self) -> str:
        """Whether the usual meets the target: a row of `assurance.ASSURANCES`, or ''."""
        return assurance.assurance(self.usual, self.target, self.question.polarity)

    @cached_property
    def against_last_year(self) -> int:
        """Say whether all figures lie above (1) or below (-1) last year's mean."""
        return 0 if self.before is None else signals.all_on_one_side(self.values, self.before)


@dataclass(frozen=True)
class _Run:
    """Figures in a row up to the newest, and the same periods a year before."""

    pace: Pace
    at: Sequence[Period]
    now: Sequence[Number]
    then: Sequence[Number | None]

    @cached_property
    def ratios(self) -> tuple[Sequence[Period], Sequence[Number]]:
        """Give the changes on a year before, in per cent, as far back as all are known."""
        three = zip(reversed(self.at), reversed(self.now), reversed(self.then), strict=True)
        known = list(takewhile(lambda row: bool(row[2]), three))[::-1]
        changes = [
            half_up(Fraction(100 * (n - then), then), _DECIMALS) for _, n, then in known if then
        ]
        return [at for at, _, _ in known], changes


def control(
    question: Question, starts: Sequence[int], seasonal: bool | None, every: str = ""
) -> Control | None:
    """Judge the series that ends with a question's period; None where that makes no sense.

    `starts` are the first days of changes in recording; `seasonal` is what the package declares;
    `every` says which kind of period the days of snapshots stand for.
    """
    kind = every if question.closing.kind == "day" else question.closing.kind
    pace = PACES.get(kind)
    if pace is None or question.twelve_month_rows:
        return None
    since = max((s for s in starts if s <= question.closing.end), default=0)
    run = _run(question, since, kind)
    if len(run.now) < LEAST or _few_cases(question, run.at):
        return None
    # The chart is kept for as long as its page is to come, what else was asked of the line is not.
    question = replace(question, known={})
    if _has_ratios(question, run, seasonal):
        at, ratios = run.ratios
        found = signals.limits(ratios, counts=False)
        return Control(question, at, ratios, found, ratio=True, season=False)
    if seasonal:
        return None
    found = signals.limits(run.now, counts=question.line.additive)
    known = [value for value in run.then if value is not None]
    before = signals.mean(known) if len(known) == len(run.now) else None
    return Control(
        *(question, run.at, run.now, found), ratio=False, season=seasonal is None, before=before
    )


def _has_ratios(question: Question, run: _Run, seasonal: bool | None) -> bool:
    """Say whether a series is set against the year before: one with a season, or two years long.

    A change of a share is no ratio, and a small count has none that means much.
    """
    line = question.line
    if line.in_points or seasonal is False or not (line.additive or seasonal):
        return False
    if line.additive and signals.mean(run.now) < signals.SMALL_MEAN:
        return False
    return len(run.ratios[0]) >= (LEAST if seasonal else max(LEAST, run.pace.year))


def _few_cases(question: Question, at: Sequence[Period]) -> bool:
    line = question.line
    if not isinstance(line, Shares):
        return False
    cases = [line.wholes.total(period.start, period.end).value for period in at]
    known = [value for value in cases if value is not None]
    return bool(known) and signals.mean(known) < LEAST_CASES


def _slot(period: Period, kind: str) -> Period:
    """Give the month or quarter that a day stands for; any other period itself."""
    if period.kind != "day":
        return period
    first, year = period.first, periods.financial_year_of(period.end)
    if kind == "month":
        return periods.month(first.year, first.month)
    parts = periods.parts_of_year(year, kind)
    return next(part for part in parts if part.start <= period.end <= part.end)


def _run(question: Question, since: int, kind: str) -> _Run:
    """Go back from the newest period as long as figures stand in a row, none of them estimated."""
    line, closing, at = question.line, question.closing, []
    found = {p for p in line.periods if p.kind == closing.kind and p.start >= since}
    after: Period | None = None
    for period in sorted(found, key=attrgetter("end"), reverse=True):
        if period.end > closing.end:
            continue
        slot = _slot(period, kind)
        follows = after is None or periods.following(slot) == after
        if not follows or not _stands(question.total((period.start, period.end))):
            break
        at.append(period)
        after = slot
    pace = PACES[kind]
    at = at[: pace.most][::-1]
    now = [_figure(question, p) for p in at]
    return _Run(pace, at, now, [_a_year_before(question, p, since) for p in at])


def _figure(question: Question, period: Period) -> Number:
    value = question.total((period.start, period.end)).value or 0
    return half_up(value, _DECIMALS) if question.line.in_points else value


def _stands(total: Total) -> bool:
    return total.value is not None and total.marker != "e"


def _a_year_before(question: Question, period: Period, since: int) -> Number | None:
    window = same_period(question, period)
    value = question.total(window).value if window[0] >= since else None
    return value if value is None or not question.line.in_points else half_up(value, _DECIMALS)


def metrics(indicator: Indicator, found: Control) -> Iterator[Metric]:
    """Give the mean, the limits and each period that stands out as rows of metrics.csv."""
    newest, unit = found.at[-1], "percent" if found.ratio or found.percent else indicator.unit
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
    for name in ("variation", "assurance"):
        text = getattr(found, name)
        if text:
            yield Metric(name, newest, newest.start, newest.end, *place, None, "signal", "", text)
