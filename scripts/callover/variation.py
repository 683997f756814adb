"""What a control chart says: its sentences, and its drawing with limits and marked points."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile

from callover import signals, words
from callover.assurance import ASSURANCES, HIT_AND_MISS, VARIATIONS, target_at, variation_word
from callover.charts import Chart, Mark, Point, Sign
from callover.compute import Sheet
from callover.control import Control
from callover.model import Number
from callover.periods import Period
from callover.ratings import POLARITIES
from callover.rounding import half_up, size
from callover.signals import Signal
from callover.sketch import NO_FIGURE, capital, cuts, name, source, unit

_NOUNS: Mapping[str, tuple[str, str]] = {
    "month": ("month", "months"),
    "quarter": ("quarter", "quarters"),
    "week": ("week", "weeks"),
    "day": ("count", "counts"),
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
        yield "It may be the season."
        if not found.long:
            yield "We need two years of figures to tell."
    if found.against_last_year:
        yield _beside_last_year(found)
    if found.assurance and found.assurance != HIT_AND_MISS:  # the chart says that
        yield ASSURANCES[found.assurance].sentence


def _newest(found: Control) -> Sequence[str]:
    """Say what stands out, the newest first, in sentences without their stops."""
    one, many = nouns(found)
    against = " against a year before" if found.ratio else ""
    newest = found.newest
    if newest is not None:
        what, why = _STANDS_OUT[newest.rule](found, newest)
        return [f"{capital(what)} out{against}: {why}"]
    before = [at for at, signal in zip(found.at, found.signals, strict=True) if signal is not None]
    if not before:
        return [f"No {one} since {_when(found.at[0])} stands out{against}"]
    some = (
        f"{len(before)} earlier {many} stand" if len(before) > 1 else f"{_when(before[0])} stands"
    )
    return [f"The newest {one} is usual{against}", f"{capital(some)} out"]


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


def _beside_last_year(found: Control) -> str:
    assert found.before is not None
    side = "above" if found.against_last_year > 0 else "below"
    count, many = words.spelled(len(found.values)), nouns(found)[1]
    mean = f"{words.number(found.before, 1)}{'%' if found.percent else ''}"
    return f"All {count} {many} are {side} last year's mean of {mean}."


# -------------------------------------------------------------------------------- the chart


def chart(sheet: Sheet) -> Iterator[Chart]:
    """Draw the figures with their mean, limits and target; what stands out has its own mark."""
    found = sheet.control
    if found is None:
        return
    of = "percent" if found.ratio else unit(sheet, sheet.leading)
    what = "change on a year before" if found.ratio else of or "figure"
    what = sheet.leading.title.lower() if found.percent else what
    title, signs, marks = _title(found), _signs(found), _marks(found, what)
    told = [
        *(sign.word for sign in signs),
        *(m.said for m in marks if m.words and m.type == "rule"),
    ]
    each = f"by {nouns(found)[0]}" if found.at[-1].kind != "day" else "on each day counted"
    yield Chart(
        "control",
        title,
        f"{name(sheet)}: {what} {each}, with the limits of what is usual{_trial(found)}",
        f"Line chart of {what} {each} with limits. {'. '.join(told)}. {title}.",
        source(sheet),
        of,
        words.ticks(found.at),
        tuple(words.period_long(p) for p in found.at),
        marks,
        zero=False,
        cuts=cuts(sheet, found.at),
        signs=signs,
    )


def _title(found: Control) -> str:
    """Say what stands out, the newest first, and where the limits lie."""
    first, *more = _newest(found)
    low, high = (_end(found, end) for end in found.usual)
    more = [f"{text[0].lower()}{text[1:]}" for text in more]
    return "; ".join([first, *more, f"usual is {low} to {high}"])


def _end(found: Control, value: Number) -> str:
    """Say where the usual ends: 145.5 crimes, or 29% more than a year before."""
    if not found.ratio:
        return _point_of(found, value).text
    told = f"{words.number(size(value))}%"
    return told if told == "0%" else f"{told} {'more' if value > 0 else 'fewer'}"


def _trial(found: Control) -> str:
    few = f". On trial: fewer than {signals.FIRM} {nouns(found)[1]}"
    return few if found.trial else ""


def _signs(found: Control) -> tuple[Sign, ...]:
    """Give variation and assurance, each as a word with its shape."""
    word = variation_word(found.variation, found.newest)
    season = ", or the season" if found.season and found.newest else ""
    signs = [Sign(VARIATIONS[found.variation].shape, f"{word}{season}")]
    if found.assurance:
        row = ASSURANCES[found.assurance]
        signs.append(Sign(row.shape, row.word))
    return tuple(signs)


def _marks(found: Control, what: str) -> tuple[Mark, ...]:
    """Give the marks: limits and mean carry their figures, the line is named by the subtitle."""
    points = tuple(_point_of(found, value) for value in found.values)
    low, high = (_point_of(found, end) for end in found.usual)
    mean = _point_of(found, found.limits.mean)
    every = len(points)
    usual = f"Usual: {low.text} to {high.text}"
    marks = [
        Mark("band", "Usual", "range", (high,) * every, (low,) * every, words=usual),
        Mark("rule", "Mean", "history", (mean,) * every, words=f"Mean {mean.text}"),
        Mark("line", capital(what), "this-year", points, words=""),
    ]
    if any(found.signals):
        out = tuple(p if s else _GAP for p, s in zip(points, found.signals, strict=True))
        marks.append(Mark("dots", "Stands out", "cat3", out))
    return (*marks, *_targets(found))


#: A tick without a point.
_GAP = Point(None, NO_FIGURE)


def _targets(found: Control) -> Iterator[Mark]:
    """Draw the target where something is said of it: a line for each side that it bounds."""
    if not found.assurance:
        return
    limits = [target_at(found.question, at, found.ratio) for at in found.at]
    for label, side in (("Target", "nearest"), ("Target, from", "lower"), ("Target, to", "upper")):
        both = found.target is not None and None not in (found.target.lower, found.target.upper)
        ends = [getattr(each, side) if each else None for each in limits]
        if both == (side == "nearest") or ends[-1] is None:
            continue
        known = {end: _point_of(found, end) for end in dict.fromkeys(ends) if end is not None}
        points = tuple(_GAP if end is None else known[end] for end in ends)
        yield Mark("rule", label, "target", points, words=f"{label} {points[-1].text}")


def _point_of(found: Control, value: Number) -> Point:
    """Make a point as exact as its words."""
    rounded = half_up(value, found.decimals)
    plus = "+" if found.ratio and rounded > 0 else ""
    percent = "%" if found.ratio or found.percent else ""
    return Point(rounded, f"{plus}{words.trimmed(value, found.decimals)}{percent}")
