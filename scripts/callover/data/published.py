"""The descriptor as it is published: it describes every table beside it, and nothing unwritten."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from callover import columns
from callover.data.shapes import Field, resource, schema_field
from callover.data.tables import Table

#: How the texts that `callover new` writes begin, until somebody writes them.
PROMPT = "Write here"
#: Licences whose address we know where a package only names them.
_ADDRESSES: Mapping[str, str] = {
    "OGL-UK-3.0": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
_LICENCE_NAME = re.compile(r"[A-Za-z0-9._-]+", re.A)
#: What no two rows of a table share, where the table has the columns and each cell is filled.
_KEYS: Mapping[str, Sequence[str]] = {"series": ("period", "area_code", "category")}
#: What of a package's own words we pass on, besides our settings: no persons, no other rules.
_PASSED_ON = ("name", "title", "description")
_ADDRESS = re.compile(r"https?://\S+", re.A)


def written(text: str) -> str:
    """Give a text, or nothing where it is still the prompt to write one: that is not published."""
    return "" if text.lstrip("- ").startswith(PROMPT) else text


def descriptor(found: Mapping[str, Any], tables: Mapping[str, Table]) -> Mapping[str, Any]:
    """Describe each table with its path, its columns and what they hold.

    Types are ours, as the tables have passed our checks by them; titles and descriptions that
    the package gives stay.
    """
    kept = {key: found[key] for key in _PASSED_ON if key in found}
    kept["sources"] = [dict(_source(entry)) for entry in found.get("sources", ())]
    made: dict[str, Any] = _without_prompts(kept)
    made["licenses"] = [licence(entry) for entry in found.get("licenses", ()) if entry]
    listed = {entry["name"]: entry for entry in found.get("resources", ())}
    made["resources"] = [
        _resource(listed.get(name, {}), name, table) for name, table in tables.items()
    ]
    made["callover"] = _without_prompts(found["callover"])
    return {key: value for key, value in made.items() if value or key == "resources"}


def _source(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "title", entry["title"]
    if _ADDRESS.fullmatch(str(entry.get("path", ""))):
        yield "path", entry["path"]


def licence(entry: Mapping[str, Any]) -> dict[str, str]:
    """Complete an entry of `licenses`: a name that the standard allows, a title, an address."""
    name, path = str(entry.get("name", "")), str(entry.get("path", ""))
    title = str(entry.get("title") or name or path)
    if not _LICENCE_NAME.fullmatch(name):
        name = re.sub(r"[^A-Za-z0-9._-]+", "-", name or title, flags=re.A).strip("-")
    path = path or _ADDRESSES.get(name, "")
    made = {"name": name, "title": title, "path": path}
    return {key: value for key, value in made.items() if value}


def _without_prompts(value: Any) -> Any:
    if isinstance(value, str):
        return written(value)
    if isinstance(value, dict):
        pairs = ((key, item, _without_prompts(item)) for key, item in value.items())
        return {key: new for key, old, new in pairs if new == old or new}
    if isinstance(value, list):
        both = ((item, _without_prompts(item)) for item in value)
        return [new for old, new in both if new == old or new]
    return value


def _resource(entry: Mapping[str, Any], name: str, table: Table) -> dict[str, Any]:
    made = resource(name, f"{name}.csv", ())
    texts = {key: written(str(entry[key])) for key in ("title", "description") if key in entry}
    made |= {key: text for key, text in texts.items() if text}
    made["schema"] = {"fields": list(_fields(entry, name, table))}
    key = [column for column in _KEYS.get(name, ()) if column in table.header]
    if key and all(row[column] for row in table.rows for column in key):
        made["schema"]["primaryKey"] = key
    return made


def _fields(entry: Mapping[str, Any], name: str, table: Table) -> Iterator[Mapping[str, Any]]:
    schema = entry.get("schema")
    listed = schema.get("fields", ()) if isinstance(schema, dict) else ()
    theirs = {own.get("name"): own for own in listed if isinstance(own, dict)}
    ours = {column.name: column for column in table.fields}
    for header in table.header:
        own = theirs.get(header, {})
        texts = (written(str(own.get(key, ""))) for key in ("title", "description"))
        yield _field(name, ours[header], *texts)


@cache
def _field(table: str, column: Field, title: str, description: str) -> Mapping[str, Any]:
    """Describe a column; one description serves all the indicators that have it."""
    made = schema_field(column)
    constraints = made.pop("constraints", None)
    made["title"] = title or column.title
    made["description"] = description or columns.says(table, column.name) or f"{column.title}."
    if constraints:
        made["constraints"] = constraints
    return {key: value for key, value in made.items() if value}
