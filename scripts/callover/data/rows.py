"""Checks of series.csv that no schema can say: periods follow, values and markers agree, sums fit.

They need the kind and the calendar, not the rest of the package, so a fault in a descriptor hides
none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from callover import periods
from callover.data.cells import number
from callover.data.gate import Gate
from callover.data.tables import Row, Table
from callover.errors import Fault
from callover.kinds import Kind, Quantity
from callover.model import ALL, IN_PLACE_OF_VALUE, MARKERS, Cell, Key, Number, Series
from callover.periods import Period
from callover.series import Counts

_NATIVE = {"monthly": "month", "quarterly": "quarter", "weekly": "week", "yearly": "year"}
_IF_PRINTED = "If the source prints it so, put u in marker and say so in note."


@dataclass(frozen=True)
class Sheet:
    """A series.csv with what its rows mean: its periods by row number, its kind and its area."""

    table: Table
    kind: Kind
    home: str
    frequency: str
    unit: str
    periods: Mapping[int, Period]
    series: Series


#: No line of figures is longer: 5,000 weeks are a century.
MOST_OF_A_LINE = 5_000


def bounded(gate: Gate, table: Table) -> bool:
    """Say whether no area and category has more rows than anybody has periods; else a fault."""
    if len(table.rows) <= MOST_OF_A_LINE:
        return True
    found = Counter((row.get("area_code", ""), row.get("category", "")) for row in table.rows)
    (_, most), *_ = found.most_common(1)
    if most > MOST_OF_A_LINE:
        gate.fault(
            table.path, 0, "", f"{most} rows",
            f"at most {MOST_OF_A_LINE} rows for one area and category",
            "Keep one row a period, and split the rest over several indicators.",
        )  # fmt: skip
    return most <= MOST_OF_A_LINE


def check(sheet: Sheet, today: date) -> Iterator[Fault]:
    """Check each row for itself, then the rows against each other."""
    known = [c.name for c in sheet.kind.columns]
    columns = [name for name in known if name in sheet.table.header]
    if not columns:
        yield Fault(
            sheet.table.file, 1, known[0], "", f"one of the columns {', '.join(known)}",
            "Add a column with the figures.",
        )  # fmt: skip
    for line, row in sheet.table.numbered:
        yield from _markers(sheet, row, line, columns)
        yield from _at_most(sheet, row, line)
        yield from _parts(sheet, row, line)
        yield from _sampled(sheet, row, line)
        if line in sheet.periods:
            filled = any(row[column] for column in columns)
            yield from _period(sheet, line, sheet.periods[line], filled, today)
    yield from _shares(sheet, columns)
    yield from _between_rows(sheet)
    if "change_on_before" in sheet.kind.across:
        yield from _apart(sheet)
    if "sum_of_bands" in sheet.kind.across:
        yield from _bands(sheet)
    if sheet.kind.cumulative:
        yield from _sums(sheet)


def _markers(sheet: Sheet, row: Row, line: int, columns: Sequence[str]) -> Iterator[Fault]:
    """A value or, in its place, a marker: in every column that the kind requires, and in one."""
    file, whole = sheet.table.file, row.get("marker", "")
    empty = []
    for column in columns:
        own = row.get(f"{column}_marker", "")
        marker = own or whole
        if row[column] and marker in IN_PLACE_OF_VALUE:
            yield Fault(
                file, line, column, row[column], f"no value beside [{marker}] ({MARKERS[marker]})",
                "Delete the value if it must not be shown, or else the marker.",
            )  # fmt: skip
        elif not row[column] and own and own not in IN_PLACE_OF_VALUE:
            yield Fault(
                file, line, f"{column}_marker", own, "a value beside this marker",
                "Give the figure, or put c, x or z if there is none.",
            )  # fmt: skip
        elif not row[column] and not own:
            empty.append(column)
    if whole in IN_PLACE_OF_VALUE or whole not in ("", *MARKERS):
        return
    required = {c.name for c in sheet.kind.columns if c.required}
    missing = [c for c in empty if c in required]
    if columns and not missing and len(empty) == len(columns):
        missing = empty[:1]
    for column in missing:
        found = f"only {whole} in marker" if whole else ""
        yield Fault(
            file, line, column, found, "a value or a marker",
            f"Give the figure, or put x (not available), c (confidential) or z (not applicable) in "
            f"{'marker' if len(columns) == 1 else f'{column}_marker'}.",
        )  # fmt: skip


def _at_most(sheet: Sheet, row: Row, line: int) -> Iterator[Fault]:
    for part, whole in sheet.kind.at_most:
        first, second = _count(sheet, row, line, part), _count(sheet, row, line, whole)
        if first is not None and second is not None and first > second and not _doubtful(row):
            yield Fault(
                sheet.table.file, line, part, str(first),
                f"at most {second}, the number of {whole}", f"Correct it. {_IF_PRINTED}",
            )  # fmt: skip


def _parts(sheet: Sheet, row: Row, line: int) -> Iterator[Fault]:
    """Compare a column with the sum of its parts, where the row has them all."""
    for quantity in sheet.kind.quantities:
        if not quantity.parts or not row.get(quantity.column) or _doubtful(row):
            continue
        own = _own(sheet, row, line, quantity.column)
        total = _sum(sheet, row, line, quantity.parts)
        if own is not None and total is not None and own != total:
            yield Fault(
                sheet.table.file, line, quantity.column, str(own),
                f"{total}, the sum of {', '.join(quantity.parts)}",
                f"Correct one of them. {_IF_PRINTED}",
            )  # fmt: skip


def _sampled(sheet: Sheet, row: Row, line: int) -> Iterator[Fault]:
    """Compare a sample's share with its count and with the interval that the source prints."""
    for quantity in (q for q in sheet.kind.quantities if q.interval):
        half = quantity.interval[0]
        width = _number(sheet, row, line, half)
        if width is not None and not 0 <= width <= 100:
            yield Fault(
                sheet.table.file, line, half, row[half], "percentage points from 0 to 100",
                "Write 3.73 for ±3.73%.",
            )  # fmt: skip
        if not _doubtful(row):
            yield from _around(sheet, row, line, quantity)
            yield from _counted(sheet, row, line, quantity)


def _around(sheet: Sheet, row: Row, line: int, quantity: Quantity) -> Iterator[Fault]:
    """A printed interval has its percentage between its limits."""
    share = _number(sheet, row, line, quantity.given)
    for name, sign, least in zip(quantity.interval[1:], (1, -1), ("most", "least"), strict=True):
        limit = _number(sheet, row, line, name)
        if share is None or limit is None:
            continue
        if sign * (limit - share) > _exactly(row[quantity.given]):
            yield Fault(
                sheet.table.file, line, name, row[name],
                f"at {least} {row[quantity.given]}, the percentage",
                f"Correct one of them. {_IF_PRINTED}",
            )  # fmt: skip


def _counted(sheet: Sheet, row: Row, line: int, quantity: Quantity) -> Iterator[Fault]:
    """A percentage is the one that its count and its base give."""
    share = _number(sheet, row, line, quantity.given)
    part, whole = (
        _number(sheet, row, line, name) for name in (quantity.numerator, quantity.denominator)
    )
    if share is None or part is None or not whole or part > whole:
        return
    worked_out = Fraction(100 * part) / whole
    if abs(worked_out - share) > _exactly(row[quantity.given]):
        yield Fault(
            sheet.table.file, line, quantity.given, row[quantity.given],
            f"{float(worked_out):.1f}, as {part} of {whole} are",
            "Correct one of them. If the source weights its answers, put u in marker and say so "
            "in note.",
        )  # fmt: skip


def _exactly(cell: str) -> Fraction:
    """Give how far a rounded figure may be from what it was rounded from."""
    return Fraction(1, 2 * 10 ** len(cell.partition(".")[2]))


def _number(sheet: Sheet, row: Row, line: int, column: str) -> Number | None:
    return None if (line, column) in sheet.table.bad else number(row.get(column, ""))


def _own(sheet: Sheet, row: Row, line: int, column: str) -> int | None:
    cell = row.get(column, "")
    return int(cell) if cell and (line, column) not in sheet.table.bad else None


def _count(sheet: Sheet, row: Row, line: int, column: str) -> int | None:
    """Give a column's count, or the sum of its parts where only they are there."""
    own = _own(sheet, row, line, column)
    quantity = sheet.kind.quantity(column)
    if own is not None or quantity is None or not quantity.parts:
        return own
    return _sum(sheet, row, line, quantity.parts)


def _sum(sheet: Sheet, row: Row, line: int, columns: Sequence[str]) -> int | None:
    """Add some columns of a row; None unless it has them all."""
    found = [_own(sheet, row, line, column) for column in columns]
    filled = [count for count in found if count is not None]
    return sum(filled) if len(filled) == len(found) else None


def _doubtful(row: Row) -> bool:
    return row.get("marker") == "u"


def _shares(sheet: Sheet, columns: Sequence[str]) -> Iterator[Fault]:
    """Refuse 0.45 where 45 is meant; a percentage below 1 is repeated in the note."""
    given = {c.name for c in sheet.kind.columns if c.type == "percent"}
    if sheet.unit == "percent":
        given.add("value")
    for column in sorted(given.intersection(columns)):
        for line, row in sheet.table.numbered:
            cell = row[column]
            if not cell or (line, column) in sheet.table.bad:
                continue
            if 0 < float(cell) < 1 and f"{cell}%" not in row.get("note", ""):
                yield Fault(
                    sheet.table.file, line, column, cell, "a percentage, such as 45 for 45%",
                    f"Write it times 100. If it is below 1%, write {cell}% in note to confirm it.",
                )  # fmt: skip
            elif not 0 <= float(cell) <= 100:
                yield Fault(
                    sheet.table.file, line, column, cell, "a percentage from 0 to 100",
                    "Correct it, or the unit in datapackage.json.",
                )  # fmt: skip


def _period(sheet: Sheet, line: int, period: Period, filled: bool, today: date) -> Iterator[Fault]:
    kind = sheet.kind
    if period.kind not in kind.series_periods:
        yield Fault(
            sheet.table.file, line, "period", period.label,
            f"a {' or '.join(kind.series_periods)}", _in_place_of(period, kind),
        )  # fmt: skip
    elif kind.twelve_month_rows and not periods.is_12_months(period.start, period.end):
        yield Fault(
            sheet.table.file, line, "period", period.label, "a period of 12 months",
            "Write the months it covers, such as 2015-05/2016-04.",
        )  # fmt: skip
    if filled and period.end > today.toordinal():
        yield Fault(
            sheet.table.file, line, "period", period.label, f"a period that ended by {today}",
            "Correct the period, or wait until it is over.",
        )  # fmt: skip


def _in_place_of(period: Period, kind: Kind) -> str:
    """Say what to do about a period that the kind does not have."""
    if period.kind == "day" and "month" in kind.series_periods:
        month = period.label[:7]
        return f"Write {month}, if the month is meant. The kind {kind.name} has no days."
    return f"The kind {kind.name} has no other."


def _between_rows(sheet: Sheet) -> Iterator[Fault]:
    """No period twice, and none of the native ones missing without a marker."""
    lines: dict[tuple[str, str], dict[Period, int]] = {}
    for line, row in sheet.table.numbered:
        period = sheet.periods.get(line)
        if period is None:
            continue
        key = row.get("area_code") or sheet.home, row.get("category") or ALL
        seen = lines.setdefault(key, {})
        if period in seen:
            yield Fault(
                sheet.table.file, line, "period", row["period"], "each period once",
                f"Row {seen[period]} has the same days. Delete one of the two.",
            )  # fmt: skip
        seen.setdefault(period, line)
    if len(sheet.periods) < len(sheet.table.rows):
        return  # a period that cannot be read is no gap
    native = _NATIVE.get(sheet.frequency, "")
    for seen in lines.values():
        yield from _gaps(sheet.table, seen, native)


def _apart(sheet: Sheet) -> Iterator[Fault]:
    """The time after begins when the time before has ended, or nothing can be compared."""
    found: dict[tuple[str, str], list[tuple[Period, int]]] = {}
    for line, row in sheet.table.numbered:
        if line in sheet.periods:
            key = row.get("area_code") or sheet.home, row.get("category") or ALL
            found.setdefault(key, []).append((sheet.periods[line], line))
    for rows in found.values():
        (first, at), *later = sorted(rows)
        for period, line in later:
            if period.start <= first.end and period != first:
                yield Fault(
                    sheet.table.file, line, "period", period.label,
                    f"days after {first.last}, when the time before ends (row {at})",
                    "Correct one of the two periods: they share days.",
                )  # fmt: skip


def _gaps(table: Table, seen: Mapping[Period, int], native: str) -> Iterator[Fault]:
    own = sorted(p for p in seen if p.kind == native)
    everything = Counts({p: Cell(0) for p in seen})
    for before, after in pairwise(own):
        wanted = periods.following(before)
        if wanted.start < after.start and everything.tiles(wanted.start, after.start - 1) is None:
            missing = periods.of_window(wanted.start, after.start - 1)
            yield Fault(
                table.file, seen[after], "period", after.label,
                f"{wanted.label} after {before.label}",
                f"{_another_year(wanted, after)}"
                f"Add the row for {missing.label}, with x in marker if there is no figure.",
            )  # fmt: skip


def _another_year(wanted: Period, found: Period) -> str:
    """Ask whether a period is the one that is wanted but for its year."""
    if wanted.kind == "month" and wanted.first.month == found.first.month:
        return f"Is it {wanted.label}? If not: "
    return ""


def _bands(sheet: Sheet) -> Iterator[Fault]:
    """No band is larger than the printed total that it is part of."""
    column = sheet.kind.quantities[0].column
    for key, cells in sheet.series.items():
        whole = sheet.series.get(Key(key.area, ALL, column), {})
        if key.column != column or key.category == ALL:
            continue
        for period, cell in cells.items():
            above = whole.get(period)
            if above is None or above.value is None or cell.value is None:
                continue
            if cell.value > above.value and "u" not in (cell.marker, above.marker):
                yield Fault(
                    sheet.table.file, cell.line, column, str(cell.value),
                    f"at most {above.value}, the row for all (row {above.line})",
                    f"Correct one of them. {_IF_PRINTED}",
                )  # fmt: skip


def _sums(sheet: Sheet) -> Iterator[Fault]:
    """Compare each coarse row with the finer rows that tile it; rows marked u are not compared."""
    given = {c.name for c in sheet.kind.columns if c.type == "percent"}
    for key, cells in sheet.series.items():
        if key.column in given:
            continue
        counts = Counts(cells)
        for period, cell in cells.items():
            if cell.value is None or cell.marker == "u" or period.kind in ("month", "day", "week"):
                continue
            tiles = counts.tiles(period.start, period.end) or []
            # finest first: if nothing finer tiles it, the row is its own tile
            if len(tiles) < 2 or any(tile.marker == "u" for tile in tiles):
                continue
            total = sum(tile.value or 0 for tile in tiles)
            if total != cell.value:
                rows = f"rows {min(t.line for t in tiles)} to {max(t.line for t in tiles)}"
                yield Fault(
                    sheet.table.file, cell.line, key.column, str(cell.value),
                    f"{total}, the sum of the rows within {period.label} ({rows})",
                    "Correct one of them. If the source prints both, put u in marker.",
                )  # fmt: skip
