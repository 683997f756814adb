"""Arithmetic: parts above their whole, answers that do not add up, limits upside down."""

from __future__ import annotations

from tests.corpus.case import DESCRIPTOR, PUBLISHED, TARGETS, Case, in_series

SURVEY = (
    "period,sent,returned,satisfied,very_satisfied,fairly_satisfied,neither,"
    "fairly_dissatisfied,very_dissatisfied,marker"
)
SAMPLE = "period,percent,base,numerator,half_width,lower,upper,marker,note"
BANDS = {"categories": {"1": "One", "2": "Two"}}
PLAIN = {"categories": {}, "rating": {"scheme": "none"}}
TARGET_HEADER = "measure,category,period,type,lower,upper,status\n"
PUBLISHED_HEADER = "release,measure,period,area_code,category,as_printed,where\n"


def answers(name: str, row: str, column: str, value: str, expected: str) -> Case:
    """Give a case of a survey's counted answers."""
    return in_series(name, row, 2, column, value, expected, "Correct", kind="satisfaction",
                     header=SURVEY)  # fmt: skip


def sample(name: str, row: str, column: str, value: str, expected: str, remedy: str) -> Case:
    """Give a case of a survey question with its interval."""
    return in_series(name, row, 2, column, value, expected, remedy, kind="survey",
                     header=SAMPLE)  # fmt: skip


def target(name: str, row: str, column: str, value: str, expected: str, remedy: str) -> Case:
    """Give a case of a target's limits."""
    package = {"kind": "count", "targets": f"{TARGET_HEADER}{row}\n"}
    return Case(name, TARGETS, 2, column, value, expected, remedy, package)


CASES = (
    in_series("nine of three", "2016-04,1,3,9,,", 2, "successes", "9",
              "at most 3, the number of terminations", "put u in marker", kind="completions",
              header="period,starts,terminations,successes,marker,note"),
    in_series("more than the base", "2016-04,12,10", 2, "numerator", "12",
              "at most 10, the number of base", "Correct it", kind="proportion", targets=None,
              header="period,numerator,base", callover=PLAIN),
    in_series("more solved than there were", "2015-05/2016-04,30,31", 2, "detections", "31",
              "at most 30, the number of value", "Correct it", kind="rolling_only",
              header="period,value,detections", callover=PLAIN),
    answers("satisfied, and not their sum", "2016-04,50,20,9,4,4,4,4,4,", "satisfied", "9",
            "8, the sum of very_satisfied, fairly_s"),
    answers("answers that are not their sum", "2016-04,50,21,8,4,4,4,4,4,", "returned", "21",
            "20, the sum of"),
    answers("more answers than were asked", "2016-04,19,,,4,4,4,4,4,", "returned", "20",
            "at most 19, the number of sent"),
    answers("more satisfied than answers", "2016-04,50,20,21,,,,,,", "satisfied", "21",
            "at most 20, the number of returned"),
    in_series("a band above its total", "2016-12,all,9\n2016-12,1,4\n2016-12,2,10", 4, "value",
              "10", "at most 9, the row for all (row 2)", "Correct one of them",
              kind="distribution", header="period,category,value", callover=BANDS),
    in_series("an area above the printed total",
              "2016-12,E09000002,4\n2016-12,E09000003,12\n2016-12,E23000001,9", 3, "value", "12",
              "at most 9, the printed total (row 4)", "Correct one of them", kind="league",
              header="period,area_code,value"),
    sample("a plus or minus below nought", "2011/12,17,397,,-3.73,,,,", "half_width", "-3.73",
           "percentage points from 0 to 100", "Write 3.73"),
    sample("more answers than people", "2011/12,17,397,400,,,,,", "numerator", "400",
           "at most 397, the number of base", "Correct it"),
    sample("a count that gives another percentage", "2011/12,17,397,71,,,,,", "percent", "17",
           "17.9, as 71 of 397 are", "weights its answers"),
    sample("a lower limit above the percentage", "2011/12,17,397,,,18.1,21.1,,", "lower", "18.1",
           "at most 17", "put u in marker"),
    sample("an upper limit below the percentage", "2011/12,17,397,,,13.2,16.4,,", "upper", "16.4",
           "at least 17", "put u in marker"),
    sample("an interval upside down", "2011/12,17,397,,,21.1,17.2,,", "lower", "21.1",
           "at most 17", "Correct one of them"),
    sample("a sample's share below one", "2011/12,0.17,397,,,,,,", "percent", "0.17",
           "such as 45 for 45%", "times 100"),
    target("a maximum without its limit", "value,all,2016/17,maximum,9,,", "upper", "",
           "an upper limit", "A target of type maximum needs"),
    target("a minimum without its limit", "value,all,2016/17,minimum,,9,", "lower", "",
           "a lower limit", "A target of type minimum needs"),
    target("a range upside down", "value,all,2016/17,range,9,3,", "lower", "9",
           "at most 3, the upper limit", "Correct one of the two"),
    target("a profile without an amount", "value,all,2016/17-Q1,profile,,,", "upper", "",
           "the amount for this month or quarter", "Fill upper"),
    Case("a whole among its own parts", DESCRIPTOR, 0, "callover.parts.0", "measure",
         "another indicator, each once", "Remove it from the list",
         {"kind": "count", "callover": {"parts": ["measure"]}}),
    Case("a rank beyond the group", PUBLISHED, 2, "as_printed", "33of32",
         "a rank from 1 to 32, out of 32", "such as 21of32", {"kind": "count_rate", "published":
         f"{PUBLISHED_HEADER}2016-12,rank_in_met,2016-12,,,33of32,\n"}),
    Case("two ranks in a cell", PUBLISHED, 2, "as_printed", "21of32 9of15",
         "a rank from 1 to 32, out of 32", "Write a row for each group", {"kind": "count_rate",
         "published": f"{PUBLISHED_HEADER}2016-12,rank_in_met,2016-12,,,21of32 9of15,\n"}),
)  # fmt: skip
