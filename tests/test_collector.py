"""While our values are made nothing looks for circles, and there are none to look for."""

import gc
from datetime import date

import generate
from callover import markdown
from callover.data.read import read
from callover.pages.portal import press
from callover.site.collector import at_rest, give_back


def test_the_collector_rests_and_works_again_afterwards():
    assert gc.isenabled()
    with at_rest():
        assert not gc.isenabled()
        with at_rest():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_works_again_after_a_fault():
    try:
        with at_rest():
            raise ValueError
    except ValueError:
        assert gc.isenabled()


def test_pages_leave_no_circles_behind(tmp_path):
    portal = read(generate.write(tmp_path / "datapackage", generate.files(3)), date(2017, 2, 1))
    press(portal, {})  # what is loaded and kept for all pages
    gc.collect()
    with at_rest():
        made = press(portal, {})
        # It found 6. A circle for each file would be 77, for each figure more than a thousand.
        assert gc.collect() < 50
    assert len(made) > 40


def test_what_was_kept_to_make_pages_is_forgotten():
    markdown.read("Fewer *cases*.")
    assert markdown.read.cache_info().currsize
    give_back()
    assert not markdown.read.cache_info().currsize
    assert markdown.read("Fewer *cases*.").html == "<p>Fewer <em>cases</em>.</p>"
