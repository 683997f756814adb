"""The second judgement beside the rating: is the change more than chance, and do both agree?

The sentence says "no clear change", more or fewer, with the interval. The note stands only where
rating and statistics disagree. Figures come from `callover.judged`; nothing is read from text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from callover import variation, words
from callover.certainty import clear
from callover.compute import Sheet
from callover.kinds import Quantity, metric_name
from callover.model import Number
from callover.ratings import OFF_TARGET, ON_TARGET, POLARITIES
from callover.rounding import size, units, vanishes
from callover.sketch import about, capital
from callover.tested import (
    LAST_YEAR,
    PERIOD_BEFORE,
    TWELVE_MONTHS,
    Weighed,
    first_tested,
    told_quantity,
)

#: The end of the name of the p-value that takes months to vary by chance alone.
_EXACT = "_p_value_exact"

#: A rating as a sign: of a figure worse than wanted, or better.
_SIGNS: Mapping[str, int] = {ON_TARGET: -1, OFF_TARGET: 1}

#: How what a change is set beside is named, for parts of a year and for whole ones.
_BESIDE: Mapping[str, tuple[str, str]] = {
    LAST_YEAR: ("last year", "a year before"),
    TWELVE_MONTHS: ("the 12 months before", "the 12 months before"),
    PERIOD_BEFORE: ("the period before", "the period before"),
}

#: How a change up or down is told, of counts and of percentages.
_TOLD: Mapping[str, tuple[str, str]] = {
    "percent": ("more", "fewer"),
    "percentage points": ("higher", "lower"),
}


@dataclass(frozen=True)
class Certain:
    """What the statistics say: the verdict in a few words, its interval, and where they differ.

    `usual` says whether anything stands out on the control chart. `p` is for statisticians.
    `about` names the category that all of it is about, where the measure has several.
    """

    verdict: str
    interval: str
    notes: Sequence[str] = ()
    usual: Sequence[str] = ()
    p: str = ""
    about: str = ""

    @property
    def more(self) -> Sequence[str]:
        """What follows the interval."""
        return [*self.notes, *self.usual]

    @property
    def tested(self) -> str:
        """The verdict with its interval; '' where no change is tested."""
        return f"{self.verdict} {self.interval}".strip()

    @property
    def texts(self) -> Sequence[str]:
        """All of it, as sentences."""
        said = [text for text in (self.verdict, self.interval, *self.more) if text]
        return [f"{self.about}:", *said] if self.about and said else said


@dataclass(frozen=True)
class _Change:
    """A tested change of the leading figure, with the words for what it is set beside."""

    test: Weighed
    p: Number
    unit: str
    beside: str

    @property
    def than(self) -> str:
        return f"in {self.beside}" if self.beside.startswith("the ") else self.beside

    @property
    def clear(self) -> bool:
        return self.test.clear

    @property
    def sign(self) -> int:
        return self.test.sign


def certain(sheet: Sheet) -> Certain | None:
    """Say whether the newest change is more than chance; None where nothing is tested."""
    found = _certain(sheet)
    return replace(found, about=about(sheet)) if found else None


def _certain(sheet: Sheet) -> Certain | None:
    quantity = told_quantity(sheet)
    found, usual = _change(sheet, quantity), tuple(variation.said(sheet))
    notes = tuple(_disagreeing(sheet, quantity, found))
    if found is None:
        return Certain("", "", notes, usual) if notes or usual else None
    p = _p_values(found.p, sheet.value(f"{metric_name(quantity.name, found.test.measure)}{_EXACT}"))
    return Certain(_verdict(found), _interval(found), notes, usual, p)


def _p_values(p: Number, exact: Number | None) -> str:
    """Give the p-value that decides, and beside it that of chance alone where the two differ."""
    told, alone = words.p_value(p), words.p_value(p if exact is None else exact)
    beside = "" if alone == told else f"; {alone} if months varied by chance alone"
    return f"p\u00a0=\u00a0{told}{beside}"


def _change(sheet: Sheet, quantity: Quantity) -> _Change | None:
    test = first_tested(sheet, quantity)
    if test is None or test.p is None or test.lower is None:
        return None
    beside = _BESIDE[test.measure][test.lower.period.kind in ("year", "span")]
    return _Change(test, test.p, test.lower.unit, beside)


def _verdict(found: _Change) -> str:
    if not found.clear:
        return f"No clear change on {found.beside}."
    word = _TOLD[found.unit][found.sign < 0]
    return f"{capital(word)} than {found.than}, by more than chance."


def _interval(found: _Change) -> str:
    """Give the limits in words; from nothing, a rise has no upper one."""
    lower = found.test.lower.value if found.test.lower else None
    upper = found.test.upper.value if found.test.upper else None
    if lower is None or upper is None:
        return "" if found.clear else "The numbers are too small to tell."
    ends = (lower, upper) if found.sign > 0 or not found.clear else (upper, lower)
    first, last = (_end(value, found.unit) for value in ends)
    if found.clear:
        alike = first.word == last.word
        return f"It is between {first.number if alike else first.text} and {last.text}."
    second = last.bare if first.unit and last.unit else last.text
    return f"Anything from {first.text} to {second} would fit these figures."


@dataclass(frozen=True)
class _End:
    """One limit of a change in words: 2% fewer; 3 percentage points higher; 4 times as many."""

    number: str
    unit: str
    word: str

    @property
    def text(self) -> str:
        return " ".join(part for part in (self.number, self.unit, self.word) if part)

    @property
    def bare(self) -> str:
        return f"{self.number} {self.word}"


def _end(value: Number, unit: str) -> _End:
    if vanishes(value, 1):
        return _End("no change", "", "")
    word = _TOLD[unit][value < 0]
    if unit == "percentage points":
        number = words.trimmed(size(value))
        return _End(number, f"percentage point{'' if number == '1' else 's'}", word)
    if value >= 200:
        return _End(words.trimmed(1 + Fraction(value) / 100), "times", "as many")
    return _End(f"{words.number(size(value), int(vanishes(value, 0)))}%", "", word)


def how_often(p: Number) -> str:
    """Say how often the usual ups and downs do something: in about one year in three."""
    if p >= Fraction(3, 4):
        return "in most years"
    if p >= Fraction(3, 5):
        return "in about two years in three"
    if not clear(p):
        return f"in about one year in {words.spelled(units(1 / Fraction(p), 0))}"
    return "in less than one year in 20"


# ------------------------------------------------------------------- where the two disagree


def disagree(sheet: Sheet) -> Sequence[str]:
    """Say in plain sentences where the rating and the statistics disagree."""
    quantity = told_quantity(sheet)
    return tuple(_disagreeing(sheet, quantity, _change(sheet, quantity)))


def _disagreeing(sheet: Sheet, quantity: Quantity, found: _Change | None) -> Iterator[str]:
    yield from _of_target(sheet)
    if found is not None:
        yield from _of_change(sheet, quantity, found)


def _of_target(sheet: Sheet) -> Iterator[str]:
    """Tell of a rating against a target that is met or missed by no more than chance."""
    rating, quantity = sheet.rating, sheet.quantity
    if rating.verdict not in _SIGNS or "target" not in rating.facts or rating.projection:
        return
    p = sheet.value(metric_name(quantity.name, "difference_from_target_p_value"))
    gap = sheet.metric(metric_name(quantity.name, "difference_from_target"))
    same = gap is not None and sheet.rated_at == gap.period
    if p is None or gap is None or not same or clear(p) or rating.basis != "cumulative":
        return
    if gap.value == 0:
        return
    word = words.RATING_WORDS[rating.verdict]
    yield (
        f"Rated {word}, yet the usual ups and downs bring a gap as large as this {how_often(p)}."
    )


def _of_change(sheet: Sheet, quantity: Quantity, found: _Change) -> Iterator[str]:
    """Tell of a rating that rests on a change by chance, or that a clear change speaks against."""
    rating = sheet.rating
    rated = _SIGNS.get(rating.verdict, 0)
    worse = found.sign * (POLARITIES[sheet.polarity(quantity)] or 0)
    word = words.RATING_WORDS[rating.verdict]
    if "now" in rating.facts and rated and worse == rated and not found.clear:
        yield (
            f"Rated {word} for {_rise(found)}. The usual ups and downs bring a change as large "
            f"as this {how_often(found.p)}."
        )
    if rated and worse == -rated and found.clear:
        side = "better" if worse < 0 else "worse"
        yield f"Rated {word}, yet it is clearly {side} than {found.than}."


def _rise(found: _Change) -> str:
    """Name a change: a rise of 1%; a fall of 3 percentage points."""
    noun = "rise" if found.sign > 0 else "fall"
    value = found.test.change.value if found.test.change else None
    if value is None:
        return f"a {noun}"
    if vanishes(value, 1):
        return f"a {noun} of almost nothing"
    if found.unit == "percentage points":
        return f"a {noun} of {words.amount(size(value), found.unit)}"
    return f"a {noun} of {words.number(size(value), int(vanishes(value, 0)))}%"
