"""Reports of older periods, on the repository's own data: as known then, by the same code."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from callover.compute import board, board_as_at
from callover.data.read import read
from callover.exceptions import report
from callover.pages.portal import press
from callover.periods import parse
from callover.ratings import NOT_RATED, OFF_TARGET
from callover.records import Issued

ROOT = Path(__file__).resolve().parent.parent
HOME = "barking-and-dagenham"


@pytest.fixture(scope="module")
def portal():
    return read(ROOT / "datapackage", date(2017, 1, 31))


@pytest.fixture(scope="module")
def newest(portal):
    return {p.slug: board(p, portal.reference) for p in portal.partnerships}


@pytest.mark.parametrize("at", ["2016-06", "2016-09", "2016-11", "2016-12"])
def test_the_report_of_a_period_counts_the_verdicts_of_then(portal, newest, at):
    """The newest board knows each verdict of the past; a report of the past finds the same."""
    period = parse(at)
    then = board_as_at(newest[HOME], period, portal.reference)
    found = report(then, newest[HOME], period, period.end)
    verdicts = []
    for sheet in newest[HOME].sheets:
        past = [r for close, r in sheet.ratings[0].history if close.end <= period.end]
        if past and sheet.scheme.rule != "published":  # a document prints one colour, not its past
            verdicts.append(past[-1].verdict)
    own = [s.rating.verdict for s in then.sheets if s.scheme.rule != "published"]
    assert own.count(OFF_TARGET) == verdicts.count(OFF_TARGET) > 0
    assert len(own) - own.count(NOT_RATED) == len(verdicts) - verdicts.count(NOT_RATED)
    listed = {e.sheet.indicator.slug for e in found.entries if e.sheet}
    off = {s.indicator.slug for s in then.sheets if s.rating.verdict == OFF_TARGET}
    assert off <= listed
    assert found.off_target == len(off)


def test_a_row_of_reports_csv_asks_for_the_report_of_an_older_period(portal):
    (own,) = (p for p in portal.partnerships if p.slug == HOME)
    row = Issued(report="exceptions", period=parse("2016-09"), title="Exceptions")
    asked = replace(own, records=replace(own.records, reports=(row,)))
    files = press(replace(portal, partnerships=(asked,)), {})
    page = files[f"{HOME}/exceptions/2016-09/index.md"]
    assert "<h1>Exceptions, September 2016</h1>" in page
    assert "from April to September 2016" in page
    for later in ("October 2016", "November 2016", "December 2016"):
        assert f"Figures to</dt><dd>{later}" not in page
    assert f"{HOME}/exceptions/index.md" in files
    assert "Exceptions, December 2016" in files[f"{HOME}/exceptions/index.md"]
