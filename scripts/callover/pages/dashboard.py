"""The dashboard: the measures a partnership chose for one page, each figure with its basis.

A partnership names its sections and measures in the setting `dashboard`. A measure has a line for
its leading quantity and one for each percentage beside it, such as a detection rate. Measures that
are part of another stand below it, and the sum of the parts is set against the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from callover import words
from callover.compute import Board, Sheet
from callover.kinds import Quantity, metric_name
from callover.model import DashboardSection, Metric, Number
from callover.pages import moves, sentences, tables, views
from callover.pages.csvs import csv_text
from callover.pages.head import front
from callover.pages.moves import NOTHING, Meant, Moved
from callover.pages.render import render
from callover.pages.report import INDEX, Context, Files, downloads
from callover.parts import part_sums
from callover.ratings import Rating
from callover.tested import LAST_YEAR, TWELVE_MONTHS, tested
from callover.travel import UNKNOWN, verdict_of

CSV = "dashboard.csv"

#: The basis of a figure that stands for its own period.
ITSELF = "the period itself"

#: What a line may rest on, the first that has a figure: its measure and the name of its basis.
BASES = (
    ("rolling_12_months", "rolling 12 months"),
    ("year_to_date", "year to date"),
    ("value", ITSELF),
)

_COLUMNS = (
    *("section", "indicator", "title", "part_of", "quantity", "basis", "start", "end"),
    *("before", "now", "change", "change_unit", "target", "rating", "rating_reason"),
    *("percent_of_improvement_made", *moves.COLUMNS),
)


@dataclass(frozen=True)
class Figures:
    """A line's figures: now, a year before and the change, over the days of one basis."""

    basis: str
    now: Metric
    before: Number | None
    change: Number | None
    unit: str

    @property
    def in_points(self) -> bool:
        """Say whether the change is in percentage points."""
        return self.unit == "percent"


@dataclass(frozen=True)
class Shown:
    """A line of the page, all in words; `depth` is 1 for a part of the measure above it."""

    slug: str
    title: str
    depth: int
    is_first: bool
    basis: str
    before: str
    now: str
    moved: Moved
    target: str
    verdict: str
    word: str
    why: str
    note: str


@dataclass(frozen=True)
class Section:
    """A section of the page: its lines, and what the sums of parts say."""

    id: str
    title: str
    undated: Sequence[str]
    lines: Sequence[Shown]
    sums: Sequence[str]


def files(context: Context, board: Board) -> Files:
    """Give the page where the partnership has chosen its measures."""
    if board.partnership.dashboard:
        yield INDEX, _page(context, board)
        yield CSV, _table(board)


# ---------------------------------------------------------------- which lines, and their figures


@dataclass(frozen=True)
class Place:
    """Where a sheet stands in a section: the measure above it, and how deep."""

    sheet: Sheet
    parent: str
    depth: int


def _ordered(board: Board, slugs: Sequence[str]) -> Iterator[Place]:
    """Give the sheets of a section in its order, each followed by its parts in the section."""
    sheets = {sheet.indicator.slug: sheet for sheet in board.sheets}
    chosen = [sheets[slug] for slug in slugs]
    above = {slug: _above(slug, chosen) for slug in slugs}

    def below(parent: str, depth: int) -> Iterator[Place]:
        for slug in slugs:
            if above[slug] == parent:
                yield Place(sheets[slug], parent, depth)
                yield from below(slug, depth + 1)

    yield from below("", 0)


def _above(slug: str, chosen: Sequence[Sheet]) -> str:
    """Find the smallest of the chosen measures that one is part of; '' if there is none."""
    wholes = [
        (len(own.parts) + len(own.within), place, own.slug)
        for place, own in enumerate(sheet.indicator for sheet in chosen)
        if slug in own.parts or slug in own.within
    ]
    return min(wholes)[2] if wholes else ""


def _quantities(sheet: Sheet) -> Sequence[Quantity]:
    """Give the leading quantity and the percentages beside it that have figures."""
    own = sheet.lines.get(sheet.category, {})
    leading = sheet.leading
    known = [q for q in sheet.kind.quantities if q.name in own and own[q.name].periods]
    return [leading, *(q for q in known if q is not leading and q.is_share)]


def figures(sheet: Sheet, quantity: Quantity) -> Figures | None:
    """Find a quantity's newest figure on its first known basis, and the one a year before."""
    if sheet.closing is None:
        return None
    unit = quantity.unit or sheet.indicator.unit
    for measure, basis in BASES:
        if measure not in quantity.measures:
            continue
        name = metric_name(quantity.name, measure)
        now = sheet.metric(name)
        if now is None or now.value is None:
            continue
        before = _before(sheet, quantity, measure)
        change = None if before is None else now.value - before
        return Figures(basis, now, before, change, unit)
    return None


def _before(sheet: Sheet, quantity: Quantity, measure: str) -> Number | None:
    assert sheet.closing is not None
    if measure == "value":
        found = sheet.a_year_before(quantity.name, sheet.closing)
        return found.value if found else None
    return sheet.value(metric_name(quantity.name, f"{measure}_last_year"))


# ---------------------------------------------------------------- the page


def _page(context: Context, board: Board) -> str:
    partnership = board.partnership
    sections = [
        Section(
            f"section-{place}",
            section.title,
            _undated(board, section),
            list(_section(board, section)),
            _sums(board, section),
        )
        for place, section in enumerate(partnership.dashboard, start=1)
    ]
    headline = views.counted(_chosen(board))
    return render(
        "dashboard.md",
        front=front(f"Dashboard, {partnership.short_title}", headline),
        partnership=partnership,
        headline=headline,
        beside=_beside(board),
        sections=sections,
        schemes=_schemes(board),
        downloads=downloads(
            *(context, board, "dashboard/", [CSV], board.closing),
            dashboard="this page's figures, unrounded",
        ),
    )


def _section(board: Board, section: DashboardSection) -> Iterator[Shown]:
    for place in _ordered(board, section.indicators):
        yield from _lines(place)


def _sums(board: Board, section: DashboardSection) -> Sequence[str]:
    """Say of each measure with parts whether they add up to it."""
    shown = [place.sheet for place in _ordered(board, section.indicators)]
    return [
        f"{sheet.indicator.title}: {sentences.part_sums(part_sums(board, sheet))}"
        for sheet in shown
        if sheet.indicator.parts
    ]


def _chosen(board: Board) -> Sequence[Sheet]:
    slugs = {slug for section in board.partnership.dashboard for slug in section.indicators}
    return [sheet for sheet in board.sheets if sheet.indicator.slug in slugs]


def _beside(board: Board) -> str:
    """Count the verdicts on figures beside the leading ones, such as detection rates."""
    found = [
        r.rating.verdict for s in _chosen(board) for r in s.ratings if r.quantity != s.quantity
    ]
    counts = [(found.count(v), said) for v, said in views.SAID.items() if v in found]
    if not counts:
        return ""
    total = sum(count for count, _ in counts)
    said = words.joined(f"{words.number(count)} {what}" for count, what in counts)
    return f"Further figures with a target, such as detection rates: {words.number(total)}, {said}."


def _undated(board: Board, section: DashboardSection) -> Sequence[str]:
    """Give each remark on a section's figures without a printed date once."""
    sheets = [place.sheet for place in _ordered(board, section.indicators)]
    return list(dict.fromkeys(s.indicator.undated for s in sheets if s.indicator.undated))


def _schemes(board: Board) -> Sequence[object]:
    used = {sheet.scheme.name: sheet.scheme for sheet in _chosen(board)}
    return [used[name] for name in sorted(used) if used[name].rule != "none"]


def _lines(place: Place) -> Iterator[Shown]:
    for number, quantity in enumerate(_quantities(place.sheet)):
        yield _line(place.sheet, quantity, number == 0, place.depth)


def _line(sheet: Sheet, quantity: Quantity, is_first: bool, depth: int) -> Shown:
    indicator = sheet.indicator
    found = figures(sheet, quantity)
    rating = _rating(sheet, quantity)
    title = indicator.title if is_first else quantity.title
    return Shown(
        indicator.slug,
        title,
        depth,
        is_first,
        _basis(found),
        words.figure(found.before, found.unit) if found and found.before is not None else "",
        words.figure(found.now.value, found.unit) if found and found.now.value is not None else "",
        _moved(sheet, quantity, found),
        _target(sheet, quantity),
        rating.verdict if rating else "",
        words.RATING_WORDS[rating.verdict] if rating else "",
        words.short_reason(rating) if rating else "",
        indicator.not_available if is_first and found is None else "",
    )


def _rating(sheet: Sheet, quantity: Quantity) -> Rating | None:
    return next((r.rating for r in sheet.ratings if r.quantity == quantity), None)


def _basis(found: Figures | None) -> str:
    """Say what a line's figures cover: the basis and its days."""
    if found is None:
        return ""
    window = words.window(found.now.start, found.now.end)
    return window if found.basis == ITSELF else f"{found.basis}, {window}"


def _moved(sheet: Sheet, quantity: Quantity, found: Figures | None) -> Moved:
    if found is None or found.change is None:
        return NOTHING
    return Moved(_change(found, found.change), _meant(sheet, quantity, found, found.change))


def _change(found: Figures, change: Number) -> str:
    if found.in_points:
        return words.change(change, "percentage points")
    if not found.before:
        return words.change(change, "")
    return words.change(Fraction(100 * change) / found.before, "percent", decimals=1)


def _meant(sheet: Sheet, quantity: Quantity, found: Figures, change: Number) -> Meant:
    """Say what a change means by the test over the days of the line, where there is one."""
    measure = TWELVE_MONTHS if found.basis == BASES[0][1] else LAST_YEAR
    test = tested(sheet, quantity, measure)
    if test is not None and test.days != (found.now.start, found.now.end):
        test = None
    apparent = words.better(change, sheet.polarity(quantity)) or UNKNOWN
    return Meant(verdict_of(quantity, apparent, test), test)


def _target(sheet: Sheet, quantity: Quantity) -> str:
    own = [t for t in sheet.indicator.targets if t.measure == quantity.name and t.type != "none"]
    unit = quantity.unit or sheet.indicator.unit
    said = [
        row.as_published if row.type == "words" and row.as_published else tables.limit(row, unit)
        for row in own
    ]
    return "; ".join(dict.fromkeys(said))


def _table(board: Board) -> str:
    rows = []
    for section in board.partnership.dashboard:
        for place in _ordered(board, section.indicators):
            for quantity in _quantities(place.sheet):
                rows.append(_machine(section.title, place.sheet, place.parent, quantity))
    return csv_text(_COLUMNS, rows)


def _machine(section: str, sheet: Sheet, parent: str, quantity: Quantity) -> Sequence[str]:
    found = figures(sheet, quantity)
    rated = _rating(sheet, quantity)
    window = (found.now.start, found.now.end) if found else ()
    days = [date.fromordinal(day).isoformat() for day in window] or ["", ""]
    numbers = (found.before, found.now.value, found.change) if found else (None, None, None)
    return [
        section,
        sheet.indicator.slug,
        sheet.indicator.title,
        parent,
        quantity.name,
        found.basis if found else "",
        *days,
        *("" if value is None else words.machine(value) for value in numbers),
        "" if found is None else "percentage points" if found.in_points else found.unit,
        _target(sheet, quantity),
        rated.verdict if rated else "",
        rated.reason if rated else "",
        words.machine(rated.facts["share"]) if rated and "share" in rated.facts else "",
        *_moved(sheet, quantity, found).meant.cells,
    ]
