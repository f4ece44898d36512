"""Who did what to a paper; what came in; what lies in a household's archive."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from records.schema.base import metadata, row_id
from records.types import AreaPath, Id, Instant, Json

paper_steps = Table(  # every stage of a paper's life with its person
    "paper_steps",
    metadata,
    row_id(),
    Column("paper_id", Id, ForeignKey("papers.id"), nullable=False),
    Column("act", String(16), nullable=False),  # an event of states.paper.PaperLife, or draft
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("person", String(64), nullable=False),
    Column("office_code", String(32), nullable=False),
    Column("post", String(64), nullable=False),
    Column("opinion", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_paper_steps_paper_id", "paper_id"),
)

incoming_papers = Table(  # 收文登记
    "incoming_papers",
    metadata,
    row_id(),
    Column("office_code", String(32), nullable=False),
    Column("area_path", AreaPath, nullable=False),
    Column("year", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("sender", String(128), nullable=False),
    Column("number", String(64)),
    Column("title", String(255), nullable=False),
    Column("copies", Integer, nullable=False),
    Column("secrecy", String(16)),
    Column("urgency", String(16)),
    Column("received_on", Date, nullable=False),
    Column("answer_by", Date),
    Column("file", Json),  # the scan: {key, name, sha256}
    Column("paper_id", Id, ForeignKey("papers.id")),  # the same paper, where it was issued in this system
    Column("answered_by_id", Id, ForeignKey("papers.id")),  # the paper that answers it
    Column("proposal", Text),  # 拟办意见
    Column("proposed_by", String(64)),
    Column("instruction", Text),  # 批示
    Column("instructed_by", String(64)),
    Column("handler_id", Id, ForeignKey("people.id")),  # 承办人
    Column("handler", String(64)),
    Column("result", Text),  # 办理结果
    Column("closed_by", String(64)),
    Column("closed_on", Date),
    Column("registered_by", String(64), nullable=False),
    Column("registered_at", Instant, nullable=False),
    UniqueConstraint("office_code", "year", "seq"),
)

incoming_counters = Table(
    "incoming_counters",
    metadata,
    Column("office_code", String(32), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)

archive_entries = Table(  # 一户一档: the index of a household's file
    "archive_entries",
    metadata,
    row_id(),
    Column("household_id", Id, ForeignKey("households.id"), nullable=False),
    Column("serial", Integer, nullable=False),
    Column("category", String(32), nullable=False),
    Column("paper_id", Id, ForeignKey("papers.id"), nullable=False),
    Column("title", String(255), nullable=False),
    Column("number", String(64)),
    Column("dated_on", Date, nullable=False),
    Column("retention", String(16), nullable=False),
    Column("filed_by", String(64), nullable=False),
    Column("filed_at", Instant, nullable=False),
    UniqueConstraint("household_id", "serial"),
    UniqueConstraint("household_id", "paper_id"),
)
