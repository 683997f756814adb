"""A fault of a descriptor names the line of its setting."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from callover.data.lines import lines, located
from callover.errors import Fault

TEXT = """{
  "name": "a \\" {b}, [c]:",
  "callover": {
    "rating": {"scheme": "none", "also": [
      {"measure": "x"},
      {"measure":
        "y"}]},
    "notes": ["one",
      "two"]
  }
}"""


def test_each_setting_has_its_line():
    found = lines(TEXT)
    assert [found[place] for place in ("", "name", "callover", "callover.rating.scheme")] == [
        1, 2, 3, 4,
    ]  # fmt: skip
    assert (found["callover.rating.also.0"], found["callover.rating.also.1.measure"]) == (5, 6)
    assert (found["callover.notes.0"], found["callover.notes.1"]) == (8, 9)


def test_a_missing_setting_has_the_line_of_its_block(tmp_path):
    (tmp_path / "data/a").mkdir(parents=True)
    Path(tmp_path / "data/a/datapackage.json").write_text(TEXT, "utf-8")
    places = ("callover.kind", "callover.notes.1", "title", "callover.notes.7")
    faults = [Fault("data/a/datapackage.json", 0, p, "", "x", "y") for p in places]
    assert [f.row for f in located(tmp_path / "data", faults)] == [3, 9, 1, 8]
    elsewhere = Fault("data/a/series.csv", 0, "value", "", "x", "y")
    assert list(located(tmp_path / "data", [elsewhere])) == [elsewhere]
    gone = Fault("data/b/datapackage.json", 0, "title", "", "x", "y")
    assert list(located(tmp_path / "data", [gone])) == [gone]


def places(value, above=""):
    yield above
    if not isinstance(value, dict | list):
        return
    for name, child in value.items() if isinstance(value, dict) else enumerate(value):
        yield from places(child, f"{above}.{name}" if above else str(name))


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(min_size=1), JSON, max_size=4))
def test_law_every_setting_of_any_object_is_found(made):
    found = lines(json.dumps(made, indent=1))
    assert set(places(made)) == set(found)
    assert list(found.values()) == sorted(found.values())
