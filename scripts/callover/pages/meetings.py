"""The meetings: a list, and for each its agenda, what it asked for and what it carried forward."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from callover import progress, words
from callover.compute import Board
from callover.model import Partnership
from callover.pages.actions import today, when
from callover.pages.csvs import csv_text
from callover.pages.head import front
from callover.pages.links import title_of
from callover.pages.render import render
from callover.pages.report import INDEX, Context, Files, downloads, tables_of
from callover.pages.stacks import Line, Row, Stack, filled, remark, said, soft
from callover.periods import Period
from callover.records import Item, Logged, Meeting

_LOG = (
    *("id", "list", "raised", "age_in_days", "item", "theme", "action", "owner"),
    *("due", "status", "closed", "reported"),
)
_SAID = "Decision or note"
_AGENDA = ("meeting", "item", "title", "lead", "minutes", "links", "decision", "note")


def files(context: Context, board: Board) -> Files:
    """Give the list, its tables, and each meeting's page with its own."""
    meetings = board.partnership.records.meetings
    if not meetings:
        return
    tables = tables_of(board, "meetings", "agenda", "action_log")
    yield INDEX, _list(context, board, list(tables))
    yield from tables.items()
    for meeting in meetings:
        folder = meeting.date.slug
        items = [i for i in board.partnership.records.agenda if i.meeting == meeting.date]
        own = {"agenda.csv": _agenda_csv(items)} if items else {}
        if _lists(board.partnership, meeting):
            own["log.csv"] = _log_csv(board.partnership, meeting)
        yield f"{folder}/{INDEX}", _page(context, board, meeting, items, list(own))
        for name, text in own.items():
            yield f"{folder}/{name}", text


def _day(period: Period) -> str:
    return words.period_long(period)


def _count(number: int, many: str, one: str) -> str:
    return words.amount(number, many, one)


# ---------------------------------------------------------------- the list


def _list(context: Context, board: Board, names: Sequence[str]) -> str:
    partnership = board.partnership
    own, day = partnership.records, today(partnership)
    waiting = progress.open_now(own.action_log, day)
    headline = f"{_count(len(own.meetings), 'meetings', 'meeting')}."
    if own.action_log:
        headline += f" {_open(waiting, day)}"
    return render(
        "meetings.md",
        front=front(f"Meetings, {partnership.short_title}", headline),
        partnership=partnership,
        headline=headline,
        as_of=words.date_long(partnership.as_of),
        following=_following(own.meetings),
        meetings=_meetings(partnership),
        waiting=_Log(context, board, "", day).table("Open actions", waiting, _status),
        downloads=downloads(context, board, "meetings/", names),
    )


def _open(waiting: Sequence[Logged], day: int) -> str:
    """Say how much is open, and for how long the oldest has been."""
    if not waiting:
        return "No action is open."
    are = "is" if len(waiting) == 1 else "are"
    text = f"{_count(len(waiting), 'actions', 'action')} {are} open"
    oldest = progress.age(waiting[0], day)
    return f"{text}, the oldest for {_count(oldest, 'days', 'day')}." if oldest else f"{text}."


def _following(meetings: Sequence[Meeting]) -> str:
    """Name the next meeting that a meeting announces and that is not in the list yet."""
    held = {meeting.date for meeting in meetings}
    last = max(meetings, key=lambda meeting: meeting.date.end)
    return _day(last.next) if last.next and last.next not in held else ""


def _meetings(partnership: Partnership) -> Stack:
    own = partnership.records
    rows = []
    for meeting in sorted(own.meetings, key=lambda m: -m.date.end):
        counts = (
            sum(item.meeting == meeting.date for item in own.agenda),
            len(progress.raised(own.action_log, meeting.date)),
            len(progress.carried(own.action_log, meeting.date)),
        )
        about = [Line(meeting.title), *soft(meeting.place), *remark(meeting.note)]
        rows.append(
            Row(
                [Line(_day(meeting.date), f"{meeting.date.slug}/")],
                [about, *([Line(words.number(count))] for count in counts)],
            )
        )
    columns = ("Date", "Meeting", "Agenda items", "Actions raised", "Carried forward to it")
    return Stack("Meetings, the newest first", columns, rows, True)


# ---------------------------------------------------------------- a meeting


def _page(
    context: Context, board: Board, meeting: Meeting, items: Sequence[Item], names: Sequence[str]
) -> str:
    partnership = board.partnership
    own, at = partnership.records, meeting.date
    raised, carried = progress.raised(own.action_log, at), progress.carried(own.action_log, at)
    settled = progress.settled(own.action_log, own.meetings, at)
    title = f"{meeting.title}, {_day(at)}"
    headline = _headline(items, raised, carried, at.end)
    log = _Log(context, board, "../", at.end)
    return render(
        "meeting.md",
        front=front(f"{title}, {partnership.short_title}", headline),
        partnership=partnership,
        title=title,
        day=_day(at),
        headline=headline,
        facts=list(_facts(own.meetings, meeting)),
        note=meeting.note,
        agenda=_agenda(context, board, items),
        decided=any(item.decision for item in items),
        raised=log.table("Actions that this meeting raised", raised, _status),
        carried=log.table("Open actions from earlier meetings", carried, _then),
        settled=log.table("Actions that are over since the meeting before", settled, _status),
        first=not any(other.date.end < at.end for other in own.meetings),
        downloads=downloads(
            *(context, board, f"meetings/{meeting.date.slug}/", names),
            log="the actions raised, carried forward and over",
        ),
    )


def _headline(
    items: Sequence[Item], raised: Sequence[Logged], carried: Sequence[Logged], day: int
) -> str:
    told = []
    if items:
        minutes = sum(item.minutes for item in items if item.minutes is not None)
        timed = sum(item.minutes is not None for item in items)
        text = _count(len(items), "agenda items", "agenda item")
        if timed:
            some = "" if timed == len(items) else f" for the {words.number(timed)} that are timed"
            text += f", {_count(minutes, 'minutes', 'minute')}{some}"
        told.append(f"{text}.")
    if raised:
        told.append(f"{_count(len(raised), 'actions', 'action')} raised.")
    if carried:
        oldest = _count(progress.age(carried[0], day), "days", "day")
        from_before = _count(len(carried), "actions", "action")
        are = "is" if len(carried) == 1 else "are"
        told.append(
            f"{from_before} from earlier meetings {are} still open, the oldest for {oldest}."
        )
    return " ".join(told) or "No agenda and no action is recorded."


def _facts(meetings: Sequence[Meeting], meeting: Meeting) -> Iterator[tuple[str, str, str]]:
    """Give the place, and the meetings before and after with their addresses."""
    if meeting.place:
        yield "Place", meeting.place, ""
    order = sorted(meetings, key=lambda m: m.date.end)
    position = order.index(meeting)
    if position:
        before = order[position - 1].date
        yield "Meeting before", _day(before), f"../{before.slug}/"
    if position + 1 < len(order):
        after = order[position + 1].date
        yield "Next meeting", _day(after), f"../{after.slug}/"
    else:
        yield "Next meeting", _day(meeting.next) if meeting.next else "not stated", ""


def _agenda(context: Context, board: Board, items: Sequence[Item]) -> Stack | None:
    rows = []
    for item in items:
        dot = "." if item.item.isdigit() else ""
        links = [Line(title_of(context, board, link), f"../../{link}") for link in item.links]
        rows.append(
            Row(
                [Line(f"{item.item}{dot} {item.title}")],
                [
                    said(item.lead),
                    [Line(words.number(item.minutes))] if item.minutes is not None else [],
                    links,
                    [*([Line(item.decision)] if item.decision else []), *remark(item.note)],
                ],
            )
        )
    columns, rows = filled(
        ("Item", "Lead", "Minutes", "Pages", _SAID), rows, "Minutes", "Pages", _SAID
    )
    return Stack("Agenda", columns, rows) if rows else None


@dataclass(frozen=True)
class _Log:
    """How a page shows entries of the action log: `up` leads to the list of meetings."""

    context: Context
    board: Board
    up: str
    day: int

    def table(
        self, caption: str, entries: Sequence[Logged], status: Callable[[Logged], str]
    ) -> Stack | None:
        """Make a table; entries of an earlier day have a column that says how old they are."""
        if not entries:
            return None
        aged = any(entry.meeting.end < self.day for entry in entries)
        columns = ("Action", *(("Raised",) if aged else ()), "Owner", "Due", "Status", "Reported")
        rows = [self._row(entry, status(entry), aged) for entry in entries]
        return Stack(caption, columns, rows)

    def _row(self, entry: Logged, status: str, aged: bool) -> Row:
        item = f"item {entry.item}" if entry.item else ""
        about = ", ".join(part for part in (entry.id, item, entry.theme) if part)
        cells = [
            said(entry.owner),
            [Line(when(entry.due, entry.due_as_printed))],
            [Line(status)],
            [*said(entry.reported, "nothing reported"), *self._links(entry), *remark(entry.note)],
        ]
        age = [self._age(entry)] if aged else []
        return Row([Line(entry.action), *soft(about)], [*age, *cells], entry.id)

    def _age(self, entry: Logged) -> list[Line]:
        days = _count(progress.age(entry, self.day), "days", "day")
        address = f"{self.up}{entry.meeting.slug}/#{entry.id}"
        return [Line(_day(entry.meeting), address), Line(f"{days} ago", style="aside")]

    def _links(self, entry: Logged) -> list[Line]:
        return [
            Line(title_of(self.context, self.board, link), f"{self.up}../{link}")
            for link in entry.link
        ]


def _status(entry: Logged) -> str:
    text = entry.status[:1].upper() + entry.status[1:]
    return f"{text}, {_day(entry.closed)}" if entry.closed else text


def _then(entry: Logged) -> str:
    """Say the status of what was open at a meeting and may be over by now."""
    if entry.closed is None:
        return _status(entry)
    return f"Open at this meeting; {entry.status} since, {_day(entry.closed)}"


# ---------------------------------------------------------------- for machines


def _lists(partnership: Partnership, meeting: Meeting) -> Sequence[tuple[str, Logged]]:
    own, at = partnership.records, meeting.date
    found = {
        "raised": progress.raised(own.action_log, at),
        "carried forward": progress.carried(own.action_log, at),
        "over": progress.settled(own.action_log, own.meetings, at),
    }
    return [(name, entry) for name, entries in found.items() for entry in entries]


def _log_csv(partnership: Partnership, meeting: Meeting) -> str:
    rows = []
    for name, e in _lists(partnership, meeting):
        due = e.due.label if e.due else e.due_as_printed
        closed = e.closed.label if e.closed else ""
        old = progress.age(e, meeting.date.end)
        rows.append(
            (
                *(e.id, name, e.meeting.label, old, e.item, e.theme, e.action, e.owner),
                *(due, e.status, closed, e.reported),
            )
        )
    return csv_text(_LOG, rows)


def _agenda_csv(items: Sequence[Item]) -> str:
    return csv_text(
        _AGENDA,
        [
            (
                *(i.meeting.label, i.item, i.title, i.lead),
                *("" if i.minutes is None else i.minutes, " ".join(i.links), i.decision, i.note),
            )
            for i in items
        ],
    )
