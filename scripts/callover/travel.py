"""Direction of travel: is it getting better or worse, and compared with what?

COMPARISONS has a row for each thing that a figure can be set beside, in the order in which they are
tried: the first that is known decides. A change that is tested and no more than chance is neither
better nor worse; one that nobody can test is what its two numbers say. The words are in
`callover.words`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from callover import periods
from callover.compute import Sheet
from callover.kinds import Quantity, metric_name
from callover.model import UNSTATED, Metric, Number
from callover.periods import Period
from callover.ratings import POLARITIES
from callover.rounding import little
from callover.targets import Limits, baseline, rows_for
from callover.tested import LAST_YEAR, PERIOD_BEFORE, TWELVE_MONTHS, Weighed, over

BETTER, WORSE, SAME, UNKNOWN = "better", "worse", "same", "unknown"
#: Tested, and no more than chance.
UNCLEAR = "unclear"

#: What documents print for a direction: an arrow up is an improvement, not a rise.
PRINTED: Mapping[str, str] = {
    "↑": BETTER,
    "↓": WORSE,
    "→": SAME,
    "improving": BETTER,
    "worsening": WORSE,
    "no change": SAME,
}


@dataclass(frozen=True)
class Travel:
    """Which way a figure went. `basis` is a row of COMPARISONS, '' where none is known.

    `change` is in the units of the figure that went, `now`; in points if that is a percentage.
    `test` is that of this very comparison, None where nobody tests it. `apparent` is what the two
    numbers alone would say, as documents print it.
    """

    verdict: str
    basis: str = ""
    change: Number | None = None
    now: Metric | None = None
    test: Weighed | None = None
    apparent: str = UNKNOWN

    @property
    def then(self) -> Number | None:
        """The figure that the newest is compared with."""
        if self.now is None or self.now.value is None or self.change is None:
            return None
        return self.now.value - self.change


@dataclass(frozen=True)
class Asked:
    """What is looked for: the travel of a quantity of a category to the close of a period."""

    sheet: Sheet
    quantity: Quantity
    category: str
    at: Period

    def metric(self, measure: str) -> Metric | None:
        """Find a measure of the quantity that has a value."""
        name = metric_name(self.quantity.name, measure)
        found = self.sheet.metric(name, self.at, self.category)
        return found if found is not None and found.value is not None else None

    def change(self, measure: str) -> Number | None:
        """Find a change in the quantity's own units: in numbers, or else in points."""
        found = self.metric(f"{measure}_count")
        if found is None:
            found = self.metric(measure)
            found = found if found is not None and found.unit == "percentage points" else None
        return found.value if found is not None else None


#: A figure and how it differs from what it is set beside; None where either is not known.
Compared = tuple[Metric, Number] | None


@dataclass(frozen=True)
class Comparison:
    """One row of COMPARISONS. `tested` is the row of `callover.tested.TESTED` that tests it."""

    name: str
    compare: Callable[[Asked], Compared]
    tested: str = ""


def travel(
    sheet: Sheet, at: Period | None = None, quantity: Quantity | None = None, category: str = ""
) -> Travel:
    """Give the direction of travel; of the rated quantity at the newest period unless told."""
    closing = at or sheet.closing
    if closing is None:
        return Travel(UNKNOWN)
    asked = Asked(sheet, quantity or _leading(sheet), category or sheet.category, closing)
    for row in COMPARISONS:
        found = row.compare(asked)
        if found is not None:
            now, change = found
            test = _test(asked, row.tested, now)
            apparent = _apparent(asked, *found)
            verdict = verdict_of(asked.quantity, apparent, test)
            if row.name == "period-before" and _doubtful(asked, now, verdict):
                verdict = UNKNOWN
            return Travel(verdict, row.name, change, now, test, apparent)
    return Travel(UNKNOWN)


def printed(text: str) -> str:
    """Read a printed direction; '' if it is none."""
    return PRINTED.get(" ".join(text.lower().split()), "")


def _leading(sheet: Sheet) -> Quantity:
    own = sheet.lines.get(sheet.category, {}).get(sheet.quantity.name)
    return sheet.quantity if own is not None and own.periods else sheet.leading


def _test(asked: Asked, measure: str, now: Metric) -> Weighed | None:
    """Find the test of a comparison: of the same change over the same days, or it is another."""
    if not measure:
        return None
    return over(asked.sheet, asked.quantity, measure, now, asked.category, asked.at)


def verdict_of(quantity: Quantity, apparent: str, test: Weighed | None) -> str:
    """Weigh what two numbers say by their test; a sample's change that has none says nothing."""
    if test is not None and not test.clear and apparent != SAME:
        return UNCLEAR
    if quantity.interval and test is None and apparent in (BETTER, WORSE):
        return UNKNOWN
    return apparent


def _doubtful(asked: Asked, now: Metric, verdict: str) -> bool:
    """Say whether a figure is better than the period before and worse than last year, or reversed.

    A percentage or a level of a quarter may be set beside that of a whole year; a count may not.
    """
    line = asked.sheet.lines.get(asked.category, {}).get(asked.quantity.name)
    if verdict not in (BETTER, WORSE) or line is None or (line.additive and not line.in_points):
        return False
    year = periods.last_year(periods.financial_year_of(asked.at.start))
    then = asked.sheet.value(metric_name(asked.quantity.name, "value"), year, asked.category)
    if then is None or now.value is None:
        return False
    return _apparent(asked, now, now.value - then) == {BETTER: WORSE, WORSE: BETTER}[verdict]


def _apparent(asked: Asked, now: Metric, change: Number) -> str:
    sign = POLARITIES[asked.sheet.polarity(asked.quantity)]
    if not asked.quantity.unit and asked.sheet.indicator.unit == UNSTATED:
        return UNKNOWN  # nobody knows what it counts
    if change == 0 or little(change, (now.value or 0) - change, now.unit == "percent"):
        return UNKNOWN if sign is None else SAME
    if sign == 0:
        return _towards_the_range(asked, now, change)
    if sign is None:
        return UNKNOWN
    return WORSE if change * sign > 0 else BETTER


def _towards_the_range(asked: Asked, now: Metric, change: Number) -> str:
    """Between limits neither direction is better; outside them, the way back is."""
    lower, upper = asked.metric("target_to_date_lower"), asked.metric("target_to_date_upper")
    if lower is None or upper is None or now.value is None:
        return UNKNOWN
    limits = Limits(lower.value, upper.value)
    moved = limits.excess(now.value) - limits.excess(now.value - change)
    return SAME if moved == 0 else WORSE if moved > 0 else BETTER


def _twelve_months(asked: Asked) -> Compared:
    if not asked.sheet.kind.twelve_month_rows:
        return None
    return _paired(asked.metric("rolling_12_months"), asked.change("rolling_12_months_change"))


def _same_months(asked: Asked) -> Compared:
    """Set the year so far beside the same months of last year, once it is more than one period."""
    now = asked.metric("year_to_date")
    if now is None or now.start == now.period.start:
        return None
    return _paired(now, asked.change("change_on_last_year"))


def _same_period(asked: Asked) -> Compared:
    """Set the period beside the same one of last year."""
    now = asked.metric("value")
    if now is None or now.value is None:
        return None
    change = asked.change("change_on_period_last_year")
    if change is None and not asked.sheet.kind.cumulative:
        change = asked.change("change_on_last_year")
    if change is None:
        name = metric_name(asked.quantity.name, "value")
        then = asked.sheet.a_year_before(name, asked.at, asked.category)
        change = now.value - then.value if then and then.value is not None else None
    return _paired(now, change)


def _period_before(asked: Asked) -> Compared:
    if asked.at.kind not in ("quarter", "span"):  # months and weeks are noise
        return None
    return _paired(asked.metric("value"), asked.change("change_on_period_before"))


def _baseline(asked: Asked) -> Compared:
    """Set a figure beside the baseline of its target, where that is known for the same days."""
    now = asked.metric("year_to_date") or asked.metric("value")
    line = asked.sheet.lines.get(asked.category, {}).get(asked.quantity.name)
    if now is None or now.value is None or line is None:
        return None
    rows = asked.sheet.indicator.targets
    for row in rows_for(rows, asked.quantity.name, asked.category, asked.at):
        found = baseline(row, line, now.start, now.end, asked.sheet.indicator.breaks)
        if found is not None:
            return now, now.value - found
    return None


def _paired(now: Metric | None, change: Number | None) -> Compared:
    return None if now is None or change is None else (now, change)


COMPARISONS: Sequence[Comparison] = (
    Comparison("twelve-months", _twelve_months, TWELVE_MONTHS),
    Comparison("same-months", _same_months, LAST_YEAR),
    Comparison("same-period", _same_period, LAST_YEAR),
    Comparison("period-before", _period_before, PERIOD_BEFORE),
    Comparison("baseline", _baseline),
)
