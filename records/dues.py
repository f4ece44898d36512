"""Whatever is due, of one kind: written with its subject, closed with it, and found by the day on which a rung is
reached, so that a tick costs what is due and not what exists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from records import schema
from records.cases import case_number
from records.engine import into

U, R, T, C, O = schema.dues, schema.rungs, schema.tasks, schema.cases, schema.offices


@dataclass(frozen=True, slots=True)
class DueRow:
    """One due as the ladder needs it."""

    id: int
    subject_kind: str
    subject_id: int
    title: str
    office_code: str
    role: str | None
    person_id: int | None
    area_path: str
    household_id: int | None
    starts_on: date
    due_on: date
    provisional: bool
    ladder: str
    told_until: date | None


_COLUMNS = (U.c.id, U.c.subject_kind, U.c.subject_id, U.c.title, U.c.office_code, U.c.role, U.c.person_id,
            U.c.area_path, U.c.household_id, U.c.starts_on, U.c.due_on, U.c.provisional, U.c.ladder, U.c.told_until)  # fmt: skip
_OPEN = U.c.closed_at.is_(None)
_CLOSE = (
    update(U).where(U.c.subject_kind == bindparam("of"), U.c.subject_id.in_(bindparam("ids", expanding=True)), _OPEN)
    .values(closed_at=bindparam("moment"))
)  # fmt: skip
_NUMBERS = (
    select(T.c.id, C.c.year, C.c.id.label("case")).join(C, C.c.id == T.c.case_id)
    .where(T.c.id.in_(bindparam("ids", expanding=True)))
)  # fmt: skip
_PROCEDURES = (
    select(T.c.id, C.c.procedure_sha256).join(C, C.c.id == T.c.case_id)
    .where(T.c.id.in_(bindparam("ids", expanding=True)))
)  # fmt: skip
_HEARS = or_(R.c.office_code == bindparam("office"), R.c.above_code == bindparam("office"))
_TOLD = (
    select(*_COLUMNS, R.c.name, R.c.addressee, R.c.paper, R.c.above_code, R.c.reached_on)
    .select_from(R.join(U, U.c.id == R.c.due_id)).where(_HEARS, R.c.told_on == bindparam("day"), _OPEN)
    .order_by(U.c.due_on, U.c.id, R.c.reached_on, R.c.code)
)  # fmt: skip


def _rows(conn: Connection, query: Select[Any]) -> list[DueRow]:
    return [DueRow(**row) for row in conn.execute(query).mappings()]


def add(conn: Connection, row: Mapping[str, Any]) -> None:
    """Write a due; the caller writes its subject in the same transaction."""
    conn.execute(into(U), row)


def add_many(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write dues of the same columns; the caller writes their subjects in the same transaction."""
    if rows:
        conn.execute(into(U), rows)


def close(conn: Connection, kind: str, subject_ids: Sequence[int], at: datetime) -> None:
    """The subjects are done or no longer owed: nobody is reminded of them any more."""
    conn.execute(_CLOSE, {"of": kind, "ids": list(subject_ids), "moment": at})


def is_open(conn: Connection, kind: str, subject_id: int) -> bool:
    """Is somebody held to a day for this subject?"""
    query = select(U.c.id).where(U.c.subject_kind == kind, U.c.subject_id == subject_id, _OPEN).limit(1)
    return conn.execute(query).first() is not None


def hand_over(
    conn: Connection, kind: str, subject_id: int, office_code: str, role: str | None, person_id: int | None
) -> None:
    """Somebody else owes it from now on; its last day and the rungs reached stay."""
    conn.execute(
        update(U).where(U.c.subject_kind == kind, U.c.subject_id == subject_id, _OPEN)
        .values(office_code=office_code, role=role, person_id=person_id)
    )  # fmt: skip


def reached(conn: Connection, today: date, to_look: bool = False) -> list[DueRow]:
    """The open dues that reach a rung by today, in the order of their days; locked for this transaction, so that
    another tick skips them, unless they are only looked at."""
    query = select(*_COLUMNS).where(_OPEN, U.c.remind_next_on <= today).order_by(U.c.remind_next_on, U.c.id)
    return _rows(conn, query if to_look else query.with_for_update(skip_locked=True))


_NOTICED = update(U).where(U.c.id == bindparam("due")).values(
    remind_next_on=bindparam("next"), told_until=bindparam("until")
)  # fmt: skip


def noticed(conn: Connection, rows: Sequence[tuple[int, date | None]], until: date) -> None:
    """Each due's rungs up to a day are noticed, and it is looked at again on the day given with it."""
    if rows:
        conn.execute(_NOTICED, [{"due": due, "next": day, "until": until} for due, day in rows])


def put_off(conn: Connection, ids: Sequence[int], day: date) -> None:
    """Look at these again on that day, with whatever they reached."""
    if ids:
        conn.execute(_PUT_OFF, [{"due": due, "next": day} for due in ids])


_PUT_OFF = update(U).where(U.c.id == bindparam("due")).values(remind_next_on=bindparam("next"))


def keep_rungs(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Record which rungs were reached, each once."""
    if rows:
        dialect = postgresql if conn.dialect.name == "postgresql" else sqlite
        conn.execute(dialect.insert(R).on_conflict_do_nothing(index_elements=["due_id", "code"]), rows)


def rungs_of(conn: Connection, kind: str, subject_id: int) -> list[Row[Any]]:
    """Every rung that a subject reached, oldest first: who was told what when."""
    return list(
        conn.execute(
            select(R, U.c.title, O.c.name.label("office"))
            .select_from(R.join(U, U.c.id == R.c.due_id).outerjoin(O, O.c.code == R.c.office_code))
            .where(U.c.subject_kind == kind, U.c.subject_id == subject_id).order_by(R.c.reached_on, R.c.told_on)
        )
    )  # fmt: skip


def told_to(conn: Connection, office_code: str, day: date) -> list[Row[Any]]:
    """The rungs that an office's digest of that day tells of and that nobody has done yet, its own and those of the
    offices below: the due, and the rung's name, addressee and paper. A due with several new rungs keeps the last."""
    rows = conn.execute(_TOLD, {"office": office_code, "day": day})
    last: dict[int, Any] = {row.id: row for row in rows}
    return list(last.values())


def tell_later(conn: Connection, office_code: str, day: date, newest: date) -> None:
    """What one digest was to tell, a newer one tells."""
    mine = or_(R.c.office_code == office_code, R.c.above_code == office_code)
    conn.execute(update(R).where(mine, R.c.told_on == day).values(told_on=newest))


def digests_of(conn: Connection, day: date) -> list[str]:
    """The offices whose digests are owed for a day."""
    D = schema.duties
    keys = conn.execute(select(D.c.payload).where(D.c.kind == "remind", D.c.key.like(f"remind:%:{day}"))).scalars()
    return sorted(str(payload["office"]) for payload in keys)


def newest_digest(conn: Connection, office_code: str) -> date | None:
    """The last day for which the office has a digest."""
    mine = or_(R.c.office_code == office_code, R.c.above_code == office_code)
    found: date | None = conn.execute(select(func.max(R.c.told_on)).where(mine)).scalar()
    return found


def owed_by(
    conn: Connection, office_code: str, today: date, person_id: int | None = None, limit: int = 50
) -> list[DueRow]:
    """What an office owes and has begun, the worst first; of one person, when one is named. What reminds nobody (a
    notice that hangs) is not owed."""
    query = select(*_COLUMNS).where(*_owed(office_code, today, person_id)).order_by(U.c.due_on, U.c.id).limit(limit)
    return _rows(conn, query)


def count_owed(conn: Connection, office_code: str, today: date, person_id: int | None = None) -> tuple[int, int]:
    """How many an office owes, and how many of them are overdue."""
    late = func.count().filter(U.c.due_on < today)
    row = conn.execute(select(func.count(), late).select_from(U).where(*_owed(office_code, today, person_id))).one()
    return int(row[0]), int(row[1])


def _owed(office_code: str, today: date, person_id: int | None) -> tuple[Any, ...]:
    mine = () if person_id is None else (U.c.person_id == person_id,)
    return (_OPEN, U.c.office_code == office_code, U.c.subject_kind != "publicity", U.c.starts_on <= today, *mine)


def last_rungs(conn: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The name of the newest rung that each due reached."""
    rows = conn.execute(select(R.c.due_id, R.c.name).where(R.c.due_id.in_(ids)).order_by(R.c.reached_on))
    return {row.due_id: row.name for row in rows}


def count_rungs(conn: Connection) -> dict[str, int]:
    """How often each rung was reached."""
    return {name: int(count) for name, count in conn.execute(
        select(R.c.name, func.count()).group_by(R.c.name).order_by(R.c.name))}  # fmt: skip


def case_numbers(conn: Connection, task_ids: Sequence[int]) -> dict[int, str]:
    """The number of the case that each task belongs to."""
    rows = conn.execute(_NUMBERS, {"ids": list(task_ids)}) if task_ids else ()
    return {row.id: case_number(row.year, row.case) for row in rows}


def procedures_of(conn: Connection, task_ids: Sequence[int]) -> dict[int, str]:
    """The hash of the frozen procedure under which each task stands."""
    found: dict[int, str] = {}
    for start in range(0, len(task_ids), 5_000):
        rows = conn.execute(_PROCEDURES, {"ids": list(task_ids[start : start + 5_000])})
        found |= {row.id: row.procedure_sha256 for row in rows}
    return found
