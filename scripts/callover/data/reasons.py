"""Why a sheet changes what a release has published: the rows of revisions.csv that say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from callover.data.claims import Reading
from callover.data.ledger import Ledger
from callover.data.revisions import needed, row_key, vintages
from callover.data.shapes import TABLES, resource
from callover.data.sheets import Grid
from callover.data.tidy import complete_schema
from callover.kinds import Kind
from callover.model import Indicator, Partnership
from callover.revisions import CORRECTION, REASONS, Revision


@dataclass(frozen=True)
class Why:
    """Why published figures change, with a note for readers; empty where nobody said so."""

    reason: str = ""
    note: str = ""

    @property
    def said(self) -> bool:
        """Say whether it is enough: a correction says what was wrong."""
        return bool(self.reason) and (self.reason != CORRECTION or bool(self.note.strip()))


UNSAID = Why()


def explained(
    book: Ledger, indicator: Indicator, partnership: Partnership, why: Why
) -> Sequence[Revision]:
    """Give the rows that a series.csv needs as a sheet has made it, with their reason."""
    if not indicator.frozen:
        return ()
    frozen = vintages(indicator.frozen, partnership.frozen)
    gaps = needed(book, frozen, indicator.revisions, indicator.area, partnership.as_of)
    return [replace(gap.row, reason=why.reason, note=why.note) for gap in gaps]


def tell_unexplained(
    grid: Grid, reading: Reading, taken: Mapping[str, Sequence[Revision]], why: Why
) -> None:
    """Keep a fault for each cell of a sheet that changes a published figure without a reason.

    `taken` has the rows that are needed, by indicator.
    """
    for claim in reading.claims if not why.said else ():
        for row in taken.get(claim.indicator.slug, ()):
            key = row_key(row.place, claim.indicator.area)
            if (claim.key, claim.name) == (key, row.place.column):
                grid.fault(
                    (claim.row, claim.column), row.now, f"{row.was or 'no figure'}, as published",
                    "Correct the sheet. Or if it is right, say why: --reason with one of "
                    f"{', '.join(REASONS)}, and --note, which a correction needs.",
                )  # fmt: skip


def file_of(found: Mapping[str, Any], name: str) -> str:
    """Give the file of a table as a descriptor lists it, or else its usual name."""
    paths = {entry["name"]: entry["path"] for entry in found["resources"]}
    return str(paths.get(name, f"{name}.csv"))


def described(
    file: str, found: Mapping[str, Any], row: Kind, name: str, header: Sequence[str]
) -> bool:
    """Have a descriptor list a table with the columns it has; say whether that changes it."""
    columns = {field.name: field for field in TABLES[name](row)}
    fields = [columns[title] for title in header]
    entry = next((e for e in found["resources"] if e["name"] == name), None)
    if entry is None:
        found["resources"].append(resource(name, f"{name}.csv", fields))
        return True
    return "schema" in entry and bool(list(complete_schema(file, entry, fields)))
