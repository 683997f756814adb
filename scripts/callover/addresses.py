"""Addresses never die: which ones a site has, and what answers at those whose page is gone.

An address is a page's path below the site (`barnet/robbery/`) or a file's that readers take away
(`barnet/robbery/series.csv`). Whoever published one keeps it: by the page itself, by a row of
moved.csv that says where it is now, or by one that says why it was withdrawn. `decide` finds what
answers at each, and raises Faults that name every address that nothing would answer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import translate

from callover.errors import Fault, Faults
from callover.records import Place

#: Where every address stands on the finished site.
LIST = "addresses.json"

#: Files of the site that are no addresses, by their path, and why.
NO_ADDRESS: Mapping[str, str] = {
    "assets/*": "pages load it; nobody links to it",
    "search/*": "the search box loads it",
    "*/chart-*.json": "a chart loads it when somebody explores it",
    "preview.png": "other sites fetch it anew with the page",
    "*/preview.png": "other sites fetch it anew with the page",
    "404.html": "it stands at every address that is none",
    "robots.txt": "search engines look for it by its name",
    "sitemap.xml*": "search engines look for it by its name",
    "manifest.json": "it lists the files of one build",
    LIST: "it lists the addresses themselves",
    "_*": "a host reads it and does not serve it",
    ".*": "a host or a program looks for it by its name",
    "*/.*": "a host or a program looks for it by its name",
}
#: Files that readers take away. Another type, such as a picture, belongs to the page that shows it.
TYPES = ("csv", "json", "pdf", "svg", "txt", "xlsx", "xml", "zip")

_PART = "[a-z0-9][a-z0-9_-]*"
_ADDRESS = re.compile(
    rf"(?:{_PART}/)+|(?:{_PART}/)*{_PART}(?:\.{_PART})*\.(?:{'|'.join(TYPES)})", re.A
)
_NONE = re.compile("|".join(translate(pattern) for pattern in NO_ADDRESS))
_PAGE = re.compile(r"(^|/)(?:index|README)\.md$|\.md$")
#: A drawing comes and goes with its figures: a new year has too few of them for some charts.
_DRAWING = re.compile(r"chart-[a-z0-9_-]+\.svg", re.A)
_HEADER = "address,to,date,reason"


@dataclass(frozen=True)
class Ever:
    """An address that was published: since which ISO day, where known, and where that is said."""

    address: str
    since: str = ""
    at: Place = field(default_factory=Place, compare=False)


@dataclass(frozen=True)
class Move:
    """A row of moved.csv: where an address is now; with no `to` it was withdrawn, and why.

    A row for a page covers what was below it, too. `date` is an ISO day.
    """

    address: str
    to: str
    date: str
    reason: str = ""
    at: Place = field(default_factory=Place, compare=False)


@dataclass(frozen=True)
class Answer:
    """What answers at an address that has no page or file of its own any more.

    `to` is an address that the site has, or '' where nothing took its place. `move` is the row
    that says so; a drawing that is not made at present needs none, and `to` is its page.
    """

    address: str
    to: str
    move: Move | None = None


def is_address(text: str) -> bool:
    """Say whether a text is an address below the site, in lower-case words."""
    return bool(_ADDRESS.fullmatch(text)) and not _NONE.fullmatch(text)


def address_of(path: str) -> str:
    """Give the address of a file that the build makes, by its path; '' where it has none.

    Home has none to keep: it is always there.
    """
    address = _PAGE.sub(lambda found: found[1] if found[1] is not None else "/", path)
    return address if is_address(address) else ""


def decide(
    made: Collection[str], ever: Sequence[Ever], moves: Sequence[Move], day: str
) -> tuple[Answer, ...]:
    """Give what answers at each address that was published or moved and that nobody makes now.

    `made` has the addresses that the build makes, `day` is the ISO day for new rows. Raises Faults
    for every address that nothing would answer, and for every row of moved.csv that cannot hold.
    """
    rows = _Rows(frozenset(made), {move.address: move for move in moves})
    gone = {one.address: one for one in reversed(ever) if one.address not in rows.made}
    lost = [one for one in gone.values() if not rows.covered(one.address)]
    faults = [fault for move in moves for fault in _row_faults(rows, move)]
    faults += _lost_faults(lost, rows.made, {one.address for one in ever}, day)
    if faults:
        raise Faults(faults)
    return tuple(rows.answer(address) for address in sorted({*gone, *rows.moves}))


@dataclass(frozen=True)
class _Rows:
    """The rows of moved.csv by their address, and the addresses that the build makes."""

    made: frozenset[str]
    moves: Mapping[str, Move]

    def row(self, address: str) -> Move | None:
        """Find the row of an address, or that of the nearest page above it."""
        return next((self.moves[a] for a in upwards(address) if a in self.moves), None)

    def covered(self, address: str) -> bool:
        """Say whether a row is about an address, or it is a drawing whose page is there."""
        return self.row(address) is not None or self._undrawn(address)

    def _undrawn(self, address: str) -> bool:
        folder = _folder(address)
        return folder in self.made and bool(_DRAWING.fullmatch(address.removeprefix(folder)))

    def answer(self, address: str) -> Answer:
        """Follow the rows from a covered address to its end, once each row by itself is sound."""
        first = self.row(address)
        if first is None:
            return Answer(address, _folder(address))
        found = self._end(address, frozenset())
        assert found is not None  # the row's own end, at least: that of a sound row is there
        end, last = found
        return Answer(address, end, first if end else last)

    def _end(self, address: str, used: frozenset[str]) -> tuple[str, Move] | None:
        """Give the address that the rows lead to ('' if withdrawn) and the last row.

        A row for a page leads to the same place below its new address, or else to that itself.
        """
        row = self.row(address)
        if row is None or row.address in used:
            return None
        if not row.to:
            return "", row
        rest = address.removeprefix(row.address) if row.to.endswith("/") else ""
        for there in (row.to + rest, row.to):
            if there in self.made:
                return there, row
            if found := self._end(there, used | {row.address}):
                return found
        return None

    def loops(self, move: Move) -> bool:
        """Say whether the rows lead from a row back to it."""
        here, used = move, set[str]()
        while here.to and here.to not in self.made and here.address not in used:
            used.add(here.address)
            after = self.row(here.to)
            if after is None or after.address == move.address:
                return after is not None
            here = after
        return False


def upwards(address: str) -> Iterator[str]:
    """Give an address and each page above it, the nearest first."""
    yield address
    above = _folder(address)
    while above:
        yield above
        above = _folder(above)


def _folder(address: str) -> str:
    """Give the page that an address lies below; '' where that is home."""
    head, slash, _ = address.rstrip("/").rpartition("/")
    return f"{head}{slash}"


def _row_faults(rows: _Rows, move: Move) -> Iterator[Fault]:
    """Tell of a row whose address is there still, and of one that leads nowhere or in a circle."""
    if move.address in rows.made:
        yield Fault(
            move.at.file, move.at.row, "address", move.address,
            "an address that the site does not have any more",
            "Delete the row, or take the page away that is at this address.",
        )  # fmt: skip
    elif move.to and move.to not in rows.made:
        if rows.loops(move):
            yield _to_fault(move, "an address that does not lead back to this row",
                            "Write the address where the page is now.")  # fmt: skip
        elif rows.row(move.to) is None:
            near = _nearest(move.to, sorted(rows.made))
            yield _to_fault(move, "an address that the site has",
                            f"{f'Is it {near}? ' if near else ''}Write it as the browser shows "
                            "it, after the site's own; leave it empty if nothing took its place.",
                            )  # fmt: skip


def _to_fault(move: Move, expected: str, remedy: str) -> Fault:
    return Fault(move.at.file, move.at.row, "to", move.to, expected, remedy)


def _lost_faults(
    lost: Sequence[Ever], made: Collection[str], known: Collection[str], day: str
) -> Iterator[Fault]:
    """Tell of each address that would vanish; one row will do for a page and all below it."""
    if not lost:
        return
    gone = {one.address: one for one in lost}
    standing = {above for address in made for above in upwards(address)}
    below: dict[str, list[str]] = {}
    for address in gone:
        tops = [a for a in upwards(address) if a in gone and a not in standing]
        below.setdefault(tops[-1] if tops else address, []).append(address)
    new = sorted(set(made) - set(known))
    for top, all_of_it in below.items():
        yield _lost_fault(gone[top], len(all_of_it) - 1, _nearest(top, new), day)


def _lost_fault(one: Ever, more: int, near: str, day: str) -> Fault:
    kind = "page" if one.address.endswith("/") else "file"
    since = f", as since {one.since}" if one.since else ", as it was published"
    rest = f" (and {more} more below it)" if more else ""
    moved = f"{one.address},{near or 'NEW ADDRESS'},{day},"
    return Fault(
        one.at.file, one.at.row, "address", one.address, f"a {kind} at this address{since}{rest}",
        f"Add to reference/moved.csv ({_HEADER}) `{moved}`, or, if nothing took its place, "
        f"`{one.address},,{day},WHY`.",
    )  # fmt: skip


def _nearest(address: str, known: Iterable[str]) -> str:
    """Find the address of the same depth and type that is most like another one; '' if none is."""
    kind, depth = address.rpartition(".")[2] if "." in address else "/", address.count("/")
    alike = [a for a in known if a.count("/") == depth and a.endswith(kind)]
    return next(iter(get_close_matches(address, alike, 1)), "")
