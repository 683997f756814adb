"""How marks become Plotly traces: plain lists, the role as meta, gaps as gaps."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from callover.charts import Chart, Cut, Mark, Point
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


def _only(points: Sequence[Point], ticks: Container[int]) -> tuple[Point, ...]:
    """Keep the points of some ticks; the others are gaps."""
    return tuple(p if i in ticks else Point(None, "") for i, p in enumerate(points))


def _by_hollow(mark: Mark) -> Iterator[tuple[bool, tuple[Point, ...]]]:
    """Give the points of whole periods, then those that are drawn hollow, if there are any."""
    hollow = frozenset(i for i, point in enumerate(mark.points) if point.so_far)
    if not hollow:
        yield False, mark.points
        return
    yield False, _only(mark.points, frozenset(range(len(mark.points))) - hollow)
    yield True, _only(mark.points, hollow)


def bar_traces(chart: Chart, mark: Mark) -> list[Trace]:
    """Give the bars as one trace; those of a period that is not over as another, in their place."""
    made = []
    for hollow, points in _by_hollow(mark):
        trace = _trace(chart, mark, points)
        place = {}
        if any(point.so_far for other in chart.marks for point in other.points):
            place = {"offsetgroup": plain(mark.label)}
        trace["meta"] |= {"hollow": True} if hollow else {}
        made.append({"type": "bar", **trace, **place, "textposition": "none"})
    return made


def line_traces(chart: Chart, mark: Mark) -> list[Trace]:
    """Give the line as one trace; a change in recording begins another of the same name."""
    shape = {"symbol": _symbol(mark), "size": 6 if len(chart.ticks) < 25 else 4}
    drawn = {"line": _stroke(mark), "marker": shape}
    pieces = _pieces(mark, chart.cuts)
    return [
        {"type": "scatter", "mode": "lines+markers", **_trace(chart, mark, points), **drawn}
        for points in pieces
    ]


def _pieces(mark: Mark, cuts: Sequence[Cut]) -> list[tuple[Point, ...]]:
    """Split the points of a line at changes in recording; pieces without a value are left out."""
    ticks = len(mark.points)
    ends = {tick for cut in cuts for tick in (cut.at, *([cut.at + 1] if cut.within else []))}
    edges = [0, *sorted(end for end in ends if 0 < end < ticks), ticks]
    pieces = [_only(mark.points, range(a, b)) for a, b in pairwise(edges)]
    if len(pieces) < 2:
        return [mark.points]
    return [piece for piece in pieces if any(p.value is not None for p in piece)] or [mark.points]


def _symbol(mark: Mark, hollow: bool = False) -> str:
    own = MARKERS.get(mark.role, "circle")
    return f"{own.removesuffix('-open')}-open" if hollow else own


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
    """Give the dots as one trace; those of a period that is not over as another, hollow."""
    return [
        {
            "type": "scatter",
            "mode": "markers",
            **_trace(chart, mark, points),
            "marker": {"symbol": _symbol(mark, hollow), "size": 9},
        }
        for hollow, points in _by_hollow(mark)
    ]


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
    shape: Trace = {"symbol": MARKERS.get(mark.role, "circle"), "size": 9}
    if shape["symbol"].endswith("-open"):
        shape["line"] = {"width": 2}
    texts = [plain(ranged(mark, i)) for i in range(len(mark.points))]
    return {"text": texts, "marker": shape, along: reach}


def ranged(mark: Mark, i: int) -> str:
    """Write a value with its range: 17% (13.7% to 21.1%)."""
    text, low, high = mark.points[i].text, mark.lower[i], mark.upper[i]
    known = low.value is not None and high.value is not None
    return f"{text} ({low.text} to {high.text})" if known else text


def _apart(high: Point, low: Point) -> float | None:
    if high.value is None or low.value is None:
        return None
    return plain_number(high.value - low.value)
