"""Against what a figure is set: the first comparison that is known, and whether it is tested."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from callover import periods, words
from callover.compute import Sheet
from callover.kinds import Quantity, metric_name
from callover.model import UNSTATED, Metric, Number
from callover.travel import BETTER, UNCLEAR, WORSE, travel


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
    """How a figure moved. `beside` names what it is set against, `change` is by how much.

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
    """Find how a figure moved, on the first thing that it can be set against; None for nothing.

    What is set against last year has the days of the figure that the page leads with; where last
    year is not known, another figure may be set beside the quarter before or the baseline.
    """
    found = travel(subject.sheet, None, subject.quantity, subject.category)
    if found.now is None or found.change is None:
        return None
    row = PHRASES[found.basis]
    if row.own and (found.now.start, found.now.end) != (now.start, now.end):
        return None
    verdict = found.apparent if found.verdict == UNCLEAR else found.verdict
    return Moved(
        found.now,
        found.change,
        row.named(subject, found.now),
        found.test.clear if found.test else None,
        verdict if verdict in (BETTER, WORSE) else "",
    )


def _a_year_before(subject: Subject, now: Metric) -> str:
    """Say which days a figure is compared with: those that the source has a figure for."""
    if (now.start, now.end) != (now.period.start, now.period.end):
        return words.during(*periods.window_last_year(now.start, now.end))
    name = metric_name(subject.quantity.name, "value")
    then = subject.sheet.a_year_before(name, now.period, subject.category)
    before = periods.of_window(then.start, then.end) if then else periods.last_year(now.period)
    plain = subject.unit in ("percent", UNSTATED) or subject.unit.startswith("£")
    level = subject.quantity.form == "level" and before.kind != "day" and not plain
    return f"for {words.named(before)}" if level else words.during_period(before)


def _in_12_months(subject: Subject, now: Metric) -> str:
    return f"in {words.compared_with('twelve-months', now.period)}"


def _in_the_period_before(subject: Subject, now: Metric) -> str:
    return f"in {words.compared_with('period-before', now.period)}"


def _the_baseline(subject: Subject, now: Metric) -> str:
    return words.compared_with("baseline", now.period)


@dataclass(frozen=True)
class Phrase:
    """One row of PHRASES: how a sentence names what a figure is set beside.

    `own` says that this is told only of the days of the figure that the page leads with.
    """

    named: Callable[[Subject, Metric], str]
    own: bool = False


#: A row for each of `callover.travel.COMPARISONS`.
PHRASES: Mapping[str, Phrase] = {
    "twelve-months": Phrase(_in_12_months, own=True),
    "same-months": Phrase(_a_year_before, own=True),
    "same-period": Phrase(_a_year_before, own=True),
    "period-before": Phrase(_in_the_period_before),
    "baseline": Phrase(_the_baseline),
}
