"""The page of a league: the areas of a group, ranked both ways, as bars, tiles and a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from callover import leagues, words
from callover.charts import Chart
from callover.compute import Board, Sheet
from callover.drawings_across import (
    area_name,
    areas_noun,
    class_name,
    classes,
    column_title,
    figure_of,
    leading_column,
    league_chart,
    ranked_noun,
    tile_chart,
)
from callover.pages import figures, groups
from callover.pages.csvs import csv_text
from callover.pages.head import front
from callover.pages.offers import offers
from callover.pages.render import render
from callover.pages.report import INDEX, Context, Files
from callover.pages.tables import Cell, Table, TableRow
from callover.pages.wider import checks, newest_columns, standing, told_apart
from callover.provenance import Provenance, of_indicator
from callover.sketch import capital, unit

CSV = "league.csv"
#: How another area lies beside the page's own.
_LIES = {"higher": "Higher", "similar": "No clear difference", "lower": "Lower"}

_COLUMNS = (
    *("period_start", "period_end", "period", "area_code", "area", "measure", "value"),
    *("rank_from_lowest", "rank_from_highest", "areas_with_this_figure", "ranked_among", "class"),
    *("lower", "upper", "beside_own_area"),
)


def files(context: Context, board: Board) -> Files:
    """Give a page with its charts and its table for each league of the partnership."""
    for sheet in board.sheets:
        newest = newest_columns(sheet)
        if not newest:
            continue
        slug = sheet.indicator.slug
        site, closing = context.portal.site, newest[0].period
        at = f"league/{slug}/"
        origin = of_indicator(site, board.partnership, sheet.indicator, closing, at)
        drawn = _charts(sheet)
        yield f"{slug}/{INDEX}", _page(board, sheet, newest, drawn, origin)
        yield f"{slug}/{CSV}", csv_text(_COLUMNS, _records(sheet))
        for chart in drawn:
            for name, text in figures.files(chart, origin):
                yield f"{slug}/{name}", text


def _charts(sheet: Sheet) -> Sequence[Chart]:
    column = leading_column(sheet)
    if column is None or len(column.standings) < 2:
        return []
    return [league_chart(sheet, column), *tile_chart(sheet, column)]


def _page(
    board: Board,
    sheet: Sheet,
    newest: Sequence[leagues.Column],
    drawn: Sequence[Chart],
    origin: Provenance,
) -> str:
    partnership, indicator = board.partnership, sheet.indicator
    when = words.period_long(newest[0].period)
    headline = " ".join(standing(sheet, newest))
    return render(
        "league.md",
        front=front(f"League: {indicator.title}, {partnership.short_title}", headline),
        partnership=partnership,
        indicator=indicator,
        when=when,
        source=indicator.source or "not stated",
        group=list(_group(sheet, newest[0])),
        headline=headline,
        ranked=not all(column.unranked for column in newest),
        apart=list(told_apart(sheet, newest)),
        checks=list(checks(sheet, newest)),
        charts=[figures.view(chart, origin, CSV) for chart in drawn],
        table=_table(sheet, newest),
        noun=areas_noun(sheet, newest[0]),
        notes=[note for note in (indicator.caution, *indicator.notes) if note],
        downloads=offers(
            origin, [(CSV, "every area and figure, unrounded, with its rank from both ends")]
        ),
    )


def _group(sheet: Sheet, column: leagues.Column) -> Iterator[tuple[str, str]]:
    """Say who is ranked, since when these are the members, and how the group's mean is made."""
    setting = sheet.indicator.league
    group = sheet.reference.groups.get(setting.group) if setting else None
    if group is None:
        return
    yield "Group", group.title
    yield "Members", groups.rule(group)
    if not group.start <= column.period.start <= column.period.end <= group.end:
        yield "Take care", "These members are those of another time than the figures."


# ---------------------------------------------------------------- the table


def _table(sheet: Sheet, newest: Sequence[leagues.Column]) -> Table:
    """Make the table: areas down, the highest first; the figure that they stand by comes first."""
    lead = leading_column(sheet) or newest[0]
    newest = [lead, *(column for column in newest if column is not lead)]
    order = [*lead.ordered]
    order += [a for column in newest for a in column.ordered if a not in order]
    own = sheet.indicator.area
    rows = [
        TableRow(
            f"{area_name(sheet, area)}{' (this area)' if area == own else ''}",
            [cell for column in newest for cell in _cells(sheet, column, area, area == own)],
        )
        for area in dict.fromkeys(order)
    ]
    total = _total_row(sheet, newest)
    columns = [text for column in newest for text in _headings(sheet, column)]
    caption = f"{sheet.indicator.title}, {words.period_long(newest[0].period)}"
    return Table(caption, "Area", columns, [*rows, *total])


def _headings(sheet: Sheet, column: leagues.Column) -> Iterator[str]:
    yield capital(column_title(sheet, column))
    if column.apart(sheet.indicator.area):
        yield f"Beside {area_name(sheet, sheet.indicator.area)}"
        yield "Chance could put it anywhere from"
    if not column.unranked:
        yield f"Rank by {ranked_noun(sheet, column)}, lowest first"
        yield f"Rank by {ranked_noun(sheet, column)}, highest first"


def _cells(sheet: Sheet, column: leagues.Column, area: str, own: bool) -> Sequence[Cell]:
    """Write an area's figure, its ranks, its limits, and how it lies beside the own area."""
    found, of = column.standings.get(area), unit(sheet, column.quantity)
    apart = column.apart(sheet.indicator.area)
    wide = 1 + 2 * (not column.unranked) + 2 * bool(apart)
    if found is None:
        return [Cell("", "x", own), *([Cell("", current=own)] * (wide - 1))]
    same = "=" if found.sharing > 1 else ""
    cells = [Cell(figure_of(column, found.value, of), current=own)]
    if apart:
        ends = column.limits(area) or ()
        reach = " to ".join(figure_of(column, end, of) for end in ends)
        lies = apart.get(area, "")
        cells += [Cell(_LIES.get(lies, ""), "", own, False, lies), Cell(reach, current=own)]
    if not column.unranked:
        ranks = (f"{found.from_lowest}{same}", f"{found.from_highest}{same}")
        cells += [Cell(rank, current=own) for rank in ranks]
    return cells


def _total_row(sheet: Sheet, newest: Sequence[leagues.Column]) -> Sequence[TableRow]:
    setting = sheet.indicator.league
    if setting is None or all(column.total is None for column in newest):
        return []
    cells = []
    for column in newest:
        of = unit(sheet, column.quantity)
        text = "" if column.total is None else figure_of(column, column.total, of)
        cells += [Cell(text), *([Cell("")] * (len([*_headings(sheet, column)]) - 1))]
    return [TableRow(f"{area_name(sheet, setting.total_area)} (all of them)", cells)]


def _records(sheet: Sheet) -> Iterator[Sequence[str]]:
    for column in sheet.league:
        within = classes(column)
        at, apart = column.period, column.apart(sheet.indicator.area)
        for area in column.ordered:
            found = column.standings[area]
            ends = column.limits(area) or ("", "")
            ranks = ("", "") if column.unranked else (found.from_lowest, found.from_highest)
            yield (
                at.first.isoformat(),
                at.last.isoformat(),
                at.label,
                area,
                area_name(sheet, area),
                column.quantity.name,
                words.machine(found.value),
                *map(str, ranks),
                str(found.sharing),
                str(found.of),
                class_name(column, within[area]),
                *(end if isinstance(end, str) else words.machine(end) for end in ends),
                apart.get(area, ""),
            )
