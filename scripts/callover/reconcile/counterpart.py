"""Our own figure to set against a printed one: what it is, what it is made of, what it rests on.

A figure that rests on the print it is compared with proves nothing, and RESTS_ON says so in words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from callover import measures, periods, words
from callover.across import across, comparisons, rank_name
from callover.compute import Board, Sheet
from callover.intervals import Rounded, half_width
from callover.kinds import Quantity, lines, metric_name
from callover.model import ALL, Denominator, Metric, Number
from callover.periods import Period
from callover.rated import Rated
from callover.ratings import NOT_RATED, Rating
from callover.series import Counts, Line, Sampled, Shares, Window
from callover.travel import UNKNOWN, travel

#: Measures that are one total over one window, and those that set two windows side by side.
TOTALS = (
    "value",
    "period_last_year",
    "year_to_date",
    "year_to_date_last_year",
    "rolling_12_months",
    "rolling_12_months_last_year",
)
COUNT_CHANGES = (
    "change_on_period_before_count",
    "change_on_last_year_count",
    "change_on_period_last_year_count",
    "rolling_12_months_change_count",
    "change_on_before_count",
)
CHANGES = (
    "change_on_last_year",
    "change_on_period_last_year",
    "change_on_period_before",
    "rolling_12_months_change",
    "change_on_before",
    *COUNT_CHANGES,
)

#: Measures that divide by people or homes.
RATES = ("rate", "rate_year_to_date")

#: What a verdict in words is compared as.
WORDED = ("rating", "direction", "against", "unit")

#: Why an agreement does not count, by what the figure rests on. `unit` is the denominator's.
RESTS_ON: Mapping[str, str] = {
    "rows": "Some of our rows were worked out from this print, so the match proves nothing.",
    "row": "This print is itself a row of our data, so the match proves nothing.",
    "rank": "We take ranks as they are printed, so the match proves nothing.",
    "rating": "We repeat the printed rating, so the match proves nothing.",
    "scheme": "The rule was inferred from the printed ratings, so the match proves nothing.",
    "denominator": (
        "The number of {unit} was inferred from printed rates, so the match proves little."
    ),
}

_MISSING: Mapping[str, str] = {
    "value": "Our data has no figure for that period.",
    "period_last_year": "Our data does not give the same period a year before.",
    "change_on_period_last_year": "Our data does not give the same period a year before.",
    "change_on_period_last_year_count": "Our data does not give the same period a year before.",
    "year_to_date": "Our data does not cover every month since 1 April.",
    "year_to_date_last_year": "Our data does not cover the same months of the year before.",
    "change_on_last_year": "Our data does not give the year before.",
    "change_on_last_year_count": "Our data does not give the year before.",
    "change_on_period_before": "Our data does not give the period before.",
    "change_on_period_before_count": "Our data does not give the period before.",
    "half_width": "Our data does not give the percentage and how many people answered.",
    "rolling_12_months": "Our data does not cover all 12 months.",
    "rolling_12_months_last_year": "Our data does not cover the 12 months before.",
    "rolling_12_months_change": "Our data does not cover the 12 months before.",
    "rolling_12_months_change_count": "Our data does not cover the 12 months before.",
    "rate": "Our data does not give the number for 12 months, or the population to divide by.",
    "rate_year_to_date": "Our data does not cover every month since 1 April.",
    "direction": "We know no earlier figure to compare with.",
    "rank": "For that period the document prints no rank with the size of its group.",
    "rating": "We have no rating for that date.",
}
NO_MEASURE = "Our data does not give this figure."
_BLOCKED: Mapping[str, str] = {
    "c": "The figures behind it are confidential.",
    "x": "The figures behind it are not available.",
    "z": "This measure does not apply here.",
}


@dataclass(frozen=True, slots=True)
class Input:
    """A number that our figure is made of, and the decimals it is shown with."""

    value: Number
    decimals: int = 0


@dataclass(frozen=True)
class Source:
    """Where our figure comes from: the metric, and the line of figures it was computed from."""

    sheet: Sheet
    quantity: Quantity
    role: str
    metric: Metric

    @property
    def line(self) -> Line:
        """The line of figures of the metric's own area and category."""
        sheet, metric = self.sheet, self.metric
        if metric.area == sheet.indicator.area:
            return sheet.lines[metric.category][self.quantity.name]
        own = lines(sheet.kind, sheet.indicator, metric.area, metric.category)
        return own[self.quantity.name]

    @property
    def window(self) -> tuple[int, int]:
        """The days the figure covers."""
        return self.metric.start, self.metric.end

    @property
    def is_worked_out(self) -> bool:
        """Say whether it rests on rows that were worked out, or quoted from another extract."""
        return self.metric.marker in ("e", "u")

    @property
    def denominator(self) -> Denominator | None:
        """What a rate is divided by at the close of the period."""
        return measures.denominator_at(self.sheet.denominators, self.metric.period.end)


@dataclass(frozen=True)
class Counterpart:
    """What we set against a printed figure.

    `role` is the measure without its quantity: a row of MEASURES, or rank, from_highest or rating.
    `added` are the rows that a total was added up from, where they are few.
    `bounds` are the least and greatest number that agree, where ours is known no better.
    `rests_on` is a row of RESTS_ON, '' where the figure is independent of the print. A rating has
    a `verdict` and its `reason` instead of a value.
    """

    value: Number | None = None
    verdict: str = ""
    reason: str = ""
    role: str = ""
    missing: str = NO_MEASURE
    inputs: tuple[Input, ...] = ()
    rests_on: str = ""
    unit: str = ""
    noun: str = ""
    group_size: int | None = None
    bounds: tuple[Fraction, Fraction] | None = None
    added: tuple[Input, ...] = ()
    sheet: Sheet | None = None
    quantity: Quantity | None = None
    source: Source | None = None


@dataclass(frozen=True)
class Wanted:
    """What is looked for: a measure by its printed name, at a period, for an area and category."""

    sheet: Sheet
    measure: str
    at: Period
    area: str
    category: str


def sheet_of(board: Board, slug: str) -> Sheet | None:
    """Find an indicator's sheet by its slug."""
    return board.sheet(slug)


def metric_at(sheet: Sheet, name: str, at: Period, category: str, area: str = "") -> Metric | None:
    """Find a metric at a closing period, or else the only one that closes on the same day.

    A document names a 12-month figure by its last month, a row of the data by both its ends. The
    figure of a plain month is never taken from a year or a quarter that ends with it, nor that of
    a span, which names both its ends, from another span.
    """
    area = area or sheet.indicator.area
    exact = sheet.metric_of(area, name, at, category)
    if exact is not None or at.kind == "span":
        return exact
    plain = named(sheet, name)[1] == "value"
    found = [
        m
        for m in (sheet.metrics if area == sheet.indicator.area else sheet.others)
        if (m.measure, m.category, m.area, m.period.end) == (name, category, area, at.end)
        and (m.period.kind == "span" or not plain)
    ]
    return found[0] if len(found) == 1 else None


def named(sheet: Sheet, name: str) -> tuple[Quantity | None, str]:
    """Split a measure's name into its quantity and the measure; (None, '') if it is unknown."""
    for quantity in sheet.kind.quantities:
        for measure in quantity.measures:
            if metric_name(quantity.name, measure) == name:
                return quantity, measure
    wider = {measure for row in sheet.kind.across for measure in across(row).names}
    return (sheet.kind.quantities[0], name) if name in wider else (None, "")


def mentioned(wanted: Wanted) -> Counterpart:
    """Give what no series can: a figure that the page mentions in passing."""
    return Counterpart(missing="The page mentions this in passing. No series gives it.")


def rating(wanted: Wanted) -> Counterpart:
    """Take the rating that stood at the period: the newest one, or the one of that close."""
    sheet, rated = wanted.sheet, _rated(wanted)
    if rated is None:
        return Counterpart(role="rating", missing=_MISSING["rating"], sheet=sheet)
    found = _at_the_time(rated, wanted.at)
    if found is None:
        return Counterpart(role="rating", missing=_MISSING["rating"], sheet=sheet)
    unit = rated.quantity.unit or sheet.indicator.unit
    reason = words.reason(found, unit, sheet.polarity(rated.quantity))
    if found.verdict == NOT_RATED:
        return Counterpart(role="rating", missing=reason, sheet=sheet)
    return Counterpart(
        verdict=found.verdict,
        reason=reason,
        role="rating",
        missing=_MISSING["rating"],
        rests_on=_rating_rests_on(rated),
        sheet=sheet,
    )


def _at_the_time(rated: Rated, at: Period) -> Rating | None:
    """Give the verdict on the figures that a period had; what is too old today was not then."""
    if rated.at is None or rated.at.end < at.end:
        return rated.rating
    before = [rating for closing, rating in rated.history if closing.end <= at.end]
    return before[-1] if before else None


def _rated(wanted: Wanted) -> Rated | None:
    """Find the verdict that a colour is printed for: the leading one, or that of a basis."""
    basis = wanted.measure.removeprefix("rating_")
    if basis == "published":
        return wanted.sheet.ratings[0]
    found = (r for r in wanted.sheet.ratings if r.quantity.name == wanted.sheet.quantity.name)
    return next((r for r in found if (r.basis, r.category) == (basis, wanted.category)), None)


def direction(wanted: Wanted) -> Counterpart:
    """Take the direction of travel at the period, with what it rests on."""
    sheet, at = wanted.sheet, wanted.at
    closing = sheet.closing if sheet.closing and sheet.closing.end == at.end else at
    found = travel(sheet, closing, None, "" if wanted.category == ALL else wanted.category)
    # Documents print what two numbers say; whether that is more than chance is not their matter.
    if found.apparent == UNKNOWN or found.now is None or found.change is None:
        return Counterpart(role="direction", missing=_MISSING["direction"], sheet=sheet)
    moved = words.travel(found.basis, found.change, found.now.period, "", found.now.unit)
    return Counterpart(
        verdict=found.apparent,
        reason=f"It is {moved}.",
        role="direction",
        missing=_MISSING["direction"],
        sheet=sheet,
    )


def _rating_rests_on(rated: Rated) -> str:
    if rated.rating.rule == "published":
        return "rating"
    return "scheme" if rated.scheme.inferred else ""


def rank(wanted: Wanted) -> Counterpart:
    """Take the rank from published.csv itself: the first print of the period.

    Where all areas of the group are in the data, the rank is worked out from them.
    """
    computed = _standing(wanted)
    if computed is not None:
        return computed
    name = wanted.measure.removesuffix("_from_highest")
    printed = wanted.sheet.metric(name, wanted.at, wanted.category)
    rank = wanted.sheet.value(name, wanted.at, wanted.category)
    size = wanted.sheet.value(f"{name}_of", wanted.at, wanted.category)
    if printed is None or rank is None or size is None or printed.area != wanted.area:
        return Counterpart(role="rank", missing=_MISSING["rank"], sheet=wanted.sheet)
    from_highest = name != wanted.measure
    return Counterpart(
        value=size + 1 - rank if from_highest else rank,
        role="from_highest" if from_highest else "rank",
        inputs=(Input(rank), Input(size)),
        rests_on="" if from_highest else "rank",
        unit="rank",
        group_size=None if from_highest else int(size),
        sheet=wanted.sheet,
    )


def _standing(wanted: Wanted) -> Counterpart | None:
    """Rank an area among the others of a league; None where there is no league to rank in."""
    sheet, league = wanted.sheet, wanted.sheet.indicator.league
    name = wanted.measure.removesuffix("_from_highest")
    if league is None or not name.endswith(f"rank_in_{league.group}"):
        return None
    for column in sheet.league:
        standing = column.standings.get(wanted.area)
        if rank_name(column.quantity.name, league.group) != name or standing is None:
            continue
        if column.period != wanted.at:
            continue
        highest = name != wanted.measure
        return Counterpart(
            value=standing.from_highest if highest else standing.from_lowest,
            role="from_highest" if highest else "standing",
            inputs=(Input(standing.from_lowest), Input(standing.of)),
            unit="rank",
            group_size=None if highest else standing.of,
            sheet=sheet,
        )
    return Counterpart(role="standing", missing=NO_MEASURE, sheet=sheet)


def measure(wanted: Wanted) -> Counterpart:
    """Take a figure of metrics.csv, with what it is made of and what it rests on."""
    sheet = wanted.sheet
    metric = metric_at(sheet, wanted.measure, wanted.at, wanted.category, wanted.area)
    quantity, role = named(sheet, wanted.measure)
    missing = _MISSING.get(role, NO_MEASURE)
    nothing = Counterpart(role=role, missing=missing, sheet=sheet, quantity=quantity)
    if metric is None or quantity is None:
        return nothing
    source = Source(sheet, quantity, role, metric)
    if metric.value is None:
        return replace(nothing, missing=_BLOCKED.get(metric.marker, missing), source=source)
    return replace(
        nothing,
        value=metric.value,
        inputs=_INPUTS[role](source) if role in _INPUTS else (),
        added=_added(source) if role in TOTALS else (),
        rests_on=_rests_on(source),
        unit=metric.unit,
        noun=source.denominator.unit if source.denominator else "",
        source=source,
    )


def margin(wanted: Wanted) -> Counterpart:
    """Work half the width of an interval out from what is printed of a sample beside it.

    The figure rests on the rounded percentage, or on the count of people where that is known, and
    never on the printed interval.
    """
    sheet = wanted.sheet
    missing = Counterpart(role="half_width", missing=_MISSING["half_width"], sheet=sheet)
    quantity = next((q for q in sheet.kind.quantities if q.interval), None)
    if quantity is None:
        return missing
    metric = metric_at(sheet, quantity.name, wanted.at, wanted.category, wanted.area)
    if metric is None:
        return missing
    source = Source(sheet, quantity, "half_width", metric)
    base = base_of(source)
    if metric.value is None or not base:
        return replace(missing, missing=_BLOCKED.get(metric.marker, missing.missing))
    return replace(
        missing,
        value=half_width(metric.value, base),
        inputs=(Input(metric.value, percent_of(source).decimals), Input(base)),
        unit="percentage points",
        quantity=quantity,
        source=source,
    )


def base_of(source: Source) -> int:
    """Give how many people answered; 0 where the data does not say."""
    line = source.line
    whole = line.wholes.total(*source.window).value if isinstance(line, Sampled) else None
    return int(whole) if whole is not None else 0


def percent_of(source: Source, window: Window | None = None) -> Rounded:
    """Give a sample's percentage as the source rounds it."""
    line = source.line
    assert isinstance(line, Sampled)
    start, end = window or source.window
    cell = line.given.cells.get(Period(start, end, "", ""))
    if cell is None or cell.value is None:
        return Rounded(line.total(start, end).value or 0, 1)
    return Rounded(cell.value, cell.decimals)


def before_of(source: Source) -> Window | None:
    """Give the window that a change sets its figure against."""
    if source.role.startswith("change_on_period_before"):
        found = measures.period_before(source.line, source.metric.period)
        return (found.start, found.end) if found else None
    return periods.window_last_year(*source.window)


def _rests_on(source: Source) -> str:
    """Say what makes an agreement worthless, '' if nothing does."""
    if source.is_worked_out and source.metric.measure in source.sheet.indicator.rests_on:
        return "rows"
    line = source.line
    if isinstance(line, Sampled):
        known = line.estimate(*source.window)
        own = known is None or known.how != "counted"
        interval = known is not None and known.how in ("recovered", "printed")
        return "row" if (own and source.role == "value") or (interval and _is_limit(source)) else ""
    if not source.is_worked_out and source.role in TOTALS and _is_a_row(source):
        return "row"
    inferred = source.denominator is not None and source.denominator.inferred
    return "denominator" if source.role in RATES and inferred else ""


def _is_limit(source: Source) -> bool:
    return source.role in ("lower", "upper")


def _is_a_row(source: Source) -> bool:
    """Say whether the data has a row for the window, and no finer rows of its own to add up."""
    line, window = source.line, source.window
    if not isinstance(line, Counts):
        return isinstance(line, Shares) and not _parts(source)
    own = line.cells.get(Period(*window, "", ""))
    tiles = line.tiles(*window) or []
    worked_out = any(tile.marker in ("e", "u") for tile in tiles)
    return own is not None and own.value is not None and (len(tiles) == 1 or worked_out)


def _parts(source: Source) -> tuple[Input, ...]:
    """Give the part and the whole of a share, where the data has them."""
    line = source.line
    if not isinstance(line, Shares):
        return ()
    part, whole = line.parts.total(*source.window), line.wholes.total(*source.window)
    if part.value is None or whole.value is None:
        return ()
    return Input(part.value), Input(whole.value)


#: More rows than these are not told one by one.
_FEW = 4


def _added(source: Source) -> tuple[Input, ...]:
    """Give the rows that a total adds up, if there are some and few."""
    line = source.line
    tiles = line.tiles(*source.window) or [] if isinstance(line, Counts) else []
    if not 2 <= len(tiles) <= _FEW:
        return ()
    return tuple(Input(cell.value) for cell in tiles if cell.value is not None)


def _scaled(source: Source) -> tuple[Input, ...]:
    """Give the later figure of a cohort, its days, and the days of the time before."""
    metric = source.metric
    for one in comparisons(source.sheet.indicator, source.sheet.kind):
        if (one.area, one.category, one.later) == (metric.area, metric.category, metric.period):
            first, later = one.days
            return Input(one.after.value or 0), Input(later), Input(first)
    return ()


def _pair(source: Source) -> tuple[Input, ...]:
    """Give the figure and the one a year or a period before; shares of samples unrounded."""
    before = before_of(source)
    now, then = _exact(source.line, source.window), before and _exact(source.line, before)
    decimals = 1 if source.metric.unit == "percentage points" else 0
    return () if now is None or then is None else (Input(now, decimals), Input(then, decimals))


def _before_and_after(source: Source) -> tuple[Input, ...]:
    """Give the later figure, scaled to the length of the time before, and the one before."""
    metric = source.metric
    for one in comparisons(source.sheet.indicator, source.sheet.kind):
        at = one.area, one.category, one.later
        if at == (metric.area, metric.category, metric.period) and one.scaled is not None:
            return Input(one.scaled, 1), Input(one.before.value or 0)
    return ()


def _exact(line: Line, window: Window) -> Number | None:
    known = line.estimate(*window) if isinstance(line, Sampled) else None
    return known.share if known else line.total(*window).value


def _divided(source: Source) -> tuple[Input, ...]:
    """Give the number for 12 months and the population."""
    count, below = source.line.total(*source.window).value, source.denominator
    return () if count is None or below is None else (Input(count), Input(below.value))


#: What a figure is made of, by its role; the others are shown alone.
_INPUTS: Mapping[str, Callable[[Source], tuple[Input, ...]]] = {
    **dict.fromkeys(TOTALS, _parts),
    **dict.fromkeys(CHANGES, _pair),
    **dict.fromkeys(("change_on_before", "change_on_before_count"), _before_and_after),
    **dict.fromkeys(RATES, _divided),
    "scaled_to_before": _scaled,
}
