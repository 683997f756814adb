"""Changes in recording: nothing from before one is set beside anything from after it."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpus.package import sound

from callover.breaks import MARKED, crossed, known, newest
from callover.compute import sheet as compute
from callover.data.read import read
from callover.model import Break, Cell, Denominator, Indicator, Key, Rate, Reference, Scheme
from callover.model import TargetRow as Target
from callover.pages import sentences, tables, views
from callover.periods import last_year, parse, rolling_12_months, window_last_year
from callover.remarks import remarks
from callover.travel import travel

AREA = "E09000002"
SCHEMES = {
    "two": Scheme("two", "two_windows", "Two windows"),
    "ten": Scheme("ten", "tolerance", "Within 10%"),
    "end": Scheme("end", "tolerance", "At the year's end", basis="year_end"),
    "half": Scheme("half", "share_of_improvement", "Half", 50),
}
#: Two years of months, 2015-04 to 2017-03: 100 a month, then 60.
LABELS = [f"{y}-{m:02}" for y, m in product((2015, 2016, 2017), range(1, 13))][3:27]
VALUES = dict(zip(LABELS, [100] * 12 + [60] * 12, strict=True))


def day(text):
    return date.fromisoformat(text).toordinal()


def breaks(*labels):
    return tuple(Break(parse(label), f"Since {label}.") for label in labels)


def made(values, *broken, kind="count_rate", **own):
    series = {Key(AREA, "all", "value"): {parse(p): Cell(v) for p, v in values.items()}}
    indicator = Indicator(
        slug="measure",
        title="Measure",
        description="",
        kind=kind,
        polarity=own.pop("polarity", "lower"),
        unit="offences",
        unit_one="offence",
        outcome="crime",
        order=1,
        source="Police",
        owner="",
        frequency=own.pop("frequency", "monthly"),
        due_within_days=None,
        licence="",
        area=AREA,
        series=series,
        rate=own.pop("rate", Rate("residents", 1000, "per 1,000")),
        breaks=breaks(*broken),
        **own,
    )
    below = Denominator("residents", AREA, 1, 3_600_000, 200_000, "residents", "", False)
    return compute(indicator, Reference({AREA: "Borough"}, {}, (below,)), SCHEMES)


def at(sheet, measure, label):
    found = sheet.metric(measure, parse(label))
    return None if found is None else (found.value, found.marker)


# ------------------------------------------------------------------------------ the days


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        ("2015-03-31", "2015-04-01", "2015-04"),
        ("2015-04-01", "2015-04-30", ""),  # nothing before it
        ("2014-04-01", "2015-03-31", ""),  # nothing after it
        ("2014-04-01", "2016-12-31", "2016/17"),  # the newest of two
    ],
)
def test_days_are_split_by_a_change_with_days_before_and_after_it(first, last, label):
    found = crossed(breaks("2015-04", "2016/17"), day(first), day(last))
    assert (found.period.label if found else "") == label
    assert crossed((), day(first), day(last)) is None


def test_the_newest_change_is_the_last_that_has_begun():
    found = newest(breaks("2016/17", "2015-04"), day("2016-03-31"))
    assert found is not None and found.period.label == "2015-04"
    assert newest(breaks("2016/17"), day("2016-03-31")) is None


# ------------------------------------------------------------------------------ marked rows


def marked(rows, *declared, area=AREA):
    cells = {parse(label): Cell(1, marker, note) for label, (marker, note) in rows.items()}
    found = known(breaks(*declared), {Key(area, "all", "value"): cells}, AREA)
    return [(each.period.label, each.text) for each in found]


def test_the_first_of_some_rows_marked_b_is_a_change_and_its_note_says_which():
    rows = {"2015-03": ("", ""), "2015-04": ("b", "Counted anew."), "2015-05": ("b", "")}
    assert marked(rows) == [("2015-04", "Counted anew.")]
    assert marked({"2015-04": ("b", "")}) == [("2015-04", MARKED)]
    assert marked(rows, area="E09000001") == []


def test_a_declared_change_goes_before_the_marked_row_of_its_day():
    assert marked({"2015-04": ("b", "A note.")}, "2015/16") == [("2015/16", "Since 2015/16.")]
    assert marked({"2015-04": ("p", "")}, "2014-06") == [("2014-06", "Since 2014-06.")]


def test_a_longer_row_with_a_change_inside_adds_none():
    rows = {"2015/16": ("b", "Half a year of each."), "2015-10": ("b", "New form.")}
    assert marked(rows) == [("2015-10", "New form.")]
    assert marked({"2015/16": ("b", "")}, "2015-10") == [("2015-10", "Since 2015-10.")]
    rows = {"2015-10": ("b", ""), "2015-11": ("", ""), "2015-12": ("b", "")}
    assert marked(rows) == [("2015-10", MARKED), ("2015-12", MARKED)]


# ------------------------------------------------------------------------------ measures


def test_a_change_across_is_withheld_and_the_plain_figures_stay():
    sheet = made(VALUES, "2016-04")
    assert at(sheet, "value", "2016-04") == (60, "")
    assert at(sheet, "year_to_date", "2016-12") == (540, "")
    assert at(sheet, "year_to_date_last_year", "2016-12") == (900, "")
    for name in ("change_on_last_year", "change_on_last_year_count", "change_on_period_last_year"):
        assert at(sheet, name, "2016-12") == (None, "b"), name
    assert travel(sheet).verdict == "unknown"


def test_twelve_months_of_two_ways_of_counting_are_no_sum_and_no_rate():
    sheet = made(VALUES, "2016-04")
    assert at(sheet, "rolling_12_months", "2016-03") == (1200, "")
    assert at(sheet, "rate", "2016-03") == (6, "")
    for name in ("rolling_12_months", "rate", "rolling_12_months_change"):
        assert at(sheet, name, "2016-12") == (None, "b"), name
    # A year later all twelve are counted alike; the twelve before are not.
    assert at(sheet, "rolling_12_months", "2017-03") == (720, "")
    assert at(sheet, "rate", "2017-03") == (Fraction(18, 5), "")
    assert at(sheet, "rolling_12_months_change", "2017-03") == (None, "b")


def test_a_year_to_date_with_a_change_in_its_midst_is_no_sum():
    sheet = made(VALUES, "2016-10")
    assert at(sheet, "year_to_date", "2016-09") == (360, "")
    assert at(sheet, "change_on_last_year", "2016-09") == (-40, "")
    assert at(sheet, "year_to_date", "2016-10") == (None, "b")


def test_the_sources_own_year_stands_and_is_compared_with_nothing():
    years = {"2013/14": 500, "2014/15": 520, "2015/16": 300}
    sheet = made(years, "2014-10", frequency="yearly", kind="yearly", rate=None)
    assert at(sheet, "value", "2014/15") == (520, "")
    assert at(sheet, "change_on_last_year", "2014/15") == (None, "b")
    assert at(sheet, "change_on_last_year", "2015/16") == (None, "b")


def test_totals_that_a_source_gives_stand_and_are_compared_with_nothing():
    rows = {"2014-10/2015-09": 70, "2015-10/2016-09": 50}
    sheet = made(rows, "2016-01", kind="rolling_only", frequency="yearly", rate=None)
    assert at(sheet, "rolling_12_months", "2016-09") == (50, "")
    assert at(sheet, "rolling_12_months_change", "2016-09") == (None, "b")


def test_a_time_before_and_a_time_after_a_change_are_no_comparison():
    rows = {"2012/13": 70, "2013/14": 50}
    both = [made(rows, *b, kind="cohort", rate=None) for b in ((), ("2013-08",))]
    assert [sheet.value("change_on_before_count") for sheet in both] == [-20, None]


# ------------------------------------------------------------------------------ ratings


def test_two_windows_across_a_change_are_not_rated_and_the_reason_names_it():
    sheet = made(VALUES, "2016-04", scheme="two")
    assert (sheet.rating.verdict, sheet.rating.reason) == ("not-rated", "recording-changed")
    assert views.status(_board(sheet), sheet).reason == (
        "Recording changed in April 2016. A rating would need figures from before, and they do "
        "not compare."
    )
    assert made(VALUES, "2015-04", scheme="two").rating.verdict == "on-target"
    history = dict(sheet.ratings[0].history)
    assert history[parse("2016-03")].reason != "recording-changed"  # there was no year before


def test_a_rating_is_about_the_newest_period_though_its_sum_is_withheld():
    sheet = made(VALUES, "2016-10", scheme="two")
    assert sheet.rated_at == sheet.closing == parse("2017-03")
    assert sheet.rating.reason == "recording-changed"


def _board(sheet):
    from callover.compute import Board
    from callover.model import Partnership

    partnership = Partnership(
        *("p", "P", "P", "", AREA, "2017-04-30", "officer", (), SCHEMES, (), (sheet.indicator,))
    )
    return Board(partnership, (sheet,))


def target(**own):
    return Target("value", "all", parse("2016/17"), own.pop("type", "change"), **own)


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        # 5% less than 1,200: the 720 would be far below it, but were counted in another way.
        (target(change_percent=-5, baseline_period=parse("2015/16")), "recording-changed"),
        (target(change_percent=-5), "recording-changed"),
        (target(type="maintain", baseline_period=parse("2015/16")), "recording-changed"),
        (
            target(change_percent=-5, baseline=1200, baseline_period=parse("2015/16")),
            "recording-changed",
        ),
        # Restated for the new way of counting: 760 less 5% is 722, above 720.
        (target(change_percent=-5, baseline=760), "within-target"),
        (target(type="maximum", upper=719), "within-tolerance"),
    ],
)
def test_a_target_on_a_baseline_from_before_is_not_known_unless_it_is_restated(row, verdict):
    sheet = made(VALUES, "2016-04", scheme="ten", targets=(row,))
    assert sheet.rating.reason == verdict
    assert made(VALUES, scheme="ten", targets=(row,)).rating.reason != "recording-changed"


def test_an_improvement_on_a_year_before_a_change_is_none():
    row = target(type="maximum", upper=600)
    assert made(VALUES, scheme="half", targets=(row,)).rating.reason == "improving"
    assert made(VALUES, "2016-04", scheme="half", targets=(row,)).rating.reason == (
        "recording-changed"
    )


# ------------------------------------------------------------------------------ for any series


UNSAID = ("not-rated", "cannot-be-calculated")


def _reach(metric):
    """Give the first day of all that a figure rests on, by its name as the README has it."""
    if "change_on_period_before" in metric.measure:
        return metric.start - 1
    if "change" in metric.measure:
        return window_last_year(metric.start, metric.end)[0]
    return metric.start


@settings(max_examples=40, deadline=None)
@given(
    values=st.lists(st.integers(0, 300), min_size=30, max_size=45),
    months=st.sets(st.integers(0, 45), min_size=1, max_size=2),
)
def test_no_figure_rests_on_days_before_and_after_a_change(values, months):
    labels = [f"{2013 + (n + 3) // 12}-{(n + 3) % 12 + 1:02}" for n in range(50)]
    changed = [labels[n] for n in months]
    sheet = made(dict(zip(labels, values, strict=False)), *changed, scheme="two")
    starts = [parse(label).start for label in changed]
    assert {m.measure for m in sheet.metrics} & {"change_on_last_year", "rolling_12_months"}
    for metric in sheet.metrics:
        if any(_reach(metric) < start <= metric.end for start in starts):
            assert metric.value is None, metric
            said = metric.text in UNSAID or metric.measure.endswith("_reason")
            assert metric.marker == "b" or said, metric
    for closing, rating in sheet.ratings[0].history:
        first = window_last_year(*rolling_12_months(closing))[0]  # of the 24 months that it needs
        if any(first < start <= closing.end for start in starts):
            assert rating.verdict == "not-rated", closing


# ------------------------------------------------------------------------------ on the page


def test_the_page_says_since_when_nothing_is_compared_and_nothing_added_up():
    sheet = made(VALUES, "2016-04")
    told = sentences.overview(sheet)
    assert any(text.startswith("Recording changed in April 2016, so we do not") for text in told)
    assert sentences.change_in_words(sheet) == "not compared: recording changed in April 2016"
    figures = {each.label: (each.figure, each.note) for each in views.key_figures(sheet)}
    assert figures["April 2016 to March 2017"] == ("720", "recording changed in April 2016")
    months = tables.months(sheet, sheet.reference)
    assert months is not None
    rows = {row.label: [cell.text or cell.marker for cell in row.cells] for row in months.rows}
    assert rows["Change on last year"] == ["b"] * 12
    first, *others = next(row for row in months.rows if row.label == "Offences").cells
    assert (first.text, first.marker) == ("60", "b") and not any(c.marker for c in others)
    assert rows["Last 12 months"] == [*["b"] * 11, "720"]
    assert any(note.startswith("[b] break: recorded differently") for note in months.markers)


def test_where_there_is_no_sum_the_key_figures_say_why():
    sheet = made({p: v for p, v in VALUES.items() if p < "2017-01"}, "2016-10")
    figures = {each.label: (each.figure, each.note) for each in views.key_figures(sheet)}
    why = "recording changed in October 2016"
    assert figures["April to December 2016"] == ("No total", why)
    assert figures["Last 12 months"] == ("No total", why)


def test_the_small_line_of_an_overview_begins_at_the_change():
    whole, split = (views.line(_board(s), s).spark for s in (made(VALUES), made(VALUES, "2016-04")))
    assert "From 100 to 60," in whole
    assert "From 60 to 60," in split


def test_a_table_of_years_calls_nine_months_so_far():
    values = {"2014/15": 20, "2015/16": 30, "2016-04/2016-12": 25}
    series = {Key(AREA, "all", "rate"): {parse(p): Cell(v) for p, v in values.items()}}
    sheet = made({}, kind="rate", frequency="irregular", rate=None)
    found = compute(replace(sheet.indicator, series=series), sheet.reference, SCHEMES)
    years = tables.years(found, sheet.reference)
    assert years is not None
    assert [row.label for row in years.rows] == [
        "April to December 2016 so far",
        "2015/16",
        "2014/15",
    ]


# ------------------------------------------------------------------------------ other kinds


@settings(max_examples=15, deadline=None)
@given(
    parts=st.lists(st.integers(0, 40), min_size=12, max_size=12),
    begin=st.integers(0, 12),
    kind=st.sampled_from(["month", "quarter", "week"]),
)
def test_no_share_and_no_week_rests_on_days_before_and_after_a_change(parts, begin, kind):
    labels = {
        "month": [f"2016-{m:02}" for m in range(1, 13)],
        "quarter": [f"{y}/{y % 100 + 1:02}-Q{q}" for y in (2013, 2014, 2015) for q in range(1, 5)],
        "week": [f"{y}-W{w:02}" for y in (2012, 2013) for w in range(20, 26)],
    }[kind]
    changed = [*labels, "2030-01"][begin]
    cells = {parse(label): Cell(n) for label, n in zip(labels, parts, strict=True)}
    series = {
        Key(AREA, "all", "numerator"): cells,
        Key(AREA, "all", "base"): {p: Cell(50) for p in cells},
    }
    frequency = {"month": "monthly", "quarter": "quarterly", "week": "weekly"}[kind]
    empty = made({}, changed, kind="proportion", frequency=frequency, rate=None)
    sheet = compute(replace(empty.indicator, series=series), empty.reference, SCHEMES)
    start = parse(changed).start
    for metric in (m for m in sheet.metrics if m.value is not None):
        # A week without the same dates a year before is set beside the week of its number.
        week = kind == "week" and "on_period_last_year" in metric.measure
        first = last_year(metric.period).start if week else _reach(metric)
        assert not first < start <= metric.end, metric


# ------------------------------------------------------------------------------ as it is entered


def test_a_row_marked_b_is_a_change_on_its_page_and_a_text_to_be_read(tmp_path):
    hard = (
        "Harmonisation of constabulary classification methodologies necessitated comprehensive "
        "recategorisation of previously unclassified acquisitive criminality."
    )
    rows = "".join(f"2015-{m:02},100,,\n" for m in range(4, 13))
    rows += "".join(f"2016-{m:02},100,,\n" for m in range(1, 4))
    rows += f"2016-04,60,b,{hard}\n" + "".join(f"2016-{m:02},60,,\n" for m in range(5, 13))
    data = sound(
        tmp_path / "datapackage",
        series=f"period,value,marker,note\n{rows}",
        callover={"breaks": [{"period": "2015-06", "text": "An older change."}]},
        targets=None,
        comparators=None,
        published=None,
        commentary=False,
    )
    portal = read(data, date(2017, 1, 31))
    (indicator,) = portal.partnerships[0].indicators
    assert [(b.period.label, b.text) for b in indicator.breaks] == [
        ("2015-06", "An older change."),
        ("2016-04", hard),
    ]
    told = [(r.file, r.row) for r in remarks(portal) if r.field == "column note"]
    assert told == [("datapackage/made-up-borough/measure/series.csv", 14)]


def test_a_year_is_not_projected_with_what_was_recorded_otherwise():
    row = target(type="maximum", upper=1000)
    until_june = {p: v for p, v in VALUES.items() if p < "2016-10"}
    schemes = {"scheme": "end", "targets": (row,)}
    # 360 so far and 600 in the rest of last year make 960.
    assert made(until_june, **schemes).rating.reason == "within-target"
    sheet = made(until_june, "2016-04", **schemes)
    assert sheet.rating.reason == "recording-changed"
    assert not any(m.measure.startswith("projected") and m.value for m in sheet.metrics)
