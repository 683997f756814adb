"""How a measure has done: its ratings of the last periods as a strip, and its last five years."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from callover import words
from callover.compute import Sheet
from callover.history import NO_FIGURE, Past
from callover.model import UNSTATED, Number
from callover.periods import Period, is_12_months
from callover.ratings import NOT_RATED
from callover.recent import NO_CHANGE, NOT_CALCULATED, YEARS, Trend
from callover.sketch import about, capital, uncapital

#: What a cell says; a period without a figure is a kind of its own.
_WORDS: Mapping[str, str] = {**words.RATING_WORDS, NO_FIGURE: "No figure"}


@dataclass(frozen=True)
class Cell:
    """One period of the strip: its verdict, a short label, and all of it in words."""

    verdict: str
    label: str
    text: str
    newest: bool = False


@dataclass(frozen=True)
class Strip:
    """The ratings of the last periods, the oldest first; `key` has each verdict with its word."""

    text: str
    cells: Sequence[Cell]
    key: Sequence[tuple[str, str]]


def strip(sheet: Sheet) -> Strip | None:
    """Show how a measure was rated in the last periods; None if fewer than two are rated."""
    found = sheet.past
    if not found:
        return None
    labels = words.ticks([each.at for each in found])
    cells = [
        Cell(each.verdict, label, _cell(each), each is found[-1])
        for each, label in zip(found, labels, strict=True)
    ]
    used = {each.verdict for each in found}
    key = [(verdict, word) for verdict, word in _WORDS.items() if verdict in used]
    return Strip(_of(sheet, " ".join(_told(sheet, found))), cells, key)


def _of(sheet: Sheet, said: str) -> str:
    """Say what is told of a category that it is; of a total nothing need be said."""
    named = about(sheet)
    return f"{named}: {uncapital(said)}" if named else said


def in_short(sheet: Sheet) -> str:
    """Say how often today's rating was given of late: 5 of the last 6 months; '' if unknown."""
    found = sheet.past
    if not found or not found[-1].rated or found[-1].verdict != sheet.rating.verdict:
        return ""
    same = sum(each.verdict == found[-1].verdict for each in found)
    return _of_last(sheet, found, same) if same > 1 or len(found) > 2 else ""


def _cell(each: Past) -> str:
    said = f"{words.period_long(each.at)}: {_WORDS[each.verdict]}"
    return f"{said} as published, {_WORDS[each.now]} by today's figures" if each.now else said


def _told(sheet: Sheet, found: Sequence[Past]) -> Iterator[str]:
    """Count the verdicts in a sentence, then say what stands beside them."""
    verdicts = [each.verdict for each in reversed(found) if each.rated]
    differ = len(found) == len(verdicts) == 2 and verdicts[0] != verdicts[1]
    yield (_now_and_before if differ else _counted)(sheet, found, verdicts)
    if unrated := len(found) - len(verdicts):
        have = "has" if unrated == 1 else "have"
        yield f"{capital(words.spelled(unrated))} {have} no rating."
    yield from _revised([each for each in found if each.now])


def _now_and_before(sheet: Sheet, found: Sequence[Past], verdicts: Sequence[str]) -> str:
    now, before = (_WORDS[verdict] for verdict in verdicts)
    return f"{now} now, {before.lower()} in the {_noun(sheet, found)} before."


def _counted(sheet: Sheet, found: Sequence[Past], verdicts: Sequence[str]) -> str:
    """Count the verdicts, the most frequent first; of those as frequent, the newest."""
    ranked = sorted(dict.fromkeys(verdicts), key=lambda verdict: -verdicts.count(verdict))
    first, *others = ((verdict, verdicts.count(verdict)) for verdict in ranked)
    said = [f"{_WORDS[first[0]]} in {_of_last(sheet, found, first[1])}"]
    said += [f"{_WORDS[verdict].lower()} in {words.number(n)}" for verdict, n in others]
    return f"{', '.join(said)}."


def _revised(found: Sequence[Past]) -> Iterator[str]:
    """Say where a verdict was published that today's figures would not give."""
    if len(found) == 1:
        (each,) = found
        then = _given(each.verdict, "published {}", "gave no rating")
        now = _given(each.now, "say {}", "give none")
        yield f"We {then} for {words.period_long(each.at)}; today's figures {now}."
    elif found:
        yield f"Today's figures give another rating for {words.spelled(len(found))} of them."


def _given(verdict: str, rated: str, unrated: str) -> str:
    return unrated if verdict == NOT_RATED else rated.format(_WORDS[verdict])


def _of_last(sheet: Sheet, found: Sequence[Past], count: int) -> str:
    nouns = words.plural(_noun(sheet, found))
    if count == len(found):
        return f"both {nouns}" if count == 2 else f"all of the last {words.number(count)} {nouns}"
    return f"{words.number(count)} of the last {words.number(len(found))} {nouns}"


def _noun(sheet: Sheet, found: Sequence[Past]) -> str:
    """Name one of the periods: month, quarter; period, where it has no name of its own."""
    kinds = {each.at.kind for each in found}
    if kinds == {"month"} and sheet.indicator.frequency == "quarterly":
        return "quarter"
    if len(kinds) == 1 and kinds <= {"month", "quarter", "week"}:
        return kinds.pop()
    years = all(is_12_months(each.at.start, each.at.end) for each in found)
    apart = all(after.at.start > before.at.end for before, after in pairwise(found))
    return "year" if years and apart else "period"


# ------------------------------------------------------------------------------ the last years

_FIVE = words.spelled(YEARS)

#: Why a trend cannot be calculated, for a row of `callover.recent.REASONS`.
_CANNOT: Mapping[str, Callable[[Trend], str]] = {
    "too-few-years": lambda trend: (
        f"a trend takes {_FIVE} whole years, and we have {words.spelled(len(trend.years))}"
    ),
    "overlapping-years": lambda trend: (
        f"a trend takes {_FIVE} years that share no months, and we have "
        f"{words.spelled(len(trend.years))}"
    ),
    "missing-year": lambda trend: f"there is no figure for {_at(trend)}",
    "suppressed": lambda trend: f"the figure for {_at(trend)} is confidential",
    "break": lambda trend: f"the way of recording changed from {_at(trend)}",
    "no-denominator": lambda trend: f"we do not know what to divide by for {_at(trend)}",
    "no-base": lambda trend: "the source does not say how many cases the figures rest on",
    "no-interval": lambda trend: "the source does not say how sure the figures are",
    "all-or-none": lambda trend: f"the share for {_at(trend)} is 0% or 100%",
}
#: What follows "No clear change".
_UNCLEAR: Mapping[str, str] = {
    "not-significant": "",
    "outlier": ": without one of these years they would go the other way",
}


def five_years(sheet: Sheet) -> str:
    """Say where the last five years go, or why nobody can say; '' with fewer than two of them."""
    trend = sheet.recent
    if trend is None or len(trend.years) < 2:
        return ""
    if trend.verdict == NOT_CALCULATED:
        said = f"Cannot be calculated: {_CANNOT[trend.reason](trend)}."
        if trend.reason == "break":
            return _of(sheet, said)  # figures before and after do not compare
    elif trend.verdict == NO_CHANGE:
        said = f"No clear change{_UNCLEAR[trend.reason]}."
    else:
        better = words.better(trend.sign, sheet.polarity(trend.quantity))
        went = "Up" if trend.sign > 0 else "Down"
        said = f"{went}{f', which is {better}' if better else ''}."
    return _of(sheet, f"{said} {_ends(sheet, trend)}")


def _at(trend: Trend) -> str:
    return words.period_long(trend.at) if trend.at else ""


def _ends(sheet: Sheet, trend: Trend) -> str:
    """Give the first and the last of the yearly figures, with their years."""
    first, last = trend.years[0], trend.years[-1]
    then, now = (_figure(sheet, trend, value) for value in (trend.values[0], trend.values[-1]))
    unit = trend.unit if trend.unit not in ("percent", UNSTATED) else ""
    then = f"{then} {unit}".strip()
    return f"It was {then} {_in(first)} and {now} {_in(last)}.{_against(trend)}"


def _against(trend: Trend) -> str:
    """Say that the last year went the other way than the five together."""
    last = trend.values[-1] - trend.values[-2]
    if trend.sign * last >= 0:
        return ""
    return f" In that last year it {'rose' if last > 0 else 'fell'}."


def _figure(sheet: Sheet, trend: Trend, value: Number) -> str:
    rate = sheet.indicator.rate
    if rate is not None and trend.unit == rate.label:
        return words.number(value, rate.decimals)
    return words.figure(value, trend.unit)


def _in(year: Period) -> str:
    return f"{'in' if year.kind == 'year' else 'from'} {words.period_long(year)}"
