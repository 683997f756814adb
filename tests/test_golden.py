"""A small made-up portal and every file the build makes of it, compared byte by byte.

The portal has one measure of each kind and one without figures; among its figures are gaps,
suppressed, estimated, revised and provisional ones, and printed ones that agree, differ or are
what ours rest on. After a wanted change: `python -m pytest tests/test_golden.py --update-golden`,
then read the diff as a reader of the site would.

Workbooks and packed data packages are made of the files beside them, which are all here, and
their bytes depend on the machine's zlib. So one list has what is in each, and one workbook in full.
"""

import csv
import io
import json
import os
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from callover.data.read import read
from callover.kinds import KINDS
from callover.model import MARKERS
from callover.pages.portal import press
from callover.reconcile import VERDICTS
from callover.site.write import write_tree

GOLDEN = Path(__file__).resolve().parent / "golden"
DATA = GOLDEN / "input/datapackage"
EXPECTED = GOLDEN / "expected"
TODAY = date(2016, 8, 31)


@pytest.fixture(scope="module")
def portal():
    return read(DATA, TODAY)


@pytest.fixture(scope="module")
def made(portal, request):
    """What the build makes of the input, without the pages written by hand; archives as lists."""
    files = readable(press(portal, {}))
    if request.config.getoption("--update-golden") or not (EXPECTED.exists() or "CI" in os.environ):
        write_tree(EXPECTED, files.items())
    return files


def readable(files):
    """Put lists of what is in them in the place of archives."""
    archives = {name: files.pop(name) for name in list(files) if name.endswith((".xlsx", ".zip"))}
    lines = []
    for name, content in archives.items():
        inside = sheets(content) if name.endswith(".xlsx") else members(content)
        lines.append(f"{name}: {', '.join(inside)}")
    files["archives.txt"] = "\n".join(lines) + "\n"
    files["made-up/thefts/figures.txt"] = in_full(archives["made-up/thefts/figures.xlsx"])
    return files


def members(content):
    return zipfile.ZipFile(io.BytesIO(content)).namelist()


def sheets(content):
    return openpyxl.load_workbook(io.BytesIO(content)).sheetnames


def in_full(content):
    """Write a workbook as text: its sheets, and each cell as Python shows it."""
    lines = []
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        rows = [", ".join(map(repr, row)) for row in sheet.iter_rows(values_only=True)]
        # The first rows show all there is to see.
        lines += ["", sheet.title, "", *(rows if len(rows) < 60 else [*rows[:60], "..."])]
    return "\n".join(lines[1:]) + "\n"


def names(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_the_same_files_are_made(made):
    assert sorted(made) == names(EXPECTED)


@pytest.mark.parametrize("name", names(EXPECTED))
def test_a_file_is_made_as_expected(made, name):
    expected = (EXPECTED / name).read_bytes()
    content = made[name]
    assert content == (expected.decode() if isinstance(content, str) else expected)


def test_the_input_has_all_that_a_page_must_cope_with(portal):
    indicators = portal.partnerships[0].indicators
    assert {i.kind for i in indicators} == set(KINDS)
    cells = [cell for i in indicators for line in i.series.values() for cell in line.values()]
    assert {c.marker for c in cells} >= set(MARKERS) - {"z"}
    assert any(i.not_available for i in indicators)
    assert any(i.commentary for i in indicators) and any(i.breaks for i in indicators)
    assert any(c.value == 0 for c in cells) and any(c.value == 1 for c in cells)


def test_the_printed_figures_agree_differ_and_are_what_ours_rest_on(made):
    text = made["data-quality/reconciliation.csv"]
    verdicts = {row["verdict"] for row in csv.DictReader(text.splitlines())}
    assert {"equal", "derived from this figure", "differs"} <= verdicts <= set(VERDICTS)


def test_every_rating_is_among_the_pages(made):
    page = made["made-up/index.md"]
    for verdict in ("on-target", "close", "off-target", "not-rated"):
        assert f'co-rating--{verdict}"' in page
    assert "<strong>Late</strong>" in page


def test_the_folder_stays_small_enough_to_be_read():
    files = [path for path in GOLDEN.rglob("*") if path.is_file()]
    assert len(files) < 300
    assert sum(path.stat().st_size for path in files) < 1_500_000


def test_figures_are_written_for_machines_in_full(made):
    """No figure of 1 thing, of none, or of a share is rounded on the way to metrics.csv."""
    lines = made["made-up/thefts/metrics.csv"].splitlines()
    assert "rate,month,2015-07-01,2016-06-30,2016-06,E09000002,all,5.2,,e," in "\n".join(lines)
    for name, text in made.items():
        if name.endswith(".json"):
            json.loads(text)
