"""What a release said, as it said it: a record of each indicator's page, and the release's list.

A record is data from then on. Its texts are printed as they are, whatever words or rules the code
has learned since; its numbers are exact. How it is written as JSON is `callover.codec`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from callover import periods
from callover.charts import Chart
from callover.periods import Period

#: The folder that has the records of a package, and the lists of a partnership.
FOLDER = "releases"
#: What a field is marked with that stands beside the record, not in it.
APART = {"apart": True}


class Typed(NamedTuple):
    """A cell of series.csv as somebody typed it; the marker of its row is its own.

    `area_code` and `category` are filled in where a row left them out: the home area, `all`.
    """

    period: Period
    area_code: str
    category: str
    column: str
    value: str
    marker: str


@dataclass(frozen=True)
class Status:
    """A rating in words, as the page said it; `verdict` is one of `callover.ratings`."""

    verdict: str
    word: str
    scheme: str = ""
    reason: str = ""
    distance: str = ""
    printed: str = ""
    basis: str = ""


@dataclass(frozen=True)
class KeyFigure:
    """One of the figures under the headline."""

    label: str
    figure: str
    note: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a table: cells are texts with their markers, `words` says that they are no figures.

    What the cells hold is told apart by `parted`.
    """

    label: str
    cells: tuple[str, ...]
    words: bool = False


@dataclass(frozen=True)
class Table:
    """The table of periods as the page printed it; `current` is the newest column, -1 for none."""

    caption: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    current: int = -1
    numbers: bool = True


@dataclass(frozen=True)
class Said:
    """What people wrote, as they typed it: the name of the section, who says it, and the text.

    `own` has what the page said of numbers that are no figures: the paragraph or list, from 0.
    """

    section: str
    by: str
    text: str
    own: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Line:
    """A line of series.csv: its cells by period, each a text with its marker (see `parted`)."""

    area_code: str
    category: str
    column: str
    figures: Mapping[str, str]

    @property
    def cells(self) -> Iterator[Typed]:
        """Give the cells of the line, as they were typed."""
        for label, found in self.figures.items():
            about = self.area_code, self.category, self.column
            yield Typed(periods.parse(label), *about, *parted(found))


@dataclass(frozen=True)
class Frozen:
    """What the page of an indicator said at a release.

    `release` is the release's id, `data_to` its period, `closing` the newest period that had a
    figure then, `frozen` the ISO day of the record. `facts` are labels with what they say.
    `measures` has the exact numbers at `closing` by category and measure, such as 25/2. `lines`
    are the cells of series.csv up to `data_to`, `targets` the rows of targets.csv without their
    empty cells. `files` has the SHA-256 of each file as it was (see `digest`).

    `text` is the record's own file, for whoever checks it.
    """

    release: str
    data_to: Period
    closing: Period
    frozen: str
    title: str
    headline: str
    status: Status
    facts: tuple[tuple[str, str], ...] = ()
    figures: tuple[KeyFigure, ...] = ()
    caution: str = ""
    table: Table | None = None
    chart: Chart | None = None
    said: tuple[Said, ...] = ()
    measures: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    targets: tuple[Mapping[str, str], ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    text: str = field(default="", compare=False, repr=False, metadata=APART)

    @property
    def cells(self) -> Iterator[Typed]:
        """Give every cell of series.csv that the release had, as it was typed."""
        for line in self.lines:
            yield from line.cells


@dataclass(frozen=True)
class Listed:
    """The list of a release: the SHA-256 of each indicator's record, by slug.

    `previous` is the SHA-256 of the list that was frozen before it, '' for the first. `published`
    and `frozen` are ISO days; nobody may know the first.
    """

    id: str
    title: str
    data_to: Period
    frozen: str
    indicators: Mapping[str, str]
    published: str = ""
    previous: str = ""
    text: str = field(default="", compare=False, repr=False, metadata=APART)


def digest(text: str) -> str:
    """Give the SHA-256 of a file of text, as `sha256sum` does for one in UTF-8.

    Its lines end as in git, so that a copy on a machine that ends them otherwise is the same.
    """
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def joined(text: str, marker: str) -> str:
    """Write a text with its marker, as a data officer does: 12, 12 [p] or [x]."""
    if not marker and not text.endswith("]"):
        return text
    return f"{text} [{marker}]".lstrip()


def parted(cell: str) -> tuple[str, str]:
    """Part what `joined` has joined: the text, and the marker or ''."""
    if not cell.endswith("]"):
        return cell, ""
    text, _, marker = cell[:-1].rpartition("[")
    return text.removesuffix(" "), marker
