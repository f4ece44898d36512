"""Papers and the register of their numbers."""

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
    UniqueConstraint,
)

from records.schema.base import metadata, row_id, words
from records.types import AreaPath, Id, Instant, Json
from states.paper import PaperLife

papers = Table(
    "papers",
    metadata,
    row_id(),
    Column("key", String(160), nullable=False, unique=True),  # a duty that runs twice files one paper
    Column("code", String(16), nullable=False),  # D-35
    Column("title", String(255), nullable=False),
    Column("family", String(16), nullable=False),  # official (公文) or form (表单)
    Column("public", Boolean, nullable=False),
    Column("case_id", Id, ForeignKey("cases.id")),
    Column("act_id", Id, ForeignKey("round_acts.id")),
    Column("household_id", Id),
    Column("office_code", String(32), nullable=False),
    Column("area_path", AreaPath, nullable=False),
    Column("status", String(16), CheckConstraint(words("status", PaperLife), name="status"), nullable=False),
    Column("snapshot", Json, nullable=False),  # the filled blanks: what the paper says
    Column("file_key", String(255)),
    Column("sha256", String(64)),  # of the issued file
    Column("master_sha256", String(64)),  # of the master that the file was made of
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
    Column("drafted_by", Id, ForeignKey("people.id")),  # who worded it; NULL when a duty drew it up from a case
    Column("to_offices", Json),  # codes of the offices it addresses
    Column("copy_offices", Json),
    Column("countersigners", Json),  # codes of the offices whose countersignature it needs
    Column("version", Integer, nullable=False, server_default="1"),
    Index("ix_papers_case_id", "case_id"),
    Index("ix_papers_act_id", "act_id"),
    Index("ix_papers_status", "status"),
    Index("ix_papers_area_path", "area_path"),
)

paper_numbers = Table(  # the register of numbers (发文登记): no gap without a recorded void, none twice
    "paper_numbers",
    metadata,
    row_id(),
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
