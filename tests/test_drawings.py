"""Which charts a page has: gaps stay gaps, years are whole, and titles say what is drawn."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from callover import words
from callover.charts import ROLES, Cut
from callover.compute import sheet as compute
from callover.drawing import rows, tiles
from callover.drawing.marks import MARKS
from callover.drawings import CHARTS, charts, drawing
from callover.errors import UnknownName
from callover.kinds import KINDS
from callover.model import Break, Cell, Indicator, Key, League, Reference, Scheme, TargetRow, Tile
from callover.periods import parse
from callover.rounding import size
from callover.sketch import point

AREA = "E09000002"
REFERENCE = Reference(
    {AREA: "Made-up Borough", "E09000003": "Next Borough"},
    {},
    (),
    {code: Tile(n, 1, f"T{n}") for n, code in enumerate((AREA, "E09000003", "E09000004"), 1)},
)


def sheet(kind, columns, category="all", targets=(), frequency="monthly", **own):
    """Compute a made-up indicator from columns of labelled values; a text is a marker."""
    by_category = columns if category is None else {category: columns}
    series = {
        Key(AREA, name, column): {
            parse(label): Cell(None, v) if isinstance(v, str) else Cell(v)
            for label, v in values.items()
        }
        for name, table in by_category.items()
        for column, values in table.items()
    }
    unit, one = own.pop("unit", ("offences", "offence"))
    indicator = Indicator(
        "measure", "Measure", "", kind, "lower", unit, one, "crime", 1, "Police", "",
        frequency, None, "", AREA, series, targets=tuple(targets), **own,
    )  # fmt: skip
    return compute(indicator, REFERENCE, {"none": Scheme("none", "none", "")})


def areas(kind, figures, label="2016/17-Q1", column="value", **own):
    """Compute a made-up indicator from one figure of each area."""
    made = sheet(kind, {column: {label: 1}}, **own).indicator
    period = parse(label)
    series = {Key(a, "all", column): {period: Cell(v)} for a, v in figures.items()}
    return compute(replace(made, series=series), REFERENCE, {"none": Scheme("none", "none", "")})


def months(*values, year=2016, month=4):
    return {
        f"{year + (month - 1 + n) // 12}-{(month - 1 + n) % 12 + 1:02}": value
        for n, value in enumerate(values)
    }


def drawn(made):
    return {chart.name: chart for chart in charts(made)}


def marks(chart):
    return {mark.label: [p.value for p in mark.points] for mark in chart.marks}


# ---------------------------------------------------------------- the table is complete


def test_every_row_is_drawn_by_some_kind_and_every_kind_draws():
    used = {name for kind in KINDS.values() for name in kind.charts}
    assert used == set(CHARTS)


def test_an_unknown_chart_lists_the_known_ones():
    with pytest.raises(UnknownName, match="pie") as told:
        drawing("pie")
    assert told.value.known == tuple(CHARTS)


YEARS = {"2013/14": 306, "2014/15": 450, "2015/16": 594}
RICH = {
    "count": sheet("count", {"value": {**YEARS, **months(*range(20, 65), year=2013)}}),
    "count_rate": sheet(
        "count_rate",
        {"value": {**YEARS, **months(*range(20, 56), year=2013), **months(9, 10, 11)}},
        targets=[TargetRow("value", "all", parse("2016/17"), "maximum", upper=480)],
    ),
    "completions": sheet(
        "completions",
        {"terminations": months(6, 0, 5), "successes": months(5, 0, 3)},
        targets=[TargetRow("success_rate", "all", parse("2016/17"), "minimum", lower=75)],
    ),
    "proportion": sheet(
        "proportion",
        {
            name: {
                "numerator": {"2014/15": 9, "2015/16": part},
                "base": {"2014/15": 150, "2015/16": 150},
            }
            for name, part in (("first", 12), ("second", 30))
        },
        None,
        targets=[
            TargetRow("percent", "first", parse("2015/16"), "range", lower=Fraction(15, 2), upper=9)
        ],
        frequency="yearly",
        categories={"first": "First clients", "second": "Second clients"},
        rating_category="first",
    ),
    "satisfaction": sheet(
        "satisfaction", {"returned": months(20, 12, 10), "satisfied": months(10, 9, 8)}
    ),
    "snapshot": sheet(
        "snapshot", {"value": {"2015-06-30": 18, "2016-03-31": "x", "2016-06-30": 7}}
    ),
    "milestone": sheet(
        "milestone", {"text": {"2015/16-Q4": "x"}}, unit=("milestones", "milestone")
    ),
    "rate": sheet(
        "rate",
        {"rate": {"2014/15": Fraction("2.57"), "2015/16": Fraction("1.94")}},
        unit=("per 1,000 aged 10 to 17",) * 2,
        frequency="yearly",
        targets=[TargetRow("rate", "all", None, "maximum", upper=2)],
    ),
    "rolling_only": sheet(
        "rolling_only",
        {
            "detection_rate": {"2015-05/2016-04": 11, "2015-06/2016-05": Fraction("12.5")},
            "value": {
                "2015-02/2016-01": 30, "2015-03/2016-02": 31,
                "2015-05/2016-04": 33, "2015-06/2016-05": 36,
            }
        },
    ),
    "yearly": sheet(
        "yearly", {"value": {"2012/13": 90, "2013/14": "x", "2014/15": 100}}, frequency="yearly"
    ),
    "survey": sheet(
        "survey",
        {"percent": {"2014/15": 17, "2015/16": 13}, "base": {"2014/15": 397, "2015/16": 400}},
        unit=("percent", ""),
        frequency="yearly",
    ),
    "league": areas(
        "league",
        {AREA: 978, "E09000003": 565, "E09000004": 1001},
        league=League("met"),
    ),
    "distribution": sheet(
        "distribution",
        {name: {"value": {"2016-05": n}} for name, n in (("all", 653), ("1", 349), ("2", 304))},
        None,
        categories={"1": "One", "2": "Two"},
    ),
    "cohort": sheet(
        "cohort", {"value": {"2014-06-06/2015-06-05": 259, "2015-06-06/2015-11-05": 82}}
    ),
}  # fmt: skip
NAMES = {
    "count": ["months", "rolling", "year-to-date", "years", "control"],
    "count_rate": ["months", "rolling", "year-to-date", "years", "control"],
    "completions": ["completions", "success-rate"],
    "proportion": ["shares-first", "shares-second"],
    "satisfaction": ["shares"],
    "snapshot": ["snapshots"],
    "milestone": [],
    "rate": ["rates"],
    "rolling_only": ["rolling", "detection-rates"],
    "yearly": ["years"],
    "survey": ["samples"],
    "league": ["league-value", "tiles-value"],
    "distribution": ["distribution"],
    "cohort": ["before-after"],
}


TYPES = {"time": MARKS, "rows": rows.MARKS, "tiles": tiles.MARKS}


def test_here_is_every_kind():
    assert list(RICH) == list(NAMES)
    assert set(RICH) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_with_figures_has_all_its_charts_each_whole(kind):
    made = charts(RICH[kind])
    assert [chart.name for chart in made] == NAMES[kind]
    for chart in made:
        assert len(chart.ticks) == len(chart.full_ticks) == len(set(chart.full_ticks))
        assert chart.summary.endswith(f" {chart.title}.")
        assert chart.subtitle.startswith("Measure: ")
        assert chart.source == "Source: Police."
        assert any(p.value is not None for mark in chart.marks for p in mark.points)
        for mark in chart.marks:
            assert mark.type in TYPES[chart.form] and mark.role in ROLES and mark.label
            assert len(mark.points) == len(chart.ticks)
            assert not mark.lower or len(mark.lower) == len(chart.ticks)
            for p in (*mark.points, *mark.lower):
                assert (p.value is None) == (p.text == "no figure")
        assert len({mark.label for mark in chart.marks}) == len(chart.marks)


@pytest.mark.parametrize("kind", KINDS)
def test_titles_contain_figures_that_are_drawn(kind):
    for chart in charts(RICH[kind]):
        texts = {p.text for mark in chart.marks for p in mark.points}
        figures = re.findall(r"\d[\d,]*(?:\.\d+)?%?", re.sub(r"\d{4}(/\d\d)?", "", chart.title))
        known = texts | {text.rstrip("%") for text in texts} | {t.lstrip("+-") for t in texts}
        sizes = {size(p.value or 0) for mark in chart.marks for p in mark.points}
        known |= {f"{words.number(value)}%" for value in sizes}
        totals = {words.number(sum(p.value or 0 for p in mark.points)) for mark in chart.marks}
        assert figures and (set(figures) & (known | totals)), (chart.title, texts)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_without_figures_draws_nothing(kind):
    assert charts(sheet(kind, {})) == ()


# ---------------------------------------------------------------- gaps


def test_a_gap_is_none_and_says_so():
    assert point(None, "offences").text == "no figure"
    assert point(None, "offences").value is None
    assert (point(1386, "offences").value, point(1386, "offences").text) == (1386, "1,386")


def test_suppressed_and_missing_months_stay_gaps_in_every_chart():
    made = drawn(sheet("count", {"value": months(10, "c", 12, "x", 14)}))
    assert marks(made["months"]) == {"2016/17": [10, None, 12, None, 14] + [None] * 7}
    assert "year-to-date" not in made  # a total over a gap is missing, not smaller
    values = {**months(10, 11, 12, year=2015), **months(10, "c", 12)}
    made = drawn(sheet("count", {"value": values}))
    assert marks(made["months"])["2016/17"][:4] == [10, None, 12, None]


def test_a_year_so_far_stops_at_the_gap():
    values = {**months(1, 2, 3, 4, year=2015), **months(5, 6, "x", 7)}
    made = drawn(sheet("count", {"value": values}))
    assert "year-to-date" not in made  # the newest total is not known, so there is no message


def test_rolling_totals_have_a_place_for_the_month_they_lack():
    made = drawn(RICH["rolling_only"])["rolling"]
    assert marks(made) == {"Last 12 months": [30, 31, None, 33, 36]}
    assert made.full_ticks[2] == "12 months to March 2016"
    assert made.title == "36 offences in the 12 months to May 2016, up 20% since January 2016"


def test_a_missing_year_is_a_gap_between_its_neighbours():
    made = drawn(RICH["yearly"])["years"]
    assert made.full_ticks == ("2012/13", "2013/14", "2014/15")
    assert marks(made) == {"offences": [90, None, 100]}
    assert made.title == "100 offences in 2014/15, up from 90 in 2012/13"


def test_a_missing_day_is_a_gap():
    made = drawn(RICH["snapshot"])["snapshots"]
    assert list(marks(made).values()) == [[18, None, 7]]
    assert made.title == "7 offences on 30 June 2016"


def test_a_level_goes_on_to_the_end_of_its_profile():
    made = drawn(sheet(
        "snapshot", {"value": {"2016/17-Q1": 49, "2016/17-Q2": 54}}, frequency="quarterly",
        unit=("cases", "case"),
        targets=[
            TargetRow("value", "all", parse(f"2016/17-Q{n}"), "profile", lower=amount)
            for n, amount in enumerate((49, 56, 63, 70), start=1)
        ],
    ))["snapshots"]  # fmt: skip
    assert marks(made) == {"Target": [49, 56, 63, 70], "cases": [49, 54, None, None]}
    assert made.title == "54 cases from July to September 2016"
    assert made.subtitle == "Measure: cases in each quarter"


def test_quarters_of_several_years_have_their_year_beside_them():
    values = {"2015/16-Q4": 4, "2016/17-Q1": 5}
    made = drawn(sheet("snapshot", {"value": values}, frequency="quarterly"))["snapshots"]
    assert made.ticks == ("Q4 15/16", "Q1 16/17")


def test_a_percentage_as_a_level_is_called_one():
    values = {"2012/13": 50, "2013/14-Q1": 55, "2013/14-Q2": Fraction("58.5")}
    made = drawn(sheet("snapshot", {"value": values}, frequency="quarterly", unit=("percent", "")))
    assert list(marks(made["snapshots"])) == ["percentage"]
    assert made["snapshots"].title == "58.5% from July to September 2013"
    assert made["snapshots"].ticks == ("12/13", "Q1", "Q2")


def test_a_rate_has_its_decimals_and_its_target():
    made = drawn(RICH["rate"])["rates"]
    assert marks(made)["Target"] == [2, 2]
    assert made.title == "1.94 per 1,000 aged 10 to 17 from April 2015 to March 2016"


def test_totals_of_12_months_far_apart_are_bars_and_no_line_of_gaps():
    far = {"2011/12": 4912, "2011-07/2012-06": 4760, "2012-07/2013-06": 4670}
    made = drawn(sheet("rolling_only", {"value": far}, frequency="quarterly"))["rolling"]
    assert [mark.type for mark in made.marks] == ["bars"]
    assert made.ticks == ("Mar 12", "Jun 12", "Jun 13")
    assert made.title == "4,670 offences in the 12 months to June 2013, down 2% on the 12 before"
    assert made.subtitle == "Measure: offences in 12 months"


def test_two_totals_of_12_months_stand_side_by_side():
    rows = {
        "value": {"2011-07/2012-06": 4760, "2012-07/2013-06": 4670},
        "detection_rate": {
            "2011-07/2012-06": Fraction("7.8"), "2012-07/2013-06": Fraction("12.5"),
        },
        "primary_detection_rate": {"2011-07/2012-06": 15, "2012-07/2013-06": Fraction("16.2")},
    }  # fmt: skip
    target = TargetRow("detection_rate", "all", None, "minimum", lower=18)
    made = drawn(sheet("rolling_only", rows, frequency="quarterly", targets=[target]))
    assert made["rolling"].title == (
        "4,670 offences in the 12 months to June 2013, 4,760 in the 12 to June 2012"
    )
    assert marks(made["rolling"]) == {"offences": [4760, 4670]}
    assert marks(made["detection-rates"]) == {
        "Target": [18, 18],
        "Detection rate": [Fraction("7.8"), Fraction("12.5")],
        "Primary detection rate": [15, Fraction("16.2")],
    }


def test_a_share_by_quarter_stands_beside_its_year_and_its_target():
    rows = {"percent": {"2012/13": 54, "2013/14-Q1": 54, "2013/14-Q2": 58}}
    made = drawn(sheet(
        "proportion", rows, frequency="quarterly", unit=("percent", ""),
        targets=[
            TargetRow("percent", "all", parse(f"2013/14-Q{n}"), "profile", lower=59)
            for n in (1, 2)
        ],
    ))["shares"]  # fmt: skip
    assert marks(made) == {"Target": [None, 59, 59], "Percentage": [54, 54, 58]}


# ---------------------------------------------------------------- what is set against what


def test_this_year_stands_beside_last_year_month_by_month():
    made = drawn(RICH["count"])["months"]
    assert [mark.role for mark in made.marks] == ["last-year", "this-year"]
    assert marks(made)["2015/16"] == list(range(44, 56))
    assert marks(made)["2016/17"] == [*range(56, 65), None, None, None]
    assert made.full_ticks[0] == "April"  # of both years
    assert made.ticks[8] == "Dec"
    assert made.title == "64 offences in December 2016, 12 more than a year before"


def test_an_unfinished_year_is_hollow_named_so_far_and_never_compared():
    made = drawn(RICH["count"])["years"]
    part = "2016/17 so far (April to December 2016)"
    assert made.full_ticks == ("2013/14", "2014/15", "2015/16", part)
    assert [p.so_far for p in made.marks[0].points] == [False, False, False, True]
    assert made.ticks[-1] == "So far" and made.subtitle.endswith(f"; {part}")
    assert made.in_words.endswith(f"{part} is not a whole period.")
    assert made.title.startswith("594 offences in 2015/16, up from 450 in 2014/15")


def test_the_year_to_date_has_last_year_and_the_target_beside_it():
    made = drawn(sheet(
        "count",
        {"value": {**months(10, 20, 30, year=2015), **months(10, 10, 10)}},
        targets=[TargetRow("value", "all", parse("2016/17"), "maximum", upper=120)],
    ))["year-to-date"]  # fmt: skip
    found = marks(made)
    assert found["2016/17"][:4] == [10, 20, 30, None]
    assert found["2015/16"][:4] == [10, 30, 60, None]
    assert found["Target"] == [10 * n for n in range(1, 13)]
    assert made.full_ticks[0] == "April 2016"
    assert made.full_ticks[1] == "April to May 2016"
    assert made.full_ticks[11] == "April 2016 to March 2017"
    assert made.title == "30 offences from April to June 2016, 30 fewer than last year"


def test_a_target_that_is_last_year_again_is_not_drawn_twice():
    values = {**months(10, 20, 30, year=2015), **months(10, 10, 10)}
    same = TargetRow("value", "all", parse("2016/17"), "maintain", baseline_period=parse("2015/16"))
    made = drawn(sheet("count", {"value": values}, targets=[same]))["year-to-date"]
    assert "Target" not in marks(made)


def test_the_success_rate_is_a_ratio_of_sums_against_its_target():
    made = drawn(RICH["completions"])
    rate = marks(made["success-rate"])
    assert rate["Success rate"][:4] == [Fraction(500, 6), Fraction(500, 6), Fraction(800, 11), None]
    assert set(rate["Target"]) == {75}
    assert made["success-rate"].title == "72.7% ended in success from April to June 2016"
    assert marks(made["completions"]) == {
        "All endings": [6, 0, 5] + [None] * 9,
        "Successful": [5, 0, 3] + [None] * 9,
    }
    assert made["completions"].title == "8 of 11 ended in success from April to June 2016"


def test_a_share_has_its_range_behind_it_and_a_chart_a_category():
    made = drawn(RICH["proportion"])
    band, dots = made["shares-first"].marks
    assert (band.type, dots.type) == ("band", "dots")
    assert [p.value for p in band.lower] == [None, Fraction(15, 2)]
    assert [p.value for p in band.points] == [None, 9]
    assert [p.value for p in dots.points] == [6, 8]
    assert made["shares-first"].title == "First clients: 8% from April 2015 to March 2016"
    assert made["shares-second"].title.startswith("Second clients: 20% ")


@pytest.mark.parametrize("values", [months(10), months(1, "x")])
def test_one_month_is_a_bar_but_no_line(values):
    made = drawn(sheet("count", {"value": values}))
    assert list(made) == ["months"]


def test_one_of_a_thing_is_one_in_a_title():
    made = drawn(sheet("count", {"value": {**months(3, year=2015), **months(1)}}))
    assert made["months"].title == "1 offence in April 2016, 2 fewer than a year before"


def test_the_same_as_a_year_before():
    made = drawn(sheet("count", {"value": {**months(3, 4, year=2015), **months(2, 4)}}))
    assert made["months"].title == "4 offences in May 2016, the same as a year before"


def test_quarters_are_drawn_as_quarters():
    quarters = {f"{y}-Q{q}": 10 * q for y in ("2014/15", "2015/16", "2016/17") for q in (1, 2)}
    quarters |= {"2014/15-Q3": 30, "2014/15-Q4": 40, "2015/16-Q3": 30, "2015/16-Q4": 40}
    made = drawn(sheet("count", {"value": quarters}, frequency="quarterly"))
    assert made["months"].ticks == ("Q1", "Q2", "Q3", "Q4")
    assert made["months"].full_ticks[0] == "April to June"
    assert made["months"].title.startswith("20 offences from July to September 2016")
    assert made["rolling"].full_ticks[-1] == "12 months to September 2016"


def test_weeks_are_drawn_as_weeks():
    weeks = {f"2016-W{n:02}": n for n in range(14, 20)}
    made = drawn(sheet("count", {"value": weeks}, frequency="weekly"))
    assert marks(made["months"])["2016/17"] == list(range(14, 20))
    assert made["months"].ticks[0] == "10 Apr"


def test_a_week_stands_beside_the_same_dates_of_last_year():
    weeks = {"2013-W15": 51, "2013-W16": 44}
    same = {"2012-04-08/2012-04-14": 62, "2012-04-15/2012-04-21": 56}
    made = drawn(sheet("count", {"value": weeks | same}, frequency="weekly"))["months"]
    assert marks(made) == {"2012/13": [62, 56], "2013/14": [51, 44]}
    assert made.full_ticks == ("Week ending 14 April", "Week ending 21 April")
    assert (
        made.title == "44 offences in the week to Sunday 21 April 2013, 12 fewer than a year before"
    )


# ---------------------------------------------- changes in recording, periods not over


@pytest.mark.parametrize("kind", KINDS)
def test_every_chart_of_time_marks_a_change_in_recording(kind):
    rich = RICH[kind]
    change = Break(rich.closing, "Counted in another way.")
    made = charts(
        compute(
            replace(rich.indicator, breaks=(change,)),
            *(REFERENCE, {"none": Scheme("none", "none", "")}),
        )
    )
    timed = [chart for chart in made if chart.form == "time"]
    assert bool(timed) == any(chart.form == "time" for chart in charts(rich))
    # Whole years may end before the change.
    for chart in (each for each in timed if each.name != "years" or kind == "yearly"):
        (cut,) = chart.cuts
        assert cut.text.startswith("Recording changed ")
        assert " than a year before" not in chart.title


def test_last_years_bars_stand_beside_those_recorded_alike():
    values = {**months(*range(20, 32), year=2015), **months(*range(30, 36))}
    made = drawn(sheet("count", {"value": values}, breaks=(Break(parse("2016-07"), "Anew."),)))
    found = marks(made["months"])
    assert found["2015/16"][:5] == [20, 21, 22, None, None]
    assert made["months"].cuts == (Cut(3, "Recording changed in July 2016"),)
    assert "year-to-date" not in made  # nothing is added up over the change


def test_the_axis_of_12_months_goes_on_to_today_after_a_change():
    values = months(*[10] * 12, *[12] * 15, *[7] * 3, year=2014)
    made = drawn(sheet("count", {"value": values}, breaks=(Break(parse("2016-07"), "Anew."),)))
    (line,), chart = made["rolling"].marks, made["rolling"]
    assert chart.full_ticks[-1] == "12 months to September 2016"
    assert [p.value for p in line.points][-4:] == [144, None, None, None]
    assert chart.title.endswith(", the last before recording changed")
    assert chart.cuts == (Cut(len(chart.ticks) - 3, "Recording changed in July 2016"),)


@pytest.mark.parametrize(
    ("rows", "hollow", "last"),
    [
        # Nine months after whole years; the same months a year before are none of them.
        (("2014/15", "2015/16", "2016-04/2016-12"), 1, "April to December 2016 so far"),
        (("2014/15", "2015/16", "2016/17"), 0, "2016/17"),
        (("2016/17-Q1", "2016/17-Q2", "2016-10"), 1, "October 2016 so far"),
        (("2013-W23", "2013-W24", "2013-06-17/2013-06-19"), 1, "17 June to 19 June 2013 so far"),
        (("2015-12", "2016-01", "2016-02"), 0, "February 2016"),
        # A window of its own is not the beginning of anything.
        (("2014/15", "2015/16", "2015-10/2016-06"), 0, "October 2015 to June 2016"),
    ],
)
def test_a_last_period_that_is_cut_short_is_hollow_and_called_so_far(rows, hollow, last):
    values = dict(zip(rows, (20, 30, 25), strict=True))
    chart = drawn(sheet("rate", {"rate": values}, frequency="irregular"))["rates"]
    assert [p.so_far for p in chart.marks[0].points] == [False, False, bool(hollow)]
    assert chart.full_ticks[-1] == last


def test_a_year_so_far_follows_the_last_whole_year_or_is_left_out():
    values = {"2013/14": 306, "2014/15": 450, **months(1, 2, 3, year=2016)}
    assert drawn(sheet("count", {"value": values}))["years"].full_ticks[-1] == "2014/15"
    ended = {"2014/15": 306, "2015/16": 450, **months(*[1] * 12, year=2015)}
    assert not any(
        p.so_far for p in drawn(sheet("count", {"value": ended}))["years"].marks[0].points
    )
