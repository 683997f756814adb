"""Hostile text: whatever stands in a text of any file, it is printed, not obeyed.

A text is data. With any payload at the end of every text of every file, each page has the same
elements in the same order as with a harmless word, so have feeds, drawings and data for machines,
and the payload can be read on the page. In a browser without the policy nothing of it runs.
"""

import csv
import io
import json
import re
import shutil
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests import hostile
from tests.conftest import parsed
from tests.hostile import HARMLESS, PAYLOADS, TODAY

from callover.data.gate import UNSEEN
from callover.data.read import read
from callover.data.shapes import OWN, REFERENCE, TABLES
from callover.kinds import KINDS
from callover.pages.portal import press
from callover.pages.render import prose
from watch import explore

#: Payloads are tried some at a time; what breaks out of a page changes it whatever stands around.
AT_ONCE = 27
GROUPS = [PAYLOADS[at : at + AT_ONCE] for at in range(0, len(PAYLOADS), AT_ONCE)]


def test_there_are_sixty_payloads():
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60


# ---------------------------------------------------------------- what a file is made of


def elements(text):
    """Give the elements of a page in order, with the names of their attributes.

    Of a drawing they are a set: a longer label breaks into more lines.
    """
    return list(_elements(body_of(text)))


def body_of(text):
    """Parse what stands below the front matter, between our two marks."""
    body = text.partition("\n---\n")[2]
    return parsed(body.partition("<!-- html -->")[2].rpartition("<!-- /html -->")[0])


def _elements(node):
    if node.tag == "svg":
        yield "svg", sorted({each.tag for each in node.walk()})
        return
    if node.attrs.get("class") == "co-own":
        return  # says which numbers of a commentary are no figures: it comes with a number
    yield node.tag, sorted(node.attrs)
    if node.attrs.get("type") == "application/ld+json":
        yield shape(json.loads("".join(map(str, node.children))))
    for child in node.children:
        if not isinstance(child, str):
            yield from _elements(child)


def shape(value):
    """Give a value from JSON with its texts left out, and `own`: the numbers that a text holds."""
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items() if key != "own"}
    return [shape(one) for one in value] if isinstance(value, list) else type(value).__name__


def of_page(text):
    front = text.split("\n---\n", 1)[0]
    return [line.partition(":")[0] for line in front.splitlines()], elements(text)


def of_sorted_page(text):
    """A list of names is in their own order, which other names change."""
    return sorted(map(str, elements(text)))


def of_drawing(text):
    """A longer label breaks into more lines, and may find another place."""
    found = list(ElementTree.fromstring(text).iter())  # noqa: S314 (our own)
    attributes = {name for element in found for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on") or "href" in name}
    return sorted({element.tag for element in found})


def of_feed(text):
    return [(e.tag, *sorted(e.attrib)) for e in ElementTree.fromstring(text).iter()]  # noqa: S314


def of_data(text):
    return shape(json.loads(text))


def of_table(text):
    """Give the lengths of its rows; a cell that a spreadsheet would run fails."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    for cell in (cell for row in rows for cell in row):
        assert not re.match(r"[=@\t\r]|[+-] *[^\d .,]", cell), cell
    return [len(row) for row in rows]


def of_workbook(content):
    """Give the elements of each sheet; no cell is a formula."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = sorted(book.namelist())
        sheets = {n: ElementTree.fromstring(book.read(n)) for n in names if n.endswith(".xml")}  # noqa: S314
    found = {}
    for name, root in sheets.items():
        tags = [(e.tag.rpartition("}")[2], e.attrib.get("t", "")) for e in root.iter()]
        assert not {"f", "hyperlink", "externalReference"} & {tag for tag, _ in tags}, name
        found[name] = tags
    return found


def of_archive(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sorted(archive.namelist())


#: What is compared of a file, by the end of its name; the first that fits.
READERS = (
    ("a-to-z/index.md", of_sorted_page),
    (".md", of_page),
    (".svg", of_drawing),
    (".xml", of_feed),
    (".json", of_data),
    (".csv", of_table),
    (".xlsx", of_workbook),
    (".zip", of_archive),
)


def made_of(name, content):
    """Say what a file is made of; None for pictures and plain text, which nothing obeys."""
    reader = next((read for end, read in READERS if name.endswith(end)), None)
    return reader(content) if reader else None


def pressed(source, folder, payload):
    """Press a copy of a portal in which every text ends with the payload."""
    shutil.copytree(source, folder)
    return press(read(hostile.spoil(folder, payload), TODAY), {})


class Harmless:
    """A portal with a harmless word in every text, and what its files are made of."""

    def __init__(self, folder, only=()):
        self.source = hostile.source(folder / "source", only)
        self.files = pressed(self.source, folder / "harmless", HARMLESS)
        self.made = {name: made_of(name, content) for name, content in self.files.items()}

    def compare(self, files):
        """Fail where other texts make other files, or other parts of a file."""
        assert files.keys() == self.files.keys()
        for name, content in files.items():
            assert made_of(name, content) == self.made[name], name


@pytest.fixture(scope="module")
def harmless(tmp_path_factory):
    return Harmless(tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize("payloads", GROUPS, ids=range(len(GROUPS)))
def test_payloads_add_nothing_to_any_file(harmless, tmp_path, payloads):
    harmless.compare(pressed(harmless.source, tmp_path / "data", "  ".join(payloads)))


def test_payloads_can_be_read_where_they_stand(harmless, tmp_path):
    said = " ".join(PAYLOADS[::4])
    made = pressed(harmless.source, tmp_path / "data", said)
    words = " ".join(said.split())
    for place, parts in SHOWN.items():
        node = body_of(made[place])
        for part in parts:
            assert any(words in each.text for each in node.all(class_=part)), (place, part)


#: Parts of pages that show a text, by their class.
SHOWN = {
    "made-up/thefts/index.md": ("co-note", "co-panel--people", "co-panel--why", "co-meta"),
    "made-up/actions/index.md": ("co-list-actions",),
    "help/index.md": ("co-help__lines",),
}


# ---------------------------------------------------------------- nothing is left out


@pytest.mark.parametrize("name", ["partnership", "indicator"])
def test_every_setting_that_holds_words_has_a_payload(harmless, tmp_path, name):
    """A new setting is one of words unless hostile.NAMES says that it is none."""
    shutil.copytree(harmless.source, tmp_path / "data")
    schema, spoilt = hostile.profile(name), set()
    for path in hostile.spoil(tmp_path / "data", HARMLESS).rglob("datapackage.json"):
        found = json.loads(path.read_text("utf-8"))
        if path.parent.name != "reference" and ("outcomes" in found["callover"]) == (
            name == "partnership"
        ):
            spoilt |= set(places(found, schema))
    assert set(hostile.settings(schema)) - spoilt == set()


def places(value, schema, here=""):
    """Give the paths of the settings that end with the harmless word."""
    if isinstance(value, dict):
        below, rest = schema.get("properties", {}), schema.get("additionalProperties")
        for key, one in value.items():
            known = key in below
            inner = below[key] if known else rest if isinstance(rest, dict) else {}
            yield from places(one, inner, f"{here}.{key}" if known else f"{here}.*")
    elif isinstance(value, list):
        for one in value:
            yield from places(one, schema.get("items", {}), here)
    elif isinstance(value, str) and value.endswith(HARMLESS):
        yield here


def test_every_column_of_words_has_a_payload(harmless, tmp_path):
    shutil.copytree(harmless.source, tmp_path / "data")
    found: dict[str, set[str]] = {}
    for path in hostile.spoil(tmp_path / "data", HARMLESS).rglob("*.csv"):
        for row in csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")):
            full = {name for name, cell in row.items() if cell and cell.endswith(ENDS)}
            found.setdefault(path.stem, set()).update(full)
    shapes = dict(REFERENCE)
    shapes |= {name: own.fields for name, own in OWN.items()}
    for name, make in TABLES.items():
        shapes[name] = [field for row in KINDS.values() for field in make(row)]
    lacking = {
        f"{name}.{column}"
        for name, fields in shapes.items()
        for column in hostile.texts(name, fields) - found.get(name, set())
    }
    assert lacking == NOT_TRIED


#: What ends a cell that has a payload; printed figures get signs alone.
ENDS = (HARMLESS, "<script>x</script>")
#: Columns of tables that the portal of this test does not have: no address of it has moved.
NOT_TRIED = {"moved.reason"}


# ---------------------------------------------------------------- in a browser

#: Pages that show many texts, with what is opened on them.
VISITED = (
    "",
    "made-up/",
    "made-up/thefts/",
    "made-up/calls-by-area/",
    "made-up/plan/",
    "made-up/meetings/2016-05-10/",
    "made-up/exceptions/fy2016-17-q1/",
    "made-up/year/fy2016-17/",
    "help/",
    "a-to-z/",
)
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


def test_nothing_runs_in_a_browser_even_without_the_policy(tmp_path, cli, serve, chromium):
    source = hostile.source(tmp_path / "data", only=("thefts", "calls-by-area"))
    hostile.spoil(source, " ".join(PAYLOADS))
    site = tmp_path / "site"
    done = cli("build", "--data", source, "--output", site)
    assert done.returncode == 0, done.stderr
    for path in site.rglob("*.html"):
        text, found = _POLICY.subn("", path.read_text("utf-8"))
        assert found == 1, path
        path.write_text(text, "utf-8")
    address = serve(site)
    context = chromium.new_context()
    page, seen = context.new_page(), []

    def dialog(opened):
        seen.append(f"dialog {opened.message}")
        opened.dismiss()

    page.on("dialog", dialog)
    page.on("pageerror", lambda error: seen.append(f"error {error}"))
    page.on("console", lambda said: seen.append(said.text) if said.type == "error" else None)
    page.on("response", lambda got: seen.append(got.url) if got.status >= 400 else None)
    page.on(
        "request",
        lambda asked: seen.append(asked.url) if not asked.url.startswith(address) else None,
    )
    context.on("page", lambda opened: seen.append(f"window {opened.url}"))
    for place in VISITED:
        assert page.goto(f"{address}/{place}").status == 200, place
        assert page.evaluate("[typeof window.pwned, location.pathname]") == [
            "undefined", f"/{place}",
        ]  # fmt: skip
    search(page)
    chart(page, f"{address}/made-up/thefts/")
    assert page.evaluate("typeof window.pwned") == "undefined"
    context.close()
    assert seen == []


def search(page):
    """Search for what every title has, so that the script writes them all."""
    page.get_by_role("searchbox").fill("thefts")
    page.locator(".co-search__results li").first.wait_for()


def chart(page, address):
    """Explore a chart: the library has a markup of its own for the words of a chart."""
    page.goto(address)
    explore(page.locator("figure.co-chart").first)


# ---------------------------------------------------------------- any text at all

LETTERS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]).filter(lambda c: not UNSEEN.match(c)),
    max_size=40,
)
SIGNS = st.lists(
    st.sampled_from([*"<>&\"'/=`{}[]()!#*_|\\%$:;,.-~^+@ ", "<!--", "-->", "</", "]]>", "x", "1"]),
    max_size=12,
).map("".join)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return Harmless(tmp_path_factory.mktemp("small"), only=("thefts",))


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.generate],  # to find a shorter text would take minutes
    suppress_health_check=list(HealthCheck),
)
@given(text=LETTERS | SIGNS | st.sampled_from(PAYLOADS).flatmap(lambda p: SIGNS.map(p.__add__)))
def test_any_text_in_every_field_leaves_every_file_as_it_is(small, tmp_path_factory, text):
    files = pressed(small.source, tmp_path_factory.mktemp("any") / "data", f"x{text}x")
    small.compare(files)


@settings(max_examples=100)
@given(LETTERS)
def test_any_text_is_read_as_it_was_written(text):
    node = parsed(f"<div>{prose(f'Say {text} here')}</div>")
    assert {each.tag for each in node.walk()} <= {"", "div", "p", "ul", "li"}
    assert node.text == " ".join(f"Say {text} here".split())
