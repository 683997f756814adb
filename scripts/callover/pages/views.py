"""What templates are given: small frozen views of a sheet, with every number already in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from callover import late as lateness
from callover import leagues, periods, words
from callover.breaks import newest
from callover.compute import Board, Sheet
from callover.frozen import KeyFigure, Status
from callover.kinds import Quantity, metric_name
from callover.model import UNSTATED, Metric, Partnership
from callover.pages import ahead, happened, history, moves, sentences, unlike
from callover.pages.moves import Moved
from callover.rated import Rated
from callover.ratings import CLOSE, NOT_RATED, OFF_TARGET, ON_TARGET, PRINTED
from callover.series import Shares
from callover.sketch import uncapital
from callover.svg import sparkline
from callover.tested import LAST_YEAR, TWELVE_MONTHS, clear_over, told_quantity
from callover.travel import BETTER, SAME, UNCLEAR, UNKNOWN, WORSE, Travel, travel

VERDICTS = (ON_TARGET, CLOSE, OFF_TARGET, NOT_RATED)


@dataclass(frozen=True)
class Verdict:
    """One verdict as a row of a table: what it is on, figure, target, verdict and why."""

    about: str
    when: str
    figure: str
    target: str
    verdict: str
    word: str
    reason: str


@dataclass(frozen=True)
class Line:
    """An indicator as one row of an overview."""

    slug: str
    title: str
    figure: str
    unit: str
    when: str
    moved: Moved
    spark: Markup
    verdict: str
    word: str
    why: str
    printed: str
    data_to: str
    late: str
    undated: str = ""
    past: str = ""


@dataclass(frozen=True)
class Relation:
    """How an indicator hangs together with others: a label, and the slug and title of each."""

    label: str
    links: Sequence[tuple[str, str]]


def relations(board: Board, sheet: Sheet) -> list[Relation]:
    """Give what adds up to an indicator, what is some of it, what it belongs to, and see also."""
    own = sheet.indicator
    found = (
        ("Made up of", own.parts),
        ("Some of it", own.within),
        ("Part of", board.part_of.get(own.slug, ())),
        ("Counted within", board.counted_within.get(own.slug, ())),
        ("See also", own.related),
    )
    made = [Relation(label, _titled(board, slugs)) for label, slugs in found]
    return [relation for relation in made if relation.links]


def data_to(sheet: Sheet) -> str:
    """Say to when the figures are; and how that is known, where the source prints no date."""
    when = words.period_long(sheet.closing) if sheet.closing else "no figures"
    undated = sheet.indicator.undated
    return f"{when}. {undated}" if undated else when


def _titled(board: Board, slugs: Sequence[str]) -> list[tuple[str, str]]:
    sheets = (board.sheet(slug) for slug in slugs)
    return [(sheet.indicator.slug, sheet.indicator.title) for sheet in sheets if sheet is not None]


def status(board: Board, sheet: Sheet) -> Status:
    """Say an indicator's rating, with its reason and its distance to the next."""
    quantity, indicator = sheet.quantity, sheet.indicator
    unit = quantity.unit or indicator.unit
    polarity = sheet.polarity(quantity)
    rating = sheet.rating
    scheme = "" if rating.rule == "none" else sheet.scheme.title
    return Status(
        rating.verdict,
        words.RATING_WORDS[rating.verdict],
        scheme,
        _reason(sheet, sheet.ratings[0]),
        words.distance(rating, unit, indicator.unit_one, polarity),
        _printed(board, sheet),
        basis(sheet, sheet.ratings[0]) if len(sheet.ratings) > 1 else "",
    )


def verdicts(sheet: Sheet) -> list[Verdict]:
    """Give every verdict of an indicator, the leading one first.

    A level has no year to date: its quarter is given once. What has no rating for one reason is
    not said again.
    """
    made: dict[str, Verdict] = {}
    leading = sheet.rating
    for rated in sheet.ratings:
        same = rated.rating.verdict == NOT_RATED and rated.rating.reason == leading.reason
        if rated is sheet.ratings[0] or not same:
            verdict = _verdict(sheet, rated)
            made.setdefault(verdict.about, verdict)
    return list(made.values())


def basis(sheet: Sheet, rated: Rated) -> str:
    """Say what a verdict is on: the quarter, the year to date, the year end; 12 months or a level.

    A quantity or a category that is not the leading one is named.
    """
    line = sheet.lines.get(rated.category, {}).get(rated.quantity.name)
    grows = line is None or line.additive or (isinstance(line, Shares) and line.parts.cells)
    standing = "" if grows else "level"
    standing = "12 months" if sheet.kind.twelve_month_rows else standing
    named = [
        rated.quantity.title if rated.quantity.name != sheet.quantity.name else "",
        sheet.indicator.categories.get(rated.category, "")
        if rated.category != sheet.indicator.rating_category
        else "",
    ]
    said = words.basis(rated.basis, rated.at, standing)
    about = ", ".join(name for name in named if name)
    return f"{about}: {said[:1].lower()}{said[1:]}" if about else said


def _verdict(sheet: Sheet, rated: Rated) -> Verdict:
    rating, unit = rated.rating, rated.quantity.unit or sheet.indicator.unit
    figure, target = words.rated_figures(rating, unit)
    return Verdict(
        basis(sheet, rated),
        words.period_long(rated.at) if rated.at else "",
        figure,
        target,
        rating.verdict,
        words.RATING_WORDS[rating.verdict],
        _reason(sheet, rated),
    )


def _reason(sheet: Sheet, rated: Rated) -> str:
    """Say why a verdict is what it is; beside a projection, its range and the chance."""
    unit = rated.quantity.unit or sheet.indicator.unit
    said = words.reason(rated.rating, unit, sheet.polarity(rated.quantity))
    return " ".join(text for text in (said, ahead.beside(sheet, rated)) if text)


def _printed(board: Board, sheet: Sheet) -> str:
    letter = sheet.printed
    rated = sheet.rating.verdict != NOT_RATED
    if not letter or (sheet.rating.rule == "published" and rated):
        return ""
    colour = words.printed_rating(letter)
    release = board.partnership.release_of(sheet.rated_at)
    title = release.title if release else "partnership's"
    same = PRINTED.get(letter) == sheet.rating.verdict
    agrees = "as we find" if same else "which differs from ours"
    agrees = "where we give none" if sheet.rating.verdict == NOT_RATED else agrees
    return f"The {title} document prints {colour}, {agrees}."


def key_figures(sheet: Sheet) -> list[KeyFigure]:
    """Give the three or four figures that carry the headline."""
    if sheet.closing is None:
        return []
    if sheet.leading.form == "words":
        return _words_figures(sheet)
    shares = _share_figures(sheet)
    counts = _count_figures(sheet) if len(shares) < 2 else []
    sampled = len(shares) == 1 and sheet.quantity.interval
    ranges = _interval(sheet, sheet.quantity) if sampled else []
    return [*shares, *ranges, *counts][:4]


def _words_figures(sheet: Sheet) -> list[KeyFigure]:
    """Give the newest words in the place of a figure."""
    quantity = sheet.leading
    now = sheet.metric(quantity.name)
    if now is None or not now.text:
        return []
    since = happened.said_since(sheet, quantity)
    note = f"since {words.period_long(since)}" if since else ""
    return [KeyFigure(words.period_long(now.period), now.text, note)]


def _share_figures(sheet: Sheet) -> list[KeyFigure]:
    quantity = sheet.quantity
    if not quantity.is_share:
        return []
    made = []
    for category in sheet.lines:
        so_far = metric_name(quantity.name, "year_to_date")
        rolling = metric_name(quantity.name, "rolling_12_months")
        wanted = (so_far, quantity.name, *([rolling] if so_far not in quantity.measures else []))
        found = sentences.known(sheet, wanted, category)
        if found is None or found.value is None:
            continue
        named = sheet.indicator.categories.get(category, quantity.title)
        limits = [
            sheet.value(metric_name(quantity.name, f"target_to_date{side}"), None, category)
            for side in ("_lower", "_upper", "")
        ]
        target = " to ".join(words.figure(v, "percent", 2) for v in limits if v is not None)
        note = words.window(found.start, found.end) + (f"; target {target}" if target else "")
        note += "" if quantity.interval else _limits(sheet, found)
        made.append(KeyFigure(named, words.figure(found.value, "percent"), note))
    return made


def _limits(sheet: Sheet, found: Metric) -> str:
    """Give the range that chance allows a counted share, as the end of a note."""
    names = (f"{found.measure}_{side}" for side in ("lower", "upper"))
    ends = [sheet.value(name, None, found.category) for name in names]
    texts = [words.figure(end, "percent") for end in ends if end is not None]
    return f"; 95% interval {' to '.join(texts)}" if len(texts) == 2 else ""


def _interval(sheet: Sheet, quantity: Quantity) -> list[KeyFigure]:
    """Give the range that chance allows a sample's share."""
    names = (metric_name(quantity.name, side) for side in ("lower", "upper"))
    ends = [sheet.value(name) for name in names]
    texts = [words.figure(end, "percent") for end in ends if end is not None]
    return [KeyFigure("95% interval", " to ".join(texts), "")] if len(texts) == 2 else []


def _count_figures(sheet: Sheet) -> list[KeyFigure]:
    assert sheet.closing is not None
    quantity = next((q for q in sheet.kind.quantities if not q.is_share), None)
    if quantity is None:
        return []
    name = quantity.name
    # Beside a share, a count needs to be told which of the counts it is.
    prefix = f"{quantity.title}, " if sheet.kind.quantities[0].is_share else ""
    unit = quantity.unit or sheet.indicator.unit
    made = []
    so_far = sheet.metric(metric_name(name, "year_to_date"))
    latest = sheet.metric(name)
    if latest is not None and latest.value is not None:
        figure = words.figure(latest.value, unit)
        one = words.singular(quantity.unit) or sheet.indicator.unit_one
        note = (one if figure == "1" else unit) if unit not in ("percent", UNSTATED) else ""
        made.append(KeyFigure(prefix + words.period_long(latest.period), figure, note))
    if so_far is not None and so_far.start != sheet.closing.start:
        label = prefix + words.window(so_far.start, so_far.end)
        made += _sum(sheet, so_far, label, unit, _changed(sheet, quantity, LAST_YEAR, "last year"))
    rolling = sheet.metric(metric_name(name, "rolling_12_months"))
    if rolling is not None:
        label = f"{prefix}last 12 months" if prefix else "Last 12 months"
        said = _changed(sheet, quantity, TWELVE_MONTHS, "the 12 before")
        made += _sum(sheet, rolling, label, unit, said)
    rate = sheet.metric("rate")
    if rate is not None and rate.value is not None and sheet.indicator.rate is not None:
        below = sheet.indicator.rate
        made.append(
            KeyFigure(
                "Rate", words.number(rate.value, below.decimals), _rank_note(sheet, below.label)
            )
        )
    return [*made, *_beside(sheet, quantity)]


def _sum(sheet: Sheet, found: Metric, label: str, unit: str, said: str) -> Iterator[KeyFigure]:
    """Give a sum with what is said of it; where recording has changed, why there is none."""
    if found.value is not None:
        yield KeyFigure(label, words.figure(found.value, unit), said)
    elif unlike.withheld(found):
        yield KeyFigure(label, "No total", uncapital(unlike.changed(sheet)))


def _beside(sheet: Sheet, quantity: Quantity) -> list[KeyFigure]:
    """Give what stands beside a rate or a 12-month total: its number, its shares."""
    if sheet.kind.cumulative:
        return []
    made = []
    told = sheet.quantity if sheet.quantity.is_share else quantity
    for other in (q for q in sheet.kind.quantities if q not in (quantity, told)):
        wanted = (other.name, metric_name(other.name, "rolling_12_months"))
        found = sentences.known(sheet, wanted, "")
        if found is not None and found.value is not None:
            figure = words.figure(found.value, other.unit)
            note = words.singular(other.unit) if figure == "1" else other.unit
            note = "" if other.unit == "percent" else note
            made.append(KeyFigure(other.title, figure, note))
    return made


def _changed(sheet: Sheet, quantity: Quantity, measure: str, what: str) -> str:
    """Say a change and what it is on: down 8% on last year, better; nothing where it is unknown."""
    change = sheet.metric(metric_name(quantity.name, measure))
    if unlike.withheld(change):
        return uncapital(unlike.changed(sheet))
    if change is None or change.value is None:
        return ""
    clear = clear_over(sheet, quantity, measure, change)
    return words.change_on(what, change.value, change.unit, sheet.polarity(quantity), clear)


def _rank_note(sheet: Sheet, label: str) -> str:
    for group in sheet.indicator.groups:
        found = sheet.rank(group)
        if found is not None and found[1] >= leagues.LEAST_RANKED:
            rank, of = map(int, found)
            return f"{label}; {words.standing(rank, of + 1 - rank)} of {words.number(of)}"
    return label


def late(board: Board, sheet: Sheet) -> str:
    """Say how late an indicator's figures are; nothing if they are in time or never due."""
    found = lateness.overdue(sheet, date.fromisoformat(board.partnership.as_of).toordinal())
    if found:
        return words.overdue(found.due, found.days)
    return words.too_late(sheet.stale.facts) if sheet.stale is not None else ""


def awaited(partnership: Partnership) -> str:
    """Say how late the next release is; nothing if it is in time, or never due."""
    found = lateness.awaited(partnership)
    return words.awaited(found.due, found.days) if found else ""


def line(board: Board, sheet: Sheet) -> Line:
    """Make an indicator's row of the overview."""
    found = leading_metric(sheet)
    figure = unit = when = ""
    if found is not None and found.text:
        figure, when = found.text, words.period_long(found.period)
    elif found is not None and found.value is not None:
        unit = found.unit if found.unit not in ("percent", UNSTATED) else ""
        figure = words.figure(found.value, found.unit)
        unit = sheet.indicator.unit_one if (figure, unit) == ("1", sheet.indicator.unit) else unit
        when = words.window(found.start, found.end)
    return Line(
        sheet.indicator.slug,
        sheet.indicator.title,
        figure or "No figures",
        unit,
        when,
        moves.moved(sheet) if figure else moves.NOTHING,
        _spark(sheet),
        sheet.rating.verdict,
        words.RATING_WORDS[sheet.rating.verdict],
        words.short_reason(sheet.rating),
        words.printed_rating(sheet.printed) if sheet.printed else "",
        words.period_long(sheet.closing) if sheet.closing else "no data",
        late(board, sheet),
        sheet.indicator.undated,
        history.in_short(sheet),
    )


def leading_metric(sheet: Sheet) -> Metric | None:
    """Give the figure that stands for an indicator in one cell: so far, newest or 12 months."""
    quantity = sheet.quantity if sheet.quantity.is_share else sheet.leading
    for measure in ("year_to_date", "value", "rolling_12_months"):
        if measure in quantity.measures:
            found = sheet.metric(metric_name(quantity.name, measure))
            if found is not None and (found.value is not None or found.text):
                return found
    return None


def _spark(sheet: Sheet) -> Markup:
    """Draw the newest periods small: months if there are some, else whatever there is.

    Figures from before a change in recording are left out: there is no room to say so.
    """
    if sheet.closing is None:
        return Markup()
    changed = newest(sheet.indicator.breaks, sheet.closing.end)
    since = changed.period.start if changed else 0
    quantity = sheet.leading
    measure = quantity.name
    if quantity.measures[0] == "rolling_12_months":
        measure = metric_name(quantity.name, "rolling_12_months")
    found = sorted(
        m.period
        for m in sheet.metrics
        if m.measure == measure
        and m.category == sheet.category
        and m.period.kind == sheet.closing.kind
        and m.start >= since
    )
    if len(found) < 2:
        return Markup()
    at = [found[0]]
    if found[0].kind in ("month", "quarter", "year", "week"):
        while at[-1].end < found[-1].end:
            at.append(periods.following(at[-1]))
    else:
        at = found
    values = [sheet.value(measure, p) for p in at][-24:]
    known = [v for v in values if v is not None]
    if len(known) < 2:
        return Markup()
    unit = quantity.unit or sheet.indicator.unit
    summary = (
        f"From {words.figure(known[0], unit)} to {words.figure(known[-1], unit)}, "
        f"lowest {words.figure(min(known), unit)}, highest {words.figure(max(known), unit)}"
    )
    return Markup(sparkline(values, summary))  # noqa: S704 (our own drawing)


@dataclass(frozen=True)
class Tally:
    """How many indicators have a verdict."""

    verdict: str
    word: str
    count: int


def tally(sheets: Sequence[Sheet]) -> list[Tally]:
    """Count the verdicts, in their fixed order."""
    found = [sheet.rating.verdict for sheet in sheets]
    return [Tally(v, words.RATING_WORDS[v], found.count(v)) for v in VERDICTS]


#: Which comparisons of `travel` reach back a year.
_A_YEAR = frozenset({"twelve-months", "same-months", "same-period"})
#: What is counted of changes, in this order; a figure that stayed as it is shows no clear change.
_COUNTED: Sequence[tuple[str, str, Collection[str]]] = (
    (BETTER, "better", (BETTER,)),
    (WORSE, "worse", (WORSE,)),
    (UNCLEAR, "no clear change", (UNCLEAR, SAME)),
    (UNKNOWN, "we cannot say", (UNKNOWN,)),
)


@dataclass(frozen=True)
class Compared:
    """How many measures moved which way, which adds up to all of them, and what to know of it."""

    tally: Sequence[Tally]
    says: str


def compared(sheets: Sequence[Sheet]) -> Compared | None:
    """Count how many measures are better, worse or neither; None where that is known of none."""
    found = [travel(sheet, None, told_quantity(sheet)) for sheet in sheets]
    counts = [
        Tally(verdict, word, sum(t.verdict in names for t in found))
        for verdict, word, names in _COUNTED
    ]
    known = [t for t in found if t.verdict != UNKNOWN]
    if not known:
        return None
    before = "That is against a year before"
    if any(t.basis not in _A_YEAR for t in known):
        before += ", or else an earlier period"
    return Compared(counts, f"{before}.{_more_than_chance(found)}{_either_way(found)}")


def _either_way(found: Sequence[Travel]) -> str:
    """Say how many measures changed for certain, where nobody can say if that is good or bad."""
    count = sum(t.verdict == UNKNOWN and t.test is not None and t.test.clear for t in found)
    if not count:
        return ""
    return f" {words.number(count)} more changed by more than chance, for good or bad."


def _more_than_chance(found: Sequence[Travel]) -> str:
    """Say how many measures are better or worse by more than chance, and of how many we know."""
    moved = [t for t in found if t.verdict in (BETTER, WORSE)]
    clear = sum(t.test is not None for t in moved)
    untested = len(moved) - clear
    if not moved:
        return ""
    if not untested or not clear:
        which = "All" if len(moved) > 2 else "Both" if len(moved) == 2 else "The one"
        which += " that is" if len(moved) == 1 else " that are"
        told = "more than chance" if clear else "not tested"
        verb = "is so by" if len(moved) == 1 else "are so by"
        verb = verb if clear else verb.removesuffix(" so by")
        return f" {which} better or worse {verb} {told}."
    others = f"The other {words.number(untested)} {'is' if untested == 1 else 'are'} not tested."
    told = f"{words.amount(clear, 'are', 'is')} so by more than chance"
    return f" Of the {words.number(len(moved))} that are better or worse, {told}. {others}"


SAID = {ON_TARGET: "on target", CLOSE: "close", OFF_TARGET: "off target"}


def counted(sheets: Sequence[Sheet]) -> str:
    """Count the ratings in a sentence, without a nought."""
    found = {each.verdict: each.count for each in tally(sheets)}
    unrated = found[NOT_RATED]
    rated = sum(found.values()) - unrated
    if not sheets:
        return "There are no measures yet."
    said = []
    if rated:
        counts = [
            f"{words.number(found[verdict])} {word}"
            for verdict, word in SAID.items()
            if found[verdict]
        ]
        noun = "measure" if rated == 1 else "measures"
        said.append(f"Of {words.number(rated)} rated {noun}, {words.joined(counts)}.")
    if unrated:
        have = "measure has" if unrated == 1 else "measures have"
        said.append(f"{words.number(unrated)} {have} no rating, each for a reason.")
    return " ".join(said)
