"""The one reader: from the folder of packages to a Portal, or every fault in it at once.

A fault hides no other where that can be helped: what is unsound is left out, and all that can be
checked without it is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from callover.addresses import Move
from callover.data import checks, frozen, make, own, plausible, revisions, rows
from callover.data.commentary import commentary, future
from callover.data.descriptor import DESCRIPTOR, Descriptor, check_schema, load
from callover.data.gate import PLAIN_NAME, Gate
from callover.data.lines import located
from callover.data.make import Draft
from callover.data.shapes import OPTIONAL, OWN, TABLES, Field
from callover.data.shapes import REFERENCE as REFERENCE_TABLES
from callover.data.tables import Row, Table, check, parse, validate
from callover.errors import Fault, Faults, UnknownName, fewer
from callover.frozen import FOLDER, Listed
from callover.kinds import KINDS, kind
from callover.model import Indicator, Partnership, Portal, Reference
from callover.revisions import Revision, Vintage

REFERENCE = "reference"
_COMMENTARY = "commentary"

__all__ = ["REFERENCE", "TABLES", "read"]


@dataclass
class _Package:
    """A partnership being read: its folder, its descriptor (None if unreadable), its indicators.

    `own` has its tables of known shapes by name, `tables` the others, `lists` and `records` what
    its releases have frozen.
    """

    folder: Path
    descriptor: Descriptor | None
    drafts: Sequence[Draft]
    own: Mapping[str, Table]
    tables: Sequence[Table]
    lists: tuple[Listed, ...]
    records: frozen.Records


def read(root: Path, today: date, progress: Callable[[int], None] = lambda count: None) -> Portal:
    """Read every package below `root`; raise Faults with everything that is wrong.

    `today` is the day a live partnership is read on; a demonstration has its own `as_of`.
    `progress` is told how many indicators have been read so far.
    """
    gate = Gate(root)
    folders = _folders(gate, root, MOST_PARTNERSHIPS, "partnerships") if root.is_dir() else []
    partnerships = [folder for folder in folders if folder.name != REFERENCE]
    if not partnerships and not gate.faults:
        gate.faults.append(_no_root(root))
        raise Faults(gate.faults)
    reference, shared = _reference(gate, root / REFERENCE)
    moves = reference.moves if reference else ()
    packages, count = [], 0
    for folder in partnerships:
        packages.append(_package(gate, folder, count, progress, moves))
        count += len(packages[-1].drafts)
    found = [_partnership(gate, package, reference, today) for package in packages]
    made = tuple(partnership for partnership in found if partnership is not None)
    if not gate.faults:  # Frictionless has the last word
        gate.faults += validate([*shared, *_tables(packages)])
    if gate.faults or reference is None:
        raise Faults(fewer(located(root, gate.faults)))
    return Portal(reference, made)


def _tables(packages: Iterable[_Package]) -> Iterator[Table]:
    """Give every table of some partnerships."""
    for package in packages:
        yield from package.own.values()
        yield from package.tables
        for draft in package.drafts:
            yield from draft.tables.values()


#: More folders than these are no portal but an accident.
MOST_PARTNERSHIPS, MOST_INDICATORS = 500, 2_000


def _folders(gate: Gate, parent: Path, most: int, what: str) -> list[Path]:
    """Give the folders in a folder; none, and a fault, if they are more than can be meant."""
    found = list(gate.folders(parent))
    if len(found) <= most:
        return found
    gate.fault(
        parent, 0, "", f"{len(found)} folders", f"at most {most} {what}",
        "Split the data, or move away the folders that are no packages.",
    )  # fmt: skip
    return []


def _no_root(root: Path) -> Fault:
    return Fault(
        root.name, 0, "", "", "a folder with reference/ and at least one partnership",
        "Run `callover new partnership NAME`, or point --data at the right folder.",
    )  # fmt: skip


def _reference(gate: Gate, folder: Path) -> tuple[Reference | None, Sequence[Table]]:
    """Read what all partnerships share, and its tables; None, with faults, if any is wrong."""
    if folder.is_symlink():
        return None, ()  # the gate has told of it
    before = len(gate.faults)
    descriptor = load(gate, folder, "reference")
    tables: dict[str, Table] = {}
    for name, fields in REFERENCE_TABLES.items():
        listed = descriptor is not None and name in dict(descriptor.resources)
        if name in OPTIONAL and not listed and not (folder / f"{name}.csv").exists():
            continue
        table = _table(gate, descriptor, name, folder / f"{name}.csv", fields)
        if table is not None:
            tables[name] = table
    if len(gate.faults) > before:
        return None, ()
    reference = make.reference(gate, tables)
    gate.take(checks.reference(tables, reference))
    return reference, tuple(tables.values())


def _table(
    gate: Gate, descriptor: Descriptor | None, name: str, path: Path, fields: Sequence[Field]
) -> Table | None:
    table = parse(gate, path, fields)
    if table is None:
        return None
    if descriptor is not None:
        check_schema(gate, descriptor, name, table.header)
    faults, worthwhile = check(table)
    gate.faults += faults
    return table if worthwhile else None


def _package(
    gate: Gate,
    folder: Path,
    before: int,
    progress: Callable[[int], None],
    moves: Sequence[Move],
) -> _Package:
    descriptor = load(gate, folder, "partnership")
    own = _own_tables(gate, folder, descriptor) if descriptor is not None else {}
    tables = _other_tables(gate, folder, descriptor) if descriptor is not None else []
    drafts = []
    folders = _folders(gate, folder, MOST_INDICATORS, "indicators")
    children = [child for child in folders if child.name != FOLDER]
    for number, child in enumerate(children, start=1):
        draft = _draft(gate, child)
        if draft is not None:
            drafts.append(draft)
        progress(before + number)
    return _Package(folder, descriptor, drafts, own, tables, *frozen.read(gate, folder, moves))


def _own_tables(gate: Gate, folder: Path, descriptor: Descriptor) -> dict[str, Table]:
    """Read a partnership's own tables of known shapes, and refuse those that it does not list."""
    named = dict(descriptor.resources)
    tables = {}
    for name, shape in OWN.items():
        file = named.get(name, "")
        if PLAIN_NAME.fullmatch(file):
            table = _table(gate, descriptor, name, folder / file, shape.fields)
            if table is not None:
                tables[name] = table
        elif not file and (folder / f"{name}.csv").is_file():
            _forgotten(gate, descriptor.path, name)
    return tables


def _other_tables(gate: Gate, folder: Path, descriptor: Descriptor) -> list[Table]:
    """Read a partnership's other tables by the schema that its descriptor writes out for each."""
    tables = []
    listed = [entry for entry in descriptor.resources if PLAIN_NAME.fullmatch(entry[1])]
    for name, path in (entry for entry in listed if entry[0] not in OWN):
        fields = [Field(column, type_) for column, type_ in descriptor.columns(name)]
        if fields and descriptor.sound:
            table = _table(gate, descriptor, name, folder / path, fields)
            tables += [table] if table is not None else []
        elif descriptor.sound:
            gate.text(folder / path)
    known = {path for _, path in listed} | {f"{name}.csv" for name in OWN}
    gate.strays(folder, known | {child.name for child in folder.iterdir() if child.is_dir()})
    return tables


def _forgotten(gate: Gate, path: Path, name: str) -> None:
    """Tell of a table that is in the folder and not in the list."""
    gate.fault(
        path, 0, "resources", "", f"{name}.csv in the list, as it is in the folder",
        f'Add {{"name": "{name}", "path": "{name}.csv"}}; `callover tidy` does this.',
    )  # fmt: skip


def _draft(gate: Gate, folder: Path) -> Draft | None:
    descriptor = load(gate, folder, "indicator")
    if descriptor is None:
        return None
    name = descriptor.own.get("kind")
    try:
        row = kind(name) if isinstance(name, str) else None
    except UnknownName as problem:
        gate.fault(
            descriptor.path, 0, "callover.kind", problem.name, f"one of {', '.join(KINDS)}",
            "Choose the kind that fits; the README says what each is for.",
        )  # fmt: skip
        return None
    if row is None:
        return None  # the profile has told of it
    draft = Draft(folder, descriptor, row)
    _draft_tables(gate, draft)
    draft.commentary = commentary(gate, folder / _COMMENTARY)
    return draft


def _draft_tables(gate: Gate, draft: Draft) -> None:
    """Read the tables that a descriptor lists, and refuse those that it forgets."""
    folder, path = draft.folder, draft.descriptor.path
    listed = {name: file for name, file in draft.descriptor.resources if PLAIN_NAME.fullmatch(file)}
    for name, file in listed.items():
        if name not in TABLES:
            gate.fault(
                path, 0, "resources", name, f"one of {', '.join(TABLES)}",
                "Name the resource after what it holds, or take it out.",
            )  # fmt: skip
        else:
            table = _table(gate, draft.descriptor, name, folder / file, TABLES[name](draft.kind))
            if table is not None and (name != "series" or rows.bounded(gate, table)):
                draft.tables[name] = table
    named = dict(draft.descriptor.resources)
    for name in TABLES:
        if name not in named and (folder / f"{name}.csv").is_file():
            _forgotten(gate, path, name)
    known = {DESCRIPTOR, _COMMENTARY, FOLDER, *listed.values(), *(f"{n}.csv" for n in TABLES)}
    gate.strays(folder, known)


def _partnership(
    gate: Gate, package: _Package, reference: Reference | None, today: date
) -> Partnership | None:
    descriptor, partnership = package.descriptor, None
    if descriptor is not None:
        today = make.day_of(gate, descriptor, today)
        file = gate.name(descriptor.path)
        gate.faults += checks.slug(file, package.folder.name)
        if descriptor.sound:
            partnership = make.partnership(gate, package.folder, descriptor, today)
            partnership = replace(partnership, frozen=package.lists)
            gate.faults += checks.partnership(file, partnership, reference)
            gate.faults += frozen.released(file, partnership)
            outcomes = [outcome.id for outcome in partnership.outcomes]
            slugs = [draft.folder.name for draft in package.drafts]
            gate.take(own.check(package.own, outcomes, slugs))
            gate.faults += checks.dashboard(file, partnership, slugs)
    found = [
        _indicator(gate, draft, partnership, reference, today, _released(package, draft))
        for draft in package.drafts
    ]
    gate.faults += _links(gate, package, found)
    if partnership is None:
        return None
    place = {outcome.id: n for n, outcome in enumerate(partnership.outcomes)}
    indicators = sorted(
        (
            replace(one, frozen=package.records[one.slug]) if one.slug in package.records else one
            for one in found
            if one is not None
        ),
        key=lambda i: (place.get(i.outcome, len(place)), i.order, i.title),
    )
    return replace(
        partnership,
        indicators=tuple(indicators),
        omissions=tuple(_omissions(package.tables)),
        records=own.records(package.own),
        files={f"{name}.csv": table.text for name, table in package.own.items()},
    )


def _links(gate: Gate, package: _Package, found: Sequence[Indicator | None]) -> Iterator[Fault]:
    """Check what indicators name of each other, once all of them are read."""
    slugs = {child.name for child in package.folder.iterdir() if child.is_dir()}
    made = {indicator.slug: indicator for indicator in found if indicator is not None}
    for draft in package.drafts:
        if draft.folder.name in made:
            file = gate.name(draft.descriptor.path)
            yield from checks.links(file, made[draft.folder.name], slugs, made)


def _omissions(tables: Iterable[Table]) -> Iterator[Row]:
    """Give the figures that a partnership left out, from its table omissions.csv if it has one."""
    for table in tables:
        if table.path.name == "omissions.csv" and {"file", "line", "reason"} <= set(table.header):
            yield from table.rows


def _released(package: _Package, draft: Draft) -> Sequence[Vintage] | None:
    """Give what releases published of a series; None where a record of it cannot be read."""
    slug = draft.folder.name
    lists = [one for one in package.lists if slug in one.indicators]
    found = package.records.get(slug, ())
    return revisions.vintages(found, lists) if len(found) == len(lists) else None


def _indicator(
    gate: Gate,
    draft: Draft,
    partnership: Partnership | None,
    reference: Reference | None,
    today: date,
    released: Sequence[Vintage] | None,
) -> Indicator | None:
    """Check an indicator as far as it can be checked; None where its descriptor is unsound."""
    file, tables = gate.name(draft.descriptor.path), draft.tables
    gate.faults += checks.slug(file, draft.folder.name)
    home = draft.setting("area", partnership.home_area if partnership else "")
    by_line = make.series_periods(gate, draft)
    revised: tuple[Revision, ...] = ()
    if released is not None and partnership is not None:
        revised = revisions.apply(gate, draft, by_line, home, released, today)
    series = make.series(draft, by_line, home)
    if "series" in tables:
        words = {name: draft.setting(name, default) for name, default in _DEFAULTS.items()}
        sheet = rows.Sheet(
            tables["series"], draft.kind, home, **words, periods=by_line, series=series
        )
        gate.take(rows.check(sheet, today))
    targets = list(make.targets(gate, draft))
    if "targets" in tables:
        unit = draft.setting("unit", "")
        gate.take(checks.targets(tables["targets"], targets, draft.kind, unit))
    if partnership is None or not draft.descriptor.sound:
        return None
    outcome = partnership.outcomes[0].id
    made = make.indicator(gate, draft, home, outcome, series, [row for _, row in targets])
    gate.faults += checks.settings(file, draft.kind, made, partnership, reference)
    gate.take(checks.tables(made, draft.kind, tables, partnership, reference))
    gate.take(checks.future(tables, today))
    future(gate, draft.folder / _COMMENTARY, draft.commentary, today)
    if "series" in tables:
        confirmed = list(make.confirmed(gate, draft, home))
        gate.take(plausible.check(sheet, [b.period for b in made.breaks], confirmed, file))
    if "series" in tables and reference is not None:
        gate.take(checks.denominators(tables["series"].file, made, reference))
    if "series" not in dict(draft.descriptor.resources) and not made.not_available:
        gate.fault(
            draft.descriptor.path, 0, "resources", "",
            "a series.csv, or the reason why there are no figures",
            "Add series.csv, or say why in callover.not_available.",
        )  # fmt: skip
    return replace(made, revisions=revised) if revised else made


#: Settings that the checks of series.csv need, as they are where a descriptor leaves them out.
_DEFAULTS: Mapping[str, str] = {"frequency": "monthly", "unit": ""}
