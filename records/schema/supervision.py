"""Supervision files: one finding about one office or person, kept by the office one level above."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from records.schema.base import metadata, only, row_id, words
from records.types import AreaPath, Id, Instant, Json
from states.supervision import SupervisionLife

supervisions = Table(
    "supervisions",
    metadata,
    row_id(),
    Column("subject_kind", String(16), nullable=False),  # office or person
    Column("office_code", String(32), ForeignKey("offices.code"), nullable=False),  # the office, or the person's
    Column("person_id", Id, ForeignKey("people.id")),
    Column("title", String(128), nullable=False),
    Column("area_code", String(32), nullable=False),
    Column("area_path", AreaPath, nullable=False),
    Column("by_office", String(32), ForeignKey("offices.code"), nullable=False),  # one level above (R4.4-05)
    Column("cause", String(32), nullable=False),  # flows.supervision.CAUSES
    Column("year", Integer, nullable=False),
    Column("finding", Text, nullable=False),
    Column("evidence", Json, nullable=False),
    Column("state", String(16), CheckConstraint(words("state", SupervisionLife), name="state"), nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("opened_by", Id, ForeignKey("people.id"), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_on", Date),
    Index("ix_supervisions_area_path", "area_path"),
    Index(
        "uq_supervisions_open",
        "office_code",
        "cause",
        "year",
        unique=True,
        **only("closed_on IS NULL AND cause = 'missed_target'"),
    ),
)

supervision_statements = Table(
    "supervision_statements",
    metadata,
    row_id(),
    Column("supervision_id", Id, ForeignKey("supervisions.id"), nullable=False, index=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("office_code", String(32), ForeignKey("offices.code"), nullable=False),
    Column("says", Text, nullable=False),
    Column("evidence", Json, nullable=False),
    Column("at", Instant, nullable=False),
)
