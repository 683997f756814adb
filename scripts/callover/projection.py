"""Where a year is heading: what it will bring if the rest goes as expected, and how that is known.

PROJECTIONS has a row for each way, in the order in which they are tried. A figure that does not
grow over the year, such as a percentage or a level, is projected to stay as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from callover import periods
from callover.measures import Question
from callover.model import Number
from callover.periods import Period
from callover.series import Window

#: The name of a projection that nobody can make.
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Projection:
    """A year's figure before it is over. `way` is a row of PROJECTIONS, or UNKNOWN.

    `facts` are the figures it is made of: so_far, and rest, or annual and to_date.
    """

    value: Number | None
    way: str
    facts: Mapping[str, Number] = field(default_factory=dict)


@dataclass(frozen=True)
class Way:
    """One row of PROJECTIONS."""

    name: str
    formula: str
    project: Callable[[Question, Period, Number], Projection | None]


def project(question: Question) -> Projection:
    """Project the financial year in which a closing period ends; UNKNOWN where nobody can."""
    closing = question.closing
    year = periods.financial_year_of(closing.end)
    now = question.total(question.judged if not question.line.additive else _so_far(closing)).value
    if now is None:
        return Projection(None, "")
    made = (way.project(question, year, now) for way in PROJECTIONS)
    return next((found for found in made if found is not None), Projection(None, UNKNOWN))


def _so_far(closing: Period) -> Window:
    return periods.year_to_date(closing)


def _over(question: Question, year: Period, now: Number) -> Projection | None:
    """A year that is over is itself."""
    return Projection(now, "over") if question.closing.end == year.end else None


def _level_as_the_profile(question: Question, year: Period, now: Number) -> Projection | None:
    """Scale a level as its profile is scaled, where the profile moves over the year."""
    found = None if question.line.additive else _as_the_profile(question, year, now)
    if found is None or found.facts["annual"] == found.facts["to_date"]:
        return None
    return replace(found, way="level-profile")


def _stays(question: Question, year: Period, now: Number) -> Projection | None:
    return None if question.line.additive else Projection(now, "stays")


def _as_last_year(question: Question, year: Period, now: Number) -> Projection | None:
    """Add what the rest of last year brought."""
    window = periods.window_last_year(question.closing.end + 1, year.end)
    rest = question.total(window).value
    if rest is None:
        return None
    return Projection(now + rest, "last-year", {"so_far": now, "rest": rest})


def _as_the_profile(question: Question, year: Period, now: Number) -> Projection | None:
    """Scale the year's target by how the year so far stands to its profile so far."""
    row, limits = question.target_over(_so_far(question.closing))
    _, whole = question.target_over((year.start, year.end))
    if row is None or row.type != "profile" or limits is None or whole is None:
        return None
    to_date, annual = limits.nearest, whole.nearest
    if not to_date or annual is None:
        return None
    facts = {"so_far": now, "annual": annual, "to_date": to_date}
    return Projection(Fraction(now) * annual / to_date, "profile", facts)


PROJECTIONS: Sequence[Way] = (
    Way("over", "the year's own figure, once it is over", _over),
    Way(
        "level-profile",
        "newest figure × target at the year's end ÷ target now, for a level with a profile",
        _level_as_the_profile,
    ),
    Way("stays", "the newest figure, for what does not add up", _stays),
    Way("last-year", "year to date + the rest of last year", _as_last_year),
    Way("profile", "year to date × target of the year ÷ profile so far", _as_the_profile),
)
