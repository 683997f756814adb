"""A Markdown extension that takes finished HTML as it is, between two comments.

Python-Markdown parses every tag of an HTML block to find its end. Our pages have about a thousand
tags each, so that costs more than all else. Between the comments nothing needs parsing. Where the
extension is missing, the comments do nothing and the page comes out the same, only slower.
"""

from __future__ import annotations

import re
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

BEGIN, END = "<!-- html -->", "<!-- /html -->"
_FENCE = re.compile(rf"^{BEGIN}\n(.*?)\n{END}$", re.S | re.M)


class _Fence(Preprocessor):
    """Puts fenced HTML away before the parser of HTML blocks sees it."""

    def run(self, lines: list[str]) -> list[str]:
        def store(found: re.Match[str]) -> str:
            return f"\n{self.md.htmlStash.store(found[1])}\n"

        return _FENCE.sub(store, "\n".join(lines)).split("\n")


class FenceExtension(Extension):
    """Registers the fence before html_block, which has priority 20."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Add the preprocessor."""
        md.preprocessors.register(_Fence(md), "callover_html", 25)


def makeExtension(**options: Any) -> FenceExtension:  # noqa: N802 (Python-Markdown's name)
    """Make the extension, as Python-Markdown asks for it."""
    return FenceExtension(**options)
