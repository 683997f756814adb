"""Check every broken input, and say what became of it, a line of JSON each.

python -m tests.corpus.run            a forked process for each group, and for each bomb: cheap
python -m tests.corpus.run --command  the real command for each case, as people start it

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
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
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


def loaded(data: Path) -> int:
    """Run the command in this process, which has its code already; give its exit code."""
    from callover.cli import main

    try:
        main(["check", *OPTIONS, str(data)], standalone_mode=False)
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:
        traceback.print_exc()
        return 70
    return 0


def started(data: Path) -> int:
    """Become the real command."""
    os.execv(COMMAND, [str(COMMAND), "check", *OPTIONS, str(data)])  # noqa: S606 (no shell is meant)


def in_child(work: Callable[[], int]) -> tuple[int, float, float]:
    """Do some work in a process of its own: exit code, CPU seconds and megabytes at most."""
    process = os.fork()
    if not process:
        limit()
        os._exit(work())
    _, status, used = os.wait4(process, 0)
    return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


def speaking_into(file: Path) -> None:
    """Let this process say all that it says into a file."""
    words = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(words, 1)
    os.dup2(words, 2)
    os.close(words)


Result = tuple[int, str, float, float]


def alone(data: Path, become: Callable[[Path], int]) -> Result:
    """Check one data folder in a process of its own."""
    said = data.parent / "said"

    def work() -> int:
        speaking_into(said)
        return become(data)

    code, seconds, megabytes = in_child(work)
    return code, said.read_text("utf-8", errors="replace"), seconds, megabytes


def together(folders: Sequence[Path]) -> list[Result]:
    """Check many data folders in one process: a fork costs more than most of them."""

    def work() -> int:
        for data in folders:
            speaking_into(data.parent / "said")
            begin = time.process_time()
            code = loaded(data)
            sys.stdout.flush()
            sys.stderr.flush()
            (data.parent / "code").write_text(f"{code} {time.process_time() - begin}")
        return 0

    last, _, megabytes = in_child(work)
    made: list[Result] = []
    for data in folders:
        said, told = data.parent / "said", data.parent / "code"
        words = said.read_text("utf-8", errors="replace") if said.exists() else "never begun"
        code, seconds = told.read_text().split() if told.exists() else (str(last or 70), "0")
        made.append((int(code), words, float(seconds), megabytes))
    return made


def outcomes(groups: Iterable[str], command: bool, canary: str) -> Iterator[Outcome]:
    """Run the cases of some groups; a bomb has a process of its own, and the real command too."""
    for group in groups:
        cases = GROUPS[group]
        with tempfile.TemporaryDirectory(prefix="callover-corpus-") as folder:
            if command or group == "bombs":
                for number, case in enumerate(cases):
                    data = case.write(Path(folder, str(number)), canary)
                    result = alone(data, started if command else loaded)
                    shutil.rmtree(data.parent)
                    yield judged(group, case, result, canary)
                continue
            written = [case.write(Path(folder, str(n)), canary) for n, case in enumerate(cases)]
            for case, result in zip(cases, together(written), strict=True):
                yield judged(group, case, result, canary)


def judged(group: str, case: Case, result: Result, canary: str) -> Outcome:
    """Say what is wrong with how a case was refused, and with what it cost."""
    code, said, seconds, megabytes = result
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
    command = "--command" in arguments
    if not command:
        warm()
    wanted = [name for name in arguments if not name.startswith("-")] or list(GROUPS)
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        canary = f"http://127.0.0.1:{server.getsockname()[1]}"
        for made in outcomes(wanted, command, canary):
            print(json.dumps(asdict(made)), flush=True)
        print(json.dumps({"calls": calls(server)}))


if __name__ == "__main__":
    main(sys.argv[1:])
