"""A series.csv takes figures in: what it had stays, and the same figures twice change nothing."""

from hypothesis import given
from hypothesis import strategies as st

from callover.data.ledger import Change, Figure, Given, Ledger, RowKey
from callover.periods import parse

ORDER = (
    *("period", "area_code", "category", "value", "percent", "value_marker", "percent_marker"),
    *("text", "marker", "note"),
)


def ledger(text, required=("value",)):
    made = Ledger(ORDER, ("value", "percent"), required, "E09000002")
    made.read(text)
    return made


def key(label, **about):
    return RowKey(parse(label), **about)


def test_reading_and_writing_gives_the_same_text():
    text = 'period,value,note\n2016-04,10,"line 5, twice"\n2016-05,,\n'
    assert ledger(text).text == text


def test_a_change_says_what_was_and_what_is():
    book = ledger("period,value\n2016-04,10\n")
    assert book.put(key("2016-04"), {"value": Given("12")}) == [
        Change(key("2016-04"), "value", Figure("10"), Figure("12", "r"), False)
    ]
    assert book.put(key("2016-05"), {"value": Given("", "x")}) == [
        Change(key("2016-05"), "value", Figure(), Figure("", "x"), True)
    ]
    assert book.put(key("2016-05"), {"value": Given("", "x")}) == []
    assert [str(f) for f in (Figure("12", "r"), Figure("", "x"), Figure("12"), Figure())] == [
        "12 [r]", "[x]", "12", "no figure",
    ]  # fmt: skip


def test_the_home_area_and_the_total_are_the_same_written_or_not():
    book = ledger("period,area_code,category,value\n2016-04,E09000002,all,10\n2016-04,,boys,4\n")
    assert book.put(key("2016-04"), {"value": Given("10")}) == []
    book.put(key("2016-05"), {"value": Given("11")})
    book.put(key("2016-05", category="boys"), {"value": Given("5")})
    assert book.text.splitlines()[3:] == ["2016-05,E09000002,all,11", "2016-05,,boys,5"]


def test_a_period_is_found_by_another_name():
    book = ledger("period,value\n2011-04/2012-03,10\n")
    assert book.put(key("2011/12"), {"value": Given("10.0")}) == []


def test_markers_of_a_row_are_parted_only_where_its_cells_differ():
    book = ledger("period,value,percent,marker\n2016-04,10,5,p\n2016-05,,,x\n")
    book.put(key("2016-04"), {"percent": Given("6", "e")})
    book.put(key("2016-05"), {"value": Given("12")})
    assert book.text == (
        "period,value,percent,value_marker,percent_marker,marker,note\n"
        "2016-04,10,6,p,e,,Revised: percent was 5.\n2016-05,12,,,,,\n"
    )


FIGURE = st.one_of(
    st.builds(
        Given,
        st.integers(0, 30).map(str),
        st.sampled_from([None, "", "p", "r", "b", "e", "u"]),
        st.sampled_from(["", "0.4% in the sheet."]),
    ),
    st.builds(Given, st.just(""), st.sampled_from("cxz")),
)
SAID = st.dictionaries(
    st.builds(
        key,
        st.sampled_from(["2016-04", "2016-05", "2016/17", "2016/17-Q1"]),
        category=st.sampled_from(["all", "boys"]),
    ),
    st.fixed_dictionaries(
        {"value": FIGURE},
        optional={"percent": FIGURE, "note": st.sampled_from(["a", "b"]).map(Given)},
    ),
    min_size=1,
)


@given(first=SAID, second=SAID)
def test_what_is_there_changes_nothing_and_nothing_else_is_lost(first, second):
    book = ledger("period,value,note\n2016-04,10,line 5\n")
    for said in (first, second):
        before = {row.key: dict(row.cells) for row in book.rows}
        for one, cells in said.items():
            book.put(one, cells)
        once = book.text
        assert [book.put(one, cells) for one, cells in said.items()] == [[] for _ in said]
        assert book.text == once
        again = ledger(once)
        assert again.text == once
        assert all(again.put(one, cells) == [] for one, cells in said.items())
        assert {row.key for row in book.rows} == {*before, *said}
        after = {row.key: row.cells for row in book.rows}
        for one in before.keys() - said.keys():
            assert {k: v for k, v in after[one].items() if v} == {
                k: v for k, v in before[one].items() if v
            }
