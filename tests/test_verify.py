"""What is published is compared with its checksums, in a folder and at an address."""

import json
import shutil
import threading
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from callover.errors import UnknownName
from callover.site.fetch import NotFetched, Site
from callover.site.manifest import differences, names, read, seal
from callover.site.verify import table, verified

ROOT = Path(__file__).resolve().parent.parent
ONE, TWO = sha256(b"one").hexdigest(), sha256(b"two").hexdigest()


@pytest.fixture
def site(tmp_path):
    """A site of four files, sealed."""
    folder = tmp_path / "site"
    for name in ("404.html", "index.html", "a b/chart é.svg", "_headers"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("one", "utf-8")
    seal(folder)
    return folder


# ---------------------------------------------------------------- a folder


def test_the_manifest_is_sorted_and_leaves_itself_out(site):
    listed = json.loads((site / "manifest.json").read_text("utf-8"))
    assert listed == dict.fromkeys(("404.html", "_headers", "a b/chart é.svg", "index.html"), ONE)
    assert list(listed) == sorted(listed) == [n for n in names(site) if n != "manifest.json"]
    before = (site / "manifest.json").read_bytes()
    seal(site)
    assert (site / "manifest.json").read_bytes() == before


def test_a_folder_as_published_is_said_in_a_line(site, cli):
    done = cli("verify", site)
    assert (done.returncode, done.stdout) == (0, f"{site}: 4 files are as published.\n")


def test_what_is_missing_changed_or_new_is_told_with_both_sums(site, cli):
    (site / "index.html").write_text("two", "utf-8")
    (site / "_headers").unlink()
    (site / "more").mkdir()
    (site / "more/page.html").write_text("one", "utf-8")
    (site / "link.html").symlink_to("index.html")
    done = cli("verify", site)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert done.stdout.splitlines() == [
        "path            expected          found",
        f"_headers        {ONE[:16]}  nothing",
        f"index.html      {ONE[:16]}  {TWO[:16]}",
        "link.html       nothing           not a plain file",
        f"more/page.html  nothing           {ONE[:16]}",
        f"{site}: 4 files are not as published.",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "nothing"),
        ("[]", "not one: it is no list of files"),
        ("{}", "not one: it is no list of files"),
        ("{", "not one: Expecting property name"),
        ("[" * 100_000, "not one: it is no list of files"),
        ('{"a": "b"}', "not one: a has no SHA-256"),
        (f'{{"../a": "{ONE}"}}', "not one: '../a' is no path of a site"),
    ],
)
def test_a_manifest_that_is_none_is_told(site, text, told):
    (site / "manifest.json").unlink()
    if text is not None:
        (site / "manifest.json").write_text(text, "utf-8")
    (found,) = differences(site)
    assert found.path == "manifest.json" and found.found.startswith(told)


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "a//b", "a/../../b", "./a", "a\\b", "C:a", "a\nb", "a?b", "a#b", ""]
)
def test_a_path_that_leaves_the_site_is_refused(name):
    with pytest.raises(ValueError, match="is no path of a site"):
        read(json.dumps({name: ONE}).encode())


def test_a_place_that_is_neither_is_refused(tmp_path, cli):
    with pytest.raises(UnknownName, match="known: a site's folder"):
        verified(str(tmp_path))
    assert cli("verify", tmp_path / "missing").returncode == 2


def test_a_long_table_keeps_its_columns(site):
    (site / "index.html").unlink()
    head, row = table(list(differences(site))).splitlines()
    assert head.index("expected") == row.index(ONE[:16])


# ---------------------------------------------------------------- an address


@contextmanager
def served(answer):
    """Serve what `answer(path)` gives: a status, headers and a body."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers, body = answer(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *said):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_served_site_is_compared_file_by_file(site, serve, cli):
    address = serve(site)
    (site / "_headers").unlink()  # a host that reads it does not serve it
    (site / "more.html").write_text("not to be seen from outside", "utf-8")
    done = cli("verify", address)
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith(f"{address}: 4 files are as published. A file that")
    (site / "index.html").write_text("two", "utf-8")
    (site / "a b/chart é.svg").unlink()
    done = cli("verify", address)
    assert done.returncode == 2
    assert done.stdout.splitlines()[:3] == [
        "path             expected          found",
        f"a b/chart é.svg  {ONE[:16]}  nothing",
        f"index.html       {ONE[:16]}  {TWO[:16]}",
    ]


def test_a_redirect_is_followed_on_the_same_host_only():
    listed = json.dumps({"here.html": ONE, "there.html": ONE, "page.html": ONE}).encode()

    def answer(path):
        if path == "/manifest.json":
            return 200, {}, listed
        if path == "/here.html":
            return 308, {"Location": "/page.html"}, b""
        if path == "/there.html":
            return 302, {"Location": "http://localhost:9/page.html"}, b""
        return 200, {}, b"one"

    with served(answer) as address:
        found = verified(address)
    assert [(d.path, d.found) for d in found.differences] == [
        ("there.html", "a redirect to another host, localhost:9")
    ]


def test_files_are_bounded_in_size_and_time():
    with served(lambda path: (200, {}, b"x" * 100_000)) as address:
        with pytest.raises(NotFetched, match="more than 70000 bytes"):
            Site(address).read("a", 70_000)
        with pytest.raises(NotFetched, match="the time for all of it is over"):
            Site(address, seconds=0).read("a", 200_000)
        assert len(Site(address).read("a", 100_000)) == 100_000


def test_an_answer_that_fails_is_said_as_it_is():
    with served(lambda path: (503, {}, b"busy")) as address:
        (found,) = verified(address).differences
    assert (found.path, found.found) == ("manifest.json", "503 Service Unavailable")
    (silent,) = verified(address).differences  # nobody listens there any more
    assert silent.found.startswith("no answer (")


@pytest.mark.parametrize(
    "address",
    ["http://place.example/", "ftp://place.example/", "file:///etc", "https://", "https://a/?b=c"],
)
def test_only_a_site_s_own_encrypted_address_is_taken(address, cli):
    done = cli("verify", address)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "an address" in done.stdout


# ---------------------------------------------------------------- the built site


def test_the_whole_site_is_as_published(built_site):
    assert verified(str(built_site)).differences == []


def test_every_file_is_asked_for_once_and_what_hosts_read_is_not(site):
    asked = []

    def answer(path):
        asked.append(path)
        found = (site / "manifest.json").read_bytes() if "manifest" in path else b""
        return 200 if found else 404, {}, found

    with served(answer) as address:
        assert len(verified(address).differences) == 3
    chart = "/a%20b/chart%20%C3%A9.svg"
    assert sorted(asked) == ["/404.html", chart, "/index.html", "/manifest.json"]


# ---------------------------------------------------------------- records of releases


def test_records_are_compared_with_the_list_of_their_release(tmp_path, cli):
    data = tmp_path / "datapackage"
    shutil.copytree(ROOT / "tests/golden/input/datapackage", data)
    own = data / "made-up"
    records = sorted(own.rglob("releases/*.json"))
    for place in (data, own):
        done = cli("verify", place)
        assert (done.returncode, done.stdout) == (
            0,
            f"{place}: {len(records)} files are as published.\n",
        )
    (first,) = sorted((own / "thefts/releases").glob("*.json"))[:1]
    first.write_bytes(first.read_bytes().replace(b" ", b"  ", 1))
    (other,) = sorted((own / "worry/releases").glob("*.json"))[:1]
    other.unlink()
    done = cli("verify", data)
    assert done.returncode == 2
    _, *rows, last = done.stdout.splitlines()
    assert [row.split()[0] for row in rows] == [
        f"datapackage/made-up/thefts/releases/{first.name}",
        f"datapackage/made-up/worry/releases/{other.name}",
    ]
    assert '"an edited record"' in rows[0] and rows[1].endswith("nothing")
    assert last == f"{data}: 2 files are not as published."


def test_the_chain_of_lists_is_checked(tmp_path, cli):
    data = tmp_path / "datapackage"
    shutil.copytree(ROOT / "datapackage/haringey", data / "haringey")
    _, second = sorted((data / "haringey/releases").glob("*.json"))
    text = json.loads(second.read_text("utf-8"))
    text["previous"] = ONE
    second.write_text(json.dumps(text, indent=2, sort_keys=True) + "\n", "utf-8")
    done = cli("verify", data)
    assert done.returncode == 2
    assert f"datapackage/haringey/releases/{second.name}" in done.stdout
