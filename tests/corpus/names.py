"""Names of what is not there: kinds, schemes, areas, groups, measures, releases, categories."""

from __future__ import annotations

from typing import Any

from tests.corpus.case import (
    COMPARATORS,
    DESCRIPTOR,
    PARTNERSHIP,
    PLACE,
    PUBLISHED,
    SERIES,
    TARGETS,
    Case,
    in_series,
)
from tests.corpus.package import settings

import generate

PLAIN = {"rating": {"scheme": "none"}}
TARGET_HEADER = "measure,category,period,type,lower,upper,status\n"
OTHERS = "period,area_code,group,measure,value,unit,basis\n"
PRINTED = "release,measure,period,area_code,category,as_printed,where\n"
RESERVED = "a name that no report page has"


def setting(name: str, key: str, value: Any, column: str, shown: str, told: str, do: str,
            kind: str = "count", **more: Any) -> Case:  # fmt: skip
    """Give a case of a setting of an indicator that names something."""
    package = {"kind": kind, "callover": {key: value}, **more}
    return Case(name, DESCRIPTOR, 0, f"callover.{column}", shown, told, do, package)


def scheme(name: str, key: str, value: object, column: str, shown: str, told: str, do: str,
           faults: int = 1) -> Case:  # fmt: skip
    """Give a case of a setting of a partnership that names something."""
    return Case(name, PARTNERSHIP, 0, f"callover.{column}", shown, told, do,
                changes=[settings(PARTNERSHIP, **{f"callover.{key}": value})],
                faults=faults)  # fmt: skip


def target(name: str, row: str, column: str, value: str, told: str, do: str) -> Case:
    """Give a case of a row of targets.csv."""
    package = {"kind": "count", "targets": f"{TARGET_HEADER}{row}\n"}
    return Case(name, TARGETS, 2, column, value, told, do, package)


def other(name: str, row: str, column: str, value: str, told: str, do: str) -> Case:
    """Give a case of a row of comparators.csv."""
    package = {"kind": "count", "comparators": f"{OTHERS}{row}\n"}
    return Case(name, COMPARATORS, 2, column, value, told, do, package)


def printed(name: str, row: str, column: str, value: str, told: str, do: str) -> Case:
    """Give a case of a row of published.csv."""
    package = {"kind": "count", "published": f"{PRINTED}{row}\n"}
    return Case(name, PUBLISHED, 2, column, value, told, do, package)


def beside(*kinds: str) -> dict[str, str]:
    """Give further indicators, each named after its kind."""
    made: dict[str, str] = {}
    for kind in kinds:
        files = generate.indicator(2, kind)
        text = files["datapackage.json"].replace('"made-up-measure-0002"', f'"{kind}"')
        made |= generate.below(f"{PLACE}/{kind}", {**files, "datapackage.json": text})
    return made


CASES = (
    # settings
    setting("a kind that is none", "kind", "tally", "kind", "tally", "one of count, count_rate",
            "Choose the kind that fits"),
    setting("a polarity that is none", "polarity", "up", "polarity", "up", "one of lower, higher",
            "Correct this setting"),
    setting("a frequency that is none", "frequency", "daily", "frequency", "daily",
            "one of monthly, quarterly", "Correct this setting"),
    setting("an outcome that is none", "outcome", "peace", "outcome", "peace",
            "one of less-crime", "or add it there"),
    setting("a scheme that is none", "rating", {"scheme": "stars"}, "rating.scheme", "stars",
            "one of within-10", "Choose one of these"),
    setting("a rated quantity that is none", "rating",
            {"scheme": "within-10", "measure": "ratio"}, "rating.measure", "ratio",
            "one of value", "Choose the quantity that is rated"),
    setting("a rated category that is none", "rating", {"scheme": "none", "category": "boys"},
            "rating.category", "boys", "all, the only one here", "leave it out to rate the total"),
    setting("a rule that makes no sense for the kind", "rating", {"scheme": "two-windows"},
            "rating.scheme", "two-windows", "a scheme whose rule is one of tolerance",
            "makes no sense for the kind snapshot", kind="snapshot"),
    setting("another verdict's scheme", "rating", {"scheme": "none", "also": [{"scheme": "stars"}]},
            "rating.also.0.scheme", "stars", "one of within-10", "Choose one of these"),
    setting("another verdict's measure", "rating",
            {"scheme": "none", "also": [{"measure": "ratio"}]}, "rating.also.0.measure", "ratio",
            "one of value", "Choose the quantity"),
    setting("another verdict's category", "rating",
            {"scheme": "none", "also": [{"category": "boys"}]}, "rating.also.0.category", "boys",
            "all, the only one here", "leave it out"),
    setting("the same verdict twice", "rating",
            {"scheme": "within-10", "also": [{"basis": "cumulative"}]}, "rating.also.0",
            "value all cumulative", "each verdict once", "or remove it"),
    setting("a group that is none", "groups", ["twins"], "groups", "twins", "one of met, alike",
            "Add the group"),
    setting("a measure to rest on that is none", "rests_on", ["rolling"], "rests_on", "rolling",
            "a measure, such as", "Correct its spelling"),
    setting("a help line that is none", "help_lines", ["hotline"], "help_lines.0", "hotline",
            "one of", "add the help line"),
    setting("an area that is none", "area", "E99999999", "area", "E99999999",
            "an area code of reference/areas.csv", "Correct the code"),
    setting("a quantity that is none", "quantities", {"rate": {"title": "Rate"}}, "quantities",
            "rate", "one of value, percent", "Choose one of the kind's quantities"),
    setting("a denominator that is none", "denominator",
            {"id": "cats", "per": 1000, "label": "per 1,000"}, "denominator.id", "cats",
            "residents, the only one here", "with its source", kind="count_rate"),
    setting("a rate that the kind has not", "denominator",
            {"id": "residents", "per": 1000, "label": "per 1,000"}, "denominator", "residents",
            "no denominator, as the kind count", "Remove denominator"),
    setting("a survey for a count", "survey", {"question": "Why?"}, "survey", "survey",
            "no survey, as the kind is count", "Remove survey"),
    setting("a league for a count", "league", {"group": "met"}, "league", "league",
            "no league, as the kind is count", "Remove league"),
    setting("a league of nobody", "league", {"group": "nobody"}, "league.group", "nobody",
            "one of met, alike", "Add the group", kind="league"),
    setting("a league with a total of nowhere", "league",
            {"group": "met", "total_area": "E99999999"}, "league.total_area", "E99999999",
            "an area code of reference/areas.csv", "Correct the code", kind="league"),
    # other indicators
    setting("a related indicator that is none", "related", ["nowhere"], "related.0", "nowhere",
            "the folder of an indicator of this partnership", "Correct its spelling"),
    setting("an indicator twice", "within", ["yearly", "yearly"], "within.1", "yearly",
            "another indicator, each once", "Remove it from the list",
            extra=beside("yearly")),
    Case("a part that is within too", DESCRIPTOR, 0, "callover.within.0", "yearly",
         "an indicator that is not among the parts", "Name it in parts", {"kind": "count",
         "callover": {"parts": ["yearly"], "within": ["yearly"]}, "extra": beside("yearly")}),
    setting("a part that does not add up", "parts", ["proportion"], "parts", "proportion",
            "indicators whose figures add up", "Name them in related",
            extra=beside("proportion")),
    # the partnership
    scheme("a home that is nowhere", "home_area", "E00000000", "home_area", "E00000000",
           "an area code of reference/areas.csv", "or add the area", faults=2),
    scheme("a rule that is none", "schemes.within-10.rule", "guess", "schemes.within-10.rule",
           "guess", "one of tolerance", "/methods/ explains each"),
    scheme("bases of a rule without a target", "schemes.none.bases", ["period"],
           "schemes.none.bases", "period", "no bases, as the rule none has none", "Remove bases"),
    scheme("an outcome twice", "outcomes.2.id", "less-crime", "outcomes", "less-crime",
           "each id once", "Rename one of the two"),
    scheme("a release twice", "releases.+",
           {"id": "2016-12", "title": "Again", "data_to": "2016-11"}, "releases", "2016-12",
           "each id once", "Rename one of the two"),
    scheme("a dashboard of what is not there", "dashboard",
           [{"title": "Crime", "indicators": ["nowhere"]}], "dashboard.0.indicators", "nowhere",
           "measure, the only one here", "or take it out"),
    scheme("a dashboard with a measure twice", "dashboard",
           [{"title": "One", "indicators": ["measure"]},
            {"title": "Two", "indicators": ["measure"]}], "dashboard.1.indicators", "measure",
           "each measure once on the dashboard", "Take it out of one"),
    *(Case(f"the reserved name {slug}", f"{PLACE}/{slug}/datapackage.json", 0, "name", slug,
           RESERVED, "another name", {"kind": "count", "slug": slug})
      for slug in ("scorecard", "data-quality", "pack")),
    # rows
    in_series("a row of nowhere", "2016-04,E99999999,1", 2, "area_code", "E99999999",
              "an area code of reference/areas.csv", "Correct the code",
              header="period,area_code,value"),
    in_series("a category without a name", "2016-04,boys,1", 2, "category", "boys",
              "all, the only one here",
              "Add it to callover.categories", header="period,category,value"),
    Case("rows of another area only", DESCRIPTOR, 0, "callover.area", "E09000002",
         "an area that series.csv has rows for", "in callover.area",
         {"kind": "count", "series": "period,area_code,value\n2016-04,E09000003,7\n"}),
    Case("a figure without a denominator of its day", SERIES, 2, "period", "2015-03",
         "a denominator residents for E09000002, valid on 2015-03-31", "with its source",
         {"kind": "count_rate", "series": "period,value\n2015-03,1\n2015-04,2\n",
          "extra": {"reference/denominators.csv":
                    "denominator,area_code,valid_from,valid_to,value,unit,source,inferred\n"
                    "residents,E09000002,2015-04-01,,200000,residents,Made up,false\n"}}),
    other("a group of others that is none", "2016-12,,twins,rate,1,,", "group", "twins",
          "one of met, alike", "Add the group"),
    other("an area and a group", "2016-12,E23000001,met,rate,1,,", "area_code", "E23000001 met",
          "an area_code or a group", "Fill exactly one"),
    other("neither an area nor a group", "2016-12,,,rate,1,,", "area_code", "",
          "an area_code or a group", "Fill exactly one"),
    other("a figure of others without a value", "2016-12,E23000001,,rate,,,", "value", "",
          "a value", "Fill the cell"),
    other("a measure of others that is none", "2016-12,E23000001,,velue,1,,", "measure", "velue",
          "a measure, such as", "Correct its spelling"),
    other("an area of others that is nowhere", "2016-12,E99999999,,rate,1,,", "area_code",
          "E99999999", "an area code of reference/areas.csv", "Correct the code"),
    target("a type of target that is none", "value,all,2016/17,about,,9,agreed", "type", "about",
           "one of maximum, minimum", "Choose the type"),
    target("a status that is none", "value,all,2016/17,maximum,,9,soon", "status", "soon",
           "one of agreed, interim, to be set, or nothing", "Put one of these"),
    target("a target on what is not measured", "ratio,all,2016/17,maximum,,9,", "measure", "ratio",
           "one of value, percent", "one of the kind's quantities"),
    target("a target for a category that is none", "value,boys,2016/17,maximum,,9,", "category",
           "boys", "all, the only one here", "Add it to callover.categories"),
    printed("a release that is none", "1999-01,value,2016-12,,,9,", "release", "1999-01",
            "one of 2016-12", "or add the release"),
    printed("a printed measure that is none", "2016-12,velue,2016-12,,,9,", "measure", "velue",
            "a measure, such as", "`mentioned` fits any figure"),
    printed("a printed rank in a group that is none", "2016-12,rank_in_nobody,2016-12,,,3,",
            "measure", "rank_in_nobody", "rank_in_ and one of met, alike",
            "Correct the group's name"),
    printed("a printed figure without its text", "2016-12,value,2016-12,,,,", "as_printed", "",
            "an as_printed", "Fill the cell"),
    printed("a printed figure of nowhere", "2016-12,value,2016-12,E99999999,,9,", "area_code",
            "E99999999", "an area code of reference/areas.csv", "Correct the code"),
    printed("a printed figure of a category that is none", "2016-12,value,2016-12,,boys,9,",
            "category", "boys", "all, the only one here", "Add it to callover.categories"),
)  # fmt: skip
