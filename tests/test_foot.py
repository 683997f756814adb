"""Who answers for a page and how an error in it is reported, in words and in front matter."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

import generate
from callover.data.contact import site_contact
from callover.data.read import read
from callover.errors import Faults
from callover.model import Contact
from callover.pages.foot import Foot, foot_keys
from callover.pages.head import with_keys
from callover.pages.portal import press

SITE = "https://safer.example/"
MAIL = Contact("Safety team", email="safety@example.org", answers_within="10 working days")
FORM = Contact("Safety team", url="https://example.org/form?a=b")
TODAY = date(2016, 8, 31)
PAGE = '---\ntitle: "Robbery & theft, Northtown"\ndescription: "x"\n---\n\n<h1>Robbery</h1>\n'


@pytest.mark.parametrize(
    ("foot", "says"),
    [
        (Foot(MAIL, SITE), "Who answers: Safety team, within 10 working days."),
        (Foot(FORM, SITE), "Who answers: Safety team."),
        (Foot(MAIL, SITE, True), "Who answers: Safety team, within 10 working days."),
        (
            Foot(Contact("Safety team"), SITE, True),
            "Nobody answers here, as this is a demonstration. On a live site: Safety team.",
        ),
        (Foot(Contact("Safety team"), SITE), "Who answers: Safety team. No address is given yet."),
        (
            Foot(Contact(), SITE),
            "Who answers: the partnership that publishes this page. No address is given yet.",
        ),
    ],
)
def test_a_page_says_who_answers(foot, says):
    assert foot.answers == says


def test_a_mail_names_the_page_its_address_and_its_figures():
    made = Foot(MAIL, SITE, data_to="June 2016").report("Robbery & theft", "north/robbery/index.md")
    parts = urlsplit(made)
    assert (parts.scheme, parts.path) == ("mailto", "safety@example.org")
    asked = parse_qs(parts.query)
    assert asked["subject"] == ["Error in: Robbery & theft"]
    assert asked["body"][0].splitlines() == [
        "Page: Robbery & theft",
        "Address: https://safer.example/north/robbery/",
        "Figures to: June 2016",
        "",
        "What is wrong:",
    ]
    assert "+" not in parts.query  # a mail program would show it


def test_a_form_is_linked_as_it_is_and_nobody_is_nothing():
    assert Foot(FORM, SITE).report("Robbery", "index.md") == "https://example.org/form?a=b"
    assert Foot(Contact("Team"), SITE).report("Robbery", "index.md") == ""


def test_front_matter_grows_and_the_page_stays():
    path = "north/robbery/index.md"
    made = with_keys(path, PAGE, foot_keys(Foot(FORM, SITE), path, PAGE, leave=True))
    assert made == (
        '---\ntitle: "Robbery & theft, Northtown"\ndescription: "x"\n'
        'answers: "Who answers: Safety team."\nreport: "https://example.org/form?a=b"\n'
        'leave: "yes"\n---\n\n<h1>Robbery</h1>\n'
    )
    asked = foot_keys(Foot(MAIL, SITE), path, PAGE)
    assert asked["leave"] == ""
    assert "Page%3A%20Robbery%20%26%20theft%2C%20Northtown%0D%0A" in asked["report"]
    assert foot_keys(Foot(MAIL, SITE), "north/robbery/series.csv", "period,value\n") == {}


def test_every_page_says_who_answers_and_leads_somewhere(package):
    contact = {"role": "Safety team", "email": "safety@example.org", "answers_within": "5 days"}
    data = package("count", partnership={"contact": contact})
    made = press(read(data, TODAY), {"about/index.md": "---\ntitle: About\n---\n# About\n"})
    pages = {path: str(text) for path, text in made.items() if path.endswith("index.md")}
    assert len(pages) > 5
    for path, text in pages.items():
        front = text.split("---\n")[1]
        own = path.startswith(generate.PARTNERSHIP)
        assert ('answers: "Who answers: Safety team, within 5 days."\n' in front) is own, path
        assert ('report: "mailto:safety@example.org?subject=' in front) is own, path
        assert f"\n{front}".count("\nanswers: ") == 1, path


@pytest.mark.parametrize(
    ("contact", "place"),
    [
        ({"email": "a@b.org", "url": "https://b.org/"}, "contact"),
        ({"email": "safety at example.org"}, "contact.email"),
        ({"email": "a@b.org\n"}, "contact.email"),
        ({"email": "a@b.org?bcc=c@d.org"}, "contact.email"),
        ({"url": "http://example.org/form"}, "contact.url"),
        ({"url": "javascript:alert(1)"}, "contact.url"),
        ({"role": ""}, "contact.role"),
        ({"answers_within": 10}, "contact.answers_within"),
        ({"phone": "0123"}, "contact.phone"),
        ("Safety team", "contact"),
    ],
)
def test_a_faulty_contact_is_told(package, contact, place):
    with pytest.raises(Faults) as told:
        read(package("count", partnership={"contact": contact}), TODAY)
    assert [fault.column for fault in told.value.faults] == [f"callover.{place}"]


def test_the_site_s_own_contact_is_read_and_checked():
    assert site_contact("mkdocs.yml", None) == Contact()
    assert site_contact("mkdocs.yml", {"role": "Team", "url": "https://a.org/b"}).role == "Team"
    with pytest.raises(Faults) as told:
        site_contact("mkdocs.yml", {"email": "nobody"})
    (fault,) = told.value.faults
    assert (fault.file, fault.column) == ("mkdocs.yml", "extra.contact.email")
    with pytest.raises(Faults):
        site_contact("mkdocs.yml", {"phone": "999"})


def test_contact_role_alone_is_still_a_contact(package):
    data = package("count", partnership={"contact_role": "Analyst"})
    (partnership,) = read(data, TODAY).partnerships
    assert partnership.contact == Contact("Analyst")
    data = package("count", partnership={"contact": {"answers_within": "Write here how soon"}})
    assert read(data, TODAY).partnerships[0].contact.answers_within == ""
