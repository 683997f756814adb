"""Stop builds in every way there is, and see whether what is served is whole each time.

A small site is built again and again into one place, each time of other figures. It is killed at
random moments, its disk is full or cannot be written, and several builds want the place at once.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import generate
from callover.site.manifest import differences

ROOT = Path(__file__).resolve().parent.parent
CALLOVER = Path(sys.executable).parent / "callover"
INDICATORS = 2
OWN = f"datapackage/{generate.PARTNERSHIP}/made-up-measure-0000"

#: Imported by every Python below it. What is not allowed raises or kills in there.
WATCH = """
import errno, os, sys, time

def named(event, arguments):
    return str(arguments[-1] if event == "ctypes.dlsym" else arguments[0])

def watch(event, arguments, left=[int(os.environ.get("AT_CALL", "1"))]):
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
        if os.environ.get("NO_NETWORK"):
            raise PermissionError(f"the network was used: {event} {arguments}")
    if event == "ctypes.dlsym" and os.environ.get("NO_EXCHANGE"):
        if named(event, arguments) in ("renameat2", "renamex_np"):
            raise AttributeError("not here")
    if event == os.environ.get("STOP_AT"):
        writing = event != "open" or (arguments[1] and set("wxa") & set(arguments[1]))
        if named(event, arguments).endswith(os.environ.get("STOP_PATH", "")) and writing:
            left[0] -= 1
            if not left[0]:
                code = os.environ.get("STOP_WITH")
                if not code:
                    os.kill(os.getpid(), 9)
                number = getattr(errno, code)
                raise OSError(number, os.strerror(number), named(event, arguments))

sys.addaudithook(watch)

if "LATER" in os.environ:
    real, later = time.time, float(os.environ["LATER"])
    time.time = lambda: real() + later
    for name in ("localtime", "gmtime"):
        of = getattr(time, name)
        setattr(time, name, lambda at=None, of=of: of(time.time() if at is None else at))
"""

#: Another order of sets, time zone, language and day: none of them may show in a byte.
ENVIRONMENTS: Mapping[str, Mapping[str, str]] = {
    "Kiritimati, Turkish": {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "LANG": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "1234",
    },
    "500 days later, C": {"TZ": "America/New_York", "LC_ALL": "C", "LATER": "43200000"},
}


def tree(folder: Path) -> dict[str, str]:
    """Give every file of a folder by its path, as a digest."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def checkout(folder: Path, data: Mapping[str, str] | None = None) -> Path:
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


def watched(folder: Path) -> dict[str, str]:
    """Give an environment whose Pythons import WATCH, which is written to a folder."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(WATCH, "utf-8")
    paths = [str(folder), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


# ---------------------------------------------------------------- a small site, built over and over


@dataclass
class Small:
    """A clone with made-up indicators, whose newest figure rises with each build."""

    folder: Path
    value: int = 1000
    output: Path = field(init=False)

    def __post_init__(self) -> None:
        """The site is served from within the clone."""
        self.output = self.folder / "build" / "site"

    def start(self, *options: str) -> subprocess.Popen[bytes]:
        """Begin to build the site of the figures as they are."""
        return subprocess.Popen(
            [CALLOVER, "build", *options],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def edit(self) -> None:
        """Raise the newest figure by one."""
        self.value += 1
        path = self.folder / OWN / "series.csv"
        text = re.sub(r"^2016-12,\d+", f"2016-12,{self.value}", path.read_text("utf-8"), flags=re.M)
        path.write_text(text, "utf-8")

    def served(self) -> int:
        """Give the newest figure of the served site; raises OSError where it is not there."""
        page = self.output / generate.PARTNERSHIP / "made-up-measure-0000" / "metrics.csv"
        found = re.search(r"^value,month,2016-12-01,.*?,all,(\d+),", page.read_text("utf-8"), re.M)
        assert found is not None, page
        return int(found[1])

    def beside(self) -> set[str]:
        """Give what builds have left beside the site."""
        return {path.name for path in self.output.parent.iterdir()} - {"docs", "site"}


def small(folder: Path) -> Small:
    """Make the clone and build it once."""
    made = Small(checkout(folder / "clone", generate.files(INDICATORS)))
    made.edit()
    process = made.start()
    _, told = process.communicate()
    if process.returncode:
        sys.exit(f"The build failed:\n{told.decode()}")
    return made


@dataclass
class Outcome:
    """What builds of one sort did: how many, how many sites were whole, and what was wrong."""

    sort: str
    tries: int = 0
    whole: int = 0
    old: int = 0
    new: int = 0
    faults: list[str] = field(default_factory=list)

    def look(self, site: Small, before: int, said: str) -> None:
        """Look at what is served now; `before` is the figure that was served."""
        self.tries += 1
        wrong = [f"{d.path} {d.found[:16]}" for d in differences(site.output)]
        if wrong:
            self.faults.append(f"{said}: {len(wrong)} files are not as listed, {wrong[0]}")
            return
        self.whole += 1
        value = site.served()
        self.old += value == before
        self.new += value == site.value
        if value not in (before, site.value):
            self.faults.append(f"{said}: the site has {value}, not {before} or {site.value}")


def killed(folder: Path, times: int, seed: int = 1) -> Iterator[Outcome]:
    """Kill builds at random moments; one outcome for each stage reached.

    Every other one is killed in the part of its length that begins with MkDocs.
    """
    dice, site = random.Random(seed), small(folder)
    begin = time.perf_counter()
    site.start().communicate()
    lengths = [time.perf_counter() - begin] * 2
    found = {name: Outcome(name) for name in ("before MkDocs", "MkDocs", "after the swap", "done")}
    with Watcher(site.output) as watcher:
        for number in range(times):
            before, late = site.served(), number % 2
            site.edit()
            moment = dice.uniform(0, 1.05 * lengths[late])
            lengths[late] = _kill(site, moment, lengths[late], late=bool(late))
            stage = _stage(site, before)
            found[stage].look(site, before, f"kill {number + 1} at {moment:.3f} s")
    last = Outcome("the next build")
    process = site.start()
    process.communicate()
    last.look(site, 0, "the next build")
    if rubbish := site.beside():
        last.faults.append(f"beside the site there is still {', '.join(sorted(rubbish))}")
    watching = Outcome("at any instant", watcher.looks, watcher.looks - watcher.missed)
    if watcher.missed:
        watching.faults.append(f"the site was not there at {watcher.missed} looks")
    yield from (*found.values(), last, watching)


def _kill(site: Small, moment: float, length: float, *, late: bool) -> float:
    """Kill a build at a moment; give the length that the next ones are thought to have, in seconds.

    A late one counts from when the folder of the new site is there.
    """
    staging = site.output.with_name(".site-new")
    if late:
        shutil.rmtree(staging, ignore_errors=True)
    process = site.start()
    while late and process.poll() is None and not staging.exists():
        time.sleep(0.001)
    begin = time.perf_counter()
    try:
        process.communicate(timeout=moment)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return length * 1.02  # so that a slower machine is killed late too
    return (length + time.perf_counter() - begin) / 2


def _stage(site: Small, before: int) -> str:
    """Say how far a killed build came, by what it left."""
    left = site.beside()
    try:
        published = site.served() != before
    except (OSError, AssertionError):
        published = False
    if published:
        return "after the swap" if left else "done"
    return "MkDocs" if ".site-new" in left else "before MkDocs"


class Watcher:
    """Looks all the time whether the home page of a site is there."""

    def __init__(self, output: Path) -> None:
        """Nothing is counted yet."""
        self.page, self.looks, self.missed = output / "index.html", 0, 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        while not self._done.wait(0.0005):
            self.looks += 1
            self.missed += not self.page.exists()

    def __enter__(self) -> Watcher:
        self._thread.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self._done.set()
        self._thread.join()


# ---------------------------------------------------------------- a disk that is full, or read-only

#: Runs in a namespace of its own, where a small disk can be mounted without any rights.
_ON_A_SMALL_DISK = """
mount -t tmpfs -o size="$1"k none "$2" && cp -r "$3" "$2/site" || exit 90
[ "$4" = full ] || mount -o remount,ro "$2"
"$5" build --output "$2/site" --today 2017-01-31; code=$?
"$5" verify "$2/site" || exit 91
[ -z "$(ls -A "$2" | grep -v '^site$')" ] || { ls -A "$2"; exit 92; }
exit $code
"""


def can_mount() -> bool:
    """Say whether this machine lets anybody mount a disk for himself."""
    if not shutil.which("unshare"):
        return False
    tried = subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False)
    return tried.returncode == 0


def starved(folder: Path, times: int, seed: int = 1) -> Iterator[Outcome]:
    """Build onto disks that are full at a random point, and onto one that cannot be written."""
    dice, site = random.Random(seed), small(folder)
    # Pages, the new site and the old one are there at a time, in blocks of 4 kB.
    size = sum(4 * (1 + path.stat().st_size // 4096) for path in site.output.rglob("*"))
    disk = folder / "disk"
    disk.mkdir()
    cases = [("disk full", dice.randrange(int(1.1 * size), 6 * size)) for _ in range(times)]
    found = {name: Outcome(name) for name in ("disk full", "read-only")}
    for sort, room in [*cases, ("read-only", 4 * size)]:
        outcome = found[sort]
        site.edit()
        done = subprocess.run(
            [
                *("unshare", "-rm", "sh", "-c", _ON_A_SMALL_DISK, "sh", str(room)),
                *(disk, site.output, sort.split()[-1], CALLOVER),
            ],
            cwd=site.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        outcome.tries += 1
        said = done.stderr.strip().splitlines()[-1:] or [""]
        if done.returncode not in (0, 4):
            outcome.faults.append(f"{room} kB: exit {done.returncode}, {said[0]} {done.stdout}")
        elif done.returncode == 4 and "Nothing was published" not in said[0]:
            outcome.faults.append(f"{room} kB: it says {said[0]}")
        elif "Traceback" in done.stderr:
            outcome.faults.append(f"{room} kB: a traceback")
        else:
            outcome.whole += 1
            outcome.old += done.returncode == 4
            outcome.new += done.returncode == 0
    yield from found.values()


# ---------------------------------------------------------------- several at once


def crowded(folder: Path, times: int, builds: int = 3) -> Iterator[Outcome]:
    """Start several builds into one place at once: each waits its turn."""
    site, outcome = small(folder), Outcome(f"{builds} at once")
    for number in range(times):
        before = site.served()
        site.edit()
        started = [site.start() for _ in range(builds)]
        told = [process.communicate()[1].decode() for process in started]
        waited = sum("Waiting for it" in text for text in told)
        if any(process.returncode for process in started):
            outcome.faults.append(f"round {number + 1}: one of them failed, {told}")
        if waited < builds - 1:
            outcome.faults.append(f"round {number + 1}: {waited} of {builds} waited")
        outcome.look(site, before, f"round {number + 1}")
    if rubbish := site.beside():
        outcome.faults.append(f"beside the site there is still {', '.join(sorted(rubbish))}")
    yield outcome


# ---------------------------------------------------------------- the same bytes


def unlike(folder: Path, site: Path) -> Iterator[tuple[str, list[str]]]:
    """Build the whole site in other environments and another folder; name the files that differ."""
    plain = tree(site)
    clone = checkout(folder / "another" / "folder")
    base = watched(folder / "watch")
    for name, changed in ENVIRONMENTS.items():
        output = folder / "site"
        done = subprocess.run(
            [CALLOVER, "build", "--output", output],
            cwd=clone,
            env={**base, **changed},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            yield name, [f"the build failed: {done.stderr[-300:]}"]
            continue
        other = tree(output)
        names = sorted(plain.keys() | other.keys())
        yield name, [path for path in names if plain.get(path) != other.get(path)]
        shutil.rmtree(output)
