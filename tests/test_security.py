"""security.txt: a contact that the RFC knows, and days that come from the data."""

from datetime import date

import pytest

from callover.errors import Faults
from callover.site.security import PLACE, expires, runs_out, security_txt
from callover.site.settings import Settings, read_settings

SITE = "https://place.example/safety/"


def test_the_file_says_whom_to_tell_and_until_when():
    assert security_txt(SITE, "mailto:security@place.example", date(2026, 4, 1)) == (
        "Contact: mailto:security@place.example\n"
        "Expires: 2027-04-01T00:00:00Z\n"
        "Preferred-Languages: en\n"
        "Canonical: https://place.example/safety/.well-known/security.txt\n"
    )


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        ("about/#wrong", "Contact: https://place.example/safety/about/#wrong\n"),
        ("https://place.example/tell-us", "Contact: https://place.example/tell-us\n"),
        ("tel:+44-20-7946-0000", "Contact: tel:+44-20-7946-0000\n"),
    ],
)
def test_a_contact_is_an_address_or_a_page_of_the_site(contact, line):
    assert security_txt(SITE, contact, date(2026, 4, 1)).startswith(line)


@pytest.mark.parametrize(
    "contact", ["http://place.example/", "security@place.example", "tell us", "/etc", "ftp:a"]
)
def test_any_other_contact_is_refused_with_what_to_write(contact):
    with pytest.raises(Faults) as refused:
        security_txt(SITE, contact, date(2026, 4, 1))
    told = str(refused.value)
    assert f'mkdocs.yml, column extra.security_contact: found "{contact}"' in told
    assert "Write for example mailto:security@place.example" in told


def test_it_holds_for_a_year_after_the_newest_day():
    assert expires(date(2017, 1, 31)) == date(2018, 1, 31)
    assert expires(date(2024, 2, 29)) == date(2025, 2, 28)


def test_a_live_site_is_warned_ninety_days_before():
    assert runs_out(date(2026, 1, 1), date(2026, 10, 3)) == ""
    told = runs_out(date(2026, 1, 1), date(2026, 10, 4))
    assert told.startswith("Warning: .well-known/security.txt holds only until 2027-01-01")


def test_the_settings_say_whether_a_site_is_live(tmp_path):
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: none\n", "utf-8")
    assert read_settings(config) == Settings("https://example.org/", "about/#wrong", live=True)
    config.write_text(
        "site_url: https://a.example\nextra:\n  phase: Trial\n  security_contact: tel:1\n", "utf-8"
    )
    assert read_settings(config) == Settings("https://a.example/", "tel:1", live=False)


def test_the_built_site_has_it_and_its_contact_is_there(built_site, html):
    text = (built_site / PLACE).read_text("utf-8")
    assert "Contact: https://example.org/about/#wrong\n" in text
    assert "Expires: 2018-01-31T00:00:00Z\n" in text  # a year after the demonstration's last day
    assert "@" not in text
    html(built_site / "about/index.html").one("h2", id="wrong")


def test_a_live_site_of_old_figures_is_warned_when_built(package, cli, tmp_path):
    config = tmp_path / "mkdocs.yml"
    data = package("count", partnership={"as_of": "2017-01-31"})
    from callover.london import end_of
    from callover.site.build import Places, make_pages, notice

    config.write_text("site_name: none\n", "utf-8")
    (tmp_path / "docs").mkdir()
    pages = tmp_path / "pages"
    make_pages(Places(data, tmp_path / "docs", pages, config), end_of(date(2026, 11, 21)))
    assert notice(config, pages, date(2026, 11, 21)).startswith("Warning: ")
    assert notice(config, pages, date(2017, 3, 1)) == ""
    config.write_text("extra:\n  phase: Demonstration\n", "utf-8")
    assert notice(config, pages, date(2026, 11, 21)) == ""
