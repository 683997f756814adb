"""What a sheet of figures says: which series each row is, which period each column, what each cell.

A row an indicator, a column a period. Where the sheet could be read in two ways it is refused, with
the cell and, where there is one, the exact correction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches

from callover.data import entered
from callover.data.cells import guess, period_of, repaired
from callover.data.entered import Line
from callover.data.headers import plain_header
from callover.data.ledger import WORDS, Given, RowKey
from callover.data.shapes import Field, series_fields
from callover.data.sheets import Entry, Grid, reference
from callover.kinds import Kind, kind_of
from callover.model import ALL, Indicator, Partnership
from callover.periods import GRAMMAR, MONTHS, Period, PeriodError, month, week
from callover.periods import day as single_day

#: The columns before the periods, by each name that they may have.
_NAMES: Mapping[str, str] = {
    "indicator": "indicator",
    "column": "column",
    "measure": "column",
    "category": "category",
    "area_code": "area_code",
}
_MONTHLIKE = re.compile(rf"\d|^({'|'.join(MONTHS)})", re.I)
_EPOCH = date(1899, 12, 30)  # the day 0 of a spreadsheet
_SERIALS = range(20_000, 60_000)  # numbers that are days from 1954 to 2064


@dataclass(frozen=True)
class Claim:
    """One cell of the sheet: where it goes, and what it says there."""

    row: int
    column: int
    indicator: Indicator
    key: RowKey
    name: str
    given: Given


@dataclass
class Reading:
    """What a sheet says; `readings` tell how cells were read that could surprise."""

    claims: list[Claim] = field(default_factory=list)
    readings: list[str] = field(default_factory=list)


def claims(grid: Grid, partnership: Partnership, areas: Mapping[str, str]) -> Reading:
    """Read a grid; its faults are kept in it. `areas` has the names of areas by their code."""
    made = Reading()
    named, dated = _header(grid)
    lines = list(_lines(grid, partnership, areas, named))
    heads = _heads(grid, dated, lines)
    _tell_dates(grid, made, heads)
    for line in lines:
        seen: dict[Period, int] = {}
        for column in sorted(heads):
            entry = grid.entries.get((line.row, column))
            if entry is None or (line.row, column) in grid.bad:
                continue
            period = _period(grid, line, column, heads[column], seen)
            given = _given(grid, line, column, entry, period.label if period else "")
            if period is None or given is None:
                continue
            key = RowKey(period, line.area, line.category)
            made.claims.append(Claim(line.row, column, line.indicator, key, line.field.name, given))
    _tell_percentages(grid, made)
    return made


# ---------------------------------------------------------------- the header


def _header(grid: Grid) -> tuple[Mapping[str, int], Sequence[int]]:
    """Find the named columns, and those that are for periods."""
    named: dict[str, int] = {}
    others = []
    for column in sorted({column for _, column in grid.entries}):
        entry = grid.entries.get((1, column))
        name = _NAMES.get(plain_header(entry.text)) if entry and entry.on is None else None
        if entry is None:
            if (1, column) not in grid.bad:
                grid.fault(
                    (1, column), "", "a name or a period above what is in the column",
                    "Write it in row 1, or clear the column.",
                )  # fmt: skip
        elif name is None:
            others.append(column)
        elif name in named:
            grid.fault(
                (1, column), entry.text, f"one column for the {name}",
                f"{reference(1, named[name])} has it. Remove one of the two.",
            )  # fmt: skip
        else:
            named[name] = column
    if named.get("indicator") != 1 and (1, 1) not in grid.bad:
        first = grid.entries.get((1, 1))
        grid.fault(
            (1, 1), first.text if first else "", "the word indicator, above the indicators",
            "Let the sheet begin with the header: no title, no empty row, the indicators first.",
        )  # fmt: skip
        others = [column for column in others if column != 1]
    return named, others


@dataclass(frozen=True)
class _Head:
    """The head of a column: a period, or the day in a cell that holds a date."""

    text: str
    period: Period | None = None
    on: date | None = None
    by_day: bool = False

    def period_for(self, row: Kind) -> Period | None:
        """Give the period that the column is for a kind of indicator; None if it has none."""
        found = self.period
        if self.on is not None and self.by_day and "day" in row.series_periods:
            found = single_day(self.on)
        elif self.on is not None and (self.on.day == 1 or not self.by_day):
            found = month(self.on.year, self.on.month)
        return found if found is not None and found.kind in row.series_periods else None


def _heads(grid: Grid, columns: Sequence[int], lines: Sequence[Line]) -> dict[int, _Head]:
    """Read the heads of the columns for periods; what is no period is refused."""
    takes_days = any("day" in line.kind.series_periods for line in lines)
    entries = [grid.entries[1, column] for column in columns]
    texts = [entry.text if entry.on is None else entry.text[:7] for entry in entries]
    heads = {}
    for position, column in enumerate(columns):
        entry = entries[position]
        if entry.on is not None:
            if not _is_lost_year(grid, column, entry, texts):
                heads[column] = _Head(entry.text, on=entry.on, by_day=entry.by_day)
            continue
        try:
            heads[column] = _Head(entry.text, period_of(entry.text))
        except PeriodError:
            _refuse_head(grid, column, entry.text, repaired(entry.text, takes_days),
                         guess(texts, position, takes_days))  # fmt: skip
    return heads


def _is_lost_year(grid: Grid, column: int, entry: Entry, texts: Sequence[str]) -> bool:
    """Refuse a date that was the financial year 2011/12, which spreadsheets take for a month."""
    on = entry.on
    if on is None or on.day != 1 or (on.year + 1) % 100 != on.month:
        return False
    if not any(re.fullmatch(r"\d{4}/\d\d", text) for text in texts):
        return False
    year = f"{on.year}/{on.month:02d}"
    grid.fault(
        (1, column), f"a date, {entry.text}", "a period that can be told",
        f"Is it the month {entry.text[:7]} or the financial year {year}? Format the cell as text "
        "and write the one that is meant.",
    )  # fmt: skip
    return True


def _refuse_head(grid: Grid, column: int, text: str, exact: str, suggestion: str) -> None:
    """Refuse the head of a column that is neither a name we know nor a period."""
    close = get_close_matches(plain_header(text), _NAMES, 1, 0.7)
    if exact:
        remedy = f"Write {exact}."
    elif suggestion and _MONTHLIKE.search(text):
        remedy = f"Is it {suggestion}? The columns beside it suggest so; only you can be sure."
    elif text.isdecimal() and int(text) in _SERIALS:
        day = (_EPOCH + timedelta(int(text))).isoformat()
        remedy = f"As a date this number is {day}. Write {day[:7]}, if that month is meant."
    elif close:
        remedy = f"Write {close[0]}, if that is what the column has."
    else:
        remedy = "Write its period in one of these forms, or remove the column."
    expected = f"indicator, column, category, area_code or {GRAMMAR}"
    grid.fault((1, column), text, expected, remedy)


def _tell_dates(grid: Grid, made: Reading, heads: Mapping[int, _Head]) -> None:
    dates = [
        f"{reference(1, column)} as {head.text[: 10 if head.by_day else 7]}"
        for column, head in heads.items()
        if head.on is not None
    ]
    if dates:
        made.readings.append(f"Row 1 holds dates: we read {', '.join(dates)}.")


# ---------------------------------------------------------------- the rows


def _lines(
    grid: Grid, partnership: Partnership, areas: Mapping[str, str], named: Mapping[str, int]
) -> Iterator[Line]:
    """Find the series of each row; no two rows may be the same one."""
    if "indicator" not in named:
        return
    seen: dict[tuple[str, str, str, str], int] = {}
    for row in sorted({row for row, _ in grid.entries if row > 1}):
        line = _line(grid, partnership, areas, named, row)
        if line is None:
            continue
        key = (line.indicator.slug, line.field.name, line.area, line.category)
        if key in seen:
            grid.fault(
                (row, 1), line.indicator.slug, "each series in one row",
                f"Row {seen[key]} is {line.indicator.slug}, {line.field.name} too. Delete one of "
                "the two, or say in column, category or area_code how they differ.",
            )  # fmt: skip
            continue
        seen[key] = row
        yield line


def _line(
    grid: Grid,
    partnership: Partnership,
    areas: Mapping[str, str],
    named: Mapping[str, int],
    row: int,
) -> Line | None:
    """Find a row's series; None, with faults, where there is none."""
    before = len(grid.faults)
    words = {name: _word(grid, row, column) for name, column in named.items()}
    if None in words.values():
        return None
    indicator = _indicator(grid, partnership, row, named["indicator"], words["indicator"] or "")
    if indicator is None:
        return None
    own = kind_of(indicator)
    found = _field(grid, indicator, own, row, named.get("column", 0), words.get("column") or "")
    category = _id_of(words.get("category") or ALL, indicator.categories)
    if category not in (ALL, *indicator.categories):
        known = [ALL, *indicator.categories]
        grid.fault(
            (row, named["category"]), category, f"one of {', '.join(known)}",
            _nearest(category, known) or "Add it to callover.categories of the indicator first.",
        )  # fmt: skip
    area = _id_of(words.get("area_code") or "", areas)
    if area and area not in areas:
        grid.fault(
            (row, named["area_code"]), area, "an area code of reference/areas.csv, or its name",
            _nearest(area, list(areas.values())) or "Add the area to reference/areas.csv.",
        )  # fmt: skip
    if len(grid.faults) > before or found is None:
        return None
    return Line(row, indicator, own, found, "" if area == indicator.area else area, category)


def _id_of(word: str, names: Mapping[str, str]) -> str:
    """Give the id that a word is the name of, where it is the name of one; else the word."""
    found = [one for one, name in names.items() if name == word]
    return found[0] if len(found) == 1 and word not in names else word


def _word(grid: Grid, row: int, column: int) -> str | None:
    """Give the word in a named column, '' for none; None where it is a date or was refused."""
    entry = grid.entries.get((row, column))
    if entry is not None and entry.on is not None:
        grid.fault(
            (row, column), f"a date, {entry.text}", "a word",
            "The spreadsheet made a date of it. Format the cell as text and type it again.",
        )  # fmt: skip
    return None if (row, column) in grid.bad else entry.text if entry else ""


def _indicator(
    grid: Grid, partnership: Partnership, row: int, column: int, name: str
) -> Indicator | None:
    """Find an indicator by its slug or its exact title."""
    found = [i for i in partnership.indicators if name in (i.slug, i.title)]
    exact = [i for i in found if i.slug == name] or found
    if len(exact) == 1:
        return exact[0]
    slugs = ", ".join(indicator.slug for indicator in found)
    if found:
        expected, remedy = "one indicator", f"Write its slug in place of its title: {slugs}."
    else:
        expected = f"an indicator of {partnership.slug}, by its slug or its exact title"
        names = [text for i in partnership.indicators for text in (i.slug, i.title)]
        remedy = _nearest(name, names) or (
            "Correct the name, delete the row, or start the indicator by `callover new indicator`."
        )
    grid.fault((row, column), name, expected, remedy)
    return None


def _nearest(name: str, known: Sequence[str]) -> str:
    """Suggest the nearest known name, whatever its capitals; '' if none is near."""
    plain = {text.lower(): text for text in reversed(known)}
    close = get_close_matches(name.lower(), plain, 1, 0.6)
    return f"Write {plain[close[0]]}, if that is what is meant." if close else ""


def _field(
    grid: Grid, indicator: Indicator, own: Kind, row: int, column: int, name: str
) -> Field | None:
    """Find the column of series.csv that a row is for, by its name or its title.

    Where the row does not say, it is the first of the kind's columns that has figures, or the
    kind's first.
    """
    names = list(dict.fromkeys([*(c.name for c in own.columns), *WORDS]))
    filled = {key.column for key in indicator.series}
    first = next((column for column in names if column in filled), names[0])
    titled = _id_of(name, {column.name: column.title for column in own.columns})
    wanted = (titled if titled in names else plain_header(name)) or first
    if wanted in names:
        return next(f for f in series_fields(own) if f.name == wanted)
    computed = own.quantity(wanted) is not None
    grid.fault(
        (row, column), name, f"one of {', '.join(names)}",
        "Callover computes it from these. Give the figures that it is made of."
        if computed
        else _nearest(name, names) or f"The kind {own.name} has these columns in series.csv.",
    )  # fmt: skip
    return None


# ---------------------------------------------------------------- the cells


def _period(
    grid: Grid, line: Line, column: int, head: _Head, seen: dict[Period, int]
) -> Period | None:
    """Give the period of a cell; None, with a fault, where its kind has no such period."""
    place, periods = (line.row, column), line.kind.series_periods
    found = head.period_for(line.kind)
    if found is None:
        what = f"a date, {head.text}" if head.on is not None else head.text
        if head.on is not None and "month" in periods:
            weekly = _week_of(head.on) if "week" in periods else ""
            also = f", or {weekly} for the week with that day" if weekly else ""
            remedy = f"Write in {reference(1, column)} {head.text[:7]} for the month{also}."
        else:
            remedy = f"Move the figure to a column whose head is a {' or '.join(periods)}."
        grid.fault(
            place, grid.entries[place].text,
            f"nothing here: the column is {what}, and {line.indicator.slug} takes a "
            f"{' or '.join(periods)}", remedy, line.about(head.text),
        )  # fmt: skip
    elif found in seen:
        grid.fault(
            place, grid.entries[place].text, "each period once",
            f"{reference(1, seen[found])} has the same days. Remove one of the two columns.",
            line.about(found.label),
        )  # fmt: skip
        return None
    else:
        seen[found] = column
    return found


def _week_of(day: date) -> str:
    year, number, _ = day.isocalendar()
    return week(year, number).label


def _given(grid: Grid, line: Line, column: int, entry: Entry, period: str) -> Given | None:
    """Read a cell; None, with a fault, where it is no figure, marker or word."""
    told = entered.problem(line, entry)
    if told is None:
        return entered.given(line, entry)
    shown = f"{entry.stored}, shown as {entry.text}%" if entry.stored else entry.text
    grid.fault((line.row, column), shown, *told, line.about(period))
    return None


def _tell_percentages(grid: Grid, made: Reading) -> None:
    stored = [(claim, grid.entries[claim.row, claim.column]) for claim in made.claims]
    formatted = [(claim, entry) for claim, entry in stored if entry.stored]
    if formatted:
        claim, entry = formatted[0]
        made.readings.append(
            f"{len(formatted)} {'cell is' if len(formatted) == 1 else 'cells are'} formatted as a "
            f"percentage: {reference(claim.row, claim.column)} holds {entry.stored} and shows "
            f"{entry.text}%, which we read as {entry.text}."
        )
