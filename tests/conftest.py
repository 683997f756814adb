"""What the tests share: a browser, a server, the built site, and small packages to break."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page
from tests.corpus.package import sound

import browser
import generate
import tour as page_types

ROOT = Path(__file__).resolve().parent.parent
# Where Python may not keep its bytecode, each command that a test runs would compile all of us
# anew, which takes longer than most commands.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
CALLOVER = Path(sys.executable).parent / "callover"
# A busy machine is no fault: what takes how long is for the benchmarks.
settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")


def callover(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the real command in a process of its own, and give what it said."""
    return subprocess.run(
        [CALLOVER, *arguments],
        cwd=options.pop("cwd", ROOT),
        text=True,
        encoding="utf-8",
        capture_output=True,
        check=False,
        **options,
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of our own."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write tests/golden/expected anew from what the build makes now",
    )
    parser.addoption(
        "--all-sheets",
        action="store_true",
        help="print every indicator in tests/test_print.py, not only a sample",
    )


@pytest.fixture(scope="session")
def cli() -> Callable[..., subprocess.CompletedProcess[str]]:
    """The real command: `done = cli("check", "--data", folder)`."""
    return callover


# ---------------------------------------------------------------- reading HTML

VOID = frozenset(("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source"))


@dataclass(eq=False)
class Node:
    """An element of a parsed page, with its children in order."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)
    parent: Node | None = None

    def walk(self) -> Iterator[Node]:
        """Give this element and all below it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, tag: str = "", **attrs: str) -> list[Node]:
        """Find elements by tag and attributes; `class_` asks for one class among several."""
        wanted = attrs.pop("class_", "")
        return [
            node
            for node in self.walk()
            if (not tag or node.tag == tag)
            and all(node.attrs.get(name) == value for name, value in attrs.items())
            and (not wanted or wanted in node.attrs.get("class", "").split())
        ]

    def one(self, tag: str = "", **attrs: str) -> Node:
        """Find the only such element."""
        (found,) = self.all(tag, **attrs)
        return found

    @property
    def text(self) -> str:
        """The words in it, with single spaces; data for machines is no words."""
        shown = (c for c in self.children if isinstance(c, str) or c.tag != "script")
        parts = [c if isinstance(c, str) else c.text for c in shown]
        return " ".join("".join(parts).split())


class _Tree(HTMLParser):
    """Builds a tree and accepts no tag that is left open or closed twice."""

    def __init__(self) -> None:
        super().__init__()
        self.here = self.root = Node("")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"<{tag}> repeats an attribute: {names}"
        made = Node(tag, {name: value or "" for name, value in attrs}, [], self.here)
        self.here.children.append(made)
        if tag not in VOID:
            self.here = made

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}> at {self.getpos()}"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def parsed(text: str) -> Node:
    """Parse a page; a tag left open fails."""
    tree = _Tree()
    tree.feed(text)
    tree.close()
    assert tree.here is tree.root, f"<{tree.here.tag}> is left open"
    return tree.root


@pytest.fixture(scope="session")
def html() -> Callable[[Path], Node]:
    """Parse a page, once for all tests: `html(site / "index.html").one("h1").text`."""
    return functools.cache(lambda path: parsed(path.read_text("utf-8")))


@pytest.fixture(scope="session")
def html_text() -> Callable[[str], Node]:
    """Parse the HTML of a generated page, without its front matter."""
    return lambda text: parsed(text.partition("<!-- html -->")[2].rpartition("<!-- /html -->")[0])


# ---------------------------------------------------------------- the built site, in a browser


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site, built once by the command that publishes it."""
    output = tmp_path_factory.mktemp("built") / "site"
    done = callover("build", "--output", output)
    assert done.returncode == 0, done.stdout + done.stderr
    return output


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """Serve any folder for the length of one test: `address = serve(folder)`.

    `serve(folder, Host, rules=...)` serves it by another server than the plain one.
    """
    with ExitStack() as stack:
        yield lambda *arguments, **options: stack.enter_context(
            browser.serving(*arguments, **options)
        )


@pytest.fixture(scope="session")
def site_address(built_site: Path) -> Iterator[str]:
    """The address of the built site on this machine."""
    with browser.serving(built_site) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium, the same as the audit's."""
    with browser.chromium() as started:
        yield started


@pytest.fixture(scope="session")
def tour(built_site: Path) -> list[str]:
    """One address of each type of page, and one of each kind of indicator."""
    return list(page_types.types(built_site).values())


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page with nothing stored; an error in its scripts fails the test."""
    context = chromium.new_context(locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(10_000)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


# ---------------------------------------------------------------- small packages

Files = dict[str, str]
Package = Callable[..., Path]


def descriptor(files: Mapping[str, str], change: Callable[[dict[str, Any]], object]) -> Files:
    """Change a package's descriptor in place: `descriptor(files, lambda d: d.pop("title"))`."""
    value = json.loads(files["datapackage.json"])
    change(value)
    return {**files, "datapackage.json": generate.json_text(value)}


@pytest.fixture
def package(tmp_path: Path) -> Package:
    """Write a datapackage/ folder with one indicator of a kind, to be broken or built.

    `package("count")` is sound; see `tests.corpus.package.sound` for what may be replaced.
    """
    return functools.partial(sound, tmp_path / "datapackage")
