"""One small data folder that is sound, and what can be done to it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import generate

#: A change of a data folder that was sound; it is given the folder.
Change = Callable[[Path], object]


def sound(
    folder: Path,
    kind: str = "count",
    *,
    callover: Mapping[str, Any] | None = None,
    extra: Mapping[str, str] | None = None,
    own: Mapping[str, str] | None = None,
    partnership: Mapping[str, Any] | None = None,
    slug: str = "measure",
    commentary: bool = True,
    **tables: str | None,
) -> Path:
    """Write a data folder with one indicator of a kind, and give its path.

    Named texts replace or add tables of the indicator
    (`series="period,value,marker,note\\n2016-04,10,,\\n"`), `callover` is merged into the
    descriptor's own block, and `extra` gives more files by their path below the folder. Tables
    whose name is given as None are left out. `own` has tables of the partnership by name,
    `partnership` is merged into its own block. Without `commentary` nobody has said a word.
    """
    files, of_all = generate.indicator(1, kind), generate.partnership()
    one, all_ = (json.loads(made["datapackage.json"]) for made in (files, of_all))
    one["name"] = slug
    if not commentary:
        files.pop(f"commentary/{generate.RELEASE}.md")
    one["callover"] |= dict(callover or {})
    for name, text in tables.items():
        one["resources"] = [r for r in one["resources"] if r["name"] != name]
        files.pop(f"{name}.csv", None)
        if text is not None:
            one["resources"].append(generate.resource(name, columns(text)))
            files[f"{name}.csv"] = text
    all_["callover"] |= dict(partnership or {})
    for name, text in (own or {}).items():
        all_["resources"].append(generate.resource(name, columns(text)))
        of_all[f"{name}.csv"] = text
    files["datapackage.json"] = generate.json_text(one)
    of_all["datapackage.json"] = generate.json_text(all_)
    return generate.write(
        folder,
        generate.below("reference", generate.reference())
        | generate.below(generate.PARTNERSHIP, of_all)
        | generate.below(f"{generate.PARTNERSHIP}/{slug}", files)
        | dict(extra or {}),
    )


def columns(text: str) -> list[str]:
    """Give the names in a table's header."""
    return text.splitlines()[0].split(",") if text else [""]


def put(path: str, content: str | bytes) -> Change:
    """Write a file in place of the one that may be there."""

    def change(root: Path) -> None:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    return change


def add(path: str, text: str) -> Change:
    """Add text at the end of a file."""

    def change(root: Path) -> None:
        with (root / path).open("a", encoding="utf-8", newline="") as file:
            file.write(text)

    return change


def swap(path: str, old: str, new: str) -> Change:
    """Replace a text of a file wherever it stands; it must be there."""

    def change(root: Path) -> None:
        text = (root / path).read_text("utf-8")
        assert old in text, f"{old!r} is not in {path}"
        (root / path).write_text(text.replace(old, new), "utf-8", newline="")

    return change


def settings(path: str, **values: object) -> Change:
    """Set settings of a descriptor by their places: `settings(FILE, **{"callover.unit": 5})`.

    A place that ends with + adds to a list; the value GONE takes a setting away.
    """

    def change(root: Path) -> None:
        found = json.loads((root / path).read_text("utf-8"))
        for place, value in values.items():
            *way, last = place.split(".")
            at: Any = found
            for step in way:
                at = at[int(step) if isinstance(at, list) else step]
            if last == "+":
                at.append(value)
            elif value is GONE:
                del at[int(last) if isinstance(at, list) else last]
            else:
                at[int(last) if isinstance(at, list) else last] = value
        (root / path).write_text(json.dumps(found, indent=2, ensure_ascii=False), "utf-8")

    return change


GONE = object()


def gone(path: str) -> Change:
    """Delete a file or a folder with all that is in it."""

    def change(root: Path) -> None:
        place = root / path
        for inside in sorted(place.rglob("*"), reverse=True) if place.is_dir() else ():
            inside.rmdir() if inside.is_dir() else inside.unlink()
        place.rmdir() if place.is_dir() else place.unlink()

    return change


def link(path: str, to: str) -> Change:
    """Put a symbolic link in place of a file or folder; it leads to where there is something."""

    def change(root: Path) -> None:
        target = root.parent / "outside" / to
        target.parent.mkdir(parents=True, exist_ok=True)
        place = root / path
        if place.exists():
            place.rename(target)
        else:
            target.mkdir()
            (target / "2016-12.md").write_text("secret", "utf-8")
        place.symlink_to(target)

    return change


def move(path: str, to: str) -> Change:
    """Give a file or folder another name."""
    return lambda root: (root / path).rename(root / to)


def pipe(path: str) -> Change:
    """Put a pipe, which no one writes into, in place of a file."""

    def change(root: Path) -> None:
        (root / path).unlink()
        os.mkfifo(root / path)

    return change
