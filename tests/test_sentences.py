"""Computed sentences: what happened, against what; no verdict that nobody can give."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from callover.compute import sheet as compute
from callover.kinds import KINDS
from callover.model import (
    Cell,
    Denominator,
    Group,
    Indicator,
    Key,
    Naming,
    Reference,
    Scheme,
    Survey,
)
from callover.pages.sentences import change_in_words, headline, overview
from callover.periods import parse

AREA = "E09000002"
REFERENCE = Reference(
    {AREA: "Made-up Borough"},
    {"met": Group("met", "boroughs of the force", 32, (), "")},
    (Denominator("residents", AREA, 1, 3_600_000, 200_000, "residents", "Made up", False),),
)
SCHEMES = {"within": Scheme("within", "tolerance", "Within 10%")}


def sheet(kind, columns, category="all", **own):
    """Compute a made-up indicator from columns of labelled values; a text is a marker."""
    unit, one = own.pop("unit", ("offences", "offence"))
    series = {
        Key(AREA, name, column): {
            parse(label): v
            if isinstance(v, Cell)
            else Cell(None, v)
            if isinstance(v, str)
            else Cell(v)
            for label, v in values.items()
        }
        for name, table in (columns if category is None else {category: columns}).items()
        for column, values in table.items()
    }
    indicator = Indicator(
        "measure", "Measure", "", kind, own.pop("polarity", "lower"), unit, one, "crime", 1, "", "",
        own.pop("frequency", "monthly"), None, "", AREA, series,
    )  # fmt: skip
    return compute(replace(indicator, **own), REFERENCE, SCHEMES)


def said(text):
    return Cell(None, text=text)


def months(*values, start=(2016, 4)):
    year, month = start
    return {
        f"{year + (month - 1 + n) // 12}-{(month - 1 + n) % 12 + 1:02}": value
        for n, value in enumerate(values)
    }


def test_a_week_without_a_year_to_date_is_compared_with_the_dates_that_the_source_has():
    weeks = {"2013-W15": 51, "2012-04-08/2012-04-14": 62}
    assert headline(sheet("count", {"value": weeks}, frequency="weekly")) == (
        "There were 51 offences in the week to Sunday 14 April 2013. That is 11 fewer (down 18%) "
        "than from 8 April to 14 April 2012, which is better."
    )


def test_a_percentage_by_quarter_is_compared_with_the_quarter_of_last_year():
    rows = {"2011/12-Q4": 73, "2012-04/2012-12": "x", "2012/13-Q4": 78}
    made = sheet(
        "proportion", {"percent": rows}, frequency="quarterly", polarity="higher",
        unit=("percent", "percent"),
    )  # fmt: skip
    assert headline(made) == (
        "The figure was 78% from January to March 2013. "
        "That is up 5 percentage points on a year before, which is better."
    )
    assert change_in_words(made) == "up 5 percentage points on last year, better"


@pytest.mark.parametrize(
    ("title", "said"),
    [("Share who feel safe", "The share who feel safe"), ("DV share", "The DV share")],
)
def test_a_share_is_called_what_the_package_calls_it(title, said):
    made = sheet(
        "proportion", {"percent": {"2014/15": 9, "2015/16": 8}}, polarity="monitor",
        frequency="yearly", quantities={"percent": Naming(title)},
    )  # fmt: skip
    assert headline(made) == (
        f"{said} was 8% from April 2015 to March 2016. "
        "That is down 1 percentage point on a year before."
    )


LAST = {"2015-04": 30, "2015-05": 31, "2015-06": 39}
#: Two-sided binomial p-values (scipy.stats.binom, twice the smaller tail): 80 of 180 has 0.16, 150
#: of 250 0.002, 40 of 140 below 0.00001, 501 of 1,001 1, 3 of 3 0.25, 1 of 4 0.63, 44 of 84 0.74.
COUNTS = {
    "fewer, and lower is better": (
        {**LAST, **months(20, 25, 35)}, "lower",
        "There were 80 offences from April to June 2016. "
        "That is 20 fewer (down 20%) than from April to June 2015, which is no clear change.",
    ),
    "fewer, and higher is better": (
        {**LAST, **months(20, 25, 35)}, "higher",
        "There were 80 offences from April to June 2016. "
        "That is 20 fewer (down 20%) than from April to June 2015, which is no clear change.",
    ),
    "fewer, and nobody can say": (
        {**LAST, **months(20, 25, 35)}, "ambiguous",
        "There were 80 offences from April to June 2016. "
        "That is 20 fewer (down 20%) than from April to June 2015, which is no clear change.",
    ),
    "far fewer": (
        {**LAST, **months(12, 12, 16)}, "lower",
        "There were 40 offences from April to June 2016. "
        "That is 60 fewer (down 60%) than from April to June 2015, "
        "which is better and more than chance.",
    ),
    "far fewer, and nobody can say": (
        {**LAST, **months(12, 12, 16)}, "monitor",
        "There were 40 offences from April to June 2016. "
        "That is 60 fewer (down 60%) than from April to June 2015, which is more than chance.",
    ),
    "more": (
        {**LAST, **months(50, 50, 50)}, "lower",
        "There were 150 offences from April to June 2016. "
        "That is 50 more (up 50%) than from April to June 2015, "
        "which is worse and more than chance.",
    ),
    "the same": (
        {**LAST, **months(30, 30, 40)}, "lower",
        "There were 100 offences from April to June 2016. "
        "That is the same number as from April to June 2015.",
    ),
    "hardly more": (
        {**months(500, start=(2015, 4)), **months(501)}, "lower",
        "There were 501 offences in April 2016. "
        "That is 1 more than in April 2015, which is no clear change.",
    ),
    "none last year": (
        {**months(0, 0, start=(2015, 4)), **months(2, 1)}, "lower",
        "There were 3 offences from April to May 2016. "
        "That is 3 more than from April to May 2015, which is no clear change.",
    ),
    "one of a thing": (
        {**months(3, start=(2015, 4)), **months(1)}, "lower",
        "There was 1 offence in April 2016. "
        "That is 2 fewer than in April 2015, which is no clear change.",
    ),
    "none at all": (
        {**months(1, start=(2015, 4)), **months(0)}, "higher",
        "There were no offences in April 2016. "
        "That is 1 fewer than in April 2015, which is no clear change.",
    ),
    "no last year": (
        months(20, 25), "lower",
        "There were 45 offences from April to May 2016. "
        "We do not have the figure for a year before.",
    ),
    "last year suppressed": (
        {**months("c", 31, start=(2015, 4)), **months(20, 25)}, "lower",
        "There were 45 offences from April to May 2016. "
        "We do not have the figure for a year before.",
    ),
    "a month of this year missing": (
        {**LAST, **months(20, "x", 35)}, "lower",
        "There were 35 offences in June 2016. "
        "That is 4 fewer (down 10%) than in June 2015, which is better.",
    ),
    "thousands": (
        {**months(12000, start=(2015, 4)), **months(13207)}, "lower",
        "There were 13,207 offences in April 2016. "
        "That is 1,207 more (up 10%) than in April 2015, which is worse and more than chance.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", COUNTS)
@pytest.mark.parametrize("kind", ["count", "count_rate"])
def test_the_headline_of_a_count(kind, case):
    values, polarity, told = COUNTS[case]
    assert headline(sheet(kind, {"value": values}, polarity=polarity)) == told


QUARTERS = {"2015/16-Q1": 40, "2016/17-Q1": 44}
OTHERS = {
    "quarters": (
        sheet("count", {"value": QUARTERS}, frequency="quarterly"),
        "There were 44 offences from April to June 2016. "
        "That is 4 more (up 10%) than from April to June 2015, which is no clear change.",
    ),
    "a percentage given month by month": (
        sheet("count", {"value": {"2016-04": 50, "2015-04": 40}}, unit=("percent", "")),
        "The figure was 50% in April 2016. "
        "That is up 10 percentage points on a year before, which is worse.",
    ),
    "completions": (
        sheet(
            "completions",
            {"terminations": months(6, 0, 5), "successes": months(5, 0, 3)},
            polarity="higher",
        ),
        "The success rate was 72.7% from April to June 2016 (8 of 11). "
        "We do not have the figure for a year before.",
    ),
    "completions, better": (
        sheet(
            "completions",
            {
                "terminations": {"2015-04": 10, "2016-04": 10},
                "successes": {"2015-04": 5, "2016-04": 7},
            },
            polarity="higher",
        ),
        "The success rate was 70% in April 2016 (7 of 10). "
        "That is up 20 percentage points on a year before, which is no clear change.",
    ),
    "completions, no ending": (
        sheet("completions", {"terminations": months(0), "successes": months(0)}),
        "There is no figure for April 2016.",
    ),
    "a proportion by category": (
        sheet(
            "proportion",
            {
                "first": {"numerator": {"2015/16": 12}, "base": {"2015/16": 150}},
                "second": {"numerator": {"2015/16": "c"}, "base": {"2015/16": "c"}},
            },
            None,
            categories={"first": "First clients", "second": "Second clients"},
            rating_category="first",
            polarity="higher",
            frequency="yearly",
        ),
        "First clients: 8% from April 2015 to March 2016 (12 of 150). "
        "We do not have the figure for a year before.",
    ),
    "a proportion given": (
        sheet(
            "proportion",
            {"percent": {"2014/15": 9, "2015/16": 8}},
            polarity="higher",
            frequency="yearly",
        ),
        "The figure was 8% from April 2015 to March 2016. "
        "That is down 1 percentage point on a year before, which is worse.",
    ),
    "satisfaction": (
        sheet(
            "satisfaction",
            {"returned": months(20, 12), "satisfied": months("c", 9)},
            polarity="higher",
        ),
        "The share satisfied was 75% in May 2016 (9 of 12). "
        "We do not have the figure for a year before.",
    ),
    "a snapshot": (
        sheet(
            "snapshot",
            {"value": {"2015-06-30": 18, "2016-06-30": 1}},
            unit=("people", "person"),
            polarity="monitor",
        ),
        "There was 1 person on 30 June 2016. That is 17 fewer than on 30 June 2015.",
    ),
    "a level of a quarter": (
        sheet(
            "snapshot",
            {"value": {"2015/16-Q1": 49, "2016/17-Q1": 54}},
            unit=("cases", "case"),
            polarity="higher",
            frequency="quarterly",
        ),
        "The level for April to June 2016 was 54 cases. "
        "That is 5 more (up 10%) than for April to June 2015, which is better.",
    ),
    "a milestone": (
        sheet("milestone", {"text": {"2015/16-Q4": said("Delayed"), "2016/17-Q1": said("Done.")}}),
        "The newest report, for April to June 2016, says: Done. The report before said: Delayed.",
    ),
    "a milestone that stays": (
        sheet(
            "milestone",
            {
                "text": {
                    "2015/16-Q3": said("Delayed"),
                    "2015/16-Q4": said("On track"),
                    "2016/17-Q1": said("on track."),
                }
            },
        ),
        "The newest report, for April to June 2016, says: on track. "
        "It has said so since January to March 2016.",
    ),
    "a rate": (
        sheet(
            "rate",
            {
                "rate": {"2014/15": Fraction("2.57"), "2015/16": Fraction("1.94")},
                "count": {"2014/15": 50, "2015/16": 1},
            },
            unit=("per 1,000 aged 10 to 17",) * 2,
            frequency="yearly",
        ),
        "The rate was 1.94 per 1,000 aged 10 to 17 from April 2015 to March 2016. "
        "It was 2.57 from April 2014 to March 2015, so it is now better.",
    ),
    "12-month totals": (
        sheet("rolling_only", {"value": {"2014-05/2015-04": 30, "2015-05/2016-04": 33}}),
        "There were 33 offences in the 12 months to April 2016. "
        "That is 3 more (up 10%) than in the 12 months before, which is no clear change.",
    ),
    "12-month totals, one": (
        sheet("rolling_only", {"value": {"2015-05/2016-04": 1}}),
        "There was 1 offence in the 12 months to April 2016. "
        "We do not have the figure for a year before.",
    ),
    "yearly": (
        sheet("yearly", {"value": {"2014/15": 100, "2015/16": 90}}, frequency="yearly"),
        "There were 90 offences from April 2015 to March 2016. "
        "That is 10 fewer (down 10%) than from April 2014 to March 2015, which is better.",
    ),
    "yearly percentages": (
        sheet(
            "yearly",
            {"value": {"2014/15": "x", "2015/16": 25}},
            unit=("percent", ""),
            frequency="yearly",
        ),
        "The figure was 25% from April 2015 to March 2016. "
        "We do not have the figure for a year before.",
    ),
    "survey question": (
        sheet(
            "survey",
            {"percent": {"2014/15": 17, "2015/16": 13}, "base": {"2014/15": 397, "2015/16": 400}},
            unit=("percent", ""),
            frequency="yearly",
            survey=Survey("Is it a problem?"),
        ),
        "Of the 400 people who answered from April 2015 to March 2016, 13% said so. "
        "That is down 4 percentage points on a year before, which is no clear change.",
    ),
    "survey question with a clear change": (
        sheet(
            "survey",
            {"percent": {"2014/15": 98, "2015/16": 91}, "base": {"2014/15": 199, "2015/16": 98}},
            unit=("percent", ""),
            frequency="yearly",
            survey=Survey("Is it a problem?"),
        ),
        "Of the 98 people who answered from April 2015 to March 2016, 91% said so. "
        "That is down 7 percentage points on a year before, which is better and more than chance.",
    ),
    "league": (
        sheet("league", {"value": {"2016/17-Q1": 978}}),
        "There were 978 offences from April to June 2016. "
        "We do not have the figure for a year before.",
    ),
    "distribution": (
        sheet("distribution", {"value": {"2016-05": 653}}),
        "There were 653 offences in May 2016. We do not have the figure for a year before.",
    ),
    "cohort": (
        sheet("cohort", {"value": {"2014-06-06/2015-06-05": 259, "2015-06-06/2015-11-05": 82}}),
        "There were 82 offences from 6 June to 5 November 2015. "
        "There were 259 offences in the 365 days before.",
    ),
    "no figures": (
        sheet("count", {}),
        "There are no figures for this measure. The partners have sent no figures yet.",
    ),
    "no figures, for a reason": (
        sheet("count", {"value": months("x")}, not_available="The chart is lost."),
        "There are no figures for this measure. The chart is lost.",
    ),
}


@pytest.mark.parametrize("case", OTHERS)
def test_the_headline_of_other_kinds(case):
    made, told = OTHERS[case]
    assert headline(made) == told


def test_every_kind_has_a_headline_here():
    kinds = {made.indicator.kind for made, _ in OTHERS.values()}
    assert kinds | {"count_rate"} == set(KINDS)


WORDS = (
    ({"2015/16-Q4": "Delayed", "2016/17-Q1": "On track"}, "was Delayed"),
    ({"2015/16-Q4": "On track", "2016/17-Q1": "On track"}, "the same since January to March 2016"),
    ({"2016/17-Q1": "On track"}, "not known"),
)


@pytest.mark.parametrize("values,told", WORDS)
def test_the_change_of_words(values, told):
    text = {label: said(words) for label, words in values.items()}
    assert change_in_words(sheet("milestone", {"text": text})) == told


# ---------------------------------------------------------------- one row of the overview page

CHANGES = (
    # LAST is 100 in three months: 80 of 180 has p 0.16, 40 of 140 has p below 0.00001.
    ({**LAST, **months(20, 25, 35)}, "lower", "down 20% on last year: no clear change"),
    ({**LAST, **months(20, 25, 35)}, "ambiguous", "down 20% on last year: no clear change"),
    ({**LAST, **months(12, 12, 16)}, "lower", "down 60% on last year, better"),
    ({**LAST, **months(12, 12, 16)}, "ambiguous", "down 60% on last year"),
    (
        {**months(10, start=(2015, 4)), **months(12)},
        "lower",
        "up 2 on last year: no clear change",
    ),  # too few for a share
    ({**months(0, start=(2015, 4)), **months(3)}, "lower", "up 3 on last year: no clear change"),
    # 9 of 9 by chance alone: twice (1/2)^9, p 0.004
    ({**months(0, start=(2015, 4)), **months(9)}, "lower", "up 9 on last year, worse"),
    ({**months(0, start=(2015, 4)), **months(0)}, "lower", "no change on last year"),
    ({**months(500, start=(2015, 4)), **months(501)}, "lower", "little or no change on last year"),
    (months(20), "lower", "not known"),
)


@pytest.mark.parametrize("values,polarity,told", CHANGES)
def test_the_change_in_words(values, polarity, told):
    assert change_in_words(sheet("count", {"value": values}, polarity=polarity)) == told


# ---------------------------------------------------------------- whatever is said


@pytest.mark.parametrize("polarity", ["ambiguous", "monitor", "range"])
@pytest.mark.parametrize("case", [*COUNTS, *OTHERS])
def test_nothing_is_called_better_or_worse_where_nobody_can_say(case, polarity):
    if case in COUNTS:
        made = sheet("count", {"value": COUNTS[case][0]}, polarity=polarity)
    else:
        old = OTHERS[case][0].indicator
        made = compute(replace(old, polarity=polarity), REFERENCE, SCHEMES)
    said = " ".join([headline(made), *overview(made), change_in_words(made)])
    assert not re.search(r"\b(better|worse)\b", said)


@pytest.mark.parametrize("case", [*COUNTS, *OTHERS])
def test_sentences_are_short_and_whole(case):
    made = sheet("count", {"value": COUNTS[case][0]}) if case in COUNTS else OTHERS[case][0]
    for sentence in overview(made):
        assert len(sentence.split()) <= 25 and sentence[0].isupper() and sentence[-1] == "."
        assert not re.search(r"--|None|  |(?<![\d.])-0", sentence)
