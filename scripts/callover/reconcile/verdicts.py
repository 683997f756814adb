"""One verdict for each printed figure, with the numbers that led to it.

An agreement counts only where our figure does not rest on the print it agrees with.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from callover import words
from callover.compute import Board, Sheet
from callover.model import Number, Published
from callover.periods import Period
from callover.reconcile.case import Case
from callover.reconcile.checks import CHECKS, Check
from callover.reconcile.counterpart import Counterpart, Input, sheet_of
from callover.reconcile.extracts import Page, page_of
from callover.reconcile.lookups import counterpart
from callover.reconcile.printed import read_printed

#: The columns of reconciliation.csv.
COLUMNS = (
    "partnership",
    "indicator",
    "measure",
    "period",
    "area_code",
    "category",
    "as_printed",
    "computed",
    "verdict",
    "explanation",
    "where",
)


@dataclass(frozen=True)
class Verdict:
    """One row of VERDICTS: its name in reconciliation.csv, and what the public reads of it.

    `is_exception` says that our figure and the print are not the same.
    """

    name: str
    title: str
    sentence: str
    is_exception: bool = False


@dataclass(frozen=True, slots=True)
class Reconciled:
    """One printed figure with its verdict. A rating has `rating` in place of `computed`.

    `check` is the row of CHECKS that decided. Where `together` is set it is a row of TOGETHER: no
    figure by itself, but what several of them say of each other.
    """

    partnership: str
    indicator: str
    measure: str
    period: Period | None
    area: str
    category: str
    as_printed: str
    computed: Number | None
    verdict: str
    explanation: str
    where: str
    inputs: tuple[Input, ...] = ()
    rating: str = ""
    check: str = ""
    together: bool = False

    @property
    def is_exception(self) -> bool:
        """Say whether our figure and the print are not the same."""
        return VERDICTS[self.verdict].is_exception


@dataclass(frozen=True)
class Agreements:
    """How many prints agree with ours: `independent` ones count, `derived` ones prove nothing."""

    independent: int
    derived: int


def reconcile(board: Board) -> tuple[Reconciled, ...]:
    """Give every printed figure of a partnership its verdict, in the order of its packages."""
    pages = {sheet.indicator.slug: page_of(sheet.indicator.published) for sheet in board.sheets}
    return tuple(
        _reconciled(board, sheet, row, pages)
        for sheet in board.sheets
        for row in sheet.indicator.published
    )


def counts(rows: Iterable[Reconciled]) -> Mapping[str, int]:
    """Count the verdicts, every one of them, in the order of VERDICTS."""
    found = Counter(row.verdict for row in rows)
    return {name: found[name] for name in VERDICTS}


def agreements(rows: Iterable[Reconciled]) -> Agreements:
    """Count the agreements that count, and apart from them those that prove nothing."""
    found = counts(rows)
    return Agreements(found["equal"], found["derived from this figure"])


def to_csv(rows: Iterable[Reconciled]) -> str:
    """Write reconciliation.csv: our figures unrounded, ratings as words, periods in the grammar."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(
            (
                row.partnership,
                row.indicator,
                row.measure,
                row.period.label if row.period else "",
                row.area,
                row.category,
                row.as_printed,
                words.machine(row.computed) if row.computed is not None else row.rating,
                row.verdict,
                f"{row.explanation} Check: {row.check}." if row.together else row.explanation,
                row.where,
            )
        )
    return out.getvalue()


def _reconciled(
    board: Board, sheet: Sheet, row: Published, pages: Mapping[str, Page]
) -> Reconciled:
    at = row.period or _closing(board, row)
    ours = counterpart(board, sheet, row, at)
    about = sheet_of(board, row.measure.rpartition(":")[0]) or sheet
    page = pages[about.indicator.slug]
    case = Case(row, read_printed(row.as_printed), ours, page, _closing(board, row))
    check, explanation = _judge(case)
    if row.period is None:
        explanation += _period_note(at, ours)
    return Reconciled(
        board.partnership.slug,
        sheet.indicator.slug,
        row.measure,
        row.period,
        row.area,
        row.category,
        row.as_printed,
        ours.value,
        check.verdict,
        explanation,
        row.where,
        ours.inputs,
        ours.verdict,
        check.name,
    )


def _closing(board: Board, row: Published) -> Period | None:
    """Give the period that the print's release closes with."""
    releases = board.partnership.releases
    return next((release.data_to for release in releases if release.id == row.release), None)


def _period_note(at: Period | None, ours: Counterpart) -> str:
    if at is None or ours.value is None:
        return " Period not stated."
    return f" Period not stated; compared with {words.period_long(at)}."


def _judge(case: Case) -> tuple[Check, str]:
    for check in CHECKS:
        explanation = check.explain(case)
        if explanation is not None:
            return check, explanation
    raise AssertionError("the last row of CHECKS takes every case")


#: What can come out; the Methods page is rendered from these rows.
VERDICTS: Mapping[str, Verdict] = {
    row.name: row
    for row in (
        Verdict(
            "equal",
            "Equal",
            "We get the same figure, rounded as the document prints it.",
        ),
        Verdict(
            "derived from this figure",
            "Derived from this figure",
            "The figures match, but ours was made from the printed one. The match proves nothing.",
        ),
        Verdict(
            "truncated",
            "Cut off (truncated)",
            "The document cut off the decimals where we round them.",
            True,
        ),
        Verdict(
            "rounding of inputs",
            "Rounding of inputs",
            "Rounding explains the difference. One of the two was worked out from rounded figures.",
            True,
        ),
        Verdict(
            "other release",
            "Other release",
            "The printed figure fits data of another day. The same page also uses ours.",
            True,
        ),
        Verdict(
            "differs",
            "Differs",
            "We get another figure, and the document does not show why.",
            True,
        ),
        Verdict(
            "impossible",
            "Impossible",
            "The printed figure cannot be right. Other figures on the page rule it out.",
            True,
        ),
        Verdict(
            "not computable",
            "Not computable",
            "Our data has nothing to set against the printed figure.",
        ),
    )
}

#: The verdicts that say that a figure is ours but for the way it was rounded.
SLIGHT = ("truncated", "rounding of inputs")
#: The verdicts that say that a figure is not ours, the gravest first.
SEVERITY = ("impossible", "differs", "other release", "truncated", "rounding of inputs")
