"""Checks on a printed row over its periods: each figure against the one before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

from callover import periods, words
from callover.kinds import metric_name
from callover.model import ALL, Number
from callover.periods import Period
from callover.reconcile.counterpart import named
from callover.reconcile.extracts import DIFFERENCE, FAMILIES, NOW, PERCENT, THEN
from callover.reconcile.view import Finding, Print, Table, View

_Pair = tuple[Print, Print]


def year_to_date_steps(view: View) -> Iterator[Finding]:
    """Find a year to date that grows by another number than its month has."""
    for table, quantity in view.of("year_to_date"):
        if quantity.is_share:
            continue
        for before, at in table.steps("month"):
            month = view.given(metric_name(quantity.name, "value"), at, table.category)
            same_year = periods.financial_year_of(before.end) == periods.financial_year_of(at.end)
            if month is None or not same_year:
                continue
            pair = _ruled_out(table, before, at, month)
            if pair is not None:
                was, now = pair
                step = now.printed.value - was.printed.value
                yield told(
                    table, at, now, was.printed.value + month,
                    f"The printed year to date goes from {was.printed.text} to {now.printed.text}, "
                    f"by {words.number(step)}. {words.period_long(at)} itself has "
                    f"{words.number(month)}.",
                )  # fmt: skip


def month_below_nought(view: View) -> Iterator[Finding]:
    """Find 12-month totals that would make the same month a year before less than nothing."""
    for table, quantity in view.of("rolling_12_months"):
        for before, at in table.steps("month") if not quantity.is_share else ():
            month = view.given(metric_name(quantity.name, "value"), at, table.category)
            if month is None:
                continue
            pair = _ruled_out(table, before, at, month, at_most=True)
            if pair is not None:
                was, now = pair
                left = month - (now.printed.value - was.printed.value)
                yield told(
                    table, at, now, None,
                    f"12 months go from {was.printed.text} to {now.printed.text}, and the month "
                    f"has {words.number(month)}. A year before it would have "
                    f"{words.number(left)}.",
                )  # fmt: skip


def rolling_steps(view: View) -> Iterator[Finding]:
    """Find 12-month totals that do not change by the month less the month that falls out."""
    for table, quantity in view.of("rolling_12_months"):
        name = metric_name(quantity.name, "value")
        for before, at in table.steps("month") if not quantity.is_share else ():
            month = view.given(name, at, table.category)
            then = view.given(name, periods.last_year(at), table.category)
            if month is None or then is None:
                continue
            wanted = month - then
            pair = _ruled_out(table, before, at, wanted)
            if pair is not None:
                was, now = pair
                yield told(
                    table, at, now, was.printed.value + wanted,
                    f"12 months go from {was.printed.text} to {now.printed.text}. "
                    f"{words.number(month)} came in and {words.number(then)} fell out, so "
                    f"{words.number(was.printed.value + wanted)} would follow.",
                )  # fmt: skip


def _ruled_out(
    table: Table, before: Period, at: Period, step: Number, *, at_most: bool = False
) -> _Pair | None:
    """Give the last prints of two periods, if no pair of theirs makes the step that is due."""
    pairs = list(product(table.cells[before], table.cells[at]))
    for was, now in pairs:
        made = now.printed.value - was.printed.value
        if made == step or (at_most and made < step):
            return None
    return pairs[-1]


def told(
    table: Table, at: Period, now: Print, computed: Number | None, explanation: str
) -> Finding:
    """Tell of a figure of a printed row."""
    return Finding(
        table.measure,
        at,
        now.row.as_printed,
        explanation,
        computed,
        table.category,
        table.area,
        now.row.where,
    )


# ------------------------------------------------------------------------------ the words

#: The members of a family that compare two times.
_COMPARING = (THEN, DIFFERENCE, PERCENT)


def text_behind_its_table(view: View) -> Iterator[Finding]:
    """Find a comparison of an older month, where the same page prints the newest month's figure."""
    closings = {release.id: release.data_to for release in view.board.partnership.releases}
    for family in FAMILIES[1:]:
        for now, quantity in view.of(family[NOW]):
            closing = closings.get(now.release)
            if closing is None or closing not in now.cells:
                continue
            for role in _COMPARING:
                other = view.table(now, metric_name(quantity.name, family[role]))
                old = _only_older(other, closing) if other else None
                if other and old:
                    found = other.cells[old][0]
                    yield told(
                        other, old, found, None,
                        f"The page prints {found.printed.text} for {words.period_long(old)}. Its "
                        f"own figures go on to {words.period_long(closing)}.",
                    )  # fmt: skip


def _only_older(table: Table, closing: Period) -> Period | None:
    """Give the one period of a row, if it is of the closing's kind and less than a year older."""
    found = [period for period in table.cells if period.kind == closing.kind]
    if len(found) != 1 or not found[0].end < closing.end < found[0].end + 365:
        return None
    return found[0]


# ------------------------------------------------------------------------------ headings

_HEADED = re.compile(r"headed (?P<head>(?P<month>[A-Z][a-z]{2})[a-z]*[- ](?P<year>\d{2,4}))\b")
_FROM_TO = re.compile(
    r"(?P<month>[A-Z][a-z]{2,8}) (?P<year>\d{4}) to (?P<last_month>[A-Z][a-z]{2,8}) "
    r"(?P<last_year>\d{4})"
)
_YEAR = re.compile(r"\b(?:FY )?(?P<first>(?:19|20)\d\d)/(?P<second>(?:19|20)?\d\d)\b")


def headings_of_another_time(view: View) -> Iterator[Finding]:
    """Find columns whose heading names another month than the one their figures are of."""
    found: dict[tuple[str, int], dict[Period, tuple[str, str]]] = {}
    for row in view.sheet.indicator.published:
        head = _HEADED.search(row.where)
        if head is None or row.period is None or row.period.kind != "month":
            continue
        headed = _month(head["month"], head["year"])
        if headed is not None and headed != row.period:
            off = _months_between(headed, row.period)
            found.setdefault((row.release, off), {})[row.period] = (head["head"], row.where)
    for (_, _), columns in found.items():
        first, last = min(columns), max(columns)
        heads = _from_to(columns[first][0], columns[last][0])
        months = _from_to(words.period_long(first), words.period_long(last))
        one = first == last
        yield Finding(
            "heading",
            first if one else periods.span(first, last),
            heads,
            f"{'A column is' if one else 'Columns are'} headed {heads}. "
            f"{'Its figure is' if one else 'Their figures are'} of {months}.",
            where=columns[first][1],
        )


def _month(name: str, year: str) -> Period | None:
    if name.lower() not in periods.MONTHS:
        return None
    full = int(year) + (2000 if len(year) == 2 else 0)
    return periods.month(full, periods.MONTHS.index(name.lower()) + 1)


def _months_between(one: Period, other: Period) -> int:
    return 12 * (other.first.year - one.first.year) + other.first.month - one.first.month


def _from_to(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def twelve_months_that_are_not(view: View) -> Iterator[Finding]:
    """Find a 12-month figure that the document labels with more or fewer months."""
    for row in view.sheet.indicator.published:
        label = _FROM_TO.search(row.where)
        _, measure = named(view.sheet, row.measure)
        if label is None or not measure.startswith("rolling_12_months"):
            continue
        first = _month(label["month"][:3], label["year"])
        last = _month(label["last_month"][:3], label["last_year"])
        length = _months_between(first, last) + 1 if first and last else 12
        if length != 12:
            yield Finding(
                row.measure,
                row.period,
                row.as_printed,
                f"The page prints {row.as_printed} for 12 months, {label[0]}. "
                f"Those are {length} months.",
                category=row.category or ALL,
                area=row.area,
                where=row.where,
            )


def years_that_do_not_follow(view: View) -> Iterator[Finding]:
    """Find a financial year whose second part is not the year after its first: 2011/11."""
    indicator = view.sheet.indicator
    told: set[str] = set()
    texts: Iterable[tuple[str, str, Period | None, str, str]] = [
        *((r.as_printed, r.measure, r.period, r.category, r.where) for r in indicator.published),
        *((r.where, r.measure, r.period, r.category, r.where) for r in indicator.published),
        *((t.as_published, t.measure, t.period, t.category, "") for t in indicator.targets),
    ]
    for text, measure, period, category, where in texts:
        for found in _YEAR.finditer(text):
            label, first, second = found[0], int(found["first"]), found["second"]
            after = (first + 1) % 100 if len(second) == 2 else first + 1
            if int(second) != after and label not in told:
                told.add(label)
                yield Finding(
                    measure,
                    period,
                    label,
                    f"The page prints {label}. A financial year ends in the year after it begins, "
                    f"so it would be {first}/{(first + 1) % 100:02d}.",
                    category=category,
                    where=where,
                )
