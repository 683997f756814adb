"""Plans on a day: states, missing updates, and what a meeting carries forward."""

import pytest

from callover import progress
from callover.periods import parse
from callover.records import Action, Logged, Meeting

DAY = parse("2013-07-19").end


def action(due="", status="", year="", **more):
    return Action(
        id="a", outcome="o", action="Light", due=parse(due) if due else None, status=status,
        year=parse(year) if year else None, **more,
    )  # fmt: skip


STATES = {
    ("2013-07-18", ""): "overdue",
    ("2013-07-18", "under way"): "overdue",
    ("2013-07-18", "done"): "done",
    ("2013-07-18", "stopped"): "stopped",
    ("2013-07-19", ""): "due-soon",
    ("2013-08-19", "not started"): "due-soon",
    ("2013-08-20", ""): "due-later",
    ("2013-06", ""): "overdue",
    ("2013-07", ""): "due-soon",
    ("2014-03", ""): "due-later",
    ("", "under way"): "no-date",
    ("", "done"): "done",
}


@pytest.mark.parametrize(("due", "status"), STATES)
def test_the_state_of_an_action(due, status):
    assert progress.state(action(due, status), DAY) == STATES[due, status]


def test_a_tally_counts_every_state_and_the_urgent_come_first():
    rows = [
        action(),
        action("2014-03"),
        action("2013-07-01"),
        action("2013-05"),
        action("", "done"),
    ]
    assert progress.tally(rows, DAY) == {
        "overdue": 2, "due-soon": 0, "due-later": 1, "no-date": 1, "done": 1, "stopped": 0,
    }  # fmt: skip
    assert [rows.index(a) for a in progress.urgent_first(rows, DAY)] == [3, 2, 1, 0, 4]


def test_the_updates_of_a_year_say_which_are_missing_and_which_are_not_due():
    found = progress.updates(action(year="2013/14", q3="planned"), DAY)
    assert [(u.number, u.text, u.over, u.missing) for u in found] == [
        (1, "", True, True), (2, "", False, False), (3, "planned", False, False),
        (4, "", False, False),
    ]  # fmt: skip


def test_a_quarter_is_over_on_the_day_after_its_last():
    row = action(year="2013/14")
    for day, missing in (("2013-06-30", 0), ("2013-07-01", 1), ("2014-04-01", 4)):
        found = progress.updates(row, parse(day).end)
        assert sum(u.missing for u in found) == missing


def test_without_a_year_nothing_is_missing():
    assert progress.updates(action(), DAY) == []
    (update,) = progress.updates(action(q2="said"), DAY)
    assert (update.number, update.quarter, update.missing) == (2, None, False)


def test_the_newest_quarter_that_has_ended_is_counted():
    rows = [action(year="2013/14", q1="said"), action(year="2013/14"), action()]
    quarter = progress.newest_quarter(rows, DAY)
    assert quarter == parse("2013/14-Q1")
    assert progress.reported(rows, quarter, DAY) == (1, 2)
    assert progress.newest_quarter([action(year="2013/14")], parse("2013-04-19").end) is None


# ---------------------------------------------------------------- the action log

APRIL, JULY, OCTOBER = parse("2013-04-19"), parse("2013-07-19"), parse("2013-10-25")
MEETINGS = [Meeting(date=day, title="Board") for day in (OCTOBER, APRIL, JULY)]


def entry(name, meeting=APRIL, status="open", closed=""):
    day = parse(closed) if closed else None
    return Logged(id=name, meeting=meeting, action="Ask", status=status, closed=day)


LOG = [
    entry("open"),
    entry("partly", status="partly done"),
    entry("agreed", status="done", closed="2013-04-19"),
    entry("june", status="done", closed="2013-06-30"),
    entry("some-day", status="done"),
    entry("at-july", status="done", closed="2013-07-19"),
    entry("august", status="done", closed="2013-08-01"),
    entry("lost", status="not traceable"),
    entry("replaced", status="superseded", closed="2013-09-01"),
    entry("new", meeting=JULY),
    entry("november", status="done", closed="2013-11-01"),
]


def names(found):
    return [row.id for row in found]


def test_a_meeting_raises_its_own():
    assert names(progress.raised(LOG, JULY)) == ["new"]
    assert len(progress.raised(LOG, APRIL)) == 10


def test_open_actions_are_carried_forward_until_the_day_they_are_closed():
    assert names(progress.carried(LOG, APRIL)) == []
    assert names(progress.carried(LOG, JULY)) == [
        "open", "partly", "august", "replaced", "november",
    ]  # fmt: skip
    assert names(progress.carried(LOG, OCTOBER)) == ["open", "partly", "november", "new"]


def test_what_is_over_is_told_once_at_the_first_meeting_that_can_know():
    assert names(progress.settled(LOG, MEETINGS, APRIL)) == []
    assert names(progress.settled(LOG, MEETINGS, JULY)) == ["june", "some-day", "at-july", "lost"]
    assert names(progress.settled(LOG, MEETINGS, OCTOBER)) == ["august", "replaced"]


def test_every_entry_is_on_a_meeting_s_page_at_most_once():
    for meeting in (APRIL, JULY, OCTOBER):
        found = [
            *progress.raised(LOG, meeting),
            *progress.carried(LOG, meeting),
            *progress.settled(LOG, MEETINGS, meeting),
        ]
        assert len(set(names(found))) == len(found)


def test_what_is_open_on_a_day_has_an_age():
    assert names(progress.open_now(LOG, DAY)) == [
        "open", "partly", "august", "replaced", "november", "new",
    ]  # fmt: skip
    assert progress.open_now(LOG, APRIL.end - 1) == []
    assert progress.age(LOG[0], DAY) == 91
