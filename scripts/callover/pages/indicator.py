"""The indicator page and the downloads beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from callover import words
from callover.compute import Board, Sheet
from callover.drawings import charts as draw_charts
from callover.frozen import KeyFigure
from callover.model import Content, Reference
from callover.pages import (
    beside,
    certain,
    downloads,
    figures,
    glance,
    helping,
    linked,
    paper,
    people,
    released,
    revisions,
    sentences,
    tables,
    terms,
    views,
    wider,
)
from callover.pages.head import front
from callover.pages.quality import quality
from callover.pages.render import grid, prose, render
from callover.pages.report import Context
from callover.pages.sheet import Amount, chart_lines, size
from callover.parts import part_sums
from callover.provenance import Provenance, of_indicator
from callover.reconcile import Reconciled

_NOT_SAID = "The partners have not said anything about this."


@dataclass(frozen=True)
class Panel:
    """One of the ten panels: computed sentences, people's prose, tables, people's own parts.

    `about` says what is known of those whose figures the tables have.
    """

    id: str
    title: str
    prose: Markup
    computed: Sequence[str] = ()
    tables: Sequence[tables.Table] = ()
    parts: Sequence[tuple[str, Markup]] = ()
    about: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Group:
    """Panels that stand together, also on paper: what the measure is about, how it goes now."""

    name: str
    panels: Sequence[Panel]


def files(
    context: Context, board: Board, sheet: Sheet, reconciled: Sequence[Reconciled]
) -> Iterator[tuple[str, Content]]:
    """Give the page and every file beside it, by its path below the root of the site."""
    indicator = sheet.indicator
    folder = f"{board.partnership.slug}/{indicator.slug}"
    origin = of_indicator(context.portal.site, board.partnership, indicator, sheet.closing)
    drawn = draw_charts(sheet)
    charts = [figures.view(chart, origin) for chart in drawn]
    table = tables.months(sheet, context.portal.reference)
    months = grid(table) if table else Markup()
    kept = released.kept(context, board, sheet)
    cited = released.cite(context.portal.site, board, sheet, kept)
    page = _page(context, board, sheet, reconciled, origin, charts, months, cited)
    yield f"{folder}/index.md", page
    chart, view = (drawn[0], charts[0]) if drawn else (None, None)
    shown = released.Shown(chart, view, table, months)
    yield from released.files(context, board, sheet, kept, shown)
    for name, content in downloads.files(board, sheet, origin):
        yield f"{folder}/{name}", content
    for chart in drawn:
        for name, text in figures.files(chart, origin):
            yield f"{folder}/{name}", text


def _page(
    context: Context,
    board: Board,
    sheet: Sheet,
    reconciled: Sequence[Reconciled],
    origin: Provenance,
    charts: Sequence[figures.ChartView],
    months: Markup,
    cited: released.Cite,
) -> str:
    indicator, partnership = sheet.indicator, board.partnership
    reference = context.portal.reference
    panels = _panels(board, sheet, reference)
    areas = tables.areas(sheet, reference)
    across = wider.section(sheet)
    headline = sentences.headline(sheet)
    status, verdicts = views.status(board, sheet), views.verdicts(sheet)[1:]
    late = views.late(board, sheet)
    key_figures = views.key_figures(sheet)
    judged = certain.certain(sheet)
    facts = _facts(board, sheet)
    revised = revisions.of_indicator(sheet)
    offers = downloads.offers(sheet, origin)
    sums = part_sums(board, sheet)
    sums_table = tables.parts(board, sheet, sums)
    wide = (*(across.tables if across else ()), *areas, *([sums_table] if sums_table else []))
    parts = [
        *([("charts", "Charts")] if charts else []),
        *([("months", "Period by period")] if months else []),
        *([("across", across.title)] if across else []),
        *([("areas", "Other areas")] if areas else []),
        *([("parts", "Its parts")] if indicator.parts else []),
    ]
    amount = replace(
        _amount(panels, wide),
        months=months,
        beside=(
            *(status.reason, status.distance, status.scheme, status.printed),
            *(judged.texts if judged else ()),
            *indicator.notes,
        ),
        figures=len(key_figures),
        chart=chart_lines([chart.svg for chart in charts]),
        verdicts=len(verdicts),
    )
    return render(
        "indicator.md",
        front=front(f"{indicator.title}, {partnership.short_title}", headline),
        board=board,
        sheet_size=size(amount),
        indicator=indicator,
        meta=_meta(board, sheet, reference),
        facts=facts,
        late="" if late == status.reason else late,  # said once
        status=status,
        verdicts=verdicts,
        judged=judged,
        headline=headline,
        help=helping.block(indicator, reference),
        key_figures=key_figures,
        glance=glance.answers(board, sheet),
        contents=[*parts, *_contents(panels, revised=bool(revised.rows))],
        charts=charts,
        months=months,
        areas=areas,
        across=across,
        relations=views.relations(board, sheet),
        terms=terms.used(context.terms, _told(sheet, panels, [*_labels(facts, key_figures)])),
        parts=sentences.part_sums(sums) if indicator.parts else "",
        part_sums=sums_table,
        notes=indicator.notes,
        panels=panels,
        quality=quality(sheet, reconciled),
        revisions=revised,
        downloads=offers,
        linked=linked.indicator(context.portal, board, sheet, offers),
        cited=cited,
        foot=paper.sheet_foot(
            context.portal,
            partnership,
            f"{partnership.slug}/{indicator.slug}/index.md",
            words.period_long(sheet.closing) if sheet.closing else "",
            indicator.source,
        ),
    )


def _contents(panels: Sequence[Group], *, revised: bool) -> list[tuple[str, str]]:
    """Give the address and title of each part that every page has, and of its revisions."""
    named = [(panel.id, panel.title) for group in panels for panel in group.panels]
    named.append(("quality", "Printed figures"))
    named += [("revisions", "Revisions")] if revised else []
    return [*named, ("downloads", "Downloads"), ("cite", "Cite")]


def _amount(panels: Sequence[Group], wide: Sequence[tables.Table]) -> Amount:
    """Count what the panels put on paper; what the rates divide by stands on the web page."""
    before, after = ([_said_in(panel) for panel in group.panels] for group in panels)
    about, now = (group.panels for group in panels)
    return Amount(
        before=before,
        cells=[table for panel in about if panel.id != "how" for table in panel.tables],
        after=after,
        wide=[*wide, *(table for panel in now for table in panel.tables)],
    )


def _said_in(panel: Panel) -> str:
    parts = "".join(f"{by}{text}" for by, text in panel.parts)
    return f"{panel.prose}{' '.join(panel.computed)}{parts}"


def _meta(board: Board, sheet: Sheet, reference: Reference) -> list[tuple[str, str]]:
    """Give what a reader must know first: whose figures, and to when; where, if not from here."""
    area = sheet.indicator.area
    where = [("Area", reference.areas[area])] if area != board.partnership.home_area else []
    return [
        ("Source", sheet.indicator.source or "not stated"),
        *where,
        ("Data to", views.data_to(sheet)),
    ]


def _facts(board: Board, sheet: Sheet) -> list[tuple[str, str]]:
    """Give the rest of what is known about the measure and its publication."""
    indicator, release = sheet.indicator, board.partnership.release_of(sheet.closing)
    facts = [
        ("Data owner", indicator.owner),
        ("Updated", words.FREQUENCY_WORDS.get(indicator.frequency, "")),
        ("Published", words.date_long(release.published) if release else ""),
        ("Next update", words.date_long(release.next) if release else ""),
        ("What is better", words.POLARITY_WORDS[indicator.polarity]),
        ("Kind", sheet.kind.title),
    ]
    told = [(label, value or "not stated") for label, value in facts]
    roles = (("Lead", indicator.lead), ("Portfolio", indicator.portfolio))
    travelled = sentences.direction(sheet)
    told += [("Direction of travel", travelled)] if travelled != "not known" else []
    told[1:1] = [(label, value) for label, value in roles if value]
    if indicator.aliases:
        told.append(("Also known as", ", ".join(indicator.aliases)))
    return told


def _panels(board: Board, sheet: Sheet, reference: Reference) -> list[Group]:
    """Give the ten panels in two groups, always in the same order; an empty one says so."""
    reported = _people(board, sheet)
    years = tables.years(sheet, reference)
    wanted = tables.targets(sheet)
    others = beside.table(sheet)
    computed = sentences.overview(sheet)
    about = [
        _panel("definition", "Definition", _said(sheet, "definition")),
        _panel(
            "how", "How this indicator works", _said(sheet, "how"), tables.denominators(sheet)
        ),
        _panel("good", "What good looks like", _said(sheet, "good")),
        _panel("why", "Why it matters", _said(sheet, "why")),
        _panel(
            "target", "Target", _said(sheet, "target"), wanted,
            computed=sentences.profile_sums(sheet),
        ),
        _panel("history", "History", _history(sheet), years),
        _panel("issues", "Issues to consider", _said(sheet, "issues")),
    ]  # fmt: skip
    now = [
        _panel("overview", "Performance overview", "", None, reported("overview"), computed),
        _panel("actions", "Actions", "", None, [*reported("actions"), *_plan(board, sheet)]),
        _panel(
            "benchmarking", "Benchmarking", _said(sheet, "benchmarking"), others,
            reported("benchmarking"), about=beside.about(sheet),
        ),
    ]  # fmt: skip
    return [Group("about", about), Group("now", now)]


def _said(sheet: Sheet, panel: str) -> str:
    return sheet.indicator.panels.get(panel, "")


def _history(sheet: Sheet) -> str:
    """Join what the partners say of the history with the declared changes in recording."""
    told = [f"From {words.period_long(b.period)}: {b.text}" for b in sheet.indicator.breaks]
    return "\n\n".join(text for text in (_said(sheet, "history"), *told) if text)


def _panel(
    anchor: str,
    title: str,
    text: str,
    table: tables.Table | None = None,
    parts: Sequence[tuple[str, Markup]] = (),
    computed: Sequence[str] = (),
    about: Sequence[tuple[str, str]] = (),
) -> Panel:
    shown = [table] if table is not None else []
    empty = not (text or shown or parts or computed)
    return Panel(anchor, title, prose(_NOT_SAID if empty else text), computed, shown, parts, about)


def _people(board: Board, sheet: Sheet) -> Callable[[str], list[tuple[str, Markup]]]:
    newest = sheet.indicator.commentary[-1] if sheet.indicator.commentary else None
    said = people.shown(sheet, newest) if newest else {}

    def part(section: str) -> list[tuple[str, Markup]]:
        if newest is None or section not in said:
            return []
        retold = " (retold from their document)" if board.partnership.demonstration else ""
        by = f"What the partners report, {words.period_long(newest.period)}{retold}"
        return [(by, said[section])]

    return part


def _plan(board: Board, sheet: Sheet) -> list[tuple[str, Markup]]:
    """List the actions of the plan that are for this indicator, each with a link to its row."""
    found = glance.planned(board, sheet)
    items = Markup("").join(
        Markup('<li><a href="../actions/#{}">{}</a></li>').format(action.id, action.action)
        for action in found
    )
    return [("In the action plan", Markup("<ul>{}</ul>").format(items))] if found else []


def _labels(facts: Sequence[tuple[str, str]], figures: Sequence[KeyFigure]) -> Iterator[str]:
    yield from (label for label, _ in facts)
    yield from (figure.label for figure in figures)


def _told(sheet: Sheet, groups: Sequence[Group], labels: Sequence[str]) -> Iterator[str]:
    """Give the words of a page in which a special word may stand."""
    indicator = sheet.indicator
    yield from (indicator.title, indicator.caution, *indicator.notes, *labels)
    for panel in (panel for group in groups for panel in group.panels):
        yield from (str(panel.prose), *panel.computed, *(str(text) for _, text in panel.parts))
