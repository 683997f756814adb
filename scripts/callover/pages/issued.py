"""A report as it was given to a meeting, for the head of its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from callover import words
from callover.records import Issued


@dataclass(frozen=True)
class Head:
    """Who got a report and when, what it was for, and what a reader must know about it."""

    facts: Sequence[tuple[str, str]] = ()
    purpose: str = ""
    note: str = ""


def issued(row: Issued | None) -> Head:
    """Give what is known of a report; nothing where it has no row in reports.csv."""
    if row is None:
        return Head()
    day = words.period_long(row.date) if row.date else ""
    facts = [("Meeting", row.meeting), ("Date", day), ("Report of", row.from_)]
    return Head([(label, value) for label, value in facts if value], row.purpose, row.note)
