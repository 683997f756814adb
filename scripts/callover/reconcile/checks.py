"""What can be said of a printed figure beside ours: CHECKS, in the order in which they are tried.

A check explains why its verdict holds, in plain words with the numbers, or gives None.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from callover import periods, words
from callover.intervals import Rounded, possible
from callover.kinds import Kind, metric_name
from callover.model import Metric
from callover.reconcile.alone import (
    after_the_data,
    cut_off_from_a_whole,
    from_no_whole,
    hidden_as_nought,
    level_as_change,
    of_another_group,
    rated_without_a_target,
    rated_without_figures,
    turned_round,
)
from callover.reconcile.case import Case, agrees, said
from callover.reconcile.counterpart import (
    CHANGES,
    RESTS_ON,
    WORDED,
    Source,
    base_of,
    before_of,
    percent_of,
)
from callover.reconcile.extracts import FAMILIES
from callover.reconcile.printed import Printed
from callover.series import Sampled, Shares


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


#: What may be printed for a verdict in words.
_SAID = {"rating": "R, A or G", "direction": "an arrow, improving or worsening"}


def _nothing_to_compare(case: Case) -> str | None:
    if case.row.measure == "mentioned":
        return case.ours.missing
    if case.ours.role in WORDED:
        known = said(case.ours.role, case.row.as_printed)
        return None if known else f"{case.prints} That is not {_SAID[case.ours.role]}."
    return None if case.printed else f"{case.prints} That is no single figure."


def _more_than_the_whole(case: Case) -> str | None:
    """Find parts that exceed their whole over a window; a single month may run ahead of it."""
    source = case.total
    if case.printed is None or source is None or source.role == "value":
        return None
    for part, whole in source.sheet.kind.at_most:
        if source.quantity.name == part:
            line = source.sheet.lines[source.metric.category][whole]
            total = line.total(*source.window).value
            if total is not None and case.printed.value > total:
                base = f"{words.number(total)} {_title(source.sheet.kind, whole)}"
                told = case.prints if agrees(case) else case.both()
                return f"{told} That is more than the whole, {base}."
    return None


def _title(kind: Kind, name: str) -> str:
    quantity = kind.quantity(name)
    return quantity.title.lower() if quantity else name


def _rests_on_it(case: Case) -> str | None:
    if not case.ours.rests_on or not agrees(case):
        return None
    why = RESTS_ON[case.ours.rests_on].format(unit=case.ours.noun)
    return why if case.ours.role in WORDED else f"{case.own()} {why}"


def _equal(case: Case) -> str | None:
    return f"{case.own()}{_in_points(case)}" if agrees(case) else None


def _in_points(case: Case) -> str:
    """Say that a change of percentages is printed as per cent where it is in points."""
    if case.ours.unit != "percentage points" or case.ours.role not in CHANGES:
        return ""
    printed = case.printed
    return " It prints %, and means points." if printed and printed.percent else ""


def _cut_off(case: Case) -> str | None:
    if case.figures is None or not case.figures[0].is_cut_from(case.figures[1]):
        return None
    return f"{case.both(finer=1)} It was cut off, not rounded."


def _noughts_added(case: Case) -> str | None:
    """Find a figure that was rounded further than it is printed: -4.70% for a fall of 4.74%."""
    if case.figures is None:
        return None
    printed, ours = case.figures
    shorter = printed.without_noughts
    if shorter.decimals == printed.decimals or not shorter.agrees(ours):
        return None
    decimals = {0: "a whole number", 1: "1 decimal"}.get(
        shorter.decimals, f"{shorter.decimals} decimals"
    )
    return f"{case.both()} It was rounded to {decimals}, and a nought was added."


def _wrong_direction(case: Case) -> str | None:
    if case.figures is None or not case.figures[0].is_opposite_of(case.figures[1]):
        return None
    return f"{case.both()} The size is right, the direction is not."


def _unattainable(case: Case) -> str | None:
    """Find a share that no whole number out of the known base gives (the GRIM test).

    A printed share may stand in the data as it is. That it matches itself proves nothing.
    """
    source = case.total
    if case.printed is None or source is None or not isinstance(source.line, Shares):
        return None
    if source.quantity.interval:  # a sample may be weighted: then no whole number gives its share
        return None
    whole = source.line.wholes.total(*source.window)
    if not whole.value or whole.marker == "e":
        return None
    if _attainable(case.printed, int(whole.value)):
        return None
    base = words.number(whole.value)
    told = case.prints if agrees(case) else case.both()
    return f"{told} No whole number out of {base} gives that.{_wrong_way_up(case)}"


def _attainable(printed: Printed, base: int) -> bool:
    near = int(printed.value * base / 100)
    parts = range(max(0, near - 1), min(base, near + 2) + 1)
    shares = [Fraction(100 * part, base) for part in parts]
    return any(printed.agrees(share) or printed.is_cut_from(share) for share in shares)


def _wrong_way_up(case: Case) -> str:
    """Say that a share was worked out as whole of part, where that gives the print."""
    inputs = [i.value for i in case.ours.inputs]
    if len(inputs) != 2 or not inputs[0] or case.printed is None:
        return ""
    part, whole = inputs
    if not case.printed.agrees(Fraction(100 * whole) / part):
        return ""
    return f" It is {words.number(whole)} of {words.number(part)}, the wrong way up."


def _contradicts_its_page(case: Case) -> str | None:
    """Find a change, or a rank from the highest, that the page's own figures rule out."""
    if case.ours.role == "from_highest":
        return case.both() if case.figures else None
    pair = case.family.contradicts() if case.family else None
    if pair is None:
        return None
    return f"{case.both()} The printed {_joined(pair)} do not give that."


def _within_rounding(case: Case) -> str | None:
    """Find a change in points that its two shares give once they are rounded as printed."""
    if case.figures is None or case.family is None or not case.family.points:
        return None
    ours = [each.value for each in case.ours.inputs]
    if case.ours.role not in CHANGES or len(ours) != 2:
        return None
    for pair in case.family.fits():
        if all(printed.agrees(value) for printed, value in zip(pair, ours, strict=True)):
            return f"{case.both(finer=1)} It follows from the rounded {_joined(pair)}."
    return None


def _share_that_fits(case: Case) -> str | None:
    """Find a share that rounds to the printed percentage and has the printed half width."""
    source = case.ours.source
    if case.ours.role != "half_width" or case.printed is None or source is None:
        return None
    percent = percent_of(source)
    printed = Rounded(case.printed.value, case.printed.decimals)
    share = possible(printed, percent, base_of(source))
    if share is None:
        return None
    shown = words.figure(share, "percent", 2)
    rounded = words.figure(percent.value, "percent", percent.decimals)
    return f"{case.both()} A share of {shown} gives it, and it rounds to {rounded}."


def _from_rounded_shares(case: Case) -> str | None:
    """Find a change in points that two percentages of a sample give once they are rounded."""
    source = case.ours.source
    if case.figures is None or source is None or source.role not in CHANGES:
        return None
    before = before_of(source)
    if before is None or not isinstance(source.line, Sampled):
        return None
    now, then = percent_of(source), percent_of(source, before)
    if not case.figures[0].agrees(now.value - then.value):
        return None
    pair = [words.figure(side.value, "percent", side.decimals) for side in (now, then)]
    return f"{case.both(finer=1)} It follows from the rounded {words.joined(pair)}."


def _left_from_before(case: Case) -> str | None:
    """Find a running total of the period before, on a page that prints the new one as well."""
    source = case.total
    if case.figures is None or source is None or not case.outliers(source.metric.measure):
        return None
    before = _before(source)
    if before is None or before.value is None or not case.figures[0].agrees(before.value):
        return None
    return f"{case.both()} That is the figure for {words.period_long(before.period)}."


def _before(source: Source) -> Metric | None:
    """Give the same total at the close of the period before."""
    metric = source.metric
    earlier = [
        m
        for m in source.sheet.metrics
        if (m.measure, m.category, m.period.kind)
        == (metric.measure, metric.category, metric.period.kind)
        and m.period.end < metric.period.end
    ]
    return max(earlier, key=lambda m: m.period.end, default=None)


def _a_year_old(case: Case) -> str | None:
    """Find the figure of a year before under this year's name; short numbers agree by chance."""
    source = case.total
    if case.figures is None or source is None or source.metric.area != source.sheet.indicator.area:
        return None
    start, end = periods.window_last_year(*source.window)
    then, printed = source.line.total(start, end).value, case.figures[0]
    is_long = printed.decimals > 0 or printed.value >= 100
    if then is None or not is_long or not printed.agrees(then):
        return None
    return f"{case.both()} That is the figure for {words.window(start, end)}."


def _another_extract(case: Case) -> str | None:
    """Find a figure that fits others of another day's data, on a page that mixes two days'."""
    if case.figures is None or case.family is None:
        return None
    outliers = [p.text for name in case.family.names for p in case.outliers(name)]
    fits = sorted(case.family.fits(), key=lambda fit: -sum(p.text in outliers for p in fit))
    if not fits:
        return None
    texts = [case.figures[0].text, *(printed.text for printed in fits[0])]
    if not any(text in outliers for text in texts) and not _worked_out_on_a_mixed_page(case):
        return None
    return f"{case.both()} It fits the printed {_joined(fits[0])}, from another day's data."


def _worked_out_on_a_mixed_page(case: Case) -> bool:
    """Say whether ours was worked out from other prints, of which the page has two extracts."""
    source = case.ours.source
    if source is None or not source.is_worked_out:
        return False
    totals = (name for family in FAMILIES for name in family[:2])
    return any(case.outliers(metric_name(source.quantity.name, name)) for name in totals)


def _no_figure(case: Case) -> str | None:
    if case.ours.role in WORDED:
        return None if case.ours.verdict else f"{case.ours.missing} {case.prints}"
    return None if case.figures else case.ours.missing


def _differs(case: Case) -> str | None:
    if case.ours.role in WORDED:
        return f"{case.own()} {case.prints}"
    marker = case.ours.source.metric.marker if case.ours.source else ""
    return f"{case.both()} {_CAUTIONS.get(marker, '')}".rstrip()


def _joined(prints: Sequence[Printed]) -> str:
    return words.joined(printed.text for printed in prints)


#: What a reader should know of our figure, by its marker.
_CAUTIONS = {
    "e": "Ours rests on figures that we worked out.",
    "u": "Ours rests on figures of low reliability.",
}

#: Tried from top to bottom; the last takes every case.
CHECKS: Sequence[Check] = (
    Check(
        "no_single_figure",
        "No single figure",
        "A remark, a bound or a sentence is no figure that a series could give.",
        "not computable",
        _nothing_to_compare,
    ),
    Check(
        "value_in_future_period",
        "A figure before its time",
        "A document cannot know a figure of a time after its data ends.",
        "impossible",
        after_the_data,
    ),
    Check(
        "rank_of_another_group",
        "A rank among too many or too few",
        "A rank is out of as many areas as its group has.",
        "impossible",
        of_another_group,
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
        _more_than_the_whole,
    ),
    Check(
        "pct_attainable",
        "A share that no count gives",
        "Of 22 people 7 are 32% and 8 are 36%. So 35% of 22 cannot be.",
        "impossible",
        _unattainable,
    ),
    Check(
        "rests_on_it",
        "Made from the print",
        "Our figure rests on the printed one, so agreement proves nothing.",
        "derived from this figure",
        _rests_on_it,
    ),
    Check(
        "equal",
        "The same figure",
        "Ours, rounded half-up to the printed decimals, is the printed one.",
        "equal",
        _equal,
    ),
    Check(
        "wald_ci_unrounded_p",
        "A margin of an unrounded share",
        "A share that rounds to the printed one gives the printed margin.",
        "rounding of inputs",
        _share_that_fits,
    ),
    Check(
        "point_change_of_a_sample",
        "A change of rounded shares",
        "The change in points follows from the percentages as they are rounded.",
        "rounding of inputs",
        _from_rounded_shares,
    ),
    Check(
        "truncated",
        "Decimals cut off",
        "The printed figure is ours with its further decimals cut off.",
        "truncated",
        _cut_off,
    ),
    Check(
        "noughts_added",
        "Noughts added",
        "The figure was rounded further than it is printed: -4.70% for a fall of 4.74%.",
        "rounding of inputs",
        _noughts_added,
    ),
    Check(
        "direction_wrong",
        "The wrong direction",
        "The size is right, but a fall is printed as a rise or a rise as a fall.",
        "impossible",
        _wrong_direction,
    ),
    Check(
        "contradicts_its_page",
        "Against its own page",
        "A change, or a place from the top, that other prints of the page rule out.",
        "impossible",
        _contradicts_its_page,
    ),
    Check(
        "point_change",
        "A change of rounded percentages",
        "The change in points follows from two shares as the page rounds them.",
        "rounding of inputs",
        _within_rounding,
    ),
    Check(
        "stale_text",
        "Left from the period before",
        "The words keep the last period's figure; the table has the new one.",
        "other release",
        _left_from_before,
    ),
    Check(
        "last_years_figure",
        "A figure of the year before",
        "The figure of a year before stands under this year's name.",
        "other release",
        _a_year_old,
    ),
    Check(
        "another_extract",
        "Two days' data on a page",
        "The figure fits other prints of the page, but the table has other ones.",
        "other release",
        _another_extract,
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
        _no_figure,
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
        _differs,
    ),
)
