"""What is prose in a page written by hand: its text without front matter, markup and commands."""

import re

MARKUP = re.compile(r"<[^>]*>|\{[^}]*\}|(?<=\])\([^)]*\)|[*_`\[\]#|]")


def plain(markdown: str) -> str:
    """Give the prose of Markdown: no headings, and nothing that is typed or that a program says."""
    body = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL)
    body = re.sub(r"^```\w*\n.*?^```$", "\n", body, flags=re.DOTALL | re.MULTILINE)
    body = re.sub(r"^#.*$", "\n", body, flags=re.MULTILINE)
    return "\n\n".join(MARKUP.sub("", block) for block in re.split(r"\n\s*\n", body))


#: The statement on accessibility must name it in full; a name is no sentence.
LAW = (
    "Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018"
)


def short(sentence: str) -> str:
    """Give a sentence with the full name of a law as one word."""
    return sentence.replace(LAW, "Regulations")
