"""What is not wrong and yet should be looked at before it is public. It never stops a build.

Each piece of advice has the shape of a fault: a file, a setting, what is wanted and what to do.
"""

from __future__ import annotations

from collections.abc import Iterator

from callover.errors import Fault
from callover.helplines import TOPICS, topics_of
from callover.model import Indicator, Portal


def advice(portal: Portal, root: str) -> Iterator[Fault]:
    """Say which measures lack help lines, and which live partnerships nobody can reach.

    `root` is the name of the data folder, as messages give it.
    """
    for partnership in portal.partnerships:
        folder = f"{root}/{partnership.slug}"
        contact = partnership.contact
        if not partnership.demonstration and not contact.email and not contact.url:
            yield Fault(
                f"{folder}/datapackage.json", 0, "callover.contact", "",
                "an email or a url, as readers report errors to it",
                "Add it, with answers_within. Until then each page says that it has no address.",
            )  # fmt: skip
        for indicator in partnership.indicators:
            yield from _help(f"{folder}/{indicator.slug}/datapackage.json", indicator)


def _help(file: str, indicator: Indicator) -> Iterator[Fault]:
    """An empty list says that somebody has thought about it."""
    said = indicator.descriptor.get("callover", {}).get("help_lines")
    if indicator.help_lines or said == []:
        return
    topics = topics_of((indicator.title, *indicator.aliases))
    if topics:
        titles = " and ".join(TOPICS[name].title.lower() for name in topics)
        listed = ", ".join(f'"{name}"' for name in topics)
        yield Fault(
            file, 0, "callover.help_lines", "", f"help lines, as the page is about {titles}",
            f"Write \"help_lines\": [{listed}], or [] if none fits.",
        )  # fmt: skip
