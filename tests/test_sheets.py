"""A data officer's sheet is read as it shows; what cannot be seen is refused with its cell."""

import re
import subprocess
import sys
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font

from callover.data import sheets, workbook
from callover.data.sheets import Entry, letters, read_sheet
from callover.errors import SheetFaults


@pytest.fixture
def book(tmp_path):
    """Save a workbook: `book(rows, change)` gives its path; `change` gets the workbook first."""

    def make(rows, change=lambda wb: None, name="figures.xlsx"):
        wb = openpyxl.Workbook()
        sheet = wb.worksheets[0]
        sheet.title = "Figures"
        for row in rows:
            sheet.append(row)
        change(wb)
        path = tmp_path / name
        wb.save(path)
        return path

    return make


def edit(path, part, change):
    """Rewrite one part of a workbook, as programs other than openpyxl would have written it."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts[part] = change(parts.get(part, b"").decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return path


SHEET = "xl/worksheets/sheet1.xml"


def stored(path, cell, formula, value):
    """Give a cell a formula with the value that a spreadsheet program stored beside it."""
    cells = f'<c r="{cell}"><f>{formula}</f><v>{value}</v></c>'
    return edit(path, SHEET, lambda text: re.sub(rf'<c r="{cell}"[^>]*>.*?</c>', cells, text))


def refused(path, sheet=""):
    """Read what cannot be read as a whole; every message has two plain lines."""
    with pytest.raises(SheetFaults) as told:
        read_sheet(path, sheet)
    for fault in told.value.faults:
        assert fault.expected and fault.remedy and len(str(fault).splitlines()) == 2
    assert str(told.value).endswith("in the sheet. Nothing was written.")
    return list(told.value.faults)


def only(faults):
    assert len(faults) == 1, "\n".join(map(str, faults))
    return faults[0]


ROWS = [["indicator", "2016-04"], ["burglary", 44]]


# ---------------------------------------------------------------- what is read


def test_numbers_come_out_in_the_digits_that_they_show(book):
    values = [44, 44.0, 0.1 + 0.2, 1234567, 12.50, 1e-7, -3, 0]
    grid = read_sheet(book([["indicator"], values]))
    texts = [grid.entries[2, column].text for column in range(1, 9)]
    assert texts == ["44", "44", "0.3", "1234567", "12.5", "0.0000001", "-3", "0"]
    assert grid.name.endswith("figures.xlsx, sheet Figures") and not grid.faults


@pytest.mark.parametrize(
    ("value", "form", "text", "held"),
    [
        (0.45, "0%", "45", "0.45"),
        (0.453, "0.0%", "45.3", "0.453"),
        (0.29, '[Red]0%;"none"', "29", "0.29"),
        (1, "0%", "100", "1"),
        (0.45, '0" % of all"', "0.45", ""),
        (0.45, "General", "0.45", ""),
        (1386, "#,##0", "1386", ""),
    ],
)
def test_a_percentage_is_what_its_cell_shows(book, value, form, text, held):
    def change(wb):
        wb.active["B2"].number_format = form

    path = book([["indicator", "2016-04"], ["share", value]], change)
    entry = read_sheet(path).entries[2, 2]
    assert (entry.text, entry.stored) == (text, held)


@pytest.mark.parametrize(
    ("form", "by_day"),
    [("mmm-yy", False), ("mm/yyyy", False), ("dd/mm/yyyy", True), ("[$-809]d mmmm yyyy", True)],
)
def test_a_date_says_whether_it_shows_its_day(book, form, by_day):
    def change(wb):
        wb.active["B1"].number_format = form

    for day in (date(2016, 4, 1), datetime(2016, 4, 1, 12, 30)):  # noqa: DTZ001 (as Excel has)
        grid = read_sheet(book([["indicator", day], ["burglary", 44]], change))
        assert grid.entries[1, 2] == Entry("2016-04-01", on=date(2016, 4, 1), by_day=by_day)


def test_words_are_read_without_the_spaces_around_them(book):
    grid = read_sheet(book([[" indicator "], ["Theft  of\nmotor vehicle"], ["   "], [None]]))
    assert {place: entry.text for place, entry in grid.entries.items()} == {
        (1, 1): "indicator",
        (2, 1): "Theft of motor vehicle",
    }


def test_a_formula_counts_by_the_value_stored_beside_it(book):
    path = book([["indicator", "2016-04", "2016-05"], ["burglary", 1, 2]])
    stored(path, "B2", "40+4", "44")
    stored(path, "C2", "B2/0", "2")
    grid = read_sheet(path)
    assert (grid.entries[2, 2].text, grid.entries[2, 3].text) == ("44", "2")
    assert not grid.faults


def test_empty_sheets_and_notes_in_cells_do_not_matter(book):
    def change(wb):
        wb.create_sheet("Sheet2")
        wb.active["B2"].font = Font(bold=True)
        wb.active["XFD1048576"].font = Font(bold=True)
        wb.active.row_dimensions[9].hidden = True
        wb.active.column_dimensions["K"].hidden = True

    assert set(read_sheet(book(ROWS, change)).entries) == {(1, 1), (1, 2), (2, 1), (2, 2)}


def test_a_csv_is_read_as_text(tmp_path):
    path = tmp_path / "figures.csv"
    path.write_bytes(b'\xef\xbb\xbfindicator,2016-04\r\n"burglary, all",  44 \r\n,\r\n')
    assert {place: entry.text for place, entry in read_sheet(path).entries.items()} == {
        (1, 1): "indicator",
        (1, 2): "2016-04",
        (2, 1): "burglary, all",
        (2, 2): "44",
    }


def test_cells_are_named_as_a_spreadsheet_names_them():
    assert [letters(n) for n in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]


# ---------------------------------------------------------------- cells that are refused


def faults(path):
    return [(f.row, f.cell or f.column, f.value) for f in read_sheet(path).faults]


def test_a_formula_that_nobody_worked_out_is_refused(book):
    path = book([["indicator", "2016-04"], ["burglary", "=40+4"]])
    fault = only(read_sheet(path).faults)
    assert (fault.cell, fault.value) == ("B2", "the formula =40+4")
    assert "stored value" in fault.expected and "save it" in fault.remedy
    assert str(fault).startswith(f"{path}, sheet Figures, cell B2: found")
    stored(path, "B2", "IF(A2=1,1,&quot;&quot;)", "")
    assert only(read_sheet(path).faults).cell == "B2"


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!"])
def test_an_error_is_refused_typed_or_worked_out(book, error):
    path = book([["indicator", "2016-04", "2016-05"], ["burglary", error, 1]])
    cell = f'<c r="C2" t="e"><f>1/0</f><v>{error}</v></c>'
    edit(path, SHEET, lambda text: re.sub(r'<c r="C2"[^>]*>.*?</c>', cell, text))
    assert faults(path) == [(2, "B2", error), (2, "C2", error)]


def test_what_is_neither_number_nor_text_is_refused(book):
    path = book([["indicator", "2016-04", "2016-05"], ["burglary", True, time(4, 30)]])
    assert [fault[1] for fault in faults(path)] == ["B2", "C2"]


def test_a_character_that_cannot_be_seen_is_refused(book):
    assert faults(book([["indicator"], ["bur\u200bglary"]])) == [(2, "A2", "character U+200B")]


def test_merged_cells_are_refused(book):
    path = book(ROWS, lambda wb: wb.active.merge_cells("B2:C3"))
    assert faults(path) == [(0, "B2:C3", "merged cells")]


def test_hidden_rows_and_columns_are_refused(book):
    def change(wb):
        sheet = wb.active
        sheet.row_dimensions[2].hidden = True
        sheet.row_dimensions[3].height = 7
        sheet.column_dimensions.group("C", "D", hidden=True)
        sheet.column_dimensions["F"].width = 7

    rows = [["indicator", 1, 2, 3, 4, 5], ["burglary"], ["robbery"], ["fires"]]
    path = edit(book(rows, change), SHEET, lambda text: text.replace('="7"', '="0"'))
    assert faults(path) == [
        (2, "", "a hidden row"),
        (3, "", "a hidden row"),
        (0, "C", "a hidden column"),
        (0, "D", "a hidden column"),
        (0, "F", "a hidden column"),
    ]


def test_rows_that_a_filter_or_the_whole_sheet_hides_are_refused(book):
    path = book(ROWS)
    edit(path, SHEET, lambda text: text.replace('defaultRowHeight="15"', 'zeroHeight="1" \\g<0>'))
    edit(path, SHEET, lambda text: text.replace("\\g<0>", 'defaultRowHeight="15"'))
    assert faults(path) == [(1, "", "a hidden row"), (2, "", "a hidden row")]


# ---------------------------------------------------------------- workbooks that are refused


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_refused_whatever_is_in_it(book, state):
    def change(wb):
        wb.create_sheet("Lookup").sheet_state = state
        wb.active.merge_cells("B2:C2")

    path = book(ROWS, change)
    found = read_sheet(path).faults
    assert [fault.value for fault in found] == ["a hidden sheet", "merged cells"]
    assert found[0].file == f"{path}, sheet Lookup"
    assert read_sheet(path, "Figures").faults == found
    assert refused(path, "Lookup")[0].value == "--sheet Lookup"


def test_a_hidden_chart_is_a_hidden_sheet(book):
    def change(wb):
        chart = wb.create_chartsheet("Chart")
        chart.sheet_state = "hidden"
        bars = BarChart()
        bars.add_data(Reference(wb.active, min_col=2, min_row=1, max_row=2))
        chart.add_chart(bars)

    assert read_sheet(book(ROWS, change)).faults[0].file.endswith("sheet Chart")


def test_two_sheets_with_something_in_them_need_a_choice(book):
    def change(wb):
        wb.create_sheet("Old")["A1"] = "indicator"

    path = book(ROWS, change)
    fault = only(refused(path))
    assert (fault.value, fault.remedy) == ("Figures, Old", "Choose one of them by --sheet NAME.")
    assert read_sheet(path, "Old").name == f"{path}, sheet Old"
    assert only(refused(path, "Olds")).expected == "one of Figures, Old"


def test_an_empty_workbook_is_refused(book):
    assert only(refused(book([]))).value == "no sheet with anything in it"


@pytest.mark.parametrize("name", ["a.xls", "a.xlsm", "a.xlsb", "a.ods", "a.numbers", "a.txt", "a"])
def test_another_form_of_file_is_refused_with_what_to_do(tmp_path, name):
    (tmp_path / name).write_text("x")
    fault = only(refused(tmp_path / name))
    assert ".xlsx" in fault.expected and "Save as" in fault.remedy


def test_a_file_that_is_not_what_its_name_says_is_refused(book, tmp_path):
    path = book(ROWS)
    path.rename(tmp_path / "figures.csv")
    assert only(refused(tmp_path / "figures.csv")).value == "a workbook"
    for raw, value in (
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old workbook, or one with a password"),
        (b"indicator,2016-04\n", "a damaged file"),
        (b"PK\x03\x04 cut off", "a damaged file"),
    ):
        path.write_bytes(raw)
        assert only(refused(path)).value == value
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("content.xml", "<x/>")
    assert only(refused(path)).value == "a file that is no Excel workbook"


def test_a_damaged_workbook_is_refused_without_a_traceback(book):
    path = book(ROWS)
    for part in (SHEET, "xl/workbook.xml", "xl/styles.xml"):
        broken = edit(book(ROWS), part, lambda text: text[: len(text) // 2])
        assert only(refused(broken)).value == "a damaged workbook", part
    edit(path, SHEET, lambda text: text.replace("<v>44</v>", "<v>many</v>"))
    assert only(refused(path)).value == "a damaged workbook"


def test_macros_links_and_connections_are_refused_together(book):
    path = book(ROWS)
    for part in ("xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/connections.xml"):
        edit(path, part, lambda text: "<x/>")
    assert [fault.value for fault in refused(path)] == [
        "a connection to outside data", "links to other workbooks", "macros",
    ]  # fmt: skip


def test_definitions_in_a_part_are_refused(book):
    lol = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    path = edit(book(ROWS), SHEET, lambda text: lol + text)
    assert "definitions" in only(refused(path)).value
    path = edit(book(ROWS), SHEET, lambda text: text)
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("xl/extra.xml", "<x/>".encode("utf-16"))
    assert "definitions" in only(refused(path)).value


def test_a_file_that_unpacks_to_far_more_than_it_is_is_refused(book):
    path = edit(book(ROWS), "xl/big.xml", lambda text: " " * (workbook.MAX_UNPACKED + 1))
    assert path.stat().st_size < 100_000
    assert "unpacks" in only(refused(path)).value
    path = book(ROWS)
    with zipfile.ZipFile(path, "a") as packed:
        for number in range(workbook.MAX_PARTS):
            packed.writestr(f"xl/{number}.xml", "")
    assert "unpacks" in only(refused(path)).value


def test_merging_a_whole_sheet_costs_nothing(book):
    huge = '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    path = edit(book(ROWS), SHEET, lambda text: text.replace("</sheetData>", huge))
    assert "merged cells" in only(refused(path)).value


def test_too_much_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "figures.csv"
    path.write_text("a,b\n1,2\n")
    monkeypatch.setattr(sheets, "MAX_CELLS", 3)
    assert only(refused(path)).value == "4 cells"
    monkeypatch.setattr(sheets, "MAX_BYTES", 7)
    assert only(refused(path)).value == "8 bytes"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b"indicator;2016-04\nburglary;1\n", "indicator;2016-04"),
        (b"indicator,2016-04\nburgl\xe4ry,1\n", "byte 0xE4"),
        (b'indicator,"2016-04\n', "unexpected end of data"),
        (b"", ""),
        (b" , \n", ""),
    ],
)
def test_a_csv_that_will_not_do_is_refused(tmp_path, raw, value):
    path = tmp_path / "figures.csv"
    path.write_bytes(raw)
    assert only(refused(path)).value == value


def test_a_csv_has_no_sheets_and_a_missing_file_is_said_to_be_missing(tmp_path):
    assert only(refused(tmp_path / "gone.csv")).value == "no such file"
    (tmp_path / "figures.csv").write_text("indicator,2016-04\n")
    assert only(refused(tmp_path / "figures.csv", "Figures")).value == "--sheet Figures"


def test_the_build_does_not_wait_for_the_reader_of_workbooks():
    """Its import takes longer than many a build's stage."""
    code = (
        "import sys; import callover.cli, callover.data.read, callover.data.intake, "
        "callover.site.build; print([m for m in sys.modules if m.startswith('openpyxl')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_one_module_alone_knows_the_reader():
    users = [
        path.name
        for path in Path(workbook.__file__).parent.parent.rglob("*.py")
        if re.search(r"(?m)^\s*(import|from) openpyxl", path.read_text("utf-8"))
    ]
    assert users == ["workbook.py"]
