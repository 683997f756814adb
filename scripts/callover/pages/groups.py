"""Who is in a group of areas, since when, and how its mean is made: for pages that name groups."""

from __future__ import annotations

from collections.abc import Iterable

from callover import words
from callover.model import Group, Reference
from callover.pages.tables import Cell, Table, TableRow

_NOT_STATED = "not stated"


def table(reference: Reference, names: Iterable[str] | None = None) -> Table:
    """Give the groups as rows, all of them or those that are named."""
    wanted = reference.groups if names is None else dict.fromkeys(names)
    rows = [_row(reference.groups[name], reference) for name in wanted]
    columns = ("Areas", "Members", "Valid", "How its mean is made", "Note")
    return Table("Groups of areas", "Group", columns, rows, numbers=False)


def _row(group: Group, reference: Reference) -> TableRow:
    texts = (
        words.number(group.size) if group.size else _NOT_STATED,
        members(group, reference),
        words.valid(group.start, group.end) if dated(group) else _NOT_STATED,
        group.mean or _NOT_STATED,
        group.note,
    )
    return TableRow(group.title, [Cell(text, number=False) for text in texts])


def members(group: Group, reference: Reference) -> str:
    """Name the members; say so if the source does not."""
    names = [reference.areas.get(code, code) for code in group.members]
    return words.joined(names) if names else "not published"


def dated(group: Group) -> bool:
    """Say whether anybody says from when or to when the members are these."""
    return group.start > Group.START or group.end < Group.END


def rule(group: Group) -> str:
    """Say in words how many are in a group, since when, and how its mean is made."""
    size = f"{words.number(group.size)} areas" if group.size else "An unknown number of areas"
    who = "" if group.members else ", not named in the source"
    when = f", {words.valid(group.start, group.end)}" if dated(group) else ", not dated"
    return f"{size}{who}{when}. How its mean is made: {group.mean or _NOT_STATED}."
