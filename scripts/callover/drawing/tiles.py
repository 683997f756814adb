"""A map of tiles: one square an area, roughly where it lies, with its short name and its figure.

It holds no boundaries. Each tile says its figure in words, so nothing rests on colour; the classes
of the colours are named in the key, and the own area has a thick outline.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from callover.charts import Chart, Mark
from callover.drawing.plot import check, known, num, pct, safe
from callover.drawing.traces import Trace, plain
from callover.drawing.words import KEY_ROW, key_rows

#: The height of a tile in px.
TILE = 42

#: What can be drawn on tiles, and how a Plotly marker shows it.
MARKS: Mapping[str, Mapping[str, Any]] = {
    "tiles": {"symbol": "square", "size": 34},
    "outline": {"symbol": "square-open", "size": 36, "line": {"width": 3}},
}


@dataclass(frozen=True)
class Tiles:
    """A chart laid out: its columns, its rows, and the key above them."""

    chart: Chart

    @cached_property
    def columns(self) -> tuple[int, int]:
        """The first column in use, and how many there are."""
        found = [column for column, _ in self.chart.places] or [1]
        return min(found), max(found) - min(found) + 1

    @cached_property
    def lines(self) -> tuple[int, int]:
        """The first row in use, and how many there are."""
        found = [row for _, row in self.chart.places] or [1]
        return min(found), max(found) - min(found) + 1

    @cached_property
    def key(self) -> Sequence[Sequence[tuple[float, float, Mark]]]:
        """The rows of the key."""
        return key_rows([mark for mark in self.chart.marks if known(mark.points)])

    @cached_property
    def top(self) -> float:
        """Where the first row of tiles begins."""
        return KEY_ROW * len(self.key) + 8

    def box(self, i: int) -> tuple[float, float, float]:
        """The left edge and the width of a tile in percent, and its top in px."""
        (first, columns), (line, _) = self.columns, self.lines
        column, row = self.chart.places[i]
        width = 100 / columns
        return (column - first) * width, width, self.top + (row - line) * TILE


def height(chart: Chart) -> int:
    """Give the height of the drawing in px."""
    plan = _plan(chart)
    return round(plan.top + plan.lines[1] * TILE + 2)


def drawing(chart: Chart) -> Iterator[str]:
    """Give the elements of a drawing from back to front."""
    plan = _plan(chart)
    for mark in chart.marks:
        yield f'<g class="m {mark.type} r-{mark.role}">'
        for i, _ in known(mark.points):
            left, width, top = plan.box(i)
            inner = f'y="{num(top + 1)}" width="{pct(width - 0.4)}" height="{TILE - 2}"'
            yield f'<rect x="{pct(left + 0.2)}" {inner}>{_hover(chart, mark, i)}</rect>'
            if mark.type == "tiles":
                yield from _words(chart, mark, i, left + width / 2, top)
        yield "</g>"
    for row, entries in enumerate(plan.key):
        y = 13 + row * KEY_ROW
        for x, words, mark in entries:
            block = f'<rect x="{num(x)}" y="{num(y - 11)}" width="13" height="13"/>'
            yield f'<g class="k {mark.type} r-{mark.role}">{block}</g>'
            yield f'<text class="t" x="{num(words)}" y="{y}">{safe(mark.label)}</text>'


def _hover(chart: Chart, mark: Mark, i: int) -> str:
    """Say in full what a tile is, for readers who point at it."""
    if mark.type != "tiles":
        return ""
    text = f"{chart.full_ticks[i]}: {mark.points[i].text}. {mark.label}"
    return f"<title>{safe(text)}</title>"


def _words(chart: Chart, mark: Mark, i: int, middle: float, top: float) -> Iterator[str]:
    where = f'class="t-tile" x="{pct(middle)}" text-anchor="middle"'
    code, text = safe(chart.ticks[i]), safe(mark.points[i].text)
    yield f'<text {where} y="{num(top + 17)}" font-weight="700">{code}</text>'
    yield f'<text {where} y="{num(top + 34)}">{text}</text>'


def _plan(chart: Chart) -> Tiles:
    if len(chart.places) != len(chart.ticks):
        raise ValueError(f"{len(chart.ticks)} tiles have {len(chart.places)} places")
    check(chart, MARKS)
    return Tiles(chart)


def figure(chart: Chart) -> dict[str, Any]:
    """Give the figure as `{data, layout}`: a marker for each tile, a trace for each class."""
    plan = _plan(chart)
    (column, columns), (row, rows) = plan.columns, plan.lines
    hidden = {"visible": False, "fixedrange": True}
    layout = {
        "meta": {"form": "tiles"},
        "hovermode": "closest",
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        "xaxis": {**hidden, "range": [column - 0.5, column + columns - 0.5]},
        "yaxis": {**hidden, "range": [row + rows - 0.5, row - 0.5], "scaleanchor": "x"},
    }
    return {"data": [_trace(chart, mark) for mark in chart.marks], "layout": layout}


def _trace(chart: Chart, mark: Mark) -> Trace:
    here = [i for i, _ in known(mark.points)]
    written = mark.type == "tiles"
    return {
        "type": "scatter",
        "mode": "markers+text" if written else "markers",
        "name": plain(mark.label),
        "meta": {"role": mark.role},
        "x": [chart.places[i][0] for i in here],
        "y": [chart.places[i][1] for i in here],
        "text": [plain(chart.ticks[i]) if written else "" for i in here],
        "customdata": [f"{plain(chart.full_ticks[i])}: {plain(mark.points[i].text)}" for i in here],
        "hovertemplate": "%{customdata}<extra>%{fullData.name}</extra>",
        "marker": dict(MARKS[mark.type]),
    }
