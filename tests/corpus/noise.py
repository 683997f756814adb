"""How often figures that are only noisy are asked about: made-up counts, as chance makes them.

    python -m tests.corpus.noise 2000     measures on 2,000 series of 48 months

Counts are Poisson or negative binomial, with a level of 1 to 2,000, a season and a slow trend. A
question about one of them is a false alarm.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from math import cos, exp, log, pi

from callover.data.plausible import LEAST, LOOK_BACK, Reach

MONTHS = 48


def poisson(dice: random.Random, mean: float) -> int:
    """Draw a count; a large one from the normal curve."""
    if mean > 200:
        return max(0, round(dice.gauss(mean, mean**0.5)))
    count, product, least = 0, dice.random(), exp(-mean)
    while product > least:
        count += 1
        product *= dice.random()
    return count


def counts(dice: random.Random, level: float, spread: float) -> list[int]:
    """Draw 48 months: `spread` is the variance beyond Poisson, as a share of the mean squared."""
    trend, season = dice.uniform(-0.008, 0.008), dice.uniform(0, 0.2)
    made = []
    for n in range(MONTHS):
        mean = level * (1 + trend * n) * (1 + season * cos(2 * pi * n / 12))
        drawn = dice.gammavariate(1 / spread, mean * spread) if spread else mean
        made.append(poisson(dice, drawn))
    return made


def alarms(values: Sequence[int]) -> int:
    """Count the figures that are asked about, as each month comes in."""
    asked = 0
    for n, value in enumerate(values):
        before = values[max(0, n - LOOK_BACK) : n]
        if len(before) >= LEAST and not Reach.of(before).holds(value):
            asked += 1
    return asked


def measure(series: int, seed: str = "noise") -> dict[float, tuple[int, int]]:
    """Give, by the spread beyond Poisson, how many figures were asked about and out of how many."""
    dice = random.Random(seed)
    found = {}
    for spread in (0.0, 0.02, 0.05, 0.1):
        asked = sum(
            alarms(counts(dice, exp(dice.uniform(log(1), log(2000))), spread))
            for _ in range(series)
        )
        found[spread] = asked, series * (MONTHS - LEAST)
    return found


if __name__ == "__main__":
    for spread, (asked, of) in measure(int(sys.argv[1])).items():
        kind = f"negative binomial, spread {spread:g}" if spread else "Poisson"
        print(f"{kind}: {asked} of {of} figures, {1000 * asked / of:.2f} in 1,000")
