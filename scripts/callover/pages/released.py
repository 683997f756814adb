"""The page of an indicator as it stood at a release, and how to link to it and cite it.

A release gives its figures an address that stays: `/<partnership>/<indicator>/<period>/`. A period
without a release has none, as its page would vanish with the next month; what a partnership wants
to be linked to, it releases. The page is slim: it has what a link is followed for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from callover import words
from callover.compute import Board, Sheet
from callover.drawings import charts as draw_charts
from callover.model import Portal, Reference
from callover.pages import figures, people, sentences, tables, views
from callover.pages.head import front
from callover.pages.render import grid, render
from callover.pages.report import INDEX, Context
from callover.periods import Period
from callover.provenance import of_indicator

#: The parts of what people write about a period, in their order, with their titles.
_SECTIONS = (
    ("overview", "Performance overview"),
    ("actions", "Actions"),
    ("benchmarking", "Benchmarking"),
)


@dataclass(frozen=True)
class Shown:
    """What the page of the newest figures has already made, and a release's page may have too."""

    chart: figures.ChartView | None
    months: Markup


@dataclass(frozen=True)
class Kept:
    """An indicator as it stood at a release, which ends with `period`."""

    period: Period
    board: Board
    sheet: Sheet

    @property
    def when(self) -> str:
        """The period in words."""
        return words.period_long(self.period)

    @property
    def path(self) -> str:
        """The page's address below the site."""
        return f"{self.board.partnership.slug}/{self.sheet.indicator.slug}/{self.period.slug}/"


@dataclass(frozen=True)
class Cite:
    """How to cite a page and to link to its period: `href` is relative, `address` in full.

    `others` are further releases: address and period of each.
    """

    citation: str
    address: str
    href: str
    says: str
    others: Sequence[tuple[str, str]] = ()


def kept(context: Context, board: Board, sheet: Sheet) -> list[Kept]:
    """Give the releases for which an indicator has figures, the oldest first."""
    releases = {release.data_to: None for release in board.partnership.releases}
    made = []
    for period in sorted(releases, key=lambda p: p.end):
        then = context.as_at(board, period)
        found = then.sheet(sheet.indicator.slug)
        if found is not None and found.closing is not None:
            made.append(Kept(period, then, found))
    return made


def files(
    context: Context, board: Board, sheet: Sheet, found: Sequence[Kept], shown: Shown
) -> Iterator[tuple[str, str]]:
    """Give a page for each release; `shown` serves where its figures are still the newest."""
    for each in found:
        own = shown if each.sheet is sheet else _shown(each, context.portal)
        others = [(f"../{o.period.slug}/", o.when) for o in reversed(found) if o is not each]
        yield f"{each.path}{INDEX}", _page(context.portal.site, board, each, own, others)


def _shown(each: Kept, portal: Portal) -> Shown:
    sheet, drawn = each.sheet, draw_charts(each.sheet)
    origin = of_indicator(portal.site, each.board.partnership, sheet.indicator, sheet.closing)
    chart = figures.view(drawn[0], origin) if drawn else None
    return Shown(chart, months(sheet, portal.reference))


def months(sheet: Sheet, reference: Reference) -> Markup:
    """Give the table of an indicator's periods; nothing where it has none."""
    table = tables.months(sheet, reference)
    return grid(table) if table else Markup()


def _page(
    site: str, board: Board, each: Kept, shown: Shown, others: Sequence[tuple[str, str]]
) -> str:
    partnership, sheet, when = board.partnership, each.sheet, each.when
    title = f"{sheet.indicator.title}, {when}"
    headline = sentences.headline(sheet)
    address = f"{site}{each.path}"
    says = f"This address stays at {when}."
    cited = Cite(_citation(board, sheet, address), address, "./", says, others)
    return render(
        "released.md",
        front=front(f"{title}, {partnership.short_title}", headline),
        short_title=partnership.short_title,
        indicator=sheet.indicator,
        title=title,
        when=when,
        meta=_meta(each),
        helped=bool(sheet.indicator.help_lines),
        status=views.status(each.board, sheet),
        headline=headline,
        key_figures=views.key_figures(sheet),
        chart=shown.chart,
        months=shown.months,
        people=_people(each),
        cited=cited,
    )


def _meta(each: Kept) -> list[tuple[str, str]]:
    releases = [r for r in each.board.partnership.releases if r.data_to == each.period]
    days = [words.date_long(release.published) for release in releases if release.published]
    return [
        ("Source", each.sheet.indicator.source or "not stated"),
        ("Data to", views.data_to(each.sheet)),
        ("Release", words.joined(release.title for release in releases)),
        *([("Published", words.joined(days))] if days else []),
    ]


def _people(each: Kept) -> list[tuple[str, Markup]]:
    """Give what people wrote about the newest period of the release that they wrote about."""
    if not each.sheet.indicator.commentary:
        return []
    newest = each.sheet.indicator.commentary[-1]
    retold = " (retold from their document)" if each.board.partnership.demonstration else ""
    by = f"what the partners report, {words.period_long(newest.period)}{retold}"
    return [
        (f"{title}: {by}", people.shown(newest, name))
        for name, title in _SECTIONS
        if name in newest.sections
    ]


def cite(site: str, board: Board, sheet: Sheet, found: Sequence[Kept]) -> Cite:
    """Say how to cite an indicator's newest figures, and how to link to them so that it lasts."""
    if not found:
        address = f"{site}{board.partnership.slug}/{sheet.indicator.slug}/"
        unreleased = "No release has these figures yet. " if sheet.closing else ""
        says = f"{unreleased}This address always has the newest figures."
        return Cite(_citation(board, sheet, address), address, "./", says)
    # A later release may have brought nothing new here: the one that had the figures first names
    # their period.
    newest = next(each for each in found if each.sheet.closing == found[-1].sheet.closing)
    address = f"{site}{newest.path}"
    others = [(f"{e.period.slug}/", e.when) for e in reversed(found) if e is not newest]
    if newest.sheet.closing == sheet.closing:
        says = f"This address stays at {newest.when}."
        cited = _citation(board, sheet, address)
    else:
        says = f"The newest release is for {newest.when}. This address stays there."
        cited = _citation(board, sheet, f"{site}{board.partnership.slug}/{sheet.indicator.slug}/")
    return Cite(cited, address, f"{newest.period.slug}/", says, others)


def _citation(board: Board, sheet: Sheet, address: str) -> str:
    partnership = board.partnership
    when = words.period_long(sheet.closing) if sheet.closing else "no figures"
    day = words.date_long(partnership.as_of)
    return f"{partnership.title}, {sheet.indicator.title}, {when}. Callover, {day}. {address}"
