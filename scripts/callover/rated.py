"""Verdicts of an indicator: each with what it rests on, at every close of a period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from callover import breaks as recording
from callover import periods, ratings
from callover.kinds import Quantity
from callover.measures import Question
from callover.model import Indicator, Metric, Number, Scheme
from callover.periods import Period
from callover.projection import Projection, project
from callover.ratings import Evidence, Rating
from callover.series import Window
from callover.stale import Stale

#: Keeps the closing periods that an indicator reports by.
Native = Callable[[Iterable[Period]], Sequence[Period]]


@dataclass(frozen=True)
class Wanted:
    """A verdict that a package asks for: by which scheme, on which basis, of what."""

    scheme: Scheme
    basis: str
    quantity: Quantity
    category: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from other verdicts in metrics.csv."""
        return self.quantity.name, self.category, self.basis


@dataclass(frozen=True)
class Rated:
    """One verdict of an indicator: at the close of `at`, of a quantity of a category.

    `basis` is one of BASES, or what the rule itself rests on. `history` has the verdict at each
    close up to the newest.
    """

    rating: Rating
    at: Period | None
    quantity: Quantity
    category: str
    basis: str
    scheme: Scheme
    history: Sequence[tuple[Period, Rating]] = field(default=(), repr=False, compare=False)


def rate(
    indicator: Indicator, want: Wanted, questions: Sequence[Question], native: Native, printed: str
) -> Rated:
    """Rate the newest closing period with a figure, and every close before it."""
    scheme = replace(want.scheme, basis=want.basis)
    found = {q.closing: q for q in questions if _has_figure(want.basis, q)}
    closings = native(found)
    place = (want.quantity, want.category, want.basis, want.scheme)
    if not closings:
        return Rated(_without_figures(indicator, want, scheme, printed), None, *place)
    if scheme.rule == "published":
        closings = closings[-1:]  # a document prints one colour, and not its past
    history = [(closing, _rate_at(scheme, found[closing], printed)) for closing in closings]
    return Rated(history[-1][1], history[-1][0], *place, history)


def too_late(rated: Rated, late: Stale) -> Rated:
    """Take the rating of figures that are too old; the verdicts of their own time stay."""
    if rated.rating.verdict == ratings.NOT_RATED:
        return rated
    told = ratings.not_rated("stale", **late.facts)
    told = replace(told, rule=rated.rating.rule, basis=rated.rating.basis)
    return replace(rated, rating=told)


def metrics(indicator: Indicator, rated: Rated, leading: Quantity) -> Iterable[Metric]:
    """Give the verdicts as rows of metrics.csv: rating_<basis>, after the quantity if another."""
    prefix = "" if rated.quantity.name == leading.name else f"{rated.quantity.name}_"
    name = f"{prefix}rating_{rated.basis}"  # one text for all of its figures
    for closing, rating in rated.history:
        days = closing.start, closing.end
        yield Metric(
            *(name, closing, *days, indicator.area, rated.category),
            *(None, "rating", "", rating.verdict),
        )


def _has_figure(basis: str, question: Question) -> bool:
    window = _period(question) if basis == "period" else question.judged
    counted = question.counted(window).value is not None
    return counted or bool(question.counted(_period(question)).text)


def _period(question: Question) -> Window:
    return question.closing.start, question.closing.end


def _without_figures(indicator: Indicator, want: Wanted, scheme: Scheme, printed: str) -> Rating:
    own = [t.type for t in indicator.targets if t.category == want.category]
    polarity = want.quantity.polarity or indicator.polarity
    if "none" in own:
        return ratings.judge(scheme, Evidence(polarity, target_type="none"))
    return ratings.judge(scheme, Evidence(polarity, printed=printed, has_data=False))


def _rate_at(scheme: Scheme, question: Question, printed: str) -> Rating:
    rating = _judged(scheme, question, printed)
    if not question.breaks or rating.reason not in ratings.UNKNOWN_FIGURES:
        return rating
    # What would be rated if nothing had changed is not rated because of the change.
    before = _judged(scheme, replace(question, breaks=()), printed)
    newest = recording.newest(question.breaks, question.closing.end)
    if newest is None or before.verdict == ratings.NOT_RATED:
        return rating
    told = ratings.not_rated("recording-changed", since=newest.period.start)
    return replace(told, rule=rating.rule, basis=rating.basis)


def _judged(scheme: Scheme, question: Question, printed: str) -> Rating:
    window = _target_window(scheme.basis, question)
    row, limits = question.target if window == question.judged else question.target_over(window)
    figure = _figure(scheme.basis, question)
    return ratings.judge(
        scheme,
        Evidence(
            question.polarity,
            figure.value,
            limits,
            row.type if row else "",
            _pair(question, question.so_far),
            _pair(question, question.twelve_months),
            printed,
            before=_value_before(question, window),
            projection=figure.way,
            projected_from=figure.facts,
        ),
    )


def _pair(question: Question, window: Window) -> tuple[Number | None, Number | None]:
    return question.total(window).value, _value_before(question, window)


def _value_before(question: Question, window: Window) -> Number | None:
    """Give the figure a year before a window's; None across a change in recording."""
    before = periods.window_last_year(*window)
    return None if question.split(before, window) else question.total(before).value


def _target_window(basis: str, question: Question) -> Window:
    """Give the days that a basis sets a target for: the period, the year so far or all of it."""
    if basis == "period":
        return _period(question)
    if basis == "year_end" and not question.twelve_month_rows:
        year = periods.financial_year_of(question.closing.end)
        return year.start, year.end
    return question.judged


def _figure(basis: str, question: Question) -> Projection:
    """Give the figure that a basis holds against the target."""
    if basis == "year_end" and not question.twelve_month_rows:
        return project(question)
    window = _period(question) if basis == "period" else question.judged
    return Projection(question.total(window).value, "")
