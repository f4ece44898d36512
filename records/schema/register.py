"""The register (建档立卡): households, people, and what is known of them, as dated versions."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from records.schema.base import metadata, only, row_id, words
from records.types import AreaPath, Fen, Id, Instant, Json
from states.household import HouseholdPath

households = Table(
    "households",
    metadata,
    row_id(),
    Column("number", String(32), nullable=False, unique=True),
    Column("created_by_case", Id),
)

household_versions = Table(  # what was true of a household from valid_from (inclusive) to valid_to (exclusive)
    "household_versions",
    metadata,
    row_id(),
    Column("household_id", Id, ForeignKey("households.id"), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("area_code", String(32), nullable=False),
    Column("area_path", AreaPath, nullable=False),
    Column("facts", Json, nullable=False),  # attribute, main_cause, house_area, bank_card …: rules.register.HOUSEHOLD
    Column("case_id", Id, nullable=False),
    UniqueConstraint("household_id", "valid_from"),
    Index("ix_household_versions_area_path", "area_path"),
)

persons = Table(
    "persons",
    metadata,
    row_id(),
    Column("number", String(32), nullable=False, unique=True),
    Column("id_no", String(32), nullable=False, unique=True),
)

person_versions = Table(
    "person_versions",
    metadata,
    row_id(),
    Column("person_id", Id, ForeignKey("persons.id"), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("name", String(64), nullable=False),
    Column("sex", String(4), nullable=False),
    Column("born_on", Date, nullable=False),
    Column("facts", Json, nullable=False),  # health, labour, schooling, insured …: rules.register.PERSON
    Column("case_id", Id, nullable=False),
    UniqueConstraint("person_id", "valid_from"),
)

memberships = Table(
    "memberships",
    metadata,
    row_id(),
    Column("household_id", Id, ForeignKey("households.id"), nullable=False),
    Column("person_id", Id, ForeignKey("persons.id"), nullable=False),
    Column("relation", String(32), nullable=False),  # 户主, 配偶 …; a change of head closes and opens memberships
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("case_id", Id, nullable=False),
    Index("ix_memberships_household_id", "household_id"),
    Index(
        "uq_memberships_one_household",
        "person_id",
        unique=True,
        **only("valid_to IS NULL"),
    ),
    Index(
        "uq_memberships_one_head",
        "household_id",
        unique=True,
        **only("valid_to IS NULL AND relation = '户主'"),
    ),
)

register_events = Table(  # old -> new, why, on what proof, by which case: never changed, never deleted
    "register_events",
    metadata,
    row_id(),
    Column("household_id", Id, ForeignKey("households.id"), nullable=False),
    Column("person_id", Id, ForeignKey("persons.id")),
    Column("kind", String(32), nullable=False),  # registered, joined, left, changed, moved, closed
    Column("field", String(64)),
    Column("old", Json),
    Column("new", Json),
    Column("reason", String(64), nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("case_id", Id, nullable=False),
    Index("ix_register_events_household_id", "household_id"),
)

enrolments = Table(  # a household under one pack; the path's state lives here
    "enrolments",
    metadata,
    row_id(),
    Column("household_id", Id, ForeignKey("households.id"), nullable=False),
    Column("pack_id", String(64), nullable=False),
    Column("state", String(16), CheckConstraint(words("state", HouseholdPath), name="state"), nullable=False),
    Column("since", Date, nullable=False),  # the day of the present state
    Column("planned_year", Integer),  # shown, never a gate
    Column("exited_on", Date),
    Column("exit_year", Integer),
    Column("consolidation_until", Date),
    Column("relapses", Integer, nullable=False, server_default="0"),
    Column("version", Integer, nullable=False, server_default="1"),
    UniqueConstraint("household_id", "pack_id"),
    Index("ix_enrolments_state", "state"),
)

path_events = Table(
    "path_events",
    metadata,
    row_id(),
    Column("enrolment_id", Id, ForeignKey("enrolments.id"), nullable=False),
    Column("event", String(32), nullable=False),
    Column("from_state", String(16), nullable=False),
    Column("to_state", String(16), nullable=False),
    Column("on", Date, nullable=False),
    Column("case_id", Id, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Index("ix_path_events_enrolment_id", "enrolment_id"),
)

findings = Table(  # a dated fact about one exit condition; a later row supersedes, nothing is overwritten
    "findings",
    metadata,
    row_id(),
    Column("household_id", Id, ForeignKey("households.id"), nullable=False),
    Column("person_id", Id, ForeignKey("persons.id")),
    Column("condition", String(32), nullable=False),
    Column(
        "verdict",
        String(16),
        CheckConstraint("verdict IN ('met', 'not_met', 'not_applicable')", name="verdict"),
        nullable=False,
    ),
    Column("found_on", Date, nullable=False),
    Column("certifier", String(64), nullable=False),
    Column("verifier", String(64), nullable=False),
    Column("evidence", String(128)),
    Column("note", String(255)),
    Column("case_id", Id),
    Column("recorded_at", Instant, nullable=False),
    Index("ix_findings_household_id", "household_id", "condition", "found_on"),
)

income_sheets = Table(
    "income_sheets",
    metadata,
    row_id(),
    Column("household_id", Id, ForeignKey("households.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("period_start", Date, nullable=False),
    Column("period_end", Date, nullable=False),
    Column("heads", Integer, nullable=False),
    Column("items", Json, nullable=False),  # {item key: fen}, rules.income.ITEMS
    Column("supplied_by", String(64), nullable=False),
    Column("proof", String(32), nullable=False),  # self_declared, document, system_check
    Column("case_id", Id),
    Column("recorded_at", Instant, nullable=False),
    Column("superseded_at", Instant),
    Index("ix_income_sheets_household_id", "household_id", "year"),
)

pairings = Table(
    "pairings",
    metadata,
    row_id(),
    Column("household_id", Id, ForeignKey("households.id"), nullable=False),
    Column("office_code", String(32), ForeignKey("offices.code"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("reason", String(64), nullable=False),
    Column("case_id", Id),
    Index("ix_pairings_household_id", "household_id"),
    Index("ix_pairings_person_id", "person_id"),
    Index(
        "uq_pairings_in_force",
        "household_id",
        unique=True,
        **only("valid_to IS NULL"),
    ),
)

measures = Table(
    "measures",
    metadata,
    row_id(),
    Column("household_id", Id, ForeignKey("households.id"), nullable=False),
    Column("person_id", Id, ForeignKey("persons.id")),
    Column("programme", String(32), nullable=False),  # one of the pack's programmes
    Column("kind", String(16), nullable=False),  # relief (输血) or capacity (造血)
    Column("resource", String(16), nullable=False),  # money, project, skill
    Column("title", String(128), nullable=False),
    Column("owner", String(64), nullable=False),
    Column("amount", Fen),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),
    Column("case_id", Id),
    Index("ix_measures_household_id", "household_id"),
)

risk_flags = Table(
    "risk_flags",
    metadata,
    row_id(),
    Column("household_id", Id, ForeignKey("households.id"), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("reason", String(255), nullable=False),
    Column("raised_on", Date, nullable=False),
    Column("raised_by", String(64), nullable=False),
    Column("case_id", Id),  # the check it opened
    Column("cleared_on", Date),
    Index("ix_risk_flags_household_id", "household_id"),
)
