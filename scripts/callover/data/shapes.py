"""The shapes of the tables: which columns each file may have, and its Table Schema.

TABLES has a row for each file of an indicator, REFERENCE for each that all partnerships share.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from callover.kinds import Kind
from callover.model import MARKERS

STATUSES = ("agreed", "interim", "to be set")
LETTERS = tuple(MARKERS)


@dataclass(frozen=True)
class Field:
    """One column that a table may have. `type`: text, count, amount, integer, number or percent.

    A required column must be there, and each of its cells filled, unless it is `marked`: then a
    marker may stand in place of its value.
    """

    name: str
    type: str = "text"
    required: bool = False
    choices: Sequence[str] = ()
    marked: bool = False
    title: str = ""

    @property
    def filled(self) -> bool:
        """Say whether no cell of the column may be empty."""
        return self.required and not self.marked


_FRICTIONLESS: Mapping[str, Mapping[str, Any]] = {
    "text": {"type": "string"},
    "count": {"type": "integer", "constraints": {"minimum": 0}},
    "amount": {"type": "number", "constraints": {"minimum": 0}},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "percent": {"type": "number", "constraints": {"minimum": 0, "maximum": 100}},
}


def schema_field(column: Field) -> dict[str, Any]:
    """Describe a column for Frictionless."""
    shape = _FRICTIONLESS[column.type]
    constraints = dict(shape.get("constraints", {}))
    if column.filled:
        constraints["required"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    made: dict[str, Any] = {"name": column.name, "type": shape["type"]}
    if column.title:
        made["title"] = column.title
    return made | ({"constraints": constraints} if constraints else {})


def resource(name: str, path: str, columns: Sequence[Field]) -> dict[str, Any]:
    """Describe a table for Frictionless, as it stands in a descriptor."""
    return {
        "name": name,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": [schema_field(column) for column in columns]},
    }


def series_fields(row: Kind) -> tuple[Field, ...]:
    """Give the columns that series.csv may have for a kind."""
    return (
        Field("period", required=True),
        Field("area_code"),
        Field("category"),
        *(Field(c.name, c.type, c.required, marked=True, title=c.title) for c in row.columns),
        *(Field(f"{c.name}_marker", choices=LETTERS) for c in row.columns),
        *([] if row.column("text") else [Field("text")]),
        Field("marker", choices=LETTERS),
        Field("note"),
    )


_TARGETS = (
    Field("measure", required=True),
    Field("category"),
    Field("period"),
    Field("type", required=True),
    Field("lower", "number"),
    Field("upper", "number"),
    Field("change_percent", "number"),
    Field("baseline", "number"),
    Field("baseline_period"),
    Field("status", choices=STATUSES),
    Field("as_published"),
)
_COMPARATORS = (
    Field("period"),
    Field("area_code"),
    Field("group"),
    Field("measure", required=True),
    Field("value", "number", required=True),
    Field("unit"),
    Field("basis"),
)
_PUBLISHED = (
    Field("release", required=True),
    Field("measure", required=True),
    Field("period"),
    Field("area_code"),
    Field("category"),
    Field("as_printed", required=True),
    Field("where"),
)

#: The files an indicator may have beside its descriptor; series depends on the kind.
TABLES: Mapping[str, Callable[[Kind], Sequence[Field]]] = {
    "series": series_fields,
    "targets": lambda row: _TARGETS,
    "comparators": lambda row: _COMPARATORS,
    "published": lambda row: _PUBLISHED,
}

#: The files of the reference package.
REFERENCE: Mapping[str, Sequence[Field]] = {
    "areas": (
        Field("area_code", required=True),
        Field("name", required=True),
        Field("area_type"),
        Field("csp_code"),
        Field("force_code"),
    ),
    "groups": (
        Field("group", required=True),
        Field("title", required=True),
        Field("size", "count"),
        Field("members", required=True),
        Field("valid_from"),
        Field("valid_to"),
        Field("note"),
    ),
    "denominators": (
        Field("denominator", required=True),
        Field("area_code", required=True),
        Field("valid_from"),
        Field("valid_to"),
        Field("value", "count", required=True),
        Field("unit", required=True),
        Field("source", required=True),
        Field("inferred", choices=("true", "false")),
    ),
}
