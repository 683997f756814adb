"""Help lines as readers meet them: the block on a measure's page, and the page of all lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from callover import words
from callover.helplines import TOPICS, Helpline, leads, leaves, lines_for
from callover.model import Indicator, Reference
from callover.pages.render import render

PATH = "help/index.md"


@dataclass(frozen=True)
class Line:
    """A help line in words: whom it helps, its number, and when and by which other ways."""

    id: str
    name: str
    helps: str
    phone: str
    tel: str
    facts: str
    web: str
    host: str
    checked: str


@dataclass(frozen=True)
class Block:
    """What a measure's page shows: the lines that stand first, and the others."""

    first: Sequence[Line]
    others: Sequence[Line]
    leave: bool

    @property
    def more(self) -> str:
        """Say how many other lines there are."""
        return words.amount(len(self.others), "more help lines", "more help line")


@dataclass(frozen=True)
class Section:
    """A topic on the page of all lines; `also` are lines that stand in full further up."""

    id: str
    title: str
    lines: Sequence[Line]
    also: Sequence[tuple[str, str]]


def block(indicator: Indicator, reference: Reference) -> Block | None:
    """Give the help lines of a measure's page; None where it names none."""
    names, lines = indicator.help_lines, reference.helplines
    found = lines_for(names, lines)
    if not found:
        return None
    first = leads(names, lines)
    others = [line for line in found if line not in first]
    return Block([_line(x) for x in first], [_line(x) for x in others], leaves(names, lines))


def page(lines: Sequence[Helpline]) -> str:
    """Give the part of the page "Get help" that is made from the data."""
    unchecked = sum(not line.checked for line in lines)
    return render(
        "help.md",
        sections=list(_sections(lines)),
        unchecked=_unchecked(unchecked, len(lines)),
    )


def _sections(lines: Sequence[Helpline]) -> Iterator[Section]:
    told: set[str] = set()
    for name, topic in TOPICS.items():
        about = [line for line in lines if name in line.topics]
        fresh = [_line(line) for line in about if line.id not in told]
        also = [(line.id, line.name) for line in about if line.id in told]
        told |= {line.id for line in about}
        if about:
            yield Section(name, topic.title, fresh, also)


def _unchecked(count: int, total: int) -> str:
    """Say plainly which numbers nobody has tried."""
    if not count:
        return ""
    which = "any of these lines" if count == total else f"{words.number(count)} of these lines"
    return (
        f"We have not yet checked {which} with the people who run them. Numbers and hours change. "
        "If one does not work, look at its website, or call 101."
    )


def _line(line: Helpline) -> Line:
    facts = [line.cost, f"Open {line.hours}" if line.hours else "", line.other, _where(line)]
    checked = f"Checked on {words.date_long(line.checked)}." if line.checked else ""
    host = urlsplit(line.web).hostname or ""
    return Line(
        *(line.id, line.name, line.helps, line.phone, line.tel),
        "".join(f"{fact.rstrip('.')}. " for fact in facts if fact).strip(),
        line.web,
        host.removeprefix("www."),
        checked,
    )


def _where(line: Helpline) -> str:
    """Say where a service helps, unless that is everywhere."""
    return f"For {line.area}" if line.area not in ("", "UK") else ""
