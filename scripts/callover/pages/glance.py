"""What a resident asks next, answered near the top: is that a lot, and what is being done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from callover import words
from callover.compute import Board, Sheet
from callover.model import Metric
from callover.pages import ahead, history, people, placed
from callover.pages.report import outcome_anchor
from callover.readability import sentences
from callover.records import Action

#: For each kind of period: its adjective, how far back to look, and how many figures it takes.
_BACK: Mapping[str, tuple[str, int, int]] = {
    "month": ("monthly", 24, 12),
    "quarter": ("quarterly", 12, 6),
    "week": ("weekly", 52, 12),
    "year": ("yearly", 10, 4),
}
#: What parts paragraphs and the items of a list.
_PIECE = re.compile(r"\n\s*\n(?:- )?|\n- ")
_OVER = frozenset(("done", "stopped"))


@dataclass(frozen=True)
class Answer:
    """A question with its answer, and a link to where more is said: address and text, or none.

    `strip` shows the ratings of past periods below the answer.
    """

    question: str
    text: str
    href: str = ""
    link: str = ""
    strip: history.Strip | None = None


def answers(board: Board, sheet: Sheet) -> list[Answer]:
    """Answer what can be answered from the data; what is not known is left out, or said so."""
    asked = (heading(sheet), a_lot(sheet), *_before(sheet))
    return [*(answer for answer in asked if answer.text), doing(board, sheet)]


def a_lot(sheet: Sheet) -> Answer:
    """Say how the figure lies beside others; if little can be said, beside its own past."""
    others = list(placed.a_lot(sheet))
    told = others if len(others) > 1 else [*others, *usual(sheet)]
    how = ("../../methods/#compared", "How we compare areas") if others else ("", "")
    return Answer("Is that a lot?", " ".join(told), *how)


def _before(sheet: Sheet) -> Iterator[Answer]:
    """Say how a measure was rated in the last periods, and where its last five years go."""
    if strip := history.strip(sheet):
        yield Answer("How has it been rated?", strip.text, strip=strip)
    if years := history.five_years(sheet):
        yield Answer(
            "Over five years?", years, "../../methods/#recent-trend", "How we test a trend"
        )


def heading(sheet: Sheet) -> Answer:
    """Say where the year is heading, whether that meets its target, and what it takes."""
    return Answer(*ahead.says(sheet), "../../methods/#projection", "How we look ahead")


def usual(sheet: Sheet) -> Iterator[str]:
    """Say from where to where the figures of the last years run, and where the newest lies.

    That is a description, not a test: nothing is said of chance. Figures of 12 months, which share
    months, and of single days are not set beside each other.
    """
    found = _history(sheet)
    if not found:
        return
    unit = found[-1].unit
    values = sorted(m.value for m in found if m.value is not None)
    ends = (values[0], values[-1], found[-1].value or 0)
    lowest, highest, newest = (words.figure(value, unit) for value in ends)
    first, last = found[0].period, found[-1].period
    adjective, count = _BACK[last.kind][0], words.number(len(found))
    when = words.first_to_last(first, last)
    whole = all(after.start == before.end + 1 for before, after in pairwise(found))
    when = when if whole else f"{when} (some are missing)"
    if lowest == highest:
        yield f"All {count} {adjective} figures, {when}, are {lowest}."
        return
    yield f"The {count} {adjective} figures, {when}, run from {lowest} to {highest}."
    yield f"The newest, {newest}, is {_place(found)}."


def _history(sheet: Sheet) -> Sequence[Metric]:
    """Give the known figures of the last years, the oldest first; none if they are too few."""
    closing, quantity = sheet.closing, sheet.leading
    if closing is None or closing.kind not in _BACK or quantity.form == "words":
        return ()
    if sheet.kind.across or "value" not in quantity.measures:
        return ()
    _, back, least = _BACK[closing.kind]
    # Figures before a change in recording do not compare.
    since = max((b.period.start for b in sheet.indicator.breaks), default=0)
    found = sorted(
        (
            m
            for m in sheet.metrics
            if (m.measure, m.category) == (quantity.name, sheet.category)
            and m.period.kind == closing.kind
            and m.start >= since
            and m.value is not None
        ),
        key=lambda m: m.end,
    )[-back:]
    return found if len(found) >= least and found[-1].period == closing else ()


def _place(found: Sequence[Metric]) -> str:
    """Say where the newest figure lies among them all."""
    values = [m.value for m in found if m.value is not None]
    newest, others = values[-1], values[:-1]
    if newest == max(others) or newest == min(others):
        return f"as {'high' if newest == max(others) else 'low'} as any before it"
    below, above = (sum(v < newest for v in others), sum(v > newest for v in others))
    if below == above:
        return "in the middle"
    shared = below + above < len(others)
    return f"the {words.standing(below + 1, above + 1, shared)} of them"


# ---------------------------------------------------------------------------------- what is done


def doing(board: Board, sheet: Sheet) -> Answer:
    """Give the first thing that is done: what the partners report, or what their plan has."""
    for found in (_reported(sheet), _planned(board, sheet), _around(board, sheet)):
        if found is not None:
            return found
    return Answer(_DOING, "The partners have not said.")


_DOING = "What is being done?"


def _reported(sheet: Sheet) -> Answer | None:
    """Give the first thing that the newest commentary says of actions."""
    newest = sheet.indicator.commentary[-1] if sheet.indicator.commentary else None
    said = people.plain(newest, "actions") if newest else ""
    if newest is None or not said.strip():
        return None
    more = f"Actions reported for {words.period_long(newest.period)}"
    return Answer(_DOING, _whole(_first(said)), "#actions", more)


def _first(said: str) -> str:
    """Give the first sentence of a text; the words that lead into a list bring its first item."""
    pieces = [sentences(piece)[0] for piece in _PIECE.split(said.strip())]
    leads = pieces[0].endswith(":") and len(pieces) > 1
    return " ".join(pieces[: 2 if leads else 1]).removeprefix("- ")


def planned(board: Board, sheet: Sheet) -> list[Action]:
    """Give the actions of the plan for an indicator, those that are not over first."""
    own = board.partnership.records.actions
    found = [action for action in own if action.indicator == sheet.indicator.slug]
    return sorted(found, key=lambda action: action.status in _OVER)


def _planned(board: Board, sheet: Sheet) -> Answer | None:
    own = planned(board, sheet)
    if not own:
        return None
    more = f"{words.amount(len(own), 'actions', 'action')} in the plan"
    return Answer(_DOING, _whole(own[0].action), "#actions", more)


def _around(board: Board, sheet: Sheet) -> Answer | None:
    """Lead to the actions of the outcome, where none is about this indicator alone."""
    outcome = sheet.indicator.outcome
    count = sum(a.outcome == outcome for a in board.partnership.records.actions)
    titles = {o.id: o.title for o in board.partnership.outcomes}
    if not count:
        return None
    listed = words.amount(count, "actions", "action")
    where = f"../actions/#{outcome_anchor(outcome)}"
    text = "The plan has no action for this measure alone. See its"
    return Answer(_DOING, text, where, f"{listed} for {titles[outcome]}")


def _whole(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
