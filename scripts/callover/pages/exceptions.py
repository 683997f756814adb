"""The exception report of a period as a page and a table: what a board must look at, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from callover import exceptions, periods, words
from callover.compute import Board, Sheet
from callover.exceptions import REASONS, SECTIONS, Entry, Report
from callover.model import Commentary, Partnership
from callover.pages import moves, people, sentences, views
from callover.pages.certain import certain, disagree
from callover.pages.csvs import csv_text, said
from callover.pages.head import front
from callover.pages.issued import issued
from callover.pages.moves import Meant, meant
from callover.pages.render import prose, render
from callover.pages.report import INDEX, Context, Files, downloads
from callover.periods import Period, PeriodError
from callover.ratings import PRINTED
from callover.records import Excepted, Project
from callover.travel import travel

NAME = "exceptions"
CSV = "exceptions.csv"

_COLUMNS = (
    *("period", "section", "subject", "indicator", "listed_because", "rating", "rated_at"),
    *("figures_to", "measure", "value", "unit"),
    *("figures", "target", "rating_reason", "direction"),
    *(*moves.COLUMNS, "rating_and_chance", "cause", "action"),
    *("spent", "approved", "pending", "funding_to", "where"),
)


@dataclass(frozen=True)
class Listed:
    """An entry in words; `slug` is '' for a subject without a page, `word` '' without a rating.

    `facts` are what is known, label by label; `told` are the partners' own words. `meant` is what
    the change means, `apart` where rating and statistics disagree.
    """

    title: str
    slug: str
    verdict: str
    word: str
    because: str
    headline: str
    facts: Sequence[tuple[str, str]]
    told: Sequence[tuple[str, Markup]]
    silence: str = ""
    meant: Meant | None = None
    apart: str = ""

    @property
    def anchor(self) -> str:
        """What its id ends with, below the id of its section; a title names what has no page."""
        return self.slug or re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")


@dataclass(frozen=True)
class Part:
    """A section of the page: its entries, what is said under its title, and who is listed above."""

    id: str
    title: str
    says: str
    entries: Sequence[Listed]
    above: str = ""


# ---------------------------------------------------------------- which reports there are


def files(context: Context, board: Board) -> Files:
    """Give the newest report and that of each period it is kept for, each with its table."""
    kept, newest = periods_of(board.partnership), newest_period(board)
    for period in kept if newest is None or newest in kept else (*kept, newest):
        found = _report(context, board, period, period == newest)
        others = [other for other in kept if other != period]
        if period in kept:
            yield f"{period.slug}/index.md", _page(context, found, others, "../../")
            yield f"{period.slug}/{CSV}", _table(found)
        if period == newest:
            yield INDEX, _page(context, found, others, "../")
            yield CSV, _table(found)


def periods_of(partnership: Partnership) -> Sequence[Period]:
    """Give the periods whose report keeps its own address: of each release and each record."""
    records = partnership.records
    named = [row.period for row in records.exceptions] + [row.period for row in records.projects]
    named += [row.period for row in records.reports if row.report == NAME]
    released = [release.data_to for release in partnership.releases if partnership.indicators]
    return sorted({*released, *named}, key=lambda period: (period.end, period.start))


def newest_period(board: Board) -> Period | None:
    """Give the newest period of a release, of a record or of the figures; None if there is none."""
    kept = periods_of(board.partnership)
    closings = [sheet.closing for sheet in board.sheets if sheet.closing]
    return max((*kept, *closings), key=lambda p: (p.end, p in kept), default=None)


def _report(context: Context, board: Board, period: Period, newest: bool) -> Report:
    """Compute the report of a period; figures are late, or not, on the day it speaks from."""
    then = board if newest else context.as_at(board, period)
    dates = [
        row.date
        for row in board.partnership.records.reports
        if (row.report, row.period) == (NAME, period) and row.date
    ]
    today = date.fromisoformat(board.partnership.as_of).toordinal()
    day = dates[0].end if dates else today if newest else period.end
    return exceptions.report(then, board, period, day)


# ---------------------------------------------------------------- the page


def _page(context: Context, found: Report, others: Sequence[Period], up: str) -> str:
    """Write the page; `up` leads from it to the partnership's overview."""
    partnership = found.board.partnership
    when = words.period_long(found.period)
    own = "/" in up.removesuffix("/")  # the page of a period lies one folder deeper
    here = when if own else "Exceptions"
    at = f"{NAME}/{found.period.slug}/" if own else f"{NAME}/"
    trail = [("Home", f"../{up}"), (partnership.short_title, up)]
    name = f"Exceptions, {when}" if own else "Newest exceptions"
    headline = summary(found)
    return render(
        "exceptions.md",
        front=front(f"{name}, {partnership.short_title}", headline),
        trail=[*trail, ("Exceptions", "../")] if own else trail,
        here=here,
        up=up,
        when=when,
        short_title=partnership.short_title,
        headline=headline,
        source=partnership.source,
        unknown="" if found.has_figures else _unknown(found),
        issued=issued(found.issued),
        helped=partnership.helped,
        parts=[_part(found, name) for name in SECTIONS],
        following=_following(found),
        scorecard=_scorecard(found, up, own),
        retold=partnership.demonstration,
        others=[(f"{up}{NAME}/{other.slug}/", words.period_long(other)) for other in others],
        downloads=downloads(
            *(context, found.board, at, [CSV], found.board.closing),
            exceptions="every entry of this page",
        ),
    )


def summary(found: Report) -> str:
    """Count what is off target and what got worse, in a sentence."""
    if not found.has_figures:
        listed = words.amount(len(found.entries), "exceptions", "exception")
        projects = words.amount(len(found.listed), "projects", "project")
        more = f" and {projects} with a problem" if found.listed else ""
        return f"The partners reported {listed}{more}."
    if not found.rated:
        return f"No measure has a rating; {_worse(found)}."
    off = words.number(found.off_target) if found.off_target else "None"
    verb = "is" if found.off_target < 2 else "are"
    noun = "measure" if found.rated == 1 else "measures"
    rated = f"{off} of {words.number(found.rated)} rated {noun} {verb} off target"
    elsewhere = sum("off target elsewhere" in entry.reasons for entry in found.entries)
    more = f" {words.amount(elsewhere, 'are', 'is')} off target on another rating alone."
    return f"{rated}; {_worse(found)}.{more if elsewhere else ''}{_twice(found)}{_unclear(found)}"


def _twice(found: Report) -> str:
    """Say how many measures count twice, or the counts would not add up to the list."""
    both = {"off target", "off target elsewhere"}
    count = sum("worsening" in e.reasons and bool(both & {*e.reasons}) for e in found.entries)
    return f" {words.amount(count, 'are', 'is')} in both counts." if count else ""


def _unclear(found: Report) -> str:
    """Say of how many that are off target chance could explain the change."""
    if not found.unclear:
        return ""
    which = words.amount(found.unclear, "show", "shows")
    return f" Of those off target, {which} no clear change."


def _worse(found: Report) -> str:
    return f"{words.number(found.worse)} got worse" if found.worse else "none got worse"


def _unknown(found: Report) -> str:
    return (
        f"No measure on this site has figures for {words.period_long(found.period)}. So we work "
        "out no rating and no change for it. This page has what the partners reported."
    )


def _following(found: Report) -> str:
    """Say when the next report is due: as the report says, or else by the release's own date."""
    if found.issued is not None and found.issued.next:
        return _spoken(found.issued.next)
    releases = found.board.partnership.releases
    dates = [release.next for release in releases if release.data_to == found.period]
    return words.date_long(dates[-1]) if dates and dates[-1] else "Not stated."


def _scorecard(found: Report, up: str, own: bool) -> str:
    """Give the address of the scorecard of the same period; '' where there is none."""
    if not any(sheet.closing for sheet in found.board.sheets):
        return ""
    if not own:
        return f"{up}scorecard/"
    kept = {release.data_to for release in found.board.partnership.releases}
    return f"{up}scorecard/{found.period.slug}/" if found.period in kept else ""


def _spoken(text: str) -> str:
    """Write a cell that may be a period or words."""
    try:
        return words.period_long(periods.parse(text))
    except PeriodError:
        return text


def _part(found: Report, name: str) -> Part:
    section = SECTIONS[name]
    if name == "projects":
        entries = [_project(project) for project in found.listed]
        return Part(name, section.title, _of_projects(found), entries)
    entries = [_listed(found.board, entry) for entry in found.section(name)]
    above = words.joined(entry.title for entry in found.elsewhere(name))
    says = "" if entries or above else _nothing(found, name)
    return Part(name, section.title, says, entries, above)


def _nothing(found: Report, name: str) -> str:
    """Say that a section is empty; nothing is said of figures that nobody has."""
    section = SECTIONS[name]
    return section.nothing if found.has_figures else section.unsaid


# ---------------------------------------------------------------- an entry


def _listed(board: Board, entry: Entry) -> Listed:
    sheet = entry.sheet
    verdict, word = _rating(entry)
    return Listed(
        entry.title,
        sheet.indicator.slug if sheet else "",
        verdict,
        word,
        because(entry),
        sentences.headline(sheet) if sheet else "",
        _joined(_facts(board, entry)),
        _told(entry),
        _silence(entry),
        meant(travel(sheet)) if sheet else None,
        " ".join(disagree(sheet)) if sheet else "",
    )


def _rating(entry: Entry) -> tuple[str, str]:
    """Give our verdict; for a subject without a page, the printed colour as the verdict it is."""
    if entry.sheet is not None:
        verdict = entry.sheet.rating.verdict
        return verdict, words.RATING_WORDS[verdict]
    letters = [row.rating for row in entry.rows if row.rating in PRINTED]
    if not letters:
        return "", ""
    verdict = PRINTED[letters[0]]
    return verdict, words.RATING_WORDS[verdict]


def because(entry: Entry) -> str:
    """Say every reason why it is listed, and apart from them those that only the partners give."""
    ours = [REASONS[name].says for name in entry.computed]
    theirs = [REASONS[name].says for name in entry.told if name not in entry.computed]
    said = [f"Listed because {words.joined(ours)}."] if ours else []
    if theirs:
        begin = "The partners add that" if ours else "Listed because the partners say that"
        said.append(f"{begin} {words.joined(theirs)}.")
    return " ".join(said)


def _joined(facts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Join what several rows say under one label, each thing once."""
    by_label: dict[str, dict[str, None]] = {}
    for label, text in facts:
        if text:
            by_label.setdefault(label, {})[text] = None
    return [
        (label, (" " if label in _SENTENCES else "; ").join(texts))
        for label, texts in by_label.items()
    ]


_SENTENCES = ("Note", "Changed")


def _facts(board: Board, entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.sheet is not None:
        yield from _measured(board, entry, entry.sheet)
    for row in entry.rows:
        yield "Figure, as reported", row.figure
        yield "Target set", row.target_set
        yield "Rated in the document", words.printed_rating(row.rating) if row.rating else ""
        yield "Note", row.note


def _direction(sheet: Sheet) -> str:
    """Say the direction of what is rated; by its name, where the text leads with another figure."""
    said, rated = sentences.direction(sheet), sheet.quantity
    return said if rated.name == sheet.leading.name else f"{rated.title}: {said}"


def _measured(board: Board, entry: Entry, sheet: Sheet) -> Iterator[tuple[str, str]]:
    status = views.status(board, sheet)
    if sheet.closing is not None:
        yield "Target", " ".join(sentences.target(sheet))
        yield "Rating", f"{status.reason} {status.distance}".strip()
        others = [f"{v.about}, {v.word.lower()}" for v in views.verdicts(sheet)[1:]]
        yield "Other ratings", "; ".join(others)
        yield "Direction", _direction(sheet)
        tested = certain(sheet)
        yield "Is that more than chance?", tested.tested if tested else ""
        yield "Figures to", words.period_long(sheet.closing)
    for found in entry.breaks:
        yield "Changed", f"From {words.period_long(found.period)}: {found.text}"
    if "late" in entry.computed and entry.overdue:
        yield "Late", words.overdue(*entry.overdue)


def _told(entry: Entry) -> list[tuple[str, Markup]]:
    """Give the partners' own words, where they said anything; a commentary says more than why."""
    label = "Cause" if _words(entry.rows, "cause") else "What the partners say"
    told = [(label, "cause", "overview"), ("Action", "action", "actions")]
    found = [(label, _told_of(entry, column, section)) for label, column, section in told]
    return [(label, text) for label, text in found if text]


def _told_of(entry: Entry, column: str, section: str) -> Markup:
    """Give what exceptions.csv says, which is plain text; or else a section of the commentary."""
    own, said = _words(entry.rows, column), _commentary(entry)
    if own or said is None or entry.sheet is None:
        return prose(own)
    return people.shown(entry.sheet, said).get(section, Markup())


def _silence(entry: Entry) -> str:
    """Say what is missing where a measure is off target or worse: a cause, an action, or both."""
    missing = [name for name, said in (("cause", cause), ("action", action)) if not said(entry)]
    if entry.section != "attention" or not missing:
        return ""
    return f"The partners name no {' and no '.join(missing)}."


def cause(entry: Entry) -> str:
    """Give the cause that exceptions.csv names, or else the commentary's overview."""
    return _words(entry.rows, "cause") or _said(entry, "overview")


def action(entry: Entry) -> str:
    """Give the action that exceptions.csv names, or else the commentary's actions."""
    return _words(entry.rows, "action") or _said(entry, "actions")


def _words(rows: Iterable[Excepted], column: str) -> str:
    return "\n\n".join(dict.fromkeys(text for row in rows if (text := getattr(row, column))))


def _said(entry: Entry, section: str) -> str:
    """Give a section of the commentary in words."""
    said = _commentary(entry)
    return people.plain(said, section) if said else ""


def _commentary(entry: Entry) -> Commentary | None:
    """Give the commentary of an entry; it says nothing of why figures are late."""
    return entry.words if entry.section in ("attention", "risk") else None


# ---------------------------------------------------------------- projects


def _project(project: Project) -> Listed:
    verdict = PRINTED.get(project.rating, "")
    facts = [
        ("Spent", project.spent),
        ("Approved", project.approved),
        ("Waiting for approval", project.pending),
        ("Funded to", _spoken(project.funding_to)),
        ("Rated by", project.rated_by),
        ("Note", project.note),
    ]
    told = [("Exception", project.exception), ("Action", project.action)]
    return Listed(
        project.project,
        "",
        verdict,
        words.printed_rating(project.rating) if verdict else "",
        "",
        "",
        [(label, text) for label, text in facts if text],
        [(label, prose(text)) for label, text in told if text],
    )


def _of_projects(found: Report) -> str:
    """Say how many projects are on track, or that nobody reported any."""
    section, count = SECTIONS["projects"], len(found.projects) - len(found.listed)
    if not found.projects:
        return section.unsaid
    if not found.listed:
        return section.nothing
    if not count:
        return ""
    return f"{words.amount(count, 'other projects are', 'other project is')} Green and not listed."


# ---------------------------------------------------------------- the table


def _table(found: Report) -> str:
    rows = [_row(found, entry) for entry in found.entries]
    return csv_text(_COLUMNS, [*rows, *(_project_row(p) for p in found.listed)])


def _row(found: Report, entry: Entry) -> Sequence[str]:
    sheet, (verdict, _) = entry.sheet, _rating(entry)
    facts = dict(_measured(found.board, entry, sheet)) if sheet else {}
    return (
        found.period.label,
        entry.section,
        entry.title,
        sheet.indicator.slug if sheet else "",
        "; ".join(entry.reasons),
        verdict,
        sheet.rated_at.label if sheet and sheet.rated_at else "",
        *_figures(sheet),
        sentences.headline(sheet) if sheet else _words(entry.rows, "figure"),
        facts.get("Target", "") or _words(entry.rows, "target_set"),
        facts.get("Rating", ""),
        facts.get("Direction", ""),
        *(meant(travel(sheet)).cells if sheet else ("", "")),
        " ".join(disagree(sheet)) if sheet else "",
        said(cause(entry)),
        said(action(entry)),
        *("", "", "", ""),
        _words(entry.rows, "where"),
    )


def _figures(sheet: Sheet | None) -> Sequence[str]:
    """Give the leading figure for machines: its last period, what it is, how much, its unit."""
    found = views.leading_metric(sheet) if sheet else None
    if found is None or found.value is None:
        return ("", "", "", "")
    return found.period.label, found.measure, words.machine(found.value), found.unit


def _project_row(p: Project) -> Sequence[str]:
    own = {
        "period": p.period.label,
        "section": "projects",
        "subject": p.project,
        "rating": PRINTED.get(p.rating, ""),
        "cause": p.exception,
        "action": p.action,
        "spent": p.spent,
        "approved": p.approved,
        "pending": p.pending,
        "funding_to": p.funding_to,
        "where": p.where,
    }
    return [own.get(column, "") for column in _COLUMNS]
