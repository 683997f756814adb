"""The surveys page: every question that a sample was asked, what it showed and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from callover import periods, words
from callover.compute import Board
from callover.intervals import HOW, LEAST_BASE, SMALL_BASE
from callover.model import Comparator, Number, Reference
from callover.pages.csvs import csv_text
from callover.pages.head import front
from callover.pages.moves import meant
from callover.pages.render import render
from callover.pages.report import INDEX, Context, Files, downloads
from callover.pages.smalls import Small, smalls
from callover.pages.stacks import Line, Row, Stack, means, said, soft
from callover.samples import Question, Shared, Window, questions
from callover.travel import travel

CSV = "surveys.csv"
OTHERS = "Others"

_COLUMNS = (
    *("indicator", "title", "survey", "question_id", "question", "asked", "category"),
    *("period_start", "period_end", "period", "percent", "marker", "base", "numerator"),
    *("share_before_rounding", "share_from", "share_to", "lower", "upper", "interval_from"),
    *("change_on_last_year", "change_lower", "change_upper", "clear_change"),
    *("period_before", "change_on_period_before", "shares_days_with", "shared_months"),
    "figures_of_others",
    "ours_beside_others",
)


@dataclass(frozen=True)
class Section:
    """A question on the page: what was asked and whom, its periods, and what to know of them."""

    slug: str
    anchor: str
    title: str
    facts: Sequence[tuple[str, str]]
    says: str
    smalls: Sequence[Small]
    periods: str
    table: Stack
    notes: Sequence[str]


def files(context: Context, board: Board) -> Files:
    """Give the page and its table, where a sample was asked anything."""
    found = list(questions(board.sheets))
    if found:
        yield INDEX, _page(context, board, found)
        yield CSV, csv_text(_COLUMNS, _records(found))


def _page(context: Context, board: Board, found: Sequence[Question]) -> str:
    partnership, reference = board.partnership, context.portal.reference
    headline = summary(found)
    closing = Board(partnership, [question.sheet for question in found]).closing
    return render(
        "surveys.md",
        front=front(f"Surveys, {partnership.short_title}", headline),
        partnership=partnership,
        headline=headline,
        small_base=words.number(SMALL_BASE),
        least=words.number(LEAST_BASE),
        flagged=_flags(found),
        overview=_overview(found, reference),
        sections=[_section(one, reference) for one in found],
        downloads=downloads(
            *(context, board, "surveys/", [CSV], closing),
            surveys="every question in every period, unrounded, with its test",
        ),
    )


def summary(found: Sequence[Question]) -> str:
    """Count the questions, and those that moved clearly in a year."""
    told = [f"{words.amount(len(found), 'questions', 'question')} put to a sample of people."]
    tests = [(q, q.newest.test) for q in found if q.newest is not None and q.newest.test]
    clear = [(q, test) for q, test in tests if test.clear]
    if tests:
        verdicts = [
            words.better(test.difference, question.sheet.indicator.polarity)
            for question, test in clear
        ]
        counts = [
            f"{words.number(verdicts.count(name))} {name}" for name in ("better", "worse")
            if name in verdicts
        ]  # fmt: skip
        moved = f"{words.number(len(clear))} changed clearly in a year"
        moved += f" ({words.joined(counts)})" if counts else ""
        rest = len(tests) - len(clear)
        told.append(f"{moved}. {words.number(rest)} show no clear change." if rest else f"{moved}.")
    return " ".join(told)


def _flags(found: Sequence[Question]) -> str:
    """Say which marks of small bases the page has."""
    used = {w.percent.marker for q in found for w in q.windows if w.percent}
    return ". ".join(words.marker(letter) for letter in ("u", "x") if letter in used)


# ---------------------------------------------------------------- all questions at a glance


def _overview(found: Sequence[Question], reference: Reference) -> Stack:
    rows, who = [], _others(found, reference)
    for question in found:
        newest = question.newest
        if newest is None:
            continue
        rows.append(
            Row(
                [Line(title(question), f"#{anchor(question)}")],
                [
                    [*_percent(newest), *soft(words.period_long(newest.period))],
                    said(_interval(newest), ""),
                    _base(newest),
                    _quoted(newest, reference, who),
                    _change(question, newest),
                ],
            )
        )
    columns = _columns("Question", who)
    return Stack("All questions, newest period", columns, rows)


def title(question: Question) -> str:
    """Name a question: its page's title, and the category where there are several."""
    sheet = question.sheet
    named = sheet.indicator.categories.get(question.category, "") if len(sheet.lines) > 1 else ""
    return f"{sheet.indicator.title}: {named}" if named else sheet.indicator.title


def anchor(question: Question) -> str:
    """Give the id of a question on the page."""
    sheet = question.sheet
    several = len(sheet.lines) > 1
    return f"{sheet.indicator.slug}-{question.category}" if several else sheet.indicator.slug


def _percent(window: Window) -> list[Line]:
    found = window.percent
    if found is None:
        return [Line("not known", style="soft")]
    marker = f" [{found.marker}]" if found.marker else ""
    if found.value is None:
        return [Line(marker.strip(), style="strong")]
    text = f"{words.number(found.value, window.decimals)}%{marker}"
    return [Line(text, style="strong")]


def _interval(window: Window) -> str:
    known = window.estimate
    if known is None:
        return ""
    return f"{words.figure(known.lower, 'percent')} to {words.figure(known.upper, 'percent')}"


def _base(window: Window) -> list[Line]:
    return said("" if window.base is None else words.number(window.base))


def _columns(first: str, who: str) -> Sequence[str]:
    return (first, "Percentage", "95% interval", "People", who, "Change on a year before")


def _others(found: Iterable[Question], reference: Reference) -> str:
    """Name the column of others: whose figures they are, if all are of one area."""
    names = {_who(one, reference) for q in found for w in q.windows for one in w.quoted}
    return names.pop() if len(names) == 1 else OTHERS


def _quoted(window: Window, reference: Reference, who: str) -> list[Line]:
    lines = []
    for one in window.quoted:
        lines.append(Line(f"{words.number(one.value, _printed_decimals(one))}%"))
        lines += soft(_who(one, reference)) if who == OTHERS else []
        lines += soft(words.BESIDE[window.lies[one]]) if one in window.lies else []
    return lines


def _printed_decimals(one: Comparator) -> int:
    return len(one.as_printed.partition(".")[2])


def _who(one: Comparator, reference: Reference) -> str:
    if one.group:
        return reference.groups[one.group].title
    return reference.areas[one.area]


def _change(question: Question, window: Window) -> list[Line]:
    """Say a change on a year before in points, and whether it is clear."""
    if window.change is None:
        return [Line("No figure for the year before", style="soft")]
    said_ = _moved(window.change)
    if window.test is None:
        return [Line(said_), Line("Not tested: the two periods share days.", style="soft")]
    reach = (
        f"95% interval {words.signed(window.test.lower, 1)} to "
        f"{words.signed(window.test.upper, 1)} points"
    )
    found = travel(question.sheet, window.period, question.quantity, question.category)
    return [Line(said_), *means(meant(found)), *soft(reach)]


def _moved(change: Number) -> str:
    text = words.change(change, "percentage points")
    return f"{text[:1].upper()}{text[1:]}".replace("percentage point", "point")


# ---------------------------------------------------------------- a question, period by period


def _section(question: Question, reference: Reference) -> Section:
    indicator = question.sheet.indicator
    asked = indicator.survey
    facts = [
        ("Question", asked.question if asked else ""),
        ("Number in the survey", asked.question_id if asked else ""),
        ("Who was asked", asked.base if asked else ""),
        ("Survey", asked.name if asked else ""),
        ("Direction", words.POLARITY_WORDS[indicator.polarity]),
    ]
    name = title(question)
    return Section(
        indicator.slug,
        anchor(question),
        name,
        [(label, text or "not stated") for label, text in facts],
        "" if question.newest else "No period has enough answers to be shown.",
        smalls([question.sheet]) if question.category == question.sheet.category else [],
        f"Every period ({words.number(len(question.windows))}), with its interval and its test",
        _periods(question, name, reference),
        list(_notes(question)),
    )


def _periods(question: Question, name: str, reference: Reference) -> Stack:
    who = _others([question], reference)
    rows = [
        Row(
            [Line(words.period_long(window.period)), *_overlap(window)],
            [
                _percent(window),
                said(_interval(window), ""),
                _base(window),
                _quoted(window, reference, who),
                [*_change(question, window), *_step(window)],
            ],
        )
        for window in question.windows
    ]
    columns = _columns("Period", who)
    return Stack(f"{name}: every period", columns, rows)


def _overlap(window: Window) -> list[Line]:
    if window.shared is None:
        return []
    return soft(f"Shares {_length(window.shared)} with {words.period_long(window.shared.period)}")


def _length(shared: Shared) -> str:
    if shared.months:
        return f"{words.spelled(shared.months)} {'month' if shared.months == 1 else 'months'}"
    return words.days(shared.days)


def _step(window: Window) -> list[Line]:
    """Say the change on the period before where the two share days: it is never tested."""
    if not _neighbours(window) or window.before is None or window.step is None:
        return []
    return soft(f"{_moved(window.step)} on {words.period_long(window.before)}: not tested")


def _neighbours(window: Window) -> bool:
    """Say whether a period shares days with the one it follows."""
    return window.shared is not None and window.shared.period == window.before


def _notes(question: Question) -> Iterator[str]:
    """Say why neighbours are not tested, and how the intervals were made, once for each way."""
    pair = next((w for w in question.windows if _neighbours(w)), None)
    if pair is not None and pair.shared is not None and pair.before is not None:
        kind = "years" if periods.is_12_months(pair.period.start, pair.period.end) else "periods"
        yield (
            f"Take {words.period_long(pair.before)} and {words.period_long(pair.period)}: these "
            f"two {kind} share {_length(pair.shared)}, and so their answers. They are not two "
            "samples, so we do not test one against the other."
        )
    ways: dict[str, list[Window]] = {}
    for window in question.windows:
        if window.estimate is not None:
            ways.setdefault(window.estimate.how, []).append(window)
    for how, windows in ways.items():
        named = words.joined(words.period_long(w.period) for w in reversed(windows))
        yield HOW[how] if len(ways) == 1 else f"{named}: {HOW[how]}"


# ---------------------------------------------------------------- the table for machines


def _records(found: Sequence[Question]) -> Iterator[tuple[str, ...]]:
    for question in found:
        for window in reversed(question.windows):
            yield (*_asked(question), *_told(window), *_compared(window))


def _asked(question: Question) -> tuple[str, ...]:
    indicator = question.sheet.indicator
    asked = indicator.survey
    about = (asked.name, asked.question_id, asked.question, asked.base) if asked else ("",) * 4
    return indicator.slug, indicator.title, *about, question.category


def _told(window: Window) -> tuple[str, ...]:
    known, percent = window.estimate, window.percent
    exact = (known.share, known.low, known.high, known.lower, known.upper) if known else ()
    return (
        window.period.first.isoformat(),
        window.period.last.isoformat(),
        window.period.label,
        _machine(percent.value if percent else None),
        percent.marker if percent else "",
        _machine(window.base),
        _machine(window.numerator),
        *(map(_machine, exact) if exact else ("",) * 5),
        known.how if known else "",
    )


def _compared(window: Window) -> tuple[str, ...]:
    test, shared = window.test, window.shared
    others = [f"{one.area or one.group}: {one.as_printed}" for one in window.quoted]
    tested = [one for one in window.quoted if one in window.lies]
    lies = [f"{one.area or one.group}: {window.lies[one]}" for one in tested]
    return (
        _machine(window.change),
        _machine(test.lower if test else None),
        _machine(test.upper if test else None),
        ("yes" if test.clear else "no") if test else "",
        window.before.label if window.before else "",
        _machine(window.step),
        shared.period.label if shared else "",
        str(shared.months) if shared and shared.months else "",
        "; ".join(others),
        "; ".join(lies),
    )


def _machine(value: Number | None) -> str:
    return "" if value is None else words.machine(value)
