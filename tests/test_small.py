"""The small drawing of a chart: paths by hand, what it leaves out, and where a page shows it."""

import re
from datetime import date

import pytest
from tests.conftest import parsed

import generate
from callover.charts import Chart, Mark, Point
from callover.compute import boards
from callover.data.read import read
from callover.drawing.small import small
from callover.kinds import KINDS
from callover.pages.portal import press
from callover.pages.smalls import smalls
from callover.pages.views import compared

TODAY = date(2017, 1, 31)
#: Kinds whose charts do not run through time, or that have none.
WITHOUT = {"milestone", "league", "distribution", "cohort"}


def chart(*marks, ticks=("Apr", "May", "Jun", "Jul"), zero=True):
    return Chart(
        *("name", "Title", "Subtitle", "A summary & more.", "Source.", "calls"),
        ticks, ticks, marks, zero,
    )  # fmt: skip


def mark(kind, role, *values, label="a"):
    return Mark(kind, label, role, tuple(Point(v, str(v)) for v in values))


def paths(drawing):
    return re.findall(r'<path class="([^"]+)" d="([^"]+)"/>', drawing)


def test_a_line_runs_over_the_width_and_breaks_at_a_gap():
    # 240 wide with an edge of 4: ticks at 33, 91, 149 and 207; 72 high: 0 at 68, 8 at 4.
    found = paths(small(chart(mark("line", "this-year", 0, 8, None, 4))))
    assert found == [("axis", "M0 68H240"), ("line r-this-year", "M33 68L91 4M207 36h0")]


def test_one_run_of_bars_stays_bars_and_two_become_lines():
    alone = small(chart(mark("bars", "this-year", 8, 4), ticks=("Q1", "Q2")))
    assert paths(alone)[1] == (
        "bars r-this-year",
        "M21.4 68V4H102.6V68zM137.4 68V36H218.6V68z",
    )
    two = small(chart(mark("bars", "last-year", 8, 8, 8, 8), mark("bars", "this-year", 4, 4)))
    assert [name for name, _ in paths(two)] == ["axis", "line r-last-year", "line r-this-year"]


def test_the_newest_year_lies_over_the_rest_and_ranges_are_left_out():
    drawing = small(
        chart(
            mark("line", "this-year", 1, 2),
            mark("rule", "target", 3, 3),
            mark("band", "range", 2, 2),
            ticks=("a", "b"),
        )
    )
    names = [name for name, _ in paths(drawing)]
    assert names == ["axis", "line r-target", "line r-this-year"]


def test_a_scale_that_need_not_start_at_zero_has_no_axis():
    found = paths(small(chart(mark("line", "cat1", 90, 92), ticks=("a", "b"), zero=False)))
    assert found == [("line r-cat1", "M62 68L178 4")]


def test_a_flat_line_lies_in_the_middle_and_the_summary_is_its_name():
    drawing = small(chart(mark("line", "cat1", 5, 5), ticks=("a", "b"), zero=False))
    assert paths(drawing) == [("line r-cat1", "M62 36L178 36")]
    assert 'aria-label="A summary &amp; more."' in drawing


@pytest.mark.parametrize("kind", sorted(set(KINDS) - WITHOUT))
def test_a_measure_gives_its_newest_figure_beside_its_small_chart(package, kind):
    (board,) = boards(read(package(kind), TODAY))
    (made,) = smalls(board.sheets)
    assert made.slug and made.title and made.figure and made.when
    assert "<path" in made.svg


@pytest.mark.parametrize("kind", sorted(WITHOUT))
def test_what_does_not_run_through_time_has_no_small_chart(package, kind):
    (board,) = boards(read(package(kind), TODAY))
    assert smalls(board.sheets) == []


BEFORE = "That is against a year before."
CLEAR = f"{BEFORE} The one that is better or worse is so by more than chance."
NOT_TESTED = f"{BEFORE} The one that is better or worse is not tested."
YEARS = "period,value,marker,note\n2014/15,{},,\n2015/16,{},,\n"


@pytest.mark.parametrize(
    ("kind", "before", "now", "polarity", "counts", "said"),
    [  # of 10 and 8 p is 0.81, of 10 and 12 0.83, of 90 and 40 0.00001
        ("count", 10, 8, "lower", (0, 0, 1, 0), BEFORE),
        ("count", 10, 12, "higher", (0, 0, 1, 0), BEFORE),
        ("count", 10, 12, "ambiguous", (0, 0, 1, 0), BEFORE),
        ("count", 90, 40, "lower", (1, 0, 0, 0), CLEAR),
        ("count", 90, 40, "higher", (0, 1, 0, 0), CLEAR),
        ("count", 10, 10, "lower", (0, 0, 1, 0), BEFORE),
        ("count", 90, 40, "ambiguous", None, ""),
        ("yearly", 10, 8, "lower", (1, 0, 0, 0), NOT_TESTED),
    ],
)
def test_the_overview_counts_what_is_better_than_a_year_before(
    package, kind, before, now, polarity, counts, said
):
    settings = {"polarity": polarity, "frequency": "irregular"}
    made = package(kind, series=YEARS.format(before, now), callover=settings)
    (board,) = boards(read(made, TODAY))
    found = compared(board.sheets)
    if counts is None:
        assert found is None
        return
    assert found is not None and found.says == said
    assert [each.word for each in found.tally] == [
        *("better", "worse", "no clear change", "we cannot say")
    ]
    assert tuple(each.count for each in found.tally) == counts


def test_a_note_on_dates_stands_once_below_its_table(package):
    says = "The source prints no date; filed under December."
    portal = read(package("count", callover={"undated": says}), TODAY)
    text = str(press(portal, {})[f"{generate.PARTNERSHIP}/index.md"])
    page = parsed(text.partition("<!-- html -->")[2].rpartition("<!-- /html -->")[0])
    (link,) = [a for a in page.all("a") if a.text == "note 1"]
    (note,) = [node for node in page.all("div") if node.attrs.get("id") == link.attrs["href"][1:]]
    assert note.text.endswith(says) and text.count(says) == 1
