"""revisions.csv of an indicator: its rows, what is wrong with them, and the markers that follow.

`callover.revisions` compares what the releases published with what series.csv says now. Here its
findings become faults, each with the line to add or the cell to correct.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from callover.data.cells import Cells
from callover.data.gate import Gate
from callover.data.ledger import Given, RowKey, opened
from callover.data.make import Draft
from callover.data.published import written
from callover.data.tables import Table
from callover.errors import Fault
from callover.frozen import Frozen
from callover.kinds import Kind
from callover.model import ALL, IN_PLACE_OF_VALUE
from callover.periods import Period
from callover.revisions import (
    CORRECTION,
    REASONS,
    Finding,
    Gap,
    Place,
    Revision,
    Stray,
    Vintage,
    unexplained,
)

COLUMNS = ("date", "period", "area_code", "category", "column", "from", "to", "reason", "note")
_REVISED, _PROVISIONAL = "r", "p"


def apply(
    gate: Gate,
    draft: Draft,
    by_line: Mapping[int, Period],
    home: str,
    frozen: Sequence[Vintage],
    today: date,
) -> tuple[Revision, ...]:
    """Give the revisions of an indicator, the newest first, and mark their cells in its series.

    Every change without its reason, and every row that explains none, becomes a fault; then
    nothing is marked, as nothing is published.
    """
    table = draft.tables.get("revisions")
    if table is None and not frozen:
        return ()
    before = len(gate.faults)
    rows = list(read(gate, table, draft.kind, home)) if table is not None else []
    sheet = _Sheet(gate, draft, home, typed(draft, by_line, home))
    if table is None or not table.bad:
        cells = {place: text for place, (text, _) in sheet.cells.items()}
        found = unexplained(frozen, rows, cells, today.isoformat())
        gate.faults += [sheet.fault(finding) for finding in found]
    if rows and len(gate.faults) == before and not draft.tables["series"].bad:
        places = dict.fromkeys(row.place for row in rows)
        draft.tables["series"] = marked(draft.tables["series"], draft.kind, home, places)
    return tuple(sorted(rows, key=lambda row: (row.day, row.line), reverse=True))


def vintages(frozen: Iterable[Frozen], titles: Mapping[str, str]) -> list[Vintage]:
    """Give what releases published of a series; `titles` has the title of each by its id."""
    return [
        Vintage(
            titles.get(one.release, one.release),
            one.frozen,
            one.data_to.end,
            {
                Place(cell.area_code, cell.category, cell.column, cell.period): text
                for cell in one.cells
                if (text := said(cell.value, cell.marker))
            },
        )
        for one in frozen
    ]


def read(gate: Gate, table: Table, kind: Kind, home: str) -> Iterator[Revision]:
    """Read the rows of revisions.csv that are sound; a correction says what was wrong."""
    cells = Cells(gate, "day" in kind.series_periods)
    for line, row in table.numbered:
        period = cells.period(table, line, "period", row)
        if period is None or any((line, name) in table.bad for name in COLUMNS):
            continue
        note = row.get("note", "")
        if row["reason"] == CORRECTION and not written(note):
            gate.fault(
                table.path, line, "note", note, "what was wrong, as the reason is correction",
                "Say in a sentence what was wrong with the figure.",
            )  # fmt: skip
        area, category = row.get("area_code") or home, row.get("category") or ALL
        place = Place(area, category, row["column"], period)
        was, now = row.get("from", ""), row.get("to", "")
        yield Revision(row["date"], place, was, now, row["reason"], written(note), line)


def said(value: str, marker: str) -> str:
    """Give what a cell says as one text: its value, or else the marker in its place, as [x]."""
    return value or (f"[{marker}]" if marker in IN_PLACE_OF_VALUE else "")


def typed(
    draft: Draft, by_line: Mapping[int, Period], home: str
) -> Mapping[Place, tuple[str, int]]:
    """Give what each cell of series.csv says, as it is typed, and in which row it stands."""
    table = draft.tables.get("series")
    found: dict[Place, tuple[str, int]] = {}
    if table is None:
        return found
    columns = [c.name for c in draft.kind.columns if c.name in table.header]
    for line, row in table.numbered:
        if line in by_line:
            area, category = row.get("area_code") or home, row.get("category") or ALL
            for column in columns:
                marker = row.get(f"{column}_marker") or row.get("marker", "")
                text = said(row[column], marker)
                if text:
                    found[Place(area, category, column, by_line[line])] = text, line
    return found


def marked(table: Table, kind: Kind, home: str, places: Iterable[Place]) -> Table:
    """Give a series.csv with r beside the figures of some cells, where they have no other marker.

    It takes the place of p: what is revised is still said to be so once it is final.
    """
    book = opened(table.text, kind, home)
    for place in places:
        key = RowKey(place.period, "" if place.area == home else place.area, place.category)
        figure = book.figure(key, place.column)
        if figure.value and figure.marker in ("", _PROVISIONAL):
            book.put(key, {place.column: Given(figure.value, _REVISED)})
    made = [{name: row.cells.get(name, "") for name in book.header} for row in book.rows]
    return replace(table, header=book.header, rows=made, text=book.text)


def line_of(row: Revision, home: str, header: Sequence[str] = COLUMNS) -> str:
    """Write a row of revisions.csv with some of its columns; the home area and `all` go without."""
    cells = _cells(row, home)
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([cells[name] for name in header])
    return out.getvalue()


def _cells(row: Revision, home: str) -> Mapping[str, str]:
    place = row.place
    return {
        "date": row.day,
        "period": place.period.label,
        "area_code": "" if place.area == home else place.area,
        "category": "" if place.category == ALL else place.category,
        "column": place.column,
        "from": row.was,
        "to": row.now,
        "reason": row.reason,
        "note": row.note,
    }


#: What is wrong with a row that is not sound: its column, what was expected, and what to do.
_STRAYS: Mapping[str, tuple[str, str, str]] = {
    "early": (
        "date",
        "{expected} or later, as the release {title} was frozen then",
        "Correct the date. If the figure changed before that, delete the row: it needs none.",
    ),
    "ahead": ("date", "{expected} or earlier", "Write the day on which the figure was changed."),
    "unpublished": (
        "period",
        "the period, area, category and column of a figure that a release has frozen",
        "Correct them, or delete the row: a figure that no release has frozen needs none.",
    ),
    "unfollowed": ("from", "{expected}, {by}", "Write that in from, or delete the row."),
    "idle": (
        "to",
        "another figure than the one in from",
        "Correct one of the two, or delete the row: it explains nothing.",
    ),
    "undone": (
        "to",
        "{expected}, as series.csv says",
        "Correct one of the two, or delete the row: it explains nothing.",
    ),
}


@dataclass(frozen=True)
class _Sheet:
    """A series.csv with its revisions.csv, if it has one; tells the faults of both."""

    gate: Gate
    draft: Draft
    home: str
    cells: Mapping[Place, tuple[str, int]]

    def fault(self, found: Finding) -> Fault:
        """Make a fault of a finding."""
        return self._gap(found) if isinstance(found, Gap) else self._stray(found)

    def _file(self, name: str) -> str:
        table = self.draft.tables.get(name)
        return table.file if table else self.gate.name(self.draft.folder / f"{name}.csv")

    def _gap(self, gap: Gap) -> Fault:
        """Tell of a change without its reason, with the exact line that would give one."""
        column, line = gap.place.column, self.cells.get(gap.place, ("", 0))[1]
        was, now, where = _shown(gap.was), _shown(gap.now), self._named(gap.place)
        if gap.until:
            return Fault(
                self._file("revisions"), 0, column, "",
                f"a row from {was} to {now} for {where}, as the release {gap.until} has {now}",
                self._add("Add", gap.row),
            )  # fmt: skip
        return Fault(
            self._file("series"), line, column, gap.now, f"{was} for {where}, {_by(gap)}",
            self._add("Put that back. Or if the change is right, add", gap.row),
        )  # fmt: skip

    def _add(self, begin: str, row: Revision) -> str:
        """Say which line to add; also the header, where there is no file or a column is missing."""
        table, cells = self.draft.tables.get("revisions"), _cells(row, self.home)
        header = table.header if table else ()
        holds = f"(or another of {', '.join(REASONS)})"
        if all(name in header for name, cell in cells.items() if cell):
            return f"{begin} to revisions.csv {holds}: {line_of(row, self.home, header)}"
        return (
            f"{begin} to revisions.csv, below the header {','.join(COLUMNS)} {holds}: "
            f"{line_of(row, self.home)}"
        )

    def _named(self, place: Place) -> str:
        """Name a cell as far as its row and column do not: its period, category and area."""
        parts = _cells(Revision("", place, "", "", ""), self.home)
        return " ".join(parts[name] for name in ("period", "category", "area_code") if parts[name])

    def _stray(self, found: Stray) -> Fault:
        column, expected, remedy = _STRAYS[found.why]
        said = expected.format(expected=_shown(found.expected), title=found.title, by=_by(found))
        value = _cells(found.row, self.home)[column]
        return Fault(self._file("revisions"), found.row.line, column, value, said, remedy)


def _shown(text: str) -> str:
    return " ".join(text.split()) or "no figure"


def _by(found: Finding) -> str:
    """Say who says what was expected: a release, or a row of revisions.csv."""
    if found.title:
        return f"as the release {found.title} published it"
    return f"as row {found.line} of revisions.csv leaves it"
