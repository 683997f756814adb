"""The one writer: makes a folder hold given files and touches nothing that is equal."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from callover.model import Content


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
    written, paths = 0, set[str]()
    for path, content in files:
        if path in paths:
            raise ValueError(f"two files for {path}")
        paths.add(path)
        written += _write(root / path, content.encode() if isinstance(content, str) else content)
    deleted = _delete_others(root, paths | keep)
    return Written(written, len(paths) - written, deleted)


def _write(path: Path, content: bytes) -> bool:
    try:
        if path.read_bytes() == content:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def _delete_others(root: Path, wanted: set[str]) -> int:
    deleted = 0
    for folder, _, names in os.walk(root, topdown=False):
        for name in names:
            path = Path(folder, name)
            if path.relative_to(root).as_posix() not in wanted:
                path.unlink()
                deleted += 1
        if Path(folder) != root and not any(Path(folder).iterdir()):
            Path(folder).rmdir()
    return deleted
