"""Ratings of past periods: as a release published them, else as they are now; in words."""

import pytest
from tests.test_sentences import months, sheet

from callover.compute import as_at, board
from callover.frozen import Frozen, Status
from callover.history import MOST, NO_FIGURE, past
from callover.model import Partnership, Reference, Scheme, TargetRow
from callover.pages.history import in_short, strip
from callover.periods import parse
from callover.readability import grade, longest, sentences
from callover.words import RATING_WORDS

#: 120 a year is 10 a month. So far: 8, 17, 29, 43, 60 and 70 against 10, 20, 30, 40, 50 and 60.
SIX = (8, 9, 12, 14, 17, 10)
ON, CLOSE, OFF = "on-target", "close", "off-target"


def most(upper=120, period="2016/17", **own):
    target = TargetRow("value", "all", parse(period), "maximum", upper=upper)
    return {"scheme": "within", "targets": (target,), **own}


def record(release, closing, verdict, data_to=""):
    status = Status(verdict, RATING_WORDS[verdict])
    days = parse(data_to or closing), parse(closing)
    return Frozen(release, *days, "2016-12-31", "Measure", "", status)


def rated(values, **own):
    return sheet("count", {"value": values}, **most(**own))


def shown(found):
    made = strip(found)
    assert made is not None
    return made


def verdicts(found):
    return [(each.at.label, each.verdict) for each in past(found.indicator, found.ratings[0])]


def test_each_period_has_the_rating_of_its_close():
    found = rated(months(*SIX))
    assert [verdict for _, verdict in verdicts(found)] == [ON, ON, ON, CLOSE, OFF, OFF]
    made = shown(found)
    assert made.text == "On target in 3 of the last 6 months, off target in 2, close in 1."
    assert [cell.label for cell in made.cells] == ["Apr", "May", "Jun", "Jul", "Aug", "Sep"]
    assert made.cells[3].text == "July 2016: Close"
    assert [cell.newest for cell in made.cells] == [False] * 5 + [True]
    assert made.key == [(ON, "On target"), (CLOSE, "Close"), (OFF, "Off target")]
    assert in_short(found) == "2 of the last 6 months"


def test_one_rating_throughout_says_so():
    assert shown(rated(months(8, 9, 8))).text == "On target in all of the last 3 months."
    quarters = {"2016/17-Q1": 40, "2016/17-Q2": 45}
    found = rated(quarters, frequency="quarterly")
    assert shown(found).text == "Off target in both quarters."
    assert [cell.label for cell in shown(found).cells] == ["Q1", "Q2"]


def test_two_periods_that_differ_are_told_as_now_and_before():
    found = rated({"2016/17-Q1": 30, "2016/17-Q2": 60}, frequency="quarterly")
    assert shown(found).text == "Off target now, on target in the quarter before."
    assert in_short(found) == ""


@pytest.mark.parametrize("values", [months(8), months(8, "x"), {}])
def test_fewer_than_two_ratings_are_no_history(values):
    found = rated(values)
    assert past(found.indicator, found.ratings[0]) == ()
    assert strip(found) is None and in_short(found) == ""


def test_only_the_last_twelve_periods_count():
    twenty = months(*[8] * 20, start=(2015, 4))
    found = rated(twenty)
    assert len(verdicts(found)) == 8  # without a target, the year before has no ratings
    both = (*most()["targets"], *most(period="2015/16")["targets"])
    found = sheet("count", {"value": twenty}, scheme="within", targets=both)
    assert len(verdicts(found)) == MOST
    assert shown(found).text == "On target in all of the last 12 months."
    assert [cell.label for cell in shown(found).cells][::11] == ["Dec 15", "Nov 16"]


def test_a_gap_is_a_period_without_a_figure_and_a_missing_rating_one_of_its_own():
    # A monthly level has a rating of its own each month; no row for June, none known for July.
    levels = {"2016-04": 9, "2016-05": 9, "2016-07": "x", "2016-08": 13}
    found = sheet("snapshot", {"value": levels}, **most(upper=10))
    assert verdicts(found) == [
        ("2016-04", ON),
        ("2016-05", ON),
        ("2016-06", NO_FIGURE),
        ("2016-07", NO_FIGURE),
        ("2016-08", OFF),
    ]
    assert shown(found).text == (
        "On target in 2 of the last 5 months, off target in 1. Two have no rating."
    )
    assert ("no-figure", "No figure") in shown(found).key
    assert shown(found).cells[2].text == "June 2016: No figure"


def test_a_total_of_12_months_by_quarter_is_a_quarter():
    totals = {f"2015-{m + 1:02}/2016-{m:02}": 90 + m for m in (3, 6, 9)}
    targets = (TargetRow("value", "all", None, "maximum", upper=95),)
    found = sheet(
        "rolling_only", {"value": totals}, frequency="quarterly", scheme="within", targets=targets
    )
    assert shown(found).text == "Close in 2 of the last 3 quarters, on target in 1."


# ---------------------------------------------------------------- as it was published


def test_a_frozen_release_counts_with_todays_rating_beside_it():
    found = rated(months(*SIX), frozen=(record("r", "2016-08", CLOSE),))
    assert verdicts(found)[4] == ("2016-08", CLOSE)
    made = shown(found)
    assert made.text == (
        "On target in 3 of the last 6 months, close in 2, off target in 1. We published Close for "
        "August 2016; today's figures say Off target."
    )
    assert made.cells[4].text == "August 2016: Close as published, Off target by today's figures"
    (row,) = [m for m in found.metrics if m.measure == "rating_cumulative_as_released"]
    assert (row.period, row.text) == (parse("2016-08"), CLOSE)
    assert found.metric("rating_cumulative", parse("2016-08")).text == OFF


@pytest.mark.parametrize(
    ("at", "then", "said"),
    [
        (
            "2016-08",
            "not-rated",
            "We gave no rating for August 2016; today's figures say Off target.",
        ),
        ("2016-04", CLOSE, "We published Close for April 2016; today's figures say On target."),
    ],
)
def test_what_was_published_is_told_in_words(at, then, said):
    assert shown(rated(months(*SIX), frozen=(record("r", at, then),))).text.endswith(said)


def test_the_overview_counts_todays_rating_or_nothing():
    found = rated(months(*SIX), frozen=(record("r", "2016-09", CLOSE),))
    assert in_short(found) == ""  # published as Close, Off target today
    found = rated(months(*SIX), frozen=(record("r", "2016-08", CLOSE),))
    assert in_short(found) == "1 of the last 6 months"  # the other one was published as Close


def test_the_first_release_that_had_a_period_counts():
    frozen = (record("r", "2016-08", CLOSE), record("s", "2016-08", ON, data_to="2016-09"))
    found = rated(months(*SIX), frozen=frozen[::-1])
    assert verdicts(found)[4] == ("2016-08", CLOSE)


def test_several_differences_are_counted():
    frozen = (record("r", "2016-08", CLOSE), record("s", "2016-09", CLOSE))
    assert shown(rated(months(*SIX), frozen=frozen)).text.endswith(
        "Today's figures give another rating for two of them."
    )


def test_a_printed_colour_has_the_past_of_its_releases():
    frozen = (record("r", "2016-04", OFF), record("s", "2016-05", CLOSE))
    found = sheet("count", {"value": months(8, 9)}, scheme="published", frozen=frozen)
    assert verdicts(found) == [("2016-04", OFF), ("2016-05", CLOSE)]


def test_law_a_release_that_is_not_frozen_would_give_the_rating_of_its_close():
    """So nobody needs to compute a partnership again for each of them."""
    values = months(*SIX, 3, 3, 12, 20, start=(2016, 4))
    found = rated(values)
    own = Partnership(
        *("p", "P", "P", "", "E09000002", "2017-01-31", "", ()),
        {"within": Scheme("within", "tolerance", "Within 10%")},
        (),
        (found.indicator,),
    )
    for at, rating in found.ratings[0].history:
        then = board(as_at(own, at), Reference({}, {}, ()), at.end).sheets[0]
        assert then.rated_at == at and then.rating == rating


# ---------------------------------------------------------------- words and page


@pytest.mark.parametrize("values", [SIX, (8, 9, 8), (15, 1, 1, 15, 15, 20, 1, 1, 1), (20,) * 12])
def test_its_words_are_plain(values):
    text = shown(rated(months(*values))).text
    assert longest(sentences(text)) <= 25 and grade(text) <= 7, text


def test_the_page_has_a_list_that_says_each_rating_in_words(built_site, html):
    page = html(built_site / "barking-and-dagenham/outdoor-rubbish-fires/index.html")
    cells = page.one("ol", class_="co-past").all("li")
    spoken = [cell.one("span", class_="co-hidden").text for cell in cells]
    assert spoken[0] == "April 2016: Off target" and spoken[-1] == "December 2016: On target"
    assert len(spoken) == 9
    assert "is-newest" in cells[-1].attrs["class"]
    for cell in cells:
        shape, label, _ = cell.all("span")
        assert shape.attrs["aria-hidden"] == label.attrs["aria-hidden"] == "true"
    row = html(built_site / "barking-and-dagenham/index.html").text
    assert "in 7 of the last 9 months" in row
