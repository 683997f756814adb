"""Hostile text: whatever stands in a title, a panel, a note or a cell, it is printed, not obeyed.

A text is data. With any payload at the end of every text of every package, each page has the same
elements in the same order as with a harmless one, and the payload can be read on it.
"""

import csv
import io
import json
import re
import shutil
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import parsed

from callover.data.read import read
from callover.data.shapes import OWN
from callover.pages.portal import press
from callover.pages.render import prose

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests/golden/input/datapackage"
HARMLESS = "zebra"

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "</title></head><body onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<!-- ",
    "--> <!-- /html --> <b>out</b>",
    "<!-- html --> *x* <!-- /html -->",
    "]]> <![CDATA[",
    '" autofocus onfocus="alert(1)',
    "' onmouseover='alert(1)",
    "[click](javascript:alert(1))",
    "![x](data:text/html;base64,PHNjcmlwdD4=)",
    "<javascript:alert(1)>",
    "`code` **bold** _em_ # heading",
    "{: onclick=alert(1) }",
    "{{ config }} {% raw %} {# x #}",
    "{{ ''.__class__.__mro__ }}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "&lt;script&gt; &#60;b&#62; &amp;nbsp;",
    "<base href=//evil.example><meta http-equiv=refresh content=0>",
    "<form action=//evil.example><input name=q>",
    "<style>*{display:none}</style>",
    "<a href='data:text/html,x'>x</a>",
    "--- title: x ---",
    "| a | b | c |",
    "http://evil.example/ www.evil.example mail@evil.example",
    "%0d%0aSet-Cookie: x=1",
    "$\\href{javascript:alert(1)}{x}$ <a href='//evil.example'>",
    "=HYPERLINK('http://evil.example')",
)

#: The settings of a descriptor whose strings are words, not names.
WORDS = {
    *("title", "short_title", "description", "about", "text", "legend", "source", "lead", "base"),
    *("portfolio", "owner", "contact_role", "question", "question_id", "label", "undated"),
    *("caution", "not_available", "notes", "also_known_as", "unit", "unit_one"),
}
#: The settings below which every string is words.
OF_WORDS = {"panels", "categories"}


def spoilt(value, payload, here="", inside=False):
    """Give a descriptor with the payload at the end of each of its texts."""
    if isinstance(value, dict):
        return {
            key: spoilt(one, payload, key, inside or here in OF_WORDS)
            for key, one in value.items()
            if key != "resources"
        } | ({"resources": value["resources"]} if "resources" in value else {})
    if isinstance(value, list):
        return [spoilt(one, payload, here, inside) for one in value]
    words = inside or here in WORDS or here in OF_WORDS
    return f"{value} {payload}" if words and isinstance(value, str) and value else value


def columns(path):
    """Give the columns of a table that hold words."""
    if path.stem in OWN:
        return {f.name for f in OWN[path.stem].fields if f.type == "text" and not f.choices}
    return {"note", "where"}


def spoilt_table(path, payload):
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
    if not rows:
        return path.read_text("utf-8")
    for row in rows:
        for name in columns(path) & row.keys():
            row[name] = f"{row[name]} {payload}" if row[name] else row[name]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def escaped(payload):
    """Write a payload as Markdown has it literally: a backslash before each sign."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", payload)


def pressed(source, folder, payload, today):
    """Press a copy of a portal in which every text ends with the payload."""
    shutil.copytree(source, folder)
    for path in sorted(folder.rglob("*")):
        if path.name == "datapackage.json":
            found = spoilt(json.loads(path.read_text("utf-8")), payload)
            path.write_text(json.dumps(found), "utf-8")
        elif path.suffix == ".csv" and path.parent.name != "reference":
            path.write_text(spoilt_table(path, payload), "utf-8")
        elif path.suffix == ".md":
            said = re.split(r"(?m)(?<=\w\.)$", path.read_text("utf-8"))
            path.write_text(f" {escaped(payload)}".join(said), "utf-8")
    return press(read(folder, today), {})


def elements(text):
    """Give the elements of a page in order, with the names of their attributes.

    Of a drawing they are a set: a longer label breaks into more lines.
    """
    body = text.partition("<!-- html -->")[2].rpartition("<!-- /html -->")[0]
    return list(_elements(parsed(body)))


def _elements(node):
    if node.tag == "svg":
        yield "svg", sorted({each.tag for each in node.walk()})
        return
    yield node.tag, sorted(node.attrs)
    for child in node.children:
        if not isinstance(child, str):
            yield from _elements(child)


def tags(text):
    """Give the names of the elements of an XML file."""
    return {element.tag for element in ElementTree.fromstring(text).iter()}  # noqa: S314 (our own)


def compare(harmless, hostile):
    assert hostile.keys() == harmless.keys()
    for name, content in hostile.items():
        if name.endswith(".md"):
            # A list of names is in their own order, which other names change.
            order = sorted if name == "a-to-z/index.md" else list
            assert order(elements(content)) == order(elements(harmless[name])), name
            assert content.count("\n---\n") == harmless[name].count("\n---\n"), name
        elif name.endswith((".svg", ".xml")):
            assert tags(content) == tags(harmless[name]), name
        elif name.endswith(".json"):
            json.loads(content)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory):
    return pressed(GOLDEN, tmp_path_factory.mktemp("a") / "data", HARMLESS, date(2016, 8, 31))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_adds_no_element_to_any_page(harmless, tmp_path, payload):
    compare(harmless, pressed(GOLDEN, tmp_path / "data", payload, date(2016, 8, 31)))


def test_the_harmless_word_is_in_every_kind_of_text(harmless):
    page = harmless["made-up/thefts/index.md"]
    assert page.count(HARMLESS) > 20
    assert f"{HARMLESS}" in harmless["made-up/index.md"]


def test_tables_of_a_partnership_are_printed_and_not_obeyed(tmp_path):
    """A portal with plans, meetings and surveys; a title has no room for more payloads."""
    source = tmp_path / "source"
    for name in ("reference", "barnet"):
        shutil.copytree(ROOT / "datapackage" / name, source / name)
    today = date(2026, 1, 1)
    before = pressed(source, tmp_path / "a", HARMLESS, today)
    compare(before, pressed(source, tmp_path / "b", '"></script><img src=x onerror=a()>', today))


LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


@settings(max_examples=300)
@given(LETTERS)
def test_any_text_is_read_as_it_was_written(text):
    node = parsed(f"<div>{prose(f'Say {text} here')}</div>")
    assert {each.tag for each in node.walk()} <= {"", "div", "p", "ul", "li"}
    assert node.text == " ".join(f"Say {text} here".split())
