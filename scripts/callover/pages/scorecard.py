"""The scorecard: every measure's figures, targets and verdicts, in one table.

LAYOUTS has the columns for each frequency that a partnership may report by; a column is a row that
knows how to find its figure. The table for machines has the same columns, unrounded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from callover import periods, words
from callover.breaks import MARKER as BREAK
from callover.compute import Board, Sheet
from callover.kinds import Quantity, metric_name
from callover.model import Number, TargetRow
from callover.pages import moves, sentences, tables, views
from callover.pages.csvs import csv_text
from callover.pages.head import front
from callover.pages.moves import Meant, meant
from callover.pages.render import render
from callover.pages.report import INDEX, Context, Files, downloads
from callover.periods import Period
from callover.ratings import NOT_RATED, Rating
from callover.targets import limits_at
from callover.tested import LAST_YEAR, told_quantity
from callover.travel import Travel, travel

CSV = "scorecard.csv"
NAME = "scorecard"


@dataclass(frozen=True)
class Entry:
    """A cell: its text and marker for readers, its number for machines, a verdict for its badge.

    `meant` is what a change means; `several` are labelled cells that stand in one.
    """

    text: str = ""
    value: Number | None = None
    marker: str = ""
    verdict: str = ""
    note: str = ""
    meant: Meant | None = None
    several: Sequence[tuple[str, Entry]] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to read."""
        return not (self.text or self.marker or self.note or self.several)

    @property
    def is_words(self) -> bool:
        """Say whether it reads as words and not as a figure."""
        return self.value is None and bool(self.text)

    @property
    def machine(self) -> str:
        """The figure unrounded; words as they stand."""
        return self.text if self.value is None else words.machine(self.value)


@dataclass(frozen=True)
class Asked:
    """What a column is asked about: a sheet, and the financial year that the scorecard shows."""

    sheet: Sheet
    year: Period

    @property
    def quantity(self) -> Quantity:
        """The quantity of the row: the rated share, or else what the page leads with."""
        return told_quantity(self.sheet)

    @property
    def travel(self) -> Travel:
        """Which way the row's figure went."""
        return travel(self.sheet, None, self.quantity)

    def named(self, measure: str) -> str:
        """Name a measure of the row's quantity."""
        return metric_name(self.quantity.name, measure)

    @property
    def targets(self) -> Sequence[TargetRow]:
        """The targets on the row's quantity and category."""
        found = self.sheet.indicator.targets
        about = (self.quantity.name, self.sheet.category)
        return [row for row in found if (row.measure, row.category) == about]


@dataclass(frozen=True)
class Column:
    """One column: its name for machines, its heading, and how it finds its cell.

    A column that is not shown is for machines only, and one that is not read for people only: the
    page or the table has its figure elsewhere.
    """

    name: str
    title: str
    find: Callable[[Asked], Entry]
    is_number: bool = True
    is_shown: bool = True
    is_read: bool = True


@dataclass(frozen=True)
class Score:
    """An indicator's row."""

    slug: str
    title: str
    entries: Sequence[tuple[Column, Entry]]


@dataclass(frozen=True)
class ScoreGroup:
    """An outcome's rows, with what the outcome is led by."""

    id: str
    title: str
    says: str
    rows: Sequence[Score]


# ---------------------------------------------------------------- how a column finds its cell


def _entry(sheet: Sheet, measure: str, at: Period | None) -> Entry:
    metric = sheet.metric(measure, at) if at else None
    cell = tables.cell(metric, sheet)
    return Entry(cell.text, metric.value if metric else None, cell.marker)


def _measured(measure: str) -> Callable[[Asked], Entry]:
    """Find a measure at the sheet's newest period; of a range, both limits."""

    def find(asked: Asked) -> Entry:
        sheet, name = asked.sheet, asked.named(measure)
        made = _entry(sheet, name, sheet.closing)
        sides = [_entry(sheet, f"{name}_{side}", sheet.closing) for side in ("lower", "upper")]
        texts = [side.text for side in sides if side.text]
        return Entry(" to ".join(texts)) if texts and not made.text else made

    return find


def _quarter(number: int) -> Callable[[Asked], Entry]:
    """Find the figure, or the words, of a quarter of the year, with the profile's amount below."""
    profiled = _profiled(number)

    def find(asked: Asked) -> Entry:
        at = periods.quarter(asked.year.first.year, number)
        found, target = _entry(asked.sheet, asked.named("value"), at), profiled(asked)
        return replace(found, note=f"target {target.text}") if target.text else found

    return find


def _adds_up(asked: Asked) -> bool:
    line = asked.sheet.lines.get(asked.sheet.category, {}).get(asked.quantity.name)
    return line is not None and line.additive


def _so_far(asked: Asked) -> Entry:
    """Find the year to date of what adds up over the year; a level has none."""
    closing = asked.sheet.closing
    if not _adds_up(asked) or closing is None or closing.end > asked.year.end:
        return Entry()
    return _entry(asked.sheet, asked.named("year_to_date"), closing)


def _baseline(asked: Asked) -> Entry:
    """Find what the year is set against: a target's baseline, or the figure of the year before."""
    before = periods.last_year(asked.year)
    own = _entry(asked.sheet, asked.named("value"), before)
    if own.text and asked.sheet.split(before.start, asked.year.end):
        return replace(own, marker=BREAK)  # it is there, and not to be compared
    if own.text or own.marker:
        return own
    given = next((row.baseline for row in asked.targets if row.baseline is not None), None)
    if given is None:
        return Entry()
    return Entry(words.figure(given, _unit(asked)), given)


def _unit(asked: Asked) -> str:
    return asked.quantity.unit or asked.sheet.indicator.unit


def _profiled(number: int) -> Callable[[Asked], Entry]:
    """Find the profile's own amount for a quarter; a flat target has none."""

    def find(asked: Asked) -> Entry:
        at = periods.quarter(asked.year.first.year, number)
        rows = [r for r in asked.targets if r.type == "profile" and r.period == at]
        amounts = [side for row in rows for side in (row.lower, row.upper) if side is not None]
        if not amounts:
            return Entry()
        return Entry(words.figure(amounts[0], _unit(asked)), amounts[0])

    return find


def _annual(asked: Asked) -> Entry:
    """Find the target for the whole year: its limits as a figure, or else its words."""
    rows = [r for r in asked.targets if r.type != "profile" and _holds(r, asked.year)]
    for row in rows:
        found = _limits(asked, row)
        if found:
            text = " to ".join(words.figure(side, _unit(asked), 2) for side in found)
            # A change on a baseline is told as one; a plain limit needs no second telling.
            told = "" if row.change_percent is None else tables.limit(row, _unit(asked))
            return Entry(text, found[0] if len(found) == 1 else None, note=told)
    said = next((r.as_published for r in rows if r.as_published), "")
    return Entry(said)


def _holds(row: TargetRow, year: Period) -> bool:
    return row.period is None or (row.period.start <= year.end and year.start <= row.period.end)


def _limits(asked: Asked, row: TargetRow) -> Sequence[Number]:
    line = asked.sheet.lines.get(asked.sheet.category, {}).get(asked.quantity.name)
    year, own = asked.year, asked.sheet.indicator
    fixed = [side for side in (row.lower, row.upper) if side is not None]
    if line is None:
        return fixed
    _, limits = limits_at((row,), line, year.start, year.end, own.polarity, own.breaks)
    sides = (limits.lower, limits.upper) if limits else ()
    return [side for side in sides if side is not None] or fixed


def _badge(rating: Rating) -> Entry:
    word = words.RATING_WORDS[rating.verdict]
    return Entry(word, verdict=rating.verdict, note=words.short_reason(rating))


def _verdict(basis: str) -> Callable[[Asked], Entry]:
    """Find the verdict on one basis: the quarter, the year so far or the year's end."""

    def find(asked: Asked) -> Entry:
        for rated in asked.sheet.ratings:
            if rated.basis == basis:
                return _badge(rated.rating)
        return Entry()

    return find


#: The bases of a scorecard's verdicts, as the page names them.
_BASES = {"period": "Quarter", "cumulative": "Year to date", "year_end": "Year end"}


def _verdicts(asked: Asked) -> Entry:
    """Stack the verdicts on all bases; a level has no year to date, and its quarter says it."""
    found = [(label, _verdict(basis)(asked)) for basis, label in _BASES.items()]
    if not _adds_up(asked):
        found = [(label, entry) for label, entry in found if label != _BASES["cumulative"]]
    rated = [(label, entry) for label, entry in found if entry.verdict]
    alike = {(entry.verdict, entry.note) for _, entry in rated}
    if len(alike) == 1 and rated[0][1].verdict == NOT_RATED:
        return rated[0][1]
    return Entry(several=rated)


def _elsewhen(asked: Asked) -> Entry:
    """Find the newest figure if it is of no quarter of the year, and prints without a period."""
    sheet, closing = asked.sheet, asked.sheet.closing
    if closing is not None and not asked.year.start <= closing.start <= asked.year.end:
        found = _entry(sheet, asked.named("value"), closing)
        if found.text and closing != periods.last_year(asked.year):
            return replace(found, note=words.period_long(closing))
    own = {quantity.name for quantity in sheet.kind.quantities}
    printed = [p for p in sheet.indicator.published if p.measure in own and p.period is None]
    undated = [p.as_printed for p in printed]
    return (
        Entry("; ".join(dict.fromkeys(undated)), note="period not stated") if undated else Entry()
    )


def _leading(asked: Asked) -> Entry:
    return _badge(asked.sheet.rating)


def _printed(asked: Asked) -> Entry:
    printed = asked.sheet.printed
    return Entry(words.printed_rating(printed) if printed else "not printed")


def _role(name: str) -> Callable[[Asked], Entry]:
    """Find a role that the measure names; the outcome's own stands in its heading."""
    return lambda asked: Entry(getattr(asked.sheet.indicator, name))


def _who(asked: Asked) -> Entry:
    """Name the roles of a measure: who leads, and whose the data is."""
    indicator = asked.sheet.indicator
    return Entry("; ".join(role for role in (indicator.lead, indicator.owner) if role))


def _data_to(asked: Asked) -> Entry:
    closing = asked.sheet.closing
    if closing is None:
        return Entry("no figures")
    return Entry(words.period_long(closing), note=asked.sheet.indicator.undated)


def _direction(asked: Asked) -> Entry:
    """Say which way the figure goes, what that means, and what it is set against."""
    if not asked.sheet.closing:
        return Entry()
    return Entry(sentences.in_words(asked.travel, judged=False), meant=meant(asked.travel))


def _change(asked: Asked) -> Entry:
    """Give the change on last year, and what it means, if that is what the figure is set beside."""
    own, found = _measured(LAST_YEAR)(asked), asked.travel
    beside = found.basis in ("same-months", "same-period")
    return replace(own, meant=meant(found)) if beside and own.text else own


def _meant(place: int) -> Callable[[Asked], Entry]:
    """Give what a change means, for machines."""
    return lambda asked: Entry(meant(asked.travel).cells[place])


#: What a change means, for machines only.
_MEANT = tuple(
    Column(name, name, _meant(place), is_number=False, is_shown=False)
    for place, name in enumerate(moves.COLUMNS)
)


#: A row of figures as they stand: newest, so far, a year before, and against the target.
_TO_DATE = (
    Column("rating", "Rating", _leading, is_number=False),
    Column("rating_published", "Printed", _printed, is_number=False),
    Column("data_to", "Data to", _data_to, is_number=False),
    Column("value", "Latest", _measured("value")),
    Column("year_to_date", "Year to date", _measured("year_to_date")),
    Column("year_to_date_last_year", "Same months last year", _measured("year_to_date_last_year")),
    Column("change_on_last_year", "Change", _change),
    Column("rolling_12_months", "Last 12 months", _measured("rolling_12_months")),
    Column("target_to_date", "Target so far", _measured("target_to_date")),
    Column("difference_from_target", "Distance from target", _measured("difference_from_target")),
    *_MEANT,
)

#: A row of a year by quarters: three verdicts, the quarters, the year, and where it began.
_BY_QUARTER = (
    Column("ratings", "Ratings", _verdicts, is_number=False, is_read=False),
    *(
        Column(f"rating_{basis}", f"Rating, {label.lower()}", _verdict(basis), False, False)
        for basis, label in _BASES.items()
    ),
    *(Column(f"q{n}", f"Q{n}", _quarter(n)) for n in range(1, 5)),
    *(Column(f"q{n}_target", f"Q{n} target", _profiled(n), is_shown=False) for n in range(1, 5)),
    Column("year_to_date", "Year to date", _so_far),
    Column("annual_target", "Year's target", _annual),
    Column("baseline", "Year before", _baseline),
    Column("other_period", "Other period", _elsewhen),
    Column("direction", "Direction of travel", _direction, is_number=False),
    Column("who", "Lead; data owner", _who, is_number=False, is_read=False),
    Column("lead", "Lead", _role("lead"), is_number=False, is_shown=False),
    Column("data_owner", "Data owner", _role("owner"), is_number=False, is_shown=False),
    *_MEANT,
)

#: The columns by the frequency that most of a partnership's measures have.
LAYOUTS: Mapping[str, Sequence[Column]] = {"quarterly": _BY_QUARTER}


def columns_for(board: Board) -> Sequence[Column]:
    """Give the columns of a partnership's scorecard."""
    found = Counter(sheet.indicator.frequency for sheet in board.sheets)
    return LAYOUTS.get(found.most_common(1)[0][0] if found else "", _TO_DATE)


# ---------------------------------------------------------------- the page and its table


def files(context: Context, board: Board) -> Files:
    """Give the newest scorecard and that of each release, each with its table."""
    if not board.sheets:
        return
    kept = sorted({r.data_to for r in board.partnership.releases}, key=lambda p: p.end)
    made = [(period, context.as_at(board, period)) for period in kept]
    shown = [(period, then) for period, then in made if then.closing is not None]
    periods_shown = [period for period, _ in shown]
    for period, then in shown:
        others = [other for other in periods_shown if other != period]
        yield f"{period.slug}/index.md", _page(context, then, period, others)
        yield f"{period.slug}/{CSV}", _table(then)
    yield INDEX, _page(context, board, None, periods_shown)
    yield CSV, _table(board)


def _groups(board: Board, columns: Sequence[Column]) -> list[ScoreGroup]:
    newest = board.closing
    year = periods.financial_year_of(newest.end) if newest else None
    made = []
    for outcome in board.partnership.outcomes:
        rows = [_score(sheet, columns, year) for sheet in board.of(outcome.id)]
        roles = [("Lead", outcome.lead), ("portfolio", outcome.portfolio)]
        says = "; ".join(f"{label}: {role}" for label, role in roles if role)
        made.append(ScoreGroup(outcome.id, outcome.title, says, rows))
    return [group for group in made if group.rows]


def _score(sheet: Sheet, columns: Sequence[Column], year: Period | None) -> Score:
    indicator = sheet.indicator
    asked = Asked(sheet, year) if year else None
    entries = [(column, column.find(asked) if asked else Entry()) for column in columns]
    return Score(indicator.slug, indicator.title, entries)


def _page(context: Context, board: Board, period: Period | None, others: Sequence[Period]) -> str:
    """Write the page, of a period of its own or else the newest."""
    up = "../../" if period else "../"  # to the partnership's overview
    at = f"{NAME}/{period.slug}/" if period else f"{NAME}/"
    partnership = board.partnership
    columns = columns_for(board)
    groups = _groups(board, columns)
    entries = [entry for group in groups for row in group.rows for _, entry in row.entries]
    key = [words.marker(letter) for letter in sorted({e.marker for e in entries if e.marker})]
    here = words.period_long(period) if period else "Scorecard"
    trail = [("Home", f"../{up}"), (partnership.short_title, up)]
    newest = board.closing
    headline = _headline(board, newest)
    name = f"Scorecard, {words.period_long(period)}" if period else "Scorecard"
    shown = [
        place
        for place, column in enumerate(columns)
        if column.is_shown
        and any(not row.entries[place][1].is_empty for group in groups for row in group.rows)
    ]
    return render(
        "scorecard.md",
        front=front(f"{name}, {partnership.short_title}", headline),
        trail=[*trail, ("Scorecard", "../")] if period else trail,
        here=here,
        up=up,
        title=f"{name}, {partnership.short_title}",
        headline=headline,
        source=partnership.source,
        compared=views.compared(board.sheets),
        columns=[columns[place] for place in shown],
        shown=shown,
        groups=groups,
        key=f"{'. '.join(key)}." if key else "",
        others=[(f"{up}{NAME}/{other.slug}/", words.period_long(other)) for other in others],
        downloads=downloads(
            *(context, board, at, [CSV]), closing=newest, scorecard="this table, unrounded"
        ),
        by_quarter=columns is _BY_QUARTER,
    )


def _headline(board: Board, newest: Period | None) -> str:
    count = len(board.sheets)
    noun = "measure" if count == 1 else "measures"
    to = f"figures to {words.period_long(newest)}" if newest else "no figures yet"
    return f"{words.number(count)} {noun}, {to}. {views.counted(board.sheets)}"


def _table(board: Board) -> str:
    columns = [column for column in columns_for(board) if column.is_read]
    header = ["indicator", "title", "outcome", *(column.name for column in columns)]
    header += [f"{column.name}_marker" for column in columns if column.is_number]
    rows = []
    for group in _groups(board, columns):
        for row in group.rows:
            cells = [row.slug, row.title, group.title]
            cells += [entry.machine for _, entry in row.entries]
            cells += [entry.marker for column, entry in row.entries if column.is_number]
            rows.append(cells)
    return csv_text(header, rows)
