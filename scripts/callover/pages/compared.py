"""Against what a figure is set: the first comparison that is known, and whether it is tested."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from callover import periods, words
from callover.compute import Sheet
from callover.kinds import Quantity, metric_name
from callover.model import Metric, Number
from callover.ratings import POLARITIES
from callover.rounding import little
from callover.tested import LAST_YEAR, TWELVE_MONTHS, clear_over
from callover.travel import BETTER, UNKNOWN, WORSE, travel


@dataclass(frozen=True)
class Subject:
    """Whom a sentence is about: a quantity of an indicator in one of its categories."""

    sheet: Sheet
    quantity: Quantity
    category: str

    @property
    def unit(self) -> str:
        """The unit of the figure."""
        return self.quantity.unit or self.sheet.indicator.unit

    @property
    def one(self) -> str:
        """The unit of a single thing."""
        return words.singular(self.quantity.unit) or self.sheet.indicator.unit_one

    @property
    def rolls(self) -> bool:
        """Whether the source gives totals of 12 months only."""
        return self.sheet.kind.quantities[0].measures[0] == "rolling_12_months"

    def metric(self, measure: str) -> Metric | None:
        """Find a measure at the newest period that has a value."""
        name = metric_name(self.quantity.name, measure)
        found = self.sheet.metric(name, None, self.category)
        return found if found is not None and found.value is not None else None

    @property
    def now(self) -> Metric | None:
        """The figure that the page leads with: the year so far, 12 months, or the period's own."""
        closing = self.sheet.closing
        whole = closing is None or closing.kind in ("year", "span")
        measures = ("year_to_date", "value")[whole and not self.rolls :]
        wanted = ("rolling_12_months",) if self.rolls else measures
        return next((m for m in map(self.metric, wanted) if m is not None), None)


@dataclass(frozen=True)
class Moved:
    """How a figure moved. `beside` names what it is set against, `measure` the change itself.

    `now` is the figure that moved, of other days than the one the page leads with where no more is
    known. `clear` is None where nothing is tested. `verdict` is better, worse or ''.
    """

    now: Metric
    change: Number
    beside: str
    clear: bool | None = None
    verdict: str = ""

    @property
    def then(self) -> Number:
        """The figure that the newest is set against."""
        return (self.now.value or 0) - self.change


def moved(subject: Subject, now: Metric) -> Moved | None:
    """Find how a figure moved, on the first thing that it can be set against; None for nothing."""
    return next((found for find in _FOUND if (found := find(subject, now)) is not None), None)


def _on_12_months(subject: Subject, now: Metric) -> Moved | None:
    if not subject.rolls:
        return None
    return _measured(subject, now, TWELVE_MONTHS, "in the 12 months before")


def _on_the_year_so_far(subject: Subject, now: Metric) -> Moved | None:
    return _measured(subject, now, LAST_YEAR, _a_year_before(subject, now))


def _on_the_same_period(subject: Subject, now: Metric) -> Moved | None:
    """Set a period beside the same one of last year, where there is no year to date."""
    compares = any(measure.startswith("change") for measure in subject.quantity.measures)
    own = (now.start, now.end) == (now.period.start, now.period.end)
    if not compares or not own or now.value is None:
        return None
    name = metric_name(subject.quantity.name, "value")
    then = subject.sheet.a_year_before(name, now.period, subject.category)
    if then is None or then.value is None:
        return None
    return _judged(subject, now, now.value - then.value, _a_year_before(subject, now))


def _on_another(subject: Subject, now: Metric) -> Moved | None:
    """Set a figure beside the quarter before or the baseline, where last year is not known."""
    found = travel(subject.sheet, None, subject.quantity, subject.category)
    if found.basis not in ("period-before", "baseline") or found.now is None:
        return None
    name = words.compared_with(found.basis, found.now.period)
    within = "in " if found.basis == "period-before" else ""
    clear = found.test.clear if found.test else None
    made = _judged(subject, found.now, found.change or 0, f"{within}{name}", clear)
    return replace(made, verdict="") if found.verdict == UNKNOWN else made


#: What a figure is set against, in the order in which it is looked for.
_FOUND: Sequence[Callable[[Subject, Metric], Moved | None]] = (
    _on_12_months,
    _on_the_year_so_far,
    _on_the_same_period,
    _on_another,
)


def _measured(subject: Subject, now: Metric, measure: str, beside: str) -> Moved | None:
    """Give a change over the days of a figure, with its test if there is one."""
    points = subject.unit == "percent"
    change = subject.metric(measure if points else f"{measure}_count")
    if change is None or change.value is None or not _same_days(change, now):
        return None
    clear = clear_over(subject.sheet, subject.quantity, measure, now, subject.category)
    return _judged(subject, now, change.value, beside, clear)


def _same_days(one: Metric, other: Metric) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _judged(
    subject: Subject, now: Metric, change: Number, beside: str, clear: bool | None = None
) -> Moved:
    """Call a change better or worse, unless it is little or none.

    A sample's change that nobody has tested says nothing.
    """
    found = Moved(now, change, beside, clear)
    untested = subject.quantity.interval and clear is None
    if untested or little(change, found.then, subject.unit == "percent"):
        return found
    verdict = words.better(change, subject.sheet.polarity(subject.quantity))
    return replace(found, verdict=verdict or _towards_a_range(subject, now, change))


def _towards_a_range(subject: Subject, now: Metric, change: Number) -> str:
    """Call a step towards a range better and one away from it worse."""
    if POLARITIES[subject.sheet.polarity(subject.quantity)] != 0:
        return ""
    found = travel(subject.sheet, None, subject.quantity, subject.category)
    alike = found.now is not None and _same_days(found.now, now) and found.change == change
    return found.verdict if alike and found.verdict in (BETTER, WORSE) else ""


def _a_year_before(subject: Subject, now: Metric) -> str:
    """Say which days a figure is compared with: those that the source has a figure for."""
    if (now.start, now.end) != (now.period.start, now.period.end):
        return words.during(*periods.window_last_year(now.start, now.end))
    name = metric_name(subject.quantity.name, "value")
    then = subject.sheet.a_year_before(name, now.period, subject.category)
    before = periods.of_window(then.start, then.end) if then else periods.last_year(now.period)
    plain = subject.unit in ("percent", "number") or subject.unit.startswith("£")
    level = subject.quantity.form == "level" and before.kind != "day" and not plain
    return f"for {words.named(before)}" if level else words.during_period(before)
