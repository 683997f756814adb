"""What looks like a number in a text and is none to match: dates, ages, laws, telephone numbers.

PASSED_OVER has a row for each. Patterns are tried in its order where two begin at one place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_SHORT = "(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
_YEAR = r"(?:19|20)\d\d"
_AND = r"\s*(?:,|-|–|/|\band\b|\bor\b|\bto\b)\s*"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_PERCENT = r"\s*(?:%|per\s?cent\b)"
#: What shows that a number before it goes on, or counts something after all.
_MORE = rf"(?![,.]\d|\d|{_PERCENT})"
_THINGS = r"(?!\s+(?:\w+\s+)?(?!this\b)\w{2,}[^\Wsu]s\b)"
_TIME = r"(?:seconds?|minutes?|mins?|hours?|days?|nights?|weeks?|months?|quarters?|years?)"
_LABEL = (
    "pages?|tables?|figures?|charts?|annex|appendix|notes?|items?|points?|steps?|stages?|phases?|"
    "tiers?|levels?|bands?|grades?|class|types?|zones?|priorit(?:y|ies)|outcomes?|objectives?|"
    "themes?|strands?|questions?|operation|versions?|lines?|rows?|numbers?|no|nos|day|year|wave|"
    "sections?|articles?|parts?|schedules?|chapters?|paragraphs?|para|clauses?|rules?|form|route"
)

#: What is no number to match: what it is, how it is known, and an example in which all is passed.
PASSED_OVER: Sequence[tuple[str, str, str]] = (
    (
        "addresses of the web and of e-mail",
        r"https?://\S+|www\.\S+|\S+@\S+\.\S+",
        "See https://www.place.example/2016/12 or write to team7@place.example.",
    ),
    (
        "days",
        rf"\b{_DAY}(?:{_AND}{_DAY}){{0,9}}\s+(?:of\s+)?{_MONTH}\b(?:,?\s+{_YEAR}\b)?"
        rf"|\b{_MONTH}\s+(?:\d{{1,2}}(?:st|nd|rd|th)\b|\d{{1,2}},\s*{_YEAR}\b)"
        rf"|\b\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}\b|\b{_YEAR}-\d\d(?:-\d\d)?\b",
        "From 24 and 26 June 2013 to 1st July, May 3rd, 30/06/2013 and 2013-07-01.",
    ),
    (
        "months with their year",
        rf"\b{_MONTH}[\s'’-]*{_YEAR}\b|\b{_MONTH}(?:-|\s?['’])\d\d\b|\b{_SHORT}\s\d\d\b{_MORE}",
        "From October 2016, Apr-16 and Sept '16 to Dec 16.",
    ),
    (
        "years",
        rf"\b{_YEAR}\s?[/–-]\s?(?:{_YEAR}|\d\d)\b|\b[01]\d/[0-2]\d\b"
        rf"|\b(?:[Ii]n|[Ss]ince|[Ff]rom|for|of|by|until|during|to|and|between|before|after|than|the"
        rf"|early|late|mid|spring|summer|autumn|winter)[\s-]{_YEAR}s?(?:\s?[/–-]\s?\d\d){{0,2}}\b{_MORE}"
        rf"|\b{_YEAR}\b{_MORE}{_THINGS}",
        "In 2012/13, 2013-14 or 13/14; since 2009, 2016 was the best, and mid-2016 the worst.",
    ),
    (
        "times of the day",
        r"\b\d{1,2}:\d\d\b|\b\d{1,2}(?:\.\d\d)?\s?(?:[ap]m\b|[ap]\.m\.|o['’]clock)|\b24/7\b"
        r"|\b\d{4}\s?hrs\b",
        "From 9.30am to 17:45, at 6 pm, at 8 o'clock, or 24/7.",
    ),
    (
        "quarters and weeks by their number",
        rf"\b[QH][1-4]\b|\bquarters?\s+\d(?:{_AND}\d){{0,9}}\b|\bweeks?\s+\d{{1,2}}(?:{_AND}\d{{1,2}}){{0,9}}\b"
        r"|\b\d(?:st|nd|rd|th)\s+(?:quarter|half|week|month|year|day)\b",
        "In Q2, quarters 3 and 4, the 1st quarter and week 25.",
    ),
    (
        "lengths of time",
        rf"\b\d+(?:\.\d+)?(?:{_AND}\d+)?[\s-]?(?:working\s+)?{_TIME}\b(?![\s-]old)",
        "Over 12 months, within 24 hours, for 2 to 3 weeks, in a 12-month span of 28 days.",
    ),
    (
        "ages",
        rf"\b(?:[Uu]nder|[Oo]ver)[\s-]?\d{{1,2}}s\b"
        rf"|\b[Aa]ge[ds]?\s+(?:between\s+|under\s+|over\s+)?\d{{1,2}}(?:{_AND}\d{{1,2}}){{0,9}}\b"
        rf"|\b\d{{1,2}}(?:{_AND}\d{{1,2}})?[\s-](?:year|yr)s?[\s-](?:olds?\b|of\s+age\b)|\b\d\d\+",
        "The under 18s, those aged 10 to 17, 16-24 year olds, a 14-year-old and people of 65+.",
    ),
    (
        "telephone numbers",
        r"(?:\+44\s?|\b0)\d(?:[\s-]?\d){8,10}\b|\b(?:999|101|111|112)\s+(?:calls?|number|line)\b"
        r"|\b(?:[Cc]all(?:ed)?|[Dd]ial|[Rr]ing|[Pp]hone)\s+(?:999|101|111|112)\b",
        "Call 101 or 0808 2000 247; the 999 line is for emergencies.",
    ),
    (
        "parts of laws and of documents",
        rf"\b(?i:{_LABEL})\.?\s+\d{{1,6}}[a-z]?(?:{_AND}\d{{1,6}}[a-z]?){{0,9}}\b{_MORE}"
        rf"|\b(?:Act|Order|Bill|Regulations)\s+(?:of\s+)?{_YEAR}\b",
        "Section 17 of the Crime and Disorder Act 1998, table 3, pages 4 and 5, and Priority 2.",
    ),
    (
        "numbers of a list",
        r"^\s*\(?\d{1,2}[.)]\s|(?<=[.;:,])\s\(\d\)",
        "1. Patrols come first; (2) then visits.",
    ),
    (
        "names with a number in them",
        rf"\b[A-Z]{{2,}}[\s-]\d{{1,2}}(?:\.\d+)?\b{_MORE}(?!\s+(?:of|out)\b){_THINGS}"
        r"|\b\w*[A-Za-z]\d\w*\b|\b\d+(?!(?:st|nd|rd|th|m|k|bn|pp)\b)[A-Za-z]\w*\b",
        "The MOPAC 7, PHOF 2.15 and COVID-19; IG11, the A13 and G4S.",
    ),
    (
        "odds",
        rf"\b\d{{1,3}}\s+in\s+(?:every\s+|each\s+)?(?!{_YEAR})\d{{1,4}}\b(?!\s*(?:{_TIME}|%))"
        r"|\b\d\s+out\s+of\s+(?:every\s+)?10\b",
        "About 1 in 4, 3 in every 100 and 9 out of 10.",
    ),
    (
        "what a rate is for",
        r"\b(?:per|every|each)\s+(?:\d{1,3}(?:,\d{3})+|\d+)\b",
        "That is per 1,000 residents, or for every 100,000.",
    ),
)


@cache
def passed() -> re.Pattern[str]:
    """Give one pattern for all rows."""
    return re.compile("|".join(f"(?:{pattern})" for _, pattern, _ in PASSED_OVER))


def passed_over(text: str) -> list[str]:
    """Give the parts of a text that are no number to match."""
    return [found.group() for found in passed().finditer(text)]
