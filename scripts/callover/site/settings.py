"""What the build reads from mkdocs.yml: where the site is, and whether it is live."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from callover.model import EXAMPLE_SITE
from callover.site.security import OWN_CONTACT


@dataclass(frozen=True)
class Settings:
    """The address of the finished site with its closing slash, and who hears of holes in it.

    A site is live unless `extra` has a `phase`, such as Demonstration.
    """

    site: str = EXAMPLE_SITE
    security_contact: str = OWN_CONTACT
    live: bool = True


def read_settings(config: Path) -> Settings:
    """Read the settings as MkDocs will; what is not there is as in Settings."""
    from mkdocs.utils.yaml import yaml_load

    with config.open(encoding="utf-8") as file:
        found = yaml_load(file)
    extra = found.get("extra") or {}
    return Settings(
        f"{str(found.get('site_url') or EXAMPLE_SITE).rstrip('/')}/",
        str(extra.get("security_contact") or OWN_CONTACT),
        not extra.get("phase"),
    )
