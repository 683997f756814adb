"""Where direct labels go: the first spots, in order of wish, that are free at every width.

A drawing stretches sideways only, so x is in percent, y in px, and each spot is tried in a
narrow and in a wide drawing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from callover.drawing.axes import NARROW, WIDE, text_width

#: The size of labels in a narrow and in a wide drawing, in px, as the style sheet has it.
LABEL_SIZES = {NARROW: 13, WIDE: 14}
#: Clear space around a label, in px.
MARGIN = 3
#: How many free spots of a label are weighed against those of the others.
ENOUGH = 6

#: What a label must not cover: left, top, bottom, right, top, bottom (x in percent, y in px),
#: and how far it reaches beyond both ends in px. A bar has the same top at both ends; a line
#: runs from one top to the other.
Hurdle = tuple[float, float, float, float, float, float, float]
Box = tuple[float, float, float, float]


class Spot(NamedTuple):
    """A place for a label: an anchor in percent and px, the baseline, and how text hangs on it.

    `foot` is the height of the point that the label is about, if it stands above or below one.
    """

    x: float
    y: float
    anchor: str
    dx: float = 0
    foot: float | None = None

    def box(self, ems: float, width: int) -> Box:
        """Give the rectangle of a text so many ems long, in a drawing of this width, in px."""
        wide = ems * LABEL_SIZES[width]
        at = self.x * width / 100 + self.dx
        start = at - {"start": 0, "middle": wide / 2, "end": wide}[self.anchor]
        return start, self.y - 11, start + wide, self.y + 5

    def stem(self, width: int) -> Box:
        """Give the strip between a label and its point, where no other mark may pass."""
        x, foot = self.x * width / 100, self.y if self.foot is None else self.foot
        ends = (self.y + 5, foot - 2.5) if self.y < foot else (foot + 2.5, self.y - 11)
        return x - 1, ends[0], x + 1, ends[1]


@dataclass(frozen=True)
class Wish:
    """A label and the spots it would take, the best first.

    `rivals` are the marks that it would seem to name if they passed between it and its own.
    """

    text: str
    role: str
    spots: Iterable[Spot]
    rivals: Sequence[Hurdle] = ()

    @property
    def ems(self) -> float:
        """The length of the text in ems."""
        return text_width(self.text, 1, bold=True)


def place(
    wishes: Sequence[Wish], hurdles: Sequence[Hurdle], frame: Box
) -> list[tuple[Wish, Spot]] | None:
    """Give every label its spot, or nothing if they do not all fit.

    `frame` bounds the labels: left in percent, top, right in percent, bottom.
    """
    free: list[tuple[Wish, list[Spot]]] = []
    for wish in wishes:
        spots = list(islice(_free(wish, hurdles, frame), ENOUGH))
        if not spots:
            return None
        free.append((wish, spots))
    return _settle(free)


def _settle(free: Sequence[tuple[Wish, Sequence[Spot]]]) -> list[tuple[Wish, Spot]] | None:
    """Choose a spot each so that no two labels touch, going back where one is stuck."""
    if not free:
        return []
    (wish, spots), *others = free
    for spot in spots:
        rest = [
            (other, [s for s in theirs if not _touch(spot, wish.ems, s, other.ems)])
            for other, theirs in others
        ]
        settled = _settle(rest)
        if settled is not None:
            return [(wish, spot), *settled]
    return None


def _free(wish: Wish, hurdles: Sequence[Hurdle], frame: Box) -> Iterator[Spot]:
    ems = wish.ems
    for spot in wish.spots:
        for width in (NARROW, WIDE):
            box = spot.box(ems, width)
            if not (_inside(box, frame, width) and _clear(box, hurdles, width)):
                break
            if spot.foot is not None and not _clear(spot.stem(width), wish.rivals, width):
                break
        else:
            yield spot


def _inside(box: Box, frame: Box, width: int) -> bool:
    x0, y0, x1, y1 = box
    left, top, right, bottom = frame
    return left * width / 100 <= x0 and x1 <= right * width / 100 and top <= y0 and y1 <= bottom


def _clear(box: Box, hurdles: Sequence[Hurdle], width: int) -> bool:
    x0, y0, x1, y1 = box
    scale = width / 100
    for start, top_a, bottom_a, end, top_b, bottom_b, reach in hurdles:
        a, b = start * scale - reach, end * scale + reach
        if b <= x0 or a >= x1:
            continue
        p, q = (max(a, x0) - a) / (b - a), (min(b, x1) - a) / (b - a)
        highest = top_a + (top_b - top_a) * (p if top_b > top_a else q)
        lowest = bottom_a + (bottom_b - bottom_a) * (q if bottom_b > bottom_a else p)
        if highest < y1 and lowest > y0:
            return False
    return True


def _touch(one: Spot, ems: float, other: Spot, other_ems: float) -> bool:
    for width in (NARROW, WIDE):
        a, b = one.box(ems, width), other.box(other_ems, width)
        if a[0] < b[2] + MARGIN and b[0] < a[2] + MARGIN and a[1] < b[3] and b[1] < a[3]:
            return True
    return False
