"""Figures that were changed after they were published: the page over all, and an indicator's own.

The page is always there: where nothing was changed, it says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callover import words
from callover.compute import Board, Sheet
from callover.model import ALL
from callover.pages.csvs import csv_text
from callover.pages.render import render
from callover.revisions import REASONS, Revision
from callover.sketch import capital

NAME = "revisions"
#: A page with more rows is too long to load on a phone; revisions.csv has all.
MOST, MOST_OF_ONE = 200, 40
#: The columns of /revisions/revisions.csv: whose figure it is, then those of the package's own.
COLUMNS = (
    *("partnership", "indicator", "date", "period", "area_code", "category", "column"),
    *("from", "to", "reason", "note"),
)


@dataclass(frozen=True)
class Row:
    """A changed figure in words; `figure` names its period, and what else tells it from others."""

    slug: str
    title: str
    figure: str
    day: str
    was: str
    now: str
    reason: str
    note: str


@dataclass(frozen=True)
class Section:
    """The changed figures of a partnership or an indicator, the newest change first.

    `says` is a sentence about them; it may be empty where there are any.
    """

    slug: str
    title: str
    says: str
    rows: Sequence[Row]


def of_indicator(sheet: Sheet) -> Section:
    """Give an indicator's changed figures, the newest change first."""
    found, own = sheet.indicator.revisions, sheet.indicator
    more = len(found) - MOST_OF_ONE
    says = _headline(len(found))
    if more > 0:
        says += f" The newest {words.number(MOST_OF_ONE)} are here."
    return Section(own.slug, own.title, says, [_row(sheet, each) for each in found[:MOST_OF_ONE]])


def _row(sheet: Sheet, revision: Revision) -> Row:
    column = sheet.kind.column(revision.place.column)
    unit = sheet.indicator.unit if revision.place.column == "value" else ""
    unit = "percent" if column and column.type == "percent" else unit
    return Row(
        sheet.indicator.slug,
        sheet.indicator.title,
        _figure(sheet, revision),
        words.date_long(revision.day),
        words.as_typed(revision.was, unit),
        words.as_typed(revision.now, unit),
        capital(revision.reason),
        revision.note,
    )


def _figure(sheet: Sheet, revision: Revision) -> str:
    """Name a figure: its period; its area, category and column as far as there are several."""
    own, place = sheet.indicator, revision.place
    named = [words.period_long(place.period)]
    if place.area != own.area:
        named.append(sheet.reference.areas.get(place.area, place.area))
    if place.category != ALL:
        named.append(own.categories.get(place.category, place.category))
    column = sheet.kind.column(place.column)
    if column and len({key.column for key in own.series}) > 1:
        named.append(column.title)
    return ", ".join(named)


def files(boards: Sequence[Board]) -> Iterator[tuple[str, str]]:
    """Give the page and revisions.csv."""
    sections = [_section(board) for board in boards]
    count = sum(len(sheet.indicator.revisions) for board in boards for sheet in board.sheets)
    yield (
        f"{NAME}/index.md",
        render(
            "revisions.md",
            headline=_headline(count),
            reasons=[(capital(name), says) for name, says in REASONS.items()],
            partnerships=sections,
        ),
    )
    yield f"{NAME}/revisions.csv", csv_text(COLUMNS, list(_records(boards)))


def _headline(count: int) -> str:
    if not count:
        return "No figure has been changed since a release published it."
    if count == 1:
        return "1 change was made to a figure since a release published it."
    return f"{words.number(count)} changes were made to figures since a release published them."


def _section(board: Board) -> Section:
    found = [(revision, sheet) for sheet in board.sheets for revision in sheet.indicator.revisions]
    found.sort(key=lambda pair: pair[0].day, reverse=True)
    partnership, more = board.partnership, len(found) - MOST
    says = "" if found else "No published figure has been changed."
    if more > 0:
        says = (
            f"The newest {words.number(MOST)} are here. {words.number(more)} more are in the file."
        )
    rows = [_row(sheet, revision) for revision, sheet in found[:MOST]]
    return Section(partnership.slug, partnership.short_title, says, rows)


def _records(boards: Sequence[Board]) -> Iterator[tuple[str, ...]]:
    for board in boards:
        for sheet in board.sheets:
            for revision in sheet.indicator.revisions:
                place = revision.place
                yield (
                    *(board.partnership.slug, sheet.indicator.slug, revision.day),
                    *(place.period.label, place.area, place.category, place.column),
                    *(revision.was, revision.now, revision.reason, revision.note),
                )
