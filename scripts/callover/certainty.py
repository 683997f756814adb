"""Certainty: is a change more than chance, and between which limits does a figure lie?

Pure functions from numbers to numbers, named as statisticians name them. `Tested` is a change with
its interval and its p-value: the chance of a change at least as large if nothing had changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from callover import distributions
from callover.intervals import Change, Estimate, Range, Z, change, root, wilson
from callover.model import Number

#: A change with a smaller p-value than this is called clear.
CLEAR = Fraction(5, 100)
#: Byar's limits hold from this count on; below it they are exact.
BYAR_FROM = 10

#: Pairs of figures: of each month of this year, and of the same month of last year.
Pairs = Sequence[tuple[Number, Number]]


@dataclass(frozen=True, slots=True)
class Tested:
    """A change, tested. `lower` and `upper` are its 95% limits; None has no bound.

    `p_exact` takes chance alone; `p` also the `dispersion` of the parts, and is the one to tell.
    """

    lower: Number | None
    upper: Number | None
    p: Number
    p_exact: Number | None = None
    dispersion: Number | None = None


def clear(p: Number) -> bool:
    """Say whether chance alone is an unlikely reason."""
    return p.numerator * CLEAR.denominator < CLEAR.numerator * p.denominator


# ---------------------------------------------------------------------------- one figure


def byar(count: Number) -> Range:
    """Give the 95% limits of a count: Byar's from 10, the exact ones below.

    Lower: x(1 - 1/(9x) - z/(3√x))³; upper: (x+1)(1 - 1/(9(x+1)) + z/(3√(x+1)))³. Source: Breslow
    and Day (1987), Statistical methods in cancer research II; Public Health England's methods.
    """
    if count < BYAR_FROM:
        return distributions.poisson_limits(count)
    return _byar(count, -Z), _byar(count + 1, Z)


def _byar(count: Number, z: Fraction) -> Fraction:
    # With x as n/d and √x as p/q, x(1 - 1/(9x) + z/(3√x))³ is one fraction of whole numbers: a
    # fraction for each step would take five times as long.
    n, d, side = count.numerator, count.denominator, root(count)
    p, q = side.numerator, side.denominator
    above = (9 * n - d) * p * z.denominator + 3 * n * q * z.numerator
    below = 9 * n * p * z.denominator
    return Fraction(n * above**3, d * below**3)


def two_sided(tails: tuple[Fraction, Fraction]) -> Fraction:
    """Give the p-value of both sides: twice the smaller tail, as Clopper and Pearson's limits."""
    return min(2 * min(tails), Fraction(1))


def p_of_target(count: Number, target: Number, dispersion: Number | None) -> Fraction:
    """Give the chance that a count lies so far from a target above 0, were that to be expected."""
    exact = two_sided(distributions.poisson_tails(count, target))
    return max(exact, _p(Fraction(count - target) / root(target), dispersion))


def p_of_share(part: Number, whole: Number, target: Number) -> Fraction:
    """Give the chance that `part` of `whole` lies so far from a target in per cent."""
    return two_sided(distributions.binomial_tails(part, whole, Fraction(target) / 100))


def beside(lower: Number | None, upper: Number | None, other: Number) -> str:
    """Say how a figure with these limits lies beside another: higher, lower or similar.

    The other is taken as it stands, without limits of its own. None has no bound. Source: Public
    Health England's comparison of an area with a benchmark.
    """
    if lower is not None and other < lower:
        return "higher"
    return "lower" if upper is not None and other > upper else "similar"


# ------------------------------------------------------------------------------ two counts


def dispersion(pairs: Pairs) -> Fraction | None:
    """Say how many times as much the parts vary as chance would have them; 1 at least.

    phi = sum of (x - e)² / (e(1 - a/n)) ÷ (k - 1), where x is this year's figure of a part, e the
    part of both years' sum that falls to this year, a/n this year's share of all, k the number of
    parts. None where fewer than two parts are known. Source: Pearson's chi-square of a table of
    k rows, divided by its degrees of freedom (McCullagh and Nelder 1989, section 4.5).
    """
    return _dispersion(tuple(pairs))


@lru_cache(maxsize=16)  # a change, a target and a projection ask for the same
def _dispersion(pairs: tuple[tuple[Number, Number], ...]) -> Fraction | None:
    known = [(x, x + y) for x, y in pairs if x + y]
    now, both = sum(x for x, _ in known), sum(n for _, n in known)
    if len(known) < 2 or not 0 < now < both:
        return None
    # A sum of (xN - na)² / n, divided by a(N - a): whole numbers until the end, as a fraction for
    # each part would take ten times as long.
    above, below = _over(((x * both - n * now) ** 2, n) for x, n in known)
    return max(
        Fraction(above) / (below * now * (both - now) * (len(known) - 1)),
        Fraction(1),
    )


def _over(fractions: Iterable[tuple[Number, Number]]) -> tuple[Number, Number]:
    """Add fractions, given as what is above and below the line, without making them shorter."""
    above: Number = 0
    below: Number = 1
    for one, other in fractions:
        above, below = above * other + one * below, below * other
    return above, below


def dispersion_about(parts: Iterable[tuple[Number, Number]]) -> Fraction | None:
    """Say how many times as much parts vary about their planned shares as chance has them; 1+.

    phi = sum of (x - e)² / e ÷ (k - 1), where e is the share of all that the plan gives a part.
    None where fewer than two parts are known. Source: Pearson's chi-square of k counts with known
    shares, divided by its degrees of freedom (McCullagh and Nelder 1989, section 4.5).
    """
    known = [(x, share) for x, share in parts if share > 0]
    now, whole = sum(x for x, _ in known), sum(share for _, share in known)
    if len(known) < 2 or now <= 0:
        return None
    planned = [(x, Fraction(now) * share / whole) for x, share in known]
    chi_square = sum(((x - e) ** 2 / e for x, e in planned), Fraction(0))
    return max(chi_square / (len(known) - 1), Fraction(1))


def change_of_counts(
    now: Number, then: Number, days: tuple[int, int], pairs: Pairs = ()
) -> Tested | None:
    """Test a change in counts; the limits are those of the change in per cent. None for 0 and 0.

    Given both years' sum, this year's part of it is binomial with the share of its days: the exact
    conditional test. Parts that vary more than chance widen it: z ÷ √phi, and Wilson's limits on
    sums ÷ phi. Of the two tests the more careful stands.
    Source: Przyborowski and Wilenski (1940), Biometrika 31: 313-323; quasi-likelihood.
    """
    both = now + then
    if not both:
        return None
    share, phi = Fraction(days[0], sum(days)), dispersion(pairs)
    exact = two_sided(distributions.binomial_tails(now, both, share))
    z = (now - both * share) / root(both * share * (1 - share))
    lower, upper = _wider(distributions.binomial_limits(now, both), _quasi(now, both, phi))
    per_day = Fraction(days[1], days[0])
    return Tested(
        _percent(lower, per_day), _percent(upper, per_day), max(exact, _p(z, phi)), exact, phi
    )


def p_of_rates(one: tuple[Number, Number], other: tuple[Number, Number]) -> Fraction:
    """Give the chance of two rates at least so far apart, each a count with its exposure above 0.

    Given the sum of both counts, one of them is binomial with its share of both exposures. Source:
    Przyborowski and Wilenski (1940), Biometrika 31: 313-323.
    """
    both = one[0] + other[0]
    if not both:
        return Fraction(1)
    share = Fraction(one[1]) / (one[1] + other[1])
    return two_sided(distributions.binomial_tails(one[0], both, share))


def _p(z: Number, phi: Number | None) -> Fraction:
    """Give the p-value of z where parts vary; nothing to go by where they do not."""
    return distributions.normal_both_tails(z / root(phi)) if phi and phi > 1 else Fraction(0)


def _quasi(now: Number, both: Number, phi: Number | None) -> Range | None:
    if phi is None or phi <= 1:
        return None
    lower, upper = wilson(Fraction(100 * now) / both, Fraction(both) / phi)
    return lower / 100, upper / 100


def _wider(one: Range, other: Range | None) -> Range:
    return (min(one[0], other[0]), max(one[1], other[1])) if other else one


def _percent(share: Number, per_day: Fraction) -> Fraction | None:
    """Turn this year's share of both years into a change in per cent, day for day."""
    return 100 * (Fraction(share) / (1 - share) * per_day - 1) if share < 1 else None


# ------------------------------------------------------------------------------ two shares


def share_of(part: Number, whole: Number) -> Estimate:
    """Give a counted share in per cent with Wilson's limits."""
    share = Fraction(100 * part) / whole
    lower, upper = wilson(share, whole)
    return Estimate(share, share - lower, upper - share, "counted", share, share, int(part))


def overlap(now: tuple[int, int], then: tuple[int, int]) -> Fraction:
    """Give the part of two runs of days that both have: 3/4 for rolling years a quarter apart."""
    shared = min(now[1], then[1]) - max(now[0], then[0]) + 1
    longest = max(now[1] - now[0], then[1] - then[0]) + 1
    return max(Fraction(shared, longest), Fraction(0))


def change_of_shares(now: Estimate, then: Estimate, shared: Number = 0) -> Tested:
    """Test the difference of two shares in points; `shared` is the part of answers in both."""
    found = change(now, then, shared)
    p = distributions.normal_both_tails(z_of(found))
    return Tested(found.lower, found.upper, p)


def z_of(found: Change) -> Fraction:
    """Give a difference in standard errors, by the side of its interval that faces 0."""
    difference = Fraction(found.difference)
    reach = difference - found.lower if difference > 0 else found.upper - difference
    return Z * difference / reach if reach else Fraction(0)
