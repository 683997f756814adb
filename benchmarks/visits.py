"""Visits to a page by a reader's eyes, hands and settings: each look gives its faults in words.

The audit makes all visits; the tests make those that fit their time. The scripts of in_page.js
and axe-core are put in by the browser, so the page's content security policy stands as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Page

Scheme = Literal["light", "dark", "forced"]
Faults = Mapping[str, list[str]]
"""Faults in words by the name of the look; a look without faults has an empty list."""

SCRIPT = Path(__file__).with_name("in_page.js")
SCHEMES: tuple[Scheme, ...] = ("light", "dark", "forced")
WIDTHS = (320, 768, 1280)
HEIGHT = 800

LOOKS: Mapping[str, str] = {
    "reflow": "reflow",  # WCAG 1.4.10: 320 px is also 1280 px at 400%
    "overlaps": "lost",
    "chart labels": "labels",
    "targets": "targets",  # WCAG 2.5.8
    "headings": "headings",
    "landmarks": "landmarks",
    "tables": "tables",
    "motion": "moving",  # with reduced motion asked for
}
"""The looks that change nothing: name and function in in_page.js."""

AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOUR_TAGS = ("cat.color",)
"""The rules of axe-core whose answer a colour scheme can change."""


@dataclass(frozen=True)
class View:
    """How a reader sees the site: window width in CSS pixels and colour scheme."""

    width: int
    scheme: Scheme = "light"

    def __str__(self) -> str:
        return f"{self.width} {self.scheme}"


VIEWS = tuple(View(width, scheme) for width in WIDTHS for scheme in SCHEMES)


def context(browser: Browser, view: View) -> BrowserContext:
    """Open a window of its own, with nothing stored, as the view has it."""
    made = browser.new_context(
        viewport={"width": view.width, "height": HEIGHT},
        color_scheme="dark" if view.scheme == "dark" else "light",
        forced_colors="active" if view.scheme == "forced" else "none",
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="Europe/London",
    )
    made.add_init_script(path=SCRIPT)
    return made


def looks(page: Page, wanted: Iterable[str] = tuple(LOOKS)) -> Faults:
    """Look at a page that is open, and leave it as it was."""
    names = {name: LOOKS[name] for name in wanted}
    found: Faults = page.evaluate(
        "names => Object.fromEntries(Object.entries(names)"
        ".map(([name, look]) => [name, calloverAudit[look]()]))",
        names,
    )
    return found


def spaced_out(page: Page) -> list[str]:
    """Set the text as WCAG 1.4.12 lets a reader do, and give what is then lost."""
    found: list[str] = page.evaluate(
        "calloverAudit.spaceOut(), [...calloverAudit.reflow(), ...calloverAudit.lost()]"
    )
    return found


def keyboard_walk(page: Page, most: int = 2000) -> tuple[int, list[str]]:
    """Press Tab through a page just opened; give how many stops it has, and the faults.

    After `most` stops the walk ends, and nothing is said of the controls behind.
    """
    stops: int = page.evaluate("most => calloverAudit.startWalk(most)", most)
    for _ in range(min(stops, most) + 1):
        page.keyboard.press("Tab")
    faults: list[str] = page.evaluate("calloverAudit.endWalk()")
    return stops, faults


# ---------------------------------------------------------------- axe-core


@cache
def axe_source() -> str:
    """Give axe-core's script, as the package that carries it has it."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def axe(pages: Sequence[Page], tags: Sequence[str] = AXE_TAGS) -> list[list[str]]:
    """Give the violations that axe-core finds, page by page.

    All pages are asked before the first answer is awaited: contexts have a process each.
    """
    for page in pages:
        page.evaluate(axe_source())
        page.evaluate(
            "tags => { window.calloverAxe = axe.run(document, "
            "{ resultTypes: ['violations'], runOnly: tags }); }",
            list(tags),
        )
    return [_violations(page.evaluate("window.calloverAxe")) for page in pages]


def _violations(result: Mapping[str, Any]) -> list[str]:
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))} {' '.join(node['html'].split())[:90]}"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]
