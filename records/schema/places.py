"""Who and where: dated, edited by an administrator, seeded from config."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from records.schema.base import metadata, only, row_id
from records.types import AreaPath, Id, Instant

areas = Table(
    "areas",
    metadata,
    row_id(),
    Column("code", String(32), nullable=False),
    Column("kind", String(16), nullable=False),  # district, street, community, group …
    Column("name", String(64), nullable=False),
    Column("parent_code", String(32)),
    Column("path", AreaPath, nullable=False),  # "/440512/440512001/440512001001/"
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),  # exclusive; NULL while in force
    UniqueConstraint("code", "valid_from"),
    Index("ix_areas_path", "path"),
)

offices = Table(
    "offices",
    metadata,
    row_id(),
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
    row_id(),
    Column("office_code", String(32), ForeignKey("offices.code"), nullable=False),
    Column("role", String(32), nullable=False),
    Column("title", String(64), nullable=False),
    UniqueConstraint("office_code", "role", "title"),
)

people = Table(
    "people",
    metadata,
    row_id(),
    Column("name", String(64), nullable=False),
    Column("login", String(64), unique=True),
    Column("title", String(64)),
    Column("phone", String(32)),
)

post_terms = Table(
    "post_terms",
    metadata,
    row_id(),
    Column("post_id", Id, ForeignKey("posts.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Index("ix_post_terms_post_id", "post_id"),
    Index(
        "ix_post_terms_person_id_post_id", "person_id", "post_id"
    ),  # whether a person holds a post: at every decision
)

calendar_days = Table(
    "calendar_days",
    metadata,
    row_id(),
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
        **only("superseded_at IS NULL"),
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
    row_id(),
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
