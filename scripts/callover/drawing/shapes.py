"""How marks become SVG.

A role has its own dash and its own marker as well as its colour: a chart reads without colours.
"""

from __future__ import annotations

from callover.charts import Mark
from callover.drawing.plot import Block, Piece, Plot, known, num, pct, runs

#: Roles that are dashed: the pattern in SVG.
DASHES = {"target": "6 4", "comparator": "12 4 2 4", "earlier": "1 4"}
#: Roles whose marker is not round.
MARKERS = {
    "last-year": "square",
    "cat2": "square",
    "cat3": "triangle-up",
    "cat4": "diamond",
    "comparator": "diamond",
    "projected": "circle-open",
}
#: Roles whose last point is not news: the past goes on in another mark, a target just ends.
_QUIET = frozenset({"history", "earlier", "target"})


def marker(role: str, x: str, y: float, extra: str = "") -> str:
    """Draw the marker of a role: round, square, triangle or diamond; a style makes one hollow."""
    shape = MARKERS.get(role, "circle").removesuffix("-open")
    if shape == "circle":
        return f'<circle{extra} cx="{x}" cy="{num(y)}" r="4"/>'
    square = 'width="8" height="8"'
    if shape == "square":
        return f'<rect{extra} x="{x}" y="{num(y)}" {square} transform="translate(-4 -4)"/>'
    turned = f'<rect{extra} x="-4" y="-4" {square} transform="rotate(45)"/>'
    drawn = turned if shape == "diamond" else f'<path{extra} d="M0-5.5 5 4H-5z"/>'
    return f'<svg x="{x}" y="{num(y)}" overflow="visible">{drawn}</svg>'


def _segment(piece: Piece, extra: str = "") -> str:
    x1, y1, x2, y2 = piece
    return f'<line{extra} x1="{pct(x1)}" y1="{num(y1)}" x2="{pct(x2)}" y2="{num(y2)}"/>'


def _hollow(mark: Mark, tick: int) -> str:
    """Give the attribute of a figure of a period that is not over."""
    return ' class="hollow"' if mark.points[tick].so_far else ""


def _rectangle(block: Block, extra: str = "") -> str:
    """Draw a rectangle whose edges are rounded as all coordinates are, so that edges meet."""
    left, right, top, bottom = block
    height = round(bottom, 1) - round(top, 1)
    at = f'x="{pct(left)}" y="{num(top)}"'
    return f'<rect{extra} {at} width="{pct(right - left)}" height="{num(height)}"/>'


def bars(plot: Plot, mark: Mark) -> list[str]:
    """Draw a bar for each value; zero is written out, or nobody could tell it from a gap."""
    blocks = plot.bars(mark)
    drawn = []
    for (i, _), block in zip(known(mark.points), blocks, strict=True):
        drawn.append(_rectangle(block, _hollow(mark, i)))
    for (_, value), (left, right, _, bottom) in zip(known(mark.points), blocks, strict=True):
        if value == 0:
            at = f'x="{pct((left + right) / 2)}" y="{num(bottom - 4)}"'
            drawn.append(f'<text class="t" {at} text-anchor="middle">0</text>')
    return drawn


def line(plot: Plot, mark: Mark) -> list[str]:
    """Draw the pieces of a line, and a marker at its end and where a point stands alone."""
    alone = [run[0] for run in runs(mark.heights, plot.chart.cuts) if len(run) == 1]
    last = [] if mark.role in _QUIET else mark.heights[-1:]
    alone += [(i, value) for i, value in mark.heights if mark.points[i].so_far]
    return [
        *(_segment(piece) for piece in plot.pieces(mark)),
        *(
            marker(mark.role, pct(plot.x(i)), plot.y(value), _hollow(mark, i))
            for i, value in dict.fromkeys([*alone, *last])
        ),
    ]


def rule(plot: Plot, mark: Mark) -> list[str]:
    """Draw a level across the ticks that have it, on a halo where it crosses bars."""
    levels = plot.levels(mark)
    crosses = any(other.type == "bars" for other in plot.chart.marks)
    halo = [_segment(level, ' class="halo"') for level in levels if crosses]
    return halo + [_segment(level) for level in levels]


def band(plot: Plot, mark: Mark) -> list[str]:
    """Draw the blocks between lower and upper."""
    return [_rectangle(block) for block in plot.blocks(mark)]


def dots(plot: Plot, mark: Mark) -> list[str]:
    """Draw a marker at each value."""
    return [
        marker(mark.role, pct(plot.x(i)), plot.y(value), _hollow(mark, i))
        for i, value in mark.heights
    ]


def whiskers(plot: Plot, mark: Mark) -> list[str]:
    """Draw each range as a line with caps, and the value on it."""
    cap = min(0.7, plot.slot / 8)
    drawn = []
    for x, top, foot in plot.whiskers(mark):
        drawn.append(_segment((x, top, x, foot)))
        drawn += [_segment((x - cap, y, x + cap, y)) for y in (top, foot)]
    return drawn + dots(plot, mark)


def block_swatch(mark: Mark, x: float, y: float) -> str:
    """Draw a small block for the key."""
    return f'<rect x="{num(x)}" y="{num(y - 11)}" width="13" height="13"/>'


def line_swatch(mark: Mark, x: float, y: float) -> str:
    """Draw a short line for the key, with the role's marker if that is not round."""
    line = plain_line_swatch(mark, x, y)
    return line + (marker(mark.role, num(x + 12), y - 4) if mark.role in MARKERS else "")


def plain_line_swatch(mark: Mark, x: float, y: float) -> str:
    """Draw a short line without a marker for the key."""
    return f'<line x1="{num(x)}" y1="{num(y - 4)}" x2="{num(x + 24)}" y2="{num(y - 4)}"/>'


def whisker_swatch(mark: Mark, x: float, y: float) -> str:
    """Draw a small upright range with its value for the key."""
    at, top, foot = num(x + 6), num(y - 12), num(y + 4)
    line = f'<line x1="{at}" y1="{top}" x2="{at}" y2="{foot}"/>'
    return line + marker(mark.role, at, y - 4)


def range_swatch(mark: Mark, x: float, y: float) -> str:
    """Draw a small range across with its value for the key."""
    at = num(y - 4)
    line = f'<line x1="{num(x)}" y1="{at}" x2="{num(x + 13)}" y2="{at}"/>'
    return line + marker(mark.role, num(x + 6.5), y - 4)


def dot_swatch(mark: Mark, x: float, y: float) -> str:
    """Draw a marker for the key."""
    return marker(mark.role, num(x + 6), y - 4)
