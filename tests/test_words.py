"""Numbers, periods and verdicts become words in one place: rounded half-up, short, never -0."""

import re
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callover import words
from callover.model import MARKERS, Scheme
from callover.periods import of_window, parse
from callover.ratings import POLARITIES as SIGNS
from callover.ratings import (
    PRINTED,
    SCHEMES,
    Evidence,
    Rating,
    judge,
    not_rated,
)
from callover.targets import Limits

# ---------------------------------------------------------------- rates and ticks


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Fraction("1.94"), "per 1,000 aged 10 to 17", "1.94"),
        (Fraction("2.5"), "per 1,000 residents", "2.5"),
        (601, "per 100,000 aged 10 to 17", "601"),
        (Fraction("1.94"), "persons", "1.9"),
        (Fraction("13.75"), "percent", "13.8%"),
    ],
)
def test_a_rate_is_written_as_finely_as_sources_print_it(value, unit, text):
    assert words.figure(value, unit) == text


@pytest.mark.parametrize(
    ("typed", "unit", "text"),
    [
        ("1386", "", "1,386"),
        ("17.0", "percent", "17.0%"),
        ("-2.50", "", "-2.50"),
        ("[x]", "percent", "[x] not available"),
        ("", "percent", "no figure"),
        ("On track", "", "On track"),
        ("[draft]", "", "[draft]"),
        ("x", "", "x"),
    ],
)
def test_a_figure_is_written_as_finely_as_it_was_typed(typed, unit, text):
    assert words.as_typed(typed, unit) == text


@pytest.mark.parametrize(
    ("p", "text"),
    [
        ("1", "1.00"),
        ("0.514", "0.51"),
        ("0.1", "0.10"),
        ("0.092", "0.092"),
        ("0.0354", "0.035"),
        ("0.00036", "0.0004"),
        ("0.00002", "below 0.0001"),
        ("0", "below 0.0001"),
    ],
)
def test_a_p_value_is_written_as_finely_as_matters(p, text):
    assert words.p_value(Fraction(p)) == text


def test_ticks_say_the_year_where_months_come_again():
    def ticks(*labels):
        return words.ticks([parse(label) for label in labels])

    assert ticks("2013/14-Q1", "2013/14-Q2") == ("Q1", "Q2")
    assert ticks("2012/13-Q4", "2013/14-Q1") == ("Q4 12/13", "Q1 13/14")
    assert ticks("2016-03", "2016-04") == ("Mar 16", "Apr 16")
    assert ticks("2012/13", "2013/14-Q1") == ("12/13", "Q1")
    assert ticks("2015-03-31", "2016-03-31") == ("Mar 15", "Mar 16")


# ---------------------------------------------------------------- numbers

NUMBERS = (
    (13207, 0, "13,207"),
    (0, 0, "0"),
    (-5, 0, "-5"),
    (1234567, 0, "1,234,567"),
    (-1234, 0, "-1,234"),
    (Fraction(1, 2), 0, "1"),
    (Fraction(3, 2), 0, "2"),
    (Fraction(5, 2), 0, "3"),
    (Fraction(-1, 2), 0, "-1"),
    (Fraction(-1, 3), 0, "0"),
    (Fraction(-4, 100), 1, "0.0"),
    (Fraction(17587 * 1000, 201979), 2, "87.07"),
    (Fraction(1005, 1000), 2, "1.01"),
    (Fraction(99995, 100000), 2, "1.00"),
    (12, 2, "12.00"),
    (Fraction(1, 16), 3, "0.063"),
)


@pytest.mark.parametrize("value,decimals,text", NUMBERS)
def test_numbers_are_rounded_half_up_with_thousands_and_never_minus_nought(value, decimals, text):
    assert words.number(value, decimals) == text


@pytest.mark.parametrize(
    "value,decimals,text",
    [
        (70, 1, "70"),
        (Fraction(67, 10), 1, "6.7"),
        (Fraction(7001, 1000), 2, "7"),
        (100, 1, "100"),
        (Fraction(-1, 100), 1, "0"),
        (Fraction(1, 20), 1, "0.1"),
        (1000, 2, "1,000"),
    ],
)
def test_trailing_noughts_go_and_those_of_tens_stay(value, decimals, text):
    assert words.trimmed(value, decimals) == text


@pytest.mark.parametrize(
    "value,text",
    [
        (1386, "1386"),
        (Fraction(4, 2), "2"),
        (Fraction(1, 8), "0.125"),
        (-3, "-3"),
        (Fraction(1, 3), "0.3333333333333333"),
        (0, "0"),
    ],
)
def test_machines_get_figures_unrounded(value, text):
    assert words.machine(value) == text


@pytest.mark.parametrize(
    "value,unit,one,text",
    [
        (1386, "offences", "offence", "1,386 offences"),
        (1, "offences", "offence", "1 offence"),
        (0, "offences", "offence", "0 offences"),
        (1, "people", "", "1 person"),
        (Fraction(67, 10), "percent", "", "6.7%"),
        (1, "percentage points", "", "1 percentage point"),
        (2, "percentage points", "", "2 percentage points"),
        (Fraction(1, 2), "percentage points", "", "0.5 percentage points"),
        (Fraction(99, 100), "percentage points", "", "1 percentage point"),
        (12, "", "", "12"),
    ],
)
def test_an_amount_has_its_unit_and_one_of_a_thing_is_one(value, unit, one, text):
    assert words.amount(value, unit, one) == text


@pytest.mark.parametrize(
    "value,decimals,text", [(13, 0, "+13"), (-5, 0, "-5"), (0, 0, "0"), (Fraction(-1, 9), 0, "0"),
                            (Fraction(1, 9), 0, "0"), (Fraction(1, 9), 1, "+0.1")],
)  # fmt: skip
def test_signs_of_a_table(value, decimals, text):
    assert words.signed(value, decimals) == text


# ---------------------------------------------------------------- changes


@pytest.mark.parametrize(
    "value,unit,polarity,text",
    [
        (8, "percent", "lower", "up 8%, worse"),
        (8, "percent", "higher", "up 8%, better"),
        (-8, "percent", "lower", "down 8%, better"),
        (-8, "percent", "ambiguous", "down 8%"),
        (-8, "percent", "monitor", "down 8%"),
        (-8, "percent", "range", "down 8%"),
        (Fraction(49, 100), "percent", "lower", "little or no change"),
        (Fraction(-49, 100), "percent", "lower", "little or no change"),
        (Fraction(1, 2), "percent", "lower", "up 1%, worse"),
        (0, "percent", "lower", "little or no change"),
        (Fraction(2), "percentage points", "higher", "up 2 percentage points, better"),
        (Fraction(-1), "percentage points", "higher", "down 1 percentage point, worse"),
        (Fraction(4, 100), "percentage points", "higher", "little or no change"),
        (14, "", "lower", "up 14, worse"),
        (-1, "", "higher", "down 1, worse"),
        (0, "", "higher", "no change"),
        (1234, "percent", "ambiguous", "up 1,234%"),
    ],
)
def test_changes_in_words(value, unit, polarity, text):
    assert words.change(value, unit, polarity) == text


@pytest.mark.parametrize(
    "now,then,text",
    [
        (13207, 13048, "159 more (up 1%) than"),
        (180, 285, "105 fewer (down 37%) than"),
        (5, 5, "the same number as"),
        (5, 0, "5 more than"),
        (0, 5, "5 fewer than"),
        (4, 3, "1 more than"),  # a percentage of so few says nothing
        (20001, 20000, "1 more than"),
        (21, 20, "1 more (up 5%) than"),
    ],
)
def test_comparisons(now, then, text):
    assert words.comparison(now, then, "offences", "offence") == text


@pytest.mark.parametrize(
    ("now", "then", "unit", "text"),
    [
        (Fraction("0.9"), Fraction("1.2"), "£ million", "£0.3 million less than"),
        (33, 30, "£", "£3 more (up 10%) than"),
        (Fraction("1.94"), Fraction("2.57"), "minutes", "0.6 less than"),
        (2, 2, "£", "the same as"),
        (Fraction("2.01"), 2, "minutes", "about the same as"),
        (10_000, 20, "offences", "9,980 more than"),  # up 49,900% says less than the figures
    ],
)
def test_what_is_measured_is_more_or_less(now, then, unit, text):
    assert words.comparison(now, then, unit, "") == text


@pytest.mark.parametrize(
    ("verdict", "clear", "text"),
    [
        ("better", None, ", which is better"),
        ("", None, ""),
        ("better", True, ", which is better and more than chance"),
        ("", True, ", which is more than chance"),
        ("worse", False, ", which is no clear change"),
        ("", False, ", which is no clear change"),
    ],
)
def test_a_change_is_judged_by_its_test(verdict, clear, text):
    assert words.judged(verdict, clear) == text


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("offences", "offence"), ("burglaries", "burglary"), ("young people", "young person"),
        ("men", "man"), ("crossings of a pass", "crossings of a pass"), ("staff", "staff"),
        ("per 1,000 residents", "per 1,000 residents"), ("", ""),
    ],
)  # fmt: skip
def test_one_of_a_thing(many, one):
    assert words.singular(many) == one
    assert words.amount(1, many) == f"1 {one}".strip()
    assert words.amount(2, many) == f"2 {many}".strip()


# ---------------------------------------------------------------- periods

WINDOWS = {
    "2016-04": ("April 2016", "in April 2016"),
    "2016/17-Q1": ("April to June 2016", "from April to June 2016"),
    "2016-04/2016-12": ("April to December 2016", "from April to December 2016"),
    "2015-12/2016-03": ("December 2015 to March 2016", "from December 2015 to March 2016"),
    "2015/16": ("April 2015 to March 2016", "from April 2015 to March 2016"),
    "2013-W25": ("17 June to 23 June 2013", "from 17 June to 23 June 2013"),
    "2012-12-31/2013-01-06": (
        "31 December 2012 to 6 January 2013",
        "from 31 December 2012 to 6 January 2013",
    ),
    "2013-05-13/2013-06-09": ("13 May to 9 June 2013", "from 13 May to 9 June 2013"),
    "2016-10-31": ("31 October 2016", "on 31 October 2016"),
}


@pytest.mark.parametrize("label", WINDOWS)
def test_windows_in_full_and_in_a_sentence(label):
    period = parse(label)
    assert words.window(period.start, period.end) == WINDOWS[label][0]
    assert words.during(period.start, period.end) == WINDOWS[label][1]


NAMES = {
    "2016-12": ("December 2016", "Dec 2016", "Dec"),
    "2016/17-Q1": ("April to June 2016", "April to June 2016", "Q1"),
    "2015/16": ("2015/16", "2015/16", "15/16"),
    "2013-W25": ("Week to Sunday 23 June 2013", "23 Jun", "23 Jun"),
    "2015-05/2016-04": ("May 2015 to April 2016", "May 2015 to April 2016", "Apr 16"),
    "2016-03-31": ("31 March 2016", "31 March 2016", "Mar 16"),
}


@pytest.mark.parametrize("label", NAMES)
def test_names_of_periods(label):
    period = parse(label)
    found = (words.period_long(period), words.period_short(period), words.short_tick(period))
    assert found == NAMES[label]


@pytest.mark.parametrize(
    "label,closing,bare",
    [
        ("2016-12", "December 2016", "December"),
        ("2016/17-Q1", "June 2016", "April to June"),
        ("2015/16", "March 2016", "2015/16"),
        ("2015-05/2016-04", "April 2016", "May 2015 to April 2016"),
        ("2013-W25", "Week to Sunday 23 June 2013", "Week ending 23 June"),
    ],
)
def test_the_month_a_run_ends_with_and_the_part_of_a_year(label, closing, bare):
    assert words.closing_month(parse(label)) == closing
    assert words.of_the_year(parse(label)) == bare


def test_a_week_in_a_sentence():
    assert words.during_period(parse("2013-W25")) == "in the week to Sunday 23 June 2013"
    assert words.during_period(parse("2016-12")) == "in December 2016"


def test_dates_and_validity():
    assert words.date_long("2017-01-31") == "31 January 2017"
    assert words.date_long("") == ""
    assert words.month_name(parse("2016-12").end) == "December"
    start, end = parse("2016-06-01").start, parse("2017-03-31").end
    assert words.valid(1, end) == "to 31 March 2017"
    assert words.valid(start, 3_600_000) == "from 1 June 2016"
    assert words.valid(start, end) == "from 1 June 2016 to 31 March 2017"
    assert words.valid(1, 3_600_000) == "any day"


@pytest.mark.parametrize(
    "parts,text",
    [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "", "b", "c"), "a, b and c")],
)
def test_words_are_joined_as_english_does(parts, text):
    assert words.joined(parts) == text


def test_every_name_of_the_model_has_its_words():
    assert set(words.POLARITY_WORDS) == set(SIGNS)
    assert set(words.RATING_WORDS) == {*PRINTED.values(), "not-rated"}
    assert set(words.PRINTED_WORDS) == set(PRINTED)
    for letter in MARKERS:
        assert words.marker(letter).startswith(f"[{letter}] ")
    assert words.printed_rating("R") == "Red"
    assert words.printed_rating("B") == "B"


# ---------------------------------------------------------------- reasons of ratings

LIMITS = (
    None,
    Limits(),
    Limits(upper=100),
    Limits(lower=100),
    Limits(lower=90, upper=100),
    Limits(upper=0),
    Limits(upper=100, strict=True),
)
FIGURES = (None, 0, 50, 95, 100, 104, 120)
PAIRS = ((None, None), (50, None), (50, 60), (60, 50), (50, 50))


def every_rating():
    """What every rule gives to every kind of evidence."""
    for rule, polarity, printed, has_data in product(SCHEMES, SIGNS, ("", "G", "?"), (True, False)):
        scheme = Scheme("s", rule, "S", 10)
        for limits, actual, target in product(LIMITS, FIGURES, ("", "maximum", "words", "none")):
            yield judge(
                scheme,
                Evidence(polarity, actual, limits, target, printed=printed, has_data=has_data),
            )
            for before in (80, 110):
                yield judge(scheme, Evidence(polarity, actual, limits, target, before=before))
            yield judge(scheme, Evidence(polarity, None, limits, target, projection="unknown"))
        for now, year in product(PAIRS, PAIRS):
            yield judge(
                scheme,
                Evidence(
                    polarity, year_to_date=now, rolling=year, printed=printed, has_data=has_data
                ),
            )
    # What the figures' time says, whatever the rule: the days are those of 2015 and 2016.
    yield not_rated("recording-changed", since=parse("2015-04").start)
    for late in ({"months": 1}, {"months": 5}, {"weeks": 1}, {"weeks": 3}):
        yield not_rated("stale", end=parse("2016-07").end, **late)


@pytest.fixture(scope="module")
def ratings():
    found: dict[object, Rating] = {}
    for rating in every_rating():
        found.setdefault((rating.reason, rating.verdict, tuple(rating.facts.items())), rating)
    return list(found.values())


def sentences(text):
    return re.split(r"(?<=[.;]) ", text)


def test_every_reason_a_rule_can_give_has_a_row_and_every_row_is_given(ratings):
    assert {rating.reason for rating in ratings} == set(words.REASONS)


@pytest.mark.parametrize("unit", ["offences", "percent"])
def test_every_reason_and_distance_is_short_and_plain(ratings, unit):
    for rating, polarity in product(ratings, SIGNS):
        for text in (
            words.reason(rating, unit, polarity),
            words.distance(rating, unit, "offence", polarity),
        ):
            assert sound(text), text
            for sentence in sentences(text):
                assert len(sentence.split()) <= 25, sentence
        assert words.reason(rating, unit, polarity).endswith(".")


def sound(text):
    return not re.search(r"(?<![\w.])-0(%|\b(?!\.\d*[1-9]))|--|None|nan|  |Fraction", text)


def limited(limits, actual, polarity="lower", unit="offences", tolerance=10):
    scheme = Scheme("s", "tolerance", "S", tolerance)
    rating = judge(scheme, Evidence(polarity, actual, limits, "maximum"))
    return (
        words.RATING_WORDS[rating.verdict],
        words.reason(rating, unit, polarity),
        words.distance(rating, unit, "offence", polarity),
    )


REASONS = (
    (
        (Limits(upper=1500), 1386),
        ("On target", "1,386 meets the target of 1,500.",
         "It can get worse by 114 offences before it turns Close."),
    ),
    (
        (Limits(upper=1500), 1499),
        ("On target", "1,499 meets the target of 1,500.",
         "It can get worse by 1 offence before it turns Close."),
    ),
    (
        (Limits(upper=1500), 1500),
        ("On target", "1,500 meets the target of 1,500.",
         "It has no room: any change for the worse loses this rating."),
    ),
    (
        (Limits(upper=1000), 1050),
        ("Close",
         "1,050 is above the target of 1,000. A miss of up to 10% of the target counts as Close.",
         "It must fall by 50 offences to turn On target."),
    ),
    (
        (Limits(upper=1000), 1200),
        ("Off target",
         "1,200 is above the target of 1,000. "
         "Only a miss of up to 10% of the target counts as Close.",
         "It must fall by 100 offences to turn Close."),
    ),
    (
        (Limits(lower=75), Fraction(800, 11), "higher", "percent"),
        ("Close",
         "72.7% is below the target of 75%. A miss of up to 10% of the target counts as Close.",
         "It must rise by 2.3 percentage points to turn On target."),
    ),
    (
        (Limits(lower=Fraction(15, 2), upper=9), 8, "range", "percent"),
        ("On target", "8% is inside the range 7.5% to 9%.",
         "It can get worse by 0.5 percentage points before it turns Close."),
    ),
)  # fmt: skip


def improved(before, actual, limits, polarity="lower", unit="offences"):
    scheme = Scheme("s", "share_of_improvement", "S", 50)
    rating = judge(scheme, Evidence(polarity, actual, limits, "change", before=before))
    return (
        words.reason(rating, unit, polarity),
        words.distance(rating, unit, "offence", polarity),
    )


IMPROVEMENTS = (
    (
        (4760, 4670, Limits(upper=Fraction("4450.6"))),
        ("4,670 is above the target of 4,450.6. It has come 29% of the way from "
         "4,760 a year before. Only 50% or more counts as Close.",
         "It must fall by 65 offences to turn Close."),
    ),
    (
        (Fraction("7.8"), Fraction("12.5"), Limits(lower=18), "higher", "percent"),
        ("12.5% is below the target of 18%. It has come 46% of the way from 7.8% "
         "a year before. Only 50% or more counts as Close.",
         "It must rise by 0.4 percentage points to turn Close."),
    ),
    (
        (100, 95, Limits(upper=90)),
        ("95 is above the target of 90. It has come 50% of the way from 100 a "
         "year before. At least 50% counts as Close.",
         "It must fall by 5 offences to turn On target."),
    ),
    (
        (100, 110, Limits(upper=90)),
        ("110 is above the target of 90. It has come none of the way from 100 a "
         "year before. Only 50% or more counts as Close.",
         "It must fall by 15 offences to turn Close."),
    ),
    (
        (80, 110, Limits(upper=90)),
        ("110 is above the target of 90. The figure a year before, 80, met it.",
         "It must fall by 20 offences to turn On target."),
    ),
)  # fmt: skip


@pytest.mark.parametrize("given_,told", IMPROVEMENTS)
def test_the_share_of_an_improvement_in_words(given_, told):
    assert improved(*given_) == told


@pytest.mark.parametrize(
    ("now", "year", "told"),
    [
        ((122, 100), (90, 100), "It must fall by more than 22 offences to turn On target."),
        ((101, 100), (90, 100), "It must fall by more than 1 offence to turn On target."),
        ((100, 100), (90, 100), "Any improvement turns it On target."),
        ((78, 100), (70, 100), "It turns Close if it gets worse by 22 offences."),
        ((122, 100), (130, 100), "It must fall by 22 offences to turn Close."),
    ],
)
def test_a_distance_says_whether_it_must_be_passed(now, year, told):
    scheme = Scheme("s", "two_windows", "S")
    rating = judge(scheme, Evidence("lower", year_to_date=now, rolling=year))
    assert words.distance(rating, "offences", "offence", "lower") == told


@pytest.mark.parametrize(
    ("name", "at", "standing", "told"),
    [
        ("period", "2013/14-Q2", "", "For the quarter"),
        ("period", "2013-06", "", "For the month"),
        ("period", "2012-07/2013-06", "", "For the period"),
        ("cumulative", "2013/14-Q2", "", "For the year to date"),
        ("cumulative", "2013/14-Q2", "level", "For the quarter"),
        ("cumulative", "2013-06", "12 months", "For 12 months"),
        ("year_end", "2013/14-Q2", "", "Projected for the year end"),
        ("year_end", "2013/14-Q4", "", "For the year"),
        ("published", None, "", "As printed"),
    ],
)
def test_what_a_verdict_is_on(name, at, standing, told):
    assert words.basis(name, parse(at) if at else None, standing) == told


@pytest.mark.parametrize("given_,told", REASONS)
def test_reasons_and_distances_in_words(given_, told):
    assert limited(*given_) == told


# ---------------------------------------------------------------- whatever the figures

NUMBER = st.one_of(
    st.integers(-(10**9), 10**9),
    st.fractions(-(10**6), 10**6, max_denominator=10**6),
    st.fractions(-1, 1, max_denominator=10**6),
)
POLARITY = st.sampled_from(sorted(SIGNS))
UNIT = st.sampled_from(["percent", "percentage points", "offences", ""])


@given(NUMBER, NUMBER, UNIT, POLARITY, st.integers(0, 3))
def test_no_figure_makes_nonsense(value, other, unit, polarity, decimals):
    made = (
        words.number(value, decimals),
        words.trimmed(value, decimals),
        words.amount(value, unit, "offence"),
        words.figure(value, unit),
        words.signed(value, decimals),
        words.change(value, unit, polarity),
        words.comparison(value, other, unit, "offence"),
    )
    for text in made:
        assert sound(text) and text.strip() == text, text
    assert not re.search("better|worse", words.change(value, unit, "ambiguous"))


@given(NUMBER, st.integers(0, 3))
def test_the_text_of_a_number_is_within_half_a_step_of_it(value, decimals):
    text = words.number(value, decimals)
    assert abs(Fraction(text.replace(",", "")) - value) <= Fraction(1, 2 * 10**decimals)
    assert re.fullmatch(r"-?\d{1,3}(,\d{3})*(\.\d+)?", text)


@given(st.integers(730_000, 740_000), st.integers(0, 800))
def test_every_window_has_a_name_that_begins_and_ends_right(start, length):
    text = words.during(start, start + length)
    assert sound(text) and text.split()[0] in ("on", "in", "from")
    assert str(of_window(start, start + length).last.year) in text


def test_late_figures_say_when_they_were_due_and_by_how_much():
    due = parse("2017-01-20").start
    assert words.overdue(due, 1) == (
        "The next figures were due by 20 January 2017. They were 1 day late on 21 January 2017."
    )
    assert "They were 1,200 days late on" in words.overdue(due, 1200)
