"""The actions page: what the partners said they would do, what is overdue and what was reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from callover import progress, words
from callover.compute import Board
from callover.model import Partnership
from callover.pages.csvs import csv_text
from callover.pages.head import front
from callover.pages.render import render
from callover.pages.report import INDEX, Context, Files, downloads, outcome_anchor, tables_of
from callover.pages.stacks import Line, Row, Stack, remark, said, soft
from callover.periods import Period
from callover.records import Action, Message

SOON = f"due within {progress.SOON_DAYS} days"
#: Each state as the figures at the top name it, and as a sentence says it of one and of several.
_STATES: Mapping[str, tuple[str, str, str]] = {
    progress.OVERDUE: ("Overdue", "is overdue", "are overdue"),
    progress.SOON: (f"Due within {progress.SOON_DAYS} days", f"is {SOON}", f"are {SOON}"),
    progress.LATER: ("Due later", "is due later", "are due later"),
    progress.UNDATED: ("No date", "has no date", "have no date"),
    progress.DONE: ("Done", "is done", "are done"),
    progress.STOPPED: ("Stopped", "was stopped", "were stopped"),
}
_PROGRESS = (
    *("id", "outcome", "action", "lead", "due", "as_of", "state", "days_overdue"),
    *("quarters_without_update", "status"),
)


@dataclass(frozen=True)
class Section:
    """An outcome with its actions."""

    anchor: str
    title: str
    says: str
    table: Stack


def files(context: Context, board: Board) -> Files:
    """Give the page, the table as it was given and the states as we work them out."""
    partnership = board.partnership
    actions = partnership.records.actions
    if not actions:
        return
    yield INDEX, _page(context, board, actions)
    yield from tables_of(board, "actions").items()
    yield "progress.csv", _progress(partnership)


def today(partnership: Partnership) -> int:
    """Give the day that a partnership's pages speak from, as an ordinal."""
    return date.fromisoformat(partnership.as_of).toordinal()


def _page(context: Context, board: Board, actions: Sequence[Action]) -> str:
    partnership, day = board.partnership, today(board.partnership)
    counts = progress.tally(actions, day)
    headline = f"{_actions(len(actions))}. {in_words(counts)}."
    late = [a for a in actions if progress.state(a, day) == progress.OVERDUE]
    return render(
        "actions.md",
        front=front(f"Actions, {partnership.short_title}", headline),
        partnership=partnership,
        headline=headline,
        as_of=words.date_long(partnership.as_of),
        figures=[
            (_STATES[name][0], words.number(count), "")
            for name, count in counts.items()
            if count or name != progress.STOPPED
        ],
        notes=_notes(actions, day),
        overdue=[_overdue(a, day) for a in progress.urgent_first(late, day)],
        sections=list(_sections(board, actions, day)),
        downloads=downloads(
            *(context, board, "actions/", ("actions.csv", "progress.csv")),
            progress="the state of each action, as we work it out",
        ),
    )


def _actions(count: int) -> str:
    return words.amount(count, "actions", "action")


def in_words(counts: Mapping[str, int]) -> str:
    """Say how many actions are in each state, without a nought: 3 are overdue and 1 is done."""
    told = [
        f"{words.number(count)} {_STATES[name][1 if count == 1 else 2]}"
        for name, count in counts.items()
        if count
    ]
    return words.joined(told)


def _notes(actions: Sequence[Action], day: int) -> list[str]:
    """Say what a reader of the counts must know: whose quarters are silent, and what overdue is."""
    notes = []
    quarter = progress.newest_quarter(actions, day)
    if quarter is not None:
        told, wanted = progress.reported(actions, quarter, day)
        notes.append(
            f"{words.period_long(quarter)} is the newest quarter that has ended. "
            f"{have(told, f' of {_actions(wanted)}')} an update for it."
        )
    silent = sum(not action.status for action in actions)
    if silent:
        some = "any action" if silent == len(actions) else f"{words.number(silent)} of them"
        notes.append(
            f"The partners give no status for {some}. "
            "An action counts as overdue when its date has passed and nobody says that it is done."
        )
    return notes


def have(count: int, of: str = "") -> str:
    """Begin a sentence about how many have something: 7 of 9 actions have, 1 has, None has."""
    number = words.number(count) if count else "None"
    return f"{number}{of} {'have' if count > 1 else 'has'}"


def _overdue(action: Action, day: int) -> tuple[str, str, str, str]:
    assert action.due is not None
    late = words.amount(day - action.due.end, "days", "day")
    return action.id, action.action, action.lead, f"due {when(action.due, '')}, {late} ago"


def _sections(board: Board, actions: Sequence[Action], day: int) -> Iterable[Section]:
    titles = {sheet.indicator.slug: sheet.indicator.title for sheet in board.sheets}
    years = len({action.year for action in actions if action.year}) > 1
    told = any(action.status for action in actions)
    for outcome in board.partnership.outcomes:
        own = [a for a in actions if a.outcome == outcome.id]
        if own:
            order = progress.urgent_first(own, day)
            rows = [_row(action, day, titles, years, told) for action in order]
            columns = ("Action", "Lead", "Due", "Updates", *(("Status",) if told else ()))
            table = Stack(f"Actions: {outcome.title}", columns, rows)
            says = f"{_actions(len(own))}. {in_words(progress.tally(own, day))}."
            yield Section(outcome_anchor(outcome.id), outcome.title, says, table)


def _row(action: Action, day: int, titles: Mapping[str, str], years: bool, told: bool) -> Row:
    """Make an action's row; `years` shows its year, `told` its status."""
    head = [Line(action.action)]
    if action.indicator:
        head.append(Line(titles[action.indicator], f"../{action.indicator}/"))
    about = [action.id, f"plan of {action.year.label}" if years and action.year else ""]
    head += soft(", ".join(part for part in about if part))
    updates = [*update_lines(action, day), *remark(action.note)]
    status = [said(action.status)] if told else []
    cells = [said(action.lead), _due(action, day), updates or said(""), *status]
    return Row(head, cells, action.id)


def _due(action: Action, day: int) -> list[Line]:
    """Say when an action is due, and what that means on the day."""
    lines = [Line(when(action.due, action.due_as_printed))]
    state = progress.state(action, day)
    if state == progress.OVERDUE and action.due is not None:
        late = words.amount(day - action.due.end, "days", "day")
        lines.append(Line(f"Overdue by {late}", style="strong"))
    elif state == progress.SOON and action.due is not None:
        ahead = action.due.end - day
        text = f"In {words.amount(ahead, 'days', 'day')}" if ahead else "Today"
        lines.append(Line(text, style="aside"))
    return lines


def when(due: Period | None, printed: str) -> str:
    """Write a due date; where it is none, as it was printed."""
    if due is not None:
        return words.period_long(due)
    return f"No date: “{printed}”" if printed else "No date"


def update_lines(row: Action | Message, day: int) -> list[Line]:
    """Write the updates by quarter; empty ones say so, those that are not due yet in one line."""
    found = progress.updates(row, day)
    lines = []
    for update in found:
        if update.text:
            lines.append(Line(f"Q{update.number}: {update.text}"))
        elif update.missing:
            lines.append(Line(f"No update for Q{update.number}", style="alert"))
    ahead = words.joined(f"Q{u.number}" for u in found if not u.text and not u.missing)
    if ahead:
        lines.append(Line(f"No update for {ahead} (not due yet)", style="soft"))
    return lines


def _progress(partnership: Partnership) -> str:
    day = today(partnership)
    rows = []
    for action in partnership.records.actions:
        state = progress.state(action, day)
        late = day - action.due.end if action.due and state == progress.OVERDUE else ""
        silent = " ".join(f"q{u.number}" for u in progress.updates(action, day) if u.missing)
        due = action.due.label if action.due else ""
        rows.append(
            (
                *(action.id, action.outcome, action.action, action.lead, due, partnership.as_of),
                *(state, late, silent, action.status),
            )
        )
    return csv_text(_PROGRESS, rows)
