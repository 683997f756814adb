"""Where figures come from: what a file must say of itself once it has left its page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from callover import words
from callover.model import Indicator, Partnership
from callover.periods import Period

_UNKNOWN = "not stated"


@dataclass(frozen=True)
class Provenance:
    """Whose figures, under which licence, to when, and where they stand.

    `closing` is the newest period with figures, `as_of` an ISO date: the day that the pages speak
    from. `path` is the page's address below `site`. What is not known is empty.
    """

    publisher: str
    source: str
    licence: str
    licence_address: str
    closing: Period | None
    as_of: str
    site: str
    path: str

    @property
    def address(self) -> str:
        """The absolute address of the page."""
        return f"{self.site}{self.path}"

    @property
    def data_to(self) -> str:
        """The newest period with figures, in words; nothing where there is none."""
        return words.period_long(self.closing) if self.closing else ""

    @property
    def licence_in_full(self) -> str:
        """The licence with its address, as far as they are known."""
        return ", ".join(part for part in (self.licence, self.licence_address) if part) or _UNKNOWN

    @property
    def dated(self) -> str:
        """To when the figures are, and the day that the pages speak from."""
        to = f"Data to {self.data_to}. " if self.closing else ""
        return f"{to}Pages as of {words.date_long(self.as_of)}."

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Each part with its label; one that nobody stated says so."""
        return [
            ("Published by", self.publisher),
            ("Source", self.source or _UNKNOWN),
            ("Licence", self.licence_in_full),
            ("Data to", self.data_to or "no figures yet"),
            ("Pages as of", words.date_long(self.as_of)),
            ("Address", self.address),
        ]

    def saved_as(self, file: str) -> str:
        """Name a file for a reader's disk: whose it is, what it is, and to when.

        `robbery-metrics-2016-12.csv` of a partnership; no part of the name comes twice.
        """
        stem, dot, ending = file.rpartition(".")
        parts = [*self.path.strip("/").split("/"), stem, self.closing.slug if self.closing else ""]
        return "-".join(part for part in dict.fromkeys(parts) if part) + dot + ending

    def at(self, below: str) -> Provenance:
        """Give the same for something below this address, such as `#chart-months`."""
        return replace(self, path=f"{self.path}{below}")


def of_indicator(
    site: str,
    partnership: Partnership,
    indicator: Indicator,
    closing: Period | None,
    path: str = "",
) -> Provenance:
    """Say where an indicator's figures come from; its licence is its own or its partnership's.

    `path` is the page's address below the partnership's, where it is not the indicator's own.
    """
    stated = indicator if indicator.licence else partnership
    below = path or f"{indicator.slug}/"
    return Provenance(
        *(partnership.title, indicator.source, stated.licence, stated.licence_address),
        *(closing, partnership.as_of, site, f"{partnership.slug}/{below}"),
    )


def of_report(site: str, partnership: Partnership, path: str, closing: Period | None) -> Provenance:
    """Say the same of a page over many indicators; `path` is below the partnership's address."""
    return Provenance(
        *(partnership.title, partnership.source, partnership.licence, partnership.licence_address),
        *(closing, partnership.as_of, site, f"{partnership.slug}/{path}"),
    )
