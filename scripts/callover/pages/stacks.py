"""Tables of words that stack on a phone: rows of cells, a cell being a few short lines.

The macro `stack` of templates/reports.html prints them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from callover.pages.moves import Meant

_SOURCE = re.compile(r"lines? \d+((, | and |-| to )\d+)*", re.A)
NOT_STATED = "not stated"


@dataclass(frozen=True)
class Line:
    """A line of a cell: its words, where they lead, and how they are set.

    `style` is a class of the style sheet: soft and note for what only a close reader needs,
    strong and alert for what must be seen, aside for what goes on in the same line on a phone.
    `verdict` makes it a rating, `meant` what a change means.
    """

    text: str
    href: str = ""
    style: str = ""
    verdict: str = ""
    meant: Meant | None = None


@dataclass(frozen=True)
class Row:
    """A row: its heading's lines, then its cells; `anchor` is its id on the page."""

    head: Sequence[Line]
    cells: Sequence[Sequence[Line]]
    anchor: str = ""


@dataclass(frozen=True)
class Stack:
    """A table as the macro prints it; the style sheet sets the width of a column by its title.

    Its caption is shown only where no heading above says the same.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Row]
    shown: bool = False


def said(text: str, missing: str = NOT_STATED) -> list[Line]:
    """Make a cell of what was said, or of the words that nobody said anything."""
    return [Line(text)] if text else [Line(missing, style="soft")]


def soft(text: str, style: str = "soft") -> list[Line]:
    """Make a line for close readers, or none of an empty text."""
    return [Line(text, style=style)] if text else []


def means(found: Meant) -> list[Line]:
    """Make a line of what a change means, or none where it means nothing."""
    return [Line(found.says, meant=found)] if found.says else []


def remark(note: str) -> list[Line]:
    """Make a line of a note, without the parts that only name lines of the document."""
    parts = [part.strip() for part in note.split(";")]
    told = "; ".join(part for part in parts if part and not _SOURCE.fullmatch(part))
    return soft(told[:1].upper() + told[1:], "note")


def filled(
    columns: Sequence[str], rows: Sequence[Row], *may_go: str
) -> tuple[list[str], list[Row]]:
    """Leave out those of the columns named last in which no row has a cell with anything in it."""
    kept = [
        place
        for place, column in enumerate(columns[1:])
        if column not in may_go or any(row.cells[place] for row in rows)
    ]
    titles = [columns[0], *(columns[place + 1] for place in kept)]
    return titles, [replace(row, cells=[row.cells[place] for place in kept]) for row in rows]
