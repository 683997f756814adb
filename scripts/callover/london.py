"""London's time: as people type it, and as a clock of the build has it.

A moment is typed without an offset, such as 2026-12-01T09:30. The hour that the clocks leave out in
spring, and the one that comes twice in autumn, are no such moments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

#: What a moment looks like, for messages.
FORM = "a time in London such as 2026-12-01T09:30"

_FORM = re.compile(r"(?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d", re.A)


class NoMoment(ValueError):
    """A text that is no moment in London: what was expected, and what to do."""

    def __init__(self, expected: str, remedy: str) -> None:
        """Keep both, so that a fault can be made of them."""
        self.expected, self.remedy = expected, remedy
        super().__init__(f"expected {expected}. {remedy}")


def moment(text: str) -> datetime:
    """Read a moment in London. Raises NoMoment with the exact correction where there is one."""
    if not _FORM.fullmatch(text):
        raise NoMoment(FORM, next(_corrected(text), "Write the day, a T, and the time."))
    try:
        naive = datetime.fromisoformat(text)
    except ValueError:
        raise NoMoment(FORM, "Correct it: there is no such day or time.") from None
    first, second = (naive.replace(tzinfo=LONDON, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    if first.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != naive:
        # Read with the offset of before the change, it lands an hour further on.
        later = first.astimezone(UTC).astimezone(LONDON)
        raise NoMoment(
            "a time that there is",
            f"The clocks go forward over it. Write {typed(later)}, or another time.",
        )
    raise NoMoment(
        "a time that comes once",
        "The clocks go back that night, so it comes twice. Write a time outside that hour.",
    )


def _corrected(text: str) -> Iterator[str]:
    """Say what to write where a text has an offset, seconds, a blank for the T, or no time."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return
    if found.utcoffset() is not None:
        yield f"Write London's own time, without an offset: {typed(found.astimezone(LONDON))}."
    elif re.fullmatch(r"\d{4}-?\d\d-?\d\d", text.strip(), re.A):
        yield f"Add the time of day: {found.date().isoformat()}T09:30 is half past nine."
    elif found.year >= 1900:
        yield f"Write {typed(found)}."


def typed(found: datetime) -> str:
    """Write a moment as people type it."""
    return found.replace(tzinfo=None).isoformat(timespec="minutes")


def end_of(day: date) -> datetime:
    """Give the last minute of a day in London."""
    return datetime.combine(day, time(23, 59), LONDON)


def given(text: str) -> datetime:
    """Read a moment, or a day, which stands for its last minute. Raises NoMoment."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.A):
        try:
            return end_of(date.fromisoformat(text))
        except ValueError:
            raise NoMoment("a day such as 2026-12-01", "There is no such day.") from None
    return moment(text)


def now() -> datetime:
    """Give the moment at which the build runs; the one place that asks the clock."""
    return datetime.now(LONDON)
