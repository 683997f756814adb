"""Frozen dataclasses as JSON and back: each field by its type, exact numbers as texts.

What is read comes from outside: a wrong type, an unknown name or an absurd size is a Misfit that
says where. A field that is as its default is left out, so that a record of today can still be read
once the dataclass has grown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from callover import periods
from callover.periods import Period

#: Longer texts, lists and numbers are no record of ours.
MOST_LETTERS = 20_000
MOST_ENTRIES = 100_000
MOST_ITEMS = 2_000
LARGEST = 1_000_000

_EXACT = re.compile(r"-?(0|[1-9]\d{0,299})(/[1-9]\d{0,299})?", re.A)
#: A number of a chart is no larger than this, and its part of one is the least there is.
_VAST = 10**30
_WIDTH = 96


class Misfit(ValueError):
    """A value that does not fit: its place, such as chart.marks.0.role, and what fits there."""

    def __init__(self, place: str, found: object, expected: str) -> None:
        """Keep the parts of a fault."""
        self.place, self.expected = place, expected
        self.found = found if isinstance(found, str) else json.dumps(found)[:200]
        super().__init__(f"{place}: {self.found}; expected {expected}")


@dataclass(frozen=True)
class _Coder:
    """How values of a type become JSON, and how they are read; `read` is given the place, too."""

    write: Callable[[Any], Any]
    read: Callable[[Any, str], Any]


def to_json(value: object) -> str:
    """Write a dataclass as JSON: names sorted, what fits on a line on one, a newline at the end."""
    made: Any = type(value)
    return "".join(_lines(_coder(made).write(value), "")) + "\n"


def built(made: Any, found: object) -> Any:
    """Make a dataclass of what JSON has said; raise Misfit where it does not fit."""
    return _coder(made).read(found, "")


def _lines(value: Any, margin: str) -> Iterator[str]:
    flat = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if len(flat) + len(margin) <= _WIDTH or not isinstance(value, dict | list):
        yield flat
        return
    inner, (first, last) = f"{margin} ", "{}" if isinstance(value, dict) else "[]"
    children = sorted(value.items()) if isinstance(value, dict) else [("", v) for v in value]
    yield first
    for number, (name, child) in enumerate(children):
        yield f"{',' if number else ''}\n{inner}"
        yield f"{json.dumps(name, ensure_ascii=False)}: " if isinstance(value, dict) else ""
        yield from _lines(child, inner)
    yield f"\n{margin}{last}"


@cache
def _coder(hint: Any) -> _Coder:
    """Find how a type is coded; TypeError for one that no record has."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    if is_dataclass(hint):
        return _dataclass(hint)
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType) and NoneType in inner:
        return _optional(inner)
    if origin is tuple and inner[1:] == (Ellipsis,):
        return _list(_coder(inner[0]))
    if origin is tuple:
        return _group([_coder(one) for one in inner])
    if origin is Mapping and inner[0] is str:
        return _mapping(_coder(inner[1]))
    raise TypeError(f"no record has a {hint}")


def _optional(inner: tuple[Any, ...]) -> _Coder:
    others = frozenset(inner) - {NoneType}
    coder = _EXACTLY if others == {int, Fraction} else _coder(*others)
    return _Coder(
        lambda value: None if value is None else coder.write(value),
        lambda found, place: None if found is None else coder.read(found, place),
    )


def _list(coder: _Coder) -> _Coder:
    def read(found: Any, place: str) -> tuple[Any, ...]:
        if not isinstance(found, list) or len(found) > MOST_ITEMS:
            raise Misfit(place, _kind(found), f"a list of at most {MOST_ITEMS}")
        return tuple(coder.read(one, f"{place}.{n}") for n, one in enumerate(found))

    return _Coder(lambda value: [coder.write(one) for one in value], read)


def _group(coders: list[_Coder]) -> _Coder:
    def read(found: Any, place: str) -> tuple[Any, ...]:
        if not isinstance(found, list) or len(found) != len(coders):
            raise Misfit(place, _kind(found), f"a list of {len(coders)}")
        pairs = zip(coders, found, strict=True)
        return tuple(coder.read(one, f"{place}.{n}") for n, (coder, one) in enumerate(pairs))

    return _Coder(lambda value: [c.write(v) for c, v in zip(coders, value, strict=True)], read)


def _mapping(coder: _Coder) -> _Coder:
    def read(found: Any, place: str) -> Mapping[str, Any]:
        if not isinstance(found, dict) or len(found) > MOST_ENTRIES:
            raise Misfit(place, _kind(found), f"a block of at most {MOST_ENTRIES} names")
        return {name: coder.read(one, f"{place}.{name[:60]}") for name, one in found.items()}

    return _Coder(lambda value: {name: coder.write(one) for name, one in value.items()}, read)


def _dataclass(made: Any) -> _Coder:
    hints = get_type_hints(made)
    inside = [field for field in fields(made) if not field.metadata.get("apart")]
    coders = {field.name: _coder(hints[field.name]) for field in inside}
    needed = [f.name for f in inside if f.default is f.default_factory is MISSING]

    def default(field: Any) -> object:
        return field.default_factory() if field.default is MISSING else field.default

    def write(value: Any) -> dict[str, Any]:
        return {
            field.name: coders[field.name].write(getattr(value, field.name))
            for field in inside
            if field.name in needed or getattr(value, field.name) != default(field)
        }

    def read(found: Any, place: str) -> Any:
        if not isinstance(found, dict):
            raise Misfit(place, _kind(found), f"a block with {', '.join(coders)}")
        above = f"{place}." if place else ""
        for name in found:
            if name not in coders:
                raise Misfit(f"{above}{name[:60]}", name, f"one of {', '.join(coders)}")
        for name in needed:
            if name not in found:
                raise Misfit(f"{above}{name}", "", "a value, as every record has one")
        return made(**{n: coders[n].read(one, f"{above}{n}") for n, one in found.items()})

    return _Coder(write, read)


def _kind(found: object) -> object:
    """Name a value that is too long to show."""
    return f"{len(found)} entries" if isinstance(found, dict | list) else found


def _text(found: Any, place: str) -> str:
    if not isinstance(found, str) or len(found) > MOST_LETTERS:
        shown = f"{len(found)} characters" if isinstance(found, str) else _kind(found)
        raise Misfit(place, shown, f"a text of at most {MOST_LETTERS} characters")
    return found


def _flag(found: Any, place: str) -> bool:
    if not isinstance(found, bool):
        raise Misfit(place, _kind(found), "true or false")
    return found


def _whole(found: Any, place: str) -> int:
    if not isinstance(found, int) or isinstance(found, bool) or abs(found) > LARGEST:
        raise Misfit(place, _kind(found), "a small whole number")
    return found


def exact(found: Any, place: str = "") -> int | Fraction:
    """Read an exact number as `str` writes it: 12, -3 or 25/2; raise Misfit."""
    value = Fraction(found) if isinstance(found, str) and _EXACT.fullmatch(found) else None
    if value is None or (value and not 1 < abs(value) * _VAST < _VAST**2):
        raise Misfit(place, _kind(found), 'an exact number as a text, such as "12" or "25/2"')
    return value.numerator if value.denominator == 1 else value


def _period(found: Any, place: str) -> Period:
    try:
        return periods.parse(_text(found, place))
    except periods.PeriodError:
        raise Misfit(place, found, periods.GRAMMAR) from None


def _same(value: Any) -> Any:
    return value


_EXACTLY = _Coder(str, exact)
#: Types that are coded by themselves.
_PLAIN: Mapping[Any, _Coder] = {
    str: _Coder(_same, _text),
    bool: _Coder(_same, _flag),
    int: _Coder(_same, _whole),
    Period: _Coder(lambda period: period.label, _period),
}
