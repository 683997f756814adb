"""Broken inputs for the audit: the corpus through the real command, and spoilt series.

Both run in a process of their own, which is small: what a command costs is told of it alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_PATHS = os.pathsep.join(str(ROOT / name) for name in ("scripts", "benchmarks", "."))


def _lines(*arguments: str) -> Iterator[Any]:
    """Run a module of the tests, and give what it says, a line of JSON each."""
    command = [sys.executable, "-m", *arguments]
    environment = {**os.environ, "PYTHONPATH": _PATHS}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        for line in process.stdout or ():
            yield json.loads(line)


def refusals() -> Iterator[dict[str, Any]]:
    """Give what became of each broken input; the last one says who was called: `{"calls": 0}`."""
    yield from _lines("tests.corpus.run", "--command")


def mutations(times: int) -> Mapping[str, Mapping[str, int]]:
    """Try about so many mutations in all: what became of them, by mutation."""
    (found,) = _lines("tests.corpus.law", str(max(1, times // 6)))
    return dict(found)
