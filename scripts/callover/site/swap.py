"""A finished site takes the place of the old one in one step, and one build works there at a time.

    claimed     holds the place: another build waits, and what a killed one left is put right
    swap        puts the new site there; whenever a build is stopped, a whole site is served

A symbolic link that is turned to the new site would do it too. It is not used, as people copy the
folder with tools that copy a link as a link.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from callover.errors import PlaceError, PublishError
from callover.site.disk import exchange, flush_folder

#: How many seconds a build waits for another one in the same place.
WAIT = 600


def beside(output: Path, what: str) -> Path:
    """Give the hidden neighbour of a site: `new` while it is made, `old`, `docs`, `lock`."""
    return output.with_name(f".{output.name}-{what}")


@contextmanager
def claimed(
    output: Path, wait: float = WAIT, tell: Callable[[str], None] = lambda text: None
) -> Iterator[None]:
    """Hold the place of a site, given in full; wait so many seconds for a build that holds it.

    The system lets go of it when the build ends, however it ends. Raises PlaceError after the wait.
    """
    from filelock import FileLock, Timeout

    output.parent.mkdir(parents=True, exist_ok=True)
    file = beside(output, "lock")
    lock = FileLock(file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        tell(f"Another build is at work in {output}. Waiting for it ...")
        try:
            lock.acquire(timeout=wait)
        except Timeout:
            raise PlaceError(
                f"{output}: another build is still at work there. Nothing was published. Try "
                "again when it is done."
            ) from None
    try:
        restore(output)
        yield
    finally:
        clear(output)
        # Whoever waits for the file sees that it is gone, and makes a new one.
        with suppress(OSError):
            file.unlink()
        lock.release()


def refuse_foreign(output: Path) -> None:
    """Raise PublishError where something else than a site stands: it would be thrown away."""
    if not output.exists():
        return
    if os.path.ismount(output):  # pathlib knows it on Windows from 3.12 on only
        raise PlaceError(
            f"{output} is a disk of its own, and cannot change places with a new site. Name a "
            "folder inside it by --output."
        )
    ours = ("manifest.json", "404.html")
    if not output.is_dir() or (
        any(output.iterdir()) and not any((output / name).is_file() for name in ours)
    ):
        raise PublishError(
            f"{output} is there already and is no site. It stays as it is. Name a new folder, or "
            "an empty one, by --output."
        )


def restore(output: Path) -> None:
    """Put right what a build left that was killed: the old site, and what was half made."""
    old = beside(output, "old")
    if old.exists() and not output.exists():
        old.rename(output)
    for path in _made(output):
        # What cannot be removed would be published.
        with suppress(FileNotFoundError):
            shutil.rmtree(path)


def clear(output: Path) -> None:
    """Throw away what a build made beside the site, as far as that can be done."""
    for path in _made(output):
        shutil.rmtree(path, ignore_errors=True)


def _made(output: Path) -> Iterator[Path]:
    """Give what a build makes beside the site; the old site only where there is another one."""
    yield beside(output, "new")
    yield beside(output, "docs")
    if output.exists():
        yield beside(output, "old")


def swap(staging: Path, output: Path) -> None:
    """Let a whole site and the old one change places; where there is no old one, move it in."""
    if not output.exists():
        staging.rename(output)
    elif not exchange(staging, output):
        _by_two_renames(staging, output)
    with suppress(OSError):  # the new site is there, whatever the disk says now
        flush_folder(output.parent)


def _by_two_renames(staging: Path, output: Path) -> None:
    """Do it in two steps, where the system has none that does both.

    If the build is killed between the two, the next one puts the old site back.
    """
    old = beside(output, "old")
    output.rename(old)
    try:
        staging.rename(output)
    except OSError:
        old.rename(output)
        raise
