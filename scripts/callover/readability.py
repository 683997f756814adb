"""How hard a text is to read: its sentences, words, syllables and Flesch-Kincaid school grade.

    grade = 0.39 x words / sentences + 11.8 x syllables / words - 15.59

Source: "Derivation of new readability formulas for Navy enlisted personnel", Research Branch Report
8-75, US Naval Technical Training Command, 1975. A text at grade 7 is read with ease at about 12.
A figure (1,386, 87.07, 5%, 2016/17) is one word of one syllable: it is seen, not sounded out.
Syllables are counted by rules, as no dictionary comes with us: 98 in 100 common words are right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

#: After these a full stop ends no sentence, whatever follows.
_ABBREVIATIONS = frozenset(
    ("e.g", "i.e", "etc", "no", "nos", "mr", "mrs", "ms", "dr", "st", "vs", "approx", "cf", "vol")
)
_BLOCK = re.compile(r"\n\s*\n(?:\s*[-*+] )?|\n\s*[-*+] |\A\s*[-*+] ")
_END = re.compile(r"""[.!?…]+["'”’)\]]*\s+(?=["'“‘(\[£]*[A-Z0-9])""")
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_VOWELS = re.compile(r"[aeiouy]+")


def sentences(text: str) -> list[str]:
    """Split a text into sentences. A blank line and an item of a list end one too.

    The point of a decimal, a date or an abbreviation (e.g., No. 2, St. Ann) ends none.
    """
    return [found for block in _BLOCK.split(text) for found in _of_block(" ".join(block.split()))]


def _of_block(text: str) -> Iterable[str]:
    begin = 0
    for end in _END.finditer(text):
        last = text[begin : end.start()].rsplit(" ", 1)[-1].lstrip("([\"'“‘").lower()
        if last in _ABBREVIATIONS and text[end.start()] == ".":
            continue
        yield text[begin : end.end()].strip()
        begin = end.end()
    if any(map(str.isalnum, text[begin:])):
        yield text[begin:].strip()


def words(sentence: str) -> list[str]:
    """Give the words of a sentence, figures included; a dash or a sign alone is none."""
    # Nearly all begin with a letter or a digit, which is the quickest to see.
    return [w for w in sentence.split() if w[0].isalnum() or any(map(str.isalnum, w))]


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Count the syllables of a word, hyphens and all; a figure has one."""
    if _DIGIT.search(word):
        return 1
    return max(1, sum(_sounded(part) for part in _LETTERS.findall(word)))


def grade(text: str | Sequence[str]) -> float:
    """Give the Flesch-Kincaid grade of a text, or of sentences taken together; nothing is 0."""
    return weighed(sentences(text) if isinstance(text, str) else text)[0]


def longest(found: Sequence[str]) -> int:
    """Give the number of words of the longest of some sentences."""
    return max((len(words(sentence)) for sentence in found), default=0)


def weighed(found: Sequence[str]) -> tuple[float, int]:
    """Give the grade of some sentences taken together, and the number of words of the longest."""
    parted = [words(sentence) for sentence in found]
    lengths = [*map(len, parted)]
    every = sum(lengths)
    if not every:
        return 0.0, 0
    sounded = sum(syllables(word) for own in parted for word in own)
    return 0.39 * every / len(found) + 11.8 * sounded / every - 15.59, max(lengths)


def worst(found: Sequence[str], most: int = 35) -> str:
    """Give the worst of some sentences: the longest if over `most` words, else the hardest.

    Fewer than 5 words are a heading or a name, and the worst only where there is nothing else.
    """
    if longest(found) > most:
        return max(found, key=lambda sentence: len(words(sentence)))
    whole = [sentence for sentence in found if len(words(sentence)) >= 5] or found
    return max(whole, key=lambda sentence: grade([sentence]), default="")


#: Words that the rules get wrong, and how many syllables they have.
_IRREGULAR: dict[str, int] = {
    **dict.fromkeys(("eyes", "one", "ones", "once", "gone", "whose", "were", "there"), 1),
    **dict.fromkeys(("people", "peoples", "something", "sometimes", "somewhat", "someone"), 2),
    **dict.fromkeys(("every", "business", "being", "doing", "going", "knowledge", "reuse"), 2),
    **dict.fromkeys(("somewhere", "therefore", "wednesday", "whereas", "colleague"), 2),
    **dict.fromkeys(("everything", "everyone", "area", "areas", "idea", "ideas", "anyone"), 3),
    **dict.fromkeys(("businesses", "everywhere", "somebody", "nobody", "forever", "recipe"), 3),
    **dict.fromkeys(("everybody", "anybody", "associate", "associated", "acquisitive"), 4),
    **{"facilities": 4, "deterioration": 6, "re": 1, "mph": 3, "colleagues": 2},
}

#: What the count of vowel groups gets wrong, by the form of the word: a pattern and what it adds.
_CORRECTIONS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(pattern), add)
    for pattern, add in (
        (r"[^aeiouyl]e$|[aeiouyl]le$|rle$", -1),  # silent: crime, role; not table
        (r"[^aeioucgsxzhl]es$|[aeiouylr]les$|[^cs]hes$", -1),  # crimes, roles; not cases, tables
        (r"[^aeioutdl]ed$|[aeiouylr]led$", -1),  # closed, called; not rated, doubled
        (r"[^aeiouyl]e(?=(?:ly|ments?|ful|fully|less|lessness|ness|some)$)", -1),  # safely
        (
            r"^(?:safe|home|here|there|where|fire|life|time|base|care|some|wide)"
            r"(?!ly|ment|ful|less|ness|[aeiourds]|$)",
            -1,
        ),
        (r"[aeiou]gue$|[aeiou]que$", -1),  # league, technique; not argue
        (r"(?<![tscgln])io(?!ur)", 1),  # period, violence; not nation, behaviour
        (r"(?<![ctg])ia(?!ge|n$|ns$)|[^l]ians?$", 1),  # trial, reliable; not social, Italian
        (r"(?<![ct])ien(?!d)|iet|ier$|iest$|ciat", 1),  # client, earlier; not patient
        (r"(?<![qg])ua|(?<![qg])uen|uou", 1),  # actual, influence; not quarter
        (r"yi|[aeou]ing(?:s)?$", 1),  # trying, being
        (r"creat(?!ur)|eo$|^reo|^rea(?:ct|pp|ss|ll[^y])|^rei(?:n[a-z]{3}|ss)", 1),  # reoffend
        (r"^coo[rp][a-z]|nonexist|ism$|isms$", 1),  # cooperate, racism
        (r"[^aeiour]n['’]t$", 1),  # doesn't
    )
)


def _sounded(part: str) -> int:
    """Count the syllables of letters that stand together."""
    if part.isupper() and len(part) > 1 and (len(part) < 4 or not _VOWELS.search(part.lower())):
        return len(part) + 2 * part.count("W")  # spelled out: CSP
    word = part.lower()
    base = re.sub(r"['’]s?$", "", word)
    if base in _IRREGULAR:
        return _IRREGULAR[base]
    # A y before a vowel is a consonant, unless a consonant stands before it: beyond, trying.
    base = re.sub(r"(?<![^aeiou])y(?=[aeiou])", "j", base)
    count = len(_VOWELS.findall(base)) + sum(
        add * len(pattern.findall(base)) for pattern, add in _CORRECTIONS
    )
    return max(1, count)
