"""What an indicator's printed figures are worth: its own list, the gravest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from callover import words
from callover.compute import Sheet
from callover.measures import MEASURES
from callover.reconcile import SEVERITY, SLIGHT, VERDICTS, Reconciled, counts
from callover.sketch import capital


@dataclass(frozen=True)
class Row:
    """One printed figure that differs, in words; `anchor` is its place on the indicator's page."""

    indicator: str
    title: str
    measure: str
    period: str
    as_printed: str
    verdict: str
    explanation: str
    anchor: str = ""


@dataclass(frozen=True)
class Quality:
    """An indicator's comparison of printed figures."""

    total: int
    sentence: str
    summary: str
    rows: Sequence[Row]


def quality(sheet: Sheet, reconciled: Sequence[Reconciled]) -> Quality:
    """Sum up an indicator's printed figures and list those that differ."""
    alone = [r for r in reconciled if not r.together]
    checked = checked_of(alone)
    derived = sum(r.verdict == "derived from this figure" for r in alone)
    unknown = sum(r.verdict == "not computable" for r in alone)
    said = [f"The document prints {figures(len(alone))} besides the base data."]
    if checked.total:
        said.append(f"We could check {words.number(checked.total)} of them with figures that")
        said.append(f"do not rest on them: {matched(checked)}.")
    if derived:
        said.append(f"{words.number(derived)} more {_match(derived)}, but {_rest(derived)}.")
    if unknown:
        said.append(f"We cannot work out {words.number(unknown)}.")
    together = len(reconciled) - len(alone)
    if together:
        said.append(
            f"Set against each other, the figures show {_more(together, bool(checked.differ))}."
        )
    rows = rows_of(sheet, reconciled)
    differs = "differs" if len(rows) == 1 else "differ"
    summary = f"{figures(len(rows))} that {differs}"
    return Quality(len(reconciled), " ".join(said), summary, rows)


def by_indicator(rows: Iterable[Reconciled]) -> Mapping[str, Sequence[Reconciled]]:
    """Part the comparisons of a partnership by the slug of their indicator."""
    own: dict[str, list[Reconciled]] = {}
    for row in rows:
        own.setdefault(row.indicator, []).append(row)
    return own


def rows_of(sheet: Sheet, reconciled: Iterable[Reconciled]) -> Sequence[Row]:
    """Give an indicator's findings, the gravest first; each has its place on the page."""
    return [row for _, row in findings(sheet, reconciled)]


def findings(sheet: Sheet, reconciled: Iterable[Reconciled]) -> Sequence[tuple[Reconciled, Row]]:
    """Give an indicator's findings, the gravest first, each with its row."""
    found = sorted((r for r in reconciled if r.is_exception), key=_severity)
    return [(r, _row(sheet, r, f"printed-{number}")) for number, r in enumerate(found, 1)]


def _severity(row: Reconciled) -> int:
    return SEVERITY.index(row.verdict)


def figures(count: int) -> str:
    """Count figures: 1 figure, 1,606 figures."""
    return words.amount(count, "figures", "figure")


def _more(count: int, other: bool) -> str:
    more = "more " if other else ""
    return words.amount(count, f"{more}contradictions", f"{more}contradiction")


def _rest(count: int) -> str:
    return "ours rests on it" if count == 1 else "ours rest on them"


def _match(count: int) -> str:
    return "matches" if count == 1 else "match"


@dataclass(frozen=True)
class Checked:
    """How many prints could be checked: they agree, do but for rounding, or differ."""

    agree: int
    slight: int
    differ: int

    @property
    def total(self) -> int:
        """How many could be checked in all."""
        return self.agree + self.slight + self.differ


def checked_of(rows: Iterable[Reconciled]) -> Checked:
    """Count the prints that could be checked on their own evidence."""
    found = counts(rows)
    slight = sum(found[name] for name in SLIGHT)
    return Checked(found["equal"], slight, sum(found[name] for name in SEVERITY) - slight)


def matched(checked: Checked) -> str:
    """Say how many match, match but for rounding, and do not match; without a nought."""
    agree, slight, differ = checked.agree, checked.slight, checked.differ
    if checked.total == 1:
        otherwise = "it is rounded otherwise" if slight else "it does not match"
        return "it matches" if agree else otherwise
    if checked.total in (agree, differ):
        return "all match" if agree else "none match"
    do = "does" if differ == 1 else "do"
    parts = [
        f"{words.number(agree)} {_match(agree)}" if agree else "",
        f"{words.number(slight)} {_is(slight)} rounded otherwise" if slight else "",
        f"{words.number(differ)} {do} not{'' if agree else ' match'}" if differ else "",
    ]
    return words.joined(part for part in parts if part)


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _row(sheet: Sheet, r: Reconciled, anchor: str) -> Row:
    measure = _measure(sheet, r.measure)
    if r.category not in ("", "all"):
        named = sheet.indicator.categories.get(r.category, r.category.replace("-", " "))
        measure = f"{measure}, {named}"
    if r.area not in ("", sheet.indicator.area):
        measure = f"{measure}, {sheet.reference.areas.get(r.area, r.area)}"
    period = words.period_long(r.period) if r.period else "not stated"
    return Row(
        r.indicator,
        sheet.indicator.title,
        measure,
        period,
        r.as_printed,
        VERDICTS[r.verdict].title.lower(),
        r.explanation,
        anchor,
    )


def _measure(sheet: Sheet, name: str) -> str:
    """Name a printed figure: by its measure, its group or the heading that it is."""
    if name == "value":
        return "The period's own figure"
    if name in MEASURES:
        return MEASURES[name].title
    _, rank, group = name.removesuffix("_from_highest").partition("rank_in_")
    if rank and group in sheet.reference.groups:
        end = ", counted from the highest" if name.endswith("_from_highest") else ""
        return f"Rank, {sheet.reference.groups[group].title}{end}"
    base, against, other = name.partition("_against_")
    if against:
        known = sheet.reference
        group = known.groups[other].title if other in known.groups else other
        return f"{_measure(sheet, base)} against {known.areas.get(other, group)}"
    return _spoken(name)


def _spoken(measure: str) -> str:
    text = measure.removesuffix("_published")
    text = "direction of travel" if text == "direction" else text
    text = text.replace("_from_highest", ", counted from the highest")
    text = text.replace("_", " ").replace("-", " ").replace(":", ": ")
    return capital(text)
