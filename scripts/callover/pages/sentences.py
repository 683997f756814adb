"""The computed overview: what happened, against what, is it on course, how did others do.

Nobody types these sentences, so they never go stale. Each part is one short sentence, or none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from callover import periods, words
from callover.compute import Sheet
from callover.intervals import small
from callover.kinds import Quantity, metric_name
from callover.model import ALL, UNSTATED, Metric, Number
from callover.pages import ahead, happened, placed, unlike, wider
from callover.pages.happened import said_before, said_since
from callover.parts import PartSum
from callover.periods import Period
from callover.readability import sentences as split
from callover.rounding import size, vanishes
from callover.sketch import uncapital
from callover.targets import Limits, limits_at, rows_for
from callover.targets import profile_sums as profile_sums_of
from callover.tested import LAST_YEAR, TWELVE_MONTHS, clear_over
from callover.travel import Travel, travel

#: As many sentences as an overview may have.
MOST = 4


def headline(sheet: Sheet) -> str:
    """Say the most important thing about an indicator in one or two short sentences."""
    return " ".join(_lead(sheet)[:2])


def overview(sheet: Sheet) -> list[str]:
    """Say in at most four sentences what happened, against what, if on course, how others did.

    Of what it has no room for, the end is left out. A reason why there are no figures is whole.
    """
    if sheet.closing is None:
        return _lead(sheet)
    told = (*_lead(sheet), few(sheet), course(sheet), others(sheet))
    return [part for part in told if part][:MOST]


def _lead(sheet: Sheet) -> list[str]:
    """Say what happened, and what it is set against or why nothing is."""
    if sheet.closing is None:
        reason = sheet.indicator.not_available or "The partners have sent no figures yet."
        return ["There are no figures for this measure.", *split(reason)]
    what, against = happened.happened(sheet)
    beside = [part for part in (against, *wider.says(sheet)) if part] or [happened.alone(sheet)]
    return [part for part in (what, *beside) if part]


def part_sums(sums: Sequence[PartSum]) -> str:
    """Say whether the parts of a total add up to it, and where they do not."""
    if not sums:
        return "There is no period for which the total and all of its parts are known."
    wrong = [found for found in sums if found.difference]
    if not wrong:
        every = {1: "the one period", 2: "both periods"}
        where = every.get(len(sums), f"all {words.number(len(sums))} periods")
        return f"The parts add up to the total in {where} that we can check."
    worst = wrong[0]
    more = "more" if worst.difference > 0 else "fewer"
    return (
        f"The parts do not add up to the total in {words.number(len(wrong))} of "
        f"{words.number(len(sums))} periods. {_capital(words.during(worst.start, worst.end))} they "
        f"make {words.figure(worst.sum)}, which is {words.figure(size(worst.difference))} {more} "
        f"than the total of {words.figure(worst.total)}."
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def profile_sums(sheet: Sheet) -> list[str]:
    """Say which years' profiles do not add up to the year's own target."""
    own = sheet.lines.get(sheet.category, {}).get(sheet.quantity.name)
    rows = [
        row
        for row in sheet.indicator.targets
        if (row.measure, row.category) == (sheet.quantity.name, sheet.category)
    ]
    if own is None:
        return []
    unit = sheet.quantity.unit or sheet.indicator.unit
    return [
        f"The profile for {words.period_long(year)} adds up to {words.figure(added, unit)}. "
        f"The target for that year is {words.figure(wanted, unit)}."
        for year, added, wanted in profile_sums_of(rows, own, sheet.polarity(sheet.quantity))
    ]


def few(sheet: Sheet) -> str:
    """Say how few people answered a survey, or that a source does not say what it counts."""
    quantity = sheet.leading
    base = sheet.value(quantity.denominator) if quantity.interval else None
    if base is not None and small(base) and sheet.value(quantity.name) is not None:
        return words.few(base)
    unnamed = sheet.indicator.unit == UNSTATED and not sheet.leading.unit
    return "The source does not say what it counts." if unnamed else ""


def course(sheet: Sheet) -> str:
    """Say where the year is heading, or how the figure stands to its target; '' without either."""
    found = ahead.of(sheet)
    aimed = found is not None and found.limits is not None
    told = (ahead.on_course(sheet), _to_target(sheet, sheet.quantity))
    return next(filter(None, told if aimed else reversed(told)), "")


def target(sheet: Sheet) -> Iterator[str]:
    """Say how each quantity with a target stands to it; a page may have two."""
    return filter(None, (_to_target(sheet, quantity) for quantity in sheet.kind.quantities))


def _to_target(sheet: Sheet, quantity: Quantity) -> str:
    """Say how a figure stands to its target; '' where it has none in figures."""
    gap = sheet.metric(metric_name(quantity.name, "difference_from_target"), None, sheet.category)
    line = sheet.lines.get(sheet.category, {}).get(quantity.name)
    if gap is None or gap.value is None or line is None or sheet.closing is None:
        return ""
    found = sheet.indicator
    rows = rows_for(found.targets, quantity.name, sheet.category, sheet.closing)
    _, limits = limits_at(rows, line, gap.start, gap.end, sheet.polarity(quantity), found.breaks)
    if limits is None:
        return ""
    so_far = " so far" if line.additive and not periods.is_12_months(gap.start, gap.end) else ""
    unit = quantity.unit or found.unit
    sides = [side for side in (limits.lower, limits.upper) if side is not None]
    figures = " to ".join(_limit(side, unit) for side in sides)
    it, one = _subject(sheet, quantity)
    wanted = f"{'its' if one else 'their'} target{so_far}, {figures}"
    return f"{it} {_stands(limits, gap.value, wanted, _gap(gap.value, quantity, unit), one)}."


def _subject(sheet: Sheet, quantity: Quantity) -> tuple[str, bool]:
    """Name a quantity, and say whether its name is that of one thing: It; the cases solved."""
    if quantity == sheet.leading:
        return "It", True
    ends = {quantity.title.split()[place] for place in (0, -1)}
    return f"The {uncapital(quantity.title)}", not any(word.endswith("s") for word in ends)


def _limit(side: Number, unit: str) -> str:
    return words.amount(side, unit) if unit.startswith("£") else words.figure(side, unit, 2)


def _gap(gap: Number, quantity: Quantity, unit: str) -> str:
    if quantity.form == "rate":
        return words.figure(size(gap), unit)
    unit = "percentage points" if unit == "percent" else unit if unit.startswith("£") else ""
    return words.amount(size(gap), unit)


def _stands(limits: Limits, gap: Number, wanted: str, by: str, one: bool) -> str:
    """Say that a figure meets, beats or misses its target, or where it lies beside a range."""
    several = limits.lower is not None and limits.upper is not None
    verb, be = ("s", "is") if one else ("", "are")
    if gap == 0 and not several and not limits.strict:
        return f"meet{verb} {wanted}, exactly"
    if vanishes(gap, 1):
        where = "inside" if several else "the same as" if gap == 0 else "close to"
        return f"{be} {where} {wanted}"
    if several:
        return f"{be} {by} {'above' if gap > 0 else 'below'} {wanted}"
    if gap > 0 if limits.lower is None else gap < 0:
        return f"miss{'es' if one else ''} {wanted}, by {by}"
    return f"beat{verb} {wanted}, by {by}"


def others(sheet: Sheet) -> str:
    """Say how others did: how the area lies beside them, or the share in another category."""
    if told := placed.among_others(sheet):
        return told
    also = [category for category in sheet.lines if category not in (sheet.category, ALL)]
    return happened.figure_of(sheet, also[0]) if len(also) == 1 and sheet.leading.is_share else ""


def _share_change(
    sheet: Sheet, quantity: Quantity, now: Metric, category: str = ""
) -> Metric | None:
    """Give the change over the days of a percentage: of the year so far, or of its period."""
    for measure in ("change_on_last_year", "change_on_period_last_year"):
        found = sheet.metric(metric_name(quantity.name, measure), None, category)
        if found and found.value is not None and (found.start, found.end) == (now.start, now.end):
            return found
    return None


def known(sheet: Sheet, wanted: Sequence[str], category: str) -> Metric | None:
    """Give the first of some measures that has a figure at the newest period."""
    found = (sheet.metric(measure, None, category) for measure in wanted)
    return next((m for m in found if m is not None and m.value is not None), None)


def change_in_words(sheet: Sheet, judged: bool = True) -> str:
    """Say for a row of a list how an indicator moved and what it is set beside.

    Unless `judged` is False, it ends with what that means: better, worse or no clear change.
    """
    quantity = sheet.quantity if sheet.quantity.is_share else sheet.leading
    if quantity.form == "words":
        return _changed_words(sheet, quantity)
    name, before = LAST_YEAR, "last year"
    if sheet.kind.quantities[0].measures[0] == "rolling_12_months":
        name, before = TWELVE_MONTHS, "the 12 before"
    found = sheet.metric(metric_name(quantity.name, name))
    if found is None or found.value is None:  # no year to date, so no change of one
        found = _share_of_the_period(sheet, quantity) or found
    if sheet.indicator.unit == UNSTATED:
        return "not compared"
    count = sheet.metric(metric_name(quantity.name, f"{name}_count"))
    in_numbers = count is not None and count.value is not None and _few(quantity, found, count)
    told = count if in_numbers else found
    if told is None or told.value is None:
        return unlike.shortly(sheet, quantity, name) or _other_change(sheet, quantity, judged)
    if not judged:
        return words.change_on(before, told.value, "" if in_numbers else told.unit)
    clear = clear_over(sheet, quantity, name, told)
    unit = "" if in_numbers else told.unit
    return words.change_on(before, told.value, unit, sheet.polarity(quantity), clear)


def direction(sheet: Sheet, at: Period | None = None) -> str:
    """Say the direction of travel with what it rests on; "not known" where nothing is."""
    return in_words(travel(sheet, at))


def in_words(found: Travel, judged: bool = True) -> str:
    """Say a direction of travel with what it rests on, and unless told otherwise what it means."""
    if found.now is None or found.change is None:
        return "not known"
    verdict = found.verdict if judged else ""
    return words.travel(found.basis, found.change, found.now.period, verdict, found.now.unit)


def _other_change(sheet: Sheet, quantity: Quantity, judged: bool) -> str:
    """Say how a figure moved on whatever it can be set beside, where no year so far is known."""
    return in_words(travel(sheet, None, quantity), judged)


def _changed_words(sheet: Sheet, quantity: Quantity) -> str:
    """Say since when words are the same, or what they were before."""
    since = said_since(sheet, quantity)
    if since is not None:
        return f"the same since {words.period_long(since)}"
    before = said_before(sheet, quantity)
    return f"was {before.rstrip('.')}" if before else "not known"


def _share_of_the_period(sheet: Sheet, quantity: Quantity) -> Metric | None:
    now = sheet.metric(quantity.name) if quantity.is_share else None
    return _share_change(sheet, quantity, now) if now else None


def _few(quantity: Quantity, change: Metric | None, count: Metric) -> bool:
    """Say whether a change is better told in numbers: on none, few, or what nobody knows."""
    if change is None or change.value is None:
        return True
    if not count.value or not change.value or quantity.form == "rate":
        return False
    return size(Fraction(100 * count.value) / change.value) < 20
