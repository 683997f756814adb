"""Ratings as data: which rule gives which verdict, why, and how far the next verdict is.

SCHEMES has a row for each rule. A verdict keeps its facts as numbers; `callover.words` makes
the sentence. All tests are on unrounded values. Nothing is rated without a target, for
monitoring only, or where nobody can say which direction is good.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from callover.errors import UnknownName
from callover.model import Number, Scheme
from callover.rounding import size
from callover.targets import Limits

ON_TARGET, CLOSE, OFF_TARGET, NOT_RATED = "on-target", "close", "off-target", "not-rated"

#: The colours of printed reports, as verdicts.
PRINTED = {"G": ON_TARGET, "A": CLOSE, "R": OFF_TARGET}

#: polarity: the sign of a change for the worse; None where no direction is worse.
POLARITIES: Mapping[str, int | None] = {
    "lower": 1,
    "higher": -1,
    "range": 0,
    "monitor": None,
    "ambiguous": None,
}

#: What a rating can be based on.
BASES = ("period", "cumulative", "year_end")


@dataclass(frozen=True)
class Evidence:
    """What a rule may look at: the figure and its limits, the two changes, the printed letter.

    `actual` and `limits` are those of the scheme's basis, and `before` is the figure a year before
    it. `target_type` is the deciding row's type, '' where there is no target. `projection` says how
    a figure was projected (a row of PROJECTIONS), from which figures.
    """

    polarity: str
    actual: Number | None = None
    limits: Limits | None = None
    target_type: str = ""
    year_to_date: tuple[Number | None, Number | None] = (None, None)
    rolling: tuple[Number | None, Number | None] = (None, None)
    printed: str = ""
    has_data: bool = True
    before: Number | None = None
    projection: str = ""
    projected_from: Mapping[str, Number] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rating:
    """A verdict with its reason (a row of REASONS in `callover.words`) and the figures for it.

    `next_verdict` is the next better verdict, or from the best the one below it. `distance` is
    how far the figure is from the limit between the two, in its own units; where it `passes`, the
    verdict changes only beyond that limit, else as soon as the limit is reached. `projection` says
    how the figure was projected, '' if it was not.
    """

    verdict: str
    reason: str
    facts: Mapping[str, Number] = field(default_factory=dict)
    next_verdict: str = ""
    distance: Number | None = None
    rule: str = "none"
    basis: str = ""
    passes: bool = False
    projection: str = ""


@dataclass(frozen=True)
class Rule:
    """One row of SCHEMES. `tolerance` is in percent, where a scheme leaves it out."""

    name: str
    title: str
    formula: str
    source: str
    sentence: str
    basis: str
    judge: Callable[[Scheme, Evidence], Rating]
    tolerance: Number = 10


#: Reasons for no rating that a change in recording can be behind.
UNKNOWN_FIGURES = frozenset(
    (
        *("target-not-known", "no-figure", "no-figures", "no-projection"),
        *("no-year-before", "no-last-year", "no-12-months-before"),
    )
)


def not_rated(reason: str, **facts: Number) -> Rating:
    """Give no rating, and why."""
    return Rating(NOT_RATED, reason, facts)


def _tolerance(scheme: Scheme, evidence: Evidence) -> Rating:
    """Rate by how far the figure is outside its limits, relative to the nearest limit."""
    limits, actual = evidence.limits, evidence.actual
    if limits is None or actual is None or (limits.lower is limits.upper is None):
        return _unknown(evidence)
    nearest = _nearest(limits, actual)
    allowed = size(nearest) * Fraction(scheme.tolerance) / 100
    facts = _facts(scheme, limits, actual)
    narrow = not allowed and not limits.strict  # then no figure is close
    if limits.met(actual):
        worse = OFF_TARGET if narrow else CLOSE
        room = size(actual - nearest)
        return Rating(ON_TARGET, "within-target", facts, worse, room, passes=not limits.strict)
    excess = limits.excess(actual)
    facts["excess"] = excess
    if nearest:
        facts["percent"] = Fraction(100 * excess) / size(nearest)
    if excess <= allowed:
        return Rating(CLOSE, "within-tolerance", facts, ON_TARGET, excess, passes=limits.strict)
    better = ON_TARGET if narrow else CLOSE
    return Rating(OFF_TARGET, "beyond-tolerance", facts, better, excess - allowed)


def _share_of_improvement(scheme: Scheme, evidence: Evidence) -> Rating:
    """Rate by how much of the way from a year before to the limit is made."""
    limits, actual, before = evidence.limits, evidence.actual, evidence.before
    if limits is None or actual is None or (limits.lower is limits.upper is None):
        return _unknown(evidence)
    facts = _facts(scheme, limits, actual)
    required = limits.excess(before) if before is not None else None
    if limits.met(actual):
        below = CLOSE if required and scheme.tolerance < 100 else OFF_TARGET
        room = size(actual - _nearest(limits, actual))
        return Rating(ON_TARGET, "within-target", facts, below, room, passes=not limits.strict)
    missing = limits.excess(actual)
    if before is None or required is None:
        return not_rated("no-year-before")
    facts["before"] = before
    if not required:  # the year before met the limit, so nothing less than that is an improvement
        return Rating(
            OFF_TARGET, "improvement-lost", facts, ON_TARGET, missing, passes=limits.strict
        )
    facts |= {"required": required, "share": Fraction(100 * (required - missing)) / required}
    short = required * Fraction(scheme.tolerance) / 100 - (required - missing)
    if short <= 0:
        return Rating(CLOSE, "improving", facts, ON_TARGET, missing, passes=limits.strict)
    return Rating(OFF_TARGET, "too-little-improvement", facts, CLOSE, short)


def _unknown(evidence: Evidence) -> Rating:
    """Say what is missing for a rating against a target: the target or the figure."""
    limits = evidence.limits
    if limits is None or (limits.lower is limits.upper is None):
        return not_rated("target-not-known" if evidence.target_type else "no-target")
    return not_rated("no-projection" if evidence.projection == "unknown" else "no-figure")


def _facts(scheme: Scheme, limits: Limits, actual: Number) -> dict[str, Number]:
    nearest = _nearest(limits, actual)
    facts = {"actual": actual, "target": nearest, "tolerance": scheme.tolerance}
    if limits.lower is not None and limits.upper is not None:
        facts |= {"lower": limits.lower, "upper": limits.upper}
    return facts


def _nearest(limits: Limits, actual: Number) -> Number:
    sides = [side for side in (limits.lower, limits.upper) if side is not None]
    return min(sides, key=lambda side: size(actual - side))


def _two_windows(scheme: Scheme, evidence: Evidence) -> Rating:
    """Rate by two changes, year to date and 12 months; no change is neither better nor worse."""
    sign = POLARITIES[evidence.polarity]
    (now, then), (year, year_before) = evidence.year_to_date, evidence.rolling
    if now is None or then is None:
        return not_rated("no-last-year")
    if year is None or year_before is None:
        return not_rated("no-12-months-before", now=now, then=then)
    if not sign:
        return not_rated("no-direction")
    facts = {"now": now, "then": then, "year": year, "year_before": year_before}
    worse = (sign * (now - then), sign * (year - year_before))
    if max(worse) < 0:
        return Rating(ON_TARGET, "both-better", facts, CLOSE, -max(worse))
    if min(worse) > 0:
        return Rating(OFF_TARGET, "both-worse", facts, CLOSE, min(worse))
    reason = "one-better" if min(worse) < 0 else "none-better"
    return Rating(CLOSE, reason, facts, ON_TARGET, max(worse), passes=True)


def _published(scheme: Scheme, evidence: Evidence) -> Rating:
    """Take the printed colour; nothing is recomputed."""
    if not evidence.printed:
        return not_rated("nothing-printed")
    verdict = PRINTED.get(evidence.printed)
    return Rating(verdict, "as-printed") if verdict else not_rated("nothing-printed")


def _none(scheme: Scheme, evidence: Evidence) -> Rating:
    return not_rated("no-rule" if evidence.target_type else "nothing-set")


def judge(scheme: Scheme, evidence: Evidence) -> Rating:
    """Rate by a scheme, unless something forbids a rating altogether."""
    rule = rule_of(scheme.rule)
    if POLARITIES[evidence.polarity] is None:
        rating = not_rated("for-monitoring" if evidence.polarity == "monitor" else "ambiguous")
    elif evidence.target_type == "none":
        rating = not_rated("for-monitoring")
    elif not evidence.has_data:
        rating = not_rated("no-figures")
    elif evidence.target_type == "words" and rule.basis in BASES:
        rating = not_rated("target-in-words")
    else:
        rating = rule.judge(scheme, evidence)
    facts, projection = rating.facts, rating.projection
    if rating.verdict != NOT_RATED:
        facts, projection = {**facts, **evidence.projected_from}, evidence.projection
    basis = basis_of(scheme)
    return replace(rating, rule=scheme.rule, basis=basis, facts=facts, projection=projection)


def basis_of(scheme: Scheme, own: str = "") -> str:
    """Give what a rating is based on: the indicator's own choice, the scheme's, the rule's."""
    rule = rule_of(scheme.rule)
    return (own or scheme.basis or rule.basis) if rule.basis in BASES else rule.basis


def rule_of(name: str) -> Rule:
    """Find a rule; raise UnknownName with the known ones."""
    try:
        return SCHEMES[name]
    except KeyError:
        raise UnknownName("rating rule", name, SCHEMES) from None


SCHEMES: Mapping[str, Rule] = {
    row.name: row
    for row in (
        Rule(
            "tolerance",
            "Distance from the target",
            "d = (figure - target) ÷ target, counted so that worse is positive. On target: d ≤ 0. "
            "Close: 0 < d ≤ tolerance. Off target: d > tolerance.",
            "corporate red, amber and green guides, as councils print them; 10% where none is set",
            "We set the figure against its target. A miss by no more than the tolerance is Close; "
            "a miss by exactly the tolerance is still Close.",
            "cumulative",
            _tolerance,
        ),
        Rule(
            "two_windows",
            "Two windows",
            "compare the year to date with last year's, and the last 12 months with the 12 before",
            "inferred from the printed ratings of the December 2016 document",
            "On target if both are better than a year before. Off target if both are worse. Close "
            "otherwise.",
            "two_windows",
            _two_windows,
        ),
        Rule(
            "range",
            "Inside a range",
            "d = distance outside the nearest limit ÷ that limit. On target: inside. "
            "Close: d ≤ tolerance. Off target: d > tolerance.",
            "corporate red, amber and green guides",
            "On target means inside the range, limits included. Too low is as far off as too high.",
            "cumulative",
            _tolerance,
        ),
        Rule(
            "share_of_improvement",
            "Share of the improvement",
            "s = 100 × (way made since a year before ÷ way from there to the target). On target: "
            "target met. Close: s ≥ tolerance. Off target: s < tolerance.",
            "the key of Barnet's board pack of July 2013: at least half the improvement is amber",
            "We measure the way from the figure a year before to the target. Off target means that "
            "less than the set share of it is made, which is half where nothing else is set.",
            "cumulative",
            _share_of_improvement,
            50,
        ),
        Rule(
            "published",
            "As printed",
            "the colour in the document",
            "the partnership's own document",
            "We cannot work this rating out again, so we repeat the printed one and say so.",
            "published",
            _published,
        ),
        Rule(
            "none",
            "Not rated",
            "none",
            "Callover",
            "There is no target to rate the figure against, or no rule to rate it by.",
            "none",
            _none,
        ),
    )
}
