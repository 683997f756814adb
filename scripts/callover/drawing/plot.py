"""The plane that marks are drawn on, and where they lie: x in percent of the width, y in px."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from html import escape
from typing import Any, TypeVar

from callover.charts import Chart, Cut, Mark, Point, heights
from callover.drawing.axes import Axis
from callover.errors import UnknownName
from callover.model import Number

HEIGHT = 260
#: The top and the foot of the drawing area, in px.
TOP, BOTTOM = 34, 228
#: Room at the right edge for half of the last marker, in percent.
RIGHT = 99.0
#: A straight run of a line is drawn in one piece (so that its dashes flow) within this, in px.
STRAIGHT = 0.2

_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")

#: A straight piece of a line: x and y of its start, x and y of its end.
Piece = tuple[float, float, float, float]
#: A rectangle: left, right (percent), top, bottom (px).
Block = tuple[float, float, float, float]


_Found = TypeVar("_Found")
_Value = TypeVar("_Value")


def _once(find: Callable[[Plot, Mark], _Found]) -> Callable[[Plot, Mark], _Found]:
    """Find where a mark lies once: its drawing asks, its label, and those of all other marks."""

    @wraps(find)
    def kept(plot: Plot, mark: Mark) -> _Found:
        key = find.__name__, id(mark)  # a mark lives as long as the chart that the plot holds
        if key not in plot.kept:
            plot.kept[key] = find(plot, mark)
        found: _Found = plot.kept[key]
        return found

    return kept


@dataclass(frozen=True)
class Plot:
    """A chart with its value axis, and where the drawing area starts (percent, px)."""

    chart: Chart
    axis: Axis
    left: float
    top: float

    @cached_property
    def kept(self) -> dict[tuple[str, int], Any]:
        """What is known of the marks by now."""
        return {}

    @cached_property
    def slot(self) -> float:
        """The width of one tick, in percent."""
        return (RIGHT - self.left) / max(1, len(self.chart.ticks))

    @cached_property
    def _scale(self) -> tuple[float, float]:
        low, high = self.axis.low, self.axis.high
        return float(low), (BOTTOM - self.top) / float(high - low)

    def x(self, index: float) -> float:
        """The middle of a tick, in percent."""
        return self.left + self.slot * (index + 0.5)

    def y(self, value: Number | float) -> float:
        """The height of a value, in px from the top."""
        low, scale = self._scale
        return BOTTOM - (float(value) - low) * scale

    def edge(self, cut: Cut) -> float:
        """Where a change in recording lies, in percent: between two ticks or within one."""
        return self.left + self.slot * float(cut.place)

    @_once
    def dots(self, mark: Mark) -> list[tuple[float, float]]:
        """Give the places of the known points."""
        return [(self.x(i), self.y(value)) for i, value in mark.heights]

    @_once
    def whiskers(self, mark: Mark) -> list[tuple[float, float, float]]:
        """Give the ranges of a mark: x in percent, the top and the foot in px."""
        lower, upper = dict(known(mark.lower)), dict(known(mark.upper))
        both = [i for i, _ in known(mark.points) if i in lower and i in upper]
        return [(self.x(i), self.y(upper[i]), self.y(lower[i])) for i in both]

    @_once
    def bars(self, mark: Mark) -> list[Block]:
        """Give the bars of a mark, from zero; bars of one tick stand side by side."""
        abreast = [other for other in self.chart.marks if other.type == mark.type]
        among = next(i for i, other in enumerate(abreast) if other is mark)
        group = self.slot * (0.78 if len(abreast) > 1 else 0.66)
        width = group / len(abreast)
        thick = width * (0.94 if len(abreast) > 1 else 1)
        shift, zero = among * width - group / 2, self.y(0)
        return [
            (x + shift, x + shift + thick, min(y, zero), max(y, zero)) for x, y in self.dots(mark)
        ]

    @_once
    def pieces(self, mark: Mark) -> list[Piece]:
        """Give the straight pieces of a line; a gap or a change in recording ends one."""
        found = []
        for run in runs(mark.heights, self.chart.cuts):
            dots = [(self.x(i), self.y(value)) for i, value in run]
            start = 0
            for end in range(1, len(dots)):
                if end + 1 == len(dots) or not _straight(dots[start : end + 2]):
                    found.append((*dots[start], *dots[end]))
                    start = end
        return found

    @_once
    def levels(self, mark: Mark) -> list[Piece]:
        """Give the flat pieces of a rule; another value is another piece."""
        found = []
        half = self.slot / 2
        for run in runs(mark.heights):
            start = 0
            for end in range(1, len(run) + 1):
                if end == len(run) or run[end][1] != run[start][1]:
                    y = self.y(run[start][1])
                    found.append(
                        (self.x(run[start][0]) - half, y, self.x(run[end - 1][0]) + half, y)
                    )
                    start = end
        return found

    @_once
    def blocks(self, mark: Mark) -> list[Block]:
        """Give the blocks of a band; equal neighbours are one."""
        found: list[Block] = []
        lower, half = dict(heights(mark.lower)), self.slot / 2
        for i, value in mark.heights:
            if i not in lower:
                continue
            left, right = self.x(i) - half, self.x(i) + half
            top, bottom = sorted((self.y(value), self.y(lower[i])))
            if found and found[-1][2:] == (top, bottom) and left - found[-1][1] < half:
                left = found.pop()[0]
            found.append((left, right, top, bottom))
        return found


def check(chart: Chart, types: Mapping[str, object]) -> None:
    """Refuse marks that a form cannot draw, or that have not a point for each tick.

    Raises UnknownName and ValueError.
    """
    for mark in chart.marks:
        if mark.type not in types:
            raise UnknownName("mark", mark.type, types)
        if len(mark.points) != len(chart.ticks):
            have = f"{mark.label!r} has not a point for each of {len(chart.ticks)}"
            raise ValueError(f"{have} {chart.form}")


def _straight(dots: Sequence[tuple[float, float]]) -> bool:
    y0, y1, last = dots[0][1], dots[-1][1], len(dots) - 1
    return all(abs(y0 + (y1 - y0) * i / last - dots[i][1]) <= STRAIGHT for i in range(1, last))


def num(value: float, decimals: int = 1) -> str:
    """Write a coordinate as short as it can be without losing what shows."""
    return f"{round(value, decimals) + 0.0:.{decimals}f}".rstrip("0").rstrip(".")


def pct(value: float) -> str:
    """Write a horizontal position: a hundredth of a percent is a tenth of a pixel."""
    return f"{num(value, 2)}%"


def safe(text: str) -> str:
    """Make any text fit to stand in SVG, on one line, without characters that XML forbids."""
    return escape(" ".join(_CONTROL.sub(" ", text).split()))


def known(points: Iterable[Point]) -> list[tuple[int, Number]]:
    """Give the points that have a value, with their tick."""
    return [(i, point.value) for i, point in enumerate(points) if point.value is not None]


def runs(
    found: Iterable[tuple[int, _Value]], cuts: Iterable[Cut] = ()
) -> Iterator[list[tuple[int, _Value]]]:
    """Split known points at the gaps, and at changes in recording: on both sides within a tick."""
    begins = {tick for cut in cuts for tick in (cut.at, *([cut.at + 1] if cut.within else []))}
    run: list[tuple[int, _Value]] = []
    for i, value in found:
        if run and (run[-1][0] != i - 1 or i in begins):
            yield run
            run = []
        run.append((i, value))
    if run:
        yield run
