"""What can be wrong with the data, told so that the person who typed it can put it right.

Fault            one thing wrong: file, row, column, value, what was expected, what to do
Faults           the exception that carries every fault of a run; exit code 2
SheetFaults      the same for a sheet that is not taken in
UnknownName      a name that no table has; lists the known ones
Remark           a text that is hard to read: a warning, never a fault
Unfound          a number in people's text that is no figure of its page: the same
PublishError     the pages or the place are not what they should be; exit code 3
PlaceError       the disk or the place of the site cannot be used; exit code 4
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, order=True)
class Fault:
    """One fault. `row` counts as a spreadsheet does: the header is row 1; 0 means no row.

    In a sheet, `cell` names the place in its stead: C7, or C7:D8 for several.
    """

    file: str
    row: int
    column: str
    value: str
    expected: str
    remedy: str
    cell: str = ""

    def __str__(self) -> str:
        """Two lines at most: where and what, then what to do."""
        where = self.file
        if self.cell:
            where += f", cell {self.cell}"
        else:
            unit = "line" if self.file.endswith(".md") else "row"
            where += f", {unit} {self.row}" if self.row else ""
            where += f", column {self.column}" if self.column else ""
        # A break of the line within a value that they quote would make a third line.
        expected, remedy = (" ".join(said.splitlines()) for said in (self.expected, self.remedy))
        return f"{where}: found {quoted(self.value)}; expected {expected}.\n  {remedy}"


@dataclass(frozen=True)
class Remark:
    """A text that is hard to read: where it stands, how hard it is, and its worst sentence.

    `grade` is its Flesch-Kincaid grade, `longest` its longest sentence in words. `row` counts as a
    spreadsheet does; 0 means no row.
    """

    file: str
    row: int
    field: str
    grade: float
    longest: int
    worst: str

    def __str__(self) -> str:
        """Two lines: where and how hard, with the worst sentence; then what to do."""
        row = f", row {self.row}" if self.row else ""
        long = f", a sentence of {self.longest} words" if self.longest > MOST_WORDS else ""
        return (
            f"{self.file}{row}, {self.field}: warning: hard to read (school grade "
            f'{self.grade:.1f}{long}). Worst: "{_cut(self.worst, 120)}"\n  {PLAIN_WORDS}'
        )


@dataclass(frozen=True)
class Unfound:
    """A number in people's text that is no figure of its page, with the nearest one in words.

    `row` is the line of the file. `nearest` is '' where the page has no figure of its kind.
    """

    file: str
    row: int
    number: str
    sentence: str
    nearest: str

    def __str__(self) -> str:
        """Two lines: where and which, with its sentence; then what it may be."""
        near = f"The nearest is {self.nearest}." if self.nearest else "It has none of the kind."
        return (
            f"{self.file}, line {self.row}: warning: {self.number} is no figure of the page. "
            f'"{_cut(self.sentence, 120)}"\n  {near} {_OWN_NUMBER}'
        )


_OWN_NUMBER = "Correct it, or leave it: the page says that it is the partners' own."

#: A text above this Flesch-Kincaid grade, or with a longer sentence, gets a warning.
HARD_GRADE = 9.0
MOST_WORDS = 35
PLAIN_WORDS = "Split it into short sentences, and use everyday words."


class Faults(Exception):
    """Every fault of a run, told together; nothing is published."""

    exit_code = 2
    closing = "in the data. Nothing was published."

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Sort by file and row and drop repeats."""
        self.faults = tuple(sorted(set(faults)))
        super().__init__(f"{len(self.faults)} faults")

    def __str__(self) -> str:
        """All messages, then a closing line that says what did not happen."""
        count = len(self.faults)
        noun = "fault" if count == 1 else "faults"
        told = "\n".join(str(fault) for fault in self.faults)
        return f"{told}\n{count} {noun} {self.closing}"


class SheetFaults(Faults):
    """Every fault of a sheet, told together; nothing is written."""

    closing = "in the sheet. Nothing was written."


#: So many faults of one sort are told one by one.
_OF_A_SORT = 20


def fewer(faults: Iterable[Fault]) -> list[Fault]:
    """Tell the first faults of a sort, and of the others how many there are.

    A sort is one file, one column and one expectation: a column of 500 months as Excel shows them
    needs to be told of once.
    """
    sorts: dict[tuple[str, str, str], list[Fault]] = {}
    for fault in sorted(set(faults)):
        sorts.setdefault((fault.file, fault.column, fault.expected), []).append(fault)
    told = []
    for same in sorts.values():
        told += same[:_OF_A_SORT]
        if len(same) > _OF_A_SORT:
            one, rest = same[_OF_A_SORT], len(same) - _OF_A_SORT
            told.append(replace(one, value=f"{rest} more like {_cut(one.value, 30)}"))
    return told


class PublishError(Exception):
    """The site could not be made; the messages say why. The old site stays."""

    exit_code = 3


class PlaceError(PublishError):
    """The place of the site cannot be used. The old site stays."""

    exit_code = 4


class UnknownName(ValueError):
    """A name that its table does not have."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        """Keep the parts, so that a fault can be made of them."""
        self.what, self.name, self.known = what, name, tuple(known)
        super().__init__(f"unknown {what} {name!r}; known: {', '.join(self.known)}")


def quoted(value: str) -> str:
    """Show a value on one line, cut at 60 characters; an empty one as the word nothing."""
    flat = " ".join(value.split())
    if not flat:
        return "nothing"
    return f'"{_cut(flat, 60)}"'


def _cut(text: str, most: int) -> str:
    """Cut a text at a number of characters, and show that it goes on."""
    return text if len(text) <= most else f"{text[: most - 3]}..."
