"""Masters of papers that people changed: each one accepted stays, the newest of a code is in force."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table

from records.schema.base import metadata, row_id
from records.types import Id, Instant, Json

paper_masters = Table(
    "paper_masters",
    metadata,
    row_id(),
    Column("code", String(16), nullable=False),
    Column("file_key", String(255)),  # NULL: back to the master that comes with the program
    Column("sha256", String(64)),
    Column("filename", String(255), nullable=False),
    Column("notes", Json, nullable=False),  # what the trial remarked
    Column("reason", String(255), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("person", String(64), nullable=False),
    Column("post", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_paper_masters_code", "code"),
)
