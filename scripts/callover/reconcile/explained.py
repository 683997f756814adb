"""What is said of a printed figure beside ours: why a verdict holds, or None.

In plain words, with the numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from callover import periods, words
from callover.intervals import Rounded, possible
from callover.kinds import Kind, metric_name
from callover.model import Metric
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

#: What may be printed for a verdict in words.
_SAID = {
    "rating": "R, A or G",
    "direction": "an arrow, improving or worsening",
    "against": "above, below or the same",
    "unit": "per so many of anything",
}


def nothing_to_compare(case: Case) -> str | None:
    """Find what is no single figure: a remark, a bound, a word that is no verdict."""
    if case.row.measure == "mentioned":
        return case.ours.missing
    if case.ours.role in WORDED:
        known = said(case.ours.role, case.row.as_printed)
        return None if known else f"{case.prints} That is not {_SAID[case.ours.role]}."
    return None if case.printed else f"{case.prints} That is no single figure."


def more_than_the_whole(case: Case) -> str | None:
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


def rests_on_it(case: Case) -> str | None:
    """Find an agreement that proves nothing, as ours was made from the print."""
    if not case.ours.rests_on or not agrees(case):
        return None
    why = RESTS_ON[case.ours.rests_on].format(unit=case.ours.noun)
    return why if case.ours.role in WORDED else f"{case.own()} {why}"


def equal(case: Case) -> str | None:
    """Find the same figure, rounded half-up at the printed decimals."""
    return f"{case.own()}{_in_points(case)}" if agrees(case) else None


def _in_points(case: Case) -> str:
    """Say that a change of percentages is printed as per cent where it is in points."""
    if case.ours.unit != "percentage points" or case.ours.role not in CHANGES:
        return ""
    printed = case.printed
    return " It prints %, and means points." if printed and printed.percent else ""


def cut_off(case: Case) -> str | None:
    """Find our figure with its further decimals cut off."""
    if case.figures is None or not case.figures[0].is_cut_from(case.figures[1]):
        return None
    return f"{case.both(finer=1)} It was cut off, not rounded."


def noughts_added(case: Case) -> str | None:
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


def wrong_direction(case: Case) -> str | None:
    """Find the right size with the wrong sign."""
    if case.figures is None or not case.figures[0].is_opposite_of(case.figures[1]):
        return None
    return f"{case.both()} The size is right, the direction is not."


def unattainable(case: Case) -> str | None:
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


def contradicts_its_page(case: Case) -> str | None:
    """Find a change, or a rank from the highest, that the page's own figures rule out."""
    if case.ours.role == "from_highest":
        return case.both() if case.figures else None
    pair = case.family.contradicts() if case.family else None
    if pair is None:
        return None
    return f"{case.both()} The printed {_joined(pair)} do not give that."


def within_rounding(case: Case) -> str | None:
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


def share_that_fits(case: Case) -> str | None:
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


def from_rounded_shares(case: Case) -> str | None:
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


def left_from_before(case: Case) -> str | None:
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


def a_year_old(case: Case) -> str | None:
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


def another_extract(case: Case) -> str | None:
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
    of_that_day = f"It fits the printed {_joined(fits[0])}, which come from another day's data."
    return f"{case.both()} {of_that_day}"


def _worked_out_on_a_mixed_page(case: Case) -> bool:
    """Say whether ours was worked out from other prints, of which the page has two extracts."""
    source = case.ours.source
    if source is None or not source.is_worked_out:
        return False
    totals = (name for family in FAMILIES for name in family[:2])
    return any(case.outliers(metric_name(source.quantity.name, name)) for name in totals)


def claims_otherwise(case: Case) -> str | None:
    """Find a claim of above or below that both of its figures deny."""
    if case.ours.role != "against" or not case.ours.verdict or agrees(case):
        return None
    return f"{case.own()} {case.prints}"


def of_others(case: Case) -> str | None:
    """Find rates that are called per so many homes, where they are of people; or the reverse."""
    if case.ours.role != "unit" or not case.ours.verdict or agrees(case):
        return None
    return f"{case.own()} {case.prints}"


def divides_otherwise(case: Case) -> str | None:
    """Find a stated number of people or homes that the page's own rates rule out."""
    if case.ours.role != "denominator" or case.figures is None or agrees(case):
        return None
    return f"{case.both()} Its own rates do not fit that."


def no_figure(case: Case) -> str | None:
    """Find that our data has nothing to set against the print."""
    if case.ours.role in WORDED:
        return None if case.ours.verdict else f"{case.ours.missing} {case.prints}"
    return None if case.figures else case.ours.missing


def differs(case: Case) -> str | None:
    """Give both figures; takes every case."""
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
