"""Cells that should hold a number: what spreadsheets, hands and other alphabets put there."""

from __future__ import annotations

from tests.corpus.case import TARGETS, Case, in_series

COUNT = "a whole number, 0 or more, in plain digits"
SHARE = "from 0 to 100"
PLAIN = {"categories": {}, "rating": {"scheme": "none"}}
TARGET_HEADER = "measure,category,period,type,lower,upper,status\n"


def count(name: str, cell: str, remedy: str, expected: str = COUNT) -> Case:
    """Give a case of a figure of a monthly count; the cell stands in quotes."""
    shown = cell.replace('""', '"')
    return in_series(name, f'2016-04,"{cell}",,', 2, "value", shown, expected, remedy)


def percent(name: str, cell: str, expected: str, remedy: str) -> Case:
    """Give a case of a percentage that a source gives."""
    return in_series(
        name, f'2016-04,"{cell}",,', 2, "percent", cell, expected, remedy, kind="proportion",
        header="period,percent,marker,note", targets=None, callover=PLAIN,
    )  # fmt: skip


def level(name: str, cell: str, expected: str, remedy: str) -> Case:
    """Give a case of a level by quarter, which may have decimals."""
    return in_series(
        name, f'2016/17-Q1,"{cell}"', 2, "value", cell, expected, remedy, kind="snapshot",
        header="period,value", targets=None, callover=PLAIN,
    )  # fmt: skip


def target(name: str, cells: str, column: str, value: str, expected: str, remedy: str) -> Case:
    """Give a case of a target's limits: lower and upper."""
    row = f"{TARGET_HEADER}value,all,2016/17,range,{cells},agreed\n"
    return Case(
        name, TARGETS, 2, column, value, expected, remedy, {"kind": "count", "targets": row}
    )


CASES = (
    # what a number is not
    count("a word for a number", "many", "Write 1234 for 1,234"),
    count("a negative count", "-3", "nothing is counted below 0"),
    count("a minus as a dash", "−3", "nothing is counted below 0"),
    count("a figure in accounts' brackets", "(12)", "Brackets mean a minus"),
    count("a fraction of a count", "1.5", "Write 1234"),
    count("a whole number with decimals", "12.0", "Write 12."),
    count("a nought first", "007", "Write 7."),
    count("infinity", "inf", "Write 1234"),
    count("no number of a computer", "NaN", "put x in marker"),
    count("true", "TRUE", "Write 1234"),
    count("two figures in a cell", "12 / 14", "Write 1234"),
    count("a letter O for a nought", "1O", "Is it 10?"),
    count("thousands of digits", "9" * 4000, "Write 1234"),
    # thousands and decimals
    count("quoted thousands", "1,386", "Write 1386."),
    count("millions with commas", "1,386,204", "Write 1386204."),
    count("thousands with a space", "1 386", "Write 1386."),
    count("thousands with a space that does not break", "1\u00a0386", "Write 1386."),
    count("thousands with a thin space", "1\u202f386", "Write 1386."),
    count("thousands with an apostrophe", "1'386", "Write 1386."),
    count("thousands with a point", "1.386", "Write 1386, if that is the number"),
    count("thousands with an underscore", "1_000", "Write 1234"),
    count("a decimal comma", "12,5", "Write 12.5, if the comma stands for a point"),
    level("a decimal comma in a level", "58,5", "plain digits", "Write 58.5, if the comma"),
    in_series("thousands without quotes", "2016-04,1,386,,", 2, "", "2016-04,1,386,,",
              "4 cells, as in the header", "1,234"),
    in_series("thousands that take the marker's place", "2016-04,1,386,", 2, "value", "1,386",
              "without a comma", "Write 1386", faults=0),
    in_series("thousands that take the note's place", "2016-04,1,386", 2, "value", "1,386",
              "a number without a comma in it", "Write 1386", header="period,value,note"),
    # what a spreadsheet writes in place of a number
    count("scientific notation", "1.39E+03", "Type it with all its digits"),
    count("a plain exponent", "1e3", "Type it with all its digits"),
    count("a column too narrow", "######", "Widen the column"),
    count("a lost reference", "#REF!", "could not work this out"),
    count("not available, in the words of a spreadsheet", "#N/A", "put x in marker"),
    count("divided by nought", "#DIV/0!", "could not work this out"),
    count("a wrong value", "#VALUE!", "could not work this out"),
    count("an unknown name", "#NAME?", "could not work this out"),
    count("a formula as text", "=SUM(B2:B13)", "Type the figure that the formula gives"),
    count("a date in place of a figure", "04/01/1900", "made a date"),
    count("a month in place of a figure", "Apr-12", "made a date"),
    count("a text that begins with an apostrophe", "'12", "Write 12."),
    # units in the cell
    count("a percent sign in a count", "45%", "Write the number that was counted"),
    count("money", "£1200", "Write 1200."),
    count("a unit after the number", "12 offences", "Write 12."),
    count("a footnote's mark", "1386*", "Write 1386"),
    count("a marker with its number", "40 [p]", "Write 40 here and p in marker"),
    # signs for nothing
    count("a dash for nothing", "-", "put x in marker"),
    count("a long dash for nothing", "–", "put x in marker"),
    count("n/a", "n/a", "put x in marker"),
    count("two points", "..", "put x in marker"),
    count("a star for a small number", "*", "put c in marker"),
    count("fewer than five", "<5", "put c in marker"),
    count("nil", "nil", "Write 0"),
    # other alphabets
    count("Arabic digits", "١٢٣", "Write 1234"),
    count("full-width digits", "１２", "Write 1234"),
    count("a Roman number", "XII", "Write 1234"),
    count("a half", "½", "Write 1234"),
    count("curly quotes", "“12”", "Write 12."),
    in_series("curly quotes around thousands", "2016-04,“1,386”,,", 2, "", "2016-04,“1,386”,,",
              "4 cells, as in the header", "1,234"),
    # percentages
    percent("a percent sign", "45%", "in plain digits", "Write 45."),
    percent("a percent sign after a space", "45.3 %", "in plain digits", "Write 45.3."),
    percent("more than all", "145", SHARE, "Write 45 for 45%"),
    percent("less than none", "-4", SHARE, "Look at the source"),
    percent("a decimal comma in a percentage", "45,3", "plain digits", "Write 45.3, if the comma"),
    percent("a share for a percentage", "0.45", "such as 45 for 45%", "Write it times 100"),
    level("a percent sign in a level", "5 %", "plain digits", "Write 5."),
    level("a level below nought", "-5", "0 or more", "Look at the source"),
    in_series("a yearly share for a percentage", "2014/15,0.43,,", 2, "value", "0.43",
              "such as 45 for 45%", "times 100", kind="yearly", targets=None,
              callover={"unit": "percent"}),
    in_series("a yearly percentage above all", "2015/16,143,,", 2, "value", "143", SHARE,
              "or the unit in datapackage.json", kind="yearly", targets=None,
              callover={"unit": "percent"}),
    in_series("a level in percent above all", "2016/17-Q2,101", 2, "value", "101", SHARE,
              "Correct it", kind="snapshot", header="period,value", targets=None,
              callover={**PLAIN, "unit": "percent"}),
    in_series("a detection rate as a share", "2015-05/2016-04,30,0.125", 2, "detection_rate",
              "0.125", "such as 45 for 45%", "times 100", kind="rolling_only",
              header="period,value,detection_rate", callover=PLAIN),
    # the columns of other kinds
    in_series("half a case behind a rate", "2015/16,1.9,4.5", 2, "count", "4.5", "whole number",
              "Write 1234", kind="rate", header="period,rate,count", targets=None, callover=PLAIN),
    in_series("a rate below nought", "2015/16,-1.9", 2, "rate", "-1.9", "0 or more",
              "Look at the source",
              kind="rate", header="period,rate", targets=None, callover=PLAIN),
    in_series("a rate of a league in words", "2016-04,9,high", 2, "rate", "high",
              "a number in plain digits", "leave it empty", kind="league",
              header="period,value,rate", callover=PLAIN),
    in_series("an average in words", "2016-12,9,few", 2, "mean", "few",
              "a number in plain digits", "leave it empty", kind="distribution",
              header="period,value,mean", callover=PLAIN),
    in_series("a plus or minus sign", "2011/12,17,397,±3.73", 2, "half_width", "±3.73",
              "a number in plain digits", "Write 3.73", kind="survey",
              header="period,percent,base,half_width"),
    # targets
    target("a target with thousands", '9,"1,200"', "upper", "1,200", "a number", "Write 1200."),
    target("a target in words", "few,9", "lower", "few", "a number in plain digits",
           "leave it empty"),
    target("a target with a percent sign", "9,45%", "upper", "45%", "a number", "Write 45"),
    Case("a target as a share of one", TARGETS, 2, "lower", "0.7",
         "a percentage, such as 70 for 70%", "times 100",
         {"kind": "completions",
          "targets": f"{TARGET_HEADER}success_rate,all,2016/17,minimum,0.7,,agreed\n"}),
    Case("a change with a percent sign", TARGETS, 2, "change_percent", "-5%", "a number",
         "Write -5.", {"kind": "count", "targets":
         "measure,period,type,change_percent,baseline_period\nvalue,2016/17,change,-5%,2015/16\n"}),
    Case("a baseline with thousands", TARGETS, 2, "baseline", "2,619", "a number", "Write 2619.",
         {"kind": "count", "targets":
          'measure,period,type,change_percent,baseline\nvalue,2016/17,change,-5,"2,619"\n'}),
)  # fmt: skip
