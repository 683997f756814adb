"""Bars down the page, each under its name: a league of areas, bands of a total, before and after.

Where chance is allowed for, a row has a dot with its range in place of a bar. A name stands above
its bars, so that long ones are read on a small phone. The height grows with the number of rows;
positions across are in percent, as in every drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from callover.charts import Chart, Mark
from callover.drawing import shapes, traces
from callover.drawing.axes import NARROW, PERCENT, Axis, text_width, value_axis
from callover.drawing.plot import check, known, num, pct, safe
from callover.drawing.traces import Trace, plain, plain_number
from callover.drawing.words import KEY_ROW, key_rows
from callover.model import Number

#: The room for a name, the thickness of a bar, and the space below a row, in px.
NAME, BAR, SPACE = 16, 11, 7
#: The room for the values on the gridlines.
SCALE = 24


@dataclass(frozen=True)
class Rows:
    """A chart laid out: its axis, where each row begins, and how far bars reach across."""

    chart: Chart

    @cached_property
    def bars(self) -> Sequence[Mark]:
        """The marks that have a place of their own in a row: bars, or dots with their ranges."""
        return [mark for mark in self.chart.marks if mark.type in ("bars", "whiskers")]

    @cached_property
    def axis(self) -> Axis:
        """The value axis, which starts at zero as bars do."""
        edges = [edge for m in self.chart.marks for edge in (m.points, m.lower, m.upper)]
        values = [value for edge in edges for _, value in known(edge)]
        whole = not self.chart.decimals and all(Fraction(v).denominator == 1 for v in values)
        return value_axis(values, zero=True, whole=whole, unit=self.chart.unit)

    @cached_property
    def right(self) -> float:
        """The end of the axis in percent; beyond it stand the values."""
        texts = [point.text for mark in self.bars for point in mark.points]
        room = max((text_width(text, 13) for text in texts), default=0) + 8
        return round(max(55.0, 100 - room / NARROW * 100), 1)

    @cached_property
    def key(self) -> Sequence[Sequence[tuple[float, float, Mark]]]:
        """The rows of the key; a lone mark needs none."""
        return key_rows(self.chart.marks) if len(self.chart.marks) > 1 else []

    @cached_property
    def top(self) -> float:
        """Where the first row begins, below the key and the scale."""
        return KEY_ROW * len(self.key) + SCALE

    @cached_property
    def tops(self) -> Sequence[float]:
        """Where each row begins, and the last one ends."""
        found = [self.top]
        for i in range(len(self.chart.ticks)):
            found.append(self.below(i, found[-1]) + max(1, len(self.at(i))) * (BAR + 2) + SPACE)
        return found

    def below(self, i: int, top: float) -> float:
        """Give where the bars of a row begin, below its name."""
        return top + NAME * len(self.names[i])

    @cached_property
    def names(self) -> Sequence[Sequence[str]]:
        """The name of each row, in lines that fit a narrow drawing."""
        return [_lines(tick) for tick in self.chart.ticks]

    def at(self, i: int) -> Sequence[Mark]:
        """Give the bars that a row has."""
        return [mark for mark in self.bars if mark.points[i].value is not None]

    def x(self, value: Number) -> float:
        """The place of a value across, in percent."""
        low, high = float(self.axis.low), float(self.axis.high)
        return (float(value) - low) / (high - low) * self.right

    def reach(self, i: int, mark: Mark) -> tuple[Number, Number] | None:
        """Give the ends of a range; None where a row has none."""
        if not mark.upper:
            return None
        low, high = mark.lower[i].value, mark.upper[i].value
        return None if low is None or high is None else (low, high)

    def y(self, i: int, mark: Mark) -> float:
        """The top of a bar in px."""
        place = next(n for n, other in enumerate(self.at(i)) if other is mark)
        return self.below(i, self.tops[i]) + place * (BAR + 2)


def _lines(text: str) -> Sequence[str]:
    found = [""]
    for word in text.split() or [""]:
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and text_width(longer, 13, bold=True) > NARROW:
            found.append(word)
        else:
            found[-1] = longer
    return found


def height(chart: Chart) -> int:
    """Give the height of the drawing in px."""
    return round(_plan(chart).tops[-1])


def drawing(chart: Chart) -> Iterator[str]:
    """Give the elements of a drawing from back to front."""
    plan = _plan(chart)
    yield from _grid(plan)
    for mark in chart.marks:
        dashed = ' stroke-dasharray="6 4"' if mark.type == "rule" else ""
        yield f'<g class="m {mark.type} r-{mark.role}"{dashed}>'
        yield from MARKS[mark.type](plan, mark)
        yield "</g>"
    yield from _names(plan)
    yield from _key(plan)


def _plan(chart: Chart) -> Rows:
    check(chart, MARKS)
    return Rows(chart)


def _grid(plan: Rows) -> Iterator[str]:
    top, foot = num(plan.top - 4), num(plan.tops[-1])
    if not any(known(mark.points) for mark in plan.chart.marks):
        yield f'<text class="t" x="0" y="{num(plan.top)}">No figures to show</text>'
        return
    unit = "" if plan.chart.unit in PERCENT else f" {plan.chart.unit}"
    yield '<g shape-rendering="crispEdges">'
    for tick in plan.axis.ticks:
        if tick == plan.axis.low == 0:
            continue  # the bars begin at the edge, where a line would cut the names
        name, x = ("grid" if tick else "axis"), pct(plan.x(tick))
        yield f'<line class="{name}" x1="{x}" y1="{top}" x2="{x}" y2="{foot}"/>'
    yield "</g>"
    last = len(plan.axis.ticks) - 1
    for i, (tick, text) in enumerate(zip(plan.axis.ticks, plan.axis.texts, strict=True)):
        anchor = "start" if i == 0 else "end" if i == last and unit else "middle"
        minor = " t-minor" if 0 < i < last and (i % 2 or last % 2) else ""
        where = f'x="{pct(plan.x(tick))}" y="{num(plan.top - 9)}" text-anchor="{anchor}"'
        yield f'<text class="t{minor}" {where}>{safe(text)}</text>'


def _bars(plan: Rows, mark: Mark) -> Iterator[str]:
    zero = plan.x(0)
    for i, value in known(mark.points):
        x, y = plan.x(value), plan.y(i, mark)
        left, wide = pct(min(x, zero)), pct(abs(x - zero))
        yield f'<rect x="{left}" y="{num(y)}" width="{wide}" height="{BAR}"/>'


def _whiskers(plan: Rows, mark: Mark) -> Iterator[str]:
    """Draw each range as a line with caps across, and the dot on it."""
    for i, value in known(mark.points):
        top = plan.y(i, mark)
        middle, ends = top + BAR / 2, plan.reach(i, mark)
        if ends is not None:
            left, right = (pct(plan.x(end)) for end in ends)
            y = num(middle)
            yield f'<line x1="{left}" y1="{y}" x2="{right}" y2="{y}"/>'
            for x in (left, right):
                yield f'<line x1="{x}" y1="{num(top + 2)}" x2="{x}" y2="{num(top + BAR - 2)}"/>'
        yield shapes.marker(mark.role, pct(plan.x(value)), middle)


def _rule(plan: Rows, mark: Mark) -> Iterator[str]:
    """Draw a level across the bars of each row, but not across the names; it has one value."""
    found = known(mark.points)
    if not found:
        return
    x = pct(plan.x(found[0][1]))
    for i, top in enumerate(plan.tops[:-1]):
        y1, y2 = num(plan.below(i, top) - 2), num(plan.tops[i + 1] - SPACE + 1)
        yield f'<line x1="{x}" y1="{y1}" x2="{x}" y2="{y2}"/>'


def _names(plan: Rows) -> Iterator[str]:
    """Write the names, and each value beside its bar; a row of its own role stands out.

    Where a level runs down the rows it would cross the values, so they stand at the right edge.
    """
    crossed = any(mark.type == "rule" for mark in plan.chart.marks)
    several = len(plan.bars) > 1
    for i, lines in enumerate(plan.names):
        here = plan.at(i)
        own = several and [mark.role for mark in here] == ["this-year"]
        name = "t-strong" if own else "t"
        for n, line in enumerate(lines):
            y = num(plan.tops[i] + NAME * n + 12)
            yield f'<text class="{name}" x="0" y="{y}">{safe(line)}</text>'
        for mark in here:
            point = mark.points[i]
            assert point.value is not None
            ends = plan.reach(i, mark)
            x = pct(max(plan.x(ends[1] if ends else point.value), plan.x(0)))
            where = 'x="100%" text-anchor="end"' if crossed else f'x="{x}" dx="5"'
            where += f' y="{num(plan.y(i, mark) + 10)}"'
            yield f'<text class="t" {where}>{safe(point.text)}</text>'
        if not here:
            missing = next((mark.points[i].text for mark in plan.bars), "no figure")
            y = num(plan.below(i, plan.tops[i]) + 10)
            yield f'<text class="t" x="0" y="{y}">{safe(missing)}</text>'


def _key(plan: Rows) -> Iterator[str]:
    for row, entries in enumerate(plan.key):
        y = 13 + row * KEY_ROW
        for x, words, mark in entries:
            swatch = SWATCHES[mark.type](mark, x, y)
            dashed = ' stroke-dasharray="6 4"' if mark.type == "rule" else ""
            yield f'<g class="k r-{mark.role}"{dashed}>{swatch}</g>'
            yield f'<text class="t" x="{num(words)}" y="{y}">{safe(mark.label)}</text>'


def figure(chart: Chart) -> dict[str, Any]:
    """Give the figure as `{data, layout}`: bars across, the first row on top."""
    plan = _plan(chart)
    names = [plain(tick) for tick in chart.full_ticks]
    together = any(len(plan.at(i)) > 1 for i in range(len(names)))
    layout = {
        "meta": {"form": "rows"},
        "barmode": "group" if together else "overlay",
        "bargap": 0.3,
        "hovermode": "y unified",
        "showlegend": len(chart.marks) > 1,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        "separators": ".,",
        "xaxis": {
            "title": {"text": plain(chart.unit)},
            "range": [float(plan.axis.low), float(plan.axis.high)],
            "tickformat": ",",
            "fixedrange": False,
        },
        "yaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": names,
            "range": [len(names) - 0.5, -0.5],
            "tickmode": "array",
            "tickvals": names,
            "ticktext": [plain(tick) for tick in chart.ticks],
            "fixedrange": False,
        },
    }
    return {"data": [_trace(mark, names) for mark in chart.marks], "layout": layout}


def _trace(mark: Mark, names: Sequence[str]) -> Trace:
    trace: Trace = {
        "name": plain(mark.label),
        "meta": {"role": mark.role},
        "x": [plain_number(point.value) for point in mark.points],
        "y": list(names),
        "text": [plain(point.text) for point in mark.points],
        "hovertemplate": "%{fullData.name}: %{text}<extra></extra>",
    }
    if mark.type == "rule":
        # Its name has its figure already.
        trace["hovertemplate"] = "%{fullData.name}<extra></extra>"
        line = {"width": 2, "dash": "dash"}
        return {"type": "scatter", "mode": "lines", **trace, "line": line, "connectgaps": True}
    if mark.type == "whiskers":
        return {"type": "scatter", "mode": "markers", **trace, **traces.reached(mark, "error_x")}
    return {"type": "bar", "orientation": "h", **trace, "textposition": "none"}


#: What can be drawn in rows, and its picture in the key.
MARKS: Mapping[str, Callable[[Rows, Mark], Iterator[str]]] = {
    "bars": _bars,
    "whiskers": _whiskers,
    "rule": _rule,
}
SWATCHES: Mapping[str, Callable[[Mark, float, float], str]] = {
    "bars": shapes.block_swatch,
    "whiskers": shapes.range_swatch,
    "rule": shapes.plain_line_swatch,
}
