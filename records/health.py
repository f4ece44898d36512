"""How an office stands, in numbers: asked by whoever watches over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from weakref import WeakSet

from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from records import duties, leases, schema
from records.engine import reading
from records.migrate import pending
from records.schema.base import word
from states.not_allowed import DatabaseAway

_up_to_date: WeakSet[Engine] = WeakSet()  # a database does not lose a migration while it is open
A, D, T, U, B = schema.alerts, schema.duties, schema.tasks, schema.dues, schema.batches


@dataclass(frozen=True, slots=True)
class Health:
    """Numbers of one moment; `ready` is False where the database cannot be asked or lacks a migration."""

    ready: bool = False
    why: str = "数据库不能连接。"
    open_duties: Mapping[str, int] = field(default_factory=dict)
    waiting: int = 0
    oldest_seconds: float = 0.0
    failed_duties: int = 0
    lease_age: float | None = None  # seconds since the ticker renewed its lease; None: nobody ever held it
    lease_held: bool = False
    alerts: Mapping[str, int] = field(default_factory=dict)
    open_tasks: int = 0
    overdue: int = 0
    open_batches: int = 0


def is_ready(engine: Engine) -> tuple[bool, str]:
    """May people work now? Otherwise a sentence why not."""
    try:
        if engine in _up_to_date:
            with reading(engine) as conn:
                conn.execute(text("SELECT 1"))
            return True, ""
        if pending(engine):
            return False, "数据库版本较旧，请先运行 bangfu upgrade。"
    except (SQLAlchemyError, DatabaseAway):
        return False, "数据库不能连接。"
    _up_to_date.add(engine)
    return True, ""


def health(engine: Engine, at: datetime, today: date) -> Health:
    """Everything that is measured, in one reading of the database."""
    ready, why = is_ready(engine)
    if not ready:
        return Health(ready, why)
    try:
        return _read(engine, at, today)
    except SQLAlchemyError:
        return Health()


def _read(engine: Engine, at: datetime, today: date) -> Health:
    with reading(engine) as conn:
        count, since = duties.waiting(conn, at)
        lease = leases.see(conn, leases.TICKER)
        kinds = conn.execute(select(A.c.kind, func.count()).where(A.c.closed_at.is_(None)).group_by(A.c.kind))
        return Health(
            ready=True, why="", open_duties=duties.count_open(conn), waiting=count,
            oldest_seconds=0.0 if since is None else max(0.0, (at - since).total_seconds()),
            failed_duties=conn.execute(select(func.count()).where(D.c.failed_at.is_not(None))).scalar_one(),
            lease_age=None if lease is None else lease.age.total_seconds(),
            lease_held=lease is not None and lease.left.total_seconds() > 0,
            alerts={kind: n for kind, n in kinds},
            open_tasks=conn.execute(select(func.count()).where(T.c.status == word("open"))).scalar_one(),
            overdue=conn.execute(
                select(func.count()).where(U.c.closed_at.is_(None), U.c.due_on < today)
            ).scalar_one(),
            open_batches=conn.execute(select(func.count()).where(B.c.ended_at.is_(None))).scalar_one(),
        )  # fmt: skip
