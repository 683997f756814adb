"""Looking ahead: between which limits a year will end, and whether that meets its target.

Only figures that add up over the year are looked at, from its third month on and where the year so
far is known without a gap. The value is that of `callover.projection`, as a rating takes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from callover import certainty, distributions, judged, periods, projection
from callover.breaks import MARKER
from callover.intervals import Z, root
from callover.judged import PROBABILITY
from callover.measures import Question
from callover.model import Metric, Number
from callover.periods import Period
from callover.projection import Projection, Way
from callover.targets import Limits

#: Whether the year's target is still open, or nothing can change it any more.
OPEN, MET, MISSED = "open", "met", "missed"

#: Why the year so far is not known, by the marker that stands in its place.
_MISSING: Mapping[str, str] = {"c": "hidden", MARKER: "break"}
#: What is looked ahead from.
_KINDS = ("month", "quarter", "week")

#: The names that these figures have in metrics.csv, and what each is.
NAMES: Mapping[str, str] = {
    "projected_year_end": "What the year will bring, if the rest of it goes as expected.",
    "projected_year_end_lower": "Its lower limit: all of the year so far at least.",
    "projected_year_end_upper": "Its upper limit.",
    "projected_year_end_way": "How it is projected, in the column text.",
    "chance_of_meeting_target": "How likely the year ends within its target: 0.9 is nine in ten.",
    "required_per_month": "What a month to come may bring, or must bring, for the year's target.",
    "required_per_month_lower": "The least it must bring, where the target is a range.",
    "required_per_month_upper": "The most it may bring, where the target is a range.",
    "required_per_quarter": "The same for a quarter to come.",
    "required_per_quarter_lower": "The least it must bring, where the target is a range.",
    "required_per_quarter_upper": "The most it may bring, where the target is a range.",
}


class Step(NamedTuple):
    """What the year has brought by the end of a period to come, with its limits."""

    period: Period
    value: Number
    lower: Number
    upper: Number


class Required(NamedTuple):
    """What a period to come may or must bring."""

    period: Period
    limits: Limits


@dataclass(frozen=True)
class Ahead:
    """Where a year is heading, seen from the close of `closing`.

    `reason` says why nothing is projected, and then there are no `steps`; it is one of `no-figure`,
    `hidden`, `early`, `break`, `unknown` and `few`. `steps` end with the year. `limits` are those
    of the year's target, and `profiled` says that it has a profile. `chance` is from 0 to 1.
    `required` is known without a projection. `last_year` is what last year brought.
    """

    closing: Period
    way: str = ""
    reason: str = ""
    so_far: Number = 0
    steps: Sequence[Step] = ()
    limits: Limits | None = None
    chance: Fraction | None = None
    standing: str = OPEN
    required: Sequence[Required] = ()
    profiled: bool = False
    last_year: Number | None = None
    marker: str = ""

    @property
    def end(self) -> Step | None:
        """The year's end."""
        return self.steps[-1] if self.steps else None


def ahead(question: Question) -> Ahead | None:
    """Look ahead from a closing period; None where a year has no sum, or is over."""
    closing = question.closing
    year = periods.financial_year_of(closing.end)
    adds_up = question.cumulative and question.line.additive and not question.twelve_month_rows
    if not adds_up or closing.kind not in _KINDS or closing.end >= year.end:
        return None
    found = Ahead(
        closing,
        last_year=_last_year(question, year),
        limits=_limits(question, year),
    )
    so_far = question.total(periods.year_to_date(closing))
    if so_far.value is None:
        return replace(found, reason=_MISSING.get(so_far.marker, "no-figure"))
    if closing.end - year.start + 1 < projection.THREE_MONTHS:
        return replace(found, reason="early")
    found = replace(found, so_far=so_far.value, marker=so_far.marker)
    return _projected(question, _against_target(question, found))


def _last_year(question: Question, year: Period) -> Number | None:
    """Give what last year brought, where it compares with this one."""
    before = periods.window_last_year(year.start, year.end)
    return None if question.split(before, (year.start, year.end)) else question.total(before).value


def _limits(question: Question, year: Period) -> Limits | None:
    _, limits = question.target_over((year.start, year.end))
    return None if limits is None or limits.lower is limits.upper is None else limits


def _projected(question: Question, found: Ahead) -> Ahead:
    """Add the projection with its range, and the chance that it meets the target."""
    made = projection.project(question)
    if made.value is None:
        unbroken = projection.project(replace(question, breaks=()))
        return replace(found, reason="unknown" if unbroken.value is None else "break")
    if not made.value > found.so_far > 0:
        return replace(found, reason="few")
    spread = dispersion(question, projection.way_of(made.way))
    found = replace(found, way=made.way, steps=tuple(_steps(question, made, spread)))
    if found.limits is None or found.standing != OPEN:
        return found
    chance = chance_of(made.value, deviation(made, spread), found.limits)
    return replace(found, chance=chance)


# -------------------------------------------------------------------------------- the range


def _steps(question: Question, made: Projection, spread: Number | None) -> Iterator[Step]:
    """Project to the end of each period to come, as far as the way knows them, and of the year."""
    way, so_far = projection.way_of(made.way), made.facts["so_far"]
    year = periods.financial_year_of(question.closing.end)
    for at in _to_come(question):
        to_then = way.project(question, at.end, so_far)
        if at.end < year.end and to_then is not None and to_then.value is not None:
            yield _step(at, to_then, spread)
    yield _step(year, made, spread)


def _step(at: Period, made: Projection, spread: Number | None) -> Step:
    """Give a projected figure with its limits; the lower one is the year so far at least."""
    assert made.value is not None
    half = Z * deviation(made, spread)
    lower = max(Fraction(made.facts["so_far"]), made.value - half)
    return Step(at, made.value, lower, made.value + half)


def deviation(made: Projection, spread: Number | None = None) -> Fraction:
    """Give the standard deviation of a projected figure.

    The rest R varies by chance, and so do the counts n that it is scaled by: its variance is
    φ × (R + R² × Σ 1 ÷ n). Last year's split over the year is taken as it was, so that the limits
    are too narrow: of simulated years like the last, 12% end outside them in December, 7% in June.
    Source: the error of a ratio of two Poisson counts by the delta method (Breslow and Day 1987,
    chapter 2), φ as in `callover.certainty.dispersion`.
    """
    assert made.value is not None
    rest = Fraction(made.value - made.facts["so_far"])
    counts = [made.facts[name] for name in projection.way_of(made.way).rests_on]
    scaled = sum((Fraction(1) / n for n in counts), Fraction(0)) if rest else Fraction(0)
    return root((spread or 1) * (rest + rest**2 * scaled))


def dispersion(question: Question, way: Way) -> Fraction | None:
    """Say how many times as much the parts of the year vary as chance would have them."""
    if way.name == "profile":
        return certainty.dispersion_about(_beside_the_profile(question))
    return certainty.dispersion(judged.pairs(question))


def _beside_the_profile(question: Question) -> Iterator[tuple[Number, Number]]:
    year = periods.financial_year_of(question.closing.end)
    for at in periods.parts_of_year(year, question.closing.kind):
        value = question.total((at.start, at.end)).value if at.end <= question.closing.end else None
        share = _share(question, at)
        if value is not None and share:
            yield value, share


def _share(question: Question, at: Period) -> Number | None:
    """Give what a profile sets for a month or quarter."""
    row, limits = question.target_over((at.start, at.end))
    return limits.nearest if row is not None and row.type == "profile" and limits else None


def _to_come(question: Question) -> Sequence[Period]:
    closing = question.closing
    year = periods.financial_year_of(closing.end)
    return [p for p in periods.parts_of_year(year, closing.kind) if p.start > closing.end]


# ------------------------------------------------------------------------------- the target


def _against_target(question: Question, found: Ahead) -> Ahead:
    """Set the year so far against the year's target: what the rest of it may or must bring."""
    if found.limits is None:
        return found
    standing = standing_of(found.so_far, found.limits)
    if standing != OPEN:
        return replace(found, standing=standing, chance=Fraction(standing == MET))
    parts = _to_come(question)
    own = [share for at in parts if (share := _share(question, at)) is not None]
    profiled = len(own) == len(parts) and sum(own) > 0
    shares = own if profiled else [1] * len(parts)
    required = tuple(_required(parts, shares, found.so_far, found.limits))
    return replace(found, required=required, profiled=profiled)


def standing_of(so_far: Number, limits: Limits) -> str:
    """Say whether the year so far has missed its target for good, or met it for good."""
    lower, upper = limits.lower, limits.upper
    if upper is not None and (so_far > upper or (limits.strict and so_far == upper)):
        return MISSED
    if upper is None and lower is not None:
        return MET if so_far > lower or (so_far == lower and not limits.strict) else OPEN
    return OPEN


def chance_of(value: Number, sigma: Fraction, limits: Limits) -> Fraction:
    """Give the chance that a year ends within limits, by the normal approximation."""
    below = Fraction(1) if limits.upper is None else _below(limits.upper, value, sigma)
    under = Fraction(0) if limits.lower is None else _below(limits.lower, value, sigma)
    return max(below - under, Fraction(0))


def _below(limit: Number, value: Number, sigma: Fraction) -> Fraction:
    if not sigma:
        return Fraction(value <= limit)
    return distributions.normal_below(Fraction(limit - value) / sigma)


def _required(
    parts: Sequence[Period], shares: Sequence[Number], so_far: Number, limits: Limits
) -> Iterator[Required]:
    """Share what is left to a limit among the periods to come."""
    whole = sum(shares)

    def part(limit: Number | None, share: Number) -> Number | None:
        room = None if limit is None else limit - so_far
        return None if room is None or room < 0 else Fraction(room) * share / whole

    for at, share in zip(parts, shares, strict=True):
        lower, upper = part(limits.lower, share), part(limits.upper, share)
        if lower is not None or upper is not None:
            yield Required(at, Limits(lower, upper, limits.strict))


# --------------------------------------------------------------------------------- figures


def metrics(place: tuple[str, str], unit: str, found: Ahead) -> Iterator[Metric]:
    """Give what is projected as rows of metrics.csv; `place` is the area and the category.

    What is required stands at the periods to come.
    """
    end, year = found.end, periods.financial_year_of(found.closing.end)
    at = found.closing, year.start, year.end
    if end is not None:
        for side, value in (("", end.value), ("_lower", end.lower), ("_upper", end.upper)):
            yield Metric(f"projected_year_end{side}", *at, *place, value, unit, found.marker)
        yield Metric("projected_year_end_way", *at, *place, None, "way", "", found.way)
    if found.chance is not None:
        name, chance = "chance_of_meeting_target", found.chance
        yield Metric(name, *at, *place, chance, PROBABILITY, found.marker)
    for when, limits in found.required:
        for side, value in _sides(limits):
            name, then = f"required_per_{when.kind}{side}", (when, when.start, when.end)
            yield Metric(name, *then, *place, value, unit, found.marker)


def _sides(limits: Limits) -> Iterable[tuple[str, Number]]:
    if limits.lower is not None and limits.upper is not None:
        return (("_lower", limits.lower), ("_upper", limits.upper))
    return [("", limits.nearest)] if limits.nearest is not None else ()
