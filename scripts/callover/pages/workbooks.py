"""The workbook of an indicator: what it is about, its tables with typed numbers, and each column.

Its sheets are the tables of the published data package, so a table or column that is added there
is here too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from callover import recent
from callover.across import ACROSS
from callover.ahead import NAMES as AHEAD_NAMES
from callover.beside import AGAINST
from callover.compute import Board, Sheet
from callover.control import NAMES
from callover.history import AS_RELEASED
from callover.judged import JUDGED
from callover.kinds import Quantity, metric_name
from callover.measures import MEASURES
from callover.pages import datapackage, xlsx
from callover.provenance import Provenance

#: The sheet of each table, in their order.
SHEETS: Mapping[str, str] = {
    "series": "Figures",
    "metrics": "Computed",
    "targets": "Targets",
    "comparators": "Comparators",
    "published": "Printed figures",
    "revisions": "Revisions",
}
_TYPES = {"integer": "number", "number": "number", "date": "date"}
_ABOUT = (xlsx.Column("About"), xlsx.Column("In words", "paragraph"))
_COLUMNS = (
    *(xlsx.Column("Sheet"), xlsx.Column("Column")),
    *(xlsx.Column("What it is", "paragraph"), xlsx.Column("Unit")),
)
_EXPLAINED = (
    "The sheet Columns says what each column of each sheet is. Figures has what the partners "
    "gave, Computed what we work out of it, unrounded. No cell is a formula."
)

Rows = Sequence[Sequence[str]]


def workbook(
    board: Board,
    sheet: Sheet,
    origin: Provenance,
    described: Mapping[str, Any],
    metrics: Rows,
) -> bytes:
    """Write the workbook; `described` is the published descriptor, `metrics` rows of its table."""
    tables = {table["name"]: table["schema"]["fields"] for table in described["resources"]}
    given = {name: _rows(sheet.indicator.files.get(f"{name}.csv", "")) for name in tables}
    rows = {**given, "metrics": metrics}
    found = [
        xlsx.Sheet(title, [_column(field) for field in tables[name]], rows[name])
        for name, title in SHEETS.items()
        if name in tables
    ]
    facts = [*datapackage.facts(board, sheet, origin), ("This workbook", _EXPLAINED)]
    about = xlsx.Sheet("About", _ABOUT, facts)
    explained = xlsx.Sheet("Columns", _COLUMNS, list(_explained(sheet, tables, metrics)))
    properties = xlsx.Properties(
        f"{sheet.indicator.title}, {board.partnership.short_title}",
        origin.publisher,
        f"Source: {origin.source}. Licence: {origin.licence_in_full}. {origin.dated} "
        f"{origin.address}",
        date.fromisoformat(origin.as_of),
    )
    return xlsx.workbook([about, *found, explained], properties)


def _rows(text: str) -> Rows:
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


def _column(field: Mapping[str, Any]) -> xlsx.Column:
    return xlsx.Column(field["name"], _TYPES.get(field["type"], "text"))


def _explained(
    sheet: Sheet, tables: Mapping[str, Sequence[Mapping[str, Any]]], metrics: Rows
) -> Iterator[Sequence[str]]:
    """Give each column of each sheet: what it is and its unit; and each measure that there is."""
    units = {column: unit for q in sheet.kind.quantities for column, unit in _units(sheet, q)}
    for name, title in SHEETS.items():
        own = units if name == "series" else {}
        for field in tables.get(name, ()):
            says = [field[key].rstrip(".") for key in ("title", "description") if key in field]
            yield title, field["name"], ". ".join(says) + ".", own.get(field["name"], "")
        if name == "metrics":
            yield from ((title, *measure) for measure in _measures(sheet, metrics))


def _measures(sheet: Sheet, metrics: Rows) -> Iterator[Sequence[str]]:
    """Give each measure that is computed: its name, what it is and its unit."""
    meanings = {n: says for q in sheet.kind.quantities for n, says in _meanings(q.name, q.title)}
    for measure, unit in {row[0]: row[-1] for row in metrics}.items():
        yield f"measure {measure}", meanings.get(measure) or _other(measure), unit


def _units(sheet: Sheet, quantity: Quantity) -> Iterator[tuple[str, str]]:
    unit = quantity.unit or sheet.indicator.unit
    yield from ((column, unit) for column in (quantity.column, quantity.given) if column)


@cache
def _meanings(quantity: str, title: str) -> Sequence[tuple[str, str]]:
    """Say what each measure of a quantity is, by its name in metrics.csv."""
    before = "" if quantity == "value" else f"{title}: "
    return [
        *(
            (metric_name(quantity, name), f"{before}{row.title}. {says}")
            for row in JUDGED.values()
            for name, says in row.names.items()
        ),
        *(
            (metric_name(quantity, row.name), f"{before}{row.title}. {row.sentence}")
            for row in MEASURES.values()
        ),
        *((metric_name(quantity, n), f"{before}{says}") for n, says in AHEAD_NAMES.items()),
    ]


#: Measures that are none of one quantity, by what their names hold; the first that fits.
_OTHERS: Mapping[str, str] = {
    AS_RELEASED: "The rating that a frozen release published, in the column text.",
    "rating_": "The rating by this rule, in the column text.",
    **recent.NAMES,
    "_against_": f"{AGAINST.title}. {AGAINST.sentence}",
    **{name: NAMES[name] for name in reversed(list(NAMES))},
    **{name: f"{row.title}. {row.sentence}" for row in ACROSS.values() for name in row.names},
}


@cache
def _other(measure: str) -> str:
    if "rank_in_" in measure and measure.endswith("_of"):
        return "How many areas are ranked."
    if "similar_in_" in measure and measure.endswith("_of"):
        return "How many areas were tested."
    told = (says for part, says in _OTHERS.items() if part in measure)
    return next(told, f"{measure[:1].upper()}{measure[1:].replace('_', ' ')}.")
