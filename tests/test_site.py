"""The published site: the same bytes each time, whole or untouched, made without a network."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

import generate
from callover.model import Content
from callover.site.build import _restore
from callover.site.settings import read_settings
from callover.site.write import Written, write_tree

ROOT = Path(__file__).resolve().parent.parent
OWN = "datapackage/made-up-borough"

# Imported by every Python below it. What a test does not allow raises or kills in there.
WATCH = """
import os, sys

def watch(event, arguments, left=[int(os.environ.get("AT_CALL", "1"))]):
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
        if os.environ.get("NO_NETWORK"):
            raise PermissionError(f"the network was used: {event} {arguments}")
    if event == os.environ.get("KILL_AT"):
        named = os.environ.get("KILL_PATH", "")
        writing = event != "open" or (arguments[1] and set("wxa") & set(arguments[1]))
        if str(arguments[0]).endswith(named) and writing:
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), 9)

sys.addaudithook(watch)
"""


def tree(folder):
    """Every file of a folder by its path, as a digest."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def checkout(folder, data=None):
    """Copy what a clone has and a build needs, with other data if told so."""
    shutil.copytree(ROOT / "scripts", folder / "scripts", ignore=_compiled)
    shutil.copytree(ROOT / "docs", folder / "docs")
    (folder / "build/docs").mkdir(parents=True)
    shutil.copy(ROOT / "build/docs/.gitignore", folder / "build/docs")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    if data is None:
        shutil.copytree(ROOT / "datapackage", folder / "datapackage")
    else:
        generate.write(folder / "datapackage", data)
    return folder


_compiled = shutil.ignore_patterns("__pycache__")


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """An environment whose Pythons import WATCH; settings are added by each test."""
    folder = tmp_path_factory.mktemp("watch")
    (folder / "sitecustomize.py").write_text(WATCH, "utf-8")
    return {**os.environ, "PYTHONPATH": str(folder)}


# ---------------------------------------------------------------- the same bytes each time


def test_two_builds_differ_in_no_byte(built_site, cli, tmp_path):
    """Another order of sets, another time zone, another language, another folder."""
    other = {"PYTHONHASHSEED": "1234", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C"}
    done = cli("build", "--output", tmp_path / "site", env={**os.environ, **other})
    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "site") == tree(built_site)


def test_the_manifest_lists_every_file_with_its_digest(built_site):
    listed = json.loads((built_site / "manifest.json").read_text("utf-8"))
    found = tree(built_site)
    del found["manifest.json"]
    assert listed == found
    assert list(listed) == sorted(listed, key=lambda name: name.split("/"))


def test_the_site_names_no_folder_of_the_machine_that_made_it(built_site):
    for path in built_site.rglob("*"):
        if path.suffix in (".html", ".json", ".csv", ".svg", ".xml"):
            text = path.read_text("utf-8")
            assert str(ROOT) not in text and "/tmp/" not in text, path  # noqa: S108


def test_dates_of_the_site_map_come_from_the_data(built_site):
    text = (built_site / "sitemap.xml").read_text("utf-8")
    dated = dict(re.findall(r"<loc>https://example.org/(.*?)</loc><lastmod>(.*?)</lastmod>", text))
    assert dated["barnet/robbery/"] == dated["barnet/meetings/2013-04-19/"] == "2013-07-19"
    assert dated["haringey/"] == "2014-03-27"
    assert dated["barking-and-dagenham/robbery/"] == dated[""] == "2017-01-31"
    assert set(dated.values()) == {"2013-07-19", "2014-03-27", "2017-01-31"}
    assert "about/" not in dated  # its text has no day


def test_the_site_map_has_every_page_and_no_other(built_site):
    text = (built_site / "sitemap.xml").read_text("utf-8")
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    listed = re.findall(r"<loc>https://example.org/(.*?)</loc>", text)
    pages = [path.parent.relative_to(built_site) for path in built_site.rglob("index.html")]
    assert sorted(listed) == sorted("" if p == Path() else f"{p.as_posix()}/" for p in pages)
    robots = (built_site / "robots.txt").read_text("utf-8")
    assert robots == "User-agent: *\nAllow: /\n\nSitemap: https://example.org/sitemap.xml\n"


def test_mkdocs_alone_builds_the_same_pages(built_site, tmp_path):
    folder = checkout(tmp_path / "clone")
    mkdocs = Path(sys.executable).parent / "mkdocs"
    done = subprocess.run(
        [mkdocs, "build", "--strict"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    alone, whole = tree(folder / "build/site"), tree(built_site)
    for name in ("manifest.json", "sitemap.xml.gz"):  # a gzip file has the time in it
        whole.pop(name, None)
    assert {name: alone.get(name) for name in whole} == whole
    assert (folder / "build/docs/.gitignore").exists()


def test_a_build_needs_no_network(watched, cli, tmp_path):
    data = generate.write(tmp_path / "datapackage", generate.files(2))
    allowed = {**watched, "NO_NETWORK": "1"}
    probe = "import socket; socket.create_connection(('127.0.0.1', 9))"
    refused = subprocess.run(
        [sys.executable, "-c", probe], env=allowed, capture_output=True, text=True, check=False
    )
    assert "the network was used" in refused.stderr
    done = cli("build", "--data", data, "--output", tmp_path / "site", env=allowed)
    assert done.returncode == 0, done.stderr


# ---------------------------------------------------------------- whole or untouched


@pytest.fixture(scope="module")
def small(tmp_path_factory, cli):
    """A clone with two made-up indicators, built once."""
    folder = checkout(tmp_path_factory.mktemp("small") / "clone", generate.files(2))
    done = cli("build", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def edit(folder, old, new):
    path = folder / OWN / "made-up-measure-0000/series.csv"
    text = path.read_text("utf-8")
    assert re.search(old, text, re.M), text
    path.write_text(re.sub(old, new, text, count=1, flags=re.M), "utf-8")
    return path


def last_row(folder):
    return (folder / OWN / "made-up-measure-0000/series.csv").read_text("utf-8").splitlines()[-1]


def test_faulty_data_is_told_and_changes_nothing(small, cli):
    before = tree(small / "build")
    good = last_row(small)
    try:
        edit(small, re.escape(good), good.replace(good.split(",")[1], "many"))
        done = cli("build", cwd=small)
    finally:
        edit(small, "^2016-12,.*", good)
    assert done.returncode == 2
    assert f'{OWN}/made-up-measure-0000/series.csv, row 46, column value: found "many"' in (
        done.stderr
    )
    assert done.stderr.rstrip().endswith("1 fault in the data. Nothing was published.")
    assert "Traceback" not in done.stderr
    assert tree(small / "build") == before


def test_pages_that_mkdocs_refuses_are_told_and_leave_the_site(small, cli):
    before = tree(small / "build/site")
    page = small / "docs/about/index.md"
    good = page.read_text("utf-8")
    try:
        page.write_text(f"{good}\n\n[nowhere](nowhere.md)\n", "utf-8")
        done = cli("build", cwd=small)
    finally:
        page.write_text(good, "utf-8")
    assert done.returncode == 3
    assert "nowhere.md" in done.stderr and "Traceback" not in done.stderr
    assert tree(small / "build/site") == before
    assert [p.name for p in (small / "build").iterdir() if p.name.startswith(".site")] == []


def test_a_place_that_cannot_be_written_is_told(small, cli, tmp_path):
    (tmp_path / "file").write_text("in the way", "utf-8")
    done = cli("build", "--output", tmp_path / "file" / "site", cwd=small)
    assert done.returncode == 4
    assert "Nothing was published" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_site_takes_the_place_of_nothing_but_a_site(small, cli, tmp_path):
    """A folder of somebody's own stays, and so does a device such as the one that takes nothing."""
    thesis = tmp_path / "mine" / "thesis.txt"
    thesis.parent.mkdir()
    thesis.write_text("years of work", "utf-8")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for output in (thesis.parent, pipe):
        done = cli("build", "--output", output, cwd=small)
        assert done.returncode == 3
        assert f"{output} is there already and is no site" in done.stderr
    assert thesis.read_text("utf-8") == "years of work"
    assert pipe.is_fifo()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "pipe"]


POINTS = {
    "while a page is written": ("open", "made-up-measure-0000/index.md", 1),
    "before anything is cleared": ("shutil.rmtree", ".site-new", 1),
    "while MkDocs writes": ("open", "made-up-measure-0000/index.html", 1),
    "when the unused is removed": ("shutil.rmtree", "assets/javascripts", 1),
    "before the manifest": ("open", "manifest.json", 1),
    "before the old site steps aside": ("os.rename", "", 1),
    "between the two renames": ("os.rename", "", 2),
    "before the old site is removed": ("shutil.rmtree", ".site-old", 1),
}


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 here")
def test_a_build_that_is_killed_leaves_a_whole_site(small, cli, watched, point):
    event, name, call = POINTS[point]
    before = json.loads((small / "build/site/manifest.json").read_text("utf-8"))
    label = re.sub(r"\d+$", lambda n: str(int(n[0]) + 1), last_row(small).rstrip(","))
    value = int(label.split(",")[1]) + 1
    edit(small, "^2016-12,.*", f"2016-12,{value},,")
    killed = {**watched, "KILL_AT": event, "KILL_PATH": name, "AT_CALL": str(call)}
    done = cli("build", cwd=small, env=killed)
    assert done.returncode == -signal.SIGKILL, done.stderr

    output = small / "build/site"
    if point == "between the two renames":
        assert not output.exists()
    _restore(output)
    found = tree(output)
    listed = json.loads((output / "manifest.json").read_text("utf-8"))
    del found["manifest.json"]
    assert found == listed
    assert listed == before or point == "before the old site is removed"

    done = cli("build", cwd=small)
    assert done.returncode == 0, done.stderr
    page = (output / "made-up-borough/made-up-measure-0000/metrics.csv").read_text("utf-8")
    assert re.search(rf"^value,month,2016-12-01,.*,{value},", page, re.M)
    assert {p.name for p in (small / "build").iterdir()} == {"docs", "site"}


def test_a_second_build_writes_no_page_again(small, cli):
    before = {p: p.stat().st_mtime_ns for p in (small / "build/docs").rglob("*") if p.is_file()}
    done = cli("build", cwd=small)
    assert re.search(r"2 indicators: 0 files written, \d+ as they were, 0 deleted", done.stderr)
    assert {p: p.stat().st_mtime_ns for p in before} == before


# ---------------------------------------------------------------- the writer


def test_only_what_differs_is_written_and_what_is_stale_goes(tmp_path):
    root = tmp_path / "docs"
    root.mkdir()
    (root / ".gitignore").write_text("*\n", "utf-8")
    first: list[tuple[str, Content]] = [
        ("a.md", "one"),
        ("b/c.md", "two"),
        ("b/d/e.bin", b"\x00\r\n"),
    ]
    keep = frozenset({".gitignore"})
    assert write_tree(root, first, keep) == Written(3, 0, 0)
    assert write_tree(root, first, keep) == Written(0, 3, 0)
    times = {p: p.stat().st_mtime_ns for p in root.rglob("*.md")}
    assert write_tree(root, [("a.md", "one"), ("b/c.md", "2")], keep) == Written(1, 1, 1)
    assert (root / "a.md").stat().st_mtime_ns == times[root / "a.md"]
    assert not (root / "b/d").exists()  # an empty folder goes too
    assert tree(root).keys() == {".gitignore", "a.md", "b/c.md"}
    assert write_tree(root, [], keep) == Written(0, 0, 2)
    assert [p.name for p in root.iterdir()] == [".gitignore"]


def test_line_ends_are_written_as_they_are(tmp_path):
    write_tree(tmp_path, [("a.csv", "a\nb\r\n"), ("b.md", "é\u2028")])
    assert (tmp_path / "a.csv").read_bytes() == b"a\nb\r\n"
    assert (tmp_path / "b.md").read_bytes() == "é\u2028".encode()


def test_two_files_of_one_path_are_refused(tmp_path):
    with pytest.raises(ValueError, match=r"two files for a\.md"):
        write_tree(tmp_path, [("a.md", "1"), ("a.md", "1")])


@pytest.mark.parametrize("old,site", [(True, False), (True, True), (False, True), (False, False)])
def test_a_site_between_its_two_renames_is_put_back(tmp_path, old, site):
    output = tmp_path / "site"
    for folder, there in ((tmp_path / ".site-old", old), (output, site)):
        if there:
            folder.mkdir()
            (folder / "name").write_text(folder.name, "utf-8")
    _restore(output)
    assert not (tmp_path / ".site-old").exists()
    assert output.exists() == (old or site)
    if old or site:
        assert (output / "name").read_text("utf-8") == ("site" if site else ".site-old")


# ---------------------------------------------------------------- the commands

COMMANDS = (
    (),
    ("build",),
    ("check",),
    ("new",),
    ("new", "partnership"),
    ("new", "indicator"),
    ("tidy",),
    ("import",),
    ("changes",),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(cli, command):
    done = cli(*command, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: callover")
    for line in done.stdout.splitlines():
        assert len(line) <= 80


def test_help_needs_no_repository_and_lists_every_command(cli, tmp_path):
    done = cli("--help", cwd=tmp_path)
    listed = re.findall(r"^  (\w+) ", done.stdout.split("Commands:")[1], re.M)
    assert set(listed) == {name for name, *_ in filter(None, COMMANDS)}
    assert re.fullmatch(r"callover, version \d+\.\d+\.\d+\n", cli("--version").stdout)


def test_faults_are_annotated_on_their_line_for_github(package, cli):
    data = package("count", series="period,value,marker,note\n2016-04,ten,,\n2016-05,,,\n")
    done = cli("check", "--data", data, "--format", "github")
    assert done.returncode == 2
    place = f"{data.name}/made-up-borough/measure/series.csv"
    found = re.findall(r"^::error file=(.*?),line=(\d+)::(.*)$", done.stdout, re.M)
    assert [(Path(file).as_posix().endswith(place), line) for file, line, _ in found] == [
        (True, "2"),
        (True, "3"),
    ]
    assert 'found "ten"' in found[0][2] and "%0A" in found[0][2]
    assert "2 faults in the data. Nothing was published." in done.stderr


def test_sound_data_is_told_in_one_line(package, cli):
    done = cli("check", "--data", package("count"))
    assert (done.returncode, done.stdout) == (0, "1 indicator checked. No faults.\n")


def test_no_data_at_all_is_told(cli, tmp_path):
    for folder in ("missing", "empty"):
        (tmp_path / "empty").mkdir(exist_ok=True)
        done = cli("check", "--data", tmp_path / folder)
        assert done.returncode == 2, done.stderr
        assert "Traceback" not in done.stderr and done.stderr.strip()


# ---------------------------------------------------------------- where the site is


def test_the_address_of_the_site_is_the_one_mkdocs_has(tmp_path, monkeypatch):
    config = tmp_path / "mkdocs.yml"
    config.write_text('site_url: !ENV [CALLOVER_SITE_URL, "https://place.example/safety"]\n')
    monkeypatch.delenv("CALLOVER_SITE_URL", raising=False)
    assert read_settings(config).site == "https://place.example/safety/"
    monkeypatch.setenv("CALLOVER_SITE_URL", "https://other.example/")
    assert read_settings(config).site == "https://other.example/"
    config.write_text("site_name: none\n")
    assert read_settings(config).site == "https://example.org/"
