"""Lighthouse, beside a plain page of the theme: how soon a page can be read on a slow phone.

Lighthouse is the one tool here that needs Node. `python3 scripts/bootstrap.py audit` installs it
below .venv from a list with hashes; where that fails, the audit goes on without it.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from statistics import median
from typing import Any

import bootstrap
import browser
from loads import LEVEL

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LONGEST = 180
"""Seconds that one run may take."""


@dataclass(frozen=True)
class Scores:
    """One page's result: scores of 0 to 100, milliseconds, the layout shift, failed audits."""

    scores: Mapping[str, int]
    lcp: float
    tbt: float
    cls: float
    failed: tuple[str, ...]


def program() -> list[str] | None:
    """Give how Lighthouse is started here, or None where it is not."""
    node = shutil.which("node")
    script = bootstrap.LIGHTHOUSE / "node_modules" / "lighthouse" / "cli" / "index.js"
    return [node, str(script)] if node and script.is_file() else None


def run(start: list[str], url: str) -> Scores:
    """Measure one page as a phone of 2016 on slow 4G would meet it (Lighthouse's own default)."""
    chromium = bootstrap.find_chromium() or bootstrap.playwright_chromium()
    flags = " ".join(["--headless=new", *browser.flags()])
    with tempfile.TemporaryDirectory(prefix="callover-lighthouse-") as folder:
        report = Path(folder) / "report.json"
        done = subprocess.run(
            [
                *(*start, url, "--quiet", "--output=json", f"--output-path={report}"),
                *(f"--chrome-flags={flags}", f"--only-categories={','.join(CATEGORIES)}"),
                "--no-enable-error-reporting",
            ],
            env=os.environ | {"CHROME_PATH": chromium or ""},
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST,
        )
        if not report.is_file():
            raise RuntimeError(f"Lighthouse failed on {url}:\n{(done.stdout + done.stderr)[-600:]}")
        return read(json.loads(report.read_text("utf-8")))


def read(report: Mapping[str, Any]) -> Scores:
    """Take what we ask for out of a report; a category without a score counts as 0."""
    audits, categories = report["audits"], report["categories"]
    counted = {
        reference["id"]
        for category in categories.values()
        for reference in category["auditRefs"]
        if reference["weight"]
    }
    failed = sorted(
        name for name in counted if (audits[name].get("score") or 0) < 0.9 and asked(audits[name])
    )
    return Scores(
        {name: round(100 * (categories[name]["score"] or 0)) for name in CATEGORIES},
        audits["largest-contentful-paint"]["numericValue"],
        audits["total-blocking-time"]["numericValue"],
        audits["cumulative-layout-shift"]["numericValue"],
        tuple(failed),
    )


def asked(audit: Mapping[str, Any]) -> bool:
    """Say whether an audit applied to the page."""
    return audit["scoreDisplayMode"] in ("binary", "numeric", "metricSavings")


def middle(runs: list[Scores]) -> Scores:
    """Give the run in the middle by performance, with the middle of each time."""
    ordered = sorted(runs, key=lambda run: run.scores["performance"])
    best = ordered[len(ordered) // 2]
    return Scores(
        best.scores,
        median(run.lcp for run in runs),
        median(run.tbt for run in runs),
        median(run.cls for run in runs),
        best.failed,
    )


# ---------------------------------------------------------------- a server as fast as a host


class FastHost(browser.QuietHandler):
    """Serves as a common host does: compressed, with a life in the cache, on kept connections."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # noqa: N802 (its name upstream)
        """Answer with the file; a page that is not there gets 404.html."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        if not found:
            path = Path(self.directory) / "404.html"
        content = path.read_bytes() if path.is_file() else b""
        squeezed = "gzip" in self.headers.get("Accept-Encoding", "")
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", self.guess_type(path))
        life = 600 if path.suffix == ".html" else 31_536_000
        self.send_header("Cache-Control", f"public, max-age={life}")
        if squeezed:
            content = gzip.compress(content, LEVEL)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


# ---------------------------------------------------------------- the plain page


class _Words(HTMLParser):
    """Gathers the words of a page's main part, a paragraph a block."""

    BLOCKS = frozenset(("p", "li", "h1", "h2", "h3", "tr", "dt", "dd", "figcaption", "caption"))

    def __init__(self) -> None:
        super().__init__()
        self.blocks = [""]
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "main"
        if tag in self.BLOCKS:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "main"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.blocks[-1] += data


def plain_site(page: Path, folder: Path) -> Path:
    """Build the words of one of our pages with the stock theme, all its settings left alone."""
    words = _Words()
    words.feed(page.read_text("utf-8"))
    paragraphs = [" ".join(block.split()) for block in words.blocks if block.strip()]
    docs = folder / "docs"
    docs.mkdir(parents=True)
    text = "\n\n".join(["# A plain page", *paragraphs])
    (docs / "index.md").write_text(text + "\n", "utf-8")
    (folder / "mkdocs.yml").write_text(
        "site_name: Plain\nsite_description: The words of one page in the stock theme\n"
        "theme:\n  name: material\n  font: false\n",
        "utf-8",
    )
    mkdocs = Path(sys.executable).parent / "mkdocs"
    subprocess.run([mkdocs, "build", "-q"], cwd=folder, check=True, capture_output=True)
    return folder / "site"
