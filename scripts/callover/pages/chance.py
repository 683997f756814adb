"""The page that explains chance to a resident goes on with examples from the portal's own data.

Code chooses them, so they are never stale: a measure whose rating and statistics disagree, one that
changed by more than chance, and the control chart of the first of them that has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callover import variation, words
from callover.compute import Board, Sheet
from callover.model import Portal
from callover.pages import figures
from callover.pages.certain import certain, disagree
from callover.pages.render import render
from callover.provenance import of_indicator
from callover.tested import Weighed, first_tested, told_quantity
from callover.travel import BETTER, WORSE, travel

PATH = "chance/index.md"


@dataclass(frozen=True)
class Example:
    """A measure with what is said of it; `address` leads to its page from this one."""

    title: str
    place: str
    address: str
    says: str


@dataclass(frozen=True)
class _Found:
    """A tested measure of a partnership."""

    board: Board
    sheet: Sheet
    test: Weighed

    @property
    def tested(self) -> str:
        """The verdict with its interval."""
        said = certain(self.sheet)
        return said.tested if said else ""

    @property
    def size(self) -> float:
        """The newest figure: a larger one makes a plainer example."""
        name = told_quantity(self.sheet).name
        return float(self.sheet.value(name) or 0)

    @property
    def clear(self) -> bool:
        """Say whether it is better or worse by more than chance."""
        moved = travel(self.sheet, None, told_quantity(self.sheet))
        return moved.verdict in (BETTER, WORSE) and moved.test is not None

    @property
    def order(self) -> tuple[bool, bool, float, str]:
        """Examples without help lines come first, then those with a chart, then the larger."""
        own = self.sheet.indicator
        return bool(own.help_lines), self.sheet.control is None, -self.size, own.slug


def page(portal: Portal, boards: Sequence[Board]) -> str:
    """Give the examples of the page; '' where no figure can be tested."""
    found = sorted(_tested(boards), key=lambda one: one.order)
    apart = next((one for one in found if not one.test.clear and disagree(one.sheet)), None)
    clear = next((one for one in found if one.clear), None)
    if apart is None and clear is None:
        return ""
    drawn = next((one for one in (apart, clear) if one and one.sheet.control), None)
    return render(
        "chance.md",
        apart=_example(apart, *disagree(apart.sheet), apart.tested) if apart else None,
        clear=_example(clear, clear.tested) if clear else None,
        chart=_chart(portal, drawn) if drawn else None,
        drawn=_example(drawn) if drawn else None,
    )


def _tested(boards: Sequence[Board]) -> Iterator[_Found]:
    for board in boards:
        for sheet in board.sheets:
            test = first_tested(sheet, told_quantity(sheet))
            if test is not None:
                yield _Found(board, sheet, test)


def _example(found: _Found, *says: str) -> Example:
    partnership, own = found.board.partnership, found.sheet.indicator
    when = words.period_long(found.sheet.closing) if found.sheet.closing else ""
    place = f"{partnership.short_title}, {when}"
    return Example(own.title, place, f"../{partnership.slug}/{own.slug}/", " ".join(says))


def _chart(portal: Portal, found: _Found) -> figures.ChartView:
    partnership, own = found.board.partnership, found.sheet.indicator
    origin = of_indicator(portal.site, partnership, own, found.sheet.closing)
    return figures.view(next(variation.chart(found.sheet)), origin)
