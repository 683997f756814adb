"""What is prose in a page written by hand: its text without front matter, markup and commands."""

import re

MARKUP = re.compile(r"<[^>]*>|\{[^}]*\}|(?<=\])\([^)]*\)|[*_`\[\]#|]")


def plain(markdown: str) -> str:
    """Give the prose of Markdown: no headings, and nothing that is typed or that a program says."""
    body = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL)
    body = re.sub(r"^```\w*\n.*?^```$", "\n", body, flags=re.DOTALL | re.MULTILINE)
    body = re.sub(r"^#.*$", "\n", body, flags=re.MULTILINE)
    return "\n\n".join(MARKUP.sub("", block) for block in re.split(r"\n\s*\n", body))
