"""Every table. Names are the glossary's nouns; rows that people edit carry their history in dated versions."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from records.types import Fen, Id, Instant, Json
from states.case import CaseLife, TaskLife
from states.household import HouseholdPath
from states.paper import PaperLife

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _words(column: str, machine: type[CaseLife] | type[TaskLife] | type[HouseholdPath] | type[PaperLife]) -> str:
    values = ", ".join(f"'{state.value}'" for state in machine.states)
    return f"{column} IN ({values})"


def _id() -> Column[int]:
    return Column("id", Id, primary_key=True, autoincrement=True)


# --- who and where: dated, edited by an administrator, seeded from config -------------------------------------------

areas = Table(
    "areas",
    metadata,
    _id(),
    Column("code", String(32), nullable=False),
    Column("kind", String(16), nullable=False),  # district, street, community, group …
    Column("name", String(64), nullable=False),
    Column("parent_code", String(32)),
    Column("path", String(255), nullable=False),  # "/440512/440512001/440512001001/"
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),  # exclusive; NULL while in force
    UniqueConstraint("code", "valid_from"),
    Index("ix_areas_path", "path"),
)

offices = Table(
    "offices",
    metadata,
    _id(),
    Column("code", String(32), nullable=False, unique=True),
    Column("name", String(64), nullable=False),
    Column("level", String(16), nullable=False),  # states.procedure.Level
    Column("area_code", String(32), nullable=False),
    Column("parent_code", String(32)),  # the office one level above: supervision goes one level down only
    Column("code_word", String(16)),  # 机关代字 for numbered papers
    Column("phone", String(32)),
    Column("address", String(128)),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
)

posts = Table(
    "posts",
    metadata,
    _id(),
    Column("office_code", String(32), ForeignKey("offices.code"), nullable=False),
    Column("role", String(32), nullable=False),
    Column("title", String(64), nullable=False),
    UniqueConstraint("office_code", "role", "title"),
)

people = Table(
    "people",
    metadata,
    _id(),
    Column("name", String(64), nullable=False),
    Column("login", String(64), unique=True),
    Column("title", String(64)),
    Column("phone", String(32)),
)

post_terms = Table(
    "post_terms",
    metadata,
    _id(),
    Column("post_id", Id, ForeignKey("posts.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Index("ix_post_terms_post_id", "post_id"),
    Index("ix_post_terms_person_id", "person_id"),
)

delegations = Table(
    "delegations",
    metadata,
    _id(),
    Column("from_person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("to_person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("post_id", Id, ForeignKey("posts.id"), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date, nullable=False),
    Column("reason", String(255), nullable=False),
)

calendar_days = Table(
    "calendar_days",
    metadata,
    _id(),
    Column("day", Date, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("name", String(64), nullable=False),
    Column("source", String(128), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("superseded_at", Instant),
    Index(
        "uq_calendar_days_in_force",
        "day",
        unique=True,
        sqlite_where=text("superseded_at IS NULL"),
        postgresql_where=text("superseded_at IS NULL"),
    ),
)

calendar_years = Table(
    "calendar_years",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("source", String(128), nullable=False),
    Column("announced_on", Date),
    Column("recorded_at", Instant, nullable=False),
)

packs = Table(
    "packs",
    metadata,
    _id(),
    Column("pack_id", String(64), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("text", Text, nullable=False),  # the TOML as it was read
    Column("recorded_at", Instant, nullable=False),
    Column("recorded_by", String(64), nullable=False),
    Column("superseded_at", Instant),
    UniqueConstraint("pack_id", "sha256"),
)

procedures = Table(  # frozen procedures, by hash; a case points at the one it began with
    "procedures",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("key", String(32), nullable=False),
    Column("pack_id", String(64), nullable=False),
    Column("pack_sha256", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)

# --- the register (建档立卡) ---------------------------------------------------------------------------------------

households = Table(
    "households",
    metadata,
    _id(),
    Column("number", String(32), nullable=False, unique=True),
    Column("created_by_case", Id),
)

household_versions = Table(  # what was true of a household from valid_from (inclusive) to valid_to (exclusive)
    "household_versions",
    metadata,
    _id(),
    Column("household_id", Id, ForeignKey("households.id"), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("area_code", String(32), nullable=False),
    Column("area_path", String(255), nullable=False),
    Column("facts", Json, nullable=False),  # attribute, main_cause, house_area, bank_card …: rules.register.HOUSEHOLD
    Column("case_id", Id, nullable=False),
    UniqueConstraint("household_id", "valid_from"),
    Index("ix_household_versions_area_path", "area_path"),
)

persons = Table(
    "persons",
    metadata,
    _id(),
    Column("number", String(32), nullable=False, unique=True),
    Column("id_no", String(32), nullable=False, unique=True),
)

person_versions = Table(
    "person_versions",
    metadata,
    _id(),
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
    _id(),
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
        sqlite_where=text("valid_to IS NULL"),
        postgresql_where=text("valid_to IS NULL"),
    ),
    Index(
        "uq_memberships_one_head",
        "household_id",
        unique=True,
        sqlite_where=text("valid_to IS NULL AND relation = '户主'"),
        postgresql_where=text("valid_to IS NULL AND relation = '户主'"),
    ),
)

register_events = Table(  # old -> new, why, on what proof, by which case: never changed, never deleted
    "register_events",
    metadata,
    _id(),
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
    _id(),
    Column("household_id", Id, ForeignKey("households.id"), nullable=False),
    Column("pack_id", String(64), nullable=False),
    Column("state", String(16), CheckConstraint(_words("state", HouseholdPath), name="state"), nullable=False),
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
    _id(),
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
    _id(),
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
    _id(),
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
    _id(),
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
        sqlite_where=text("valid_to IS NULL"),
        postgresql_where=text("valid_to IS NULL"),
    ),
)

measures = Table(
    "measures",
    metadata,
    _id(),
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
    _id(),
    Column("household_id", Id, ForeignKey("households.id"), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("reason", String(255), nullable=False),
    Column("raised_on", Date, nullable=False),
    Column("raised_by", String(64), nullable=False),
    Column("case_id", Id),  # the check it opened
    Column("cleared_on", Date),
    Index("ix_risk_flags_household_id", "household_id"),
)

# --- cases ---------------------------------------------------------------------------------------------------------

cases = Table(
    "cases",
    metadata,
    _id(),
    Column("procedure", String(32), nullable=False),
    Column("procedure_sha256", String(64), ForeignKey("procedures.sha256"), nullable=False),
    Column("pack_id", String(64), nullable=False),
    Column("subject_kind", String(16), nullable=False),
    Column("subject_id", Id, nullable=False),
    Column("title", String(128), nullable=False),
    Column("area_code", String(32), nullable=False),
    Column("area_path", String(255), nullable=False),
    Column("year", Integer, nullable=False),
    Column("round_id", Id, ForeignKey("rounds.id")),
    Column("status", String(16), CheckConstraint(_words("status", CaseLife), name="status"), nullable=False),
    Column("step", String(32), nullable=False),
    Column("return_to", String(32)),
    Column("facts", Json, nullable=False),  # what the steps' blanks were filled with, by step
    Column("parts", Json, nullable=False),  # [step, part, person, acting for]: who made, checked, approved
    Column("started_on", Date, nullable=False),
    Column("started_by", Id, ForeignKey("people.id")),  # NULL: the system, because of a day or a flag
    Column("closed_on", Date),
    Column("line_seq", Integer, nullable=False),  # head of this case's ledger stream, under the case's own lock
    Column("line_hash", String(64), nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Index("ix_cases_subject", "subject_kind", "subject_id"),
    Index("ix_cases_round_id", "round_id"),
    Index(
        "uq_cases_one_open",
        "procedure",
        "subject_kind",
        "subject_id",
        unique=True,
        sqlite_where=text("closed_on IS NULL AND procedure <> 'objection'"),
        postgresql_where=text("closed_on IS NULL AND procedure <> 'objection'"),
    ),
)

tasks = Table(
    "tasks",
    metadata,
    _id(),
    Column("case_id", Id, ForeignKey("cases.id"), nullable=False),
    Column("step", String(32), nullable=False),
    Column("office_code", String(32), nullable=False),
    Column("role", String(32), nullable=False),
    Column("area_path", String(255), nullable=False),
    Column("seat", Integer, nullable=False, server_default="0"),
    Column("status", String(16), CheckConstraint(_words("status", TaskLife), name="status"), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("due_on", Date),
    Column("provisional", Boolean, nullable=False, server_default=text("false")),
    Column("helper_person_id", Id),  # a helper's task goes to the household's own helper
    Index("ix_tasks_case_id", "case_id"),
    Index(
        "ix_tasks_open",
        "office_code",
        "role",
        "due_on",
        sqlite_where=text("status = 'open'"),
        postgresql_where=text("status = 'open'"),
    ),
)

decisions = Table(
    "decisions",
    metadata,
    _id(),
    Column("case_id", Id, ForeignKey("cases.id"), nullable=False),
    Column("task_id", Id, ForeignKey("tasks.id")),
    Column("step", String(32), nullable=False),
    Column("part", String(16), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("opinion", Text, nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("person", String(64), nullable=False),  # as text: deleting an account erases nothing
    Column("post", String(64), nullable=False),
    Column("office", String(64), nullable=False),
    Column("acting_for_id", Id),
    Column("acting_for", String(64)),
    Column("made_by", String(64)),  # somebody without an account: a householder, a meeting, a department
    Column("made_by_capacity", String(32)),
    Column("evidence", Json, nullable=False),
    Column("back_to", String(32)),
    Column("at", Instant, nullable=False),
    Column("act_id", Id, ForeignKey("round_acts.id")),
    Column("idempotency_key", String(64), unique=True),
    Index("ix_decisions_case_id", "case_id"),
)

rounds = Table(
    "rounds",
    metadata,
    _id(),
    Column("number", String(64), nullable=False, unique=True),
    Column("procedure", String(32), nullable=False),
    Column("pack_id", String(64), nullable=False),
    Column("area_code", String(32), nullable=False),
    Column("area_path", String(255), nullable=False),
    Column("year", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("title", String(128), nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("closed_on", Date),
    UniqueConstraint("procedure", "area_code", "year", "seq"),
)

round_acts = Table(  # one meeting, one notice, one sitting, one reply: covers many cases of a round
    "round_acts",
    metadata,
    _id(),
    Column("round_id", Id, ForeignKey("rounds.id")),  # NULL: one case done by itself, outside any round
    Column("step", String(32), nullable=False),
    Column("area_code", String(32), nullable=False),
    Column("area_path", String(255), nullable=False),
    Column("on", Date, nullable=False),
    Column("facts", Json, nullable=False),  # attendance, chair, recorder, votes of the sitting …
    Column("at", Instant, nullable=False),
    Index("ix_round_acts_round_id", "round_id"),
)

act_cases = Table(  # which cases an act covered, and how each came out
    "act_cases",
    metadata,
    Column("act_id", Id, ForeignKey("round_acts.id"), primary_key=True),
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True),
    Column("outcome", String(16), nullable=False),  # listed (on a notice), approve, refuse, send_back, held
    Column("why", Text),  # the sentence, when held back
    Index("ix_act_cases_case_id", "case_id"),
)

publicities = Table(  # one notice's period for one case; taken down on its day
    "publicities",
    metadata,
    _id(),
    Column("case_id", Id, ForeignKey("cases.id"), nullable=False),
    Column("act_id", Id, ForeignKey("round_acts.id")),
    Column("step", String(32), nullable=False),
    Column("kind", String(16), nullable=False),  # publicity (公示) or announcement (公告)
    Column("area_path", String(255), nullable=False),
    Column("posted_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("place", String(128), nullable=False),
    Column("proof", Json, nullable=False),
    Column("taken_down_on", Date),
    Index("ix_publicities_case_id", "case_id"),
)

import_batches = Table(
    "import_batches",
    metadata,
    _id(),
    Column("file_name", String(255), nullable=False),
    Column("file_sha256", String(64), nullable=False),
    Column("file_key", String(255), nullable=False),  # where the filing store keeps it
    Column("report", Json, nullable=False),
    Column("register_head", String(64), nullable=False),  # what the report was computed against
    Column("uploaded_at", Instant, nullable=False),
    Column("committed_at", Instant),
    Column("rows_sha256", String(64)),  # the ledger digest over all rows that went in
)

# --- what is due, what is owed, what happened ------------------------------------------------------------------------

dues = Table(
    "dues",
    metadata,
    _id(),
    Column("subject_kind", String(16), nullable=False),  # task, obligation, publicity …
    Column("subject_id", Id, nullable=False),
    Column("title", String(128), nullable=False),
    Column("office_code", String(32), nullable=False),
    Column("area_path", String(255), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("remind_next_on", Date),
    Column("closed_at", Instant),
    Index("ix_dues_subject", "subject_kind", "subject_id"),
    Index(
        "ix_dues_open",
        "due_on",
        "area_path",
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
    Index(
        "ix_dues_remind",
        "remind_next_on",
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
)

obligations = Table(  # what an office owes by a day that is no approval: revisits, visits, reports
    "obligations",
    metadata,
    _id(),
    Column("kind", String(32), nullable=False),  # revisit, leader_visit, report …
    Column("key", String(128), nullable=False, unique=True),  # the same obligation is never made twice
    Column("title", String(128), nullable=False),
    Column("office_code", String(32), nullable=False),
    Column("person_id", Id, ForeignKey("people.id")),
    Column("household_id", Id, ForeignKey("households.id")),
    Column("area_path", String(255), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("done_on", Date),
    Column("lapsed_on", Date),  # its cause ended (a relapse): no longer owed
    Column("case_id", Id),  # the case that did it
    Index("ix_obligations_household_id", "household_id"),
    Index(
        "ix_obligations_open",
        "due_on",
        sqlite_where=text("done_on IS NULL AND lapsed_on IS NULL"),
        postgresql_where=text("done_on IS NULL AND lapsed_on IS NULL"),
    ),
)

duties = Table(
    "duties",
    metadata,
    _id(),
    Column("key", String(160), nullable=False, unique=True),
    Column("kind", String(32), nullable=False),  # draft_paper, print_form, open_case, tell
    Column("case_id", Id),
    Column("act_id", Id),
    Column("payload", Json, nullable=False),
    Column("owed_since", Instant, nullable=False),
    Column("try_after", Instant, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("last_error", Text),
    Column("failed_at", Instant),  # out of tries: stands on the list of what is not well (异常件)
    Column("done_at", Instant),
    Index(
        "ix_duties_open",
        "try_after",
        "id",
        sqlite_where=text("done_at IS NULL AND failed_at IS NULL"),
        postgresql_where=text("done_at IS NULL AND failed_at IS NULL"),
    ),
)

alerts = Table(  # what somebody must be told: an empty post, an unannounced year, a duty out of tries
    "alerts",
    metadata,
    _id(),
    Column("key", String(160), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("says", Text, nullable=False),
    Column("office_code", String(32)),
    Column("raised_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Index(
        "uq_alerts_open",
        "key",
        unique=True,
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
)

ledger = Table(
    "ledger",
    metadata,
    _id(),
    Column("stream", String(64), nullable=False),  # "case:12", "household:7", "office:…", "system"
    Column("seq", Integer, nullable=False),
    Column("act", String(32), nullable=False),
    Column("body", Text, nullable=False),  # canonical JSON without personal text
    Column("personal", Text),  # canonical JSON with names and opinions; may be blanked by a lawful correction
    Column("salt", String(32), nullable=False),
    Column("personal_sha256", String(64), nullable=False),  # over salt and personal: the chain covers this digest
    Column("at", Instant, nullable=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("stream", "seq"),
    Index("ix_ledger_at", "at"),
)

ledger_seals = Table(
    "ledger_seals",
    metadata,
    Column("day", Date, primary_key=True),
    Column("heads", Text, nullable=False),  # canonical JSON {stream: [seq, hash]} of streams that moved that day
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("sealed_at", Instant, nullable=False),
)

read_log = Table(
    "read_log",
    metadata,
    _id(),
    Column("person_id", Id, nullable=False),
    Column("household_id", Id, nullable=False),
    Column("why", String(255), nullable=False),
    Column("at", Instant, nullable=False),
)

# --- papers ----------------------------------------------------------------------------------------------------------

papers = Table(
    "papers",
    metadata,
    _id(),
    Column("key", String(160), nullable=False, unique=True),  # a duty that runs twice files one paper
    Column("code", String(16), nullable=False),  # D-35
    Column("title", String(255), nullable=False),
    Column("family", String(16), nullable=False),  # official (公文) or form (表单)
    Column("public", Boolean, nullable=False),
    Column("case_id", Id, ForeignKey("cases.id")),
    Column("act_id", Id, ForeignKey("round_acts.id")),
    Column("household_id", Id),
    Column("office_code", String(32), nullable=False),
    Column("area_path", String(255), nullable=False),
    Column("status", String(16), CheckConstraint(_words("status", PaperLife), name="status"), nullable=False),
    Column("snapshot", Json, nullable=False),  # the filled blanks: what the paper says
    Column("file_key", String(255)),
    Column("sha256", String(64)),  # of the issued file
    Column("number", String(64)),
    Column("drafted_at", Instant, nullable=False),
    Column("signed_at", Instant),
    Column("signed_by", Id, ForeignKey("people.id")),
    Column("signer", String(64)),
    Column("signer_post", String(64)),
    Column("signer_role", String(32)),  # the role that must sign it; NULL for hand-signed forms
    Column("issued_on", Date),
    Column("delivered_on", Date),
    Column("delivery", Json),
    Column("signed_copy", Json),  # a hand-signed form: scan key, hash, who brought it back, when
    Column("corrects_id", Id, ForeignKey("papers.id")),
    Column("version", Integer, nullable=False, server_default="1"),
    Index("ix_papers_case_id", "case_id"),
    Index("ix_papers_act_id", "act_id"),
    Index("ix_papers_status", "status"),
)

paper_numbers = Table(  # the register of numbers (发文登记): no gap without a recorded void, none twice
    "paper_numbers",
    metadata,
    _id(),
    Column("code_word", String(16), nullable=False),
    Column("year", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("paper_id", Id, ForeignKey("papers.id")),
    Column("taken_at", Instant, nullable=False),
    Column("taken_by", String(64), nullable=False),
    Column("void_reason", String(255)),
    UniqueConstraint("code_word", "year", "seq"),
)

paper_counters = Table(
    "paper_counters",
    metadata,
    Column("code_word", String(16), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)
