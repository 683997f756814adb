"""Small shapes beside the words of a control chart: what varies, and what of the target.

Our own shapes. Two lines are the limits of the usual, a dashed line is the target. A figure above
or below the limits is a disc where that is better, a triangle where it is worse, a diamond where
it is neither: the shape says it without a colour.
"""

from __future__ import annotations

from collections.abc import Mapping

from callover.errors import UnknownName

_HEAD = (
    '<svg class="co-sign" width="24" height="24" viewBox="0 0 24 24" fill="none" '
    'stroke="currentColor" stroke-width="2" aria-hidden="true">'
)
_LIMITS = {1: '<path d="M2 13h20M2 22h20"/>', -1: '<path d="M2 2h20M2 11h20"/>'}
_WAVE = "M2 12c2-6 5-6 7 0s4 6 6 0 4-6 7 0"
_TARGET = '<path d="M2 21h20" stroke-dasharray="4 2"/>'


def sign(name: str) -> str:
    """Draw a shape in the size of a word; raise UnknownName with the known ones."""
    if name not in SHAPES:
        raise UnknownName("shape", name, SHAPES)
    return f"{_HEAD}{SHAPES[name]}</svg>"


def _disc(y: int) -> str:
    return f'<circle cx="12" cy="{y}" r="4" fill="currentColor"/>'


def _triangle(y: int) -> str:
    return f'<path d="M12 {y - 5}l5 9H7z" fill="currentColor" stroke="none"/>'


def _diamond(y: int) -> str:
    return f'<path d="M12 {y - 4}l4 4-4 4-4-4z"/>'


SHAPES: Mapping[str, str] = {
    "usual": f'<path d="M2 3h20M2 21h20"/><path d="{_WAVE}"/>',
    "high-better": _LIMITS[1] + _disc(6),
    "high-worse": _LIMITS[1] + _triangle(6),
    "high": _LIMITS[1] + _diamond(6),
    "low-better": _LIMITS[-1] + _disc(18),
    "low-worse": _LIMITS[-1] + _triangle(19),
    "low": _LIMITS[-1] + _diamond(18),
    "passes": _TARGET + '<path d="M5 9l5 6 9-12"/>',
    "fails": _TARGET + '<path d="M6 3l12 12M18 3L6 15"/>',
    "hit-and-miss": (
        '<path d="M2 12h20" stroke-dasharray="4 2"/><circle cx="7" cy="5" r="3" '
        'fill="currentColor"/><circle cx="17" cy="19" r="3"/>'
    ),
}
