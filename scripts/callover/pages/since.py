"""What is known now of a release that is frozen, beside what was published.

Figures are compared as numbers, so that other words or another rounding are no change. Only what
the record has is compared: a measure that the code has learned since is no news of a release.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from callover import codec, words
from callover.compute import Sheet
from callover.frozen import Frozen, Status, Typed
from callover.kinds import metric_name
from callover.model import ALL, IN_PLACE_OF_VALUE, Cell, Key, Metric, Number, Reference
from callover.pages import tables
from callover.periods import Period
from callover.revisions import Place
from callover.sketch import capital

#: More figures of the source than these hide the page; the record has them all.
MOST = 20
NONE = "no figure"


@dataclass(frozen=True)
class Difference:
    """A figure that is another one now: what it is, of which period, then and now, in words.

    `why` is the reason of the newest revision that says so.
    """

    about: str
    when: str
    then: str
    now: str
    why: str = ""


@dataclass(frozen=True)
class Now:
    """What is known now: a sentence, both ratings if they differ, the figures that differ.

    `more` counts the figures that have no row.
    """

    says: str
    rating: tuple[Status, Status] | None = None
    rows: Sequence[Difference] = ()
    more: str = ""

    @property
    def explained(self) -> bool:
        """Say whether any of the changes has a reason."""
        return any(row.why for row in self.rows)


def now(record: Frozen, sheet: Sheet, status: Status, when: str, reference: Reference) -> Now:
    """Compare a record with today's sheet of the same days; `status` is today's rating of them."""
    typed, computed = (
        list(_typed(record, sheet, reference)),
        list(_computed(record, sheet, reference)),
    )
    # How late figures were was known then, and nobody took the rating for it: that is no news.
    same = status.verdict == record.status.verdict or sheet.stale is not None
    rating = None if same else (record.status, status)
    more = max(0, len(typed) - MOST)
    return Now(
        words.changed_since(len(typed), len(computed), rating is not None, when),
        rating,
        [*typed[:MOST], *computed],
        words.amount(more, "more figures", "more figure") if more else "",
    )


def _computed(record: Frozen, sheet: Sheet, reference: Reference) -> Iterator[Difference]:
    """Give what is computed at the newest period of the release, and is another number now.

    A plain figure is typed, so it is left to `_typed`.
    """
    at = record.closing
    for category, then in record.measures.items():
        for quantity in sheet.kind.quantities:
            for name in quantity.measures:
                measure = metric_name(quantity.name, name)
                if measure not in then or (name == "value" and quantity.column):
                    continue
                label = tables.row_label(sheet, quantity, name, category, at)
                yield from _difference(label, measure, category, then, sheet, at)
        for group in sheet.indicator.groups:
            label = f"Rank: {reference.groups[group].title}"
            yield from _difference(label, f"rank_in_{group}", category, then, sheet, at)


def _difference(
    label: str, measure: str, category: str, then: Mapping[str, str], sheet: Sheet, at: Period
) -> Iterator[Difference]:
    if not label or measure not in then:
        return
    found = sheet.metric(measure, at, category)
    before, after = codec.exact(then[measure]), found.value if found else None
    if before != after:
        texts = [_written(value, measure, found, sheet) for value in (before, after)]
        # What vanishes in rounding is no news for a reader.
        if texts[0] != texts[1]:
            yield Difference(label, words.period_long(at), *texts)


def _written(value: Number | None, measure: str, found: Metric | None, sheet: Sheet) -> str:
    """Write a number of then or now as the tables of the page do."""
    alike = found or next((m for m in sheet.metrics if m.measure == measure), None)
    if value is None:
        return NONE
    if alike is None:
        return words.figure(value)
    return tables.cell(alike._replace(value=value, text="", marker=""), sheet).text


def _typed(record: Frozen, sheet: Sheet, reference: Reference) -> Iterator[Difference]:
    """Give the cells of series.csv that are others now, line by line; a gap may have been filled.

    A marker beside a figure is no other figure.
    """
    series = sheet.indicator.series
    for line in record.lines:
        key = Key(line.area_code, line.category, line.column)
        label, own = _named(key, sheet, reference), series.get(key, {})
        then, sign = {cell.period: cell for cell in line.cells}, _sign(key, sheet)
        # What lies before all that was published is new, and no change of it.
        begin = min((period.start for period in then), default=0)
        for period in sorted({*then, *(at for at in own if at.start >= begin)}):
            before, after = _then(then.get(period), sign), _now(own.get(period), sign)
            if before != after:
                why = _why(sheet, Place(key.area, key.category, key.column, period))
                yield Difference(label, words.period_long(period), before, after, why)


def _why(sheet: Sheet, place: Place) -> str:
    """Give the reason of the newest revision of a cell, and the note on it."""
    found = next((row for row in sheet.indicator.revisions if row.place == place), None)
    if found is None:
        return ""
    reason = f"{found.reason.capitalize()}."
    return f"{reason} {found.note}" if found.note else reason


def _named(key: Key, sheet: Sheet, reference: Reference) -> str:
    """Name a line: its column, then the category and the area where they are not the usual ones."""
    column, unit = sheet.kind.column(key.column), sheet.indicator.unit
    title = column.title if column else key.column
    title = capital(unit) if key.column == "value" and unit else title
    category = "" if key.category == ALL else key.category
    category = sheet.indicator.categories.get(category, category)
    area = "" if key.area == sheet.indicator.area else reference.areas.get(key.area, key.area)
    return ", ".join(part for part in (title, category, area) if part)


_DIGITS = re.compile(r"-?\d{1,40}(\.\d{1,40})?", re.A)


def _sign(key: Key, sheet: Sheet) -> str:
    column = sheet.kind.column(key.column)
    of_all = key.column == "value" and sheet.indicator.unit == "percent"
    return "%" if of_all or (column and column.type == "percent") else ""


def _then(cell: Typed | None, sign: str) -> str:
    if cell is None:
        return "not published"
    if _DIGITS.fullmatch(cell.value):
        value = Fraction(cell.value)
        return words.trimmed(value, len(cell.value.partition(".")[2])) + sign
    return cell.value or f"[{cell.marker}]"


def _now(cell: Cell | None, sign: str) -> str:
    if cell is None:
        return NONE
    if cell.value is not None:
        return words.trimmed(cell.value, cell.decimals) + sign
    return f"[{cell.marker}]" if cell.marker in IN_PLACE_OF_VALUE else cell.text
