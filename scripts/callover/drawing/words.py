"""The words on a chart: names on the marks where they fit, else in a key above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from callover.charts import Chart, Mark
from callover.drawing.axes import NARROW, PERCENT, text_width
from callover.drawing.marks import mark_type, plot_of
from callover.drawing.placing import Hurdle, Spot, Wish, place
from callover.drawing.plot import BOTTOM, TOP, Plot, known
from callover.drawing.room import each_bar

KEY_ROW = 20

#: An entry of the key: its left edge, the left edge of its words (px), and its mark.
Entry = tuple[float, float, Mark]


@dataclass(frozen=True)
class Composition:
    """A chart laid out: its plane, the labels in their spots, and the rows of the key."""

    plot: Plot
    labels: Sequence[tuple[Wish, Spot]]
    key: Sequence[Sequence[Entry]] = ()


def compose(chart: Chart) -> Composition:
    """Find the fewest words that name every mark."""
    plot = plot_of(chart)
    shown = tuple(mark for mark in chart.marks if known(mark.points))
    named = tuple(mark for mark in shown if mark.type != "rule" and mark.said)
    for wishes in _direct(plot, shown, named):
        labels = place(wishes, _hurdles(plot, shown), _frame(plot, 0))
        if labels is not None:
            return Composition(plot, labels)
    key = key_rows(named)
    plot = replace(plot, top=TOP - 8 + KEY_ROW * len(key))
    labels = place(_rules(plot, shown), _hurdles(plot, shown), _frame(plot, len(key)))
    if labels is not None:
        return Composition(plot, labels, key)
    key = key_rows([mark for mark in shown if mark.said])
    return Composition(replace(plot, top=TOP - 8 + KEY_ROW * len(key)), (), key)


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


def _hurdles(plot: Plot, shown: Sequence[Mark]) -> list[Hurdle]:
    """Give what labels must not cover: the marks, and the unit on the top line."""
    y = plot.y(plot.axis.high)
    found: list[Hurdle] = [(0, y - 15, y, 0, y - 15, y, text_width(top_text(plot), 13) + 4)]
    for mark in shown:
        found += mark_type(mark.type).hurdles(plot, mark)
    return found
