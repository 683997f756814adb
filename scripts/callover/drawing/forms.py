"""The forms of a chart: which way it runs, and so how it becomes SVG and a Plotly figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from callover.charts import Chart
from callover.drawing import rows, tiles, time
from callover.errors import UnknownName


@dataclass(frozen=True)
class Form:
    """One form: the height of its drawing in px, its elements from back to front, its figure."""

    name: str
    height: Callable[[Chart], int]
    drawing: Callable[[Chart], Iterator[str]]
    figure: Callable[[Chart], dict[str, Any]]


def form(name: str) -> Form:
    """Find a form; raise UnknownName with the known ones."""
    if name not in FORMS:
        raise UnknownName("form", name, FORMS)
    return FORMS[name]


FORMS: Mapping[str, Form] = {
    row.name: row
    for row in (
        Form("time", time.height, time.drawing, time.figure),
        Form("rows", rows.height, rows.drawing, rows.figure),
        Form("tiles", tiles.height, tiles.drawing, tiles.figure),
    )
}
