"""Ranks of areas among their group, counted from both ends, and the group's sum.

Rank 1 is the lowest. Areas with the same figure share a rank and the next one is left out (a
competition ranking): 1, 2, 2, 4. Figures are ranked as the source gives them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callover.kinds import Kind, Quantity, lines
from callover.model import ALL, Indicator, League, Number, Reference
from callover.periods import Period


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an area stands: its figure, its rank from either end, and how many it ranks among.

    `sharing` is the number of areas with the same figure, the area itself included.
    """

    value: Number
    from_lowest: int
    from_highest: int
    sharing: int
    of: int


@dataclass(frozen=True)
class Column:
    """One figure of a league at one period: the standings of the group's areas by their code.

    `missing` are areas of the group without a figure, `total` is the figure printed for all of
    them together and `sum` what they add up to; None where that is not known or makes no sense.
    `decimals` are those of the finest figure, as the source prints them.
    """

    quantity: Quantity
    period: Period
    standings: Mapping[str, Standing]
    missing: Sequence[str]
    total: Number | None
    sum: Number | None
    decimals: int = 0

    def shared(self, area: str) -> bool:
        """Say whether another area has the same figure."""
        return self.standings[area].sharing > 1

    @property
    def ordered(self) -> Sequence[str]:
        """The areas from the highest figure to the lowest; equal ones in the group's order."""
        return sorted(self.standings, key=lambda area: self.standings[area].from_highest)


def standings(values: Mapping[str, Number]) -> Mapping[str, Standing]:
    """Rank areas by their figures, lowest first: rank = 1 + the number of areas that are lower.

    Source: the way sports leagues and the Office for National Statistics rank ties.
    """
    ordered = sorted(values.values())
    lower = {value: place for place, value in reversed(list(enumerate(ordered)))}
    upto = {value: place for place, value in enumerate(ordered)}
    return {
        area: Standing(
            value,
            lower[value] + 1,
            len(ordered) - upto[value],
            upto[value] - lower[value] + 1,
            len(ordered),
        )
        for area, value in values.items()
    }


def members(indicator: Indicator, league: League, reference: Reference) -> Sequence[str]:
    """Give the areas that are ranked: those of the group, or all with rows if it is not known."""
    group = reference.groups.get(league.group)
    if group is not None and group.members:
        return group.members
    found = dict.fromkeys(key.area for key in indicator.series)
    return [area for area in found if area != league.total_area]


def finest(indicator: Indicator, column: str) -> int:
    """Give the decimals of the finest figure in a column."""
    lines = (line for key, line in indicator.series.items() if key.column == column)
    return max((cell.decimals for line in lines for cell in line.values()), default=0)


def columns(
    indicator: Indicator, row: Kind, reference: Reference, category: str = ALL
) -> Sequence[Column]:
    """Rank every figure of a league at every period that it has, the oldest period first."""
    league = indicator.league
    if league is None:
        return ()
    areas = members(indicator, league, reference)
    found = {area: lines(row, indicator, area, category) for area in (*areas, league.total_area)}
    at = {p for own in found.values() for line in own.values() for p in line.periods}

    made = [
        _column(indicator, league, areas, quantity, period, {
            area: own[quantity.name].total(period.start, period.end).value
            for area, own in found.items()
        })
        for period in sorted(at, key=lambda p: (p.end, -p.start))
        for quantity in row.quantities
    ]  # fmt: skip
    return [one for one in made if one.standings]


def _column(
    indicator: Indicator,
    league: League,
    areas: Sequence[str],
    quantity: Quantity,
    period: Period,
    values: Mapping[str, Number | None],
) -> Column:
    known = {area: v for area in areas if (v := values.get(area)) is not None}
    missing = [area for area in areas if area not in known]
    counted = not quantity.is_share and quantity.form == "count"
    in_percent = (quantity.unit or indicator.unit) == "percent"
    adds_up = counted and not in_percent and not missing and bool(known)
    return Column(
        quantity,
        period,
        standings(known),
        missing,
        values.get(league.total_area),
        sum(known.values()) if adds_up else None,
        finest(indicator, quantity.column or quantity.given),
    )
