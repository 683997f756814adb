"""Help lines and "Exit this page" in a real Chromium, and who answers at the foot of each page."""

import re

import pytest

ABUSE = "barking-and-dagenham/domestic-violence/"
PRIVATE = (
    ABUSE,
    "barking-and-dagenham/hate-crime/",
    "barnet/violence-with-injury/",
    "haringey/idva-closed-cases/",
    "help/",
)
OPEN = (
    "",
    "barnet/",
    "barking-and-dagenham/burglary/",
    "haringey/drug-completions-opiates/",
    "about/",
)
AWAY = "https://www.bbc.co.uk/weather"
WEATHER = "<!doctype html><title>Weather</title><h1>Sunny</h1>"


@pytest.fixture
def away(page):
    """Answer for the site that one leaves to, and keep each request to any host but ours."""
    asked = []

    def answer(route):
        asked.append(route.request)
        route.fulfill(body=WEATHER, content_type="text/html")

    page.route(re.compile(r"^https://"), answer)
    return asked


def left(page):
    page.wait_for_url(AWAY)
    assert page.get_by_role("heading").inner_text() == "Sunny"


@pytest.mark.parametrize("address", PRIVATE)
def test_the_button_is_the_first_thing_after_the_skip_link(page, site_address, away, address):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{site_address}/{address}")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('[data-exit]')")
    button = page.get_by_role("link", name="Exit this page or press Shift three times")
    box = button.bounding_box()
    assert box["height"] >= 44 and box["width"] >= 44
    style = button.evaluate("node => getComputedStyle(node).outlineStyle")
    assert style != "none"
    assert button.get_attribute("rel") == "nofollow noreferrer"
    assert away == []  # nobody is asked for anything before
    page.keyboard.press("Enter")
    left(page)


@pytest.mark.parametrize("address", OPEN)
def test_other_pages_have_no_button(page, site_address, address):
    page.goto(f"{site_address}/{address}")
    assert page.locator("[data-exit]").count() == 0
    for _ in range(3):
        page.keyboard.press("Shift")
    assert page.url == f"{site_address}/{address}"


def test_back_does_not_return_to_the_page(page, site_address, away):
    page.goto(f"{site_address}/about/")
    page.goto(f"{site_address}/{ABUSE}")
    entries = page.evaluate("history.length")
    page.get_by_role("link", name="Exit this page").click()
    left(page)
    assert page.evaluate("history.length") == entries
    (request,) = away
    assert "referer" not in request.headers
    page.go_back()
    assert page.url == f"{site_address}/about/"


def test_the_page_is_blank_at_once(page, site_address, away):
    """What stands between the click and the answer of the other site, which may be slow."""
    page.goto(f"{site_address}/{ABUSE}")
    seen = page.evaluate(
        """() => {
        document.querySelector("[data-exit]").click();
        const shown = [...document.body.children].filter((node) => node.offsetHeight > 1);
        return [document.title, document.getElementById("co-live").textContent, shown.length];
        }"""
    )
    assert seen == ["Loading", "Leaving this page.", 0]
    left(page)


def test_shift_three_times_leaves_and_is_announced(page, site_address, away):
    page.goto(f"{site_address}/{ABUSE}")
    live = page.locator("#co-live")
    page.keyboard.press("Shift")
    assert live.inner_text() == "Press Shift 2 more times to exit this page."
    page.keyboard.press("Shift")
    assert live.inner_text() == "Press Shift 1 more time to exit this page."
    page.keyboard.press("Shift")
    left(page)


def test_capitals_and_steps_back_do_not_leave(page, site_address, away):
    page.goto(f"{site_address}/{ABUSE}")
    for key in ("Shift+Tab", "Shift+A", "Shift+Tab", "Shift", "Tab", "Shift", "Shift"):
        page.keyboard.press(key)
    assert page.url == f"{site_address}/{ABUSE}" and away == []
    page.keyboard.press("Shift")
    left(page)


def test_without_javascript_it_is_a_plain_link(chromium, site_address):
    context = chromium.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.route(re.compile(r"^https://"), lambda r: r.fulfill(body=WEATHER))
        page.goto(f"{site_address}/{ABUSE}")
        page.get_by_role("link", name="Exit this page").click()
        page.wait_for_url(AWAY)
        assert page.goto(f"{site_address}/{ABUSE}")
        page.locator(".co-help summary").click()
        assert page.locator(".co-help").get_by_role("link", name="0808 801 0327").is_visible()
    finally:
        context.close()


@pytest.mark.parametrize(("width", "height"), [(320, 256), (320, 640), (1280, 720)])
def test_it_stays_in_view_and_hides_nothing_that_has_the_focus(page, site_address, width, height):
    """320 by 256 is what a window of 1280 by 1024 shows at 400%."""
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{site_address}/{ABUSE}#issues")
    strip = page.locator(".co-exit").bounding_box()
    assert strip["y"] == 0 and strip["height"] <= 60
    assert page.locator("#issues").bounding_box()["y"] >= strip["height"]
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.locator("footer a").last.focus()
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        hidden = page.evaluate(
            """height => { const box = document.activeElement.getBoundingClientRect();
            return box.bottom <= height && document.activeElement.textContent }""",
            strip["height"],
        )
        assert not hidden, hidden


# ---------------------------------------------------------------- help lines


def test_one_line_leads_to_help_and_the_first_screen_says_how_it_goes(page, site_address):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{site_address}/{ABUSE}")
    for selector in ("h1", ".co-rating", ".co-headline"):
        box = page.locator(selector).first.bounding_box()
        assert box["y"] + box["height"] <= 640, selector
    page.get_by_role("link", name="Affected by this? Get help").click()
    block = page.get_by_role("region", name="Get help")
    number = block.get_by_role("link", name="0808 2000 247")
    assert number.get_attribute("href") == "tel:08082000247"
    assert "Open 24 hours a day" in block.inner_text()
    assert block.get_by_role("link", name="999").get_attribute("href") == "tel:999"
    block.get_by_role("link", name="All help lines, by topic").click()
    page.wait_for_url(f"{site_address}/help/")


def test_a_print_keeps_the_first_number(page, site_address):
    page.goto(f"{site_address}/{ABUSE}")
    page.emulate_media(media="print")
    assert page.get_by_text("0808 2000 247").first.is_visible()
    assert page.locator("[data-exit]").is_hidden()


def test_every_page_leads_to_help_and_says_who_answers(built_site):
    pages = [*built_site.rglob("*.html")]
    for path in pages:
        foot = path.read_text("utf-8").split("<footer")[1]
        assert '">Get help</a>' in foot, path
        assert "Report an error in this page</a>" in foot, path
        if path.name != "404.html":
            assert "Nobody answers here, as this is a demonstration." in foot, path
    (about,) = [path for path in pages if path.parent.name == "about"]
    assert 'id="wrong"' in about.read_text("utf-8")
