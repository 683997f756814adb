"""Printed figures set against each other: each check finds its contradiction, and no trap."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from callover.compute import board, boards
from callover.data.read import read
from callover.errors import Faults
from callover.kinds import kind
from callover.model import (
    ALL,
    Cell,
    Comparator,
    Denominator,
    Group,
    Indicator,
    Key,
    League,
    Partnership,
    Published,
    Rate,
    Reference,
    Release,
    TargetRow,
)
from callover.pages.qualities import strongest
from callover.pages.quality import Checked, matched
from callover.periods import parse
from callover.reconcile import CHECKS, TOGETHER, VERDICTS, contradictions, reconcile

AREA, FORCE = "E09000002", "E23000001"
RELEASE = Release("r", "December 2016", parse("2016-12"), "", "")
MONTHS = [f"2016-{month:02d}" for month in range(4, 13)]


def made(slug="thefts", series=None, prints=(), kind="count", **own):
    """Write an indicator: series as {column: {period: value or marker}}, prints as tuples."""
    columns = series or {}
    cells = {
        Key(AREA, category, column): {parse(p): _cell(v) for p, v in values.items()}
        for name, values in columns.items()
        for column, _, category in [(name.partition(":")[0], "", name.partition(":")[2] or ALL)]
    }
    published = tuple(
        Published("r", m, parse(p) if p else None, AREA, ALL, text, where)
        for m, p, text, where in (row if len(row) == 4 else (*row, "table") for row in prints)
    )
    plain = Indicator(
        slug, slug.replace("-", " ").capitalize(), "", kind, "lower", "offences", "offence",
        "crime", 1, "", "", "monthly", None, "", AREA, cells, published=published,
    )  # fmt: skip
    return replace(plain, **own)


def _cell(value):
    if isinstance(value, str):
        number, _, marker = value.partition(" ")
        if number in ("c", "x", "z"):
            return Cell(None, number)
        decimals = len(number.partition(".")[2])
        return Cell(Fraction(number) if decimals else int(number), marker, "", "", 0, decimals)
    return Cell(value)


def page(*indicators, reference=None):
    reference = reference or Reference({}, {}, ())
    partnership = Partnership(
        "p", "P", "P", "", AREA, "2017-01-31", "", (), {}, (RELEASE,), tuple(indicators)
    )
    return board(partnership, reference)


def found(*indicators, reference=None):
    """Give what is found of several figures at once, as (check, print, explanation)."""
    portal = page(*indicators, reference=reference)
    return [
        (row.check, row.as_printed, row.explanation)
        for row in contradictions(portal, reconcile(portal))
    ]


def alone(*indicators, reference=None):
    """Give what is found of each figure by itself, as (check, verdict, explanation)."""
    portal = page(*indicators, reference=reference)
    return [(row.check, row.verdict, row.explanation) for row in reconcile(portal)]


def checks(rows):
    return [check for check, *_ in rows]


def months(values):
    return dict(zip(MONTHS, values, strict=False))


def row(measure, texts, where="table"):
    return [(measure, at, text, where) for at, text in zip(MONTHS, texts, strict=False)]


# ---------------------------------------------------------------- rows over time


def test_a_year_to_date_grows_by_its_month():
    series = {"value": {m: v for m, v in months([10, 20, 30, 40]).items() if m != "2016-04"}}
    prints = row("year_to_date", ["11", "31", "61", "111"])
    assert found(made(series=series, prints=prints)) == [
        (
            "ytd_increment",
            "111",
            "The printed year to date goes from 61 to 111, by 50. July 2016 itself has 40.",
        )
    ]
    assert found(made(series=series, prints=row("year_to_date", ["11", "31", "61", "101"]))) == []


def test_a_contradiction_is_told_once():
    prints = row("year_to_date", ["10", "30", "60", "110"])
    own = made(series={"value": months([10, 20, 30, 40])}, prints=prints)
    assert [check for check, *_ in alone(own)] == ["rests_on_it", "equal", "equal", "differs"]
    assert found(own) == []


def test_twelve_months_cannot_leave_less_than_nothing():
    prints = row("rolling_12_months", ["100", "125"])
    own = made(series={"value": months([10, 20])}, prints=prints)
    assert found(own) == [
        (
            "rolling_below_nought",
            "125",
            "12 months go from 100 to 125, and the month has 20. A year before it would have -5.",
        )
    ]
    assert found(replace(own, published=own.published[:1])) == []


def test_twelve_months_change_by_what_comes_in_less_what_falls_out():
    series = {"value": {**months([10, 20]), "2015-05": 12}}
    assert found(made(series=series, prints=row("rolling_12_months", ["100", "109"]))) == [
        (
            "rolling_identity",
            "109",
            "12 months go from 100 to 109. 20 came in and 12 fell out, so 108 would follow.",
        )
    ]
    right = made(series=series, prints=row("rolling_12_months", ["100", "108"]))
    assert found(right) == []
    guessed = {"value": {**months([10, 20]), "2015-05": "12 e"}}
    worked_out = made(series=guessed, prints=row("rolling_12_months", ["100", "109"]))
    assert found(worked_out) == [], "a month that we worked out proves nothing"


def test_a_leap_day_in_twelve_months_is_no_error():
    """The 12 months to February 2016 have 366 days: the count stands as it is."""
    series = {"value": {"2015-02": 10, "2016-01": 20, "2016-02": 29}}
    prints = [("rolling_12_months", "2016-01", "300"), ("rolling_12_months", "2016-02", "319")]
    assert found(made(series=series, prints=prints)) == []


RESIDENTS = Rate("residents", 1000, "per 1,000 residents")


def rates(texts, inferred=(True, True), values=(198_300, 202_000)):
    """Nine 12-month totals with printed rates, on two dated populations of the data."""
    below = tuple(
        Denominator("residents", AREA, parse(first).start, parse(last).end, value, "residents",
                    "", guessed)
        for (first, last), value, guessed in zip(
            (("2015-01", "2016-05"), ("2016-06", "2017-12")), values, inferred, strict=True
        )
    )  # fmt: skip
    series = {"value": {**months([1500, 1500, 1600, 1600]), "2015-04/2016-03": 17_400,
                        **{f"2015-{m:02d}": 1400 for m in range(4, 13)},
                        **{f"2016-{m:02d}": 1600 for m in range(1, 4)}}}  # fmt: skip
    own = made("all", series, row("rate", texts), "count_rate", rate=RESIDENTS)
    return own, Reference({}, {}, below)


def test_rates_that_go_over_to_another_population_are_told():
    own, reference = rates(["88.25", "88.75", "88.12", "89.11"])
    ((check, printed, explanation),) = found(own, reference=reference)
    assert (check, printed) == ("rate_denominator_break", "88.12")
    assert explanation == (
        "We get 89.76 with as many residents as the months before, about 198,300. The page prints "
        "88.12, which fits about 202,000. The offences rose from 17,600 to 17,800, and the rate "
        "fell."
    )


def test_a_population_that_the_data_states_from_a_source_may_change():
    own, reference = rates(["88.25", "88.75", "88.12", "89.11"], inferred=(False, False))
    assert found(own, reference=reference) == []
    one, reference = rates(["88.25", "88.75", "89.76", "90.77"])
    assert found(one, reference=reference) == []


def test_words_behind_their_table_are_told():
    prints = [
        ("rolling_12_months", "2016-11", "1,855"),
        ("rolling_12_months", "2016-12", "1,805"),
        ("rolling_12_months_change_count", "2016-11", "up 124"),
    ]
    assert found(made(series={"value": months([1])}, prints=prints)) == [
        (
            "stale_text",
            "up 124",
            "The page prints up 124 for November 2016. Its own figures go on to December 2016.",
        )
    ]
    also_newest = [*prints, ("rolling_12_months_change_count", "2016-12", "up 80")]
    assert found(made(series={"value": months([1])}, prints=also_newest)) == []


def test_headings_of_another_month_are_told_once():
    where = "table, row 'Year to date', column headed {}, line 1"
    prints = [
        ("year_to_date", "2016-04", "4", where.format("Apr-15")),
        ("year_to_date", "2016-05", "9", where.format("May-15")),
        ("rate", "2016-05", "1.1", where.format("May-15")),
    ]
    assert found(made(series={"value": months([4, 5])}, prints=prints)) == [
        (
            "header_period",
            "Apr-15 to May-15",
            "Columns are headed Apr-15 to May-15. Their figures are of April 2016 to May 2016.",
        )
    ]
    right = [("year_to_date", "2016-04", "4", where.format("Apr-16"))]
    assert found(made(series={"value": months([4])}, prints=right)) == []


@pytest.mark.parametrize(
    ("label", "length"),
    [
        ("January 2016 to November 2016", 11),
        ("January 2016 to December 2016", 0),
        ("Dec 2015 to Dec 2016", 13),
        ("Nowhere 2016 to December 2016", 0),
    ],
)
def test_twelve_months_are_twelve(label, length):
    where = f"words, printed as {label}, line 1"
    prints = [("rolling_12_months", "2016-12", "1,962", where), ("value", "2016-12", "9", where)]
    rows = found(made(series={"value": months([1] * 9)}, prints=prints))
    assert [explanation for _, _, explanation in rows] == (
        [f"The page prints 1,962 for 12 months, {label}. Those are {length} months."]
        if length
        else []
    )


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("history, printed as 2011/11", "2011/11"),
        ("2015/17 Target", "2015/17"),
        ("history, 2011/12", ""),
        ("row FY 1999/00", ""),
        ("2015/2016", ""),
        ("12/32 and 464/366", ""),
    ],
)
def test_a_financial_year_ends_in_the_year_after_it_begins(text, label):
    prints = [("mentioned", "", "10.5%", text)]
    assert [printed for _, printed, _ in found(made(prints=prints))] == ([label] if label else [])


# ---------------------------------------------------------------- parts and wholes


def robbery(whole, part, **own):
    return (
        made("robbery", {"value": whole}, within=("personal-robbery",), **own),
        made("personal-robbery", {"value": part}),
    )


def test_a_part_has_no_more_than_its_whole():
    july = robbery({"2016-06": 54, "2016-07": 47}, {"2016-06": 51, "2016-07": 48})
    assert found(*july) == [
        (
            "subset_exceeds_total",
            "47",
            "Personal robbery has 48. It is within Robbery, which has only 47.",
        )
    ]
    assert found(*robbery({"2016-07": 48}, {"2016-07": 48})) == []
    assert found(*robbery({"2016-07": 47}, {"2016-07": "48 e"})) == []


def test_strands_may_add_up_to_more_than_all_but_none_is_more():
    series = {"value": {"2016-09": 373}, "value:racist": {"2016-09": 346},
              "value:faith": {"2016-09": 22}, "value:islamophobic": {"2016-09": 18}}  # fmt: skip
    names = {"racist": "Racist", "faith": "Faith", "islamophobic": "Islamophobic"}
    assert found(made("hate", series, categories=names)) == []
    more = {**series, "value:faith": {"2016-09": 374}}
    assert found(made("hate", more, categories=names)) == [
        ("category_exceeds_total", "374", "Faith has 374, and all together only 373.")
    ]


YEAR = "2012-07/2013-06"


def burglary(total, homes, others, **columns):
    """Three 12-month measures of which the first is made of the others."""

    def one(slug, value, share, parts=()):
        series = {"value": {YEAR: value}}
        for column, text in share.items():
            series[column] = {YEAR: text}
        return made(slug, series, (), "rolling_only", parts=parts)

    shares = columns or {"": ("", "", "")}
    given = [{c: texts[i] for c, texts in shares.items() if c} for i in range(3)]
    return (
        one("burglary", total, given[0], ("homes", "others")),
        one("homes", homes, given[1]),
        one("others", others, given[2]),
    )


def test_declared_parts_add_up():
    assert found(*burglary(4670, 3254, 1417)) == [
        ("parts_sum", "4,670", "We get 4,671: Homes 3,254 and Others 1,417. The page prints 4,670.")
    ]
    assert found(*burglary(4670, 3254, 1416)) == []


def test_a_rate_of_a_total_lies_among_its_parts_by_their_size():
    assert found(*burglary(4670, 3254, 1416, detection_rate=("12.5", "14.4", "8.6"))) == [
        (
            "weighted_mean_of_parts",
            "12.5%",
            "We get 12.6% from its parts: 14.4% of 3,254 and 8.6% of 1,416. The page prints 12.5%.",
        )
    ]
    assert found(*burglary(4670, 3254, 1416, detection_rate=("12.6", "14.4", "8.6"))) == []
    unequal = burglary(5000, 3254, 1416, detection_rate=("12.5", "14.4", "8.6"))
    assert checks(found(*unequal)) == ["parts_sum"], "its parts are not all of it"


def test_cases_solved_in_one_way_are_no_more_than_all_that_are_solved():
    series = {"value": {YEAR: 731}, "detection_rate": {YEAR: "2.4"},
              "primary_detection_rate": {YEAR: "2.6"}}  # fmt: skip
    assert found(made("theft", series, (), "rolling_only")) == [
        (
            "share_exceeds_whole",
            "2.6%",
            "The page prints a primary detection rate of 2.6%. It is part of the detection rate, "
            "which is only 2.4%.",
        )
    ]
    rounded = {**series, "primary_detection_rate": {YEAR: "2.5"}}
    assert found(made("theft", rounded, (), "rolling_only")) == []


def bands(total, *counts):
    series = {"value": {"2013-05": total}}
    for number, count in enumerate(counts, 1):
        series[f"value:band-{number}"] = {"2013-05": count}
    return made("repeats", series, (), "distribution")


def test_bands_make_their_total():
    assert found(bands(653, 349, 134, 136, 21, 8, 2)) == [
        (
            "two_way_row_sum",
            "653",
            "The bands add up to 650: 349, 134, 136, 21, 8 and 2. The page prints 653. "
            "3 of the total are in no band.",
        )
    ]
    assert found(bands(737, 315, 152, 220, 31, 14, 5)) == []
    ((check, _, explanation),) = found(bands(10, 6, 5))
    assert check == "two_way_row_above" and explanation.endswith("That is more than the total.")


def test_the_areas_of_a_league_make_its_total():
    def league(total):
        values = {"E09000002": 900, "E09000003": 978, FORCE: total}
        series = {Key(a, ALL, "value"): {parse("2016-12"): Cell(v)} for a, v in values.items()}
        return replace(made("calls", kind="league"), series=series, league=League("met", FORCE))

    areas = {a: a for a in ("E09000002", "E09000003", FORCE)}
    group = {"met": Group("met", "Boroughs", 2, ("E09000002", "E09000003"), "")}
    reference = Reference(areas, group, ())
    assert found(league(1878), reference=reference) == []
    assert found(league(1879), reference=reference) == [
        ("league_sum", "1,879", "The 2 areas add up to 1,878. The page prints 1,879.")
    ]


# ---------------------------------------------------------------- targets and copies


def profile(quarters, target=2992, printed="2,992 (5% reduction)", baseline=3149):
    rows = [TargetRow("value", ALL, parse("2013/14"), "change", None, None, -5, baseline,
                      parse("2012/13"), "agreed", printed)]  # fmt: skip
    rows += [
        TargetRow("value", ALL, parse(f"2013/14-Q{n}"), "profile", None, amount)
        for n, amount in enumerate(quarters, 1)
    ]
    series = {"value": {"2012/13": baseline, "2013/14-Q1": 646}}
    return made("burglary", series, frequency="quarterly", targets=tuple(rows))


def test_a_profile_makes_its_year_but_for_rounding():
    assert found(profile((699, 734, 799, 760))) == []
    assert found(profile((699, 734, 799, 759))) == [], "off by 1 is rounding"
    assert found(profile((699, 734, 799, 700))) == [
        (
            "profile_sum_equals_target",
            "2,992",
            "The profile adds up to 2,932: 699, 734, 799 and 700. The year's target is 2,992.",
        )
    ]


def test_a_target_follows_from_its_baseline():
    assert found(profile((699, 734, 799, 760), printed="2,992 (5% reduction)")) == []
    ((check, printed, explanation),) = found(profile((), printed="2,929 (5% reduction)"))
    assert (check, printed) == ("target_from_baseline", "2,929 (5% reduction)")
    assert explanation == "3,149 less 5% is 2,992. The page prints 2,929 (5% reduction)."
    assert found(profile((), printed="5% decrease from previous year")) == []


def test_one_target_is_told_one_way():
    def told(*texts):
        rows = tuple(
            TargetRow("value", ALL, parse("2013/14"), "words", as_published=text) for text in texts
        )
        return found(made(series={"value": {"2012/13": 50}}, targets=rows))

    assert told("Dashboard: -9.0%", "Action plan: -11.9%") == [
        (
            "target_contradiction",
            "Action plan: -11.9%",
            "The document sets one target twice: Dashboard: -9.0%, and Action plan: -11.9%.",
        )
    ]
    assert told("Dashboard: -9.0%", "Action plan: -9%") == []


def test_bounds_that_move_from_year_to_year_are_no_contradiction():
    rows = tuple(
        TargetRow("percent", ALL, parse(year), "range", low, high, as_published=text)
        for year, low, high, text in (
            ("2015/16", 9, 14, "top quartile 9% to 14%"),
            ("2016/17", 8, 17, "top quartile 8% to 17%"),
        )
    )
    own = made("treated", {"percent": {"2016/17": 12}}, (), "proportion", targets=rows)
    assert found(own) == []


def test_years_that_two_measures_share_were_copied():
    years = {"2010/11": 868, "2011/12": 931, "2012/13": 619, "2013/14": 485}
    other = {**years, "2013/14": 447}
    one, two = made("robbery", {"value": years}), made("personal-robbery", {"value": other})
    assert found(one, two) == [
        (
            "duplicate_series",
            "619",
            "Robbery prints the same 3 figures: 868 in 2010/11, 931 in 2011/12 and 619 in "
            "2012/13. One of the two was copied.",
        )
    ]
    assert found(one, made("thefts", {"value": {**other, "2012/13": 600}})) == []


def test_the_rows_of_a_survey_that_say_the_same_under_two_names_are_no_copies():
    """FY 2011/12 and Q1 to Q4 are the same days: one row of the data, two prints."""
    prints = [("percent", "2011/12", "17%", "row Q1-Q4"), ("percent", "2011/12", "17%", "row FY")]
    own = made("worry", {"percent": {"2010/11": 18, "2011/12": 17, "2012/13": 16},
                         "base": {"2010/11": 400, "2011/12": 397, "2012/13": 390}},
               prints, "survey")  # fmt: skip
    assert found(own, replace(own, slug="other")) == []


def test_a_rate_that_stands_as_a_change_is_told():
    def quoted(change):
        return (
            Comparator(parse("2016-12"), FORCE, "", "rolling_12_months_change", Fraction(change),
                       change, "percent", "words"),
            Comparator(None, FORCE, "", "rate", Fraction("9.06"), "9.06", "per 1,000", "words"),
        )  # fmt: skip

    own = made(series={"value": months([1])})
    assert checks(found(replace(own, comparators=quoted("9.06")))) == ["unit_mixup"]
    assert found(replace(own, comparators=quoted("9.6"))) == []


# ---------------------------------------------------------------- one print, without ours


def test_a_figure_of_a_time_after_the_data_is_told():
    prints = [
        ("year_to_date", "2017-01", "7"),
        ("target_to_date", "2017-01", "9"),
        ("year_to_date", "2016/17", "5"),
    ]
    rows = alone(made(series={"value": months([1])}, prints=prints))
    assert checks(rows) == ["value_in_future_period", "no_figure", "no_figure"]
    assert rows[0][1:] == (
        "impossible",
        "The page prints 7. It stands under January 2017. "
        "The document's figures end with December 2016.",
    )


def test_thirteen_of_fifteen_is_third_highest():
    group = Group("msg", "Similar areas", 15, (), "")
    prints = [
        ("rank_in_msg", "2016-12", "13of15"),
        ("rank_in_msg_from_highest", "2016-12", "3rd highest"),
    ]
    own = made(series={"value": months([1])}, prints=prints, groups=("msg",))
    rows = alone(own, reference=Reference({}, {"msg": group}, ()))
    assert [verdict for _, verdict, _ in rows] == ["derived from this figure", "equal"]


MONITORED = (TargetRow("value", ALL, parse("2016/17"), "none"),)


def test_a_colour_needs_a_target_and_figures():
    prints = [("rating_published", "2016-12", "R")]
    plain = made(series={"value": months([4, 5])}, prints=prints)
    assert checks(alone(plain)) == ["no_figure"], "nobody says that there is no target"
    watched = replace(plain, targets=MONITORED)
    assert alone(watched) == [
        (
            "rag_without_target",
            "differs",
            "The page prints R (Red). The target is for monitoring only, so no colour follows "
            "from it.",
        )
    ]
    empty = made(series={"value": {"2015/16": 65, **months("x" * 9)}}, prints=prints)
    ((check, verdict, explanation),) = alone(replace(empty, targets=MONITORED))
    assert (check, verdict) == ("rag_without_data", "impossible")
    assert explanation == "The page prints R (Red). It has no figure of that year to rate."


def test_a_hidden_figure_is_not_nought():
    prints = [("value", "2016-04", "0"), ("value", "2016-05", "0"), ("value", "2016-06", "12")]
    rows = alone(made(series={"value": {"2016-04": "c", "2016-05": 0, "2016-06": "c"}},
                      prints=prints))  # fmt: skip
    assert checks(rows) == ["suppression_as_zero", "rests_on_it", "no_figure"]


def test_a_change_from_a_whole_number_is_attainable_or_cut_off_or_neither():
    def judged(now, text):
        prints = [("rolling_12_months_change", "2016-12", text)]
        series = {"value": {"2016-01/2016-12": now}}
        return alone(made("gun", series, prints, "rolling_only"))

    assert checks(judged(250, "+25%")) == ["no_figure"]  # from 200
    assert judged(254, "+12.8%") == [
        (
            "pct_change_cut_off",
            "truncated",
            "The page prints +12.8%. 254 against 225 is 12.89%. It was cut off, not rounded.",
        )
    ]
    assert judged(6, "+17.3%") == [
        (
            "pct_change_attainable",
            "impossible",
            "The page prints +17.3%. No whole number before 6 gives that.",
        )
    ]


def test_the_number_as_its_change_and_a_change_turned_round():
    series = {"value": {"2011/12": 77, "2012/13": 49, "2013/14": 98}}
    prints = [("change_on_last_year", "2012/13", "-49%"), ("change_on_last_year", "2013/14", "50%")]
    rows = alone(made(series=series, prints=prints, frequency="yearly"))
    assert checks(rows) == ["level_as_change", "pct_change_base"]
    assert rows[0][2].endswith("49 is the number itself, not its change.")
    assert rows[1][2].endswith("The change was divided by the later figure: 50%.")


def test_a_change_that_vanishes_is_no_error():
    series = {"value": {"2015-04": 1000, "2016-04": 998}}
    prints = [("change_on_last_year", "2016-04", "-0%"),
              ("change_on_last_year", "2016-04", "No change")]  # fmt: skip
    assert checks(alone(made(series=series, prints=prints))) == ["equal", "equal"]


def test_the_figure_of_a_year_before_is_told():
    series = {"value": {"2015-01/2015-12": 1184, "2016-01/2016-12": 838}}
    prints = [("rolling_12_months", "2016-12", "1,184")]
    ((check, verdict, explanation),) = alone(made("homes", series, prints, "rolling_only"))
    assert (check, verdict) == ("last_years_figure", "other release")
    assert explanation.endswith("That is the figure for January to December 2015.")


def test_the_year_to_date_of_an_earlier_day_is_told():
    """Barnet prints 519 up to 23 June, and 519 up to 30 June in another table."""
    series = {"value": {"2013-04-01/2013-06-23": 519, "2013-W25": 31}}
    prints = [("year_to_date", "2013-06", "519"), ("year_to_date", "2013-06", "540")]
    rows = alone(made("homes", series, prints, frequency="weekly"))
    assert checks(rows) == ["of_an_earlier_day", "no_figure"]
    assert rows[0][2] == (
        "The page prints 519. It stands for June 2013. That is the figure up to 23 June 2013."
    )


def test_points_that_are_printed_as_per_cent_are_equal_and_said_so():
    series = {"percent": {"2013/14-Q1": 54, "2013/14-Q2": 58}}
    prints = [("percent_change_on_period_before", "2013/14-Q2", "increased by 4%")]
    own = made("trust", series, prints, "proportion", frequency="quarterly")
    ((check, _, explanation),) = alone(own)
    assert check == "equal" and explanation.endswith("It prints %, and means points.")


def test_above_and_below_are_checked_with_both_figures():
    def said(text, quoted="87.37"):
        series = {"rate": {"2016/17-Q3": "87.07"}}
        prints = [("rate_against_E23000001", "2016/17-Q3", text)]
        others = (Comparator(None, FORCE, "", "rate", Fraction(quoted), quoted, "per 1,000", ""),)
        return alone(made("all", series, prints, "rate", comparators=others))

    assert said("above the average") == [
        (
            "claim_vs_comparator",
            "impossible",
            "We find it below: 87.07 beside 87.37. The page prints above the average.",
        )
    ]
    assert checks(said("below the average")) == ["equal"]
    assert checks(said("higher", "87.00")) == ["equal"]
    assert checks(said("in line with others", "87.07")) == ["equal"]
    assert checks(said("much like others")) == ["no_single_figure"]
    assert checks(said("above", "87.37")[:1]) == ["claim_vs_comparator"]


def test_what_a_page_says_it_divides_by_must_fit_its_rates():
    def custody(text, unit="per 1,000 aged 10 to 17"):
        series = {"rate": {"2012/13": "1.94"}, "count": {"2012/13": 46}}
        prints = [("denominator", "2012/13", text)]
        return alone(made("custody", series, prints, "rate", unit=unit, frequency="yearly"))

    assert custody("23,370") == [
        (
            "rate_denominator_stated",
            "impossible",
            "We get 23,650 to 23,773, as 46 have a rate of 1.94. The page prints 23,370. "
            "Its own rates do not fit that.",
        )
    ]
    assert checks(custody("23,730")) == ["equal"]
    assert checks(custody("23,730", unit="days")) == ["no_figure"]


def test_a_stated_population_that_is_ours_proves_nothing():
    own, reference = rates(["88.25"], inferred=(False, True))
    prints = tuple(
        Published("r", "denominator", parse(at), AREA, ALL, text, "words")
        for at, text in (("2016-05", "198,300"), ("2016-12", "202,000"), ("2016-12", "210,000"))
    )
    rows = alone(replace(own, published=prints), reference=reference)
    assert checks(rows) == ["rests_on_it", "rests_on_it", "rate_denominator_stated"]
    assert rows[2][2] == (
        "We get 202,000 residents from the printed rates. The page prints 210,000. "
        "Its own rates do not fit that."
    )


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("incidents per 1000 households", "rate_unit_label"),
        ("per 1,000 HH", "rate_unit_label"),
        ("crimes per 1,000 population.", "rests_on_it"),
        ("offences", "no_single_figure"),
    ],
)
def test_rates_are_of_whom_the_page_says(text, check):
    own, reference = rates(["88.25"], inferred=(False, True))
    prints = (Published("r", "rate_unit", parse("2016-05"), AREA, ALL, text, "words"),)
    ((found_, _, explanation),) = alone(replace(own, published=prints), reference=reference)
    assert found_ == check
    if check == "rate_unit_label":
        assert explanation.startswith("We find the rates to be of residents. The page prints")
    nobody = replace(own, published=prints, rate=None)
    assert checks(alone(nobody)) in (["no_figure"], ["no_single_figure"])


def test_rates_and_numbers_side_by_side_need_one_population():
    def told(*pairs):
        prints = [
            row
            for at, rate, count in pairs
            for row in (
                ("rate", "", rate, f"column {at}, line 1; no period"),
                ("count", "", count, f"column {at}, line 1; the number behind"),
            )
        ]
        series = {"rate": {"2012/13": 690}}
        return found(made("young", series, prints, "rate", unit="per 100,000 aged 10 to 17"))

    assert told(("A", "1,436", "243"), ("B", "601", "143")) == [
        (
            "rates_of_two_populations",
            "601",
            "A rate of 1,436 for 243 needs about 16,900. A rate of 601 for 143 needs about "
            "23,800. Both are on one page.",
        )
    ]
    assert told(("A", "1,436", "243"), ("B", "1,400", "237")) == []
    assert told(("A", "1,436", "243")) == []


# ---------------------------------------------------------------- further traps


def test_weeks_below_their_year_to_date_are_no_error():
    """A table that begins with the second week: the first is in the total alone."""
    series = {"value": {"2013-W14": "58 e", "2013-W15": 49, "2013-W16": 41,
                        "2013-04-01/2013-04-21": 148}}  # fmt: skip
    prints = [("year_to_date", "2013-W16", "148"), ("value", "2013-W15", "49")]
    own = made("weekly", series, prints, frequency="weekly", rests_on=frozenset({"year_to_date"}))
    assert not [v for _, v, _ in alone(own) if VERDICTS[v].is_exception]
    assert found(own) == []


def test_a_month_of_more_successes_than_endings_is_no_error_while_the_total_is_not():
    series = {"terminations": months([4, 2, 9]), "successes": months([2, 3, 3])}
    prints = [*row("successes", ["2", "3", "3"]), *row("successes_year_to_date", ["2", "5", "8"])]
    own = made("treated", series, prints, "completions")
    assert not [v for _, v, _ in alone(own) if VERDICTS[v].is_exception]
    assert found(own) == []


def test_an_average_of_rounded_periods_is_no_error():
    series = {"percent": {"2013-04-15/2013-05-12": 11, "2013-05-13/2013-06-09": 10}}
    prints = [("percent", "2013-04-15/2013-06-09", "11%")]
    own = made("repeat", series, prints, "proportion")
    assert checks(alone(own)) == ["no_figure"] and found(own) == []


def test_a_rate_of_half_a_year_is_no_error():
    below = Denominator("residents", AREA, 0, parse("2017-12").end, 255_540, "residents", "", False)
    series = {"value": {"2013/14-Q1": 272, "2013/14-Q2": 224, "2012/13": 1049}}
    prints = [("rate_year_to_date", "2013/14-Q2", "1.94")]
    own = made("robbery", series, prints, "count_rate", frequency="quarterly", rate=RESIDENTS)
    reference = Reference({}, {}, (below,))
    assert checks(alone(own, reference=reference)) == ["equal"]
    assert found(own, reference=reference) == []


# ---------------------------------------------------------------- the table, and what it costs


def test_every_row_has_its_own_name_its_words_and_a_verdict_of_the_contract():
    rows = [(r.name, r.title, r.sentence, r.verdict) for r in CHECKS]
    rows += [(r.name, r.title, r.sentence, r.verdict) for r in TOGETHER]
    names = [name for name, *_ in rows]
    assert {name for name in names if names.count(name) > 1} == {"stale_text"}
    for _, title, sentence, verdict in rows:
        assert verdict in VERDICTS
        assert sentence.endswith(".") and title
        assert all(len(part.split()) <= 25 for part in sentence.split(". "))


def test_kinds_name_only_shares_of_their_own():
    for part, whole in kind("rolling_only").shares_at_most:
        assert kind("rolling_only").column(part) and kind("rolling_only").column(whole)


def test_a_package_without_prints_says_nothing(package):
    (one,) = boards(read(package("count", published=None), date(2017, 1, 31)))
    assert contradictions(one, reconcile(one)) == ()


def test_a_claim_names_an_area_or_a_group_that_is_known(package):
    header = "release,measure,period,area_code,category,as_printed,where\n"
    line = "2016-12,value_against_{},2016-12,,all,above,page\n"
    text = header + "".join(line.format(name) for name in ("met", FORCE, "nowhere"))
    with pytest.raises(Faults) as told:
        read(package("count", published=text), date(2017, 1, 31))
    (fault,) = told.value.faults
    assert (fault.row, fault.column, fault.value) == (4, "measure", "value_against_nowhere")
    assert "areas.csv" in fault.expected


# ---------------------------------------------------------------- in words, and the strongest


@pytest.mark.parametrize(
    ("agree", "slight", "differ", "said"),
    [
        (1, 0, 0, "it matches"),
        (0, 1, 0, "it is rounded otherwise"),
        (0, 0, 1, "it does not match"),
        (3, 0, 0, "all match"),
        (0, 0, 3, "none match"),
        (0, 12, 0, "12 are rounded otherwise"),
        (5, 1, 1, "5 match, 1 is rounded otherwise and 1 does not"),
        (0, 2, 2, "2 are rounded otherwise and 2 do not match"),
        (1, 0, 2, "1 matches and 2 do not"),
    ],
)
def test_how_many_match_is_said_without_a_nought(agree, slight, differ, said):
    assert matched(Checked(agree, slight, differ)) == said


def test_the_strongest_are_chosen_by_verdict_then_newness_then_error():
    def robbed(slug, text, measure="change_on_last_year_count", at="2016-12"):
        total = {"2015-04/2015-12": 100, **months([10] * 9)}
        prints = [("year_to_date", at, "90"), ("year_to_date_last_year", at, "100"),
                  (measure, at, text)]  # fmt: skip
        return made(slug, {"value": total}, prints)

    sound = robbed("sound", "down 10")
    small, large = robbed("small", "down 11"), robbed("large", "down 3")
    other = made("other", {"value": months([10, 20])}, row("year_to_date", ["10", "35"]))
    portal = page(small, other, sound, large)
    rows = reconcile(portal)
    told = strongest([portal], {"p": (*rows, *contradictions(portal, rows))})
    assert [one.href for one in told] == [
        "../p/large/#printed-1",
        "../p/small/#printed-1",
        "../p/other/#printed-1",
    ]
    assert told[0].explanation.startswith("We get 10 fewer: 90 against 100. The page prints down 3")
