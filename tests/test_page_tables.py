"""Tables of a page: periods as columns, this year beside last, nothing that says nothing."""

import pytest
from tests.test_sentences import AREA, REFERENCE, sheet

from callover.model import Comparator
from callover.pages import beside
from callover.pages.tables import months
from callover.periods import parse

WEEKS = {"2013-W14": 58, "2013-W15": 51, "2013-W16": 44}
LAST_YEAR = {"2012-04-01/2012-04-07": 52, "2012-04-08/2012-04-14": 62, "2012-04-15/2012-04-21": 56}


def shown(made):
    table = months(made, REFERENCE)
    assert table is not None
    return table, {row.label: [cell.text for cell in row.cells] for row in table.rows}


def test_weeks_are_columns_with_last_year_the_change_and_the_year_to_date():
    table, rows = shown(sheet("count", {"value": WEEKS | LAST_YEAR}, frequency="weekly"))
    assert table.caption == "Measure, weeks ending 7 April to 21 April 2013"
    assert (table.corner, table.columns) == ("Week ending", ["7 Apr", "14 Apr", "21 Apr"])
    assert table.current == 2
    assert rows == {
        "Offences": ["58", "51", "44"],
        "Last year": ["52", "62", "56"],
        "Change on last year": ["+12%", "-18%", "-21%"],
        "Year to date": ["58", "109", "153"],
        "Year to date, last year": ["52", "114", "170"],
        "Year to date, change": ["+12%", "-4%", "-10%"],
    }


def test_a_missing_week_keeps_its_column_and_ends_the_year_to_date():
    weeks = {"2013-W14": 58, "2013-W15": "x", "2013-W16": 44}
    _, rows = shown(sheet("count", {"value": weeks}, frequency="weekly"))
    assert rows == {"Offences": ["58", "", "44"], "Year to date": ["58", "", ""]}


def test_months_have_no_row_of_the_same_month_last_year():
    values = {"2015-04": 30, "2015-05": 31, "2016-04": 20, "2016-05": 25}
    _, rows = shown(sheet("count", {"value": values}))
    assert list(rows) == [
        "Offences",
        "Year to date",
        "Year to date, last year",
        "Change on last year",
    ]


def test_a_table_of_one_period_names_it_once():
    rows = {"value": {"2011-07/2012-06": 4760, "2012-07/2013-06": 4670}}
    table, _ = shown(sheet("rolling_only", rows, frequency="quarterly"))
    assert table.caption == "Measure, June 2013"


@pytest.mark.parametrize(
    ("basis", "told"),
    [
        (
            "12 months on the 12 before, London; overview, line 28",
            "12 months on the 12 before, London",
        ),
        ("Public Attitude Survey, line 552", "Public Attitude Survey"),
        ("quoted by the partners", "quoted by the partners"),
    ],
)
def test_a_figure_of_others_says_its_basis_and_not_where_the_document_prints_it(basis, told):
    row = Comparator(parse("2016-12"), AREA, "", "calls:rate", 8, "8", "percent", basis)
    table = beside.table(sheet("count", {"value": {"2016-12": 5}}, comparators=(row,)))
    assert table is not None
    (made,) = table.rows
    assert made.label == "Made-up Borough: rate, December 2016"
    assert [cell.text for cell in made.cells] == [
        *("Not compared: it is about another measure", "8%", "", told)
    ]
