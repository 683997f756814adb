"""The published site: the same bytes each time, whole or untouched, made without a network."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import generate
import kills
from callover.errors import PlaceError
from callover.model import Content
from callover.site.disk import exchange
from callover.site.manifest import differences, seal
from callover.site.settings import read_settings
from callover.site.swap import beside, claimed, refuse_foreign, restore, swap
from callover.site.write import Written, write_tree
from kills import checkout, tree

ROOT = Path(__file__).resolve().parent.parent
OWN = "datapackage/made-up-borough"


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """An environment whose Pythons import WATCH; settings are added by each test."""
    return kills.watched(tmp_path_factory.mktemp("watch"))


# ---------------------------------------------------------------- the same bytes each time


def test_builds_differ_in_no_byte(watched, cli, tmp_path):
    """Another order of sets, time zone, language, day and folder; `make audit` has the whole."""
    data = generate.write(tmp_path / "datapackage", generate.files(4))
    made = []
    for number, changed in enumerate([{}, *kills.ENVIRONMENTS.values()]):
        site = tmp_path / str(number) / "site"
        done = cli("build", "--data", data, "--output", site, env={**watched, **changed})
        assert done.returncode == 0, done.stderr
        made.append(tree(site))
    assert made[0] == made[1] == made[2]
    kinds = {Path(name).suffix for name in made[0]}
    assert kinds >= {".html", ".csv", ".svg", ".xlsx", ".zip", ".png", ".gz", ".json", ".xml"}


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


#: Event of the interpreter, end of the name it is about, which of these calls.
POINTS = {
    "while a page is written": ("open", "made-up-measure-0000/index.md", 1),
    "before anything is cleared": ("shutil.rmtree", ".site-new", 1),
    "while MkDocs writes": ("open", "made-up-measure-0000/index.html", 1),
    "while MkDocs copies": ("shutil.copyfile", "figures.xlsx", 1),
    "before the manifest": ("open", "manifest.json", 1),
    "before it is brought to the disk": ("ctypes.dlsym", "syncfs", 1),
    "before the two change places": ("ctypes.dlsym", "renameat2", 1),
    "before the old site is removed": ("shutil.rmtree", ".site-new", 2),
    "while the old site is removed": ("os.remove", "index.html", 2),
    "before the lock goes": ("os.remove", ".site-lock", 1),
    "without exchange, before the old site steps aside": ("os.rename", "", 1),
    "without exchange, before the old site is removed": ("shutil.rmtree", ".site-old", 2),
}
AFTER = ("before the old site", "while the old site", "before the lock")


def newer(folder):
    """Write another newest figure, and give it."""
    value = int(last_row(folder).split(",")[1]) + 1
    edit(folder, "^2016-12,.*", f"2016-12,{value},,")
    return value


def has(folder, value):
    page = folder / "build/site/made-up-borough/made-up-measure-0000/metrics.csv"
    return bool(re.search(rf"^value,month,2016-12-01,.*,{value},", page.read_text("utf-8"), re.M))


def stopped(point, watched, **more):
    event, name, call = point
    return {**watched, "STOP_AT": event, "STOP_PATH": name, "AT_CALL": str(call), **more}


needs_kill = pytest.mark.skipif(sys.platform != "linux", reason="the calls of Linux are watched")


@needs_kill
@pytest.mark.parametrize("point", POINTS)
def test_a_build_that_is_killed_leaves_a_whole_site(small, cli, watched, point):
    restore(small / "build/site")
    before = json.loads((small / "build/site/manifest.json").read_text("utf-8"))
    value = newer(small)
    without = {"NO_EXCHANGE": "1"} if "without" in point else {}
    done = cli("build", cwd=small, env=stopped(POINTS[point], watched, **without))
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert list(differences(small / "build/site")) == []
    published = json.loads((small / "build/site/manifest.json").read_text("utf-8")) != before
    assert published == has(small, value)
    assert published == any(words in point and "aside" not in point for words in AFTER)


@needs_kill
@pytest.mark.parametrize(
    "point", [("os.rename", "", 2), ("os.remove", "index.html", 3)], ids=["renames", "removal"]
)
def test_the_next_build_puts_right_what_a_kill_left(small, cli, watched, point):
    """Only where the system cannot exchange folders is the site away, between two renames."""
    without = {"NO_EXCHANGE": "1"} if point[0] == "os.rename" else {}
    value = newer(small)
    done = cli("build", cwd=small, env=stopped(point, watched, **without))
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert (small / "build/site").exists() == (not without)
    done = cli("build", cwd=small)
    assert done.returncode == 0, done.stderr
    assert list(differences(small / "build/site")) == [] and has(small, value)
    assert {p.name for p in (small / "build").iterdir()} == {"docs", "site"}


FAILURES = {
    "no room for a page": (("open", "made-up-measure-0000/index.md", 1), "ENOSPC"),
    "no room for a copy": (("shutil.copyfile", "metrics.csv", 1), "ENOSPC"),
    "a disk that fails": (("ctypes.dlsym", "syncfs", 1), "EIO"),
    "no room for the exchange": (("ctypes.dlsym", "renameat2", 1), "ENOSPC"),
    "a disk that is read-only": (("os.mkdir", ".site-new", 1), "EROFS"),
}


@needs_kill
@pytest.mark.parametrize("failure", FAILURES)
def test_a_disk_that_fails_is_told_in_a_line_and_leaves_the_site(small, cli, watched, failure):
    point, code = FAILURES[failure]
    newer(small)
    before = tree(small / "build/site")
    done = cli("build", cwd=small, env=stopped(point, watched, STOP_WITH=code))
    assert done.returncode == 4, done.stderr
    assert done.stderr.splitlines()[-1].endswith("Nothing was published.")
    assert "Traceback" not in done.stderr and tree(small / "build/site") == before
    assert {p.name for p in (small / "build").iterdir()} == {"docs", "site"}


@needs_kill
def test_a_second_rename_that_fails_brings_the_old_site_back(small, cli, watched):
    before = tree(small / "build/site")
    env = stopped(("os.rename", "", 2), watched, STOP_WITH="ENOSPC", NO_EXCHANGE="1")
    done = cli("build", cwd=small, env=env)
    assert done.returncode == 4, done.stderr
    assert tree(small / "build/site") == before
    assert {p.name for p in (small / "build").iterdir()} == {"docs", "site"}


@needs_kill
def test_a_file_that_cannot_be_written_to_its_end_is_told(small, cli):
    """No file may be larger than 100 kB: the write itself fails, half-way."""
    before = tree(small / "build/site")
    program = f'ulimit -f 200; exec "{Path(sys.executable).parent / "callover"}" build'
    done = subprocess.run(
        ["/bin/sh", "-c", program], cwd=small, capture_output=True, text=True, check=False
    )
    assert done.returncode == 4, done.stderr
    assert "File too large" in done.stderr.splitlines()[-1]
    assert tree(small / "build/site") == before


def test_builds_into_one_place_wait_for_each_other(small):
    started = [
        subprocess.Popen(
            [Path(sys.executable).parent / "callover", "build"],
            cwd=small, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    told = [process.communicate()[1] for process in started]
    assert [process.returncode for process in started] == [0, 0], told
    assert sum("Another build is at work" in text for text in told) == 1, told
    assert list(differences(small / "build/site")) == []
    assert {p.name for p in (small / "build").iterdir()} == {"docs", "site"}


@pytest.mark.parametrize("options", [(), ("--pages-only",)])
def test_a_build_that_waits_in_vain_says_so(small, cli, options):
    with claimed(small / "build/site"):
        pass  # what the kills above left goes
    before = tree(small / "build")
    with claimed(small / "build/site"):
        done = cli("build", "--wait", "0.2", *options, cwd=small)
    assert done.returncode == 4
    assert done.stderr.splitlines() == [
        f"Another build is at work in {small}/build/site. Waiting for it ...",
        f"{small}/build/site: another build is still at work there. Nothing was published. Try "
        "again when it is done.",
    ]
    assert tree(small / "build") == before


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


# ---------------------------------------------------------------- the swap


def folder(path, text):
    path.mkdir(parents=True)
    (path / "index.html").write_text(text, "utf-8")
    return path


def test_two_folders_change_places(tmp_path):
    one, other = folder(tmp_path / "one", "1"), folder(tmp_path / "other", "2")
    if not exchange(one, other):
        pytest.skip("this system cannot exchange folders")
    assert ((one / "index.html").read_text(), (other / "index.html").read_text()) == ("2", "1")
    with pytest.raises(FileNotFoundError):
        exchange(one, tmp_path / "missing")


@pytest.mark.parametrize("old", ["", "old"])
def test_a_site_takes_its_place(tmp_path, old):
    site, staging = tmp_path / "site", folder(tmp_path / ".site-new", "new")
    if old:
        folder(site, old)
    swap(staging, site)
    assert (site / "index.html").read_text() == "new"
    assert staging.exists() == bool(old)


@pytest.mark.parametrize("old,site", [(True, False), (True, True), (False, True), (False, False)])
def test_what_a_killed_build_left_is_put_right(tmp_path, old, site):
    output = tmp_path / "site"
    for what, there in (("old", old), ("new", True), ("docs", True)):
        if there:
            folder(beside(output, what), what)
    if site:
        folder(output, "site")
    restore(output)
    left = ["site"] if old or site else []
    assert [path.name for path in tmp_path.iterdir()] == left
    if left:
        assert (output / "index.html").read_text() == ("site" if site else "old")


@pytest.mark.skipif(not os.path.ismount("/proc"), reason="no disk of its own is known here")
def test_a_disk_of_its_own_is_no_place_for_a_site():
    with pytest.raises(PlaceError, match=r"^/proc is a disk of its own.*inside it by --output\.$"):
        refuse_foreign(Path("/proc"))


MEDDLE = """
import sys
from pathlib import Path
from callover.site.manifest import seal

site = Path(sys.argv[1])

def meddle(event, arguments):
    if event == "ctypes.dlsym" and arguments[-1] == "syncfs":
        (site / "index.html").write_text("two", "utf-8")

sys.addaudithook(meddle)
seal(site)
"""


@needs_kill
def test_a_site_that_changes_while_it_is_sealed_is_refused(tmp_path):
    site = folder(tmp_path / "site", "one")
    seal(site)
    assert list(differences(site)) == []
    done = subprocess.run(
        [sys.executable, "-c", MEDDLE, site], cwd=ROOT / "scripts",
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "PlaceError: index.html: the file changed" in done.stderr


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
    ("verify",),
    ("addresses",),
    ("release",),
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
