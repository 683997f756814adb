"""Small multiples: the first chart of each measure of an outcome, side by side on the overview.

Every chart has its own scale, as the measures have their own units; the newest figure stands in
words above it, the ends of its time and the names of its marks below. `scale` warns of a scale that
does not start at zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from callover.charts import Chart, Mark
from callover.compute import Sheet
from callover.drawing.plot import known
from callover.drawing.small import shown, small, starts_at_zero
from callover.drawings import leading

#: What is never the news of a chart: others' figures, what was wanted, and the past.
_BESIDE = ("history", "last-year", "earlier", "target", "comparator")


@dataclass(frozen=True)
class Small:
    """One small chart as the template prints it; `key` has the role and the name of each mark."""

    slug: str
    title: str
    figure: str
    when: str
    svg: Markup
    first: str
    last: str
    key: Sequence[tuple[str, str]]
    scale: str


def smalls(sheets: Sequence[Sheet]) -> list[Small]:
    """Make the small charts of those sheets that have a chart of time."""
    return [made for sheet in sheets for made in _small(sheet)]


def _small(sheet: Sheet) -> Iterator[Small]:
    chart = leading(sheet)
    if chart is None or len(chart.ticks) < 2:
        return
    marks = shown(chart)
    news = min(marks, key=_rank, default=None)
    points = known(news.points) if news else []
    if news is None or not points:
        return
    at = points[-1][0]
    yield Small(
        sheet.indicator.slug,
        sheet.indicator.title,
        news.points[at].text,
        chart.full_ticks[at],
        Markup(small(chart)),  # noqa: S704 (our own drawing, which escapes its texts)
        chart.ticks[0],
        chart.ticks[-1],
        _key(chart, marks),
        "" if starts_at_zero(chart) else "not from zero",
    )


def _rank(mark: Mark) -> int:
    return 1 + _BESIDE.index(mark.role) if mark.role in _BESIDE else 0


def _key(chart: Chart, marks: Sequence[Mark]) -> list[tuple[str, str]]:
    """Name the marks, each role once; one mark alone needs no name."""
    if len(marks) < 2:
        return []
    return list({mark.role: (mark.role, mark.label) for mark in marks}.values())
