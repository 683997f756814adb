"""addresses.csv: what it lacks, and how it grows; and the list that a published site carries."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from itertools import chain
from pathlib import Path

from callover.addresses import LIST, Ever, is_address
from callover.data.descriptor import DESCRIPTOR, object_of
from callover.data.read import REFERENCE, read
from callover.data.shapes import REFERENCE as TABLES
from callover.data.shapes import resource
from callover.errors import Fault, Faults
from callover.model import Portal
from callover.pages.csvs import csv_text
from callover.pages.portal import Gathered, pages
from callover.records import Place
from callover.site.build import answered, hand_written

_TABLE = "addresses"
#: A list of a hundred thousand addresses is about 5 MB; what is larger is none of ours.
_MOST_BYTES = 20_000_000


def every(
    portal: Portal, written: Path, today: date, known: Gathered | None = None
) -> Sequence[str]:
    """Press every page and keep none: give every address that the site answers, sorted.

    `written` is the folder of the pages written by hand, `known` what is computed already. Raises
    Faults where one would vanish.
    """
    texts, assets = hand_written(written)
    made = pages(portal, texts, known=known)
    files = answered(portal, chain(made, assets.items()), (), today)
    return next(json.loads(content) for path, content in files if path == LIST)


def lacking(portal: Portal, written: Path, today: date) -> Sequence[str]:
    """Give the addresses of the site as it is now that addresses.csv does not list yet."""
    known = {one.address for one in portal.reference.addresses}
    return [address for address in every(portal, written, today) if address not in known]


def add(data: Path, written: Path, today: date) -> Sequence[str]:
    """Add to addresses.csv, with the day, what it lacks; give what was added.

    `data` is the folder of all packages, `written` that of the pages written by hand. The table is
    listed in the descriptor where it is new. Raises Faults where an address would vanish; nothing
    is written then.
    """
    portal = read(data, today)
    new = lacking(portal, written, today)
    if new:
        rows = [(one.address, one.since) for one in portal.reference.addresses]
        rows += [(address, today.isoformat()) for address in new]
        folder = data / REFERENCE
        text = csv_text(("address", "since"), sorted(rows, key=lambda row: (row[1], row[0])))
        (folder / f"{_TABLE}.csv").write_text(text, "utf-8", newline="")
        _list(folder / DESCRIPTOR)
    return new


def _list(path: Path) -> None:
    """Name the table in the descriptor of the reference package, if it is not there yet."""
    found = object_of(path.read_text("utf-8-sig"))
    listed = found.setdefault("resources", [])
    if _TABLE not in [entry.get("name") for entry in listed]:
        listed.append(resource(_TABLE, f"{_TABLE}.csv", TABLES[_TABLE]))
        text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
        path.write_text(text, "utf-8", newline="")


def published(path: Path) -> Sequence[Ever]:
    """Read the addresses of a published site from its addresses.json.

    A file that is not there gives none: nothing was published yet. Raises Faults where it is
    damaged, as its addresses would be lost without a word.
    """
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return ()
    if size > _MOST_BYTES:
        raise _damaged(path, f"{size} bytes", f"at most {_MOST_BYTES} bytes")
    try:
        found = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as problem:
        raise _damaged(path, str(problem), "a list of addresses as JSON") from None
    if not isinstance(found, list) or not found:
        raise _damaged(path, "something else", "a list of addresses as JSON")
    wrong = next((one for one in found if not (isinstance(one, str) and is_address(one))), None)
    if wrong is not None:
        raise _damaged(path, str(wrong), "an address such as barnet/robbery/")
    return [Ever(address, "", Place(path.name)) for address in found]


def _damaged(path: Path, value: str, expected: str) -> Faults:
    remedy = "Fetch addresses.json of the published site again; it is as the build wrote it."
    return Faults([Fault(path.name, 0, "", value, expected, remedy)])
