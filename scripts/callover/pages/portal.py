"""Every page of the site: the pages over all indicators here, each indicator's from its module.

`press` is the whole core in one call: a Portal and the hand-written pages in, {path: text} out.
A page written by hand in docs/ is continued by what is generated for the same path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count

from markupsafe import Markup

from callover import control, history, recent, trends, words, worked
from callover.across import ACROSS
from callover.ahead import NAMES as AHEAD_NAMES
from callover.assurance import ASSURANCES, VARIATIONS
from callover.beside import AGAINST
from callover.compute import Board, Sheet, boards
from callover.drawing.signs import SHAPES, sign
from callover.errors import Faults
from callover.helplines import leaves
from callover.judged import JUDGED
from callover.kinds import KINDS
from callover.measures import MEASURES
from callover.model import MARKERS, Content, Outcome, Partnership, Portal
from callover.pages import (
    atoz,
    chance,
    feed,
    groups,
    head,
    helping,
    home,
    indicator,
    linked,
    links,
    moves,
    paper,
    preview,
    qualities,
    released,
    revisions,
    search,
    terms,
    views,
)
from callover.pages.downloads import DOWNLOADS, offered
from callover.pages.foot import Foot, foot_keys
from callover.pages.head import front
from callover.pages.quality import by_indicator
from callover.pages.render import grid, render
from callover.pages.report import INDEX, Context, Made
from callover.pages.report import made as make_reports
from callover.pages.reports import REPORTS
from callover.pages.smalls import Small, smalls
from callover.pages.written import with_breadcrumbs
from callover.projection import PROJECTIONS
from callover.ratings import SCHEMES
from callover.reconcile import (
    CHECKS,
    TOGETHER,
    VERDICTS,
    Reconciled,
    contradictions,
    reconcile,
)
from callover.signals import RULES as SIGNAL_RULES
from callover.targets import TARGETS
from callover.worked import WORKED


def press(
    portal: Portal,
    written: Mapping[str, str],
    progress: Callable[[int], None] = lambda count: None,
) -> dict[str, Content]:
    """Make all files of the site; `written` has the hand-written pages by path."""
    return dict(pages(portal, written, progress))


def pages(
    portal: Portal,
    written: Mapping[str, str],
    progress: Callable[[int], None] = lambda count: None,
    known: Gathered | None = None,
) -> Iterator[tuple[str, Content]]:
    """Compute everything, then give the files one by one; a portal of 1,200 is 140 MB of them.

    `known` is what is computed already. Every page ends with its address, for paper. Raises Faults
    before the first file where an address in a table leads nowhere.
    """
    for path, content in _pages(portal, written, progress, known or gather(portal)):
        yield path, paper.footed(portal, path, content)


def _pages(
    portal: Portal, written: Mapping[str, str], progress: Callable[[int], None], known: Gathered
) -> Iterator[tuple[str, Content]]:
    reports = known.reports
    context = replace(known.context, terms=terms.terms(written.get(terms.PATH, "")))
    made, reconciled = context.boards, context.reconciled
    continued = dict(_continuations(portal, made))
    picture = {"image": portal.site + preview.NAME, "image_alt": _HOME}
    newest = max((head.changed_on(board.partnership) for board in made), default="")
    ours = {"modified": newest, **picture}
    demonstration = all(board.partnership.demonstration for board in made)
    shared = Foot(portal.contact, portal.site, demonstration)
    searched: dict[str, str] = {}

    def whole(path: str, text: str, more: Mapping[str, str] = ours) -> tuple[str, Content]:
        return path, head.with_keys(path, text, {**more, **foot_keys(shared, path, text)})

    for path, text in with_breadcrumbs(written).items():
        more = ours if path in continued else picture
        searched[path] = f"{text}\n{continued.pop(path)}" if path in continued else text
        yield whole(path, searched[path], more)
    for path, text in continued.items():
        yield whole(path, text)
    # The list of all printed figures is the largest file: it comes before pages fill the caches.
    for path, text in chain(qualities.files(made, reconciled), revisions.files(made)):
        yield whole(path, text)
    counted = count(1)
    for board in made:
        keys, feet = _keys(portal, board), _feet(portal, board)
        own = reports[board.partnership.slug]
        for path, content in _below(context, board, own, lambda: progress(next(counted))):
            yield path, head.with_keys(path, content, {**keys, **feet(path, content)})
    yield whole(atoz.PATH, atoz.page(made, portal.reference.everyday))
    yield search.PATH, search.index(made, searched, reports, portal.reference)
    rows = [(board.partnership.short_title, _to_month(board)) for board in made]
    yield preview.NAME, preview.of_home(_HOME, rows, portal.site)
    yield "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {portal.site}sitemap.xml\n"


_HOME = "How community safety partnerships are doing"


def _keys(portal: Portal, board: Board) -> Mapping[str, str]:
    """Give the front matter of every page below a partnership."""
    partnership = board.partnership
    title, counted = partnership.title, views.counted(board.sheets)
    return {
        "feed": f"{partnership.slug}/{feed.NAME}",
        "modified": head.changed_on(partnership),
        "image": f"{portal.site}{partnership.slug}/{preview.NAME}",
        "image_alt": f"{title}. {_to_month(board)}. {counted}",
    }


def _to_month(board: Board) -> str:
    return f"Data to {words.closing_month(board.closing)}" if board.closing else "No figures yet"


def _picture(portal: Portal, board: Board) -> bytes:
    partnership = board.partnership
    return preview.of_partnership(
        partnership.title,
        _to_month(board),
        views.tally(board.sheets),
        f"{portal.site}{partnership.slug}/",
    )


def _today(partnership: Partnership) -> str:
    return words.date_long(partnership.as_of)


def _below(
    context: Context, board: Board, reports: Sequence[Made], done: Callable[[], None]
) -> Iterator[tuple[str, Content]]:
    """Give every file below a partnership's address; `done` is told of each indicator."""
    slug = board.partnership.slug
    own = by_indicator(context.reconciled[slug])
    yield _overview(context.portal, board, reports)
    yield f"{slug}/{feed.NAME}", feed.atom(context, board, reports)
    yield f"{slug}/{preview.NAME}", _picture(context.portal, board)
    yield from released.lists(board)
    cited = {"cite": f"{board.partnership.title}. Callover, {_today(board.partnership)}."}
    for report in reports:
        for path, text in report.files.items():
            yield f"{slug}/{report.report.name}/{path}", head.with_keys(path, text, cited)
    for sheet in board.sheets:
        yield from indicator.files(context, board, sheet, own.get(sheet.indicator.slug, ()))
        done()


def _feet(portal: Portal, board: Board) -> Callable[[str, Content], Mapping[str, str]]:
    """Give what says who answers for each page of a partnership, and which one may leave at once.

    A league is as private as its measure.
    """
    partnership = board.partnership
    whole = Foot(partnership.contact, portal.site, partnership.demonstration, _data_to(board))
    own = {s.indicator.slug: s for s in board.sheets}

    def keys(path: str, content: Content) -> Mapping[str, str]:
        if not path.endswith(".md"):
            return {}  # a file that is no page says nothing of its own
        first, second = path.split("/")[1:3] if path.count("/") > 1 else ("", "")
        sheet = own.get(second if first == "league" else first)
        if sheet is None:
            return foot_keys(whole, path, content)
        data_to = words.period_long(sheet.closing) if sheet.closing else ""
        return foot_keys(replace(whole, data_to=data_to), path, content, _leaves(portal, sheet))

    return keys


def _leaves(portal: Portal, sheet: Sheet) -> bool:
    return leaves(sheet.indicator.help_lines, portal.reference.helplines)


@dataclass(frozen=True)
class Gathered:
    """All that is computed of a portal, and its report pages by the slug of their partnership."""

    context: Context
    reports: Mapping[str, Sequence[Made]]


def check_links(portal: Portal) -> Gathered | None:
    """Raise Faults where an address in a table leads nowhere; costs nothing where there is none.

    Gives what was computed for that, if there is any.
    """
    if any(links.has_links(partnership) for partnership in portal.partnerships):
        return gather(portal)
    return None


def gather(portal: Portal) -> Gathered:
    """Compute every partnership and its report pages, and follow the addresses in its tables."""
    made = tuple(boards(portal))
    reconciled = {board.partnership.slug: _reconciled(board) for board in made}
    context = Context(portal, made, reconciled, {report.name: report.title for report in REPORTS})
    reports = {b.partnership.slug: make_reports(REPORTS, context, b) for b in made}
    found = [f for b in made for f in links.faults(context, b, reports[b.partnership.slug])]
    if found:
        raise Faults(found)
    return Gathered(context, reports)


def _reconciled(board: Board) -> Sequence[Reconciled]:
    """Judge each printed figure, and then what they say of each other."""
    alone = reconcile(board)
    return (*alone, *contradictions(board, alone))


def _continuations(portal: Portal, made: Sequence[Board]) -> Iterator[tuple[str, str]]:
    yield INDEX, home.page(made)
    yield helping.PATH, helping.page(portal.reference.helplines)
    if examples := chance.page(portal, made):
        yield chance.PATH, examples
    yield (
        "methods/index.md",
        render(
            "methods.md",
            measures=MEASURES.values(),
            across=[row for row in ACROSS.values() if row.name not in worked.COMPARED],
            compared=[AGAINST, *(row for row in ACROSS.values() if row.name in worked.COMPARED)],
            compared_examples=worked.COMPARED,
            groups=grid(groups.table(portal.reference)),
            judged=JUDGED.values(),
            worked=WORKED,
            signal_rules=SIGNAL_RULES.values(),
            control_example=worked.control(),
            control_names=control.NAMES,
            variations=VARIATIONS.values(),
            assurances=ASSURANCES.values(),
            assurance_example=worked.assured(),
            shapes={name: Markup(sign(name)) for name in SHAPES},  # noqa: S704 (our own shapes)
            trend_example=worked.recent_trend(),
            trend_reasons=recent.REASONS,
            trend_names=recent.NAMES,
            trend_least=trends.LEAST,
            past_most=words.spelled(history.MOST),
            past_name=history.AS_RELEASED,
            targets=TARGETS.values(),
            rules=SCHEMES.values(),
            projections=PROJECTIONS,
            ahead_example=worked.ahead(),
            ahead_names=AHEAD_NAMES,
            kinds=KINDS.values(),
            markers=MARKERS.items(),
            verdicts=VERDICTS,
            checks=CHECKS,
            together=TOGETHER,
        ),
    )
    yield (
        "data/index.md",
        render(
            "data.md",
            partnerships=[_catalogue(board) for board in made],
            denominators=_denominators(portal),
            linked=linked.catalogue(portal),
        ),
    )


@dataclass(frozen=True)
class Group:
    """An outcome with its indicators as lines; `notes` numbers what is said of their dates."""

    id: str
    title: str
    text: str
    lines: Sequence[views.Line]
    smalls: Sequence[Small]
    facts: Sequence[tuple[str, str]] = ()
    notes: Mapping[str, int] = field(default_factory=dict)
    helped: bool = False


def _data_to(board: Board) -> str:
    return words.period_long(board.closing) if board.closing else "no period yet"


def _overview(portal: Portal, board: Board, reports: Sequence[Made]) -> tuple[str, str]:
    partnership = board.partnership
    lines = {sheet.indicator.slug: views.line(board, sheet) for sheet in board.sheets}
    groups = [
        _group(
            *(o, board.of(o.id), [lines[s.indicator.slug] for s in board.of(o.id)]),
            helped=any(_leaves(portal, sheet) for sheet in board.of(o.id)),
        )
        for o in partnership.outcomes
    ]
    headline = views.counted(board.sheets)
    return (
        f"{partnership.slug}/index.md",
        render(
            "overview.md",
            front=front(partnership.title, headline),
            name=front(partnership.short_title, "").title,
            partnership=partnership,
            headline=headline,
            compared=views.compared(board.sheets),
            tally=views.tally(board.sheets),
            meta=_meta(board),
            reports=[link for report in reports for link in report.links],
            outcomes=[group for group in groups if group.lines],
            apart=moves.apart(board),
            awaited=views.awaited(partnership),
            late=[line for line in lines.values() if line.late],
            schemes=_schemes(board),
        ),
    )


def _group(
    outcome: Outcome, sheets: Sequence[Sheet], lines: Sequence[views.Line], *, helped: bool
) -> Group:
    said = dict.fromkeys(line.undated for line in lines if line.undated)
    return Group(
        *(outcome.id, outcome.title, outcome.text, lines, smalls(sheets)),
        facts=_outcome_facts(outcome),
        helped=helped,
        notes={text: number for number, text in enumerate(said, 1)},
    )


def _outcome_facts(outcome: Outcome) -> list[tuple[str, str]]:
    """Give what kind of outcome it is and who answers for it, where that is said."""
    facts = [
        ("Priority", words.OUTCOME_WORDS.get(outcome.kind, "")),
        ("Lead", outcome.lead),
        ("Portfolio", outcome.portfolio),
    ]
    return [(label, value) for label, value in facts if value]


def _meta(board: Board) -> list[tuple[str, str]]:
    partnership = board.partnership
    release = partnership.releases[-1] if partnership.releases else None
    meta = [
        ("Data to", _data_to(board)),
        ("Published", words.date_long(release.published) if release else ""),
        ("Next update", words.date_long(release.next) if release else ""),
        ("Pages as of", words.date_long(partnership.as_of)),
        ("Contact", partnership.contact_role),
        ("Source", partnership.source),
    ]
    return [(label, value or "not stated") for label, value in meta]


def _schemes(board: Board) -> list[object]:
    used = {sheet.scheme.name: sheet.scheme for sheet in board.sheets}
    return [used[name] for name in sorted(used)]


@dataclass(frozen=True)
class Entry:
    """An indicator in the data catalogue."""

    slug: str
    title: str
    kind: str
    source: str
    data_to: str
    files: Sequence[str]


@dataclass(frozen=True)
class Catalogue:
    """A partnership in the data catalogue."""

    slug: str
    short_title: str
    rows: Sequence[Entry]
    omissions: Sequence[Mapping[str, str]]


def _catalogue(board: Board) -> Catalogue:
    rows = [
        Entry(
            sheet.indicator.slug,
            sheet.indicator.title,
            sheet.kind.title,
            sheet.indicator.source,
            views.data_to(sheet),
            [n for n in DOWNLOADS if offered(n, sheet.indicator.files)],
        )
        for sheet in board.sheets
    ]
    partnership = board.partnership
    return Catalogue(partnership.slug, partnership.short_title, rows, partnership.omissions)


@dataclass(frozen=True)
class Below:
    """A denominator in the data catalogue."""

    name: str
    area: str
    valid: str
    value: str
    unit: str
    source: str


def _denominators(portal: Portal) -> list[Below]:
    areas = portal.reference.areas
    return [
        Below(
            d.name,
            areas[d.area],
            words.valid(d.start, d.end),
            words.number(d.value),
            d.unit,
            d.source,
        )
        for d in portal.reference.denominators
    ]
