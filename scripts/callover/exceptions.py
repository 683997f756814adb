"""The exception report: what a board must look at in a period, why, and in which order.

From a board as it stood at the end of the period and what people wrote in exceptions.csv,
projects.csv and reports.csv. REASONS has a row for each way to get on the list, in the order of
the report; each belongs to one of SECTIONS. A measure is listed once, under its first reason, and
says all of them. A measure that is Close, and no worse than before, is no exception.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from callover import late, periods
from callover.compute import Board, Sheet
from callover.late import Overdue
from callover.model import Break, Commentary
from callover.periods import Period
from callover.ratings import NOT_RATED, OFF_TARGET
from callover.records import Excepted, Issued, Project
from callover.travel import UNCLEAR, WORSE, travel


@dataclass(frozen=True)
class Section:
    """A part of the report: its title, and what is said where it has nothing.

    `nothing` holds where there are figures (or projects) to look at, `unsaid` where there are none.
    """

    name: str
    title: str
    nothing: str
    unsaid: str


@dataclass(frozen=True)
class Why:
    """A way to get on the list: the section it leads to, and the words after "because"."""

    section: str
    says: str


SECTIONS: Mapping[str, Section] = {
    row.name: row
    for row in (
        Section(
            "attention",
            "Off target or getting worse",
            "No measure is off target or got worse.",
            "The partners reported no measure as off target or worse.",
        ),
        Section(
            "risk",
            "Risks ahead",
            "The partners named no risk to a measure that is on target.",
            "The partners named no risk to a measure that is on target.",
        ),
        Section(
            "special",
            "Special and renegotiated targets",
            "The partners reported no special target and renegotiated none.",
            "The partners reported no special target and renegotiated none.",
        ),
        Section(
            "definition",
            "Changed definitions",
            "No definition changed in this financial year.",
            "The partners reported no changed definition.",
        ),
        Section(
            "late",
            "Figures late or missing",
            "No figures are late or missing.",
            "The partners reported no late figures.",
        ),
        Section(
            "projects",
            "Projects with a problem",
            "Every project is Green, and none has a problem.",
            "We hold no project ratings for this period.",
        ),
    )
}

#: The kinds of exceptions.csv and what is computed, the first to be listed first.
REASONS: Mapping[str, Why] = {
    "off target": Why("attention", "it is off target"),
    "off target elsewhere": Why("attention", "another rating of it is off target"),
    "worsening": Why("attention", "it got worse"),
    "risk": Why("risk", "there is a risk ahead"),
    "special": Why("special", "its target is a special one"),
    "renegotiated": Why("special", "its target was renegotiated"),
    "definition": Why("definition", "its definition changed"),
    "not yet reported": Why("late", "it is not yet reported"),
    "late": Why("late", "its figures are late"),
    "missing": Why("late", "its newest figures are missing"),
    "no figures": Why("late", "it has no figures"),
}
_RANK = {name: place for place, name in enumerate(REASONS)}


@dataclass(frozen=True)
class Entry:
    """A measure, or a subject that has no page, with every reason why it is listed.

    `computed` and `told` are names of REASONS, in its order: ours, and those of exceptions.csv.
    `words` is what people wrote of the period in the measure's commentary.
    """

    title: str
    computed: tuple[str, ...] = ()
    sheet: Sheet | None = None
    rows: tuple[Excepted, ...] = ()
    breaks: tuple[Break, ...] = ()
    overdue: Overdue | None = None
    words: Commentary | None = None

    @property
    def told(self) -> tuple[str, ...]:
        """The reasons that people gave, each once."""
        return _ordered(row.kind for row in self.rows)

    @property
    def reasons(self) -> tuple[str, ...]:
        """All reasons, each once, the weightiest first."""
        return _ordered((*self.computed, *self.told))

    @property
    def section(self) -> str:
        """The section it stands in: that of its first reason."""
        return REASONS[self.reasons[0]].section

    @property
    def weight(self) -> tuple[int, ...]:
        """What it is sorted by: both off target and worse first, then by reason."""
        both = {"off target", "worsening"} <= set(self.reasons)
        return (0 if both else 1, *(_RANK[reason] for reason in self.reasons))


def _ordered(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names), key=_RANK.__getitem__))


@dataclass(frozen=True)
class Report:
    """The exceptions of one period: the board as at its end, the entries and the projects."""

    period: Period
    board: Board
    entries: Sequence[Entry]
    projects: Sequence[Project]
    issued: Issued | None

    def section(self, name: str) -> Sequence[Entry]:
        """Give the entries of a section, in order."""
        return [entry for entry in self.entries if entry.section == name]

    def elsewhere(self, name: str) -> Sequence[Entry]:
        """Give the entries of weightier sections that have a reason of this one as well."""
        found = (e for e in self.entries if any(REASONS[r].section == name for r in e.reasons))
        return [entry for entry in found if entry.section != name]

    @cached_property
    def rated(self) -> int:
        """How many measures have a rating."""
        return sum(sheet.rating.verdict != NOT_RATED for sheet in self.board.sheets)

    @cached_property
    def off_target(self) -> int:
        """How many of them are off target, as we compute it."""
        return sum(sheet.rating.verdict == OFF_TARGET for sheet in self.board.sheets)

    @cached_property
    def unclear(self) -> int:
        """How many of those off target show no clear change."""
        off = (s for s in self.board.sheets if s.rating.verdict == OFF_TARGET)
        return sum(travel(sheet).verdict == UNCLEAR for sheet in off)

    @cached_property
    def worse(self) -> int:
        """How many measures got worse, as we compute it."""
        return sum("worsening" in entry.computed for entry in self.entries)

    @cached_property
    def has_figures(self) -> bool:
        """Say whether any measure has a figure that ends within the period's own 12 months."""
        begin, _ = periods.rolling_12_months(self.period)
        found = (sheet.closing for sheet in self.board.sheets)
        return any(closing is not None and closing.end >= begin for closing in found)

    @property
    def listed(self) -> Sequence[Project]:
        """The projects that are not green, or whose manager named an exception."""
        return [p for p in self.projects if p.rating != "G" or p.exception]


def report(then: Board, now: Board, period: Period, day: int) -> Report:
    """List the exceptions of a period from the board as it stood at its end, and as it is now.

    `day` is the day on which figures are late or not. A measure that began later is not missed.
    """
    records = then.partnership.records
    rows = [row for row in records.exceptions if row.period == period]
    projects = tuple(row for row in records.projects if row.period == period)
    issued = (i for i in records.reports if (i.report, i.period) == ("exceptions", period))
    later = {s.indicator.slug for s in now.sheets if s.closing is not None}
    entries = [*_measured(then, rows, period, day, later), *_unmeasured(rows)]
    entries.sort(key=lambda entry: entry.weight)
    return Report(period, then, tuple(entries), projects, next(issued, None))


def _measured(
    then: Board, rows: Sequence[Excepted], period: Period, day: int, later: Container[str]
) -> Iterator[Entry]:
    """Give an entry for each measure that is an exception, in the partnership's own order."""
    some = any(sheet.closing for sheet in then.sheets)
    for sheet in then.sheets:
        slug = sheet.indicator.slug
        breaks = tuple(b for b in sheet.indicator.breaks if _same_year(b.period, period))
        found = [*_judged(sheet), *(["definition"] if breaks else [])]
        if sheet.closing is not None:
            found += _behind(sheet, period, day)
        elif some and slug not in later:
            found.append("no figures")
        entry = Entry(
            sheet.indicator.title,
            _ordered(found),
            sheet,
            tuple(row for row in rows if row.indicator == slug),
            breaks,
            late.overdue(sheet, day),
            _words(sheet, period),
        )
        if entry.reasons:
            yield entry


def _same_year(found: Period, period: Period) -> bool:
    return periods.financial_year_of(found.start) == periods.financial_year_of(period.end)


def _judged(sheet: Sheet) -> Iterator[str]:
    if sheet.rating.verdict == OFF_TARGET:
        yield "off target"
    elif any(rated.rating.verdict == OFF_TARGET for rated in sheet.ratings):
        yield "off target elsewhere"
    if travel(sheet).verdict == WORSE:
        yield "worsening"


def _behind(sheet: Sheet, period: Period, day: int) -> Iterator[str]:
    if late.overdue(sheet, day):
        yield "late"
    elif late.missing(sheet, period.end):
        yield "missing"


def _words(sheet: Sheet, period: Period) -> Commentary | None:
    """Find what people wrote about the period: the newest commentary that ends within it."""
    found = [c for c in sheet.indicator.commentary if period.start <= c.period.end <= period.end]
    return found[-1] if found else None


def _unmeasured(rows: Iterable[Excepted]) -> Iterator[Entry]:
    """Give an entry for each subject without a page; rows of one title are one subject."""
    subjects: dict[str, list[Excepted]] = {}
    for row in rows:
        if not row.indicator:
            subjects.setdefault(" ".join(row.title.lower().split()), []).append(row)
    for own in subjects.values():
        yield Entry(own[0].title, rows=tuple(own))
