"""A survey question period by period: its share, how sure that is, and what it compares with.

A period is tested only against the same period a year before, and only if the two share no day.
Periods that share months share answers: of two neighbouring rolling years, most are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from callover import periods
from callover.compute import Sheet
from callover.intervals import Change, Estimate
from callover.kinds import Quantity
from callover.measures import compare_samples, period_before
from callover.model import Cell, Comparator, Metric, Number
from callover.periods import Period
from callover.series import Sampled


@dataclass(frozen=True)
class Shared:
    """An earlier period that shares days with one: how many months, or else days, they share."""

    period: Period
    months: int
    days: int


@dataclass(frozen=True)
class Window:
    """One period of a question.

    `percent` is the figure, `decimals` those that the source prints; `change` is the difference to
    the same period a year before in points, and `test` its interval where that is a fair test.
    `step` is the difference to the period before, which `shared` may share days with. `quoted` are
    figures of others, `lies` says how ours lies beside each that it can be compared with.
    """

    period: Period
    percent: Metric | None
    decimals: int
    base: Number | None
    numerator: Number | None
    estimate: Estimate | None
    change: Number | None
    test: Change | None
    before: Period | None
    step: Number | None
    shared: Shared | None
    quoted: Sequence[Comparator]
    lies: Mapping[Comparator, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """A question of a survey in one category: its sheet and its periods, the newest first."""

    sheet: Sheet
    quantity: Quantity
    category: str
    windows: Sequence[Window]

    @property
    def newest(self) -> Window | None:
        """The newest period with a percentage; None if there is none."""
        known = (w for w in self.windows if w.percent is not None and w.percent.value is not None)
        return next(known, None)


def questions(sheets: Sequence[Sheet]) -> Iterator[Question]:
    """Give the questions of all surveys among some sheets, in their order."""
    for sheet in sheets:
        quantity = next((q for q in sheet.kind.quantities if q.interval), None)
        if quantity is None:
            continue
        for category, lines in sheet.lines.items():
            line = lines[quantity.name]
            if isinstance(line, Sampled) and line.periods:
                newest_first = sorted(line.periods, key=lambda p: (-p.end, p.start))
                windows = [_window(sheet, quantity, category, line, p) for p in newest_first]
                yield Question(sheet, quantity, category, windows)


def _window(sheet: Sheet, quantity: Quantity, category: str, line: Sampled, at: Period) -> Window:
    days = at.start, at.end
    own = _cells(line, at)
    before = period_before(line, at)
    return Window(
        at,
        sheet.metric(quantity.name, at, category),
        _decimals(line, at),
        own["base"],
        own["numerator"],
        line.estimate(*days),
        sheet.value(f"{quantity.name}_change_on_last_year", at, category),
        compare_samples(line, days, periods.window_last_year(*days), sheet.indicator.breaks),
        before,
        sheet.value(f"{quantity.name}_change_on_period_before", at, category),
        _shared(line, at),
        [
            one
            for one in sheet.indicator.comparators
            if one.period == at and one.measure == quantity.name and category == sheet.category
        ],
        {one.other: one.verdict for one in sheet.beside if one.verdict},
    )


def _cells(line: Sampled, at: Period) -> Mapping[str, Number | None]:
    whole, part = (cells.cells.get(at) for cells in (line.wholes, line.parts))
    return {"base": whole.value if whole else None, "numerator": part.value if part else None}


def _decimals(line: Sampled, at: Period) -> int:
    """Give the decimals that the source prints; one for a percentage made of its count."""
    known, cell = line.estimates.get(at), line.given.cells.get(at, Cell(None))
    counted = known is not None and known.how == "counted" and not cell.decimals
    return 1 if counted or cell.value is None else cell.decimals


def _shared(line: Sampled, at: Period) -> Shared | None:
    """Find the newest earlier period that shares days with one."""
    earlier = [p for p in line.periods if p.end < at.end and p.end >= at.start]
    if not earlier:
        return None
    last = max(earlier, key=lambda p: (p.end, -p.start))
    start = max(last.start, at.start)
    return Shared(last, periods.whole_months(start, last.end), last.end - start + 1)
