"""The form of most charts: ticks of time from left to right, values upwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from callover.charts import Chart, Mark
from callover.drawing.axes import time_ticks
from callover.drawing.marks import mark_type, plot_of
from callover.drawing.placing import Spot, Wish
from callover.drawing.plot import BOTTOM, HEIGHT, RIGHT, Plot, known, num, pct, safe
from callover.drawing.shapes import DASHES
from callover.drawing.traces import Trace, plain
from callover.drawing.words import KEY_ROW, Entry, compose, top_text


def height(chart: Chart) -> int:
    """Give the height of the drawing in px."""
    return HEIGHT


def drawing(chart: Chart) -> Iterator[str]:
    """Give the elements of a drawing from back to front."""
    laid_out = compose(chart)
    plot = laid_out.plot
    yield from _grid(plot)
    for mark in sorted(chart.marks, key=lambda mark: mark_type(mark.type).layer):
        yield f'<g class="m {mark.type} r-{mark.role}"{dash(mark)}>'
        yield from mark_type(mark.type).drawing(plot, mark)
        yield "</g>"
    yield from _time(plot)
    yield from key(laid_out.key)
    yield from _labels(laid_out.labels)


def dash(mark: Mark) -> str:
    """Give the attribute that dashes the lines of a mark, if its role has dashes."""
    pattern = DASHES.get(mark.role, "12 4" if mark.type == "rule" else "")
    drawn_as_line = mark.type in ("line", "rule")
    return f' stroke-dasharray="{pattern}"' if pattern and drawn_as_line else ""


def _grid(plot: Plot) -> Iterator[str]:
    """Draw the lines of the value axis, each with its value on it; the unit is on the top one."""
    if not any(known(mark.points) for mark in plot.chart.marks):
        yield f'<line class="axis" x1="0" y1="{BOTTOM}" x2="100%" y2="{BOTTOM}"/>'
        yield f'<text class="t" x="0" y="{BOTTOM - 8}">No figures to show</text>'
        return
    axis = plot.axis
    yield '<g shape-rendering="crispEdges">'
    for tick in axis.ticks:
        name, y = ("grid" if tick else "axis"), num(plot.y(tick))
        yield f'<line class="{name}" x1="0" y1="{y}" x2="100%" y2="{y}"/>'
    yield "</g>"
    for tick, text in zip(axis.ticks, (*axis.texts[:-1], top_text(plot)), strict=True):
        yield f'<text class="t" x="0" y="{num(plot.y(tick) - 4)}">{safe(text)}</text>'


def _time(plot: Plot) -> Iterator[str]:
    ends = {"start": "0", "end": "100%"}
    labels = plot.chart.ticks
    for tick in time_ticks(labels, plot.left, RIGHT):
        minor = " t-minor" if tick.minor else ""
        x = ends.get(tick.anchor, pct(plot.x(tick.index)))
        where = f'x="{x}" y="{BOTTOM + 20}" text-anchor="{tick.anchor}"'
        yield f'<text class="t{minor}" {where}>{safe(labels[tick.index])}</text>'


def key(rows: Sequence[Sequence[Entry]]) -> Iterator[str]:
    """Draw the key: a swatch and the name of each mark."""
    for row, entries in enumerate(rows):
        y = 13 + row * KEY_ROW
        for x, words, mark in entries:
            swatch = mark_type(mark.type).swatch(mark, x, y)
            yield f'<g class="k r-{mark.role}"{dash(mark)}>{swatch}</g>'
            yield f'<text class="t" x="{num(words)}" y="{y}">{safe(mark.said)}</text>'


def _labels(labels: Sequence[tuple[Wish, Spot]]) -> Iterator[str]:
    for wish, spot in labels:
        dx = f' dx="{num(spot.dx)}"' if spot.dx else ""
        anchor = "" if spot.anchor == "start" else f' text-anchor="{spot.anchor}"'
        where = f'x="{pct(spot.x)}" y="{num(spot.y)}"{dx}{anchor}'
        yield f'<text class="t-strong r-{wish.role}" {where}>{safe(wish.text)}</text>'


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
