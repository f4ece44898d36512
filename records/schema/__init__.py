"""Every table. Names are the glossary's nouns; rows that people edit carry their history in dated versions."""

from __future__ import annotations

from records.schema.accounts import (
    accounts,
    case_views,
    form_drafts,
    invitations,
    sessions,
    tokens,
)
from records.schema.base import metadata
from records.schema.cases import (
    act_cases,
    cases,
    decisions,
    import_batches,
    publicities,
    round_acts,
    rounds,
    tasks,
)
from records.schema.correspondence import (
    archive_entries,
    incoming_counters,
    incoming_papers,
    paper_steps,
)
from records.schema.handing import copies, delegations, handings
from records.schema.masters import paper_masters
from records.schema.messages import (
    message_settings,
    messages,
)
from records.schema.owed import (
    alerts,
    dues,
    duties,
    ledger,
    ledger_seals,
    obligations,
    read_log,
    rungs,
)
from records.schema.papers import (
    paper_counters,
    paper_numbers,
    papers,
)
from records.schema.places import (
    areas,
    calendar_days,
    calendar_years,
    offices,
    packs,
    people,
    post_terms,
    posts,
    procedures,
)
from records.schema.public import board_salts, objections, reading_grants
from records.schema.register import (
    enrolments,
    findings,
    household_versions,
    households,
    income_sheets,
    measures,
    memberships,
    pairings,
    path_events,
    person_versions,
    persons,
    register_events,
    risk_flags,
)
from records.schema.running import (
    batches,
    doubts,
    leases,
    routine_days,
)
from records.schema.supervision import supervisions

__all__ = [
    "accounts",
    "act_cases",
    "alerts",
    "archive_entries",
    "areas",
    "batches",
    "board_salts",
    "calendar_days",
    "calendar_years",
    "case_views",
    "cases",
    "copies",
    "decisions",
    "delegations",
    "doubts",
    "dues",
    "duties",
    "enrolments",
    "findings",
    "form_drafts",
    "handings",
    "household_versions",
    "households",
    "import_batches",
    "income_sheets",
    "incoming_counters",
    "incoming_papers",
    "invitations",
    "leases",
    "ledger",
    "ledger_seals",
    "measures",
    "memberships",
    "message_settings",
    "messages",
    "metadata",
    "objections",
    "obligations",
    "offices",
    "packs",
    "pairings",
    "paper_counters",
    "paper_masters",
    "paper_numbers",
    "paper_steps",
    "papers",
    "path_events",
    "people",
    "person_versions",
    "persons",
    "post_terms",
    "posts",
    "procedures",
    "publicities",
    "read_log",
    "reading_grants",
    "register_events",
    "risk_flags",
    "round_acts",
    "rounds",
    "routine_days",
    "rungs",
    "sessions",
    "supervisions",
    "tasks",
    "tokens",
]
