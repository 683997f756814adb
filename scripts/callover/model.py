"""The values that travel between the stages: frozen, typed, free of files and of words.

Numbers are exact: an `int` for a count, a `Fraction` for anything divided. They become text in
`callover.words` and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple

from callover.addresses import Ever, Move
from callover.everyday import Everyday
from callover.frozen import Frozen, Listed
from callover.helplines import Helpline
from callover.periods import Period
from callover.records import Records
from callover.revisions import Revision

Number = int | Fraction

ALL = "all"  # the category (and label) of a total
UNSTATED = "number"  # the unit of a figure where its source states none

#: Government shorthand, and what each marker says to a reader.
MARKERS: Mapping[str, str] = {
    "c": "confidential: too small to publish safely",
    "x": "not available",
    "z": "not applicable",
    "p": "provisional",
    "r": "revised since first published",
    "b": "break: recorded differently from the figures before, so we do not mix them",
    "e": "estimated, or worked out from other figures",
    "u": "low reliability",
}

#: Markers that stand in place of a value; the others go with one.
IN_PLACE_OF_VALUE = frozenset("cxz")


#: What a file of the site holds.
Content = str | bytes

#: The address of a site that nobody has given one: a name reserved for examples.
EXAMPLE_SITE = "https://example.org/"


@dataclass(frozen=True, slots=True)
class Cell:
    """One published quantity: a number or the marker that stands in its place.

    `decimals` is how many the data has: 17.0 was printed more finely than 17.
    """

    value: Number | None
    marker: str = ""
    note: str = ""
    text: str = ""
    line: int = 0
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Key:
    """What a line of figures is about: an area, a category of it, and a column of the data."""

    area: str
    category: str
    column: str


@dataclass(frozen=True)
class Denominator:
    """A dated number of people or households that counts are divided by."""

    name: str
    area: str
    start: int
    end: int
    value: int
    unit: str
    source: str
    inferred: bool


@dataclass(frozen=True)
class Group:
    """A set of areas that a rank is within, such as the force or the most similar group.

    `start` and `end` are the days, as ordinals, from and to which the members are these; START and
    END where nobody says. `mean` says how its mean is made, in words; empty if not stated.
    """

    START: ClassVar[int] = 1
    END: ClassVar[int] = 3_652_059

    name: str
    title: str
    size: int
    members: tuple[str, ...]
    note: str
    mean: str = ""
    start: int = START
    end: int = END


@dataclass(frozen=True)
class Tile:
    """Where an area lies on a map of tiles, counted from 1, and its short name there."""

    column: int
    row: int
    short_name: str


@dataclass(frozen=True)
class Reference:
    """What all partnerships share: areas by code, groups by name, dated denominators.

    `tiles` has the places of areas that a map of tiles shows, `area_types` says what areas are,
    `helplines` whom a reader may turn to, `everyday` what people call what measures count.
    `addresses` are those ever published, `moves` say where some of them are now.
    """

    areas: Mapping[str, str]
    groups: Mapping[str, Group]
    denominators: tuple[Denominator, ...]
    tiles: Mapping[str, Tile] = field(default_factory=dict)
    area_types: Mapping[str, str] = field(default_factory=dict)
    helplines: tuple[Helpline, ...] = ()
    everyday: tuple[Everyday, ...] = ()
    addresses: tuple[Ever, ...] = ()
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True)
class Rate:
    """How an indicator's rate is made: which denominator, per how many, printed how finely."""

    denominator: str
    per: int
    label: str
    decimals: int = 2


@dataclass(frozen=True)
class Naming:
    """What an indicator calls one of its quantities, and in which unit; empty for the usual."""

    title: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Survey:
    """What a survey asked, and whom: the question's number and wording, its base, its name."""

    question: str
    question_id: str = ""
    base: str = ""
    name: str = ""


@dataclass(frozen=True)
class League:
    """The group whose areas are ranked, and the area whose printed figure is their total."""

    group: str
    total_area: str = ""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One row of targets.csv; which fields matter depends on `type` (see `callover.targets`)."""

    measure: str
    category: str
    period: Period | None
    type: str
    lower: Number | None = None
    upper: Number | None = None
    change_percent: Number | None = None
    baseline: Number | None = None
    baseline_period: Period | None = None
    status: str = ""
    as_published: str = ""


@dataclass(frozen=True, slots=True)
class Comparator:
    """A figure of somebody else (London, the force, the similar group) as the partners quote it."""

    period: Period | None
    area: str
    group: str
    measure: str
    value: Number
    as_printed: str
    unit: str
    basis: str


@dataclass(frozen=True, slots=True)
class Published:
    """A figure as a document printed it: evidence, not truth."""

    release: str
    measure: str
    period: Period | None
    area: str
    category: str
    as_printed: str
    where: str


@dataclass(frozen=True)
class Scheme:
    """A named way to rate: a rule of `callover.ratings` with this partnership's own settings.

    `inferred` says that somebody worked the rule out from printed ratings, so that an agreement
    with them proves nothing. `bases` are further bases on which it always gives a verdict.
    """

    name: str
    rule: str
    title: str
    tolerance: Number = 10
    basis: str = ""
    legend: str = ""
    source: str = ""
    inferred: bool = False
    bases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Also:
    """A further verdict that an indicator asks for; what is empty is as for the leading one."""

    measure: str = ""
    category: str = ""
    basis: str = ""
    scheme: str = ""


@dataclass(frozen=True)
class Release:
    """One publication of figures: what it covers and when it came out, where that is known.

    `published` and `next` are ISO days or ''. Before `embargo`, London's time, it is not public.
    """

    id: str
    title: str
    data_to: Period
    published: str
    next: str
    embargo: datetime | None = None


@dataclass(frozen=True)
class Outcome:
    """What the partnership wants for its residents; indicators are grouped by it.

    `kind` is '', issue or cross-cutting; `lead` and `portfolio` are roles.
    """

    id: str
    title: str
    text: str
    kind: str = ""
    lead: str = ""
    portfolio: str = ""


@dataclass(frozen=True)
class Break:
    """A change in how something is recorded, from which figures no longer compare.

    It is declared as that `position` of the descriptor, or it is a `row` of series.csv marked [b].
    """

    period: Period
    text: str
    position: int = field(default=0, compare=False)
    row: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Commentary:
    """What people wrote about one period: Markdown by section, for `callover.markdown` to read.

    `file` is its file's name; `lines` has the line of the file that each line of a section is.
    """

    period: Period
    sections: Mapping[str, str]
    file: str = ""
    lines: Mapping[str, tuple[int, ...]] = field(default_factory=dict, compare=False)


Series = Mapping[Key, Mapping[Period, Cell]]


@dataclass(frozen=True)
class Indicator:
    """Everything the partnership says and counts about one indicator.

    `files` has its tables as text, `descriptor` describes each of them for machines.
    `owner` answers for the data, `lead` and `portfolio` for what is done. `undated` says that the
    source prints no date, and under which period the rows are filed. `parts`, `within` and
    `related` are slugs of the same partnership: what adds up to it, what is some of it, see also.
    `seasonal` says whether months differ by the season; None where nobody has said.
    `help_lines` are topics or ids of help lines that its page shows. `frozen` has what its page
    said at each release that was frozen, the oldest first; `revisions` which of those figures
    have been changed since and why, the newest change first.
    """

    slug: str
    title: str
    description: str
    kind: str
    polarity: str
    unit: str
    unit_one: str
    outcome: str
    order: int
    source: str
    owner: str
    frequency: str
    due_within_days: int | None
    licence: str
    area: str
    series: Series
    rate: Rate | None = None
    survey: Survey | None = None
    league: League | None = None
    quantities: Mapping[str, Naming] = field(default_factory=dict)
    rating_also: tuple[Also, ...] = ()
    lead: str = ""
    portfolio: str = ""
    undated: str = ""
    related: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    scheme: str = "none"
    rating_measure: str = ""
    rating_category: str = ALL
    rating_basis: str = ""
    categories: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    panels: Mapping[str, str] = field(default_factory=dict)
    breaks: tuple[Break, ...] = ()
    notes: tuple[str, ...] = ()
    seasonal: bool | None = None
    rests_on: frozenset[str] = frozenset()
    not_available: str = ""
    caution: str = ""
    help_lines: tuple[str, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    comparators: tuple[Comparator, ...] = ()
    published: tuple[Published, ...] = ()
    commentary: tuple[Commentary, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    descriptor: Mapping[str, Any] = field(default_factory=dict)
    licence_address: str = ""
    frozen: tuple[Frozen, ...] = ()
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True)
class Contact:
    """Who answers for a page: a role, never a person, and how to reach it.

    `email` is a role's mailbox, `url` a form; at most one of them. Both are empty where nobody
    can be reached. `answers_within` is words, such as 10 working days.
    """

    role: str = ""
    email: str = ""
    url: str = ""
    answers_within: str = ""


@dataclass(frozen=True)
class DashboardSection:
    """A section of the dashboard: its title and the measures it shows, by slug."""

    title: str
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class Partnership:
    """One partnership with its indicators, in the order in which readers meet them.

    `frozen` has the lists of its frozen releases, in the order in which they were frozen.
    """

    slug: str
    title: str
    short_title: str
    about: str
    home_area: str
    as_of: str
    contact_role: str
    outcomes: tuple[Outcome, ...]
    schemes: Mapping[str, Scheme]
    releases: tuple[Release, ...]
    indicators: tuple[Indicator, ...]
    source: str = ""
    demonstration: bool = False
    omissions: tuple[Mapping[str, str], ...] = ()
    records: Records = field(default_factory=Records)
    files: Mapping[str, str] = field(default_factory=dict)
    dashboard: tuple[DashboardSection, ...] = ()
    licence: str = ""
    licence_address: str = ""
    contact: Contact = Contact()
    frozen: tuple[Listed, ...] = ()

    @property
    def helped(self) -> bool:
        """Say whether any of its pages names a help line."""
        return any(indicator.help_lines for indicator in self.indicators)

    def release_of(self, period: Period | None) -> Release | None:
        """Find the release that first had a period; the newest where none is known to cover it."""
        covering = (r for r in self.releases if period is not None and r.data_to.end >= period.end)
        return next(covering, self.releases[-1] if self.releases else None)


@dataclass(frozen=True)
class Portal:
    """All that is published: the reference data, every partnership, and where it is published.

    `site` is the address of the finished site with its closing slash, for what leaves the page:
    citations, feeds, codes on paper, downloads. Links between pages are relative. `contact`
    answers for the pages that all partnerships share.
    """

    reference: Reference
    partnerships: tuple[Partnership, ...]
    site: str = EXAMPLE_SITE
    contact: Contact = Contact()


class Metric(NamedTuple):
    """One computed figure, with the days it covers and whether it rests on estimated rows.

    `period` is the closing period (the label readers know); `start` and `end` are the first and
    last day covered, as ordinals. Percentages are in percent (1 = 1%), rates per the
    indicator's own multiplier.
    """

    measure: str
    period: Period
    start: int
    end: int
    area: str
    category: str
    value: Number | None
    unit: str
    marker: str = ""
    text: str = ""
