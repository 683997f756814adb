"""Intervals of samples: printed ones give their share back, and every law holds for any sample."""

from fractions import Fraction
from math import isclose, sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from callover.intervals import (
    HOW,
    Estimate,
    Rounded,
    Sample,
    change,
    clear_of_nought,
    estimate,
    gives,
    half_width,
    possible,
    reliability,
    root,
    shares_of,
    wilson,
)
from callover.rounding import half_up


def rounded(text, decimals=None):
    typed = len(text.partition(".")[2])
    return Rounded(Fraction(text), typed if decimals is None else decimals, typed)


def sample(percent, base, half="", lower="", upper="", count=None):
    sides = [rounded(text, 2) if text else None for text in (half, lower, upper)]
    return Sample(rounded(percent) if percent else None, base, count, *sides)


def sure(one):
    found = estimate(one)
    assert found is not None
    return found


def known(*arguments, **named):
    return sure(sample(*arguments, **named))


def short(value, decimals=2):
    return float(half_up(value, decimals))


# ---------------------------------------------------------------- the formulas


@pytest.mark.parametrize(
    ("count", "base", "half"), [(69, 397, 3.73), (66, 400, 3.64), (1, 568, 0.34), (50, 100, 9.8)]
)
def test_half_the_width_of_an_interval(count, base, half):
    assert short(half_width(Fraction(100 * count, base), base)) == half


@pytest.mark.parametrize(
    ("count", "base", "lower", "upper"),
    [(31, 461, 4.8, 9.4), (120, 377, 27.3, 36.7), (202, 202, 98.1, 100), (4, 4, 51, 100)],
)
def test_wilson_as_public_health_england_prints_it(count, base, lower, upper):
    assert [short(side, 1) for side in wilson(Fraction(100 * count, base), base)] == [lower, upper]


def test_no_and_all_have_wilsons_limits():
    none, every = known("0", 400), known("100", 400)
    assert (none.share, none.lower, short(none.upper)) == (0, 0, 0.95)
    assert (every.share, short(every.lower), every.upper) == (100, 99.05, 100)


@pytest.mark.parametrize(
    ("base", "marker"),
    [(0, "x"), (4, "x"), (29, "x"), (30, "u"), (99, "u"), (100, ""), (397, ""), (None, "")],
)
def test_small_bases_are_marked_and_tiny_ones_hidden(base, marker):
    assert reliability(base) == marker


# ---------------------------------------------------------------- the share before rounding


def test_a_printed_interval_gives_the_share_before_rounding():
    teenagers = known("17", 397, "3.73")
    assert (short(teenagers.low, 3), short(teenagers.high, 3)) == (17.349, 17.468)
    assert (teenagers.count, teenagers.how) == (69, "recovered")
    assert teenagers.share == Fraction(6900, 397)
    assert (short(teenagers.lower), short(teenagers.upper)) == (13.65, 21.11)


def test_a_nought_that_a_spreadsheet_dropped_is_put_back():
    """±2.7 beside others of two decimals is ±2.70, which only 33 of 400 has."""
    noisy = Sample(rounded("8"), 400, half_width=rounded("2.7", 2))
    assert (sure(noisy).count, sure(noisy).share) == (33, Fraction(33, 4))
    # If no share has ±2.90, the figure was printed with one decimal after all.
    rough = Sample(rounded("9"), 400, half_width=rounded("2.9", 2))
    assert sure(rough).how == "recovered"
    assert short(half_width(sure(rough).share, 400), 1) == 2.9


def test_where_no_or_several_whole_numbers_fit_the_middle_stands():
    weighted = known("27", 634, "3.45")
    assert weighted.count is None and weighted.how == "recovered"
    assert weighted.share == (weighted.low + weighted.high) / 2
    many = known("50", 10_000, "0.98")
    assert many.count is None and many.low < 50 < many.high


def test_near_a_half_both_sides_may_hold_the_share():
    width, within = (Fraction("4.895"), Fraction("4.8999")), (Fraction(45), Fraction(55))
    both = list(shares_of(width, 400, within))
    assert len(both) == 2 and both[0][1] < 50 < both[1][0]
    found = known("50", 401, "4.89")
    assert gives(Rounded(Fraction("4.89"), 2), found.share, 401)


def test_printed_limits_give_the_share_too():
    found = known("17", 397, lower="13.65", upper="21.11")
    assert (found.count, found.how) == (69, "recovered")
    one_sided = known("17", 397, lower="13.65")
    assert one_sided.how == "rounded"


def test_an_interval_by_another_formula_stands_as_printed():
    """A survey that allows for its design prints wider intervals than the simple formula."""
    design = known("17", 397, "5.2")
    assert (design.how, design.share) == ("printed", 17)
    assert (short(design.lower), short(design.upper)) == (11.8, 22.2)
    skewed = known("17", 397, lower="12.9", upper="23.4")
    assert (skewed.how, short(skewed.lower), short(skewed.upper)) == ("printed", 12.9, 23.4)


def test_a_count_goes_before_all_and_a_weighted_one_is_left_aside():
    assert known("17", 397, "3.73", count=69) == known("", 397, count=69)
    assert known("17", 397, count=69).how == "counted"
    assert known("17", 397, count=71).how == "rounded"  # 17.9%, so the source weights answers


def test_only_the_rounded_percentage():
    worry = known("20", 392)
    assert (worry.how, worry.share, worry.low, worry.high) == (
        "rounded", 20, Fraction("19.5"), Fraction("20.5"),
    )  # fmt: skip
    assert (short(worry.lower), short(worry.upper)) == (16.04, 23.96)


@pytest.mark.parametrize("one", [sample("17", None), sample("17", 0), sample("", 397)])
def test_without_a_base_or_a_percentage_nothing_is_known(one):
    assert estimate(one) is None


def test_a_printed_half_width_is_possible_or_not():
    percent = rounded("17")
    assert short(possible(rounded("3.73"), percent, 397)) == 17.38
    assert possible(rounded("3.80"), percent, 397) is None
    assert not gives(rounded("3.73"), 17, 397)  # only the share before rounding has it


def test_every_way_is_explained():
    assert {known("17", 397, count=69).how, known("17", 397, "3.73").how} <= set(HOW)
    assert {known("17", 397, "5.2").how, known("17", 397).how} <= set(HOW)
    assert all(text.endswith(".") for text in HOW.values())


# ---------------------------------------------------------------- two samples


def test_a_fall_of_four_points_may_be_chance():
    found = change(known("13", 400, "3.32"), known("17", 397, "3.73"))
    assert [short(v) for v in (found.difference, found.lower, found.upper)] == [-4.13, -9.12, 0.86]
    assert not found.clear


def test_a_fall_of_seven_points_is_clear():
    found = change(known("91", 308), known("98", 199))
    assert [short(v) for v in (found.difference, found.lower, found.upper)] == [-7, -10.74, -3.26]
    assert found.clear


def test_from_nobody_the_limits_are_newcombes():
    """10 of 10 against 0 of 20 is in his table II."""
    found = change(known("", 10, count=10), known("", 20, count=0))
    assert [short(v, 1) for v in (found.lower, found.upper)] == [67.9, 100]


@pytest.mark.parametrize(
    ("lower", "upper", "clear"), [(-1, 1, False), (0, 2, False), (1, 2, True), (-2, -1, True)]
)
def test_an_interval_is_clear_if_it_leaves_nought_out(lower, upper, clear):
    assert clear_of_nought(lower, upper) is clear


# ---------------------------------------------------------------- laws

BASES = st.integers(30, 5000)


@st.composite
def counted(draw):
    base = draw(BASES)
    return draw(st.integers(0, base)), base


def printed(count, base, decimals):
    """What a source prints of a count: the rounded percentage and the ± to two decimals."""
    share = Fraction(100 * count, base)
    half = half_up(half_width(share, base), 2)
    return Sample(Rounded(half_up(share, decimals), decimals), base, half_width=Rounded(half, 2))


@given(counted(), st.integers(0, 1))
def test_law_a_share_comes_back_from_what_is_printed_of_it(pair, decimals):
    count, base = pair
    one = printed(count, base, decimals)
    found = sure(one)
    assert found.how == "recovered"
    assert one.percent.agrees(found.share)
    assert gives(one.half_width, found.share, pair[1])
    true = Fraction(100 * pair[0], pair[1])
    assert found.low - Fraction(1, 10**9) <= true <= found.high + Fraction(1, 10**9)
    assert found.count in (None, pair[0])


@given(
    st.integers(0, 100),
    BASES,
    st.one_of(st.none(), st.integers(0, 1200)),
    st.one_of(st.none(), st.integers(0, 5000)),
)
def test_law_the_interval_holds_the_share_and_the_share_rounds_to_the_print(p, base, half, count):
    width = None if half is None else Rounded(Fraction(half, 100), 2)
    found = sure(Sample(Rounded(p, 0), base, count, width))
    assert 0 <= found.lower <= found.share <= found.upper <= 100
    assert half_up(found.share, 0) == p
    assert found.low <= found.share <= found.high


@given(counted(), counted())
def test_law_turning_a_comparison_round_turns_its_interval(one, other):
    now, then = (known("", base, count=count) for count, base in (one, other))
    there, back = change(now, then), change(then, now)
    assert (there.difference, there.lower, there.upper) == (
        -back.difference, -back.upper, -back.lower,
    )  # fmt: skip
    assert there.lower <= there.difference <= there.upper
    assert there.clear is back.clear


@given(counted(), counted())
def test_law_away_from_the_edges_it_is_the_usual_interval(one, other):
    assume(all(0 < count < base for count, base in (one, other)))
    now, then = (known("", base, count=count) for count, base in (one, other))
    usual = sqrt(half_width(now.share, one[1]) ** 2 + half_width(then.share, other[1]) ** 2)
    assert isclose(float(change(now, then).upper - change(now, then).difference), usual)


@given(st.fractions(0, 10**6))
def test_law_a_root_squared_is_the_number(value):
    assert root(value) ** 2 <= value < (root(value) + Fraction(1, 10**12)) ** 2


def test_estimates_are_plain_values():
    assert known("17", 397) == Estimate(
        17, half_width(17, 397), half_width(17, 397), "rounded", Fraction("16.5"), Fraction("17.5")
    )
