"""The audit's tables and goals; and what it measures in a browser, as far as that fits the tests.

`make audit` has the rest: all nine pairs of width and scheme, and Lighthouse.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import audit
import bootstrap
import browser
import contrast
import kills
import lighthouse
import loads
import visits
from audit import GOALS, SECTIONS, Goal, Reading
from callover.site.manifest import seal
from visits import View

ROOT = Path(__file__).resolve().parent.parent

# ---------------------------------------------------------------- goals and tables


def test_a_goal_is_a_most_or_a_least():
    assert Goal(8).missed(8) == [] and Goal(8).missed(9) == ["9, at most 8"]
    assert Goal(99, least=True).missed(99) == []
    assert Goal(99, " points", least=True).missed(98) == ["98 points, at least 99"]


def test_the_goals_are_those_that_were_promised():
    assert {name: goal.limit for name, goal in GOALS.items()} == {
        **{"kB": 100, "requests": 8, "HTML kB": 25, "index kB": 50},
        **{"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100, "CLS": 0},
        **{"CPU s": 2, "MB": 300},
    }


def test_a_table_has_a_row_a_page_and_marks_what_is_missed():
    readings = [
        audit.held("", "kB", 17.9),
        audit.counted("", "faults", []),
        audit.held("league", "kB", 100.1),
        audit.counted("league", "faults", ["one", "two"]),
    ]
    assert audit.table(readings).splitlines() == [
        "page type       kB  faults",
        "home          17.9       0",
        "league     100.1 !     2 !",
    ]
    assert audit.missed(SECTIONS[0], readings) == [
        "weight, league, kB: 100.1 kB, at most 100",
        "weight, league, faults: one",
        "weight, league, faults: two",
    ]


def test_pages_are_chosen_by_type_or_address():
    pages = {"": "", "league": "barnet/asb-calls/", "partnership/plan": "barnet/plan/"}
    assert audit.chosen(pages, []) == pages
    assert set(audit.chosen(pages, ["asb", "plan"])) == {"league", "partnership/plan"}


@pytest.mark.parametrize("arguments", [["--only", "weigth"], ["--only", "weight,axes"]])
def test_an_unknown_section_is_refused_with_those_there_are(monkeypatch, capsys, arguments):
    monkeypatch.setattr("sys.argv", ["audit.py", *arguments])
    with pytest.raises(SystemExit):
        audit.options()
    assert "no section" in (said := capsys.readouterr().err) and "lighthouse" in said


def run_audit(site, *arguments):
    return subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "audit.py", "--site", site, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_exit_code_says_whether_a_figure_is_missed(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><h1>Words</h1>", "utf-8")
    sheet = contrast.SHEET.read_text("utf-8")
    for ink, code, said in (
        ("#4a5259", 0, "Missed: nothing"),
        ("#8a8a8a", 1, "contrast, light, faults: soft-ink on paper: 3.45, at least 4.5"),
    ):
        text = sheet.replace("--co-soft-ink: #4a5259", f"--co-soft-ink: {ink}")
        (tmp_path / "assets" / "callover.css").write_text(text, "utf-8")
        done = run_audit(tmp_path, "--only", "contrast,weight")
        assert (done.returncode, said in done.stdout) == (code, True), done.stdout + done.stderr
        assert "home       " in done.stdout and "index fetched" in done.stdout


def test_a_build_that_was_stopped_is_judged_by_what_is_served(tmp_path):
    site = kills.Small(tmp_path, value=7)
    page = site.output / "made-up-borough/made-up-measure-0000/metrics.csv"
    page.parent.mkdir(parents=True)
    page.write_text("value,month,2016-12-01,2016-12-31,2016-12,E09000002,all,6,,,calls\n", "utf-8")
    seal(site.output)
    found = kills.Outcome("MkDocs")
    found.look(site, 6, "kill 1")
    assert (found.tries, found.whole, found.old, found.new, found.faults) == (1, 1, 1, 0, [])
    found.look(site, 5, "kill 2")
    page.unlink()
    found.look(site, 6, "kill 3")
    assert (found.tries, found.whole, found.old) == (3, 2, 1)
    assert found.faults == [
        "kill 2: the site has 6, not 5 or 7",
        "kill 3: 1 files are not as listed, made-up-borough/made-up-measure-0000/metrics.csv "
        "nothing",
    ]
    told = audit.table([*audit.survived(found), *audit.survived(kills.Outcome("done", 2, 2, 0, 2))])
    assert told.splitlines() == [
        "page type  tries  whole  old  new  faults",
        "MkDocs         3      2    1    0     2 !",
        "done           2      2    0    2       0",
    ]


def test_a_site_that_is_away_for_an_instant_is_seen(tmp_path):
    (tmp_path / "index.html").write_text("here", "utf-8")
    with kills.Watcher(tmp_path) as watcher:
        while watcher.looks < 3:
            time.sleep(0.001)
        assert watcher.missed == 0
        (tmp_path / "index.html").unlink()
        seen = watcher.looks
        while watcher.looks < seen + 3:
            time.sleep(0.001)
    assert watcher.missed >= 2


# ---------------------------------------------------------------- Lighthouse


def report():
    scores = {"performance": 1, "accessibility": 1, "best-practices": 1, "seo": 0.92}
    audits: dict[str, dict[str, object]] = {
        "largest-contentful-paint": {"numericValue": 969.6, "score": 1},
        "total-blocking-time": {"numericValue": 121, "score": 0.98},
        "cumulative-layout-shift": {"numericValue": 0, "score": 1},
        "meta-description": {"score": 0, "scoreDisplayMode": "binary"},
        "canonical": {"score": None, "scoreDisplayMode": "notApplicable"},
        "tap-targets": {"score": 0, "scoreDisplayMode": "binary"},
    }
    refs = [{"id": name, "weight": int(name != "tap-targets")} for name in audits]
    audits = {name: {"scoreDisplayMode": "numeric", **a} for name, a in audits.items()}
    categories = {n: {"score": s, "auditRefs": refs} for n, s in scores.items()}
    return {"audits": audits, "categories": categories}


def test_a_report_of_lighthouse_is_read():
    found = lighthouse.read(report())
    assert found.scores == {
        "performance": 100, "accessibility": 100, "best-practices": 100, "seo": 92,
    }  # fmt: skip
    assert (found.lcp, found.tbt, found.cls) == (969.6, 121, 0)
    assert found.failed == ("meta-description",)


def test_a_page_is_held_to_the_plain_page_of_the_same_run():
    ours = lighthouse.Scores(dict.fromkeys(lighthouse.CATEGORIES, 100), 1000, 60, 0, ())
    plain = lighthouse.Scores(dict.fromkeys(lighthouse.CATEGORIES, 92), 1600.4, 51, 0, ("x",))
    readings = {reading.column: reading for reading in audit.scored("league", ours, plain)}
    assert readings["LCP"] == Reading("league", "LCP", "1000", [])
    assert readings["TBT"].faults == ["60 ms as the plain page, at most 51"]
    assert not any(reading.faults for reading in audit.scored("plain", plain, None))


def test_the_run_in_the_middle_counts():
    def one(performance, lcp, tbt):
        scores = dict.fromkeys(lighthouse.CATEGORIES, 100) | {"performance": performance}
        return lighthouse.Scores(scores, lcp, tbt, 0, ())

    found = lighthouse.middle([one(90, 3000, 0), one(100, 900, 70), one(99, 1000, 10)])
    assert (found.scores["performance"], found.lcp, found.tbt) == (99, 1000, 10)


def test_the_plain_page_has_the_words_of_ours_in_the_stock_theme(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<header>No</header><main><h1>Robbery</h1><p>Down 8%.</p></main>", "utf-8")
    site = lighthouse.plain_site(page, tmp_path / "plain")
    text = (site / "index.html").read_text("utf-8")
    assert "Down 8%." in text and "Robbery" in text and "No<" not in text
    assert "md-content" in text


def test_lighthouse_is_pinned_by_hash_and_the_list_names_no_registry():
    lock = json.loads((bootstrap.LIGHTHOUSE_LIST / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages["node_modules/lighthouse"]["version"] == "12.8.2"
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())


def test_the_fast_host_sends_files_compressed(serve, tmp_path, chromium):
    (tmp_path / "index.html").write_text("<!doctype html><p>Words</p>" * 500, "utf-8")
    (tmp_path / "404.html").write_text("<!doctype html><p>Not here</p>", "utf-8")
    context = chromium.new_context()
    with browser.serving(tmp_path, lighthouse.FastHost) as address:
        page = context.new_page()
        answer = page.goto(f"{address}/")
        assert answer is not None and answer.headers["content-encoding"] == "gzip"
        assert "max-age" in answer.headers["cache-control"]
        missing = page.goto(f"{address}/nowhere/")
        assert missing is not None and missing.status == 404
        assert page.inner_text("p") == "Not here"
    context.close()


# ---------------------------------------------------------------- the types of page

PHONE, DESK, FORCED = View(320), View(1280, "dark"), View(320, "forced")
STOPS = 40
"""Of the few pages with more controls the tests walk the first; the audit walks all."""


LOOKS = (*visits.LOOKS, "axe", "keyboard", "text spacing", "weight")


def told(found):
    return "\n".join(f"{where or 'home'}: {line}" for where in found for line in found[where])


@pytest.fixture(scope="session")
def visited(chromium, site_address, tour):
    """Every type of page on a phone and, in the dark, at a desk: faults by look, then by place."""
    found: dict[str, dict[str, list[str]]] = {name: {} for name in LOOKS}
    contexts = {view: visits.context(chromium, view) for view in (PHONE, DESK)}
    pages = {view: context.new_page() for view, context in contexts.items()}
    for address in tour:
        weights = {
            view: audit.weighed(address, loads.load(page, f"{site_address}/{address}"))
            for view, page in pages.items()
        }
        violations = visits.axe(list(pages.values()))
        for (view, page), broken in zip(pages.items(), violations, strict=True):
            faults = {
                **visits.looks(page),
                "axe": broken,
                "weight": audit.missed(SECTIONS[0], weights[view]),
            }
            faults["keyboard"] = visits.keyboard_walk(page, STOPS)[1]
            faults["text spacing"] = visits.spaced_out(page)
            for name, lines in faults.items():
                found[name] |= {f"{address} {view}": lines} if lines else {}
    for context in contexts.values():
        context.close()
    return found


@pytest.mark.parametrize("look", LOOKS)
def test_every_type_of_page_passes_on_a_phone_and_at_a_desk(visited, look):
    assert not visited[look], told(visited[look])


def test_colours_pass_when_they_are_forced(chromium, site_address, tour):
    contexts = [visits.context(chromium, FORCED) for _ in range(2)]  # two pages at a time
    pages = [context.new_page() for context in contexts]
    found: dict[str, list[str]] = {}
    for start in range(0, len(tour), len(pages)):
        pair = dict(zip(tour[start : start + len(pages)], pages, strict=False))
        for address, page in pair.items():
            page.goto(f"{site_address}/{address}")
        violations = visits.axe(list(pair.values()), visits.COLOUR_TAGS)
        found |= {
            address: broken for address, broken in zip(pair, violations, strict=True) if broken
        }
    for context in contexts:
        context.close()
    assert not found, told(found)
