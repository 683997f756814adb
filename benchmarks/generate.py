"""Write a made-up partnership of any size, the same at every run, for benchmarks and tests.

Two thirds of its indicators are monthly counts with a rate, as in a real partnership; the rest take
turns through the other kinds. Months, targets, comparators, printed figures and words are as many
and as long as on the pages of a real one. The figures are random and mean nothing.

    python3 benchmarks/generate.py 300 /tmp/made-up      writes /tmp/made-up/datapackage/...
"""

from __future__ import annotations

import csv
import io
import json
import random
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

PARTNERSHIP = "made-up-borough"
HOME = "E09000002"
FORCE = "E23000001"
REGION = "E12000007"
RESIDENTS = 200_000
RELEASE = "2016-12"
LICENCE = {
    "name": "OGL-UK-3.0",
    "title": "Open Government Licence v3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}


def months_to(year: int, month: int, many: int) -> tuple[str, ...]:
    """Give so many months in a row, the last one being the month of the year."""
    last = 12 * year + month - 1
    return tuple(f"{n // 12}-{n % 12 + 1:02}" for n in range(last - many + 1, last + 1))


MONTHS = months_to(2016, 12, 45)
"""The 45 months from April 2013 to December 2016: three whole years and the one that runs."""

THIS_YEAR = MONTHS[-9:]
YEARS = ("2011/12", "2012/13", "2013/14", "2014/15", "2015/16")
QUARTERS = tuple(f"2016/17-Q{number}" for number in (1, 2, 3))
OUTCOMES = ("Less crime", "Safer homes", "Fewer victims", "Fewer offenders", "Calmer streets")

WORDS = (
    "We count each case once, in the month in which the police record it.",
    "The figure can change later, when a case is looked at again or moved to another area.",
    "Fewer cases mean that fewer people were harmed, as long as people still report them.",
    "Partners meet each month to look at where cases happen and who is at risk.",
    "Small numbers go up and down a lot, so look at the 12 months and not at one month.",
    "Officers walk the places with the most reports, at the times when most reports come in.",
    "The council lights dark paths, mends broken doors and speaks with the owners of empty shops.",
    "London as a whole saw a similar change, so not all of it comes from what we did here.",
    "People who were harmed are offered help at once, and again six weeks later.",
    "The way of counting changed in April 2014, so the years before are not quite the same.",
)

Row = Sequence[object]
Table = tuple[Sequence[str], Sequence[Row]]
Months = Sequence[str]
#: The tables of an indicator, and its own settings.
Made = tuple[dict[str, Table], dict[str, Any]]


def csv_text(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """Write a table as the product reads it: commas, one line end, a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def json_text(value: object) -> str:
    """Write a descriptor."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


TYPES = {
    "value": "number",
    "percent": "number",
    "detection_rate": "number",
    "primary_detection_rate": "number",
    "lower": "number",
    "upper": "number",
    "change_percent": "number",
    "baseline": "number",
    "half_width": "number",
    "rate": "number",
    "mean": "number",
    "size": "integer",
    "valid_from": "date",
    "valid_to": "date",
    "inferred": "boolean",
} | dict.fromkeys(
    (
        *("starts", "terminations", "successes", "numerator", "base", "sent", "returned"),
        *("very_satisfied", "fairly_satisfied", "neither", "count", "detections"),
        *("fairly_dissatisfied", "very_dissatisfied"),
    ),
    "integer",
)


def resource(name: str, columns: Sequence[str]) -> dict[str, Any]:
    """Describe one table for Frictionless."""
    return {
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": [{"name": c, "type": TYPES.get(c, "string")} for c in columns]},
    }


def package(
    name: str, title: str, tables: Mapping[str, Table], callover: Mapping[str, Any] | None
) -> dict[str, str]:
    """Give the files of one package: its descriptor and its tables."""
    descriptor: dict[str, Any] = {
        "name": name,
        "title": title,
        "description": f"{title}, made up for tests.",
        "licenses": [LICENCE],
        "sources": [{"title": "Nobody: these figures are made up"}],
        "resources": [resource(table, columns) for table, (columns, _) in tables.items()],
    }
    if callover is not None:
        descriptor["callover"] = dict(callover)
    return {"datapackage.json": json_text(descriptor)} | {
        f"{table}.csv": csv_text(*contents) for table, contents in tables.items()
    }


def below(folder: str, files: Mapping[str, str]) -> dict[str, str]:
    """Move files into a folder."""
    return {f"{folder}/{path}": text for path, text in files.items()}


# ---------------------------------------------------------------- reference and partnership


def reference() -> dict[str, str]:
    """Give a reference package with one borough, its force, its region and two groups."""
    tables: dict[str, Table] = {
        "areas": (
            ("area_code", "name", "area_type", "csp_code", "force_code"),
            (
                (HOME, "Made-up Borough", "borough", "E22000186", FORCE),
                ("E09000003", "Next Borough", "borough", "E22000187", FORCE),
                (FORCE, "Made-up Police", "force", "", FORCE),
                (REGION, "Made-up Region", "region", "", ""),
            ),
        ),
        "groups": (
            ("group", "title", "size", "members", "valid_from", "valid_to", "note"),
            (
                ("met", "Boroughs of the force", 32, "not published", "", "", ""),
                ("alike", "Most similar group", 15, "not published", "", "", ""),
            ),
        ),
        "denominators": (
            (
                *("denominator", "area_code", "valid_from", "valid_to"),
                *("value", "unit", "source", "inferred"),
            ),
            (("residents", HOME, "", "", RESIDENTS, "residents", "Made up", "false"),),
        ),
    }
    return package("reference", "Areas, groups and denominators", tables, None)


def partnership() -> dict[str, str]:
    """Give the partnership's own package: its outcomes, rating schemes and one release."""
    schemes = {
        "within-10": {
            "rule": "tolerance",
            "title": "Within 10% of the target",
            "tolerance": 10,
            "basis": "cumulative",
            "legend": "Green: on target. Amber: off it by up to 10%. Red: further off.",
            "source": "Made up.",
        },
        "two-windows": {
            "rule": "two_windows",
            "title": "This year so far and the last 12 months",
            "legend": "Green: both are lower. Red: both are higher. Amber: one of each.",
            "source": "Made up.",
        },
        "none": {
            "rule": "none",
            "title": "Not rated",
            "legend": "There is no target, so there is no rating.",
            "source": "Made up.",
        },
    }
    callover = {
        "profile": "partnership",
        "short_title": "Made-up Borough",
        "home_area": HOME,
        "as_of": "2017-01-31",
        "about": "Nobody lives here. All figures are made up to test how fast the site builds.",
        "contact_role": "Performance officer, Made-up Council",
        "outcomes": [{"id": slug(title), "title": title, "text": WORDS[2]} for title in OUTCOMES],
        "schemes": schemes,
        "releases": [
            {
                "id": RELEASE,
                "title": "December 2016",
                "data_to": RELEASE,
                "published": None,
                "next": None,
            }
        ],
    }
    return package(PARTNERSHIP, "Made-up Community Safety Partnership", {}, callover)


def slug(title: str) -> str:
    """Turn a title into the name of a folder."""
    return title.lower().replace(" ", "-")


# ---------------------------------------------------------------- indicators, kind by kind


def half_up(value: Decimal, decimals: int) -> str:
    """Print a number as partnerships do."""
    return f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,}"


def printed_counts(values: Sequence[int]) -> list[tuple[str, str, str]]:
    """Give what a page prints of a monthly count: (measure, period, figure) for nine months."""
    printed = []
    for back, period in enumerate(reversed(THIS_YEAR)):
        end = len(values) - back
        rolling = sum(values[end - 12 : end])
        year_to_date = sum(values[end - (9 - back) : end])
        rate = Decimal(rolling) * 1000 / RESIDENTS
        printed += [
            ("value", period, f"{values[end - 1]:,}"),
            ("year_to_date", period, f"{year_to_date:,}"),
            ("rolling_12_months", period, f"{rolling:,}"),
            ("rate", period, half_up(rate, 2)),
        ]
    return printed


def monthly_counts(
    dice: random.Random, months: Months, columns: Sequence[str] = ("value",)
) -> list[list[Any]]:
    """Give months of figures around a level, with a season and a slow trend."""
    level = dice.randint(40, 1500)
    trend = dice.uniform(-0.006, 0.006)
    return [
        [
            month,
            *(
                max(0, round(level * (1 + trend * n) * dice.uniform(0.85, 1.15) / (1 + extra)))
                for extra in range(len(columns))
            ),
            "",
            f"line {n + 1}",
        ]
        for n, month in enumerate(months)
    ]


TARGET_COLUMNS = (
    *("measure", "category", "period", "type", "lower", "upper", "change_percent"),
    *("baseline", "baseline_period", "status", "as_published"),
)
COMPARATOR_COLUMNS = ("period", "area_code", "group", "measure", "value", "unit", "basis")
PUBLISHED_COLUMNS = ("release", "measure", "period", "area_code", "category", "as_printed", "where")


def count(number: int, dice: random.Random, months: Months) -> Made:
    """Make a monthly count with a yearly limit."""
    series = monthly_counts(dice, months)
    limit = round(sum(row[1] for row in series[-21:-9]) * dice.uniform(0.9, 1.05))
    target = ("value", "all", "2016/17", "maximum", "", limit, "", "", "", "agreed", f"{limit:,}")
    published = [row for row in printed_counts([row[1] for row in series]) if row[0] != "rate"]
    return {
        "series": (("period", "value", "marker", "note"), series),
        "targets": (TARGET_COLUMNS, (target,)),
        "published": (PUBLISHED_COLUMNS, as_published(published)),
    }, {"polarity": "lower", "rating": {"scheme": "within-10", "measure": "value"}}


def count_rate(number: int, dice: random.Random, months: Months) -> Made:
    """Make a monthly count with a rate, ranks and figures of others."""
    series = monthly_counts(dice, months)
    ranks = [
        (f"rank_in_{group}", month, str(dice.randint(1, size)))
        for group, size in (("met", 32), ("alike", 15))
        for month in THIS_YEAR
    ]
    target = (
        *("value", "all", "2016/17", "change", "", "", -5, "", "2015/16", "agreed"),
        "5% fewer than last year",
    )
    others = [
        (month, area, group, "rate", f"{dice.uniform(2, 9):.2f}", "per 1,000 residents", "quoted")
        for month in THIS_YEAR
        for area, group in ((FORCE, ""), ("", "alike"))
    ]
    published = [*printed_counts([row[1] for row in series]), *ranks]
    return {
        "series": (("period", "value", "marker", "note"), series),
        "targets": (TARGET_COLUMNS, (target,)),
        "comparators": (COMPARATOR_COLUMNS, others),
        "published": (PUBLISHED_COLUMNS, as_published(published)),
    }, {
        "polarity": "lower",
        "denominator": {
            "id": "residents",
            "per": 1000,
            "label": "per 1,000 residents",
            "decimals": 2,
        },
        "groups": ["met", "alike"],
        "rating": {"scheme": ("within-10", "two-windows")[number % 2], "measure": "value"},
    }


def completions(number: int, dice: random.Random, months: Months) -> Made:
    """Make starts, ends and successes, with a wanted share of successes."""
    rows = []
    for month in months:
        ended = dice.randint(5, 40)
        rows.append((month, dice.randint(5, 40), ended, dice.randint(ended // 2, ended), "", ""))
    target = ("success_rate", "all", "2016/17", "minimum", 70, "", "", "", "", "agreed", "70%")
    return {
        "series": (("period", "starts", "terminations", "successes", "marker", "note"), rows),
        "targets": (TARGET_COLUMNS, (target,)),
    }, {"polarity": "higher", "rating": {"scheme": "within-10", "measure": "success_rate"}}


def proportion(number: int, dice: random.Random, months: Months) -> Made:
    """Make a share with its two parts, by category."""
    rows = []
    for month in months:
        for category in ("first", "second"):
            base = dice.randint(200, 300)  # apart by so little that none is unlikely
            rows.append((month, category, dice.randint(3 * base // 5, base), base, "", ""))
    target = ("percent", "first", "2016/17", "minimum", 60, "", "", "", "", "agreed", "60%")
    return {
        "series": (("period", "category", "numerator", "base", "marker", "note"), rows),
        "targets": (TARGET_COLUMNS, (target,)),
    }, {
        "polarity": "higher",
        "categories": {"first": "First clients", "second": "Second clients"},
        "rating": {"scheme": "within-10", "measure": "percent", "category": "first"},
    }


def satisfaction(number: int, dice: random.Random, months: Months) -> Made:
    """Make the counts of a survey's answers."""
    rows = []
    for month in months:
        # A nought among larger answers would ask for a look.
        answers = [dice.randint(40, 60), *(max(1, dice.randint(0, 20)) for _ in range(4))]
        back = sum(answers)
        rows.append((month, back + dice.randint(20, 200), back, *answers, "", ""))
    columns = (
        *("period", "sent", "returned", "very_satisfied", "fairly_satisfied", "neither"),
        *("fairly_dissatisfied", "very_dissatisfied", "marker", "note"),
    )
    return {"series": (columns, rows)}, {"polarity": "monitor", "rating": {"scheme": "none"}}


def snapshot(number: int, dice: random.Random, months: Months) -> Made:
    """Make a number of people on one day of each month."""
    rows = [(f"{month}-28", dice.randint(20, 90), "", "") for month in months]
    return {"series": (("period", "value", "marker", "note"), rows)}, {
        "polarity": "ambiguous",
        "rating": {"scheme": "none"},
    }


def milestone(number: int, dice: random.Random, months: Months) -> Made:
    """Make a report in words for each quarter."""
    said = ("On track", "On track", "Delayed: the new post is not filled yet")
    rows = [(quarter, dice.choice(said), "", "") for quarter in QUARTERS]
    return {"series": (("period", "text", "marker", "note"), rows)}, {
        "polarity": "higher",
        "frequency": "quarterly",
        "rating": {"scheme": "none"},
    }


def rate(number: int, dice: random.Random, months: Months) -> Made:
    """Make rates that a source gives, with the number behind each."""
    rows = [(year, f"{dice.uniform(1, 9):.2f}", dice.randint(20, 90), "", "") for year in YEARS]
    target = ("rate", "all", "2015/16", "maximum", "", 5, "", "", "", "agreed", "5 or fewer")
    return {
        "series": (("period", "rate", "count", "marker", "note"), rows),
        "targets": (TARGET_COLUMNS, (target,)),
    }, {
        "polarity": "lower",
        "frequency": "yearly",
        "unit": "per 1,000 aged 10 to 17",
        "unit_one": "per 1,000 aged 10 to 17",
        "rating": {"scheme": "within-10", "measure": "rate"},
    }


def rolling_only(number: int, dice: random.Random, months: Months) -> Made:
    """Make totals of 12 months by category, some too small to publish."""
    rows: list[Row] = []
    for start, end in zip(months, months[11:], strict=False):
        rows += [
            (f"{start}/{end}", "all", dice.randint(300, 400), "", ""),
            (f"{start}/{end}", "larger", dice.randint(180, 250), "", ""),  # a steady one
            (f"{start}/{end}", "smaller", "", "c", "below 10"),
        ]
    return {"series": (("period", "category", "value", "marker", "note"), rows)}, {
        "polarity": "ambiguous",
        "categories": {"all": "All", "larger": "Larger strand", "smaller": "Smaller strand"},
        "rating": {"scheme": "none"},
    }


def yearly(number: int, dice: random.Random, months: Months) -> Made:
    """Make one figure a year."""
    rows = [(year, dice.randint(100, 900), "", "") for year in YEARS]
    target = (
        *("value", "all", "2015/16", "change", "", "", -3, "", "2014/15", "agreed"),
        "3% fewer than the year before",
    )
    return {
        "series": (("period", "value", "marker", "note"), rows),
        "targets": (TARGET_COLUMNS, (target,)),
    }, {
        "polarity": "lower",
        "frequency": "yearly",
        "rating": {"scheme": "within-10", "measure": "value"},
    }


def survey(number: int, dice: random.Random, months: Months) -> Made:
    """Make a survey question over years that end with each quarter, with its interval as printed.

    The newest year but one has too few answers to be relied on, the oldest too few to be shown.
    """
    rows: list[Row] = []
    quarters = list(zip(months[::3], months[11::3], strict=False))
    for n, (start, end) in enumerate(quarters):
        base = 18 if n == 0 else 64 if n == len(quarters) - 2 else dice.randint(350, 420)
        part = round(base * dice.uniform(0.1, 0.3))
        share = Decimal(part) / base
        half = Decimal("1.96") * (share * (1 - share) / base).sqrt()
        cells = half_up(100 * share, 0), base, half_up(100 * half, 2)
        rows.append((f"{start}/{end}", *cells, "", ""))
    others = [
        (f"{start}/{end}", FORCE, "", "percent", dice.randint(15, 30), "percent", "same survey")
        for start, end in quarters
    ]
    return {
        "series": (("period", "percent", "base", "half_width", "marker", "note"), rows),
        "comparators": (COMPARATOR_COLUMNS, others),
    }, {
        "polarity": "lower",
        "unit": "percent",
        "frequency": "quarterly",
        "survey": {
            "name": "Made-up Attitude Survey",
            "question_id": f"Q{number}",
            "question": "How much of a problem is this where you live? Very or fairly big.",
            "base": "All who answered, without those who do not know",
        },
        "rating": {"scheme": "none"},
    }


def league(number: int, dice: random.Random, months: Months) -> Made:
    """Make a league of two boroughs, with the total as their force prints it."""
    counts = {area: dice.randint(300, 900) for area in (HOME, "E09000003")}
    rows = [
        ("2016-04/2016-12", area, count_, f"{dice.uniform(2, 7):.2f}", dice.randint(4, 30), "", "")
        for area, count_ in (counts | {FORCE: sum(counts.values())}).items()
    ]
    columns = ("period", "area_code", "value", "rate", "percent", "marker", "note")
    return {"series": (columns, rows)}, {
        "polarity": "lower",
        "frequency": "irregular",
        "quantities": {
            "rate": {"title": "Cases per 1,000 residents", "unit": "per 1,000 residents"},
            "percent": {"title": "Share who see a problem"},
        },
        "league": {"group": "alike", "total_area": FORCE},
        "rating": {"scheme": "none"},
    }


def distribution(number: int, dice: random.Random, months: Months) -> Made:
    """Make victims by how often it had happened before, with a total that is 2 more than they."""
    bands = {"1": "One", "2": "Two", "3-or-more": "Three or more"}
    rows: list[Row] = []
    for area in (HOME, FORCE):
        counts = [dice.randint(10, 400) for _ in bands]
        rows.append(("2016-12", area, "all", sum(counts) + 2, "", ""))
        rows += [("2016-12", area, band, n, "", "") for band, n in zip(bands, counts, strict=True)]
    columns = ("period", "area_code", "category", "value", "marker", "note")
    return {"series": (columns, rows)}, {
        "polarity": "monitor",
        "frequency": "irregular",
        "categories": bands,
        "rating": {"scheme": "none"},
    }


def cohort(number: int, dice: random.Random, months: Months) -> Made:
    """Make two groups of people, a year before a programme and five months since."""
    rows = [
        (period, category, dice.randint(least, 9 * least), "", "")
        for category, least in (("all", 30), ("recorded", 10))
        for period in ("2014-06-06/2015-06-05", "2015-06-06/2015-11-05")
    ]
    return {"series": (("period", "category", "value", "marker", "note"), rows)}, {
        "polarity": "lower",
        "frequency": "irregular",
        "categories": {"recorded": "Recorded again"},
        "rating": {"scheme": "none"},
    }


def as_published(figures: Iterable[tuple[str, str, str]]) -> list[Row]:
    """Say where each printed figure stands."""
    return [
        (RELEASE, measure, period, HOME, "all", figure, f"table, row {n}")
        for n, (measure, period, figure) in enumerate(figures, start=1)
    ]


KINDS: dict[str, Callable[[int, random.Random, Months], Made]] = {
    kind.__name__: kind
    for kind in (
        *(count_rate, count, completions, proportion),
        *(satisfaction, snapshot, milestone, rate, rolling_only, yearly),
        *(survey, league, distribution, cohort),
    )
}
OTHERS = tuple(kind for kind in KINDS if kind != "count_rate")
PANELS = ("definition", "how", "good", "why", "target", "history", "issues", "benchmarking")


def kind_of(number: int) -> str:
    """Two of three are counts with a rate; the third takes its turn among the other kinds."""
    return OTHERS[number // 3 % len(OTHERS)] if number % 3 == 2 else "count_rate"


def prose(dice: random.Random, paragraphs: int, sentences: int) -> str:
    """Write words of a realistic length, with a list at the end."""
    said = [" ".join(dice.choices(WORDS, k=sentences)) for _ in range(paragraphs)]
    said.append("\n".join(f"- {line}" for line in dice.choices(WORDS, k=3)))
    return "\n\n".join(said)


def indicator(number: int, kind: str = "", months: Months = MONTHS) -> dict[str, str]:
    """Give the files of one indicator; the same number always gives the same files."""
    kind = kind or kind_of(number)
    dice = random.Random(f"callover {number} {kind}")
    tables, own = KINDS[kind](number, dice, months)
    title = f"Made-up measure {number:04}"
    callover = {
        "profile": "indicator",
        "kind": kind,
        "unit": "cases",
        "unit_one": "case",
        "outcome": slug(OUTCOMES[number % len(OUTCOMES)]),
        "order": number,
        "also_known_as": [f"MM{number}"],
        "owner": "Made-up Council",
        "frequency": "monthly",
        "due_within_days": 45,
        **own,
        "panels": {panel: prose(dice, 1, 3) for panel in PANELS},
        "notes": [WORDS[4]],
    }
    commentary = "".join(
        f"## {heading}\n\n{prose(dice, 2, 4)}\n\n"
        for heading in ("Overview", "Actions", "Benchmarking")
    )
    return package(slug(title), title, tables, callover) | {
        f"commentary/{RELEASE}.md": commentary.rstrip() + "\n"
    }


# ---------------------------------------------------------------- all of it


def files(count_: int, months: Months = MONTHS) -> dict[str, str]:
    """Give every file of a partnership with so many indicators, by its path below datapackage/."""
    made = below("reference", reference()) | below(PARTNERSHIP, partnership())
    for number in range(count_):
        contents = indicator(number, months=months)
        name = json.loads(contents["datapackage.json"])["name"]
        made |= below(f"{PARTNERSHIP}/{name}", contents)
    return made


def write(folder: Path, made: Mapping[str, str]) -> Path:
    """Write files below a folder, and give the folder."""
    for path, text in made.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    return folder


if __name__ == "__main__":
    if len(sys.argv) != 3 or not sys.argv[1].isdigit():
        sys.exit("usage: python3 benchmarks/generate.py NUMBER FOLDER")
    print(write(Path(sys.argv[2]) / "datapackage", files(int(sys.argv[1]))))
