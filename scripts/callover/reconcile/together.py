"""Checks on several printed figures at once: TOGETHER has a row for each.

A check that looks at one print beside ours is a row of `callover.reconcile.checks.CHECKS`. These
look at whole rows and tables: months and their totals, parts and wholes, targets, headings. They
know names of measures, periods and categories, and no indicator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from callover.compute import Board
from callover.model import ALL, Number
from callover.periods import Period
from callover.reconcile import of_parts, of_rates, of_targets, over_time
from callover.reconcile.verdicts import Reconciled
from callover.reconcile.view import Finding, View


@dataclass(frozen=True)
class Together:
    """One row of TOGETHER: its name, what it says to the public, its verdict, how it finds."""

    name: str
    title: str
    sentence: str
    verdict: str
    find: Callable[[View], Iterator[Finding]]


def contradictions(board: Board, told: Sequence[Reconciled]) -> tuple[Reconciled, ...]:
    """Give what the figures of each page say of each other, in the order of the packages.

    A print that has been told of already, by a check before, is not told of again.
    """
    known = {_place(row) for row in told if row.is_exception}
    found = []
    for view in _views(board):
        for check in TOGETHER:
            for finding in check.find(view):
                row = _row(view, check, finding)
                if _place(row) not in known:
                    known.add(_place(row))
                    found.append(row)
    return tuple(found)


def _views(board: Board) -> Iterator[View]:
    years: dict[tuple[Period, Number], list[str]] = {}
    views = [View(board, sheet, years) for sheet in board.sheets]
    for view in views:
        for key in of_targets.years_of(view):
            years.setdefault(key, []).append(view.sheet.indicator.slug)
    yield from views


def _place(row: Reconciled) -> tuple[str, str, Period | None, str, str, str]:
    category = row.category or ALL
    return row.indicator, row.measure, row.period, row.area, category, row.as_printed


def _row(view: View, check: Together, found: Finding) -> Reconciled:
    return Reconciled(
        view.board.partnership.slug,
        view.sheet.indicator.slug,
        found.measure,
        found.period,
        found.area or view.sheet.indicator.area,
        found.category,
        found.as_printed,
        found.computed,
        check.verdict,
        found.explanation,
        found.where,
        check=check.name,
        together=True,
    )


TOGETHER: Sequence[Together] = (
    Together(
        "ytd_increment",
        "Months against the year to date",
        "From one month to the next the year to date grows by what the month has.",
        "differs",
        over_time.year_to_date_steps,
    ),
    Together(
        "rolling_below_nought",
        "12 months that leave less than nothing",
        "12-month totals say how much a month had a year before. That is never below 0.",
        "impossible",
        over_time.month_below_nought,
    ),
    Together(
        "rolling_identity",
        "12 months against their months",
        "A 12-month total changes by the month that comes in less the one that falls out.",
        "differs",
        over_time.rolling_steps,
    ),
    Together(
        "rate_denominator_break",
        "A row of rates on two populations",
        "The rates of one printed row go over to another number of people or homes, unsaid.",
        "differs",
        of_rates.rates_on_two_denominators,
    ),
    Together(
        "rates_of_two_populations",
        "One population, two rates",
        "Rates and their numbers on one page need about the same number of people.",
        "differs",
        of_rates.rates_that_need_two_populations,
    ),
    Together(
        "period_length",
        "12 months that are not 12",
        "A 12-month figure is labelled with more or fewer months.",
        "impossible",
        over_time.twelve_months_that_are_not,
    ),
    Together(
        "stale_text",
        "Words behind their table",
        "The words compare an older month, where the page has a newer one.",
        "other release",
        over_time.text_behind_its_table,
    ),
    Together(
        "header_period",
        "A heading of another month",
        "A column's heading names another month than the one its figures are of.",
        "impossible",
        over_time.headings_of_another_time,
    ),
    Together(
        "period_label",
        "A year that is none",
        "A financial year ends in the year after it begins: 2011/12, never 2011/11.",
        "impossible",
        over_time.years_that_do_not_follow,
    ),
    Together(
        "subset_exceeds_total",
        "A part above its whole",
        "What is within another measure cannot have more than it.",
        "impossible",
        of_parts.part_above_whole,
    ),
    Together(
        "category_exceeds_total",
        "A category above the total",
        "No category has more than all together. Their sum may: one case can be in several.",
        "impossible",
        of_parts.category_above_all,
    ),
    Together(
        "parts_sum",
        "Parts that do not add up",
        "The parts that a total is declared to have make another total.",
        "differs",
        of_parts.parts_that_do_not_add_up,
    ),
    Together(
        "two_way_row_above",
        "Bands above their total",
        "Bands that split a total add up to more than it.",
        "impossible",
        of_parts.bands_above_total,
    ),
    Together(
        "two_way_row_sum",
        "Bands below their total",
        "Bands that split a total leave some of it out.",
        "differs",
        of_parts.bands_below_total,
    ),
    Together(
        "league_sum",
        "Areas that do not add up",
        "The areas of a league make another total than the printed one.",
        "differs",
        of_parts.areas_that_do_not_add_up,
    ),
    Together(
        "share_exceeds_whole",
        "A share of some above that of all",
        "Cases solved in one way cannot be more than cases solved in any way.",
        "impossible",
        of_parts.share_above_its_whole,
    ),
    Together(
        "weighted_mean_of_parts",
        "A mean outside its parts",
        "The rate of a total is the mean of its parts' rates, each by its size.",
        "impossible",
        of_parts.mean_outside_its_parts,
    ),
    Together(
        "profile_sum_equals_target",
        "A profile that misses its target",
        "Quarters or months of a profile make the year's target, but for their rounding.",
        "differs",
        of_targets.profile_that_misses_its_year,
    ),
    Together(
        "target_from_baseline",
        "A target off its baseline",
        "A target is its baseline less, or more, the printed percentage.",
        "differs",
        of_targets.target_off_its_baseline,
    ),
    Together(
        "target_contradiction",
        "One target, two figures",
        "The document sets the same target in two ways.",
        "differs",
        of_targets.target_told_two_ways,
    ),
    Together(
        "duplicate_series",
        "Years that were copied",
        "Two measures have the same figures for three years or more.",
        "impossible",
        of_targets.copied_years,
    ),
    Together(
        "unit_mixup",
        "A rate as a change",
        "The same digits stand as a rate and as a change in per cent.",
        "differs",
        of_targets.rate_as_change,
    ),
)
