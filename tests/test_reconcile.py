"""Printed figures are read as people read them, and each gets the verdict it deserves."""

import csv
import io
from datetime import date
from fractions import Fraction

import pytest

import generate
from callover.compute import boards
from callover.data.read import read
from callover.reconcile import (
    CHECKS,
    VERDICTS,
    agreements,
    counts,
    read_printed,
    reconcile,
    to_csv,
)

# ---------------------------------------------------------------- reading a print


@pytest.mark.parametrize(
    ("text", "value", "decimals", "sign", "percent"),
    [
        ("13,207", "13207", 0, 0, False),
        ("1,234,567", "1234567", 0, 0, False),
        ("1818", "1818", 0, 0, False),
        ("88.10", "88.1", 2, 0, False),
        (".5", "0.5", 1, 0, False),
        ("84.058", "84.058", 3, 0, False),
        ("+3%", "3", 0, 1, True),
        ("- 8%", "-8", 0, -1, True),
        ("-42.17%", "-42.17", 2, -1, True),
        ("\u22125%", "-5", 0, -1, True),
        ("\u20135%", "-5", 0, -1, True),
        ("-31.8", "-31.8", 1, -1, False),
        ("+ 1,221", "1221", 0, 1, False),
        ("31%", "31", 0, 0, True),
        ("-0%", "0", 0, -1, True),
        ("No change", "0", 0, 0, False),
        ("-21% decrease", "-21", 0, -1, True),
        ("+15% increase", "15", 0, 1, True),
        ("9.6% increase", "9.6", 1, 1, True),
        ("40.3% decrease", "-40.3", 1, -1, True),
        ("decrease of 188", "-188", 0, -1, False),
        ("decrease (238)", "-238", 0, -1, False),
        ("down 341 offences", "-341", 0, -1, False),
        ("Up 422", "422", 0, 1, False),
        ("186 fewer", "-186", 0, -1, False),
        ("12 lower", "-12", 0, -1, False),
        ("5 less", "-5", 0, -1, False),
        ("12 more", "12", 0, 1, False),
        ("higher by 4", "4", 0, 1, False),
        ("Down by 9.5%", "-9.5", 1, -1, True),
        ("25.9% reduction", "-25.9", 1, -1, True),
        ("fell by 3", "-3", 0, -1, False),
        ("rose by 3 per cent", "3", 0, 1, True),
        ("3rd", "3", 0, 0, False),
        ("9 th", "9", 0, 0, False),
        ("1,436 (243)", "1436", 0, 0, False),
        ("44.7% (Oct09-Sep10)", "44.7", 1, 0, True),
        ("22% decrease over 2012/13", "-22", 0, -1, True),
    ],
)
def test_a_printed_figure_is_read_as_people_read_it(text, value, decimals, sign, percent):
    found = read_printed(text)
    assert found is not None
    assert (found.value, found.decimals, found.sign, found.percent, found.of) == (
        Fraction(value),
        decimals,
        sign,
        percent,
        None,
    )
    assert found.signed == (sign != 0)


@pytest.mark.parametrize(
    ("text", "rank", "size"),
    [
        ("21of32", 21, 32),
        ("32 / 32", 32, 32),
        ("12/32", 12, 32),
        ("10 of 15", 10, 15),
        ("21 out of the 32", 21, 32),
    ],
)
def test_a_rank_is_read_with_the_size_of_its_group(text, rank, size):
    found = read_printed(text)
    assert found is not None
    assert (found.value, found.of, found.sign) == (rank, size, 0)


@pytest.mark.parametrize(
    "text",
    [
        *("", "R", "\u2193", "rising", "Not available", "TBC", "less than 10", "within 10%"),
        *("28-40%", "28 \u2013 40%", "up to 12"),
    ],
)
def test_what_holds_no_single_figure_is_not_read(text):
    assert read_printed(text) is None


@pytest.mark.parametrize(
    ("text", "figure", "agrees", "cut"),
    [
        ("70.4%", Fraction(1900, 27), True, False),
        ("70.3%", Fraction(1900, 27), False, True),
        ("11.5%", Fraction(114546, 10000), True, False),
        ("2.5", Fraction(5, 2), True, True),
        ("3", Fraction(5, 2), True, False),
        ("-3", Fraction(-5, 2), True, False),
        ("-2", Fraction(-5, 2), False, True),
        ("down 3", 22, False, False),
        ("31%", -31, True, True),
        ("No change", Fraction(-4, 10), True, True),
        ("-0%", Fraction(-43, 100), True, True),
        ("-0%", Fraction(43, 100), True, True),
    ],
)
def test_agreement_is_half_up_and_cutting_off_is_told_apart(text, figure, agrees, cut):
    found = read_printed(text)
    assert found is not None
    assert (found.agrees(figure), found.is_cut_from(figure)) == (agrees, cut)


def test_the_right_size_in_the_wrong_direction():
    rise = read_printed("16% increase")
    assert rise is not None
    assert rise.is_opposite_of(Fraction(-157, 10))
    assert not rise.is_opposite_of(Fraction(157, 10))
    assert not rise.is_opposite_of(-20)
    plain = read_printed("16%")
    assert plain is not None and not plain.is_opposite_of(-16)


# ---------------------------------------------------------------- verdicts

HEADER = "release,measure,period,area_code,category,as_printed,where\n"
RATE = {
    "groups": ["met"],
    "denominator": {"id": "residents", "per": 1000, "label": "per 1,000", "decimals": 2},
}
MONTHS = ("04", "05", "06", "07", "08", "09", "10", "11", "12")


@pytest.fixture
def verdicts(package):
    """Give the verdicts on printed figures of one made-up indicator: `verdicts(prints, series)`."""

    def judge(prints, series, kind="count", area="", extra=None, **callover):
        published = HEADER + "".join(
            f"2016-12,{measure},{period},{area},all,{as_printed},page\n"
            for measure, period, as_printed in prints
        )
        settings = {"rating": {"scheme": "none"}, "rests_on": []} | callover
        root = package(
            kind, series=series, published=published, targets=None, callover=settings, extra=extra
        )
        portal = read(root, date(2017, 1, 31))
        return [row for board in boards(portal) for row in reconcile(board)]

    return judge


def monthly(values, marker="", before=()):
    """Write a series: rows of other periods first, then months from April 2016."""
    rows = [*before, *((f"2016-{m}", v, marker) for m, v in zip(MONTHS, values, strict=False))]
    return "period,value,marker\n" + "".join(f"{p},{v},{m}\n" for p, v, m in rows)


def only(rows):
    assert len(rows) == 1
    return rows[0]


LAST_YEAR = (("2015-04/2015-12", 100, ""), ("2015/16-Q4", 40, ""))
NINE = [10, 10, 10, 10, 10, 10, 10, 10, 11]  # 91 by December, 131 in 12 months


def test_equal_where_a_sum_of_other_rows_gives_the_print(verdicts):
    row = only(verdicts([("year_to_date", "2016-12", "91")], monthly(NINE)))
    assert (row.verdict, row.computed, row.explanation) == ("equal", 91, "We get 91.")


def test_equal_at_the_printed_decimals_with_the_numbers_behind_it(verdicts):
    row = only(verdicts([("change_on_last_year", "2016-12", "-9%")], monthly(NINE, "", LAST_YEAR)))
    assert row.verdict == "equal"
    assert row.explanation == "We get a fall of 9%: 91 against 100."
    assert [each.value for each in row.inputs] == [91, 100]


def test_a_row_of_the_data_proves_nothing(verdicts):
    row = only(verdicts([("value", "2016-12", "11")], monthly(NINE)))
    assert row.verdict == "derived from this figure"
    assert "itself a row of our data" in row.explanation


def test_rows_worked_out_from_a_print_do_not_confirm_it_but_can_confirm_another(verdicts):
    before = (("2015-04/2015-12", 100, ""), ("2015/16-Q4", 40, "e"))
    prints = [("rolling_12_months", "2016-12", "131"), ("year_to_date_last_year", "2016-12", "100")]
    rows = verdicts(prints, monthly(NINE, "", before), rests_on=["rolling_12_months"])
    assert [row.verdict for row in rows] == ["derived from this figure"] * 2
    rows = verdicts(prints, monthly(NINE, "", before), rests_on=["year_to_date_last_year"])
    assert rows[0].verdict == "equal"


def test_a_rate_on_an_inferred_number_of_residents_proves_little(verdicts):
    series = monthly(NINE, "", (("2015/16-Q4", 40, ""),))
    prints = [("rate", "2016-12", "0.66"), ("rate", "2016-12", "0.67")]
    rows = verdicts(prints, series, "count_rate", **RATE)
    assert [row.verdict for row in rows] == ["equal", "differs"]
    assert rows[0].explanation == "We get 0.66: 131 for 200,000 residents."
    inferred = generate.reference()["denominators.csv"].replace("false", "true")
    extra = {"reference/denominators.csv": inferred}
    rows = verdicts(prints, series, "count_rate", extra=extra, **RATE)
    assert [row.verdict for row in rows] == ["derived from this figure", "differs"]
    assert rows[0].explanation.endswith(
        "The number of residents was inferred from printed rates, so the match proves little."
    )


def test_truncated_says_the_finer_figure(verdicts):
    series = "period,terminations,successes,marker\n2016-04,27,19,\n"
    row = only(verdicts([("success_rate", "2016-04", "70.3%")], series, "completions"))
    assert row.verdict == "truncated"
    assert row.explanation == (
        "We get 70.37%: 19 of 27. The page prints 70.3%. It was cut off, not rounded."
    )


def test_a_nought_added_to_a_rounded_figure_is_told(verdicts):
    series = monthly(NINE, "", (("2015-04/2015-12", 99, ""),))
    prints = [("change_on_last_year", "2016-12", text) for text in ("-8.10%", "-8.00%", "-8.08%")]
    rows = verdicts(prints, series)
    assert [row.verdict for row in rows] == ["rounding of inputs", "rounding of inputs", "equal"]
    assert rows[0].explanation == (
        "We get a fall of 8.08%: 91 against 99. The page prints -8.10%. "
        "It was rounded to 1 decimal, and a nought was added."
    )
    assert "rounded to a whole number" in rows[1].explanation


def test_a_page_that_contradicts_its_own_figures(verdicts):
    prints = [
        ("year_to_date", "2016-12", "91"),
        ("year_to_date_last_year", "2016-12", "100"),
        ("change_on_last_year_count", "2016-12", "down 3"),
        ("change_on_last_year", "2016-12", "5% decrease"),
    ]
    rows = verdicts(prints, monthly(NINE, "", LAST_YEAR))
    assert [row.verdict for row in rows[2:]] == ["impossible"] * 2
    assert rows[2].explanation == (
        "We get 9 fewer: 91 against 100. The page prints down 3. "
        "The printed 91 and 100 do not give that."
    )


def test_the_wrong_direction(verdicts):
    series = monthly(NINE, "", LAST_YEAR)
    row = only(verdicts([("change_on_last_year", "2016-12", "9% increase")], series))
    assert row.verdict == "impossible"
    assert "the direction is not" in row.explanation


def test_a_share_that_no_whole_number_gives(verdicts):
    series = "period,terminations,successes,marker\n2016-04,12,11,\n"
    rows = verdicts([("success_rate", "2016-04", "92.3%")], series, "completions")
    assert only(rows).verdict == "impossible"
    assert "No whole number out of 12 gives that." in only(rows).explanation
    series = "period,terminations,successes,marker\n2016-04,13,12,\n"
    row = only(verdicts([("success_rate", "2016-04", "108.3%")], series, "completions"))
    assert row.explanation.endswith("It is 13 of 12, the wrong way up.")


def test_a_share_of_a_known_base_is_tested_even_where_the_part_is_not_known(verdicts):
    series = "period,terminations,successes,successes_marker\n2016-04,12,,x\n"
    rows = verdicts(
        [("success_rate", "2016-04", "92.3%"), ("success_rate", "2016-04", "75%")],
        series,
        "completions",
    )
    assert [row.verdict for row in rows] == ["impossible", "not computable"]
    assert rows[0].explanation == ("The page prints 92.3%. No whole number out of 12 gives that.")


def test_a_printed_share_stays_impossible_when_it_is_a_row_of_the_data(verdicts):
    """Haringey prints 35% of a group of 22 people: 7 is 32%, 8 is 36%."""
    series = "period,percent,base,marker\n2013/14-Q2,35,22,u\n"
    prints = [("percent", "2013/14-Q2", "35%"), ("base", "2013/14-Q2", "22")]
    share, base = verdicts(prints, series, "proportion", rests_on=["percent", "base"])
    assert share.verdict == "impossible"
    assert share.explanation == "The page prints 35%. No whole number out of 22 gives that."
    assert base.verdict == "derived from this figure"
    row = only(verdicts(prints[:1], series.replace("22", "17"), "proportion"))
    assert row.verdict != "impossible"  # 6 of 17


def test_an_attainable_share_that_is_another_only_differs(verdicts):
    series = "period,terminations,successes,marker\n2016-04,15,11,\n"
    row = only(verdicts([("success_rate", "2016-04", "87%")], series, "completions"))
    assert (row.verdict, row.explanation) == (
        "differs",
        "We get 73%: 11 of 15. The page prints 87%.",
    )


def test_more_than_the_whole(verdicts):
    series = "period,terminations,successes,marker\n2016-04,5,2,\n2016-05,5,3,\n"
    row = only(verdicts([("successes_year_to_date", "2016-05", "11")], series, "completions"))
    assert (row.verdict, row.explanation) == (
        "impossible",
        "We get 5: 2 and 3. The page prints 11. That is more than the whole, 10 endings.",
    )


def test_a_change_of_rounded_shares_follows_from_their_rounding(verdicts):
    series = (
        "period,terminations,successes,marker\n"
        "2015-04/2015-12,300,163,\n2016-04/2016-12,700,405,\n2016-12,1,1,\n"
    )  # 54.33 and 57.86: a rise of 3.5, printed as 58 less 54
    prints = [
        ("success_rate_year_to_date", "2016-12", "58%"),
        ("success_rate_year_to_date_last_year", "2016-12", "54%"),
        ("success_rate_change_on_last_year", "2016-12", "4.4 points"),
        ("success_rate_change_on_last_year", "2016-12", "9 points"),
    ]
    rows = verdicts(prints, series, "completions")
    assert [row.verdict for row in rows] == ["equal", "equal", "rounding of inputs", "impossible"]
    assert rows[2].explanation == (
        "We get a rise of 3.52 percentage points: 57.9% against 54.3%. "
        "The page prints 4.4 points. It follows from the rounded 58% and 54%."
    )


SURVEY = (
    "period,percent,base,half_width\n"
    "2011/12,10,387,3.03\n2012-01/2012-12,10,388,2.96\n2012/13,11,385,3.08\n"
)


def test_a_printed_half_width_follows_from_a_share_that_rounds_to_the_percentage(verdicts):
    found = verdicts(
        [
            ("half_width", "2011/12", "±3.03%"),
            ("percent_half_width", "2011/12", "±2.99%"),
            ("half_width", "2011/12", "±9.99%"),
            ("half_width", "2010/11", "±3.03%"),
        ],
        kind="survey",
        series=SURVEY,
    )
    assert [row.verdict for row in found] == [
        *("rounding of inputs", "equal", "differs", "not computable"),
    ]
    assert found[0].explanation == (
        "We get ±2.99 points from 10% of 387 people. The page prints ±3.03%. "
        "A share of 10.34% gives it, and it rounds to 10%."
    )


def test_a_change_of_a_survey_follows_from_the_rounded_percentages(verdicts):
    found = verdicts(
        [
            ("percent_change_on_last_year", "2012/13", "+1%"),
            ("percent_change_on_period_before", "2012/13", "+1%"),
            ("percent_change_on_period_before", "2011/12", "+1%"),
            ("percent", "2012/13", "11%"),
            ("percent_lower", "2012/13", "7.57%"),
        ],
        kind="survey",
        series=SURVEY,
    )
    assert [row.verdict for row in found] == [
        *("rounding of inputs", "equal", "not computable"),
        *("derived from this figure", "derived from this figure"),
    ]
    assert found[0].explanation == (
        "We get a rise of 0.3 percentage points: 10.6% against 10.3%. The page prints +1%. "
        "It follows from the rounded 11% and 10%."
    )


def test_a_percentage_with_its_count_is_checked_on_its_own_evidence(verdicts):
    (row,) = verdicts(
        [("percent", "2011/12", "17%")],
        kind="survey",
        series="period,percent,base,numerator\n2011/12,17,397,69\n",
    )
    assert row.verdict == "equal"


QUARTERS = "period,value\n2013/14-Q1,646\n2013/14-Q2,630\n"


@pytest.mark.parametrize(
    ("as_printed", "verdict", "explanation"),
    [
        ("↑", "equal", "We find that it got better. It is down 16 on the quarter before."),
        ("improving", "equal", "We find that it got better. It is down 16 on the quarter before."),
        ("↓", "differs", "We find that it got better. It is down 16 on the quarter before. "
                         "The page prints ↓: it got worse."),
        ("see comments", "not computable", "The page prints see comments. That is not an arrow, "
                                           "improving or worsening."),
    ],
)  # fmt: skip
def test_a_printed_arrow_is_compared_with_the_direction_of_travel(
    verdicts, as_printed, verdict, explanation
):
    printed = [("direction_published", "2013/14-Q2", as_printed)]
    row = only(verdicts(printed, QUARTERS, frequency="quarterly"))
    assert (row.verdict, row.explanation) == (verdict, explanation)
    assert row.rating == "better"


@pytest.mark.parametrize(
    ("measure", "as_printed", "verdict"),
    [
        ("rating_published", "A", "equal"),
        ("rating_period", "A", "equal"),
        ("rating_cumulative", "G", "equal"),
        ("rating_cumulative", "A", "differs"),
        ("rating_year_end", "G", "not computable"),
    ],
)
def test_a_colour_for_each_basis_is_compared_with_its_own_verdict(
    package, measure, as_printed, verdict
):
    targets = "measure,category,period,type,upper\n" + "".join(
        f"value,all,2013/14-Q{n},profile,{amount}\n" for n, amount in enumerate((683, 606), 1)
    )
    root = package(
        "count",
        series="period,value\n2013/14-Q1,549\n2013/14-Q2,643\n",
        targets=targets,
        published=f"{HEADER}2016-12,{measure},2013/14-Q2,,all,{as_printed},page\n",
        callover={
            "frequency": "quarterly",
            "rating": {
                "scheme": "within-10", "basis": "period",
                "also": [{"basis": "cumulative"}, {"basis": "year_end"}],
            },
        },
    )  # fmt: skip
    (board,) = boards(read(root, date(2017, 1, 31)))
    assert only(reconcile(board)).verdict == verdict


def test_a_direction_that_nobody_knows_cannot_be_compared(verdicts):
    printed = [("direction_published", "2013/14-Q1", "↑")]
    row = only(verdicts(printed, QUARTERS, frequency="quarterly"))
    assert row.verdict == "not computable"
    assert row.explanation.startswith("We know no earlier figure to compare with.")
    other = only(
        verdicts([("direction_published", "2013/14-Q2", "↑")], QUARTERS, frequency="quarterly",
                 polarity="monitor")
    )  # fmt: skip
    assert other.verdict == "not computable"


def test_a_change_on_the_quarter_before_is_checked_on_both_figures(verdicts):
    printed = [
        ("change_on_period_before_count", "2013/14-Q2", "down 16"),
        ("change_on_period_before", "2013/14-Q2", "-3%"),
    ]
    found = verdicts(printed, QUARTERS, frequency="quarterly")
    assert [row.verdict for row in found] == ["equal", "differs"]
    assert found[0].explanation == "We get 16 fewer: 630 against 646."


def test_a_given_share_beside_its_whole_is_the_print_itself(verdicts):
    printed = [("detection_rate_rolling_12_months", "2016-12", "12.5%")]
    series = "period,value,detection_rate\n2016-01/2016-12,400,12.5\n"
    row = only(verdicts(printed, series, kind="rolling_only", polarity="lower", categories={}))
    assert row.verdict == "derived from this figure"
    series = "period,value,detections\n2016-01/2016-12,400,50\n"
    row = only(verdicts(printed, series, kind="rolling_only", polarity="lower", categories={}))
    assert row.verdict == "equal"


def test_figures_of_another_extract_that_hang_together(verdicts):
    prints = [
        ("rolling_12_months", "2016-12", "131"),
        ("rolling_12_months", "2016-12", "135"),
        ("rolling_12_months_last_year", "2016-12", "150"),
        ("rolling_12_months_change_count", "2016-12", "down 15"),
        ("rolling_12_months_change", "2016-12", "10% decrease"),
    ]
    before = (("2015-01/2015-12", 150, "u"), *LAST_YEAR)
    rows = verdicts(prints, monthly(NINE, "", before), rests_on=["rolling_12_months_last_year"])
    assert [row.verdict for row in rows] == [
        "equal",
        "other release",
        "derived from this figure",
        "other release",
        "other release",
    ]
    assert rows[1].explanation == (
        "We get 131. The page prints 135. It fits the printed 150 and down 15, "
        "which come from another day's data."
    )


def test_another_figure_that_fits_nothing_differs(verdicts):
    prints = [("rolling_12_months", "2016-12", "131"), ("rolling_12_months", "2016-12", "135")]
    rows = verdicts(prints, monthly(NINE, "", LAST_YEAR))
    assert [row.verdict for row in rows] == ["equal", "differs"]


def test_last_months_figure_left_in_the_words(verdicts):
    prints = [("year_to_date", "2016-12", "91"), ("year_to_date", "2016-12", "80")]
    rows = verdicts(prints, monthly(NINE))
    assert [row.verdict for row in rows] == ["equal", "other release"]
    assert rows[1].explanation.endswith("That is the figure for November 2016.")
    assert only(verdicts(prints[1:], monthly(NINE))).verdict == "differs"


def test_ranks_are_taken_as_printed_and_counted_from_the_other_end(verdicts):
    prints = [
        ("rank_in_met", "2016-12", "12 of 32"),
        ("rank_in_met_from_highest", "2016-12", "21st"),
        ("rank_in_met_from_highest", "2016-12", "9 th"),
        ("rank_in_met_from_highest", "2016-11", "9 th"),
        ("rank_in_met", "2016-12", "11of32"),
        ("rank_in_met", "", "12 of 32"),
    ]
    rows = verdicts(prints, monthly(NINE), "count_rate", **RATE)
    assert [row.verdict for row in rows] == [
        "derived from this figure",
        "equal",
        "impossible",
        "not computable",
        "differs",
        "derived from this figure",
    ]
    assert rows[2].explanation == (
        "We get 21st highest: rank 12 of 32, where 1 is the lowest. The page prints 9 th."
    )
    assert rows[5].explanation.endswith("Period not stated; compared with December 2016.")


LEAGUE = (
    "period,area_code,value,rate\n"
    "2016-12,E09000002,978,2.76\n2016-12,E09000003,1001,2.45\n2016-12,E23000001,1979,2.6\n"
)


def test_ranks_in_a_league_are_worked_out(verdicts):
    found = verdicts(
        [
            ("value_rank_in_alike_from_highest", "2016-12", "1st highest"),
            ("value_rank_in_alike_from_highest", "2016-12", "2nd highest"),
            ("rank_in_alike", "2016-12", "2nd lowest"),
            ("rank_in_alike", "2016-12", "1st lowest"),
            ("percent_rank_in_alike", "2016-12", "1st"),
            ("rank_in_alike", "2016-11", "1st"),
        ],
        LEAGUE,
        "league",
        quantities={},
    )
    assert [(row.verdict, row.explanation) for row in found[:4]] == [
        ("impossible", "We get 2nd highest: rank 1 of 2, where 1 is the lowest. "
                       "The page prints 1st highest."),
        ("equal", "We get 2nd highest: rank 1 of 2, where 1 is the lowest."),
        ("equal", "We get rank 2 of 2, 1 being the lowest."),
        ("differs", "We get rank 2 of 2, 1 being the lowest. The page prints 1st lowest."),
    ]  # fmt: skip
    assert [row.verdict for row in found[4:]] == ["not computable"] * 2


def test_a_cohort_is_compared_by_the_day(verdicts):
    found = verdicts(
        [
            ("change_on_before", "2015-06-06/2015-11-05", "36% reduction"),
            ("change_on_before_count", "2015-06-06/2015-11-05", "95 fewer"),
            ("scaled_to_before", "2015-06-06/2015-11-05", "164"),
            ("change_on_before", "2015-06-06/2015-11-05", "-24%"),
        ],
        "period,value\n2014-06-06/2015-06-05,259\n2015-06-06/2015-11-05,82\n",
        "cohort",
        categories={},
    )
    assert [row.verdict for row in found] == ["differs", "differs", "differs", "equal"]
    assert found[0].explanation.startswith("We get a fall of 24%: 195.6 against 259. The page")


def test_the_sum_of_bands_is_compared(verdicts):
    found = verdicts(
        [("sum_of_bands", "2016-12", "650"), ("share_of_total", "2016-12", "53%")],
        "period,category,value\n2016-12,all,653\n2016-12,1,350\n2016-12,2,300\n",
        "distribution",
        categories={"1": "One", "2": "Two"},
    )
    assert [row.verdict for row in found] == ["equal", "not computable"]


def test_ratings_are_compared_as_verdicts(verdicts):
    series = monthly(NINE, "", (("2014-04/2015-03", 90, ""), ("2015/16", 140, ""), *LAST_YEAR))
    series += "2015-01/2015-12,150,\n"
    scheme = {"rating": {"scheme": "two-windows"}}
    prints = [("rating_published", "2016-12", letter) for letter in ("G", "R", "?")]
    rows = verdicts(prints, series, **scheme)
    assert [row.verdict for row in rows] == ["equal", "differs", "not computable"]
    assert "The page prints R (Red)." in rows[1].explanation
    assert rows[0].rating == "on-target" and rows[0].computed is None
    assert only(verdicts(prints[:1], series)).verdict == "not computable"


def test_a_period_that_is_not_stated_is_compared_with_the_release(verdicts):
    rows = verdicts([("year_to_date", "", "91"), ("value", "", "7"), ("rate", "", "1.2")],
                    monthly(NINE))  # fmt: skip
    assert [row.verdict for row in rows] == ["equal", "differs", "not computable"]
    assert rows[0].explanation == ("We get 91. Period not stated; compared with December 2016.")
    assert rows[2].explanation.endswith("Period not stated.")


def test_an_older_rating_is_compared_with_the_rating_of_its_own_close(package):
    target = "measure,category,period,type,upper\nvalue,all,2016/17,maximum,120\n"
    settings = {"rating": {"scheme": "within-10", "measure": "value"}, "rests_on": []}
    published = HEADER + "".join(
        f"2016-12,rating_published,2016-{month},,all,{letter},page\n"
        for month, letter in (("03", "G"), ("04", "R"), ("12", "G"))
    )
    root = package(
        series=monthly([12, 8, 8, 8, 8, 8, 8, 8, 8]),
        targets=target,
        published=published,
        callover=settings,
    )
    (board,) = boards(read(root, date(2017, 1, 31)))
    rows = reconcile(board)
    assert [row.verdict for row in rows] == ["not computable", "equal", "equal"]
    assert rows[0].explanation.startswith("We have no rating for that date.")


def test_a_figure_of_another_area_is_not_ours(verdicts):
    prints = [("year_to_date", "2016-12", "91"), ("rank_in_met", "2016-12", "3of32")]
    rows = verdicts(prints, monthly(NINE), "count_rate", area="E09000003", **RATE)
    assert [row.verdict for row in rows] == ["not computable"] * 2


def test_a_figure_of_another_area_is_compared_with_its_own_row(verdicts):
    series = "period,area_code,numerator,base\n2016-12,E09000002,3,10\n2016-12,E09000003,5,40\n"
    rows = verdicts(
        [("percent", "2016-12", "12.5%"), ("percent", "2016-12", "30%")],
        series,
        "proportion",
        area="E09000003",
        categories={},
    )
    assert [(row.computed, row.verdict) for row in rows] == [
        (Fraction(25, 2), "equal"),
        (Fraction(25, 2), "differs"),
    ]


def test_a_change_from_nothing_contradicts_nothing(verdicts):
    prints = [
        ("year_to_date", "2016-12", "91"),
        ("year_to_date_last_year", "2016-12", "0"),
        ("change_on_last_year", "2016-12", "5%"),
    ]
    rows = verdicts(prints, monthly(NINE, "", (("2015-04/2015-12", 0, ""),)))
    assert rows[2].verdict == "not computable"


def test_figures_about_another_indicator_are_looked_up_there(verdicts):
    prints = [("measure:year_to_date", "2016-12", "91"), ("no-such:year_to_date", "2016-12", "91")]
    rows = verdicts(prints, monthly(NINE))
    assert [row.verdict for row in rows] == ["equal", "not computable"]


def test_what_no_series_gives(verdicts):
    prints = [
        ("mentioned", "2016-12", "42 men"),
        ("year_to_date", "2016-12", "\u2193"),
        ("rolling_12_months", "2016-12", "131"),
        ("percent", "2016-12", "5%"),
    ]
    rows = verdicts(prints, monthly(NINE))
    assert {row.verdict for row in rows} == {"not computable"}
    assert all(row.explanation for row in rows)
    assert rows[2].explanation == "Our data does not cover all 12 months."


def test_why_a_figure_is_missing_is_said(verdicts):
    series = "period,value,marker\n2016-04,,c\n2016-05,,x\n"
    rows = verdicts([("value", "2016-04", "4"), ("value", "2016-05", "5")], series)
    assert [row.explanation for row in rows] == [
        "The figures behind it are confidential.",
        "The figures behind it are not available.",
    ]


def test_a_twelve_month_figure_is_found_by_its_last_month(verdicts):
    series = "period,category,value,marker\n2015-01/2015-12,all,373,\n2016-01/2016-12,all,396,\n"
    prints = [
        ("rolling_12_months_change_count", "2016-12", "up 23"),
        ("rolling_12_months", "2016-12", "396"),
    ]
    rows = verdicts(prints, series, "rolling_only", categories={"all": "All"})
    assert [row.verdict for row in rows] == ["equal", "derived from this figure"]


def test_a_month_is_never_read_from_a_year(verdicts):
    series = "period,value,marker\n2015/16,500,\n2016-04,4,\n"
    assert only(verdicts([("value", "2016-03", "40")], series)).verdict == "not computable"


def test_an_average_over_a_span_is_never_read_from_the_last_part_of_it(verdicts):
    series = "period,percent\n2013-04-15/2013-05-12,11\n2013-05-13/2013-06-09,10\n"
    prints = [
        ("percent", "2013-04-15/2013-06-09", "9%"),
        ("percent", "2013-05-13/2013-06-09", "10%"),
    ]
    rows = verdicts(prints, series, "proportion", categories={})
    assert [row.verdict for row in rows] == ["not computable", "derived from this figure"]


# ---------------------------------------------------------------- the tables and the file


def test_every_check_gives_a_verdict_of_the_table():
    assert {check.verdict for check in CHECKS} == set(VERDICTS)
    assert CHECKS[-1].verdict == "differs"


def test_verdicts_are_those_of_the_contract():
    assert set(VERDICTS) == {
        "equal",
        "derived from this figure",
        "truncated",
        "rounding of inputs",
        "other release",
        "differs",
        "impossible",
        "not computable",
    }
    for verdict in VERDICTS.values():
        assert verdict.sentence.endswith(".") and verdict.title


def test_the_file_has_the_columns_of_the_contract(verdicts):
    prints = [("change_on_last_year", "2016-12", "-9%"), ("value", "", '"1,386 in words"')]
    rows = verdicts(prints, monthly(NINE, "", (("2015-04/2015-12", 99, ""),)))
    table = list(csv.DictReader(io.StringIO(to_csv(rows))))
    assert ",".join(table[0]) == (
        "partnership,indicator,measure,period,area_code,category,as_printed,computed,verdict,"
        "explanation,where"
    )
    assert table[0]["computed"].startswith("-8.0808")
    assert (table[1]["period"], table[1]["as_printed"]) == ("", "1,386 in words")


def test_counts_cover_every_verdict_and_agreements_are_told_apart(verdicts):
    rows = verdicts([("year_to_date", "2016-12", "91"), ("value", "2016-12", "11")], monthly(NINE))
    assert counts(rows) == dict.fromkeys(VERDICTS, 0) | {"equal": 1, "derived from this figure": 1}
    found = agreements(rows)
    assert (found.independent, found.derived) == (1, 1)
