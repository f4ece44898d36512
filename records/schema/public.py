"""What residents send in from the public notice board, and readings that were granted on the spot."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table

from records.schema.base import metadata, row_id
from records.types import Id, Instant, Json

objections = Table(  # one objection sent from the board; the receipt is kept as a digest, so that only its owner has it
    "objections",
    metadata,
    row_id(),
    Column("receipt_sha256", String(64), nullable=False, unique=True),
    Column("letter", Json, nullable=False),  # what the resident wrote, as evidence: {kind, name, sha256}
    Column("case_id", Id, ForeignKey("cases.id"), nullable=False),
    Column("act_id", Id, ForeignKey("round_acts.id"), nullable=False),
    Column("address_sha256", String(64), nullable=False),  # of the sender's address under the day's salt
    Column("received_on", Date, nullable=False),
    Column("received_at", Instant, nullable=False),
    Index("ix_objections_act_id", "act_id", "received_on"),
    Index("ix_objections_case_id", "case_id"),
)

board_salts = Table(  # a day's salt; with it gone, no digest leads back to an address
    "board_salts",
    metadata,
    Column("day", Date, primary_key=True),
    Column("salt", String(32), nullable=False),
)

reading_grants = Table(  # a file read outside one's area, by one's own word and for a while (truth 5)
    "reading_grants",
    metadata,
    row_id(),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("household_id", Id, ForeignKey("households.id"), nullable=False),
    Column("why", String(255), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date, nullable=False),  # exclusive
    Column("granted_at", Instant, nullable=False),
    Index("ix_reading_grants_person_id", "person_id", "valid_to"),
)
