"""The preview pictures: the size that Open Graph asks for, the ratings, the same bytes."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

import generate
from callover.data.read import read
from callover.pages.portal import press
from callover.pages.preview import of_home, of_partnership, plain
from callover.pages.views import Tally

HOME = generate.PARTNERSHIP
TALLY = (
    Tally("on-target", "On target", 9),
    Tally("close", "Close", 3),
    Tally("off-target", "Off target", 12),
    Tally("not-rated", "Not rated", 4),
)
FILLS = {"on-target": (0, 112, 60), "close": (244, 119, 56), "off-target": (212, 53, 28)}
ADDRESS = "https://example.org/place/"


def opened(content):
    return Image.open(BytesIO(content)).convert("RGB")


def near(one, other):
    return all(abs(a - b) <= 8 for a, b in zip(one, other, strict=True))


def colours(picture):
    return [colour for count, colour in picture.getcolors(1 << 24) if count > 300]


def test_a_picture_has_the_size_and_the_colours_of_the_ratings():
    content = of_partnership("A place", "Data to December 2016", TALLY, ADDRESS)
    picture = opened(content)
    assert (picture.format or "PNG", picture.size) == ("PNG", (1200, 630))
    assert len(content) < 100_000
    for fill in FILLS.values():
        assert any(near(fill, colour) for colour in colours(picture)), fill


def test_the_same_words_make_the_same_bytes():
    one, other = (of_partnership("A place", "Data to 2016", TALLY, ADDRESS) for _ in range(2))
    assert one == other
    assert one != of_partnership("A place", "Data to 2015", TALLY, ADDRESS)


@pytest.mark.parametrize(
    "title",
    [
        "Place",
        "A partnership with a name " * 9,
        "W" * 200,
        "Partneriaeth Caerdydd a’r Fro",
        "",
        "日本",
    ],
)
def test_a_title_of_any_length_stays_in_the_picture(title):
    """The right edge stays white, and the ratings stay above the foot."""
    picture = opened(of_partnership(title, "Data to December 2016", TALLY, ADDRESS))
    edge = picture.crop((1160, 30, 1200, 540))
    assert edge.getcolors() == [(40 * 510, (255, 255, 255))]
    foot = picture.crop((0, 548, 1200, 560)).getcolors()
    assert len(foot) == 1 and near(foot[0][1], (18, 67, 109))


def test_home_has_room_for_any_number_of_partnerships():
    rows = [(f"Place {n}", "Data to 2016") for n in range(40)]
    pictures = [of_home("How they are doing", rows[:n], ADDRESS) for n in (0, 1, 4, 5, 40)]
    assert len(set(pictures)) == 5
    for content in pictures:
        foot = opened(content).crop((0, 548, 1200, 560)).getcolors()
        assert len(foot) == 1 and near(foot[0][1], (18, 67, 109))


@pytest.mark.parametrize(
    "text,drawn",
    [("Sir Gâr", "Sir Gar"), ("St Mary’s – “North”", 'St Mary\'s - "North"'), ("A\u00a0B", "A B")],
)
def test_letters_that_the_font_lacks_become_their_plain_ones(text, drawn):
    assert plain(text) == drawn


def test_every_page_names_its_picture(package):
    files = press(read(package("count"), date(2017, 1, 31)), {"about/index.md": "# About\n"})
    own = f'image: "https://example.org/{HOME}/preview.png"'
    assert files["preview.png"] != files[f"{HOME}/preview.png"]
    for path, text in files.items():
        if isinstance(text, str) and path.endswith(".md"):
            front = text.split("\n---\n")[0].splitlines()
            wanted = own if path.startswith(HOME) else 'image: "https://example.org/preview.png"'
            assert wanted in front, path
            assert any(line.startswith("image_alt: ") for line in front)
    assert (
        'image_alt: "Made-up Community Safety Partnership. Data to '
        in files[f"{HOME}/measure/index.md"]
    )
