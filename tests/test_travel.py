"""Direction of travel: better or worse, and on what; the first comparison that is known decides."""

from fractions import Fraction
from typing import Any

import pytest

from callover import words
from callover.compute import sheet
from callover.model import Cell, Indicator, Key, Reference, Scheme, TargetRow
from callover.pages.compared import PHRASES
from callover.pages.sentences import change_in_words, direction, headline
from callover.periods import parse
from callover.travel import COMPARISONS, PRINTED, printed, travel

AREA = "E09000014"


def computed(kind, columns, polarity="lower", frequency="quarterly", unit="offences", targets=()):
    series = {
        Key(AREA, "all", column): {
            parse(p): Cell(None, v) if isinstance(v, str) else Cell(v) for p, v in values.items()
        }
        for column, values in columns.items()
    }
    indicator = Indicator(
        "measure", "Measure", "", kind, polarity, unit, unit.removesuffix("s"), "crime", 1, "", "",
        frequency, None, "", AREA, series, targets=tuple(targets),
    )  # fmt: skip
    return sheet(indicator, Reference({}, {}, ()), {"none": Scheme("none", "none", "")})


def months(*values, year=2016):
    return {f"{year}-{4 + n:02}": value for n, value in enumerate(values)}


CASES: dict[str, Any] = {
    "the same months of last year": (
        ("count", {"value": {**months(100, 200, year=2015), **months(60, 110)}},
         "lower", "monthly"),
        ("better", "same-months", -130, "down 130 on the same months last year: better"),
    ),
    "months that vary so much that chance could do it": (  # phi 9.6, z -4.97 ÷ 3.1, p 0.11
        ("count", {"value": {**months(100, 200, year=2015), **months(90, 100)}},
         "lower", "monthly"),
        ("unclear", "same-months", -110,
         "down 110 on the same months last year: no clear change"),
    ),
    "the first month of a year": (
        ("count", {"value": {**months(100, year=2015), **months(104)}}, "higher", "monthly"),
        ("unclear", "same-period", 4,  # 104 of 204: p 0.83
         "up 4 on the same month last year: no clear change"),
    ),
    "the first month of a year, many more": (
        ("count", {"value": {**months(100, year=2015), **months(204)}}, "higher", "monthly"),
        ("better", "same-period", 104, "up 104 on the same month last year: better"),
    ),
    "no clear change of what may be good or bad": (  # 20 of 45: p 0.55
        ("count", {"value": {**months(25, year=2015), **months(20)}}, "ambiguous", "monthly"),
        ("unclear", "same-period", -5, "down 5 on the same month last year: no clear change"),
    ),
    "a clear change of what may be good or bad": (
        ("count", {"value": {**months(90, year=2015), **months(20)}}, "monitor", "monthly"),
        ("unknown", "same-period", -70, "down 70 on the same month last year"),
    ),
    "a gap this year, so the month alone": (
        ("count", {"value": {**months(9, 9, 9, year=2015), **months(9, "x", 12)}},
         "lower", "monthly"),
        ("worse", "same-period", 3, "up 3 on the same month last year: worse"),
    ),
    "the same as last year": (
        ("count", {"value": {**months(100, year=2015), **months(100)}}, "lower", "monthly"),
        ("same", "same-period", 0, "no change on the same month last year"),
    ),
    "the quarter before": (  # Haringey's burglary, printed as an arrow up
        ("count", {"value": {"2012/13": 3149, "2013/14-Q1": 646, "2013/14-Q2": 630}}),
        ("better", "period-before", -16, "down 16 on the quarter before: better"),
    ),
    "a percentage on the quarter before": (
        ("proportion", {"percent": {"2013/14-Q1": 54, "2013/14-Q2": 58}}, "higher", "quarterly",
         "percent"),
        ("better", "period-before", 4, "up 4 percentage points on the quarter before: better"),
    ),
    "a quarter on the same one of last year, if that is known": (
        ("proportion", {"percent": {"2012/13-Q2": 7, "2013/14-Q1": 17, "2013/14-Q2": 13}},
         "lower", "quarterly", "percent"),
        ("worse", "same-period", 6,
         "up 6 percentage points on the same quarter last year: worse"),
    ),
    "a quarter better than the one before, at twice last year": (  # repeat referrals to MARAC
        ("proportion", {"percent": {"2012/13": 7, "2013/14-Q1": 17, "2013/14-Q2": 13}},
         "lower", "quarterly", "percent"),
        ("unknown", "period-before", -4, "down 4 percentage points on the quarter before"),
    ),
    "a quarter better than the one before and than last year": (
        ("proportion", {"percent": {"2012/13": 50, "2013/14-Q1": 55, "2013/14-Q2": 59}},
         "higher", "quarterly", "percent"),
        ("better", "period-before", 4, "up 4 percentage points on the quarter before: better"),
    ),
    "a level on the quarter before": (
        ("snapshot", {"value": {"2013/14-Q1": 49, "2013/14-Q2": 54}}, "higher"),
        ("better", "period-before", 5, "up 5 on the quarter before: better"),
    ),
    "a year": (
        ("yearly", {"value": {"2012/13": 100, "2013/14": 90}}, "lower", "yearly"),
        ("better", "same-period", -10, "down 10 on the year before: better"),
    ),
    "a rate": (
        ("rate", {"rate": {"2012/13": Fraction("2.57"), "2013/14": Fraction("1.94")}}, "lower",
         "yearly", "per 1,000 aged 10 to 17"),
        ("better", "same-period", Fraction("-0.63"), "down 0.63 on the year before: better"),
    ),
    "twelve months": (
        ("rolling_only", {"value": {"2011-07/2012-06": 4760, "2012-07/2013-06": 4670}}),
        ("unclear", "twelve-months", -90,  # 4,670 of 9,430: p 0.36
         "down 90 on the 12 months before: no clear change"),
    ),
    "twelve months, far fewer": (
        ("rolling_only", {"value": {"2011-07/2012-06": 4760, "2012-07/2013-06": 4200}}),
        ("better", "twelve-months", -560, "down 560 on the 12 months before: better"),
    ),
    "runs of four weeks": (
        ("proportion",
         {"percent": {"2013-04-15/2013-05-12": 9, "2013-05-13/2013-06-09": 10}}, "lower",
         "irregular", "percent"),
        ("worse", "period-before", 1, "up 1 percentage point on the period before: worse"),
    ),
    "nobody can say": (
        ("count", {"value": {"2013/14-Q1": 6, "2013/14-Q2": 5}}, "ambiguous"),
        ("unknown", "period-before", -1, "down 1 on the quarter before"),
    ),
    "months are not set beside each other": (
        ("count", {"value": months(6, 5)}, "lower", "monthly"),
        ("unknown", "", None, "not known"),
    ),
    "no figure at all": (
        ("count", {"value": {}}), ("unknown", "", None, "not known"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("percents", "verdict"),
    [
        # Nine of 12 months are the same: s.e. 1.52 for 14 points, but 1.35 for 1 point.
        ({"2011-07/2012-06": 16, "2011-10/2012-09": 30}, "worse"),
        ({"2011-07/2012-06": 16, "2011-10/2012-09": 17}, "unclear"),
        ({"2010/11": 16, "2011/12": 30}, "worse"),
        ({"2010/11": 16, "2011/12": 17}, "unclear"),  # chance alone could do that
    ],
)
def test_a_sample_got_better_or_worse_only_if_the_change_is_clear(percents, verdict):
    columns = {"percent": percents, "base": dict.fromkeys(percents, 400)}
    assert travel(computed("survey", columns, unit="percent")).verdict == verdict


@pytest.mark.parametrize("case", CASES)
def test_the_direction_of_travel(case):
    given, (verdict, basis, change, told) = CASES[case]
    made = computed(*given)
    found = travel(made)
    assert (found.verdict, found.basis, found.change) == (verdict, basis, change)
    assert direction(made) == told


def test_what_two_numbers_say_stands_beside_the_verdict():
    """A document's arrow rests on two numbers, so it is checked against them alone."""
    made = computed("count", {"value": {"2012-04": 100, "2013-04": 96}}, frequency="monthly")
    found = travel(made)
    assert (found.verdict, found.apparent) == ("unclear", "better")
    assert found.test is not None and not found.test.clear
    alone = travel(computed("count", {"value": {"2013/14-Q1": 646, "2013/14-Q2": 630}}))
    assert (alone.verdict, alone.apparent, alone.test) == ("better", "better", None)


def test_a_test_over_other_days_says_nothing():
    """The month of April is tested; the gap in May leaves June with nothing that is."""
    columns = {"value": {**months(900, 9, 90, year=2015), **months(100, "x", 12)}}
    found = travel(computed("count", columns, frequency="monthly"))
    assert (found.verdict, found.basis, found.test) == ("better", "same-period", None)


def test_what_nobody_has_named_is_neither_better_nor_worse():
    given = {"value": {"2014/15": 14, "2015/16": 7}}
    named, unnamed = (computed("yearly", given, unit=unit) for unit in ("people", "number"))
    assert (travel(named).verdict, travel(unnamed).verdict) == ("better", "unknown")


def test_the_baseline_is_the_last_resort():
    """Drug completions: the baseline year and one quarter, and nothing else to compare with."""
    rows = {"percent": {"2013/14-Q2": Fraction("13.8")}}
    goal = TargetRow("percent", "all", parse("2013/14"), "minimum", lower=11,
                     baseline=Fraction("13.7"))  # fmt: skip
    made = computed("proportion", rows, "higher", "quarterly", "percent", [goal])
    found = travel(made)
    assert (found.verdict, found.basis, found.change) == ("better", "baseline", Fraction("0.1"))
    assert direction(made) == "up 0.1 percentage points on the baseline: better"
    in_series = TargetRow("percent", "all", parse("2013/14"), "minimum", lower=11,
                          baseline_period=parse("2012/13"))  # fmt: skip
    both = {"percent": {"2012/13": Fraction("14.8"), **rows["percent"]}}
    made = computed("proportion", both, "higher", "quarterly", "percent", [in_series])
    assert direction(made) == "down 1 percentage point on the baseline: worse"
    assert change_in_words(made) == direction(made)


def test_half_a_year_is_never_set_beside_the_baseline_of_a_whole_one():
    goal = TargetRow("value", "all", parse("2013/14"), "change", change_percent=-5, baseline=3149)
    made = computed("count", {"value": {"2013/14-Q1": 646}}, targets=[goal])
    assert travel(made).basis == ""


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [
        (20, 25, "better"),
        (45, 50, "worse"),
        (30, 35, "same"),
        (45, 38, "better"),
        (30, 20, "worse"),
    ],
)
def test_between_two_limits_neither_way_is_better(before, now, verdict):
    goal = TargetRow("percent", "all", parse("2013/14"), "range", lower=28, upper=40)
    rows = {"percent": {"2013/14-Q1": before, "2013/14-Q2": now}}
    made = computed("proportion", rows, "range", "quarterly", "percent", [goal])
    assert travel(made).verdict == verdict
    assert (
        travel(computed("proportion", rows, "range", "quarterly", "percent")).verdict == "unknown"
    )


def test_an_earlier_period_can_be_asked_for():
    made = computed("count", {"value": {f"2013/14-Q{n}": v for n, v in ((1, 9), (2, 8), (3, 12))}})
    assert travel(made).verdict == "worse"
    assert travel(made, parse("2013/14-Q2")).verdict == "better"


def test_a_detection_rate_goes_its_own_way():
    rows = {
        "value": {"2011-07/2012-06": 100, "2012-07/2013-06": 210},
        "detection_rate": {"2011-07/2012-06": Fraction("7.8"), "2012-07/2013-06": Fraction("12.5")},
    }
    made = computed("rolling_only", rows)
    assert travel(made).verdict == "worse"
    found = travel(made, None, made.kind.quantity("detection_rate"))
    assert (found.verdict, found.change, found.then) == (
        "better",
        Fraction("4.7"),
        Fraction("7.8"),
    )


@pytest.mark.parametrize(("now", "verdict"), [(16, "unclear"), (28, "worse")])
def test_a_survey_that_moved_within_its_interval_is_neither_better_nor_worse(now, verdict):
    rows = {"percent": {"2011/12": 17, "2012/13": now}, "base": {"2011/12": 400, "2012/13": 400}}
    made = computed("survey", rows, "lower", "yearly", "percent")
    found = travel(made)
    assert (found.verdict, found.basis) == (verdict, "same-period")


@pytest.mark.parametrize(
    ("text", "read"),
    [("↑", "better"), (" ↓ ", "worse"), ("Improving", "better"), ("no  change", "same"), ("A", "")],
)
def test_an_arrow_up_is_an_improvement(text, read):
    assert printed(text) == read


def test_weeks_are_set_beside_the_same_dates():
    assert words.compared_with("same-months", parse("2013-W25")) == "the same dates last year"
    assert words.compared_with("same-months", parse("2016-09")) == "the same months last year"


def test_every_comparison_and_verdict_has_its_words():
    assert [row.name for row in COMPARISONS] == list(words.COMPARED) == list(PHRASES)
    assert set(PRINTED.values()) < set(words.TRAVEL_WORDS)
    assert words.compared_with("same-period", parse("2012-04/2012-09")) == (
        "the same period last year"
    )


def test_the_headline_falls_back_to_the_quarter_before():
    made = computed("count", CASES["the quarter before"][0][1])
    assert headline(made) == (
        "There were 1,276 offences from April to September 2013. Of these, 630 were from July to "
        "September 2013, 16 fewer (down 2%) than in the quarter before, which is better."
    )
    assert change_in_words(made) == "down 16 on the quarter before: better"
    level = computed("snapshot", {"value": {"2013/14-Q1": 49, "2013/14-Q2": 54}}, "higher",
                     unit="cases")  # fmt: skip
    assert headline(level) == (
        "The level for July to September 2013 was 54 cases. "
        "That is 5 more (up 10%) than in the quarter before, which is better."
    )
    first = computed("count", {"value": {"2013/14-Q1": 646}})
    assert headline(first).endswith("We do not have the figure for a year before.")


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [(405, 407, "same"), (400, 402, "worse"), (1000, 996, "same"), (1000, 995, "better")],
)
def test_less_than_half_a_per_cent_is_little_or_no_change(before, now, verdict):
    rows = {"value": {"2015-12": before, "2016-12": now}}
    assert travel(computed("count", rows, frequency="monthly")).verdict == verdict
