"""revisions.csv: what is refused, with the line that would explain it; what is marked and told."""

import csv
import io
import json
import shutil
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import generate
from callover import codec
from callover.changes import changes
from callover.compute import board_as_at, boards
from callover.data.intake import take
from callover.data.intake import told as lines
from callover.data.intake import write as put
from callover.data.read import read
from callover.data.reasons import Why
from callover.data.sheets import read_sheet
from callover.data.tidy import tidy
from callover.errors import Faults, SheetFaults
from callover.frozen import Listed, digest
from callover.model import Content
from callover.pages import freezing, revisions
from callover.pages.portal import press
from callover.periods import parse
from callover.revisions import Place, Revision

HOME = generate.PARTNERSHIP
TODAY = date(2017, 1, 31)
JUNE = {"id": "june", "title": "June 2016", "data_to": "2016-06"}
HEADER = "date,period,area_code,category,column,from,to,reason,note\n"
SERIES = """\
period,value,marker,note
2016-04,10,,
2016-05,20,p,
2016-06,30,e,worked out
2016-07,40,,
"""
OTHER = " with its true reason (scheduled revision, correction, late data): "
BEGIN = f"revisions.csv, which begins with {HEADER.strip()}, a row{OTHER}"


def freeze(root, label, day):
    """Write the record of a release's only indicator, and the release's list."""
    portal = read(root, TODAY)
    (made,) = boards(portal)
    period = parse(label)
    then = board_as_at(made, period, portal.reference)
    record = freezing.record(then, then.sheets[0], period, portal.reference)
    text = codec.to_json(replace(record, frozen=day.isoformat()))
    release = next(r for r in made.partnership.releases if r.data_to == period)
    before = made.partnership.frozen
    listed = Listed(
        release.id, release.title, period, day.isoformat(), {"measure": digest(text)},
        previous=digest(before[-1].text) if before else "",
    )  # fmt: skip
    for folder, content in (("measure/", text), ("", codec.to_json(listed))):
        path = root / HOME / folder / "releases" / f"{period.slug}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, "utf-8")


@pytest.fixture
def root(package):
    """A package whose figures to June were frozen on 1 August 2016."""

    def make(kind="count", series=SERIES, **callover):
        made = package(
            kind, series=series, published=None, targets=None, comparators=None,
            callover=callover, partnership={"releases": [JUNE]},
        )  # fmt: skip
        freeze(made, "2016-06", date(2016, 8, 1))
        return made

    return make


def write(root, name, text):
    """Write a table of the measure, and have `callover tidy` list it."""
    path = root / HOME / "measure" / f"{name}.csv"
    path.write_text(text.splitlines()[0] + "\n", "utf-8")
    tidy(root, write=True)
    path.write_text(text, "utf-8")


def faults(root):
    with pytest.raises(Faults) as told:
        read(root, TODAY)
    for fault in told.value.faults:
        lines = str(fault).splitlines()
        assert len(lines) == 2 and all(line.isprintable() for line in lines), lines
    return [str(fault).replace(f"datapackage/{HOME}/measure/", "") for fault in told.value.faults]


def only(root):
    (fault,) = faults(root)
    return fault


def indicator(root):
    return read(root, TODAY).partnerships[0].indicators[0]


# ---------------------------------------------------------------- what is refused

CHANGES = {
    "a figure": (
        ("2016-05,20,p,", "2016-05,21,p,"),
        'series.csv, row 3, column value: found "21"; expected 20 for 2016-05, as the release June '
        "2016 published it.",
        "2017-01-31,2016-05,,,value,20,21,scheduled revision,",
    ),
    "a marker in place of a figure": (
        ("2016-05,20,p,", "2016-05,,x,"),
        'series.csv, row 3, column value: found "[x]"; expected 20 for 2016-05, as the release '
        "June 2016 published it.",
        "2017-01-31,2016-05,,,value,20,[x],scheduled revision,",
    ),
    "a row that is gone": (
        ("2016-04,10,,\n", ""),
        "series.csv, column value: found nothing; expected 10 for 2016-04, as the release June "
        "2016 published it.",
        "2017-01-31,2016-04,,,value,10,,scheduled revision,",
    ),
    "a longer row in between": (
        ("2016-07,40,,", "2016-07,40,,\n2016-04/2016-06,60,,"),
        'series.csv, row 6, column value: found "60"; expected no figure for 2016-04/2016-06, as '
        "the release June 2016 published it.",
        "2017-01-31,2016-04/2016-06,,,value,,60,late data,",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGES)
def test_a_change_without_its_reason_is_refused_with_the_line_that_gives_one(root, case):
    change, told, line = CHANGES[case]
    data = root()
    write(data, "series", SERIES.replace(*change))
    begin, _, after = only(data).partition("\n  ")
    assert begin == told
    assert after == (f"Put that back. Or if the change is right, add to {BEGIN}{line}")
    write(data, "revisions", f"{HEADER}{line}\n")
    assert len(indicator(data).revisions) == 1


@pytest.mark.parametrize(
    "change",
    [
        ("10,,", "10,p,"),
        ("20,p,", "20,,"),
        ("30,e,worked out", "30,,"),
        ("2016-07,40", "2016-07,41"),
    ],
)
def test_a_marker_a_note_and_a_figure_after_the_release_may_change(root, change):
    data = root()
    write(data, "series", SERIES.replace(*change))
    assert indicator(data).revisions == ()


def test_what_comes_after_or_before_or_anew_needs_no_reason(root):
    data = root()
    write(data, "series", SERIES + "2016-08,50,,\n" + "2015/16,100,,\n")
    assert indicator(data).revisions == ()


def test_figures_are_compared_as_numbers(root):
    data = root("snapshot", SERIES.replace("10,,", "17.0,,"), unit="percent")
    write(data, "series", SERIES.replace("10,,", "17,,"))
    assert indicator(data).revisions == ()


ROWS = {
    "a figure that nobody published": (
        "2016-09-01,2016-05,,,value,19,21,late data,",
        'revisions.csv, row 2, column from: found "19"; expected 20, as the release June 2016 '
        "published it.\n  Write that in from, or delete the row.",
    ),
    "another figure than today's": (
        "2016-09-01,2016-05,,,value,20,22,late data,",
        'series.csv, row 3, column value: found "21"; expected 22 for 2016-05, as row 2 of '
        "revisions.csv leaves it.\n  Put that back. Or if the change is right, add to "
        f"revisions.csv{OTHER}2017-01-31,2016-05,,,value,22,21,scheduled revision,",
    ),
    "a day before the release": (
        "2016-07-31,2016-05,,,value,20,21,late data,",
        'revisions.csv, row 2, column date: found "2016-07-31"; expected 2016-08-01 or later, as '
        "the release June 2016 was frozen then.\n  Correct the date. If the figure changed before "
        "that, delete the row: it needs none.",
    ),
    "a day to come": (
        "2017-02-01,2016-05,,,value,20,21,late data,",
        'revisions.csv, row 2, column date: found "2017-02-01"; expected 2017-01-31 or earlier.\n'
        "  Write the day on which the figure was changed.",
    ),
    "a reason that there is not": (
        "2016-09-01,2016-05,,,value,20,21,Late_Data,",
        'revisions.csv, row 2, column reason: found "Late_Data"; expected one of scheduled '
        "revision, correction, late data.\n  Write late data.",
    ),
    "a correction that does not say what was wrong": (
        "2016-09-01,2016-05,,,value,20,21,correction,Write here what",
        'revisions.csv, row 2, column note: found "Write here what"; expected what was wrong, as '
        "the reason is correction.\n  Say in a sentence what was wrong with the figure.",
    ),
    "a cell of no release": (
        "2016-09-01,2016-07,,,value,39,40,late data,",
        'revisions.csv, row 2, column period: found "2016-07"; expected the period, area, category '
        "and column of a figure that a release has frozen.\n  Correct them, or delete the row: a "
        "figure that no release has frozen needs none.",
    ),
    "a change that was never made": (
        "2016-09-01,2016-04,,,value,10,11,late data,",
        'revisions.csv, row 2, column to: found "11"; expected 10, as series.csv says.\n  Correct '
        f"one of the two. Or if it was changed back, add to revisions.csv{OTHER}"
        "2017-01-31,2016-04,,,value,11,10,scheduled revision,",
    ),
    "no change": (
        "2016-09-01,2016-04,,,value,10,10,late data,",
        'revisions.csv, row 2, column to: found "10"; expected another figure than the one in '
        "from.\n  Correct one of the two, or delete the row: it explains nothing.",
    ),
    "a figure that is none": (
        '2016-09-01,2016-05,,,value,20,"1,021",late data,',
        'revisions.csv, row 2, column to: found "1,021"; expected a figure as in series.csv, such '
        "as 44, a marker in its place, such as [x], or nothing.\n  Write 1021. `callover tidy` "
        "does this for the whole file.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ROWS)
def test_a_row_that_explains_nothing_is_refused(root, case):
    """The figure of May was changed from 20 to 21; whatever a row leaves open is told too."""
    row, told = ROWS[case]
    data = root()
    write(data, "series", SERIES.replace("20,p", "21,p"))
    write(data, "revisions", f"{HEADER}{row}\n")
    assert told in faults(data)


def test_every_fault_is_told_at_once(root):
    data = root()
    write(data, "series", SERIES.replace("10,,", "11,,").replace("20,p", "21,p"))
    write(data, "revisions", f"{HEADER}2016-09-01,2016-06,,,value,30,33,correction,\n")
    told = faults(data)
    begins = (
        "revisions.csv, row 2",
        "revisions.csv, row 2",
        "series.csv, row 2",
        "series.csv, row 3",
    )
    assert [fault.partition(", column")[0] for fault in told] == list(begins)


def test_a_header_without_a_column_that_the_line_needs_is_given_whole(root):
    series = "period,category,value\n2016-04,all,10\n2016-04,men,4\n"
    data = root(series=series, categories={"men": "Men"})
    write(data, "series", series.replace("men,4", "men,5"))
    short = "date,period,column,from,to,reason\n2017-01-31,2016-04,value,10,10.0,late data\n"
    write(data, "revisions", short)
    (told,) = [fault for fault in faults(data) if "series.csv" in fault]
    assert "expected 4 for 2016-04 men, as" in told
    assert told.endswith(f"add to {BEGIN}2017-01-31,2016-04,,men,value,4,5,scheduled revision,")


def test_tidy_puts_right_what_a_spreadsheet_did_and_keeps_the_order(root):
    data = root()
    write(data, "series", SERIES.replace("20,p,", ",x,").replace("10,,", "1010,,"))
    text = "30/09/2016,May 2016,,,value,20,X,Late_data,\n"
    text += '1/9/2016,2016-04,,,value,10,"1,010",late data,'
    write(data, "revisions", f"{HEADER}{text}\n")
    tidy(data, write=True)
    assert (data / HOME / "measure/revisions.csv").read_text("utf-8") == (
        f"{HEADER}2016-09-30,2016-05,,,value,20,[x],late data,\n"
        "2016-09-01,2016-04,,,value,10,1010,late data,\n"
    )
    assert len(indicator(data).revisions) == 2


@pytest.mark.parametrize(
    "change",
    [
        *(("2016-05,20", "2016-13,20"), ("2016-05,20,", "2016-05,1,020,"), ("20,p,", '"1,020",p,')),
        *(("period,", "Period,"), ("2016-05,20,p,\n", "2016-05,20\n")),
    ],
)
def test_what_cannot_be_read_is_told_once_and_not_as_gone(root, change):
    data = root()
    (data / HOME / "measure/series.csv").write_text(SERIES.replace(*change), "utf-8")
    assert not [fault for fault in faults(data) if "published it" in fault]


def test_a_partnership_that_cannot_be_read_makes_no_figure_seem_gone(root):
    data = root()
    path = data / HOME / "datapackage.json"
    path.write_text(path.read_text("utf-8").replace('"outcomes"', '"outcome"'), "utf-8")
    assert not [fault for fault in faults(data) if "published it" in fault]


def test_an_older_release_that_is_frozen_later_has_what_was_known_then(root):
    data = root()
    path = data / HOME / "datapackage.json"
    found = json.loads(path.read_text("utf-8"))
    found["callover"]["releases"].insert(0, {"id": "may", "title": "May", "data_to": "2016-05"})
    path.write_text(json.dumps(found), "utf-8")
    write(data, "series", SERIES.replace("20,p", "21,p"))
    write(data, "revisions", f"{HEADER}2016-08-01,2016-05,,,value,20,21,late data,\n")
    freeze(data, "2016-05", date(2016, 8, 1))
    assert len(indicator(data).revisions) == 1


def test_a_series_that_is_gone_is_a_change_of_each_cell(root):
    data = root()
    folder = data / HOME / "measure"
    (folder / "series.csv").unlink()
    text = (folder / "datapackage.json").read_text("utf-8")
    found = json.loads(text)
    found["resources"], found["callover"]["not_available"] = [], "The count has ended."
    (folder / "datapackage.json").write_text(json.dumps(found), "utf-8")
    told = faults(data)
    assert len(told) == 3
    lines = "\n".join(fault.rpartition("): ")[2] for fault in told)
    write(data, "revisions", f"{HEADER}{lines}\n")
    assert [r.now for r in indicator(data).revisions] == ["", "", ""]


def test_without_a_record_every_row_explains_nothing(package):
    data = package("count", series=SERIES)
    write(data, "revisions", f"{HEADER}2016-09-01,2016-05,,,value,19,20,late data,\n")
    assert "figure that a release has frozen" in only(data)


def test_a_record_that_is_gone_is_told_and_not_the_rows_that_rest_on_it(root):
    data = root()
    write(data, "series", SERIES.replace("20,p", "21,p"))
    write(data, "revisions", f"{HEADER}2016-09-01,2016-05,,,value,20,21,late data,\n")
    (data / HOME / "measure/releases/2016-06.json").unlink()
    assert "releases/2016-06.json" in only(data)


# ---------------------------------------------------------------- what is marked


def test_a_revised_figure_is_marked_unless_its_own_marker_says_more(root):
    data = root()
    write(data, "series", SERIES.replace("20,p", "21,p").replace("30,e", "31,e"))
    rows = "2016-09-01,2016-05,,,value,20,21,late data,\n"
    rows += "2016-10-01,2016-06,,,value,30,31,correction,A page was missing.\n"
    write(data, "revisions", HEADER + rows)
    found = indicator(data)
    assert found.files["series.csv"] == SERIES.replace("20,p", "21,r").replace("30,e", "31,e")
    (line,) = found.series.values()
    assert [(p.label, c.value, c.marker) for p, c in line.items()] == [
        ("2016-04", 10, ""), ("2016-05", 21, "r"), ("2016-06", 31, "e"), ("2016-07", 40, ""),
    ]  # fmt: skip
    assert [(r.day, r.was, r.now, r.reason) for r in found.revisions] == [
        ("2016-10-01", "30", "31", "correction"), ("2016-09-01", "20", "21", "late data"),
    ]  # fmt: skip


def test_only_the_column_that_was_revised_is_marked(root):
    """Elsewhere in the row nothing changes; its marker goes to each of its other figures."""
    series = "period,starts,terminations,successes,marker\n2016-04,9,8,5,p\n2016-05,9,8,,x\n"
    series = series.replace("9,8,,x", ",,,x")
    data = root("completions", series)
    write(data, "series", series.replace("9,8,5,p", "9,8,6,p"))
    line = "2016-09-01,2016-04,,,successes,5,6,scheduled revision,\n"
    write(data, "revisions", HEADER + line)
    found = indicator(data)
    rows = list(csv.DictReader(io.StringIO(found.files["series.csv"])))
    assert {k: v for k, v in rows[0].items() if v} == {
        "period": "2016-04", "starts": "9", "terminations": "8", "successes": "6",
        "starts_marker": "p", "terminations_marker": "p", "successes_marker": "r",
    }  # fmt: skip
    assert rows[1]["marker"] == "x"
    (table,) = [t for t in found.descriptor["resources"] if t["name"] == "series"]
    assert [f["name"] for f in table["schema"]["fields"]] == list(rows[0])


def test_a_figure_that_changes_again_keeps_every_row(root):
    data = root()
    write(data, "series", SERIES.replace("20,p", "22,p"))
    rows = "2016-09-01,2016-05,,,value,20,21,late data,\n"
    rows += "2016-10-01,2016-05,,,value,21,22,late data,\n"
    write(data, "revisions", HEADER + rows)
    assert [(r.was, r.now) for r in indicator(data).revisions] == [("21", "22"), ("20", "21")]


def test_words_are_revised_as_figures_are(root):
    series = "period,text\n2016/17-Q1,On track\n"
    data = root("milestone", series, polarity="monitor")
    write(data, "series", series.replace("On track", '"Late, by a month"'))
    line = only(data).rpartition("): ")[2]
    assert line == '2017-01-31,2016/17-Q1,,,text,On track,"Late, by a month",scheduled revision,'
    write(data, "revisions", f"{HEADER}{line}\n")
    assert indicator(data).files["series.csv"].endswith('"Late, by a month",r\n')


# ---------------------------------------------------------------- what is told


NOTE = "<b>A page</b>, it {{ is }} said, was lost."
_PAGES: dict[str, Content] = {}  # pressed once: no test changes them


@pytest.fixture
def pages(root):
    """The site of a package in which May was revised on one day and June twice on another."""
    if not _PAGES:
        data = root()
        write(data, "series", SERIES.replace("20,p", "1021,p").replace("30,e", "32,e"))
        rows = "2016-09-01,2016-05,,,value,20,1021,late data,\n"
        rows += "2016-10-01,2016-06,,,value,30,,scheduled revision,\n"
        rows += f'2016-10-01,2016-06,,,value,,32,correction,"{NOTE}"\n'
        write(data, "revisions", HEADER + rows)
        _PAGES.update(press(read(data, TODAY), {}))
    return _PAGES


def rows_of(page, caption):
    """The rows of a table, each cell as its text."""
    (table,) = [t for t in page.all("table") if t.one("caption").text == caption]
    cells = [[c.text for c in row.children if not isinstance(c, str)] for row in table.all("tr")]
    return cells[1:]


CHANGED = [
    ["June 2016", "30", "no figure", "1 October 2016", "Scheduled revision", ""],
    *[["June 2016", "no figure", "32", "1 October 2016", "Correction"]],
    ["May 2016", "20", "1,021", "1 September 2016", "Late data", ""],
]


def test_the_page_lists_every_revision_the_newest_day_first(pages, html_text):
    page = html_text(pages["revisions/index.md"])
    (headline,) = page.all("p", class_="co-headline")
    assert headline.text == "3 changes were made to figures since a release published them."
    found = rows_of(page, "Revisions, Made-up Borough")
    assert sorted(row[1:6] for row in found) == sorted(row[:5] for row in CHANGED)
    assert [row[4] for row in found] == ["1 October 2016", "1 October 2016", "1 September 2016"]
    assert {a.attrs["href"] for a in page.all("a", href=f"../{HOME}/measure/#revisions")}
    assert [dt.text for dt in page.all("dt")] == ["Scheduled revision", "Correction", "Late data"]
    assert "<b>A page" not in pages["revisions/index.md"]
    (note,) = [row[6] for row in found if row[6]]
    assert note == NOTE


def test_the_list_is_a_file_too(pages):
    rows = list(csv.DictReader(io.StringIO(pages["revisions/revisions.csv"])))
    assert len(rows) == 3
    assert rows[-1] == {
        "partnership": HOME, "indicator": "measure", "date": "2016-09-01", "period": "2016-05",
        "area_code": "E09000002", "category": "all", "column": "value", "from": "20", "to": "1021",
        "reason": "late data", "note": "",
    }  # fmt: skip


def test_the_page_of_an_indicator_has_its_own(pages, html_text):
    page = html_text(pages[f"{HOME}/measure/index.md"])
    found = rows_of(page, "Revisions of this measure")
    assert found[-1] == CHANGED[-1] and len(found) == 3
    page.one(id="revisions")
    assert "[r] revised since first published" in page.text
    row = rows_of(page, "Made-up measure 0001, April 2016 to March 2017")[0]
    assert row[:4] == ["Cases", "10", "1,021 [r]", "32 [e]"]


def test_machines_read_the_marker_too(pages):
    assert "2016-05,1021,r," in pages[f"{HOME}/measure/series.csv"]
    metrics = list(csv.DictReader(io.StringIO(pages[f"{HOME}/measure/metrics.csv"])))
    marked = {(m["measure"], m["period"]): m["marker"] for m in metrics}
    assert marked["value", "2016-04"] == "" and marked["value", "2016-05"] == "r"
    assert marked["year_to_date", "2016-05"] == "r" and marked["year_to_date", "2016-04"] == ""
    book = openpyxl.load_workbook(io.BytesIO(pages[f"{HOME}/measure/figures.xlsx"]))
    assert ("2016-05", 1021, "r", None) in list(book["Figures"].values)
    assert len(list(book["Revisions"].values)) == 4


def test_the_feed_has_an_entry_for_each_day(pages):
    feed = pages[f"{HOME}/feed.xml"]
    assert f"<id>https://example.org/{HOME}/feed.xml#revisions-2016-10-01</id>" in feed
    assert f'href="https://example.org/revisions/#{HOME}"' in feed
    assert "<title>2 changes to published figures</title>" in feed
    assert "Made-up measure 0001: 2 changes (correction and scheduled revision)." in feed
    assert feed.count('term="revision"') == 2


def test_where_nothing_was_revised_the_page_says_so_and_the_indicator_nothing(root, html_text):
    made = press(read(root(), TODAY), {})
    page = html_text(made["revisions/index.md"])
    assert "No figure has been changed since a release published it." in page.text
    assert "No published figure has been changed." in page.text
    assert 'id="revisions"' not in made[f"{HOME}/measure/index.md"]
    assert len(str(made["revisions/revisions.csv"]).splitlines()) == 1


def test_a_page_with_very_many_revisions_shows_the_newest(root, html_text):
    portal = read(root(), TODAY)
    (board,) = boards(portal)
    (key, cells), *_ = board.sheets[0].indicator.series.items()
    place = Place(key.area, key.category, key.column, next(iter(cells)))
    many = tuple(
        Revision("2016-09-01", place, str(n), str(n + 1), "late data") for n in range(1250)
    )
    own = replace(board.sheets[0].indicator, revisions=many)
    sheet = replace(board.sheets[0], indicator=own)
    assert len(revisions.of_indicator(sheet).rows) == 40
    assert revisions.of_indicator(sheet).says.endswith("them. The newest 40 are here.")
    made = dict(revisions.files([replace(board, sheets=[sheet])]))
    page = html_text(made["revisions/index.md"])
    assert "1,250 changes were made to figures since" in page.text
    assert "The newest 200 are here. 1,050 more are in the file." in page.text
    assert len(rows_of(page, "Revisions, Made-up Borough")) == 200
    assert len(made["revisions/revisions.csv"].splitlines()) == 1251


def test_a_pull_request_is_told_of_a_revision_and_its_reason(root, tmp_path):
    data = root()
    old = shutil.copytree(data, tmp_path / "old")
    write(data, "series", SERIES.replace("20,p", "21,p"))
    write(data, "revisions", f"{HEADER}2016-09-01,2016-05,,,value,20,21,correction,Two *wards*.\n")
    told = changes(old, data, TODAY)
    assert "### Revisions\n\n- Made-up measure 0001, May 2016: was 20, is now 21" in told
    assert r"(correction. Two \*wards\*.)" in told
    assert "### Revisions" not in changes(data, data, TODAY)


# ---------------------------------------------------------------- figures from a sheet


def sheet(folder, text):
    path = folder / "figures.csv"
    path.write_text(text, "utf-8")
    return read_sheet(path)


def test_a_sheet_that_changes_published_figures_says_why(root, tmp_path):
    """Its new figures need no reason; the rows are added to those that are there."""
    data = root()
    write(data, "series", SERIES.replace("10,,", "12,,"))
    # An old file that has not all columns gets them.
    old = "date,period,column,from,to,reason\n2016-09-01,2016-04,value,10,12,late data\n"
    write(data, "revisions", old)
    text = "indicator,2016-04,2016-05,2016-08\nmeasure,10,21,50\n"
    with pytest.raises(SheetFaults, match="2 faults"):
        take(data, HOME, sheet(tmp_path, text), TODAY, why=Why("correction"))
    with pytest.raises(SheetFaults) as told:
        take(data, HOME, sheet(tmp_path, text), TODAY)
    assert [(f.cell, f.value, f.expected) for f in told.value.faults] == [
        ("B2", "10", "12, as published"), ("C2", "21", "20, as published"),
    ]  # fmt: skip
    assert "--reason" in told.value.faults[0].remedy
    why = Why("correction", "Two wards, counted twice.")
    made = take(data, HOME, sheet(tmp_path, text), TODAY, why=why)
    put(data, made.files)
    assert (data / HOME / "measure/revisions.csv").read_text("utf-8") == (
        f"{HEADER}2016-09-01,2016-04,,,value,10,12,late data,\n"
        '2017-01-31,2016-04,,,value,12,10,correction,"Two wards, counted twice."\n'
        '2017-01-31,2016-05,,,value,20,21,correction,"Two wards, counted twice."\n'
    )
    assert "  revisions.csv  2 rows: correction" in list(lines(made))
    assert len(indicator(data).revisions) == 3


def test_a_sheet_begins_the_file_and_lists_it(root, tmp_path):
    data = root()
    grid = sheet(tmp_path, "indicator,2016-05\nmeasure,21\n")
    put(data, take(data, HOME, grid, TODAY, why=Why("late data")).files)
    assert [r.reason for r in indicator(data).revisions] == ["late data"]


# ---------------------------------------------------------------- the law

#: Rows as period, category, value and marker: each line of figures has its own.
LINES = [
    [f"2016-{month:02d}", category, str(value), marker]
    for category, first in (("all", 40), ("men", 10))
    for month, value, marker in zip((4, 5, 6), range(first, first + 3), ("", "p", "b"), strict=True)
]


def typed(rows):
    return "\n".join(["period,category,value,marker", *(",".join(row) for row in rows), ""])


@pytest.fixture
def law(root):
    """A package with two lines of figures, frozen, and a revisions.csv that is listed."""
    data = root(series=typed(LINES), categories={"men": "Men"})
    write(data, "revisions", HEADER)
    return data


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.integers(0, len(LINES) - 1),
    st.one_of(st.integers(0, 99).map(str), st.sampled_from(["[c]", "[x]", "[z]", ""])),
)
def test_no_published_cell_changes_without_its_reason(law, at, text):
    """Any cell, to any other figure, to a marker in its place, or gone: refused, then explained.

    A month in the middle of a line cannot go: a gap is refused for itself.
    """
    data, folder = law, law / HOME / "measure"
    period, category, value, marker = LINES[at]
    if text == value or (text == "" and period == "2016-05"):
        return
    now = ["", text[1]] if text.startswith("[") else [text, marker]
    rows = [list(row) for row in LINES if text or row is not LINES[at]]
    if text:
        rows[at][2:] = now
    (folder / "series.csv").write_text(typed(rows), "utf-8")
    (folder / "revisions.csv").write_text(HEADER, "utf-8")
    (told,) = [fault for fault in faults(data) if "series.csv" in fault]
    line = told.rpartition("): ")[2]
    (folder / "revisions.csv").write_text(f"{HEADER}{line}\n", "utf-8")
    found = indicator(data)
    (made,) = found.revisions
    assert (made.was, made.now) == (value, text)
    assert (made.place.period.label, made.place.category) == (period, category)
    for key, cells in found.series.items():
        for cell_period, cell in cells.items():
            here = (cell_period.label, key.category) == (period, category)
            before = next(r[3] for r in rows if r[:2] == [cell_period.label, key.category])
            marked = here and cell.value is not None and before in ("", "p")
            assert cell.marker == ("r" if marked else before)
