"""The third drawing of a chart: as small as a stamp, to stand beside others on an overview.

It has no words: its page prints them around it. It is stretched to its column, so lines keep
their width by `vector-effect` and a point is a line of no length with a round end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callover.charts import Chart, Cut, Mark
from callover.drawing.plot import known, num, runs, safe
from callover.model import Number

WIDTH, HEIGHT, EDGE = 240, 72, 4
#: What a small drawing leaves out: a range needs its words.
_LEFT_OUT = frozenset({"band"})


@dataclass(frozen=True)
class _Plane:
    """Where a tick and a value lie."""

    ticks: int
    low: float
    high: float

    def x(self, index: float) -> float:
        return EDGE + (WIDTH - 2 * EDGE) * (index + 0.5) / self.ticks

    def y(self, value: Number) -> float:
        span = self.high - self.low
        part = (float(value) - self.low) / span if span else 0.5
        return HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * part


def small(chart: Chart) -> str:
    """Draw a chart of time without words; its summary is its name for a screen reader."""
    values = [value for mark in chart.marks for _, value in known(mark.points)]
    from_zero = starts_at_zero(chart)
    low, high = float(min(values, default=0)), float(max(values, default=1))
    plane = _Plane(len(chart.ticks), min(0.0, low) if from_zero else low, high)
    bars = [mark for mark in chart.marks if mark.type == "bars"]
    drawn = [_axis(plane)] if from_zero else []
    drawn += [_cut(plane, cut) for cut in chart.cuts]
    head = f'<svg class="co-small__svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none"'
    for mark in sorted(shown(chart), key=lambda mark: mark.role == "this-year"):
        path = _bars(plane, mark) if [mark] == bars else _line(plane, mark, chart.cuts)
        name = "bars" if [mark] == bars else "line"
        drawn.append(f'<path class="{name} r-{mark.role}" d="{path}"/>')
    return f'{head} role="img" aria-label="{safe(chart.in_words)}">{"".join(drawn)}</svg>'


def starts_at_zero(chart: Chart) -> bool:
    """Say whether the scale has to start at zero, as it has to for bars."""
    return chart.zero or any(mark.type == "bars" for mark in chart.marks)


def shown(chart: Chart) -> Sequence[Mark]:
    """Give the marks that a small drawing has: a range is left out, a whisker is its middle."""
    return [mark for mark in chart.marks if mark.type not in _LEFT_OUT]


def _axis(plane: _Plane) -> str:
    return f'<path class="axis" d="M0 {num(plane.y(0))}H{WIDTH}"/>'


def _cut(plane: _Plane, cut: Cut) -> str:
    """Draw the line of a change in recording; its name is in the words for a screen reader."""
    return f'<path class="cut" d="M{num(plane.x(float(cut.place) - 0.5))} 0V{HEIGHT}"/>'


def _line(plane: _Plane, mark: Mark, cuts: Sequence[Cut]) -> str:
    return "".join(_run(plane, run) for run in runs(known(mark.points), cuts))


def _run(plane: _Plane, run: Sequence[tuple[int, Number]]) -> str:
    first, *rest = (f"{num(plane.x(i))} {num(plane.y(value))}" for i, value in run)
    return f"M{first}{'L' + ' '.join(rest) if rest else 'h0'}"


def _bars(plane: _Plane, mark: Mark) -> str:
    return "".join(_bar(plane, mark))


def _bar(plane: _Plane, mark: Mark) -> Iterator[str]:
    half = (WIDTH - 2 * EDGE) / plane.ticks * 0.35
    for i, value in known(mark.points):
        left, right = num(plane.x(i) - half), num(plane.x(i) + half)
        yield f"M{left} {num(plane.y(0))}V{num(plane.y(value))}H{right}V{num(plane.y(0))}z"
