"""The rating at each past period: as published then where a release is frozen, else as it is now.

A frozen release recorded its verdict, and that one counts for the newest period it had; today's
stands beside it where it differs. At any other close the verdict rests on the figures up to that
close and on nothing later. So it is the one that a release of that day, not frozen, would give.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from callover import periods
from callover.frozen import Frozen
from callover.model import Indicator, Metric
from callover.periods import Period
from callover.rated import Rated
from callover.ratings import NOT_RATED

#: So many periods are looked back on, the newest ones.
MOST = 12
#: Fewer ratings than this are no history.
LEAST = 2
#: What a period without a figure has in the place of a verdict.
NO_FIGURE = "no-figure"
#: What the name of a rating in metrics.csv ends with, where it is the one of a frozen release.
AS_RELEASED = "_as_released"

#: Days by which two periods of one sort may differ: months, quarters, years with a leap day.
_ALIKE = 3


@dataclass(frozen=True)
class Past:
    """The verdict at the close of a period; `now` is what today's data say, if it differs."""

    at: Period
    verdict: str
    now: str = ""

    @property
    def rated(self) -> bool:
        """Say whether the period has a rating."""
        return self.verdict not in (NOT_RATED, NO_FIGURE)


def released(frozen: Sequence[Frozen], rated: Rated) -> Mapping[Period, str]:
    """Give the verdicts that frozen releases published, by close; the first to have it counts.

    A rule that takes the printed colour has no past but this.
    """
    found: dict[Period, str] = {}
    closes, printed = {at for at, _ in rated.history}, rated.scheme.rule == "published"
    for record in sorted(frozen, key=lambda record: record.data_to.end):
        if record.closing in closes or (printed and closes):
            found.setdefault(record.closing, record.status.verdict)
    return found


def metrics(indicator: Indicator, rated: Rated) -> Iterator[Metric]:
    """Give the published verdicts as rows of metrics.csv: rating_<basis>_as_released."""
    for at, verdict in released(indicator.frozen, rated).items():
        place = at, at.start, at.end, indicator.area, rated.category
        yield Metric(f"rating_{rated.basis}{AS_RELEASED}", *place, None, "rating", "", verdict)


def past(indicator: Indicator, rated: Rated) -> Sequence[Past]:
    """Give the verdicts of the last periods, the oldest first; none if fewer than two are rated.

    Periods are those of the newest one's length, from the first that has a rating. A gap between
    them is a period without a figure.
    """
    today = {at: rating.verdict for at, rating in rated.history}
    then = released(indicator.frozen, rated)
    newest = rated.history[-1][0] if rated.history else None
    alike = [at for at in {*today, *then} if newest is not None and _alike(at, newest)]
    made: list[Past] = []
    for at in sorted(alike, key=lambda at: at.end)[-MOST:]:
        now = today.get(at, "")
        verdict = then.get(at, now)
        gap = _between(made[-1].at, at, _months(indicator)) if made else ()
        made += [Past(missing, NO_FIGURE) for missing in gap]
        made.append(Past(at, verdict, now if now != verdict else ""))
    found = made[-MOST:]
    begin = next((n for n, each in enumerate(found) if each.rated), len(found))
    return found[begin:] if sum(each.rated for each in found) >= LEAST else ()


def _alike(one: Period, other: Period) -> bool:
    return abs((one.end - one.start) - (other.end - other.start)) <= _ALIKE


def _months(indicator: Indicator) -> int:
    """Give how many months lie between figures that close with a month."""
    return 3 if indicator.frequency == "quarterly" else 1


def _between(before: Period, after: Period, months: int) -> Sequence[Period]:
    """Give the periods between two, where following each other leads from one to the other."""
    if before.kind != after.kind or before.kind not in ("month", "quarter", "week", "year"):
        return ()
    if before.end + 1 == after.start:
        return ()
    steps, at = months if before.kind == "month" else 1, before
    found: list[Period] = []
    while True:
        for _ in range(steps):
            at = periods.following(at)
        if at.start >= after.start:
            return found if at == after else ()
        found.append(at)
