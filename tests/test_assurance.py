"""Variation and assurance: what the newest point is, what of the target; shares, levels, rates."""

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.test_control import FLAT, drawn, limits
from tests.test_judged import months, sheet
from tests.test_signals import ALL_CRIME, ALL_CRIME_BEFORE

from callover.assurance import ASSURANCES, VARIATIONS, assurance, variation, variation_word
from callover.drawing.forms import problem
from callover.drawing.signs import SHAPES, sign
from callover.errors import UnknownName
from callover.model import TargetRow
from callover.periods import parse
from callover.readability import grade, longest, sentences
from callover.signals import Signal
from callover.svg import draw
from callover.targets import Limits
from callover.variation import said


def target(type_, period="2016/17", measure="value", **own):
    return TargetRow(measure, "all", parse(period), type_, **own)


# ---------------------------------------------------------------- the two tables


@pytest.mark.parametrize(
    ("side", "polarity", "name"),
    [
        (0, "lower", "common cause"),
        (1, "lower", "concern high"),
        (-1, "lower", "improvement low"),
        (1, "higher", "improvement high"),
        (-1, "higher", "concern low"),
        (1, "ambiguous", "neutral high"),
        (-1, "monitor", "neutral low"),
        (1, "range", "neutral high"),
    ],
)
def test_variation_is_the_type_of_the_newest_point(side, polarity, name):
    assert variation(Signal("outside", side) if side else None, polarity) == name


@pytest.mark.parametrize(
    ("wanted", "polarity", "name"),
    [  # the usual lies from 80 to 120
        (Limits(upper=121), "lower", "passes"),
        (Limits(upper=120), "lower", "passes"),  # a point on a limit is within it
        (Limits(upper=120, strict=True), "lower", "hit and miss"),
        (Limits(upper=100), "lower", "hit and miss"),
        (Limits(upper=80), "lower", "hit and miss"),
        (Limits(upper=80, strict=True), "lower", "fails"),
        (Limits(upper=79), "lower", "fails"),
        (Limits(lower=79), "higher", "passes"),
        (Limits(lower=100), "higher", "hit and miss"),
        (Limits(lower=121), "higher", "fails"),
        (Limits(lower=70, upper=130), "range", "passes"),
        (Limits(lower=90, upper=130), "range", "hit and miss"),
        (Limits(lower=130, upper=140), "range", "fails"),
        (Limits(upper=121), "ambiguous", ""),
        (Limits(upper=121), "monitor", ""),
        (None, "lower", ""),
    ],
)
def test_assurance_sets_the_limits_against_the_target(wanted, polarity, name):
    assert assurance((80, 120), wanted, polarity) == name


def test_each_finding_has_a_word_a_sentence_and_a_shape_of_its_own():
    rows = [*VARIATIONS.values(), *ASSURANCES.values()]
    assert {row.shape for row in rows} == set(SHAPES) and len(rows) == len(SHAPES)
    assert len(set(SHAPES.values())) == len(SHAPES)
    for row in rows:
        assert grade(row.sentence) <= 7 and longest(sentences(row.sentence)) <= 25, row.name
    assert all(row.trend for row in VARIATIONS.values() if row.name != "common cause")
    assert 'aria-hidden="true"' in sign("usual")
    with pytest.raises(UnknownName, match="hit-and-miss"):
        sign("smile")


def test_seven_rises_are_told_as_a_direction():
    assert variation_word("concern high", Signal("trend", 1)) == "Rising: worse"
    assert variation_word("concern high", Signal("shift", 1)) == "Higher than usual: worse"


@pytest.mark.parametrize(("seasonal", "ending"), [(None, ", or the season"), (False, "")])
def test_what_may_be_the_season_is_called_so(seasonal, ending):
    chart = drawn(sheet(months((*FLAT, 160)), seasonal=seasonal))
    assert [sign.word for sign in chart.signs] == [f"Higher than usual: worse{ending}"]


# ---------------------------------------------------------------- which target is meant


def judged(values, targets, polarity="lower", **own):
    made = sheet(values, polarity=polarity, targets=targets, **own)
    assert made.control is not None
    found = made.metric("assurance")
    return made, found.text if found else ""


COUNTS = months((100, 110) * 5, 2016)  # by hand: mean 105, limits 105 -+ 26.6


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (target("maximum", upper=1200), ""),  # a year's target, spread, is no month's target
        (target("profile", "2017-01", upper=140), ""),
        (target("words"), ""),
        (target("maximum", "2017-01", upper=140), "passes"),
        (target("maximum", "2017-01", upper=120), "hit and miss"),
        (target("maximum", "2017-01", upper=70), "fails"),
    ],
)
def test_a_count_has_assurance_only_by_a_target_for_the_month_itself(row, name):
    made, found = judged(COUNTS, (row,), seasonal=False)
    assert found == name
    assert ("target" in [mark.role for mark in drawn(made).marks]) == bool(name)


@pytest.mark.parametrize(
    ("row", "name", "drawn_at"),
    [  # all crime: the ratio's limits are -10.0% to +12.6%, as the domain's notes work them out
        (target("change", change_percent=-5), "hit and miss", "Target -5%"),
        (target("change", change_percent=-11), "fails", "Target -11%"),
        (target("change", change_percent=-10), "hit and miss", "Target -10%"),
        (target("change"), "hit and miss", "Target 0%"),
        (target("maintain"), "hit and miss", "Target 0%"),
        (target("change", change_percent=-5, baseline=100), "", ""),  # of who knows which time
        (target("change", change_percent=-5, baseline_period=parse("2013/14")), "", ""),
        (target("change", change_percent=-11, baseline_period=parse("2015/16")), "fails", None),
        (target("maximum", upper=17_000), "", ""),  # not on the scale of the chart
    ],
)
def test_a_chart_of_changes_takes_a_target_that_is_a_change_on_last_year(row, name, drawn_at):
    both = months(ALL_CRIME_BEFORE) | months(ALL_CRIME, 2016)
    made, found = judged(both, (row,), seasonal=True)
    assert made.control.ratio and found == name
    lines = [mark.said for mark in drawn(made).marks if mark.role == "target"]
    assert drawn_at is None or lines == ([drawn_at] if drawn_at else [])


def test_a_rise_can_be_the_target():
    both = months(ALL_CRIME_BEFORE) | months(ALL_CRIME, 2016)
    row = target("change", change_percent=15)
    assert judged(both, (row,), polarity="higher", seasonal=True)[1] == "fails"


# ---------------------------------------------------------------- shares, levels, rates


def shares(parts, wholes, first=2016, **own):
    columns = {"numerator": months(parts, first), "base": months(wholes, first)}
    return sheet(columns, "proportion", "higher", **own)


def test_a_share_has_limits_in_percent_that_end_at_0_and_100():
    made = shares((50, 60) * 5, (100,) * 10)
    assert limits(made) == (55.0, 28.4, 81.6)  # by hand: 55 -+ 2.66 x 10
    chart = drawn(made)
    assert chart.marks[0].said == "Usual: 28.4% to 81.6%"
    assert chart.subtitle.startswith("Measure: percentage by month, with the limits")
    assert made.metric("control_mean").unit == "percent"
    near = shares((98, 100) * 5, (100,) * 10)
    assert near.control.usual == (Fraction(9368, 100), 100)  # by hand: 99 - 2.66 x 2
    assert limits(near)[2] == 104.3  # the table has the limit itself


def test_a_share_of_thirds_is_judged_without_endless_fractions():
    made = shares([n % 5 + 5 for n in range(24)], [n % 7 + 11 for n in range(24)], 2015)
    assert all(value.denominator <= 10**6 for value in made.control.values)


@pytest.mark.parametrize(("cases", "charted"), [(9, False), (10, True)])
def test_a_share_of_very_few_cases_has_no_chart(cases, charted):
    assert (shares((5, 6) * 5, (cases,) * 10).control is not None) is charted


def test_a_share_takes_the_target_that_holds_for_each_month():
    made = shares(
        (50, 60) * 5, (100,) * 10, targets=(target("minimum", measure="percent", lower=25),)
    )
    assert made.metric("assurance").text == "passes"
    assert [m.said for m in drawn(made).marks if m.role == "target"] == ["Target 25%"]
    assert "The usual ups and downs keep within the target." in list(said(made))


def test_a_target_is_drawn_where_it_held_and_a_range_has_two_lines():
    row = target("range", "2016/17", measure="percent", lower=40, upper=70)
    made = shares((50, 60) * 8, (100,) * 16, first=2016, targets=(row,))
    assert made.metric("assurance") is None  # the newest month lies in the next year
    made = shares((50, 60) * 8, (100,) * 16, first=2015, targets=(row,))
    lines = [m for m in drawn(made).marks if m.role == "target"]
    assert [m.said for m in lines] == ["Target, from 40%", "Target, to 70%"]
    assert [p.value for p in lines[0].points] == [None] * 12 + [40] * 4


def test_a_seasonal_share_is_not_judged():
    assert shares((50, 60) * 12, (100,) * 24, 2015, seasonal=True).control is None


def test_samples_are_points_only_where_they_share_no_days():
    rolling = {
        f"{2010 + n // 4}-{3 * (n % 4) + 1:02}/{2010 + (n + 3) // 4}-{3 * ((n + 3) % 4) + 3:02}": n
        for n in range(10)
    }
    single = {f"{2010 + n // 4}/{11 + n // 4}-Q{n % 4 + 1}": n for n in range(10)}
    for rows, charted in ((rolling, False), (single, True)):
        columns = {
            "percent": {at: 40 + n % 2 for at, n in rows.items()},
            "base": dict.fromkeys(rows, 400),
        }
        made = sheet(columns, "survey", frequency="quarterly")
        assert (made.control is not None) is charted


def test_a_level_is_a_point_series_on_the_days_that_it_was_counted():
    days = {f"{2015 + n // 12}-{n % 12 + 1:02}-15": 40 + 4 * (n % 2) for n in range(14)}
    made = sheet(days, "snapshot")
    assert limits(made) == (42.0, 31.4, 52.6)  # by hand: 42 -+ 2.66 x 4
    assert list(said(made)) == ["No count since 15 January 2015 stands out."]
    assert drawn(made).subtitle.startswith("Measure: offences on each day counted, with")
    small = sheet({at: 4 + n % 2 for n, at in enumerate(days)}, "snapshot")
    assert limits(small) == (4.5, 1.8, 7.2)  # a level is no count of events: no Poisson limits
    assert drawn(small).marks[0].said == "Usual: 1.8 to 7.2"
    del days["2016-01-15"]
    assert sheet(days, "snapshot").control is None  # a month is missing before the newest one
    assert sheet(days, "snapshot", frequency="irregular").control is None


def test_a_rate_is_charted_as_finely_as_it_is_given():
    quarters = {
        f"{2012 + n // 4}/{13 + n // 4}-Q{n % 4 + 1}": Fraction(31 + n % 2, 100) for n in range(9)
    }
    made = sheet({"rate": quarters}, "rate", frequency="quarterly")
    assert drawn(made).marks[0].said == "Usual: 0.288 to 0.341"  # by hand: 0.3144 -+ 0.0266
    assert drawn(made).marks[1].said == "Mean 0.314"


def test_a_chart_draws_its_words_once_and_leaves_the_line_unnamed():
    made = sheet(months((*FLAT, 160)), seasonal=False)
    drawing = draw(drawn(made))
    assert drawing.count(">Mean 109.2<") == 1 and drawing.count(">Usual: 73.8 to 144.7<") == 1
    assert "Offences<" not in drawing and "></text>" not in drawing


CELLS = st.one_of(st.integers(0, 120), st.sampled_from(["c", "x"]), st.none())
KINDS = {
    "count": lambda rows: rows,
    "snapshot": lambda rows: rows,
    "rate": lambda rows: {"rate": rows},
    "proportion": lambda rows: {
        "percent": {at: min(v, 100) if isinstance(v, int) else v for at, v in rows.items()}
    },
    "completions": lambda rows: {
        "successes": rows,
        "terminations": {at: v + 7 if isinstance(v, int) else v for at, v in rows.items()},
    },
}


@settings(deadline=None, max_examples=60)
@given(
    st.lists(CELLS, min_size=8, max_size=40),
    st.sampled_from(sorted(KINDS)),
    st.sampled_from(["lower", "higher", "range", "ambiguous", "monitor"]),
    st.sampled_from([True, False, None]),
    st.sampled_from(["maximum", "minimum", "range", "change", "maintain", "profile", "words"]),
)
def test_any_kind_says_it_in_plain_words_and_draws_it(values, kind, polarity, seasonal, type_):
    rows = {at: v for at, v in months(values, 2014).items() if v is not None}
    name = {"rate": "rate", "proportion": "percent", "completions": "success_rate"}.get(
        kind, "value"
    )
    lower, upper = (None if type_ == "maximum" else 20), (None if type_ == "minimum" else 60)
    wanted = TargetRow(name, "all", None, type_, lower, upper)
    if not any(isinstance(v, int) for v in rows.values()):
        return
    made = sheet(KINDS[kind](rows), kind, polarity, seasonal=seasonal, targets=(wanted,))
    chart = drawn(made)
    assert (chart is None) == (made.control is None)
    if chart is None or made.control is None:
        return
    assert problem(chart) == "" and draw(chart)
    told = " ".join(said(made))
    assert longest(sentences(told)) <= 25 and grade(told) <= 7, told
    assert not re.search(r"-0(\\.0)?%|\\b1 months", f"{told} {chart.title} {chart.summary}")
    assert made.metric("variation").text in VARIATIONS
    found = made.metric("assurance")
    assert (found is None) or found.text in ASSURANCES
    assert (found is None) or polarity not in ("ambiguous", "monitor")
    low, high = made.control.usual
    assert low <= made.control.limits.mean <= high
