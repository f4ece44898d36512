"""Sealing the ledger: every line is covered by the seal of its day, or, when it was written late, by the next seal.

A line is late when its moment lies in a day that was sealed before: a clock was set back, or its transaction ended after
midnight. So a seal goes by the order in which lines were written, and the moment only says to which day they belong."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.exc import OperationalError

from records import schema
from records.types import from_json, to_json
from rules.days import BEIJING, ONE_DAY, day_of

GENESIS = "0" * 64
LEDGER, SEALS = schema.ledger, schema.ledger_seals
LOCKED = "55P03"  # PostgreSQL: somebody holds the lock, and the time to wait is over


@dataclass(frozen=True, slots=True)
class Name:
    """One seal: its day, and the name under which it is exported."""

    id: int
    day: date
    name: str


def seal_hash(prev: str, day: date, heads: str) -> str:
    return hashlib.sha256("\n".join((prev, day.isoformat(), heads)).encode()).hexdigest()


def start_of(day: date) -> datetime:
    """The first moment of a legal day."""
    return datetime.combine(day, time(), BEIJING)


def seal(conn: Connection, today: date, at: datetime) -> list[Name]:
    """Seal the days that are over, oldest first, in a transaction of its own; the new seals. None where nothing waits, or
    where somebody is just writing: then the next call does it."""
    newest = conn.execute(select(SEALS).order_by(SEALS.c.id.desc()).limit(1)).first()
    done = 0 if newest is None else newest.up_to
    days = _days(conn, done, today)
    if not days or not _nobody_writes(conn):
        return []
    last = conn.execute(select(func.max(LEDGER.c.id))).scalar_one()
    prev = GENESIS if newest is None else newest.hash
    for day in days:
        # the first takes what is late with it, the last whatever was written after midnight, so that nothing is left over
        begin = None if day == days[0] else start_of(day)
        heads = _heads(conn, done, begin, None if day == days[-1] else start_of(day + ONE_DAY))
        value = seal_hash(prev, day, heads)
        up_to = last if day == days[-1] else done
        conn.execute(
            insert(SEALS).values(day=day, heads=heads, prev=prev, hash=value, up_to=up_to, sealed_at=at)
        )  # fmt: skip
        prev = value
    return names(conn)[-len(days) :]


def _days(conn: Connection, done: int, today: date) -> list[date]:
    """The days to seal: those from the first line of a new day to yesterday; yesterday once more when all that waits is
    late and no new day is about to be sealed."""
    new = LEDGER.c.id > done
    sealed: date | None = conn.execute(select(func.max(SEALS.c.day))).scalar()
    later = () if sealed is None else (LEDGER.c.at >= start_of(sealed + ONE_DAY),)
    first = conn.execute(select(func.min(LEDGER.c.at)).where(new, *later)).scalar()
    if first is not None and day_of(first) < today:
        return [day_of(first) + n * ONE_DAY for n in range((today - day_of(first)).days)]
    waits = conn.execute(select(LEDGER.c.id).where(new, LEDGER.c.at < start_of(today)).limit(1)).first()
    return [today - ONE_DAY] if waits and sealed != today - ONE_DAY else []


def _heads(conn: Connection, done: int, begin: datetime | None, end: datetime | None) -> str:
    """The last lines of the streams that grew in that time, of those lines that no seal covers yet."""
    grown = select(LEDGER.c.stream, func.max(LEDGER.c.seq).label("seq")).where(LEDGER.c.id > done)
    if begin is not None:
        grown = grown.where(LEDGER.c.at >= begin)
    if end is not None:
        grown = grown.where(LEDGER.c.at < end)
    of = grown.group_by(LEDGER.c.stream).subquery()
    rows = conn.execute(
        select(LEDGER.c.stream, LEDGER.c.seq, LEDGER.c.hash)
        .join(of, (LEDGER.c.stream == of.c.stream) & (LEDGER.c.seq == of.c.seq))
    )  # fmt: skip
    return to_json({row.stream: [row.seq, row.hash] for row in rows})


def _nobody_writes(conn: Connection) -> bool:
    """Hold back new lines until the transaction ends, so that none with a lower id appears afterwards. False when a
    writer is not done within a second: nobody waits for us longer. On SQLite there is one writer anyway."""
    if conn.dialect.name != "postgresql":
        return True
    try:
        with conn.begin_nested():
            conn.execute(text("SET LOCAL lock_timeout = '1s'"))
            conn.execute(text("LOCK TABLE ledger IN SHARE MODE"))
            conn.execute(text("SET LOCAL lock_timeout = DEFAULT"))
    except OperationalError as no:
        if getattr(no.orig, "sqlstate", None) != LOCKED:
            raise
        return False
    return True


def names(conn: Connection) -> list[Name]:
    """Every seal in the order of the chain. The second and third of one day bear a number behind the day."""
    count: dict[date, int] = {}
    found = []
    for row in conn.execute(select(SEALS.c.id, SEALS.c.day).order_by(SEALS.c.id)):
        count[row.day] = count.get(row.day, 0) + 1
        behind = "" if count[row.day] == 1 else f"-{count[row.day]}"
        found.append(Name(row.id, row.day, f"{row.day}{behind}.json"))
    return found


def text_of(conn: Connection, name: Name) -> str:
    """The canonical text of a seal, as it is exported."""
    row = conn.execute(select(SEALS).where(SEALS.c.id == name.id)).one()
    return to_json({"day": row.day, "prev": row.prev, "hash": row.hash, "heads": from_json(row.heads)})
