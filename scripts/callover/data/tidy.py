"""Puts right what a spreadsheet or a hurried hand did to the files, where that is certain.

It never changes what a value means. What it is unsure about it leaves for `callover check`, and
for a period whose neighbours suggest a reading it says so.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from callover import periods
from callover.data.cells import guess, period_of, repaired
from callover.data.descriptor import DESCRIPTOR, Descriptor, JsonProblem, object_of
from callover.data.gate import Gate
from callover.data.grammar import repaired as grammatical
from callover.data.headers import plain_header
from callover.data.shapes import OWN, REFERENCE, TABLES, Field, resource, schema_field
from callover.data.tables import choice
from callover.errors import UnknownName, quoted
from callover.frozen import FOLDER
from callover.kinds import Kind, kind
from callover.model import ALL, MARKERS
from callover.periods import Period

_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", re.A)
_POINT_ZERO = re.compile(r"(\d+)\.0+", re.A)
_PERCENT = re.compile(r"(-?\d+(\.\d+)?)\s*%", re.A)
_MARKER = re.compile(r"\[?\s*([A-Za-z])\s*\]?", re.A)
_PERIODS = ("period", "baseline_period")
_NUMBERS = ("count", "amount", "integer", "number", "percent")


@dataclass(frozen=True, order=True)
class Change:
    """One cell (row and column), header (row 1) or whole file (row 0) put right.

    Rows are numbered as they were before. Where `certain` is false nothing was changed, and
    `after` is a suggestion.
    """

    file: str
    row: int
    column: str
    before: str
    after: str
    certain: bool = True

    def __str__(self) -> str:
        """One line: where, what it was, what it is now."""
        where = self.file
        if self.row:
            where += f", row {self.row}"
        if self.column:
            where += f", column {self.column}"
        if self.certain:
            return f"{where}: {quoted(self.before)} is now {quoted(self.after)}"
        return f"{where}: {quoted(self.before)} is left as it is; is it {quoted(self.after)}?"


@dataclass
class _Sheet:
    """A file being put right: its header, its rows, and what was changed in them."""

    file: str
    fields: Sequence[Field]
    header: list[str]
    rows: list[list[str]]
    numbers: list[int]
    kind: Kind | None
    unit: str
    categories: Sequence[str]
    changes: list[Change] = field(default_factory=list)

    @property
    def by_name(self) -> Mapping[str, Field]:
        return {f.name: f for f in self.fields}

    @property
    def is_series(self) -> bool:
        return "period" in self.header and not {"measure", "reason"} & set(self.header)

    @property
    def even(self) -> bool:
        return all(len(row) == len(self.header) for row in self.rows)

    def change(self, row: int, column: str, before: str, after: str, certain: bool = True) -> None:
        self.changes.append(Change(self.file, row, column, before, after, certain))


def tidy(root: Path, write: bool) -> tuple[Change, ...]:
    """Put right every file below `root` that can be; write them only if `write` says so."""
    gate = Gate(root)
    changes: list[Change] = []
    for folder in gate.folders(root) if root.is_dir() else ():
        if folder.name == "reference":
            changes += _package(gate, folder, dict(REFERENCE), None, write)
            continue
        own = {name: table.fields for name, table in OWN.items()}
        changes += _package(gate, folder, own, None, write)
        for child in (one for one in gate.folders(folder) if one.name != FOLDER):
            found = _descriptor(gate, child)
            row = _kind(found) if found else None
            if found is not None and row is not None:
                shapes = {name: fields(row) for name, fields in TABLES.items()}
                changes += _package(gate, child, shapes, row, write)
    return tuple(sorted(changes))


def _kind(found: Descriptor) -> Kind | None:
    try:
        return kind(str(found.own.get("kind")))
    except UnknownName:
        return None


def _descriptor(gate: Gate, folder: Path) -> Descriptor | None:
    """Read a descriptor without judging it; None where it is no JSON object."""
    text = gate.text(folder / DESCRIPTOR)
    try:
        found = object_of(text) if text is not None else None
    except JsonProblem:
        return None
    return Descriptor(folder / DESCRIPTOR, found, True) if found is not None else None


def _package(
    gate: Gate,
    folder: Path,
    shapes: Mapping[str, Sequence[Field]],
    row: Kind | None,
    write: bool,
) -> Iterator[Change]:
    """Put right the tables of a package, then make its descriptor list them as they are."""
    found = _descriptor(gate, folder)
    if found is None:
        return
    listed = {name: path for name, path in found.resources if re.fullmatch(r"[\w-]+\.csv", path)}
    headers: dict[str, list[str]] = {}
    categories = found.own.get("categories")
    order = [ALL, *(categories if isinstance(categories, dict) else ())]
    for name, fields in shapes.items():
        path = folder / listed.get(name, f"{name}.csv")
        sheet = _open(gate, path, fields, row, str(found.own.get("unit")), order)
        if sheet is None:
            continue
        headers[name] = sheet.header
        if any(change.certain for change in sheet.changes) and write:
            _write(path, _csv(sheet))
        yield from sheet.changes
    changes = list(_complete(gate, found, shapes, headers))
    if changes and write:
        _write(found.path, json.dumps(found.found, indent=2, ensure_ascii=False) + "\n")
    yield from changes


def _open(
    gate: Gate,
    path: Path,
    fields: Sequence[Field],
    row: Kind | None,
    unit: str,
    categories: Sequence[str],
) -> _Sheet | None:
    """Read a file and put it right; None where it is missing, unreadable or another table."""
    if path.is_symlink() or not path.is_file():
        return None
    text = gate.text(path)
    if text is None:
        return None
    raw = path.read_bytes()
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = _delimiter(plain, fields)
    try:
        lines = list(csv.reader(io.StringIO(plain, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    if not lines or any(
        delimiter == ";" and _is_continental(cell) for row in lines for cell in row
    ):
        return None
    numbers = list(range(2, len(lines) + 1))
    sheet = _Sheet(gate.name(path), fields, lines[0], lines[1:], numbers, row, unit, categories)
    if raw.startswith(b"\xef\xbb\xbf"):
        sheet.change(0, "", "a byte order mark", "none")
    if plain != text:
        sheet.change(0, "", "lines that end with CR", "lines that end with LF")
    if delimiter != ",":
        words = {";": "semicolons", "\t": "tabs"}[delimiter]
        sheet.change(0, "", f"columns parted by {words}", "columns parted by commas")
    if not _tidy_header(sheet):
        return None
    for step in _STEPS:
        step(sheet)
    return sheet


def _delimiter(text: str, fields: Sequence[Field]) -> str:
    """Find what parts the columns: a comma, unless the header is known by another."""
    header = text.split("\n", 1)[0]
    known = {f.name for f in fields}
    for delimiter in (";", "\t"):
        names = [plain_header(name.strip('"')) for name in header.split(delimiter)]
        if "," not in header and len(names) > 1 and {n for n in names if n} <= known:
            return delimiter
    return ","


def _is_continental(cell: str) -> bool:
    """Say whether a comma in a cell may be a decimal comma."""
    return re.fullmatch(r"-?\d+(,\d+)+%?", cell.strip(), re.A) is not None


def _tidy_header(sheet: _Sheet) -> bool:
    """Spell the columns' names as the format does; False where they are not this table's."""
    while sheet.header and not sheet.header[-1].strip():
        place = len(sheet.header) - 1
        if any(cell.strip() for row in sheet.rows for cell in row[place:]):
            return False
        sheet.header.pop()
        for row in sheet.rows:
            del row[place:]
        sheet.change(1, "", "an empty column at the end", "no such column")
    names = [plain_header(name) for name in sheet.header]
    if len(set(names)) < len(names) or not set(names) <= set(sheet.by_name):
        return False
    for before, after in zip(sheet.header, names, strict=True):
        if before != after:
            sheet.change(1, after, f"the header {before!r}", after)
    sheet.header = names
    return True


def _tidy_rows(sheet: _Sheet) -> None:
    """Take out empty rows. A row that is too long is left: a comma in 1,234 can make it so."""
    kept = []
    for number, row in zip(sheet.numbers, sheet.rows, strict=True):
        if any(cell.strip() for cell in row):
            kept.append((number, row))
        else:
            sheet.change(number, "", "an empty row", "no such row")
    sheet.numbers = [number for number, _ in kept]
    sheet.rows = [row for _, row in kept]


def _tidy_cells(sheet: _Sheet) -> None:
    fields = [sheet.by_name[name] for name in sheet.header]
    for number, row in zip(sheet.numbers, sheet.rows, strict=True):
        if len(row) != len(fields):
            continue
        cells = dict(zip(sheet.header, (cell.strip() for cell in row), strict=True))
        for place, column in enumerate(fields):
            after = _tidy_cell(sheet, column, cells)
            if after != row[place]:
                sheet.change(number, column.name, _visible(row[place]), after)
                row[place] = after


def _visible(cell: str) -> str:
    return cell if cell == cell.strip() else f"{cell!r}, with spaces around it"


def _tidy_cell(sheet: _Sheet, column: Field, cells: Mapping[str, str]) -> str:
    cell = cells[column.name]
    if column.choices == tuple(MARKERS):
        letter = _MARKER.fullmatch(cell)
        return letter[1].lower() if letter and letter[1].lower() in MARKERS else cell
    if column.choices:
        return choice(column.choices, cell) or cell
    if column.type not in _NUMBERS:
        return grammatical(column.type, cell)
    percent = _PERCENT.fullmatch(cell)
    if percent and _is_percentage(sheet, column, cells):
        cell = percent[1]
    if _THOUSANDS.fullmatch(cell):
        cell = cell.replace(",", "")
    whole = _POINT_ZERO.fullmatch(cell)
    return whole[1] if whole and column.type in ("count", "integer") else cell


def _is_percentage(sheet: _Sheet, column: Field, cells: Mapping[str, str]) -> bool:
    """Say whether a percent sign after a column's number only repeats what the column is."""
    if column.type == "percent" or column.name == "change_percent":
        return True
    if "unit" in cells:
        return cells["unit"] in ("percent", "%")
    quantity = sheet.kind.quantity(cells.get("measure", "value")) if sheet.kind else None
    unit = (quantity.unit or sheet.unit) if quantity else ""
    return column.type in ("amount", "number") and unit == "percent"


def _tidy_periods(sheet: _Sheet) -> None:
    """Repair what is certain; for the rest say what the neighbours suggest."""
    own = "measure" not in sheet.header
    takes_days = own and sheet.kind is not None and "day" in sheet.kind.series_periods
    plain = [f.name for f in sheet.fields if f.type == "text"]
    for name in (name for name in _PERIODS if name in sheet.header and name in plain):
        place = sheet.header.index(name)
        texts = [row[place] if len(row) == len(sheet.header) else "" for row in sheet.rows]
        for position, text in enumerate(texts):
            if not text or _is_period(text):
                continue
            exact = repaired(text, takes_days)
            if exact:
                sheet.change(sheet.numbers[position], name, text, exact)
                sheet.rows[position][place] = exact
            elif suggestion := guess(texts, position, takes_days):
                sheet.change(sheet.numbers[position], name, text, suggestion, certain=False)


def _is_period(text: str) -> bool:
    try:
        period_of(text)
    except periods.PeriodError:
        return False
    return True


def _sort_columns(sheet: _Sheet) -> None:
    wanted = [f.name for f in sheet.fields if f.name in sheet.header]
    if wanted == sheet.header or not sheet.even:
        return
    places = [sheet.header.index(name) for name in wanted]
    sheet.change(1, "", ", ".join(sheet.header), ", ".join(wanted))
    sheet.header = wanted
    sheet.rows = [[row[place] for place in places] for row in sheet.rows]


def _sort_rows(sheet: _Sheet) -> None:
    """Sort a series by area, category and the end of the period, if every period can be read.

    A file whose months (or years) follow one another in each category is in order as it is.
    """
    if sheet.kind is None or not sheet.is_series or not sheet.even:
        return
    place = {name: sheet.header.index(name) for name in sheet.header}
    if not all(_is_period(row[place["period"]]) for row in sheet.rows):
        return
    last: dict[tuple[str, str, str], Period] = {}
    in_order = True
    keys = []
    for number, row in enumerate(sheet.rows):
        period = period_of(row[place["period"]])
        area = row[place["area_code"]] if "area_code" in place else ""
        category = (row[place["category"]] if "category" in place else "") or ALL
        before = last.get((area, category, period.kind), period)
        in_order = in_order and before.end <= period.end
        last[area, category, period.kind] = period
        known = category in sheet.categories
        rank = sheet.categories.index(category) if known else len(sheet.categories)
        keys.append((area, rank, category, period.end, -period.start, number))
    if not in_order:
        sheet.change(0, "", "rows out of order", "rows by category and end of period")
        sheet.rows = [sheet.rows[key[-1]] for key in sorted(keys)]


_STEPS: Sequence[Callable[[_Sheet], None]] = (
    _tidy_rows,
    _tidy_cells,
    _tidy_periods,
    _sort_columns,
    _sort_rows,
)


def _complete(
    gate: Gate,
    found: Descriptor,
    shapes: Mapping[str, Sequence[Field]],
    headers: Mapping[str, Sequence[str]],
) -> Iterator[Change]:
    """List each table that is there, with the columns that it has, in their order."""
    file = gate.name(found.path)
    if not isinstance(found.found, dict):
        return
    listed = found.found.setdefault("resources", [])
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        return
    entries = {entry.get("name"): entry for entry in listed}
    paths = {entry.get("path") for entry in listed}
    for name, header in headers.items():
        columns = [next(f for f in shapes[name] if f.name == title) for title in header]
        if name not in entries:
            if f"{name}.csv" not in paths:
                listed.append(resource(name, f"{name}.csv", columns))
                yield Change(file, 0, "resources", f"no {name}.csv", f"{name}.csv")
            continue
        yield from complete_schema(file, entries[name], columns)


def complete_schema(file: str, entry: dict[str, Any], columns: Sequence[Field]) -> Iterator[Change]:
    """Make a resource's schema name the columns that its file has."""
    schema = entry.setdefault("schema", {})
    if not isinstance(schema, dict):
        return
    old = schema.get("fields")
    fields = [f for f in old if isinstance(f, dict)] if isinstance(old, list) else []
    names = [column.name for column in columns]
    if [f.get("name") for f in fields] == names:
        return
    own = {f.get("name"): f for f in fields}
    schema["fields"] = [own.get(column.name) or schema_field(column) for column in columns]
    before = ", ".join(str(f.get("name")) for f in fields) or "no columns"
    yield Change(file, 0, f"resources.{entry['name']}.schema", before, ", ".join(names))


def _csv(sheet: _Sheet) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([sheet.header, *sheet.rows])
    return out.getvalue()


def _write(path: Path, text: str) -> None:
    """Write beside the file and swap, so that a reader never meets half of it."""
    beside = path.with_name(f".{path.name}.tidy")
    beside.write_text(text, encoding="utf-8", newline="")
    beside.replace(path)
