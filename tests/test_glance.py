"""What a resident asks next: is that a lot, and what is being done."""

import re

import pytest
from tests.test_sentences import months, sheet

from callover.compute import Board
from callover.model import Break, Commentary, Outcome, Partnership
from callover.pages.glance import doing, usual
from callover.periods import parse
from callover.records import Action, Records

# ---------------------------------------------------------------- is that a lot


def lot(values, kind="count", **own):
    return " ".join(usual(sheet(kind, values, **own)))


YEAR = (30, 34, 25, 40, 41, 38, 29, 33, 36, 37, 31)


@pytest.mark.parametrize(
    ("newest", "place"),
    [
        (24, "the lowest of them"),
        (25, "as low as any before it"),
        (30, "the joint 3rd lowest of them"),
        (35, "the 6th highest of them"),
        (41, "as high as any before it"),
        (42, "the highest of them"),
    ],
)
def test_the_newest_month_is_set_beside_the_last_ones(newest, place):
    lowest, highest = min(25, newest), max(41, newest)
    assert lot({"value": months(*YEAR, newest)}) == (
        f"The 12 monthly figures, April 2016 to March 2017, run from {lowest} to {highest}. "
        f"The newest, {newest}, is {place}."
    )


def test_it_can_lie_in_the_middle_and_all_can_be_alike():
    assert lot({"value": months(*[1, 3] * 6, 2)}).endswith("The newest, 2, is in the middle.")
    assert lot({"value": months(*[4] * 12)}) == (
        "All 12 monthly figures, April 2016 to March 2017, are 4."
    )


def test_only_the_last_24_months_count():
    told = lot({"value": months(99, *[*YEAR, 30] * 2, start=(2015, 4))})
    assert told.startswith("The 24 monthly figures, May 2015 to April 2017, run from 25 to 41.")


def test_too_few_figures_say_nothing():
    assert lot({"value": months(*YEAR)}) == ""
    assert lot({"value": months(*YEAR, "x")}) == ""
    assert lot({}) == ""


def test_figures_before_a_change_in_recording_are_left_out():
    values = {"value": months(900, *YEAR, 30)}
    changed = (Break(parse("2016-05"), "Counted in another way."),)
    assert "run from 25 to 41" in lot(values, breaks=changed)
    assert lot(values, breaks=(Break(parse("2016-06"), "Again."),)) == ""


def test_quarters_years_and_weeks_have_their_own_number():
    quarters = {f"201{y}/1{y + 1}-Q{q}": 10 * y + q for y in (5, 6) for q in (1, 2, 3, 4)}
    assert lot({"value": quarters}, frequency="quarterly").startswith(
        "The 8 quarterly figures, April to June 2015 to January to March 2017, run from 51 to 64."
    )
    years = {f"201{y}/1{y + 1}": y for y in (2, 3, 4, 5)}
    assert lot({"value": years}, "yearly", frequency="yearly") == (
        "The 4 yearly figures, 2012/13 to 2015/16, run from 2 to 5. "
        "The newest, 5, is the highest of them."
    )
    weeks = {f"2016-W{w:02}": w for w in range(20, 32)}
    assert lot({"value": weeks}, frequency="weekly").startswith("The 12 weekly figures, weeks")


def test_totals_of_12_months_share_months_and_are_not_set_side_by_side():
    rolling = {f"20{y}-04/20{y + 1}-03": y for y in range(10, 17)}
    assert lot({"value": rolling}, "rolling_only") == ""


# ---------------------------------------------------------------- what is being done


def action(id_, about="", outcome="crime", **more):
    return Action(id=id_, outcome=outcome, action=f"Do {id_}", indicator=about, **more)


def board(*actions):
    partnership = Partnership(
        "north", "North", "North", "", "E09000002", "2017-01-31", "",
        (Outcome("crime", "Less crime", ""),), {}, (), (), records=Records(actions=actions),
    )  # fmt: skip
    return Board(partnership, ())


def said(actions, text="", period="2016-12"):
    told = (Commentary(parse(period), {"actions": text}),) if text else ()
    found = doing(board(*actions), sheet("count", {}, commentary=told))
    assert found.question == "What is being done?"
    return found.text, found.href, found.link


def test_the_first_reported_action_comes_first():
    reported = "Actions reported for December 2016"
    assert said([action("a", "measure")], "They light the paths. They go on.") == (
        "They light the paths.", "#actions", reported,
    )  # fmt: skip
    assert said([], "- Patrols at\n  night\n- More light")[0] == "Patrols at night."
    assert said([], "Nothing was said. It names:\n\n- thefts")[0] == "Nothing was said."
    for gap in ("\n", "\n\n"):
        text = f"The police list it:{gap}- Patrols at night. And more\n- More light"
        assert said([], text)[0] == "The police list it: Patrols at night."


def test_else_the_plan_has_the_word():
    planned = [action("a", "measure", status="done"), action("b", "measure"), action("c")]
    assert said(planned) == ("Do b.", "#actions", "2 actions in the plan")
    assert said([action("c"), action("d", outcome="other")]) == (
        "The plan has no action for this measure alone. See its",
        "../actions/#outcome:crime", "1 action for Less crime",
    )  # fmt: skip
    assert said([action("d", outcome="other")]) == ("The partners have not said.", "", "")


def test_a_page_answers_both_near_the_top(cli, package, tmp_path):
    values = "".join(f"2016-{m:02},{m},,\n" for m in range(1, 13))
    actions = "id,outcome,action,indicator\nlight-01,less-crime,Light the <b> paths,measure\n"
    data = package(series=f"period,value,marker,note\n{values}", own={"actions": actions})
    done = cli("build", "--data", data, "--output", tmp_path / "site")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site/made-up-borough/measure/index.html").read_text("utf-8")
    assert page.index("Is that a lot?") < page.index("What is being done?") < page.index('"charts"')
    assert "run from 1 to 12. The newest, 12, is the highest of them." in page
    panel = page.partition('id="actions"')[2].partition("</section>")[0]
    assert '<a href="../actions/#light-01">Light the &lt;b&gt; paths</a>' in panel
    assert "have not said anything" not in panel


def test_a_page_about_a_larger_area_names_it_first(cli, package, tmp_path):
    series = "period,area_code,value,marker,note\n2016-04,E12000007,10,,\n"
    data = package(series=series, callover={"area": "E12000007"})
    done = cli("build", "--data", data, "--output", tmp_path / "site")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site/made-up-borough/measure/index.html").read_text("utf-8")
    headline = re.search(r'<p class="co-headline">(.*?)</p>', page)
    assert headline and headline[1].startswith("In Made-up Region, there were 10 ")
