"""The room on a chart: what a label must not cover, and the spots where a mark wants its label.

Spots come best first. Those at the end of a mark may also carry its last value.
"""

from __future__ import annotations

from collections.abc import Iterator

from callover.charts import Mark
from callover.drawing.placing import Hurdle, Spot
from callover.drawing.plot import Block, Plot

#: A label keeps this distance from a point: its baseline above and below it, in px.
ABOVE, BELOW = -10, 19
#: The same from a bar, a level or an edge.
OVER, UNDER = -7, 16
_SIDE = 3


def bar_hurdles(plot: Plot, mark: Mark) -> Iterator[Hurdle]:
    """Give the bars themselves."""
    for left, right, top, bottom in plot.bars(mark):
        yield left, top, bottom, right, top, bottom, _SIDE


def line_hurdles(plot: Plot, mark: Mark) -> Iterator[Hurdle]:
    """Give the pieces of the line and the marker at its end."""
    for x1, y1, x2, y2 in plot.pieces(mark):
        yield x1, y1 - 2, y1 + 2, x2, y2 - 2, y2 + 2, _SIDE
    for x, y in plot.dots(mark)[-1:]:
        yield x, y - 5, y + 5, x, y - 5, y + 5, 6


def rule_hurdles(plot: Plot, mark: Mark) -> Iterator[Hurdle]:
    """Give the level itself."""
    for start, y, end, _ in plot.levels(mark):
        yield start, y - 2, y + 2, end, y - 2, y + 2, _SIDE


def band_hurdles(plot: Plot, mark: Mark) -> Iterator[Hurdle]:
    """Give the edges of the band: a label may lie on it, but not half on it."""
    for left, right, *edges in plot.blocks(mark):
        for y in edges:
            yield left, y - 1, y + 1, right, y - 1, y + 1, 0


def dot_hurdles(plot: Plot, mark: Mark) -> Iterator[Hurdle]:
    """Give the markers."""
    for x, y in plot.dots(mark):
        yield x, y - 5, y + 5, x, y - 5, y + 5, 6


def whisker_hurdles(plot: Plot, mark: Mark) -> Iterator[Hurdle]:
    """Give the ranges and the markers on them."""
    yield from dot_hurdles(plot, mark)
    for x, top, foot in plot.whiskers(mark):
        yield x, top - 2, foot + 2, x, top - 2, foot + 2, 5


def _above(plot: Plot, block: Block) -> Spot:
    """Give the spot above a bar, or below it if it hangs."""
    left, right, top, bottom = block
    hangs = bottom > plot.y(0) + 0.01
    return Spot((left + right) / 2, bottom + UNDER if hangs else top + OVER, "middle")


def each_bar(plot: Plot, mark: Mark) -> list[Spot]:
    """Give the spot of every bar."""
    return [_above(plot, block) for block in plot.bars(mark)]


def bar_end(plot: Plot, mark: Mark) -> Iterator[Spot]:
    """Give the spot of the last bar."""
    yield _above(plot, plot.bars(mark)[-1])


def bar_spots(plot: Plot, mark: Mark) -> Iterator[Spot]:
    """Give the spots of the last, the tallest and the first bar."""
    blocks = plot.bars(mark)
    for block in (blocks[-1], max(blocks, key=lambda block: block[3] - block[2]), blocks[0]):
        yield _above(plot, block)


def line_end(plot: Plot, mark: Mark) -> Iterator[Spot]:
    """Give the spots beside, above and below the last point."""
    x, y = plot.dots(mark)[-1]
    yield Spot(x, y + 5, "start", 9)
    for anchor, dx in (("end", 4), ("middle", 0), ("start", -4)):
        for dy in (ABOVE, BELOW):
            yield Spot(x, y + dy, anchor, dx, y)


def line_spots(plot: Plot, mark: Mark) -> Iterator[Spot]:
    """Give the spots at the end, then those around the peak, the trough and along the way."""
    yield from line_end(plot, mark)
    dots = plot.dots(mark)
    heights = sorted(dots, key=lambda dot: dot[1])
    along = [dots[len(dots) * part // 8] for part in (7, 6, 5, 4, 3, 2, 1, 0)]
    for x, y in (heights[0], heights[-1], *along):
        for anchor in ("middle", "end", "start"):
            for dy in (ABOVE, BELOW):
                yield Spot(x, y + dy, anchor, 0, y)


def rule_spots(plot: Plot, mark: Mark) -> Iterator[Spot]:
    """Give the spots on the line: right, left, the end of its first piece, and along its last."""
    levels = plot.levels(mark)
    (start, first, middle, _), (begin, last, end, _) = levels[0], levels[-1]
    ends = ((end, last, "end"), (start, first, "start"), (middle, first, "end"))
    along = ((begin + (end - begin) * part / 4, last, "middle") for part in (3, 2, 1))
    for x, y, anchor in (*ends, *along):
        for dy in (OVER, UNDER):
            yield Spot(x, y + dy, anchor)


def band_spots(plot: Plot, mark: Mark) -> Iterator[Spot]:
    """Give the spots inside the corners, then outside."""
    blocks = plot.blocks(mark)
    if not blocks:
        return
    (start, _, *first), (_, end, *last) = blocks[0], blocks[-1]
    for inset, top, bottom in ((6, UNDER, OVER - 2), (2, OVER, UNDER)):
        yield Spot(start, first[0] + top, "start", inset)
        yield Spot(start, first[1] + bottom, "start", inset)
        yield Spot(end, last[0] + top, "end", -inset)
        yield Spot(end, last[1] + bottom, "end", -inset)
