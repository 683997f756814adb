"""The forms of a chart: which way it runs, and so how it becomes SVG and a Plotly figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from callover.charts import ROLES, Chart, Mark
from callover.drawing import marks, rows, tiles, time
from callover.errors import UnknownName


@dataclass(frozen=True)
class Form:
    """One form: the height of its drawing in px, its elements from back to front, its figure.

    `types` are the types of its marks.
    """

    name: str
    height: Callable[[Chart], int]
    drawing: Callable[[Chart], Iterator[str]]
    figure: Callable[[Chart], dict[str, Any]]
    types: Collection[str]


def form(name: str) -> Form:
    """Find a form; raise UnknownName with the known ones."""
    if name not in FORMS:
        raise UnknownName("form", name, FORMS)
    return FORMS[name]


FORMS: Mapping[str, Form] = {
    row.name: row
    for row in (
        Form("time", time.height, time.drawing, time.figure, marks.MARKS),
        Form("rows", rows.height, rows.drawing, rows.figure, rows.MARKS),
        Form("tiles", tiles.height, tiles.drawing, tiles.figure, tiles.MARKS),
    )
}


# ------------------------------------------------------------- a declaration from outside

#: A chart of ours has fewer points, and lies on a smaller map; its name is part of an address.
MOST_POINTS = 10_000
_FARTHEST = 99
_FINEST = 15
_NAME = re.compile(r"[a-z][a-z0-9-]{0,60}", re.A)


def problem(chart: Chart) -> str:
    """Say what keeps a declaration from being drawn; '' if nothing does."""
    ticks = len(chart.ticks)
    rules = (
        (_NAME.fullmatch(chart.name) is not None, "a name in lower-case letters"),
        (chart.form in FORMS, f"a form, one of {', '.join(FORMS)}"),
        (0 < ticks == len(chart.full_ticks), "as many full ticks as ticks, and one at least"),
        (ticks * len(chart.marks) <= MOST_POINTS, f"at most {MOST_POINTS} points"),
        (0 <= chart.decimals <= _FINEST, f"at most {_FINEST} decimals"),
        (all(mark.role in ROLES for mark in chart.marks), f"roles, each one of {', '.join(ROLES)}"),
        (all(_even(mark, ticks) for mark in chart.marks), "a point for each tick in each mark"),
    )
    wrong = next((expected for sound, expected in rules if not sound), "")
    return wrong or _drawable(chart)


def _even(mark: Mark, ticks: int) -> bool:
    """Say whether a mark has a point for each tick, and the ends of the ranges it is drawn with."""
    needed = {"whiskers": (mark.lower, mark.upper), "band": (mark.lower,)}.get(mark.type, ())
    edges = [edge for edge in (mark.lower, mark.upper) if edge]
    sound = all(len(edge) == ticks for edge in (mark.points, *edges, *needed))
    return sound and not (mark.upper and not mark.lower)


def _drawable(chart: Chart) -> str:
    types = FORMS[chart.form].types
    if any(mark.type not in types for mark in chart.marks):
        return f"marks, each one of {', '.join(types)}"
    ticks = range(len(chart.ticks))
    here = [
        sum(mark.points[i].value is not None for mark in chart.marks if mark.type != "outline")
        for i in ticks
    ]
    if chart.form == "tiles":
        inside = all(1 <= each <= _FARTHEST for place in chart.places for each in place)
        if len(chart.places) != len(ticks) or not inside or set(here) != {1}:
            return "a place and one figure for each tile"
    bars = [mark for mark in chart.marks if mark.type in ("bars", "whiskers")]
    if chart.form == "rows" and len(bars) > 1:
        counts = {sum(mark.points[i].value is not None for mark in bars) for i in ticks}
        if max(counts) == 1 and 0 in counts:
            return "a bar in each row"
    return ""
