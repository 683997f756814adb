"""Kinds: every row is complete, and each makes the lines of figures it says."""

from dataclasses import replace
from fractions import Fraction

import pytest

from callover.drawings import CHARTS
from callover.errors import UnknownName
from callover.kinds import KINDS, kind, lines, metric_name
from callover.measures import MEASURES
from callover.model import Cell, Indicator, Key
from callover.periods import parse
from callover.ratings import POLARITIES, SCHEMES
from callover.series import Total

AREA = "E09000002"
TYPES = {"count", "amount", "number", "percent", "text"}
PERIODS = {
    *("month", "quarter", "week", "year", "span", "day"),
}


def indicator(name, rows, unit="people", category="all"):
    """An indicator of a kind, from columns of labelled values."""
    series = {
        Key(AREA, category, column): {
            parse(label): Cell(None, v) if isinstance(v, str) else Cell(v)
            for label, v in values.items()
        }
        for column, values in rows.items()
    }
    return Indicator(
        "measure", "Measure", "", name, "lower", unit, "one", "crime", 1, "", "", "monthly", None,
        "", AREA, series,
    )  # fmt: skip


def made(name, rows, unit="people", category="all"):
    return lines(kind(name), indicator(name, rows, unit, category), AREA, category)


def over(line, label):
    period = parse(label)
    return line.total(period.start, period.end)


# ---------------------------------------------------------------- the table is complete


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_says_what_it_is(name):
    row = kind(name)
    assert row.name == name
    for text in (row.title, row.sentence, row.comparisons):
        assert text.strip()
    assert row.sentence.endswith(".")
    assert row.columns
    assert row.quantities
    assert row.charts or all(quantity.form == "words" for quantity in row.quantities)
    assert row.series_periods
    assert set(row.series_periods) <= PERIODS


@pytest.mark.parametrize("name", KINDS)
def test_every_name_a_kind_uses_is_in_its_table(name):
    row = kind(name)
    assert set(row.rules) <= set(SCHEMES)
    assert set(row.charts) <= set(CHARTS)
    assert {"published", "none"} <= set(row.rules)
    for quantity in row.quantities:
        assert quantity.title.strip()
        assert quantity.measures
        assert set(quantity.measures) <= set(MEASURES)
        assert len(set(quantity.measures)) == len(quantity.measures)


@pytest.mark.parametrize("name", KINDS)
def test_every_quantity_is_made_of_columns_and_every_column_is_used(name):
    row = kind(name)
    columns = [column.name for column in row.columns]
    quantities = [quantity.name for quantity in row.quantities]
    assert len(set(columns)) == len(columns)
    assert len(set(quantities)) == len(quantities)
    assert {column.type for column in row.columns} <= TYPES
    assert {quantity.form for quantity in row.quantities} <= {"count", "level", "rate", "words"}
    assert {quantity.polarity for quantity in row.quantities} <= {"", *POLARITIES}
    used = set()
    for quantity in row.quantities:
        used |= {quantity.column, quantity.given, *quantity.parts, *quantity.interval} - {""}
        used |= {quantity.behind} - {""}
        if quantity.is_share:
            assert quantity.unit == "percent"
            assert {quantity.numerator, quantity.denominator} - {""} <= set(quantities)
        else:
            assert quantity.column
    assert used == set(columns)
    for part, whole in row.at_most:
        assert {part, whole} <= set(columns)


@pytest.mark.parametrize("name", KINDS)
def test_metric_names_are_unique_within_a_kind(name):
    row = kind(name)
    names = [metric_name(q.name, m) for q in row.quantities for m in q.measures]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", KINDS)
def test_columns_and_quantities_are_found_by_name(name):
    row = kind(name)
    for column in row.columns:
        assert row.column(column.name) is column
    for quantity in row.quantities:
        assert row.quantity(quantity.name) is quantity
    assert row.column("nothing") is None
    assert row.quantity("nothing") is None


def test_every_measure_is_used_by_a_kind():
    assert {m for row in KINDS.values() for q in row.quantities for m in q.measures} == set(
        MEASURES
    )


def test_an_unknown_kind_lists_the_known():
    with pytest.raises(UnknownName) as refused:
        kind("index")
    assert refused.value.known == tuple(KINDS)
    assert "'index'; known: count, count_rate, completions" in str(refused.value)


@pytest.mark.parametrize(
    ("quantity", "measure", "name"),
    [
        ("value", "value", "value"),
        ("value", "year_to_date", "year_to_date"),
        ("successes", "value", "successes"),
        ("successes", "year_to_date", "successes_year_to_date"),
        ("success_rate", "value", "success_rate"),
        ("percent_satisfied", "year_to_date", "percent_satisfied_year_to_date"),
    ],
)
def test_metrics_are_named_as_the_contract_says(quantity, measure, name):
    assert metric_name(quantity, measure) == name


# ---------------------------------------------------------------- what each kind makes


def test_a_count_adds_up_and_keeps_the_share_the_source_gives():
    own = made("count", {"value": {"2016-04": 8, "2016-05": 6}, "percent": {"2016-04/2016-05": 25}})
    assert over(own["value"], "2016-04/2016-05") == Total(14)
    assert over(own["percent"], "2016-04/2016-05") == Total(25)
    assert over(own["percent"], "2016-04") == Total(None)


def test_a_count_with_a_rate_adds_up():
    own = made("count_rate", {"value": {"2016-04": 47, "2016-05": 79}})
    assert over(own["value"], "2016-04/2016-05") == Total(126)
    assert own["value"].additive


def test_percentages_in_the_place_of_counts_never_add_up():
    own = made("count", {"value": {"2016-04": 40, "2016-05": 50}}, unit="percent")
    assert over(own["value"], "2016-05") == Total(50)
    assert over(own["value"], "2016-04/2016-05") == Total(None)
    assert own["value"].in_points


def test_completions_have_a_rate_of_sums():
    own = made(
        "completions",
        {
            "terminations": {"2016-04": 4, "2016-05": 3},
            "successes": {"2016-04": 3, "2016-05": 0},
            "starts": {"2016-04": 5},
        },
    )
    assert list(own) and set(own) == {"success_rate", "successes", "terminations", "starts"}
    assert over(own["success_rate"], "2016-04/2016-05") == Total(Fraction(300, 7))
    assert over(own["terminations"], "2016-04/2016-05") == Total(7)
    assert over(own["starts"], "2016-05") == Total(None)


def test_a_proportion_of_people():
    rows = {
        "numerator": {"2015-05/2016-04": 31},
        "base": {"2015-05/2016-04": 461},
        "percent": {"2014/15": Fraction("11.4")},
    }
    own = made("proportion", rows, unit="percent", category="opiates")
    assert over(own["percent"], "2015-05/2016-04") == Total(Fraction(3100, 461))
    assert over(own["percent"], "2014/15") == Total(Fraction("11.4"))
    assert over(own["numerator"], "2015-05/2016-04") == Total(31)
    assert {q.unit for q in kind("proportion").quantities} == {"percent", "cases"}


def test_a_survey_counts_answers():
    answers = {
        "very_satisfied": {"2016-04": 10, "2016-05": 5},
        "fairly_satisfied": {"2016-04": 27, "2016-05": 5},
        "neither": {"2016-04": 3, "2016-05": 0},
        "fairly_dissatisfied": {"2016-04": 0, "2016-05": 0},
        "very_dissatisfied": {"2016-04": 0, "2016-05": 10},
        "sent": {"2016-04": 90, "2016-05": 40},
    }
    own = made("satisfaction", answers)
    assert over(own["satisfied"], "2016-04") == Total(37)
    assert over(own["returned"], "2016-04/2016-05") == Total(60)
    assert over(own["percent_satisfied"], "2016-04/2016-05") == Total(Fraction(4700, 60))
    assert over(own["sent"], "2016-04/2016-05") == Total(130)
    printed = made("satisfaction", {"satisfied": {"2015/16": 624}, "returned": {"2015/16": 628}})
    assert over(printed["percent_satisfied"], "2015/16") == Total(Fraction(62400, 628))


def test_a_milestone_has_words_and_no_number():
    row = kind("milestone")
    series = {
        Key(AREA, "all", "text"): {
            parse("2013/14-Q1"): Cell(None, "", "", "On track"),
            parse("2013/14-Q2"): Cell(None, "x"),
        }
    }
    own = lines(row, replace(indicator("milestone", {}), series=series), AREA, "all")["text"]
    assert over(own, "2013/14-Q1") == Total(None, "", "On track")
    assert over(own, "2013/14-Q2") == Total(None, "x")
    assert over(own, "2013-04/2013-09") == Total(None)
    assert not own.additive


def test_a_detection_rate_is_worked_out_or_as_given():
    own = made(
        "rolling_only",
        {
            "value": {"2012-07/2013-06": 400, "2011-07/2012-06": 500},
            "detections": {"2012-07/2013-06": 50},
            "detection_rate": {"2012-07/2013-06": 13, "2011-07/2012-06": Fraction("7.8")},
            "primary_detection_rate": {"2012-07/2013-06": Fraction("16.2")},
        },
    )
    assert over(own["detection_rate"], "2012-07/2013-06") == Total(Fraction(25, 2))
    assert over(own["detection_rate"], "2011-07/2012-06") == Total(Fraction("7.8"))
    assert over(own["primary_detection_rate"], "2012-07/2013-06") == Total(Fraction("16.2"))
    assert {q.polarity for q in kind("rolling_only").quantities if q.is_share} == {"higher"}


@pytest.mark.parametrize(
    ("name", "rows", "window"),
    [
        ("snapshot", {"2016-03-31": 65, "2016-04-01": 60}, "2016-03-31/2016-04-01"),
        ("snapshot", {"2016-04": 60, "2016-05": 62}, "2016-04/2016-05"),
        ("snapshot", {"2016/17-Q1": 49, "2016/17-Q2": 54}, "2016-04/2016-09"),
        ("yearly", {"2014/15": 111, "2015/16": 134}, "2014-04/2016-03"),
        ("rolling_only", {"2014-10/2015-09": 396, "2015-10/2016-09": 373}, "2014-10/2016-09"),
    ],
)
def test_what_stands_by_itself_never_adds_up(name, rows, window):
    own = made(name, {"value": rows})["value"]
    for label, value in rows.items():
        assert over(own, label) == Total(value)
    assert over(own, window) == Total(None)
    assert not own.additive


def test_a_line_belongs_to_its_area_and_category():
    own = indicator("rolling_only", {"value": {"2015-10/2016-09": 22}}, category="faith")
    row = kind("rolling_only")
    assert over(lines(row, own, AREA, "faith")["value"], "2015-10/2016-09") == Total(22)
    assert lines(row, own, AREA, "all")["value"].periods == ()
    assert lines(row, own, "E09000003", "faith")["value"].periods == ()
