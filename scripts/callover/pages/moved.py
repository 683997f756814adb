"""What stands at addresses whose page or file is gone: a way to the new one, or why there is none.

A page becomes a page: a browser goes on from a moved one at once, by its own means and without a
script. A file becomes a copy of the one that took its place, or a notice of the same type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from callover import words
from callover.addresses import Answer, Move, address_of, upwards
from callover.model import Content, Partnership, Portal
from callover.pages import head, notice, paper
from callover.pages.foot import Foot, foot_keys, title_of
from callover.pages.head import front
from callover.pages.render import render
from callover.pages.report import INDEX

_NOT_DRAWN = "This chart is not drawn at present."


class Passing:
    """Files on their way to the disk: their addresses, and what rows of moved.csv lead to."""

    def __init__(self, moves: Sequence[Move]) -> None:
        """Keep only what the rows may need: a portal's files are too many to keep them all."""
        self._wanted = tuple(move.to for move in moves if move.to)
        self._titled = bool(moves)
        self.addresses: set[str] = set()
        self.titles: dict[str, str] = {}
        self.files: dict[str, Content] = {}

    def through(self, files: Iterable[tuple[str, Content]]) -> Iterator[tuple[str, Content]]:
        """Give each file as it comes, and remember it."""
        for path, content in files:
            address = address_of(path)
            if address:
                self.addresses.add(address)
            if address and self._titled:
                self._keep(path, address, content)
            yield path, content

    def _keep(self, path: str, address: str, content: Content) -> None:
        if address.endswith("/") and isinstance(content, str):
            self.titles[address] = title_of(path, content)
        elif address.startswith(self._wanted):
            self.files[address] = content

    def above(self, address: str) -> str:
        """Give the nearest page above an address that is made; '' where that is home."""
        return next((a for a in upwards(address) if a in self.titles), "")


def files(
    portal: Portal, answers: Iterable[Answer], passed: Passing
) -> Iterator[tuple[str, Content]]:
    """Give the page or the file of each answer, by its path."""
    for answer in answers:
        if answer.address.endswith("/"):
            path = f"{answer.address}{INDEX}"
            make = _moved if answer.to else _withdrawn
            yield path, paper.footed(portal, path, make(portal, answer, passed))
        else:
            yield answer.address, _file(portal, answer, passed)


def _moved(portal: Portal, answer: Answer, passed: Passing) -> Content:
    assert answer.move is not None
    to, root = answer.to, _root(answer.address)
    title = passed.titles.get(to, to.rpartition("/")[2])
    meta = [
        ("Old address", f"{portal.site}{answer.address}"),
        ("New address", f"{portal.site}{to}"),
        ("Moved on", words.date_long(answer.move.date)),
        ("Why", answer.move.reason),
    ]
    text = render(
        "moved.md",
        front=front(f"Moved: {title}", f"This page has moved. It is now here: {title}."),
        trail=_trail(portal, answer.address, passed),
        link=f"{root}{to}",
        title=title,
        meta=[(label, value) for label, value in meta if value],
    )
    return _with_keys(portal, answer, text, {"moved": to, "canonical": f"{portal.site}{to}"})


def _withdrawn(portal: Portal, answer: Answer, passed: Passing) -> Content:
    assert answer.move is not None
    root, above = _root(answer.address), passed.above(answer.address)
    links = [("Go to", f"{root}{above}", passed.titles[above])] if above else []
    links.append(("Look in the", f"{root}a-to-z/", "list of all measures, A to Z"))
    links.append(("Find the figures as files on the", f"{root}data/", "data page"))
    foot, path = _foot(portal, answer.address), f"{answer.address}{INDEX}"
    title = f"Withdrawn: {', '.join(answer.address.strip('/').split('/'))}"
    text = render(
        "withdrawn.md",
        front=front(title, f"This page was withdrawn. {answer.move.reason}"),
        trail=_trail(portal, answer.address, passed),
        address=f"{portal.site}{answer.address}",
        day=words.date_long(answer.move.date),
        reason=answer.move.reason,
        links=links,
        report=foot.report(title, path),
        answers=foot.answers,
    )
    return _with_keys(portal, answer, text, {})


def _with_keys(portal: Portal, answer: Answer, text: str, keys: dict[str, str]) -> Content:
    path = f"{answer.address}{INDEX}"
    answers = foot_keys(_foot(portal, answer.address), path, text)
    return head.with_keys(path, text, {"robots": "noindex", **keys, **answers})


def _root(address: str) -> str:
    """Give the way from a page to the root of the site."""
    return "../" * address.count("/")


def _trail(portal: Portal, address: str, passed: Passing) -> list[tuple[str, str]]:
    """Name the pages above an address that are there, with their relative addresses."""
    root = _root(address)
    above = [a for a in upwards(address) if a in passed.titles]
    names = {f"{p.slug}/": p.short_title for p in portal.partnerships}
    named = [(names.get(a, passed.titles[a]), f"{root}{a}") for a in reversed(above)]
    return [("Home", root), *named]


def _of(portal: Portal, address: str) -> Partnership | None:
    return next((p for p in portal.partnerships if address.startswith(f"{p.slug}/")), None)


def _foot(portal: Portal, address: str) -> Foot:
    """Say who answers: the partnership that the address is of, or else the site."""
    own = _of(portal, address)
    if own is not None:
        return Foot(own.contact, portal.site, own.demonstration)
    demonstration = all(p.demonstration for p in portal.partnerships)
    return Foot(portal.contact, portal.site, demonstration)


def _file(portal: Portal, answer: Answer, passed: Passing) -> Content:
    same = answer.address.rpartition(".")[2] == answer.to.rpartition(".")[2]
    if answer.move is not None and same and answer.to in passed.files:
        return passed.files[answer.to]
    see = f"{portal.site}{answer.to or passed.above(answer.address)}"
    day = answer.move.date if answer.move else max(p.as_of for p in portal.partnerships)
    lines = [*_lines(answer), f"See {see}"]
    told = notice.Notice(lines, date.fromisoformat(day), f"{portal.site}{answer.address}", see)
    return notice.content(told)


def _lines(answer: Answer) -> list[str]:
    if answer.move is None:
        return [_NOT_DRAWN]
    day, reason = words.date_long(answer.move.date), answer.move.reason
    done = "moved" if answer.to else "was withdrawn"
    return [f"This file {done} on {day}.", *([f"Why: {reason}"] if reason else [])]
