"""Frozen procedures and packs, by their SHA-256: what running cases go on with when a pack is edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from records import schema

P = schema.procedures
K = schema.packs


@dataclass(frozen=True, slots=True)
class FrozenProcedure:
    """A procedure as text, and which version of which pack built it."""

    text: str
    pack_id: str
    pack_sha256: str


def keep_procedure(
    conn: Connection, sha256: str, key: str, text: str, pack_id: str, pack_sha256: str, at: datetime
) -> None:
    """Keep a frozen procedure; one that is kept already stays as it is."""
    insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    conn.execute(
        insert(P).values(sha256=sha256, key=key, text=text, pack_id=pack_id, pack_sha256=pack_sha256, recorded_at=at)
        .on_conflict_do_nothing(index_elements=["sha256"])
    )  # fmt: skip


_TEXT = select(P.c.text, P.c.pack_id, P.c.pack_sha256).where(P.c.sha256 == bindparam("of"))


def procedure_text(conn: Connection, sha256: str) -> FrozenProcedure | None:
    row = conn.execute(_TEXT, {"of": sha256}).first()
    return None if row is None else FrozenProcedure(*row)


def pack_text(conn: Connection, pack_id: str, sha256: str) -> str | None:
    return conn.execute(select(K.c.text).where(K.c.pack_id == pack_id, K.c.sha256 == sha256)).scalar()
