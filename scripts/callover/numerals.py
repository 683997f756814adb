"""Numbers as people write them in a sentence: how much, of what, how exactly, up or down.

`numbers` gives those that may be set against a figure. What is no such number (a date, an age, a
telephone number) has a row in PASSED_OVER. A number in words ("one in four") is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from callover.passed import passed
from callover.readability import sentences
from callover.rounding import half_up

_NUMBER = re.compile(
    r"(?<![\w.,])(?P<sign>\+\s?|[-\u2212](?=[\d.£]))?(?P<money>[£$€])?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?P<scale>\s?(?:million|billion|thousand)\b|(?:m|bn|k)\b)?"
    r"(?P<ordinal>(?:st|nd|rd|th)\b)?"
    r"(?P<unit>\s*(?:(?:percentage|per\s?cent|%)[\s-]+points?|points?|pp|ppts?)\b|"
    r"\s*(?:%|per\s?cent\b))?"
)
_DIGIT = re.compile(r"\d")
_SCALES = {"thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9,
           "bn": 10**9, "": 1}  # fmt: skip

PERCENT, POINTS, RANK, COUNT = "percent", "points", "rank", "count"
LEVEL, CHANGE = "level", "change"
ABOUT, OVER, UNDER = "about", "over", "under"

_ABOUT = (
    (OVER, r"(?:over|above|more than|higher than|at least|upwards of|exceed(?:s|ed|ing)?)"),
    (UNDER, r"(?:under|below|less than|fewer than|lower than|up to|at most|nearly|almost)"),
    (ABOUT, r"(?:about|around|roughly|approximately|approx\.?|some|circa|close to)"),
)
_HEDGE = rf"(?:(?:just|well|slightly|a|an|the|{'|'.join(p for _, p in _ABOUT)})\s+)*"
_MOVES = (
    r"(?:rise|rose|risen|rising|increas\w+|gr[eo]w\w*|gained|fall|fell|fallen|falling|drop\w*|"
    r"decreas\w+|reduc\w+|declin\w+|cut|improv\w+|worsen\w*|up|down|changed?|moved|jump\w*)"
)
_NOUNS_OF_CHANGE = (
    "rise|increase|growth|fall|drop|decrease|reduction|decline|cut|change|improvement|leap|jump|"
    "gap|difference"
)
_CHANGE_BEFORE = re.compile(
    rf"(?:\bby|\b{_MOVES}|\b(?:{_NOUNS_OF_CHANGE})s?\s+of)\s*\(?\s*(?:by\s+)?{_HEDGE}$", re.I
)
_CHANGE_AFTER = re.compile(
    r"\s*(?:[\w-]+\s+)?(?:more|fewer|less|additional|extra|higher|lower|above|below|better|worse)\b"
    rf"|\s*(?:[\w-]+\s+){{0,2}}(?:{_NOUNS_OF_CHANGE})\b",
    re.I,
)
_LEVEL_BEFORE = re.compile(
    rf"\b(?:to|at|from|was|were|is|are|had|has|reached|target|total|average|rate)"
    rf"(?:\s+of)?\s*\(?\s*{_HEDGE}$",
    re.I,
)
_UP = r"\b(?:increas\w*|up|more|higher|ris(?:e|es|en|ing)|rose|gr[eo]w\w*|additional|extra|above)\b"
_DOWN = (
    r"\b(?:decreas\w*|down|fewer|lower|less|reduc\w*|f[ae]ll(?:s|en|ing)?|drop\w*|declin\w*|cut|"
    r"below)\b"
)
_WAY = re.compile(f"(?P<up>{_UP})|(?P<down>{_DOWN})", re.I)
_CLAUSE = re.compile(r"[;:()]|,\s(?!\d)|\b(?:while|whereas|but)\b", re.I)
_OUT_OF = re.compile(r"\s*(?:of|out of)(?: the)?\s*|\s?/\s?", re.I)
_OF = re.compile(r"\bof\s*$")
_UP_TO = re.compile(r"\s*(?:to|-|–|or)\s*", re.I)

#: Words that a plural noun after a number does not reach over, and those that stand in between.
_STOP = frozenset(
    (
        *("in", "of", "to", "from", "for", "and", "or", "than", "as", "at", "by", "on", "with"),
        *("since", "over", "under", "while", "but", "which", "that", "who", "when", "if", "so"),
        *("were", "was", "are", "is", "had", "have", "has", "because", "compared"),
    )
)
#: Words that end with an s and are no plural: they follow a number that ends its part.
_NO_PLURAL = frozenset(
    (
        *("less", "this", "its", "was", "is", "as", "has", "versus", "plus", "across", "previous"),
        *("various", "numerous", "serious", "last", "always", "yes", "us", "wants", "needs"),
        *("shows", "remains", "includes", "represents", "means", "compares", "continues", "stands"),
        *("equals", "makes", "gives", "goes", "comes", "does", "takes", "becomes", "says", "puts"),
    )
)
_PLURALS = frozenset(("people", "men", "women", "children", "police", "staff"))


@dataclass(frozen=True)
class Said:
    """A number in a sentence.

    `place` is the worth of its last digit. `unit` is percent, points, rank or '' for a count or a
    rate; `sense` says whether it is a level or a change, '' where that is open; `sign` is the way
    of a change. `about` says how loosely it is meant. `counted` are the words up to the plural
    noun that it counts. `of` is the number that it is said to be out of, 0 where it is said of
    none; `group` says that it is that number. `line` counts from the line on which the text begins.
    """

    text: str
    value: Fraction
    place: Fraction = Fraction(1)
    unit: str = ""
    sense: str = ""
    sign: int = 0
    about: str = ""
    counted: tuple[str, ...] = ()
    of: int = 0
    group: bool = False
    line: int = 0
    sentence: str = ""

    def covers(self, size: Fraction) -> bool:
        """Say whether a figure's size is what the number says, as exactly as it says it."""
        if not self.about:
            return half_up(size / self.place, 0) == self.value / self.place
        wide = self._wide
        if self.about == OVER:
            return self.value <= size < self.value + wide
        if self.about == UNDER:
            return self.value - wide < size <= self.value
        return abs(size - self.value) <= wide / 2

    @property
    def _wide(self) -> Fraction:
        """The worth of the last digit that is no nought; of a percentage at most five."""
        if self.unit:
            return Fraction(5) if self.value and self.value % 5 == 0 else self.place
        wide = self.place
        while self.value and self.value % (wide * 10) == 0:
            wide *= 10
        return wide


#: Numbers with more characters are codes. Letters before and after a number that are read.
_LONGEST, _NEAR = 20, 160


def numbers(text: str) -> Iterator[Said]:
    """Give the numbers of a text that may be set against a figure, in their order."""
    return iter(_read(text))


@lru_cache(maxsize=1_024)  # a text stands on several pages, and is slow to read
def _read(text: str) -> tuple[Said, ...]:
    return tuple(_in_order(text))


def _in_order(text: str) -> Iterator[Said]:
    flat = " ".join(text.split())
    hidden = passed().sub(lambda found: _DIGIT.sub("x", found.group()), flat)
    if not _DIGIT.search(hidden):
        return
    lines = [line for line, words in enumerate(text.split("\n")) for _ in words.split()]
    begin = 0
    for sentence in sentences(flat):
        begin = flat.index(sentence, begin)
        for position, said in _of_sentence(sentence, hidden[begin : begin + len(sentence)]):
            line = lines[flat.count(" ", 0, begin + position)]
            yield replace(said, line=line, sentence=sentence)


def _of_sentence(sentence: str, hidden: str) -> Iterator[tuple[int, Said]]:
    found = [one for one in _NUMBER.finditer(hidden) if len(one["digits"]) <= _LONGEST]
    said = [_said(sentence, hidden, one) for one in found]
    pairs = list(pairwise(found))
    for place in reversed(range(len(pairs))):
        said[place] = _with_next(said[place], said[place + 1], hidden, *pairs[place])
    for place in range(len(pairs)):
        said[place + 1] = _with_last(said[place], said[place + 1], hidden, *pairs[place])
    for one, number in zip(found, said, strict=True):
        if not one["money"]:
            yield one.start("digits"), number


def _said(sentence: str, hidden: str, found: re.Match[str]) -> Said:
    digits = found["digits"].replace(",", "")
    scale = _SCALES[(found["scale"] or "").strip()]
    value = Fraction(f"0{digits}") * scale
    place = Fraction(scale, 10 ** len(digits.partition(".")[2]))
    # What is further away says nothing of it, and would make a long sentence slow to read.
    before = hidden[max(0, found.start() - _NEAR) : found.start()]
    after = hidden[found.end() : found.end() + _NEAR]
    about = next((a for a, p in _ABOUT if re.search(rf"\b{p}\s*$", before, re.I)), "")
    sense = _sense(found, before, after)
    counted = () if found["unit"] or found["ordinal"] else _counted(after)
    return Said(
        sentence[found.start() : found.end()].strip(), value, place, _unit(found), sense,
        _sign(found, before, after) if sense == CHANGE else 0, about, counted,
    )  # fmt: skip


def _unit(found: re.Match[str]) -> str:
    unit = (found["unit"] or "").strip().lower()
    if unit.startswith(("%", "per")) and "point" not in unit:
        return PERCENT
    return POINTS if unit else RANK if found["ordinal"] else ""


def _sense(found: re.Match[str], before: str, after: str) -> str:
    if found["sign"] or _CHANGE_AFTER.match(after) or _CHANGE_BEFORE.search(before):
        return CHANGE
    return LEVEL if _LEVEL_BEFORE.search(before) else ""


def _sign(found: re.Match[str], before: str, after: str) -> int:
    """Take the way from a sign, else from the words that follow, else from the last before."""
    if found["sign"]:
        return 1 if found["sign"][0] == "+" else -1
    beyond = _CHANGE_AFTER.match(after)
    ways = list(_WAY.finditer(beyond.group())) if beyond else []
    ways = ways or list(_WAY.finditer(_CLAUSE.split(before)[-1])) or list(_WAY.finditer(before))
    return 0 if not ways else 1 if ways[-1]["up"] else -1


def _counted(after: str) -> tuple[str, ...]:
    """Give the words up to the plural noun that a number counts; none where there is no noun."""
    words: list[str] = []
    for word in re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\w\s]", after)[:5]:
        plain = word.lower()
        if plain in _STOP or not word[0].isalpha():
            break
        words.append(plain)
        plural = plain.endswith("s") and not plain.endswith("ss") and plain not in _NO_PLURAL
        if plain in _PLURALS or (plural and len(plain) > 3):
            return tuple(words)
    return ()


def _with_next(one: Said, two: Said, hidden: str, a: re.Match[str], b: re.Match[str]) -> Said:
    """Take from the next number what is said once for both: 3 to 4 points, 10 of 15."""
    between = hidden[a.end() : b.start()]
    if _OUT_OF.fullmatch(between) and not b["unit"]:
        return replace(one, of=int(two.value))
    if _UP_TO.fullmatch(between) or (
        between.strip() == "and" and "between" in hidden[max(0, a.start() - 20) : a.start()].lower()
    ):
        return replace(one, unit=one.unit or two.unit, sense=one.sense or two.sense)
    return one


def _with_last(one: Said, two: Said, hidden: str, a: re.Match[str], b: re.Match[str]) -> Said:
    """Take from the number before what is said once for both: by 3 to 4 points, 10 of 15."""
    between = hidden[a.end() : b.start()]
    if one.of:
        return replace(two, group=True)
    if (
        one.sense == CHANGE
        and a["unit"]
        and not _OF.search(hidden[max(0, a.start() - 20) : a.start()])
    ):
        return two  # up by 4% to 58%
    if one.sense and (_UP_TO.fullmatch(between) or between.strip() == "and"):
        return replace(two, sense=one.sense, sign=one.sign)
    return two
