"""Whether what is there is what was published: checksums, worked out again from outside."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from callover.data import frozen
from callover.data.gate import Gate
from callover.errors import UnknownName, quoted
from callover.frozen import FOLDER
from callover.site import manifest
from callover.site.fetch import NotFetched, Site
from callover.site.manifest import MANIFEST, NOTHING, Difference
from callover.site.policy import FORMS, MOVED_FORMS

#: No file of a site is as large.
MOST_BYTES = 50_000_000
#: How many files are asked for at a time.
AT_ONCE = 8
_SHOWN = 16


@dataclass(frozen=True)
class Report:
    """What was compared: how many files, and all that differ; `note` says what was not."""

    place: str
    count: int
    differences: Sequence[Difference]
    note: str = ""

    def __str__(self) -> str:
        """A table of what is wrong, and what was compared."""
        if not self.differences:
            files = "1 file is" if self.count == 1 else f"{self.count} files are"
            return f"{self.place}: {files} as published.{self.note}"
        wrong = len(self.differences)
        said = "1 file is" if wrong == 1 else f"{wrong} files are"
        return f"{table(self.differences)}\n{self.place}: {said} not as published.{self.note}"


def table(found: Sequence[Difference]) -> str:
    """Set differences out in columns; a SHA-256 is shown by its first 16 digits."""
    rows = [("path", "expected", "found")]
    rows += [(d.path, _short(d.expected), _short(d.found)) for d in found]
    first, second = (max(len(row[n]) for row in rows) for n in (0, 1))
    return "\n".join(f"{a.ljust(first)}  {b.ljust(second)}  {c}".rstrip() for a, b, c in rows)


def _short(text: str) -> str:
    return text[:_SHOWN] if len(text) == 64 and " " not in text else text


def verified(place: str) -> Report:
    """Compare a site's folder, a site's address or a folder of data packages with its checksums.

    Raises UnknownName where the place is none of them.
    """
    if "://" in place:
        return _address(place)
    folder = Path(place)
    if (folder / MANIFEST).is_file() or (folder / "404.html").is_file():
        return Report(place, _count(folder), list(manifest.differences(folder)))
    partnerships = [path.parent for path in folder.glob("*/datapackage.json")]
    if any((path / FOLDER).is_dir() for path in (folder, *partnerships)):
        return _records(place, folder, partnerships)
    raise UnknownName("place", place, _PLACES)


_PLACES = ("a site's folder", "its address", "a folder of data packages with records of releases")


def _records(place: str, folder: Path, partnerships: Sequence[Path]) -> Report:
    """Check the records of releases: their checksums, and the chain of their lists."""
    own = (folder / FOLDER).is_dir()
    gate = Gate(folder.resolve().parent if own else folder)
    count = 0
    for partnership in [folder.resolve()] if own else sorted(partnerships):
        lists, records = frozen.read(gate, partnership)
        count += len(lists) + sum(map(len, records.values()))
    wrong = sorted(
        Difference(f.file, f.expected, quoted(f.value) if f.value else NOTHING) for f in gate.faults
    )
    return Report(place, count, wrong)


def _count(folder: Path) -> int:
    return sum(1 for name in manifest.names(folder) if name != MANIFEST)


def _address(place: str) -> Report:
    try:
        site = Site(place)
    except ValueError as problem:
        return Report(place, 0, [Difference(place, str(problem), "another one")])
    try:
        listed = manifest.read(site.read(MANIFEST, manifest.MOST_BYTES))
    except NotFetched as problem:
        return Report(place, 0, [Difference(MANIFEST, "a list of all files", str(problem))])
    except ValueError as problem:
        wrong = Difference(MANIFEST, "a list of all files", f"not one: {problem}")
        return Report(place, 0, [wrong])
    differences = list(_differing(site, listed))
    return Report(place, len(listed), differences, _UNSEEN)


_UNSEEN = " A file that the manifest does not list cannot be seen from outside."


def _differing(site: Site, listed: manifest.Listed) -> Iterator[Difference]:
    # A host may keep to itself the files that it reads; they hold no figures.
    asked = [name for name in listed if name not in (*FORMS, *MOVED_FORMS)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = pool.map(lambda name: _found(site, name), asked)
        for name, found in zip(asked, answers, strict=True):
            if found != listed[name]:
                yield Difference(name, listed[name], found)


def _found(site: Site, name: str) -> str:
    """Give the SHA-256 of a file at an address, or why there is none."""
    try:
        return _digest(site, name)
    except NotFetched as problem:
        if not problem.silent:
            return NOTHING if problem.gone else str(problem)
    try:  # one answer that is lost on the way means nothing
        return _digest(site, name)
    except NotFetched as problem:
        return NOTHING if problem.gone else str(problem)


def _digest(site: Site, name: str) -> str:
    digest = hashlib.sha256()
    for chunk in site.chunks(name, MOST_BYTES):
        digest.update(chunk)
    return digest.hexdigest()
