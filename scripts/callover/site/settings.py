"""What the build reads from mkdocs.yml: where the site is, and whether it is live."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from callover.data.contact import site_contact
from callover.model import EXAMPLE_SITE, Contact
from callover.site.security import OWN_CONTACT


@dataclass(frozen=True)
class Settings:
    """The address of the finished site with its closing slash, and who hears of holes in it.

    A site is live unless `extra` has a `phase`, such as Demonstration. `contact` answers for the
    pages that all partnerships share.
    """

    site: str = EXAMPLE_SITE
    security_contact: str = OWN_CONTACT
    live: bool = True
    contact: Contact = field(default_factory=Contact)


def read_settings(config: Path) -> Settings:
    """Read the settings as MkDocs will; what is not there is as in Settings.

    Raises Faults where the contact is none.
    """
    from mkdocs.utils.yaml import yaml_load

    with config.open(encoding="utf-8") as file:
        found = yaml_load(file)
    extra = found.get("extra") or {}
    return Settings(
        f"{str(found.get('site_url') or EXAMPLE_SITE).rstrip('/')}/",
        str(extra.get("security_contact") or OWN_CONTACT),
        not extra.get("phase"),
        site_contact(config.name, extra.get("contact")),
    )
