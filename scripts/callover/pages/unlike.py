"""Why a figure is not compared or added up: recording has changed in between."""

from __future__ import annotations

from callover import breaks, words
from callover.compute import Sheet
from callover.kinds import Quantity, metric_name
from callover.model import Metric
from callover.periods import rolling_12_months, window_last_year
from callover.sketch import uncapital


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


def shortly(sheet: Sheet, quantity: Quantity, measure: str) -> str:
    """Say in a few words why a change is not given; '' where recording has not changed."""
    if not withheld(sheet.metric(metric_name(quantity.name, measure))):
        return ""
    return f"not compared: {uncapital(changed(sheet))}"
