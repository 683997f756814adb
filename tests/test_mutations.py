"""Law: no mutation of a sound series gives a silently wrong number.

A series that somebody spoilt is refused or asked about; or every figure that is worked out from it
is what its rows say, by an oracle of its own, and a gap gives a missing figure. Where a release has
frozen the figures, any change of one is refused.

What cannot be told: two months exchanged, or a column moved by a row, with nothing beside it that
says otherwise, such as a year's total, a release, or a figure that is too far from the others. Then
the figures are those of the rows; that the rows are wrong nobody but the source can know.

`CALLOVER_MUTATIONS` says how many cases there are (200); `make audit` tries 1,000 and counts them.
"""

import os
import random
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.corpus import law
from tests.corpus.law import checked, text, written, wrong
from tests.corpus.mutations import LABELS, MUTATIONS, series, total
from tests.corpus.noise import measure
from tests.corpus.package import settings as set_

from callover.cli import main

CASES = int(os.environ.get("CALLOVER_MUTATIONS", "200"))
MANY = settings(
    max_examples=CASES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    print_blob=True,
)

SERIES = st.builds(
    lambda seed, frequency, years, coarse: (
        frequency,
        series(random.Random(seed), frequency, years * len(LABELS[frequency](2013, 4)), coarse),
    ),
    st.integers(0, 10**6), st.sampled_from(sorted(LABELS)), st.integers(4, 11), st.booleans(),
)  # fmt: skip


def test_the_series_are_sound_and_the_oracle_agrees_with_them(tmp_path):
    for frequency in LABELS:
        for coarse in (False, True):
            rows = series(random.Random(7), frequency, 30, coarse)
            board = checked(written(tmp_path / f"{frequency}{coarse}", rows, frequency))
            assert board is not None
            assert list(wrong(board, rows)) == []


def test_the_oracle_covers_exactly_or_not_at_all():
    rows = [("2016-04", "1"), ("2016-05", "2"), ("2016/17-Q1", "9"), ("2016-07", "4")]
    assert total(rows, (date(2016, 4, 1), date(2016, 5, 31))) == 3
    assert total(rows, (date(2016, 4, 1), date(2016, 7, 31))) == 13
    assert total(rows, (date(2016, 4, 1), date(2016, 8, 31))) is None


@pytest.mark.parametrize("name", MUTATIONS)
@settings(MANY, max_examples=max(10, CASES // 6))
@given(made=SERIES, seed=st.integers(0, 10**6))
def test_law_no_mutation_gives_a_silently_wrong_number(tmp_path, name, made, seed):
    frequency, rows = made
    mutated = MUTATIONS[name](random.Random(seed), rows)
    board = checked(written(tmp_path, mutated, frequency))
    if board is None:
        return
    found = list(wrong(board, mutated))
    assert not found, f"{found[:3]} in\n{text(mutated)}"
    labels = [label for label, _ in mutated]
    assert len(set(labels)) == len(labels), "a row stands twice"
    assert not any(value.startswith("-") for _, value in mutated), "a count below nought"


@pytest.fixture(scope="module")
def frozen(tmp_path_factory):
    """A package whose first 33 months a release has frozen; three have come since."""
    rows = series(random.Random(3), "monthly", 36, coarse=False)
    release = {"id": "a", "title": "December 2015", "data_to": "2015-12"}
    root = written(tmp_path_factory.mktemp("frozen"), rows)
    at = "made-up-borough/datapackage.json"
    set_(at, **{"callover.releases": [{**release, "published": "2016-01-31"}]})(root)
    main(
        ["release", "--data", str(root), "--today", "2026-01-31", "made-up-borough", "2015-12"],
        standalone_mode=False,
    )
    return root, rows


@pytest.mark.parametrize("name", MUTATIONS)
@settings(MANY, max_examples=max(10, CASES // 6))
@given(seed=st.integers(0, 10**6))
def test_law_a_released_figure_never_changes_without_a_word(frozen, name, seed):
    root, rows = frozen
    mutated = MUTATIONS[name](random.Random(seed), rows)
    (root / "made-up-borough/measure/series.csv").write_text(text(mutated), "utf-8")
    board = checked(root)
    if board is None:
        return
    released = dict(rows[:33])
    assert {label: value for label, value in mutated if label in released} == released
    assert list(wrong(board, mutated)) == []


def test_what_the_audit_counts_is_never_wrong():
    found = law.measure(6)
    assert list(found) == list(MUTATIONS)
    assert all(sum(counts.values()) == 6 and "wrong" not in counts for counts in found.values())


def test_noise_alone_is_hardly_ever_asked_about():
    for spread, (asked, of) in measure(60).items():
        assert 1000 * asked / of < 1, (spread, asked, of)
