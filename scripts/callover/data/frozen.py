"""The records of releases, read and checked: each is as it was written, and none is missing.

A release's list has the SHA-256 of each record, and that of the list before it. So whoever changes
what was published has to change every list since, and git shows who did.
"""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from callover import codec
from callover.addresses import Move
from callover.data.descriptor import DESCRIPTOR, JsonProblem, object_of
from callover.data.gate import Gate
from callover.drawing import forms
from callover.errors import Fault
from callover.frozen import FOLDER, Frozen, Listed, Table, digest, parted
from callover.model import MARKERS, Partnership
from callover.periods import Period, PeriodError, parse
from callover.ratings import CLOSE, NOT_RATED, OFF_TARGET, ON_TARGET

_DIGEST = re.compile(r"[0-9a-f]{64}", re.A)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.A)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.A)
_VERDICTS = (ON_TARGET, CLOSE, OFF_TARGET, NOT_RATED)
_A_DAY = "a day such as 2017-01-31"
_RESTORE = "Records never change. Bring back the one in git: git restore {}. The README says more."

#: What is wrong with a record: its place, what was found there, what was expected.
_Wrong = Iterator[tuple[str, str, str]]
#: An indicator's records by its slug, the oldest release first.
Records = Mapping[str, tuple[Frozen, ...]]


def read(
    gate: Gate, folder: Path, moves: Sequence[Move] = ()
) -> tuple[tuple[Listed, ...], Records]:
    """Read a partnership's lists in the order they were frozen, and the records by indicator.

    Whatever is wrong becomes a fault. `moves` say where an indicator is that has another name
    now, and which was withdrawn: its records are not asked for.
    """
    paths = list(_files(gate, folder / FOLDER))
    found = {path: _built(gate, path, Listed) for path in paths}
    lists: dict[Path, Listed] = {
        path: one
        for path, one in found.items()
        if one is not None and _sound(gate, path, _wrong_in_list(path, one))
    }
    records: dict[str, list[Frozen]] = {}
    listed: set[Path] = set()
    for path, one in lists.items():
        for slug, expected in one.indicators.items():
            own = _now(folder, slug, moves)
            place = folder / own / FOLDER / path.name
            listed.add(place)
            record = _record(gate, place, one, expected) if own else None
            if record is not None:
                records.setdefault(own, []).append(record)
    unsound = {path.name for path in paths if path not in lists}
    _unlisted(gate, folder, listed, unsound)
    made = {
        slug: tuple(sorted(own, key=lambda one: one.data_to.end)) for slug, own in records.items()
    }
    # A list that cannot be read has its fault; the lists after it would only repeat it.
    return (() if unsound else _chain(gate, lists)), made


def _now(folder: Path, slug: str, moves: Sequence[Move]) -> str:
    """Give the name that an indicator has now; '' where it was withdrawn, or left for elsewhere."""
    seen: set[str] = set()
    while slug not in seen and not (folder / slug / DESCRIPTOR).exists():
        seen.add(slug)
        row = next((m for m in moves if m.address == f"{folder.name}/{slug}/"), None)
        if row is None:
            break
        slug = row.to.removeprefix(f"{folder.name}/").removesuffix("/")
    return slug if not slug or _SLUG.fullmatch(slug) else ""


def _files(gate: Gate, folder: Path) -> Iterator[Path]:
    """Give the files of a folder of records; refuse whatever else is in it."""
    if folder.is_symlink() or not folder.is_dir():
        return  # whoever lists the folder above tells of a link
    for entry in sorted(os.scandir(folder), key=lambda e: e.name):
        if entry.name.startswith("."):
            continue
        if entry.is_symlink() or (entry.is_file() and entry.name.endswith(".json")):
            yield Path(entry.path)
        else:
            gate.fault(
                Path(entry.path), 0, "", entry.name, "nothing but the records of releases",
                "Move it elsewhere: only `callover release` writes into this folder.",
            )  # fmt: skip


def _built(gate: Gate, path: Path, made: type[Any], expected: str = "") -> Any:
    """Read a file as a dataclass; `expected` is the SHA-256 that it must have, if one is known."""
    text = gate.text(path)
    if text is None:
        return None
    restore = _RESTORE.format(gate.name(path))
    if expected and digest(text) != expected:
        wanted = "the record that was published: the release's list has another SHA-256"
        gate.fault(path, 0, "", "an edited record", wanted, restore)
        return None
    try:
        return replace(codec.built(made, object_of(text)), text=text.replace("\r\n", "\n"))
    except JsonProblem as problem:
        gate.fault(path, problem.row, "", problem.found, problem.expected, restore)
    except codec.Misfit as problem:
        gate.fault(path, 0, problem.place, problem.found, problem.expected, restore)
    return None


def _sound(gate: Gate, path: Path, wrong: _Wrong) -> bool:
    """Keep a fault for whatever is wrong with a file; say whether nothing is."""
    before = len(gate.faults)
    for place, found, expected in wrong:
        gate.fault(path, 0, place, found, expected, _RESTORE.format(gate.name(path)))
    return len(gate.faults) == before


def _wrong_in_list(path: Path, one: Listed) -> _Wrong:
    if path.name != f"{one.data_to.slug}.json":
        yield "data_to", one.data_to.label, f"the period of the file, {path.stem}"
    for place, day in (("frozen", one.frozen), ("published", one.published)):
        if not _is_day(day) and (day or place == "frozen"):
            yield place, day, _A_DAY
    for slug, sum_ in one.indicators.items():
        if not _SLUG.fullmatch(slug):
            yield "indicators", slug, "the name of an indicator's folder"
        if not _DIGEST.fullmatch(sum_):
            yield f"indicators.{slug}", sum_, "a SHA-256, 64 letters and digits"
    if one.previous and not _DIGEST.fullmatch(one.previous):
        yield "previous", one.previous, "a SHA-256, 64 letters and digits"


def _renamed(path: Path, listed: Listed) -> str:
    """Say what to do where an indicator's folder is gone: it has another name, or none any more.

    The new name is that of the folder with its records, which go along.
    """
    folder, slug = path.parents[2], path.parents[1].name
    known = {one.name for one in folder.iterdir() if (one / FOLDER / path.name).is_file()}
    new = known - set(listed.indicators)
    to = f"{folder.name}/{new.pop()}/" if len(new) == 1 else "NEW ADDRESS"
    return (
        "Bring it back: git restore {}. Or add to reference/moved.csv (address,to,date,reason) "
        f"`{folder.name}/{slug}/,{to},DATE,`; if it is withdrawn, leave `to` empty and say why."
    )


def _record(gate: Gate, path: Path, listed: Listed, expected: str) -> Frozen | None:
    """Read a record that a list names; None, with a fault, if it is not the one that was listed."""
    if path.parent.is_symlink() or path.parent.parent.is_symlink():
        return None  # the gate has told of it
    if not os.path.lexists(path):
        wanted = "the record that the release lists"
        remedy = _RESTORE if path.parent.parent.exists() else _renamed(path, listed)
        gate.fault(path, 0, "", "", wanted, remedy.format(gate.name(path)))
        return None
    found: Frozen | None = _built(gate, path, Frozen, expected)
    if found is None or not _sound(gate, path, wrong_in_record(found, listed)):
        return None
    return found


def wrong_in_record(found: Frozen, listed: Listed) -> _Wrong:
    """Say what no page could be made of: place, what is there, what is expected."""
    if found.data_to != listed.data_to:
        yield "data_to", found.data_to.label, f"{listed.data_to.label}, as in the list"
    if found.release != listed.id:
        yield "release", found.release, f"{listed.id}, as in the list"
    if not _is_day(found.frozen):
        yield "frozen", found.frozen, _A_DAY
    if found.status.verdict not in _VERDICTS:
        yield "status.verdict", found.status.verdict, f"one of {', '.join(_VERDICTS)}"
    if found.chart is not None and (expected := forms.problem(found.chart)):
        yield "chart", "a chart that cannot be drawn", expected
    if found.table is not None:
        yield from _wrong_in_table(found.table)
    yield from _wrong_in_numbers(found)


def _wrong_in_table(table: Table) -> _Wrong:
    columns = len(table.columns)
    if any(len(row.cells) != columns for row in table.rows):
        yield "table.rows", "rows of other lengths", f"{columns} cells in each row"
    if not -1 <= table.current < columns:
        yield "table.current", str(table.current), "the place of a column, or -1"
    markers = {parted(cell)[1] for row in table.rows for cell in row.cells} - {""}
    for letter in sorted(markers - set(MARKERS)):
        yield "table.rows", f"[{letter}]", f"markers, each one of {', '.join(MARKERS)}"


def _wrong_in_numbers(found: Frozen) -> _Wrong:
    """Look at what is read later: exact numbers, and periods that may be spelled in two ways."""
    try:
        for category, own in found.measures.items():
            for name, number in own.items():
                codec.exact(number, f"measures.{category}.{name}")
    except codec.Misfit as problem:
        yield problem.place, problem.found, problem.expected
    for line in found.lines:
        try:
            twice = len({parse(label) for label in line.figures}) < len(line.figures)
        except PeriodError as problem:
            yield "lines", problem.text, "a period such as 2016-04"
        else:
            if twice:
                yield "lines", f"a period of {line.column} twice", "each period once in its line"


def _is_day(text: str) -> bool:
    try:
        return _DAY.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _unlisted(gate: Gate, folder: Path, listed: Container[Path], unsound: Container[str]) -> None:
    """Refuse records that no list names: nobody could say when they were published."""
    for child in folder.iterdir():
        if child.name == FOLDER or child.is_symlink() or not child.is_dir():
            continue
        for path in _files(gate, child / FOLDER):
            if path not in listed and path.name not in unsound:
                gate.fault(
                    path, 0, "", "a record that no release lists",
                    f"a record that {folder.name}/{FOLDER}/{path.name} names",
                    "Run `callover release` again if it was stopped; else bring back that list by "
                    "git restore.",
                )  # fmt: skip


def _chain(gate: Gate, lists: Mapping[Path, Listed]) -> tuple[Listed, ...]:
    """Give the lists in the order they were frozen; each has the SHA-256 of the one before it."""
    sums = {digest(one.text) for one in lists.values()}
    after: dict[str, Path] = {}
    for path, one in lists.items():
        if one.previous in after:
            gate.fault(
                path, 0, "previous", one.previous, f"another than {after[one.previous].name} has",
                "Two people froze a release at once. Remove the later list with its records, and "
                "freeze it again.",
            )  # fmt: skip
        elif one.previous and one.previous not in sums:
            gate.fault(
                path, 0, "previous", one.previous, "the SHA-256 of the list frozen before this one",
                "That list was edited, or is missing. Bring it back from git: git restore "
                f"{gate.name(path.parent)}. The README says more.",
            )  # fmt: skip
        after.setdefault(one.previous, path)
    made: list[Listed] = []
    here = ""
    while here in after:
        made.append(lists[after[here]])
        here = digest(made[-1].text)
    return tuple(made)


def released(file: str, found: Partnership) -> Iterator[Fault]:
    """Check that each frozen release is still among the releases of its partnership."""
    known: Mapping[str, Period] = {release.id: release.data_to for release in found.releases}
    for one in found.frozen:
        if known.get(one.id) != one.data_to:
            yield Fault(
                file, 0, "callover.releases", known[one.id].label if one.id in known else "",
                f"the release {one.id} with its data to {one.data_to.label}, as it is frozen",
                "Put it back as it was: its pages keep their addresses.",
            )  # fmt: skip
