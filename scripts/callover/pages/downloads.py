"""What a reader can take away from an indicator's page: every file, and what is in it.

A new kind of file is a row of DOWNLOADS and a part of `files`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from callover import columns, words
from callover.compute import Board, Sheet
from callover.model import Content, Metric
from callover.pages import datapackage, workbooks
from callover.pages.csvs import csv_text
from callover.pages.offers import Offers
from callover.pages.offers import offers as offers_of
from callover.provenance import Provenance


@dataclass(frozen=True)
class Download:
    """A file beside the page, and what is in it."""

    file: str
    says: str


#: Every file, people's first. Each page has those that its indicator has something for.
DOWNLOADS: Mapping[str, Download] = {
    row.file: row
    for row in (
        Download("figures.xlsx", "everything in one workbook; each column is explained"),
        Download("metrics.csv", "every figure that we compute, unrounded"),
        Download("series.csv", "the figures as the partners gave them"),
        Download("targets.csv", "the targets"),
        Download("comparators.csv", "figures of others that the partners quote"),
        Download("published.csv", "figures as the document printed them"),
        Download("revisions.csv", "which published figures were changed since, and why"),
        Download("datapackage.json", "what each file and each column means"),
        Download("data-package.zip", "the tables and their description in one file"),
    )
}

_ALWAYS = ("figures.xlsx", "metrics.csv", "datapackage.json", "data-package.zip")


def offers(sheet: Sheet, origin: Provenance) -> Offers:
    """Offer the files that an indicator has."""
    found = [row for row in DOWNLOADS.values() if offered(row.file, sheet.indicator.files)]
    return offers_of(origin, [(row.file, row.says) for row in found])


def offered(file: str, tables: Container[str]) -> bool:
    """Say whether an indicator with these tables offers a file."""
    return file in _ALWAYS or file in tables


def files(board: Board, sheet: Sheet, origin: Provenance) -> Iterator[tuple[str, Content]]:
    """Give every file of DOWNLOADS that the indicator has, by its name."""
    rows = metric_rows((*sheet.metrics, *sheet.others))
    tables = {"metrics.csv": csv_text(tuple(columns.METRICS), rows), **sheet.indicator.files}
    yield from tables.items()
    described = datapackage.descriptor(sheet, origin)
    descriptor = datapackage.json_text(described) + "\n"
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
