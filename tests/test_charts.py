"""A chart is declared once and drawn twice: both drawings show the same points, and read well."""

import json
import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import plotly.graph_objects as go  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callover.charts import CUT_LABEL, ROLES, Chart, Cut, Mark, Point
from callover.drawing.axes import NICE, time_ticks, value_axis
from callover.drawing.marks import MARKS, plot_of
from callover.drawing.placing import Wish
from callover.drawing.plot import BOTTOM, HEIGHT
from callover.drawing.words import compose
from callover.errors import UnknownName
from callover.figure import figure, to_json
from callover.periods import month
from callover.provenance import Provenance
from callover.svg import draw, draw_file, sparkline

ORIGIN = Provenance(
    *("The <partnership>", "Police & co", "OGL", "https://example.org/licence", None),
    *("2017-01-31", "https://example.org/", "barnet/robbery/"),
)

MONTHS = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
THIS = (1383, 1639, 1532, 1614, 1438, 1425, 1403, 1387, 1386, None, None, None)
LAST = (1342, 1505, 1449, 1561, 1402, 1430, 1360, 1520, 1506, 1410, 1390, 1550)
GAPS = (None, 3, None, 5, 4, None, 0, 7, None, None, 9, 2)
NAUGHTY = "<script>alert(1)</script> & \"$x$\" 'é'\n\n\x00"


def points(values):
    return tuple(Point(v, "[x]" if v is None else f"{float(v):,.1f}") for v in values)


def mark(kind, values, role="this-year", label="2016/17", lower=None):
    if kind in ("band", "whiskers") and lower is None:
        lower = [None if v is None else Fraction(v) / 2 for v in values]
    pairs = zip(values, lower or (), strict=False)
    upper = [v if v is None else v + 2 * (v - low) for v, low in pairs]
    upper = upper if kind == "whiskers" else []
    return Mark(kind, label, role, points(values), points(lower or ()), points(upper))


def so_far(made):
    """Say of the last point of a mark that its period is not over."""
    return replace(made, points=(*made.points[:-1], replace(made.points[-1], so_far=True)))


def chart(*marks, ticks=None, unit="offences", zero=True, decimals=0, cuts=()):
    ticks = ticks or MONTHS[: len(marks[0].points)]
    full = tuple(f"{tick} ({i})" for i, tick in enumerate(ticks))
    return Chart(
        "months", "Offences fell", "By month", "Offences fell.", "Source: police", unit,
        tuple(ticks), full, marks, zero, decimals,
        cuts=tuple(Cut(at, f"Recording changed in {ticks[at]}", within) for at, within in cuts),
    )  # fmt: skip


def total(values):
    return [None if v is None else sum(values[: i + 1]) for i, v in enumerate(values)]


CHARTS = {
    "months": chart(mark("bars", LAST, "last-year", "2015/16"), mark("bars", THIS)),
    "target": chart(mark("bars", THIS), mark("rule", [1450] * 12, "target", "Target 1,450")),
    "stepped": chart(mark("line", THIS), mark("rule", [9] * 5 + [None] + [4] * 6, "target", "T")),
    "cumulative": chart(
        mark("line", total(THIS)),
        mark("line", [17000 * (i + 1) // 12 for i in range(12)], "target", "Target"),
    ),
    "rolling": chart(
        mark("line", [16000 + (i * 37) % 900 for i in range(33)] + [None] * 12, "history", "Past"),
        mark("line", [None] * 32 + [16100 + (i * 53) % 700 for i in range(13)]),
        ticks=[f"{MONTHS[i % 12]} {2013 + i // 12}" for i in range(45)],
        zero=False,
    ),
    "range": chart(
        mark("band", [Fraction(98, 10)] * 6, "range", "Top quarter", [Fraction(71, 10)] * 6),
        mark("dots", [8, 7, None, Fraction(61, 10), 9, 8], label="Clients"),
        unit="percent",
        decimals=1,
    ),
    "categories": chart(
        *(mark("line", [10 * n + i % 3 for i in range(12)], f"cat{n}", f"C{n}") for n in (1, 2, 3))
    ),
    "survey": chart(
        mark("whiskers", [17, None, 16, 13], label="Barnet"),
        mark("dots", [22, 23, None, 24], "comparator", "London"),
        unit="percent",
        zero=False,
        decimals=1,
    ),
    "changes": chart(mark("bars", [3, 9, 6, 0, -9, -8, None]), unit="percent"),
    "cut": chart(mark("line", LAST, "last-year", "2015/16"), mark("line", THIS), cuts=[(4, False)]),
    "cut bars": chart(
        mark("bars", LAST, "last-year", "2015/16"), mark("bars", THIS), cuts=[(0, 0)]
    ),
    "cut within": chart(mark("line", [5, 6, 7, 8, 9, 8, 7]), cuts=[(3, True)]),
    "two cuts": chart(mark("line", LAST), cuts=[(5, False), (7, False), (11, True)]),
    "cut at a lonely end": chart(mark("line", [3, 4, 5, None]), cuts=[(2, False)]),
    "year so far": chart(so_far(mark("bars", [868, 931, 619, 492, 485, 587, 397], "history"))),
    "dots so far": chart(so_far(mark("dots", [20, 25, 22], "cat3")), unit="percent"),
    "line so far": chart(so_far(mark("line", [20, 25, 22])), cuts=[(1, False)]),
    "one": chart(mark("line", [12])),
    "huge": chart(mark("line", [10**15, 3 * 10**15, 2 * 10**15])),
    "tiny": chart(mark("line", [Fraction(1, 10**9), Fraction(4, 10**9)]), decimals=9),
    "no figures": chart(mark("bars", [None] * 12), mark("line", [None] * 12, "last-year")),
    **{f"gaps as {kind}": chart(mark(kind, GAPS)) for kind in MARKS},
    **{f"role {role}": chart(mark("line", THIS, role), mark("dots", LAST, role)) for role in ROLES},
}
each_chart = pytest.mark.parametrize("drawn", CHARTS.values(), ids=CHARTS)


# ------------------------------------------------------------------ reading the drawing back


def parse(svg):
    return ElementTree.fromstring(svg)  # noqa: S314


def name(element):
    return element.tag.rpartition("}")[2]


def across(text):
    return float(text.removesuffix("%"))


class Reader:
    """Reads values off an SVG as an eye does: by its gridlines and their labels."""

    def __init__(self, drawn):
        self.root = parse(draw(drawn))
        self.plot = plot_of(drawn)
        self.groups = [g for g in self.root if g.get("class", "").startswith("m ")]
        lines = [e for e in self.root.iter("line") if e.get("class") in ("grid", "axis")]
        ys = [float(e.get("y1")) for e in lines]
        texts = [e.text for e in self.root if name(e) == "text" and e.get("x") == "0"]
        values = [self.number(text) for text in texts[: len(ys)]] if len(ys) > 1 else [0]
        self.zero = dict(zip(values, ys, strict=True)).get(0)
        self.scale = (values[-1] - values[0]) / (ys[0] - ys[-1]) if len(ys) > 1 else 0
        self.low, self.foot = values[0], ys[0]
        self.tolerance = 0.35 * abs(self.scale)

    @staticmethod
    def number(text):
        match = re.match(r"(-?)([\d,.]+)(bn|m)?", text)
        assert match, text
        sign, digits, short = match.groups()
        size = {"bn": 10**9, "m": 10**6, None: 1}[short]
        return float(digits.replace(",", "")) * size * (-1 if sign else 1)

    def value(self, y):
        return self.low + (self.foot - float(y)) * self.scale

    def index(self, x):
        return (x - self.plot.left) / self.plot.slot - 0.5

    def markers(self, group):
        found = {}
        for e in group:
            if name(e) == "circle":
                found[round(self.index(across(e.get("cx"))))] = self.value(e.get("cy"))
            elif name(e) == "svg" or e.get("transform"):
                found[round(self.index(across(e.get("x"))))] = self.value(e.get("y"))
        return found

    def segments(self, group):
        """Give a value for each tick that a line passes, and the pairs that it joins."""
        found, joined = {}, set()
        for e in group.iter("line"):
            x1, x2 = (round(self.index(across(e.get(k))) * 2) / 2 for k in ("x1", "x2"))
            y1, y2 = (self.value(e.get(k)) for k in ("y1", "y2"))
            ticks = [i for i in range(len(self.plot.chart.ticks)) if x1 <= i <= x2]
            for i in ticks:
                found[i] = y1 + (y2 - y1) * (i - x1) / (x2 - x1)
            joined |= set(pairwise(ticks))
        return found, joined

    def rectangles(self, group):
        """Give top and bottom of the rectangle over each tick."""
        found = {}
        for e in (e for e in group if name(e) == "rect" and not e.get("transform")):
            x, y = across(e.get("x")), float(e.get("y"))
            ends = self.index(x), self.index(x + across(e.get("width")))
            for i in range(len(self.plot.chart.ticks)):
                if ends[0] - 0.01 <= i <= ends[1] + 0.01 or round(sum(ends) / 2) == i:
                    found[i] = self.value(y), self.value(y + float(e.get("height")))
        return found

    def ranges(self, group):
        """Give the foot and the top of the upright line at each tick."""
        found = {}
        for e in group.iter("line"):
            if e.get("x1") == e.get("x2"):
                ends = sorted(self.value(e.get(k)) for k in ("y1", "y2"))
                found[round(self.index(across(e.get("x1"))))] = ends
        return found

    def bars(self, group):
        """Give the end of each bar that is not at zero."""
        ends = self.rectangles(group)
        return {i: max(both, key=abs) for i, both in ends.items()}


READERS = {
    "bars": lambda reader, group: [reader.bars(group)],
    "line": lambda reader, group: [{**reader.markers(group), **reader.segments(group)[0]}],
    "rule": lambda reader, group: [reader.segments(group)[0]],
    "dots": lambda reader, group: [reader.markers(group)],
    "whiskers": lambda reader, group: [reader.markers(group)],
    "band": lambda reader, group: [
        {i: ends[side] for i, ends in reader.rectangles(group).items()} for side in (1, 0)
    ],
}


def whole_traces(drawn):
    """Give the traces of a figure, those of one mark put together: they share no point."""
    whole: list[dict[str, Any]] = []
    for trace in figure(drawn)["data"]:
        last = whole[-1] if whole else {}
        pairs = list(zip(last.get("y", trace["y"]), trace["y"], strict=True))
        same = last.get("name") == trace["name"] and last.get("mode") == trace.get("mode")
        if same and all(None in pair for pair in pairs) and "fill" not in trace:
            last["y"] = [b if a is None else a for a, b in pairs]
            last["text"] = [max(t) for t in zip(last["text"], trace["text"], strict=True)]
        else:
            whole.append(trace)
    return whole


def assert_same_points(drawn):
    """Compare every point of the SVG with the same point of the Plotly figure."""
    reader = Reader(drawn)
    traces = iter(whole_traces(drawn))
    assert len(reader.groups) == len(drawn.marks)
    for group in reader.groups:
        _, kind, role = group.get("class").split()
        for seen in READERS[kind](reader, group):
            trace = next(traces)
            assert role == f"r-{trace['meta']['role']}"
            assert sorted(seen) == [i for i, y in enumerate(trace["y"]) if y is not None]
            for i, value in seen.items():
                assert value == pytest.approx(trace["y"][i], abs=reader.tolerance)
            assert_same_ranges(reader, group, trace)
    assert next(traces, None) is None


def assert_same_ranges(reader, group, trace):
    """Compare the ends of each whisker with the error bars of the figure."""
    reach = trace.get("error_y")
    if reach is None:
        return
    assert reach["type"] == "data" and reach["symmetric"] is False
    seen = reader.ranges(group)
    assert sorted(seen) == [i for i, up in enumerate(reach["array"]) if up is not None]
    for i, (low, high) in seen.items():
        y = trace["y"][i]
        assert low == pytest.approx(y - reach["arrayminus"][i], abs=2 * reader.tolerance)
        assert high == pytest.approx(y + reach["array"][i], abs=2 * reader.tolerance)


# ------------------------------------------------------------------------- the two drawings


def test_every_type_of_mark_has_a_reader():
    assert set(READERS) == set(MARKS)
    assert all(row.name == key for key, row in MARKS.items())


@each_chart
def test_both_drawings_show_the_same_points(drawn):
    assert_same_points(drawn)


@each_chart
def test_figure_holds_what_was_declared(drawn):
    order = sorted(drawn.marks, key=lambda m: MARKS[m.type].layer)
    edges = [edge for m in order for edge in edges_of(m)]
    traces = whole_traces(drawn)
    assert [t["meta"]["role"] for t in traces] == [m.role for m in order for _ in traces_of(m)]
    for trace, edge in zip(traces, edges, strict=True):
        assert trace["y"] == [None if p.value is None else float(p.value) for p in edge]
        ranged = [text.partition(" (")[0] for text in trace["text"]]
        assert ranged == [p.text for p in edge]
        assert trace["x"] == list(drawn.full_ticks)
        assert trace.get("connectgaps", False) is False


def edges_of(m):
    return [m.lower, m.points] if m.type == "band" else [m.points]


def traces_of(m):
    return edges_of(m)


@each_chart
def test_plotly_accepts_the_figure(drawn):
    made = figure(drawn)
    accepted = go.Figure(made).to_plotly_json()
    assert len(accepted["data"]) == len(made["data"])
    assert "template" not in made["layout"]
    assert "title" not in made["layout"]


@each_chart
def test_drawings_are_the_same_each_time(drawn):
    assert draw(drawn) == draw(drawn)
    assert draw_file(drawn, ORIGIN) == draw_file(drawn, ORIGIN)
    assert to_json(drawn) == to_json(drawn)
    assert json.loads(to_json(drawn)) == figure(drawn)


values = st.none() | st.integers(-(10**6), 10**6) | st.fractions(-1000, 1000, max_denominator=60)
series = st.lists(values, min_size=1, max_size=12)


@given(kind=st.sampled_from(sorted(MARKS)), numbers=series)
def test_any_values_give_the_same_points_twice(kind, numbers):
    lower = [None if v is None else v - 1 for v in numbers]
    assert_same_points(chart(mark(kind, numbers, lower=lower), decimals=2))


@given(first=series, zero=st.booleans())
def test_any_two_marks_together(first, zero):
    other = [None if v is None else -v for v in reversed(first)]
    assert_same_points(
        chart(mark("bars", first), mark("line", other, "cat3", "Other"), zero=zero, decimals=2)
    )


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=12))
def test_a_taller_bar_is_a_larger_value_and_ticks_run_left_to_right(numbers):
    drawn = chart(mark("bars", numbers))
    bars = [e for e in Reader(drawn).groups[0] if name(e) == "rect"]
    assert [across(b.get("x")) for b in bars] == sorted(across(b.get("x")) for b in bars)
    heights = [float(b.get("height")) for b in bars]
    for (a, height), (b, other) in pairwise(sorted(zip(numbers, heights, strict=True))):
        assert height <= other or a == b


# ------------------------------------------------------------------------------------- gaps


@pytest.mark.parametrize("kind", sorted(MARKS))
def test_a_gap_is_a_gap_and_a_lonely_point_shows(kind):
    drawn = chart(mark(kind, GAPS))
    reader = Reader(drawn)
    (seen, *_) = READERS[kind](reader, reader.groups[0])
    assert sorted(seen) == [1, 3, 4, 6, 7, 10, 11]


def test_a_whisker_tells_its_range_to_those_who_point_at_it():
    (trace,) = figure(chart(mark("whiskers", [17, None], lower=[13, None])))["data"]
    assert trace["text"] == ["17.0 (13.0 to 25.0)", "[x]"]
    assert trace["error_y"]["array"] == [8, None]


def test_a_line_joins_only_neighbours():
    reader = Reader(CHARTS["gaps as line"])
    assert reader.segments(reader.groups[0])[1] == {(3, 4), (6, 7), (10, 11)}


def test_no_line_is_joined_across_a_change_in_recording():
    for drawn, apart in (
        (CHARTS["cut"], {(3, 4)}),
        (CHARTS["cut within"], {(2, 3), (3, 4)}),
        (CHARTS["two cuts"], {(4, 5), (6, 7), (10, 11)}),
    ):
        reader = Reader(drawn)
        ticks = set(pairwise(range(len(drawn.ticks))))
        for group, m in zip(reader.groups, drawn.marks, strict=True):
            known = {i for i, p in enumerate(m.points) if p.value is not None}
            assert reader.segments(group)[1] == {p for p in ticks - apart if set(p) <= known}
        for trace in figure(drawn)["data"]:
            here = {i for i, y in enumerate(trace["y"]) if y is not None}
            assert not any(set(pair) <= here for pair in apart)


@each_chart
def test_both_drawings_mark_a_change_in_recording_at_the_same_place(drawn):
    root, plot, layout = parse(draw(drawn)), compose(drawn).plot, figure(drawn)["layout"]
    lines = [g.findall("line")[-1] for g in root if g.get("class") == "cut"]
    shapes, notes = layout.get("shapes", []), layout.get("annotations", [])
    assert len(lines) == len(shapes) == len(notes) == len(drawn.cuts)
    for cut, line, shape, note in zip(drawn.cuts, lines, shapes, notes, strict=True):
        place = cut.at + (0.5 if cut.within else 0)  # the left edge of the tick, or its middle
        assert line.get("x1") == line.get("x2")
        assert across(line.get("x1")) == pytest.approx(plot.left + plot.slot * place, abs=0.01)
        assert (shape["x0"], shape["x1"], note["x"]) == (place - 0.5,) * 3
        assert (note["text"], float(line.get("y2"))) == (CUT_LABEL, BOTTOM)
        assert cut.text in root.get("aria-label")
    warned = ": do not compare figures before and after." in root.get("aria-label")
    assert warned == bool(drawn.cuts)
    texts = [g.find("text").text for g in root if g.get("class") == "cut"]
    assert texts == [CUT_LABEL] * len(drawn.cuts)


@each_chart
def test_a_period_that_is_not_over_is_hollow_in_both_drawings(drawn):
    reader = Reader(drawn)
    for group, m in zip(reader.groups, drawn.marks, strict=False):
        hollow = [e for e in group.iter() if e.get("class") == "hollow"]
        assert len(hollow) == sum(p.so_far and p.value is not None for p in m.points)
    told = [t["y"] for t in figure(drawn)["data"] if is_hollow(t)]
    wanted = [m for m in drawn.marks if any(p.so_far for p in m.points) and m.type != "line"]
    assert [[i for i, y in enumerate(ys) if y is not None] for ys in told] == [
        [i for i, p in enumerate(m.points) if p.so_far] for m in wanted
    ]
    for _ in wanted:
        assert drawn.in_words.endswith(f"{drawn.full_ticks[-1]} is not a whole period.")


def is_hollow(trace):
    symbol = trace.get("marker", {}).get("symbol", "")
    # What is projected is hollow too, all of it.
    open_ = symbol.endswith("-open") and trace["meta"]["role"] != "projected"
    return trace["meta"].get("hollow") or open_


def test_bars_of_a_part_of_a_year_stand_where_whole_ones_would():
    whole, part = figure(CHARTS["year so far"])["data"]
    assert whole["offsetgroup"] == part["offsetgroup"] and whole["name"] == part["name"]
    assert "587" in draw(CHARTS["year so far"]) and "397" in draw(CHARTS["year so far"])


def test_zero_is_told_from_a_gap():
    zeros = [e for e in Reader(CHARTS["gaps as bars"]).groups[0] if e.text == "0"]
    assert len(zeros) == 1


def test_no_figures_are_said_to_be_none():
    assert "No figures to show" in draw(CHARTS["no figures"])
    assert "No figures" not in draw(CHARTS["one"])


def test_a_straight_line_is_one_piece_so_that_its_dashes_flow():
    drawn = chart(mark("line", range(0, 1200, 100), "target", "Target"))
    assert len(list(Reader(drawn).groups[0].iter("line"))) == 1


# --------------------------------------------------------------------------------- the axes


@pytest.mark.parametrize(
    ("numbers", "zero", "texts"),
    [
        ((1386, 1639), True, "0 500 1,000 1,500 2,000"),
        ((3, 7), True, "0 2 4 6 8"),
        ((), True, "0 0.2 0.4 0.6 0.8 1.0"),
        ((0, 0), False, "0 0.2 0.4 0.6 0.8 1.0"),
        ((-9, 9), True, "-10 -5 0 5 10"),
        ((-9, -2), True, "-10 -8 -6 -4 -2 0"),
        ((15300, 16050), False, "15,200 15,400 15,600 15,800 16,000 16,200"),
        ((2, 16050), False, "0 5,000 10,000 15,000 20,000"),
        ((Fraction(61, 10), Fraction(98, 10)), False, "6 7 8 9 10"),
        ((Fraction(1, 4),), True, "0 0.05 0.10 0.15 0.20 0.25"),
        ((3_600_000,), True, "0 1m 2m 3m 4m"),
        ((7_000_000_000,), True, "0 2bn 4bn 6bn 8bn"),
        ((5, 5), False, "4.5 4.6 4.7 4.8 4.9 5.0"),
        ((-5, -5), False, "-5.5 -5.4 -5.3 -5.2 -5.1 -5.0"),
    ],
)
def test_gridlines_are_nice(numbers, zero, texts):
    assert " ".join(value_axis(numbers, zero=zero, whole=False).texts) == texts


def test_counts_have_no_gridlines_between_whole_numbers():
    assert value_axis([], zero=True, whole=True).texts == ("0", "1")
    assert value_axis([2], zero=True, whole=True).texts == ("0", "1", "2")
    assert value_axis([11], zero=True, whole=True).texts == ("0", "5", "10", "15")


def test_percentages_say_so_on_each_line():
    assert value_axis([34], zero=True, whole=True, unit="percent").texts[1] == "10%"


@given(
    st.lists(st.fractions() | st.integers(-(10**18), 10**18), min_size=1, max_size=8),
    st.booleans(),
)
def test_gridlines_hold_all_values_at_nice_steps(numbers, zero):
    axis = value_axis(numbers, zero=zero, whole=False)
    assert axis.low <= min(numbers) <= max(numbers) <= axis.high
    assert 2 <= len(axis.ticks) <= 6
    assert len(set(axis.texts)) == len(axis.texts)
    steps = {b - a for a, b in pairwise(axis.ticks)}
    assert len(steps) == 1
    step = steps.pop()
    while step >= 10:
        step /= 10
    while step < 1:
        step *= 10
    assert step in NICE
    assert not zero or axis.low <= 0 <= axis.high


@pytest.mark.parametrize("kind", sorted(MARKS))
def test_bars_start_at_zero_whatever_the_chart_says(kind):
    drawn = chart(mark(kind, [90, 95, 99], lower=[89, 90, 91]), zero=False)
    assert (plot_of(drawn).axis.low == 0) is MARKS[kind].zero


@each_chart
def test_bars_stand_on_the_zero_line(drawn):
    reader = Reader(drawn)
    for group in (g for g in reader.groups if " bars " in g.get("class")):
        for bar in (e for e in group if name(e) == "rect"):
            top = float(bar.get("y"))
            bottom = top + float(bar.get("height"))
            assert pytest.approx(reader.zero, abs=0.06) in (top, bottom)


@pytest.mark.parametrize("labels", [
    MONTHS,
    [f"Q{i % 4 + 1} {2013 + i // 4}/{14 + i // 4}" for i in range(14)],
    [f"{MONTHS[i % 12]} {2010 + i // 12}" for i in range(84)],
    [f"{2009 + i}/{10 + i}" for i in range(8)],
    ["A category with a very long name indeed", "Another that is long as well"],
    [str(i + 1) for i in range(53)],
    ["2016"],
])  # fmt: skip
def test_time_ticks_keep_apart_on_a_small_phone_and_the_last_one_stays(labels):
    ticks = time_ticks(tuple(labels), 11, 99)
    assert ticks[-1].index == len(labels) - 1
    assert not ticks[-1].minor
    wide = 6.2
    for width, shown in ((288, [t for t in ticks if not t.minor]), (544, ticks)):
        boxes = []
        for tick in shown:
            centre = (11 + 88 * (tick.index + 0.5) / len(labels)) * width / 100
            size = len(labels[tick.index]) * wide
            boxes.append(
                {
                    "middle": (centre - size / 2, centre + size / 2),
                    "end": (width - size, width),
                    "start": (0, size),
                }[tick.anchor]
            )
        assert all(a[1] <= b[0] for a, b in pairwise(boxes))


def test_no_ticks_at_all():
    assert time_ticks((), 11, 99) == ()


# ---------------------------------------------------------------------------------- labels


@each_chart
@pytest.mark.parametrize("width", [288, 320, 544, 704, 928])
def test_labels_stay_in_the_drawing_and_apart(drawn, width):
    made = compose(drawn)
    over = [(Wish(CUT_LABEL, "", ()), spot) for spot in made.cuts]
    labels = [*made.labels, *over]
    boxes = [spot.box(wish.ems, 288 if width < 544 else 544) for wish, spot in labels]
    shift = [(s.x * (width - (288 if width < 544 else 544)) / 100) for _, s in labels]
    boxes = [(a + d, b, c + d, e) for (a, b, c, e), d in zip(boxes, shift, strict=True)]
    for i, (x0, y0, x1, y1) in enumerate(boxes):
        assert x0 >= 0 and x1 <= width and y0 >= 0 and y1 <= HEIGHT
        for a0, b0, a1, b1 in boxes[:i]:
            assert x1 <= a0 or a1 <= x0 or y1 <= b0 or b1 <= y0


@each_chart
def test_every_mark_is_named_when_there_are_several(drawn):
    texts = [e.text for e in parse(draw(drawn)).iter("text")]
    shown = [m for m in drawn.marks if any(p.value is not None for p in m.points)]
    if len([m for m in shown if m.type != "rule"]) > 1:
        assert all(texts.count(m.label) >= 1 for m in shown)
    assert all(texts.count(m.label) >= 1 for m in shown if m.type == "rule")


def test_lines_are_named_at_their_ends_and_crowded_bars_in_a_key():
    assert compose(CHARTS["cumulative"]).key == ()
    assert len(compose(CHARTS["cumulative"]).labels) == 2
    assert [m.label for _, _, m in compose(CHARTS["months"]).key[0]] == ["2015/16", "2016/17"]


def test_no_other_line_passes_between_a_label_and_its_line():
    low, high = mark("line", [40] * 6, "cat2", "Low"), mark("line", [41] * 6, label="High")
    for marks in ((low, high), (high, low)):
        placed = {wish.text: spot.y for wish, spot in compose(chart(*marks)).labels}
        assert placed["High"] < placed["Low"]


def test_a_long_key_breaks_into_rows_and_the_drawing_makes_room():
    marks = [mark("bars", THIS, f"cat{n}", "A rather long name for a category") for n in (1, 2, 3)]
    laid_out = compose(chart(*marks))
    assert [len(row) for row in laid_out.key] == [1, 1, 1]
    assert laid_out.plot.top > plot_of(chart(*marks)).top
    assert_last_key_row_above_top(draw(chart(*marks)), laid_out.plot.top)


def assert_last_key_row_above_top(svg, top):
    key = [g for g in parse(svg) if g.get("class", "").startswith("k ")]
    assert max(float(g[0].get("y")) + 13 for g in key) < top


def test_a_lone_line_shows_its_last_value_and_few_bars_show_each():
    line = compose(chart(mark("line", [3, 2, 5])))
    assert [wish.text for wish, _ in line.labels] == ["5.0"]
    bars = compose(chart(mark("bars", [3, 2, 5])))
    assert [wish.text for wish, _ in bars.labels] == ["3.0", "2.0", "5.0"]


def test_a_rule_without_room_is_explained_in_the_key():
    flat = chart(mark("bars", [100] * 12), mark("rule", [50] * 12, "target", "A target of 50"))
    assert [m.label for row in compose(flat).key for _, _, m in row] == [
        "2016/17",
        "A target of 50",
    ]


def test_roles_differ_without_colour():
    pictures = {}
    for role in ("this-year", "last-year", "target", "comparator", "earlier", "cat3", "cat4"):
        drawn = chart(mark("line", THIS, role, "A"), mark("dots", THIS, role, "A"))
        svg = draw(drawn).replace(f"r-{role}", "r")
        pictures[role] = svg
    assert pictures.pop("cat4") != pictures["cat3"]
    assert len(set(pictures.values())) == len(pictures)


# -------------------------------------------------------------------------- safe, small text


def naughty(draw=draw):
    m = Mark("line", NAUGHTY, "cat1", points([1, 2, 3]))
    other = Mark("rule", NAUGHTY, "target", points([2, 2, 2]))
    drawn = Chart(
        "n", NAUGHTY, NAUGHTY, NAUGHTY, NAUGHTY, NAUGHTY,
        (NAUGHTY,) * 3, ("a", "<b>", "c$"), (m, m, other),
    )  # fmt: skip
    return drawn, draw(drawn)


HOSTILE = replace(ORIGIN, publisher=NAUGHTY, source=NAUGHTY, licence=NAUGHTY, path=NAUGHTY)


@pytest.mark.parametrize("draw", [draw, lambda drawn: draw_file(drawn, HOSTILE)])
def test_text_is_escaped_everywhere(draw):
    _, svg = naughty(draw)
    assert "<script" not in svg
    assert "\x00" not in svg
    said = "".join(parse(svg).itertext()) + parse(svg).get("aria-label", "")
    assert "<script>alert(1)</script> & \"$x$\" 'é'" in said


def test_plotly_gets_no_html_and_no_mathematics():
    drawn, _ = naughty()
    text = to_json(drawn)
    assert "<" not in text
    assert "$" not in text
    assert text.replace("\\u003cextra>\\u003c/extra>", "").count("\\u003c") == 0
    assert (
        figure(drawn)["data"][0]["name"] == "&lt;script&gt;alert(1)&lt;/script&gt; &amp; \"x\" 'é'"
    )


@each_chart
def test_inline_svg_is_fit_for_a_page(drawn):
    svg = draw(drawn)
    root = parse(svg)
    assert (root.get("class"), root.get("width"), root.get("role")) == ("co-svg", "100%", "img")
    assert root.get("aria-label") == drawn.in_words
    assert root.get("viewBox") is None
    assert not re.search(r"""\s(?:id|style|on\w+|href)=""", svg)
    assert "\n\n" not in svg
    assert max(map(len, svg.splitlines())) < 300
    assert len(svg.encode()) < 6_000
    assert {e.get("class", "").split()[0] for e in root.iter("text")} <= {"t", "t-strong"}
    assert all(float(e.get("y", "0")) <= HEIGHT for e in root.iter("text"))


@each_chart
def test_marks_stay_in_the_drawing(drawn):
    for e in (e for g in Reader(drawn).groups for e in g.iter()):
        for key in ("x", "cx", "x1", "x2"):
            if (e.get(key) or "").endswith("%"):
                assert 0 <= across(e.get(key)) <= 100
        for key in ("cy", "y1", "y2"):
            if e.get(key):
                assert 20 <= float(e.get(key)) <= BOTTOM + 0.1


def test_a_usual_chart_is_small():
    assert len(draw(CHARTS["months"]).encode()) < 4_000
    assert len(to_json(CHARTS["months"])) < 2_500


@each_chart
def test_a_file_stands_alone(drawn):
    svg = draw_file(drawn, ORIGIN)
    root = parse(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("width") == "720"
    assert [name(e) for e in root[:2]] == ["title", "desc"]
    assert [e.text for e in root[:2]] == [drawn.title, drawn.in_words]
    written = " ".join(e.text or "" for e in root.iter())
    for words in (drawn.title, drawn.subtitle, drawn.source):
        assert words in written
    for m in drawn.marks:
        assert f".r-{m.role} " in written, "each role has its colour"


def test_a_file_says_whose_figures_it_shows_in_sight_and_for_machines():
    """Without the page the drawing must still say source, licence, dates and address."""
    root = parse(draw_file(CHARTS["one"], replace(ORIGIN, closing=month(2016, 12))))
    shown = " ".join(e.text or "" for e in root.iter() if name(e) == "text")
    metadata = {name(e): e.text for e in root.iter() if "purl.org" in e.tag}
    for words in (
        "Licence: OGL, https://example.org/licence",
        "The <partnership>. Data to December 2016. Pages as of 31 January 2017.",
        "https://example.org/barnet/robbery/",
    ):
        assert words in shown
    assert metadata == {
        "title": CHARTS["one"].title,
        "description": CHARTS["one"].subtitle,
        "publisher": "The <partnership>",
        "source": "Police & co",
        "rights": "OGL, https://example.org/licence",
        "coverage": "December 2016",
        "date": "2017-01-31",
        "identifier": "https://example.org/barnet/robbery/",
    }
    box = [float(number) for number in (root.get("viewBox") or "").split()]
    assert box == [0, 0, 720, float(root.get("height"))], "a viewer may show it in any size"


def test_a_long_title_wraps_and_makes_the_file_taller():
    short = CHARTS["one"]
    long = replace(short, title="Offences fell again " * 8)
    heights = [float(parse(draw_file(c, ORIGIN)).get("height")) for c in (short, long)]
    assert heights[1] > heights[0]


# ---------------------------------------------------------------------------- what is refused


def test_an_unknown_mark_fails_and_lists_the_known():
    unknown = chart(mark("pie", [1, 2]))
    for attempt in (draw, figure):
        with pytest.raises(
            UnknownName, match="'pie'; known: band, bars, rule, line, dots, whiskers"
        ):
            attempt(unknown)


def test_a_mark_of_another_length_than_the_axis_fails():
    with pytest.raises(ValueError, match="2016/17"):
        draw(chart(mark("line", [1, 2, 3]), ticks=("Apr", "May")))
    with pytest.raises(ValueError, match="2016/17"):
        figure(chart(mark("band", [1, 2], lower=[1])))
    with pytest.raises(UnknownName, match="'pie'; known: time, rows, tiles"):
        draw(replace(CHARTS["one"], form="pie"))


# ---------------------------------------------------------------------------------- sparkline


def test_a_sparkline_keeps_gaps_and_marks_the_last_point():
    root = parse(sparkline([3, 5, None, 6, None, 7, 8, None], "Rose & <fell>"))
    assert (root.get("width"), root.get("height"), root.get("role")) == ("120", "28", "img")
    assert root.get("aria-label") == "Rose & <fell>"
    assert [len(e.get("points").split()) for e in root.iter("polyline")] == [2, 2]
    assert [e.get("cx") for e in root.iter("circle")] == ["52", "100"]


@pytest.mark.parametrize("numbers", [[], [None, None], [4], [4, 4], [Fraction(1, 3), 10**9]])
def test_a_sparkline_of_little(numbers):
    root = parse(sparkline(numbers, "Little"))
    assert len(list(root.iter("circle"))) == any(v is not None for v in numbers)


@given(st.lists(values, max_size=40))
def test_a_sparkline_stays_in_its_box(numbers):
    for e in parse(sparkline(numbers, "s")).iter():
        for x, y in (pair.split(",") for pair in (e.get("points") or "").split()):
            assert 0 <= float(x) <= 120 and 0 <= float(y) <= 28
