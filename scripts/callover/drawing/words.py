"""The words on a chart: names on the marks where they fit, else in a key above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from callover.charts import CUT_LABEL, Chart, Mark
from callover.drawing.axes import NARROW, PERCENT, WIDE, text_width
from callover.drawing.marks import mark_type, plot_of
from callover.drawing.placing import LABEL_SIZES, Box, Hurdle, Spot, Wish, place
from callover.drawing.plot import BOTTOM, TOP, Plot, known
from callover.drawing.room import each_bar

KEY_ROW = 20

#: The length of the label of a change in recording, in ems; and where it turns to the left.
_CUT_EMS = text_width(CUT_LABEL, 1)
_MIDDLE = 52

#: An entry of the key: its left edge, the left edge of its words (px), and its mark.
Entry = tuple[float, float, Mark]


@dataclass(frozen=True)
class Composition:
    """A chart laid out: its plane, the labels in their spots, and the rows of the key.

    `cuts` are the labels of changes in recording, above the plane and below the key.
    """

    plot: Plot
    labels: Sequence[tuple[Wish, Spot]]
    key: Sequence[Sequence[Entry]] = ()
    cuts: Sequence[Spot] = ()


def compose(chart: Chart) -> Composition:
    """Find the fewest words that name every mark."""
    cuts = _cut_rows(plot_of(chart))
    strip = KEY_ROW * max(0, len(set(cuts)) - 1)
    plot = plot_of(chart, TOP + strip)
    shown = tuple(mark for mark in chart.marks if known(mark.points))
    named = tuple(mark for mark in shown if mark.type != "rule" and mark.said)
    over = _over(plot, cuts)
    for wishes in _direct(plot, shown, named):
        labels = place(wishes, _hurdles(plot, shown, over), _frame(plot, 0))
        if labels is not None:
            return Composition(plot, labels, (), over)
    strip = KEY_ROW * len(set(cuts))
    key = key_rows(named)
    plot = replace(plot, top=TOP - 8 + KEY_ROW * len(key) + strip)
    over = _over(plot, cuts, len(key))
    frame = _frame(plot, len(key))
    labels = place(_rules(plot, shown), _hurdles(plot, shown, over), frame)
    if labels is not None:
        return Composition(plot, labels, key, over)
    key = key_rows([mark for mark in shown if mark.said])
    plot = replace(plot, top=TOP - 8 + KEY_ROW * len(key) + strip)
    return Composition(plot, (), key, _over(plot, cuts, len(key)))


def _cut_rows(plot: Plot) -> list[int]:
    """Give the row of each change's label: the first where it touches none of the others."""
    boxes: list[tuple[int, Box]] = []
    for spot in _over(plot, [0] * len(plot.chart.cuts)):
        box = spot.box(_CUT_EMS, NARROW)
        taken = {row for row, (x0, _, x1, _) in boxes if box[0] < x1 + 4 and x0 < box[2] + 4}
        boxes.append((next(row for row in range(len(boxes) + 1) if row not in taken), box))
    return [row for row, _ in boxes]


def _over(plot: Plot, rows: Sequence[int], below: int = 0) -> list[Spot]:
    """Give the spots of the labels of changes, each beside its line on the side with more room."""
    spots = []
    for cut, row in zip(plot.chart.cuts, rows, strict=True):
        x = plot.edge(cut)
        anchor, dx = ("start", 5) if x < _MIDDLE else ("end", -5)
        spots.append(Spot(x, 12 + KEY_ROW * (below + row), anchor, dx))
    return spots


def top_text(plot: Plot) -> str:
    """Give the words on the highest gridline: its value and the unit."""
    unit = plot.chart.unit
    return plot.axis.texts[-1] if unit in PERCENT else f"{plot.axis.texts[-1]} {unit}"


def key_rows(marks: Sequence[Mark]) -> list[list[Entry]]:
    """Break the key into rows that fit a narrow drawing."""
    rows: list[list[Entry]] = []
    x = float(NARROW)
    for mark in marks:
        swatch = 30 if mark.type in ("line", "rule") else 19
        width = swatch + text_width(mark.said, 12)
        if x + width > NARROW:
            rows.append([])
            x = 0
        rows[-1].append((x, x + swatch, mark))
        x += width + 20
    return rows


def _frame(plot: Plot, rows: int) -> tuple[float, float, float, float]:
    return plot.left, KEY_ROW * rows, 100, BOTTOM + 4


def _direct(plot: Plot, shown: Sequence[Mark], named: Sequence[Mark]) -> Iterator[list[Wish]]:
    """Give the sets of labels to try, the fullest first; a lone mark needs no name."""
    if sum(mark.type != "rule" for mark in shown) > 1:
        yield [*(_name(plot, mark, named) for mark in named), *_rules(plot, shown)]
        return
    for mark in named:
        if mark.type == "bars":
            yield [*_values(plot, mark), *_rules(plot, shown)]
            if mark.points[known(mark.points)[-1][0]].so_far:  # the last whole one is the news
                yield [*_values(plot, mark)[-2:], *_rules(plot, shown)]
        last = known(mark.points)[-1][0]
        ends = mark_type(mark.type).ends(plot, mark)
        yield [Wish(mark.points[last].text, mark.role, ends), *_rules(plot, shown)]
    yield _rules(plot, shown)


def _name(plot: Plot, mark: Mark, among: Sequence[Mark] = ()) -> Wish:
    rivals = [
        hurdle
        for other in among
        if other is not mark and other.type not in ("band", "bars")
        for hurdle in mark_type(other.type).hurdles(plot, other)
    ]
    return Wish(mark.said, mark.role, mark_type(mark.type).spots(plot, mark), rivals)


def _rules(plot: Plot, shown: Sequence[Mark]) -> list[Wish]:
    return [_name(plot, mark) for mark in shown if mark.type == "rule"]


def _values(plot: Plot, mark: Mark) -> list[Wish]:
    """Give the value of every bar, on its own spot."""
    spots = zip(known(mark.points), each_bar(plot, mark), strict=True)
    return [Wish(mark.points[i].text, mark.role, (spot,)) for (i, _), spot in spots]


def _hurdles(plot: Plot, shown: Sequence[Mark], over: Sequence[Spot]) -> list[Hurdle]:
    """Give what labels must not cover: marks, changes in recording, the unit on the top line."""
    y = plot.y(plot.axis.high)
    found: list[Hurdle] = [(0, y - 15, y, 0, y - 15, y, text_width(top_text(plot), 13) + 4)]
    for mark in shown:
        found += mark_type(mark.type).hurdles(plot, mark)
    for spot in over:
        top, foot = spot.y - 11, spot.y + 5
        found.append((spot.x, top, foot, spot.x, top, foot, _CUT_EMS * LABEL_SIZES[WIDE] + 8))
        found.append((spot.x, foot, BOTTOM, spot.x, foot, BOTTOM, 3))
    return found
