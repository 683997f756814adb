"""What a hand or a spreadsheet does to a sound series, and what its figures must be then.

MUTATIONS has a row for each: drop, duplicate, shift, scale, swap, sign. `total` works a figure out
from the rows alone, with dates of its own and nothing of callover: the oracle of the law.
"""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

Row = tuple[str, str]  # a period and a figure, as typed
Rows = list[Row]
Window = tuple[date, date]

# ---------------------------------------------------------------- sound series


def months(first: int, count: int) -> list[str]:
    """Name so many months from April of a year."""
    return [f"{first + (n + 3) // 12}-{(n + 3) % 12 + 1:02}" for n in range(count)]


def quarters(first: int, count: int) -> list[str]:
    """Name so many financial quarters."""
    return [f"{first + n // 4}/{(first + n // 4 + 1) % 100:02}-Q{n % 4 + 1}" for n in range(count)]


def weeks(first: int, count: int) -> list[str]:
    """Name so many ISO weeks from the first whole one of April."""
    begin = date(first, 4, 7) - timedelta(date(first, 4, 7).weekday())
    dates = (begin + timedelta(7 * n) for n in range(count))
    return ["{}-W{:02}".format(*day.isocalendar()[:2]) for day in dates]


LABELS: Mapping[str, Callable[[int, int], list[str]]] = {
    "monthly": months,
    "quarterly": quarters,
    "weekly": weeks,
}


def series(dice: random.Random, frequency: str, count: int, coarse: bool) -> Rows:
    """Make a series without a gap; `coarse` adds the years that its rows make, as a check."""
    level = dice.choice((9, 40, 150, 600, 2500))
    labels = LABELS[frequency](2013, count)
    rows = [(label, str(round(level * dice.uniform(0.85, 1.15)))) for label in labels]
    if not coarse or frequency == "weekly":
        return rows
    length = 12 if frequency == "monthly" else 4
    for n in range(0, count - length + 1, length):
        year = 2013 + n // length
        total = sum(int(value) for _, value in rows[n : n + length])
        rows.append((f"{year}/{(year + 1) % 100:02}", str(total)))
    return rows


# ---------------------------------------------------------------- mutations


def drop(dice: random.Random, rows: Rows) -> Rows:
    """Leave out one to three rows."""
    out = set(dice.sample(range(len(rows)), dice.randint(1, 3)))
    return [row for n, row in enumerate(rows) if n not in out]


def duplicate(dice: random.Random, rows: Rows) -> Rows:
    """Repeat one to three rows, somewhere."""
    made = list(rows)
    for row in dice.sample(rows, dice.randint(1, 3)):
        made.insert(dice.randrange(len(made) + 1), row)
    return made


def shift(dice: random.Random, rows: Rows) -> Rows:
    """Move a column of figures one row down or up, from a row on; the end is filled or lost."""
    at, step = dice.randrange(len(rows) - 2), dice.choice((-1, 1))
    values = [value for _, value in rows]
    if step > 0:
        values[at + 1 :] = values[at:-1]
    else:
        values[at:-1] = values[at + 1 :]
    return [(label, value) for (label, _), value in zip(rows, values, strict=True)]


def _of(value: str, times: Fraction) -> str:
    made = Fraction(value) * times
    return str(made.numerator) if made.denominator == 1 else f"{float(made):.2f}"


def scale(dice: random.Random, rows: Rows) -> Rows:
    """Write one to three figures, or all from a row on, in another unit."""
    times = dice.choice((Fraction(10), Fraction(100), Fraction(1000), Fraction(1, 100)))
    at, count = dice.randrange(len(rows)), dice.choice((1, 2, 3, len(rows)))
    return [
        (label, _of(value, times) if at <= n < at + count else value)
        for n, (label, value) in enumerate(rows)
    ]


def swap(dice: random.Random, rows: Rows) -> Rows:
    """Exchange the figures of two rows."""
    one, other = dice.sample(range(len(rows)), 2)
    made = list(rows)
    made[one], made[other] = (rows[one][0], rows[other][1]), (rows[other][0], rows[one][1])
    return made


def sign(dice: random.Random, rows: Rows) -> Rows:
    """Put a minus before one to three figures."""
    turned = set(dice.sample(range(len(rows)), dice.randint(1, 3)))
    return [
        (label, f"-{value}" if n in turned and value != "0" else value)
        for n, (label, value) in enumerate(rows)
    ]


MUTATIONS: Mapping[str, Callable[[random.Random, Rows], Rows]] = {
    made.__name__: made for made in (drop, duplicate, shift, scale, swap, sign)
}

# ---------------------------------------------------------------- the oracle


def days(label: str) -> Window:
    """Give the first and the last day of a period of our labels."""
    if "-W" in label:
        begin = date.fromisocalendar(int(label[:4]), int(label[-2:]), 1)
        return begin, begin + timedelta(6)
    year = int(label[:4])
    if "/" not in label:
        return month(year, int(label[5:]))
    if "-Q" not in label:
        return date(year, 4, 1), date(year + 1, 3, 31)
    first = 3 * int(label[-1]) + 1  # the fourth begins in January
    own, number = year + first // 13, (first - 1) % 12 + 1
    return month(own, number)[0], month(own, number + 2)[1]


def month(year: int, number: int) -> Window:
    """Give the first and the last day of a month."""
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def year_before(day: date) -> date:
    """Give the same day a year earlier; a month's end stays one."""
    last = monthrange(day.year - 1, day.month)[1]
    ends = day.day == monthrange(day.year, day.month)[1]
    return date(day.year - 1, day.month, last if ends else min(day.day, last))


def total(rows: Sequence[Row], window: Window) -> Fraction | None:
    """Add the rows that cover a window exactly, the shortest first; None where none do."""
    found = {days(label): Fraction(value) for label, value in rows}

    def cover(day: date) -> Fraction | None:
        if day > window[1]:
            return Fraction(0)
        fits = (w for w in found if w[0] == day and w[1] <= window[1])
        for first, last in sorted(fits, key=lambda w: w[1]):
            rest = cover(last + timedelta(1))
            if rest is not None:
                return found[first, last] + rest
        return None

    return cover(window[0])


def windows(label: str) -> Mapping[str, Window]:
    """Give the days that each measure covers at the close of a period."""
    first, last = days(label)
    april = date(last.year if last.month >= 4 else last.year - 1, 4, 1)
    year = year_before(last) + timedelta(1), last
    so_far = april, last
    return {
        "value": (first, last),
        "year_to_date": so_far,
        "year_to_date_last_year": (date(april.year - 1, 4, 1), year_before(last)),
        "rolling_12_months": year,
        "rolling_12_months_last_year": (
            year_before(year_before(last)) + timedelta(1),
            year_before(last),
        ),
    }


def expected(rows: Sequence[Row], label: str, measure: str) -> Fraction | None:
    """Work out a measure at the close of a period."""
    own = windows(label)
    pairs = {
        "change_on_last_year": ("year_to_date", "year_to_date_last_year"),
        "rolling_12_months_change": ("rolling_12_months", "rolling_12_months_last_year"),
    }
    plain = measure.removesuffix("_count")
    if plain not in pairs:
        return total(rows, own[measure])
    now, then = (total(rows, own[name]) for name in pairs[plain])
    if now is None or then is None:
        return None
    if measure != plain:
        return now - then
    return None if then == 0 else 100 * (now - then) / then


MEASURES = (
    *("value", "year_to_date", "year_to_date_last_year", "change_on_last_year"),
    *("change_on_last_year_count", "rolling_12_months", "rolling_12_months_last_year"),
    *("rolling_12_months_change", "rolling_12_months_change_count"),
)
