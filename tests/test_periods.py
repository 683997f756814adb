"""Periods: one grammar, the days they cover, and the windows that measures ask for."""

import re
from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callover import periods
from callover.periods import Period, PeriodError, parse


def days(text):
    """A window in words of the calendar: '2016-04-01..2016-12-31'."""
    first, last = text.split("..")
    return date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()


GRAMMAR = [
    ("2016-04", "month", "2016-04-01..2016-04-30", "2016-04"),
    ("2016-02", "month", "2016-02-01..2016-02-29", "2016-02"),
    ("2015-02", "month", "2015-02-01..2015-02-28", "2015-02"),
    ("2016/17", "year", "2016-04-01..2017-03-31", "fy2016-17"),
    ("1999/00", "year", "1999-04-01..2000-03-31", "fy1999-00"),
    ("2016/17-Q1", "quarter", "2016-04-01..2016-06-30", "fy2016-17-q1"),
    ("2016/17-Q4", "quarter", "2017-01-01..2017-03-31", "fy2016-17-q4"),
    ("2013/14-Q2", "quarter", "2013-07-01..2013-09-30", "fy2013-14-q2"),
    ("2013-W25", "week", "2013-06-17..2013-06-23", "2013-w25"),
    ("2015-W53", "week", "2015-12-28..2016-01-03", "2015-w53"),
    ("2012-04/2013-03", "span", "2012-04-01..2013-03-31", "2012-04_2013-03"),
    ("2013-05-13/2013-06-09", "span", "2013-05-13..2013-06-09", "2013-05-13_2013-06-09"),
    ("2016-10-31", "day", "2016-10-31..2016-10-31", "2016-10-31"),
]


@pytest.mark.parametrize(("text", "kind", "covers", "slug"), GRAMMAR)
def test_each_form_is_read_and_named(text, kind, covers, slug):
    period = parse(text)
    assert (period.kind, period.label, period.slug) == (kind, text, slug)
    assert (period.start, period.end) == days(covers)
    assert f"{period.first}..{period.last}" == covers


def test_a_period_is_the_days_it_covers():
    assert parse("2011/12") == parse("2011-04/2012-03")
    assert len({parse("2011/12"), parse("2011-04/2012-03")}) == 1
    assert parse("2016-04/2016-06") == parse("2016/17-Q1")
    assert parse("2016-04") != parse("2016-04-30")


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "2016", "2016-13", "2016-00", "2016-4", "16-04", "2016-04 ", " 2016-04"),
        *("2016-04\n", "2016/18", "2016/2017", "2016/17-Q5", "2016/17-Q0", "2016/17Q1"),
        *("2016/17-q1", "2015/17", "2011/11", "2014-W53", "2016-W00", "2016-W5", "2016-w05"),
        *("2016-02-30", "2015-02-29", "2013-03/2012-04", "2016-04/2016-04", "2016/17/2017/18"),
        *("2016-04/2016-05-31", "2016-10-31/2016-10-31", "Apr-16", "01/04/2016", "Jan-1"),
        *("٢٠١٦-٠٤", "２０１６-04", "2016–04", "9999-12", "9999/00", "0001-01", "0001-01-01"),
        *("1899/00", "2100-01", "TBC", "FY 09/09", "=2016-04", "2016-04/", "/2016-04"),
    ],
)
def test_what_is_outside_the_grammar_is_refused(text):
    with pytest.raises(PeriodError, match="is not a period such as") as refused:
        parse(text)
    assert refused.value.text == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Apr-16", "2016-04"),
        ("apr 16", "2016-04"),
        ("Sept 2016", "2016-09"),
        ("Sep-2016", "2016-09"),
        ("December 2016", "2016-12"),
        ("May'16", "2016-05"),
        ("  Apr   16 ", "2016-04"),
        ("01/04/2016", "2016-04"),
        ("1/12/2016", "2016-12"),
        ("04/2016", "2016-04"),
        ("4/2016", "2016-04"),
        ("2016-4", "2016-04"),
        ("2016/4", "2016-04"),
        ("2016/2017", "2016/17"),
        ("2016-2017", "2016/17"),
        ("1999/2000", "1999/00"),
        ("2016/17 Q1", "2016/17-Q1"),
        ("2016/17q3", "2016/17-Q3"),
        ("Q2 2016/17", "2016/17-Q2"),
        ("2013W25", "2013-W25"),
        ("2013-w5", "2013-W05"),
        # Never a guess: a day, a year without its century, two readings, or no such date.
        ("Jan-1", ""),
        ("Jan 216", ""),
        ("Apr-99", ""),
        ("02/04/2016", ""),
        ("1/13/2016", ""),
        ("13/2016", ""),
        ("2016/1917", ""),
        ("2016/2018", ""),
        ("2016/18 Q1", ""),
        ("2014-W53", ""),
        ("2016/18", ""),
        ("April 1216", ""),
        ("spring", ""),
        ("", ""),
    ],
)
def test_what_a_spreadsheet_made_of_a_period_is_put_right(typed, meant):
    assert periods.repair(typed) == meant


def test_the_refusal_carries_the_correction():
    with pytest.raises(PeriodError) as refused:
        parse("Apr-16")
    assert refused.value.suggestion == "2016-04"


LEGAL = st.one_of(
    st.builds(periods.month, st.integers(1900, 2098), st.integers(1, 12)),
    st.builds(periods.financial_year, st.integers(1900, 2098)),
    st.builds(periods.quarter, st.integers(1900, 2098), st.integers(1, 4)),
    st.builds(periods.week, st.integers(1901, 2098), st.integers(1, 52)),
    st.builds(periods.day, st.dates(date(1900, 1, 1), date(2099, 12, 31))),
    st.tuples(st.integers(0, 2330), st.integers(1, 60)).map(
        lambda t: periods.span(
            periods.month(1900 + t[0] // 12, t[0] % 12 + 1),
            periods.month(1900 + (t[0] + t[1]) // 12, (t[0] + t[1]) % 12 + 1),
        )
    ),
    st.tuples(st.dates(date(1900, 1, 1), date(2090, 1, 1)), st.integers(1, 900)).map(
        lambda t: periods.span(periods.day(t[0]), periods.day(t[0] + timedelta(t[1])))
    ),
)


@given(LEGAL)
def test_a_label_reads_back_as_its_period(period):
    again = parse(period.label)
    assert again == period
    assert (again.kind, again.label, again.slug) == (period.kind, period.label, period.slug)
    assert period.start <= period.end


@given(LEGAL, LEGAL)
def test_different_labels_have_different_slugs_fit_for_an_address(one, other):
    assert (one.slug == other.slug) == (one.label == other.label)
    assert re.fullmatch(r"[a-z0-9_-]+", one.slug)


@given(LEGAL)
def test_a_window_is_named_by_days_it_covers(period):
    named = periods.of_window(period.start, period.end)
    assert named == period
    assert parse(named.label) == period


# Nearly periods: the characters of the grammar, and whatever else a keyboard has.
NEARLY = st.one_of(
    st.text(alphabet="0123456789/-WQ ", max_size=24),
    st.from_regex(r"\d{4}[-/]\d{1,4}([-/QW]\d{0,4}){0,3}", fullmatch=True),
    st.text(max_size=12),
)
FORMS = re.compile(
    r"\d{4}-\d\d|\d{4}/\d\d|\d{4}/\d\d-Q[1-4]|\d{4}-W\d\d|\d{4}-\d\d/\d{4}-\d\d"
    r"|\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d|\d{4}-\d\d-\d\d",
    re.ASCII,
)


@given(NEARLY)
def test_no_text_outside_the_grammar_is_accepted(text):
    try:
        period = parse(text)
    except PeriodError as refused:
        assert refused.suggestion == "" or parse(refused.suggestion).label == refused.suggestion
    else:
        assert FORMS.fullmatch(text)
        assert period.label == text


NAMES = st.sampled_from(["Jan", "sept", "April", "DECEMBER", "mai"])
TYPED = st.one_of(
    NEARLY,
    st.tuples(NAMES, st.sampled_from("- '/"), st.integers(0, 9999)).map(
        "{0[0]}{0[1]}{0[2]}".format
    ),
    st.tuples(st.integers(0, 32), st.integers(0, 14), st.integers(0, 9999)).map(
        "{0[0]}/{0[1]:02}/{0[2]}".format
    ),
    st.tuples(st.integers(0, 5), st.integers(1890, 2110), st.integers(0, 99)).map(
        "Q{0[0]} {0[1]}/{0[2]:02}".format
    ),
)


@given(TYPED)
def test_a_repair_always_reads_and_is_its_own_repair(text):
    repaired = periods.repair(text)
    if repaired:
        assert parse(repaired).label == repaired


@pytest.mark.parametrize(
    ("closing", "year_to_date", "twelve_months"),
    [
        ("2016-12", "2016-04-01..2016-12-31", "2016-01-01..2016-12-31"),
        ("2016-04", "2016-04-01..2016-04-30", "2015-05-01..2016-04-30"),
        ("2016-03", "2015-04-01..2016-03-31", "2015-04-01..2016-03-31"),
        ("2016-02", "2015-04-01..2016-02-29", "2015-03-01..2016-02-29"),
        ("2017-02", "2016-04-01..2017-02-28", "2016-03-01..2017-02-28"),
        ("2016/17-Q2", "2016-04-01..2016-09-30", "2015-10-01..2016-09-30"),
        ("2015/16", "2015-04-01..2016-03-31", "2015-04-01..2016-03-31"),
        ("2013-W25", "2013-04-01..2013-06-23", "2012-06-24..2013-06-23"),
        ("2016-W13", "2016-04-01..2016-04-03", "2015-04-04..2016-04-03"),
    ],
)
def test_windows_that_close_with_a_period(closing, year_to_date, twelve_months):
    assert periods.year_to_date(parse(closing)) == days(year_to_date)
    assert periods.rolling_12_months(parse(closing)) == days(twelve_months)
    assert periods.is_12_months(*days(twelve_months))


@pytest.mark.parametrize(
    ("window", "before"),
    [
        ("2016-04-01..2016-12-31", "2015-04-01..2015-12-31"),
        ("2016-02-01..2016-02-29", "2015-02-01..2015-02-28"),
        ("2017-02-01..2017-02-28", "2016-02-01..2016-02-29"),  # a leap day counts where it falls
        ("2016-03-01..2017-02-28", "2015-03-01..2016-02-29"),
        ("2013-04-01..2013-06-23", "2012-04-01..2012-06-23"),  # same dates, other weekdays
        ("2016-03-31..2016-03-31", "2015-03-31..2015-03-31"),
        ("2016-02-29..2016-02-29", "2015-02-28..2015-02-28"),
        ("2017-03-01..2017-03-01", "2016-03-01..2016-03-01"),
    ],
)
def test_the_same_window_a_year_before(window, before):
    assert periods.window_last_year(*days(window)) == days(before)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(0, 800))
def test_a_window_last_year_is_never_empty(first, length):
    start = first.toordinal()
    begin, finish = periods.window_last_year(start, start + length)
    assert begin <= finish


@given(st.integers(1950, 2090), st.integers(1, 12))
def test_months_of_two_years_never_overlap(year, number):
    start, end = periods.rolling_12_months(periods.month(year, number))
    before = periods.window_last_year(start, end)
    assert before[1] + 1 == start
    assert periods.is_12_months(start, end)
    assert periods.is_12_months(*before)


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2016-12", "2015-12"),
        ("2016/17-Q4", "2015/16-Q4"),
        ("2016/17", "2015/16"),
        ("2013-W25", "2012-W25"),
        ("2015-W53", "2014-W52"),
        ("2016-02-29", "2015-02-28"),
        ("2015-05/2016-04", "2014-05/2015-04"),
        ("2013-05-13/2013-06-09", "2012-05-13/2012-06-09"),
    ],
)
def test_the_same_period_of_last_year(period, before):
    assert periods.last_year(parse(period)).label == before


@pytest.mark.parametrize(
    ("period", "after"),
    [
        ("2016-12", "2017-01"),
        ("2016/17-Q3", "2016/17-Q4"),
        ("2016/17-Q4", "2017/18-Q1"),
        ("2016/17", "2017/18"),
        ("2015-W53", "2016-W01"),
        ("2014-W52", "2015-W01"),
    ],
)
def test_what_follows(period, after):
    assert periods.following(parse(period)).label == after


def test_seven_days_and_a_week_of_the_same_days_have_each_their_own_last_year():
    week, days = parse("2013-W25"), parse("2013-06-17/2013-06-23")
    assert week == days
    assert [periods.last_year(p).label for p in (week, days, week)] == [
        *("2012-W25", "2012-06-17/2012-06-23", "2012-W25")
    ]


@pytest.mark.parametrize("period", ["2016-10-31", "2012-04/2013-03"])
def test_nothing_follows_a_day_or_a_span(period):
    periods.following(
        parse("2012/13")
    )  # of the same days as the span: no answer of one is another's
    with pytest.raises(ValueError, match="no period follows"):
        periods.following(parse(period))


@pytest.mark.parametrize(
    ("window", "label"),
    [
        ("2016-04-01..2016-04-30", "2016-04"),
        ("2016-04-01..2016-06-30", "2016/17-Q1"),
        ("2016-04-01..2017-03-31", "2016/17"),
        ("2016-04-01..2016-12-31", "2016-04/2016-12"),
        ("2013-06-17..2013-06-23", "2013-W25"),
        ("2013-06-17..2013-06-24", "2013-06-17/2013-06-24"),
        ("2016-10-31..2016-10-31", "2016-10-31"),
    ],
)
def test_a_window_has_the_shortest_name(window, label):
    assert periods.of_window(*days(window)).label == label


@pytest.mark.parametrize(
    ("window", "months"),
    [
        ("2016-04-01..2016-12-31", 9),
        ("2016-04-01..2017-03-31", 12),
        ("2016-02-01..2016-02-29", 1),
        ("2016-02-01..2016-02-28", 0),
        ("2013-04-01..2013-06-23", 0),
    ],
)
def test_whole_months_are_counted(window, months):
    assert periods.whole_months(*days(window)) == months


def test_parts_of_a_year():
    year = parse("2016/17")
    months = periods.parts_of_year(year, "month")
    assert [p.label for p in months][::11] == ["2016-04", "2017-03"]
    assert len(months) == 12
    quarters = periods.parts_of_year(year, "quarter")
    assert [p.label for p in quarters] == [f"2016/17-Q{n}" for n in (1, 2, 3, 4)]
    assert periods.parts_of_year(year, "week") == ()
    for parts in (months, quarters):
        assert (parts[0].start, parts[-1].end) == (year.start, year.end)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_a_day_lies_in_its_financial_year(on):
    year = periods.financial_year_of(on.toordinal())
    assert year.start <= on.toordinal() <= year.end
    assert (year.first.month, year.first.day) == (4, 1)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_a_year_before_is_a_year_before(on):
    before = date.fromordinal(periods.a_year_before(on.toordinal()))
    assert (before.year, before.month) == (on.year - 1, on.month)
    if on.day == monthrange(on.year, on.month)[1]:
        assert before.day == monthrange(before.year, before.month)[1]


def test_periods_are_in_order_of_their_days():
    texts = ["2016/17", "2016-12", "2016-05", "2016-04", "2016/17-Q1"]
    order = [p.label for p in sorted(map(parse, texts))]
    assert order == ["2016-04", "2016/17-Q1", "2016/17", "2016-05", "2016-12"]
    assert Period(1, 2, "x", "a") == Period(1, 2, "y", "b")
