"""What a reader can take away from an indicator's page: every file, and what is in it.

A new kind of file is a row of DOWNLOADS and a part of `files`.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from callover import columns, words
from callover.compute import Board, Sheet
from callover.model import Content, Metric
from callover.pages import datapackage, workbooks
from callover.pages.csvs import csv_text
from callover.provenance import Provenance


@dataclass(frozen=True)
class Download:
    """A file beside the page: `form` says what program reads it, `says` what is in it."""

    file: str
    form: str
    says: str


#: Every file, people's first. Each page has those that its indicator has something for.
DOWNLOADS: Mapping[str, Download] = {
    row.file: row
    for row in (
        Download("figures.xlsx", "XLSX", "everything in one workbook; each column is explained"),
        Download("metrics.csv", "CSV", "every figure that we compute, unrounded"),
        Download("series.csv", "CSV", "the figures as the partners gave them"),
        Download("targets.csv", "CSV", "the targets"),
        Download("comparators.csv", "CSV", "figures of others that the partners quote"),
        Download("published.csv", "CSV", "figures as the document printed them"),
        Download("datapackage.json", "JSON", "what each file and each column means"),
        Download("data-package.zip", "ZIP", "the tables and their description in one file"),
    )
}

_ALWAYS = ("figures.xlsx", "metrics.csv", "datapackage.json", "data-package.zip")


@dataclass(frozen=True)
class Offer:
    """A file as a page offers it; `saved_as` is its name on a reader's disk."""

    file: str
    form: str
    says: str
    saved_as: str


def offers(board: Board, sheet: Sheet) -> Sequence[Offer]:
    """Give what an indicator offers; a saved file says by its name what it is and to when."""
    stem = f"{board.partnership.slug}-{sheet.indicator.slug}"
    when = f"-{sheet.closing.slug}" if sheet.closing else ""

    def saved(file: str) -> str:
        name, _, ending = file.rpartition(".")
        return f"{stem}-{name}{when}.{ending}"

    return [
        Offer(row.file, row.form, row.says, saved(row.file))
        for row in DOWNLOADS.values()
        if offered(row.file, sheet.indicator.files)
    ]


def offered(file: str, tables: Container[str]) -> bool:
    """Say whether an indicator with these tables offers a file."""
    return file in _ALWAYS or file in tables


def files(board: Board, sheet: Sheet, origin: Provenance) -> Iterator[tuple[str, Content]]:
    """Give every file of DOWNLOADS that the indicator has, by its name."""
    rows = metric_rows((*sheet.metrics, *sheet.others))
    tables = {"metrics.csv": csv_text(tuple(columns.METRICS), rows), **sheet.indicator.files}
    yield from tables.items()
    described = datapackage.descriptor(sheet, origin)
    descriptor = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    yield "datapackage.json", descriptor
    readme = datapackage.readme(board, sheet, origin, {n: DOWNLOADS[n].says for n in tables})
    inside = {"README.txt": readme, "datapackage.json": descriptor, **tables}
    yield "data-package.zip", datapackage.packed(inside, origin)
    yield "figures.xlsx", workbooks.workbook(board, sheet, origin, described, rows)


def metric_rows(metrics: Sequence[Metric]) -> Sequence[tuple[str, ...]]:
    """Write figures as rows of metrics.csv: unrounded, one a row, in their order."""
    rows = []
    for m in metrics:
        value = "" if m.value is None else words.machine(m.value)
        days = _iso(m.start), _iso(m.end)
        of = m.period.label, m.area, m.category
        rows.append((m.measure, m.period.kind, *days, *of, value, m.text, m.marker, m.unit))
    return rows


@cache
def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
