"""The data package of an indicator as it is published: described, dated and packed in one file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from callover import columns
from callover.compute import Board, Sheet
from callover.model import MARKERS, Content
from callover.pages import archive, views
from callover.provenance import Provenance

#: The rules that the descriptor follows; it is sound by those of version 1 too.
_STANDARD = "https://datapackage.org/profiles/2.0/datapackage.json"

_LINE = 120
_encoded = json.JSONEncoder(ensure_ascii=False).encode

_METRICS: Mapping[str, Any] = {
    "name": "metrics",
    "path": "metrics.csv",
    "title": "Computed figures",
    "description": "Every figure that we compute, unrounded.",
    "format": "csv",
    "mediatype": "text/csv",
    "encoding": "utf-8",
    "schema": {
        "fields": [
            {"name": name, "type": type_, "description": says}
            for name, (type_, says) in columns.METRICS.items()
        ]
    },
}


def descriptor(sheet: Sheet, origin: Provenance) -> Mapping[str, Any]:
    """Describe every table beside the page, whose figures they are, and where the page is.

    `version` is the newest period with figures, `created` the day that the pages speak from.
    """
    own = dict(sheet.indicator.descriptor)
    tables, settings = own.pop("resources", []), own.pop("callover", {})
    found: dict[str, Any] = {"$schema": _STANDARD, **own, "homepage": origin.address}
    if sheet.closing:
        found["version"] = sheet.closing.label
    found["created"] = f"{origin.as_of}T00:00:00Z"
    found["contributors"] = [{"title": origin.publisher, "role": "publisher"}]
    if "licenses" not in own and origin.licence:
        found["licenses"] = [_licence(origin)]
    return {**found, "resources": [*tables, _METRICS], "callover": settings}


def json_text(value: Any, indent: str = "") -> str:
    """Write JSON for people: what fits in a line is on one line, a column of a table above all."""
    if not isinstance(value, (dict, list)):
        return _encoded(value)
    deeper = f"{indent}  "
    if isinstance(value, list):
        items, ends = [json_text(item, deeper) for item in value], "[]"
    else:
        pairs = value.items()
        items = [f"{_encoded(key)}: {json_text(item, deeper)}" for key, item in pairs]
        ends = "{}"
    # Where all of it fits in a line, each part does; so a part that is broken tells of the whole.
    line = f"{ends[0]}{', '.join(items)}{ends[1]}"
    if len(indent) + len(line) <= _LINE and "\n" not in line:
        return line
    inside = f",\n{deeper}".join(items)
    return f"{ends[0]}\n{deeper}{inside}\n{indent}{ends[1]}"


def _licence(origin: Provenance) -> Mapping[str, str]:
    """Give the partnership's licence for an indicator that names none."""
    name = "-".join(origin.licence.split())
    found = {"name": name, "title": origin.licence, "path": origin.licence_address}
    return {key: text for key, text in found.items() if text}


def facts(board: Board, sheet: Sheet, origin: Provenance) -> list[tuple[str, str]]:
    """Give what a reader must know who has the figures and not the page."""
    indicator, status = sheet.indicator, views.status(board, sheet)
    rating = f"{status.word}. {status.reason} {status.distance}".strip()
    found = [
        ("Title", indicator.title),
        *origin.facts,
        ("What it counts", indicator.description),
        ("Unit", indicator.unit),
        ("Rating", rating),
        ("Take care", indicator.caution),
        ("The source prints no date", indicator.undated),
        ("Why there are no figures", indicator.not_available),
        *(("Note", note) for note in indicator.notes),
        *((f"From {b.period.label}", b.text) for b in indicator.breaks),
        *((f"Marker {letter}", f"{text[:1].upper()}{text[1:]}.") for letter, text in _MARKERS),
    ]
    return [(label, text) for label, text in found if text]


_MARKERS = tuple(MARKERS.items())


def readme(board: Board, sheet: Sheet, origin: Provenance, tables: Mapping[str, str]) -> str:
    """Write the same as a plain text, with what is in each table."""
    (_, title), *rest = facts(board, sheet, origin)
    told = [f"{label}: {text}" for label, text in rest]
    listed = [f"{name}: {says}" for name, says in tables.items()]
    inside = ["datapackage.json: what each table and each column means", *listed]
    lines = [title, "=" * len(title), "", *told, "", "Files", "-----", "", *inside]
    return "\n".join(lines) + "\n"


def packed(inside: Mapping[str, Content], origin: Provenance) -> bytes:
    """Pack the package in one file, dated as the pages are."""
    return archive.packed(inside, date.fromisoformat(origin.as_of))
