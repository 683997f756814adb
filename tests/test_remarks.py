"""Partners' texts that are hard to read get a warning with the worst sentence, and no fault."""

import json

import pytest

from callover.cli import annotation
from callover.errors import Remark
from callover.remarks import judged, told

EASY = "Thefts fell again. The police put more officers on the streets at night."
HARD = (
    "Multidisciplinary organisations coordinate rehabilitation. "
    "Comprehensive intervention necessitates considerable administrative collaboration."
)
LONG = " ".join(["We go on and on"] * 8) + "."


def test_an_easy_text_has_no_remark():
    assert judged("f.json", 0, "callover.panels.why", EASY) is None


def test_a_hard_text_is_told_with_its_grade_and_worst_sentence():
    found = judged("f.json", 0, "callover.panels.why", f"{EASY} {HARD}")
    assert found is not None
    assert found.grade > 9
    assert found.worst == HARD.partition(". ")[2]
    assert found.longest == 10
    lines = str(found).splitlines()
    assert lines[0].startswith("f.json, callover.panels.why: warning: hard to read (school grade ")
    assert lines[0].endswith('Worst: "Comprehensive intervention necessitates considerable '
                             'administrative collaboration."')  # fmt: skip
    assert lines[1:] == ["  Split it into short sentences, and use everyday words."]


def test_a_sentence_of_more_than_35_words_is_told_however_easy_and_cut():
    found = judged("a.csv", 7, "column action", f"It fell. {LONG}")
    assert found is not None
    assert (found.longest, found.worst) == (40, LONG)
    said = str(found).splitlines()[0]
    assert said.startswith("a.csv, row 7, column action: warning: hard to read (school grade ")
    assert ", a sentence of 40 words). " in said
    assert said.endswith('We go on and on We go..."')
    assert len(said.partition("Worst: ")[2]) == 122


def test_names_and_labels_are_not_judged():
    assert (
        judged("f.json", 0, "description", "Multidisciplinary rehabilitation organisations") is None
    )


def remark(file: str, grade: float, row: int = 0) -> Remark:
    return Remark(file, row, "callover.panels.why", grade, 12, "It is hard.")


def test_the_summary_has_a_line_for_each_file_and_ten_at_most():
    many = [remark(f"{n:02d}.json", 20 - n / 10) for n in range(12)] + [remark("00.json", 9.5)]
    lines = told(many).splitlines()
    assert len(lines) == 12
    assert lines[0] == (
        "00.json, callover.panels.why: warning: hard to read (school grade 20.0). "
        'Worst: "It is hard." And 1 more.'
    )
    assert lines[-2] == "... and 2 more files."
    assert lines[-1].startswith("13 texts are hard to read. `callover check --words` shows each.")
    assert told([remark("f", 9.5)]).splitlines()[1].startswith("1 text is hard to read.")
    assert told([]) == ""


def test_a_remark_is_a_warning_beside_its_line_in_a_pull_request():
    assert annotation(remark("d/a,b.csv", 12.34, 7)) == (
        "::warning file=d/a%2Cb.csv,line=7::d/a,b.csv, row 7, callover.panels.why: warning: hard "
        'to read (school grade 12.3). Worst: "It is hard."%0A  Split it into short sentences, '
        "and use everyday words."
    )
    assert annotation(remark("f.json", 12)).startswith("::warning file=f.json,line=1::")


# ---------------------------------------------------------------- through the command


PLACE = "datapackage/made-up-borough/measure"
ACTIONS = f"id,outcome,action\nasb-01,less-crime,{HARD}\n"


@pytest.fixture
def hard(package):
    return package(
        callover={
            "panels": {"definition": EASY, "why": HARD},
            "notes": [EASY, HARD],
            "caution": HARD,
        },
        own={"actions": ACTIONS},
        extra={f"{PLACE.partition('/')[2]}/commentary/2016-12.md": f"## Overview\n{HARD}\n"},
    )


def test_a_check_warns_and_still_finds_no_fault(cli, hard):
    done = cli("check", "--data", hard, "--words")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "1 indicator checked. No faults.\n"
    assert {line.partition(": warning")[0] for line in done.stderr.splitlines()[::2]} == {
        f"{PLACE}/datapackage.json, callover.panels.why",
        f"{PLACE}/datapackage.json, callover.notes.1",
        f"{PLACE}/datapackage.json, callover.caution",
        f"{PLACE}/commentary/2016-12.md, ## Overview",
        "datapackage/made-up-borough/actions.csv, row 2, column action",
    }
    summed = cli("check", "--data", hard)
    assert summed.returncode == 0
    assert summed.stderr.splitlines()[-1].startswith("5 texts are hard to read.")
    assert len(summed.stderr.splitlines()) == 4


def test_a_build_warns_and_publishes(cli, hard, tmp_path):
    done = cli("build", "--data", hard, "--output", tmp_path / "site")
    assert done.returncode == 0, done.stderr
    assert "5 texts are hard to read." in done.stderr
    assert "Comprehensive intervention" in (
        tmp_path / "site/made-up-borough/measure/index.html"
    ).read_text("utf-8")


def test_a_pull_request_gets_a_warning_for_each_text(cli, hard):
    done = cli("check", "--data", hard, "--format", "github")
    assert done.returncode == 0, done.stderr
    noted = [line for line in done.stdout.splitlines() if line.startswith("::")]
    assert len(noted) == 5
    assert all(line.startswith("::warning file=datapackage/made-up-borough/") for line in noted)


def test_faults_come_before_words(cli, hard):
    descriptor = hard / "made-up-borough/measure/datapackage.json"
    value = json.loads(descriptor.read_text("utf-8"))
    value["callover"]["kind"] = "nothing"
    descriptor.write_text(json.dumps(value), "utf-8")
    done = cli("check", "--data", hard)
    assert done.returncode == 2
    assert "hard to read" not in done.stderr
