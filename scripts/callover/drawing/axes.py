"""The two axes of a chart: nice steps for values, and the ticks of time that have room.

Widths are estimates: nothing here knows the reader's font. They lean to the wide side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import count, pairwise
from math import ceil, floor, log10

from callover.model import Number
from callover.words import number

#: The widths of a drawing, in px, for which labels must not collide: a small phone, a column.
NARROW, WIDE = 288, 544

MOST_STEPS = 5
NICE = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5))
#: Every n-th tick, so that months fall on the same months and quarters on the same quarters.
STRIDES = (1, 2, 3, 4, 6, 12, 24, 36, 48, 60, 120)
TICK_GAP = 6

PERCENT = frozenset({"percent", "%"})
_SHORT = ((10**9, "bn"), (10**6, "m"))
_NARROW_LETTERS = frozenset(" ,.:;'!|()[]/ijlft-")
_BROAD_LETTERS = frozenset("mwMW%@—")


@dataclass(frozen=True)
class Axis:
    """The value axis: its gridlines, lowest first, and how they are written."""

    ticks: tuple[Fraction, ...]
    texts: tuple[str, ...]

    @property
    def low(self) -> Fraction:
        """The value at the foot of the drawing."""
        return self.ticks[0]

    @property
    def high(self) -> Fraction:
        """The value at the top of the drawing."""
        return self.ticks[-1]


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of the time axis; a minor one is left out where the drawing is narrow."""

    index: int
    anchor: str
    minor: bool


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Estimate the width of a text in px, from letter widths of a common sans serif."""
    ems = sum(
        0.31
        if c in _NARROW_LETTERS
        else 0.87
        if c in _BROAD_LETTERS
        else 0.67
        if c.isupper()
        else 0.56
        for c in text
    )
    return ems * size * (1.07 if bold else 1)


def value_axis(values: Sequence[Number], *, zero: bool, whole: bool, unit: str = "") -> Axis:
    """Find the gridlines: at most six, at 1, 2, 2.5 or 5 times a power of ten.

    `zero` includes zero; `whole` keeps to whole numbers. Without values the axis is 0 to 1. An
    axis that would start near zero starts at zero.
    """
    low, high = (min(values), max(values)) if values else (0, 0)
    if zero or 0 <= 3 * low <= high:
        low = min(low, 0)
    if zero or low <= 3 * high <= 0:
        high = max(high, 0)
    if low == high:
        low, high = (0, 1) if low == 0 else (low - abs(Fraction(low)) / 10, high)
    for step in _steps(Fraction(high - low) / MOST_STEPS, whole):
        first, last = floor(low / step), ceil(high / step)
        if last - first <= MOST_STEPS:
            ticks = tuple(step * n for n in range(first, last + 1))
            write = _writer(ticks, step, unit)
            return Axis(ticks, tuple(write(tick) for tick in ticks))
    raise AssertionError("steps never end")


def _steps(least: Fraction, whole: bool) -> Iterator[Fraction]:
    """Give the nice steps from `least` upwards."""
    power = floor(log10(least.numerator) - log10(least.denominator)) - 1
    for exponent in count(power):
        for nice in NICE:
            step = nice * Fraction(10) ** exponent
            if step >= least and not (whole and step.denominator != 1):
                yield step


def _writer(ticks: Sequence[Fraction], step: Fraction, unit: str) -> Callable[[Fraction], str]:
    """Give the function that writes ticks in UK format, all with the same decimals."""
    top = max(abs(ticks[0]), abs(ticks[-1]))
    scale, short = next(((size, word) for size, word in _SHORT if top >= size), (1, ""))
    decimals = next(d for d in count() if (step * 10**d / scale).denominator == 1)
    percent = "%" if unit in PERCENT else ""

    def write(tick: Fraction) -> str:
        if not tick:
            return f"0{percent}"
        return f"{number(tick / scale, decimals)}{short}{percent}"

    return write


@lru_cache(maxsize=256)
def time_ticks(labels: tuple[str, ...], left: float, right: float) -> tuple[Tick, ...]:
    """Choose the ticks that have room when the drawing is wide, and the minor among them.

    `left` and `right` are the ends of the axis in percent of the drawing. The last tick always
    stays.
    """
    wide = _stride(labels, left, right, WIDE, 13, STRIDES)
    fitting = [stride for stride in STRIDES if stride % wide == 0] or [wide]
    narrow = _stride(labels, left, right, NARROW, 12, fitting)
    last = len(labels) - 1
    return tuple(
        Tick(i, _tick_box(labels, i, left, right, NARROW, 12)[0], (last - i) % narrow != 0)
        for i in range(last % wide, last + 1, wide)
    )


def _stride(
    labels: Sequence[str], left: float, right: float, width: int, size: int, strides: Sequence[int]
) -> int:
    last = len(labels) - 1
    for stride in strides:
        kept = range(last % stride, last + 1, stride)
        boxes = [_tick_box(labels, i, left, right, width, size) for i in kept]
        if all(before[2] + TICK_GAP <= after[1] for before, after in pairwise(boxes)):
            return stride
    return max(1, len(labels))


def _tick_box(
    labels: Sequence[str], i: int, left: float, right: float, width: int, size: int
) -> tuple[str, float, float]:
    """Give how a tick is anchored and from where to where it runs, in px."""
    half = text_width(labels[i], size) / 2
    x = (left + (right - left) * (i + 0.5) / len(labels)) * width / 100
    if x + half > width:
        return "end", width - 2 * half, width
    return ("start", 0, 2 * half) if x - half < 0 else ("middle", x - half, x + half)
