"""`mkdocs serve` shows an edit of data, template, page or code once, and survives a broken cell."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

import generate

ROOT = Path(__file__).resolve().parent.parent
MKDOCS = Path(sys.executable).parent / "mkdocs"
PAGE = "made-up-borough/made-up-measure-0000/"
SERIES = "datapackage/made-up-borough/made-up-measure-0000/series.csv"
PATIENCE = 40  # seconds; a rebuild takes about one
QUIET = 1.5  # how long to listen for a second rebuild


class Preview:
    """A running `mkdocs serve` with its log and its pages."""

    def __init__(self, folder):
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        self.file = folder / "serve.log"
        with self.file.open("wb") as log:
            self.process = subprocess.Popen(
                [MKDOCS, "serve", "--dev-addr", self.address],
                cwd=folder, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    @property
    def log(self):
        return self.file.read_text("utf-8", errors="replace")

    def rebuilds(self):
        """How many rebuilds have ended. (The line "built in 0.91 seconds" is not told twice.)"""
        return self.log.count("Reloading browsers")

    def get(self, path=""):
        with urllib.request.urlopen(f"http://{self.address}/{path}", timeout=10) as answer:
            return answer.read().decode()

    def wait(self, done):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log
            try:
                if done():
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                pass
            time.sleep(0.1)
        raise AssertionError(f"nothing came in {PATIENCE} s:\n{self.log}")

    def edit(self, path, change):
        """Edit a file, wait for its rebuild, and give how many rebuilds there were."""
        before = self.rebuilds()
        file = self.folder / path
        text = file.read_text("utf-8")
        changed = change(text)
        assert changed != text
        file.write_text(changed, "utf-8", newline="\n")
        self.wait(lambda: self.rebuilds() > before)
        time.sleep(QUIET)
        return self.rebuilds() - before

    def stop(self):
        if hasattr(os, "killpg"):
            os.killpg(self.process.pid, signal.SIGINT)
        else:
            self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    folder = tmp_path_factory.mktemp("preview") / "clone"
    compiled = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "scripts", folder / "scripts", ignore=compiled)
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "build/docs").mkdir(parents=True)
    shutil.copy(ROOT / "build/docs/.gitignore", folder / "build/docs")
    generate.write(folder / "datapackage", generate.files(1))
    running = Preview(folder)
    try:
        running.wait(lambda: "Made-up measure 0000" in running.get(PAGE))
        time.sleep(QUIET)
        yield running
    finally:
        running.stop()


def december(value):
    """An edit that writes another figure for the newest month."""
    return lambda text: re.sub(r"(?m)^2016-12,[^,]*", f"2016-12,{value}", text)


def test_the_first_build_is_one(preview):
    assert preview.rebuilds() == 0
    assert preview.log.count("Building documentation") == 1


def test_an_edited_figure_is_served_after_one_rebuild(preview):
    assert preview.edit(SERIES, lambda text: re.sub(r"(?m)^2016-12,\d+", "2016-12,1357", text)) == 1
    assert "1,357" in preview.get(PAGE)


def test_an_edited_template_is_served_after_one_rebuild(preview):
    path = "scripts/callover/templates/indicator.md"
    assert preview.edit(path, lambda text: text.replace("On this page", "Upon this page")) == 1
    assert "Upon this page" in preview.get(PAGE)


def test_an_edited_page_is_served_after_one_rebuild(preview):
    assert preview.edit("docs/about/index.md", lambda text: f"{text}\n\nWritten just now.\n") == 1
    assert "Written just now." in preview.get("about/")


def test_edited_code_is_served_after_one_rebuild(preview):
    path = "scripts/callover/words.py"
    assert preview.edit(path, lambda text: text.replace('"Not rated"', '"Without rating"')) == 1
    assert "Without rating" in preview.get("made-up-borough/")


def test_a_broken_cell_is_told_the_old_page_stays_and_a_repair_shows(preview):
    said = len(preview.log)
    assert preview.edit(SERIES, december("many")) == 1
    told = preview.log[said:]
    assert 'row 46, column value: found "many"; expected a whole number' in told
    assert "1 fault in the data. Nothing was published." in told
    assert "The preview shows the pages as they were last made." in told
    assert "Traceback" not in told
    assert "1,357" in preview.get(PAGE)
    assert preview.edit(SERIES, december(1468)) == 1
    assert "1,468" in preview.get(PAGE) and "1,357" not in preview.get(PAGE)


def test_an_embargo_hides_nothing_from_a_preview_and_stops_a_build(preview):
    said = len(preview.log)
    until = '"data_to": "2016-12",\n        "embargo": "2017-02-01T09:30"'
    path = "datapackage/made-up-borough/datapackage.json"
    assert preview.edit(path, lambda text: text.replace('"data_to": "2016-12"', until)) == 1
    assert "Notice: made-up-borough, release 2016-12: not before 9:30am" in preview.log[said:]
    assert preview.edit(SERIES, december(1579)) == 1
    assert "1,579" in preview.get(PAGE)
    done = subprocess.run(
        [MKDOCS, "build"], cwd=preview.folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 5 and "not before 9:30am" in done.stderr
    assert not (preview.folder / "build/site").exists()


def test_nothing_is_rebuilt_when_nothing_is_edited(preview):
    before = preview.rebuilds()
    preview.get(PAGE)
    time.sleep(QUIET)
    assert preview.rebuilds() == before
