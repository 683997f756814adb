"""The scorecard by quarter: profile, figures, three verdicts, and the same table for machines."""

import csv
import io
from datetime import date

import pytest

from callover.compute import boards
from callover.data.read import read
from callover.pages import scorecard
from callover.pages.report import Context

TODAY = date(2013, 11, 1)
SCHEME = {
    "schemes": {
        "key": {
            "rule": "tolerance",
            "title": "Against the target",
            "tolerance": 10,
            "basis": "period",
            "bases": ["cumulative", "year_end"],
        }
    },
    "releases": [
        {"id": "2013-14-q1", "title": "Quarter 1", "data_to": "2013/14-Q1"},
        {"id": "2013-14-q2", "title": "Quarter 2", "data_to": "2013/14-Q2"},
    ],
}
QUARTERLY = {
    "frequency": "quarterly",
    "due_within_days": 2000,  # the package speaks from 2017
    "polarity": "lower",
    "unit": "offences",
    "unit_one": "offence",
    "lead": "Borough Commander",
    "owner": "Police intelligence unit",
    "rating": {"scheme": "key"},
}
TARGETS = (
    "measure,category,period,type,lower,upper,change_percent,baseline,baseline_period,status,"
    "as_published\n"
)


def profile(*amounts):
    rows = [f"value,all,2013/14-Q{n},profile,,{a},,,,agreed," for n, a in enumerate(amounts, 1)]
    return TARGETS + "\n".join(rows) + "\n"


def board_of(root):
    (board,) = boards(read(root, TODAY))
    return board


@pytest.fixture
def theft(package):
    """Theft from motor vehicles: a quarter that missed its profile in a half-year that met it."""
    return package(
        "count",
        callover=QUARTERLY,
        series="period,value,marker,note\n2012/13,2619,,\n2013/14-Q1,549,,\n2013/14-Q2,643,,\n",
        targets=profile(683, 606, 595, 604)
        + 'value,all,2013/14,change,,,-5,2619,2012/13,agreed,"2,488 (5% reduction)"\n',
        published=None,
        comparators=None,
        partnership=SCHEME,
    )


def rows_of(files, path=scorecard.CSV):
    return list(csv.DictReader(io.StringIO(files[path])))


def files_of(root):
    portal = read(root, TODAY)
    (board,) = boards(portal)
    return dict(scorecard.files(Context(portal, (board,), {}), board))


def test_a_quarter_has_its_profile_its_figure_and_three_verdicts(theft):
    (row,) = rows_of(files_of(theft))
    assert (row["baseline"], row["annual_target"]) == ("2619", "2488")
    assert [row[f"q{n}_target"] for n in range(1, 5)] == ["683", "606", "595", "604"]
    assert [row[f"q{n}"] for n in range(1, 5)] == ["549", "643", "", ""]
    assert row["year_to_date"] == "1192"
    assert (row["rating_period"], row["rating_cumulative"]) == ("Close", "On target")
    assert row["rating_year_end"] == "On target"
    assert row["direction"] == "up 94 on the quarter before"
    # A quarter is not tested against the one before it.
    assert (row["change_verdict"], row["more_than_chance"]) == ("worse", "")
    assert (row["lead"], row["data_owner"]) == ("Borough Commander", "Police intelligence unit")


def test_a_scorecard_of_an_earlier_release_stands_as_it_stood(theft):
    files = files_of(theft)
    assert {"fy2013-14-q1/index.md", "fy2013-14-q2/index.md", "index.md"} <= set(files)
    (row,) = rows_of(files, f"fy2013-14-q1/{scorecard.CSV}")
    assert (row["q1"], row["q2"], row["rating_period"]) == ("549", "", "On target")
    assert "643" not in files["fy2013-14-q1/index.md"]


def test_the_page_says_the_figures_and_the_roles(theft):
    page = files_of(theft)["index.md"]
    for text in ("1,192", "2,488", "Borough Commander", "Year end</span>", "-5% on 2012/13"):
        assert text in page
    assert "target 595" in page  # a quarter still to come has its target


def test_words_and_levels_stand_in_their_quarter(package):
    root = package(
        "milestone",
        callover={**QUARTERLY, "rating": {"scheme": "none"}},
        series="period,text,marker,note\n2013/14-Q2,On track,,\n",
        targets=None,
        published=None,
        comparators=None,
        partnership=SCHEME,
    )
    (row,) = rows_of(files_of(root))
    assert (row["q1"], row["q2"], row["year_to_date"]) == ("", "On track", "")


def test_a_partnership_of_months_keeps_the_scorecard_of_months(package):
    (row,) = rows_of(files_of(package("count_rate")))
    assert "rolling_12_months" in row and "q1_target" not in row


def test_columns_have_names_of_their_own():
    for columns in (scorecard._TO_DATE, *scorecard.LAYOUTS.values()):
        assert len({column.name for column in columns}) == len(columns)
        assert len({column.title for column in columns}) == len(columns)


def test_the_layouts_are_for_frequencies_there_are():
    assert set(scorecard.LAYOUTS) <= {"monthly", "quarterly", "weekly", "yearly", "irregular"}
