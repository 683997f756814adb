"""What a figure did: what happened, and what that is set against, in one short sentence each.

FORMS has a row for each way a figure is spoken of. The second sentence also says whether the change
is more than chance, where that is tested; a change that nobody can test is called better or worse.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import takewhile

from callover import periods, words
from callover.compute import Sheet
from callover.kinds import PERCENTAGE, Quantity, metric_name
from callover.model import ALL, Metric, Number
from callover.periods import Period
from callover.ratings import POLARITIES
from callover.readability import sentences
from callover.rounding import vanishes
from callover.tested import LAST_YEAR, TWELVE_MONTHS, tested
from callover.travel import BETTER, WORSE, travel


@dataclass(frozen=True)
class Subject:
    """Whom a sentence is about: a quantity of an indicator in one of its categories."""

    sheet: Sheet
    quantity: Quantity
    category: str

    @property
    def unit(self) -> str:
        """The unit of the figure."""
        return self.quantity.unit or self.sheet.indicator.unit

    @property
    def one(self) -> str:
        """The unit of a single thing."""
        return self.quantity.unit or self.sheet.indicator.unit_one

    @property
    def rolls(self) -> bool:
        """Whether the source gives totals of 12 months only."""
        return self.sheet.kind.quantities[0].measures[0] == "rolling_12_months"

    def metric(self, measure: str) -> Metric | None:
        """Find a measure at the newest period that has a value."""
        name = metric_name(self.quantity.name, measure)
        found = self.sheet.metric(name, None, self.category)
        return found if found is not None and found.value is not None else None

    @property
    def now(self) -> Metric | None:
        """The figure that the page leads with: the year so far, 12 months, or the period's own."""
        closing = self.sheet.closing
        whole = closing is None or closing.kind in ("year", "span")
        measures = ("year_to_date", "value")[whole and not self.rolls :]
        wanted = ("rolling_12_months",) if self.rolls else measures
        return next((m for m in map(self.metric, wanted) if m is not None), None)


@dataclass(frozen=True)
class Moved:
    """How a figure moved. `beside` names what it is set against, `measure` the change itself.

    `now` is the figure that moved, of other days than the one the page leads with where no more is
    known. `clear` is None where nothing is tested. `verdict` is better, worse or ''.
    """

    now: Metric
    change: Number
    beside: str
    clear: bool | None = None
    verdict: str = ""

    @property
    def then(self) -> Number:
        """The figure that the newest is set against."""
        return (self.now.value or 0) - self.change


@dataclass(frozen=True)
class Form:
    """One row of FORMS: how the figure is said, and how its change is."""

    what: Callable[[Subject, Metric], str]
    against: Callable[[Subject, Metric, Moved], str]


def happened(sheet: Sheet) -> tuple[str, str]:
    """Say what happened and what it is set against; the second is '' where others say more.

    Each is one sentence. Where there is nothing to set it against, the second says why.
    """
    assert sheet.closing is not None
    subject = Subject(sheet, sheet.leading, sheet.category)
    if subject.quantity.form == "words":
        return _statement(subject)
    now = subject.now
    if now is None:
        return _placed(sheet, f"There is no figure for {words.period_long(sheet.closing)}."), ""
    form = FORMS[_form_of(subject, now)]
    moved = _moved(subject, now)
    against = form.against(subject, now, moved) if moved else _alone(sheet)
    return _placed(sheet, _named(subject, form.what(subject, now))), against


def figure_of(sheet: Sheet, category: str) -> str:
    """Say the leading share of one more category, with its name."""
    subject = Subject(sheet, sheet.leading, category)
    now = subject.now
    return "" if now is None else _named(subject, _percentage(subject, now))


# ------------------------------------------------------------------------------- against what


def _moved(subject: Subject, now: Metric) -> Moved | None:
    return next((found for find in _FOUND if (found := find(subject, now)) is not None), None)


def _on_12_months(subject: Subject, now: Metric) -> Moved | None:
    if not subject.rolls:
        return None
    return _measured(subject, now, TWELVE_MONTHS, "in the 12 months before")


def _on_the_year_so_far(subject: Subject, now: Metric) -> Moved | None:
    return _measured(subject, now, LAST_YEAR, _a_year_before(subject, now))


def _on_the_same_period(subject: Subject, now: Metric) -> Moved | None:
    """Set a period beside the same one of last year, where there is no year to date."""
    if (now.start, now.end) != (now.period.start, now.period.end) or now.value is None:
        return None
    name = metric_name(subject.quantity.name, "value")
    then = subject.sheet.a_year_before(name, now.period, subject.category)
    if then is None or then.value is None:
        return None
    return _judged(subject, now, now.value - then.value, _a_year_before(subject, now))


def _on_another(subject: Subject, now: Metric) -> Moved | None:
    """Set a figure beside the quarter before or the baseline, where last year is not known."""
    found = travel(subject.sheet, None, subject.quantity, subject.category)
    if found.basis not in ("period-before", "baseline") or found.now is None:
        return None
    name = words.compared_with(found.basis, found.now.period)
    within = "in " if found.basis == "period-before" else ""
    return _judged(subject, found.now, found.change or 0, f"{within}{name}")


#: What a figure is set against, in the order in which it is looked for.
_FOUND: Sequence[Callable[[Subject, Metric], Moved | None]] = (
    _on_12_months,
    _on_the_year_so_far,
    _on_the_same_period,
    _on_another,
)


def _measured(subject: Subject, now: Metric, measure: str, beside: str) -> Moved | None:
    """Give a change over the days of a figure, with its test if there is one."""
    points = subject.unit == "percent"
    change = subject.metric(measure if points else f"{measure}_count")
    if change is None or change.value is None or not _same_days(change, now):
        return None
    test = tested(subject.sheet, subject.quantity, measure, subject.category)
    clear = test.clear if test and test.days == (now.start, now.end) else None
    return _judged(subject, now, change.value, beside, clear)


def _same_days(one: Metric, other: Metric) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _judged(
    subject: Subject, now: Metric, change: Number, beside: str, clear: bool | None = None
) -> Moved:
    """Call a change better or worse, unless it is little or none.

    A sample's change that nobody has tested says nothing.
    """
    moved = Moved(now, change, beside, clear)
    untested = subject.quantity.interval and clear is None
    if untested or _is_little(change, moved.then, subject.unit):
        return moved
    verdict = words.better(change, subject.sheet.polarity(subject.quantity))
    return replace(moved, verdict=verdict or _towards_a_range(subject, now, change))


def _is_little(change: Number, then: Number, unit: str) -> bool:
    """Say whether a change is nought once it is rounded: a point to a tenth, a share to 1%."""
    if unit == "percent":
        return vanishes(change, 1)
    return then != 0 and vanishes(Fraction(100) * change / then, 0)


def _towards_a_range(subject: Subject, now: Metric, change: Number) -> str:
    """Call a step towards a range better and one away from it worse."""
    if POLARITIES[subject.sheet.polarity(subject.quantity)] != 0:
        return ""
    found = travel(subject.sheet, None, subject.quantity, subject.category)
    alike = found.now is not None and _same_days(found.now, now) and found.change == change
    return found.verdict if alike and found.verdict in (BETTER, WORSE) else ""


def _a_year_before(subject: Subject, now: Metric) -> str:
    """Say which days a figure is compared with: those that the source has a figure for."""
    if (now.start, now.end) != (now.period.start, now.period.end):
        return words.during(*periods.window_last_year(now.start, now.end))
    name = metric_name(subject.quantity.name, "value")
    then = subject.sheet.a_year_before(name, now.period, subject.category)
    before = periods.of_window(then.start, then.end) if then else periods.last_year(now.period)
    level = subject.quantity.form == "level" and before.kind != "day"
    return f"for {words.period_long(before)}" if level else words.during_period(before)


def _alone(sheet: Sheet) -> str:
    """Say that there is nothing to compare with, unless other areas or bands are to follow."""
    return "" if sheet.kind.across else "We do not have the figure for a year before."


# ------------------------------------------------------------------------- who, and in words


def _category(subject: Subject) -> str:
    """Name the category, where the page leads with one of several."""
    category = subject.category
    return "" if category == ALL else subject.sheet.indicator.categories.get(category, category)


def _named(subject: Subject, text: str) -> str:
    """Begin with the category's name, if it has one: Opiate clients: 6.7% in 2015/16."""
    name = _category(subject)
    return f"{name}: {text[:1].lower()}{text[1:]}" if name else text


def _placed(sheet: Sheet, text: str) -> str:
    """Name the area, where the page is not about the partnership's own."""
    if not sheet.away:
        return text
    known = sheet.reference
    name = words.area(known.areas[sheet.away], known.area_types.get(sheet.away, ""))
    return f"In {name}, {text[:1].lower()}{text[1:]}"


#: As many words of a report as one short sentence can hold.
_QUOTED = 14


def _statement(subject: Subject) -> tuple[str, str]:
    """Say what the newest report says in words, and since when or what the one before said."""
    sheet, quantity = subject.sheet, subject.quantity
    now = sheet.metric(quantity.name, None, subject.category)
    assert sheet.closing is not None
    if now is None or not now.text:
        return f"There is no report for {words.period_long(sheet.closing)}.", ""
    told = f"The newest report, for {words.period_long(now.period)}, says: {_quoted(now.text)}"
    since, before = said_since(sheet, quantity), said_before(sheet, quantity)
    if since is not None:
        return told, f"It has said so since {words.period_long(since)}."
    return (
        told,
        f"The report before said: {_quoted(before)}"
        if before
        else "It is the first report that we have.",
    )


def _quoted(text: str) -> str:
    """Give the first words of a report, with its stop; the page has all of it elsewhere."""
    first = sentences(text)[0].split()
    short = " ".join(first[:_QUOTED]).rstrip(".")
    return f"{short}{' ...' if len(first) > _QUOTED else '.'}"


def said_since(sheet: Sheet, quantity: Quantity) -> Period | None:
    """Give the first of the reports in a row that say the same as the newest; None if it alone."""
    found = _reports(sheet, quantity)
    same = list(takewhile(lambda m: _alike(m, found[-1]), reversed(found)))
    return same[-1].period if len(same) > 1 else None


def said_before(sheet: Sheet, quantity: Quantity) -> str:
    """Give what the report before the newest one said; nothing where there is none."""
    found = _reports(sheet, quantity)
    return found[-2].text if len(found) > 1 else ""


def _reports(sheet: Sheet, quantity: Quantity) -> Sequence[Metric]:
    """Give what was reported in words, the oldest first."""
    found = (m for m in sheet.metrics if m.measure == quantity.name and m.text)
    return sorted((m for m in found if m.category == sheet.category), key=lambda m: m.end)


def _alike(one: Metric, other: Metric) -> bool:
    return one.text.casefold().rstrip(".") == other.text.casefold().rstrip(".")


# ---------------------------------------------------------------------------- forms of speech


def _form_of(subject: Subject, now: Metric) -> str:
    if subject.quantity.is_share and subject.sheet.indicator.survey is not None:
        return "survey"
    if subject.unit == "percent":
        return "percentage"
    if subject.unit == "number":
        return "number"
    if subject.unit.startswith("£"):
        return "money"
    on_a_day = subject.quantity.form == "level" and now.period.kind == "day"
    return "count" if on_a_day else subject.quantity.form


def _when(now: Metric) -> str:
    own = (now.start, now.end) == (now.period.start, now.period.end)
    return words.during_period(now.period) if own else words.during(now.start, now.end)


def _there_were(subject: Subject, now: Metric) -> str:
    assert now.value is not None
    figure = words.figure(now.value)
    verb = "was" if figure == "1" else "were"
    text = f"no {subject.unit}" if figure == "0" else _amount(subject, now)
    if subject.rolls:
        return f"There {verb} {text} in the 12 months to {words.closing_month(now.period)}."
    return f"There {verb} {text} {_when(now)}."


def _amount(subject: Subject, now: Metric) -> str:
    return words.amount(now.value or 0, subject.unit, subject.one)


def _level(subject: Subject, now: Metric) -> str:
    # A level of a quarter is no flow: nobody came and went between its first and last day.
    return f"The level for {words.period_long(now.period)} was {_amount(subject, now)}."


def _rate(subject: Subject, now: Metric) -> str:
    return f"The rate was {_amount(subject, now)} {_when(now)}."


def _figure(subject: Subject, now: Metric) -> str:
    return f"The figure was {_amount(subject, now)} {_when(now)}."


def _percentage(subject: Subject, now: Metric) -> str:
    """Say a share with its days and, where they are known, its parts."""
    quantity, text = subject.quantity, words.figure(now.value or 0, "percent")
    plain = not quantity.is_share or quantity.title == PERCENTAGE
    title = "figure" if plain else quantity.title.lower()
    said = f"{text} {_when(now)}{_parts(subject, now)}."
    return said if _category(subject) else f"The {title} was {said}"


def _parts(subject: Subject, now: Metric) -> str:
    line = subject.sheet.lines[subject.category]
    part, whole = (line.get(n) for n in (subject.quantity.numerator, subject.quantity.denominator))
    if part is None or whole is None:
        return ""
    upper, lower = part.total(now.start, now.end).value, whole.total(now.start, now.end).value
    if upper is None or lower is None:
        return ""
    return f" ({words.number(upper)} of {words.number(lower)})"


def _answers(subject: Subject, now: Metric) -> str:
    """Say what part of the people who were asked gave the answer."""
    base = subject.sheet.value(subject.quantity.denominator, None, subject.category)
    asked = words.amount(base, "people", "person") if base is not None else "people"
    text = words.figure(now.value or 0, "percent")
    return f"Of the {asked} who answered {_when(now)}, {text} said so."


def _more_or_fewer(subject: Subject, now: Metric, moved: Moved) -> str:
    figure = moved.now.value or 0
    said = words.comparison(figure, moved.then, subject.unit, subject.one)
    none = ", when there were none" if moved.then == 0 and moved.change else ""
    text = f"{said} {moved.beside}{none}{_ending(moved)}."
    if moved.now.start != now.start:
        return (
            f"Of these, {words.number(figure)} were {words.during_period(moved.now.period)}, {text}"
        )
    return f"That is {text}"


def _points(subject: Subject, now: Metric, moved: Moved) -> str:
    beside = moved.beside.removeprefix("in ") if moved.beside.startswith("in the ") else ""
    beside = beside or ("the baseline" if moved.beside == "the baseline" else "a year before")
    said = words.change(moved.change, "percentage points")
    return f"That is {said} on {beside}{_ending(moved)}."


def _rate_before(subject: Subject, now: Metric, moved: Moved) -> str:
    so = f", so it is now {moved.verdict}" if moved.verdict else ""
    return f"It was {words.figure(moved.then, subject.unit)} {moved.beside}{so}."


def _unnamed(subject: Subject, now: Metric, moved: Moved) -> str:
    return f"It was {words.figure(moved.then)} {moved.beside}."


def _ending(moved: Moved) -> str:
    return "" if vanishes(moved.change, 1) else words.judged(moved.verdict, moved.clear)


FORMS: Mapping[str, Form] = {
    "count": Form(_there_were, _more_or_fewer),
    "level": Form(_level, _more_or_fewer),
    "money": Form(_figure, _more_or_fewer),
    "rate": Form(_rate, _rate_before),
    "number": Form(_figure, _unnamed),
    "percentage": Form(_percentage, _points),
    "survey": Form(_answers, _points),
}
