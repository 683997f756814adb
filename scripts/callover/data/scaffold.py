"""Starting packages, complete and valid, with words that say what to write in their place.

Every figure in them is marked x (not available): nothing made up can be published by mistake.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from callover.data.cells import period_of
from callover.data.checks import RESERVED
from callover.data.descriptor import DESCRIPTOR, JsonProblem, object_of
from callover.data.ledger import PLACEHOLDER
from callover.data.shapes import OWN, REFERENCE, TABLES, Field, resource
from callover.errors import Fault, Faults, UnknownName
from callover.kinds import Example, Kind
from callover.kinds import kind as kind_named
from callover.model import ALL

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.A)
_TITLE = re.compile(r"[^\s=+@-][^\n]{0,119}")
_AREA = re.compile(r"[A-Z]\d{8}", re.A)
_LICENCE = {
    "name": "OGL-UK-3.0",
    "title": "Open Government Licence v3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}

#: Example rows by the kind of period a kind's series begins with: frequency and periods.
_EXAMPLES: Mapping[str, tuple[str, Sequence[str]]] = {
    "month": ("monthly", ("2026-04", "2026-05", "2026-06")),
    "quarter": ("quarterly", ("2025/26-Q3", "2025/26-Q4", "2026/27-Q1")),
    "day": ("monthly", ("2026-04-30", "2026-05-31", "2026-06-30")),
    "span": ("monthly", ("2025-05/2026-04", "2025-06/2026-05", "2025-07/2026-06")),
    "year": ("yearly", ("2023/24", "2024/25", "2025/26")),
}
#: What is counted, in the plural and the singular, by the form of a kind's first quantity.
_UNITS: Mapping[str, tuple[str, str]] = {
    "count": ("cases", "case"),
    "level": ("cases", "case"),
    "rate": ("per 1,000 people", "per 1,000 people"),
    "words": ("milestones", "milestone"),
}
_PANELS = {
    "definition": "Write here what is counted, in one or two sentences.",
    "how": "Write here who counts it, when, and where the figures come from.",
    "good": "Write here whether lower or higher is better, and why.",
    "why": "Write here why it matters to people who live here.",
    "target": "Write here what the partners want to reach, who agreed it and when.",
    "history": "Write here what readers should know about earlier years.",
    "issues": "Write here what makes the figures hard to compare.",
    "benchmarking": "Write here whom the area is compared with, and how it does.",
}
#: Blocks that only some kinds have.
_BLOCKS: Mapping[str, Mapping[str, str]] = {
    "survey": {
        "name": "Write here the survey's name",
        "question_id": "",
        "question": "Write here the question as it was asked, and the answers that count.",
        "base": "Write here who was asked, and whose answers are left out.",
    },
}
_COMMENTARY = """\
## Overview

Write here what happened in this period, in a few short sentences. Name no person.

## Actions

- Write here what the partners do about it, one line for each action.

## Benchmarking

Write here how the area does beside others. Delete a section that you do not need.
"""


class Refused(Faults):
    """What was asked for cannot be started."""

    closing = "in what was asked for. Nothing was written."


def new_partnership(root: Path, slug: str, title: str, area: str) -> list[Path]:
    """Write a partnership's package, and the reference package if there is none yet.

    Raises Faults where the slug or the area will not do, or the folder is taken.
    """
    place = f"{root.name}/{slug}"
    faults = [*_name_faults(place, slug, title), *_taken(place, root / slug)]
    if not _AREA.fullmatch(area):
        faults.append(
            Fault(
                place, 0, "area", area, "the area's code, such as E09000002",
                "Find it in reference/areas.csv or on the website of the statistics office.",
            )
        )  # fmt: skip
    reference = root / "reference"
    areas = reference / "areas.csv"
    if areas.is_file() and not faults and area not in _column(areas, "area_code"):
        faults.append(
            Fault(
                f"{root.name}/reference/areas.csv", 0, "area_code", area, "an area in this file",
                f"Add a row for {area} with its name, then try again.",
            )
        )  # fmt: skip
    if faults:
        raise Refused(faults)
    files = {slug: {DESCRIPTOR: _json(_partnership(slug, title, area))}}
    if not reference.exists():
        files["reference"] = _reference(title, area)
    return _write(root, files)


def new_indicator(root: Path, partnership: str, slug: str, kind: str, title: str) -> list[Path]:
    """Write an indicator's package of a kind; raise UnknownName for a kind there is not.

    Raises Faults where the slug will not do, the folder is taken or the partnership is missing.
    """
    row = kind_named(kind)
    place = f"{root.name}/{partnership}/{slug}"
    faults = [*_name_faults(place, slug, title), *_taken(place, root / partnership / slug)]
    outcome = _first_outcome(root / partnership / DESCRIPTOR)
    if not outcome:
        faults.append(_no_outcome(f"{root.name}/{partnership}"))
    if faults:
        raise Refused(faults)
    denominators = root / "reference" / "denominators.csv"
    known = _column(denominators, "denominator") if denominators.is_file() else []
    area = _setting(root / partnership / DESCRIPTOR, "home_area")
    group, areas = _group_of(root, area)
    below = known[0] if known else "residents"
    files = _indicator(slug, row, title, outcome, below, group, areas)
    return _write(root, {f"{partnership}/{slug}": files})


def new_table(root: Path, partnership: str, name: str) -> list[Path]:
    """Write a partnership's table with one row to begin with, and list it in its descriptor.

    The row is a prompt: it is not published until somebody writes what is wanted. Raises
    UnknownName for a table there is not, Refused where it is there already.
    """
    if name not in OWN:
        raise UnknownName("table", name, OWN)
    folder, fields = root / partnership, OWN[name].fields
    path, file = folder / f"{name}.csv", folder / DESCRIPTOR
    outcome, meetings = _first_outcome(file), folder / "meetings.csv"
    dates = _column(meetings, "date") if meetings.is_file() else []
    place = f"{root.name}/{partnership}"
    faults = [*_taken(f"{place}/{path.name}", path), *([] if outcome else [_no_outcome(place)])]
    if any(field.type == "meeting" for field in fields) and not dates:
        faults.append(
            Fault(
                f"{place}/meetings.csv", 0, "", "", "the meetings that its rows belong to",
                f"Write it first: `callover new table {partnership} meetings`.",
            )
        )  # fmt: skip
    if faults:
        raise Refused(faults)
    known = {**_FIRST_CELLS, "id": f"{name.replace('_', '-')}-1", "outcome": outcome}
    known["meeting"] = dates[0] if dates else ""
    row = {field.name: _first_cell(field, known) for field in fields if field.required}
    row.setdefault("note", "Write here what else there is to say")
    text = _package({}, {name: fields}, {name: [row]})[path.name]
    found = object_of(file.read_text("utf-8-sig"))
    listed = found.setdefault("resources", [])
    if name not in [entry.get("name") for entry in listed]:
        listed.append(resource(name, path.name, fields))
    made = _write(root, {partnership: {path.name: text}})
    file.write_text(_json(found), "utf-8", newline="")
    return [*made, file]


#: The cells that a row of a new table begins with, by the type of their column.
_FIRST_CELLS: Mapping[str, str] = {
    "day": "2026-06-30",
    "year": "2026/27",
    "period": "2026/27-Q1",
}


def _first_cell(field: Field, known: Mapping[str, str]) -> str:
    if field.choices:
        return field.choices[0]
    return known.get(field.type, f"Write here the {field.name.replace('_', ' ')}")


def _name_faults(place: str, slug: str, title: str) -> Iterable[Fault]:
    if not _TITLE.fullmatch(title):
        yield Fault(
            place, 0, "title", title, "a title of at most 120 letters, beginning with a letter",
            "Give the title that readers see at the top of the page.",
        )  # fmt: skip
    if not _SLUG.fullmatch(slug) or len(slug) > 80:
        yield Fault(
            place, 0, "name", slug, "lower-case words joined by dashes, such as hate-crime",
            "Choose a name that can stay for ever: addresses of pages are made of it.",
        )  # fmt: skip
    elif slug in RESERVED or slug == "reference":
        yield Fault(
            place, 0, "name", slug, "a name that no report page has", "Choose another name."
        )


def _no_outcome(place: str) -> Fault:
    return Fault(
        f"{place}/{DESCRIPTOR}", 0, "", "", "a partnership with outcomes",
        "Write it first: `callover new partnership`.",
    )  # fmt: skip


def _taken(place: str, folder: Path) -> Iterable[Fault]:
    if folder.exists() or folder.is_symlink():
        yield Fault(
            place, 0, "", "a folder that is there", "a name that is not taken",
            "Choose another name; nothing is overwritten.",
        )  # fmt: skip


def _setting(path: Path, name: str) -> str:
    return str(object_of(path.read_text("utf-8-sig"))["callover"].get(name, ""))


def _first_outcome(path: Path) -> str:
    try:
        own = object_of(path.read_text("utf-8-sig"))["callover"]
        return str(own["outcomes"][0]["id"])
    except (OSError, JsonProblem, UnicodeDecodeError, KeyError, IndexError, TypeError):
        return ""


def _column(path: Path, name: str) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row[name] for row in csv.DictReader(file) if row.get(name)]


def _partnership(slug: str, title: str, area: str) -> dict[str, Any]:
    return {
        "name": slug,
        "title": title,
        "description": f"Write here one sentence about {title}.",
        "licenses": [_LICENCE],
        "sources": [{"title": "Write here who publishes the figures"}],
        "resources": [],
        "callover": {
            "profile": "partnership",
            "short_title": title,
            "home_area": area,
            "about": "Write here, in two sentences, who the partners are and what they do.",
            "contact_role": "Write here the role, not the person, that answers questions",
            "contact": {"answers_within": "Write here how soon, such as 10 working days"},
            "outcomes": [
                {
                    "id": "safer",
                    "title": "Write here your first outcome",
                    "text": "Write here, in one sentence, what you want for people who live here.",
                }
            ],
            "schemes": {
                "within-10": {
                    "rule": "tolerance",
                    "title": "Within 10% of the target",
                    "tolerance": 10,
                    "basis": "cumulative",
                    "legend": "Green: on target or better. Amber: worse by up to 10% of it. "
                    "Red: worse by more.",
                    "source": "Write here who agreed this rule",
                },
            },
            "releases": [],
        },
    }


def _reference(title: str, area: str) -> dict[str, str]:
    """Give a reference package with the rows that no reader can do without."""
    rows: Mapping[str, Sequence[Mapping[str, str]]] = {
        "areas": [{"area_code": area, "name": title}],
        "groups": [{
            "group": "areas-like-ours",
            "title": "Areas like ours",
            "members": "not published",
            "note": "Write here who chose these areas, and put their number in size.",
        }],
        "denominators": [{
            "denominator": "residents",
            "area_code": area,
            "value": "1",
            "unit": "residents",
            "source": "Write the source here. The value of 1 only keeps the place of the real one.",
            "inferred": "true",
        }],
        "helplines": _HELPLINES,
    }  # fmt: skip
    tables = {name: rows[name] for name in REFERENCE if name in rows}
    descriptor = {
        "name": "reference",
        "title": "Areas, groups and denominators",
        "description": "What all partnerships share.",
        "licenses": [_LICENCE],
        "sources": [{"title": "Write here where the areas and denominators come from"}],
    }
    return _package(descriptor, REFERENCE, tables)


#: The numbers that everybody may need; each partnership adds its own.
_HELPLINES = (
    {
        "id": "emergency-999",
        "name": "Police and other emergency services",
        "topics": "emergency",
        "helps": "You or somebody else is in danger now.",
        "phone": "999",
        "cost": "Free",
        "hours": "24 hours a day",
        "area": "UK",
    },
    {
        "id": "police-101",
        "name": "Police when it is not an emergency",
        "topics": "report",
        "helps": "To tell your local police of a crime that is over, or to ask them something.",
        "phone": "101",
        "cost": "Free",
        "hours": "24 hours a day",
    },
)


def _example(row: Kind) -> Example:
    """Give the rows that a kind's series begins with."""
    if row.example is not None:
        return row.example
    frequency, found = _EXAMPLES[row.series_periods[0]]
    return Example(frequency, [{"period": period} for period in found])


def _group_of(root: Path, area: str) -> tuple[str, Sequence[str]]:
    """Give the first group that an area is in, or the first of all, and the group's areas."""
    path = root / "reference" / "groups.csv"
    if not path.is_file():
        return "", [area]
    groups = dict(zip(_column(path, "group"), _column(path, "members"), strict=False))
    members = {name: _AREA.findall(text) for name, text in groups.items()}
    name = next((name for name, codes in members.items() if area in codes), next(iter(groups), ""))
    codes = members.get(name, [])
    return name, codes if area in codes else [area, *codes]


def _indicator(
    slug: str,
    row: Kind,
    title: str,
    outcome: str,
    denominator: str,
    group: str,
    areas: Sequence[str],
) -> dict[str, str]:
    example = _example(row)
    frequency, periods = example.frequency, [found["period"] for found in example.rows]
    unit, unit_one = _UNITS[row.quantities[0].form]
    columns = [c.name for c in row.columns if c.required] or _columns_of(row)
    empty = dict.fromkeys(columns, "")
    series = [
        {**found, **place, **empty, "marker": "x", "note": PLACEHOLDER}
        for place in ([{"area_code": code} for code in areas] if example.by_area else [{}])
        for found in example.rows
    ]
    target = {
        "measure": row.quantities[0].name,
        "category": ALL,
        "period": "2026/27",
        "type": "none",
        "status": "to be set",
        "as_published": "Write here the target, in the words it was agreed in",
    }
    own: dict[str, Any] = {
        "profile": "indicator",
        "kind": row.name,
        "polarity": "monitor",
        "unit": unit,
        "unit_one": unit_one,
        "outcome": outcome,
        "order": 1000,
        "also_known_as": [],
        "help_lines": [
            "Write here the topics of help lines that fit, such as domestic-abuse or hate-crime; "
            "or leave this list empty"
        ],
        "owner": "Write here the organisation that answers for the figures",
        "lead": "Write here the role that answers for what is done, or remove this line",
        "portfolio": "Write here the role whose portfolio it is in, or remove this line",
        "frequency": frequency,
    }
    if any("rate" in quantity.measures for quantity in row.quantities):
        label = f"per 1,000 {denominator}"
        own["denominator"] = {"id": denominator, "per": 1000, "label": label, "decimals": 2}
    own |= {name: value for name, value in _BLOCKS.items() if name in row.settings}
    if "league" in row.settings:
        own["league"] = {"group": group, "total_area": ""}
    own |= {
        "groups": [],
        "rating": {"scheme": "none", "measure": row.quantities[0].name, "category": ALL},
        "categories": dict(example.categories),
        "panels": _PANELS,
        "breaks": [],
        "notes": [],
    }
    descriptor = {
        "name": slug,
        "title": title,
        "description": "Write here one sentence that says what is counted.",
        "licenses": [_LICENCE],
        "sources": [{"title": "Write here where the figures come from"}],
    }
    shapes = {name: TABLES[name](row) for name in ("series", "targets")}
    files = _package(descriptor, shapes, {"series": series, "targets": [target]}, own)
    name = period_of(periods[-1]).slug
    return files | {f"commentary/{name}.md": _COMMENTARY}


def _columns_of(row: Kind) -> list[str]:
    """Give the columns that a kind without a required one begins with: those it is rated by."""
    first = row.quantities[0]
    return [first.column] if first.column else [column.name for column in row.columns]


def _package(
    descriptor: Mapping[str, Any],
    shapes: Mapping[str, Sequence[Field]],
    tables: Mapping[str, Sequence[Mapping[str, str]]],
    own: Mapping[str, Any] | None = None,
) -> dict[str, str]:
    """Give a package's files; a table has the columns its rows have, or all if it is no series."""
    files: dict[str, str] = {}
    resources = []
    for name, rows in tables.items():
        fields = [f for f in shapes[name] if name != "series" or f.name in rows[0]]
        out = io.StringIO()
        writer = csv.DictWriter(out, [f.name for f in fields], restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        files[f"{name}.csv"] = out.getvalue()
        resources.append(resource(name, f"{name}.csv", fields))
    # Our own settings come first: they are what a person edits, the schemas a tool's.
    made = {**descriptor, **({"callover": own} if own else {}), "resources": resources}
    return {DESCRIPTOR: _json(made)} | files


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _write(root: Path, folders: Mapping[str, Mapping[str, str]]) -> list[Path]:
    made = []
    for folder, files in folders.items():
        for name, text in files.items():
            path = root / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="") as file:
                file.write(text)
            made.append(path)
    return made
