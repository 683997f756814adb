"""Every pair of colours that meets on a page has the contrast WCAG asks for, in light and dark."""

import re

import pytest

import contrast
from callover.svg import FILE_STYLE
from contrast import DECORATION, RULES, SHEET, ratio, schemes

COLOURS = schemes(SHEET.read_text("utf-8"))


def test_ratios_are_those_of_wcag():
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert ratio("#d4351c", "#ffffff") == pytest.approx(4.86, abs=0.005)


def test_a_scheme_has_its_own_colours_and_those_it_leaves():
    made = schemes(
        ":root {\n  --co-ink: #000;\n  --co-paper: #fff;\n  --co-text: var(--co-ink);\n}\n"
        "@media screen and (prefers-color-scheme: dark) {\n"
        "  :root {\n    --co-ink: #eeeeee;\n  }\n}\n"
    )
    assert made["light"] == {"ink": "#000000", "paper": "#ffffff", "text": "#000000"}
    assert made["dark"] == {"ink": "#eeeeee", "paper": "#ffffff", "text": "#eeeeee"}


@pytest.mark.parametrize("scheme", COLOURS)
def test_text_and_marks_stand_out(scheme):
    assert contrast.faults(COLOURS[scheme]) == []


def test_a_colour_too_pale_is_told():
    pale = {**COLOURS["light"], "soft-ink": "#8a8a8a"}
    assert contrast.faults(pale)[0].startswith("soft-ink on paper: 3.45, at least 4.5")


def test_every_colour_has_a_rule_or_a_reason():
    ruled = {name for rule in RULES for name in (*rule.front, *rule.back)}
    named = set(COLOURS["light"]) | set(COLOURS["dark"])
    aliases = {"on-light", "on-dark"}  # what the words of the tiles are made of
    assert named - ruled - aliases == set(DECORATION)


def test_marks_on_a_band_stand_out_in_a_drawing_by_itself():
    found = dict(re.findall(r"\.r-([\w-]+) rect,\.r-[\w-]+ circle\{fill:(#\w+)\}", FILE_STYLE))
    for role in ("this-year", "history", "target", "cat3"):
        assert contrast.ratio(found[role], found["range"]) >= contrast.MARK, role
