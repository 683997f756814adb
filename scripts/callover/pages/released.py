"""The page of an indicator as it stood at a release, and how to link to it and cite it.

A release gives its figures an address that stays: `/<partnership>/<indicator>/<period>/`. A period
without a release has none, as its page would vanish with the next month; what a partnership wants
to be linked to, it releases. The page is slim: it has what a link is followed for.

Where the release is frozen, the page prints its record and nothing else, and beside it what is
known now. Until then it is made of today's figures up to the release's period.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from callover import words
from callover.charts import Chart
from callover.compute import Board, Sheet
from callover.drawings import charts as draw_charts
from callover.frozen import FOLDER, Frozen, Table, digest
from callover.model import Portal
from callover.pages import figures, freezing, people, since, tables, views
from callover.pages.head import front
from callover.pages.render import grid, render
from callover.pages.report import INDEX, Context
from callover.periods import Period
from callover.provenance import of_indicator

#: The name of a record beside its page; the lists lie in a folder of the partnership.
RECORD = "record.json"


@dataclass(frozen=True)
class Shown:
    """What the page of the newest figures has drawn already: its first chart and its table.

    A release's page has the same where they were declared the same.
    """

    chart: Chart | None
    view: figures.ChartView | None
    table: tables.Table | None
    months: Markup

    @cached_property
    def frozen(self) -> Table | None:
        """The table as a record has it."""
        return freezing.table(self.table)


@dataclass(frozen=True)
class Kept:
    """An indicator as it stood at a release, which ends with `period`, by what is known today.

    `record` is what the release said, where it is frozen.
    """

    period: Period
    board: Board
    sheet: Sheet
    record: Frozen | None = None

    @property
    def when(self) -> str:
        """The period in words."""
        return words.period_long(self.period)

    @property
    def path(self) -> str:
        """The page's address below the site."""
        return f"{self.board.partnership.slug}/{self.sheet.indicator.slug}/{self.period.slug}/"

    @property
    def closing(self) -> Period | None:
        """The newest period that had a figure."""
        return self.record.closing if self.record else self.sheet.closing


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
    """Give the releases that an indicator was in, the oldest first.

    It was in one that has a record of it, or else in one for which it has figures now.
    """
    releases = {release.data_to: None for release in board.partnership.releases}
    records = {record.data_to: record for record in sheet.indicator.frozen}
    made = []
    for period in sorted(releases, key=lambda p: p.end):
        then, record = context.as_at(board, period), records.get(period)
        found = then.sheet(sheet.indicator.slug)
        if found is not None and (record or found.closing):
            made.append(Kept(period, then, found, record))
    return made


def files(
    context: Context, board: Board, sheet: Sheet, found: Sequence[Kept], shown: Shown
) -> Iterator[tuple[str, str]]:
    """Give a page for each release, and its record; `shown` serves where the page has the same."""
    for each in found:
        others = [(f"../{o.period.slug}/", o.when) for o in reversed(found) if o is not each]
        yield f"{each.path}{INDEX}", _page(context, board, each, shown, others, sheet)
        if each.record is not None:
            yield f"{each.path}{RECORD}", each.record.text


def lists(board: Board) -> Iterator[tuple[str, str]]:
    """Give the list of each frozen release, which has the SHA-256 of its records."""
    for one in board.partnership.frozen:
        yield f"{board.partnership.slug}/{FOLDER}/{one.data_to.slug}.json", one.text


def _page(
    context: Context,
    board: Board,
    each: Kept,
    shown: Shown,
    others: Sequence[tuple[str, str]],
    newest: Sheet,
) -> str:
    partnership, sheet, when = board.partnership, each.sheet, each.when
    record = each.record or freezing.said(each.board, sheet, each.period)
    title, address = f"{record.title}, {when}", f"{context.portal.site}{each.path}"
    says = f"This address stays at {when}."
    chart, months = _drawn(context.portal, each, shown, newest)
    return render(
        "released.md",
        front=front(f"{title}, {partnership.short_title}", record.headline),
        short_title=partnership.short_title,
        indicator=sheet.indicator,
        record=record,
        title=title,
        when=when,
        meta=_meta(record, each.record is not None),
        helped=bool(sheet.indicator.help_lines),
        chart=chart,
        months=months,
        people=[(part.by, people.written(part.text, dict(part.own))) for part in record.said],
        now=_now(context.portal, each),
        digest=digest(record.text) if each.record else "",
        cited=Cite(_citation(board, each, address), address, "./", says, others),
    )


def _drawn(
    portal: Portal, each: Kept, shown: Shown, newest: Sheet
) -> tuple[figures.ChartView | None, Markup]:
    """Give the chart and the table of a page: drawn already, or from the record or its figures."""
    if each.record is None and each.sheet is newest:
        return shown.view, shown.months
    if each.record is None:
        drawn, table = draw_charts(each.sheet), tables.months(each.sheet, portal.reference)
        chart = drawn[0] if drawn else None
        return _view(portal, each, chart), grid(table) if table else Markup()
    chart, frozen = each.record.chart, each.record.table
    view = shown.view if chart == shown.chart else _view(portal, each, chart)
    if frozen == shown.frozen:
        return view, shown.months
    return view, grid(freezing.thawed(frozen)) if frozen else Markup()


def _view(portal: Portal, each: Kept, chart: Chart | None) -> figures.ChartView | None:
    if chart is None:
        return None
    sheet = each.sheet
    origin = of_indicator(portal.site, each.board.partnership, sheet.indicator, sheet.closing)
    return figures.view(chart, origin)


def _meta(record: Frozen, kept: bool) -> Sequence[tuple[str, str]]:
    days = [("Frozen", words.date_long(record.frozen))] if kept else []
    return [*record.facts, *days]


def _now(portal: Portal, each: Kept) -> since.Now | None:
    """Give what is known now beside what was published; nothing for a page that is not frozen."""
    if each.record is None:
        return None
    status = views.status(each.board, each.sheet)
    return since.now(each.record, each.sheet, status, each.when, portal.reference)


def cite(site: str, board: Board, sheet: Sheet, found: Sequence[Kept]) -> Cite:
    """Say how to cite an indicator's newest figures, and how to link to them so that it lasts."""
    if not found:
        address = f"{site}{board.partnership.slug}/{sheet.indicator.slug}/"
        unreleased = "No release has these figures yet. " if sheet.closing else ""
        says = f"{unreleased}This address always has the newest figures."
        return Cite(_citation(board, sheet, address), address, "./", says)
    # A later release may have brought nothing new here: the one that had the figures first names
    # their period.
    newest = next(each for each in found if each.closing == found[-1].closing)
    address = f"{site}{newest.path}"
    others = [(f"{e.period.slug}/", e.when) for e in reversed(found) if e is not newest]
    if newest.closing == sheet.closing:
        says = f"This address stays at {newest.when}."
        cited = _citation(board, sheet, address)
    else:
        says = f"The newest release is for {newest.when}. This address stays there."
        cited = _citation(board, sheet, f"{site}{board.partnership.slug}/{sheet.indicator.slug}/")
    return Cite(cited, address, f"{newest.period.slug}/", says, others)


def _citation(board: Board, each: Kept | Sheet, address: str) -> str:
    """Cite the page of a release, or of the newest figures; a frozen one has its own title, day."""
    record = each.record if isinstance(each, Kept) else None
    sheet = each.sheet if isinstance(each, Kept) else each
    title = record.title if record else sheet.indicator.title
    closing = record.closing if record else sheet.closing
    when = words.period_long(closing) if closing else "no figures"
    day = words.date_long(record.frozen if record else board.partnership.as_of)
    return f"{board.partnership.title}, {title}, {when}. Callover, {day}. {address}"
