"""Where an area stands among others, in words: beside the force and groups, and in ranks.

Nothing here ranks what cannot be ranked, or calls a gap clear that chance may have made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from callover import leagues, words
from callover.beside import VERDICTS, Beside
from callover.compute import Sheet
from callover.drawings_across import area_name, ranked_areas
from callover.model import UNSTATED, Metric, Number

#: So many figures of others fit a sentence; the table has them all.
_MOST = 2
#: So many words a group's name may have beside a second rank.
_SHORT = 3
#: How one figure lies beside another.
LIES = {"higher": "higher than", "similar": "similar to", "lower": "lower than"}


#: Why a rank by number says little.
NUMBERS = "Places with more people tend to have more, so numbers alone do not compare places."


def among_others(sheet: Sheet) -> str:
    """Say in one short sentence how the area stands among others; '' where nothing can be said.

    It names one of them, the police force where that is known: `a_lot` has more.
    """
    found = sorted(levels(sheet), key=lambda one: bool(one.other.group))
    if found and found[0].own:
        one = found[0]
        undated = ", undated" if one.undated else ""
        whose = f"{LIES[one.verdict]} that of {who(sheet, one)} ({_theirs(one)}{undated})"
        return f"{_subject(found[0].own)} is {whose}."
    column = _ranked_column(sheet)
    if column is not None:  # the rank itself has been said
        return f"By {_what(column)}, it {alike(column, sheet.indicator.area)}."
    ranks = _ranks(sheet)
    return f"The rate is {ranks}." if ranks else ""


def a_lot(sheet: Sheet) -> Iterator[str]:
    """Answer if that is a lot, in at most three sentences: limits, others, ranks."""
    found = levels(sheet)
    own = found[0].own if found else sheet.metric("rate")
    if own is not None:
        yield from _limits(sheet, own)
    if found:
        yield f"That is {_others(sheet, found)}."
    else:
        yield from _untested(sheet)
    column, ranks = _ranked_column(sheet), _ranks(sheet)
    if column is not None:
        yield _of_league(sheet, column)
    elif sheet.league:
        yield NUMBERS
    elif ranks:
        yield f"The rate is {ranks}; we lack their rates to test that."


def levels(sheet: Sheet) -> Sequence[Beside]:
    """Give the comparisons of the newest rate or percentage; changes stand in the table."""
    for name in _measures(sheet):
        own = sheet.metric(name)
        found = {b.who: b for b in sheet.beside if b.verdict and b.own == own}
        if found:
            return list(found.values())
    return ()


def _measures(sheet: Sheet) -> Sequence[str]:
    """Name the figures that compare with those of others: a rate, or the leading share."""
    leading = sheet.leading
    own = (leading.name,) if leading.is_share or leading.form == "rate" else ()
    return tuple(dict.fromkeys(("rate", "rate_year_to_date", *own)))


def _subject(own: Metric) -> str:
    if own.measure == "rate_year_to_date":
        return f"The rate {words.during(own.start, own.end)}"
    return "The rate" if own.measure == "rate" else "The figure"


def _limits(sheet: Sheet, own: Metric) -> Iterator[str]:
    """Say the figure and between which limits chance lets it lie."""
    lower, upper = (sheet.value(f"{own.measure}_{side}") for side in ("lower", "upper"))
    if lower is None or upper is None or own.value is None:
        return
    figure, *ends = (own_figure(sheet, own, value) for value in (own.value, lower, upper))
    label = "" if own.unit in ("percent", UNSTATED) else f" {own.unit}"
    yield (
        f"{_subject(own)} is {figure}{label}; chance could put it anywhere from "
        f"{' to '.join(ends)}."
    )


def own_figure(sheet: Sheet, own: Metric, value: Number) -> str:
    """Write a figure or a limit as finely as the page prints the measure."""
    below = sheet.indicator.rate
    if own.measure.startswith("rate") and below is not None:
        return words.number(value, below.decimals)
    return words.figure(value, own.unit)


def _others(sheet: Sheet, found: Sequence[Beside]) -> str:
    """Name the others by how we lie beside them: higher than A (8.61) and similar to B (9.59)."""
    told = []
    shown = found[:_MOST]
    for verdict in VERDICTS:
        names = [f"{who(sheet, b)} ({_theirs(b)})" for b in shown if b.verdict == verdict]
        if names:
            told.append(f"{LIES[verdict]} {words.joined(names)}")
    undated = [b for b in shown if b.undated]
    tail = {0: "", 1: ", which is undated", 2: ", both undated"}[len(undated)]
    return f"{words.joined(told)}{tail}"


def who(sheet: Sheet, one: Beside) -> str:
    """Name the area or group: the Metropolitan Police; London; Most similar group of X."""
    if one.other.group:
        return sheet.reference.groups[one.other.group].title
    name = area_name(sheet, one.other.area)
    return f"the {name}" if sheet.reference.area_types.get(one.other.area) == "force" else name


def _theirs(one: Beside) -> str:
    return words.as_typed(one.other.as_printed, one.other.unit)


def _untested(sheet: Sheet) -> Iterator[str]:
    """Set the newest figure beside that of others where nobody can test the difference."""
    own, found = None, []
    for one in sheet.beside:
        now = one.own is not None and one.own.period == sheet.closing
        if now and one.reason == "no-interval" and "change" not in one.other.measure:
            own = own or one.own
            found += [one] if one.own == own else []
    if own is None or own.value is None:
        return
    names = words.joined(f"{who(sheet, b)} ({_theirs(b)})" for b in found[:_MOST])
    yield (
        f"It is {own_figure(sheet, own, own.value)}, beside {names}; without the numbers behind "
        "it, nobody can test the gap."
    )


# ---------------------------------------------------------------------------------- ranks


def _ranks(sheet: Sheet) -> str:
    """Say the printed ranks from the end that is nearer; those of few areas are none.

    The first group is named, unless its name would make the sentence long.
    """
    told: list[tuple[str, str]] = []
    for group in sheet.indicator.groups:
        found = sheet.rank(group)
        if found is not None and found[1] >= leagues.LEAST_RANKED:
            place = words.standing(int(found[0]), int(found[1] - found[0] + 1))
            title = sheet.reference.groups[group].title
            told.append((f"the {place} of {words.number(found[1])}", title))
    if not told:
        return ""
    (first, title), *others = told[:_MOST]
    named = not others or len(title.split()) <= _SHORT
    return words.joined([f"{first} ({title})" if named else first, *(place for place, _ in others)])


def _ranked_column(sheet: Sheet) -> leagues.Column | None:
    """Give the newest figure of a league that compares places: the rate, or else a percentage."""
    own = sheet.indicator.area
    found = [
        column
        for column in sheet.league
        if column.period == sheet.league[-1].period
        and own in column.standings
        and not column.unranked
        and column.untested != "count"
    ]
    return next((c for c in found if not c.quantity.is_share), next(iter(found), None))


def _of_league(sheet: Sheet, column: leagues.Column) -> str:
    """Say the rank, and from how many areas nobody can tell the own one apart."""
    own = sheet.indicator.area
    found = column.standings[own]
    place = words.standing(found.from_lowest, found.from_highest, column.shared(own))
    noun = ranked_areas(sheet, column)
    ranked = f"It has the {place} {_what(column)} of {words.number(found.of)} {noun}"
    return f"{ranked}, and {alike(column, own)}."


def _what(column: leagues.Column) -> str:
    return "percentage" if column.quantity.is_share else "rate"


def alike(column: leagues.Column, own: str) -> str:
    """Say from how many areas nobody can tell one apart, or that it cannot be said."""
    apart = column.apart(own)
    if not apart and column.behind.get(own) == 0:
        return "cannot be tested, as its figure is 0"
    if not apart:
        return "may be like many of them: the numbers behind the figures are not published"
    same, of = sum(verdict == "similar" for verdict in apart.values()), len(apart)
    others = f"the other {words.number(of)}"
    untested = len(column.standings) - 1 - of
    tail = f" ({words.number(untested)} cannot be tested)" if untested else ""
    if same == 0:
        return f"differs clearly from all {others}{tail}"
    if same == of:
        return f"cannot be told apart from any of {others}{tail}"
    return f"cannot be told apart from {words.number(same)} of {others}{tail}"
