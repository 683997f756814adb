"""The tables of a partnership: actions, meetings, projects and the others."""

from __future__ import annotations

from tests.corpus.case import DESCRIPTOR, PARTNERSHIP, PLACE, Case
from tests.corpus.package import put, settings

from callover.data.shapes import OWN

HEADERS = {name: ",".join(f.name for f in own.fields) for name, own in OWN.items()}
MEETINGS = {"meetings": f"{HEADERS['meetings']}\n2013-07-19,Board,,,\n"}
OUTCOME = "one of the partnership's outcomes: less-crime, safer"
LINK = "addresses inside the partnership"


def bad(
    name: str, table: str, row: str, column: str, value: str, told: str, do: str,
    beside: dict[str, str] | None = None, line: int = 2, faults: int = 1,
) -> Case:  # fmt: skip
    """Give a case of a row (or more, a line each) of a table."""
    own = {**(beside or {}), table: f"{HEADERS[table]}\n{row}\n"}
    package = {"kind": "count", "own": own}
    return Case(name, f"{PLACE}/{table}.csv", line, column, value, told, do, package, faults=faults)


def action(name: str, cells: str, column: str, value: str, told: str, do: str) -> Case:
    """Give a case of an action that is to light the paths."""
    return bad(name, "actions", cells, column, value, told, do)


def twice(table: str, row: str, column: str, value: str, told: str) -> Case:
    """Give a case of a row that stands twice."""
    return bad(f"a row of {table} twice", table, f"{row}\n{row}", column, value, told,
               "Row 2 has the same. Delete or correct one", line=3)  # fmt: skip


def spoilt(table: str, row: str, column: str, value: str, told: str) -> Case:
    """Give a case of a row in which every cell that can be wrong is; one message is looked at."""
    return bad(f"every column of {table}", table, row, column, value, told, "", MEETINGS
               if table != "meetings" else None, faults=0)  # fmt: skip


CASES = (
    action("an id with spaces", "A 1,less-crime,x,,,,,,,,,,,", "id", "A 1",
           "an id in lower-case letters", "Write a-1."),
    action("no id", ",less-crime,x,,,,,,,,,,,", "id", "", "an id", "Fill the cell"),
    action("an unknown outcome", "a,peace,x,,,,,,,,,,,", "outcome", "peace", OUTCOME,
           "or add the outcome to datapackage.json"),
    action("a UK date", "a,less-crime,x,,30/03/2014,,,,,,,,,", "due", "30/03/2014",
           "a day such as 2014-03-30 or a month", "Write 2014-03-30. `callover tidy`"),
    action("a date with points", "a,less-crime,x,,30.3.2014,,,,,,,,,", "due", "30.3.2014", "a day",
           "Write 2014-03-30."),
    action("a month by its name", "a,less-crime,x,,Feb-14,,,,,,,,,", "due", "Feb-14", "a day",
           "Write 2014-02."),
    action("an American date", "a,less-crime,x,,03/30/2014,,,,,,,,,", "due", "03/30/2014", "a day",
           "Is it 2014-03-30? The month stands first"),
    action("a serial number for a day", "a,less-crime,x,,41728,,,,,,,,,", "due", "41728", "a day",
           "Is it 2014-03-30? A spreadsheet stores"),
    action("words for a date", "a,less-crime,x,,on going,,,,,,,,,", "due", "on going", "a day",
           "write the words in due_as_printed"),
    action("a state that is none", "a,less-crime,x,,,,finished,,,,,,,", "status", "finished",
           "one of not started, under way, done, stopped, or nothing", "Put one of these"),
    action("a state in capitals", "a,less-crime,x,,,,Under Way,,,,,,,", "status", "Under Way",
           "one of not started", "Write under way."),
    action("a year that is half", "a,less-crime,x,,,,,2013,,,,,,", "year", "2013",
           "a financial year such as 2013/14", "Write the year in which April"),
    action("a financial year in full", "a,less-crime,x,,,,,2013/2014,,,,,,", "year", "2013/2014",
           "a financial year", "Write 2013/14."),
    action("an unknown indicator", "a,less-crime,x,,,,,,,,,,burglry,", "indicator", "burglry",
           "the folder of one of the partnership's indicators: measure",
           "Write the name of its folder"),
    action("a formula for an action", "a,less-crime,=1+1,,,,,,,,,,,", "action", "=1+1",
           "text, not a formula", "Begin the cell with a word"),
    bad("a meeting on a day that is none", "meetings", "2014-02-30,Board,,,", "date", "2014-02-30",
        "a day such as 2014-03-30", "There is no such day"),
    bad("a month for a meeting", "meetings", "2014-02,Board,,,", "date", "2014-02",
        "a day such as 2014-03-30", "Write the year, the month and the day"),
    bad("the next meeting first", "meetings", "2013-07-19,Board,,2013-04-19,", "next",
        "2013-04-19", "a day after the meeting on 2013-07-19", "Correct one of the two days"),
    bad("a meeting that is not there", "agenda", "2013-07-19,1,Welcome,,,,,", "meeting",
        "2013-07-19", "the date of a meeting in meetings.csv", "add the meeting"),
    bad("minutes in words", "agenda", "2013-07-19,1,Welcome,,ten,,,", "minutes", "ten",
        "a whole number", "Write", MEETINGS),
    bad("a link without a slash", "agenda", "2013-07-19,1,Welcome,,,plan,,", "links", "plan", LINK,
        "with its slash at the end", MEETINGS),
    bad("a link elsewhere", "agenda", "2013-07-19,1,Welcome,,,https://a.org/,,", "links",
        "https://a.org/", LINK, "after the partnership's own", MEETINGS),
    bad("a link upwards", "agenda", "2013-07-19,1,Welcome,,,../barnet/,,", "links", "../barnet/",
        LINK, "after the partnership's own", MEETINGS),
    bad("a link that runs", "agenda", "2013-07-19,1,Welcome,,,javascript:alert(1),,", "links",
        "javascript:alert(1)", LINK, "after the partnership's own", MEETINGS),
    bad("a link to no page", "agenda", "2013-07-19,1,Welcome,,,gone/,,", "links", "gone/",
        "an address of this partnership", "as the browser shows it", MEETINGS),
    bad("no state of an entry", "action_log", "a,2013-07-19,,,x,,,,,,,,", "status", "", "a status",
        "Fill the cell", MEETINGS),
    bad("closed and open", "action_log", "a,2013-07-19,,,x,,,,open,2013-08-01,,,", "status",
        "open", "done, superseded or another", "take away the day in closed", MEETINGS),
    bad("closed before it was raised", "action_log", "a,2013-07-19,,,x,,,,done,2013-07-01,,,",
        "closed", "2013-07-01", "a day after it was raised on 2013-07-19", "Correct one", MEETINGS),
    bad("a kind of exception that is none", "exceptions", "2009/10-Q1,bad,x,,,,,,,,", "kind",
        "bad", "one of off target, worsening", "Put one of these"),
    bad("an exception's period turned round", "exceptions", "Q1 2009/10,risk,x,,,,,,,,", "period",
        "Q1 2009/10", "a period such as", "Write 2009/10-Q1."),
    bad("a colour in full", "projects", "2009/10-Q1,x,Amber,,,,,,,,,", "rating", "Amber",
        "one of R, A, G", "Put one of these"),
    bad("an achievement with a percent sign", "achievements",
        "2009/10,,overall,x,12%,,,,,,,,,", "value", "12%", "a number in plain digits", "Write 12"),
    bad("a unit without a figure", "achievements", "2009/10,,overall,x,,fires,,,,,,,,", "value",
        "", "a value, as unit is filled in", "or empty unit"),
    bad("a pair without its end", "achievements",
        "2009/10,,overall,x,,fires,,12,2008/09,,,,,", "value", "", "a value, as unit is filled in",
        "or empty unit and from_value"),
    bad("a start without a figure", "achievements",
        "2009/10,,overall,x,9,fires,2009/10,,2008/09,,,,,", "from_value", "",
        "a from_value, as from_period is filled in", "or empty from_period"),
    bad("a pair that goes back", "achievements",
        "2009/10,,overall,x,9,fires,2008/09,8,2008-04/2009-03,,,,,", "from_period",
        "2008-04/2009-03", "a period that ends before 2008/09", "exchange the two figures"),
    bad("a year of three months", "reports", "year,2009/10-Q1,x,,,,,,", "period", "2009/10-Q1",
        "a financial year such as 2013/14", "that the report rounds up"),
    bad("a report that is none", "reports", "monthly,2009/10-Q1,x,,,,,,", "report", "monthly",
        "one of exceptions, year", "Put one of these"),
    bad("a work stream with the id of an outcome", "workstreams", "less-crime,,Coaches,,,,", "id",
        "less-crime", "an id that no outcome has", "Rename it"),
    twice("actions", "a,less-crime,x,,,,,,,,,,,", "id", "a", "each id once"),
    twice("governance", "Group,less-crime,,,,", "group", "Group, less-crime",
          "each group and outcome once"),
    twice("roles", "less-crime,,,,", "outcome", "less-crime", "each outcome once"),
    twice("meetings", "2013-07-19,Board,,,", "date", "2013-07-19", "each date once"),
    twice("exceptions", "2009/10-Q1,risk,x,,,,,,,,", "period", "2009/10-Q1, risk, x",
          "each period and kind and title once"),
    # every column once
    spoilt("actions", "A,peace,=1,=1,soon,=1,finished,2013,=1,=1,=1,=1,gone,=1", "lead", "=1",
           "text, not a formula"),
    spoilt("governance", "=1,peace,=1,=1,=1,=1", "membership", "=1", "text, not a formula"),
    spoilt("communications", "A,peace,=1,=1,=1,soon,=1,2013,=1,=1,=1,=1,=1", "channel", "=1",
           "text, not a formula"),
    spoilt("roles", "peace,=1,=1,=1,=1", "lead_agency", "=1", "text, not a formula"),
    spoilt("workstreams", "A,peace,=1,=1,=1,soon,=1", "goes_live", "soon", "a day such as"),
    spoilt("meetings", "soon,=1,=1,later,=1", "next", "later", "a day such as"),
    spoilt("agenda", "soon,=1,=1,=1,ten,plan,=1,=1", "minutes", "ten", "a whole number"),
    spoilt("action_log", "A,soon,=1,=1,=1,=1,soon,=1,gone,later,=1,plan,=1", "closed", "later",
           "a day such as"),
    spoilt("exceptions", "Q1,bad,=1,gone,Red,=1,=1,=1,=1,=1,=1", "rating", "Red", "one of R, A, G"),
    spoilt("projects", "Q1,=1,Red,=1,=1,=1,=1,=1,=1,=1,=1,=1", "spent", "=1",
           "text, not a formula"),
    spoilt("achievements", "2013,peace,bad,=1,few,=1,Q1,many,Q2,gone,=1,=1,=1,=1", "from_value",
           "many", "a number in plain digits"),
    spoilt("reports", "monthly,Q1,=1,=1,soon,=1,=1,=1,=1", "date", "soon", "a day such as"),
    # tables beside them
    Case("another table of a partnership", f"{PLACE}/lamps.csv", 2, "lit", "many",
         "a whole number in plain digits", "Write 1234", changes=[
             put(f"{PLACE}/lamps.csv", "road,lit\nlong,many\n"),
             settings(PARTNERSHIP, **{"resources.+": {"name": "lamps", "path": "lamps.csv",
                 "schema": {"fields": [{"name": "road", "type": "string"},
                                       {"name": "lit", "type": "integer"}]}}})]),
    Case("a table of a partnership that is not listed", PARTNERSHIP, 0, "resources", "",
         "meetings.csv in the list, as it is in the folder", "`callover tidy` does this",
         changes=[put(f"{PLACE}/meetings.csv", "date,title\n2013-07-19,Board\n")]),
    Case("a setting and a table, both wrong", DESCRIPTOR, 0, "callover.polarity", "up",
         "one of lower, higher", "Correct this setting", {"kind": "count",
         "callover": {"polarity": "up"}, "own": {"meetings": "date,title\n19/07/2013,Board\n"}},
         faults=2),
)  # fmt: skip
