"""Who handed what on to whom, and who stands in for whom: events only grow, copies remember that they were read."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, Text, UniqueConstraint

from records.schema.base import metadata, only, row_id
from records.types import Id, Instant

handings = Table(
    "handings",
    metadata,
    row_id(),
    Column("case_id", Id, ForeignKey("cases.id"), nullable=False),
    Column("task_id", Id, ForeignKey("tasks.id"), nullable=False),
    Column("step", String(32), nullable=False),
    Column("kind", String(16), nullable=False),  # states.handing.Hand
    Column("person_id", Id, ForeignKey("people.id")),  # NULL: the system, because a person left a post
    Column("person", String(64), nullable=False),  # as text: deleting an account erases nothing
    Column("post", String(64), nullable=False),
    Column("office", String(64), nullable=False),
    Column("acting_for_id", Id),
    Column("acting_for", String(64)),
    Column("to_person_id", Id, ForeignKey("people.id")),
    Column("to_person", String(64)),
    Column("to_post", String(64)),
    Column("to_office", String(64)),
    Column("made_task_id", Id),  # the adviser's or the added approver's task
    Column("note", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_handings_case_id", "case_id"),
    Index("ix_handings_task_id", "task_id"),
    Index("ix_handings_person_id", "person_id"),
    Index("ix_handings_to_person_id", "to_person_id"),
)

copies = Table(  # a case sent for information; reading it is noted
    "copies",
    metadata,
    row_id(),
    Column("case_id", Id, ForeignKey("cases.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("handing_id", Id, ForeignKey("handings.id"), nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("read_at", Instant),
    UniqueConstraint("case_id", "person_id"),
    Index("ix_copies_person_id", "person_id", "id"),
)

delegations = Table(
    "delegations",
    metadata,
    row_id(),
    Column("from_person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("to_person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("post_id", Id, ForeignKey("posts.id")),  # NULL: every post the giver holds
    Column("procedure", String(32)),  # NULL: every procedure
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date, nullable=False),  # inclusive
    Column("reason", String(255), nullable=False),
    Column("given_by", String(64), nullable=False, server_default=""),
    Column("given_at", Instant),
    Column("revoked_at", Instant),
    Column("revoked_by", String(64)),
    Index(
        "ix_delegations_to_person_id",
        "to_person_id",
        **only("revoked_at IS NULL"),
    ),
    Index("ix_delegations_from_person_id", "from_person_id"),
)
