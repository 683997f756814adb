"""Texts that a spreadsheet would run, that are too long, or that are none."""

from __future__ import annotations

from tests.corpus.case import DESCRIPTOR, PARTNERSHIP, SERIES, TARGETS, Case, in_series
from tests.corpus.package import put, settings

FORMULA = "text, not a formula"
BEGIN = "Begin the cell with a word"


def note(name: str, cell: str, shown: str = "") -> Case:
    """Give a case of a note that a spreadsheet would run."""
    return in_series(name, f"2016-04,1,,{cell}", 2, "note", shown or cell, FORMULA, BEGIN)


def setting(name: str, file: str, place: str, value: object, expected: str, remedy: str,
            shown: str = "") -> Case:  # fmt: skip
    """Give a case of a text of a descriptor."""
    return Case(name, file, 0, place, shown or str(value), expected, remedy,
                changes=[settings(file, **{place: value})])  # fmt: skip


CASES = (
    note("a formula", "=1+1"),
    note("a formula that calls a program", '"=cmd|\' /C calc\'!A0"', "=cmd|' /C calc'!A0"),
    note("a formula by a plus", "+1+cmd|x"),
    note("a formula by a minus", "-2+cmd|x"),
    note("a formula by an at", "@SUM(A1)"),
    note("a formula behind spaces", "  =1+1", "=1+1"),
    note("a formula behind a tab", '"\t=1+1"', "=1+1"),
    note("a link in a formula", '"=HYPERLINK(""http://place.example/"")"',
         '=HYPERLINK("http://place.example/")'),
    in_series("a formula for words", "2016/17-Q1,=1+1,,", 2, "text", "=1+1", FORMULA, BEGIN,
              kind="milestone", header="period,text,marker,note"),
    Case("a formula beside a target", TARGETS, 2, "as_published", "=1+1", FORMULA, BEGIN,
         {"kind": "count", "targets":
          "measure,period,type,upper,as_published\nvalue,2016/17,maximum,9,=1+1\n"}),
    setting("a formula for a title", DESCRIPTOR, "title", "=1+1",
            "the indicator's title, at most 120 letters", "Correct this setting"),
    setting("a formula for a unit", DESCRIPTOR, "callover.unit", "=1+1", "what is counted",
            "Correct this setting"),
    setting("a formula for the partnership", PARTNERSHIP, "title", "@cmd",
            "the partnership's title, beginning with a letter", "Correct this setting"),
    setting("a title without end", DESCRIPTOR, "title", "Burglary " * 20,
            "the indicator's title, at most 120 letters", "Correct this setting",
            shown="Burglary " * 20),
    setting("no title", DESCRIPTOR, "title", "", "the indicator's title", "Correct this setting"),
    Case("a letter escaped that nobody sees", DESCRIPTOR, 0, "", "a \\u escape of something unseen",
         "text that can be seen", "Delete the escape",
         changes=[put(DESCRIPTOR, '{"title": "a\\u0000"}')]),
    Case("half a letter", DESCRIPTOR, 0, "", "a \\u escape of something unseen",
         "text that can be seen", "type the letter itself",
         changes=[put(DESCRIPTOR, '{"title": "\\ud800"}')]),
    Case("a note as long as a chapter", SERIES, 2, "note", "6000 characters",
         "at most 5000 characters in a cell", "Shorten it",
         {"kind": "count", "series": f"period,value,note\n2016-04,1,{'a' * 6000}\n"}),
)  # fmt: skip
