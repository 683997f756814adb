"""Everyday words: what people type, such as mugging, and what the measures call it.

The table is shared (reference/everyday.csv), so that a package without other names of its own is
found too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

_APART = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Everyday:
    """Words that people use, and terms of measures that mean the same."""

    words: tuple[str, ...]
    terms: tuple[str, ...]

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(folded(term) for term in self.terms)

    def is_in(self, text: str) -> bool:
        """Say whether a folded text has one of the terms, as whole words."""
        return any(term in text for term in self._folded)


def parted(cell: str) -> tuple[str, ...]:
    """Read words or terms that stand in one cell, parted by semicolons."""
    return tuple(" ".join(part.split()) for part in cell.split(";"))


def folded(text: str) -> str:
    """Give a text as words in small letters without accents and plurals, each between spaces."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    found = _APART.split(plain.replace("'", ""))
    return f" {' '.join(_singular(word) for word in found if word)} "


def _singular(word: str) -> str:
    if len(word) < 4 or word.endswith("ss"):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def meaning(rows: Sequence[Everyday], names: Iterable[str], description: str) -> list[int]:
    """Give the places of the rows that mean a measure, by its title and its other names.

    Where these have no term of any row, its description tells.
    """
    named = "|".join(folded(name) for name in names)
    found = [place for place, row in enumerate(rows) if row.is_in(named)]
    if found:
        return found
    described = folded(description)
    return [place for place, row in enumerate(rows) if row.is_in(described)]
