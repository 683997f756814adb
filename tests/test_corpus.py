"""Every broken input is refused in words, at little cost, and nothing is published."""

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.corpus import GROUPS
from tests.corpus.package import sound

from callover.cli import main
from callover.data.shapes import OWN, REFERENCE, TABLES
from callover.errors import Fault, fewer
from callover.kinds import KINDS

ROOT = Path(__file__).resolve().parent.parent
CASES = [case for cases in GROUPS.values() for case in cases]
PROFILES = ROOT / "scripts/callover/data/profiles"


@cache
def outcomes():
    """Run the whole corpus once, each case in a process of its own."""
    path = ":".join(str(ROOT / name) for name in ("scripts", "benchmarks", "."))
    done = subprocess.run(
        [sys.executable, "-m", "tests.corpus.run"],
        cwd=ROOT, env={"PYTHONPATH": path}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    *made, last = (json.loads(line) for line in done.stdout.splitlines())
    return made, last["calls"]


@pytest.mark.parametrize("group", GROUPS)
def test_each_broken_input_is_refused_with_its_message_at_little_cost(group):
    made = [one for one in outcomes()[0] if one["group"] == group]
    assert len(made) == len(GROUPS[group])
    problems = [f"{one['name']}: {told}" for one in made for told in one["problems"]]
    assert not problems, "\n".join(problems)


def test_nobody_is_called_while_the_inputs_are_read():
    assert outcomes()[1] == 0


def test_the_corpus_is_large_and_each_case_is_told_from_the_others():
    assert len(CASES) >= 250
    assert len({case.name for case in CASES}) == len(CASES)


def told():
    """The file and the column of every message of the corpus."""
    said = "\n".join(one["said"] for one in outcomes()[0])
    return set(re.findall(r"(?m)^datapackage/([^:,]+)(?:, row \d+)?, column ([^:]+): found", said))


def test_every_column_of_every_table_is_in_a_case():
    found = {(Path(file).stem, column) for file, column in told()}
    wanted = {
        *((name, f.name) for kind in KINDS.values() for name in TABLES for f in TABLES[name](kind)),
        *((name, f.name) for name, fields in REFERENCE.items() for f in fields),
        *((name, f.name) for name, own in OWN.items() for f in own.fields),
    }  # fmt: skip
    assert not sorted(wanted - found)


def places(schema, above=""):
    """The place of each setting of a profile; * stands for a name that people choose."""
    for name, below in schema.get("properties", {}).items():
        place = f"{above}.{name}" if above else name
        yield place
        yield from inside(below, place)


def inside(schema, place):
    yield from places(schema, place)
    for key, step in (("items", r"\d+"), ("additionalProperties", "*")):
        if isinstance(schema.get(key), dict):
            yield from inside(schema[key], f"{place}.{step}")


@pytest.mark.parametrize(
    ("profile", "folder"), [("indicator", "made-up-borough/[^/]+"), ("partnership", "[^/]+")]
)
def test_every_setting_of_every_descriptor_is_in_a_case(profile, folder):
    found = [c for f, c in told() if re.fullmatch(f"{folder}/datapackage.json", f)]
    wanted = places(json.loads((PROFILES / f"{profile}.json").read_text("utf-8")))
    patterns = {place: place.replace(".", r"\.").replace("*", "[^.]+") for place in wanted}
    missing = [p for p, form in patterns.items() if not any(re.fullmatch(form, c) for c in found)]
    assert not missing


@pytest.mark.parametrize("group", GROUPS)
def test_a_build_of_broken_data_leaves_the_old_site_as_it_was(group, tmp_path, capsys):
    site = tmp_path / "site"
    site.mkdir()
    (site / "404.html").write_text("the old site", "utf-8")
    data = GROUPS[group][0].write(tmp_path, "http://127.0.0.1")
    with pytest.raises(SystemExit) as end:
        main(["build", "--data", str(data), "--output", str(site)], standalone_mode=False)
    assert end.value.code == 2 and "Nothing was published." in capsys.readouterr().err
    assert [path.name for path in tmp_path.rglob("*.html")] == ["404.html"]


def test_many_faults_of_a_sort_are_told_in_few_words():
    faults = [
        Fault("a.csv", n, "period", f"Apr-{n}", "a month", "Write it.") for n in range(2, 502)
    ]
    other = Fault("a.csv", 9, "value", "x", "a number", "Write it.")
    found = sorted(fewer([*faults, other]))
    assert len(found) == 22 and other in found
    assert [fault.value for fault in found if fault.row == 22] == ["480 more like Apr-22"]
    assert fewer(faults[:20]) == faults[:20]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(value=JSON, data=st.data())
def test_no_value_of_any_setting_breaks_the_command(tmp_path, capsys, value, data):
    """Whatever stands in place of a setting, the command ends in words: 0 or 2."""
    root = sound(tmp_path / "datapackage", "count_rate")
    path = root / data.draw(
        st.sampled_from(
            ("made-up-borough/datapackage.json", "made-up-borough/measure/datapackage.json")
        )
    )
    found = json.loads(path.read_text("utf-8"))
    block = found["callover"] if data.draw(st.booleans()) else found
    block[data.draw(st.sampled_from(sorted(block)))] = value
    path.write_text(json.dumps(found), "utf-8")
    try:
        main(["check", "--data", str(root), "--today", "2017-01-31"], standalone_mode=False)
    except SystemExit as end:
        assert end.code == 2
        lines = capsys.readouterr().err.splitlines()
        assert len(lines) % 2 == 1 and lines[-1].endswith("Nothing was published.")
