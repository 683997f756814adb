"""Run the command `callover` with nothing judged, to measure what judging costs.

    python3 benchmarks/unjudged.py build --data ...        as `callover build --data ...`

Whatever judges is a row of a table. The rows are taken out in this process alone, so the product
has no switch for it. Figures, targets and ratings stay.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from callover import beside, compute, given, history, kinds, worked
from callover.kinds import Kind

#: The drawings that show a judgement.
DRAWN = frozenset(("control",))


def without(row: Kind) -> Kind:
    """Give a kind whose figures are not judged and that has no control chart."""
    return replace(
        row,
        quantities=tuple(replace(quantity, judged=()) for quantity in row.quantities),
        charts=tuple(name for name in row.charts if name not in DRAWN),
    )


def unjudge() -> None:
    """Take the rows of judging out of the tables of this process, and their worked examples."""
    put(kinds.KINDS, {name: without(row) for name, row in kinds.KINDS.items()})
    put(compute, {"_recent": lambda *asked: None})
    put(beside, {"besides": lambda *asked: ()})
    put(given, {"p_apart": lambda *asked: None})
    put(history, {"past": lambda indicator, rated: ()})
    for examples in (worked.WORKED, worked.COMPARED):
        put(examples, dict.fromkeys(examples, str))
    put(worked, dict.fromkeys(("control", "assured", "recent_trend", "ahead"), str))


def put(table: Any, rows: Mapping[str, Any]) -> None:
    """Put other rows into a table, or other tables into a module; each must be there already."""
    own = table if isinstance(table, dict) else vars(table)
    for name, row in rows.items():
        if name not in own:
            raise SystemExit(f"{name} is not there any more: say in {__file__} what judges now.")
        own[name] = row


if __name__ == "__main__":
    from callover.cli import main

    unjudge()
    try:
        main(prog_name="callover")
    finally:
        if "scipy" in sys.modules:
            raise SystemExit(f"Something judges all the same: say in {__file__} what it is.")
