"""Is it on course? Where the year is heading, whether that meets the target, and what it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from callover import words
from callover.ahead import MET, MISSED, OPEN, Ahead, Required, Step
from callover.compute import Sheet
from callover.model import Number
from callover.rated import Rated
from callover.targets import Limits

#: Below this chance a target is rather missed.
_MAY = Fraction(35, 100)
#: Next to certain begins late, as the range is a little too narrow: 98% is then some 95%.
_SURE = Fraction(98, 100)
#: From which chance on a year does what with its target.
_LIKELY: Sequence[tuple[Fraction, str]] = (
    (_SURE, "is almost sure to meet"),
    (Fraction(65, 100), "will likely meet"),
    (_MAY, "may or may not meet"),
    (1 - _SURE, "will likely miss"),
    (Fraction(0), "is almost sure to miss"),
)
#: What a year has done that nothing can change any more.
_SETTLED: Mapping[str, str] = {MET: "has already met", MISSED: "has already missed"}

#: What a projection takes for granted: a row for each way that has a range.
_IF: Mapping[str, str] = {
    "profile": "If the rest follows its profile",
    "seasons": "If the rest moves as last year did",
    "last-year": "If the rest repeats last year",
}
#: Why nobody can look ahead.
_WHY_NOT: Mapping[str, str] = {
    "no-figure": "We cannot say: a figure of this year is missing.",
    "hidden": "We cannot say: some figures of this year are withheld.",
    "early": "It is too early to say. We look ahead from the third month of the year.",
    "break": "We cannot say: the way of recording changes, so last year is no guide.",
    "unknown": "We cannot say where the year will end without last year's figures or a profile.",
    "few": "The numbers are too small to say where the year will end.",
}


def of(sheet: Sheet) -> Ahead | None:
    """Find what is said ahead of an indicator; None where nothing is."""
    return _found(sheet)[0]


def _found(sheet: Sheet) -> tuple[Ahead | None, str]:
    """Find what is said ahead of an indicator, and the title of what it is about.

    It is what is rated or what leads, and then it needs no title; or else what has a target.
    Of figures that are too late to be rated nothing is said ahead.
    """
    if sheet.stale is not None:
        return None, ""
    for quantity in (sheet.quantity, sheet.leading):
        if (sheet.category, quantity.name) in sheet.ahead:
            return sheet.ahead[sheet.category, quantity.name], ""
    for quantity in sheet.kind.quantities:
        found = sheet.ahead.get((sheet.category, quantity.name))
        if found is not None and found.limits is not None:
            return found, quantity.title
    return None, ""


def on_course(sheet: Sheet) -> str:
    """Say in one sentence where the year is heading; '' where nobody can say."""
    found, about = _found(sheet)
    if found is None or found.end is None or about:
        return ""
    heading = f"It is heading for {_range(found.end)} this year"
    if found.chance is not None:
        return f"{heading}, and {_does(found)} its target."
    if found.last_year is None:
        return f"{heading}."
    return f"{heading}, against {words.number(found.last_year)} last year."


def _range(end: Step) -> str:
    return f"{words.number(end.lower)} to {words.number(end.upper)}"


def says(sheet: Sheet) -> tuple[str, str]:
    """Give the question and its answer, in up to three short sentences; '' where there is none."""
    found, about = _found(sheet)
    if found is None or (found.end is None and found.limits is None):
        return "", ""
    question = "Is it on course?" if found.limits is not None else "Where is the year heading?"
    said = " ".join(_told(found))
    return question, f"{about}: {said[:1].lower()}{said[1:]}" if about else said


def _told(found: Ahead) -> Iterator[str]:
    if found.end is not None:
        yield f"{_IF[found.way]}, {_ends(found.end)}."
    elif found.standing == OPEN:
        yield _WHY_NOT[found.reason]
    if found.limits is None:
        if found.last_year is not None:
            yield f"Last year it was {words.number(found.last_year)}."
        return
    target = _target(found.limits)
    if found.standing != OPEN:
        yield f"It {_does(found)} the year's target of {target}."
        return
    if found.chance is not None:
        yield f"It {_does(found)} the target of {target}{_tenths(found.chance)}."
    yield from _required(found, found.limits)


def _ends(end: Step) -> str:
    about, lower, upper = map(words.number, (end.value, end.lower, end.upper))
    return f"the year should end at about {about}, between {lower} and {upper}"


def beside(sheet: Sheet, rated: Rated) -> str:
    """Say the range and the chance beside a rating that rests on a projection; '' for others."""
    found = sheet.ahead.get((rated.category, rated.quantity.name))
    if rated.basis != "year_end" or found is None or found.end is None:
        return ""
    if rated.at != found.closing or rated.rating.projection != found.way:
        return ""
    said = f"It may be anything from {_range(found.end)}"
    return f"{said}, and {_does(found)} the target." if found.chance is not None else f"{said}."


# ------------------------------------------------------------------------------- the chance


def _does(found: Ahead) -> str:
    """Say what the year does with its target: will likely meet, has already missed."""
    if found.standing != OPEN or found.chance is None:
        return _SETTLED[found.standing]
    return next(word for least, word in _LIKELY if found.chance >= least)


def _tenths(chance: Fraction) -> str:
    """Say a chance in tenths, of what is said to be likely; not what is next to certain."""
    if not 1 - _SURE <= chance < _SURE:
        return ""
    told = 1 - chance if chance < _MAY else chance
    return f" (about {words.number(min(10 * told, Fraction(9)))} in 10)"


def _target(limits: Limits) -> str:
    """Name a target: at most 558; fewer than 17,428; at least 35; 28 to 40."""
    texts = [words.figure(s, "", 2) for s in (limits.lower, limits.upper) if s is not None]
    if len(texts) == 2:
        return " to ".join(texts)
    low, high = ("more than", "fewer than") if limits.strict else ("at least", "at most")
    return f"{high if limits.lower is None else low} {texts[0]}"


# ----------------------------------------------------------------------- what the rest must bring


def _required(found: Ahead, limits: Limits) -> Iterator[str]:
    """Say what each period to come may or must bring, so that the year meets its target."""
    if not found.required:
        return
    if limits.lower is not None and limits.upper is not None:
        rest = [max(side - found.so_far, 0) for side in (limits.lower, limits.upper)]
        least, most = words.number(ceil(rest[0])), words.number(floor(rest[1]))
        yield f"To end within {_target(limits)}, the rest of the year must bring {least} to {most}."
        return
    yield (_at_most if limits.lower is None else _at_least)(found, limits)


def _at_most(found: Ahead, limits: Limits) -> str:
    assert limits.upper is not None
    most = limits.upper - limits.strict
    room = floor(most - found.so_far)
    aim = f"To finish at {words.number(most)}"
    if room < len(found.required):
        left = f"no more than {words.number(room)}" if room > 0 else "no more"
        return f"{aim}, {left} can come in the rest of the year."
    return f"{aim}, {_each(found, room, floor, 'stay', 'at or below {}')}."


def _at_least(found: Ahead, limits: Limits) -> str:
    assert limits.lower is not None
    least = limits.lower + limits.strict
    room = ceil(least - found.so_far)
    aim = f"To reach {words.number(least)}"
    if room < len(found.required):
        return f"{aim}, {words.number(room)} more must come in the rest of the year."
    return f"{aim}, {_each(found, room, ceil, 'bring', '{} or more')}."


def _each(found: Ahead, room: int, whole: Callable[[Number], int], verb: str, what: str) -> str:
    """Share what is left among the periods to come; a profile gives each its own share."""
    to_come = found.required
    if found.profiled and len(to_come) == 2:
        one, other = (
            (words.of_the_year(each.period), what.format(_number(each, whole))) for each in to_come
        )
        return f"{one[0]} must {verb} {one[1]} and {other[0]} {other[1]}"
    share = what.format(words.number(whole(Fraction(room, len(to_come)))))
    if len(to_come) == 1:
        return f"{words.of_the_year(to_come[0].period)} must {verb} {share}"
    which = f"{words.spelled(len(to_come))} {to_come[0].period.kind}s"
    average = " on average" if found.profiled else ""
    return f"each of the last {which} must {verb} {share}{average}"


def _number(each: Required, whole: Callable[[Number], int]) -> str:
    value = each.limits.nearest
    return words.number(whole(value if value is not None else 0))
