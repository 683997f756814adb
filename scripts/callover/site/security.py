"""security.txt (RFC 9116): where somebody who finds a hole in the site can say so.

Its days come from the data, as all days of a build do: it holds for a year after the newest day
that the pages speak from. A live partnership is built every day, so its file never runs out.
"""

from __future__ import annotations

from datetime import date
from urllib.parse import urljoin, urlsplit

from callover.errors import Fault, Faults

PLACE = ".well-known/security.txt"
#: Where a site is told what is wrong with it, if mkdocs.yml names no other address.
OWN_CONTACT = "about/#wrong"
#: A file of a live site that holds for fewer days than this needs somebody's eye.
LEAST_DAYS = 90

_SCHEMES = ("https", "mailto", "tel")


def security_txt(site: str, contact: str, newest: date) -> str:
    """Write the file for a site at an absolute address; `newest` is the day its pages speak from.

    Raises Faults where the contact is none that the RFC knows.
    """
    lines = {
        "Contact": _address(site, contact),
        "Expires": f"{expires(newest).isoformat()}T00:00:00Z",
        "Preferred-Languages": "en",
        "Canonical": urljoin(site, PLACE),
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items())


def expires(newest: date) -> date:
    """Give the same day of the next year; 29 February becomes 28."""
    try:
        return newest.replace(year=newest.year + 1)
    except ValueError:
        return newest.replace(year=newest.year + 1, day=28)


def runs_out(newest: date, today: date) -> str:
    """Warn in words if the file of a live site has run out, or soon will; else nothing."""
    end = expires(newest)
    if (end - today).days >= LEAST_DAYS:
        return ""
    return (
        f"Warning: {PLACE} holds only until {end.isoformat()}, a year after the newest day the "
        "pages speak from. A live partnership has no as_of; a site that is not live says so under "
        "`extra` in mkdocs.yml."
    )


def _address(site: str, contact: str) -> str:
    if " " not in contact and urlsplit(contact).scheme in _SCHEMES:
        return contact
    if " " in contact or urlsplit(contact).scheme or contact.startswith("/") or "@" in contact:
        raise Faults(
            [
                Fault(
                    "mkdocs.yml",
                    0,
                    "extra.security_contact",
                    contact,
                    "an address that begins with https:, mailto: or tel:, or a page of this site",
                    f"Write for example mailto:security@place.example, or {OWN_CONTACT}.",
                )
            ]
        )
    return urljoin(site, contact)
