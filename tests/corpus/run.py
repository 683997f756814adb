"""Check every broken input in a process of its own, and say what became of it, a line of JSON each.

python -m tests.corpus.run            forks a process that has `callover check` loaded: cheap
python -m tests.corpus.run --command  starts the real command each time, as people do

Each process has limits on its CPU time and its memory, and is stopped after a while.
"""

from __future__ import annotations

import gc
import io
import json
import os
import resource
import shutil
import signal
import socket
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.corpus import GROUPS
from tests.corpus.case import Case
from tests.corpus.package import sound

#: What a refusal may cost: seconds of CPU and megabytes at most. A process is stopped at STOP.
SECONDS, MEGABYTES = 2.0, 300.0
STOP = 20
COMMAND = Path(sys.executable).parent / "callover"
OPTIONS = ("--today", "2017-01-31", "--data")


@dataclass(frozen=True)
class Outcome:
    """What became of one case: how it ended, what was said, and what it cost."""

    group: str
    name: str
    code: int
    said: str
    seconds: float
    megabytes: float
    problems: list[str]


def limit() -> None:
    """Hold this process to the limits: more memory than is allowed is measured, not refused."""
    resource.setrlimit(resource.RLIMIT_CPU, (STOP, STOP))
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    signal.setitimer(signal.ITIMER_REAL, 3 * STOP)


def loaded(data: Path) -> None:
    """Run the command in this process, which has its code already."""
    from callover.cli import main

    try:
        main(["check", *OPTIONS, str(data)], standalone_mode=False)
    except SystemExit as end:
        os._exit(int(end.code or 0))
    except BaseException:
        traceback.print_exc()
        os._exit(70)
    os._exit(0)


def started(data: Path) -> None:
    """Become the real command."""
    os.execv(COMMAND, [str(COMMAND), "check", *OPTIONS, str(data)])  # noqa: S606 (no shell is meant)


def spawn(data: Path, become: Callable[[Path], None]) -> tuple[int, str, float, float]:
    """Run one check in a process of its own: exit code, words, CPU seconds and megabytes."""
    said = data.parent / "said"
    process = os.fork()
    if not process:
        words = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(words, 1)
        os.dup2(words, 2)
        limit()
        become(data)
    _, status, used = os.wait4(process, 0)
    code = os.waitstatus_to_exitcode(status)
    text = said.read_text("utf-8", errors="replace")
    return code, text, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


def outcomes(
    groups: Iterable[str], become: Callable[[Path], None], canary: str
) -> Iterator[Outcome]:
    """Run the cases of some groups."""
    for group in groups:
        for case in GROUPS[group]:
            yield outcome(group, case, become, canary)


def outcome(group: str, case: Case, become: Callable[[Path], None], canary: str) -> Outcome:
    """Run one case in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="callover-corpus-"))
    try:
        code, said, seconds, megabytes = spawn(case.write(folder, canary), become)
    finally:
        shutil.rmtree(folder)
    problems = case.problems(code, said, canary)
    problems += [f"{seconds:.1f} CPU s"] if seconds >= SECONDS else []
    problems += [f"{megabytes:.0f} MB"] if megabytes >= MEGABYTES else []
    return Outcome(group, case.name, code, said, seconds, megabytes, problems)


def calls(server: socket.socket) -> int:
    """Count who called a server that answers nobody."""
    server.setblocking(False)
    count = 0
    try:
        while True:
            server.accept()[0].close()
            count += 1
    except BlockingIOError:
        return count


def warm() -> None:
    """Load what the command loads and check sound data once, so that forks need not."""
    from callover.cli import main as command

    with tempfile.TemporaryDirectory(prefix="callover-corpus-") as folder:
        root = sound(Path(folder, "datapackage"))
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            command(["check", *OPTIONS, str(root)], standalone_mode=False)
    gc.freeze()  # nothing of it is touched again, so that forks share its memory


def main(arguments: list[str]) -> None:
    """Run the groups that are named, or all; a last line counts the calls of the network."""
    become = started if "--command" in arguments else loaded
    if become is loaded:
        warm()
    wanted = [name for name in arguments if not name.startswith("-")] or list(GROUPS)
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        canary = f"http://127.0.0.1:{server.getsockname()[1]}"
        for made in outcomes(wanted, become, canary):
            print(json.dumps(asdict(made)), flush=True)
        print(json.dumps({"calls": calls(server)}))


if __name__ == "__main__":
    main(sys.argv[1:])
