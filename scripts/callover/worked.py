"""Worked examples of the Methods page: known figures, put through the code that judges.

A row of WORKED for each row of `callover.judged.JUDGED`. Nobody types a result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from callover import assurance, certainty, recent, signals
from callover.ahead import chance_of, deviation
from callover.intervals import Rounded, Sample, Z, change, estimate
from callover.model import Number
from callover.projection import Projection
from callover.targets import Limits
from callover.words import figure, joined, number, trimmed

#: All crime from April to December, this year and last: Barking and Dagenham, December 2016.
_NOW = (1383, 1639, 1532, 1614, 1438, 1425, 1403, 1387, 1386)
_THEN = (1342, 1496, 1440, 1584, 1411, 1432, 1366, 1514, 1463)
_DAYS = 275


def _limits(lower: Number | None, upper: Number | None, decimals: int = 1) -> str:
    return " to ".join(number(side, decimals) for side in (lower, upper) if side is not None)


def _counts() -> str:
    now, then = sum(_NOW), 13_048
    pairs = tuple(zip(_NOW, _THEN, strict=True))
    found = certainty.change_of_counts(now, then, (_DAYS, _DAYS), pairs)
    assert found is not None and found.p_exact is not None and found.dispersion is not None
    return (
        f"{number(now)} offences against {number(then)} in the same months, up "
        f"{number(Fraction(100 * (now - then), then), 1)}%. By chance alone, p = "
        f"{number(found.p_exact, 2)}. The months vary {number(found.dispersion, 1)} times as much "
        f"as chance would have them, so p = {number(found.p, 2)}. The limits are "
        f"{_limits(found.lower, found.upper)}%."
    )


def _shares() -> str:
    found = certainty.change_of_shares(certainty.share_of(56, 70), certainty.share_of(48, 80))
    return (
        "56 of 70 (80%) against 48 of 80 (60%), Newcombe's own example: up 20 points, with limits "
        f"{_limits(found.lower, found.upper, 2)}, p = {number(found.p, 3)}."
    )


def _samples() -> str:
    now, then, before = (
        estimate(Sample(Rounded(share), base)) for share, base in ((25, 397), (20, 392), (24, 397))
    )
    assert now is not None and then is not None and before is not None
    apart = certainty.change_of_shares(now, then)
    z = certainty.z_of(change(now, before, Fraction(3, 4)))
    return (
        f"20% of 392 and 25% of 397 in separate years: p = {number(apart.p, 3)}. 24% and 25% of "
        f"397 in rolling years that share three quarters: z = {trimmed(z, 3)}. Neither is clear."
    )


def _rate() -> str:
    count, people = 17_587, 201_979
    lower, upper = (side * 1000 / people for side in certainty.byar(count))
    rate = number(Fraction(1000 * count, people), 2)
    return (
        f"{number(count)} offences among {number(people)} residents: {rate} per 1,000, with limits "
        f"{_limits(lower, upper, 2)}."
    )


def _share() -> str:
    found = certainty.share_of(31, 461)
    share = figure(found.share, "percent")
    return f"31 of 461: {share}, with limits {_limits(found.lower, found.upper)}%."


def _target() -> str:
    p = certainty.p_of_share(24, 35, 70)
    return f"24 of 35 against a target of 70%: p = {number(p, 2)}, so that is no clear miss."


def _against() -> str:
    lower, upper = (side * 1000 / 201_979 for side in certainty.byar(17_587))
    told = certainty.beside(lower, upper, Fraction("87.37"))
    return (
        f"87.07 offences per 1,000 residents, with limits {_limits(lower, upper, 2)}, beside 87.37 "
        f"in the force: {told}. 10.49, with limits {_limits(*_injury(), 2)}, beside 8.61: "
        f"{certainty.beside(*_injury(), Fraction('8.61'))}."
    )


def _injury() -> tuple[Fraction, Fraction]:
    """Give the limits of violence with injury: 2,119 offences among 201,979 residents."""
    lower, upper = (side * 1000 / 201_979 for side in certainty.byar(2_119))
    return Fraction(lower), Fraction(upper)


def _apart() -> str:
    barnet = 978, 978 / Fraction("2.76")
    others = (("Brent", 1001, "3.22"), ("Wandsworth", 844, "2.75"))
    told = []
    for name, count, rate in others:
        p = certainty.p_of_rates(barnet, (count, count / Fraction(rate)))
        tail = "told apart" if certainty.clear(p) else "not told apart"
        small = "below 0.001" if p < Fraction(1, 1000) else f"= {number(p, 2)}"
        told.append(f"{name} ({number(count)} calls, a rate of {rate}): p {small}, {tail}")
    return f"Barnet has 978 calls, a rate of 2.76. {'. '.join(told)}."


def _given() -> str:
    lower, upper = (side * Fraction("2.76") / 978 for side in certainty.byar(978))
    return f"a rate of 2.76 that is of 978 calls: limits {_limits(lower, upper, 2)}."


def control() -> str:
    """Work out the limits of domestic violence from April to December 2016."""
    values = (170, 222, 196, 221, 229, 195, 196, 203, 186)
    found = signals.limits(values, counts=True)
    return (
        f"{', '.join(map(str, values))}: mean {number(found.mean, 1)}, limits "
        f"{_limits(found.lower, found.upper)}, no signal."
    )


def assured() -> str:
    """Set the limits of all crime, against a year before, beside a target of fewer than then."""
    ratios = [Fraction(100 * now, then) - 100 for now, then in zip(_NOW, _THEN, strict=True)]
    found = signals.limits(ratios, counts=False)
    usual, wanted = (found.lower, found.upper), Limits(upper=0, strict=True)
    return (
        f"All crime of nine months against a year before has limits of {_limits(*usual)}%. With a "
        "target of fewer than last year, its assurance is "
        f"{assurance.assurance(usual, wanted, 'lower')}."
    )


def recent_trend() -> str:
    """Work out the recent trend of all crime in Barking and Dagenham, 2011/12 to 2015/16."""
    counts = (18_825, 17_236, 16_062, 16_201, 17_428)
    people = (187_029, 187_029, 190_560, 194_352, 198_294)
    found = recent.weighted(counts, [Fraction(1000, each) for each in people])
    rates = [number(Fraction(1000 * x, n), 2) for x, n in zip(counts, people, strict=True)]
    clear = "more" if found.clear and found.steady else "no more"
    return (
        f"{joined(rates)} offences per 1,000 residents in five years: b = "
        f"{number(Fraction(found.slope), 2)} a year, χ² = "
        f"{number(Fraction(found.chi_square), 1)}. That is {clear} than chance."
    )


def ahead() -> str:
    """Work out where the rubbish fires of 2016/17 are heading: 144 against 183, of 211."""
    facts = {"so_far": 144, "then": 183, "then_all": 211}
    made = Projection(Fraction(144 * 211, 183), "seasons", facts)
    sigma = deviation(made)
    assert made.value is not None
    ends = _limits(made.value - Z * sigma, made.value + Z * sigma, 0)
    return (
        "144 rubbish fires so far, 183 by then last year and 211 in all of that year. 144 × 211 ÷ "
        f"183 = {number(made.value)}, with limits {ends}. Twelve months "
        f"at the pace so far would be {number(Fraction(144 * 12, 9))}. Against a target of 257, "
        f"the chance is {trimmed(chance_of(made.value, sigma, Limits(upper=257)))}, and each of "
        f"three months may bring {number(Fraction(257 - 144, 3), 1)}."
    )


#: Worked examples of how areas are set beside others: a row for each method that has one.
COMPARED: Mapping[str, Callable[[], str]] = {
    "against_others": _against,
    "told_apart": _apart,
    "interval_of_given": _given,
}

WORKED: Mapping[str, Callable[[], str]] = {
    "change_of_counts": _counts,
    "change_of_shares": _shares,
    "change_of_samples": _samples,
    "interval_of_rate": _rate,
    "interval_of_share": _share,
    "figure_against_target": _target,
}
