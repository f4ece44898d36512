"""What is due, what is owed, what happened."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from records.schema.base import metadata, only, row_id
from records.types import AreaPath, Id, Instant, Json

dues = Table(
    "dues",
    metadata,
    row_id(),
    Column("subject_kind", String(16), nullable=False),  # task, obligation, publicity …
    Column("subject_id", Id, nullable=False),
    Column("title", String(255), nullable=False),
    Column("office_code", String(32), nullable=False),
    Column("role", String(32)),  # the post that owes it; NULL: the head of the office
    Column("person_id", Id),  # the one person of that post who owes it: a helper, a leader
    Column("area_path", AreaPath, nullable=False),
    Column("household_id", Id),  # whom it concerns: who may not see that household is not told its name
    Column("starts_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("ladder", String(16), nullable=False, server_default="rungs"),  # which days of the pack remind of it
    Column("remind_next_on", Date),  # NULL: nobody is reminded of it, or its last rung was reached
    Column("told_until", Date),  # the rungs up to this day were noticed; NULL: none yet
    Column("closed_at", Instant),
    Index("ix_dues_subject", "subject_kind", "subject_id"),
    Index(
        "ix_dues_open",
        "due_on",
        "area_path",
        **only("closed_at IS NULL"),
    ),
    Index(
        "ix_dues_office",
        "office_code",
        "due_on",
        **only("closed_at IS NULL"),
    ),
    Index(
        "ix_dues_remind",
        "remind_next_on",
        **only("closed_at IS NULL AND remind_next_on IS NOT NULL"),
    ),
)

rungs = Table(  # which rung of which due was noticed: each once, whoever ticks and however often
    "rungs",
    metadata,
    Column("due_id", Id, ForeignKey("dues.id"), primary_key=True),
    Column("code", String(16), primary_key=True),
    Column("name", String(16), nullable=False),
    Column("reached_on", Date, nullable=False),
    Column("addressee", String(16), nullable=False),  # post, office, office_above
    Column("office_code", String(32), nullable=False),  # who owes it
    Column("above_code", String(32)),  # the office one level above, where it is told too (R4.4-05)
    Column("paper", String(16)),  # the letter that goes with it
    Column("told_on", Date, nullable=False),  # the day of the digest that tells it
    Index("ix_rungs_office", "office_code", "told_on"),
    Index(
        "ix_rungs_above",
        "above_code",
        "told_on",
        **only("above_code IS NOT NULL"),
    ),
)

obligations = Table(  # what an office owes by a day that is no approval: revisits, visits, reports
    "obligations",
    metadata,
    row_id(),
    Column("kind", String(32), nullable=False),  # revisit, leader_visit, report …
    Column("key", String(128), nullable=False, unique=True),  # the same obligation is never made twice
    Column("title", String(128), nullable=False),
    Column("office_code", String(32), nullable=False),
    Column("role", String(32)),  # the post that owes it; NULL: the head of the office
    Column("person_id", Id, ForeignKey("people.id")),
    Column("household_id", Id, ForeignKey("households.id")),
    Column("area_path", AreaPath, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("asked", Json, nullable=False, server_default=text("'{}'")),  # what is asked for in particular, and by whom
    Column("done_on", Date),
    Column("lapsed_on", Date),  # its cause ended (a relapse): no longer owed
    Column("case_id", Id),  # the case that did it
    Column("report", Json),  # how it was done, as the obligation's kind asks
    Column("evidence", Json),
    Column("recorded_by", String(64)),  # as text: deleting an account erases nothing
    Column("recorded_at", Instant),
    Index("ix_obligations_household_id", "household_id", "kind", "due_on"),
    Index("ix_obligations_kind", "kind", "due_on"),
    Index(
        "ix_obligations_open",
        "due_on",
        **only("done_on IS NULL AND lapsed_on IS NULL"),
    ),
)

duties = Table(
    "duties",
    metadata,
    row_id(),
    Column("key", String(160), nullable=False, unique=True),
    Column("kind", String(32), nullable=False),  # draft_paper, print_form, open_case, tell
    Column("case_id", Id),
    Column("act_id", Id),
    Column("payload", Json, nullable=False),
    Column("owed_since", Instant, nullable=False),
    Column("try_after", Instant, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("lapses", Integer, nullable=False, server_default="0"),  # how often a claim on it ran out unanswered
    Column("last_error", Text),
    Column("failed_at", Instant),  # out of tries: stands on the list of what is not well (异常件)
    Column("done_at", Instant),
    Column("report", Json),  # what a routine says it did
    Column("batch_id", Id),  # the batch it was handed out with
    Column("claimed_by", String(32)),  # the drain that works on it now …
    Column("claimed_until", Instant),  # … unless it does not come back by then, by the database's clock
    Index("ix_duties_batch_id", "batch_id"),
    Index(
        "ix_duties_open",
        "try_after",
        "id",
        **only("done_at IS NULL AND failed_at IS NULL"),
    ),
    Index(
        "ix_duties_failed",
        "failed_at",
        **only("failed_at IS NOT NULL"),
    ),
)

alerts = Table(  # what somebody must be told: an empty post, an unannounced year, a duty out of tries
    "alerts",
    metadata,
    row_id(),
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
        **only("closed_at IS NULL"),
    ),
)

ledger = Table(
    "ledger",
    metadata,
    row_id(),
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
    row_id(),
    Column("day", Date, nullable=False),  # more than one seal of a day: what was written late
    Column("heads", Text, nullable=False),  # canonical JSON {stream: [seq, hash]} of streams that grew
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("up_to", Id, nullable=False),  # every line up to this id is covered by this seal or an earlier one
    Column("sealed_at", Instant, nullable=False),
    Index("ix_ledger_seals_day", "day"),
)

read_log = Table(
    "read_log",
    metadata,
    row_id(),
    Column("person_id", Id, nullable=False),
    Column("household_id", Id, nullable=False),
    Column("why", String(255), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_read_log_household_id", "household_id", "person_id"),
)
