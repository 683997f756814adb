"""The registry of report pages: every row is whole, and a page is there where there is data."""

import re
from datetime import date
from importlib import resources

import pytest
from tests.test_search import entries_of

import generate
from callover.compute import boards
from callover.data.checks import RESERVED
from callover.data.read import read
from callover.pages.portal import press
from callover.pages.report import Context, Made, Report, made
from callover.pages.reports import REPORTS

TODAY = date(2017, 1, 31)
HOME = generate.PARTNERSHIP
BARE = generate.below("reference", generate.reference()) | generate.below(
    HOME, generate.partnership()
)


@pytest.fixture
def bare(tmp_path):
    """A portal whose partnership has no indicator and no table."""
    return read(generate.write(tmp_path / "datapackage", BARE), TODAY)


# ---------------------------------------------------------------- the rows


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_a_row_has_a_title_a_sentence_a_template_and_a_reserved_name(report):
    assert report.name in RESERVED
    assert report.title[0].isupper()
    assert 3 <= len(report.sentence.split()) <= 15 and not report.sentence.endswith(".")
    assert resources.files("callover").joinpath(f"templates/{report.template}").is_file()


def test_names_and_titles_differ():
    for part in ("name", "title"):
        found = [getattr(report, part) for report in REPORTS]
        assert len(set(found)) == len(found)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_a_partnership_without_data_gets_no_page(bare, report):
    (board,) = boards(bare)
    assert list(report.files(Context(bare, (board,), {}), board)) == []


def test_a_partnership_without_data_has_an_overview_and_a_feed_and_nothing_else(bare):
    files = press(bare, {})
    own = [path for path in files if path.startswith(f"{HOME}/")]
    assert own == [f"{HOME}/index.md", f"{HOME}/feed.xml", f"{HOME}/preview.png"]
    assert "co-downloads" not in files[f"{HOME}/index.md"]


# ---------------------------------------------------------------- what is made of them


def page(title):
    return f'---\ntitle: "{title}"\ndescription: "What {title} says."\n---\n\nWords.\n'


def test_reports_are_made_in_their_order_and_empty_ones_left_out(bare):
    (board,) = boards(bare)
    some = Report("plan", "Plan", "one", "x.md", lambda c, b: iter([("index.md", page("P"))]))
    none = Report("year", "Year", "two", "x.md", lambda c, b: iter(()))
    assert [m.report.name for m in made((some, none), Context(bare, (board,), {}), board)] == [
        "plan"
    ]


def test_a_report_leads_to_its_own_page_or_else_to_each():
    report = Report("year", "Year end", "what the year brought", "x.md", lambda c, b: iter(()))
    both = {"index.md": page("Years"), "2015/index.md": page("2015"), "year.csv": "a\n1\n"}
    assert Made(report, both).links == [("year/", "Year end", "what the year brought")]
    assert list(Made(report, both).pages) == [
        ("year/", "Years", "What Years says."),
        ("year/2015/", "2015", "What 2015 says."),
    ]
    without = {"2015/index.md": page("2015"), "2016/index.md": page("2016")}
    assert Made(report, without).links == [
        ("year/2015/", "2015", "what the year brought"),
        ("year/2016/", "2016", "what the year brought"),
    ]


def test_the_overview_lists_the_reports_and_search_finds_them(package):
    files = press(read(package("count"), TODAY), {})
    overview = str(files[f"{HOME}/index.md"])
    listed = re.findall(r'<li><a href="([^"]+)">([^<]+)</a> <small>([^<]+)</small></li>', overview)
    assert [(address, title) for address, title, _ in listed] == [
        ("scorecard/", "Scorecard"),
        ("exceptions/", "Exceptions"),
    ]
    assert listed[0][2] == "every figure, target and rating in one table"
    docs = entries_of(str(files["search/index.json"]))
    assert docs[f"{HOME}/scorecard/"].title == "Scorecard"
    assert docs[f"{HOME}/scorecard/"].text
    assert f"{HOME}/scorecard/index.md" in files
