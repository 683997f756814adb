"""Payloads, and a portal in which every text of every file ends with one.

What is a text is read from the shapes of the tables and the profiles of the descriptors: a column
or a setting is a text unless NAMES says that it is a name, a period or an address.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from callover.data.commentary import MAX_COMMENTARY
from callover.data.descriptor import DESCRIPTOR
from callover.data.read import read
from callover.data.shapes import OWN, REFERENCE, TABLES, Field
from callover.kinds import KINDS
from callover.site.release import freeze, write

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests/golden/input/datapackage"
PROFILES = ROOT / "scripts/callover/data/profiles"
HARMLESS = "zebra"
TODAY = date(2016, 8, 31)

#: Markup that runs, or ends what it stands in: in HTML, SVG, XML, JSON.
_HTML = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<script src=//evil.example/x.js></script>",
    "<script>window.pwned=1</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=window.pwned=1>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert&#40;1)</script>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "</title></head><body onload=alert(1)>",
    "</article></main></body></html>",
    "</td></tr></table><h1>out</h1>",
    "</dd></dl></section>",
    "</desc></title></svg><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</entry><entry><title>x</title></entry>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src=//evil.example/x.swf>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<input autofocus onfocus=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<xss style=animation-name:x onanimationend=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<base href=//evil.example><meta http-equiv=refresh content=0>",
    "<form action=//evil.example><input name=q></form>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>*{display:none}</style>",
    "<a href='data:text/html,x'>x</a>",
    "<a href=java&#115;cript:alert(1)>x</a>",
    "<a href=vbscript:msgbox(1)>x</a>",
    "<!-- ",
    "--> <!-- /html --> <b>out</b>",
    "<!-- html --> *x* <!-- /html -->",
    "]]> <![CDATA[",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]> &e;",
    "<?php echo 1 ?>",
    '" autofocus onfocus="alert(1)',
    "' onmouseover='alert(1)",
    '"><script>alert(1)</script>',
    "'\"--></style></script><b>",
    '"}</script><script>alert(1)//',
    '\\"},{\\"x\\":1} \\',
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "%3Cscript%3Ealert(1)%3C/script%3E %0d%0aSet-Cookie: x=1",
    "&lt;script&gt; &#60;b&#62; &amp;nbsp; &#x3c;script&#x3e;",
    "&amp;lt;img src=x onerror=alert(1)&amp;gt;",
)
#: Markdown and what its extensions make of a text.
_MARKDOWN = (
    "[click](javascript:alert(1))",
    "![x](data:text/html;base64,PHNjcmlwdD4=)",
    "<javascript:alert(1)> <https://evil.example> <mailto:x@y.example>",
    "`code` **bold** _em_ # heading ~~out~~ ==mark== ++ins++ ^^x^^",
    "[ref]: javascript:alert(1)",
    "[^1] [[wiki]] *[ABBR]: text :smile: @user #1",
    "!!! note ??? tip ::: admonition === tab",
    '--8<-- "/etc/passwd"',
    "{: onclick=alert(1) } { #id .class onclick=alert(1) }",
    "| a | b | c | --- |",
    "http://evil.example/ www.evil.example mail@evil.example",
    "$\\href{javascript:alert(1)}{x}$ \\(x\\) $$x$$ <a href='//evil.example'>",
)
#: Templates, settings, shells, formulas, paths, and letters that are hard to print.
_OTHERS = (
    "{{ config }} {% raw %} {# x #}",
    "{{ ''.__class__.__mro__ }} {{ lipsum.__globals__.os.popen('id').read() }}",
    "{% include '/etc/passwd' %} {% endfor %}",
    "${7*7} #{7*7} <%= 7*7 %> %s %d {0} {x} %(x)s",
    "$& $` $' $1 \\1 \\g<0>",
    "__proto__ constructor prototype toString",
    "!!python/object/apply:os.system [id] &anchor *alias !tag |",
    "--- title: x --- # comment",
    "@import url(//evil.example/x.css);",
    "=HYPERLINK('http://evil.example') =1+1 @SUM(1) +cmd|' /C calc'!A0",
    "' OR '1'='1'; DROP TABLE x;-- $(id) `id` | id && id",
    "../../../../etc/passwd C:\\x ~/.ssh",
    "é ü 漢字 \U0001f993 ‘quotes’ “x” – — … ﷽ Z͑ͫ̓a",
    "a" * 120,
)
PAYLOADS = (*_HTML, *_MARKDOWN, *_OTHERS)

#: Columns and settings that hold no words, by the ends of their paths.
NAMES = frozenset(
    (
        # of tables
        *("period", "area_code", "category", "measure", "type", "baseline_period", "release"),
        *("group", "members", "valid_from", "valid_to", "denominator", "denominators.id"),
        *("area_type", "csp_code", "force_code", "column", "from", "to"),
        # of descriptors
        *("name", "path", "profile", "kind", "outcome", "basis", "bases", "area", "groups", "rule"),
        *("scheme", "total_area", "rests_on", "related", "parts", "within", "help_lines", "id"),
        *("indicators", "data_to", "published", "next", "home_area", "as_of", "email", "url"),
        *("value", "topics", "embargo", "frequency", "polarity"),
    )
)
#: What holds words although its name says otherwise, by table or block.
WORDS = frozenset(
    (
        *("survey.name", "helplines.name", "helplines.area", "areas.name", "governance.group"),
        *("reports.from", "reports.next", "reports.meeting", "action_log.item", "agenda.item"),
    )
)
#: What a cell of each type of column holds; a text holds words.
SAMPLES: Mapping[str, str] = {
    "id": "one",
    "outcome": "crime",
    "indicator": "thefts",
    "day": "2016-05-10",
    "meeting": "2016-05-10",
    "day or month": "2016-05",
    "year": "2016/17",
    "period": "2016/17-Q1",
    "number": "7",
    "count": "7",
    "links": "",
    "web": "https://www.place.example/",
    "phone": "0808 2000 247",
    "topics": "victims",
}


def is_words(place: str) -> bool:
    """Say whether the column or setting at the end of a dotted path holds words."""
    parts = place.split(".")
    return ".".join(parts[-2:]) in WORDS or parts[-1] not in NAMES


# ---------------------------------------------------------------- descriptors


def profile(name: str) -> Mapping[str, Any]:
    """Give the profile of a partnership or an indicator."""
    found: Mapping[str, Any] = json.loads((PROFILES / f"{name}.json").read_text("utf-8"))
    return found


def settings(schema: Mapping[str, Any], here: str = "") -> Iterator[str]:
    """Give the paths of the settings of a profile that hold words."""
    if "string" in _types(schema) and not {"enum", "const"} & schema.keys() and is_words(here):
        yield here
    for key, below in schema.get("properties", {}).items():
        yield from settings(below, f"{here}.{key}")
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from settings(schema[key], here if key == "items" else f"{here}.*")


def _types(schema: Mapping[str, Any]) -> Sequence[str]:
    found = schema.get("type", ())
    return (found,) if isinstance(found, str) else found


def filled(value: dict[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    """Give a descriptor each setting of plain words that it lacks, as far as it may have it."""
    made = dict(value)
    for key, below in schema.get("properties", {}).items():
        if key in _LEFT_OUT:
            continue
        if key in made and isinstance(made[key], dict):
            made[key] = filled(made[key], below)
        elif key not in made and is_words(key) and not {"enum", "const", "pattern"} & below.keys():
            if "string" in _types(below):
                made[key] = f"Words for {key}"
            elif "array" in _types(below) and below["items"].get("type") == "string":
                made[key] = [f"Words for {key}", f"More for {key}"]
            elif key == "panels":
                made[key] = filled({}, below)
    return made


#: Settings that make another page of an indicator, so that they are not given to each.
_LEFT_OUT = frozenset(("not_available", "unit", "unit_one"))


def spoilt(value: Any, schema: Mapping[str, Any], payload: str, here: str = "") -> Any:
    """Give a descriptor with a payload at the end of each of its texts."""
    if isinstance(value, dict):
        below = schema.get("properties", {})
        rest = schema.get("additionalProperties")
        return {
            key: spoilt(
                one,
                below.get(key) or (rest if isinstance(rest, dict) else {}),
                payload,
                f"{here}.{key}" if key in below else f"{here}.*",
            )
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [spoilt(one, schema.get("items", {}), payload, here) for one in value]
    fixed = {"enum", "const"} & schema.keys() or "string" not in _types(schema)
    if not isinstance(value, str) or not value or fixed or not is_words(here):
        return value
    return f"{value} {payload}"[: schema.get("maxLength", 100_000)]


# ---------------------------------------------------------------- tables


def texts(table: str, fields: Sequence[Field]) -> set[str]:
    """Give the columns of a table that hold words."""
    return {
        f.name
        for f in fields
        if f.type == "text" and not f.choices and is_words(f"{table}.{f.name}")
    }


def fields_of(path: Path) -> Sequence[Field]:
    """Give the columns that a file may have; none for a file that we do not know."""
    if path.parent.name == "reference":
        return REFERENCE.get(path.stem, ())
    if path.stem in OWN:
        return OWN[path.stem].fields
    if path.stem not in TABLES:
        return ()
    found = json.loads((path.parent / DESCRIPTOR).read_text("utf-8"))
    return TABLES[path.stem](KINDS[found["callover"]["kind"]])


def written(fields: Sequence[Field], rows: Sequence[Mapping[str, str]]) -> str:
    """Write a table."""
    out = io.StringIO(newline="")
    names = [f.name for f in fields if any(f.name in row for row in rows)]
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


#: Where a cell asks for another: a column, its value, the other column and what fits there.
_FITTING = (
    ("status", "open", "closed", ""),
    ("status", "partly done", "closed", ""),
    ("report", "year", "period", "2016/17"),
)


def sample_rows(fields: Sequence[Field]) -> list[dict[str, str]]:
    """Give a row for each choice of a table's first column of choices, with every cell filled."""
    first = next((f for f in fields if f.choices), None)
    rows = []
    for number, choice in enumerate(first.choices if first else ("",)):
        row = {
            f.name: f.choices[0] if f.choices else SAMPLES.get(f.type, f"Words for {f.name}")
            for f in fields
        }
        row |= {"from_period": "2015/16-Q1"} if "from_period" in row else {}
        if first:
            row[first.name] = choice
        for f in fields:
            if f.type == "id":
                row[f.name] = f"one-{number}"
            elif f.type == "text" and f.required and not f.choices:
                row[f.name] += f" {number}"
        for column, value, other, fit in _FITTING:
            if row.get(column) == value and other in row:
                row[other] = fit
        rows.append(row)
    return rows


#: Cells that are read for what they say: what of a payload may stand there. A semicolon parts
#: everyday words; a printed figure has its number, its sign and its direction from its words.
_ASKED: Mapping[str, Callable[[str], str]] = {
    "words": lambda payload: payload.replace(";", ","),
    "terms": lambda payload: payload.replace(";", ","),
    "as_printed": lambda payload: "<script>x</script>" + re.sub(r"[\w%+.,\s–—-]", "", payload),
}


def spoilt_table(path: Path, payload: str) -> str:
    """Give a table with the payload at the end of each of its texts."""
    text, fields = path.read_text("utf-8"), fields_of(path)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    own = texts(path.stem, fields)
    if not rows or not own:
        return text
    for row in rows:
        for name in own & row.keys():
            # A figure with its sign stays one: with words behind it, it would be refused.
            if row[name] and row[name][0] not in "+-":
                row[name] = f"{row[name]} {_ASKED.get(name, str)(payload)}"
    return written([Field(name) for name in rows[0]], rows)


# ---------------------------------------------------------------- commentary

_COMMENTARY = """\
## Overview

They say: {0}

[Say {0} here](https://www.place.example/plan).

## Actions

- First *say {0} so*

1. One **say {0} too**

## Benchmarking

Beside others {0}\\
and after the line {0}
"""


def escaped(payload: str) -> str:
    """Write a payload as Markdown has it literally: a backslash before each sign."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", payload)


# ---------------------------------------------------------------- the whole


def source(folder: Path, only: Sequence[str] = ()) -> Path:
    """Write a portal in which each file, column and setting has words; `only` some indicators."""
    shutil.copytree(GOLDEN, folder)
    place = folder / "made-up"
    for path in sorted(place.rglob("releases")):
        shutil.rmtree(path)  # they say what the golden texts were
    for path in sorted(place.iterdir()):
        if only and path.is_dir() and path.name not in only:
            shutil.rmtree(path)
    for path in sorted(place.glob(f"*/{DESCRIPTOR}")):
        found = filled(json.loads(path.read_text("utf-8")), profile("indicator"))
        path.write_text(json.dumps(found), "utf-8")
    _fill_partnership(place / DESCRIPTOR)
    for name in ("helplines", "everyday"):
        rows = sample_rows(REFERENCE[name])
        (folder / "reference" / f"{name}.csv").write_text(written(REFERENCE[name], rows), "utf-8")
        _listed(folder / "reference" / DESCRIPTOR, name)
    _fill_areas(folder / "reference/areas.csv")
    groups = folder / "reference/groups.csv"
    header, *listed = groups.read_text("utf-8").splitlines()
    filled_rows = (f"{row}Words for note,Words for mean" for row in listed)
    groups.write_text("\n".join((f"{header},mean", *filled_rows, "")), "utf-8")
    for name, own in OWN.items():
        (place / f"{name}.csv").write_text(written(own.fields, sample_rows(own.fields)), "utf-8")
        _listed(place / DESCRIPTOR, name)
    return folder


def _fill_partnership(path: Path) -> None:
    found = filled(json.loads(path.read_text("utf-8")), profile("partnership"))
    found["callover"]["outcomes"] = [
        filled(
            one, profile("partnership")["properties"]["callover"]["properties"]["outcomes"]["items"]
        )
        for one in found["callover"]["outcomes"]
    ]
    found["callover"]["contact"] = {
        "role": "Words for role",
        "email": "team@place.example",
        "answers_within": "10 days",
    }
    found["callover"]["dashboard"] = [{"title": "Words for title", "indicators": ["thefts"]}]
    path.write_text(json.dumps(found), "utf-8")


def _fill_areas(path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
    for number, row in enumerate(rows):
        row |= {"short_name": f"Short {number}", "tile_column": str(number + 1), "tile_row": "1"}
    path.write_text(written(REFERENCE["areas"], rows), "utf-8")


def _listed(path: Path, name: str) -> None:
    found = json.loads(path.read_text("utf-8"))
    found["resources"] = [r for r in found["resources"] if r["name"] != name]
    found["resources"].append({"name": name, "path": f"{name}.csv"})
    path.write_text(json.dumps(found), "utf-8")


def spoil(folder: Path, payload: str) -> Path:
    """Put a payload at the end of every text of a portal."""
    for path in sorted(folder.rglob(DESCRIPTOR)):
        if path.parent.name == "reference":
            continue
        found = json.loads(path.read_text("utf-8"))
        name = "partnership" if "outcomes" in found["callover"] else "indicator"
        path.write_text(json.dumps(spoilt(found, profile(name), payload)), "utf-8")
    for path in sorted(folder.rglob("*.csv")):
        path.write_text(spoilt_table(path, payload), "utf-8")
    for path in sorted(folder.glob("*/thefts")):
        said = _COMMENTARY.replace("{0}", escaped(payload))
        if len(said) > MAX_COMMENTARY:
            said = said.partition("\n## Benchmarking")[0]
        (path / "commentary").mkdir(exist_ok=True)
        (path / "commentary/2016-06.md").write_text(said, "utf-8")
    _freeze(folder)
    return folder


def _freeze(folder: Path) -> None:
    """Freeze the release with its hostile texts, and revise a figure of it since."""
    place = folder / "made-up/thefts"
    series, revisions, own = (place / n for n in ("series.csv", "revisions.csv", DESCRIPTOR))
    now, why = series.read_text("utf-8"), revisions.read_text("utf-8")
    series.write_text(now.replace("2016-05,99,r,", "2016-05,102,,"), "utf-8")
    revisions.unlink()
    found = json.loads(own.read_text("utf-8"))
    listed = [r for r in found["resources"] if r["name"] != "revisions"]
    own.write_text(json.dumps(found | {"resources": listed}), "utf-8")
    noon = datetime(2016, 8, 31, 12, tzinfo=ZoneInfo("Europe/London"))
    write(folder, freeze(folder, read(folder, TODAY), "made-up", "2016-06", noon))
    series.write_text(now, "utf-8")
    revisions.write_text(why, "utf-8")
    own.write_text(json.dumps(found), "utf-8")
