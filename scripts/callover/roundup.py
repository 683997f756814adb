"""The round-up of a year: what it brought, what needs attention, and which targets were met.

Achievements come from achievements.csv. A pair of figures gives a change only where the two are
like for like (`callover.likeness`). Which targets are met is never typed: it is the ratings as
they stood at the last close of the year that has figures, and the document's own count beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from callover import likeness, progress
from callover.certainty import change_of_counts, clear
from callover.compute import Board, Sheet, board_as_at
from callover.model import Number, Partnership, Reference
from callover.periods import Period
from callover.ratings import NOT_RATED, OFF_TARGET, ON_TARGET
from callover.records import Achievement, Action, Issued

#: The unit of an `overall` row in which a document counts the targets it missed.
CLAIM = "targets missed"


@dataclass(frozen=True)
class Fact:
    """A row of achievements.csv with what follows from its figures.

    `unlike` says why no change is worked out (a name of `likeness.UNLIKE`), '' where there is one
    or no pair. `difference` is in the unit of the figures, `percent` in percent of the first; it
    is None for percentages, whose difference is in points, and where the first figure is 0.
    """

    row: Achievement
    unlike: str = ""
    difference: Number | None = None
    percent: Number | None = None
    shared_months: int = 0

    @property
    def is_chance(self) -> bool:
        """Say whether chance alone may explain the change, were both figures counts.

        Nothing is known of their months, so this can only say that a change is not clear.
        """
        now, then = self.row.value, self.row.from_value
        at, before = self.row.period, self.row.from_period
        if not (isinstance(now, int) and isinstance(then, int) and at and before):
            return False
        days = at.end - at.start + 1, before.end - before.start + 1
        test = change_of_counts(now, then, days) if not self.shared_months else None
        return test is not None and not clear(test.p)


@dataclass(frozen=True)
class Part:
    """An outcome ('' for what belongs to none) with its achievements and its points to watch."""

    outcome: str
    achievements: Sequence[Fact]
    attention: Sequence[Fact]


@dataclass(frozen=True)
class Standing:
    """The newest ratings as they stood at a year's last close with figures.

    `judged` are the measures with a rating, in the partnership's own order, be their figures of
    the year or older; `period` is the last close, None if the year has no figures.
    """

    period: Period | None
    judged: Sequence[Sheet]
    measures: int

    @cached_property
    def met(self) -> Sequence[Sheet]:
        """The measures that are on target."""
        return [sheet for sheet in self.judged if sheet.rating.verdict == ON_TARGET]

    @cached_property
    def missed(self) -> Sequence[Sheet]:
        """The measures whose target is not met: first those off target, then those close to it."""
        found = [sheet for sheet in self.judged if sheet.rating.verdict != ON_TARGET]
        return sorted(found, key=lambda sheet: sheet.rating.verdict != OFF_TARGET)


@dataclass(frozen=True)
class Track:
    """The actions of a year's plan on a day (an ordinal), and those that are not on track.

    Off track is what is overdue or was stopped.
    """

    day: int
    actions: Sequence[Action]

    @cached_property
    def off(self) -> Sequence[Action]:
        """The actions that are overdue or were stopped, the overdue first."""
        order = progress.urgent_first(self.actions, self.day)
        return [a for a in order if progress.state(a, self.day) in _OFF_TRACK]


_OFF_TRACK = (progress.OVERDUE, progress.STOPPED)


@dataclass(frozen=True)
class Roundup:
    """All that a year's page shows; `board` is as it stood at the year's last close."""

    year: Period
    board: Board
    overall: Sequence[Fact]
    parts: Sequence[Part]
    standing: Standing
    claims: Sequence[Achievement]
    track: Track
    issued: Issued | None


def years(board: Board) -> Sequence[Period]:
    """Give the years that a partnership has a round-up of, in order."""
    records = board.partnership.records
    found = {row.year for row in records.achievements}
    return sorted(found | {row.period for row in records.reports if row.report == "year"})


def last_close(board: Board, year: Period) -> Period | None:
    """Give the last close of a year at which any measure has a figure; of several, the shortest."""
    found = (
        period
        for sheet in board.sheets
        for line in sheet.indicator.series.values()
        for period, cell in line.items()
        if year.start <= period.end <= year.end and (cell.value is not None or cell.text)
    )
    return max(found, key=lambda p: (p.end, p.start), default=None)


def roundup(now: Board, year: Period, reference: Reference) -> Roundup:
    """Round up a year, with the ratings as they stood at its last close with figures."""
    last = last_close(now, year)
    then, records = board_as_at(now, last or year, reference), now.partnership.records
    rows = [row for row in records.achievements if row.year == year]
    overall = [row for row in rows if row.kind == "overall"]
    reports = (i for i in records.reports if (i.report, i.period) == ("year", year))
    issued = next(reports, None)
    return Roundup(
        year,
        then,
        [fact(row) for row in overall if row.unit != CLAIM],
        _parts(then, rows),
        _standing(then, last),
        [row for row in overall if row.unit == CLAIM],
        track(now.partnership, year, issued),
        issued,
    )


def fact(row: Achievement) -> Fact:
    """Work out what follows from a row's two figures, if they are like for like."""
    now, then = row.value, row.from_value
    if now is None or then is None:
        return Fact(row)
    why = likeness.unlike(row.from_period, row.period)
    if why or row.from_period is None or row.period is None:
        return Fact(row, why)
    percent = None if row.unit == "percent" or not then else Fraction(100 * (now - then)) / then
    return Fact(row, "", now - then, percent, likeness.shared_months(row.from_period, row.period))


def _parts(then: Board, rows: Sequence[Achievement]) -> Sequence[Part]:
    made = [
        Part(
            outcome,
            [fact(r) for r in rows if (r.kind, r.outcome) == ("achievement", outcome)],
            [fact(r) for r in rows if (r.kind, r.outcome) == ("attention", outcome)],
        )
        for outcome in (*(o.id for o in then.partnership.outcomes), "")
    ]
    return [part for part in made if part.achievements or part.attention]


def _standing(then: Board, last: Period | None) -> Standing:
    of_the_year = [_for_the_year(sheet) for sheet in then.sheets]
    judged = [sheet for sheet in of_the_year if sheet.rating.verdict != NOT_RATED]
    return Standing(last, judged if last else (), len(then.sheets))


def _for_the_year(sheet: Sheet) -> Sheet:
    """Put the verdict on the year's end first, if there is one: a year is not its last quarter."""
    leading = sheet.ratings[0]
    own = [
        r for r in sheet.ratings if (r.quantity, r.category) == (leading.quantity, leading.category)
    ]
    first = next(
        (r for r in own if r.basis == "year_end" and r.rating.verdict != NOT_RATED), leading
    )
    return replace(sheet, ratings=(first, *(r for r in sheet.ratings if r is not first)))


def track(partnership: Partnership, year: Period, issued: Issued | None) -> Track:
    """Give the actions of a year's plan as on the day of the report, or else at the year's end.

    Before the year is over it is the day that the pages speak from.
    """
    today = date.fromisoformat(partnership.as_of).toordinal()
    day = issued.date.end if issued and issued.date else min(today, year.end + 1)
    return Track(day, [a for a in partnership.records.actions if a.year == year])
