"""What machines read in a page: schema.org's Dataset, DataCatalog and BreadcrumbList as JSON-LD.

It is a data block, which no browser runs. Texts of partners are data in it: no sign that could end
the block or begin another is left as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from callover.compute import Board, Sheet
from callover.model import Portal
from callover.pages import sentences
from callover.pages.head import changed_on
from callover.pages.offers import Offer, Offers
from callover.periods import Period

_ESCAPES = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})
_OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
_SUBJECT = "community safety"

#: The media type of each download, by the end of its name.
_TYPES: Mapping[str, str] = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}

Thing = Mapping[str, Any]


def block(things: Sequence[Thing]) -> Markup:
    """Write things as one data block; nothing for none."""
    if not things:
        return Markup()
    graph = {"@context": "https://schema.org", "@graph": things}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704 (escaped)


def indicator(portal: Portal, board: Board, sheet: Sheet, downloads: Offers) -> Markup:
    """Describe an indicator's data, its files and where its page stands.

    A measure without figures is no data set.
    """
    home = [("Home", portal.site), (board.partnership.short_title, _above(portal, board))]
    trail = breadcrumbs([*home, (sheet.indicator.title, downloads.origin.address)])
    covered = _covered(sheet)
    if not covered:
        return block([trail])
    return block([dict(_dataset(portal, board, sheet, covered, downloads)), trail])


def _above(portal: Portal, board: Board) -> str:
    return f"{portal.site}{board.partnership.slug}/"


def _dataset(
    portal: Portal,
    board: Board,
    sheet: Sheet,
    covered: Sequence[Period],
    downloads: Offers,
) -> Iterator[tuple[str, Any]]:
    partnership, found, origin = board.partnership, sheet.indicator, downloads.origin
    address = origin.address
    outcome = next((o.title for o in partnership.outcomes if o.id == found.outcome), "")
    yield "@type", "Dataset"
    yield "@id", address
    yield "name", f"{found.title}, {partnership.short_title}"
    yield "description", f"{found.description} {sentences.headline(sheet)}".strip()
    yield "url", address
    if found.aliases:
        yield "alternateName", found.aliases
    yield "keywords", [*found.aliases, *filter(None, [outcome]), _SUBJECT]
    if licence := origin.licence_address or origin.licence:
        yield "license", licence
    yield "isAccessibleForFree", True
    yield (
        "creator",
        {"@type": "Organization", "name": partnership.title, "url": _above(portal, board)},
    )
    first = min(period.first for period in covered)
    last = max(period.last for period in covered)
    yield "temporalCoverage", f"{first.isoformat()}/{last.isoformat()}"
    where = portal.reference.areas[found.area]
    yield "spatialCoverage", {"@type": "Place", "name": where, "identifier": found.area}
    yield "variableMeasured", list(_variables(sheet))
    if modified := changed_on(partnership, sheet.closing):
        yield "dateModified", modified
    if found.source:
        yield "isBasedOn", {"@type": "CreativeWork", "name": found.source}
    yield "distribution", [_download(address, file) for file in downloads.files]
    yield "includedInDataCatalog", {"@id": f"{portal.site}data/"}


def _covered(sheet: Sheet) -> list[Period]:
    """Give the periods of which the page's own area has figures or words."""
    return [
        period
        for key, line in sheet.indicator.series.items()
        if key.area == sheet.indicator.area
        for period, cell in line.items()
        if cell.value is not None or cell.text
    ]


def _variables(sheet: Sheet) -> Iterator[Thing]:
    own = sheet.lines.get(sheet.category, {})
    for quantity in sheet.kind.quantities:
        if quantity.name in own and own[quantity.name].periods:
            yield {
                "@type": "PropertyValue",
                "name": quantity.title,
                "unitText": quantity.unit or sheet.indicator.unit,
            }


def _download(address: str, offer: Offer) -> Thing:
    return {
        "@type": "DataDownload",
        "name": offer.says,
        "contentUrl": f"{address}{offer.file}",
        "encodingFormat": _TYPES[offer.form.lower()],
    }


def breadcrumbs(trail: Sequence[tuple[str, str]]) -> Thing:
    """Describe where a page stands: names and absolute addresses from the home page to itself."""
    steps = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (name, address) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def catalogue(portal: Portal) -> Markup:
    """Describe the catalogue; each data set says on its own page that it is in it."""
    address = f"{portal.site}data/"
    creators = [
        {"@type": "Organization", "name": p.title, "url": f"{portal.site}{p.slug}/"}
        for p in portal.partnerships
    ]
    return block(
        [
            {
                "@type": "DataCatalog",
                "@id": address,
                "name": "Figures of community safety partnerships",
                "description": "Every data package behind this site, to download and check.",
                "url": address,
                "license": _OGL,
                "isAccessibleForFree": True,
                "keywords": [_SUBJECT, "crime", "performance"],
                "creator": creators,
            },
            breadcrumbs([("Home", portal.site), ("Data", address)]),
        ]
    )
