"""Records of releases: written, read, and refused where they are not as they were."""

import dataclasses
import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generate
from callover import charts, codec, drawings, frozen
from callover.compute import board_as_at, boards
from callover.data.descriptor import object_of
from callover.data.frozen import read as read_records
from callover.data.gate import Gate
from callover.data.read import read
from callover.drawing import forms
from callover.errors import Faults
from callover.figure import to_json
from callover.frozen import Frozen, Listed, digest, joined, parted
from callover.pages import freezing, tables
from callover.periods import parse
from callover.svg import draw

HOME = generate.PARTNERSHIP
TODAY = date(2017, 1, 31)
JUNE = {"id": "a", "title": "Summer report", "data_to": "2016-06", "published": "2016-07-20"}
SEPTEMBER = {"id": "b", "title": "September 2016", "data_to": "2016/17-Q2"}
SERIES = "period,value,marker,note\n" + "".join(
    f"2016-{month:02d},{value},,\n" for month, value in enumerate((9, 9, 9, 30, 30, 30), 4)
)


@pytest.fixture
def root(package):
    """A package with two releases, of which nothing is frozen."""
    return package(
        "count", series=SERIES, published=None, partnership={"releases": [JUNE, SEPTEMBER]}
    )


def record_of(root, label):
    """Make the record of the only indicator, as a release would."""
    portal = read(root, TODAY)
    (made,) = boards(portal)
    then = board_as_at(made, parse(label), portal.reference)
    return freezing.record(then, then.sheets[0], parse(label), portal.reference)


def freeze(root, *labels, change=lambda text: text):
    """Write records and lists as the command does; `change` edits each record's text."""
    previous = ""
    made = {label: record_of(root, label) for label in labels}
    for label, record in made.items():
        text = change(codec.to_json(record))
        put(root / HOME / "measure" / "releases" / f"{parse(label).slug}.json", text)
        listed = Listed(
            record.release, "A title", parse(label), "2017-01-31", {"measure": digest(text)},
            previous=previous,
        )  # fmt: skip
        text = codec.to_json(listed)
        put(root / HOME / "releases" / f"{parse(label).slug}.json", text)
        previous = digest(text)


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def faults(root):
    with pytest.raises(Faults) as told:
        read(root, TODAY)
    for fault in told.value.faults:
        lines = str(fault).splitlines()
        assert len(lines) == 2 and all(line.isprintable() for line in lines), lines
    return [(fault.file, fault.column, fault.value) for fault in told.value.faults]


# ------------------------------------------------------------------ what is in a record


def test_a_frozen_release_is_read_as_it_was_written(root):
    freeze(root, "2016-06", "2016/17-Q2")
    partnership = read(root, TODAY).partnerships[0]
    june, newest = partnership.indicators[0].frozen
    assert (june.data_to.label, newest.data_to.label) == ("2016-06", "2016/17-Q2")
    assert june.headline.startswith("There were 27 cases from April to June 2016.")
    assert [each.figure for each in june.figures] == ["9", "27"]
    assert (june.status.verdict, june.closing.label) == ("on-target", "2016-06")
    assert dict(june.facts)["Release"] == "Summer report"
    assert june.measures["all"]["year_to_date"] == "27"
    assert [(c.period.label, c.value, c.marker) for c in june.cells] == [
        ("2016-04", "9", ""),
        ("2016-05", "9", ""),
        ("2016-06", "9", ""),
    ]
    assert {(c.area_code, c.category, c.column) for c in newest.cells} == {
        ("E09000002", "all", "value")
    }
    first, second = partnership.frozen
    assert second.previous == digest(first.text)
    assert digest(june.text) == first.indicators["measure"]


def test_cells_keep_their_markers_and_their_decimals(package):
    series = "period,area_code,category,value,marker,note\n" + (
        "2016-04,E09000002,all,12,p,\n2016-05,,,,c,\n2016-06,,,7,,\n"
    )
    root = package("count", series=series, published=None, partnership={"releases": [JUNE]})
    found = [(c.period.label, c.value, c.marker) for c in record_of(root, "2016-06").cells]
    assert found == [("2016-04", "12", "p"), ("2016-05", "", "c"), ("2016-06", "7", "")]


@given(st.text(max_size=12), st.sampled_from(["", *"cxzprbeu"]))
def test_a_text_and_its_marker_are_told_apart_again(text, marker):
    stripped = text.strip()  # as every cell of a table is
    if stripped or marker:
        assert parted(joined(stripped, marker)) == (stripped, marker)


# ------------------------------------------------------------------ the round trip


def filled(hint: Any, n: int = 1) -> Any:
    """Make a value of a type that is not its default, so that a field left out would show."""
    if hint in _FILLED:
        return _FILLED[hint](n)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        hints = get_type_hints(hint)
        own = [f for f in dataclasses.fields(hint) if not f.metadata.get("apart")]
        return hint(**{f.name: filled(hints[f.name], n + i) for i, f in enumerate(own)})
    origin, inner = get_origin(hint), get_args(hint)
    if origin is UnionType:
        return Fraction(25, 7) if Fraction in inner else filled(inner[0], n)
    if origin is tuple and inner[1:] == (Ellipsis,):
        return (filled(inner[0], n), filled(inner[0], n + 50))
    if origin is tuple:
        return tuple(filled(one, n + i) for i, one in enumerate(inner))
    return {"one": filled(inner[1], n), "two": filled(inner[1], n + 50)}


_FILLED = {
    str: lambda n: f"text {n} [p] <b>&\u20ac\"'",
    bool: lambda n: n % 2 == 0,
    int: lambda n: n,
    type(parse("2016-06")): lambda n: parse("2016/17-Q2"),
}


@pytest.mark.parametrize("made", [Frozen, Listed, charts.Chart, charts.Mark, charts.Point])
def test_every_field_survives(made):
    """For each dataclass: all fields filled, then each field in turn as its default or another."""
    value = filled(made)
    assert codec.built(made, object_of(codec.to_json(value))) == value
    for field in dataclasses.fields(made):
        if field.metadata.get("apart"):
            continue
        other = filled(get_type_hints(made)[field.name], 2)
        changed = dataclasses.replace(value, **{field.name: other})
        assert codec.built(made, object_of(codec.to_json(changed))) == changed
        if changed != value:
            assert codec.to_json(changed) != codec.to_json(value), field.name


def test_what_a_page_shows_has_a_place_in_a_record():
    """A field that the page's own dataclasses gain must be frozen, too, or left out knowingly."""

    def names(made):
        return [field.name for field in dataclasses.fields(made)]

    assert names(frozen.Table) == names(tables.Table)
    assert names(tables.TableRow) == ["label", "cells", "base"]  # `base` chooses rows, unprinted
    # `lies` is a shape of tables of areas, which no record has.
    assert tables.Cell._fields == ("text", "marker", "current", "number", "lies")


GOLDEN = Path(__file__).resolve().parent / "golden/input/datapackage"


def test_each_kind_of_page_is_the_same_after_it_was_frozen():
    """Table, chart and its drawings of each kind of indicator, made from the record again."""
    portal = read(GOLDEN, date(2016, 8, 31))
    (made,) = boards(portal)
    period = max((s.closing for s in made.sheets if s.closing), key=lambda p: p.end)
    seen = 0
    for sheet in (s for s in made.sheets if s.closing):
        record = dataclasses.replace(
            Frozen("a", period, period, "2016-08-31", "t", "h", frozen.Status("close", "Close")),
            chart=next(iter(drawings.charts(sheet)), None),
            table=freezing.table(tables.months(sheet, portal.reference)),
            lines=freezing.lines(sheet.indicator, period),
            measures=freezing.measures(sheet),
        )
        again = codec.built(Frozen, object_of(codec.to_json(record)))
        assert again == record
        if record.chart:
            assert draw(again.chart) == draw(record.chart)
            assert json.loads(to_json(again.chart)) == json.loads(to_json(record.chart))
        table = tables.months(sheet, portal.reference)
        if table:
            thawed = freezing.thawed(again.table)
            assert [list(row.cells) for row in thawed.rows] == [list(r.cells) for r in table.rows]
            assert list(thawed.markers) == list(table.markers)
        cells = {key: dict(line) for key, line in sheet.indicator.series.items()}
        for cell in again.cells:
            (key,) = [k for k in cells if tuple(dataclasses.astuple(k)) == cell[1:4]]
            there = cells[key].pop(cell.period)
            typed = cell.value if there.value is None else codec.exact(str(Fraction(cell.value)))
            assert typed == (there.text if there.value is None else there.value)
            assert cell.marker == there.marker
            seen += 1
        assert not any(cells.values()), "every cell of the series is in the record"
    assert seen > 150


# ------------------------------------------------------------------ what is refused

RECORD = f"datapackage/{HOME}/measure/releases/2016-06.json"
LIST = f"datapackage/{HOME}/releases/2016-06.json"


def edit(path, change):
    path.write_text(change(path.read_text("utf-8")), "utf-8")


DAMAGE: dict[str, Any] = {
    "an edited record": (
        lambda root: edit(root.parent / RECORD, lambda t: t.replace("27 cases", "26 cases")),
        [(RECORD, "", "an edited record")],
    ),
    "a record that is gone": (
        lambda root: (root.parent / RECORD).unlink(),
        [(RECORD, "", "")],
    ),
    "a list that is gone": (
        lambda root: (root.parent / LIST).unlink(),
        [
            (RECORD, "", "a record that no release lists"),
            (LIST.replace("2016-06", "fy2016-17-q2"), "previous", None),
        ],
    ),
    "an edited list": (
        lambda root: edit(root.parent / LIST, lambda t: t.replace("A title", "Another")),
        [(LIST.replace("2016-06", "fy2016-17-q2"), "previous", None)],
    ),
    "a list that is no JSON": (
        lambda root: edit(root.parent / LIST, lambda t: t[:40]),
        [(LIST, "", None)],
    ),
    "a foreign file": (
        lambda root: put(root / HOME / "releases/notes.txt", "Hello"),
        [(f"datapackage/{HOME}/releases/notes.txt", "", "notes.txt")],
    ),
    "a link": (
        lambda root: (root / HOME / "releases/2016-07.json").symlink_to("/etc/hostname"),
        [(f"datapackage/{HOME}/releases/2016-07.json", "", "a symbolic link")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_told_with_its_file(root, name):
    damage, expected = DAMAGE[name]
    freeze(root, "2016-06", "2016/17-Q2")
    damage(root)
    found = faults(root)
    assert [fault[:2] for fault in found] == [one[:2] for one in expected]
    for fault, wanted in zip(found, expected, strict=True):
        assert wanted[2] in (None, fault[2])


def test_line_ends_of_another_machine_are_no_damage(root):
    freeze(root, "2016-06")
    for path in (root.parent / RECORD, root.parent / LIST):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (record,) = read(root, TODAY).partnerships[0].indicators[0].frozen
    assert "\r" not in record.text


def test_a_frozen_release_stays_among_the_releases(root):
    freeze(root, "2016-06")
    edit(
        root / HOME / "datapackage.json",
        lambda t: t.replace('"data_to": "2016-06"', '"data_to": "2016-05"'),
    )
    assert faults(root) == [
        (f"datapackage/{HOME}/datapackage.json", "callover.releases", "2016-05")
    ]


def test_no_indicator_is_called_releases(package):
    place = f"datapackage/{HOME}/releases"
    found = faults(package("count", slug="releases"))
    assert (f"{place}/series.csv", "", "series.csv") in found
    assert {fault[0] for fault in found} >= {f"{place}/datapackage.json", f"{place}/commentary"}


def changed(**changes):
    def change(text):
        value = json.loads(text)
        for place, new in changes.items():
            *above, last = place.split("__")
            here = value
            for name in above:
                here = here[int(name) if isinstance(here, list) else name]
            here[int(last) if isinstance(here, list) else last] = new
        return json.dumps(value)

    return change


HOSTILE: dict[str, Any] = {
    "a number for a text": ({"headline": 12}, "headline"),
    "a text for a list": ({"facts": "Source"}, "facts"),
    "an unknown name": ({"script": "<script>"}, "script"),
    "a verdict of its own": ({"status__verdict": '"><script>'}, "status.verdict"),
    "another release": ({"release": "b"}, "release"),
    "no day": ({"frozen": "2016-02-30"}, "frozen"),
    "no period": ({"closing": "Jun-16"}, "closing"),
    "a number that is none": ({"chart__marks__0__points__0__value": "1e9"}, None),
    "a number as a number": ({"chart__marks__0__points__0__value": 9}, None),
    "a number beyond all": ({"chart__marks__0__points__0__value": "9" * 40}, None),
    "half a range": ({"chart__marks__0__upper": [{"text": "1", "value": "1"}]}, "chart"),
    "an absurd number of ticks": ({"chart__ticks": ["Apr"] * 5000}, "chart.ticks"),
    "fewer points than ticks": ({"chart__marks__0__points": []}, "chart"),
    "a role of its own": ({"chart__marks__0__role": 'x"><b>'}, "chart"),
    "a type of its own": ({"chart__marks__0__type": "pie"}, "chart"),
    "a form of its own": ({"chart__form": "cake"}, "chart"),
    "a name of its own": ({"chart__name": "../x"}, "chart"),
    "decimals beyond all": ({"chart__decimals": 900000}, "chart"),
    "rows of other lengths": ({"table__rows__0__cells": ["9"]}, "table.rows"),
    "a marker of its own": ({"table__rows__0__cells__0": "9 [<b>]"}, "table.rows"),
    "a column that is not there": ({"table__current": 40}, "table.current"),
    "a measure that is no number": ({"measures__all__value": "many"}, "measures.all.value"),
    "a period twice": (
        {"lines__0__figures": {"2011/12": "9", "2011-04/2012-03": "9"}}, "lines",
    ),
    "a period that is none": ({"lines__0__figures": {"Jun-16": "9"}}, "lines"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_record_of_another_shape_is_refused(root, name):
    """Its SHA-256 is in the list, so that the record itself has to be looked at."""
    change, place = HOSTILE[name]
    freeze(root, "2016-06", change=changed(**change))
    found = faults(root)
    assert {fault[0] for fault in found} == {RECORD}
    assert place is None or [fault[1] for fault in found] == [place]


HOSTILE_LISTS: dict[str, Any] = {
    "a path": ({"indicators": {"../../x": "0" * 64}}, "indicators"),
    "no digest": ({"indicators": {"measure": "abc"}}, "indicators.measure"),
    "another period": ({"data_to": "2016-05"}, "data_to"),
    "no day": ({"frozen": ""}, "frozen"),
    "a list": ({"indicators": []}, "indicators"),
    "a chain to nowhere": ({"previous": "0" * 64}, "previous"),
}


@pytest.mark.parametrize("name", HOSTILE_LISTS)
def test_a_list_of_another_shape_is_refused(root, name):
    change, place = HOSTILE_LISTS[name]
    freeze(root, "2016-06")
    edit(root.parent / LIST, changed(**change))
    assert (LIST, place) in [fault[:2] for fault in faults(root)]


# ------------------------------------------------------------------ charts from outside

VALUES = st.none() | st.fractions(-(10**9), 10**9, max_denominator=1000)
POINTS = st.builds(charts.Point, VALUES, st.sampled_from(["", "1", "<b>"]))


@st.composite
def declarations(draw_):
    """Charts as somebody may write them: sound ones, and ones that are not."""
    ticks = draw_(st.integers(0, 4))
    length = st.sampled_from([ticks, ticks, ticks, 0, ticks + 1])

    def points():
        size = draw_(length)
        return tuple(draw_(st.lists(POINTS, min_size=size, max_size=size)))

    types = ["bars", "line", "rule", "band", "dots", "whiskers", "tiles", "outline", "pie"]
    made = tuple(
        charts.Mark(
            draw_(st.sampled_from(types)), "Label",
            draw_(st.sampled_from(["this-year", "target", "x"])), points(),
            draw_(st.just(())) if draw_(st.booleans()) else points(),
            draw_(st.just(())) if draw_(st.booleans()) else points(),
        )
        for _ in range(draw_(st.integers(0, 3)))
    )  # fmt: skip
    return charts.Chart(
        "name", "Title", "", "", "", "percent", ("Apr",) * ticks, ("April",) * ticks, made,
        draw_(st.booleans()), draw_(st.integers(0, 3)),
        draw_(st.sampled_from(["time", "rows", "tiles"])),
        tuple((1 + i, 1) for i in range(ticks)),
    )  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(declarations())
def test_a_chart_that_passes_can_be_drawn(chart):
    from callover.pages import figures

    if not forms.problem(chart):
        draw(chart)
        to_json(chart)
        figures._TABLES[chart.form](chart)


def test_every_chart_of_ours_passes():
    portal = read(GOLDEN, date(2016, 8, 31))
    found = [c for b in boards(portal) for s in b.sheets for c in drawings.charts(s)]
    assert {chart.form for chart in found} >= {"time", "rows"}
    assert [forms.problem(chart) for chart in found] == [""] * len(found)


def test_nothing_is_read_where_nothing_is_frozen(root):
    gate = Gate(root)
    assert read_records(gate, root / HOME) == ((), {})
    assert gate.faults == []
