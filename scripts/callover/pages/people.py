"""What people wrote about a period, as a page shows it: as HTML, or as words alone."""

from __future__ import annotations

from markupsafe import Markup

from callover import markdown
from callover.model import Commentary


def shown(said: Commentary, section: str) -> Markup:
    """Give a section as HTML; nothing where there is none."""
    html = markdown.read(said.sections.get(section, "")).html
    return Markup(html)  # noqa: S704 (the words are escaped, and nh3 has cleaned the rest)


def plain(said: Commentary, section: str) -> str:
    """Give a section as words: paragraphs apart, each item of a list after a dash."""
    return markdown.read(said.sections.get(section, "")).plain
