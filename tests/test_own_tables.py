"""A partnership's own tables: what is read of them, what is refused, and what tidy puts right."""

import dataclasses
import json
from datetime import date
from fractions import Fraction

import frictionless
import pytest
from tests.test_bad_input import faults, only, shown

from callover import records
from callover.data.grammar import GRAMMARS, day
from callover.data.own import attribute
from callover.data.read import read
from callover.data.shapes import OWN
from callover.data.tables import choice
from callover.data.tidy import tidy
from callover.periods import parse

TODAY = date(2017, 1, 31)
PLACE = "datapackage/made-up-borough"

#: A row for each table, with every column filled.
FULL = {
    "actions": "less-crime-01,less-crime,Light the paths,Council,2014-03-30,30.3.2014,under way,"
    "2013/14,Ordered,Delivered,,,measure,said twice",
    "governance": "Task group,less-crime,Monthly,Police and council,Looks at calls,as printed",
    "communications": "leaflet,less-crime,Lock your door,Leaflet,Council,2014-02,Feb-14,2013/14,"
    "printed,,,,told",
    "roles": "less-crime,Council,Director,Police inspector; council officer,names left out",
    "workstreams": "coaches,less-crime,Community coaches,Funded,Train ten,2013-09,pilot",
    "meetings": "2013-07-19,Board,Town hall,2013-10-25,quarter 1",
    "agenda": "2013-07-19,6 i),Calls,Police,20,measure/ actions/#less-crime-01,Agreed,minutes",
    "action_log": "2013-07-a,2013-07-19,6.1,property,Find out who chairs,Council,2013-10-25,"
    "next meeting,done,2013-10-25,Found,measure/,from the minutes",
    "exceptions": "2009/10-Q1,off target,Burglary,measure,R,fewer than 9,12,Warm nights,Patrols,"
    "a note,line 4",
    "projects": "2009/10-Q1,Night bus,A,Lead officer,Late,£10,£20,£5,March,Hurry,a note,line 9",
    "achievements": "2009/10,less-crime,achievement,Fewer fires,12,fires,2009/10,15.5,2008/09,"
    "measure,actions/,Fire brigade,a note,line 3",
    "reports": "exceptions,2009/10-Q1,Exceptions,Board,2009-07-30,Head of service,To note,"
    "Quarter 2,as printed",
}  # fmt: skip
HEADERS = {name: ",".join(f.name for f in own.fields) for name, own in OWN.items()}


def table(name, *rows):
    return {name: "\n".join((HEADERS[name], *rows)) + "\n"}


def whole():
    return {name: f"{HEADERS[name]}\n{row}\n" for name, row in FULL.items()}


def found(root):
    (partnership,) = read(root, TODAY).partnerships
    return partnership


# ---------------------------------------------------------------- shapes and records


def test_every_table_has_its_records_under_its_name():
    assert [f.name for f in dataclasses.fields(records.Records)] == list(OWN) == list(FULL)


@pytest.mark.parametrize("name", OWN)
def test_a_record_has_the_columns_of_its_table(name):
    own = OWN[name]
    fields = {f.name: f for f in dataclasses.fields(own.record)}
    assert {attribute(f.name) for f in own.fields} | {"at"} == set(fields)
    for column in own.fields:
        field = fields[attribute(column.name)]
        missing = dataclasses.MISSING
        needed = field.default is missing and field.default_factory is missing
        assert needed == column.required, column.name
    assert set(own.key) <= {f.name for f in own.fields}


@pytest.mark.parametrize("name", OWN)
def test_every_column_has_a_type_that_is_known(name):
    known = {"text", "count", "number", "outcome", "indicator", *GRAMMARS}
    assert {f.type for f in OWN[name].fields} <= known


def test_a_full_row_of_every_table_is_read(package):
    partnership = found(package("count", own=whole()))
    own = partnership.records
    at = records.Place(f"{PLACE}/actions.csv", 2)
    assert own.actions == (
        records.Action(
            id="less-crime-01", outcome="less-crime", action="Light the paths", lead="Council",
            due=parse("2014-03-30"), due_as_printed="30.3.2014", status="under way",
            year=parse("2013/14"), q1="Ordered", q2="Delivered", indicator="measure",
            note="said twice",
        ),
    )  # fmt: skip
    assert own.actions[0].at == at
    assert own.actions[0].quarters == ("Ordered", "Delivered", "", "")
    assert own.governance[0].purpose == "Looks at calls"
    assert own.communications[0].due == parse("2014-02")
    assert own.roles[0].operational_leads == "Police inspector; council officer"
    assert own.workstreams[0].goes_live == parse("2013-09")
    assert (own.meetings[0].date, own.meetings[0].next) == (
        parse("2013-07-19"), parse("2013-10-25"),
    )  # fmt: skip
    assert own.agenda[0].links == ("measure/", "actions/#less-crime-01")
    assert own.agenda[0].minutes == 20
    assert own.action_log[0].closed == parse("2013-10-25")
    assert own.action_log[0].link == ("measure/",)
    assert own.exceptions[0].kind == "off target"
    assert own.projects[0].spent == "£10"
    assert (own.achievements[0].value, own.achievements[0].from_value) == (12, Fraction(31, 2))
    assert own.reports[0].from_ == "Head of service"
    assert partnership.files["agenda.csv"] == whole()["agenda"]


def test_what_is_not_needed_may_be_left_out(package):
    own = {"actions": "id,outcome,action\na-1,less-crime,Light the paths\n"}
    (action,) = found(package("count", own=own)).records.actions
    assert (action.due, action.year, action.status, action.indicator) == (None, None, "", "")


def test_a_partnership_without_tables_has_none(package):
    partnership = found(package("count"))
    assert partnership.records == records.Records()
    assert partnership.files == {}


# ---------------------------------------------------------------- bad input


def test_all_faults_of_all_tables_are_told_at_once(package):
    own = {
        **table("actions", "A,peace,x,,30/03/2014,,Done,,,,,,,", "b,less-crime,,,,,,,,,,,,"),
        **table("agenda", "2013-07-19,1,Welcome,,,plan,,"),
    }
    assert [shown(f)[1:3] for f in faults(package("count", own=own))] == [
        (2, "due"), (2, "id"), (2, "outcome"), (2, "status"), (3, "action"),
        (2, "links"), (2, "meeting"),
    ]  # fmt: skip


def test_a_table_that_is_there_is_listed_or_tidy_lists_it(package):
    extra = {"made-up-borough/meetings.csv": "date,title\n2013-07-19,Board\n"}
    data = package("count", extra=extra)
    fault = only(data)
    assert fault.file == f"{PLACE}/datapackage.json"
    assert fault.expected == "meetings.csv in the list, as it is in the folder"
    tidy(data, True)
    assert found(data).records.meetings
    listed = json.loads((data / "made-up-borough/datapackage.json").read_text("utf-8"))["resources"]
    assert [r["name"] for r in listed] == ["meetings"]
    assert [f["name"] for f in listed[0]["schema"]["fields"]] == ["date", "title"]


def test_a_column_that_no_table_has_is_refused_with_the_known_ones(package):
    fault = only(package("count", own={"meetings": "date,title,chair\n2013-07-19,Board,x\n"}))
    assert shown(fault)[1:3] == (1, "chair")
    assert fault.expected == "one of date, title, place, next, note"


def test_a_fault_in_the_descriptor_hides_none_in_the_tables(package):
    data = package("count", own=table("meetings", "19/07/2013,Board,,,"))
    path = data / "made-up-borough/datapackage.json"
    value = json.loads(path.read_text("utf-8"))
    del value["callover"]["home_area"]
    path.write_text(json.dumps(value), "utf-8")
    assert [f.column for f in faults(data)] == ["callover.home_area", "date"]


# ---------------------------------------------------------------- tidy


def test_tidy_puts_right_days_periods_choices_and_numbers(package):
    own = {
        "actions": "action,id,outcome,due,status,year\n"
        "Light,a,less-crime,30/03/2014,Under Way,2013/2014\n"
        "Lock,b,less-crime,Feb-14,,2013/14\n"
        "Look,c,less-crime,on going,Done,\n",
        "achievements": 'year,kind,text,value,unit\n2009/10,Overall,x,"1,386",fires\n',
        "meetings": "date,title\n19 July 2013,Board\n19.4.13,Board\n",
    }
    data = package("count", own=own)
    told = tidy(data, True)
    folder = data / "made-up-borough"
    assert (folder / "actions.csv").read_text("utf-8") == (
        "id,outcome,action,due,status,year\n"
        "a,less-crime,Light,2014-03-30,under way,2013/14\n"
        "b,less-crime,Lock,2014-02,,2013/14\n"
        "c,less-crime,Look,on going,done,\n"
    )
    year = (folder / "achievements.csv").read_text("utf-8").splitlines()[1]
    assert year == "2009/10,overall,x,1386,fires"
    assert (folder / "meetings.csv").read_text("utf-8") == (
        "date,title\n2013-07-19,Board\n2013-04-19,Board\n"
    )
    assert any(str(c).endswith('column due: "30/03/2014" is now "2014-03-30"') for c in told)
    fault = only(data)
    assert shown(fault)[1:] == (4, "due", "on going")
    assert tidy(data, True) == ()


def test_tidy_leaves_sound_tables_as_they_are(package):
    data = package("count", own=whole())
    tidy(data, True)  # the schemas get their types
    assert tidy(data, True) == ()
    for name, text in whole().items():
        assert (data / f"made-up-borough/{name}.csv").read_text("utf-8") == text


def test_what_tidy_writes_is_valid_in_plain_frictionless(package):
    data = package("count", own=whole())
    path = data / "made-up-borough/datapackage.json"
    value = json.loads(path.read_text("utf-8"))
    value["resources"] = []
    path.write_text(json.dumps(value), "utf-8")
    tidy(data, True)
    with frictionless.system.use_context(trusted=False):
        report = frictionless.Package.from_descriptor(str(path)).validate()
    assert report.flatten(["type", "message"]) == []


DAYS = {
    "30/03/2014": "2014-03-30", "1/7/2013": "2013-07-01", "30.3.2014": "2014-03-30",
    "19-07-13": "2013-07-19", "19 July 2013": "2013-07-19", "1st Sept 2013": "2013-09-01",
    "19-Jul-13": "2013-07-19", "2013-7-9": "2013-07-09", "2013-07-19 00:00:00": "2013-07-19",
    "29/02/2013": "", "13/13/2013": "", "03/30/2014": "", "30/3-2014": "", "July 2013": "",
    "19 Ju 2013": "", "1/1/87": "", "": "", "on going": "",
}  # fmt: skip


@pytest.mark.parametrize("text", DAYS)
def test_a_day_as_people_write_it_has_one_reading_or_none(text):
    assert day(text) == DAYS[text]


def test_a_choice_is_known_by_its_words():
    assert choice(records.STATES, " Not_Started") == "not started"
    assert choice(records.COLOURS, "r") == "R"
    assert choice(records.STATES, "finished") == ""
