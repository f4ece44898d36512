"""What people are told: the inbox of every person, and how each office and person wants to be told."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint

from records.schema.base import metadata, only, row_id
from records.types import Id, Instant, Json

messages = Table(  # one message in one person's inbox; mail and other channels carry the same text
    "messages",
    metadata,
    row_id(),
    Column("key", String(160), nullable=False),  # what the message is about: the same is told once
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("office_code", String(32)),  # the office of the post that it was told to
    Column("kind", String(32), nullable=False),
    Column("title", String(255), nullable=False),
    Column("body", Text, nullable=False),
    Column("subject_kind", String(16)),  # case, obligation …: what a page opens from here
    Column("subject_id", Id),
    Column("facts", Json, nullable=False),
    Column("at", Instant, nullable=False),
    Column("read_at", Instant),
    UniqueConstraint("key", "person_id"),
    Index("ix_messages_inbox", "person_id", "id"),
    Index("ix_messages_subject", "subject_kind", "subject_id"),
    Index(
        "ix_messages_unread",
        "person_id",
        **only("read_at IS NULL"),
    ),
)

message_settings = Table(  # in versions: the row in force is the one that nothing has superseded
    "message_settings",
    metadata,
    row_id(),
    Column("office_code", String(32), ForeignKey("offices.code")),
    Column("person_id", Id, ForeignKey("people.id")),
    Column("channels", Json, nullable=False),  # of email, sms, wecom; the inbox is always told
    Column("quiet_from", String(5)),  # "21:00"; NULL: no quiet hours
    Column("quiet_until", String(5)),
    Column("new_tasks", String(16), nullable=False),  # digest, at_once, never
    Column("email", String(128)),
    Column("mobile", String(32)),
    Column("set_at", Instant, nullable=False),
    Column("set_by", String(64), nullable=False),
    Column("superseded_at", Instant),
    CheckConstraint("(office_code IS NULL) <> (person_id IS NULL)", name="one_owner"),
    Index(
        "uq_message_settings_office",
        "office_code",
        unique=True,
        **only("superseded_at IS NULL"),
    ),
    Index(
        "uq_message_settings_person",
        "person_id",
        unique=True,
        **only("superseded_at IS NULL"),
    ),
    Index("ix_message_settings_at_once", "id", **only("superseded_at IS NULL AND new_tasks = 'at_once'")),
)
