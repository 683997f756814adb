"""What a reader takes away: workbook, data package and drawings, each sound and each by itself.

The golden portal has an indicator of every kind; the few files that test the writer itself are
written out here.
"""

import csv
import io
import json
import os
import re
import time
import zipfile
from datetime import date, datetime
from pathlib import Path

import frictionless
import openpyxl
import pytest

from callover.data.published import descriptor as published
from callover.data.read import read
from callover.kinds import KINDS
from callover.model import MARKERS, Indicator, Partnership
from callover.pages import xlsx
from callover.pages.datapackage import json_text
from callover.pages.portal import press
from callover.pages.workbooks import SHEETS
from callover.periods import parse
from callover.provenance import of_indicator, of_report
from callover.words import period_long

DATA = Path(__file__).resolve().parent / "golden/input/datapackage"
SITE = "https://example.org/"
DAY = date(2016, 8, 31)


@pytest.fixture(scope="module")
def portal():
    return read(DATA, DAY)


@pytest.fixture(scope="module")
def made(portal):
    return press(portal, {})


SLUGS = sorted(path.parent.name for path in DATA.glob("made-up/*/datapackage.json"))


def folder(made, slug):
    """Give the files of an indicator by their names."""
    start = f"made-up/{slug}/"
    found = {p.removeprefix(start): c for p, c in made.items() if p.startswith(start)}
    return {name: content for name, content in found.items() if "/" not in name}


def rows(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def test_every_kind_is_tried(portal):
    (partnership,) = portal.partnerships
    assert {indicator.kind for indicator in partnership.indicators} == set(KINDS)
    assert sorted(indicator.slug for indicator in partnership.indicators) == SLUGS


# ---------------------------------------------------------------------------- data package


def written(files, where):
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (where / name).write_bytes(data)
    return where / "datapackage.json"


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("version", [1, 2])
def test_the_published_package_is_valid_and_describes_every_table(made, slug, version, tmp_path):
    files = folder(made, slug)
    descriptor = json.loads(files["datapackage.json"])
    assert descriptor["$schema"].startswith("https://datapackage.org/profiles/2.")
    if version == 1:
        del descriptor["$schema"]
    path = written({**files, "datapackage.json": json.dumps(descriptor)}, tmp_path)
    package = frictionless.Package.from_descriptor(str(path))
    report = package.validate()
    assert report.valid, report.flatten(["type", "message"])
    assert {r.path for r in package.resources} == {n for n in files if n.endswith(".csv")}
    for resource in package.resources:
        assert resource.schema.field_names == rows(files[resource.path])[0]
        assert all(field.description for field in resource.schema.fields)


def test_a_package_says_whose_figures_it_has_and_is_dated_by_them(made):
    found = json.loads(folder(made, "thefts")["datapackage.json"])
    assert found["homepage"] == "https://example.org/made-up/thefts/"
    assert (found["version"], found["created"]) == ("2016-06", "2016-08-31T00:00:00Z")
    assert found["sources"] == [{"title": "Made-up records"}]
    assert found["licenses"][0]["path"].startswith("https://www.nationalarchives.gov.uk/")
    assert found["contributors"][0]["title"] == "Made-up Borough Community Safety Partnership"
    assert found["callover"]["kind"] == "count_rate"
    keys = {table["name"]: table["schema"].get("primaryKey") for table in found["resources"]}
    assert keys["series"] == ["period"] and keys["targets"] is None


@pytest.mark.parametrize("slug", SLUGS)
def test_the_zip_has_the_tables_as_they_stand_beside_it(made, slug):
    files = folder(made, slug)
    archive = zipfile.ZipFile(io.BytesIO(files["data-package.zip"]))
    assert archive.testzip() is None
    names = archive.namelist()
    tables = [name for name in files if name.endswith(".csv")]
    assert names == ["README.txt", "datapackage.json", *tables]
    for name in names[1:]:
        assert archive.read(name).decode() == files[name]
    readme = archive.read("README.txt").decode()
    for words in (
        *("Source: Made-up records", "Licence: Open Government Licence v3.0, https://www."),
        *(f"Address: https://example.org/made-up/{slug}/", "Pages as of: 31 August 2016"),
        *(f"Marker {letter}: " for letter in MARKERS),
        *(f"{name}: " for name in tables),
    ):
        assert words in readme
    assert {entry.date_time for entry in archive.infolist()} == {(2016, 8, 31, 0, 0, 0)}


def test_files_are_the_same_at_another_hour_and_in_another_zone(portal, made, monkeypatch):
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        again = press(portal, {})
    finally:
        monkeypatch.undo()
        time.tzset()
    archives = [name for name in made if name.endswith((".xlsx", ".zip"))]
    assert len(archives) == 2 * len(SLUGS)
    assert [name for name in archives if made[name] != again[name]] == []


def test_what_is_still_to_be_written_is_not_in_the_package():
    found = published(
        {
            "name": "calls",
            "title": "Calls",
            "description": "Write here one sentence.",
            "profile": "tabular-data-package",
            "sources": [
                {"title": "Write here who", "path": "https://example.org/"},
                {"title": "Police", "email": "somebody@example.org", "path": "see above"},
            ],
            "contributors": [{"title": "A person"}],
            "licenses": [{"name": "OGL-UK-3.0"}, {"title": "Crown copyright"}],
            "resources": [],
            "callover": {"kind": "count", "order": 0, "panels": {"good": "- Write here"}},
        },
        {},
    )
    assert found == {
        "name": "calls",
        "title": "Calls",
        "sources": [{"path": "https://example.org/"}, {"title": "Police"}],
        "licenses": [
            {
                "name": "OGL-UK-3.0",
                "title": "OGL-UK-3.0",
                "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
            },
            {"name": "Crown-copyright", "title": "Crown copyright"},
        ],
        "resources": [],
        "callover": {"kind": "count", "order": 0},
    }


def test_a_newcomers_bare_package_is_described_in_full(package, tmp_path):
    """No schema, a file of another name, no licence of its own: the README allows all of it."""
    path = package("completions") / "made-up-borough/measure"
    value = json.loads((path / "datapackage.json").read_text("utf-8"))
    del value["licenses"]
    value["resources"] = [{"name": "series", "path": "mine.csv"}]
    (path / "series.csv").rename(path / "mine.csv")
    (path / "targets.csv").unlink()
    (path / "datapackage.json").write_text(json.dumps(value), "utf-8")
    files = press(read(tmp_path / "datapackage", DAY), {})
    start = "made-up-borough/measure/"
    below = {n.removeprefix(start): c for n, c in files.items() if n.startswith(start)}
    own = {name: content for name, content in below.items() if "/" not in name}
    (tmp_path / "out").mkdir()
    found = frictionless.Package.from_descriptor(str(written(own, tmp_path / "out")))
    assert found.validate().valid
    assert [r.path for r in found.resources] == ["series.csv", "metrics.csv"]
    assert found.licenses[0]["title"] == "Open Government Licence v3.0"
    types = {f.name: f.type for f in found.get_resource("series").schema.fields}
    assert types["terminations"] == "integer" and types["period"] == "string"


def test_json_is_laid_out_for_people():
    short = {"name": "a", "constraints": {"enum": ["x", "y"]}}
    assert json_text(short) == '{"name": "a", "constraints": {"enum": ["x", "y"]}}'
    long = {"fields": [short, short, short], "empty": [], "none": {}}
    assert json.loads(json_text(long)) == long
    assert json_text(long).splitlines()[2] == f"    {json_text(short)},"


# -------------------------------------------------------------------------------- workbook


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def as_cell(text, type_):
    """Give what a cell of a table must be in a workbook."""
    if text == "":
        return None
    if type_ in ("integer", "number"):
        return float(text)
    return datetime.fromisoformat(text) if type_ == "date" else text


@pytest.mark.parametrize("slug", SLUGS)
def test_the_workbook_has_the_tables_with_typed_numbers(made, slug):
    files = folder(made, slug)
    book = opened(files["figures.xlsx"])
    tables = {t["name"]: t for t in json.loads(files["datapackage.json"])["resources"]}
    named = {name: title for name, title in SHEETS.items() if name in tables}
    assert book.sheetnames == ["About", *named.values(), "Columns"]
    for name, title in named.items():
        header, *expected = rows(files[f"{name}.csv"])
        types = [field["type"] for field in tables[name]["schema"]["fields"]]
        found_header, *found = book[title].iter_rows(values_only=True)
        assert list(found_header) == header
        assert [list(row) for row in found] == [
            [as_cell(text, type_) for text, type_ in zip(row, types, strict=True)]
            for row in expected
        ]


@pytest.mark.parametrize("slug", SLUGS)
def test_no_sheet_has_formulas_links_or_merged_cells_and_headers_stay_in_sight(made, slug):
    content = folder(made, slug)["figures.xlsx"]
    for sheet in opened(content):
        assert sheet.freeze_panes == "A2"
        assert all(cell.value and cell.font.b for cell in sheet[1])
        assert not sheet.merged_cells.ranges
        assert all(dimension.width >= 10 for dimension in sheet.column_dimensions.values())
        for row in sheet.iter_rows():
            assert all(cell.data_type in "snd" and cell.hyperlink is None for cell in row)
    text = everything(content)
    assert not re.search(r"<f[ >/]|<hyperlink|externalLink|<mergeCell", text)


def everything(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    return "".join(archive.read(name).decode() for name in archive.namelist())


@pytest.mark.parametrize("slug", SLUGS)
def test_each_column_and_each_measure_is_explained(made, slug):
    book = opened(folder(made, slug)["figures.xlsx"])
    explained = {(row[0], row[1]): row[2] for row in book["Columns"].iter_rows(values_only=True)}
    assert all(explained.values())
    for title in book.sheetnames[1:-1]:
        for cell in book[title][1]:
            assert (title, cell.value) in explained
    measures = {row[0] for row in book["Computed"].iter_rows(min_row=2, values_only=True)}
    assert {("Computed", f"measure {name}") for name in measures} <= set(explained)


def test_the_first_sheet_says_all_that_the_page_says_of_the_figures(made):
    sheet = opened(folder(made, "thefts")["figures.xlsx"])["About"]
    told = dict(sheet.iter_rows(min_row=2, values_only=True))
    assert told["Title"] == "Thefts"
    assert told["Published by"] == "Made-up Borough Community Safety Partnership"
    assert told["Licence"].startswith("Open Government Licence v3.0, https://")
    assert (told["Data to"], told["Pages as of"]) == ("June 2016", "31 August 2016")
    assert told["Address"] == "https://example.org/made-up/thefts/"
    assert told["Rating"].startswith("Not rated. The rule needs the 12 months before")
    assert told["Note"] == "June has one theft so far."
    assert {f"Marker {letter}" for letter in MARKERS} <= set(told)
    empty = dict(opened(folder(made, "lost")["figures.xlsx"])["About"].iter_rows(values_only=True))
    assert empty["Data to"] == "no figures yet" and empty["Why there are no figures"]


HOSTILE = (
    *('=HYPERLINK("https://evil.example","go")', "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1"),
    *("=cmd|'/C calc'!A0", " leading", "two\nlines", "https://example.org/", "a@example.org"),
    *("_x0041_", "<b>&amp;</b>", 'quote"', "00123", "1e5", "2016-04", "TRUE"),
    *("#REF!", "'=1", "{=1}", "é 中 🚓"),
)


def book_of(columns, found):
    properties = xlsx.Properties("=title", "<publisher>", "&", DAY)
    return xlsx.workbook([xlsx.Sheet("Figures", columns, found)], properties)


@pytest.mark.parametrize("type_", ["text", "paragraph"])
def test_hostile_text_stays_the_text_it_is(type_):
    content = book_of([xlsx.Column("=header", type_)], [(text,) for text in HOSTILE])
    found = [cell for (cell,) in opened(content)["Figures"].iter_rows()]
    assert [cell.value for cell in found] == ["=header", *HOSTILE]
    assert {cell.data_type for cell in found} == {"s"}
    assert {cell.number_format for cell in found} == {"@"}, "text it stays when it is edited"
    assert "<f>" not in everything(content)


def test_cells_of_numbers_and_days_are_typed_and_all_else_stays_text():
    columns = [xlsx.Column("n", "number"), xlsx.Column("d", "date")]
    given = [
        *(("12", "2016-04-01"), ("-0.5", "1900-03-01"), ("1e-05", "2016-04"), ("", "")),
        *(("=1", "=1"), ("1,386", "01/04/2016"), ("NaN", "today"), ("5.555555555555555", "")),
    ]
    found = opened(book_of(columns, given))["Figures"]
    assert list(found.iter_rows(min_row=2, values_only=True)) == [
        *(
            (12, datetime.fromisoformat("2016-04-01")),
            (-0.5, datetime.fromisoformat("1900-03-01")),
            (1e-05, "2016-04"),
        ),
        *((None, None), ("=1", "=1"), ("1,386", "01/04/2016"), ("NaN", "today")),
        (5.555555555555555, None),
    ]
    assert found["B2"].number_format == "yyyy\\-mm\\-dd"


def test_what_a_cell_cannot_hold_is_cut_or_put_in_its_place():
    content = book_of([xlsx.Column("a")], [("x" * 40_000,), ("a\x00b\x0bc\ud800",)])
    (long,), (odd,) = opened(content)["Figures"].iter_rows(min_row=2, values_only=True)
    assert len(long) == 32_767 and long.endswith("x ...")
    assert odd == "a\ufffdb\ufffdc\ufffd"


def test_what_excel_would_read_as_the_code_of_a_letter_is_escaped():
    """Excel reads _x0041_ as A, and _x005F_ as the line that begins such a code."""
    assert xlsx.safe("_x0041_ _xyz_ _x0041") == "_x005F_x0041_ _xyz_ _x0041"
    assert xlsx.safe("_x005F_x0041_") == "_x005F_x005F_x005F_x0041_"


def test_a_table_without_rows_and_one_with_many_columns():
    empty = opened(book_of([xlsx.Column("a"), xlsx.Column("b", "number")], []))["Figures"]
    assert [list(row) for row in empty.iter_rows(values_only=True)] == [["a", "b"]]
    names = [f"column {n}" for n in range(60)]
    wide = opened(book_of([xlsx.Column(name) for name in names], [names]))["Figures"]
    assert wide.dimensions == "A1:BH2"
    assert [cell.value for cell in wide[2]] == names


# ------------------------------------------------------------------------------ provenance


def partnership(**own):
    return Partnership(
        *("barnet", "Barnet Partnership", "Barnet", "", "E09000003", "2013-07-31", ""),
        *((), {}, (), (), "Board papers"),
        **own,
    )


def indicator(**own):
    return Indicator(
        slug="burglary", title="Burglary", description="", kind="count", polarity="lower",
        unit="offences", unit_one="offence", outcome="crime", order=1, source="Police", owner="",
        frequency="monthly", due_within_days=None, area="E09000003", series={}, **own,
    )  # fmt: skip


def test_an_indicators_licence_is_its_own_or_its_partnerships():
    ours = {"licence": "OGL", "licence_address": "https://example.org/ogl"}
    without = of_indicator(SITE, partnership(**ours), indicator(licence=""), None)
    own = of_indicator(SITE, partnership(**ours), indicator(licence="Crown"), None)
    nobody = of_indicator(SITE, partnership(), indicator(licence=""), None)
    found = (without.licence_in_full, own.licence_in_full, nobody.licence_in_full)
    assert found == ("OGL, https://example.org/ogl", "Crown", "not stated")


def test_a_file_says_by_its_name_what_it_is():
    closing = parse("2013/14-Q1")
    own = of_indicator(SITE, partnership(), indicator(licence=""), closing)
    report = of_report(SITE, partnership(), "scorecard/fy2013-14-q1/", closing)
    plan = of_report(SITE, partnership(), "plan/", None)
    assert own.saved_as("metrics.csv") == "barnet-burglary-metrics-fy2013-14-q1.csv"
    assert report.saved_as("scorecard.csv") == "barnet-scorecard-fy2013-14-q1.csv"
    assert plan.saved_as("roles.csv") == "barnet-plan-roles.csv"
    assert own.dated == f"Data to {period_long(closing)}. Pages as of 31 July 2013."
    assert plan.dated == "Pages as of 31 July 2013."
    assert own.at("#chart-months").address == f"{SITE}barnet/burglary/#chart-months"


def test_every_page_with_files_says_source_licence_date_and_address(made, html_text):
    pages = {path: text for path, text in made.items() if path.endswith("/index.md")}
    offered = 0
    for path, text in pages.items():
        at = path.removesuffix("index.md")
        beside = {n.removeprefix(at) for n in made if n.startswith(at) and n.endswith(".csv")}
        if not beside or path.startswith(("data", "index")) or "/" not in at.strip("/"):
            continue
        said = html_text(text).one("div", class_="co-downloads")
        links = {a.attrs["href"]: a.attrs for a in said.all("a") if "download" in a.attrs}
        assert {name for name in beside if "/" not in name} <= set(links)
        assert all(a["download"].startswith("made-up-") for a in links.values())
        for words in ("Source: ", "Licence: Open", "Pages as of 31 August 2016", f"{SITE}{at}"):
            assert words in said.text, path
        offered += 1
    assert offered > len(SLUGS)


def test_nothing_in_an_archive_names_the_machine(made):
    archives = [content for name, content in made.items() if name.endswith((".xlsx", ".zip"))]
    for text in map(everything, archives):
        assert str(Path.cwd()) not in text and os.sep + "tmp" + os.sep not in text
