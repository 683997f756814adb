"""The form of most charts: ticks of time from left to right, values upwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from callover.charts import CUT_LABEL, Chart, Cut, Mark
from callover.drawing.axes import NARROW, text_width, time_ticks
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
    for cut, spot in zip(chart.cuts, laid_out.cuts, strict=True):
        yield _cut(plot, cut, spot)
    yield from _time(plot)
    yield from key(laid_out.key)
    yield from _labels(laid_out.labels)


def _cut(plot: Plot, cut: Cut, spot: Spot) -> str:
    """Draw the line of a change in recording from its label down to the axis of time."""
    x = pct(plot.edge(cut))
    # Where the unit stands on the top line, the line of the change begins below it.
    under = plot.edge(cut) * NARROW / 100 <= text_width(top_text(plot), 13) + 4
    top = plot.y(plot.axis.high) if under else spot.y - 9
    ends = f'x1="{x}" y1="{num(top)}" x2="{x}" y2="{BOTTOM}"'
    halo = f'<line class="halo" {ends}/>' if cut.within else ""  # it may run through a bar
    where = f'x="{x}" y="{num(spot.y)}" dx="{num(spot.dx)}" text-anchor="{spot.anchor}"'
    return f'<g class="cut">{halo}<line {ends}/><text class="t" {where}>{CUT_LABEL}</text></g>'


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
    if chart.cuts:
        layout["shapes"] = [_shape(cut) for cut in chart.cuts]
        layout["annotations"] = [_note(cut, len(names)) for cut in chart.cuts]
    return {"data": data, "layout": layout}


def _shape(cut: Cut) -> dict[str, Any]:
    """Give the line of a change in recording: the middle of the first tick is 0."""
    x = float(cut.place) - 0.5
    across = {"type": "line", "xref": "x", "x0": x, "x1": x}
    return {**across, "yref": "paper", "y0": 0, "y1": 1, "line": {"width": 2, "dash": "dot"}}


def _note(cut: Cut, ticks: int) -> dict[str, Any]:
    """Give the label at the top of the line, on the side with more room."""
    side = {"xanchor": "left"} if 2 * cut.place < ticks else {"xanchor": "right"}
    place = {"xref": "x", "x": float(cut.place) - 0.5, "yref": "paper", "y": 1, **side}
    return {**place, "yanchor": "top", "text": CUT_LABEL, "showarrow": False}
