"""Unlikely figures ask for a look: slips, sudden noughts, other units; and what is let be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callover.data.plausible import Reach
from callover.data.read import read
from callover.errors import Faults

TODAY = date(2017, 1, 31)
MONTHS = [f"2016-{month:02}" for month in range(1, 13)]
#: A year of months between 100 and 130.
STEADY = [100, 110, 120, 130, 125, 115, 105, 100, 110, 120, 130, 125]


def series(values, periods=MONTHS):
    rows = [f"{period},{value},," for period, value in zip(periods, values, strict=True)]
    return "\n".join(["period,value,marker,note", *rows, ""])


@pytest.fixture
def told(package):
    """Give the faults of a series: `told(values, **settings)`."""

    def ask(values, kind="count", periods=MONTHS, **settings):
        data = package(kind, series=series(values, periods), callover=settings)
        try:
            read(data, TODAY)
        except Faults as found:
            return [str(fault) for fault in found.faults]
        return []

    return ask


def test_a_steady_year_asks_for_nothing(told):
    assert told(STEADY) == []


@pytest.mark.parametrize("typed", [1250, 12, 12500, 0])
def test_a_slip_of_the_keyboard_asks_for_a_look(told, typed):
    values = [*STEADY[:-1], typed]
    (fault,) = told(values)
    assert "series.csv, row 13, column value" in fault
    assert f'found "{typed}"; expected a figure like those beside it (100 to 130)' in fault
    assert '"confirmed" in datapackage.json: {"period": "2016-12", "column": "value", ' in fault
    assert f'"value": "{typed}"}}' in fault
    assert fault.count("\n") <= 1


def test_the_first_figures_are_set_beside_those_after_them(told):
    (fault,) = told([1000, *STEADY[1:]])
    assert "row 2, column value" in fault


def test_another_unit_asks_once_where_it_begins(told):
    values = [45.1, 47, 44, 46.5, 43, 45, 44.2, 46, 47.5, 0.45, 0.46, 0.44]
    faults = told(values, "snapshot", unit="percent")
    assert faults and "row 11" in faults[0] and "0.45" in faults[0]


def test_a_confirmed_figure_stands_until_it_changes(told):
    row = {"period": "2016-12", "column": "value", "value": "1250"}
    assert told([*STEADY[:-1], 1250], confirmed=[row]) == []
    faults = told([*STEADY[:-1], 1251], confirmed=[row])
    assert any('found "1251"' in fault for fault in faults)
    (idle,) = [fault for fault in faults if "callover.confirmed.0" in fault]
    assert "1250 for 2016-12" in idle and "expected 1251, as series.csv has" in idle


def test_a_confirmation_of_nothing_is_a_fault(told):
    row = {"period": "2016-12", "column": "values", "value": "125"}
    (fault,) = told(STEADY, confirmed=[row])
    assert "expected a figure of series.csv" in fault


def test_a_declared_change_in_recording_begins_anew(told):
    values = [*STEADY[:6], *(10 * value for value in STEADY[6:])]
    assert told(values)
    assert told(values, breaks=[{"period": "2016-07", "text": "Counted anew."}]) == []


def test_small_counts_may_jump_and_short_series_are_let_be(told):
    assert told([0, 3, 1, 0, 2, 9, 0, 1, 4, 0, 2, 7]) == []
    assert told([100, 1000, 10, 400, 100, 90], periods=MONTHS[:6]) == []


def test_a_year_is_never_set_beside_months(told):
    periods = ["2014/15", *(f"2015-{month:02}" for month in range(4, 13))]
    assert told([1400, *STEADY[:9]], periods=periods) == []


@given(st.lists(st.integers(20, 10_000), min_size=6, max_size=12), st.data())
def test_what_lies_among_its_neighbours_is_always_likely(values, data):
    reach = Reach.of(values)
    assert reach.holds(data.draw(st.integers(min(values), max(values))))
    assert not reach.holds(10 * max(values)) and not reach.holds(0)
