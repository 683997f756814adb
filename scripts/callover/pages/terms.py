"""Which words of the glossary a page uses, so that it can lead a reader to what they mean.

A row of the glossary that has the class `word` in its heading is a special word; common ones, such
as rate or target, would stand on every page. Its names are the heading, the letters in brackets
behind it, and what `data-also` adds, parted by |.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

PATH = "glossary/index.md"
_HEADING = re.compile(
    r"^## (?P<title>[^({\n]+?)(?: \((?P<short>[^)]+)\))? "
    r'\{ #(?P<anchor>[a-z0-9-]+) \.word(?: data-also="(?P<also>[^"]*)")? \}$',
    re.M,
)
_WORD = re.compile(r"[a-z0-9%]+")


@dataclass(frozen=True)
class Term:
    """A special word: its heading, the anchor of its row, and its names as lists of words."""

    title: str
    anchor: str
    names: Sequence[tuple[str, ...]]


#: The terms by the first word of each of their names.
Terms = Mapping[str, Sequence[tuple[tuple[str, ...], Term]]]


def terms(glossary: str) -> Terms:
    """Read the special words of a glossary, in Markdown."""
    made: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
    for row in _HEADING.finditer(glossary):
        also = (row["also"] or "").split("|")
        names = [
            name for text in (row["title"], row["short"] or "", *also) if (name := _words(text))
        ]
        term = Term(row["title"], row["anchor"], names)
        for name in names:
            made.setdefault(name[0], []).append((name, term))
    return made


def used(known: Terms, texts: Iterable[str]) -> list[tuple[str, str]]:
    """Give the anchor and title of each special word that some texts have, by its title."""
    found: dict[str, str] = {}
    for text in texts:
        words = _words(text)
        for place, word in enumerate(words):
            for name, term in known.get(word, ()):
                if words[place : place + len(name)] == name:
                    found[term.anchor] = term.title
    return sorted(found.items(), key=lambda pair: pair[1].casefold())


def _words(text: str) -> tuple[str, ...]:
    """Give the words of a text in lower case and without the s of a plural."""
    found = _WORD.findall(text.lower())
    return tuple([w[:-1] if w[-1] == "s" and len(w) > 3 else w for w in found])
