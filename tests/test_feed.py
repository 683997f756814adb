"""The Atom feed: valid by RFC 4287, its days as the data states them, and the same ids for ever."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest

import generate
from callover.data.read import read
from callover.pages.portal import press

HOME = generate.PARTNERSHIP
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = f"https://example.org/{HOME}/"
#: The limit for the year 2016/17 is 120, so 10 a month.
SERIES = "period,value,marker,note\n" + "".join(
    f"2016-{month:02d},{value},,\n" for month, value in enumerate((9, 9, 9, 30, 30, 30), 4)
)
TARGETS = (
    "measure,category,period,type,lower,upper,change_percent,baseline,baseline_period,status,"
    "as_published\nvalue,all,2016/17,maximum,,120,,,,agreed,\n"
)
RELEASES = [
    {"id": "june", "title": "June 2016", "data_to": "2016-06", "published": "2016-07-20"},
    {"id": "q2", "title": "Second quarter", "data_to": "2016/17-Q2", "next": "2017-01-20"},
    {"id": "later", "title": "Later", "data_to": "2016-10", "published": "2017-03-01"},
]


def pressed(package, **partnership):
    folder = package(
        "count",
        series=SERIES,
        targets=TARGETS,
        published=None,
        callover={"rating": {"scheme": "within-10"}, "polarity": "lower", "due_within_days": 30},
        partnership={"releases": RELEASES, **partnership},
        own={
            "meetings": "date,title\n2016-07-19,Board\n2017-02-28,Board\n",
            "reports": "report,period,title,date\nexceptions,2016-06,Exceptions,2016-07-21\n",
        },
    )
    return press(read(folder, date(2017, 1, 31)), {})


def told(entry):
    """An entry as one line: its day, its title and where it leads."""
    link = entry.find(f"{ATOM}link").attrib["href"].removeprefix(SITE)
    return f"{entry.findtext(f'{ATOM}updated')[:10]} {entry.findtext(f'{ATOM}title')} -> {link}"


@pytest.fixture
def feed(package):
    return ElementTree.fromstring(pressed(package)[f"{HOME}/feed.xml"])  # noqa: S314 (our own)


def test_what_has_happened_is_told_newest_first(feed):
    """The release and the meeting that lie after 31 January 2017 are not told yet."""
    assert [told(entry) for entry in feed.iter(f"{ATOM}entry")] == [
        "2017-01-20 Late: figures after September 2016 -> ",
        "2016-11-30 Late: Made-up measure 0001 -> measure/",
        "2016-09-30 Figures to September 2016 (Second quarter) -> scorecard/fy2016-17-q2/",
        "2016-07-21 Exceptions, June 2016, Made-up Borough -> exceptions/2016-06/",
        "2016-07-20 Figures to June 2016 -> scorecard/2016-06/",
        "2016-07-19 Board, 19 July 2016, Made-up Borough -> meetings/2016-07-19/",
    ]


def test_an_entry_says_what_changed_and_where_its_day_is_from(feed):
    found = feed.findall(f"{ATOM}entry")
    says = {e.findtext(f"{ATOM}id"): e.findtext(f"{ATOM}summary") for e in found}
    assert says[f"{SITE}feed.xml#release-june"] == "Of 1 rated measure, 1 on target."
    assert says[f"{SITE}feed.xml#release-q2"] == (
        "Of 1 rated measure, 1 off target. Now off target: Made-up measure 0001 (was on target). "
        "No day of publication is stated. The date of this entry is the last day of its figures. "
        "The next figures are due on 20 January 2017."
    )
    assert says[f"{SITE}feed.xml#late-measure-2016-09"] == (
        "Figures after September 2016 were due by 30 November 2016."
    )
    assert says[f"{SITE}feed.xml#late-release-q2"] == (
        "Figures were due on 20 January 2017. They did not come that day."
    )


def test_an_entry_says_what_is_worse_by_more_than_chance_since_the_release_before(package):
    """To June 120 against 120; to September 300 against 240: p 0.011 by chance alone, phi 1.1."""
    figures = {2015: (40, 42, 38, 41, 39, 40), 2016: (41, 39, 40, 62, 58, 60)}
    between = [f"2015-{n:02}" for n in range(10, 13)] + ["2016-01", "2016-02", "2016-03"]
    rows = [f"{y}-{n:02},{v},," for y, own in figures.items() for n, v in enumerate(own, start=4)]
    rows[6:6] = [f"{month},40,," for month in between]
    series = "period,value,marker,note\n" + "\n".join(rows) + "\n"
    folder = package(
        "count", series=series, published=None, callover={"polarity": "lower"},
        partnership={"releases": RELEASES[:2]},
    )  # fmt: skip
    files = press(read(folder, date(2017, 1, 31)), {})
    found = ElementTree.fromstring(files[f"{HOME}/feed.xml"])  # noqa: S314 (our own)
    says = {e.findtext(f"{ATOM}id"): e.findtext(f"{ATOM}summary") for e in found}
    said = "Worse now, by more than chance: Made-up measure 0001."
    assert said in str(says[f"{SITE}feed.xml#release-q2"])
    assert said not in str(says[f"{SITE}feed.xml#release-june"])


def test_the_feed_has_what_rfc_4287_asks_for(feed):
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        updated = element.findtext(f"{ATOM}updated")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", updated)
        date.fromisoformat(updated[:10])
    links = {link.attrib["rel"]: link.attrib["href"] for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": f"{SITE}feed.xml", "alternate": SITE}
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Made-up Community Safety Partnership"
    assert feed.findtext(f"{ATOM}updated") == "2017-01-20T00:00:00Z"
    ids = [element.findtext(f"{ATOM}id") for element in feed.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)


def test_the_same_thing_keeps_its_id_and_its_day_on_another_day(package):
    """A live partnership is built daily: an entry that changes its date would be news again."""

    def days(today):
        files = pressed(package, as_of=today)
        feed = ElementTree.fromstring(files[f"{HOME}/feed.xml"])  # noqa: S314 (our own)
        return {
            e.findtext(f"{ATOM}id"): e.findtext(f"{ATOM}updated") for e in feed.iter(f"{ATOM}entry")
        }

    early, late = days("2017-01-30"), days("2017-06-30")
    assert early.items() <= late.items()
    assert f"{SITE}feed.xml#release-later" in late
    assert f"{SITE}feed.xml#late-release-q2" in early  # and still, when the release has come


def test_text_of_partners_is_text(package):
    files = pressed(package, short_title="<b>A & B</b>", about="")
    feed = ElementTree.fromstring(files[f"{HOME}/feed.xml"])  # noqa: S314 (our own)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert "Board, 19 July 2016, <b>A & B</b>" in titles


def test_every_page_of_the_partnership_names_its_feed(package):
    files = pressed(package)
    pages = [path for path in files if path.startswith(f"{HOME}/") and path.endswith(".md")]
    assert len(pages) > 6
    for path in pages:
        front = files[path].split("\n---\n")[0]
        assert f'\nfeed: "{HOME}/feed.xml"' in front, path
    assert '<a href="feed.xml">' in files[f"{HOME}/index.md"]
