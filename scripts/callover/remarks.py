"""Which of the partners' texts are hard to read: a warning for each, never a fault.

The texts are theirs, so nothing stops their publication. Which texts are read is a row of _OWN, or
one of the generators below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from callover import markdown
from callover.errors import HARD_GRADE, MOST_WORDS, Remark, Unfound
from callover.model import Indicator, Partnership, Portal
from callover.readability import sentences, weighed, words, worst

#: A text of fewer words is a name or a label: its grade says nothing.
LEAST_WORDS = 8
#: Where a text stands: file, row (0 for none), field; and the text.
Text = tuple[str, int, str, str]

#: The columns of a partnership's own tables that hold sentences, by the table.
_OWN: Mapping[str, Sequence[str]] = {
    "actions": ("action", "q1", "q2", "q3", "q4"),
    "governance": ("purpose",),
    "communications": ("message", "q1", "q2", "q3", "q4"),
    "workstreams": ("title", "next_steps"),
    "agenda": ("decision",),
    "action_log": ("action", "reported"),
    "exceptions": ("cause", "action"),
    "projects": ("exception", "action"),
    "achievements": ("text",),
    "reports": ("purpose", "next"),
}


def remarks(portal: Portal, root: str = "datapackage") -> tuple[Remark, ...]:
    """Give a remark for each of the partners' texts that is hard to read, the hardest first.

    `root` is the name of the folder above the packages, as faults have it.
    """
    found = [
        remark
        for partnership in portal.partnerships
        for text in _texts(partnership, f"{root}/{partnership.slug}")
        if (remark := judged(*text)) is not None
    ]
    return tuple(sorted(found, key=lambda r: (-r.grade, r.file, r.row, r.field)))


def judged(file: str, row: int, field: str, text: str) -> Remark | None:
    """Give the remark on a text: its grade or a sentence of it is over the limit; else None."""
    if len(words(text)) < LEAST_WORDS:
        return None
    found = sentences(text)
    level, most = weighed(found)
    # Compared as it is told, so that no text at "grade 9.0" is called too hard.
    if round(level, 1) <= HARD_GRADE and most <= MOST_WORDS:
        return None
    return Remark(file, row, field, level, most, worst(found, MOST_WORDS))


def told(found: Sequence[Remark], most: int = 10) -> str:
    """Sum remarks up: a line for each file with its hardest text, the hardest `most` files only."""
    texts = f"{len(found)} {'text is' if len(found) == 1 else 'texts are'}"
    return summed(found, f"{texts} hard to read. `callover check --words` shows each.", most)


def told_of_numbers(found: Sequence[Unfound], most: int = 10) -> str:
    """Sum up the numbers in people's text that are no figures, in the same way."""
    texts = f"{len(found)} {'number' if len(found) == 1 else 'numbers'} in commentary"
    verb = "is no figure of its page" if len(found) == 1 else "are no figures of their pages"
    return summed(found, f"{texts} {verb}. `callover check --numbers` shows each.", most)


def summed(found: Sequence[Remark | Unfound], closing: str, most: int) -> str:
    """Give a line for each file with the first of its warnings, and a closing line."""
    if not found:
        return ""
    files: dict[str, list[Remark | Unfound]] = {}
    for remark in found:
        files.setdefault(remark.file, []).append(remark)
    lines = [_of_file(of) for of in list(files.values())[:most]]
    left = len(files) - most
    lines += [f"... and {left} more {'file' if left == 1 else 'files'}."] if left > 0 else []
    return "\n".join([*lines, f"{closing} Nothing is held back for this."])


def _of_file(found: Sequence[Remark | Unfound]) -> str:
    first, _, _ = str(found[0]).partition("\n")
    more = len(found) - 1
    return f"{first} And {more} more." if more else first


def _texts(partnership: Partnership, folder: str) -> Iterator[Text]:
    file = f"{folder}/datapackage.json"
    yield file, 0, "callover.about", partnership.about
    for position, outcome in enumerate(partnership.outcomes):
        yield file, 0, f"callover.outcomes.{position}.text", outcome.text
    for scheme in partnership.schemes.values():
        yield file, 0, f"callover.schemes.{scheme.name}.legend", scheme.legend
        yield file, 0, f"callover.schemes.{scheme.name}.source", scheme.source
    for table, columns in _OWN.items():
        for record in getattr(partnership.records, table):
            for column in columns:
                yield record.at.file, record.at.row, f"column {column}", getattr(record, column)
    for indicator in partnership.indicators:
        yield from _of_indicator(indicator, f"{folder}/{indicator.slug}")


def _of_indicator(indicator: Indicator, folder: str) -> Iterator[Text]:
    file = f"{folder}/datapackage.json"
    for name in ("description", "caution", "undated", "not_available"):
        place = name if name == "description" else f"callover.{name}"
        yield file, 0, place, getattr(indicator, name)
    for name, text in indicator.panels.items():
        yield file, 0, f"callover.panels.{name}", text
    for position, note in enumerate(indicator.notes):
        yield file, 0, f"callover.notes.{position}", note
    for change in indicator.breaks:
        if change.row:
            yield f"{folder}/series.csv", change.row, "column note", change.text
        else:
            yield file, 0, f"callover.breaks.{change.position}.text", change.text
    for said in indicator.commentary:
        for name, text in said.sections.items():
            plain = markdown.read(text).plain
            yield f"{folder}/commentary/{said.file}", 0, f"## {name.capitalize()}", plain
