"""What people wrote about a period, as a page shows it: as HTML, or as words alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from callover import markdown
from callover.compute import Sheet
from callover.model import Commentary
from callover.narrated import narrated, own_numbers


def shown(sheet: Sheet, said: Commentary) -> Mapping[str, Markup]:
    """Give each section as HTML.

    A paragraph or list with numbers that are no figures of the sheet is followed by a line that
    says whose they are.
    """
    own: dict[tuple[str, int], list[str]] = {}
    for one in narrated(sheet, said).unmatched:
        own.setdefault((one.section, one.block), []).append(one.said.text)
    return {
        section: Markup("\n").join(
            _block(block, own.get((section, position), ()))
            for position, block in enumerate(markdown.read(text).blocks)
        )
        for section, text in said.sections.items()
    }


def _block(block: markdown.Block, own: Sequence[str]) -> Markup:
    html = Markup(block.html)  # noqa: S704 (the words are escaped, and nh3 has cleaned the rest)
    told = own_numbers(own)
    return html + Markup('\n<p class="co-own">{}</p>').format(told) if told else html


def plain(said: Commentary, section: str) -> str:
    """Give a section as words: paragraphs apart, each item of a list after a dash."""
    return markdown.read(said.sections.get(section, "")).plain
