"""What an office needs to run by itself: who watches the time, which duties go out together, which days were noticed."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text

from records.schema.base import metadata, only, row_id
from records.types import AreaPath, Id, Instant

leases = Table(  # one holder at a time; the times are the database's own clock
    "leases",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("taken_at", Instant, nullable=False),
    Column("renewed_at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
)

batches = Table(  # duties that are handed to Prefect in one run; the duty rows alone say what is done
    "batches",
    metadata,
    row_id(),
    Column("flow", String(64), nullable=False),
    Column("title", String(128), nullable=False),
    Column("size", Integer, nullable=False),
    Column("formed_at", Instant, nullable=False),  # the database's clock
    Column("asked_at", Instant),  # when Prefect took it, by the database's clock
    Column("ended_at", Instant),
    Index("ix_batches_open", "id", **only("ended_at IS NULL")),
)

routine_days = Table(  # up to which day the tick has noticed a routine
    "routine_days",
    metadata,
    Column("routine", String(64), primary_key=True),
    Column("noticed_on", Date, nullable=False),
)

doubts = Table(  # what the nightly check finds odd in the register (疑点): open until the rule no longer finds it
    "doubts",
    metadata,
    row_id(),
    Column("household_id", Id, nullable=False),
    Column("area_path", AreaPath, nullable=False),
    Column("rule", String(16), nullable=False),
    Column("subject", String(64), nullable=False),  # the person's or household's number
    Column("severity", String(8), nullable=False),
    Column("column", String(64), nullable=False),
    Column("says", Text, nullable=False),
    Column("found_on", Date, nullable=False),
    Column("cleared_on", Date),
    Index(
        "uq_doubts_open", "household_id", "rule", "subject", "column", unique=True,
        **only("cleared_on IS NULL"),
    ),
    Index(
        "ix_doubts_open", "area_path", **only("cleared_on IS NULL"),
    ),
)  # fmt: skip
