"""What a figure did: what happened, and what that is set against, in one short sentence each.

FORMS has a row for each way a figure is spoken of. The second sentence also says whether the change
is more than chance, where that is tested; a change that nobody can test is called better or worse.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from callover import periods, words
from callover.compute import Sheet
from callover.kinds import PERCENTAGE, Quantity
from callover.model import ALL, UNSTATED, Metric
from callover.pages.compared import Moved, Subject, moved
from callover.periods import Period
from callover.readability import sentences
from callover.rounding import vanishes
from callover.sketch import capital, uncapital


@dataclass(frozen=True)
class Form:
    """One row of FORMS: how the figure is said, and how its change is."""

    what: Callable[[Subject, Metric], str]
    against: Callable[[Subject, Metric, Moved], str]


def happened(sheet: Sheet) -> tuple[str, str]:
    """Say what happened and what it is set against, each in one sentence.

    The second is '' where there is nothing to set it against.
    """
    assert sheet.closing is not None
    subject = Subject(sheet, sheet.leading, sheet.category)
    if subject.quantity.form == "words":
        return _statement(subject)
    now = subject.now
    if now is None:
        return _placed(sheet, f"There is no figure for {words.named(sheet.closing)}."), ""
    form = FORMS[_form_of(subject, now)]
    found = moved(subject, now)
    against = form.against(subject, now, found) if found else ""
    return _placed(sheet, _named(subject, form.what(subject, now))), against


def figure_of(sheet: Sheet, category: str) -> str:
    """Say the leading share of one more category, with its name."""
    subject = Subject(sheet, sheet.leading, category)
    now = subject.now
    return "" if now is None else _named(subject, _percentage(subject, now))


def alone(sheet: Sheet) -> str:
    """Say why a figure is set against nothing; '' where there is no figure."""
    now = Subject(sheet, sheet.leading, sheet.category).now
    if now is None:
        return ""
    then, _ = periods.window_last_year(now.start, now.end)
    if found := sheet.split(then, now.end):
        changed = words.recording_changed(found.period.start)
        return f"{changed}, so we do not set it side by side with the year before."
    return "We do not have the figure for a year before."


# ------------------------------------------------------------------------- who, and in words


def _category(subject: Subject) -> str:
    """Name the category, where the page leads with one of several."""
    category = subject.category
    return "" if category == ALL else subject.sheet.indicator.categories.get(category, category)


def _named(subject: Subject, text: str) -> str:
    """Begin with the category's name, if it has one: Opiate clients: 6.7% in 2015/16.

    A number that is not the first of its kind needs its own: Successful endings: there were 21.
    """
    other = subject.quantity != subject.sheet.kind.quantities[0] and not subject.quantity.is_share
    names = (_category(subject), uncapital(subject.quantity.title) if other else "")
    name = capital(", ".join(name for name in names if name))
    return f"{name}: {uncapital(text)}" if name else text


def _placed(sheet: Sheet, text: str) -> str:
    """Name the area, where the page is not about the partnership's own."""
    if not sheet.away:
        return text
    known = sheet.reference
    name = words.area(known.areas[sheet.away], known.area_types.get(sheet.away, ""))
    return f"In {name}, {uncapital(text)}"


#: As many words of a report as one short sentence can hold.
_QUOTED = 12


def _statement(subject: Subject) -> tuple[str, str]:
    """Say what the newest report says in words, and since when or what the one before said."""
    sheet, quantity = subject.sheet, subject.quantity
    now = sheet.metric(quantity.name, None, subject.category)
    assert sheet.closing is not None
    if now is None or not now.text:
        return f"There is no report for {words.named(sheet.closing)}.", ""
    told = f"The newest report, for {words.named(now.period)}, says: {_quoted(now.text)}"
    told = _placed(sheet, _named(subject, told))
    if since := said_since(sheet, quantity):
        return told, f"It has said so since {words.named(since)}."
    if before := said_before(sheet, quantity):
        return told, f"The report before said: {_quoted(before)}"
    return told, "It is the first report that we have."


def _quoted(text: str) -> str:
    """Give the first words of a report, with a stop; the page has all of it elsewhere."""
    every = text.split()
    first = (sentences(" ".join(every)) or [text])[0].split()
    short = " ".join(first[:_QUOTED]).rstrip(".")
    if len(first) > _QUOTED or len(every) > len(first):
        return f"{short} ..."
    return short if short.endswith(("!", "?")) else f"{short}."


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
    if subject.unit == UNSTATED:
        return UNSTATED
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
    title = "figure" if plain else uncapital(quantity.title)
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


def _more_or_fewer(subject: Subject, now: Metric, found: Moved) -> str:
    figure = found.now.value or 0
    said = words.comparison(figure, found.then, subject.unit, subject.one)
    text = f"{said} {found.beside}{_ending(found)}."
    if found.now.start == now.start:
        return f"That is {text}"
    when = words.during_period(found.now.period)
    if subject.unit.startswith("£"):
        return f"Of this, {words.amount(figure, subject.unit)} was {when}, {text}"
    if not figure:
        return f"There were none {when}, {text}"
    number = words.figure(figure)
    return f"Of these, {number} {'was' if number == '1' else 'were'} {when}, {text}"


def _points(subject: Subject, now: Metric, found: Moved) -> str:
    beside = found.beside.removeprefix("in ") if found.beside.startswith("in the ") else ""
    beside = beside or ("the baseline" if found.beside == "the baseline" else "a year before")
    said = words.change(found.change, "percentage points")
    return f"That is {said} on {beside}{_ending(found)}."


def _before(subject: Subject, now: Metric, found: Moved) -> str:
    """Say the figure before beside the newest: of a rate, or of what has no name."""
    then = words.figure(found.then, subject.unit)
    known = subject.unit != UNSTATED
    so = f", so it is now {found.verdict}" if found.verdict and known else ""
    return f"It was {then if found.change else 'the same'} {found.beside}{so}."


def _ending(found: Moved) -> str:
    return "" if vanishes(found.change, 1) else words.judged(found.verdict, found.clear)


FORMS: Mapping[str, Form] = {
    "count": Form(_there_were, _more_or_fewer),
    "level": Form(_level, _more_or_fewer),
    "money": Form(_figure, _more_or_fewer),
    "rate": Form(_rate, _before),
    UNSTATED: Form(_figure, _before),
    "percentage": Form(_percentage, _points),
    "survey": Form(_answers, _points),
}
