"""Files of another shape: their header, their columns, what parts them, and stray files."""

from __future__ import annotations

from tests.corpus.case import (
    DESCRIPTOR,
    PARTNERSHIP,
    PLACE,
    TARGETS,
    Case,
    in_file,
    in_series,
)
from tests.corpus.package import GONE, gone, move, put, settings

HEADER = "period,value,marker,note\n"
COMMAS = "columns parted by commas"


def series(
    name: str,
    text: str,
    row: int,
    column: str,
    value: str,
    told: str,
    do: str,
    faults: int = 1,
) -> Case:
    """Give a case of a series.csv; the schema in the descriptor stands aside."""
    case = in_file(name, text, row, column, value, told, do, faults=faults)
    return Case(
        case.name, case.file, row, column, value, told, do, case.package,
        [settings(DESCRIPTOR, **{"resources.0.schema": GONE}), *case.changes], case.faults,
    )  # fmt: skip


def stray(name: str, path: str, expected: str, remedy: str, faults: int = 1) -> Case:
    """Give a case of a file or folder that nobody would read."""
    found = path.removeprefix(f"{PLACE}/measure/").removeprefix(f"{PLACE}/").partition("/")[0]
    file = path[: path.index(found) + len(found)]
    return Case(name, file, 0, "", found, expected, remedy, changes=[put(path, "a\n1\n")],
                faults=faults)  # fmt: skip


CASES = (
    # hardly a file
    series("empty", "", 0, "", "", "a header and at least one row", "take it out of the folder"),
    series("blank lines", "\n\n", 0, "", "", "a header and at least one row", "Fill the file"),
    series("only a header", HEADER, 1, "", "only a header", "at least one row of data",
           "Add the rows"),
    series("rows without a header", "2016-04,1\n2016-05,2\n", 1, "", "2016-04,1",
           "a header with the names of the columns", "such as period,value."),
    series("a title above the header", f"Burglary in 2016,,,\n{HEADER}2016-04,1,,\n", 1, "",
           "Burglary in 2016,,,", "a header with the names of the columns",
           "Delete the rows above row 2"),
    series("an empty line above the header", f"\n{HEADER}2016-04,1,,\n", 1, "", "",
           "a header with the names of the columns", "Delete the empty rows above row 2"),
    series("a web page", "<!DOCTYPE html>\n<html><body>Sign in</body></html>\n", 1, "",
           "<!DOCTYPE html>", "a header with the names of the columns", "Begin the file with"),
    series("two header rows", f"{HEADER}{HEADER}2016-04,1,,\n", 2, "period", "period",
           "a period such as", "Delete this row: the header stands in row 1", faults=0),
    # what parts the columns
    series("semicolons", "period;value;marker\n2016-04;1;\n", 1, "", "period;value;marker", COMMAS,
           "`callover tidy` does this too"),
    series("tabs", "period\tvalue\n2016-04\t1\n", 1, "", "period value", COMMAS, "tidy"),
    series("pipes", "period|value\n2016-04|1\n", 1, "", "period|value", COMMAS, "Save the file"),
    series("a line that tells a spreadsheet its separator", f"sep=;\n{HEADER}2016-04,1,,\n", 1, "",
           "sep=;", "a header with the names of the columns", "Delete the row above the header"),
    series("all of it in quotes", '"period,value"\n"2016-04,1"\n', 1, "", "period,value",
           "each cell on its own", "Take the quotes around whole rows away"),
    series("single quotes", "'period','value'\n'2016-04','1'\n", 1, "'period'", "'period'",
           "one of period", "Rename it to period", faults=0),
    # the header
    series("a padded header", "period, value\n2016-04,1\n", 1, "value", " value",
           "one of period", "Rename it to value"),
    series("a header padded with a space that does not break", "period,value\u00a0\n2016-04,1\n",
           1, "value", "value", "one of period", "Rename it to value"),
    series("a header in capitals", "period,VALUE\n2016-04,1\n", 1, "VALUE", "VALUE",
           "one of period", "Rename it to value", faults=1),
    series("curly quotes in the header", "period,“value”\n2016-04,1\n", 1, "“value”",
           "“value”", "one of period", "Rename it to value"),
    series("a column twice", "period,value,value\n2016-04,1,1\n", 1, "value", "value",
           "each column once", "Remove or rename the second one"),
    series("a header that a library made unique", "period,value,value.1\n2016-04,1,1\n", 1,
           "value.1", "value.1", "one of period", "Remove the column"),
    series("an unknown column", "period,value,ward\n2016-04,1,A\n", 1, "ward", "ward",
           "one of period, area_code, category, value", "Remove the column, or rename it"),
    series("a column without a name", "period,value,\n2016-04,1,\n", 1, "", "",
           "a name in column 3", "`callover tidy` removes empty ones at the end"),
    series("many empty columns at the end", "period,value,,,,\n2016-04,1,,,,\n", 1, "", "",
           "a name in columns 3 to 6", "`callover tidy` removes empty ones at the end"),
    series("an index that a library wrote", ",period,value\n0,2016-04,1\n", 1, "", "",
           "a name in column 1", "Name the column, or remove it"),
    series("a missing column", "value,marker\n1,\n", 1, "period", "", "a column named period",
           "Add the column period"),
    series("no figures", "period,marker\n2016-04,x\n", 1, "value", "", "one of the columns value",
           "Add a column with the figures"),
    series("a year and a month apart", "year,month,value\n2016,4,1\n", 1, "year", "year",
           "one of period", "Write both in one column, period: 2016-04", faults=0),
    series("a date for a period", "date,value\n2016-04,1\n", 1, "date", "date", "one of period",
           "Rename it to period", faults=0),
    series("months as columns", "area_code,Apr-16,May-16\nE09000002,1,2\n", 1, "Apr-16", "Apr-16",
           "one of period", "Write a row for each period", faults=0),
    series("years as columns", "period,2015/16,2016/17\nApr,1,2\n", 1, "2015/16", "2015/16",
           "one of period", "Write a row for each period", faults=0),
    in_series("a number for a milestone", "2016/17-Q1,5", 1, "value", "value",
              "one of period, area_code, category, text", "Remove the column", kind="milestone",
              header="period,value"),
    # the rows
    series("a cell too many", f"{HEADER}2016-04,1,,,\n", 2, "", "2016-04,1,,,",
           "4 cells, as in the header", "a comma too many"),
    series("a cell too few", f"{HEADER}2016-04,1,\n", 2, "", "2016-04,1,",
           "4 cells, as in the header", "a missing cell"),
    series("an empty row", f"{HEADER}2016-04,1,,\n,,,\n2016-05,1,,\n", 3, "", "", "a row of data",
           "`callover tidy` does this"),
    series("empty rows at the end", f"{HEADER}2016-04,1,,\n" + ",,,\n" * 900, 3, "",
           "900 empty rows", "a row of data", "Delete the empty rows"),
    series("a quote that never ends", f'{HEADER}2016-04,1,,"line\n', 2, "", "a quote that is open",
           "matching quotes", "write a quote inside it twice"),
    series("a quote within a cell", f'{HEADER}2016-04,1,,"so "called""\n', 2, "",
           "a quote inside a cell", "matching quotes", "write a quote inside it twice"),
    # a table and its descriptor
    Case("a table that is not listed", DESCRIPTOR, 0, "resources", "",
         "targets.csv in the list, as it is in the folder", "`callover tidy` does this",
         changes=[settings(DESCRIPTOR, **{"resources": [{"name": "series", "path": "series.csv"}]}),
                  gone(f"{PLACE}/measure/published.csv")]),
    Case("a column that the schema does not know", DESCRIPTOR, 0, "resources.0.schema.fields",
         "period, value", "the columns of series.csv: period, value, marker, note",
         "`callover tidy`", changes=[settings(DESCRIPTOR, **{"resources.0.schema.fields": [
             {"name": "period"}, {"name": "value"}]})]),
    Case("a table that is listed and missing", TARGETS, 0, "", "", "a file that can be read",
         "take its name out of datapackage.json", changes=[gone(TARGETS)]),
    Case("a table that nobody knows", DESCRIPTOR, 0, "resources", "wards",
         "one of series, targets, comparators, published", "take it out",
         changes=[settings(DESCRIPTOR, **{"resources.+": {"name": "wards", "path": "wards.csv"}})],
         faults=0),
    Case("no series and no reason", DESCRIPTOR, 0, "resources", "",
         "a series.csv, or the reason why there are no figures", "callover.not_available",
         {"kind": "count", "series": None}),
    Case("a folder without a descriptor", f"{PLACE}/drafts/datapackage.json", 0, "", "",
         "a file that can be read", "`callover new` writes one",
         changes=[put(f"{PLACE}/drafts/words.txt", "x")]),
    Case("a partnership without a descriptor", PARTNERSHIP, 0, "", "", "a file that can be read",
         "`callover new` writes one", changes=[gone(PARTNERSHIP)]),
    # strays
    stray("a table in capitals", f"{PLACE}/measure/Targets.csv", "one of commentary",
          "Rename it to the one you mean"),
    stray("a workbook in the folder", f"{PLACE}/measure/figures.xlsx", "one of commentary",
          "Rename it to the one you mean"),
    stray("a copy of a table", f"{PLACE}/measure/series (1).csv", "one of commentary",
          "or remove it"),
    stray("a lock of an office program", f"{PLACE}/measure/~$series.xlsx", "one of commentary",
          "or remove it"),
    stray("a misspelt folder", f"{PLACE}/measure/comentary/2016-12.md", "one of commentary",
          "Rename it to the one you mean"),
    stray("a table beside the indicators", f"{PLACE}/stray.csv", "actions.csv",
          "list it in datapackage.json"),
    Case("commentary in a text file", f"{PLACE}/measure/commentary/2016-11.txt", 0, "",
         "2016-11.txt", "a file named after its own period", "Rename it to 2016-11.md",
         changes=[put(f"{PLACE}/measure/commentary/2016-11.txt", "Well.\n")]),
    Case("a heading that the page has no place for", f"{PLACE}/measure/commentary/2016-10.md", 1,
         "", "## Overvew", "one of ## Overview, ## Actions, ## Benchmarking",
         "Choose one of these headings",
         changes=[put(f"{PLACE}/measure/commentary/2016-10.md", "## Overvew\n\nWell.\n")]),
    Case("a name that is not its folder's", DESCRIPTOR, 0, "name", "other",
         "measure, as the folder", "the name of its folder",
         changes=[settings(DESCRIPTOR, name="other")]),
    Case("a folder that was renamed", f"{PLACE}/knives/datapackage.json", 0, "name", "measure",
         "knives, as the folder", "the name of its folder",
         changes=[move(f"{PLACE}/measure", f"{PLACE}/knives")]),
)  # fmt: skip
