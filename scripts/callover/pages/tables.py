"""Tables of a page: the months as partnerships print them, years, targets and comparators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from callover import words
from callover.breaks import MARKER as BREAK
from callover.compute import Board, Sheet
from callover.kinds import Quantity, metric_name
from callover.measures import MEASURES
from callover.model import ALL, Metric, Reference, TargetRow
from callover.parts import PartSum, parts_of
from callover.periods import Period
from callover.sketch import in_full
from callover.targets import target_type


class Cell(NamedTuple):
    """One cell: its text, the marker beside it, whether it is a figure and of the newest period.

    `lies` gives it a shape: higher, similar or lower.
    """

    text: str
    marker: str = ""
    current: bool = False
    number: bool = True
    lies: str = ""


@dataclass(frozen=True)
class TableRow:
    """A row: its heading and cells."""

    label: str
    cells: Sequence[Cell]
    base: bool = False

    @property
    def says_something(self) -> bool:
        """Say whether the row has a figure, or tells of a change in recording why it has none.

        Other markers alone count only in a row of base data.
        """
        alone = self.cells if self.base else [c for c in self.cells if c.marker == BREAK]
        return any(cell.text for cell in self.cells) or any(cell.marker for cell in alone)


@dataclass(frozen=True)
class Table:
    """A table as the template prints it; `current` is the newest column's place, -1 for none."""

    caption: str
    corner: str
    columns: Sequence[str]
    rows: Sequence[TableRow]
    current: int = -1
    numbers: bool = True

    @property
    def markers(self) -> Sequence[str]:
        """The markers in use, each explained once above the table."""
        used = {cell.marker for row in self.rows for cell in row.cells if cell.marker}
        return [words.marker(letter) for letter in sorted(used)]


def cell(metric: Metric | None, sheet: Sheet, current: bool = False) -> Cell:
    """Write a metric as a cell; one that is not there yet is empty."""
    if metric is None:
        return Cell("", current=current)
    if metric.value is None:
        return Cell(metric.text, metric.marker, current, not metric.text)
    return Cell(_figure(metric, sheet), metric.marker, current)


def _own(sheet: Sheet, measure: str, period: Period, category: str, current: bool = False) -> Cell:
    """Write a figure as a cell; the source's own that is the first after a change says so."""
    made = cell(sheet.metric(measure, period, category), sheet, current)
    plain = any(measure == quantity.name for quantity in sheet.kind.quantities)
    if not plain or not made.text or made.marker:
        return made
    changes = (change.period.start for change in sheet.indicator.breaks)
    begun = any(period.start <= day <= period.end for day in changes)
    return made._replace(marker=BREAK) if begun else made


#: Measures in per cent, by how their names end.
_CHANGES = (
    *("change", "change_on_last_year", "change_on_period_last_year"),
    "change_on_period_before",
)


def _figure(metric: Metric, sheet: Sheet) -> str:
    assert metric.value is not None
    name = metric.measure
    if name.startswith("rate") and sheet.indicator.rate is not None:
        return words.number(metric.value, sheet.indicator.rate.decimals)
    if metric.unit == "percentage points":
        return words.signed(metric.value, 1)
    if name.endswith(_CHANGES):
        return f"{words.signed(metric.value)}%"
    if name.endswith("_count") or name.endswith("difference_from_target"):
        return words.signed(metric.value, 1).removesuffix(".0")
    return words.figure(metric.value, metric.unit)


def months(sheet: Sheet, reference: Reference) -> Table | None:
    """The newest financial year, a row for each measure that has a figure.

    Its columns are April to March, four quarters, or the weeks so far.
    """
    closing = sheet.closing
    if closing is None or closing.kind not in ("month", "quarter", "week"):
        return None
    at = _columns(sheet, sheet.reported)
    found = _rows(sheet, reference, at, closing)
    rows = [row for row in found if row.says_something]
    return Table(
        f"{sheet.indicator.title}, {words.first_to_last(at[0], at[-1])}",
        "Week ending" if closing.kind == "week" else "Measure",
        [words.period_short(p) for p in at],
        rows,
        at.index(closing) if closing in at else -1,
        numbers=sheet.leading.form != "words",
    )


def _columns(sheet: Sheet, at: Sequence[Period]) -> Sequence[Period]:
    """Leave out the months of a 12-month total that is not made every month."""
    if not sheet.kind.twelve_month_rows or sheet.indicator.frequency == "monthly":
        return at
    return [p for p in at if p in {m.period for m in sheet.metrics}]


def _rows(
    sheet: Sheet, reference: Reference, at: Sequence[Period], closing: Period
) -> Iterator[TableRow]:
    for category in sheet.lines:
        for quantity in sheet.kind.quantities:
            for name in quantity.measures:
                label = row_label(sheet, quantity, name, category, closing)
                if label:
                    measure = metric_name(quantity.name, name)
                    yield TableRow(
                        label,
                        [_own(sheet, measure, p, category, p == closing) for p in at],
                        name == quantity.measures[0],
                    )
    for group in sheet.indicator.groups:
        yield TableRow(
            f"Rank: {reference.groups[group].title}",
            [_rank(sheet, group, p, p == closing) for p in at],
        )


#: More periods than a year of months make a table of areas too wide to read.
_MOST_PERIODS = 13


def areas(sheet: Sheet, reference: Reference) -> list[Table]:
    """The areas that have rows beside the page's own, areas down and periods across.

    With one period only, the columns are what there is of it. Each further category or quantity
    has a table of its own.
    """
    found = sorted({m.period for m in sheet.others}, key=lambda p: (p.end, -p.start))
    at = found[-_MOST_PERIODS:]
    if not at:
        return []
    title = f"{sheet.indicator.title}: other areas"
    lines = [
        (quantity, category)
        for category in dict.fromkeys(m.category for m in sheet.others)
        for quantity in sheet.kind.quantities
        if any((m.measure, m.category) == (quantity.name, category) for m in sheet.others)
    ]
    named = [(_of_area(sheet, q, c), q.name, c) for q, c in lines]
    if len(at) == 1:
        columns = [(label, measure, at[0], category) for label, measure, category in named]
        return [_areas(sheet, reference, f"{title}, {words.period_long(at[0])}", columns)]
    return [
        _areas(
            sheet,
            reference,
            f"{title}. {label}",
            [(words.period_short(p), measure, p, category) for p in at],
        )
        for label, measure, category in named
    ]


def _of_area(sheet: Sheet, quantity: Quantity, category: str) -> str:
    """Name a figure of an area: the category where there are several, then the quantity."""
    unit = sheet.indicator.unit
    title = quantity.title if quantity.name != "value" else unit[:1].upper() + unit[1:]
    if category == ALL and len({m.category for m in sheet.others}) == 1:
        return title
    named = sheet.indicator.categories.get(category, "All" if category == ALL else category)
    return f"{named}: {title[:1].lower()}{title[1:]}"


def _areas(
    sheet: Sheet,
    reference: Reference,
    caption: str,
    columns: Sequence[tuple[str, str, Period, str]],
) -> Table:
    own = sheet.indicator.area
    codes = dict.fromkeys(key.area for key in sheet.indicator.series)
    rows = [
        TableRow(
            f"{reference.areas[code]}{' (this area)' if code == own else ''}",
            [
                cell(sheet.metric_of(code, measure, period, category), sheet, code == own)
                for _, measure, period, category in columns
            ],
            base=True,
        )
        for code in codes
    ]
    rows = [row for row in rows if row.says_something]
    return Table(caption, "Area", [label for label, *_ in columns], rows)


#: Differences in numbers stand in the sentences; a table with them would be twice as long.
_NOT_IN_TABLE = (
    "change_on_last_year_count",
    "change_on_period_last_year_count",
    "change_on_period_before_count",
    "rolling_12_months_change_count",
    "rate_year_to_date",  # beside the 12-month rate somebody would compare the two
)
#: Weeks are read one by one; a month's own last year stands in the first chart.
_ONLY_BY_WEEK = ("period_last_year", "change_on_period_last_year")
#: What a week is set against is in the text: the same dates or the same week of last year.
_BY_WEEK = {
    "period_last_year": "Last year",
    "change_on_period_last_year": "Change on last year",
    "year_to_date_last_year": "Year to date, last year",
    "change_on_last_year": "Year to date, change",
}


def row_label(
    sheet: Sheet, quantity: Quantity, measure: str, category: str, closing: Period | None = None
) -> str:
    """Name a row: the quantity or category where there are several, then the measure."""
    by_week = closing is not None and closing.kind == "week"
    if measure in _NOT_IN_TABLE or (measure in _ONLY_BY_WEEK and not by_week):
        return ""
    row = MEASURES[measure]
    title = _BY_WEEK.get(measure, row.title) if by_week else row.title
    if measure == "change_on_period_before" and closing is not None and closing.kind == "quarter":
        title = "Change on the quarter before"
    if measure == "value":
        title = "Figure" if quantity.name == "value" else quantity.title
    elif quantity.name != "value":
        title = f"{quantity.title}: {title[:1].lower()}{title[1:]}"
    if row.unit == "rate" and sheet.indicator.rate is not None:
        title = f"Rate {sheet.indicator.rate.label}, last 12 months"
    elif measure == "value" and quantity.name == "value":
        title = sheet.indicator.unit[:1].upper() + sheet.indicator.unit[1:]
    if len(sheet.lines) > 1:
        named = sheet.indicator.categories.get(category, "All" if category == ALL else category)
        return f"{named}: {title[:1].lower()}{title[1:]}"
    return title


def _rank(sheet: Sheet, group: str, period: Period, current: bool) -> Cell:
    found = sheet.rank(group, period)
    text = f"{words.number(found[0])} of {words.number(found[1])}" if found else ""
    return Cell(text, current=current)


def years(sheet: Sheet, reference: Reference) -> Table | None:
    """Whole years and other periods that are not months, the newest first."""
    shown = []
    found = {m.period for m in sheet.metrics if m.period.kind in ("year", "span", "day")}
    if not sheet.kind.cumulative:
        found |= {m.period for m in sheet.metrics if m.measure == sheet.kind.quantities[0].name}
    columns: list[tuple[str, str, str]] = []
    for category in sheet.lines:
        for quantity in sheet.kind.quantities:
            for name in ("value", "lower", "upper", "change_on_last_year", "rate"):
                if name in quantity.measures:
                    label = row_label(sheet, quantity, name, category)
                    columns.append((label, metric_name(quantity.name, name), category))
    at = sorted((p for p in found if _whole(sheet, p)), key=lambda p: (-p.end, p.start))
    if not at:
        return None
    kept = [c for c in columns if any(_known(sheet, c, p) for p in at)]
    ranked = [g for g in sheet.indicator.groups if any(_rank(sheet, g, p, False).text for p in at)]
    named = dict(zip(at[::-1], in_full(at[::-1]), strict=True))
    for period in at:
        cells = [_own(sheet, m, period, c) for _, m, c in kept]
        cells += [_rank(sheet, group, period, False) for group in ranked]
        if any(c.text or c.marker for c in cells):
            shown.append(TableRow(named[period], cells))
    if not shown:
        return None
    headings = [label for label, _, _ in kept]
    headings += [f"Rank: {reference.groups[group].title}" for group in ranked]
    return Table(f"{sheet.indicator.title}: year by year", "Period", headings, shown)


def _whole(sheet: Sheet, period: Period) -> bool:
    """Leave out the spans that only serve to work out other totals."""
    if not sheet.kind.cumulative or period.kind == "year":
        return True
    return sheet.quantity.is_share and sheet.kind.quantities[0].is_share


def _known(sheet: Sheet, column: tuple[str, str, str], period: Period) -> bool:
    metric = sheet.metric(column[1], period, column[2])
    return metric is not None and (metric.value is not None or bool(metric.marker or metric.text))


#: So many periods of a sum fit a page; what is said of it is about all of them.
_SUMS_SHOWN = 12


def parts(board: Board, sheet: Sheet, sums: Sequence[PartSum]) -> Table | None:
    """The newest sums of an indicator's parts, set against its own figure."""
    if not sums:
        return None
    titles = [part.indicator.title for part in parts_of(board, sheet)]
    columns = [*titles, "Sum of the parts", sheet.indicator.title, "Difference"]
    rows = [
        TableRow(
            words.window(found.start, found.end),
            [
                *(Cell(words.figure(value)) for value in (*found.parts, found.sum, found.total)),
                Cell(words.signed(found.difference)),
            ],
        )
        for found in sums[:_SUMS_SHOWN]
    ]
    return Table(f"{sheet.indicator.title}: do the parts add up?", "Period", columns, rows)


def targets(sheet: Sheet) -> Table | None:
    """The targets as rows: for when, what kind, how much, and as the document words it."""
    rows = [_target(sheet, row) for row in sheet.indicator.targets if row.type != "none"]
    if not rows:
        return None
    columns = ("What is meant", "Target", "Status", "As published")
    return Table(f"{sheet.indicator.title}: targets", "Period", columns, rows, numbers=False)


def _target(sheet: Sheet, row: TargetRow) -> TableRow:
    quantity = sheet.kind.quantity(row.measure)
    unit = (quantity.unit if quantity else "") or sheet.indicator.unit
    what = target_type(row.type).title
    title = quantity.title if quantity and quantity.name != "value" else sheet.indicator.unit
    named = sheet.indicator.categories.get(row.category, "")
    about = ", ".join(part for part in (title, named if row.category != ALL else "") if part)
    when = words.period_long(row.period) if row.period else "not stated"
    texts = (
        f"{about}: {what[:1].lower()}{what[1:]}",
        limit(row, unit),
        row.status or "not stated",
    )
    return TableRow(when, [Cell(t, number=False) for t in (*texts, row.as_published)])


def limit(row: TargetRow, unit: str) -> str:
    """Write what a target asks for: its change on a baseline, or its limits."""
    if row.type == "change":
        base = words.period_long(row.baseline_period) if row.baseline_period else "last year"
        if row.change_percent is None:
            return f"better than {base}"
        return f"{words.signed(row.change_percent, 1).removesuffix('.0')}% on {base}"
    sides = [words.figure(side, unit, 2) for side in (row.lower, row.upper) if side is not None]
    return " to ".join(sides) if sides else "in words"


def denominators(sheet: Sheet) -> Table | None:
    """What the rates divide by: from when to when, how many, and who says so."""
    rows = [
        TableRow(
            words.valid(below.start, below.end),
            [
                Cell(f"{words.number(below.value)} {below.unit}", number=False),
                Cell(below.source, number=False),
            ],
        )
        for below in sorted(sheet.denominators, key=lambda d: -d.start)
    ]
    if not rows:
        return None
    return Table("What the rates divide by", "Valid", ("Number", "Source"), rows, numbers=False)
