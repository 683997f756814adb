"""Each look finds its fault on a page made for it, and lets the sound twin beside it pass."""

import pytest

import visits
from loads import load, weight
from visits import View

HEAD = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>Page</title>"
    "<style>body { margin: 0; font: 16px/1.5 sans-serif } "
    ":focus-visible { outline: 3px solid #000 } {css}</style></head><body>"
    "<header>Site</header><main><h1>Page</h1>{main}</main><footer>End</footer></body></html>"
)


@pytest.fixture
def opened(chromium, serve, tmp_path):
    """Open a page made of some CSS and the HTML of its main part, 320 px wide."""
    context = visits.context(chromium, View(320))

    def open_page(main, css=""):
        text = HEAD.replace("{css}", css).replace("{main}", main)
        (tmp_path / "index.html").write_text(text, "utf-8")
        page = context.new_page()
        page.goto(f"{serve(tmp_path)}/")
        return page

    yield open_page
    context.close()


REGION = '<div role=region tabindex=0 aria-label=Wide style="overflow-x: auto">'
TABLE = "<table><caption>Wide</caption><tr><th scope=col>{wide}</th></tr></table>"
WIDE = TABLE.format(wide="<span style='display: block; width: 600px'>Wide</span>")

CASES = [
    ("reflow", "<p style='width: 500px'>Wide</p>", "the page is 500 px wide in 320 px"),
    ("reflow", "<div style='overflow-x: auto'>" + WIDE + "</div>", "is no labelled region"),
    ("reflow", REGION + "<p style='width: 500px'>Wide</p></div>", "is no table"),
    (
        "overlaps",
        "<p style='height: 1em; overflow: hidden'>One<br>two</p><p style='height: 3em'></p>",
        "cuts off its text",
    ),
    ("overlaps", "<p>One</p><p style='margin-top: -35px'>Two</p>", "stands on"),
    ("targets", "<ul><li><a href='#'>Short</a></ul>", "px"),
    ("targets", "<p><button style='height: 20px'>Press</button></p>", "x 20.0 px"),
    ("headings", "<h3>Deep</h3>", "follows a heading of level 1"),
    ("headings", "<h1>Two</h1>", "2 headings of level 1"),
    ("landmarks", "<nav><a href='#'>Link</a></nav>", "has no name"),
    ("landmarks", "<nav aria-label=A>a</nav><nav aria-label=A>b</nav>", 'two of nav "A"'),
    ("tables", "<table><tr><th scope=col>A</th></tr></table>", "no caption and no label"),
    ("tables", "<table><caption>T</caption><tr><th>A</th></tr></table>", "without a scope"),
    ("tables", "<table><caption>T</caption><tr><td>A</td></tr></table>", "has no header"),
    ("motion", "<p style='transition: color 1s'>Slow</p>", "moves"),
    (
        "chart labels",
        "<figure id=months><svg class=co-svg width=300 height=50><text y=20>1,386</text>"
        "<text y=22>1,390</text></svg></figure>",
        'months: "1,386" stands on "1,390"',
    ),
    (
        "chart labels",
        "<figure id=months><svg class=co-svg width=300 height=50><text x=290 y=20>17,587</text>"
        "</svg></figure>",
        'months: "17,587" leaves the drawing',
    ),
]


@pytest.mark.parametrize(("look", "main", "told"), CASES, ids=lambda value: str(value)[:40])
def test_a_look_finds_its_fault(opened, look, main, told):
    faults = visits.looks(opened(main))[look]
    assert len(faults) == 1 and told in faults[0]


def test_a_sound_page_has_no_fault(opened):
    page = opened(
        "<p>A <a href='#'>link</a> in words.</p><h2>Part</h2><p><button>A button</button></p>"
        "<nav aria-label=Here><a href='#' style='display: block'>A line</a></nav>"
        + REGION + WIDE + "</div>"
        "<svg class=co-svg width=300 height=60><text y=20>Apr</text><text y=50>May</text></svg>",
        "button { min-height: 24px }",
    )  # fmt: skip
    assert {name: faults for name, faults in visits.looks(page).items() if faults} == {}
    assert visits.spaced_out(page) == []
    assert visits.axe([page]) == [[]]


def test_text_spacing_that_loses_words_is_found(opened):
    page = opened("<p style='width: 9em; height: 1.5em; overflow: hidden'>Just long enough</p>")
    assert visits.looks(page)["overlaps"] == []
    assert "cuts off its text" in visits.spaced_out(page)[0]


def test_axe_finds_what_a_reader_cannot_read(opened):
    page = opened("<img src='/x.png'><p style='color: #999'>Pale</p>")
    found = visits.axe([page])[0]
    assert {line.partition(":")[0] for line in found} == {"image-alt", "color-contrast"}
    assert [line.partition(":")[0] for line in visits.axe([page], visits.COLOUR_TAGS)[0]] == [
        "color-contrast"
    ]


WALKS = [
    ("<a href='#' style='outline: none'>Link</a>", "focus is not seen"),
    ("<a href='#' style='position: absolute; left: -999px'>Link</a>", "outside the window"),
    (
        "<a href='#'>Link</a><div style='position: absolute; inset: 0'>Over all</div>",
        "is covered by",
    ),
    ("<a href='#'>One</a> <a href='#' style='position: fixed; top: -9px'>Two</a>", "is partly"),
]


@pytest.mark.parametrize(("main", "told"), WALKS)
def test_a_walk_finds_a_focus_that_is_not_seen(opened, main, told):
    _, faults = visits.keyboard_walk(opened(main))
    assert any(told in fault for fault in faults)


def test_a_walk_finds_a_trap_and_what_lies_behind_it(opened):
    page = opened("<button id=trap>One</button> <button>Two</button>")
    page.evaluate(
        "document.getElementById('trap').addEventListener('keydown', e => e.preventDefault())"
    )
    stops, faults = visits.keyboard_walk(page)
    assert stops == 2
    assert 'button "Two" is not reached' in faults


def test_a_walk_counts_stops_and_ends_where_it_is_told(opened):
    page = opened("<button>One</button> <button>Two</button> <input aria-label=Three>")
    assert visits.keyboard_walk(page, 2) == (3, [])


def test_a_load_has_all_files_compressed_and_the_icon(chromium, serve, tmp_path):
    page = (
        "<!doctype html><title>P</title><link rel=icon href=icon.svg>"
        "<link rel=stylesheet href=a.css>" + "<p>Words of the page</p>" * 200
    )
    files = {"index.html": page, "a.css": "p { color: #000 }\n" * 50, "icon.svg": "<svg/>"}
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    context = chromium.new_context()
    found = load(context.new_page(), f"{serve(tmp_path)}/")
    context.close()
    assert set(found.files) == {"/", "/a.css", "/icon.svg"}
    assert found.requests == 3
    assert found.html == weight(page.encode()) < len(page) / 10
    assert found.total == sum(weight(text.encode()) for text in files.values())
