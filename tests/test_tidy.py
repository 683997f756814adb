"""`callover tidy` puts right what is certain, says what it did, and leaves the rest alone."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callover.data.read import read
from callover.data.tidy import Change, tidy
from callover.errors import Faults

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2017, 1, 31)
HEADER = "period,value,marker,note\n"


def folder(root):
    return root / "made-up-borough" / "measure"


def tidied(root, name="series.csv"):
    """Tidy, and give the file as it is afterwards with what was said about it."""
    told = [c for c in tidy(root, True) if c.file.endswith(name)]
    return (folder(root) / name).read_text("utf-8"), told


def put(root, text, name="series.csv"):
    (folder(root) / name).write_bytes(text if isinstance(text, bytes) else text.encode())


CELLS = {
    "Apr-16,10,,": "2016-04,10,,",
    "Sept 2016,10,,": "2016-09,10,,",
    "01/04/2016,10,,": "2016-04,10,,",
    "2015/2016,10,,": "2015/16,10,,",
    "2016-4,10,,": "2016-04,10,,",
    "Q1 2016/17,10,,": "2016/17-Q1,10,,",
    '2016-04,"1,386",,': "2016-04,1386,,",
    '2016-04,"1,234,567",,': "2016-04,1234567,,",
    "2016-04, 10 ,, line 5 ": "2016-04,10,,line 5",
    "2016-04,10.0,,": "2016-04,10,,",
    "2016-04,,[c],": "2016-04,,c,",
    "2016-04,,X,": "2016-04,,x,",
}


@pytest.mark.parametrize("before", CELLS)
def test_a_cell_is_put_right_where_that_is_certain(package, before):
    data = package("count")
    put(data, f"{HEADER}{before}\n")
    text, told = tidied(data)
    assert text == f"{HEADER}{CELLS[before]}\n"
    assert told and all(change.certain and change.row == 2 for change in told)
    read(data, TODAY)


LEFT = (
    "Apr-99,10,,", "16-Apr,10,,", "42736,10,,", "01/13/2016,10,,", "TBC,10,,", '2016-04,"1,38",,',
    '2016-04,"12,5",,', "2016-04,10%,,", "2016-04,1_000,,", "2016-04,ten,,", "2016-04,007,,",
    "2016-04,10.5,,", "2016-04,1,386,,", '2016-04,"0,123",,', "2016-04,-,,", "2016-04,3,c,",
    "2016-04,10,q,", "2016-04,10", "2016-04,10,,,,", "2016-04,10,,=1+1",
)  # fmt: skip


@pytest.mark.parametrize("row", LEFT)
def test_what_is_not_certain_is_left_for_the_check(package, row):
    data = package("count")
    put(data, f"{HEADER}{row}\n")
    text, told = tidied(data)
    assert text == f"{HEADER}{row}\n"
    assert told == []
    with pytest.raises(Faults):
        read(data, TODAY)


def test_a_bare_january_is_left_with_a_suggestion(package):
    data = package("count")
    put(data, HEADER + "Dec-16,,x,\nJan-1,,x,\nFeb-17,,x,\n")
    text, told = tidied(data)
    assert text == HEADER + "2016-12,,x,\nJan-1,,x,\n2017-02,,x,\n"
    assert [str(change).partition(": ")[2] for change in told] == [
        '"Dec-16" is now "2016-12"',
        '"Jan-1" is left as it is; is it "2017-01"?',
        '"Feb-17" is now "2017-02"',
    ]
    assert [(c.row, c.certain) for c in told] == [(2, True), (3, False), (4, True)]
    assert tidied(data)[1] == [c for c in told if not c.certain]


def test_a_day_is_not_made_a_month_where_days_are_meant(package):
    data = package("snapshot", targets=None)
    put(data, HEADER + "01/04/2016,12,,\n31/05/2016,12,,\n")
    text, told = tidied(data)
    assert "01/04/2016" in text
    assert [(c.after, c.certain) for c in told] == [("2016-04-01", False), ("2016-05-31", False)]


FILES = {
    "a byte order mark": (b"\xef\xbb\xbfperiod,value\n2016-04,1\n", "period,value\n2016-04,1\n"),
    "Windows line ends": (b"period,value\r\n2016-04,1\r\n", "period,value\n2016-04,1\n"),
    "old line ends": (b"period,value\r2016-04,1\r", "period,value\n2016-04,1\n"),
    "semicolons": (b"period;value;note\n2016-04;1;a,b\n", 'period,value,note\n2016-04,1,"a,b"\n'),
    "tabs": (b'period\tvalue\n2016-04\t"1,386"\n', "period,value\n2016-04,1386\n"),
    "empty columns": (b"period,value,,\n2016-04,1,,\n", "period,value\n2016-04,1\n"),
    "empty rows": (b"period,value\n2016-04,1\n,\n\n,,,\n", "period,value\n2016-04,1\n"),
    "a padded header": (b" Period ,VALUE\n2016-04,1\n", "period,value\n2016-04,1\n"),
    "columns in another order": (
        b"note,value,period\na,1,2016-04\n", "period,value,note\n2016-04,1,a\n"
    ),
    "rows in another order": (
        b"period,value\n2016-05,2\n2015/16,9\n2016-04,1\n",
        "period,value\n2015/16,9\n2016-04,1\n2016-05,2\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
def test_a_file_is_put_right_as_a_whole(package, case):
    before, after = FILES[case]
    data = package("count")
    put(data, before)
    tidy(data, False)
    assert (folder(data) / "series.csv").read_bytes() == before
    text, told = tidied(data)
    assert (folder(data) / "series.csv").read_bytes() == after.encode()
    assert told and text == after
    assert not list(folder(data).glob(".*"))
    read(data, TODAY)  # the descriptor now lists the columns that the file has
    assert tidy(data, True) == ()


def test_a_decimal_comma_stops_the_change_to_commas(package):
    data = package("count")
    put(data, "period;value\n2016-04;1,386\n")
    assert tidied(data)[1] == []


def test_months_of_each_category_in_turn_are_in_order(package):
    names = {"boys": "Boys", "girls": "Girls"}
    data = package("count", callover={"categories": names})
    header = "period,category,value\n"
    put(data, header + "2016-04,boys,1\n2016-04,girls,1\n2016-05,boys,1\n2016-05,girls,1\n")
    assert tidied(data)[1] == []
    put(data, header + "2016-05,girls,4\n2016-05,boys,3\n2016-04,girls,2\n2016-04,boys,1\n")
    assert tidied(data)[0] == (
        header + "2016-04,boys,1\n2016-05,boys,3\n2016-04,girls,2\n2016-05,girls,4\n"
    )


def test_rows_are_not_moved_while_a_period_is_unsure(package):
    data = package("count")
    rows = "2016-05,2,,\nJan-1,3,,\n2016-04,1,,\n"
    put(data, HEADER + rows)
    assert tidied(data)[0] == HEADER + rows


PERCENTS = {
    "proportion": ("period,percent\n", "2016-04,45.3%\n", "2016-04,45.3\n"),
    "yearly": ("period,value\n", "2015/16,45%\n", "2015/16,45\n"),
}


@pytest.mark.parametrize("kind", PERCENTS)
def test_a_percent_sign_that_only_repeats_the_unit_is_taken_away(package, kind):
    header, before, after = PERCENTS[kind]
    data = package(kind, callover={"unit": "percent"})
    put(data, header + before)
    assert tidied(data)[0] == header + after


def test_targets_and_comparators_are_put_right_too(package):
    data = package("completions")
    head = "measure,category,period,type,lower,upper,change_percent,baseline_period\n"
    put(data, head + "success_rate,all,2016/2017,minimum,70%,,-5%,2015/2016\n", "targets.csv")
    assert tidied(data, "targets.csv")[0] == (
        head + "success_rate,all,2016/17,minimum,70,,-5,2015/16\n"
    )
    put(data, head + "successes,all,2016/17,minimum,70%,,,\n", "targets.csv")
    assert tidied(data, "targets.csv")[1] == []
    data = package("count_rate")
    head = "period,area_code,group,measure,value,unit,basis\n"
    rows = 'Dec-16,E23000001,,rate,"1,234.5",x,y\n2016-12,E23000001,,rate,5%,percent,y\n'
    put(data, head + rows, "comparators.csv")
    assert tidied(data, "comparators.csv")[0] == (
        head + "2016-12,E23000001,,rate,1234.5,x,y\n2016-12,E23000001,,rate,5,percent,y\n"
    )


def test_what_is_printed_stays_as_it_is_printed(package):
    data = package("count")
    head = "release,measure,period,area_code,category,as_printed,where\n"
    put(data, head + '2016-12,value,Dec-16,E09000002,all,"1,386",x\n', "published.csv")
    assert tidied(data, "published.csv")[0] == (
        head + '2016-12,value,2016-12,E09000002,all,"1,386",x\n'
    )


def test_denominators_are_put_right_too(package):
    data = package("count")
    path = data / "reference" / "denominators.csv"
    path.write_text(path.read_text("utf-8").replace("200000", '"200,000"'), "utf-8")
    told = tidy(data, True)
    assert told == (
        Change("datapackage/reference/denominators.csv", 2, "value", "200,000", "200000"),
    )
    assert ",200000," in path.read_text("utf-8")


def test_a_descriptor_gets_the_tables_and_schemas_it_lacks(package):
    data = package("count")
    path = folder(data) / "datapackage.json"
    value = json.loads(path.read_text("utf-8"))
    schema = value["resources"][0].pop("schema")
    value["resources"][0]["title"] = "Calls — “all”"
    value["resources"] = value["resources"][:1]
    path.write_text(json.dumps(value), "utf-8")
    told = tidy(data, True)
    assert [c.column for c in told] == ["resources", "resources", "resources.series.schema"]
    text = path.read_text("utf-8")
    made = json.loads(text)
    assert text == json.dumps(made, indent=2, ensure_ascii=False) + "\n"
    assert list(made) == list(value)
    assert [r["name"] for r in made["resources"]] == ["series", "targets", "published"]
    names = [f["name"] for f in made["resources"][0]["schema"]["fields"]]
    assert names == [f["name"] for f in schema["fields"]]
    read(data, TODAY)
    assert tidy(data, True) == ()


def test_what_cannot_be_read_is_left_alone(package, tmp_path):
    data = package("count")
    (tmp_path / "outside.csv").write_text("Period\n", "utf-8")
    for raw in (b"period,value\n2016-04,\xf4\n", b"a,b\n1,2\n", b'period,"value\n', b"", b"\n"):
        put(data, raw)
        assert tidied_bytes(data) == raw
    (folder(data) / "series.csv").unlink()
    (folder(data) / "series.csv").symlink_to(tmp_path / "outside.csv")
    tidy(data, True)
    assert (tmp_path / "outside.csv").read_text("utf-8") == "Period\n"
    (folder(data) / "datapackage.json").write_text("{", "utf-8")
    tidy(data, True)
    assert tidy(tmp_path / "gone", True) == ()


def tidied_bytes(root):
    tidy(root, True)
    return (folder(root) / "series.csv").read_bytes()


def test_our_own_packages_are_tidy(tmp_path):
    copy = shutil.copytree(ROOT / "datapackage", tmp_path / "datapackage")
    assert tidy(copy, True) == ()


CELL = st.one_of(
    st.sampled_from(
        ["2016-04", "Apr-16", "Jan-1", "01/04/2016", "1,234", "12%", "0.45", " 7 ", "[C]", "x", ""]
    ),
    st.text(st.characters(codec="utf-8"), max_size=6),
)
ROW = st.lists(CELL, min_size=1, max_size=6)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    header=st.sampled_from(
        ["period,value,marker,note", " Period;VALUE", "period\tvalue\tnote", "note,period,value,,"]
    ),
    rows=st.lists(ROW, max_size=5),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_tidying_twice_changes_no_more_than_once(package, header, rows, end):
    data = package("count")
    delimiter = ";" if ";" in header else "\t" if "\t" in header else ","
    quoted = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in rows]
    lines = [header, *(delimiter.join(row) for row in quoted)]
    put(data, end.join(lines) + end)
    tidy(data, True)
    once = {p: p.read_bytes() for p in data.rglob("*") if p.is_file()}
    assert not [change for change in tidy(data, True) if change.certain]
    assert {p: p.read_bytes() for p in data.rglob("*") if p.is_file()} == once
