"""The plan page: each priority with who leads it, its figures, its actions and its groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from callover import progress, words
from callover.compute import Board
from callover.model import Outcome, Partnership
from callover.pages import views
from callover.pages.actions import in_words, today, when
from callover.pages.csvs import csv_text
from callover.pages.governance import NO_OUTCOME, role_lines
from callover.pages.head import front
from callover.pages.render import render
from callover.pages.report import INDEX, Context, Files, downloads, outcome_anchor, tables_of
from callover.pages.stacks import Line, Row, Stack, means, remark, said, soft
from callover.ratings import CLOSE, NOT_RATED, OFF_TARGET, ON_TARGET

#: The kinds of outcome, each with its heading and how a sentence counts it.
KINDS: Mapping[str, tuple[str, str, str]] = {
    "issue": ("Priority issues", "priority issue", "priority issues"),
    "cross-cutting": ("Cross-cutting themes", "cross-cutting theme", "cross-cutting themes"),
    "": ("Outcomes", "outcome", "outcomes"),
}
_VERDICTS = (ON_TARGET, CLOSE, OFF_TARGET, NOT_RATED)
_PLAN = (
    *("outcome", "kind", "title", "measures", *_VERDICTS),
    *("actions", *progress.STATES, "groups", "messages", "workstreams"),
)


@dataclass(frozen=True)
class Priority:
    """An outcome of the plan; `links` are an address, its words and what is said of it."""

    id: str
    title: str
    text: str
    roles: Sequence[tuple[str, str]]
    measures: Stack | None
    links: Sequence[tuple[str, str, str]]
    work: Stack | None


@dataclass(frozen=True)
class Part:
    """The outcomes of a kind."""

    anchor: str
    title: str
    priorities: Sequence[Priority]


def files(context: Context, board: Board) -> Files:
    """Give the page and its tables, where the partnership has planned anything."""
    if is_there(board.partnership):
        tables = {"plan.csv": _csv(board), **tables_of(board, "roles", "workstreams")}
        yield INDEX, _page(context, board, list(tables))
        yield from tables.items()


def is_there(partnership: Partnership) -> bool:
    """Say whether a partnership has planned anything."""
    own, outcomes = partnership.records, partnership.outcomes
    planned = (own.actions, own.governance, own.communications, own.roles, own.workstreams)
    return any(planned) or any(outcome.kind for outcome in outcomes)


def _page(context: Context, board: Board, names: Sequence[str]) -> str:
    partnership = board.partnership
    headline = f"{_counted(partnership.outcomes)}."
    actions = partnership.records.actions
    if actions:
        counts = progress.tally(actions, today(partnership))
        headline += f" {_actions(len(actions))}: {in_words(counts)}."
    return render(
        "plan.md",
        front=front(f"Plan, {partnership.short_title}", headline),
        partnership=partnership,
        headline=headline,
        as_of=words.date_long(partnership.as_of),
        parts=list(_parts(board)),
        work=_work(board, "", NO_OUTCOME.lower()),
        downloads=downloads(
            *(context, board, "plan/", names),
            plan="each outcome with its counts, as we work them out",
        ),
    )


def _counted(outcomes: Sequence[Outcome]) -> str:
    counts = [(sum(o.kind == kind for o in outcomes), names) for kind, names in KINDS.items()]
    return words.joined(words.amount(count, many, one) for count, (_, one, many) in counts if count)


def _actions(count: int) -> str:
    return words.amount(count, "actions", "action")


def _parts(board: Board) -> Iterator[Part]:
    for kind, (title, _, _) in KINDS.items():
        own = [outcome for outcome in board.partnership.outcomes if outcome.kind == kind]
        if own:
            found = [_priority(board, outcome) for outcome in own]
            yield Part(f"kind:{kind or 'outcome'}", title, found)


def _priority(board: Board, outcome: Outcome) -> Priority:
    own = board.partnership.records
    roles = next((r for r in own.roles if r.outcome == outcome.id), None)
    lead = "" if roles else outcome.lead  # the roles say it in full
    told = [("Lead", lead), ("Portfolio", outcome.portfolio)]
    return Priority(
        outcome.id,
        outcome.title,
        outcome.text,
        [*((label, text) for label, text in told if text), *role_lines(roles)],
        _measures(board, outcome),
        list(_links(board, outcome)),
        _work(board, outcome.id, outcome.title),
    )


def _measures(board: Board, outcome: Outcome) -> Stack | None:
    rows = []
    for sheet in board.of(outcome.id):
        line = views.line(board, sheet)
        about = " ".join(part for part in (line.unit, line.when) if part)
        rating = [Line(line.word, verdict=line.verdict), *soft(line.why, "aside")]
        rows.append(
            Row(
                [Line(line.title, f"../{line.slug}/")],
                [
                    [Line(line.figure), *soft(about, "aside")],
                    [Line(line.moved.text), *means(line.moved.meant)] if line.moved.text else [],
                    rating,
                ],
            )
        )
    columns = ("Measure", "Newest figure", "Change on last year", "Rating")
    return Stack(f"Measures: {outcome.title}", columns, rows) if rows else None


def _links(board: Board, outcome: Outcome) -> Iterator[tuple[str, str, str]]:
    """Lead to the actions, groups and messages of an outcome, each with its counts."""
    own = board.partnership.records
    actions = [a for a in own.actions if a.outcome == outcome.id]
    groups = [g.group for g in own.governance if g.outcome == outcome.id]
    messages = [m for m in own.communications if m.outcome == outcome.id]
    anchor = outcome_anchor(outcome.id)
    if actions:
        counts = in_words(progress.tally(actions, today(board.partnership)))
        yield f"../actions/#{anchor}", _actions(len(actions)), f"{counts}."
    if groups:
        title = words.amount(len(groups), "groups", "group")
        yield f"../governance/#{outcome.id}", title, "; ".join(groups)
    if messages:
        title = words.amount(len(messages), "messages", "message")
        shown = "; ".join(m.message for m in messages)
        yield f"../communications/#{anchor}", title, shown


def _work(board: Board, outcome: str, title: str) -> Stack | None:
    rows = [
        Row(
            [Line(work.title), *remark(work.note)],
            [
                said(work.status),
                said(work.next_steps),
                [Line(when(work.goes_live, ""))] if work.goes_live else said(""),
            ],
            work.id,
        )
        for work in board.partnership.records.workstreams
        if work.outcome == outcome
    ]
    columns = ("Work stream", "Status", "Next steps", "Goes live")
    return Stack(f"Work streams: {title}", columns, rows, True) if rows else None


def _csv(board: Board) -> str:
    own, day = board.partnership.records, today(board.partnership)
    rows: list[Sequence[object]] = []
    for outcome in board.partnership.outcomes:
        sheets = board.of(outcome.id)
        actions = [a for a in own.actions if a.outcome == outcome.id]
        verdicts = [sheet.rating.verdict for sheet in sheets]
        rows.append(
            (
                *(outcome.id, outcome.kind, outcome.title, len(sheets)),
                *(verdicts.count(verdict) for verdict in _VERDICTS),
                *(len(actions), *progress.tally(actions, day).values()),
                sum(group.outcome == outcome.id for group in own.governance),
                sum(message.outcome == outcome.id for message in own.communications),
                sum(work.outcome == outcome.id for work in own.workstreams),
            )
        )
    return csv_text(_PLAN, rows)
