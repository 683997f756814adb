"""Charts that set areas, bands, samples or periods side by side: rows of `drawings.CHARTS`.

Samples are never joined by a line, as their years may share months. Areas stand in the order of
their figures, and the own area is marked in words as well as in colour.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from callover import leagues, words
from callover.across import Comparison, bands, comparisons
from callover.charts import Chart, Mark, Point
from callover.compute import Sheet
from callover.intervals import clear_of_nought
from callover.kinds import Quantity, metric_name
from callover.model import ALL, Comparator, Number
from callover.periods import Period
from callover.sketch import NO_FIGURE, capital, cuts, has, name, point, source, unit, values

#: The roles of further marks, in the order in which they are needed.
_OTHERS = ("comparator", "cat2", "cat3")
_NOTHING = Point(None, NO_FIGURE)
_AREAS = ("this-year", "last-year", "cat2", "cat3", "cat4")


def area_name(sheet: Sheet, code: str) -> str:
    """Name an area; its code where the reference does not know it."""
    return sheet.reference.areas.get(code, code)


# -------------------------------------------------------------------------------- samples


def samples(sheet: Sheet) -> Iterator[Chart]:
    """Percentages of a sample with their intervals, beside the figures of others."""
    for category in sheet.lines:
        quantity = sheet.kind.quantities[0]
        found = {
            m.period
            for m in sheet.metrics
            if (m.measure, m.category) == (quantity.name, category) and m.value is not None
        }
        at = sorted(found, key=lambda p: (p.end, p.start))
        if len(at) >= 2:
            yield _samples(sheet, quantity, category, at)


def _samples(sheet: Sheet, quantity: Quantity, category: str, at: Sequence[Period]) -> Chart:
    named = sheet.indicator.categories.get(category, "") if len(sheet.lines) > 1 else ""
    own = Mark("whiskers", area_name(sheet, sheet.indicator.area), "this-year", *_reach(
        sheet, quantity, category, at
    ))  # fmt: skip
    target = values(sheet, f"{quantity.name}_target_to_date", at, "percent", category)
    wanted = [Mark("rule", "Target", "target", target)] if has(target) else []
    marks = (*wanted, *_quoted(sheet, quantity, category, at), own)
    last = at[-1]
    title = f"{words.figure(_value(sheet, quantity, last, category), 'percent')} "
    title += words.during(last.start, last.end)
    title = f"{named}: {title}" if named else title
    title += _moved(sheet, quantity, last, category)
    return Chart(
        "samples" if len(sheet.lines) == 1 else f"samples-{category}",
        title,
        f"{name(sheet)}: percentage in each period, with its 95% interval",
        f"Chart of percentages with dots, each with the range that chance allows. {title}.",
        source(sheet),
        "percent",
        tuple(words.short_tick(p) for p in at),
        tuple(words.period_long(p) for p in at),
        marks,
        zero=False,
        decimals=1,
        cuts=cuts(sheet, at),
    )


def _moved(sheet: Sheet, quantity: Quantity, at: Period, category: str) -> str:
    """Say how a sample's share moved in a year, if that is tested and clear."""
    measure = metric_name(quantity.name, "change_on_last_year")
    lower, upper = (sheet.value(f"{measure}_{side}", at, category) for side in ("lower", "upper"))
    change = sheet.value(measure, at, category)
    if lower is None or upper is None or change is None:
        return ""
    if not clear_of_nought(lower, upper):
        return ", no clear change on a year before"
    return f", {words.change(change, 'percentage points')} on a year before"


def _value(sheet: Sheet, quantity: Quantity, at: Period, category: str) -> Number:
    found = sheet.value(quantity.name, at, category)
    assert found is not None
    return found


def _reach(
    sheet: Sheet, quantity: Quantity, category: str, at: Sequence[Period]
) -> tuple[tuple[Point, ...], ...]:
    """Give the percentages, their lower limits and their upper ones."""
    shares = values(sheet, quantity.name, at, "percent", category)
    lower, upper = (
        values(sheet, metric_name(quantity.name, side), at, "percent", category)
        for side in ("lower", "upper")
    )
    return shares, lower, upper


def _quoted(
    sheet: Sheet, quantity: Quantity, category: str, at: Sequence[Period]
) -> Iterator[Mark]:
    """Give the figures of others for the same periods, a mark for each of them."""
    found: dict[str, dict[Period, Comparator]] = {}
    for one in sheet.indicator.comparators:
        if one.measure != quantity.name or one.period is None or category != sheet.category:
            continue
        if one.period in at:
            found.setdefault(one.area or one.group, {})[one.period] = one
    for role, (who, rows) in zip(_OTHERS, found.items(), strict=False):
        group = sheet.reference.groups.get(who)
        label = group.title if group else area_name(sheet, who)
        theirs = (rows.get(p) for p in at)
        points = [point(one.value if one else None, "percent") for one in theirs]
        yield Mark("dots", label, role, tuple(points))


# -------------------------------------------------------------------------------- leagues


def leading_column(sheet: Sheet) -> leagues.Column | None:
    """Give the figure that a league is drawn by: the newest rate, or else the newest count."""
    if not sheet.league:
        return None
    newest = sheet.league[-1].period
    found = {c.quantity.name: c for c in sheet.league if c.period == newest}
    return found.get("rate") or next(iter(found.values()))


def figure_of(column: leagues.Column, value: Number | None, of: str) -> str:
    """Write a figure with as many decimals as its source prints: 3.40, 28,632, 4%."""
    if value is None:
        return NO_FIGURE
    return f"{words.number(value, column.decimals)}{'%' if of == 'percent' else ''}"


def league(sheet: Sheet) -> Iterator[Chart]:
    """The areas of a group as bars, the highest first, with the own one marked."""
    column = leading_column(sheet)
    if column is None or len(column.standings) < 2:
        return
    yield league_chart(sheet, column)


def league_chart(sheet: Sheet, column: leagues.Column) -> Chart:
    """Draw one figure of a league: as bars, or as dots with ranges where chance is allowed for."""
    of = unit(sheet, column.quantity)
    order = column.ordered
    apart = column.apart(sheet.indicator.area)
    marks = [*(_ranges(sheet, column, apart) if apart else _league_bars(sheet, column))]
    total = _total(sheet, column, of, len(order))
    title = league_title(sheet, column)
    what = "Chart of dots with the ranges that chance allows, for" if apart else "Bar chart of"
    return Chart(
        f"league-{column.quantity.name}",
        title,
        f"{name(sheet)}: {column_title(sheet, column)}, {words.period_long(column.period)}",
        f"{what} {len(order)} areas, the highest first. {title}.",
        source(sheet),
        of,
        tuple(area_name(sheet, a) for a in order),
        tuple(area_name(sheet, a) for a in order),
        (*marks, *total),
        decimals=column.decimals,
        form="rows",
        rows_are="Area",
    )


def _league_bars(sheet: Sheet, column: leagues.Column) -> Iterator[Mark]:
    own = sheet.indicator.area
    for label, role, mine in (
        (area_name(sheet, own), "this-year", True),
        (f"Other {areas_noun(sheet, column)}", "last-year", False),
    ):
        areas = [a for a in column.ordered if (a == own) is mine]
        if areas:
            yield Mark("bars", label, role, _points(sheet, column, areas))


def _ranges(sheet: Sheet, column: leagues.Column, apart: Mapping[str, str]) -> Iterator[Mark]:
    """Give the own area, those that cannot be told apart from it, those that can, and the rest."""
    own = sheet.indicator.area
    here = area_name(sheet, own)
    similar = {a for a, verdict in apart.items() if verdict == "similar"}
    for label, role, areas in (
        (here, "this-year", {own}),
        (f"Cannot be told apart from {here}", "cat2", similar),
        (f"Differs clearly from {here}", "earlier", set(apart) - similar),
        ("Cannot be tested", "cat3", set(column.standings) - {own, *apart}),
    ):
        if areas:
            ends = [_points(sheet, column, areas, side) for side in (None, 0, 1)]
            yield Mark("whiskers", label, role, *ends)


def _points(
    sheet: Sheet, column: leagues.Column, areas: Container[str], side: int | None = None
) -> tuple[Point, ...]:
    """Give the figures of some areas, or the lower or upper ends of their ranges."""
    of = unit(sheet, column.quantity)

    def value(area: str) -> Number | None:
        if side is None:
            return column.standings[area].value
        ends = column.limits(area)
        return ends[side] if ends else None

    found = {a: value(a) for a in column.ordered if a in areas}
    return tuple(
        _NOTHING if found.get(a) is None else Point(found[a], figure_of(column, found[a], of))
        for a in column.ordered
    )


def _total(sheet: Sheet, column: leagues.Column, of: str, rows: int) -> Sequence[Mark]:
    """Give the level of all areas together, where the figure does not add up to one."""
    setting = sheet.indicator.league
    if setting is None or column.total is None or column.sum is not None:
        return []
    text = figure_of(column, column.total, of)
    label = f"{area_name(sheet, setting.total_area)}: {text}"
    return [Mark("rule", label, "comparator", (Point(column.total, text),) * rows)]


def column_title(sheet: Sheet, column: leagues.Column) -> str:
    """Name a figure of a league: number of calls, or the quantity's own title."""
    if column.quantity.name == "value":
        return f"number of {sheet.indicator.unit}"
    title = column.quantity.title
    return f"{title[:1].lower()}{title[1:]}"


def league_title(sheet: Sheet, column: leagues.Column) -> str:
    """Say where the own area stands; where it has no figure, what is drawn."""
    own = sheet.indicator.area
    standing = column.standings.get(own)
    noun = areas_noun(sheet, column)
    if standing is None:
        return f"{capital(column_title(sheet, column))} in {len(column.standings)} {noun}"
    place = words.standing(standing.from_lowest, standing.from_highest, column.shared(own))
    figure = figure_of(column, standing.value, unit(sheet, column.quantity))
    if column.unranked:
        return f"{area_name(sheet, own)}: {figure} beside {standing.of - 1} other {noun}"
    return (
        f"{area_name(sheet, own)} has the {place} {ranked_noun(sheet, column)} of "
        f"{standing.of} {ranked_areas(sheet, column)}: {figure}"
    )


def ranked_noun(sheet: Sheet, column: leagues.Column) -> str:
    """Say in a word what areas are ranked by: number of calls, rate, percentage."""
    if column.quantity.is_share:
        return "percentage"
    return "rate" if column.quantity.form == "rate" else f"number of {sheet.indicator.unit}"


def areas_noun(sheet: Sheet, column: leagues.Column) -> str:
    """Name what is ranked: boroughs, where all of them are; else areas."""
    kinds = {sheet.reference.area_types.get(area, "") for area in column.standings}
    found = kinds.pop() if len(kinds) == 1 else ""
    return words.plural(found or "area")


def ranked_areas(sheet: Sheet, column: leagues.Column) -> str:
    """Name what is ranked; where some have no figure, the rank is among those that have one."""
    return f"{areas_noun(sheet, column)}{' with a figure' if column.missing else ''}"


#: The names of classes by how many there are, the lowest figures first.
_CLASSES: Mapping[int, Sequence[str]] = {
    1: ("All",),
    2: ("Lower half", "Higher half"),
    4: ("Lowest group", "Second lowest group", "Second highest group", "Highest group"),
}


def classes(column: leagues.Column) -> Mapping[str, int]:
    """Put each area in a class by its rank; areas with the same figure share a class."""
    count = len(column.standings)
    many = _many(column)
    return {a: (s.from_lowest - 1) * many // count for a, s in column.standings.items()}


def class_name(column: leagues.Column, number: int) -> str:
    """Name a class: Lowest group. A quarter would be taken for three months."""
    return _CLASSES[_many(column)][number]


def _many(column: leagues.Column) -> int:
    """Give the number of classes: none apart where areas are not ranked."""
    return 1 if column.unranked else 4 if len(column.standings) >= 8 else 2


def tiles(sheet: Sheet) -> Iterator[Chart]:
    """The areas of a group as tiles, roughly where they lie; no boundaries."""
    column = leading_column(sheet)
    if column is not None:
        yield from tile_chart(sheet, column)


def _tile_title(sheet: Sheet, column: leagues.Column, within: Mapping[str, int]) -> str:
    """Say which class the own area is in; where it has no figure, what is drawn."""
    own, noun = sheet.indicator.area, areas_noun(sheet, column)
    count = len(column.standings)
    if column.unranked and own in within:
        return league_title(sheet, column)
    if own not in within:
        return f"Where the {ranked_noun(sheet, column)} is high and low among {count} {noun}"
    name_ = class_name(column, within[own])
    figure = figure_of(column, column.standings[own].value, unit(sheet, column.quantity))
    return (
        f"{area_name(sheet, own)} is in the {name_[:1].lower()}{name_[1:]} of {count} {noun} "
        f"by {ranked_noun(sheet, column)}: {figure}"
    )


def tile_chart(sheet: Sheet, column: leagues.Column) -> Iterator[Chart]:
    """Draw one figure of a league on tiles; nothing where the places are not known."""
    places = sheet.reference.tiles
    shown = [area for area in column.standings if area in places]
    if len(shown) < 2 or len(shown) < len(column.standings):
        return
    title = _tile_title(sheet, column, classes(column))
    yield Chart(
        f"tiles-{column.quantity.name}",
        title,
        f"{name(sheet)}: {column_title(sheet, column)}, {words.period_long(column.period)}",
        f"Map of tiles, one for each of {len(shown)} areas, roughly where they lie. {title}.",
        source(sheet),
        unit(sheet, column.quantity),
        tuple(places[a].short_name for a in shown),
        tuple(area_name(sheet, a) for a in shown),
        tuple(_tile_marks(sheet, column, shown)),
        decimals=column.decimals,
        form="tiles",
        places=tuple((places[a].column, places[a].row) for a in shown),
        rows_are="Area",
    )


def _tile_marks(sheet: Sheet, column: leagues.Column, shown: Sequence[str]) -> Iterator[Mark]:
    """Give a mark for each class of areas, and the outline of the own area."""
    of, own, within = unit(sheet, column.quantity), sheet.indicator.area, classes(column)

    def points(here: Container[str]) -> tuple[Point, ...]:
        known = {a: column.standings[a].value for a in shown if a in here}
        return tuple(
            Point(known[a], figure_of(column, known[a], of)) if a in known else _NOTHING
            for a in shown
        )

    for number in sorted(set(within.values())):
        here = [a for a in shown if within[a] == number]
        ends = sorted(column.standings[a].value for a in here)
        label = f"{class_name(column, number)}: {figure_of(column, ends[0], of)}"
        label += f" to {figure_of(column, ends[-1], of)}" if ends[0] != ends[-1] else ""
        step = number + 1 if max(within.values()) > 1 else 1 + 2 * number
        yield Mark("tiles", label, f"step{step}", points(here))
    if own in shown:
        yield Mark("outline", area_name(sheet, own), "this-year", points([own]))


# ---------------------------------------------------------------------------------- bands


def distribution(sheet: Sheet) -> Iterator[Chart]:
    """The share of the total in each band at the newest period, beside those of other areas."""
    found = [split for split in bands(sheet.indicator, sheet.kind) if split.whole]
    if not found:
        return
    newest = max(found, key=lambda split: split.period.end).period
    here = [split for split in found if split.period == newest]
    here.sort(key=lambda split: split.area != sheet.indicator.area)
    here = here[: len(_AREAS)]
    named = sheet.indicator.categories
    order = [b for b in named if b != ALL and any(b in split.bands for split in here)]
    if len(order) < 2:
        return
    marks = []
    for role, split in zip(_AREAS, here, strict=False):
        shares = [sheet.metric_of(split.area, "share_of_total", newest, band) for band in order]
        points = [point(m.value if m else None, "percent") for m in shares]
        marks.append(Mark("bars", area_name(sheet, split.area), role, tuple(points)))
    first = marks[0].points
    most = max(range(len(order)), key=lambda i: first[i].value or 0)
    title = f"{first[most].text} in the band: {named[order[most]]}"
    yield Chart(
        "distribution",
        title,
        f"{name(sheet)}: share of the total in each band, {words.period_long(newest)}",
        f"Bar chart of bands. {title}.",
        source(sheet),
        "percent",
        tuple(named[band] for band in order),
        tuple(named[band] for band in order),
        tuple(marks),
        decimals=1,
        form="rows",
        rows_are="Band",
    )


# ----------------------------------------------------------------------- before and after


def before_after(sheet: Sheet) -> Iterator[Chart]:
    """A cohort before and after, the later figures scaled to the days of the first period."""
    indicator = sheet.indicator
    found = [one for one in comparisons(indicator, sheet.kind) if one.area == indicator.area]
    rows = list({one.category: one for one in found if one.scaled is not None}.values())
    if not rows:
        return
    of = unit(sheet, sheet.kind.quantities[0])
    marks = _before_after_marks(rows, of)
    title = _before_after_title(rows[0], of, *(mark.points[0].text for mark in marks))
    labels = [
        indicator.categories.get(one.category, capital(of) if one.category == ALL else one.category)
        for one in rows
    ]
    first, later = rows[0].first, rows[0].later
    yield Chart(
        "before-after",
        title,
        f"{name(sheet)}: {words.window(first.start, first.end)} and "
        f"{words.window(later.start, later.end)}",
        f"Bar chart of {of} before and after. {title}.",
        source(sheet),
        of,
        tuple(labels),
        tuple(labels),
        marks,
        form="rows",
        rows_are="Group",
    )


def _before_after_marks(rows: Sequence[Comparison], of: str) -> tuple[Mark, Mark]:
    """Give the bars before and those after, the latter scaled to the days before."""
    before = [point(one.before.value, of) for one in rows]
    # Nobody was convicted eight tenths of a time: an estimate of a count is a whole number.
    after = [Point(one.scaled, words.number(one.scaled or 0)) for one in rows]
    lengths = {one.days[0] for one in rows}
    when = words.days(lengths.pop()) if len(lengths) == 1 else "the days before"
    same = all(one.days[0] == one.days[1] for one in rows)
    return (
        Mark("bars", f"Before ({when})", "last-year", tuple(before)),
        Mark("bars", "After" if same else f"After, scaled to {when}", "this-year", tuple(after)),
    )


def _before_after_title(one: Comparison, of: str, before: str, after: str) -> str:
    moved = "" if one.percent is None else f": {words.change(one.percent, 'percent')}"
    title = f"{after} {of} after, {before} before{moved}"
    first, later = one.days
    return title if first == later else f"About {title}, over {words.days(first)}"
