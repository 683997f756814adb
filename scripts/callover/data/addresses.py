"""The tables addresses.csv and moved.csv: every address ever published, and where some are now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from callover.addresses import Ever, Move
from callover.data.tables import Table
from callover.errors import Fault
from callover.records import Place


def ever(tables: Mapping[str, Table]) -> Iterator[Ever]:
    """Give the addresses that addresses.csv lists; none where the table is not there."""
    if (table := tables.get("addresses")) is not None:
        for line, row in table.numbered:
            yield Ever(row["address"], row["since"], Place(table.file, line))


def moves(tables: Mapping[str, Table]) -> Iterator[Move]:
    """Give the rows of moved.csv; none where the table is not there."""
    if (table := tables.get("moved")) is not None:
        for line, row in table.numbered:
            reason = " ".join(row.get("reason", "").split())
            to, at = row.get("to", ""), Place(table.file, line)
            yield Move(row["address"], to, row["date"], reason, at)


def check(tables: Mapping[str, Table]) -> Iterator[Fault]:
    """Check that an address has one row in each table, and that a withdrawn one says why."""
    for table in (tables[name] for name in ("addresses", "moved") if name in tables):
        seen: dict[str, int] = {}
        for line, row in table.numbered:
            if seen.setdefault(row["address"], line) != line:
                yield Fault(
                    table.file, line, "address", row["address"], "each address once",
                    f"It is in row {seen[row['address']]} already. Delete one of the two rows.",
                )  # fmt: skip
    for move in moves(tables):
        if move.to == move.address:
            yield Fault(
                move.at.file, move.at.row, "to", move.to, "another address than the row's own",
                "Write where the page is now; leave it empty if nothing took its place.",
            )  # fmt: skip
        if not move.to and not move.reason:
            yield Fault(
                move.at.file, move.at.row, "reason", "", "why the address was withdrawn",
                "Say why in a short sentence for readers, or write its new address in to.",
            )  # fmt: skip
