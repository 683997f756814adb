"""Freezes a release: a record of each indicator's page, and the list that has their SHA-256.

Whoever stops it half-way leaves no release: a list gets its name when all its records are there.
Until then it is a hidden file, by which the next attempt takes the records away again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from callover import codec
from callover.compute import board, board_as_at
from callover.data.descriptor import DESCRIPTOR, JsonProblem, object_of
from callover.data.frozen import wrong_in_record
from callover.data.gate import Gate
from callover.embargo import TooEarly, held
from callover.errors import Fault, Faults, UnknownName
from callover.frozen import FOLDER, Frozen, Listed, digest
from callover.model import Partnership, Portal, Release
from callover.pages import freezing


class ReleaseFaults(Faults):
    """Why a release cannot be frozen; nothing is written."""

    closing = "in the release. Nothing was frozen."


@dataclass(frozen=True)
class Made:
    """A release that is ready to be written: its list, and each record by its path.

    Paths are below the folder of the packages. `without` are the indicators that had no figure.
    """

    path: str
    listed: Listed
    records: Mapping[str, str]
    without: tuple[str, ...]


def freeze(data: Path, portal: Portal, slug: str, wanted: str, now: datetime) -> Made:
    """Make the records of a release; `wanted` is its id or its period, such as 2016-12.

    `now` is London's time. Raises UnknownName; ReleaseFaults where it is frozen already or has no
    figure; TooEarly where it may not be public yet.
    """
    partnership = _named(portal, slug)
    release = _release(partnership, wanted)
    early = [one for one in held(portal, now) if one.release is release]
    if early:
        raise TooEarly(early)
    path = f"{slug}/{FOLDER}/{release.data_to.slug}.json"
    _refuse_frozen(partnership, release, f"{data.name}/{path}")
    texts, without = _records(data, portal, partnership, release)
    if not texts:
        raise ReleaseFaults([
            Fault(
                f"{data.name}/{slug}/{DESCRIPTOR}", 0, "callover.releases", release.id,
                f"a release with figures up to {release.data_to.label}",
                "Add the figures first, or correct the period in data_to.",
            )
        ])  # fmt: skip
    listed = Listed(
        release.id,
        release.title,
        release.data_to,
        partnership.as_of,
        {own: digest(text) for own, text in texts.items()},
        release.published,
        digest(partnership.frozen[-1].text) if partnership.frozen else "",
    )
    records = {f"{slug}/{own}/{FOLDER}/{Path(path).name}": text for own, text in texts.items()}
    _refuse_unreadable(data.name, records, listed)
    return Made(path, listed, records, without)


def _records(
    data: Path, portal: Portal, partnership: Partnership, release: Release
) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Write the record of each indicator, by slug; and name those that had no figure."""
    now, reference = board(partnership, portal.reference), portal.reference
    then = board_as_at(now, release.data_to, reference)
    texts = {}
    for sheet in (sheet for sheet in then.sheets if sheet.closing is not None):
        slug = sheet.indicator.slug
        record = freezing.record(then, sheet, release.data_to, reference)
        files = dict(_files(data, partnership.slug, slug))
        texts[slug] = codec.to_json(replace(record, release=release.id, files=files))
    without = tuple(sheet.indicator.slug for sheet in then.sheets if sheet.closing is None)
    return texts, without


def _named(portal: Portal, slug: str) -> Partnership:
    found = next((p for p in portal.partnerships if p.slug == slug), None)
    if found is None:
        raise UnknownName("partnership", slug, [p.slug for p in portal.partnerships])
    return found


def _release(partnership: Partnership, wanted: str) -> Release:
    for release in partnership.releases:
        if wanted in (release.id, release.data_to.label, release.data_to.slug):
            return release
    raise UnknownName("release", wanted, [release.id for release in partnership.releases])


def _refuse_frozen(partnership: Partnership, release: Release, file: str) -> None:
    for one in partnership.frozen:
        if one.data_to == release.data_to:
            raise ReleaseFaults([
                Fault(
                    file, 0, "", f"{one.title}, frozen on {one.frozen}",
                    "a release that is not frozen yet",
                    "What was published stays. A figure that is another one now goes into "
                    "series.csv, with its reason.",
                )
            ])  # fmt: skip


def _files(data: Path, partnership: str, slug: str) -> Iterator[tuple[str, str]]:
    """Give the SHA-256 of each file that an indicator's page was made of, by its name."""
    folder, gate = data / partnership / slug, Gate(data)
    for path in sorted([folder / DESCRIPTOR, *folder.glob("*.csv"), *folder.glob("*/*.md")]):
        text = gate.text(path)
        if text is not None:
            yield path.relative_to(folder).as_posix(), digest(text)


def _refuse_unreadable(root: str, records: Mapping[str, str], listed: Listed) -> None:
    """Read each record as the next build will: one that it would refuse is never written."""
    faults = []
    for path, text in records.items():
        try:
            found = codec.built(Frozen, object_of(text))
            wrong = list(wrong_in_record(found, listed))
        except codec.Misfit as problem:
            wrong = [(problem.place, problem.found, problem.expected)]
        except JsonProblem as problem:
            wrong = [("", problem.found, problem.expected)]
        remedy = "No record can hold this page. Shorten what is too long, and try again."
        faults += [Fault(f"{root}/{path}", 0, *each, remedy) for each in wrong]
    if faults:
        raise ReleaseFaults(faults)


# ----------------------------------------------------------------------------- writing


def write(data: Path, made: Made) -> list[Path]:
    """Write the records and then their list; where that fails, nothing of them stays.

    Raises OSError.
    """
    final = data / made.path
    hidden = _hidden(final)
    begun = [hidden]
    try:
        _put(hidden, codec.to_json(made.listed))
        for path, text in made.records.items():
            begun.append(data / path)
            _put(data / path, text)
        hidden.replace(final)
    except OSError:
        for unfinished in begun:
            _forget(unfinished)
        raise
    return [*(data / path for path in made.records), final]


def recover(data: Path, partnership: str) -> None:
    """Take away what an attempt left that was stopped: hidden lists, and the records they name."""
    folder = data / partnership / FOLDER
    for hidden in sorted(folder.glob(".*.json")) if folder.is_dir() else ():
        final = folder / hidden.name.removeprefix(".")
        try:
            listed: Listed = codec.built(Listed, object_of(hidden.read_text("utf-8")))
        except (codec.Misfit, JsonProblem, OSError):
            continue
        for slug, expected in listed.indicators.items():
            path = data / partnership / Path(slug).name / FOLDER / final.name
            if final.exists() or not path.is_file():
                continue
            if digest(path.read_text("utf-8")) == expected:
                _forget(path)
        _forget(hidden)


def _hidden(path: Path) -> Path:
    return path.with_name(f".{path.name}")


def _put(path: Path, text: str) -> None:
    """Write a file whole or not at all, and on the disk before the next one is begun."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        _forget(beside)
        raise


def _forget(path: Path) -> None:
    """Remove a file, and its folder where it was the last in it."""
    path.unlink(missing_ok=True)
    if path.parent.is_dir() and not any(path.parent.iterdir()):
        path.parent.rmdir()
