"""Callover: a community safety partnership's performance, published in public.

Reading order: model, errors and periods are the words of the field; series, measures, targets and
ratings compute; charts declares and kinds says which of these an indicator of each kind has;
reconcile compares with what was printed; pages turn it all into text, and frozen keeps what a
release said. `data` reads and `site` writes: everything between them is pure.
"""

__version__ = "0.1.0"
