"""Printed figures against ours. Read `verdicts`, then `checks`.

printed      reads a figure as a document printed it
counterpart  finds our figure for it, and what that figure rests on
extracts     sets the figures of one page against each other
checks       decides: a table of checks, the first that finds something gives the verdict
verdicts     gives every printed figure its verdict, and writes reconciliation.csv
"""

from callover.reconcile.checks import CHECKS
from callover.reconcile.printed import Printed, read_printed
from callover.reconcile.verdicts import (
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
    "VERDICTS",
    "Agreements",
    "Printed",
    "Reconciled",
    "Verdict",
    "agreements",
    "counts",
    "read_printed",
    "reconcile",
    "to_csv",
]
