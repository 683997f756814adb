"""What is judged at the newest close of a period: changes, rates and shares with their certainty.

A row of JUDGED is one method; a quantity names the rows that make sense for it. Each takes a
question of `callover.measures` and gives figures of metrics.csv. The Methods page is rendered
from the same table, its worked examples from `callover.worked`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from callover import certainty, periods
from callover.certainty import Pairs, Tested
from callover.errors import UnknownName
from callover.intervals import Estimate
from callover.measures import Question, denominator_at, period_before, same_period
from callover.model import Number
from callover.rounding import size
from callover.series import Sampled, Shares, Window, gravest
from callover.targets import Limits

#: Units of judged figures that no other figure has.
PROBABILITY, RATIO = "probability", "ratio"


class Found(NamedTuple):
    """A judged figure: the end of its name, its unit (or rate), its days, value and marker.

    `since` is the first day of all that it rests on, where that is before its own days.
    """

    measure: str
    unit: str
    window: Window
    value: Number
    marker: str = ""
    since: int | None = None


@dataclass(frozen=True)
class Judgement:
    """One row of JUDGED. `names` are the measures it can give, with what each of them is."""

    name: str
    title: str
    formula: str
    source: str
    sentence: str
    names: Mapping[str, str]
    judge: Callable[[Question], Iterator[Found]]


def judgement(name: str) -> Judgement:
    """Find a row of JUDGED; raise UnknownName with the known ones."""
    try:
        return JUDGED[name]
    except KeyError:
        raise UnknownName("judgement", name, JUDGED) from None


def judged(names: Sequence[str], questions: Sequence[Question]) -> Iterator[tuple[Question, Found]]:
    """Judge the newest of some questions that has a figure."""
    last = newest(questions)
    if last is not None:
        for name in names:
            yield from ((last, found) for found in judgement(name).judge(last))


def newest(questions: Sequence[Question]) -> Question | None:
    """Give the newest of some questions that has a figure, of its period or of the year so far."""
    return next((q for q in reversed(questions) if _has_figure(q)), None)


def _has_figure(question: Question) -> bool:
    own = question.closing.start, question.closing.end
    return any(question.total(window).value is not None for window in (own, question.so_far))


def _marker(question: Question, *windows: Window) -> str:
    return gravest([question.total(window).marker for window in windows])


# ---------------------------------------------------------------------------------- changes


def _tested(
    prefix: str, unit: str, window: Window, then: Window, marker: str, found: Tested | None
) -> Iterator[Found]:
    """Give all that a test says, as figures after a measure's name."""
    if found is None:
        return
    told = (
        ("lower", unit, found.lower),
        ("upper", unit, found.upper),
        ("p_value", PROBABILITY, found.p),
        ("p_value_exact", PROBABILITY, found.p_exact),
        ("dispersion", RATIO, found.dispersion),
    )
    for name, of, value in told:
        if value is not None:
            yield Found(f"{prefix}_{name}", of, window, value, marker, then[0])


def _prefix(question: Question) -> str:
    return "rolling_12_months_change" if question.twelve_month_rows else "change_on_last_year"


def _change_of_counts(question: Question) -> Iterator[Found]:
    """Set the year so far, and the last 12 months, beside the same days a year before."""
    if question.line.in_points:
        return
    windows = {_prefix(question): question.so_far}
    if question.cumulative:
        windows["rolling_12_months_change"] = question.twelve_months
    known: dict[Window, Tested | None] = {}  # at a year's end both are the same days
    for prefix, now in windows.items():
        then = periods.window_last_year(*now)
        if now not in known:
            known[now] = _compared(question, now, then)
        yield from _tested(prefix, "percent", now, then, _marker(question, now, then), known[now])


def _compared(question: Question, now: Window, then: Window) -> Tested | None:
    values = question.total(now).value, question.total(then).value
    if values[0] is None or values[1] is None:
        return None
    days = now[1] - now[0] + 1, then[1] - then[0] + 1
    return certainty.change_of_counts(values[0], values[1], days, pairs(question, now))


def pairs(question: Question, window: Window | None = None) -> Pairs:
    """Give each known period of a window, the year so far unless told, with that a year before."""
    start, end = window or question.so_far
    kind, found = question.closing.kind, []
    for at in question.line.periods if question.cumulative else ():
        if at.kind == kind and start <= at.start and at.end <= end:
            window, before = (at.start, at.end), same_period(question, at)
            now, then = question.total(window).value, question.total(before).value
            if now is not None and then is not None and not question.split(window, before):
                found.append((now, then))
    return found


def _change_of_shares(question: Question) -> Iterator[Found]:
    now, then = question.so_far, periods.window_last_year(*question.so_far)
    found = _counted_share(question, now), _counted_share(question, then)
    if found[0] is None or found[1] is None:
        return
    test = certainty.change_of_shares(found[0], found[1], certainty.overlap(now, then))
    marker = _marker(question, now, then)
    yield from _tested(_prefix(question), "percentage points", now, then, marker, test)


def _counted_share(question: Question, window: Window) -> Estimate | None:
    """Give a share over a window with Wilson's limits, where its parts are counted."""
    line = question.line
    if not isinstance(line, Shares):
        return None
    part, whole = line.parts.total(*window).value, line.wholes.total(*window).value
    if part is None or not whole or not 0 <= part <= whole:
        return None
    return certainty.share_of(part, whole)


def _change_of_samples(question: Question) -> Iterator[Found]:
    """Set a sample beside that of a year before and the one before it, which may share answers."""
    window = question.so_far
    before = period_before(question.line, question.closing)
    then = {"change_on_last_year": periods.window_last_year(*window)}
    if before is not None:
        then["change_on_period_before"] = before.start, before.end
    now = question.estimate(window)
    for prefix, other in then.items():
        known, shared = question.estimate(other), certainty.overlap(window, other)
        if now is None or known is None or shared == 1:
            continue
        found = certainty.change_of_shares(now, known, shared)
        marker = _marker(question, window, other)
        told = _tested(prefix, "percentage points", window, other, marker, found)
        # On last year the limits stand at every period: callover.measures has them.
        yield from (f for f in told if prefix != "change_on_last_year" or f.unit == PROBABILITY)


# ------------------------------------------------------------------------ intervals, targets


def _rate(question: Question) -> Iterator[Found]:
    below = denominator_at(question.denominators, question.closing.end)
    if question.rate is None or below is None:
        return
    windows = {"rate": question.twelve_months, "rate_year_to_date": question.so_far}
    each = Fraction(question.rate.per) / below.value
    for name, window in windows.items():
        total = question.total(window)
        if total.value is None:
            continue
        for side, limit in zip(("lower", "upper"), certainty.byar(total.value), strict=True):
            yield Found(f"{name}_{side}", "rate", window, limit * each, total.marker)


def _share(question: Question) -> Iterator[Found]:
    windows = {"": (question.closing.start, question.closing.end)}
    if question.so_far != windows[""]:
        windows["year_to_date_"] = question.so_far
    for prefix, window in windows.items():
        known = _counted_share(question, window)
        if known is not None:
            for side in ("lower", "upper"):
                value, marker = getattr(known, side), _marker(question, window)
                yield Found(f"{prefix}{side}", "percent", window, value, marker)


def _target(question: Question) -> Iterator[Found]:
    """Give the chance of so far a miss, or of so far a hit, were the target to be expected."""
    _, limits = question.target
    total = question.total(question.judged)
    if limits is None or total.value is None:
        return
    p = _p_of(question, total.value, _nearest(limits, total.value))
    if p is not None:
        name = "difference_from_target_p_value"
        yield Found(name, PROBABILITY, question.judged, p, total.marker)


def _nearest(limits: Limits, value: Number) -> Number:
    sides = [side for side in (limits.lower, limits.upper) if side is not None]
    return min(sides, key=lambda side: size(side - value), default=0)


def _p_of(question: Question, value: Number, target: Number) -> Fraction | None:
    line, window = question.line, question.judged
    if isinstance(line, Sampled):
        known = question.estimate(window)
        at = Estimate(target, 0, 0, "counted", target, target)
        return Fraction(certainty.change_of_shares(known, at).p) if known else None
    if isinstance(line, Shares):
        part, whole = line.parts.total(*window).value, line.wholes.total(*window).value
        return certainty.p_of_share(part, whole, target) if part is not None and whole else None
    counted = line.additive or question.twelve_month_rows
    if not counted or line.in_points or not target:
        return None
    return certainty.p_of_target(value, target, certainty.dispersion(pairs(question)))


_LIMITS = {
    "lower": "The smallest change that the figures allow, in 19 of 20 cases.",
    "upper": "The largest change that the figures allow, in 19 of 20 cases.",
    "p_value": "How likely chance alone brings a change at least as large: 0.05 is one in twenty.",
}
_OF_COUNTS = {
    **_LIMITS,
    "p_value_exact": "The same, if months varied by chance alone.",
    "dispersion": "How many times as much the months vary as chance alone would have them.",
}


def _names(prefix: str, what: Mapping[str, str]) -> Mapping[str, str]:
    return {f"{prefix}_{name}": says for name, says in what.items()}


JUDGED: Mapping[str, Judgement] = {
    row.name: row
    for row in (
        Judgement(
            "change_of_counts",
            "Change in counts",
            "Given n = a + b, the count a is binomial with the share of its days. p = twice the "
            "smaller tail. Limits of the ratio: s ÷ (1 - s) × days before ÷ days, with s the "
            "limits of Clopper and Pearson. If φ > 1, months vary more than chance would have "
            "them. Then p is that of z ÷ √φ, with Wilson's limits on counts ÷ φ. Here φ = "
            "Σ (x - e)² ÷ (e(1 - a ÷ n)) ÷ (k - 1) over k months. The more careful of both stands.",
            "Przyborowski and Wilenski (1940), Biometrika 31: 313-323; Clopper and Pearson (1934); "
            "McCullagh and Nelder (1989), Generalized linear models, section 4.5",
            "Recorded crime is counted in full. So this asks if the change is larger than the ups "
            "and downs from month to month. Below 0.05, we call it clear.",
            {
                **_names("change_on_last_year", _OF_COUNTS),
                **_names("rolling_12_months_change", _OF_COUNTS),
            },
            _change_of_counts,
        ),
        Judgement(
            "change_of_shares",
            "Change of a share",
            "d ∓ √((p₁ - l₁)² + (u₂ - p₂)²), with l and u Wilson's limits of each share; p from d "
            "in standard errors",
            "Newcombe RG (1998), Statistics in Medicine 17: 873-890, method 10",
            "Two shares differ a little by chance. The more cases there are, the less they do.",
            {
                **_names("change_on_last_year", _LIMITS),
                **_names("rolling_12_months_change", _LIMITS),
            },
            _change_of_shares,
        ),
        Judgement(
            "change_of_samples",
            "Change between samples",
            "d ∓ √(a² + b² - 2sab), with a and b the halves of both intervals and s the part of "
            "the days that both samples share; p from d in standard errors",
            "Newcombe RG (1998), Statistics in Medicine 17: 873-890 and 2635-2650",
            "Rolling years that share months share answers. We take that into account. It assumes "
            "that answers come evenly over the year.",
            {
                **_names("change_on_period_before", _LIMITS),
                "change_on_last_year_p_value": _LIMITS["p_value"],
            },
            _change_of_samples,
        ),
        Judgement(
            "interval_of_rate",
            "Interval of a rate",
            "count from 10: x(1 - 1 ÷ (9x) - 1.96 ÷ (3√x))³ and the same with x + 1 and a plus; "
            "below 10: half of chi-square at 2x and 2x + 2 degrees; then as the rate",
            "Breslow and Day (1987), Statistical methods in cancer research II; Public Health "
            "England's indicator methods",
            "Next year's rate would differ a little even if nothing changed. The rate lies between "
            "these limits in 19 of 20 cases.",
            {
                "rate_lower": "Lower limit of the rate.",
                "rate_upper": "Upper limit of the rate.",
                "rate_year_to_date_lower": "Lower limit of the rate in the year to date.",
                "rate_year_to_date_upper": "Upper limit of the rate in the year to date.",
            },
            _rate,
        ),
        Judgement(
            "interval_of_share",
            "Interval of a share",
            "(2k + z² ∓ z√(z² + 4k(1 - k ÷ n))) ÷ 2(n + z²), with k of n and z = 1.96",
            "Wilson EB (1927), Journal of the American Statistical Association 22: 209-212",
            "A share of few cases is less sure than one of many.",
            {
                "lower": "Lower limit of the share.",
                "upper": "Upper limit of the share.",
                "year_to_date_lower": "Lower limit of the share in the year to date.",
                "year_to_date_upper": "Upper limit of the share in the year to date.",
            },
            _share,
        ),
        Judgement(
            "figure_against_target",
            "Figure against target",
            "a count: Poisson with the target as its mean, twice the smaller tail; at least the "
            "p-value of (x - T) ÷ √(φT); a share: binomial with the target's share; a sample: its "
            "distance in standard errors",
            "Clopper and Pearson (1934), Biometrika 26: 404-413; Garwood (1936), Biometrika 28: "
            "437-442",
            "A target can be met or missed by chance. This says how often chance alone would bring "
            "a gap at least as large.",
            {
                "difference_from_target_p_value": "How likely chance alone brings a gap at least "
                "as large."
            },
            _target,
        ),
    )
}
