"""What Haringey's scorecard of July to September 2013 must show, worked out by hand."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from callover import roundup
from callover.compute import boards
from callover.data.read import read
from callover.periods import parse

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "datapackage" / "haringey"
Q2 = parse("2013/14-Q2")

# Bullets of the year-end report by outcome: what was achieved, and what needs attention.
BULLETS = {
    "": (11, 0),
    "confidence": (6, 3),
    "gangs": (6, 4),
    "domestic-abuse": (9, 5),
    "reoffending": (5, 3),
    "asb-property": (9, 2),
    "prevent": (7, 3),
}


@pytest.fixture(scope="module")
def sheets():
    portal = read(ROOT / "datapackage", date(2017, 1, 31))
    (board,) = (b for b in boards(portal) if b.partnership.slug == "haringey")
    return {sheet.indicator.slug: sheet for sheet in board.sheets}


def test_every_row_of_the_scorecard_is_an_indicator(sheets):
    assert len(sheets) == 32
    assert Counter(sheet.indicator.outcome for sheet in sheets.values()) == {
        "mopac-7": 5,
        "confidence": 2,
        "gangs": 4,
        "domestic-abuse": 6,
        "reoffending": 5,
        "asb-property": 5,
        "prevent": 1,
        "youth-offending": 4,
    }


@pytest.mark.parametrize(
    ("slug", "period", "cumulative", "year_end"),
    [
        ("burglary", "on-target", "on-target", "on-target"),  # 630 to 734, 1,276 to 1,433
        ("robbery", "on-target", "on-target", "on-target"),  # 224 to 260, 496 to 563
        ("theft-from-motor-vehicle", "close", "on-target", "on-target"),  # 643 to 606: 6% above
        ("criminal-damage", "on-target", "on-target", "on-target"),  # 448 to 514, 896 to 1,053
        ("asb-cad-calls", "off-target", "close", "close"),  # 3,756 to 3,362: 11.7% above
        ("dip-reoffending-rate", "close", "close", "close"),  # 22% to 20%: exactly 10%
        ("dv-marac-repeat-referrals", "off-target", "off-target", "off-target"),  # 13.5% to 2%
        ("confidence-in-policing", "on-target", "on-target", "on-target"),  # 59% to 55%
    ],
)
def test_one_row_of_the_scorecard_has_three_verdicts(sheets, slug, period, cumulative, year_end):
    found = {m.measure: m.text for m in sheets[slug].metrics if m.period == Q2}
    assert found["rating_period"] == period
    assert found["rating_cumulative"] == cumulative
    assert found["rating_year_end"] == year_end


@pytest.mark.parametrize(
    ("slug", "rate"),
    [("robbery", 1.94), ("theft-of-motor-vehicle", 1.69), ("criminal-damage", 3.51)],
)
def test_rates_of_six_months_are_those_printed(sheets, slug, rate):
    assert round(float(sheets[slug].value("rate_year_to_date", Q2)), 2) == rate


def test_the_half_year_before_follows_from_what_the_words_print(sheets):
    """373 fewer than a year before; the printed 22.6% is then a check."""
    burglary = sheets["burglary"]
    assert burglary.value("year_to_date_last_year", Q2) == 646 + 630 + 373
    assert round(float(burglary.value("change_on_last_year", Q2)), 1) == -22.6
    assert burglary.value("rolling_12_months", Q2) == 3149 - 373


def test_every_bullet_of_the_year_end_report_is_retold():
    """A bullet may take several rows; rows of one bullet name one line."""
    with (HOME / "achievements.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = {(row["outcome"], row["kind"] == "attention", row["where"]) for row in rows}
    found = Counter((outcome, attention) for outcome, attention, _ in lines)
    found["", False] -= 1  # the third bullet goes over a gap in the text, so it has two lines
    for outcome, (achieved, attention) in BULLETS.items():
        assert (found[outcome, False], found[outcome, True]) == (achieved, attention), outcome
    assert all(row["next_plan"] for row in rows if row["kind"] == "attention" and row["note"] == "")


def test_the_year_end_report_judges_the_year_and_not_its_last_quarter():
    portal = read(HOME.parent, date(2014, 3, 27))
    board = next(b for b in boards(portal) if b.partnership.slug == "haringey")
    found = roundup.roundup(board, parse("2013/14"), portal.reference)
    missed = {sheet.indicator.slug for sheet in found.standing.missed}
    assert "theft-from-motor-vehicle" not in missed  # Close for the quarter, on target for the year
    assert {"dv-marac-repeat-referrals", "youth-reoffending-rate", "asb-cad-calls"} <= missed
