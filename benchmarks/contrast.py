"""Contrast proven from the style sheet: what axe-core cannot see, the text and marks of a drawing.

The colours are the custom properties of :root, as they are in light and in dark. Each pair that
meets on a page is a row below, with the least ratio that WCAG 2.2 asks for: 4.5 for text (1.4.3),
3 for a mark, an edge or a focus ring that one must see (1.4.11).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SHEET = Path(__file__).resolve().parent.parent / "docs" / "assets" / "callover.css"
TEXT, MARK = 4.5, 3.0
Colours = Mapping[str, str]
"""Custom properties without `--co-`, as #rrggbb."""


@dataclass(frozen=True)
class Rule:
    """Colours that stand on other colours, each on each, and the least ratio."""

    least: float
    front: Sequence[str]
    back: Sequence[str]


PAPERS = ("paper", "wash", "current")
RULES = (
    Rule(TEXT, ("ink", "soft-ink", "link", "link-hover", "visited"), PAPERS),
    Rule(TEXT, ("on-brand",), ("brand",)),
    Rule(TEXT, ("on-focus",), ("focus",)),
    Rule(TEXT, ("on-target-ink",), ("on-target",)),
    Rule(TEXT, ("close-ink",), ("close",)),
    Rule(TEXT, ("off-target-ink",), ("off-target",)),
    # Words of a drawing, at the end of a line or in a tile.
    Rule(TEXT, ("r-this-year", "r-history", "r-target", "r-cat1", "r-cat3"), ("paper",)),
    Rule(TEXT, ("r-projected",), ("paper",)),
    Rule(TEXT, ("r-last-year-ink", "r-earlier-ink", "r-comparator-ink"), ("paper",)),
    Rule(TEXT, ("r-range-ink", "r-cat2-ink", "r-cat4-ink"), ("paper",)),
    *(Rule(TEXT, (f"r-step{n}-ink",), (f"r-step{n}",)) for n in range(1, 5)),
    # Marks of a drawing, shapes of a rating, edges of a field or a tile.
    Rule(MARK, ("r-this-year", "r-last-year", "r-earlier", "r-history", "r-target"), ("paper",)),
    Rule(MARK, ("r-comparator", "r-cat1", "r-cat2", "r-cat3", "r-cat4"), ("paper",)),
    # What lies on a band: its line, its mean, a target and what stands out. The band itself may be
    # pale, as its two edges are in the words and the table.
    Rule(MARK, ("r-this-year", "r-history", "r-target", "r-cat3"), ("r-range",)),
    Rule(MARK, ("on-target", "close-mark", "off-target"), PAPERS),
    Rule(MARK, ("edge",), PAPERS),
)
DECORATION = {
    "rule": "the line between two rows",
    "shade": "the shadow at the edge of a table that goes on; the table is cut there in any case",
    "grid": "the line behind a drawing; the axis has words",
}
"""Colours that carry no meaning of their own, each with the reason."""


def schemes(sheet: str) -> Mapping[str, Colours]:
    """Read the colours of :root: `light`, and `dark` with what it leaves as it was."""
    light, _, rest = sheet.partition("@media screen and (prefers-color-scheme: dark)")
    block = rest[: rest.index("\n}\n")]
    plain = dict(_properties(light))
    return {"light": _resolved(plain), "dark": _resolved(plain | dict(_properties(block)))}


def _properties(text: str) -> Iterator[tuple[str, str]]:
    for block in re.findall(r":root \{(.*?)\n *\}", text, re.S):
        yield from re.findall(r"--co-([\w-]+): (#[0-9a-f]+|var\(--co-[\w-]+\));", block)


def _resolved(values: Mapping[str, str]) -> Colours:
    def look_up(value: str) -> str:
        while value.startswith("var("):
            value = values[value.removeprefix("var(--co-").removesuffix(")")]
        digits = value[1:]
        return value if len(digits) == 6 else "#" + "".join(2 * digit for digit in digits)

    return {name: look_up(value) for name, value in values.items()}


def luminance(colour: str) -> float:
    """Give the relative luminance of #rrggbb, from 0 to 1, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    """Give the contrast ratio of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def ratios(colours: Colours) -> Iterator[tuple[str, str, float, float]]:
    """Give each pair with its ratio and the least that it must have."""
    for rule in RULES:
        for front in rule.front:
            for back in rule.back:
                yield front, back, ratio(colours[front], colours[back]), rule.least


def faults(colours: Colours) -> list[str]:
    """Give the pairs that are too close, in words."""
    return [
        f"{front} on {back}: {found:.2f}, at least {least:g}"
        for front, back, found, least in ratios(colours)
        if found < least
    ]
