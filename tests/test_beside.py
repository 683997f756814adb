"""Areas beside others: higher, similar or lower, told apart or not, and never unlike beside like.

Expected values are the printed ones of the research notes (all crime 85.79 to 88.37 beside 87.37;
violence with injury 10.05 to 10.95 beside 8.61) or are worked out here with scipy and by hand.
"""

import csv
from dataclasses import replace
from fractions import Fraction
from math import sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from tests.test_leagues import (
    BARNET,
    BOROUGHS,
    FORCE,
    LONDON,
    QUARTER,
    by_name,
    league,
    reference,
)  # fmt: skip

from callover import beside as besides
from callover import certainty, kinds, words
from callover import given as given_
from callover.beside import AGAINST, UNCOMPARED, VERDICTS
from callover.compute import sheet as compute
from callover.likeunits import alike
from callover.model import (
    Break,
    Cell,
    Comparator,
    Denominator,
    Group,
    Indicator,
    Key,
    Number,
    Published,
    Rate,
    Reference,
    Scheme,
)  # fmt: skip
from callover.pages import beside, groups, placed
from callover.periods import parse
from callover.readability import grade, longest, sentences
from callover.worked import COMPARED

AREA = "E09000002"
NONE = {"none": Scheme("none", "none", "")}
ROOT = Path(__file__).parent.parent
PER_1000 = Rate("residents", 1000, "per 1,000 residents")
SHARED = Reference(
    {AREA: "Made-up Borough", FORCE: "Made-up Police"},
    {
        "alike": Group("alike", "Most similar group", 15, (), ""),
        "met": Group("met", "boroughs of the force", 32, (), ""),
        "few": Group("few", "neighbours", 4, (), ""),
    },
    (Denominator("residents", AREA, 1, 3_600_000, 201_979, "residents", "", False),),
    area_types={FORCE: "force"},
)


def other(value, measure="rate", period="2016-12", unit="per 1,000 residents", group=""):
    at = parse(period) if period else None
    area = "" if group else FORCE
    return Comparator(at, area, group, measure, Fraction(value), value, unit, "quoted")


def crime(*others, total=17_587, kind="count_rate", column="value", **own):
    """A year of months that add up to a total, with a rate for 201,979 residents."""
    months = {f"2016-{m:02}": total // 12 for m in range(1, 13)}
    months["2016-12"] += total - 12 * (total // 12)
    series = {Key(AREA, "all", column): {parse(p): Cell(v) for p, v in months.items()}}
    return made(kind, series, comparators=others, rate=PER_1000, **own)


def made(kind, series, **own):
    indicator = Indicator(
        "measure", "Measure", "", kind, own.pop("polarity", "lower"), "offences", "offence", "o", 1,
        "", "", own.pop("frequency", "monthly"), None, "", AREA, series, **own,
    )  # fmt: skip
    return compute(indicator, SHARED, NONE)


# ---------------------------------------------------------------- one figure beside another


@pytest.mark.parametrize(
    ("lower", "upper", "theirs", "lies"),
    [
        ("85.79", "88.37", "87.37", "similar"),
        ("85.79", "88.37", "85.99", "similar"),
        ("10.05", "10.95", "8.61", "higher"),
        ("10.05", "10.95", "9.59", "higher"),
        ("10.05", "10.95", "10.95", "similar"),
        ("10.05", "10.95", "10.96", "lower"),
        (None, "10", "-5", "similar"),
        ("0", None, "1000", "similar"),
    ],
)
def test_a_figure_is_higher_or_lower_only_if_its_limits_leave_the_other_out(
    lower, upper, theirs, lies
):
    low, high = (Fraction(end) if end else None for end in (lower, upper))
    assert certainty.beside(low, high, Fraction(theirs)) == lies


@pytest.mark.parametrize(
    ("total", "theirs", "limits", "lies"),
    [(17_587, "87.37", "85.79 to 88.37", "similar"), (2_119, "8.61", "10.05 to 10.95", "higher")],
)
def test_the_newest_rate_is_set_beside_the_force_with_the_published_limits(
    total, theirs, limits, lies
):
    found = crime(other(theirs), total=total)
    (one,) = found.beside
    assert " to ".join(f"{float(end):.2f}" for end in (one.lower, one.upper)) == limits
    told = found.metric(f"rate_against_{FORCE}")
    assert (told.text, told.value, told.marker, told.unit) == (lies, None, "", "verdict")


def test_an_undated_rate_stands_beside_the_newest_and_says_so():
    found = crime(other("87.37", period=""))
    assert found.beside[0].verdict == "similar"
    assert found.metric(f"rate_against_{FORCE}").marker == "u"
    assert placed.among_others(found) == (
        "The rate is similar to that of the Made-up Police (87.37, undated)."
    )
    assert beside.about(found)[0][0] == "Dates"


UNLIKE = {
    "another measure": (other("5", "robbery:rate"), "elsewhere"),
    "a figure that we do not have": (other("5", "percent", unit="percent"), "no-measure"),
    "another year": (other("87", period="2014-12"), "other-period"),
    "half a year beside 12 months": (other("44", period="2016-07/2016-12"), "other-period"),
    "other people": (other("87", unit="per 1,000 households"), "other-unit"),
    "per more people": (other("870", unit="per 10,000 residents"), "other-unit"),
    "a unit that nobody states": (other("87", unit=""), "other-unit"),
    "the number of a whole force": (other("700000", "value", unit="offences"), "count"),
    "a rate so far that is undated": (other("66", "rate_year_to_date", ""), "no-period"),
    "a number that is undated": (other("3", "value", "", "offences"), "no-period"),
}


@pytest.mark.parametrize("name", UNLIKE)
def test_unlike_figures_are_not_compared_and_the_page_says_why(name):
    quoted, reason = UNLIKE[name]
    found = crime(quoted)
    (one,) = found.beside
    assert (one.verdict, one.reason) == ("", reason)
    assert not [m for m in found.metrics if "_against_" in m.measure]
    table = beside.table(found)
    told = [cell.text for cell in table.rows[0].cells] if table else []
    assert f"Not compared: {words.UNCOMPARED[reason]}" in told
    assert placed.among_others(found) == ""


def test_every_reason_and_verdict_has_words():
    assert set(words.UNCOMPARED) == set(UNCOMPARED)
    assert set(words.BESIDE) == set(VERDICTS)


def test_a_rate_over_a_change_in_recording_is_not_compared():
    changed = (Break(parse("2016-07"), "Counted in another way."),)
    (one,) = crime(other("87.37"), breaks=changed).beside
    assert one.reason in ("break", "no-figure", "other-period", "no-measure")
    assert one.verdict == ""


def test_a_rate_of_half_a_year_has_its_own_limits_and_stands_beside_its_like():
    """496 of 255,540 in Haringey: exact limits by chi-square, not Byar's, within 0.01."""
    series = {
        Key(AREA, "all", "value"): {parse("2013/14-Q1"): Cell(272), parse("2013/14-Q2"): Cell(224)}
    }
    quoted = other("1.85", "rate_year_to_date", "2013-04/2013-09")
    below = Denominator("residents", AREA, 1, 3_600_000, 255_540, "residents", "", False)
    indicator = made(
        "count_rate", series, frequency="quarterly", comparators=(quoted,), rate=PER_1000
    ).indicator
    shared = Reference(SHARED.areas, SHARED.groups, (below,), area_types=SHARED.area_types)
    (one,) = compute(indicator, shared, NONE).beside
    exact = [stats.chi2.ppf(0.025, 2 * 496) / 2, stats.chi2.ppf(0.975, 2 * 497) / 2]
    for end, wanted in zip((one.lower, one.upper), exact, strict=True):
        assert float(end or 0) == pytest.approx(wanted * 1000 / 255_540, abs=0.01)
    assert one.verdict == "similar"


def test_a_share_has_wilsons_limits_at_any_period_and_none_without_its_base():
    """31 of 461 is 4.8 to 9.4; a percentage alone cannot be tested."""
    rows = {"numerator": {"2014/15": 31, "2015/16": 40}, "base": {"2014/15": 461, "2015/16": 460}}
    series = {
        Key(AREA, "all", c): {parse(p): Cell(v) for p, v in own.items()} for c, own in rows.items()
    }
    quoted = [other(v, "percent", "2014/15", "percent") for v in ("9.3", "9.5", "4.7")]
    found = made("proportion", series, frequency="yearly", comparators=tuple(quoted))
    assert [one.verdict for one in found.beside] == ["similar", "lower", "higher"]
    alone = {Key(AREA, "all", "percent"): {parse("2014/15"): Cell(Fraction(67, 10))}}
    found = made("proportion", alone, frequency="yearly", comparators=tuple(quoted[:1]))
    assert found.beside[0].reason == "no-interval"
    assert " ".join(placed.a_lot(found)).startswith(
        "It is 6.7%, beside the Made-up Police (9.3%); without the numbers behind it"
    )


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("per 1,000 residents", "per 1,000 population", True),
        ("offences per 1,000 people", "per 1,000 residents", True),
        ("per 1,000 households", "per 1,000 residents", False),
        ("per 1,000 residents", "per 100,000 residents", False),
        ("per 100,000 population", "per 100,000 aged 10 to 17", False),
        ("percent", "percent", True),
        ("percent", "percentage points", False),
        ("", "per 1,000 residents", False),
    ],
)
def test_rates_are_alike_if_they_are_per_as_many_of_the_same(one, two, same):
    assert alike(one, two) is same and alike(two, one) is same


# ---------------------------------------------------------------- areas told apart


def p_by_scipy(one, two):
    """The exact conditional test of two counts with the people that their rates imply."""
    (count, rate), (other_count, other_rate) = one, two
    people = [float(count / rate), float(other_count / other_rate)]
    law = stats.binom(count + other_count, people[0] / sum(people))
    return min(1, 2 * min(law.cdf(count), law.sf(count - 1)))


def test_barnet_is_told_apart_from_27_of_31_boroughs():
    """Named by scipy's binomial; the document's own table has the counts and the rates."""
    column = by_name(league(BOROUGHS), LONDON)["rate"]
    found = column.apart(BARNET)
    own = BOROUGHS[BARNET]
    wanted = {}
    for code, theirs in BOROUGHS.items():
        if code not in (BARNET, FORCE):
            side = "higher" if theirs[1] > own[1] else "lower"
            wanted[code] = side if p_by_scipy(own, theirs) < 0.05 else "similar"
    assert found == wanted
    similar = {code for code, verdict in found.items() if verdict == "similar"}
    # Harrow, Kingston upon Thames, Sutton and Wandsworth.
    assert similar == {"E09000015", "E09000021", "E09000029", "E09000032"}
    assert placed.alike(column, BARNET) == "cannot be told apart from 4 of the other 31"


@given(*[st.tuples(st.integers(1, 3000), st.integers(1, 2000))] * 2)
def test_law_two_rates_are_tested_the_same_from_either_side(one, two):
    there, back = certainty.p_of_rates(one, two), certainty.p_of_rates(two, one)
    assert float(there) == pytest.approx(float(back), rel=1e-6)
    assert 0 <= there <= 1


def test_nothing_beside_nothing_is_no_difference():
    assert certainty.p_of_rates((0, 5), (0, 9)) == 1


LEAGUE = kinds.kind("league")
NAMED = {quantity.name: quantity for quantity in LEAGUE.quantities}
RATE, PERCENT = NAMED["rate"], NAMED["percent"]


def ends(quantity, figure):
    found = given_.limits(quantity, figure)
    assert found is not None
    return found


def p_of(quantity, one, other_):
    found = given_.p_apart(quantity, one, other_)
    assert found is not None
    return found


def test_given_figures_have_the_limits_of_what_lies_behind():
    """Wilson by hand for 15 of 263 (5.7%, as ONS rounds); Byar for 978 calls at 2.76."""
    z, n, p = 1.96, 263, 5.7
    middle, reach = 2 * n * p / 100 + z * z, z * sqrt(z * z + 4 * n * p / 100 * (1 - p / 100))
    low, high = ends(PERCENT, (Fraction("5.7"), 263))
    assert float(low) == pytest.approx(100 * (middle - reach) / (2 * (n + z * z)))
    assert float(high) == pytest.approx(100 * (middle + reach) / (2 * (n + z * z)))
    exact = [stats.chi2.ppf(0.025, 2 * 978) / 2, stats.chi2.ppf(0.975, 2 * 979) / 2]
    for end, wanted in zip(ends(RATE, (Fraction("2.76"), 978)), exact, strict=True):
        assert float(end) == pytest.approx(wanted * 2.76 / 978, abs=0.001)
    assert given_.limits(RATE, (0, 0)) is None and given_.limits(PERCENT, (5, 0)) is None


def test_percentages_with_a_base_are_told_apart_by_newcombe():
    """56 of 70 and 48 of 80, Newcombe's own example: the interval 5.24 to 33.39 leaves out 0."""
    assert p_of(PERCENT, (80, 70), (60, 80)) < Fraction(5, 100)
    assert p_of(PERCENT, (80, 7), (60, 8)) > Fraction(5, 100)
    assert given_.p_apart(RATE, (0, 0), (5, 8)) is None


def test_a_league_of_counts_or_of_rates_alone_cannot_tell_areas_apart():
    rates = by_name(
        league({BARNET: (5,), **dict.fromkeys("BCDE", (4,))}), reference(BARNET, *"BCDE")
    )
    assert rates["value"].untested == "count" and rates["value"].apart(BARNET) == {}
    percent = by_name(league({BARNET: (5, 1), **dict.fromkeys("BCDE", (4, 2))}, unit="percent"),
                      reference(BARNET, *"BCDE"))  # fmt: skip
    assert percent["rate"].untested == "no-numbers"
    assert placed.alike(percent["rate"], BARNET).startswith("may be like many of them")


def test_a_league_is_told_by_what_compares_places():
    """Counts alone do not; a share of a base does; a rate of 0 is of nobody knows how many."""
    rates = league({BARNET: (0, 0), **{c: (9, n) for n, c in enumerate("BCDE", 2)}})
    column = by_name(rates, reference(BARNET, *"BCDE"))["rate"]
    assert placed.alike(column, BARNET) == "cannot be tested, as its figure is 0"
    found = compute(league({BARNET: (5,), **dict.fromkeys("BCDE", (4,))}),
                    reference(BARNET, *"BCDE"), NONE)  # fmt: skip
    assert list(placed.a_lot(found)) == [placed.NUMBERS]
    assert placed.among_others(found) == ""


def test_percentages_of_a_league_are_tested_by_their_base():
    """Newcombe's 56 of 70 and 48 of 80 differ (5.24 to 33.39 points); 56 of 70 and 57 of 71 not."""
    one = league({BARNET: (1,), **dict.fromkeys("BCDE", (1,))})
    shares: dict[str, tuple[Number, int]] = {
        BARNET: (80, 70),
        "B": (60, 80),
        "C": (Fraction("80.3"), 71),
        "D": (80, 70),
    }
    series = dict(one.series)
    for area, (percent, base) in shares.items():
        series[Key(area, "all", "percent")] = {QUARTER: Cell(percent)}
        series[Key(area, "all", "base")] = {QUARTER: Cell(base)}
    series[Key("E", "all", "percent")] = {QUARTER: Cell(70)}
    column = by_name(replace(one, series=series), reference(BARNET, *"BCDE"))["percent"]
    assert column.apart(BARNET) == {"B": "lower", "C": "similar", "D": "similar"}
    assert placed.alike(column, BARNET) == (
        "cannot be told apart from 2 of the other 3 (1 cannot be tested)"
    )


def test_few_areas_and_a_change_in_recording_have_no_rank():
    few = by_name(league({BARNET: (5,), "B": (4,)}), reference(BARNET, "B"))["value"]
    assert few.unranked == "few"
    five = league({BARNET: (5,), **dict.fromkeys("BCDE", (4,))})
    assert by_name(five, reference(BARNET, *"BCDE"))["value"].unranked == ""
    changed = (Break(parse("2013-05"), "Counted in another way."),)
    broken = league({BARNET: (5,), **dict.fromkeys("BCDE", (4,))}, breaks=changed)
    assert by_name(broken, reference(BARNET, *"BCDE"))["value"].unranked == "break"


# ---------------------------------------------------------------- printed ranks


def ranked(group, printed, period="2016-12"):
    rows = (Published("r", f"rank_in_{group}", parse(period), AREA, "all", printed, ""),)
    return " ".join(placed.a_lot(crime(published=rows, groups=(group,))))


def test_a_printed_rank_says_that_nobody_knows_which_areas_differ():
    assert ranked("met", "21of32").endswith(
        "The rate is the 12th highest of 32 (boroughs of the force); we lack their rates "
        "to test that."
    )


def test_a_rank_of_few_or_of_another_period_than_the_rate_is_not_told():
    assert "highest of" not in ranked("few", "2of4")
    assert "highest of" not in ranked("met", "21of32", "2016-06")


# ---------------------------------------------------------------- groups and words


def test_a_group_says_who_is_in_it_since_when_and_how_its_mean_is_made():
    plain = Group("a", "Alike", 0, (), "")
    assert groups.rule(plain) == (
        "An unknown number of areas, not named in the source, not dated. How its mean is made: "
        "not stated."
    )
    start = parse("2014-04-01").start
    whole = Group("b", "Beside", 2, (AREA, FORCE), "A note.", "rate of all members together", start)
    assert groups.rule(whole) == (
        "2 areas, from 1 April 2014. How its mean is made: rate of all members together."
    )
    shared = Reference(SHARED.areas, {"b": whole}, ())
    (row,) = groups.table(shared).rows
    assert [cell.text for cell in row.cells] == [
        *("2", "Made-up Borough and Made-up Police", "from 1 April 2014"),
        *("rate of all members together", "A note."),
    ]


def test_the_mean_of_a_group_is_read_from_its_column(package, cli, tmp_path):
    table = (
        "group,title,size,members,valid_from,valid_to,mean,note\n"
        "met,Boroughs of the force,32,not published,2015-04-01,,mean of the members' rates,\n"
        "alike,Most similar group,15,not published,,,,\n"
    )
    data = package("count", extra={"reference/groups.csv": table})
    assert cli("tidy", "--data", data).returncode == 0
    done = cli("build", "--data", data, "--output", tmp_path / "site")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site/methods/index.html").read_text("utf-8")
    assert "mean of the members&#39; rates" in page or "mean of the members' rates" in page
    assert "from 1 April 2015" in page


def test_the_method_is_explained_and_worked():
    assert set(COMPARED) == {"against_others", "told_apart", "interval_of_given"}
    assert grade(AGAINST.sentence) <= 7 and longest(sentences(AGAINST.sentence)) <= 25
    assert COMPARED["against_others"]() == (
        "87.07 offences per 1,000 residents, with limits 85.79 to 88.37, beside 87.37 in the "
        "force: similar. 10.49, with limits 10.05 to 10.95, beside 8.61: higher."
    )
    told = COMPARED["told_apart"]()
    own = (978, Fraction("2.76"))
    assert p_by_scipy(own, (1001, Fraction("3.22"))) < 0.001 and "Brent" in told
    assert f"p = {p_by_scipy(own, (844, Fraction('2.75'))):.2f}, not told apart." in told


def test_pages_of_the_demonstration_say_how_areas_lie_beside_others(built_site, html):
    def lot(address):
        (part,) = html(built_site / address / "index.html").all("dl", class_="co-glance")
        return part.text

    tno = lot("barking-and-dagenham/total-notifiable-offences")
    assert "chance could put it anywhere from 85.79 to 88.37" in tno
    assert "That is similar to the Metropolitan Police (87.37)" in tno
    assert "That is higher than the Metropolitan Police (8.61)" in lot(
        "barking-and-dagenham/violence-with-injury"
    )
    assert "cannot be told apart from 4 of the other 31" in lot("barnet/asb-calls")
    assert "similar to the Metropolitan Police (34%)" in lot(
        "barnet/worried-about-crime-in-the-area"
    )


def test_every_answer_of_the_demonstration_is_plain(built_site):
    seen = 0
    for path in built_site.glob("*/*/metrics.csv"):
        rows = csv.DictReader(path.read_text("utf-8").splitlines())
        told = [r for r in rows if "_against_" in r["measure"]]
        assert all(r["text"] in VERDICTS and not r["value"] for r in told)
        seen += len(told)
    assert seen > 50


def test_besides_of_nothing_is_nothing():
    assert besides.besides(crime().indicator, LEAGUE, "all", None, (), {}, ()) == ()
