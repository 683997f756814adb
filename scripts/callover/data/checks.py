"""Checks that names exist and settings agree: areas, groups, schemes, measures, targets."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date

from callover import ratings
from callover.across import ACROSS
from callover.data import addresses
from callover.data.descriptor import DESCRIPTOR
from callover.data.tables import Row, Table
from callover.errors import Fault
from callover.everyday import folded, parted
from callover.helplines import TOPICS
from callover.kinds import Kind, Quantity, metric_name
from callover.kinds import kind as kind_named
from callover.measures import MEASURES, denominator_at, ranks_of
from callover.model import (
    ALL,
    Also,
    Denominator,
    Indicator,
    Key,
    Number,
    Partnership,
    Reference,
    Scheme,
    TargetRow,
)
from callover.periods import parse
from callover.targets import TARGETS

#: Addresses that report pages and the theme use, so no package may take them.
RESERVED = frozenset(
    (
        *("scorecard", "exceptions", "dashboard", "year", "league", "surveys", "plan", "actions"),
        *("governance", "communications", "meetings", "pack", "feed", "data", "methods"),
        *("glossary", "data-quality", "revisions", "accessibility", "about", "assets", "search"),
        *("walkthrough", "a-to-z", "help", "releases", "chance"),
    )
)
#: What published.csv may hold beside the measures of the kind's own quantities.
_ALSO_PRINTED = (
    "rating_published",
    "direction_published",
    "year_change",
    "year_change_count",
    "mentioned",
    "denominator",
    "rate_unit",
)
#: Between a measure and whom a document sets it against: rate_against_met.
_AGAINST = "_against_"


def reference(tables: Mapping[str, Table], found: Reference) -> Iterator[Fault]:
    """Check that codes exist once and that dated denominators do not overlap."""
    yield from _once(tables["areas"], "area_code")
    yield from _once(tables["groups"], "group")
    yield from _tiles(tables["areas"])
    for line, row in tables["groups"].numbered:
        group = found.groups[row["group"]]
        for code in group.members:
            if code not in found.areas:
                yield Fault(
                    tables["groups"].file, line, "members", code, "an area code of areas.csv",
                    "Correct the code, or add the area to areas.csv.",
                )  # fmt: skip
        if group.members and len(group.members) != group.size:
            yield Fault(
                tables["groups"].file, line, "size", row.get("size", ""),
                f"{len(group.members)}, as members has",
                "Correct the size, or the list of members.",
            )  # fmt: skip
        if group.end < group.start:
            yield Fault(
                tables["groups"].file, line, "valid_to", row["valid_to"],
                f"a day from {row['valid_from']} on, which is valid_from",
                "Correct one of the two days.",
            )  # fmt: skip
    yield from _dated(tables["denominators"], found)
    if "everyday" in tables:
        yield from _everyday(tables["everyday"])
    if "helplines" in tables:
        yield from _helplines(tables["helplines"])
    yield from addresses.check(tables)


def _helplines(table: Table) -> Iterator[Fault]:
    """Check that a help line can be reached, and that its id is no topic's."""
    yield from _once(table, "id")
    for line, row in table.numbered:
        if not row.get("phone") and not row.get("web"):
            yield Fault(
                table.file, line, "phone", "", "a phone number or a web address",
                "Fill phone or web: a reader must be able to reach the service.",
            )  # fmt: skip
        if row["id"] in TOPICS:
            yield Fault(
                table.file, line, "id", row["id"], "an id that is not a topic",
                "Name the row after the service; `help_lines` may name topics as well as ids.",
            )  # fmt: skip


def _everyday(table: Table) -> Iterator[Fault]:
    """Check that each cell is a list of words, and that a word is in one row only."""
    seen: dict[str, int] = {}
    for line, row in table.numbered:
        for column in ("words", "terms"):
            if row[column] and not all(parted(row[column])):
                yield Fault(
                    table.file, line, column, row[column], "words, with one semicolon between two",
                    "Delete the semicolon that has no word beside it.",
                )  # fmt: skip
        for word in dict.fromkeys(map(folded, parted(row["words"]))):
            if word.strip() and word in seen:
                yield Fault(
                    table.file, line, "words", word.strip(), "each word in one row",
                    f"Row {seen[word]} has it too. Add the terms there, and delete it here.",
                )  # fmt: skip
            seen.setdefault(word, line)


def _once(table: Table, column: str) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for line, row in table.numbered:
        if row[column] in seen:
            yield Fault(
                table.file, line, column, row[column], f"each {column} once",
                f"Row {seen[row[column]]} has it too. Delete or correct one of the two.",
            )  # fmt: skip
        seen.setdefault(row[column], line)


def _tiles(table: Table) -> Iterator[Fault]:
    """A tile has a column and a row, and no other area lies on it."""
    seen: dict[tuple[str, str], int] = {}
    for line, row in table.numbered:
        place = row.get("tile_column", ""), row.get("tile_row", "")
        if not any(place):
            continue
        if not all(place) or "0" in place:
            at = 1 if place[0] not in ("", "0") else 0
            yield Fault(
                table.file, line, ("tile_column", "tile_row")[at], place[at],
                "a number from 1", "Give the tile both a column and a row, or neither.",
            )  # fmt: skip
        elif place in seen:
            yield Fault(
                table.file, line, "tile_column", place[0],
                f"a place that no other area has; row {seen[place]} has this one",
                "Move one of the two areas to a free place.",
            )  # fmt: skip
        seen.setdefault(place, line)


def _dated(table: Table, found: Reference) -> Iterator[Fault]:
    rows = zip(found.denominators, table.numbers, strict=True)
    ordered = sorted(rows, key=lambda pair: (pair[0].name, pair[0].area, pair[0].start, pair[1]))
    before: tuple[Denominator, int] | None = None
    for one, line in ordered:
        if one.area not in found.areas:
            yield _unknown_area(table.file, line, one.area)
        if one.value == 0:
            yield Fault(
                table.file, line, "value", "0", "a number above 0",
                "Correct it: nothing can be divided by 0.",
            )  # fmt: skip
        if one.end < one.start:
            yield Fault(
                table.file, line, "valid_to", date.fromordinal(one.end).isoformat(),
                f"a day after {date.fromordinal(one.start)}", "Correct one of the two days.",
            )  # fmt: skip
        if before and (before[0].name, before[0].area) == (one.name, one.area):
            if one.start <= before[0].end:
                late = max(line, before[1])
                first = min(line, before[1])
                yield Fault(
                    table.file, late, "valid_from", one.name, "dates that no other row covers",
                    f"Row {first} covers some of them too. End one row before the other begins.",
                )  # fmt: skip
            if one.end < before[0].end:
                continue
        before = one, line


def _unknown_area(file: str, line: int, code: str, column: str = "area_code") -> Fault:
    return Fault(
        file, line, column, code, "an area code of reference/areas.csv",
        "Correct the code, or add the area to reference/areas.csv.",
    )  # fmt: skip


def slug(file: str, name: str) -> Iterator[Fault]:
    """Check that a package takes no address of ours."""
    if name in RESERVED:
        yield Fault(
            file, 0, "name", name, "a name that no report page has",
            "Give the folder and the package another name.",
        )  # fmt: skip


def partnership(file: str, found: Partnership, reference: Reference | None) -> Iterator[Fault]:
    """Check the names a partnership uses: its area, its ids and the rules of its schemes."""
    if reference is not None and found.home_area not in reference.areas:
        yield _unknown_area(file, 0, found.home_area, "callover.home_area")
    for scheme in found.schemes.values():
        if scheme.rule not in ratings.SCHEMES:
            yield Fault(
                file, 0, f"callover.schemes.{scheme.name}.rule", scheme.rule,
                f"one of {', '.join(ratings.SCHEMES)}", "Choose a rule; /methods/ explains each.",
            )  # fmt: skip
        elif scheme.bases and ratings.rule_of(scheme.rule).basis not in ratings.BASES:
            yield Fault(
                file, 0, f"callover.schemes.{scheme.name}.bases", ", ".join(scheme.bases),
                f"no bases, as the rule {scheme.rule} has none",
                "Remove bases, or choose a rule that looks at a target.",
            )  # fmt: skip
    for place, ids in (
        ("outcomes", [outcome.id for outcome in found.outcomes]),
        ("releases", [release.id for release in found.releases]),
    ):
        for twice in sorted({name for name in ids if ids.count(name) > 1}):
            yield Fault(
                file, 0, f"callover.{place}", twice, "each id once", "Rename one of the two."
            )


def dashboard(file: str, found: Partnership, slugs: Sequence[str]) -> Iterator[Fault]:
    """Check that the dashboard shows measures that there are, each once."""
    chosen: list[str] = []
    for position, section in enumerate(found.dashboard):
        place = f"callover.dashboard.{position}.indicators"
        for slug in section.indicators:
            yield from _known(
                file, place, slug, slugs, "Write the name of an indicator's folder, or take it out."
            )
            if slug in chosen:
                yield Fault(
                    file, 0, place, slug, "each measure once on the dashboard",
                    "Take it out of one of the two places.",
                )  # fmt: skip
            chosen.append(slug)


def links(
    file: str, found: Indicator, slugs: Container[str], made: Mapping[str, Indicator]
) -> Iterator[Fault]:
    """Check the indicators that one names: they are there, another, named once, and can add up."""
    listed = {"related": found.related, "parts": found.parts, "within": found.within}
    for name, others in listed.items():
        for position, slug in enumerate(others):
            where = f"callover.{name}.{position}"
            if slug == found.slug or slug in others[:position]:
                yield Fault(
                    file, 0, where, slug, "another indicator, each once", "Remove it from the list."
                )
            elif slug not in slugs:
                yield Fault(
                    file, 0, where, slug, "the folder of an indicator of this partnership",
                    "Correct its spelling, or add the indicator.",
                )  # fmt: skip
            elif name == "within" and slug in found.parts:
                yield Fault(
                    file, 0, where, slug, "an indicator that is not among the parts",
                    "Name it in parts if it adds up with the others, else in within.",
                )  # fmt: skip
    named = (*found.parts, *found.within)
    if found.slug not in named and _contains(found.slug, found, made, set()):
        yield Fault(
            file, 0, "callover.parts" if found.parts else "callover.within", found.slug,
            "a whole that is not part of its own parts",
            "Take it out of the parts or within of the measures below it.",
        )  # fmt: skip
    for name in (found.slug, *found.parts) if found.parts else ():
        if name in made and not _adds_up(made[name]):
            yield Fault(
                file, 0, "callover.parts", name, "indicators whose figures add up",
                "Percentages, rates and words have no sum. Name them in related.",
            )  # fmt: skip


def _contains(slug: str, found: Indicator, made: Mapping[str, Indicator], seen: set[str]) -> bool:
    """Say whether a measure is somewhere among the parts of one, however deep."""
    below = [name for name in (*found.parts, *found.within) if name not in seen and name in made]
    seen.update(below)
    return any(name == slug or _contains(slug, made[name], made, seen) for name in below)


def _adds_up(found: Indicator) -> bool:
    first = kind_named(found.kind).quantities[0]
    unit = first.unit or found.unit
    return not first.is_share and first.form in ("count", "level") and unit != "percent"


def settings(
    file: str, kind: Kind, found: Indicator, partnership: Partnership, reference: Reference | None
) -> Iterator[Fault]:
    """Check an indicator's settings against its partnership and what all share."""
    outcomes = [outcome.id for outcome in partnership.outcomes]
    yield from _known(
        file, "callover.outcome", found.outcome, outcomes,
        "Choose one of the partnership's outcomes, or add it there.",
    )  # fmt: skip
    yield from _rating(file, kind, found, partnership)
    yield from _blocks(file, kind, found, reference)
    names = printed_names(kind)
    for measure in sorted(found.rests_on):
        yield from _measure(file, 0, "callover.rests_on", measure, names)
    if reference is not None:
        for group in found.groups:
            yield from _group(file, 0, group, reference)
        yield from _denominator(file, kind, found, reference)
        yield from _help_lines(file, found, reference)


def _help_lines(file: str, found: Indicator, reference: Reference) -> Iterator[Fault]:
    """Check that each topic or id that an indicator names has a help line."""
    lines = reference.helplines
    known = [
        *(topic for topic in TOPICS if any(topic in line.topics for line in lines)),
        *(line.id for line in lines),
    ]
    for position, name in enumerate(found.help_lines):
        place = f"callover.help_lines.{position}"
        if name in TOPICS and name not in known:
            yield Fault(
                file, 0, place, name, "a topic that a row of reference/helplines.csv has",
                "Add a help line about it to reference/helplines.csv, or remove the topic.",
            )  # fmt: skip
        elif name not in known:
            yield Fault(
                file, 0, place, name, f"one of {', '.join(known or TOPICS)}",
                "Correct its spelling, or add the help line to reference/helplines.csv.",
            )  # fmt: skip


def _known(file: str, place: str, name: str, known: Iterable[str], remedy: str) -> Iterator[Fault]:
    names = list(known)
    if name not in names:
        yield Fault(file, 0, place, name, _one_of(names), remedy)


def _one_of(names: Sequence[str]) -> str:
    """List what there is; of a single name, say that there is no other."""
    return f"one of {', '.join(names)}" if len(names) != 1 else f"{names[0]}, the only one here"


def _rating(file: str, kind: Kind, found: Indicator, partnership: Partnership) -> Iterator[Fault]:
    leading = Also(found.rating_measure, found.rating_category, found.rating_basis, found.scheme)
    yield from _verdict(file, "callover.rating", leading, kind, found, partnership)
    seen = {_verdict_key(leading, leading, kind, partnership)}
    for position, also in enumerate(found.rating_also):
        place = f"callover.rating.also.{position}"
        faults = list(_verdict(file, place, also, kind, found, partnership))
        yield from faults
        key = _verdict_key(also, leading, kind, partnership)
        if key in seen and not faults:
            yield Fault(
                file, 0, place, " ".join(part for part in key if part), "each verdict once",
                "Give it another measure, category or basis, or remove it.",
            )  # fmt: skip
        seen.add(key)


def _verdict(
    file: str, place: str, asked: Also, kind: Kind, found: Indicator, partnership: Partnership
) -> Iterator[Fault]:
    """Check what one verdict names: its scheme, whose rule must suit the kind, its quantity."""
    known = [*partnership.schemes, *(n for n in ratings.SCHEMES if n not in partnership.schemes)]
    rule = _rule(asked.scheme or found.scheme, partnership)
    if asked.scheme:
        yield from _known(
            file, f"{place}.scheme", asked.scheme, known,
            "Choose one of these, or add the scheme to the partnership.",
        )  # fmt: skip
        if rule in ratings.SCHEMES and rule not in kind.rules:
            yield Fault(
                file, 0, f"{place}.scheme", asked.scheme,
                f"a scheme whose rule is one of {', '.join(kind.rules)}",
                f"The rule {rule} makes no sense for the kind {kind.name}.",
            )  # fmt: skip
    if asked.measure:
        yield from _known(
            file, f"{place}.measure", asked.measure,
            (quantity.name for quantity in kind.quantities), "Choose the quantity that is rated.",
        )  # fmt: skip
    if asked.category:
        yield from _known(
            file, f"{place}.category", asked.category, (ALL, *found.categories),
            "Choose one of callover.categories, or leave it out to rate the total.",
        )  # fmt: skip


def _rule(scheme: str, partnership: Partnership) -> str:
    own = partnership.schemes.get(scheme)
    return own.rule if own else scheme


def _verdict_key(
    asked: Also, leading: Also, kind: Kind, partnership: Partnership
) -> tuple[str, str, str]:
    """Give what tells a verdict from others: its quantity, category and basis."""
    scheme = asked.scheme or leading.scheme
    rule = _rule(scheme, partnership)
    own = partnership.schemes.get(scheme)
    basis = ""
    if rule in ratings.SCHEMES:
        basis = ratings.basis_of(own or Scheme(scheme, rule, ""), asked.basis)
    first = kind.quantities[0].name
    return (
        asked.measure or leading.measure or first,
        asked.category or leading.category,
        basis,
    )


#: What a block of the descriptor that only some kinds have is for.
_BLOCKS: Mapping[str, str] = {
    "survey": "the question that was asked, in callover.survey",
    "league": "the group whose areas are ranked, in callover.league",
}


def _blocks(
    file: str, kind: Kind, found: Indicator, reference: Reference | None
) -> Iterator[Fault]:
    """Check the blocks that only some kinds have, the names of quantities and the page's area."""
    given = {"survey": found.survey, "league": found.league}
    for name, expected in _BLOCKS.items():
        if name in kind.settings and given[name] is None:
            yield Fault(
                file, 0, f"callover.{name}", "", expected, f"Add {name}; the README shows how."
            )
        elif name not in kind.settings and given[name] is not None:
            yield Fault(
                file, 0, f"callover.{name}", name, f"no {name}, as the kind is {kind.name}",
                f"Remove {name}, or choose the kind that it belongs to.",
            )  # fmt: skip
    for name in found.quantities:
        yield from _known(
            file, "callover.quantities", name, (q.name for q in kind.quantities),
            "Choose one of the kind's quantities.",
        )  # fmt: skip
    if reference is None:
        return
    if found.league is not None:
        yield from _group(file, 0, found.league.group, reference, "callover.league.group")
        total = found.league.total_area
        if total and total not in reference.areas:
            yield _unknown_area(file, 0, total, "callover.league.total_area")
        yield from _above_total(file.replace(DESCRIPTOR, "series.csv"), found, total)
    if found.area not in reference.areas:
        yield _unknown_area(file, 0, found.area, "callover.area")
        return
    named = {key.area for key in found.series}
    if found.area not in named and named and named <= set(reference.areas):
        yield Fault(
            file, 0, "callover.area", found.area, "an area that series.csv has rows for",
            f"Add rows for {found.area}, or name the area that the page is about in callover.area.",
        )  # fmt: skip


def _above_total(file: str, found: Indicator, total: str) -> Iterator[Fault]:
    """No area of a league counts more than the printed total of them all."""
    for key, cells in found.series.items():
        whole = found.series.get(Key(total, key.category, "value"), {})
        for period, cell in cells.items() if key.column == "value" and key.area != total else ():
            above = whole.get(period)
            if above is None or above.value is None or cell.value is None:
                continue
            if cell.value > above.value and "u" not in (cell.marker, above.marker):
                yield Fault(
                    file, cell.line, "value", str(cell.value),
                    f"at most {above.value}, the printed total (row {above.line})",
                    "Correct one of them, or put u in marker if the source prints it so.",
                )  # fmt: skip


def _denominator(file: str, kind: Kind, found: Indicator, reference: Reference) -> Iterator[Fault]:
    has_rate = any("rate" in quantity.measures for quantity in kind.quantities)
    if has_rate and found.rate is None:
        yield Fault(
            file, 0, "callover.denominator", "", "the denominator of the rate",
            "Add denominator with id, per and label, or choose the kind count.",
        )  # fmt: skip
    if found.rate is None:
        return
    if not has_rate:
        yield Fault(
            file, 0, "callover.denominator", found.rate.denominator,
            f"no denominator, as the kind {kind.name} has no rate",
            "Remove denominator, or choose the kind count_rate.",
        )  # fmt: skip
    names = sorted({d.name for d in reference.denominators})
    yield from _known(
        file, "callover.denominator.id", found.rate.denominator, names,
        "Choose one, or add it to reference/denominators.csv with its source.",
    )  # fmt: skip


def _group(
    file: str, line: int, group: str, reference: Reference, place: str = "callover.groups"
) -> Iterator[Fault]:
    if group not in reference.groups:
        yield Fault(
            file, line, "group" if line else place, group,
            f"one of {', '.join(reference.groups)}", "Add the group to reference/groups.csv.",
        )  # fmt: skip


def printed_names(kind: Kind) -> frozenset[str]:
    """Give the measures of a kind's quantities, by the names that metrics.csv has for them."""
    made = frozenset(
        metric_name(quantity.name, measure) for quantity in kind.quantities for measure in MEASURES
    )
    printed = {
        name
        for quantity in kind.quantities
        for column in quantity.interval[:1]
        for name in (column, metric_name(quantity.name, column))
    }
    wider = {name for row in kind.across if not ACROSS[row].suffix for name in ACROSS[row].names}
    return made | printed | wider


def _measure(
    file: str, line: int, column: str, name: str, known: frozenset[str]
) -> Iterator[Fault]:
    """Ranks are named after their group, and figures of others after their indicator."""
    if name in known or ":" in name or name.startswith("rating_"):
        return
    quantity, rank, _ = name.partition("rank_in_")
    if rank and (not quantity or quantity.removesuffix("_") in known):
        return
    yield Fault(
        file, line, column, name, f"a measure, such as {', '.join(_examples(known))}",
        "Correct its spelling; /methods/ lists all. In published.csv, `mentioned` fits any figure.",
    )  # fmt: skip


def _examples(known: frozenset[str]) -> list[str]:
    return sorted(known, key=lambda name: (len(name), name))[:6]


def tables(
    found: Indicator,
    kind: Kind,
    tables: Mapping[str, Table],
    partnership: Partnership,
    reference: Reference | None,
) -> Iterator[Fault]:
    """Check the names that an indicator's tables use."""
    categories = [ALL, *found.categories]
    releases = [release.id for release in partnership.releases]
    names = printed_names(kind)
    if "comparators" in tables:
        yield from _quoted_twice(tables["comparators"])
    for name, table in tables.items():
        if name == "revisions":
            continue  # what was published may be of an area or category that has gone since
        for line, row in table.numbered:
            area, group = row.get("area_code", ""), row.get("group", "")
            if reference is not None:
                if area and area not in reference.areas:
                    yield _unknown_area(table.file, line, area)
                if group:
                    yield from _group(table.file, line, group, reference)
            category = row.get("category", "")
            if category and category not in categories:
                yield Fault(
                    table.file, line, "category", category, _one_of(categories),
                    "Add it to callover.categories in datapackage.json, with its name in words.",
                )  # fmt: skip
            if name == "comparators":
                yield from _comparator(table, line, row, names)
            if name == "published":
                yield from _printed(table, line, row, names, releases)
                if reference is not None:
                    yield from _rank(table, line, row, reference)
                    yield from _against(table, line, row, reference)


def future(tables: Mapping[str, Table], today: date) -> Iterator[Fault]:
    """Check that nobody quotes or prints a figure of a period that has not begun."""
    for table in (tables[name] for name in ("comparators", "published") if name in tables):
        if "period" not in table.header:
            continue
        for line, row in table.numbered:
            text, name = row["period"], row["measure"]
            ahead = name == "mentioned" or "target" in name  # targets are set ahead
            if not text or ahead or (line, "period") in table.bad:
                continue
            if parse(text).start > today.toordinal():
                yield Fault(
                    table.file, line, "period", text, f"a period that began by {today}",
                    "Correct the period: nobody can have this figure yet.",
                )  # fmt: skip


def _quoted_twice(table: Table) -> Iterator[Fault]:
    """Check that no figure of others is given twice and differs."""
    names = ("period", "area_code", "group", "measure", "unit", "basis")
    seen: dict[tuple[str, ...], tuple[int, str]] = {}
    for line, row in table.numbered:
        key = tuple(row.get(name, "") for name in names)
        at, value = seen.setdefault(key, (line, row["value"]))
        if value != row["value"]:
            yield Fault(
                table.file, line, "period", row.get("period", ""), "each figure of others once",
                f"Row {at} has the same with another value. Delete or correct one of the two.",
            )  # fmt: skip


def _comparator(table: Table, line: int, row: Row, names: frozenset[str]) -> Iterator[Fault]:
    area, group = row.get("area_code", ""), row.get("group", "")
    if bool(area) == bool(group):
        yield Fault(
            table.file, line, "area_code", f"{area} {group}", "an area_code or a group",
            "Fill exactly one of the two.",
        )  # fmt: skip
    yield from _measure(table.file, line, "measure", row["measure"], names)


def _rank(table: Table, line: int, row: Row, reference: Reference) -> Iterator[Fault]:
    """Check that a printed rank is one rank, in a known group of the size that it says."""
    _, rank, name = row["measure"].removesuffix("_from_highest").partition("rank_in_")
    if not rank:
        return
    if name not in reference.groups:
        yield Fault(
            table.file, line, "measure", row["measure"],
            f"rank_in_ and one of {', '.join(reference.groups)}",
            "Correct the group's name, or add the group to reference/groups.csv.",
        )  # fmt: skip
        return
    ranks, size = ranks_of(row["as_printed"]), reference.groups[name].size
    out_of = f"a rank from 1 to {size}, out of {size}" if size else "one rank"
    if len(ranks) > 1 or any(size and not (1 <= rank <= of == size) for rank, of in ranks):
        yield Fault(
            table.file, line, "as_printed", row["as_printed"], out_of,
            "Write a row for each group, with its own rank, such as 21of32. An impossible rank "
            "in a document is `mentioned`.",
        )  # fmt: skip


def _against(table: Table, line: int, row: Row, reference: Reference) -> Iterator[Fault]:
    """Check that a claim of above or below names an area or a group that we know."""
    _, against, other = row["measure"].partition(_AGAINST)
    if against and other not in reference.areas and other not in reference.groups:
        yield Fault(
            table.file, line, "measure", row["measure"],
            "after _against_ a code of areas.csv or a group of groups.csv",
            "Write whom the document compares with, as in comparators.csv.",
        )  # fmt: skip


def _printed(
    table: Table, line: int, row: Row, names: frozenset[str], releases: Sequence[str]
) -> Iterator[Fault]:
    also = names.union(_ALSO_PRINTED)
    name = row["measure"]
    name = name.partition(_AGAINST)[0] if _AGAINST in name else name
    yield from _measure(table.file, line, "measure", name, also)
    if row["release"] not in releases:
        yield Fault(
            table.file, line, "release", row["release"],
            f"one of {', '.join(releases) or 'the releases of the partnership'}",
            "Correct it, or add the release to the partnership's datapackage.json.",
        )  # fmt: skip


def targets(
    table: Table, rows: Iterable[tuple[int, TargetRow]], kind: Kind, unit: str
) -> Iterator[Fault]:
    """Check each target: its type, its quantity, the limits its type needs, and that it is one."""
    quantities = {quantity.name: quantity for quantity in kind.quantities}
    seen: dict[tuple[object, ...], int] = {}
    for line, row in rows:
        if row.type not in TARGETS:
            yield Fault(
                table.file, line, "type", row.type, f"one of {', '.join(TARGETS)}",
                "Choose the type of target that fits.",
            )  # fmt: skip
        if row.measure not in quantities:
            yield Fault(
                table.file, line, "measure", row.measure, f"one of {', '.join(quantities)}",
                "A target is on one of the kind's quantities.",
            )  # fmt: skip
        else:
            yield from _limits(table, line, row, quantities[row.measure], unit)
        key = (row.measure, row.category, row.period, row.type, row.status)
        if key in seen:
            yield Fault(
                table.file, line, "period", row.period.label if row.period else "",
                "one target of a type and status for a period",
                f"Row {seen[key]} has the same. Delete or correct one of the two.",
            )  # fmt: skip
        seen.setdefault(key, line)


#: The limits without which a target of a type says nothing.
_NEEDED: Mapping[str, tuple[tuple[str, ...], str]] = {
    "maximum": (("upper",), "an upper limit"),
    "minimum": (("lower",), "a lower limit"),
    "range": (("lower", "upper"), "a lower and an upper limit"),
}


def _limits(
    table: Table, line: int, row: TargetRow, quantity: Quantity, unit: str
) -> Iterator[Fault]:
    limits: dict[str, Number | None] = {
        "lower": row.lower, "upper": row.upper, "baseline": row.baseline,
    }  # fmt: skip
    needed, words = _NEEDED.get(row.type, ((), ""))
    for name in needed:
        if limits[name] is None and (line, name) not in table.bad:
            yield Fault(
                table.file, line, name, "", words, f"A target of type {row.type} needs {words}."
            )
    if row.type == "profile" and row.lower is None and row.upper is None:
        yield Fault(
            table.file, line, "upper", "", "the amount for this month or quarter",
            "Fill upper if it should stay at or below it, lower if it should reach it.",
        )  # fmt: skip
    if row.lower is not None and row.upper is not None and row.lower > row.upper:
        yield Fault(
            table.file, line, "lower", str(row.lower), f"at most {row.upper}, the upper limit",
            "Correct one of the two.",
        )  # fmt: skip
    for name, limit in limits.items():
        if limit is None or not (quantity.is_share or (quantity.unit or unit) == "percent"):
            continue
        shown = str(float(limit))
        if not 0 <= limit <= 100 or (0 < limit < 1 and f"{shown}%" not in row.as_published):
            yield Fault(
                table.file, line, name, shown, "a percentage, such as 70 for 70%",
                f"Write it times 100. If it is below 1%, write {shown}% in as_published.",
            )  # fmt: skip


def denominators(file: str, found: Indicator, reference: Reference) -> Iterator[Fault]:
    """Check that each figure of an indicator with a rate has a denominator valid at its end."""
    rate = found.rate
    names = {d.name for d in reference.denominators}
    if rate is None or rate.denominator not in names or found.area not in reference.areas:
        return  # what is not known is told where it is typed
    below = [
        d for d in reference.denominators if (d.name, d.area) == (rate.denominator, found.area)
    ]
    for period, cell in found.series.get(Key(found.area, ALL, "value"), {}).items():
        if cell.value is not None and denominator_at(below, period.end) is None:
            yield Fault(
                file, cell.line, "period", period.label,
                f"a denominator {rate.denominator} for {found.area}, valid on {period.last}",
                "Add its row to reference/denominators.csv, with its source.",
            )  # fmt: skip
