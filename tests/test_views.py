"""What templates are given: every verdict in words, each once."""

from fractions import Fraction

from callover.compute import sheet
from callover.model import Also, Cell, Indicator, Key, Reference, Scheme, TargetRow
from callover.pages import sentences, views
from callover.periods import parse

AREA = "E09000014"
BASES = ("cumulative", "year_end")
SCHEMES = {
    "key": Scheme("key", "tolerance", "The scorecard's key", 10, "period", bases=BASES),
    "half": Scheme("half", "share_of_improvement", "Half the improvement", 50),
}


def computed(kind, columns, targets, unit="offences", scheme="key", **own):
    series = {
        Key(AREA, "all", column): {parse(p): Cell(v) for p, v in values.items()}
        for column, values in columns.items()
    }
    indicator = Indicator(
        "measure", "Measure", "", kind, own.pop("polarity", "lower"), unit, "offence", "crime", 1,
        "", "", "quarterly", None, "", AREA, series, targets=tuple(targets), scheme=scheme, **own,
    )  # fmt: skip
    return sheet(indicator, Reference({}, {}, ()), SCHEMES)


def profile(measure="value", side="upper", *amounts):
    return [
        TargetRow(measure, "all", parse(f"2013/14-Q{n}"), "profile", **{side: amount})
        for n, amount in enumerate(amounts, start=1)
    ]


def test_three_verdicts_say_what_each_is_on():
    year = TargetRow("value", "all", parse("2013/14"), "maximum", upper=2488)
    rows = {"value": {"2013/14-Q1": 549, "2013/14-Q2": 643}}
    found = computed("count", rows, [*profile("value", "upper", 683, 606, 595, 604), year])
    quarter, so_far, end = views.verdicts(found)
    assert (quarter.about, quarter.figure, quarter.target) == ("For the quarter", "643", "606")
    assert (quarter.word, quarter.when) == ("Close", "July to September 2013")
    assert (so_far.about, so_far.figure, so_far.target) == (
        "For the year to date",
        "1,192",
        "1,289",
    )
    assert so_far.word == "On target"
    assert (end.about, end.figure, end.target) == ("Projected for the year end", "2,301", "2,488")
    assert end.reason == (
        "2,301 meets the target of 2,488. "
        "That is 1,192 so far × 2,488 for the year ÷ 1,289, the profile so far. "
        "It may be anything from 1,866 to 2,735, and will likely meet the target."
    )
    assert sentences.profile_sums(found) == []


def test_a_level_is_given_once_for_its_quarter():
    rows = {"value": {"2013/14-Q1": 49, "2013/14-Q2": 54}}
    targets = profile("value", "lower", 49, 56, 63, 70)
    found = computed("snapshot", rows, targets, "cases", polarity="higher")
    assert [v.about for v in views.verdicts(found)] == [
        "For the quarter", "Projected for the year end",
    ]  # fmt: skip
    assert "54 now × 70 for the year's end ÷ 56, the target now" in views.verdicts(found)[1].reason
    rows = {"percent": {"2013/14-Q1": 24, "2013/14-Q2": 22}}
    target = TargetRow("percent", "all", parse("2013/14"), "maximum", upper=20)
    found = computed("proportion", rows, [target], "percent")
    assert [(v.about, v.figure, v.target, v.word) for v in views.verdicts(found)] == [
        ("For the quarter", "22%", "20%", "Close"),
        ("Projected for the year end", "22%", "20%", "Close"),
    ]


def test_another_quantity_is_named():
    rows = {
        "value": {"2011-07/2012-06": 4760, "2012-07/2013-06": 4670},
        "detection_rate": {"2011-07/2012-06": Fraction("7.8"), "2012-07/2013-06": Fraction("12.5")},
    }
    targets = [
        TargetRow("value", "all", parse("2013/14"), "change", change_percent=Fraction("-6.5")),
        TargetRow("detection_rate", "all", parse("2013/14"), "minimum", lower=18),
    ]
    also = (Also("detection_rate"),)
    found = computed("rolling_only", rows, targets, scheme="half", rating_also=also)
    assert [(v.about, v.figure, v.target, v.word) for v in views.verdicts(found)] == [
        ("For 12 months", "4,670", "4,451", "Off target"),
        ("Detection rate: for 12 months", "12.5%", "18%", "Off target"),
    ]


def test_what_nobody_can_rate_says_why():
    rows = {"value": {"2013/14-Q1": 549, "2013/14-Q2": 643}}
    year = TargetRow("value", "all", parse("2013/14"), "maximum", upper=2488)
    end = views.verdicts(computed("count", rows, [year]))[2]
    assert (end.word, end.figure, end.target) == ("Not rated", "", "")
    assert end.reason.startswith("Nobody can project the year's end")


def test_the_same_reason_for_no_rating_is_given_once():
    rows = {"value": {"2013/14-Q1": 549, "2013/14-Q2": 643}}
    (only,) = views.verdicts(computed("count", rows, []))
    assert (only.about, only.word) == ("For the quarter", "Not rated")


def test_a_profile_that_does_not_add_up_is_said():
    rows = {"value": {"2013/14-Q1": 272, "2013/14-Q2": 224}}
    year = TargetRow("value", "all", parse("2013/14"), "maximum", upper=997)
    found = computed("count", rows, [*profile("value", "upper", 303, 260, 213, 222), year])
    assert sentences.profile_sums(found) == [
        "The profile for 2013/14 adds up to 998. The target for that year is 997."
    ]
