"""Targets: from a row of targets.csv to the limits that hold at a date."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callover import periods
from callover.errors import UnknownName
from callover.model import Cell, TargetRow
from callover.periods import parse
from callover.series import Counts, Readings, Shares
from callover.targets import (
    NO_LIMITS,
    TARGETS,
    Limits,
    Question,
    limits_at,
    profile_sums,
    rows_for,
    share_of_year,
    target_type,
)

NOTHING = Counts({})


def counts(rows):
    return Counts({parse(label): Cell(value) for label, value in rows.items()})


def percentages(rows):
    return Shares(NOTHING, NOTHING, counts(rows))


def row(kind, period="2016/17", *, baseline_period=None, **values):
    return TargetRow(
        "value",
        "all",
        parse(period) if period else None,
        kind,
        baseline_period=parse(baseline_period) if baseline_period else None,
        **values,
    )


def limits(rows, line, window, polarity="lower"):
    period = parse(window)
    rows = rows if isinstance(rows, list) else [rows]
    return limits_at(rows, line, period.start, period.end, polarity)[1]


# The fire brigade's targets, as printed for April to each month of 2016/17.
RUBBISH = (21, 43, 64, 86, 107, 129, 150, 171, 193, 214, 236, 257)
YEAR = periods.months_of_year(parse("2016/17"))


@pytest.mark.parametrize(("at", "printed"), list(zip(YEAR, RUBBISH, strict=True)))
def test_a_yearly_limit_on_a_count_is_spread_evenly_and_rounded_half_up(at, printed):
    window = periods.of_window(*periods.year_to_date(at)).label
    assert limits(row("maximum", upper=257), counts({}), window) == Limits(upper=printed)


def test_a_minimum_is_spread_as_a_maximum_is():
    assert limits(row("minimum", lower=24), counts({}), "2016-04/2016-12") == Limits(lower=18)
    assert limits(row("minimum", lower=35), counts({}), "2016-04/2016-12") == Limits(lower=26)


def test_a_limit_on_a_share_or_a_reading_holds_as_it_is():
    maximum = row("maximum", upper=70)
    assert limits(maximum, percentages({}), "2016-04") == Limits(upper=70)
    assert limits(maximum, Readings({}), "2016-10-31") == Limits(upper=70)
    both = row("range", lower=28, upper=40)
    assert limits(both, percentages({}), "2016-04/2016-12") == Limits(28, 40)


def test_a_range_on_a_count_is_spread_at_both_ends():
    assert limits(row("range", lower=80, upper=120), counts({}), "2016/17-Q1") == Limits(20, 30)


@pytest.mark.parametrize(
    ("own", "window", "part"),
    [
        ("2016/17", "2016-04/2016-12", Fraction(3, 4)),
        ("2016/17", "2016/17", Fraction(1)),
        ("2016/17-Q2", "2016/17-Q2", Fraction(1)),
        ("2016-01/2016-12", "2016-04/2016-12", Fraction(3, 4)),
        ("2013/14", "2013-W14", Fraction(7, 365)),  # weeks go by days
        ("2015/16", "2015-04-01/2016-02-28", Fraction(334, 366)),
        (None, "2016-04/2016-06", Fraction(1, 4)),  # the financial year it falls in
        ("2016/17-Q2", "2016-04/2016-09", None),  # a quarter says nothing of the half-year
        ("2016/17", "2016-01/2016-12", None),
    ],
)
def test_the_part_of_the_targets_own_period(own, window, part):
    window = parse(window)
    assert share_of_year(row("maximum", own), window.start, window.end) == part


def test_a_window_outside_the_targets_own_period_has_no_limit():
    assert limits(row("maximum", "2016/17-Q2", upper=606), NOTHING, "2016-04/2016-09") is None
    assert limits(row("maximum", "2016/17-Q2", upper=606), NOTHING, "2016/17-Q2") == Limits(
        upper=606
    )


def test_a_reduction_on_a_printed_baseline_is_rounded_half_up():
    less = row("change", change_percent=-5, baseline=3149)
    assert limits(less, NOTHING, "2016/17") == Limits(upper=2992)  # 2,991.55
    assert limits(less, NOTHING, "2016-04/2016-09") == Limits(upper=Fraction(1496))


def test_a_change_is_on_the_same_months_of_the_baseline_year():
    line = counts({"2015-04": 60, "2015-05": 40, "2013-04": 200, "2013-05": 200})
    down = row("change", change_percent=-10)
    assert limits(down, line, "2016-04") == Limits(upper=54)
    assert limits(down, line, "2016-04/2016-05") == Limits(upper=90)
    since = row("change", change_percent=-20, baseline_period="2013/14")
    assert limits(since, line, "2016-04/2016-05") == Limits(upper=320)


def test_a_rise_is_a_lower_limit():
    line = counts({"2015-04": 60})
    assert limits(row("change", change_percent=15), line, "2016-04") == Limits(lower=69)


def test_a_change_of_a_12_month_count_is_a_whole_number():
    rows = {parse("2011-07/2012-06"): Cell(4760)}
    base = "2011-07/2012-06"
    down = row("change", "2012-07/2013-06", change_percent=Fraction("-6.5"), baseline_period=base)
    assert limits(down, Readings(rows, whole=True), "2012-07/2013-06") == Limits(upper=4451)
    assert limits(down, Readings(rows), "2012-07/2013-06") == Limits(upper=Fraction("4450.6"))


def test_a_change_of_a_share_is_not_rounded():
    line = percentages({"2015/16": Fraction("45.5")})
    up = limits(row("change", change_percent=3), line, "2016/17", "higher")
    assert up == Limits(lower=Fraction("46.865"))


@pytest.mark.parametrize(("polarity", "side"), [("lower", "upper"), ("higher", "lower")])
def test_any_improvement_leaves_the_baseline_itself_out(polarity, side):
    line = counts({"2015-04": 60})
    found = limits(row("change"), line, "2016-04", polarity)
    assert (getattr(found, side), found.nearest, found.strict) == (60, 60, True)
    assert not found.met(60)
    assert found.excess(60) == 0
    better = 59 if polarity == "lower" else 61
    assert found.met(better)


@pytest.mark.parametrize(("polarity", "side"), [("lower", "upper"), ("higher", "lower")])
@pytest.mark.parametrize("kind", ["maintain", "change"])
def test_no_change_is_enough_to_maintain(polarity, side, kind):
    line = counts({"2015-04": 60})
    asked = row(kind, change_percent=0 if kind == "change" else None)
    found = limits(asked, line, "2016-04", polarity)
    assert (getattr(found, side), found.nearest, found.strict) == (60, 60, False)
    assert found.met(60)


@pytest.mark.parametrize("kind", ["maintain", "change"])
def test_without_a_baseline_there_is_no_limit(kind):
    assert limits(row(kind), counts({"2015-05": 1}), "2016-04") is None


def test_a_computed_baseline_goes_before_the_printed_one_if_its_period_is_named():
    line = counts({"2015-04": 60})
    named = row("maintain", baseline=1200, baseline_period="2015/16")
    assert limits(named, line, "2016-04") == Limits(upper=60)
    assert limits(named, line, "2016-04/2016-05") == Limits(upper=200)  # May 2015 is not there
    assert limits(row("maintain", baseline=1200), line, "2016-04") == Limits(upper=100)


def profile(*amounts, side="upper"):
    quarters = [f"2016/17-Q{n}" for n in range(1, 5)]
    return [row("profile", q, **{side: a}) for q, a in zip(quarters, amounts, strict=True)]


THEFT_FROM_VEHICLES = profile(683, 606, 700, 690)


@pytest.mark.parametrize(
    ("window", "limit"),
    [
        ("2016/17-Q1", 683),
        ("2016/17-Q2", 606),
        ("2016-04/2016-09", 1289),
        ("2016/17", 2679),
        ("2016-04/2016-08", None),  # no row ends with August
    ],
)
def test_a_profile_adds_up_to_the_end_of_the_window(window, limit):
    found = limits(THEFT_FROM_VEHICLES, NOTHING, window)
    assert found == (None if limit is None else Limits(upper=limit))


def test_a_profile_can_be_a_minimum_or_a_range():
    assert limits(profile(5, 6, 7, 8, side="lower"), NOTHING, "2016/17") == Limits(lower=26)
    both = [
        row("profile", "2016-04", lower=3, upper=5),
        row("profile", "2016-05", lower=4, upper=6),
    ]
    assert limits(both, NOTHING, "2016-04/2016-05") == Limits(7, 11)


def test_a_profile_of_a_share_is_never_added():
    shares = percentages({})
    assert limits(profile(40, 45, 50, 55, side="lower"), shares, "2016-04/2016-08") == Limits(
        lower=45
    )
    assert limits(profile(40, 45, 50, 55), shares, "2017/18") is None


def test_a_profile_goes_before_a_flat_target_where_it_reaches():
    flat = row("maximum", upper=2400)
    rows = [flat, *THEFT_FROM_VEHICLES]
    period = parse("2016-04/2016-09")
    assert limits_at(rows, NOTHING, period.start, period.end, "lower") == (
        THEFT_FROM_VEHICLES[0],
        Limits(upper=1289),
    )
    assert limits(rows, NOTHING, "2016-04/2016-08") == Limits(upper=1000)


def test_a_target_for_the_very_window_goes_before_a_profile():
    rows = [*profile(303, 260, 213, 222), row("maximum", upper=997)]
    assert limits(rows, NOTHING, "2016/17") == Limits(upper=997)
    assert limits(rows, NOTHING, "2016-04/2016-09") == Limits(upper=563)
    assert limits(rows, NOTHING, "2016/17-Q2") == Limits(upper=260)


def sums(rows, line=NOTHING):
    return [(y.label, a, w) for y, a, w in profile_sums(rows, line, "lower")]


def test_a_profile_that_does_not_add_up_to_the_year_is_found():
    robbery = profile(303, 260, 213, 222)
    assert sums([*robbery, row("maximum", upper=997)]) == [("2016/17", 998, 997)]
    change = row("change", change_percent=-5, baseline=1049)
    assert sums([*robbery, change]) == [("2016/17", 998, 997)]  # 996.55, rounded as printed
    calls = profile(3358, 3362, 2565, 2293)
    assert sums([*calls, row("maximum", upper=11772)]) == [("2016/17", 11578, 11772)]


def test_nothing_is_found_where_nothing_differs_or_nothing_adds_up():
    own = profile(683, 606, 595, 604)
    assert sums([*own, row("maximum", upper=2488)]) == []
    assert sums(own) == []
    assert sums([*own[:3], row("maximum", upper=2488)]) == []  # the profile ends too soon
    shares = percentages({"2016/17-Q1": 54})
    assert sums([*profile(49, 56, 63, 70), row("minimum", lower=60)], shares) == []
    assert sums([]) == []


def test_a_profile_without_amounts_is_no_limit_but_a_row():
    rows = profile(None, None, None, None)
    period = parse("2016/17-Q1")
    assert limits_at(rows, NOTHING, period.start, period.end, "lower") == (rows[0], None)
    assert limits_at([row("profile", None, upper=5)], NOTHING, 1, 31, "lower")[1] is None


@pytest.mark.parametrize("kind", ["words", "none"])
def test_a_target_without_a_number_names_its_row_and_no_limit(kind):
    said = row(kind, as_published="Fewer than last year")
    period = parse("2016-04")
    assert limits_at([said], NOTHING, period.start, period.end, "lower") == (said, None)
    number = row("maximum", upper=120)
    assert limits_at([said, number], NOTHING, period.start, period.end, "lower") == (
        number,
        Limits(upper=10),
    )
    assert limits_at([], NOTHING, period.start, period.end, "lower") == (None, None)


def test_rows_hold_for_their_measure_category_and_time():
    now, then = row("maximum", upper=1), row("maximum", "2015/16", upper=2)
    always = row("maximum", None, upper=3)
    other = TargetRow("successes", "all", None, "minimum")
    part = TargetRow("value", "opiates", None, "minimum")
    rows = [now, then, always, other, part, *THEFT_FROM_VEHICLES]
    assert rows_for(rows, "value", "all", parse("2016-12")) == (now, always, *THEFT_FROM_VEHICLES)
    assert rows_for(rows, "value", "all", parse("2016-03")) == (then, always)
    assert rows_for(rows, "value", "all", parse("2015-05/2016-04"))[0] == now
    assert rows_for(rows, "successes", "all", parse("2016-12")) == (other,)
    assert rows_for(rows, "value", "opiates", parse("2016-12")) == (part,)


@pytest.mark.parametrize(
    ("allowed", "value", "distance", "excess"),
    [
        (Limits(upper=257), 144, -113, 0),
        (Limits(upper=257), 260, 3, 3),
        (Limits(lower=18), 21, 3, 0),
        (Limits(lower=18), 15, -3, 3),
        (Limits(28, 40), 25, -3, 3),
        (Limits(28, 40), 44, 4, 4),
        (Limits(28, 40), 33, 0, 0),
        (NO_LIMITS, 33, 0, 0),
    ],
)
def test_the_way_from_the_limits(allowed, value, distance, excess):
    assert allowed.distance(value) == distance
    assert allowed.excess(value) == excess
    assert allowed.met(value) == (excess == 0)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(-5, 15), st.booleans())
def test_law_met_means_within(lower, more, value, strict):
    found = Limits(lower, lower + more, strict)
    inside = lower < value < lower + more if strict else lower <= value <= lower + more
    assert found.met(value) == inside
    assert found.excess(value) == (
        0 if lower <= value <= lower + more else abs(found.distance(value))
    )


# ---------------------------------------------------------------- the table is complete

SOME_LIMITS = {
    "maximum": row("maximum", upper=12),
    "minimum": row("minimum", lower=12),
    "range": row("range", lower=12, upper=24),
    "change": row("change", change_percent=-10, baseline=12),
    "maintain": row("maintain", baseline=12),
    "profile": row("profile", "2016-04", upper=3),
    "words": row("words", as_published="No more fires than last year"),
    "none": row("none"),
}


@pytest.mark.parametrize("name", TARGETS)
def test_every_type_says_what_it_is_and_answers(name):
    kind = target_type(name)
    assert kind.name == name
    for text in (kind.title, kind.formula, kind.sentence):
        assert text.strip()
    assert kind.sentence.endswith(".")
    asked = SOME_LIMITS[name]
    april = parse("2016-04")
    found = kind.limits(Question(asked, NOTHING, april.start, april.end, "lower", [asked]))
    assert (found is None) == (name in ("words", "none"))


def test_an_unknown_type_lists_the_known():
    with pytest.raises(UnknownName) as refused:
        target_type("ceiling")
    assert refused.value.known == tuple(TARGETS)
    assert "'ceiling'" in str(refused.value)
    assert "maximum, minimum, range" in str(refused.value)
