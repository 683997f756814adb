"""Places that people link to keep their ids and link to themselves; pages say where they are."""

import re
from datetime import date
from pathlib import Path

import pytest

from callover.data.read import read
from callover.pages.portal import press
from callover.pages.written import with_breadcrumbs
from callover.site import fence

#: The ids of an indicator page that are there for every indicator. An id may be added, never
#: taken out or renamed: councillors link to `/barnet/robbery/#good`.
ALWAYS = (
    *("definition", "how", "good", "why", "target", "history", "issues", "overview", "actions"),
    *("benchmarking", "quality", "downloads", "cite", "cite-text"),
)
#: The ids that are there where the indicator has what they stand for, with a page that has it.
SOMETIMES = {
    "charts": "barnet/robbery/",
    "months": "barnet/robbery/",
    "across": "barnet/worried-about-asb-in-the-area/",
    "areas": "barnet/asb-calls/",
    "parts": "barnet/mopac-7/",
    "chart-months": "barking-and-dagenham/robbery/",
    "chart-rolling": "barking-and-dagenham/robbery/",
    "chart-year-to-date": "barking-and-dagenham/robbery/",
    "chart-years": "barking-and-dagenham/robbery/",
    "chart-detection-rates": "barnet/robbery/",
    "chart-samples": "barnet/worried-about-asb-in-the-area/",
    "chart-completions": "barking-and-dagenham/atr-completions/",
    "chart-success-rate": "barking-and-dagenham/atr-completions/",
    "chart-before-after": "barnet/iom-convictions/",
}
#: The ids of the sections of the other pages that everybody has.
ELSEWHERE = {
    "": ("barking-and-dagenham", "barnet", "haringey"),
    "barnet/": ("late", "schemes"),
    "barnet/exceptions/": ("attention", "next"),
    "barnet/surveys/": ("reading", "all", "downloads"),
    "barnet/league/asb-calls/": ("charts", "table", "downloads"),
    "barnet/actions/": ("overdue", "downloads"),
    "barnet/meetings/": ("open", "downloads"),
    "barnet/meetings/2013-07-19/": ("agenda", "raised", "carried"),
    "haringey/year/fy2013-14/": ("targets",),
    "data/": ("barnet", "denominators", "omissions"),
    "data-quality/": ("strongest", "barnet"),
    "data-quality/barnet/": ("impossible", "differs", "other-release", "rounding-of-inputs"),
    "revisions/": ("barking-and-dagenham", "barnet", "haringey"),
    "glossary/": ("anti-social-behaviour", "marac", "markers", "rolling-12-months"),
    "methods/": ("measures", "measure-rolling_12_months", "targets", "ratings", "kinds", "markers"),
}


@pytest.fixture(scope="session")
def pages(built_site, html):
    """Every page of the built site by its address, parsed."""
    return {
        path.parent.relative_to(built_site).as_posix().strip(".") + "/"
        if path.parent != built_site
        else "": html(path)
        for path in built_site.rglob("index.html")
    }


def ids(page):
    return [node.attrs["id"] for node in page.walk() if "id" in node.attrs]


def indicators(pages):
    return {a: p for a, p in pages.items() if p.all(class_="co-panels")}


def test_every_indicator_keeps_the_ids_that_people_link_to(pages):
    found = indicators(pages)
    assert len(found) >= 114
    for address, page in found.items():
        assert [i for i in ids(page) if i in ALWAYS] == list(ALWAYS), address


@pytest.mark.parametrize("anchor", SOMETIMES)
def test_an_id_that_some_indicators_have_is_kept(pages, anchor):
    assert anchor in ids(pages[SOMETIMES[anchor]])


def test_the_revisions_of_an_indicator_have_an_id_where_it_has_any():
    """No figure of the repository's own data was revised; one of the golden folder was."""
    golden = Path(__file__).resolve().parent / "golden/expected/made-up"
    assert ['id="revisions"' in (golden / f"{slug}/index.md").read_text("utf-8") for slug in (
        "thefts", "calls",
    )] == [True, False]  # fmt: skip


@pytest.mark.parametrize("address", ELSEWHERE)
def test_the_sections_of_other_pages_keep_their_ids(pages, address):
    assert set(ELSEWHERE[address]) <= set(ids(pages[address]))


def test_every_section_heading_links_to_itself_and_the_link_says_where(pages):
    for address, page in pages.items():
        named = {n.attrs["id"]: n for n in page.walk() if "id" in n.attrs}
        assert named["co-link"].text == "Link to:"
        headings = [h for level in ("h2", "h3") for h in page.one("main").all(level)]
        for heading in headings:
            (link,) = heading.parent.all("a", class_="co-anchor")
            labels = link.attrs["aria-labelledby"].split()
            assert labels == ["co-link", heading.attrs["id"]], (address, heading.text)
            place = named[link.attrs["href"].removeprefix("#")]
            assert place is heading or heading in list(place.walk()), address
            assert "co-link" not in heading.text and link.text == ""


# ---------------------------------------------------------------- breadcrumbs


def test_every_page_but_home_says_where_it_is(pages):
    for address, page in pages.items():
        trails = page.all("nav", **{"aria-label": "Breadcrumb"})
        if address == "":
            assert trails == []
            continue
        (trail,) = trails
        steps = trail.all("li")
        assert [n.attrs["aria-current"] for n in trail.walk() if "aria-current" in n.attrs] == [
            "page"
        ]
        assert steps[-1].one("span").attrs == {"aria-current": "page"}
        links = [step.one("a") for step in steps[:-1]]
        assert links[0].text == "Home"
        depth = address.strip("/").count("/") + 1
        assert links[0].attrs["href"] == "../" * depth, address
        for link in links:  # each step leads to a page above this one
            up = link.attrs["href"].count("../")
            rest = link.attrs["href"].replace("../", "")
            above = "/".join(address.strip("/").split("/")[: depth - up])
            assert f"{above}/{rest}".strip("/") + "/" in pages or (up == depth and not rest)


def test_pages_written_by_hand_get_their_breadcrumbs_from_their_place():
    made = with_breadcrumbs(
        {
            "index.md": "# Home\n",
            "guide/index.md": "---\ntitle: A guide\n---\n# Guide { #top }\n\nText.\n",
            "guide/steps/first.md": "# First & last\n",
            "loose.md": "# Loose\n",
            "untitled.md": "No title.\n",
        }
    )
    assert made["index.md"] == "# Home\n" and made["untitled.md"] == "No title.\n"
    guide = made["guide/index.md"]
    assert guide.startswith("---\ntitle: A guide\n---\n<!-- html -->\n<nav")
    assert '<li><a href="../">Home</a></li><li><span aria-current="page">Guide</span>' in guide
    assert guide.endswith("<!-- /html -->\n\n# Guide { #top }\n\nText.\n")
    first = made["guide/steps/first.md"]
    assert re.findall('<a href="([^"]+)">([^<]+)<', first) == [
        ("../../../", "Home"),
        ("../../", "Guide"),
    ]
    assert "First &amp; last</span>" in first
    assert 'href="../"' in made["loose.md"]


def test_headings_of_markdown_get_the_link_that_templates_write():
    from markdown import Markdown

    convert = Markdown(extensions=[fence.makeExtension(), "attr_list", "toc"]).convert
    made = convert("# Title\n\n## A *b* { #a }\n\nText.\n\n- ## In a list\n")
    assert '<h1 id="title">Title</h1>' in made and 'href="#title"' not in made
    assert (
        '<div class="co-heading">\n<h2 id="a">A <em>b</em></h2>\n'
        '<a aria-labelledby="co-link a" class="co-anchor" href="#a"></a></div>'
    ) in re.sub(r"\n+", "\n", made.replace('heading"><h2', 'heading">\n<h2'))


def test_an_exception_without_a_page_has_an_id_from_its_title(package):
    table = (
        "period,kind,title,indicator,rating,target_set,figure,cause,action,note,where\n"
        "2016-12,risk,Knives & gangs,,R,,,A cause.,An action.,,\n"
    )
    files = press(read(package("count", own={"exceptions": table}), date(2026, 1, 1)), {})
    page = files["made-up-borough/exceptions/index.md"]
    assert '<h3 id="risk-knives-gangs">Knives &amp; gangs</h3>' in page


# ---------------------------------------------------------------- in a browser


def test_the_link_of_a_section_is_named_large_enough_and_seen_when_focused(page, site_address):
    page.goto(f"{site_address}/barnet/robbery/")
    link = page.get_by_role("link", name="Link to: What good looks like", exact=True)
    opacity = "node => getComputedStyle(node).opacity"
    assert link.evaluate(opacity) == "0"
    page.locator("#good").hover()
    assert link.evaluate(opacity) == "1"
    page.mouse.move(0, 0)
    page.keyboard.press("Tab")  # the focus of a keyboard is shown
    link.focus()
    assert link.evaluate(opacity) == "1"
    box = link.bounding_box()
    assert box["width"] >= 24 and box["height"] >= 24
    heading = page.get_by_role("heading", name="What good looks like", exact=True)
    assert heading.count() == 1  # the heading is read without the link
    page.keyboard.press("Enter")
    page.wait_for_url("**/barnet/robbery/#good")
    line = page.locator("#good").evaluate("node => getComputedStyle(node).textDecorationLine")
    assert line == "underline"
    page.emulate_media(media="print")
    assert not link.is_visible()


def test_a_link_to_a_chart_marks_its_title(page, site_address):
    page.goto(f"{site_address}/barnet/robbery/#chart-rolling")
    line = page.locator("#chart-rolling-title").evaluate(
        "node => getComputedStyle(node).textDecorationLine"
    )
    assert line == "underline"
    assert page.locator("#chart-rolling").bounding_box()["y"] < 40
