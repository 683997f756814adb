"""The governance page: the groups that meet about each outcome, and who answers for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callover import words
from callover.compute import Board
from callover.model import Partnership
from callover.pages.head import front
from callover.pages.render import render
from callover.pages.report import INDEX, Context, Files, downloads, tables_of
from callover.pages.stacks import Line, Row, Stack, remark, said
from callover.records import Group, Roles

NO_OUTCOME = "All outcomes"


@dataclass(frozen=True)
class Section:
    """An outcome with who answers for it and its groups."""

    anchor: str
    title: str
    roles: Sequence[tuple[str, str]]
    note: Sequence[Line]
    table: Stack | None


def files(context: Context, board: Board) -> Files:
    """Give the page and its tables, where there is a group or a role to show."""
    own = board.partnership.records
    tables = tables_of(board, "governance", "roles")
    if own.governance or own.roles:
        yield INDEX, _page(context, board, list(tables))
        yield from tables.items()


def _page(context: Context, board: Board, names: Sequence[str]) -> str:
    partnership = board.partnership
    groups = len(partnership.records.governance)
    headline = (
        f"{words.amount(groups, 'groups', 'group')} {'meets' if groups == 1 else 'meet'} about "
        "these outcomes. Names of persons are left out."
    )
    if not groups:
        headline = "Who answers for each outcome. Names of persons are left out."
    return render(
        "governance.md",
        front=front(f"Governance, {partnership.short_title}", headline),
        partnership=partnership,
        headline=headline,
        sections=list(_sections(partnership)),
        downloads=downloads(context, board, "governance/", names),
    )


def _sections(partnership: Partnership) -> Iterator[Section]:
    own = partnership.records
    known = [(o.id, o.title) for o in partnership.outcomes]
    for id_, title in (*known, ("", NO_OUTCOME)):
        groups = [group for group in own.governance if group.outcome == id_]
        roles = next((r for r in own.roles if r.outcome == id_), None)
        if groups or roles:
            note = remark(roles.note) if roles else []
            yield Section(
                id_ or "outcome:all", title, role_lines(roles), note, _table(title, groups)
            )


def role_lines(roles: Roles | None) -> list[tuple[str, str]]:
    """Say who answers for an outcome, what is not stated included; nothing without a row."""
    if roles is None:
        return []
    told = (
        ("Lead agency", roles.lead_agency),
        ("Strategic lead", roles.strategic_lead),
        ("Operational leads", roles.operational_leads),
    )
    return [(label, text or "not stated") for label, text in told]


def _table(title: str, groups: Sequence[Group]) -> Stack | None:
    rows = [
        Row(
            [Line(group.group)],
            [
                said(group.frequency),
                said(group.membership),
                [*said(group.purpose), *remark(group.note)],
            ],
        )
        for group in groups
    ]
    columns = ("Group", "Meets", "Members", "Purpose")
    return Stack(f"Groups: {title}", columns, rows) if rows else None
