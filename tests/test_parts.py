"""Totals and their parts: added up over the same days, and what the page says of it."""

from dataclasses import replace

import pytest

from callover.compute import Board, sheet
from callover.model import Cell, Indicator, Key, Partnership, Reference
from callover.pages import tables, views
from callover.pages.sentences import part_sums as said
from callover.parts import part_sums
from callover.periods import parse

AREA = "E09000003"
NOW, BEFORE = "2012-07/2013-06", "2011-07/2012-06"
BURGLARY = {
    "burglary": {BEFORE: 4760, NOW: 4670},
    "dwellings": {BEFORE: 3382, NOW: 3254},
    "other-buildings": {BEFORE: 1378, NOW: 1416},
}


def board(rows, kind="rolling_only", frequency="quarterly", **own):
    """A partnership whose first indicator is made up of the others."""
    first, *others = rows
    made = []
    for slug, values in rows.items():
        series = {Key(AREA, "all", "value"): {parse(p): _cell(v) for p, v in values.items()}}
        indicator = Indicator(
            slug, slug.replace("-", " ").capitalize(), "", kind, "lower", "offences", "offence",
            "crime", 1, "", "", frequency, None, "", AREA, series,
        )  # fmt: skip
        if slug == first:
            indicator = replace(indicator, **({"parts": tuple(others)} | own))
        made.append(sheet(indicator, Reference({}, {}, ()), {}))
    indicators = tuple(s.indicator for s in made)
    partnership = Partnership("p", "P", "P", "", AREA, "2013-07-19", "", (), {}, (), indicators)
    return Board(partnership, tuple(made))


def _cell(value):
    return Cell(None, value) if isinstance(value, str) else Cell(value)


def sums(found):
    return part_sums(found, found.sheets[0])


def test_the_parts_of_burglary_add_up():
    found = sums(board(BURGLARY))
    assert [(s.parts, s.sum, s.total, s.difference) for s in found] == [
        ((3254, 1416), 4670, 4670, 0),
        ((3382, 1378), 4760, 4760, 0),
    ]
    assert found[0].period == parse("2013-06")
    assert (found[0].start, found[0].end) == (parse(NOW).start, parse(NOW).end)
    assert said(found) == "The parts add up to the total in both periods that we can check."


def test_a_difference_is_a_finding():
    rows = {**BURGLARY, "other-buildings": {BEFORE: 1378, NOW: 1417}}
    found = sums(board(rows))
    assert [s.difference for s in found] == [1, 0]
    assert said(found) == (
        "The parts do not add up to the total in 1 of 2 periods. From July 2012 to June 2013 they "
        "make 4,671, which is 1 more than the total of 4,670."
    )
    fewer = sums(board({**BURGLARY, "other-buildings": {NOW: 1400}}))
    assert "which is 16 fewer than" in said(fewer)


def test_only_periods_that_all_of_them_have_are_compared():
    assert len(sums(board({**BURGLARY, "dwellings": {NOW: 3254, BEFORE: "c"}}))) == 1
    nothing = sums(board({**BURGLARY, "dwellings": {"2010-07/2011-06": 1}}))
    assert nothing == []
    assert said(nothing).startswith("There is no period")
    assert sums(board(BURGLARY, parts=())) == ()


def test_a_part_may_be_counted_more_finely_than_its_total():
    found = board(
        {"all": {"2013/14-Q1": 30}, "one": {"2013-04": 4, "2013-05": 5, "2013-06": 6},
         "other": {"2013/14-Q1": 15}},
        "count",
    )  # fmt: skip
    assert [(s.parts, s.difference) for s in sums(found)] == [((15, 15), 0)]
    assert said(sums(found)) == "The parts add up to the total in the one period that we can check."


def test_the_table_shows_the_newest_twelve():
    months = [f"2013-{n:02}" for n in range(1, 13)] + ["2014-01"]
    found = board(
        {"all": dict.fromkeys(months, 3), "one": dict.fromkeys(months, 1),
         "two": dict.fromkeys(months, 2)},
        "count", "monthly",
    )  # fmt: skip
    table = tables.parts(found, found.sheets[0], sums(found))
    assert table is not None
    assert table.columns == ["One", "Two", "Sum of the parts", "All", "Difference"]
    assert [row.label for row in table.rows][::11] == ["January 2014", "February 2013"]
    assert [cell.text for cell in table.rows[0].cells] == ["1", "2", "3", "3", "0"]
    assert "in all 13 periods" in said(sums(found))


def test_each_page_leads_to_the_others():
    found = board({**BURGLARY, "mobile-phones": {}}, parts=("dwellings", "other-buildings"),
                  within=("mobile-phones",), related=("mobile-phones",))  # fmt: skip

    def shown(slug):
        return {r.label: [s for s, _ in r.links] for r in views.relations(found, found.sheet(slug))}

    assert shown("burglary") == {
        "Made up of": ["dwellings", "other-buildings"],
        "Some of it": ["mobile-phones"],
        "See also": ["mobile-phones"],
    }
    assert shown("dwellings") == {"Part of": ["burglary"]}
    assert shown("mobile-phones") == {"Counted within": ["burglary"]}


@pytest.mark.parametrize("slug", ["burglary", "nothing"])
def test_a_board_finds_its_sheets(slug):
    found = board(BURGLARY).sheet(slug)
    assert (found.indicator.slug if found else None) == ("burglary" if slug == "burglary" else None)
