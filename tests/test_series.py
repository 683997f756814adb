"""Lines of figures: what tiles a window adds up, and a gap stays a gap."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callover import periods
from callover.model import Cell
from callover.periods import of_window, parse
from callover.series import Counts, Readings, Shares, Total, gravest, whole_from_parts

RESIDENTIAL_BURGLARY = (47, 79, 62, 55, 53, 47, 59, 76, 98)  # April to December 2016
DOMESTIC_VIOLENCE = (202, 237, 213, 271, 243, 231, 194, 192, 225)  # April to December 2015
YEAR = parse("2016/17")


def cells(rows):
    """Cells from a mapping of labels: a number, a marker, or both as a pair."""
    made = {}
    for label, given_ in rows.items():
        value, marker = given_ if isinstance(given_, tuple) else (given_, "")
        if isinstance(value, str):
            value, marker = None, value
        made[parse(label)] = Cell(value, marker)
    return made


def months(first, *values):
    """Consecutive months from the first, as labels and values."""
    at, rows = parse(first), {}
    for value in values:
        rows[at.label] = value
        at = periods.following(at)
    return rows


def over(line, label):
    period = parse(label)
    return line.total(period.start, period.end)


def test_months_add_up_to_the_year_to_date():
    line = Counts(cells(months("2016-04", *RESIDENTIAL_BURGLARY)))
    assert over(line, "2016-04/2016-12") == Total(576)
    assert over(line, "2016/17-Q2") == Total(155)
    assert over(line, "2016-12") == Total(98)


def test_derived_months_add_up_to_the_printed_total():
    line = Counts(cells(months("2015-04", *((n, "e") for n in DOMESTIC_VIOLENCE))))
    assert over(line, "2015-04/2015-12") == Total(2008, "e")


def test_a_missing_month_makes_every_total_that_holds_it_missing():
    rows = months("2016-04", *RESIDENTIAL_BURGLARY)
    del rows["2016-07"]
    line = Counts(cells(rows))
    assert over(line, "2016-04/2016-06") == Total(188)
    assert over(line, "2016-04/2016-12") == Total(None)
    assert over(line, "2016-07") == Total(None)
    assert over(line, "2016-08/2016-12") == Total(333)


@pytest.mark.parametrize("marker", ["c", "x", "z"])
def test_a_row_without_a_value_says_why_the_total_is_missing(marker):
    line = Counts(cells(months("2016-04", 12, marker, 15)))
    assert over(line, "2016-04/2016-06") == Total(None, marker)
    assert over(line, "2016-05") == Total(None, marker)
    assert over(line, "2016-04") == Total(12)
    assert over(line, "2016-06/2016-07") == Total(None)


def test_confidential_is_told_before_not_available():
    line = Counts(cells(months("2016-04", "x", "c", "z")))
    assert over(line, "2016-04/2016-06") == Total(None, "c")
    assert over(line, "2016-06") == Total(None, "z")


def test_nine_months_and_a_quarter_tile_a_year():
    rows = months("2015-04", *DOMESTIC_VIOLENCE) | {"2015/16-Q4": 589, "2015/16": 2597}
    line = Counts(cells(rows | months("2016-04", 170, 222)))
    assert over(line, "2015/16") == Total(2597)
    assert over(line, "2015-05/2016-04") == Total(2565)  # the printed 12-month total
    assert over(line, "2016-01/2016-04") == Total(589 + 170)
    assert over(line, "2016-02/2016-04") == Total(None)


def test_a_year_alone_gives_no_part_of_itself():
    line = Counts(cells({"2015/16": 2597}))
    assert over(line, "2015/16") == Total(2597)
    assert over(line, "2015-04/2015-12") == Total(None)
    assert over(line, "2015/16-Q4") == Total(None)


def test_spans_from_the_start_and_to_the_end_of_the_year_tile_rolling_totals():
    # Gun crime: most months are below 5, so they stay inside longer spans.
    line = Counts(
        cells(
            {
                "2015-04/2015-06": 7,
                "2015-04/2015-07": 11,
                "2015-04/2015-10": 31,
                "2015-10": 12,
                "2015-04/2015-11": 35,
                "2015-08/2016-03": 42,
                "2015-11/2016-03": 22,
                "2015/16": 53,
            }
            | months("2016-04", 4, 2, 3, 8, 6, 5, 3, 12, 1)
        )
    )
    assert over(line, "2015-04/2015-07") == Total(11)
    assert over(line, "2015-08/2016-07") == Total(42 + 4 + 2 + 3 + 8)
    assert over(line, "2015-10/2016-03") == Total(34)  # October and the five months after it
    assert over(line, "2015/16") == Total(53)
    assert over(line, "2015-08/2015-10") == Total(None)


def test_rows_that_overlap_are_never_added_together():
    line = Counts(cells({"2016-04/2016-06": 30, "2016-06/2016-08": 50, "2016-08": 10}))
    assert over(line, "2016-04/2016-08") == Total(None)
    assert over(line, "2016-06/2016-08") == Total(50)


def test_a_dead_end_is_left_and_a_longer_row_taken():
    line = Counts(cells({"2016-04": 10, "2016/17-Q1": 33, "2016/17-Q2": 40}))
    tiles = line.tiles(parse("2016-04").start, parse("2016-09").end) or []
    assert [cell.value for cell in tiles] == [33, 40]


def test_many_dead_ends_cost_little():
    rows = {}
    for year in range(1950, 2010):
        for part in periods.parts_of_year(periods.financial_year(year), "month"):
            rows[part] = Cell(1)
        for part in periods.parts_of_year(periods.financial_year(year), "quarter"):
            rows[part] = Cell(3)
    line = Counts(rows)
    first = periods.financial_year(1950).start
    assert line.total(first, periods.financial_year(2009).end) == Total(720)
    assert line.total(first, parse("2010-04").end) == Total(None)  # in no time at all


def test_weeks_are_native_and_so_is_the_stub_of_the_year():
    weeks = {f"2013-W{n}": 10 for n in range(14, 26)}
    line = Counts(cells(weeks))
    assert over(line, "2013-04-01/2013-06-23") == Total(120)  # 1 April 2013 is a Monday
    late = {f"2013-W{n}": 10 for n in range(16, 26)}
    assert over(Counts(cells(late)), "2013-04-01/2013-06-23") == Total(None)
    late["2013-04-01/2013-04-14"] = 52
    assert over(Counts(cells(late)), "2013-04-01/2013-06-23") == Total(152)


@pytest.mark.parametrize(
    ("markers", "total"),
    [("pp", "p"), ("er", "e"), ("ue", "u"), (" r", "r"), ("  ", ""), ("b ", "")],
)
def test_a_total_takes_over_the_gravest_marker(markers, total):
    line = Counts(cells(months("2016-04", *((5, m.strip()) for m in markers))))
    assert over(line, "2016-04/2016-05") == Total(10, total)


def test_a_figure_of_one_row_keeps_the_marker_of_the_row():
    line = Counts(cells(months("2016-04", (5, "b"), (6, "e"))))
    assert over(line, "2016-04") == Total(5, "b")
    assert over(line, "2016-05") == Total(6, "e")


def test_a_printed_row_with_the_same_sum_vouches_for_estimated_parts():
    rows = months("2015-04", *((n, "e") for n in DOMESTIC_VIOLENCE)) | {"2015/16-Q4": (589, "e")}
    assert over(Counts(cells(rows)), "2015/16") == Total(2597, "e")
    assert over(Counts(cells(rows | {"2015/16": 2597})), "2015/16") == Total(2597)
    assert over(Counts(cells(rows | {"2015/16": 2600})), "2015/16") == Total(2597, "e")


def test_an_empty_window_has_no_total():
    line = Counts(cells({"2016-04": 10}))
    start = parse("2016-04").start
    assert line.total(start, start - 1) == Total(None)


def test_readings_never_add_up():
    line = Readings(cells({"2016-03-31": 65, "2016-04-01": 60, "2016-04": 60, "2016-05": 62}))
    assert over(line, "2016-04") == Total(60)
    assert over(line, "2016-04/2016-05") == Total(None)
    assert over(line, "2016-03-31/2016-04-01") == Total(None)
    assert not line.additive
    daily = Readings({periods.day(d.first): Cell(5) for d in map(parse, DAYS_OF_APRIL)})
    assert over(daily, "2016-04") == Total(None)


DAYS_OF_APRIL = [f"2016-04-{n:02}" for n in range(1, 31)]


def test_readings_keep_their_markers():
    line = Readings(cells({"2016-03-31": "x", "2016-06-30": (62, "p")}))
    assert over(line, "2016-03-31") == Total(None, "x")
    assert over(line, "2016-06-30") == Total(62, "p")


def shares(parts, wholes, given_=None):
    return Shares(Counts(cells(parts)), Counts(cells(wholes)), Counts(cells(given_ or {})))


def test_a_success_rate_is_a_ratio_of_sums():
    ends = months("2016-04", 4, 3, 2, 3, 5, 1, 6, 3, 3)
    successes = months("2016-04", 3, 0, 1, (9, "u"), 1, 1, 2, 2, 2)
    line = shares(successes, ends)
    assert over(line, "2016-04") == Total(75)
    assert over(line, "2016-04/2016-12") == Total(Fraction(2100, 30), "u")
    # the mean of the months would be another figure
    assert over(line, "2016-04/2016-05") == Total(Fraction(300, 7))


def test_a_share_of_people_over_twelve_months():
    line = shares({"2015-05/2016-04": 31}, {"2015-05/2016-04": 461})
    assert over(line, "2015-05/2016-04") == Total(Fraction(3100, 461))
    assert over(line, "2015/16") == Total(None)


def test_nothing_of_nothing_is_not_a_share():
    assert over(shares({"2016-04": 0}, {"2016-04": 0}), "2016-04") == Total(None, "z")
    assert over(shares({"2016-04": 0}, {"2016-04": 9}), "2016-04") == Total(0)


def test_a_given_percentage_stands_only_for_its_own_window():
    line = shares({}, {}, {"2016-04/2016-12": 25, "2015/16": (25, "p"), "2014/15": "c"})
    assert over(line, "2016-04/2016-12") == Total(25)
    assert over(line, "2015/16") == Total(25, "p")
    assert over(line, "2014/15") == Total(None, "c")
    assert over(line, "2016-04/2016-11") == Total(None)


def test_parts_and_wholes_go_before_a_given_percentage():
    assert over(shares({"2016-04": 1}, {"2016-04": 3}, {"2016-04": 33}), "2016-04") == Total(
        Fraction(100, 3)
    )


def test_a_suppressed_part_suppresses_the_share():
    line = shares(months("2016-04", 5, "c"), months("2016-04", 10, 20))
    assert over(line, "2016-05") == Total(None, "c")
    assert over(line, "2016-04/2016-05") == Total(None, "c")


def test_the_periods_of_a_share_have_both_numbers_or_the_percentage():
    line = shares(months("2016-04", 5, 6), months("2016-05", 10, 20), {"2015/16": 50})
    assert [p.label for p in line.periods] == ["2015/16", "2016-05"]


def test_periods_come_in_order_of_their_last_day():
    line = Counts(cells({"2016/17": 1, "2016-04": 1, "2017-03": 1, "2016/17-Q4": 1}))
    labels = [p.label for p in line.periods]
    assert labels == ["2016-04", "2017-03", "2016/17-Q4", "2016/17"][0:1] + labels[1:]
    assert set(labels[1:]) == {"2017-03", "2016/17-Q4", "2016/17"}
    assert labels[-1] == "2016/17"


def test_an_answer_column_is_made_of_its_parts_where_it_is_not_given():
    own = cells({"2015/16": 624, "2016-08": "x"})
    very = cells({"2016-04": 0, "2016-05": (1, "p"), "2016-06": "c", "2016-07": 3})
    fairly = cells({"2016-04": 37, "2016-05": 69, "2016-06": 62, "2015/16": 1})
    whole = whole_from_parts(own, [very, fairly])
    assert whole == cells(
        {
            "2015/16": 624,
            "2016-08": "x",
            "2016-04": 37,
            "2016-05": (70, "p"),
            "2016-06": "c",  # July is not there: one of its parts is missing without a reason
        }
    )
    assert whole_from_parts(own, []) == own


@pytest.mark.parametrize(("markers", "worst"), [("rx", "x"), ("xc", "c"), ("br", "r"), ("", "")])
def test_the_gravest_marker(markers, worst):
    assert gravest(set(markers)) == worst


# ---------------------------------------------------------------- laws

FIRST = parse("2013-04")
MONTHS = [FIRST]
while len(MONTHS) < 36:
    MONTHS.append(periods.following(MONTHS[-1]))

VALUES = st.lists(st.integers(0, 5000), min_size=36, max_size=36)


@given(VALUES, st.sets(st.integers(0, 35)), st.integers(11, 35))
def test_law_a_rolling_sum_over_a_gap_is_missing_and_else_exact(values, gaps, closing):
    line = Counts({m: Cell(v) for n, (m, v) in enumerate(zip(MONTHS, values, strict=True))
                   if n not in gaps})  # fmt: skip
    total = line.total(*periods.rolling_12_months(MONTHS[closing]))
    window = range(closing - 11, closing + 1)
    if gaps & set(window):
        assert total == Total(None)
    else:
        assert total == Total(sum(values[n] for n in window))


@given(VALUES, st.lists(st.integers(1, 35), unique=True), st.data())
def test_law_any_exact_tiling_gives_the_sum_of_its_days(values, cuts, data):
    edges = [0, *sorted(cuts), 36]
    rows = {}
    for begin, finish in pairwise(edges):
        span = of_window(MONTHS[begin].start, MONTHS[finish - 1].end)
        rows[span] = Cell(sum(values[begin:finish]))
    line = Counts(rows)
    first, last = sorted(
        data.draw(st.lists(st.sampled_from(range(len(edges))), min_size=2, max_size=2, unique=True))
    )
    begin, finish = edges[first], edges[last]
    total = line.total(MONTHS[begin].start, MONTHS[finish - 1].end)
    assert total == Total(sum(values[begin:finish]))


SPANS = st.lists(st.tuples(st.integers(0, 23), st.integers(1, 13), st.integers(0, 99)), max_size=14)


def reachable(spans, begin, finish):
    """All sums of exact tilings, by trying every one: the specification of `total`."""
    if begin == finish:
        return {0}
    return {
        value + rest
        for first, length, value in spans
        if first == begin and first + length <= finish
        for rest in reachable(spans, first + length, finish)
    }


@given(SPANS, st.integers(0, 12), st.integers(1, 12))
def test_law_a_total_is_the_sum_of_an_exact_tiling_or_missing(drawn, begin, length):
    spans = list({(first, size): (first, size, v) for first, size, v in drawn}.values())
    line = Counts({of_window(MONTHS[f].start, MONTHS[f + n - 1].end): Cell(v) for f, n, v in spans})
    total = line.total(MONTHS[begin].start, MONTHS[begin + length - 1].end)
    possible = reachable(spans, begin, begin + length)
    if possible:
        assert total.value in possible
    else:
        assert total == Total(None)


@given(SPANS, st.integers(0, 12), st.integers(1, 12))
def test_law_tiles_follow_each_other_without_gap_or_overlap(drawn, begin, length):
    rows = {}
    for first, size, _ in drawn:
        period = of_window(MONTHS[first].start, MONTHS[first + size - 1].end)
        rows[period] = Cell(period.end - period.start + 1)  # each row counts its own days
    start, end = MONTHS[begin].start, MONTHS[begin + length - 1].end
    tiles = Counts(rows).tiles(start, end)
    if tiles is not None:
        assert sum(cell.value or 0 for cell in tiles) == end - start + 1


@given(VALUES, VALUES, st.integers(0, 35))
def test_law_a_share_lies_between_the_shares_of_its_months(parts, extra, closing):
    wholes = [p + e + 1 for p, e in zip(parts, extra, strict=True)]
    line = Shares(
        Counts({m: Cell(v) for m, v in zip(MONTHS, parts, strict=True)}),
        Counts({m: Cell(v) for m, v in zip(MONTHS, wholes, strict=True)}),
        Counts({}),
    )
    start, end = periods.year_to_date(MONTHS[closing])
    held = [n for n, m in enumerate(MONTHS) if start <= m.start and m.end <= end]
    each = [Fraction(100 * parts[n], wholes[n]) for n in held]
    value = line.total(start, end).value
    assert value is not None
    assert min(each) <= value <= max(each)
