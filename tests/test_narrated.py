"""Numbers in a commentary: found among the figures of the page, or told as the author's own."""

from datetime import date
from fractions import Fraction

import pytest

from callover.data.read import read
from callover.meant import Figure
from callover.mentioned import named_ends
from callover.narrated import figure_in_words, matches, nearest, own_numbers, unfound
from callover.numerals import CHANGE, COUNT, LEVEL, PERCENT, POINTS, RANK, numbers
from callover.pages.portal import press
from callover.periods import parse
from callover.remarks import told_of_numbers

TODAY = date(2017, 2, 1)
ROLLING = Figure(2119, COUNT, LEVEL, "Last 12 months", "offences",
                 parse("2016-01").start, parse("2016-12").end)  # fmt: skip
FELL = Figure(-22, COUNT, CHANGE, "Change on last year, in numbers", "offences")
DOWN = Figure(-8, PERCENT, CHANGE, "Change on last year", "percent")
POINTS_UP = Figure(4, POINTS, CHANGE, "Change on the quarter before", "percentage points")
SHARE = Figure(58, PERCENT, LEVEL, "Share", "percent")
TENTH = Figure(10, RANK, LEVEL, "Rank in the group", "rank", of=15)
THINGS = frozenset(("robbery", "offence"))


@pytest.mark.parametrize(
    ("text", "figure", "found"),
    [
        ("There were 2,119 offences in 12 months.", ROLLING, True),
        ("There were 2,097 offences in 12 months.", ROLLING, False),
        ("There were about 2,100.", ROLLING, True),
        ("It was up 2,119.", ROLLING, False),
        ("It fell by 22.", FELL, True),
        ("There were 22 fewer.", FELL, True),
        ("It rose by 22.", FELL, False),
        ("It was 22.", FELL, False),
        ("It fell by 22%.", FELL, False),
        ("It fell by 8%.", DOWN, True),
        ("A change of 8%.", DOWN, True),
        ("It fell by 8.", DOWN, False),
        ("It fell by 8 points.", DOWN, False),
        ("It rose by 4 points.", POINTS_UP, True),
        ("It rose by 4%.", POINTS_UP, False),
        ("It rose to 58%.", SHARE, True),
        ("It rose by 58%.", SHARE, False),
        ("We are 10 of 15.", TENTH, True),
        ("We are 10th.", TENTH, True),
        ("We are 10 of 32.", TENTH, False),
        ("There are 22 constables fewer.", FELL, False),
        ("There were 22 fewer robberies.", FELL, True),
    ],
)
def test_a_number_is_a_figure_of_the_same_unit_sense_way_and_size(text, figure, found):
    assert matches(next(numbers(text)), figure, THINGS) is found


def test_the_nearest_figure_is_of_the_same_kind():
    figures = [ROLLING, FELL, DOWN, POINTS_UP, SHARE, TENTH]

    def near(text):
        return nearest(next(numbers(text)), figures)

    assert near("It was 2,097.") is ROLLING
    assert near("It rose by 3.") is FELL
    assert near("It rose by 12%.") is DOWN
    assert near("It was 12%.") is SHARE
    assert near("We are 7 of 15.") is TENTH
    assert nearest(next(numbers("It was 12%.")), [ROLLING]) is None
    aim = Figure(-5, PERCENT, CHANGE, "Target", "percent")
    rose = Figure(Fraction(255, 10), PERCENT, CHANGE, "Change over 12 months", "percent")
    assert nearest(next(numbers("It rose by 7%.")), [aim, rose]) is rose
    rate = Figure(Fraction(276, 100), COUNT, LEVEL, "Rate", "per 1,000 residents")
    assert nearest(next(numbers("There were 40.")), [rate, ROLLING]) is ROLLING
    assert nearest(next(numbers("It was 40.5.")), [rate, ROLLING]) is rate


def test_a_figure_in_words_says_what_it_is_and_when():
    assert figure_in_words(ROLLING) == "2,119, last 12 months to December 2016"
    assert figure_in_words(TENTH) == "10 of 15, rank in the group"
    assert figure_in_words(DOWN) == "down 8.0%, change on last year"


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("in October 2016", ["2016-10"]),
        ("in October", ["2016-10"]),
        ("from January to March", ["2016-01", "2016-03"]),
        ("up to 23 June 2016", ["2016-06", "2016-06-23"]),
        ("in 2012/13", ["2012/13"]),
        ("in 2015", ["2015-12"]),
        ("in the second quarter", ["2016/17-Q2", "2015/16-Q2"]),
        ("the latest three months", ["2016-12", "2016-11", "2016-10"]),
        ("the last two quarters", ["2016-12", "2016-09"]),
        ("they may come", []),
    ],
)
def test_a_text_names_periods(text, ends):
    assert sorted(named_ends(text, parse("2016-12"))) == sorted(parse(p).end for p in ends)


def test_the_page_says_whose_numbers_they_are():
    assert own_numbers([]) == ""
    assert own_numbers(["12"]) == (
        "The number 12 in this text is the partners' own. We could not find it in the figures."
    )
    assert own_numbers(["12", "40%", "12"]) == (
        "The numbers 12 and 40% in this text are the partners' own. We could not find them in the "
        "figures."
    )


# ---------------------------------------------------------------- through the package

PLACE = "made-up-borough/measure/commentary/2016-12.md"
SERIES = """\
period,value,marker,note
2015/16,540,,
2015-04,50,,
2015-05,40,,
2015-06,40,,
2015-07/2016-03,,x,
2016-04,44,,
2016-05,51,,
2016-06,40,,
"""
TEXT = """\
## Overview

There were 135 offences from April to June 2016, 5 more than a year before.
In June there were 40, down 11 on May; in May, 51.

That is 97 fewer than
we feared: 9 patrols were out on 24 June 2016.

## Actions

- The target for the year is 500.
- Teams meet for 12 weeks, with about 135 offences in mind.
"""


@pytest.fixture
def folder(package):
    return package(
        "count",
        series=SERIES,
        targets=None,
        comparators=None,
        published=None,
        extra={PLACE: TEXT},
    )


def test_each_number_that_is_no_figure_is_told_with_its_line_and_the_nearest(folder):
    found = unfound(read(folder, TODAY), "datapackage")
    assert [(f.row, f.number) for f in found] == [(6, "97"), (7, "9"), (11, "500")]
    assert all(f.file == f"datapackage/{PLACE}" for f in found)
    assert str(found[0]) == (
        f"datapackage/{PLACE}, line 6: warning: 97 is no figure of the page. "
        '"That is 97 fewer than we feared: 9 patrols were out on 24 June 2016."\n'
        "  The nearest is down 11, change on the month before, in numbers, June 2016. "
        "Correct it, or leave it: the page says that it is the partners' own."
    )


def test_the_page_marks_the_paragraph_and_no_other(folder, html_text):
    made = press(read(folder, TODAY), {})
    page = html_text(made["made-up-borough/measure/index.md"])
    overview = page.one("section", class_="co-panel--overview").one(
        "div", class_="co-panel--people"
    )
    assert [(n.tag, n.attrs.get("class", "")) for n in overview.children if not isinstance(n, str)][
        1:
    ] == [("p", ""), ("p", ""), ("p", "co-own")]
    assert overview.one("p", class_="co-own").text == (
        "The numbers 97 and 9 in this text are the partners' own. We could not find them in the "
        "figures."
    )
    assert len(page.all("p", class_="co-own")) == 2


def test_a_check_warns_of_numbers_and_finds_no_fault(cli, folder):
    done = cli("check", "--data", folder)
    assert done.returncode == 0, done.stderr
    assert (
        "97 is no figure of the page. " in done.stderr
        and "And 2 more.\n3 numbers in commentary are no figures of their pages. "
        "`callover check --numbers` shows each. Nothing is held back for this."
        in done.stderr
    )
    every = cli("check", "--data", folder, "--numbers", "--format", "github")
    assert every.returncode == 0
    assert every.stderr.count("is no figure of the page.") == 3
    noted = [line for line in every.stdout.splitlines() if "is no figure" in line]
    assert [line.partition("::datapackage")[0] for line in noted] == [
        f"::warning file=datapackage/{PLACE},line={line}" for line in (6, 7, 11)
    ]


def test_a_summary_of_nothing_is_nothing():
    assert told_of_numbers(()) == ""
