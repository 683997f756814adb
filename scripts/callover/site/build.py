"""The stages of a build, in order: read, press, write the pages; and publish them with MkDocs.

Nothing is written before everything is read and computed. The published site is built beside the
old one and takes its place at the end, so that a failed build leaves the old one as it was.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from callover.addresses import LIST, Ever, decide
from callover.data.read import read
from callover.embargo import refuse_early
from callover.errors import PublishError, Remark
from callover.model import Content, Portal
from callover.pages import moved
from callover.pages.portal import pages
from callover.remarks import remarks
from callover.site import security
from callover.site.bundle import LIBRARY, VERSION, library
from callover.site.collector import at_rest, give_back
from callover.site.manifest import seal
from callover.site.policy import header_files
from callover.site.settings import read_settings
from callover.site.swap import beside, refuse_foreign, swap
from callover.site.write import Written, write_tree

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

KEPT = frozenset({".gitignore"})
EPOCH = ".epoch"
#: What the theme copies for its own pages; ours load none of it.
_UNUSED = ("assets/javascripts", "assets/stylesheets", "assets/images")

Progress = Callable[[str, int], None]


def silent(stage: str, count: int) -> None:
    """Report no progress."""


def unsaid(found: Sequence[Remark]) -> None:
    """Say nothing about texts that are hard to read."""


@dataclass
class Clock:
    """How many CPU seconds each stage took."""

    stages: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage."""
        begin = time.process_time()
        try:
            yield
        finally:
            self.stages[name] = self.stages.get(name, 0.0) + time.process_time() - begin


@dataclass(frozen=True)
class Places:
    """Where things are: the data, the hand-written pages, the generated pages, the settings."""

    data: Path
    written: Path
    pages: Path
    config: Path


@at_rest()
def make_pages(
    places: Places,
    now: datetime,
    clock: Clock | None = None,
    progress: Progress = silent,
    warn: Callable[[Sequence[Remark]], None] = unsaid,
    published: Sequence[Ever] = (),
    early: Callable[[Portal, datetime], None] = refuse_early,
) -> tuple[int, Written]:
    """Read the data, press the pages and write those that changed; raise Faults before writing.

    Only where an address would vanish are Faults raised after it: which addresses there are is
    known when the last page is made, and pages are too many to hold. `now` is the moment in London,
    and `early` looks for releases that may not be public then. `published` has addresses of the
    published site. `warn` is given the partners' texts that are hard to read. The result is the
    number of indicators, not the portal: MkDocs needs the memory next.
    """
    clock = clock or Clock()
    with clock.stage("read"):
        portal = read(places.data, now.date(), lambda count: progress("Reading", count))
    early(portal, now)
    settings = read_settings(places.config)
    portal = replace(portal, site=settings.site, contact=settings.contact)
    contact = security.security_txt(settings.site, settings.security_contact, newest(portal))
    texts, assets = hand_written(places.written)
    assets[LIBRARY] = chart_library()
    with clock.stage("read"):
        warn(remarks(portal, places.data.name))
    made = pages(portal, texts, lambda count: progress("Pages", count))
    extra: list[tuple[str, Content]] = [
        *assets.items(),
        (security.PLACE, contact),
        (EPOCH, str(epoch(portal))),
    ]
    files = answered(portal, chain(made, extra), published, now.date())
    with clock.stage("pages"):
        written = write_tree(places.pages, files, KEPT)
    return sum(len(p.indicators) for p in portal.partnerships), written


def answered(
    portal: Portal, files: Iterable[tuple[str, Content]], published: Sequence[Ever], today: date
) -> Iterator[tuple[str, Content]]:
    """Give the files, then what stands at addresses that none of them has, and the list of all.

    Raises Faults, after the last file, where nothing would answer at an address ever published.
    """
    passed = moved.Passing(portal.reference.moves)
    yield from passed.through(files)
    ever = (*portal.reference.addresses, *published)
    answers = decide(passed.addresses, ever, portal.reference.moves, today.isoformat())
    yield from moved.files(portal, answers, passed)
    # A host may read only the first lines, so pages stand before files.
    gone = [(a.address, a.to) for a in answers if a.move and a.to]
    yield from header_files(portal.site, sorted(gone, key=lambda one: not one[0].endswith("/")))
    every = {*passed.addresses, *(e.address for e in ever), *(a.address for a in answers)}
    yield LIST, json.dumps(sorted(every), indent=0) + "\n"


def hand_written(folder: Path) -> tuple[dict[str, str], dict[str, bytes]]:
    """Read docs/: pages as text, all else as bytes; the theme's overrides stay where they are."""
    pages: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or path.is_symlink() or name.startswith("overrides/"):
            continue
        if path.suffix == ".md":
            pages[name] = path.read_text("utf-8")
        else:
            assets[name] = path.read_bytes()
    return pages, assets


def chart_library() -> bytes:
    """Read the script that draws a chart to explore; refuse one that pages would not run."""
    content = library()
    if content is None:
        raise PublishError(
            f"Plotly {VERSION} is not here as we tested it, so no chart could be explored. Install "
            "what requirements.txt lists: python3 scripts/bootstrap.py site"
        )
    return content


def notice(config: Path, pages: Path, today: date) -> str:
    """Warn in words if security.txt of a live site runs out soon; else give nothing."""
    if not read_settings(config).live:
        return ""
    seconds = int((pages / EPOCH).read_text("utf-8"))
    return security.runs_out(datetime.fromtimestamp(seconds, UTC).date(), today)


def newest(portal: Portal) -> date:
    """Give the newest day the pages speak from."""
    return date.fromisoformat(max(p.as_of for p in portal.partnerships))


def epoch(portal: Portal) -> int:
    """Give the newest day the pages speak from, in seconds; the site map's dates come from it."""
    return int(datetime.combine(newest(portal), datetime.min.time(), UTC).timestamp())


def publish(config: Path, pages: Path, output: Path, clock: Clock | None = None) -> None:
    """Build the site with MkDocs beside the old one and put it in its place.

    The place is to be `claimed`.
    """
    clock = clock or Clock()
    staging = beside(output, "new")
    refuse_foreign(output)
    with clock.stage("mkdocs"):
        give_back()
        _mkdocs(config, pages, staging)
    with clock.stage("publish"):
        for name in _UNUSED:
            shutil.rmtree(staging / name, ignore_errors=True)
        seal(staging)
        swap(staging, output)


class _Collector(logging.Handler):
    """Keeps warnings of MkDocs, which `strict` turns into a failure."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def _forget_source(html: str, page: Page, **_: object) -> str:
    """Let go of a page's Markdown once it is HTML: MkDocs holds every page until the last is done.

    Of 2,600 pages that is 80 MB. It is emptied and not removed, as a page without has no title.
    """
    page.markdown = ""
    return html


def _mkdocs(config: Path, pages: Path, staging: Path) -> None:
    # MkDocs reads the day from the environment; without it the site map has the day of the build.
    os.environ["SOURCE_DATE_EPOCH"] = (pages / EPOCH).read_text("utf-8")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    collector = _Collector()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(collector)
    try:
        # The hook would run this build again; the pages are made already.
        settings = load_config(
            str(config), docs_dir=str(pages), site_dir=str(staging), hooks=[], strict=True
        )
        settings.plugins.events["page_content"].append(_forget_source)
        settings.plugins.on_startup(command="build", dirty=False)
        build(settings)
        settings.plugins.on_shutdown()
    except (MkDocsException, SystemExit) as problem:
        told = "\n".join([*collector.messages, str(problem)])
        raise PublishError(f"MkDocs did not accept the pages:\n{told}") from problem
    finally:
        logger.removeHandler(collector)
