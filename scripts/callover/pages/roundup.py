"""The round-up of a year as a page and a table: what it brought, and what needs attention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from callover import roundup, words
from callover.compute import Board, Sheet
from callover.model import Number
from callover.pages import sentences, views
from callover.pages.csvs import csv_text
from callover.pages.head import front
from callover.pages.issued import issued
from callover.pages.links import next_plan, place_of
from callover.pages.render import render
from callover.pages.report import Context, Files, downloads
from callover.periods import Period, financial_year_of
from callover.ratings import CLOSE, OFF_TARGET, ON_TARGET
from callover.roundup import Fact, Roundup, Standing, Track
from callover.travel import UNCLEAR

NAME = "year"
CSV = "year.csv"

_COLUMNS = (
    *("year", "part", "outcome", "text", "indicator", "rating", "rated_at"),
    *("value", "unit", "period", "from_value", "from_period"),
    *("difference", "change_percent", "why_no_change", "next_plan", "source", "where"),
)


@dataclass(frozen=True)
class Point:
    """An achievement or a point to watch in words.

    `figures` has its figure and the one it started from, each with its period; `when` the period
    of a row without a figure. `following` has where the next plan takes it up: each an address
    ('' for words alone) and words; `lead` introduces them.
    """

    text: str
    slug: str
    figures: Sequence[tuple[str, str]]
    when: str
    change: str
    source: str
    note: str
    lead: str
    following: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Part:
    """An outcome on the page."""

    id: str
    title: str
    achievements: Sequence[Point]
    attention: Sequence[Point]


@dataclass(frozen=True)
class Missed:
    """A measure whose target is not met."""

    slug: str
    title: str
    verdict: str
    word: str
    headline: str
    reason: str
    older: str


def files(context: Context, board: Board) -> Files:
    """Give the page and the table of each year that has achievements or a report."""
    all_years = roundup.years(board)
    for year in all_years:
        found = roundup.roundup(board, year, context.portal.reference)
        others = [other for other in all_years if other != year]
        yield f"{year.slug}/index.md", _page(context, found, others)
        yield f"{year.slug}/{CSV}", _table(found)


def _page(context: Context, found: Roundup, others: Sequence[Period]) -> str:
    then, partnership, year = found.board, found.board.partnership, found.year.label
    says = standing(found.standing, found.year)
    return render(
        "year.md",
        front=front(f"Year end {year}, {partnership.short_title}", says),
        short_title=partnership.short_title,
        year=year,
        issued=issued(found.issued),
        next=found.issued.next if found.issued else "",
        standing=says,
        known=_known(found.standing, found.year),
        met=[(sheet.indicator.slug, sheet.indicator.title) for sheet in found.standing.met],
        missed=[_missed(found, sheet) for sheet in found.standing.missed],
        counted=counted(found),
        claims=[_point(context, then, Fact(row)) for row in found.claims],
        overall=[_point(context, then, fact) for fact in found.overall],
        track=on_track(found.track),
        off=[(action.id, action.action) for action in found.track.off],
        parts=[_part(context, then, part) for part in found.parts],
        retold=partnership.demonstration,
        others=[(f"../{other.slug}/", other.label) for other in others],
        downloads=downloads(
            *(context, then, f"year/{found.year.slug}/", [CSV], then.closing),
            year="every target, achievement and point of this page",
        ),
    )


def _next_year(year: Period) -> str:
    return financial_year_of(year.end + 1).label


# ---------------------------------------------------------------- targets met, actions on track


def standing(found: Standing, year: Period) -> str:
    """Say which targets are met, as computed: all, all except some, or how many."""
    judged, missed = len(found.judged), len(found.missed)
    if not judged:
        return f"No target could be rated in {year.label}."
    when = f"at {words.closing_month(found.period)}" if found.period else f"in {year.label}"
    if judged == 1:
        return f"The one rated target is {'not ' if missed else ''}met {when}."
    all_of = f"All {words.number(judged)} rated targets are met {when}"
    if not missed:
        return f"{all_of}."
    if missed == judged:
        return f"None of the {words.number(judged)} rated targets is met {when}."
    if missed <= _NAMED and missed * 2 <= judged:
        return f"{all_of} except {words.joined(s.indicator.title for s in found.missed)}."
    met, are = words.number(judged - missed), "is" if judged - missed == 1 else "are"
    rest = f"{words.number(missed)} {'is' if missed == 1 else 'are'} not"
    return f"{met} of {words.number(judged)} rated targets {are} met {when}; {rest}."


_NAMED = 4  # more names than these are a list, not a sentence


def counted(found: Roundup) -> str:
    """Set the document's own count of missed targets beside ours; nothing where it has none."""
    theirs = [row.value for row in found.claims if row.value is not None]
    if not theirs:
        return ""
    missed = [sheet.rating.verdict for sheet in found.standing.missed]
    ours = [(missed.count(OFF_TARGET), "off target"), (missed.count(CLOSE), "close")]
    said = words.joined(f"{_count(n)} {'is' if n < 2 else 'are'} {what}" for n, what in ours)
    return (
        f"The document counts {words.joined(words.number(value) for value in theirs)} missed. "
        f"Of the {words.number(len(found.standing.judged))} that we can rate, {said}."
    )


def _count(count: int) -> str:
    return words.number(count) if count else "none"


def _known(found: Standing, year: Period) -> str:
    """Say what the count rests on: to when there are figures, and how many have no rating."""
    said = []
    if found.period is not None and found.period.end < year.end:
        said.append(
            f"We hold figures to {words.closing_month(found.period)}. The year ends in March "
            f"{year.last.year}."
        )
    unrated = found.measures - len(found.judged)
    if unrated:
        have = "measure has" if unrated == 1 else "measures have"
        said.append(f"{words.number(unrated)} {have} no rating for this year.")
    return " ".join(said)


def on_track(found: Track) -> str:
    """Say how many actions of the year's plan are on track; nothing where there are none."""
    total, off = len(found.actions), len(found.off)
    if not total:
        return ""
    when = words.during(found.day, found.day)
    plan = f"{words.amount(total, 'actions', 'action')} of the plan"
    if not off:
        said = f"All {plan} are on track" if total > 1 else "The one action of the plan is on track"
    else:
        rest = words.number(total - off) if total > off else "None"
        said = f"{rest} of {plan} {'is' if total - off < 2 else 'are'} on track"
    return f"{said} {when}: neither overdue nor stopped."


def _missed(found: Roundup, sheet: Sheet) -> Missed:
    status = views.status(found.board, sheet)
    at = sheet.rated_at
    older = at is not None and at.end < found.year.start
    return Missed(
        sheet.indicator.slug,
        sheet.indicator.title,
        status.verdict,
        status.word,
        sentences.headline(sheet),
        f"{status.reason} {status.distance}".strip(),
        "Its newest figure is from before the year." if older else "",
    )


# ---------------------------------------------------------------- achievements


def _part(context: Context, then: Board, part: roundup.Part) -> Part:
    titles = {outcome.id: outcome.title for outcome in then.partnership.outcomes}
    return Part(
        part.outcome or "all",
        titles.get(part.outcome, "Across all outcomes"),
        [_point(context, then, fact) for fact in part.achievements],
        [_point(context, then, fact) for fact in part.attention],
    )


def _point(context: Context, board: Board, fact: Fact) -> Point:
    row = fact.row
    linked = next_plan(board.partnership, row.next_plan)
    following = [(f"../../{link}", place_of(context, board, link)) for link in linked]
    return Point(
        row.text,
        row.indicator,
        figures(fact),
        "" if fact.row.value is not None or not fact.row.period else _when(fact.row.period),
        change(board, fact),
        row.source,
        row.note,
        f"Taken up in the {_next_year(row.year)} plan, under" if linked else "Taken up in:",
        following or [("", row.next_plan)] if row.next_plan else [],
    )


def figures(fact: Fact) -> Sequence[tuple[str, str]]:
    """Give a row's figure, and the one it started from, each with its period in words."""
    row = fact.row
    pairs = [(row.value, row.period), (row.from_value, row.from_period)]
    return [(words.amount(v, row.unit), _when(period)) for v, period in pairs if v is not None]


def _when(period: Period | None) -> str:
    return words.period_long(period) if period else "period not stated"


def change(then: Board, fact: Fact) -> str:
    """Say the change of a pair that is like for like; of another, why none is worked out."""
    row = fact.row
    if row.value is None or row.from_value is None:
        return ""
    if fact.unlike or fact.difference is None or row.from_period is None:
        texts = (words.amount(value, row.unit) for value in (row.from_value, row.value))
        return words.not_compared(fact.unlike, *texts)
    when = words.during_period(row.from_period)
    sheet = next((s for s in then.sheets if s.indicator.slug == row.indicator), None)
    verdict = words.better(fact.difference, sheet.indicator.polarity if sheet else "ambiguous")
    counts = sheet is not None and "change_of_counts" in sheet.leading.judged
    if counts and row.unit != "percent" and fact.is_chance:
        verdict = words.VERDICTS[UNCLEAR]
    if row.unit == "percent":
        moved = words.change(fact.difference, "percentage points")
        said, verdict = f"{moved} on the figure", "" if moved.startswith("little") else verdict
    else:
        said = words.comparison(row.value, row.from_value, row.unit, row.unit)
        verdict = verdict if fact.difference else ""
    shared = words.amount(fact.shared_months, "months", "month")
    overlap = f" The two periods share {shared}." if fact.shared_months else ""
    return f"That is {said} {when}{f', which is {verdict}' if verdict else ''}.{overlap}"


# ---------------------------------------------------------------- the table


def _table(found: Roundup) -> str:
    rows = [_target_row(found, sheet) for sheet in found.standing.judged]
    facts = [*(Fact(row) for row in found.claims), *found.overall]
    facts += [fact for part in found.parts for fact in (*part.achievements, *part.attention)]
    return csv_text(_COLUMNS, [*rows, *(_fact_row(fact) for fact in facts)])


def _target_row(found: Roundup, sheet: Sheet) -> Sequence[str]:
    own = {
        "year": found.year.label,
        "part": "target met" if sheet.rating.verdict == ON_TARGET else "target missed",
        "outcome": sheet.indicator.outcome,
        "text": sentences.headline(sheet),
        "indicator": sheet.indicator.slug,
        "rating": sheet.rating.verdict,
        "rated_at": sheet.rated_at.label if sheet.rated_at else "",
        "source": sheet.indicator.source,
    }
    return [own.get(column, "") for column in _COLUMNS]


def _fact_row(fact: Fact) -> Sequence[str]:
    row = fact.row
    own = {
        "year": row.year.label,
        "part": row.kind,
        "outcome": row.outcome,
        "text": row.text,
        "indicator": row.indicator,
        "value": _machine(row.value),
        "unit": row.unit,
        "period": row.period.label if row.period else "",
        "from_value": _machine(row.from_value),
        "from_period": row.from_period.label if row.from_period else "",
        "difference": _machine(fact.difference),
        "change_percent": _machine(fact.percent),
        "why_no_change": fact.unlike,
        "next_plan": row.next_plan,
        "source": row.source,
        "where": row.where,
    }
    return [own.get(column, "") for column in _COLUMNS]


def _machine(value: Number | None) -> str:
    return "" if value is None else words.machine(value)
