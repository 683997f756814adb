"""Two exits from MkDocs stay open: ProperDocs and Zensical build the same pages from build/docs."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from callover.site.bundle import LIBRARY
from callover.site.policy import FORMS, policy

ROOT = Path(__file__).resolve().parent.parent
PAGES = (
    "barking-and-dagenham/robbery/index.html",
    "barnet/old/index.html",
    "barnet/older/index.html",
)
MOVED = """address,to,date,reason
barnet/old/,barking-and-dagenham/robbery/,2026-11-21,
barnet/older/,,2026-11-21,Nobody looked at it.
"""
#: What a host or a reader's browser looks for, besides the pages.
KEPT = (
    LIBRARY,
    "addresses.json",
    "_redirects",
    "assets/explore.js",
    ".well-known/security.txt",
    *FORMS,
)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with its pages made, as a fork would have it."""
    folder = tmp_path_factory.mktemp("exits")
    for name in ("datapackage", "docs", "scripts"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "datapackage/reference/moved.csv").write_text(MOVED, "utf-8")
    subprocess.run([sys.executable, "scripts/build.py"], cwd=folder, check=True)
    return folder


def build(checkout: Path, *command: str) -> str:
    tool = Path(sys.executable).parent / command[0]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [tool, *command[1:]],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    site = checkout / "build/site"
    pages = "".join((site / page).read_text("utf-8") for page in PAGES)
    assert (
        '<meta http-equiv="refresh" content="0; url=../../barking-and-dagenham/robbery/">' in pages
    )
    assert "<h1>This page was withdrawn</h1>" in pages
    assert "/barnet/old" not in (site / "sitemap.xml").read_text("utf-8")
    assert unruled(site) == []
    assert [name for name in KEPT if not (site / name).is_file()] == []
    shutil.rmtree(site)
    return pages


def unruled(site: Path) -> list[str]:
    """Give the pages without our policy; there are none, whoever built them."""
    meta = f'content="{policy(meta=True)}"'
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 100 and site / "404.html" in pages
    return [path.name for path in pages if meta not in path.read_text("utf-8")]


def test_mkdocs_properdocs_and_zensical_give_the_same_page(checkout: Path) -> None:
    mkdocs = build(checkout, "mkdocs", "build", "--strict")
    assert "co-chart" in mkdocs
    assert build(checkout, "properdocs", "build", "--strict") == mkdocs
    assert build(checkout, "zensical", "build", "--strict") == mkdocs


def test_without_the_fence_the_page_is_the_same(checkout: Path) -> None:
    """The extension only saves time: a builder that lacks it makes the same page."""
    with_fence = build(checkout, "mkdocs", "build", "--strict")
    config = checkout / "mkdocs.yml"
    text = config.read_text("utf-8")
    lines = [line for line in text.splitlines() if "callover.site.fence" not in line]
    config.write_text("\n".join(lines) + "\n", "utf-8")
    try:
        without = build(checkout, "mkdocs", "build", "--strict")
    finally:
        config.write_text(text, "utf-8")
    assert bare(without) == bare(with_fence)


def bare(page: str) -> str:
    """The page without the two comments of the fence and without white space between tags."""
    return re.sub(r"\s+", " ", re.sub(r"<!-- /?html -->", "", page))
