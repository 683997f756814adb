"""The scorecard: every indicator's newest figures, its target and its rating, in one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from callover import words
from callover.compute import Board, Sheet
from callover.kinds import metric_name
from callover.pages import tables
from callover.pages.indicator import front
from callover.pages.render import render
from callover.pages.report import Context, Files

#: The scorecard's columns: heading and measure, in the order people read them.
_COLUMNS = (
    ("Latest", "value"),
    ("Year to date", "year_to_date"),
    ("Same months last year", "year_to_date_last_year"),
    ("Change", "change_on_last_year"),
    ("Last 12 months", "rolling_12_months"),
    ("Target so far", "target_to_date"),
    ("Distance from target", "difference_from_target"),
)


@dataclass(frozen=True)
class Score:
    """An indicator's row of the scorecard."""

    slug: str
    title: str
    data_to: str
    cells: Sequence[tables.Cell]
    verdict: str
    word: str
    printed: str
    undated: str = ""


@dataclass(frozen=True)
class ScoreGroup:
    """An outcome's rows of the scorecard."""

    title: str
    rows: Sequence[Score]


def files(context: Context, board: Board) -> Files:
    """Give the page, where there is an indicator to show."""
    if board.sheets:
        yield "index.md", _page(board)


def _page(board: Board) -> str:
    groups = [
        ScoreGroup(o.title, [_score(sheet) for sheet in board.of(o.id)])
        for o in board.partnership.outcomes
    ]
    used = {c.marker for g in groups for row in g.rows for c in row.cells if c.marker}
    key = ". ".join(words.marker(letter) for letter in sorted(used))
    return render(
        "scorecard.md",
        front=front(
            f"Scorecard, {board.partnership.short_title}",
            "Every measure with its newest figures, its target and its rating.",
        ),
        partnership=board.partnership,
        columns=[title for title, _ in _COLUMNS],
        groups=[group for group in groups if group.rows],
        key=f"{key}." if key else "",
    )


def _score(sheet: Sheet) -> Score:
    quantity = sheet.quantity if sheet.quantity.is_share else sheet.leading
    cells = [_cell(sheet, metric_name(quantity.name, name)) for _, name in _COLUMNS]
    return Score(
        sheet.indicator.slug,
        sheet.indicator.title,
        words.period_long(sheet.closing) if sheet.closing else "no figures",
        cells,
        sheet.rating.verdict,
        words.RATING_WORDS[sheet.rating.verdict],
        words.printed_rating(sheet.printed) if sheet.printed else "",
        sheet.indicator.undated,
    )


def _cell(sheet: Sheet, measure: str) -> tables.Cell:
    """Write a figure; a range has no single figure, so both limits stand in its place."""
    made = tables.cell(sheet.metric(measure), sheet)
    limits = [tables.cell(sheet.metric(f"{measure}_{side}"), sheet) for side in ("lower", "upper")]
    texts = [limit.text for limit in limits if limit.text]
    return tables.Cell(" to ".join(texts)) if texts and not made.text else made
