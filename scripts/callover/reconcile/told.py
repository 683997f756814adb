"""Our figure and the printed one in words: "We get 22 more: 2,119 against 2,097."."""

from __future__ import annotations

from callover import words
from callover.model import Number
from callover.reconcile.counterpart import CHANGES, COUNT_CHANGES, RATES, Counterpart
from callover.rounding import vanishes
from callover.travel import printed


def we_get(ours: Counterpart, decimals: int) -> str:
    """Say our figure and what it is made of."""
    if ours.role == "direction" and ours.verdict:
        found = words.TRAVEL_WORDS[ours.verdict]
        return f"We find that it {found}. {ours.reason}".rstrip()
    if ours.role == "against" and ours.verdict:
        return f"We find it {ours.verdict}: {ours.reason}."
    if ours.role == "unit" and ours.verdict:
        return f"We find the rates to be of {ours.verdict}."
    if ours.role == "denominator" and ours.value is not None:
        return _below(ours, ours.value)
    if ours.verdict:
        return f"We rate it {words.RATING_WORDS[ours.verdict]}. {ours.reason}".rstrip()
    if ours.value is None:
        return ""
    if ours.role == "rank":
        return f"The first printed rank is {words.number(ours.value)} of {ours.group_size}."
    if ours.role == "standing":
        return f"We get rank {words.number(ours.value)} of {ours.group_size}, 1 being the lowest."
    return f"We get {_figure(ours, ours.value, decimals)}{_made_of(ours)}."


def _below(ours: Counterpart, value: Number) -> str:
    """Say what a rate is divided by: as the data has it, or between which limits it lies."""
    if ours.bounds is None:
        return f"We get {words.number(value)} {ours.noun} {ours.reason}".rstrip() + "."
    rate, count = (words.number(each.value, each.decimals) for each in ours.inputs)
    return f"We get {ours.reason}, as {count} have a rate of {rate}."


def page_prints(ours: Counterpart, as_printed: str) -> str:
    """Say what the page prints, as it prints it; a rating's letter with its colour."""
    text = " ".join(as_printed.split())
    if ours.role == "rating":
        return f"The page prints {text} ({words.printed_rating(text)})."
    if ours.role == "direction" and printed(text):
        return f"The page prints {text}: it {words.TRAVEL_WORDS[printed(text)]}."
    return f"The page prints {text}."


def _figure(ours: Counterpart, value: Number, decimals: int) -> str:
    size = words.number(value if value >= 0 else -value, decimals)
    if ours.role in CHANGES and vanishes(value, decimals):
        return "little or no change" if value else "no change"
    if ours.role in COUNT_CHANGES:
        return f"{size} {'more' if value > 0 else 'fewer'}"
    if ours.role in CHANGES:
        one = "" if size == "1" else "s"
        unit = "%" if ours.unit == "percent" else f" percentage point{one}"
        return f"a {'rise' if value > 0 else 'fall'} of {size}{unit}"
    if ours.role == "half_width":
        return f"±{size} points"
    if ours.role == "from_highest":
        return f"{words.ordinal(int(value))} highest"
    return words.number(value, decimals) + ("%" if ours.unit == "percent" else "")


def _made_of(ours: Counterpart) -> str:
    """Say what our figure was made of: two figures side by side, a part of a whole, a rate."""
    if ours.added:
        return f": {words.joined(words.number(each.value) for each in ours.added)}"
    if ours.role == "scaled_to_before" and ours.inputs:
        after, days, before = (words.number(each.value) for each in ours.inputs)
        return f": {after} in {days} days, scaled to {before}"
    if len(ours.inputs) != 2:
        return ""
    suffix = "%" if ours.unit == "percentage points" else ""
    one, two = [f"{words.number(each.value, each.decimals)}{suffix}" for each in ours.inputs]
    if ours.role in CHANGES:
        return f": {one} against {two}"
    if ours.role in RATES:
        return f": {one} for {two} {ours.noun}"
    if ours.role == "half_width":
        return f" from {one} of {two.removesuffix('%')} people"
    if ours.role == "from_highest":
        return f": rank {one} of {two}, where 1 is the lowest"
    return f": {one} of {two}"
