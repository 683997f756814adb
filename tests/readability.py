"""How hard a text is to read: a plain splitter and the Flesch-Kincaid grade."""

import re

MARKUP = re.compile(r"<[^>]*>|\{[^}]*\}|(?<=\])\([^)]*\)|[*_`\[\]#|]")


def sentences(markdown: str) -> list[str]:
    """Split a text into sentences; a blank line, a list item and a heading end one too.

    What a reader types or a program answers, between fences, is no sentence.
    """
    body = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL)
    body = re.sub(r"^```\w*\n.*?^```$", "\n", body, flags=re.DOTALL | re.MULTILINE)
    blocks = re.split(r"\n\s*\n|^#.*$|^\s*[-+] ", body, flags=re.MULTILINE)
    plain = (" ".join(MARKUP.sub("", block).split()) for block in blocks)
    found = (s for block in plain for s in re.split(r"(?<=[.!?])\s+(?=[A-Z\d'\"(])", block))
    return [sentence for sentence in found if words(sentence)]


def words(sentence: str) -> list[str]:
    """Give the words of a sentence; a figure is not one that has to be sounded out."""
    return re.findall(r"[A-Za-z][A-Za-z'’]*", sentence)


def syllables(word: str) -> int:
    """Count the groups of vowels, less a silent e at the end."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$", word.lower()) is not None
    return max(1, groups - (silent and groups > 1))


def grade(sentence: str) -> float:
    """Give the Flesch-Kincaid school grade of one sentence."""
    found = words(sentence)
    return 0.39 * len(found) + 11.8 * sum(map(syllables, found)) / len(found) - 15.59
