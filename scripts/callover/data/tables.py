"""CSV files as tables: their shape and their cells.

What can be wrong with a cell is found here, so that the message says what to do. Frictionless has
the last word, on data that nothing is wrong with. All tables of one shape go through it in one
pass: a pass costs as much as a small package, and a portal has hundreds of them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from pathlib import Path
from sys import intern
from typing import Any

from frictionless import Checklist, Resource, Schema, system

from callover.data import slips
from callover.data.gate import MAX_BYTES, MOST, SAVE_AGAIN, Gate
from callover.data.grammar import GRAMMARS, BadCell, correction
from callover.data.headers import unknown_header, wrong_header
from callover.data.shapes import LETTERS, Field, schema_field
from callover.errors import Fault
from callover.model import MARKERS

MAX_ROWS = 100_000
MAX_COLUMNS = 200
#: Letters in a cell, and cells of a row that a message shows; a line longer may hold more.
MAX_CELL, _SHOWN = 5_000, 50
_BATCH = 20_000
csv.field_size_limit(MAX_BYTES)  # the size of a cell is told by us, with its place

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
    if not _header(gate, path, lines, fields):
        return None
    rows, numbers = _rows(gate, path, header, lines[1:])
    return _bounded(gate, Table(path, gate.name(path), fields, header, rows, numbers, text))


def _bounded(gate: Gate, table: Table) -> Table | None:
    """Refuse a table with a cell that is too long; where lines are short, so are cells."""
    lines = table.text.splitlines()
    if len(lines) == len(table.rows) + 1 and len(max(lines, key=len)) <= MAX_CELL:
        return table
    for number, row in table.numbered:
        for column, cell in row.items():
            if len(cell) > MAX_CELL:
                gate.fault(
                    table.path, number, column, f"{len(cell)} characters",
                    f"at most {MAX_CELL} characters in a cell",
                    "Shorten it, or look for a quote that is not closed.",
                )  # fmt: skip
                return None
    return table


def _lines(gate: Gate, path: Path, text: str) -> Sequence[Sequence[str]] | None:
    if not text.strip():
        gate.fault(
            path, 0, "", "", "a header and at least one row",
            "Fill the file, or take it out of the folder and of datapackage.json.",
        )  # fmt: skip
        return None
    count = max(text.count("\n"), text.count("\r")) - 1
    if count > MAX_ROWS:  # before they are parsed
        gate.fault(
            path, 0, "", f"{count} rows", f"at most {MAX_ROWS} rows",
            "Split the data, or delete the rows that hold none.",
        )  # fmt: skip
        return None
    found: list[list[str]] = []
    try:
        found.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as problem:
        gate.fault(
            path, len(found) + 1, "", _QUOTES.get(str(problem)[:8], str(problem)),
            "a CSV row with matching quotes",
            "Put quotes around a whole cell, and write a quote inside it twice.",
        )  # fmt: skip
        return None
    return found


#: What the parser says of quotes, by how it begins, in plain words.
_QUOTES = {"unexpect": "a quote that is open", "',' expe": "a quote inside a cell"}


def _header(
    gate: Gate, path: Path, lines: Sequence[Sequence[str]], fields: Sequence[Field]
) -> bool:
    header = lines[0]
    if len(header) == 1 and re.search(r"(?<!sep=)[;\t|]", header[0]):
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
    if told := wrong_header(header, lines, fields):
        gate.fault(path, 1, "", ",".join(header), *told)
        return False
    unnamed = [position for position, name in enumerate(header, 1) if not name.strip()]
    if unnamed:
        last = f"s {unnamed[0]} to {unnamed[-1]}" if len(unnamed) > 1 else f" {unnamed[0]}"
        gate.fault(
            path, 1, "", "", f"a name in column{last}",
            "Name the column, or remove it; `callover tidy` removes empty ones at the end.",
        )  # fmt: skip
    for name in dict.fromkeys(name for name in header if name.strip()):
        if header.count(name) > 1:
            gate.fault(path, 1, name, name, "each column once", "Remove or rename the second one.")
        elif name not in known:
            remedy = unknown_header(name, header, known)
            gate.fault(path, 1, name, name, f"one of {', '.join(known)}", remedy)
    if len(gate.faults) > before:
        return False
    for wanted in fields:
        if wanted.required and wanted.name not in header:
            gate.fault(
                path, 1, wanted.name, "", f"a column named {wanted.name}",
                f"Add the column {wanted.name} to the header and to every row.",
            )  # fmt: skip
    return len(gate.faults) == before


def _rows(
    gate: Gate, path: Path, header: Sequence[str], lines: Sequence[Sequence[str]]
) -> tuple[list[Row], list[int]]:
    rows: list[Row] = []
    numbers: list[int] = []
    if not lines:
        gate.fault(path, 1, "", "only a header", "at least one row of data", "Add the rows.")
    width, empty = len(header), []
    for number, cells in enumerate(lines, start=2):
        # Most cells say what others say: one text for all of them is a third of the memory.
        stripped = [intern(cell.strip()) for cell in cells]
        if len(cells) != width and any(stripped):
            shown = ",".join(cells) if len(cells) <= _SHOWN else f"{len(cells)} cells"
            gate.fault(
                path, number, "", shown, f"{width} cells, as in the header",
                "Look for a comma too many, such as one in 1,234, or for a missing cell.",
            )  # fmt: skip
        elif any(stripped):
            rows.append(dict(zip(header, stripped, strict=True)))
            numbers.append(number)
        else:
            empty.append(number)
    for first, count in _runs(empty):
        more = count > 1
        gate.fault(
            path, first, "", f"{count} empty rows" if more else "", "a row of data",
            f"Delete the empty row{'s' if more else ''}; `callover tidy` does this.",
        )  # fmt: skip
    return rows, numbers


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Give the first number of each run of numbers that follow one another, and how many."""
    first, count = 0, 0
    for number in numbers:
        if count and number == first + count:
            count += 1
            continue
        if count:
            yield first, count
        first, count = number, 1
    if count:
        yield first, count


class _Blocked:
    """Stands where Frictionless keeps its network session, and refuses every use."""

    def __getattr__(self, name: str) -> Any:
        raise ConnectionError("Callover reads nothing from the network")


def check(table: Table) -> tuple[Sequence[Fault], bool]:
    """Give the faults of a table's cells, and whether the rest of it is worth a look.

    A table of which nearly every cell is wrong is another table: after MOST faults nothing more is
    told of it.
    """
    present = tuple(f for f in table.fields if f.name in table.header)
    steps = (_check_shifted, _check_rules, _check_grammar, _check_texts)
    found = list(islice((fault for step in steps for fault in step(table, present)), MOST))
    return found, len(found) < MOST


def validate(tables: Iterable[Table]) -> Iterator[Fault]:
    """Let Frictionless look at tables that nothing is known to be wrong with."""
    shapes: dict[tuple[Field, ...], list[Table]] = {}
    for table in tables:
        present = tuple(f for f in table.fields if f.name in table.header)
        shapes.setdefault(present, []).append(table)
    with system.use_context(trusted=False, http_session=_Blocked()):
        for fields, same in shapes.items():
            for batch in _batches(same):
                yield from _check_batch(fields, batch)


def _check_rules(table: Table, present: Sequence[Field]) -> Iterator[Fault]:
    """Check numbers, choices and cells that must be filled."""
    for column in present:
        pattern = _DIGITS.get(column.type)
        if pattern is None and not column.choices and not column.filled:
            continue
        for number, row in table.numbered:
            cell = row[column.name]
            if not cell:
                bad = column.filled
            elif pattern is not None:
                bad = not pattern.fullmatch(cell) or (
                    column.type == "percent" and float(cell) > 100
                )
            else:
                bad = bool(column.choices) and cell not in column.choices
            if bad and (number, column.name) not in table.bad:
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
    """Refuse texts that a spreadsheet would run. Periods and days have a grammar of their own."""
    free = [f.name for f in present if f.type == "text" and not f.choices]
    free = [name for name in free if name not in _GRAMMATICAL]
    for number, row in table.numbered:
        for name in free:
            if row[name][:1] in ("=", "@", "+", "-") and _FORMULA.match(row[name]):
                yield Fault(
                    table.file, number, name, row[name], "text, not a formula",
                    "A spreadsheet would run this. Begin the cell with a word.",
                )  # fmt: skip


_GRAMMATICAL = frozenset(("period", "baseline_period", "valid_from", "valid_to"))


def _check_shifted(table: Table, present: Sequence[Field]) -> Iterator[Fault]:
    """Refuse the thousands of 1,386 that have moved into the column of a text or a marker."""
    numbers = {f.name for f in present if f.type in _DIGITS}
    texts = {f.name for f in present if f.type == "text" and f.name not in _GRAMMATICAL}
    shifted = [(a, b) for a, b in pairwise(table.header) if a in numbers and b in texts]
    for number, row in table.numbered if shifted else ():
        for left, right in shifted:
            if len(row[right]) == 3 and _THREE.fullmatch(row[right]) and 1 <= len(row[left]) <= 3:
                table.bad.update({(number, left), (number, right)})
                yield Fault(
                    table.file, number, left, f"{row[left]},{row[right]}",
                    "a number without a comma in it",
                    f"Write {row[left]}{row[right]}, if that is the number that was meant.",
                )  # fmt: skip


_THREE = re.compile(r"\d{3}", re.A)


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
        for _, _, row in origin:
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
        yield _cell_fault(table, number, column, row[column.name])


def choice(choices: Sequence[str], cell: str) -> str:
    """Give the choice that a cell means but for its capitals and spaces; '' if there is none."""
    plain = " ".join(cell.replace("_", " ").replace("-", " ").lower().split())
    return next((c for c in choices if c.lower() == plain), "")


def _cell_fault(table: Table, number: int, column: Field, cell: str) -> Fault:
    expected, remedy = _EXPECTED.get(column.type, _EXPECTED["text"])
    if column.type in _DIGITS:
        in_percent = column.type not in ("count", "integer")
        marked = "marker" in table.header
        remedy = slips.number(cell, in_percent, marked) or remedy
    if column.choices:
        expected = f"one of {', '.join(column.choices)}{'' if column.filled else ', or nothing'}"
        remedy = "Put one of these in the cell."
        if column.choices == LETTERS:
            remedy = "; ".join(f"{letter} = {meaning}" for letter, meaning in MARKERS.items()) + "."
        same = choice(column.choices, cell.strip("[]") if column.choices == LETTERS else cell)
        remedy = f"Write {same}." if same else remedy
    if not cell and column.filled:
        article = "an" if column.name[0] in "aeiou" else "a"
        expected, remedy = f"{article} {column.name}", "Fill the cell, or delete the row."
    return Fault(table.file, number, column.name, cell, expected, remedy)


def misfit(column: Field, cell: str) -> tuple[str, str] | None:
    """Say what a column expects, and what to do, where a cell is not its kind of number."""
    pattern = _DIGITS.get(column.type)
    return None if pattern is None or pattern.fullmatch(cell) else _EXPECTED[column.type]
