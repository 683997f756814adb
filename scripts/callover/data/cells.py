"""Cells with a grammar of their own, read into values: numbers, periods and days."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

from callover import periods
from callover.data import grammar, slips
from callover.data.gate import Gate
from callover.data.tables import Row, Table
from callover.model import Number
from callover.periods import Period

#: Years outside these are slips of the finger: 0216 for 2016.
_YEARS = range(1900, 2100)
_FORMS = "Write the period in one of these forms."
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.A)
_UK_DAY = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})", re.A)


def number(text: str) -> Number | None:
    """Read plain digits exactly; an empty text is no number."""
    if not text:
        return None
    if text.isdecimal():
        return int(text)
    value = Fraction(Decimal(text))
    return value.numerator if value.denominator == 1 else value


def period_of(text: str) -> Period:
    """Read a period of our own time; raise PeriodError otherwise."""
    found = periods.parse(text)
    if found.first.year not in _YEARS or found.last.year not in _YEARS:
        raise periods.PeriodError(text)
    return found


@cache
def repaired(text: str, takes_days: bool = False) -> str:
    """Give the exact correction of a period, '' if there is none.

    Where rows may be days, `01/04/2016` may be the day or its month, so it has none.
    """
    if takes_days and _UK_DAY.fullmatch(text):
        return ""
    suggestion = periods.repair(text)
    try:
        return suggestion and period_of(suggestion).label
    except periods.PeriodError:
        return ""


def guess(texts: Sequence[str], position: int, takes_days: bool = False) -> str:
    """Give what a text's neighbours say it is, '' if they say nothing; a person decides."""
    day = _UK_DAY.fullmatch(texts[position])
    if takes_days and day:
        number, month, year = (int(part) for part in day.groups())
        try:
            return date(year, month, number).isoformat()
        except ValueError:
            return ""
    before, after = (_month(texts, position + step, takes_days) for step in (-1, 1))
    from_before = periods.following(before).label if before else ""
    from_after = _month_before(after) if after else ""
    if from_before and from_after and from_before != from_after:
        return ""
    return from_before or from_after


def _month(texts: Sequence[str], position: int, takes_days: bool) -> Period | None:
    return _as_month(texts[position], takes_days) if 0 <= position < len(texts) else None


@cache
def _as_month(text: str, takes_days: bool) -> Period | None:
    try:
        found = period_of(repaired(text, takes_days) or text)
    except periods.PeriodError:
        return None
    return found if found.kind == "month" else None


def _month_before(period: Period) -> str:
    before = date.fromordinal(period.start - 1)
    return periods.month(before.year, before.month).label


class Cells:
    """Reads the cells of tables, and keeps a fault for each that fails."""

    def __init__(self, gate: Gate, takes_days: bool = False) -> None:
        """`takes_days` says that a row's period may be a single day."""
        self.gate, self.takes_days = gate, takes_days

    def number(self, table: Table, line: int, column: str, row: Row) -> Number | None:
        """Read a number; None where the cell is empty or bad."""
        if (line, column) in table.bad:
            return None
        return number(row.get(column, ""))

    def period(self, table: Table, line: int, column: str, row: Row) -> Period | None:
        """Read a period; None where the cell is empty or bad."""
        text = row.get(column, "")
        if not text or (line, column) in table.bad:
            return None
        try:
            return period_of(text)
        except periods.PeriodError:
            table.bad.add((line, column))
            self.gate.fault(
                table.path, line, column, text, periods.GRAMMAR,
                self._correction(table, line, column, text),
            )  # fmt: skip
            return None

    def _correction(self, table: Table, line: int, column: str, text: str) -> str:
        exact = repaired(text, self.takes_days)
        if exact:
            return f"Write {exact}. `callover tidy` does this for the whole file."
        slip = slips.period(text)
        position = bisect_left(table.numbers, line)
        around = [row[column] for row in table.rows[max(0, position - 1) : position + 2]]
        suggestion = guess(around, min(1, position), self.takes_days)
        if suggestion and (self.takes_days or not slip):
            return f"Is it {suggestion}? The rows beside it suggest so; nobody can be sure but you."
        return slip or _FORMS

    def setting(self, path: Path, place: str, text: str) -> Period | None:
        """Read a period of a descriptor; None where it is bad."""
        try:
            return period_of(text)
        except periods.PeriodError:
            exact = repaired(text)
            self.gate.fault(
                path, 0, place, text, periods.GRAMMAR,
                f"Write {exact}." if exact else slips.period(text) or _FORMS,
            )  # fmt: skip
            return None

    def day(self, table: Table, line: int, column: str, row: Row, missing: int) -> int:
        """Read a day as an ordinal; `missing` where the cell is empty or bad."""
        text = row.get(column, "")
        if not text:
            return missing
        try:
            if not _DAY.fullmatch(text):
                raise ValueError(text)
            return date.fromisoformat(text).toordinal()
        except ValueError:
            exact = grammar.day(text)
            plain = "Write the year, the month and the day, with dashes."
            self.gate.fault(
                table.path, line, column, text, "a day such as 2016-06-01",
                f"Write {exact}." if exact else plain,
            )  # fmt: skip
            return missing
