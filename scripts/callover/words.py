"""Where numbers, periods and verdicts become words: the only such place.

Numbers are rounded half-up here, once, in UK form. Sentences are short and plain; a change of
less than half a per cent is little or no change, and one of a thing is written as one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from math import ceil, floor

from callover import periods
from callover.model import MARKERS, UNSTATED, Number
from callover.periods import Period
from callover.ratings import POLARITIES, Rating
from callover.rounding import half_up, size, units, vanishes

RATING_WORDS: Mapping[str, str] = {
    "on-target": "On target",
    "close": "Close",
    "off-target": "Off target",
    "not-rated": "Not rated",
}
PRINTED_WORDS: Mapping[str, str] = {"R": "Red", "A": "Amber", "G": "Green"}
POLARITY_WORDS: Mapping[str, str] = {
    "lower": "Lower is better",
    "higher": "Higher is better",
    "range": "Best within a range",
    "monitor": "For monitoring only",
    "ambiguous": "A change can be good or bad news",
}
OUTCOME_WORDS: Mapping[str, str] = {
    "issue": "A priority of its own",
    "cross-cutting": "Cuts across the others",
}
BASIS_WORDS: Mapping[str, str] = {
    "period": "For the {noun}",
    "cumulative": "For the year to date",
    "year_end": "Projected for the year end",
    "two_windows": "This year so far and the last 12 months",
    "published": "As printed",
    "none": "Not rated",
}
FREQUENCY_WORDS: Mapping[str, str] = {
    "monthly": "every month",
    "quarterly": "every quarter",
    "weekly": "every week",
    "yearly": "every year",
    "irregular": "from time to time",
}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MINUS = "-"
_TYPED = re.compile(r"-?\d+(\.\d+)?", re.A)


def number(value: Number, decimals: int = 0) -> str:
    """Write a number half-up with thousands separators: 13207 as 13,207; never -0."""
    rounded = units(value, decimals)
    sign = _MINUS if rounded < 0 else ""
    whole, rest = divmod(abs(rounded), 10**decimals)
    return f"{sign}{whole:,}.{rest:0{decimals}d}" if decimals else f"{sign}{whole:,}"


def trimmed(value: Number, decimals: int = 1) -> str:
    """Write a number with at most so many decimals and no trailing noughts: 70, 6.7."""
    if value.denominator == 1:
        return number(value)
    text = number(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


def machine(value: Number) -> str:
    """Write a number unrounded for machines: whole numbers plainly, others to 17 digits."""
    return str(value) if isinstance(value, int) else _plain(value)


def _plain(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else repr(float(value))


def amount(value: Number, unit: str, one: str = "") -> str:
    """Write a number with its unit: 1,386 offences, 1 offence, 6.7%, 2 percentage points.

    The unit `number` is for a source that states none: the figure stands alone. A unit of money
    stands before and after: `£ million` gives £1.2 million.
    """
    if unit.startswith("£"):
        return f"£{figure(value)}{unit[1:]}"
    if unit == "percent":
        return f"{trimmed(value)}%"
    if unit == "percentage points":
        text = trimmed(value)
        return f"{text} percentage {'point' if text == '1' else 'points'}"
    text = figure(value, unit)
    if unit == UNSTATED:
        return text
    noun = (one or singular(unit)) if text == "1" else unit
    return f"{text} {noun}".strip()


def as_typed(text: str, unit: str = "") -> str:
    """Write a figure as finely as somebody typed it: 1386 as 1,386; 17.0 as 17.0%; words as words.

    A marker in its place says what it means; nothing says that there is no figure.
    """
    if text[1:-1] in MARKERS and text == f"[{text[1:-1]}]":
        return marker(text[1:-1])
    if not _TYPED.fullmatch(text):
        return text or "no figure"
    decimals = len(text.partition(".")[2])
    written = number(Fraction(int(text.replace(".", "")), 10**decimals), decimals)
    return f"{written}%" if unit == "percent" else written


def figure(value: Number, unit: str = "", decimals: int = 1) -> str:
    """Write a number alone, as a table does: whole numbers whole, shares with a decimal.

    A rate (its unit says per what) has up to two decimals, as sources print it: 1.94, 601.
    """
    if unit == "percent":
        return f"{trimmed(value, decimals)}%"
    return trimmed(value, max(decimals, 2) if "per" in unit.split() else decimals)


def month_name(period_end: int) -> str:
    """Give the name of the month a day is in."""
    return _MONTHS[Period(period_end, period_end, "", "").last.month - 1]


def period_long(period: Period) -> str:
    """Write a period in full: December 2016; April to June 2016; 2015/16; 31 March 2016."""
    first, last = period.first, period.last
    if period.kind == "month":
        return f"{_MONTHS[first.month - 1]} {first.year}"
    if period.kind == "year":
        return period.label
    if period.kind == "day":
        return f"{first.day} {_MONTHS[first.month - 1]} {first.year}"
    if period.kind == "week":
        return f"Week to Sunday {last.day} {_MONTHS[last.month - 1]} {last.year}"
    return window(period.start, period.end)


def named(period: Period) -> str:
    """Write a period as it stands within a sentence: the week to Sunday 23 June 2013."""
    text = period_long(period)
    return f"the w{text[1:]}" if period.kind == "week" else text


def first_to_last(first: Period, last: Period) -> str:
    """Name a run of periods by its ends: April 2016 to March 2017; weeks ending 7 April to ..."""
    if last.kind != "week":
        return (
            period_long(last) if first == last else f"{period_long(first)} to {period_long(last)}"
        )
    days = window(first.end, last.end)
    return f"week ending {days}" if first == last else f"weeks ending {days}"


def closing_month(period: Period) -> str:
    """Name the month that a run of 12 months ends with: September 2015; else the period."""
    found = periods.month(period.last.year, period.last.month)
    return period_long(found if found.end == period.end else period)


def since_day(day: int) -> str:
    """Name the month that begins on a day, else the day: April 2015; 5 May 2015."""
    on = date.fromordinal(day)
    return f"{_MONTHS[on.month - 1]} {on.year}" if on.day == 1 else _day(day)


def recording_changed(day: int) -> str:
    """Say since when figures are recorded in another way, without a stop."""
    month = date.fromordinal(day).day == 1
    return f"Recording changed {'in' if month else 'on'} {since_day(day)}"


def of_the_year(period: Period) -> str:
    """Write a period without its year, where two years stand side by side: April to June."""
    if period.kind == "week":
        return f"Week ending {period.last.day} {_MONTHS[period.last.month - 1]}"
    if period.kind not in ("month", "quarter"):
        return period_long(period)
    return period_long(period).removesuffix(f" {period.last.year}")


def window(start: int, end: int) -> str:
    """Write a run of days in full: April to December 2016; January 2015 to March 2016."""
    found = periods.of_window(start, end)
    if found.kind in ("month", "day"):
        return period_long(found)
    first, last = found.first, found.last
    if first.day == 1 and Period(end + 1, end + 1, "", "").first.day == 1:
        begin = _MONTHS[first.month - 1]
        if first.year != last.year:
            begin += f" {first.year}"
        return f"{begin} to {_MONTHS[last.month - 1]} {last.year}"
    begin = f"{first.day} {_MONTHS[first.month - 1]}"
    if first.year != last.year:
        begin += f" {first.year}"
    return f"{begin} to {last.day} {_MONTHS[last.month - 1]} {last.year}"


def during(start: int, end: int) -> str:
    """Write when something happened: in December 2016; from April to December 2016; on a day."""
    text = window(start, end)
    if start == end:
        return f"on {period_long(periods.of_window(start, end))}"
    return f"from {text}" if " to " in text else f"in {text}"


def period_short(period: Period) -> str:
    """Write a period as the head of a narrow column: Apr 2016; 23 Jun; other periods in full."""
    if period.kind == "week":
        return short_tick(period)
    if period.kind == "month":
        return f"{_MONTHS[period.first.month - 1][:3]} {period.first.year}"
    return period_long(period)


def during_period(period: Period) -> str:
    """Write when, for a period by its own name: in the week to Sunday 23 June 2013."""
    if period.kind == "week":
        return f"in {named(period)}"
    return during(period.start, period.end)


def basis(name: str, at: Period | None, standing: str = "") -> str:
    """Say what a verdict is on: For the quarter; For the year to date; Projected for the year end.

    `standing` is empty for figures that add up over the year. Others have no year to date: they are
    "12 months" or a "level" of their period.
    """
    if name == "cumulative" and standing:
        return "For 12 months" if standing == "12 months" else basis("period", at)
    if name == "year_end" and at is not None and at.end == periods.financial_year_of(at.end).end:
        return "For the year"  # it is over
    return BASIS_WORDS[name].format(noun=_noun(at) if at is not None else "period")


def _noun(at: Period) -> str:
    """Name a kind of period; what has no name of its own is a period."""
    return at.kind if at.kind in ("month", "quarter", "week", "year", "day") else "period"


def short_tick(period: Period) -> str:
    """Write a period as a tick of an axis: Dec, 15/16, Q1, 24 Jun, Mar 16."""
    last = period.last
    if period.kind == "month":
        return _MONTHS[last.month - 1][:3]
    if period.kind == "year":
        return period.label[2:]
    if period.kind == "quarter":
        return period.label[-2:]
    if period.kind == "week":
        return f"{last.day} {_MONTHS[last.month - 1][:3]}"
    return f"{_MONTHS[last.month - 1][:3]} {last.year % 100:02d}"


def ticks(at: Sequence[Period]) -> tuple[str, ...]:
    """Write periods as ticks of one axis, with the year where months or quarters come again."""
    years = {periods.financial_year_of(p.end).label for p in at if p.kind in ("month", "quarter")}
    return tuple(_tick(p) if len(years) > 1 else short_tick(p) for p in at)


def _tick(period: Period) -> str:
    if period.kind == "month":
        return f"{short_tick(period)} {period.last.year % 100:02d}"
    if period.kind == "quarter":
        return f"{short_tick(period)} {periods.financial_year_of(period.end).label[2:]}"
    return short_tick(period)


def date_long(iso: str) -> str:
    """Write an ISO date in full: 31 January 2017; nothing for nothing."""
    return period_long(periods.parse(iso)) if iso else ""


def moment(at: datetime) -> str:
    """Write a moment in full: 9:30am on Tuesday 1 December 2026."""
    hour, half = at.hour % 12 or 12, "am" if at.hour < 12 else "pm"
    day = f"{_WEEKDAYS[at.weekday()]} {date_long(at.date().isoformat())}"
    return f"{hour}:{at.minute:02d}{half} on {day}"


def last_day(period: Period) -> str:
    """Write the day that a period ends with: 23 June 2013."""
    return _day(period.end)


def overdue(due: int, days: int) -> str:
    """Say that figures are late: when they were due, and how late they were on which day."""
    late, today = amount(days, "days", "day"), _day(due + days)
    return f"The next figures were due by {_day(due)}. They were {late} late on {today}."


def awaited(due: int, days: int) -> str:
    """Say that a release is late: when it was due, and how late it is."""
    return f"Figures were due on {_day(due)}. They are {amount(days, 'days', 'day')} late."


def _day(ordinal: int) -> str:
    return period_long(periods.of_window(ordinal, ordinal))


#: Why two figures are not set against each other: a row for each name of `likeness.UNLIKE`.
_UNLIKE: Mapping[str, str] = {
    "no-period": "the period of {now} is not stated",
    "no-from-period": "the period of {then} is not stated",
    "no-periods": "no period is stated for either figure",
    "same-period": "both figures are for the same period",
    "wrong-order": "the first figure is for the later period",
    "other-length": "one period is longer than the other",
    "other-months": "the two periods fall at different times of the year",
}


#: Why our figure is not set beside that of others: a row for each name of `beside.UNCOMPARED`.
UNCOMPARED: Mapping[str, str] = {
    "elsewhere": "it is about another measure",
    "no-measure": "we have no such figure",
    "no-figure": "our figure is missing",
    "no-period": "its period is not stated",
    "other-period": "we have no figure for that period",
    "other-unit": "its unit is another one, or is not stated",
    "count": "bigger places have more",
    "break": "the way of recording changed in between",
    "no-interval": "we cannot test it without the numbers behind ours",
    "no-test": "we have no test of this change",
}
#: What is said of a figure beside that of others, for a row of `beside.VERDICTS`.
BESIDE: Mapping[str, str] = {
    "higher": "Ours is higher",
    "similar": "No clear difference",
    "lower": "Ours is lower",
}
#: Why areas are not ranked, for a reason of `leagues.Column`.
UNRANKED: Mapping[str, str] = {
    "few": "We rank five areas or more, so there is no rank here.",
    "break": "The way of recording changed in this period, so we give no rank.",
}


def not_compared(reason: str, then: str, now: str) -> str:
    """Say why no change is worked out between two figures, which are given as text."""
    return f"We work out no change: {_UNLIKE[reason].format(then=then, now=now)}."


def changed_since(typed: int, computed: int, rated: bool, when: str) -> str:
    """Say how many figures of a release are others now: of its source, and worked out from them."""
    if not (typed or computed or rated):
        return f"Nothing has changed. What we know now of {when} is what was published."
    if not (typed or computed):
        return "No figure has changed since this was published, but the rating is another one now."
    also = ["the rating"] if rated else []
    if not typed:
        said = amount(computed, "figures that we work out", "figure that we work out")
        tail = " That changes the rating." if rated else ""
        return (
            f"{said} {'has' if computed == 1 else 'have'} changed since this was published.{tail}"
        )
    said = "One figure has" if typed == 1 else f"{number(typed)} figures have"
    if computed:
        also.insert(0, amount(computed, "others", "other"))
    tail = f" That changes {joined(also)}." if also else ""
    return f"{said} changed since this was published.{tail}"


def valid(start: int, end: int) -> str:
    """Say from when to when a denominator holds; an open side has no date."""
    first, last = Period(start, start, "", "").first, Period(end, end, "", "").first
    begin = "" if first.year < 1900 else f"from {date_long(first.isoformat())}"
    finish = "" if last.year > 2900 else f"to {date_long(last.isoformat())}"
    return f"{begin} {finish}".strip() or "any day"


#: How the name of an area stands after "in", by the type of the area; others stand alone.
_AREAS: Mapping[str, str] = {"force": "the area of the {name}"}


def area(name: str, type_: str = "") -> str:
    """Write an area as it stands after "in": London; the area of the Metropolitan Police."""
    return _AREAS.get(type_, "{name}").format(name=name)


def joined(parts: Iterable[str]) -> str:
    """Join words as English does: a, b and c."""
    words = [part for part in parts if part]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def marker(letter: str) -> str:
    """Say what a marker means, as the line under a table does."""
    return f"[{letter}] {MARKERS[letter]}"


def better(change: Number, polarity: str) -> str:
    """Say better or worse; nothing where neither can be said."""
    sign = POLARITIES[polarity]
    if not sign or change == 0:
        return ""
    return "worse" if change * sign > 0 else "better"


def change(value: Number, unit: str, polarity: str = "ambiguous", decimals: int = 0) -> str:
    """Write a change in words: up 1%, worse; down 2 percentage points, better; no change.

    `decimals` are those of a percentage.
    """
    if still := _still(value, unit, decimals):
        return still
    if unit == "percent":
        text = f"{number(size(value), decimals)}%"
    elif unit == "percentage points":
        text = amount(size(value), unit)
    else:
        text = number(size(value))
    direction = "up" if value > 0 else "down"
    verdict = better(value, polarity)
    return f"{direction} {text}, {verdict}" if verdict else f"{direction} {text}"


def _still(value: Number, unit: str, decimals: int = 0) -> str:
    """Say that a change is none when it is rounded; '' where it is one."""
    places = {"percent": decimals, "percentage points": 1}.get(unit)
    if places is None:
        return "" if value else "no change"
    return "little or no change" if vanishes(value, places) else ""


def few(base: Number) -> str:
    """Say that few people answered a survey."""
    people = "person" if base == 1 else "people"
    return f"Only {number(base)} {people} answered, so the figure is of low reliability."


def p_value(p: Number) -> str:
    """Write a p-value as finely as matters: 0.51, 0.092, 0.0004, below 0.0001."""
    if vanishes(p, 4):
        return "below 0.0001"
    return number(p, next((d for d, least in ((2, 100), (3, 1)) if units(p, 3) >= least), 4))


#: How a sentence on a change ends: untested, or tested and clear or not.
_ENDINGS_OF_CHANGES: Mapping[bool | None, str] = {
    None: ", which is {verdict}",
    False: ", which is no clear change",
    True: ", which is {verdict} and more than chance",
}


def judged(verdict: str, clear: bool | None) -> str:
    """End a sentence on a change: better or worse, and whether it is more than chance.

    A change that is tested and not clear is neither; `verdict` may be '' where nobody can say.
    """
    if not verdict and clear is not False:
        return ", which is more than chance" if clear else ""
    return _ENDINGS_OF_CHANGES[clear].format(verdict=verdict)


_SPELLED = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def spelled(count: int) -> str:
    """Write a small count as a word: nine; larger ones in digits."""
    return _SPELLED[count] if 0 <= count < len(_SPELLED) else number(count)


_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def ordinal(number: int) -> str:
    """Write a place: 1st, 2nd, 13th, 21st."""
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else _ENDINGS.get(number % 10, 'th')}"


def standing(from_lowest: int, from_highest: int, shared: bool = False) -> str:
    """Say where an area stands, from the end that is nearer: 10th lowest, joint 3rd, highest."""
    place, end = min((from_lowest, "lowest"), (from_highest, "highest"))
    joint = "joint " if shared else ""
    return f"{joint}{end}" if place == 1 else f"{joint}{ordinal(place)} {end}"


def plural(noun: str) -> str:
    """Write a noun in the plural: boroughs, counties."""
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"


_PEOPLE = {"people": "person", "men": "man", "women": "woman", "children": "child"}


def singular(noun: str) -> str:
    """Write a noun for one of a thing: case, county, young person; a unit per so many stays."""
    before, gap, last = noun.rpartition(" ")
    if "per" in before.split() or last.endswith("ss"):
        return noun
    one = f"{last[:-3]}y" if last.endswith("ies") else last.removesuffix("s")
    return f"{before}{gap}{_PEOPLE.get(last, one)}"


def days(number_: int) -> str:
    """Write a length: 366 days, 1 day."""
    return f"{number(number_)} {'day' if number_ == 1 else 'days'}"


def change_on(
    before: str,
    value: Number,
    unit: str,
    polarity: str = "ambiguous",
    clear: bool | None = None,
) -> str:
    """Write a change and what it is on: down 8% on last year, better.

    `clear` says whether it is more than chance, None where nobody tests it.
    """
    moved, _, verdict = change(value, unit, polarity).partition(",")
    if clear is False and not _still(value, unit):
        return f"{moved} on {before}: {VERDICTS['unclear']}"
    return f"{moved} on {before},{verdict}" if verdict else f"{moved} on {before}"


#: A direction of travel, after "it".
TRAVEL_WORDS: Mapping[str, str] = {
    "better": "got better",
    "worse": "got worse",
    "same": "stayed the same",
    "unclear": "shows no clear change",
    "unknown": "cannot be judged",
}
#: What is said of a change after a colon; of some there is nothing to say.
VERDICTS: Mapping[str, str] = {
    "better": "better",
    "worse": "worse",
    "unclear": "no clear change",
}
#: What a figure is set beside, for a row of `travel.COMPARISONS`.
COMPARED: Mapping[str, str] = {
    "twelve-months": "the 12 months before",
    "same-months": "the same months last year",
    "same-period": "the same {noun} last year",
    "period-before": "the {noun} before",
    "baseline": "the baseline",
}


def compared_with(basis: str, at: Period) -> str:
    """Say what a figure is set beside: the quarter before; the same months last year."""
    if basis == "same-period" and periods.is_12_months(at.start, at.end):
        return "the year before"
    if basis == "same-months" and at.kind == "week":
        return "the same dates last year"
    return COMPARED[basis].format(noun=_noun(at))


def travel(basis: str, change: Number, at: Period, verdict: str, unit: str = "") -> str:
    """Write a direction of travel: down 373 on the same months last year: better.

    `unit` is that of the figure; a percentage moves in points. `verdict` is one of
    `callover.travel`; those without a row in VERDICTS add nothing.
    """
    moved = "no change"
    if change:
        far = amount(size(change), "percentage points") if unit == "percent" else ""
        moved = f"{'up' if change > 0 else 'down'} {far or figure(size(change), unit)}"
    if vanishes(change, 2):
        moved, verdict = "little or no change" if change else moved, ""
    said = f"{moved} on {compared_with(basis, at)}"
    return f"{said}: {VERDICTS[verdict]}" if verdict in VERDICTS else said


def signed(value: Number, decimals: int = 0) -> str:
    """Write a number with its sign for a table: +13, -5, 0."""
    text = number(value, decimals)
    return f"+{text}" if half_up(value, decimals) > 0 else text


#: A rise of so many per cent or more says less than the two figures do.
_PLAIN = 1000


def comparison(now: Number, then: Number, unit: str, one: str) -> str:
    """Say how two counts compare: 159 more (up 1%) than; the same number as.

    Money is more or less, and so is what is measured in parts of a unit.
    """
    difference = now - then
    counted = not unit.startswith("£") and now.denominator == then.denominator == 1
    if vanishes(difference, 1):
        return "the same number as" if counted else f"{'about ' * bool(difference)}the same as"
    fewer = "fewer" if counted else "less"
    gap = amount(size(difference), unit if unit.startswith("£") else "")
    text = f"{gap} {'more' if difference > 0 else fewer}"
    if then:
        percent = Fraction(100 * difference) / then
        if half_up(size(percent), 0) and size(then) >= 20 and percent < _PLAIN:
            text += f" ({change(percent, 'percent')})"
    return f"{text} than"


Facts = Mapping[str, Number]
_Reason = Callable[[Facts, str, str], str]


def _target_phrase(facts: Facts, unit: str) -> str:
    if "lower" in facts:
        return f"the range {figure(facts['lower'], unit, 2)} to {figure(facts['upper'], unit, 2)}"
    return f"the target of {figure(facts['target'], unit, 2)}"


def _actual(facts: Facts, unit: str) -> str:
    """Write the rated figure; a projected count as a whole number, as no other can come."""
    return number(facts["actual"]) if "so_far" in facts else figure(facts["actual"], unit)


def _within(facts: Facts, unit: str, polarity: str) -> str:
    if "lower" in facts:
        return f"{_actual(facts, unit)} is inside {_target_phrase(facts, unit)}."
    return f"{_actual(facts, unit)} meets {_target_phrase(facts, unit)}."


def _miss(facts: Facts, unit: str) -> str:
    side = "below" if facts["actual"] < facts["target"] else "above"
    if facts["actual"] == facts["target"]:
        side = "no better than"
    return f"{_actual(facts, unit)} is {side} {_target_phrase(facts, unit)}."


def _improvement(ending: str) -> _Reason:
    def say(facts: Facts, unit: str, polarity: str) -> str:
        made, before = facts["share"], figure(facts["before"], unit)
        done = f"{number(made)}%" if made > 0 else "none"
        way = f"It has come {done} of the way from {before} a year before."
        return f"{_miss(facts, unit)} {way} {_ending(ending, facts)}"

    return say


def _ending(text: str, facts: Facts) -> str:
    return text.format(tolerance=trimmed(facts["tolerance"]))


def _outside(ending: str) -> _Reason:
    return lambda facts, unit, polarity: f"{_miss(facts, unit)} {_ending(ending, facts)}"


def _windows(ending: str) -> _Reason:
    """Say two pairs of numbers and which way they went: that alone is no improvement."""

    def say(facts: Facts, unit: str, polarity: str) -> str:
        good, bad = ("higher", "lower") if polarity == "higher" else ("lower", "higher")
        return (
            f"So far this year {number(facts['now'])} against {number(facts['then'])} "
            "a year before. "
            f"In the last 12 months {number(facts['year'])} against {number(facts['year_before'])} "
            f"in the 12 before. {ending.format(good=good, bad=bad)}"
        )

    return say


def _plain_reason(text: str) -> _Reason:
    return lambda facts, unit, polarity: text


#: Why there is no rating, for a row of a table.
SHORT_REASONS: Mapping[str, str] = {
    "nothing-printed": "no rating printed",
    "no-target": "no target",
    "target-not-known": "target not known for these months",
    "target-in-words": "target in words only",
    "no-figure": "no figure for this period",
    "no-figures": "no figures",
    "no-projection": "year's end cannot be projected",
    "no-year-before": "year before not known",
    "no-last-year": "last year not known",
    "no-12-months-before": "12 months before not known",
    "recording-changed": "recording changed",
    "stale": "figures too old",
    "no-direction": "no better direction",
    "for-monitoring": "for monitoring only",
    "no-rule": "no rule to rate by",
    "nothing-set": "no target or rule",
    "ambiguous": "could be good or bad",
}

#: Why a rating is what it is: a row for each reason that `callover.ratings` can give.
REASONS: Mapping[str, _Reason] = {
    "within-target": _within,
    "within-tolerance": _outside("A miss of up to {tolerance}% of the target counts as Close."),
    "beyond-tolerance": _outside(
        "Only a miss of up to {tolerance}% of the target counts as Close."
    ),
    "improving": _improvement("At least {tolerance}% counts as Close."),
    "too-little-improvement": _improvement("Only {tolerance}% or more counts as Close."),
    "improvement-lost": lambda facts, unit, polarity: (
        f"{_miss(facts, unit)} The figure a year before, {figure(facts['before'], unit)}, met it."
    ),
    "both-better": _windows("Both are {good}."),
    "one-better": _windows("One is {good} and one is not."),
    "none-better": _windows("Neither is {good}, and they are not both {bad}."),
    "both-worse": _windows("Both are {bad}."),
    "as-printed": _plain_reason(
        "This is the rating in the partnership's document. We cannot work it out again."
    ),
    "nothing-printed": _plain_reason("The document prints no rating, and gives no rule for one."),
    "no-target": _plain_reason("This figure has no target, so there is nothing to rate against."),
    "target-not-known": _plain_reason(
        "The figures that the target is set against are not known for these months."
    ),
    "target-in-words": _plain_reason("The target is in words, so no figure can be set against it."),
    "no-figure": _plain_reason("The figure for this period is not known."),
    "no-figures": _plain_reason("There are no figures to rate."),
    "no-projection": _plain_reason(
        "Nobody can project the year's end: we know neither the rest of last year nor how the "
        "year's target is split."
    ),
    "no-year-before": _plain_reason("The figure a year before is not known."),
    "no-last-year": _plain_reason("The figure for the same months of last year is not known."),
    "no-12-months-before": _plain_reason(
        "The rule needs the 12 months before the last 12. That total is not known."
    ),
    "recording-changed": lambda facts, unit, polarity: (
        f"{recording_changed(int(facts['since']))}. A rating would need figures from before, and "
        "they do not compare."
    ),
    "stale": lambda facts, unit, polarity: too_late(facts),
    "no-direction": _plain_reason("The rule needs to know which direction is better."),
    "for-monitoring": _plain_reason("This measure is for monitoring only, so we give no rating."),
    "nothing-set": _plain_reason(
        "We know of no target for this figure and no rule to rate it by, so we give no rating."
    ),
    "no-rule": _plain_reason(
        "There is a target, but no rule to rate this figure by, so we give no rating."
    ),
    "ambiguous": _plain_reason(
        "A rise or a fall can be good or bad news here, so we give no rating."
    ),
}


def too_late(facts: Facts) -> str:
    """Say when figures end and how late newer ones are, in `months` or `weeks`."""
    return f"The figures end {_ends(int(facts['end']))}; newer ones are {_late(facts)} late."


def _ends(day: int) -> str:
    """Name the last day of some figures, or the month that it ends: in July 2013."""
    on = date.fromordinal(day)
    whole = date.fromordinal(day + 1).day == 1
    return f"in {_MONTHS[on.month - 1]} {on.year}" if whole else f"on {_day(day)}"


def _late(facts: Facts) -> str:
    """Say how late figures are: 5 months; 1 week."""
    weeks = facts.get("weeks")
    return amount(facts["months"], "months", "month") if weeks is None else _weeks(weeks)


def _weeks(count: Number) -> str:
    return amount(count, "weeks", "week")


def short_reason(rating: Rating) -> str:
    """Say in a few words why there is no rating, or how much of the way to a target is gone."""
    share = rating.facts.get("share")
    if rating.reason == "stale":
        return f"newer figures {_late(rating.facts)} late"
    if share is None:
        return SHORT_REASONS.get(rating.reason, "")
    made = f"{number(share)}%" if share > 0 else "none"
    return f"{made} of the way to the target"


def reason(rating: Rating, unit: str, polarity: str) -> str:
    """Say why a rating is what it is; and how its figure was projected, if it was."""
    said = REASONS[rating.reason](rating.facts, unit, polarity)
    how = PROJECTED.get(rating.projection)
    return f"{said} {how(rating.facts)}" if how and rating.verdict != "not-rated" else said


def rated_figures(rating: Rating, unit: str) -> tuple[str, str]:
    """Write the figure and the target that a verdict rests on; '' for what it does not have."""
    facts = rating.facts
    if "actual" not in facts:
        return "", ""
    if "lower" in facts:
        limits = (figure(facts[side], unit, 2) for side in ("lower", "upper"))
        return _actual(facts, unit), " to ".join(limits)
    return _actual(facts, unit), figure(facts["target"], unit, 2)


#: Ways of projection that scale or add, so that the figure is a forecast.
SCALED = ("level-profile", "last-year", "profile", "seasons")

#: How the figure of a whole year was projected: a row for each way of `callover.projection`.
PROJECTED: Mapping[str, Callable[[Facts], str]] = {
    "over": lambda facts: "The year is over.",
    "level-profile": lambda facts: (
        f"That is {number(facts['so_far'])} now × {number(facts['annual'])} for the year's end ÷ "
        f"{number(facts['to_date'])}, the target now."
    ),
    "stays": lambda facts: "This takes the newest figure to stay as it is.",
    "last-year": lambda facts: (
        f"That is {number(facts['so_far'])} so far and {number(facts['rest'])}, as in the rest of "
        "last year."
    ),
    "profile": lambda facts: (
        f"That is {number(facts['so_far'])} so far × {number(facts['annual'])} for the year ÷ "
        f"{number(facts['to_date'])}, the profile so far."
    ),
    "seasons": lambda facts: (
        f"That is {number(facts['so_far'])} so far × {number(facts['then_all'])} in all of last "
        f"year ÷ {number(facts['then'])} by then last year."
    ),
}


def distance(rating: Rating, unit: str, one: str, polarity: str) -> str:
    """Say how far the next rating is, and which way; nothing where there is none."""
    if rating.distance is None or not rating.next_verdict:
        return ""
    if rating.projection in SCALED:
        return ""  # how far a forecast is from its target says more than is known
    following = RATING_WORDS[rating.next_verdict]
    unit = "percentage points" if unit == "percent" else unit
    whole = unit not in ("percentage points", UNSTATED) and rating.verdict != "on-target"
    # Half an offence cannot happen: a count improves by whole numbers.
    least = floor(rating.distance) if rating.passes else ceil(rating.distance)
    gap = amount(least if whole else rating.distance, unit, one)
    small = vanishes(rating.distance, 1)
    if rating.verdict == "on-target":
        if small:
            return "It has no room: any change for the worse loses this rating."
        if rating.passes:
            return f"It can get worse by {gap} before it turns {following}."
        return f"It turns {following} if it gets worse by {gap}."
    if small:
        return f"Any improvement turns it {following}."
    more = "more than " if rating.passes else ""
    return f"It must {_way(rating, polarity)} by {more}{gap} to turn {following}."


def _way(rating: Rating, polarity: str) -> str:
    """Say which way is better: towards the target, or else as the polarity has it."""
    facts = rating.facts
    if "target" in facts and facts["actual"] != facts["target"]:
        return "rise" if facts["actual"] < facts["target"] else "fall"
    return "rise" if polarity == "higher" else "fall"


def printed_rating(letter: str) -> str:
    """Name a printed colour in full; an unknown letter as it stands."""
    return PRINTED_WORDS.get(letter, letter)
