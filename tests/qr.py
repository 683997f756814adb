"""Reads a QR code from its modules: an independent check of what the pages draw.

It reads clean codes of level M up to version 10 in byte mode, and mends nothing. Tables from
ISO/IEC 18004. What it does not know fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Matrix = list[list[bool]]

#: Blocks of level M by version: how many of how many data codewords; then the check codewords.
BLOCKS = {
    1: ([(1, 16)], 10), 2: ([(1, 28)], 16), 3: ([(1, 44)], 26), 4: ([(2, 32)], 18),
    5: ([(2, 43)], 24), 6: ([(4, 27)], 16), 7: ([(4, 31)], 18), 8: ([(2, 38), (2, 39)], 22),
    9: ([(3, 36), (2, 37)], 22), 10: ([(4, 43), (1, 44)], 26),
}  # fmt: skip
ALIGNMENT = {
    1: (), 2: (6, 18), 3: (6, 22), 4: (6, 26), 5: (6, 30), 6: (6, 34), 7: (6, 22, 38),
    8: (6, 24, 42), 9: (6, 26, 46), 10: (6, 28, 50),
}  # fmt: skip
MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, x: y % 2 == 0,
    lambda y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)


def drawn(svg: str) -> Matrix:
    """Read the modules from a drawing of one path of strokes, with the empty edge around them."""
    size = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])  # type: ignore[index]
    matrix = [[False] * size for _ in range(size)]
    for left, top, steps in re.findall(r"M(\d+) (\d+)\.5((?:[hm]\d+(?: 0)?)*)", svg):
        x = int(left)
        for step, length in re.findall(r"([hm])(\d+)", steps):
            for place in range(x, x + int(length)):
                matrix[int(top)][place] = step == "h"
            x += int(length)
    return matrix


def read(matrix: Matrix, quiet: int = 4) -> str:
    """Read the text of a code that stands within an empty edge."""
    size = len(matrix)
    edge = [*range(quiet), *range(size - quiet, size)]
    assert not any(matrix[a][b] or matrix[b][a] for a in edge for b in range(size)), "no quiet zone"
    code = [row[quiet : size - quiet] for row in matrix[quiet : size - quiet]]
    version = (len(code) - 17) // 4
    bits = [code[8][x] for x in (*range(6), 7, 8)]
    form = sum(bit << (14 - i) for i, bit in enumerate(bits)) ^ 0b101010000010010
    assert form >> 13 == 0, "not level M"
    mask = MASKS[form >> 10 & 7]
    stream = [code[y][x] ^ mask(y, x) for y, x in _places(version)]
    words = [_number(stream[i : i + 8]) for i in range(0, len(stream) // 8 * 8, 8)]
    return _text(_data(words, version), version)


def _places(version: int) -> Iterator[tuple[int, int]]:
    """Walk over the modules that hold data, in their order."""
    size, up = 17 + 4 * version, True
    fixed = _fixed(version)
    for right in (x for x in range(size - 1, 0, -2)):
        column = right if right > 6 else right - 1
        for y in range(size - 1, -1, -1) if up else range(size):
            for x in (column, column - 1):
                if (y, x) not in fixed:
                    yield y, x
        up = not up


def _fixed(version: int) -> set[tuple[int, int]]:
    size = 17 + 4 * version
    corners = ((0, 0), (0, size - 8), (size - 8, 0))
    found = {(y + dy, x + dx) for y, x in corners for dy in range(9) for dx in range(9)}
    found = {(y, x) for y, x in found if (y < 9 or y >= size - 8) and (x < 9 or x >= size - 8)}
    found |= {(6, i) for i in range(size)} | {(i, 6) for i in range(size)}
    for y in ALIGNMENT[version]:
        for x in ALIGNMENT[version]:
            if (y, x) not in ((6, 6), (6, size - 7), (size - 7, 6)):
                found |= {(y + dy, x + dx) for dy in range(-2, 3) for dx in range(-2, 3)}
    if version > 6:
        block = [(i, j) for i in range(6) for j in range(size - 11, size - 8)]
        found |= set(block) | {(x, y) for y, x in block}
    return found


def _data(words: list[int], version: int) -> list[int]:
    """Undo the weaving of the blocks; the check codewords come after and are left."""
    sizes = [size for count, size in BLOCKS[version][0] for _ in range(count)]
    blocks: list[list[int]] = [[] for _ in sizes]
    feed = iter(words)
    for place in range(max(sizes)):
        for block, size in zip(blocks, sizes, strict=True):
            if place < size:
                block.append(next(feed))
    return [word for block in blocks for word in block]


def _text(words: list[int], version: int) -> str:
    bits = [bool(word >> (7 - i) & 1) for word in words for i in range(8)]
    assert _number(bits[:4]) == 4, "not bytes"
    start = 4 + (8 if version < 10 else 16)
    length = _number(bits[4:start])
    each = (bits[start + 8 * i : start + 8 * i + 8] for i in range(length))
    return bytes(_number(byte) for byte in each).decode("utf-8")


def _number(bits: list[bool]) -> int:
    return int("".join("1" if bit else "0" for bit in bits), 2)
