"""What every page says besides its own: who answers for it, and whether one can leave it at once.

It goes into the front matter, by `callover.pages.head`, where the document of every page reads it
(docs/overrides). So pages of any origin, built by any builder, say the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from callover.model import Contact, Content
from callover.pages.report import INDEX

_TITLE = re.compile(r"^title: *(.+)$", re.M)


@dataclass(frozen=True)
class Foot:
    """Who answers for some pages; `site` is their address with its closing slash.

    `data_to` says how new the figures are, in words; empty where a page has none.
    """

    contact: Contact
    site: str
    demonstration: bool = False
    data_to: str = ""

    @property
    def answers(self) -> str:
        """Say who answers, and how soon; or plainly that nobody does."""
        role = self.contact.role or "the partnership that publishes this page"
        if not self.contact.email and not self.contact.url:
            if self.demonstration:
                return f"Nobody answers here, as this is a demonstration. On a live site: {role}."
            return f"Who answers: {role}. No address is given yet."
        within = self.contact.answers_within
        return f"Who answers: {role}{f', within {within}' if within else ''}."

    def report(self, title: str, path: str) -> str:
        """Give the address to report an error to, with the page named; '' where there is none."""
        if not self.contact.email:
            return self.contact.url
        told = [("Page", title), ("Address", f"{self.site}{path.removesuffix(INDEX)}")]
        told += [("Figures to", self.data_to)] if self.data_to else []
        lines = [*(f"{label}: {text}" for label, text in told), "", "What is wrong:", ""]
        query = {"subject": f"Error in: {title}", "body": "\r\n".join(lines)}
        asked = "&".join(f"{name}={quote(text, safe='')}" for name, text in query.items())
        return f"mailto:{self.contact.email}?{asked}"


def foot_keys(foot: Foot, path: str, content: Content, leave: bool = False) -> Mapping[str, str]:
    """Give the front matter that says who answers for a page, and whether it can be left at once.

    There is none for a file that is no page.
    """
    if not isinstance(content, str) or not path.endswith(".md"):
        return {}
    return {
        "answers": foot.answers,
        "report": foot.report(title_of(path, content), path),
        "leave": "yes" if leave else "",
    }


def title_of(path: str, content: str) -> str:
    """Give the title of a page, as its front matter has it; its address where that has none."""
    found = _TITLE.search(content)
    return _plain(found[1]) if found else path.removesuffix(INDEX)


def _plain(title: str) -> str:
    return str(json.loads(title)) if title.startswith('"') else title.strip("' ")
