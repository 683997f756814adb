"""Figures that are possible but unlikely: they ask for a look, or for a line that confirms them."""

from __future__ import annotations

from collections.abc import Sequence

from tests.corpus.case import DESCRIPTOR, SERIES, Case

MONTHS = [f"{year}-{month:02}" for year in (2014, 2015, 2016) for month in range(1, 13)]
#: A year of months between 100 and 130.
STEADY = [100, 110, 120, 130, 125, 115, 105, 101, 111, 121, 129, 124]
SHARES = [45.1, 47.0, 44.2, 46.5, 43.9, 45.6, 44.8, 46.2, 47.5, 45.9, 46.1, 44.4]
RATES = [2.41, 2.62, 2.55, 2.71, 2.38, 2.49]
QUARTERS = [f"{year}/{year % 100 + 1}-Q{n}" for year in (2014, 2015) for n in (1, 2, 3, 4)]
ADD = '"confirmed" in datapackage.json: {"period"'
BESIDE = "a figure like those beside it"


def series(values: Sequence[object], periods: Sequence[str] = MONTHS[-12:]) -> str:
    """Write a series.csv of one column."""
    rows = (f"{period},{value},," for period, value in zip(periods, values, strict=True))
    return "\n".join(["period,value,marker,note", *rows, ""])


def unlikely(name: str, values: Sequence[object], row: int, value: str, told: str = BESIDE,
             periods: Sequence[str] = MONTHS[-12:], kind: str = "count", faults: int = 1,
             **callover: object) -> Case:  # fmt: skip
    """Give a case of a series in which a figure asks for a look."""
    package = {"kind": kind, "series": series(values, periods), "targets": None,
               "callover": {"rating": {"scheme": "none"}, **callover}}  # fmt: skip
    return Case(name, SERIES, row, "value", value, told, ADD, package, faults=faults)


def slip(name: str, typed: object, told: str = BESIDE) -> Case:
    """Give a case of a steady year whose last month is something else."""
    return unlikely(name, [*STEADY[:-1], typed], 13, str(typed), told)


CASES = (
    slip("ten times too many", 1250, "a figure like those beside it (100 to 130)"),
    slip("a hundred times too many", 12500),
    slip("a thousand times too many", 124000),
    slip("a tenth", 12),
    slip("a hundredth", 1),
    slip("a sudden nought", 0),
    slip("two figures run together", 124125),
    unlikely("the first figure of all", [1000, *STEADY[1:]], 2, "1000"),
    unlikely("a figure in the middle", [*STEADY[:6], 1050, *STEADY[7:]], 8, "1050"),
    unlikely("thousands from a month on", [1386, 1402, 1377, 1411, 1395, 1420, 1409, 1388, 1, 1, 1,
                                           1], 10, "1", faults=0),
    unlikely("a share for a percentage from a month on", [*SHARES[:9], 0.45, 0.46, 0.44], 11,
             "0.45", periods=[f"{m}-28" for m in MONTHS[-12:]], kind="snapshot", faults=0),
    unlikely("another unit in one quarter", [*RATES, 0.026, 2.5], 8, "0.026", periods=QUARTERS,
             kind="snapshot"),
    unlikely("a rate ten times too high", [*RATES, 25.5, 2.5], 8, "25.5", periods=QUARTERS,
             kind="snapshot"),
    unlikely("a sign that no other year has", [41, 38, 44, 40, 39, 43, -42], 8, "-42",
             "a figure of 0 or more, like those beside it",
             periods=[f"{year}/{(year + 1) % 100:02}" for year in range(2009, 2016)],
             kind="yearly"),
    unlikely("last year's figures once more", [*STEADY, *(v + 3 for v in STEADY[:2]),
                                               *STEADY[2:9], *(v - 2 for v in STEADY[9:])],
             16, "120", "figures of its own: rows 16 to 22 repeat rows 4 to 10, a year before",
             periods=MONTHS[-24:]),
    Case("a category that is another one, a month later", SERIES, 15, "value", "100",
         "figures of its own: rows 15 to 25 repeat rows 2 to 12, a month before", ADD,
         {"kind": "count", "targets": None, "published": None,
          "callover": {"rating": {"scheme": "none"}, "categories": {"a": "A", "b": "B"}},
          "series": "period,category,value\n"
          + "".join(f"{m},a,{v}\n" for m, v in zip(MONTHS[-12:], STEADY, strict=True))
          + "".join(f"{m},b,{v}\n" for m, v in zip(
              MONTHS[-12:], [117, *STEADY[:11]], strict=True))}),
    Case("a confirmed figure that changed", DESCRIPTOR, 0, "callover.confirmed.0",
         "1250 for 2016-12", "1251, as series.csv has", "Correct the confirmation",
         {"kind": "count", "series": series([*STEADY[:-1], 1251]), "targets": None, "callover": {
             "rating": {"scheme": "none"},
             "confirmed": [{"period": "2016-12", "column": "value", "value": "1250"}]}}, faults=2),
    Case("a confirmation of nothing", DESCRIPTOR, 0, "callover.confirmed.0", "125 for 2016-12",
         "a figure of series.csv", "or delete it",
         {"kind": "count", "series": series(STEADY), "targets": None, "callover": {
             "rating": {"scheme": "none"},
             "confirmed": [{"period": "2016-12", "column": "values", "value": "125"}]}}),
)  # fmt: skip
