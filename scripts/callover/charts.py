"""Charts as declarations: drawn twice (`callover.svg` and `callover.figure`), declared once.

A chart is plain data. What it shows, in which role and in which words, is decided here and in
the kinds; how a mark becomes SVG or a Plotly trace is a row of MARKS in the drawing modules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from callover.rounding import Exact

#: What a mark is for. Colours follow the role, never the chart.
ROLES = (
    "this-year",
    "last-year",
    "earlier",
    "history",
    "target",
    "projected",
    "comparator",
    "range",
    "cat1",
    "cat2",
    "cat3",
    "cat4",
    "step1",
    "step2",
    "step3",
    "step4",
)


@dataclass(frozen=True, slots=True)
class Point:
    """A value at one position of the axis, with its text as the page prints it.

    `so_far` says that its period is not over, or not all in: it is drawn hollow.
    """

    value: Exact | None
    text: str
    so_far: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """A change in recording on an axis of time: from the tick `at` on, figures are other ones.

    `within` says that it comes in the midst of that tick. `text` says when, in full, as a sentence
    without its stop. No line is drawn across it, and both drawings mark it.
    """

    at: int
    text: str
    within: bool = False

    @property
    def place(self) -> Fraction:
        """Where it lies, in ticks from the start of the axis."""
        return self.at + Fraction(self.within, 2)


#: What stands beside the line of a change; when it was, the words around the drawing say.
CUT_LABEL = "Recording changed"


def heights(points: Sequence[Point]) -> Sequence[tuple[int, float]]:
    """Give the known values with their ticks, as the machine's own numbers."""
    known: dict[int, float] = {}  # the points of a level are one and the same
    for point in points:
        if point.value is not None and id(point) not in known:
            known[id(point)] = float(point.value)
    return [(i, known[id(p)]) for i, p in enumerate(points) if p.value is not None]


@dataclass(frozen=True)
class Mark:
    """A run of points, one per tick of the axis; a missing value is a gap and drawn as a gap.

    `type` is a mark of the chart's form: bars, line, rule (a level across the axis), band (from
    `lower` to `points`), dots, whiskers (dots with a range from `lower` to `upper`), tiles,
    outline. `words` stand on the drawing in place of the label; none at all if they are ''.
    """

    type: str
    label: str
    role: str
    points: tuple[Point, ...]
    lower: tuple[Point, ...] = ()
    upper: tuple[Point, ...] = ()
    words: str | None = field(default=None, kw_only=True)

    @cached_property
    def heights(self) -> Sequence[tuple[int, float]]:
        """The heights of its points: all drawings ask, again and again."""
        return heights(self.points)

    @property
    def said(self) -> str:
        """The words that name the mark on the drawing."""
        return self.label if self.words is None else self.words


@dataclass(frozen=True, slots=True)
class Sign:
    """What a chart finds in a word or two; `shape` is a row of `callover.drawing.signs.SHAPES`."""

    shape: str
    word: str


@dataclass(frozen=True)
class Chart:
    """One chart: its message, what it measures, its ticks and marks, and its summary in words.

    `ticks` are the labels of the axis, `full_ticks` the same in full for tables and hover.
    `zero` starts the value axis at zero (always so for bars). `form` is a row of
    `callover.drawing.forms.FORMS`: time runs from left to right, rows run down the page, tiles lie
    at `places` (column and row, counted from 1). `rows_are` says what a tick is, for its table.
    `cuts` are changes in recording, for time alone.
    `signs` stand between the subtitle and the drawing.
    """

    name: str
    title: str
    subtitle: str
    summary: str
    source: str
    unit: str
    ticks: tuple[str, ...]
    full_ticks: tuple[str, ...]
    marks: tuple[Mark, ...]
    zero: bool = True
    decimals: int = 0
    form: str = "time"
    places: tuple[tuple[int, int], ...] = ()
    rows_are: str = "Period"
    signs: tuple[Sign, ...] = ()
    cuts: tuple[Cut, ...] = ()

    @property
    def in_words(self) -> str:
        """The summary with what lines and hollow marks say, for those who do not see them."""
        cuts = "; ".join(cut.text for cut in self.cuts)
        told = [f"{cuts}: do not compare figures before and after."] if cuts else []
        hollow = {i for mark in self.marks for i, p in enumerate(mark.points) if p.so_far}
        told += [f"{self.full_ticks[i]} is not a whole period." for i in sorted(hollow)]
        return " ".join((self.summary, *told))

    def __hash__(self) -> int:
        """Tell charts apart without a look at their figures: equal ones have equal names."""
        return hash((self.name, self.title, self.ticks))
