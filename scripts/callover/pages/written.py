"""What every page written by hand gets: breadcrumbs above its title."""

from __future__ import annotations

import re
from collections.abc import Mapping

from callover.pages.render import render
from callover.pages.report import INDEX

_TITLE = re.compile(r"^# +(.+?)(?: *\{[^}]*\})? *$", re.M)


def with_breadcrumbs(written: Mapping[str, str]) -> dict[str, str]:
    """Put breadcrumbs above the title of each hand-written page but home, by its path in docs/."""
    return {path: _page(path, text, written) for path, text in written.items()}


def _page(path: str, text: str, written: Mapping[str, str]) -> str:
    title = _TITLE.search(text)
    if path == INDEX or title is None:
        return text
    nav = render("breadcrumbs.md", trail=_trail(path, written), here=title[1])
    return f"{text[: title.start()]}{nav}\n{text[title.start() :]}"


def _trail(path: str, written: Mapping[str, str]) -> list[tuple[str, str]]:
    """Name each page above this one, with its relative address."""
    folders = path.removesuffix(".md").removesuffix("/index").split("/")
    trail = [("Home", "../" * len(folders))]
    for depth in range(1, len(folders)):
        above = written.get(f"{'/'.join(folders[:depth])}/index.md", "")
        title = _TITLE.search(above)
        if title is not None:
            trail.append((title[1], "../" * (len(folders) - depth)))
    return trail
