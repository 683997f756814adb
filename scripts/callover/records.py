"""What a partnership plans, decides and reports beside its figures: a record for each row.

A record has the columns of its table as attributes, under their own names (`from` is `from_`).
Texts are as typed, '' where the cell is empty; days, months and years are periods; numbers are
exact. `at` says where the row stands, so that a fault found later can name it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from callover.periods import Period

#: What an action can be; '' where nobody has said.
STATES = ("not started", "under way", "done", "stopped")
#: What an entry of the action log can be; `OPEN` are carried forward from meeting to meeting.
LOG_STATES = ("open", "partly done", "done", "superseded", "not traceable")
OPEN = frozenset(("open", "partly done"))
COLOURS = ("R", "A", "G")
EXCEPTIONS = (
    *("off target", "worsening", "risk", "special", "renegotiated", "definition"),
    "not yet reported",
)
ACHIEVEMENTS = ("overall", "achievement", "attention")
REPORTED = ("exceptions", "year")


_LINK = re.compile(
    r"(?:[a-z0-9]+(?:[_-][a-z0-9]+)*/)+(?:[a-z0-9]+(?:[_-][a-z0-9]+)*\.[a-z]+)?"
    r"(?:#[a-z0-9]+(?:[_:-][a-z0-9]+)*)?",
    re.A,
)


def is_link(text: str) -> bool:
    """Say whether a text is an address inside the partnership, such as actions/#asb-03."""
    return _LINK.fullmatch(text) is not None


@dataclass(frozen=True)
class Place:
    """Where a row stands: the file as its editor names it, and the row as a spreadsheet counts."""

    file: str = ""
    row: int = 0


@dataclass(frozen=True, kw_only=True)
class Record:
    """A row of one of a partnership's own tables. Two are equal if their cells are."""

    at: Place = field(default_factory=Place, compare=False)
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Action(Record):
    """Something the partners said they would do; `due` is a day or a month."""

    id: str
    outcome: str
    action: str
    lead: str = ""
    due: Period | None = None
    due_as_printed: str = ""
    status: str = ""
    year: Period | None = None
    q1: str = ""
    q2: str = ""
    q3: str = ""
    q4: str = ""
    indicator: str = ""

    @property
    def quarters(self) -> tuple[str, str, str, str]:
        """What was said in each quarter of its year, in order."""
        return self.q1, self.q2, self.q3, self.q4


@dataclass(frozen=True, kw_only=True)
class Meeting(Record):
    """A meeting of the partners: its day, and the day of the next."""

    date: Period
    title: str
    place: str = ""
    next: Period | None = None


@dataclass(frozen=True, kw_only=True)
class Item(Record):
    """An item of a meeting's agenda; `links` are addresses inside the partnership."""

    meeting: Period
    item: str
    title: str
    lead: str = ""
    minutes: int | None = None
    links: tuple[str, ...] = ()
    decision: str = ""


@dataclass(frozen=True, kw_only=True)
class Logged(Record):
    """An action that a meeting gave to somebody, and what became of it."""

    id: str
    meeting: Period
    action: str
    status: str
    item: str = ""
    theme: str = ""
    owner: str = ""
    due: Period | None = None
    due_as_printed: str = ""
    closed: Period | None = None
    reported: str = ""
    link: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Group(Record):
    """A group that meets about an outcome: how often, who sits in it and what for."""

    group: str
    outcome: str = ""
    frequency: str = ""
    membership: str = ""
    purpose: str = ""


@dataclass(frozen=True, kw_only=True)
class Message(Record):
    """Something the partners tell the public, through a channel, and what was done of it."""

    id: str
    message: str
    outcome: str = ""
    channel: str = ""
    lead: str = ""
    due: Period | None = None
    due_as_printed: str = ""
    year: Period | None = None
    q1: str = ""
    q2: str = ""
    q3: str = ""
    q4: str = ""

    @property
    def quarters(self) -> tuple[str, str, str, str]:
        """What was said in each quarter of its year, in order."""
        return self.q1, self.q2, self.q3, self.q4


@dataclass(frozen=True, kw_only=True)
class Roles(Record):
    """Who answers for an outcome, as organisations and roles."""

    outcome: str
    lead_agency: str = ""
    strategic_lead: str = ""
    operational_leads: str = ""


@dataclass(frozen=True, kw_only=True)
class Workstream(Record):
    """A piece of work for an outcome: where it stands, what comes next and when it goes live."""

    id: str
    title: str
    outcome: str = ""
    status: str = ""
    next_steps: str = ""
    goes_live: Period | None = None


@dataclass(frozen=True, kw_only=True)
class Excepted(Record):
    """What people wrote about one exception of one period."""

    period: Period
    kind: str
    title: str
    indicator: str = ""
    rating: str = ""
    target_set: str = ""
    figure: str = ""
    cause: str = ""
    action: str = ""
    where: str = ""


@dataclass(frozen=True, kw_only=True)
class Project(Record):
    """A funded project as reported for one period; money stands as it was written."""

    period: Period
    project: str
    rating: str = ""
    rated_by: str = ""
    exception: str = ""
    spent: str = ""
    approved: str = ""
    pending: str = ""
    funding_to: str = ""
    action: str = ""
    where: str = ""


@dataclass(frozen=True, kw_only=True)
class Achievement(Record):
    """What a year brought, or what needs attention next, with its figure if there is one."""

    year: Period
    kind: str
    text: str
    outcome: str = ""
    value: int | Fraction | None = None
    unit: str = ""
    period: Period | None = None
    from_value: int | Fraction | None = None
    from_period: Period | None = None
    indicator: str = ""
    next_plan: str = ""
    source: str = ""
    where: str = ""


@dataclass(frozen=True, kw_only=True)
class Issued(Record):
    """A report as it was given to a meeting: when, by which role, what for and what comes next."""

    report: str
    period: Period
    title: str
    meeting: str = ""
    date: Period | None = None
    from_: str = ""
    purpose: str = ""
    next: str = ""


@dataclass(frozen=True)
class Records:
    """A partnership's own tables, each under the name of its file."""

    actions: tuple[Action, ...] = ()
    governance: tuple[Group, ...] = ()
    communications: tuple[Message, ...] = ()
    roles: tuple[Roles, ...] = ()
    workstreams: tuple[Workstream, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    agenda: tuple[Item, ...] = ()
    action_log: tuple[Logged, ...] = ()
    exceptions: tuple[Excepted, ...] = ()
    projects: tuple[Project, ...] = ()
    achievements: tuple[Achievement, ...] = ()
    reports: tuple[Issued, ...] = ()
