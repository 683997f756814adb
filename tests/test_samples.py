"""Survey questions period by period, and their page: what is tested, shared, marked or hidden."""

import csv
import io
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from tests.conftest import parsed

import generate
from callover.compute import boards
from callover.data.read import read
from callover.intervals import Rounded, gives
from callover.model import Key
from callover.pages.portal import press
from callover.reconcile import reconcile
from callover.rounding import half_up
from callover.samples import questions

TODAY = date(2017, 1, 31)
HOME = generate.PARTNERSHIP
HEADER = "period,percent,base,numerator,half_width,lower,upper,percent_marker,marker,note\n"
TEENAGERS = (
    "2010/11,21,636,,3.14,,,,,\n2011/12,17,397,,3.73,,,,,\n2011-07/2012-06,16,397,,3.57,,,,,\n"
    "2012-01/2012-12,13,399,,3.25,,,,,\n2012/13,13,400,,3.32,,,,,\n"
)
OTHERS = (
    "period,area_code,group,measure,value,unit,basis\n"
    "2012/13,E23000001,,percent,24,percent,same survey\n"
    "2011/12,E23000001,,percent,22.5,percent,same survey\n"
)


@pytest.fixture
def made(package):
    """Make a portal of one question: `made(rows)` gives its files and its questions."""

    def make(rows, others=None, **callover):
        data = package("survey", series=HEADER + rows, comparators=others, callover=callover)
        portal = read(data, TODAY)
        (board,) = boards(portal)
        return press(portal, {}), list(questions(board.sheets))

    return make


def page(files):
    return parsed(files[f"{HOME}/surveys/index.md"].split("<!-- html -->")[1])


def told(files):
    return list(csv.DictReader(io.StringIO(files[f"{HOME}/surveys/surveys.csv"])))


# ---------------------------------------------------------------- what is known of a period


def test_a_period_is_tested_against_the_same_one_a_year_before(made):
    _, (question,) = made(TEENAGERS)
    by_label = {w.period.label: w for w in question.windows}
    assert list(by_label) == [
        "2012/13", "2012-01/2012-12", "2011-07/2012-06", "2011/12", "2010/11",
    ]  # fmt: skip
    newest = by_label["2012/13"]
    assert question.newest is newest
    assert float(half_up(newest.change, 2)) == -4.13 and not newest.test.clear
    assert by_label["2010/11"].change is None and by_label["2010/11"].test is None


def test_periods_that_share_months_are_told_and_never_tested(made):
    _, (question,) = made(TEENAGERS)
    newest, december, june, year, oldest = question.windows
    assert (newest.shared.period, newest.shared.months) == (december.period, 9)
    assert newest.before == december.period and float(half_up(newest.step, 2)) == 0.72
    assert (december.shared.period, december.shared.months) == (june.period, 6)
    assert (june.shared.period, june.shared.months) == (year.period, 9)
    assert year.shared is None and oldest.shared is None
    assert year.before == oldest.period


def test_periods_of_days_share_days(made):
    rows = "2016-01-04/2016-01-31,20,400,,,,,,,\n2016-01-18/2016-02-14,25,400,,,,,,,\n"
    files, (question,) = made(rows, frequency="irregular")
    assert (question.windows[0].shared.months, question.windows[0].shared.days) == (0, 14)
    assert "Shares 14 days with 4 January to 31 January 2016" in page(files).text


def test_another_kind_has_no_question(package):
    (board,) = boards(read(package("count"), TODAY))
    assert list(questions(board.sheets)) == []


# ---------------------------------------------------------------- the page


def test_the_page_says_what_was_asked_and_whom(made):
    files, _ = made(
        TEENAGERS,
        survey={
            "name": "Public Attitude Survey",
            "question_id": "Q10B",
            "question": "How much of a problem are teenagers? Very or fairly big.",
            "base": "All, without those who do not know",
        },
    )
    facts = {d.one("dt").text: d.one("dd").text for d in page(files).one("dl").all("div")}
    assert facts == {
        "Question": "How much of a problem are teenagers? Very or fairly big.",
        "Number in the survey": "Q10B",
        "Who was asked": "All, without those who do not know",
        "Survey": "Public Attitude Survey",
        "Direction": "Lower is better",
    }


def test_what_nobody_said_is_not_stated(made):
    files, _ = made(TEENAGERS, survey={"question": "Are you worried?"})
    facts = [d.one("dd").text for d in page(files).one("dl").all("div")]
    assert facts[:4] == ["Are you worried?", "not stated", "not stated", "not stated"]


def test_the_table_has_percentage_interval_base_comparator_and_test(made):
    files, _ = made(TEENAGERS, OTHERS)
    tables = page(files).all("table")
    heads = [th.text for th in tables[1].all("th", scope="col")]
    assert heads == [
        "Period", "Percentage", "95% interval", "People", "Made-up Police",
        "Change on a year before",
    ]  # fmt: skip
    rows = [[c.text for c in tr.all("td")] for tr in tables[1].one("tbody").all("tr")]
    assert rows[0][:4] == ["13%", "9.9% to 16.6%", "400", "24% Ours is lower"]
    assert rows[0][4].startswith(
        "Down 4.1 points no clear change 95% interval -9.1 to +0.9 points Up 0.7 points on "
        "January to December 2012: not tested"
    )
    assert rows[3][3].startswith("22.5%")
    assert rows[4][4] == "No figure for the year before"


def test_the_page_says_why_neighbours_are_not_tested(made):
    files, _ = made(TEENAGERS)
    assert (
        "Take January to December 2012 and 2012/13: these two years share nine months, and so "
        "their answers. They are not two samples, so we do not test one against the other."
    ) in page(files).text


def test_a_clear_change_is_called_better_or_worse(made):
    rows = "2011/12,98,199,,,,,,,\n2012/13,91,308,,,,,,,\n"
    files, _ = made(rows, polarity="higher")
    text = page(files).text
    assert "1 changed clearly in a year (1 worse)." in text
    assert "Down 7 points worse, more than chance" in text
    files, _ = made(rows, polarity="ambiguous")
    assert "Down 7 points more than chance" in page(files).text


def test_few_answers_are_marked_and_very_few_hidden(made):
    rows = (
        "2010/11,100,4,4,,,,,,\n2011/12,,0,,,,,x,,\n2012/13,25,64,16,,,,,,\n"
        "2013/14,33,18,,,,,,,\n2014/15,20,400,,,,,,,\n"
    )
    files, (question,) = made(rows)
    by_period = {row["period"]: row for row in told(files)}
    assert [by_period[y]["percent"] for y in ("2010/11", "2011/12", "2013/14")] == ["", "", ""]
    assert [by_period[y]["marker"] for y in by_period] == ["x", "x", "u", "x", ""]
    assert by_period["2013/14"]["lower"] == ""
    cells = [tr.all("td")[0].text for tr in page(files).all("table")[1].one("tbody").all("tr")]
    assert cells == ["20%", "[x]", "25.0% [u]", "[x]", "[x]"]
    assert "Here no figure has either mark" not in page(files).text
    assert question.windows[0].test is None  # the year before is hidden, so nothing is tested


def test_a_question_without_any_figure_to_show_says_so(made):
    files, (question,) = made("2012/13,50,10,,,,,,,\n")
    assert question.newest is None
    assert "No period has enough answers to be shown." in page(files).text
    assert "No clear change" not in page(files).text


def test_each_way_to_an_interval_is_explained_for_its_periods(made):
    files, _ = made("2011/12,17,397,,3.73,,,,,\n2012/13,20,392,,,,,,,\n")
    text = page(files).text
    assert "2012/13: The source prints neither an interval nor the number" in text
    assert "2011/12: We worked the interval out from the share before rounding." in text


# ---------------------------------------------------------------- the table for machines


def test_the_csv_has_every_period_unrounded(made):
    files, _ = made(TEENAGERS, OTHERS)
    rows = told(files)
    assert [row["period"] for row in rows] == [
        "2010/11", "2011/12", "2011-07/2012-06", "2012-01/2012-12", "2012/13",
    ]  # fmt: skip
    year = rows[1]
    assert (year["percent"], year["base"], year["interval_from"]) == ("17", "397", "recovered")
    assert round(float(year["share_before_rounding"]), 3) == 17.38
    assert (round(float(year["share_from"]), 3), round(float(year["share_to"]), 3)) == (
        17.349, 17.468,
    )  # fmt: skip
    newest = rows[-1]
    assert (newest["clear_change"], newest["shares_days_with"], newest["shared_months"]) == (
        "no", "2012-01/2012-12", "9",
    )  # fmt: skip
    assert newest["figures_of_others"] == "E23000001: 24"


# ---------------------------------------------------------------- Barnet's own


@pytest.fixture(scope="module")
def barnet():
    """Barnet's questions as they are in the repository."""
    portal = read(Path(__file__).resolve().parent.parent / "datapackage", TODAY)
    board = next(b for b in boards(portal) if b.partnership.slug == "barnet")
    return {q.sheet.indicator.slug: q for q in questions(board.sheets)}


@pytest.mark.parametrize(
    ("slug", "change", "clear"),
    [
        ("problem-teenagers-hanging-around-on-the-streets", -4.13, False),
        ("problem-people-being-drunk-or-rowdy-in-public-places", -4.31, True),
        ("gangs-are-a-problem-in-the-area", -4.60, True),
        ("felt-safe-on-the-bus", -7, True),
        ("worried-about-asb-in-the-area", 5, False),
        ("police-dealing-with-things-that-matter-to-people", 4, False),
    ],
)
def test_changes_on_a_year_before_are_tested_as_by_hand(barnet, slug, change, clear):
    newest = barnet[slug].newest
    assert float(half_up(newest.change, 2)) == change
    assert newest.test.clear is clear


def test_all_100_printed_intervals_follow_from_a_share_that_rounds_to_the_percentage():
    portal = read(Path(__file__).resolve().parent.parent / "datapackage", TODAY)
    board = next(b for b in boards(portal) if b.partnership.slug == "barnet")
    found = Counter(row.verdict for row in reconcile(board) if row.measure == "half_width")
    assert found.total() == 100
    assert set(found) == {"rounding of inputs", "equal"}


def test_to_two_decimals_only_3_intervals_follow_from_the_rounded_percentage(barnet):
    """The papers print 20 of the 100 twice; none of the 3 is among those."""
    plain = [
        w.period.label
        for question in barnet.values()
        for w in question.windows
        if (half := half_of(question, w)) and gives(half, w.percent.value, int(w.base))
    ]
    assert len(plain) == 3


def half_of(question, window):
    indicator = question.sheet.indicator
    cells = indicator.series.get(Key(indicator.area, question.category, "half_width"), {})
    cell = cells.get(window.period)
    return Rounded(cell.value, 2) if cell and cell.value is not None else None


def test_every_printed_interval_gives_its_share_back(barnet):
    """80 rows print ±; with the years that the papers print twice they are the 100 of the text."""
    printed = [w for q in barnet.values() for w in q.windows if w.estimate]
    recovered = [w for w in printed if w.estimate.how == "recovered"]
    assert len(recovered) == 80
    assert {w.estimate.how for w in printed} == {"recovered", "rounded"}
