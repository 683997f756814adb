"""CSV files as tables, their shape checked here and their cells by Frictionless.

All tables of one shape go through Frictionless in one pass: a pass costs as much as a small
package, and a portal has hundreds of them. Its findings come back as our faults, each with the
file and row it belongs to.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from sys import intern
from typing import Any

from frictionless import Checklist, Resource, Schema, system

from callover.data.gate import SAVE_AGAIN, Gate
from callover.data.grammar import GRAMMARS, BadCell, correction
from callover.data.shapes import LETTERS, Field, schema_field
from callover.errors import Fault
from callover.model import MARKERS

MAX_ROWS = 100_000
MAX_COLUMNS = 200
_BATCH = 20_000

Row = Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """A parsed file: its rows by column name, each with its row number in the file.

    `bad` has the cells (row number, column) that a fault has been told of.
    """

    path: Path
    file: str
    fields: Sequence[Field]
    header: Sequence[str]
    rows: Sequence[Row]
    numbers: Sequence[int]
    text: str = ""
    bad: set[tuple[int, str]] = field(default_factory=set)

    @property
    def numbered(self) -> Iterator[tuple[int, Row]]:
        """Give each row with its number."""
        return zip(self.numbers, self.rows, strict=True)


#: What each type of column expects and what to do about a cell that is something else.
_EXPECTED: Mapping[str, tuple[str, str]] = {
    "text": ("text", "Put text in the cell."),
    "count": (
        "a whole number, 0 or more, in plain digits",
        "Write 1234 for 1,234. If there is no figure, leave it empty and put x, c or z in marker.",
    ),
    "amount": (
        "a number, 0 or more, in plain digits, such as 1234 or 12.5",
        "Write 1234 for 1,234. If there is no figure, leave it empty and put x, c or z in marker.",
    ),
    "integer": ("a whole number in plain digits", "Write 1234 for 1,234."),
    "number": (
        "a number in plain digits, such as 1234 or 12.5",
        "Write 1234 for 1,234 and 12.5 for 12.5%. If there is no figure, leave it empty.",
    ),
    "percent": (
        "a percentage from 0 to 100 in plain digits, such as 45 or 45.3",
        "Write 45 for 45%, and 45 for a share of 0.45.",
    ),
}
_WHOLE = r"(0|[1-9]\d{0,14})"
_DIGITS = {
    "count": re.compile(_WHOLE, re.A),
    "integer": re.compile(f"-?{_WHOLE}", re.A),
    "number": re.compile(rf"-?{_WHOLE}(\.\d{{1,15}})?", re.A),
    "amount": re.compile(rf"{_WHOLE}(\.\d{{1,15}})?", re.A),
    "percent": re.compile(rf"{_WHOLE}(\.\d{{1,15}})?", re.A),
}
#: A text that a spreadsheet would run; a signed figure as a document prints it is none.
_FORMULA = re.compile(r"[=@]|[+-](?! ?[\d.,]+ ?%?( [A-Za-z ]+)?$)", re.A)


def parse(gate: Gate, path: Path, fields: Sequence[Field]) -> Table | None:
    """Read a file as a table of known columns; None, with faults, where its shape is wrong."""
    text = gate.text(path)
    lines = None if text is None else _lines(gate, path, text)
    if text is None or not lines:
        return None
    header = lines[0]
    if not _header(gate, path, header, fields):
        return None
    rows, numbers = _rows(gate, path, header, lines[1:])
    return Table(path, gate.name(path), fields, header, rows, numbers, text)


def _lines(gate: Gate, path: Path, text: str) -> Sequence[Sequence[str]] | None:
    if not text.strip():
        gate.fault(
            path, 0, "", "", "a header and at least one row",
            "Fill the file, or take it out of the folder and of datapackage.json.",
        )  # fmt: skip
        return None
    found: list[list[str]] = []
    try:
        found.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as problem:
        gate.fault(
            path, len(found) + 1, "", str(problem), "a CSV row with matching quotes",
            "Put quotes around a whole cell, and write a quote inside it twice.",
        )  # fmt: skip
        return None
    return found


def _header(gate: Gate, path: Path, header: Sequence[str], fields: Sequence[Field]) -> bool:
    if len(header) == 1 and re.search(r"[;\t|]", header[0]):
        gate.fault(
            path, 1, "", header[0], "columns parted by commas",
            f"{SAVE_AGAIN} `callover tidy` does this too.",
        )  # fmt: skip
        return False
    if len(header) > MAX_COLUMNS:
        gate.fault(
            path, 1, "", f"{len(header)} columns", f"at most {MAX_COLUMNS} columns",
            "Remove the columns that hold no data.",
        )  # fmt: skip
        return False
    before = len(gate.faults)
    known = [f.name for f in fields]
    for name in dict.fromkeys(header):
        if not name.strip():
            gate.fault(
                path, 1, "", "", f"a name in column {header.index(name) + 1}",
                "Name the column, or remove it; `callover tidy` removes empty ones at the end.",
            )  # fmt: skip
        elif header.count(name) > 1:
            gate.fault(path, 1, name, name, "each column once", "Remove or rename the second one.")
        elif name not in known:
            gate.fault(
                path, 1, name, f"a column {name!r}", f"one of {', '.join(known)}",
                _rename(name, known),
            )  # fmt: skip
    for wanted in fields:
        if wanted.required and wanted.name not in header:
            gate.fault(
                path, 1, wanted.name, "", f"a column named {wanted.name}",
                f"Add the column {wanted.name} to the header and to every row.",
            )  # fmt: skip
    return len(gate.faults) == before


def _rename(name: str, known: Sequence[str]) -> str:
    close = plain_header(name)
    if close in known:
        return f"Rename it to {close}, with no spaces around it; `callover tidy` does this."
    return "Remove the column, or rename it to the one you mean."


def plain_header(name: str) -> str:
    """Give a column's name as the format spells names: lower case, no spaces."""
    return "_".join(name.lower().split())


def _rows(
    gate: Gate, path: Path, header: Sequence[str], lines: Sequence[Sequence[str]]
) -> tuple[list[Row], list[int]]:
    rows: list[Row] = []
    numbers: list[int] = []
    if not lines:
        gate.fault(path, 1, "", "only a header", "at least one row of data", "Add the rows.")
    if len(lines) > MAX_ROWS:
        gate.fault(path, 0, "", f"{len(lines)} rows", f"at most {MAX_ROWS} rows", "Split the data.")
        return rows, numbers
    width = len(header)
    for number, cells in enumerate(lines, start=2):
        # Most cells say what others say: one text for all of them is a third of the memory.
        stripped = [intern(cell.strip()) for cell in cells]
        if not any(stripped):
            gate.fault(
                path, number, "", "", "a row of data",
                "Delete the empty row; `callover tidy` does this.",
            )  # fmt: skip
        elif len(cells) != width:
            gate.fault(
                path, number, "", ",".join(cells), f"{width} cells, as in the header",
                "Look for a comma too many, such as one in 1,234, or for a missing cell.",
            )  # fmt: skip
        else:
            rows.append(dict(zip(header, stripped, strict=True)))
            numbers.append(number)
    return rows, numbers


class _Blocked:
    """Stands where Frictionless keeps its network session, and refuses every use."""

    def __getattr__(self, name: str) -> Any:
        raise ConnectionError("Callover reads nothing from the network")


def check_cells(tables: Iterable[Table]) -> Iterator[Fault]:
    """Check the cells of many tables: first what digits and texts are, then the schemas."""
    shapes: dict[tuple[Field, ...], list[Table]] = {}
    for table in tables:
        present = tuple(f for f in table.fields if f.name in table.header)
        yield from _check_digits(table, present)
        yield from _check_grammar(table, present)
        yield from _check_texts(table, present)
        shapes.setdefault(present, []).append(table)
    with system.use_context(trusted=False, http_session=_Blocked()):
        for fields, same in shapes.items():
            for batch in _batches(same):
                yield from _check_batch(fields, batch)


def _check_digits(table: Table, present: Sequence[Field]) -> Iterator[Fault]:
    for column in present:
        pattern = _DIGITS.get(column.type)
        if pattern is None:
            continue
        for number, row in table.numbered:
            cell = row[column.name]
            if cell and not pattern.fullmatch(cell):
                table.bad.add((number, column.name))
                yield _cell_fault(table, number, column, cell)


def _check_grammar(table: Table, present: Sequence[Field]) -> Iterator[Fault]:
    """Check the cells that have a grammar of their own, such as days and ids."""
    for column in (f for f in present if f.type in GRAMMARS):
        grammar = GRAMMARS[column.type]
        for number, row in table.numbered:
            cell = row[column.name]
            try:
                if cell:
                    grammar.read(cell)
            except BadCell:
                table.bad.add((number, column.name))
                yield Fault(
                    table.file, number, column.name, cell, grammar.expected,
                    correction(grammar, cell),
                )  # fmt: skip


def _check_texts(table: Table, present: Sequence[Field]) -> Iterator[Fault]:
    free = [f.name for f in present if f.type == "text" and not f.choices]
    kinds = {f.name: f.type for f in present}
    shifted = [(a, b) for a, b in pairwise(table.header) if b in free and kinds[a] in _DIGITS]
    for number, row in table.numbered:
        for name in free:
            if row[name][:1] in ("=", "@", "+", "-") and _FORMULA.match(row[name]):
                yield Fault(
                    table.file, number, name, row[name], "text, not a formula",
                    "A spreadsheet would run this. Begin the cell with a word.",
                )  # fmt: skip
        for left, right in shifted:
            if re.fullmatch(r"\d{3}", row[right], re.A) and 1 <= len(row[left]) <= 3:
                yield Fault(
                    table.file, number, left, f"{row[left]},{row[right]}",
                    "a number without a comma in it",
                    f"Write {row[left]}{row[right]}, if that is the number that was meant.",
                )  # fmt: skip


def _batches(tables: Sequence[Table]) -> Iterator[Sequence[Table]]:
    batch: list[Table] = []
    size = 0
    for table in tables:
        batch.append(table)
        size += len(table.rows)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _check_batch(fields: Sequence[Field], batch: Sequence[Table]) -> Iterator[Fault]:
    names = [f.name for f in fields]
    origin = [(table, number, row) for table in batch for number, row in table.numbered]
    if not origin:
        return

    def data() -> Iterator[list[str | None]]:  # a generator, which Frictionless does not copy
        yield list(names)
        for table, number, row in origin:
            if table.bad:  # what has been told is not told again, and costs a lot to find twice
                row = {n: "" if (number, n) in table.bad else c for n, c in row.items()}
            yield [row[name] or None for name in names]

    schema = Schema.from_descriptor(
        {"fields": [schema_field(f) for f in fields], "missingValues": [""]}
    )
    report = Resource(data=data, schema=schema).validate(
        Checklist(), limit_errors=len(origin) * len(names) + 1
    )
    by_name = {f.name: f for f in fields}
    for error in (error for task in report.tasks for error in task.errors):
        row_number = getattr(error, "row_number", None)
        column = by_name.get(getattr(error, "field_name", ""))
        if row_number is None or column is None:
            raise RuntimeError(f"Frictionless found what the gate should have: {error.message}")
        table, number, row = origin[row_number - 2]
        if (number, column.name) not in table.bad:
            table.bad.add((number, column.name))
            yield _cell_fault(table, number, column, row[column.name])


def choice(choices: Sequence[str], cell: str) -> str:
    """Give the choice that a cell means but for its capitals and spaces; '' if there is none."""
    plain = " ".join(cell.replace("_", " ").replace("-", " ").lower().split())
    return next((c for c in choices if c.lower() == plain), "")


def _cell_fault(table: Table, number: int, column: Field, cell: str) -> Fault:
    expected, remedy = _EXPECTED.get(column.type, _EXPECTED["text"])
    if column.choices:
        expected = f"one of {', '.join(column.choices)}{'' if column.filled else ', or nothing'}"
        same = choice(column.choices, cell)
        remedy = f"Write {same}." if same else "Put one of these in the cell."
    if column.choices == LETTERS:
        remedy = "; ".join(f"{letter} = {meaning}" for letter, meaning in MARKERS.items()) + "."
    if not cell and column.filled:
        article = "an" if column.name[0] in "aeiou" else "a"
        expected, remedy = f"{article} {column.name}", "Fill the cell, or delete the row."
    return Fault(table.file, number, column.name, cell, expected, remedy)


def misfit(column: Field, cell: str) -> tuple[str, str] | None:
    """Say what a column expects, and what to do, where a cell is not its kind of number."""
    pattern = _DIGITS.get(column.type)
    return None if pattern is None or pattern.fullmatch(cell) else _EXPECTED[column.type]
