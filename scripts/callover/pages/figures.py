"""A chart as a page prints it: its drawing, its words, and a table of the same figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from callover.breaks import MARKER as BREAK
from callover.charts import Chart, Mark, Point
from callover.drawing.signs import sign
from callover.figure import to_json
from callover.pages import tables
from callover.pages.render import grid
from callover.provenance import Provenance
from callover.sketch import NO_FIGURE
from callover.svg import draw, draw_file


@dataclass(frozen=True)
class ChartView:
    """A chart as the template prints it; `data` is the address of the CSV beside it.

    `saved` are the names that the drawing and the CSV have on a reader's disk, `signs` shapes with
    their words.
    """

    name: str
    title: str
    subtitle: str
    source: str
    svg: Markup
    table: Markup
    data: str
    saved: tuple[str, str]
    signs: Sequence[tuple[Markup, str]] = ()


def view(chart: Chart, origin: Provenance, data: str = "metrics.csv") -> ChartView:
    """Make a chart ready for the template of the page at the address of `origin`."""
    columns, rows = _TABLES[chart.form](chart)
    rows = _marked(chart, rows)
    table = tables.Table(f"Figures of the chart: {chart.title}", chart.rows_are, columns, rows)
    svg = Markup(draw(chart))  # noqa: S704 (our own drawing, which escapes its texts)
    saved = origin.saved_as(f"chart-{chart.name}.svg"), origin.saved_as(data)
    told = chart.name, chart.title, chart.subtitle, chart.source
    signs = [(Markup(sign(each.shape)), each.word) for each in chart.signs]  # noqa: S704 (ours too)
    return ChartView(*told, svg, grid(table), data, saved, signs)


def files(chart: Chart, origin: Provenance) -> Iterator[tuple[str, str]]:
    """Give the files of a chart, to stand beside its page at the address of `origin`."""
    yield f"chart-{chart.name}.svg", draw_file(chart, origin.at(f"#chart-{chart.name}"))
    yield f"chart-{chart.name}.json", to_json(chart)


Rows = tuple[Sequence[str], Sequence[tables.TableRow]]


def _each(chart: Chart, texts: Callable[[int], Sequence[str]]) -> Sequence[tables.TableRow]:
    return [
        tables.TableRow(tick, [tables.Cell(text) for text in texts(place)])
        for place, tick in enumerate(chart.full_ticks)
    ]


def _marked(chart: Chart, rows: Sequence[tables.TableRow]) -> Sequence[tables.TableRow]:
    """Mark the figures of the first period after each change in recording as a break."""
    marked = {cut.at for cut in chart.cuts}

    def cells(row: tables.TableRow) -> Sequence[tables.Cell]:
        return [c._replace(marker=BREAK) if _is_figure(c) else c for c in row.cells]

    return [replace(r, cells=cells(r)) if at in marked else r for at, r in enumerate(rows)]


def _is_figure(cell: tables.Cell) -> bool:
    return cell.text not in ("", NO_FIGURE)


def _by_mark(chart: Chart) -> Rows:
    """Give a column for each mark, and for the ends of its range."""
    columns = [column for mark in chart.marks for column in _edges(mark)]

    def texts(place: int) -> Sequence[str]:
        return [edge[place].text for _, edge in columns]

    return [name for name, _ in columns], _each(chart, texts)


def _edges(mark: Mark) -> Sequence[tuple[str, Sequence[Point]]]:
    lower, upper = (f"{mark.label}, {end}" for end in ("from", "to"))
    if mark.upper:
        return [(mark.label, mark.points), (lower, mark.lower), (upper, mark.upper)]
    if mark.lower:
        return [(lower, mark.lower), (upper, mark.points)]
    return [(mark.label, mark.points)]


def _by_row(chart: Chart) -> Rows:
    """Give one column where each row has one bar, as in a league; else one for each mark.

    Dots with their ranges have columns for both ends.
    """
    bars = [mark for mark in chart.marks if mark.type in ("bars", "whiskers")]
    most = max(len(_here(bars, i)) for i in range(len(chart.ticks)))
    if most > 1 or len(bars) < 2:
        return _by_mark(replace(chart, marks=tuple(bars)))
    title = chart.unit[:1].upper() + chart.unit[1:]
    columns = [title or "Figure"]
    if all(mark.upper for mark in bars):
        columns += ["From", "To"]

    def texts(place: int) -> Sequence[str]:
        return [edge[place].text for _, edge in _edges(_here(bars, place)[0])]

    return columns, _each(chart, texts)


def _by_tile(chart: Chart) -> Rows:
    """Give the figure of each tile and the name of its class."""
    tiles = [mark for mark in chart.marks if mark.type == "tiles"]

    def texts(place: int) -> Sequence[str]:
        (mark,) = _here(tiles, place)
        return [mark.points[place].text, mark.label.partition(":")[0]]

    return ["Figure", "Class"], _each(chart, texts)


def _here(marks: Sequence[Mark], place: int) -> Sequence[Mark]:
    return [mark for mark in marks if mark.points[place].value is not None]


#: How the figures of each form of chart become a table.
_TABLES: Mapping[str, Callable[[Chart], Rows]] = {
    "time": _by_mark,
    "rows": _by_row,
    "tiles": _by_tile,
}
