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
    """Find how a figure moved, on the first thing that it can be set against; None for nothing.

    What is set against last year has the days of the figure that the page leads with; where last
    year is not known, another figure may be set beside the quarter before or the baseline.
    """
    found = travel(subject.sheet, None, subject.quantity, subject.category)
    if found.now is None or found.change is None:
        return None
    own = (found.now.start, found.now.end) == (now.start, now.end)
    if not own and found.basis in _LAST_YEAR:
        return None
    verdict = found.apparent if found.verdict == UNCLEAR else found.verdict
    return Moved(
        found.now,
        found.change,
        _BESIDE.get(found.basis, _named)(subject, found.now, found.basis),
        found.test.clear if found.test else None,
        verdict if verdict in (BETTER, WORSE) else "",
    )


#: What sets a figure beside the same days of the year before.
_LAST_YEAR = ("twelve-months", "same-months", "same-period")


def _named(subject: Subject, now: Metric, basis: str) -> str:
    name = words.compared_with(basis, now.period)
    return f"in {name}" if basis in ("period-before", "twelve-months") else name


def _a_year_before(subject: Subject, now: Metric, basis: str) -> str:
    """Say which days a figure is compared with: those that the source has a figure for."""
    if (now.start, now.end) != (now.period.start, now.period.end):
        return words.during(*periods.window_last_year(now.start, now.end))
    name = metric_name(subject.quantity.name, "value")
    then = subject.sheet.a_year_before(name, now.period, subject.category)
    before = periods.of_window(then.start, then.end) if then else periods.last_year(now.period)
    plain = subject.unit in ("percent", UNSTATED) or subject.unit.startswith("£")
    level = subject.quantity.form == "level" and before.kind != "day" and not plain
    return f"for {words.named(before)}" if level else words.during_period(before)


#: How what a figure is set beside is named, where that is not by the comparison's own name.
_BESIDE: Mapping[str, Callable[[Subject, Metric, str], str]] = {
    "same-months": _a_year_before,
    "same-period": _a_year_before,
}
