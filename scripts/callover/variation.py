"""What a control chart says: its sentences, and its drawing with limits and marked points."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile

from callover import signals, words
from callover.charts import Chart, Mark, Point
from callover.compute import Sheet
from callover.control import Control
from callover.model import Number
from callover.periods import Period
from callover.ratings import POLARITIES
from callover.rounding import half_up
from callover.signals import Signal
from callover.sketch import capital, cuts, name, point, source, unit

_NOUNS: Mapping[str, tuple[str, str]] = {
    "month": ("month", "months"),
    "quarter": ("quarter", "quarters"),
    "week": ("week", "weeks"),
}


def nouns(found: Control) -> tuple[str, str]:
    """Name the periods of a chart: one of them, and several."""
    return _NOUNS[found.at[-1].kind]


def said(sheet: Sheet) -> Iterator[str]:
    """Say whether anything stands out, which way, and what that may be."""
    found = sheet.control
    if found is None:
        return
    yield from (f"{text}." for text in _newest(found))
    verdict = _verdict(sheet, found.newest)
    if verdict:
        yield f"That is {verdict}."
    if found.season and any(found.signals):
        yield "It may be the season. We need two years of figures to tell."
    if found.against_last_year:
        yield _beside_last_year(sheet, found)


def _newest(found: Control) -> Sequence[str]:
    """Say what stands out, the newest first, in sentences without their stops."""
    one, many = nouns(found)
    against = " against a year before" if found.ratio else ""
    newest = found.newest
    if newest is not None:
        what, why = _STANDS_OUT[newest.rule](found, newest)
        return [f"{capital(what)} out{against}: {why}"]
    before = sum(signal is not None for signal in found.signals)
    if not before:
        return [f"No {one} since {_when(found.at[0])} stands out{against}"]
    some = f"{before} earlier {many} stand" if before > 1 else f"One earlier {one} stands"
    return [f"The newest {one} is usual{against}", f"{some} out"]


def _when(period: Period) -> str:
    text = words.period_long(period)
    return f"the w{text[1:]}" if period.kind == "week" else text


def _point(found: Control, newest: Signal) -> tuple[str, str]:
    side = "above" if newest.side > 0 else "below"
    return f"{_when(found.at[-1])} stands", f"it lies {side} the usual limits"


def _near(found: Control, newest: Signal) -> tuple[str, str]:
    side = "upper" if newest.side > 0 else "lower"
    close = f"two of three {nouns(found)[1]} are close to the {side} limit"
    return f"{_when(found.at[-1])} stands", close


def _trend(found: Control, newest: Signal) -> tuple[str, str]:
    moves = "rise" if newest.side > 0 else "fall"
    last = _last(found, signals.trend(found.values, found.limits))
    return f"{last} stand", f"they {moves} one after another"


def _shift(found: Control, newest: Signal) -> tuple[str, str]:
    side = "above" if newest.side > 0 else "below"
    last = _last(found, signals.shift(found.values, found.limits))
    return f"{last} stand", f"all are {side} the mean"


def _last(found: Control, marked: Sequence[int]) -> str:
    count = len(list(takewhile(lambda sign: sign == marked[-1], reversed(marked))))
    return f"the last {words.spelled(count)} {nouns(found)[1]}"


#: How a signal of the newest point is told: a row for each of `signals.RULES`.
_STANDS_OUT: Mapping[str, Callable[[Control, Signal], tuple[str, str]]] = {
    "outside": _point,
    "trend": _trend,
    "two-of-three": _near,
    "shift": _shift,
}


def _verdict(sheet: Sheet, newest: Signal | None) -> str:
    """Say whether what stands out is better or worse; nothing where neither can be said."""
    side = newest.side if newest else 0
    sign = POLARITIES[sheet.polarity(sheet.leading)] or 0
    return {1: "worse", -1: "better", 0: ""}[side * sign]


def _beside_last_year(sheet: Sheet, found: Control) -> str:
    assert found.before is not None
    side = "above" if found.against_last_year > 0 else "below"
    count, many = words.spelled(len(found.values)), nouns(found)[1]
    return f"All {count} {many} are {side} last year's mean of {words.number(found.before, 1)}."


# -------------------------------------------------------------------------------- the chart


def chart(sheet: Sheet) -> Iterator[Chart]:
    """Draw the figures with their mean and limits; what stands out has a mark of its own."""
    found = sheet.control
    if found is None:
        return
    one, _ = nouns(found)
    of = "percent" if found.ratio else unit(sheet, sheet.leading)
    points = tuple(_point_of(found, value) for value in found.values)
    out = [p if s else point(None, "") for p, s in zip(points, found.signals, strict=True)]
    what = "change on a year before" if found.ratio else of or "figure"
    title = _title(found)
    marks = [
        Mark("band", "Usual limits", "range", *_limits(found)),
        Mark("rule", "Mean", "history", (_point_of(found, found.limits.mean),) * len(points)),
        Mark("line", capital(what), "this-year", points),
    ]
    if any(found.signals):
        marks.append(Mark("dots", "Stands out", "cat3", tuple(out)))
    yield Chart(
        "control",
        title,
        f"{name(sheet)}: {what} by {one}, with the limits of what is usual{_trial(found)}",
        f"Line chart of {what} by {one} with limits. {title}.",
        source(sheet),
        of,
        words.ticks(found.at),
        tuple(words.period_long(p) for p in found.at),
        tuple(marks),
        zero=False,
        cuts=cuts(sheet, found.at),
    )


def _title(found: Control) -> str:
    """Say what stands out, and where the limits lie."""
    limits = " to ".join(_point_of(found, side).text for side in _shown(found))
    return "; ".join([*_newest(found), f"usual is {limits}"])


def _trial(found: Control) -> str:
    few = f". On trial: fewer than {signals.FIRM} {nouns(found)[1]}"
    return few if found.trial else ""


def _shown(found: Control) -> tuple[Number, Number]:
    """Give the limits as they are drawn: a count never lies below 0."""
    lower, upper = found.limits.lower, found.limits.upper
    return (lower if found.ratio else max(lower, 0)), upper


def _limits(found: Control) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    lower, upper = (_point_of(found, side) for side in _shown(found))
    return (upper,) * len(found.at), (lower,) * len(found.at)


def _point_of(found: Control, value: Number) -> Point:
    """Make a point as exact as its words: a tenth is less than a drawing can show."""
    text = f"{words.signed(value, 1)}%" if found.ratio else words.trimmed(value)
    return Point(half_up(value, 1), text)
