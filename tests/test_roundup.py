"""The round-up of a year: pairs like for like, targets as computed, and what the page says."""

import csv
import io
from datetime import date
from fractions import Fraction

import pytest

import generate
from callover.compute import board
from callover.data.read import read
from callover.errors import Faults
from callover.model import (
    Cell,
    Indicator,
    Key,
    Outcome,
    Partnership,
    Reference,
    Scheme,
    TargetRow,
)
from callover.pages.portal import press
from callover.pages.roundup import change, counted, figures, on_track, standing
from callover.periods import parse
from callover.records import Achievement, Action, Issued, Records
from callover.roundup import CLAIM, fact, last_close, roundup, years

AREA, TODAY = "E09000002", date(2014, 4, 30)
YEAR = parse("2013/14")
REFERENCE = Reference({}, {}, ())
OUTCOMES = (Outcome("crime", "Less crime", ""), Outcome("asb", "Less noise", ""))


def measure(slug, *values, start="2013/14-Q1", limit=100, **more):
    """A measure with figures for the quarters from `start` on; the limit is for each quarter."""
    first = parse(start)
    labels = [f"{first.label[:-1]}{int(first.label[-1]) + n}" for n in range(len(values))]
    line = {parse(at): Cell(value) for at, value in zip(labels, values, strict=True)}
    own = {
        "scheme": "ten", "rating_basis": "period",
        "targets": tuple(TargetRow("value", "all", parse(label), "maximum", upper=limit)
                         for label in labels),
    } | more  # fmt: skip
    return Indicator(
        slug=slug, title=slug.title(), description="", kind="count",
        polarity=own.pop("polarity", "lower"), unit="calls", unit_one="call",
        outcome="crime", order=1, source="", owner="",
        frequency="quarterly", due_within_days=None, licence="", area=AREA,
        series={Key(AREA, "all", "value"): line},
        **own,
    )  # fmt: skip


def made(*measures, **tables):
    return board(
        Partnership(
            "p", "P", "P", "", AREA, "2014-04-30", "", OUTCOMES,
            {"ten": Scheme("ten", "tolerance", "Within 10%")}, (), measures,
            records=Records(**tables),
        ),
        REFERENCE,
    )  # fmt: skip


def row(kind="achievement", text="Something", year=YEAR, **cells):
    for name in ("period", "from_period"):
        if cells.get(name):
            cells[name] = parse(cells[name])
        elif name in cells:
            cells[name] = None
    return Achievement(year=year, kind=kind, text=text, **cells)


def rounded(found):
    return roundup(found, YEAR, REFERENCE)


# ---------------------------------------------------------------- pairs


def pair(then, from_period, now, period, unit="calls", **more):
    return row(
        from_value=then, from_period=from_period, value=now, period=period, unit=unit, **more
    )


#: As in a real round-up: figures and periods as printed, and what follows from them.
PAIRS = {
    "calls, no period printed": (
        pair(3756, "2013/14-Q2", 2501, ""),
        None,
        "We work out no change: the period of 2,501 calls is not stated.",
    ),
    "percent, no first period": (
        pair(Fraction("13.5"), "", 9, "2013/14-Q3", "percent"),
        None,
        "We work out no change: the period of 13.5% is not stated.",
    ),
    "cases, no periods": (
        pair(70, "", 209, "", "cases"),
        None,
        "We work out no change: no period is stated for either figure.",
    ),
    "small numbers, other months": (
        pair(7, "2013/14-Q1", 9, "2013/14-Q2"),
        None,
        "We work out no change: the two periods fall at different times of the year.",
    ),
    "half a year and a year": (
        pair(7, "2012/13", 9, "2013-04/2013-09"),
        None,
        "We work out no change: one period is longer than the other.",
    ),
    "the same quarter": (
        pair(100, "2012/13-Q2", 120, "2013/14-Q2"),
        (20, 20),
        "That is 20 more (up 20%) than from July to September 2012.",
    ),
    "small numbers, the same quarter": (
        pair(9, "2012/13-Q2", 7, "2013/14-Q2"),
        (-2, Fraction(-200, 9)),
        "That is 2 fewer than from July to September 2012.",
    ),
    "from nothing": (
        pair(0, "2012/13-Q2", 3, "2013/14-Q2"),
        (3, None),
        "That is 3 more than from July to September 2012.",
    ),
    "the same": (
        pair(3, "2012-06", 3, "2013-06"),
        (0, 0),
        "That is the same number as in June 2012.",
    ),
    "percentages of two years": (
        pair(50, "2012/13", 57, "2013/14", "percent"),
        (7, None),
        "That is up 7 percentage points on the figure from April 2012 to March 2013.",
    ),
    "percentages that hardly differ": (
        pair(Fraction("50.01"), "2012/13", 50, "2013/14", "percent", indicator="thefts"),
        (Fraction("-0.01"), None),
        "That is little or no change on the figure from April 2012 to March 2013.",
    ),
    "two runs of 12 months that share nine": (
        pair(100, "2012-07/2013-06", 90, "2012-10/2013-09"),
        (-10, -10),
        "That is 10 fewer (down 10%) than from July 2012 to June 2013. "
        "The two periods share 9 months.",
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_a_pair_gives_a_change_only_like_for_like(name):
    given, numbers, says = PAIRS[name]
    found = fact(given)
    assert (found.difference, found.percent) == (numbers or (None, None))
    assert bool(found.unlike) == (numbers is None)
    assert change(made(measure("thefts")), found) == says


def test_a_change_is_better_or_worse_where_its_measure_says_which_is_good():
    known = made(measure("thefts"), measure("visits", polarity="higher"))
    # By chance alone 120 of 220 has p 0.20, and 150 of 250 has p 0.002.
    for slug, now, tail in (
        ("thefts", 150, ", which is worse."),
        ("visits", 150, ", which is better."),
        ("thefts", 120, ", which is no clear change."),
        ("visits", 120, ", which is no clear change."),
        ("", 150, "."),
    ):
        found = fact(pair(100, "2012/13-Q2", now, "2013/14-Q2", indicator=slug))
        assert change(known, found).endswith(f"July to September 2012{tail}")


def test_both_figures_stand_with_their_periods():
    assert figures(fact(PAIRS["calls, no period printed"][0])) == [
        ("2,501 calls", "period not stated"),
        ("3,756 calls", "July to September 2013"),
    ]
    alone = fact(row(value=Fraction("1.2"), unit="£ million"))
    assert figures(alone) == [("£1.2 million", "period not stated")]
    assert change(made(), alone) == ""
    assert figures(fact(row())) == []


# ---------------------------------------------------------------- targets


def test_targets_are_judged_at_the_last_close_of_the_year():
    found = made(
        measure("good", 90, 90),
        measure("near", 90, 105),
        measure("bad", 90, 120),
        measure("early", 120, 120, start="2012/13-Q3"),  # its newest rating is an older one
        measure("later", 90, 120, start="2014/15-Q1"),
        measure("unrated", 90, scheme="none"),
    )
    assert last_close(found, YEAR) == parse("2013/14-Q2")
    then = rounded(found).standing
    assert [s.indicator.slug for s in then.judged] == ["good", "near", "bad", "early"]
    assert [s.indicator.slug for s in then.missed] == ["bad", "early", "near"]  # the worst first
    assert [s.indicator.slug for s in then.met] == ["good"]
    assert then.measures == 6


def test_a_year_without_figures_has_no_close():
    found = made(measure("early", 1, start="2012/13-Q1"))
    assert last_close(found, YEAR) is None
    assert rounded(found).standing.judged == ()


GOOD, BAD = measure("good", 90), measure("bad", 120)


@pytest.mark.parametrize(
    ("measures", "says"),
    [
        ([], "No target could be rated in 2013/14."),
        ([GOOD], "The one rated target is met at June 2013."),
        ([GOOD, GOOD], "All 2 rated targets are met at June 2013."),
        ([BAD], "The one rated target is not met at June 2013."),
        ([BAD, BAD], "None of the 2 rated targets is met at June 2013."),
        ([GOOD, BAD], "All 2 rated targets are met at June 2013 except Bad."),
        (
            [GOOD, GOOD, GOOD, GOOD, BAD, measure("worse", 300)],
            "All 6 rated targets are met at June 2013 except Bad and Worse.",
        ),
        ([GOOD, BAD, BAD], "1 of 3 rated targets is met at June 2013; 2 are not."),
        ([GOOD] * 6 + [BAD] * 5, "6 of 11 rated targets are met at June 2013; 5 are not."),
        ([GOOD, GOOD, BAD, BAD, BAD], "2 of 5 rated targets are met at June 2013; 3 are not."),
    ],
)
def test_which_targets_are_met_is_a_sentence(measures, says):
    assert standing(rounded(made(*measures)).standing, YEAR) == says


def test_the_document_s_own_count_stands_beside_ours():
    claim = row("overall", "All but two.", value=2, unit=CLAIM, period="2013/14")
    found = rounded(made(GOOD, GOOD, BAD, achievements=(claim, row("overall", "More money."))))
    assert [c.text for c in found.claims] == ["All but two."]
    assert [f.row.text for f in found.overall] == ["More money."]
    assert counted(found) == (
        "The document counts 2 missed. "
        "Of the 3 that we can rate, 1 is off target and none is close."
    )
    near = [measure("near", 105), measure("near", 105)]
    assert counted(rounded(made(GOOD, *near, achievements=(claim,)))).endswith(
        "Of the 3 that we can rate, none is off target and 2 are close."
    )
    assert counted(rounded(made(GOOD))) == ""


# ---------------------------------------------------------------- parts and actions


def test_rows_stand_under_their_outcome_in_the_partnership_s_order():
    rows = (
        row(text="a", outcome="asb"),
        row("attention", "b", outcome="crime"),
        row(text="c"),
        row("attention", "d", outcome="asb"),
        row(text="e", outcome="asb", year=parse("2012/13")),
    )
    found = rounded(made(achievements=rows))
    assert [
        (p.outcome, [f.row.text for f in p.achievements], [f.row.text for f in p.attention])
        for p in found.parts
    ] == [("crime", [], ["b"]), ("asb", ["a"], ["d"]), ("", ["c"], [])]


def test_years_are_those_of_the_rows_and_of_the_reports():
    reports = tuple(
        Issued(report=name, period=parse(at), title="t")
        for name, at in (("year", "2011/12"), ("exceptions", "2010/11"), ("year", "2013/14"))
    )
    found = made(achievements=(row(year=parse("2012/13")), row()), reports=reports)
    assert [year.label for year in years(found)] == ["2011/12", "2012/13", "2013/14"]
    assert rounded(found).issued is reports[2]


PLAN = {
    "done": ("done", "2013-05-31"),
    "late": ("under way", "2013-12-31"),
    "early": ("", "2014-03-31"),
    "open": ("", ""),
    "stopped": ("stopped", "2014-03-31"),
}


def plan(*ids, year=YEAR):
    return tuple(
        Action(id=name, outcome="asb", action=name, status=PLAN[name][0], year=year,
               due=parse(PLAN[name][1]) if PLAN[name][1] else None)
        for name in ids
    )  # fmt: skip


def tracked(*ids, **more):
    return rounded(made(actions=(*plan(*ids), *plan("late", year=parse("2012/13"))), **more)).track


@pytest.mark.parametrize(
    ("ids", "off", "says"),
    [
        (tuple(PLAN), ["late", "early", "stopped"], "2 of 5 actions of the plan are on track"),
        (("done", "open"), [], "All 2 actions of the plan are on track"),
        (("done",), [], "The one action of the plan is on track"),
        (("late",), ["late"], "None of 1 action of the plan is on track"),
        (("done", "stopped"), ["stopped"], "1 of 2 actions of the plan is on track"),
    ],
)
def test_which_actions_are_on_track_is_a_sentence(ids, off, says):
    found = tracked(*ids)
    assert [action.id for action in found.off] == off
    assert on_track(found) == f"{says} on 1 April 2014: neither overdue nor stopped."


def test_actions_are_judged_on_the_day_of_the_report():
    report = Issued(report="year", period=YEAR, title="t", date=parse("2014-03-27"))
    assert [a.id for a in tracked(*PLAN, reports=(report,)).off] == ["late", "stopped"]
    assert on_track(tracked()) == ""


# ---------------------------------------------------------------- the page

ACHIEVEMENTS = (
    "year,outcome,kind,text,value,unit,period,from_value,from_period,indicator,next_plan,source,"
    "note,where\n"
    "2016/17,,overall,All targets but two are met.,2,targets missed,2016/17,,,,,,,line 1\n"
    "2016/17,less-crime,achievement,Fewer <i>fires</i>,12,fires,2016/17,15,2015/16,measure,,"
    "Fire brigade,Two were large,line 2\n"
    "2016/17,less-crime,attention,Town centres,,,,,,,less-crime actions/#lamp,,,line 3\n"
    '2016/17,safer-homes,attention,Locks,,,,,,,"Delivery plan, part 5",,,line 4\n'
)
ACTIONS = (
    "id,outcome,action,lead,due,due_as_printed,status,year,q1,q2,q3,q4,indicator,note\n"
    "lamp,less-crime,Mend the lamps,Council,,,done,2016/17,,,,,,\n"
)
REPORTS = (
    "report,period,title,meeting,date,from,purpose,next,note\n"
    "year,2016/17,Year end,Board,2017-04-20,Head of service,To tell,The next plan,Not final\n"
)
HOME = f"{generate.PARTNERSHIP}/year/fy2016-17"


@pytest.fixture
def files(package):
    own = {"achievements": ACHIEVEMENTS, "actions": ACTIONS, "reports": REPORTS}
    return press(read(package("count", own=own), date(2017, 4, 30)), {})


def test_the_page_of_a_year(files, html_text):
    page = html_text(files[f"{HOME}/index.md"])
    assert page.one("h1").text == "Year end 2016/17"
    assert "rated target" in page.one("p", class_="co-headline").text
    assert "We hold figures to December 2016. The year ends in March 2017." in page.text
    assert "The document counts 2 missed." in page.text
    for told in ("Board", "20 April 2017", "Head of service", "To tell", "Not final"):
        assert told in page.text
    assert page.text.rpartition("What comes next")[2].startswith(" The next plan")
    points = page.all("ul", class_="co-points")
    fires = next(node for node in points if "fires" in node.text)
    assert "Fewer <i>fires</i>" in fires.text
    assert "12 fires (2016/17), from 15 fires (2015/16)" in fires.text
    assert "That is 3 fewer than from April 2015 to March 2016" in fires.text
    assert "Two were large" in fires.text and "Source: Fire brigade" in fires.text
    towns = next(node for node in points if "Town centres" in node.text)
    assert [(a.attrs["href"], a.text) for a in towns.all("a")] == [
        ("../../plan/#less-crime", "Less crime"),
        ("../../actions/#lamp", "Mend the lamps"),
    ]
    assert "Taken up in the 2017/18 plan, under" in towns.text
    locks = next(node for node in points if "Locks" in node.text)
    assert locks.all("a") == []
    assert "Taken up in: Delivery plan, part 5" in locks.text
    assert f"{generate.PARTNERSHIP}/year/index.md" not in files


def test_the_table_of_a_year_has_every_target_and_point(files):
    found = list(csv.DictReader(io.StringIO(files[f"{HOME}/year.csv"])))
    assert [row["part"] for row in found][-4:] == [
        "overall", "achievement", "attention", "attention",
    ]  # fmt: skip
    fires = next(row for row in found if row["unit"] == "fires")
    assert (fires["value"], fires["from_value"], fires["difference"]) == ("12", "15", "-3")
    assert (fires["change_percent"], fires["why_no_change"]) == ("-20", "")
    assert fires["where"] == "line 2"
    assert {row["part"] for row in found} & {"target met", "target missed"}


NEXT = "year,outcome,kind,text,next_plan\n2016/17,less-crime,attention,Locks,{}\n"


@pytest.mark.parametrize(
    ("cell", "links"),
    [
        ("less-crime", [("../../#less-crime", "Less crime")]),
        ("less-crime safer-homes", [("../../#less-crime", "Less crime"),
                                    ("../../#safer-homes", "Safer homes")]),
        ("measure/#target", [("../../measure/#target", "Made-up measure 0001")]),
        ("Outcome 5", []),
        ("", []),
    ],
)  # fmt: skip
def test_where_the_next_plan_takes_it_up_is_a_link_or_words(package, html_text, cell, links):
    data = package("count", own={"achievements": NEXT.format(cell)})
    page = html_text(press(read(data, date(2017, 4, 30)), {})[f"{HOME}/index.md"])
    (points,) = page.all("ul", class_="co-points")
    assert [(a.attrs["href"], a.text) for a in points.all("a")] == links
    assert ("Taken up in" in points.text) == bool(cell)
    assert ("under" in points.text) == bool(links)


@pytest.mark.parametrize("cell", ["actions/#lamp", "measure/#targt", "less-crime mesure/"])
def test_an_address_that_leads_nowhere_is_told(package, cell):
    data = package("count", own={"achievements": NEXT.format(cell)})
    with pytest.raises(Faults) as told:
        press(read(data, date(2017, 4, 30)), {})
    (fault,) = told.value.faults
    assert (fault.row, fault.column, fault.value) == (2, "next_plan", cell.split()[-1])
    assert fault.file.endswith("achievements.csv")
