"""What a report page is: a row of REPORTS in `callover.pages.reports`, and what it is given."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from callover.compute import Board, board_as_at
from callover.model import Portal
from callover.pages.offers import Offers, offers
from callover.pages.terms import Terms
from callover.periods import Period
from callover.provenance import of_report
from callover.reconcile import Reconciled

INDEX = "index.md"
_FRONT = re.compile(r'---\ntitle: (".*")\ndescription: (".*")\n---\n')

#: What is in each table of a partnership, for a reader who is offered the file.
TABLES: Mapping[str, str] = {
    "actions": "every action with its lead, its due date and its updates",
    "governance": "the groups, how often they meet and what for",
    "communications": "what the partners tell the public, how and when",
    "roles": "who answers for each outcome, as organisations and roles",
    "workstreams": "pieces of work: where they stand and what comes next",
    "meetings": "the meetings and their dates",
    "agenda": "the items of each agenda, and what was decided",
    "action_log": "what each meeting asked for, and what became of it",
    "exceptions": "what people wrote about each exception",
    "projects": "the funded projects and how they are rated",
    "achievements": "what each year brought, and what needs attention",
    "reports": "the reports as they were given to a meeting",
}

#: Files by their path below the report's own folder, such as `index.md` or `2013-07-19/index.md`.
Files = Iterator[tuple[str, str]]


@dataclass(frozen=True)
class Context:
    """Everything that is known when report pages are made; a report changes none of it.

    `titles` has the title of each kind of report by its name, `terms` the glossary's special words.
    """

    portal: Portal
    boards: Sequence[Board]
    reconciled: Mapping[str, Sequence[Reconciled]]
    titles: Mapping[str, str] = field(default_factory=dict)
    terms: Terms = field(default_factory=dict)
    _then: dict[tuple[str, int], Board] = field(default_factory=dict, compare=False, repr=False)

    def as_at(self, board: Board, period: Period) -> Board:
        """Give a partnership as it stood when a period had ended; each is computed once."""
        key = board.partnership.slug, period.end
        if key not in self._then:
            self._then[key] = board_as_at(board, period, self.portal.reference)
        return self._then[key]


@dataclass(frozen=True)
class Report:
    """A kind of report page: `name` is its reserved part of the address, `template` its page's.

    `sentence` tells a reader of the overview what he finds there. `files` gives nothing where a
    partnership has nothing to show.
    """

    name: str
    title: str
    sentence: str
    template: str
    files: Callable[[Context, Board], Files]


@dataclass(frozen=True)
class Made:
    """A report that a partnership has, with its files by their path below its own folder."""

    report: Report
    files: Mapping[str, str]

    @property
    def pages(self) -> Iterator[tuple[str, str, str]]:
        """The address below the partnership, the title and the description of each page."""
        for path, text in self.files.items():
            found = _FRONT.match(text) if path.endswith(INDEX) else None
            if found is not None:
                address = f"{self.report.name}/{path.removesuffix(INDEX)}"
                yield address, json.loads(found[1]), json.loads(found[2])

    @property
    def links(self) -> Sequence[tuple[str, str, str]]:
        """Address, title and sentence for the overview: the report's own page, or else each."""
        if INDEX in self.files:
            return [(f"{self.report.name}/", self.report.title, self.report.sentence)]
        return [(address, title, self.report.sentence) for address, title, _ in self.pages]


def tables_of(board: Board, *names: str) -> Mapping[str, str]:
    """Give the files of a partnership's own tables that it has, by their names."""
    own = board.partnership.files
    return {f"{name}.csv": own[f"{name}.csv"] for name in names if f"{name}.csv" in own}


def downloads(
    context: Context,
    board: Board,
    path: str,
    files: Iterable[str],
    closing: Period | None = None,
    **others: str,
) -> Offers:
    """Offer the files of a page, with what is in each; `path` is below the partnership's address.

    `others` explains files that are no table of the partnership. `closing` is the newest period
    of the page's figures, where it has any.
    """
    told = {**TABLES, **others}
    origin = of_report(context.portal.site, board.partnership, path, closing)
    return offers(origin, [(file, told[file.removesuffix(".csv")]) for file in files])


def made(reports: Iterable[Report], context: Context, board: Board) -> Sequence[Made]:
    """Make the reports that a partnership has something for, in their order."""
    found = (Made(report, dict(report.files(context, board))) for report in reports)
    return [report for report in found if report.files]


def outcome_anchor(outcome: str) -> str:
    """Give the id that an outcome's heading has on a page whose rows have ids of their own."""
    return f"outcome:{outcome}"
