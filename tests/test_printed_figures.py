"""The outside oracle: every figure that the documents print, against what we compute.

Nothing here is a list of allowed exceptions. A print that we cannot confirm must be explained with
both figures, must really differ, and must not be one of the known traps that are no errors.
"""

import re
from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from callover import words
from callover.compute import boards
from callover.data.read import read
from callover.periods import parse
from callover.ratings import PRINTED
from callover.reconcile import (
    VERDICTS,
    agreements,
    contradictions,
    counts,
    read_printed,
    reconcile,
)

ROOT = Path(__file__).resolve().parent.parent

#: Fewer than these would mean that figures which agreed before no longer do, or are gone.
INDEPENDENT_AT_LEAST = 360
DERIVED_AT_LEAST = 500

CONTRADICTIONS_AT_LEAST = 165

#: The newest week of the weekly tables.
WEEK = parse("2013-W25")

#: The checks that need no figure of ours.
ALONE = (
    *("value_in_future_period", "rag_without_data", "rag_without_target"),
    *("suppression_as_zero", "pct_change_cut_off", "pct_change_attainable"),
    *("pct_attainable", "contradicts_its_page", "of_an_earlier_day"),
)

AGREES = ("equal", "derived from this figure")
CONTRADICTED = ("differs", "impossible", "other release")


@pytest.fixture(scope="module")
def all_boards():
    return tuple(boards(read(ROOT / "datapackage", date(2017, 1, 31))))


@pytest.fixture(scope="module")
def rows(all_boards):
    return tuple(row for board in all_boards for row in reconcile(board))


@pytest.fixture(scope="module")
def sheets(all_boards):
    return {
        (board.partnership.slug, sheet.indicator.slug): sheet
        for board in all_boards
        for sheet in board.sheets
    }


def figure(rows, slug, measure, as_printed):
    """Give the verdicts on one printed figure of a page."""
    found = [
        row
        for row in rows
        if (row.indicator, row.measure, row.as_printed) == (slug, measure, as_printed)
    ]
    assert found, f"{slug} prints no {measure} {as_printed}"
    return {row.verdict for row in found}


def rounded(value, decimals):
    """Round half-up without the project's own rounding."""
    exact = Decimal(Fraction(value).numerator) / Decimal(Fraction(value).denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def printed_of(row):
    printed = read_printed(row.as_printed)
    assert printed is not None, row
    return printed


def same_at_its_precision(row):
    """Say whether our figure gives the print, by the test's own arithmetic."""
    printed = printed_of(row)
    ours, theirs = rounded(row.computed, printed.decimals), Decimal(float(printed.value))
    theirs = theirs.quantize(Decimal(1).scaleb(-printed.decimals), ROUND_HALF_UP)
    return ours == theirs if printed.signed else abs(ours) == abs(theirs)


def test_every_printed_figure_has_one_verdict_and_a_reason(all_boards, rows):
    printed = [
        (board.partnership.slug, sheet.indicator.slug, p.measure, p.as_printed, p.where)
        for board in all_boards
        for sheet in board.sheets
        for p in sheet.indicator.published
    ]
    judged = [(r.partnership, r.indicator, r.measure, r.as_printed, r.where) for r in rows]
    assert judged == printed
    assert {row.verdict for row in rows} <= set(VERDICTS)
    assert all(row.explanation.endswith(".") for row in rows)


def test_enough_prints_agree_and_only_the_independent_ones_are_counted(rows):
    found = agreements(rows)
    print(f"\n{len(rows)} printed figures: {dict(counts(rows))}")
    print(f"{found.independent} agree independently, {found.derived} rest on the print itself")
    assert found.independent >= INDEPENDENT_AT_LEAST
    assert found.derived >= DERIVED_AT_LEAST


def test_months_totals_and_rates_of_every_count_are_confirmed_by_a_print(rows, sheets):
    """One print of each agrees, unless ours was worked out from prints of another measure."""
    prints = defaultdict(set)
    for row in rows:
        sheet = sheets[row.partnership, row.indicator]
        if sheet.kind.name in ("count", "count_rate") and row.period and row.period.kind == "month":
            prints[row.partnership, row.indicator, row.measure, row.period, row.category].add(
                row.verdict
            )
    checked = 0
    for (partnership, slug, measure, period, category), verdicts in prints.items():
        sheet = sheets[partnership, slug]
        metric = sheet.metric(measure, period, category)
        if measure not in ("value", "year_to_date", "rolling_12_months", "rate") or not metric:
            continue
        foreign = metric.marker == "e" and not {measure, "rolling_12_months"} & set(
            sheet.indicator.rests_on
        )
        if metric.value is not None and not foreign:
            checked += 1
            assert verdicts & set(AGREES), f"{slug}: {measure} of {period.label}, {verdicts}"
    assert checked >= 370


def test_the_contradictions_are_found_by_checks_of_every_kind(all_boards, rows):
    """Fewer would mean that a check no longer finds what it found; rounding is not counted."""
    together = [r for b in all_boards for r in contradictions(b, [
        row for row in rows if row.partnership == b.partnership.slug])]  # fmt: skip
    grave = [row for row in (*rows, *together) if row.verdict in CONTRADICTED]
    print(f"\n{len(grave)} contradictions: {dict(counts(grave))}")
    assert len(grave) >= CONTRADICTIONS_AT_LEAST
    assert len({row.check for row in grave}) >= 25
    assert len({(row.partnership, row.indicator) for row in grave}) >= 40
    for row in together:
        assert row.as_printed.removesuffix("%") in row.explanation, row
        assert all(len(s.split()) <= 25 for s in row.explanation.split(". ")), row


def test_agreement_and_difference_are_real(rows):
    for row in rows:
        if row.computed is None or row.verdict == "not computable":
            continue
        same = same_at_its_precision(row)
        if row.verdict in AGREES:
            assert same, row
        elif row.is_exception:
            ruled_out = re.search(
                "more than the whole|No whole number out of|figures end with", row.explanation
            )
            assert not same or ruled_out, row


def test_every_exception_is_explained_with_both_figures(rows):
    exceptions = [row for row in rows if row.is_exception]
    assert exceptions
    for row in exceptions:
        assert row.as_printed in row.explanation, row
        if row.computed is None:
            if not row.rating:  # the page alone rules it out
                assert row.check in ALONE, row
                continue
            if "_against_" in row.measure or row.measure == "rate_unit":
                assert row.rating in row.explanation, row
                continue
            if row.measure == "direction_published":
                assert words.TRAVEL_WORDS[row.rating] in row.explanation, row
                continue
            assert words.RATING_WORDS[row.rating] in row.explanation, row
            assert PRINTED[row.as_printed] != row.rating
            continue
        if row.measure == "denominator" and row.inputs:
            continue  # told by its limits
        decimals = printed_of(row).decimals + (row.verdict == "truncated")
        size = abs(Fraction(row.computed))  # a change in points may be told with a decimal more
        ours = {words.number(size, decimals), words.number(size, decimals + 1)}
        assert any(figure in row.explanation for figure in ours), row
        assert all(words.number(i.value, i.decimals) in row.explanation for i in row.inputs), row


def test_explanations_are_short_sentences(rows):
    for row in rows:
        for sentence in row.explanation.split(". "):
            assert len(sentence.split()) <= 25, sentence


# ---------------------------------------------------------------- traps that are no errors


def test_a_fall_that_rounds_to_nothing_is_no_error(rows):
    flat = [row for row in rows if row.as_printed in ("-0%", "No change")]
    assert len(flat) >= 4
    assert {row.verdict for row in flat} == {"equal"}


def test_strands_that_do_not_add_up_are_no_error(rows):
    strands = [row for row in rows if row.indicator == "hate-crime" and row.as_printed != "0"]
    strands = [row for row in strands if row.measure != "rating_published"]
    assert strands and not any(row.is_exception for row in strands)


def test_thirteen_of_fifteen_is_third_highest(rows):
    measure = "rank_in_msg-barking-and-dagenham_from_highest"
    assert figure(rows, "violence-with-injury", measure, "3rd") == {"equal"}


def test_every_printed_target_of_a_straight_line_is_met_to_the_unit(rows):
    targets = [row for row in rows if row.indicator == "outdoor-rubbish-fires"]
    line = [row for row in targets if row.measure == "target_to_date"]
    assert len(line) >= 12 and {row.verdict for row in line} == {"equal"}


# ---------------------------------------------------------------- known contradictions


@pytest.mark.parametrize(
    ("slug", "measure", "as_printed"),
    [
        ("violence-with-injury", "rolling_12_months_change_count", "down 3"),
        ("violence-with-injury", "rolling_12_months_change", "0.1% decrease"),
        ("residential-burglary", "rank_in_met_from_highest", "9 th"),
        ("residential-burglary", "rolling_12_months_change_count", "down 334"),
        ("criminal-damage", "rank_in_met_from_highest", "3rd"),
        ("criminal-damage", "year_to_date", "1,192"),
        ("criminal-damage", "rolling_12_months", "1,962"),
        ("total-notifiable-offences", "rolling_12_months", "17,651"),
        ("total-notifiable-offences", "rolling_12_months_change_count", "up 484"),
        ("total-notifiable-offences", "rolling_12_months_change", "3% increase"),
        ("total-notifiable-offences", "year_to_date_last_year", "13,075"),
        ("total-notifiable-offences", "rate", "84.058"),
        ("theft-of-motor-vehicle", "year_to_date_last_year", "551"),
        ("victim-support-referrals", "change_on_last_year_count", "decrease of 188"),
        ("vehicle-arson", "rolling_12_months_change_count", "up 40"),
        ("vehicle-arson", "rolling_12_months_change", "63% increase"),
        ("serious-youth-violence", "rate", "2.73"),
        ("total-notifiable-offences", "rate_against_E23000001", "above the MET average"),
        ("domestic-violence", "denominator", "187,029"),
        ("burglary", "rate_unit", "incidents per 1000 households"),
        ("youth-custody", "denominator", "23,370"),
        ("gun-crime", "rating_published", "R"),
        ("idap-completions", "rating_published", "G"),
        ("criminal-damage", "rank_in_met", "32of32"),
        ("atr-completions", "success_rate_year_to_date", "92.3%"),
        ("asb-calls", "rolling_12_months", "5,098"),
        ("asb-satisfaction", "percent_satisfied", "87%"),
    ],
)
def test_a_known_contradiction_is_found(rows, slug, measure, as_printed):
    verdicts = figure(rows, slug, measure, as_printed)
    assert verdicts & set(CONTRADICTED), verdicts


@pytest.mark.parametrize(
    ("slug", "measure", "expected", "decimals"),
    [
        ("total-notifiable-offences", "year_to_date", "13207", 0),
        ("total-notifiable-offences", "rolling_12_months", "17587", 0),
        ("total-notifiable-offences", "rate", "87.07", 2),
        ("domestic-violence", "year_to_date_last_year", "2008", 0),
        ("domestic-violence", "change_on_last_year", "-9.5", 1),
        ("residential-burglary", "year_to_date", "576", 0),
        ("residential-burglary", "year_to_date_last_year", "783", 0),
        ("homes-secured", "change_on_last_year", "-42.18", 2),
        ("theft-of-motor-vehicle", "year_to_date_last_year", "559", 0),
    ],
)
def test_figures_worked_out_by_hand(sheets, slug, measure, expected, decimals):
    sheet = sheets["barking-and-dagenham", slug]
    value = sheet.value(measure, parse("2016-12"))
    assert value is not None
    assert rounded(value, decimals) == Decimal(expected)


# ---------------------------------------------------------------- Barnet's board papers


def test_every_weekly_change_of_barnet_is_ours(rows):
    weekly = [row for row in rows if row.indicator.endswith("-by-week")]
    weeks = [row for row in weekly if row.measure == "change_on_period_last_year"]
    assert [row.verdict for row in weeks] == ["equal"] * 44
    totals = [row for row in weekly if (row.measure, row.period) == ("change_on_last_year", WEEK)]
    assert {(row.indicator, row.as_printed, row.verdict) for row in totals} == {
        ("residential-burglary-by-week", "-25.9%", "equal"),
        ("non-residential-burglary-by-week", "14.4%", "equal"),
        ("robbery-by-week", "-32.3%", "equal"),
        ("violence-with-injury-by-week", "5.1%", "equal"),
    }


def test_the_week_that_barnet_does_not_print_is_what_is_left_of_its_year_to_date(sheets):
    first = {
        slug: (sheet.metric("value", parse("2013-W14")), sheet.metric("year_to_date", WEEK))
        for (_, slug), sheet in sheets.items()
        if slug.endswith("-by-week")
    }
    assert {slug: (week.value, week.marker) for slug, (week, _) in first.items()} == {
        "residential-burglary-by-week": (58, "e"),
        "non-residential-burglary-by-week": (28, "e"),
        "robbery-by-week": (22, "e"),
        "violence-with-injury-by-week": (24, "e"),
    }
    assert {total.marker for _, total in first.values()} == {""}, "the total itself is printed"


@pytest.mark.parametrize(
    ("slug", "number", "detection"),
    [
        ("burglary", "off-target", "off-target"),  # 29% and 46% of the way
        ("criminal-damage", "on-target", "off-target"),
        ("robbery", "on-target", "on-target"),
        ("theft-of-from-motor-vehicle", "not-rated", "off-target"),
        ("theft-from-motor-vehicle", "on-target", ""),
        ("theft-taking-of-motor-vehicle", "on-target", ""),  # no more than before
        ("theft-from-person", "off-target", "off-target"),
        ("violence-with-injury", "off-target", "off-target"),  # 40% of the way
        ("domestic-violence", "not-rated", "off-target"),  # more reports can be good news
    ],
)
def test_the_dashboard_of_barnet_is_rated_by_half_of_the_wanted_improvement(
    sheets, slug, number, detection
):
    verdicts = [rated.rating.verdict for rated in sheets["barnet", slug].ratings]
    assert verdicts == [number, *([detection] if detection else [])]
