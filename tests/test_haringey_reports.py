"""Haringey's two reports in words, as pages: what they must say, and what they must not."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from callover.data.read import read
from callover.pages.portal import press

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def pages_of_haringey():
    portal = read(ROOT / "datapackage", date(2017, 1, 31))
    own = tuple(p for p in portal.partnerships if p.slug == "haringey")
    return press(replace(portal, partnerships=own), {})


def test_the_page_of_haringey_works_out_no_change_that_cannot_be(pages_of_haringey, html_text):
    """The report prints 3,756 and 2,501 calls; only the first has a period, and elsewhere."""
    page = html_text(pages_of_haringey["haringey/year/fy2013-14/index.md"])
    points = [li for ul in page.all("ul", class_="co-points") for li in ul.all("li")]
    (calls,) = (li.text for li in points if "2,501 calls" in li.text)
    assert "2,501 calls (period not stated), from 3,756 calls (July to September 2013)" in calls
    assert "We work out no change: the period of 2,501 calls is not stated." in calls
    assert "The document counts 2 missed." in page.text
    attention = [li for li in points if "Taken up in the 2014/15 plan" in li.text]
    assert len(attention) == 19
    assert all(li.all("a") for li in attention)
    told = " ".join(li.text for li in points)
    assert not re.search(r"That is (up|down|\d)", told)  # no pair has both its periods


def test_haringey_s_report_of_2009_is_made_of_its_tables_alone(pages_of_haringey, html_text):
    page = html_text(pages_of_haringey["haringey/exceptions/fy2009-10-q1/index.md"])
    assert page.one("p", class_="co-headline").text == (
        "The partners reported 4 exceptions and 5 projects with a problem."
    )
    assert "No measure on this site has figures for April to June 2009." in page.text
    titles = [h3.text for h3 in page.all("h3")]
    assert titles[:4] == [
        "Most serious violent crime",
        "Acquisitive crime",
        "Personal robbery",
        "Repeat victims of domestic violence",
    ]
    assert len(titles) == 9
    first = page.all("section", class_="co-entry")[0]
    assert "it is off target, it got worse and its definition changed" in first.text
