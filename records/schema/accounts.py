"""Who signs in, and with what: accounts, sessions, one-time links, tokens; what was seen and put aside."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from records.schema.base import metadata, row_id
from records.types import Id, Instant, Json

accounts = Table(
    "accounts",
    metadata,
    row_id(),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, unique=True),
    Column("login", String(64), nullable=False, unique=True),
    Column("password_hash", String(255)),  # argon2id; NULL until the one-time link was used
    Column("failures", Integer, nullable=False, server_default="0"),  # since the last success
    Column("locked_until", Instant),
    Column("totp_secret", String(64)),
    Column("totp_used", Integer, nullable=False, server_default="0"),  # the last time step that was accepted
    Column("oidc_subject", String(255), unique=True),
    Column("created_at", Instant, nullable=False),
    Column("closed_at", Instant),
)

sessions = Table(
    "sessions",
    metadata,
    row_id(),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("account_id", Id, ForeignKey("accounts.id"), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("shared", Boolean, nullable=False),  # a machine that several people use: ends soon
    Column("agent", String(255), nullable=False),
    Column("office_code", String(32)),  # the post chosen to act with; NULL: the first one held
    Column("role", String(32)),
    Column("acting_for_id", Id),
    Column("told", Json),  # what the next page says once
    Column("ended_at", Instant),
    Index("ix_sessions_account_id", "account_id"),
)

invitations = Table(  # one-time links for a first or forgotten password
    "invitations",
    metadata,
    row_id(),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("account_id", Id, ForeignKey("accounts.id"), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("used_at", Instant),
)

tokens = Table(  # for programs: what they may do, as which post, until when
    "tokens",
    metadata,
    row_id(),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("account_id", Id, ForeignKey("accounts.id"), nullable=False),
    Column("name", String(64), nullable=False),
    Column("may", Json, nullable=False),  # ["read", "decide"]
    Column("office_code", String(32), nullable=False),
    Column("role", String(32), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("used_at", Instant),
    Index("ix_tokens_account_id", "account_id"),
)

webhooks = Table(  # where a program is told of what happened, within what its token may read
    "webhooks",
    metadata,
    row_id(),
    Column("token_id", Id, ForeignKey("tokens.id"), nullable=False),
    Column("url", String(255), nullable=False),
    Column("secret", String(64), nullable=False),  # signs what is sent, so that it is needed as it is
    Column("events", Json, nullable=False),  # ["case.decided", …]
    Column("made_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("told_at", Instant),  # the last time the receiver took something
    Column("away_until", Instant),  # the receiver failed just now: it is not asked again before
    Index("ix_webhooks_token_id", "token_id"),
)

form_drafts = Table(  # a half-filled form, put aside (草稿); nothing is decided by it
    "form_drafts",
    metadata,
    row_id(),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("case_id", Id, ForeignKey("cases.id"), nullable=False),
    Column("step", String(32), nullable=False),
    Column("values", Json, nullable=False),
    Column("saved_at", Instant, nullable=False),
    UniqueConstraint("person_id", "case_id"),
)

phrases = Table(  # what a person likes to write in opinions (常用语)
    "phrases",
    metadata,
    row_id(),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("text", String(255), nullable=False),
    UniqueConstraint("person_id", "text"),
)

case_views = Table(  # what a person saw of a case last, so that the page can say what changed since
    "case_views",
    metadata,
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True),
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)
