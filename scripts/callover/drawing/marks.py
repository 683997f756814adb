"""What can be drawn: a row of MARKS says how a mark becomes SVG and how it becomes traces.

Both come from the same points, and a test compares them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from callover.charts import Chart, Mark
from callover.drawing import room, shapes, traces
from callover.drawing.axes import NARROW, text_width, value_axis
from callover.drawing.placing import Hurdle, Spot
from callover.drawing.plot import TOP, Plot
from callover.drawing.traces import Trace
from callover.errors import UnknownName


@dataclass(frozen=True)
class MarkType:
    """How one type of mark is drawn.

    `layer` orders types from back to front; `zero` makes the value axis start at zero; `hurdles`,
    `ends` and `spots` say where labels cannot go, and where the last value and the name may.
    """

    name: str
    layer: int
    zero: bool
    drawing: Callable[[Plot, Mark], list[str]]
    traces: Callable[[Chart, Mark], list[Trace]]
    hurdles: Callable[[Plot, Mark], Iterator[Hurdle]]
    ends: Callable[[Plot, Mark], Iterator[Spot]]
    spots: Callable[[Plot, Mark], Iterator[Spot]]
    swatch: Callable[[Mark, float, float], str]


def mark_type(name: str) -> MarkType:
    """Find a row of MARKS."""
    if name not in MARKS:
        raise UnknownName("mark", name, MARKS)
    return MARKS[name]


def plot_of(chart: Chart, top: float = TOP) -> Plot:
    """Lay out the plane of a chart: its value axis and the gutter that the axis needs."""
    for mark in chart.marks:
        lengths = {len(mark.points), *(len(edge) for edge in (mark.lower, mark.upper) if edge)}
        if lengths != {len(chart.ticks)}:
            raise ValueError(f"{mark.label!r} has {lengths} points for {len(chart.ticks)} ticks")
    # A level has one point for all of its ticks: looked at once.
    points = {id(p): p for m in chart.marks for p in (*m.points, *m.lower, *m.upper)}
    values = [point.value for point in points.values() if point.value is not None]
    axis = value_axis(
        values,
        zero=chart.zero or any(mark_type(mark.type).zero for mark in chart.marks),
        whole=not chart.decimals and all(Fraction(value).denominator == 1 for value in values),
        unit=chart.unit,
    )
    longest = max(text_width(text, 12) for text in axis.texts)
    left = min(30.0, max(11.0, round((longest + 7) / NARROW * 100, 1)))
    return Plot(chart, axis, left, top)


#: Every type of mark, and all that is known about it. A new one is a new row.
MARKS: Mapping[str, MarkType] = {
    row.name: row
    for row in (
        MarkType(
            "band",
            layer=0,
            zero=False,
            drawing=shapes.band,
            swatch=shapes.block_swatch,
            traces=traces.band_traces,
            hurdles=room.band_hurdles,
            ends=room.band_spots,
            spots=room.band_spots,
        ),
        MarkType(
            "bars",
            layer=1,
            zero=True,
            drawing=shapes.bars,
            swatch=shapes.block_swatch,
            traces=traces.bar_traces,
            hurdles=room.bar_hurdles,
            ends=room.bar_end,
            spots=room.bar_spots,
        ),
        MarkType(
            "rule",
            layer=2,
            zero=False,
            drawing=shapes.rule,
            swatch=shapes.line_swatch,
            traces=traces.rule_traces,
            hurdles=room.rule_hurdles,
            ends=room.rule_spots,
            spots=room.rule_spots,
        ),
        MarkType(
            "line",
            layer=3,
            zero=False,
            drawing=shapes.line,
            swatch=shapes.line_swatch,
            traces=traces.line_traces,
            hurdles=room.line_hurdles,
            ends=room.line_end,
            spots=room.line_spots,
        ),
        MarkType(
            "dots",
            layer=4,
            zero=False,
            drawing=shapes.dots,
            swatch=shapes.dot_swatch,
            traces=traces.dot_traces,
            hurdles=room.dot_hurdles,
            ends=room.line_end,
            spots=room.line_spots,
        ),
        MarkType(
            "whiskers",
            layer=5,
            zero=False,
            drawing=shapes.whiskers,
            swatch=shapes.whisker_swatch,
            traces=traces.whisker_traces,
            hurdles=room.whisker_hurdles,
            ends=room.line_end,
            spots=room.line_spots,
        ),
    )
}
