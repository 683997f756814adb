"""The chart to explore: the same figures with series to show and hide, zoom, keys and no host."""

import json
import re
from itertools import pairwise

import pytest

import visits
from visits import View
from watch import axes, drag, explore, point_at, until

TNO = "barking-and-dagenham/total-notifiable-offences/"
#: A page and a chart of each form, with what a press of the first key reads.
FORMS = {
    "time": (TNO, "#chart-months", "End", "December. 2015/16: 1,463; 2016/17: 1,386."),
    "rows": (
        "barnet/league/asb-calls/", "#chart-league-rate", "Home",
        "Westminster. Differs clearly from Barnet: 7.17 (6.82 to 7.53); Metropolitan Police: 3.51.",
    ),
    "tiles": (
        "barnet/league/asb-calls/", "#chart-tiles-rate", "End",
        "Barking and Dagenham: 3.40. Second highest group: 3.40 to 3.76.",
    ),
    "whiskers": (
        "barnet/worried-about-crime-in-the-area/", "#chart-samples", "End",
        "2012/13. Metropolitan Police: 34%; Barnet: 33% (28.1% to 37.3%).",
    ),
}  # fmt: skip
each_form = pytest.mark.parametrize("form", FORMS)


def opened(page, site_address, form):
    address, name, *_ = FORMS[form]
    page.goto(f"{site_address}/{address}")
    chart = page.locator(name)
    return chart, explore(chart)


def shown(plot):
    return plot.evaluate("n => n.data.filter(t => t.visible !== false).map(t => t.name)")


@each_form
def test_each_series_has_a_labelled_button_that_hides_and_shows_it(page, site_address, form):
    chart, plot = opened(page, site_address, form)
    every = shown(plot)
    group = chart.get_by_role("group", name="Show or hide")
    assert {b.inner_text() for b in group.get_by_role("button").all()} == set(every)
    button = group.get_by_role("button").first
    name = button.inner_text()
    assert button.get_attribute("aria-pressed") == "true"
    button.focus()
    page.keyboard.press("Space")
    assert button.get_attribute("aria-pressed") == "false"
    assert shown(plot) == [other for other in every if other != name]
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    assert shown(plot) == every
    assert plot.locator(".legend").count() == 0  # the buttons are the legend


def test_a_chart_of_one_series_has_no_button_to_hide_it(page, site_address):
    page.goto(f"{site_address}/{TNO}")
    chart = page.locator("#chart-rolling")
    explore(chart)
    assert chart.get_by_role("group", name="Show or hide").count() == 0
    assert chart.get_by_role("group", name="Zoom").get_by_role("button").count() == 3


@each_form
def test_zoom_by_button_outlives_a_change_of_series_and_ends(page, site_address, form):
    chart, plot = opened(page, site_address, form)
    whole = axes(plot)
    chart.get_by_role("button", name="Zoom in").click()
    near = axes(plot)
    assert near != whole
    chart.get_by_role("group", name="Show or hide").get_by_role("button").last.click()
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(100)
    assert axes(plot) == near
    chart.get_by_role("button", name="Show all").click()
    assert axes(plot) == whole


@each_form
def test_the_pointer_and_the_keys_read_the_same_figures(page, site_address, form):
    chart, plot = opened(page, site_address, form)
    said = chart.get_by_role("status")
    *_, key, told = FORMS[form]
    page.get_by_role("application").focus()
    page.keyboard.press(key)
    assert said.inner_text() == told
    label = plot.locator(".hoverlayer").text_content()
    for figure in re.findall(r"(?<=: )\d[\d,.]*\d", told):
        assert figure in label, told
    assert point_at(plot)


def test_names_are_words_and_never_html(page, site_address, built_site):
    """Whatever a partner calls a series, its button and its reading say it letter by letter."""
    address, name, *_ = FORMS["time"]
    figure = json.loads((built_site / address / f"{name[1:]}.json").read_text("utf-8"))
    figure["data"][0]["name"] = "Theft &amp; &lt;img src=x onerror=alert(1)&gt;"
    page.route("**/chart-months.json", lambda route: route.fulfill(json=figure))
    chart, _ = opened(page, site_address, "time")
    told = "Theft & <img src=x onerror=alert(1)>"
    chart.get_by_role("button", name=told, exact=True).wait_for()
    page.get_by_role("application").focus()
    page.keyboard.press("End")
    assert chart.get_by_role("status").inner_text().startswith(f"December. {told}: 1,463; ")
    assert chart.locator("img").count() == 0


def test_keys_walk_from_figure_to_figure_and_move_what_is_in_view(page, site_address):
    chart, _ = opened(page, site_address, "time")
    said = chart.get_by_role("status")
    page.get_by_role("application").focus()
    page.keyboard.press("ArrowLeft")  # the last that has a figure
    assert said.inner_text().startswith("December.")
    page.keyboard.press("ArrowRight")
    assert said.inner_text().startswith("December.")
    page.keyboard.press("ArrowLeft")
    assert said.inner_text() == "November. 2015/16: 1,514; 2016/17: 1,387."
    for _ in range(3):
        chart.get_by_role("button", name="Zoom in").click()
    page.get_by_role("application").focus()
    page.keyboard.press("Home")
    assert said.inner_text() == "April. 2015/16: 1,342; 2016/17: 1,383."
    page.wait_for_function(
        "() => document.querySelector('.js-plotly-plot').layout.xaxis.range[0] < 0"
    )
    chart.get_by_role("button", name="2016/17").click()
    page.get_by_role("application").focus()
    page.keyboard.press("ArrowRight")
    assert said.inner_text() == "May. 2015/16: 1,496."  # what is hidden is not read


def test_a_drag_zooms_and_a_double_click_shows_all(page, site_address):
    _, plot = opened(page, site_address, "time")
    whole = axes(plot)
    drag(plot)
    assert axes(plot)[0][1] - axes(plot)[0][0] < whole[0][1] - whole[0][0]
    twice = plot.locator(".nsewdrag").first.dblclick
    assert until(page, lambda: axes(plot), wanted=whole, act=twice)


def test_colours_follow_the_scheme_and_the_role(page, site_address):
    _, plot = opened(page, site_address, "time")
    colours = "n => Object.fromEntries(n.data.map(t => [t.meta.role, t.marker.color]))"
    assert plot.evaluate(colours) == {"last-year": "#7f868c", "this-year": "#12436d"}
    page.emulate_media(color_scheme="dark")
    dark = {"last-year": "#8d959c", "this-year": "#6bace6"}
    assert until(page, lambda: plot.evaluate(colours), wanted=dark)


@each_form
def test_an_explored_chart_is_for_everyone_on_a_phone(chromium, site_address, form):
    context = visits.context(chromium, View(320))
    try:
        page = context.new_page()
        page.set_default_timeout(10_000)
        opened(page, site_address, form)
        assert visits.axe([page]) == [[]]
        assert {name: told for name, told in visits.looks(page).items() if told} == {}
    finally:
        context.close()


def test_a_finger_reads_by_a_tap_and_scrolls_the_page(chromium, site_address):
    context = chromium.new_context(has_touch=True, viewport={"width": 390, "height": 700})
    try:
        page = context.new_page()
        page.set_default_timeout(10_000)
        chart, plot = opened(page, site_address, "time")
        plot.scroll_into_view_if_needed()
        box = plot.locator(".nsewdrag").first.bounding_box()
        x, y = box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.7
        page.touchscreen.tap(x, y)
        chart.get_by_text("December. 2015/16: 1,463; 2016/17: 1,386.").wait_for()
        assert "1,386" in plot.locator(".hoverlayer").text_content()

        before, whole = page.evaluate("scrollY"), axes(plot)
        finger = context.new_cdp_session(page)
        for kind, moved in [("touchStart", 0), *(("touchMove", 15 * i) for i in range(1, 9))]:
            place = [{"x": x, "y": y - moved}]
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": place})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        assert until(page, lambda: page.evaluate("scrollY") > before + 50, wanted=True)
        assert axes(plot) == whole
    finally:
        context.close()


def test_labels_do_not_run_into_each_other_on_a_phone(page, site_address):
    page.set_viewport_size({"width": 320, "height": 640})
    _, plot = opened(page, site_address, "time")
    edges = plot.evaluate(
        "n => [...n.querySelectorAll('.xtick text')].map(t => t.getBoundingClientRect())"
        ".map(r => [r.left, r.right]).sort((a, b) => a[0] - b[0])"
    )
    assert 4 <= len(edges) < 12
    assert all(after[0] > before[1] for before, after in pairwise(edges))


def test_no_button_of_plotly_and_no_way_to_share(page, site_address):
    _, plot = opened(page, site_address, "time")
    assert plot.locator(".modebar, .modebar-btn").count() == 0
    context = plot.evaluate("n => n._context")
    assert (context["displayModeBar"], context["showSendToCloud"], context["plotlyServerURL"]) == (
        False, False, "",
    )  # fmt: skip


def test_a_print_has_the_still_chart_though_the_other_is_shown(page, site_address):
    chart, plot = opened(page, site_address, "time")
    page.emulate_media(media="print")
    assert chart.locator(".co-chart__drawing > svg").is_visible()
    assert plot.is_hidden()
    assert chart.get_by_role("button").count() == 0


def test_the_figure_of_each_form_says_its_form(built_site):
    for form, (address, name, *_) in FORMS.items():
        figure = json.loads((built_site / address / f"{name[1:]}.json").read_text("utf-8"))
        wanted = form if form in ("rows", "tiles") else None
        assert figure["layout"].get("meta", {}).get("form") == wanted
