"""JSON-LD: what a machine reads in a page is what a person reads, and no text can end the block."""

import json
from datetime import date

import pytest

import generate
from callover.data.read import read
from callover.pages.linked import block
from callover.pages.portal import press

HOME = generate.PARTNERSHIP
SITE = "https://example.org/"
SERIES = "period,value,marker,note\n2016-04,10,,\n2016-05,12,,\n2016-06,,x,not counted\n"
HOSTILE = "</script><script>alert(1)</script><!-- & \u2028"


def pressed(package, **more):
    return press(read(package("count", **more), date(2017, 1, 31)), {})


def things(text):
    """The things of a page's one data block, by their type."""
    body = text.split("\n---\n", 1)[1]
    assert body.count("<script") == body.count("</script>") == 1
    found = body.split('<script type="application/ld+json">')[1].split("</script>")[0]
    value = json.loads(found)
    assert value["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in value["@graph"]}


def test_an_indicator_is_a_data_set(package):
    files = pressed(package, series=SERIES, callover={"also_known_as": ["mugging"]})
    page = things(files[f"{HOME}/measure/index.md"])
    found, here = page["Dataset"], f"{SITE}{HOME}/measure/"
    assert found["name"] == "Made-up measure 0001, Made-up Borough"
    assert (found["@id"], found["url"]) == (here, here)
    assert found["temporalCoverage"] == "2016-04-01/2016-05-31"
    assert found["spatialCoverage"]["name"] == "Made-up Borough"
    assert found["spatialCoverage"]["identifier"] == "E09000002"
    assert found["dateModified"] == "2017-01-31"
    assert found["creator"]["name"] == "Made-up Community Safety Partnership"
    assert found["license"].startswith("https://")
    assert found["variableMeasured"][0]["@type"] == "PropertyValue"
    assert found["keywords"][0] == found["alternateName"][0] == "mugging"
    assert "There were 22 cases from April to May 2016." in found["description"]
    assert found["includedInDataCatalog"] == {"@id": f"{SITE}data/"}
    for download in found["distribution"]:
        assert download["contentUrl"].removeprefix(SITE) in files
        assert "/" in download["encodingFormat"]
    names = {download["contentUrl"].rpartition("/")[2] for download in found["distribution"]}
    assert names >= {"series.csv", "metrics.csv", "datapackage.json"}


def test_breadcrumbs_lead_from_home_to_the_page(package):
    files = pressed(package, series=SERIES)
    steps = things(files[f"{HOME}/measure/index.md"])["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "Home", SITE),
        (2, "Made-up Borough", f"{SITE}{HOME}/"),
        (3, "Made-up measure 0001", f"{SITE}{HOME}/measure/"),
    ]


def test_a_measure_without_figures_is_no_data_set(package):
    files = pressed(package, series="period,value,marker,note\n2016-06,,x,not counted\n")
    assert set(things(files[f"{HOME}/measure/index.md"])) == {"BreadcrumbList"}


def test_the_data_page_is_a_catalogue(package):
    catalogue = things(pressed(package)["data/index.md"])["DataCatalog"]
    assert catalogue["@id"] == f"{SITE}data/"
    assert catalogue["creator"][0]["url"] == f"{SITE}{HOME}/"


@pytest.mark.parametrize(
    "own",
    [
        {"callover": {"also_known_as": [HOSTILE[:-2]]}},
        {"partnership": {"short_title": HOSTILE[:-2]}},
    ],
)
def test_no_text_of_partners_ends_the_block(package, own):
    text = pressed(package, series=SERIES, **own)[f"{HOME}/measure/index.md"]
    assert HOSTILE[:-2] in json.dumps(things(text), ensure_ascii=False)


def test_no_sign_that_could_end_or_begin_a_block_is_left():
    text = str(block([{"@type": "Thing", "name": HOSTILE}]))
    inner = text.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&\u2028\u2029") & set(inner)
    assert json.loads(inner)["@graph"] == [{"@type": "Thing", "name": HOSTILE}]
    assert block([]) == ""
