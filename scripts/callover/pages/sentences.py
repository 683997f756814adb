"""Computed sentences: what happened, against what. Nobody types these, so they never go stale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import takewhile

from callover import periods, words
from callover.compute import Sheet
from callover.intervals import clear_of_nought, small
from callover.kinds import PERCENTAGE, Quantity, metric_name
from callover.model import ALL, Metric, Number, Reference
from callover.pages import wider
from callover.parts import PartSum
from callover.periods import Period
from callover.rounding import size
from callover.targets import profile_sums as profile_sums_of
from callover.travel import Travel, travel


def headline(sheet: Sheet) -> str:
    """Say the most important thing about an indicator in one or two short sentences."""
    if sheet.closing is None:
        reason = sheet.indicator.not_available or "The partners have sent no figures yet."
        return f"There are no figures for this measure. {reason}"
    return " ".join(_lead(sheet))


def overview(sheet: Sheet, reference: Reference) -> list[str]:
    """Say in full sentences what the figures show: so far, 12 months, target, rate and rank."""
    if sheet.closing is None:
        return [headline(sheet)]
    # Where the source gives 12-month totals only, the lead has said them already.
    leads_with_rolling = sheet.kind.quantities[0].measures[0] == "rolling_12_months"
    parts = [
        *_lead(sheet),
        *_sampled(sheet),
        *([] if leads_with_rolling else _rolling(sheet)),
        *_rolling_shares(sheet),
        *target(sheet),
        *_rate(sheet),
        *_rate_so_far(sheet),
        *_ranks(sheet, reference),
    ]
    return list(dict.fromkeys(part for part in parts if part))


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


def _lead(sheet: Sheet) -> Sequence[str]:
    assert sheet.closing is not None
    nothing = f"There is no figure for {words.period_long(sheet.closing)}."
    said = _placed(sheet, tuple(_leading(sheet)) or (nothing,))
    named = sheet.indicator.categories.get(sheet.category, sheet.category)
    if sheet.category == ALL or sheet.leading.is_share:
        return said
    return (f"{named}: {said[0][:1].lower()}{said[0][1:]}", *said[1:])


def _placed(sheet: Sheet, said: Sequence[str]) -> Sequence[str]:
    """Name the area in the first sentence, where the page is not about the partnership's own."""
    if not sheet.away:
        return said
    known = sheet.reference
    name = words.area(known.areas[sheet.away], known.area_types.get(sheet.away, ""))
    first = said[0] if said[0][:1].isdigit() else f"{said[0][:1].lower()}{said[0][1:]}"
    return (f"In {name}, {first}", *said[1:])


def _leading(sheet: Sheet) -> Iterator[str]:
    quantity = sheet.leading
    if quantity.form == "words":
        yield from _statement(sheet, quantity)
    elif sheet.kind.quantities[0].measures[0] == "rolling_12_months":
        yield from _rolling(sheet)
    elif quantity.is_share:
        yield from _share(sheet, quantity)
    else:
        yield from _count(sheet, quantity)


def _statement(sheet: Sheet, quantity: Quantity) -> Iterator[str]:
    """Say what the newest report says in words, and since when."""
    now = sheet.metric(quantity.name)
    if now is None or not now.text:
        return
    yield f"The newest report, for {words.period_long(now.period)}, says: {now.text.rstrip('.')}."
    since = said_since(sheet, quantity)
    if since is not None:
        yield f"It has said so since {words.period_long(since)}."


def said_since(sheet: Sheet, quantity: Quantity) -> Period | None:
    """Give the first of the reports in a row that say the same as the newest; None if it alone."""
    found = [m for m in sheet.metrics if m.measure == quantity.name and m.text]
    found = sorted((m for m in found if m.category == sheet.category), key=lambda m: m.end)
    same = list(takewhile(lambda m: _alike(m, found[-1]), reversed(found)))
    return same[-1].period if len(same) > 1 else None


def said_before(sheet: Sheet, quantity: Quantity) -> str:
    """Give what the report before the newest one said; nothing where there is none."""
    found = [m for m in sheet.metrics if m.measure == quantity.name and m.text]
    found = sorted((m for m in found if m.category == sheet.category), key=lambda m: m.end)
    return found[-2].text if len(found) > 1 else ""


def _alike(one: Metric, other: Metric) -> bool:
    return one.text.casefold().rstrip(".") == other.text.casefold().rstrip(".")


def _nouns(sheet: Sheet, quantity: Quantity) -> tuple[str, str]:
    if quantity.unit:
        return quantity.unit, quantity.unit
    return sheet.indicator.unit, sheet.indicator.unit_one


def _count(sheet: Sheet, quantity: Quantity) -> Iterator[str]:
    unit, one = _nouns(sheet, quantity)
    assert sheet.closing is not None
    cumulative = "year_to_date" in quantity.measures and sheet.closing.kind not in ("year", "span")
    measure = metric_name(quantity.name, "year_to_date" if cumulative else "value")
    now = sheet.metric(measure)
    if now is None or now.value is None:
        now = sheet.metric(quantity.name)
    if now is None or now.value is None:
        return
    yield _there_were(sheet, quantity, now, unit, one)
    change = sheet.metric(metric_name(quantity.name, "change_on_last_year_count"))
    if unit == "percent":
        change = sheet.metric(metric_name(quantity.name, "change_on_last_year"))
    if change is not None and (change.start, change.end) == (now.start, now.end):
        difference = change.value
    else:
        difference = _on_the_period_before(sheet, quantity, now)
    yield from wider.says(sheet)
    if difference is None:
        # Across areas, bands or periods there is more to say than that a year before is not known.
        if not any(name in wider.SAYS for name in sheet.kind.across):
            yield from _without_last_year(sheet, quantity, now, unit, one)
    else:
        when = _a_year_before(sheet, quantity, now)
        yield _against(sheet, quantity, now, difference, when, unit, one)
    yield from _behind(sheet, quantity)


def _without_last_year(
    sheet: Sheet, quantity: Quantity, now: Metric, unit: str, one: str
) -> Iterator[str]:
    """Compare with the quarter before or the baseline, where last year is not known."""
    found = travel(sheet, None, quantity)
    if found.now is None or found.then is None or found.basis not in ("period-before", "baseline"):
        yield "We do not have the figure for a year before."
        return
    what = words.compared_with(found.basis, found.now.period)
    tail = f", which is {found.verdict}" if found.verdict in ("better", "worse") else ""
    if unit == "percent" or quantity.form == "rate":
        moved = words.travel(found.basis, found.change or 0, found.now.period, "", found.now.unit)
        yield f"That is {moved}{tail}."
        return
    figure = found.now.value or 0
    text = words.comparison(figure, found.then, unit, one)
    within = "" if found.basis == "baseline" else "in "
    if found.now.start == now.start:
        yield f"That is {text} {within}{what}{tail}."
        return
    yield (
        f"Of these, {words.number(figure)} were {words.during_period(found.now.period)}, "
        f"{text} {within}{what}{tail}."
    )


def _behind(sheet: Sheet, quantity: Quantity) -> Iterator[str]:
    """Say how many cases a rate rests on, where the source gives their number beside it."""
    if quantity.form != "rate":
        return
    for other in (q for q in sheet.kind.quantities if q.form == "count" and not q.is_share):
        count = sheet.metric(other.name)
        if count is not None and count.value is not None:
            one = other.unit.removesuffix("s")
            yield f"It rests on {words.amount(count.value, other.unit, one)}."


def _on_the_period_before(sheet: Sheet, quantity: Quantity, now: Metric) -> Number | None:
    """Give the change on the same period of last year, where there is no year to date."""
    if (now.start, now.end) != (now.period.start, now.period.end) or now.value is None:
        return None
    then = sheet.a_year_before(quantity.name, now.period)
    return None if then is None or then.value is None else now.value - then.value


def _a_year_before(sheet: Sheet, quantity: Quantity, now: Metric) -> str:
    """Say which days a figure is compared with: those that the source has a figure for."""
    if (now.start, now.end) != (now.period.start, now.period.end):
        return words.during(*periods.window_last_year(now.start, now.end))
    then = sheet.a_year_before(quantity.name, now.period)
    before = periods.of_window(then.start, then.end) if then else periods.last_year(now.period)
    return words.during_period(before)


def _there_were(sheet: Sheet, quantity: Quantity, now: Metric, unit: str, one: str) -> str:
    assert now.value is not None
    when = _when(now)
    text = words.amount(now.value, unit, one)
    if quantity.form == "rate":
        return f"The rate was {text} {when}."
    if unit in ("percent", "number"):
        return f"The figure was {text} {when}."
    if quantity.form == "level" and now.period.kind == "quarter":
        # A level of a quarter is no flow: nobody came and went between its first and last day.
        return f"The level for {words.period_long(now.period)} was {text}."
    return f"There {_verb(now)} {text} {when}."


def _when(now: Metric) -> str:
    own = (now.start, now.end) == (now.period.start, now.period.end)
    return words.during_period(now.period) if own else words.during(now.start, now.end)


def _verb(now: Metric) -> str:
    return "was" if now.value is not None and words.figure(now.value) == "1" else "were"


def _against(
    sheet: Sheet, quantity: Quantity, now: Metric, change: Number, when: str, unit: str, one: str
) -> str:
    assert now.value is not None
    if unit == "percent":
        return f"That is {words.change(change, 'percentage points')} on the figure {when}."
    then = now.value - change
    if unit == "number":
        return f"It was {words.figure(then)} {when}. The source does not say what it counts."
    verdict = words.better(change, sheet.polarity(quantity))
    tail = f", which is {verdict}" if verdict else ""
    if quantity.form == "rate":
        return f"It was {words.figure(then, unit)} {when}{tail and f', so it is now {verdict}'}."
    return f"That is {words.comparison(now.value, then, unit, one)} {when}{tail}."


def _share(sheet: Sheet, quantity: Quantity) -> Iterator[str]:
    assert sheet.closing is not None
    so_far = metric_name(quantity.name, "year_to_date")
    whole = sheet.closing.kind in ("year", "span")
    measure = quantity.name if whole else so_far
    for category in sheet.lines:
        now = known(sheet, (measure, quantity.name), category)
        if now is None or now.value is None:
            continue
        yield _share_of(sheet, quantity, now, category)
        change = _share_change(sheet, quantity, now, category)
        if change and change.value is not None:
            said = words.change(change.value, "percentage points")
            verdict = words.better(change.value, sheet.polarity(quantity))
            clear = clear_change(sheet, quantity, category)
            moved = verdict and not said.startswith("little") and clear is not False
            yield f"That is {said} on a year before{f', which is {verdict}' if moved else ''}."
            if clear is not None and not said.startswith("little"):
                yield words.chance(clear)


def _share_of(sheet: Sheet, quantity: Quantity, now: Metric, category: str) -> str:
    """Say a share with its days: of the people of a survey, of a category, or as it is called."""
    assert now.value is not None
    when = words.during(now.start, now.end)
    text = words.figure(now.value, "percent")
    named = sheet.indicator.categories.get(category, "") if len(sheet.lines) > 1 else ""
    parts = _parts(sheet, quantity, now, category)
    if sheet.indicator.survey is not None:
        base = sheet.value(quantity.denominator, None, category)
        asked = words.amount(base, "people", "person") if base is not None else "people"
        said = f"Of the {asked} who answered {when}, {text} said so{parts}."
        return f"{named}: {said[:1].lower()}{said[1:]}" if named else said
    title = "figure" if quantity.title == PERCENTAGE else quantity.title.lower()
    return f"{f'{named}:' if named else f'The {title} was'} {text} {when}{parts}."


def _sampled(sheet: Sheet) -> Iterator[str]:
    """Say how far chance may have moved a sample's share, and how few people it rests on."""
    quantity = sheet.leading
    lower, upper = (sheet.value(metric_name(quantity.name, side)) for side in ("lower", "upper"))
    base = sheet.value(quantity.denominator)
    if not quantity.interval or lower is None or upper is None or base is None:
        return
    yield words.interval(lower, upper)
    if small(base):
        yield words.few(base)


def clear_change(sheet: Sheet, quantity: Quantity, category: str = "") -> bool | None:
    """Say whether a sample's change on last year is clear; None where that is not tested."""
    if not quantity.interval:
        return None
    name = metric_name(quantity.name, "change_on_last_year")
    lower, upper = (sheet.value(f"{name}_{side}", None, category) for side in ("lower", "upper"))
    return None if lower is None or upper is None else clear_of_nought(lower, upper)


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


def _parts(sheet: Sheet, quantity: Quantity, now: Metric, category: str) -> str:
    line = sheet.lines[category]
    part, whole = line.get(quantity.numerator), line.get(quantity.denominator)
    if part is None or whole is None:
        return ""
    upper, lower = part.total(now.start, now.end).value, whole.total(now.start, now.end).value
    if upper is None or lower is None:
        return ""
    return f" ({words.number(upper)} of {words.number(lower)})"


def _rolling(sheet: Sheet) -> Iterator[str]:
    quantity = sheet.kind.quantities[0]
    if quantity.is_share:
        return
    unit, one = _nouns(sheet, quantity)
    now = sheet.metric(metric_name(quantity.name, "rolling_12_months"))
    change = sheet.value(metric_name(quantity.name, "rolling_12_months_change_count"))
    if now is None or now.value is None:
        return
    last = words.closing_month(now.period)
    text = f"There {_verb(now)} {words.amount(now.value, unit, one)} in the 12 months to {last}"
    if change is None:
        yield f"{text}."
        return
    yield f"{text}, {words.comparison(now.value, now.value - change, unit, one)} in the 12 before."


def _rolling_shares(sheet: Sheet) -> Iterator[str]:
    """Say each share of 12 months, and how it moved on the 12 months before."""
    for quantity in (q for q in sheet.kind.quantities if q.is_share):
        now = sheet.metric(metric_name(quantity.name, "rolling_12_months"))
        if now is None or now.value is None or "value" in quantity.measures:
            continue
        change = sheet.value(metric_name(quantity.name, "rolling_12_months_change"))
        last = words.closing_month(now.period)
        text = f"The {quantity.title.lower()} in the 12 months to {last} was "
        text += words.figure(now.value, "percent")
        if change is not None:
            verdict = words.better(change, sheet.polarity(quantity))
            moved = words.change(change, "percentage points")
            text += f", {moved} on the 12 before"
            text += f", which is {verdict}" if verdict and not moved.startswith("little") else ""
        yield f"{text}."


def target(sheet: Sheet) -> Iterator[str]:
    """Say how far each quantity with a target is from it; a page may have two."""
    for quantity in sheet.kind.quantities:
        limit = sheet.metric(metric_name(quantity.name, "target_to_date"), None, sheet.category)
        gap = sheet.value(metric_name(quantity.name, "difference_from_target"))
        if limit is None or limit.value is None or gap is None:
            continue
        unit = quantity.unit or sheet.indicator.unit
        where = "the same as" if gap == 0 else "above" if gap > 0 else "below"
        by = ""
        if gap:
            by = words.amount(size(gap), "percentage points" if unit == "percent" else "") + " "
        plain = quantity.name == "value" or quantity.title == PERCENTAGE
        named = "figure" if plain else quantity.title.lower()
        when = words.during(limit.start, limit.end)
        target = words.figure(limit.value, unit)
        yield f"The {named} {when} is {by}{where} the target, {target}."


def _rate(sheet: Sheet) -> Iterator[str]:
    rate, below = sheet.metric("rate"), sheet.indicator.rate
    if rate is None or rate.value is None or below is None:
        return
    last = words.closing_month(rate.period)
    yield (
        f"The rate for the 12 months to {last} is {words.number(rate.value, below.decimals)} "
        f"{below.label}."
    )


def _rate_so_far(sheet: Sheet) -> Iterator[str]:
    """Say the rate of the year so far, where there is none of 12 months to confuse it with."""
    rate, below = sheet.metric("rate_year_to_date"), sheet.indicator.rate
    whole = sheet.value("rate")
    if rate is None or rate.value is None or below is None or whole is not None:
        return
    yield (
        f"The rate {words.during(rate.start, rate.end)} is "
        f"{words.number(rate.value, below.decimals)} {below.label}. "
        "Do not compare it with a rate of 12 months."
    )


def _ranks(sheet: Sheet, reference: Reference) -> Iterator[str]:
    said = []
    for group in sheet.indicator.groups:
        if found := sheet.rank(group):
            title = reference.groups[group].title
            said.append(f"{words.number(found[0])} of {words.number(found[1])} ({title})")
    if said:
        yield f"The source ranks it {words.joined(said)}. Rank 1 is the lowest rate."


def change_in_words(sheet: Sheet) -> str:
    """Say for a row of the overview how an indicator moved, and what it is set beside."""
    quantity = sheet.quantity if sheet.quantity.is_share else sheet.leading
    if quantity.form == "words":
        return _changed_words(sheet, quantity)
    polarity = sheet.polarity(quantity)
    name, before = "change_on_last_year", "last year"
    if sheet.kind.quantities[0].measures[0] == "rolling_12_months":
        name, before = "rolling_12_months_change", "the 12 before"
    found = sheet.metric(metric_name(quantity.name, name))
    if found is None or found.value is None:  # no year to date, so no change of one
        found = _share_of_the_period(sheet, quantity) or found
    if sheet.indicator.unit == "number":
        return "not compared"
    count = sheet.metric(metric_name(quantity.name, f"{name}_count"))
    if found is None or found.value is None:
        if count is not None and count.value is not None:
            return words.change_on(before, count.value, "", polarity)
        return _other_change(sheet, quantity)
    then = _before(found.value, count)
    few = then is not None and size(then) < 20 and quantity.form != "rate"
    if few and count is not None and count.value is not None:
        return words.change_on(before, count.value, "", polarity)
    if clear_change(sheet, quantity) is False:
        return f"{words.change_on(before, found.value, found.unit)}: no clear change"
    return words.change_on(before, found.value, found.unit, polarity)


def direction(sheet: Sheet, at: Period | None = None) -> str:
    """Say the direction of travel with what it rests on; "not known" where nothing is."""
    return _in_words(travel(sheet, at))


def _in_words(found: Travel) -> str:
    if found.now is None or found.change is None:
        return "not known"
    at = found.now.period
    return words.travel(found.basis, found.change, at, found.verdict, found.now.unit)


def _other_change(sheet: Sheet, quantity: Quantity) -> str:
    """Say how a figure moved on the quarter before or the baseline, without a last year."""
    found = travel(sheet, None, quantity)
    return _in_words(found) if found.basis in ("period-before", "baseline") else "not known"


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


def _before(percent: Number, count: Metric | None) -> Number | None:
    """Give the figure a year before from the change in per cent and in numbers."""
    if count is None or not count.value or not percent:
        return None
    return Fraction(100 * count.value) / percent
