"""What a text names: words by their stems, and the periods that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from callover import periods
from callover.periods import Period

_WORD = re.compile(r"[^\W\d_]+")
#: Words that stand in many names and tell none from another.
_COMMON = frozenset(
    (
        "the",
        "and",
        "with",
        "for",
        "per",
        "other",
        "all",
        "not",
        "area",
        "borough",
        "police",
        "crime",
    )
)


@lru_cache(maxsize=2048)
def stems(text: str) -> frozenset[str]:
    """Give the stems of a text's words, without short and common ones."""
    words = (word for word in _WORD.findall(text.lower()) if len(word) > 2)
    return frozenset(_stem(word) for word in words if word not in _COMMON)


def _stem(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def initials(name: str, sentence: str) -> bool:
    """Say whether a sentence shortens a name to its first letters: MPS, MSG."""
    found = "".join(word[0] for word in _WORD.findall(name) if len(word) > 2).upper()
    return any(
        found.startswith(short) or short.startswith(found)
        for short in _ACRONYM.findall(sentence)
        if len(found) > 1
    )


_ACRONYM = re.compile(r"\b[A-Z]{2,5}\b")
_MONTHS = "|".join(f"{name[:3].capitalize()}[a-z]*" for name in periods.MONTHS)
_DATE = re.compile(rf"(?:\b(\d{{1,2}})(?:st|nd|rd|th)?\s+)?\b({_MONTHS})\b(?:\s+((?:19|20)\d\d))?")
_FINANCIAL = re.compile(r"\b((?:19|20)\d\d)[/–-](\d\d)\b")
_CALENDAR = re.compile(r"\b((?:19|20)\d\d)\b(?![/–-]\d)")
_QUARTER = re.compile(r"\bQ([1-4])\b|\b(first|second|third|fourth|1st|2nd|3rd|4th) quarter\b", re.I)
_RECENT = re.compile(
    r"\b(?:last|latest|past|previous)\s+(two|three|four|five|six|[2-6])\s+(week|month|quarter)s\b",
    re.I,
)
_SPELLED = ("two", "three", "four", "five", "six")
_PLACES = ("first", "second", "third", "fourth")


@lru_cache(maxsize=512)
def named_ends(text: str, period: Period) -> frozenset[int]:
    """Give the last days of the periods that a text names.

    A month or quarter without a year is the newest one by the end of the text's own period.
    """
    return frozenset(_ends(text, period))


def _ends(text: str, period: Period) -> Iterator[int]:
    for day, month, year in _DATE.findall(text):
        yield from _ends_of_date(day, month, year, period.end)
    for first, second in _FINANCIAL.findall(text):
        if (int(first) + 1) % 100 == int(second):
            yield periods.financial_year(int(first)).end
    for year in _CALENDAR.findall(_DATE.sub("", text)):
        yield periods.month(int(year), 12).end
    for number, name in _QUARTER.findall(text):
        place = int(number) if number else _place(name)
        year = periods.financial_year_of(period.end).first.year
        yield from (periods.quarter(y, place).end for y in (year, year - 1))
    for count, kind in _RECENT.findall(text):
        many = int(count) if count.isdigit() else _SPELLED.index(count.lower()) + 2
        yield from _recent(many, kind.lower(), period.end)


def _place(name: str) -> int:
    return int(name[0]) if name[0].isdigit() else _PLACES.index(name.lower()) + 1


def _ends_of_date(day: str, name: str, year: str, end: int) -> Iterator[int]:
    number = periods.MONTHS.index(name[:3].lower()) + 1
    newest = Period(end, end, "", "").last
    month = periods.month(int(year) if year else newest.year - (number > newest.month), number)
    yield month.end
    if day and int(day) <= month.last.day:
        yield month.start + int(day) - 1


def _recent(many: int, kind: str, end: int) -> Iterator[int]:
    """Give the ends of the newest weeks, months or quarters, the last one ending on a day."""
    days = {"week": 7, "month": 0, "quarter": 0}[kind]
    for _ in range(many):
        yield end
        last = Period(end, end, "", "").last
        back = 3 if kind == "quarter" else 1
        end = end - days if days else _month_before(last.year, last.month, back)


def _month_before(year: int, month: int, back: int) -> int:
    ordinal = 12 * year + month - 1 - back
    return periods.month(ordinal // 12, ordinal % 12 + 1).end
