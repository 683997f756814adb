"""The one door to what a system does with folders and Python does not offer.

    exchange    two folders change places in one step: Linux since 2014, macOS since 2016
    flush       all files of a folder are on the disk, by one call on Linux

Windows, and some network file systems, cannot exchange. Elsewhere than on Linux a folder is brought
to the disk file by file, which costs a disk's own time for each.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = _RENAME_SWAP = 2

#: What a system or a file system says that has no such call, or may not use it.
_CANNOT = frozenset(
    (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM, errno.ENOTTY)
)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders of one file system change places; False where that cannot be done.

    Nobody ever sees one of the two missing. Raises OSError if it can be done and fails.
    """
    call, places = _EXCHANGES.get(sys.platform), (os.fsencode(one), os.fsencode(other))
    return call is not None and _done(other, lambda library: call(library, *places))


def _linux(library: ctypes.CDLL, one: bytes, other: bytes) -> int:
    return int(library.renameat2(_AT_FDCWD, one, _AT_FDCWD, other, _RENAME_EXCHANGE))


def _macos(library: ctypes.CDLL, one: bytes, other: bytes) -> int:
    return int(library.renamex_np(one, other, _RENAME_SWAP))


_EXCHANGES: Mapping[str, Callable[[ctypes.CDLL, bytes, bytes], int]] = {
    "linux": _linux,
    "darwin": _macos,
}


def flush(folder: Path) -> None:
    """Bring every file and folder below a folder to the disk. Raises OSError, such as disk full."""
    if sys.platform == "linux":
        opened = os.open(folder, os.O_RDONLY)
        try:
            if _done(folder, lambda library: int(library.syncfs(opened))):
                return
        finally:
            os.close(opened)
    for path, _, names in os.walk(folder):
        for name in names:
            _flush_file(Path(path, name))
        flush_folder(Path(path))


def _flush_file(path: Path) -> None:
    with path.open("rb+") as file:  # Windows flushes only what may be written
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, on a system that opens folders."""
    if os.name != "nt":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _done(place: Path, call: Callable[[ctypes.CDLL], int]) -> bool:
    """Make a call of the C library; False where there is none. Raises OSError if it fails."""
    try:
        failed = call(ctypes.CDLL(None, use_errno=True))
    except AttributeError:  # a C library that is older, or smaller
        return False
    code = ctypes.get_errno()
    if failed and code not in _CANNOT:
        raise OSError(code, os.strerror(code), str(place))
    return not failed
