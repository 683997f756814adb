"""Measure a cold build of 30, 300 and 1,200 made-up indicators, and say which goals it meets.

The row "judging" is what judging adds to a build of 300 with 60 months: the same build is made
with and without it, by turns, and the cheaper of each counts.

Each build is a fresh process that writes into an empty folder. CPU is user and system seconds of
that process and of all it started; memory is the most that all of them held at one time. Only
Python's bytecode is warm: one small build goes first, as on any machine where it ran before. Files
are written in memory where the machine has a folder for that. A disk takes longer, and after
thousands of deleted files some take seconds longer than before: that is not what a build costs.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import generate

ROOT = Path(__file__).resolve().parent.parent
CALLOVER = Path(sys.executable).parent / "callover"
UNJUDGED = (sys.executable, str(ROOT / "benchmarks" / "unjudged.py"))
#: Where Python may not keep its bytecode, each process would compile the product anew.
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}
#: Where files lie in memory, on Linux.
MEMORY = Path("/dev/shm")  # noqa: S108 (each build has a folder of its own there)
#: As the build times them: reading includes the checks, pages the computing and the writing.
STAGES = ("read", "pages", "mkdocs", "publish")


@dataclass(frozen=True)
class Goal:
    """What one build may cost: CPU seconds, and megabytes where memory has a goal too."""

    cpu: float
    memory: float | None = None


#: Judging has 2 seconds of its own for 300 indicators, so a build with it has 2 more.
GOALS: Mapping[int, Goal] = {30: Goal(4), 300: Goal(14 + 2), 1200: Goal(55, 400)}
JUDGING, JUDGED, JUDGED_MONTHS = Goal(2), 300, 60
#: How often the builds with and without judging take turns: one is too uncertain.
TURNS = 5


@dataclass(frozen=True)
class Run:
    """What one build did cost: seconds, megabytes and the files it made.

    `what` is judging where it is the difference between two builds.
    """

    indicators: int
    cpu: float
    wall: float
    memory: float
    files: int
    stages: Mapping[str, float]
    what: str = ""

    def verdict(self) -> str:
        """Say whether the goals are met, where there are any."""
        goal = JUDGING if self.what else GOALS.get(self.indicators)
        if goal is None:
            return ""
        met = self.cpu <= goal.cpu and (goal.memory is None or self.memory <= goal.memory)
        wanted = f"{goal.cpu:g} s" + (f", {goal.memory:g} MB" if goal.memory else "")
        return f"{'met' if met else 'MISSED'} ({wanted})"


def tree_memory(root: int) -> float:
    """Give the megabytes that a process and its descendants hold now; 0 where /proc is absent."""
    parents: dict[int, list[int]] = {}
    pages: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name in brackets may itself hold spaces and brackets.
            fields = entry.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        process = int(entry.parent.name)
        parents.setdefault(int(fields[1]), []).append(process)
        pages[process] = int(fields[21])
    total, queue = 0, [root]
    while queue:
        process = queue.pop()
        total += pages.get(process, 0)
        queue += parents.get(process, [])
    return total * (os.sysconf("SC_PAGE_SIZE") if total else 1) / 1e6


def measure(command: Sequence[str], workdir: Path) -> tuple[float, float, float]:
    """Run a command from the project's folder, with its log in `workdir`.

    Gives CPU seconds, wall seconds and peak megabytes of its process tree.
    """
    log = workdir / "log"
    peak = 0.0
    done = threading.Event()

    def watch(process: int) -> None:
        nonlocal peak
        while not done.wait(0.05):
            peak = max(peak, tree_memory(process))

    start = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, cwd=ROOT, env=ENVIRONMENT
        )
        watcher = threading.Thread(target=watch, args=(process.pid,))
        watcher.start()
        # wait4 tells of this child and of all that it waited for, and of nothing else.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        done.set()
        watcher.join()
    if process.returncode:
        last = "\n".join(log.read_text(errors="replace").splitlines()[-20:])
        sys.exit(f"The build failed with exit code {process.returncode}:\n{last}")
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes on Linux
    largest = usage.ru_maxrss * unit / 1e6
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - start, max(peak, largest)


def build(
    indicators: int,
    months: Sequence[str] = generate.MONTHS,
    program: Sequence[str] = (str(CALLOVER),),
) -> Run:
    """Build a site of so many indicators in a temporary folder, and measure it."""
    place = MEMORY if os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="callover-bench-", dir=place) as name:
        workdir = Path(name)
        data = generate.write(workdir / "datapackage", generate.files(indicators, months))
        output, timings = workdir / "site", workdir / "timings.json"
        cpu, wall, memory = measure(
            [
                *(*program, "build", "--data", str(data)),
                *("--output", str(output), "--timings", str(timings)),
            ],
            workdir,
        )
        stages = json.loads(timings.read_text(encoding="utf-8")) if timings.is_file() else {}
        made = sum(path.is_file() for path in output.rglob("*"))
    return Run(indicators, cpu, wall, memory, made, stages)


def judging(indicators: int = JUDGED, turns: int = TURNS) -> Run:
    """Build with and without judging by turns, and give the difference of the cheaper of each."""
    months = generate.months_to(2016, 12, JUDGED_MONTHS)
    pairs = [(build(indicators, months), build(indicators, months, UNJUDGED)) for _ in range(turns)]
    judged, unjudged = (min(runs, key=lambda run: run.cpu) for runs in zip(*pairs, strict=True))
    return Run(
        indicators,
        judged.cpu - unjudged.cpu,
        judged.wall - unjudged.wall,
        judged.memory - unjudged.memory,
        judged.files - unjudged.files,
        {stage: judged.stages[stage] - unjudged.stages[stage] for stage in unjudged.stages},
        "judging",
    )


def share(run: Run, stage: str) -> str:
    """Give one stage's part of the time that the build itself accounts for."""
    total = sum(run.stages.values())
    return f"{100 * run.stages.get(stage, 0) / total:.0f}%" if total else "-"


def table(runs: Sequence[Run]) -> str:
    """Set the results out as a Markdown table, stages last."""
    stages = [*STAGES, *sorted({name for run in runs for name in run.stages} - set(STAGES))]
    header = ["indicators", "CPU s", "wall s", "peak MB", "files", "goal", *stages]
    rows = [
        [
            f"{run.what} {run.indicators:,}".strip(),
            f"{run.cpu:.1f}",
            f"{run.wall:.1f}",
            f"{run.memory:.0f}",
            f"{run.files:,}",
            run.verdict(),
            *(share(run, stage) for stage in stages),
        ]
        for run in runs
    ]
    widths = [max(len(row[n]) for row in [header, *rows]) for n in range(len(header))]
    lines = [
        "| " + " | ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in [header, *rows]
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 1) + ":" for width in widths) + "|")
    return "\n".join(lines)


def main() -> None:
    """Measure the sizes asked for; by default three, and judging."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, help="numbers of indicators")
    parser.add_argument("--judging", action="store_true", help="measure what judging costs")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    options = parser.parse_args()
    build(3)
    runs = []
    everything = not (options.sizes or options.judging)
    for size in GOALS if everything else options.sizes:
        print(f"Building {size:,} indicators ...", file=sys.stderr, flush=True)
        runs.append(build(size))
    if everything or options.judging:
        print(f"Judging {JUDGED:,} indicators ...", file=sys.stderr, flush=True)
        runs.append(judging())
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}\n")
    print(table(runs))
    if options.json:
        options.json.write_text(json.dumps([asdict(run) for run in runs], indent=2) + "\n")


if __name__ == "__main__":
    main()
