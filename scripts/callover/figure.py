"""The second drawing of a chart: a Plotly figure as plain data, for readers who ask for it.

Colours are left to the page, which knows whether it is light or dark: a trace says its role.
"""

from __future__ import annotations

import json
from typing import Any

from callover.charts import Chart
from callover.drawing.axes import time_ticks
from callover.drawing.marks import mark_type, plot_of
from callover.drawing.plot import RIGHT
from callover.drawing.traces import Trace, plain


def figure(chart: Chart) -> dict[str, Any]:
    """Give the figure as `{data, layout}`, with the axis of the still drawing."""
    plot = plot_of(chart)
    axis = plot.axis
    names = [plain(tick) for tick in chart.full_ticks]
    shown = [tick.index for tick in time_ticks(chart.ticks, plot.left, RIGHT)]
    data: list[Trace] = []
    for mark in sorted(chart.marks, key=lambda mark: mark_type(mark.type).layer):
        data += mark_type(mark.type).traces(chart, mark)
    layout = {
        "barmode": "group",
        "bargap": 0.22,
        "hovermode": "x unified",
        "showlegend": len(chart.marks) > 1,
        "legend": {"orientation": "h", "x": 0, "y": -0.18, "yanchor": "top"},
        "separators": ".,",
        "xaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": names,
            "range": [-0.5, len(names) - 0.5],
            "tickmode": "array",
            "tickvals": [names[i] for i in shown],
            "ticktext": [plain(chart.ticks[i]) for i in shown],
            "tickangle": 0,
            "fixedrange": False,
        },
        "yaxis": {
            "title": {"text": plain(chart.unit)},
            "range": [float(axis.low), float(axis.high)],
            "tickformat": ",",
            "fixedrange": False,
        },
    }
    return {"data": data, "layout": layout}


def to_json(chart: Chart) -> str:
    """Write the figure as compact JSON, the same bytes each time, safe inside a script element."""
    text = json.dumps(figure(chart), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
