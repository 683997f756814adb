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
from callover.data.ledger import Given, Ledger, RowKey, opened
from callover.data.make import Draft
from callover.data.published import written
from callover.data.tables import Table
from callover.errors import Fault
from callover.frozen import Frozen, Listed
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
    before, sound = len(gate.faults), _sound(gate, draft)
    rows = list(read(gate, table, draft.kind, home)) if table is not None else []
    series = draft.tables.get("series")
    if sound and not (table and table.bad):
        sheet = _Sheet(gate, draft, home, typed(draft, by_line, home))
        cells = {place: text for place, (text, _) in sheet.cells.items()}
        found = unexplained(frozen, rows, cells, today.isoformat())
        gate.faults += [sheet.fault(finding) for finding in found if not sheet.knows(finding.place)]
    if rows and series and len(gate.faults) == before and not series.bad:
        places = dict.fromkeys(row.place for row in rows)
        draft.tables["series"] = marked(series, draft.kind, home, places)
    return tuple(sorted(rows, key=lambda row: (row.day, row.line), reverse=True))


def _sound(gate: Gate, draft: Draft) -> bool:
    """Say whether every row can be read; if not, a figure that seems to be gone may be there.

    A revisions.csv that has only a header, which is a fault of row 1, has no row to read.
    """
    listed = dict(draft.descriptor.resources)
    for name, first, columns in (("series", 1, ("", "period")), ("revisions", 2, ("", *COLUMNS))):
        table = draft.tables.get(name)
        if table is None and name in listed:
            return False
        own = [f for f in gate.faults if table and f.file == table.file and f.row >= first]
        if any(fault.column in columns for fault in own):
            return False
    return True


def vintages(frozen: Iterable[Frozen], lists: Iterable[Listed]) -> list[Vintage]:
    """Give what releases published of a series, in the order of the releases' lists."""
    of = {one.release: one for one in frozen}
    return [
        Vintage(
            listed.title,
            of[listed.id].frozen,
            listed.data_to.end,
            {
                Place(cell.area_code, cell.category, cell.column, cell.period): text
                for cell in of[listed.id].cells
                if (text := said(cell.value, cell.marker))
            },
        )
        for listed in lists
        if listed.id in of
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
        key = row_key(place, home)
        figure = book.figure(key, place.column)
        if figure.value and figure.marker in ("", _PROVISIONAL):
            book.put(key, {place.column: Given(figure.value, _REVISED)})
    made = [{name: row.cells.get(name, "") for name in book.header} for row in book.rows]
    return replace(table, header=book.header, rows=made, text=book.text)


def row_key(place: Place, home: str) -> RowKey:
    """Give the row of series.csv that a cell is in."""
    return RowKey(place.period, "" if place.area == home else place.area, place.category)


def needed(
    book: Ledger, frozen: Iterable[Vintage], rows: Iterable[Revision], home: str, today: str
) -> list[Gap]:
    """Give the changes of a series.csv that no row explains yet."""
    cells = {
        Place(key.area or home, key.category, column, key.period): text
        for key, column, figure in book.cells
        if (text := said(figure.value, figure.marker))
    }
    return [gap for gap in unexplained(frozen, rows, cells, today) if isinstance(gap, Gap)]


def appended(text: str, rows: Sequence[Revision], home: str) -> str:
    """Give a revisions.csv with more rows, and with its header and all columns if they need it."""
    header = next(csv.reader(text.splitlines()), list(COLUMNS))
    there = list(csv.DictReader(io.StringIO(text, newline="")))
    wanted = {name for row in rows for name, cell in _cells(row, home).items() if cell}
    if not text or not wanted <= set(header):
        header = list(COLUMNS)
        lines = [_csv_line(header), *(_csv_line([row.get(n, "") for n in header]) for row in there)]
        text = "\n".join(lines)
    return "\n".join([text.rstrip("\r\n"), *(line_of(row, home, header) for row in rows), ""])


def line_of(row: Revision, home: str, header: Sequence[str] = COLUMNS) -> str:
    """Write a row of revisions.csv with some of its columns; the home area and `all` go without."""
    cells = _cells(row, home)
    return _csv_line([cells[name] for name in header])


def _csv_line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
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
}


#: The line that a fault gives has a reason, but only its author knows whether it is the true one.
_HOLDS = f"with its true reason ({', '.join(REASONS)})"


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

    def knows(self, place: Place) -> bool:
        """Say whether a fault has been told of a cell already."""
        series, line = self.draft.tables.get("series"), self.cells.get(place, ("", 0))[1]
        return series is not None and (line, place.column) in series.bad

    def _file(self, name: str) -> str:
        table = self.draft.tables.get(name)
        return table.file if table else self.gate.name(self.draft.folder / f"{name}.csv")

    def _gap(self, gap: Gap) -> Fault:
        """Tell of a change without its reason, with the exact line that would give one."""
        column, line = gap.place.column, self.cells.get(gap.place, ("", 0))[1]
        was, now, where = _shown(gap.was), _shown(gap.now), self._named(gap.place)
        if gap.back:
            return Fault(
                self._file("revisions"), gap.line, "to", gap.was, f"{now}, as series.csv says",
                self._add("Correct one of the two. Or if it was changed back, add", gap.row),
            )  # fmt: skip
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
        if all(name in header for name, cell in cells.items() if cell):
            return f"{begin} to revisions.csv {_HOLDS}: {line_of(row, self.home, header)}"
        whole = f"{begin} to revisions.csv, which begins with {','.join(COLUMNS)}, a row"
        return f"{whole} {_HOLDS}: {line_of(row, self.home)}"

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
