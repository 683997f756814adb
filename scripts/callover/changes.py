"""What a pull request would change on the site, told in Markdown for the people who review it."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from callover import ahead, control, recent
from callover.compute import Board, Sheet, boards
from callover.data.read import read
from callover.errors import Faults
from callover.judged import JUDGED
from callover.kinds import KINDS, metric_name
from callover.measures import MEASURES
from callover.model import ALL, Metric, Portal
from callover.pages import moves
from callover.pages.views import basis
from callover.periods import parse
from callover.rated import Rated
from callover.travel import travel
from callover.words import RATING_WORDS, as_typed, number, period_long

MAX_ROWS = 200
_KEY = ["partnership", "indicator", "measure", "period", "area", "category"]
_COLUMNS = [*_KEY, "exact", "shown", "words"]
#: What follows from other figures that are told: limits, marks on charts, how a year is projected.
_NOT_TOLD = frozenset((*control.NAMES, *recent.NAMES, *ahead.NAMES)) - {"projected_year_end"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~])")


@dataclass(frozen=True)
class _Site:
    """A computed portal: its boards by partnership and its figures as one long table."""

    boards: Mapping[str, Board]
    figures: pd.DataFrame

    def sheets(self, partnership: str) -> Mapping[str, Sheet]:
        """The sheets of a partnership, by the slug of their indicator."""
        board = self.boards.get(partnership)
        return {sheet.indicator.slug: sheet for sheet in board.sheets} if board else {}


def changes(old: Path, new: Path, today: date) -> str:
    """Compare what two folders of packages publish; raise Faults if the new one is faulty.

    `old` may be missing or empty (the first publication) or faulty: then all that is new is listed.
    """
    before, remark = _before(old, today)
    after = _site(read(new, today))
    moved = _moved(before, after)
    parts = ["# What changes on the site", *([remark] if remark else [])]
    room = MAX_ROWS
    for slug in dict.fromkeys([*after.boards, *before.boards]):
        mine = moved[moved["partnership"] == slug]
        section = list(_partnership(slug, before, after, mine, max(0, room)))
        room -= len(mine)
        parts += section
    if len(parts) == 1:
        parts.append("Nothing changes: every figure, rating and word stays as it is.")
    return "\n\n".join(parts) + "\n"


def _before(old: Path, today: date) -> tuple[_Site, str]:
    """Read the base; an empty site, and why, where that cannot be done."""
    nothing = _Site({}, pd.DataFrame(columns=_COLUMNS, dtype=object))
    if not old.is_dir() or not any(old.glob("*/datapackage.json")):
        return nothing, "This is the first publication: there is nothing to compare with."
    try:
        return _site(read(old, today)), ""
    except Faults as problem:
        count = len(problem.faults)
        noun = "fault" if count == 1 else "faults"
        return nothing, (
            f"The data published now could not be read ({count} {noun}), so nothing could be "
            "compared. Below is all that the new data has."
        )


def _site(portal: Portal) -> _Site:
    made = {board.partnership.slug: board for board in boards(portal)}
    rows = [
        row for slug, board in made.items() for sheet in board.sheets for row in _rows(slug, sheet)
    ]
    return _Site(made, pd.DataFrame(rows, columns=_COLUMNS, dtype=object))


def _rows(partnership: str, sheet: Sheet) -> Iterator[tuple[str, ...]]:
    """Give a row for each figure; ratings, and what a change means, are told in words instead.

    A control chart is not told: one new figure moves its limits, and so what it says of all others.
    Nor is a recent trend, which is a judgement of figures that are told.
    """
    titles, tests = _TITLES[sheet.kind.name], _TESTS[sheet.kind.name]
    for metric in (*sheet.metrics, *sheet.others):
        if metric.unit == "rating" or metric.measure in _NOT_TOLD or metric.measure in tests:
            continue
        if metric.value is None and not metric.marker and not metric.text:
            continue
        key = (metric.measure, metric.period.label, metric.area, metric.category)
        exact = f"{metric.value} {metric.marker} {metric.text}"
        words = titles.get(metric.measure, metric.measure.replace("_", " "))
        shown = _shown(metric, sheet)
        yield (partnership, sheet.indicator.slug, *key, exact, shown, words)


def _shown(metric: Metric, sheet: Sheet) -> str:
    marker = f"[{metric.marker}]" if metric.marker else ""
    if metric.value is None:
        return f"{metric.text} {marker}".strip()
    decimals = 0
    if sheet.indicator.rate and metric.unit == sheet.indicator.rate.label:
        decimals = sheet.indicator.rate.decimals
    elif not isinstance(metric.value, int):
        decimals = 1
    sign = "%" if metric.unit == "percent" else ""
    return f"{number(metric.value, decimals)}{sign} {marker}".strip()


def _moved(before: _Site, after: _Site) -> pd.DataFrame:
    """Give the figures that differ in indicators that both sites have."""
    both = before.figures.merge(
        after.figures, on=_KEY, how="outer", suffixes=("_old", "_new"), sort=False
    ).fillna("")
    both = both[both["exact_old"] != both["exact_new"]]
    shared = {
        (slug, indicator)
        for slug in before.boards
        for indicator in before.sheets(slug).keys() & after.sheets(slug).keys()
    }
    pairs = pd.MultiIndex.from_frame(both[["partnership", "indicator"]])
    return both[pairs.isin(sorted(shared))] if shared else both.iloc[:0]


def _partnership(
    slug: str, before: _Site, after: _Site, moved: pd.DataFrame, room: int
) -> Iterator[str]:
    """Give the section of a partnership, ratings first; nothing where nothing changes."""
    old, new = before.sheets(slug), after.sheets(slug)
    shared = [indicator for indicator in new if indicator in old]
    lists = (
        ("Ratings", [line for name in shared for line in _rating(old[name], new[name])]),
        ("Better or worse", [line for n in shared for line in _meaning(old[n], new[n])]),
        ("New indicators", [_introduced(sheet) for name, sheet in new.items() if name not in old]),
        ("Indicators taken away", [_title(s) for name, s in old.items() if name not in new]),
        ("Revisions", [line for name in shared for line in _revised(old[name], new[name])]),
        ("Words", [line for name in shared for line in _words(old[name], new[name])]),
    )
    board = after.boards.get(slug) or before.boards[slug]
    body = [
        f"### {title}\n\n" + "\n".join(f"- {line}" for line in lines)
        for title, lines in lists
        if lines
    ]
    if len(moved):
        body.append("### Figures\n\n" + _table(moved, {**old, **new}, room))
    if body:
        gone = "" if slug in after.boards else " (taken away)"
        yield f"## {_plain(board.partnership.title)}{gone}"
        yield from body


def _rating(old: Sheet, new: Sheet) -> Iterator[str]:
    before = {_verdict_of(rated): rated.rating.verdict for rated in old.ratings}
    for rated in new.ratings:
        was = before.get(_verdict_of(rated), rated.rating.verdict)
        if was != rated.rating.verdict:
            on = "" if rated is new.ratings[0] else f", {_plain(basis(new, rated)).lower()}"
            at = f" for {period_long(rated.at)}" if rated.at else ""
            now = RATING_WORDS[rated.rating.verdict]
            yield f"{_title(new)}{on}: **{now}**{at}, was {RATING_WORDS[was].lower()}"


def _meaning(old: Sheet, new: Sheet) -> Iterator[str]:
    """Say where a change means something else now: better, worse or no clear change."""
    was, now = (moves.meant(travel(sheet)) for sheet in (old, new))
    if was.says != now.says:
        before = f", was {was.says}" if was.says else ""
        yield f"{_title(new)}: **{now.says or 'we cannot say'}**{before}"


def _verdict_of(rated: Rated) -> tuple[str, str, str]:
    return rated.quantity.name, rated.category, rated.basis


def _introduced(sheet: Sheet) -> str:
    """Introduce a new indicator by its newest figure and its rating."""
    verdict = RATING_WORDS[sheet.rating.verdict].lower()
    quantity = sheet.leading
    for measure in quantity.measures:
        metric = sheet.metric(metric_name(quantity.name, measure))
        if metric is not None and metric.value is not None:
            at = period_long(metric.period)
            return f"{_title(sheet)}: {_plain(_shown(metric, sheet))} for {at}; {verdict}"
    return f"{_title(sheet)}: no figures yet; {verdict}"


def _revised(old: Sheet, new: Sheet) -> Iterator[str]:
    """Say which published figures change, from what to what, and why."""
    known = {(r.day, r.place, r.was, r.now) for r in old.indicator.revisions}
    for each in new.indicator.revisions:
        if (each.day, each.place, each.was, each.now) not in known:
            change = f"was {as_typed(each.was)}, is now {as_typed(each.now)}"
            why = f"{each.reason}. {each.note}".removesuffix(" ")
            yield f"{_title(new)}, {period_long(each.place.period)}: {_plain(f'{change} ({why})')}"


_WORDS = (
    *("title", "description", "notes", "owner", "lead", "portfolio", "undated"),
    *("related", "parts", "within", "source", "targets"),
)


def _words(old: Sheet, new: Sheet) -> Iterator[str]:
    """Name the panels and settings of a page whose words differ."""
    was, now = old.indicator, new.indicator
    names = [name for name in _WORDS if getattr(was, name) != getattr(now, name)]
    names += [
        name
        for name in dict.fromkeys([*was.panels, *now.panels])
        if was.panels.get(name) != now.panels.get(name)
    ]
    if was.commentary != now.commentary:
        names.append("commentary")
    if names:
        yield f"{_title(new)}: {', '.join(names)}"


def _table(moved: pd.DataFrame, sheets: Mapping[str, Sheet], room: int) -> str:
    """Give the figures that moved, newest first in each indicator, as far as there is room."""
    place = {slug: n for n, slug in enumerate(sheets)}
    rank = {name: n for n, name in enumerate(dict.fromkeys(n for t in _TITLES.values() for n in t))}
    ordered = moved.assign(
        place=moved["indicator"].map(place),
        newest=[-parse(label).end for label in moved["period"]],
        rank=[rank.get(name, len(rank)) for name in moved["measure"]],
    ).sort_values(["place", "newest", "category", "rank"], kind="stable")
    lines = ["| Indicator | Figure | Period | Old value | New value |", "|---|---|---|--:|--:|"]
    for row in ordered.head(room).to_dict("records"):
        sheet = sheets[row["indicator"]]
        words = row["words_new"] or row["words_old"]
        if row["category"] != ALL:
            words += f" ({sheet.indicator.categories.get(row['category'], row['category'])})"
        cells = [_title(sheet), _plain(words), period_long(parse(row["period"]))]
        cells += [_plain(row["shown_old"] or "none"), _plain(row["shown_new"] or "none")]
        lines.append(f"| {' | '.join(cells)} |")
    more = len(moved) - room
    return "\n".join(
        [
            *(lines if room else []),
            *(["", f"And {more:,} more figures that are not listed here."] if more > 0 else []),
        ]
    ).strip()


def _title(sheet: Sheet) -> str:
    return _plain(sheet.indicator.title)


def _plain(text: str) -> str:
    """Make a text from the data show as it is, whatever signs are in it."""
    return _SPECIAL.sub(r"\\\1", html.escape(" ".join(text.split()), quote=False))


#: For each kind, the figures that only test others: their limits, and how likely chance is.
_TESTS: Mapping[str, Collection[str]] = {
    row.name: {
        metric_name(quantity.name, name)
        for quantity in row.quantities
        for method in quantity.judged
        for name in JUDGED[method].names
    }
    for row in KINDS.values()
}
#: For each kind, its figures by the names that metrics.csv has for them, in words.
_TITLES: Mapping[str, Mapping[str, str]] = {
    row.name: {
        metric_name(quantity.name, name): measure.title
        if quantity.name == "value"
        else f"{quantity.title}: {measure.title[:1].lower()}{measure.title[1:]}"
        for quantity in row.quantities
        for name, measure in MEASURES.items()
    }
    for row in KINDS.values()
}
