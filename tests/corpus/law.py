"""The law of mutations: a spoilt series is refused, asked about, or its figures are its rows'.

python -m tests.corpus.law 1000    tries each mutation so often, and says what became of them
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from tests.corpus.mutations import LABELS, MEASURES, MUTATIONS, Rows, days, expected, series
from tests.corpus.package import sound

from callover.compute import Board, boards
from callover.data.read import read
from callover.errors import Faults

TODAY = date(2026, 1, 31)


def text(rows: Rows) -> str:
    """Write a series.csv."""
    return "".join(["period,value\n", *(f"{label},{value}\n" for label, value in rows)])


def written(folder: Path, rows: Rows, frequency: str = "monthly") -> Path:
    """Write a data folder with one series."""
    own = {"frequency": frequency, "rating": {"scheme": "none"}}
    return sound(
        folder / "datapackage", series=text(rows), targets=None, published=None, callover=own,
        partnership={"as_of": TODAY.isoformat()},
    )  # fmt: skip


def checked(root: Path) -> Board | None:
    """Read a data folder: its board, or None where it is refused or asked about."""
    try:
        return next(iter(boards(read(root, TODAY))))
    except Faults as told:
        assert all(len(str(fault).splitlines()) == 2 for fault in told.faults)
        return None


def wrong(board: Board, rows: Rows) -> Iterator[str]:
    """Tell each figure that is not what the rows say, and each row that has no figure."""
    typed = {days(label): label for label, _ in rows}
    seen = set()
    for metric in board.sheets[0].metrics:
        at = metric.period.first, metric.period.last
        seen.add(at)
        if metric.measure in MEASURES and at in typed:
            wanted = expected(rows, typed[at], metric.measure)
            if metric.value != wanted:
                yield f"{typed[at]} {metric.measure}: {metric.value}, not {wanted}"
    yield from (f"{label} has no figure" for at, label in typed.items() if at not in seen)


def tried(name: str, dice: random.Random, folder: Path) -> str:
    """Spoil a made-up series in one way, and say what became of it."""
    frequency = dice.choice(sorted(LABELS))
    count = dice.randint(4, 11) * {"monthly": 4, "quarterly": 4, "weekly": 4}[frequency]
    rows = series(dice, frequency, count, dice.random() < 0.5)
    mutated = MUTATIONS[name](dice, rows)
    board = checked(written(folder, mutated, frequency))
    if board is None:
        return "refused or asked about"
    if list(wrong(board, mutated)):
        return "wrong"
    return "as its rows say" if mutated != rows else "nothing changed"


def measure(times: int) -> Mapping[str, Mapping[str, int]]:
    """Try each mutation so often: how many were refused, right by their rows, and wrong."""
    found = {}
    with tempfile.TemporaryDirectory(prefix="callover-law-") as folder:
        for name in MUTATIONS:
            dice = random.Random(f"law {name}")
            found[name] = Counter(tried(name, dice, Path(folder)) for _ in range(times))
    return found


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
