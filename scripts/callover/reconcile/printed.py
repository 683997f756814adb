"""Figures as a document printed them: read once, then compared as numbers.

A printed figure is evidence, not truth. It has a number, the decimals it was printed to, and
perhaps a sign, from + or - or from a word such as "down". A bound ("less than 10") is no figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from callover.measures import rank_of
from callover.model import Number
from callover.rounding import half_up

#: Words that give a number its sign, by their stems.
_UP = re.compile(r"\b(?:increas\w*|up|more|higher|ris(?:e|es|en|ing)|rose)\b", re.I)
_DOWN = re.compile(
    r"\b(?:decreas\w*|down|fewer|lower|less|reduc\w*|f[ae]ll(?:s|en|ing)?|dropp?\w*)\b", re.I
)
_BOUND = re.compile(
    r"\b(?:(?:less|fewer|more|higher|lower) than|within|under|over|up to)\s*$", re.I
)
_NO_CHANGE = re.compile(r"\b(?:no change|unchanged)\b", re.I)
_NUMBER = re.compile(
    r"(?P<sign>[+-]\s*|[\u2212\u2013])?"
    r"(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)"
    r"(?P<more>\s*[-\u2013]\s*\d)?"
    r"\s*(?P<percent>%|per\s?cent\b)?",
    re.A | re.I,
)

Interval = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed number. `sign` is -1 or 1 where one is printed, 0 where none is.

    `value` carries the sign. `of` is the size of the group where the figure is a rank.
    """

    value: Fraction
    decimals: int = 0
    sign: int = 0
    percent: bool = False
    of: int | None = None
    text: str = ""

    @property
    def signed(self) -> bool:
        """Say whether the document gives a direction."""
        return self.sign != 0

    @property
    def readings(self) -> Sequence[Fraction]:
        """The numbers it may stand for: an unsigned one may be a rise or a fall."""
        return (self.value,) if self.sign or not self.value else (self.value, -self.value)

    @property
    def without_noughts(self) -> Printed:
        """The same figure with as few decimals as it can be written with: 4.70 as 4.7."""
        decimals = self.decimals
        while decimals and (self.value * 10 ** (decimals - 1)).denominator == 1:
            decimals -= 1
        return replace(self, decimals=decimals)

    def agrees(self, figure: Number) -> bool:
        """Say whether a figure gives this print when it is rounded half-up."""
        return half_up(figure, self.decimals) in self.readings

    def is_cut_from(self, figure: Number) -> bool:
        """Say whether a figure gives this print when its further decimals are cut off."""
        scale = 10**self.decimals
        whole = abs(Fraction(figure)) * scale // 1
        return Fraction(whole if figure >= 0 else -whole, scale) in self.readings

    def is_opposite_of(self, figure: Number) -> bool:
        """Say whether the size is right and the printed direction is wrong."""
        return self.sign * figure < 0 and self.value == -half_up(figure, self.decimals)

    def bounds(self, rounded: bool) -> Interval:
        """Give the numbers that round to this print; a count that was not rounded is itself."""
        margin = Fraction(1, 2 * 10**self.decimals) if rounded or self.decimals else Fraction(0)
        return self.value - margin, self.value + margin


@lru_cache(maxsize=1 << 16)
def read_printed(as_printed: str) -> Printed | None:
    """Read the first figure of a printed text; None where it has none, or only a bound."""
    text = " ".join(as_printed.split())
    if _NO_CHANGE.search(text):
        return Printed(Fraction(0), text=text)
    found = _NUMBER.search(text)
    if found is None or found["more"] or _BOUND.search(text[: found.start()]):
        return None
    rank = rank_of(text)
    if rank and text.startswith(str(rank[0])) and rank[0] <= rank[1]:
        return Printed(Fraction(rank[0]), of=rank[1], text=text)
    sign = _sign(found["sign"], text)
    digits = found["digits"].replace(",", "")
    size = Fraction(digits if digits[0] != "." else f"0{digits}")
    decimals = len(digits.partition(".")[2])
    return Printed(size * (sign or 1), decimals, sign, bool(found["percent"]), text=text)


def _sign(printed: str | None, text: str) -> int:
    """Take the sign from + or -, else from a word: a minus before "decrease" is not a rise."""
    if printed:
        return 1 if printed[0] == "+" else -1
    if _DOWN.search(text):
        return -1
    return 1 if _UP.search(text) else 0
