"""A published figure changes only with its reason: the walk from release to release to today."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callover.periods import parse
from callover.revisions import Gap, Place, Revision, Stray, Vintage, same, unexplained

APRIL, MAY, JUNE = (
    Place("E1", "all", "value", parse(month)) for month in ("2016-04", "2016-05", "2016-06")
)
TODAY = "2016-12-01"
#: Two releases: April and May, and then June too.
CELLS = {APRIL: "10", MAY: "20", JUNE: "30"}
FIRST = Vintage("May", "2016-06-15", MAY.period.end, {APRIL: "10", MAY: "20"})
SECOND = Vintage("June", "2016-07-15", JUNE.period.end, CELLS)


def row(day, was, now, place=MAY, line=2, reason="scheduled revision"):
    return Revision(day, place, was, now, reason, "", line)


def found(*rows, vintages=(FIRST, SECOND), today=TODAY, **cells):
    """Say what is wrong: `may="21"` is what series.csv says now."""
    named = {"april": APRIL, "may": MAY, "june": JUNE}
    now = CELLS | {named[name]: text for name, text in cells.items()}
    now = {place: text for place, text in now.items() if text}
    return unexplained(vintages, rows, now, today)


def gap(was, now, place=MAY, day=TODAY, **who):
    return Gap(place, was, now, day, **who)


def test_what_stays_as_it_was_needs_no_row():
    assert found() == []


@pytest.mark.parametrize(
    ("was", "now", "alike"),
    [
        ("17", "17.0", True),
        ("17", "17.1", False),
        ("0.10", "0.1", True),
        ("On  track", "On track", True),
        ("On track", "Late", False),
        ("[x]", "[x]", True),
        ("[x]", "[c]", False),
        ("", "0", False),
        ("[x]", "", False),
    ],
)
def test_figures_are_compared_as_numbers_and_all_else_as_words(was, now, alike):
    assert same(was, now) is same(now, was) is alike


@pytest.mark.parametrize("now", ["21", "[c]", ""])
def test_a_changed_figure_a_marker_and_a_row_that_is_gone_are_told_once(now):
    """Both releases published it; the newest of them is named."""
    assert found(may=now) == [gap("20", now, title="June")]


def test_a_figure_after_the_end_of_a_release_may_come_and_change():
    assert found(vintages=[FIRST], june="31") == []


def test_a_cell_that_comes_in_late_is_told():
    gone = {APRIL: "10", JUNE: "30"}
    then = Vintage("June", "2016-07-15", JUNE.period.end, gone)
    assert found(vintages=[then]) == [gap("", "20", title="June")]
    assert found(row("2016-08-01", "", "20"), vintages=[then]) == []


def test_history_before_the_first_row_of_a_line_and_a_new_line_are_new_and_no_revision():
    march = MAY._replace(period=parse("2016-03"))
    women = MAY._replace(category="women")
    assert unexplained([SECOND], [], CELLS | {march: "5", women: "7"}, TODAY) == []


def test_a_row_leads_from_the_published_figure_to_todays():
    assert found(row("2016-08-01", "20", "21"), may="21") == []


def test_rows_follow_one_another_by_their_days_whatever_their_order():
    rows = row("2016-09-01", "21", "22", line=2), row("2016-08-01", "20", "21", line=3)
    assert found(*rows, may="22") == []
    assert found(*rows, may="23") == [gap("22", "23", line=2)]


def test_rows_of_one_day_follow_in_the_order_of_the_file():
    rows = row("2016-08-01", "20", "21", line=2), row("2016-08-01", "21", "20", line=3)
    assert found(*rows) == []


def test_a_change_between_two_releases_has_its_row_between_their_days():
    first = Vintage("May", "2016-06-15", MAY.period.end, {APRIL: "10", MAY: "19"})
    assert found(row("2016-07-01", "19", "20"), vintages=[first, SECOND]) == []
    assert found(vintages=[first, SECOND]) == [
        gap("19", "20", day="2016-07-15", title="May", until="June")
    ]
    # A row of after the second release says nothing of what came before it.
    assert found(row("2016-08-01", "19", "20"), vintages=[first, SECOND]) == [
        gap("19", "20", day="2016-07-15", title="May", until="June"),
        Stray(row("2016-08-01", "19", "20"), "unfollowed", "20", "June"),
    ]


def test_on_the_day_of_a_release_a_row_may_stand_before_it_or_after_it():
    first = Vintage("May", "2016-06-15", MAY.period.end, {APRIL: "10", MAY: "19"})
    before = row("2016-07-15", "19", "20")
    assert found(before, vintages=[first, SECOND]) == []
    assert (
        found(before, row("2016-07-15", "20", "21", line=3), vintages=[first, SECOND], may="21")
        == []
    )
    assert found(row("2016-06-15", "20", "21"), vintages=[FIRST], may="21") == []


def test_releases_follow_by_the_day_they_were_frozen():
    """An older release that was frozen late has what was known then."""
    late = Vintage("April", "2016-08-15", APRIL.period.end, {APRIL: "11"})
    assert found(row("2016-08-01", "10", "11", APRIL), vintages=[late, SECOND], april="11") == []


def test_releases_of_one_day_follow_in_the_order_they_were_frozen():
    """The pages of a demonstration speak from one day for ever."""
    older = Vintage("April", SECOND.day, APRIL.period.end, {APRIL: "11"})
    change = row(SECOND.day, "10", "11", APRIL)
    assert found(change, vintages=[SECOND, older], april="11") == []
    assert found(change, vintages=[older, SECOND], april="11")


STRAYS = {
    "a day before the release": (
        row("2016-06-14", "20", "21"), {"may": "20"}, "early", ("2016-06-15", "May", 0)
    ),
    "a day to come": (row("2016-12-02", "20", "21"), {"may": "21"}, "ahead", (TODAY, "", 0)),
    "a figure that nobody published": (
        row("2016-08-01", "19", "21"), {"may": "21"}, "unfollowed", ("20", "June", 0)
    ),
    "no change": (row("2016-08-01", "20", "20.0"), {}, "idle", ("", "", 0)),
    "a cell of no release": (
        row("2016-08-01", "20", "21", MAY._replace(column="percent")), {}, "unpublished",
        ("", "", 0),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", STRAYS)
def test_a_row_that_is_not_sound_is_told_with_what_it_should_be(case):
    given, cells, why, expected = STRAYS[case]
    assert found(given, **cells) == [Stray(given, why, *expected)]


def test_a_figure_that_is_as_published_again_needs_the_row_that_leads_back():
    rows = row("2016-08-01", "20", "21"), row("2016-09-01", "21", "20", line=3)
    assert found(rows[0]) == [gap("21", "20", line=2, back=True)]
    assert found(*rows) == []


def test_a_row_that_follows_no_row_names_the_row_before_it():
    first, second = row("2016-08-01", "20", "21"), row("2016-09-01", "20", "22", line=3)
    assert found(first, second, may="22") == [Stray(second, "unfollowed", "21", "", 2)]


def test_without_a_release_every_row_explains_nothing():
    given = row("2016-08-01", "20", "21")
    assert found(given, vintages=[], may="21") == [Stray(given, "unpublished")]


def test_the_day_of_a_row_may_be_that_of_a_release_frozen_after_the_day_of_the_pages():
    assert found(may="21", today="2016-07-01") == [gap("20", "21", day="2016-07-15", title="June")]


def test_everything_is_told_at_once():
    assert len(found(row("2016-08-01", "1", "2", APRIL), may="21", june="")) == 4


@pytest.mark.parametrize(
    ("was", "now", "reason"),
    [
        ("20", "21", "scheduled revision"),
        ("[x]", "21", "late data"),
        ("", "21", "late data"),
        ("20", "[c]", "scheduled revision"),
        ("", "[x]", "scheduled revision"),
    ],
)
def test_the_row_that_would_explain_a_change_makes_it_sound(was, now, reason):
    then = {APRIL: "10", JUNE: "30"} | ({MAY: was} if was else {})
    vintage = Vintage("June", "2016-07-15", JUNE.period.end, then)
    (told,) = found(vintages=[vintage], may=now)
    assert told.row == Revision(TODAY, MAY, was, now, reason)
    assert found(told.row, vintages=[vintage], may=now) == []


TEXTS = st.sampled_from(["", "1", "1.0", "2", "3", "[x]", "[c]"])
PLACES = [
    Place("E1", category, "value", parse(f"2016-{month:02d}"))
    for category in ("all", "men")
    for month in (4, 5, 6, 7)
]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 3), st.lists(TEXTS, min_size=8, max_size=8)), max_size=4),
    st.lists(TEXTS, min_size=8, max_size=8),
)
def test_the_rows_that_are_asked_for_explain_everything(releases, now):
    """For any releases, on the same day or not, and any figures today; then any row less fails."""
    vintages = [
        Vintage(
            *(f"R{i}", f"2016-0{month + 6}-01", PLACES[month].period.end),
            {
                p: t
                for p, t in zip(PLACES, texts, strict=True)
                if t and p.period <= PLACES[month].period
            },
        )
        for i, (month, texts) in enumerate(releases)
    ]
    cells = {place: text for place, text in zip(PLACES, now, strict=True) if text}
    told = unexplained(vintages, [], cells, TODAY)
    assert all(isinstance(each, Gap) for each in told)
    rows = [replace(each.row, line=n) for n, each in enumerate(told, 2)]
    assert unexplained(vintages, rows, cells, TODAY) == []
    for each in rows:
        assert unexplained(vintages, [r for r in rows if r is not each], cells, TODAY)
