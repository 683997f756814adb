"""The pages of the repository's own data: complete, linked, exact, and safe from what is typed."""

import csv
import io
import json
import re
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from tests.test_own_tables import whole
from tests.test_search import entries_of

import generate
from callover import recent
from callover.ahead import NAMES as AHEAD
from callover.columns import METRICS
from callover.control import NAMES
from callover.data.checks import RESERVED
from callover.data.shapes import OWN
from callover.judged import JUDGED
from callover.kinds import KINDS
from callover.measures import MEASURES
from callover.model import MARKERS
from callover.pages.render import prose
from callover.ratings import SCHEMES
from callover.reconcile import CHECKS, SEVERITY, TOGETHER, VERDICTS
from callover.targets import TARGETS

ROOT = Path(__file__).resolve().parent.parent
HOME = "barking-and-dagenham"
SLUGS = sorted(p.parent.name for p in (ROOT / "datapackage" / HOME).glob("*/datapackage.json"))
PANELS = {
    "definition": "Definition",
    "how": "How this indicator works",
    "good": "What good looks like",
    "why": "Why it matters",
    "target": "Target",
    "history": "History",
    "issues": "Issues to consider",
    "overview": "Performance overview",
    "actions": "Actions",
    "benchmarking": "Benchmarking",
}
#: The indicators of every partnership, as addresses: barnet/robbery/.
INDICATORS = sorted(
    f"{path.parent.parent.name}/{path.parent.name}/"
    for path in (ROOT / "datapackage").glob("*/*/datapackage.json")
)
PARTNERSHIPS = sorted(
    f"{path.parent.name}/"
    for path in (ROOT / "datapackage").glob("*/datapackage.json")
    if path.parent.name != "reference"
)
#: The addresses that people link to: they never change, only grow.
ADDRESSES = (
    *("", "data/", "methods/", "glossary/", "data-quality/", "accessibility/", "about/", "chance/"),
    *("walkthrough/", "help/", "a-to-z/", "revisions/"),
    *PARTNERSHIPS,
    *(f"data-quality/{place}" for place in PARTNERSHIPS),
    *sorted({f"{indicator.split('/')[0]}/scorecard/" for indicator in INDICATORS}),
    *(f"{HOME}/exceptions/", f"{HOME}/exceptions/2016-12/", "barnet/exceptions/"),
    *INDICATORS,
)
DOWNLOADS = (
    "data-quality/reconciliation.csv",
    "revisions/revisions.csv",
    *(
        f"{HOME}/{slug}/{name}"
        for slug in SLUGS
        for name in ("metrics.csv", "figures.xlsx", "datapackage.json", "data-package.zip")
    ),
)


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def pages(built_site, html):
    """Every page of the built site, parsed, by its address below the root."""
    return {
        path.relative_to(built_site).as_posix().removesuffix("index.html"): html(path)
        for path in sorted(built_site.rglob("*.html"))
    }


# ---------------------------------------------------------------- addresses and downloads


def test_there_are_28_indicators():
    assert len(SLUGS) == 28


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_of_the_contract_is_a_page_with_a_title(pages, address):
    page = pages[address]
    assert page.one("h1").text
    assert page.one("head").one("title").text
    assert page.one("main").attrs["id"] == "main"


@pytest.mark.parametrize("path", DOWNLOADS)
def test_every_download_of_the_contract_exists(built_site, path):
    assert (built_site / path).stat().st_size > 0


@pytest.mark.parametrize("slug", SLUGS)
def test_what_lies_beside_a_page_is_what_the_package_has(built_site, slug):
    package, folder = ROOT / "datapackage" / HOME / slug, built_site / HOME / slug
    for table in package.glob("*.csv"):
        assert (folder / table.name).read_bytes() == table.read_bytes()
    published = json.loads((folder / "datapackage.json").read_text("utf-8"))
    given = json.loads((package / "datapackage.json").read_text("utf-8"))
    for key in ("name", "title", "description", "sources", "licenses", "callover"):
        assert published.get(key) == given.get(key)
    paths = {table["path"] for table in published["resources"]}
    assert paths == {path.name for path in folder.glob("*.csv")}
    charts = {path.stem for path in folder.glob("chart-*.svg")}
    assert charts == {path.stem for path in folder.glob("chart-*.json")}


def test_no_address_is_taken_by_something_unheard_of(pages):
    """Below a partnership and an indicator there may be report pages and pages of a period."""
    reports = tuple(f"{place}{word}/" for place in PARTNERSHIPS for word in RESERVED)
    rest = set(pages) - {*ADDRESSES, "404.html"}
    assert [address for address in rest if not address.startswith((*reports, *INDICATORS))] == []


def test_no_table_is_without_rows_or_without_columns(pages):
    empty = [
        (address, table.text[:60])
        for address, page in pages.items()
        for table in page.all("table")
        if not any(row.all("td") for row in table.all("tr"))
    ]
    assert empty == []


#: Where each row of a partnership's own table is shown, and the column it is known by there.
SHOWN = {
    "actions": ("actions/", "action"),
    "governance": ("governance/", "group"),
    "communications": ("communications/", "message"),
    "roles": ("governance/", "lead_agency"),
    "workstreams": ("plan/", "title"),
    "meetings": ("meetings/", "title"),
    "agenda": ("meetings/{meeting}/", "title"),
    "action_log": ("meetings/{meeting}/", "action"),
}


@pytest.mark.parametrize(
    "path",
    [path for name in SHOWN for path in sorted((ROOT / "datapackage").glob(f"*/{name}.csv"))],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_every_row_of_a_plan_or_meeting_is_on_a_page_and_in_a_download(pages, built_site, path):
    place, (address, column) = path.parent.name, SHOWN[path.stem]
    for row in rows(path):
        page = pages[f"{place}/{address.format(**row)}"]
        assert " ".join(row[column].split()) in page.text, row
        if "id" in row:
            assert [node for node in page.walk() if node.attrs.get("id") == row["id"]], row
    beside = built_site / place / address.split("{")[0] / path.name
    if path.stem not in ("roles", "workstreams"):
        assert beside.read_bytes() == path.read_bytes()
    assert [p for p in (built_site / place).rglob(path.name) if p.read_bytes() == path.read_bytes()]


# ---------------------------------------------------------------- the indicator page


def test_the_page_of_all_offences_shows_the_figures_of_december_2016(pages):
    """No figure of the product rests on this line; it is what the document prints."""
    page = pages[f"{HOME}/total-notifiable-offences/"]
    shown = {dt.text: dt.parent.one("dd") for dt in page.one("dl", class_="co-figures").all("dt")}
    figures = {name: dd.one("span", class_="co-figure").text for name, dd in shown.items()}
    assert figures == {
        "December 2016": "1,386",
        "April to December 2016": "13,207",
        "Last 12 months": "17,587",
        "Rate": "87.07",
    }
    months = _table_after(page, "months")
    current = [cell for cell in months.all("td") if "is-current" in cell.attrs.get("class", "")]
    found = {cell.text.split(" [")[0] for cell in current}  # without its marker
    assert {"1,386", "13,207", "17,587", "87.07"} <= found


def _table_after(page, anchor):
    nodes = list(page.walk())
    start = next(i for i, node in enumerate(nodes) if node.attrs.get("id") == anchor)
    return next(node for node in nodes[start:] if node.tag == "table")


@pytest.mark.parametrize("slug", SLUGS)
def test_every_page_has_the_ten_panels_each_with_something_to_read(pages, slug):
    page = pages[f"{HOME}/{slug}/"]
    parts = page.all("div", class_="co-panels")  # two on paper: what fits one page stands first
    panels = [section for part in parts for section in part.all("section")]
    assert [p.attrs["aria-labelledby"] for p in panels] == list(PANELS)
    for panel in panels:
        heading = panel.one("h2")
        assert heading.text == PANELS[heading.attrs["id"]]
        said = panel.text.removeprefix(heading.text).strip()
        assert len(said) > 20, f"{slug}: {heading.text} says {said!r}"
    for anchor in ("definition", "how", "good", "why"):
        section = page.one("section", **{"aria-labelledby": anchor})
        assert "have not said anything" not in section.text


@pytest.mark.parametrize("slug", SLUGS)
def test_headings_of_a_page_differ_and_descend_by_one(pages, slug):
    page = pages[f"{HOME}/{slug}/"].one("main")
    headings = [node for node in page.walk() if re.fullmatch("h[1-6]", node.tag)]
    titles = [node.text for node in headings]
    assert len(set(titles)) == len(titles), [t for t, n in Counter(titles).items() if n > 1]
    levels = [int(node.tag[1]) for node in headings]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_rating_is_a_word_with_a_reason_and_agrees_with_the_overview(pages, slug):
    page = pages[f"{HOME}/{slug}/"]
    status = page.one("div", class_="co-status")
    word, *_, reason = (p.text for p in status.all("p")[:2])
    badge = status.one("span", class_="co-rating").text
    assert badge in ("On target", "Close", "Off target", "Not rated") and word.startswith(badge)
    assert reason.endswith(".")
    for address, up in ((f"{HOME}/", ""), (f"{HOME}/scorecard/", "../")):
        link = next(a for a in pages[address].all("a", href=f"{up}{slug}/") if a.parent.tag == "th")
        row = link.parent.parent
        assert row.one("span", class_="co-rating").text == badge


@pytest.mark.parametrize("slug", SLUGS)
def test_the_headline_is_also_what_search_engines_are_told(pages, slug):
    page = pages[f"{HOME}/{slug}/"]
    headline = page.one("p", class_="co-headline").text
    assert headline.endswith(".")
    assert page.one("meta", name="description").attrs["content"] == headline
    # Short enough to read at a glance.
    assert all(len(s.split()) <= 25 for s in re.split(r"(?<=[.?!]) ", headline)), headline


@pytest.mark.parametrize("slug", SLUGS)
def test_every_chart_of_a_page_has_its_two_drawings_its_table_and_its_source(pages, slug):
    for chart in pages[f"{HOME}/{slug}/"].all("figure", class_="co-chart"):
        assert chart.one("h3").text
        assert chart.one("p", class_="co-chart__source").text.startswith("Source: ")
        drawing = chart.one("div", class_="co-chart__drawing").all("svg")[0]  # markers may be more
        named = drawing.attrs.get("aria-label") or drawing.attrs.get("aria-labelledby")
        assert drawing.attrs["role"] in ("img", "group", "figure") and named
        assert chart.one("details").all("td")
        button = chart.one("button")
        assert button.attrs["data-figure"] == f"{chart.attrs['id']}.json"
        assert "hidden" in button.attrs


def test_indicators_without_figures_say_so(pages, built_site):
    empty = [s for s in SLUGS if len(rows(built_site / HOME / s / "metrics.csv")) == 0]
    for slug in empty:
        page = pages[f"{HOME}/{slug}/"]
        assert page.one("p", class_="co-headline").text.startswith("There are no figures")
        assert not page.all("figure")
    assert empty


# ---------------------------------------------------------------- every page is sound


def test_every_page_of_the_site_is_well_formed_html(pages):
    assert set(pages) >= {*ADDRESSES, "404.html"}


def targets(node):
    return [
        node.attrs[name]
        for name in ("href", "src", "data-figure", "data-copy", "aria-labelledby", "for")
        if name in node.attrs
    ]


def test_every_internal_link_and_anchor_leads_somewhere(pages, built_site):
    anchors = {
        address: {node.attrs["id"] for node in page.walk() if "id" in node.attrs}
        for address, page in pages.items()
    }
    broken = []
    for address, page in pages.items():
        base = f"https://site/{address}"
        for node in page.walk():
            for name in ("href", "src", "data-figure"):
                wanted = node.attrs.get(name)
                if wanted is None or node.attrs.get("rel") == "canonical":
                    continue
                url = urlsplit(urljoin(base, wanted))
                if address == "404.html" and url.netloc == "example.org":
                    url = url._replace(netloc="site")
                if url.netloc != "site":
                    assert url.scheme in ("https", "mailto", "tel"), (address, wanted)
                    continue
                path = unquote(url.path).lstrip("/")
                file = built_site / path
                if not (file.is_file() or (file / "index.html").is_file()):
                    broken.append((address, wanted))
                elif url.fragment:
                    slash = path if not path or path.endswith(("/", ".html")) else f"{path}/"
                    if url.fragment not in anchors[slash]:
                        broken.append((address, wanted))
            for name in ("data-copy", "for", "aria-labelledby", "aria-describedby"):
                for wanted in node.attrs.get(name, "").split():
                    if wanted.lstrip("#") not in anchors[address]:
                        broken.append((address, f"{name}={wanted}"))
    assert broken == []


def test_links_to_folders_end_with_a_slash_or_dots(pages):
    """Without it the server must redirect, and some do not."""
    for address, page in pages.items():
        for link in page.all("a"):
            path = urldefrag(link.attrs["href"])[0]
            if (
                path
                and "://" not in path
                and path[:4] != "tel:"
                and "." not in path.rsplit("/", 1)[-1]
            ):
                assert path.endswith("/"), (address, path)


def test_every_other_host_is_linked_and_never_loaded(pages):
    for address, page in pages.items():
        for node in page.walk():
            for name in ("href", "src", "srcset", "action", "poster", "data"):
                if "//" in node.attrs.get(name, "") and node.tag not in ("a", "svg"):
                    canonical = node.tag == "link" and node.attrs.get("rel") == "canonical"
                    ours = node.attrs[name].startswith("https://example.org/")
                    assert canonical or (address == "404.html" and ours), (address, node)
            if node.tag in ("iframe", "object", "embed", "form"):
                assert "action" not in node.attrs and node.tag == "form"


def test_every_table_has_a_caption_and_every_header_a_scope(pages):
    for address, page in pages.items():
        for table in page.all("table"):
            assert table.one("caption").text, address
            for header in table.all("th"):
                assert header.attrs.get("scope") in ("col", "row", "rowgroup"), (address, header)
            width = {
                sum(int(c.attrs.get("colspan", 1)) for c in row.children if not isinstance(c, str))
                for row in table.all("tr")
            }
            assert len(width) == 1, (address, table.one("caption").text, width)


def test_captions_of_a_page_differ(pages):
    for address, page in pages.items():
        captions = [caption.text for caption in page.all("caption")]
        assert len(set(captions)) == len(captions), (address, captions)


def test_no_page_has_styles_or_scripts_of_its_own(pages):
    for address, page in pages.items():
        for node in page.walk():
            assert "style" not in node.attrs, (address, node.tag)
            handlers = [n for n in node.attrs if n.startswith("on")]
            assert not handlers, (address, handlers)
            assert node.tag != "style" or node.parent.tag == "svg", address
            data = node.attrs.get("type") == "application/ld+json"  # no browser runs it
            own = node.text and not data
            assert node.tag != "script" or (not own and (data or node.attrs.get("src"))), address


def test_ids_are_unique_within_a_page(pages):
    for address, page in pages.items():
        ids = Counter(node.attrs["id"] for node in page.walk() if "id" in node.attrs)
        assert [name for name, count in ids.items() if count > 1] == [], address


def test_links_buttons_and_regions_have_names(pages):
    for address, page in pages.items():
        texts = {node.attrs["id"]: node.text for node in page.walk() if "id" in node.attrs}
        for node in page.walk():
            if node.tag in ("a", "button", "summary"):
                labels = node.attrs.get("aria-labelledby", "").split()
                named = labels and all(texts[label] for label in labels)
                assert node.text or named or node.attrs.get("aria-label"), (address, node.attrs)
            if node.attrs.get("role") == "region" or node.tag == "nav":
                assert node.attrs.get("aria-label"), (address, node.attrs)
        names = [n.attrs["aria-label"] for n in page.walk() if n.attrs.get("role") == "region"]
        assert len(set(names)) == len(names), (address, names)


def spoken(node):
    """The words of an element, without what its readers type."""
    if isinstance(node, str) or node.tag in ("code", "script"):
        return node if isinstance(node, str) else ""
    return " ".join("".join(spoken(child) for child in node.children).split())


def test_no_page_shows_a_slip_of_the_machine(pages):
    """Words of Python or of a template that reached a reader."""
    wrong = re.compile(r"\bnan\b|Fraction\(|Undefined|\{\{|\}\}|\{%|(?<![\w.,-])-0%?(?![\d.])|--")
    for address, page in pages.items():
        found = wrong.findall(spoken(page.one("main")))
        assert not found, (address, found)


def test_titles_of_pages_differ(pages):
    titles = [page.one("head").one("title").text for page in pages.values()]
    assert len(set(titles)) == len(titles)


# ---------------------------------------------------------------- figures for machines

PERIODS = {
    "month": r"\d{4}-\d\d",
    "quarter": r"\d{4}/\d\d-Q[1-4]",
    "year": r"\d{4}/\d\d",
    "week": r"\d{4}-W\d\d",
    "span": r"\d{4}-\d\d(-\d\d)?/\d{4}-\d\d(-\d\d)?",
    "day": r"\d{4}-\d\d-\d\d",
}
HEADER = (
    "measure,period_type,period_start,period_end,period,area_code,category,value,text,marker,unit"
)
EXTRA = re.compile(
    r"rank_in_[a-z-]+(_of)?"
    r"|[a-z_0-9]+_against_(E\d{8}|[a-z-]+)"
    r"|([a-z_]+_)?rating_(period|cumulative|year_end|two_windows|published|none)"
    r"(_as_released)?"
)


def test_the_columns_are_those_of_the_contract():
    assert ",".join(METRICS) == HEADER


@pytest.mark.parametrize("slug", SLUGS)
def test_metrics_are_one_a_row_with_values_that_parse(built_site, slug):
    path = built_site / HOME / slug / "metrics.csv"
    assert path.read_text("utf-8").splitlines()[0] == HEADER
    found = rows(path)
    keys = Counter((r["measure"], r["period"], r["area_code"], r["category"]) for r in found)
    assert [key for key, count in keys.items() if count > 1] == []
    own = json.loads((ROOT / "datapackage" / HOME / slug / "datapackage.json").read_text("utf-8"))
    known = {
        name if q.name == "value" else q.name if name == "value" else f"{q.name}_{name}"
        for q in KINDS[own["callover"]["kind"]].quantities
        for name in (*MEASURES, *AHEAD, *(n for row in JUDGED.values() for n in row.names))
    } | {*NAMES, *recent.NAMES}
    for row in found:
        assert None not in row and None not in row.values()
        assert row["measure"] in known or EXTRA.fullmatch(row["measure"]), row
        assert re.fullmatch(PERIODS[row["period_type"]], row["period"]), row
        assert date.fromisoformat(row["period_start"]) <= date.fromisoformat(row["period_end"])
        assert re.fullmatch(r"E\d{8}", row["area_code"])
        assert re.fullmatch(r"[a-z0-9_-]+", row["category"])
        assert set(row["marker"]) <= set(MARKERS)
        if row["unit"] == "rating":
            assert not row["value"]
            assert row["text"] in ("on-target", "close", "off-target", "not-rated")
            continue
        stands = row["marker"] in ("c", "x", "z") or bool(row["text"])
        # A change in recording stands in place of a comparison, or beside a figure of its own.
        stands |= row["marker"] == "b" and not row["value"]
        assert bool(row["value"]) != stands, row
        if row["value"]:
            assert re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?(e-\d+)?", row["value"]), row
            assert row["value"] != "-0"
        assert row["unit"], row


#: The sections of a partnership's data quality page, as far as it has such findings.
QUALITY = [name.replace(" ", "-") for name in SEVERITY]


def test_reconciliation_has_the_columns_and_verdicts_of_the_contract(built_site):
    path = built_site / "data-quality/reconciliation.csv"
    assert path.read_text("utf-8").splitlines()[0] == (
        "partnership,indicator,measure,period,area_code,category,as_printed,computed,verdict,"
        "explanation,where"
    )
    found = rows(path)
    assert {row["verdict"] for row in found} <= set(VERDICTS)
    assert {f"{row['partnership']}/{row['indicator']}/" for row in found} <= set(INDICATORS)
    printed = sum(len(rows(p)) for p in (ROOT / "datapackage").glob("*/*/published.csv"))
    alone = [row for row in found if ". Check: " not in row["explanation"]]
    assert len(alone) == printed
    together = {row["explanation"].rpartition(". Check: ")[2] for row in found if row not in alone}
    assert together <= {f"{check.name}." for check in TOGETHER} and len(together) > 5


def test_the_quality_pages_count_what_reconciliation_has(pages, built_site):
    found = rows(built_site / "data-quality/reconciliation.csv")
    counted = Counter((r["partnership"], r["verdict"]) for r in found)
    summary = pages["data-quality/"].one("table")
    heads = [th.text for th in summary.one("thead").all("th")][1:]
    of_all = {row.one("th").text: [td.text for td in row.all("td")] for row in
              summary.one("tbody").all("tr")}  # fmt: skip
    for place in PARTNERSHIPS:
        slug = place.rstrip("/")
        package = json.loads((ROOT / "datapackage" / slug / "datapackage.json").read_text("utf-8"))
        name = package["callover"]["short_title"]
        captions = {t.one("caption").text: t for t in pages[f"data-quality/{slug}/"].all("table")}
        table = captions[f"Verdicts, {name}"]
        shown = {row.one("th").text: row.one("td").text for row in table.all("tr")[1:]}
        assert shown == {v.title: f"{counted[slug, key]:,}" for key, v in VERDICTS.items()}
        assert {k: v[heads.index(name)] for k, v in of_all.items()} == shown


def test_every_finding_leads_to_its_row_on_the_indicators_page(pages):
    """The gravest come first, and each of the ten strongest is of another measure."""
    for place in PARTNERSHIPS:
        page = pages[f"data-quality/{place}"]
        sections = [h.attrs["id"] for h in page.all("h2")]
        assert sections == [s for s in QUALITY if s in sections] and sections
        for link in [a for a in page.all("a") if "#printed-" in a.attrs.get("href", "")]:
            address, anchor = urldefrag(link.attrs["href"].removeprefix("../../"))
            (row,) = pages[address].all("tr", id=anchor)
            own = link.parent.parent.all("td")
            assert [td.text for td in own][:3] == [c.text for c in row.walk() if c.tag in
                                                  ("th", "td")][:3]  # fmt: skip
    strongest = pages["data-quality/"].one("ol", class_="co-findings").all("a")
    assert len(strongest) == len({a.attrs["href"].partition("#")[0] for a in strongest}) == 10
    for link in strongest:
        address, anchor = urldefrag(link.attrs["href"].removeprefix("../"))
        assert pages[address].all("tr", id=anchor)


def test_the_methods_page_has_a_section_for_every_row_of_the_code(pages):
    page = pages["methods/"]
    ids = {node.attrs["id"] for node in page.walk() if "id" in node.attrs}
    tables = (
        ("measure", MEASURES),
        ("target", TARGETS),
        ("rule", SCHEMES),
        ("kind", KINDS),
        ("judged", JUDGED),
    )
    assert {f"{what}-{name}" for what, table in tables for name in table} <= ids
    for _, table in tables:
        for row in table.values():
            assert row.sentence in page.text
    for letter, says in MARKERS.items():
        assert f"[{letter}] {says}" in page.text
    for what, checks in (("check", CHECKS), ("check-together", TOGETHER)):
        for check in checks:
            (told,) = page.all("tr", id=f"{what}-{check.name}")
            assert [cell.text for cell in told.all("td")] == [
                check.sentence,
                VERDICTS[check.verdict].title,
            ]


def test_the_search_index_leads_to_pages_and_finds_everyday_names(pages, built_site):
    docs = entries_of((built_site / "search/index.json").read_text("utf-8"))
    anchors = {a: {n.attrs.get("id") for n in page.walk()} for a, page in pages.items()}
    for location, doc in docs.items():
        address, anchor = urldefrag(location)
        assert address in pages, location
        assert not anchor or anchor in anchors[address], location
        assert doc.title and doc.kind, location
    assert set(INDICATORS) | set(PARTNERSHIPS) <= set(docs)
    assert "mugging" in docs[f"{HOME}/robbery/"].names


# ---------------------------------------------------------------- people's prose

PROSE = {
    "one paragraph": ("Fewer is better.", "<p>Fewer is better.</p>"),
    "lines of one paragraph": ("Fewer\nis better.", "<p>Fewer is better.</p>"),
    "two paragraphs": ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
    "line ends of Windows": ("One.\r\n\r\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
    "a list": ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
    "stars": ("* one\n* two", "<ul><li>one</li><li>two</li></ul>"),
    "a list below a line": ("We:\n- one\n- two", "<p>We:</p>\n<ul><li>one</li><li>two</li></ul>"),
    "a long item": ("- one\n  and more\n- two", "<ul><li>one and more</li><li>two</li></ul>"),
    "nothing": ("", ""),
    "blank lines": ("\n\n \n\n", ""),
    "HTML": ("<b>a</b> & c", "<p>&lt;b&gt;a&lt;/b&gt; &amp; c</p>"),
    "Markdown": ("**a** [b](c) `d`", "<p>**a** [b](c) `d`</p>"),
    "a dash within": ("a - b", "<p>a - b</p>"),
}


@pytest.mark.parametrize("case", PROSE)
def test_plain_text_becomes_paragraphs_and_lists_and_nothing_else(case):
    text, expected = PROSE[case]
    assert str(prose(text)) == expected


# ---------------------------------------------------------------- hostile texts

HOSTILE = (
    "Words <script>alert(1)</script> {{ 7*7 }} {% raw %} [a](javascript:x) ](javascript:x) "
    "\n\n# heading\n\n    code\n<!-- /html -->\n\n\"quotes\" 'single' <img src=x onerror=y> "
    "**bold** `code` &lt; --> </p>"
)
HARMLESS = re.sub(r"[^\w ]", "x", HOSTILE.replace("\n", " "))
COLUMNS_OF_TEXT = {"note", "as_published", "basis", "where", "title", "source"}


def with_text(files, text):
    """Put a text wherever somebody may type words, in every file of a package tree."""
    short = text[:110]  # titles have a limit
    line = " ".join(text.split())  # and a cell is one line

    def own(value):
        value["title"] = short
        for key in ("short_title", "about", "contact_role", "owner", "not_available"):
            if key in value:
                value[key] = text
        for part in ("outcomes", "releases"):
            for row in value.get(part, ()):
                row["title"] = text
                if "text" in row:
                    row |= {"text": text, "lead": text, "portfolio": text}
        for scheme in value.get("schemes", {}).values():
            scheme |= {"title": text, "legend": text, "source": text}
        if "unit" in value:
            value |= {"lead": text, "portfolio": text, "undated": text}
            value |= {"unit": text, "unit_one": text, "also_known_as": [text], "notes": [text]}
            value["panels"] = dict.fromkeys(value["panels"], f"{line}\n\n- {line}")
            value["breaks"] = [{"period": "2015-04", "text": line}]
            value["categories"] = dict.fromkeys(value.get("categories", ()), text)
            if not value["categories"]:
                del value["categories"]
        if "denominator" in value:
            value["denominator"]["label"] = text
        value.pop("title")

    def descriptor(name, content):
        value = json.loads(content)
        value |= {"title": short, "description": text, "sources": [{"title": text}]}
        if "callover" in value:
            own(value["callover"])
        return generate.json_text(value)

    def table(name, content):
        found = list(csv.DictReader(io.StringIO(content)))
        own = OWN[Path(name).stem].fields if Path(name).stem in OWN else ()
        words = {f.name for f in own if f.type == "text" and not f.choices} or COLUMNS_OF_TEXT
        for row in found:
            row |= {name: line for name in words if name in row}
            if "csp_code" in row:
                row["name"] = line
            if "unit" in row and not own:
                row["unit"] = line
        columns = list(found[0])
        return generate.csv_text(columns, [[row[c] for c in columns] for row in found])

    made = {}
    for name, content in files.items():
        if name.endswith("datapackage.json"):
            made[name] = descriptor(name, content)
        elif name.endswith(".csv"):
            made[name] = table(name, content)
        else:
            # Such words are refused in a commentary; tests/test_hostile.py has those it may hold.
            made[name] = "## Overview\n\nWords.\n\n## Actions\n\n- Words.\n"
    return made


def one_of_each_kind():
    files = generate.below("reference", generate.reference())
    files |= generate.below(generate.PARTNERSHIP, generate.partnership())
    for number, kind in enumerate(generate.KINDS):
        contents = generate.indicator(number, kind)
        name = json.loads(contents["datapackage.json"])["name"]
        files |= generate.below(f"{generate.PARTNERSHIP}/{name}", contents)
    own = {n: text.replace("measure", name) for n, text in whole().items()}
    place = json.loads(generate.partnership()["datapackage.json"])
    place["resources"] = [generate.resource(n, t.split("\n")[0].split(",")) for n, t in own.items()]
    tables = {"datapackage.json": generate.json_text(place)} | {
        f"{n}.csv": text for n, text in own.items()
    }
    return files | generate.below(generate.PARTNERSHIP, tables)


@pytest.fixture(scope="module")
def twins(tmp_path_factory, cli, html):
    """Two sites that differ only in the words: harmless ones, and hostile ones."""
    sites = []
    for name, text in (("harmless", HARMLESS), ("hostile", HOSTILE)):
        folder = tmp_path_factory.mktemp(name)
        data = generate.write(folder / "datapackage", with_text(one_of_each_kind(), text))
        done = cli("build", "--data", data, "--output", folder / "site")
        assert done.returncode == 0, done.stderr
        sites.append(folder / "site")
    return [
        {p.relative_to(site).as_posix(): p for p in sorted(site.rglob("*")) if p.is_file()}
        for site in sites
    ]


def shape(node, path=""):
    """The elements of a page with the names of their attributes; drawings by what they have."""
    path += f"/{node.tag}[{' '.join(node.attrs)}]"
    if node.tag == "svg":
        return [path, *sorted({n.tag for n in node.walk()})]
    children = [child for child in node.children if not isinstance(child, str)]
    return [path, *(line for child in children for line in shape(child, path))]


def test_hostile_words_add_no_element_no_attribute_and_no_file(twins, html):
    harmless, hostile = twins
    assert set(harmless) == set(hostile)
    for name, path in hostile.items():
        if name.endswith(".html"):
            assert shape(html(path)) == shape(html(harmless[name])), name


def test_hostile_words_are_shown_as_they_were_typed(twins, html):
    _, hostile = twins
    for name, path in hostile.items():
        if not name.startswith(generate.PARTNERSHIP) or not name.endswith("index.html"):
            continue
        page = html(path)
        assert " ".join(HOSTILE.split())[:80] in page.text, name
        assert "49" not in page.one("h1").text
        for node in page.walk():
            for value in node.attrs.values():
                assert not value.startswith("javascript:"), (name, node.tag)


def test_hostile_words_leave_drawings_and_tables_readable_by_machines(twins):
    _, hostile = twins
    for name, path in hostile.items():
        if name.endswith(".svg"):
            tags = {e.tag.rpartition("}")[2] for e in ElementTree.parse(path).iter()}  # noqa: S314
            assert not tags & {"script", "img", "foreignObject", "a"}, name
        if name.endswith(".json"):
            json.loads(path.read_text("utf-8"))
            if "chart-" in name:
                assert "<" not in path.read_text("utf-8"), name
        if name.endswith("metrics.csv"):
            assert all(len(row) == 11 and None not in row.values() for row in rows(path)), name


@pytest.mark.parametrize(
    ("slug", "place"),
    [
        ("domestic-violence", "The rate is the highest of 32 (Metropolitan Police boroughs);"),
        ("robbery", "The rate is the 14th highest of 32 (Metropolitan Police boroughs)"),
        ("total-notifiable-offences", "(Metropolitan Police boroughs) and the 6th highest of 15;"),
    ],
)
def test_a_rank_is_said_from_the_end_that_is_nearer(pages, slug, place):
    """The document prints rank 32 of 32, 19 of 32 and 10 of 15, where 1 is the lowest."""
    assert place in pages[f"{HOME}/{slug}/"].text


def test_months_that_are_missing_are_told_where_figures_are_counted(pages):
    said = "monthly figures, April 2015 to December 2016 (some are missing), run from"
    assert said in pages[f"{HOME}/serious-youth-violence/"].text
