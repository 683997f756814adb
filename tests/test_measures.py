"""Measures: each against figures that a document printed, or worked out by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callover import periods
from callover.errors import UnknownName
from callover.kinds import kind, lines
from callover.measures import (
    MEASURES,
    Answer,
    Question,
    compare_samples,
    denominator_at,
    measure,
    rank_of,
)
from callover.model import Cell, Denominator, Indicator, Key, Rate, TargetRow
from callover.periods import parse
from callover.rounding import half_up
from callover.series import Counts, Readings, Shares


def cells(rows):
    made = {}
    for label, value in rows.items():
        is_marker = isinstance(value, str)
        made[parse(label)] = Cell(None, value) if is_marker else Cell(value)
    return made


def months(first, *values):
    at, rows = parse(first), {}
    for value in values:
        rows[at.label] = value
        at = periods.following(at)
    return rows


def dated(value, first, last):
    return Denominator(
        "residents", "E09000002", days(first), days(last), value, "residents", "estimate", True
    )


def days(text):
    return parse(text).start


RESIDENTS = (
    dated(194352, "2014-04-01", "2015-03-31"),
    dated(198294, "2015-04-01", "2016-05-31"),
    dated(201979, "2016-06-01", "2099-12-31"),
)
PER_1000 = Rate("residents", 1000, "per 1,000 residents")

# All crime: last year's months follow from the rolling totals, January to March as one row.
TNO = Counts(
    cells(
        months("2015-04", 1342, 1496, 1440, 1584, 1411, 1432, 1366, 1514, 1463)
        | months("2016-04", 1383, 1639, 1532, 1614, 1438, 1425, 1403, 1387, 1386)
        | {"2015/16-Q4": 4380, "2014/15": 16201, "2015/16": 17428}
    )
)
DV = Counts(
    cells(
        months("2015-04", 202, 237, 213, 271, 243, 231, 194, 192, 225)
        | months("2016-04", 170, 222, 196, 221, 229, 195, 196, 203, 186)
        | {"2015/16-Q4": 589, "2015/16": 2597}
    )
)


def ask(name, line, closing, *, rate=PER_1000, denominators=RESIDENTS, **more):
    question = Question(line, parse(closing), rate=rate, denominators=denominators, **more)
    return measure(name).compute(question)


def value(name, line, closing, decimals=None, **more):
    answer = ask(name, line, closing, **more)
    if answer is None or answer.value is None:
        return None
    return answer.value if decimals is None else str(float(half_up(answer.value, decimals)))


@pytest.mark.parametrize(
    ("name", "closing", "decimals", "printed"),
    [
        ("value", "2016-12", 0, "1386.0"),
        ("year_to_date", "2016-12", 0, "13207.0"),
        ("rolling_12_months", "2016-12", 0, "17587.0"),
        ("rolling_12_months", "2016-04", 0, "17469.0"),
        ("rate", "2016-12", 2, "87.07"),  # 201,979 residents from June 2016
        ("rate", "2016-06", 2, "87.65"),
        ("rate", "2016-05", 2, "88.82"),  # 198,294 until May
        ("rate", "2016-04", 2, "88.1"),
        ("rate", "2015/16", 2, "87.89"),
        ("rate", "2014/15", 2, "83.36"),  # 194,352
        ("value", "2015/16", 0, "17428.0"),
        ("change_on_last_year", "2015/16", 1, "7.6"),
        ("change_on_last_year_count", "2015/16", 0, "1227.0"),
    ],
)
def test_all_crime(name, closing, decimals, printed):
    assert value(name, TNO, closing, decimals) == printed


@pytest.mark.parametrize(
    ("name", "decimals", "printed"),
    [
        ("value", 0, "186.0"),
        ("year_to_date", 0, "1818.0"),
        ("year_to_date_last_year", 0, "2008.0"),
        ("change_on_last_year", 2, "-9.46"),
        ("change_on_last_year_count", 0, "-190.0"),
        ("rolling_12_months", 0, "2407.0"),
    ],
)
def test_domestic_violence_in_december(name, decimals, printed):
    assert value(name, DV, "2016-12", decimals) == printed


def test_the_change_of_all_crime_to_december():
    line = Counts(cells({"2015-04/2015-12": 13075, "2016-04/2016-12": 13207}))
    assert value("change_on_last_year", line, "2016-12", 2) == "1.01"
    assert value("change_on_last_year_count", line, "2016-12") == 132


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("value", "2016-12-01", "2016-12-31"),
        ("year_to_date", "2016-04-01", "2016-12-31"),
        ("year_to_date_last_year", "2015-04-01", "2015-12-31"),
        ("change_on_last_year", "2016-04-01", "2016-12-31"),
        ("change_on_last_year_count", "2016-04-01", "2016-12-31"),
        ("rolling_12_months", "2016-01-01", "2016-12-31"),
        ("rate", "2016-01-01", "2016-12-31"),
    ],
)
def test_an_answer_knows_the_days_it_covers(name, start, end):
    answer = ask(name, TNO, "2016-12")
    assert (answer.start, answer.end) == (days(start), days(end))


TWO_YEARS = Counts(
    cells(months("2014-01", *([10] * 12)) | months("2015-01", *([12] * 12)) | {"2016-02": 13})
)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("rolling_12_months", 144),
        ("rolling_12_months_last_year", 120),
        ("rolling_12_months_change", 20),
        ("rolling_12_months_change_count", 24),
    ],
)
def test_the_last_twelve_months_and_the_twelve_before(name, answer):
    assert value(name, TWO_YEARS, "2015-12") == answer
    assert value(name, TWO_YEARS, "2017-02") is None  # January 2016 is not there


SUMS = (
    *("year_to_date", "rolling_12_months", "change_on_last_year", "change_on_last_year_count"),
    *("rolling_12_months_change", "rolling_12_months_change_count", "rate"),
)


@pytest.mark.parametrize("name", SUMS)
def test_a_missing_month_makes_every_sum_missing(name):
    rows = months("2013-04", *range(100, 145))
    assert value(name, Counts(cells(rows)), "2016-12") is not None
    del rows["2016-07"]
    assert ask(name, Counts(cells(rows)), "2016-12") is None


@pytest.mark.parametrize("name", SUMS)
@pytest.mark.parametrize("marker", ["c", "x"])
def test_a_suppressed_month_says_why_every_sum_is_missing(name, marker):
    rows = months("2013-04", *range(100, 145)) | {"2016-07": marker}
    answer = ask(name, Counts(cells(rows)), "2016-12")
    assert (answer.value, answer.marker) == (None, marker)


@pytest.mark.parametrize("name", ["change_on_last_year", "rolling_12_months_change"])
def test_nothing_the_year_before_gives_no_percentage(name):
    line = Counts(cells(months("2014-01", *([0] * 12)) | months("2015-01", *([2] * 12))))
    answer = ask(name, line, "2015-12")
    assert (answer.value, answer.marker) == (None, "z")
    assert value("change_on_last_year_count", line, "2015-12") == 18


def test_a_change_carries_the_gravest_marker_of_both_years():
    line = Counts({parse("2015-04"): Cell(10, "u"), parse("2016-04"): Cell(12, "p")})
    assert ask("change_on_last_year", line, "2016-04").marker == "u"


def test_a_percentage_changes_in_points():
    line = Shares(
        Counts(cells(months("2015-04", 54) | months("2016-04", 58))),
        Counts(cells(months("2015-04", 100) | months("2016-04", 100))),
        Counts({}),
    )
    assert value("change_on_last_year", line, "2016-04") == 4  # not 7.4%
    assert ask("change_on_last_year_count", line, "2016-04") is None
    assert ask("rolling_12_months_change_count", line, "2016-04") is None


def test_a_yearly_percentage_changes_in_points_too():
    line = Readings(cells({"2014/15": 80, "2015/16": Fraction("94.5")}), in_points=True)
    assert value("change_on_last_year", line, "2015/16", cumulative=False) == Fraction("14.5")
    assert ask("change_on_last_year_count", line, "2015/16", cumulative=False) is None


def test_a_yearly_count_changes_in_percent():
    line = Readings(cells({"2014/15": 111, "2015/16": 134}))
    assert value("change_on_last_year", line, "2015/16", 1, cumulative=False) == "20.7"
    assert value("change_on_last_year_count", line, "2015/16", cumulative=False) == 23


def test_a_snapshot_is_compared_with_the_same_day():
    line = Readings(cells({"2015-02-28": 50, "2016-02-29": 65, "2016-03-31": 60}))
    assert value("change_on_last_year_count", line, "2016-02-29", cumulative=False) == 15
    assert ask("change_on_last_year_count", line, "2016-03-31", cumulative=False) is None
    assert ask("year_to_date", line, "2016-03-31", cumulative=False).value == 60


def test_quarters_are_a_base_of_their_own():
    line = Counts(cells({"2015/16-Q1": 700, "2015/16-Q2": 600, "2015/16-Q3": 1, "2015/16-Q4": 2}
                        | {"2016/17-Q1": 549, "2016/17-Q2": 643}))  # fmt: skip
    assert value("value", line, "2016/17-Q2") == 643
    assert value("year_to_date", line, "2016/17-Q2") == 1192
    assert value("change_on_last_year_count", line, "2016/17-Q2") == -108
    assert value("rolling_12_months", line, "2016/17-Q2") == 1195


def test_weeks_count_from_the_first_of_april():
    line = Counts(cells({f"2013-W{n}": 10 for n in range(14, 26)}))
    assert value("year_to_date", line, "2013-W25") == 120
    assert ask("year_to_date_last_year", line, "2013-W25") is None
    assert ask("rolling_12_months", line, "2013-W25") is None  # 365 days are no 52 weeks


def test_a_week_is_set_against_the_same_dates_of_last_year_where_the_source_has_them():
    line = Counts(cells({"2013-W15": 51, "2012-04-08/2012-04-14": 62, "2012-W15": 70}))
    assert ask("period_last_year", line, "2013-W15")[:3] == (
        parse("2012-04-08/2012-04-14").start,
        parse("2012-04-08/2012-04-14").end,
        62,
    )
    assert value("change_on_period_last_year", line, "2013-W15", 1) == "-17.7"
    assert value("change_on_period_last_year_count", line, "2013-W15") == -11


def test_a_week_is_else_set_against_the_week_of_its_number():
    line = Counts(cells({"2013-W15": 51, "2012-W15": 70}))
    assert value("period_last_year", line, "2013-W15") == 70
    assert value("change_on_period_last_year_count", line, "2013-W15") == -19
    assert ask("change_on_period_last_year", Counts(cells({"2013-W15": 51})), "2013-W15") is None


def test_a_month_and_a_quarter_are_set_against_their_own_of_last_year():
    line = Counts(cells({"2016-06": 53, "2015-06": 50, "2016/17-Q2": 3, "2015/16-Q2": 4}))
    assert value("change_on_period_last_year", line, "2016-06") == 6
    assert value("change_on_period_last_year", line, "2016/17-Q2") == -25
    share = Shares(Counts({}), Counts({}), Counts(cells({"2012/13-Q4": 78, "2011/12-Q4": 73})))
    assert value("change_on_period_last_year", share, "2012/13-Q4") == 5  # points
    assert ask("change_on_period_last_year_count", share, "2012/13-Q4") is None


def test_leap_years_are_twelve_months_as_others_are():
    line = Counts(cells(months("2015-01", *([10] * 26))))
    assert value("rolling_12_months", line, "2016-02") == 120
    assert value("rolling_12_months", line, "2017-02") == 120
    assert value("rolling_12_months_last_year", line, "2017-02") == 120
    assert value("rolling_12_months_change", line, "2017-02") == 0


def test_without_a_denominator_there_is_no_rate():
    assert ask("rate", TNO, "2016-12", rate=None) is None
    assert ask("rate", TNO, "2016-12", denominators=()) is None
    assert ask("rate", TNO, "2016-12", denominators=RESIDENTS[:2]) is None
    assert ask("rate", Counts({}), "2016-12") is None


def test_the_denominator_of_a_day():
    assert denominator_at(RESIDENTS, days("2016-05-31")) is RESIDENTS[1]
    assert denominator_at(RESIDENTS, days("2016-06-01")) is RESIDENTS[2]
    assert denominator_at(RESIDENTS, days("2014-03-31")) is None


def target(kind, **values):
    return TargetRow("value", "all", parse("2016/17"), kind, **values)


FIRES = Counts(cells(months("2016-04", 26, 20, 11, 13, 25, 11, 13, 12, 13)))


def test_a_target_so_far_and_the_distance_from_it():
    targets = (target("maximum", upper=257),)
    assert value("target_to_date", FIRES, "2016-12", targets=targets) == 193
    assert value("difference_from_target", FIRES, "2016-12", targets=targets) == 144 - 193
    assert ask("target_to_date_lower", FIRES, "2016-12", targets=targets) is None
    assert ask("target_to_date_upper", FIRES, "2016-12", targets=targets) is None


def test_a_range_has_two_limits_and_no_distance_inside():
    targets = (target("range", lower=160, upper=240),)
    assert ask("target_to_date", FIRES, "2016-12", targets=targets) is None
    assert value("target_to_date_lower", FIRES, "2016-12", targets=targets) == 120
    assert value("target_to_date_upper", FIRES, "2016-12", targets=targets) == 180
    assert value("difference_from_target", FIRES, "2016-12", targets=targets) == 0
    assert value("difference_from_target", FIRES, "2016-05", targets=targets) == 46 - 40
    low = (target("range", lower=240, upper=300),)
    assert value("difference_from_target", FIRES, "2016-12", targets=low) == 144 - 180


@pytest.mark.parametrize(
    "name",
    ["target_to_date", "target_to_date_lower", "target_to_date_upper", "difference_from_target"],
)
def test_without_a_target_there_is_nothing_to_say(name):
    assert ask(name, FIRES, "2016-12") is None
    assert ask(name, FIRES, "2016-12", targets=(target("none"),)) is None
    assert ask(name, FIRES, "2017-12", targets=(target("maximum", upper=257),)) is None


def test_no_figure_has_no_distance():
    targets = (target("maximum", upper=257),)
    assert ask("difference_from_target", FIRES, "2017-03", targets=targets) is None
    assert value("target_to_date", FIRES, "2017-03", targets=targets) == 257


@pytest.mark.parametrize(
    ("printed", "rank"),
    [
        ("21of32", (21, 32)),
        ("21 of 32", (21, 32)),
        ("12/32", (12, 32)),
        ("3 out of 15", (3, 15)),
        ("28 out of the 32", (28, 32)),
        ("28th of 32 boroughs", None),
        ("", None),
        ("not ranked", None),
    ],
)
def test_ranks_as_printed(printed, rank):
    assert rank_of(printed) == rank


# ---------------------------------------------------------------- laws

YEARS = st.lists(st.integers(0, 400), min_size=36, max_size=36)


@given(YEARS, st.integers(24, 35))
def test_law_the_sign_of_a_change_is_that_of_the_counts(values, closing):
    line = Counts(cells(months("2013-04", *values)))
    at = sorted(line.cells)[closing].label
    for now, before, change in (
        ("year_to_date", "year_to_date_last_year", "change_on_last_year"),
        ("rolling_12_months", "rolling_12_months_last_year", "rolling_12_months_change"),
    ):
        this, that = value(now, line, at), value(before, line, at)
        count, percent = value(f"{change}_count", line, at), ask(change, line, at)
        assert count == this - that
        if that == 0:
            assert (percent.value, percent.marker) == (None, "z")
        else:
            assert (percent.value > 0, percent.value < 0) == (this > that, this < that)
            assert that * (100 + percent.value) == 100 * this


@given(YEARS, st.integers(12, 35))
def test_law_rolling_totals_give_back_the_months_of_last_year(values, closing):
    line = Counts(cells(months("2013-04", *values)))
    own = sorted(line.cells)
    now = value("rolling_12_months", line, own[closing].label)
    if closing > 11:
        before = value("rolling_12_months", line, own[closing - 1].label)
        assert values[closing] - (now - before) == values[closing - 12]


@given(YEARS, st.integers(24, 35))
def test_law_rolling_is_last_year_and_what_came_since(values, closing):
    line = Counts(cells(months("2013-04", *values)))
    at = sorted(line.cells)[closing].label
    year = sum(values[12:24])
    so_far, then = value("year_to_date", line, at), value("year_to_date_last_year", line, at)
    assert value("rolling_12_months", line, at) == year + so_far - then


# ---------------------------------------------------------------- samples


def sample(rows):
    """The line of a survey's share, from percentage, base and printed half width by period."""
    series: dict[Key, dict[periods.Period, Cell]] = {}
    for label, (percent, base, half) in rows.items():
        found = {"percent": Cell(percent), "base": Cell(base)}
        if half:
            found["half_width"] = Cell(Fraction(half), decimals=2)
        for column, one in found.items():
            series.setdefault(Key("A", "all", column), {})[parse(label)] = one
    survey = Indicator(
        "s", "S", "", "survey", "lower", "percent", "", "o", 1, "", "", "quarterly", None, "", "A",
        series,
    )  # fmt: skip
    return lines(kind("survey"), survey, "A", "all")["percent"]


TEENAGERS = sample(
    {
        "2011/12": (17, 397, "3.73"),
        "2011-07/2012-06": (16, 397, "3.57"),
        "2012-01/2012-12": (13, 399, "3.25"),
        "2012/13": (13, 400, "3.32"),
    }
)


def points(name, line, at):
    answer = ask(name, line, at, cumulative=False)
    return answer and (float(half_up(answer.value, 2)), answer.marker)


def test_a_sample_has_an_interval_on_the_share_before_rounding():
    assert points("value", TEENAGERS, "2011/12") == (17, "")
    assert points("unrounded", TEENAGERS, "2011/12") == (17.38, "")  # 69 of 397
    assert points("lower", TEENAGERS, "2011/12") == (13.65, "")
    assert points("upper", TEENAGERS, "2011/12") == (21.11, "")


def test_an_interval_on_a_rounded_percentage_is_marked():
    worry = sample({"2011/12": (20, 392, ""), "2012/13": (25, 397, "")})
    assert points("lower", worry, "2011/12") == (16.04, "e")
    assert points("upper", worry, "2011/12") == (23.96, "e")
    assert points("unrounded", worry, "2011/12") is None
    assert points("change_on_last_year", worry, "2012/13") == (5, "")
    assert points("change_on_last_year_lower", worry, "2012/13") == (-0.82, "")
    assert points("change_on_last_year_upper", worry, "2012/13") == (10.82, "")


def test_a_change_is_of_the_shares_before_rounding_and_tested():
    assert points("change_on_last_year", TEENAGERS, "2012/13") == (-4.13, "")
    assert points("change_on_last_year_lower", TEENAGERS, "2012/13") == (-9.12, "")
    assert points("change_on_last_year_upper", TEENAGERS, "2012/13") == (0.86, "")


def test_the_period_before_is_the_newest_row_as_long_and_never_tested_if_it_shares_days():
    assert points("change_on_period_before", TEENAGERS, "2012/13") == (0.72, "")
    assert points("change_on_period_before", TEENAGERS, "2011-07/2012-06") == (-1.76, "")
    assert points("change_on_period_before", TEENAGERS, "2011/12") is None
    now, then = parse("2012/13"), parse("2012-01/2012-12")
    assert compare_samples(TEENAGERS, (now.start, now.end), (then.start, then.end)) is None
    # A window of two years shares a year with the same window a year before.
    long = sample({"2010-04/2012-03": (17, 800, ""), "2011-04/2013-03": (13, 800, "")})
    assert points("change_on_last_year", long, "2011-04/2013-03") == (-4, "")
    assert points("change_on_last_year_lower", long, "2011-04/2013-03") is None


def test_the_period_before_of_a_quarter_is_a_quarter():
    line = Counts(cells({"2015/16": 90, "2015/16-Q4": 20, "2016/17-Q1": 30, "2016-06": 12}))
    assert value("change_on_period_before", line, "2016/17-Q1") == 50
    assert ask("change_on_period_before", line, "2016-06") is None


def test_few_answers_are_marked_and_very_few_not_shown():
    few = sample({"2014/15": (25, 64, ""), "2015/16": (12, 18, ""), "2016/17": (0, 0, "")})
    assert points("value", few, "2014/15") == (25, "u")
    assert points("lower", few, "2014/15")[1] == "u"
    for at in ("2015/16", "2016/17"):
        assert ask("value", few, at, cumulative=False)[2:4] == (None, "x")
        assert ask("lower", few, at, cumulative=False) is None
    assert ask("change_on_last_year", few, "2015/16", cumulative=False)[2:4] == (None, "x")
    assert ask("change_on_last_year_lower", few, "2015/16", cumulative=False) is None


# ---------------------------------------------------------------- the table is complete


def test_quarters_are_set_beside_the_quarter_before():
    line = Counts(cells({"2013/14-Q1": 646, "2013/14-Q2": 630, "2013/14-Q3": 0}))
    assert value("change_on_period_before_count", line, "2013/14-Q2") == -16
    assert value("change_on_period_before", line, "2013/14-Q2", 1) == "-2.5"
    assert ask("change_on_period_before", line, "2013/14-Q1") is None
    old = Counts(cells({"2012/13-Q2": 646, "2013/14-Q2": 630}))
    assert ask("change_on_period_before_count", old, "2013/14-Q2") is None  # a year before it
    gap = Counts(cells({"2013/14-Q1": "x", "2013/14-Q2": 630}))
    assert value("change_on_period_before_count", gap, "2013/14-Q2") is None
    months_ = Counts(cells(months("2013-04", 5, 6)))
    assert ask("change_on_period_before_count", months_, "2013-05") is None


def test_the_rate_of_the_year_so_far_is_not_one_of_12_months():
    """Haringey prints 3.9 per 1,000 for the 996 of two quarters and 255,540 residents."""
    line = Counts(cells({"2013/14-Q1": 500, "2013/14-Q2": 496}))
    people = (Denominator("residents", "E09000014", 1, 3_600_000, 255_540, "residents", "", True),)
    more = {"denominators": people}
    assert value("rate_year_to_date", line, "2013/14-Q2", 1, **more) == "3.9"
    assert value("rate", line, "2013/14-Q2", **more) is None
    assert value("rate_year_to_date", line, "2013/14-Q1", 2, **more) == "1.96"
    assert ask("rate_year_to_date", line, "2013/14-Q2", rate=None) is None


OF_SAMPLES = {"lower", "upper", "unrounded"} | {
    f"change_on_last_year_{side}" for side in ("lower", "upper")
}


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_says_what_it_is_and_answers(name):
    row = measure(name)
    assert row.name == name
    for text in (row.title, row.formula, row.source, row.sentence):
        assert text.strip()
    assert row.sentence.endswith(".")
    assert row.unit in ("same", "change", "rate")
    line = Counts(cells(months("2013-04", *range(100, 145))))
    if name in OF_SAMPLES:
        line = sample({"2016-12": (13, 400, "3.32"), "2015-12": (17, 397, "3.73")})
    both = (target("range", lower=900, upper=1000),)
    targets = both if name.endswith(("_lower", "_upper")) else (target("maximum", upper=1000),)
    closing = "2016-12"
    if name.startswith("change_on_period_before"):  # of quarters
        line, closing = Counts(cells({"2016/17-Q1": 9, "2016/17-Q2": 8})), "2016/17-Q2"
    answer = ask(name, line, closing, targets=targets, cumulative=name not in OF_SAMPLES)
    assert isinstance(answer, Answer)
    assert answer.value is not None
    assert answer.start <= answer.end


@pytest.mark.parametrize("name", MEASURES)
def test_no_measure_makes_a_figure_of_nothing(name):
    assert ask(name, Counts({}), "2016-12") is None


def test_an_unknown_measure_lists_the_known():
    with pytest.raises(UnknownName) as refused:
        measure("median")
    assert refused.value.known == tuple(MEASURES)
    assert "value, period_last_year" in str(refused.value)
