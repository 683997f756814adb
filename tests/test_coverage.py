"""Every transcribed row of the source is in a package, or in the list of omissions with a reason.

The ledger (tests/figures) lists each row of figures that the document prints. A figure is carried
by a cell of its indicator's package if the package row names the figure's line, closes on the same
day as the figure's period (where the ledger has one) and prints the same number. One cell carries
one figure of a file. A row whose figures are words is carried by a cell of words.
"""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from callover import periods

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "datapackage"
HOME = DATA / "barking-and-dagenham"
# The transcription lies beside the repository where it was made, and nowhere else.
TRANSCRIPTION = ROOT.parent / "shared" / "figures" / HOME.name

# Rows of each file of the transcription: what the document printed does not change.
ROWS = {
    "history.csv": 116,
    "idap_on_programme.csv": 14,
    "idap_referrals_2013_14.csv": 5,
    "indicators.csv": 28,
    "marac_benchmarks.csv": 11,
    "narrative_figures.csv": 248,
    "observations.csv": 964,
    "phof_2_15.csv": 2,
    "phof_2_15_history.csv": 10,
    "phof_2_15_lag_example.csv": 1,
    "treatment_targets.csv": 5,
    "youth_justice.csv": 7,
}

# Columns that say what a row is about and where it was printed; the others hold figures.
WORDS = ("where", "note", "basis", "source")
ABOUT = {
    *(*WORDS, "release", "measure", "period", "area_code", "group", "category", "marker"),
    *("type", "status", "unit", "change_percent", "baseline", "baseline_period"),
    *("denominator", "valid_from", "valid_to"),
}
NUMBER = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?")

Row = dict[str, str]
Tables = dict[str, list[Row]]  # table -> its rows
Cell = tuple[str, int, str]  # table, row, column


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tables_of(folder: Path) -> Tables:
    """Give an indicator's tables, with the shared denominators and the descriptor's name."""
    tables = {path.stem: rows_of(path) for path in sorted(folder.glob("*.csv"))}
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    tables["descriptor"] = [{"name": descriptor["name"]}]
    tables["denominators"] = rows_of(DATA / "reference" / "denominators.csv")
    return tables


LEDGER = rows_of(ROOT / "tests" / "figures" / "ledger.csv")
OMISSIONS = rows_of(HOME / "omissions.csv")
PACKAGES = {path.parent.name: tables_of(path.parent) for path in HOME.glob("*/datapackage.json")}


def lines_of(row: Row) -> set[str]:
    """Give the source lines that a package row names."""
    return set(re.findall(r"\bline (\d+)", " ".join(row.get(column, "") for column in WORDS)))


def closes(row: Row) -> int | None:
    """Give the day a row's period ends on, or None where no period is stated."""
    return periods.parse(row["period"]).end if row.get("period") else None


def number_of(text: str) -> float | None:
    """Give the first number of a text, without its sign: a text may say "down 12"."""
    found = NUMBER.search(text)
    return float(found[0].replace(",", "")) if found else None


def figures_of(row: Row) -> list[str]:
    """Give a ledger row's figures; a row of words has one, which is empty."""
    return row["figures"].split(" | ")


def is_derived(row: Row) -> bool:
    """Tell whether a series row is worked out; published.csv has what was printed."""
    return row["marker"] == "e" or (row["marker"] == "u" and "the words" in row["note"])


def cells_of(tables: Tables) -> list[tuple[Cell, Row, str]]:
    """Give every cell that can carry a figure, with its row and its text."""
    cells = []
    for table, rows in tables.items():
        for index, row in enumerate(rows):
            if table == "series" and is_derived(row):
                continue
            hidden = re.search(r"printed (\d+)", row["note"]) if row.get("marker") == "c" else None
            if hidden:  # what the document printed in place of a count that could name a person
                cells.append(((table, index, "marker"), row, hidden[1]))
            for column, text in row.items():
                if text and column not in ABOUT:
                    cells.append(((table, index, column), row, text))
    return cells


def same(figure: str, text: str, exactly: bool) -> bool:
    """Tell whether a cell prints a figure: the same text, or else the same number."""
    if exactly:
        return figure.replace(" ", "") == text.replace(" ", "")
    return number_of(figure) == number_of(text)


def carried(
    figure: str, wanted: Row, cells: list[tuple[Cell, Row, str]], used: set[Cell]
) -> Cell | None:
    """Find the free cell that carries a figure of a ledger row."""
    for exactly in (True, False):
        for cell, row, text in cells:
            table, _, column = cell
            if cell in used or not same(figure, text, exactly):
                continue
            if column == "as_published" or (not figure and column not in ("text", "as_printed")):
                continue
            if wanted["period"] and closes(row) != closes(wanted):
                continue
            if table == "targets":  # it has no column for the line, so the period is exact
                if wanted["period"] not in ("", row["period"]):
                    continue
            elif wanted["line"] not in lines_of(row):
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


def missing(tables: Tables, wanted: list[Row]) -> list[str]:
    """Name the ledger rows of one indicator that its package does not carry."""
    cells = cells_of(tables)
    used: dict[str, set[Cell]] = {}
    lost = []
    for row in wanted:
        name = f"{row['file']} row {row['row']}"
        if row["file"] == "indicators.csv":
            if not page_is_described(row, tables):
                lost.append(name)
            continue
        taken = used.setdefault(row["file"], set())
        for figure in figures_of(row):
            cell = carried(figure, row, cells, taken)
            if cell is None:
                lost.append(f"{name}, line {row['line']}: {figure or 'words'}")
            else:
                taken.add(cell)
    return lost


def ledger_of(slug: str) -> list[Row]:
    return [row for row in LEDGER if row["slug"] == slug]


# ---------------------------------------------------------------- the ledger is whole


def test_the_ledger_has_every_row_once():
    keys = [(row["file"], int(row["row"])) for row in LEDGER]
    assert keys == [(file, row) for file, count in ROWS.items() for row in range(1, count + 1)]
    assert len(LEDGER) == 1411
    assert all(row["line"].isdigit() for row in LEDGER)


def test_the_ledger_holds_numbers_and_no_words():
    figure = re.compile(r"[-+]? ?\d[\d,.]*%?|\d+ ?of ?\d+|[RAG↓]|")
    assert [row for row in LEDGER for f in figures_of(row) if not figure.fullmatch(f)] == []
    wordy = Counter(row["slug"] for row in LEDGER if row["slug"] and not row["figures"])
    assert sum(wordy.values()) == 47, "rows where the document prints words: no more, no fewer"


def test_the_ledger_agrees_with_the_transcription_where_that_is_at_hand():
    files = sorted(TRANSCRIPTION.glob("*.csv"))
    assert [path.name for path in files] in ([], list(ROWS))
    for path in files:
        rows, ours = rows_of(path), [row for row in LEDGER if row["file"] == path.name]
        assert len(rows) == len(ours)
        for row, mine in zip(rows, ours, strict=True):
            assert mine["line"] == (row.get("line") or row["line_start"])
            texts = [re.sub(r"[\s,]", "", text) for text in row.values()]
            for figure in figures_of(mine):
                assert any(re.sub(r"[\s,]", "", figure) in text for text in texts), (mine, row)
            printed = row.get("value") or row.get("printed") or row.get("pct")
            assert mine["figures"] or not mine["slug"] or not printed, (mine, row)


# ---------------------------------------------------------------- source to packages


def test_a_row_is_in_a_package_or_omitted_with_a_reason_never_both():
    omitted = {(row["file"], row["row"], row["line"]) for row in OMISSIONS}
    without = {(row["file"], row["row"], row["line"]) for row in LEDGER if not row["slug"]}
    assert without == omitted
    assert len(omitted) == len(OMISSIONS) == 8
    assert [row for row in OMISSIONS if len(row["reason"].split()) < 3] == []
    assert [row for row in LEDGER if not row["slug"] and row["figures"]] == []


def test_the_ledger_and_the_packages_name_the_same_indicators():
    assert {row["slug"] for row in LEDGER} - {""} == set(PACKAGES)
    assert len(PACKAGES) == 28


@pytest.mark.parametrize("slug", sorted(PACKAGES))
def test_every_row_of_the_source_is_in_its_package(slug):
    assert missing(PACKAGES[slug], ledger_of(slug)) == []


# ---------------------------------------------------------------- packages to source


@pytest.mark.parametrize("slug", sorted(PACKAGES))
def test_every_figure_of_a_series_was_printed(slug):
    printed: dict[str, set[float | None]] = {}
    for row in ledger_of(slug):
        printed.setdefault(row["line"], set()).update(map(number_of, figures_of(row)))
    for row in PACKAGES[slug].get("series", []):
        if row["marker"] in ("e", "u"):
            continue  # worked out from other figures, or in doubt: `rests_on` says from which
        lines = lines_of(row)
        assert lines, row
        assert lines <= printed.keys(), row
        values = {number_of(text) for _, _, text in cells_of({"series": [row]})}
        assert values <= set().union(*(printed[line] for line in lines)), row


# ---------------------------------------------------------------- the check can fail


def unnoticed(tables: Tables, wanted: list[Row]) -> list[Row]:
    """Give the package rows that could be taken away without the check above failing."""
    return [
        row
        for table, rows in tables.items()
        if table != "denominators"
        for index, row in enumerate(rows)
        if not (table == "series" and is_derived(row))
        and not missing({**tables, table: rows[:index] + rows[index + 1 :]}, wanted)
    ]


# A figure of the words that stands in series.csv and in published.csv: either row carries it.
TWICE = {"asb-calls": {"4362"}, "hate-crime": {"396"}, "marac-repeat-referrals": {"25"}}


@pytest.mark.parametrize("slug", sorted(PACKAGES))
def test_a_row_taken_from_a_package_is_missed(slug):
    rows = unnoticed(PACKAGES[slug], ledger_of(slug))
    for row in rows:
        figure = row.get("as_printed") or row.get("value") or row.get("percent") or ""
        assert re.sub(r"[,%]", "", figure) in TWICE.get(slug, set()), row
    assert len(rows) == 2 * len(TWICE.get(slug, set()))
