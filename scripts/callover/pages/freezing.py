"""What the page of an indicator says at a release, as a record: its texts, its exact numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace

from callover import frozen, words
from callover.compute import Board, Sheet
from callover.drawings import charts as draw_charts
from callover.frozen import Frozen, Line, Row, Said, Table
from callover.kinds import kind_of
from callover.model import ALL, IN_PLACE_OF_VALUE, Indicator, Reference
from callover.pages import people, sentences, tables, views
from callover.periods import Period, parse

#: The parts of what people write about a period, in their order, with their titles.
SECTIONS = (
    ("overview", "Performance overview"),
    ("actions", "Actions"),
    ("benchmarking", "Benchmarking"),
)


def said(board: Board, sheet: Sheet, period: Period) -> Frozen:
    """Give the texts of a release's page; `board` and `sheet` are as they stood at its period.

    What takes longer (the table, the chart) and what no page prints is left out.
    """
    releases = [r for r in board.partnership.releases if r.data_to == period]
    return Frozen(
        release=releases[0].id,
        data_to=period,
        closing=sheet.closing or period,
        frozen=board.partnership.as_of,
        title=sheet.indicator.title,
        headline=sentences.headline(sheet),
        status=views.status(board, sheet),
        facts=tuple(_facts(board, sheet, period)),
        figures=tuple(views.key_figures(sheet)),
        caution=sheet.indicator.caution,
        said=tuple(_people(board, sheet)),
    )


def _facts(board: Board, sheet: Sheet, period: Period) -> Iterator[tuple[str, str]]:
    releases = [r for r in board.partnership.releases if r.data_to == period]
    days = [words.date_long(release.published) for release in releases if release.published]
    yield "Source", sheet.indicator.source or "not stated"
    yield "Data to", views.data_to(sheet)
    yield "Release", words.joined(release.title for release in releases)
    if days:
        yield "Published", words.joined(days)


def _people(board: Board, sheet: Sheet) -> Iterator[Said]:
    """Give what people wrote about the newest period of the release that they wrote about."""
    if not sheet.indicator.commentary:
        return
    newest = sheet.indicator.commentary[-1]
    retold = " (retold from their document)" if board.partnership.demonstration else ""
    by = f"what the partners report, {words.period_long(newest.period)}{retold}"
    own = people.theirs(sheet, newest)
    for name, title in SECTIONS:
        if name in newest.sections:
            told = tuple(own.get(name, {}).items())
            yield Said(name, f"{title}: {by}", newest.sections[name], told)


def table(found: tables.Table | None) -> Table | None:
    """Give a table as a record has it."""
    if found is None:
        return None
    return Table(
        found.caption,
        found.corner,
        tuple(found.columns),
        tuple(
            Row(
                row.label,
                tuple(frozen.joined(cell.text, cell.marker) for cell in row.cells),
                any(not cell.number for cell in row.cells),
            )
            for row in found.rows
        ),
        found.current,
        found.numbers,
    )


def thawed(found: Table) -> tables.Table:
    """Give a table as a page prints it."""
    rows = []
    for row in found.rows:
        cells = []
        for place, each in enumerate(row.cells):
            text, marker = frozen.parted(each)
            cells.append(
                tables.Cell(text, marker, place == found.current, not (row.words and text))
            )
        rows.append(tables.TableRow(row.label, cells))
    return tables.Table(
        found.caption, found.corner, found.columns, rows, found.current, found.numbers
    )


def measures(sheet: Sheet) -> Mapping[str, Mapping[str, str]]:
    """Give the exact numbers at the newest period, by category and measure."""
    made: dict[str, dict[str, str]] = {}
    for metric in sheet.metrics:
        if metric.period == sheet.closing and metric.value is not None:
            made.setdefault(metric.category, {})[metric.measure] = str(metric.value)
    return made


def lines(indicator: Indicator, period: Period) -> tuple[Line, ...]:
    """Give the cells of an indicator's series.csv up to a period, as they were typed."""
    made: dict[tuple[str, str, str], dict[str, str]] = {}
    columns = [column.name for column in kind_of(indicator).columns]
    for row in _rows(indicator, "series.csv"):
        if parse(row["period"]).end > period.end:
            continue
        about = row.get("area_code") or indicator.area, row.get("category") or ALL
        for name in (name for name in columns if name in row):
            marker = row.get(f"{name}_marker") or row.get("marker", "")
            if row[name] or marker in IN_PLACE_OF_VALUE:
                own = made.setdefault((*about, name), {})
                own[row["period"]] = frozen.joined(row[name], marker)
    return tuple(Line(*key, figures) for key, figures in made.items())


def targets(indicator: Indicator) -> tuple[Mapping[str, str], ...]:
    """Give the rows of an indicator's targets.csv without their empty cells, as typed."""
    return tuple(
        {name: cell for name, cell in row.items() if cell}
        for row in _rows(indicator, "targets.csv")
    )


def _rows(indicator: Indicator, name: str) -> Iterator[Mapping[str, str]]:
    """Read a table again as it was typed: the model has its values only."""
    reader = csv.reader(io.StringIO(indicator.files.get(name, ""), newline=""), strict=True)
    header = next(reader, [])
    for cells in reader:
        yield dict(zip(header, (cell.strip() for cell in cells), strict=True))


def record(board: Board, sheet: Sheet, period: Period, reference: Reference) -> Frozen:
    """Give the whole record of a release's page, but for the files that it was made of.

    `board` and `sheet` are as they stood at the end of the release's period.
    """
    drawn = draw_charts(sheet)
    return replace(
        said(board, sheet, period),
        table=table(tables.months(sheet, reference)),
        chart=drawn[0] if drawn else None,
        measures=measures(sheet),
        lines=lines(sheet.indicator, period),
        targets=targets(sheet.indicator),
    )
