"""The data quality pages: a summary of all partnerships, a page for each, and the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from callover import words
from callover.compute import Board, Sheet
from callover.pages.head import front
from callover.pages.quality import Row, by_indicator, checked_of, figures, findings, matched
from callover.pages.render import render
from callover.reconcile import SEVERITY, VERDICTS, Reconciled, counts, read_printed, to_csv

#: How many contradictions the summary begins with.
_STRONGEST = 10


@dataclass(frozen=True)
class Section:
    """The findings of one verdict; `folded` where there is graver to read first."""

    id: str
    title: str
    sentence: str
    rows: Sequence[Row]
    folded: bool


@dataclass(frozen=True)
class Part:
    """A partnership on the summary: its counts in the order of VERDICTS, and its findings."""

    slug: str
    short_title: str
    sentence: str
    counts: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    findings: str


@dataclass(frozen=True)
class Strong:
    """One of the strongest contradictions: where it stands, and why."""

    href: str
    title: str
    partnership: str
    figure: str
    explanation: str


Found = Mapping[str, Sequence[Reconciled]]


def files(boards: Sequence[Board], reconciled: Found) -> Iterator[tuple[str, str]]:
    """Give the summary, each partnership's page, and reconciliation.csv."""
    everything = [row for board in boards for row in reconciled.get(board.partnership.slug, ())]
    # First, as it is the largest file: it is gone before the findings are put into words.
    yield "data-quality/reconciliation.csv", to_csv(everything)
    parts = [_part(board, reconciled.get(board.partnership.slug, ())) for board in boards]
    heads = [part.short_title for part in parts] + (["All"] if len(parts) > 1 else [])
    yield (
        "data-quality/index.md",
        render(
            "quality.md",
            headline=_sentence(everything),
            heads=heads,
            table=_table(parts, everything),
            partnerships=parts,
            strongest=strongest(boards, reconciled),
        ),
    )
    for part in parts:
        title = f"Data quality: {part.short_title}"
        yield (
            f"data-quality/{part.slug}/index.md",
            render("quality_of.md", front=front(title, part.sentence), part=part),
        )


def _sentence(rows: Sequence[Reconciled]) -> str:
    alone = [row for row in rows if not row.together]
    checked = checked_of(alone)
    if not alone:
        return "No document's printed figures are held here yet."
    said = f"Documents print {figures(len(alone))} besides the base data."
    if checked.total:
        said += (
            f" We could check {words.number(checked.total)} on their own evidence: "
            f"{matched(checked)}."
        )
    together = len(rows) - len(alone)
    if together:
        more = words.amount(together, "more contradictions", "more contradiction")
        said += f" Set against each other, they show {more}."
    return said


def _table(
    parts: Sequence[Part], everything: Sequence[Reconciled]
) -> Sequence[tuple[str, Sequence[str]]]:
    """Give each verdict's counts, a column for each partnership and one for all of them."""
    in_all = _counted(everything)
    return [
        (title, [part.counts[at][1] for part in parts] + ([of_all] if len(parts) > 1 else []))
        for at, (title, of_all) in enumerate(in_all)
    ]


def _counted(rows: Sequence[Reconciled]) -> Sequence[tuple[str, str]]:
    found = counts(rows)
    order = (*SEVERITY, *(name for name in VERDICTS if name not in SEVERITY))
    return [(VERDICTS[name].title, words.number(found[name])) for name in order]


def _part(board: Board, rows: Sequence[Reconciled]) -> Part:
    own = by_indicator(rows)
    listed = [
        found
        for sheet in board.sheets
        for found in findings(sheet, own.get(sheet.indicator.slug, ()))
    ]
    sections: list[Section] = []
    for name in SEVERITY:
        verdict = VERDICTS[name]
        of_it = [row for r, row in listed if r.verdict == name]
        if of_it:
            slug = name.replace(" ", "-")
            sections.append(Section(slug, verdict.title, verdict.sentence, of_it, bool(sections)))
    partnership = board.partnership
    return Part(
        *(partnership.slug, partnership.short_title, _sentence(rows), _counted(rows), sections),
        words.amount(len(listed), "findings", "finding"),
    )


# ------------------------------------------------------------------------------ the strongest


def strongest(boards: Sequence[Board], reconciled: Found) -> Sequence[Strong]:
    """Choose the contradictions that matter most, no more than one of each indicator.

    First what is impossible, then what differs, then another day's data. Among these the newest
    figure of what the page leads with goes first, and then the greater error.
    """
    best: list[tuple[tuple[int, int, Fraction], Strong]] = []
    for board in boards:
        own = by_indicator(reconciled.get(board.partnership.slug, ()))
        for sheet in board.sheets:
            listed = findings(sheet, own.get(sheet.indicator.slug, ()))
            weighed = [(_weight(sheet, r), row) for r, row in listed]
            if weighed:
                weight, row = max(weighed, key=lambda pair: pair[0])
                best.append((weight, _strong(board, row)))
    best.sort(key=lambda pair: pair[0], reverse=True)
    return [strong for _, strong in best[:_STRONGEST]]


def _strong(board: Board, row: Row) -> Strong:
    partnership = board.partnership
    return Strong(
        f"../{partnership.slug}/{row.indicator}/#{row.anchor}",
        row.title,
        partnership.short_title,
        row.measure if row.period == "not stated" else f"{row.measure}, {row.period}",
        row.explanation,
    )


def _weight(sheet: Sheet, row: Reconciled) -> tuple[int, int, Fraction]:
    """Weigh a finding: its verdict, whether it is about the page's newest figure, its error."""
    verdict = -SEVERITY.index(row.verdict)
    newest = sheet.closing is not None and (
        row.period is None or row.period.end >= sheet.closing.end
    )
    leading = row.category in ("", sheet.category) and row.area in ("", sheet.indicator.area)
    return verdict, int(newest and leading), _error(row)


def _error(row: Reconciled) -> Fraction:
    """Give how far a print is from ours, as a share of the larger; 0 where nothing compares."""
    printed = read_printed(row.as_printed)
    if printed is None or row.computed is None:
        return Fraction(0)
    sizes = [abs(Fraction(row.computed)), abs(printed.value)]
    nearest = min(abs(reading - Fraction(row.computed)) for reading in printed.readings)
    return nearest / max(sizes) if max(sizes) else Fraction(0)
