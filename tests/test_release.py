"""`callover release`: what it writes, what it refuses, and that nothing is left half done."""

import errno
import hashlib
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

import generate
from callover import frozen
from callover.cli import main
from callover.data.read import read
from callover.embargo import TooEarly
from callover.errors import Faults, UnknownName
from callover.london import end_of
from callover.site import release as releases

HOME = generate.PARTNERSHIP
TODAY = date(2017, 1, 31)
NOW = end_of(TODAY)
JUNE = {"id": "a", "title": "Summer report", "data_to": "2016-06", "published": "2016-07-20"}
SEPTEMBER = {"id": "b", "title": "September 2016", "data_to": "2016/17-Q2"}
BEFORE = {"id": "c", "title": "Before all figures", "data_to": "2015-12"}
SERIES = "period,value,marker,note\n" + "".join(
    f"2016-{month:02d},{value},,\n" for month, value in enumerate((9, 9, 9, 30, 30, 30), 4)
)


@pytest.fixture
def root(package):
    return package(
        "count",
        series=SERIES,
        published=None,
        partnership={"releases": [BEFORE, JUNE, SEPTEMBER]},
        extra={f"{HOME}/measure/commentary/2016-06.md": "A warm June.\n"},
    )


def freeze(root, wanted="2016-06"):
    return releases.freeze(root, read(root, TODAY), HOME, wanted, NOW)


def run(*arguments):
    """Run the command in this process: a start of its own takes a second."""
    return CliRunner().invoke(main, ["release", *map(str, arguments)])


def tree(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_the_command_writes_records_and_a_list(root, cli):
    before = tree(root)
    done = cli("release", "--data", root, "--today", "2017-01-31", HOME, "2016-06")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("Froze 1 page of Summer report. Commit what was written.\n")
    after = tree(root)
    made = sorted(set(after) - set(before))
    assert made == [
        f"{HOME}/measure/releases/2016-06.json",
        f"{HOME}/releases/2016-06.json",
        "reference/addresses.csv",
    ]
    assert f"{HOME}/measure/2016-06/record.json,2017-01-31\n" in after[made[2]].decode()
    changed = {path for path in before if before[path] != after[path]}
    assert changed == {"reference/datapackage.json"}, "it lists the table of addresses"
    listed = json.loads(after[made[1]])
    assert listed == {
        "id": "a",
        "title": "Summer report",
        "data_to": "2016-06",
        "published": "2016-07-20",
        "frozen": "2017-01-31",
        # as sha256sum gives it
        "indicators": {"measure": hashlib.sha256(after[made[0]]).hexdigest()},
    }
    record = json.loads(after[made[0]])
    assert record["files"]["commentary/2016-06.md"] == hashlib.sha256(b"A warm June.\n").hexdigest()
    assert set(record["files"]) >= {"datapackage.json", "series.csv", "targets.csv"}
    assert after[made[0]].endswith(b"}\n") and b"\r" not in after[made[0]]
    again = run("--data", root, "--today", "2017-01-31", HOME, "2016-06")
    assert again.exit_code == 2
    assert "frozen on 2017-01-31" in again.stderr and "Nothing was frozen." in again.stderr
    assert tree(root) == after


@pytest.mark.parametrize("wanted", ["b", "2016/17-Q2", "fy2016-17-q2"])
def test_a_release_is_named_by_its_id_or_its_period(root, wanted):
    assert freeze(root, wanted).path == f"{HOME}/releases/fy2016-17-q2.json"


def test_a_dry_run_writes_nothing(root):
    before = tree(root)
    done = run("--data", root, "--dry-run", HOME, "2016-06")
    assert (done.exit_code, tree(root)) == (0, before)
    assert "Would freeze 1 page of Summer report." in done.stdout


def test_what_is_not_there_is_refused(root):
    with pytest.raises(UnknownName, match="known: c, a, b"):
        freeze(root, "2016-05")
    with pytest.raises(UnknownName, match=f"known: {HOME}"):
        releases.freeze(root, read(root, TODAY), "elsewhere", "2016-06", NOW)
    with pytest.raises(Faults, match="expected a release with figures up to 2015-12"):
        freeze(root, "2015-12")
    (root / HOME / "measure/series.csv").write_text("period,value\n2016-04,many\n", "utf-8")
    done = run("--data", root, HOME, "2016-06")
    assert done.exit_code == 2 and 'found "many"' in done.stderr


def test_an_embargo_that_is_not_over_is_kept(package):
    held = {**JUNE, "embargo": "2017-03-01T09:30"}
    held.pop("published")
    root = package("count", series=SERIES, published=None, partnership={"releases": [held]})
    before = tree(root)
    with pytest.raises(TooEarly):
        freeze(root)
    done = run("--data", root, HOME, "2016-06")
    assert (done.exit_code, tree(root)) == (5, before)


MOVED = "address,to,date,reason\n{}/measure/,{},2017-01-31,It counts more now.\n"


@pytest.mark.parametrize("to", [f"{HOME}/another/", ""])
def test_an_indicator_of_another_name_takes_its_records_along(root, to):
    """It has to say where it went; one that was withdrawn needs its records no more."""
    releases.write(root, freeze(root))
    (root / HOME / "measure").rename(root / HOME / "another")
    path = root / HOME / "another/datapackage.json"
    path.write_text(path.read_text("utf-8").replace('"name": "measure"', '"name": "another"', 1))
    if not to:
        shutil.rmtree(root / HOME / "another/releases")
    with pytest.raises(Faults, match="expected the record that the release lists") as told:
        read(root, TODAY)
    near = to or "NEW ADDRESS"
    assert f"`{HOME}/measure/,{near},DATE,`" in told.value.faults[-1].remedy
    (root / "reference/moved.csv").write_text(MOVED.format(HOME, to), "utf-8")
    path = root / "reference/datapackage.json"
    reference = json.loads(path.read_text("utf-8"))
    reference["resources"].append({"name": "moved", "path": "moved.csv"})
    path.write_text(json.dumps(reference), "utf-8")
    (found,) = read(root, TODAY).partnerships[0].indicators
    assert [one.release for one in found.frozen] == (["a"] if to else [])


def test_an_older_release_may_be_frozen_later(root):
    releases.write(root, freeze(root, "b"))
    releases.write(root, freeze(root, "a"))
    partnership = read(root, TODAY).partnerships[0]
    assert [one.id for one in partnership.frozen] == ["b", "a"], "in the order of the chain"
    assert [one.release for one in partnership.indicators[0].frozen] == ["a", "b"], "by their days"


@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_a_full_disk_leaves_nothing(root, monkeypatch, fails_at):
    """The disk is full at the list begun, at a record, or when the list gets its name."""
    made, before = freeze(root), tree(root)
    count = 0
    real = Path.replace

    def full(self, target):
        nonlocal count
        count += 1
        if count == fails_at:
            raise OSError(errno.ENOSPC, "No space left on device", str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        releases.write(root, made)
    monkeypatch.undo()
    assert tree(root) == before
    assert not (root / HOME / "releases").exists()


class Killed(BaseException):
    """Stands for the end of the process: no one tidies up after it."""


@pytest.mark.parametrize("killed_at", [1, 2, 3])
def test_who_is_stopped_begins_again(root, monkeypatch, killed_at):
    """Killed at any of its steps, the release is not there; a second attempt makes it whole."""
    made, before = freeze(root), tree(root)
    count = 0
    real = Path.replace

    def killed(self, target):
        nonlocal count
        count += 1
        if count == killed_at:
            raise Killed
        return real(self, target)

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(Killed):
        releases.write(root, made)
    monkeypatch.undo()
    assert not (root / HOME / "releases/2016-06.json").exists()
    if killed_at == 3:
        with pytest.raises(Faults, match="Run `callover release` again if it was stopped"):
            read(root, TODAY)
    releases.recover(root, HOME)
    assert {p: b for p, b in tree(root).items() if not Path(p).name.startswith(".")} == before
    releases.write(root, freeze(root))
    assert len(read(root, TODAY).partnerships[0].frozen) == 1


def test_a_record_that_was_published_is_never_taken_away(root):
    releases.write(root, freeze(root))
    after = tree(root)
    releases.recover(root, HOME)
    assert tree(root) == after


def test_a_page_that_no_record_can_hold_is_told(package):
    root = package(
        "count", series=SERIES, published=None, partnership={"releases": [JUNE]},
        callover={"caution": "a" * 30_000},
    )  # fmt: skip
    with pytest.raises(Faults, match=r"found .30000 characters.; expected a text"):
        freeze(root)


def test_the_records_of_this_repository_are_small():
    data = Path(__file__).resolve().parent.parent / "datapackage"
    sizes = [path.stat().st_size for path in data.glob(f"*/*/{frozen.FOLDER}/*.json")]
    assert len(sizes) > 100
    assert max(sizes) < 30_000 and sum(sizes) < 1_000_000
