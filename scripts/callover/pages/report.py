"""What a report page is: a row of REPORTS in `callover.pages.reports`, and what it is given."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from callover.compute import Board
from callover.model import Portal
from callover.reconcile import Reconciled

INDEX = "index.md"
_FRONT = re.compile(r'---\ntitle: (".*")\ndescription: (".*")\n---\n')

#: Files by their path below the report's own folder, such as `index.md` or `2013-07-19/index.md`.
Files = Iterator[tuple[str, str]]


@dataclass(frozen=True)
class Context:
    """Everything that is known when report pages are made; a report changes none of it."""

    portal: Portal
    boards: Sequence[Board]
    reconciled: Mapping[str, Sequence[Reconciled]]


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


def made(reports: Iterable[Report], context: Context, board: Board) -> Sequence[Made]:
    """Make the reports that a partnership has something for, in their order."""
    found = (Made(report, dict(report.files(context, board))) for report in reports)
    return [report for report in found if report.files]
