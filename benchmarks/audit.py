"""Measure a site against the figures it promises, page type by page type, and say what is missed.

    make audit                                           everything; takes some minutes
    make audit ARGS="--only weight,axe --pages league"   two sections, on some page types
    make audit ARGS="--only kills --kills 1000"          a thousand builds that are killed
    make audit ARGS="--only corpus,mutations"            broken inputs and spoilt series

One page of each type is visited in a real Chromium; builds that are killed need none. Each section
is a row of SECTIONS. The exit code is 1 if a figure is missed, and 0 if not; a tool that is not
there is said, and is no fault.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

import broken
import browser
import contrast
import generate
import kills
import lighthouse
import loads
import tour
import visits
import watch

ROOT = Path(__file__).resolve().parent.parent
CALLOVER = Path(sys.executable).parent / "callover"


@dataclass(frozen=True)
class Goal:
    """The figure that a reading is held to: at most `limit`, or at least."""

    limit: float
    unit: str = ""
    least: bool = False

    def missed(self, value: float) -> list[str]:
        """Say in words what is missed; nothing if the goal is met."""
        if value >= self.limit if self.least else value <= self.limit:
            return []
        return [f"{value:g}{self.unit}, {'at least' if self.least else 'at most'} {self.limit:g}"]


GOALS: Mapping[str, Goal] = {
    "kB": Goal(100, " kB"),
    "requests": Goal(8),
    "HTML kB": Goal(25, " kB"),
    "index kB": Goal(50, " kB"),
    "performance": Goal(99, least=True),
    "accessibility": Goal(100, least=True),
    "best-practices": Goal(100, least=True),
    "seo": Goal(100, least=True),
    "CLS": Goal(0),
    "CPU s": Goal(2),
    "MB": Goal(300),
}
INDEX_PAGES = 500
"""The search index is weighed on a site of so many pages."""


@dataclass(frozen=True)
class Reading:
    """One figure of one page type, as it is shown, and what is wrong with it."""

    page: str
    column: str
    text: str
    faults: Sequence[str] = ()


def counted(page: str, column: str, faults: Sequence[str]) -> Reading:
    """Give the number of faults as the figure."""
    return Reading(page, column, str(len(faults)), faults)


def held(page: str, column: str, value: float, text: str = "") -> Reading:
    """Give a figure beside its goal."""
    return Reading(page, column, text or f"{value:g}", GOALS[column].missed(value))


@dataclass
class Audit:
    """What a section works with: the served site, and the page types to visit with addresses.

    Each is there from its first use on, so that a section that needs no browser starts none.
    """

    wanted: argparse.Namespace
    folder: Path
    stack: ExitStack

    @cached_property
    def site(self) -> Path:
        """The folder of the site."""
        if self.wanted.site:
            return Path(self.wanted.site)
        say("Building the site ...")
        return build(self.folder / "site")

    @cached_property
    def address(self) -> str:
        """The address of the site on this machine."""
        return self.stack.enter_context(browser.serving(self.site, lighthouse.FastHost))

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """The page types that are visited, with their addresses."""
        return chosen(tour.types(self.site), self.wanted.pages)

    @cached_property
    def chromium(self) -> Browser:
        """The browser that visits them."""
        return self.stack.enter_context(browser.chromium())

    @contextmanager
    def apart(self) -> Iterator[Path]:
        """Give a folder that is empty and goes afterwards."""
        with tempfile.TemporaryDirectory(dir=self.folder) as name:
            yield Path(name)

    def urls(self) -> Iterator[tuple[str, str]]:
        """Give each page type with its full address, telling how far we are."""
        for number, (name, address) in enumerate(self.pages.items(), 1):
            count(f"  {number} of {len(self.pages)} {name}")
            yield name, f"{self.address}/{address}"
        count("")


def say(text: str) -> None:
    """Tell the progress, on stderr: stdout has the result."""
    print(text, file=sys.stderr, flush=True)


def count(text: str) -> None:
    """Tell the progress in one line that changes, where somebody looks on."""
    if sys.stderr.isatty():
        print(f"\r{text:<60}\r", file=sys.stderr, end="", flush=True)


# ---------------------------------------------------------------- the sections


def weigh(audit: Audit) -> Iterator[Reading]:
    """Weigh what a page fetches before any click: gzip -6, all files."""
    for name, url in audit.urls():
        context = audit.chromium.new_context()
        load = loads.load(context.new_page(), url)
        context.close()
        yield from weighed(name, load)


def weighed(name: str, load: loads.Load) -> Iterator[Reading]:
    """Give the readings of what one page fetched."""
    yield held(name, "kB", round(load.total / 1000, 1))
    yield held(name, "requests", load.requests)
    yield held(name, "HTML kB", round(load.html / 1000, 1))
    # The page of a missing address looks it up by itself: nothing else could help there.
    early = [] if name == "404.html" else [path for path in load.files if "search" in path]
    yield counted(name, "index fetched", early)


def weigh_index(audit: Audit) -> Iterator[Reading]:
    """Weigh the search index of a made-up site of 500 pages."""
    del audit
    with tempfile.TemporaryDirectory(prefix="callover-audit-") as folder:
        data = generate.write(Path(folder) / "datapackage", generate.files(INDEX_PAGES))
        site = build(Path(folder) / "site", "--data", data)
        pages = sum(1 for _ in site.rglob("*.html"))
        files = list((site / "search").rglob("*.json"))
        size = sum(loads.weight(path.read_bytes()) for path in files)
    name = f"made up, {INDEX_PAGES} indicators"
    yield Reading(name, "pages", str(pages))
    yield held(name, "index kB", round(size / 1000, 1))


def run_axe(audit: Audit) -> Iterator[Reading]:
    """Count what axe-core finds, best practices included, at 3 widths in 3 colour schemes."""
    for name, url in audit.urls():
        for scheme in visits.SCHEMES:
            views = [visits.View(width, scheme) for width in visits.WIDTHS]
            with opened(audit.chromium, views, url) as pages:
                for view, faults in zip(views, visits.axe(pages), strict=True):
                    yield counted(name, str(view), faults)


def walk(audit: Audit) -> Iterator[Reading]:
    """Press Tab through each page: stops, and controls unreached, unseen, covered, out of order."""
    views = [visits.View(320), visits.View(1280)]
    for name, url in audit.urls():
        with opened(audit.chromium, views, url) as pages:
            for view, page in zip(views, pages, strict=True):
                stops, faults = visits.keyboard_walk(page)
                yield Reading(name, f"stops {view.width}", str(stops))
                yield counted(name, f"faults {view.width}", faults)


def look(audit: Audit) -> Iterator[Reading]:
    """Look at size of targets, reflow, overlaps, headings, landmarks, tables and text spacing."""
    views = [visits.View(width) for width in visits.WIDTHS]
    for name, url in audit.urls():
        found: dict[str, list[str]] = {}
        with opened(audit.chromium, views, url) as pages:
            for view, page in zip(views, pages, strict=True):
                seen = {**visits.looks(page), "text spacing": visits.spaced_out(page)}
                for kind, faults in seen.items():
                    found.setdefault(kind, []).extend(f"{view.width}: {f}" for f in faults)
        yield from (counted(name, kind, faults) for kind, faults in found.items())


def reckon_contrast(audit: Audit) -> Iterator[Reading]:
    """Work out the contrast of each pair of colours in the style sheet, drawings included."""
    sheet = (audit.site / "assets" / "callover.css").read_text("utf-8")
    for name, colours in contrast.schemes(sheet).items():
        pairs = list(contrast.ratios(colours))
        yield Reading(name, "pairs", str(len(pairs)))
        for kind, least in (("text", contrast.TEXT), ("marks", contrast.MARK)):
            lowest = min(found for _, _, found, wanted in pairs if wanted == least)
            yield Reading(name, f"lowest {kind}", f"{lowest:.2f}")
        yield counted(name, "faults", contrast.faults(colours))


def keep_private(audit: Audit) -> Iterator[Reading]:
    """Open, explore a chart, search and download: violations, other hosts, windows, storage."""
    for name, url in audit.urls():
        with watch.watched(audit.chromium, audit.address) as (page, seen):
            page.goto(url)
            before = watch.stored(page)
            use(page)
            after = watch.clean(seen, page)
            yield counted(name, "violations", [*seen.violations, *seen.refused])
            yield counted(name, "hosts", sorted(seen.hosts))
            yield counted(name, "windows", seen.windows)
            yield counted(name, "stored at first", before)
            yield counted(name, "stored after use", [a for a in after if a not in seen.faults])


def use(page: Page) -> None:
    """Do on a page what a reader can: explore the first chart, search, download a file."""
    chart = page.locator("figure.co-chart:has(button[data-explore])").first
    if chart.count():
        watch.explore(chart)
    field = page.get_by_role("searchbox")
    if field.count():
        field.fill("robbery")
        page.locator(".co-search__results a").first.wait_for()
        page.keyboard.press("Escape")
    file = page.locator("main a[href$='.csv'], main a[href$='.xlsx']").first
    if file.count():
        with page.expect_download():
            file.evaluate("link => { link.download = ''; link.click(); }")


def light(audit: Audit) -> Iterator[Reading]:
    """Run Lighthouse as a phone, beside the words of an indicator page in the stock theme."""
    start = lighthouse.program()
    if start is None:
        say("Lighthouse: not run, needs Node.")
        yield Reading("all", "Lighthouse", "not run, needs Node")
        return
    with plain_page(audit) as url:
        count("  the plain page")
        plain = lighthouse.middle([lighthouse.run(start, url) for _ in range(3)])
    yield from scored("a plain page of the theme", plain, None)
    for name, url in audit.urls():
        runs = [lighthouse.run(start, url)]
        if any(reading.faults for reading in scored(name, runs[0], plain)):
            runs += [lighthouse.run(start, url) for _ in range(2)]  # one run may be unlucky
        yield from scored(name, lighthouse.middle(runs), plain)


def scored(
    name: str, found: lighthouse.Scores, plain: lighthouse.Scores | None
) -> Iterator[Reading]:
    """Give the readings of one page; those of the plain page are held to nothing."""
    times = {"LCP": found.lcp, "TBT": found.tbt}
    if plain is None:
        for column, value in {**found.scores, **times, "CLS": found.cls}.items():
            yield Reading(name, column, f"{value:.0f}")
        return
    beside = {"LCP": plain.lcp, "TBT": plain.tbt}
    for column, value in found.scores.items():
        missed = GOALS[column].missed(value)
        yield Reading(
            name, column, str(value), [f"{m} ({', '.join(found.failed)})" for m in missed]
        )
    for column, value in times.items():
        goal = Goal(round(beside[column]), " ms as the plain page")
        yield Reading(name, column, f"{value:.0f}", goal.missed(round(value)))
    yield held(name, "CLS", round(found.cls, 3))


def kill(audit: Audit) -> Iterator[Reading]:
    """Kill builds, starve them of their disk, and let them crowd: is what is served whole?"""
    times = audit.wanted.kills
    with audit.apart() as folder:
        yield from (told for found in kills.killed(folder, times) for told in survived(found))
    with audit.apart() as folder:
        yield from (told for found in kills.crowded(folder, 5) for told in survived(found))
    if not kills.can_mount():
        yield Reading("disk full", "tries", "not run, needs Linux that lets anybody mount a disk")
        return
    with audit.apart() as folder:
        yield from (told for found in kills.starved(folder, 20) for told in survived(found))


def survived(found: kills.Outcome) -> Iterator[Reading]:
    """Give the readings of one sort of builds."""
    counts = {"tries": found.tries, "whole": found.whole, "old": found.old, "new": found.new}
    for column, value in counts.items():
        yield Reading(found.sort, column, str(value))
    yield counted(found.sort, "faults", found.faults)


def compare(audit: Audit) -> Iterator[Reading]:
    """Build the whole site in other environments, on another day and in another folder."""
    files = len(kills.tree(audit.site))
    with audit.apart() as folder:
        for name, others in kills.unlike(folder, audit.site):
            yield Reading(name, "files", str(files))
            yield counted(name, "other bytes", others)


def refuse(audit: Audit) -> Iterator[Reading]:
    """Give each broken input to the real command: refused, worded fully, what it cost at most."""
    del audit
    groups: dict[str, list[dict[str, Any]]] = {}
    for number, one in enumerate(broken.refusals(), 1):
        groups.setdefault(one.get("group", ""), []).append(one)
        count(f"  {number} broken inputs")
    count("")
    (last,) = groups.pop("")
    everything = [one for found in groups.values() for one in found]
    for name, found in {**groups, "all": everything}.items():
        yield from refused(name, found)
    yield counted("all", "calls of the network", ["somebody was called"] * last["calls"])


def refused(name: str, found: Sequence[Mapping[str, Any]]) -> Iterator[Reading]:
    """Give the readings of one group of broken inputs."""
    accepted = [one["name"] for one in found if one["code"] != 2]
    badly = [f"{one['name']}: {one['problems'][0]}" for one in found if one["problems"]]
    slowest = max(found, key=lambda one: float(one["seconds"]))
    yield Reading(name, "cases", str(len(found)))
    yield Reading(name, "refused", str(len(found) - len(accepted)), accepted)
    yield Reading(name, "worded fully", str(len(found) - len(badly)), badly)
    yield held(name, "CPU s", round(slowest["seconds"], 2))
    yield held(name, "MB", round(max(one["megabytes"] for one in found)))
    yield Reading(name, "slowest", slowest["name"])


def mutate(audit: Audit) -> Iterator[Reading]:
    """Spoil made-up series in six ways: refused or asked about, right by their rows, or wrong."""
    for name, found in broken.mutations(audit.wanted.mutations).items():
        yield Reading(name, "cases", str(sum(found.values())))
        for column in ("refused or asked about", "as its rows say", "nothing changed"):
            yield Reading(name, column, str(found.get(column, 0)))
        yield counted(name, "wrong", ["a figure is not what its rows say"] * found.get("wrong", 0))


@contextmanager
def plain_page(audit: Audit) -> Iterator[str]:
    """Serve the plain page, made of the words of the first page that has a chart."""
    pages = [audit.site / address / "index.html" for address in audit.pages.values()]
    model = next((p for p in pages if p.is_file() and "co-chart" in p.read_text("utf-8")), None)
    with tempfile.TemporaryDirectory(prefix="callover-plain-") as folder:
        site = lighthouse.plain_site(model or audit.site / "index.html", Path(folder) / "plain")
        with browser.serving(site, lighthouse.FastHost) as address:
            yield f"{address}/"


@contextmanager
def opened(chromium: Browser, views: Sequence[visits.View], url: str) -> Iterator[list[Page]]:
    """Open an address in a window for each view."""
    contexts = [visits.context(chromium, view) for view in views]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.goto(url)
    yield pages
    for context in contexts:
        context.close()


@dataclass(frozen=True)
class Section:
    """A part of the audit: its name for --only, its title and how it is measured."""

    name: str
    title: str
    measure: Callable[[Audit], Iterator[Reading]]


SECTIONS = (
    Section("weight", "Weight before any click (gzip -6), a page at most 100 kB", weigh),
    Section("index", "Search index at 500 pages, at most 50 kB", weigh_index),
    Section("privacy", "Policy violations, other hosts, storage, on a tour", keep_private),
    Section("keyboard", "Keyboard walk at 320 and 1280 px", walk),
    Section("looks", "Faults at 320, 768 and 1280 px", look),
    Section("contrast", "Contrast of the style sheet's colours", reckon_contrast),
    Section("axe", "Violations of axe-core, by width and colour scheme", run_axe),
    Section("lighthouse", "Lighthouse, a phone on slow 4G (times in ms)", light),
    Section("same", "Files with other bytes in another environment", compare),
    Section("corpus", "Broken inputs, each given to the real command", refuse),
    Section("mutations", "Spoilt series, by what was done to them", mutate),
    Section("kills", "Sites that are whole after builds that were stopped", kill),
)


# ---------------------------------------------------------------- the result


def table(readings: Sequence[Reading]) -> str:
    """Set readings out as plain text, a row a page type; a missed figure has a mark."""
    columns = list(dict.fromkeys(reading.column for reading in readings))
    cells: dict[str, dict[str, str]] = {}
    for reading in readings:
        text = reading.text + (" !" if reading.faults else "")
        cells.setdefault(reading.page, {})[reading.column] = text
    rows = [["page type", *columns]]
    rows += [[page or "home", *(row.get(c, "") for c in columns)] for page, row in cells.items()]
    widths = [max(len(row[n]) for row in rows) for n in range(len(columns) + 1)]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip()
        for row in rows
    )


def missed(section: Section, readings: Iterable[Reading]) -> list[str]:
    """Give a line for each fault."""
    return [
        f"{section.name}, {reading.page or 'home'}, {reading.column}: {fault}"
        for reading in readings
        for fault in reading.faults
    ]


def build(output: Path, *options: str | Path) -> Path:
    """Build a site into a folder."""
    command: list[str | Path] = [CALLOVER, "build", "--output", output, *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"The build failed:\n{done.stdout}{done.stderr}")
    return output


def chosen(pages: Mapping[str, str], words: Sequence[str]) -> Mapping[str, str]:
    """Give the page types that have one of the words in their name or address; all for none."""
    return {
        name: address
        for name, address in pages.items()
        if not words or any(word in f"{name or 'home'} {address}" for word in words)
    }


def listed(text: str) -> list[str]:
    """Split a list with commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


def options() -> argparse.Namespace:
    """Read the command line."""
    names = ", ".join(section.name for section in SECTIONS)
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").partition("\n\n")[0],
    )
    parser.add_argument("--only", type=listed, default=[], help=f"sections: {names}")
    parser.add_argument("--pages", type=listed, default=[], help="words of page types or addresses")
    parser.add_argument("--kills", type=int, default=200, help="builds to kill (default: 200)")
    parser.add_argument(
        "--mutations", type=int, default=1000, help="series to spoil (default: 1000)"
    )
    parser.add_argument("--site", type=Path, help="a site that is built already")
    found = parser.parse_args()
    unknown = set(found.only) - {section.name for section in SECTIONS}
    if unknown:
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {names}")
    return found


def main() -> int:
    """Measure, print a table for each section, and list what is missed."""
    wanted = options()
    faults: list[str] = []
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="callover-audit-"))
        audit = Audit(wanted, Path(folder), stack)
        for section in SECTIONS:
            if wanted.only and section.name not in wanted.only:
                continue
            say(f"{section.title} ...")
            readings = list(section.measure(audit))
            print(f"\n{section.title}\n{'-' * len(section.title)}\n{table(readings)}", flush=True)
            faults += missed(section, readings)
    print(f"\nMissed: {len(faults) or 'nothing'}")
    for fault in faults:
        print(f"  {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
