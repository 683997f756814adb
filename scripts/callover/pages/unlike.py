"""Why a figure is not compared or added up: recording has changed in between."""

from __future__ import annotations

from collections.abc import Sequence

from callover import breaks, words
from callover.compute import Sheet
from callover.kinds import Quantity, metric_name
from callover.model import Metric
from callover.periods import rolling_12_months, window_last_year

#: What a quantity may be compared by, as the headline does.
_CHANGES = ("change_on_last_year", "rolling_12_months_change", "change_on_period_last_year")


def withheld(metric: Metric | None) -> bool:
    """Say whether a figure is missing because it would rest on two ways of recording."""
    return metric is not None and metric.value is None and metric.marker == breaks.MARKER


def changed(sheet: Sheet) -> str:
    """Say when recording changed last, without a stop; '' where that bears on no newest figure."""
    if sheet.closing is None:
        return ""
    first, _ = window_last_year(*rolling_12_months(sheet.closing))
    found = sheet.split(first, sheet.closing.end)
    return words.recording_changed(found.period.start) if found else ""


def why(
    sheet: Sheet, quantity: Quantity, category: str = "", measures: Sequence[str] = _CHANGES
) -> str:
    """Say why a figure is not set beside an earlier one; '' where recording has not changed."""
    found = (sheet.metric(metric_name(quantity.name, m), None, category) for m in measures)
    if not any(withheld(metric) for metric in found):
        return ""
    return f"{changed(sheet)}, so we do not compare with the year before."
