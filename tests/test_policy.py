"""The policy: one source, and a tour of everything a reader can do that meets it."""

import re
import sys
from pathlib import Path

import pytest

from callover.site import policy
from callover.site.bundle import BUNDLES, LIBRARY, VERSION, accepted, integrity, library, whole
from host import Host, header_rules
from watch import axes, clean, drag, explore, point_at, stored, until, watched

ROOT = Path(__file__).resolve().parent.parent
HOME = "barking-and-dagenham"
TNO = f"{HOME}/total-notifiable-offences/"
TOLD = "Content-Security-Policy"


def template():
    return (ROOT / "docs/overrides/main.html").read_text("utf-8")


# ---------------------------------------------------------------- one source


def test_the_policy_has_no_hole():
    text = policy.policy()
    assert "unsafe" not in text and "*" not in text and "http" not in text
    assert text.startswith("default-src 'none'; script-src 'self'; style-src 'self' ")
    assert policy.policy(meta=True).count("'self'") == text.count("'self'") == 4
    assert "sha" not in policy.policy(meta=True)
    for rule in (*policy.DIRECTIVES, *policy.HEADERS):
        assert rule.why


def test_pages_and_headers_say_the_same_policy():
    """What stands in the template is what policy.py says; put it there if this fails."""
    assert f'content="{policy.policy(meta=True)}"' in template()
    assert f'<meta name="referrer" content="{policy.headers()["Referrer-Policy"]}">' in template()
    without = re.sub(r" frame-ancestors 'none';| 'sha256-\S+(?=;)", "", policy.policy())
    assert without == policy.policy(meta=True)


def test_every_form_for_hosts_has_every_header(built_site):
    wanted = set(policy.headers().items())
    for name in policy.FORMS:
        text = (built_site / name).read_text("utf-8")
        plain = re.findall(r"^  ([\w-]+): (.*)$", text, re.M)
        quoted = re.findall(r'(?:add_header|Header always set) ([\w-]+) "(.*?)"', text)
        assert wanted <= {*plain, *quoted}, name
        assert f"/{LIBRARY}" in text or LIBRARY.rpartition("/")[2] in text


def test_a_site_below_a_folder_of_its_host_has_its_paths():
    files = dict(policy.header_files("https://place.example/safety/"))
    assert f"\n/safety/{LIBRARY}\n" in files["_headers"] and "\n/safety/*\n" in files["_headers"]
    assert "ErrorDocument 404 /safety/404.html" in files[".htaccess"]
    assert f"location = /safety/{LIBRARY} " in files["_nginx.conf"]
    assert "\n/*\n" in dict(policy.header_files("https://place.example/"))["_headers"]


def test_every_page_has_the_policy_before_all_that_it_rules(built_site):
    for path in built_site.rglob("*.html"):
        text = path.read_text("utf-8")
        before, _, after = text.partition(f'<meta http-equiv="{TOLD}"')
        assert after and not re.search("<(script|link|style|base)", before), path
        assert not re.search(r"<[^>]* (style|on\w+)=", text), path


# ---------------------------------------------------------------- the chart library


def test_pages_run_only_a_bundle_that_we_tested():
    assert f"assets/plotly-{VERSION}.min.js" == LIBRARY
    assert f'{{{{ \'{LIBRARY}\' | url }}}}" data-integrity="{accepted()}"' in template()


def test_the_wheel_has_the_full_bundle_of_the_same_release():
    full = BUNDLES[-1]
    content = whole(full, full.place())
    assert content is not None
    assert f"plotly.js v{VERSION}".encode() in content[:200]


def test_a_bundle_that_is_not_the_one_we_tested_is_passed_over(tmp_path, monkeypatch):
    basic, full = BUNDLES
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    place = tmp_path / "share/callover/plotly-basic.min.js"
    assert basic.place() == place
    place.parent.mkdir(parents=True)
    place.write_text("alert(1)", "utf-8")
    assert whole(basic, place) is None
    assert library() == whole(full, full.place())
    assert library([basic]) is None
    assert integrity(b"") == (
        "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"
    )


# ---------------------------------------------------------------- the tour


@pytest.fixture(params=["in the page", "from the host"])
def ruled(request, built_site, serve):
    """The site under its own policy, and under the headers of its host alone."""
    rules = header_rules(built_site) if request.param == "from the host" else None
    return serve(built_site, Host, rules=rules)


def test_the_watch_sees_what_must_not_be(serve, chromium, tmp_path):
    """A page that breaks every rule, so that the zeros below mean something."""
    for rules in ({"/*": policy.headers()}, None):
        meta = f'<meta http-equiv="{TOLD}" content="{policy.policy(meta=True)}">'
        (tmp_path / "index.html").write_text(
            f"<!doctype html>{'' if rules else meta}<p style='color:red'>x</p>"
            "<style>p { color: blue }</style><script>alert(1)</script>"
            '<img src="https://other.example/a.png"><script src="own.js"></script>', "utf-8",
        )  # fmt: skip
        (tmp_path / "own.js").write_text(
            "document.cookie = 'a=1'; localStorage.b = 1; sessionStorage.c = 1;"
            "caches.open('d'); indexedDB.open('e'); document.querySelector('p').innerHTML = '<b>';",
            "utf-8",
        )
        address = serve(tmp_path, Host, rules=rules)
        with watched(chromium, address) as (page, seen):
            page.goto(f"{address}/")
            told = clean(seen, page)
            broken = {text.split()[1] for text in seen.violations}
            assert {"style-src-attr", "style-src-elem", "script-src-elem", "img-src"} <= broken
            assert "require-trusted-types-for" in broken
            for name in ("cookie: a", "local: b", "session: c", "cache: d", "database: e"):
                assert name in told
    with watched(chromium, address) as (page, seen):
        page.goto("data:text/html,<img src='https://other.example/a.png'>")
        assert until(page, lambda: "other.example" in seen.hosts, wanted=True)


@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda bundle: bundle.name)
def test_a_chart_is_explored_with_either_bundle(bundle, built_site, serve, chromium):
    content = whole(bundle, bundle.place())
    if content is None:
        pytest.skip("this bundle is not here; bootstrap.py gets it where npm is")
    address = serve(built_site, Host, replaced={f"/{LIBRARY}": content})
    with watched(chromium, address) as (page, seen):
        page.goto(f"{address}/{TNO}")
        assert seen.faults == []
        for chart in page.locator("figure.co-chart").all():
            plot = explore(chart)
            assert point_at(plot)
            before = axes(plot)
            drag(plot)
            assert axes(plot) != before
            style = plot.locator(".main-svg").first.evaluate("n => getComputedStyle(n).position")
            assert style == "absolute"  # Plotly's own rules are there, without a style element
        assert page.locator("style").count() == 0
        assert clean(seen, page) == []


def test_a_library_that_was_changed_on_the_host_does_not_run(built_site, serve, chromium):
    content = (built_site / LIBRARY).read_bytes() + b"\nwindow.changed = true;"
    address = serve(built_site, Host, replaced={f"/{LIBRARY}": content})
    with watched(chromium, address) as (page, seen):
        page.goto(f"{address}/{TNO}")
        chart = page.locator("#chart-months")
        chart.get_by_role("button", name="Explore this chart").click()
        chart.get_by_text("The interactive chart did not load.").wait_for()
        assert page.evaluate("[window.changed, typeof window.Plotly]") == [None, "undefined"]
        assert any("integrity" in text for text in seen.refused)
        assert chart.locator(".co-chart__drawing > svg").is_visible()


def look_at_charts(page, known):
    """All that a reader can do with each chart of a page whose like is not known yet."""
    for chart in page.locator("figure.co-chart:has(button[data-explore])").all():
        name = chart.get_attribute("id")
        if name in known:
            continue
        known.add(name)
        plot = explore(chart)
        point_at(plot)
        drag(plot)
        for button in chart.locator(".co-chart__controls button").all():
            button.click()
        chart.get_by_role("application").focus()
        page.keyboard.press("End")
        page.emulate_media(color_scheme="dark", media="print")
        page.emulate_media(color_scheme="light", media="screen")
        chart.get_by_role("button", name="Show the still chart").click()


def press_copy_buttons(page):
    for button in page.locator("button[data-copy]").all():
        if button.is_visible():
            button.click()


def test_a_tour_meets_the_policy_and_stores_nothing(ruled, chromium, tour):
    """Every type of page with its charts, copy buttons, search, print and the dark."""
    with watched(chromium, ruled) as (page, seen):
        page.goto(f"{ruled}/")
        assert stored(page) == []
        known: set[str] = set()
        for address in tour:
            page.goto(f"{ruled}/{address}")
            page.evaluate("dispatchEvent(new Event('beforeprint'))")
            look_at_charts(page, known)
            press_copy_buttons(page)
        page.goto(f"{ruled}/")
        page.get_by_role("searchbox").fill("robbery")
        page.locator(".co-search__results a").first.wait_for()
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.activeElement.closest('.co-search__results')")
        page.keyboard.press("Enter")
        page.wait_for_url("**/*robbery/")
        page.pdf()
        assert {"chart-months", "chart-samples", "chart-tiles-rate", "chart-league-rate"} <= known
        assert clean(seen, page) == []


def test_downloads_meet_the_policy_too(ruled, chromium, built_site):
    """One file of each type that the site links to, opened as a link opens it."""
    linked: dict[str, str] = {}
    for path in sorted(built_site.rglob("*.html")):
        folder = path.parent.relative_to(built_site)
        for link in re.findall(r'<a [^>]*href="([^":#?]+\.\w+)"', path.read_text("utf-8")):
            linked.setdefault(link.rpartition(".")[2], (folder / link).as_posix())
    linked |= {"feed": f"{HOME}/feed.xml", "map": "sitemap.xml", "key": ".well-known/security.txt"}
    assert {"csv", "json", "svg"} <= set(linked)
    with watched(chromium, ruled) as (page, seen):
        page.goto(f"{ruled}/")
        for address in linked.values():
            page.evaluate("address => { location.href = address; }", f"{ruled}/{address}")
            page.wait_for_timeout(250)
        assert clean(seen, page) == []
