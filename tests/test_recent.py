"""The last five years of a measure: which they are, and why they may not be tested."""

from dataclasses import replace
from fractions import Fraction
from math import isclose

import pytest
from tests.test_sentences import AREA, REFERENCE, months, sheet

from callover.compute import sheet as compute
from callover.model import Break, Cell, Denominator, Rate, Survey
from callover.pages.history import five_years
from callover.periods import parse
from callover.readability import grade, longest, sentences
from callover.recent import NAMES, REASONS
from callover.recent import weighted as of_counts

ROBBERY = (931, 619, 491, 486, 587)
DV = (1719, 1588, 1992, 2397, 2597)
RATE = Rate("residents", 1000, "per 1,000 residents")


def years(*values, first=2011):
    return {f"{first + n}/{(first + n + 1) % 100:02}": v for n, v in enumerate(values)}


def outcome(kind, columns, **own):
    found = sheet(kind, columns, **own).recent
    assert found is not None
    return found.verdict, found.reason


# ---------------------------------------------------------------- what is said


@pytest.mark.parametrize(
    ("values", "polarity", "said"),
    [
        (ROBBERY, "lower", "Down, which is better. It was 931 offences in 2011/12 and 587"),
        (ROBBERY, "higher", "Down, which is worse. "),
        (DV, "lower", "Up, which is worse. "),
        (DV, "ambiguous", "Up. It was 1,719 offences in 2011/12 and 2,597 in 2015/16."),
        (DV, "monitor", "Up. "),
        (
            (900, 700, 500, 300, 400),
            "lower",
            "Down, which is better. It was 900 offences in "
            "2011/12 and 400 in 2015/16. In that last year it rose.",
        ),
        ((76, 49, 56, 55, 56), "lower", "No clear change. "),
        (
            (100, 100, 100, 100, 250),
            "lower",
            "No clear change: without one of these years they would go the other way. ",
        ),
    ],
)
def test_five_years_are_told_with_their_ends(values, polarity, said):
    text = five_years(sheet("count", {"value": years(*values)}, polarity=polarity))
    assert text.startswith(said), text
    assert longest(sentences(text)) <= 25 and grade(text) <= 7


def test_a_rate_is_told_as_a_rate():
    found = sheet("count_rate", {"value": years(*ROBBERY)}, rate=RATE)
    assert five_years(found) == (
        "Down, which is better. It was 4.66 per 1,000 residents in 2011/12 and 2.94 in "
        "2015/16. In that last year it rose."
    )  # 931 and 587 of 200,000
    assert found.recent is not None and found.recent.values[0] == Fraction(931, 200)


@pytest.mark.parametrize("least", [2, 1, 0])
def test_fewer_than_two_years_say_nothing_on_the_page(least):
    known = years(*[30] * least, first=2013 - least)
    found = sheet("count", {"value": {**known, **months(3, start=(2013, 4))}})
    assert bool(five_years(found)) == (least > 1)
    assert found.metric("recent_trend_reason", parse("2012/13")).text == "too-few-years"


# ---------------------------------------------------------------- what stands in the way


CHANGED = (Break(parse("2014-04"), "Counted in another way."),)
MIDWAY = (Break(parse("2014-10"), "Counted in another way."),)


@pytest.mark.parametrize(
    ("columns", "own", "reason", "said"),
    [
        ({"value": years(9, 8, 7)}, {}, "too-few-years",
         "a trend takes five whole years, and we have three. It was 9 offences in 2011/12 and 7"),
        ({"value": {**years(9, 8), **years(7, 6, first=2014)}}, {}, "missing-year",
         "there is no figure for 2013/14."),
        ({"value": {**years(9, 8, 7, 6), **months(1, start=(2016, 4))}}, {}, "missing-year",
         "there is no figure for 2015/16."),
        ({"value": years(9, 8, "c", 6, 5)}, {}, "suppressed",
         "the figure for 2013/14 is confidential."),
        ({"value": years(9, 8, "x", 6, 5)}, {}, "missing-year", "there is no figure for 2013/14."),
        ({"value": years(*ROBBERY)}, {"breaks": CHANGED}, "break",
         "the way of recording changed from April 2014."),
        ({"value": years(*ROBBERY)}, {"breaks": MIDWAY}, "break",
         "the way of recording changed from October 2014."),
    ],
)  # fmt: skip
def test_what_cannot_be_calculated_says_why(columns, own, reason, said):
    found = sheet("count", columns, **own)
    assert found.recent is not None and found.recent.reason == reason
    text = five_years(found)
    assert text.startswith(f"Cannot be calculated: {said}"), text
    assert text == f"Cannot be calculated: {said}" or reason != "break"  # its ends do not compare
    assert longest(sentences(text)) <= 25


def test_a_change_in_recording_before_the_five_years_does_no_harm():
    breaks = (Break(parse("2011-04"), "Counted in another way."),)
    values = {"value": years(2000, *ROBBERY, first=2010)}
    assert outcome("count", values, breaks=breaks) == ("decreasing", "significant")


def test_nine_months_are_no_year():
    now = months(*[400] * 9, start=(2016, 4))
    found = sheet("count", {"value": {**years(*ROBBERY), **now}}).recent
    assert found is not None and found.until == parse("2015/16")
    assert found.values == list(ROBBERY)
    whole = months(*[400] * 12, start=(2016, 4))
    found = sheet("count", {"value": {**years(*ROBBERY), **whole}}).recent
    assert found is not None and found.until == parse("2016/17") and found.values[-1] == 4800


def test_a_rate_needs_to_know_what_to_divide_by():
    known = parse("2013/14").start
    below = Denominator("residents", AREA, known, 3_600_000, 200_000, "residents", "", False)
    made = sheet("count_rate", {"value": years(*ROBBERY)}, rate=RATE)
    found = compute(made.indicator, replace(REFERENCE, denominators=(below,)), {})
    assert five_years(found) == (
        "Cannot be calculated: we do not know what to divide by for 2011/12. It was 931 offences "
        "in 2011/12 and 587 in 2015/16."
    )


# ---------------------------------------------------------------- shares, samples, given rates


def test_shares_need_their_parts():
    # The first example of Fingertips' own tests.
    parts, wholes = (621, 599, 556, 535, 447), (3454, 3195, 3256, 3227, 3121)
    counted = {"numerator": years(*parts), "base": years(*wholes)}
    assert outcome("proportion", counted, polarity="higher") == ("decreasing", "significant")
    given = {"percent": years(18, 19, 17, 17, 14)}
    assert outcome("proportion", given) == ("cannot-be-calculated", "no-base")
    all_of_them = {"numerator": years(9, 8, 7, 6, 5), "base": years(9, 9, 9, 9, 9)}
    assert outcome("proportion", all_of_them) == ("cannot-be-calculated", "all-or-none")


SURVEY = {"survey": Survey("Do you feel safe?"), "frequency": "quarterly"}


def survey(periods, shares, base=400):
    labels = list(periods)
    return {
        "percent": dict(zip(labels, shares, strict=True)),
        "base": dict.fromkeys(labels, base),
    }


def test_a_sample_of_each_year_is_tested_by_its_base():
    made = survey(years(*range(5)), (40, 35, 30, 25, 20))
    assert outcome("survey", made, **SURVEY) == ("decreasing", "significant")
    assert outcome("survey", survey(years(*range(5)), (40, 39, 41, 40, 39)), **SURVEY) == (
        "no-significant-change",
        "not-significant",
    )


def test_rolling_years_share_months_so_they_are_no_five_years():
    rolling = [f"{2010 + q // 4}-{q % 4 * 3 + 1:02}" for q in range(9)]
    ends = [f"{2010 + (q + 3) // 4}-{(q + 3) % 4 * 3 + 3:02}" for q in range(9)]
    labels = [f"{a}/{b}" for a, b in zip(rolling, ends, strict=True)]
    made = survey(labels, (40, 39, 38, 37, 36, 35, 34, 33, 32))
    found = sheet("survey", made, **SURVEY)
    assert five_years(found) == (
        "Cannot be calculated: a trend takes five years that share no months, and we have three. "
        "It was 40% from January to December 2010 and 32% from January to December 2012."
    )


def test_rates_that_a_source_gives_need_the_number_behind_them():
    rates = {"rate": years(*[Cell(Fraction(v)) for v in (900, 800, 700, 600, 500)])}
    assert outcome("rate", rates) == ("cannot-be-calculated", "no-interval")
    behind = {**rates, "count": years(180, 160, 140, 120, 100)}
    assert outcome("rate", behind) == ("decreasing", "significant")
    assert outcome("yearly", {"value": years(9, 8, 7, 6, 5)}) == (
        "cannot-be-calculated",
        "no-interval",
    )


def test_words_and_days_have_no_years():
    words = {"text": {"2016/17-Q1": Cell(None, text="On track")}}
    assert sheet("milestone", words, frequency="quarterly").recent is None
    assert sheet("snapshot", {"value": {"2016-03-31": 9, "2016-06-30": 8}}).recent is None


# ---------------------------------------------------------------- the table


def test_metrics_have_the_verdict_the_reason_and_the_figures():
    found = sheet("count", {"value": years(*ROBBERY)})
    rows = {m.measure: m for m in found.metrics if m.measure in NAMES}
    assert set(rows) == set(NAMES)
    assert rows["recent_trend"].text == "decreasing"
    assert rows["recent_trend_reason"].text == "significant"
    assert (rows["recent_trend"].start, rows["recent_trend"].end) == (
        parse("2011/12").start,
        parse("2015/16").end,
    )
    assert rows["recent_trend_slope"].unit == "offences"
    fit = of_counts(ROBBERY, [1] * 5)
    slope, chi_square = (rows[f"recent_trend_{name}"].value for name in ("slope", "chi_square"))
    assert isclose(slope, fit.slope, rel_tol=1e-9)
    assert isclose(chi_square, fit.chi_square, rel_tol=1e-9)
    assert all(longest(sentences(says)) <= 25 for says in (*REASONS.values(), *NAMES.values()))
