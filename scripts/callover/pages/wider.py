"""What a page says across areas, bands and periods: a row of SAYS or TABLES for a row of ACROSS.

Sentences and tables here are of leagues, distributions and cohorts. The report page of a league
uses the same ones, so that no two pages differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from callover import leagues, words
from callover.across import Bands, Comparison, bands, comparisons
from callover.compute import Sheet
from callover.drawings_across import (
    area_name,
    areas_noun,
    column_title,
    figure_of,
    ranked_areas,
    ranked_noun,
)
from callover.model import ALL, Number
from callover.pages import placed
from callover.pages.tables import Cell, Table, TableRow
from callover.periods import Period
from callover.rounding import size, vanishes
from callover.sketch import capital, unit


@dataclass(frozen=True)
class Section:
    """A section of an indicator's page: its title, its tables and where to read on."""

    title: str
    tables: Sequence[Table]
    links: Sequence[tuple[str, str]]


def says(sheet: Sheet) -> Iterator[str]:
    """Say what the newest period shows across areas, bands or periods."""
    for name in sheet.kind.across:
        if name in SAYS:
            yield from SAYS[name](sheet)


def section(sheet: Sheet) -> Section | None:
    """Give the section of a page; None where its kind has none."""
    title, tables, links = "", [], []
    for name in (n for n in sheet.kind.across if n in TABLES):
        title, make = TABLES[name]
        tables += list(make(sheet))
    slug = sheet.indicator.slug
    if sheet.league:
        title = "League"
        links.append((f"../league/{slug}/", "All areas with their ranks, as bars and as a map"))
    if any(quantity.interval for quantity in sheet.kind.quantities) and sheet.lines:
        title = "Survey"
        links.append(("../surveys/", "All survey questions of the partnership, with their tests"))
    return Section(title, tables, links) if tables or links else None


# -------------------------------------------------------------------------------- leagues


def newest_columns(sheet: Sheet) -> Sequence[leagues.Column]:
    """Give the figures of the newest period of a league; none where there is no league."""
    newest = max((c.period for c in sheet.league), key=lambda p: (p.end, -p.start), default=None)
    return [column for column in sheet.league if column.period == newest]


def standing(
    sheet: Sheet, newest: Sequence[leagues.Column], unranked: bool = True
) -> Iterator[str]:
    """Say where the own area stands by every figure, from the end that is nearer.

    A figure without a rank is told too, unless `unranked` is False; why it has none always is.
    """
    own = sheet.indicator.area
    name = area_name(sheet, own)
    here = [column for column in newest if own in column.standings]
    ranked = [column for column in here if not column.unranked]
    told: list[str] = []
    for column in (c for c in ranked if not c.quantity.is_share):
        among = "" if told else f" of {column.standings[own].of} {ranked_areas(sheet, column)}"
        told.append(f"the {_place(column, own)} {ranked_noun(sheet, column)}{among}")
    if told:
        yield f"{name} has {words.joined(told)}."
    for column in (c for c in ranked if c.quantity.is_share):
        share = figure_of(column, column.standings[own].value, "percent")
        yield f"{column.quantity.title}: {share}, the {_place(column, own)}."
    for column in (c for c in here if c.unranked and unranked):
        figure = figure_of(column, column.standings[own].value, unit(sheet, column.quantity))
        yield f"{name}: {figure} ({column_title(sheet, column)})."
    for reason in dict.fromkeys(c.unranked for c in here if c.unranked):
        yield words.UNRANKED[reason]
    if not here and newest:
        yield f"{name} has no figure for {words.period_long(newest[0].period)}."


def _own_words(sheet: Sheet, column: leagues.Column) -> str:
    """Name a figure at the start of a sentence."""
    return capital(column_title(sheet, column))


def told_apart(sheet: Sheet, newest: Sequence[leagues.Column]) -> Iterator[str]:
    """Say of each figure how many areas the own one cannot be told apart from, or why not."""
    own = sheet.indicator.area
    name = area_name(sheet, own)
    for column in (c for c in newest if own in c.standings):
        title = _own_words(sheet, column)
        if column.untested == "count":
            if not column.unranked:
                yield (
                    f"{title}: places with more people tend to have more, so a rank by number does "
                    "not compare places."
                )
            continue
        ends = column.limits(own)
        if ends is not None:
            of = unit(sheet, column.quantity)
            texts = " to ".join(figure_of(column, end, of) for end in ends)
            yield f"{title}: chance could put {name} anywhere from {texts}."
        yield f"{title}: {name} {placed.alike(column, own)}."
        against = (b for b in sheet.beside if b.own and b.own.measure == column.quantity.name)
        for one in (b for b in against if b.verdict and b.other.period == column.period):
            printed = words.as_typed(one.other.as_printed, one.other.unit)
            lies = placed.LIES[one.verdict]
            yield f"{title}: {name} is {lies} {placed.who(sheet, one)} ({printed})."


def _place(column: leagues.Column, area: str) -> str:
    found = column.standings[area]
    return words.standing(found.from_lowest, found.from_highest, column.shared(area))


def _ranks(sheet: Sheet) -> Iterator[str]:
    yield from standing(sheet, newest_columns(sheet), unranked=False)


def checks(sheet: Sheet, newest: Sequence[leagues.Column]) -> Iterator[str]:
    """Say what the areas add up to beside the printed total, and which have no figure."""
    setting = sheet.indicator.league
    for column in newest:
        noun = areas_noun(sheet, column)
        if column.missing:
            names = words.joined(area_name(sheet, area) for area in column.missing)
            yield f"{capital(column_title(sheet, column))}: no figure for {names}."
        if column.sum is None:
            continue
        of = unit(sheet, column.quantity)
        count, total = words.number(len(column.standings)), figure_of(column, column.sum, of)
        told = f"The {count} {noun} add up to {total} {of}."
        if setting is None or column.total is None:
            yield told
        else:
            who = area_name(sheet, setting.total_area)
            yield f"{told} {_against(column, column.sum, column.total, who, of)}"


def _against(column: leagues.Column, added: Number, printed: Number, who: str, of: str) -> str:
    if added == printed:
        return f"That is the total that the source prints for {who}."
    gap = figure_of(column, size(printed - added), of)
    more = "more" if printed > added else "fewer"
    return f"The source prints {figure_of(column, printed, of)} for {who}, {gap} {more}."


# ---------------------------------------------------------------------------------- bands


def _newest_bands(sheet: Sheet) -> Sequence[Bands]:
    """Give the bands of all areas at the newest period, the own area first."""
    found = [split for split in bands(sheet.indicator, sheet.kind) if split.bands]
    newest = max((split.period for split in found), key=_newness, default=None)
    own = [split for split in found if split.period == newest]
    return sorted(own, key=lambda split: split.area != sheet.indicator.area)


def _newness(period: Period) -> tuple[int, int]:
    return period.end, -period.start


def _band_name(sheet: Sheet, band: str) -> str:
    return sheet.indicator.categories.get(band, band)


def _sums(sheet: Sheet) -> Iterator[str]:
    """Say which band is the largest, and what the bands add up to."""
    own = [split for split in _newest_bands(sheet) if split.area == sheet.indicator.area]
    for split in own:
        known = {b: total.value for b, total in split.bands.items() if total.value is not None}
        if known:
            largest = max(known, key=lambda band: known[band])
            share = sheet.value("share_of_total", split.period, largest)
            told = f" ({words.figure(share, 'percent')} of the total)" if share is not None else ""
            count = words.number(known[largest])
            yield f"The largest band is {_band_name(sheet, largest)}, with {count}{told}."
        yield from _missing(split)


def _missing(split: Bands) -> Iterator[str]:
    if not split.missing or split.sum is None or split.total.value is None:
        return
    more = "more" if split.missing > 0 else "fewer"
    gap = words.number(size(split.missing))
    yield f"The bands add up to {words.number(split.sum)}, and the printed total is {gap} {more}."


def _band_tables(sheet: Sheet) -> Iterator[Table]:
    """Set shares of the total side by side, then the sums beside the printed totals."""
    here = _newest_bands(sheet)
    if not here:
        return
    when = words.period_long(here[0].period)
    order = [b for b in sheet.indicator.categories if any(b in split.bands for split in here)]
    names = [area_name(sheet, split.area) for split in here]
    rows = [
        TableRow(_band_name(sheet, band), [_share(sheet, split, band) for split in here])
        for band in order
        if band != ALL
    ]
    title = sheet.indicator.title
    yield Table(f"{title}: share of the total, {when}", "Band", names, rows)
    rows = [TableRow(area_name(sheet, split.area), _sum_cells(split)) for split in here]
    columns = ("Sum of the bands", "Printed total", "In no band")
    yield Table(f"{title}: bands and printed total, {when}", "Area", columns, rows)


def _share(sheet: Sheet, split: Bands, band: str) -> Cell:
    found = sheet.metric_of(split.area, "share_of_total", split.period, band)
    if found is None or found.value is None:
        marker = split.bands[band].marker if band in split.bands else ""
        return Cell("", marker)
    return Cell(words.figure(found.value, "percent"), found.marker)


def _sum_cells(split: Bands) -> Sequence[Cell]:
    texts = (split.sum, split.total.value)
    cells = [Cell("not known" if value is None else words.number(value)) for value in texts]
    gap = split.missing
    return [*cells, Cell("not known" if gap is None else words.signed(gap).removeprefix("+"))]


# ----------------------------------------------------------------------- before and after


def _newest_comparisons(sheet: Sheet) -> Sequence[Comparison]:
    """Give the newest comparison of each category of the page's own area."""
    own = sheet.indicator.area
    found = [one for one in comparisons(sheet.indicator, sheet.kind) if one.area == own]
    return list({one.category: one for one in found}.values())


def _before_and_after(sheet: Sheet) -> Iterator[str]:
    """Say what was before, and what the later figure would be over as many days."""
    for one in (c for c in _newest_comparisons(sheet) if c.category == sheet.category):
        first, later = (words.days(days) for days in one.days)
        of, single = unit(sheet, sheet.kind.quantities[0]), sheet.indicator.unit_one
        before, after = one.before.value, one.after.value
        if before is None:
            continue
        if first == later and after is not None:
            verdict = words.judged(words.better(after - before, sheet.indicator.polarity), None)
            said = words.comparison(after, before, of, single)
            yield f"That is {said} in the {first} before{verdict}."
            continue
        verb = "was" if before == 1 else "were"
        amount = words.amount(before, of, single) if before else f"no {of}"
        yield f"There {verb} {amount} in the {first} before."
        if one.scaled is None or one.change is None:
            continue
        yield (
            f"The time after is {later}: over {first} it would be about "
            f"{words.number(one.scaled)}, {_moved(one, sheet)}."
        )
        if one.days[1] < one.days[0]:
            yield "The time after is shorter than the time before, so take care."


def _moved(one: Comparison, sheet: Sheet) -> str:
    """Say how much more or fewer, in per cent where that can be said."""
    if one.percent is None:
        change = one.change or 0
        if vanishes(change, 0):
            return "no change"
        return f"{words.number(size(change))} {'more' if change > 0 else 'fewer'}"
    return words.change(one.percent, "percent", sheet.indicator.polarity)


def _cohort_table(sheet: Sheet) -> Iterator[Table]:
    """Set before and after side by side for each group, with the length of both."""
    found = _newest_comparisons(sheet)
    if not found:
        return
    of = unit(sheet, sheet.kind.quantities[0])
    rows = [
        TableRow(
            _group_name(sheet, one.category),
            [
                _span(one.before.value, one.days[0], one.first),
                _span(one.after.value, one.days[1], one.later),
                Cell("" if one.scaled is None else words.number(one.scaled), one.marker),
                Cell("" if one.percent is None else f"{words.signed(one.percent)}%", one.marker),
            ],
        )
        for one in found
    ]
    columns = ("Before", "After", "After, over as many days as before", "Change")
    yield Table(f"{sheet.indicator.title}: {of} before and after", "Group", columns, rows)


def _group_name(sheet: Sheet, category: str) -> str:
    return sheet.indicator.categories.get(category, "All" if category == ALL else category)


def _span(value: Number | None, days: int, period: Period) -> Cell:
    figure = "not known" if value is None else words.number(value)
    return Cell(f"{figure} in {words.days(days)}: {words.window(period.start, period.end)}")


#: What is said of each row of ACROSS, after the figure itself.
SAYS: Mapping[str, Callable[[Sheet], Iterator[str]]] = {
    "ranks": _ranks,
    "sum_of_bands": _sums,
    "change_on_before": _before_and_after,
}

#: The tables that a row of ACROSS brings to a page, with the title of their section.
TABLES: Mapping[str, tuple[str, Callable[[Sheet], Iterator[Table]]]] = {
    "sum_of_bands": ("Bands", _band_tables),
    "change_on_before": ("Before and after", _cohort_table),
}
