"""Where our figure for a printed one is looked up, by the name that published.csv gives it.

LOOKUPS has a row for each form of measure name, the most particular first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from callover.compute import Board, Sheet
from callover.model import ALL, Published
from callover.periods import Period
from callover.ratings import BASES
from callover.reconcile.claims import against, denominator, rate_unit
from callover.reconcile.counterpart import (
    NO_MEASURE,
    Counterpart,
    Wanted,
    direction,
    margin,
    measure,
    mentioned,
    rank,
    rating,
    sheet_of,
)

#: Names that only documents use, for measures we have under another name.
_ALIASES = {
    "year_change": "change_on_last_year",
    "year_change_count": "change_on_last_year_count",
}


def counterpart(board: Board, sheet: Sheet, row: Published, at: Period | None) -> Counterpart:
    """Find our figure for a printed one; `at` is the period it is compared at."""
    other, _, name = row.measure.rpartition(":")
    about = sheet_of(board, other) if other else sheet
    if about is None or at is None:
        return Counterpart(missing=NO_MEASURE)
    wanted = Wanted(about, _ALIASES.get(name, name), at, row.area, row.category or ALL)
    for pattern, look in LOOKUPS:
        if pattern.fullmatch(wanted.measure):
            return look(wanted)
    raise AssertionError("the last row of LOOKUPS takes every name")


#: The forms of a measure's name in published.csv, the most particular first.
LOOKUPS: Sequence[tuple[re.Pattern[str], Callable[[Wanted], Counterpart]]] = (
    (re.compile(r"mentioned"), mentioned),
    (re.compile(rf"rating_(published|{'|'.join(BASES)})"), rating),
    (re.compile(r"direction_published"), direction),
    (re.compile(r".+_against_.+"), against),
    (re.compile(r"denominator"), denominator),
    (re.compile(r"rate_unit"), rate_unit),
    (re.compile(r"(.+_)?rank_in_.+"), rank),
    (re.compile(r"(.+_)?half_width"), margin),
    (re.compile(r".*", re.S), measure),
)
