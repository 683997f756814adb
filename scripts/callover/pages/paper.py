"""What a page needs on paper: its address, as text and as a code, its dates and its licence.

docs/assets/print.css shows the foot; no screen does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from callover import words
from callover.codes import qr_code
from callover.model import Content, Partnership, Portal
from callover.pages.render import render
from callover.pages.report import INDEX

_MORE = "More on the web: all charts and tables, the figures we compared, files to download."


@dataclass(frozen=True)
class Foot:
    """The foot of a printed page: its absolute address, a code of it, and what is said of it."""

    address: str
    code: Markup
    said: str


def foot(portal: Portal, path: str, said: Sequence[str]) -> Foot:
    """Make the foot of the page that is written to `path`, below the root of the site."""
    address = portal.site + path.removesuffix(INDEX)
    return Foot(address, Markup(qr_code(address)), " ".join(filter(None, said)))  # noqa: S704 (our own drawing)


def sheet_foot(
    portal: Portal, partnership: Partnership, path: str, data_to: str, source: str
) -> Foot:
    """Make the foot of one indicator's page: its figures' end, its day, whose figures, what more.

    The last sentence says what paper leaves out.
    """
    said = [f"Data to {data_to}." if data_to else "", _as_of([partnership])]
    return foot(portal, path, [*said, f"Source: {source}." if source else "", _MORE])


def footed(portal: Portal, path: str, content: Content) -> Content:
    """Give a page that has no foot of its own one at its end; leave every other file alone."""
    if not isinstance(content, str) or not path.endswith(INDEX) or "co-foot" in content:
        return content
    own = [p for p in portal.partnerships if path.startswith(f"{p.slug}/")]
    made = foot(portal, path, [_as_of(own or portal.partnerships)])
    return f"{content}\n{render('foot.md', foot=made)}"


def _as_of(partnerships: Sequence[Partnership]) -> str:
    """Say of which day the pages are: the day that the data gives, never that of the clock."""
    days = {p.as_of for p in partnerships}
    if len(days) == 1:
        return f"Page as of {words.date_long(days.pop())}."
    told = [f"{words.date_long(p.as_of)} ({p.short_title})" for p in partnerships]
    return f"Page as of {words.joined(told)}." if told else ""
