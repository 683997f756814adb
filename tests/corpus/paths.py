"""Paths that lead elsewhere: remote, absolute, upwards, by a link, or to another table."""

from __future__ import annotations

from typing import Any

from tests.corpus.case import CANARY, DESCRIPTOR, PARTNERSHIP, PLACE, SERIES, Case
from tests.corpus.package import link, move, pipe, put, settings

PLAIN = "the plain name of a CSV file in the same folder"
NO_NET = "Callover reads nothing from the network"
ALONE = "give its name alone, with no path"
ONE_FILE = "one plain CSV file in UTF-8, with commas"
LINK = "Replace the link by a copy of what it points to"
FIRST = "resources.0"


def path(name: str, value: Any, remedy: str = ALONE, shown: str = "", faults: int = 0) -> Case:
    """Give a case of a resource whose path leads elsewhere."""
    found = shown or (value if isinstance(value, str) else "something that is not a file name")
    changes = [settings(DESCRIPTOR, **{f"{FIRST}.path": value})]
    return Case(name, DESCRIPTOR, 0, f"{FIRST}.path", found, PLAIN, remedy, changes=changes,
                faults=faults)  # fmt: skip


def key(name: str, extra: str, value: Any, shown: str) -> Case:
    """Give a case of a resource that would make a library read or run something else."""
    return Case(name, DESCRIPTOR, 0, f"{FIRST}.{extra}", shown, ONE_FILE, f"Remove {extra}",
                changes=[settings(DESCRIPTOR, **{f"{FIRST}.{extra}": value})])  # fmt: skip


def elsewhere(name: str, extra: str, value: str) -> Case:
    """Give a case of a schema, dialect or profile that is a link."""
    return Case(name, DESCRIPTOR, 0, f"{FIRST}.{extra}", value,
                f"the {extra} itself, not a link to it", NO_NET,
                changes=[settings(DESCRIPTOR, **{f"{FIRST}.{extra}": value})])  # fmt: skip


def linked(name: str, place: str, to: str, faults: int = 0) -> Case:
    """Give a case of a symbolic link in place of a file or folder."""
    return Case(name, place, 0, "", "a symbolic link", "a real file or folder", LINK,
                changes=[link(place, to)], faults=faults)  # fmt: skip


CASES = (
    # remote
    path("a path on the web", f"{CANARY}/series.csv", NO_NET),
    path("a path on the web in capitals", "HTTP://127.0.0.1/series.csv", NO_NET),
    path("a path on a file server", "ftp://127.0.0.1/s.csv", NO_NET),
    path("a path in a store of objects", "s3://bucket/s.csv", NO_NET),
    path("a file's address", "file:///etc/passwd", NO_NET),
    path("data in the address", "data:text/csv,a", NO_NET),
    path("a path without its scheme", "//127.0.0.1/s.csv"),
    *(elsewhere(f"a {extra} on the web", extra, f"{CANARY}/x.json")
      for extra in ("schema", "dialect", "profile")),
    *(elsewhere(f"a {extra} upwards", extra, "../x.json")
      for extra in ("schema", "dialect", "profile")),
    elsewhere("a schema in a file", "schema", "schema.json"),
    elsewhere("a schema in the system", "schema", "/etc/passwd"),
    Case("a package's profile on the web", DESCRIPTOR, 0, "profile", f"{CANARY}/x.json",
         "the name of a profile, not a link to one", NO_NET,
         changes=[settings(DESCRIPTOR, profile=f"{CANARY}/x.json")]),
    Case("a partnership's table on the web", PARTNERSHIP, 0, "resources.0.path",
         f"{CANARY}/actions.csv", PLAIN, NO_NET, changes=[settings(PARTNERSHIP, resources=[
             {"name": "actions", "path": f"{CANARY}/actions.csv"}])]),
    Case("a table of all on the web", "reference/datapackage.json", 0, "resources.0.path",
         f"{CANARY}/areas.csv", PLAIN, NO_NET,
         changes=[settings("reference/datapackage.json",
                           **{"resources.0.path": f"{CANARY}/areas.csv"})]),
    # elsewhere on the disk
    path("an absolute path", "/etc/passwd"),
    path("the folder above", "../series.csv"),
    path("two folders above", "../../reference/areas.csv"),
    path("a folder below", "sub/series.csv"),
    path("this folder", "./series.csv"),
    path("a drive of Windows", "C:\\series.csv", NO_NET),
    path("upwards in Windows", "..\\series.csv"),
    path("a share of a network", "\\\\server\\share\\series.csv"),
    path("a home folder", "~/series.csv"),
    path("every table", "*.csv"),
    path("a question to a server", "series.csv?x=1"),
    # no name at all
    path("a name with a line end", "series.csv\n", shown="series.csv"),
    path("a name without its ending", "series"),
    path("a workbook's name", "series.xlsx"),
    path("a name with an accent", "SÉRIES.csv"),
    path("a name that is empty", "", shown=" "),
    path("only an ending", ".csv"),
    path("nothing for a name", None),
    path("a number for a name", 7),
    path("a list of names", ["series.csv"]),
    path("a block for a name", {"a": 1}),
    Case("a name that is not there", f"{PLACE}/measure/gone.csv", 0, "", "",
         "a file that can be read", "take its name out of datapackage.json",
         changes=[settings(DESCRIPTOR, **{f"{FIRST}.path": "gone.csv"})], faults=0),
    Case("a name in other capitals", f"{PLACE}/measure/SERIES.csv", 0, "", "",
         "a file that can be read", "take its name out of datapackage.json",
         changes=[settings(DESCRIPTOR, **{f"{FIRST}.path": "SERIES.csv"})], faults=0),
    Case("the same file twice", DESCRIPTOR, 0, "resources.1.path", "series.csv",
         "each path once in the list", "Remove or correct one",
         changes=[settings(DESCRIPTOR, **{"resources.1.path": "series.csv"})], faults=0),
    Case("the same table twice", DESCRIPTOR, 0, "resources.1.name", "series",
         "each name once in the list", "Remove or correct one",
         changes=[settings(DESCRIPTOR, **{"resources.1.name": "series"})], faults=0),
    # what would make a library read or run something else
    key("data in the descriptor", "data", [{"a": 1}], "[{'a': 1}]"),
    key("a packed file", "compression", "zip", "zip"),
    key("a file in a packed one", "innerpath", "a.csv", "a.csv"),
    key("a scheme", "scheme", "http", "http"),
    key("further files", "extrapaths", ["b.csv"], "['b.csv']"),
    key("another encoding", "encoding", "cp1252", "cp1252"),
    key("another dialect", "dialect", {"delimiter": ";"}, "{'delimiter': ';'}"),
    key("steps to run", "steps", [{"type": "table-normalize"}], "[{'type': 'table-normalize'}]"),
    key("a control", "control", {"newline": ""}, "{'newline': ''}"),
    key("checks to run", "checklist", {"checks": [{"type": "row-constraint"}]},
        "{'checks': [{'type': 'row-constraint'}]}"),
    # links of the disk
    linked("a table behind a link", SERIES, "series.csv"),
    linked("a descriptor behind a link", DESCRIPTOR, "datapackage.json"),
    linked("commentary behind a link", f"{PLACE}/measure/commentary", "commentary"),
    linked("a page of commentary behind a link", f"{PLACE}/measure/commentary/2016-12.md",
           "2016-12.md"),
    linked("an indicator behind a link", f"{PLACE}/measure", "measure"),
    linked("a partnership behind a link", PLACE, PLACE),
    linked("all shared tables behind a link", "reference", "reference"),
    linked("a link beside the tables", f"{PLACE}/measure/extra.csv", "extra"),
    linked("a link beside the partnerships", "elsewhere", "elsewhere"),
    # what is no file
    Case("a pipe for a table", SERIES, 0, "", "not a file", "a plain file",
         "Put a plain file in its place", changes=[pipe(SERIES)]),
    Case("a folder for a table", SERIES, 0, "", "not a file", "a plain file",
         "Put a plain file in its place", changes=[move(SERIES, f"{PLACE}/measure/commentary/x"),
                                                   put(f"{SERIES}/x.txt", "x")], faults=0),
    Case("two names that differ in capitals", f"{PLACE}/Measure/datapackage.json", 0, "name",
         "Measure", "lower-case words joined by dashes", "Correct this setting",
         changes=[put(f"{PLACE}/Measure/datapackage.json",
                      '{"name": "Measure", "title": "M", "sources": [{"title": "s"}], '
                      '"resources": [], "callover": {"kind": "count", "polarity": "lower", '
                      '"unit": "calls", "not_available": "Nobody counts."}}')]),
    Case("a name of two alphabets", f"{PLACE}/m\u0435asure/datapackage.json", 0, "name",
         "m\u0435asure", "lower-case words joined by dashes", "Correct this setting",
         {"kind": "count", "slug": "m\u0435asure"}),
)  # fmt: skip
