"""The one sheet that a data officer keeps, CSV or .xlsx, read cell by cell as it shows.

read_sheet gives a Grid: what each cell holds, and what of it cannot be taken. Workbooks are read by
`callover.data.workbook`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import NoReturn

from callover.data.gate import MAX_BYTES, SAVE_AGAIN, Gate, printable
from callover.errors import Fault, SheetFaults

MAX_CELLS = 200_000

Place = tuple[int, int]


@dataclass(frozen=True)
class Entry:
    """One cell that is not empty: `text` as plain digits or words.

    `stored` is what a cell formatted as a percentage holds: 0.45, if it shows 45% and its text is
    45. `places` is how many decimals its format shows at least. `on` is the day of a cell that
    holds a date; `by_day` says that it shows the day, and not only the month and the year.
    """

    text: str
    stored: str = ""
    places: int = 0
    on: date | None = None
    by_day: bool = False


@dataclass
class Grid:
    """A sheet as it was read: its entries by row and column, both from 1, and what was refused."""

    name: str
    entries: dict[Place, Entry] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    bad: set[Place] = field(default_factory=set)

    def fault(
        self, place: Place | str, value: str, expected: str, remedy: str, about: str = ""
    ) -> None:
        """Keep a fault of a cell or of a range such as C7:D8; `about` says what the cell is for."""
        row, column = place if isinstance(place, tuple) else (0, 0)
        cell = reference(row, column) if isinstance(place, tuple) else place
        if isinstance(place, tuple):
            self.bad.add(place)
        self.faults.append(
            Fault(
                self.name, row, letters(column).rjust(3), printable(value), expected, remedy,
                f"{cell} ({printable(about)})" if about else cell,
            )
        )  # fmt: skip


def letters(column: int) -> str:
    """Name a column as a spreadsheet does: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, left = divmod(column - 1, 26)
        name = chr(ord("A") + left) + name
    return name


def reference(row: int, column: int) -> str:
    """Name a cell as a spreadsheet does: C7."""
    return f"{letters(column)}{row}"


def read_sheet(path: Path, sheet: str = "") -> Grid:
    """Read a sheet; raise SheetFaults where the file as a whole will not do.

    `sheet` names one of a workbook's sheets, where several have something in them.
    """
    name, form = printable(str(path)), path.suffix.lower()
    if form not in (".csv", ".xlsx"):
        refuse(name, form or "no ending", *_WRONG_FORM.get(form, _ANY_FORM))
    if not path.is_file():
        refuse(name, "no such file", "a sheet as .csv or .xlsx", "Correct its name or its folder.")
    if path.stat().st_size > MAX_BYTES:
        refuse(
            name, f"{path.stat().st_size} bytes", f"at most {MAX_BYTES} bytes",
            "Keep only the sheet with the figures, or split it.",
        )  # fmt: skip
    if form == ".csv":
        grid = _read_csv(path, name, sheet)
    else:
        from callover.data.workbook import read_workbook

        grid = read_workbook(path.read_bytes(), name, sheet)
    if not grid.entries and not grid.faults:
        refuse(grid.name, "", "a header and at least one row", "Choose the sheet with figures.")
    return grid


_SAVE_AS = "In Excel or LibreOffice choose Save as, and there Excel workbook (.xlsx) or CSV UTF-8."
_ANY_FORM = ("a sheet as .csv or .xlsx", _SAVE_AS)
_WRONG_FORM: Mapping[str, tuple[str, str]] = {
    ".xls": ("the newer form of workbook, .xlsx, or .csv", _SAVE_AS),
    ".xlsb": ("a workbook in plain form, .xlsx, or .csv", _SAVE_AS),
    ".xlsm": ("a workbook without macros, .xlsx, or .csv", _SAVE_AS),
    ".ods": _ANY_FORM,
}


def refuse(name: str, value: str, expected: str, remedy: str) -> NoReturn:
    """Refuse a file as a whole."""
    raise SheetFaults([Fault(name, 0, "", printable(value), expected, remedy)])


def check_size(name: str, cells: int) -> None:
    """Refuse more cells than a sheet of figures has."""
    if cells > MAX_CELLS:
        refuse(
            name, f"{cells} cells", f"at most {MAX_CELLS} cells",
            "Split the sheet, or take out what is no figure.",
        )  # fmt: skip


def _read_csv(path: Path, name: str, sheet: str) -> Grid:
    if sheet:
        refuse(name, f"--sheet {sheet}", "a workbook", "Leave --sheet out: a CSV has one sheet.")
    if path.read_bytes().startswith(b"PK\x03\x04"):
        refuse(name, "a workbook", "plain CSV", "Give the file the ending .xlsx.")
    path = path.resolve()
    gate = Gate(path.parent)
    text = gate.text(path)
    if text is None:
        raise SheetFaults(replace(fault, file=name) for fault in gate.faults)
    header = text.split("\n", 1)[0]
    if "," not in header and re.search(r"[;\t]", header):
        refuse(name, header.strip(), "columns parted by commas", SAVE_AGAIN)
    grid = Grid(name)
    try:
        for row, line in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            for column, cell in enumerate(line, start=1):
                if cell.strip():
                    grid.entries[row, column] = Entry(" ".join(cell.split()))
    except csv.Error as problem:
        refuse(name, str(problem), "CSV with matching quotes", "Put quotes around a whole cell.")
    check_size(name, len(grid.entries))
    return grid
