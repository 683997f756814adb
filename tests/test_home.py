"""The home page: each partnership with its own dates, and a plain word against comparing them."""

from datetime import date

import pytest
from tests.conftest import descriptor, parsed

import generate
from callover.data.read import read
from callover.pages.portal import press

TODAY = date(2017, 1, 31)
SERIES = "period,value\n{}\n"


def partnership(slug, title, releases, demonstration=True):
    def change(value):
        value["name"] = slug
        value["callover"] |= {"short_title": title, "releases": releases, "about": "Made up."}
        if not demonstration:
            del value["callover"]["as_of"]

    return generate.below(slug, descriptor(generate.partnership(), change))


def measure(place, rows, polarity="lower", slug="thefts"):
    files = generate.indicator(1, "count")

    def change(value):
        value |= {"name": slug, "title": "Thefts"}
        value["resources"] = [generate.resource("series", ["period", "value"])]
        value["callover"] |= {"polarity": polarity, "rating": {"scheme": "none"}}

    made = descriptor({"datapackage.json": files["datapackage.json"]}, change)
    return generate.below(f"{place}/{slug}", made | {"series.csv": SERIES.format(rows)})


def release(id_, data_to, published=None):
    return {"id": id_, "title": id_, "data_to": data_to, "published": published, "next": None}


NORTH = partnership("north", "North", [release("December", "2016-12")]) | measure(
    "north", "2015/16,30\n2016-11,2\n2016-12,3"
)
SOUTH = partnership(
    "south", "South", [release("Spring", "2013-03", "2013-04-19"), release("June", "2013-06")]
) | measure("south", "2013/14-Q1,7", "higher")


@pytest.fixture
def home(tmp_path):
    def make(*places):
        made = generate.below("reference", generate.reference())
        for place in places:
            made |= place
        portal = read(generate.write(tmp_path / "datapackage", made), TODAY)
        return parsed(str(press(portal, {})["index.md"]))

    return make


def facts(page):
    return [
        [(div.one("dt").text, div.one("dd").text) for div in li.one("dl").all("div")]
        for li in page.one("ul", class_="co-partnerships").all("li")
        if li.all("h2")
    ]


def test_each_partnership_says_what_its_figures_cover_and_when_it_told_them(home):
    assert facts(home(NORTH, SOUTH)) == [
        [("Figures for", "April 2015 to December 2016"), ("Document", "December, no day stated")],
        [
            ("Figures for", "April to June 2013"),
            ("Documents", "Spring, published 19 April 2013; June, no day stated"),
        ],
    ]


def test_the_page_warns_not_to_compare_them(home):
    assert home(NORTH, SOUTH).one("p", class_="co-note").text == (
        "Here are 2 partnerships with 2 dates: North to December 2016 and South to June 2013. "
        "Do not compare them with each other: their dates, definitions and targets differ."
    )


def test_one_partnership_needs_no_warning(home):
    page = home(NORTH)
    assert page.all("p", class_="co-note") == []
    assert page.all("h2", id="meanings") == []


def test_a_measure_of_one_name_and_two_meanings_is_told(home):
    page = home(NORTH, SOUTH)
    (meaning,) = page.all("ul")[-1].all("li")
    assert [a.attrs["href"] for a in meaning.all("a")] == ["north/thefts/", "south/thefts/"]
    assert "lower is better;" in meaning.text and meaning.text.endswith("higher is better.")
    same = SOUTH | measure("south", "2013/14-Q1,7", "lower")
    assert home(NORTH, same).all("h2", id="meanings") == []


def test_one_title_at_two_addresses_is_one_name(home):
    other = partnership("south", "South", []) | measure(
        "south", "2013/14-Q1,7", "higher", "stolen-things"
    )
    (meaning,) = home(NORTH, other).all("ul")[-1].all("li")
    assert [a.attrs["href"] for a in meaning.all("a")] == ["north/thefts/", "south/stolen-things/"]


def test_a_live_partnership_has_releases_and_one_without_figures_says_so(home):
    live = partnership("live", "Live", [release("Now", "2016-12")], demonstration=False)
    assert facts(home(live)) == [
        [("Figures for", "no period yet"), ("Release", "Now, no day stated")]
    ]
    new = partnership("new", "New", [])
    assert facts(home(new, NORTH))[1] == [("Figures for", "no period yet")]
