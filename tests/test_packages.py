"""The packages are plain Frictionless, hold nothing about a person, and read easily."""

import json
import re
from pathlib import Path
from statistics import median
from typing import Any

import frictionless
import pytest
from tests.readability import plain, short

from callover.readability import grade, sentences

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "datapackage"
DESCRIPTORS = sorted(DATA.rglob("datapackage.json"))
PARTNERSHIPS = sorted(p for p in DATA.glob("*/datapackage.json") if p.parent.name != "reference")
INDICATORS = sorted(DATA.glob("*/*/datapackage.json"))
FIXED = sorted((ROOT / "docs").rglob("*.md"))
TEXTS = [
    path
    for folder in ("datapackage", "docs", "tests/figures")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".csv", ".json", ".md", ".html", ".txt"} and path.name[0] not in ".~"
]

EMAIL = re.compile(r"@")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
#: Help lines are there to be called; nobody has a mailbox below .example.
HELPLINES = DATA / "reference/helplines.csv"
EXAMPLE = re.compile(r"[\w.]+@\w+\.example\b")
PHONE = re.compile(
    r"(?<![\w.,/-])(?:\+44 ?\d{2,4}|\(?0\d{2,4}\)?)[ -]?\d{3,4}[ -]?\d{3,4}\b(?![-/])"
)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def load(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


# ---------------------------------------------------------------- plain data packages


@pytest.mark.parametrize("path", DESCRIPTORS, ids=name_of)
def test_a_package_is_valid_in_plain_frictionless(path):
    with frictionless.system.use_context(trusted=False):
        report = frictionless.Package.from_descriptor(str(path)).validate()
    assert report.flatten(["type", "message"]) == []
    assert report.valid


@pytest.mark.parametrize("path", DESCRIPTORS, ids=name_of)
def test_a_package_lists_its_tables_and_types_their_fields(path):
    resources = load(path).get("resources", [])
    assert sorted(r["path"] for r in resources) == sorted(p.name for p in path.parent.glob("*.csv"))
    for resource in resources:
        fields = resource["schema"]["fields"]
        assert fields
        assert [field["name"] for field in fields if not field.get("type")] == []


def test_nothing_else_lies_in_a_package():
    known = set(DESCRIPTORS)
    for path in DESCRIPTORS:
        known |= {path.parent / resource["path"] for resource in load(path).get("resources", [])}
        known |= {*path.parent.glob("commentary/*.md"), *path.parent.glob("releases/*.json")}
    hidden = (".", "~")  # what an editor or a spreadsheet program leaves behind
    files = [p for p in DATA.rglob("*") if p.is_file() and not p.name.startswith(hidden)]
    assert [name_of(path) for path in files if path not in known] == []


# ---------------------------------------------------------------- nobody is in them


@pytest.mark.parametrize("pattern", [EMAIL, POSTCODE, PHONE], ids=["email", "postcode", "phone"])
def test_no_text_leads_to_a_person(pattern):
    public = set(re.findall(r"(?m),(0[\d ]+),", HELPLINES.read_text(encoding="utf-8")))
    found = [
        f"{name_of(path)}: {match[0]}"
        for path in [ROOT / "README.md", *TEXTS]
        for match in pattern.finditer(EXAMPLE.sub("", path.read_text(encoding="utf-8")))
        if match[0] not in public
    ]
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (EMAIL, "someone@example.org"),
        (POSTCODE, "in RM10 7BN"),
        (POSTCODE, "SW1A 1AA."),
        (PHONE, "call 020 8227 1234"),
        (PHONE, "call 01708 123456"),
        (PHONE, "+44 7700 900123"),
    ],
)
def test_what_leads_to_a_person_would_be_found(pattern, text):
    assert pattern.search(text)


@pytest.mark.parametrize("text", ["E09000002", "13,207", "2016-04", "0.3, 0.3", "A1 and A2"])
def test_codes_and_figures_lead_to_nobody(text):
    assert not POSTCODE.search(text)
    assert not PHONE.search(text)


# ---------------------------------------------------------------- they read easily


def page_text(path: Path) -> str:
    """Give all that a page says in words: from its descriptor and the commentary beside it."""
    if path.suffix == ".md":
        return path.read_text(encoding="utf-8")
    package = load(path)
    own = package["callover"]
    texts = [package["description"], *own.get("panels", {}).values(), *own.get("notes", [])]
    texts += [change["text"] for change in own.get("breaks", [])]
    texts += [own.get("not_available", ""), own.get("about", "")]
    texts += [outcome["text"] for outcome in own.get("outcomes", [])]
    for scheme in own.get("schemes", {}).values():
        texts += [scheme["legend"], scheme["source"]]
    texts += [p.read_text(encoding="utf-8") for p in sorted(path.parent.glob("commentary/*.md"))]
    return "\n\n".join(texts)


PAGES = [*FIXED, *PARTNERSHIPS, *INDICATORS]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_no_sentence_is_longer_than_25_words(path):
    found = [short(sentence) for sentence in sentences(plain(page_text(path)))]
    assert found
    worst = max(found, key=lambda sentence: len(sentence.split()))
    assert len(worst.split()) <= 25, f"{len(worst.split())} words: {worst}"


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_half_of_a_page_needs_no_more_than_grade_8(path):
    found = sentences(plain(page_text(path)))
    worst = max(found, key=lambda sentence: grade([sentence]))
    middle = median(grade([sentence]) for sentence in found)
    assert middle <= 8, f"median {middle:.1f}; the hardest is {grade([worst]):.1f}: {worst}"


def test_a_page_is_stripped_to_its_prose():
    text = "---\ntitle: x\n---\n# Head\n\nThe cat sat.\nIt ran [home](a.md).\n\n- one item\n- two\n"
    assert sentences(plain(text)) == ["The cat sat.", "It ran home.", "one item", "two"]
