"""The gate before any library sees a file: plain relative names, real files, UTF-8, bounded size.

A descriptor is data from outside. It may name files in its own folder and nothing else: no URL,
no parent folder, no symlink. So the build needs no network and reads nothing it should not.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from stat import S_ISREG

from callover.errors import Fault

MAX_BYTES = 5_000_000
SAVE_AGAIN = 'Save the file again, in Excel as "CSV UTF-8 (comma delimited)".'
_SAVE_TEXT = "Save the file again as UTF-8."
#: So many faults are told of a table at most; more of a kind say nothing new.
MOST = 500
#: So many stray files of a folder are told one by one.
_STRAYS = 20

#: How many bytes a file may have, and what to do if it has more, by its name or its ending.
_LIMITS: Mapping[str, tuple[int, str]] = {
    "datapackage.json": (500_000, "Move long texts into commentary, and lists into tables."),
    ".md": (80_000, "Shorten it: a page of commentary has 20,000 letters at most."),
}
_SPLIT = "Split the data over several indicators, or remove what is not data."

#: How files begin that are no text, the longer beginnings first.
_MAGIC: Mapping[bytes, str] = {
    b"PK\x03\x04": "a workbook or archive",
    b"\xd0\xcf\x11\xe0": "a workbook or archive",
    b"\x1f\x8b": "a workbook or archive",
    b"\xff\xfe\x00\x00": "a file in UTF-32",
    b"\x00\x00\xfe\xff": "a file in UTF-32",
    b"\xff\xfe": "a file in UTF-16",
    b"\xfe\xff": "a file in UTF-16",
    b"%PDF": "a PDF document",
}
_LINE_END = re.compile(rb"\r\n|\r|\n")
PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.csv", re.A)
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:", re.A)

#: Characters that show nothing, turn text round, or stand where a letter was lost.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2028\u2029\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufffd]"
)


class Gate:
    """Opens files below a root and keeps the faults it meets."""

    def __init__(self, root: Path) -> None:
        """Start at the folder that holds all packages."""
        self.root = root
        self.faults: list[Fault] = []

    def name(self, path: Path) -> str:
        """Name a file as the person who edits it does: from the folder above the packages."""
        below = path.relative_to(self.root).as_posix()
        return printable(self.root.name if below == "." else f"{self.root.name}/{below}")

    def take(self, found: Iterable[Fault]) -> None:
        """Keep faults that others found, MOST of them: a table may have one in each cell."""
        self.faults += islice(found, MOST)

    def fault(
        self, path: Path, row: int, column: str, value: str, expected: str, remedy: str
    ) -> None:
        """Keep one fault; what came from a file is made safe to print on one line."""
        self.faults.append(
            Fault(self.name(path), row, printable(column), printable(value), expected, remedy)
        )

    def folders(self, parent: Path) -> Iterator[Path]:
        """Give the folders in a folder, in order, without hidden ones; refuse symlinks."""
        for entry in sorted(os.scandir(parent), key=lambda e: e.name):
            path = Path(entry.path)
            if entry.is_symlink():
                self._refuse_link(path)
            elif entry.is_dir() and not entry.name.startswith((".", "_")):
                yield path

    def strays(self, folder: Path, known: set[str]) -> None:
        """Refuse what would be left out without a word: tables, folders and links not known."""
        found = [e for e in os.scandir(folder) if e.name not in known or e.is_symlink()]
        if len(found) > _STRAYS:
            self.fault(
                folder, 0, "", f"{len(found)} other files", f"{', '.join(sorted(known))}",
                "Remove or move away what is not data.",
            )  # fmt: skip
        for entry in sorted(found, key=lambda e: e.name)[:_STRAYS]:
            path = Path(entry.path)
            if entry.is_symlink():
                self._refuse_link(path)
            elif entry.name.startswith((".", "_")):
                continue
            elif entry.is_dir() or entry.name.lower().endswith((".csv", ".tsv", ".xls", ".xlsx")):
                self.fault(
                    path, 0, "", entry.name, f"one of {', '.join(sorted(known))}",
                    "Rename it to the one you mean, list it in datapackage.json, or remove it.",
                )  # fmt: skip

    def _refuse_link(self, path: Path) -> None:
        self.fault(
            path, 0, "", "a symbolic link", "a real file or folder",
            "Replace the link by a copy of what it points to.",
        )  # fmt: skip

    def text(self, path: Path) -> str | None:
        """Read a file as UTF-8 (a byte order mark is fine); None, and a fault, if that fails."""
        raw = self._bytes(path)
        if raw is None:
            return None
        save = _SAVE_TEXT if path.suffix in (".json", ".md") else SAVE_AGAIN
        strange = next((what for begin, what in _MAGIC.items() if raw.startswith(begin)), "")
        if strange:
            self.fault(path, 1, "", strange, "UTF-8 text", save)
            return None
        try:
            if b"\0" in raw:
                self.fault(path, _row(raw, raw.index(b"\0")), "", "a NUL byte", "UTF-8 text", save)
                return None
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            found = f"byte 0x{raw[problem.start]:02X}"
            self.fault(path, _row(raw, problem.start), "", found, "UTF-8 text", save)
            return None
        return text if self._seen(path, text) else None

    def _seen(self, path: Path, text: str) -> bool:
        found = UNSEEN.search(text)
        if found is None:
            return True
        before = text[: found.start()]
        row, word = before.count("\n") + 1, re.split(r"[\n,]", before)[-1]
        self.fault(
            path, row, "", f"character U+{ord(found.group()):04X} after {word[-20:]!r}",
            "text that can be seen", "Delete the character, or type again the letter it replaced.",
        )  # fmt: skip
        return False

    def _bytes(self, path: Path) -> bytes | None:
        most, shorter = _LIMITS.get(path.name) or _LIMITS.get(path.suffix, (MAX_BYTES, _SPLIT))
        try:
            status = os.lstat(path)
            if path.is_symlink():
                self._refuse_link(path)
            elif not S_ISREG(status.st_mode):
                self.fault(
                    path, 0, "", "not a file", "a plain file", "Put a plain file in its place."
                )
            elif status.st_size > most:
                self.fault(path, 0, "", f"{status.st_size} bytes", f"at most {most} bytes", shorter)
            else:
                return path.read_bytes()
        except OSError as problem:
            found = "" if isinstance(problem, FileNotFoundError) else str(problem.strerror)
            remedy = "Add the file, or take its name out of datapackage.json."
            if path.name == "datapackage.json":
                remedy = (
                    "`callover new` writes one. If the folder is no package, move it elsewhere."
                )
            self.fault(path, 0, "", found, "a file that can be read", remedy)
        return None

    def plain_name(self, descriptor: Path, place: str, value: object) -> bool:
        """Check that a descriptor names a CSV file of its own folder, in plain letters."""
        if isinstance(value, str) and PLAIN_NAME.fullmatch(value):
            return True
        shown = value if isinstance(value, str) else "something that is not a file name"
        expected = "the plain name of a CSV file in the same folder, such as series.csv"
        if isinstance(value, str) and _SCHEME.match(value):
            remedy = "Callover reads nothing from the network. Put the file in the folder."
        else:
            remedy = "Put the file in the folder and give its name alone, with no path."
        self.fault(descriptor, 0, place, shown, expected, remedy)
        return False


def _row(raw: bytes, place: int) -> int:
    """Give the row of a byte as a spreadsheet counts, whatever ends the lines."""
    return len(_LINE_END.findall(raw, 0, place)) + 1


def printable(text: str) -> str:
    """Give a text from outside on one line, with nothing that a terminal would act upon."""
    flat = " ".join(text.split())
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in flat)
