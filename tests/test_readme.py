"""The README says what the code does: its tables are compared, its examples are built."""

import json
import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

import generate
from callover.compute import boards
from callover.data.read import read
from callover.data.revisions import COLUMNS
from callover.data.shapes import OWN
from callover.kinds import KINDS
from callover.model import IN_PLACE_OF_VALUE, MARKERS
from callover.pages.portal import press
from callover.periods import parse
from callover.ratings import BASES, POLARITIES, SCHEMES
from callover.revisions import REASONS
from callover.targets import TARGETS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PROFILES = ROOT / "scripts/callover/data/profiles"
TODAY = date(2016, 8, 31)
KIND_COUNT = len(KINDS)


def section(title):
    """The text below a heading, to the next heading of any level."""
    level = r"#{2,3} "
    return re.split(rf"(?m)^{level}", re.split(rf"(?m)^{level}{re.escape(title)}\n", README)[1])[0]


def table(title):
    """The rows of the table below a heading, as cells, without the header."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def code(text):
    return re.findall(r"`([^`]+)`", re.sub(r"(?ms)^```.*?^```", "", text))


def fenced(title, language=""):
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```", section(title))


# ---------------------------------------------------------------- the tables


def test_the_table_of_kinds_has_every_kind():
    assert [code(row[0])[0] for row in table("Kinds")] == list(KINDS)


@pytest.mark.parametrize("row", table("Kinds"), ids=lambda row: row[0])
def test_the_columns_of_a_kind_are_those_of_the_code(row):
    kind = KINDS[code(row[0])[0]]
    told = set(code(row[2])) - {"denominator", *kind.settings}
    assert told == {column.name for column in kind.columns}
    optional = set(code(" ".join(re.findall(r"\[(.*?)\]", row[2]))))
    assert {column.name for column in kind.columns if column.required} <= told - optional


@pytest.mark.parametrize("row", table("Kinds"), ids=lambda row: row[0])
def test_the_quantities_of_a_kind_are_those_of_the_code(row):
    """Five answers of a survey are quantities too, but nobody rates one of them."""
    quantities = [quantity.name for quantity in KINDS[code(row[0])[0]].quantities]
    told = code(row[4])
    assert told == quantities[: len(told)]
    assert len(told) == len(quantities) or row[0] == "`satisfaction`"


def test_the_settings_are_those_of_the_profile():
    profile = json.loads((PROFILES / "indicator.json").read_text("utf-8"))
    own = profile["properties"]["callover"]
    told = [name for row in table("datapackage.json") for name in code(row[0])]
    assert set(told) == set(own["properties"]) - {"profile"}
    assert len(told) == len(set(told))
    says = {name: row[1] for row in table("datapackage.json") for name in code(row[0])}
    needed = {name for name, text in says.items() if text.startswith("needed")}
    assert set(own["required"]) <= needed
    assert set(own["properties"]["panels"]["properties"]) <= set(code(says["panels"]))
    assert set(own["properties"]["denominator"]["properties"]) <= set(code(says["denominator"]))
    assert set(own["properties"]["rating"]["properties"]) <= set(code(says["rating"]))
    assert set(own["properties"]["frequency"]["enum"]) <= set(code(says["frequency"]))
    assert set(POLARITIES) <= set(code(says["polarity"]))


def test_the_settings_of_a_partnership_are_those_of_the_profile():
    profile = json.loads((PROFILES / "partnership.json").read_text("utf-8"))
    own = profile["properties"]["callover"]["properties"]
    told = set(code(section("Add a partnership")))
    assert set(own) - {"profile"} <= told
    for name in ("outcomes", "releases"):
        assert set(own[name]["items"]["properties"]) <= told
    scheme = own["schemes"]["additionalProperties"]["properties"]
    assert all(f'"{name}"' in section("Add a partnership") for name in scheme)


def test_the_rules_and_bases_are_those_of_the_code():
    sentence = re.search(r"The rules are (.*?)\. The Methods", section("Add a partnership"))
    assert sentence
    assert set(code(sentence[1])) == {*BASES, *SCHEMES}


def test_the_columns_and_reasons_of_revisions_are_those_of_the_code():
    title = "revisions.csv: you must change a figure that was released"
    says = {name: row[1] for row in table(title) for name in code(row[0])}
    assert list(says) == list(COLUMNS)
    assert code(says["reason"]) == list(REASONS)
    assert ",".join(COLUMNS) in section(title)


def test_the_target_types_are_those_of_the_code():
    assert [code(row[0])[0] for row in table("targets.csv")] == list(TARGETS)


def test_the_markers_are_those_of_the_code():
    sentence = re.search(r"\*\*Markers\*\*: (.*?)A missing month", section("series.csv"))
    assert sentence
    in_place, beside = sentence[1].split("With a value")
    assert set(code(in_place)) == IN_PLACE_OF_VALUE
    assert set(code(beside)) == set(MARKERS) - IN_PLACE_OF_VALUE


def test_the_periods_are_of_the_grammar():
    sentence = re.search(r"\*\*Periods\*\* have one grammar: (.*)", section("series.csv"))
    assert sentence
    found = {parse(label).kind for label in code(sentence[1])}
    assert found == {"month", "quarter", "year", "week", "span", "day"}


def test_every_command_is_told(cli):
    told = {code(row[0])[0].split()[1] for row in table("Start")}
    listed = re.findall(r"^  (\w+) ", cli("--help").stdout.split("Commands:")[1], re.M)
    assert told == set(listed)


def test_the_columns_of_tables_are_read(package):
    """The headers that the README gives are accepted as they stand."""
    target, other, published = (
        next(line for line in re.findall(r"(?m)^`([a-z_,]+)`", README) if line.startswith(begin))
        for begin in ("measure,category", "period,area_code", "release,measure")
    )
    data = package(
        "count",
        targets=f"{target}\nvalue,all,2016/17,maximum,,500,,,,agreed,500\n",
        comparators=f"{other}\n2016-12,E23000001,,value,10,cases,quoted\n",
    )
    text = f"{published}\n2016-12,value,2016-12,E09000002,all,10,page 1\n"
    path = data / "made-up-borough/measure/published.csv"
    path.write_text(text, "utf-8", newline="\n")
    assert read(data, TODAY.replace(year=2017)).partnerships


OWN_TABLES = "Plans, meetings and reports"


def own_tables():
    """The rows of the table of a partnership's own tables: file to needed and optional columns."""
    rows = [row for row in table(OWN_TABLES) if row[0].endswith(".csv`")]
    return {code(row[0])[0].removesuffix(".csv"): row[2].split("; optional: ") for row in rows}


def test_the_tables_of_a_partnership_are_those_of_the_code():
    assert list(own_tables()) == list(OWN)


@pytest.mark.parametrize("name", OWN)
def test_the_columns_of_a_partnership_s_table_are_those_of_the_code(name):
    needed, optional = own_tables()[name]
    assert code(needed) == [f.name for f in OWN[name].fields if f.required]
    assert code(optional) == [f.name for f in OWN[name].fields if not f.required]


def test_every_column_that_is_more_than_words_is_explained():
    told = set(code(" ".join(row[0] for row in table(OWN_TABLES))))
    special = {f.name for own in OWN.values() for f in own.fields if f.choices or f.type != "text"}
    assert special <= told
    choices = {c for own in OWN.values() for f in own.fields for c in f.choices}
    assert choices <= set(code(section(OWN_TABLES)))


def test_the_example_rows_of_a_partnership_s_tables_are_sound(package):
    examples = fenced(OWN_TABLES)
    headers = {",".join(f.name for f in own.fields): name for name, own in OWN.items()}
    own = {headers[text.splitlines()[0]]: text for text in examples}
    assert list(own) == list(OWN)
    outcome = {"outcomes": [{"id": "asb", "title": "Calmer streets"}]}
    data = package("count", slug="asb-calls", own=own, partnership=outcome,
                   callover={"outcome": "asb"})  # fmt: skip
    (partnership,) = read(data, TODAY.replace(year=2017)).partnerships
    assert all(getattr(partnership.records, name) for name in OWN)


@pytest.mark.parametrize(
    ("title", "name", "address", "says"),
    [
        ("Exception reports", "exceptions", "exceptions/fy2009-10-q1", "Priority funding"),
        ("Exception reports", "exceptions", "exceptions/fy2013-14-q2", "Wardens on Fridays"),
        ("Year ends", "achievements", "year/fy2013-14", "We work out no change: the period of"),
        ("Year ends", "achievements", "year/fy2013-14", "That is up 7 percentage points"),
        ("Year ends", "achievements", "year/fy2013-14", "The document counts 2 missed."),
        ("Year ends", "achievements", "year/fy2013-14", 'href="../../actions/#asb-03"'),
    ],
)
def test_the_examples_of_a_report_make_its_page(package, title, name, address, says):
    (text,) = fenced(title)
    outcome = {"outcomes": [{"id": "asb", "title": "Calmer streets"}]}
    own = {"actions": fenced(OWN_TABLES)[0], name: text}
    data = package("count", slug="asb-calls", own=own, partnership=outcome,
                   callover={"outcome": "asb"})  # fmt: skip
    made = press(read(data, TODAY.replace(year=2017)), {})
    assert says in made[f"{generate.PARTNERSHIP}/{address}/index.md"]


def test_links_of_the_readme_lead_somewhere():
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert "://" in target or (ROOT / target.split("#")[0]).exists(), target
        if target.startswith("#"):
            titles = re.findall(r"(?m)^#+ (.+)$", README)
            assert target[1:] in [re.sub(r"[^a-z0-9 -]", "", t.lower()).replace(" ", "-")
                                  for t in titles]  # fmt: skip


# ---------------------------------------------------------------- the examples


@pytest.fixture
def place(tmp_path):
    """A partnership to which the README's examples are added: write(slug, {file: text})."""
    made = generate.below("reference", generate.reference())
    own = generate.partnership()
    value = json.loads(own["datapackage.json"])
    value["callover"]["outcomes"] = [{"id": "crime", "title": "Less crime"}]
    made |= generate.below(
        "place", {"datapackage.json": generate.json_text(value | {"name": "place"})}
    )
    data = generate.write(tmp_path / "datapackage", made)
    return lambda slug, files: generate.write(data, generate.below(f"place/{slug}", files))


def sheet(data):
    (board,) = boards(read(data, TODAY.replace(year=2017)))
    (made,) = board.sheets
    return made


def test_the_example_of_the_readme_is_a_sound_package(place):
    (descriptor,) = fenced("datapackage.json", "json")
    (series,) = fenced("series.csv")
    value = json.loads(descriptor)
    target = "measure,category,period,type,lower,upper\nvalue,all,2016/17,maximum,,500\n"
    files = {"datapackage.json": descriptor, "series.csv": series, "targets.csv": target}
    data = place(value["name"], files)
    made = sheet(data)
    assert made.indicator.kind == value["callover"]["kind"]
    assert made.value("value", parse("2016-05")) == 51
    assert press(read(data, TODAY.replace(year=2017)), {})["place/knife-crime/index.md"]


def test_the_sheet_of_the_readme_can_be_taken_in(cli, tmp_path):
    (text,) = fenced("Add a month for many indicators")
    path = tmp_path / "figures.csv"
    path.write_text(text, "utf-8")
    # The release of these months is frozen.
    done = cli("import", path, "--reason", "late data")
    assert done.returncode == 0, done.stderr
    for name in re.findall(r"(?m)^([\w -]+),", text)[1:]:
        assert name in done.stdout


def test_the_scheme_of_the_readme_is_one(place, tmp_path):
    example = re.search(r'`("corporate-10": \{.*?\})`', README)
    assert example
    scheme = json.loads(f"{{{example[1]}}}")
    path = tmp_path / "datapackage/place/datapackage.json"
    place("one", {"series.csv": "period,value\n2016-04,5\n", "datapackage.json": generate.json_text(
        written("one", "count", {"rating": {"scheme": "corporate-10"}})
    )})  # fmt: skip
    value = json.loads(path.read_text("utf-8"))
    value["callover"]["schemes"] = scheme
    path.write_text(generate.json_text(value), "utf-8")
    assert sheet(tmp_path / "datapackage").scheme.name == "corporate-10"


def written(slug, kind, own):
    """Write a descriptor as the README shows it, with nothing that it does not say."""
    callover = {"kind": kind, "polarity": "lower", "unit": "cases", "unit_one": "case"}
    return {
        "name": slug,
        "title": slug.capitalize(),
        "description": "Made up.",
        "sources": [{"title": "Made up"}],
        "resources": [{"name": "series", "path": "series.csv"}],
        "callover": {**callover, "outcome": "crime", **own},
    }


INVENTED = {
    "count": ("period,value\n2016-04,5\n2016-05,7\n", {}, ("value", 7)),
    "count_rate": (
        "period,value,marker\n2015/16,100,\n2016-04,5,\n2016-05,7,p\n",
        {"denominator": {"id": "residents", "per": 1000, "label": "per 1,000 residents"}},
        ("year_to_date", 12),
    ),
    "completions": (
        "period,starts,terminations,successes\n2016/17-Q1,4,5,4\n",
        {"polarity": "higher", "frequency": "quarterly"},
        ("success_rate", 80),
    ),
    "proportion": (
        "period,category,numerator,base\n2015/16,opiates,5,50\n2015/16,alcohol,9,90\n",
        {"unit": "percent", "frequency": "yearly", "categories": {"opiates": "O", "alcohol": "A"}},
        ("percent", 10),
    ),
    "satisfaction": (
        "period,sent,returned,satisfied\n2016-04,50,20,15\n",
        {"polarity": "higher", "unit": "answers", "unit_one": "answer"},
        ("percent_satisfied", 75),
    ),
    "snapshot": ("period,value\n2016-03-31,5\n2016-06-30,7\n", {}, ("value", 7)),
    "milestone": (
        "period,text\n2016/17-Q1,Delayed\n2016/17-Q2,On track\n",
        {"unit": "milestones", "frequency": "quarterly"},
        ("text", None),
    ),
    "rate": (
        "period,rate,count\n2014/15,2.5,50\n2015/16,1.75,46\n",
        {"unit": "per 1,000 aged 10 to 17", "frequency": "yearly"},
        ("rate", 1.75),
    ),
    "rolling_only": (
        "period,category,value,marker\n2015-05/2016-04,all,30,\n2015-05/2016-04,race,,c\n",
        {"polarity": "ambiguous", "categories": {"all": "All", "race": "Race"}},
        ("rolling_12_months", 30),
    ),
    "yearly": ("period,value\n2014/15,5\n2015/16,7.5\n", {"frequency": "yearly"}, ("value", 7.5)),
    "survey": (
        "period,percent,base,half_width\n2014/15,17,397,3.73\n2015/16,13,400,\n",
        {"unit": "percent", "frequency": "yearly", "survey": {"question": "Are you worried?"}},
        ("percent", 13),
    ),
    "league": (
        "period,area_code,value,rate\n2016-04,E09000002,50,2.7\n2016-04,E09000003,60,2.6\n",
        {"league": {"group": "met"}, "frequency": "irregular"},
        ("rate", Fraction("2.7")),
    ),
    "distribution": (
        "period,category,value\n2016-04,all,50\n2016-04,once,30\n2016-04,twice,20\n",
        {"categories": {"once": "Once", "twice": "Twice"}, "frequency": "irregular"},
        ("value", 50),
    ),
    "cohort": (
        "period,value\n2015-01-01/2015-12-31,90\n2016-01-01/2016-06-30,40\n",
        {"frequency": "irregular"},
        ("value", 40),
    ),
}


def test_here_is_every_kind():
    assert set(INVENTED) == set(KINDS)


@pytest.mark.parametrize("kind", INVENTED)
def test_an_invented_indicator_written_from_the_readme_builds(place, cli, kind):
    series, own, (measure, value) = INVENTED[kind]
    descriptor = generate.json_text(written("invented", kind, own))
    data = place("invented", {"datapackage.json": descriptor, "series.csv": series})
    made = sheet(data)
    assert made.kind.name == kind
    assert made.value(measure) == value
    page = press(read(data, TODAY.replace(year=2017)), {})["place/invented/index.md"]
    assert "<h1>Invented</h1>" in page


def test_all_of_them_stand_on_one_site(place, cli, tmp_path, html):
    for kind, (series, own, _) in INVENTED.items():
        slug = f"a-{kind.replace('_', '-')}"
        descriptor = generate.json_text(written(slug, kind, own))
        data = place(slug, {"datapackage.json": descriptor, "series.csv": series})
    done = cli("build", "--data", data, "--output", tmp_path / "site")
    assert done.returncode == 0, done.stderr
    page = html(tmp_path / "site/place/index.html")
    assert len(page.one("tbody").all("tr")) == KIND_COUNT
