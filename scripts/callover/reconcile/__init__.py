"""Printed figures against ours. Read `verdicts`, then `checks`.

printed      reads a figure as a document printed it
counterpart  finds our figure for it, and what that figure rests on
claims       what a document claims beside its figures
lookups      where our figure is looked up, by its name
extracts     sets the figures of one page against each other
case         a print beside ours, with the rest of its page
alone        checks that need no figure of ours
explained    why a verdict on one print holds
checks       decides: a table of checks, the first that finds something gives the verdict
verdicts     gives every printed figure its verdict, and writes reconciliation.csv
view         a page's prints as tables
over_time    checks on a printed row over its periods
of_rates     checks on what lies below printed rates
of_parts     checks on parts and wholes
of_targets   checks on targets, and on what is printed twice
together     a table of the checks on several figures at once
"""

from callover.reconcile.checks import CHECKS
from callover.reconcile.printed import Printed, read_printed
from callover.reconcile.together import TOGETHER, contradictions
from callover.reconcile.verdicts import (
    SEVERITY,
    SLIGHT,
    VERDICTS,
    Agreements,
    Reconciled,
    Verdict,
    agreements,
    counts,
    reconcile,
    to_csv,
)

__all__ = [
    "CHECKS",
    "SEVERITY",
    "SLIGHT",
    "TOGETHER",
    "VERDICTS",
    "Agreements",
    "Printed",
    "Reconciled",
    "Verdict",
    "agreements",
    "contradictions",
    "counts",
    "read_printed",
    "reconcile",
    "to_csv",
]
