"""The made-up data is the same at every run and of every kind; the report adds up."""

import json
import sys

import pytest

import bench
import generate
import unjudged


def test_the_same_number_gives_the_same_files():
    assert generate.files(12) == generate.files(12)


def test_a_larger_partnership_holds_the_smaller_one():
    assert generate.files(5).items() <= generate.files(9).items()


def test_two_thirds_are_counts_with_a_rate_and_every_kind_is_there():
    kinds = [generate.kind_of(number) for number in range(300)]
    assert set(kinds) == set(generate.KINDS)
    assert kinds.count("count_rate") == 200


@pytest.mark.parametrize("kind", generate.KINDS)
def test_every_resource_is_a_file_with_the_columns_it_declares(kind):
    files = generate.indicator(7, kind)
    descriptor = json.loads(files["datapackage.json"])
    assert descriptor["callover"]["kind"] == kind
    for resource in descriptor["resources"]:
        header = files[resource["path"]].splitlines()[0].split(",")
        assert header == [field["name"] for field in resource["schema"]["fields"]]


def test_monthly_series_have_45_months():
    assert len(generate.MONTHS) == 45
    assert (generate.MONTHS[0], generate.MONTHS[-1]) == ("2013-04", "2016-12")
    assert generate.months_to(2017, 1, 3) == ("2016-11", "2016-12", "2017-01")


def test_a_series_can_have_other_months():
    months = generate.months_to(2016, 12, 60)
    table = generate.indicator(0, "count_rate", months)["series.csv"]
    assert tuple(row.split(",")[0] for row in table.splitlines()[1:]) == months


def test_printed_figures_follow_from_the_months():
    printed = {
        (measure, period): text
        for measure, period, text in generate.printed_counts([*range(100, 145)])
    }
    assert printed["value", "2016-12"] == "144"
    assert printed["year_to_date", "2016-05"] == f"{136 + 137}"
    assert printed["rolling_12_months", "2016-12"] == f"{sum(range(133, 145)):,}"
    assert printed["rate", "2016-12"] == "8.31"  # 1,662 of 200,000 residents


def test_report_says_which_goals_are_missed():
    stages = {"read": 1.0, "pages": 3.0}
    within = bench.Run(1200, 54.0, 30.0, 399.0, 9000, stages)
    too_slow = bench.Run(30, 4.5, 4.0, 90.0, 300, {})
    assert within.verdict() == "met (55 s, 400 MB)"
    assert too_slow.verdict() == "MISSED (4 s)"
    assert bench.Run(1200, 54.0, 30.0, 401.0, 9000, stages).verdict().startswith("MISSED")
    assert bench.Run(7, 1.0, 1.0, 50.0, 60, {}).verdict() == ""
    assert bench.share(within, "pages") == "75%"
    assert bench.share(too_slow, "pages") == "-"
    lines = bench.table([too_slow, within]).splitlines()
    assert len({len(line) for line in lines}) == 1


def test_cost_counts_what_the_build_starts(tmp_path):
    child = "sum(i * i for i in range(6_000_000))"
    parent = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    )
    alone, _, _ = bench.measure([sys.executable, "-c", "pass"], tmp_path)
    cpu, wall, memory = bench.measure([sys.executable, "-c", parent], tmp_path)
    assert cpu > alone + 0.05
    assert wall > 0
    assert memory > 5  # the peak of a fork starts at its parent's, so there is no upper bound here


def test_a_failed_build_is_not_a_measurement(tmp_path):
    with pytest.raises(SystemExit, match="exit code 3"):
        bench.measure([sys.executable, "-c", "raise SystemExit(3)"], tmp_path)


def test_a_build_is_measured_from_end_to_end():
    run = bench.build(3)
    assert run.files > 40
    assert set(run.stages) == set(bench.STAGES)


def test_judging_is_measured_against_the_same_build_without_it():
    run = bench.judging(3, turns=1)
    # The counts with a rate have a control chart: its drawing and its figures to explore.
    assert run.files >= 2
    assert (run.what, run.verdict()) == ("judging", "met (2 s)")
    assert "judging 3 |" in bench.table([run])


def test_what_judges_and_is_gone_is_missed():
    with pytest.raises(SystemExit, match="no_such_table is not there any more"):
        unjudged.put(unjudged, {"no_such_table": ()})


def test_the_largest_bench_has_no_figure_that_asks_for_a_look(cli, tmp_path):
    data = generate.write(tmp_path / "datapackage", generate.files(max(bench.GOALS)))
    done = cli("check", "--data", data)
    assert done.returncode == 0, done.stdout[-600:]
