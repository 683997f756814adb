"""From parsed packages to the values of `callover.model`. What cannot be read becomes a fault."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from callover import breaks as recording
from callover import ratings
from callover.data import addresses, published
from callover.data.cells import Cells, number
from callover.data.descriptor import Descriptor
from callover.data.gate import Gate
from callover.data.plausible import Confirmed
from callover.data.published import written
from callover.data.tables import Row, Table
from callover.everyday import Everyday, parted
from callover.helplines import Helpline
from callover.kinds import Column, Kind
from callover.london import NoMoment, moment
from callover.model import (
    ALL,
    IN_PLACE_OF_VALUE,
    Also,
    Break,
    Cell,
    Commentary,
    Comparator,
    Contact,
    DashboardSection,
    Denominator,
    Group,
    Indicator,
    Key,
    League,
    Naming,
    Number,
    Outcome,
    Partnership,
    Published,
    Rate,
    Reference,
    Release,
    Scheme,
    Survey,
    TargetRow,
    Tile,
)
from callover.periods import Period
from callover.words import singular

_NO_END = date(9000, 1, 1).toordinal()


@dataclass
class Draft:
    """An indicator being read: its folder, its descriptor, its kind and its parsed tables."""

    folder: Path
    descriptor: Descriptor
    kind: Kind
    tables: dict[str, Table] = field(default_factory=dict)
    commentary: tuple[Commentary, ...] = ()

    @property
    def own(self) -> Mapping[str, Any]:
        """The descriptor's own settings."""
        return self.descriptor.own

    def setting(self, name: str, default: str) -> str:
        """Give a setting in words, the default where it is missing or no text."""
        found = self.own.get(name)
        return found if isinstance(found, str) else default


def reference(gate: Gate, tables: Mapping[str, Table]) -> Reference:
    """Make the areas, groups and denominators."""
    cells, dated = Cells(gate), tables["denominators"]
    return Reference(
        {row["area_code"]: row["name"] for row in tables["areas"].rows},
        {
            row["group"]: _group(cells, tables["groups"], line, row)
            for line, row in tables["groups"].numbered
        },
        tuple(
            Denominator(
                row["denominator"],
                row["area_code"],
                cells.day(dated, line, "valid_from", row, 1),
                cells.day(dated, line, "valid_to", row, _NO_END),
                int(row["value"]),
                row["unit"],
                row["source"],
                row.get("inferred") == "true",
            )
            for line, row in dated.numbered
        ),
        {
            row["area_code"]: Tile(int(row["tile_column"]), int(row["tile_row"]), _short(row))
            for row in tables["areas"].rows
            if row.get("tile_column") and row.get("tile_row")
        },
        {row["area_code"]: row.get("area_type", "") for row in tables["areas"].rows},
        tuple(_helpline(row) for row in _rows(tables, "helplines")),
        everyday=tuple(
            Everyday(parted(row["words"]), parted(row["terms"]))
            for row in (tables["everyday"].rows if "everyday" in tables else ())
        ),
        addresses=tuple(addresses.ever(tables)),
        moves=tuple(addresses.moves(tables)),
    )


def _rows(tables: Mapping[str, Table], name: str) -> Sequence[Row]:
    return tables[name].rows if name in tables else ()


def _helpline(row: Row) -> Helpline:
    found: dict[str, Any] = {name: text for name, text in row.items() if written(text)}
    return Helpline(**{**found, "topics": tuple(row["topics"].split())})


def _short(row: Row) -> str:
    return row.get("short_name") or row["name"][:3].upper()


def _group(cells: Cells, table: Table, line: int, row: Row) -> Group:
    members = () if row["members"] == "not published" else tuple(row["members"].split())
    size = int(row.get("size") or 0)
    note, mean = (written(row.get(name, "")) for name in ("note", "mean"))
    told = row["group"], row["title"], size, members, note, mean
    return Group(
        *told,
        cells.day(table, line, "valid_from", row, Group.START),
        cells.day(table, line, "valid_to", row, Group.END),
    )


def partnership(gate: Gate, folder: Path, descriptor: Descriptor, day: date) -> Partnership:
    """Make a partnership that has no indicators yet, as its pages speak on a day."""
    found, own = descriptor.found, descriptor.own
    licence = _licence(found)
    return Partnership(
        folder.name,
        found["title"],
        own.get("short_title", found["title"]),
        written(own.get("about", "")),
        own["home_area"],
        day.isoformat(),
        written(own.get("contact_role", "")),
        tuple(_outcome(found) for found in own["outcomes"]),
        {name: _scheme(name, scheme) for name, scheme in own.get("schemes", {}).items()},
        tuple(_releases(gate, descriptor)),
        (),
        _sources(found),
        bool(own.get("as_of")),
        dashboard=tuple(
            DashboardSection(section["title"], tuple(section["indicators"]))
            for section in own.get("dashboard", ())
        ),
        contact=contact(own),
        licence=licence.get("title", ""),
        licence_address=licence.get("path", ""),
    )


def contact(own: Mapping[str, Any]) -> Contact:
    """Make who answers; `contact_role` names the role where the block does not."""
    found = {name: written(text) for name, text in own.get("contact", {}).items()}
    return Contact(**{"role": written(own.get("contact_role", "")), **found})


def _outcome(found: Mapping[str, str]) -> Outcome:
    said = {name: written(found.get(name, "")) for name in ("lead", "portfolio")}
    title = written(found["title"]) or found["id"].replace("-", " ").capitalize()
    text = written(found.get("text", ""))
    return Outcome(found["id"], title, text, found.get("kind", ""), **said)


def day_of(gate: Gate, descriptor: Descriptor, today: date) -> date:
    """Give the day a partnership's pages speak from: its own as_of, or today if it is live."""
    return _day(gate, descriptor.path, "as_of", descriptor.own.get("as_of")) or today


def _day(gate: Gate, path: Path, place: str, text: object) -> date | None:
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.A):
        return None  # the profile has told of it
    try:
        return date.fromisoformat(text)
    except ValueError:
        gate.fault(
            path, 0, f"callover.{place}", text, "a day such as 2017-01-31",
            "Correct it: there is no such day.",
        )  # fmt: skip
        return None


def _scheme(name: str, found: Mapping[str, Any]) -> Scheme:
    return Scheme(
        name,
        found["rule"],
        found.get("title", name),
        number(str(found["tolerance"])) or 0 if "tolerance" in found else _tolerance(found),
        found.get("basis", ""),
        found.get("legend", ""),
        found.get("source", ""),
        bool(found.get("inferred", False)),
        tuple(found.get("bases", ())),
    )


def _tolerance(found: Mapping[str, Any]) -> Number:
    """Give the tolerance of a scheme's rule, for a scheme that leaves it out."""
    rule = ratings.SCHEMES.get(found["rule"])
    return rule.tolerance if rule else 10


def _releases(gate: Gate, descriptor: Descriptor) -> Iterator[Release]:
    for position, found in enumerate(descriptor.own.get("releases", [])):
        place = f"releases.{position}"
        for key in ("published", "next"):
            _day(gate, descriptor.path, f"{place}.{key}", found.get(key))
        data_to = Cells(gate).setting(
            descriptor.path, f"callover.{place}.data_to", found["data_to"]
        )
        until = _embargo(gate, descriptor.path, place, found)
        if data_to is not None:
            published, following = found.get("published") or "", found.get("next") or ""
            yield Release(found["id"], found["title"], data_to, published, following, until)


def _embargo(gate: Gate, path: Path, place: str, found: Mapping[str, Any]) -> datetime | None:
    """Read until when a release is not public; None, and a fault, where that is no such moment."""
    text, published = found.get("embargo"), found.get("published")
    if text is None:
        return None
    try:
        until = moment(text)
    except NoMoment as wrong:
        gate.fault(path, 0, f"callover.{place}.embargo", text, wrong.expected, wrong.remedy)
        return None
    day = until.date().isoformat()
    if published and published < day:
        gate.fault(
            path, 0, f"callover.{place}.published", published,
            f"the day of the embargo, {day}, or a later one", "Correct one of the two.",
        )  # fmt: skip
    return until


def indicator(
    gate: Gate,
    draft: Draft,
    home: str,
    outcome: str,
    series: Mapping[Key, Mapping[Period, Cell]],
    targets: Sequence[TargetRow],
) -> Indicator:
    """Make an indicator; `outcome` is where it stands if it names none."""
    found, own, cells = draft.descriptor.found, draft.own, Cells(gate)
    rate, rating = own.get("denominator"), own.get("rating", {})
    licence = _licence(found)
    return Indicator(
        slug=draft.folder.name,
        title=found["title"],
        description=written(found.get("description", "")),
        kind=draft.kind.name,
        polarity=own["polarity"],
        unit=own["unit"],
        unit_one=own.get("unit_one", "") or singular(own["unit"]),
        outcome=own.get("outcome", outcome),
        order=own.get("order", 1000),
        source=_sources(found),
        owner=written(own.get("owner", "")),
        frequency=own.get("frequency", "monthly"),
        due_within_days=own.get("due_within_days"),
        licence=licence.get("title", ""),
        area=home,
        series=series,
        rate=_rate(rate) if rate else None,
        survey=_survey(own["survey"]) if "survey" in own else None,
        league=League(**own["league"]) if "league" in own else None,
        rating_also=tuple(Also(**found) for found in rating.get("also", ())),
        lead=written(own.get("lead", "")),
        portfolio=written(own.get("portfolio", "")),
        undated=own.get("undated", ""),
        related=tuple(own.get("related", ())),
        parts=tuple(own.get("parts", ())),
        within=tuple(own.get("within", ())),
        quantities={name: Naming(**found) for name, found in own.get("quantities", {}).items()},
        groups=tuple(own.get("groups", ())),
        scheme=rating.get("scheme", "none"),
        rating_measure=rating.get("measure", ""),
        rating_category=rating.get("category", ALL),
        rating_basis=rating.get("basis", ""),
        categories=own.get("categories", {}),
        aliases=tuple(own.get("also_known_as", ())),
        panels={name: text for name, text in own.get("panels", {}).items() if written(text)},
        breaks=recording.known(breaks(gate, draft), series, home),
        seasonal=own.get("seasonal"),
        notes=tuple(own.get("notes", ())),
        rests_on=frozenset(own.get("rests_on", ())),
        not_available=own.get("not_available", ""),
        caution=own.get("caution", ""),
        help_lines=tuple(filter(written, own.get("help_lines", ()))),
        targets=tuple(targets),
        comparators=tuple(_comparators(draft, cells)),
        published=tuple(_published(draft, cells, home)),
        commentary=draft.commentary,
        files={f"{name}.csv": table.text for name, table in draft.tables.items()},
        descriptor=published.descriptor(found, draft.tables),
        licence_address=licence.get("path", ""),
    )


def _rate(found: Mapping[str, Any]) -> Rate:
    return Rate(found["id"], found["per"], found["label"], found.get("decimals", 2))


def _survey(found: Mapping[str, str]) -> Survey:
    return Survey(**{name: written(text) for name, text in found.items()})


def confirmed(gate: Gate, draft: Draft, home: str) -> Iterator[Confirmed]:
    """Give the unlikely figures that somebody has looked up."""
    for position, one in enumerate(draft.own.get("confirmed", ())):
        place = f"callover.confirmed.{position}.period"
        period = Cells(gate).setting(draft.descriptor.path, place, one["period"])
        if period is not None:
            category, area = one.get("category", ALL), one.get("area_code", home)
            yield Confirmed(period, one["column"], category, area, one["value"])


def breaks(gate: Gate, draft: Draft) -> Iterator[Break]:
    """Give the declared changes in recording."""
    cells = Cells(gate)
    for position, found in enumerate(draft.own.get("breaks", [])):
        place = f"callover.breaks.{position}.period"
        period = cells.setting(draft.descriptor.path, place, found["period"])
        if period is not None:
            yield Break(period, found["text"], position)


def series_periods(gate: Gate, draft: Draft) -> Mapping[int, Period]:
    """Give the period of each row of series.csv that has one, by its row number."""
    table = draft.tables.get("series")
    if table is None:
        return {}
    cells = Cells(gate, "day" in draft.kind.series_periods)
    found = ((line, cells.period(table, line, "period", row)) for line, row in table.numbered)
    return {line: period for line, period in found if period is not None}


def series(
    draft: Draft, by_line: Mapping[int, Period], home: str
) -> Mapping[Key, Mapping[Period, Cell]]:
    """Make the lines of figures, by area, category and column."""
    table = draft.tables.get("series")
    made: dict[Key, dict[Period, Cell]] = {}
    if table is None:
        return made
    columns = [c for c in draft.kind.columns if c.name in table.header]
    for line, row in table.numbered:
        if line not in by_line:
            continue
        area, category = row.get("area_code") or home, row.get("category") or ALL
        for column in columns:
            cell = _cell(table, line, row, column)
            if cell is not None:
                made.setdefault(Key(area, category, column.name), {})[by_line[line]] = cell
    return made


def _cell(table: Table, line: int, row: Row, column: Column) -> Cell | None:
    """Make one cell; an empty optional column of a row that has other figures is no cell."""
    in_words = column.type == "text"
    value = None if in_words or (line, column.name) in table.bad else number(row[column.name])
    marker = row.get(f"{column.name}_marker") or row.get("marker", "")
    if value is None and marker not in IN_PLACE_OF_VALUE and not (in_words and row[column.name]):
        return None
    decimals = 0 if in_words else len(row[column.name].partition(".")[2])
    return Cell(value, marker, row.get("note", ""), row.get("text", ""), line, decimals)


def targets(gate: Gate, draft: Draft) -> Iterator[tuple[int, TargetRow]]:
    """Make the rows of targets.csv, each with its row number."""
    table, cells = draft.tables.get("targets"), Cells(gate)
    if table is None:
        return
    for line, row in table.numbered:
        yield (
            line,
            TargetRow(
                row["measure"],
                row.get("category") or ALL,
                cells.period(table, line, "period", row),
                row["type"],
                cells.number(table, line, "lower", row),
                cells.number(table, line, "upper", row),
                cells.number(table, line, "change_percent", row),
                cells.number(table, line, "baseline", row),
                cells.period(table, line, "baseline_period", row),
                row.get("status", ""),
                row.get("as_published", ""),
            ),
        )


def _comparators(draft: Draft, cells: Cells) -> Iterator[Comparator]:
    table = draft.tables.get("comparators")
    if table is None:
        return
    for line, row in table.numbered:
        yield Comparator(
            cells.period(table, line, "period", row),
            row.get("area_code", ""),
            row.get("group", ""),
            row["measure"],
            cells.number(table, line, "value", row) or 0,
            row["value"],
            row.get("unit", ""),
            row.get("basis", ""),
        )


def _published(draft: Draft, cells: Cells, home: str) -> Iterator[Published]:
    table = draft.tables.get("published")
    if table is None:
        return
    for line, row in table.numbered:
        yield Published(
            row["release"],
            row["measure"],
            cells.period(table, line, "period", row),
            row.get("area_code") or home,
            row.get("category") or ALL,
            row["as_printed"],
            row.get("where", ""),
        )


def _licence(found: Mapping[str, Any]) -> Mapping[str, str]:
    """Give the first licence that a package names, completed; nothing where it names none."""
    return next((published.licence(entry) for entry in found.get("licenses", ())), {})


def _sources(found: Mapping[str, Any]) -> str:
    titles = (written(source["title"]) for source in found.get("sources", []))
    return "; ".join(title for title in titles if title)
