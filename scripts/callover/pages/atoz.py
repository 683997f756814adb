"""All measures from A to Z, by their titles and by what people call them; it needs no script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from callover.compute import Board
from callover.everyday import Everyday, folded, meaning
from callover.model import Indicator
from callover.pages.head import front
from callover.pages.render import render

PATH = "a-to-z/index.md"
#: An everyday word that means more measures than these says too little.
_TELLING = 4


@dataclass(frozen=True)
class Entry:
    """A line: a title with its pages (partnership, address), or a name and the titles to see."""

    name: str
    id: str = ""
    places: Sequence[tuple[str, str]] = ()
    see: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Letter:
    """A section of the page."""

    id: str
    title: str
    entries: Sequence[Entry]


def page(boards: Sequence[Board], everyday: Sequence[Everyday]) -> str:
    """Give the page; a title that several partnerships have stands once."""
    titles: dict[str, Entry] = {}
    names: dict[str, tuple[str, set[str]]] = {}
    for board in boards:
        for sheet in board.sheets:
            found = sheet.indicator
            key = folded(found.title)
            place = board.partnership.short_title, f"../{board.partnership.slug}/{found.slug}/"
            entry = titles.get(key, Entry(found.title, key.strip().replace(" ", "-")))
            titles[key] = Entry(entry.name, entry.id, (*entry.places, place))
            for name in found.aliases:
                names.setdefault(folded(name), (name, set()))[1].add(key)
    for word, keys in _meant(boards, everyday).items():
        if folded(word) not in names and len(keys) <= _TELLING:
            names[folded(word)] = word, keys
    headline = "Every measure by its title, and by the names that people use for it."
    return render(
        "atoz.md",
        front=front("All measures, A to Z", headline),
        headline=headline,
        letters=list(_letters([*titles.values(), *_seen(names, titles)])),
        alone=len(boards) == 1,
    )


def _meant(boards: Sequence[Board], everyday: Sequence[Everyday]) -> Mapping[str, set[str]]:
    """Give the titles that each everyday word means."""
    found: dict[str, set[str]] = {}
    for board in boards:
        for indicator in board.partnership.indicators:
            for row in meaning(everyday, _names(indicator), ""):
                for word in everyday[row].words:
                    found.setdefault(word, set()).add(folded(indicator.title))
    return found


def _names(indicator: Indicator) -> Sequence[str]:
    return (indicator.title, *indicator.aliases)


def _seen(
    names: Mapping[str, tuple[str, set[str]]], titles: Mapping[str, Entry]
) -> Iterator[Entry]:
    for folded_name, (name, keys) in names.items():
        if folded_name not in titles:
            see = [(titles[key].name, titles[key].id) for key in sorted(keys)]
            yield Entry(f"{name[:1].upper()}{name[1:]}", see=see)


def _letters(entries: Sequence[Entry]) -> Iterator[Letter]:
    by_letter: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: (folded(e.name), e.name)):
        first = folded(entry.name).strip()[:1]
        by_letter.setdefault(first if first.isalpha() else "", []).append(entry)
    for letter, found in sorted(by_letter.items()):
        title = letter.upper() or "0 to 9"
        yield Letter(f"letter-{letter or '0'}", title, found)
