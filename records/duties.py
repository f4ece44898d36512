"""What the system owes because of a decision or a day: written with its cause, carried out afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, case, func, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from records import schema
from records.engine import database_now
from records.types import Instant

D = schema.duties
C = schema.cases
LAST_TRY = 8
LAST_LAPSE = 3  # so often may whoever works on a duty end without a word before a person looks into it
ASK_AGAIN = timedelta(days=1)  # after which a duty that waits for what a person has yet to write down is looked at
FIRST_DELAY = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty; `tries` counts the attempts that failed or ended without a word."""

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


@dataclass(frozen=True, slots=True)
class Claim:
    """Who works on duties, on which ones, and for how long before another may take over what is left."""

    by: str
    hold: timedelta
    kinds: tuple[str, ...] = ()
    batch_id: int | None = None


LONGEST_HOLD = timedelta(minutes=15)
UNANSWERED = "办理它的进程没有留下原因就中断了"


def free_lapsed(conn: Connection, at: datetime) -> list[DutyRow]:
    """Free what was claimed by a drain that never came back: its claim ran out, or lies further ahead than any claim may
    (the clock was set back). That counts as a try, because the duty itself may have ended the process. Returns those that
    had their last try and now stand on the list."""
    now = database_now(conn)
    lapsed = or_(D.c.claimed_until < now, D.c.claimed_until > now + LONGEST_HOLD)
    last = or_(D.c.lapses + 1 >= LAST_LAPSE, D.c.tries + 1 >= LAST_TRY)
    freed = conn.execute(
        update(D)
        .where(D.c.id.in_(select(D.c.id).where(*_OPEN, lapsed).with_for_update(skip_locked=True)))
        .values(
            tries=D.c.tries + 1, lapses=D.c.lapses + 1, last_error=UNANSWERED, batch_id=None, claimed_by=None,
            claimed_until=None, failed_at=case((last, literal(at, Instant))),
            try_after=case((D.c.lapses == 0, D.c.try_after), else_=literal(at + FIRST_DELAY, Instant)),
        ).returning(*_COLUMNS, D.c.failed_at)
    ).all()  # fmt: skip
    return [DutyRow(*row[:-1]) for row in freed if row.failed_at is not None]


def claim(conn: Connection, mine: Claim, at: datetime, size: int) -> list[DutyRow]:
    """Up to `size` free duties whose time has come, for this drain alone until its hold ends. One whose claim has run out
    before comes after all others and alone: should it end this process too, it takes no other with it."""
    return _claim(conn, mine, at, size, D.c.lapses == 0) or _claim(conn, mine, at, min(size, 1), D.c.lapses > 0)


def _claim(conn: Connection, mine: Claim, at: datetime, size: int, which: ColumnElement[bool]) -> list[DutyRow]:
    owed = select(D.c.id).where(*_OPEN, D.c.try_after <= at, D.c.claimed_until.is_(None), which)
    if mine.kinds:
        owed = owed.where(D.c.kind.in_(mine.kinds))
    if mine.batch_id is not None:
        owed = owed.where(D.c.batch_id == mine.batch_id)
    owed = owed.order_by(D.c.try_after, D.c.id).limit(size).with_for_update(skip_locked=True)
    taken = conn.execute(
        update(D).where(D.c.id.in_(owed)).values(claimed_by=mine.by, claimed_until=database_now(conn) + mine.hold)
        .returning(*_COLUMNS, D.c.try_after)
    ).all()  # fmt: skip
    return [DutyRow(*row[:-1]) for row in sorted(taken, key=lambda row: (row.try_after, row.id))]


_DONE = (
    update(D).where(D.c.id.in_(bindparam("those", expanding=True)), D.c.claimed_by == bindparam("mine"),
                    D.c.done_at.is_(None))
    .values(done_at=bindparam("moment"), last_error=None, claimed_by=None, claimed_until=None).returning(D.c.id)
)  # fmt: skip


def mark_all_done(conn: Connection, duty_ids: Sequence[int], by: str, at: datetime) -> set[int]:
    """`mark_done` for many; those that are done now, without those that another drain has taken over meanwhile."""
    given = {"those": list(duty_ids), "mine": by, "moment": at}
    return set(conn.execute(_DONE, given).scalars()) if duty_ids else set()


def mark_done(conn: Connection, duty_id: int, by: str, at: datetime) -> bool:
    """Done, and locked until the transaction ends; False when another drain has taken the duty over meanwhile."""
    return bool(mark_all_done(conn, [duty_id], by, at))


def settled(conn: Connection, keys: Sequence[str], at: datetime) -> None:
    """What these duties ask for is there, whoever saw to it and whoever claims them: they are done."""
    for start in range(0, len(keys), 500):
        conn.execute(
            update(D).where(D.c.key.in_(keys[start : start + 500]), D.c.done_at.is_(None))
            .values(done_at=at, last_error=None, failed_at=None, claimed_by=None, claimed_until=None)
        )  # fmt: skip


def hold_on(conn: Connection, duty_id: int, by: str, hold: timedelta) -> bool:
    """Keep a duty for longer, before an act that takes its time; False when it is another drain's or done."""
    done = conn.execute(
        update(D).where(D.c.id == duty_id, D.c.claimed_by == by, D.c.done_at.is_(None))
        .values(claimed_until=database_now(conn) + min(hold, LONGEST_HOLD))
    )  # fmt: skip
    return done.rowcount == 1


def let_go(conn: Connection, by: str) -> None:
    """Give back what this drain claimed and did not get to."""
    conn.execute(
        update(D).where(D.c.claimed_by == by, D.c.done_at.is_(None)).values(claimed_by=None, claimed_until=None)
    )


def put_back(conn: Connection, duty: DutyRow, error: str, at: datetime, hopeless: bool = False) -> bool:
    """Push a failed duty ahead by a growing delay; True when that was its last try, or another is hopeless, and it now
    stands on the list."""
    last = hopeless or duty.tries + 1 >= LAST_TRY
    delay = FIRST_DELAY * 4**duty.tries
    done = conn.execute(
        update(D).where(D.c.id == duty.id, D.c.done_at.is_(None)).values(
            tries=duty.tries + 1, last_error=error, try_after=at + delay, failed_at=at if last else None,
            batch_id=None, claimed_by=None, claimed_until=None,
        )
    )  # fmt: skip
    return last and done.rowcount == 1


def put_off(conn: Connection, duty_id: int, why: str, at: datetime) -> None:
    """Leave a duty that waits for what a person has yet to write down: no fault, and no try counted."""
    conn.execute(
        update(D).where(D.c.id == duty_id, D.c.done_at.is_(None))
        .values(last_error=why, try_after=at + ASK_AGAIN, batch_id=None, claimed_by=None, claimed_until=None)
    )  # fmt: skip


def awake(conn: Connection, household_id: int, at: datetime) -> None:
    """What waited for the household's facts may be carried out now."""
    own = select(C.c.id).where(C.c.subject_kind == "household", C.c.subject_id == household_id)
    conn.execute(
        update(D).where(*_OPEN, D.c.kind == "print_form", D.c.case_id.in_(own), D.c.try_after > at).values(try_after=at)
    )


def retry(conn: Connection, duty_id: int, at: datetime) -> bool:
    """A person asks for a failed duty to be tried again; one that ended processes still comes alone."""
    done = conn.execute(
        update(D).where(D.c.id == duty_id, D.c.failed_at.is_not(None))
        .values(failed_at=None, tries=0, lapses=case((D.c.lapses > 0, 1), else_=0), try_after=at)
    )  # fmt: skip
    return done.rowcount == 1


def known(conn: Connection, keys: Sequence[str]) -> dict[str, bool]:
    """Those of the keys that are owed or were: is it done?"""
    rows = conn.execute(select(D.c.key, D.c.done_at.is_not(None)).where(D.c.key.in_(keys)))
    return {key: bool(done) for key, done in rows}


def failed(conn: Connection) -> list[DutyRow]:
    """Duties out of tries (异常件)."""
    return [DutyRow(*r) for r in conn.execute(select(*_COLUMNS).where(D.c.failed_at.is_not(None)).order_by(D.c.id))]


def count_open(conn: Connection) -> dict[str, int]:
    """How many duties of each kind are owed."""
    rows = conn.execute(select(D.c.kind, func.count()).where(*_OPEN).group_by(D.c.kind))
    return {kind: count for kind, count in rows}


def waiting(conn: Connection, at: datetime) -> tuple[int, datetime | None]:
    """How many duties could be carried out now, and since when the oldest of them is owed."""
    row = conn.execute(
        select(func.count(), func.min(D.c.owed_since)).where(*_OPEN, D.c.try_after <= at)
    ).one()  # fmt: skip
    return int(row[0]), row[1]


def troubled(conn: Connection) -> list[Row[Any]]:
    """Duties out of tries with their last error, the oldest first (异常件)."""
    return list(
        conn.execute(
            select(D.c.id, D.c.key, D.c.kind, D.c.tries, D.c.last_error, D.c.failed_at, D.c.owed_since)
            .where(D.c.failed_at.is_not(None)).order_by(D.c.failed_at, D.c.id)
        )
    )  # fmt: skip


def keep_report(conn: Connection, duty_id: int, report: Mapping[str, Any]) -> None:
    """What a routine did, beside its duty, for whoever asks later."""
    conn.execute(update(D).where(D.c.id == duty_id).values(report=dict(report)))


def reports_of(conn: Connection, batch_id: int) -> list[Mapping[str, Any]]:
    """What the routines of a batch did."""
    found = conn.execute(select(D.c.report).where(D.c.batch_id == batch_id, D.c.report.is_not(None)).order_by(D.c.id))
    return list(found.scalars())


def routines_done(conn: Connection, limit: int) -> list[Row[Any]]:
    """The newest routines, done or not: (key, payload, owed_since, done_at, report, last_error)."""
    return list(
        conn.execute(
            select(D.c.key, D.c.payload, D.c.owed_since, D.c.done_at, D.c.report, D.c.last_error)
            .where(D.c.kind == "routine").order_by(D.c.id.desc()).limit(limit)
        )
    )  # fmt: skip
