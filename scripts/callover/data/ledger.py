"""A series.csv that takes figures in: rows stay where they are, new ones find their place.

What a source said stays: notes and markers are kept, and a figure that changes leaves a note of
what it was.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from callover.data.cells import period_of
from callover.data.shapes import series_fields
from callover.kinds import Kind
from callover.model import ALL, IN_PLACE_OF_VALUE
from callover.periods import Period

#: Columns of words that every kind takes; no marker goes with them unless they are the kind's own.
WORDS = ("text", "note")
#: What `callover new` writes beside a figure that is still to come.
PLACEHOLDER = "Put your first figure here and take the x away"
#: Markers that say something of the period, and so outlive a figure; p and e give way to r.
_LASTING = frozenset("bu")
_REVISED = "r"
_CONFIDENTIAL = "c"
_OWN_NOTE = re.compile(r"(?:Revised|Withdrawn): (?:\w+ )?was [\d.-]+\.|[\d.]+% in the sheet\.")


@dataclass(frozen=True)
class Figure:
    """What a cell says: a value in plain digits (or words) and a marker, either of them ''."""

    value: str = ""
    marker: str = ""

    def __str__(self) -> str:
        """As a data officer writes it: 12, 12 [p] or [x]."""
        marker = f"[{self.marker}]" if self.marker else ""
        return f"{self.value} {marker}".strip() or "no figure"


@dataclass(frozen=True)
class Given:
    """What a sheet says of a cell. A marker of None is not said; `note` is put beside the row."""

    value: str = ""
    marker: str | None = None
    note: str = ""


@dataclass(frozen=True)
class RowKey:
    """Which row a figure belongs to; the area is '' for the home area."""

    period: Period
    area: str = ""
    category: str = ALL


@dataclass(frozen=True)
class Change:
    """One cell that a sheet changes; `fresh` says that its row is new."""

    key: RowKey
    column: str
    before: Figure
    after: Figure
    fresh: bool

    @property
    def revised(self) -> bool:
        """Say whether a figure that stood there becomes another, or goes."""
        return bool(self.before.value) and self.before.value != self.after.value


@dataclass(eq=False)
class _Row:
    """A row of the file with its key; rows are known by identity."""

    key: RowKey
    cells: dict[str, str]


@dataclass
class Ledger:
    """A series.csv: `order` names all columns it may have, `figures` those of its kind."""

    order: Sequence[str]
    figures: Sequence[str]
    required: Sequence[str]
    home: str
    header: list[str] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)

    def read(self, text: str) -> None:
        """Take the rows of a file that has passed the checks."""
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        self.header = next(reader)
        for line in reader:
            cells = dict(zip(self.header, (cell.strip() for cell in line), strict=True))
            area = cells.get("area_code", "")
            key = RowKey(
                period_of(cells["period"]),
                "" if area == self.home else area,
                cells.get("category") or ALL,
            )
            self.rows.append(_Row(key, cells))

    @property
    def text(self) -> str:
        """The file as it is now."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows([row.cells.get(name, "") for name in self.header] for row in self.rows)
        return out.getvalue()

    @property
    def cells(self) -> Iterator[tuple[RowKey, str, Figure]]:
        """Give what each figure says, by its row and its column."""
        names = [name for name in self.figures if name in self.header]
        for row in self.rows:
            yield from ((row.key, name, self._figure(row, name)) for name in names)

    def line(self, key: RowKey) -> int:
        """Give a row's number in the file, the header being 1; 0 if there is none."""
        return next((n for n, row in enumerate(self.rows, start=2) if row.key == key), 0)

    def figure(self, key: RowKey, name: str) -> Figure:
        """Give what a cell says; no figure where there is no such row or column."""
        row = next((row for row in self.rows if row.key == key), None)
        return self._figure(row, name) if row and name in self.figures else Figure()

    def put(self, key: RowKey, given: Mapping[str, Given]) -> list[Change]:
        """Put what a sheet says into a row, or into a new one; give what that changes."""
        found = next((row for row in self.rows if row.key == key), None)
        row = found or _Row(key, self._new_cells(key))
        words = [name for name in WORDS if name not in self.figures]
        before = {name: self._figure(row, name) for name in (*self.figures, *words)}
        after = before | {name: _after(before[name], given[name]) for name in given}
        after |= {name: Figure(given[name].value) for name in words if name in given}
        after["note"] = Figure(_note(row.cells.get("note", ""), before, after, given))
        changed = [name for name in before if before[name] != after[name]]
        if not changed:
            return []
        for name in {*changed, *given}:
            self._set(row, name, after[name].value)
            if name in given and name in self.figures:
                self._column(name)  # a marker alone needs its column too
        marked = {name: after[name] for name in self.figures if name in self.header}
        if marked != {name: before[name] for name in marked}:
            self._mark(row, marked, given)
        if found is None:
            self.rows.insert(self._place(key), row)
        told = [name for name in changed if name != "note" or "note" in given]
        return [Change(key, name, before[name], after[name], found is None) for name in told]

    def _new_cells(self, key: RowKey) -> dict[str, str]:
        """Begin a row as the rows around it are, with the home area and `all` written or not."""
        same = [row.cells for row in self.rows if _about(row.key) == _about(key)]
        alike = same or [row.cells for row in self.rows if row.key.area == key.area]
        home = alike[-1].get("area_code", "") if alike and not key.area else ""
        total = same[-1].get("category", "") if same and key.category == ALL else ""
        cells = {
            "period": key.period.label,
            "area_code": key.area or home,
            "category": total if key.category == ALL else key.category,
        }
        for name in ("area_code", "category"):
            if cells[name]:
                self._column(name)
        return cells

    def _column(self, name: str) -> None:
        """Have a column, in its place among the others."""
        if name not in self.header:
            self.header.append(name)
            self.header.sort(key=self.order.index)

    def _set(self, row: _Row, name: str, value: str) -> None:
        if value:
            self._column(name)
        row.cells[name] = value

    def _figure(self, row: _Row, name: str) -> Figure:
        """Give what a cell says; a marker of the whole row is that of each of its cells."""
        cells = row.cells
        if name not in self.figures:
            return Figure(cells.get(name, ""))
        value = cells.get(name, "")
        marker = cells.get(f"{name}_marker", "") or cells.get("marker", "")
        return Figure(value, marker if value or marker in IN_PLACE_OF_VALUE else "")

    def _mark(self, row: _Row, figures: Mapping[str, Figure], given: Mapping[str, Given]) -> None:
        """Write markers: one for the row where all its cells agree, else one for each cell.

        Where a marker stood for a whole row and only some of its figures have come, the others
        keep it if the kind requires them, and are plainly empty if not.
        """
        kept = {*given, *self.required, *(n for n in figures if row.cells.get(f"{n}_marker"))}
        live = {
            name: figure
            for name, figure in figures.items()
            if figure.value or (figure.marker and name in kept)
        }
        markers = {figure.marker for figure in live.values()}
        whole = markers.pop() if len(markers) == 1 else ""
        if whole in IN_PLACE_OF_VALUE and not set(self.required) <= set(live):
            whole = ""  # a required figure that nobody gave is not marked by its neighbour
        self._set(row, "marker", whole)
        for name in figures:
            own = live[name].marker if name in live and not whole else ""
            self._set(row, f"{name}_marker", own)

    def _place(self, key: RowKey) -> int:
        """Find where a new row belongs: among rows of its kind of period, or of its series."""
        rows = [(n, row.key) for n, row in enumerate(self.rows)]
        own = [(n, other) for n, other in rows if _about(other) == _about(key)]
        among = own if self._by_category else rows
        alike = [(n, other) for n, other in among if other.period.kind == key.period.kind] or own
        before = [n for n, other in alike if other.period.end <= key.period.end]
        if before:
            return before[-1] + 1
        return alike[0][0] if alike else len(rows)

    @property
    def _by_category(self) -> bool:
        """Say whether the file has one series after the other, and not one period after the other.

        Kinds of period are looked at each for itself: years of history may stand above months.
        """
        last: dict[str, int] = {}
        for row in self.rows:
            period = row.key.period
            if period.end < last.get(period.kind, period.end):
                return True
            last[period.kind] = period.end
        return False


def opened(text: str, kind: Kind, home: str) -> Ledger:
    """Open a series.csv of a kind that has passed the checks, to take figures in."""
    book = Ledger(
        [field.name for field in series_fields(kind)],
        [column.name for column in kind.columns],
        [column.name for column in kind.columns if column.required],
        home,
    )
    book.read(text)
    return book


def _about(key: RowKey) -> tuple[str, str]:
    """Give what a row is about beside its period."""
    return key.area, key.category


def _after(before: Figure, given: Given) -> Figure:
    """Give a cell as it is once a sheet has spoken; digits that are worth the same stay."""
    if not given.value:
        return Figure("", given.marker or "")
    if _worth(before.value) == _worth(given.value):
        return Figure(before.value, before.marker if given.marker is None else given.marker)
    if given.marker is not None:
        return Figure(given.value, given.marker)
    if not before.value:
        return Figure(given.value)
    return Figure(given.value, before.marker if before.marker in _LASTING else _REVISED)


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text, re.A) is not None


def _worth(text: str) -> Decimal | str:
    return Decimal(text) if _is_number(text) else text


def _note(
    old: str,
    before: Mapping[str, Figure],
    after: Mapping[str, Figure],
    given: Mapping[str, Given],
) -> str:
    """Give a row's note: the source's own words, then ours of what figures were before."""
    figures = [name for name in given if name not in WORDS]
    words, ours = " ".join(_OWN_NOTE.sub("", old).split()), _OWN_NOTE.findall(old)
    if "note" in given:
        words = given["note"].value
    elif figures and words == PLACEHOLDER:
        words = ""
    several = sum(1 for figure in before.values() if _is_number(figure.value)) > 1
    for name in figures:
        was, now = before[name].value, after[name].value
        if _is_number(was) and was != now:
            named = f"{name} " if several else ""
            ours.append(f"{'Revised' if now else 'Withdrawn'}: {named}was {was}.")
        if given[name].note and given[name].note not in f"{words} {' '.join(ours)}":
            ours.append(given[name].note)
    if any(after[name].marker == _CONFIDENTIAL for name in figures):
        ours = []
    made = [*([words] if words else []), *ours]
    return old if sorted(made) == sorted(_parts(old)) else " ".join(made)


def _parts(note: str) -> list[str]:
    words = " ".join(_OWN_NOTE.sub("", note).split())
    return [*([words] if words else []), *_OWN_NOTE.findall(note)]
