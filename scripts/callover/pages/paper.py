"""What a page needs on paper: its address, as text and as a code, its dates and its licence.

docs/assets/print.css shows the foot; no screen does.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from callover import words
from callover.codes import qr_code
from callover.model import Content, Partnership, Portal
from callover.site.fence import BEGIN, END

INDEX = "index.md"
_CLASS = "co-foot"
_MORE = (
    "The page on the web has more: every chart with its figures, the numbers behind the rates, "
    "the printed figures that we compared, and files to download."
)
_LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."


def address(site: str, path: str) -> str:
    """Give the absolute address of a page by the path of its Markdown."""
    return site + path.removesuffix(INDEX)


def foot(site: str, path: str, said: Sequence[str]) -> Markup:
    """Make the foot of a printed page: its code, its address, and what is `said` of it."""
    where = address(site, path)
    lines = "".join(f"<p>{escape(line)}</p>" for line in (" ".join(said), _LICENCE) if line)
    return Markup(  # noqa: S704 (our own drawing; the rest is escaped)
        f'<div class="{_CLASS}">{qr_code(where)}<div>'
        f'<p class="co-foot__address">{escape(where)}</p>{lines}</div></div>'
    )


def sheet_foot(
    portal: Portal, partnership: Partnership, path: str, source: str, data_to: str
) -> Markup:
    """Make the foot of one indicator's page: source, dates, and what only the web page has."""
    said = (f"Source: {source}.", f"Data to {data_to}.", _as_of([partnership]), _MORE)
    return foot(portal.site, path, said)


def footed(portal: Portal, path: str, content: Content) -> Content:
    """Give a page that has no foot of its own one at its end; leave every other file alone."""
    if not isinstance(content, str) or not path.endswith(INDEX) or f'class="{_CLASS}"' in content:
        return content
    own = [p for p in portal.partnerships if path.startswith(f"{p.slug}/")]
    made = foot(portal.site, path, (_as_of(own or portal.partnerships),))
    return f"{content}\n{BEGIN}\n{made}\n{END}\n"


def _as_of(partnerships: Sequence[Partnership]) -> str:
    """Say of which day the pages are: the day that the data gives, never that of the clock."""
    days = {p.as_of for p in partnerships}
    if len(days) == 1:
        return f"Page as of {words.date_long(days.pop())}."
    told = [f"{words.date_long(p.as_of)} ({p.short_title})" for p in partnerships]
    return f"Page as of {words.joined(told)}." if told else ""
