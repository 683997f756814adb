"""The manifest of a site: every file with its SHA-256, and whether a folder agrees with it."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from callover.errors import PlaceError
from callover.site.disk import flush

MANIFEST = "manifest.json"
#: More than this is no manifest of ours: it is about 150,000 files.
MOST_BYTES = 20_000_000
NOTHING = "nothing"

#: SHA-256 in hexadecimal by the path of the file.
Listed = Mapping[str, str]

_DIGEST = re.compile(r"[0-9a-f]{64}", re.A)


@dataclass(frozen=True, order=True)
class Difference:
    """A file that is not as it should be: SHA-256 as expected and as found, or what is there."""

    path: str
    expected: str
    found: str


def seal(site: Path) -> None:
    """Write the manifest of a site, bring all of it to the disk, and compare the two.

    So a machine that loses its power after a publication does not come back with half a site.
    Raises PlaceError if a file is another one than was read a moment before.
    """
    listed = {name: digest_of(site / name) for name in names(site) if name != MANIFEST}
    (site / MANIFEST).write_text(json.dumps(listed, indent=1) + "\n", "utf-8")
    flush(site)
    if wrong := next(differences(site), None):
        raise PlaceError(f"{wrong.path}: the file changed while it was written. Build again.")


def names(site: Path) -> Iterator[str]:
    """Give the path of every file below a folder, sorted part by part; of folders only files."""

    def below(folder: str, prefix: str) -> Iterator[str]:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from below(entry.path, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name

    yield from below(str(site), "")


def read(text: bytes) -> Listed:
    """Read a manifest that may come from anywhere. Raises ValueError if it is none."""
    if len(text) > MOST_BYTES:
        raise ValueError("it is too large")
    try:
        found = json.loads(text)
    except RecursionError:
        raise ValueError("it is no list of files") from None
    if not isinstance(found, dict) or not found:
        raise ValueError("it is no list of files")
    for name, digest in found.items():
        if not _plain(name):
            raise ValueError(f"{name!r} is no path of a site")
        if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
            raise ValueError(f"{name} has no SHA-256")
    return found


def _plain(name: str) -> bool:
    """Say whether a path stays below the site, on any system."""
    parts = name.split("/")
    return name.isprintable() and not {"", ".", ".."} & set(parts) and not set(name) & set("\\:?#")


def differences(site: Path) -> Iterator[Difference]:
    """Compare every file of a folder with its manifest: missing, changed, and not listed."""
    try:
        listed = read((site / MANIFEST).read_bytes())
    except FileNotFoundError:
        yield Difference(MANIFEST, "a list of all files", NOTHING)
        return
    except ValueError as problem:
        yield Difference(MANIFEST, "a list of all files", f"not one: {problem}")
        return
    there = set(names(site)) - {MANIFEST}
    for name in sorted({*listed, *there}):
        expected = listed.get(name, NOTHING)
        found = digest_of(site / name) if name in there else NOTHING
        if expected != found:
            yield Difference(name, expected, found)


def digest_of(path: Path) -> str:
    """Give a file's SHA-256; words where it is no plain file."""
    if not S_ISREG(os.lstat(path).st_mode):
        return "not a plain file"
    with path.open("rb", buffering=0) as file:
        return hashlib.sha256(file.read()).hexdigest()
