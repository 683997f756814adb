"""The workflows keep to the rules that stop a pull request from running what it should not."""

import os
import re
import subprocess
from datetime import UTC, date, datetime, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import yaml

from callover.london import LONDON

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.y*ml"))
PINNED = re.compile(r"^\s*(?:- )?uses: [\w.-]+(?:/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
COMMANDS = re.compile(r"python3 scripts/bootstrap\.py ([\w-]+)")
WRITES = {
    ("publish.yml", "deploy"): {"pages": "write", "id-token": "write"},
    ("release.yml", "freeze"): {"contents": "write"},  # a branch of its own
}

each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)


def load(path):
    # BaseLoader leaves `on` and `3.11` as the text they are.
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506


def jobs(path):
    return load(path)["jobs"].items()


def steps(path):
    return [step for _, job in jobs(path) for step in job["steps"]]


def test_both_workflows_are_read():
    assert {path.name for path in WORKFLOWS} >= {"check.yml", "publish.yml"}


@each_workflow
def test_actions_are_pinned_by_commit_and_say_their_version(path):
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert lines
    assert [line for line in lines if not PINNED.match(line)] == []


@each_workflow
def test_one_action_has_one_pin(path):
    pins: dict[str, set[str]] = {}
    for workflow in WORKFLOWS:
        for step in steps(workflow):
            if "uses" in step:
                name, commit = step["uses"].split("@")
                pins.setdefault(name, set()).add(commit)
    assert {name: commits for name, commits in pins.items() if len(commits) > 1} == {}


@each_workflow
def test_permissions_are_empty_at_the_top_and_named_in_each_job(path):
    assert load(path)["permissions"] == {}
    for name, job in jobs(path):
        asked = job["permissions"]
        writes = {scope: level for scope, level in asked.items() if level != "read"}
        assert writes == WRITES.get((path.name, name), {}), f"{path.name}: {name}"


@each_workflow
def test_no_expression_is_pasted_into_a_script(path):
    assert [step["run"] for step in steps(path) if "${{" in step.get("run", "")] == []


@each_workflow
def test_text_of_an_event_is_not_used_at_all(path):
    assert "github.event." not in path.read_text(encoding="utf-8")
    assert "github.head_ref" not in path.read_text(encoding="utf-8")


@each_workflow
def test_nothing_runs_a_stranger_s_code_with_our_rights(path):
    triggers = load(path)["on"]
    assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(triggers)
    assert "secrets." not in path.read_text(encoding="utf-8")


@each_workflow
def test_checkouts_leave_no_credentials_behind(path):
    checkouts = [s for s in steps(path) if s.get("uses", "").startswith("actions/checkout@")]
    assert [s for s in checkouts if s["with"].get("persist-credentials") != "false"] == []


@each_workflow
def test_jobs_cannot_hang_for_hours(path):
    assert [name for name, job in jobs(path) if int(job.get("timeout-minutes", 360)) > 30] == []


@each_workflow
def test_laptop_and_workflow_run_the_same_commands(path):
    import bootstrap

    used = {name for step in steps(path) for name in COMMANDS.findall(step.get("run", ""))}
    assert used <= set(bootstrap.COMMANDS)


def test_a_release_is_frozen_on_a_branch_of_its_own():
    """What is typed into the form reaches the shell as a variable; main is left to a person."""
    ((_, job),) = jobs(ROOT / ".github" / "workflows" / "release.yml")
    freeze, push = job["steps"][-2:]
    assert freeze["run"].endswith('callover release "$PARTNERSHIP" "$PERIOD"')
    assert freeze["env"]["PERIOD"] == "${{ inputs.period }}"
    assert 'push origin "$BRANCH"' in push["run"] and "main" not in push["run"]
    assert job["if"] == "github.ref == 'refs/heads/main'"


def test_publishing_is_never_cancelled_half_way():
    publish = load(ROOT / ".github" / "workflows" / "publish.yml")
    assert publish["concurrency"] == {"group": "pages", "cancel-in-progress": "false"}


def test_what_is_published_has_its_files_that_begin_with_a_dot():
    """The folder .well-known has security.txt, and Apache reads .htaccess."""
    (upload,) = [
        step
        for step in steps(ROOT / ".github" / "workflows" / "publish.yml")
        if step.get("uses", "").startswith("actions/upload-pages-artifact@")
    ]
    assert upload["with"] == {"path": "build/site", "include-hidden-files": "true"}


# ---------------------------------------------------------------- release days


def test_the_site_is_built_at_half_past_nine_in_london_all_year():
    publish = load(ROOT / ".github" / "workflows" / "publish.yml")
    found = {line["cron"] for line in publish["on"]["schedule"]}
    for day in (date(2026, 1, 5), date(2026, 3, 30), date(2026, 7, 1), date(2026, 10, 26)):
        at = datetime.combine(day, time(9, 31), LONDON).astimezone(UTC)
        assert f"{at.minute} {at.hour} * * *" in found
    assert len(found) == 3  # and once at night


@pytest.mark.skipif(os.name == "nt", reason="the workflow runs in bash")
@pytest.mark.parametrize(("code", "ends", "held"), [(0, 0, ""), (5, 0, "held=true\n"), (2, 2, "")])
def test_an_embargo_holds_the_deployment_and_is_no_failure(tmp_path, code, ends, held):
    """The step is run as it stands, with a build that ends as it is told."""
    build = load(ROOT / ".github" / "workflows" / "publish.yml")["jobs"]["build"]
    (step,) = [step for step in build["steps"] if step.get("id") == "site"]
    fake = tmp_path / "bin" / "python3"
    fake.parent.mkdir()
    fake.write_text(f"#!/bin/sh\necho 'x: not before 9:30am.' >&2\nexit {code}\n", "utf-8")
    fake.chmod(0o755)
    output, summary = tmp_path / "output", tmp_path / "summary"
    places = {"GITHUB_OUTPUT": output, "GITHUB_STEP_SUMMARY": summary, "RUNNER_TEMP": tmp_path}
    path = {"PATH": f"{fake.parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["/bin/bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        env={**path, **{name: str(place) for name, place in places.items()}},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == ends
    assert (output.read_text("utf-8") if output.exists() else "") == held
    assert ("not before 9:30am" in summary.read_text("utf-8")) if held else not summary.exists()
    assert "not before" in done.stderr


def test_what_is_held_is_neither_uploaded_nor_deployed():
    jobs_ = load(ROOT / ".github" / "workflows" / "publish.yml")["jobs"]
    assert jobs_["build"]["outputs"] == {"held": "${{ steps.site.outputs.held }}"}
    (upload,) = [s for s in jobs_["build"]["steps"] if "upload-pages-artifact" in s.get("uses", "")]
    assert upload["if"] == "steps.site.outputs.held != 'true'"
    assert "needs.build.outputs.held != 'true'" in jobs_["deploy"]["if"]
    assert jobs_["deploy"]["needs"] == "build"


def fetching():
    """The steps of the publishing build that fetch the addresses of the live site, and build."""
    found = steps(ROOT / ".github" / "workflows" / "publish.yml")
    names = [step.get("name", "") for step in found]
    place = names.index("Fetch the addresses of the published site")
    assert names[place + 1] == "Build the site"
    return found[place], found[place + 1]


class _Live(BaseHTTPRequestHandler):
    """A published site whose answer is the first part of the address that it is asked for."""

    def do_GET(self):
        code = int(self.path.split("/")[1])
        self.send_response(code)
        self.end_headers()
        self.wfile.write(b'["a/"]\n' if code == 200 else b"<!doctype html>")

    def log_message(self, *arguments):
        pass


@pytest.mark.parametrize(
    ("code", "done", "kept"), [(200, 0, True), (404, 0, False), (403, 1, True)]
)
def test_only_not_found_means_that_nothing_is_published_yet(tmp_path, code, done, kept):
    fetch, build = fetching()
    assert fetch["env"] == {"ADDRESSES": "${{ steps.pages.outputs.base_url }}/addresses.json"}
    assert 'site -- --published "$RUNNER_TEMP/addresses.json"' in build["run"]
    with ThreadingHTTPServer(("127.0.0.1", 0), _Live) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/{code}/addresses.json"
        ran = shell(fetch["run"], tmp_path, address)
        server.shutdown()
    assert ran.returncode == done, ran.stderr
    assert (tmp_path / "addresses.json").exists() is kept
    assert (f"::error::{address} answered {code}" in ran.stdout) is bool(done)


def test_a_site_that_cannot_be_reached_stops_the_build(tmp_path):
    fetch, _ = fetching()
    assert shell(fetch["run"], tmp_path, "http://127.0.0.1:1/addresses.json").returncode


def shell(script, folder, address):
    """Run a step as the workflow does; without its waits between tries."""
    variables = {**os.environ, "RUNNER_TEMP": str(folder), "ADDRESSES": address}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
    return subprocess.run(
        [*command, script.replace("--retry 3", "--retry 0")],
        env=variables, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_updates_are_offered_weekly():
    updates = load(ROOT / ".github" / "dependabot.yml")["updates"]
    found = {(u["package-ecosystem"], u["schedule"]["interval"]) for u in updates}
    assert found == {("pip", "weekly"), ("github-actions", "weekly"), ("npm", "weekly")}
