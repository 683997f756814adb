"""Every column of every table, each with a cell that it does not take.

The tables of a partnership stand in `own`: what one of their cells may name is in another table.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests.corpus.case import PLACE, Case
from tests.corpus.package import put

from callover.data.shapes import REFERENCE, TABLES, Field
from callover.kinds import KINDS, Kind

FORMULA = ("=1", "text, not a formula", "Begin the cell with a word")
#: What stands in a cell, what is expected and what to do, by the type of its column.
BAD = {
    "count": ("many", "a whole number, 0 or more", "Write 1234"),
    "amount": ("many", "a number, 0 or more", "Write 1234"),
    "number": ("many", "a number in plain digits", "Write 1234"),
    "percent": ("many", "a percentage from 0 to 100", "Write 45"),
    "text": FORMULA,
}
CHOICE = ("q", "one of", "")


def bad(column: Field) -> tuple[str, str, str]:
    """Give a cell that a column does not take, with words of its message."""
    return CHOICE if column.choices else BAD.get(column.type, ("?? ??", "", ""))


def spoilt(columns: Sequence[Field]) -> str:
    """Write a table with one row in which every cell is bad."""
    header = ",".join(column.name for column in columns)
    return f"{header}\n" + ",".join(
        "soon" if "period" in c.name or c.name in ("valid_from", "valid_to") else bad(c)[0]
        for c in columns
    ) + "\n"  # fmt: skip


def shared(name: str, columns: Sequence[Field]) -> Case:
    """Give a case of a table that all partnerships share."""
    value, expected, remedy = bad(columns[-1])
    file = f"reference/{name}.csv"
    return Case(f"every column of {name}.csv", file, 2, columns[-1].name, value, expected, remedy,
                changes=[put(file, spoilt(columns))], faults=0)  # fmt: skip


def table(name: str, kind: Kind, columns: Sequence[Field]) -> Case:
    """Give a case of a table with one row in which every cell is bad; the last is looked at."""
    value, expected, remedy = bad(columns[-1])
    package = {"kind": kind.name, name: spoilt(columns)}
    return Case(
        f"every column of {name}.csv of the kind {kind.name}", f"{PLACE}/measure/{name}.csv", 2,
        columns[-1].name, value, expected, remedy, package, faults=0,
    )  # fmt: skip


#: A series of each kind; the other tables have the same columns whatever the kind.
CASES = (
    *(table("series", kind, TABLES["series"](kind)) for kind in KINDS.values()),
    *(
        table(name, KINDS["count"], columns(KINDS["count"]))
        for name, columns in TABLES.items()
        if name != "series"
    ),
    *(shared(name, columns) for name, columns in REFERENCE.items()),
)
