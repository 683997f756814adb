"""The control chart of an indicator: where the rules allow one, what it says, and its drawing."""

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.test_judged import months, sheet
from tests.test_signals import ABUSE, ALL_CRIME, ALL_CRIME_BEFORE, GUN, LAST_YEAR, WEEKS

from callover.control import LEAST, NAMES, PACES
from callover.drawings import charts
from callover.figure import figure
from callover.kinds import KINDS
from callover.model import Break
from callover.periods import parse
from callover.readability import grade, longest, sentences
from callover.rounding import half_up
from callover.signals import RULES
from callover.variation import said
from callover.worked import control as example

FLAT = (100, 110) * 6


def weeks(values, year):
    return {f"{year}-W{15 + n}": value for n, value in enumerate(values)}


def drawn(made):
    return next((chart for chart in charts(made) if chart.name == "control"), None)


def short(value):
    return float(half_up(value, 1))


def limits(made):
    assert made.control is not None
    found = made.control.limits
    return tuple(short(value) for value in (found.mean, found.lower, found.upper))


# ---------------------------------------------------------------- where the rules allow one


def test_a_short_series_is_judged_as_it_stands_with_limits_on_trial():
    made = sheet(months(ABUSE, 2016), polarity="ambiguous")
    assert limits(made) == (202.0, 145.5, 258.5)
    assert made.control.trial and not made.control.ratio
    assert list(said(made)) == ["No month since April 2016 stands out."]
    assert made.metric("signal").text == "usual"
    assert short(made.value("control_lower")) == 145.5


def test_a_seasonal_series_is_judged_by_its_ratio_or_not_at_all():
    both = months(ALL_CRIME_BEFORE) | months(ALL_CRIME, 2016)
    made = sheet(both, seasonal=True)
    assert limits(made) == (1.3, -10.0, 12.6)
    assert made.metric("control_mean").unit == "percent"
    assert list(said(made)) == ["No month since April 2016 stands out against a year before."]
    assert sheet(months(ALL_CRIME, 2016), seasonal=True).control is None
    assert sheet(both, seasonal=False).control.ratio is False


def test_two_whole_years_are_judged_by_their_ratio_unless_they_have_no_season():
    values = [100 + 40 * (n % 12 in (3, 4, 5)) + n % 3 for n in range(24)]
    assert sheet(months(values)).control.ratio
    assert not sheet(months(values), seasonal=False).control.ratio
    assert not sheet(months(values[1:])).control.ratio  # a month short of two years
    assert not any(sheet(months(values)).control.signals)
    assert any(sheet(months(values), seasonal=False).control.signals)


def test_what_stands_out_in_a_short_series_may_be_the_season():
    values = (*FLAT, 160)
    told = list(said(sheet(months(values))))
    assert told[0] == "April 2016 stands out: it lies above the usual limits."
    assert told[1:] == [
        "That is worse.",
        "It may be the season.",
        "We need two years of figures to tell.",
    ]
    assert list(said(sheet(months(values), seasonal=False)))[1:] == ["That is worse."]


def test_small_counts_have_whole_limits():
    made = sheet(months(GUN, 2016))
    assert limits(made) == (4.9, 0, 13)
    assert sheet(months((*GUN[:-1], 20), 2016)).metric("signal").text == "outside"


def test_weeks_are_set_against_last_years_mean():
    made = sheet(weeks(LAST_YEAR, 2012) | weeks(WEEKS, 2013), frequency="weekly")
    assert limits(made) == (41.9, 16.4, 67.4)
    assert list(said(made)) == [
        "No week since the week to Sunday 14 April 2013 stands out.",
        "All eleven weeks are below last year's mean of 58.9.",
    ]


NEVER = ("rolling_only", "yearly", "league", "distribution", "cohort", "milestone")


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_of_single_periods_have_a_chart_and_rolling_sums_never(kind):
    assert ("control" not in KINDS[kind].charts) == (kind in NEVER)


@pytest.mark.parametrize(
    "values",
    [
        (100,) * (LEAST - 1),
        (*(100,) * 7, None, 100),  # a gap
        (*(100,) * 7, "c", 100),  # a figure that is kept back
    ],
)
def test_too_few_figures_in_a_row_have_none(values):
    rows = {label: v for label, v in months(values, 2016).items() if v is not None}
    made = sheet(rows)
    assert made.control is None and drawn(made) is None
    assert not [m for m in made.metrics if m.measure in NAMES]


def test_figures_of_whole_years_and_totals_of_12_months_have_none():
    years = {f"{y}/{y % 100 + 1:02}": 100 + y % 7 for y in range(2000, 2016)}
    assert sheet(years, frequency="yearly").control is None


def test_limits_begin_anew_at_a_declared_break_and_nowhere_else():
    values = (*(100, 110) * 6, *(50, 56) * 6)
    whole = sheet(months(values), seasonal=False)
    split = sheet(months(values), seasonal=False, breaks=(Break(parse("2016-04"), "New rules."),))
    assert (whole.control.at[0].label, split.control.at[0].label) == ("2015-04", "2016-04")
    assert any(whole.control.signals) and not any(split.control.signals)
    assert limits(split)[0] == 53
    (cut,) = drawn(split).cuts  # a labelled line at the edge where the limits begin
    assert (cut.at, cut.text) == (0, "Recording changed in April 2016")
    early = sheet(months(values), seasonal=False, breaks=(Break(parse("2014-04"), "Old."),))
    assert early.control.at == whole.control.at


def test_a_chart_looks_back_so_far_and_no_further():
    made = sheet(months([100 + n % 5 for n in range(60)], 2012), seasonal=False)
    assert len(made.control.values) == PACES["month"].most == 24
    assert made.control.at[-1] == made.closing


def test_nothing_a_year_before_is_no_ratio():
    values = [0, *(30, 34) * 12]
    assert sheet(months(values)).control.ratio
    assert len(sheet(months(values)).control.values) == 12


# ---------------------------------------------------------------- in words


@pytest.mark.parametrize(
    ("tail", "rule", "text"),
    [
        ((150,), "outside", "October 2016 stands out: it lies above the usual limits."),
        (
            range(96, 110, 2),
            "trend",
            "The last seven months stand out: they rise one after another.",
        ),
        (
            (106, 117, 117),
            "two-of-three",
            "December 2016 stands out: two of three months are close to the upper limit.",
        ),
        ((97, 99) * 4, "shift", "The last eight months stand out: all are below the mean."),
    ],
)
def test_each_rule_has_its_sentence(tail, rule, text):
    values = (*(100, 108, 102, 106) * 4, 104, 104, *tail)
    made = sheet(months(values), seasonal=False)
    newest = made.control.newest
    assert newest is not None and newest.rule == rule, made.control.signals
    told = next(iter(said(made)))
    assert re.sub(r"^\w+ 201\d", "", told) == re.sub(r"^\w+ 201\d", "", text)


@pytest.mark.parametrize(
    ("polarity", "text"),
    [("lower", "That is worse."), ("higher", "That is better."), ("ambiguous", None)],
)
def test_better_and_worse_follow_the_polarity(polarity, text):
    told = list(said(sheet(months((*FLAT, 160)), polarity=polarity, seasonal=False)))
    assert told[1:] == ([text] if text else [])


def test_an_earlier_signal_is_told_after_the_newest_figure():
    told = list(said(sheet(months((*FLAT, 160, 102)), seasonal=False)))
    assert told == ["The newest month is usual.", "April 2016 stands out."]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 400), min_size=8, max_size=40), st.sampled_from([True, False, None]))
def test_any_series_gives_plain_sentences_and_one_chart(values, seasonal):
    made = sheet(months(values, 2013), seasonal=seasonal)
    chart = drawn(made)
    assert (chart is None) == (made.control is None)
    if chart is None:
        return
    told = " ".join(said(made))
    assert longest(sentences(told)) <= 25 and grade(told) <= 7, told
    assert not re.search(r"-0(\.0)?%|\b1 months", f"{told} {chart.title}")
    marked = [p for m in chart.marks if m.type == "dots" for p in m.points if p.value is not None]
    assert len(marked) == sum(s is not None for s in made.control.signals)
    assert figure(chart)["data"]


# ---------------------------------------------------------------- the drawing and the table


def test_the_chart_has_limits_mean_figures_and_marked_points():
    made = sheet(months((*FLAT, 160)), seasonal=False)
    chart = drawn(made)
    assert chart is not None
    assert [(m.type, m.role) for m in chart.marks] == [
        ("band", "range"),
        ("rule", "history"),
        ("line", "this-year"),
        ("dots", "cat3"),
    ]
    out = chart.marks[-1].points
    assert [p.value for p in out] == [None] * 12 + [160]
    # By hand: mean 1420/13, moving ranges 11 of 10 and one of 50, so 2.66 x 160/12 to each side.
    assert [mark.said for mark in chart.marks] == [
        *("Usual: 73.8 to 144.7", "Mean 109.2", "", "Stands out")
    ]
    assert chart.title == (
        "April 2016 stands out: it lies above the usual limits; usual is 73.8 to 144.7"
    )
    assert "with limits. Higher than usual: worse. Mean 109.2. April 2016 stands" in chart.summary
    assert "On trial" not in chart.subtitle  # 13 points


def test_a_count_is_never_drawn_below_nothing():
    chart = drawn(sheet(months((20, 1) * 6), seasonal=False))
    assert chart is not None
    assert {p.value for p in chart.marks[0].lower} == {0}


def test_rules_and_names_are_explained_and_the_example_is_the_published_one():
    assert all(row.sentence.endswith(".") and grade(row.sentence) <= 7 for row in RULES.values())
    assert all(NAMES.values())
    assert "mean 202.0, limits 145.5 to 258.5, no signal" in example()
    assert Fraction(266, 100) * 2 / 3 == Fraction(532, 300)
