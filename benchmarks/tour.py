"""The types of page a site has, and one address of each: what every check in a browser visits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "datapackage"


def shape(address: str, data: Path = DATA) -> str:
    """Name the type of page at an address (from the root, such as `barnet/plan/`).

    Partnerships, indicators and periods are all alike: an indicator is its kind, and anything
    else of a partnership is the word of its report.
    """
    parts = address.strip("/").split("/")
    if not (data / parts[0] / "datapackage.json").is_file():
        return address
    indicator = data.joinpath(*parts[:2], "datapackage.json")
    if len(parts) > 1 and indicator.is_file():
        kind: str = json.loads(indicator.read_text("utf-8"))["callover"]["kind"]
        return kind if len(parts) == 2 else "indicator/period"
    return "/".join(["partnership", *parts[1:2], *("page" for _ in parts[2:])])


def types(site: Path, data: Path = DATA) -> Mapping[str, str]:
    """Give the first address of each type of page of a built site, by type."""
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    addresses = [name.removesuffix("index.html") for name in found]
    return {shape(address, data): address for address in reversed(addresses)}
