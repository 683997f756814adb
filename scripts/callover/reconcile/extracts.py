"""The printed figures of one page together: do they fit each other, and do two extracts mix?

A document may take its words from one day's data and its table from another's. Four figures hang
together: a total, the same a year before, and the difference in numbers and in percent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from callover.kinds import metric_name
from callover.model import ALL, Published
from callover.periods import Period
from callover.reconcile.counterpart import Counterpart, metric_at
from callover.reconcile.printed import Interval, Printed, read_printed

NOW, THEN, DIFFERENCE, PERCENT = range(4)

#: Measures that hang together, as NOW, THEN, DIFFERENCE, PERCENT.
FAMILIES = (
    (
        "value",
        "period_last_year",
        "change_on_period_last_year_count",
        "change_on_period_last_year",
    ),
    (
        "year_to_date",
        "year_to_date_last_year",
        "change_on_last_year_count",
        "change_on_last_year",
    ),
    (
        "rolling_12_months",
        "rolling_12_months_last_year",
        "rolling_12_months_change_count",
        "rolling_12_months_change",
    ),
)


@dataclass(frozen=True)
class Identity:
    """One row of IDENTITIES: the member `gives` follows from the members `takes`."""

    gives: int
    takes: tuple[int, int]
    rule: Callable[[Fraction, Fraction], Fraction]


#: How the members of a family follow from each other; for a share only the first, in points.
IDENTITIES = (
    Identity(DIFFERENCE, (NOW, THEN), lambda now, then: now - then),
    Identity(PERCENT, (NOW, THEN), lambda now, then: 100 * (now - then) / then),
    Identity(PERCENT, (DIFFERENCE, THEN), lambda change, then: 100 * change / then),
    Identity(PERCENT, (NOW, DIFFERENCE), lambda now, change: 100 * change / (now - change)),
)
_POINTS = (Identity(PERCENT, (NOW, THEN), lambda now, then: now - then),)

Place = tuple[str, Period | None, str, str]
Members = Sequence[Sequence[Printed]]


@dataclass(frozen=True)
class Page:
    """Every figure that a document printed about one indicator, by measure, period and area."""

    prints: Mapping[tuple[str, Place], Sequence[Printed]]

    def at(self, measure: str, row: Published) -> Sequence[Printed]:
        """Give what is printed of a measure at the same place in time as a row."""
        return self.prints.get((measure, _place(row)), ())


def page_of(rows: Sequence[Published]) -> Page:
    """Gather the readable figures of an indicator's page."""
    prints: dict[tuple[str, Place], list[Printed]] = {}
    for row in rows:
        printed = read_printed(row.as_printed)
        if printed is not None:
            prints.setdefault((row.measure, _place(row)), []).append(printed)
    return Page(prints)


def _place(row: Published) -> Place:
    return row.release, row.period, row.area, row.category or ALL


@dataclass(frozen=True)
class Family:
    """The prints that hang together with one print, which stands alone in its own `role`."""

    role: int
    names: tuple[str, ...]
    members: Members
    points: bool

    def fits(self) -> Iterator[Sequence[Printed]]:
        """Give every set of prints that this one follows from, or leads to, by arithmetic."""
        for identity, given, takes in self._trials():
            roles = (*identity.takes, identity.gives)
            known = self._known(given, identity.gives)
            if self.role in roles and _overlap(self._predicted(identity, takes), known):
                pairs = zip(roles, (*takes, given), strict=True)
                yield [printed for role, printed in pairs if role != self.role]

    def contradicts(self) -> Sequence[Printed] | None:
        """Give the two prints that rule this change out, if every pair on the page does."""
        ruled_out: Sequence[Printed] | None = None
        for identity, given, takes in self._trials():
            if identity.gives == self.role and identity.takes == (NOW, THEN):
                low, high = self._known(given, identity.gives)
                unit = Fraction(1, 10**given.decimals) if high > low else Fraction(0)
                loose = (low - unit / 2, high + unit / 2)  # cut off instead of rounded is no lie
                predicted = self._predicted(identity, takes)
                if predicted is None or _overlap(predicted, loose):
                    return None
                ruled_out = takes
        return ruled_out

    def _trials(self) -> Iterator[tuple[Identity, Printed, tuple[Printed, Printed]]]:
        for identity in _POINTS if self.points else IDENTITIES:
            first, second = identity.takes
            for given, one, two in product(
                _readings(self.members[identity.gives]),
                _readings(self.members[first]),
                _readings(self.members[second]),
            ):
                yield identity, given, (one, two)

    def _known(self, printed: Printed, role: int) -> Interval:
        return printed.bounds(role == PERCENT or self.points)

    def _predicted(self, identity: Identity, takes: Sequence[Printed]) -> Interval | None:
        """Give the least and greatest result that the takes allow; None where they divide by 0."""
        bounds = [
            self._known(printed, role) for printed, role in zip(takes, identity.takes, strict=True)
        ]
        try:
            corners = [identity.rule(one, two) for one, two in product(*bounds)]
        except ZeroDivisionError:
            return None
        return min(corners), max(corners)


def _readings(members: Sequence[Printed]) -> Iterator[Printed]:
    """Give each print as it may be read: a change without a sign is a rise or a fall."""
    for printed in members:
        for value in printed.readings:
            yield replace(printed, value=value)


def _overlap(one: Interval | None, other: Interval) -> bool:
    return one is not None and one[0] <= other[1] and other[0] <= one[1]


def family_of(page: Page, row: Published, printed: Printed, ours: Counterpart) -> Family | None:
    """Gather the prints that hang together with one; None if its measure is in no family."""
    sheet, quantity = ours.sheet, ours.quantity
    for family in FAMILIES:
        if sheet is not None and quantity is not None and ours.role in family:
            role = family.index(ours.role)
            names = tuple(metric_name(quantity.name, name) for name in family)
            members = [page.at(name, row) for name in names]
            members[role] = [printed]
            points = quantity.is_share or sheet.indicator.unit == "percent"  # changes in points
            return Family(role, names, members, points)
    return None


def outliers(page: Page, row: Published, ours: Counterpart, name: str) -> Sequence[Printed]:
    """Give the prints of a measure that differ from ours, if another print agrees with ours."""
    if ours.source is None:
        return ()
    at = ours.source.metric
    own = metric_at(ours.source.sheet, name, at.period, at.category)
    value = own.value if own is not None else None
    if value is None:
        return ()
    prints = page.at(name, row)
    differing = [p for p in prints if not p.agrees(value)]
    return differing if len(differing) < len(prints) else ()
