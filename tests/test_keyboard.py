"""What a reader does with keys alone: the ways in, the search, a chart, at 320 px as at a desk."""

import pytest

from watch import until

HOME = "barking-and-dagenham"
TNO = f"{HOME}/total-notifiable-offences/"
FOCUS = "document.activeElement"


@pytest.fixture(params=[320, 1280])
def keys(page, request, site_address):
    """A page about one indicator, in a window of a phone's width or a desk's."""
    page.set_viewport_size({"width": request.param, "height": 720})
    page.goto(f"{site_address}/{TNO}")
    return page


def tab_to(page, condition, most=120):
    """Press Tab until the focused element meets a condition, a JavaScript expression on `e`."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"(e => {condition})({FOCUS})"):
            return
    pytest.fail(f"no stop of {most} meets: {condition}")


def test_the_first_stop_skips_to_the_content(keys):
    keys.keyboard.press("Tab")
    box = keys.locator(".co-skip").bounding_box()
    assert box["y"] >= 0 and box["height"] >= 24  # seen only now
    keys.keyboard.press("Enter")
    assert keys.evaluate(f"{FOCUS}.id") == "main"
    keys.keyboard.press("Tab")
    assert keys.evaluate(f"{FOCUS}.closest('main') !== null")


def test_all_of_the_navigation_is_open_and_reached_at_every_width(keys):
    """There is no menu to open: the links are on the page."""
    links = keys.get_by_role("navigation", name="Main").get_by_role("link")
    names = links.all_inner_texts()
    assert len(names) >= 5 and all(link.is_visible() for link in links.all())
    for name in names:
        tab_to(keys, f"e.textContent === {name!r} && e.closest('.co-nav') !== null", most=12)
    keys.keyboard.press("Enter")
    keys.wait_for_url(f"**/{names[-1].lower()}/")


def test_search_opens_leads_on_and_closes(keys):
    tab_to(keys, "e.type === 'search'", most=4)
    keys.keyboard.type("burgl")
    results = keys.locator(".co-search__results a")
    results.first.wait_for()
    keys.keyboard.press("Tab")
    assert keys.evaluate(f"{FOCUS}.closest('.co-search__results') !== null")
    keys.keyboard.press("Escape")
    assert keys.locator(".co-search__panel").is_hidden()
    assert keys.evaluate(f"{FOCUS}.type") == "search"
    keys.keyboard.type("a")
    results.first.wait_for()
    for _ in range(keys.locator(".co-search__panel a").count() + 1):
        keys.keyboard.press("Tab")
    assert keys.locator(".co-search__panel").is_hidden()  # gone when the reader went on
    assert keys.evaluate(f"{FOCUS}.closest('.co-search') === null")


def test_a_chart_is_explored_and_put_back(keys):
    tab_to(keys, "e.matches('[data-explore]')")
    chart = keys.locator("figure.co-chart:has(:focus)")
    keys.keyboard.press("Enter")
    chart.locator(".js-plotly-plot .main-svg").first.wait_for()
    assert keys.evaluate(f"{FOCUS}.matches('[data-explore]')")  # the focus stays on the button
    keys.keyboard.press("Space")
    chart.locator(".co-chart__drawing > svg").wait_for()
    assert chart.locator(".js-plotly-plot").is_hidden()


def test_a_table_is_opened_and_moved_sideways(keys):
    tab_to(keys, "e.localName === 'summary'")
    table = keys.locator("details:has(:focus) table")
    keys.keyboard.press("Enter")
    assert table.is_visible()
    region = keys.locator("[role=region]:has(table)").filter(visible=True).first
    region.focus()
    room = region.evaluate("r => r.scrollWidth - r.clientWidth")
    keys.keyboard.press("ArrowRight")
    moved = "r => r.scrollLeft > 0"
    assert until(keys, lambda: region.evaluate(moved), wanted=room > 0)
