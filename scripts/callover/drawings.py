"""Which charts a page has: a row of CHARTS for each name that a kind may use.

A drawing takes a sheet and gives charts, or none where there is too little to draw. The message
title says what the chart shows in words that `callover.words` makes of the figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from callover import periods, words
from callover.charts import Chart, Mark, Point
from callover.compute import Sheet
from callover.drawings_across import before_after, distribution, league, samples, tiles
from callover.errors import UnknownName
from callover.kinds import Quantity, metric_name
from callover.model import UNSTATED, Number
from callover.periods import Period
from callover.rounding import half_up, size
from callover.sketch import SO_FAR, in_full, part_years, point
from callover.sketch import capital as _capital
from callover.sketch import cuts as _cuts
from callover.sketch import has as _has
from callover.sketch import marked_so_far as _so_far
from callover.sketch import name as _name
from callover.sketch import source as _source
from callover.sketch import unit as _unit
from callover.sketch import values as _values
from callover.variation import chart as control

Drawing = Callable[[Sheet], Iterator[Chart]]


def charts(sheet: Sheet) -> tuple[Chart, ...]:
    """Draw all charts of a sheet's kind, in the kind's order."""
    return tuple(chart for name in sheet.kind.charts for chart in drawing(name)(sheet))


def leading(sheet: Sheet) -> Chart | None:
    """Draw the first chart of a sheet that runs through time; None where it has none."""
    made = (chart for name in sheet.kind.charts for chart in drawing(name)(sheet))
    return next((chart for chart in made if chart.form == "time"), None)


def drawing(name: str) -> Drawing:
    """Find a drawing; raise UnknownName with the known ones."""
    try:
        return CHARTS[name]
    except KeyError:
        raise UnknownName("chart", name, CHARTS) from None


def _year_parts(sheet: Sheet) -> tuple[Period | None, Sequence[Period]]:
    """Give the newest financial year and the months, quarters or weeks it is reported in."""
    closing = sheet.closing
    return (periods.financial_year_of(closing.end) if closing else None), sheet.reported


def _a_year_before(sheet: Sheet, quantity: Quantity, period: Period) -> Number | None:
    found = sheet.a_year_before(quantity.name, period)
    return found.value if found else None


def _counted(sheet: Sheet) -> Quantity:
    """The quantity that months are counted in: the leading one, or what a share is made of."""
    leading = sheet.leading
    if leading.is_share and leading.numerator:
        return sheet.kind.quantity(leading.numerator) or leading
    return leading


def months(sheet: Sheet) -> Iterator[Chart]:
    """Months or quarters of this financial year beside last year's."""
    year, at = _year_parts(sheet)
    quantity = _counted(sheet)
    if year is None or not at or quantity.is_share:
        return
    unit = _unit(sheet, quantity)
    now = _values(sheet, quantity.name, at, unit)
    then = tuple(point(_a_year_before(sheet, quantity, p), unit) for p in at)
    if not _has(now):
        return
    last_label = periods.last_year(year).label
    marks = [Mark("bars", year.label, "this-year", now)]
    known = sum(p.value is not None for p in now)
    compared = _has(then, max(1, known // 2))  # a bar or two beside nine would mislead
    if compared:
        marks.insert(0, Mark("bars", last_label, "last-year", then))
    noun = {"month": "month", "quarter": "quarter", "week": "week"}[at[0].kind]
    title = _latest(sheet, quantity, unit)
    against = f", {year.label} against {last_label}" if compared else f", {year.label}"
    yield Chart(
        "months",
        title,
        f"{_name(sheet)}: {unit} by {noun}{against}",
        f"Bar chart of {unit} by {noun}. {title}.",
        _source(sheet),
        unit,
        tuple(words.short_tick(p) for p in at),
        tuple((words.of_the_year if _has(then) else words.period_long)(p) for p in at),
        tuple(marks),
        cuts=_cuts(sheet, at),
    )


def _latest(sheet: Sheet, quantity: Quantity, unit: str) -> str:
    assert sheet.closing is not None
    closing = sheet.closing
    now = sheet.value(quantity.name, closing)
    then = _a_year_before(sheet, quantity, closing)
    one = sheet.indicator.unit_one if not quantity.unit else ""
    if now is None:
        return f"{_name(sheet)} to {words.period_long(closing)}"
    text = f"{words.amount(now, unit, one)} {words.during_period(closing)}"
    if then is None:
        return _capital(text)
    difference = now - then
    if difference == 0:
        return f"{text}, the same as a year before"
    more = "more" if difference > 0 else "fewer"
    return f"{text}, {words.number(size(difference))} {more} than a year before"


def rolling(sheet: Sheet) -> Iterator[Chart]:
    """Totals of twelve months, month after month: seasons cancel out."""
    yield from _rolling(sheet, "rolling")


def _rolling(sheet: Sheet, name: str, category: str = "") -> Iterator[Chart]:
    quantity = sheet.kind.quantities[0]
    if quantity.is_share:
        return
    measure = metric_name(quantity.name, "rolling_12_months")
    found = sorted(
        m.period
        for m in sheet.metrics
        if m.measure == measure
        and m.category == (category or sheet.category)
        and m.value is not None
        and m.period.kind in ("month", "quarter")
    )
    if len(found) < 3:
        yield from _two_totals(sheet, name, quantity, found)
        return
    last = found[-1]
    at = [found[0]]
    # Since a change in recording there may be no 12 months yet: the axis shows how long.
    split = _split_since(sheet, last)
    while at[-1].end < (split.end if split else last.end):
        at.append(periods.following(at[-1]))
    sparse = 4 * len(found) < len(at)  # a line of gaps: totals that stand alone are bars
    at = found if sparse else at
    shape, every = (
        ("bars", "12 months") if sparse else ("line", f"the 12 months to each {at[0].kind}")
    )
    unit = _unit(sheet, quantity)
    values = _values(sheet, measure, at, unit, category)
    value = sheet.value(measure, last, category)
    assert value is not None
    one = sheet.indicator.unit_one
    first = sheet.value(measure, found[0], category)
    change = sheet.metric(f"{measure}_change", last, category)
    text = f"{words.amount(value, unit, one)} in the 12 months to {words.closing_month(last)}"
    if change is not None and change.value is not None:
        text += f", {words.change(change.value, change.unit)} on the 12 before"
    elif first and not sheet.split(periods.rolling_12_months(found[0])[0], last.end):
        moved = words.change(Fraction(100 * (value - first)) / first, "percent")
        text += f", {moved} since {words.closing_month(found[0])}"
    if split:
        text += ", the last before recording changed"
    yield Chart(
        name,
        text,
        f"{_name(sheet)}: {unit} in {every}",
        f"{'Bar' if sparse else 'Line'} chart of {unit} in 12 months. {text}.",
        _source(sheet),
        unit,
        *_12_months(at),
        (Mark(shape, "Last 12 months", "this-year", values),),
        cuts=_cuts(sheet, at),
    )


def _split_since(sheet: Sheet, last: Period) -> Period | None:
    """Give the newest period, where recording has changed since the last one with a total."""
    closing = sheet.closing
    if closing is None or closing.kind != last.kind or not sheet.split(last.end, closing.end):
        return None
    return closing


def _12_months(at: Sequence[Period]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the ticks of runs of 12 months, short and in full."""
    return (
        tuple(f"{words.month_name(p.end)[:3]} {p.last.year % 100:02d}" for p in at),
        tuple(f"12 months to {words.closing_month(p)}" for p in at),
    )


def _two_totals(
    sheet: Sheet, name: str, quantity: Quantity, at: Sequence[Period]
) -> Iterator[Chart]:
    """The 12 months and the 12 before side by side, where a source gives only 12-month totals."""
    if len(at) < 2 or not sheet.kind.twelve_month_rows:
        return
    unit = _unit(sheet, quantity)
    values = _values(sheet, metric_name(quantity.name, "rolling_12_months"), at, unit)
    before, now = values
    text = f"{now.text} {unit} in the 12 months to {words.closing_month(at[-1])}".replace("  ", " ")
    text += f", {before.text} in the 12 to {words.closing_month(at[0])}"
    yield Chart(
        name,
        text,
        f"{_name(sheet)}: {unit} in 12 months",
        f"Bar chart of {unit} in 12 months. {text}.",
        _source(sheet),
        unit,
        *_12_months(at),
        (Mark("bars", unit or "Figure", "this-year", values),),
        cuts=_cuts(sheet, at),
    )


def year_to_date(sheet: Sheet) -> Iterator[Chart]:
    """The year so far, counted up, against last year and the target."""
    year, at = _year_parts(sheet)
    quantity = _counted(sheet)
    if year is None or len(at) < 2 or quantity.is_share:
        return
    unit = _unit(sheet, quantity)

    def line(measure: str) -> tuple[Point, ...]:
        return _values(sheet, metric_name(quantity.name, measure), at, unit)

    now, target = line("year_to_date"), line("target_to_date")
    first, _ = periods.window_last_year(year.start, year.end)
    then = tuple(
        point(None, unit) if sheet.split(first, p.end) else other
        for p, other in zip(at, line("year_to_date_last_year"), strict=True)
    )
    if not _has(now, 2):
        return
    marks = []
    known = sum(p.value is not None for p in now)
    compared = _has(then, max(2, known // 2))  # a lone point or two are no line
    if compared:
        marks.append(Mark("line", periods.last_year(year).label, "last-year", then))
    if _has(target, 2) and not _same(target, then):
        marks.append(Mark("line", "Target", "target", target))
    marks.append(Mark("line", year.label, "this-year", now))
    total = sheet.value(metric_name(quantity.name, "year_to_date"))
    if total is None or sheet.closing is None or len(marks) < 2:
        return
    projected = _projected(sheet, quantity, at)
    marks += projected
    one = sheet.indicator.unit_one if not quantity.unit else ""
    text = f"{words.amount(total, unit, one)} {words.during(year.start, sheet.closing.end)}"
    title = f"{_capital(text)}{_gap(sheet, quantity, compared)}"
    yield Chart(
        "year-to-date",
        title,
        f"{_name(sheet)}: {unit} counted up from April, {year.label}",
        f"Line chart of {unit} counted up from April{_projected_to(projected)}. {title}.",
        _source(sheet),
        unit,
        tuple(words.short_tick(p) for p in at),
        tuple(words.window(year.start, p.end) for p in at),
        tuple(marks),
        cuts=_cuts(sheet, at),
    )


def _projected(sheet: Sheet, quantity: Quantity, at: Sequence[Period]) -> list[Mark]:
    """Mark where the year is heading, with its range: at its end, and on the way where known."""
    late = sheet.stale is not None  # then nothing is said ahead
    found = None if late else sheet.ahead.get((sheet.category, quantity.name))
    steps = {step.period.end: step for step in found.steps} if found is not None else {}
    if not any(p.end in steps and p.end == at[-1].end for p in at):
        return []
    here = [steps.get(p.end) for p in at]
    value, lower, upper = (
        tuple(_whole(getattr(step, side) if step else None) for step in here)
        for side in ("value", "lower", "upper")
    )
    return [Mark("whiskers", "Projected", "projected", value, lower, upper)]


def _whole(value: Number | None) -> Point:
    """Make a point of a forecast as exact as its words: no other than a whole number can come."""
    return point(None if value is None else half_up(value, 0), "")


def _projected_to(projected: Sequence[Mark]) -> str:
    """Say in a summary between which limits the year is projected to end."""
    if not projected:
        return ""
    lower, upper = projected[0].lower[-1].text, projected[0].upper[-1].text
    return f", and the year's end as projected: {lower} to {upper}"


def _same(one: Sequence[Point], other: Sequence[Point]) -> bool:
    pairs = [
        (a.value, b.value)
        for a, b in zip(one, other, strict=True)
        if a.value is not None and b.value is not None
    ]
    return bool(pairs) and all(a == b for a, b in pairs)


def _gap(sheet: Sheet, quantity: Quantity, beside_last_year: bool) -> str:
    """Say how far the year so far is from the line it is drawn against."""
    against = "year_to_date_last_year" if beside_last_year else "target_to_date"
    now = sheet.value(metric_name(quantity.name, "year_to_date"))
    then = sheet.value(metric_name(quantity.name, against))
    if now is None or then is None:
        return ""
    than = "than last year" if beside_last_year else "than the target so far"
    if now == then:
        return ", the same as last year" if beside_last_year else ", as the target has it"
    return f", {words.number(size(now - then))} {'more' if now > then else 'fewer'} {than}"


def years(sheet: Sheet) -> Iterator[Chart]:
    """Whole years beside one another; an unfinished year is never among them."""
    quantity = sheet.kind.quantities[0]
    found = sorted(
        {
            m.period
            for m in sheet.metrics
            if m.measure == quantity.name
            and m.category == sheet.category
            and m.value is not None
            and periods.is_12_months(m.period.start, m.period.end)
        },
        key=lambda p: p.end,
    )
    whole = [p for p in found if p.kind == "year"] if sheet.kind.cumulative else found
    if len(whole) < 2:
        return
    at = [*_without_holes(whole), *_year_so_far(sheet, whole)]
    unit = _unit(sheet, quantity)
    values = _values(sheet, quantity.name, at, unit)
    part = at[-1] if at[-1] != whole[-1] else None
    if part is not None:
        measure = metric_name(quantity.name, "year_to_date")
        values = _so_far((*values[:-1], point(sheet.value(measure), unit)), [len(at) - 1])
    last, before = whole[-1], whole[-2]
    now, then = sheet.value(quantity.name, last), sheet.value(quantity.name, before)
    assert now is not None and then is not None
    one = sheet.indicator.unit_one
    text = f"{words.amount(now, unit, one)} in {words.period_long(last)}"
    if not sheet.split(before.start, last.end):
        text += f", {_than(now, then)}{words.figure(then, unit)} in {words.period_long(before)}"
    yield Chart(
        "years",
        text,
        f"{_name(sheet)}: {unit or 'figure'} in each year{_part(part)}",
        f"Bar chart of {unit or 'the figure'} by year. {text}.",
        _source(sheet),
        unit,
        tuple(_capital(SO_FAR) if p is part else words.short_tick(p) for p in at),
        tuple(_part_year(p) if p is part else words.period_long(p) for p in at),
        (Mark("bars", unit or "Figure", "history", values),),
        cuts=_cuts(sheet, at),
    )


def _year_so_far(sheet: Sheet, whole: Sequence[Period]) -> Sequence[Period]:
    """Give the part of the current year that is known, where it follows the last whole year."""
    closing, quantity = sheet.closing, sheet.kind.quantities[0]
    if closing is None or not sheet.kind.cumulative or closing.kind not in _IN_PARTS:
        return []
    found = sheet.metric(metric_name(quantity.name, "year_to_date"))
    year = periods.financial_year_of(closing.end)
    ended = closing.end == year.end or whole[-1].end + 1 != year.start
    if ended or found is None or found.value is None:
        return []
    return [periods.of_window(found.start, found.end)]


#: The kinds of period that a year so far is made of.
_IN_PARTS = ("month", "quarter", "week")


def _part_year(period: Period) -> str:
    year = words.period_long(periods.financial_year_of(period.end))
    return f"{year} {SO_FAR} ({words.window(period.start, period.end)})"


def _part(period: Period | None) -> str:
    """Say in the subtitle which months of the year are in, if it is not over."""
    return f"; {_part_year(period)}" if period else ""


def _than(now: Number, then: Number) -> str:
    return "the same as " if now == then else "up from " if now > then else "down from "


def _without_holes(found: Sequence[Period]) -> Sequence[Period]:
    """Put missing financial years back as gaps; other periods stand as they are."""
    if any(p.kind != "year" for p in found):
        return found
    at = [found[0]]
    while at[-1].end < found[-1].end:
        at.append(periods.following(at[-1]))
    return at


def completions(sheet: Sheet) -> Iterator[Chart]:
    """Endings and successful endings, month by month."""
    year, at = _year_parts(sheet)
    if year is None or not at:
        return
    unit = sheet.indicator.unit
    ended = _values(sheet, "terminations", at, unit)
    succeeded = _values(sheet, "successes", at, unit)
    if not _has(ended) and not _has(succeeded):
        return
    done = sheet.value("successes_year_to_date")
    of = sheet.value("terminations_year_to_date")
    title = f"Endings and successful endings in {year.label}"
    if done is not None and of is not None and sheet.closing is not None:
        when = words.during(year.start, sheet.closing.end)
        title = f"{words.number(done)} of {words.number(of)} ended in success {when}"
    yield Chart(
        "completions",
        title,
        f"{_name(sheet)}: all endings and successful endings by {at[0].kind}, {year.label}",
        f"Bar chart of endings by {at[0].kind}. {title}.",
        _source(sheet),
        unit,
        tuple(words.short_tick(p) for p in at),
        tuple(words.period_long(p) for p in at),
        (
            Mark("bars", "All endings", "last-year", ended),
            Mark("bars", "Successful", "this-year", succeeded),
        ),
        cuts=_cuts(sheet, at),
    )


def success_rate(sheet: Sheet) -> Iterator[Chart]:
    """The share of successes in the year so far, against its target."""
    year, at = _year_parts(sheet)
    values = _values(sheet, "success_rate_year_to_date", at, "percent")
    if year is None or not _has(values, 2):
        return
    target = _values(sheet, "success_rate_target_to_date", at, "percent")
    marks = [Mark("line", "Success rate", "this-year", values)]
    if _has(target):
        marks.insert(0, Mark("line", "Target", "target", target))
    value = sheet.value("success_rate_year_to_date")
    title = f"Success rate in {year.label}"
    if value is not None and sheet.closing is not None:
        when = words.during(year.start, sheet.closing.end)
        title = f"{words.figure(value, 'percent')} ended in success {when}"
    yield Chart(
        "success-rate",
        title,
        f"{_name(sheet)}: successes as a share of endings since April, {year.label}",
        f"Line chart of the success rate. {title}.",
        _source(sheet),
        "percent",
        tuple(words.short_tick(p) for p in at),
        tuple(words.period_long(p) for p in at),
        tuple(marks),
        cuts=_cuts(sheet, at),
    )


def shares(sheet: Sheet) -> Iterator[Chart]:
    """Percentages of whole periods as dots, with the target range behind; a chart a category."""
    quantity = sheet.kind.quantities[0]
    for category in sheet.lines:
        found = sorted(
            {
                m.period
                for m in sheet.metrics
                if m.measure == quantity.name and m.category == category and m.value is not None
            },
            key=lambda p: p.end,
        )
        whole = [p for p in found if p.kind in ("year", "span")]
        whole = whole if len(whole) > 1 else found  # a lone year stands before its quarters
        if len(whole) < 2:
            continue
        yield _share_chart(sheet, quantity, category, whole)


def _share_chart(sheet: Sheet, quantity: Quantity, category: str, at: Sequence[Period]) -> Chart:
    values = _values(sheet, quantity.name, at, "percent", category)
    values = _so_far(values, part_years(at))
    low, high = (
        _values(sheet, f"{quantity.name}_target_to_date_{side}", at, "percent", category)
        for side in ("lower", "upper")
    )
    marks = [Mark("dots", quantity.title, "this-year", values)]
    target = _values(sheet, f"{quantity.name}_target_to_date", at, "percent", category)
    if _has(low):
        marks.insert(0, Mark("band", "Target range", "range", high, low))
    elif _has(target, 2):
        marks.insert(0, Mark("line", "Target", "target", target))
    named = sheet.indicator.categories.get(category, "")
    value = values[-1]
    title = f"{value.text} {words.during(at[-1].start, at[-1].end)}"
    title = f"{named}: {title}" if named and len(sheet.lines) > 1 else title
    return Chart(
        "shares" if len(sheet.lines) == 1 else f"shares-{category}",
        title,
        f"{_name(sheet)}: percentage in each period",
        f"Chart of percentages with dots. {title}.",
        _source(sheet),
        "percent",
        words.ticks(at),
        in_full(at),
        tuple(marks),
        cuts=_cuts(sheet, at),
    )


def snapshots(sheet: Sheet) -> Iterator[Chart]:
    """How many there were on each day counted; never joined up, never added."""
    yield from _levels(sheet, "snapshots")


def rates(sheet: Sheet) -> Iterator[Chart]:
    """Rates as the source gives them, each with its own period; never joined up, never added."""
    yield from _levels(sheet, "rates")


def _levels(sheet: Sheet, name: str) -> Iterator[Chart]:
    quantity = sheet.kind.quantities[0]
    limit = metric_name(quantity.name, "target_to_date")
    found = sorted(
        {
            m.period
            for m in sheet.metrics
            if m.measure in (quantity.name, limit) and m.category == sheet.category
        },
        key=lambda p: (p.end, -p.start),
    )
    known = [p for p in found if sheet.value(quantity.name, p) is not None]
    if len(known) < 2:
        return
    # To the newest figure, and on to the end of the year where its target is known.
    at = [p for p in found if p.end <= known[-1].end or sheet.value(limit, p) is not None]
    unit = sheet.indicator.unit
    values = _so_far(_values(sheet, quantity.name, at, unit), part_years(at))
    last = known[-1]
    marks = [Mark("dots", _level_label(unit), "this-year", values)]
    target = _values(sheet, limit, at, unit)
    if _has(target, 2):
        marks.insert(0, Mark("line", "Target", "target", target))
    one = sheet.indicator.unit_one
    newest = sheet.value(quantity.name, last)
    assert newest is not None
    title = f"{words.amount(newest, unit, one)} {words.during_period(last)}"
    counted, each = _each(last)
    yield Chart(
        name,
        title,
        f"{_name(sheet)}: {_level_label(unit)} {counted}",
        f"Chart of {_level_label(unit)} {each}. {title}.",
        _source(sheet),
        "" if unit == UNSTATED else unit,
        words.ticks(at),
        in_full(at),
        tuple(marks),
        cuts=_cuts(sheet, at),
    )


def _level_label(unit: str) -> str:
    """Name what a level counts: its unit, unless that says too little."""
    return {"percent": "percentage", UNSTATED: "figure"}.get(unit, unit)


def _each(period: Period) -> tuple[str, str]:
    """Say when a level was taken, for the subtitle and for the summary."""
    if period.kind == "day":
        return "on the day of each count", "on each day counted"
    noun = period.kind if period.kind in ("month", "quarter", "year") else "period"
    return f"in each {noun}", f"in each {noun}"


def detection_rates(sheet: Sheet) -> Iterator[Chart]:
    """Shares of 12 months as dots, against the target of the first of them."""
    shares_of = [q for q in sheet.kind.quantities if q.is_share]
    names = [metric_name(q.name, "rolling_12_months") for q in shares_of]
    at = sorted({m.period for m in sheet.metrics if m.measure in names and m.value is not None})
    drawn = [(q, _values(sheet, n, at, "percent")) for q, n in zip(shares_of, names, strict=True)]
    drawn = [(q, values) for q, values in drawn if _has(values, 2)]
    if not drawn:
        return
    roles = ("this-year", "history")
    marks = [
        Mark("dots", q.title, role, values) for (q, values), role in zip(drawn, roles, strict=False)
    ]
    quantity, values = drawn[0]
    target = _values(sheet, metric_name(quantity.name, "target_to_date"), at, "percent")
    if _has(target, 2):
        marks.insert(0, Mark("line", "Target", "target", target))
    month = words.closing_month(at[-1])
    title = f"{quantity.title} {values[-1].text} in the 12 months to {month}"
    yield Chart(
        "detection-rates",
        title,
        f"{_name(sheet)}: share of cases solved in 12 months",
        f"Chart of shares with dots. {title}.",
        _source(sheet),
        "percent",
        *_12_months(at),
        tuple(marks),
        cuts=_cuts(sheet, at),
    )


def rolling_categories(sheet: Sheet) -> Iterator[Chart]:
    """12-month totals as the source gives them: the total, never the sum of its categories."""
    yield from _rolling(sheet, "rolling")


CHARTS: Mapping[str, Drawing] = {
    "months": months,
    "rolling": rolling,
    "year_to_date": year_to_date,
    "years": years,
    "completions": completions,
    "success_rate": success_rate,
    "shares": shares,
    "snapshots": snapshots,
    "rates": rates,
    "rolling_categories": rolling_categories,
    "detection_rates": detection_rates,
    "samples": samples,
    "league": league,
    "tiles": tiles,
    "distribution": distribution,
    "before_after": before_after,
    "control": control,
}
