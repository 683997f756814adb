"""The command `callover`: all that it does, from `build` and `check` to `release` and `verify`.

Exit codes: 0 done; 2 something is wrong with the data, told in full; 3 MkDocs refused the pages;
4 the disk or a file could not be used; 5 too early: the embargo of a release is not over.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from callover import __version__, london
from callover.addresses import Ever
from callover.advice import advice
from callover.embargo import TooEarly, held, refuse_early
from callover.errors import Fault, Faults, PublishError, Remark, Unfound, UnknownName
from callover.model import Portal
from callover.remarks import remarks, told, told_of_numbers
from callover.revisions import REASONS
from callover.site.build import Clock, Places, make_pages, notice, publish
from callover.site.collector import at_rest
from callover.site.swap import WAIT, beside, claimed, refuse_foreign
from callover.words import amount

if TYPE_CHECKING:
    from callover.pages.portal import Gathered

_DATA = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("datapackage"),
    show_default=True,
    help="The folder that holds the data packages.",
)


class _Moment(click.ParamType):  # type: ignore[type-arg]
    """A day, or a time on it, in London."""

    name = "[YYYY-MM-DD|YYYY-MM-DDTHH:MM]"

    def convert(self, value: Any, param: object, ctx: object) -> datetime:
        """Read what was typed."""
        try:
            return value if isinstance(value, datetime) else london.given(value)
        except london.NoMoment as wrong:
            raise click.BadParameter(str(wrong)) from None


_TODAY = click.option(
    "--today",
    type=_Moment(),
    default=None,
    help="The day a live partnership's pages speak from, and the time in London; a day alone is "
    "its last minute (default: now).",
)

_CONFIG = Path("mkdocs.yml")
_WRITTEN = Path("docs")


def _now(today: datetime | None) -> datetime:
    """Give the moment in London at which the command runs, or the one that was asked for."""
    return today or london.now()


def _day(today: datetime | None) -> date:
    return _now(today).date()


def _say(text: str) -> None:
    click.echo(text, err=True)


class _Told:
    """Turns what can go wrong into a message and an exit code; no traceback for the expected."""

    def __init__(self, form: str = "text") -> None:
        self.form = form

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, problem: BaseException | None, trace: object) -> None:
        if isinstance(problem, Faults):
            if self.form == "github":
                for fault in problem.faults:
                    click.echo(annotation(fault))
            _fail(str(problem), problem.exit_code)
        if isinstance(problem, UnknownName):
            _fail(str(problem), 2)
        if isinstance(problem, (PublishError, TooEarly)):
            _fail(str(problem), problem.exit_code)
        if isinstance(problem, OSError):
            where = f"{problem.filename}: " if problem.filename else ""
            _fail(f"{where}{problem.strerror or problem}. Nothing was published.", 4)


def _fail(message: str, code: int) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(code)


def annotation(said: Fault | Remark | Unfound, level: str = "") -> str:
    """Write a fault as a GitHub annotation on its file and line; a remark as a warning."""
    level = level or ("error" if isinstance(said, Fault) else "warning")
    return _annotated(level, said.file, said.row, str(said))


def _annotated(level: str, file: str, row: int, text: str) -> str:
    text = text.replace("%", "%25").replace("\r", "").replace("\n", "%0A")
    place = file.replace(",", "%2C").replace(":", "%3A")
    return f"::{level} file={place},line={max(1, row)}::{text}"


_Warning = TypeVar("_Warning", Remark, Unfound)


def _warn(
    found: Sequence[_Warning],
    summed: Callable[[Sequence[_Warning]], str],
    form: str = "text",
    every: bool = False,
) -> None:
    """Say what to look at in texts, after all else, each or `summed`; the exit code stays."""
    if form == "github":
        for one in found:
            click.echo(annotation(one))
    if every:
        for one in found:
            _say(str(one))
    elif found:
        _say(summed(found))


def _advise(found: Iterable[Fault], form: str) -> None:
    """Tell what should be looked at; it is no fault, and the exit code stays as it is."""
    for one in found:
        if form == "github":
            click.echo(annotation(one, "warning"))
        click.echo(f"Warning: {one}", err=True)


def _mention(portal: Portal, now: datetime, root: str = "", form: str = "text") -> None:
    """Tell which releases may not be public yet; it is no fault, and the exit code stays."""
    for one in held(portal, now):
        if form == "github":
            file = f"{root}/{one.partnership.slug}/datapackage.json"
            click.echo(_annotated("notice", file, 0, str(one)))
        _say(f"Notice: {one}")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="callover")
def main() -> None:
    """Publish a community safety partnership's performance: data packages in, a website out."""


@main.command()
@_DATA
@_TODAY
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("build/site"),
    show_default=True,
    help="Where the finished site goes; the old one stays until the new one is whole.",
)
@click.option(
    "--pages-only", is_flag=True, help="Write the Markdown pages to build/docs and stop there."
)
@click.option(
    "--preview", is_flag=True, help="The same, for your own eyes: an embargo does not stop it."
)
@click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=WAIT,
    show_default=True,
    help="How many seconds to wait for another build into the same place.",
)
@click.option(
    "--published",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="addresses.json of the published site: the build fails where one of them would vanish.",
)
@click.option("--timings", type=click.Path(dir_okay=False, path_type=Path), hidden=True)
def build(
    data: Path,
    today: datetime | None,
    output: Path,
    pages_only: bool,
    preview: bool,
    published: Path | None,
    wait: float,
    timings: Path | None,
) -> None:
    """Check the data, make the pages and build the site."""
    clock, place = Clock(), output.resolve()
    with _Told(), claimed(place, wait, _say):
        if not (pages_only or preview):
            refuse_foreign(place)
        # A site elsewhere leaves the pages of this checkout alone.
        pages = Path("build/docs") if output == Path("build/site") else beside(place, "docs")
        places = Places(data, _WRITTEN, pages, _CONFIG)
        early = _mention if preview else refuse_early
        _pages(places, _now(today), clock, published, early)
        if not (pages_only or preview):
            publish(_CONFIG.resolve(), pages.resolve(), place, clock)
            _say(f"The site is in {output}.")
    if timings is not None:
        timings.write_text(json.dumps(clock.stages), "utf-8")


def _pages(
    places: Places,
    now: datetime,
    clock: Clock,
    published: Path | None,
    early: Callable[[Portal, datetime], None],
) -> None:
    """Write the pages and say what that did."""
    hard: list[Remark] = []
    ever = _published(published)
    with _Progress(places.data) as progress:
        count, written = make_pages(places, now, clock, progress, hard.extend, ever, early)
    _warn(hard, told)
    _say(
        f"{_indicators(count)}: {written.written} files written, {written.kept} as they were, "
        f"{written.deleted} deleted."
    )
    if warning := notice(places.config, places.pages, now.date()):
        _say(warning)


def _published(file: Path | None) -> Sequence[Ever]:
    """Read the addresses of the published site; say so where its list is not there."""
    from callover.site.addresses import published

    if file is not None and not file.exists():
        click.echo(f"There is no {file}: no address of a published site counts.", err=True)
    return published(file) if file is not None else ()


def _indicators(count: int) -> str:
    return f"{count} {'indicator' if count == 1 else 'indicators'}"


class _Progress:
    """A bar on a terminal for long work; silent where nobody watches."""

    def __init__(self, data: Path) -> None:
        self.total = max(1, sum(1 for _ in data.glob("*/*/datapackage.json")))
        self.bar: Any = None
        self.stage = ""

    def __enter__(self) -> Callable[[str, int], None]:
        return self.update if sys.stderr.isatty() else lambda stage, count: None

    def update(self, stage: str, count: int) -> None:
        if stage != self.stage:
            self.__exit__()
            self.stage = stage
            self.bar = click.progressbar(length=self.total, label=f"{stage:8}", file=sys.stderr)
            self.bar.__enter__()
        self.bar.update(count - self.bar.pos)

    def __exit__(self, *problem: object) -> None:
        if self.bar is not None:
            self.bar.__exit__(None, None, None)
            self.bar = None


@main.command()
@_DATA
@_TODAY
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github"]),
    default="text",
    help="How faults are told: as text, or also as GitHub annotations.",
)
@click.option(
    "--words", "every", is_flag=True, help="Show each text that is hard to read, not a summary."
)
@click.option(
    "--numbers",
    "every_number",
    is_flag=True,
    help="Show each number in a commentary that is no figure of its page, not a summary.",
)
def check(data: Path, today: datetime | None, form: str, every: bool, every_number: bool) -> None:
    """Check the data and say everything that is wrong with it, and what to look at in its texts."""
    from callover.data.read import read
    from callover.narrated import unfound
    from callover.pages.portal import check_links

    with _Told(form), at_rest(), _Progress(data) as progress:
        portal = read(data, _day(today), lambda count: progress("Checking", count))
        known = check_links(portal)
        _check_addresses(portal, _day(today), known)
        count = sum(len(p.indicators) for p in portal.partnerships)
        _warn(remarks(portal, data.name), told, form, every)
        boards = known.context.boards if known else ()
        _warn(unfound(portal, data.name, boards), told_of_numbers, form, every_number)
        _advise(advice(portal, data.name), form)
        _mention(portal, _now(today), data.name, form)
        click.echo(f"{_indicators(count)} checked. No faults.")


def _checked(data: Path, today: date) -> Portal:
    """Read a data folder and raise Faults with everything that is wrong with it."""
    from callover.data.read import read
    from callover.pages.portal import check_links

    portal = read(data, today)
    check_links(portal)
    return portal


def _check_addresses(portal: Portal, today: date, known: Gathered | None = None) -> None:
    """Raise Faults where an address would vanish; costs nothing where none is kept."""
    from callover.site.addresses import every

    if portal.reference.addresses or portal.reference.moves:
        every(portal, _WRITTEN, today, known)


@main.command()
@_DATA
@_TODAY
@click.option("--write", is_flag=True, help="Add them to addresses.csv, with the day.")
def addresses(data: Path, today: datetime | None, write: bool) -> None:
    """Show each address of the site that addresses.csv does not list yet."""
    from callover.data.read import read
    from callover.site.addresses import add, lacking

    with _Told():
        if write:
            found = add(data, _WRITTEN, _day(today))
        else:
            found = lacking(read(data, _day(today)), _WRITTEN, _day(today))
        click.echo("".join(f"{address}\n" for address in found), nl=False)
        if not found:
            click.echo("addresses.csv has every address of the site.")
        elif write:
            click.echo(f"{len(found)} added to addresses.csv.")
        else:
            click.echo(f"{len(found)} not in addresses.csv. The same command with --write adds it.")


@main.group()
def new() -> None:
    """Start a new partnership, indicator or table from a complete example."""


@new.command("partnership")
@_DATA
@click.argument("slug")
@click.option("--title", required=True, help="The partnership's full name.")
@click.option("--area", required=True, help="The code of its area, such as E09000002.")
def new_partnership(data: Path, slug: str, title: str, area: str) -> None:
    """Write the package of a new partnership into the folder SLUG."""
    from callover.data import scaffold

    with _Told():
        _list_made(scaffold.new_partnership(data, slug, title, area))


@new.command("indicator")
@_DATA
@click.argument("partnership")
@click.argument("slug")
@click.option("--kind", required=True, help="The kind of indicator; see the Methods page.")
@click.option("--title", required=True, help="The indicator's title.")
def new_indicator(data: Path, partnership: str, slug: str, kind: str, title: str) -> None:
    """Write the package of a new indicator into PARTNERSHIP/SLUG."""
    from callover.data import scaffold

    with _Told():
        _list_made(scaffold.new_indicator(data, partnership, slug, kind, title))


@new.command("table")
@_DATA
@click.argument("partnership")
@click.argument("name")
def new_table(data: Path, partnership: str, name: str) -> None:
    """Write the table NAME of PARTNERSHIP, such as actions, with a row to begin with."""
    from callover.data import scaffold

    with _Told():
        _list_made(scaffold.new_table(data, partnership, name))


def _list_made(made: list[Path]) -> None:
    for path in made:
        click.echo(f"wrote {path}")


@main.command()
@_DATA
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def tidy(data: Path, dry_run: bool) -> None:
    """Put right what a spreadsheet did to the files, where that is certain."""
    from callover.data.tidy import tidy as put_right

    with _Told():
        changed = put_right(data, not dry_run)
        for change in changed:
            click.echo(str(change))
        click.echo(f"{len(changed)} {'change' if len(changed) == 1 else 'changes'}.")


@main.command("import")
@_DATA
@_TODAY
@click.argument("sheet", metavar="SHEET", type=click.Path(path_type=Path))
@click.option(
    "--into",
    default="",
    metavar="PARTNERSHIP",
    help="The partnership, or its folder; not needed if only one has the sheet's indicators.",
)
@click.option(
    "--sheet", "name", default="", metavar="NAME", help="The sheet of a workbook that has several."
)
@click.option(
    "--reason",
    type=click.Choice(list(REASONS)),
    default=None,
    help="Why figures change that a release has published; goes into revisions.csv.",
)
@click.option("--note", default="", help="A sentence on that for readers; a correction needs one.")
@click.option("--write", is_flag=True, help="Write the figures; else only what would change.")
def import_sheet(
    data: Path,
    today: datetime | None,
    sheet: Path,
    into: str,
    name: str,
    reason: str | None,
    note: str,
    write: bool,
) -> None:
    """Add figures of many indicators from SHEET, a .csv or .xlsx: a row each, a column a period."""
    from callover.data import intake
    from callover.data.reasons import Why
    from callover.data.sheets import read_sheet

    with _Told():
        grid = read_sheet(sheet, name)
        root, partnership = _into(data, into, lambda root: intake.partnerships_of(root, grid))
        why = Why(reason or "", note)
        found = intake.take(root, partnership, grid, _day(today), _checked, why)
        click.echo("\n".join(intake.told(found)))
        if write:
            intake.write(root, found.files)
            _list_made([root / path for path in found.files])
        elif found.files:
            click.echo("Nothing is written yet. The same command with --write writes it.")


def _into(data: Path, into: str, knowing: Callable[[Path], list[str]]) -> tuple[Path, str]:
    """Find the data folder and the partnership in it; `into` may be a name or a path.

    Where it is left out, it is the only partnership, or the only one `knowing` the sheet's rows.
    """
    place = Path(into)
    root = place.parent if place.name and place.parent != Path() else data
    found = (path.parent.name for path in root.glob("*/datapackage.json"))
    known = sorted(name for name in found if name != "reference")
    if place.name in known:
        return root, place.name
    if place.name:
        raise UnknownName("partnership", place.name, known)
    choice = known if len(known) == 1 else knowing(root)
    if len(choice) != 1:
        raise click.UsageError(f"Say which partnership by --into: {', '.join(choice or known)}.")
    return root, choice[0]


@main.command()
@_DATA
@_TODAY
@click.argument("partnership")
@click.argument("period")
@click.option("--dry-run", is_flag=True, help="Say what would be frozen, and write nothing.")
def release(
    data: Path, today: datetime | None, partnership: str, period: str, dry_run: bool
) -> None:
    """Freeze what the pages of PARTNERSHIP say at a release; PERIOD is its period or its id."""
    from callover.data.read import read
    from callover.pages.portal import check_links
    from callover.site import release as releases
    from callover.site.addresses import add

    with _Told():
        if not dry_run:
            releases.recover(data, partnership)
        portal = read(data, _day(today))
        known = check_links(portal)
        made = releases.freeze(data, portal, partnership, period, _now(today))
        pages = amount(len(made.records), "pages", "page")
        for slug in made.without:
            click.echo(f"{slug} has no figure up to {made.listed.data_to.label}: no record.")
        if dry_run:
            click.echo(f"Would freeze {pages} of {made.listed.title}. Nothing is written.")
            return
        _check_addresses(portal, _day(today), known)
        _list_made(releases.write(data, made))
        if new := add(data, _WRITTEN, _day(today)):
            click.echo(f"{amount(len(new), 'addresses', 'address')} added to addresses.csv.")
        click.echo(f"Froze {pages} of {made.listed.title}. Commit what was written.")


@main.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new_data", metavar="NEW", type=click.Path(path_type=Path))
@_TODAY
def changes(old: Path, new_data: Path, today: datetime | None) -> None:
    """Say in Markdown what publishing NEW would change on a site made from OLD."""
    # pandas is needed here and nowhere else; the build does without its import.
    from callover.changes import changes as compare

    with _Told():
        click.echo(compare(old, new_data, _day(today)))


@main.command()
@click.argument("place", metavar="SITE_OR_FOLDER")
def verify(place: str) -> None:
    """Recompute the checksums of what is published, from outside.

    SITE_OR_FOLDER is the https address of a site, the folder of a site, or a folder of data
    packages.
    """
    from callover.site.verify import verified

    with _Told():
        report = verified(place)
        click.echo(str(report))
    if report.differences:
        raise SystemExit(2)
