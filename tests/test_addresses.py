"""Addresses never die: what a site has, what answers where a page is gone, and what is refused."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pypdf
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.hostile import PAYLOADS
from tests.test_hostile import elements

import generate
from callover.addresses import TYPES, Answer, Ever, Move, address_of, decide, is_address
from callover.cli import main
from callover.data.read import read
from callover.errors import Faults
from callover.model import Content
from callover.pages import notice
from callover.records import Place
from callover.site.addresses import published
from callover.site.build import answered
from callover.site.policy import FORMS, header_files

DAY = "2026-11-21"
TODAY = date(2026, 11, 21)
HOME = generate.PARTNERSHIP
ROOT = Path(__file__).resolve().parent.parent


def ever(*addresses):
    return [Ever(a, "2020-01-01", Place("addresses.csv", n)) for n, a in enumerate(addresses, 2)]


def moves(*rows):
    return [
        Move(old, new, DAY, "" if new else "Gone.", Place("moved.csv", n))
        for n, (old, new) in enumerate(rows, 2)
    ]


def ends(made, known, rows):
    """What answers, as address to new address, with '' for one that was withdrawn."""
    return {a.address: a.to for a in decide(set(made), ever(*known), moves(*rows), DAY)}


def told(made, known, rows=()):
    with pytest.raises(Faults) as found:
        decide(set(made), ever(*known), moves(*rows), DAY)
    return [(f.file, f.row, f.column, f.value) for f in found.value.faults]


# ---------------------------------------------------------------- what is an address


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.md", ""),
        ("barnet/index.md", "barnet/"),
        ("barnet/robbery/2012-04_2013-03/index.md", "barnet/robbery/2012-04_2013-03/"),
        ("guide.md", "guide/"),
        ("guide/README.md", "guide/"),
        ("barnet/robbery/series.csv", "barnet/robbery/series.csv"),
        ("barnet/feed.xml", "barnet/feed.xml"),
        ("leaflet.pdf", "leaflet.pdf"),
        ("assets/callover.css", ""),
        ("assets/plotly-license.txt", ""),
        ("search/index.json", ""),
        ("barnet/preview.png", ""),
        ("barnet/robbery/chart-months.json", ""),
        ("robots.txt", ""),
        ("addresses.json", ""),
        (".well-known/security.txt", ""),
        ("_headers", ""),
        (".epoch", ""),
        ("Leaflet.pdf", ""),
    ],
)
def test_pages_and_downloads_have_addresses_and_what_pages_load_has_none(path, address):
    assert address_of(path) == address


@pytest.mark.parametrize(
    "text",
    [
        *("", "/", "/barnet/", "barnet", "Barnet/", "barnet//robbery/", "barnet/../robbery/"),
        *("https://place.example/barnet/", "barnet\\robbery\\", "barnet/?a=1", "barnet/#top"),
        *("barnet/robbery.html", "barnet/x.php", "javascript:alert(1)", "barnet/é/", "a b/"),
        *("robots.txt", "manifest.json", "assets/x.txt", "search/index.json", "b/chart-a.json"),
        *("barnet/robbery/\n", "../barnet/", ".well-known/security.txt", "barnet/x.csv/"),
    ],
)
def test_what_is_no_address_is_refused(text):
    assert not is_address(text)


# ---------------------------------------------------------------- what answers


def test_a_moved_page_takes_along_what_was_below_it():
    made = {"b/new/", "b/new/2016-12/", "b/new/series.csv"}
    known = ["b/old/", "b/old/2016-12/", "b/old/2015-12/", "b/old/series.csv", "b/old/targets.csv"]
    assert ends(made, known, [("b/old/", "b/new/")]) == {
        "b/old/": "b/new/",
        "b/old/2016-12/": "b/new/2016-12/",
        "b/old/2015-12/": "b/new/",
        "b/old/series.csv": "b/new/series.csv",
        "b/old/targets.csv": "b/new/",
    }


def test_a_row_of_its_own_goes_before_that_of_the_page_above():
    rows = [("b/old/", "b/new/"), ("b/old/2015/", "c/"), ("b/old/x.csv", "")]
    found = ends({"b/new/", "b/new/2015/", "c/"}, ["b/old/2015/", "b/old/x.csv"], rows)
    assert found == {"b/old/": "b/new/", "b/old/2015/": "c/", "b/old/x.csv": ""}


def test_chains_are_followed_to_their_end():
    rows = [("a/", "b/"), ("b/", "c/"), ("c/x/", "d/"), ("e/", "f/"), ("f/", "")]
    assert ends({"c/", "c/y/", "d/"}, ["a/", "a/x/", "a/y/", "a/z/", "e/k/"], rows) == {
        "a/": "c/",
        "a/x/": "d/",
        "a/y/": "c/y/",
        "a/z/": "c/",
        "b/": "c/",
        "c/x/": "d/",
        "e/": "",
        "e/k/": "",
        "f/": "",
    }


def test_what_was_withdrawn_at_the_end_of_a_chain_says_why_it_was():
    rows = [Move("a/", "b/", "2020-01-01", "Renamed."), Move("b/", "", "2021-01-01", "Gone.")]
    assert decide({"c/"}, (), rows, DAY)[0] == Answer("a/", "", rows[1])


def test_a_chart_that_is_not_drawn_this_year_needs_no_row():
    assert ends({"b/r/"}, ["b/r/chart-months.svg"], []) == {"b/r/chart-months.svg": "b/r/"}
    assert told({"b/"}, ["b/r/chart-months.svg"]) != []
    assert told({"b/r/"}, ["b/r/series.csv"]) != []


def test_an_address_nobody_published_may_lead_to_a_page():
    assert ends({"b/r/"}, [], [("r2013.pdf", "b/r/")]) == {"r2013.pdf": "b/r/"}


# ---------------------------------------------------------------- what is refused


def test_an_address_that_would_vanish_is_told_with_the_line_to_add():
    with pytest.raises(Faults) as found:
        decide(
            {"barnet/", "barnet/robberies/", "barnet/burglary/", "barnet/burglary/2013-06/"},
            ever("barnet/robbery/", "barnet/robbery/2013-06/", "barnet/burglary/",
                 "barnet/burglary/fy2013-14-q1/", "haringey/x.csv"),
            (), DAY,
        )  # fmt: skip
    assert [str(fault).splitlines() for fault in found.value.faults] == [
        [
            f'addresses.csv, row {row}, column address: found "{old}"; '
            f"expected a {kind} at this address, as since 2020-01-01{more}.",
            f"  Add to reference/moved.csv (address,to,date,reason) `{old},{near},2026-11-21,`, "
            f"or, if nothing took its place, `{old},,2026-11-21,WHY`.",
        ]
        for row, old, kind, more, near in (
            (2, "barnet/robbery/", "page", " (and 1 more below it)", "barnet/robberies/"),
            (5, "barnet/burglary/fy2013-14-q1/", "page", "", "barnet/burglary/2013-06/"),
            (6, "haringey/x.csv", "file", "", "NEW ADDRESS"),
        )
    ]


def test_the_page_stays_while_something_below_it_is_gone():
    known = ["b/", "b/r/", "b/r/2015/", "b/r/2016/"]
    assert told({"b/", "b/r/", "b/r/2016/"}, known) == [
        ("addresses.csv", 4, "address", "b/r/2015/")
    ]


def test_a_whole_partnership_is_told_once():
    assert told({"c/"}, ["b/", "b/r/", "b/r/2015/", "b/feed.xml"]) == [
        ("addresses.csv", 2, "address", "b/")
    ]


@pytest.mark.parametrize(
    ("made", "rows", "fault"),
    [
        ("a/ b/", [("a/", "b/")], (2, "address", "a/")),
        ("b/", [("a/", "c/")], (2, "to", "c/")),
        ("b/", [("a/", "c/"), ("c/", "d/")], (3, "to", "d/")),
        ("b/", [("a/", "a/x/")], (2, "to", "a/x/")),
    ],
    ids=["still there", "leads nowhere", "the end of a chain", "below itself"],
)
def test_a_row_that_cannot_hold_is_refused(made, rows, fault):
    assert told(made.split(), [], rows) == [("moved.csv", *fault)]


def test_a_circle_is_refused_wherever_one_comes_in():
    rows = [("x/", "a/"), ("a/", "b/"), ("b/", "c/"), ("c/", "a/")]
    assert told({"d/"}, ["x/"], rows) == [
        ("moved.csv", 3, "to", "b/"), ("moved.csv", 4, "to", "c/"), ("moved.csv", 5, "to", "a/"),
    ]  # fmt: skip


PARTS = st.sampled_from(["a/", "b/", "c/", "d/"])
ADDRESSES = st.builds(
    lambda parts, file: "".join(parts) + file,
    st.lists(PARTS, min_size=1, max_size=3),
    st.sampled_from(["", "", "s.csv", "t.csv", "chart-x.svg"]),
)
ROWS = st.lists(st.tuples(ADDRESSES, st.one_of(st.just(""), ADDRESSES)), max_size=6)


@given(st.sets(ADDRESSES, min_size=1, max_size=8), st.lists(ADDRESSES, max_size=8), ROWS)
def test_every_address_ever_is_answered_or_told(made, known, rows):
    """By its page, by a way that ends on one, or by why it is gone; else a fault names it."""
    rows = list({old: (old, new) for old, new in rows if old != new}.values())
    try:
        found = ends(made, known, rows)
    except Faults as problem:
        faults = problem.faults
        named = [f.value for f in faults]
        covered = [old for old, _ in rows]
        for address in set(known) - made:
            drawn = address.endswith(".svg") and address.rpartition("/")[0] + "/" in made
            assert drawn or address.startswith((*named, *covered))
    else:
        for address in {*known, *(old for old, _ in rows)} - made:
            assert found[address] in made or found[address] == ""
        assert not set(found) & made


# ---------------------------------------------------------------- the tables


def with_tables(package, **tables):
    """A sound folder with addresses.csv and moved.csv, given without their headers."""
    headers = {"addresses": "address,since", "moved": "address,to,date,reason"}
    extra = {f"reference/{name}.csv": f"{headers[name]}\n{text}" for name, text in tables.items()}
    return package("count", extra=extra)


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "says"),
    [
        ("addresses", "Barnet/,2020-01-01", "address", "Barnet/", "Write barnet/."),
        ("addresses", "/barnet,2020-01-01", "address", "/barnet", "Write barnet/."),
        ("addresses", "barnet/,1.1.2020", "since", "1.1.2020", "Write 2020-01-01."),
        ("moved", "barnet/?x=1,b/,2020-01-01,", "address", "barnet/?x=1", "Write barnet/."),
        ("moved", "a/,https://b.example/c/,2020-01-01,", "to", "https://b.example/c/", "Write c/."),
        ("moved", "a/,b/../c/,2020-01-01,", "to", "b/../c/", "A page ends with a slash"),
        ("moved", "a\\b,b/,2020-01-01,", "address", "a\\b", "A page ends with a slash"),
        ("moved", "a/b.php,b/,2020-01-01,", "address", "a/b.php", "a file ends in one of csv"),
        ("moved", "a/,,2020-01-01,", "reason", "", "Say why in a short sentence"),
        ("moved", "a/,a/,2020-01-01,", "to", "a/", "Write where the page is now"),
        ("moved", "a/,b/,,", "date", "", "Fill the cell"),
    ],
)
def test_a_bad_row_is_told(package, table, row, column, value, says):
    with pytest.raises(Faults) as found:
        read(with_tables(package, **{table: f"{row}\n"}), TODAY)
    (fault,) = found.value.faults
    file = f"datapackage/reference/{table}.csv"
    assert (fault.file, fault.row, fault.column, fault.value) == (file, 2, column, value)
    assert says in fault.remedy


@pytest.mark.parametrize(
    ("table", "row"), [("addresses", "a/,2020-01-01\n"), ("moved", "a/,b/,2020-01-01,\n")]
)
def test_an_address_has_one_row(package, table, row):
    with pytest.raises(Faults) as found:
        read(with_tables(package, **{table: row * 2}), TODAY)
    (fault,) = found.value.faults
    assert (fault.row, fault.column, fault.value) == (3, "address", "a/")


# ---------------------------------------------------------------- what is written

REASON = "Nobody counts <b>this</b> & that."
FILES: list[tuple[str, Content]] = [
    (f"{HOME}/index.md", '---\ntitle: "Made-up <b>Borough</b>"\n---\n'),
    (f"{HOME}/new/index.md", '---\ntitle: "Bread & roses"\n---\n'),
    (f"{HOME}/new/series.csv", "period,value\n"),
    (f"{HOME}/new/figures.xlsx", b"PK"),
]


def pressed(package, rows, *known):
    portal = read(with_tables(package, moved="".join(f"{row}\n" for row in rows)), TODAY)
    return dict(answered(portal, FILES, [Ever(a) for a in known], TODAY))


def test_a_moved_page_leads_on_without_a_script(package, html_text):
    made = pressed(package, [f"{HOME}/old/,{HOME}/new/,2026-11-02,Renamed"], f"{HOME}/old/x/")
    text = made[f"{HOME}/old/x/index.md"]
    front, page = text.partition("\n---\n")[0], html_text(text)
    assert f'moved: "{HOME}/new/"' in front and 'robots: "noindex"' in front
    assert f'canonical: "https://example.org/{HOME}/new/"' in front
    assert page.one("h1").text == "This page has moved"
    link = page.one("p", class_="co-headline").one("a")
    assert (link.attrs["href"], link.text) == (f"../../../{HOME}/new/", "Bread & roses")
    told = page.one("dl").text
    assert f"https://example.org/{HOME}/old/x/" in told
    assert "2 November 2026" in told and "Renamed" in told


def test_a_withdrawn_page_says_when_and_why_and_what_else_there_is(package, html_text):
    made = pressed(package, [f"{HOME}/old/,,2026-11-02,{REASON}"])
    text = made[f"{HOME}/old/index.md"]
    page = html_text(text)
    assert 'robots: "noindex"' in text and "moved:" not in text.partition("\n---\n")[0]
    assert page.one("h1").text == "This page was withdrawn"
    assert page.one("p", class_="co-headline").text.startswith("We took it out on 2 November 2026")
    assert page.all("b") == [] and REASON in page.text
    assert f"https://example.org/{HOME}/old/" in page.one("dl").text
    links = [link.attrs["href"] for link in page.one("ul").all("a")]
    assert links == [f"../../{HOME}/", "../../a-to-z/", "../../data/"]


@pytest.mark.parametrize("to", ["", f"{HOME}/new/"], ids=["withdrawn", "moved"])
def test_a_reason_is_printed_and_not_obeyed(package, to):
    folder = with_tables(package, moved="x/,y/,2026-11-02,\n")
    portal = read(folder, TODAY)

    def page(reason):
        own = Move(f"{HOME}/old/", to, "2026-11-02", reason)
        changed = replace(portal, reference=replace(portal.reference, moves=(own,)))
        return dict(answered(changed, FILES, (), TODAY))[f"{HOME}/old/index.md"]

    harmless = elements(page("zebra"))
    assert len(harmless) > 10
    for payload in PAYLOADS:
        text = page(f"Because of {payload}")
        assert elements(text) == harmless, payload
        assert text.count("\n---\n") == 1, payload


def test_a_withdrawn_page_of_a_live_site_has_a_contact(package, html_text):
    contact = {"contact": {"email": "team@place.example"}, "as_of": None}
    folder = package("count", partnership=contact, extra={
        "reference/moved.csv": f"address,to,date,reason\n{HOME}/old/,,2026-11-02,Gone\n"
    })  # fmt: skip
    path = folder / HOME / "datapackage.json"
    value = json.loads(path.read_text("utf-8"))
    del value["callover"]["as_of"]
    path.write_text(generate.json_text(value), "utf-8")
    made = dict(answered(read(folder, TODAY), FILES, (), TODAY))
    page = html_text(made[f"{HOME}/old/index.md"])
    assert any("mailto:team@place.example" in a.attrs["href"] for a in page.one("ul").all("a"))


def test_a_moved_file_is_a_copy_and_one_of_another_type_a_notice(package):
    rows = [f"{HOME}/old/,{HOME}/new/,2026-11-02,", f"x.csv,{HOME}/new/figures.xlsx,2026-11-02,"]
    known = [f"{HOME}/old/{name}" for name in ("series.csv", "figures.xlsx", "targets.csv")]
    made = pressed(package, rows, *known)
    assert made[f"{HOME}/old/series.csv"] == "period,value\n"
    assert made[f"{HOME}/old/figures.xlsx"] == b"PK"
    where = f"See https://example.org/{HOME}/new/"
    assert made[f"{HOME}/old/targets.csv"].splitlines()[-1] == where
    assert made["x.csv"].splitlines()[-1] == f"{where}figures.xlsx"


NOTICE = notice.Notice(
    ["This file was withdrawn.", "Why: (a) <b> & \\ c"], TODAY, "https://x.example/a.", "https://x/"
)


@pytest.mark.parametrize("type_", TYPES)
def test_a_notice_is_a_sound_file_of_its_type_and_says_all(type_):
    content = notice.content(replace(NOTICE, own=f"{NOTICE.own}{type_}"))
    raw = content if isinstance(content, bytes) else content.encode()
    assert " ".join(NOTICE.lines) in " ".join(READ[type_](raw).split())


def workbook(raw):
    (sheet,) = openpyxl.load_workbook(io.BytesIO(raw))
    return " ".join(str(row[0]) for row in sheet.iter_rows(values_only=True))


def words_of(raw):
    return " ".join(ElementTree.fromstring(raw).itertext())  # noqa: S314 (our own)


READ = {
    "csv": lambda raw: " ".join(r[0] for r in csv.reader(io.StringIO(raw.decode()))),
    "json": lambda raw: " ".join(json.loads(raw)["notice"]),
    "pdf": lambda raw: pypdf.PdfReader(io.BytesIO(raw)).pages[0].extract_text(),
    "svg": words_of,
    "txt": lambda raw: raw.decode(),
    "xlsx": workbook,
    "xml": words_of,
    "zip": lambda raw: zipfile.ZipFile(io.BytesIO(raw)).read("README.txt").decode(),
}


def test_hosts_that_can_send_readers_on_before_a_page_loads():
    moved = [("b/old/", "b/new/"), ("b/old.csv", "b/new.csv")]
    files = dict(header_files("https://place.example/safety/", moved))
    assert files["_redirects"].splitlines()[1:] == [
        "/safety/b/old/ /safety/b/new/ 301",
        "/safety/b/old.csv /safety/b/new.csv 301",
    ]
    assert r"RedirectMatch 301 ^/safety/b/old\.csv$ /safety/b/new.csv" in files[".htaccess"]
    assert "location = /safety/b/old/ { return 301 /safety/b/new/; }" in files["_nginx.conf"]
    assert set(dict(header_files("https://place.example/"))) == set(FORMS)


# ---------------------------------------------------------------- the list of a published site


def test_a_list_that_is_not_there_has_no_address(tmp_path):
    assert published(tmp_path / "addresses.json") == ()


def test_the_list_of_a_site_has_every_address_and_is_read_back(package, tmp_path):
    path = tmp_path / "addresses.json"
    made = pressed(package, [f"{HOME}/old/,,2026-11-02,Gone"], f"{HOME}/old/x.csv")
    path.write_text(made["addresses.json"], "utf-8")
    own = [f"{HOME}/{name}" for name in ("", "new/", "new/figures.xlsx", "new/series.csv")]
    assert [one.address for one in published(path)] == [*own, f"{HOME}/old/", f"{HOME}/old/x.csv"]


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "<!doctype html>", '["../x/"]', "[1]", '["a/"', "\x00"]
)
def test_a_damaged_list_stops_the_build(tmp_path, text):
    path = tmp_path / "addresses.json"
    path.write_text(text, "utf-8")
    with pytest.raises(Faults) as found:
        published(path)
    (fault,) = found.value.faults
    assert fault.file == "addresses.json" and "Fetch addresses.json" in fault.remedy


# ---------------------------------------------------------------- the commands


@pytest.fixture
def here(monkeypatch):
    """The command in this process, from the root of the project: starting one takes a second."""
    monkeypatch.chdir(ROOT)
    return lambda *arguments: CliRunner().invoke(main, [str(part) for part in arguments])


def test_the_command_adds_what_the_table_lacks_and_a_second_time_nothing(here, package):
    data = package("count")
    given = ("--data", data, "--today", DAY)
    shown = here("addresses", *given)
    assert f"\n{HOME}/measure/series.csv\n" in shown.stdout
    assert not (data / "reference/addresses.csv").exists()
    assert here("addresses", *given, "--write").exit_code == 0
    table = (data / "reference/addresses.csv").read_text("utf-8")
    rows = table.splitlines()
    assert rows[0] == "address,since" and f"{HOME}/measure/series.csv,{DAY}" in rows
    assert rows[1:] == sorted(rows[1:], key=lambda row: row.split(",")[0])
    descriptor = json.loads((data / "reference/datapackage.json").read_text("utf-8"))
    assert descriptor["resources"][-1]["path"] == "addresses.csv"
    again = here("addresses", *given, "--write")
    assert again.stdout == "addresses.csv has every address of the site.\n"
    assert (data / "reference/addresses.csv").read_text("utf-8") == table


def test_what_would_vanish_is_refused_and_a_row_lets_it_through(cli, here, package, tmp_path, html):
    data, site, live = package("count"), tmp_path / "site", tmp_path / "addresses.json"
    (data / "reference/addresses.csv").write_text(
        f"address,since\n{HOME}/gone/,2020-01-01\n{HOME}/measure/,2020-01-01\n", "utf-8"
    )
    given = ("build", "--data", data, "--output", site, "--published", live)
    refused = here(*given)
    assert refused.exit_code == 2 and not site.exists()
    assert f"There is no {live}: no address of a published site counts." in refused.stderr
    assert f'addresses.csv, row 2, column address: found "{HOME}/gone/"' in refused.stderr
    checked = here("check", "--data", data)
    assert checked.exit_code == 2 and f'"{HOME}/gone/"' in checked.stderr
    moved = data / "reference/moved.csv"
    moved.write_text(f"address,to,date,reason\n{HOME}/gone/,{HOME}/measure/,{DAY},\n", "utf-8")
    live.write_text(f'["{HOME}/gone/x.csv", "{HOME}/later/"]\n', "utf-8")
    refused = cli(*given)
    assert refused.returncode == 2 and not site.exists()
    assert f'addresses.json, column address: found "{HOME}/later/"' in refused.stderr
    with moved.open("a", encoding="utf-8") as file:
        file.write(f"{HOME}/later/,,{DAY},It was a slip.\n")
    # What somebody only tried out on this machine was not published, so it may come and go.
    site.mkdir()
    for name in ("addresses.json", "manifest.json"):
        (site / name).write_text('["tried/"]', "utf-8")
    done = cli(*given)
    assert done.returncode == 0, done.stderr
    listed = json.loads((site / "addresses.json").read_text("utf-8"))
    assert "tried/" not in listed
    assert {f"{HOME}/gone/", f"{HOME}/gone/x.csv", f"{HOME}/later/"} <= set(listed)
    assert missing(site) == []
    head = html(site / HOME / "gone/index.html").one("head")
    refresh = head.one("meta", **{"http-equiv": "refresh"})
    assert refresh.attrs["content"] == "0; url=../measure/"
    assert head.one("meta", name="robots").attrs["content"] == "noindex"
    new = f"https://example.org/{HOME}/measure/"
    assert head.one("link", rel="canonical").attrs["href"] == new
    assert html(site / HOME / "later/index.html").all("meta", **{"http-equiv": "refresh"}) == []
    told = (site / "sitemap.xml").read_text("utf-8") + (site / "search/index.json").read_text()
    assert "/gone/" not in told and "/later/" not in told and new in told


def missing(site):
    """Give the addresses of a site at which no file answers."""
    listed = json.loads((site / "addresses.json").read_text("utf-8"))
    files = (site / (f"{a}index.html" if a.endswith("/") else a) for a in listed)
    return [path for path in files if not path.is_file()]


def test_every_address_of_our_own_site_is_a_file(built_site):
    assert missing(built_site) == []
    listed = json.loads((built_site / "addresses.json").read_text("utf-8"))
    assert listed == sorted(set(listed)) and len(listed) > 1_000
    pages = {
        p.parent.relative_to(built_site).as_posix() + "/" for p in built_site.rglob("*/index.html")
    }
    assert pages - {"./"} == {address for address in listed if address.endswith("/")}
