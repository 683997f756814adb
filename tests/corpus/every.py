"""Every column of every table of an indicator, each with a cell that it does not take."""

from __future__ import annotations

from collections.abc import Sequence

from tests.corpus.case import PLACE, Case

from callover.data.shapes import TABLES, Field
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
    return CHOICE if column.choices else BAD.get(column.type, ("soon", "a ", ""))


def table(name: str, kind: Kind, columns: Sequence[Field]) -> Case:
    """Give a case of a table with one row in which every cell is bad; the last is looked at."""
    header = ",".join(column.name for column in columns)
    row = ",".join("soon" if "period" in c.name else bad(c)[0] for c in columns)
    value, expected, remedy = bad(columns[-1])
    package = {"kind": kind.name, name: f"{header}\n{row}\n"}
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
)
