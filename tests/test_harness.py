"""The fixtures that other tests rest on do what they say."""

import json
import urllib.error
import urllib.request

import pytest


def test_a_folder_is_served_to_a_real_browser(serve, page, tmp_path):
    (tmp_path / "index.html").write_text(
        "<!doctype html><title>Call over</title><p id=f>1,386</p>", encoding="utf-8"
    )
    page.goto(serve(tmp_path))
    assert page.title() == "Call over"
    assert page.inner_text("#f") == "1,386"


def test_the_server_ends_with_its_test_and_serves_no_more_than_the_folder(serve, tmp_path):
    folder = tmp_path / "inside"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("outside", encoding="utf-8")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{serve(folder)}/../secret.txt")
    refused.value.close()
    assert refused.value.code == 404


def test_a_package_can_be_written_changed_and_broken(package):
    data = package(
        "count_rate",
        callover={"polarity": "monitor"},
        series="period,value,marker,note\n2016-04,10,,\n",
        published=None,
        extra={"made-up-borough/measure/stray.csv": "a\n1\n"},
    )
    folder = data / "made-up-borough" / "measure"
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["callover"]["polarity"] == "monitor"
    assert {r["name"] for r in descriptor["resources"]} == {"series", "targets", "comparators"}
    assert (folder / "series.csv").read_text(encoding="utf-8").endswith("2016-04,10,,\n")
    assert not (folder / "published.csv").exists()
    assert (folder / "stray.csv").exists()
    assert (data / "reference" / "areas.csv").exists()
