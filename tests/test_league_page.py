"""The page of a league: ranks both ways, ties, the total, charts with tables, and its sentence."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from tests.conftest import parsed

import generate
from callover.data.read import read
from callover.pages.portal import press

TODAY = date(2017, 1, 31)
HOME = generate.PARTNERSHIP
ROOT = Path(__file__).resolve().parent.parent
HEADER = "period,area_code,value,rate,percent,marker\n"


@pytest.fixture(scope="module")
def barnet():
    """The files of Barnet's league as the repository has it."""
    files = press(read(ROOT / "datapackage", TODAY), {})
    return {
        k.removeprefix("barnet/league/asb-calls/"): v for k, v in files.items() if "/league/" in k
    }


@pytest.fixture
def made(package):
    """Make the files of a small league: `made(rows)`."""

    def make(rows, **callover):
        data = package("league", series=HEADER + rows, callover=callover)
        files = press(read(data, TODAY), {})
        place = f"{HOME}/league/measure/"
        return {k.removeprefix(place): v for k, v in files.items() if k.startswith(place)}

    return make


def page(files):
    return parsed(files["index.md"].split("<!-- html -->")[1])


def page_of(data):
    """The page of the one league of a folder."""
    return page({"index.md": press(read(data, TODAY), {})[f"{HOME}/league/measure/index.md"]})


def headline(files):
    return page(files).one("p", class_="co-headline").text


# ---------------------------------------------------------------- Barnet


def test_barnet_is_13th_highest_by_number_and_10th_lowest_by_rate(barnet):
    assert headline(barnet) == (
        "Barnet has the 13th highest number of calls of 32 boroughs and the 10th lowest rate. "
        "Residents who say there is a lot of ASB: 4%, the lowest."
    )


def test_the_32_boroughs_add_up_to_the_printed_total(barnet):
    assert (
        "The 32 boroughs add up to 28,632 calls. That is the total that the source prints for "
        "Metropolitan Police."
    ) in page(barnet).text


def test_the_table_ranks_both_ways_and_marks_ties_and_the_own_borough(barnet):
    table = page(barnet).all("table")[-1]
    rows = {
        tr.one("th").text: [td.text for td in tr.all("td")] for tr in table.one("tbody").all("tr")
    }
    assert len(rows) == 33
    assert rows["Barnet (this area)"] == [
        *("2.76", "", "2.59 to 2.94", "10", "23", "978", "20", "13", "4%", "1", "32")
    ]
    for name in ("Bexley", "Bromley", "Havering"):
        assert [rows[name][i] for i in (0, 3, 4)] == ["2.45", "3=", "28="]
    assert [rows["Harrow"][i] for i in (0, 3, 4)] == ["2.51", "6", "27"]
    assert rows["Metropolitan Police (all of them)"][5] == "28,632"
    own = [td for td in table.all("td") if "is-current" in td.attrs.get("class", "")]
    assert len(own) == 11


def test_both_charts_have_a_table_a_file_and_a_figure(barnet):
    for name in ("league-rate", "tiles-rate"):
        assert {f"chart-{name}.svg", f"chart-{name}.json"} <= set(barnet)
        figure = page(barnet).one("figure", id=f"chart-{name}")
        assert len(figure.one("tbody").all("tr")) == 32
    tiles = page(barnet).one("figure", id="chart-tiles-rate").one("table")
    assert [th.text for th in tiles.all("th", scope="col")] == ["Area", "Figure", "Class"]
    rows = {
        tr.one("th").text: [td.text for td in tr.all("td")] for tr in tiles.one("tbody").all("tr")
    }
    assert rows["Barnet"] == ["2.76", "Second lowest group"]
    assert rows["Westminster"] == ["7.17", "Highest group"]


def test_the_csv_has_every_area_and_figure(barnet):
    rows = list(csv.DictReader(io.StringIO(barnet["league.csv"])))
    assert len(rows) == 96
    own = {r["measure"]: r for r in rows if r["area_code"] == "E09000003"}
    assert own["value"]["rank_from_highest"] == "13"
    assert (own["rate"]["rank_from_lowest"], own["rate"]["value"]) == ("10", "2.76")
    assert sum(int(r["value"]) for r in rows if r["measure"] == "value") == 28632


# ---------------------------------------------------------------- other leagues


def test_a_sum_that_misses_the_printed_total_is_told(made):
    text = page(
        made("2016-12,E09000002,5,,,\n2016-12,E09000003,4,,,\n2016-12,E23000001,12,,,\n")
    ).text
    assert (
        "The 2 boroughs add up to 9 cases. The source prints 12 for Made-up Police, 3 more." in text
    )
    text = page(
        made("2016-12,E09000002,5,,,\n2016-12,E09000003,4,,,\n2016-12,E23000001,8,,,\n")
    ).text
    assert "The source prints 8 for Made-up Police, 1 fewer." in text


def test_an_area_without_a_figure_is_named_and_nothing_is_added(made):
    rows = "2016-12,E09000002,5,1.5,,\n2016-12,E09000003,,1.2,,x\n"
    text = page(made(rows.replace(",,1.2,,x", ",,,,x"))).text
    assert "Number of cases: no figure for Next Borough." in text
    assert "add up to" not in text


def test_the_own_area_may_share_a_rank(made):
    files = made("2016-12,E09000002,5,,,\n2016-12,E09000003,5,,,\n")
    assert headline(files) == (
        "Made-up Borough: 5 (number of cases). "
        "We rank five areas or more, so there is no rank here."
    )


def test_an_own_area_without_a_figure_is_told(made):
    files = made("2016-12,E09000002,,,,x\n2016-12,E09000003,5,,,\n")
    assert headline(files) == "Made-up Borough has no figure for December 2016."


def test_the_newest_period_is_shown_and_the_csv_has_all(made):
    rows = "".join(
        f"2016-{m},E0900000{a},{n},,,\n" for m, n in (("11", 5), ("12", 7)) for a in "23"
    )
    files = made(rows)
    assert "December 2016" in page(files).one("dl").text
    assert files["league.csv"].count("2016-11,") == 2


def test_without_places_there_is_no_map(made):
    files = made("2016-12,E09000002,5,,,\n2016-12,E09000003,4,,,\n")
    assert "chart-league-value.svg" in files
    assert not any("tiles" in name for name in files)


def test_another_kind_has_no_league_page(package):
    files = press(read(package("count"), TODAY), {})
    assert not any("/league/" in path for path in files)


def test_the_page_says_who_is_ranked_since_when_and_how_the_mean_is_made(barnet, package):
    said = page(barnet).one("dl", class_="co-meta").text
    assert "Metropolitan Police boroughs" in said
    assert "32 areas, not dated. How its mean is made: not stated." in said
    table = (
        "group,title,size,members,valid_from,valid_to,note\n"
        "met,Boroughs of the force,2,E09000002 E09000003,2017-01-01,,\n"
        "alike,Most similar group,15,not published,,,\n"
    )
    rows = "2016-12,E09000002,5,,,\n2016-12,E09000003,4,,,\n"
    data = package(
        "league",
        series=HEADER + rows,
        extra={"reference/groups.csv": table},
        callover={"league": {"group": "met", "total_area": "E23000001"}},
    )
    said = page_of(data).one("dl").text
    assert "2 areas, from 1 January 2017." in said
    assert "These members are those of another time than the figures." in said


def test_each_area_lies_beside_the_own_one_in_a_word_and_a_shape(barnet):
    """Enfield: 1,002 calls at 3.21; Sutton: 515 at 2.71; Merton: 468 at 2.35; see test_beside."""
    table = page(barnet).all("table")[-1]
    rows = {tr.one("th").text: tr.all("td")[1] for tr in table.one("tbody").all("tr")[:-1]}
    for name, word, shape in (
        ("Enfield", "Higher", "higher"),
        ("Sutton", "No clear difference", "similar"),
        ("Merton", "Lower", "lower"),
    ):
        assert rows[name].text == word
        assert rows[name].one("span", class_=f"co-lies--{shape}").attrs["aria-hidden"] == "true"
    assert rows["Barnet (this area)"].text == ""


def test_what_the_ranks_cannot_say_is_said(barnet):
    text = page(barnet).text
    assert "a rank by number does not compare places" in text
    assert "Barnet cannot be told apart from 4 of the other 31." in text
    assert "Barnet may be like many of them: the numbers behind the figures are not pub" in text
    rows = {r["area_code"]: r for r in csv.DictReader(io.StringIO(barnet["league.csv"]))
            if r["measure"] == "rate"}  # fmt: skip
    assert (rows["E09000029"]["beside_own_area"], rows["E09000024"]["beside_own_area"]) == (
        "similar", "lower",
    )  # fmt: skip


def test_areas_without_a_figure_leave_a_rank_among_those_that_are_known(package):
    """Six areas of a group, one missing: the third of five."""
    codes = [f"E0900000{n}" for n in (2, 3, 4, 5, 6, 7)]
    names = "area_code,name,area_type,csp_code,force_code\n" + "".join(
        f"{code},Area {code[-1]},borough,,\n" for code in (*codes, "E23000001", "E12000007")
    )
    table = f"group,title,size,members,valid_from,valid_to,note\nmet,All,6,{' '.join(codes)},,,\n"
    values = zip(codes, (5, 4, 9, 8, 2, None), strict=True)
    rows = "".join(f"2016-12,{c},{v or ''},,,{'' if v else 'x'}\n" for c, v in values)
    data = package(
        "league",
        series=HEADER + rows,
        callover={"league": {"group": "met", "total_area": "E23000001"}},
        extra={
            "reference/groups.csv": table + "alike,Alike,15,not published,,,\n",
            "reference/areas.csv": names,
        },
    )
    text = page_of(data).text
    assert "Area 2 has the 3rd highest number of cases of 5 boroughs with a figure." in text
    assert "no figure for Area 7" in text
