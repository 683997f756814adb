"""What is computed across lines: shares of a total, sums of bands, before and after by the day."""

from fractions import Fraction

import pytest

from callover.across import ACROSS, across, bands, comparisons, figures, rank_name, wanted
from callover.errors import UnknownName
from callover.kinds import KINDS, kind
from callover.model import Cell, Indicator, Key, League, Reference
from callover.periods import Period, parse
from callover.rounding import half_up

AREA, FORCE = "E09000003", "E23000001"
NOBODY = Reference({}, {}, ())


def indicator(name, rows, unit="people", **more):
    """An indicator from (area, category, period, value or marker) rows."""
    series: dict[Key, dict[Period, Cell]] = {}
    for area, category, label, value in rows:
        cell = Cell(None, value) if isinstance(value, str) else Cell(value)
        series.setdefault(Key(area, category, "value"), {})[parse(label)] = cell
    return Indicator(
        "i", "I", "", name, "lower", unit, "", "o", 1, "", "", "irregular", None, "", AREA,
        series, **more,
    )  # fmt: skip


def made(name, rows, **more):
    one = indicator(name, rows, **more)
    return {
        (m.measure, m.area, m.category): (m.value, m.unit, m.marker)
        for m in figures(one, kind(name), NOBODY)
    }


# ---------------------------------------------------------------- the table is complete


@pytest.mark.parametrize("name", ACROSS)
def test_every_row_says_what_it_is_and_a_kind_uses_it(name):
    row = across(name)
    assert row.name == name and row.names
    for text in (row.title, row.formula, row.source, row.sentence):
        assert text.strip()
    assert row.sentence.endswith(".")
    assert any(name in wanted(each) for each in KINDS.values())


def test_an_unknown_row_lists_the_known():
    with pytest.raises(UnknownName) as refused:
        across("median")
    assert refused.value.known == tuple(ACROSS)


@pytest.mark.parametrize("name", ["count", "survey"])
def test_a_kind_that_names_none_has_none(name):
    assert figures(indicator(name, [(AREA, "all", "2016-04", 5)]), kind(name), NOBODY) == []


# ---------------------------------------------------------------- ranks


@pytest.mark.parametrize(
    ("quantity", "name"),
    [("rate", "rank_in_met"), ("value", "value_rank_in_met"), ("percent", "percent_rank_in_met")],
)
def test_the_rank_of_the_rate_has_the_name_of_the_contract(quantity, name):
    assert rank_name(quantity, "met") == name


def test_the_own_area_has_its_rank_and_how_many_it_ranks_among():
    others = [(area, "all", "2016-04", n) for area, n in zip("BCDE", (3, 7, 8, 9), strict=True)]
    rows = [(AREA, "all", "2016-04", 5), *others, (FORCE, "all", "2016-04", 32)]
    assert made("league", rows, league=League("alike", FORCE)) == {
        ("value_rank_in_alike", AREA, "all"): (2, "rank", ""),
        ("value_rank_in_alike_of", AREA, "all"): (5, "rank", ""),
    }
    assert made("league", rows) == {}


# ---------------------------------------------------------------- bands

NORTH = [
    ("all", 653),
    ("1", 349),
    ("2", 134),
    ("3-6", 136),
    ("7-10", 21),
    ("11-15", 8),
    ("16-20", 2),
]
SOUTH_EAST = [
    ("all", 737),
    ("1", 315),
    ("2", 152),
    ("3-6", 220),
    ("7-10", 31),
    ("11-15", 14),
    ("16-20", 5),
]
SOUTH_WEST = [
    ("all", 486),
    ("1", 233),
    ("2", 53),
    ("3-6", 115),
    ("7-10", 29),
    ("11-15", 7),
    ("16-20", 1),
]
LONDON = [
    ("all", 3123),
    ("1", 1411),
    ("2", 663),
    ("3-6", 840),
    ("7-10", 139),
    ("11-15", 48),
    ("16-20", 16),
]


@pytest.mark.parametrize(
    ("rows", "total", "missing"),
    [(NORTH, 650, 3), (SOUTH_EAST, 737, 0), (SOUTH_WEST, 438, 48), (LONDON, 3117, 6)],
)
def test_three_of_four_rows_of_repeat_victims_miss_their_printed_total(rows, total, missing):
    one = indicator("distribution", [(AREA, band, "2013-05", n) for band, n in rows])
    (found,) = bands(one, kind("distribution"))
    assert (found.sum, found.missing) == (total, missing)


def test_shares_are_of_the_printed_total():
    rows = [(AREA, band, "2013-05", n) for band, n in NORTH]
    found = made("distribution", rows)
    assert found["sum_of_bands", AREA, "all"] == (650, "people", "")
    assert found["share_of_total", AREA, "1"] == (Fraction(34900, 653), "percent", "")
    assert ("share_of_total", AREA, "all") not in found


def test_without_a_printed_total_shares_are_of_the_sum():
    rows = [(AREA, "1", "2013-05", 30), (AREA, "2", "2013-05", 10), (FORCE, "1", "2013-05", 4)]
    found = made("distribution", rows)
    assert found["share_of_total", AREA, "2"] == (25, "percent", "")
    assert found["share_of_total", FORCE, "1"] == (100, "percent", "")
    assert ("sum_of_bands", FORCE, "all") in found


def test_a_confidential_band_leaves_no_sum_and_no_share_of_itself():
    rows = [(AREA, "all", "2013-05", 40), (AREA, "1", "2013-05", 30), (AREA, "2", "2013-05", "c")]
    found = made("distribution", rows)
    assert found == {("share_of_total", AREA, "1"): (75, "percent", "")}


def test_nothing_is_no_share_of_nothing():
    assert made("distribution", [(AREA, "all", "2013-05", 0), (AREA, "1", "2013-05", 0)]) == {
        ("sum_of_bands", AREA, "all"): (0, "people", "")
    }


# ---------------------------------------------------------------- before and after

BEFORE, AFTER = "2011-06-06/2012-06-05", "2012-06-06/2012-11-05"


def test_a_shorter_time_after_is_scaled_by_its_days():
    (one,) = comparisons(
        indicator("cohort", [(AREA, "all", BEFORE, 259), (AREA, "all", AFTER, 82)]), kind("cohort")
    )
    assert one.days == (366, 153)
    assert one.scaled == Fraction(82 * 366, 153)
    assert one.percent is not None and float(half_up(one.percent, 1)) == -24.3
    found = made("cohort", [(AREA, "all", BEFORE, 259), (AREA, "all", AFTER, 82)])
    assert {measure: marker for (measure, *_), (*_, marker) in found.items()} == {
        "scaled_to_before": "e", "change_on_before": "e", "change_on_before_count": "e",
    }  # fmt: skip


def test_equally_long_times_are_compared_as_they_stand():
    rows = [(AREA, "all", "2015-01/2015-12", 40), (AREA, "all", "2017-01/2017-12", 30)]
    found = made("cohort", rows)
    assert found["change_on_before", AREA, "all"] == (-25, "percent", "")
    assert found["change_on_before_count", AREA, "all"] == (-10, "people", "")
    assert found["scaled_to_before", AREA, "all"] == (30, "people", "")


def test_every_later_time_is_set_against_the_first():
    rows = [(AREA, "all", f"201{y}-01/201{y}-12", n) for y, n in ((3, 40), (4, 30), (5, 20))]
    found = comparisons(indicator("cohort", rows), kind("cohort"))
    assert [(one.later.label, one.percent) for one in found] == [
        ("2014-01/2014-12", -25), ("2015-01/2015-12", -50),
    ]  # fmt: skip


def test_from_nothing_there_is_a_number_and_no_percentage():
    found = made("cohort", [(AREA, "all", "2013/14", 0), (AREA, "all", "2014/15", 7)])
    assert ("change_on_before", AREA, "all") not in found
    assert found["change_on_before_count", AREA, "all"] == (7, "people", "")


def test_a_missing_figure_is_compared_with_nothing():
    found = made("cohort", [(AREA, "all", "2013/14", 9), (AREA, "all", "2014/15", "x")])
    assert found == {}
