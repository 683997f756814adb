"""Releases that may not be public yet.

A live partnership's clock is London's. A demonstration's is the end of the day that its pages speak
from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from callover import words
from callover.london import end_of
from callover.model import Partnership, Portal, Release


@dataclass(frozen=True)
class Held:
    """A release whose embargo is not over, and the moment on its partnership's clock."""

    partnership: Partnership
    place: int
    release: Release
    until: datetime
    now: datetime

    @property
    def waits(self) -> str:
        """Say what ends the wait: the clock, or a hand."""
        if self.partnership.demonstration:
            return "A demonstration's clock is the end of its as_of: move as_of on, or take it out."
        return "The first build after that time publishes it; the daily build does so by itself."

    def __str__(self) -> str:
        """Two lines: what is held until when, and what happens then."""
        return (
            f"{self.partnership.slug}, release {self.release.id}: not before "
            f"{words.moment(self.until)}. In London it is {words.moment(self.now)}.\n  {self.waits}"
        )


class TooEarly(Exception):
    """At least one release may not be public yet; nothing is published. Exit code 5."""

    exit_code = 5

    def __init__(self, found: list[Held]) -> None:
        """Keep all of them, so that they are told together."""
        self.held = found
        super().__init__(f"{len(found)} held")

    def __str__(self) -> str:
        """All of them, then what did not happen."""
        told = "\n".join(str(one) for one in self.held)
        return f"{told}\nNothing was published. The old site stays."


def clock(partnership: Partnership, now: datetime) -> datetime:
    """Give the moment from which a partnership's pages speak."""
    return end_of(date.fromisoformat(partnership.as_of)) if partnership.demonstration else now


def held(portal: Portal, now: datetime) -> Iterator[Held]:
    """Give every release that may not be public at a moment."""
    for partnership in portal.partnerships:
        at = clock(partnership, now)
        for place, release in enumerate(partnership.releases):
            if release.embargo is not None and at < release.embargo:
                yield Held(partnership, place, release, release.embargo, at)


def refuse_early(portal: Portal, now: datetime) -> None:
    """Raise TooEarly if any release may not be public yet."""
    if found := list(held(portal, now)):
        raise TooEarly(found)
