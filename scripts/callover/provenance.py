"""Where figures come from: what a file must say of itself once it has left its page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from callover import words
from callover.model import Indicator, Partnership
from callover.periods import Period


@dataclass(frozen=True)
class Provenance:
    """Whose figures, under which licence, to when, and where they stand.

    `data_to` is in words, `as_of` an ISO date: the day that the pages speak from. `address` is
    absolute. What is not known is empty.
    """

    publisher: str
    source: str
    licence: str
    licence_address: str
    data_to: str
    as_of: str
    address: str

    @property
    def licence_in_full(self) -> str:
        """The licence with its address, as far as they are known."""
        return ", ".join(part for part in (self.licence, self.licence_address) if part)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Each part with its label; one that nobody stated says so."""
        return [
            ("Published by", self.publisher),
            ("Source", self.source or "not stated"),
            ("Licence", self.licence_in_full or "not stated"),
            ("Data to", self.data_to),
            ("Pages as of", words.date_long(self.as_of)),
            ("Address", self.address),
        ]

    @property
    def sentences(self) -> str:
        """Source, licence and dates in one line."""
        return (
            f"Source: {self.source or 'not stated'}. Licence: {self.licence or 'not stated'}. "
            f"{self.dated}"
        )

    @property
    def dated(self) -> str:
        """To when the figures are, and the day that the pages speak from."""
        return f"Data to {self.data_to}. Pages as of {words.date_long(self.as_of)}."

    def at(self, below: str) -> Provenance:
        """Give the same for something below this address, such as `#chart-months`."""
        return replace(self, address=f"{self.address}{below}")


def of_indicator(
    site: str, partnership: Partnership, indicator: Indicator, closing: Period | None
) -> Provenance:
    """Say where an indicator's figures come from; `closing` is the newest period with one.

    The licence is its own, or else its partnership's.
    """
    stated = indicator if indicator.licence else partnership
    return Provenance(
        partnership.title,
        indicator.source,
        stated.licence,
        stated.licence_address,
        words.period_long(closing) if closing else "no figures yet",
        partnership.as_of,
        f"{site}{partnership.slug}/{indicator.slug}/",
    )


def of_report(site: str, partnership: Partnership, path: str, closing: Period | None) -> Provenance:
    """Say the same of a page over many indicators; `path` is below the partnership's address."""
    return Provenance(
        partnership.title,
        partnership.source,
        partnership.licence,
        partnership.licence_address,
        words.period_long(closing) if closing else "no figures yet",
        partnership.as_of,
        f"{site}{partnership.slug}/{path}",
    )
