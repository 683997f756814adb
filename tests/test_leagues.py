"""Ranks among areas: a competition ranking from both ends, and sums that say what is missing."""

import csv
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callover.kinds import kind, kind_of
from callover.leagues import columns, members, standings
from callover.model import Cell, Group, Indicator, Key, League, Reference
from callover.periods import Period, parse

QUARTER = parse("2013-04/2013-06")
BARNET, FORCE = "E09000003", "E23000001"
#: Calls about anti-social behaviour and calls per 1,000 residents, April to June 2013.
BOROUGHS = {
    row["area_code"]: (int(row["value"]), Fraction(row["rate"]))
    for row in csv.DictReader(
        (Path(__file__).parent.parent / "datapackage/barnet/asb-calls/series.csv")
        .read_text("utf-8")
        .splitlines()
    )
}


def league(figures, group="met", total=FORCE, unit="calls", **own):
    """A league from figures by area: the count, and perhaps the rate."""
    series: dict[Key, dict[Period, Cell]] = {}
    for area, (value, *rate) in figures.items():
        series[Key(area, "all", "value")] = {QUARTER: Cell(value, "" if value is not None else "x")}
        for one in rate:
            series[Key(area, "all", "rate")] = {QUARTER: Cell(one)}
    return Indicator(
        "calls", "Calls", "", "league", "lower", unit, "", "o", 1, "", "", "irregular", None, "",
        BARNET, series, league=League(group, total), **own,
    )  # fmt: skip


def reference(*codes, group="met"):
    return Reference({}, {group: Group(group, group, len(codes), codes, "")}, ())


def by_name(indicator, shared):
    return {one.quantity.name: one for one in columns(indicator, kind_of(indicator), shared)}


LONDON = reference(*(code for code in BOROUGHS if code != FORCE))


def test_barnet_is_13th_highest_by_number_and_10th_lowest_by_rate():
    made = by_name(league(BOROUGHS), LONDON)
    calls, rate = made["value"].standings[BARNET], made["rate"].standings[BARNET]
    assert (calls.value, calls.from_highest, calls.from_lowest, calls.of) == (978, 13, 20, 32)
    assert (rate.value, rate.from_lowest, rate.from_highest) == (Fraction("2.76"), 10, 23)
    assert (calls.sharing, rate.sharing) == (1, 1)


def test_the_boroughs_add_up_to_the_printed_total():
    made = by_name(league(BOROUGHS), LONDON)
    assert (made["value"].sum, made["value"].total, made["value"].missing) == (28632, 28632, [])
    assert (made["rate"].sum, made["rate"].total) == (None, Fraction("3.51"))


def test_three_boroughs_share_a_rank_and_the_next_two_ranks_are_left_out():
    rates = by_name(league(BOROUGHS), LONDON)["rate"].standings
    shared = {code for code, one in rates.items() if one.from_lowest == 3}
    assert shared == {"E09000004", "E09000006", "E09000016"}  # Bexley, Bromley, Havering
    assert {rates[code].sharing for code in shared} == {3}
    ranks = sorted(one.from_lowest for one in rates.values())
    assert ranks[:7] == [1, 2, 3, 3, 3, 6, 7]


def test_an_area_without_a_figure_is_missing_and_no_sum_is_given():
    made = by_name(league({BARNET: (5,), "B": (None,), FORCE: (9,)}), reference(BARNET, "B", "C"))
    assert (made["value"].missing, made["value"].sum, made["value"].total) == (["B", "C"], None, 9)
    assert made["value"].standings[BARNET].of == 1


def test_areas_outside_the_group_are_not_ranked():
    made = by_name(league({BARNET: (5,), "B": (4,), "Z": (1,)}), reference(BARNET, "B"))
    assert set(made["value"].standings) == {BARNET, "B"}
    assert made["value"].total is None


def test_without_a_list_of_members_all_areas_are_ranked_but_the_total():
    one = league({BARNET: (5,), "B": (4,), FORCE: (9,)}, group="alike")
    unpublished = Reference({}, {"alike": Group("alike", "Alike", 15, (), "")}, ())
    assert one.league is not None
    assert list(members(one, one.league, unpublished)) == [BARNET, "B"]
    assert by_name(one, unpublished)["value"].sum == 9


def test_percentages_are_never_added():
    one = league({BARNET: (5,), "B": (4,)}, unit="percent")
    assert by_name(one, reference(BARNET, "B"))["value"].sum is None


def test_another_kind_has_no_league():
    plain = replace(league({BARNET: (5,)}), league=None)
    assert columns(plain, kind("count"), LONDON) == ()


NUMBERS = st.dictionaries(st.text(min_size=1), st.integers(-5, 5), min_size=1)


@given(NUMBERS)
def test_law_ranks_are_a_competition_ranking(values):
    made = standings(values)
    assert {area: one.value for area, one in made.items()} == values
    for area, value in values.items():
        one = made[area]
        others = list(values.values())
        assert one.from_lowest == 1 + sum(other < value for other in others)
        assert one.from_highest == 1 + sum(other > value for other in others)
        assert one.sharing == others.count(value)
        assert one.from_lowest + one.from_highest + one.sharing == one.of + 2
        assert one.of == len(others)


@given(NUMBERS)
def test_law_turned_round_the_ends_change_places(values):
    there, back = standings(values), standings({a: -v for a, v in values.items()})
    for area, one in there.items():
        assert (one.from_lowest, one.from_highest) == (
            back[area].from_highest, back[area].from_lowest,
        )  # fmt: skip


@pytest.mark.parametrize("values", [{}, {"a": 1}])
def test_few_or_no_areas(values):
    assert {area: one.from_lowest for area, one in standings(values).items()} == dict.fromkeys(
        values, 1
    )
