"""Checks on parts and wholes: indicators within others, categories, bands, areas, mean rates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from callover import words
from callover.across import bands
from callover.compute import Sheet
from callover.kinds import Quantity, metric_name
from callover.model import ALL, Cell, Number
from callover.parts import part_sums, parts_of
from callover.periods import Period
from callover.reconcile.view import Finding, View, cells_of, counted, line_of
from callover.rounding import size


def part_above_whole(view: View) -> Iterator[Finding]:
    """Find a part that has more than the whole it is within, in a period that both have."""
    whole = counted(view.sheet)
    if whole is None:
        return
    indicator = view.sheet.indicator
    for slug in (*indicator.parts, *indicator.within):
        part = view.board.sheet(slug)
        quantity = counted(part) if part else None
        if part is None or quantity is None:
            continue
        own = cells_of(part, quantity.column)
        for period, cell in view.cells(whole.column).items():
            less = own.get(period)
            if _above(less, cell):
                assert less is not None and less.value is not None and cell.value is not None
                yield Finding(
                    _name(whole),
                    period,
                    words.number(cell.value),
                    f"{part.indicator.title} has {words.number(less.value)}. It is within "
                    f"{indicator.title}, which has only {words.number(cell.value)}.",
                    where=line_of(cell),
                )


def category_above_all(view: View) -> Iterator[Finding]:
    """Find a category that has more than all of them together."""
    quantity = counted(view.sheet)
    if quantity is None:
        return
    total = view.cells(quantity.column, ALL)
    for category in view.sheet.lines if total else ():
        if category == ALL:
            continue
        name = view.sheet.indicator.categories.get(category, category)
        for period, cell in view.cells(quantity.column, category).items():
            whole = total.get(period)
            if whole is not None and _above(cell, whole):
                assert cell.value is not None and whole.value is not None
                yield Finding(
                    _name(quantity),
                    period,
                    words.number(cell.value),
                    f"{name} has {words.number(cell.value)}, and all together only "
                    f"{words.number(whole.value)}.",
                    category=category,
                    where=line_of(cell),
                )


def _name(quantity: Quantity) -> str:
    return metric_name(quantity.name, quantity.measures[0])


def _above(part: Cell | None, whole: Cell) -> bool:
    """Say whether a part is more than its whole; figures that we worked out prove nothing."""
    if part is None or part.value is None or whole.value is None:
        return False
    return part.value > whole.value and not {part.marker, whole.marker} & {"e", "u"}


# ------------------------------------------------------------------------------ sums


def parts_that_do_not_add_up(view: View) -> Iterator[Finding]:
    """Find a total that its declared parts do not make; rounded parts may miss it by their half."""
    quantity = view.sheet.kind.quantities[0]
    names = [part.indicator.title for part in parts_of(view.board, view.sheet)]
    for found in part_sums(view.board, view.sheet):
        rounded = sum(Fraction(1, 2) for part in (*found.parts, found.total) if _is_broken(part))
        if size(found.difference) > rounded:
            yield Finding(
                _name(quantity),
                found.period,
                words.number(found.total),
                f"We get {words.number(found.sum)}: {_listed(names, found.parts)}. "
                f"The page prints {words.number(found.total)}.",
                found.sum,
                view.sheet.category,
            )


def _is_broken(figure: Number) -> bool:
    return Fraction(figure).denominator != 1


def _listed(names: Sequence[str], parts: Sequence[Number]) -> str:
    """List what is added: names where they are few, figures alone where they are many."""
    if len(parts) > 3:
        return words.joined(words.number(part) for part in parts)
    pairs = zip(names, parts, strict=True)
    return words.joined(f"{name} {words.number(part)}" for name, part in pairs)


def bands_above_total(view: View) -> Iterator[Finding]:
    """Find bands that add up to more than the total they split."""
    return _bands(view, above=True)


def bands_below_total(view: View) -> Iterator[Finding]:
    """Find bands that leave some of the total out."""
    return _bands(view, above=False)


def _bands(view: View, *, above: bool) -> Iterator[Finding]:
    kind, indicator = view.sheet.kind, view.sheet.indicator
    if "sum_of_bands" not in kind.across:
        return
    for split in bands(indicator, kind):
        missing, total = split.missing, split.total.value
        if not missing or (missing < 0) is not above or total is None or split.sum is None:
            continue
        values = [band.value for band in split.bands.values() if band.value is not None]
        end = (
            "That is more than the total."
            if above
            else f"{words.number(missing)} of the total {_are(missing)} in no band."
        )
        yield Finding(
            "sum_of_bands",
            split.period,
            words.number(total),
            f"The bands add up to {words.number(split.sum)}: "
            f"{words.joined(words.number(value) for value in values)}. "
            f"The page prints {words.number(total)}. {end}",
            split.sum,
            area=split.area,
        )


def _are(count: Number) -> str:
    return "is" if count == 1 else "are"


def areas_that_do_not_add_up(view: View) -> Iterator[Finding]:
    """Find a league's printed total that its areas do not make."""
    for column in view.sheet.league:
        if column.total is None or column.sum is None or column.total == column.sum:
            continue
        yield Finding(
            column.quantity.name,
            column.period,
            words.number(column.total, column.decimals),
            f"The {len(column.standings)} areas add up to {words.number(column.sum)}. "
            f"The page prints {words.number(column.total)}.",
            column.sum,
            area=view.sheet.indicator.league.total_area if view.sheet.indicator.league else "",
        )


# ------------------------------------------------------------------------------ shares


def mean_outside_its_parts(view: View) -> Iterator[Finding]:
    """Find a rate of a total that is not the mean of its parts' rates, each by its size.

    Only where the parts make the whole total, and where the source gives every rate itself.
    """
    parts = parts_of(view.board, view.sheet)
    count = counted(view.sheet)
    for quantity in view.sheet.kind.quantities if parts and count else ():
        if not quantity.given or count is None:
            continue
        for period, cell in view.cells(quantity.given).items():
            found = _mean(parts, quantity.given, count.column, period)
            own = view.cells(count.column).get(period)
            if found is None or cell.value is None or own is None:
                continue
            (low, high), total, told = found
            half = Fraction(1, 2 * 10**cell.decimals)
            if total == own.value and not (low <= cell.value + half and cell.value - half <= high):
                mean = (low + high) / 2
                yield Finding(
                    _name(quantity),
                    period,
                    f"{words.number(cell.value, cell.decimals)}%",
                    f"We get {words.number(mean, 1)}% from its parts: {told}. "
                    f"The page prints {words.number(cell.value, cell.decimals)}%.",
                    mean,
                    view.sheet.category,
                    where=line_of(own),
                )


def _mean(
    parts: Sequence[Sheet], given: str, counts: str, period: Period
) -> tuple[tuple[Fraction, Fraction], Number, str] | None:
    """Give the least and greatest mean that rounded rates allow, the total, and it in words."""
    low = high = Fraction(0)
    total: Number = 0
    told = []
    for part in parts:
        rate, count = cells_of(part, given).get(period), cells_of(part, counts).get(period)
        if rate is None or count is None or rate.value is None or count.value is None:
            return None
        half = Fraction(1, 2 * 10**rate.decimals)
        low += count.value * (rate.value - half)
        high += count.value * (rate.value + half)
        total += count.value
        told.append(f"{words.number(rate.value, rate.decimals)}% of {words.number(count.value)}")
    return ((low / total, high / total), total, words.joined(told)) if total else None


def share_above_its_whole(view: View) -> Iterator[Finding]:
    """Find a share of some that is above the share of all, by a kind's own pairs of columns."""
    for part, whole in view.sheet.kind.shares_at_most:
        of_all = view.cells(whole)
        for period, cell in view.cells(part).items():
            all_ = of_all.get(period)
            if all_ is None or all_.value is None or cell.value is None:
                continue
            slack = Fraction(1, 2 * 10**cell.decimals) + Fraction(1, 2 * 10**all_.decimals)
            if cell.value - all_.value > slack:
                column = next(q for q in view.sheet.kind.quantities if q.given == part)
                other = next(q for q in view.sheet.kind.quantities if q.given == whole)
                mine = f"{words.number(cell.value, cell.decimals)}%"
                yield Finding(
                    _name(column),
                    period,
                    mine,
                    f"The page prints a {column.title.lower()} of {mine}. It is part of the "
                    f"{other.title.lower()}, which is only "
                    f"{words.number(all_.value, all_.decimals)}%.",
                    category=view.sheet.category,
                    where=line_of(cell),
                )
