"""What spreadsheets and hurried hands put in place of a number or a period, and what to do.

Each table has a row for a form of slip. Where only one thing can be meant, the remedy says exactly
what to write; where two can, it asks. Nothing is put right here: a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from callover import periods

_NO_FIGURE = "If there is no figure, leave the cell empty"
_HIDDEN = "If the number must not be shown, leave the cell empty"
_NOTHING = f"{_NO_FIGURE} and put x in marker."
_ERROR = "The spreadsheet could not work this out. Type the figure, or "
_GAPS = " \u00a0\u2009\u202f'’"
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_CURLY = "“”‘’\"'"

Remedy = Callable[[re.Match[str]], str]
_Row = tuple[re.Pattern[str], Remedy]


def _row(pattern: str, remedy: str | Remedy) -> _Row:
    """Make a row; where the remedy is a text, {} in it is the first group."""
    made: Remedy = remedy if callable(remedy) else lambda found: remedy.format(*found.groups())
    return re.compile(pattern, re.A | re.I), made


def _digits(found: re.Match[str]) -> str:
    return f"Write {re.sub(f'[,{_GAPS}]', '', found[0])}."


#: Slips in place of a number; the first row that fits gives the remedy.
_NUMBERS: Sequence[_Row] = (
    _row(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", _digits),
    _row(rf"-?[1-9]\d{{0,2}}([{_GAPS}]\d{{3}})+(\.\d+)?", _digits),
    _row(r"([1-9]\d{0,2})\.(\d{3})", "Write {0}{1}, if that is the number that was meant."),
    _row(r"(\d+),(\d+)", "Write {0}.{1}, if the comma stands for a point."),
    _row(r"(\d+)\.0+", "Write {0}."),
    _row(r"0+([1-9]\d*)", "Write {0}."),
    _row(rf"['{_CURLY}]+(\d+(\.\d+)?)[{_CURLY}]*", "Write {0}."),
    _row(r"-?[\d.]+e[+-]?\d+", "The spreadsheet cut the number. Type it with all its digits."),
    _row(r"#+", "The column was too narrow when it was saved. Widen the column and save again."),
    _row(r"#N/A|n\.?/?a\.?|nan|none|null|\.\.+|[-–—−]+", f"{_NO_FIGURE} and put x in marker."),
    _row(r"#[A-Z0-9/]+[!?]", f"{_ERROR}leave it empty and put x in marker."),
    _row(r"=.*", "Type the figure that the formula gives."),
    _row(r"\*|<\s*\d+|fewer than \w+|under \w+", f"{_HIDDEN} and put c in marker."),
    _row(r"nil|zero|none", "Write 0, if it was counted and there was none."),
    _row(r"[-−]\d+(\.\d+)?%?", "Look at the source: nothing is counted below 0."),
    _row(r"\((\d+)\)", "Brackets mean a minus in accounts. Type the figure that is meant."),
    _row(rf"\d\d?[/.-]\d\d?[/.-]\d{{2,4}}|({_MONTH})\w*[- ]\d+|\d+[- ]({_MONTH})\w*",
         "The spreadsheet made a date of it. Format the cell as a number and type it again."),
    _row(r"[£$€]\s*(\d+(\.\d+)?)", "Write {0}."),
    _row(r"[±~+]\s*(\d+(\.\d+)?)%?", "Write {0}."),
    _row(r"(\d+(\.\d+)?)\s*\[([a-z])\]", "Write {0} here and {2} in marker."),
    _row(r"(\d+)[*†‡¹²³]+", "Write {0}, and put the footnote in note."),
    _row(r"[\dO]*O[\dO]*", lambda found: f"Is it {found[0].upper().replace('O', '0')}? It has a "
         "letter O in it." if found[0].strip("oO") else ""),
    _row(r"(\d+(\.\d+)?) [a-z]{3,}", "Write {0}."),
)  # fmt: skip
_PERCENT = re.compile(r"(-?\d+(\.\d+)?)\s*%", re.A)


def number(cell: str, in_percent: bool, marked: bool) -> str:
    """Say what to do about a cell that should be a number; '' where it has no known form.

    `in_percent` says that the column may hold percentages, `marked` that a marker may stand in
    place of its value.
    """
    percent = _PERCENT.fullmatch(cell)
    if percent:
        own = f"Write {percent[1]}."
        return own if in_percent else "Write the number that was counted, without a percent sign."
    for pattern, remedy in _NUMBERS:
        found = pattern.fullmatch(cell)
        if found and (told := remedy(found)):
            return told if marked else re.sub(r" and put [xc] in marker", "", told)
    return ""


# ---------------------------------------------------------------- periods


def _serial(found: re.Match[str]) -> str:
    """Read a day as spreadsheets store it: a number of days since the end of 1899."""
    on = date(1899, 12, 30) + timedelta(int(found[0]))
    day = f"{on.day} {on:%B %Y}"
    return f"Is it {on:%Y-%m}? A spreadsheet stores {day} as {found[0]}."


def _dated(found: re.Match[str]) -> str:
    """Read a date that is not the first of a month, the day first as in the UK."""
    first, second, year = int(found[1]), int(found[2]), found[3]
    if first > 31 or second > 31 or min(first, second) > 12 or not first or not second:
        return ""
    if second > 12:
        return f"Is it {year}-{first:02}? The month stands first in {found[0]}."
    if first > 12 or first == second:
        return f"Is it {year}-{second:02}? A month has no day."
    return f"Is it {year}-{second:02}? If the month stands first, it is {year}-{first:02}."


def _iso(found: re.Match[str]) -> str:
    return _if_read(f"{found[1]}-{found[2]}") if found[3] == "01" else ""


def _two_months(found: re.Match[str]) -> str:
    return _if_read(f"{periods.repair(found[1])}/{periods.repair(found[2])}")


def _plain(found: re.Match[str]) -> str:
    """Undo the typography: long dashes, wide digits, quotes and spaces."""
    text = found[0].translate(_TYPOGRAPHY)
    return _if_read("".join(text.split())) if text != found[0] or " " in text else ""


_TYPOGRAPHY = str.maketrans("–—−‐／０１２３４５６７８９", "----/0123456789", _CURLY)


def _if_read(text: str) -> str:
    try:
        return f"Write {periods.parse(text).label}."
    except periods.PeriodError:
        return ""


def _years(found: re.Match[str]) -> str:
    first, second = int(found[1]), int(found[1][:2] + found[2])
    labels = f"{first}/{(first + 1) % 100:02}", f"{second - 1}/{second % 100:02}"
    return f"Write {labels[0]} or {labels[1]}: a year begins in April and ends in the next March."


_NAMED = rf"(?:{_MONTH})\w*"
_LONE = "Write its year too, such as {}."
_FOOT = "Delete this row, or move its words to note."

#: Slips in place of a period; the first row that fits gives the remedy.
_PERIODS: Sequence[_Row] = (
    _row(r"#+", "The column was too narrow when it was saved. Widen the column and save again."),
    _row(r"(grand |sub-?)?totals?|ytd|year to date|sum|average|mean",
         "Delete this row: Callover adds up by itself."),
    _row(r"period|month|date|year", "Delete this row: the header stands in row 1."),
    _row(r"(source|note|notes|produced|data|\*).*[: ].*", _FOOT),
    _row(r"=.*", "Type the period that the formula gives."),
    _row(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])-(\d\d)[ T]\d\d:\d\d.*", _iso),
    _row(r"[2-6]\d{4}", _serial),
    _row(r"(\d\d?)[/.-](\d\d?)[/.-]((?:19|20)\d\d)", _dated),
    _row(rf"(\d\d)-({_NAMED})", lambda found: f"Is it 20{found[1]}-"
         f"{periods.MONTHS.index(found[2][:3].lower()) + 1:02}? A spreadsheet turns "
         f"{found[2].capitalize()}-{found[1]} round."),
    _row(_NAMED, _LONE.format("2016-04")),
    _row(r"q[1-4]|quarter [1-4]", _LONE.format("2016/17-Q1")),
    _row(r"w\d\d?|week \d\d?", _LONE.format("2016-W25")),
    _row(r"(?:19|20)\d\d/\d\d-Q\d", "A year has quarters 1 to 4, from April."),
    _row(r"((?:19|20)\d\d)-W(\d\d)", "{} has no week {}."),
    _row(r"((?:19|20)\d\d)-(\d\d)-(\d\d)", "There is no such day. Look at the source."),
    _row(r"((?:19|20)\d\d)-(\d\d)", lambda found: "Write " + found[0].replace("-", "/")
         + ", if the financial year is meant." if (int(found[1]) + 1) % 100 == int(found[2])
         else "A year has months 01 to 12."),
    _row(r"((?:19|20)\d\d)/(\d\d)", _years),
    _row(r"((?:19|20)\d\d)", lambda found: f"Is it {found[0]}/{(int(found[0]) + 1) % 100:02} "
         f"(April to March) or {found[0]}-01/{found[0]}-12 (a calendar year)?"),
    _row(r"(\d{4}-\d\d)/\1", lambda found: _if_read(found[1])),
    _row(r"\d{4}-\d\d(-\d\d)?/\d{4}-\d\d(-\d\d)?", "The later month stands last in a span."),
    _row(rf"({_NAMED}[ -]\d+)(?: ?[-–] ?| to )({_NAMED}[ -]\d+)", _two_months),
    _row(rf"[\d\sQqWw/０-９／{_CURLY}–—−‐-]+", _plain),
)  # fmt: skip


def period(text: str) -> str:
    """Say what to do about a text that should be a period; '' where it has no known form."""
    compact = " ".join(text.split())
    for pattern, remedy in _PERIODS:
        found = pattern.fullmatch(compact)
        if found and (told := remedy(found)):
            return told
    return ""


def day(text: str) -> str:
    """Say what to do about a text that should be a day; '' where it has no known form."""
    if found := re.fullmatch(r"[2-6]\d{4}", text, re.A):
        on = date(1899, 12, 30) + timedelta(int(found[0]))
        return f"Is it {on}? A spreadsheet stores it as {text}."
    if found := re.fullmatch(r"(\d\d?)/(\d\d?)/((?:19|20)\d\d)", text, re.A):
        month, number, year = (int(part) for part in found.groups())
        if month <= 12 < number <= 31:
            return f"Is it {year}-{month:02}-{number:02}? The month stands first in {text}."
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.A):
        return "There is no such day. Look at the source."
    return ""
