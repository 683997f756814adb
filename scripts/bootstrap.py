#!/usr/bin/env python3
"""Set up Callover's tools in .venv and run them; needs Python 3.11 and nothing else.

A laptop, `make` and continuous integration all come through here, so they run the same thing:

    python3 scripts/bootstrap.py site             build the site into build/site
    python3 scripts/bootstrap.py test -- -k rates run every check and test (arguments for pytest)

The tools are installed once, from a list with a hash for each file. A stamp in .venv remembers
which list, so later calls cost nothing.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (said in words, before newer syntax can fail)
    sys.exit(
        "Callover needs Python 3.11 or newer; this is Python %d.%d. "  # noqa: UP031
        "Install a newer one and name it, for example: python3.12 scripts/bootstrap.py site"
        % sys.version_info[:2]
    )

import hashlib
import importlib.util
import json
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from callover.site.bundle import BUNDLES, below, whole

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMP = VENV / "callover-stamp.json"
SITE_LIST = "requirements.txt"
TEST_LIST = "requirements-test.txt"
NPM_LIST = ROOT / "scripts" / "npm"
LISTS_WITHIN = {SITE_LIST: (SITE_LIST,), TEST_LIST: (SITE_LIST, TEST_LIST)}
"""What installing a list brings: the test list holds the site list at the same versions."""
LIGHTHOUSE = VENV / "lighthouse"
LIGHTHOUSE_LIST = ROOT / "benchmarks" / "node"

EXIT_SETUP = 3
CHROMIUM_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
CHROMIUM_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
SYSTEM_PACKAGES: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    (
        "apt-get",
        (
            ("apt-get", "-qq", "update"),
            (
                "apt-get",
                "-qq",
                "-y",
                "--no-install-recommends",
                "install",
                "chromium",
                "fonts-liberation",
            ),
        ),
    ),
    ("dnf", (("dnf", "-q", "-y", "install", "chromium", "liberation-fonts"),)),
    ("pacman", (("pacman", "-Sy", "--noconfirm", "--needed", "chromium", "ttf-liberation"),)),
    ("apk", (("apk", "add", "-q", "chromium", "font-liberation"),)),
)


class SetupError(Exception):
    """Something about this machine that its user has to put right; the text says how."""


def say(text: str) -> None:
    """Tell the user one thing, on stderr: stdout belongs to the tool that is run."""
    print(text, file=sys.stderr, flush=True)


# ---------------------------------------------------------------- the environment


def digest(name: str) -> str:
    """Give the sha256 of one of the lists of packages."""
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def identity() -> dict[str, str]:
    """What a virtual environment is tied to: where it is, and the Python that made it."""
    return {"root": str(ROOT), "python": sys.version, "base": sys.base_prefix}


def read_stamp() -> dict[str, str]:
    """Read what is installed; an absent or damaged stamp means nothing is."""
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def ensure(requirements: str) -> None:
    """Have .venv hold exactly the packages of a list, doing nothing when it already does."""
    wanted = identity() | {name: digest(name) for name in LISTS_WITHIN[requirements]}
    stamp = read_stamp()
    same_python = all(stamp.get(key) == value for key, value in identity().items())
    if same_python and wanted.items() <= stamp.items() and python().exists():
        return
    if not same_python or not python().exists():
        create_venv()
    say("Installing the tools into .venv (once; it can take a minute) ...")
    STAMP.unlink(missing_ok=True)  # a killed install must not look like a finished one
    install(requirements)
    install_callover()
    STAMP.write_text(json.dumps(wanted, indent=2) + "\n", encoding="utf-8")


def python() -> Path:
    """Give the interpreter of .venv."""
    return BIN / ("python.exe" if os.name == "nt" else "python")


def create_venv() -> None:
    """Make .venv anew; an old one of another Python or another folder is thrown away."""
    if not importlib.util.find_spec("venv") or not importlib.util.find_spec("ensurepip"):
        raise SetupError(
            "This Python cannot make virtual environments: its venv module is not complete. "
            "On Debian and Ubuntu install it with: sudo apt-get install python3-venv"
        )
    shutil.rmtree(VENV, ignore_errors=True)
    made = capture([sys.executable, "-m", "venv", str(VENV)])
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise SetupError(f"Making .venv failed:\n{tail(made)}")


def install(requirements: str) -> None:
    """Install a list by uv when this machine has it, or else by pip."""
    common = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", requirements]
    uv = shutil.which("uv")
    if uv:
        quick = capture([uv, "pip", "install", "--quiet", "--python", str(python()), *common])
        if quick.returncode == 0:
            return
        # uv does not read pip's configuration, where a workplace may name its own mirror.
        say("uv could not install the tools; trying pip.")
    # Bytecode is compiled on first use: that halves the time, and most modules are never used.
    pip = [str(python()), "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
    done = capture([*pip, "install", "--no-compile", *common])
    if done.returncode:
        raise SetupError(f"Installing {requirements} failed:\n{tail(done)}\n{advice(done.stderr)}")


def advice(output: str) -> str:
    """Say in plain words what pip's complaint most likely means."""
    lowered = output.lower()
    if "hashes" in lowered and "match" in lowered:
        return (
            "A downloaded file is not the one we tested. Do not go round this: "
            "a broken download is cured by running the command again; if it comes back, report it."
        )
    signs = ("connection", "name resolution", "timed out", "network", "ssl", "from versions: none")
    if any(sign in lowered for sign in signs):
        return (
            "This machine did not reach the package registry. Check its connection, or name your "
            "mirror or proxy in pip's configuration. Only the first run needs the network."
        )
    if "no space left" in lowered:
        return "The disk is full. The tools need about 500 MB."
    return "The lines above are pip's own words."


def install_callover() -> None:
    """Put the package and its command into .venv, straight from scripts/.

    A path file does what an editable install would, without a build tool and without a network.
    """
    asked = capture([str(python()), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"])
    packages = Path(asked.stdout.strip())
    (packages / "callover.pth").write_text(f"{ROOT / 'scripts'}\n", encoding="utf-8")
    body = "import sys\n\nfrom callover.cli import main\n\nsys.exit(main())\n"
    if os.name == "nt":
        (BIN / "callover-script.py").write_text(body, encoding="utf-8")
        (BIN / "callover.cmd").write_text(
            '@"%~dp0python.exe" "%~dp0callover-script.py" %*\n', encoding="utf-8"
        )
        return
    command = BIN / "callover"
    command.write_text(first_lines(python()) + body, encoding="utf-8")
    command.chmod(0o755)


def first_lines(interpreter: Path) -> str:
    """Start a script; a path with spaces, or longer than the kernel takes, goes through sh."""
    plain = f"#!{interpreter}\n"
    if " " not in plain and len(plain.encode()) <= 127:
        return plain
    return f"#!/bin/sh\n'''exec' {shlex.quote(str(interpreter))} \"$0\" \"$@\"\n' '''\n"


# ---------------------------------------------------------------- the small chart library


def ensure_library() -> None:
    """Have the small chart library in .venv where npm can bring it; else say why not."""
    if whole(BUNDLES[0], below(VENV)):
        return
    problem = fetch_library()
    if problem:
        say(f"{problem} So a reader who explores a chart loads 1,468 kB in place of 395 kB.")


def fetch_library() -> str:
    """Ask npm for exactly the file we tested; give what went wrong, or nothing."""
    npm = shutil.which("npm")
    if not npm:
        return "There is no npm here."
    with tempfile.TemporaryDirectory(dir=VENV) as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(NPM_LIST / name, folder)
        # One try: the build does not need it, and the next call tries again.
        once = ("--fetch-retries=0", "--fetch-timeout=30000", "--no-audit", "--no-fund")
        done = capture([npm, "ci", "--prefix", folder, "--ignore-scripts", *once])
        found = Path(folder, "node_modules", "plotly.js-basic-dist-min", "plotly-basic.min.js")
        if done.returncode:
            return "npm could not bring the small chart library."
        if not whole(BUNDLES[0], found):
            return "The chart library that npm brought is not the one we tested."
        below(VENV).parent.mkdir(parents=True, exist_ok=True)
        found.replace(below(VENV))
    return ""


# ---------------------------------------------------------------- a browser for the tests


def find_chromium() -> str | None:
    """Find a Chromium this machine already has; CALLOVER_CHROMIUM names one outright."""
    named = os.environ.get("CALLOVER_CHROMIUM")
    if named:
        if not Path(named).is_file():
            raise SetupError(f"CALLOVER_CHROMIUM names {named}, which is not a file.")
        return named
    on_path = (shutil.which(name) for name in CHROMIUM_NAMES)
    in_place = (place for place in CHROMIUM_PLACES if Path(place).is_file())
    return next((found for found in on_path if found), None) or next(in_place, None)


def playwright_chromium() -> str | None:
    """Find the browser that Playwright downloaded, if it did."""
    asked = capture(
        [
            str(python()),
            "-c",
            "from playwright.sync_api import sync_playwright as s\n"
            "with s() as p: print(p.chromium.executable_path)",
        ]
    )
    path = asked.stdout.strip()
    return path if path and Path(path).is_file() else None


def ensure_chromium() -> str:
    """Have a Chromium: one that is there, the system's package, or Playwright's download."""
    found = find_chromium() or playwright_chromium()
    if found:
        return found
    say("Installing a Chromium for the browser tests (once) ...")
    refusal = system_chromium()
    found = find_chromium()
    if found:
        return found
    done = capture([str(python()), "-m", "playwright", "install", "chromium"])
    found = playwright_chromium()
    if found:
        return found
    raise SetupError(
        "The browser tests need a Chromium, and none could be installed here:\n"
        f"{refusal}\n{tail(done)}\n"
        "Install Chromium or Chrome yourself, or set CALLOVER_CHROMIUM to its path."
    )


def system_chromium() -> str:
    """Ask the system's package manager for Chromium; give its complaint, or nothing."""
    for manager, commands in SYSTEM_PACKAGES:
        if not shutil.which(manager):
            continue
        for command in commands:
            done = capture([*as_root(), *command], {"DEBIAN_FRONTEND": "noninteractive"})
            if done.returncode:
                return tail(done)
        return ""
    return "No package manager that we know (apt-get, dnf, pacman, apk)."


def as_root() -> list[str]:
    """Give what makes a command run as root, and never waits for a password."""
    if not hasattr(os, "geteuid") or os.geteuid() == 0 or not shutil.which("sudo"):
        return []
    return ["sudo", "-n"] if not sys.stdin.isatty() else ["sudo"]


def ensure_lighthouse() -> None:
    """Have Lighthouse below .venv, from its own list with hashes; without Node, do without it."""
    wanted = (LIGHTHOUSE_LIST / "package-lock.json").read_bytes()
    installed = LIGHTHOUSE / "installed.json"
    if installed.is_file() and installed.read_bytes() == wanted:
        return
    npm = shutil.which("npm")
    if not npm or not shutil.which("node"):
        say("There is no Node here: the audit goes on without Lighthouse.")
        return
    say("Installing Lighthouse into .venv (once) ...")
    shutil.rmtree(LIGHTHOUSE, ignore_errors=True)
    LIGHTHOUSE.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(LIGHTHOUSE_LIST / name, LIGHTHOUSE)
    # No package runs anything while it is installed.
    options = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-progress")
    done = capture([npm, "ci", *options, "--prefix", str(LIGHTHOUSE)])
    if done.returncode:
        say(f"Lighthouse could not be installed; the audit goes on without it:\n{tail(done, 4)}")
        return
    installed.write_bytes(wanted)


# ---------------------------------------------------------------- running things


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give the environment of an activated .venv."""
    return (
        {key: value for key, value in os.environ.items() if key != "PYTHONHOME"}
        | {"VIRTUAL_ENV": str(VENV), "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
        | dict(extra or {})
    )


def capture(
    command: Sequence[str], extra: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run something whose output matters only when it fails."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env=dict(os.environ) | dict(extra or {}),
        text=True,
        encoding="utf-8",
        errors="replace",
        capture_output=True,
        check=False,
    )


def tail(done: subprocess.CompletedProcess[str], lines: int = 12) -> str:
    """Give the last lines that a program said."""
    return "\n".join((done.stdout + done.stderr).strip().splitlines()[-lines:])


def run(*command: str, **extra: str) -> int:
    """Run a tool of .venv in the project's folder and give its exit code."""
    program = shutil.which(command[0], path=str(BIN)) or command[0]
    return subprocess.run(
        [program, *command[1:]], cwd=ROOT, env=environment(extra), check=False
    ).returncode


def hand_over(*command: str, **extra: str) -> int:
    """Become a tool of .venv, so that its signals and its last word are its own."""
    if os.name == "nt":
        return run(*command, **extra)
    program = shutil.which(command[0], path=str(BIN)) or command[0]
    os.chdir(ROOT)
    return os.execve(program, [program, *command[1:]], environment(extra))  # noqa: S606


def lint() -> int:
    """Run the linter, the formatter's check and the type checker; all three, whatever they say."""
    ensure(TEST_LIST)
    codes = [
        run("ruff", "check", "--quiet", "."),
        run("ruff", "format", "--check", "--quiet", "."),
        run("mypy", "--no-error-summary"),
    ]
    if codes[1]:
        say("Some files are not formatted. Run: .venv/bin/ruff format .")
    return max(codes)


# ---------------------------------------------------------------- the commands


def site(arguments: Sequence[str]) -> int:
    """Check the data, build the site and put it in build/site."""
    ensure(SITE_LIST)
    ensure_library()
    return hand_over("callover", "build", *arguments)


def check(arguments: Sequence[str]) -> int:
    """Check the data and change nothing."""
    ensure(SITE_LIST)
    return hand_over("callover", "check", *arguments)


def callover(arguments: Sequence[str]) -> int:
    """Run any other callover command: callover new, callover tidy, callover changes."""
    ensure(SITE_LIST)
    return hand_over("callover", *arguments)


def serve(arguments: Sequence[str]) -> int:
    """Show the site on this machine and build it again after each edit."""
    ensure(SITE_LIST)
    ensure_library()
    # We know that MkDocs 1 and its theme come to an end (the README says when, and where we go
    # from there), so the theme's notice is switched off here rather than shown at each start.
    # --livereload is its default, but is lost with some releases of click.
    return hand_over("mkdocs", "serve", "--livereload", *arguments, NO_MKDOCS_2_WARNING="1")


def at_once() -> tuple[str, ...]:
    """Say how pytest shares the work: a file of tests shares what it builds, so it stays together.

    One process more than there are cores, as half of the time is waiting for a browser; four at
    most. The order of the names begins with the audit, the longest.
    """
    count = min(4, (os.cpu_count() or 1) + 1)
    return (f"--numprocesses={count}", "--dist=loadfile", "--no-loadscope-reorder")


def test(arguments: Sequence[str]) -> int:
    """Lint, type-check and test; pytest speaks last."""
    ensure(TEST_LIST)
    ensure_library()
    chromium = ensure_chromium()
    faults = lint()
    command = ("pytest", *at_once(), *arguments)
    if not faults:
        return hand_over(*command, CALLOVER_CHROMIUM=chromium)
    say("The code has faults (above), so this run fails. The tests run all the same.")
    return run(*command, CALLOVER_CHROMIUM=chromium) or faults


def sbom(arguments: Sequence[str]) -> int:
    """Write build/sbom.json: the bill of every part of others that a build installs."""
    ensure(TEST_LIST)
    place = arguments[0] if arguments else str(ROOT / "build" / "sbom.json")
    committed = capture(["git", "log", "-1", "--format=%ct"])
    day = os.environ.get("SOURCE_DATE_EPOCH") or committed.stdout.strip() or "0"
    program = str(ROOT / "scripts" / "sbom.py")
    return hand_over(str(python()), program, place, SOURCE_DATE_EPOCH=day)


def just_lint(arguments: Sequence[str]) -> int:
    """Run ruff and mypy."""
    del arguments
    return lint()


def bench(arguments: Sequence[str]) -> int:
    """Measure the build on 30, 300 and 1,200 generated indicators."""
    ensure(SITE_LIST)
    return hand_over(str(python()), str(ROOT / "benchmarks" / "bench.py"), *arguments)


def audit(arguments: Sequence[str]) -> int:
    """Measure every type of page: weight, accessibility, privacy and speed (some minutes)."""
    ensure(TEST_LIST)
    ensure_library()
    browser = ensure_chromium()
    ensure_lighthouse()
    program = str(ROOT / "benchmarks" / "audit.py")
    return hand_over(str(python()), program, *arguments, CALLOVER_CHROMIUM=browser)


def lock(arguments: Sequence[str]) -> int:
    """Renew requirements*.txt: the newest releases that pyproject.toml allows (needs uv)."""
    uv = shutil.which("uv")
    if not uv:
        raise SetupError("Renewing the lists needs uv on the PATH. It installs like any package.")
    lists: dict[str, list[str]] = {
        SITE_LIST: [],
        TEST_LIST: ["--extra", "test", "--constraint", SITE_LIST],
    }
    for name, options in lists.items():
        with tempfile.TemporaryDirectory() as folder:
            new = Path(folder) / name
            done = capture(
                [
                    *(uv, "pip", "compile", "pyproject.toml", "--quiet", "--universal"),
                    *("--python-version", "3.11", "--generate-hashes", "--only-binary", ":all:"),
                    *("--no-header", "--no-emit-index-url", "--no-emit-find-links"),
                    *("--output-file", str(new), *options, *arguments),
                ]
            )
            if done.returncode:
                raise SetupError(f"uv could not resolve {name}:\n{tail(done)}")
            body = new.read_text(encoding="utf-8")
        # uv writes where it found things into its own header; ours names no host and no path.
        (ROOT / name).write_text(HEADER + body, encoding="utf-8", newline="\n")
    return 0


HEADER = """\
# Exact versions and hashes of what we install; made from pyproject.toml, do not edit.
# To renew: python3 scripts/bootstrap.py lock
"""


def clean(arguments: Sequence[str]) -> int:
    """Delete everything that a build made; build/docs/.gitignore stays."""
    del arguments
    build = ROOT / "build"
    keep = build / "docs" / ".gitignore"
    for entry in [*build.iterdir(), *keep.parent.iterdir()]:
        if entry in (keep.parent, keep):
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    return 0


def shell_env(arguments: Sequence[str]) -> int:
    """Print what puts .venv's tools on a shell's PATH, for eval."""
    del arguments
    ensure(TEST_LIST)
    print(f"export VIRTUAL_ENV={shlex.quote(str(VENV))}")
    print('export PATH="$VIRTUAL_ENV/bin:$PATH"')
    return 0


def usage(arguments: Sequence[str]) -> int:
    """Show this list."""
    del arguments
    print("python3 scripts/bootstrap.py <command> [-- arguments]   (or: make <command>)\n")
    for name, command in COMMANDS.items():
        print(f"  {name:<10} {(command.__doc__ or '').splitlines()[0]}")
    return 0


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "site": site,
    "check": check,
    "serve": serve,
    "test": test,
    "lint": just_lint,
    "bench": bench,
    "audit": audit,
    "callover": callover,
    "lock": lock,
    "sbom": sbom,
    "clean": clean,
    "shell-env": shell_env,
    "help": usage,
}


def main(arguments: Sequence[str]) -> int:
    """Run one command, and turn what the user can put right into plain words."""
    name, *rest = arguments or ["help"]
    name = {"-h": "help", "--help": "help"}.get(name, name)
    if name not in COMMANDS:
        say(f"There is no command {name!r}. There are: {', '.join(COMMANDS)}.")
        return 2
    try:
        return COMMANDS[name](rest[1:] if rest[:1] == ["--"] else rest)
    except SetupError as fault:
        say(str(fault))
        return EXIT_SETUP
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
