"""Cells of a partnership's own tables that are more than text: days, periods, ids and links.

GRAMMARS has a row for each type of column: how a cell is read, what is expected of it, and the
exact correction of what a spreadsheet or a hurried hand made of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from callover import periods
from callover.addresses import TYPES, is_address
from callover.data import slips
from callover.helplines import TOPICS
from callover.periods import Period
from callover.records import is_link

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
#: Two digits of a year below 50 only: nobody means 2099, and 1999 would be a guess.
_YEAR = r"((?:19|20)\d\d|[0-4]\d)"
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[ T]00:00(?::00)?)?", re.A)
_NUMBERS = re.compile(rf"(\d\d?)([./-])(\d\d?)\2{_YEAR}", re.A)
_NAMED = re.compile(rf"(\d\d?)(?:st|nd|rd|th)?[ -]([A-Za-z]{{3,}})[ -]{_YEAR}", re.A)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.A)


class BadCell(ValueError):
    """A text that its column does not take."""


def _periods_of(*kinds: str) -> Callable[[str], Period]:
    def read(text: str) -> Period:
        try:
            found = periods.parse(text)
        except periods.PeriodError as problem:
            raise BadCell(text) from problem
        if kinds and found.kind not in kinds:
            raise BadCell(text)
        return found

    return read


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise BadCell(text)
    return text


def _links(text: str) -> tuple[str, ...]:
    """Read addresses inside the partnership, parted by spaces."""
    found = tuple(text.split())
    if not all(is_link(link) for link in found):
        raise BadCell(text)
    return found


def day(text: str) -> str:
    """Give the day that a UK date means: 30/03/2014, 30.3.2014, 19 July 2013; '' if unsure."""
    compact = " ".join(text.split())
    if found := _ISO.fullmatch(compact):
        year, month, number = (int(part) for part in found.groups())
    elif found := _NUMBERS.fullmatch(compact):
        number, month, year = int(found[1]), int(found[3]), _year(found[4])
    elif found := _NAMED.fullmatch(compact):
        number, month, year = int(found[1]), _month(found[2]), _year(found[3])
    else:
        return ""
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return ""


def _month(name: str) -> int:
    """Give the number of a month by its name or its first letters; 0 if it is none."""
    begins = (n for n, full in enumerate(_MONTHS, 1) if full.startswith(name.lower()))
    return next(begins, 0)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day_or_month(text: str) -> str:
    return day(text) or _of_kind(text, "month")


def _financial_year(text: str) -> str:
    return _of_kind(text, "year")


def _of_kind(text: str, kind: str = "") -> str:
    """Give the period that a text means, if it is certain and of the kind that is wanted."""
    suggestion = periods.repair(text)
    if suggestion and kind and periods.parse(suggestion).kind != kind:
        return ""
    return suggestion


def _as_id(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.lower(), re.A))


#: Numbers of the United Kingdom that are shorter than others.
_SHORT = ("999", "112", "101", "105", "111", "18000", "0800 1111")
_PHONE = re.compile(r"0\d+( \d+)+|116 \d{3}", re.A)
_WEB = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+/[^\s<>\"']*", re.A)


def _phone(text: str) -> str:
    """Read a UK phone number, in groups as people say it; a number from 0 has 10 or 11 digits."""
    long = _PHONE.fullmatch(text) and (text.startswith("116") or _digits(text) in (10, 11))
    if not long and text not in _SHORT:
        raise BadCell(text)
    return text


def _digits(text: str) -> int:
    return sum(letter.isdecimal() for letter in text)


def _plain_phone(text: str) -> str:
    """Give a number without brackets, dashes and +44; '' where its groups would be a guess."""
    plain = " ".join(re.sub(r"^\+?44|\(0\)|[()-]", " ", text).split())
    if text.startswith(("+44", "44")) and not plain.startswith("0"):
        plain = f"0{plain}"
    try:
        return _phone(plain)
    except BadCell:
        return ""


def _web(text: str) -> str:
    if not _WEB.fullmatch(text):
        raise BadCell(text)
    return text


def _secure(text: str) -> str:
    """Give an address with https and a slash after its host, where that is all it lacks."""
    made = f"https://{re.sub('^http://|^https://', '', text)}"
    made = made if made.count("/") > 2 else f"{made}/"
    return made if _WEB.fullmatch(made) else ""


def _address(text: str) -> str:
    if not is_address(text):
        raise BadCell(text)
    return text


def _below_the_site(text: str) -> str:
    """Give an address without what it must not have: host, capitals, index.html; '' if unsure."""
    path = re.sub(r"^(https?://[^/]*)?/+|[?#].*$|index\.html$", "", text.strip()).lower()
    path = path if not path or path.endswith("/") or "." in path else f"{path}/"
    return path if is_address(path) else ""


#: A figure as series.csv has it, or the marker that stands in its place.
_FIGURE = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,15})?|\[[cxz]\]", re.A)
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", re.A)
_LETTER = re.compile(r"\[?\s*([CXZcxz])\s*\]?", re.A)


def _figure(text: str) -> str:
    if not _FIGURE.fullmatch(text):
        raise BadCell(text)
    return text


def _plain_figure(text: str) -> str:
    """Give a figure without its thousands separators, and a marker in its brackets."""
    if letter := _LETTER.fullmatch(text):
        return f"[{letter[1].lower()}]"
    return text.replace(",", "") if _THOUSANDS.fullmatch(text) else ""


def _topics(text: str) -> tuple[str, ...]:
    found = tuple(text.split())
    if not found or not set(found) <= set(TOPICS):
        raise BadCell(text)
    return found


@dataclass(frozen=True)
class Grammar:
    """A type of column: `read` raises BadCell, `repaired` gives the exact correction or ''.

    Where `tidied` is false the correction is told and left to a person: other cells may name it.
    """

    read: Callable[[str], object]
    expected: str
    remedy: str
    repaired: Callable[[str], str]
    tidied: bool = True


_WORDS = "If it is no date, write the words in due_as_printed and leave this cell empty."
_DAY = Grammar(
    _periods_of("day"), "a day such as 2014-03-30",
    "Write the year, the month and the day, with dashes.", day,
)  # fmt: skip

GRAMMARS: Mapping[str, Grammar] = {
    "day": _DAY,
    "meeting": _DAY,
    "day or month": Grammar(
        _periods_of("day", "month"), "a day such as 2014-03-30 or a month such as 2014-03", _WORDS,
        _day_or_month,
    ),
    "year": Grammar(
        _periods_of("year"), "a financial year such as 2013/14",
        "Write the year in which April falls, a slash and two digits of the next.",
        _financial_year,
    ),
    "period": Grammar(
        _periods_of(), periods.GRAMMAR, "Write the period in one of these forms.", _of_kind
    ),
    "figure": Grammar(
        _figure, "a figure as in series.csv, such as 44, a marker in its place, such as [x], or "
        "nothing", "Write it in plain digits, without % and without the marker of a figure.",
        _plain_figure,
    ),
    "id": Grammar(
        _id, "an id in lower-case letters, digits and dashes, such as asb-03",
        "Choose an id that can stay for ever: addresses are made of it.", _as_id, tidied=False,
    ),
    "links": Grammar(
        _links, "addresses inside the partnership, such as asb-calls/ or actions/#asb-03",
        "Write the address after the partnership's own, with its slash at the end; part several "
        "by spaces.", lambda text: "", tidied=False,
    ),
    "phone": Grammar(
        _phone, "a phone number of the United Kingdom in groups, such as 0808 2000 247",
        "Write it as people say it, from 0 and with spaces. A spreadsheet may have eaten the 0.",
        _plain_phone,
    ),
    "web": Grammar(
        _web, "an address that begins with https:// and a host, such as https://www.police.uk/",
        "Copy the address from the browser.", _secure, tidied=False,
    ),
    "address": Grammar(
        _address, "an address below the site, such as barnet/robbery/ or barnet/robbery/series.csv",
        "A page ends with a slash; a file ends in one of "
        f"{', '.join(TYPES)}. Use lower-case letters, digits, dashes and underscores.",
        _below_the_site, tidied=False,
    ),
    "topics": Grammar(
        _topics, f"one or more of {', '.join(TOPICS)}, parted by spaces",
        "Choose from these topics; the README says what each is for.", lambda text: "",
        tidied=False,
    ),
}  # fmt: skip


def correction(grammar: Grammar, text: str) -> str:
    """Say what to write in place of a text: its exact correction, or else how such a cell looks."""
    exact = grammar.repaired(text)
    if exact and grammar.tidied:
        return f"Write {exact}. `callover tidy` does this for the whole file."
    if exact:
        return f"Write {exact}. {grammar.remedy}"
    return (slips.day(text) if "day" in grammar.expected else "") or grammar.remedy


def repaired(type_: str, text: str) -> str:
    """Give what `callover tidy` makes of a cell of a type: the cell itself where it is sound."""
    grammar = GRAMMARS.get(type_)
    if grammar is None or not grammar.tidied or not text:
        return text
    try:
        grammar.read(text)
    except BadCell:
        return grammar.repaired(text) or text
    return text
