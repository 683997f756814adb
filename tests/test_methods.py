"""The methods page leaves out nothing: every name in metrics.csv, every row that computes."""

import csv
import re
from pathlib import Path

import pytest

from callover import ahead, control, recent
from callover.across import ACROSS
from callover.assurance import ASSURANCES, VARIATIONS
from callover.beside import AGAINST
from callover.judged import JUDGED
from callover.kinds import KINDS
from callover.measures import MEASURES
from callover.projection import PROJECTIONS
from callover.ratings import SCHEMES
from callover.signals import RULES
from callover.targets import TARGETS
from callover.worked import COMPARED, WORKED

GOLDEN = Path(__file__).resolve().parent / "golden/expected"
QUANTITIES = {quantity.name for kind in KINDS.values() for quantity in kind.quantities}


@pytest.fixture(scope="module")
def methods(built_site, html):
    return html(built_site / "methods/index.html")


@pytest.fixture(scope="module")
def described(methods):
    """Say whether a name is on the page: itself, without its quantity, or by a pattern there."""
    codes = {node.text for node in methods.all("code")}
    patterns = [re.sub("<[^>]+>", "[A-Za-z0-9_-]+", re.escape(c)) for c in codes if "<" in c]
    known = re.compile("|".join([*patterns, *map(re.escape, codes)]))

    def is_described(name):
        own = [name.removeprefix(f"{q}_") for q in QUANTITIES if name.startswith(f"{q}_")]
        return name in QUANTITIES or any(known.fullmatch(each) for each in (name, *own))

    return is_described


def names(folder):
    for path in folder.rglob("metrics.csv"):
        for row in csv.DictReader(path.read_text("utf-8").splitlines()):
            yield row["measure"]


@pytest.mark.parametrize("whose", ["the demonstration", "the golden folder"])
def test_every_name_in_metrics_csv_is_described(whose, built_site, described):
    found = set(names(built_site if whose == "the demonstration" else GOLDEN))
    assert len(found) > 50
    assert sorted(name for name in found if not described(name)) == []


def test_a_name_that_nobody_describes_is_found_out(described):
    assert described("rating_cumulative") and described("successes_rolling_12_months")
    assert described("percent_rank_in_met_of") and described("control_mean")
    assert not described("guess") and not described("value_guess") and not described("rating")


@pytest.mark.parametrize(
    ("table", "parts"),
    [
        (MEASURES, ("formula", "source", "sentence")),
        (ACROSS, ("formula", "source", "sentence")),
        (JUDGED, ("formula", "source", "sentence")),
        ({AGAINST.name: AGAINST}, ("formula", "source", "sentence")),
        (SCHEMES, ("formula", "source", "sentence")),
        (TARGETS, ("formula", "sentence")),
        (RULES, ("formula", "sentence")),
        ({row.name: row for row in PROJECTIONS}, ("formula",)),
        (VARIATIONS, ("word", "sentence")),
        (ASSURANCES, ("word", "sentence")),
    ],
)
def test_every_row_that_computes_is_on_the_page_with_all_its_parts(table, parts, methods):
    for name, row in table.items():
        for part in parts:
            told = getattr(row, part)
            assert told, (name, part)
            assert " ".join(told.split()).lower() in methods.text.lower(), (name, part)


def test_every_judgement_has_its_worked_example_on_the_page(methods):
    assert set(WORKED) == set(JUDGED)
    for make in (*WORKED.values(), *COMPARED.values()):
        assert " ".join(make().split()) in methods.text


def test_the_example_of_assurance_has_the_known_limits(methods):
    assert "has limits of -10.0 to 12.6%." in methods.text  # worked out in tests/test_signals.py
    assert "its assurance is hit and miss." in methods.text


@pytest.mark.parametrize(
    "table",
    [control.NAMES, ahead.NAMES, recent.NAMES, *(row.names for row in JUDGED.values())],
)
def test_names_stand_beside_what_they_are(table, methods):
    told = {node.text for node in methods.all("li")}
    for name, says in table.items():
        assert f"{name}: {says}" in told


def test_formulas_are_folded_and_headings_are_not(methods):
    folds = methods.all("details", class_="co-fold")
    inside = {id(node) for fold in folds for node in fold.walk()}
    terms = [node for node in methods.all("dt") if node.text in ("Formula", "Columns")]
    assert len(terms) > 50 and all(id(node) in inside for node in terms)
    headings = [node for level in ("h2", "h3") for node in methods.all(level)]
    assert not any(id(node) in inside for node in headings)
    named = [fold.one("summary").text for fold in folds]
    assert len(set(named)) == len(named), "each says whose formula it opens"
