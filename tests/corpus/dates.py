"""Periods and days: what Excel, other countries and a hurried hand make of them."""

from __future__ import annotations

from typing import Any

from tests.corpus.case import (
    COMPARATORS,
    DESCRIPTOR,
    PARTNERSHIP,
    PUBLISHED,
    TARGETS,
    Case,
    in_series,
)
from tests.corpus.package import put, settings

GRAMMAR = "a period such as 2016-04 (month)"
COMPARATOR_HEADER = "period,area_code,group,measure,value,unit,basis\n"
PUBLISHED_HEADER = "release,measure,period,area_code,category,as_printed,where\n"
TARGET_HEADER = "measure,category,period,type,lower,upper,status\n"


def period(name: str, cell: str, remedy: str, value: str = "") -> Case:
    """Give a case of a period of a monthly count that is outside the grammar."""
    return in_series(name, f"{cell},1,,", 2, "period", value or cell, GRAMMAR, remedy)


def beside(name: str, cells: str, row: int, value: str, remedy: str) -> Case:
    """Give a case of a column of periods, parted by spaces, of which one is outside the grammar."""
    rows = "\n".join(f"{cell},,x," for cell in cells.split())
    return in_series(name, rows, row, "period", value, GRAMMAR, remedy)


def comparator(name: str, period: str, expected: str, remedy: str) -> Case:
    """Give a case of the period of somebody else's figure."""
    text = f"{COMPARATOR_HEADER}{period},,met,rate,1.5,,quoted\n"
    package = {"kind": "count", "comparators": text}
    return Case(name, COMPARATORS, 2, "period", period, expected, remedy, package)


def release(name: str, place: str, value: str, expected: str, remedy: str, **more: Any) -> Case:
    """Give a case of a date of a release."""
    changes = [settings(PARTNERSHIP, **{f"callover.releases.0.{place}": value})]
    return Case(name, PARTNERSHIP, 0, f"callover.releases.0.{place}", value, expected, remedy,
                more, changes)  # fmt: skip


CASES = (
    # months as spreadsheets show them
    period("a month as Excel shows it", "Apr-16", "Write 2016-04. `callover tidy`"),
    period("a month with four letters", "Sept-16", "Write 2016-09."),
    period("a month in words", "Sept 2016", "Write 2016-09."),
    period("a month in full", "September 2016", "Write 2016-09."),
    period("a month with an apostrophe", "Apr '16", "Write 2016-04."),
    period("a month turned round", "16-Sep", "Is it 2016-09? A spreadsheet turns Sep-16 round"),
    period("a month without its nought", "2016-4", "Write 2016-04."),
    period("a month with a slash", "04/2016", "Write 2016-04."),
    period("a month without a year", "April", "Write its year too"),
    period("a month of the last century in two digits", "Apr-99", "Write the period"),
    beside("a month that lost its year", "2016-12 Jan-1 2017-02", 3, "Jan-1",
           "Is it 2017-01? The rows beside it suggest so"),
    beside("a serial number between months", "2016-11 42705 2017-01", 3, "42705", "Is it 2016-12?"),
    # dates in place of months
    period("a date with the day first", "01/04/2016", "Write 2016-04."),
    period("a date in the month", "12/06/2016", "Is it 2016-06? If the month stands first"),
    period("a date with the month first", "04/13/2016", "Is it 2016-04? The month stands first"),
    period("a date and a time", "2016-04-01 00:00:00", "Write 2016-04."),
    period("a date and a time of the day", "01/04/2016 09:30", "Write the period"),
    period("a serial number", "42736", "Is it 2017-01? A spreadsheet stores 1 January 2017"),
    period("a day that is none", "2016-02-30", "There is no such day"),
    period("dates with points", "01.04.2016", "Is it 2016-04?"),
    # quarters, weeks and years
    period("a quarter turned round", "Q1 2016/17", "Write 2016/17-Q1."),
    period("a quarter without a year", "Q1", "Write its year too, such as 2016/17-Q1"),
    period("a fifth quarter", "2016/17-Q5", "A year has quarters 1 to 4"),
    period("a week without its dash", "2016W25", "Write 2016-W25."),
    period("a week that the year has not", "2016-W54", "has no week 54"),
    period("a thirteenth month", "2016-13", "A year has months 01 to 12"),
    period("a year in full", "2015/2016", "Write 2015/16."),
    period("a year with a dash", "2016-17", "Write 2016/17, if the financial year is meant"),
    period("a year alone", "2016", "2016/17 (April to March) or 2016-01/2016-12"),
    period("years that do not follow", "2016/18", "Write 2016/17 or 2017/18"),
    period("a span that ends before it begins", "2016-09/2016-04", "The later month stands last"),
    period("a span of one month", "2016-04/2016-04", "Write 2016-04."),
    period("a span with a word", "Apr 2016 - Sep 2016", "Write 2016-04/2016-09."),
    # slips of the finger and of the eye
    period("a year of the Romans", "0216-04", "Write the period"),
    period("a year far away", "9999-12", "Write the period"),
    period("a long dash", "2016–04", "Write 2016-04."),
    period("full-width digits in a year", "２０１６-04", "Write 2016-04."),
    period("a space in the middle", "2016 -04", "Write 2016-04."),
    period("words after a space that does not break", "2016-04\u00a0(p)", "Write the period"),
    period("to be confirmed", "TBC", "Write the period"),
    period("a column of dates too narrow", "########", "Widen the column"),
    period("a totals row", "Total", "Delete this row: Callover adds up by itself"),
    period("a year to date row", "YTD", "Delete this row: Callover adds up by itself"),
    period("a footnote below the table", "Source: police", "Delete this row, or move its words"),
    period("a formula for a period", '"=DATE(2016,4,1)"', "Type the period",
           "=DATE(2016,4,1)"),
    in_series("a second header row", "period,value,marker,note\n2016-04,1,,", 2, "period", "period",
              GRAMMAR, "Delete this row: the header stands in row 1", faults=0),
    in_series("a period in quotes of its own", '"""2016-04""",1,,', 2, "period", '"2016-04"',
              GRAMMAR, "Write 2016-04."),
    in_series("no period", ",3,,", 2, "period", "", "a period", "Fill the cell"),
    in_series("the year in the first row only", "2016-04,1,,\n,2,,\n,3,,", 3, "period", "",
              "a period", "Fill the cell", faults=2),
    in_series("a day that may be its month", "01/04/2016,12,,", 2, "period", "01/04/2016",
              GRAMMAR, "Is it 2016-04-01?", kind="snapshot"),
    # the wrong kind of period
    in_series("a day where months are meant", "2016-04-01,3,,", 2, "period", "2016-04-01",
              "a month or quarter", "Write 2016-04"),
    in_series("a week where days are meant", "2016-W25,5", 2, "period", "2016-W25",
              "a day or month", "The kind snapshot", kind="snapshot", header="period,value"),
    in_series("a month where years are meant", "2015-04,1.9", 2, "period", "2015-04",
              "a year or quarter", "The kind rate", kind="rate", header="period,rate",
              targets=None, callover={"rating": {"scheme": "none"}}),
    in_series("nine months for twelve", "2015-04/2015-12,5,,", 2, "period", "2015-04/2015-12",
              "a period of 12 months", "such as 2015-05/2016-04", kind="yearly", targets=None),
    # the future
    in_series("a future month", "2017-01,3,,\n2017-02,4,,", 3, "period", "2017-02",
              "a period that ended by 2017-01-31", "wait until it is over"),
    in_series("a month of the wrong year", "2016-12,3,,\n2071-01,,x,", 3, "period", "2071-01",
              "2017-01 after 2016-12", "Is it 2017-01?"),
    in_series("a year that has not ended", "2016/17,3,,", 2, "period", "2016/17",
              "a period that ended by 2017-01-31", "wait until it is over"),
    comparator("a future figure of others", "2017-06", "a period that began by 2017-01-31",
               "nobody can have this figure yet"),
    comparator("a period of others as Excel shows it", "Dec-16", GRAMMAR, "Write 2016-12."),
    Case("a printed figure of the future", PUBLISHED, 2, "period", "2017-06",
         "a period that began by 2017-01-31", "nobody can have this figure yet",
         {"kind": "count", "published": f"{PUBLISHED_HEADER}2016-12,value,2017-06,,,9,\n"}),
    Case("a printed period as Excel shows it", PUBLISHED, 2, "period", "Dec-16", GRAMMAR,
         "Write 2016-12.",
         {"kind": "count", "published": f"{PUBLISHED_HEADER}2016-12,value,Dec-16,,,9,\n"}),
    Case("a target for a period that is none", TARGETS, 2, "period", "2016-17", GRAMMAR,
         "Write 2016/17",
         {"kind": "count", "targets": f"{TARGET_HEADER}value,all,2016-17,maximum,,9,agreed\n"}),
    Case("a baseline of a period that is none", TARGETS, 2, "baseline_period", "2015", GRAMMAR,
         "2015/16 (April to March)", {"kind": "count", "targets":
         "measure,period,type,change_percent,baseline_period\nvalue,2016/17,change,-5,2015\n"}),
    # commentary
    Case("commentary for a future month", "made-up-borough/measure/commentary/2017-06.md", 0, "",
         "2017-06", "a period that ended by 2017-01-31", "Rename the file",
         changes=[put("made-up-borough/measure/commentary/2017-06.md", "## Overview\n\nWell.\n")]),
    Case("commentary named in words", "made-up-borough/measure/commentary/december.md", 0, "",
         "december.md", "a file named after its own period", "Rename the file",
         changes=[put("made-up-borough/measure/commentary/december.md", "Well.\n")]),
    Case("commentary named as Excel shows it", "made-up-borough/measure/commentary/Dec-16.md", 0,
         "", "Dec-16.md", "a file named after its own period", "Rename it to 2016-12.md",
         changes=[put("made-up-borough/measure/commentary/Dec-16.md", "Well.\n")]),
    Case("two commentaries for the same days", "made-up-borough/measure/commentary/fy2012-13.md", 0,
         "", "fy2012-13.md", "a file named after its own period", "join it with the other one",
         changes=[put("made-up-borough/measure/commentary/2012-04_2013-03.md", "Well.\n"),
                  put("made-up-borough/measure/commentary/fy2012-13.md", "Well.\n")]),
    # days of descriptors
    release("a release that reaches to a word", "data_to", "Dec-16", GRAMMAR, "Write 2016-12.",
            published=None),
    release("a release on a day that is none", "published", "2017-02-30", "a day such as",
            "there is no such day"),
    release("an embargo at no time of the clock", "embargo", "2017-01-31 9.30",
            "a time in London such as", "Write the day, a T, and the time"),
    release("a next release day first", "next", "28/02/2017", "a day such as 2017-01-31",
            "Write 2017-02-28."),
    Case("a demonstration of a day that is none", PARTNERSHIP, 0, "callover.as_of", "2017-02-30",
         "a day such as", "there is no such day",
         changes=[settings(PARTNERSHIP, **{"callover.as_of": "2017-02-30"})]),
    Case("a demonstration of a UK date", PARTNERSHIP, 0, "callover.as_of", "31/01/2017",
         "a day such as 2017-01-31", "Write 2017-01-31.",
         changes=[settings(PARTNERSHIP, **{"callover.as_of": "31/01/2017"})]),
    Case("a break of a period that is none", DESCRIPTOR, 0, "callover.breaks.0.period", "Apr-15",
         GRAMMAR, "Write 2015-04.",
         changes=[settings(DESCRIPTOR, **{
             "callover.breaks": [{"period": "Apr-15", "text": "x"}]})]),
    Case("a confirmation of a period that is none", DESCRIPTOR, 0, "callover.confirmed.0.period",
         "Apr-15", GRAMMAR, "Write 2015-04.", changes=[settings(DESCRIPTOR, **{
             "callover.confirmed": [{"period": "Apr-15", "column": "value", "value": "9"}]})]),
)  # fmt: skip
