"""Rows: missing, doubled, overlapping, without a figure, or with one that must not be shown."""

from __future__ import annotations

from tests.corpus.case import COMPARATORS, TARGETS, Case, in_series

PLAIN = {"categories": {}, "rating": {"scheme": "none"}}
COMPLETIONS = "period,starts,terminations,successes,starts_marker,terminations_marker,marker,note"
SAMPLE = "period,percent,base,percent_marker,base_marker"
TARGET_HEADER = "measure,category,period,type,lower,upper,status\n"
OTHERS = "period,area_code,group,measure,value,unit,basis\n"
ONCE = "each period once"


def count(name: str, rows: str, row: int, column: str, value: str, told: str, do: str) -> Case:
    """Give a case of the rows of a monthly count."""
    return in_series(name, rows, row, column, value, told, do)


CASES = (
    # a value, or a marker in its place
    count("no value and no marker", "2016-04,,,", 2, "value", "", "a value or a marker", "put x"),
    count("provisional without a value", "2016-04,,p,", 2, "value", "only p in marker",
          "a value or a marker", "put x"),
    count("a value beside confidential", "2016-04,3,c,", 2, "value", "3",
          "no value beside [c] (confidential: too small to publish safely)",
          "Delete the value if it must not be shown"),
    count("a value beside not available", "2016-04,3,x,", 2, "value", "3",
          "no value beside [x] (not available)", "Delete the value"),
    count("a value beside not applicable", "2016-04,3,z,", 2, "value", "3",
          "no value beside [z] (not applicable)", "Delete the value"),
    count("an unknown marker", "2016-04,,q,", 2, "marker", "q", "one of c, x, z",
          "c = confidential"),
    count("a marker in brackets", "2016-04,,[x],", 2, "marker", "[x]", "one of c, x, z",
          "Write x."),
    count("a marker in capitals", "2016-04,,X,", 2, "marker", "X", "one of c, x, z", "Write x."),
    count("two markers", "2016-04,5,pr,", 2, "marker", "pr", "one of c, x, z", "c = confidential"),
    in_series("a required column that is empty", "2016-04,1,,9,,,,", 2, "terminations", "",
              "a value or a marker", "in terminations_marker", kind="completions",
              header=COMPLETIONS),
    in_series("a marker of one column without its value", "2016-04,,4,3,p,,,", 2, "starts_marker",
              "p", "a value beside this marker", "put c, x or z", kind="completions",
              header=COMPLETIONS),
    in_series("a confidential column that shows its value", "2016-04,2,4,3,c,,,", 2, "starts", "2",
              "no value beside [c]", "Delete the value", kind="completions", header=COMPLETIONS),
    in_series("a survey without its percentage", "2011/12,,397,,", 2, "percent", "",
              "a value or a marker", "percent_marker", kind="survey", header=SAMPLE),
    in_series("a survey without its base", "2011/12,17,,,", 2, "base", "", "a value or a marker",
              "base_marker", kind="survey", header=SAMPLE),
    in_series("a rate without its rate", "2015/16,,46", 2, "rate", "", "a value or a marker",
              "rate_marker", kind="rate", header="period,rate,count", targets=None,
              callover=PLAIN),
    in_series("a milestone without words", "2016/17-Q1,,,", 2, "text", "", "a value or a marker",
              "put x", kind="milestone", header="period,text,marker,note"),
    in_series("a milestone with words that must not be shown", "2016/17-Q1,Late,c,", 2, "text",
              "Late", "no value beside [c]", "Delete the value", kind="milestone",
              header="period,text,marker,note"),
    # gaps
    count("a missing month", "2016-04,1,,\n2016-06,2,,", 3, "period", "2016-06",
          "2016-05 after 2016-04", "Add the row for 2016-05, with x in marker"),
    count("three missing months", "2016-04,1,,\n2016-08,2,,", 3, "period", "2016-08",
          "2016-05 after 2016-04", "Add the row for 2016-05/2016-07"),
    count("a missing year of months", "2015-04,1,,\n2016-05,2,,", 3, "period", "2016-05",
          "2015-05 after 2015-04", "Add the row for 2015-05/2016-04"),
    in_series("a missing week", "2016-W24,1\n2016-W26,2", 3, "period", "2016-W26",
              "2016-W25 after 2016-W24", "Add the row for 2016-W25", header="period,value",
              callover={"frequency": "weekly"}),
    in_series("a missing quarter", "2015/16-Q1,1\n2015/16-Q3,2", 3, "period", "2015/16-Q3",
              "2015/16-Q2 after 2015/16-Q1", "Add the row for 2015/16-Q2", header="period,value",
              callover={"frequency": "quarterly"}),
    in_series("a missing year", "2013/14,1\n2015/16,2", 3, "period", "2015/16",
              "2014/15 after 2013/14", "Add the row for 2014/15", kind="yearly",
              header="period,value", targets=None),
    in_series("a month that one category misses",
              "2016-04,a,1\n2016-04,b,1\n2016-05,a,1\n2016-06,a,1\n2016-06,b,1", 6, "period",
              "2016-06", "2016-05 after 2016-04", "Add the row for 2016-05",
              header="period,category,value", callover={"categories": {"a": "A", "b": "B"}}),
    # the same days twice
    count("a period twice", "2016-04,1,,\n2016-04,2,,", 3, "period", "2016-04", ONCE,
          "Row 2 has the same"),
    count("a whole row twice", "2016-04,1,,\n2016-04,1,,", 3, "period", "2016-04", ONCE,
          "Row 2 has the same"),
    count("the same days by two names", "2011/12,1,,\n2011-04/2012-03,1,,", 3, "period",
          "2011-04/2012-03", ONCE, "Row 2 has the same"),
    in_series("home and total, written out and left out",
              "2016-04,,,1,,\n2016-04,E09000002,all,1,,", 3, "period", "2016-04", ONCE, "Row 2",
              header="period,area_code,category,value,marker,note"),
    in_series("an area twice in a league", "2016-04,E09000003,9\n2016-04,E09000003,8", 3, "period",
              "2016-04", ONCE, "Row 2", kind="league", header="period,area_code,value",
              callover={"area": "E09000003"}),
    Case("a target twice", TARGETS, 3, "period", "2016/17", "one target of a type and status",
         "Row 2 has the same", {"kind": "count", "targets":
         TARGET_HEADER + "value,all,2016/17,maximum,,9,agreed\n" * 2}),
    Case("a figure of others twice", COMPARATORS, 3, "period", "2016-12",
         "each figure of others once", "Row 2 has the same", {"kind": "count", "comparators":
         OTHERS + "2016-12,,met,value,4,,\n2016-12,,met,value,5,,\n"}),
    # rows that overlap and contradict
    count("a quarter that is not its months",
          "2016-04,1,,\n2016-05,1,,\n2016-06,1,,\n2016/17-Q1,4,,", 5, "value", "4",
          "3, the sum of the rows within 2016/17-Q1 (rows 2 to 4)", "put u in marker"),
    count("a year that is not its quarters", "2015/16,50,,\n" + "\n".join(
          f"2015/16-Q{n},10,," for n in (1, 2, 3, 4)), 2, "value", "50",
          "40, the sum of the rows within 2015/16 (rows 3 to 6)", "Correct one of them"),
    count("a month shifted by one, beside its quarter",
          "2016-04,11,,\n2016-05,14,,\n2016-06,17,,\n2016-07,19,,\n2016/17-Q1,40,,", 6, "value",
          "40", "42, the sum of the rows within 2016/17-Q1", "Correct one of them"),
    count("a quarter of the months by another name",
          "2016-04,1,,\n2016-05,1,,\n2016-06,1,,\n2016-04/2016-06,4,,", 5, "value", "4",
          "3, the sum of the rows within", "Correct one of them"),
    in_series("before and after that share a day",
              "2014-06-06/2015-06-05,259\n2015-06-05/2015-11-05,82", 3, "period",
              "2015-06-05/2015-11-05", "days after 2015-06-05, when the time before ends (row 2)",
              "they share days", kind="cohort", header="period,value"),
)  # fmt: skip
