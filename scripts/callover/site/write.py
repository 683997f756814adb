"""The one writer: makes a folder hold given files and touches nothing that is equal."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from callover.model import Content
from callover.site.manifest import names


@dataclass(frozen=True)
class Written:
    """What a write did: how many files were written, kept as they were, and deleted."""

    written: int
    kept: int
    deleted: int


def write_tree(
    root: Path, files: Iterable[tuple[str, Content]], keep: frozenset[str] = frozenset()
) -> Written:
    """Make `root` hold exactly `files` (and the names in `keep`); equal files stay untouched.

    Raises ValueError where two files have one path: one of the two would be lost.
    """
    root.mkdir(parents=True, exist_ok=True)
    there, folders = set(names(root)), set[str]()
    written, paths = 0, set[str]()
    for path, content in files:
        if path in paths:
            raise ValueError(f"two files for {path}")
        paths.add(path)
        folder = path.rpartition("/")[0]
        if folder not in folders:
            (root / folder).mkdir(parents=True, exist_ok=True)
            folders.add(folder)
        wanted = content.encode() if isinstance(content, str) else content
        written += _write(root / path, wanted, there=path in there)
    deleted = _delete(root, there - paths - keep)
    return Written(written, len(paths) - written, deleted)


def _write(path: Path, content: bytes, *, there: bool) -> bool:
    if there and path.read_bytes() == content:
        return False
    path.write_bytes(content)
    return True


def _delete(root: Path, paths: Iterable[str]) -> int:
    """Delete files below a folder, and then the folders below it that are empty."""
    deleted = 0
    for path in paths:
        (root / path).unlink()
        deleted += 1
    for folder, _, _ in os.walk(root, topdown=False):
        if Path(folder) != root and not any(Path(folder).iterdir()):
            Path(folder).rmdir()
    return deleted
