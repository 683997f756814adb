"""Ratings: which verdict, why, and how far the next one is; all on unrounded figures."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callover import words
from callover.errors import UnknownName
from callover.model import Scheme
from callover.ratings import (
    BASES,
    CLOSE,
    NOT_RATED,
    OFF_TARGET,
    ON_TARGET,
    POLARITIES,
    PRINTED,
    SCHEMES,
    Evidence,
    basis_of,
    judge,
    not_rated,
    rule_of,
)
from callover.rounding import half_up
from callover.targets import Limits

TEN = Scheme("corporate-10", "tolerance", "Within 10%", 10, "cumulative")
HALF = Scheme("improvement", "share_of_improvement", "Half the improvement", 50)
RANGE = Scheme("corporate-range", "range", "Inside a range", 10, "cumulative")
WINDOWS = Scheme("two-windows", "two_windows", "Two windows")
PRINTS = Scheme("printed", "published", "As printed")
UNRATED = Scheme("none", "none", "Not rated")


def tolerance(actual, limits, polarity="lower", scheme=TEN):
    return judge(scheme, Evidence(polarity, actual, limits, "maximum"))


@pytest.mark.parametrize(
    ("actual", "limits", "verdict"),
    [
        (144, Limits(upper=193), ON_TARGET),  # rubbish fires, printed green
        (193, Limits(upper=193), ON_TARGET),
        (22, Limits(upper=20), CLOSE),  # exactly 10.0% is still close
        (Fraction(22001, 1000), Limits(upper=20), OFF_TARGET),
        (643, Limits(upper=606), CLOSE),  # theft from motor vehicle, the quarter: +6.1%
        (1192, Limits(upper=1289), ON_TARGET),  # and the year to date: -7.5%
        (334, Limits(upper=238), OFF_TARGET),  # theft from person: +40%
        (Fraction("111.7"), Limits(upper=100), OFF_TARGET),
        (21, Limits(lower=18), ON_TARGET),  # alcohol treatment
        (Fraction("16.2"), Limits(lower=18), CLOSE),
        (Fraction("16.19"), Limits(lower=18), OFF_TARGET),
        (54, Limits(lower=59), CLOSE),  # confidence: -8.5%
        (0, Limits(upper=0), ON_TARGET),
        (1, Limits(upper=0), OFF_TARGET),  # no percentage of nothing is close
    ],
)
def test_tolerance(actual, limits, verdict):
    polarity = "lower" if limits.lower is None else "higher"
    assert tolerance(actual, limits, polarity).verdict == verdict


def test_the_facts_of_a_miss():
    rating = tolerance(643, Limits(upper=606))
    assert rating.reason == "within-tolerance"
    assert rating.facts["percent"] == Fraction(3700, 606)
    assert (rating.facts["actual"], rating.facts["target"], rating.facts["excess"]) == (
        643,
        606,
        37,
    )
    assert (rating.next_verdict, rating.distance) == (ON_TARGET, 37)
    assert (rating.rule, rating.basis) == ("tolerance", "cumulative")


def test_the_distance_to_the_next_verdict():
    rating = tolerance(144, Limits(upper=193))
    assert (rating.next_verdict, rating.distance) == (CLOSE, 49)
    rating = tolerance(334, Limits(upper=238))
    assert (rating.next_verdict, rating.distance) == (CLOSE, 96 - Fraction("23.8"))


@pytest.mark.parametrize("strict", [False, True])
def test_without_a_tolerance_a_figure_is_close_only_on_a_strict_limit(strict):
    exact = Scheme("exact", "tolerance", "Exactly", 0)
    limits = Limits(upper=10, strict=strict)
    other = CLOSE if strict else None
    assert tolerance(9, limits, scheme=exact).next_verdict == (other or OFF_TARGET)
    assert tolerance(10, limits, scheme=exact).verdict == (other or ON_TARGET)
    assert tolerance(11, limits, scheme=exact).verdict == OFF_TARGET
    assert tolerance(11, limits, scheme=exact).next_verdict == (other or ON_TARGET)
    assert tolerance(11, limits, scheme=exact).distance == 1


def test_any_improvement_means_better_than_the_baseline_itself():
    limits = Limits(upper=53, strict=True)
    assert tolerance(52, limits).verdict == ON_TARGET
    same = tolerance(53, limits)
    assert (same.verdict, same.next_verdict, same.distance) == (CLOSE, ON_TARGET, 0)


@pytest.mark.parametrize(
    ("actual", "lower", "upper", "verdict", "distance"),
    [
        (25, 28, 40, OFF_TARGET, Fraction("0.2")),  # repeat referrals: 10.7% outside
        (Fraction("25.2"), 28, 40, CLOSE, Fraction("2.8")),
        (28, 28, 40, ON_TARGET, 0),
        (34, 28, 40, ON_TARGET, 6),
        (40, 28, 40, ON_TARGET, 0),
        (44, 28, 40, CLOSE, 4),
        (45, 28, 40, OFF_TARGET, 1),
        # Opiate clients: 31 of 461 is 6.7%, more than 10% below 7.94
        (Fraction(3100, 461), Fraction("7.94"), Fraction("16.67"), OFF_TARGET, None),
        (Fraction(12000, 377), Fraction("44.77"), Fraction("56.08"), OFF_TARGET, None),
    ],
)
def test_range(actual, lower, upper, verdict, distance):
    rating = judge(RANGE, Evidence("range", actual, Limits(lower, upper), "range"))
    assert rating.verdict == verdict
    assert (rating.facts["lower"], rating.facts["upper"]) == (lower, upper)
    if distance is not None:
        assert rating.distance == distance


def test_the_percent_outside_a_range_is_of_the_nearest_limit():
    rating = judge(RANGE, Evidence("range", 25, Limits(28, 40), "range"))
    assert rating.facts["percent"] == Fraction(300, 28)  # 10.7


def windows(year_to_date, rolling, polarity="lower"):
    return judge(WINDOWS, Evidence(polarity, year_to_date=year_to_date, rolling=rolling))


@pytest.mark.parametrize(
    ("year_to_date", "rolling", "verdict", "reason", "following", "distance"),
    [
        ((576, 783), (838, 1184), ON_TARGET, "both-better", CLOSE, 207),
        ((13207, 13075), (17587, 17167), OFF_TARGET, "both-worse", CLOSE, 132),
        ((90, 100), (130, 120), CLOSE, "one-better", ON_TARGET, 10),
        ((110, 100), (110, 120), CLOSE, "one-better", ON_TARGET, 10),
        ((100, 100), (120, 120), CLOSE, "none-better", ON_TARGET, 0),  # exactly no change
        ((100, 100), (121, 120), CLOSE, "none-better", ON_TARGET, 1),
        ((99, 100), (120, 120), CLOSE, "one-better", ON_TARGET, 0),
    ],
)
def test_two_windows(year_to_date, rolling, verdict, reason, following, distance):
    rating = windows(year_to_date, rolling)
    assert (rating.verdict, rating.reason) == (verdict, reason)
    assert (rating.next_verdict, rating.distance) == (following, distance)
    assert (rating.rule, rating.basis) == ("two_windows", "two_windows")
    better_when_higher = windows(year_to_date[::-1], rolling[::-1], "higher")
    assert (better_when_higher.verdict, better_when_higher.distance) == (verdict, distance)


def improvement(before, actual, limits, polarity="lower", scheme=HALF):
    return judge(scheme, Evidence(polarity, actual, limits, "change", before=before))


def less(percent, than):
    return Limits(upper=Fraction(than) * (100 - Fraction(percent)) / 100)


@pytest.mark.parametrize(
    ("before", "actual", "limits", "verdict", "share"),
    [
        (4760, 4670, less("6.5", 4760), OFF_TARGET, 29),  # Barnet's board pack, July 2013
        (1481, 1450, less("5.2", 1481), OFF_TARGET, 40),  # violence with injury
        (Fraction("7.8"), Fraction("12.5"), Limits(lower=18), OFF_TARGET, 46),  # detections
        (898, 672, Limits(upper=898), ON_TARGET, None),  # theft of motor vehicle: no rise
        (2205, 1933, less("1.5", 2205), ON_TARGET, None),
        (100, 95, Limits(upper=90), CLOSE, 50),  # exactly half of it
        (100, Fraction("95.1"), Limits(upper=90), OFF_TARGET, 49),
        (100, 90, Limits(upper=90), ON_TARGET, None),
        (100, 110, Limits(upper=90), OFF_TARGET, -100),
        (60, 70, Limits(70, 80), ON_TARGET, None),
        (60, 69, Limits(70, 80), CLOSE, 90),
    ],
)
def test_the_share_of_the_improvement(before, actual, limits, verdict, share):
    rating = improvement(before, actual, limits)
    assert rating.verdict == verdict
    if share is not None:
        assert half_up(rating.facts["share"], 0) == share
    assert (rating.rule, rating.basis) == ("share_of_improvement", "cumulative")


def test_the_way_to_half_of_the_improvement():
    rating = improvement(4760, 4670, less("6.5", 4760))
    assert (rating.reason, rating.next_verdict) == ("too-little-improvement", CLOSE)
    assert rating.facts["required"] == Fraction("309.4")
    assert rating.distance == Fraction("64.7")
    assert not rating.passes
    close = improvement(100, 95, Limits(upper=90))
    assert (close.reason, close.next_verdict, close.distance) == ("improving", ON_TARGET, 5)
    better = improvement(100, 80, Limits(upper=90))
    assert (better.next_verdict, better.distance, better.passes) == (CLOSE, 10, True)


@pytest.mark.parametrize(("before", "actual"), [(672, 700), (680, 681)])
def test_without_a_way_to_go_a_target_is_met_or_missed(before, actual):
    rating = improvement(before, actual, Limits(upper=680))
    assert (rating.verdict, rating.reason) == (OFF_TARGET, "improvement-lost")
    assert (rating.next_verdict, rating.distance) == (ON_TARGET, actual - 680)
    assert improvement(before, 680, Limits(upper=680)).next_verdict == OFF_TARGET


def test_another_share_may_be_close():
    rating = improvement(
        100, 97, Limits(upper=90), scheme=Scheme("s", "share_of_improvement", "", 30)
    )
    assert rating.verdict == CLOSE


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [
        (Evidence("lower", 5, None, "change", before=9), "target-not-known"),
        (Evidence("lower", None, Limits(upper=5), "maximum", before=9), "no-figure"),
        (Evidence("lower", 6, Limits(upper=5), "maximum"), "no-year-before"),
        (
            Evidence("lower", None, Limits(upper=5), "maximum", projection="unknown"),
            "no-projection",
        ),
        (Evidence("lower", 6, None, "words", before=9), "target-in-words"),
    ],
)
def test_no_share_without_all_three_figures(evidence, reason):
    rating = judge(HALF, evidence)
    assert (rating.verdict, rating.reason) == (NOT_RATED, reason)
    assert judge(HALF, Evidence("lower", 5, Limits(upper=5), "maximum")).verdict == ON_TARGET


@pytest.mark.parametrize(
    ("year_to_date", "rolling", "polarity", "reason"),
    [
        ((None, 783), (838, 1184), "lower", "no-last-year"),
        ((576, None), (838, 1184), "lower", "no-last-year"),
        ((576, 783), (None, 1184), "lower", "no-12-months-before"),
        ((576, 783), (838, None), "lower", "no-12-months-before"),
        ((576, 783), (838, 1184), "range", "no-direction"),
        ((576, 783), (838, 1184), "monitor", "for-monitoring"),
        ((576, 783), (838, 1184), "ambiguous", "ambiguous"),
    ],
)
def test_two_windows_without_what_they_need(year_to_date, rolling, polarity, reason):
    rating = windows(year_to_date, rolling, polarity)
    assert (rating.verdict, rating.reason, rating.distance) == (NOT_RATED, reason, None)


@pytest.mark.parametrize(("letter", "verdict"), [("R", OFF_TARGET), ("A", CLOSE), ("G", ON_TARGET)])
def test_a_printed_letter_is_taken_as_it_is(letter, verdict):
    rating = judge(PRINTS, Evidence("lower", printed=letter))
    assert (rating.verdict, rating.reason, rating.basis) == (verdict, "as-printed", "published")
    assert PRINTED[letter] == verdict


@pytest.mark.parametrize("letter", ["", "N/A", "g"])
def test_nothing_printed_is_not_rated(letter):
    rating = judge(PRINTS, Evidence("lower", printed=letter))
    assert (rating.verdict, rating.reason) == (NOT_RATED, "nothing-printed")


NOT = [
    (TEN, Evidence("lower", 5, Limits(upper=9), "maximum", has_data=False), "no-figures"),
    (TEN, Evidence("monitor", 5, Limits(upper=9), "maximum"), "for-monitoring"),
    (TEN, Evidence("ambiguous", 5, Limits(upper=9), "maximum"), "ambiguous"),
    (TEN, Evidence("lower", 5, None, "none"), "for-monitoring"),
    (WINDOWS, Evidence("lower", 5, None, "none"), "for-monitoring"),
    (TEN, Evidence("lower", 5, None, "words"), "target-in-words"),
    (RANGE, Evidence("range", 5, None, "words"), "target-in-words"),
    (TEN, Evidence("lower", 5), "no-target"),
    (TEN, Evidence("lower", 5, Limits()), "no-target"),
    (TEN, Evidence("lower", 5, None, "change"), "target-not-known"),
    (TEN, Evidence("lower", None, Limits(upper=9), "maximum"), "no-figure"),
    (UNRATED, Evidence("lower", 5, Limits(upper=9), "maximum"), "no-rule"),
    (UNRATED, Evidence("lower", 5, None, "words"), "no-rule"),
    (UNRATED, Evidence("lower", 5), "nothing-set"),
    (PRINTS, Evidence("monitor", printed="G"), "for-monitoring"),
    (PRINTS, Evidence("lower", printed="G", has_data=False), "no-figures"),
]


@pytest.mark.parametrize(("scheme", "evidence", "reason"), NOT)
def test_what_is_not_rated_and_why(scheme, evidence, reason):
    rating = judge(scheme, evidence)
    assert (rating.verdict, rating.reason) == (NOT_RATED, reason)
    assert (rating.next_verdict, rating.distance) == ("", None)


@pytest.mark.parametrize(
    ("rule", "scheme", "own", "basis"),
    [
        ("tolerance", "", "", "cumulative"),
        ("tolerance", "year_end", "", "year_end"),
        ("tolerance", "year_end", "period", "period"),
        ("range", "period", "", "period"),
        ("two_windows", "cumulative", "period", "two_windows"),
        ("published", "", "period", "published"),
        ("none", "period", "", "none"),
    ],
)
def test_the_basis_is_the_indicators_then_the_schemes_then_the_rules(rule, scheme, own, basis):
    assert basis_of(Scheme("s", rule, "t", basis=scheme), own) == basis


# ---------------------------------------------------------------- laws

ORDER = {ON_TARGET: 0, CLOSE: 1, OFF_TARGET: 2}
FIGURES = st.fractions(0, 300, max_denominator=20)
LIMITS = st.fractions(0, 200, max_denominator=20)
TOLERANCES = st.sampled_from([0, 1, 5, 10, Fraction("12.5"), 100])


def rate(actual, limit, polarity, percent, strict):
    limits = Limits(None, limit, strict) if polarity == "lower" else Limits(limit, None, strict)
    return tolerance(actual, limits, polarity, Scheme("s", "tolerance", "t", percent))


@given(FIGURES, FIGURES, LIMITS, TOLERANCES, st.booleans(), st.sampled_from(["lower", "higher"]))
def test_law_a_worse_figure_never_has_a_better_rating(one, other, limit, percent, strict, polarity):
    better, worse = sorted((one, other), reverse=polarity == "higher")
    first = ORDER[rate(better, limit, polarity, percent, strict).verdict]
    assert first <= ORDER[rate(worse, limit, polarity, percent, strict).verdict]


STEP = Fraction(1, 10**6)


WORSE = {"lower": 1, "higher": -1}


@given(FIGURES, LIMITS, TOLERANCES, st.booleans(), st.sampled_from(["lower", "higher"]))
def test_law_the_distance_moves_the_verdict(actual, limit, percent, strict, polarity):
    rating = rate(actual, limit, polarity, percent, strict)
    way = WORSE[polarity] if rating.verdict == ON_TARGET else -WORSE[polarity]
    assert rating.distance is not None
    assert rating.distance >= 0
    at_limit = actual + way * rating.distance
    past = at_limit + (way * STEP if rating.passes else 0)
    assert rate(past, limit, polarity, percent, strict).verdict == rating.next_verdict
    if rating.passes:
        assert rate(at_limit, limit, polarity, percent, strict).verdict == rating.verdict
    if rating.distance > STEP:
        before = rate(at_limit - way * STEP, limit, polarity, percent, strict)
        assert before.verdict == rating.verdict


COUNT = st.integers(0, 500)


@given(COUNT, COUNT, COUNT, COUNT, st.integers(0, 50), st.sampled_from(["lower", "higher"]))
def test_law_two_windows_are_monotone(now, then, year, year_before, more, polarity):
    rating = windows((now, then), (year, year_before), polarity)
    worse = WORSE[polarity] * more
    after = windows((now + worse, then), (year + worse, year_before), polarity)
    assert ORDER[after.verdict] >= ORDER[rating.verdict]


@given(COUNT, COUNT, COUNT, COUNT, st.sampled_from(["lower", "higher"]))
def test_law_the_distance_moves_the_verdict_of_two_windows(now, then, year, year_before, polarity):
    rating = windows((now, then), (year, year_before), polarity)
    way = WORSE[polarity] if rating.verdict == ON_TARGET else -WORSE[polarity]
    assert rating.distance is not None

    def moved(by):
        return windows((now + way * by, then), (year + way * by, year_before), polarity).verdict

    assert rating.next_verdict == moved(rating.distance + (STEP if rating.passes else 0))
    assert moved(rating.distance) == (rating.verdict if rating.passes else rating.next_verdict)
    if rating.distance > STEP:
        assert moved(rating.distance - STEP) == rating.verdict


@given(FIGURES, LIMITS, LIMITS, st.sampled_from([5, 10]))
def test_law_a_range_gets_no_better_away_from_it(actual, one, other, percent):
    limits = Limits(min(one, other), max(one, other))
    scheme = Scheme("s", "range", "t", percent)
    middle = Fraction(one + other, 2)
    outwards = actual + 1 if actual >= middle else actual - 1
    here = judge(scheme, Evidence("range", actual, limits, "range"))
    there = judge(scheme, Evidence("range", outwards, limits, "range"))
    assert ORDER[there.verdict] >= ORDER[here.verdict]


# ---------------------------------------------------------------- the table is complete


@pytest.mark.parametrize("name", SCHEMES)
def test_every_rule_says_what_it_does_and_gives_a_verdict(name):
    rule = rule_of(name)
    assert rule.name == name
    for text in (rule.title, rule.formula, rule.source, rule.sentence, rule.basis):
        assert text.strip()
    assert rule.sentence.endswith(".")
    evidence = Evidence("lower", 9, Limits(upper=10), "maximum", (9, 10), (90, 100), "G")
    rating = judge(Scheme(name, name, rule.title), evidence)
    assert rating.verdict == (NOT_RATED if name == "none" else ON_TARGET)
    assert rating.rule == name
    assert rating.basis == rule.basis


def test_every_reason_has_its_words():
    rated = [
        tolerance(9, Limits(upper=10)),
        tolerance(11, Limits(upper=10)),
        tolerance(20, Limits(upper=10)),
        tolerance(20, Limits(upper=0)),
        judge(RANGE, Evidence("range", 25, Limits(28, 40), "range")),
        windows((1, 2), (1, 2)),
        windows((1, 2), (2, 1)),
        windows((1, 1), (1, 1)),
        windows((2, 1), (2, 1)),
        windows((None, 1), (2, 1)),
        windows((2, 1), (None, 1)),
        windows((2, 1), (2, 1), "range"),
        improvement(100, 95, Limits(upper=90)),
        improvement(100, 110, Limits(upper=90)),
        improvement(80, 110, Limits(upper=90)),
        improvement(None, 110, Limits(upper=90)),
        judge(TEN, Evidence("lower", None, Limits(upper=5), "maximum", projection="unknown")),
        judge(PRINTS, Evidence("lower", printed="G")),
        judge(PRINTS, Evidence("lower")),
        not_rated("recording-changed", since=735_689),
        not_rated("stale", end=735_689, months=5),
        *(judge(scheme, evidence) for scheme, evidence, _ in NOT),
    ]
    for rating in rated:
        assert words.reason(rating, "offences", "lower").endswith(".")
    assert {rating.reason for rating in rated} == set(words.REASONS)


@pytest.mark.parametrize("polarity", POLARITIES)
def test_every_polarity_gives_a_rating_or_a_reason(polarity):
    rating = judge(TEN, Evidence(polarity, 9, Limits(upper=10), "maximum"))
    assert (rating.verdict == NOT_RATED) == (POLARITIES[polarity] is None)


def test_the_bases_are_the_three_of_the_contract():
    assert BASES == ("period", "cumulative", "year_end")


def test_an_unknown_rule_lists_the_known():
    with pytest.raises(UnknownName) as refused:
        rule_of("traffic-lights")
    assert refused.value.known == tuple(SCHEMES)
    assert "tolerance, two_windows, range, share_of_improvement, published, none" in str(
        refused.value
    )
