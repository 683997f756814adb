"""The walk-through is followed word for word: its commands, its files, its edits, its promises."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs/walkthrough/index.md").read_text("utf-8")
BIN = Path(sys.executable).parent
RATING = re.compile(
    r"the rating is \*\*(.+?)\*\*: ([\d,]+) offences .*? against a target of ([\d,]+)", re.I
)
OPEN = re.compile(r"Open `(practice-site/.+?\.html)`")


@dataclass(frozen=True)
class Step:
    """A block of the page or a promise in its words, with what stands before it."""

    kind: str
    text: str
    before: str


def steps():
    """Cut the page into its blocks and the text before each."""
    found = []
    position = 0
    for block in re.finditer(r"(?ms)^```(\w+)\n(.*?)^```$", PAGE):
        found.append(Step(block[1], block[2], PAGE[position : block.start()]))
        position = block.end()
    return [*found, Step("end", "", PAGE[position:])]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A copy of the repository without any data, as a newcomer's own partnership would find it."""
    folder = tmp_path_factory.mktemp("repository")
    leave = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copytree(ROOT / "scripts", folder / "scripts", ignore=leave)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "datapackage").mkdir()
    return folder


@pytest.fixture
def page_of(html):
    """Parse a page anew, as it changes from build to build."""
    return html.__wrapped__


def run(place, text):
    """Run the commands of a block; give what they say, each line as it comes."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    said = ""
    for line in text.splitlines():
        done = subprocess.run(
            shlex.split(line), cwd=place, env=environment, text=True, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stdout
        said += done.stdout
    return said


def fits(shown, said):
    """Compare an output with the one on the page, where `...` stands for any lines."""
    parts = [re.escape(part) for part in re.split(r"(?m)^\.\.\.\n", shown)]
    return re.fullmatch(r"(?:.*\n)*?".join(parts), said) is not None


class Reader:
    """Does what the page says, a block after the other."""

    def __init__(self, place):
        self.place = place
        self.file = self.find = self.said = None

    def sh(self, step):
        assert self.said is None, f"no output is shown for the commands before {step.text}"
        self.said = run(self.place, step.text)

    def text(self, step):
        assert self.said is not None and fits(step.text, self.said), self.said
        self.said = None

    def csv(self, step):
        path = self.place / re.findall(r"`([\w./-]+\.csv)`", step.before)[-1]
        assert path.exists() == ("in place of what is there" in step.before)
        path.write_text(step.text, "utf-8", newline="\n")

    def json(self, step):
        before = step.before.strip()
        if before.lower().endswith(" find"):
            self.file = (re.findall(r"`([\w./-]+\.json)`", before) or [self.file])[-1]
            self.find = step.text
            return
        assert before == "and write" and self.find is not None
        path = self.place / self.file
        text = path.read_text("utf-8")
        assert text.count(self.find) == 1, self.find
        path.write_text(text.replace(self.find, step.text), "utf-8", newline="\n")
        self.find = None

    def end(self, step):
        assert self.said is None and self.find is None


def test_the_walk_through_holds_word_for_word(place, page_of):
    reader, ratings = Reader(place), []
    for step in steps():
        for word, figure, target in RATING.findall(step.before):
            (name,) = set(OPEN.findall(PAGE))
            shown = page_of(place / name)
            assert shown.all(class_="co-rating")[0].text.startswith(word)
            assert f"{figure} offences" in shown.text and f"target of {target}" in shown.text
            ratings.append(word)
        getattr(reader, step.kind)(step)
    assert ratings == ["On target", "Close"]
    assert {path.name for path in (place / "practice").iterdir()} == {"northtown", "reference"}


def test_the_walk_through_takes_ten_minutes():
    """200 words a minute to read, and 40 to type (commands are copied, rows are pasted)."""
    prose = re.sub(r"(?ms)^```\w+\n.*?^```$", "", PAGE)
    edits = "".join(step.text for step in steps() if step.kind in ("json", "sh"))
    assert len(prose.split()) / 200 + len(edits.split()) / 40 < 10


def test_the_walk_through_knows_no_partnership_that_exists():
    names = {path.parent.name for path in (ROOT / "datapackage").glob("*/datapackage.json")}
    assert not [name for name in names - {"reference"} if name in PAGE]


@pytest.mark.parametrize("page", ["README.md", "docs/data/index.md", "docs/about/index.md"])
def test_the_walk_through_can_be_found(page):
    assert "walkthrough/index.md" in (ROOT / page).read_text("utf-8")
