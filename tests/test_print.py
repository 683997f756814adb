"""Pages on paper, as Chromium prints them: an indicator is a sheet, nothing is lost."""

import io
import re
from itertools import pairwise

import pytest
from pypdf import PdfReader
from tests import qr

import generate
import tour as types
from callover.codes import qr_code
from callover.kinds import KINDS
from callover.pages.sheet import Amount, height, lines, size

PANELS = (
    *("Definition", "How this indicator works", "What good looks like", "Why it matters"),
    *("Target", "History", "Issues to consider", "Performance overview", "Actions"),
    "Benchmarking",
)
#: Those that have most to say, the tallest chart and the longest tables.
FULLEST = (
    "barking-and-dagenham/total-notifiable-offences/",
    "barking-and-dagenham/domestic-violence/",
    "barking-and-dagenham/asb-satisfaction/",
    "barnet/asb-calls/",
    "barnet/burglary/",
    "barnet/repeat-victims-of-domestic-violence/",
    "haringey/robbery/",
)
A4 = (595, 842)  # points


def joined(text):
    """Drop what a line break may add or take away."""
    return re.sub(r"[\s\u00ad-]+", "", text)


def printed(page):
    """Print as a reader would, with the size and the margins that the page asks for."""
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def words_of(reader):
    """Give the words of each sheet, without its number."""
    return [joined(re.sub(r"Page \d+ of \d+", "", s.extract_text())) for s in reader.pages]


def lost(parts, sheets):
    """Give the parts that are on no sheet, nor at the end of one and the beginning of the next."""
    return [part for part in parts if not _found(joined(part), sheets)]


def _found(part, sheets):
    pairs = pairwise(sheets)
    return any(part in sheet for sheet in sheets) or any(
        part[:cut] in here and part[cut:] in there
        for here, there in pairs
        for cut in range(1, len(part))
    )


def said(page):
    """Give every paragraph, item and heading that paper must have, as the page has them."""
    return page.locator(
        "h1, .co-headline, .co-late, .co-sheet > .co-note, .co-status p, .co-figures dd,"
        ".co-panel h2, .co-panel p, .co-panel li"
    ).evaluate_all("all => all.map(e => e.textContent)")


def indicators(site):
    found = sorted(path.parent for path in site.glob("*/*/metrics.csv"))
    return [f"{path.relative_to(site).as_posix()}/" for path in found]


@pytest.fixture
def sample(request, built_site):
    """One indicator of each kind and the fullest; every one with --all-sheets."""
    everyone = indicators(built_site)
    if request.config.getoption("--all-sheets"):
        return everyone
    kinds = {types.shape(address): address for address in reversed(everyone)}
    assert set(KINDS) <= set(kinds)
    return sorted({*kinds.values(), *FULLEST})


# ---------------------------------------------------------------- one sheet for an indicator


def test_an_indicator_is_one_sheet_of_a4_and_nothing_is_lost(page, site_address, sample):
    wrong = []
    for address in sample:
        page.goto(f"{site_address}/{address}")
        reader = printed(page)
        (width, depth) = reader.pages[0].mediabox[2:]
        assert (round(width), round(depth)) == A4
        sheets = words_of(reader)
        missing = lost([*said(page), *PANELS, f"https://example.org/{address}"], sheets)
        if len(sheets) != 1 or missing:
            wrong.append((address, len(sheets), missing))
        assert "Pageasof" in sheets[-1]
        titles = page.locator(".co-chart__title").all_inner_texts()
        assert not titles or len(lost(titles, sheets)) < len(titles)  # one chart at least
    assert wrong == []


#: Boxes that stand on the paper side by side or below each other; type sizes in points.
LOOK = """() => {
  const sheet = document.querySelector('.co-sheet');
  const shown = e => e.getClientRects().length && getComputedStyle(e).visibility == 'visible';
  const zoom = e => e ? (parseFloat(getComputedStyle(e).zoom) || 1) * zoom(e.parentElement) : 1;
  const boxes = [...sheet.children, ...sheet.querySelectorAll(
    ':scope > .co-status > *, :scope > .co-foot > *')].filter(shown).filter(
    e => getComputedStyle(e).display != 'contents').map(e => {
      const r = e.getBoundingClientRect();
      const name = e.className.baseVal ?? e.className;
      return [name || e.tagName, r.left, r.top, r.right, r.bottom];
    });
  const over = [];
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
    if (a[1] < b[3] - 1 && b[1] < a[3] - 1 && a[2] < b[4] - 1 && b[2] < a[4] - 1) over.push([a, b]);
  }));
  const small = [], wide = [], right = sheet.getBoundingClientRect().right;
  const walk = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !shown(e) || e.closest('.co-hidden')) continue;
    const size = parseFloat(getComputedStyle(e).fontSize) * (e.closest('svg') ? zoom(e) : 1);
    const points = size * 0.75;
    if (points < 7.49) small.push([e.textContent, points]);
    if (e.getBoundingClientRect().right > right + 1.5) wide.push(e.textContent);
  }
  return {over, small, wide, scroll: document.documentElement.scrollWidth};
}"""


def test_nothing_on_the_sheet_overlaps_or_is_small_or_leaves_it(page, site_address, sample):
    page.set_viewport_size({"width": 733, "height": 1062})  # 194 by 281 mm within the margins
    page.emulate_media(media="print")
    for address in sample:
        page.goto(f"{site_address}/{address}")
        look = page.evaluate(LOOK)
        assert look.pop("scroll") <= 734, address
        assert look == {"over": [], "small": [], "wide": []}, address


def test_the_order_is_that_of_the_partnerships_own_summary(page, site_address):
    page.emulate_media(media="print")
    page.goto(f"{site_address}/{FULLEST[0]}")
    placed = ("h1", ".co-headline", ".co-panels--about", ".co-part--months", ".co-chart",
              ".co-panels--now", ".co-foot__address")  # fmt: skip
    tops = [page.locator(selector).first.bounding_box()["y"] for selector in placed]
    assert tops == sorted(tops)
    assert page.locator(".co-panel h2").all_inner_texts() == list(PANELS)
    beside = page.locator(".co-status__why").bounding_box()
    chart = page.locator(".co-chart").first.bounding_box()
    assert beside["x"] > chart["x"] + chart["width"] and abs(beside["y"] - chart["y"]) < 8


def test_a_screen_keeps_its_own_order_and_shows_no_foot(page, site_address):
    page.goto(f"{site_address}/{FULLEST[0]}")
    placed = ("h1", ".co-headline", ".co-figures", ".co-part--charts", ".co-part--months",
              ".co-panels--about", ".co-panels--now")  # fmt: skip
    tops = [page.locator(selector).first.bounding_box()["y"] for selector in placed]
    assert tops == sorted(tops)
    assert page.locator(".co-foot").is_hidden()


def test_paper_has_no_controls_and_is_light_in_a_dark_scheme(page, site_address):
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"{site_address}/{FULLEST[0]}")
    for selector in (
        ".co-nav",
        ".co-search",
        ".co-contents",
        ".co-downloads",
        ".co-cite",
        "button",
    ):
        assert not any(found.is_visible() for found in page.locator(selector).all()), selector
    colours = page.evaluate(
        "[document.documentElement, document.querySelector('.co-header__bar')].map(e => ["
        "getComputedStyle(e).backgroundColor, getComputedStyle(e).color])"
    )
    assert colours == [["rgb(255, 255, 255)", "rgb(11, 12, 12)"]] * 2
    assert page.locator(".co-chart__table").first.bounding_box() is None  # its figures stay closed


def test_a_sheet_is_the_same_without_javascript(chromium, page, site_address):
    page.goto(f"{site_address}/{FULLEST[0]}")
    with_script = words_of(printed(page))
    context = chromium.new_context(java_script_enabled=False)
    try:
        bare = context.new_page()
        bare.goto(f"{site_address}/{FULLEST[0]}")
        reader = printed(bare)
        assert len(reader.pages) == 1
        assert words_of(reader) == with_script
    finally:
        context.close()


def test_twice_the_words_flow_on_to_a_second_sheet_and_none_is_lost(
    page, serve, cli, package, tmp_path
):
    def long(name):
        return "\n\n".join(
            f"{name} paragraph {part} says one thing after another, and then says what it means"
            " for people who live here and for those who work with them." * 3
            for part in range(4)
        )

    names = ("definition", "how", "good", "why", "target", "history", "issues", "benchmarking")
    values = "".join(f"{y}-{m:02},{m * 7 + y % 2},,\n" for y in (2015, 2016) for m in range(1, 13))
    data = package(
        "count",
        series=f"period,value,marker,note\n{values}",
        callover={"panels": {name: long(name) for name in names}},
        extra={
            f"{generate.PARTNERSHIP}/measure/commentary/2016-12.md": "".join(
                f"## {name.capitalize()}\n\n{long(name)}\n\n" for name in ("overview", "actions")
            )
        },
    )
    done = cli("build", "--data", data, "--output", tmp_path / "site")
    assert done.returncode == 0, done.stderr
    page.goto(f"{serve(tmp_path / 'site')}/{generate.PARTNERSHIP}/measure/")
    reader = printed(page)
    assert len(reader.pages) in (2, 3)
    parts, sheets = said(page), words_of(reader)
    assert sum("paragraph" in part for part in parts) == 4 * (len(names) + 2)
    assert lost(parts, sheets) == []
    assert joined("https://example.org/") in sheets[-1]


# ---------------------------------------------------------------- the foot of every page


def test_every_type_of_page_ends_with_its_address_and_its_day(html, built_site, tour):
    seen = 0
    for address in tour:
        if address.endswith(".html"):
            continue
        foot = html(built_site / address / "index.html").one("div", class_="co-foot")
        where = f"https://example.org/{address}"
        assert foot.one("p", class_="co-foot__address").text == where
        assert re.search(r"Page as of \d+ \w+ 20\d\d", foot.text), address
        assert "Open Government Licence v3.0" in foot.text
        assert len(foot.all("svg")) == 1
        seen += 1
    assert seen > 20


def test_the_code_of_a_page_reads_as_its_address(built_site, tour):
    for address in (a for a in tour if not a.endswith(".html")):
        text = (built_site / address / "index.html").read_text("utf-8")
        (code,) = re.findall(r'<svg class="co-foot__code".*?</svg>', text)
        assert qr.read(qr.drawn(code)) == f"https://example.org/{address}"


@pytest.mark.parametrize("length", [5, 30, 60, 90, 120, 150, 190])
def test_a_code_of_any_length_is_read_back(length):
    address = ("https://example.org/" + "a-long-name/" * 20)[:length]
    assert qr.read(qr.drawn(qr_code(address))) == address


def test_the_code_is_two_centimetres_and_every_page_is_as_wide_as_its_paper(
    page, site_address, tour
):
    page.emulate_media(media="print")
    for address in (a for a in tour if not a.endswith(".html")):
        page.goto(f"{site_address}/{address}")
        turned = page.locator(".co-landscape").count()
        width = 1062 if turned else 733
        page.set_viewport_size({"width": width, "height": 733})
        assert page.evaluate("document.documentElement.scrollWidth") <= width + 1, address
        box = page.locator(".co-foot__code").bounding_box()
        assert min(box["width"], box["height"]) / 96 * 25.4 >= 20


def test_the_foot_names_the_day_of_each_partnership_where_they_differ(html, built_site):
    def day(address):
        return html(built_site / address / "index.html").one("div", class_="co-foot").text

    assert "Page as of 31 January 2017." in day("barking-and-dagenham/scorecard/")
    assert (
        "Page as of 31 January 2017 (Barking and Dagenham), 19 July 2013 (Barnet) and "
        "27 March 2014 (Haringey)."
    ) in day("")


# ---------------------------------------------------------------- how large the type is


def months(columns, rows, label="Crimes"):
    heads = '<th scope="col">2016</th>' * columns
    return f"<tr>{heads}</tr>" + f'<tr><th scope="row">{label}</th></tr>' * rows


def test_lines_count_text_and_the_ends_of_paragraphs():
    assert lines(["x" * 68]) == pytest.approx(1.45)
    assert lines(["<p>" + "x" * 68 + "</p>\n<p>" + "x" * 34 + "</p>"]) == pytest.approx(
        2.4, abs=0.02
    )
    assert lines([""]) == 0


def test_more_to_say_makes_smaller_type():
    short = Amount(before=["word " * 60], after=["word " * 30], figures=3, chart=17)
    assert height(short) < height(Amount(before=["word " * 200], figures=3, chart=17))
    assert height(Amount(months=months(13, 12))) - height(Amount()) == pytest.approx(39.6)
    assert height(Amount(months=months(2, 12))) - height(Amount()) == pytest.approx(19.8)
    said = (100, 300, 500, 800, 1000, 1150, 1500, 3000)
    sizes = [size(Amount(before=["word " * n], chart=17)) for n in said]
    assert sizes == [
        *(f"co-sheet--{n}" for n in (5, 4, 3, 2, 1, 0)),
        *("co-sheet--0 co-sheet--less", "co-sheet--2"),  # then it flows on to a second sheet
    ]
