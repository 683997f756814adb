"""Help lines: the topics they are about, which of them a page shows, and which pages need them.

TOPICS has a row for each topic. A data officer names topics, not numbers: the numbers stand once,
in `reference/helplines.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Helpline:
    """One service that helps people: whom, by which ways, and when, as the service states it.

    `checked` is the day on which somebody last tried it, as yyyy-mm-dd; empty if nobody did.
    """

    id: str
    name: str
    topics: tuple[str, ...]
    helps: str
    phone: str = ""
    cost: str = ""
    other: str = ""
    hours: str = ""
    web: str = ""
    area: str = ""
    checked: str = ""
    source: str = ""

    @property
    def tel(self) -> str:
        """The number as a telephone dials it: digits alone."""
        return self.phone.replace(" ", "")


@dataclass(frozen=True)
class Topic:
    """What help lines are about.

    A page with a topic that `leave` marks has a button to leave it at once: whoever reads it may
    be watched. `words` are beginnings of words that say that a page is about the topic.
    """

    title: str
    leave: bool = False
    words: tuple[str, ...] = ()


TOPICS: Mapping[str, Topic] = {
    "emergency": Topic("In an emergency"),
    "domestic-abuse": Topic(
        "Domestic abuse",
        True,
        ("domestic", "abuse", "abusive", "marac", "idva", "idap", "coercive", "stalk", "honour"),
    ),
    "sexual-violence": Topic("Rape and sexual violence", True, ("sexual", "rape", "indecent")),
    "hate-crime": Topic(
        "Hate crime",
        True,
        ("hate", "racis", "homophob", "transphob", "islamophob", "antisemit", "anti-semit"),
    ),
    "violence": Topic(
        "Violence",
        True,
        ("violen", "assault", "knife", "stabb", "gun", "shooting", "firearm", "weapon", "homicid"),
    ),
    "victims": Topic("After a crime", words=("victim", "robbe", "mugg", "burgl")),
    "young-people": Topic("Children and young people", words=("child", "gang")),
    "drugs-and-alcohol": Topic("Drugs and alcohol", words=("drug", "alcohol", "opiate")),
    "slavery": Topic("Slavery and exploitation", True, ("slave", "exploit", "traffick")),
    "distress": Topic("When it is hard to cope", words=("suicid", "self-harm")),
    "report": Topic("To tell the police, or to tell somebody without your name"),
}

#: The topics whose words ask for a help line; a page about burglary may do without.
_PRESSING = tuple(name for name, topic in TOPICS.items() if topic.leave)


def lines_for(names: Iterable[str], lines: Sequence[Helpline]) -> Sequence[Helpline]:
    """Give the lines that topics or ids mean, each once, in the order of the names."""
    found: dict[str, Helpline] = {}
    for name in names:
        found |= {line.id: line for line in lines if name == line.id or name in line.topics}
    return list(found.values())


def leads(names: Iterable[str], lines: Sequence[Helpline]) -> Sequence[Helpline]:
    """Give the lines that stand first: for each topic or id its first line that has not yet."""
    found: list[Helpline] = []
    for name in names:
        fresh = [line for line in lines_for([name], lines) if line not in found]
        found += fresh[:1]
    return found


def leaves(names: Iterable[str], lines: Sequence[Helpline]) -> bool:
    """Say whether a page with these topics or ids needs a way to leave it at once."""
    by_id = {line.id: line.topics for line in lines}
    topics = {topic for name in names for topic in by_id.get(name, (name,))}
    return any(TOPICS[topic].leave for topic in topics if topic in TOPICS)


def topics_of(texts: Iterable[str]) -> Sequence[str]:
    """Find the topics that a title or other names speak of, if they ask for a help line."""
    words = {word for text in texts for word in re.findall(r"[a-z][a-z-]*", text.lower())}
    return [
        name for name in _PRESSING if any(word.startswith(TOPICS[name].words) for word in words)
    ]
