"""Policy packs as rows, every version kept: running cases go on with the version they began with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from records import schema

K = schema.packs


def keep_pack(conn: Connection, pack_id: str, sha256: str, text: str, by: str, at: datetime) -> bool:
    """Make a version of a pack the one in force; False when it is that already."""
    current = conn.execute(select(K.c.sha256).where(K.c.pack_id == pack_id, K.c.superseded_at.is_(None))).scalar()
    if current == sha256:
        return False
    conn.execute(update(K).where(K.c.pack_id == pack_id, K.c.superseded_at.is_(None)).values(superseded_at=at))
    known = conn.execute(select(K.c.id).where(K.c.pack_id == pack_id, K.c.sha256 == sha256)).scalar()
    if known is None:
        conn.execute(insert(K).values(pack_id=pack_id, sha256=sha256, text=text, recorded_by=by, recorded_at=at))
    else:
        conn.execute(update(K).where(K.c.id == known).values(superseded_at=None))
    return True


def packs_in_force(conn: Connection) -> dict[str, str]:
    """The text of each pack's version in force."""
    return {r.pack_id: r.text for r in conn.execute(select(K.c.pack_id, K.c.text).where(K.c.superseded_at.is_(None)))}


def shas_in_force(conn: Connection) -> dict[str, str]:
    """The hash of each pack's version in force."""
    rows = conn.execute(select(K.c.pack_id, K.c.sha256).where(K.c.superseded_at.is_(None)))
    return {row.pack_id: row.sha256 for row in rows}
