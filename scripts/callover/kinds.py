"""Kinds of indicator: which columns the data has, what is computed, drawn, compared and rated.

A kind is a row of KINDS; nothing else in the code asks for a kind by its name. Columns are what
a data officer types; quantities are the lines of figures made of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from callover.errors import UnknownName
from callover.intervals import Estimate, Rounded, Sample, estimate
from callover.model import UNSTATED, Cell, Indicator, Key
from callover.periods import Period
from callover.series import (
    Counts,
    Line,
    Readings,
    Sampled,
    Shares,
    Statements,
    whole_from_parts,
)


@dataclass(frozen=True)
class Column:
    """One column of series.csv.

    `type`: count (a whole number), amount (0 or more), number, percent (0 to 100) or text.
    """

    name: str
    title: str
    type: str = "count"
    required: bool = False


@dataclass(frozen=True)
class Quantity:
    """One line of figures: a column (or the sum of parts), or a share of one quantity in another.

    `unit` and `polarity` are empty where the indicator's own hold. `form` says how sentences speak
    of it: a count, a level, a rate (per so many), or words. `interval` names the columns that may
    have the interval a source prints of a sample's share: half its width, its two limits. `judged`
    are rows of `callover.judged.JUDGED`, for the newest figure. `behind` is the column of the count
    that a given rate is of, or of all that a given percentage is of.
    """

    name: str
    title: str
    measures: Sequence[str]
    column: str = ""
    parts: Sequence[str] = ()
    numerator: str = ""
    denominator: str = ""
    given: str = ""
    unit: str = ""
    polarity: str = ""
    form: str = "count"
    interval: Sequence[str] = ()
    judged: Sequence[str] = ()
    behind: str = ""

    @property
    def is_share(self) -> bool:
        """Say whether the quantity is a percentage made of two others, or given as one."""
        return bool(self.given or self.denominator)


@dataclass(frozen=True)
class Example:
    """What `callover new indicator` begins with, where a few periods alone would not do.

    `rows` have a period and perhaps a category; `by_area` repeats them for each area of a group.
    """

    frequency: str
    rows: Sequence[Mapping[str, str]]
    categories: Mapping[str, str] = field(default_factory=dict)
    by_area: bool = False


@dataclass(frozen=True)
class Kind:
    """One row of KINDS.

    `series_periods` are the kinds of period its rows may have; `cumulative` says that years are
    counted up from April; `charts` are rows of `callover.drawings.CHARTS`; `rules` are the rating
    rules that make sense; `at_most` pairs columns of which the first may not exceed the second,
    `shares_at_most` percentages of which a document may print it so all the same; `settings` are
    the blocks of the descriptor that it needs and no other kind has; `across` are rows of
    `callover.across.ACROSS`.
    """

    name: str
    title: str
    sentence: str
    columns: Sequence[Column]
    quantities: Sequence[Quantity]
    charts: Sequence[str]
    rules: Sequence[str]
    comparisons: str
    series_periods: Sequence[str] = ("month", "quarter", "week", "year", "span")
    cumulative: bool = True
    twelve_month_rows: bool = False
    at_most: Sequence[tuple[str, str]] = ()
    shares_at_most: Sequence[tuple[str, str]] = ()
    settings: Sequence[str] = ()
    across: Sequence[str] = ()
    example: Example | None = None

    def column(self, name: str) -> Column | None:
        """Find a column by its name."""
        return next((column for column in self.columns if column.name == name), None)

    def quantity(self, name: str) -> Quantity | None:
        """Find a quantity by its name."""
        return next((quantity for quantity in self.quantities if quantity.name == name), None)


def kind(name: str) -> Kind:
    """Find a kind; raise UnknownName with the known ones."""
    try:
        return KINDS[name]
    except KeyError:
        raise UnknownName("kind", name, KINDS) from None


def kind_of(indicator: Indicator) -> Kind:
    """Find an indicator's kind, with the titles and units that its package gives quantities."""
    row = kind(indicator.kind)
    if not indicator.quantities:
        return row
    named = [(quantity, indicator.quantities.get(quantity.name)) for quantity in row.quantities]
    return replace(
        row,
        quantities=[
            replace(q, title=own.title or q.title, unit=own.unit or q.unit) if own else q
            for q, own in named
        ],
    )


@cache
def metric_name(quantity: str, measure: str) -> str:
    """Name a measure of a quantity as metrics.csv does: year_to_date, successes_year_to_date."""
    if quantity == "value":
        return measure
    return quantity if measure == "value" else f"{quantity}_{measure}"


def _is_whole(cell: Cell) -> bool:
    return cell.value is None or isinstance(cell.value, int)


def lines(row: Kind, indicator: Indicator, area: str, category: str) -> Mapping[str, Line]:
    """Make the lines of an indicator's quantities for one area and category."""

    def cells(column: str) -> Mapping[Period, Cell]:
        return indicator.series.get(Key(area, category, column), {})

    def counted(quantity: Quantity) -> Counts:
        in_points = (quantity.unit or indicator.unit) == "percent"
        own = cells(quantity.column)
        if quantity.form == "words":
            return Statements(own)
        if quantity.parts:
            own = whole_from_parts(own, [cells(part) for part in quantity.parts])
        if row.cumulative and not in_points:
            return Counts(own)
        column = row.column(quantity.column)
        counts_things = quantity.form == "level" or (column is not None and column.type == "count")
        # A level may be an average; it counts whole things if all that is known of it is whole.
        whole = counts_things and not in_points and all(_is_whole(c) for c in own.values())
        return Readings(own, in_points=in_points, whole=whole)

    counts = {q.name: counted(q) for q in row.quantities if not q.is_share}
    nothing = Counts({})

    def share(quantity: Quantity) -> Shares:
        parts = counts.get(quantity.numerator, nothing), counts.get(quantity.denominator, nothing)
        given = Counts(cells(quantity.given))
        if not quantity.interval:
            return Shares(*parts, given)
        return Sampled(*parts, given, estimates=_estimates(indicator, quantity, cells))

    return {**counts, **{q.name: share(q) for q in row.quantities if q.is_share}}


def _estimates(
    indicator: Indicator, quantity: Quantity, cells: Callable[[str], Mapping[Period, Cell]]
) -> Mapping[Period, Estimate]:
    """Estimate each period's share from what the source prints of its sample."""
    finest = {
        name: max(
            (cell.decimals for key, line in indicator.series.items() if key.column == name
             for cell in line.values()),
            default=0,
        )
        for name in quantity.interval
    }  # fmt: skip

    def rounded(name: str, period: Period) -> Rounded | None:
        cell = cells(name).get(period)
        if cell is None or cell.value is None:
            return None
        return Rounded(cell.value, max(finest.get(name, 0), cell.decimals), cell.decimals)

    def whole(name: str, period: Period) -> int | None:
        cell = cells(name).get(period)
        return None if cell is None or cell.value is None else int(cell.value)

    found = {}
    for period in {*cells(quantity.given), *cells(quantity.numerator)}:
        sample = Sample(
            rounded(quantity.given, period),
            whole(quantity.denominator, period),
            whole(quantity.numerator, period),
            *(rounded(name, period) for name in quantity.interval),
        )
        known = estimate(sample)
        if known is not None:
            found[period] = known
    return found


_COUNTED = (
    "value",
    "period_last_year",
    "change_on_period_last_year",
    "change_on_period_last_year_count",
    "year_to_date",
    "year_to_date_last_year",
    "change_on_last_year",
    "change_on_last_year_count",
    "change_on_period_before",
    "change_on_period_before_count",
    "rolling_12_months",
    "rolling_12_months_last_year",
    "rolling_12_months_change",
    "rolling_12_months_change_count",
    "target_to_date",
    "target_to_date_lower",
    "target_to_date_upper",
    "difference_from_target",
)
_RATED = (*_COUNTED, "rate", "rate_year_to_date")
#: What a share is called where nobody says what it is a share of.
PERCENTAGE = "Percentage"
_SIMPLE = ("value", "year_to_date", "year_to_date_last_year", "change_on_last_year_count")
_SHARED = (
    "value",
    "period_last_year",
    "change_on_period_last_year",
    "year_to_date",
    "year_to_date_last_year",
    "change_on_last_year",
    "change_on_period_before",
    "rolling_12_months",
    "target_to_date",
    "target_to_date_lower",
    "target_to_date_upper",
    "difference_from_target",
)
_LIMITS = (
    "target_to_date",
    "target_to_date_lower",
    "target_to_date_upper",
    "difference_from_target",
)
_ROLLING = (
    "rolling_12_months",
    "rolling_12_months_last_year",
    "rolling_12_months_change",
    "rolling_12_months_change_count",
    *_LIMITS,
)
_ROLLING_SHARE = (
    "rolling_12_months",
    "rolling_12_months_last_year",
    "rolling_12_months_change",
    *_LIMITS,
)
_STANDING = (
    "value",
    "change_on_last_year",
    "change_on_last_year_count",
    "change_on_period_before",
    "change_on_period_before_count",
    "target_to_date",
    "target_to_date_lower",
    "target_to_date_upper",
    "difference_from_target",
)


def _spoken(name: str) -> str:
    return name.replace("_", " ").capitalize()


_SAMPLED = (
    "value",
    "lower",
    "upper",
    "unrounded",
    "change_on_last_year",
    "change_on_last_year_lower",
    "change_on_last_year_upper",
    "change_on_period_before",
    "target_to_date",
    "target_to_date_lower",
    "target_to_date_upper",
    "difference_from_target",
)
_ALONE = ("value",)
#: What is judged of counts and 12-month totals, of counts with a rate, of shares and of samples.
_OF_COUNTS = ("change_of_counts", "figure_against_target")
_OF_RATES = (*_OF_COUNTS, "interval_of_rate")
_OF_SHARES = ("change_of_shares", "interval_of_share", "figure_against_target")
_OF_SAMPLES = ("change_of_samples", "figure_against_target")

_VALUE = Column("value", "Figure", required=True)
_LEVEL = Column("value", "Figure", "amount", required=True)
_ANSWERS = ("very_satisfied", "fairly_satisfied", "neither", "fairly_dissatisfied")
_FIVE = (*_ANSWERS, "very_dissatisfied")
_BY_TARGET = ("tolerance", "range", "share_of_improvement", "published", "none")
_COUNTED_RULES = ("tolerance", "two_windows", "range", "share_of_improvement", "published", "none")

KINDS: Mapping[str, Kind] = {
    row.name: row
    for row in (
        Kind(
            "count",
            "Count",
            "Things counted month by month (or by quarter or week), such as calls or fires.",
            (
                Column("value", "Figure"),
                Column("percent", "Share, as the source gives it", "percent"),
            ),
            (
                Quantity("value", "Count", _COUNTED, column="value", judged=_OF_COUNTS),
                Quantity("percent", "Share", _SHARED, given="percent", unit="percent"),
            ),
            ("months", "rolling", "year_to_date", "years", "control"),
            _COUNTED_RULES,
            "the same months last year; the 12 months before; a target",
        ),
        Kind(
            "count_rate",
            "Count with a rate",
            "Things counted month by month and set against people or homes, with ranks where the "
            "source publishes them.",
            (_VALUE,),
            (Quantity("value", "Count", _RATED, column="value", judged=_OF_RATES),),
            ("months", "rolling", "year_to_date", "years", "control"),
            _COUNTED_RULES,
            "the same months last year; the 12 months before; a target; rates and ranks of others",
        ),
        Kind(
            "completions",
            "Completions",
            "People who start, end and successfully complete something, such as a treatment order.",
            (
                Column("starts", "Starts"),
                Column("terminations", "Endings", required=True),
                Column("successes", "Successful endings", required=True),
            ),
            (
                Quantity(
                    "success_rate",
                    "Success rate",
                    _SHARED,
                    numerator="successes",
                    denominator="terminations",
                    unit="percent",
                    judged=_OF_SHARES,
                ),
                Quantity(
                    "successes",
                    "Successful endings",
                    _COUNTED,
                    column="successes",
                    judged=_OF_COUNTS,
                ),
                Quantity(
                    "terminations", "Endings", _COUNTED, column="terminations", judged=_OF_COUNTS
                ),
                Quantity("starts", "Starts", _COUNTED, column="starts", judged=_OF_COUNTS),
            ),
            ("completions", "success_rate", "control"),
            _BY_TARGET,
            "targets on the rate and on the number; the same months last year",
            at_most=(("successes", "terminations"),),
        ),
        Kind(
            "proportion",
            "Proportion",
            "A share of a whole, such as people who finish treatment out of all in treatment.",
            (
                Column("percent", "Percentage, where its parts are not published", "percent"),
                Column("numerator", "Numerator"),
                Column("base", "Base"),
            ),
            (
                Quantity(
                    "percent",
                    PERCENTAGE,
                    _SHARED,
                    numerator="numerator",
                    denominator="base",
                    given="percent",
                    unit="percent",
                    judged=_OF_SHARES,
                ),
                Quantity("numerator", "Number counted", _SIMPLE, column="numerator", unit="cases"),
                Quantity(
                    "base", "Out of", (*_SIMPLE, "change_on_last_year"), column="base", unit="cases"
                ),
            ),
            ("shares", "control"),
            _BY_TARGET,
            "a target or a range; earlier periods of the same length",
            at_most=(("numerator", "base"),),
        ),
        Kind(
            "satisfaction",
            "Satisfaction survey",
            "Answers to a survey, counted: how many were asked, answered, and were satisfied.",
            (
                Column("sent", "Sent"),
                Column("returned", "Returned"),
                Column("satisfied", "Satisfied"),
                Column("very_satisfied", "Very satisfied"),
                Column("fairly_satisfied", "Fairly satisfied"),
                Column("neither", "Neither"),
                Column("fairly_dissatisfied", "Fairly dissatisfied"),
                Column("very_dissatisfied", "Very dissatisfied"),
            ),
            (
                Quantity(
                    "percent_satisfied",
                    "Share satisfied",
                    _SHARED,
                    numerator="satisfied",
                    denominator="returned",
                    unit="percent",
                    judged=_OF_SHARES,
                ),
                Quantity(
                    "satisfied",
                    "Counted as satisfied",
                    _SIMPLE,
                    column="satisfied",
                    parts=("very_satisfied", "fairly_satisfied"),
                    unit="answers",
                ),
                Quantity(
                    "returned",
                    "Answers counted",
                    _SIMPLE,
                    column="returned",
                    parts=_FIVE,
                    unit="answers",
                ),
                Quantity("sent", "Surveys sent", _SIMPLE, column="sent", unit="surveys"),
                *(
                    Quantity(name, _spoken(name), _SIMPLE, column=name, unit="answers")
                    for name in _FIVE
                ),
            ),
            ("shares", "control"),
            _BY_TARGET,
            "the same months last year; a target",
            at_most=(("satisfied", "returned"), ("returned", "sent")),
        ),
        Kind(
            "snapshot",
            "Snapshot",
            "How many there are on a day, or the level of a quarter, such as people on a "
            "programme. It never adds up over time.",
            (_LEVEL,),
            (Quantity("value", "On the day", _STANDING, column="value", form="level"),),
            ("snapshots", "control"),
            _BY_TARGET,
            "the same day, month or quarter last year; a target for each quarter",
            series_periods=("day", "month", "quarter", "year"),
            cumulative=False,
        ),
        Kind(
            "milestone",
            "Milestone in words",
            "Work that is reported in words, such as On track. It has no figure.",
            (Column("text", "Words", "text", required=True),),
            (Quantity("text", "Words", ("value",), column="text", unit="words", form="words"),),
            (),
            ("published", "none"),
            "what the report before said",
            series_periods=("quarter", "month", "week", "year", "span", "day"),
            cumulative=False,
        ),
        Kind(
            "rate",
            "Rate as the source gives it",
            "A rate that the source works out itself, with the number behind it where it gives "
            "one. Rates never add up.",
            (
                Column("rate", "Rate", "amount", required=True),
                Column("count", "Number behind the rate"),
            ),
            (
                Quantity("rate", "Rate", _STANDING, column="rate", form="rate", behind="count"),
                Quantity(
                    "count", "Number behind the rate", ("value",), column="count", unit="cases"
                ),
            ),
            ("rates", "control"),
            _BY_TARGET,
            "the same period last year; a target",
            series_periods=("year", "quarter", "span"),
            cumulative=False,
        ),
        Kind(
            "rolling_only",
            "12-month totals only",
            "The source gives only totals of 12 months, often by category, and perhaps how many "
            "of the cases were solved.",
            (
                _VALUE,
                Column("detections", "Cases solved"),
                Column("detection_rate", "Detection rate, as the source gives it", "percent"),
                Column("primary_detection_rate", "Primary detection rate", "percent"),
            ),
            (
                Quantity("value", "12-month total", _ROLLING, column="value", judged=_OF_COUNTS),
                Quantity(
                    "detection_rate",
                    "Detection rate",
                    _ROLLING_SHARE,
                    numerator="detections",
                    denominator="value",
                    given="detection_rate",
                    unit="percent",
                    polarity="higher",
                    judged=("change_of_shares",),
                ),
                Quantity(
                    "primary_detection_rate",
                    "Primary detection rate",
                    _ROLLING_SHARE,
                    given="primary_detection_rate",
                    unit="percent",
                    polarity="higher",
                ),
                Quantity(
                    "detections",
                    "Cases solved",
                    ("rolling_12_months",),
                    column="detections",
                    unit="cases",
                    polarity="higher",
                ),
            ),
            ("rolling_categories", "detection_rates"),
            _BY_TARGET,
            "the 12 months before, where the source gives them; a target",
            series_periods=("span", "year"),
            cumulative=False,
            twelve_month_rows=True,
            at_most=(("detections", "value"),),
            shares_at_most=(("primary_detection_rate", "detection_rate"),),
        ),
        Kind(
            "yearly",
            "Yearly figures only",
            "One figure a year, or for 12 months.",
            (Column("value", "Figure", "number", required=True),),
            (Quantity("value", "Figure", _STANDING, column="value"),),
            ("years",),
            _BY_TARGET,
            "the year before",
            series_periods=("year", "span"),
            cumulative=False,
            twelve_month_rows=True,
        ),
        Kind(
            "survey",
            "Survey question",
            "What a sample of people answered to one question: a percentage, how many answered, "
            "and how far chance could have moved it.",
            (
                Column("percent", "Percentage", "percent", required=True),
                Column("base", "People who answered", required=True),
                Column("numerator", "Of them, people who gave this answer"),
                Column("half_width", "Plus or minus, in percentage points, as printed", "number"),
                Column("lower", "Lower limit of the interval, as printed", "number"),
                Column("upper", "Upper limit of the interval, as printed", "number"),
            ),
            (
                Quantity(
                    "percent",
                    PERCENTAGE,
                    _SAMPLED,
                    numerator="numerator",
                    denominator="base",
                    given="percent",
                    unit="percent",
                    interval=("half_width", "lower", "upper"),
                    judged=_OF_SAMPLES,
                ),
                Quantity("base", "People who answered", _ALONE, column="base", unit="people"),
                Quantity(
                    "numerator", "Gave this answer", _ALONE, column="numerator", unit="people"
                ),
            ),
            ("samples", "control"),
            _BY_TARGET,
            "the same period a year before, with a test; the force; a target",
            series_periods=("span", "year", "quarter", "month"),
            cumulative=False,
            at_most=(("numerator", "base"),),
            settings=("survey",),
            example=Example(
                "quarterly",
                tuple(
                    {"period": period}
                    for period in ("2025-01/2025-12", "2025-04/2026-03", "2025-07/2026-06")
                ),
            ),
        ),
        Kind(
            "league",
            "League table of areas",
            "The same figure for each area of a group, ranked both ways.",
            (
                _VALUE,
                Column("rate", "Rate, as the source gives it", "number"),
                Column("percent", "Percentage beside the count", "percent"),
                Column("base", "People or cases that the percentage is of"),
            ),
            (
                Quantity("value", "Count", _STANDING, column="value"),
                Quantity(
                    *("rate", "Rate", _ALONE),
                    column="rate",
                    unit=UNSTATED,
                    form="rate",
                    behind="value",
                ),
                Quantity(
                    *("percent", PERCENTAGE, _ALONE),
                    given="percent",
                    unit="percent",
                    behind="base",
                ),
            ),
            ("league", "tiles"),
            _BY_TARGET,
            "the other areas of the group; the printed total",
            series_periods=("span", "month", "quarter", "year", "week", "day"),
            cumulative=False,
            settings=("league",),
            across=("ranks", "told_apart"),
            example=Example("irregular", ({"period": "2026-04/2026-06"},), by_area=True),
        ),
        Kind(
            "distribution",
            "Distribution over bands",
            "A total split into bands, such as victims by their number of earlier incidents.",
            (
                _VALUE,
                Column("percent", "Percentage, as the source gives it", "percent"),
                Column("mean", "Average, as the source gives it", "number"),
            ),
            (
                Quantity("value", "Count", _STANDING, column="value"),
                Quantity("percent", PERCENTAGE, _ALONE, given="percent", unit="percent"),
                Quantity("mean", "Average", _ALONE, column="mean", unit=UNSTATED, form="rate"),
            ),
            ("distribution",),
            _BY_TARGET,
            "the printed total; other areas",
            series_periods=("month", "span", "quarter", "year", "week", "day"),
            cumulative=False,
            across=("share_of_total", "sum_of_bands"),
            example=Example(
                "irregular",
                tuple(
                    {"period": "2026-04", "category": band} for band in ("all", "1", "2-or-more")
                ),
                {"1": "One", "2-or-more": "Two or more"},
            ),
        ),
        Kind(
            "cohort",
            "Cohort before and after",
            "The same people before something was done and after it, such as offences in the year "
            "before a programme and in the months since.",
            (_VALUE,),
            (Quantity("value", "Figure", _ALONE, column="value"),),
            ("before_after",),
            ("published", "none"),
            "the period before, with both lengths in days",
            series_periods=("span", "year", "quarter", "month"),
            cumulative=False,
            across=("scaled_to_before", "change_on_before"),
            example=Example(
                "irregular",
                ({"period": "2024-06-06/2025-06-05"}, {"period": "2025-06-06/2026-06-05"}),
            ),
        ),
    )
}
