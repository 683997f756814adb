"""Looking ahead: the range of a year's end, the chance of its target, what the rest may bring.

The expected values were worked out apart from the code: by hand, in exact fractions, or with the
normal distribution of Python's own statistics module.
"""

from fractions import Fraction
from math import sqrt
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.test_compute import REFERENCE, SCHEMES, compute, months, target

from callover import certainty, worked
from callover.ahead import MET, MISSED, NAMES, OPEN, chance_of, deviation, standing_of
from callover.compute import sheet
from callover.drawings import year_to_date
from callover.errors import UnknownName
from callover.model import Break
from callover.pages import ahead as page
from callover.periods import parse
from callover.projection import PROJECTIONS, Projection, way_of
from callover.readability import grade, longest, sentences
from callover.rounding import half_up
from callover.targets import Limits

ONE = ("all", "value")


def whole(value):
    return int(half_up(value, 0))


def ends(found):
    end = found.end
    return whole(end.lower), whole(end.value), whole(end.upper)


# April to December of this year and of last year, and the whole of last year.
ROBBERY = ((37, 54, 54, 47, 39, 50, 42, 34, 40), (46, 53, 40, 48, 45, 52, 53, 43, 53), 587)
VEHICLES = ((79, 78, 74, 84, 64, 81, 77, 90, 74), (64, 48, 60, 74, 71, 42, 60, 67, 73), 774)


def two_years(now, then, all_then, **more):
    rows = months("2015-04", *then) | months("2016-04", *now) | {"2015/16": all_then}
    return compute({"value": rows}, **more)


def five_percent_less():
    return (target("change", change_percent=-5, baseline_period=parse("2015/16")),)


RUBBISH = {
    "2015-04/2015-12": 183,
    "2015/16": 211,
    **months("2016-04", 26, 20, 11, 13, 25, 11, 13, 12, 13),
}


def rubbish(**more):
    return compute({"value": RUBBISH}, targets=(target("maximum", upper=257),), **more)


# ------------------------------------------------------------------------ the published figures


def test_rubbish_fires():
    """144 × 211 ÷ 183 = 166.03; R = 22.03; variance 22.03 + 22.03² (1/144 + 1/183) = 28.06."""
    found = rubbish().ahead[ONE]
    assert (found.way, ends(found)) == ("seasons", (156, 166, 176))
    assert found.chance > Fraction(999, 1000)
    assert [float(half_up(each.limits.upper, 2)) for each in found.required] == [37.67] * 3
    assert [each.period.label for each in found.required] == ["2017-01", "2017-02", "2017-03"]


def test_robbery_varies_no_more_than_chance_so_its_range_is_the_printed_one():
    found = two_years(*ROBBERY, targets=five_percent_less()).ahead[ONE]
    assert ends(found) == (508, 538, 568)
    assert found.limits == Limits(upper=558)  # 587 less 5% is 557.65, half-up as targets are
    rest = Fraction(397 * 587, 433) - 397
    sigma = sqrt(rest + rest**2 * (Fraction(1, 397) + Fraction(1, 433)))
    chance = NormalDist(float(397 + rest), sigma).cdf(558)
    assert float(found.chance) == pytest.approx(chance, abs=1e-9) == pytest.approx(0.90, abs=0.01)
    assert [whole(each.limits.upper) for each in found.required] == [54] * 3  # 53 2/3


def test_theft_of_motor_vehicles_varies_more_than_chance_which_widens_the_printed_range():
    facts = {"so_far": 701, "then": 559, "then_all": 774}
    made = Projection(Fraction(701 * 774, 559), "seasons", facts)
    assert made.value is not None
    sigma = float(deviation(made))
    assert (whole(made.value - Fraction("1.96") * deviation(made))) == 927
    assert (whole(made.value + Fraction("1.96") * deviation(made))) == 1015
    found = two_years(*VEHICLES, targets=five_percent_less()).ahead[ONE]
    # φ = 1.6488 (see tests/test_certainty.py): the halves grow by its root, 1.2841.
    phi = certainty.dispersion(tuple(zip(*VEHICLES[:2], strict=True)))
    assert phi is not None and float(phi) == pytest.approx(1.6488, abs=1e-4)
    assert float(found.end.upper - found.end.value) == pytest.approx(
        1.96 * sigma * sqrt(float(phi))
    )
    assert ends(found) == (914, 971, 1027)


def quarters(*profile, annual=2992):
    rows = [target("profile", f"2013/14-Q{n}", upper=q) for n, q in enumerate(profile, start=1)]
    return (*rows, target("maximum", "2013/14", upper=annual))


def burglary(**more):
    rows = {"2012/13": 3149, "2013/14-Q1": 646, "2013/14-Q2": 630}
    limits = quarters(699, 734, 799, 760)
    return compute({"value": rows}, frequency="quarterly", targets=limits, **more)


def test_burglary_goes_by_its_profile():
    """1,276 × 2,992 ÷ 1,433 = 2,664; what is left, 1,716, is split 799 to 760.

    About its profile: e = 622.417 and 653.583, so φ = 23.583² (1/622.417 + 1/653.583) = 1.744.
    """
    found = burglary().ahead[ONE]
    assert (found.way, ends(found)[1]) == ("profile", 2664)
    assert found.end.value == Fraction(1276 * 2992, 1433)
    assert [each.limits.upper for each in found.required] == [
        Fraction(1716 * 799, 1559),
        Fraction(1716 * 760, 1559),
    ]
    phi = certainty.dispersion_about(((646, 699), (630, 734)))
    assert phi is not None and float(phi) == pytest.approx(
        23.583**2 * (1 / 622.417 + 1 / 653.583), abs=1e-3
    )
    rest = float(found.end.value) - 1276
    half = 1.96 * sqrt(float(phi) * (rest + rest**2 / 1276))
    assert float(found.end.upper - found.end.value) == pytest.approx(half)
    # On the way: the third quarter of the profile.
    assert found.steps[0].period.label == "2013/14-Q3"
    assert found.steps[0].value == Fraction(1276 * (699 + 734 + 799), 1433)


def test_what_a_rating_rests_on_is_what_the_page_shows():
    found = burglary(scheme="ten-year_end")
    assert found.rating.facts["actual"] == found.ahead[ONE].end.value
    assert page.beside(found, found.ratings[0]) == (
        "It may be anything from 2,525 to 2,804, and is almost sure to meet the target."
    )
    assert page.beside(burglary(scheme="ten-cumulative"), found.ratings[0]) != ""
    assert page.beside(found, burglary(scheme="ten-cumulative").ratings[0]) == ""


# -------------------------------------------------------------------------------- the ways


def test_the_rest_of_last_year_is_added_where_its_beginning_is_not_known():
    rows = {"2012/13-Q3": 700, "2012/13-Q4": 800, "2013/14-Q1": 549, "2013/14-Q2": 643}
    found = compute({"value": rows}, frequency="quarterly").ahead[ONE]
    assert (found.way, found.end.value) == ("last-year", 2692)
    half = 1.96 * sqrt(1500 + 1500**2 / 1500)  # both rests vary by chance
    assert float(found.end.upper - 2692) == pytest.approx(half)
    assert [step.value for step in found.steps] == [549 + 643 + 700, 2692]


def test_a_year_before_that_began_with_nothing_is_no_scale():
    rows = months("2015-04", *[0] * 9, 4, 4, 4) | months("2016-04", *[1] * 9)
    assert compute({"value": rows}).ahead[ONE].way == "last-year"


def test_seasons_are_followed_month_by_month():
    rows = months("2015-04", *[10] * 9, 20, 10, 30) | months("2016-04", *[20] * 9)
    found = compute({"value": rows}).ahead[ONE]
    assert [step.value for step in found.steps] == [220, 240, 300]
    assert found.last_year == 150


def test_an_unknown_way_is_refused():
    with pytest.raises(UnknownName, match="seasons"):
        way_of("guess")
    assert all(way.formula for way in PROJECTIONS)


# ------------------------------------------------------------------- where nobody can look ahead


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (months("2015-04", *[9] * 14), "early"),
        (months("2015-04", *[9] * 16) | {"2016-05": "x"}, "no-figure"),
        (months("2015-04", *[9] * 16) | {"2016-05": "c"}, "hidden"),
        (months("2016-04", *[9] * 5), "unknown"),
        (months("2015-04", *[9] * 9, 0, 0, 0) | months("2016-04", *[9] * 9), "few"),
    ],
)
def test_where_nobody_can_look_ahead_the_reason_is_said(rows, reason):
    found = compute({"value": rows}, targets=(target("maximum", upper=99),))
    assert (found.ahead[ONE].reason, found.ahead[ONE].end) == (reason, None)
    assert found.metric("projected_year_end") is None
    assert page.on_course(found) == ""
    assert page.says(found)[1].startswith(page._WHY_NOT[reason])


def test_no_projection_goes_across_a_change_in_recording():
    changed = (Break(parse("2016-04"), "Counted anew."),)
    found = two_years(*ROBBERY, targets=(target("maximum", upper=558),), breaks=changed)
    assert (found.ahead[ONE].reason, found.ahead[ONE].last_year) == ("break", None)
    assert found.ahead[ONE].required  # what is left to the target is known all the same
    assert two_years(*ROBBERY, breaks=(Break(parse("2015-04"), "Anew."),)).ahead[ONE].end
    within = (Break(parse("2013-07"), "Counted anew."),)
    assert burglary(breaks=within).ahead[ONE].reason == "break"
    # A profile needs no last year; a rating is given no projection across a break either.
    before = (Break(parse("2013-04"), "Counted anew."),)
    assert burglary(breaks=before).ahead[ONE].way == "profile"
    assert burglary(breaks=within, scheme="ten-year_end").rating.reason == "recording-changed"


@pytest.mark.parametrize(("day", "told"), [("2017-02-28", True), ("2017-03-01", False)])
def test_nobody_looks_ahead_from_figures_that_are_too_old_to_rate(day, told):
    """Nobody set a term, so the figures of January and February are due as these months end."""
    own = rubbish().indicator
    found = sheet(own, REFERENCE, SCHEMES, "", parse(day).start)
    assert bool(found.ahead) == bool(page.on_course(found)) == told
    assert (found.metric("projected_year_end") is not None) == told


def test_what_has_no_sum_or_is_over_is_not_looked_at():
    assert compute({"value": months("2015-04", *[9] * 12)}).ahead == {}
    whole_years = {"2013/14": 9, "2014/15": 9}
    assert compute({"value": whole_years}, frequency="yearly").ahead == {}
    level = {"2016/17-Q1": 9, "2016/17-Q2": 9}
    assert compute({"value": level}, "snapshot", frequency="quarterly").ahead == {}
    share = {"percent": {"2016/17-Q1": 9, "2016/17-Q2": 9}}
    assert compute(share, "proportion", frequency="quarterly", unit="percent").ahead == {}


# ------------------------------------------------------------------------------- the target

WAYS = {"so_far": 100, "then": 90}


@pytest.mark.parametrize(
    ("limits", "so_far", "standing"),
    [
        (Limits(upper=20), 20, OPEN),
        (Limits(upper=20), 21, MISSED),
        (Limits(upper=20, strict=True), 20, MISSED),
        (Limits(lower=20), 19, OPEN),
        (Limits(lower=20), 20, MET),
        (Limits(lower=20, strict=True), 20, OPEN),
        (Limits(lower=20, strict=True), 21, MET),
        (Limits(10, 20), 15, OPEN),
        (Limits(10, 20), 21, MISSED),
    ],
)
def test_a_target_can_be_settled_before_the_year_is_over(limits, so_far, standing):
    assert standing_of(so_far, limits) == standing


def test_a_settled_target_has_a_chance_of_0_or_1_and_asks_for_nothing():
    missed = compute({"value": RUBBISH}, targets=(target("maximum", upper=140),))
    assert (missed.ahead[ONE].chance, missed.ahead[ONE].required) == (0, ())
    assert "It has already missed the year's target of at most 140." in page.says(missed)[1]
    met = compute({"value": RUBBISH}, polarity="higher", targets=(target("minimum", lower=140),))
    assert (met.ahead[ONE].chance, met.ahead[ONE].required) == (1, ())
    assert page.on_course(met).endswith("and has already met its target.")


def test_the_chance_lies_on_the_side_where_the_target_is():
    normal = NormalDist(100, 10)
    for limits, expected in (
        (Limits(upper=110), normal.cdf(110)),
        (Limits(lower=110), 1 - normal.cdf(110)),
        (Limits(95, 110), normal.cdf(110) - normal.cdf(95)),
    ):
        assert float(chance_of(100, Fraction(10), limits)) == pytest.approx(expected, abs=1e-9)
    assert chance_of(100, Fraction(0), Limits(upper=100)) == 1
    assert chance_of(100, Fraction(0), Limits(upper=99)) == 0


# ----------------------------------------------------------------------------------- the chart


def heads_for(found):
    """Give the mark of what is projected in the chart of the year to date."""
    (made,) = year_to_date(found)
    return made, next((mark for mark in made.marks if mark.role == "projected"), None)


def test_the_chart_goes_on_to_march_with_its_range():
    rows = months("2015-04", *[10] * 9, 20, 10, 30) | months("2016-04", *[20] * 9)
    made, mark = heads_for(compute({"value": rows}))
    assert (mark.type, mark.label) == ("whiskers", "Projected")
    assert [point.value for point in mark.points] == [None] * 9 + [220, 240, 300]
    # March: R = 120, variance 120 + 120² (1/180 + 1/90) = 360, half 37.19.
    assert (mark.lower[-1].text, mark.upper[-1].text) == ("263", "337")
    assert ", and the year's end as projected: 263 to 337. " in made.summary


def test_only_the_end_is_drawn_where_the_way_to_it_is_not_known():
    _, mark = heads_for(two_years(*ROBBERY))
    assert [point.text for point in mark.points] == ["no figure"] * 11 + ["538"]


def test_a_year_that_nobody_can_project_has_no_such_mark():
    rows = {"value": months("2015-04", *[9] * 14)}
    assert heads_for(compute(rows))[1] is None
    over = {"value": months("2015-04", *[9] * 24)}
    assert heads_for(compute(over))[1] is None


# --------------------------------------------------------------------------------- metrics.csv


def test_the_figures_for_machines():
    found = rubbish()
    assert found.value("projected_year_end") == Fraction(144 * 211, 183)
    span = found.metric("projected_year_end")
    assert (span.start, span.end) == (parse("2016/17").start, parse("2016/17").end)
    assert span.unit == "offences"
    assert found.metric("projected_year_end_way").text == "seasons"
    assert found.metric("chance_of_meeting_target").unit == "probability"
    assert found.value("required_per_month", parse("2017-02")) == Fraction(113, 3)
    assert found.value("required_per_month", parse("2016-12")) is None
    limits = (target("range", lower=160, upper=180),)
    both = compute({"value": RUBBISH}, targets=limits, polarity="range")
    assert both.value("required_per_month_lower", parse("2017-01")) == Fraction(16, 3)
    assert both.value("required_per_month_upper", parse("2017-01")) == 12
    assert burglary().value("required_per_quarter", parse("2013/14-Q4")) == Fraction(
        1716 * 760, 1559
    )
    given_ = {m.measure for s in (found, both) for m in s.metrics if m.measure in NAMES}
    assert given_ == {name for name in NAMES if "quarter" not in name}


# --------------------------------------------------------------------------------------- laws

COUNTS = st.lists(st.integers(1, 400), min_size=24, max_size=24)


def heading(counts, closing, **more):
    rows = months("2015-04", *counts[: 12 + closing])
    return compute({"value": rows}, **more).ahead[ONE]


@settings(deadline=None, max_examples=25)
@given(COUNTS, st.integers(3, 11))
def test_law_the_value_lies_in_its_range_and_the_year_so_far_below_it(counts, closing):
    found = heading(counts, closing)
    for step in found.steps:
        assert sum(counts[12 : 12 + closing]) <= step.lower <= step.value <= step.upper


@settings(deadline=None, max_examples=25)
@given(COUNTS, st.integers(3, 11), st.integers(0, 200))
def test_law_more_to_date_never_projects_less(counts, closing, more):
    found = heading(counts, closing)
    higher = list(counts)
    higher[12] += more
    assert heading(higher, closing).end.value >= found.end.value


@settings(deadline=None, max_examples=25)
@given(COUNTS, st.integers(3, 11), st.lists(st.integers(0, 9000), min_size=2, max_size=2))
def test_law_a_looser_target_is_never_less_likely(counts, closing, limits):
    tight, loose = (
        heading(counts, closing, targets=(target("maximum", upper=limit),)).chance
        for limit in sorted(limits)
    )
    assert 0 <= tight <= loose <= 1


@settings(deadline=None, max_examples=25)
@given(COUNTS)
def test_law_a_year_like_the_last_ends_like_it(counts):
    same = [*counts[:12], *counts[:12]]
    found = heading(same, 9)
    assert found.end.value == sum(counts[:12])


# ---------------------------------------------------------------------------------- the words


def test_the_answer_on_the_page():
    found = two_years(*ROBBERY, targets=five_percent_less())
    assert page.says(found) == (
        "Is it on course?",
        "If the rest moves as last year did, the year should end at about 538, between 508 and "
        "568. It will likely meet the target of at most 558 (about 9 in 10). To finish at 558, "
        "each of the last three months must stay at or below 53.",
    )
    assert page.on_course(found) == (
        "It is heading for 508 to 568 this year, and will likely meet its target."
    )
    assert page.says(burglary())[1].endswith(
        "To finish at 2,992, October to December must stay at or below 879 and January to March "
        "at or below 836."
    )


def test_without_a_target_last_year_stands_beside_it():
    found = two_years(*ROBBERY)
    assert page.says(found) == (
        "Where is the year heading?",
        "If the rest moves as last year did, the year should end at about 538, between 508 and "
        "568. Last year it was 587.",
    )
    assert page.on_course(found).endswith("this year, against 587 last year.")
    assert page.says(compute({"value": months("2016-04", *[9] * 5)})) == ("", "")


def test_what_is_not_the_leading_figure_is_named():
    rows = {
        "successes": months("2016-04", *[2] * 9),
        "terminations": months("2016-04", *[3] * 9),
    }
    aim = (target("minimum", measure="successes", lower=24),)
    found = compute(rows, "completions", polarity="higher", targets=aim)
    assert page.says(found) == (
        "Is it on course?",
        "Successful endings: we cannot say where the year will end without last year's figures or "
        "a profile. To reach 24, each of the last three months must bring 2 or more.",
    )
    assert page.on_course(found) == ""


def test_weeks_are_projected_but_not_shared_out():
    """39 weeks of 7 from Monday 1 April 2013, and the same days of the year before."""
    weeks = {f"2013-W{n:02}": 7 for n in range(14, 53)}
    rows = weeks | {"2012-04-01/2012-12-29": 273, "2012-12-30/2013-03-31": 90}
    limit = (target("maximum", "2013/14", upper=400),)
    found = compute({"value": rows}, frequency="weekly", targets=limit).ahead[ONE]
    assert (found.way, found.end.value) == ("seasons", 273 + 90)
    assert found.required == ()


@pytest.mark.parametrize(
    ("limits", "polarity", "said"),
    [
        ({"upper": 146}, "lower", "To finish at 146, no more than 2 can come in the rest of"),
        ({"upper": 144}, "lower", "To finish at 144, no more can come in the rest of the year."),
        ({"lower": 146}, "higher", "To reach 146, 2 more must come in the rest of the year."),
        ({"lower": 154}, "higher", "each of the last three months must bring 4 or more."),
        ({"lower": 150, "upper": 160}, "range", "To end within 150 to 160, the rest of the year"),
    ],
)
def test_what_the_rest_of_the_year_may_bring(limits, polarity, said):
    type_ = "range" if len(limits) == 2 else "maximum" if "upper" in limits else "minimum"
    found = compute({"value": RUBBISH}, polarity=polarity, targets=(target(type_, **limits),))
    assert said in page.says(found)[1]


def test_the_last_month_is_named():
    rows = months("2015-04", *[20] * 23)
    found = compute({"value": rows}, targets=(target("maximum", upper=250),))
    assert page.says(found)[1].endswith("To finish at 250, March must stay at or below 30.")


@pytest.mark.parametrize(
    ("upper", "said"),
    [
        (178, "is almost sure to meet"),
        (176, "will likely meet the target of at most 176 (about 9 in 10)"),
        (170, "will likely meet the target of at most 170 (about 8 in 10)"),
        (166, "may or may not meet the target of at most 166 (about 5 in 10)"),
        (161, "will likely miss the target of at most 161 (about 8 in 10)"),
        (156, "will likely miss the target of at most 156 (about 9 in 10)"),
        (154, "is almost sure to miss"),
    ],
)
def test_the_chance_is_told_coarsely(upper, said):
    """Around 166.03 with a standard deviation of 5.297: z = 2.26 (98.8%), 1.88 (97%), 0.75,
    -0.01, -0.95, -1.89, -2.27 (1.2%)."""
    found = compute({"value": RUBBISH}, targets=(target("maximum", upper=upper),))
    assert said in page.says(found)[1]


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.integers(0, 60_000) | st.integers(0, 4), min_size=24, max_size=24),
    st.integers(3, 11),
    st.sampled_from(("maximum", "minimum", "range", "change", "none")),
    st.integers(0, 400_000),
)
def test_what_is_said_of_any_figures_is_plain(counts, closing, type_, limit):
    sides = {
        "maximum": {"upper": limit},
        "minimum": {"lower": limit},
        "range": {"lower": limit, "upper": 2 * limit},
        "change": {},
        "none": {},
    }
    rows = months("2015-04", *counts[: 12 + closing])
    aim = target(type_, **sides[type_])
    found = compute({"value": rows}, targets=(aim,))
    for text in (page.says(found)[1], page.on_course(found)):
        if text:
            assert longest(sentences(text)) <= 25, text
            assert grade(text) <= 7 and "None" not in text and "-" not in text, text


def test_the_worked_example_is_the_published_one():
    said = worked.ahead()
    assert "144 × 211 ÷ 183 = 166, with limits 156 to 176" in said
    assert "would be 192" in said and "257, the chance is 1" in said and "bring 37.7" in said
