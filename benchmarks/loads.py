"""What a page costs a reader before any click: requests, and bytes as a server would send them."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Page, Response

LEVEL = 6
"""What web servers commonly compress with."""


def weight(content: bytes) -> int:
    """Give the bytes of a file as it travels, compressed."""
    return len(gzip.compress(content, LEVEL, mtime=0))


def content(page: Page, answer: Response) -> bytes:
    """Give the bytes of an answer; those of a file the browser still had are fetched anew."""
    return page.request.get(answer.url).body() if answer.status == 304 else answer.body()


@dataclass(frozen=True)
class Load:
    """What one page asked for by itself: compressed bytes by the path of each file."""

    html: int
    files: dict[str, int]

    @property
    def requests(self) -> int:
        """How many files, the page's own HTML and the icon included."""
        return len(self.files)

    @property
    def total(self) -> int:
        """All bytes."""
        return sum(self.files.values())


def load(page: Page, url: str) -> Load:
    """Open a page, touch nothing, and weigh all that it fetched.

    A browser without a window leaves the icon out, so it is weighed as well.
    """
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        answers.append(answer)

    page.on("response", keep)
    own = page.goto(url, wait_until="load")
    page.wait_for_timeout(100)
    page.remove_listener("response", keep)
    assert own is not None
    files = {
        urlsplit(answer.url).path: weight(content(page, answer))
        for answer in answers
        if not answer.url.startswith("data:")
    }
    icon = (
        page.get_attribute("link[rel=icon]", "href")
        if page.locator("link[rel=icon]").count()
        else None
    )
    if icon and not icon.startswith("data:"):
        address = urljoin(page.url, icon)
        files[urlsplit(address).path] = weight(page.request.get(address).body())
    return Load(weight(content(page, own)), files)
