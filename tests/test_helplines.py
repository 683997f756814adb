"""Help lines: which a page shows, what is wrong with a row, and that no page in need lacks them."""

import csv
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import generate
from callover.advice import advice
from callover.data.grammar import GRAMMARS, BadCell, correction
from callover.data.read import read
from callover.data.shapes import REFERENCE
from callover.errors import Faults
from callover.helplines import TOPICS, Helpline, leads, leaves, lines_for, topics_of
from callover.pages.helping import block, page
from callover.pages.portal import press

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "datapackage"
README = (ROOT / "README.md").read_text("utf-8")
TODAY = date(2016, 8, 31)
HEADER = "id,name,topics,helps,phone,cost,other,hours,web,area,checked,source\n"
GOOD = "line,A line,domestic-abuse,People.,0808 2000 247,Free,,24 hours a day,,,,\n"

ABUSE = Helpline("abuse", "Abuse line", ("domestic-abuse",), "Women.", "0808 2000 247")
MEN = Helpline("men", "Men's line", ("domestic-abuse",), "Men.", "0808 801 0327")
HURT = Helpline("hurt", "Victims' line", ("violence", "victims"), "Anyone.", "0808 16 89 111")
LINES = (ABUSE, MEN, HURT)


def ids(lines):
    return [line.id for line in lines]


# ---------------------------------------------------------------- which lines


@pytest.mark.parametrize(
    ("names", "shown", "first", "leave"),
    [
        (["domestic-abuse"], ["abuse", "men"], ["abuse"], True),
        (["victims"], ["hurt"], ["hurt"], False),
        (["violence"], ["hurt"], ["hurt"], True),
        (["men", "domestic-abuse"], ["men", "abuse"], ["men", "abuse"], True),
        (["victims", "domestic-abuse"], ["hurt", "abuse", "men"], ["hurt", "abuse"], True),
        (["victims", "violence"], ["hurt"], ["hurt"], True),
        (["men"], ["men"], ["men"], True),
        ([], [], [], False),
    ],
)  # fmt: skip
def test_names_find_lines_and_say_whether_one_may_have_to_leave(names, shown, first, leave):
    assert ids(lines_for(names, LINES)) == shown
    assert ids(leads(names, LINES)) == first
    assert leaves(names, LINES) is leave


def test_a_telephone_dials_digits():
    assert HURT.tel == "08081689111"


@pytest.mark.parametrize(
    ("texts", "topics"),
    [
        (["Domestic violence"], ["domestic-abuse", "violence"]),
        (["Repeat referrals", "MARAC"], ["domestic-abuse"]),
        (["Rape"], ["sexual-violence"]),
        (["Reports", "racist attack"], ["hate-crime"]),
        (["Stabbings"], ["violence"]),
        (["Stalking"], ["domestic-abuse"]),
        (["Burglary", "Grapes and gunge"], ["violence"]),
        (["Theft of motor vehicles", "asbestos", "Chatelaine"], []),
    ],
)
def test_a_title_says_what_it_is_about(texts, topics):
    assert topics_of(texts) == topics


# ---------------------------------------------------------------- the form of a row


@pytest.mark.parametrize(
    "phone",
    ["999", "101", "116 123", "0800 1111", "0808 2000 247", "0808 16 89 111", "020 7008 0151",
     "08000 121 700", "01823 334244"],
)  # fmt: skip
def test_a_phone_number_as_people_say_it(phone):
    assert GRAMMARS["phone"].read(phone) == phone


@pytest.mark.parametrize(
    ("phone", "written"),
    [
        ("+44 808 2000 247", "0808 2000 247"),
        ("(020) 7008 0151", "020 7008 0151"),
        ("0808-2000-247", "0808 2000 247"),
        ("+44 (0)20 7008 0151", "020 7008 0151"),
        ("8082000247", ""),
        ("08082000247", ""),
        ("0808 2000", ""),
        ("0808 2000 2478", ""),
        ("call us", ""),
        ("911", ""),
        ("116 12", ""),
    ],
)
def test_a_phone_number_in_a_wrong_form_is_refused_with_its_correction(phone, written):
    with pytest.raises(BadCell):
        GRAMMARS["phone"].read(phone)
    assert GRAMMARS["phone"].repaired(phone) == written
    assert (f"Write {written}." if written else "as people say it") in correction(
        GRAMMARS["phone"], phone
    )


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("phone", "808 2000 247"),
        ("web", "http://www.example.org/"),
        ("web", "www.example.org"),
        ("web", "https://example"),
        ("web", "javascript:alert(1)"),
        ("topics", "domestic abuse"),
        ("topics", "domestic-abuse, violence"),
        ("checked", "02/11/2026"),
        ("id", "Abuse Line"),
        ("id", "violence"),
        ("name", ""),
        ("helps", ""),
        ("topics", ""),
    ],
)
def test_a_faulty_cell_is_told_with_its_place(package, column, cell):
    row = next(csv.DictReader((HEADER + GOOD).splitlines())) | {column: cell}
    text = (
        HEADER + GOOD.replace("line,A", "other,Another") + ",".join(f'"{v}"' for v in row.values())
    )
    fault = only(package("count", extra={"reference/helplines.csv": listed(text)}))
    assert (fault.file, fault.row, fault.column) == (
        "datapackage/reference/helplines.csv",
        3,
        column,
    )
    assert fault.value == cell


def test_a_line_that_nobody_can_reach_and_one_twice(package):
    none = GOOD.replace("0808 2000 247", "")
    fault = only(package("count", extra={"reference/helplines.csv": HEADER + none}))
    assert (fault.row, fault.column, fault.expected) == (
        2,
        "phone",
        "a phone number or a web address",
    )
    fault = only(package("count", extra={"reference/helplines.csv": HEADER + GOOD + GOOD}))
    assert (fault.row, fault.column, fault.value) == (3, "id", "line")


def listed(text):
    return text + "\n"


def only(data):
    with pytest.raises(Faults) as told:
        read(data, TODAY)
    (fault,) = told.value.faults
    return fault


def test_the_table_may_be_missing_and_then_no_page_may_name_a_line(package):
    assert read(package("count"), TODAY).reference.helplines == ()
    fault = only(package("count", callover={"help_lines": ["domestic-abuse"]}))
    assert (fault.column, fault.value) == ("callover.help_lines.0", "domestic-abuse")
    assert "reference/helplines.csv" in fault.remedy


@pytest.mark.parametrize("name", ["domestic abuse", "line-2", "hate-crime"])
def test_a_page_names_what_there_is(package, name):
    data = package(
        "count",
        callover={"help_lines": ["line", name]},
        extra={"reference/helplines.csv": HEADER + GOOD},
    )
    fault = only(data)
    assert (fault.column, fault.value) == ("callover.help_lines.1", name)


def test_a_table_that_is_listed_and_missing_is_told(package):
    data = package("count")
    path = data / "reference/datapackage.json"
    value = json.loads(path.read_text("utf-8"))
    value["resources"].append({"name": "helplines", "path": "helplines.csv"})
    path.write_text(json.dumps(value), "utf-8")
    assert only(data).file == "datapackage/reference/helplines.csv"


# ---------------------------------------------------------------- the pages


def helped(package, **own):
    data = package(
        "count",
        callover={"help_lines": ["domestic-abuse"], **own},
        extra={"reference/helplines.csv": HEADER + GOOD + GOOD.replace("line,A", "other,<b>")},
    )
    return press(read(data, TODAY), {})


def test_a_page_shows_its_first_line_and_folds_the_others(package, html_text):
    page = helped(package)[f"{generate.PARTNERSHIP}/measure/index.md"]
    assert '\nleave: "yes"\n' in page
    tree = html_text(page)
    assert 'href="#help"' in page and page.index("co-headline") < page.index("co-affected")
    assert page.index("co-affected") < page.index('class="co-help"') < page.index("co-contents")
    section = tree.one("section", class_="co-help")
    assert 'href="tel:08082000247">0808 2000 247</a>' in page
    assert "In an emergency, call" in section.text and "press 55 on a mobile" in section.text
    assert "Free. Open 24 hours a day." in section.text
    assert section.one("details").one("summary").text == "1 more help line"
    assert "&lt;b&gt; line</h3>" in page and "<b> line" not in page


def test_a_page_without_help_lines_has_no_block_and_no_button(package):
    page = press(read(package("count"), TODAY), {})[f"{generate.PARTNERSHIP}/measure/index.md"]
    assert "co-help" not in page and "co-affected" not in page
    assert "leave:" not in str(page).split("---\n")[1]


def test_the_overview_and_reports_lead_to_help(package):
    made = helped(package)
    for name, address in {"index.md": "../help/", "exceptions/index.md": "../../help/"}.items():
        page = made[f"{generate.PARTNERSHIP}/{name}"]
        assert f'<a href="{address}">Affected by something here? Get help</a>' in page


def test_the_page_of_all_lines_has_each_line_once_in_full():
    both = replace(HURT, topics=("violence", "hate-crime"), checked="2026-11-02")
    text = page((ABUSE, both))
    assert text.count(">Victims&#39; line</h3>") == 1
    assert 'See: <a href="#hurt">' in text  # below the second of its topics
    assert "Checked on 2 November 2026." in text
    assert "We have not yet checked 1 of these lines" in text
    assert "not yet checked" not in page((both,))
    assert "Keep this private" in page(())


# ---------------------------------------------------------------- advice


def told(data):
    return list(advice(read(data, TODAY.replace(year=2017)), "datapackage"))


def change(folder, how):
    path = folder / "datapackage.json"
    value = json.loads(path.read_text("utf-8"))
    how(value["callover"])
    path.write_text(json.dumps(value), "utf-8")


def test_a_page_about_abuse_without_help_lines_is_told_of(package):
    data = package("count")
    folder = data / generate.PARTNERSHIP / "measure"
    change(folder, lambda own: own.update(also_known_as=["stalking reports"]))
    (one,) = told(data)
    assert one.column == "callover.help_lines"
    assert one.file == f"datapackage/{generate.PARTNERSHIP}/measure/datapackage.json"
    assert '"help_lines": ["domestic-abuse"]' in one.remedy
    change(folder, lambda own: own.update(help_lines=[]))
    assert told(data) == []
    change(folder, lambda own: own.update(help_lines=["Write here the topics"]))
    assert told(data) == [one]


def test_a_live_partnership_that_nobody_can_reach_is_told_of(package):
    data = package("count")
    assert told(data) == []  # a demonstration
    change(data / generate.PARTNERSHIP, lambda own: own.pop("as_of"))
    assert [fault.column for fault in told(data)] == ["callover.contact"]
    change(data / generate.PARTNERSHIP, lambda own: own.update(contact={"email": "a@example.org"}))
    assert told(data) == []


def test_a_warning_stops_nothing(package, cli):
    data = package("count")
    change(data / generate.PARTNERSHIP, lambda own: own.pop("as_of"))
    done = cli("check", "--data", data, "--format", "github")
    assert done.returncode == 0
    assert "::warning file=datapackage/made-up-borough/datapackage.json,line=1::" in done.stdout
    assert "Warning: datapackage/made-up-borough/datapackage.json" in done.stderr


# ---------------------------------------------------------------- this repository


@pytest.fixture(scope="module")
def portal():
    return read(DATA, date(2026, 11, 21))


def test_every_page_in_need_has_help_lines(portal):
    assert list(advice(portal, "datapackage")) == []
    for partnership in portal.partnerships:
        assert partnership.helped
        for one in partnership.indicators:
            for topic in topics_of([one.title]):
                if one.slug != "prevent-delivery":
                    assert block(one, portal.reference), (one.slug, topic)


def test_every_topic_has_a_line_or_is_said_not_to(portal):
    found = {topic for line in portal.reference.helplines for topic in line.topics}
    used = {n for p in portal.partnerships for i in p.indicators for n in i.help_lines}
    assert used & set(TOPICS) <= found
    assert found == set(TOPICS)


def test_nothing_claims_a_check_that_nobody_made(portal):
    assert {line.checked for line in portal.reference.helplines} == {""}
    assert all(line.source for line in portal.reference.helplines)


def test_the_readme_has_every_column_and_topic():
    text = re.split(r"(?m)^## ", README.split("## Help lines\n")[1])[0]
    cells = [line.split(" | ")[0] for line in text.splitlines() if line.startswith("| `")]
    rows = [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]
    columns = [field.name for field in REFERENCE["helplines"]]
    assert sorted(rows[: len(columns)]) == sorted(columns)
    assert rows[len(columns) :] == list(TOPICS)
    needed = re.findall(r"(?m)^\| `(\w+)` \| needed", text)
    assert needed == [f.name for f in REFERENCE["helplines"] if f.required]
    titles = re.search(r"A page about (.*?) also has a button", text)
    assert (
        titles and titles[1] == "domestic abuse, sexual violence, hate crime, violence or slavery"
    )
    assert [name for name, topic in TOPICS.items() if topic.leave] == [
        "domestic-abuse", "sexual-violence", "hate-crime", "violence", "slavery",
    ]  # fmt: skip


def test_the_example_of_the_readme_is_a_sound_row(package):
    text = re.search(r"(?s)```\n(id,name,topics.*?)```", README)
    assert text
    data = package("count", extra={"reference/helplines.csv": text[1]})
    (line,) = read(data, TODAY).reference.helplines
    assert line.checked == "2026-11-02"
