"""The shapes of the tables: which columns each file may have, and its Table Schema.

TABLES has a row for each file of an indicator, REFERENCE for each that all partnerships share,
OWN for each that a partnership may have beside its indicators.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from callover import records
from callover.kinds import Kind
from callover.model import MARKERS
from callover.revisions import REASONS

STATUSES = ("agreed", "interim", "to be set")
LETTERS = tuple(MARKERS)


@dataclass(frozen=True)
class Field:
    """One column that a table may have.

    `type`: text, count, amount, integer, number or percent; in a partnership's own tables also a
    name of GRAMMARS in `callover.data.grammar`, or `outcome` or `indicator`: one of the
    partnership's.

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
    "count": {"type": "integer", "constraints": {"minimum": 0}},
    "amount": {"type": "number", "constraints": {"minimum": 0}},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "percent": {"type": "number", "constraints": {"minimum": 0, "maximum": 100}},
    "day": {"type": "date"},
    "meeting": {"type": "date"},
    "web": {"type": "string", "format": "uri"},
}
_STRING: Mapping[str, Any] = {"type": "string"}


def schema_field(column: Field) -> dict[str, Any]:
    """Describe a column for Frictionless."""
    shape = _FRICTIONLESS.get(column.type, _STRING)
    constraints = dict(shape.get("constraints", {}))
    if column.filled:
        constraints["required"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    made: dict[str, Any] = {"name": column.name, "type": shape["type"]}
    if "format" in shape:
        made["format"] = shape["format"]
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


def revisions_fields(row: Kind) -> tuple[Field, ...]:
    """Give the columns of revisions.csv; its figures are words where the kind's figures are."""
    figure = "text" if row.column("text") else "figure"
    return (
        Field("date", "day", required=True),
        Field("period", required=True),
        Field("area_code"),
        Field("category"),
        Field("column", required=True),
        Field("from", figure),
        Field("to", figure),
        Field("reason", required=True, choices=tuple(REASONS)),
        Field("note"),
    )


#: The files an indicator may have beside its descriptor; series depends on the kind.
TABLES: Mapping[str, Callable[[Kind], Sequence[Field]]] = {
    "series": series_fields,
    "targets": lambda row: _TARGETS,
    "comparators": lambda row: _COMPARATORS,
    "published": lambda row: _PUBLISHED,
    "revisions": revisions_fields,
}

#: The files of the reference package.
REFERENCE: Mapping[str, Sequence[Field]] = {
    "areas": (
        Field("area_code", required=True),
        Field("name", required=True),
        Field("area_type"),
        Field("csp_code"),
        Field("force_code"),
        Field("short_name"),
        Field("tile_column", "count"),
        Field("tile_row", "count"),
    ),
    "groups": (
        Field("group", required=True),
        Field("title", required=True),
        Field("size", "count"),
        Field("members", required=True),
        Field("valid_from", "day"),
        Field("valid_to", "day"),
        Field("mean"),
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
    "helplines": (
        Field("id", "id", required=True),
        Field("name", required=True),
        Field("topics", "topics", required=True),
        Field("helps", required=True),
        Field("phone", "phone"),
        Field("cost"),
        Field("other"),
        Field("hours"),
        Field("web", "web"),
        Field("area"),
        Field("checked", "day"),
        Field("source"),
    ),
    "everyday": (
        Field("words", required=True),
        Field("terms", required=True),
    ),
    "addresses": (
        Field("address", "address", required=True),
        Field("since", "day", required=True),
    ),
    "moved": (
        Field("address", "address", required=True),
        Field("to", "address"),
        Field("date", "day", required=True),
        Field("reason"),
    ),
}

#: Files of the reference package that it may do without.
OPTIONAL = frozenset({"addresses", "everyday", "helplines", "moved"})


@dataclass(frozen=True)
class Own:
    """A table of a partnership: its columns, what no two rows share, and the record of a row."""

    fields: Sequence[Field]
    key: Sequence[str]
    record: type[records.Record]


def _texts(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name) for name in names)


_QUARTERS = _texts("q1", "q2", "q3", "q4")
_DUE = (Field("due", "day or month"), Field("due_as_printed"))

#: The files that a partnership may have in its own folder, listed in its descriptor.
OWN: Mapping[str, Own] = {
    "actions": Own(
        (
            Field("id", "id", required=True),
            Field("outcome", "outcome", required=True),
            Field("action", required=True),
            Field("lead"),
            *_DUE,
            Field("status", choices=records.STATES),
            Field("year", "year"),
            *_QUARTERS,
            Field("indicator", "indicator"),
            Field("note"),
        ),
        ("id",),
        records.Action,
    ),
    "governance": Own(
        (
            Field("group", required=True),
            Field("outcome", "outcome"),
            *_texts("frequency", "membership", "purpose", "note"),
        ),
        ("group", "outcome"),
        records.Group,
    ),
    "communications": Own(
        (
            Field("id", "id", required=True),
            Field("outcome", "outcome"),
            Field("message", required=True),
            *_texts("channel", "lead"),
            *_DUE,
            Field("year", "year"),
            *_QUARTERS,
            Field("note"),
        ),
        ("id",),
        records.Message,
    ),
    "roles": Own(
        (
            Field("outcome", "outcome", required=True),
            *_texts("lead_agency", "strategic_lead", "operational_leads", "note"),
        ),
        ("outcome",),
        records.Roles,
    ),
    "workstreams": Own(
        (
            Field("id", "id", required=True),
            Field("outcome", "outcome"),
            Field("title", required=True),
            *_texts("status", "next_steps"),
            Field("goes_live", "day or month"),
            Field("note"),
        ),
        ("id",),
        records.Workstream,
    ),
    "meetings": Own(
        (
            Field("date", "day", required=True),
            Field("title", required=True),
            Field("place"),
            Field("next", "day"),
            Field("note"),
        ),
        ("date",),
        records.Meeting,
    ),
    "agenda": Own(
        (
            Field("meeting", "meeting", required=True),
            Field("item", required=True),
            Field("title", required=True),
            Field("lead"),
            Field("minutes", "count"),
            Field("links", "links"),
            *_texts("decision", "note"),
        ),
        ("meeting", "item"),
        records.Item,
    ),
    "action_log": Own(
        (
            Field("id", "id", required=True),
            Field("meeting", "meeting", required=True),
            *_texts("item", "theme"),
            Field("action", required=True),
            Field("owner"),
            *_DUE,
            Field("status", required=True, choices=records.LOG_STATES),
            Field("closed", "day"),
            Field("reported"),
            Field("link", "links"),
            Field("note"),
        ),
        ("id",),
        records.Logged,
    ),
    "exceptions": Own(
        (
            Field("period", "period", required=True),
            Field("kind", required=True, choices=records.EXCEPTIONS),
            Field("title", required=True),
            Field("indicator", "indicator"),
            Field("rating", choices=records.COLOURS),
            *_texts("target_set", "figure", "cause", "action", "note", "where"),
        ),
        ("period", "kind", "title"),
        records.Excepted,
    ),
    "projects": Own(
        (
            Field("period", "period", required=True),
            Field("project", required=True),
            Field("rating", choices=records.COLOURS),
            *_texts("rated_by", "exception", "spent", "approved", "pending", "funding_to"),
            *_texts("action", "note", "where"),
        ),
        ("period", "project"),
        records.Project,
    ),
    "achievements": Own(
        (
            Field("year", "year", required=True),
            Field("outcome", "outcome"),
            Field("kind", required=True, choices=records.ACHIEVEMENTS),
            Field("text", required=True),
            Field("value", "number"),
            Field("unit"),
            Field("period", "period"),
            Field("from_value", "number"),
            Field("from_period", "period"),
            Field("indicator", "indicator"),
            *_texts("next_plan", "source", "note", "where"),
        ),
        ("year", "outcome", "kind", "text"),
        records.Achievement,
    ),
    "reports": Own(
        (
            Field("report", required=True, choices=records.REPORTED),
            Field("period", "period", required=True),
            Field("title", required=True),
            Field("meeting"),
            Field("date", "day"),
            *_texts("from", "purpose", "next", "note"),
        ),
        ("report", "period"),
        records.Issued,
    ),
}
