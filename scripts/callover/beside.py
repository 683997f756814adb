"""Our figures beside those of others: higher, lower, or no more apart than chance would have them.

Only like is set beside like: the same measure over the same days, in the same unit. The figure of
others is taken as it stands; ours has its 95% limits. `Beside.reason` says why two do not compare.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from sys import intern

from callover import breaks, certainty, periods
from callover.breaks import crossed
from callover.judged import judgement
from callover.kinds import Kind, metric_name
from callover.likeunits import alike, per_many
from callover.measures import Question
from callover.model import Comparator, Indicator, Metric, Number
from callover.periods import Period

#: Why our figure is not set beside that of others; `callover.words` has words for each.
UNCOMPARED = (
    *("elsewhere", "no-measure", "no-figure", "no-period", "other-period"),
    *("other-unit", "count", "break", "no-interval", "no-test"),
)
#: How the two lie: ours is higher, may be the same, or is lower.
VERDICTS = ("higher", "similar", "lower")

#: The questions asked of each line, by category and quantity.
Asked = Mapping[tuple[str, str], Sequence[Question]]


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure of others with ours: `verdict` is one of VERDICTS, or '' and a `reason` why not.

    `lower` and `upper` are the 95% limits of ours; None has no bound.
    """

    other: Comparator
    own: Metric | None = None
    lower: Number | None = None
    upper: Number | None = None
    verdict: str = ""
    reason: str = ""

    @property
    def undated(self) -> bool:
        """Say whether nobody knows which months the figure of others covers."""
        return self.other.period is None

    @property
    def who(self) -> str:
        """The code of the area, or the id of the group, whose figure it is."""
        return self.other.area or self.other.group


@dataclass(frozen=True)
class Method:
    """How figures are set beside those of others, for the Methods page."""

    name: str
    title: str
    formula: str
    source: str
    sentence: str
    names: Sequence[str]
    suffix: bool = False


AGAINST = Method(
    "against_others",
    "Beside the figure of others",
    "higher if the other figure is below the lower limit of ours, lower if it is above the upper "
    "limit, else similar; the limits are those of 95%",
    "Public Health England's comparison of an area with a benchmark, in its Fingertips profiles",
    "Our figure has limits, as chance moves it. The figure of a force, a region or a group covers "
    "many more people, so we take it as it stands. We only compare the same measure over the same "
    "months, in the same unit. An undated rate stands beside our newest one, and we say so.",
    ("<measure>_against_<area or group>",),
)


def besides(
    indicator: Indicator,
    row: Kind,
    category: str,
    closing: Period | None,
    figures: Sequence[Metric],
    asked: Asked,
    others: Sequence[Comparator],
) -> tuple[Beside, ...]:
    """Set our figures of a category, the leading one, beside each figure of others."""
    if not others:
        return ()
    if closing is None:
        return tuple(Beside(other, reason="no-measure") for other in others)
    names = {f"{o.measure}{end}" for o in others for end in ("", "_lower", "_upper")}
    found: dict[str, dict[Period, Metric]] = {}
    for metric in figures:
        if metric.measure in names and metric.category == category:
            found.setdefault(metric.measure, {})[metric.period] = metric
    known = _Known(indicator, row, closing, category, found, asked)
    return tuple(known.beside(other) for other in others)


def metrics(found: Sequence[Beside]) -> Iterator[Metric]:
    """Give each verdict as a figure in words; the first that is said of a period stands."""
    seen = set()
    for one in found:
        own = one.own
        if own is None or not one.verdict:
            continue
        name = intern(f"{own.measure}_against_{one.who}")  # one text for all indicators
        if (name, own.period) not in seen:
            seen.add((name, own.period))
            marker = "u" if one.undated else own.marker
            place = own.period, own.start, own.end, own.area, own.category
            yield Metric(name, *place, None, "verdict", marker, one.verdict)


@dataclass(frozen=True)
class _Known:
    """What is known of our own figures, by measure and period."""

    indicator: Indicator
    row: Kind
    closing: Period
    category: str
    figures: Mapping[str, Mapping[Period, Metric]]
    asked: Asked

    def beside(self, other: Comparator) -> Beside:
        """Set our figure beside one of others, or say why not."""
        own, reason = self._own(other)
        if own is None:
            return Beside(other, reason=reason)
        if own.value is None:
            withheld = own.marker == breaks.MARKER
            return Beside(other, own, reason="break" if withheld else "no-figure")
        if reason := self._unlike(own, other):
            return Beside(other, own, reason=reason)
        limits = self._limits(own)
        if limits is None:
            return Beside(other, own, reason="no-test" if _changed(own) else "no-interval")
        return Beside(other, own, *limits, certainty.beside(*limits, other.value))

    def _own(self, other: Comparator) -> tuple[Metric | None, str]:
        """Find our figure of the same measure and days."""
        found = self.figures.get(other.measure)
        if not found:
            return None, "elsewhere" if ":" in other.measure else "no-measure"
        if other.period is None:
            own = found.get(self.closing)
            whole = own is not None and self._is_rate(own)
            return (own, "") if whole and _of_12_months(own) else (None, "no-period")
        days = other.period.start, other.period.end
        same = (m for m in found.values() if (m.start, m.end) == days)
        own = found.get(other.period) or next(same, None)
        return own, "" if own else "other-period"

    def _is_rate(self, own: Metric) -> bool:
        quantity = self.row.quantity(own.measure)
        given = quantity is not None and quantity.form == "rate"
        return given or own.measure in ("rate", "rate_year_to_date") or per_many(own.unit) > 0

    def _unlike(self, own: Metric, other: Comparator) -> str:
        """Say why two figures of the same days do not compare; '' if they do."""
        if not self._is_rate(own) and own.unit not in ("percent", "percentage points"):
            return "count"
        if not alike(own.unit, other.unit):
            return "other-unit"
        first = own.start
        if _changed(own):
            first = periods.window_last_year(own.start, own.end)[0]
        return "break" if crossed(self.indicator.breaks, first, own.end) else ""

    def _limits(self, own: Metric) -> tuple[Number | None, Number | None] | None:
        """Find the limits of our figure, or work them out where they are not of the newest."""
        names = tuple(f"{own.measure}_{side}" for side in ("lower", "upper"))
        found = [self.figures.get(name, {}).get(own.period) for name in names]
        ends = [metric.value if metric else None for metric in found]
        if not any(found):
            key = own.measure, own.period
            if key not in self._judged:  # several others are set beside one figure of ours
                self._judged[key] = self._judge(own, names)
            ends = [self._judged[key].get(name) for name in names]
        return None if ends == [None, None] else (ends[0], ends[1])

    @cached_property
    def _judged(self) -> dict[tuple[str, Period], Mapping[str, Number]]:
        return {}

    def _judge(self, own: Metric, names: Sequence[str]) -> Mapping[str, Number]:
        """Judge our figure by the methods that can give these names, and by no other."""
        for quantity in self.row.quantities:
            if own.measure not in {metric_name(quantity.name, m) for m in quantity.measures}:
                continue
            questions = self.asked.get((self.category, quantity.name), ())
            for question in (q for q in questions if q.closing == own.period):
                rows = [judgement(name) for name in quantity.judged]
                able = [
                    row
                    for row in rows
                    if any(metric_name(quantity.name, n) in names for n in row.names)
                ]
                made = (f for row in able for f in row.judge(question))
                known = ((metric_name(quantity.name, f.measure), f.value) for f in made)
                # Judging goes no further than to the last of the names.
                return dict(islice((found for found in known if found[0] in names), len(names)))
        return {}


def _changed(own: Metric) -> bool:
    return "change" in own.measure


def _of_12_months(own: Metric | None) -> bool:
    return own is not None and periods.is_12_months(own.start, own.end)
