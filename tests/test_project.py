"""The project's own files keep their promises: hashes, no hosts, one way in, a clean build/."""

import json
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

import bootstrap
from callover.site.bundle import BUNDLES, VERSION, below, whole

ROOT = Path(__file__).resolve().parent.parent
LISTS = ("requirements.txt", "requirements-test.txt")
REQUIREMENT = re.compile(r"^([a-z0-9.-]+)==([\w.]+)(?: ; (.+?))? \\$")
HASH = re.compile(r"^ {4}--hash=sha256:[0-9a-f]{64}(?: \\)?$")


def requirements(name):
    """Give (package, marker) -> (version, number of hashes) of one list."""
    found: dict[tuple[str, str | None], tuple[str, int]] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if match := REQUIREMENT.match(line):
            package, version, hashes = (match[1], match[3]), match[2], 0
            found[package] = (version, hashes)
        elif HASH.match(line):
            hashes += 1
            found[package] = (version, hashes)
        else:
            assert line.lstrip().startswith("#"), f"{name}: {line}"
    return found


@pytest.mark.parametrize("name", LISTS)
def test_every_requirement_has_a_hash(name):
    found = requirements(name)
    assert len(found) > 40
    assert [package for package, (_, hashes) in found.items() if not hashes] == []


@pytest.mark.parametrize("name", LISTS)
def test_lists_name_no_host_and_no_folder(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"https?:|--index|--extra-index|--find-links|file:|/tmp|/home", text) == []


def test_the_test_list_holds_the_site_list_at_the_same_versions():
    assert requirements(LISTS[0]).items() <= requirements(LISTS[1]).items()


def test_every_dependency_is_in_its_list():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for name, wanted in (
        (LISTS[0], project["dependencies"]),
        (LISTS[1], project["optional-dependencies"]["test"]),
    ):
        listed = {package for package, _ in requirements(name)}
        assert {re.split(r"[<>=]", line)[0] for line in wanted} - listed == set()


def test_make_targets_are_aliases_of_commands():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([\w-]+):\n\t(.+)$", makefile, re.MULTILINE)
    assert {name for name, _ in targets} >= {"site", "test", "check", "serve", "bench", "clean"}
    for name, recipe in targets:
        assert recipe.split(" --")[0] == f"$(BOOTSTRAP) {name}"
        assert name in bootstrap.COMMANDS
    declared = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert declared == [" ".join(name for name, _ in targets)]


def test_every_command_is_explained():
    assert [name for name, command in bootstrap.COMMANDS.items() if not command.__doc__] == []


@pytest.mark.parametrize(
    ("path", "ignored"),
    [
        ("build/site/index.html", True),
        ("build/docs/index.md", True),
        ("build/docs/barking-and-dagenham/robbery.md", True),
        ("build/manifest.json", True),
        (".venv/bin/python", True),
        ("build/docs/.gitignore", False),
        ("docs/index.md", False),
        ("datapackage/reference/areas.csv", False),
    ],
)
def test_output_is_never_committed(path, ignored, tmp_path):
    for rules in (".gitignore", "build/docs/.gitignore"):
        (tmp_path / rules).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / rules, tmp_path / rules)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    asked = subprocess.run(["git", "check-ignore", "-q", path], cwd=tmp_path, check=False)
    assert asked.returncode == (0 if ignored else 1)


def test_clean_leaves_only_what_git_needs(tmp_path, monkeypatch):
    docs = tmp_path / "build" / "docs"
    (docs / "somewhere").mkdir(parents=True)
    (docs / ".gitignore").write_text("*\n", encoding="utf-8")
    (docs / "somewhere" / "page.md").touch()
    (docs / ".hidden").touch()
    (tmp_path / "build" / "site.1").mkdir()
    (tmp_path / "build" / "site").symlink_to("site.1")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    assert bootstrap.main(["clean"]) == 0
    assert bootstrap.main(["clean"]) == 0, "a second time there is nothing to do"
    left = sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*"))
    assert left == ["build", "build/docs", "build/docs/.gitignore"]


def test_an_unknown_command_is_refused_with_the_known_ones(capsys):
    assert bootstrap.main(["biuld"]) == 2
    assert "site, check, serve, test" in capsys.readouterr().err


def test_a_python_without_venv_is_told_what_to_install(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "BIN", tmp_path / ".venv" / "bin")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "stamp.json")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert bootstrap.main(["site"]) == bootstrap.EXIT_SETUP
    assert "apt-get install python3-venv" in capsys.readouterr().err


def test_a_chromium_that_is_not_there_is_named(monkeypatch, capsys):
    monkeypatch.setenv("CALLOVER_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(bootstrap.SetupError, match="/nowhere/chromium"):
        bootstrap.find_chromium()


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the one we"),
        ("Failed to establish a new connection: [Errno -2]", "did not reach"),
        ("No matching version (from versions: none)", "did not reach"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
    ],
)
def test_pip_s_complaint_is_translated(said, answer):
    assert answer in bootstrap.advice(said)


def npm_that(folder, ends):
    """A program called npm that checks how it is called, and puts another file in the place."""
    place = "$3/node_modules/plotly.js-basic-dist-min"
    lines = (
        "#!/bin/sh",
        'test "$1 $2 $4" = "ci --prefix --ignore-scripts" || exit 1',
        'test -f "$3/package-lock.json" || exit 1',
        f'/bin/mkdir -p "{place}" && echo "alert(1)" > "{place}/plotly-basic.min.js"',
        f"exit {ends}",
    )
    (folder / "npm").write_text("\n".join(lines), "utf-8")
    (folder / "npm").chmod(0o755)


@pytest.mark.parametrize(
    ("npm", "told"),
    [
        (None, "There is no npm here. So a reader"),
        (0, "is not the one we tested. So a reader"),
        (1, "npm could not bring the small chart library. So a reader"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_without_the_small_chart_library_one_line_says_so(npm, told, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / "venv")
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "venv").mkdir()
    if npm is not None:
        npm_that(tmp_path, npm)
    bootstrap.ensure_library()
    said = capsys.readouterr().err
    assert told in said and said.count("\n") == 1
    assert list((tmp_path / "venv").iterdir()) == []


def test_the_small_chart_library_is_fetched_once(tmp_path, monkeypatch, capsys):
    """What is there and whole is not asked for again."""
    basic = BUNDLES[0]
    content = whole(basic, basic.place())
    if content is None:
        pytest.skip("the small library is not here; bootstrap.py gets it where npm is")
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    below(tmp_path).parent.mkdir(parents=True)
    below(tmp_path).write_bytes(content)
    bootstrap.ensure_library()
    assert capsys.readouterr().err == ""


def test_npm_s_list_pins_one_package_by_hash_and_names_no_host():
    text = (bootstrap.NPM_LIST / "package-lock.json").read_text("utf-8")
    packages = json.loads(text)["packages"]
    pinned = packages.pop("node_modules/plotly.js-basic-dist-min")
    assert list(packages) == [""]
    assert pinned["version"] == VERSION
    assert pinned["integrity"].startswith("sha512-")
    assert "//" not in text and "resolved" not in text
    asked = json.loads((bootstrap.NPM_LIST / "package.json").read_text("utf-8"))
    assert asked["dependencies"] == {"plotly.js-basic-dist-min": VERSION}
    assert "scripts" not in asked


@pytest.mark.parametrize("folder", ["/srv/short", "/srv/with a space", "/srv/" + "long" * 40])
def test_a_command_starts_from_any_folder(folder):
    lines = bootstrap.first_lines(Path(folder) / "python").splitlines()
    assert lines[0].startswith("#!")
    assert len(lines[0]) <= 127
    assert " " not in lines[0]


def test_the_version_is_written_once():
    import callover

    assert re.fullmatch(r"\d+\.\d+\.\d+", callover.__version__)
