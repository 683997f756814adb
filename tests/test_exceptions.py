"""The exception report: who is on the list, why, in which order, and what the page says."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

import generate
from callover.compute import board
from callover.data.read import read
from callover.exceptions import REASONS, SECTIONS, report
from callover.model import (
    Break,
    Cell,
    Commentary,
    Indicator,
    Key,
    Partnership,
    Reference,
    Scheme,
    TargetRow,
)
from callover.pages.exceptions import because, newest_period, periods_of, summary
from callover.pages.portal import press
from callover.periods import parse
from callover.records import EXCEPTIONS, Excepted, Issued, Project, Records

AREA, TODAY = "E09000002", date(2017, 1, 31)
SCHEMES = {
    "ten": Scheme("ten", "tolerance", "Within 10%"),
    "more": Scheme("more", "tolerance", "Both", basis="period", bases=("cumulative",)),
}
Q2 = parse("2016/17-Q2")
#: By slug: this quarter and the same of last year; 100 is the limit for a quarter.
LEVELS = {
    "red": (120, 130),
    "red-worse": (120, 90),
    "amber": (105, 110),
    "amber-worse": (105, 100),
    "green": (90, 95),
    "green-worse": (90, 80),
}


def measure(slug, now=None, then=None, **more):
    rows = {}
    if now is not None:
        rows = {parse("2016/17-Q2"): Cell(now), parse("2015/16-Q2"): Cell(then)}
    own = {
        "scheme": "ten", "rating_basis": "period",
        "targets": (TargetRow("value", "all", parse("2016/17-Q2"), "maximum", upper=100),),
    } | more  # fmt: skip
    return Indicator(
        slug=slug, title=slug.title(), description="", kind="count", polarity="lower",
        unit="calls", unit_one="call", outcome="crime", order=1, source="", owner="",
        frequency=own.pop("frequency", "irregular"), due_within_days=own.pop("days", None),
        licence="", area=AREA, series={Key(AREA, "all", "value"): rows} if rows else {}, **own,
    )  # fmt: skip


def partnership(*measures, **tables):
    return Partnership(
        "p", "P", "P", "", AREA, "2017-01-31", "", (), SCHEMES, (), measures,
        records=Records(**tables),
    )  # fmt: skip


def made(*measures, day="2016-09-30", period=Q2, now=None, **tables):
    then = board(partnership(*measures, **tables), Reference({}, {}, ()))
    latest = then if now is None else board(partnership(*now), Reference({}, {}, ()))
    return report(then, latest, period, date.fromisoformat(day).toordinal())


def said(kind, title="Subject", period=Q2, **more):
    return Excepted(period=period, kind=kind, title=title, **more)


def reasons(found):
    return {entry.title: entry.reasons for entry in found.entries}


# ---------------------------------------------------------------- who is on the list


def test_red_or_worse_is_listed_and_close_alone_is_not():
    found = made(*(measure(slug, *pair) for slug, pair in LEVELS.items()))
    assert reasons(found) == {
        "Red-Worse": ("off target", "worsening"),
        "Red": ("off target",),
        "Amber-Worse": ("worsening",),
        "Green-Worse": ("worsening",),
    }
    assert {entry.section for entry in found.entries} == {"attention"}
    assert (found.rated, found.off_target, found.worse) == (6, 2, 3)


def test_a_further_rating_that_is_off_target_is_an_exception_too():
    """On target for the quarter, off target for the year so far: the sum is 70 over its limit."""
    rows = {parse("2016/17-Q1"): Cell(180), parse("2016/17-Q2"): Cell(90)}
    limits = tuple(
        TargetRow("value", "all", parse(f"2016/17-Q{n}"), "profile", upper=100) for n in (1, 2)
    )
    own = replace(
        measure("both", 1, 1, targets=limits),
        series={Key(AREA, "all", "value"): rows},
        rating_basis="",
        scheme="more",
    )
    found = made(own)
    assert reasons(found) == {"Both": ("off target elsewhere",)}
    assert found.off_target == 0
    assert because(found.entries[0]) == "Listed because another rating of it is off target."


def test_both_reasons_come_first_and_else_the_order_of_the_partnership_stands():
    found = made(*(measure(slug, *LEVELS[slug]) for slug in reversed(LEVELS)))
    assert list(reasons(found)) == ["Red-Worse", "Red", "Green-Worse", "Amber-Worse"]


def test_where_more_is_better_a_fall_is_worse_and_where_nobody_can_say_nothing_is():
    up, down = measure("up", 90, 80, scheme="none"), measure("down", 80, 90, scheme="none")
    assert reasons(made(up, down)) == {"Up": ("worsening",)}


def test_each_kind_of_row_leads_to_its_own_section():
    found = made(exceptions=tuple(said(kind, kind) for kind in EXCEPTIONS))
    assert [(e.title, e.section) for e in found.entries] == [
        ("off target", "attention"),
        ("worsening", "attention"),
        ("risk", "risk"),
        ("special", "special"),
        ("renegotiated", "special"),
        ("definition", "definition"),
        ("not yet reported", "late"),
    ]
    assert set(EXCEPTIONS) <= set(REASONS)
    assert {why.section for why in REASONS.values()} < set(SECTIONS)


def test_a_measure_is_listed_once_and_keeps_every_reason():
    rows = (
        said("risk", "Green", indicator="green", cause="Dark nights"),
        said("special", "Green", indicator="green", action="Patrols"),
        said("off target", "Green, as printed", indicator="green"),
        said("risk", "Red", indicator="red"),
    )
    found = made(measure("green", 90, 95), measure("red", 120, 130), exceptions=rows)
    assert reasons(found) == {
        "Green": ("off target", "risk", "special"),
        "Red": ("off target", "risk"),
    }
    green = next(entry for entry in found.entries if entry.title == "Green")
    assert green.computed == ()
    assert because(green) == (
        "Listed because the partners say that it is off target, there is a risk ahead and its "
        "target is a special one."
    )
    red = next(entry for entry in found.entries if entry.title == "Red")
    assert because(red) == (
        "Listed because it is off target. The partners add that there is a risk ahead."
    )
    assert [entry.title for entry in found.elsewhere("risk")] == ["Red", "Green"]
    assert found.section("risk") == []


def test_rows_of_one_title_without_a_measure_are_one_subject():
    rows = (
        said("definition", "Serious violence", cause="Counted anew"),
        said("worsening", "serious  violence"),
        said("off target", "Serious violence", rating="R"),
        said("risk", "Theft"),
        said("risk", "Theft", period=parse("2016/17-Q1")),
    )
    found = made(exceptions=rows)
    assert reasons(found) == {
        "Serious violence": ("off target", "worsening", "definition"),
        "Theft": ("risk",),
    }


@pytest.mark.parametrize(
    ("period", "listed"), [("2016-04", True), ("2016-07", True), ("2016-03", False)]
)
def test_a_change_in_recording_of_the_same_year_is_an_exception(period, listed):
    change = Break(parse(period), "A new form.")
    found = made(measure("green", 90, 95, breaks=(change,)))
    assert reasons(found) == ({"Green": ("definition",)} if listed else {})


def test_figures_are_late_missing_or_not_there():
    measures = (
        measure("late", 90, 95, frequency="quarterly", days=30),
        measure("missing", 90, 95, frequency="quarterly"),
        measure("none"),
        measure("weekless", 90, 95),
    )
    found = made(*measures, day="2017-02-15", period=parse("2017-03"))
    assert reasons(found) == {"Late": ("late",), "Missing": ("missing",), "None": ("no figures",)}
    (late,) = (entry for entry in found.entries if entry.title == "Late")
    assert late.overdue == (date(2017, 1, 30).toordinal(), 16)
    assert reasons(made(*measures)) == {"None": ("no figures",)}


def test_a_measure_that_began_later_is_not_missed_before():
    before = made(measure("green", 90, 95), measure("new"), now=[measure("new", 1, 1)])
    assert reasons(before) == {}


def test_without_any_figures_nothing_is_missed_and_the_report_says_so():
    found = made(measure("none"), period=parse("2009/10-Q1"))
    assert (found.entries, found.has_figures) == ((), False)
    old = made(measure("green", 90, 95), period=parse("2017/18-Q3"))
    assert not old.has_figures  # its newest figure is more than a year old
    assert made(measure("green", 90, 95), period=parse("2017/18-Q2")).has_figures is False
    assert made(measure("green", 90, 95), period=parse("2017/18-Q1")).has_figures


def test_the_commentary_of_the_period_goes_with_the_measure():
    words = tuple(
        Commentary(parse(at), {"overview": at}) for at in ("2016/17-Q1", "2016-08", "2016-09")
    )
    (entry,) = made(measure("red", 120, 130, commentary=words)).entries
    assert entry.words is words[2]
    (entry,) = made(measure("red", 120, 130, commentary=words[:1])).entries
    assert entry.words is None


def test_projects_that_are_not_green_or_have_an_exception_are_listed():
    projects = (
        Project(period=Q2, project="a", rating="G"),
        Project(period=Q2, project="b", rating="A"),
        Project(period=Q2, project="c", rating="G", exception="Slow to spend"),
        Project(period=Q2, project="d", exception="No rating"),
        Project(period=parse("2016/17-Q1"), project="e", rating="R"),
    )
    found = made(projects=projects)
    assert [p.project for p in found.listed] == ["b", "c", "d"]
    assert len(found.projects) == 4


def test_the_report_as_issued_goes_with_its_period():
    rows = tuple(
        Issued(report=name, period=period, title=name)
        for name, period in (("year", Q2), ("exceptions", parse("2016/17-Q1")), ("exceptions", Q2))
    )
    assert made(reports=rows).issued is rows[2]
    assert made(reports=rows[:2]).issued is None


# ---------------------------------------------------------------- sentences and periods


@pytest.mark.parametrize(
    ("slugs", "says"),
    [
        (list(LEVELS), "2 of 6 rated measures are off target; 3 got worse. 1 is in both counts."),
        (["red", "green"], "1 of 2 rated measures is off target; none got worse."),
        (["red-worse"], "1 of 1 rated measure is off target; 1 got worse. 1 is in both counts."),
        (["green", "amber"], "None of 2 rated measures is off target; none got worse."),
    ],
)
def test_the_counts_on_top_are_a_sentence(slugs, says):
    assert summary(made(*(measure(slug, *LEVELS[slug]) for slug in slugs))) == says


def test_the_counts_without_ratings_or_figures():
    assert summary(made(measure("up", 90, 80, scheme="none"))) == (
        "No measure has a rating; 1 got worse."
    )
    told = {
        "exceptions": (said("risk", "a"), said("risk", "b")),
        "projects": (Project(period=Q2, project="p", rating="R"),),
    }
    assert (
        summary(made(**told)) == "The partners reported 2 exceptions and 1 project with a problem."
    )
    assert summary(made(exceptions=told["exceptions"][:1])) == "The partners reported 1 exception."


def test_a_report_is_kept_for_each_period_of_a_release_and_of_a_record():
    own = partnership(
        measure("green", 90, 95),
        exceptions=(said("risk", period=parse("2009/10-Q1")),),
        projects=(Project(period=parse("2015/16-Q4"), project="p"),),
        reports=(
            Issued(report="exceptions", period=parse("2016/17-Q1"), title="t"),
            Issued(report="year", period=parse("2014/15"), title="t"),
        ),
    )
    assert [p.label for p in periods_of(own)] == ["2009/10-Q1", "2015/16-Q4", "2016/17-Q1"]
    assert newest_period(board(own, Reference({}, {}, ()))) == Q2


# ---------------------------------------------------------------- the pages

EXCEPTIONS_CSV = (
    "period,kind,title,indicator,rating,target_set,figure,cause,action,note,where\n"
    "2009/10-Q1,off target,Serious violence,,R,Area agreement,,A <b>new</b> definition,"
    "Patrols,,line 4\n"
    "2009/10-Q1,worsening,Serious violence,,R,Area agreement,,,,,line 4\n"
    "2016-12,risk,Measure,measure,,,,Dark nights,Lamps,,\n"
)
PROJECTS_CSV = (
    "period,project,rating,rated_by,exception,spent,approved,pending,funding_to,action,note,where\n"
    "2009/10-Q1,Night bus,A,Lead officer,Nothing spent,£0,£50K,£50K,2010-03,Hurry,,line 9\n"
    "2009/10-Q1,Day bus,G,Lead officer,,,,,,,,\n"
)
REPORTS_CSV = (
    "report,period,title,meeting,date,from,purpose,next,note\n"
    "exceptions,2009/10-Q1,Exceptions,Board,2009-09-10,Strategic manager,To note,2009/10-Q2,\n"
)
HOME = f"{generate.PARTNERSHIP}/exceptions"
OWN = {"exceptions": EXCEPTIONS_CSV, "projects": PROJECTS_CSV, "reports": REPORTS_CSV}


@pytest.fixture
def files(package):
    return press(read(package("count", own=OWN), TODAY), {})


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_each_period_has_a_page_and_a_table_and_the_newest_has_the_short_address(files):
    found = sorted(path.removeprefix(f"{HOME}/") for path in files if path.startswith(HOME))
    assert found == [
        "2016-12/exceptions.csv",
        "2016-12/index.md",
        "exceptions.csv",
        "fy2009-10-q1/exceptions.csv",
        "fy2009-10-q1/index.md",
        "index.md",
    ]
    assert files[f"{HOME}/exceptions.csv"] == files[f"{HOME}/2016-12/exceptions.csv"]
    assert 'href="../exceptions/fy2009-10-q1/"' in files[f"{HOME}/index.md"]
    assert 'href="../../exceptions/2016-12/"' in files[f"{HOME}/fy2009-10-q1/index.md"]
    assert 'href="../scorecard/"' in files[f"{HOME}/index.md"]
    assert 'href="../../scorecard/2016-12/"' in files[f"{HOME}/2016-12/index.md"]
    assert "scorecard" not in files[f"{HOME}/fy2009-10-q1/index.md"]


def links(entry):
    """Where an entry leads, but for the links to its own sections."""
    found = (a.attrs for a in entry.all("a"))
    return [each["href"] for each in found if "co-anchor" not in each.get("class", "")]


def test_a_page_of_a_measure_says_why_what_the_cause_and_the_action(files, html_text):
    page = html_text(files[f"{HOME}/2016-12/index.md"])
    entry = next(e for e in page.all("section") if "Lamps" in e.text)
    assert links(entry) == ["../../measure/", "../../../chance/#disagree"]
    assert "there is a risk ahead" in entry.text
    facts = {dt.text: dt.parent.one("dd").text for dt in entry.all("dt")}
    assert (facts["Cause"], facts["Action"]) == ("Dark nights", "Lamps")
    assert facts["Figures to"] == "December 2016"
    assert facts["Target"].startswith(
        ("It misses its target so far, ", "It beats its target so far, ")
    )


def test_a_page_of_tables_alone_says_plainly_that_there_are_no_figures(files, html_text):
    page = html_text(files[f"{HOME}/fy2009-10-q1/index.md"])
    note = page.all("p", class_="co-note")[0].text
    assert note == (
        "No measure on this site has figures for April to June 2009. So we work out no rating "
        "and no change for it. This page has what the partners reported."
    )
    assert page.one("p", class_="co-headline").text == (
        "The partners reported 1 exception and 1 project with a problem."
    )
    violence, bus = page.all("section", class_="co-entry")
    assert links(violence) == []
    assert (
        "Listed because the partners say that it is off target and it got worse." in violence.text
    )
    assert "A <b>new</b> definition" in violence.text  # told as typed, not as HTML
    assert violence.text.count("Area agreement") == 1
    facts = {dt.text: dt.parent.one("dd").text for dt in bus.all("dt")}
    assert (facts["Spent"], facts["Approved"], facts["Waiting for approval"]) == (
        "£0", "£50K", "£50K",
    )  # fmt: skip
    assert (facts["Funded to"], facts["Exception"]) == ("March 2010", "Nothing spent")
    assert "1 other project is Green and not listed." in page.text
    assert "The partners named no risk" in page.text
    assert "Board" in page.text and "10 September 2009" in page.text
    after = page.text.partition("Next report")[2].partition("Next report")[2]
    assert after.split()[:4] == ["July", "to", "September", "2009"]


def test_the_table_has_a_row_for_each_entry_and_project(files):
    violence, bus = rows(files[f"{HOME}/fy2009-10-q1/exceptions.csv"])
    assert (violence["subject"], violence["section"]) == ("Serious violence", "attention")
    assert violence["listed_because"] == "off target; worsening"
    assert (violence["rating"], violence["cause"]) == ("off-target", "A <b>new</b> definition")
    assert (bus["section"], bus["rating"], bus["spent"]) == ("projects", "close", "£0")
    newest = rows(files[f"{HOME}/exceptions.csv"])
    own = next(row for row in newest if row["indicator"] == "measure")
    assert own["period"] == own["figures_to"] == "2016-12"
    assert own["measure"] == "year_to_date" and int(own["value"]) > 0 and own["unit"]


def test_off_target_without_words_says_that_nobody_named_a_cause(package, html_text):
    target = (
        "measure,category,period,type,lower,upper,status\nvalue,all,2016/17,maximum,,1,agreed\n"
    )
    data = package("count", targets=target)
    for path in data.rglob("commentary/*.md"):
        path.unlink()
    files = press(read(data, TODAY), {})
    entry = html_text(files[f"{HOME}/index.md"]).all("section", class_="co-entry")[0]
    assert "The partners name no cause and no action." in entry.text
    assert entry.one("span", class_="co-rating--off-target").text == "Off target"
