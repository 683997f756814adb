"""From an indicator to its figures and its rating, on figures that documents printed."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callover import control, periods, ratings, recent
from callover.across import ACROSS, wanted
from callover.ahead import NAMES as AHEAD_NAMES
from callover.compute import (
    as_at,
    board,
    board_as_at,
    boards,
    closing_of,
    printed_rating,
    rated_quantity,
    scheme_of,
    sheet,
)
from callover.judged import JUDGED
from callover.kinds import KINDS, kind, metric_name
from callover.model import (
    Also,
    Break,
    Cell,
    Commentary,
    Comparator,
    Denominator,
    Indicator,
    Key,
    Naming,
    Partnership,
    Portal,
    Published,
    Rate,
    Reference,
    Release,
    Scheme,
    TargetRow,
)
from callover.periods import parse
from callover.ratings import CLOSE, NOT_RATED, OFF_TARGET, ON_TARGET
from callover.rounding import half_up

AREA, OTHER = "E09000002", "E09000003"
TEN = {
    f"ten-{basis}": Scheme(f"ten-{basis}", "tolerance", "Within 10%", 10, basis)
    for basis in ratings.BASES
}
SCHEMES = TEN | {
    "range": Scheme("range", "range", "Inside a range", 10),
    "windows": Scheme("windows", "two_windows", "Two windows"),
    "printed": Scheme("printed", "published", "As printed"),
}


def day(text):
    return parse(text).start


def dated(value, first, last, area=AREA, name="residents"):
    return Denominator(name, area, day(first), day(last), value, name, "estimate", True)


REFERENCE = Reference(
    {AREA: "Barking and Dagenham", OTHER: "Barnet"},
    {},
    (
        dated(356386, "2010-04-01", "2099-12-31", OTHER),
        dated(69681, "2010-04-01", "2099-12-31", AREA, "households"),
        dated(198294, "2015-04-01", "2016-05-31"),
        dated(201979, "2016-06-01", "2099-12-31"),
    ),
)


def said(text):
    return Cell(None, text=text)


def cell(value):
    if isinstance(value, Cell):
        return value
    value, marker = value if isinstance(value, tuple) else (value, "")
    return Cell(None, value) if isinstance(value, str) else Cell(value, marker)


def months(first, *values):
    at, rows = parse(first), {}
    for value in values:
        rows[at.label] = value
        at = periods.following(at)
    return rows


def indicator(rows, kind="count", *, categories=None, area=AREA, **more):
    """An indicator from columns of labelled values, or categories of such columns."""
    series = {
        Key(area, category, column): {parse(label): cell(v) for label, v in values.items()}
        for category, columns in (categories or {"all": rows}).items()
        for column, values in columns.items()
    }
    more = {"polarity": "lower", "unit": "offences", "frequency": "monthly"} | more
    return Indicator(
        slug="measure", title="Measure", description="", kind=kind, unit_one="offence",
        outcome="crime", order=1, source="", owner="", due_within_days=None, licence="",
        area=AREA, series=series, **more,
    )  # fmt: skip


def compute(rows, kind="count", **more):
    return sheet(indicator(rows, kind, **more), REFERENCE, SCHEMES)


def target(type_, period="2016/17", measure="value", category="all", **values):
    return TargetRow(measure, category, parse(period), type_, **values)


def number(sheet, measure, at=None, decimals=None):
    value = sheet.value(measure, parse(at) if at else None)
    return value if decimals is None else str(float(half_up(value, decimals)))


TNO = {
    "value": months("2015-04", *((n, "e") for n in (1342, 1496, 1440, 1584, 1411, 1432, 1366)))
    | months("2015-11", (1514, "e"), (1463, "e"))
    | months("2016-04", 1383, 1639, 1532, 1614, 1438, 1425, 1403, 1387, 1386)
    | {"2015/16-Q4": (4380, "e"), "2014/15": 16201, "2015/16": 17428}
    | {"2015-01/2015-12": (17167, "u")}
}
PER_1000 = Rate("residents", 1000, "per 1,000 residents")


def all_crime(**more):
    return compute(TNO, "count_rate", rate=PER_1000, **more)


@pytest.mark.parametrize(
    ("measure", "at", "decimals", "printed"),
    [
        ("value", "2016-12", 0, "1386.0"),
        ("year_to_date", "2016-12", 0, "13207.0"),
        ("rolling_12_months", "2016-12", 0, "17587.0"),
        ("rolling_12_months_last_year", "2016-12", 0, "17167.0"),
        ("rate", "2016-12", 2, "87.07"),
        ("rate", "2016-04", 2, "88.1"),
        ("rate", "2016-06", 2, "87.65"),
        ("rate", "2015/16", 2, "87.89"),
        ("change_on_last_year", "2015/16", 0, "8.0"),
    ],
)
def test_all_crime(measure, at, decimals, printed):
    assert number(all_crime(), measure, at, decimals) == printed


def test_the_newest_month_leads():
    found = all_crime()
    assert found.closing == parse("2016-12")
    assert (found.category, found.quantity.name, found.leading.name) == ("all", "value", "value")
    assert found.value("value") == 1386
    assert found.metric("rate").unit == "per 1,000 residents"
    assert found.metric("year_to_date").unit == "offences"
    assert found.metric("change_on_last_year").unit == "percent"
    assert found.metric("value", parse("2010-01")) is None


def test_markers_say_what_rests_on_estimates():
    found = all_crime()
    assert found.metric("rolling_12_months", parse("2016-11")).marker == "e"
    assert found.metric("rolling_12_months_last_year").marker == "u"
    assert found.metric("value", parse("2015/16")).marker == ""  # the source prints the year
    assert found.metric("year_to_date").marker == ""


def test_coarse_rows_give_only_what_makes_sense():
    found, unmeasured = all_crime(), {"rating_none", *recent.NAMES}

    def measures(at):
        return {m.measure for m in found.metrics if m.period.label == at} - unmeasured

    assert measures("2015/16-Q4") == {"value"}
    assert measures("2015-01/2015-12") == {"value"}
    changes = {"change_on_last_year", "change_on_last_year_count"}
    assert measures("2015/16") == {"value", "rate"} | changes
    assert measures("2014/15") == {"value"}  # nothing before it, and no denominator
    assert "rolling_12_months" in measures("2016-12")


def test_a_financial_year_is_one_however_it_is_written():
    found = compute({"value": {"2014-04/2015-03": 10, "2015-04/2016-03": 12, "2016-04": 1}})
    assert number(found, "change_on_last_year", "2015/16") == 20


def test_every_metric_is_there_once():
    found = all_crime(targets=(target("change", change_percent=-5),), scheme="ten-cumulative")
    keys = [(m.measure, m.period, m.category) for m in found.metrics]
    assert len(set(keys)) == len(keys)


# ---------------------------------------------------------------- gaps and suppression


def test_a_missing_month_leaves_a_gap_and_the_months_after_stand():
    rows = months("2015-04", *([10] * 21)) | {"2016-07": "x"}
    found = compute({"value": rows})
    gap = found.metric("value", parse("2016-07"))
    assert (gap.value, gap.marker) == (None, "x")
    assert found.metric("year_to_date", parse("2016-12")).marker == "x"
    assert number(found, "year_to_date", "2016-06") == 30
    assert number(found, "value", "2016-12") == 10
    assert found.closing == parse("2016-12")


def test_a_confidential_month_hides_all_that_would_undo_it():
    rows = months("2014-04", *([10] * 33)) | {"2016-07": "c"}
    found = compute({"value": rows}, "count_rate", rate=PER_1000)
    hidden = {m.measure for m in found.metrics if m.period == parse("2016-12") and m.value is None}
    assert {"year_to_date", "rolling_12_months", "change_on_last_year", "rate"} <= hidden
    for name in hidden - {"rating_none"}:
        assert found.metric(name).marker == "c"


def test_months_without_figures_do_not_lead():
    found = compute({"value": months("2016-04", 37, 69, "x", "x")})
    assert found.closing == parse("2016-05")
    assert compute({"value": {"2016-04": "x"}}).closing is None
    assert compute({}).closing is None
    assert compute({}).metrics == ()


# ---------------------------------------------------------------- ratings


def test_exactly_ten_per_cent_over_is_close():
    line = {"value": {"2016/17-Q1": 22}}
    found = compute(
        line, frequency="quarterly", scheme="ten-cumulative",
        targets=(target("profile", "2016/17-Q1", upper=20),),
    )  # fmt: skip
    assert (found.rating.verdict, found.rating.distance) == (CLOSE, 2)
    assert found.rated_at == parse("2016/17-Q1")


# Theft from motor vehicles: two quarters, their profile, and the year before.
THEFT = {"value": {"2016/17-Q1": 549, "2016/17-Q2": 643, "2015/16-Q3": 700, "2015/16-Q4": 800}}
PROFILE = tuple(
    target("profile", f"2016/17-Q{n}", upper=amount)
    for n, amount in enumerate((683, 606, 700, 690), start=1)
)


def theft(scheme, **more):
    return compute(THEFT, frequency="quarterly", scheme=scheme, targets=PROFILE, **more)


@pytest.mark.parametrize(
    ("basis", "verdict", "actual", "limit"),
    [
        ("period", CLOSE, 643, 606),  # +6.1%
        ("cumulative", ON_TARGET, 1192, 1289),  # -7.5%
        ("year_end", ON_TARGET, Fraction(1192 * 2679, 1289), 2679),  # as its profile has it
    ],
)
def test_three_bases_three_verdicts(basis, verdict, actual, limit):
    found = theft(f"ten-{basis}")
    assert found.rating.verdict == verdict
    assert (found.rating.facts["actual"], found.rating.facts["target"]) == (actual, limit)
    assert found.rating.basis == basis
    assert found.metric(f"rating_{basis}").text == verdict


def test_the_indicators_own_basis_goes_before_the_schemes_and_names_the_metric():
    found = theft("ten-cumulative", rating_basis="period")
    assert (found.rating.verdict, found.rating.basis) == (CLOSE, "period")
    assert found.metric("rating_period").text == CLOSE
    assert found.metric("rating_cumulative") is None


def test_the_profile_is_there_to_the_end_of_the_year():
    found = theft("ten-cumulative")
    labels = [f"2016/17-Q{n}" for n in (1, 2, 3, 4)]
    assert [number(found, "target_to_date", at) for at in labels] == [683, 1289, 1989, 2679]
    assert number(found, "difference_from_target", "2016/17-Q2") == -97
    assert found.metric("difference_from_target", parse("2016/17-Q3")) is None
    assert found.metric("value", parse("2016/17-Q3")) is None


def test_a_projection_without_last_year_goes_by_the_profile():
    line = {"value": {"2016/17-Q1": 549, "2016/17-Q2": 643}}
    found = compute(line, frequency="quarterly", scheme="ten-year_end", targets=PROFILE)
    assert (found.rating.verdict, found.rating.projection) == (ON_TARGET, "profile")
    assert found.rating.facts["actual"] == Fraction(1192 * 2679, 1289)


def test_a_projection_that_nobody_can_make_is_no_rating():
    line = {"value": {"2016/17-Q1": 549, "2016/17-Q2": 643}}
    found = compute(line, frequency="quarterly", scheme="ten-year_end",
                    targets=(target("maximum", upper=2488),))  # fmt: skip
    assert (found.rating.verdict, found.rating.reason) == (NOT_RATED, "no-projection")
    assert found.rated_at == parse("2016/17-Q2")


# Haringey's scorecard of 2013/14, quarter 2: the two quarters, the profile, the baseline year.
THREE = {"ten": Scheme("ten", "tolerance", "Key", 10, "period", bases=("cumulative", "year_end"))}


def haringey(baseline, first, second, profile, annual):
    rows = {"value": {"2012/13": baseline, "2013/14-Q1": first, "2013/14-Q2": second}}
    targets = [
        target("profile", f"2013/14-Q{n}", upper=amount)
        for n, amount in enumerate(profile, start=1)
    ]
    own = indicator(rows, frequency="quarterly", scheme="ten", targets=(*targets, annual))
    return sheet(own, REFERENCE, SCHEMES | THREE)


def fewer(percent):
    return target("change", "2013/14", change_percent=-percent, baseline_period=parse("2012/13"))


def told(found):
    return {
        rated.basis: (rated.rating.verdict, rated.rating.facts["actual"],
                      rated.rating.facts["target"])
        for rated in found.ratings
    }  # fmt: skip


def test_burglary_is_on_target_three_times():
    found = haringey(3149, 646, 630, (699, 734, 799, 760), fewer(5))
    assert told(found) == {
        "period": (ON_TARGET, 630, 734),
        "cumulative": (ON_TARGET, 1276, 1433),
        "year_end": (ON_TARGET, Fraction(1276 * 2992, 1433), 2992),
    }
    assert [rated.basis for rated in found.ratings] == ["period", "cumulative", "year_end"]
    assert found.rating is found.ratings[0].rating
    assert found.ratings[2].rating.projection == "profile"
    for rated in found.ratings:
        assert (rated.at, rated.category) == (parse("2013/14-Q2"), "all")
        assert (rated.quantity.name, rated.scheme.name) == ("value", "ten")
        assert found.metric(f"rating_{rated.basis}").text == ON_TARGET
    assert [r.verdict for _, r in found.ratings[0].history] == [ON_TARGET, ON_TARGET]


def test_theft_from_motor_vehicle_is_close_for_the_quarter_only():
    found = haringey(2619, 549, 643, (683, 606, 595, 604), fewer(5))
    made = told(found)
    assert made["period"] == (CLOSE, 643, 606)
    assert half_up(found.ratings[0].rating.facts["percent"], 1) == Fraction("6.1")
    assert made["cumulative"] == (ON_TARGET, 1192, 1289)
    assert made["year_end"][0] == ON_TARGET
    assert made["year_end"][2] == 2488


def test_a_year_that_can_be_compared_is_projected_from_last_year():
    rows = {"value": {"2012/13-Q3": 700, "2012/13-Q4": 800, "2013/14-Q1": 549, "2013/14-Q2": 643}}
    own = indicator(rows, frequency="quarterly", scheme="ten-year_end",
                    targets=(target("maximum", "2013/14", upper=2488),))  # fmt: skip
    found = sheet(own, REFERENCE, SCHEMES)
    assert (found.rating.projection, found.rating.verdict) == ("last-year", CLOSE)
    assert (found.rating.facts["actual"], found.rating.facts["rest"]) == (2692, 1500)


def test_a_percentage_is_projected_to_stay():
    """The early estimate of reoffending: 22% against 20% is exactly 10.0% over, so it is close."""
    rows = {"percent": {"2012/13": 21, "2013/14-Q1": 24, "2013/14-Q2": 22}}
    own = indicator(rows, "proportion", frequency="quarterly", unit="percent", scheme="ten",
                    targets=(target("maximum", "2013/14", "percent", upper=20),))  # fmt: skip
    found = sheet(own, REFERENCE, SCHEMES | THREE)
    assert told(found) == dict.fromkeys(("period", "cumulative", "year_end"), (CLOSE, 22, 20))
    assert found.ratings[2].rating.projection == "stays"


def test_a_range_with_a_figure_inside():
    rows = {"percent": {"2012/13": Fraction("13.7"), "2013/14-Q2": Fraction("13.8")}}
    own = indicator(rows, "proportion", frequency="quarterly", unit="percent", polarity="higher",
                    scheme="ten", targets=(target("range", "2013/14", "percent",
                                                  lower=11, upper=14),))  # fmt: skip
    found = sheet(own, REFERENCE, SCHEMES | THREE)
    assert {rated.rating.verdict for rated in found.ratings} == {ON_TARGET}


def test_a_level_goes_on_as_its_profile_does():
    own = indicator(GANGS, "snapshot", frequency="quarterly", polarity="higher", scheme="ten",
                    targets=(*STEPS, target("minimum", "2013/14", lower=70)))  # fmt: skip
    found = sheet(own, REFERENCE, SCHEMES | THREE)
    assert told(found) == {
        "period": (CLOSE, 54, 56),
        "cumulative": (CLOSE, 54, 56),
        "year_end": (CLOSE, Fraction(54 * 70, 56), 70),  # 67.5, if it stays as far from its profile
    }
    assert found.ratings[2].rating.projection == "level-profile"


# Barnet's dashboard of July 2013: totals of 12 months and detection rates, now and before.
HALF = {"half": Scheme("half", "share_of_improvement", "Half the improvement", 50)}


def barnet(before, now, percent, **more):
    rows = {"value": {"2011-07/2012-06": before, "2012-07/2013-06": now}}
    if more:
        rows["detection_rate"] = {
            "2011-07/2012-06": Fraction("7.8"), "2012-07/2013-06": Fraction("12.5"),
        }  # fmt: skip
    own = indicator(
        rows, "rolling_only", frequency="quarterly", scheme="half",
        targets=(
            target("change", "2013/14", change_percent=Fraction(percent)),
            target("minimum", "2013/14", "detection_rate", lower=18),
        ),
        **more,
    )  # fmt: skip
    return sheet(own, REFERENCE, SCHEMES | HALF)


@pytest.mark.parametrize(
    ("before", "now", "percent", "verdict", "share"),
    [
        (4760, 4670, "-6.5", OFF_TARGET, 29),  # burglary
        (1481, 1450, "-5.2", OFF_TARGET, 40),  # violence with injury
        (898, 672, "0", ON_TARGET, None),  # theft of motor vehicle
    ],
)
def test_the_share_of_the_improvement_that_is_made(before, now, percent, verdict, share):
    rating = barnet(before, now, percent).rating
    assert rating.verdict == verdict
    assert share is None or half_up(rating.facts["share"], 0) == share


def test_further_verdicts_of_other_quantities():
    found = barnet(4760, 4670, "-6.5", rating_also=(Also("detection_rate"),))
    burglary, detections = found.ratings
    assert (detections.quantity.name, detections.basis) == ("detection_rate", "cumulative")
    assert detections.rating.verdict == OFF_TARGET
    assert half_up(detections.rating.facts["share"], 0) == 46
    assert found.metric("rating_cumulative").text == burglary.rating.verdict
    assert found.metric("detection_rate_rating_cumulative").text == OFF_TARGET


def test_a_verdict_is_given_once():
    found = haringey(3149, 646, 630, (699, 734, 799, 760), fewer(5))
    again = replace(found.indicator, rating_basis="cumulative", rating_also=(Also(basis="period"),))
    made = sheet(again, REFERENCE, SCHEMES | THREE)
    assert [rated.basis for rated in made.ratings] == ["cumulative", "year_end", "period"]
    plain = replace(found.indicator, scheme="printed", rating_also=(Also(scheme="ten-period"),))
    made = sheet(plain, REFERENCE, SCHEMES | THREE)
    assert [rated.basis for rated in made.ratings] == ["published", "period"]
    assert made.ratings[1].rating.verdict == ON_TARGET


def test_at_the_end_of_the_year_the_projection_is_the_year():
    line = {"value": {f"2016/17-Q{n}": 600 for n in (1, 2, 3, 4)}}
    found = compute(line, frequency="quarterly", scheme="ten-year_end", targets=PROFILE)
    assert (found.rating.verdict, found.rating.facts["actual"]) == (ON_TARGET, 2400)
    assert found.rated_at == parse("2016/17-Q4")


def test_repeat_referrals_are_outside_their_range():
    rows = {
        "value": months("2016-04", 8, 6, 8, 9, 7, 8, 5, 8, 11),
        "percent": {"2016-04/2016-12": 25, "2015/16": 25},
    }
    found = compute(
        rows, polarity="range", scheme="range", rating_measure="percent",
        targets=(target("range", measure="percent", lower=28, upper=40),),
    )  # fmt: skip
    assert found.rating.verdict == OFF_TARGET
    assert half_up(found.rating.facts["percent"], 1) == Fraction("10.7")
    assert (found.rated_at, found.closing) == (parse("2016-12"), parse("2016-12"))
    assert number(found, "percent_difference_from_target") == -3
    assert number(found, "percent_target_to_date_lower") == 28
    assert found.metric("percent_year_to_date").unit == "percent"
    assert found.metric("year_to_date").value == 70


def test_opiate_clients_of_twelve_months():
    rows = {
        "opiates": {
            "numerator": {"2015-05/2016-04": 31},
            "base": {"2015-05/2016-04": 461},
            "percent": {"2014/15": Fraction("11.4")},
        },
        "non-opiates": {"numerator": {"2015-05/2016-04": 120}, "base": {"2015-05/2016-04": 377}},
    }
    ranges = {"opiates": ("7.94", "16.67"), "non-opiates": ("44.77", "56.08")}
    found = compute(
        None, "proportion", categories=rows, polarity="higher", unit="percent",
        frequency="quarterly", scheme="range", rating_category="opiates",
        targets=tuple(
            target("range", "2016/17", "percent", name, lower=Fraction(low), upper=Fraction(high))
            for name, (low, high) in ranges.items()
        ),
    )  # fmt: skip
    assert found.category == "opiates"
    assert found.closing == parse("2015-05/2016-04")
    assert number(found, "percent") == Fraction(3100, 461)
    assert number(found, "percent_target_to_date_lower") == Fraction("7.94")
    assert half_up(number(found, "percent_difference_from_target"), 1) == Fraction("-1.2")
    assert found.rating.verdict == OFF_TARGET
    assert (found.metric("percent").unit, found.metric("numerator").unit) == ("percent", "cases")
    other = found.value("percent", None, "non-opiates")
    assert half_up(other, 1) == Fraction("31.8")


def test_two_windows_of_all_crime_are_both_worse():
    found = compute(TNO, "count_rate", rate=PER_1000, scheme="windows")
    assert (found.rating.verdict, found.rating.reason) == (OFF_TARGET, "both-worse")
    assert found.rating.facts["year"] - found.rating.facts["year_before"] == 420
    assert found.metric("rating_two_windows").text == OFF_TARGET
    # the months before December have no 12 months before the last 12
    assert found.metric("rating_two_windows", parse("2016-11")).text == NOT_RATED


def test_every_close_is_rated_and_the_newest_leads():
    found = compute(
        {"value": months("2016-04", 26, 20, 11, 13, 25, 11, 13, 12, 13)},
        scheme="ten-cumulative", targets=(target("maximum", upper=257),),
    )  # fmt: skip
    history = [m.text for m in found.metrics if m.measure == "rating_cumulative"]
    assert history == [OFF_TARGET, CLOSE] + [ON_TARGET] * 7
    assert (found.rating.verdict, found.rating.distance) == (ON_TARGET, 193 - 144)


def test_a_month_without_a_year_to_date_keeps_the_rating_of_the_last_that_has_one():
    rows = {"value": months("2016-04", 20, 20, "x", 20)}
    more = {"targets": (target("maximum", upper=240),)}
    found = compute(rows, scheme="ten-cumulative", **more)
    assert (found.rated_at, found.closing) == (parse("2016-05"), parse("2016-07"))
    found = compute(rows, scheme="ten-period", **more)
    assert (found.rated_at, found.rating.verdict) == (parse("2016-07"), ON_TARGET)


def test_weeks_can_be_rated_by_the_week():
    line = {"value": {"2016-W23": 10, "2016-W24": 12}}
    found = compute(
        line, frequency="weekly", scheme="ten-period", targets=(target("maximum", upper=365),)
    )
    assert found.closing == found.rated_at == parse("2016-W24")
    assert (found.rating.facts["target"], found.rating.verdict) == (7, OFF_TARGET)
    assert found.metric("year_to_date") is None


def published(measure, printed, at="2016-12", release="2016-12", area=AREA, category="all"):
    return Published(release, measure, parse(at) if at else None, area, category, printed, "")


def test_of_one_document_the_colour_of_its_newest_period_is_taken():
    rows = (
        published("rating_published", "A", "2013/14-Q2", "2013-14-q2"),
        published("rating_published", "R", "2013/14-Q1", "2013-14-q2"),
    )
    assert compute({"value": {"2016-04": 1}}, published=rows).printed == "A"
    assert compute({"value": {"2016-04": 1}}, published=rows[::-1]).printed == "A"


def test_the_newest_printed_colour_is_taken():
    rows = (
        published("rating_published", "R", None, "2016-09"),
        published("rating_published", " A ", None, "2016-12"),
    )
    found = compute({"value": {"2016-04": 1, "2016-05": 2}}, scheme="printed", published=rows)
    assert (found.rating.verdict, found.printed) == (CLOSE, "A")
    assert [m.period.label for m in found.metrics if m.measure == "rating_published"] == ["2016-05"]
    bare = compute({}, scheme="printed", published=rows)  # a colour without a figure behind it
    assert (bare.rating.verdict, bare.rating.reason) == (NOT_RATED, "no-figures")
    assert (bare.rated_at, bare.printed) == (None, "A")
    assert printed_rating(indicator({})) == ""


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"scheme": "none"}, "nothing-set"),
        ({"scheme": "ten-cumulative"}, "no-target"),
        ({"scheme": "ten-cumulative", "polarity": "monitor"}, "for-monitoring"),
        ({"scheme": "ten-cumulative", "polarity": "ambiguous"}, "ambiguous"),
        ({"scheme": "ten-cumulative", "targets": (target("none"),)}, "for-monitoring"),
        ({"scheme": "ten-cumulative", "targets": (target("words"),)}, "target-in-words"),
        ({"scheme": "ten-cumulative", "targets": (target("change"),)}, "target-not-known"),
        ({"scheme": "windows"}, "no-last-year"),
        ({"scheme": "printed"}, "nothing-printed"),
    ],
)
def test_why_there_is_no_rating(more, reason):
    found = compute({"value": {"2016-04": 10}}, **more)
    assert (found.rating.verdict, found.rating.reason) == (NOT_RATED, reason)


def test_without_figures_the_reason_is_that_or_that_nobody_wants_one():
    assert compute({}, scheme="ten-cumulative").rating.reason == "no-figures"
    watched = compute({}, scheme="ten-cumulative", targets=(target("none"),))
    assert watched.rating.reason == "for-monitoring"


# ---------------------------------------------------------------- kinds that stand by themselves


def test_closing_months_of_twelve_month_totals():
    rows = {
        "2014-10/2015-09": 396, "2015-05/2016-04": 398, "2015-10/2016-09": 373,
        "2016-01/2016-12": "x", "2015/16": 390,
    }  # fmt: skip
    found = compute({"value": rows}, "rolling_only", polarity="ambiguous")
    assert found.closing == parse("2016-09")
    assert number(found, "rolling_12_months") == 373
    assert number(found, "rolling_12_months_change", decimals=1) == "-5.8"
    assert number(found, "rolling_12_months_change_count") == -23
    assert number(found, "rolling_12_months", "2016-03") == 390
    assert found.metric("rolling_12_months", parse("2016-12")).marker == "x"
    assert found.metric("value", parse("2016-09")) is None
    printed = (published("rating_published", "A", None),)
    rated = compute({"value": rows}, "rolling_only", scheme="printed", published=printed)
    assert (rated.rating.verdict, rated.rated_at) == (CLOSE, parse("2016-09"))
    assert closing_of(kind("rolling_only"), parse("2015-10/2016-09")).label == "2016-09"
    assert closing_of(kind("yearly"), parse("2015-10/2016-09")).label == "2015-10/2016-09"


def test_categories_come_in_the_order_of_the_package_and_lead_with_the_total():
    rows = {
        name: {"value": {"2015-10/2016-09": value}}
        for name, value in (("faith", 22), ("all", 373), ("racist", 346), ("unnamed", "c"))
    }
    found = compute(None, "rolling_only", categories=rows)
    assert list(found.lines) == ["all", "faith", "racist", "unnamed"]
    assert found.category == "all"
    assert found.value("rolling_12_months", None, "faith") == 22
    assert found.metric("rolling_12_months", None, "unnamed").marker == "c"
    del rows["all"]
    assert compute(None, "rolling_only", categories=rows).category == "faith"


def test_a_snapshot_has_no_sums_and_its_limit_is_not_spread():
    rows = {"value": {"2015-03-31": 28, "2016-03-31": 65, "2016-06": "x", "2017-01": "z"}}
    found = compute(
        rows, "snapshot", frequency="quarterly", scheme="ten-cumulative",
        targets=(target("maximum", "2015/16", upper=60),),
    )  # fmt: skip
    assert found.closing == parse("2016-03-31")
    assert number(found, "change_on_last_year_count") == 37
    assert number(found, "target_to_date") == 60
    assert (found.rating.verdict, found.rating.facts["excess"]) == (CLOSE, 5)
    names = {m.measure for m in found.metrics}
    assert not names & {"year_to_date", "rolling_12_months", "rate"}


def test_a_yearly_count_and_a_yearly_percentage():
    rows = {"value": {"2014/15": 111, "2015/16": 134, "2014-07/2015-06": 109,
                      "2015-07/2016-06": 131}}  # fmt: skip
    found = compute(rows, "yearly", frequency="quarterly")
    assert found.closing == parse("2015-07/2016-06")
    assert number(found, "change_on_last_year", decimals=1) == "20.2"
    assert found.metric("change_on_last_year").unit == "percent"
    assert number(found, "value", "2015/16") == 134
    percent = {"value": {"2014/15": 80, "2015/16": Fraction("94.5")}}
    found = compute(percent, "yearly", frequency="yearly", unit="percent")
    assert number(found, "change_on_last_year") == Fraction("14.5")
    assert found.metric("change_on_last_year").unit == "percentage points"
    assert found.metric("change_on_last_year_count") is None


def test_a_yearly_reduction_is_on_the_twelve_months_before():
    rows = {"value": {"2014-07/2015-06": 109, "2015-07/2016-06": 131}}
    found = compute(
        rows, "yearly", frequency="quarterly", scheme="ten-year_end", targets=(target("change"),)
    )
    assert found.rating.facts["actual"] == 131  # it is a year already: nothing to project
    assert (found.rating.verdict, found.rating.facts["target"]) == (OFF_TARGET, 109)


def test_completions_are_rated_on_their_rate():
    rows = {
        "terminations": months("2016-04", 4, 3, 2, 3, 5, 1, 6, 3, 3),
        "successes": months("2016-04", 3, 0, 1, (9, "u"), 1, 1, 2, 2, 2),
    }
    found = compute(
        rows, "completions", polarity="higher", unit="people", scheme="ten-cumulative",
        targets=(
            target("minimum", measure="success_rate", lower=70),
            target("minimum", measure="successes", lower=24),
        ),
    )  # fmt: skip
    assert number(found, "success_rate_year_to_date") == 70
    assert found.rating.verdict == ON_TARGET
    assert number(found, "successes_year_to_date") == 21
    assert number(found, "successes_target_to_date") == 18
    assert number(found, "successes_difference_from_target") == 3
    assert found.metric("success_rate_year_to_date").marker == "u"
    assert (found.quantity.name, found.leading.name) == ("success_rate", "success_rate")
    assert rated_quantity(indicator({}, "completions", rating_measure="starts"),
                          kind("completions")).name == "starts"  # fmt: skip


def test_the_page_leads_with_the_first_quantity_that_has_figures():
    assert compute({"sent": {"2016-04": 37}}, "satisfaction").leading.name == "sent"
    assert compute({}, "satisfaction").leading.name == "percent_satisfied"


# ---------------------------------------------------------------- rates and ranks


def test_the_rate_uses_the_areas_own_denominator_of_the_day():
    rows = {"value": months("2015-01", *([70] * 24))}
    homes = Rate("households", 1000, "per 1,000 households")
    found = compute(rows, "count_rate", rate=homes)
    assert number(found, "rate", "2016-12", 2) == "12.05"  # 840 of 69,681 homes
    assert [d.value for d in found.denominators] == [69681]
    unknown = compute(rows, "count_rate", rate=Rate("dogs", 1000, "per 1,000 dogs"))
    assert unknown.metric("rate") is None
    assert number(unknown, "rolling_12_months") == 840


def test_a_rate_is_missing_before_the_first_denominator():
    rows = {"value": months("2014-01", *([70] * 36))}
    found = compute(rows, "count_rate", rate=PER_1000)
    assert found.metric("rate", parse("2015-03")) is None
    assert found.metric("rate", parse("2015-04")) is not None


def test_ranks_are_taken_as_printed_and_the_first_print_stands():
    rows = (
        published("rank_in_met", "21of32"),
        published("rank_in_met", "20of32"),
        published("rank_in_met", "19 of 32", "2016-11"),
        published("rank_in_met", "7of32", "2016-10", area=OTHER),  # another borough's
        published("rank_in_met", "not yet", "2016-09"),
        published("rank_in_met", "5of32", None),
        published("rank_in_met_from_highest", "12of32"),
        published("rank_in_family", "3of15"),
    )
    found = all_crime(published=rows, groups=("met",))
    ranks = [(m.measure, m.period.label, m.value) for m in found.metrics if "rank" in m.measure]
    assert ranks == [
        ("rank_in_met", "2016-12", 21),
        ("rank_in_met_of", "2016-12", 32),
        ("rank_in_met", "2016-11", 19),
        ("rank_in_met_of", "2016-11", 32),
    ]


def test_a_rank_keeps_its_category():
    rows = (published("rank_in_met", "2of32", category="faith"),)
    found = compute({"value": {"2016-12": 1}}, published=rows, groups=("met",))
    assert found.value("rank_in_met", None, "faith") == 2
    assert found.value("rank_in_met") is None


# ---------------------------------------------------------------- the whole


def test_boards_keep_the_order_of_the_partnership():
    own = [indicator({"value": {"2016-04": n}}) for n in (3, 1, 2)]
    partnership = Partnership(
        "p", "P", "P", "", AREA, "2017-01-31", "", (), SCHEMES, (), tuple(own)
    )
    (made,) = boards(Portal(REFERENCE, (partnership,)))
    assert made.partnership is partnership
    assert [s.value("value") for s in made.sheets] == [3, 1, 2]


RELEASES = tuple(
    Release(label, label, parse(label), "", "") for label in ("2016-06", "2016-09", "2016-12")
)


def standing(at, **more):
    """The one sheet of a partnership of three releases, as it stood at the end of a period."""
    own = Partnership(
        "p", "P", "P", "", AREA, "2017-01-31", "", (), SCHEMES, RELEASES,
        (indicator({"value": months("2014-04", *range(100, 133))}, **more),),
    )  # fmt: skip
    made = board(as_at(own, parse(at)), REFERENCE, parse(at).end)
    return made, made.sheets[0]


def test_as_at_a_period_later_figures_are_not_known():
    made, found = standing("2016/17-Q2")
    assert [r.id for r in made.partnership.releases] == ["2016-06", "2016-09"]
    assert found.closing == parse("2016-09")
    assert number(found, "value") == 129
    assert number(found, "year_to_date") == 124 + 125 + 126 + 127 + 128 + 129
    assert found.metric("value", parse("2016-10")) is None
    assert standing("2014-03")[1].closing is None
    assert standing("2016-12")[1].closing == parse("2016-12")


def test_a_board_as_at_a_period_is_the_same_as_one_computed_anew():
    newest, sheet_now = standing("2016-12")
    assert board_as_at(newest, parse("2016-12"), REFERENCE).sheets[0] is sheet_now
    september = parse("2016-09")
    then = board_as_at(newest, september, REFERENCE)
    assert then == board(as_at(newest.partnership, september), REFERENCE, september.end)
    assert then.sheets[0].closing == parse("2016-09")


JUDGED_NAMES = {
    *control.NAMES,
    *AHEAD_NAMES,
    *recent.NAMES,
    *(n for row in JUDGED.values() for n in row.names),
}


def judged(metric):
    """Say whether a figure is a judgement: those stand for the newest period alone."""
    return any(metric.measure.endswith(name) for name in JUDGED_NAMES)


@pytest.mark.parametrize("at", ["2014-12", "2015/16", "2016-09"])
def test_law_what_was_known_then_is_known_now(at):
    more = {"scheme": "ten-cumulative", "targets": (target("maximum", "2016/17", upper=1500),)}
    _, newest = standing("2016-12", **more)
    _, then = standing(at, **more)
    now = {(m.measure, m.period): m for m in newest.metrics}
    assert then.metrics
    assert all(now[m.measure, m.period] == m for m in then.metrics if not judged(m))


def test_as_at_a_period_the_verdict_is_the_one_of_then():
    limits = (target("maximum", upper=1500, period="2016/17"),)
    more = {"scheme": "ten-cumulative", "targets": limits}
    _, newest = standing("2016-12", **more)
    for at in ("2016-04", "2016-08", "2016-12"):
        _, then = standing(at, **more)
        assert then.rated_at == parse(at)
        assert newest.metric("rating_cumulative", parse(at)).text == then.rating.verdict


def test_as_at_a_period_words_prints_and_breaks_of_later_are_left_out():
    words = tuple(Commentary(parse(p), {"overview": p}) for p in ("2016-06", "2016-09", "2016-12"))
    prints = (
        published("value", "105", "2016-06", "2016-12"),  # a later document on an earlier month
        published("rating_published", "R", "2016/17", "2016-09"),  # the year, seen from September
        published("rating_published", "G", None, "2016-12"),
        published("value", "132", "2016-12", "2016-12"),
    )
    others = tuple(
        Comparator(parse(at) if at else None, OTHER, "", "value", 1, "1", "", "")
        for at in ("2016-09", "2016-10", "")
    )
    breaks = (Break(parse("2015-04"), "old"), Break(parse("2016/17"), "running"))
    coming = Break(parse("2016-10"), "to come")
    _, found = standing(
        "2016-09", scheme="printed", commentary=words, published=prints,
        comparators=others, breaks=(*breaks, coming),
    )  # fmt: skip
    then = found.indicator
    assert [c.sections["overview"] for c in then.commentary] == ["2016-06", "2016-09"]
    assert then.published == prints[:2]
    assert (found.printed, found.rating.verdict) == ("R", OFF_TARGET)
    assert then.comparators == (others[0], others[2])
    assert then.breaks == breaks


def test_as_at_a_period_a_line_without_figures_is_no_line():
    found, _ = standing("2016-09")
    later = indicator(
        {}, categories={"all": {"value": {"2016-08": 1}}, "new": {"value": {"2016-11": 1}}}
    )
    (then,) = as_at(replace(found.partnership, indicators=(later,)), parse("2016-09")).indicators
    assert {key.category for key in then.series} == {"all"}


def test_a_scheme_is_the_partnerships_own_or_a_rule_by_its_name():
    own = Scheme("tolerance", "tolerance", "Our own", 5)
    named = indicator({}, scheme="tolerance")
    assert scheme_of(named, {"tolerance": own}) is own
    assert scheme_of(named, {}).tolerance == 10
    assert scheme_of(indicator({}), {}).rule == "none"


ROWS = {
    "count": {"value": months("2014-04", *range(50, 83))},
    "count_rate": {"value": months("2014-04", *range(50, 83))},
    "completions": {
        "terminations": months("2014-04", *range(50, 83)),
        "successes": months("2014-04", *range(20, 53)),
    },
    "proportion": {
        "numerator": months("2014-04", *range(20, 53)),
        "base": months("2014-04", *range(50, 83)),
    },
    "satisfaction": {
        "satisfied": months("2014-04", *range(20, 53)),
        "returned": months("2014-04", *range(50, 83)),
    },
    "snapshot": {"value": {"2015-12-31": 28, "2016-12-31": 65}},
    "milestone": {"text": {"2016/17-Q2": said("Delayed"), "2016/17-Q3": said("On track")}},
    "rate": {"rate": {"2014/15": Fraction("2.57"), "2015/16": 2}, "count": {"2015/16": 46}},
    "rolling_only": {"value": {"2015-01/2015-12": 398, "2016-01/2016-12": 373}},
    "yearly": {"value": {"2014/15": 111, "2015/16": 134}},
    "survey": {
        "percent": {"2014/15": 17, "2015/16": 13},
        "base": {"2014/15": 397, "2015/16": 400},
        "half_width": {"2014/15": Fraction("3.73")},
    },
    "league": {"value": {"2016/17-Q1": 978}, "rate": {"2016/17-Q1": Fraction("2.76")}},
    "distribution": {"value": {"2015-05": 600, "2016-05": 653}, "mean": {"2016-05": 2}},
    "cohort": {"value": {"2014-06-06/2015-06-05": 259, "2015-06-06/2015-11-05": 82}},
}


GANGS = {"value": {"2013/14-Q1": 49, "2013/14-Q2": 54}}
STEPS = tuple(
    target("profile", f"2013/14-Q{n}", lower=amount)
    for n, amount in enumerate((49, 56, 63, 70), start=1)
)


def test_a_level_by_quarter_is_held_against_its_own_quarter():
    found = compute(
        GANGS, "snapshot", polarity="higher", frequency="quarterly", scheme="ten-cumulative",
        targets=STEPS,
    )  # fmt: skip
    assert (found.rating.verdict, found.rating.distance) == (CLOSE, 2)
    assert (found.rating.facts["actual"], found.rating.facts["target"]) == (54, 56)
    labels = [f"2013/14-Q{n}" for n in (1, 2, 3, 4)]
    assert [number(found, "target_to_date", at) for at in labels] == [49, 56, 63, 70]
    assert number(found, "value", "2013/14-Q1") == 49
    assert found.metric("year_to_date") is None


def test_a_percentage_may_be_a_level_too():
    found = compute(
        {"value": {"2013/14-Q1": 54, "2013/14-Q2": Fraction("58.5")}}, "snapshot", unit="percent",
        polarity="higher", frequency="quarterly", scheme="ten-period",
        targets=(target("profile", "2013/14-Q2", lower=59),),
    )  # fmt: skip
    assert found.rating.verdict == CLOSE
    assert found.metric("value").unit == "percent"
    assert found.metric("difference_from_target").value == Fraction("-0.5")


def test_a_level_is_held_against_the_whole_baseline_year():
    rows = {"value": {"2012/13": 12, "2013/14-Q2": 12}}
    change = target("change", "2013/14", change_percent=-7, baseline_period=parse("2012/13"))
    found = compute(rows, "snapshot", frequency="quarterly", scheme="ten-period", targets=(change,))
    assert number(found, "target_to_date") == 11  # 12 less 7% is printed as 11: people are whole
    assert found.rating.verdict == CLOSE
    averaged = {"value": {"2012/13": Fraction(12), "2013/14-Q2": Fraction("12.5")}}
    found = compute(
        averaged, "snapshot", frequency="quarterly", scheme="ten-period", targets=(change,)
    )
    assert number(found, "target_to_date") == Fraction("11.16")  # an average need not be whole
    # A count of the whole year says nothing of half of it.
    found = compute({"value": {"2012/13": 12, "2013/14-Q2": 12, "2013/14-Q1": 1}}, "count",
                    frequency="quarterly", scheme="ten-cumulative", targets=(change,))  # fmt: skip
    assert found.rating.reason == "target-not-known"


def test_words_lead_and_say_which_report_is_newest():
    rows = {"text": {"2013/14-Q1": said("On track"), "2013/14-Q2": said("Delayed")}}
    more = {"polarity": "higher", "frequency": "quarterly", "unit": "milestones"}
    found = compute(rows, "milestone", **more)
    assert found.closing == parse("2013/14-Q2")
    newest = found.metric("text")
    assert (newest.value, newest.text, newest.unit) == (None, "Delayed", "words")
    assert found.metric("text", parse("2013/14-Q1")).text == "On track"
    printed = compute(rows, "milestone", scheme="printed",
                      published=(published("rating_published", "A", None),), **more)  # fmt: skip
    assert (printed.rating.verdict, printed.rated_at) == (CLOSE, parse("2013/14-Q2"))


def test_a_rate_as_the_source_gives_it():
    rows = {
        "rate": {"2011-04/2012-03": 1436, "2012-04/2013-03": 601},
        "count": {"2011-04/2012-03": 243, "2012-04/2013-03": 143},
    }
    unit = "per 100,000 aged 10 to 17"
    found = compute(rows, "rate", unit=unit, frequency="irregular", scheme="ten-period",
                    targets=(target("maximum", "2012/13", "rate", upper=690),))  # fmt: skip
    assert (found.metric("rate").value, found.metric("rate").unit) == (601, unit)
    assert (found.value("count"), found.metric("count").unit) == (143, "cases")
    assert number(found, "rate_change_on_last_year_count") == -835
    assert found.rating.verdict == ON_TARGET


def test_a_detection_rate_has_a_good_direction_of_its_own():
    rows = {
        "value": {"2011-07/2012-06": 4760, "2012-07/2013-06": 4670},
        "detection_rate": {
            "2011-07/2012-06": Fraction("7.8"), "2012-07/2013-06": Fraction("12.5"),
        },
    }  # fmt: skip
    found = compute(
        rows, "rolling_only", frequency="quarterly", scheme="ten-cumulative",
        rating_measure="detection_rate",
        targets=(target("minimum", "2013/14", "detection_rate", lower=18),),
    )  # fmt: skip
    assert found.closing == parse("2013-06")
    assert number(found, "detection_rate_rolling_12_months_change") == Fraction("4.7")
    assert number(found, "detection_rate_difference_from_target") == Fraction("-5.5")
    assert found.polarity(found.quantity) == "higher"
    assert found.rating.verdict == OFF_TARGET
    assert number(found, "rolling_12_months_change_count") == -90


def named_across(row):
    for name in wanted(row):
        for measure in ACROSS[name].names:
            yield from (
                (f"{measure}met{end}" for end in ("", "_of")) if ACROSS[name].suffix else (measure,)
            )


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_makes_figures_under_the_names_of_its_table(name):
    row = kind(name)
    found = compute(ROWS[name], name, rate=PER_1000)
    known = {metric_name(q.name, m) for q in row.quantities for m in q.measures}
    plain = (m for m in found.metrics if not judged(m))
    made = {m.measure for m in plain if not m.measure.startswith("rating_")}
    assert made
    assert made - known <= set(named_across(row))
    first = row.quantities[0]
    assert metric_name(first.name, first.measures[0]) in made
    assert found.closing is not None
    for metric in found.metrics:
        assert metric.unit
        assert metric.area == AREA
        assert metric.start <= metric.end
        stands = metric.marker != "" or metric.unit == "rating" or metric.text != ""
        assert (metric.value is None) <= stands


def elsewhere(kind, columns, **more):
    """A sheet whose indicator has rows for two areas: columns of area, label and value."""
    one = indicator({}, kind, **more)
    series = {
        Key(area, category, column): {parse(label): cell(v) for label, v in values.items()}
        for (area, category, column), values in columns.items()
    }
    return sheet(replace(one, series=series), REFERENCE, SCHEMES)


def test_the_figures_of_other_areas_are_plain_and_apart():
    found = elsewhere(
        "count",
        {
            (AREA, "all", "value"): months("2016-04", 10, 20),
            (OTHER, "all", "value"): months("2016-04", 7, (9, "p")),
        },
    )
    assert {m.area for m in found.metrics} == {AREA}
    assert [(m.measure, m.period.label, m.area, m.value, m.marker) for m in found.others] == [
        ("value", "2016-04", OTHER, 7, ""),
        ("value", "2016-05", OTHER, 9, "p"),
    ]
    may = parse("2016-05")
    assert found.metric_of(OTHER, "value", may, "all").value == 9
    assert found.metric_of(AREA, "value", may, "all").value == 20
    assert found.metric_of(AREA, "year_to_date", may, "all").value == 30
    assert found.metric_of("E09000004", "value", may, "all") is None


def test_the_share_of_another_area_is_worked_out():
    columns = {
        (area, "all", column): {"2016-04": value}
        for area, values in ((AREA, (1, 4)), (OTHER, (1, 3)))
        for column, value in zip(("numerator", "base"), values, strict=True)
    }
    found = elsewhere("proportion", columns, unit="percent")
    shares = [m for m in found.others if m.measure == "percent"]
    assert [(m.value, m.unit) for m in shares] == [(Fraction(100, 3), "percent")]


def test_a_package_may_name_its_quantities_and_their_units():
    naming = {"rate": Naming("Calls per 1,000 residents", "per 1,000 residents")}
    found = compute(ROWS["league"], "league", unit="calls", quantities=naming)
    assert found.kind.quantities[1].title == "Calls per 1,000 residents"
    assert found.metric("rate").unit == "per 1,000 residents"
    assert found.kind.quantity("value") == kind("league").quantity("value")
    assert kind("league").quantities[1].title == "Rate"


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("rule", ratings.SCHEMES)
def test_every_rule_of_a_kind_can_rate_it(name, rule):
    if rule not in kind(name).rules:
        return
    quantity = kind(name).quantities[0]
    found = compute(
        ROWS[name], name, rate=PER_1000, scheme=rule,
        targets=tuple(
            target("range", year, quantity.name, lower=1, upper=9999)
            for year in ("2015/16", "2016/17")
        ),
        published=(published("rating_published", "G", None),),
    )  # fmt: skip
    assert found.rating.rule == rule
    assert found.rating.verdict in (NOT_RATED, ON_TARGET, CLOSE, OFF_TARGET)
    if rule in ("tolerance", "range", "published"):
        assert found.rating.verdict == ON_TARGET


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.integers(0, 300), min_size=33, max_size=33), st.integers(0, 32))
def test_law_a_gap_never_makes_a_figure_only_takes_some_away(values, gap):
    rows = months("2014-04", *values)
    whole = compute({"value": rows}, "count_rate", rate=PER_1000)
    del rows[list(rows)[gap]]
    holed = compute({"value": rows}, "count_rate", rate=PER_1000)
    full = {(m.measure, m.period): m for m in whole.metrics}
    for metric in holed.metrics:
        if not judged(metric):  # what is judged may speak of an earlier period, or of fewer
            assert full[metric.measure, metric.period] == metric


def test_a_figure_belongs_to_the_release_that_first_had_it():
    releases = ("2009/10-Q1", "2013/14-Q2", "2013/14-Q3")
    made = Partnership(
        "p", "P", "P", "", AREA, "2014-03-27", "", (), SCHEMES,
        tuple(Release(label, label, parse(label), "", "") for label in releases), (),
    )  # fmt: skip
    _, second, third = made.releases
    assert made.release_of(parse("2013/14-Q2")) is second
    assert made.release_of(parse("2012/13")) is second
    assert made.release_of(parse("2013-10")) is third
    assert made.release_of(parse("2014-01")) is third  # nothing known covers it
    assert made.release_of(None) is third
    assert replace(made, releases=()).release_of(None) is None
