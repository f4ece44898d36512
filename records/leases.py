"""Leases: one process at a time may do a thing; when it dies another takes over after the lease has run out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, insert, select, update

from records import schema
from records.engine import database_now, one_at_a_time

L = schema.leases
TICKER = "ticker"
LONGEST = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Held:
    """How a lease stands, by the database's clock."""

    holder: str
    age: timedelta  # since it was renewed last
    left: timedelta  # negative: nobody holds it


def hold(conn: Connection, name: str, me: str, length: timedelta) -> bool:
    """Take the lease or keep it; False while another holds it. A lease that lies further ahead than any may (the clock
    was set back) is nobody's."""
    one_at_a_time(conn, f"lease:{name}")
    now = database_now(conn)
    row = conn.execute(select(L.c.holder, L.c.until).where(L.c.name == name)).first()
    if row is None:
        conn.execute(insert(L).values(name=name, holder=me, taken_at=now, renewed_at=now, until=now + length))
        return True
    if row.holder != me and now <= row.until <= now + LONGEST:
        return False
    taken = {} if row.holder == me else {"holder": me, "taken_at": now}
    conn.execute(update(L).where(L.c.name == name).values(renewed_at=now, until=now + length, **taken))
    return True


def release(conn: Connection, name: str, me: str) -> None:
    """Give the lease back, so that another need not wait for its end; the row stays and tells since when it is free."""
    over = database_now(conn) - timedelta(seconds=1)
    conn.execute(update(L).where(L.c.name == name, L.c.holder == me).values(until=over))


def see(conn: Connection, name: str) -> Held | None:
    """How the lease stands; None when nobody ever took it."""
    row = conn.execute(select(L.c.holder, L.c.renewed_at, L.c.until).where(L.c.name == name)).first()
    if row is None:
        return None
    now = database_now(conn)
    return Held(row.holder, now - row.renewed_at, row.until - now)
