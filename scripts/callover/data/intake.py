"""`callover import`: figures of many indicators from one sheet, a row each, a column a period.

Read what the sheet says, work out what that changes, check the data as it would then be on a copy,
and only then write. Every fault is told, all at once, and nothing is written while there is one.
"""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from callover.data.claims import Claim, Reading, claims
from callover.data.descriptor import DESCRIPTOR, object_of
from callover.data.ledger import WORDS, Change, Given, Ledger, RowKey, opened
from callover.data.read import REFERENCE, read
from callover.data.reasons import UNSAID, Why, described, explained, file_of, tell_unexplained
from callover.data.revisions import appended
from callover.data.sheets import Grid, reference
from callover.errors import Fault, Faults, SheetFaults
from callover.kinds import kind
from callover.model import ALL, Indicator, Portal
from callover.revisions import Revision

#: Reads a data folder as it is on a day; raises Faults where anything is wrong.
Check = Callable[[Path, date], Portal]


class FaultsBefore(SheetFaults):
    """The data was faulty before any sheet came."""

    closing = "in the data as it is. Put it right first; nothing was written."


class FaultsAfter(SheetFaults):
    """The sheet can be read, but with its figures the data would not pass the checks."""

    closing = "in the data as the sheet would make it. Nothing was written."


@dataclass(frozen=True)
class Taken:
    """What a sheet changes in one indicator, and how many of its figures are there already.

    `revised` are the rows of revisions.csv for those that a release has published.
    """

    indicator: Indicator
    changes: Sequence[Change]
    unchanged: int
    revised: Sequence[Revision] = ()


@dataclass(frozen=True)
class Intake:
    """What a sheet would change: by indicator, and as files below the data folder by their path."""

    sheet: str
    partnership: str
    readings: Sequence[str]
    taken: Sequence[Taken]
    files: Mapping[str, str]

    @property
    def changes(self) -> Sequence[Change]:
        """All changes, in the order of the indicators."""
        return [change for one in self.taken for change in one.changes]


def take(
    root: Path,
    partnership: str,
    grid: Grid,
    today: date,
    check: Check = read,
    why: Why = UNSAID,
) -> Intake:
    """Work out what a sheet changes in a partnership's data; raise Faults unless all is right.

    `check` is what `callover check` does. It is done on a copy of what all share and of the
    partnership, before and after. `why` goes into revisions.csv, for each figure that a release
    has published.
    """
    with tempfile.TemporaryDirectory(prefix="callover-") as folder:
        copy = Path(folder, root.resolve().name)
        for name in (REFERENCE, partnership):
            if (root / name).is_dir():
                shutil.copytree(root / name, copy / name, symlinks=True)
        portal = _sound(copy, today, check)
        (own,) = portal.partnerships
        reading = claims(grid, own, portal.reference.areas)
        series = _series(grid, copy / partnership, reading)
        if grid.faults:
            raise SheetFaults(grid.faults)
        books = {slug: _ledger(copy / path, found) for slug, (path, found) in series.items()}
        taken = [_put(books[slug], found, reading) for slug, (_, found) in series.items()]
        taken = [
            replace(one, revised=explained(books[one.indicator.slug], one.indicator, own, why))
            for one in taken
        ]
        needed = {one.indicator.slug: one.revised for one in taken}
        tell_unexplained(grid, reading, needed, why)
        if grid.faults:
            raise SheetFaults(grid.faults)
        files = dict(_files(copy, series, books, taken))
        for path, text in files.items():
            (copy / path).write_text(text, "utf-8", newline="")
        try:
            check(copy, today)
        except Faults as problem:
            told = _cells(f"{copy.name}/", grid.name, series, books, reading)
            raise FaultsAfter(_traced(fault, told) for fault in problem.faults) from None
    return Intake(grid.name, own.title, reading.readings, taken, files)


def partnerships_of(root: Path, grid: Grid) -> list[str]:
    """Give the partnerships that know every indicator of a sheet, by its slug or its title."""
    wanted = {entry.text for (row, column), entry in grid.entries.items() if column == 1 < row}
    found = []
    for own in sorted(root.glob(f"*/{DESCRIPTOR}")):
        known: set[str] = set()
        for path in own.parent.glob(f"*/{DESCRIPTOR}"):
            try:
                known |= {path.parent.name, str(object_of(path.read_text("utf-8-sig"))["title"])}
            except (OSError, ValueError, KeyError):
                continue  # the checks tell of it once the partnership is known
        if wanted and wanted <= known and own.parent.name != REFERENCE:
            found.append(own.parent.name)
    return found


def _sound(copy: Path, today: date, check: Check) -> Portal:
    try:
        return check(copy, today)
    except Faults as problem:
        raise FaultsBefore(problem.faults) from None


def _series(grid: Grid, folder: Path, reading: Reading) -> dict[str, tuple[str, Indicator]]:
    """Find the series.csv of each indicator that the sheet has figures for, by its path."""
    found: dict[str, tuple[str, Indicator]] = {}
    refused: set[str] = set()
    for claim in reading.claims:
        slug = claim.indicator.slug
        if slug in found or slug in refused:
            continue
        descriptor = object_of((folder / slug / DESCRIPTOR).read_text("utf-8-sig"))
        paths = {entry["name"]: entry["path"] for entry in descriptor.get("resources", [])}
        if "series" in paths:
            found[slug] = f"{folder.name}/{slug}/{paths['series']}", claim.indicator
            continue
        refused.add(slug)
        grid.fault(
            (claim.row, 1), slug, "an indicator with a series.csv",
            "Add series.csv to its folder, with its header and one row, and take not_available "
            "out of its datapackage.json.",
        )  # fmt: skip
    return found


def _ledger(path: Path, indicator: Indicator) -> Ledger:
    return opened(path.read_text("utf-8-sig"), kind(indicator.kind), indicator.area)


def _put(book: Ledger, indicator: Indicator, reading: Reading) -> Taken:
    """Put an indicator's figures into its series, the earliest first."""
    rows: dict[RowKey, dict[str, Given]] = {}
    for claim in reading.claims:
        if claim.indicator.slug == indicator.slug:
            rows.setdefault(claim.key, {})[claim.name] = claim.given
    changes: list[Change] = []
    for key in sorted(rows, key=lambda key: (key.period.end, -key.period.start)):
        changes += book.put(key, rows[key])
    return Taken(indicator, changes, sum(map(len, rows.values())) - len(changes))


def _files(
    copy: Path,
    series: Mapping[str, tuple[str, Indicator]],
    books: Mapping[str, Ledger],
    taken: Sequence[Taken],
) -> Iterator[tuple[str, str]]:
    """Give the files that change: each series, and its descriptor where it gets a new column."""
    for one in taken:
        slug, row = one.indicator.slug, kind(one.indicator.kind)
        if not one.changes:
            continue
        path = series[slug][0]
        yield path, books[slug].text
        headers = {"series": books[slug].header}
        folder = path.rpartition("/")[0]
        beside = f"{folder}/{DESCRIPTOR}"
        found = object_of((copy / beside).read_text("utf-8-sig"))
        if one.revised:
            old = one.indicator.files.get("revisions.csv", "")
            text = appended(old, one.revised, one.indicator.area)
            yield f"{folder}/{file_of(found, 'revisions')}", text
            headers["revisions"] = next(csv.reader(text.splitlines()))
        changed = [described(beside, found, row, *table) for table in headers.items()]
        if any(changed):
            yield beside, json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _cells(
    above: str,
    sheet: str,
    series: Mapping[str, tuple[str, Indicator]],
    books: Mapping[str, Ledger],
    reading: Reading,
) -> dict[tuple[str, int], str]:
    """Say of each row of a file which cells of the sheet are in it."""
    cells: dict[tuple[str, int], list[str]] = {}
    for claim in reading.claims:
        slug = claim.indicator.slug
        place = above + series[slug][0], books[slug].line(claim.key)
        cells.setdefault(place, []).append(reference(claim.row, claim.column))
    return {
        place: f"It comes from {sheet}, cell{'s' if len(names) > 1 else ''} {', '.join(names)}."
        for place, names in cells.items()
    }


def _traced(fault: Fault, told: Mapping[tuple[str, int], str]) -> Fault:
    """Add to a fault of a row which cells of the sheet it comes from."""
    source = told.get((fault.file, fault.row))
    return replace(fault, remedy=f"{fault.remedy} {source}") if source else fault


def write(root: Path, files: Mapping[str, str]) -> None:
    """Write the files beside those that are there, then swap them in, one after the other."""
    beside = {root / path: (root / path).with_name(f".{Path(path).name}.import") for path in files}
    try:
        for path, text in files.items():
            beside[root / path].write_text(text, "utf-8", newline="")
        for old, new in beside.items():
            new.replace(old)
    finally:
        for new in beside.values():
            new.unlink(missing_ok=True)


# ---------------------------------------------------------------- in words


def told(intake: Intake) -> Iterator[str]:
    """Say what a sheet changes, line by line."""
    if not intake.taken:
        yield f"{intake.sheet} has no figures for {intake.partnership}: nothing changes."
        return
    yield f"{intake.sheet}, into {intake.partnership}"
    yield from intake.readings
    for one in intake.taken:
        yield ""
        yield f"{one.indicator.title} ({one.indicator.slug})"
        yield from (f"  {_change(change)}" for change in one.changes)
        if one.revised:
            rows = _count(len(one.revised), "row")
            yield f"  revisions.csv  {rows}: {one.revised[0].reason}"
        if one.unchanged:
            yield f"  {_count(one.unchanged, 'figure')} as {_are(one.unchanged)}"
    yield ""
    yield _summary(intake)
    if any(change.before.value and change.after.marker == "c" for change in intake.changes):
        yield (
            "A figure that is now [c] stays in the history of this repository. Ask whoever keeps "
            "it to take it out there too."
        )


def _change(change: Change) -> str:
    key = change.key
    about = [change.column, *([key.category] if key.category != ALL else []), key.area]
    where = f"{key.period.label}  {', '.join(word for word in about if word)}"
    if change.fresh:
        return f"{where}  new: {change.after}"
    what = ""
    if change.revised and change.column not in WORDS:
        what = ", revised" if change.after.value else ", withdrawn"
    return f"{where}  {change.before} → {change.after}{what}"


def _summary(intake: Intake) -> str:
    if not intake.changes:
        return "Nothing changes: all of it is there already."
    figures = [change for change in intake.changes if change.column not in WORDS]
    new = sum(1 for change in figures if change.fresh or not change.before.value)
    revised = sum(1 for change in figures if change.revised)
    other = len(intake.changes) - new - revised
    unchanged = sum(one.unchanged for one in intake.taken)
    indicators = sum(1 for one in intake.taken if one.changes)
    parts = [_count(new, "new figure"), f"{revised} revised"]
    parts += [_count(other, "other change")] if other else []
    changing = "1 indicator changes" if indicators == 1 else f"{indicators} indicators change"
    return f"{changing}: {', '.join(parts)}; {unchanged} as {_are(unchanged)}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else noun + 's'}"


def _are(number: int) -> str:
    return "it is" if number == 1 else "they are"


__all__ = ["Claim", "Intake", "Taken", "take", "told", "write"]
