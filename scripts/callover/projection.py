"""Where a year is heading: what it will bring if the rest goes as expected, and how that is known.

PROJECTIONS has a row for each way, in the order in which they are tried. A figure that does not
grow over the year, such as a percentage or a level, is projected to stay as it is. How sure a
projection is stands in `callover.ahead`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from callover import periods
from callover.errors import UnknownName
from callover.measures import Question
from callover.model import Number
from callover.periods import Period
from callover.series import Window

#: The name of a projection that nobody can make.
UNKNOWN = "unknown"
#: A year that is younger than three months (its first 91 days) says little about its seasons.
THREE_MONTHS = 91


@dataclass(frozen=True)
class Projection:
    """A year's figure before it is over. `way` is a row of PROJECTIONS, or UNKNOWN.

    `facts` are the figures it is made of: so_far; and rest, or annual and to_date, or then and
    then_all. `since` is the first day of all that it rests on.
    """

    value: Number | None
    way: str
    facts: Mapping[str, Number] = field(default_factory=dict)
    since: int | None = None


@dataclass(frozen=True)
class Way:
    """One row of PROJECTIONS.

    `project` takes a question, the day to project to (an ordinal) and the figure so far. `rests_on`
    are the facts that chance has a part in; a way without any has no range. `sentence` tells the
    public why; it is empty for a way that is no forecast.
    """

    name: str
    formula: str
    project: Callable[[Question, int, Number], Projection | None]
    rests_on: Sequence[str] = ()
    sentence: str = ""


def project(question: Question) -> Projection:
    """Project the financial year in which a closing period ends; UNKNOWN where nobody can.

    No way goes across a change in recording, from the first day it rests on to the year's end.
    What takes the newest figure as it is rests on no other.
    """
    closing = question.closing
    year = periods.financial_year_of(closing.end)
    now = question.total(question.judged if not question.line.additive else _so_far(closing)).value
    if now is None:
        return Projection(None, "")
    for way in PROJECTIONS:
        made = way.project(question, year.end, now)
        if made and (made.since is None or not question.split((made.since, year.end))):
            return made
    return Projection(None, UNKNOWN)


def way_of(name: str) -> Way:
    """Find a row of PROJECTIONS; raise UnknownName with the known ones."""
    found = {way.name: way for way in PROJECTIONS}
    if name not in found:
        raise UnknownName("projection", name, found)
    return found[name]


def _so_far(closing: Period) -> Window:
    return periods.year_to_date(closing)


def _over(question: Question, to: int, now: Number) -> Projection | None:
    """A year that is over is itself."""
    return Projection(now, "over") if question.closing.end == to else None


def _level_as_the_profile(question: Question, to: int, now: Number) -> Projection | None:
    """Scale a level as its profile is scaled, where the profile moves over the year."""
    found = None if question.line.additive else _as_the_profile(question, to, now)
    if found is None or found.facts["annual"] == found.facts["to_date"]:
        return None
    return replace(found, way="level-profile")


def _stays(question: Question, to: int, now: Number) -> Projection | None:
    return None if question.line.additive else Projection(now, "stays")


def _as_the_profile(question: Question, to: int, now: Number) -> Projection | None:
    """Scale the target by how the year so far stands to its profile so far."""
    window = _so_far(question.closing)
    row, limits = question.target_over(window)
    _, whole = question.target_over((window[0], to))
    if row is None or row.type != "profile" or limits is None or whole is None:
        return None
    to_date, annual = limits.nearest, whole.nearest
    if not to_date or annual is None:
        return None
    facts = {"so_far": now, "annual": annual, "to_date": to_date}
    return Projection(Fraction(now) * annual / to_date, "profile", facts, window[0])


def _as_the_seasons(question: Question, to: int, now: Number) -> Projection | None:
    """Scale last year's figure by how this year so far stands to the same days of last year."""
    window = _so_far(question.closing)
    if window[1] - window[0] + 1 < THREE_MONTHS or now <= 0:
        return None
    before = periods.window_last_year(*window)
    then = question.total(before).value
    then_all = question.total(periods.window_last_year(window[0], to)).value
    if then is None or then <= 0 or then_all is None:
        return None
    facts = {"so_far": now, "then": then, "then_all": then_all}
    return Projection(Fraction(now) * then_all / then, "seasons", facts, before[0])


def _as_last_year(question: Question, to: int, now: Number) -> Projection | None:
    """Add what the rest of last year brought."""
    window = periods.window_last_year(question.closing.end + 1, to)
    rest = question.total(window).value
    if rest is None:
        return None
    return Projection(now + rest, "last-year", {"so_far": now, "rest": rest}, window[0])


PROJECTIONS: Sequence[Way] = (
    Way("over", "the year's own figure, once it is over", _over),
    Way(
        "level-profile",
        "newest figure × target at the year's end ÷ target now, for a level with a profile",
        _level_as_the_profile,
    ),
    Way("stays", "the newest figure, for what does not add up", _stays),
    Way(
        "profile",
        "year to date × target of the year ÷ profile so far",
        _as_the_profile,
        ("so_far",),
        "The partners' own split of the year knows the seasons best, so it goes first.",
    ),
    Way(
        "seasons",
        "year to date × all of last year ÷ the same months of last year, from the third month on",
        _as_the_seasons,
        ("so_far", "then"),
        "Else the rest of the year moves as last year did, at this year's level.",
    ),
    Way(
        "last-year",
        "year to date + the rest of last year",
        _as_last_year,
        ("rest",),
        "Else the rest of the year is the same as last year's.",
    ),
)
