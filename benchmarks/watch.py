"""What a page did in a browser: policy violations, other hosts, new windows, things stored.

`watch(context, address)` before the first page, then go anywhere, then look at what was `seen`
and at `stored(page)`. `clean(seen, page)` is both in one. The rest drives a chart to explore.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page

# Runs in each document before its own scripts; the policy of the page does not stop it.
_LISTEN = """
document.addEventListener("securitypolicyviolation", (event) => calloverViolation(
  [location.pathname, event.violatedDirective, event.blockedURI, event.sample].join(" ")));
"""

_STORED = """async () => {
  const names = [];
  for (const [kind, area] of [["local", localStorage], ["session", sessionStorage]])
    names.push(...Object.keys(area).map((name) => `${kind}: ${name}`));
  for (const { name } of await indexedDB.databases()) names.push(`database: ${name}`);
  for (const name of await caches.keys()) names.push(`cache: ${name}`);
  for (const { scope } of await navigator.serviceWorker.getRegistrations())
    names.push(`worker: ${scope}`);
  return names;
}"""


@dataclass
class Seen:
    """What a context did so far; all lists are empty on a site that keeps its promises.

    `hosts` are those of requests that went elsewhere, `windows` the addresses of pages that were
    opened by a page, `refused` what the console said of a policy (some of it has no event).
    """

    site: str
    violations: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    windows: list[str] = field(default_factory=list)
    requests: int = 0

    def request(self, url: str) -> None:
        """Note a request, and its host if it is not the site."""
        self.requests += 1
        parts = urlsplit(url)
        if parts.netloc and parts.netloc != urlsplit(self.site).netloc:
            self.hosts.add(parts.netloc)

    def message(self, text: str) -> None:
        """Note what the console says of a policy."""
        if re.search(r"Content Security Policy|Trusted|Permissions.Policy|integrity", text, re.I):
            self.refused.append(text)

    @property
    def faults(self) -> list[str]:
        """Everything that should not have been, in words."""
        return [
            *(f"violation: {text}" for text in self.violations),
            *(f"console: {text}" for text in self.refused),
            *(f"other host: {host}" for host in sorted(self.hosts)),
            *(f"window: {url}" for url in self.windows),
        ]


def watch(context: BrowserContext, site: str) -> Seen:
    """Watch all pages that a context will open; `site` is the address of the served site."""
    seen = Seen(site)
    context.expose_binding("calloverViolation", lambda _, text: seen.violations.append(str(text)))
    context.add_init_script(_LISTEN)
    context.on("request", lambda request: seen.request(request.url))
    context.on("console", lambda message: seen.message(message.text))
    context.on("page", lambda page: page.on("popup", lambda p: seen.windows.append(p.url)))
    return seen


def stored(page: Page) -> list[str]:
    """Give what a page of the site has stored in the browser: cookies and every kind of storage."""
    cookies = [f"cookie: {cookie.get('name')}" for cookie in page.context.cookies()]
    return [*cookies, *page.evaluate(_STORED)]


def clean(seen: Seen, page: Page) -> list[str]:
    """Give all faults so far, with what is stored; what the page still had to say is awaited."""
    page.wait_for_timeout(50)
    return [*seen.faults, *stored(page)]


@contextmanager
def watched(browser: Browser, site: str) -> Iterator[tuple[Page, Seen]]:
    """Open a page with nothing stored, and watch all that it does."""
    context = browser.new_context(locale="en-GB", permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(10_000)
    try:
        seen = watch(context, site)
        yield context.new_page(), seen
    finally:
        context.close()


# ---------------------------------------------------------------- a chart to explore

#: Seconds from one look at the page to the next, and after how many looks one acts again.
_LOOK, _PATIENCE = 0.05, 12


def until(
    page: Page,
    find: Callable[[], object],
    *,
    wanted: object,
    act: Callable[[], None] = lambda: None,
    seconds: float = 5,
) -> bool:
    """Act until something is as wanted, and say whether it is: a busy machine is late.

    It may also be too slow for the two clicks of a double click, so that acting once is too little.
    """
    for look in range(int(seconds / _LOOK)):
        if look % _PATIENCE == 0:
            act()
        if find() == wanted:
            return True
        page.wait_for_timeout(1000 * _LOOK)
    return find() == wanted


def explore(chart: Locator) -> Locator:
    """Press the button of a still chart and give the drawing that took its place."""
    chart.get_by_role("button", name=re.compile("^Explore this chart")).click()
    plot = chart.locator(".js-plotly-plot")
    plot.locator(".main-svg").first.wait_for()
    return plot


def axes(plot: Locator) -> list[list[float]]:
    """Give the ranges of both axes of a drawing, as they are now."""
    ranges: list[list[float]] = plot.evaluate(
        "node => [node._fullLayout.xaxis.range, node._fullLayout.yaxis.range].map(r => [...r])"
    )
    return ranges


def point_at(plot: Locator, across: float = 0.5, down: float = 0.5) -> str:
    """Point at a place of the drawing area, in shares of it, and give what is said there."""
    area = plot.locator(".nsewdrag").first
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box is not None
    page = plot.page
    page.mouse.move(0, 0)
    page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * down, steps=4)
    label = plot.locator(".hoverlayer")
    until(page, lambda: bool(label.text_content()), wanted=True, seconds=2)
    return label.text_content() or ""


def drag(plot: Locator) -> None:
    """Zoom with the pointer: mark the right half of the drawing area."""
    box = plot.locator(".nsewdrag").first.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    mouse = plot.page.mouse
    mouse.move(box["x"] + box["width"] * 0.5, middle)
    mouse.down()
    mouse.move(box["x"] + box["width"] * 0.9, middle + 30, steps=4)
    whole = axes(plot)
    mouse.up()
    until(plot.page, lambda: axes(plot) != whole, wanted=True)
