"""A partnership's own tables: from rows to records, and the checks that need the whole package.

The shapes are rows of OWN; one maker serves them all. What a cell must name is a row of _NAMES.
"""

from __future__ import annotations

import keyword
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from callover.data.cells import number
from callover.data.grammar import GRAMMARS
from callover.data.published import written
from callover.data.shapes import OWN, Field
from callover.data.tables import Row, Table
from callover.errors import Fault
from callover.periods import parse
from callover.records import Place, Records

Tables = Mapping[str, Table]
#: What cells of a type may name, by the type.
Names = Mapping[str, Collection[str]]

#: How a filled cell is read, by the type of its column; others stay text.
_READ: Mapping[str, Callable[[str], object]] = {
    "number": number,
    "count": number,
    **{name: grammar.read for name, grammar in GRAMMARS.items()},
}
#: What an empty cell is, by the type of its column; elsewhere it is None.
_EMPTY: Mapping[str, object] = dict.fromkeys(("text", "id", "outcome", "indicator"), "") | {
    "links": ()
}
#: For each type whose cells name something: what is expected, and what to do.
_NAMES: Mapping[str, tuple[str, str]] = {
    "outcome": (
        "one of the partnership's outcomes",
        "Write the id of an outcome, or add the outcome to datapackage.json.",
    ),
    "indicator": (
        "the folder of one of the partnership's indicators",
        "Write the name of its folder, such as hate-crime.",
    ),
    "meeting": (
        "the date of a meeting in meetings.csv",
        "Correct the date, or add the meeting to meetings.csv.",
    ),
}


def records(tables: Tables) -> Records:
    """Make the records of each table, in the order of its rows; a prompt to write one is none."""
    made: dict[str, Any] = {
        name: tuple(
            _record(name, table, line, row)
            for line, row in table.numbered
            if all(written(cell) or not cell for cell in row.values())
        )
        for name, table in tables.items()
    }
    return Records(**made)


def _record(name: str, table: Table, line: int, row: Row) -> object:
    own = OWN[name]
    cells: dict[str, Any] = {
        attribute(field.name): _value(table, line, field, row) for field in own.fields
    }
    return own.record(at=Place(table.file, line), **cells)


def attribute(column: str) -> str:
    """Give the attribute of a record that has a column's value: its name, `from_` for from."""
    return f"{column}_" if keyword.iskeyword(column) else column


def _value(table: Table, line: int, field: Field, row: Row) -> object:
    cell = row.get(field.name, "")
    if not cell or (line, field.name) in table.bad:
        return _EMPTY.get(field.type)
    read = _READ.get(field.type)
    return read(cell) if read else cell


def check(tables: Tables, outcomes: Iterable[str], indicators: Iterable[str]) -> Iterator[Fault]:
    """Check what the cells name, that no row stands twice, and that days follow one another."""
    meetings = [row["date"] for row in tables["meetings"].rows] if "meetings" in tables else []
    known: Names = {
        "outcome": dict.fromkeys(outcomes),  # in their order, and found at once
        "indicator": dict.fromkeys(indicators),
        "meeting": dict.fromkeys(meetings),
    }
    for name, table in tables.items():
        yield from _named(table, OWN[name].fields, known)
        yield from _once(table, OWN[name].key)
        yield from _distinct(name, table, known["outcome"])
        for rule in _RULES.get(name, ()):
            for line, row in table.numbered:
                yield from rule(table, line, row)


def _named(table: Table, fields: Iterable[Field], known: Names) -> Iterator[Fault]:
    for field in (f for f in fields if f.type in known and f.name in table.header):
        expected, remedy = _NAMES[field.type]
        names = known[field.type]
        listed = f"{expected}: {', '.join(names)}" if 0 < len(names) <= _LISTED else expected
        for line, row in table.numbered:
            cell = row[field.name]
            if cell and cell not in names and (line, field.name) not in table.bad:
                yield Fault(table.file, line, field.name, cell, listed, remedy)


_LISTED = 12  # more names than these hide the message


def _once(table: Table, key: Iterable[str]) -> Iterator[Fault]:
    columns = [column for column in key if column in table.header]
    seen: dict[tuple[str, ...], int] = {}
    for line, row in table.numbered:
        found = tuple(row[column] for column in columns)
        if found in seen and any(found):
            yield Fault(
                table.file, line, columns[0], ", ".join(filter(None, found)),
                f"each {' and '.join(columns)} once",
                f"Row {seen[found]} has the same. Delete or correct one of the two.",
            )  # fmt: skip
        seen.setdefault(found, line)


def _distinct(name: str, table: Table, outcomes: Collection[str]) -> Iterator[Fault]:
    """Check that no work stream has the id of an outcome: both are anchors of the plan page."""
    if name == "workstreams":
        for line, row in table.numbered:
            if row["id"] in outcomes:
                yield Fault(
                    table.file, line, "id", row["id"], "an id that no outcome has",
                    "Rename it: outcomes and work streams stand on the same page.",
                )  # fmt: skip


def _after(first: str, second: str, what: str) -> Callable[[Table, int, Row], Iterator[Fault]]:
    """Make the rule that one day does not come before another; both as the grammar spells them."""

    def rule(table: Table, line: int, row: Row) -> Iterator[Fault]:
        early, late = row.get(first, ""), row.get(second, "")
        bad = {(line, first), (line, second)} & table.bad
        if early and late and not bad and late < early:
            yield Fault(
                table.file, line, second, late, f"{what} {early}", "Correct one of the two days."
            )

    return rule


def _closed(table: Table, line: int, row: Row) -> Iterator[Fault]:
    """An entry that has a day it was closed on is not open any more."""
    if row.get("closed") and row["status"] == "open":
        yield Fault(
            table.file, line, "status", row["status"], "done, superseded or another that is over",
            "Correct the status, or take away the day in closed.",
        )  # fmt: skip


def _needs(column: str, *because: str) -> Callable[[Table, int, Row], Iterator[Fault]]:
    """Make the rule that a cell is filled if any of some others is."""

    def rule(table: Table, line: int, row: Row) -> Iterator[Fault]:
        others = [name for name in because if row.get(name)]
        if others and not row.get(column):
            yield Fault(
                table.file, line, column, "", f"a {column}, as {others[0]} is filled in",
                f"Fill in {column}, or empty {' and '.join(others)}.",
            )  # fmt: skip

    return rule


def _pair(table: Table, line: int, row: Row) -> Iterator[Fault]:
    """The period that a pair starts from ends before the one it leads to."""
    early, late = row.get("from_period", ""), row.get("period", "")
    bad = {(line, "from_period"), (line, "period")} & table.bad
    if early and late and not bad and parse(early).end >= parse(late).end:
        yield Fault(
            table.file, line, "from_period", early, f"a period that ends before {late}",
            "Correct one of the two periods, or exchange the two figures.",
        )  # fmt: skip


def _yearly(table: Table, line: int, row: Row) -> Iterator[Fault]:
    """A report of a year is filed under that year."""
    found = row["period"]
    sound = found and (line, "period") not in table.bad
    if row["report"] == "year" and sound and parse(found).kind != "year":
        yield Fault(
            table.file, line, "period", found, "a financial year such as 2013/14, as it is a year",
            "Write the year that the report rounds up.",
        )  # fmt: skip


#: Checks within a row, by table.
_RULES: Mapping[str, tuple[Callable[[Table, int, Row], Iterator[Fault]], ...]] = {
    "meetings": (_after("date", "next", "a day after the meeting on"),),
    "action_log": (_after("meeting", "closed", "a day after it was raised on"), _closed),
    "achievements": (
        _needs("value", "unit", "from_value"),
        _needs("from_value", "from_period"),
        _pair,
    ),
    "reports": (_yearly,),
}
