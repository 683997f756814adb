"""A broken input: what is changed in a sound package, and the one message that it must get."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.corpus.package import Change, put, sound

from callover.errors import Fault

#: The files that are broken, by their paths below the data folder.
PLACE = "made-up-borough"
SERIES, TARGETS, COMPARATORS, PUBLISHED, DESCRIPTOR = (
    f"{PLACE}/measure/{name}"
    for name in (
        *("series.csv", "targets.csv", "comparators.csv", "published.csv", "datapackage.json"),
    )
)
PARTNERSHIP = f"{PLACE}/datapackage.json"
#: A server that nobody may call; the run puts the address of a real one in its place.
CANARY = "http://canary.invalid"


@dataclass(frozen=True)
class Case:
    """One broken input and what must be said of it.

    `row` counts as a spreadsheet does, 0 where there is none. `value` is what was found. `expected`
    and `remedy` are words of the message. `package` are the arguments of `sound`, `changes` what is
    done to it then. `faults` is how many messages there are in all; 0 stands for any number.
    """

    name: str
    file: str
    row: int
    column: str
    value: str
    expected: str
    remedy: str
    package: Mapping[str, Any] = field(default_factory=dict)
    changes: Sequence[Change] = ()
    faults: int = 1

    def write(self, folder: Path, canary: str) -> Path:
        """Write the broken data folder; `canary` is the address of a server that counts calls."""
        root = sound(folder / "datapackage", **self.package)
        for change in self.changes:
            change(root)
        for path in root.glob("*/**/datapackage.json"):
            if path.is_file() and not path.is_symlink():
                path.write_bytes(path.read_bytes().replace(CANARY.encode(), canary.encode()))
        return root

    def begins(self, canary: str) -> str:
        """Give the form in which the message begins: where, and what was found.

        A setting of a descriptor stands on some row: which one is `callover.data.lines`' to know.
        """
        value = self.value.replace(CANARY, canary)
        file = f"datapackage/{self.file}".removesuffix("/")
        fault = Fault(file, self.row, self.column, value, "", "")
        begins = re.escape(str(fault).partition("; expected")[0])
        if self.column and not self.row:
            begins = begins.replace(re.escape(", column"), r", row [1-9]\d*, column", 1)
        return begins

    def problems(self, code: int, said: str, canary: str) -> list[str]:
        """Say what is wrong with how a command refused the input; nothing if it did as it must."""
        if code != 2:
            return [f"exit code {code}: {said[-400:]}"]
        *messages, closing = said.splitlines()
        pairs = list(zip(messages[::2], messages[1::2], strict=False))
        form = re.compile(f"{self.begins(canary)}; expected ")
        found = [pair for pair in pairs if form.match(pair[0])]
        made = [
            *(f"not plain: {line!r}" for line in messages if not line.isprintable()),
            *(f"not a message: {pair}" for pair in pairs if not _is_message(*pair)),
            *([] if len(messages) % 2 == 0 else ["not two lines for each message"]),
            *([] if closing.endswith("in the data. Nothing was published.") else [closing]),
            *([] if len(pairs) == self.faults or not self.faults else [f"{len(pairs)} messages"]),
        ]
        if not found:
            made.append(f"no message begins {self.begins(canary)!r}")
        elif not any(self.expected in first and self.remedy in then for first, then in found):
            made.append(f"no {self.expected!r} or {self.remedy!r} in {found}")
        return [f"{problem}\n{said[:1500]}" for problem in made[:1]] if made else []


def _is_message(first: str, then: str) -> bool:
    """Say whether two lines have the form of a message: what was found, expected, and a remedy."""
    return ": found " in first and "; expected " in first and then.startswith("  ") and then != "  "


def in_series(
    name: str, rows: str, row: int, column: str, value: str, expected: str, remedy: str,
    *, kind: str = "count", header: str = "period,value,marker,note", faults: int = 1, **more: Any,
) -> Case:  # fmt: skip
    """Give a case whose series.csv has these rows."""
    text = f"{header}\n{rows}\n"
    package = {"kind": kind, "series": text, **more}
    return Case(name, SERIES, row, column, value, expected, remedy, package, faults=faults)


def in_file(
    name: str, text: str | bytes, row: int, column: str, value: str, expected: str, remedy: str,
    *, file: str = SERIES, faults: int = 1, **package: Any,
) -> Case:  # fmt: skip
    """Give a case in which a file is another one, byte for byte."""
    changes = [put(file, text)]
    return Case(name, file, row, column, value, expected, remedy, package, changes, faults)
