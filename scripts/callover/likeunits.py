"""Of whom a rate speaks: two rates compare only if they are per as many of the same.

Documents write "per 1,000 residents", "per 1,000 population" and "per 1,000 people" for the same.
"""

from __future__ import annotations

import re

_PER = re.compile(r"\bper (?P<many>\d{1,3}(?:,\d{3})*|\d+)\b", re.A)
#: What documents call the same people or homes.
_NOUNS = {"population": "residents", "people": "residents", "head": "residents", "res": "residents",
          "hh": "households", "homes": "households", "dwellings": "households"}  # fmt: skip


def per_many(unit: str) -> int:
    """Read how many a rate is per, from its unit: 1,000 of per 1,000 residents; 0 if it is none."""
    found = _PER.search(unit)
    return int(found["many"].replace(",", "")) if found else 0


def counted_in(unit: str) -> str:
    """Read of whom a rate speaks: residents of "crimes per 1,000 population"."""
    found = _PER.search(unit)
    noun = unit[found.end() :].strip(" .)").lower() if found else ""
    return _NOUNS.get(noun, noun)


def alike(one: str, other: str) -> bool:
    """Say whether two units are the same: the same words, or per as many of the same."""
    same = (per_many(one), counted_in(one)) == (per_many(other), counted_in(other))
    return one == other or (per_many(one) > 0 and same)
