"""The picture that other sites show beside a link: a title, to when the data is, and the ratings.

The one door to Pillow, which carries its own font: the same bytes on every machine. The font has
the letters of English and no accents, so a name loses its own in the picture, and only there. The
drawing is in pixels from the upper left corner.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from unicodedata import normalize

from PIL import Image, ImageDraw, ImageFont

from callover import words
from callover.pages.views import Tally
from callover.ratings import CLOSE, NOT_RATED, OFF_TARGET, ON_TARGET

NAME = "preview.png"
#: What Open Graph asks for; `docs/overrides/main.html` states the same.
WIDTH, HEIGHT = 1200, 630
_MARGIN = 72
_FINE = 8  # shapes are drawn so many times larger, and made smaller again

_BRAND, _INK, _SOFT, _WASH, _PAPER = "#12436d", "#0b0c0c", "#4a5259", "#f1f3f5", "#ffffff"
_ROUND = ((0.0, 0.0), (16.0, 16.0))

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class _Look:
    """How a rating looks: its colours, and its shape of 16 by 16 with what is cut out of it."""

    fill: str
    ink: str
    shape: Points
    cut: Points = ()


_TICK = ((3.4, 8.4), (6.9, 11.9), (12.9, 5.6), (11.3, 4.1), (6.9, 8.7), (4.9, 6.8))
_CROSS = (
    *((5.6, 4.3), (4.3, 5.6), (6.7, 8), (4.3, 10.4), (5.6, 11.7), (8, 9.3)),
    *((10.4, 11.7), (11.7, 10.4), (9.3, 8), (11.7, 5.6), (10.4, 4.3), (8, 6.7)),
)

#: The same words, shapes and colours as on the pages (docs/assets/callover.css).
_LOOKS: Mapping[str, _Look] = {
    ON_TARGET: _Look("#00703c", _PAPER, _ROUND, _TICK),
    CLOSE: _Look("#f47738", _INK, ((8, 1), (16, 15), (0, 15))),
    OFF_TARGET: _Look("#d4351c", _PAPER, ((8, 0), (16, 8), (8, 16), (0, 8)), _CROSS),
    NOT_RATED: _Look(_WASH, _INK, ((2, 7), (14, 7), (14, 9.5), (2, 9.5))),
}


def of_partnership(title: str, says: str, tally: Sequence[Tally], address: str) -> bytes:
    """Draw a partnership's picture, as PNG: `says` is to when its data is."""
    canvas = _canvas()
    top = _heading(canvas, title, says)
    left = _MARGIN
    width = (WIDTH - 2 * _MARGIN) // max(len(tally), 1)
    for each in tally:
        _write(canvas, (left, top + 24), words.number(each.count), 104, _INK, bold=1.5)
        _badge(canvas, (left, top + 156), each)
        left += width
    return _finished(canvas, address)


def of_home(title: str, rows: Sequence[tuple[str, str]], address: str) -> bytes:
    """Draw the home page's picture, as PNG: each partnership's name, and to when its data is.

    Their ratings are not set side by side: what they rate differs.
    """
    canvas = _canvas()
    top = _heading(canvas, title, "") + 36
    shown = rows if len(rows) <= 4 else rows[:3]
    for name, says in shown:
        _write(canvas, (_MARGIN, top), _cut(name, 36, 520), 36, _INK, bold=0.8)
        _write(canvas, (640, top + 3), _cut(says, 32, WIDTH - _MARGIN - 640), 32, _SOFT)
        top += 58
    if len(shown) < len(rows):
        more = words.number(len(rows) - len(shown))
        _write(canvas, (_MARGIN, top), f"and {more} more", 32, _SOFT)
    return _finished(canvas, address)


def _canvas() -> Image.Image:
    canvas = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    ImageDraw.Draw(canvas).rectangle((0, 0, WIDTH, 24), _BRAND)
    return canvas


def _heading(canvas: Image.Image, title: str, says: str) -> int:
    """Write the title on at most two lines, as large as it fits; give where it ends."""
    sizes = (72, 60, 50, 42)
    size, lines = next(
        ((s, found) for s in sizes if len(found := list(_lines(title, s))) <= 2),
        (sizes[-1], [*list(_lines(title, sizes[-1]))[:1], "..."]),
    )
    top = 72
    for line in lines:
        _write(canvas, (_MARGIN, top), line, size, _INK, bold=1.2)
        top += size * 5 // 4
    if says:
        _write(canvas, (_MARGIN, top + 14), says, 36, _SOFT)
        top += 60
    return top


def _lines(text: str, size: int) -> Iterator[str]:
    """Break a text where the room ends; a word that has no room is cut."""
    room, line = WIDTH - 2 * _MARGIN, ""
    for word in plain(text).split():
        longer = f"{line} {word}".strip()
        if line and _font(size).getlength(longer) > room:
            yield line
            longer = word
        line = _cut(longer, size, room)
    yield line


#: No letter is narrower than the size of its type divided by this.
_NARROWEST = 6


def _cut(text: str, size: int, room: int) -> str:
    """Cut a text to the room there is, and say so by three dots."""
    whole = plain(text)
    text = whole[: _NARROWEST * room // size]  # to measure a text of pages takes seconds
    if text == whole and _font(size).getlength(text) <= room:
        return text
    while text and _font(size).getlength(f"{text}...") > room:
        text = text[:-1]
    return f"{text.rstrip()}..."


def _badge(canvas: Image.Image, at: tuple[int, int], each: Tally) -> None:
    """Draw a rating as on the pages: a shape and a word on its colour."""
    left, top = at
    look = _LOOKS[each.verdict]
    width = int(_font(30).getlength(each.word)) + 76
    edge = _SOFT if look.fill == _WASH else look.fill
    ImageDraw.Draw(canvas).rectangle((left, top, left + width, top + 56), look.fill, edge, 2)
    _shape(canvas, (left + 16, top + 15), 28, look, look.ink)
    _write(canvas, (left + 56, top + 10), each.word, 30, look.ink, bold=0.6)


def _shape(canvas: Image.Image, at: tuple[int, int], size: int, look: _Look, ink: str) -> None:
    big = size * _FINE
    mask = Image.new("L", (big, big))
    draw, scale = ImageDraw.Draw(mask), big / 16
    points = [(x * scale, y * scale) for x, y in look.shape]
    if look.shape == _ROUND:
        draw.ellipse((0, 0, big - 1, big - 1), 255)
    else:
        draw.polygon(points, 255)
    if look.cut:
        draw.polygon([(x * scale, y * scale) for x, y in look.cut], 0)
    canvas.paste(ink, at, mask.resize((size, size), Image.Resampling.BOX))


def _finished(canvas: Image.Image, address: str) -> bytes:
    """Write the site's address at the foot, and give the file."""
    draw = ImageDraw.Draw(canvas)
    draw.rectangle((0, HEIGHT - 84, WIDTH, HEIGHT), _BRAND)
    shown = address.partition("://")[2].rstrip("/")
    _write(canvas, (_MARGIN, HEIGHT - 62), _cut(shown, 30, WIDTH - 2 * _MARGIN), 30, _PAPER)
    out = BytesIO()
    # Runs of equal bytes only: versions of zlib differ in how they search for longer matches.
    canvas.quantize(48, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        out, "PNG", compress_type=zlib.Z_RLE
    )
    return out.getvalue()


def _write(
    canvas: Image.Image, at: tuple[int, int], text: str, size: int, ink: str, bold: float = 0
) -> None:
    ImageDraw.Draw(canvas).text(at, plain(text), ink, _font(size), stroke_width=bold)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont), "Pillow was built without FreeType"
    return font


_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def plain(text: str) -> str:
    """Give a text in the letters that the font has: Sir Gâr becomes Sir Gar."""
    return normalize("NFKD", text.translate(_SIGNS)).encode("ascii", "ignore").decode("ascii")
