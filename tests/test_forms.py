"""Charts that run down the page or lie on tiles: both drawings agree, and read on a phone."""

import json
import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree

import plotly.graph_objects as go  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callover.charts import Chart, Mark, Point
from callover.drawing.axes import text_width
from callover.drawing.rows import Rows
from callover.drawing.tiles import TILE, Tiles
from callover.errors import UnknownName
from callover.figure import figure, to_json
from callover.provenance import Provenance
from callover.svg import draw, draw_file

ORIGIN = Provenance(
    *("The <partnership>", "Police & co", "OGL", "https://example.org/licence", None),
    *("2017-01-31", "https://example.org/", "barnet/robbery/"),
)

NAMES = ("Westminster", "Hammersmith and Fulham", "Barnet", "Richmond upon Thames")
GAP = Point(None, "no figure")


def points(*values):
    return tuple(GAP if v is None else Point(v, f"{float(v):,.2f}") for v in values)


def chart(*marks, form="rows", ticks=NAMES, places=(), unit="per 1,000 residents"):
    return Chart(
        "league", "Barnet is low", "Calls", "Barnet is low.", "Source: police", unit, tuple(ticks),
        tuple(f"{tick} in full" for tick in ticks), marks, decimals=2, form=form, places=places,
        rows_are="Area",
    )  # fmt: skip


OTHERS = Mark("bars", "Other boroughs", "last-year", points(Fraction("7.17"), 3.55, None, 2.31))
OWN = Mark("bars", "Barnet", "this-year", points(None, None, Fraction("2.76"), None))
FORCE = Mark("rule", "London: 3.51", "comparator", points(*[Fraction("3.51")] * 4))
BEFORE = Mark("bars", "Before", "last-year", points(259, 135, None, 0))
AFTER = Mark("bars", "After", "this-year", points(196, 67, None, 12))
ROWS = {
    "league": chart(OWN, OTHERS, FORCE),
    "pairs": chart(BEFORE, AFTER, unit="convictions"),
    "one mark": chart(BEFORE, unit="convictions"),
    "no figures": chart(Mark("bars", "None", "cat1", (GAP,) * 4)),
    "shares": chart(
        *(Mark("bars", f"A{n}", f"cat{n}", points(10 * n, 5, 7, 2)) for n in (1, 2, 3, 4)),
        unit="percent",
    ),
    "below nought": chart(Mark("bars", "Change", "cat1", points(-40, 20, -5, 0))),
}
each_row = pytest.mark.parametrize("drawn", ROWS.values(), ids=ROWS)

LOW = Mark("tiles", "Lower half: 2.31 to 2.76", "step1", points(None, None, 2.76, 2.31))
HIGH = Mark("tiles", "Higher half: 3.55 to 7.17", "step3", points(7.17, 3.55, None, None))
OUTLINE = Mark("outline", "Barnet", "this-year", points(None, None, 2.76, None))
MAP = chart(
    LOW, HIGH, OUTLINE, form="tiles", ticks=("WES", "HMF", "BNT", "RIC"),
    places=((4, 4), (2, 4), (4, 2), (2, 5)),
)  # fmt: skip


def parse(svg):
    return ElementTree.fromstring(svg)  # noqa: S314


def name(element):
    return element.tag.rpartition("}")[2]


def across(text):
    return float(text.removesuffix("%"))


def groups(root):
    return [g for g in root if g.get("class", "").startswith("m ")]


# ---------------------------------------------------------------------------------- rows


def read_rows(drawn):
    """Read each bar's value off the drawing, as an eye does: by the gridlines and the names."""
    root, plan = parse(draw(drawn)), Rows(drawn)
    lines = [e for e in root.iter("line") if e.get("class") in ("grid", "axis")]
    known = [t for t in plan.axis.ticks if not (t == plan.axis.low == 0)]
    xs = [across(e.get("x1")) for e in lines]
    scale = float(plan.axis.high - plan.axis.low) / plan.right
    assert xs or not any(p.value is not None for mark in drawn.marks for p in mark.points)
    for tick, x in zip(known if xs else (), xs, strict=True):
        assert plan.x(tick) == pytest.approx(x, abs=0.01)
    zero = plan.x(0)
    for group in groups(root):
        found = {}
        for e in group:
            if name(e) == "rect":
                left, wide = across(e.get("x")), across(e.get("width"))
                row = max(i for i, top in enumerate(plan.tops[:-1]) if top <= float(e.get("y")))
                sign = -1 if left < zero - 0.01 else 1
                found[row] = sign * wide * scale
            else:
                found = dict.fromkeys(range(len(drawn.ticks)), across(e.get("x1")) * scale)
        yield group.get("class").split(), found


def assert_same_rows(drawn):
    traces = figure(drawn)["data"]
    seen = list(read_rows(drawn))
    assert len(seen) == len(traces) == len(drawn.marks)
    for ((_, kind, role), found), trace, mark in zip(seen, traces, drawn.marks, strict=True):
        assert (kind, role) == (mark.type, f"r-{trace['meta']['role']}")
        assert sorted(found) == [i for i, x in enumerate(trace["x"]) if x is not None]
        axis = Rows(drawn).axis
        reach = float(axis.high - axis.low)
        for i, value in found.items():
            assert value == pytest.approx(trace["x"][i], abs=reach / 400)
        assert trace["y"] == list(drawn.full_ticks)
        assert trace["text"] == [p.text for p in mark.points]


@each_row
def test_both_drawings_of_rows_show_the_same_points(drawn):
    assert_same_rows(drawn)


@given(
    st.lists(st.none() | st.integers(-900, 90_000) | st.fractions(0, 99), min_size=1, max_size=40)
)
def test_any_values_give_the_same_rows_twice(numbers):
    own = Mark("bars", "Own", "this-year", tuple(Point(v, str(v)) for v in numbers))
    drawn = chart(own, ticks=[f"Area {i}" for i in range(len(numbers))])
    assert_same_rows(drawn)


@each_row
def test_rows_stand_below_each_other_and_the_drawing_has_room_for_them(drawn):
    root, plan = parse(draw(drawn)), Rows(drawn)
    assert float(root.get("height")) == round(plan.tops[-1])
    rects = sorted(
        (float(e.get("y")), float(e.get("y")) + float(e.get("height")))
        for g in groups(root) for e in g if name(e) == "rect"
    )  # fmt: skip
    assert all(a[1] <= b[0] for a, b in pairwise(rects))
    assert not rects or rects[-1][1] <= plan.tops[-1]


@each_row
@pytest.mark.parametrize("width", [288, 544, 928])
def test_names_and_values_stay_in_the_drawing(drawn, width):
    for e in parse(draw(drawn)).iter("text"):
        if e.get("text-anchor", "start") != "start":
            continue
        start = across(e.get("x")) * width / 100 if e.get("x").endswith("%") else float(e.get("x"))
        assert start + float(e.get("dx", 0)) + text_width(e.text, 12) <= width + 4, e.text


def test_the_own_row_stands_out_and_every_value_is_written():
    root = parse(draw(ROWS["league"]))
    strong = [e.text for e in root.iter("text") if e.get("class") == "t-strong"]
    assert strong == ["Barnet"]
    written = {e.text for e in root.iter("text")}
    assert {"7.17", "3.55", "2.76", "2.31", "London: 3.51", "Other boroughs", *NAMES} <= written


def test_a_row_without_a_figure_says_so():
    assert "no figure" in {e.text for e in parse(draw(ROWS["pairs"])).iter("text")}
    assert "No figures to show" in {e.text for e in parse(draw(ROWS["no figures"])).iter("text")}


def test_a_long_name_is_broken_so_that_it_fits_a_small_phone():
    long = "Not under supervision: offences that the police must record"
    drawn = chart(BEFORE, ticks=(long, *NAMES[1:]))
    plan = Rows(drawn)
    assert [len(lines) for lines in plan.names] == [2, 1, 1, 1]
    assert " ".join(plan.names[0]) == long
    assert plan.tops[1] - plan.tops[0] == plan.tops[2] - plan.tops[1] + 16


def test_many_rows_make_a_tall_drawing():
    many = Mark("bars", "All", "cat1", points(*range(32)))
    drawn = chart(many, ticks=[f"Area {i}" for i in range(32)])
    assert 1000 < float(parse(draw(drawn)).get("height")) < 1400
    assert float(parse(draw_file(drawn, ORIGIN)).get("height")) > 1100


# --------------------------------------------------------------------------------- tiles


def test_both_maps_of_tiles_show_the_same_areas_at_the_same_places():
    root, plan = parse(draw(MAP)), Tiles(MAP)
    for group, trace, mark in zip(groups(root), figure(MAP)["data"], MAP.marks, strict=True):
        assert group.get("class").split() == ["m", mark.type, f"r-{trace['meta']['role']}"]
        rects = [e for e in group if name(e) == "rect"]
        at = [
            (round(across(e.get("x")) / 100 * plan.columns[1]) + plan.columns[0],
             round((float(e.get("y")) - plan.top) / TILE) + plan.lines[0])
            for e in rects
        ]  # fmt: skip
        assert at == list(zip(trace["x"], trace["y"], strict=True))
        shown = [i for i, p in enumerate(mark.points) if p.value is not None]
        assert at == [MAP.places[i] for i in shown]
        assert trace["customdata"] == [f"{MAP.full_ticks[i]}: {mark.points[i].text}" for i in shown]


def test_a_tile_says_its_short_name_and_its_figure_and_its_class_in_words():
    root = parse(draw(MAP))
    words = [e.text for e in root.iter("text")]
    assert {"WES", "7.17", "BNT", "2.76", "Lower half: 2.31 to 2.76", "Barnet"} <= set(words)
    hover = [e.text for e in root.iter("title")]
    assert "BNT in full: 2.76. Lower half: 2.31 to 2.76" in hover


def test_tiles_do_not_touch_and_fit_a_small_phone():
    wide = replace(MAP, places=((1, 1), (8, 1), (1, 2), (8, 7)))
    boxes = [Tiles(wide).box(i) for i in range(4)]
    assert {round(width, 1) for _, width, _ in boxes} == {12.5}
    assert text_width("28,632", 12) < 0.125 * 288 + 4
    assert float(parse(draw(wide)).get("height")) == round(Tiles(wide).top + 7 * TILE + 2)


# ---------------------------------------------------------------------------------- both

each = pytest.mark.parametrize("drawn", [*ROWS.values(), MAP], ids=[*ROWS, "tiles"])


@each
def test_plotly_accepts_the_figure(drawn):
    made = figure(drawn)
    assert len(go.Figure(made).to_plotly_json()["data"]) == len(drawn.marks)
    assert "template" not in made["layout"] and "title" not in made["layout"]
    assert json.loads(to_json(drawn)) == made


@each
def test_the_drawing_is_fit_for_a_page_and_the_same_each_time(drawn):
    svg = draw(drawn)
    root = parse(svg)
    assert svg == draw(drawn)
    assert root.get("class").split() == ["co-svg", f"co-svg--{drawn.form}"]
    assert (root.get("width"), root.get("role")) == ("100%", "img")
    assert root.get("aria-label") == drawn.summary
    assert not re.search(r"""\s(?:id|style|on\w+|href)=""", svg)
    classes = {e.get("class").split()[0] for e in root.iter("text")}
    assert classes <= {"t", "t-strong", "t-tile"}


@each
def test_a_file_stands_alone(drawn):
    root = parse(draw_file(drawn, ORIGIN))
    written = " ".join(e.text or "" for e in root.iter())
    for words in (drawn.title, drawn.subtitle, drawn.source):
        assert words in written
    for mark in drawn.marks:
        assert f".r-{mark.role} " in written


@pytest.mark.parametrize("form", ["rows", "tiles"])
def test_what_cannot_be_drawn_is_refused(form):
    pie = replace(MAP, form=form, marks=(Mark("pie", "Pie", "cat1", points(1, 2, 3, 4)),))
    own = {"rows": "bars", "tiles": "tiles"}[form]
    short = replace(MAP, form=form, marks=(replace(LOW, type=own, points=points(1)),))
    for attempt in (draw, figure):
        with pytest.raises(UnknownName, match="'pie'"):
            attempt(pie)
        with pytest.raises(ValueError, match="Lower half"):
            attempt(short)
    with pytest.raises(ValueError, match="4 tiles have 1 places"):
        draw(replace(MAP, places=((1, 1),)))


def test_hostile_words_stay_words():
    bad = "<script>alert(1)</script> $x$"
    for drawn in (
        replace(ROWS["league"], ticks=(bad,) * 4, full_ticks=(bad,) * 4, unit=bad),
        replace(MAP, ticks=(bad,) * 4, full_ticks=(bad,) * 4),
    ):
        assert "<script" not in draw(drawn)
        assert "<" not in to_json(drawn) and "$" not in to_json(drawn)
