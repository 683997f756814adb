"""The search index: small, ours, and fetched only when somebody searches.

An indicator is found by its title, its acronym and its everyday names; a hand-written page by its
headings. The theme's own index would hold every table and cost a third of the build.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from callover.compute import Board
from callover.pages import sentences
from callover.pages.report import Made

PATH = "search/index.json"
_HEADING = re.compile(r"^#{1,3} +(.+?)(?: *\{ *#([\w-]+) *\})? *$", re.M)
_MARKUP = re.compile(r"<[^>]*>|\[([^]]*)\]\([^)]*\)|[*_`#]")


def index(
    boards: Sequence[Board], written: Mapping[str, str], reports: Mapping[str, Sequence[Made]]
) -> str:
    """Write the index as JSON: for each page or section its address, title and some text.

    `reports` has each partnership's report pages by its slug.
    """
    docs = [*_indicators(boards, reports), *_written(written)]
    return json.dumps({"docs": docs}, ensure_ascii=False, separators=(",", ":")) + "\n"


def _entry(location: str, title: str, text: str) -> dict[str, str]:
    return {"location": location, "title": title, "text": text}


def _indicators(
    boards: Sequence[Board], reports: Mapping[str, Sequence[Made]]
) -> Iterator[dict[str, str]]:
    for board in boards:
        partnership = board.partnership
        home = f"{partnership.slug}/"
        yield _entry(home, partnership.title, partnership.about)
        for report in reports.get(partnership.slug, ()):
            for address, title, description in report.pages:
                yield _entry(home + address, title, description)
        for sheet in board.sheets:
            indicator = sheet.indicator
            also = f"Also known as {', '.join(indicator.aliases)}." if indicator.aliases else ""
            text = " ".join((indicator.description, also, sentences.headline(sheet)))
            title = f"{indicator.title}, {partnership.short_title}"
            yield _entry(f"{home}{indicator.slug}/", title, text.strip())


def _written(written: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for path, text in written.items():
        if not path.endswith("index.md"):
            continue
        location = path.removesuffix("index.md")
        found = list(_HEADING.finditer(text))
        for heading, after in zip(found, [*found[1:], None], strict=True):
            body = text[heading.end() : after.start() if after else None]
            anchor = f"#{heading[2]}" if heading[2] else ""
            if heading[0].startswith("# ") or anchor:
                yield _entry(location + anchor, _plain(heading[1]), _plain(body)[:300])


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub(lambda m: m[1] or " ", text).split())
