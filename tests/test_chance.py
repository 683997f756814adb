"""The page on chance: its words, and the examples that it takes from the portal's own figures."""

from datetime import date
from pathlib import Path

import pytest
from tests.conftest import descriptor, parsed

import generate
from callover.data.read import read
from callover.pages import chance
from callover.pages.portal import press

TODAY = date(2017, 1, 31)
WRITTEN = Path(__file__).parent.parent / "docs/chance/index.md"
#: April to December: 13,207 against 13,048, p 0.51; 12 months: 17,587 against 17,398.
NOW = (1383, 1639, 1532, 1614, 1438, 1425, 1403, 1387, 1386)
THEN = (1342, 1496, 1440, 1584, 1411, 1432, 1366, 1514, 1463)
ALL_CRIME = ("2015-01", (*(1450,) * 3, *THEN, *(1460,) * 3, *NOW))
#: April to December: 615 against 905, p below 0.00001 by chance alone.
FEWER = (
    "2015-04",
    (110, 90, 105, 95, 120, 85, 100, 110, 90, 105, 95, 100, 75, 60, 70, 65, 72, 63, 74, 66, 70),
)
LEVEL = ("2016-12", (5,))


def measure(slug, title, first, values, scheme="none", polarity="lower"):
    files = generate.indicator(1, "count")
    year, month = map(int, first.split("-"))
    at = [divmod(year * 12 + month - 1 + n, 12) for n in range(len(values))]
    rows = "\n".join(f"{y}-{m + 1:02},{v}" for (y, m), v in zip(at, values, strict=True))

    def change(made):
        made |= {"name": slug, "title": title}
        made["resources"] = [generate.resource("series", ["period", "value"])]
        made["callover"] |= {"polarity": polarity, "rating": {"scheme": scheme}}

    made = descriptor({"datapackage.json": files["datapackage.json"]}, change)
    return generate.below(f"north/{slug}", made | {"series.csv": f"period,value\n{rows}\n"})


@pytest.fixture
def pressed(tmp_path):
    def make(*measures):
        def change(value):
            value["name"] = "north"
            value["callover"] |= {"short_title": "North", "releases": []}

        made = generate.below("north", descriptor(generate.partnership(), change))
        made |= generate.below("reference", generate.reference())
        for each in measures:
            made |= each
        portal = read(generate.write(tmp_path / "datapackage", made), TODAY)
        return press(portal, {chance.PATH: WRITTEN.read_text("utf-8")})

    return make


def examples(files):
    _, found, text = str(files[chance.PATH]).partition('<div class="co-heading"><h2 id="examples">')
    return parsed(found + text) if found else None


def paragraphs(page):
    return [p.text for p in page.all("p") if p.all("strong") and p.all("a")]


def test_the_figures_choose_a_rating_that_disagrees_and_a_clear_change(pressed):
    page = examples(
        pressed(
            measure("all", "All crime", *ALL_CRIME, "two_windows"),
            measure("some", "Some crime", *FEWER),
            measure("none", "A level", *LEVEL),
        )
    )
    first, second = paragraphs(page)
    assert first == (
        "The rating and chance disagree. All crime (North, December 2016). Rated Off target for a "
        "rise of 1%. The usual ups and downs bring a change as large as this in about one year in "
        "two. No clear change on last year. Anything from 2% fewer to 5% more would fit these "
        "figures."
    )
    assert second.startswith(
        "A change by more than chance. Some crime (North, December 2016). Fewer than last year, "
        "by more than chance. It is between "
    )
    assert [a.attrs["href"] for a in page.all("a") if "../north/" in a.attrs["href"]] == [
        *("../north/all/", "../north/some/", "../north/all/"),
    ]
    assert len(page.all("figure")) == 1 and page.all("button") == []


def test_where_no_figure_is_tested_the_page_stands_without_examples(pressed):
    files = pressed(measure("none", "A level", *LEVEL))
    assert examples(files) is None
    assert "# More than chance?" in str(files[chance.PATH])


def test_lists_lead_to_the_page_and_it_is_found_by_searching(pressed):
    files = pressed(measure("all", "All crime", *ALL_CRIME, "two_windows"))
    for path, href in (
        ("index.md", "chance/"),
        ("north/index.md", "../chance/"),
        ("north/scorecard/index.md", "../../chance/"),
        ("north/all/index.md", "../../chance/"),
        ("north/exceptions/index.md", "../../chance/#disagree"),
    ):
        assert f'href="{href}"' in str(files[path]), path
    assert '"chance/#disagree"' in str(files["search/index.json"])


def test_a_list_says_beside_each_rating_whether_the_change_is_chance(pressed):
    files = pressed(
        measure("all", "All crime", *ALL_CRIME, "two_windows"),
        measure("some", "Some crime", *FEWER),
    )
    page = parsed(str(files["north/index.md"]).partition("<!-- html -->")[2])
    rows = [" ".join(tr.text.split()) for tr in page.all("tr")]
    assert "up 1% on last year no clear change" in next(r for r in rows if "All crime" in r)
    assert "down 32% on last year better, more than chance" in next(
        r for r in rows if "Some crime" in r
    )
    apart = page.all("h2", id="apart")
    assert len(apart) == 1
    text = " ".join(page.text.split())
    assert "All crime: Rated Off target for a rise of 1%. The usual ups and downs bring" in text
    shapes = {s.attrs["class"] for s in page.all("td") for s in s.all("span")}
    assert {"co-moved co-moved--unclear", "co-moved co-moved--better"} <= shapes
    exceptions = str(files["north/exceptions/exceptions.csv"])
    assert ",no clear change,no,Rated Off target for a rise of 1%." in exceptions
    entry = " ".join(
        parsed(str(files["north/exceptions/index.md"]).partition("-->")[2]).text.split()
    )
    assert "Off target no clear change Listed because it is off target. Rated Off" in entry
    assert "Of those off target, 1 shows no clear change." in entry


def test_the_page_is_short():
    words = WRITTEN.read_text("utf-8").rpartition("---\n")[2].split()
    assert len(words) <= 470
