"""What can be said of a printed figure: CHECKS, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from callover.reconcile.alone import (
    after_the_data,
    cut_off_from_a_whole,
    from_no_whole,
    hidden_as_nought,
    level_as_change,
    of_an_earlier_day,
    rated_without_a_target,
    rated_without_figures,
    turned_round,
)
from callover.reconcile.case import Case
from callover.reconcile.explained import (
    a_year_old,
    another_extract,
    claims_otherwise,
    contradicts_its_page,
    cut_off,
    differs,
    divides_otherwise,
    equal,
    from_rounded_shares,
    left_from_before,
    more_than_the_whole,
    no_figure,
    nothing_to_compare,
    noughts_added,
    of_others,
    rests_on_it,
    share_that_fits,
    unattainable,
    within_rounding,
    wrong_direction,
)


@dataclass(frozen=True)
class Check:
    """One row of CHECKS: its name, what it says to the public, the verdict, and how it is found.

    `explain` says why the verdict holds, or gives None where the check finds nothing.
    """

    name: str
    title: str
    sentence: str
    verdict: str
    explain: Callable[[Case], str | None]


#: Tried from top to bottom; the last takes every case.
CHECKS: Sequence[Check] = (
    Check(
        "no_single_figure",
        "No single figure",
        "A remark, a bound or a sentence is no figure that a series could give.",
        "not computable",
        nothing_to_compare,
    ),
    Check(
        "value_in_future_period",
        "A figure before its time",
        "A document cannot know a figure of a time after its data ends.",
        "impossible",
        after_the_data,
    ),
    Check(
        "rag_without_data",
        "A colour without figures",
        "A measure is coloured in a year of which it has no figure.",
        "impossible",
        rated_without_figures,
    ),
    Check(
        "rag_without_target",
        "A colour without a target",
        "A measure that is for monitoring only is coloured all the same.",
        "differs",
        rated_without_a_target,
    ),
    Check(
        "suppression_as_zero",
        "Hidden as nought",
        "A count that is hidden because it is small is printed as 0.",
        "differs",
        hidden_as_nought,
    ),
    Check(
        "successes_exceed_terminations",
        "More than the whole",
        "A part cannot be more than what it is part of. A single month may run ahead; a total "
        "may not.",
        "impossible",
        more_than_the_whole,
    ),
    Check(
        "pct_attainable",
        "A share that no count gives",
        "Of 22 people 7 are 32% and 8 are 36%. So 35% of 22 cannot be.",
        "impossible",
        unattainable,
    ),
    Check(
        "rests_on_it",
        "Made from the print",
        "Our figure rests on the printed one, so agreement proves nothing.",
        "derived from this figure",
        rests_on_it,
    ),
    Check(
        "equal",
        "The same figure",
        "Ours, rounded half-up to the printed decimals, is the printed one.",
        "equal",
        equal,
    ),
    Check(
        "wald_ci_unrounded_p",
        "A margin of an unrounded share",
        "A share that rounds to the printed one gives the printed margin.",
        "rounding of inputs",
        share_that_fits,
    ),
    Check(
        "point_change_of_a_sample",
        "A change of rounded shares",
        "The change in points follows from the percentages as they are rounded.",
        "rounding of inputs",
        from_rounded_shares,
    ),
    Check(
        "truncated",
        "Decimals cut off",
        "The printed figure is ours with its further decimals cut off.",
        "truncated",
        cut_off,
    ),
    Check(
        "noughts_added",
        "Noughts added",
        "The figure was rounded further than it is printed: -4.70% for a fall of 4.74%.",
        "rounding of inputs",
        noughts_added,
    ),
    Check(
        "direction_wrong",
        "The wrong direction",
        "The size is right, but a fall is printed as a rise or a rise as a fall.",
        "impossible",
        wrong_direction,
    ),
    Check(
        "contradicts_its_page",
        "Against its own page",
        "A change, or a place from the top, that other prints of the page rule out.",
        "impossible",
        contradicts_its_page,
    ),
    Check(
        "point_change",
        "A change of rounded percentages",
        "The change in points follows from two shares as the page rounds them.",
        "rounding of inputs",
        within_rounding,
    ),
    Check(
        "stale_text",
        "Left from the period before",
        "The words keep the last period's figure; the table has the new one.",
        "other release",
        left_from_before,
    ),
    Check(
        "last_years_figure",
        "A figure of the year before",
        "The figure of a year before stands under this year's name.",
        "other release",
        a_year_old,
    ),
    Check(
        "of_an_earlier_day",
        "A total of an earlier day",
        "The year to date of one day stands for a later day as well.",
        "other release",
        of_an_earlier_day,
    ),
    Check(
        "another_extract",
        "Two days' data on a page",
        "The figure fits other prints of the page, but the table has other ones.",
        "other release",
        another_extract,
    ),
    Check(
        "claim_vs_comparator",
        "Above or below",
        "The words say above or below, and both figures say the other.",
        "impossible",
        claims_otherwise,
    ),
    Check(
        "rate_unit_label",
        "Per home or per person",
        "The page calls a rate per home, and it is per person; or the reverse.",
        "impossible",
        of_others,
    ),
    Check(
        "rate_denominator_stated",
        "Rates on other people",
        "The page says what it divides by, and its rates fit another number.",
        "impossible",
        divides_otherwise,
    ),
    Check(
        "pct_change_cut_off",
        "A change with decimals cut off",
        "Some whole number before gives the printed change, but only without rounding.",
        "truncated",
        cut_off_from_a_whole,
    ),
    Check(
        "pct_change_attainable",
        "A change that no count gives",
        "No whole number before leads to the printed change.",
        "impossible",
        from_no_whole,
    ),
    Check(
        "no_figure",
        "We have no figure",
        "Our data does not give what the document prints.",
        "not computable",
        no_figure,
    ),
    Check(
        "level_as_change",
        "The number as its change",
        "The number itself stands where its change should stand.",
        "differs",
        level_as_change,
    ),
    Check(
        "pct_change_base",
        "A change turned round",
        "The change was divided by the later figure in place of the earlier.",
        "differs",
        turned_round,
    ),
    Check(
        "differs",
        "Another figure",
        "Ours is another, and nothing on the page says why.",
        "differs",
        differs,
    ),
)
