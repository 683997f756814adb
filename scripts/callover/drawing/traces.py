"""How marks become Plotly traces: plain lists, the role as meta, gaps as gaps."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from callover.charts import Chart, Mark, Point
from callover.drawing.plot import safe
from callover.drawing.shapes import MARKERS
from callover.model import Number

Trace = dict[str, Any]

_DASHES = {"target": "dash", "comparator": "dashdot", "earlier": "dot"}


@lru_cache(maxsize=4_096)  # the ticks are the same for each mark, and on most charts
def plain(text: str) -> str:
    """Make text safe for Plotly, which reads some HTML and, between dollars, mathematics."""
    return safe(text).replace("&#x27;", "'").replace("&quot;", '"').replace("$", "")


def plain_number(value: Number | None) -> float | None:
    """Give JSON's kind of number; a gap stays a gap."""
    return value if value is None or isinstance(value, int) else float(value)


def _stroke(mark: Mark) -> Trace:
    return {"width": 2, "dash": _DASHES.get(mark.role, "solid")}


def _trace(chart: Chart, mark: Mark, points: tuple[Point, ...]) -> Trace:
    return {
        "name": plain(mark.label),
        "meta": {"role": mark.role},
        "x": [plain(tick) for tick in chart.full_ticks],
        "y": [plain_number(point.value) for point in points],
        "text": [plain(point.text) for point in points],
        "hovertemplate": "%{fullData.name}: %{text}<extra></extra>",
        **({} if mark.type == "bars" else {"connectgaps": False}),
    }


def bar_traces(chart: Chart, mark: Mark) -> list[Trace]:
    """Give the bars as one trace."""
    return [{"type": "bar", **_trace(chart, mark, mark.points), "textposition": "none"}]


def line_traces(chart: Chart, mark: Mark) -> list[Trace]:
    """Give the line as one trace."""
    trace = _trace(chart, mark, mark.points)
    shape = {"symbol": MARKERS.get(mark.role, "circle"), "size": 6 if len(chart.ticks) < 25 else 4}
    return [
        {
            "type": "scatter",
            "mode": "lines+markers",
            **trace,
            "line": _stroke(mark),
            "marker": shape,
        }
    ]


def rule_traces(chart: Chart, mark: Mark) -> list[Trace]:
    """Give the level as one trace, changing half-way between ticks."""
    trace = _trace(chart, mark, mark.points)
    stroke = {**_stroke(mark), "dash": "dash", "shape": "hvh"}
    return [{"type": "scatter", "mode": "lines", **trace, "line": stroke}]


def band_traces(chart: Chart, mark: Mark) -> list[Trace]:
    """Give the lower edge, then the upper edge filled down to it."""
    flat = {"width": 0, "shape": "hvh"}
    lower = {**_trace(chart, mark, mark.lower), "showlegend": False}
    upper = {**_trace(chart, mark, mark.points), "fill": "tonexty"}
    return [{"type": "scatter", "mode": "lines", **edge, "line": flat} for edge in (lower, upper)]


def dot_traces(chart: Chart, mark: Mark) -> list[Trace]:
    """Give the dots as one trace."""
    shape = {"symbol": MARKERS.get(mark.role, "circle"), "size": 9}
    trace = _trace(chart, mark, mark.points)
    return [{"type": "scatter", "mode": "markers", **trace, "marker": shape}]


def whisker_traces(chart: Chart, mark: Mark) -> list[Trace]:
    """Give the dots as one trace, with their ranges as error bars."""
    trace = {**_trace(chart, mark, mark.points), **reached(mark, "error_y")}
    return [{"type": "scatter", "mode": "markers", **trace}]


def reached(mark: Mark, along: str) -> Trace:
    """Give the markers of dots, their texts, and their ranges along an axis."""
    reach = {"type": "data", "symmetric": False, "thickness": 2, "width": 4}
    reach |= {
        "array": [_apart(a, b) for a, b in zip(mark.upper, mark.points, strict=True)],
        "arrayminus": [_apart(a, b) for a, b in zip(mark.points, mark.lower, strict=True)],
    }
    return {
        "text": [plain(ranged(mark, i)) for i in range(len(mark.points))],
        "marker": {"symbol": MARKERS.get(mark.role, "circle"), "size": 9},
        along: reach,
    }


def ranged(mark: Mark, i: int) -> str:
    """Write a value with its range: 17% (13.7% to 21.1%)."""
    text, low, high = mark.points[i].text, mark.lower[i], mark.upper[i]
    known = low.value is not None and high.value is not None
    return f"{text} ({low.text} to {high.text})" if known else text


def _apart(high: Point, low: Point) -> float | None:
    if high.value is None or low.value is None:
        return None
    return plain_number(high.value - low.value)
