"""The page of a release: what it shows, where it is, and how an indicator's page links to it."""

import re
from datetime import date

import pytest

import generate
from callover.data.read import read
from callover.pages.portal import press
from callover.periods import parse

HOME = generate.PARTNERSHIP
SITE = f"https://example.org/{HOME}/measure/"
SERIES = "period,value,marker,note\n" + "".join(
    f"2016-{month:02d},{value},,\n" for month, value in enumerate((9, 9, 9, 30, 30, 30), 4)
)
TARGETS = (
    "measure,category,period,type,lower,upper,change_percent,baseline,baseline_period,status,"
    "as_published\nvalue,all,2016/17,maximum,,120,,,,agreed,\n"
)
JUNE = {"id": "a", "title": "Summer report", "data_to": "2016-06", "published": "2016-07-20"}
SEPTEMBER = {"id": "b", "title": "September 2016", "data_to": "2016/17-Q2"}
BEFORE = {"id": "c", "title": "Before all figures", "data_to": "2015-12"}


def pressed(package, *releases, **more):
    folder = package(
        "count",
        series=SERIES,
        targets=TARGETS,
        published=None,
        callover={"rating": {"scheme": "within-10"}, "polarity": "lower"},
        partnership={"releases": list(releases)},
        **more,
    )
    return press(read(folder, date(2017, 1, 31)), {})


def of_measure(files):
    return [path for path in files if re.fullmatch(rf"{HOME}/measure/.*index\.md", path)]


def figures(page):
    return {dt.text: dt.parent.one("span", class_="co-figure").text for dt in _figures(page)}


def _figures(page):
    return page.one("dl", class_="co-figures").all("dt")


def test_each_release_with_figures_has_a_page(package):
    assert of_measure(pressed(package, BEFORE, JUNE, SEPTEMBER)) == [
        f"{HOME}/measure/index.md",
        f"{HOME}/measure/2016-06/index.md",
        f"{HOME}/measure/fy2016-17-q2/index.md",
    ]


def test_the_page_of_a_release_stays_at_its_figures(package, html_text):
    files = pressed(package, JUNE, SEPTEMBER)
    june = html_text(files[f"{HOME}/measure/2016-06/index.md"])
    newest = html_text(files[f"{HOME}/measure/fy2016-17-q2/index.md"])
    assert june.one("h1").text == "Made-up measure 0001, June 2016"
    assert figures(june) == {"June 2016": "9", "April to June 2016": "27"}
    assert figures(newest) == {"September 2016": "30", "April to September 2016": "117"}
    assert "On target" in june.one("div", class_="co-status--on-target").text
    assert "Off target" in newest.one("div", class_="co-status--off-target").text
    facts = {dt.text: dt.parent.one("dd").text for dt in june.one("dl", class_="co-meta").all("dt")}
    assert facts["Data to"] == "June 2016"
    assert (facts["Release"], facts["Published"]) == ("Summer report", "20 July 2016")
    assert "This page stays at June 2016." in june.text
    assert june.one("p", class_="co-note").one("a").attrs["href"] == "../"
    assert len(june.all("svg", class_="co-svg")) == 1


def test_a_page_tells_what_people_wrote_by_then(package):
    said = {
        f"{HOME}/measure/commentary/2016-06.md": "## Overview\n\nA warm June.\n",
        f"{HOME}/measure/commentary/2016-09.md": "## Actions\n\nMore patrols.\n",
    }
    files = pressed(package, JUNE, SEPTEMBER, extra=said)
    june, newest = (files[f"{HOME}/measure/{p}/index.md"] for p in ("2016-06", "fy2016-17-q2"))
    assert "A warm June." in june and "More patrols." not in june
    assert "More patrols." in newest and "A warm June." not in newest


CASES = {
    "the newest figures": (
        (JUNE, SEPTEMBER),
        ("fy2016-17-q2/", f"{SITE}fy2016-17-q2/"),
        "This address stays at July to September 2016.",
        f"September 2016. Callover, 31 January 2017. {SITE}fy2016-17-q2/",
        ["2016-06/"],
    ),
    "older figures": (
        (JUNE,),
        ("2016-06/", f"{SITE}2016-06/"),
        "The newest release is for June 2016. This address stays there.",
        f"September 2016. Callover, 31 January 2017. {SITE}",
        [],
    ),
    "no figures": (
        (BEFORE,),
        ("./", SITE),
        "No release has these figures yet. This address always has the newest figures.",
        f"September 2016. Callover, 31 January 2017. {SITE}",
        [],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_an_indicators_page_can_be_cited_and_linked_to(package, html_text, case):
    """The texts are there, to be selected, without the script; it shows the buttons."""
    releases, (href, address), says, citation, others = CASES[case]
    page = html_text(pressed(package, *releases)[f"{HOME}/measure/index.md"])
    cite = page.one("div", class_="co-cite")
    (link,) = [node for node in cite.walk() if node.attrs.get("id") == "cite-link"]
    assert (link.text, link.one("a").attrs["href"]) == (address, href)
    (text,) = [node for node in cite.walk() if node.attrs.get("id") == "cite-text"]
    assert text.text == (f"Made-up Community Safety Partnership, Made-up measure 0001, {citation}")
    assert says in cite.text
    buttons = [(b.attrs["data-copy"], "hidden" in b.attrs) for b in cite.all("button")]
    assert buttons == [("#cite-text", True), ("#cite-link", True)]
    shown = [a.attrs["href"] for a in cite.all("a") if "class" not in a.attrs]
    assert shown == [href, *others]


@pytest.mark.parametrize(
    "label", ["2016-12", "2013/14-Q2", "2013/14", "2013-W25", "2012-04/2013-03", "2016-10-31"]
)
def test_no_file_beside_a_page_has_the_address_of_a_period(package, label):
    """Files have a dot in their names, periods have none."""
    files = pressed(package, JUNE)
    beside = {path.split("/")[2] for path in files if path.startswith(f"{HOME}/measure/")}
    beside -= {"2016-06"}
    assert all("." in name for name in beside)
    assert "." not in parse(label).slug and "/" not in parse(label).slug


def test_the_link_names_the_release_that_had_the_figures_first(built_site):
    """The year-end release brought this measure nothing new: its figures end in September."""
    page = (built_site / "haringey/prevent-delivery/index.html").read_text("utf-8")
    assert "This address stays at July to September 2013." in page
    assert "https://example.org/haringey/prevent-delivery/fy2013-14-q2/" in page
