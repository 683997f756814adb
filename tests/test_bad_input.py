"""Bad input gets one message a fault: where, what was found, what was expected, what to do."""

import json
import os
import re
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import generate
from callover.data.gate import MAX_BYTES
from callover.data.read import read
from callover.errors import Faults

TODAY = date(2017, 1, 31)
OWN = "datapackage/made-up-borough/measure"
HEADER = "period,value,marker,note\n"
COMPLETIONS = "period,starts,terminations,successes,starts_marker,terminations_marker,marker,note\n"
TARGETS = "measure,category,period,type,lower,upper,status\n"
PUBLISHED = "release,measure,period,area_code,category,as_printed,where\n"


def faults(root):
    """Read what must be faulty; every message is plain, of two lines, and in order."""
    with pytest.raises(Faults) as told:
        read(root, TODAY)
    found = told.value.faults
    assert list(found) == sorted(found)
    assert told.value.exit_code == 2
    assert str(told.value).endswith("in the data. Nothing was published.")
    for fault in found:
        lines = str(fault).splitlines()
        assert len(lines) == 2 and all(line.isprintable() for line in lines), lines
        assert fault.file and fault.expected and fault.remedy
        assert "Traceback" not in str(fault) and "<class" not in str(fault)
    return found


def only(root):
    """Read what has exactly one fault."""
    found = faults(root)
    assert len(found) == 1, "\n".join(map(str, found))
    return found[0]


def shown(fault):
    return fault.file, fault.row, fault.column, fault.value


def folder(root):
    return root / "made-up-borough" / "measure"


def edit(path, change):
    value = json.loads(path.read_text("utf-8"))
    change(value)
    path.write_text(json.dumps(value), "utf-8")


# ---------------------------------------------------------------- cells of series.csv

CELLS = {
    "a word for a number": ("2016-04,many,,", 2, "value", "many", "whole number", "1234"),
    "a negative count": ("2016-04,-3,,", 2, "value", "-3", "0 or more", ""),
    "a fraction of a count": ("2016-04,1.5,,", 2, "value", "1.5", "whole number", ""),
    "quoted thousands": ('2016-04,"1,386",,', 2, "value", "1,386", "plain digits", "Write 1234"),
    "digits parted": ("2016-04,1_000,,", 2, "value", "1_000", "plain digits", ""),
    "Arabic digits": ("2016-04,١٢٣,,", 2, "value", "١٢٣", "plain digits", ""),
    "full-width digits": ("2016-04,１２,,", 2, "value", "１２", "plain digits", ""),
    "a noughts first": ("2016-04,007,,", 2, "value", "007", "plain digits", ""),
    "thousands of digits": (f"2016-04,{'9' * 5000},,", 2, "value", "9" * 5000, "plain digits", ""),
    "an exponent": ("2016-04,1e3,,", 2, "value", "1e3", "plain digits", ""),
    "infinity": ("2016-04,inf,,", 2, "value", "inf", "plain digits", ""),
    "an unknown marker": ("2016-04,,q,", 2, "marker", "q", "one of c, x, z", "c = confidential"),
    "no value and no marker": ("2016-04,,,", 2, "value", "", "a value or a marker", "put x"),
    "p without a value": ("2016-04,,p,", 2, "value", "only p in marker", "a value", "put x"),
    "a value beside [c]": ("2016-04,3,c,", 2, "value", "3", "beside [c] (confidential", "Delete"),
    "a value beside [x]": ("2016-04,3,x,", 2, "value", "3", "beside [x] (not available", "Delete"),
    "a value beside [z]": ("2016-04,3,z,", 2, "value", "3", "beside [z] (not applicable", "Delete"),
    "a future month": ("2017-01,3,,\n2017-02,4,,", 3, "period", "2017-02", "by 2017-01-31", "wait"),
    "no period": (",3,,", 2, "period", "", "a period", "Fill the cell"),
    "the wrong kind of period": ("2016-04-01,3,,", 2, "period", "2016-04-01", "a month", "count"),
    "a missing month": (
        "2016-04,1,,\n2016-06,2,,", 3, "period", "2016-06", "2016-05 after 2016-04",
        "Add the row for 2016-05, with x in marker",
    ),
    "a missing quarter": (
        "2016-04,1,,\n2016-08,2,,", 3, "period", "2016-08", "2016-05 after",
        "Add the row for 2016-05/2016-07",
    ),
    "a period twice": (
        "2016-04,1,,\n2016-04,2,,", 3, "period", "2016-04", "each period once", "Row 2 has the same"
    ),
    "the same days by two names": (
        "2011/12,1,,\n2011-04/2012-03,1,,", 3, "period", "2011-04/2012-03", "each period once",
        "Row 2",
    ),
    "a quarter that is not its months": (
        "2016-04,1,,\n2016-05,1,,\n2016-06,1,,\n2016/17-Q1,4,,", 5, "value", "4",
        "3, the sum of the rows within 2016/17-Q1 (rows 2 to 4)", "put u in marker",
    ),
    "a formula": ("2016-04,1,,=1+1", 2, "note", "=1+1", "not a formula", "spreadsheet"),
    "a formula by a sign": ("2016-04,1,,-2+cmd|x", 2, "note", "-2+cmd|x", "not a formula", ""),
    "a cell too many": ("2016-04,1,386,,", 2, "", "2016-04,1,386,,", "4 cells", "1,234"),
    "a cell too few": ("2016-04,1,", 2, "", "2016-04,1,", "4 cells", "missing cell"),
    "thousands that take the marker's place": ("2016-04,1,386,", 2, "value", "1,386", "", ""),
    "an empty row": ("2016-04,1,,\n,,,\n2016-05,1,,", 3, "", "", "a row of data", "tidy"),
    "a quote that never ends": ('2016-04,1,,"line', 2, "", "unexpected end of data", "quotes", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", CELLS)
def test_a_bad_cell_is_told_by_row_column_and_value(package, case):
    text, row, column, value, expected, remedy = CELLS[case]
    found = faults(package("count", series=HEADER + text + "\n"))
    fault = next((f for f in found if (f.row, f.column) == (row, column)), found[0])
    if case != "thousands that take the marker's place":
        assert len(found) == 1, "\n".join(map(str, found))
        assert shown(fault) == (f"{OWN}/series.csv", row, column, value)
    assert expected in fault.expected
    assert remedy in fault.remedy


def test_thousands_cannot_hide_in_a_note(package):
    fault = only(package("count", series="period,value,note\n2016-04,1,386\n"))
    assert shown(fault) == (f"{OWN}/series.csv", 2, "value", "1,386")
    assert "Write 1386" in fault.remedy


PERIODS = {
    "Apr-16": "Write 2016-04.",
    "Sept 2016": "Write 2016-09.",
    "01/04/2016": "Write 2016-04.",
    "2015/2016": "Write 2015/16.",
    "2016-4": "Write 2016-04.",
    "Q1 2016/17": "Write 2016/17-Q1.",
    "2016W25": "Write 2016-W25.",
    "2016-13": "Write the period",
    "2016/18": "Write the period",
    "2016-02-30": "Write the period",
    "2016-04/2016-04": "Write the period",
    "0216-04": "Write the period",
    "9999-12": "Write the period",
    "2016–04": "Write the period",
    "２０１６-04": "Write the period",
    "42736": "Write the period",
    "2016-04\u00a0x": "Write the period",
    "TBC": "Write the period",
}


@pytest.mark.parametrize("text", PERIODS)
def test_a_period_outside_the_grammar_gets_its_exact_correction(package, text):
    fault = only(package("count", series=f"{HEADER}{text},1,,\n"))
    assert (fault.row, fault.column) == (2, "period")
    assert fault.expected.startswith("a period such as 2016-04 (month)")
    assert fault.remedy.startswith(PERIODS[text])


def test_a_bare_january_is_not_guessed_but_its_neighbours_are_asked(package):
    rows = "Dec-16,1,x,\nJan-1,,x,\nFeb-17,,x,\n".replace(",1,x", ",,x")
    found = faults(package("count", series=HEADER + rows))
    assert [f.remedy[:17] for f in found] == [
        "Write 2016-12. `c", "Is it 2017-01? Th", "Write 2017-02. `c",
    ]  # fmt: skip


def test_a_day_is_not_taken_for_its_month_where_days_are_meant(package):
    fault = only(package("snapshot", series=HEADER + "01/04/2016,12,,\n"))
    assert "Is it 2016-04-01?" in fault.remedy


def test_home_and_total_are_the_same_written_out_or_left_out(package):
    rows = "2016-04,,,1,,\n2016-04,E09000002,all,1,,\n"
    fault = only(package("count", series="period,area_code,category,value,marker,note\n" + rows))
    assert shown(fault)[1:] == (3, "period", "2016-04")


MILESTONES = "period,text,marker,note\n"


@pytest.mark.parametrize(
    ("kind", "text", "row", "column", "value", "expected"),
    [
        ("milestone", f"{MILESTONES}2016/17-Q1,,,\n", 2, "text", "", "a value or a marker"),
        ("milestone", f"{MILESTONES}2016/17-Q1,Late,c,\n", 2, "text", "Late", "beside [c]"),
        ("milestone", f"{MILESTONES}2016/17-Q1,=1+1,,\n", 2, "text", "=1+1", "not a formula"),
        ("milestone", "period,value\n2016/17-Q1,5\n", 1, "value", "a column 'value'", "one of"),
        ("snapshot", "period,value\n2016/17-Q1,-5\n", 2, "value", "-5", "0 or more"),
        ("snapshot", "period,value\n2016/17-Q1,5 %\n", 2, "value", "5 %", "plain digits"),
        ("snapshot", "period,value\n2016-W25,5\n", 2, "period", "2016-W25", "a day or month"),
        ("rate", "period,rate,count\n2015/16,1.9,4.5\n", 2, "count", "4.5", "whole number"),
        ("rate", "period,rate,count\n2015/16,,46\n", 2, "rate", "", "a value or a marker"),
        ("rate", "period,rate\n2015-04,1.9\n", 2, "period", "2015-04", "a year or quarter"),
        (
            "rolling_only", "period,value,detections\n2015-05/2016-04,30,31\n", 2, "detections",
            "31", "at most 30, the number of value",
        ),
        (
            "rolling_only", "period,value,detection_rate\n2015-05/2016-04,30,0.125\n", 2,
            "detection_rate", "0.125", "such as 45 for 45%",
        ),
    ],
)  # fmt: skip
def test_the_columns_of_a_kind_have_their_own_limits(
    package, kind, text, row, column, value, expected
):
    found = faults(package(kind, series=text, targets=None, callover=_PLAIN))
    fault = next(f for f in found if f.column == column)
    assert shown(fault) == (f"{OWN}/series.csv", row, column, value)
    assert expected in fault.expected


def test_a_level_may_be_a_percentage(package):
    data = package(
        "snapshot", targets=None, callover={**_PLAIN, "unit": "percent"},
        series="period,value\n2016/17-Q1,58.5\n2016/17-Q2,101\n",
    )  # fmt: skip
    fault = only(data)
    assert (fault.row, fault.value) == (3, "101")


def named(packages):
    """Give packages the names of their folders."""
    made: dict[str, str] = {}
    for slug, files in packages.items():
        value = json.loads(files["datapackage.json"]) | {"name": slug}
        files = {**files, "datapackage.json": generate.json_text(value)}
        made |= generate.below(f"made-up-borough/{slug}", files)
    return made


@pytest.mark.parametrize(
    ("own", "place", "value", "expected"),
    [
        ({"related": ["nowhere"]}, "related.0", "nowhere", "of an indicator of this partnership"),
        ({"parts": ["measure"]}, "parts.0", "measure", "another indicator"),
        ({"within": ["other", "other"]}, "within.1", "other", "each once"),
        ({"parts": ["other"], "within": ["other"]}, "within.0", "other", "not among the parts"),
        ({"parts": ["share"]}, "parts", "share", "whose figures add up"),
        ({"related": "other"}, "related", "other", "a list of indicators"),
        ({"undated": 5}, "undated", "5", "under which period the rows are filed"),
        ({"lead": ["A"]}, "lead", '["A"]', "never a person"),
    ],
)
def test_what_an_indicator_names_of_others_is_checked(package, own, place, value, expected):
    others = {"other": generate.indicator(2, "count"), "share": generate.indicator(3, "proportion")}
    data = package("count", callover=own, extra=named(others))
    fault = only(data)
    assert shown(fault) == (f"{OWN}/datapackage.json", 0, f"callover.{place}", value)
    assert expected in fault.expected


def test_what_adds_up_and_what_belongs_to_it_is_fine(package):
    extra = named({"other": generate.indicator(2, "count")})
    read(package("count", callover={"parts": ["other"], "related": ["other"]}, extra=extra), TODAY)


@pytest.mark.parametrize(
    ("own", "expected"), [({"kind": "theme"}, "issue or cross-cutting"), ({"lead": 5}, "a role")]
)
def test_an_outcome_has_a_kind_and_roles(package, own, expected):
    data = package("count")
    path = data / "made-up-borough/datapackage.json"
    edit(path, lambda found: found["callover"]["outcomes"][0].update(own))
    fault = only(data)
    assert fault.column.startswith("callover.outcomes.0.")
    assert expected in fault.expected


PERCENT = "period,percent,marker,note\n"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("45%", "in plain digits"), ("145", "from 0 to 100"), ("45,3", "plain digits"),
     ("0.45", "such as 45 for 45%")],
)  # fmt: skip
def test_a_percentage_is_from_0_to_100_and_no_share(package, cell, expected):
    series = f'{PERCENT}2016-04,"{cell}",,\n'
    fault = only(package("proportion", targets=None, callover=_PLAIN, series=series))
    assert shown(fault)[1:] == (2, "percent", cell)
    assert expected in fault.expected


_PLAIN = {"categories": {}, "rating": {"scheme": "none"}}


def test_a_percentage_below_1_is_confirmed_in_its_note(package):
    series = f"{PERCENT}2016-04,0.45,,really 0.45%\n"
    read(package("proportion", targets=None, callover=_PLAIN, series=series), TODAY)


def test_a_yearly_percentage_is_held_to_the_same(package):
    series = "period,value,marker,note\n2014/15,0.43,,\n2015/16,143,,\n"
    data = package("yearly", targets=None, callover={"unit": "percent"}, series=series)
    assert [(f.row, f.value) for f in faults(data)] == [(2, "0.43"), (3, "143")]


def test_nine_of_three_is_refused_unless_marked_doubtful(package):
    row = "2016-04,1,3,9,,,,\n"
    fault = only(package("completions", series=COMPLETIONS + row))
    assert shown(fault) == (f"{OWN}/series.csv", 2, "successes", "9")
    assert fault.expected == "at most 3, the number of terminations"
    read(
        package("completions", series=COMPLETIONS + row.replace(",,,\n", ",,u,as printed\n")), TODAY
    )


def test_a_required_column_is_never_silently_empty(package):
    fault = only(package("completions", series=COMPLETIONS + "2016-04,1,,9,,,,\n"))
    assert shown(fault)[1:] == (2, "terminations", "")
    assert "terminations_marker" in fault.remedy
    fault = only(package("completions", series=COMPLETIONS + "2016-04,,4,3,p,,,\n"))
    assert shown(fault)[1:] == (2, "starts_marker", "p")


SURVEY = (
    "period,sent,returned,satisfied,very_satisfied,fairly_satisfied,neither,"
    "fairly_dissatisfied,very_dissatisfied,marker\n"
)


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [
        ("2016-04,50,20,9,4,4,4,4,4,", "satisfied", "8, the sum of very_satisfied, fairly_s"),
        ("2016-04,50,21,8,4,4,4,4,4,", "returned", "20, the sum of"),
        ("2016-04,19,,,4,4,4,4,4,", "returned", "at most 19, the number of sent"),
        ("2016-04,50,20,21,,,,,,", "satisfied", "at most 20, the number of returned"),
    ],
)
def test_the_answers_of_a_survey_add_up(package, row, column, expected):
    fault = only(package("satisfaction", series=f"{SURVEY}{row}\n"))
    assert (fault.row, fault.column) == (2, column)
    assert expected in fault.expected


def test_a_twelve_month_kind_takes_twelve_months(package):
    header = "period,value,marker,note\n"
    fault = only(package("yearly", targets=None, series=header + "2015-04/2015-12,5,,\n"))
    assert fault.expected == "a period of 12 months"


# ---------------------------------------------------------------- shape and encoding

SHAPES = {
    "empty": ("", 0, "", "", "a header and at least one row"),
    "blank": ("\n\n", 0, "", "", "a header and at least one row"),
    "only a header": (HEADER, 1, "", "only a header", "at least one row"),
    "semicolons": ("period;value;marker\n2016-04;1;\n", 1, "", "period;value;marker", "commas"),
    "tabs": ("period\tvalue\n2016-04\t1\n", 1, "", "period value", "commas"),
    "a column twice": (
        "period,value,value\n2016-04,1,1\n",
        1,
        "value",
        "value",
        "each column once",
    ),
    "a padded header": (
        "period, value\n2016-04,1\n",
        1,
        "value",
        "a column ' value'",
        "one of period",
    ),
    "a header in capitals": ("period,VALUE\n2016-04,1\n", 1, "VALUE", "a column 'VALUE'", "one of"),
    "an unknown column": (
        "period,value,ward\n2016-04,1,A\n",
        1,
        "ward",
        "a column 'ward'",
        "one of",
    ),
    "a column without a name": ("period,value,\n2016-04,1,\n", 1, "", "", "a name in column 3"),
    "a missing column": ("value,marker\n1,\n", 1, "period", "", "a column named period"),
    "no figures": ("period,marker\n2016-04,x\n", 1, "value", "", "one of the columns value"),
}


@pytest.mark.parametrize("case", SHAPES)
def test_a_file_of_another_shape_is_told_once(package, case):
    text, row, column, value, expected = SHAPES[case]
    data = package("count")
    (folder(data) / "series.csv").write_text(text, "utf-8")
    found = [f for f in faults(data) if f.file.endswith("series.csv")]
    fault = found[0]
    assert shown(fault) == (f"{OWN}/series.csv", row, column, value)
    assert expected in fault.expected or expected in fault.remedy


def test_a_padded_or_recased_header_gets_the_name_it_should_have(package):
    data = package("count")
    (folder(data) / "series.csv").write_text("Period , value\n2016-04,1\n", "utf-8")
    remedies = [f.remedy for f in faults(data)]
    assert any("Rename it to period" in remedy for remedy in remedies)


ENCODINGS = {
    "cp1252": ("Côte–d".encode("cp1252"), 2, "byte 0xF4"),
    "latin-1": ("é".encode("latin-1"), 2, "byte 0xE9"),
    "shift_jis": ("日本".encode("shift_jis"), 2, "byte 0x93"),
    "a lone surrogate": (b"\xed\xa0\x80", 2, "byte 0xED"),
    "an overlong form": (b"\xc0\xaf", 2, "byte 0xC0"),
    "NUL": (b"\0", 0, "bytes that are not text"),
    "escape": (b"\x1b[31m", 2, "character U+001B"),
    "a lost letter": ("C\ufffdte".encode(), 2, "character U+FFFD"),
    "text turned round": ("\u202eabc".encode(), 2, "character U+202E"),
    "a zero-width space": ("a\u200bb".encode(), 2, "character U+200B"),
    "a line separator": ("a\u2028b".encode(), 2, "character U+2028"),
}


@pytest.mark.parametrize("case", ENCODINGS)
@pytest.mark.parametrize("size", [1, 2000])
def test_what_is_not_plain_utf8_is_refused_whatever_the_size(package, case, size):
    raw, row, value = ENCODINGS[case]
    data = package("count")
    rows = b"".join(b"2016-04,1,,%d\n" % n for n in range(1, size))
    (folder(data) / "series.csv").write_bytes(HEADER.encode() + b"2016-04,1,," + raw + b"\n" + rows)
    fault = only(data)
    assert (fault.file, fault.row, fault.column) == (f"{OWN}/series.csv", row, "")
    assert fault.value.startswith(value)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
def test_wide_encodings_are_refused_and_a_byte_order_mark_is_not(package, encoding):
    data = package("count")
    (folder(data) / "series.csv").write_bytes((HEADER + "2016-04,1,,Côte\n").encode(encoding))
    if encoding == "utf-8-sig":
        read(data, TODAY)
    else:
        assert "UTF-8" in only(data).expected


def test_line_ends_of_any_system_are_read(package):
    for end in ("\r\n", "\n", "\r"):
        data = package("count")
        text = (HEADER + "2016-04,1,,a\n2016-05,2,,b\n").replace("\n", end)
        (folder(data) / "series.csv").write_text(text, "utf-8", newline="")
        assert len(read(data, TODAY).partnerships[0].indicators) == 1


def test_a_file_too_large_or_too_long_is_refused_at_once(package):
    data = package("count")
    path = folder(data) / "series.csv"
    path.write_bytes(b"a" * (MAX_BYTES + 1))
    assert only(data).expected == f"at most {MAX_BYTES} bytes"
    path.write_text(HEADER + "2016-04,1,,\n" * 100_001, "utf-8")
    assert only(data).expected == "at most 100000 rows"
    path.write_text(",".join(["a"] * 201) + "\n1\n", "utf-8")
    found = [f for f in faults(data) if f.file.endswith("series.csv")]
    assert found[0].expected == "at most 200 columns"


# ---------------------------------------------------------------- names

SETTINGS = {
    "kind": ("kind", "tally", "callover.kind", "one of count, count_rate, completions"),
    "polarity": ("polarity", "up", "callover.polarity", "one of lower, higher"),
    "frequency": ("frequency", "daily", "callover.frequency", "one of monthly"),
    "outcome": ("outcome", "peace", "callover.outcome", "one of less-crime"),
    "scheme": ("rating", {"scheme": "stars"}, "callover.rating.scheme", "one of within-10"),
    "rule": ("rating", {"scheme": "within-10", "measure": "ratio"}, "callover.rating.measure",
             "one of value"),
    "another verdict's scheme": (
        "rating", {"scheme": "none", "also": [{"scheme": "stars"}]},
        "callover.rating.also.0.scheme", "one of within-10",
    ),
    "another verdict's measure": (
        "rating", {"scheme": "none", "also": [{"measure": "ratio"}]},
        "callover.rating.also.0.measure", "one of value",
    ),
    "another verdict's rule": (
        "rating", {"scheme": "none", "also": [{"category": "boys"}]},
        "callover.rating.also.0.category", "one of all",
    ),
    "the same verdict twice": (
        "rating", {"scheme": "within-10", "also": [{"basis": "cumulative"}]},
        "callover.rating.also.0", "each verdict once",
    ),
    "a verdict that says nothing": (
        "rating", {"scheme": "within-10", "also": [{}]},
        "callover.rating.also.0", "measure, category, basis or scheme",
    ),
    "category": ("rating", {"scheme": "none", "category": "boys"}, "callover.rating.category",
                 "one of all"),
    "group": ("groups", ["twins"], "callover.groups", "one of met, alike"),
    "a misspelt setting": ("polarty", "lower", "callover.polarty", "one of profile, kind"),
    "a panel": ("panels", {"definiton": "x"}, "callover.panels.definiton", "one of definition"),
    "a measure": ("rests_on", ["rolling"], "callover.rests_on", "a measure, such as"),
    "a break": ("breaks", [{"period": "Apr-15", "text": "x"}], "callover.breaks.0.period",
                "a period such as"),
    "a whole number": ("order", 10.0, "callover.order", "a whole number"),
    "a formula for a unit": ("unit", "=1+1", "callover.unit", "what is counted"),
    "a wild id": ("categories", {"a\nb": "x"}, "callover.categories", "an id in lower-case"),
    "a rate that no kind has": ("denominator", {"id": "residents", "per": 1000, "label": "x"},
                                "callover.denominator", "no denominator, as the kind count"),
}  # fmt: skip


def test_a_scheme_without_a_target_has_no_bases(package):
    data = package("count")
    path = data / "made-up-borough/datapackage.json"
    edit(path, lambda found: found["callover"]["schemes"]["none"].update(bases=["period"]))
    fault = only(data)
    assert (fault.column, fault.value) == ("callover.schemes.none.bases", "period")
    edit(path, lambda found: found["callover"]["schemes"]["none"].update(bases=["decade"]))
    assert faults(data)[0].expected == "one of period, cumulative, year_end"


@pytest.mark.parametrize("case", SETTINGS)
def test_a_setting_that_does_not_exist_lists_what_does(package, case):
    name, value, column, expected = SETTINGS[case]
    fault = only(package("count", callover={name: value}))
    assert (fault.file, fault.row, fault.column) == (f"{OWN}/datapackage.json", 0, column)
    assert fault.expected.startswith(expected)


def test_a_rate_needs_a_denominator_that_exists_and_is_valid(package):
    rate = {"per": 1000, "label": "per 1,000"}
    fault = only(package("count_rate", callover={"denominator": {"id": "cats", **rate}}))
    assert (fault.column, fault.value) == ("callover.denominator.id", "cats")
    assert fault.expected == "one of residents"
    data = package("count_rate", series=HEADER + "2015-03,1,,\n2015-04,2,,\n")
    path = data / "reference" / "denominators.csv"
    path.write_text(path.read_text("utf-8").replace(",E09000002,,", ",E09000002,2015-04-01,"))
    fault = only(data)
    assert shown(fault) == (f"{OWN}/series.csv", 2, "period", "2015-03")
    assert "residents for E09000002, valid on 2015-03-31" in fault.expected
    path.write_text(path.read_text("utf-8").replace("E09000002", "E09000003"))
    assert [f.row for f in faults(data)] == [2, 3]


def test_a_missing_setting_is_named_with_what_belongs_there(package):
    data = package("count")
    edit(
        folder(data) / "datapackage.json",
        lambda d: [d["callover"].pop(k) for k in ("unit", "kind")],
    )
    found = faults(data)
    assert [f.column for f in found] == ["callover.kind", "callover.unit"]
    assert found[1].remedy == "Add unit."


ROWS = {
    "area": ("series", "period,area_code,value\n2016-04,E99999999,1\n", "area_code", "E99999999"),
    "category": ("series", "period,category,value\n2016-04,boys,1\n", "category", "boys"),
    "group": (
        "comparators",
        "period,area_code,group,measure,value,unit,basis\n2016-12,,twins,rate,1,,\n",
        "group", "twins",
    ),
    "area and group": (
        "comparators",
        "period,area_code,group,measure,value,unit,basis\n2016-12,E23000001,met,rate,1,,\n",
        "area_code", "E23000001 met",
    ),
    "no value": (
        "comparators",
        "period,area_code,group,measure,value,unit,basis\n2016-12,E23000001,,rate,,,\n",
        "value", "",
    ),
    "target type": ("targets", TARGETS + "value,all,2016/17,about,,9,agreed\n", "type", "about"),
    "target status": ("targets", TARGETS + "value,all,2016/17,maximum,,9,soon\n", "status", "soon"),
    "target measure": ("targets", TARGETS + "ratio,all,2016/17,maximum,,9,\n", "measure", "ratio"),
    "no limit": ("targets", TARGETS + "value,all,2016/17,maximum,9,,\n", "upper", ""),
    "limits crossed": ("targets", TARGETS + "value,all,2016/17,range,9,3,\n", "lower", "9"),
    "release": ("published", PUBLISHED + "1999-01,value,2016-12,,,9,\n", "release", "1999-01"),
    "measure": ("published", PUBLISHED + "2016-12,velue,2016-12,,,9,\n", "measure", "velue"),
    "printed period": ("published", PUBLISHED + "2016-12,value,Dec-16,,,9,\n", "period", "Dec-16"),
}  # fmt: skip


@pytest.mark.parametrize("case", ROWS)
def test_a_row_that_names_what_is_not_there_is_told(package, case):
    table, text, column, value = ROWS[case]
    fault = only(package("count", **{table: text}))
    assert shown(fault) == (f"{OWN}/{table}.csv", 2, column, value)


# ---------------------------------------------------------------- samples, leagues, areas

SAMPLES = "period,percent,base,numerator,half_width,lower,upper,marker,note\n"
SAMPLED = {
    "a half width that is a share of 100": (
        "2011/12,17,397,,-3.73,,,,", "half_width", "-3.73", "percentage points from 0 to 100",
        "Write 3.73",
    ),
    "more answers than people": ("2011/12,17,397,400,,,,,", "numerator", "400", "at most 397", ""),
    "a count that gives another percentage": (
        "2011/12,17,397,71,,,,,", "percent", "17", "17.9, as 71 of 397 are", "weights its answers",
    ),
    "a lower limit above the percentage": (
        "2011/12,17,397,,,18.1,21.1,,", "lower", "18.1", "at most 17", "put u in marker",
    ),
    "an upper limit below the percentage": (
        "2011/12,17,397,,,13.2,16.4,,", "upper", "16.4", "at least 17", "put u in marker",
    ),
    "a share below 1": (
        "2011/12,0.17,397,,,,,,", "percent", "0.17", "such as 45 for 45%", "times 100",
    ),
    "no percentage": ("2011/12,,397,,,,,,", "percent", "", "a value or a marker", "percent_marker"),
    "no base": ("2011/12,17,,,,,,,", "base", "", "a value or a marker", "base_marker"),
}  # fmt: skip


@pytest.mark.parametrize("case", SAMPLED)
def test_a_bad_sample_is_told(package, case):
    text, column, value, expected, remedy = SAMPLED[case]
    fault = only(package("survey", series=f"{SAMPLES}{text}\n"))
    assert shown(fault) == (f"{OWN}/series.csv", 2, column, value)
    assert expected in fault.expected
    assert remedy in fault.remedy


@pytest.mark.parametrize(
    "text",
    [
        "2011/12,17,397,69,3.73,13.65,21.11,,",
        "2011/12,17,397,71,,18.1,21.1,u,weighted",
        "2011/12,0,568,,0.35,-0.17,0.53,,",
        "2011/12,0,0,,,,,,",
        "2011/12,100,4,4,0,,,,",
    ],
)
def test_a_sample_as_a_source_may_print_it_is_read(package, text):
    data = package("survey", series=f"{SAMPLES}{text}\n", comparators=None)
    assert len(read(data, TODAY).partnerships[0].indicators) == 1


@pytest.mark.parametrize(("kind", "block"), [("survey", "survey"), ("league", "league")])
def test_a_kind_that_needs_a_block_asks_for_it_and_no_other_kind_takes_it(package, kind, block):
    data = package(kind, comparators=None)
    edit(folder(data) / "datapackage.json", lambda d: d["callover"].pop(block))
    assert shown(only(data))[1:] == (0, f"callover.{block}", "")
    given = {"survey": {"question": "Why?"}, "league": {"group": "met"}}[block]
    fault = only(package("count", callover={block: given}))
    assert fault.expected == f"no {block}, as the kind is count"


def test_a_league_is_of_a_known_group_and_total(package):
    block = {"group": "nobody", "total_area": "E99999999"}
    found = faults(package("league", callover={"league": block}))
    assert [(f.column, f.value) for f in found] == [
        ("callover.league.group", "nobody"),
        ("callover.league.total_area", "E99999999"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "row", "column", "value"),
    [
        ("ONE,3,1", "TWO,3,1", 3, "tile_column", "3"),
        ("ONE,3,", "TWO,4,1", 2, "tile_row", ""),
        ("ONE,,2", "TWO,4,1", 2, "tile_column", ""),
        ("ONE,0,2", "TWO,4,1", 2, "tile_column", "0"),
    ],
)
def test_a_tile_has_a_place_of_its_own(package, first, second, row, column, value):
    data = package("count")
    path = data / "reference" / "areas.csv"
    _, *rows = path.read_text("utf-8").splitlines()
    codes = [f"{line},{place}" for line, place in zip(rows, (first, second), strict=False)]
    rest = [f"{line},,," for line in rows[2:]]
    header = "area_code,name,area_type,csp_code,force_code,short_name,tile_column,tile_row"
    path.write_text("\n".join([header, *codes, *rest]) + "\n", "utf-8")
    edit(data / "reference" / "datapackage.json", lambda d: d["resources"][0].pop("schema"))
    assert shown(only(data)) == ("datapackage/reference/areas.csv", row, column, value)


def test_before_and_after_share_no_day(package):
    text = "period,value\n2014-06-06/2015-06-05,259\n2015-06-05/2015-11-05,82\n"
    fault = only(package("cohort", series=text))
    assert shown(fault) == (f"{OWN}/series.csv", 3, "period", "2015-06-05/2015-11-05")
    assert fault.expected == "days after 2015-06-05, when the time before ends (row 2)"


@pytest.mark.parametrize(
    ("measure", "column"),
    [
        ("rank_in_met", ""), ("value_rank_in_met_from_highest", ""), ("rank_in_nobody", "measure"),
        ("shares_rank_in_met", "measure"),
    ],
)  # fmt: skip
def test_a_printed_rank_is_of_a_known_quantity_and_group(package, measure, column):
    data = package("league", published=f"{PUBLISHED}2016-12,{measure},2016-12,,,3rd lowest,\n")
    if column:
        assert only(data).column == column
    else:
        assert read(data, TODAY).partnerships


def test_a_quantity_is_named_after_one_of_the_kind(package):
    fault = only(package("count", callover={"quantities": {"rate": {"title": "Rate"}}}))
    assert (fault.column, fault.value) == ("callover.quantities", "rate")
    assert fault.expected == "one of value, percent"


def test_the_area_of_a_page_has_rows_and_a_name(package):
    text = "period,area_code,value\n2016-04,E09000003,7\n"
    fault = only(package("count", series=text))
    assert (fault.column, fault.value) == ("callover.area", "E09000002")
    assert "callover.area" in fault.remedy
    data = package("count", series=text, callover={"area": "E09000003"})
    assert read(data, TODAY).partnerships[0].indicators[0].area == "E09000003"
    fault = only(package("count", callover={"area": "E99999999"}))
    assert (fault.column, fault.value) == ("callover.area", "E99999999")


def test_a_target_on_a_share_is_a_percentage(package):
    text = TARGETS + "success_rate,all,2016/17,minimum,0.7,,agreed\n"
    assert only(package("completions", targets=text)).expected == "a percentage, such as 70 for 70%"


def test_a_target_is_given_once(package):
    text = TARGETS + "value,all,2016/17,maximum,,9,agreed\n" * 2
    assert shown(only(package("count", targets=text)))[1:] == (3, "period", "2016/17")


def test_a_name_is_that_of_its_folder_and_no_report_page(package):
    data = package("count")
    edit(folder(data) / "datapackage.json", lambda d: d.update(name="other"))
    fault = only(data)
    assert (fault.column, fault.value, fault.expected) == (
        "name",
        "other",
        "measure, as the folder",
    )


@pytest.mark.parametrize("slug", ["scorecard", "data-quality", "pack"])
def test_a_reserved_name_is_refused(package, slug):
    assert only(package("count", slug=slug)).expected == "a name that no report page has"


def test_commentary_is_named_after_a_period_and_keeps_to_its_headings(package):
    own = "made-up-borough/measure/commentary"
    extra = {
        f"{own}/2016-12.md": "## Overview\n\nWell.\n",
        f"{own}/fy2016-17-q3.md": "## Actions\n",
        f"{own}/2013-w25.md": "words",
        f"{own}/2012-04_2013-03.md": "words",
    }
    assert (
        len(read(package("count", extra=extra), TODAY).partnerships[0].indicators[0].commentary)
        == 4
    )
    bad = {
        f"{own}/december.md": "x",
        f"{own}/2016-11.txt": "x",
        f"{own}/2016-10.md": "## Overvew\n",
        f"{own}/fy2012-13.md": "the same days as 2012-04_2013-03",
        f"{own}/2016-09.md": "x" * 20_001,
    }
    found = faults(package("count", extra=bad))
    assert [(f.file.rpartition("/")[2], f.row) for f in found] == [
        ("2016-09.md", 0), ("2016-10.md", 1), ("2016-11.txt", 0), ("december.md", 0),
        ("fy2012-13.md", 0),
    ]  # fmt: skip


def test_files_and_folders_that_nobody_reads_are_told(package):
    extra = {
        "made-up-borough/measure/Targets.csv": "a\n1\n",
        "made-up-borough/measure/figures.xlsx": "x",
        "made-up-borough/measure/comentary/2016-12.md": "x",
        "made-up-borough/stray.csv": "a\n1\n",
        "made-up-borough/measure/README.md": "fine",
    }
    assert sorted(f.value for f in faults(package("count", extra=extra))) == [
        "Targets.csv", "comentary", "figures.xlsx", "stray.csv",
    ]  # fmt: skip


def test_a_table_that_is_there_is_listed_and_its_columns_are(package):
    data = package("count")
    edit(folder(data) / "datapackage.json", lambda d: d["resources"].pop(0))
    found = faults(data)
    assert "series.csv in the list" in found[0].expected or "series.csv in" in found[1].expected
    data = package("count")
    path = folder(data) / "datapackage.json"
    edit(path, lambda d: d["resources"][0]["schema"]["fields"].pop())
    fault = only(data)
    assert fault.column == "resources.0.schema.fields"
    assert "callover tidy" in fault.remedy


# ---------------------------------------------------------------- descriptors

JSON = {
    "no JSON": ("{", 1, "JSON"),
    "a comma too many": ('{\n"name": "measure",\n}', 3, "JSON"),
    "a list": ("[]", 1, "a JSON object, in curly brackets"),
    "nothing": ("", 1, "JSON"),
    "a key twice": ('{"name": "measure", "name": "other"}', 0, "each key once in its block"),
    "not a number": ('{"name": NaN}', 0, "a number that JSON has"),
    "a giant number": ('{"order": ' + "9" * 5000 + "}", 0, "JSON"),
    "deep": ('{"a":' * 40 + "1" + "}" * 40, 0, "JSON at most 32 deep"),
    "very deep": ("[" * 200_000, 0, "JSON at most 32 deep"),
    "an escaped NUL": ('{"title": "a\\u0000"}', 0, "text that can be seen"),
    "half a letter": ('{"title": "\\ud800"}', 0, "text that can be seen"),
}


@pytest.mark.parametrize("case", JSON)
def test_a_descriptor_that_is_no_json_object_is_told(package, case):
    text, row, expected = JSON[case]
    data = package("count")
    (folder(data) / "datapackage.json").write_text(text, "utf-8")
    fault = only(data)
    assert (fault.file, fault.row, fault.expected) == (f"{OWN}/datapackage.json", row, expected)


def test_a_folder_without_a_descriptor_is_told_what_to_do(package):
    data = package("count", extra={"made-up-borough/drafts/words.txt": "x"})
    fault = only(data)
    assert fault.file.endswith("drafts/datapackage.json")
    assert "callover new" in fault.remedy


@pytest.fixture
def canary():
    """A server on this machine that counts who comes; nobody should."""
    hits = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            hits.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", hits
        server.shutdown()
        thread.join()


PATHS = (
    "{url}/series.csv", "HTTP://127.0.0.1/series.csv", "ftp://127.0.0.1/s.csv", "s3://bucket/s.csv",
    "file:///etc/passwd", "/etc/passwd", "../series.csv", "../../reference/areas.csv",
    "sub/series.csv", "./series.csv", "C:\\series.csv", "..\\series.csv", "series.csv\n",
    "series.csv?x=1", "~/series.csv", "series", "series.xlsx", "SÉRIES.csv", "", ".csv",
    "series.csv\x00", "data:text/csv,a", "*.csv", None, 7, ["series.csv"], {"a": 1},
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_leads_elsewhere_is_refused_and_nobody_is_called(package, canary, path):
    url, hits = canary
    value = path.format(url=url) if isinstance(path, str) else path
    data = package("count")
    edit(folder(data) / "datapackage.json", lambda d: d["resources"][0].update(path=value))
    found = faults(data)
    places = {f.column for f in found if f.file == f"{OWN}/datapackage.json"}
    assert "resources.0.path" in places or value == "series.csv\x00"
    assert hits == []


@pytest.mark.parametrize("key", ["schema", "dialect", "profile"])
def test_a_link_to_a_schema_dialect_or_profile_is_refused_unread(package, canary, key):
    url, hits = canary
    for value in (f"{url}/x.json", "../schema.json", "/etc/passwd", "schema.json"):
        data = package("count")
        edit(
            folder(data) / "datapackage.json", lambda d, v=value: d["resources"][0].update({key: v})
        )
        fault = only(data)
        assert (fault.column, fault.value) == (f"resources.0.{key}", value)
    data = package("count")
    edit(folder(data) / "datapackage.json", lambda d: d.update(profile=f"{url}/x.json"))
    assert only(data).column == "profile"
    assert hits == []


@pytest.mark.parametrize(
    "extra",
    [
        {"data": [{"a": 1}]}, {"compression": "zip"}, {"innerpath": "a.csv"}, {"scheme": "http"},
        {"extrapaths": ["b.csv"]}, {"encoding": "cp1252"}, {"dialect": {"delimiter": ";"}},
        {"steps": [{"type": "table-normalize"}]}, {"control": {"newline": ""}},
    ],
)  # fmt: skip
def test_a_resource_is_one_plain_file(package, extra):
    data = package("count")
    edit(folder(data) / "datapackage.json", lambda d: d["resources"][0].update(extra))
    fault = only(data)
    assert fault.column == f"resources.0.{next(iter(extra))}"
    assert fault.expected.startswith("one plain CSV file")


def test_resources_are_each_there_once_and_known(package):
    data = package("count")
    path = folder(data) / "datapackage.json"
    edit(path, lambda d: d["resources"].append(d["resources"][0]))
    assert {f.column for f in faults(data)} == {"resources.3.name", "resources.3.path"}
    data = package("count")
    edit(path, lambda d: d["resources"].append({"name": "wards", "path": "wards.csv"}))
    assert only(data).expected == "one of series, targets, comparators, published"
    edit(path, lambda d: d["resources"].pop())
    edit(path, lambda d: d["resources"][0].update(path="gone.csv"))
    assert "a file that can be read" in [f.expected for f in faults(data)]


LINKS = ("measure/series.csv", "measure/commentary", "measure", "measure/extra.csv")


@pytest.mark.parametrize("place", LINKS)
def test_a_symlink_is_refused_wherever_it_is(package, tmp_path, place):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "2016-12.md").write_text("secret", "utf-8")
    data = package("count")
    path = data / "made-up-borough" / place
    if path.is_dir():
        for inside in sorted(path.rglob("*"), reverse=True):
            inside.rmdir() if inside.is_dir() else inside.unlink()
        path.rmdir()
    elif path.exists():
        path.unlink()
    path.symlink_to(outside)
    found = faults(data)
    assert "a symbolic link" in {f.value for f in found}
    assert "secret" not in str(found)


def test_a_reference_behind_a_symlink_is_not_read(package, tmp_path):
    data = package("count")
    (data / "reference").rename(tmp_path / "elsewhere")
    (data / "reference").symlink_to(tmp_path / "elsewhere")
    assert only(data).value == "a symbolic link"


def test_a_pipe_or_folder_in_place_of_a_file_is_refused(package):
    data = package("count")
    path = folder(data) / "series.csv"
    path.unlink()
    os.mkfifo(path)
    assert only(data).expected == "a plain file"
    path.unlink()
    path.mkdir()
    assert only(data).expected == "a plain file"


# ---------------------------------------------------------------- partnership and reference


def test_a_partnership_is_checked_like_an_indicator(package):
    data = package("count")
    path = data / "made-up-borough" / "datapackage.json"

    def change(value):
        value["callover"]["home_area"] = "E00000000"
        value["callover"]["schemes"]["within-10"]["rule"] = "guess"
        value["callover"]["releases"][0]["data_to"] = "Dec-16"
        value["callover"]["releases"][0]["next"] = "2017-02-30"
        value["callover"]["outcomes"].append(value["callover"]["outcomes"][0])

    edit(path, change)
    found = [f for f in faults(data) if f.file == "datapackage/made-up-borough/datapackage.json"]
    assert [(f.column, f.value) for f in found] == [
        ("callover.home_area", "E00000000"),
        ("callover.outcomes", "less-crime"),
        ("callover.releases.0.data_to", "Dec-16"),
        ("callover.releases.0.next", "2017-02-30"),
        ("callover.schemes.within-10.rule", "guess"),
    ]
    assert found[2].remedy == "Write 2016-12."


@pytest.mark.parametrize("as_of", ["2017-02-30", "31/01/2017", "", "２０17-01-31", "2017-01-31\n"])
def test_the_day_of_a_demonstration_is_a_day(package, as_of):
    data = package("count")
    edit(data / "made-up-borough" / "datapackage.json", lambda d: d["callover"].update(as_of=as_of))
    assert only(data).column == "callover.as_of"


def test_other_tables_of_a_partnership_are_read_by_their_schema(package):
    data = package("count", extra={"made-up-borough/lamps.csv": "road,lit\nlong,many\n"})
    entry = {"name": "lamps", "path": "lamps.csv", "schema": {"fields": [
        {"name": "road", "type": "string"}, {"name": "lit", "type": "integer"}]}}  # fmt: skip
    edit(data / "made-up-borough" / "datapackage.json", lambda d: d["resources"].append(entry))
    fault = only(data)
    assert shown(fault) == ("datapackage/made-up-borough/lamps.csv", 2, "lit", "many")


REFERENCE = {
    "an area twice": ("areas", "E09000002,Again,borough,,", 6, "area_code", "E09000002"),
    "an area without a name": ("areas", "E09000009,,borough,,", 6, "name", ""),
    "a group twice": ("groups", "met,Again,32,not published,,,", 4, "group", "met"),
    "a member unknown": ("groups", "some,Some,1,E00000000,,,", 4, "members", "E00000000"),
    "a wrong size": ("groups", "some,Some,3,E09000002 E09000003,,,", 4, "size", "3"),
    "dates that overlap": (
        "denominators", "residents,E09000002,2016-01-01,,5,x,x,false", 3, "valid_from", "residents"
    ),
    "no date": ("denominators", "h,E09000002,1/1/2016,,5,x,x,false", 3, "valid_from", "1/1/2016"),
    "the end first": (
        "denominators", "h,E09000002,2016-01-01,2015-01-01,5,x,x,", 3, "valid_to", "2015-01-01"
    ),
    "nobody": ("denominators", "h,E09000002,,,0,x,x,false", 3, "value", "0"),
    "no number": ("denominators", "h,E09000002,,,,x,x,false", 3, "value", ""),
    "neither true nor false": ("denominators", "h,E09000002,,,5,x,x,maybe", 3, "inferred", "maybe"),
    "an area unknown": ("denominators", "h,E00000000,,,5,x,x,false", 3, "area_code", "E00000000"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFERENCE)
def test_a_fault_in_the_reference_is_told(package, case):
    name, row, line, column, value = REFERENCE[case]
    data = package("count")
    path = data / "reference" / f"{name}.csv"
    path.write_text(path.read_text("utf-8") + row + "\n", "utf-8")
    fault = only(data)
    assert shown(fault) == (f"datapackage/reference/{name}.csv", line, column, value)


@pytest.mark.parametrize("missing", ["areas.csv", "groups.csv", "datapackage.json"])
def test_a_reference_that_is_not_whole_is_told(package, missing):
    data = package("count")
    (data / "reference" / missing).unlink()
    assert only(data).file == f"datapackage/reference/{missing}"


def test_a_folder_without_packages_says_what_is_wanted(tmp_path):
    for root in (tmp_path / "gone", tmp_path):
        assert "callover new partnership" in only(root).remedy


# ---------------------------------------------------------------- all together


def test_all_faults_of_a_run_are_told_together_and_in_order(package):
    data = package(
        "count",
        series=HEADER + "Apr-16,1,,\n2016-05,many,,\n2016-06,,,\n2016-07,3,c,\n",
        targets=TARGETS + "value,all,2016/17,about,,9,agreed\n",
        callover={"polarity": "up"},
    )
    (data / "made-up-borough" / "datapackage.json").write_text("{", "utf-8")
    (data / "reference" / "areas.csv").write_text("area_code,name\n", "utf-8")
    found = faults(data)
    assert [(f.file.removeprefix("datapackage/"), f.row, f.column) for f in found] == [
        ("made-up-borough/datapackage.json", 1, ""),
        ("made-up-borough/measure/datapackage.json", 0, "callover.polarity"),
        ("made-up-borough/measure/series.csv", 2, "period"),
        ("made-up-borough/measure/series.csv", 3, "value"),
        ("made-up-borough/measure/series.csv", 4, "value"),
        ("made-up-borough/measure/series.csv", 5, "value"),
        ("made-up-borough/measure/targets.csv", 2, "type"),
        ("reference/areas.csv", 1, ""),
        ("reference/datapackage.json", 0, "resources.0.schema.fields"),
    ]


def test_progress_counts_indicators(package):
    told: list[int] = []
    read(package("count"), TODAY, told.append)
    assert told == [1]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cell=st.text(st.characters(codec="utf-8"), max_size=12), place=st.integers(0, 3))
def test_no_text_in_a_cell_breaks_the_reader(package, cell, place):
    row = ["2016-04", "1", "", ""]
    row[place] = '"' + cell.replace('"', '""') + '"'
    data = package("count")
    path = folder(data) / "series.csv"
    path.write_text(HEADER + ",".join(row) + "\n", "utf-8", newline="")
    try:
        portal = read(data, TODAY)
    except Faults as told:
        assert all(len(str(fault).splitlines()) == 2 for fault in told.faults)
    else:
        series = portal.partnerships[0].indicators[0].series
        for key, cells in series.items():
            assert key.column == "value"
            assert all(re.fullmatch(r"\d{4}.*", period.label, re.A) for period in cells)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(raw=st.binary(max_size=60))
def test_no_bytes_break_the_reader(package, raw):
    data = package("count")
    for name in ("series.csv", "datapackage.json"):
        (folder(data) / name).write_bytes(raw)
        faults(data)


# ---------------------------------------------------------------- everyday words

EVERYDAY = {
    "a word in two rows": ("mugging,robbery\nrobbed; Muggings,theft", 3, "words", "mugging"),
    "a semicolon too many": ("mugging;,robbery", 2, "words", "mugging;"),
    "nothing between two": ("mugging,robbery;;theft", 2, "terms", "robbery;;theft"),
    "no term": ("mugging,", 2, "terms", ""),
    "a formula for a word": ("=1+1,robbery", 2, "words", "=1+1"),
}


@pytest.mark.parametrize("case", EVERYDAY)
def test_a_fault_in_the_everyday_words_is_told(package, case):
    row, line, column, value = EVERYDAY[case]
    data = package("count")
    (data / "reference" / "everyday.csv").write_text(f"words,terms\n{row}\n", "utf-8")
    fault = only(data)
    assert shown(fault) == ("datapackage/reference/everyday.csv", line, column, value)
    assert fault.expected and fault.remedy


def test_everyday_words_may_be_missing_but_not_if_they_are_listed(package):
    data = package("count")
    read(data, TODAY)
    listed = generate.resource("everyday", ("words", "terms"))
    edit(data / "reference" / "datapackage.json", lambda d: d["resources"].append(listed))
    assert only(data).file == "datapackage/reference/everyday.csv"
