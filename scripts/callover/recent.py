"""The recent trend of an indicator: its last five whole years, tested, or why they cannot be.

Years never share days. What is counted up has financial years; other kinds have the rows of 12
months that their source gives. `callover.trends` has the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from callover import periods, trends
from callover.breaks import crossed
from callover.kinds import Quantity
from callover.measures import Question, denominator_at
from callover.model import Indicator, Metric, Number
from callover.periods import Period
from callover.rounding import ten_digits
from callover.series import Line, Sampled, Shares, Total, Window, gravest
from callover.trends import Fit

#: So many yearly figures are tested, the newest ones.
YEARS = 5

INCREASING, DECREASING = "increasing", "decreasing"
NO_CHANGE, NOT_CALCULATED = "no-significant-change", "cannot-be-calculated"

#: Why a recent trend is what it is, as metrics.csv has it, and what that means.
REASONS: Mapping[str, str] = {
    "significant": "The line through the five years rises or falls by more than chance.",
    "not-significant": "Chance alone could bring such a line.",
    "outlier": "With one of the years left out, the line would be flat or turn round.",
    "too-few-years": "There are fewer than five yearly figures.",
    "missing-year": "One of the last five years has no figure.",
    "suppressed": "The figure of one of the five years is confidential.",
    "overlapping-years": "The yearly figures share months.",
    "break": "The way of recording changed within the five years.",
    "no-denominator": "We do not know how many people or homes to divide by in one of the years.",
    "no-base": "The source does not say how many cases the percentages rest on.",
    "no-interval": "Nothing says how sure the yearly figures are.",
    "all-or-none": "In one of the years the share is 0% or 100%, which has no odds.",
}

#: The names that a recent trend has in metrics.csv, and what each is.
NAMES: Mapping[str, str] = {
    "recent_trend_reason": "Why the recent trend is what it is, in the column text.",
    "recent_trend_slope": "How much the line through the five years rises a year; for a share, how "
    "much the logarithm of its odds does.",
    "recent_trend_chi_square": "How clear the recent trend is: above 9.5495 is more than chance.",
    "recent_trend": "Where the last five years go, in the column text: increasing, decreasing, "
    "no-significant-change or cannot-be-calculated.",
}


@dataclass(frozen=True)
class Trend:
    """What the yearly figures of a quantity say: a verdict, and why (a row of REASONS).

    `years` and `values` are those of the last five that are known, the oldest first; `unit` is that
    of the values. `until` is the last of the five. `at` is the year that stands in the way.
    """

    quantity: Quantity
    category: str
    verdict: str
    reason: str
    until: Period
    years: Sequence[Period]
    values: Sequence[Number]
    unit: str
    marker: str = ""
    slope: Number | None = None
    chi_square: Number | None = None
    at: Period | None = None

    @property
    def sign(self) -> int:
        """Say whether the figures clearly rise (1) or fall (-1)."""
        return (self.verdict == INCREASING) - (self.verdict == DECREASING)


def trend(
    question: Question, quantity: Quantity, own: Mapping[str, Line], unit: str
) -> Trend | None:
    """Test the last five years up to a question's period; None where there can be no yearly figure.

    `own` has the lines of the category; `unit` is the indicator's.
    """
    years = _years(question) if quantity.form != "words" else None
    if years is None:
        return None
    asked = _Asked(question, own, quantity.unit or unit, years.known)
    found = _method(question, quantity)(asked)
    reason, at = _in_the_way(question, years)
    if not reason:
        reason, at = found.wrong, found.at
    fit = found.fit() if found.fit and not reason else None
    verdict = NOT_CALCULATED
    if fit is not None:
        reason = "significant" if fit.steady else "outlier"
        reason = reason if fit.clear else "not-significant"
        moved = INCREASING if fit.slope > 0 else DECREASING
        verdict = moved if reason == "significant" else NO_CHANGE
    return Trend(
        quantity,
        question.category,
        verdict,
        reason,
        periods.of_window(*years.windows[-1]),
        [periods.of_window(*window) for window in years.known],
        found.values,
        found.unit,
        gravest({total.marker for total in years.totals if total.value is not None}),
        ten_digits(fit.slope) if fit else None,
        ten_digits(fit.chi_square) if fit else None,
        at,
    )


def metrics(indicator: Indicator, found: Trend) -> Iterator[Metric]:
    """Give a recent trend as rows of metrics.csv."""
    first = found.years[0] if found.years else found.until
    place = found.until, first.start, found.until.end, indicator.area, found.category
    yield Metric("recent_trend", *place, None, "trend", "", found.verdict)
    yield Metric("recent_trend_reason", *place, None, "trend", "", found.reason)
    if found.slope is not None and found.chi_square is not None:
        slope = "logarithm of odds" if found.unit == "percent" else found.unit
        yield Metric("recent_trend_slope", *place, found.slope, slope, found.marker)
        yield Metric("recent_trend_chi_square", *place, found.chi_square, "ratio", found.marker)


# ------------------------------------------------------------------------------ which five years


@dataclass(frozen=True)
class _Years:
    """The windows of the last five years, the oldest first, with their totals.

    `earlier` says that a year before them is known, `overlapping` that more rows of 12 months are,
    which share days with these.
    """

    windows: Sequence[Window]
    totals: Sequence[Total]
    earlier: bool = False
    overlapping: bool = False

    @property
    def known(self) -> Sequence[Window]:
        pairs = zip(self.windows, self.totals, strict=True)
        return [window for window, total in pairs if total.value is not None]


def _years(question: Question) -> _Years | None:
    """Find the last five years: financial ones of what is counted up, else rows of 12 months."""
    if question.cumulative:
        year = periods.financial_year_of(question.closing.end)
        last = year if year.end == question.closing.end else periods.last_year(year)
        return _back(question, (last.start, last.end))
    rows = {(p.start, p.end) for p in question.line.periods if periods.is_12_months(p.start, p.end)}
    known = {window for window in rows if question.total(window).value is not None}
    if not known:
        return None
    # Rolling years share months: the run with the most years apart stands, then the newest.
    newest = max(end for _, end in known)
    ends = [window for window in known if window[1] > periods.a_year_before(newest)]
    found = _back(question, max(ends, key=lambda window: (_run(window, known), window[1])))
    since = sum(start > found.windows[0][0] for start, _ in known)
    return _Years(found.windows, found.totals, found.earlier, since > len(found.known))


def _run(window: Window, known: set[Window]) -> int:
    """Count the years in a row that are known, this one the last."""
    count = 0
    while window in known and count < YEARS:
        window, count = periods.window_last_year(*window), count + 1
    return count


def _back(question: Question, last: Window) -> _Years:
    windows = [last]
    while len(windows) <= YEARS:
        windows.append(periods.window_last_year(*windows[-1]))
    totals = [question.total(window) for window in windows]
    earlier = totals[YEARS].value is not None
    return _Years(windows[YEARS - 1 :: -1], totals[YEARS - 1 :: -1], earlier)


def _in_the_way(question: Question, years: _Years) -> tuple[str, Period | None]:
    """Say why five years cannot be tested, and which period is the reason; '' if they can."""
    known = years.known
    begin = known[0] if known else years.windows[-1]
    changed = crossed(question.breaks, begin[0], years.windows[-1][1])
    if changed is not None:
        return "break", changed.period
    pairs = zip(years.windows, years.totals, strict=True)
    missing = [(window, total) for window, total in pairs if total.value is None]
    hidden = [window for window, total in missing if total.marker == "c"]
    if hidden:
        return "suppressed", periods.of_window(*hidden[-1])
    between = [window for window, _ in missing if known and (window > begin or years.earlier)]
    if between:
        return "missing-year", periods.of_window(*between[-1])
    if missing:
        return ("overlapping-years" if years.overlapping else "too-few-years"), None
    return "", None


# ------------------------------------------------------------------------------ what is tested


@dataclass(frozen=True)
class _Asked:
    """A question about the known years of a line, beside the other lines of its category."""

    question: Question
    own: Mapping[str, Line]
    unit: str
    windows: Sequence[Window]

    @property
    def values(self) -> list[Number]:
        return [self.question.total(window).value or 0 for window in self.windows]


@dataclass(frozen=True)
class _Found:
    """Yearly figures with their unit and test; or what is wrong with them, and in which year."""

    values: Sequence[Number]
    unit: str
    fit: Callable[[], Fit] | None
    wrong: str = ""
    at: Period | None = None


def _method(question: Question, quantity: Quantity) -> Callable[[_Asked], _Found]:
    line = question.line
    if isinstance(line, Sampled):
        return _samples
    if isinstance(line, Shares):
        return _shares
    if quantity.form == "rate":
        return _given_rates
    if "change_of_counts" in quantity.judged and not line.in_points:
        return _rates if question.rate else _counts
    return _unsure


def weighted(counts: Sequence[Number], scales: Sequence[Number]) -> Fit:
    """Fit counts times their scales, which are 1 for counts and so many per head for rates."""
    by = [float(scale) for scale in scales]
    values = [float(count) * scale for count, scale in zip(counts, by, strict=True)]
    errors = [trends.error_of(x) * scale for x, scale in zip(counts, by, strict=True)]
    return trends.weighted(values, errors)


def _counts(asked: _Asked) -> _Found:
    counts = asked.values
    return _Found(counts, asked.unit, lambda: weighted(counts, [1] * len(counts)))


def _rates(asked: _Asked) -> _Found:
    question, counts = asked.question, asked.values
    assert question.rate is not None
    below = [denominator_at(question.denominators, end) for _, end in asked.windows]
    unknown = next((w for w, b in zip(asked.windows, below, strict=True) if b is None), None)
    if unknown is not None:
        at = periods.of_window(*unknown)
        return _Found(counts, asked.unit, None, "no-denominator", at)
    scales = [Fraction(question.rate.per, b.value) for b in below if b is not None]
    rates = [count * scale for count, scale in zip(counts, scales, strict=True)]
    return _Found(rates, question.rate.label, lambda: weighted(counts, scales))


def _given_rates(asked: _Asked) -> _Found:
    """Test rates that the source works out by the number of cases behind each, where it says so."""
    line, rates = asked.own.get("count"), asked.values
    counts = [line.total(*window).value if line else None for window in asked.windows]
    behind = [count for count in counts if count]
    if len(behind) < len(counts):
        return _Found(rates, asked.unit, None, "no-interval")
    scales = [Fraction(rate) / count for rate, count in zip(rates, behind, strict=True)]
    return _Found(rates, asked.unit, lambda: weighted(behind, scales))


def _shares(asked: _Asked) -> _Found:
    line = asked.question.line
    assert isinstance(line, Shares)
    parts = [line.parts.total(*window).value for window in asked.windows]
    return _of_parts(asked, parts, [line.wholes.total(*window).value for window in asked.windows])


def _samples(asked: _Asked) -> _Found:
    """Take a sample's share of its base for the number of people, where the source gives none."""
    line, question = asked.question.line, asked.question
    assert isinstance(line, Sampled)
    bases = [line.wholes.total(*window).value for window in asked.windows]
    known = [question.estimate(window) for window in asked.windows]
    parts = [
        share.share * Fraction(base) / 100 if share is not None and base else None
        for share, base in zip(known, bases, strict=True)
    ]
    return _of_parts(asked, parts, bases)


def _of_parts(
    asked: _Asked, parts: Sequence[Number | None], wholes: Sequence[Number | None]
) -> _Found:
    r, n = [p for p in parts if p is not None], [w for w in wholes if w]
    values = asked.values
    if not len(r) == len(n) == len(values):
        return _Found(values, "percent", None, "no-base")
    inside = [0 < part < whole for part, whole in zip(r, n, strict=True)]
    if not all(inside):
        at = periods.of_window(*asked.windows[inside.index(False)])
        return _Found(values, "percent", None, "all-or-none", at)
    return _Found(values, "percent", lambda: trends.shares(r, n))


def _unsure(asked: _Asked) -> _Found:
    return _Found(asked.values, asked.unit, None, "no-interval")
