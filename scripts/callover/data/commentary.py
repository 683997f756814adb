"""What people write about a period, one file for each: its sections, checked line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from callover import markdown, periods
from callover.data.cells import period_of, repaired
from callover.data.gate import Gate
from callover.data.published import written
from callover.model import Commentary
from callover.periods import Period

#: Commentary longer than this belongs in a report, not on a page.
MAX_COMMENTARY = 20_000
MAX_FILES = 1_000
SECTIONS = ("overview", "actions", "benchmarking")

Sections = Mapping[str, str]
Lines = tuple[int, ...]


def commentary(gate: Gate, folder: Path) -> tuple[Commentary, ...]:
    """Read the commentary of each period, named after it; nothing is left out without a word."""
    made: dict[Period, Commentary] = {}
    for path in _files(gate, folder):
        period = _commentary_period(path.name)
        if period is None or period in made:
            remedy = "Rename the file, or join it with the other one of its period."
            better = "" if period in made else _better(path.name)
            gate.fault(
                path, 0, "", path.name, "a file named after its own period, such as 2016-12.md",
                f"Rename it to {better}." if better else remedy,
            )  # fmt: skip
            continue
        text = gate.text(path)
        if text is not None:
            sections, lines = _sections(gate, path, text)
            made[period] = Commentary(period, sections, path.name, lines)
    return tuple(made[period] for period in sorted(made, key=lambda p: p.end))


def _files(gate: Gate, folder: Path) -> Sequence[Path]:
    if not folder.is_dir() or folder.is_symlink():
        return ()
    found = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    if len(found) > MAX_FILES:
        gate.fault(
            folder, 0, "", f"{len(found)} files", f"at most {MAX_FILES} files",
            "Keep one file a period, and move the others away.",
        )  # fmt: skip
        return ()
    return found


def _better(name: str) -> str:
    """Give the name that a file should have, where that is certain."""
    stem = name.rpartition(".")[0] or name
    for text in (stem, repaired(stem)):
        try:
            return f"{period_of(text).slug}.md"
        except periods.PeriodError:
            continue
    return ""


def future(gate: Gate, folder: Path, found: Sequence[Commentary], today: date) -> None:
    """Tell of commentary on a period that has not ended."""
    for one in found:
        if one.period.end > today.toordinal():
            gate.fault(
                folder / one.file, 0, "", one.period.label, f"a period that ended by {today}",
                "Rename the file after the period that it is about, or wait until it is over.",
            )  # fmt: skip


def _commentary_period(name: str) -> Period | None:
    """Read a file's name as addresses spell periods: 2016-12, fy2016-17-q3, 2013-w25."""
    stem, dot, suffix = name.rpartition(".")
    text = stem.upper().replace("_", "/")
    if text.startswith("FY"):
        text = text[2:].replace("-", "/", 1)
    try:
        return period_of(text) if dot and suffix == "md" else None
    except periods.PeriodError:
        return None


def _sections(gate: Gate, path: Path, text: str) -> tuple[Sections, Mapping[str, Lines]]:
    """Give each section's text, and the line of the file that each line of it is."""
    if len(text) > MAX_COMMENTARY:
        gate.fault(
            path, 0, "", f"{len(text)} characters", f"at most {MAX_COMMENTARY}", "Shorten it."
        )
        return {}, {}
    found: dict[str, list[tuple[int, str]]] = {}
    current = SECTIONS[0]
    for line, words in enumerate(text.splitlines(), start=1):
        if not words.startswith("##"):
            found.setdefault(current, []).append((line, words))
            continue
        current = words[3:].strip().lower()
        if not words.startswith("## ") or current not in SECTIONS:
            headings = ", ".join(f"## {name.capitalize()}" for name in SECTIONS)
            gate.fault(
                path, line, "", words, f"one of {headings}",
                "Choose one of these headings; the page has no place for another.",
            )  # fmt: skip
    kept = {name: _without_ends(lines) for name, lines in found.items()}
    joined = {name: "\n".join(words for _, words in lines) for name, lines in kept.items()}
    for name, lines in kept.items():
        _refuse(gate, path, joined[name], lines)
    said = {name: words for name, words in joined.items() if written(words)}
    return said, {name: tuple(line for line, _ in kept[name]) for name in said}


def _without_ends(lines: Sequence[tuple[int, str]]) -> Sequence[tuple[int, str]]:
    """Leave out the empty lines before and after a text."""
    full = [position for position, (_, words) in enumerate(lines) if words.strip()]
    return lines[full[0] : full[-1] + 1] if full else ()


def _refuse(gate: Gate, path: Path, text: str, lines: Sequence[tuple[int, str]]) -> None:
    """Tell what a section holds that may not stand in it; `lines` are those of its text."""
    for problem in markdown.read(text).problems:
        line, _ = lines[min(problem.line, len(lines) - 1)]
        gate.fault(path, line, "", problem.found, markdown.ALLOWED, problem.remedy)
