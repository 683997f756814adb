"""What the printed figures are worth: an indicator's own list, and the page over all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from callover import words
from callover.compute import Board, Sheet
from callover.measures import MEASURES
from callover.pages.render import render
from callover.reconcile import VERDICTS, Reconciled, to_csv

#: Verdicts that need no reader's attention.
_QUIET = ("equal", "derived from this figure", "not computable")


@dataclass(frozen=True)
class Row:
    """One printed figure that differs, in words."""

    indicator: str
    title: str
    measure: str
    period: str
    as_printed: str
    verdict: str
    explanation: str


@dataclass(frozen=True)
class Quality:
    """An indicator's comparison of printed figures."""

    total: int
    sentence: str
    summary: str
    rows: Sequence[Row]


def quality(sheet: Sheet, reconciled: Sequence[Reconciled]) -> Quality:
    """Sum up an indicator's printed figures and list those that differ."""
    rows = [_row(sheet.indicator.title, r) for r in reconciled if r.verdict not in _QUIET]
    agree = sum(r.verdict == "equal" for r in reconciled)
    derived = sum(r.verdict == "derived from this figure" for r in reconciled)
    unknown = sum(r.verdict == "not computable" for r in reconciled)
    said = [f"The document prints {_figures(len(reconciled))} besides the base data."]
    if agree or rows:
        said.append(f"We could check {words.number(agree + len(rows))} of them with figures that")
        said.append(f"do not rest on them: {_matched(agree, len(rows))}.")
    if derived:
        said.append(f"{words.number(derived)} more {_match(derived)}, but {_rest(derived)}.")
    if unknown:
        said.append(f"We cannot work out {words.number(unknown)}.")
    sentence = " ".join(said)
    differs = "differs" if len(rows) == 1 else "differ"
    return Quality(len(reconciled), sentence, f"{_figures(len(rows))} that {differs}", rows)


def _figures(count: int) -> str:
    return f"{words.number(count)} {'figure' if count == 1 else 'figures'}"


def _rest(count: int) -> str:
    return "ours rests on it" if count == 1 else "ours rest on them"


def _match(count: int) -> str:
    return "matches" if count == 1 else "match"


def _matched(agree: int, differ: int) -> str:
    """Say how many match and how many do not, without a nought."""
    if not differ:
        return "all match" if agree > 1 else "it matches"
    if not agree:
        return "none match" if differ > 1 else "it does not match"
    do = "does" if differ == 1 else "do"
    return f"{words.number(agree)} {_match(agree)} and {words.number(differ)} {do} not"


def _row(title: str, r: Reconciled) -> Row:
    measure = MEASURES[r.measure].title if r.measure in MEASURES else _spoken(r.measure)
    if r.category not in ("", "all"):
        measure = f"{measure}, {r.category.replace('-', ' ')}"
    period = words.period_long(r.period) if r.period else "not stated"
    return Row(
        r.indicator,
        title,
        measure,
        period,
        r.as_printed,
        VERDICTS[r.verdict].title.lower(),
        r.explanation,
    )


def _spoken(measure: str) -> str:
    text = measure.removesuffix("_published")
    text = "direction of travel" if text == "direction" else text
    text = text.replace("_from_highest", ", counted from the highest")
    text = text.replace("_", " ").replace("-", " ").replace(":", ": ")
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Section:
    """A partnership on the data quality page."""

    slug: str
    short_title: str
    counts: Sequence[tuple[str, int]]
    rows: Sequence[Row]


def files(
    boards: Sequence[Board], reconciled: Mapping[str, Sequence[Reconciled]]
) -> Iterator[tuple[str, str]]:
    """Give the data quality page and reconciliation.csv."""
    everything = [r for rows in reconciled.values() for r in rows]
    differ = sum(r.verdict not in _QUIET for r in everything)
    equal = sum(r.verdict == "equal" for r in everything)
    headline = (
        f"Documents print {_figures(len(everything))} besides the base data. We could check "
        f"{words.number(equal + differ)} on their own evidence: {_matched(equal, differ)}."
    )
    sections = [_section(board, reconciled.get(board.partnership.slug, ())) for board in boards]
    yield "data-quality/index.md", render("quality.md", headline=headline, partnerships=sections)
    yield "data-quality/reconciliation.csv", to_csv(everything)


def _section(board: Board, rows: Sequence[Reconciled]) -> Section:
    titles = {sheet.indicator.slug: sheet.indicator.title for sheet in board.sheets}
    counts = [(v.title, sum(r.verdict == name for r in rows)) for name, v in VERDICTS.items()]
    differ = [_row(titles.get(r.indicator, ""), r) for r in rows if r.verdict not in _QUIET]
    return Section(board.partnership.slug, board.partnership.short_title, counts, differ)
