"""A Markdown extension: finished HTML stays as it is, and headings get a link to themselves.

Python-Markdown parses every tag of an HTML block to find its end. Our pages have about a thousand
tags each, so that costs more than all else. Between the comments nothing needs parsing. Where the
extension is missing, the comments do nothing and the page comes out the same, only slower.

The headings of our templates come with their links (`anchor` in templates/macros.html); those of
Markdown get the same here.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

BEGIN, END = "<!-- html -->", "<!-- /html -->"
_BEGIN, _END = f"\n{BEGIN}\n", f"\n{END}"


class _Fence(Preprocessor):
    """Puts fenced HTML away before the parser of HTML blocks sees it."""

    def run(self, lines: list[str]) -> list[str]:
        # A regular expression would look at each sign of a page for the end of its fence.
        first, *fences = "\n".join(["", *lines, ""]).split(_BEGIN)
        made = [first]
        for fence in fences:
            inside, end, after = fence.partition(_END)
            kept = f"\n\n{self.md.htmlStash.store(inside)}\n{after}"
            made.append(kept if end else _BEGIN + fence)
        return "".join(made).split("\n")[1:-1]


class _Anchors(Treeprocessor):
    """Wraps each heading below the title with its link, as templates/macros.html does."""

    def run(self, root: Element) -> None:
        for place, heading in enumerate(list(root)):
            anchor = heading.get("id")
            if heading.tag in ("h2", "h3") and anchor:
                root[place] = wrap = Element("div", {"class": "co-heading"})
                wrap.append(heading)
                named = {"href": f"#{anchor}", "aria-labelledby": f"co-link {anchor}"}
                SubElement(wrap, "a", {"class": "co-anchor", **named})


class FenceExtension(Extension):
    """Registers the fence and the links.

    The fence comes before fenced_code (priority 25) and html_block (20), which look at every sign;
    the links come after toc gave ids (5).
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Add both."""
        md.preprocessors.register(_Fence(md), "callover_html", 27)
        md.treeprocessors.register(_Anchors(md), "callover_anchors", 4)


def makeExtension(**options: Any) -> FenceExtension:  # noqa: N802 (Python-Markdown's name)
    """Make the extension, as Python-Markdown asks for it."""
    return FenceExtension(**options)
