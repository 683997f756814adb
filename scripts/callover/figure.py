"""The second drawing of a chart: a Plotly figure as plain data, for readers who ask for it.

Colours are left to the page, which knows whether it is light or dark: a trace says its role.
"""

from __future__ import annotations

import json
from typing import Any

from callover.charts import Chart
from callover.drawing.forms import form


def figure(chart: Chart) -> dict[str, Any]:
    """Give the figure as `{data, layout}`, with the axis of the still drawing."""
    return form(chart.form).figure(chart)


def to_json(chart: Chart) -> str:
    """Write the figure as compact JSON, the same bytes each time, safe inside a script element."""
    text = json.dumps(figure(chart), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
