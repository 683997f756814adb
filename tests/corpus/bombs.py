"""Bombs: too large, too long, too wide, too deep, too many. Each is refused at little cost."""

from __future__ import annotations

import os
from pathlib import Path

from tests.corpus.case import DESCRIPTOR, PARTNERSHIP, PLACE, SERIES, TARGETS, Case, in_file
from tests.corpus.package import Change, put, settings, swap

HEADER = "period,value,marker,note\n"
SPLIT = "Split the data"
MB = 1_000_000
DENOMINATORS = "reference/denominators.csv"
DEEP = "JSON at most 32 deep"
START = "Start from the file that `callover new` writes"


def big(name: str, text: str | bytes, row: int, value: str, told: str, do: str, column: str = "",
        faults: int = 1, file: str = SERIES) -> Case:  # fmt: skip
    """Give a case of a file that is too much."""
    return in_file(name, text, row, column, value, told, do, file=file, faults=faults)


def many(path: str, count: int, text: str) -> Change:
    """Write many files of the same text; {} in the path is their number."""

    def change(root: Path) -> None:
        for number in range(count):
            put(path.format(number), text)(root)

    return change


def hollow(path: str, size: int) -> Change:
    """Make a file as large as is said, with nothing in it."""
    return lambda root: os.truncate(root / path, size)


def months(count: int) -> str:
    """Give rows of so many spans of days, each of its own."""
    return "".join(
        f"19{n // 365 % 100:02}-{n // 31 % 12 + 1:02}-{n % 28 + 1:02}/20{n % 90:02}-01-01,1,,\n"
        for n in range(count)
    )


CASES = (
    big("a file too large", b"a" * (5 * MB + 1), 0, f"{5 * MB + 1} bytes",
        f"at most {5 * MB} bytes", SPLIT),
    Case("a file of a gigabyte", SERIES, 0, "", "1000000000 bytes", f"at most {5 * MB} bytes",
         SPLIT, changes=[hollow(SERIES, 1_000_000_000)]),
    big("too many rows", HEADER + "2016-04,1,,\n" * 100_001, 0, "100001 rows",
        "at most 100000 rows", SPLIT),
    big("millions of empty lines", HEADER + "\n" * (4 * MB), 0, f"{4 * MB} rows",
        "at most 100000 rows", SPLIT),
    big("millions of old Mac line ends", (HEADER + "\n" * (4 * MB)).replace("\n", "\r"), 0,
        f"{4 * MB} rows",
        "at most 100000 rows", SPLIT),
    big("the same row, as often as rows may be", HEADER + "2016-04,1,,\n" * 99_999, 0,
        "99999 rows", "at most 5000 rows for one area and category", "Keep one row a period"),
    big("the same row, as often as a line may have", HEADER + "2016-04,1,,\n" * 5000, 3, "2016-04",
        "each period once", "Row 2 has the same", column="period", faults=0),
    big("a bad cell in each of many rows", HEADER + "Apr-16,many,q,=1\n" * 99_999, 2, "many",
        "a whole number", "Write 1234", column="value", faults=0),
    big("as many spans as rows may be", HEADER + months(99_999), 0, "99999 rows",
        "at most 5000 rows for one area and category", "Keep one row a period"),
    big("too many columns", ",".join(["a"] * 201) + "\n1\n", 1, "201 columns",
        "at most 200 columns", "Remove the columns that hold no data"),
    big("a million columns", "period" + "," * MB + "\n1\n", 1, f"{MB + 1} columns",
        "at most 200 columns", "Remove the columns that hold no data"),
    big("a row of a million cells", f"{HEADER}2016-04,1" + "," * MB + "\n", 2, "1000002 cells",
        "4 cells, as in the header", "a comma too many"),
    big("rows of thousands of cells", HEADER + ("1," * 4000 + "\n") * 500, 2, "4001 cells",
        "4 cells, as in the header", "a comma too many", faults=0),
    big("a cell of megabytes", f"{HEADER}2016-04,1,,{'a' * (4 * MB)}\n", 2, f"{4 * MB} characters",
        "at most 5000 characters in a cell", "Shorten it", column="note"),
    big("a cell of a million quotes", f'{HEADER}2016-04,1,,"{chr(34) * (2 * MB)}"\n', 2,
        f"{MB} characters", "at most 5000 characters in a cell", "Shorten it", column="note"),
    big("a quote open over megabytes", f'{HEADER}2016-04,1,,"' + "a,\n" * MB, 0, f"{MB} rows",
        "at most 100000 rows", SPLIT),
    big("a number of a million digits", f"{HEADER}2016-04,{'9' * MB},,\n", 2, f"{MB} characters",
        "at most 5000 characters in a cell", "Shorten it", column="value"),
    big("commentary of megabytes", "a" * (4 * MB), 0, f"{4 * MB} bytes", "at most 80000 bytes",
        "Shorten it", file=f"{PLACE}/measure/commentary/2016-11.md"),
    big("commentary too long", "a " * 10_001, 0, "20002 characters", "at most 20000",
        "Shorten it", file=f"{PLACE}/measure/commentary/2016-11.md"),
    # descriptors
    big("a descriptor of megabytes", '{"name": "' + "a" * (2 * MB) + '"}', 0,
        f"{2 * MB + 12} bytes", "at most 500000 bytes", "Move long texts", file=DESCRIPTOR),
    big("brackets 40 deep", '{"a":' * 40 + "1" + "}" * 40, 0, "brackets in brackets", DEEP, START,
        file=DESCRIPTOR),
    big("brackets 200,000 deep", "[" * 200_000, 0, "brackets in brackets", DEEP, START,
        file=DESCRIPTOR),
    big("objects 100,000 deep", '{"a":' * 100_000, 0, "brackets in brackets", DEEP, START,
        file=DESCRIPTOR),
    big("a hundred thousand brackets and more", '{"resources": [' + "[]," * 150_000 + "[]]}", 0,
        "150001 entries", "at most 1000 entries", "Shorten the list", column="resources",
        file=DESCRIPTOR),
    big("tens of thousands of keys", "{" + ",".join(f'"k{n}":1' for n in range(40_000)) + "}", 0,
        "40000 settings", "at most 1000 entries", "Shorten the list", file=DESCRIPTOR),
    big("tens of thousands of keys and one twice",
        "{" + ",".join(f'"k{n}":1' for n in range(40_000)) + ',"k39999":1}', 0, "k39999 twice",
        "each key once in its block", "Remove one k39999", file=DESCRIPTOR),
    Case("a number beyond all numbers", PARTNERSHIP, 0, "callover.schemes.within-10.tolerance",
         "Infinity", "in percent", "Correct this setting",
         changes=[settings(PARTNERSHIP, **{"callover.schemes.within-10.tolerance": 12345}),
                  swap(PARTNERSHIP, "12345", "1e999")]),
    Case("thousands of related indicators", DESCRIPTOR, 0, "callover.related", "20000 entries",
         "at most 1000 entries", "Shorten the list",
         {"kind": "count", "callover": {"related": ["other"] * 20_000}}),
    Case("thousands of bad releases", PARTNERSHIP, 0, "callover.releases", "5000 entries",
         "at most 1000 entries", "Shorten the list",
         {"kind": "count", "partnership": {"releases": [{"id": "A B"}] * 5000}}),
    # many files
    Case("thousands of folders", PLACE, 0, "", "3001 folders", "at most 2000 indicators",
         "Split the data",
         changes=[many(f"{PLACE}/empty-{{}}/x.txt", 3000, "x")], faults=0),
    Case("thousands of pages of commentary", f"{PLACE}/measure/commentary", 0, "", "3001 files",
         "at most 1000 files", "Keep one file a period",
         changes=[many(f"{PLACE}/measure/commentary/note-{{}}.md", 3000, "x")], faults=0),
    Case("thousands of stray tables", f"{PLACE}/measure", 0, "", "3000 other files",
         "commentary, comparators.csv, datapackage.json", "Remove or move away what is not data",
         changes=[many(f"{PLACE}/measure/copy-{{}}.csv", 3000, "a\n1\n")], faults=0),
    Case("thousands of partnerships", "", 0, "", "1002 folders", "at most 500 partnerships",
         "Split the data", changes=[many("place-{}/x.txt", 1000, "x")], faults=0),
    # tables whose rows are compared
    big("a denominator a hundred thousand times",
        "denominator,area_code,valid_from,valid_to,value,unit,source,inferred\n"
        + "residents,E09000002,,,5,x,x,false\n" * 99_999, 3, "residents",
        "dates that no other row covers", "Row 2 covers some of them too", column="valid_from",
        faults=0, file=DENOMINATORS),
    big("a target a hundred thousand times",
        "measure,period,type,upper\n" + "value,2016/17,maximum,9\n" * 99_999, 3, "2016/17",
        "one target of a type", "Row 2 has the same", column="period", faults=0, file=TARGETS),
    Case("a meeting tens of thousands of times", f"{PLACE}/meetings.csv", 3, "date", "2013-07-20",
         "each date once", "Row 2 has the same",
         {"kind": "count", "own": {
             "meetings": "date,title\n" + "2013-07-20,Board\n" * 40_000,
             "agenda": "meeting,item,title\n" + "2013-07-19,1,Welcome\n" * 40_000}}, faults=0),
)  # fmt: skip
