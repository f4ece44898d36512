"""What the system owes because of a decision or a day: written with its cause, carried out afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from records import schema

D = schema.duties
LAST_TRY = 8
FIRST_DELAY = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty; `tries` counts the attempts that failed."""

    id: int
    key: str
    kind: str
    case_id: int | None
    act_id: int | None
    payload: Mapping[str, Any]
    owed_since: datetime
    tries: int


_PG = postgresql.insert(D).on_conflict_do_nothing(index_elements=["key"])
_LITE = sqlite.insert(D).on_conflict_do_nothing(index_elements=["key"])


def owe(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write duties ({key, kind, case_id, act_id, payload, owed_since}); one that is owed already stays one."""
    if rows:
        full = [{"try_after": row["owed_since"], **row} for row in rows]
        conn.execute(_PG if conn.dialect.name == "postgresql" else _LITE, full)


_COLUMNS = (D.c.id, D.c.key, D.c.kind, D.c.case_id, D.c.act_id, D.c.payload, D.c.owed_since, D.c.tries)
_OPEN = (D.c.done_at.is_(None), D.c.failed_at.is_(None))


def take_owed(conn: Connection, at: datetime, size: int, kinds: Sequence[str] = ()) -> list[DutyRow]:
    """Up to `size` duties whose time has come, locked for this transaction; another drain skips them."""
    query = select(*_COLUMNS).where(*_OPEN, D.c.try_after <= at).order_by(D.c.try_after, D.c.id).limit(size)
    if kinds:
        query = query.where(D.c.kind.in_(kinds))
    return [DutyRow(*row) for row in conn.execute(query.with_for_update(skip_locked=True))]


_DONE = update(D).where(D.c.id == bindparam("duty")).values(done_at=bindparam("moment"), last_error=None)


def mark_done(conn: Connection, ids: Sequence[int], at: datetime) -> None:
    if ids:
        conn.execute(_DONE, [{"duty": i, "moment": at} for i in ids])


def put_back(conn: Connection, duty: DutyRow, error: str, at: datetime) -> bool:
    """Push a failed duty ahead by a growing delay; True when that was its last try and it now stands on the list."""
    last = duty.tries + 1 >= LAST_TRY
    delay = FIRST_DELAY * 4**duty.tries
    conn.execute(
        update(D).where(D.c.id == duty.id).values(
            tries=duty.tries + 1, last_error=error, try_after=at + delay, failed_at=at if last else None
        )
    )  # fmt: skip
    return last


def retry(conn: Connection, duty_id: int, at: datetime) -> bool:
    """A person asks for a failed duty to be tried again."""
    done = conn.execute(
        update(D).where(D.c.id == duty_id, D.c.failed_at.is_not(None))
        .values(failed_at=None, tries=0, try_after=at)
    )  # fmt: skip
    return done.rowcount == 1


def failed(conn: Connection) -> list[DutyRow]:
    """Duties out of tries (异常件)."""
    return [DutyRow(*r) for r in conn.execute(select(*_COLUMNS).where(D.c.failed_at.is_not(None)).order_by(D.c.id))]


def count_open(conn: Connection) -> dict[str, int]:
    """How many duties of each kind are owed."""
    rows = conn.execute(select(D.c.kind, func.count()).where(*_OPEN).group_by(D.c.kind))
    return {kind: count for kind, count in rows}
