"""What people wrote about a period, as a page shows it: as HTML, or as words alone."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from callover import markdown
from callover.compute import Sheet
from callover.model import Commentary
from callover.narrated import narrated, own_numbers
from callover.pages.render import prose


def shown(sheet: Sheet, said: Commentary) -> Mapping[str, Markup]:
    """Give each section as HTML.

    A paragraph or list with numbers that are no figures of the sheet is followed by a line that
    says whose they are.
    """
    own = theirs(sheet, said)
    return {name: written(text, own.get(name, {})) for name, text in said.sections.items()}


def theirs(sheet: Sheet, said: Commentary) -> Mapping[str, Mapping[int, str]]:
    """Say of each block of a section whose numbers it has, where they are no figures of the sheet.

    A block is a paragraph or a list, counted from 0.
    """
    found: dict[str, dict[int, list[str]]] = {}
    for one in narrated(sheet, said).unmatched:
        found.setdefault(one.section, {}).setdefault(one.block, []).append(one.said.text)
    return {
        section: {block: own_numbers(texts) for block, texts in blocks.items()}
        for section, blocks in found.items()
    }


def written(text: str, own: Mapping[int, str]) -> Markup:
    """Give a text as HTML, each block with what is said of its numbers.

    A text that was published once and would be refused today is given as plain words.
    """
    found = markdown.read(text)
    if found.problems:
        return prose(text)
    blocks = enumerate(found.blocks)
    return Markup("\n").join(_block(block, own.get(place, "")) for place, block in blocks)


def _block(block: markdown.Block, told: str) -> Markup:
    html = Markup(block.html)  # noqa: S704 (the words are escaped, and nh3 has cleaned the rest)
    return html + Markup('\n<p class="co-own">{}</p>').format(told) if told else html


def plain(said: Commentary, section: str) -> str:
    """Give a section as words: paragraphs apart, each item of a list after a dash."""
    return markdown.read(said.sections.get(section, "")).plain
