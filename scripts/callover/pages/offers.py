"""The files that a page offers to take away, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from callover.provenance import Provenance


@dataclass(frozen=True)
class Offer:
    """A file beside a page: its form (CSV), what is in it, and its name on a reader's disk."""

    file: str
    form: str
    says: str
    saved_as: str


@dataclass(frozen=True)
class Offers:
    """All files beside a page, and where their figures come from."""

    origin: Provenance
    files: Sequence[Offer]


def offers(origin: Provenance, files: Iterable[tuple[str, str]]) -> Offers:
    """Offer files, each with what is in it."""
    return Offers(
        origin,
        [
            Offer(file, file.rpartition(".")[2].upper(), says, origin.saved_as(file))
            for file, says in files
        ],
    )
