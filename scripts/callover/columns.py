"""What each column of a published table holds, for readers of the file and for machines."""

from __future__ import annotations

from collections.abc import Mapping

_PERIOD = (
    "Month 2016-04, quarter 2016/17-Q1, financial year 2016/17, ISO week 2013-W25, span of months "
    "2015-01/2015-12 or day 2016-03-31."
)
_MARKER = (
    "In place of a figure: c confidential, x not available, z not applicable. "
    "Beside a figure: p provisional, r revised, b break, e estimated or derived, u low reliability."
)
_CATEGORY = "Part of the total, by its id in the descriptor; all is the total."

#: By name, and by table and name where a table means something of its own.
_SAYS: Mapping[str, str] = {
    "period": _PERIOD,
    "area_code": "Area the figure is about, by its code; the home area if empty.",
    "category": _CATEGORY,
    "text": "What the source says in words.",
    "marker": _MARKER,
    "note": "Where the source has the figure, and how it was worked out.",
    "value": "The figure itself.",
    "measure": "The measure's name, as in metrics.csv.",
    "group": "Group the figure is about, by its id in the reference data.",
    "unit": "Unit of the figure.",
    "basis": "What the figure covers, and where the document prints it.",
    "release": "The release that printed the figure.",
    "as_printed": "The figure exactly as printed, as text.",
    "where": "Where the document prints it.",
    "targets.period": "Period that the target is for.",
    "type": "maximum, minimum, range, change, maintain, profile, words or none.",
    "targets.lower": "Lower limit.",
    "targets.upper": "Upper limit.",
    "change_percent": "Change wanted on the baseline, in percent; empty means any improvement.",
    "baseline": "Figure that the change is measured from, if printed.",
    "baseline_period": "Period that the baseline is taken from.",
    "status": "agreed, interim or to be set.",
    "as_published": "The target as the document words it.",
    "revisions.date": "Day on which the published figure was changed.",
    "column": "Column of series.csv that the figure is in.",
    "from": "The figure as published; a marker such as [x] in its place; empty if there was none.",
    "to": "The figure it was changed to, in the same way; empty if it was taken away.",
    "reason": "scheduled revision, correction or late data.",
    "revisions.note": "What was wrong, or what came in late.",
}

#: The columns of metrics.csv in their order: type for Frictionless, and what each holds.
METRICS: Mapping[str, tuple[str, str]] = {
    "measure": ("string", "What is computed; the methods page explains each measure."),
    "period_type": ("string", "month, quarter, year, week, span or day."),
    "period_start": ("date", "First day that the figure covers."),
    "period_end": ("date", "Last day that the figure covers."),
    "period": ("string", "The period that closes. " + _PERIOD),
    "area_code": ("string", "Area the figure is about, by its code."),
    "category": ("string", _CATEGORY),
    "value": ("number", "The figure, unrounded; empty where it is missing."),
    "text": ("string", "The figure where it is words, such as a rating."),
    "marker": ("string", _MARKER),
    "unit": ("string", "Unit of the figure."),
}


def says(table: str, column: str) -> str:
    """Say what a column of an indicator's table holds; nothing where its name is all we know."""
    own = _SAYS.get(f"{table}.{column}") or _SAYS.get(column, "")
    if not own and column.endswith("_marker"):
        return f"Marker of the column {column.removesuffix('_marker')}, as in marker."
    return own
