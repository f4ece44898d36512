"""Cases, their tasks and decisions, and the rounds that gather them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from records.schema.base import metadata, only, row_id, words
from records.types import AreaPath, Id, Instant, Json
from states.case import CaseLife, TaskLife

cases = Table(
    "cases",
    metadata,
    row_id(),
    Column("procedure", String(32), nullable=False),
    Column("procedure_sha256", String(64), ForeignKey("procedures.sha256"), nullable=False),
    Column("pack_id", String(64), nullable=False),
    Column("subject_kind", String(16), nullable=False),
    Column("subject_id", Id, nullable=False),
    Column("title", String(128), nullable=False),
    Column("area_code", String(32), nullable=False),
    Column("area_path", AreaPath, nullable=False),
    Column("year", Integer, nullable=False),
    Column("round_id", Id, ForeignKey("rounds.id")),
    Column("status", String(16), CheckConstraint(words("status", CaseLife), name="status"), nullable=False),
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
    Index("ix_cases_started_by", "started_by"),
    Index(
        "uq_cases_one_open",
        "procedure",
        "subject_kind",
        "subject_id",
        unique=True,
        **only("closed_on IS NULL AND procedure <> 'objection'"),
    ),
)

tasks = Table(
    "tasks",
    metadata,
    row_id(),
    Column("case_id", Id, ForeignKey("cases.id"), nullable=False),
    Column("step", String(32), nullable=False),
    Column("office_code", String(32), nullable=False),
    Column("role", String(32), nullable=False),
    Column("area_path", AreaPath, nullable=False),
    Column("seat", Integer, nullable=False, server_default="0"),
    Column("status", String(16), CheckConstraint(words("status", TaskLife), name="status"), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("due_on", Date),
    Column("provisional", Boolean, nullable=False, server_default=text("false")),
    Column("helper_person_id", Id),  # a helper's task goes to the household's own helper
    # handed on: what a decision must know of it stands here, so that it asks nothing more
    Column(
        "kind",
        String(8),
        CheckConstraint("kind IN ('own', 'added', 'advice')", name="kind"),
        nullable=False,
        server_default="own",
    ),
    Column("assigned_to", Id),  # one person of the post, by name; NULL: whoever holds it
    Column("for_task_id", Id),  # the task that an approver was added to, or advice was asked for
    Column("after_task_id", Id),  # waits until that task is done
    Column("apart", Json),  # who acted in the tasks before it, and may not act in this one
    Index("ix_tasks_case_id", "case_id"),
    Index(
        "ix_tasks_open",
        "office_code",
        "role",
        "due_on",
        **only("status = 'open'"),
    ),
    Index(
        "ix_tasks_assigned",
        "assigned_to",
        **only("assigned_to IS NOT NULL AND closed_at IS NULL"),
    ),
)

decisions = Table(
    "decisions",
    metadata,
    row_id(),
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
    Index("ix_decisions_person_id", "person_id"),
    Index(
        "ix_decisions_acting_for_id",
        "acting_for_id",
        **only("acting_for_id IS NOT NULL"),
    ),
)

rounds = Table(
    "rounds",
    metadata,
    row_id(),
    Column("number", String(64), nullable=False, unique=True),
    Column("procedure", String(32), nullable=False),
    Column("pack_id", String(64), nullable=False),
    Column("area_code", String(32), nullable=False),
    Column("area_path", AreaPath, nullable=False),
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
    row_id(),
    Column("round_id", Id, ForeignKey("rounds.id")),  # NULL: one case done by itself, outside any round
    Column("step", String(32), nullable=False),
    Column("area_code", String(32), nullable=False),
    Column("area_path", AreaPath, nullable=False),
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
    row_id(),
    Column("case_id", Id, ForeignKey("cases.id"), nullable=False),
    Column("act_id", Id, ForeignKey("round_acts.id")),
    Column("step", String(32), nullable=False),
    Column("kind", String(16), nullable=False),  # publicity (公示) or announcement (公告)
    Column("area_path", AreaPath, nullable=False),
    Column("posted_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("place", String(128), nullable=False),
    Column("proof", Json, nullable=False),
    Column("taken_down_on", Date),
    Index("ix_publicities_case_id", "case_id"),
    Index(
        "ix_publicities_hanging",
        "ends_on",
        **only("taken_down_on IS NULL"),
    ),
)

import_batches = Table(
    "import_batches",
    metadata,
    row_id(),
    Column("file_name", String(255), nullable=False),
    Column("file_sha256", String(64), nullable=False),
    Column("file_key", String(255), nullable=False),  # where the filing store keeps it
    Column("sound_key", String(255), nullable=False),  # the households without an error, as they were read
    Column("sound_sha256", String(64), nullable=False),
    Column("report", Json, nullable=False),
    Column("register_head", String(64), nullable=False),  # what the report was computed against
    Column("uploaded_at", Instant, nullable=False),
    Column("committed_at", Instant),
    Column("rows_sha256", String(64)),  # the ledger digest over all rows that went in
)
