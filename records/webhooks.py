"""Where programs are told of what happened: a subscription hangs on a token, and is in force as long as the token is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select, update

from records import schema
from records.engine import insert_row

W, K, A, PE, O, D = (
    schema.webhooks, schema.tokens, schema.accounts, schema.people, schema.offices, schema.duties,
)  # fmt: skip


def add(conn: Connection, values: Mapping[str, Any]) -> int:
    return insert_row(conn, W, values)


def change(conn: Connection, webhook_id: int, changes: Mapping[str, Any]) -> None:
    conn.execute(update(W).where(W.c.id == webhook_id).values(**changes))


def end(conn: Connection, webhook_id: int, at: datetime) -> bool:
    """End a subscription; False when it had ended before."""
    done = conn.execute(update(W).where(W.c.id == webhook_id, W.c.ended_at.is_(None)).values(ended_at=at))
    return done.rowcount == 1


def _all() -> Select[Any]:
    return select(
        W.c.id, W.c.token_id, W.c.url, W.c.secret, W.c.events, W.c.made_at, W.c.ended_at, W.c.told_at, W.c.away_until,
        K.c.name, K.c.may, K.c.office_code, K.c.role, K.c.account_id, K.c.ends_at, A.c.person_id, A.c.login,
        PE.c.name.label("person"), O.c.name.label("office"), K.c.ended_at.label("token_ended_at"), A.c.closed_at,
    ).select_from(
        W.join(K, K.c.id == W.c.token_id).join(A, A.c.id == K.c.account_id).join(PE, PE.c.id == A.c.person_id)
        .outerjoin(O, O.c.code == K.c.office_code)
    )  # fmt: skip


def _in_force(at: datetime) -> Any:
    return and_(W.c.ended_at.is_(None), K.c.ended_at.is_(None), K.c.ends_at > at, A.c.closed_at.is_(None))


_ANYBODY = select(W.c.id).where(W.c.ended_at.is_(None)).limit(1)


def anybody(conn: Connection) -> bool:
    """Is there a subscription at all?"""
    return conn.execute(_ANYBODY).first() is not None


def in_force(conn: Connection, at: datetime, webhook_id: int | None = None) -> list[Any]:
    """The subscriptions in force, each with its token's post and person; or of these the one of that number."""
    query = _all().where(_in_force(at))
    return list(conn.execute(query.where(W.c.id == webhook_id) if webhook_id is not None else query.order_by(W.c.id)))


def listed(conn: Connection, account_id: int | None = None) -> list[Any]:
    """Subscriptions that nobody ended, the newest first: of one account, or all."""
    query = _all().where(W.c.ended_at.is_(None)).order_by(W.c.id.desc())
    return list(conn.execute(query if account_id is None else query.where(K.c.account_id == account_id)))


def webhook(conn: Connection, webhook_id: int) -> Any:
    return conn.execute(_all().where(W.c.id == webhook_id)).first()


def token(conn: Connection, token_id: int, at: datetime) -> Any:
    """A token in force by its number, with its account's person."""
    return conn.execute(
        select(K.c.id, K.c.account_id, K.c.may, K.c.office_code, K.c.role, K.c.ends_at, A.c.person_id)
        .select_from(K.join(A, A.c.id == K.c.account_id))
        .where(K.c.id == token_id, K.c.ended_at.is_(None), K.c.ends_at > at, A.c.closed_at.is_(None))
    ).first()  # fmt: skip


def key_of(webhook_id: int, event: str) -> str:
    """The key of the duty to tell one subscription of one event."""
    return f"deliver:{webhook_id}:{event}"


def counts(conn: Connection, webhook_id: int) -> tuple[int, int]:
    """How many deliveries wait, and how many are out of tries."""
    first, last = key_of(webhook_id, ""), key_of(webhook_id, "")[:-1] + ";"  # ";" follows ":"
    mine = (D.c.key >= first, D.c.key < last, D.c.done_at.is_(None))
    waiting = func.count().filter(D.c.failed_at.is_(None))
    row = conn.execute(select(waiting, func.count().filter(D.c.failed_at.is_not(None))).where(*mine)).one()
    return int(row[0]), int(row[1])
