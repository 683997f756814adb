"""Ranks of areas among their group, counted from both ends, and the group's sum.

Rank 1 is the lowest. Areas with the same figure share a rank and the next one is left out (a
competition ranking): 1, 2, 2, 4. Figures are ranked as the source gives them. Where the numbers
behind them are known, each pair of areas can be tested: many ranks apart may mean nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from callover import certainty, given
from callover.breaks import crossed
from callover.intervals import Range
from callover.kinds import Kind, Quantity, lines
from callover.model import ALL, Comparator, Indicator, Key, League, Number, Reference
from callover.periods import Period

#: Fewer areas than this are set side by side, but not ranked.
LEAST_RANKED = 5


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
    `decimals` are those of the finest figure, as the source prints them. `behind` has the number
    behind each area's figure: the count of a rate, all that a percentage is of. `unranked` says why
    no rank is given: "few" areas, or a "break" in recording inside the period; '' if ranks are.
    """

    quantity: Quantity
    period: Period
    standings: Mapping[str, Standing]
    missing: Sequence[str]
    total: Number | None
    sum: Number | None
    decimals: int = 0
    behind: Mapping[str, Number] = field(default_factory=dict)
    unranked: str = ""

    @property
    def untested(self) -> str:
        """Say why areas cannot be told apart: a "count" is no rate, or "no-numbers" are known."""
        if not self.quantity.is_share and self.quantity.form != "rate":
            return "count"
        return "" if len(self.behind) > 1 else "no-numbers"

    def limits(self, area: str) -> Range | None:
        """Give the 95% limits of an area's figure; None where the number behind is not known."""
        if area not in self.behind or area not in self.standings:
            return None
        return given.limits(self.quantity, (self.standings[area].value, self.behind[area]))

    def apart(self, area: str) -> Mapping[str, str]:
        """Say how every other area that can be tested lies beside one: higher, lower or similar.

        Each pair is tested by itself at 95%: of 20 areas that are all alike, one may seem apart.
        """
        if area not in self._found:
            self._found[area] = self._tested(area)
        return self._found[area]

    @cached_property
    def _found(self) -> dict[str, Mapping[str, str]]:
        return {}

    def _tested(self, area: str) -> Mapping[str, str]:
        if self.untested or area not in self.standings or area not in self.behind:
            return {}
        one = self.standings[area].value, self.behind[area]
        found = {}
        for other in (a for a in self.ordered if a != area and a in self.behind):
            two = self.standings[other].value, self.behind[other]
            p = given.p_apart(self.quantity, one, two)
            if p is not None:
                side = "higher" if two[0] > one[0] else "lower"
                found[other] = side if certainty.clear(p) and one[0] != two[0] else "similar"
        return found

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
        }, category)
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
    category: str,
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
        _behind(indicator, quantity, period, known, category),
        _unranked(indicator, period, len(known)),
    )


def totals(indicator: Indicator, league: Sequence[Column]) -> Iterator[Comparator]:
    """Give the printed rates and percentages of all areas together at the newest period."""
    setting = indicator.league
    for column in (c for c in league if c.period == league[-1].period):
        if setting is not None and column.total is not None and column.untested != "count":
            quantity = column.quantity
            unit = quantity.unit or indicator.unit
            printed = f"{float(column.total):.{column.decimals}f}"
            yield Comparator(
                *(column.period, setting.total_area, "", quantity.name, column.total, printed),
                *(unit, "the league's own total"),
            )


def _behind(
    indicator: Indicator, quantity: Quantity, period: Period, areas: Iterable[str], category: str
) -> Mapping[str, Number]:
    """Give the number behind each area's figure; per cent and pounds count nothing."""
    if not quantity.behind or not (quantity.is_share or counts(indicator.unit)):
        return {}
    found = {}
    for area in areas:
        cell = indicator.series.get(Key(area, category, quantity.behind), {}).get(period)
        if cell is not None and cell.value is not None:
            found[area] = cell.value
    return found


def counts(unit: str) -> bool:
    """Say whether a unit is of things that are counted."""
    return unit != "percent" and not unit.startswith("£")


def _unranked(indicator: Indicator, period: Period, areas: int) -> str:
    if areas < LEAST_RANKED:
        return "few"
    return "break" if crossed(indicator.breaks, period.start, period.end) else ""
