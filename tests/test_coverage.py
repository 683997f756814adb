"""Every transcribed row of a source is in a package, or in the list of omissions with a reason.

A ledger (tests/figures) lists each row of figures that the documents of a partnership print. A
figure is carried by a cell of its package if the package row names the figure's line, covers the
figure's period (where the ledger has one) and prints the same number. One cell
carries one figure of a file. A row whose figures are words is carried by a cell of words. A row
may be carried by an indicator's package or by one of the partnership's own tables.
"""

import csv
import json
import os
import re
from pathlib import Path

import pytest

from callover import periods

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "datapackage"
FIGURES = ROOT / "tests" / "figures"
# The transcriptions lie where they were made: a folder for each partnership.
TRANSCRIPTIONS = Path(os.environ.get("CALLOVER_TRANSCRIPTIONS", ROOT / "no transcriptions"))

# Columns that say what a row is about and where it was printed; the others hold figures.
WORDS = ("where", "note", "basis", "source")
ABOUT = {
    *(*WORDS, "release", "measure", "period", "area_code", "group", "category", "marker"),
    *("type", "status", "unit", "baseline_period"),
    *("denominator", "valid_from", "valid_to"),
}
# Of these, a target's own figures, told beside its limits.
OF_TARGETS = ("change_percent", "baseline")
# The first ledger leaves out what targets say of themselves, and its transcription has some figures
# in two files. In every other ledger one cell carries one figure, whatever the file.
EASED = {"barking-and-dagenham"}
NUMBER = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?")

Row = dict[str, str]
Tables = dict[str, list[Row]]  # table -> its rows
Cell = tuple[str, int, str]  # table, row, column
Place = tuple[str, str]  # partnership, and an indicator's slug or the name of a table such as x.csv


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines_of(row: Row) -> set[str]:
    """Give the source lines that a package row names."""
    return set(re.findall(r"\bline (\d+)", " ".join(row.get(column, "") for column in WORDS)))


def is_claim(row: Row, tables: Tables) -> bool:
    """Say whether a print is about figures that other rows carry.

    It is above or below others, per so many of what, divided by a number of the reference data, or
    0 where series.csv has a hidden figure of the same line.
    """
    measure, text = row["measure"], row["as_printed"]
    if measure == "denominator":
        return text.replace(",", "") in {known["value"] for known in tables["denominators"]}
    hidden = {n for own in tables.get("series", []) if own.get("marker") == "c"
              for n in lines_of(own)}  # fmt: skip
    nought = text == "0" and bool(lines_of(row) & hidden)
    return "_against_" in measure or measure == "rate_unit" or nought


def tables_of(folder: Path) -> Tables:
    """Give an indicator's tables, with the shared denominators and the descriptor's name."""
    tables = {path.stem: rows_of(path) for path in sorted(folder.glob("*.csv"))}
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    tables["descriptor"] = [{"name": descriptor["name"]}]
    tables["denominators"] = rows_of(DATA / "reference" / "denominators.csv")
    if "published" in tables:
        tables["published"] = [row for row in tables["published"] if not is_claim(row, tables)]
    return tables


FILES = rows_of(FIGURES / "files.csv")
PARTNERSHIPS = sorted({row["partnership"] for row in FILES})
LEDGERS = {name: rows_of(FIGURES / f"{name}.csv") for name in PARTNERSHIPS}
OMISSIONS = {
    name: rows_of(DATA / name / "omissions.csv")
    for name in PARTNERSHIPS
    if (DATA / name / "omissions.csv").exists()
}
INDICATORS: dict[Place, Tables] = {
    (name, path.parent.name): tables_of(path.parent)
    for name in PARTNERSHIPS
    for path in (DATA / name).glob("*/datapackage.json")
}


def own_rows(partnership: str, file: str) -> list[Row]:
    """Give the rows of a partnership's table; of its descriptor, one for each line of a key."""
    path = DATA / partnership / file
    if path.suffix == ".csv":
        return rows_of(path)
    schemes = json.loads(path.read_text(encoding="utf-8"))["callover"]["schemes"].values()
    return [
        {"text": scheme["legend"], "tolerance": str(scheme.get("tolerance", "")), "note": line}
        for scheme in schemes
        for line in re.findall(r"\bline \d+", scheme["source"])
    ]


def is_own(slug: str) -> bool:
    """Tell whether a ledger row names a file of the partnership instead of an indicator."""
    return slug.endswith((".csv", ".json"))


# The files of the partnerships themselves that the ledgers name.
SHARED: dict[Place, Tables] = {
    (name, file): {file: own_rows(name, file)}
    for name, rows in LEDGERS.items()
    for file in {row["slug"] for row in rows if is_own(row["slug"])}
}
PACKAGES = {**INDICATORS, **SHARED}


def days(row: Row, eased: bool) -> tuple[int, int] | None:
    """Give the days of a row's period, or None where no period is stated.

    The first ledger, as its document does, names a span of months by its last one.
    """
    if not row.get("period"):
        return None
    period = periods.parse(row["period"])
    return (period.end if eased else period.start, period.end)


def number_of(text: str) -> float | None:
    """Give the first number of a text, without its sign: a text may say "down 12"."""
    found = NUMBER.search(text)
    return float(found[0].replace(",", "")) if found else None


def figures_of(row: Row) -> list[str]:
    """Give a ledger row's figures; a row of words has one, which is empty."""
    return row["figures"].split(" | ")


def is_derived(row: Row) -> bool:
    """Tell whether a series row is worked out; published.csv has what was printed."""
    marker = row.get("marker")
    return marker == "e" or (marker == "u" and "the words" in row["note"])


def cells_of(tables: Tables) -> list[tuple[Cell, Row, str]]:
    """Give every cell that can carry a figure, with its row and its text."""
    cells = []
    for table, rows in tables.items():
        for index, row in enumerate(rows):
            if table == "series" and is_derived(row):
                continue
            marker = row.get("marker")
            hidden = re.search(r"printed (\d+)", row["note"]) if marker == "c" else None
            if hidden:  # what the document printed in place of a count that could name a person
                cells.append(((table, index, "marker"), row, hidden[1]))
            for column, text in row.items():
                if text and column not in ABOUT and not column.endswith("_marker"):
                    cells.append(((table, index, column), row, text))
            if is_own(table):  # a whole row of words, of a table of the partnership
                cells.append(((table, index, "text"), row, ""))
    return cells


def same(figure: str, text: str, exactly: bool) -> bool:
    """Tell whether a cell prints a figure: the same text, or else the same number."""
    number = number_of(figure)
    if exactly or (figure and number is None):
        return figure.replace(" ", "") == text.replace(" ", "")
    return number == number_of(text)


def may_carry(figure: str, column: str, row: Row, eased: bool) -> bool:
    """Tell whether a column is one for figures, or for words; a target in words is printed text."""
    if column in OF_TARGETS:
        return not eased and bool(figure)
    if column == "as_published":
        return not eased and row["type"] == "words"
    return bool(figure) or column in ("text", "as_printed")


def carried(
    figure: str, wanted: Row, cells: list[tuple[Cell, Row, str]], used: set[Cell], eased: bool
) -> Cell | None:
    """Find the free cell that carries a figure of a ledger row."""
    for exactly in (True, False):
        for cell, row, text in cells:
            table, _, column = cell
            if cell in used or not same(figure, text, exactly):
                continue
            if not may_carry(figure, column, row, eased):
                continue
            if wanted["period"] and days(row, eased) != days(wanted, eased):
                continue
            if table == "targets":  # it has no column for the line, so the period is exact
                if wanted["period"] not in ("", row["period"]):
                    continue
            elif wanted["line"] and wanted["line"] not in lines_of(row):
                continue
            return cell
    return None


def page_is_described(wanted: Row, tables: Tables) -> bool:
    """Tell whether a package has a page's name, its printed rating and the target's numbers."""
    ratings = {
        row["as_printed"]
        for row in tables.get("published", [])
        if row["measure"] == "rating_published"
    }
    targets = [row for row in tables.get("targets", []) if row["period"] == wanted["period"]]
    words = " ".join(row["as_published"] for row in targets)
    printed = ratings | set(re.findall(r"[\d.]+%?", words)) | {""}
    named = tables["descriptor"] == [{"name": wanted["slug"]}]
    return named and bool(targets) == bool(wanted["period"]) and set(figures_of(wanted)) <= printed


def missing(tables: Tables, wanted: list[Row], eased: bool) -> list[str]:
    """Name the ledger rows of one package that it does not carry."""
    cells = cells_of(tables)
    used: dict[str, set[Cell]] = {}
    lost = []
    for row in wanted:
        name = f"{row['file']} row {row['row']}"
        if row["file"] == "indicators.csv":
            if not page_is_described(row, tables):
                lost.append(name)
            continue
        taken = used.setdefault(row["file"] if eased else "", set())
        for figure in figures_of(row):
            cell = carried(figure, row, cells, taken, eased)
            if cell is None:
                lost.append(f"{name}, line {row['line']}: {figure or 'words'}")
            else:
                taken.add(cell)
    return lost


def ledger_of(place: Place) -> list[Row]:
    partnership, slug = place
    return [row for row in LEDGERS[partnership] if row["slug"] == slug]


def named(place: Place) -> str:
    return "/".join(place)


# ---------------------------------------------------------------- the ledger is whole


@pytest.mark.parametrize("partnership", PARTNERSHIPS)
def test_the_ledger_has_every_row_in_order(partnership):
    wanted = [(f["file"], int(f["rows"])) for f in FILES if f["partnership"] == partnership]
    keys = [(row["file"], int(row["row"])) for row in LEDGERS[partnership]]
    assert list(dict.fromkeys(keys)) == [(f, row) for f, n in wanted for row in range(1, n + 1)]
    assert keys == sorted(keys, key=list(dict.fromkeys(keys)).index), "a row's lines stand together"
    assert all(row["line"].isdigit() or not row["line"] for row in LEDGERS[partnership])


@pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f['partnership']}/{f['file']}")
def test_the_ledger_holds_numbers_and_no_words(file):
    figure = re.compile(r"[-+±]? ?\d[\d,.]*%?|\d+ ?of ?\d+|[RAG↑↓]|")
    rows = [row for row in LEDGERS[file["partnership"]] if row["file"] == file["file"]]
    assert [row for row in rows for f in figures_of(row) if not figure.fullmatch(f)] == []
    wordy = {row["row"] for row in rows if row["slug"]}
    wordy -= {row["row"] for row in rows if row["figures"]}
    assert len(wordy) == int(file["words"]), "rows where the document prints words: no more"


@pytest.mark.parametrize("partnership", PARTNERSHIPS)
def test_the_ledger_agrees_with_the_transcription_where_that_is_at_hand(partnership):
    files = sorted((TRANSCRIPTIONS / partnership).glob("*.csv"))
    wanted = [f["file"] for f in FILES if f["partnership"] == partnership]
    assert [path.name for path in files] in ([], wanted)
    for path in files:
        rows = rows_of(path)
        for mine in (row for row in LEDGERS[partnership] if row["file"] == path.name):
            row = rows[int(mine["row"]) - 1]
            line = next(
                (row[name] for name in ("line", "line_start", "seed_line") if name in row), ""
            )
            assert mine["line"] in (line, "") or not line, (mine, row)
            texts = [re.sub(r"[\s,]", "", text) for text in row.values()]
            for figure in figures_of(mine):
                assert any(re.sub(r"[\s,]", "", figure) in text for text in texts), (mine, row)
            printed = row.get("value") or row.get("printed") or row.get("pct") or ""
            words = number_of(printed) is None
            assert mine["figures"] or not mine["slug"] or words, (mine, row)
        ours = [row for row in LEDGERS[partnership] if row["file"] == path.name]
        assert len(rows) == len({row["row"] for row in ours})


# ---------------------------------------------------------------- source to packages


@pytest.mark.parametrize("partnership", PARTNERSHIPS)
def test_a_row_is_in_a_package_or_omitted_with_a_reason_never_both(partnership):
    ledger, omissions = LEDGERS[partnership], OMISSIONS.get(partnership, [])
    files = {row["file"] for row in ledger}
    omissions = [row for row in omissions if row["file"] in files]  # others are words of a document
    omitted = {(row["file"], row["row"], row["line"]) for row in omissions}
    without = {(row["file"], row["row"], row["line"]) for row in ledger if not row["slug"]}
    assert without == omitted
    assert len(omitted) == len(omissions)
    assert [row for row in omissions if len(row["reason"].split()) < 3] == []
    assert [row for row in ledger if not row["slug"] and row["figures"]] == []


@pytest.mark.parametrize("partnership", PARTNERSHIPS)
def test_the_ledger_and_the_packages_name_the_same_indicators(partnership):
    named = {row["slug"] for row in LEDGERS[partnership] if not is_own(row["slug"])}
    assert named - {""} == {slug for name, slug in INDICATORS if name == partnership}


@pytest.mark.parametrize("place", sorted(PACKAGES), ids=named)
def test_every_row_of_the_source_is_in_its_package(place):
    assert missing(PACKAGES[place], ledger_of(place), place[0] in EASED) == []


# ---------------------------------------------------------------- packages to source


@pytest.mark.parametrize("place", sorted(INDICATORS), ids=named)
def test_every_figure_of_a_series_was_printed(place):
    printed: dict[str, set[float | None]] = {}
    for row in ledger_of(place):
        printed.setdefault(row["line"], set()).update(map(number_of, figures_of(row)))
    for row in INDICATORS[place].get("series", []):
        if row.get("marker") in ("e", "u"):
            continue  # worked out from other figures, or in doubt: `rests_on` says from which
        lines = lines_of(row)
        assert lines, row
        assert lines <= printed.keys(), row
        values = {number_of(text) for _, _, text in cells_of({"series": [row]})}
        assert values <= set().union(*(printed[line] for line in lines)), row


# ---------------------------------------------------------------- the check can fail


def unnoticed(tables: Tables, wanted: list[Row], eased: bool) -> list[Row]:
    """Give the package rows that could be taken away without the check above failing."""
    return [
        row
        for table, rows in tables.items()
        if table not in ("denominators", "descriptor")
        for index, row in enumerate(rows)
        if (eased or can_be_missed(table, row, tables, wanted))
        and not (table == "series" and is_derived(row))
        and not missing({**tables, table: rows[:index] + rows[index + 1 :]}, wanted, eased)
    ]


def can_be_missed(table: str, row: Row, tables: Tables, wanted: list[Row]) -> bool:
    """Tell whether a ledger can miss a package row.

    It cannot miss a target that has no figure of its own, nor what the document says outside the
    tables that were transcribed, nor a print that series.csv has from the same line, nor a row that
    only says that there is no figure.
    """
    if table == "targets":
        amounts = [row.get(column) for column in ("lower", "upper", *OF_TARGETS)]
        words = number_of(row["as_published"]) is None
        listed = not words or any("" in figures_of(entry) for entry in wanted)
        return any(amounts) or (row["type"] == "words" and listed)
    if table == "series" and row.get("marker") in ("x", "z") and not row.get("text"):
        return False
    lines = lines_of(row)
    if table != "published" or not lines:
        return True
    return not lines.isdisjoint(entry["line"] for entry in wanted) and not any(
        own.get(row["measure"]) and same(row["as_printed"], own[row["measure"]], exactly=False)
        for own in tables.get("series", [])
        if lines & lines_of(own)
    )


# A figure of the words that stands in series.csv and in published.csv: either row carries it.
TWICE: dict[Place, set[str]] = {
    ("barking-and-dagenham", "asb-calls"): {"4362"},
    ("barking-and-dagenham", "hate-crime"): {"396"},
    ("barking-and-dagenham", "marac-repeat-referrals"): {"25"},
}


@pytest.mark.parametrize("place", sorted(INDICATORS), ids=named)
def test_a_row_taken_from_a_package_is_missed(place):
    rows = unnoticed(INDICATORS[place], ledger_of(place), place[0] in EASED)
    for row in rows:
        figure = row.get("as_printed") or row.get("value") or row.get("percent") or ""
        assert re.sub(r"[,%]", "", figure) in TWICE.get(place, set()), row
    assert len(rows) == 2 * len(TWICE.get(place, set()))


@pytest.mark.parametrize("place", sorted(SHARED), ids=named)
def test_a_row_taken_from_a_table_of_the_partnership_is_missed(place):
    """Rows that no transcription has, such as achievements in words, may come and go."""
    wanted = ledger_of(place)
    lines = {row["line"] for row in wanted}
    free = unnoticed(SHARED[place], wanted, place[0] in EASED)
    free = [row for row in free if lines_of(row) & lines]
    if any(row["figures"] for row in wanted):
        free = [row for row in free if row.get("value")]
    assert free == []
