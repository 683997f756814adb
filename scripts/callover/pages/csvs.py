"""Tables for machines that stand beside a page: one line end, every row as long as the header."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

#: What makes a spreadsheet run a cell; a figure with its sign is none.
_RUNS = re.compile(r"[=@]|[+-] *[^\d .,]")
_ITEM = re.compile(r"^- ", re.M)


def said(text: str) -> str:
    """Give people's text as a cell that no spreadsheet runs. Tables refuse such cells at once."""
    shown = _ITEM.sub("• ", text)
    return f" {shown}" if _RUNS.match(shown) else shown


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write rows below their header; raise ValueError where a row is longer or shorter."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(f"{len(row)} cells for {len(columns)} columns: {row}")
        writer.writerow(row)
    return out.getvalue()
