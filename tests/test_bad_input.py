"""What is told of bad input beside the corpus (tests/corpus), and input that is only odd."""

import json
import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import generate
from callover.data.read import read
from callover.errors import Fault, Faults

TODAY = date(2017, 1, 31)
OWN = "datapackage/made-up-borough/measure"
HEADER = "period,value,marker,note\n"
COMPLETIONS = "period,starts,terminations,successes,starts_marker,terminations_marker,marker,note\n"
TARGETS = "measure,category,period,type,lower,upper,status\n"
PUBLISHED = "release,measure,period,area_code,category,as_printed,where\n"


def faults(root):
    """Read what must be faulty; every message is plain, of two lines, and in order."""
    with pytest.raises(Faults) as told:
        read(root, TODAY)
    found = told.value.faults
    assert list(found) == sorted(found)
    assert told.value.exit_code == 2
    assert str(told.value).endswith("in the data. Nothing was published.")
    for fault in found:
        lines = str(fault).splitlines()
        assert len(lines) == 2 and all(line.isprintable() for line in lines), lines
        assert fault.file and fault.expected and fault.remedy
        assert "Traceback" not in str(fault) and "<class" not in str(fault)
    return found


def only(root):
    """Read what has exactly one fault."""
    found = faults(root)
    assert len(found) == 1, "\n".join(map(str, found))
    return found[0]


def shown(fault):
    return fault.file, fault.row, fault.column, fault.value


def folder(root):
    return root / "made-up-borough" / "measure"


def edit(path, change):
    value = json.loads(path.read_text("utf-8"))
    change(value)
    path.write_text(json.dumps(value), "utf-8")


# ---------------------------------------------------------------- cells of series.csv


def test_a_bare_january_is_not_guessed_but_its_neighbours_are_asked(package):
    rows = "Dec-16,1,x,\nJan-1,,x,\nFeb-17,,x,\n".replace(",1,x", ",,x")
    found = faults(package("count", series=HEADER + rows))
    assert [f.remedy[:17] for f in found] == [
        "Write 2016-12. `c", "Is it 2017-01? Th", "Write 2017-02. `c",
    ]  # fmt: skip


def named(packages):
    """Give packages the names of their folders."""
    made: dict[str, str] = {}
    for slug, files in packages.items():
        value = json.loads(files["datapackage.json"]) | {"name": slug}
        files = {**files, "datapackage.json": generate.json_text(value)}
        made |= generate.below(f"made-up-borough/{slug}", files)
    return made


@pytest.mark.parametrize(
    ("own", "place", "value", "expected"),
    [
        ({"related": ["nowhere"]}, "related.0", "nowhere", "of an indicator of this partnership"),
        ({"parts": ["measure"]}, "parts.0", "measure", "another indicator"),
        ({"within": ["other", "other"]}, "within.1", "other", "each once"),
        ({"parts": ["other"], "within": ["other"]}, "within.0", "other", "not among the parts"),
        ({"parts": ["share"]}, "parts", "share", "whose figures add up"),
        ({"related": "other"}, "related", "other", "a list of indicators"),
        ({"undated": 5}, "undated", "5", "under which period the rows are filed"),
        ({"lead": ["A"]}, "lead", '["A"]', "never a person"),
    ],
)
def test_what_an_indicator_names_of_others_is_checked(package, own, place, value, expected):
    others = {"other": generate.indicator(2, "count"), "share": generate.indicator(3, "proportion")}
    data = package("count", callover=own, extra=named(others))
    fault = only(data)
    assert shown(fault)[2:] == (f"callover.{place}", value)
    assert fault.file == f"{OWN}/datapackage.json" and fault.row
    assert expected in fault.expected


def test_what_adds_up_and_what_belongs_to_it_is_fine(package):
    extra = named({"other": generate.indicator(2, "count")})
    read(package("count", callover={"parts": ["other"], "related": ["other"]}, extra=extra), TODAY)


PERCENT = "period,percent,marker,note\n"


_PLAIN = {"categories": {}, "rating": {"scheme": "none"}}


def test_a_percentage_below_1_is_confirmed_in_its_note(package):
    series = f"{PERCENT}2016-04,0.45,,really 0.45%\n"
    read(package("proportion", targets=None, callover=_PLAIN, series=series), TODAY)


def test_nine_of_three_is_refused_unless_marked_doubtful(package):
    row = "2016-04,1,3,9,,,,\n"
    fault = only(package("completions", series=COMPLETIONS + row))
    assert shown(fault) == (f"{OWN}/series.csv", 2, "successes", "9")
    assert fault.expected == "at most 3, the number of terminations"
    read(
        package("completions", series=COMPLETIONS + row.replace(",,,\n", ",,u,as printed\n")), TODAY
    )


# ---------------------------------------------------------------- shape and encoding


def test_a_byte_order_mark_is_read(package):
    data = package("count")
    (folder(data) / "series.csv").write_bytes((HEADER + "2016-04,1,,Côte\n").encode("utf-8-sig"))
    assert read(data, TODAY).partnerships


def test_line_ends_of_any_system_are_read(package):
    for end in ("\r\n", "\n", "\r"):
        data = package("count")
        text = (HEADER + "2016-04,1,,a\n2016-05,2,,b\n").replace("\n", end)
        (folder(data) / "series.csv").write_text(text, "utf-8", newline="")
        assert len(read(data, TODAY).partnerships[0].indicators) == 1


# ---------------------------------------------------------------- names


def test_a_scheme_without_a_target_has_no_bases(package):
    data = package("count")
    path = data / "made-up-borough/datapackage.json"
    edit(path, lambda found: found["callover"]["schemes"]["none"].update(bases=["period"]))
    fault = only(data)
    assert (fault.column, fault.value) == ("callover.schemes.none.bases", "period")
    edit(path, lambda found: found["callover"]["schemes"]["none"].update(bases=["decade"]))
    assert faults(data)[0].expected == "one of period, cumulative, year_end"


def test_a_rate_needs_a_denominator_that_exists_and_is_valid(package):
    rate = {"per": 1000, "label": "per 1,000"}
    fault = only(package("count_rate", callover={"denominator": {"id": "cats", **rate}}))
    assert (fault.column, fault.value) == ("callover.denominator.id", "cats")
    assert fault.expected == "residents, the only one here"
    data = package("count_rate", series=HEADER + "2015-03,1,,\n2015-04,2,,\n")
    path = data / "reference" / "denominators.csv"
    path.write_text(path.read_text("utf-8").replace(",E09000002,,", ",E09000002,2015-04-01,"))
    fault = only(data)
    assert shown(fault) == (f"{OWN}/series.csv", 2, "period", "2015-03")
    assert "residents for E09000002, valid on 2015-03-31" in fault.expected
    path.write_text(path.read_text("utf-8").replace("E09000002", "E09000003"))
    assert [f.row for f in faults(data)] == [2, 3]


# ---------------------------------------------------------------- samples, leagues, areas

SAMPLES = "period,percent,base,numerator,half_width,lower,upper,marker,note\n"


@pytest.mark.parametrize(
    "text",
    [
        "2011/12,17,397,69,3.73,13.65,21.11,,",
        "2011/12,17,397,71,,18.1,21.1,u,weighted",
        "2011/12,0,568,,0.35,-0.17,0.53,,",
        "2011/12,0,0,,,,,,",
        "2011/12,100,4,4,0,,,,",
    ],
)
def test_a_sample_as_a_source_may_print_it_is_read(package, text):
    data = package("survey", series=f"{SAMPLES}{text}\n", comparators=None)
    assert len(read(data, TODAY).partnerships[0].indicators) == 1


@pytest.mark.parametrize(
    ("measure", "column"),
    [
        ("rank_in_met", ""), ("value_rank_in_met_from_highest", ""), ("rank_in_nobody", "measure"),
        ("shares_rank_in_met", "measure"),
    ],
)  # fmt: skip
def test_a_printed_rank_is_of_a_known_quantity_and_group(package, measure, column):
    data = package("league", published=f"{PUBLISHED}2016-12,{measure},2016-12,,,3rd lowest,\n")
    if column:
        assert only(data).column == column
    else:
        assert read(data, TODAY).partnerships


def test_the_area_of_a_page_has_rows_and_a_name(package):
    text = "period,area_code,value\n2016-04,E09000003,7\n"
    fault = only(package("count", series=text))
    assert (fault.column, fault.value) == ("callover.area", "E09000002")
    assert "callover.area" in fault.remedy
    data = package("count", series=text, callover={"area": "E09000003"})
    assert read(data, TODAY).partnerships[0].indicators[0].area == "E09000003"
    fault = only(package("count", callover={"area": "E99999999"}))
    assert (fault.column, fault.value) == ("callover.area", "E99999999")


def test_commentary_is_named_after_a_period_and_keeps_to_its_headings(package):
    own = "made-up-borough/measure/commentary"
    extra = {
        f"{own}/2016-12.md": "## Overview\n\nWell.\n",
        f"{own}/fy2016-17-q3.md": "## Actions\n",
        f"{own}/2013-w25.md": "words",
        f"{own}/2012-04_2013-03.md": "words",
    }
    assert (
        len(read(package("count", extra=extra), TODAY).partnerships[0].indicators[0].commentary)
        == 4
    )
    bad = {
        f"{own}/december.md": "x",
        f"{own}/2016-11.txt": "x",
        f"{own}/2016-10.md": "## Overvew\n",
        f"{own}/fy2012-13.md": "the same days as 2012-04_2013-03",
        f"{own}/2016-09.md": "x" * 20_001,
    }
    found = faults(package("count", extra=bad))
    assert [(f.file.rpartition("/")[2], f.row) for f in found] == [
        ("2016-09.md", 0), ("2016-10.md", 1), ("2016-11.txt", 0), ("december.md", 0),
        ("fy2012-13.md", 0),
    ]  # fmt: skip


def test_a_table_that_is_there_is_listed_and_its_columns_are(package):
    data = package("count")
    edit(folder(data) / "datapackage.json", lambda d: d["resources"].pop(0))
    found = faults(data)
    assert "series.csv in the list" in found[0].expected or "series.csv in" in found[1].expected
    data = package("count")
    path = folder(data) / "datapackage.json"
    edit(path, lambda d: d["resources"][0]["schema"]["fields"].pop())
    fault = only(data)
    assert fault.column == "resources.0.schema.fields"
    assert "callover tidy" in fault.remedy


# ---------------------------------------------------------------- descriptors


# ---------------------------------------------------------------- partnership and reference


def test_a_partnership_is_checked_like_an_indicator(package):
    data = package("count")
    path = data / "made-up-borough" / "datapackage.json"

    def change(value):
        value["callover"]["home_area"] = "E00000000"
        value["callover"]["schemes"]["within-10"]["rule"] = "guess"
        value["callover"]["releases"][0]["data_to"] = "Dec-16"
        value["callover"]["releases"][0]["next"] = "2017-02-30"
        value["callover"]["outcomes"].append(value["callover"]["outcomes"][0])

    edit(path, change)
    found = [f for f in faults(data) if f.file == "datapackage/made-up-borough/datapackage.json"]
    assert [(f.column, f.value) for f in found] == [
        ("callover.home_area", "E00000000"),
        ("callover.outcomes", "less-crime"),
        ("callover.releases.0.data_to", "Dec-16"),
        ("callover.releases.0.next", "2017-02-30"),
        ("callover.schemes.within-10.rule", "guess"),
    ]
    assert found[2].remedy == "Write 2016-12."


def test_a_folder_without_packages_says_what_is_wanted(tmp_path):
    for root in (tmp_path / "gone", tmp_path):
        assert "callover new partnership" in only(root).remedy


# ---------------------------------------------------------------- all together


def test_all_faults_of_a_run_are_told_together_and_in_order(package):
    data = package(
        "count",
        series=HEADER + "Apr-16,1,,\n2016-05,many,,\n2016-06,,,\n2016-07,3,c,\n",
        targets=TARGETS + "value,all,2016/17,about,,9,agreed\n",
        callover={"polarity": "up"},
    )
    (data / "made-up-borough" / "datapackage.json").write_text("{", "utf-8")
    (data / "reference" / "areas.csv").write_text("area_code,name\n", "utf-8")
    found = faults(data)
    assert [(f.file.removeprefix("datapackage/"), f.row, f.column) for f in found] == [
        ("made-up-borough/datapackage.json", 1, ""),
        ("made-up-borough/measure/datapackage.json", 137, "callover.polarity"),
        ("made-up-borough/measure/series.csv", 2, "period"),
        ("made-up-borough/measure/series.csv", 3, "value"),
        ("made-up-borough/measure/series.csv", 4, "value"),
        ("made-up-borough/measure/series.csv", 5, "value"),
        ("made-up-borough/measure/targets.csv", 2, "type"),
        ("reference/areas.csv", 1, ""),
        ("reference/datapackage.json", 25, "resources.0.schema.fields"),
    ]


def test_progress_counts_indicators(package):
    told: list[int] = []
    read(package("count"), TODAY, told.append)
    assert told == [1]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cell=st.text(st.characters(codec="utf-8"), max_size=12), place=st.integers(0, 3))
def test_no_text_in_a_cell_breaks_the_reader(package, cell, place):
    row = ["2016-04", "1", "", ""]
    row[place] = '"' + cell.replace('"', '""') + '"'
    data = package("count")
    path = folder(data) / "series.csv"
    path.write_text(HEADER + ",".join(row) + "\n", "utf-8", newline="")
    try:
        portal = read(data, TODAY)
    except Faults as told:
        assert all(len(str(fault).splitlines()) == 2 for fault in told.faults)
    else:
        series = portal.partnerships[0].indicators[0].series
        for key, cells in series.items():
            assert key.column == "value"
            assert all(re.fullmatch(r"\d{4}.*", period.label, re.A) for period in cells)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(raw=st.binary(max_size=60))
def test_no_bytes_break_the_reader(package, raw):
    data = package("count")
    for name in ("series.csv", "datapackage.json"):
        (folder(data) / name).write_bytes(raw)
        faults(data)


# ---------------------------------------------------------------- everyday words


def test_everyday_words_may_be_missing_but_not_if_they_are_listed(package):
    data = package("count")
    read(data, TODAY)
    listed = generate.resource("everyday", ("words", "terms"))
    edit(data / "reference" / "datapackage.json", lambda d: d["resources"].append(listed))
    assert only(data).file == "datapackage/reference/everyday.csv"


def test_a_message_has_two_lines_whatever_it_quotes():
    told = Fault("a.csv", 2, "period", "1\r2", "one for \r\x85, now", "Write \u2028 it.")
    assert str(told).splitlines() == [
        'a.csv, row 2, column period: found "1 2"; expected one for   , now.', "  Write   it."
    ]  # fmt: skip


def test_an_area_that_nobody_knows_is_told_once(package):
    found = faults(package("count_rate", partnership={"home_area": "\r"}))
    assert [f.column for f in found] == ["callover.home_area", "callover.area"]
