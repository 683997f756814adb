"""The figures of an indicator that a text about one period may mean.

They are all that is computed at the periods that the text is about or names: totals, changes,
rates, ranks, targets, last year's, the same of other categories and areas, and figures of others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from callover.across import ACROSS
from callover.compute import Sheet
from callover.kinds import Quantity, metric_name
from callover.measures import MEASURES
from callover.mentioned import initials, named_ends, stems
from callover.model import ALL, Metric, Number, TargetRow
from callover.numerals import CHANGE, COUNT, LEVEL, PERCENT, POINTS, RANK
from callover.periods import Period
from callover.sketch import capital

#: What a target is called that the package gives as it stands.
TARGET = "Target"
_IN_POINTS = "percentage points"
_LIMITS = ("_lower", "_upper", "_dispersion")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a text may mean: its value, what form it has, and what it is in words.

    `form` is percent, points, rank or count (rates too); `sense` is level or change. `start` and
    `end` are the days that it covers, `at` is the day on which its period closes; 0 for any.
    `whose` is the name of another area or group, which the sentence must name; `band` that of a
    category, which the paragraph must name. A rank is one `of` so many.
    """

    value: Number
    form: str
    sense: str
    title: str
    unit: str
    start: int = 0
    end: int = 0
    at: int = 0
    whose: str = ""
    band: str = ""
    of: int = 0


#: Stems of words that count anything, so that they are the things of every indicator.
_ANYTHING = frozenset(
    (
        *("offence", "crime", "incident", "case", "figure", "number", "record", "total", "report"),
        *("time", "point", "individual"),
    )
)
#: Stems by which a sentence speaks of others without a name.
_OTHERS = frozenset(("average", "national", "nationally", "elsewhere", "others"))


class Meant:
    """The figures of a sheet, for texts about one period."""

    def __init__(self, sheet: Sheet, period: Period) -> None:
        """Take the sheet and the period; figures are made once they are asked for."""
        self.sheet, self.period = sheet, period
        self._titles = _titles(sheet)
        self._plain = frozenset(quantity.name for quantity in sheet.kind.quantities)
        self._made: dict[int, Sequence[Figure]] = {}

    @cached_property
    def things(self) -> frozenset[str]:
        """The stems of the words for what the indicator counts."""
        own = self.sheet.indicator
        said = (
            *(own.unit, own.unit_one, own.title, own.description, *own.aliases),
            *own.categories.values(),
            *(quantity.title for quantity in self.sheet.kind.quantities),
            *(row.unit for row in self.sheet.denominators),
        )
        return _ANYTHING.union(*map(stems, said))

    def by(self, sentence: str, paragraph: str) -> Sequence[Figure]:
        """Give the figures that a sentence of a paragraph may mean."""
        ends = {*self._usual, *named_ends(paragraph, self.period)}
        here, around = stems(sentence), stems(paragraph)
        found = [*(f for end in sorted(ends, reverse=True) for f in self._at(end)), *self._fixed]
        return [
            f
            for f in found
            if (not f.at or f.at in ends)
            and (not f.whose or self._names(f.whose) & here or initials(f.whose, sentence))
            and (not f.band or stems(f.band) & around)
        ]

    def _names(self, whose: str) -> frozenset[str]:
        return (stems(whose) | _OTHERS) - stems(self._own_area)

    @cached_property
    def _own_area(self) -> str:
        return self.sheet.reference.areas.get(self.sheet.indicator.area, "")

    @cached_property
    def _usual(self) -> frozenset[int]:
        """The last day of the text's period, and that of the newest figures by then."""
        plain = ("value", "rolling_12_months")
        ends = (
            m.period.end
            for m in self.sheet.metrics
            if m.period.end <= self.period.end
            and m.value is not None
            and self._titles.get(m.measure, _NO_TITLE)[1] in plain
        )
        return frozenset({self.period.end, max(ends, default=self.period.end)})

    @cached_property
    def every(self) -> Sequence[Figure]:
        """All figures, of whatever period."""
        return [*(f for end in self._metrics for f in self._at(end)), *self._fixed]

    @cached_property
    def _metrics(self) -> Mapping[int, Sequence[Metric]]:
        """The computed figures by the day on which their period closes."""
        made: dict[int, list[Metric]] = {}
        for metric in (*self.sheet.metrics, *self.sheet.others):
            if metric.value is not None:
                made.setdefault(metric.period.end, []).append(metric)
        return made

    def _at(self, end: int) -> Sequence[Figure]:
        """Give the figures of the periods that close on a day; they are made once."""
        if end not in self._made:
            metrics = self._metrics.get(end, ())
            self._made[end] = [
                *(f for metric in metrics for f in self._of_metric(metric)),
                *(f for metric in metrics for f in self._before(metric)),
                *(f for metric in metrics for f in self._from_target(metric)),
            ]
        return self._made[end]

    @cached_property
    def _fixed(self) -> Sequence[Figure]:
        return [*self._others(), *self._ranks(), *self._targets(), *self._below()]

    def _of_metric(self, metric: Metric) -> Iterator[Figure]:
        if metric.value is None or metric.measure.endswith("_of"):
            return
        title, role, _ = self._titles.get(
            metric.measure, (named(metric.measure), metric.measure, None)
        )
        if role.startswith("change") and role.endswith(_LIMITS):
            return  # how sure a change is: nobody quotes it as a figure
        form, sense = _form(metric.unit, role)
        of = 0
        if form == RANK:
            found = self.sheet.value(f"{metric.measure}_of", metric.period, metric.category)
            of = int(found or 0)
            if of:
                yield self._figure(
                    metric, of + 1 - metric.value, RANK, LEVEL, f"{title}, from the top", of
                )
        yield self._figure(metric, metric.value, form, sense, title, of)

    def _figure(
        self, metric: Metric, value: Number, form: str, sense: str, title: str, of: int = 0
    ) -> Figure:
        own, unit = self.sheet.indicator, metric.unit
        if (form, sense) == (PERCENT, CHANGE):
            unit = PERCENT
        elif form == POINTS:
            unit = _IN_POINTS
        usual = metric.category in (ALL, self.sheet.category)
        areas = self.sheet.reference.areas
        return Figure(
            value, form, sense, title, unit, metric.start, metric.end, metric.period.end,
            "" if metric.area == own.area else areas.get(metric.area, metric.area),
            "" if usual else own.categories.get(metric.category, metric.category),
            of,
        )  # fmt: skip

    def _before(self, now: Metric) -> Iterator[Figure]:
        """Give the change of a plain figure on the month, quarter or week before."""
        if now.measure not in self._plain:
            return
        for then in self._metrics.get(now.period.start - 1, ()):
            same = (then.measure, then.category, then.area, then.period.kind)
            if same == (now.measure, now.category, now.area, now.period.kind):
                yield from self._moved(now, then.value or 0)

    def _moved(self, now: Metric, then: Number) -> Iterator[Figure]:
        moved, title = (now.value or 0) - then, f"Change on the {now.period.kind} before"
        if now.unit == PERCENT:
            yield self._figure(now, moved, POINTS, CHANGE, title)
            return
        yield self._figure(now, moved, COUNT, CHANGE, f"{title}, in numbers")
        if then:
            yield self._figure(now, Fraction(100 * moved) / then, PERCENT, CHANGE, title)

    def _from_target(self, metric: Metric) -> Iterator[Figure]:
        """Give the distance of a count from its target in percent; a percentage's is in points."""
        _, role, quantity = self._titles.get(metric.measure, _NO_TITLE)
        if role != "difference_from_target" or quantity is None or metric.unit == PERCENT:
            return
        name = metric_name(quantity.name, "target_to_date")
        target = self.sheet.value(name, metric.period, metric.category)
        if target and metric.value is not None:
            missed = Fraction(100 * metric.value) / target
            yield self._figure(metric, missed, PERCENT, CHANGE, "Distance from target")

    def _targets(self) -> Iterator[Figure]:
        """Give the targets as the package has them, whatever their period."""
        for row in self.sheet.indicator.targets:
            quantity = self.sheet.kind.quantity(row.measure)
            unit = (quantity.unit if quantity else "") or self.sheet.indicator.unit
            days = (row.period.start, row.period.end) if row.period else (0, 0)
            levels = ((TARGET, row.lower), (TARGET, row.upper), ("Baseline", row.baseline))
            for title, value in levels:
                if value is not None:
                    yield Figure(value, _form(unit, "")[0], LEVEL, title, unit, *days)
            yield from self._missed(row)
            if row.change_percent is not None:
                yield Figure(row.change_percent, PERCENT, CHANGE, TARGET, PERCENT, *days)

    def _missed(self, row: TargetRow) -> Iterator[Figure]:
        """Give how far the figure of the target's own period is from it."""
        found = self.sheet.metric(row.measure, row.period, row.category) if row.period else None
        target = row.lower if row.upper is None else row.upper
        if found is None or found.value is None or not target:
            return
        missed, title = found.value - target, "Distance from the target of the period"
        in_points = found.unit == PERCENT
        yield self._figure(found, missed, POINTS if in_points else COUNT, CHANGE, title)
        if not in_points:
            yield self._figure(found, Fraction(100 * missed) / target, PERCENT, CHANGE, title)

    def _others(self) -> Iterator[Figure]:
        """Give the figures of others as the partnership quotes them."""
        reference = self.sheet.reference
        for row in self.sheet.indicator.comparators:
            group = reference.groups.get(row.group)
            name = group.title if group else reference.areas.get(row.area, row.group or row.area)
            form, sense = _form(row.unit, row.measure)
            days = (row.period.start, row.period.end, row.period.end) if row.period else (0, 0, 0)
            title = f"{named(row.measure)}, {name}"
            yield Figure(row.value, form, sense, title, row.unit, *days, f"{name} {row.group}")

    def _ranks(self) -> Iterator[Figure]:
        """Give each area's rank in a league, from either end."""
        areas = self.sheet.reference.areas
        for column in self.sheet.league:
            days = column.period.start, column.period.end, column.period.end
            for area, own in column.standings.items():
                whose = "" if area == self.sheet.indicator.area else areas.get(area, area)
                for rank, end in ((own.from_lowest, "lowest"), (own.from_highest, "highest")):
                    title = f"{column.quantity.title}, rank from the {end}"
                    yield Figure(rank, RANK, LEVEL, title, RANK, *days, whose, "", own.of)

    def _below(self) -> Iterator[Figure]:
        """Give the people or homes that rates are divided by."""
        for row in self.sheet.denominators:
            if row.start <= self.period.end <= row.end:
                yield Figure(row.value, COUNT, LEVEL, f"Number of {row.unit}", row.unit)


_NO_TITLE: tuple[str, str, Quantity | None] = ("", "", None)


def _titles(sheet: Sheet) -> Mapping[str, tuple[str, str, Quantity | None]]:
    """Give each measure's title, its name without the quantity, and the quantity."""
    made: dict[str, tuple[str, str, Quantity | None]] = {}
    for quantity in sheet.kind.quantities:
        for measure in quantity.measures:
            title = MEASURES[measure].title
            if quantity.name != "value":
                title = f"{quantity.title}, {title[0].lower()}{title[1:]}"
            made[metric_name(quantity.name, measure)] = (title, measure, quantity)
    for row in sheet.kind.across:
        for name in ACROSS[row].names:
            made.setdefault(name, (ACROSS[row].title, name, None))
    return made


def _form(unit: str, role: str) -> tuple[str, str]:
    """Give the form and sense of a figure by its unit and the measure that it is."""
    distance = role.startswith("difference")
    sense = CHANGE if "change" in role or distance else LEVEL
    if unit == RANK or "rank_in_" in role:
        return RANK, LEVEL
    if unit == _IN_POINTS or (unit == PERCENT and (distance or role.endswith("_count"))):
        return POINTS, sense
    return (PERCENT if unit == PERCENT else COUNT), sense


def named(measure: str) -> str:
    """Write a measure's name as a title: Rolling 12 months change."""
    return capital(measure.replace("_", " "))
