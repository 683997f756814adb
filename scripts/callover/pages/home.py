"""The home page: each partnership with its own dates, and why none may be held against another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callover import words
from callover.compute import Board
from callover.model import Indicator, Partnership, Release
from callover.pages import views
from callover.pages.render import render


@dataclass(frozen=True)
class Home:
    """A partnership on the home page; `facts` say what its figures cover, and when it told them."""

    slug: str
    short_title: str
    says: str
    facts: Sequence[tuple[str, str]]
    tally: Sequence[views.Tally]
    compared: views.Compared | None


@dataclass(frozen=True)
class Meaning:
    """A measure that two partnerships or more have, with what is good in each."""

    title: str
    places: Sequence[tuple[str, str, str]]


def page(boards: Sequence[Board]) -> str:
    """Give the part of the home page that is made from the data."""
    return render(
        "home.md",
        warning=_warning(boards),
        partnerships=[_home(board) for board in boards],
        meanings=list(_meanings(boards)),
    )


def _home(board: Board) -> Home:
    partnership = board.partnership
    count = words.amount(len(board.sheets), "measures", "measure")
    says = f"{count}. {partnership.about}".strip()
    facts = list(_facts(partnership))
    tally, compared = views.tally(board.sheets), views.compared(board.sheets)
    return Home(partnership.slug, partnership.short_title, says, facts, tally, compared)


def _facts(partnership: Partnership) -> Iterator[tuple[str, str]]:
    yield "Figures for", _covered(partnership) or "no period yet"
    documents = [_document(release) for release in partnership.releases]
    if documents:
        noun = "Document" if partnership.demonstration else "Release"
        yield noun if len(documents) == 1 else f"{noun}s", "; ".join(documents)
    if late := views.awaited(partnership):
        yield "Late", late


def _document(release: Release) -> str:
    if not release.published:
        return f"{release.title}, no day stated"
    return f"{release.title}, published {words.date_long(release.published)}"


def _covered(partnership: Partnership) -> str:
    """Say from when to when a partnership has figures of its own area."""
    found = [
        period
        for indicator in partnership.indicators
        for key, line in indicator.series.items()
        if key.area == partnership.home_area
        for period, cell in line.items()
        if cell.value is not None
    ]
    if not found:
        return ""
    return words.window(min(p.start for p in found), max(p.end for p in found))


def _warning(boards: Sequence[Board]) -> str:
    """Say plainly that partnerships are not to be compared, each with its newest date."""
    if len(boards) < 2:
        return ""
    ends = []
    for board in boards:
        closings = [sheet.closing for sheet in board.sheets if sheet.closing]
        if closings:
            last = max(closings, key=lambda period: period.end)
            month = words.closing_month(last)
            ends.append((board.partnership.short_title, month))
    dates = len({month for _, month in ends})
    told = words.joined(f"{title} to {month}" for title, month in ends)
    count = words.amount(len(boards), "partnerships", "partnership")
    return (
        f"Here are {count} with {words.amount(dates, 'dates', 'date')}: {told}. Do not compare "
        "them with each other: their dates, definitions and targets differ."
    )


def _meanings(boards: Sequence[Board]) -> Iterator[Meaning]:
    """Find what has one name in several partnerships and does not mean the same thing in each."""
    found: dict[str, list[tuple[Partnership, Indicator]]] = {}
    names: dict[str, str] = {}  # one slug is one name, and so is one title
    for board in boards:
        for indicator in board.partnership.indicators:
            name = names.setdefault(indicator.slug, indicator.title)
            found.setdefault(name, []).append((board.partnership, indicator))
    for name, all_of_it in found.items():
        if len({indicator.polarity for _, indicator in all_of_it}) > 1:
            places = [
                (p.short_title, f"{p.slug}/{indicator.slug}/", _good(indicator))
                for p, indicator in all_of_it
            ]
            yield Meaning(name, places)


def _good(indicator: Indicator) -> str:
    text = words.POLARITY_WORDS[indicator.polarity]
    return text[:1].lower() + text[1:]
