"""Headers that are not those of their table: what stands there instead, and what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from callover import periods
from callover.data.shapes import Field

#: Names for the column `period` that other tables have.
_PERIODS = ("date", "month", "quarter", "week", "day", "time", "periods", "year")
_NUMBERS = ("count", "amount", "number", "percent")
#: How many rows are searched for a header that stands too low.
_SEARCHED = 20


def plain_header(name: str) -> str:
    """Give a column's name as the format spells names: lower case, no spaces, no quotes."""
    return "_".join(name.strip("“”‘’\"' \u00a0").lower().split())


def wrong_header(
    header: Sequence[str], lines: Sequence[Sequence[str]], fields: Sequence[Field]
) -> tuple[str, str] | None:
    """Say what is expected, and what to do, where the first row is no header at all."""
    if len(header) == 1 and header[0].lower().startswith("sep="):
        return "a header with the names of the columns", "Delete the row above the header."
    if len(header) == 1 and "," in header[0]:
        return "each cell on its own", "Take the quotes around whole rows away."
    known = {f.name for f in fields}
    if known.intersection(map(plain_header, header)):
        return None
    expected = "a header with the names of the columns"
    for row, cells in enumerate(lines[1:_SEARCHED], start=2):
        if len(known.intersection(map(plain_header, cells))) > 1:
            what = "rows" if any(cell.strip() for cell in header) else "empty rows"
            return expected, f"Delete the {what} above row {row}, where the header stands."
    begin = [f.name for f in fields if f.required]
    begin += [f.name for f in fields if f.type in _NUMBERS and f.name not in begin][:1]
    return expected, f"Begin the file with the names of its columns, such as {','.join(begin)}."


def unknown_header(name: str, header: Sequence[str], known: Sequence[str]) -> str:
    """Say what to do about a column that the table does not have."""
    plain, names = plain_header(name), {plain_header(other) for other in header}
    if plain in known:
        return f"Rename it to {plain}, with no spaces around it; `callover tidy` does this."
    if "period" in known and "period" not in names:
        if {"year", "month"} <= names and plain in ("year", "month"):
            return "Write both in one column, period: 2016-04."
        if plain in _PERIODS:
            return "Rename it to period, and write 2016-04 for a month."
    if _is_period(name):
        return f"Write a row for each period: {known[0]} in one column, the figure in another."
    close = get_close_matches(plain, known, 1, 0.8)
    if close and close[0] not in header and not re.search(r"\d", name):
        return f"Rename it to {close[0]}, if that is meant."
    return "Remove the column, or rename it to the one you mean."


def _is_period(text: str) -> bool:
    try:
        return bool(periods.parse(text.strip()))
    except periods.PeriodError as problem:
        return bool(problem.suggestion)
