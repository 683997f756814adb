"""The computed overview obeys its laws: on every measure of the demonstration, and on extremes."""

import functools
import re
from datetime import date
from fractions import Fraction
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.test_sentences import AREA, REFERENCE, SCHEMES

from callover.compute import boards
from callover.compute import sheet as compute
from callover.data.read import read
from callover.kinds import KINDS
from callover.model import Break, Cell, Indicator, Key, Survey, TargetRow
from callover.pages.sentences import headline, overview
from callover.periods import Period, parse
from callover.ratings import POLARITIES
from callover.readability import grade, longest, sentences
from callover.travel import UNCLEAR, travel

ROOT = Path(__file__).resolve().parent.parent
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
#: What no sentence may hold: signs for words, nought with a sign, a gap, a name of the code.
NONSENSE = re.compile(
    r"[-+]0(?![.\d])|(?:up|down|by|of|is|were) -|\b(?:up|down|by) 0(?![.\d])|--|  |\bnan\b|"
    r"(?<![.\d])0 (?:more|fewer|less)\b|which is ,|(?<!\.)\.\.(?!\.)|,,|[{}]",
    re.IGNORECASE,
)
WHEN = re.compile(rf"\b(?:{MONTHS}|\d{{4}}/\d\d)\b")
AGAINST = re.compile(
    r" than (?:in|from|on|for|the baseline)|the same (?:number )?as |"
    r" on (?:a year|the \w+|the 12 months|the baseline)\b|^It was |"
    r"^We do not have the figure for a year before|^Recording changed|^It has said so since|"
    r"^The report before said|^It is the first report|in the \d+ days? before|"
    r" has the .*(?:highest|lowest)|has no figure|largest band"
)


def broken(made):
    """Name the laws that the headline and the overview of a sheet break."""
    told = overview(made)
    text = " ".join(told)
    found = sentences(text)
    indicator, polarity = made.indicator, made.polarity(made.leading)
    if not text.startswith(headline(made)) or not 1 <= len(sentences(headline(made))) <= 2:
        yield "the headline is its first one or two sentences"
    if not 1 <= len(found) <= 4:
        yield f"at most four sentences: {len(found)}"
    if longest(found) > 25:
        yield "a sentence has at most 25 words"
    if grade(found) > 7:
        yield f"grade 7 at most: {grade(found):.1f}"
    if wrong := NONSENSE.search(text) or re.search(r"\bNone\b", text):
        yield f"nonsense: {wrong[0]}"
    if any(not one[0].isupper() and not one[0].isdigit() for one in found):
        yield "a sentence begins with a capital or a figure"
    if any(not one.endswith((".", "!", "?")) for one in found):
        yield "a sentence has a stop"
    one, many = indicator.unit_one, indicator.unit
    if (own := made.leading.unit) and own.endswith("s"):
        one, many = own.removesuffix("s"), own
    if one != many and (
        re.search(rf"(?<![\d.,])1 {re.escape(many)}\b", text)
        or re.search(rf"(?:\d\d|[02-9]) {re.escape(one)}\b", text)
    ):
        yield "one of a thing is written as one"
    yield from _said(made, told, text, polarity)


def _said(made, told, text, polarity):
    if made.closing is None:
        return
    if not WHEN.search(told[0]):
        yield "it says of which days it speaks"
    if "There is no" not in told[0] and not any(AGAINST.search(one) for one in told[1:3]):
        yield "it says what it is set against, or why it is not"
    if POLARITIES[polarity] is None and re.search(r"\b(?:better|worse)\b", text):
        yield "neither is better"
    percentage = made.leading.is_share or (made.leading.unit or made.indicator.unit) == "percent"
    if percentage and re.search(r"\b(?:up|down|by) [\d.,]+%|% (?:more|fewer|less)", text):
        yield "percentages move in points"
    found = travel(made, None, made.leading, made.category)
    if (
        found.verdict == UNCLEAR
        and found.basis != "same-period"
        and made.indicator.unit != "number"
    ):
        lead = " ".join(told[:2])
        still = "no clear change" in lead or "the same" in lead or "little or no change" in lead
        if not still or re.search(r"\b(?:better|worse)\b", lead):
            yield "a change that chance may explain is no clear change"


# ---------------------------------------------------------------- on the demonstration


@functools.cache
def demonstration():
    portal = read(ROOT / "datapackage", date(2017, 1, 31))
    return {
        f"{board.partnership.slug}/{made.indicator.slug}": made
        for board in boards(portal)
        for made in board.sheets
    }


def test_every_overview_of_the_demonstration_obeys_the_laws():
    found = {name: list(broken(made)) for name, made in demonstration().items()}
    assert {name: laws for name, laws in found.items() if laws} == {}
    assert len(found) == 114


# ---------------------------------------------------------------- on generated extremes

UNITS = (
    *(("offences", "offence"), ("people", "person"), ("£ million", "£ million")),
    *(("percent", "percent"), ("number", "number")),
)
GAPS = ("c", "x", "z")
COUNT = st.sampled_from((0, 1, 2, 3, 20, 397, 10**7))
PERCENT = st.sampled_from((0, 1, 50, Fraction(673, 10), 100))
AMOUNT = st.sampled_from((0, 1, Fraction(1, 100), Fraction(194, 100), 54, 10**6))
WORDS = st.sampled_from(("On track", "on track.", "Late! Two of 3 done.", "word " * 60, "-"))
PERIODS = {
    "month": [f"{year}-{n:02}" for year in (2015, 2016) for n in range(4, 9)],
    "quarter": [f"{year}/{year - 1999}-Q{n}" for year in (2015, 2016) for n in (1, 2)],
    "week": [f"{year}-W{n}" for year in (2012, 2013) for n in (15, 16, 17)],
    "year": ["2014/15", "2015/16", "2016/17"],
    "span": ["2014-07/2015-06", "2015-07/2016-06"],
    "day": ["2015-06-30", "2016-06-30"],
}
FREQUENCY = {"month": "monthly", "quarter": "quarterly", "week": "weekly", "year": "yearly"}


@st.composite
def extremes(draw):
    """Give an indicator of any kind, polarity and unit, with few and strange figures."""
    kind = KINDS[draw(st.sampled_from(sorted(KINDS)))]
    at = draw(st.sampled_from(kind.series_periods))
    whole = {part for part, _ in kind.at_most} & {column.name for column in kind.columns}
    same = draw(st.booleans())
    series: dict[Key, dict[Period, Cell]] = {}
    for column in kind.columns:
        if not column.required and draw(st.booleans()):
            continue
        by_type = {"percent": PERCENT, "amount": AMOUNT, "text": WORDS}
        values = by_type.get(column.type, COUNT)
        first = draw(values)
        rows: dict[Period, Cell] = {}
        series[Key(AREA, "all", column.name)] = rows
        for label in PERIODS[at]:
            value = first if same else draw(values)
            if draw(st.integers(0, 5)) == 0:
                rows[parse(label)] = Cell(None, draw(st.sampled_from(GAPS)))
            elif column.type == "text":
                rows[parse(label)] = Cell(None, text=value)
            else:
                rows[parse(label)] = Cell(min(value, 1) if column.name in whole else value)
    unit, one = draw(st.sampled_from(UNITS)) if kind.name in COUNTED else ("offences", "offence")
    limits = draw(st.sampled_from(((None, None), (0, None), (None, 20), (10, 30))))
    quantity = kind.quantities[0]
    target = TargetRow(quantity.name, "all", None, "maximum", *limits)
    polarity, frequency = draw(st.sampled_from(sorted(POLARITIES))), FREQUENCY.get(at, "irregular")
    return Indicator(
        "measure", "Measure", "", kind.name, polarity, unit, one, "crime", 1, "", "",
        frequency, None, "", AREA, series,
        survey=Survey("Is it?") if kind.name == "survey" else None,
        targets=(target,) if limits != (None, None) and quantity.form != "words" else (),
        breaks=(Break(parse("2016-01"), "Counted anew."),) if draw(st.booleans()) else (),
        scheme="within",
    )  # fmt: skip


COUNTED = ("count", "snapshot", "yearly", "count_rate", "rolling_only")


@given(extremes())
@settings(deadline=None, max_examples=1500, suppress_health_check=list(HealthCheck))
def test_an_overview_of_anything_obeys_the_laws(indicator):
    made = compute(indicator, REFERENCE, SCHEMES)
    assert list(broken(made)) == [], overview(made)
