"""Checks on what is printed once and again: targets, comparators, whole rows of years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from callover import targets, words
from callover.kinds import metric_name
from callover.model import Number, TargetRow
from callover.periods import Period
from callover.reconcile.printed import read_printed
from callover.reconcile.view import Finding, View, cells_of, counted
from callover.rounding import half_up, size


def profile_that_misses_its_year(view: View) -> Iterator[Finding]:
    """Find a profile whose parts do not make the year's target, by more than their rounding."""
    sheet = view.sheet
    lines = {(t.measure, t.category) for t in sheet.indicator.targets if t.type == "profile"}
    for measure, category in sorted(lines):
        quantity = sheet.kind.quantity(measure)
        line = sheet.lines.get(category, {}).get(measure)
        if quantity is None or line is None:
            continue
        own = [
            row
            for row in sheet.indicator.targets
            if (row.measure, row.category) == (measure, category)
        ]
        for year, added, limit in targets.profile_sums(own, line, sheet.polarity(quantity)):
            parts = _parts_of_year(own, year)
            if size(added - limit) > Fraction(len(parts), 2):
                yield Finding(
                    metric_name(measure, "target_to_date"),
                    year,
                    words.number(limit),
                    f"The profile adds up to {words.number(added)}: "
                    f"{words.joined(words.number(part) for part in parts)}. The year's target is "
                    f"{words.number(limit)}.",
                    added,
                    category,
                )


def _parts_of_year(rows: Sequence[TargetRow], year: Period) -> Sequence[Number]:
    found = []
    for row in rows:
        limit = row.upper if row.lower is None else row.lower
        inside = row.period is not None and year.start <= row.period.start <= year.end
        if row.type == "profile" and inside and limit is not None:
            found.append(limit)
    return found


def target_off_its_baseline(view: View) -> Iterator[Finding]:
    """Find a printed target that its own baseline and percentage do not give."""
    for row in view.sheet.indicator.targets:
        told = read_printed(row.as_published.partition("(")[0])
        if row.type != "change" or not row.change_percent or row.baseline is None or told is None:
            continue
        if told.percent or told.sign or not row.as_published.strip()[:1].isdigit():
            continue
        wanted = half_up(Fraction(row.baseline) * (100 + row.change_percent) / 100, told.decimals)
        if told.value != wanted:
            percent = words.number(size(row.change_percent), 1).removesuffix(".0")
            yield Finding(
                metric_name(row.measure, "target_to_date"),
                row.period,
                row.as_published,
                f"{words.number(row.baseline)} {'less' if row.change_percent < 0 else 'and'} "
                f"{percent}% {'' if row.change_percent < 0 else 'more '}is "
                f"{words.number(wanted, told.decimals)}. The page prints {row.as_published}.",
                wanted,
                row.category,
            )


def target_told_two_ways(view: View) -> Iterator[Finding]:
    """Find two percentages for one target: the document sets it once so and once otherwise."""
    rows = [
        (row, told)
        for row in view.sheet.indicator.targets
        if row.type != "profile" and (told := read_printed(row.as_published)) and told.percent
    ]
    for (one, first), (other, second) in combinations(rows, 2):
        same = (one.measure, one.category, one.period) == (
            other.measure,
            other.category,
            other.period,
        )
        if same and first.sign == second.sign and first.value != second.value:
            yield Finding(
                metric_name(other.measure, "target_to_date"),
                other.period,
                second.text,
                f"The document sets one target twice: {first.text}, and {second.text}.",
                category=other.category,
            )


# ------------------------------------------------------------------------------ copies

#: So many years with the same figures are no chance.
_SAME_YEARS = 3


def copied_years(view: View) -> Iterator[Finding]:
    """Find two indicators with the same figures for several years: one was copied."""
    found: dict[str, list[tuple[Period, Number]]] = {}
    for period, value in years_of(view):
        for slug in view.years.get((period, value), ()):
            if slug == view.sheet.indicator.slug:
                break  # what comes later in the order is told there
            found.setdefault(slug, []).append((period, value))
    for slug, same in found.items():
        other = view.board.sheet(slug)
        if other is None or len(same) < _SAME_YEARS:
            continue
        same.sort()
        listed = words.joined(f"{words.number(v)} in {words.period_long(p)}" for p, v in same)
        quantity = view.sheet.kind.quantities[0]
        yield Finding(
            metric_name(quantity.name, quantity.measures[0]),
            same[-1][0],
            words.number(same[-1][1]),
            f"{other.indicator.title} prints the same {len(same)} figures: {listed}. One of the "
            "two was copied.",
        )


def years_of(view: View) -> Iterator[tuple[Period, Number]]:
    """Give the typed counts of whole years, where they are large enough to tell copies by."""
    quantity = counted(view.sheet)
    if quantity is None:
        return
    for period, cell in cells_of(view.sheet, quantity.column).items():
        if period.kind == "year" and cell.value is not None and cell.value >= 20:
            yield period, cell.value


def rate_as_change(view: View) -> Iterator[Finding]:
    """Find a figure of others that stands once as a rate and once as a change in per cent."""
    found = view.sheet.indicator.comparators
    changes = [c for c in found if c.unit == "percent" and "change" in c.measure]
    rates = [c for c in found if c.unit != "percent"]
    for one, other in ((c, r) for c in changes for r in rates):
        same = (one.area, one.group) == (other.area, other.group)
        if same and one.value == other.value and one.value * 10 % 1:
            yield Finding(
                one.measure,
                one.period,
                f"{one.as_printed}%",
                f"The page prints {one.as_printed} as a change in per cent, and "
                f"{other.as_printed} {other.unit} as the rate of the same area. One was copied.",
                area=one.area,
                where=one.basis,
            )
