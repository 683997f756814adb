"""Variation and assurance: what the newest point of a control chart is, and what of its target.

Variation asks if the newest figure is one of the usual ups and downs. Assurance asks if the usual
ups and downs stay on the good side of the target. Both are rows of a table: a name for metrics.csv,
a word with a shape for the chart, a sentence for the public. Source: NHS England's Making Data
Count; the shapes are our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from callover.measures import Question
from callover.model import Number, TargetRow
from callover.periods import Period, window_last_year
from callover.ratings import POLARITIES
from callover.signals import Signal
from callover.targets import Limits, limits_at, rows_for

COMMON = "common cause"
PASSES, FAILS, HIT_AND_MISS = "passes", "fails", "hit and miss"
#: The rule that marks a direction, not a height.
_TREND = "trend"
#: Targets that are a change on a baseline; those that no figure of one period is set against.
_CHANGES, _NEVER = ("change", "maintain"), ("profile", "words", "none")


@dataclass(frozen=True)
class Finding:
    """One row of VARIATIONS or ASSURANCES.

    `word` stands beside the chart with the shape of that name (`callover.drawing.signs`); `trend`
    in its place where seven points all rise, or all fall.
    """

    name: str
    word: str
    sentence: str
    shape: str
    trend: str = ""


def variation(newest: Signal | None, polarity: str) -> str:
    """Name the variation of the newest point: a row of VARIATIONS."""
    if newest is None:
        return COMMON
    sign = POLARITIES[polarity] or 0
    kind = {1: "concern", -1: "improvement", 0: "neutral"}[newest.side * sign]
    return f"{kind} {'high' if newest.side > 0 else 'low'}"


def assurance(usual: tuple[Number, Number], target: Limits | None, polarity: str) -> str:
    """Name the assurance of a target by the limits of the usual: a row of ASSURANCES.

    '' where there is no target, or where neither high nor low is good.
    """
    if target is None or POLARITIES[polarity] is None:
        return ""
    if all(target.met(end) for end in usual):
        return PASSES
    return FAILS if _out_of_reach(usual, target) else HIT_AND_MISS


def _out_of_reach(usual: tuple[Number, Number], target: Limits) -> bool:
    low, high = usual
    above = target.upper is not None and (
        low > target.upper or (target.strict and low == target.upper)
    )
    below = target.lower is not None and (
        high < target.lower or (target.strict and high == target.lower)
    )
    return above or below


# ------------------------------------------------------------------------------- the target


def target_at(question: Question, at: Period, ratio: bool) -> Limits | None:
    """Give the target that holds for a period of the question's line; None where there is none.

    A chart of changes on a year before takes a target that is a change on that year. A share or a
    level takes the target that holds in its period. What adds up over the year takes only a target
    that is set for this very period: a part of a year's target is no target of a month.
    """
    if not question.targets:
        return None
    rows = rows_for(question.targets, question.measure, question.category, at)
    if ratio:
        row = next((row for row in rows if row.type in _CHANGES), None)
        return _as_change(row, at, question.polarity) if row is not None else None
    if question.line.additive:
        rows = tuple(row for row in rows if row.type not in _NEVER and row.period == at)
    return limits_at(rows, question.line, at.start, at.end, question.polarity)[1] if rows else None


def _as_change(row: TargetRow, at: Period, polarity: str) -> Limits | None:
    """Give a target on last year in per cent; None where its baseline is another time."""
    base = row.baseline_period
    start, end = window_last_year(at.start, at.end)
    known = row.baseline is None if base is None else base.start <= start and end <= base.end
    if not known:
        return None
    percent = row.change_percent or 0
    strict = row.type == "change" and row.change_percent is None
    if percent < 0 or (percent == 0 and polarity != "higher"):
        return Limits(upper=percent, strict=strict)
    return Limits(lower=percent, strict=strict)


# ------------------------------------------------------------------------------- the tables


VARIATIONS: Mapping[str, Finding] = {
    row.name: row
    for row in (
        Finding(
            COMMON,
            "Usual ups and downs",
            "The newest figure is one of the usual ups and downs.",
            "usual",
        ),
        Finding(
            "improvement high",
            "Higher than usual: better",
            "The newest figure is unusual. It is high, and high is good.",
            "high-better",
            "Rising: better",
        ),
        Finding(
            "improvement low",
            "Lower than usual: better",
            "The newest figure is unusual. It is low, and low is good.",
            "low-better",
            "Falling: better",
        ),
        Finding(
            "concern high",
            "Higher than usual: worse",
            "The newest figure is unusual. It is high, and low is good.",
            "high-worse",
            "Rising: worse",
        ),
        Finding(
            "concern low",
            "Lower than usual: worse",
            "The newest figure is unusual. It is low, and high is good.",
            "low-worse",
            "Falling: worse",
        ),
        Finding(
            "neutral high",
            "Higher than usual",
            "The newest figure is unusual. It is high. Neither high nor low is good by itself.",
            "high",
            "Rising",
        ),
        Finding(
            "neutral low",
            "Lower than usual",
            "The newest figure is unusual. It is low. Neither high nor low is good by itself.",
            "low",
            "Falling",
        ),
    )
}

ASSURANCES: Mapping[str, Finding] = {
    row.name: row
    for row in (
        Finding(
            PASSES,
            "Usual figures meet the target",
            "The usual ups and downs keep within the target.",
            "passes",
        ),
        Finding(
            FAILS,
            "Usual figures miss the target",
            "The usual ups and downs never reach the target.",
            "fails",
        ),
        Finding(
            HIT_AND_MISS,
            "Target: hit and miss",
            "The usual ups and downs can meet the target or miss it.",
            "hit-and-miss",
        ),
    )
}


def variation_word(name: str, newest: Signal | None) -> str:
    """Say a variation in a word or two, as a direction where that is what stands out."""
    row = VARIATIONS[name]
    return row.trend if newest is not None and newest.rule == _TREND else row.word
