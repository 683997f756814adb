"""Addresses that people write in tables: what they are called, and whether they lead anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from callover import periods, words
from callover.compute import Board
from callover.errors import Fault
from callover.model import Partnership
from callover.pages import indicator, plan
from callover.pages.report import INDEX, Context, Made
from callover.periods import PeriodError
from callover.records import Place, is_link

#: The columns that hold addresses inside the partnership, by table.
LINKED: Mapping[str, str] = {"agenda": "links", "action_log": "link"}


def title_of(context: Context, board: Board, address: str) -> str:
    """Name the page that an address leads to, and what its anchor stands for; else the address."""
    path, _, anchor = address.partition("#")
    first, *rest = path.strip("/").split("/")
    title = next(
        (s.indicator.title for s in board.sheets if s.indicator.slug == first),
        context.titles.get(first, address) if first else "",
    )
    where = ", ".join(_period(part) for part in rest)
    named = _anchors(board.partnership, first).get(anchor, "").split(". ")[0].rstrip(".")
    return ": ".join(part for part in (f"{title}, {where}" if where else title, named) if part)


def place_of(context: Context, board: Board, address: str) -> str:
    """Name what an address leads to by itself: what its anchor stands for, or else its page."""
    path, _, anchor = address.partition("#")
    named = _anchors(board.partnership, path.split("/")[0]).get(anchor, "")
    return named or title_of(context, board, address)


def _period(part: str) -> str:
    try:
        return words.period_long(periods.parse(part))
    except PeriodError:
        return part


def _anchors(partnership: Partnership, page: str) -> Mapping[str, str]:
    """Give what the ids on a page stand for, in words."""
    own = partnership.records
    outcomes = {outcome.id: outcome.title for outcome in partnership.outcomes}
    named: Mapping[str, Mapping[str, str]] = {
        "": outcomes,
        "actions": {row.id: row.action for row in own.actions},
        "communications": {row.id: row.message for row in own.communications},
        "governance": outcomes,
        "meetings": {row.id: row.action for row in own.action_log},
        "plan": outcomes | {row.id: row.title for row in own.workstreams},
    }
    return named.get(page, {})


def next_plan(partnership: Partnership, text: str) -> Sequence[str]:
    """Give the addresses that a cell of `next_plan` means; none where it has plain words.

    An outcome's id leads to its place in the plan, or on the overview where there is no plan; an
    action's id to the action.
    """
    page = "plan/" if plan.is_there(partnership) else ""
    known = {outcome.id: f"{page}#{outcome.id}" for outcome in partnership.outcomes}
    known |= {row.id: f"actions/#{row.id}" for row in partnership.records.actions}
    parts = text.split()
    if not all(part in known or is_link(part) for part in parts):
        return ()
    return [known.get(part, part) for part in parts]


def has_links(partnership: Partnership) -> bool:
    """Say whether a partnership's tables hold any address."""
    return any(True for _ in _links(partnership))


def _links(partnership: Partnership) -> Iterator[tuple[Place, str, str]]:
    for table, column in LINKED.items():
        for record in getattr(partnership.records, table):
            for link in getattr(record, column):
                yield record.at, column, link
    for row in partnership.records.achievements:
        for part in row.next_plan.split() if next_plan(partnership, row.next_plan) else ():
            if is_link(part):
                yield row.at, "next_plan", part


def faults(context: Context, board: Board, reports: Sequence[Made]) -> Iterator[Fault]:
    """Tell of each address that leads to no page, file or place on a page of the partnership."""
    pages = {
        f"{made.report.name}/{path}": text for made in reports for path, text in made.files.items()
    }
    rendered: set[str] = set()
    for place, column, link in _links(board.partnership):
        slug = link.split("/")[0]
        if slug not in rendered:
            rendered.add(slug)
            pages |= _indicator(context, board, slug)
        path, _, anchor = link.partition("#")
        file = f"{path}{INDEX}" if path.endswith("/") else path
        if file not in pages:
            yield _fault(place, column, link, "an address of this partnership", _near(path, pages))
        elif anchor and f'id="{anchor}"' not in pages[file]:
            yield _fault(
                place, column, link, f"a place on the page {path}",
                f"Correct what follows #, or write {path} alone.",
            )  # fmt: skip


def _indicator(context: Context, board: Board, slug: str) -> dict[str, str]:
    """Render an indicator's pages, by their path below the partnership; nothing if it is none."""
    sheet = next((s for s in board.sheets if s.indicator.slug == slug), None)
    if sheet is None:
        return {}
    made = indicator.files(context, board, sheet, ())
    above = f"{board.partnership.slug}/"
    return {
        path.removeprefix(above): content if isinstance(content, str) else ""
        for path, content in made
    }


def _near(path: str, pages: Mapping[str, str]) -> str:
    known = [page.removesuffix(INDEX) for page in pages if page.endswith(INDEX)]
    near = get_close_matches(path, known, 1)
    is_it = f"Is it {near[0]}? " if near else ""
    return f"{is_it}Write the address as the browser shows it, after the partnership's own."


def _fault(place: Place, column: str, link: str, expected: str, remedy: str) -> Fault:
    return Fault(place.file, place.row, column, link, expected, remedy)
