"""Pages across bands and periods: sums beside printed totals, both lengths, links to reports."""

from datetime import date

import pytest
from tests.conftest import parsed

import generate
from callover.across import ACROSS
from callover.compute import boards
from callover.data.read import read
from callover.pages.portal import press
from callover.pages.wider import SAYS, TABLES, says, section

TODAY = date(2017, 1, 31)
HOME = generate.PARTNERSHIP
BANDS = "period,category,value\n2016-12,all,653\n2016-12,1,349\n2016-12,2,301\n"
COHORT = (
    "period,category,value\n2011-06-06/2012-06-05,all,259\n2012-06-06/2012-11-05,all,82\n"
    "2011-06-06/2012-06-05,recorded,0\n2012-06-06/2012-11-05,recorded,28\n"
)


@pytest.fixture
def sheet(package):
    """Compute one made-up indicator: `sheet(kind, series, **settings)`."""

    def make(kind, series, **callover):
        data = package(kind, series=series, callover=callover)
        (board,) = boards(read(data, TODAY))
        return board.sheets[0]

    return make


def tables_of(found):
    made = section(found)
    assert made is not None
    return made.tables


def rows(table):
    return {row.label: [cell.text for cell in row.cells] for row in table.rows}


def test_every_row_is_one_of_across():
    assert set(SAYS) <= set(ACROSS) and set(TABLES) <= set(ACROSS)


def test_bands_that_miss_the_printed_total_are_a_finding(sheet):
    found = sheet("distribution", BANDS, categories={"1": "Once", "2": "Twice"})
    assert list(says(found)) == [
        "The largest band is Once, with 349 (53.4% of the total).",
        "The bands add up to 650, and the printed total is 3 more.",
    ]
    shares, sums = tables_of(found)
    assert rows(shares) == {"Once": ["53.4%"], "Twice": ["46.1%"]}
    assert rows(sums) == {"Made-up Borough": ["650", "653", "3"]}


def test_bands_that_fit_need_no_words(sheet):
    fits = sheet(
        "distribution", BANDS.replace("653", "650"), categories={"1": "Once", "2": "Twice"}
    )
    assert len(list(says(fits))) == 1
    assert rows(tables_of(fits)[1]) == {"Made-up Borough": ["650", "650", "0"]}


def test_a_hidden_band_leaves_the_sum_unknown(sheet):
    series = "period,category,value,marker\n2016-12,all,40,\n2016-12,1,35,\n2016-12,2,,c\n"
    found = sheet("distribution", series, categories={"1": "Once", "2": "Twice"})
    shares, sums = tables_of(found)
    assert [cell.marker for row in shares.rows for cell in row.cells] == ["", "c"]
    assert rows(sums) == {"Made-up Borough": ["not known", "40", "not known"]}


def test_a_cohort_states_both_lengths_and_scales_by_days(sheet):
    found = sheet("cohort", COHORT, categories={"recorded": "Recorded"})
    assert list(says(found)) == [
        "There were 259 cases in the 366 days before.",
        "The time after is 153 days: over 366 days it would be about 196, down 24%, better.",
        "The time after is shorter than the time before, so take care.",
    ]
    (table,) = tables_of(found)
    assert rows(table) == {
        "All": [
            "259 in 366 days: 6 June 2011 to 5 June 2012",
            "82 in 153 days: 6 June to 5 November 2012", "196", "-24%",
        ],
        "Recorded": [
            "0 in 366 days: 6 June 2011 to 5 June 2012",
            "28 in 153 days: 6 June to 5 November 2012", "67", "",
        ],
    }  # fmt: skip


def test_equally_long_times_need_no_scaling(sheet):
    series = "period,value\n2013/14,40\n2014/15,30\n"
    assert list(says(sheet("cohort", series, categories={}))) == [
        "That is 10 fewer (down 25%) than in the 365 days before, which is better.",
    ]
    rising = "period,value\n2013/14,0\n2014/15,30\n"
    assert list(says(sheet("cohort", rising, categories={})))[-1] == (
        "That is 30 more than in the 365 days before, which is worse."
    )


def test_a_longer_time_after_needs_no_care(sheet):
    series = "period,value\n2013-04/2013-09,40\n2014-04/2015-03,90\n"
    told = list(says(sheet("cohort", series, categories={})))
    assert told[-1].startswith("The time after is 365 days:")


def test_pages_link_to_their_reports(package):
    for kind, href in (("league", "../league/measure/"), ("survey", "../surveys/")):
        files = press(read(package(kind), TODAY), {})
        text = str(files[f"{HOME}/measure/index.md"]).split("<!-- html -->")[1]
        assert href in [a.attrs["href"] for a in parsed(text).all("a")]
        assert f"{HOME}/{href.removeprefix('../')}index.md" in files


def test_other_kinds_have_no_such_section(sheet):
    found = sheet("count", "period,value\n2016-12,5\n")
    assert section(found) is None and list(says(found)) == []
