"""How much an indicator has to say on one sheet of paper, and so how large its type can be.

docs/assets/print.css has the sizes, `co-sheet--0` to `co-sheet--5`. The weights are fitted to the
heights at which a browser prints 114 pages (a standard error of 9 mm); tests/test_print.py holds
them against real sheets. A page that is guessed too short flows on to a second sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from callover.pages.tables import Table

#: Up to how many millimetres, as guessed for the middle size, each larger size of type is taken.
ROOM: Sequence[tuple[int, float]] = (
    (5, 180.0),
    (4, 200.0),
    (3, 225.0),
    (2, 258.0),
    (1, 292.0),
    (0, 310.0),
)
#: Then the smallest type leaves the figures of others and other areas to the web page; and what is
#: more than one sheet holds anyhow flows on to the next in type of a middle size, with everything.
LESS, SMALLEST = 405.0, "co-sheet--0 co-sheet--less"
FLOWING = "co-sheet--2"

#: Characters in a line of half a sheet, and how much of a line the end of a paragraph leaves empty.
_LINE, _END = 68, 0.45
#: Lines that a chart over time takes with its words; what is taller has the last panels beside it.
_CHART = 17.0
_HEIGHT = re.compile(r' height="(\d+)"')
_PX_A_LINE = 15
_ROWS, _TILES = "co-svg--rows", "co-svg--tiles"
_LONG = re.compile(r'scope="row">[^<]{31}')
_TAG = re.compile(r"<[^>]*>\s*")


@dataclass(frozen=True)
class Amount:
    """What a sheet has to hold, by where it stands.

    `before` and `after` are the panels on either side of the table of `months` (as HTML), with
    the `cells` of their tables; `beside` and so many key `figures` stand beside the chart, whose
    lines are `chart`; `wide` are tables as wide as the sheet, `verdicts` are further verdicts.
    """

    before: Sequence[str] = ()
    cells: Sequence[Table] = ()
    months: str = ""
    beside: Sequence[str] = ()
    figures: int = 0
    chart: float = 0
    after: Sequence[str] = ()
    wide: Sequence[Table] = ()
    verdicts: int = 0


def size(amount: Amount) -> str:
    """Choose the size of type, as the classes of the sheet."""
    needed = height(amount)
    rest = SMALLEST if needed <= LESS else FLOWING
    return next((f"co-sheet--{name}" for name, room in ROOM if needed <= room), rest)


def height(amount: Amount) -> float:
    """Guess how high a page is in print, in millimetres, at the middle size of type."""
    tall = amount.chart > _CHART
    beside = lines(amount.beside) + 1.6 * amount.figures
    after = lines(amount.after)
    band = max(amount.chart, beside + after * tall) if amount.chart else beside / 1.6
    return (
        75
        + 25 * tall
        + 2 * lines(amount.before)
        + 0.054 * sum(_characters(table) for table in amount.cells)
        + _months(amount.months)
        + 3.7 * band
        + (0 if tall else 1.9 * after)
        + 3.5 * sum(_rows(table) for table in amount.wide)
        + 11 * amount.verdicts
    )


def chart_lines(drawings: Sequence[str]) -> float:
    """Count the lines of the chart that is printed: the first, but a map for a league's bars."""
    if not drawings:
        return 0
    drawn = drawings[1 if _ROWS in drawings[0] and len(drawings) > 1 else 0]
    found = _HEIGHT.search(drawn)
    tall = _ROWS in drawn or _TILES in drawn
    return max(int(found[1]) / _PX_A_LINE, _CHART + 1) if tall and found else _CHART


def lines(texts: Iterable[str]) -> float:
    """Count the lines of prose in half a sheet, in fractions; what is HTML counts by its text."""
    return sum(
        len(_TAG.sub("", text)) / _LINE + _END * max(1, text.count("</")) for text in texts if text
    )


def _months(html: str) -> float:
    if not html:
        return 0
    narrow = html.count('scope="col"') == 2  # it is printed in two parts
    wrapped = 0 if narrow else len(_LONG.findall(html))
    return 3.3 * (html.count("<tr>") - 1) / (2 if narrow else 1) + 1.5 * wrapped


def _rows(table: Table) -> float:
    """Count the rows with the heading; a long, narrow table is printed in three parts."""
    narrow = len(table.columns) <= 3 and len(table.rows) > 9
    return (len(table.rows) + 1.5) / (3 if narrow else 1)


def _characters(table: Table) -> int:
    cells = sum(len(cell.text) for row in table.rows for cell in row.cells)
    labels = sum(len(row.label) for row in table.rows)
    return cells + labels + sum(len(column) for column in table.columns)
