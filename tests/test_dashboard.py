"""The dashboard: chosen measures with their basis, parts below their whole, bad choices told."""

import csv
import io
import re
from datetime import date

import pytest

import generate
from callover.compute import boards
from callover.data.read import read
from callover.errors import Faults
from callover.pages import dashboard
from callover.pages.report import Context

TODAY = date(2013, 7, 19)
SCHEMES = {
    "half": {"rule": "share_of_improvement", "title": "Half the way", "tolerance": 50},
}
ROLLING = {
    "polarity": "lower",
    "unit": "offences",
    "unit_one": "offence",
    "frequency": "irregular",
    "undated": "The table prints no dates. We file it under the quarter of the report.",
}
TARGETS = (
    "measure,category,period,type,lower,upper,change_percent,baseline,baseline_period,status,"
    "as_published\n"
)


def sibling(slug, title, now, before, **own):
    """Give the files of one more measure beside the first."""
    value = {
        "name": slug,
        "title": title,
        "sources": [{"title": "Made-up papers"}],
        "resources": [{"name": "series", "path": "series.csv"}],
        "callover": {**ROLLING, "kind": "rolling_only", "outcome": own.pop("outcome"), **own},
    }
    series = f"period,value\n2011-07/2012-06,{before}\n2012-07/2013-06,{now}\n"
    return generate.below(
        f"{generate.PARTNERSHIP}/{slug}",
        {"datapackage.json": generate.json_text(value), "series.csv": series},
    )


@pytest.fixture
def robbery(package):
    outcome = generate.slug(generate.OUTCOMES[0])
    return package(
        "rolling_only",
        slug="robbery",
        callover={
            **ROLLING,
            "outcome": outcome,
            "parts": ["personal-robbery", "business-robbery"],
            "within": ["robbery-of-phones"],
            "rating": {"scheme": "half", "also": [{"measure": "detection_rate"}]},
        },
        series="period,value,detection_rate\n2011-07/2012-06,1124,14.8\n2012-07/2013-06,996,18.4\n",
        targets=f"{TARGETS}value,all,,change,,,-5,,2011-07/2012-06,agreed,\n"
        "value,all,,words,,,,,,,Draft plan: 6% fewer\n"
        "detection_rate,all,,minimum,18,,,,,agreed,18%\n",
        published=None,
        comparators=None,
        partnership={
            "schemes": SCHEMES,
            "releases": [],
            "dashboard": [
                {
                    "title": "Crime",
                    "indicators": [
                        *("business-robbery", "robbery", "personal-robbery", "robbery-of-phones")
                    ],
                }
            ],
        },
        extra=sibling("personal-robbery", "Personal robbery", 915, 1040, outcome=outcome)
        | sibling("business-robbery", "Business robbery", 81, 84, outcome=outcome)
        | sibling("robbery-of-phones", "Robbery of phones", 404, 500, outcome=outcome),
    )


def files_of(root):
    portal = read(root, TODAY)
    (board,) = boards(portal)
    return dict(dashboard.files(Context(portal, (board,), {}), board))


def test_parts_follow_their_whole_and_each_line_says_its_basis(robbery):
    rows = list(csv.DictReader(io.StringIO(files_of(robbery)[dashboard.CSV])))
    assert [(r["indicator"], r["part_of"], r["quantity"]) for r in rows] == [
        ("robbery", "", "value"),
        ("robbery", "", "detection_rate"),
        ("business-robbery", "robbery", "value"),
        ("personal-robbery", "robbery", "value"),
        ("robbery-of-phones", "robbery", "value"),
    ]
    first, rate = rows[:2]
    assert (first["before"], first["now"], first["change"]) == ("1124", "996", "-128")
    assert (first["basis"], first["start"], first["end"]) == (
        *("rolling 12 months", "2012-07-01", "2013-06-30"),
    )
    assert (first["rating"], rate["rating"]) == ("on-target", "on-target")
    # 996 of 2,120: z -2.78, p 0.005. Of the rate's parts one is not known, so nobody tests it.
    assert (first["change_verdict"], first["more_than_chance"]) == ("better", "yes")
    assert (rate["change_verdict"], rate["more_than_chance"]) == ("better", "")
    assert (rate["now"], rate["change_unit"]) == ("18.4", "percentage points")


def test_a_line_says_how_much_of_the_improvement_is_made(robbery):
    series = robbery / generate.PARTNERSHIP / "robbery" / "series.csv"
    text = series.read_text("utf-8").replace("996,18.4", "1100,14.8")
    series.write_text(text, "utf-8")
    files = files_of(robbery)
    row, rate, *_ = csv.DictReader(io.StringIO(files[dashboard.CSV]))
    # 24 fewer of the 56 that 5% of 1,124 asks for; the detection rate stood still.
    assert (row["rating"], rate["rating"]) == ("off-target", "off-target")
    assert float(row["percent_of_improvement_made"]) == pytest.approx(100 * 24 / 56)
    assert "43% of the way to the target" in files["index.md"]
    assert "none of the way to the target" in files["index.md"]


def test_the_page_adds_up_the_parts_and_says_what_has_no_date(robbery):
    page = files_of(robbery)["index.md"]
    assert "The parts add up to the total in both periods" in page
    assert page.count("We file it under the quarter of the report.") == 1
    cells = [" ".join(cell.split()) for cell in re.findall(r"down 11\.4%(.*?)</td>", page)]
    assert [re.sub("<[^>]*>", "", cell).strip() for cell in cells] == ["better, more than chance"]
    assert "-5% on July 2011 to June 2012; Draft plan: 6% fewer" in page
    assert "July 2012 to June 2013" in page


def test_a_partnership_that_chose_nothing_has_no_dashboard(package):
    assert files_of(package("rolling_only")) == {}


@pytest.mark.parametrize(
    ("sections", "found", "remedy"),
    [
        ([{"title": "A", "indicators": ["gone"]}], "gone", "Write the name of an indicator's"),
        (
            [{"title": "A", "indicators": ["measure"]}, {"title": "B", "indicators": ["measure"]}],
            "measure",
            "Take it out of one of the two places.",
        ),
    ],
    ids=["unknown", "twice"],
)
def test_a_bad_choice_is_told(package, sections, found, remedy):
    with pytest.raises(Faults) as told:
        read(package("count", partnership={"dashboard": sections}), TODAY)
    (fault,) = told.value.faults
    assert fault.value == found and remedy in fault.remedy
    assert fault.column.startswith("callover.dashboard.")


def test_a_measure_that_is_part_of_its_own_part_is_told(package):
    outcome = generate.slug(generate.OUTCOMES[0])
    root = package(
        "rolling_only",
        slug="robbery",
        callover={"outcome": outcome, "within": ["robbery-of-phones"]},
        extra=sibling(
            "robbery-of-phones", "Robbery of phones", 4, 5, outcome=outcome, parts=["robbery"]
        ),
    )
    with pytest.raises(Faults) as told:
        read(root, TODAY)
    found = {(fault.column, fault.value) for fault in told.value.faults}
    assert ("callover.within", "robbery") in found
    assert ("callover.parts", "robbery-of-phones") in found
