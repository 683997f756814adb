"""Numbers in a sentence: how much, of what, how exactly; and what is no number to match."""

import time
from fractions import Fraction

import pytest

from callover.mentioned import named_ends
from callover.numerals import numbers
from callover.passed import PASSED_OVER, passed_over
from callover.periods import parse


@pytest.mark.parametrize(("what", "pattern", "example"), PASSED_OVER, ids=lambda v: str(v)[:20])
def test_what_is_no_number_to_match_is_passed_over(what, pattern, example):
    assert list(numbers(example)) == []
    assert passed_over(example)


# A sentence, and its numbers: text, size, unit, sense, sign, how loosely.
SENTENCES = {
    "There were 13,207 offences.": [("13,207", "13207", "", "level", 0, "")],
    "Burglary fell by 22.6% (373 fewer offences).": [
        ("22.6%", "22.6", "percent", "change", -1, ""),
        ("373", "373", "", "change", -1, ""),
    ],
    "Robbery is up 132, or +3 per cent.": [
        ("132", "132", "", "change", 1, ""),
        ("+3 per cent", "3", "percent", "change", 1, ""),
    ],
    "It rose by 4% to 58%.": [
        ("4%", "4", "percent", "change", 1, ""),
        ("58%", "58", "percent", "level", 0, ""),
    ],
    "It fell from 76 to 12.5%.": [
        ("76", "76", "percent", "level", 0, ""),
        ("12.5%", "12.5", "percent", "level", 0, ""),
    ],
    "A rise of 3 to 4 points.": [
        ("3", "3", "points", "change", 1, ""),
        ("4 points", "4", "points", "change", 1, ""),
    ],
    "Falls of 43% to 60%.": [
        ("43%", "43", "percent", "change", -1, ""),
        ("60%", "60", "percent", "change", -1, ""),
    ],
    "They are 5 percentage points above the target.": [
        ("5 percentage points", "5", "points", "change", 1, "")
    ],
    "About 2,100 calls came, over 2,000 of them by night.": [
        ("2,100", "2100", "", "", 0, "about"),
        ("2,000", "2000", "", "", 0, "over"),
    ],
    "Up to 40 people, fewer than 30 women.": [
        ("40", "40", "", "level", 0, "under"),
        ("30", "30", "", "", 0, "under"),
    ],
    "It came 11th, with 1.2 million calls.": [
        ("11th", "11", "rank", "", 0, ""),
        ("1.2 million", "1200000", "", "", 0, ""),
    ],
    "In 2016 there were 2,016, and -5% since.": [
        ("2,016", "2016", "", "level", 0, ""),
        ("-5%", "5", "percent", "change", -1, ""),
    ],
    "No fewer patrols; the team has £12,000.": [],
    "In June 43 people came, and 12 in July.": [
        ("43", "43", "", "", 0, ""),
        ("12", "12", "", "", 0, ""),
    ],
    "One in four said so.": [],
}


@pytest.mark.parametrize(("text", "found"), SENTENCES.items())
def test_a_number_is_read_as_its_sentence_says_it(text, found):
    assert [
        (n.text, str(n.value) if n.value.denominator == 1 else str(float(n.value)), n.unit,
         n.sense, n.sign, n.about)
        for n in numbers(text)
    ] == found  # fmt: skip


def test_a_number_knows_what_it_counts_and_out_of_how_many():
    people, year, rank, group = numbers("54 young people; 2013 offences; now 10 out of the 15.")
    assert people.counted == ("young", "people")
    assert (year.text, year.counted) == ("2013", ("offences",))
    assert (rank.of, rank.group, group.group) == (15, False, True)
    (number,) = numbers("It was 251, which shows an increase.")
    assert number.counted == ()


def test_a_number_knows_its_line_and_its_sentence():
    found = list(numbers("It fell\nto 12. Then\nit rose to 40 again."))
    assert [(n.line, n.sentence) for n in found] == [
        (1, "It fell to 12."),
        (2, "Then it rose to 40 again."),
    ]


#: As long as a commentary may be, and with as many numbers.
SLOW = (
    "1, " * 400, "1 to " * 400, "12 and " * 400, "1" * 19_000, "section 1, " * 400, "1.5" * 400,
    "aged " + "1, " * 400, "by about just well a " * 900 + "5", "May " * 4900, "AB " * 6600,
    "a1" * 9500, "up 5 " * 400, "10 of 15 " * 200, "offences " * 2200 + "5", "1-" * 400,
    "0 1" * 400, "over " * 3900 + "5", "£1 " * 400, "1 in " * 400, "x" * 19_000 + "1", ",1" * 400,
)  # fmt: skip


@pytest.mark.parametrize("text", SLOW, ids=range(len(SLOW)))
def test_no_text_takes_long_to_read(text):
    begin = time.process_time()
    list(numbers(text))
    list(named_ends(text, parse("2016-12")))
    assert time.process_time() - begin < 1


def first(text):
    return next(numbers(text))


@pytest.mark.parametrize(
    ("text", "covered", "left"),
    [
        ("It was 2,119.", (2119,), (2118, Fraction(21194, 10))[:1]),
        ("It fell 22.6%.", (Fraction(2255, 100), Fraction(22649, 1000)), (Fraction(2265, 100), 22)),
        ("It was 87.07.", (Fraction(8707, 100),), (87, Fraction(8708, 100))),
        ("There were about 2,100.", (2086, 2050, 2150), (2049, 2151)),
        ("There were over 2,000.", (2001, 2999, 2000), (1999, 3000)),
        ("It was nearly 400.", (386, 400), (401, 300)),
        ("It was about 25%.", (23, 27), (22, 28)),
        ("It was 1.2 million.", (1_200_000, 1_249_999), (1_250_000, 1_149_999)),
    ],
)
def test_a_number_covers_what_rounds_to_it_as_it_is_said(text, covered, left):
    said = first(text)
    assert [value for value in covered if not said.covers(Fraction(value))] == []
    assert [value for value in left if said.covers(Fraction(value))] == []
