"""A partnership's Atom feed (RFC 4287): releases, revisions, meetings, reports, late figures.

Every entry has a day that the data states. A release whose day nobody stated gets the last day of
its figures, and its entry says so. What lies after the day the pages speak from is no news yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from callover import words
from callover.compute import Board
from callover.late import missed, overdue
from callover.model import Release
from callover.pages import moves, revisions, views
from callover.pages.report import Context, Made
from callover.provenance import of_report
from callover.sketch import capital
from callover.travel import BETTER, WORSE, travel

NAME = "feed.xml"
#: A reader polls the whole feed each time, so it has the newest only.
MOST = 50
_ATOM = "http://www.w3.org/2005/Atom"

#: For a reader who opens the feed in a browser; feed readers pass it over.
_STYLE = '<?xml-stylesheet type="text/css" href="../assets/feed.css"?>'


@dataclass(frozen=True)
class Entry:
    """One thing that happened: `id` within the feed, its ISO day, and where it is on the site.

    `address` is relative to the partnership's.
    """

    id: str
    day: str
    term: str
    title: str
    summary: str
    address: str


def entries(context: Context, board: Board, reports: Sequence[Made]) -> list[Entry]:
    """Give what has happened by the day the pages speak from, the newest first."""
    pages = {address: (title, says) for made in reports for address, title, says in made.pages}
    found = [
        *_releases(context, board),
        *_revised(board),
        *_meetings(board, pages),
        *_issued(board, pages),
        *_missed(board),
        *_late(board),
    ]
    past = [entry for entry in found if entry.day <= board.partnership.as_of]
    return sorted(past, key=lambda entry: (entry.day, entry.id), reverse=True)[:MOST]


def _releases(context: Context, board: Board) -> Iterator[Entry]:
    """Give the releases, each with what has changed since the one before."""
    before: Board | None = None
    for release in sorted(board.partnership.releases, key=lambda r: r.data_to.end):
        then = context.as_at(board, release.data_to)
        has_figures = any(sheet.closing for sheet in then.sheets)
        day = release.published or release.data_to.last.isoformat()
        says = [views.counted(then.sheets)] if has_figures else ["We hold no figures of it."]
        says += _turned(before, then) if has_figures and before is not None else []
        says += list(_dates(release))
        yield Entry(
            f"release-{release.id}",
            day,
            "release",
            _title(release),
            " ".join(says),
            f"scorecard/{release.data_to.slug}/" if has_figures else "",
        )
        before = then if has_figures else before


def _title(release: Release) -> str:
    month = words.closing_month(release.data_to)
    named = "" if release.title == month else f" ({release.title})"
    return f"Figures to {month}{named}"


def _dates(release: Release) -> Iterator[str]:
    if not release.published:
        yield (
            "No day of publication is stated. The date of this entry is the last day of its "
            "figures."
        )
    if release.next:
        yield f"The next figures are due on {words.date_long(release.next)}."


def _turned(before: Board, then: Board) -> Iterator[str]:
    """Say which measures have another rating than in the release before."""
    turned: dict[str, list[str]] = {}
    for old, new in zip(before.sheets, then.sheets, strict=True):
        was, now = old.rating.verdict, new.rating.verdict
        if was != now and old.closing is not None:
            title = f"{new.indicator.title} (was {_rated(was)})"
            turned.setdefault(now, []).append(title)
    for verdict in views.VERDICTS:
        if verdict in turned:
            yield f"Now {_rated(verdict)}: {words.joined(turned[verdict])}."
    if not turned:
        yield "No rating has changed since the release before."
    yield from _clear(before, then)


def _clear(before: Board, then: Board) -> Iterator[str]:
    """Say which measures are better or worse by more than chance, and were not so before."""
    now: dict[str, list[str]] = {}
    for old, new in zip(before.sheets, then.sheets, strict=True):
        was, found = moves.meant(travel(old)), moves.meant(travel(new))
        if found.tested and found.verdict in (BETTER, WORSE) and found.verdict != was.verdict:
            now.setdefault(found.verdict, []).append(new.indicator.title)
    for verdict in (BETTER, WORSE):
        if verdict in now:
            yield f"{capital(verdict)} now, by more than chance: {words.joined(now[verdict])}."


def _rated(verdict: str) -> str:
    return words.RATING_WORDS[verdict].lower()


def _revised(board: Board) -> Iterator[Entry]:
    """Give the days on which published figures were changed, each with its measures."""
    days: dict[str, dict[str, list[str]]] = {}
    for sheet in board.sheets:
        for revision in sheet.indicator.revisions:
            titles = days.setdefault(revision.day, {})
            titles.setdefault(sheet.indicator.title, []).append(revision.reason)
    for day, titles in days.items():
        yield Entry(
            f"revisions-{day}",
            day,
            "revision",
            f"{_changes(sum(map(len, titles.values())))} to published figures",
            " ".join(_why(title, reasons) for title, reasons in titles.items()),
            f"../{revisions.NAME}/#{board.partnership.slug}",
        )


def _why(title: str, reasons: Sequence[str]) -> str:
    """Say how many changes there were to a measure, and why."""
    why = words.joined(dict.fromkeys(reasons))
    return f"{title}: {_changes(len(reasons))} ({why})."


def _changes(count: int) -> str:
    return words.amount(count, "changes", "change")


def _meetings(board: Board, pages: Mapping[str, tuple[str, str]]) -> Iterator[Entry]:
    for meeting in board.partnership.records.meetings:
        day = meeting.date.last.isoformat()
        address = f"meetings/{meeting.date.slug}/"
        title, says = pages[address]
        yield Entry(f"meeting-{day}", day, "meeting", title, says, address)


def _issued(board: Board, pages: Mapping[str, tuple[str, str]]) -> Iterator[Entry]:
    """Give the reports that a meeting was given on a stated day."""
    for row in board.partnership.records.reports:
        address = f"{row.report}/{row.period.slug}/"
        if row.date is not None and address in pages:
            day = row.date.last.isoformat()
            yield Entry(f"{row.report}-{row.period.slug}", day, "report", *pages[address], address)


def _missed(board: Board) -> Iterator[Entry]:
    """Give the days on which a release was due and did not come; how late it is changes daily."""
    for release in missed(board.partnership):
        yield Entry(
            f"late-release-{release.id}",
            release.next,
            "late",
            f"Late: figures after {words.closing_month(release.data_to)}",
            f"Figures were due on {words.date_long(release.next)}. They did not come that day.",
            "",
        )


def _late(board: Board) -> Iterator[Entry]:
    today = date.fromisoformat(board.partnership.as_of).toordinal()
    for sheet in board.sheets:
        late = overdue(sheet, today)
        if late is None or sheet.closing is None:
            continue
        due = date.fromordinal(late.due).isoformat()
        yield Entry(
            f"late-{sheet.indicator.slug}-{sheet.closing.slug}",
            due,
            "late",
            f"Late: {sheet.indicator.title}",
            f"Figures after {words.period_long(sheet.closing)} were due by {words.date_long(due)}.",
            f"{sheet.indicator.slug}/",
        )


def atom(context: Context, board: Board, reports: Sequence[Made]) -> str:
    """Write the feed; an id is the address of the feed and the name of the entry in it."""
    partnership = board.partnership
    home = f"{context.portal.site}{partnership.slug}/"
    found = entries(context, board, reports)
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": "en-GB"})
    _say(root, "id", home + NAME)
    _say(root, "title", partnership.title)
    _say(root, "subtitle", "Releases, revisions, meetings and reports, and figures that are late")
    _say(root, "updated", _instant(found[0].day if found else partnership.as_of))
    SubElement(root, "link", rel="self", type="application/atom+xml", href=home + NAME)
    SubElement(root, "link", rel="alternate", type="text/html", href=home)
    _say(SubElement(root, "author"), "name", partnership.title)
    origin = of_report(context.portal.site, partnership, "", board.closing)
    _say(root, "rights", f"Licence: {origin.licence_in_full}")
    for entry in found:
        _add(SubElement(root, "entry"), home, entry)
    indent(root)
    text = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{_STYLE}\n{text}\n'


def _add(element: Element, home: str, entry: Entry) -> None:
    _say(element, "id", f"{home}{NAME}#{entry.id}")
    _say(element, "title", entry.title)
    _say(element, "updated", _instant(entry.day))
    SubElement(
        element, "link", rel="alternate", type="text/html", href=urljoin(home, entry.address)
    )
    SubElement(element, "category", term=entry.term)
    _say(element, "summary", entry.summary)


def _say(above: Element, tag: str, text: str) -> None:
    """Add an element with a text; a sign that XML cannot hold is left out."""
    SubElement(above, tag).text = "".join(c for c in text if c.isprintable())


def _instant(day: str) -> str:
    """Write a day as RFC 3339 wants it; nobody states the hour."""
    return f"{day}T00:00:00Z"
