"""Is a change more than chance? The one place that says so, from the figures that are judged.

`callover.judged` tests the newest change of a figure and leaves the test among the sheet's metrics.
Here it is found again, so that every list and every page gives one answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from callover.certainty import clear
from callover.compute import Sheet
from callover.intervals import clear_of_nought
from callover.kinds import Quantity, metric_name
from callover.model import Metric, Number
from callover.periods import Period

#: What a newest figure may be set beside and tested against, as metrics.csv names the change.
LAST_YEAR = "change_on_last_year"
TWELVE_MONTHS = "rolling_12_months_change"
PERIOD_BEFORE = "change_on_period_before"
#: In the order in which a page tells of them.
TESTED = (LAST_YEAR, TWELVE_MONTHS, PERIOD_BEFORE)


@dataclass(frozen=True)
class Weighed:
    """A tested change: the figure of it, its 95% limits and p-value, over days of their own.

    `change` has no value where there was nothing before; a limit is None where it has no bound.
    `p` is None for an earlier period of a sample: of those only the limits are kept.
    """

    measure: str
    change: Metric | None
    lower: Metric | None
    upper: Metric | None
    p: Number | None
    days: tuple[int, int]

    @property
    def clear(self) -> bool:
        """Say whether chance alone is an unlikely reason."""
        if self.p is not None:
            return clear(self.p)
        assert self.lower is not None and self.upper is not None
        low, high = self.lower.value, self.upper.value
        return low is not None and high is not None and clear_of_nought(low, high)

    @property
    def sign(self) -> int:
        """1 for a rise, -1 for a fall, 0 for none."""
        value = self.change.value if self.change else None
        if value is None:  # from nothing to something
            value = self.lower.value if self.lower else None
        return (value > 0) - (value < 0) if value is not None else 0


def tested(
    sheet: Sheet, quantity: Quantity, measure: str, category: str = "", at: Period | None = None
) -> Weighed | None:
    """Find the test of a change, a row of TESTED; None where nobody tests it."""
    name = metric_name(quantity.name, measure)
    p, lower, upper = (
        sheet.metric(f"{name}_{part}", at, category) for part in ("p_value", "lower", "upper")
    )
    if p is not None and p.value is not None:
        days, chance = (p.start, p.end), p.value
    elif lower is not None and upper is not None:
        days, chance = (lower.start, lower.end), None
    else:
        return None
    return Weighed(measure, sheet.metric(name, at, category), lower, upper, chance, days)


def over(
    sheet: Sheet,
    quantity: Quantity,
    measure: str,
    told: Metric,
    category: str = "",
    at: Period | None = None,
) -> Weighed | None:
    """Find the test of a change over the very days of a figure; a test of others is none of it."""
    found = tested(sheet, quantity, measure, category, at)
    return found if found is not None and found.days == (told.start, told.end) else None


def clear_over(
    sheet: Sheet, quantity: Quantity, measure: str, told: Metric, category: str = ""
) -> bool | None:
    """Say whether the newest change over a figure's days is more than chance; None if untested."""
    found = over(sheet, quantity, measure, told, category)
    return found.clear if found else None


def first_tested(sheet: Sheet, quantity: Quantity) -> Weighed | None:
    """Find the first tested change of the newest figure that has limits, in the order of TESTED."""
    found = (tested(sheet, quantity, measure) for measure in TESTED)
    return next((test for test in found if test and test.p is not None and test.lower), None)


def told_quantity(sheet: Sheet) -> Quantity:
    """Give the quantity that a page leads with: a rated share, or else the first with a figure."""
    return sheet.quantity if sheet.quantity.is_share else sheet.leading
