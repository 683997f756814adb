"""London's clock, and releases that may not be public yet."""

from datetime import UTC, date, datetime

import pytest

from callover import words
from callover.data.read import read
from callover.embargo import TooEarly, held, refuse_early
from callover.errors import Faults
from callover.london import LONDON, NoMoment, end_of, given, moment

RELEASE = {"id": "2016-12", "title": "December 2016", "data_to": "2016-12"}


# ---------------------------------------------------------------- London's clock


@pytest.mark.parametrize(
    ("typed", "utc"),
    [
        ("2026-12-01T09:30", (2026, 12, 1, 9, 30)),
        ("2026-07-01T09:30", (2026, 7, 1, 8, 30)),
        ("2027-03-28T00:59", (2027, 3, 28, 0, 59)),
        ("2027-03-28T02:00", (2027, 3, 28, 1, 0)),
        ("2026-10-25T00:59", (2026, 10, 24, 23, 59)),
        ("2026-10-25T02:00", (2026, 10, 25, 2, 0)),
    ],
)
def test_a_moment_is_london_s_in_summer_and_in_winter(typed, utc):
    assert moment(typed).astimezone(UTC).timetuple()[:5] == utc


@pytest.mark.parametrize(
    ("typed", "expected", "remedy"),
    [
        ("2027-03-28T01:00", "a time that there is", "Write 2027-03-28T02:00, or another"),
        ("2027-03-28T01:59", "a time that there is", "Write 2027-03-28T02:59, or another"),
        ("2026-10-25T01:00", "a time that comes once", "Write a time outside that hour"),
        ("2026-10-25T01:59", "a time that comes once", "Write a time outside that hour"),
        ("2026-12-01T09:30Z", "a time in London", "without an offset: 2026-12-01T09:30."),
        ("2026-07-01T09:30+00:00", "a time in London", "without an offset: 2026-07-01T10:30."),
        ("2026-12-01T09:30:00", "a time in London", "Write 2026-12-01T09:30."),
        ("2026-12-01 09:30", "a time in London", "Write 2026-12-01T09:30."),
        (" 2026-12-01T09:30\n", "a time in London", "Write 2026-12-01T09:30."),
        ("2026-12-01", "a time in London", "Add the time of day: 2026-12-01T09:30 is"),
        ("2026-02-30T09:30", "a time in London", "there is no such day or time"),
        ("2026-12-01T24:30", "a time in London", "there is no such day or time"),
        ("1 December 2026", "a time in London", "Write the day, a T, and the time."),
        ("0026-12-01T09:30", "a time in London", "Write the day, a T, and the time."),
        ("٢٠٢٦-12-01T09:30", "a time in London", "Write the day, a T, and the time."),
        ("", "a time in London", "Write the day, a T, and the time."),
    ],
)
def test_what_is_no_moment_is_refused_with_its_correction(typed, expected, remedy):
    with pytest.raises(NoMoment) as told:
        moment(typed)
    assert expected in told.value.expected and remedy in told.value.remedy


def test_a_day_alone_is_its_last_minute():
    assert given("2026-12-01") == end_of(date(2026, 12, 1))
    assert given("2026-12-01") == datetime(2026, 12, 1, 23, 59, tzinfo=LONDON)
    assert given("2026-12-01T09:30") == moment("2026-12-01T09:30")
    with pytest.raises(NoMoment):
        given("2026-02-30")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-12-01T09:30", "9:30am on Tuesday 1 December 2026"),
        ("2026-12-01T00:05", "12:05am on Tuesday 1 December 2026"),
        ("2026-12-01T12:00", "12:00pm on Tuesday 1 December 2026"),
        ("2026-12-06T17:00", "5:00pm on Sunday 6 December 2026"),
    ],
)
def test_a_moment_is_said_in_words(typed, said):
    assert words.moment(moment(typed)) == said


# ---------------------------------------------------------------- what is held


@pytest.fixture
def release(package):
    """A portal, live or a demonstration of 31 January 2017, with one release."""

    def make(*, is_live=True, **settings):
        data = package("count", partnership={"releases": [{**RELEASE, **settings}]})
        if is_live:
            path = data / "made-up-borough/datapackage.json"
            text = path.read_text("utf-8")
            assert '"as_of"' in text
            kept = [line for line in text.splitlines() if '"as_of"' not in line]
            path.write_text("\n".join(kept), "utf-8")
        return data

    return make


@pytest.mark.parametrize(
    ("now", "early"),
    [
        ("2017-07-20T09:29", True),
        ("2017-07-20T09:30", False),
        ("2017-07-19T23:59", True),
        ("2017-07-21T00:00", False),
    ],
)
def test_a_release_is_held_until_its_minute(release, now, early):
    at = moment(now)
    portal = read(release(embargo="2017-07-20T09:30"), at.date())
    assert bool(list(held(portal, at))) is early


def test_the_message_says_what_is_held_until_when_and_what_happens(release):
    at = moment("2017-07-20T04:40")
    portal = read(release(embargo="2017-07-20T09:30"), at.date())
    with pytest.raises(TooEarly) as told:
        refuse_early(portal, at)
    assert str(told.value).splitlines() == [
        "made-up-borough, release 2016-12: not before 9:30am on Thursday 20 July 2017. In London "
        "it is 4:40am on Thursday 20 July 2017.",
        "  The first build after that time publishes it; the daily build does so by itself.",
        "Nothing was published. The old site stays.",
    ]


def test_a_demonstration_speaks_from_the_end_of_its_day(release):
    at = moment("2026-11-21T12:00")
    for until, early in (("2017-01-31T23:59", False), ("2017-02-01T00:00", True)):
        portal = read(release(is_live=False, embargo=until), at.date())
        found = list(held(portal, at))
        assert bool(found) is early
    assert "move as_of on" in str(found[0])
    assert "In London it is 11:59pm on Tuesday 31 January 2017" in str(found[0])


def test_null_is_no_embargo(release):
    at = moment("2017-02-01T00:00")
    assert list(held(read(release(embargo=None), at.date()), at)) == []


@pytest.mark.parametrize(
    ("settings", "column", "told"),
    [
        ({"embargo": "2016-12-20"}, "embargo", "Add the time of day: 2016-12-20T09:30"),
        ({"embargo": "2017-03-26T01:30"}, "embargo", "Write 2017-03-26T02:30"),
        ({"embargo": 5}, "embargo", "a time in London such as 2026-12-01T09:30, or null"),
        (
            {"embargo": "2017-01-20T09:30", "published": "2017-01-19"},
            "published",
            "the day of the embargo, 2017-01-20, or a later one",
        ),
    ],
)
def test_a_wrong_embargo_is_a_fault_of_the_descriptor(release, settings, column, told):
    with pytest.raises(Faults) as problem:
        read(release(**settings), date(2017, 7, 1))
    (fault,) = problem.value.faults
    assert fault.file == "datapackage/made-up-borough/datapackage.json"
    assert fault.column == f"callover.releases.0.{column}"
    assert told in str(fault)


# ---------------------------------------------------------------- the commands


def test_a_build_that_is_too_early_leaves_the_old_site(release, cli, tmp_path):
    data, site = release(embargo="2017-07-20T09:30"), tmp_path / "www/site"
    early = cli("build", "--data", data, "--output", site, "--today", "2017-07-20T09:29")
    assert early.returncode == 5
    assert "not before 9:30am on Thursday 20 July 2017" in early.stderr
    assert early.stderr.endswith("Nothing was published. The old site stays.\n")
    assert list(site.parent.iterdir()) == []
    look = cli("build", "--data", data, "--output", site, "--today", "2017-07-20", "--preview")
    assert look.returncode == 0 and not site.exists(), look.stderr

    done = cli("check", "--data", data, "--today", "2017-07-20T09:29", "--format", "github")
    assert done.returncode == 0 and "1 indicator checked. No faults." in done.stdout
    line = next(line for line in done.stdout.splitlines() if line.startswith("::notice "))
    assert line.startswith("::notice file=datapackage/made-up-borough/datapackage.json,line=1::")
    assert "Notice: made-up-borough, release 2016-12: not before" in done.stderr
    assert "Notice" not in cli("check", "--data", data, "--today", "2017-07-20T09:30").stderr


@pytest.mark.parametrize("today", ["2026-10-25T01:30", "20 July", "2026-02-30"])
def test_a_moment_that_is_none_is_refused_by_every_command(cli, tmp_path, today):
    done = cli("check", "--data", tmp_path, "--today", today)
    assert done.returncode == 2 and "Invalid value for '--today'" in done.stderr
