"""The pages of plans and meetings, made from small tables: what a reader finds on each."""

import csv
import io
import shutil
from datetime import date

import pytest
from tests.conftest import parsed
from tests.test_bad_input import shown
from tests.test_own_tables import HEADERS
from tests.test_search import entries_of

import generate
from callover.data.read import read
from callover.data.shapes import OWN
from callover.errors import Faults
from callover.pages.links import LINKED
from callover.pages.portal import check_links, press
from callover.pages.report import TABLES
from callover.pages.stacks import remark

HOME = generate.PARTNERSHIP
TODAY = date(2017, 1, 31)
PLACE = {
    "as_of": "2013-07-19",
    "outcomes": [
        {"id": "crime", "title": "Less crime", "text": "What people report.", "kind": "issue",
         "lead": "Head of community safety", "portfolio": "Member for safety"},
        {"id": "trust", "title": "More trust", "kind": "cross-cutting"},
    ],
}  # fmt: skip
EARLY = {  # an indicator that has figures by July 2013
    "callover": {"outcome": "crime"},
    "series": "period,value,marker,note\n2013-05,5,,\n2013-06,7,,\n",
    "targets": None,
    "published": None,
    "commentary": False,
}
OWN_TABLES = {
    "actions": (
        "late,crime,Light the paths,Council,2013-07-01,1.7.2013,,2013/14,,,,,measure,",
        "soon,crime,Lock the gates,Police,2013-07,,under way,2013/14,Ordered,,,,,",
        "some-day,trust,Listen,All,,on going,,2013/14,,,,,,as printed",
        "over,trust,Write,Council,2013-06-30,,done,2013/14,Sent,,,,,",
    ),
    "governance": ("Task group,crime,Monthly,Police and council,Looks at calls,",),
    "communications": ("leaflet,crime,Lock your door,Leaflet,Council,,on going,2013/14,,,,,",),
    "roles": ("crime,Council,Director,Police inspector,names left out",),
    "workstreams": ("coaches,trust,Community coaches,Funded,Train ten,2013-10,",),
    "meetings": (
        "2013-04-19,Board,,2013-07-19,",
        "2013-07-19,Board,Town hall,2013-10-25,",
    ),
    "agenda": (
        "2013-07-19,1,Welcome,Chair,10,,,",
        "2013-07-19,6 i),Calls,Police,20,measure/ measure/#definition actions/#late "
        "meetings/2013-04-19/,Agreed to light the paths,",
    ),
    "action_log": (
        "a-1,2013-04-19,6.1,property,Find out who chairs,Council,,,open,,,actions/#late,",
        "a-2,2013-04-19,8,funding,Name the leads,Council,2013-07-19,next meeting,done,2013-07-19,"
        "Four are named,,",
        "b-1,2013-07-19,6 i),calls,Say which paths,Police,,,open,,,,",
    ),
}  # fmt: skip


UNLINKED = {"agenda": (), "action_log": ()}


def tables(**changed):
    rows = {**OWN_TABLES, **changed}
    return {n: "\n".join((HEADERS[n], *lines)) + "\n" for n, lines in rows.items() if lines}


@pytest.fixture
def made(package, tmp_path):
    """Press a small portal with these tables (by name, as rows): made(actions=())."""

    def press_with(place=None, **changed):
        shutil.rmtree(tmp_path / "datapackage", ignore_errors=True)
        own = tables(**changed)
        data = package("count", own=own, partnership={**PLACE, **(place or {})}, **EARLY)
        return press(read(data, TODAY), {})

    return press_with


def page(files, address):
    return parsed(files[f"{HOME}/{address}index.md"].split("<!-- html -->")[1])


def row(found, anchor):
    return found.one("tr", id=anchor)


def cells(found, anchor):
    return {td.attrs["data-label"]: td.text for td in row(found, anchor).all("td")}


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


# ---------------------------------------------------------------- actions


def test_the_actions_are_counted_and_the_overdue_come_first(made):
    found = page(made(), "actions/")
    assert found.one("p", class_="co-headline").text == (
        "4 actions. 1 is overdue, 1 is due within 31 days, 1 has no date and 1 is done."
    )
    (late,) = found.one("ul", class_="co-list-actions").all("li")
    assert late.one("a").attrs["href"] == "#late"
    assert late.text == "Light the paths Council, due 1 July 2013, 18 days ago"
    shown_figures = [div.text for div in found.one("dl", class_="co-figures").all("div")]
    assert shown_figures == [
        "Overdue1", "Due within 31 days1", "Due later0", "No date1", "Done1",
    ]  # fmt: skip
    assert "2 of 4 actions have an update for it." in found.text
    assert "The partners give no status for 2 of them." in found.text


def test_an_action_has_its_anchor_its_updates_and_what_they_mean(made):
    found = page(made(), "actions/")
    assert [h.text for h in found.all("h2")] == ["Overdue", "Less crime", "More trust", "Downloads"]
    assert cells(found, "late") == {
        "Lead": "Council",
        "Due": "1 July 2013 Overdue by 18 days",
        "Updates": "No update for Q1 No update for Q2, Q3 and Q4 (not due yet)",
        "Status": "not stated",
    }
    assert row(found, "late").one("a").attrs["href"] == "../measure/"
    assert cells(found, "soon")["Due"] == "July 2013 In 12 days"
    assert cells(found, "soon")["Updates"].startswith("Q1: Ordered No update for Q2, Q3 and Q4")
    assert cells(found, "some-day")["Due"] == "No date: “on going”"
    assert cells(found, "some-day")["Updates"].endswith("As printed")
    assert cells(found, "over") == {
        "Lead": "Council", "Due": "30 June 2013", "Status": "done",
        "Updates": "Q1: Sent No update for Q2, Q3 and Q4 (not due yet)",
    }  # fmt: skip


def test_where_nobody_gives_a_status_there_is_no_such_column(made):
    found = page(made(actions=("a,crime,Light,,,,,,,,,,,",), **UNLINKED), "actions/")
    assert cells(found, "a") == {"Lead": "not stated", "Due": "No date", "Updates": "not stated"}
    assert "The partners give no status for any action." in found.text
    assert "Nothing is overdue." in found.text


def test_the_year_of_an_action_is_told_where_there_are_several(made):
    rows = ("a,crime,Light,,,,,2013/14,,,,,,", "b,crime,Lock,,,,,2014/15,,,,,,")
    found = page(made(actions=rows, **UNLINKED), "actions/")
    assert row(found, "b").one("th").text == "Lock b, plan of 2014/15"
    assert row(page(made(), "actions/"), "late").one("th").text.endswith(" late")


def test_the_states_are_a_table_for_machines(made):
    files = made()
    assert files[f"{HOME}/actions/actions.csv"] == tables()["actions"]
    found = {r["id"]: r for r in rows_of(files[f"{HOME}/actions/progress.csv"])}
    assert found["late"] | {"action": "", "lead": ""} == {
        "id": "late", "outcome": "crime", "action": "", "lead": "", "due": "2013-07-01",
        "as_of": "2013-07-19", "state": "overdue", "days_overdue": "18",
        "quarters_without_update": "q1", "status": "",
    }  # fmt: skip
    assert (found["soon"]["state"], found["soon"]["days_overdue"]) == ("due-soon", "")


# ---------------------------------------------------------------- governance, communications, plan


def test_the_groups_stand_below_who_answers_for_the_outcome(made):
    found = page(made(), "governance/")
    assert found.one("dl", class_="co-facts").text == (
        "Lead agencyCouncilStrategic leadDirectorOperational leadsPolice inspector"
    )
    (group,) = found.one("tbody").all("tr")
    assert [c.text for c in group.all()[1:] if c.tag in ("th", "td")] == [
        "Task group", "Monthly", "Police and council", "Looks at calls",
    ]  # fmt: skip
    assert found.one("p", class_="co-headline").text.startswith("1 group meets about")


def test_groups_of_no_outcome_and_roles_without_groups_are_shown(made):
    found = page(made(governance=("Board,,Quarterly,,,",)), "governance/")
    assert [h.text for h in found.all("h2")] == ["Less crime", "All outcomes", "Downloads"]
    assert "No group is listed." in found.text
    only_roles = page(made(governance=()), "governance/")
    assert only_roles.one("p", class_="co-headline").text.startswith("Who answers for each")


def test_a_message_has_its_channel_its_date_and_its_updates(made):
    found = page(made(), "communications/")
    assert cells(found, "leaflet") == {
        "Channel": "Leaflet", "Lead": "Council", "When": "No date: “on going”",
        "Updates": "No update for Q1 No update for Q2, Q3 and Q4 (not due yet)",
    }  # fmt: skip
    assert found.one("p", class_="co-headline").text == (
        "1 message for the public. None has an update for April to June 2013."
    )


def test_the_plan_parts_issues_from_themes_and_leads_on(made):
    files = made()
    found = page(files, "plan/")
    assert found.one("p", class_="co-headline").text == (
        "1 priority issue and 1 cross-cutting theme. 4 actions: 1 is overdue, "
        "1 is due within 31 days, 1 has no date and 1 is done."
    )
    assert [h.text for h in found.all("h2")] == [
        "Priority issues", "Cross-cutting themes", "Downloads",
    ]  # fmt: skip
    crime = found.one("section", **{"aria-labelledby": "crime"})
    assert crime.one("dl", class_="co-facts").text == (
        "PortfolioMember for safety"
        "Lead agencyCouncilStrategic leadDirectorOperational leadsPolice inspector"
    )
    links = {a.attrs["href"]: a.parent.text.split(":")[1:] for a in crime.one("ul").all("a")}
    assert links == {
        "../actions/#outcome:crime": [" 1 is overdue and 1 is due within 31 days."],
        "../governance/#crime": [" Task group"],
        "../communications/#outcome:crime": [" Lock your door"],
    }
    measure = crime.one("tbody").one("tr")
    assert measure.one("a").attrs["href"] == "../measure/"
    assert measure.all("td")[0].text == "7 cases June 2013"
    assert measure.one("span", class_="co-rating").text == "Not rated"
    trust = found.one("section", **{"aria-labelledby": "trust"})
    assert "No measure is reported for this." in trust.text
    assert cells(found, "coaches") == {
        "Status": "Funded", "Next steps": "Train ten", "Goes live": "October 2013",
    }  # fmt: skip
    (crime_row, _) = rows_of(files[f"{HOME}/plan/plan.csv"])
    assert (crime_row["measures"], crime_row["overdue"], crime_row["groups"]) == ("1", "1", "1")


def test_an_outcome_without_a_row_of_roles_names_its_lead(made):
    crime = page(made(roles=()), "plan/").one("section", **{"aria-labelledby": "crime"})
    assert crime.one("dl", class_="co-facts").text == (
        "LeadHead of community safetyPortfolioMember for safety"
    )


def test_a_plan_without_kinds_has_outcomes(made):
    place = {"outcomes": [{"id": "crime", "title": "Less crime"}, {"id": "trust", "title": "T"}]}
    found = page(made(place), "plan/")
    assert found.all("h2")[0].text == "Outcomes"
    assert found.one("p", class_="co-headline").text.startswith("2 outcomes. 4 actions")


def test_work_of_no_outcome_has_its_place(made):
    found = page(made(workstreams=("x,,Move house,,,,",)), "plan/")
    assert cells(found, "x")["Status"] == "not stated"
    assert "Other work streams" in [h.text for h in found.all("h2")]


# ---------------------------------------------------------------- meetings


def test_the_list_of_meetings_has_what_is_open(made):
    found = page(made(), "meetings/")
    assert found.one("p", class_="co-headline").text == (
        "2 meetings. 2 actions are open, the oldest for 91 days."
    )
    meetings, waiting = found.all("table")
    (july, april) = meetings.one("tbody").all("tr")
    assert [td.text for td in july.all("td")] == ["Board Town hall", "2", "1", "1"]
    assert april.one("a").attrs["href"] == "2013-04-19/"
    assert [tr.attrs["id"] for tr in waiting.one("tbody").all("tr")] == ["a-1", "b-1"]
    assert cells(found, "a-1")["Raised"] == "19 April 2013 91 days ago"
    assert "Next meeting25 October 2013" in found.one("dl").text


def test_a_meeting_has_its_agenda_and_carries_open_actions_forward(made):
    found = page(made(), "meetings/2013-07-19/")
    assert found.one("h1").text == "Board, 19 July 2013"
    assert found.one("p", class_="co-headline").text == (
        "2 agenda items, 30 minutes. 1 action raised. "
        "1 action from earlier meetings is still open, the oldest for 91 days."
    )
    agenda, raised, carried, settled = found.all("table")
    links = {a.text: a.attrs["href"] for a in agenda.all("a")}
    title = "Made-up measure 0001"
    assert links == {
        title: "../../measure/#definition",
        "Actions: Light the paths": "../../actions/#late",
        "Meetings, 19 April 2013": "../../meetings/2013-04-19/",
    }
    assert [td.text for td in agenda.one("tbody").all("tr")[1].all("td")][0:2] == ["Police", "20"]
    assert agenda.one("tbody").all("tr")[1].all("td")[3].text == "Agreed to light the paths"
    assert [tr.attrs["id"] for tr in raised.one("tbody").all("tr")] == ["b-1"]
    assert cells(found, "a-1") == {
        "Raised": "19 April 2013 91 days ago", "Owner": "Council", "Due": "No date",
        "Status": "Open", "Reported": "nothing reported Actions: Light the paths",
    }  # fmt: skip
    assert row(found, "a-1").one("td", **{"data-label": "Raised"}).one("a").attrs["href"] == (
        "../2013-04-19/#a-1"
    )
    assert cells(found, "a-2")["Status"] == "Done, 19 July 2013"
    assert cells(found, "a-2")["Reported"] == "Four are named"
    assert [carried.one("caption").text, settled.one("caption").text] == [
        "Open actions from earlier meetings", "Actions that are over since the meeting before",
    ]  # fmt: skip


def test_the_first_meeting_carries_nothing_forward(made):
    found = page(made(), "meetings/2013-04-19/")
    assert "Carried forward" not in found.text
    assert "No agenda is recorded." in found.text
    assert found.one("p", class_="co-headline").text == "2 actions raised."
    assert "Next meeting19 July 2013" in found.one("dl").text


def test_a_meeting_of_later_shows_what_was_open_then_and_is_over_now(made):
    log = ("a-1,2013-04-19,,,Ask,Council,,,done,2013-09-01,Told,,",)
    found = page(made(action_log=log), "meetings/2013-07-19/")
    assert cells(found, "a-1")["Status"] == "Open at this meeting; done since, 1 September 2013"


def test_the_log_of_a_meeting_is_a_table_for_machines(made):
    files = made()
    found = rows_of(files[f"{HOME}/meetings/2013-07-19/log.csv"])
    assert [(r["id"], r["list"], r["age_in_days"]) for r in found] == [
        ("b-1", "raised", "0"), ("a-1", "carried forward", "91"), ("a-2", "over", "91"),
    ]  # fmt: skip
    agenda = rows_of(files[f"{HOME}/meetings/2013-07-19/agenda.csv"])
    assert [r["item"] for r in agenda] == ["1", "6 i)"]
    assert f"{HOME}/meetings/2013-04-19/agenda.csv" not in files
    assert files[f"{HOME}/meetings/action_log.csv"] == tables()["action_log"]


# ---------------------------------------------------------------- pages, downloads and links


def test_a_page_is_there_where_its_table_has_a_row(made):
    names = ("plan", "actions", "governance", "communications", "meetings")
    none = dict.fromkeys(OWN_TABLES, ())
    bare = made({"outcomes": [{"id": "crime", "title": "Less crime"}]}, **none)
    assert not any(f"{HOME}/{name}/index.md" in bare for name in names)
    whole = made()
    assert all(f"{HOME}/{name}/index.md" in whole for name in names)
    listed = parsed(whole[f"{HOME}/index.md"].split("<!-- html -->")[1])
    hrefs = [a.attrs["href"] for a in listed.one("ul", class_="co-downloads").all("a")]
    assert [href for href in hrefs if href.rstrip("/") in names] == [f"{n}/" for n in names]
    docs = entries_of(str(whole["search/index.json"]))
    assert docs[f"{HOME}/meetings/2013-07-19/"].title == "Board, 19 July 2013"


def test_every_file_beside_a_page_is_offered_on_it(made):
    files = made()
    folders = {path.rpartition("/")[0] for path in files if path.endswith("index.md")}
    reports = ("plan", "actions", "governance", "communications", "meetings")
    for folder in folders:
        if folder.startswith(tuple(f"{HOME}/{name}" for name in reports)):
            beside = {
                p.rpartition("/")[2] for p in files
                if p.rpartition("/")[0] == folder and not p.endswith(".md")
            }  # fmt: skip
            found = page(files, f"{folder.removeprefix(f'{HOME}/')}/")
            lists = found.all("div", class_="co-downloads")
            offered = {
                a.attrs["href"] for div in lists for ul in div.all("ul") for a in ul.all("a")
            }
            assert offered == beside, folder


def test_what_is_in_each_table_is_told():
    assert list(TABLES) == list(OWN)
    linked = {n: f.name for n, own in OWN.items() for f in own.fields if f.type == "links"}
    assert linked == LINKED


DEAD = {
    "a page that is not there": ("measur/", "an address of this partnership", "Is it measure/? "),
    "a report that is not there": ("surveys/", "an address of this partnership", "Write the addre"),
    "a meeting that is not there": ("meetings/2013-01-01/", "an address", "Is it meetings/2013-0"),
    "a place that is not there": ("actions/#nobody", "a place on the page actions/", "Correct wha"),
    "a panel that is not there": ("measure/#nothing", "a place on the page measure/", ""),
    "a file that is not there": ("actions/plan.csv", "an address of this partnership", ""),
}


@pytest.mark.parametrize("case", DEAD)
def test_a_dead_link_is_told_with_row_and_column_and_nothing_is_published(package, case):
    link, expected, remedy = DEAD[case]
    own = tables(agenda=(f"2013-07-19,1,Welcome,,,measure/ {link},,",))
    data = package("count", own=own, partnership=PLACE, **EARLY)
    for run in (lambda p: press(p, {}), check_links):
        with pytest.raises(Faults) as told:
            run(read(data, TODAY))
        (fault,) = told.value.faults
        assert shown(fault) == (f"datapackage/{HOME}/agenda.csv", 2, "links", link)
        assert fault.expected.startswith(expected) and remedy in fault.remedy


def test_links_of_the_action_log_are_followed_too(package):
    own = tables(action_log=("a,2013-07-19,,,Ask,,,,open,,,plan/#gone,",))
    with pytest.raises(Faults) as told:
        check_links(read(package("count", own=own, partnership=PLACE, **EARLY), TODAY))
    assert shown(told.value.faults[0])[1:] == (2, "link", "plan/#gone")


def test_files_and_places_that_are_there_may_be_linked(made):
    link = "measure/metrics.csv actions/actions.csv plan/#coaches plan/#crime measure/#definition"
    assert made(agenda=(f"2013-07-19,1,Welcome,,,{link},,",))


def test_the_command_tells_a_dead_link(package, cli):
    own = tables(agenda=("2013-07-19,1,Welcome,,,measur/,,",))
    done = cli("check", "--data", package("count", own=own, partnership=PLACE, **EARLY))
    assert done.returncode == 2
    assert 'agenda.csv, row 2, column links: found "measur/"' in done.stderr


def test_an_id_is_of_one_thing_on_a_page(package):
    """A work stream and an outcome stand on the same page."""
    own = tables(workstreams=("crime,trust,Coaches,,,,",))
    with pytest.raises(Faults) as told:
        read(package("count", own=own, partnership=PLACE, **EARLY), TODAY)
    (fault,) = told.value.faults
    assert shown(fault)[1:] == (2, "id", "crime")
    assert fault.expected == "an id that no outcome has"


REMARKS = {
    "line 1153": [],
    "line 1154; the plan prints no status": ["The plan prints no status"],
    "lines 3, 4 and 9; as printed; line 5": ["As printed"],
    "line 3 is cut in print": ["Line 3 is cut in print"],
    "": [],
}


@pytest.mark.parametrize("note", REMARKS)
def test_a_note_is_shown_without_the_lines_it_came_from(note):
    assert [line.text for line in remark(note)] == REMARKS[note]
