"""On which line of a descriptor a setting stands, so that a fault can name it.

It is worked out where there is a fault, and never else: JSON libraries do not keep places.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from callover.errors import Fault

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.S)
_NAME = "datapackage.json"


@dataclass
class _Block:
    """An object or a list that is open: the key or the number of the entry that is read."""

    is_list: bool
    at: str | int = 0
    wants_key: bool = True


def lines(text: str) -> Mapping[str, int]:
    """Give the line of each setting of a JSON object by its place: `callover.rating.also.0`."""
    found: dict[str, int] = {"": 1}
    stack: list[_Block] = []
    line, before = 1, 0
    for token in _TOKEN.finditer(text):
        line += text.count("\n", before, token.start())
        before = token.start()
        said, top = token[0], stack[-1] if stack else None
        if said in "}]":
            stack = stack[:-1]
        elif said == "," and top is not None:
            top.at = top.at + 1 if isinstance(top.at, int) else top.at
            top.wants_key = True
        elif said != ":" and top is not None and not top.is_list and top.wants_key:
            top.at, top.wants_key = str(json.loads(said)), False
            found.setdefault(_place(stack), line)
        elif said not in ",:":
            found.setdefault(_place(stack), line)
            stack += [_Block(said == "[", 0 if said == "[" else "")] if said in "{[" else []
    return found


def _place(stack: Iterable[_Block]) -> str:
    return ".".join(str(block.at) for block in stack)


def located(root: Path, faults: Iterable[Fault]) -> Iterator[Fault]:
    """Give faults with the line of the setting that each is about; of a missing one, its block's.

    `root` is the folder that holds all packages.
    """
    texts: dict[str, Mapping[str, int]] = {}
    for fault in faults:
        if fault.row or not fault.column or not fault.file.endswith(f"/{_NAME}"):
            yield fault
            continue
        if fault.file not in texts:
            texts[fault.file] = _of(root.parent / fault.file)
        found, place = texts[fault.file], fault.column
        while place not in found and place:
            place = place.rpartition(".")[0]
        yield replace(fault, row=found.get(place, 0))


def _of(path: Path) -> Mapping[str, int]:
    try:
        return lines(path.read_text("utf-8-sig"))
    except (OSError, ValueError):
        return {}
