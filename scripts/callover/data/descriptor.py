"""Descriptors: datapackage.json files, checked against our profile and for what they may name."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from callover.data import grammar
from callover.data.gate import MOST, UNSEEN, Gate

MAX_DEPTH, MAX_ENTRIES = 32, 1_000
_START = "Start from the file that `callover new` writes."
DESCRIPTOR = "datapackage.json"

#: Keys of a resource that must be written out, as text they would be a link to something else.
_REFERENCES = ("schema", "dialect", "profile")
#: Keys of a resource that make a library read or run something other than one plain CSV file.
_REFUSED = (
    *("extrapaths", "data", "compression", "innerpath", "scheme", "control", "dialect"),
    *("steps", "pipeline", "transform", "checklist"),
)
#: Types of Table Schema, as types of our own columns.
_TYPES = {"integer": "integer", "number": "number"}


@dataclass(frozen=True)
class Descriptor:
    """A parsed datapackage.json; `sound` says that its settings fit the profile."""

    path: Path
    found: Mapping[str, Any]
    sound: bool

    @property
    def own(self) -> Mapping[str, Any]:
        """The namespaced block with our own settings; empty if it is no block."""
        block = self.found.get("callover")
        return block if isinstance(block, dict) else {}

    @property
    def resources(self) -> Iterator[tuple[str, str]]:
        """Name and path of each resource that has both."""
        for resource in _listed(self.found):
            name, path = resource.get("name"), resource.get("path")
            if isinstance(name, str) and isinstance(path, str):
                yield name, path

    def columns(self, name: str) -> Iterator[tuple[str, str]]:
        """Name and type of each column that a resource's schema writes out."""
        resource = next((r for r in _listed(self.found) if r.get("name") == name), {})
        for field in _fields(resource):
            yield str(field.get("name")), _TYPES.get(str(field.get("type")), "text")


class JsonProblem(ValueError):
    """A text that is not the JSON we take: where, what was found, expected, and what to do."""

    def __init__(self, row: int, found: str, expected: str, remedy: str) -> None:
        """Keep the parts of a fault."""
        self.row, self.found, self.expected, self.remedy = row, found, expected, remedy
        super().__init__(found)


def load(gate: Gate, folder: Path, profile: str) -> Descriptor | None:
    """Read and check a descriptor; None, with a fault, where it is no JSON object at all."""
    path = folder / DESCRIPTOR
    text = gate.text(path)
    if text is None:
        return None
    try:
        found = object_of(text)
    except JsonProblem as problem:
        gate.fault(path, problem.row, "", problem.found, problem.expected, problem.remedy)
        return None
    before = len(gate.faults)
    for place, what in islice(_too_many(found), MOST):
        gate.fault(path, 0, place, what, f"at most {MAX_ENTRIES} entries", "Shorten the list.")
    if len(gate.faults) > before:
        return None
    if profile != "reference":
        for error in islice(_validator(profile).iter_errors(found), MOST):
            _profile_fault(gate, path, error)
        if isinstance(found.get("name"), str) and found["name"] != folder.name:
            gate.fault(
                path, 0, "name", found["name"], f"{folder.name}, as the folder",
                "Give the package the name of its folder; addresses are made of it.",
            )  # fmt: skip
    _resources(gate, path, found)
    return Descriptor(path, found, len(gate.faults) == before)


def object_of(text: str) -> dict[str, Any]:
    """Parse a JSON object; raise JsonProblem, told so that its author can put it right."""
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as problem:
        raise _syntax(text, problem) from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError as problem:
        if isinstance(problem, JsonProblem):
            raise
        raise JsonProblem(0, "a number of thousands of digits", "JSON", "Shorten it.") from None
    if not isinstance(found, dict):
        raise JsonProblem(
            1, _SAID.get(type(found), "a number"), "a JSON object, in curly brackets",
            _START,
        )  # fmt: skip
    _depth(found)
    if "\\u" in text and any(UNSEEN.search(word) for word in _strings(found)):
        raise JsonProblem(
            0, "a \\u escape of something unseen", "text that can be seen",
            "Delete the escape, or type the letter itself.",
        )  # fmt: skip
    return found


def _syntax(text: str, problem: json.JSONDecodeError) -> JsonProblem:
    """Say in plain words what is wrong with a text that is no JSON, and where."""
    rest = text[problem.pos :].split("\n", 1)[0].strip()
    before = text[: problem.pos].rstrip()
    row = problem.lineno
    if not text.strip():
        return JsonProblem(1, "", "JSON", _START)
    if rest[:1] in ("}", "]") and before.endswith(","):
        row = before.count("\n") + 1
        return JsonProblem(row, f"a comma before {rest[0]}", "JSON", "Delete this comma.")
    if problem.msg.startswith("Illegal trailing comma"):
        return JsonProblem(row, "a comma before a bracket", "JSON", "Delete this comma.")
    if rest.startswith(("//", "/*", "#")):
        return JsonProblem(row, rest, "JSON", "Delete this line: JSON has no comments.")
    if curly := re.match("[“”‘’'][^“”‘’']*[“”‘’']?", rest):
        return JsonProblem(row, curly[0], "JSON", 'Write straight double quotes: "name".')
    if problem.msg.startswith("Extra data"):
        return JsonProblem(row, rest, "JSON", "Delete what stands after the last bracket.")
    if problem.msg.startswith(("Invalid control", "Unterminated")):
        found = "a text that has no end"
        return JsonProblem(row, found, "JSON", "Put the missing quote at the end of the text.")
    return JsonProblem(
        row, problem.msg, "JSON",
        "Look at this line and the one before for a missing comma, quote or bracket.",
    )  # fmt: skip


#: What a JSON text may be in place of an object, in words.
_SAID: Mapping[type, str] = {list: "a list", str: "a text", bool: "a word", type(None): "null"}


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        twice = next(
            name for name, count in Counter(name for name, _ in pairs).items() if count > 1
        )
        raise JsonProblem(
            0, f"{twice} twice", "each key once in its block", f"Remove one {twice[:40]}."
        )
    return made


def _too_many(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Give the place of each list or block with more entries than anybody writes."""
    pairs: Sequence[tuple[object, object]] = ()
    if isinstance(value, dict):
        pairs, what = list(value.items()), "settings"
    elif isinstance(value, list):
        pairs, what = list(enumerate(value)), "entries"
    if len(pairs) > MAX_ENTRIES:
        yield place, f"{len(pairs)} {what}"
        return
    for name, child in pairs:
        if isinstance(child, dict | list):
            yield from _too_many(child, f"{place}.{name}" if place else str(name))


def _no_constant(text: str) -> None:
    raise JsonProblem(0, text, "a number that JSON has", "Write digits.")


def _too_deep() -> JsonProblem:
    return JsonProblem(
        0, "brackets in brackets", f"JSON at most {MAX_DEPTH} deep",
        "Start from the file that `callover new` writes.",
    )  # fmt: skip


def _depth(value: object, level: int = 1) -> None:
    if level > MAX_DEPTH:
        raise _too_deep()
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list) or len(value) > MAX_ENTRIES:
        return  # a list too long is refused as such
    for child in value:
        if isinstance(child, dict | list):
            _depth(child, level + 1)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for child in value.values():
            yield from _strings(child)
    elif isinstance(value, list):
        for child in value:
            yield from _strings(child)


@cache
def _validator(profile: str) -> Draft202012Validator:
    """Give the profile's validator; in it 1000.0 is no integer, as it would come out as a float."""
    text = resources.files("callover.data").joinpath(f"profiles/{profile}.json").read_text("utf-8")
    checker = Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer)
    strict: type[Draft202012Validator] = extend(  # type: ignore[no-untyped-call]
        Draft202012Validator, type_checker=checker
    )
    return strict(json.loads(text))


def _is_integer(checker: object, value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _profile_fault(gate: Gate, path: Path, error: ValidationError) -> None:
    place = ".".join(str(part) for part in error.absolute_path)
    schema: Any = error.schema
    known: Mapping[str, Any] = schema.get("properties", {})
    if error.validator == "required":
        # jsonschema tells of one missing name at a time, each by its own error
        missing = error.message.split("'")[1]
        says = known.get(missing, {}).get("description", missing)
        where = f"{place}.{missing}" if place else missing
        gate.fault(path, 0, where, "", says, f"Add {missing}.")
    elif error.validator == "additionalProperties":
        instance: Any = error.instance
        for extra in (name for name in instance if name not in known):
            where = f"{place}.{extra}" if place else extra
            close = get_close_matches(extra, known, 1, 0.8)
            remedy = f"Write {close[0]}." if close else "Remove it, or correct its spelling."
            gate.fault(path, 0, where, extra, f"one of {', '.join(known)}", remedy)
    else:
        says = schema.get("description") or f"{error.validator} {error.validator_value}"
        shown = json.dumps(error.instance, ensure_ascii=False)
        day = grammar.day(str(error.instance)) if says.startswith("a day ") else ""
        remedy = f"Write {day}." if day else "Correct this setting."
        gate.fault(path, 0, place, shown.strip('"'), says, remedy)


def _listed(found: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    listed = found.get("resources")
    return [r for r in listed if isinstance(r, dict)] if isinstance(listed, list) else []


def _fields(resource: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    schema = resource.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    return [f for f in fields if isinstance(f, dict)] if isinstance(fields, list) else []


def _resources(gate: Gate, path: Path, found: Mapping[str, Any]) -> None:
    """Refuse what would make any Frictionless tool read outside the folder, or read it wrongly."""
    seen: set[object] = set()
    for number, resource in enumerate(_listed(found)):
        place = f"resources.{number}"
        if "path" in resource:
            gate.plain_name(path, f"{place}.path", resource["path"])
        for key in (k for k in _REFERENCES if isinstance(resource.get(k), str)):
            if resource[key] != "tabular-data-resource":
                gate.fault(
                    path, 0, f"{place}.{key}", resource[key], f"the {key} itself, not a link to it",
                    "Write it out here. Callover reads nothing from the network or elsewhere.",
                )  # fmt: skip
        for key in _REFUSED:
            linked = key in _REFERENCES and isinstance(resource.get(key), str)
            if key in resource and not linked:
                _one_plain_file(gate, path, place, key, str(resource[key]))
        encoding = resource.get("encoding", "utf-8")
        if not isinstance(encoding, str) or encoding.lower() not in ("utf-8", "utf8", "utf-8-sig"):
            _one_plain_file(gate, path, place, "encoding", str(encoding))
        for key in ("name", "path"):
            value = resource.get(key)
            if isinstance(value, str) and (key, value) in seen:
                gate.fault(
                    path, 0, f"{place}.{key}", value, f"each {key} once in the list",
                    "Remove or correct one of the two resources.",
                )  # fmt: skip
            seen.add((key, value if isinstance(value, str) else number))
    profile = found.get("profile")
    if isinstance(profile, str) and (":" in profile or "/" in profile):
        gate.fault(
            path, 0, "profile", profile, "the name of a profile, not a link to one",
            "Remove profile. Callover reads nothing from the network or elsewhere.",
        )  # fmt: skip


def _one_plain_file(gate: Gate, path: Path, place: str, key: str, value: str) -> None:
    gate.fault(
        path, 0, f"{place}.{key}", value, "one plain CSV file in UTF-8, with commas",
        f"Remove {key}; give the file's name in path.",
    )  # fmt: skip


def check_schema(gate: Gate, descriptor: Descriptor, name: str, header: Sequence[str]) -> None:
    """Check that a resource's schema names the columns its file has, in their order."""
    for number, resource in enumerate(_listed(descriptor.found)):
        if resource.get("name") != name or not isinstance(resource.get("schema"), dict):
            continue
        names = [field.get("name") for field in _fields(resource)]
        if names != list(header):
            gate.fault(
                descriptor.path, 0, f"resources.{number}.schema.fields",
                ", ".join(str(name) for name in names),
                f"the columns of {resource.get('path')}: {', '.join(header)}",
                "Run `callover tidy`: it lists the columns as the file has them.",
            )  # fmt: skip
