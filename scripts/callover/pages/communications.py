"""The communications page: what the partners tell the public, through which channel and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callover import progress, words
from callover.compute import Board
from callover.model import Partnership
from callover.pages.actions import have, today, update_lines, when
from callover.pages.governance import NO_OUTCOME
from callover.pages.head import front
from callover.pages.render import render
from callover.pages.report import INDEX, Context, Files, downloads, outcome_anchor, tables_of
from callover.pages.stacks import Line, Row, Stack, remark, said, soft
from callover.records import Message


@dataclass(frozen=True)
class Section:
    """An outcome with what is told about it."""

    anchor: str
    title: str
    table: Stack


def files(context: Context, board: Board) -> Files:
    """Give the page and its table, where there is something that is told."""
    messages = board.partnership.records.communications
    if messages:
        tables = tables_of(board, "communications")
        yield INDEX, _page(context, board, messages, list(tables))
        yield from tables.items()


def _page(context: Context, board: Board, messages: Sequence[Message], names: Sequence[str]) -> str:
    partnership, day = board.partnership, today(board.partnership)
    headline = f"{words.amount(len(messages), 'messages', 'message')} for the public."
    quarter = progress.newest_quarter(messages, day)
    if quarter is not None:
        told, _ = progress.reported(messages, quarter, day)
        headline += f" {have(told)} an update for {words.period_long(quarter)}."
    return render(
        "communications.md",
        front=front(f"Communications, {partnership.short_title}", headline),
        partnership=partnership,
        headline=headline,
        as_of=words.date_long(partnership.as_of),
        sections=list(_sections(partnership, messages, day)),
        downloads=downloads(context, board, "communications/", names),
    )


def _sections(partnership: Partnership, messages: Sequence[Message], day: int) -> Iterator[Section]:
    for id_, title in (*((o.id, o.title) for o in partnership.outcomes), ("", NO_OUTCOME)):
        rows = [_row(message, day) for message in messages if message.outcome == id_]
        if rows:
            columns = ("Message", "Channel", "Lead", "When", "Updates")
            table = Stack(f"Messages: {title}", columns, rows)
            yield Section(outcome_anchor(id_ or "all"), title, table)


def _row(message: Message, day: int) -> Row:
    updates = [*update_lines(message, day), *remark(message.note)]
    return Row(
        [Line(message.message), *soft(message.id)],
        [
            said(message.channel),
            said(message.lead),
            [Line(when(message.due, message.due_as_printed))],
            updates or said(""),
        ],
        message.id,
    )
