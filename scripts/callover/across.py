"""What is computed across the lines of an indicator: over areas, over bands, before and after.

A measure of `callover.measures` looks at one line; a row of ACROSS looks at several. A kind names
the rows that make sense for it, and the Methods page is rendered from the same table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from callover import given, leagues
from callover.breaks import crossed
from callover.errors import UnknownName
from callover.kinds import Kind, lines
from callover.model import ALL, Indicator, Key, Metric, Number, Reference
from callover.periods import Period
from callover.series import Total, gravest


@dataclass(frozen=True)
class Across:
    """One row of ACROSS: a figure, what it is for the public, and how it is made.

    `names` are the measures it gives; `suffix` says that these are followed by a group's name.
    """

    name: str
    title: str
    formula: str
    source: str
    sentence: str
    names: Sequence[str]
    compute: Callable[[Indicator, Kind, Reference], Iterator[Metric]]
    suffix: bool = False


def across(name: str) -> Across:
    """Find a row of ACROSS; raise UnknownName with the known ones."""
    try:
        return ACROSS[name]
    except KeyError:
        raise UnknownName("row of ACROSS", name, ACROSS) from None


def figures(indicator: Indicator, row: Kind, reference: Reference) -> Sequence[Metric]:
    """Compute every row of ACROSS that the kind names or its quantities need, for all areas."""
    found = (across(name).compute(indicator, row, reference) for name in wanted(row))
    return [metric for metrics in found for metric in metrics]


def wanted(row: Kind) -> Sequence[str]:
    """Name the rows of ACROSS for a kind: its own, and limits where numbers lie behind figures."""
    given_ = any(quantity.behind for quantity in row.quantities)
    return (*row.across, "interval_of_given") if given_ else row.across


def _metric(
    name: str, period: Period, area: str, category: str, value: Number | None, unit: str,
    marker: str = "",
) -> Metric:  # fmt: skip
    return Metric(name, period, period.start, period.end, area, category, value, unit, marker)


# ---------------------------------------------------------------------------------- ranks


def rank_name(quantity: str, group: str) -> str:
    """Name a computed rank: that of the rate has no prefix, as the contract has it."""
    return f"rank_in_{group}" if quantity == "rate" else f"{quantity}_rank_in_{group}"


def _ranks(indicator: Indicator, row: Kind, reference: Reference) -> Iterator[Metric]:
    league = indicator.league
    if league is None:
        return
    for category in _categories(indicator):
        for column in leagues.columns(indicator, row, reference, category):
            own = column.standings.get(indicator.area)
            if own is None or column.unranked:
                continue
            name = rank_name(column.quantity.name, league.group)
            for suffix, value in (("", own.from_lowest), ("_of", own.of)):
                yield _metric(
                    f"{name}{suffix}", column.period, indicator.area, category, value, "rank"
                )


def similar_name(quantity: str, group: str) -> str:
    """Name the number of areas that the home area cannot be told apart from."""
    return f"similar_in_{group}" if quantity == "rate" else f"{quantity}_similar_in_{group}"


def _told_apart(indicator: Indicator, row: Kind, reference: Reference) -> Iterator[Metric]:
    """Count the areas that the home area cannot be told apart from at the newest period."""
    league, area = indicator.league, indicator.area
    if league is None:
        return
    for category in _categories(indicator):
        found = leagues.columns(indicator, row, reference, category)
        for column in (c for c in found if c.period == found[-1].period and not c.unranked):
            apart = column.apart(area)
            if apart:
                name = similar_name(column.quantity.name, league.group)
                alike = sum(verdict == "similar" for verdict in apart.values())
                for suffix, value in (("", alike), ("_of", len(apart))):
                    yield _metric(f"{name}{suffix}", column.period, area, category, value, "areas")


def _limits(indicator: Indicator, row: Kind, reference: Reference) -> Iterator[Metric]:
    """Give the limits of rates and percentages that the source gives, by the numbers behind."""
    for quantity in (q for q in row.quantities if q.behind):
        if not quantity.is_share and not leagues.counts(indicator.unit) and indicator.league:
            continue
        own = quantity.column or quantity.given
        for key, line in indicator.series.items():
            if key.column != own:
                continue
            below = indicator.series.get(Key(key.area, key.category, quantity.behind), {})
            newest = max((p.end for p in line), default=0)
            for period, cell in line.items():
                behind = below.get(period)
                if key.area != indicator.area and period.end != newest:
                    continue  # of others, only the newest is looked at
                if cell.value is None or behind is None or behind.value is None:
                    continue
                ends = given.limits(quantity, (cell.value, behind.value))
                marker = gravest((cell.marker, behind.marker))
                unit = quantity.unit or indicator.unit
                for side, end in zip(("lower", "upper"), ends or (), strict=False):
                    name = f"{quantity.name}_{side}"
                    yield _metric(name, period, key.area, key.category, end, unit, marker)


def _categories(indicator: Indicator) -> Iterable[str]:
    return dict.fromkeys(key.category for key in indicator.series if key.area == indicator.area)


# ---------------------------------------------------------------------------------- bands


@dataclass(frozen=True)
class Bands:
    """A total split into bands at one period, for one area.

    `total` is the printed total, `sum` what the bands add up to; either may be unknown.
    """

    area: str
    period: Period
    bands: Mapping[str, Total]
    total: Total
    sum: Number | None

    @property
    def whole(self) -> Number | None:
        """What shares are taken of: the printed total, or the sum where none is printed."""
        return self.sum if self.total.value is None else self.total.value

    @property
    def missing(self) -> Number | None:
        """How many of the printed total are in no band; None where either is unknown."""
        if self.total.value is None or self.sum is None:
            return None
        return self.total.value - self.sum


def bands(indicator: Indicator, row: Kind) -> Iterator[Bands]:
    """Give the bands of every area at every period, in the order of the data."""
    quantity = row.quantities[0]
    for area in dict.fromkeys(key.area for key in indicator.series):
        named = dict.fromkeys(key.category for key in indicator.series if key.area == area)
        own = {name: lines(row, indicator, area, name)[quantity.name] for name in named}
        for period in sorted({p for line in own.values() for p in line.periods}):
            found = {
                name: line.total(period.start, period.end)
                for name, line in own.items()
                if period in line.periods
            }
            total = found.pop(ALL, Total(None))
            values = [band.value for band in found.values() if band.value is not None]
            complete = bool(found) and len(values) == len(found)
            yield Bands(area, period, found, total, sum(values) if complete else None)


def _shares(indicator: Indicator, row: Kind, reference: Reference) -> Iterator[Metric]:
    for split in bands(indicator, row):
        for name, band in split.bands.items():
            if band.value is not None and split.whole:
                share = Fraction(100 * band.value) / split.whole
                marker = gravest((band.marker, split.total.marker))
                yield _metric(
                    "share_of_total", split.period, split.area, name, share, "percent", marker
                )


def _sums(indicator: Indicator, row: Kind, reference: Reference) -> Iterator[Metric]:
    for split in bands(indicator, row):
        if split.sum is not None:
            marker = gravest([band.marker for band in split.bands.values()])
            yield _metric(
                "sum_of_bands", split.period, split.area, ALL, split.sum, indicator.unit, marker
            )


# ----------------------------------------------------------------------- before and after


@dataclass(frozen=True)
class Comparison:
    """A later period set against the first one, by the day; `scaled` is as long as the first."""

    area: str
    category: str
    first: Period
    later: Period
    before: Total
    after: Total

    @property
    def days(self) -> tuple[int, int]:
        """The length of both periods in days."""
        return _days(self.first), _days(self.later)

    @property
    def scaled(self) -> Number | None:
        """What the later figure would be over as many days as the first period has."""
        if self.after.value is None:
            return None
        first, later = self.days
        return Fraction(self.after.value * first, later)

    @property
    def change(self) -> Number | None:
        """The scaled figure less the first."""
        if self.scaled is None or self.before.value is None:
            return None
        return self.scaled - self.before.value

    @property
    def percent(self) -> Number | None:
        """The change in per cent of the first figure; None where that was 0."""
        if self.change is None or not self.before.value:
            return None
        return 100 * self.change / Fraction(self.before.value)

    @property
    def marker(self) -> str:
        """The gravest marker of both; a scaled figure is an estimate."""
        first, later = self.days
        return gravest((self.before.marker, self.after.marker, "" if first == later else "e"))


def _days(period: Period) -> int:
    return period.end - period.start + 1


def comparisons(indicator: Indicator, row: Kind) -> Iterator[Comparison]:
    """Set each later row of a category against its first, where they share no day.

    Across a change in recording nothing is set against anything.
    """
    quantity = row.quantities[0]
    for area, category in dict.fromkeys((key.area, key.category) for key in indicator.series):
        line = lines(row, indicator, area, category)[quantity.name]
        found = sorted(line.periods)
        for later in found[1:]:
            first = found[0]
            split = crossed(indicator.breaks, first.start, later.end)
            if later.start > first.end and split is None:
                totals = [line.total(p.start, p.end) for p in (first, later)]
                yield Comparison(area, category, first, later, *totals)


def _scaled(indicator: Indicator, row: Kind, reference: Reference) -> Iterator[Metric]:
    for one in comparisons(indicator, row):
        if one.scaled is not None:
            yield _metric(
                "scaled_to_before", one.later, one.area, one.category, one.scaled,
                indicator.unit, one.marker,
            )  # fmt: skip


def _change_on_before(indicator: Indicator, row: Kind, reference: Reference) -> Iterator[Metric]:
    for one in comparisons(indicator, row):
        place = one.later, one.area, one.category
        if one.percent is not None:
            yield _metric("change_on_before", *place, one.percent, "percent", one.marker)
        if one.change is not None:
            yield _metric("change_on_before_count", *place, one.change, indicator.unit, one.marker)


_OWN = "Callover; the arithmetic of a sum"

ACROSS: Mapping[str, Across] = {
    row.name: row
    for row in (
        Across(
            "ranks",
            "Rank among areas",
            "1 + the number of areas of the group with a lower figure; from the highest, 1 + the "
            "number with a higher one",
            "Competition ranking, as the Office for National Statistics ranks ties",
            "Where an area stands in its group. 1 is the lowest. Areas with the same figure share "
            "a rank, and the next rank is left out. We rank five areas or more. We give no rank "
            "over a period in which the way of recording changed.",
            ("rank_in_", "value_rank_in_", "percent_rank_in_"),
            _ranks,
            suffix=True,
        ),
        Across(
            "told_apart",
            "Areas that cannot be told apart",
            "given both counts, one of them is binomial with its area's part of all people; p = "
            "twice the smaller tail; people = count ÷ rate; of percentages, p from their "
            "difference in standard errors; below 0.05 two areas are told apart",
            "Przyborowski and Wilenski (1940), Biometrika 31: 313-323; Newcombe RG (1998), "
            "Statistics in Medicine 17: 873-890",
            "A rank hides how close areas are. We test each pair by itself, at 95%. So of 20 areas "
            "that are all alike, about one still seems apart. If cases come in bunches, even fewer "
            "areas differ than we say. Where the numbers behind the figures are not published, "
            "nobody can tell, and we say so.",
            ("similar_in_", "percent_similar_in_"),
            _told_apart,
            suffix=True,
        ),
        Across(
            "interval_of_given",
            "Interval of a figure that the source works out",
            "of a rate: limits of its count (as of a rate of ours) × rate ÷ count; of a "
            "percentage: Wilson's limits with its base",
            "Breslow and Day (1987), Statistical methods in cancer research II; Wilson EB (1927), "
            "Journal of the American Statistical Association 22: 209-212",
            "The source gives the rate. With the count behind it we can say how far chance may "
            "move it.",
            ("rate_lower", "rate_upper", "percent_lower", "percent_upper"),
            _limits,
        ),
        Across(
            "share_of_total",
            "Share of the total",
            "100 × band ÷ printed total; ÷ the sum of the bands where no total is printed",
            _OWN,
            "How much of the total is in each band.",
            ("share_of_total",),
            _shares,
        ),
        Across(
            "sum_of_bands",
            "Sum of the bands",
            "sum of all bands of one area and period",
            _OWN,
            "What the bands add up to. Some documents leave out a band, so that the sum misses the "
            "printed total. The page says by how much.",
            ("sum_of_bands",),
            _sums,
        ),
        Across(
            "scaled_to_before",
            "Later period, scaled",
            "figure of the later period × days of the first period ÷ days of the later period",
            _OWN,
            "What the later figure would be over as many days as the time before. It is an "
            "estimate: nobody knows the days that are missing.",
            ("scaled_to_before",),
            _scaled,
        ),
        Across(
            "change_on_before",
            "Change from before to after",
            "100 × (scaled figure of the later period ÷ figure of the first period - 1)",
            _OWN,
            "How much more or less than in the time before, with both times equally long.",
            ("change_on_before", "change_on_before_count"),
            _change_on_before,
        ),
    )
}
