"""`callover new` writes packages that are complete, valid and free of made-up figures."""

import csv
import json
from datetime import date

import pytest

from callover.compute import boards
from callover.data.read import read
from callover.data.scaffold import new_indicator, new_partnership, new_table
from callover.data.shapes import OWN
from callover.data.tidy import tidy
from callover.errors import Faults, UnknownName
from callover.kinds import KINDS
from callover.pages.portal import press

TODAY = date(2026, 11, 20)
AREA = "E09000003"


@pytest.fixture
def root(tmp_path):
    data = tmp_path / "datapackage"
    new_partnership(data, "north", "North Partnership", AREA)
    return data


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_package_of_each_kind_reads_and_publishes_no_figure(root, kind):
    made = new_indicator(root, "north", "first-measure", kind, "First measure")
    names = {path.relative_to(root / "north/first-measure").as_posix() for path in made}
    assert {"datapackage.json", "series.csv", "targets.csv"} < names
    assert any(name.startswith("commentary/") for name in names)
    portal = read(root, TODAY)
    indicator = portal.partnerships[0].indicators[0]
    assert (indicator.kind, indicator.title, indicator.area) == (kind, "First measure", AREA)
    # Prompts to write something are no words of the partners, so none is published.
    assert indicator.panels == {} and indicator.owner == "" and indicator.description == ""
    assert [dict(comment.sections) for comment in indicator.commentary] == [{}]
    assert {cell.marker for cells in indicator.series.values() for cell in cells.values()} == {"x"}
    sheet = next(iter(boards(portal))).sheets[0]
    assert {metric.value for metric in sheet.metrics} <= {None}
    assert sheet.rating.verdict == "not-rated"
    assert tidy(root, True) == ()


def test_all_kinds_stand_beside_each_other(root):
    for kind in KINDS:
        new_indicator(root, "north", f"a-{kind.replace('_', '-')}", kind, kind)
    assert len(read(root, TODAY).partnerships[0].indicators) == len(KINDS)


def test_no_page_shows_what_is_still_to_be_written(root):
    for kind in KINDS:
        new_indicator(root, "north", f"a-{kind.replace('_', '-')}", kind, kind)
    pages = {
        path: text for path, text in press(read(root, TODAY), {}).items() if path[-3:] == ".md"
    }
    assert len(pages) > len(KINDS)
    assert [path for path, text in pages.items() if "Write here" in text] == []
    assert "<h2" in pages["north/index.md"] and "Safer" in pages["north/index.md"]


def test_what_a_person_edits_stands_before_what_a_tool_reads(root):
    new_indicator(root, "north", "calls", "count", "Calls")
    found = json.loads((root / "north/calls/datapackage.json").read_text("utf-8"))
    assert list(found)[-2:] == ["callover", "resources"]
    assert (root / "north/calls/series.csv").read_text("utf-8").startswith("period,value,marker,")


def test_every_setting_is_there_to_be_filled(root):
    new_indicator(root, "north", "rate", "count_rate", "Rate")
    own = json.loads((root / "north/rate/datapackage.json").read_text("utf-8"))["callover"]
    assert own["denominator"] == {
        "id": "residents", "per": 1000, "label": "per 1,000 residents", "decimals": 2,
    }  # fmt: skip
    assert all(text.startswith("Write here") for text in own["panels"].values())


def test_what_is_there_is_never_overwritten(root):
    before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
    with pytest.raises(Faults, match="nothing is overwritten"):
        new_partnership(root, "north", "Other", AREA)
    new_partnership(root, "south", "South Partnership", AREA)
    new_indicator(root, "south", "one", "count", "One")
    with pytest.raises(Faults, match="nothing is overwritten"):
        new_indicator(root, "south", "one", "count", "One")
    assert {p: p.read_bytes() for p in before} == before


def test_an_unknown_kind_lists_the_known_ones(root):
    with pytest.raises(UnknownName) as told:
        new_indicator(root, "north", "one", "tally", "One")
    assert told.value.known == tuple(KINDS)


@pytest.mark.parametrize(
    "slug",
    ["", "One", "one_two", "one two", "-one", "../one", "/one", "ONE", "öne", "a" * 81, "one\n"],
)
def test_a_bad_slug_is_explained(root, slug):
    for make in (
        lambda: new_indicator(root, "north", slug, "count", "One"),
        lambda: new_partnership(root, slug, "One", AREA),
    ):
        with pytest.raises(Faults, match="lower-case words joined by dashes"):
            make()


@pytest.mark.parametrize("slug", ["scorecard", "data", "reference"])
def test_a_reserved_slug_is_refused(root, slug):
    with pytest.raises(Faults, match="no report page"):
        new_partnership(root, slug, "One", AREA)


def test_a_bad_title_area_or_partnership_is_explained(root):
    with pytest.raises(Faults, match="beginning with a letter"):
        new_indicator(root, "north", "one", "count", "=1+1")
    with pytest.raises(Faults, match="the area's code, such as E09000002"):
        new_partnership(root, "south", "South", "Barnet")
    with pytest.raises(Faults, match="Add a row for E09000004"):
        new_partnership(root, "south", "South", "E09000004")
    for slug in ("nowhere", "reference"):
        with pytest.raises(Faults, match="callover new partnership"):
            new_indicator(root, slug, "one", "count", "One")


@pytest.mark.parametrize("name", OWN)
def test_a_new_table_reads_and_publishes_nothing(root, name):
    if any(field.type == "meeting" for field in OWN[name].fields):
        with pytest.raises(Faults, match="callover new table north meetings"):
            new_table(root, "north", name)
        new_table(root, "north", "meetings")
    before = press(read(root, TODAY), {})
    made = new_table(root, "north", name)
    assert [path.name for path in made] == [f"{name}.csv", "datapackage.json"]
    header, row = csv.reader((root / "north" / f"{name}.csv").read_text("utf-8").splitlines())
    assert header == [field.name for field in OWN[name].fields]
    assert any(cell.startswith("Write here") for cell in row)
    portal = read(root, TODAY)
    assert getattr(portal.partnerships[0].records, name) == ()
    after = press(portal, {})
    assert [
        path for path, text in after.items() if path[-3:] == ".md" and "Write here" in text
    ] == []
    assert {path for path in after if path[-3:] == ".md"} == {p for p in before if p[-3:] == ".md"}
    assert tidy(root, True) == ()
    with pytest.raises(Faults, match="nothing is overwritten"):
        new_table(root, "north", name)


def test_a_new_table_needs_a_name_and_a_partnership(root):
    with pytest.raises(UnknownName) as told:
        new_table(root, "north", "minutes")
    assert told.value.known == tuple(OWN)
    with pytest.raises(Faults, match="callover new partnership"):
        new_table(root, "nowhere", "actions")


def test_all_tables_stand_beside_each_other(root):
    for name in sorted(OWN, key=lambda name: name != "meetings"):
        new_table(root, "north", name)
    own = json.loads((root / "north/datapackage.json").read_text("utf-8"))
    assert {entry["name"] for entry in own["resources"]} == set(OWN)
    read(root, TODAY)
