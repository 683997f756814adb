# ruff: noqa: E501 (a case a line)
"""`callover import` shows what one sheet changes, and writes it only if all of it is right."""

import json
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import generate
from callover.data.intake import FaultsAfter, FaultsBefore, take, told, write
from callover.data.read import read
from callover.data.sheets import read_sheet
from callover.data.tidy import tidy
from callover.errors import Faults, SheetFaults

TODAY = date(2017, 1, 31)
PLACE = generate.PARTNERSHIP
HEADER = "period,value,marker,note\n"

#: A small partnership: the kind, settings and series of each indicator.
INDICATORS = {
    "burglary": ("count", {}, HEADER + "2015/16,100,,\n2016-04,10,,line 5\n2016-05,11,p,\n"),
    "robbery": ("count", {}, "period,value\n2016-04,5\n"),
    "orders": (
        "completions",
        {"polarity": "higher"},
        "period,starts,terminations,successes,marker\n2016-04,3,4,2,\n2016-05,,,,x\n",
    ),
    "treated": (
        "proportion",
        {"unit": "percent", "categories": {"a": "A", "b": "B"}},
        "period,category,numerator,base,marker\n"
        "2015/16,a,5,50,\n2015/16,b,9,90,\n2016/17-Q1,a,1,10,\n2016/17-Q1,b,2,20,\n",
    ),
    "asked": ("proportion", {"unit": "percent"}, "period,percent,note\n2016-04,45.5,\n"),
    "homes": ("snapshot", {}, "period,value,marker\n2016-03-31,7,\n2016-06-30,8,\n"),
    "hub": ("milestone", {}, "period,text\n2016/17-Q1,On track\n"),
    "worry": (
        "survey",
        {"unit": "percent", "survey": {"question": "Are you worried?", "base": "all", "name": "A"}},
        "period,percent,base,half_width\n2015/16,17,400,3.73\n",
    ),
    "killed": (
        "yearly",
        {"frequency": "yearly"},
        "period,area_code,value\n2014/15,,7.5\n2014/15,E12000007,90\n",
    ),
}  # fmt: skip


def descriptor(slug, kind, own, header):
    value = {
        "name": slug,
        "title": f"{slug.capitalize()} in the area",
        "sources": [{"title": "Made up"}],
        "resources": [generate.resource("series", header.split(","))],
        "callover": {"kind": kind, "polarity": "lower", "unit": "cases", "unit_one": "case", **own},
    }
    return generate.json_text(value)


@pytest.fixture
def data(tmp_path):
    """A data folder with the indicators above."""
    files = generate.below("reference", generate.reference())
    files |= generate.below(PLACE, generate.partnership())
    for slug, (kind, own, series) in INDICATORS.items():
        text = descriptor(slug, kind, own, series.split("\n", 1)[0])
        own_files = {"datapackage.json": text, "series.csv": series}
        files |= generate.below(f"{PLACE}/{slug}", own_files)
    return generate.write(tmp_path / "datapackage", files)


@pytest.fixture
def sheet(tmp_path):
    """Write a sheet of text cells: `sheet("indicator,2016-06", "burglary,12")`."""

    def make(*lines):
        path = tmp_path / "figures.csv"
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        return read_sheet(path)

    return make


def taken(data, grid, today=TODAY):
    """Take a sheet in, and give the intake and the series as they are afterwards."""
    found = take(data, PLACE, grid, today)
    write(data, found.files)
    read(data, today)
    return found


def series(data, slug):
    return (data / PLACE / slug / "series.csv").read_text("utf-8")


def shown(intake):
    return [line.strip() for line in told(intake)]


def refused(data, grid, kind=SheetFaults):
    """Import what is refused; nothing at all has changed."""
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    with pytest.raises(Faults) as problem:
        take(data, PLACE, grid, TODAY)
    assert type(problem.value) is kind and problem.value.exit_code == 2
    assert {p: p.read_bytes() for p in data.rglob("*") if p.is_file()} == before
    for fault in problem.value.faults:
        lines = str(fault).splitlines()
        assert len(lines) == 2 and all(line.isprintable() for line in lines)
        assert fault.expected and fault.remedy
    return list(problem.value.faults)


# ---------------------------------------------------------------- what is taken in


def test_a_month_comes_for_many_indicators_at_once(data, sheet):
    grid = sheet(
        "indicator,2016-05,2016-06",
        "burglary,,12",
        "Robbery in the area,6,[x]",
    )
    found = taken(data, grid)
    assert series(data, "burglary") == (
        HEADER + "2015/16,100,,\n2016-04,10,,line 5\n2016-05,11,p,\n2016-06,12,,\n"
    )
    assert series(data, "robbery") == "period,value,marker\n2016-04,5,\n2016-05,6,\n2016-06,,x\n"
    assert shown(found) == [
        f"{grid.name}, into Made-up Community Safety Partnership",
        "",
        "Burglary in the area (burglary)",
        "2016-06  value  new: 12",
        "",
        "Robbery in the area (robbery)",
        "2016-05  value  new: 6",
        "2016-06  value  new: [x]",
        "",
        "2 indicators change: 3 new figures, 0 revised; 0 as they are.",
    ]


def test_a_figure_that_changes_is_marked_and_leaves_what_it_was(data, sheet):
    found = taken(data, sheet("indicator,2015/16,2016-04,2016-05", "burglary,100,12,11"))
    assert series(data, "burglary") == (
        HEADER + "2015/16,100,,\n2016-04,12,r,line 5 Revised: was 10.\n2016-05,11,p,\n"
    )
    assert shown(found)[3:] == [
        "2016-04  value  10 → 12 [r], revised",
        "2 figures as they are",
        "",
        "1 indicator changes: 0 new figures, 1 revised; 2 as they are.",
    ]
    taken(data, sheet("indicator,2016-04", "burglary,13"))
    assert "2016-04,13,r,line 5 Revised: was 10. Revised: was 12.\n" in series(data, "burglary")


CELLS = {
    "the sheet says how it is marked": ("2016-04", "12 [p]", "2016-04,12,p,line 5 Revised: was 10."),
    "the sheet says it has no marker": ("2016-04", "12 []", "2016-04,12,,line 5 Revised: was 10."),
    "only the marker changes": ("2016-04", "10[E]", "2016-04,10,e,line 5"),
    "a marker goes": ("2016-05", "11 []", "2016-05,11,,"),
    "a marker stays": ("2016-05", "11", "2016-05,11,p,"),
    "a provisional figure is revised": ("2016-05", "12", "2016-05,12,r,Revised: was 11."),
    "a figure is withdrawn": ("2016-04", "[x]", "2016-04,,x,line 5 Withdrawn: was 10."),
    "a secret leaves no trace": ("2016-04", "[c]", "2016-04,,c,line 5"),
}  # fmt: skip


@pytest.mark.parametrize("case", CELLS)
def test_a_cell_of_the_sheet_and_what_it_makes_of_a_row(data, sheet, case):
    period, cell, row = CELLS[case]
    taken(data, sheet(f"indicator,{period}", f"burglary,{cell}"))
    assert row in series(data, "burglary").splitlines()


def test_a_break_outlives_its_figure(data, sheet):
    path = data / PLACE / "burglary/series.csv"
    path.write_text(HEADER + "2016-04,10,b,\n", "utf-8")
    taken(data, sheet("indicator,2016-04", "burglary,12"))
    assert series(data, "burglary") == HEADER + "2016-04,12,b,Revised: was 10.\n"


def test_a_late_figure_takes_the_place_of_a_marker_and_is_no_revision(data, sheet):
    path = data / PLACE / "burglary/series.csv"
    path.write_text(HEADER + "2016-04,,x,Put your first figure here and take the x away\n", "utf-8")
    found = taken(data, sheet("indicator,2016-04", "burglary,12"))
    assert series(data, "burglary") == HEADER + "2016-04,12,,\n"
    assert "2016-04  value  [x] → 12" in shown(found)


def test_a_secret_is_said_to_be_in_the_history_still(data, sheet):
    found = taken(data, sheet("indicator,2016-04", "burglary,[c]"))
    assert "2016-04  value  10 → [c], withdrawn" in shown(found)
    assert "history of this repository" in shown(found)[-1]


def test_the_columns_of_a_row_come_from_several_rows_of_the_sheet(data, sheet):
    grid = sheet(
        "indicator,measure,2016-05,2016-06",
        "orders,terminations,5,6",
        "orders,successes,3,4",
        "orders,,[c],",
    )
    taken(data, grid)
    assert series(data, "orders") == (
        "period,starts,terminations,successes,starts_marker,marker\n"
        "2016-04,3,4,2,,\n2016-05,,5,3,c,\n2016-06,,6,4,,\n"
    )
    taken(data, sheet("indicator,column,2016-06", "orders,successes,5 [p]"))
    assert series(data, "orders").splitlines()[0] == (
        "period,starts,terminations,successes,starts_marker,successes_marker,marker,note"
    )
    assert series(data, "orders").splitlines()[-1] == ("2016-06,,6,5,,p,,Revised: successes was 4.")


def test_a_marker_of_a_whole_row_stays_with_the_figures_that_have_not_come(data, sheet):
    taken(data, sheet("indicator,column,2016-05", "orders,terminations,5"))
    assert series(data, "orders").splitlines()[2] == "2016-05,,5,,x,"
    assert series(data, "orders").splitlines()[0] == (
        "period,starts,terminations,successes,successes_marker,marker"
    )


def test_categories_and_areas_have_their_own_rows(data, sheet):
    grid = sheet(
        "indicator,column,category,area_code,2016/17-Q2,2015/16",
        "treated,numerator,b,,3,",
        "treated,base,b,,30,",
        "treated,numerator,a,,1,",
        "treated,base,a,,11,",
        "killed,,,E09000002,,8",
        "killed,,,E12000007,,91",
    )
    taken(data, grid)
    assert series(data, "treated").splitlines()[3:] == [
        "2016/17-Q1,a,1,10,", "2016/17-Q1,b,2,20,", "2016/17-Q2,b,3,30,", "2016/17-Q2,a,1,11,",
    ]  # fmt: skip
    assert series(data, "killed") == (
        "period,area_code,value\n2014/15,,7.5\n2014/15,E12000007,90\n"
        "2015/16,,8\n2015/16,E12000007,91\n"
    )


def test_rows_find_their_place_in_a_file_that_goes_category_by_category(data, sheet):
    path = data / PLACE / "treated/series.csv"
    head = "period,category,numerator,base,marker\n"
    path.write_text(
        head + "2014/15,a,1,9,\n2015/16,a,1,9,\n2014/15,b,1,9,\n2015/16,b,1,9,\n", "utf-8"
    )
    grid = sheet(
        "indicator,column,category,2013/14,2016-04,2016-05",
        *(f"treated,{column},{name},{n},{n},{n}" for name in "ba" for column, n in PARTS),
    )
    taken(data, grid)
    labels = [line.split(",")[:2] for line in series(data, "treated").splitlines()[1:]]
    assert labels == [
        ["2013/14", "a"], ["2014/15", "a"], ["2015/16", "a"], ["2016-04", "a"], ["2016-05", "a"],
        ["2013/14", "b"], ["2014/15", "b"], ["2015/16", "b"], ["2016-04", "b"], ["2016-05", "b"],
    ]  # fmt: skip


PARTS = (("numerator", 1), ("base", 9))


def test_names_do_where_ids_would(data, sheet):
    grid = sheet(
        "indicator,column,category,area_code,2016/17-Q2,2015/16",
        "treated,Numerator,B,,3,",
        "treated,Base,B,,30,",
        "killed,,,Made-up Region,,91",
        "orders,Successful endings,,,3,",
        "orders,Endings,,,4.0,",
    )
    taken(data, grid)
    assert "2016/17-Q2,b,3,30," in series(data, "treated").splitlines()
    assert "2015/16,E12000007,91" in series(data, "killed").splitlines()
    assert "2016/17-Q2,,4,3," in series(data, "orders").splitlines()


def test_the_column_that_is_not_named_is_the_first_that_has_figures(data, sheet):
    found = take(data, PLACE, sheet("indicator,category,2016/17-Q1", "treated,a,2"), TODAY)
    assert "2016/17-Q1  numerator, a  1 → 2 [r], revised" in shown(found)


def test_a_sheet_without_figures_says_so(data, sheet):
    grid = sheet("indicator,2016-05", "burglary,")
    assert shown(take(data, PLACE, grid, TODAY)) == [
        f"{grid.name} has no figures for Made-up Community Safety Partnership: nothing changes."
    ]


def test_words_and_notes_come_too_and_notes_of_ours_stay(data, sheet):
    grid = sheet(
        "indicator,column,2016-04", "burglary,value,12", "burglary,note,line 7", "robbery,text,Fine"
    )
    taken(data, grid)
    assert "2016-04,12,r,line 7 Revised: was 10." in series(data, "burglary").splitlines()
    assert series(data, "robbery") == "period,value,text\n2016-04,5,Fine\n"
    assert not take(data, PLACE, grid, TODAY).changes


@pytest.mark.parametrize(
    ("cell", "value", "note"),
    [
        ("46%", "46", ""),
        ("46.5", "46.5", ""),
        ("0.4%", "0.4", "0.4% in the sheet."),
        ("0", "0", ""),
    ],
)
def test_a_percentage_may_carry_its_sign(data, sheet, cell, value, note):
    taken(data, sheet("indicator,2016-05", f"asked,{cell}"))
    assert series(data, "asked").splitlines()[-1] == f"2016-05,{value},{note}"


@pytest.fixture
def book(tmp_path):
    """Write a workbook; `forms` are number formats by cell."""

    def make(rows, **forms):
        wb = openpyxl.Workbook()
        for row in rows:
            wb.worksheets[0].append(row)
        for cell, form in forms.items():
            wb.worksheets[0][cell].number_format = form
        wb.save(tmp_path / "figures.xlsx")
        return read_sheet(tmp_path / "figures.xlsx")

    return make


def test_dates_and_percentages_of_a_workbook_are_read_as_they_show(data, book):
    rows = [
        ["indicator", date(2016, 5, 1), date(2016, 9, 30)],
        ["asked", 0.0045, None],
        ["robbery", 6, None],
        ["homes", None, 9],
    ]
    found = taken(data, book(rows, B1="mmm-yy", C1="dd/mm/yyyy", B2="0.0%"))
    assert shown(found)[1:3] == [
        "Row 1 holds dates: we read B1 as 2016-05, C1 as 2016-09-30.",
        "1 cell is formatted as a percentage: B2 holds 0.0045 and shows 0.45%, which we read as "
        "0.45.",
    ]
    assert series(data, "asked").splitlines()[-1] == "2016-05,0.45,0.45% in the sheet."
    assert series(data, "robbery").splitlines()[-1] == "2016-05,6"
    assert series(data, "homes").splitlines()[-1] == "2016-09-30,9,"


def test_words_of_a_milestone_are_its_figures(data, sheet):
    taken(data, sheet("indicator,2016/17-Q1,2016/17-Q2,2016/17-Q3", "hub,Late,Done [p],[x]"))
    assert series(data, "hub") == (
        "period,text,marker\n2016/17-Q1,Late,r\n2016/17-Q2,Done,p\n2016/17-Q3,,x\n"
    )


def test_a_survey_keeps_the_decimals_that_it_was_printed_with(data, book):
    rows = [
        ["indicator", "column", "2015/16", "2014/15"],
        ["worry", "percent", 17, 0.18],
        ["worry", "half_width", 0.8, 0.9],
        ["worry", "base", 400, 500],
    ]
    taken(data, book(rows, C2="0.0", D2="0.00%", C3="0.00", C4="0.0"))
    assert series(data, "worry") == (
        "period,percent,base,half_width,half_width_marker,note\n"
        "2014/15,18.00,500,0.9,,\n2015/16,17,400,0.80,r,Revised: half_width was 3.73.\n"
    )


def test_a_new_column_is_listed_in_the_descriptor(data, sheet):
    path = data / PLACE / "robbery/datapackage.json"
    found = taken(data, sheet("indicator,2016-05", "robbery,6 [p]"))
    assert set(found.files) == {f"{PLACE}/robbery/series.csv", f"{PLACE}/robbery/datapackage.json"}
    fields = json.loads(path.read_text("utf-8"))["resources"][0]["schema"]["fields"]
    assert [field["name"] for field in fields] == ["period", "value", "marker"]
    assert tidy(data, True) == ()


def test_what_is_imported_is_tidy(data, sheet):
    tidy(data, True)
    taken(data, sheet("indicator,2014/15,2016-05,2016/17-Q1", "robbery,50,6,20", "burglary,,,40"))
    assert tidy(data, False) == ()


# ---------------------------------------------------------------- what is refused

REFUSED = {
    "an unknown indicator": (["indicator,2016-06", "burglery,1"], "A2", "burglery", "", "Write burglary"),
    "an unknown title": (["indicator,2016-06", "Robbery in an area,1"], "A2", "Robbery in an area",
                         "exact title", "Write Robbery in the area"),
    "nothing like it": (["indicator,2016-06", "zzz,1"], "A2", "zzz", "made-up-borough", "callover new"),
    "a row without an indicator": (["indicator,2016-06", ",1"], "A2", "", "an indicator", ""),
    "an unknown column": (["indicator,column,2016-06", "burglary,valu,1"], "B2", "valu",
                          "one of value, percent, text, note", "Write value"),
    "a computed figure": (["indicator,column,2016-06", "orders,success_rate,1"], "B2",
                          "success_rate", "terminations", "computes it"),
    "an unknown category": (["indicator,category,2016-06", "treated,c,1"], "B2", "c",
                            "one of all, a, b", ""),
    "an unknown area": (["indicator,area_code,2016-06", "robbery,E99999999,1"], "B2", "E99999999",
                        "reference/areas.csv", ""),
    "a title above the header": (["Figures,", "indicator,2016-06"], "A1", "Figures",
                                 "the word indicator", "no title"),
    "an unknown head": (["indicator,Source,2016-06", "robbery,,1"], "B1", "Source", "a period", ""),
    "a head that is nearly right": (["indicator,categories,2016-06", "robbery,,1"], "B1",
                                    "categories", "a period", "Write category"),
    "a column without a head": (["indicator,2016-06,", "robbery,,1"], "C1", "", "a name or a period", ""),
    "a head twice": (["indicator,column,measure,2016-06", "robbery,value,,1"], "C1", "measure",
                     "one column", "B1 has it"),
    "a mangled month": (["indicator,Jun-16", "robbery,1"], "B1", "Jun-16", "a period", "Write 2016-06."),
    "a day for a month": (["indicator,01/06/2016", "robbery,1"], "B1", "01/06/2016", "a period",
                          "Write 2016-06."),
    "a bare June": (["indicator,2016-05,Jun-1", "robbery,1,1"], "C1", "Jun-1", "a period",
                    "Is it 2016-06?"),
    "the number of a day": (["indicator,42522", "robbery,1"], "B1", "42522", "a period", "2016-06-01"),
    "thousands": (['indicator,2016-06', 'robbery,"1,386"'], "B2", "1,386", "plain digits", "Write 1386."),
    "thousands and a marker": (['indicator,2016-06', 'robbery,"1 386 [p]"'], "B2", "1 386 [p]",
                               "plain digits", "Write 1386 [p]."),
    "a fraction of a count": (["indicator,2016-06", "robbery,1.5"], "B2", "1.5", "whole number", ""),
    "a negative count": (["indicator,2016-06", "robbery,-1"], "B2", "-1", "whole number", ""),
    "a word": (["indicator,2016-06", "robbery,none"], "B2", "none", "a marker such as [x]", "empty"),
    "a bare marker": (["indicator,2016-06", "robbery,x"], "B2", "x", "a marker such as [x]", "Write [x]"),
    "an unknown marker": (["indicator,2016-06", "robbery,5 [q]"], "B2", "5 [q]", "one of c, x, z", ""),
    "a marker without its figure": (["indicator,2016-06", "robbery,[p]"], "B2", "[p]", "a figure", ""),
    "no marker and no figure": (["indicator,2016-06", "robbery,[]"], "B2", "[]", "a figure", ""),
    "a secret figure": (["indicator,2016-06", "robbery,3 [c]"], "B2", "3 [c]", "confidential",
                        "Take the figure out"),
    "a percentage of a count": (["indicator,2016-06", "robbery,45%"], "B2", "45%", "no percentage", ""),
    "a share of 1": (["indicator,2016-06", "asked,0.45"], "B2", "0.45", "45 for 45%", "0.45%"),
    "more than all": (["indicator,2016-06", "asked,145"], "B2", "145", "from 0 to 100", ""),
    "a period of another kind": (["indicator,2016-06", "killed,5"], "B2", "5",
                                 "killed takes a year or span", "Move the figure"),
    "the same period twice": (["indicator,2014/15,2014-04/2015-03", "killed,8,9"], "C2", "9",
                              "each period once", "B1 has the same days"),
    "the same series twice": (["indicator,2016-06", "robbery,1", "Robbery in the area,2"], "A3",
                              "robbery", "each series in one row", "Row 2 is robbery"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_told_by_its_cell(data, sheet, case):
    lines, cell, value, expected, remedy = REFUSED[case]
    found = refused(data, sheet(*lines))
    (fault,) = [f for f in found if f.cell.partition(" ")[0] == cell]
    assert len(found) == 1 or case == "a title above the header"
    assert fault.value == value
    assert expected in fault.expected and remedy in fault.remedy


def test_everything_wrong_is_told_at_once(data, sheet):
    grid = sheet("indicator,May-16,2016-06", "burglery,1,2", 'robbery,1,"1,386"', "killed,,7")
    assert [f.cell for f in refused(data, grid)] == [
        "B1", "A2", "C3 (robbery, value, 2016-06)", "C4 (killed, value, 2016-06)",
    ]  # fmt: skip


def test_two_indicators_of_one_title_need_their_slugs(data, sheet):
    path = data / PLACE / "robbery/datapackage.json"
    path.write_text(path.read_text("utf-8").replace("Robbery in", "Burglary in"), "utf-8")
    (fault,) = refused(data, sheet("indicator,2016-06", "Burglary in the area,1"))
    assert "burglary, robbery" in fault.remedy


def test_days_and_lost_years_in_the_header_are_not_guessed(data, book):
    (fault,) = refused(
        data, book([["indicator", date(2016, 6, 30)], ["robbery", 1]], B1="dd/mm/yyyy")
    )
    assert fault.cell.startswith("B2") and "a date, 2016-06-30" in fault.expected
    assert fault.remedy == (
        "Write in B1 2016-06 for the month, or 2016-W26 for the week with that day."
    )
    rows = [["indicator", "2010/11", date(2011, 12, 1)], ["robbery", 1, 2]]
    (fault,) = refused(data, book(rows, C1="mmm-yy"))
    assert fault.cell == "C1" and "2011-12 or the financial year 2011/12" in fault.remedy
    (fault,) = refused(data, book([["indicator", "2016-06"], ["robbery", date(2016, 4, 1)]]))
    assert "not a date" in fault.expected and "1/4" in fault.remedy
    (fault,) = refused(data, book([["indicator", "2016/17-Q1"], ["hub", date(2016, 4, 1)]]))
    assert "words, not a date" in fault.expected and "as text" in fault.remedy
    (fault,) = refused(data, book([["indicator", "2016-06"], [date(2016, 4, 1), 1]]))
    assert fault.cell == "A2" and "made a date of it" in fault.remedy


def test_a_day_stays_a_day_where_some_indicator_has_days(data, sheet):
    (fault,) = refused(data, sheet("indicator,01/06/2016", "homes,1"))
    assert (
        fault.remedy == "Is it 2016-06-01? The columns beside it suggest so; only you can be sure."
    )


def test_a_percentage_that_is_formatted_must_be_meant(data, book):
    (fault,) = refused(data, book([["indicator", "2016-06"], ["robbery", 0.45]], B2="0%"))
    assert fault.value == "0.45, shown as 45%" and "no percentage" in fault.expected
    (fault,) = refused(data, book([["indicator", "2016-06"], ["asked", 45]], B2="0%"))
    assert fault.value == "45, shown as 4500%" and "from 0 to 100" in fault.expected


def test_an_indicator_without_figures_is_told(data, sheet):
    folder = data / PLACE / "robbery"
    (folder / "series.csv").unlink()
    value = json.loads((folder / "datapackage.json").read_text("utf-8"))
    value["resources"] = []
    value["callover"]["not_available"] = "Nobody counts."
    (folder / "datapackage.json").write_text(json.dumps(value), "utf-8")
    (fault,) = refused(data, sheet("indicator,2016-06", "robbery,1"))
    assert fault.cell == "A2" and "not_available" in fault.remedy


AFTER = {
    "a month that is not over": ("2017-02", "burglary,12", 5, "a period that ended by 2017-01-31"),
    "a month left out": ("2016-07", "burglary,12", 5, "2016-06 after 2016-05"),
    "a total that does not add up": ("2016-04/2016-05", "burglary,12", 5, "21, the sum of the rows"),
    "a figure that is not given": ("2016-06", "orders,terminations,5", 4, "a value or a marker"),
    "a marker is its own figure's": ("2016-06", "orders,terminations,[c]", 4, "a value or a marker"),
    "more than the whole": ("2016-04", "orders,successes,9", 2, "at most 4"),
    "a formula in a note": ("2016-04", "orders,note,=1+1", 2, "text, not a formula"),
}  # fmt: skip


@pytest.mark.parametrize("case", AFTER)
def test_the_data_would_have_to_pass_the_checks(data, sheet, case):
    period, row, line, expected = AFTER[case]
    head = "indicator,column" if row.startswith("orders") else "indicator"
    grid = sheet(f"{head},{period}", row)
    fault = refused(data, grid, FaultsAfter)[-1]
    assert fault.file == f"datapackage/{PLACE}/{row.split(',')[0]}/series.csv"
    assert fault.row == line and expected in fault.expected
    cell = "C2" if row.startswith("orders") else "B2"
    assert fault.remedy.endswith(f" It comes from {grid.name}, cell {cell}.")


def test_faulty_data_is_put_right_before_a_sheet_comes(data, sheet):
    path = data / PLACE / "homes/series.csv"
    path.write_text("period,value\n2016-03-31,many\n", "utf-8")
    found = refused(data, sheet("indicator,2016-06", "burglary,1"), FaultsBefore)
    assert found[-1].file == f"datapackage/{PLACE}/homes/series.csv"


# ---------------------------------------------------------------- the command


def test_the_command_writes_only_when_told_to(data, cli, tmp_path):
    path = tmp_path / "june.csv"
    path.write_text("indicator,2016-06\nburglary,12\nrobbery,\n", "utf-8")
    before = series(data, "burglary")
    done = cli("import", path, "--data", data)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(
        "Nothing is written yet. The same command with --write writes it.\n"
    )
    assert series(data, "burglary") == before
    done = cli("import", path, "--into", data / PLACE, "--write")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == f"wrote {data / PLACE / 'burglary/series.csv'}"
    assert series(data, "burglary").endswith("2016-06,12,,\n")
    assert not list(data.rglob(".*"))
    done = cli("import", path, "--data", data, "--into", PLACE, "--write")
    assert done.stdout.endswith("\nNothing changes: all of it is there already.\n")
    assert cli("check", "--data", data).returncode == 0


def test_the_command_fails_with_every_fault(data, cli, tmp_path):
    path = tmp_path / "june.csv"
    path.write_text('indicator,2016-06\nburglery,12\nrobbery,"1,2"\n', "utf-8")
    done = cli("import", path, "--data", data, "--write")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("2 faults in the sheet. Nothing was written.\n")
    done = cli("import", path, "--data", data, "--into", "nowhere")
    assert done.returncode == 2 and f"known: {PLACE}" in done.stderr
    (data / "south").mkdir()
    (data / "south/datapackage.json").write_text("{}", "utf-8")
    done = cli("import", path, "--data", data)
    assert done.returncode == 2 and f"--into: {PLACE}, south" in done.stderr
    path.write_text("indicator,2016-06\nburglary,12\nRobbery in the area,\n", "utf-8")
    done = cli("import", path, "--data", data)
    assert done.returncode == 0 and "into Made-up" in done.stdout


def test_faults_elsewhere_are_no_obstacle(data, cli, tmp_path):
    path = tmp_path / "june.csv"
    path.write_text("indicator,2016-06\nburglary,12\n", "utf-8")
    (data / "south").mkdir()
    (data / "south/datapackage.json").write_text("{}", "utf-8")
    done = cli("import", path, "--into", data / PLACE)
    assert done.returncode == 0, done.stderr


# ---------------------------------------------------------------- laws

FIGURES = st.one_of(
    st.integers(0, 2000).map(str),
    st.integers(0, 2000).map(lambda n: f"{n} [p]"),
    st.sampled_from(["[x]", "[c]", "[z]", "7 []", "8 [r]", "9 [B]"]),
)
MONTHS = ("2016-04", "2016-05", "2016-06", "2016-07")


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(st.tuples(FIGURES, FIGURES, FIGURES, FIGURES), min_size=1, max_size=2))
def test_importing_twice_is_importing_once(data, sheet, rows):
    """And what is there, read out and imported again, changes nothing."""
    for slug, (_, _, text) in INDICATORS.items():
        (data / PLACE / slug / "series.csv").write_text(text, "utf-8")
        path = data / PLACE / slug / "datapackage.json"
        value = json.loads(path.read_text("utf-8"))
        value["resources"] = [generate.resource("series", text.split("\n", 1)[0].split(","))]
        path.write_text(generate.json_text(value), "utf-8")
    lines = [
        ",".join([slug, *row]) for slug, row in zip(("burglary", "robbery"), rows, strict=False)
    ]
    grid = sheet("indicator," + ",".join(MONTHS), *lines)
    taken(data, grid)
    once = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    again = take(data, PLACE, grid, TODAY)
    assert again.files == {} and again.changes == []
    portal = read(data, TODAY)
    back = ["indicator," + ",".join(MONTHS)]
    for indicator in portal.partnerships[0].indicators:
        if indicator.slug in ("burglary", "robbery"):
            ((_, cells),) = indicator.series.items()
            texts = {
                period.label: f"{'' if cell.value is None else cell.value} [{cell.marker}]"
                for period, cell in cells.items()
            }
            back.append(",".join([indicator.slug, *(texts.get(month, "") for month in MONTHS)]))
    assert take(data, PLACE, sheet(*back), TODAY).files == {}
    assert {path: path.read_bytes() for path in once} == once
