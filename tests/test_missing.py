"""Ways to a page without search: the list from A to Z, and the page of a missing address."""

import os
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import pytest
from tests.conftest import parsed

import browser
from callover.data.read import read
from callover.everyday import folded
from callover.pages.portal import press

TODAY = date(2017, 1, 31)


class Host(browser.QuietHandler):
    """Serves a site at the root or below a folder, and 404.html for every address it has not."""

    def __init__(self, *args, below="/", **options):
        self.below = below
        super().__init__(*args, **options)

    def translate_path(self, path):
        inside = path.startswith(self.below)
        return super().translate_path("/" + path.removeprefix(self.below) if inside else "/none")

    def send_error(self, code, message=None, explain=None):
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def host():
    """Serve a site as a host does: `address = host(site, "/folder/")`."""
    with ExitStack() as stack:

        def serve(site, folder="/"):
            serving = browser.serving(site, Host, below=folder)
            return stack.enter_context(serving) + folder

        yield serve


# ---------------------------------------------------------------- the missing address


def loaded(page, address):
    """Open an address that is missing, and give what failed to load besides."""
    failed = []

    def note(response):
        if response.status >= 400 and not response.request.is_navigation_request():
            failed.append(response.url)

    page.on("response", note)
    assert page.goto(address, wait_until="networkidle").status == 404
    return failed


@pytest.mark.parametrize("missing", ["barnet/burglery/", "barnet/burglery", "x/barnet/burglery/z/"])
def test_a_missing_address_leads_to_what_its_words_mean(page, host, built_site, missing):
    address = host(built_site)
    assert loaded(page, address + missing) == []
    assert page.get_by_role("heading", level=1).inner_text() == "Page not found"
    page.get_by_role("heading", name="Did you look for one of these?").wait_for()
    first = page.get_by_role("main").locator(".co-search__results a").first
    assert first.evaluate("link => link.pathname") == "/barnet/burglary/"
    assert "burglery" in page.get_by_role("searchbox").input_value()
    first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Burglary"


def test_a_missing_address_without_a_clue_offers_the_lists(page, host, built_site):
    address = host(built_site)
    for missing in ("zzzqqq/", "%E0%A4%A/", "2013-06/", "<script>/"):
        assert loaded(page, address + missing) == []
        assert page.locator(".co-missing").is_hidden()
        main = page.get_by_role("main")
        for name in ("list of all measures, A to Z", "home page", "Barnet", "Haringey"):
            assert main.get_by_role("link", name=name, exact=True).count() == 1
    page.goto(f"{address}nowhere/at/all/")
    for link in page.get_by_role("main").get_by_role("link").all():
        path = link.evaluate("node => node.pathname").strip("/.")
        assert (built_site / path / "index.html").is_file(), path


def test_a_missing_address_is_answered_without_javascript(chromium, host, built_site):
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    try:
        page = context.new_page()
        assert loaded(page, host(built_site) + "a/b/c/d/") == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        page.get_by_role("main").get_by_role("link", name="A to Z").click()
        assert page.get_by_role("heading", level=1).inner_text() == "All measures, A to Z"
    finally:
        context.close()


def test_a_site_in_a_folder_answers_there(page, host, package, cli, tmp_path):
    output = tmp_path / "site"
    env = {**os.environ, "CALLOVER_SITE_URL": "https://example.org/data/callover/"}
    done = cli("build", "--data", package("count"), "--output", output, env=env)
    assert done.returncode == 0, done.stderr
    address = host(output, "/data/callover/")
    assert loaded(page, f"{address}made-up-borough/mesure/2016/") == []
    links = page.get_by_role("main").locator("ol a, ul a")
    paths = links.evaluate_all("nodes => nodes.map(node => node.pathname)")
    assert all(path.startswith("/data/callover/") for path in paths)
    assert "/data/callover/made-up-borough/" in paths
    page.get_by_role("main").get_by_role("link", name="Made-up Borough").last.click()
    page.wait_for_url(f"{address}made-up-borough/")


# ---------------------------------------------------------------- A to Z


@pytest.fixture(scope="session")
def a_to_z(built_site, html):
    return html(built_site / "a-to-z/index.html").one("main")


def test_every_measure_is_in_the_list_once(a_to_z, built_site):
    lists = a_to_z.all("ul", class_="co-index")
    links = [a.attrs["href"] for ul in lists for a in ul.all("a")]
    pages = [urljoin("a-to-z/", href) for href in links if not href.startswith("#")]
    made = {
        f"{path.parent.relative_to(built_site).as_posix()}/"
        for path in built_site.glob("*/*/metrics.csv")
    }
    assert set(pages) == made and len(pages) == len(made)


def test_a_title_stands_once_with_its_partnerships_and_other_names_lead_to_it(a_to_z):
    lines = [li.text for ul in a_to_z.all("ul", class_="co-index") for li in ul.all("li")]
    assert (
        "Robbery: Barking and Dagenham, Robbery, Barnet, Robbery, Haringey, Robbery" in lines
    )  # the title after each place is for those who hear the links alone
    assert "Mugging: see Personal robbery, Robbery" in lines
    ids = {li.attrs["id"] for li in a_to_z.all("li") if "id" in li.attrs}
    for ul in a_to_z.all("ul", class_="co-index"):
        for link in ul.all("a"):
            assert not link.attrs["href"].startswith("#") or link.attrs["href"][1:] in ids
    letters = [h.text for h in a_to_z.all("h2")]
    assert letters[0] == "0 to 9" and letters[1:] == sorted(letters[1:])
    for letter, ul in zip(letters[1:], a_to_z.all("ul", class_="co-index")[1:], strict=True):
        assert all(folded(li.text)[1].upper() == letter for li in ul.all("li"))


def test_one_partnership_alone_has_its_titles_as_links(package):
    files = press(read(package("count", callover={"also_known_as": ["éclair"]}), TODAY), {})
    page = parsed(str(files["a-to-z/index.md"]).partition("-->")[2].rpartition("<!--")[0])
    lines = [li for ul in page.all("ul", class_="co-index") for li in ul.all("li")]
    title = next(li for li in lines if "id" in li.attrs)
    assert title.one("a").attrs["href"] == "../made-up-borough/measure/"
    (other,) = [li for li in lines if li is not title]
    assert other.text == f"Éclair: see {title.text}"
    letters = sorted({"e", title.text[0].lower()})
    assert [h.attrs["id"] for h in page.all("h2")] == [f"letter-{letter}" for letter in letters]
