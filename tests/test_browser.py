"""The built site in a real Chromium: read, followed, explored, small, dark and without scripts."""

import csv
import re
from pathlib import Path

import pytest

from callover.kinds import KINDS
from callover.pages.reports import REPORTS
from tour import shape

ROOT = Path(__file__).resolve().parent.parent
HOME = "barking-and-dagenham"
TNO = f"{HOME}/total-notifiable-offences/"


def metrics(site, address, measure):
    with (site / address / "metrics.csv").open(encoding="utf-8", newline="") as file:
        return {r["period"]: r["value"] for r in csv.DictReader(file) if r["measure"] == measure}


def test_the_tour_has_every_kind_and_every_report(tour):
    shapes = {shape(address) for address in tour}
    assert set(KINDS) <= shapes
    for report in REPORTS:
        assert {f"partnership/{report.name}", f"partnership/{report.name}/page"} & shapes
    assert {"", "methods/", "data/", "data-quality/", "404.html"} <= shapes


# ---------------------------------------------------------------- reading and following


def test_a_reader_follows_links_from_home_to_a_figure(page, site_address):
    page.goto(f"{site_address}/")
    page.get_by_role("link", name="Barking and Dagenham").first.click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Barking and Dagenham")
    row = page.get_by_role("row").filter(has_text="Total notifiable offences")
    assert "13,207" in row.inner_text() and "Off target" in row.inner_text()
    row.get_by_role("link").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Total notifiable offences"
    assert page.locator(".co-figure").all_inner_texts() == ["1,386", "13,207", "17,587", "87.07"]
    assert page.url == f"{site_address}/{TNO}"
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Target").click()
    page.wait_for_url("**/*#target")
    assert page.locator("#target").is_visible()
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Home").click()
    page.wait_for_url(f"{site_address}/")


def test_a_figure_is_in_the_first_screen_of_a_phone(page, site_address):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site_address}/{TNO}")
    for selector in ("h1", ".co-rating", ".co-headline", ".co-figure"):
        box = page.locator(selector).first.bounding_box()
        assert box["y"] + box["height"] <= 844, selector


# ---------------------------------------------------------------- the interactive chart


def test_a_chart_is_explored_and_shows_the_figures_of_the_page(page, site_address, built_site):
    page.goto(f"{site_address}/{TNO}")
    chart = page.locator("#chart-months")
    assert chart.locator("svg").first.is_visible()
    assert page.evaluate("typeof window.Plotly") == "undefined"  # loaded only on request
    chart.get_by_role("button", name="Explore this chart").click()
    stage = chart.locator(".js-plotly-plot")
    stage.wait_for()
    assert "Interactive chart shown" in chart.get_by_role("status").inner_text()
    drawn = stage.evaluate(
        "node => node.data.filter(t => t.type === 'bar').map(t => [t.name, [...t.x], [...t.y]])"
    )
    values = metrics(built_site, TNO, "value")
    months = [f"2016-{month:02}" for month in range(4, 13)]
    named = {name: [y for y in ys if y is not None] for name, _, ys in drawn}
    assert named["2016/17"] == [int(values[month]) for month in months]
    last = [f"2015-{month:02}" for month in range(4, 13)]
    assert named["2015/16"][:9] == [int(values[month]) for month in last]

    page.mouse.move(0, 0)
    box = stage.locator(".nsewdrag").first.bounding_box()
    place = (8 + 0.5) / 12  # December is the ninth of twelve months
    page.mouse.move(box["x"] + box["width"] * place, box["y"] + box["height"] / 2, steps=4)
    label = stage.locator(".hoverlayer")
    page.wait_for_function(
        "() => document.querySelector('.hoverlayer').textContent.includes('1,386')"
    )
    assert "Dec" in label.text_content()

    chart.get_by_role("button", name="Show the still chart").click()
    assert chart.locator("svg").first.is_visible()
    assert stage.is_hidden()


@pytest.mark.parametrize("kind", KINDS)
def test_every_chart_of_every_kind_can_be_explored(page, site_address, tour, kind):
    (address,) = [address for address in tour if shape(address) == kind]
    page.goto(f"{site_address}/{address}")
    buttons = page.get_by_role("button", name=re.compile("^Explore this chart"))
    for chart in page.locator("figure.co-chart").all():
        chart.get_by_role("button", name=re.compile("^Explore")).click()
        chart.locator(".js-plotly-plot .main-svg").first.wait_for()
    assert buttons.count() == 0


def test_the_chart_that_does_not_load_leaves_the_still_one(page, site_address):
    page.route("**/plotly-*.js", lambda route: route.abort())
    page.goto(f"{site_address}/{TNO}")
    chart = page.locator("#chart-months")
    chart.get_by_role("button", name="Explore this chart").click()
    chart.get_by_text("The interactive chart did not load.").wait_for()
    assert chart.locator("svg").first.is_visible()


def test_the_figures_of_a_chart_open_as_a_table(page, site_address):
    page.goto(f"{site_address}/{TNO}")
    chart = page.locator("#chart-months")
    table = chart.get_by_role("table")
    assert table.is_hidden()
    chart.locator("summary").click()
    assert table.get_by_role("row").filter(has_text="December").is_visible()
    assert "1,386" in table.inner_text()


# ---------------------------------------------------------------- search


@pytest.mark.parametrize("query", ["mugging", "Mugging", "muggin"])
def test_search_finds_a_measure_by_its_everyday_name(page, site_address, query):
    page.goto(f"{site_address}/")
    page.get_by_role("searchbox").fill(query)
    results = page.locator(".co-search__results a")
    results.first.wait_for()
    assert any("obbery" in text for text in results.all_inner_texts())
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.closest('.co-search__results')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/*robbery/")


def test_search_that_finds_nothing_says_so_and_closes(page, site_address):
    page.goto(f"{site_address}/methods/")
    page.get_by_role("searchbox").fill("zzzz<b>")
    status = page.locator(".co-search__status")
    page.wait_for_function("() => document.querySelector('.co-search__status').textContent")
    assert status.inner_text().startswith("No page has “zzzz<b>”")
    page.keyboard.press("Escape")
    assert status.is_hidden()


# ---------------------------------------------------------------- for everyone


def test_a_tour_meets_no_error_and_no_other_host(page, site_address, tour):
    requests, messages, failed = [], [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: messages.append((page.url, message.type, message.text)))
    # The icon is asked for late: the tour may have gone on to the next page by then.
    left = "net::ERR_ABORTED"
    page.on("requestfailed", lambda r: failed.append(r.url) if r.failure != left else None)
    page.on("response", lambda r: failed.append(r.url) if r.status >= 400 else None)
    for address in tour:
        page.goto(f"{site_address}/{address}")
        for button in page.locator("button[data-explore]").all()[:1]:
            button.click()
            page.locator(".js-plotly-plot .main-svg").first.wait_for()
        assert page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == [
            "", 0, 0,
        ]  # fmt: skip
    ours = (site_address, "data:", "blob:https://example.org")
    # The page of a missing address is served anywhere, so it alone names the site in full.
    others = {u for u in requests if not u.startswith(ours) and "//example.org/" not in u}
    assert others == set()
    elsewhere = [f for f in failed if "//example.org/" not in f]
    assert elsewhere == []
    assert [m for m in messages if not m[0].endswith("404.html")] == []


def test_no_page_scrolls_sideways_on_a_wider_phone(page, site_address, tour):
    """At 320 px the audit's looks see to it."""
    width = 390
    page.set_viewport_size({"width": width, "height": 640})
    wide = []
    for address in tour:
        page.goto(f"{site_address}/{address}")
        room = page.evaluate("document.documentElement.scrollWidth")
        if room > width:
            wide.append((address, room))
    assert wide == []


def test_everything_is_there_without_javascript(chromium, site_address):
    context = chromium.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(f"{site_address}/{TNO}")
        assert page.locator(".co-figure").all_inner_texts() == [
            "1,386", "13,207", "17,587", "87.07",
        ]  # fmt: skip
        drawings = page.locator("figure.co-chart .co-chart__drawing > svg")
        assert drawings.count() == 5
        for drawing in drawings.all():
            assert drawing.is_visible()
            assert drawing.bounding_box()["width"] > 300
        assert page.get_by_role("button").count() == 0  # nothing that would not work
        assert page.get_by_role("searchbox").count() == 0
        page.locator("#chart-months summary").click()
        assert page.locator("#chart-months table").is_visible()
        page.goto(f"{site_address}/{HOME}/")
        assert page.get_by_role("row").filter(has_text="Total notifiable offences").is_visible()
    finally:
        context.close()


def test_dark_and_light_differ_and_both_can_be_read(page, site_address):
    seen = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{site_address}/{TNO}")
        seen[scheme] = (
            page.evaluate(
                """selectors => selectors.map(
                selector => getComputedStyle(document.querySelector(selector)).color)""",
                ["body", "h1", ".co-headline", ".co-figure", "td", 'a[href="metrics.csv"]'],
            ),
            page.evaluate("getComputedStyle(document.documentElement).backgroundColor"),
        )
    assert seen["light"][1] != seen["dark"][1]
    for colours, paper in seen.values():
        for colour in colours:
            assert contrast(colour, paper) >= 4.5, (colour, paper)


def contrast(one, other):
    """The contrast of two colours, as WCAG reckons it."""

    def luminance(colour):
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_ratings_are_told_apart_without_colour(page, site_address):
    """In forced colours only words and shapes are left."""
    page.emulate_media(forced_colors="active")
    page.goto(f"{site_address}/{HOME}/scorecard/")
    words = set(page.locator("td .co-rating").all_inner_texts())
    assert {word.strip() for word in words} <= {"On target", "Close", "Off target", "Not rated"}
    assert len(words) >= 3


def test_the_keyboard_reaches_the_main_content_first(page, site_address):
    page.goto(f"{site_address}/{TNO}")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.textContent")
    assert focused == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_print_shows_the_charts_and_no_buttons(page, site_address):
    page.goto(f"{site_address}/{TNO}")
    page.emulate_media(media="print")
    assert page.locator("#chart-months svg").first.is_visible()
    assert page.get_by_role("button", name="Explore").count() == 0
    assert page.get_by_role("searchbox").count() == 0


def test_the_citation_is_copied(chromium, site_address):
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    try:
        page = context.new_page()
        page.goto(f"{site_address}/{TNO}")
        page.get_by_role("button", name="Copy the citation").click()
        page.get_by_role("button", name="Copied").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.locator("#cite-text").inner_text()
        assert "Total notifiable offences" in copied
    finally:
        context.close()


def test_a_missing_address_leads_back(page, site_address):
    page.goto(f"{site_address}/404.html")
    assert page.get_by_role("heading", level=1).inner_text() == "Page not found"
    assert page.get_by_role("main").get_by_role("link").count() >= 3
