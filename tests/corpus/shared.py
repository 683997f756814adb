"""The tables that all partnerships share: areas, groups, denominators, help lines, words."""

from __future__ import annotations

from tests.corpus.case import Case
from tests.corpus.package import GONE, add, gone, put, settings

DESCRIPTOR = "reference/datapackage.json"
LINES = "id,name,topics,helps,phone,cost,other,hours,web,area,checked,source\n"
TILES = "area_code,name,area_type,csp_code,force_code,short_name,tile_column,tile_row\n"
HOME, NEXT = "E09000002,Made-up Borough,,,,", "E09000003,Next Borough,,,,"
OTHERS = "E23000001,Made-up Police,,,,,,\nE12000007,Made-up Region,,,,,,\n"
FORMULA = "text, not a formula"


def more(name: str, table: str, row: str, line: int, column: str, value: str, told: str,
         do: str, faults: int = 1) -> Case:  # fmt: skip
    """Give a case of a row that is added to a shared table."""
    file = f"reference/{table}.csv"
    return Case(name, file, line, column, value, told, do, changes=[add(file, f"{row}\n")],
                faults=faults)  # fmt: skip


def tile(name: str, first: str, second: str, line: int, column: str, value: str, told: str,
         do: str) -> Case:  # fmt: skip
    """Give a case of two areas with these tiles."""
    text = f"{TILES}{HOME}{first}\n{NEXT}{second}\n{OTHERS}"
    changes = [put("reference/areas.csv", text),
               settings(DESCRIPTOR, **{"resources.0.schema": GONE})]  # fmt: skip
    return Case(name, "reference/areas.csv", line, column, value, told, do, changes=changes)


def line(name: str, row: str, column: str, value: str, told: str, do: str) -> Case:
    """Give a case of a help line."""
    file = "reference/helplines.csv"
    return Case(name, file, 2, column, value, told, do, changes=[put(file, f"{LINES}{row}\n")])


def word(name: str, row: str, number: int, column: str, value: str, told: str, do: str) -> Case:
    """Give a case of everyday words."""
    file = "reference/everyday.csv"
    return Case(name, file, number, column, value, told, do,
                changes=[put(file, f"words,terms\n{row}\n")])  # fmt: skip


CASES = (
    more("an area twice", "areas", "E09000002,Again,borough,,", 6, "area_code", "E09000002",
         "each area_code once", "Row 2 has it too"),
    more("an area without a name", "areas", "E09000009,,borough,,", 6, "name", "", "a name",
         "Fill the cell"),
    more("an area with formulas", "areas", "=1,=1,=1,=1,=1", 6, "csp_code", "=1", FORMULA,
         "Begin the cell", faults=5),
    more("a group twice", "groups", "met,Again,32,not published,,,", 4, "group", "met",
         "each group once", "Row 2 has it too"),
    more("a member that is nowhere", "groups", "some,Some,1,E00000000,,,", 4, "members",
         "E00000000", "an area code of areas.csv", "or add the area"),
    more("a group of the wrong size", "groups", "some,Some,3,E09000002 E09000003,,,", 4, "size",
         "3", "2, as members has", "Correct the size"),
    more("a group with formulas", "groups", "=1,=1,many,=1,soon,later,=1", 4, "size", "many",
         "a whole number", "Write 1234", faults=7),
    more("a group that ends first", "groups",
         "some,Some,2,E09000002 E09000003,2016-01-01,2015-01-01,", 4, "valid_to", "2015-01-01",
         "a day from 2016-01-01 on", "Correct one of the two days"),
    more("dates that overlap", "denominators", "residents,E09000002,2016-01-01,,5,x,x,false", 3,
         "valid_from", "residents", "dates that no other row covers",
         "Row 2 covers some of them too"),
    more("a UK date in the denominators", "denominators", "h,E09000002,1/1/2016,,5,x,x,false", 3,
         "valid_from", "1/1/2016", "a day such as 2016-06-01", "Write 2016-01-01."),
    more("the end first", "denominators", "h,E09000002,2016-01-01,2015-01-01,5,x,x,", 3,
         "valid_to", "2015-01-01", "a day after 2016-01-01", "Correct one of the two days"),
    more("nobody lives there", "denominators", "h,E09000002,,,0,x,x,false", 3, "value", "0",
         "a number above 0", "nothing can be divided by 0"),
    more("no number of people", "denominators", "h,E09000002,,,,x,x,false", 3, "value", "",
         "a value", "Fill the cell"),
    more("people with a thousands comma", "denominators", 'h,E09000002,,,"201,979",x,x,false', 3,
         "value", "201,979", "a whole number", "Write 201979."),
    more("neither true nor false", "denominators", "h,E09000002,,,5,x,x,maybe", 3, "inferred",
         "maybe", "one of true, false, or nothing", "Put one of these"),
    more("people of nowhere", "denominators", "h,E00000000,,,5,x,x,false", 3, "area_code",
         "E00000000", "an area code of reference/areas.csv", "or add the area"),
    more("denominators with formulas", "denominators", "=1,=1,soon,later,many,=1,=1,maybe", 3,
         "unit", "=1", FORMULA, "Begin the cell", faults=0),
    tile("two areas on a tile", "ONE,3,1", "TWO,3,1", 3, "tile_column", "3",
         "a place that no other area has; row 2", "Move one of the two"),
    tile("a tile without its row", "ONE,3,", "TWO,4,1", 2, "tile_row", "", "a number from 1",
         "both a column and a row"),
    tile("a tile without its column", "ONE,,2", "TWO,4,1", 2, "tile_column", "",
         "a number from 1", "both a column and a row"),
    tile("a tile in column 0", "ONE,0,2", "TWO,4,1", 2, "tile_column", "0", "a number from 1",
         "both a column and a row"),
    Case("a tile in words", "reference/areas.csv", 2, "tile_row", "north", "a whole number",
         "Write 1234", changes=[
             put("reference/areas.csv", f"{TILES}{HOME}=1,west,north\n{NEXT}TWO,4,1\n{OTHERS}"),
             settings(DESCRIPTOR, **{"resources.0.schema": GONE})], faults=3),
    *(Case(f"no {name}", f"reference/{name}", 0, "", "", "a file that can be read", do,
           changes=[gone(f"reference/{name}")])
      for name, do in (("areas.csv", "Add the file"), ("groups.csv", "Add the file"),
                       ("datapackage.json", "`callover new` writes one"))),
    Case("everyday words that are listed and missing", "reference/everyday.csv", 0, "", "",
         "a file that can be read", "take its name out", changes=[settings(DESCRIPTOR, **{
             "resources.+": {"name": "everyday", "path": "everyday.csv"}})]),
    # help lines
    line("a phone number without its nought",
         "line,A line,domestic-abuse,People.,808 2000 247,,,,,,,", "phone", "808 2000 247",
         "a phone number of the United Kingdom", "A spreadsheet may have eaten the 0"),
    line("a phone number for the world",
         "line,A line,domestic-abuse,People.,+44 808 2000 247,,,,,,,", "phone", "+44 808 2000 247",
         "a phone number of the United Kingdom", "Write 0808 2000 247."),
    line("an address without https", "line,A line,domestic-abuse,People.,,,,,www.example.org,,,",
         "web", "www.example.org", "an address that begins with https://",
         "Write https://www.example.org/."),
    line("an address that runs", "line,A line,domestic-abuse,People.,,,,,javascript:alert(1),,,",
         "web", "javascript:alert(1)", "an address that begins with https://",
         "Copy the address from the browser"),
    line("a topic that is none", "line,A line,domestic abuse,People.,999,,,,,,,", "topics",
         "domestic abuse", "one or more of emergency", "Choose from these topics"),
    line("a line checked on a UK date", "line,A line,distress,People.,999,,,,,,02/11/2026,",
         "checked", "02/11/2026", "a day such as", "Write 2026-11-02."),
    line("a line with the id of a topic", "distress,A line,distress,People.,999,,,,,,,", "id",
         "distress", "an id that is not a topic", "Name the row after the service"),
    line("a line with an id in capitals", "Line,A line,distress,People.,999,,,,,,,", "id", "Line",
         "an id in lower-case letters", "Write line."),
    line("a line that nobody can reach", "line,A line,distress,People.,,,,,,,,", "phone", "",
         "a phone number or a web address", "Fill phone or web"),
    line("a line that helps nobody", "line,A line,distress,,999,,,,,,,", "helps", "", "a helps",
         "Fill the cell"),
    Case("a help line of formulas", "reference/helplines.csv", 2, "hours", "=1", FORMULA,
         "Begin the cell", changes=[put("reference/helplines.csv",
                                        f"{LINES}A,=1,x,=1,call,=1,=1,=1,x,=1,soon,=1\n")],
         faults=12),
    # everyday words
    word("a word in two rows", "mugging,robbery\nrobbed; Muggings,theft", 3, "words", "mugging",
         "each word in one row", "Add the terms there"),
    word("a semicolon too many", "mugging;,robbery", 2, "words", "mugging;",
         "words, with one semicolon between two", "Delete the semicolon"),
    word("nothing between two semicolons", "mugging,robbery;;theft", 2, "terms", "robbery;;theft",
         "words, with one semicolon between two", "Delete the semicolon"),
    word("a word without a term", "mugging,", 2, "terms", "", "a terms", "Fill the cell"),
    word("a formula for a word", "=1+1,robbery", 2, "words", "=1+1", FORMULA, "Begin the cell"),
    word("a formula for a term", "mugging,=1+1", 2, "terms", "=1+1", FORMULA, "Begin the cell"),
)  # fmt: skip
