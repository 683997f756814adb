"""From an indicator to its figures: every measure at every close of a period, and the rating."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache, partial
from math import inf

from callover import (
    across,
    ahead,
    beside,
    control,
    history,
    judged,
    leagues,
    measures,
    periods,
    ratings,
    recent,
)
from callover.ahead import Ahead
from callover.breaks import crossed
from callover.kinds import Kind, Quantity, kind_of, lines, metric_name
from callover.measures import Question
from callover.model import (
    ALL,
    Break,
    Denominator,
    Indicator,
    Metric,
    Number,
    Partnership,
    Portal,
    Published,
    Reference,
    Scheme,
)
from callover.periods import Period
from callover.rated import Rated, Wanted, rate, too_late
from callover.rated import metrics as rating_metrics
from callover.ratings import Rating
from callover.series import Line, Total, Window
from callover.stale import Stale, stale

#: What is computed at the close of a whole year, a span or a day.
_TARGETED = ("target_to_date", "target_to_date_lower", "target_to_date_upper")
#: What is known of the rest of the year before it comes: the targets, and last year.
_AHEAD = (*_TARGETED, "year_to_date_last_year")
_WHOLE = (
    *("value", "change_on_last_year", "change_on_last_year_count", "rate"),
    *("change_on_period_before", "change_on_period_before_count"),
    *(*_TARGETED, "difference_from_target"),
)

_FREQUENCY = {"monthly": "month", "quarterly": "quarter", "weekly": "week"}
_PERIODIC = ("month", "quarter", "week")

#: Where a scheme named in the package is the plain name of a rule.
_PLAIN = {
    name: Scheme(name, name, rule.title, rule.tolerance) for name, rule in ratings.SCHEMES.items()
}


#: What a sheet knows of other areas where nobody tells it anything.
NOWHERE = Reference({}, {}, ())


@dataclass(frozen=True)
class Sheet:
    """One indicator with all that is computed of it.

    `closing` is the newest period with a figure of the first quantity; None if there is none.
    `metrics` are of the indicator's own area, `others` of every further area that it has rows for.
    `ratings` are its verdicts: the leading one, those of its scheme's further bases, and others.
    `league` ranks all areas of a group, the oldest period first. `home` is the partnership's area.
    `control` is the control chart of the leading figures, where the rules allow one. `ahead` says
    where the year of each line is heading, by category and quantity, for those that add up.
    `recent` says where the last five whole years of the leading figures go.
    `beside` sets our figures beside those of others. `stale` says how late newer figures are, where
    they are so late that nothing is rated.
    """

    indicator: Indicator
    kind: Kind
    scheme: Scheme
    metrics: Sequence[Metric]
    ratings: Sequence[Rated]
    closing: Period | None
    denominators: Sequence[Denominator] = ()
    lines: Mapping[str, Mapping[str, Line]] = field(default_factory=dict)
    others: Sequence[Metric] = ()
    league: Sequence[leagues.Column] = ()
    reference: Reference = NOWHERE
    home: str = ""
    control: control.Control | None = None
    ahead: Mapping[tuple[str, str], Ahead] = field(default_factory=dict)
    recent: recent.Trend | None = None
    beside: Sequence[beside.Beside] = ()
    stale: Stale | None = None

    @property
    def away(self) -> str:
        """The code of the area that the page is about, if it is not the partnership's own."""
        return self.indicator.area if self.home and self.home != self.indicator.area else ""

    @property
    def rating(self) -> Rating:
        """The leading verdict."""
        return self.ratings[0].rating

    @property
    def rated_at(self) -> Period | None:
        """The close of a period that the leading verdict is about; None without figures."""
        return self.ratings[0].at

    @cached_property
    def past(self) -> Sequence[history.Past]:
        """The leading verdict at each of the last periods."""
        return history.past(self.indicator, self.ratings[0])

    @cached_property
    def _index(self) -> Mapping[tuple[str, str], tuple[Mapping[Period, int], Sequence[Metric]]]:
        # By line, and then by the place of its period: lines of the same periods share their
        # places, on whatever sheet. A key for each figure would weigh half as much as the figures.
        made: dict[tuple[str, str], list[Metric]] = defaultdict(list)
        for metric in self.metrics:
            made[metric.measure, metric.category].append(metric)
        return {
            line: (_places(tuple([m.period for m in own])), tuple(own))
            for line, own in made.items()
        }

    def metric(
        self, measure: str, period: Period | None = None, category: str = ""
    ) -> Metric | None:
        """Find a figure; at the newest period of the leading category unless told otherwise."""
        at = period or self.closing
        if at is None:
            return None
        line = self._index.get((measure, category or self.category))
        if line is None:
            return None
        place = line[0].get(at)
        return None if place is None else line[1][place]

    def value(
        self, measure: str, period: Period | None = None, category: str = ""
    ) -> Number | None:
        """Give a figure's number, None if it is missing."""
        found = self.metric(measure, period, category)
        return found.value if found else None

    def rank(self, group: str, period: Period | None = None) -> tuple[Number, Number] | None:
        """Give the rank of the rate in a group, 1 the lowest, and its size, if published."""
        rank = self.value(f"rank_in_{group}", period, ALL)
        of = self.value(f"rank_in_{group}_of", period, ALL)
        return None if rank is None or of is None else (rank, of)

    @cached_property
    def _elsewhere(self) -> Mapping[tuple[str, Period, str, str], Metric]:
        return {(m.measure, m.period, m.category, m.area): m for m in self.others}

    def metric_of(self, area: str, measure: str, period: Period, category: str) -> Metric | None:
        """Find a figure of any area; of another than its own the page has plain figures only."""
        if area == self.indicator.area:
            return self.metric(measure, period, category)
        return self._elsewhere.get((measure, period, category, area))

    @cached_property
    def reported(self) -> Sequence[Period]:
        """The months or quarters of the newest financial year; of its weeks those with a row."""
        if self.closing is None:
            return ()
        year = periods.financial_year_of(self.closing.end)
        if self.closing.kind != "week":
            return periods.parts_of_year(year, self.closing.kind)
        found = {m.period for m in self.metrics if m.period.kind == "week"}
        return sorted(p for p in found if year.start <= p.end <= year.end)

    def a_year_before(self, quantity: str, period: Period, category: str = "") -> Metric | None:
        """Find a quantity's figure of the same period a year before, as the source gives it.

        None where recording has changed since: the two do not compare.
        """
        name = metric_name(quantity, "period_last_year")
        found = self.metric(name, period, category)
        found = found or self.metric(quantity, periods.last_year(period), category)
        return None if found is None or self.split(found.start, period.end) else found

    def split(self, first_day: int, last_day: int) -> Break | None:
        """Give the newest change in recording with figures before and after it among some days."""
        return crossed(self.indicator.breaks, first_day, last_day)

    @cached_property
    def category(self) -> str:
        """The category the page leads with: the rated one, or the first that has data."""
        return leading_category(self.indicator, self.lines)

    @cached_property
    def quantity(self) -> Quantity:
        """The quantity the page leads with: the rated one, else the kind's first."""
        return rated_quantity(self.indicator, self.kind)

    @cached_property
    def leading(self) -> Quantity:
        """The first quantity of the kind that has any figure at all."""
        own = self.lines.get(self.category, {})
        for quantity in self.kind.quantities:
            if quantity.name in own and own[quantity.name].periods:
                return quantity
        return self.kind.quantities[0]

    def polarity(self, quantity: Quantity) -> str:
        """Give where good lies for a quantity."""
        return polarity_of(self.indicator, quantity)

    @cached_property
    def printed(self) -> str:
        """The rating letter the newest document printed, '' if it printed none."""
        return printed_rating(self.indicator)


@dataclass(frozen=True)
class Board:
    """A partnership with the sheets of its indicators, in its own order."""

    partnership: Partnership
    sheets: Sequence[Sheet]

    @cached_property
    def _by_slug(self) -> Mapping[str, Sheet]:
        return {sheet.indicator.slug: sheet for sheet in self.sheets}

    def sheet(self, slug: str) -> Sheet | None:
        """Find an indicator's sheet by its slug."""
        return self._by_slug.get(slug)

    @cached_property
    def closing(self) -> Period | None:
        """The newest period with a figure of any indicator; None if there is none."""
        found = [sheet.closing for sheet in self.sheets if sheet.closing]
        return max(found, key=lambda period: period.end, default=None)

    @cached_property
    def part_of(self) -> Mapping[str, Sequence[str]]:
        """The slugs of the indicators that an indicator is a part of, by its own."""
        return _turned((s.indicator.slug, s.indicator.parts) for s in self.sheets)

    @cached_property
    def counted_within(self) -> Mapping[str, Sequence[str]]:
        """The slugs of the indicators that an indicator is some of, by its own."""
        return _turned((s.indicator.slug, s.indicator.within) for s in self.sheets)

    def of(self, outcome: str) -> Sequence[Sheet]:
        """Give the sheets of an outcome, in their order."""
        return [sheet for sheet in self.sheets if sheet.indicator.outcome == outcome]


@lru_cache(maxsize=4096)
def _places(found: tuple[Period, ...]) -> Mapping[Period, int]:
    """Give the place of each period in a line; of one that is there twice the last."""
    return {period: place for place, period in enumerate(found)}


def _turned(below: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, Sequence[str]]:
    """Turn what each name has below it into what it stands below."""
    above: dict[str, list[str]] = {}
    for name, own in below:
        for one in dict.fromkeys(own):
            above.setdefault(one, []).append(name)
    return above


def boards(portal: Portal) -> Iterator[Board]:
    """Compute every partnership."""
    for partnership in portal.partnerships:
        yield board(partnership, portal.reference)


def board(partnership: Partnership, reference: Reference, day: int | None = None) -> Board:
    """Compute one partnership, as of its own day or another one (an ordinal)."""
    found, home = partnership.indicators, partnership.home_area
    day = day or date.fromisoformat(partnership.as_of).toordinal()
    made = (sheet(i, reference, partnership.schemes, home, day) for i in found)
    return Board(partnership, tuple(made))


def as_at(partnership: Partnership, period: Period) -> Partnership:
    """Give a partnership as it stood when a period had ended, to be computed as ever.

    What ends later is left out: rows of series, figures of others, commentary, releases, and the
    changes in recording still to come. A printed figure stays if its release does, or if its own
    period had ended. Targets stay: they are set ahead. A figure revised since stays revised.
    """
    releases = tuple(r for r in partnership.releases if r.data_to.end <= period.end)
    known = frozenset(release.id for release in releases)
    return replace(
        partnership,
        releases=releases,
        indicators=tuple(_until(i, period.end, known) for i in partnership.indicators),
    )


def board_as_at(made: Board, period: Period, reference: Reference) -> Board:
    """Compute a partnership as it stood when a period had ended; what has not changed is kept.

    How late figures are, too, is said of the day on which the period ended.
    """
    then = as_at(made.partnership, period)

    def at_the_time(found: Sheet, own: Indicator) -> Sheet:
        if found.indicator == own and found.stale is None:
            return found
        return sheet(own, reference, then.schemes, then.home_area, period.end)

    pairs = zip(made.sheets, then.indicators, strict=True)
    return Board(then, tuple(at_the_time(found, own) for found, own in pairs))


def _until(indicator: Indicator, end: int, releases: Container[str]) -> Indicator:
    def ended(period: Period | None) -> bool:
        return period is not None and period.end <= end

    lines = {
        key: {period: cell for period, cell in line.items() if ended(period)}
        for key, line in indicator.series.items()
    }
    then = replace(
        indicator,
        series={key: line for key, line in lines.items() if line},
        comparators=tuple(c for c in indicator.comparators if c.period is None or ended(c.period)),
        published=tuple(p for p in indicator.published if p.release in releases or ended(p.period)),
        commentary=tuple(c for c in indicator.commentary if ended(c.period)),
        breaks=tuple(b for b in indicator.breaks if b.period.start <= end),
    )
    return indicator if then == indicator else then  # reports keep it, and a copy would weigh


def leading_category(indicator: Indicator, made: Iterable[str]) -> str:
    """Give the category that a page leads with: the rated one, or the first that has data."""
    wanted, found = indicator.rating_category, tuple(made)
    return wanted if wanted in found or not found else found[0]


def rated_quantity(indicator: Indicator, row: Kind) -> Quantity:
    """Find the quantity the rating is about; the kind's first unless the package names one."""
    return row.quantity(indicator.rating_measure) or row.quantities[0]


def polarity_of(indicator: Indicator, quantity: Quantity) -> str:
    """Give where good lies for a quantity: its own polarity, or else the indicator's."""
    return quantity.polarity or indicator.polarity


def printed_rating(indicator: Indicator) -> str:
    """Give the letter printed by the newest release that printed one, for its newest period."""

    def place(row: Published) -> tuple[str, float]:
        return row.release, row.period.end if row.period else inf

    printed = [p for p in indicator.published if p.measure == "rating_published"]
    return max(printed, key=place).as_printed.strip() if printed else ""


def scheme_of(indicator: Indicator, schemes: Mapping[str, Scheme]) -> Scheme:
    """Find the indicator's scheme: the partnership's own, or a rule by its plain name."""
    return schemes.get(indicator.scheme) or _PLAIN[indicator.scheme]


def sheet(
    indicator: Indicator,
    reference: Reference,
    schemes: Mapping[str, Scheme],
    home: str = "",
    day: int | None = None,
) -> Sheet:
    """Compute one indicator; `home` is the partnership's own area, if the page may name another.

    `day` is the ordinal of the day that the page speaks from: figures too old for it are not rated.
    """
    row = kind_of(indicator)
    scheme = scheme_of(indicator, schemes)
    below = _denominators(indicator, reference)
    made = {
        category: lines(row, indicator, indicator.area, category)
        for category in _categories(indicator)
    }
    asked = {
        (category, quantity.name): _questions(indicator, row, quantity, own, category, below)
        for category, own in made.items()
        for quantity in row.quantities
        if own[quantity.name].periods
    }
    figures: list[Metric] = []
    for (_, name), questions in asked.items():
        quantity = row.quantity(name) or row.quantities[0]
        figures += _figures(indicator, row, quantity, questions)
        figures += _judged(indicator, row, quantity, questions)
    category = leading_category(indicator, made)
    closing = _newest(indicator, row, made.get(category, {}))
    late = stale(indicator, closing, day) if closing is not None and day is not None else None
    leading = _Leading(indicator, row, category, closing, made, asked)
    heading = {} if late else _heading(indicator, row, asked)
    figures += _ahead_metrics(indicator, row, heading)
    charted, lately = _control(leading), _recent(leading)
    figures += control.metrics(indicator, charted) if charted else ()
    figures += recent.metrics(indicator, lately) if lately else ()
    wider = across.figures(indicator, row, reference)
    figures += [metric for metric in wider if metric.area == indicator.area]
    figures += _printed_ranks(indicator, {metric.measure for metric in wider})
    verdicts = _verdicts(indicator, row, asked, schemes)
    for each in verdicts:
        figures += rating_metrics(indicator, each, verdicts[0].quantity)
    figures += history.metrics(indicator, verdicts[0])
    verdicts = tuple(too_late(rated, late) for rated in verdicts) if late else verdicts
    elsewhere = [metric for metric in wider if metric.area != indicator.area]
    others = (*_elsewhere(indicator, row), *elsewhere)
    league = leagues.columns(indicator, row, reference)
    quoted = (*indicator.comparators, *leagues.totals(indicator, league))
    set_beside = beside.besides(indicator, row, category, closing, figures, asked, quoted)
    figures += beside.metrics(set_beside)
    return Sheet(
        *(indicator, row, scheme, tuple(figures), verdicts, closing, below, made, others),
        *(league, reference, home, charted, heading, lately, set_beside, late),
    )


def _verdicts(
    indicator: Indicator,
    row: Kind,
    asked: Mapping[tuple[str, str], Sequence[Question]],
    schemes: Mapping[str, Scheme],
) -> tuple[Rated, ...]:
    native, printed = partial(_native, indicator, row), printed_rating(indicator)
    return tuple(
        rate(indicator, want, asked.get((want.category, want.quantity.name), ()), native, printed)
        for want in wanted(indicator, row, schemes)
    )


def wanted(indicator: Indicator, row: Kind, schemes: Mapping[str, Scheme]) -> Sequence[Wanted]:
    """Give the verdicts that an indicator gets: the leading one, its scheme's bases, and others."""
    scheme, quantity = scheme_of(indicator, schemes), rated_quantity(indicator, row)
    basis = ratings.basis_of(scheme, indicator.rating_basis)
    found = [Wanted(scheme, basis, quantity, indicator.rating_category)]
    found += [replace(found[0], basis=ratings.basis_of(scheme, b)) for b in scheme.bases]
    for also in indicator.rating_also:
        own = schemes.get(also.scheme) or _PLAIN.get(also.scheme) or scheme
        found.append(
            Wanted(
                own,
                ratings.basis_of(own, also.basis),
                row.quantity(also.measure) or quantity,
                also.category or indicator.rating_category,
            )
        )
    kept: dict[tuple[str, str, str], Wanted] = {}
    for want in found:
        kept.setdefault(want.key, want)
    return tuple(kept.values())


def _elsewhere(indicator: Indicator, row: Kind) -> Iterator[Metric]:
    """Give the plain figures and shares of the areas that the page is not about."""
    found = dict.fromkeys(
        (k.area, k.category) for k in indicator.series if k.area != indicator.area
    )
    for area, category in found:
        own = lines(row, indicator, area, category)
        for quantity in row.quantities:
            unit = _unit(indicator, quantity, "value")
            for period in own[quantity.name].periods:
                value, marker, text = own[quantity.name].total(period.start, period.end)
                days = period.start, period.end
                if value is not None or marker or text:
                    yield Metric(
                        quantity.name, period, *days, area, category, value, unit, marker, text
                    )


def _denominators(indicator: Indicator, reference: Reference) -> Sequence[Denominator]:
    if indicator.rate is None:
        return ()
    return tuple(
        d
        for d in reference.denominators
        if d.name == indicator.rate.denominator and d.area == indicator.area
    )


def _categories(indicator: Indicator) -> Sequence[str]:
    found = {key.category for key in indicator.series if key.area == indicator.area}
    named = [name for name in (ALL, *indicator.categories) if name in found]
    return (*named, *sorted(found - set(named)))


def closing_of(row: Kind, period: Period) -> Period:
    """Name a row's closing period: for a kind of 12-month totals, the month it ends with."""
    if row.quantities[0].measures[0] == "rolling_12_months":
        return periods.month(period.last.year, period.last.month)
    return period


def _newness(period: Period) -> tuple[int, int]:
    return period.end, -period.start


def _native(indicator: Indicator, row: Kind, found: Iterable[Period]) -> Sequence[Period]:
    """Keep the periods that the indicator reports by; all of them if it has none of these."""
    found = tuple(found)
    if not row.cumulative:
        return found
    kept = tuple(p for p in found if p.kind == _FREQUENCY.get(indicator.frequency))
    return kept or found


def _questions(
    indicator: Indicator,
    row: Kind,
    quantity: Quantity,
    own: Mapping[str, Line],
    category: str,
    below: Sequence[Denominator],
) -> Sequence[Question]:
    """Ask at every close of a period that any line of the category has."""
    closings = {closing_of(row, p) for line in own.values() for p in line.periods}
    known: dict[Window, Total] = {}
    return [
        Question(
            own[quantity.name],
            closing,
            row.cumulative,
            indicator.rate,
            below,
            indicator.targets,
            quantity.name,
            category,
            polarity_of(indicator, quantity),
            row.twelve_month_rows,
            indicator.breaks,
            known,
        )
        for closing in sorted(closings, key=_newness)
    ]


def _measures_at(
    indicator: Indicator, row: Kind, quantity: Quantity, closing: Period
) -> Sequence[str]:
    """Give the measures that make sense at a closing period."""
    if not row.cumulative:
        return quantity.measures
    if quantity.is_share and closing.kind in ("year", "span"):
        return _WHOLE
    if closing.kind == _FREQUENCY.get(indicator.frequency, closing.kind):
        return quantity.measures if closing.kind in _PERIODIC else _WHOLE
    return _WHOLE if closing == periods.financial_year_of(closing.end) else ("value",)


def _figures(
    indicator: Indicator, row: Kind, quantity: Quantity, questions: Sequence[Question]
) -> Iterator[Metric]:
    """Answer every measure that makes sense, in the quantity's own order."""
    names = {name: metric_name(quantity.name, name) for name in quantity.measures}
    units = {name: _unit(indicator, quantity, name) for name in quantity.measures}
    wanted = [(q, _measures_at(indicator, row, quantity, q.closing)) for q in questions]
    wanted += [(question, _AHEAD) for question in _ahead(indicator, row, questions)]
    for question, at in wanted:
        for name in names if at is quantity.measures else [name for name in names if name in at]:
            answer = measures.MEASURES[name].compute(question)
            if answer is not None:
                yield Metric(
                    names[name],
                    question.closing,
                    answer.start,
                    answer.end,
                    indicator.area,
                    question.category,
                    answer.value,
                    units[name],
                    answer.marker,
                    answer.text,
                )


def _judged(
    indicator: Indicator, row: Kind, quantity: Quantity, questions: Sequence[Question]
) -> Iterator[Metric]:
    """Judge the newest figure of a quantity by every method that makes sense."""
    if not quantity.judged:
        return
    closings = frozenset(_native(indicator, row, (q.closing for q in questions)))
    native = [q for q in questions if q.closing in closings]
    for question, found in judged.judged(quantity.judged, native):
        first = found.window[0] if found.since is None else min(found.since, found.window[0])
        if crossed(indicator.breaks, first, found.window[1]):
            continue  # recorded in another way, figures do not compare
        name = metric_name(quantity.name, found.measure)
        unit = indicator.rate.label if indicator.rate and found.unit == "rate" else found.unit
        place = question.closing, *found.window, indicator.area, question.category
        yield Metric(name, *place, found.value, unit, found.marker)


def _heading(
    indicator: Indicator, row: Kind, asked: Mapping[tuple[str, str], Sequence[Question]]
) -> Mapping[tuple[str, str], Ahead]:
    """Look ahead from the newest figure of each line, where its years have a sum.

    Nobody looks ahead from figures that are too old to rate.
    """
    found = {}
    for key, questions in asked.items():
        if not (row.quantity(key[1]) or row.quantities[0]).judged:
            continue
        closings = frozenset(_native(indicator, row, (q.closing for q in questions)))
        native = [q for q in questions if q.closing in closings]
        newest = judged.newest(native)
        made = ahead.ahead(newest) if newest is not None else None
        if made is not None:
            found[key] = made
    return found


def _ahead_metrics(
    indicator: Indicator, row: Kind, heading: Mapping[tuple[str, str], Ahead]
) -> Iterator[Metric]:
    for (category, name), found in heading.items():
        unit = (row.quantity(name) or row.quantities[0]).unit or indicator.unit
        for metric in ahead.metrics((indicator.area, category), unit, found):
            yield metric._replace(measure=metric_name(name, metric.measure))


@dataclass(frozen=True)
class _Leading:
    """The leading category of an indicator up to its newest figure, and what is asked of it."""

    indicator: Indicator
    row: Kind
    category: str
    closing: Period | None
    made: Mapping[str, Mapping[str, Line]]
    asked: Mapping[tuple[str, str], Sequence[Question]]

    @property
    def lines(self) -> Mapping[str, Line]:
        """The line of each quantity."""
        return self.made[self.category]

    @property
    def first(self) -> Quantity:
        """The first quantity that has a figure."""
        return next(q for q in self.row.quantities if self.lines[q.name].periods)

    def newest(self, quantity: Quantity) -> Question | None:
        """Find the question about a quantity at the newest close."""
        questions = self.asked[self.category, quantity.name]
        return next((q for q in questions if q.closing == self.closing), None)


def _control(leading: _Leading) -> control.Control | None:
    """Chart the leading figures, where the kind has such a chart and the rules allow it."""
    if "control" not in leading.row.charts or leading.closing is None:
        return None
    indicator, newest = leading.indicator, leading.newest(leading.first)
    if newest is None:
        return None
    starts = [b.period.start for b in indicator.breaks]
    every = _FREQUENCY.get(indicator.frequency, "")
    return control.control(newest, starts, indicator.seasonal, every)


def _recent(leading: _Leading) -> recent.Trend | None:
    """Test the last five whole years of the leading figures, where they can have whole years."""
    if leading.closing is None:
        return None
    quantity = rated_quantity(leading.indicator, leading.row)
    if not (quantity.is_share and leading.lines[quantity.name].periods):
        quantity = leading.first
    newest = leading.newest(quantity)
    return recent.trend(newest, quantity, leading.lines, leading.indicator.unit) if newest else None


def _ahead(indicator: Indicator, row: Kind, questions: Sequence[Question]) -> Sequence[Question]:
    """Ask about the rest of the target's year, so that a profile can be read to its end."""
    frequency = _FREQUENCY.get(indicator.frequency, "")
    current = [q for q in questions if q.closing.kind == frequency]
    if row.twelve_month_rows or not current:
        return ()
    last = current[-1]
    parts = periods.parts_of_year(periods.financial_year_of(last.closing.end), frequency)
    return [replace(last, closing=p) for p in parts if p.end > last.closing.end]


def _unit(indicator: Indicator, quantity: Quantity, measure: str) -> str:
    own = quantity.unit or indicator.unit
    rule = measures.MEASURES[measure].unit
    if rule == "same":
        return own
    if rule == "rate":
        return indicator.rate.label if indicator.rate else own
    return "percentage points" if own == "percent" else "percent"


def _printed_ranks(indicator: Indicator, computed: Container[str]) -> Iterator[Metric]:
    """Take published ranks as they are printed, unless all peers are in the data to rank them.

    The first print of a period stands.
    """
    seen = set()
    for row in indicator.published:
        group, rank = row.measure.removeprefix("rank_in_"), measures.rank_of(row.as_printed)
        if row.period is None or rank is None:
            continue
        if group not in indicator.groups or row.area != indicator.area:
            continue
        if row.measure in computed:
            continue
        if (row.measure, row.period, row.category) in seen:
            continue
        seen.add((row.measure, row.period, row.category))
        window = periods.rolling_12_months(row.period)
        if crossed(indicator.breaks, *window):
            continue  # it ranks a rate of two ways of counting
        for name, value in ((row.measure, rank[0]), (f"{row.measure}_of", rank[1])):
            yield Metric(name, row.period, *window, row.area, row.category or ALL, value, "rank")


def _newest(indicator: Indicator, row: Kind, own: Mapping[str, Line]) -> Period | None:
    """Find the newest closing period of the leading category's lines that has a figure."""
    found = {
        closing_of(row, period)
        for line in own.values()
        for period in line.periods
        if _says_something(line.total(period.start, period.end))
    }
    return max(_native(indicator, row, found), key=_newness, default=None)


def _says_something(total: Total) -> bool:
    return total.value is not None or bool(total.text)
