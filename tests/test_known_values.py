"""The published figures that the statistics must give, each against a calculation of its own.

Every expected value is printed in the method's source or in the partnership's documents, or is
worked out here a second time: by scipy.stats, by exact fractions, or by hand. None is our output.
The second half looks for the same figures on the pages that are published.
"""

import csv
import re
from fractions import Fraction
from itertools import pairwise
from math import isclose, sqrt

import pytest
from scipy import stats

from callover.ahead import deviation
from callover.certainty import (
    byar,
    change_of_counts,
    change_of_shares,
    clear,
    share_of,
    z_of,
)
from callover.intervals import Rounded, Sample, change, estimate
from callover.projection import Projection
from callover.rounding import half_up
from callover.signals import all_on_one_side, limits, mean, signals
from callover.words import p_value

NINE_MONTHS = (275, 275)  # days from April to December, of both years
BURGLARY = (47, 79, 62, 55, 53, 47, 59, 76, 98), (65, 61, 68, 89, 89, 77, 104, 111, 119)
ALL_CRIME = (
    (1383, 1639, 1532, 1614, 1438, 1425, 1403, 1387, 1386),
    (1342, 1496, 1440, 1584, 1411, 1432, 1366, 1514, 1463),
)
ABUSE = (170, 222, 196, 221, 229, 195, 196, 203, 186)
WEEKS = (51, 44, 47, 36, 45, 40, 56, 35, 33, 43, 31)
WEEKS_BEFORE = (62, 56, 49, 51, 55, 42, 48, 61, 71, 76, 77)


def short(value, decimals):
    return float(half_up(value, decimals))


# ---------------------------------------------------------------- intervals


def test_byar_all_crime_is_87_07_with_limits_85_79_to_88_37():
    count, people, z = 17_587, 201_979, stats.norm.ppf(0.975)
    lower, upper = (side * 1000 / people for side in byar(count))
    assert (short(Fraction(1000 * count, people), 2), short(lower, 2), short(upper, 2)) == (
        *(87.07, 85.79, 88.37),
    )
    # Breslow and Day's formula, in floating point.
    by_hand = [
        count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3,
        (count + 1) * (1 - 1 / (9 * (count + 1)) + z / (3 * sqrt(count + 1))) ** 3,
    ]
    assert all(
        isclose(a, 1000 * b / people, rel_tol=1e-5)
        for a, b in zip((lower, upper), by_hand, strict=True)
    )


def test_wilson_31_of_461_is_6_7_percent_with_limits_4_8_to_9_4():
    found = share_of(31, 461)
    assert [short(v, 1) for v in (found.share, found.lower, found.upper)] == [6.7, 4.8, 9.4]
    exact = stats.binomtest(31, 461).proportion_ci(method="wilson")
    assert [round(100 * side, 1) for side in exact] == [4.8, 9.4]


# ---------------------------------------------------------------- two counts


def by_scipy(now, then):
    """Give the exact p-value, the dispersion of the months, and the p-value that allows for it."""
    a, b = sum(now), sum(then)
    exact = min(1, 2 * min(stats.binom.cdf(a, a + b, 0.5), stats.binom.sf(a - 1, a + b, 0.5)))
    table = [[x, y] for x, y in zip(now, then, strict=True)]
    phi = stats.chi2_contingency(table, correction=False).statistic / (len(table) - 1)
    return exact, phi, 2 * stats.norm.sf(abs(a - b) / sqrt(a + b) / sqrt(phi))


@pytest.mark.parametrize(
    ("months", "sums", "p_exact", "phi", "p", "is_clear"),
    [
        (BURGLARY, (576, 783), "2e-08", 2.5, "0.0004", True),
        (ALL_CRIME, (13_207, 13_048), "3e-01", 2.2, "0.51", False),
    ],
)
def test_two_years_of_counts(months, sums, p_exact, phi, p, is_clear):
    assert tuple(map(sum, months)) == sums
    found = change_of_counts(sums[0], sums[1], NINE_MONTHS, tuple(zip(*months, strict=True)))
    assert found is not None and found.p_exact is not None and found.dispersion is not None
    assert f"{float(found.p_exact):.0e}" == p_exact
    assert (short(found.dispersion, 1), p_value(found.p)) == (phi, p)
    assert clear(found.p) is is_clear
    again = by_scipy(*months)
    assert all(
        isclose(a, b, rel_tol=1e-6)
        for a, b in zip((found.p_exact, found.dispersion, found.p), again, strict=True)
    )


def test_all_crime_up_by_159_has_p_0_33_by_chance_alone():
    found = change_of_counts(13_207, 13_048, NINE_MONTHS)
    assert found is not None and p_value(found.p) == "0.33"


# ---------------------------------------------------------------- control charts


def by_hand(values):
    """Give mean and limits in exact fractions: 2.66 is 266/100."""
    moves = [abs(b - a) for a, b in pairwise(values)]
    centre, reach = Fraction(sum(values), len(values)), Fraction(266 * sum(moves), 100 * len(moves))
    return centre, centre - reach, centre + reach


def test_domestic_violence_has_mean_202_limits_145_5_to_258_5_and_no_signal():
    found = limits(ABUSE, counts=True)
    assert by_hand(ABUSE) == (202, Fraction(29095, 200), Fraction(51705, 200))
    assert (found.mean, found.lower, found.upper) == by_hand(ABUSE)
    assert [short(v, 1) for v in by_hand(ABUSE)] == [202.0, 145.5, 258.5]
    assert set(signals(ABUSE, found)) == {None}


def test_barnet_burglary_by_week_has_limits_of_16_4_to_67_4():
    """The upper limit is 67.445.

    Rounded once it is 67.4. The issue's 67.5 comes from rounding twice, 67.445 to 67.45 and that
    to 67.5, which rounding once at the end never does.
    """
    found = limits(WEEKS, counts=True)
    # 461/11 for the mean; the ten moves add up to 96, so 2.66 x 9.6 = 25.536 to each side.
    assert (found.mean, found.lower, found.upper) == by_hand(WEEKS)
    assert found.upper == Fraction(461, 11) + Fraction(25536, 1000)
    assert short(found.upper, 3) == 67.445 and short(found.lower, 1) == 16.4
    assert short(found.upper, 1) == 67.4
    assert short(half_up(half_up(found.upper, 2), 2), 1) == 67.5  # what rounding twice gives
    assert set(signals(WEEKS, found)) == {None}


def test_all_eleven_weeks_lie_below_last_years_mean_of_58_9():
    before = mean(WEEKS_BEFORE)
    assert before == Fraction(648, 11) and short(before, 1) == 58.9
    assert max(WEEKS) == 56 and all_on_one_side(WEEKS, before) == -1


# ---------------------------------------------------------------- a survey


def _sample(share, base):
    found = estimate(Sample(Rounded(share), base))
    assert found is not None
    return found


def test_24_to_25_percent_in_years_that_share_three_quarters_has_z_0_65():
    """By the plain formula: variance p(1 - p)/n, halved as half of all quarters is new or gone."""
    now, then = _sample(25, 397), _sample(24, 397)
    z = z_of(change(now, then, Fraction(3, 4)))
    error = sqrt(0.245 * 0.755 / 397 * 2 * (1 - 0.75))
    assert round(100 * error, 2) == 1.53
    assert isclose(z, 0.01 / error, rel_tol=1e-3) and isclose(z, 0.65, abs_tol=0.006)
    assert not clear(change_of_shares(now, then, Fraction(3, 4)).p)


def test_20_to_25_percent_in_separate_years_has_p_0_092():
    found = change_of_shares(_sample(25, 397), _sample(20, 392))
    error = sqrt(0.2 * 0.8 / 392 + 0.25 * 0.75 / 397)
    assert round(100 * error, 2) == 2.97 and round(2 * stats.norm.sf(0.05 / error), 3) == 0.092
    assert p_value(found.p) == "0.092" and not clear(found.p)


# ---------------------------------------------------------------- the year's end


def test_rubbish_fires_are_heading_for_166_between_156_and_176():
    """By the ratio: 211 x 144 / 183; variance R + R^2 (1/144 + 1/183), R the fires to come."""
    centre = 211 * 144 / 183
    rest = centre - 144
    sigma = sqrt(rest + rest**2 * (1 / 144 + 1 / 183))
    facts = {"so_far": 144, "then": 183, "then_all": 211}
    assert isclose(deviation(Projection(Fraction(211 * 144, 183), "seasons", facts)), sigma)
    ends = [round(centre + side * 1.96 * sigma) for side in (-1, 0, 1)]
    assert ends == [156, 166, 176]


# ---------------------------------------------------------------- as they are published


@pytest.fixture(scope="module")
def published(built_site, html):
    """Give the words of an indicator's page: its second judgement, its control chart."""

    def words(address):
        page = html(built_site / address / "index.html")
        judged = " ".join(node.text for node in page.all(class_="co-certain"))
        charts = [f for f in page.all("figure") if f.attrs["id"] == "chart-control"]
        drawn = [svg.attrs["aria-label"] for f in charts for svg in f.all("svg", role="img")]
        return judged, "".join(drawn), page

    return words


@pytest.fixture(scope="module")
def metric(built_site):
    """Give the newest figure of a measure in metrics.csv."""

    def value(address, name, period):
        rows = csv.DictReader(
            (built_site / address / "metrics.csv").read_text("utf-8").splitlines()
        )
        return next(
            float(row["value"])
            for row in rows
            if (row["measure"], row["period"], row["category"]) == (name, period, "all")
        )

    return value


BD, BARNET = "barking-and-dagenham", "barnet"


def test_residential_burglary_is_published_as_clearly_fewer(published, metric):
    judged, _, _ = published(f"{BD}/residential-burglary")
    assert judged.startswith("Fewer than last year, by more than chance.")
    assert "(p = 0.0004; below 0.0001 if months varied by chance alone)" in judged
    p = metric(f"{BD}/residential-burglary", "change_on_last_year_p_value_exact", "2016-12")
    assert f"{p:.0e}" == "2e-08"


def test_all_crime_is_published_with_both_p_values_and_judged_by_the_second(published, metric):
    address = f"{BD}/total-notifiable-offences"
    judged, _, page = published(address)
    assert judged.startswith("No clear change on last year.")
    assert "(p = 0.51; 0.33 if months varied by chance alone)" in judged
    assert "Rated Off target for a rise of 1%." in judged and "one year in two" in judged
    assert "87.07" in page.text
    bounds = [metric(address, f"rate_{side}", "2016-12") for side in ("lower", "upper")]
    assert [round(bound, 2) for bound in bounds] == [85.79, 88.37]


def test_domestic_violence_is_published_with_its_limits_and_no_signal(published):
    judged, drawn, _ = published(f"{BD}/domestic-violence")
    assert "No month since April 2016 stands out." in judged
    assert "Mean 202." in drawn and "usual is 145.5 to 258.5" in drawn
    assert "Usual ups and downs" in drawn


def test_barnet_burglary_by_week_is_published_as_low_against_last_year(published):
    judged, drawn, _ = published(f"{BARNET}/residential-burglary-by-week")
    assert "No week since the week to Sunday 14 April 2013 stands out." in judged
    assert "All eleven weeks are below last year's mean of 58.9." in judged
    assert "usual is 16.4 to 67.4" in drawn


def test_rubbish_fires_are_published_with_where_they_are_heading(published, metric):
    address = f"{BD}/outdoor-rubbish-fires"
    _, _, page = published(address)
    assert "should end at about 166, between 156 and 176" in page.text
    assert "the target of at most 257" in page.text
    names = [f"projected_year_end{side}" for side in ("_lower", "", "_upper")]
    assert [round(metric(address, name, "2016-12")) for name in names] == [156, 166, 176]


def test_the_opiate_clients_are_published_with_wilsons_limits(published):
    _, _, page = published(f"{BD}/drug-treatment-completions")
    assert re.search(r"6\.7% .*?95% interval 4\.8% to 9\.4%", page.text)


def test_the_worry_about_behaviour_is_published_as_no_clear_change(published, metric):
    address = f"{BARNET}/worried-about-asb-in-the-area"
    judged, _, _ = published(address)
    assert judged.startswith("No clear change on a year before.") and "(p = 0.092)" in judged
    p = metric(address, "percent_change_on_period_before_p_value", "2012/13")
    assert isclose(p, 2 * stats.norm.sf(0.655), abs_tol=2e-3)
