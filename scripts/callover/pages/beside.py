"""The benchmarking panel: figures of others as partners quote them, with ours beside each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from callover import words
from callover.beside import Beside
from callover.compute import Sheet
from callover.meant import named
from callover.measures import MEASURES
from callover.pages import groups, placed
from callover.pages.tables import Cell, Table, TableRow

_LINE = re.compile(r",? *\bline \d+$", re.A)


def table(sheet: Sheet) -> Table | None:
    """Set ours beside each figure that the partners quote, and say how the two lie."""
    quoted = len(sheet.indicator.comparators)
    rows = [_row(sheet, one) for one in sheet.beside[:quoted]]
    if not rows:
        return None
    columns = ("How ours lies", "Theirs", "Ours", "Basis")
    caption = "Figures of others, as the partners quote them, and ours"
    return Table(caption, "Whose, and what", columns, rows, numbers=False)


def _row(sheet: Sheet, one: Beside) -> TableRow:
    other = one.other
    name = other.measure.rpartition(":")[2]  # a figure of another indicator, by its own name
    measure = MEASURES[name].title if name in MEASURES else named(name)
    percent = other.unit == "percent"
    unit = "" if percent or not other.unit else f", {other.unit}"
    who = sheet.reference.areas.get(other.area) or sheet.reference.groups[other.group].title
    return TableRow(
        f"{who}: {measure[:1].lower()}{measure[1:]}{unit}, {_when(one)}",
        [
            Cell(_lies(one), number=False, lies=one.verdict),
            Cell(words.as_typed(other.as_printed, other.unit)),
            Cell(_ours(sheet, one)),
            Cell(_basis(other.basis), number=False),
        ],
    )


def _when(one: Beside) -> str:
    return words.period_long(one.other.period) if one.other.period else "period not stated"


def _ours(sheet: Sheet, one: Beside) -> str:
    """Write our figure with its limits; nothing where the two do not compare."""
    own = one.own
    if own is None or own.value is None:
        return ""
    text = placed.own_figure(sheet, own, own.value)
    if one.lower is None or one.upper is None:
        return text
    ends = (placed.own_figure(sheet, own, end) for end in (one.lower, one.upper))
    return f"{text} ({' to '.join(ends)})"


def _lies(one: Beside) -> str:
    if one.verdict:
        return words.BESIDE[one.verdict]
    return f"Not compared: {words.UNCOMPARED[one.reason]}"


def about(sheet: Sheet) -> Sequence[tuple[str, str]]:
    """Say of each group that the panel or a rank names who is in it, and how its mean is made."""
    names = (*(o.group for o in sheet.indicator.comparators), *sheet.indicator.groups)
    told = [("Dates", _UNDATED)] if any(b.undated and b.verdict for b in sheet.beside) else []
    for name in dict.fromkeys(name for name in names if name):
        group = sheet.reference.groups[name]
        told.append((group.title, groups.rule(group)))
    return told


_UNDATED = "The source does not date the rates of others. We set them beside our newest rate."


def _basis(text: str) -> str:
    """Leave out where the document prints a figure: it ends the basis, as "; words, line 12"."""
    said, _, last = text.rpartition(";")
    return said.strip() if said and _LINE.search(last) else _LINE.sub("", text)
