"""Front matter that the pages of a partnership share: its feed, its picture, the day of its data.

Each template writes its own title and description; what is the same on every page below an address
is put in here, once, and `docs/overrides/main.html` and `docs/overrides/sitemap.xml` read it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from callover.model import Content, Partnership
from callover.periods import Period

_BEGIN, _END = "---\n", "\n---\n"


def changed_on(partnership: Partnership, period: Period | None = None) -> str:
    """Give the ISO day on which figures up to a period came out; '' where nobody knows it.

    It is the day of the release, or of the newest one where no period is asked for. A demonstration
    that has none speaks from its own day. A live partnership speaks from the day of the build,
    which says nothing of its figures.
    """
    release = partnership.release_of(period)
    if release is not None and "" < release.published <= partnership.as_of:
        return release.published
    return partnership.as_of if partnership.demonstration else ""


def with_keys(path: str, content: Content, keys: Mapping[str, str]) -> Content:
    """Add keys to the front matter of a page; a file that is no page stays as it is.

    A key that the page has stays as the page has it; one without a value is left out.
    """
    if not isinstance(content, str) or not path.endswith(".md"):
        return content
    own, body = "", content
    if content.startswith(_BEGIN) and _END in content:
        own, _, body = content.removeprefix(_BEGIN).partition(_END)
    there = {line.partition(":")[0] for line in own.splitlines()}
    # A JSON string is a YAML string.
    added = [
        f"{key}: {json.dumps(value, ensure_ascii=False)}"
        for key, value in keys.items()
        if value and key not in there
    ]
    lines = "\n".join([*own.splitlines(), *added])
    return f"{_BEGIN}{lines}{_END}{body}" if added else content


@dataclass(frozen=True)
class Front:
    """Front matter, safe for YAML."""

    title: Markup
    description: Markup


def front(title: str, description: str) -> Front:
    """Quote title and description for the front matter (a JSON string is a YAML string)."""
    return Front(*(Markup(json.dumps(t, ensure_ascii=False)) for t in (title, description)))  # noqa: S704
