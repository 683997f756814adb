"""What a cell of a sheet says: a plain number, a marker, both, or words.

`problem` says what is wrong with a cell and what to do; `given` reads one with which nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from callover.data.ledger import Given
from callover.data.shapes import Field
from callover.data.sheets import Entry
from callover.data.tables import misfit
from callover.kinds import Kind
from callover.model import ALL, IN_PLACE_OF_VALUE, MARKERS, Indicator

_CELL = re.compile(r"(?P<value>[^\[\]]*?)\s*(?P<brackets>\[\s*(?P<marker>[A-Za-z]?)\s*\])?")
_MARKED = re.compile(rf"(?P<words>.*?)\s*\[(?P<marker>[{''.join(MARKERS)}])\]", re.I)
_GROUPED = re.compile(r"-?\d{1,3}([, ]\d{3})+(\.\d+)?", re.A)
_POINT_ZERO = re.compile(r"(\d+)\.0+", re.A)
_PERCENT = re.compile(r"(?P<number>\d+(\.\d+)?) ?%", re.A)

Told = tuple[str, str]  # what was expected, and what to do


@dataclass(frozen=True)
class Line:
    """A row of the sheet: its series."""

    row: int
    indicator: Indicator
    kind: Kind
    field: Field
    area: str
    category: str

    @property
    def in_percent(self) -> bool:
        """Say whether the figures are percentages or points, so that 45% can only be 45."""
        quantity = self.kind.quantity(self.field.name)
        unit = (quantity.unit or self.indicator.unit) if quantity else ""
        return "percent" in (self.field.type, unit) or self.is_interval

    @property
    def is_share(self) -> bool:
        """Say whether the figures are shares of a whole, so that 0.45 is most likely 45."""
        own_unit = self.field.name == "value" and self.indicator.unit == "percent"
        return self.field.type == "percent" or own_unit

    @property
    def is_interval(self) -> bool:
        """Say whether the figures are limits of an interval, as the source prints them."""
        return any(self.field.name in quantity.interval for quantity in self.kind.quantities)

    @property
    def as_rounded(self) -> bool:
        """Say whether it matters how finely a figure is rounded: 17.0 is not 17."""
        own = self.kind.quantity(self.field.name)
        return self.is_interval or bool(own and own.interval)

    def about(self, period: str) -> str:
        """Name a cell of the row in words, for a message."""
        more = [self.category] if self.category != ALL else []
        return ", ".join([self.indicator.slug, self.field.name, *more, period])


def given(line: Line, entry: Entry) -> Given:
    """Read a cell that has no problem."""
    if line.field.type == "text":
        return _words(line, entry.text)
    if entry.stored:
        return _percentage(_padded(line, entry))
    if entry.places:
        return Given(_padded(line, entry))
    found = _CELL.fullmatch(entry.text)
    assert found is not None  # `problem` refuses what is not of this form
    said = None if found["brackets"] is None else found["marker"].lower()
    percent = _PERCENT.fullmatch(found["value"])
    made = _percentage(percent["number"]) if percent else Given(_whole(line, found["value"]))
    return Given(made.value, said, made.note)


def _whole(line: Line, value: str) -> str:
    """Take .0 from a count, as some programs write it."""
    whole = _POINT_ZERO.fullmatch(value)
    return whole[1] if whole and line.field.type in ("count", "integer") else value


def _words(line: Line, text: str) -> Given:
    """Take words; a marker may follow them, where they are what the kind reports."""
    found = _MARKED.fullmatch(text)
    if found is None or line.kind.column(line.field.name) is None:
        return Given(text)
    return Given(found["words"], found["marker"].lower())


def _padded(line: Line, entry: Entry) -> str:
    """Give a number with the decimals that its cell shows, where that says how it was rounded."""
    whole, _, decimals = entry.text.partition(".")
    if not line.as_rounded or len(decimals) >= entry.places:
        return entry.text
    return f"{whole}.{decimals:0<{entry.places}}"


def _percentage(digits: str) -> Given:
    """Take a percentage that says so; one below 1 is confirmed, as no share of 1 can be meant."""
    small = 0 < float(digits) < 1
    return Given(digits, note=f"{digits}% in the sheet." if small else "")


_NO_FIGURE = "Leave the cell empty if nothing is known, or write [x], [c] or [z]."


def problem(line: Line, entry: Entry) -> Told | None:
    """Say what a cell should be, and what to do, where it will not do."""
    for test in _TESTS[:1] if line.field.type == "text" else _TESTS:
        told = test(line, entry)
        if told is not None:
            return told
    return None


def _no_date(line: Line, entry: Entry) -> Told | None:
    if entry.on is None:
        return None
    words = line.field.type == "text"
    return (
        "words, not a date" if words else "a figure, not a date",
        "The spreadsheet made a date of what was typed, such as 1/4 or 3-4. Format the cell as "
        f"{'text' if words else 'a number'} and type it again.",
    )


def _no_stray_percent(line: Line, entry: Entry) -> Told | None:
    if line.in_percent or not (entry.stored or entry.text.endswith("%")):
        return None
    return (
        f"a plain number: {line.field.name} of {line.indicator.slug} is no percentage",
        "Format the cell as a number and type the figure that is meant.",
    )


def _has_form(line: Line, entry: Entry) -> Told | None:
    """Refuse what is neither a number, a marker in brackets, nor a number and a marker."""
    found = _CELL.fullmatch(entry.text)
    value = found["value"] if found else ""
    if found is None or (value and not re.search(r"\d", value)):
        bare = entry.text.lower().strip(".")
        remedy = f"Write [{bare}]: a marker stands in brackets." if bare in MARKERS else _NO_FIGURE
        return "a plain number, a marker such as [x], or both such as 12 [p]", remedy
    marker = (found["marker"] or "").lower()
    if marker and marker not in MARKERS:
        told = "; ".join(f"{letter} = {meaning}" for letter, meaning in MARKERS.items())
        return f"one of {', '.join(MARKERS)} in the brackets", f"{told}."
    if value and marker in IN_PLACE_OF_VALUE and found["brackets"]:
        return (
            f"no figure beside [{marker}] ({MARKERS[marker]})",
            "Take the figure out of the sheet if it must not be shown, or else the marker.",
        )
    if not value and marker not in IN_PLACE_OF_VALUE:
        return "a figure beside the marker", _NO_FIGURE
    return None


def _is_plain(line: Line, entry: Entry) -> Told | None:
    """Refuse a number that is not in plain digits, or not one that its column can have."""
    found = _CELL.fullmatch(entry.text)
    value = found["value"] if found and not entry.stored else entry.text
    percent = _PERCENT.fullmatch(value)
    value = _whole(line, percent["number"] if percent else value)
    told = misfit(line.field, value) if value else None
    if told is not None:
        expected, remedy = told
        if _GROUPED.fullmatch(value):
            digits = value.replace(",", "").replace(" ", "")
            remedy = f"Write {' '.join([digits, (found and found['brackets']) or '']).strip()}."
        return expected, remedy
    if value and line.is_share and float(value) > 100:
        return "a percentage from 0 to 100", "Correct it."
    if value and line.is_share and 0 < float(value) < 1 and not (percent or entry.stored):
        return (
            "a percentage, such as 45 for 45%",
            f"Write it times 100. If it is below 1%, write it with its sign: {value}%.",
        )
    return None


#: What may be wrong with a cell, the plainest first.
_TESTS: Sequence[Callable[[Line, Entry], Told | None]] = (
    _no_date,
    _no_stray_percent,
    _has_form,
    _is_plain,
)
