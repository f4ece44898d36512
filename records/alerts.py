"""What somebody must be told (异常件): raised once while it is open, closed when it is well again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, String, cast, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from records import schema

A, O = schema.alerts, schema.offices


def raise_alert(conn: Connection, key: str, kind: str, says: str, office_code: str | None, at: datetime) -> None:
    """Raise an alert; one that is open under the same key stays as it is, and says what is the case now."""
    insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    conn.execute(
        insert(A).values(key=key, kind=kind, says=says, office_code=office_code, raised_at=at)
        .on_conflict_do_update(index_elements=["key"], index_where=text("closed_at IS NULL"), set_={"says": says})
    )  # fmt: skip


def close_alert(conn: Connection, key: str, at: datetime) -> None:
    conn.execute(update(A).where(A.c.key == key, A.c.closed_at.is_(None)).values(closed_at=at))


def open_alerts(conn: Connection, kinds: Sequence[str] = ()) -> list[Row[Any]]:
    """What is not well now, the oldest first."""
    query = select(A, O.c.name.label("office")).select_from(A.outerjoin(O, O.c.code == A.c.office_code))
    wanted = () if not kinds else (A.c.kind.in_(kinds),)
    return list(conn.execute(query.where(A.c.closed_at.is_(None), *wanted).order_by(A.c.id)))


def alert(conn: Connection, alert_id: int) -> Row[Any] | None:
    """One alert, open or closed."""
    return conn.execute(select(A).where(A.c.id == alert_id)).first()


def mended_duties(conn: Connection) -> list[str]:
    """Keys of open alerts about duties that are out of tries no longer."""
    D = schema.duties
    rows = conn.execute(
        select(A.c.key).where(A.c.kind == "duty_failed", A.c.closed_at.is_(None))
        .where(~select(D.c.id).where(A.c.key == "duty:" + cast(D.c.id, String), D.c.failed_at.is_not(None)).exists())
    )  # fmt: skip
    return list(rows.scalars())


def key_of(conn: Connection, alert_id: int) -> str | None:
    """The key of an open alert."""
    key: str | None = conn.execute(select(A.c.key).where(A.c.id == alert_id, A.c.closed_at.is_(None))).scalar()
    return key
