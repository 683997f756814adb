"""Descriptors: JSON that is none, settings that are missing, unknown or of the wrong kind."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from tests.corpus.case import DESCRIPTOR, PARTNERSHIP, PLACE, Case
from tests.corpus.package import GONE, put, settings

JSON = "JSON"
START = "Start from the file that `callover new` writes"
LOOK = "Look at this line and the one before"
CORRECT = "Correct this setting"


def text(name: str, content: str, row: int, value: str, told: str, do: str,
         file: str = DESCRIPTOR, faults: int = 1) -> Case:  # fmt: skip
    """Give a case of a descriptor that is another text."""
    return Case(name, file, row, "", value, told, do, changes=[put(file, content)], faults=faults)


def wrong(name: str, place: str, value: Any, shown: str, told: str, do: str = CORRECT,
          kind: str = "count", file: str = DESCRIPTOR, column: str = "",
          faults: int = 1) -> Case:  # fmt: skip
    """Give a case of one setting of the wrong kind."""
    return Case(name, file, 0, column or place, shown, told, do, {"kind": kind},
                [settings(file, **{place: value})], faults)  # fmt: skip


def of_all(name: str, place: str, value: Any, shown: str, told: str, do: str = CORRECT,
           column: str = "", faults: int = 1) -> Case:  # fmt: skip
    """Give a case of one setting of a partnership of the wrong kind."""
    return wrong(name, place, value, shown, told, do, "count", PARTNERSHIP, column, faults)


def missing(name: str, place: str, told: str, file: str = DESCRIPTOR) -> Case:
    """Give a case of a setting that is not there."""
    last = place.rpartition(".")[2]
    return Case(name, file, 0, place, "", told, f"Add {last}.",
                changes=[settings(file, **{place: GONE})])  # fmt: skip


#: Every setting, each with a value of the wrong kind. A block that must be right for others to be
#: looked into stands in a case of its own.
OF_AN_INDICATOR: dict[str, Any] = {
    "title": 5, "description": [], "sources": {}, "licenses": "OGL", "callover.profile": "other",
    "callover.polarity": 1, "callover.unit": 7, "callover.unit_one": [], "callover.outcome": {},
    "callover.order": "first", "callover.also_known_as": "mugging", "callover.owner": 5,
    "callover.lead": ["A"], "callover.portfolio": {}, "callover.undated": 5,
    "callover.related": "other", "callover.parts": "other", "callover.within": 7,
    "callover.frequency": 12, "callover.due_within_days": "soon", "callover.denominator": "heads",
    "callover.survey": "yes", "callover.league": [], "callover.quantities": [],
    "callover.area": 9, "callover.groups": "met", "callover.rating": "red",
    "callover.categories": ["a"], "callover.panels": "words", "callover.breaks": {},
    "callover.confirmed": "yes", "callover.notes": "one", "callover.rests_on": "value",
    "callover.not_available": False, "callover.help_lines": "all", "callover.caution": ["x"],
}  # fmt: skip
WITHIN_AN_INDICATOR: dict[str, Any] = {
    "sources.0.title": "", "licenses.0.path": "ogl", "licenses.0.name": 3, "licenses.0.title": [],
    "callover.denominator": {"id": 1, "per": 1000.5, "label": 2, "decimals": 9},
    "callover.survey": {"question": "", "question_id": 3, "base": [], "name": {}},
    "callover.league": {"group": 5, "total_area": []},
    "callover.quantities": {"value": {"title": "=1", "unit": 5, "size": "large"}},
    "callover.groups": [5], "callover.related": [1], "callover.parts": [2], "callover.within": [3],
    "callover.rating": {"scheme": 1, "measure": 2, "category": 3, "basis": "month",
                        "also": [{"scheme": 1, "measure": 2, "category": 3, "basis": "week"}]},
    "callover.categories": {"a": "=1"}, "callover.also_known_as": [1], "callover.notes": [{}],
    "callover.panels": dict.fromkeys(
        ("definition", "how", "good", "why", "target", "history", "issues", "benchmarking"), 1),
    "callover.breaks": [{"period": 1, "text": 2}], "callover.rests_on": [1],
    "callover.confirmed": [{"period": 1, "column": 2, "value": 3, "category": 4, "area_code": 5}],
    "callover.help_lines": [1], "resources": [{"name": 1, "path": 2}],
}  # fmt: skip
OF_A_PARTNERSHIP: dict[str, Any] = {
    "title": 5, "sources": {}, "licenses": "OGL", "callover.profile": "other",
    "callover.short_title": 5, "callover.home_area": 9, "callover.as_of": 2017,
    "callover.about": [], "callover.contact_role": {}, "callover.contact": "us",
    "callover.outcomes": [], "callover.schemes": [], "callover.dashboard": "all",
    "callover.releases": {},
}  # fmt: skip
WITHIN_A_PARTNERSHIP: dict[str, Any] = {
    "sources": [{"title": ""}], "licenses": [{"name": 3, "title": [], "path": "ogl"}],
    "resources": [{"name": 1, "path": 2}],
    "callover.contact": {"role": "", "email": "a person", "answers_within": ""},
    "callover.outcomes": [{"id": "A B", "title": 2, "text": 3, "kind": "theme", "lead": 4,
                           "portfolio": 5}],
    "callover.schemes": {"within-10": {"rule": 1, "title": 2, "tolerance": "ten", "basis": "week",
                                       "bases": ["day"], "inferred": "yes", "legend": 3,
                                       "source": 4}},
    "callover.dashboard": [{"title": "", "indicators": []}],
    "callover.releases": [{"id": "a b", "title": 1, "data_to": 2, "published": "soon",
                           "next": "later", "embargo": "soon"}],
}  # fmt: skip


def all_of(profile: str, known: dict[str, Any]) -> dict[str, Any]:
    """Add the settings of a profile that have no wrong value of their own yet."""
    own = json.loads(files("callover.data").joinpath(f"profiles/{profile}.json").read_text("utf-8"))
    found = own["properties"]["callover"]["properties"]
    blocks = {f"callover.{name}": shape.get("type") == "object" for name, shape in found.items()}
    others: dict[str, Any] = {
        place: 5 if block else {} for place, block in blocks.items() if place not in known
    }
    return {place: value for place, value in others.items() if place != "callover.kind"} | known


def sweep(name: str, file: str, values: dict[str, Any], place: str, shown: str, told: str) -> Case:
    """Give a case in which many settings are wrong at once; one of the messages is looked at."""
    return Case(name, file, 0, place, shown, told, CORRECT, changes=[settings(file, **values)],
                faults=0)  # fmt: skip


CASES = (
    # no JSON
    text("no JSON", "{", 1, "Expecting property name enclosed in double quotes", JSON, LOOK),
    text("a comma after the last", '{\n"name": "measure",\n}', 2, "a comma before }", JSON,
         "Delete this comma"),
    text("a missing comma", '{"name": "measure"\n"title": "x"}', 2, "Expecting ',' delimiter",
         JSON, LOOK),
    text("a missing quote", '{"name": "measure,\n"title": "x"}', 1, "a text that has no end", JSON,
         "missing quote"),
    text("single quotes around names", "{'name': 'measure'}", 1, "'name'", JSON,
         'Write straight double quotes: "'),
    text("curly quotes around names", "{“name”: “measure”}", 1, "“name”", JSON,
         'Write straight double quotes: "'),
    text("a comment", '{\n// the name\n"name": "measure"}', 2, "// the name", JSON,
         "JSON has no comments"),
    text("words after the end", '{"name": "measure"} thanks', 1, "thanks", JSON,
         "Delete what stands after the last bracket"),
    text("a list", "[]", 1, "a list", "a JSON object, in curly brackets", START),
    text("a word", '"measure"', 1, "a text", "a JSON object, in curly brackets", START),
    text("nothing", "", 1, "", JSON, START),
    text("null", "null", 1, "null", "a JSON object, in curly brackets", START),
    text("a key twice", '{"name": "measure", "name": "other"}', 0, "name twice",
         "each key once in its block", "Remove one name."),
    text("not a number", '{"name": NaN}', 0, "NaN", "a number that JSON has", "Write digits."),
    text("minus infinity", '{"name": -Infinity}', 0, "-Infinity", "a number that JSON has",
         "Write digits."),
    text("a giant number", '{"order": ' + "9" * 5000 + "}", 0, "a number of thousands of digits",
         JSON, "Shorten it"),
    text("a partnership that is no JSON", "{", 1, "Expecting property name enclosed in double "
         "quotes", JSON, LOOK, file=PARTNERSHIP, faults=0),
    text("a reference that is no JSON", "[]", 1, "a list", "a JSON object", START,
         file="reference/datapackage.json", faults=0),
    # settings that are missing
    missing("no name", "name", "lower-case words joined by dashes"),
    missing("no title at all", "title", "the indicator's title"),
    missing("no sources", "sources", "a list of sources"),
    missing("no block of our own", "callover", "Callover's own settings"),
    missing("no kind", "callover.kind", "the name of a kind"),
    missing("no polarity", "callover.polarity", "one of lower, higher"),
    missing("no unit", "callover.unit", "what is counted"),
    missing("no home", "callover.home_area", "an area code", PARTNERSHIP),
    missing("no outcomes", "callover.outcomes", "a list of outcomes", PARTNERSHIP),
    missing("no title of a partnership", "title", "the partnership's title", PARTNERSHIP),
    missing("a release that reaches nowhere", "callover.releases.0.data_to", "a period",
            PARTNERSHIP),
    Case("a rate without its denominator", DESCRIPTOR, 0, "callover.denominator", "",
         "the denominator of the rate", "Add denominator with id, per and label",
         {"kind": "count_rate"}, [settings(DESCRIPTOR, **{"callover.denominator": GONE})]),
    Case("a survey without its question", DESCRIPTOR, 0, "callover.survey", "",
         "the question that was asked", "Add survey", {"kind": "survey"},
         [settings(DESCRIPTOR, **{"callover.survey": GONE})]),
    Case("a league without its group", DESCRIPTOR, 0, "callover.league", "",
         "the group whose areas are ranked", "Add league", {"kind": "league"},
         [settings(DESCRIPTOR, **{"callover.league": GONE})]),
    # settings that nobody knows
    wrong("a misspelt setting", "callover.polarty", "lower", "polarty", "one of profile, kind",
          "Write polarity."),
    wrong("a setting of the partnership", "callover.home_area", "E09000002", "home_area",
          "one of profile, kind", "Remove it"),
    wrong("a misspelt panel", "callover.panels.definiton", "x", "definiton", "one of definition",
          "Write definition."),
    of_all("a misspelt setting of a partnership", "callover.outcome", [], "outcome",
           "one of profile, short_title", "Write outcomes."),
    # settings of the wrong kind
    wrong("a whole number with a point", "callover.order", 10.0, "10.0", "a whole number"),
    wrong("a number in quotes", "callover.order", "10", "10", "a whole number"),
    wrong("yes for a number", "callover.order", True, "true", "a whole number"),
    wrong("nothing for a list", "callover.notes", None, "null", "a list of sentences"),
    wrong("an id with a line in it", "callover.categories", {"a\nb": "x"}, "a\\nb",
          "an id in lower-case letters"),
    wrong("a verdict that says nothing", "callover.rating",
          {"scheme": "within-10", "also": [{}]}, "{}", "measure, category, basis or scheme",
          column="callover.rating.also.0"),
    wrong("no further verdict but a word", "callover.rating", {"scheme": "none", "also": "red"},
          "red", "a list of further verdicts", column="callover.rating.also"),
    of_all("a partnership's name in capitals", "name", "Made-Up", "Made-Up",
           "lower-case words joined by dashes", faults=2),
    of_all("a block that is none", "callover", "none", "none", "Callover's own settings"),
    wrong("a name in capitals", "name", "Measure", "Measure", "lower-case words joined by dashes",
          faults=2),
    wrong("resources that are no list", "resources", {"series": "series.csv"},
          '{"series": "series.csv"}', "a list of files", faults=0),
    of_all("an outcome of a kind that is none", "callover.outcomes.0.kind", "theme", "theme",
           "issue or cross-cutting"),
    of_all("a lead that is no text", "callover.outcomes.0.lead", 5, "5", "a role, never a person"),
    of_all("a basis that is none", "callover.schemes.within-10.basis", "decade", "decade",
           "one of period, cumulative, year_end"),
    of_all("a tolerance beyond reason", "callover.schemes.within-10.tolerance", 5000, "5000",
           "in percent"),
    of_all("an e-mail and a form", "callover.contact",
           {"email": "role@place.example", "url": "https://place.example/form"},
           '{"email": "role@place.example", "url": "https://place.example/form"}',
           "either email or url, not both"),
    of_all("a form without https", "callover.contact", {"url": "http://place.example/"},
           "http://place.example/", "beginning with https://", column="callover.contact.url"),
    sweep("every setting of an indicator", DESCRIPTOR, all_of("indicator", OF_AN_INDICATOR),
          "callover.order", "first", "a whole number"),
    sweep("every setting within an indicator's blocks", DESCRIPTOR, WITHIN_AN_INDICATOR,
          "callover.confirmed.0.value", "3", "the figure as series.csv has it"),
    sweep("every setting of a partnership", PARTNERSHIP, all_of("partnership", OF_A_PARTNERSHIP),
          "callover.as_of", "2017", "a day such as 2017-01-31"),
    sweep("every setting within a partnership's blocks", PARTNERSHIP, WITHIN_A_PARTNERSHIP,
          "callover.releases.0.next", "later", "a day such as 2017-01-31"),
    wrong("a form that is no address", "callover.contact", {"url": "call us"}, "call us",
          "the address of a form", file=PARTNERSHIP, column="callover.contact.url"),
    Case("an outcome without its id", PARTNERSHIP, 0, "callover.outcomes.0.id", "",
         "a short id in lower-case letters", "Add id.",
         changes=[settings(PARTNERSHIP, **{"callover.outcomes.0.id": GONE})]),
    Case("a folder with a space", f"{PLACE}/my measure/datapackage.json", 0, "name", "my measure",
         "lower-case words joined by dashes", CORRECT, {"kind": "count", "slug": "my measure"}),
)  # fmt: skip
