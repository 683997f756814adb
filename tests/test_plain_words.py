"""What we write ourselves is easy: at most grade 7 a page, and 25 words a sentence.

Ours is every sentence of a page that stands in no package: what the partners write is taken out by
comparing sentence by sentence, wherever a template may put it. A sentence ends in a full stop, a
question mark, an exclamation mark or a colon, or is the message of a chart. Names (of measures,
sources and bodies), labels and headings are none. No word is counted as easier than it is.
"""

import ast
import dataclasses
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from tests.conftest import Node
from tests.readability import plain, short

from callover.data.read import read
from callover.readability import grade, longest, sentences, words

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "scripts/callover"
GRADE, WORDS = 7, 25
#: What is told to data officers may be a little harder: it names files, columns and settings.
OFFICER_GRADE = 8

# ---------------------------------------------------------------- what the partners write


def texts(value: object) -> Iterator[str]:
    """Give every text in the packages; the raw files and the descriptors hold the same again."""
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            # What a release has frozen is what our own pages said.
            if field.name not in ("files", "descriptor", "series", "published", "frozen"):
                yield from texts(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, tuple | list | frozenset):
        for each in value:
            yield from texts(each)


def bare(sentence: str) -> str:
    return " ".join(sentence.split()).strip(" .!?:'\"")


@pytest.fixture(scope="module")
def theirs() -> str:
    portal = read(ROOT / "datapackage", date(2026, 1, 1))
    return "\n".join({bare(s) for text in texts(portal) for s in sentences(text)})


# ---------------------------------------------------------------- what a built page says

#: What is no text, or says again what is heard or read elsewhere.
UNREAD = frozenset(("svg", "nav", "button", "script", "code", "pre"))
#: Names: who measures, and how to cite.
NAMES = frozenset(("co-chart__source", "co-cite__text", "co-breadcrumbs", "co-meta", "co-hidden"))
#: What begins so is a name, a date or the wording that the licence asks for: no sentence of ours.
NAMING = ("Source: ", "Licence: ", "Page as of ", "Pages as of ", "Contains public sector ")
BLOCKS = frozenset(("p", "li", "dt", "dd", "td", "th", "h3", "small", "summary"))


def unread(node: Node) -> bool:
    return node.tag in UNREAD or bool(NAMES & set(node.attrs.get("class", "").split()))


def said(node: Node) -> Iterator[tuple[Node, str]]:
    """Give the text of each innermost block below a node, without what is not read."""
    here: list[str] = []
    for child in node.children:
        if isinstance(child, str):
            here.append(child)
        elif not unread(child):
            inner = list(said(child))
            if child.tag in BLOCKS or any(block.tag in BLOCKS for block, _ in inner):
                yield from inner
            else:
                here += [text for _, text in inner]
    yield node, " ".join("".join(here).split())


def quoted(sentence: str, theirs: str) -> bool:
    """Say whether a sentence is theirs; what leads into a list may stand with its first item."""
    led = all(f"\n{bare(part)}\n" in f"\n{theirs}\n" for part in sentence.split(": "))
    return led or bare(sentence) in theirs


def of_page(node: Node, theirs: str) -> list[str]:
    """Give our own sentences of a page."""
    found = []
    for block, text in said(node.one("main")):
        message = "co-chart__title" in block.attrs.get("class", "")
        found += [
            sentence
            for sentence in sentences(text)
            if (message or sentence[-1] in ".?!:")
            and len(words(sentence)) > 2
            and not sentence.startswith(NAMING)
            and not quoted(sentence, theirs)
        ]
    return found


@pytest.fixture(scope="module")
def pages(built_site, html, theirs) -> dict[str, list[str]]:
    """Our sentences by page; a page as released says what the newest page says."""
    found = {
        path.relative_to(built_site).as_posix(): path
        for path in sorted(built_site.rglob("index.html"))
    }
    return {
        name: of_page(html(path), theirs)
        for name, path in found.items()
        if not re.match(r"[^/]+/[^/]+/(?:\d{4}|fy\d{4})[^/]*/index\.html", name)
        or re.match(r"[^/]+/(?:scorecard|exceptions|meetings|year|pack|league)/", name)
    }


def test_every_kind_of_page_is_read(pages):
    assert len(pages) > 140
    assert sum(map(len, pages.values())) > 2500
    assert {"index.html", "glossary/index.html", "barnet/surveys/index.html"} <= set(pages)
    robbery = pages["barking-and-dagenham/robbery/index.html"]
    assert any(s.startswith("There were 397 offences from April to") for s in robbery)
    assert any(s.startswith("551 offences in the 12 months to") for s in robbery)
    assert not any("iQuanta" in s or "Robbery means" in s for s in robbery)


def test_no_sentence_of_ours_is_longer_than_25_words(pages):
    long = {
        (name, s) for name, found in pages.items() for s in found if len(words(short(s))) > WORDS
    }
    assert sorted(long) == []


def test_every_page_is_at_most_grade_7(pages):
    hard = {name: round(grade(found), 1) for name, found in pages.items() if found}
    assert {name: level for name, level in hard.items() if level > GRADE} == {}


def test_all_computed_sentences_of_all_indicators_together_are_far_below_it(pages):
    computed = [s for name, found in pages.items() if name.count("/") == 2 for s in found]
    assert len(computed) > 1500
    assert grade(computed) < 6


def test_the_page_for_a_lost_reader_is_easy(built_site, html):
    found = of_page(html(built_site / "404.html"), "")
    assert len(found) > 4
    assert longest(found) <= WORDS
    assert grade(found) <= GRADE


# ---------------------------------------------------------------- what no page of ours shows today


def by_hand() -> list[Path]:
    return sorted((ROOT / "docs").rglob("*.md"))


@pytest.mark.parametrize("path", by_hand(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_section_written_by_hand_is_easy_too(path):
    """A page may not hide a hard section among easy ones."""
    for section in re.split(r"^## ", path.read_text("utf-8"), flags=re.MULTILINE):
        found = sentences(plain("## " + section))
        assert longest([short(s) for s in found]) <= WORDS
        if sum(len(words(s)) for s in found) >= 60:
            assert grade(found) <= GRADE + 2, section.partition("\n")[0]


def literals(path: Path) -> Iterator[str]:
    """Give the sentences in a module's code; a value stands as 7, docstrings are for engineers."""
    tree = ast.parse(path.read_text("utf-8"))
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            first = node.body[0] if node.body else None
            skipped |= {id(first.value)} if isinstance(first, ast.Expr) else set()
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(value) for value in node.values}
            parts = [v.value if isinstance(v, ast.Constant) else "7" for v in node.values]
            yield "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and id(node) not in skipped:
            yield re.sub(r"\{[^}]*\}", "7", node.value) if isinstance(node.value, str) else ""


def template(path: Path) -> str:
    """Give the text of a template; a value stands as 7, a tag that ends a block ends a sentence."""
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}", " ", path.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"\{\{.*?\}\}", "7", text, flags=re.DOTALL)
    text = re.sub(r"</(?:p|li|d[dt]|t[dh]|h\d|small|summary|caption)>", "\n\n", text)
    return re.sub(r"<[^>]*>", " ", text)


def officer(path: Path) -> bool:
    return path.parent.name == "data" or path.name in ("cli.py", "errors.py", "changes.py")


def written(paths: list[Path]) -> list[str]:
    return [
        sentence
        for path in paths
        for text in ([template(path)] if path.suffix != ".py" else literals(path))
        for sentence in sentences(text)
        if sentence[-1] in ".?!:" and len(words(sentence)) > 3
    ]


MODULES = sorted(SOURCE.rglob("*.py"))
TEMPLATES = sorted([*SOURCE.glob("templates/*"), *(ROOT / "docs/overrides").rglob("*.html")])


@pytest.mark.parametrize(
    ("paths", "level", "least"),
    [
        ([p for p in MODULES if not officer(p)], GRADE, 300),
        (TEMPLATES, GRADE, 50),
        ([p for p in MODULES if officer(p)], OFFICER_GRADE, 250),
    ],
    ids=["sentences", "templates", "messages to data officers"],
)
def test_what_the_code_can_say_is_easy(paths, level, least):
    """No data at hand may ever make a page say it, so it is read where it is written."""
    found = written(paths)
    assert len(found) >= least
    assert [sentence for sentence in found if len(words(sentence)) > WORDS] == []
    assert grade(found) <= level


# ---------------------------------------------------------------- the gate itself


def test_the_gate_would_find_a_hard_page(html_text, tmp_path, theirs):
    text = (
        "<!-- html --><main><p>Multidisciplinary organisations coordinate rehabilitation.</p>"
        '<p class="co-meta">Not a sentence of ours.</p><ul><li>It fell: <b>a lot.</b></li></ul>'
        "<p>On <span>5 May</span> it rose.<svg><text>No. No. No.</text></svg></p></main>"
        "<!-- /html -->"
    )
    found = of_page(html_text(text), theirs)
    assert found == [
        "Multidisciplinary organisations coordinate rehabilitation.",
        "It fell: a lot.",
        "On 5 May it rose.",
    ]
    assert grade(found[:1]) > GRADE
    module = tmp_path / "module.py"
    module.write_text('"""Docs."""\nSAYS = "It fell by {size}."\ndef f(n):\n    """D."""\n'
                      '    return f"It rose to {n}. " + "Yes it did."\n', "utf-8")  # fmt: skip
    assert sorted(s.strip() for s in literals(module)) == [
        "It fell by 7.", "It rose to 7.", "Yes it did.",
    ]  # fmt: skip
