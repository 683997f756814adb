"""Numbers in people's text against the figures of the page.

Each number of a commentary is looked for among the figures that its sentence may mean. One that is
found nowhere is the author's own: the page says so, and the author is told with the nearest figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from callover import markdown, periods, words
from callover.compute import Board, Sheet
from callover.compute import sheet as compute
from callover.errors import Unfound
from callover.meant import TARGET, Figure, Meant
from callover.mentioned import stems
from callover.model import Commentary, Indicator, Partnership, Portal
from callover.numerals import CHANGE, COUNT, PERCENT, POINTS, RANK, Said, numbers
from callover.rounding import size

_DIGIT = re.compile(r"[0-9]")
#: Two numbers as large as this are seldom the same by chance.
_LARGE = 100
_NONE: Sequence[Figure] = ()


@dataclass(frozen=True)
class Unmatched:
    """A number of a text that is no figure of the page, with the nearest one.

    `section` and `block` say where it stands; `line` is its line within the section, from 0.
    """

    section: str
    block: int
    line: int
    said: Said
    nearest: Figure | None


@dataclass(frozen=True)
class Narrated:
    """What became of the numbers of a commentary: how many were sought, and those not found."""

    sought: int
    unmatched: tuple[Unmatched, ...]


def narrated(sheet: Sheet, said: Commentary) -> Narrated:
    """Look for each number of a commentary among the figures of its indicator."""
    meant, sought, missing = Meant(sheet, said.period), 0, []
    for section, text in said.sections.items():
        for position, block in enumerate(markdown.read(text).blocks):
            for line, piece in block.pieces:
                for number, figures in _sought(meant, piece):
                    sought += 1
                    if any(matches(number, figure, meant.things) for figure in figures):
                        continue
                    near = nearest(number, figures) or nearest(number, meant.every)
                    place = line + number.line
                    missing.append(Unmatched(section, position, place, number, near))
    return Narrated(sought, tuple(missing))


def _sought(meant: Meant, piece: str) -> Iterator[tuple[Said, Sequence[Figure]]]:
    """Give each number with the figures it may be. "10 of 15" is one number where it is a rank."""
    if not _DIGIT.search(piece):
        return
    ranked, sentence, figures = False, "", _NONE
    for number in numbers(piece):
        if number.group and ranked:
            continue
        if number.sentence != sentence:
            sentence, figures = number.sentence, meant.by(number.sentence, piece)
        ranks = [f for f in figures if f.form == RANK and number.of and f.of == number.of]
        ranked = bool(ranks)
        yield number, ranks or figures


def matches(said: Said, figure: Figure, things: frozenset[str] = frozenset()) -> bool:
    """Say whether a number may be a figure: the same unit, sense, way and size.

    `things` are the stems of words for what the indicator counts. A small number of other things
    is no figure of it, as small numbers are often the same.
    """
    if said.of and figure.form == RANK:
        return said.value == figure.value and said.of == figure.of
    if (said.unit or COUNT) != figure.form:
        return False
    if said.sense and figure.form != RANK and said.sense != figure.sense:
        return False
    if figure.sense == CHANGE and said.sign * figure.value < 0:
        return False
    small = things and said.counted and said.value < _LARGE
    if small and not stems(" ".join(said.counted)) & things:
        return False
    return said.covers(Fraction(size(figure.value)))


def nearest(said: Said, figures: Sequence[Figure]) -> Figure | None:
    """Give the figure that is nearest in size, of the same unit and sense where there is one."""
    form = RANK if said.of and any(f.of == said.of for f in figures) else said.unit or COUNT
    alike = [f for f in figures if f.form == form]
    if (form, said.sense) == (PERCENT, CHANGE) and not any(f.sense == CHANGE for f in alike):
        alike = [f for f in figures if f.form == POINTS] or alike
    whole = said.value.denominator == 1
    for fits in (
        lambda f: f.sense == said.sense,
        lambda f: not f.whose and not f.band,
        lambda f: f.title != TARGET,
        lambda f: f.form != COUNT or (f.value == int(f.value)) == whole,
    ):
        alike = list(filter(fits, alike)) or alike
    return min(alike, key=lambda f: abs(Fraction(size(f.value)) - said.value), default=None)


def unfound(portal: Portal, root: str, boards: Iterable[Board] = ()) -> tuple[Unfound, ...]:
    """Give each number in a commentary that is no figure of its page, by file and line.

    `root` is the name of the folder above the packages, as faults have it; `boards` are those that
    are computed already.
    """
    known = {board.partnership.slug: board for board in boards}
    return tuple(
        found
        for partnership in portal.partnerships
        for indicator in partnership.indicators
        if any(_DIGIT.search(text) for c in indicator.commentary for text in c.sections.values())
        for found in _unfound(
            _sheet(portal, partnership, indicator, known.get(partnership.slug)),
            f"{root}/{partnership.slug}/{indicator.slug}/commentary",
        )
    )


def _sheet(
    portal: Portal, partnership: Partnership, indicator: Indicator, board: Board | None
) -> Sheet:
    found = board.sheet(indicator.slug) if board else None
    return found or compute(indicator, portal.reference, partnership.schemes, partnership.home_area)


def _unfound(sheet: Sheet, folder: str) -> Iterator[Unfound]:
    for said in sheet.indicator.commentary:
        for own in narrated(sheet, said).unmatched:
            lines = said.lines.get(own.section, ())
            line = lines[own.line] if own.line < len(lines) else 0
            near = figure_in_words(own.nearest) if own.nearest else ""
            yield Unfound(f"{folder}/{said.file}", line, own.said.text, own.said.sentence, near)


# ---------------------------------------------------------------- in words


def figure_in_words(figure: Figure) -> str:
    """Write a figure with what it is and when: 2,119, last 12 months to December 2016."""
    title = f"{figure.title[0].lower()}{figure.title[1:]}"
    about = f" ({figure.band or figure.whose})" if figure.band else ""
    return f"{_value(figure)}, {title}{about}{_when(figure)}"


def _when(figure: Figure) -> str:
    if not figure.end:
        return ""
    if periods.is_12_months(figure.start, figure.end):
        found = periods.of_window(figure.start, figure.end)
        return f" to {words.closing_month(found)}" if found.kind != "year" else f", {found.label}"
    return f", {words.window(figure.start, figure.end)}"


def _value(figure: Figure) -> str:
    if figure.form == RANK:
        of = f" of {words.number(figure.of)}" if figure.of else ""
        return f"{words.number(figure.value)}{of}"
    if figure.sense == CHANGE:
        return words.change(figure.value, figure.unit, decimals=1)
    return words.figure(figure.value, figure.unit)


def own_numbers(texts: Sequence[str]) -> str:
    """Say on the page which numbers of a text are the partners' own; nothing where none is."""
    told = list(dict.fromkeys(texts))
    if not told:
        return ""
    one = len(told) == 1
    return (
        f"The {'number' if one else 'numbers'} {words.joined(told)} in this text "
        f"{'is' if one else 'are'} the partners' own. We could not find "
        f"{'it' if one else 'them'} in the figures."
    )
