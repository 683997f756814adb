"""The one door to openpyxl: a workbook's sheet, read as it shows.

A workbook can hide rows, hold formulas that nobody worked out, and show 45% where it stores 0.45.
What cannot be seen, or not be told for certain, is refused with its cell. openpyxl is asked twice,
once for the formulas and once for the values stored beside them; readers that are quicker tell
neither what is hidden nor that a formula has no value.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from typing import Any

from callover.data.gate import UNSEEN, printable
from callover.data.sheets import MAX_CELLS, Entry, Grid, Place, check_size, letters, refuse
from callover.errors import Fault, SheetFaults

#: A workbook's parts together, unpacked; openpyxl needs some fifty times what it reads.
MAX_UNPACKED = 40_000_000
MAX_PARTS = 1_000


def read_workbook(raw: bytes, name: str, sheet: str) -> Grid:
    """Read a workbook's sheet; raise SheetFaults where the workbook as a whole will not do."""
    states = _check_parts(name, raw)
    book = _load(name, raw, values=False)
    chosen, hidden = _choose(name, book, sheet, states)
    grid = Grid(f"{name}, sheet {printable(chosen.title)}", faults=[*hidden])
    cells = _cells(chosen)
    check_size(grid.name, len(cells))
    _hidden(grid, chosen, cells)
    for merged in chosen.merged_cells.ranges:
        grid.fault(
            merged.coord, "merged cells", "a value in each cell",
            "Unmerge them, and put into each cell what belongs there.",
        )  # fmt: skip
    stored: Mapping[Place, Any] = {}
    if any(cell.data_type == "f" for cell in cells.values()):
        stored = _cells(_load(name, raw, values=True)[chosen.title])
    for place in sorted(cells):
        entry = _entry(grid, place, cells[place], stored)
        if entry is not None:
            grid.entries[place] = entry
    return grid


_WHOLE = ("a sound Excel workbook", "Open it in Excel or LibreOffice and save it again as .xlsx.")
_BIG = ("a workbook of common size", "Copy the figures into a new workbook and save that.")

#: Parts of a workbook by the beginning of their name: what they are, and what to do about it.
_REFUSED_PARTS: Sequence[tuple[str, str, str, str]] = (
    ("xl/vbaproject", "macros", "a workbook without macros",
     "Save it as Excel workbook (.xlsx), which has none."),
    ("xl/externallinks/", "links to other workbooks", "figures that stand in this workbook",
     "In Excel choose Data, Edit links, Break link: it keeps the values. Then save."),
    ("xl/connections", "a connection to outside data", "figures that stand in this workbook",
     "Copy the figures into a new workbook by Paste special, Values."),
)  # fmt: skip
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)")


_SHEET = re.compile(r"""<(?:\w+:)?sheet\s((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_STATE = re.compile(r"""(name|state)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def _check_parts(name: str, raw: bytes) -> dict[str, str]:
    """Look at a workbook's parts before any library unpacks them; give the state of each sheet.

    openpyxl forgets the state of a sheet that is a chart.
    """
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        refuse(
            name, "an old workbook, or one with a password", _WHOLE[0],
            "Open it in Excel, take the password off and save it as Excel workbook (.xlsx).",
        )  # fmt: skip
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            parts = packed.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                refuse(name, "a file that unpacks to far more than it is", *_BIG)
            names = {part.filename.lower() for part in parts}
            if "xl/workbook.xml" not in names:
                refuse(name, "a file that is no Excel workbook", *_WHOLE)
            _refuse_parts(name, names)
            for part in parts:
                _check_xml(name, part, packed)
            listed = _SHEET.findall(packed.read("xl/workbook.xml").decode())
            found = [{k: unescape(a or b) for k, a, b in _STATE.findall(own)} for own in listed]
            return {own.get("name", ""): own.get("state", "visible") for own in found}
    except (
        zipfile.BadZipFile,
        KeyError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ):
        refuse(name, "a damaged file", *_WHOLE)


def _refuse_parts(name: str, names: Iterable[str]) -> None:
    found = [
        Fault(name, 0, "", what, expected, remedy)
        for begins, what, expected, remedy in _REFUSED_PARTS
        if any(part.startswith(begins) for part in names)
    ]
    if found:
        raise SheetFaults(found)


def _check_xml(name: str, part: zipfile.ZipInfo, packed: zipfile.ZipFile) -> None:
    """Refuse what no spreadsheet program writes and what would cost a reader its memory."""
    if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
        return
    with packed.open(part) as stream:  # gives no more than the size that was added up above
        text = stream.read()
    if b"\0" in text[:4] or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        refuse(name, f"{part.filename} with definitions of its own", *_WHOLE)
    merged = 0
    for left, top, right, bottom in _MERGE.findall(text):
        wide = _column(right) - _column(left) + 1
        merged += wide * (int(bottom) - int(top) + 1)
    if merged > MAX_CELLS:
        refuse(
            name, f"{merged} merged cells", "a value in each cell",
            "Select the whole sheet and unmerge its cells.",
        )  # fmt: skip


def _column(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - ord("A") + 1
    return number


def _load(name: str, raw: bytes, values: bool) -> Any:
    """Open a workbook for its formulas, or for the values that were stored beside them."""
    import openpyxl  # the build does without it, and without the time that its import takes

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions, which we do not look at
            return openpyxl.load_workbook(io.BytesIO(raw), data_only=values, keep_links=False)
    except Exception:  # a damaged workbook raises nearly anything
        refuse(name, "a damaged workbook", *_WHOLE)


def _choose(
    name: str, book: Any, wanted: str, states: Mapping[str, str]
) -> tuple[Any, Sequence[Fault]]:
    """Choose the sheet that is named, or the only one with something in it; refuse hidden ones."""
    states = {**states, **{sheet.title: sheet.sheet_state for sheet in book.worksheets}}
    hidden = [
        Fault(
            f"{name}, sheet {printable(title)}", 0, "", "a hidden sheet",
            "a workbook that shows all it has", _UNHIDE[state == "veryHidden"],
        )
        for title, state in states.items() if state != "visible"
    ]  # fmt: skip
    filled = [s for s in book.worksheets if s.sheet_state == "visible" and _cells(s)]
    titles = ", ".join(printable(sheet.title) for sheet in filled) or "no sheet"
    found = [sheet for sheet in filled if not wanted or sheet.title == wanted]
    if len(found) == 1:
        return found[0], hidden
    if wanted:
        value, expected = f"--sheet {wanted}", f"one of {titles}"
        remedy = "Give --sheet the name on the sheet's tab."
    elif found:
        value, expected = titles, "one sheet with something in it"
        remedy = "Choose one of them by --sheet NAME."
    else:
        value, expected = "no sheet with anything in it", "a header and at least one row"
        remedy = "Put the figures into a sheet that shows, and save the workbook."
    raise SheetFaults([*hidden, Fault(name, 0, "", printable(value), expected, remedy)])


_UNHIDE = {
    False: "Right-click a tab, choose Unhide, and delete the sheet if it is not needed.",
    True: "Its setting hides it from the menu too. Copy your sheet alone into a new workbook.",
}


def _cells(sheet: Any) -> dict[Place, Any]:
    """Give the cells that hold something; a sheet's bounds may be millions of empty ones."""
    return {
        place: cell
        for place, cell in sheet._cells.items()
        if cell.value is not None and str(cell.value).strip()
    }


def _hidden(grid: Grid, sheet: Any, cells: Iterable[Place]) -> None:
    """Refuse hidden rows and columns that hold something."""
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    dimensions = sheet.row_dimensions
    all_hidden = bool(sheet.sheet_format.zeroHeight)
    for row in sorted(rows):
        one = dimensions.get(row)
        if all_hidden if one is None else one.hidden or one.height == 0:
            grid.faults.append(Fault(
                grid.name, row, "", "a hidden row", "rows that all show",
                "Select the rows around it, right-click, Unhide; or clear the filter that hides "
                "it. Delete it if it is not meant.",
            ))  # fmt: skip
    for column in sorted(columns):
        if any(low <= column <= high for low, high in _hidden_columns(sheet)):
            grid.faults.append(Fault(
                grid.name, 0, letters(column), "a hidden column", "columns that all show",
                "Select the columns around it, right-click, Unhide; or open the group that folds "
                "it away. Delete it if it is not meant.",
            ))  # fmt: skip


def _hidden_columns(sheet: Any) -> Iterator[tuple[int, int]]:
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden or dimension.width == 0:
            yield dimension.min, dimension.max


_LAST_SAVED = (
    "a formula with its stored value",
    "Open the file in Excel or LibreOffice, let it calculate, and save it. Or put the value "
    "in place of the formula (Copy, Paste special, Values).",
)


def _entry(grid: Grid, place: Place, cell: Any, stored: Mapping[Place, Any]) -> Entry | None:
    """Read one cell; None, with a fault, where what it shows cannot be told."""
    value, kind = cell.value, cell.data_type
    if kind == "f":
        formula = str(getattr(value, "text", value))
        if place not in stored:
            grid.fault(place, f"the formula {formula}", *_LAST_SAVED)
            return None
        value, kind = stored[place].value, stored[place].data_type
    if kind == "e":
        grid.fault(
            place, str(value), "a value, not an error",
            "Put the formula right, or the value in its place.",
        )  # fmt: skip
        return None
    form = _FORMAT_WORDS.sub("", str(cell.number_format)).lower()
    if isinstance(value, datetime | date):
        on = value.date() if isinstance(value, datetime) else value
        return Entry(on.isoformat(), on=on, by_day="d" in form)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        grid.fault(
            place, str(value), "a number or text", "Format the cell as a number and type it again."
        )
        return None
    if isinstance(value, str):
        return _text(grid, place, value)
    digits = Decimal(repr(value)) if isinstance(value, int) else Decimal(f"{value:.15g}")
    decimals = _PLACES.search(form)
    places = len(decimals[1]) if decimals else 0
    if "%" not in form:
        return Entry(_plain(digits), places=places)
    return Entry(_plain(digits * 100), _plain(digits), places)


#: Words, escaped signs, colours and conditions in a number format, which are no format themselves.
_PLACES = re.compile(r"^[^;]*?\.(0+)")
_FORMAT_WORDS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


def _text(grid: Grid, place: Place, value: str) -> Entry | None:
    seen = UNSEEN.search(value)
    if seen is not None:
        grid.fault(
            place, f"character U+{ord(seen.group()):04X}", "text that can be seen",
            "Clear the cell and type it again.",
        )  # fmt: skip
        return None
    return Entry(" ".join(value.split()))


def _plain(value: Decimal) -> str:
    """Write a number in plain digits, as it shows with every decimal that it has."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
