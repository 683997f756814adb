"""The report pages that a partnership can have: a row for each, in the order readers meet them.

A new report is a module with its `files`, a template and a row here. Its name is reserved: it is
among RESERVED in `callover.data.checks`, and no indicator may take it.
"""

from __future__ import annotations

from collections.abc import Sequence

from callover.pages import dashboard, exceptions, roundup, scorecard
from callover.pages.report import Report

REPORTS: Sequence[Report] = (
    Report(
        "scorecard",
        "Scorecard",
        "every figure, target and rating in one table",
        "scorecard.md",
        scorecard.files,
    ),
    Report(
        "dashboard",
        "Dashboard",
        "the chosen measures, now and a year before, each with its basis",
        "dashboard.md",
        dashboard.files,
    ),
    Report(
        "exceptions",
        "Exceptions",
        "what is off target, worse, at risk or late, with causes and actions",
        "exceptions.md",
        exceptions.files,
    ),
    Report(
        "year",
        "Year end",
        "what the year brought, which targets were missed and what needs attention",
        "year.md",
        roundup.files,
    ),
)
