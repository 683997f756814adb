"""The bill of materials names every part that a build installs, and is valid CycloneDX."""

import base64
import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

import sbom

ROOT = Path(__file__).resolve().parent.parent
DAY = datetime(2026, 11, 21, tzinfo=UTC)
LIST = """\
# Exact versions
apple==1.2 \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
    # via
    #   -c requirements.txt
    #   callover (pyproject.toml)
    #   pear
pear==3.0 ; python_full_version < '3.12' \\
    --hash=sha256:{a}
    # via callover (pyproject.toml)
""".format(a="a" * 64, b="b" * 64)


def made(text=LIST):
    return json.loads(sbom.bill(list(sbom.python_parts(text)), DAY))


def test_a_part_has_its_release_its_hashes_and_its_pythons():
    apple, pear = made()["components"]
    assert apple == {
        "bom-ref": "pkg:pypi/apple@1.2",
        "hashes": [{"alg": "SHA-256", "content": c * 64} for c in "ab"],
        "name": "apple",
        "purl": "pkg:pypi/apple@1.2",
        "type": "library",
        "version": "1.2",
    }
    assert pear["properties"] == [
        {"name": "callover:python", "value": 'python_full_version < "3.12"'}
    ]


def test_it_says_what_needs_what():
    needs = {row["ref"]: row.get("dependsOn", []) for row in made()["dependencies"]}
    assert needs == {
        "callover": ["pkg:pypi/apple@1.2", "pkg:pypi/pear@3.0"],
        "pkg:pypi/apple@1.2": [],
        "pkg:pypi/pear@3.0": ["pkg:pypi/apple@1.2"],
    }


def test_npm_s_integrity_is_told_in_hex():
    lock = {"packages": {"": {}, "node_modules/fig": {"version": "4.1", "integrity": ""}}}
    lock["packages"]["node_modules/fig"]["integrity"] = (
        f"sha512-{base64.b64encode(bytes(range(64))).decode()}"
    )
    (part,) = sbom.npm_parts(lock)
    assert str(part.purl) == "pkg:npm/fig@4.1"
    assert part.hashes[0][1] == bytes(range(64)).hex()


@pytest.fixture(scope="module")
def ours():
    return sbom.made(0)


def test_ours_is_valid_and_the_test_of_that_can_fail(ours):
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(ours) is None
    assert validator.validate_str(ours.replace('"library"', '"fruit"', 1)) is not None


def test_ours_has_every_pin_of_both_lists_and_nothing_else(ours):
    text = (ROOT / "requirements.txt").read_text("utf-8")
    pins = {f"pkg:pypi/{n}@{v}" for n, v in re.findall(r"(?m)^([a-z0-9.-]+)==(\S+)", text)}
    pins.add("pkg:npm/plotly.js-basic-dist-min@4.1.1")
    found = json.loads(ours)
    assert {c["bom-ref"] for c in found["components"]} == pins
    assert all(c["hashes"] for c in found["components"])
    reached = {ref for row in found["dependencies"] for ref in row.get("dependsOn", [])}
    assert reached == pins, "somebody asked for each part"


def test_the_same_lists_give_the_same_bytes(tmp_path, ours):
    place = tmp_path / "build" / "sbom.json"
    subprocess.run(
        [sys.executable, ROOT / "scripts/sbom.py", place],
        env={"PYTHONPATH": str(ROOT / "scripts"), "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"},
        check=True,
    )  # fmt: skip
    assert place.read_text("utf-8") == ours
    assert "http" not in ours.replace("http://cyclonedx.org/", ""), "it names no host"
