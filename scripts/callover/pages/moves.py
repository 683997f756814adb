"""How a measure moved, for a row of a list: in words, better or worse, and whether by chance.

The second judgement beside the rating. A word and a shape say it, never a colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callover.compute import Board, Sheet
from callover.pages import sentences
from callover.pages.certain import disagree
from callover.tested import Weighed, told_quantity
from callover.travel import BETTER, SAME, UNCLEAR, UNKNOWN, WORSE, Travel, travel

#: What a change means, by its verdict and by whether it was tested; the rest says nothing.
_SAYS: Mapping[tuple[str, bool], str] = {
    (BETTER, True): "better, more than chance",
    (WORSE, True): "worse, more than chance",
    (UNCLEAR, True): "no clear change",
    (UNKNOWN, True): "more than chance",
    (BETTER, False): "better, not tested",
    (WORSE, False): "worse, not tested",
}
#: A verdict as a cell of a table for machines.
_CELLS: Mapping[str, str] = {
    BETTER: "better",
    WORSE: "worse",
    UNCLEAR: "no clear change",
    SAME: "no change",
}
#: The columns that say it in a table for machines.
COLUMNS = ("change_verdict", "more_than_chance")


@dataclass(frozen=True)
class Meant:
    """What a change means: its verdict with a shape, hollow where it is not `tested`."""

    verdict: str
    test: Weighed | None = None

    @property
    def tested(self) -> bool:
        """Say whether anybody could test it."""
        return self.test is not None

    @property
    def says(self) -> str:
        """The meaning in a few words; '' where there is none."""
        return _SAYS.get((self.verdict, self.tested), "")

    @property
    def cells(self) -> tuple[str, str]:
        """The same for machines: the verdict, and whether it is more than chance."""
        clear = ("yes" if self.test.clear else "no") if self.test else ""
        return _CELLS.get(self.verdict, ""), clear


@dataclass(frozen=True)
class Moved:
    """A change in words, and what it means."""

    text: str
    meant: Meant


#: Of a measure without a figure nothing is said.
NOTHING = Moved("", Meant(UNKNOWN))


def meant(found: Travel) -> Meant:
    """Say what a direction of travel means."""
    return Meant(found.verdict, found.test)


def moved(sheet: Sheet) -> Moved:
    """Say how the figure that a list leads with moved."""
    text = sentences.change_in_words(sheet, judged=False)
    return Moved(text, meant(travel(sheet, None, told_quantity(sheet))))


@dataclass(frozen=True)
class Apart:
    """A measure whose rating and statistics disagree, and how."""

    slug: str
    title: str
    says: str


def apart(board: Board) -> Sequence[Apart]:
    """List the measures of a partnership whose rating and statistics disagree, in its order."""
    found = [(sheet.indicator, " ".join(disagree(sheet))) for sheet in board.sheets]
    return [Apart(own.slug, own.title, says) for own, says in found if says]
