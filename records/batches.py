"""Batches: duties that go to Prefect in one run. A batch only names the run; the duty rows say what is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, exists, select, update

from records import schema
from records.engine import database_now, insert_row

B, D = schema.batches, schema.duties
ROUTINE = "routine"


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch: the flow that carries it out and how many duties it began with."""

    id: int
    flow: str
    title: str
    size: int


_OWED = (D.c.done_at.is_(None), D.c.failed_at.is_(None))


def form(conn: Connection, at: datetime, size: int, flow: str, title: str) -> list[Batch]:
    """Put the duties whose time has come and that are in no batch into batches: those of a routine one by one, under the
    routine's own flow, the others up to `size` together."""
    waiting = conn.execute(
        select(D.c.id, D.c.kind, D.c.payload).where(*_OWED, D.c.try_after <= at, D.c.batch_id.is_(None))
        .order_by(D.c.try_after, D.c.id)
    ).all()  # fmt: skip
    plain = [row.id for row in waiting if row.kind != ROUTINE]
    made = [
        _add(conn, row.payload["routine"], row.payload["title"], [row.id]) for row in waiting if row.kind == ROUTINE
    ]
    return made + [_add(conn, flow, title, plain[n : n + size]) for n in range(0, len(plain), size)]


def _add(conn: Connection, flow: str, title: str, duty_ids: Sequence[int]) -> Batch:
    values = {"flow": flow, "title": title, "size": len(duty_ids), "formed_at": database_now(conn)}
    made = insert_row(conn, B, values)
    conn.execute(update(D).where(D.c.id.in_(duty_ids)).values(batch_id=made))
    return Batch(made, flow, title, len(duty_ids))


def open_batches(conn: Connection) -> list[tuple[Batch, timedelta | None]]:
    """Batches that are not over, each with how long ago Prefect took it (None: it has not yet)."""
    now = database_now(conn)
    rows = conn.execute(select(B).where(B.c.ended_at.is_(None)).order_by(B.c.id))
    return [
        (Batch(row.id, row.flow, row.title, row.size), None if row.asked_at is None else now - row.asked_at)
        for row in rows
    ]


def asked(conn: Connection, batch_id: int) -> None:
    """Prefect has taken the batch."""
    conn.execute(update(B).where(B.c.id == batch_id, B.c.asked_at.is_(None)).values(asked_at=database_now(conn)))


def end_finished(conn: Connection) -> None:
    """A batch of which nothing is owed any more is over."""
    owed = exists().where(D.c.batch_id == B.c.id, *_OWED)
    conn.execute(update(B).where(B.c.ended_at.is_(None), ~owed).values(ended_at=database_now(conn)))


def left_of(conn: Connection, batch_id: int) -> int:
    """How many duties of the batch are still owed."""
    return len(conn.execute(select(D.c.id).where(D.c.batch_id == batch_id, *_OWED)).all())


def worked_on(conn: Connection, batch_id: int) -> bool:
    """Does a drain hold some of the batch's duties just now?"""
    held = select(D.c.id).where(D.c.batch_id == batch_id, *_OWED, D.c.claimed_until > database_now(conn)).limit(1)
    return conn.execute(held).first() is not None
