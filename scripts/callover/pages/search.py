"""The search index: small, ours, and fetched only when somebody searches.

A measure is found by its title, its acronym, its other names and the everyday words that mean it;
a hand-written page by its headings. The theme's own index would hold every table and cost a third
of the build. callover.js ranks; what it reads is said at `index`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape

from callover import everyday
from callover.compute import Board
from callover.model import Reference
from callover.pages import sentences
from callover.pages.report import INDEX, Made

PATH = "search/index.json"
_HEADING = re.compile(r"^#{1,3} +(.+?)(?: *\{(?: *#([\w-]+))?[^}]*\})? *$", re.M)
_MARKUP = re.compile(r"<[^>]*>|\[([^]]*)\]\([^)]*\)|[*_`]|(?<!&)#")
_EXCERPT = 150

MEASURE, OVERVIEW, PAGE = "Measure", "Overview", "About this site"
#: What kinds of page are called, and how much a match in one counts against one in a measure.
_WEIGHTS: Mapping[str, float] = {MEASURE: 1, OVERVIEW: 1.1, "Glossary": 0.6, "Methods": 0.5}
_REPORT, _OTHER = 0.9, 0.7

#: Type and place by their numbers, address below the place, title, text, other names, and the
#: numbers of rows of everyday words; what is empty at the end is left out.
Row = list[object]


def index(
    boards: Sequence[Board],
    written: Mapping[str, str],
    reports: Mapping[str, Sequence[Made]],
    reference: Reference,
) -> str:
    """Write the index as JSON.

    `types` has each kind of page with its usual text and its weight, `places` each partnership
    with its address, `everyday` the words of each row of the table, `pages` a Row for each page
    or section. `reports` has each partnership's report pages by its slug.
    """
    made = _Index(reference)
    for board in boards:
        made.partnership(board, reports.get(board.partnership.slug, ()))
    for path, text in written.items():
        if path.endswith(INDEX):
            made.hand_written(path.removesuffix(INDEX), text)
    return json.dumps(made.found(), ensure_ascii=False, separators=(",", ":")) + "\n"


class _Index:
    """The index as it grows: what is repeated is named once, and then by its number."""

    def __init__(self, reference: Reference) -> None:
        self._everyday = reference.everyday
        self._types: dict[tuple[str, str, float], int] = {}
        self._places: dict[tuple[str, str], int] = {}
        self._pages: list[Row] = []

    def found(self) -> dict[str, object]:
        """Give the whole index."""
        return {
            "types": list(self._types),
            "places": list(self._places),
            "everyday": ["; ".join(row.words) for row in self._everyday],
            "pages": self._pages,
        }

    def partnership(self, board: Board, reports: Sequence[Made]) -> None:
        """Add a partnership's overview, reports and measures."""
        partnership = board.partnership
        place = f"{partnership.slug}/", partnership.short_title
        self._add(OVERVIEW, place, "", partnership.title, _short(partnership.about))
        for report in reports:
            kind = report.report
            for address, title, _ in report.pages:
                name = title.removesuffix(f", {partnership.short_title}")
                self._add(kind.title, place, address, name, usual=_capital(kind.sentence))
        for sheet in board.sheets:
            found = sheet.indicator
            names = [found.title, *found.aliases]
            self._add(
                *(MEASURE, place, f"{found.slug}/", found.title),
                _short(found.description or sentences.headline(sheet)),
                "; ".join(found.aliases),
                everyday.meaning(self._everyday, names, found.description),
            )

    def hand_written(self, address: str, text: str) -> None:
        """Add a page by its title, and its sections that have an id."""
        sections = list(_sections(text))
        kind = next((title for title, anchor, _ in sections if not anchor), PAGE)
        kind = kind if kind in _WEIGHTS else PAGE
        for title, anchor, body in sections:
            self._add(kind, ("", ""), f"{address}{anchor}", title, _short(body))

    def _add(
        self,
        kind: str,
        place: tuple[str, str],
        address: str,
        title: str,
        text: str = "",
        names: str = "",
        meaning: Sequence[int] = (),
        usual: str = "",
    ) -> None:
        weight = _WEIGHTS.get(kind, _OTHER if kind == PAGE else _REPORT)
        type_ = self._types.setdefault((kind, usual, weight), len(self._types))
        where = self._places.setdefault(place, len(self._places))
        row: Row = [type_, where, address, title, text, names, list(meaning)]
        while not row[-1] and row[-1] != 0:
            row.pop()
        self._pages.append(row)


def _sections(text: str) -> Iterator[tuple[str, str, str]]:
    """Give title, anchor and first lines of a page and of each of its sections that has an id."""
    found = list(_HEADING.finditer(text))
    for heading, after in zip(found, [*found[1:], None], strict=True):
        is_page = heading[0].startswith("# ")
        if is_page or heading[2]:
            body = text[heading.end() : after.start() if after else None]
            first = body.strip().partition("\n\n")[0]
            yield _plain(heading[1]), "" if is_page else f"#{heading[2]}", _plain(first)


def _plain(text: str) -> str:
    return unescape(" ".join(_MARKUP.sub(lambda m: m[1] or " ", text).split()))


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _short(text: str) -> str:
    """Cut a text after a whole word; one that is cut ends in dots."""
    if len(text) <= _EXCERPT:
        return text
    return f"{text[:_EXCERPT].rpartition(' ')[0].rstrip(',;:.')} …"
