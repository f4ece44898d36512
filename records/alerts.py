"""What somebody must be told (异常件): raised once while it is open, closed when it is well again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from records import schema

A = schema.alerts


def raise_alert(conn: Connection, key: str, kind: str, says: str, office_code: str | None, at: datetime) -> None:
    """Raise an alert; one that is open under the same key stays as it is."""
    insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    conn.execute(
        insert(A).values(key=key, kind=kind, says=says, office_code=office_code, raised_at=at)
        .on_conflict_do_nothing(index_elements=["key"], index_where=text("closed_at IS NULL"))
    )  # fmt: skip


def close_alert(conn: Connection, key: str, at: datetime) -> None:
    conn.execute(update(A).where(A.c.key == key, A.c.closed_at.is_(None)).values(closed_at=at))


def open_alerts(conn: Connection) -> list[Row[Any]]:
    return list(conn.execute(select(A).where(A.c.closed_at.is_(None)).order_by(A.c.id)))


def key_of(conn: Connection, alert_id: int) -> str | None:
    """The key of an open alert."""
    key: str | None = conn.execute(select(A.c.key).where(A.c.id == alert_id, A.c.closed_at.is_(None))).scalar()
    return key
