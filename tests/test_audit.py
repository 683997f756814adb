"""What the audit measures in a browser, at the widths and in the schemes that fit the tests' time.

`make audit` has the rest: all nine pairs of width and scheme, and Lighthouse.
"""

import pytest

import visits
from visits import View

PHONE, DESK = View(320), View(1280)
STOPS = 150
"""Of the two pages with more controls the tests walk the first; the audit walks all."""


def told(found):
    return "\n".join(f"{where or 'home'}: {line}" for where in found for line in found[where])


@pytest.fixture(scope="session")
def visited(chromium, site_address, tour):
    """Every type of page on a phone and at a desk: faults by look, then by address and width."""
    found: dict[str, dict[str, list[str]]] = {
        name: {} for name in (*visits.LOOKS, "axe", "keyboard", "text spacing")
    }
    contexts = {view: visits.context(chromium, view) for view in (PHONE, DESK)}
    pages = {view: context.new_page() for view, context in contexts.items()}
    for address in tour:
        for page in pages.values():
            page.goto(f"{site_address}/{address}")
        violations = visits.axe(list(pages.values()))
        for (view, page), broken in zip(pages.items(), violations, strict=True):
            faults = dict(visits.looks(page)) | {"axe": broken}
            faults["keyboard"] = visits.keyboard_walk(page, STOPS)[1]
            faults["text spacing"] = visits.spaced_out(page)
            for name, lines in faults.items():
                found[name] |= {f"{address} {view}": lines} if lines else {}
    for context in contexts.values():
        context.close()
    return found


@pytest.mark.parametrize("look", [*visits.LOOKS, "axe", "keyboard", "text spacing"])
def test_every_type_of_page_passes_on_a_phone_and_at_a_desk(visited, look):
    assert not visited[look], told(visited[look])


def test_colours_pass_in_the_dark_and_when_they_are_forced(chromium, site_address, tour):
    views = [View(320, "dark"), View(1280, "forced")]
    contexts = [visits.context(chromium, view) for view in views]
    pages = [context.new_page() for context in contexts]
    found: dict[str, list[str]] = {}
    for address in tour:
        for page in pages:
            page.goto(f"{site_address}/{address}")
        violations = visits.axe(pages, visits.COLOUR_TAGS)
        found |= {f"{address} {v}": b for v, b in zip(views, violations, strict=True) if b}
    for context in contexts:
        context.close()
    assert not found, told(found)
