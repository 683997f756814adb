"""The report pages that a partnership can have: a row for each, in the order readers meet them.

A new report is a module with its `files`, a template and a row here. Its name is reserved: it is
among RESERVED in `callover.data.checks`, and no indicator may take it.
"""

from __future__ import annotations

from collections.abc import Sequence

from callover.pages import (
    actions,
    communications,
    dashboard,
    exceptions,
    governance,
    league,
    meetings,
    plan,
    roundup,
    scorecard,
    surveys,
)
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
    Report(
        "surveys",
        "Surveys",
        "what samples of people answered, how sure that is, and what changed clearly",
        "surveys.md",
        surveys.files,
    ),
    Report(
        "league",
        "League",
        "areas ranked both ways, as bars, as a map of tiles and as a table",
        "league.md",
        league.files,
    ),
    Report(
        "plan",
        "Plan",
        "each priority with its lead, its figures, its actions and its groups",
        "plan.md",
        plan.files,
    ),
    Report(
        "actions",
        "Actions",
        "what the partners said they would do, and what is overdue",
        "actions.md",
        actions.files,
    ),
    Report(
        "governance",
        "Governance",
        "which groups meet, how often and what for",
        "governance.md",
        governance.files,
    ),
    Report(
        "communications",
        "Communications",
        "what the partners tell the public, and how",
        "communications.md",
        communications.files,
    ),
    Report(
        "meetings",
        "Meetings",
        "agendas, decisions and the actions that are still open",
        "meetings.md",
        meetings.files,
    ),
)
