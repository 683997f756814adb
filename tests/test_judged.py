"""What is judged of the newest figures, and what the page says of it beside the rating."""

import re
from dataclasses import replace
from fractions import Fraction
from math import inf, isclose, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from callover import judged
from callover.compute import sheet as compute
from callover.errors import UnknownName
from callover.judged import JUDGED, judgement
from callover.kinds import KINDS
from callover.measures import MEASURES
from callover.model import Break, Cell, Denominator, Indicator, Key, Rate, Reference, Scheme
from callover.model import TargetRow as Target
from callover.pages.certain import certain, how_often
from callover.periods import parse
from callover.readability import grade, longest, sentences
from callover.rounding import half_up
from callover.worked import WORKED

AREA = "E09000002"
THIS_YEAR = (1383, 1639, 1532, 1614, 1438, 1425, 1403, 1387, 1386)
LAST_YEAR = (1342, 1496, 1440, 1584, 1411, 1432, 1366, 1514, 1463)
ALL_CRIME = (*LAST_YEAR, *(1460,) * 3, *THIS_YEAR)
SCHEMES = {
    "none": Scheme("none", "none", ""),
    "two": Scheme("two", "two_windows", "Two windows"),
    "ten": Scheme("ten", "tolerance", "Within 10%"),
}


def months(values, first=2015):
    return {f"{first + (n + 3) // 12}-{(n + 3) % 12 + 1:02}": v for n, v in enumerate(values)}


def sheet(values, kind="count", polarity="lower", scheme="none", **own):
    """Compute a made-up indicator; `values` are labelled figures of a column, or of several."""
    columns = values if isinstance(next(iter(values.values())), dict) else {"value": values}
    series = {
        Key(AREA, "all", column): {
            parse(label): Cell(None, v) if isinstance(v, str) else Cell(v)
            for label, v in rows.items()
        }
        for column, rows in columns.items()
    }
    indicator = Indicator(
        *("measure", "Measure", "", kind, polarity, "offences", "offence", "crime", 1),
        *("Police", "", own.pop("frequency", "monthly"), None, "", AREA, series),
        **{"scheme": scheme, **own},
    )
    below = Denominator("residents", AREA, 1, 3_600_000, 201_979, "residents", "", False)
    return compute(indicator, Reference({AREA: "Borough"}, {}, (below,)), SCHEMES)


def short(made, measure, decimals=2):
    value = made.value(measure)
    assert value is not None, measure
    return float(half_up(value, decimals))


def said(made):
    found = certain(made)
    assert found is not None
    return " ".join(text for text in found.texts if text not in found.usual)


def target(lower=None, upper=None, period="2016/17", measure="value"):
    kind = "maximum" if lower is None else "minimum" if upper is None else "range"
    return Target(measure, "all", parse(period), kind, lower, upper)


# ---------------------------------------------------------------- a second calculation


def exact_limits(now, then):
    """The ratio's limits in per cent: Clopper and Pearson's as scipy has them."""
    found = stats.binomtest(now, now + then).proportion_ci(method="exact")
    return [100 * (side / (1 - side) - 1) if side < 1 else inf for side in found]


def quasi_limits(now, then):
    """The same where months vary more than chance: Wilson's limits on sums divided by phi."""
    a, n = sum(now), sum(now) + sum(then)
    table = [[x, y] for x, y in zip(now, then, strict=True)]
    phi = stats.chi2_contingency(table, correction=False).statistic / (len(now) - 1)
    cases, share, z = n / phi, a / n, stats.norm.ppf(0.975)
    middle = (share + z * z / (2 * cases)) / (1 + z * z / cases)
    reach = z * sqrt(share * (1 - share) / cases + (z / (2 * cases)) ** 2) / (1 + z * z / cases)
    return [100 * (side / (1 - side) - 1) for side in (middle - reach, middle + reach)]


def newcombe_limits(k1, n1, k2, n2):
    """The difference's limits in points: Newcombe's method 10 on scipy's Wilson limits."""
    (l1, u1), (l2, u2) = (
        stats.binomtest(k, n).proportion_ci(method="wilson") for k, n in ((k1, n1), (k2, n2))
    )
    p1, p2 = k1 / n1, k2 / n2
    lower = p1 - p2 - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)
    return [100 * lower, 100 * (p1 - p2 + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2))]


# ---------------------------------------------------------------- in metrics.csv


def test_the_change_in_all_crime_is_judged_with_the_ups_and_downs_of_its_months():
    made = sheet(months(LAST_YEAR) | months(THIS_YEAR, 2016))
    assert short(made, "change_on_last_year_p_value") == 0.51
    assert short(made, "change_on_last_year_p_value_exact") == 0.33
    assert short(made, "change_on_last_year_dispersion", 1) == 2.2
    found = [short(made, f"change_on_last_year_{side}", 1) for side in ("lower", "upper")]
    assert found == [round(side, 1) for side in quasi_limits(THIS_YEAR, LAST_YEAR)] == [-2.4, 4.9]


def test_only_the_newest_figure_is_judged():
    made = sheet(months(ALL_CRIME))
    found = [m for m in made.metrics if m.measure == "change_on_last_year_p_value"]
    assert [m.period.label for m in found] == ["2016-12"]
    assert (found[0].start, found[0].end) == (parse("2016-04").start, parse("2016-12").end)
    assert found[0].unit == judged.PROBABILITY


def test_the_last_12_months_are_tested_beside_the_12_before():
    """17,588 against 16,998: each month is 50 more, so they vary less than chance would."""
    made = sheet(months((1400,) * 12 + (1450,) * 12, 2015))
    name = "rolling_12_months_change"
    # At a year's end both are the same days, and one test.
    for part in ("p_value", "lower", "upper"):
        assert made.value(f"{name}_{part}") == made.value(f"change_on_last_year_{part}")
    made = sheet(months((1400,) * 12 + (1450,) * 9, 2015) | {f"2015-0{n}": 1400 for n in (1, 2, 3)})
    found = made.metric(f"{name}_p_value")
    now, then = 3 * 1400 + 9 * 1450, 12 * 1400
    exact = stats.binomtest(now, now + then, 366 / 731).pvalue  # 2016 has a day more
    assert isclose(found.value, exact, rel_tol=0.02)
    assert (found.start, found.end) == (parse("2016-01").start, parse("2016-12").end)


def test_the_rate_of_12_months_has_byars_limits():
    rate = Rate("residents", 1000, "per 1,000 residents")
    made = sheet(months((1465,) * 20 + (1472,), 2015), kind="count_rate", rate=rate)
    assert short(made, "rate_lower") == 85.79 and short(made, "rate_upper") == 88.37
    assert made.metric("rate_lower").unit == "per 1,000 residents"


def test_a_share_has_wilsons_limits_and_its_target_a_chance():
    columns = {"numerator": {"2016/17": 31}, "base": {"2016/17": 461}}
    made = sheet(columns, "proportion", "higher", targets=(target(lower=8, measure="percent"),))
    assert [short(made, f"percent_{side}", 1) for side in ("lower", "upper")] == [4.8, 9.4]
    p = 2 * stats.binom.cdf(31, 461, 0.08)
    assert isclose(short(made, "percent_difference_from_target_p_value", 6), p, abs_tol=1e-6)


def test_a_change_of_shares_needs_the_parts_of_both_years():
    columns = {
        "numerator": {"2015/16": 48, "2016/17": 56},
        "base": {"2015/16": 80, "2016/17": 70},
    }
    made = sheet(columns, "proportion", "higher")
    limits = [short(made, f"percent_change_on_last_year_{side}") for side in ("lower", "upper")]
    assert limits == [5.24, 33.39]  # Newcombe 1998, table II
    del columns["base"]["2015/16"]
    assert sheet(columns, "proportion").value("percent_change_on_last_year_p_value") is None


def test_samples_that_share_months_are_tested_with_what_they_share():
    columns = {
        "percent": {"2011-07/2012-06": 24, "2011-10/2012-09": 25},
        "base": {"2011-07/2012-06": 397, "2011-10/2012-09": 397},
    }
    made = sheet(columns, "survey", frequency="quarterly")
    p = made.value("percent_change_on_period_before_p_value")
    assert p is not None and abs(float(p) - 0.51) < 0.01  # z = 0.65
    lower = short(made, "percent_change_on_period_before_lower", 1)
    assert lower == -2.0  # 1 point less 1.96 times 1.53


@pytest.mark.parametrize(
    ("now", "then"),
    [({}, {"2015-04": 5}), ({"2016-04": "c"}, {"2015-04": 5}), ({"2016-04": 5}, {})],
)
def test_nothing_is_judged_of_a_missing_figure(now, then):
    made = sheet(now | then)
    assert made.value("change_on_last_year_p_value") is None
    assert certain(made) is None


def test_no_change_is_judged_across_a_change_in_recording():
    before = sheet(months(ALL_CRIME), breaks=(Break(parse("2014-04"), "New rules."),))
    across = sheet(months(ALL_CRIME), breaks=(Break(parse("2016-04"), "New rules."),))
    assert before.value("change_on_last_year_p_value") is not None
    assert across.value("change_on_last_year_p_value") is None
    assert across.value("change_on_last_year_lower") is None


def test_levels_and_rates_of_a_source_are_no_counts_of_cases():
    for kind in ("snapshot", "rate", "yearly"):
        assert all(not quantity.judged for quantity in KINDS[kind].quantities)


# ---------------------------------------------------------------- on the page


def test_a_rating_that_rests_on_chance_is_told_so():
    made = sheet(months((*ALL_CRIME[:9], 1300, 1300, 1300, *ALL_CRIME[12:]), 2015), scheme="two")
    early = months((1300,) * 12, 2014)
    rows = early | {p.label: c.value for p, c in next(iter(made.indicator.series.values())).items()}
    text = said(sheet(rows, scheme="two"))
    assert text.startswith("No clear change on last year. Anything from 2% fewer to 5% more")
    assert text.endswith(
        "Rated Off target for a rise of 1%. The usual ups and downs bring a change as large as "
        "this in about one year in two."
    )


def test_a_clear_fall_has_its_limits_and_no_note():
    now = (47, 79, 62, 55, 53, 47, 59, 76, 98)
    then = (65, 61, 68, 89, 89, 77, 104, 111, 119)
    made = sheet(months(then) | months(now, 2016), scheme="ten", targets=(target(upper=900),))
    far, near = (-round(side) for side in quasi_limits(now, then))
    assert (near, far) == (13, 38)
    assert said(made) == (
        "Fewer than last year, by more than chance. It is between 13% and 38% fewer."
    )


def test_a_rating_that_a_clear_change_speaks_against_is_told_so():
    now, then = (30,) * 12, (60,) * 12
    made = sheet(months(then) | months(now, 2016), scheme="ten", targets=(target(upper=200),))
    assert said(made).endswith("Rated Off target, yet it is clearly better than last year.")
    other = replace(made.indicator, polarity="ambiguous")
    assert "Rated" not in said(compute(other, made.reference, SCHEMES))


@pytest.mark.parametrize("polarity", ["range", "monitor", "ambiguous"])
def test_where_no_direction_is_better_none_is_called_so(polarity):
    made = sheet(months((60,) * 12) | months((30,) * 12, 2016), polarity=polarity)
    assert said(made).startswith("Fewer than last year")
    assert "better" not in said(made)


def test_a_target_missed_by_chance_is_told_so():
    made = sheet(months((9,) * 12, 2016), scheme="ten", targets=(target(upper=95),))
    p = 2 * stats.poisson.sf(107, 95)  # 108 where 95 are wanted
    assert isclose(short(made, "difference_from_target_p_value", 6), p, abs_tol=1e-6)
    assert said(made) == (
        "Rated Off target, yet the usual ups and downs bring a gap as large as this in about "
        "one year in five."
    )


LAST = "than last year, by more than chance."
FIT = "would fit these figures."


@pytest.mark.parametrize(
    ("then", "now", "limits", "text"),
    [
        (0, 9, None, f"More {LAST}"),
        (0, 2, None, "No clear change on last year. The numbers are too small to tell."),
        (9, 0, (-100, -49), f"Fewer {LAST} It is between 49% and 100% fewer."),
        (
            *(2, 4, (-71, 2111)),  # 2,111% more is 22.1 times as many
            f"No clear change on last year. Anything from 71% fewer to 22.1 times as many {FIT}",
        ),
        (
            *(100, 100, (-25, 33)),
            f"No clear change on last year. Anything from 25% fewer to 33% more {FIT}",
        ),
    ],
)
def test_small_and_absent_figures(then, now, limits, text):
    assert limits is None or limits == tuple(round(side) for side in exact_limits(now, then))
    assert said(sheet({"2015-04": then, "2016-04": now})) == text


def test_a_percentage_moves_in_points():
    columns = {
        "numerator": {"2015/16": 40, "2016/17": 60},
        "base": {"2015/16": 100, "2016/17": 100},
    }
    text = said(sheet(columns, "proportion", "higher", frequency="yearly"))
    assert [round(side, 1) for side in newcombe_limits(60, 100, 40, 100)] == [6.1, 32.8]
    assert text == (
        "Higher than a year before, by more than chance. It is between 6.1 and 32.8 percentage "
        "points higher."
    )


@pytest.mark.parametrize(
    ("p", "text"),
    [
        ("1", "in most years"),
        ("0.66", "in about two years in three"),
        ("0.51", "in about one year in two"),
        ("0.33", "in about one year in three"),
        ("0.22", "in about one year in five"),
        ("0.05", "in about one year in 20"),
        ("0.0499", "in less than one year in 20"),
    ],
)
def test_how_often_chance_alone_does_it(p, text):
    assert how_often(Fraction(p)) == text


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.integers(0, 10_000), st.sampled_from(["lower", "higher"]))
def test_any_two_figures_give_plain_sentences(then, now, polarity):
    made = sheet({"2015-04": then, "2016-04": now}, polarity=polarity, scheme="two")
    if not then + now:
        assert certain(made) is None
        return
    text = said(made)
    assert not re.search(r"-\d|\b0%|(?<!\.)\b1 \w+s\b", text), text
    assert longest(sentences(text)) <= 25 and grade(text) <= 7, (grade(text), text)


# ---------------------------------------------------------------- the table of methods


def test_every_row_is_explained_used_and_worked():
    used = {name for row in KINDS.values() for q in row.quantities for name in q.judged}
    assert used == set(JUDGED) == set(WORKED)
    for row in JUDGED.values():
        assert all((row.title, row.formula, row.source, row.sentence, row.names))
        assert grade(row.sentence) <= 7 and longest(sentences(row.sentence)) <= 25, row.name
    with pytest.raises(UnknownName, match="change_of_counts"):
        judgement("guess")


def test_a_judged_figure_never_takes_the_name_of_a_measure_of_its_quantity():
    for row in KINDS.values():
        for quantity in row.quantities:
            given_ = {name for method in quantity.judged for name in JUDGED[method].names}
            assert not given_ & set(quantity.measures), (row.name, quantity.name)
    assert not set(JUDGED) & set(MEASURES)


def test_worked_examples_are_the_published_figures():
    text = {name: make() for name, make in WORKED.items()}
    assert "p = 0.33" in text["change_of_counts"] and "p = 0.51" in text["change_of_counts"]
    assert "vary 2.2 times" in text["change_of_counts"]
    assert "5.24 to 33.39" in text["change_of_shares"]
    assert "p = 0.092" in text["change_of_samples"]
    assert "87.07 per 1,000, with limits 85.79 to 88.37" in text["interval_of_rate"]
    assert "6.7%, with limits 4.8 to 9.4%" in text["interval_of_share"]
    assert "24 of 35" in text["figure_against_target"]
