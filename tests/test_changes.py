"""A pull request is told which figures, ratings and words of the site it changes."""

import json
import shutil
from datetime import date

import pytest

from callover.changes import MAX_ROWS, changes
from callover.errors import Faults

TODAY = date(2017, 1, 31)
HEADER = "period,value,marker,note\n"
TARGETS = (
    "measure,category,period,type,lower,upper,status\nvalue,all,2016/17,maximum,,1200,agreed\n"
)
MONTHS = [f"2016-{n:02}" for n in range(4, 13)]
SERIES = HEADER + "".join(f"{month},100,,\n" for month in MONTHS)


@pytest.fixture
def both(package, tmp_path):
    """A small site twice: as published now, and as somebody wants it."""
    new = package("count", series=SERIES, targets=TARGETS, published=None)
    return shutil.copytree(new, tmp_path / "old"), new


def measure(root, slug="measure"):
    return root / "made-up-borough" / slug


def copy_indicator(root, slug, title):
    shutil.copytree(measure(root), measure(root, slug))
    path = measure(root, slug) / "datapackage.json"
    value = json.loads(path.read_text("utf-8")) | {"name": slug, "title": title}
    path.write_text(json.dumps(value), "utf-8")


def confirm(root, figure):
    """Say in the package that an unlikely figure is right."""
    path = measure(root) / "datapackage.json"
    value = json.loads(path.read_text("utf-8"))
    value["callover"]["confirmed"] = [figure]
    path.write_text(json.dumps(value), "utf-8")


def test_no_change_is_said_in_a_sentence(both):
    old, new = both
    assert changes(old, new, TODAY) == (
        "# What changes on the site\n\n"
        "Nothing changes: every figure, rating and word stays as it is.\n"
    )


def test_a_changed_figure_is_told_with_all_that_follows_from_it(both):
    old, new = both
    (measure(new) / "series.csv").write_text(SERIES.replace("2016-12,100", "2016-12,240"), "utf-8")
    confirm(new, {"period": "2016-12", "column": "value", "value": "240"})
    text = changes(old, new, TODAY)
    assert text.startswith(
        "# What changes on the site\n\n## Made-up Community Safety Partnership\n"
    )
    assert text.index("### Ratings") < text.index("### Figures")
    assert "- Made-up measure 0001: **Off target** for December 2016, was on target" in text
    assert "| Indicator | Figure | Period | Old value | New value |" in text
    assert "| Made-up measure 0001 | Latest period | December 2016 | 100 | 240 |" in text
    assert "| Made-up measure 0001 | Year to date | December 2016 | 900 | 1,040 |" in text
    assert "November" not in text


def test_what_a_change_means_is_told_in_words_and_its_test_is_not(both):
    old, new = both
    for root, figure in ((old, 104), (new, 140)):  # 104 of 204: p 0.83; 140 of 240: p 0.012
        year = [f"2015-{n:02}" for n in range(4, 13)] + ["2016-01", "2016-02", "2016-03"]
        rows = "".join(f"{month},{100 + n},,\n" for n, month in enumerate(year))
        text = f"{HEADER}{rows}2016-04,{figure},,\n"
        (measure(root) / "series.csv").write_text(text, "utf-8")
        confirm(root, {"period": "2016-04", "column": "value", "value": str(figure)})
    text = changes(old, new, TODAY)
    assert "### Better or worse" in text
    assert "- Made-up measure 0001: **worse, more than chance**, was no clear change" in text
    assert "p value" not in text and "dispersion" not in text
    assert "| Change on last year | April 2016 | 4.0% | 40.0% |" in text


def test_a_month_more_and_a_month_less_are_told(both):
    old, new = both
    (measure(new) / "series.csv").write_text(SERIES.replace("2016-12,100,,\n", ""), "utf-8")
    assert "| Latest period | December 2016 | 100 | none |" in changes(old, new, TODAY)
    assert "| Latest period | December 2016 | none | 100 |" in changes(new, old, TODAY)


def test_a_marker_is_a_change_too(both):
    old, new = both
    (measure(new) / "series.csv").write_text(SERIES.replace("2016-12,100,,", "2016-12,100,p,"))
    text = changes(old, new, TODAY)
    assert r"| Latest period | December 2016 | 100 | 100 \[p\] |" in text


def test_changed_words_of_a_milestone_are_told(package, tmp_path):
    text = "period,text\n2016/17-Q1,Delayed\n"
    own = {"rating": {"scheme": "none"}, "categories": {}}
    old = package("milestone", series=text, callover=own)
    old = old.rename(tmp_path / "old")
    new = package("milestone", series=text.replace("Delayed", "On track"), callover=own)
    assert "April to June 2016 | Delayed | On track |" in changes(old, new, TODAY)


def test_new_and_removed_indicators_are_named_not_listed_figure_by_figure(both):
    old, new = both
    copy_indicator(new, "second", "A | B <script> *c*")
    copy_indicator(old, "third", "Third measure")
    text = changes(old, new, TODAY)
    assert "### New indicators\n\n- A \\| B &lt;script&gt; \\*c\\*: 100 for December 2016" in text
    assert "### Indicators taken away\n\n- Third measure" in text
    assert "### Figures" not in text


def test_changed_words_are_named(both):
    old, new = both
    path = measure(new) / "datapackage.json"
    value = json.loads(path.read_text("utf-8"))
    value["callover"]["panels"]["definition"] = "Other words."
    path.write_text(json.dumps(value), "utf-8")
    (measure(new) / "commentary").mkdir(exist_ok=True)
    (measure(new) / "commentary" / "2016-11.md").write_text("More.", "utf-8")
    text = changes(old, new, TODAY)
    assert "### Words\n\n- Made-up measure 0001: definition, commentary" in text
    assert "### Figures" not in text


def test_the_table_ends_with_how_many_more_there_are(both):
    old, new = both
    for number in range(10):
        for root in both:
            copy_indicator(root, f"more-{number}", f"More {number}")
    for path in new.glob("*/*/series.csv"):
        path.write_text(SERIES.replace(",100,", ",101,"), "utf-8")
    text = changes(old, new, TODAY)
    rows = [line for line in text.splitlines() if line.startswith("| M")]
    assert len(rows) == MAX_ROWS
    more = text.rpartition("And ")[2]
    assert more.endswith("more figures that are not listed here.\n")
    assert int(more.split()[0].replace(",", "")) > 50


def test_the_first_publication_lists_what_is_new(both, tmp_path):
    (tmp_path / "empty").mkdir()
    for old in (tmp_path / "gone", tmp_path / "empty"):
        text = changes(old, both[1], TODAY)
        assert "This is the first publication" in text
        assert "- Made-up measure 0001: 100 for December 2016; on target" in text


def test_a_faulty_base_is_said_and_only_the_new_is_listed(both):
    old, new = both
    (measure(old) / "series.csv").write_text("period\n", "utf-8")
    text = changes(old, new, TODAY)
    assert "could not be read (" in text
    assert "### New indicators" in text
    with pytest.raises(Faults):
        changes(new, old, TODAY)


def test_a_partnership_taken_away_is_named(both):
    old, new = both
    shutil.copytree(old / "made-up-borough", old / "gone-borough")
    path = old / "gone-borough" / "datapackage.json"
    value = json.loads(path.read_text("utf-8")) | {"name": "gone-borough", "title": "Gone"}
    path.write_text(json.dumps(value), "utf-8")
    text = changes(old, new, TODAY)
    assert "## Gone (taken away)" in text
    assert "- Made-up measure 0001" in text
