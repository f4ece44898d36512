"""Handing on, as rows: what a task becomes when it is given to others, the events of it, and the lists people keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from records import dues, offices, schema
from records.cases import OpenTask
from records.engine import insert_row
from records.listing import Listing
from records.schema.base import word
from states.handing import Hand

T, C, D, H, X, U = (schema.tasks, schema.cases, schema.decisions, schema.handings, schema.copies, schema.dues)
P, PT, PE, O = schema.posts, schema.post_terms, schema.people, schema.offices
_LIVE = ("open", "waiting")


def task(conn: Connection, task_id: int) -> Row[Any] | None:
    """A task as it stands, whatever became of it."""
    return conn.execute(select(T).where(T.c.id == task_id)).first()


def seats_held(conn: Connection, person_id: int, day: date) -> list[Row[Any]]:
    """The posts a person holds that day: (person, office_code, role, title, office, level, parent_code)."""
    return list(
        conn.execute(
            select(PE.c.name.label("person"), P.c.office_code, P.c.role, P.c.title, O.c.name.label("office"),
                   O.c.level, O.c.parent_code, P.c.id.label("post_id"))
            .select_from(PT.join(P, P.c.id == PT.c.post_id).join(O, O.c.code == P.c.office_code)
                         .join(PE, PE.c.id == PT.c.person_id))
            .where(PT.c.person_id == person_id, _term(day)).order_by(P.c.id)
        )
    )  # fmt: skip


def _term(day: Any) -> ColumnElement[bool]:
    return and_(PT.c.valid_from <= day, or_(PT.c.valid_to.is_(None), PT.c.valid_to > day))


def office_and_role(conn: Connection, task: OpenTask) -> tuple[str, str]:
    """Where a task waits, as people read it."""
    return offices.name_of(conn, task.office_code), offices.ROLE_TITLES.get(task.role, task.role)


# --- what becomes of a task -------------------------------------------------------------------------------------------


def give(conn: Connection, task_id: int, office_code: str, role: str, person_id: int) -> None:
    """The task is that person's from now on, and so is its due."""
    conn.execute(update(T).where(T.c.id == task_id).values(assigned_to=person_id))
    dues.hand_over(conn, "task", task_id, office_code, role, person_id)


def add_task(conn: Connection, values: Mapping[str, Any], due: Mapping[str, Any] | None) -> int:
    """A task for an adviser or an added approver, with its due when its time begins now."""
    made = insert_row(conn, T, values)
    if due is not None:
        dues.add(conn, {**due, "subject_id": made})
    return made


def set_after(conn: Connection, task_id: int, after: int | None) -> None:
    """The task waits until another is done."""
    conn.execute(update(T).where(T.c.id == task_id).values(after_task_id=after))


def hold(conn: Connection, task_id: int, after: int) -> None:
    """An open task steps back until another is done; its due stays, since its owner answers for the time."""
    conn.execute(
        update(T).where(T.c.id == task_id, T.c.status == word("open")).values(status="waiting", after_task_id=after)
    )


def reopen(conn: Connection, task_id: int) -> None:
    """What it waited for is done or withdrawn: the owner's turn again, on the old day."""
    conn.execute(
        update(T).where(T.c.id == task_id, T.c.status == word("waiting")).values(status="open", after_task_id=None)
    )


def set_apart(conn: Connection, task_id: int, people: Sequence[int]) -> None:
    """These people may not act on the task: they act elsewhere in its chain."""
    conn.execute(update(T).where(T.c.id == task_id).values(apart=list(people)))


def end_task(conn: Connection, task_id: int, status: str, at: datetime) -> None:
    """An adviser's task is answered, or one is withdrawn; its due ends with it."""
    conn.execute(update(T).where(T.c.id == task_id, T.c.status.in_(_LIVE)).values(status=status, closed_at=at))
    dues.close(conn, "task", [task_id], at)


def orphans(conn: Connection, day: date) -> list[Row[Any]]:
    """Tasks given to a person who no longer holds the post: (id, case_id, office_code, role, assigned_to)."""
    still = select(PT.c.id).select_from(PT.join(P, P.c.id == PT.c.post_id)).where(
        PT.c.person_id == T.c.assigned_to, P.c.office_code == T.c.office_code, P.c.role == T.c.role, _term(day))  # fmt: skip
    query = select(T.c.id, T.c.case_id, T.c.office_code, T.c.role, T.c.assigned_to).where(
        T.c.assigned_to.is_not(None), T.c.closed_at.is_(None), ~still.exists())  # fmt: skip
    return list(
        conn.execute(query.order_by(T.c.assigned_to, T.c.id))
    )  # in the order of its index, or SQLite reads every task


def to_the_post(conn: Connection, task: Row[Any]) -> None:
    """Whoever holds the post owns the task again."""
    conn.execute(update(T).where(T.c.id == task.id).values(assigned_to=None))
    dues.hand_over(conn, "task", task.id, task.office_code, task.role, None)


# --- what happened ----------------------------------------------------------------------------------------------------


def add(conn: Connection, values: Mapping[str, Any]) -> int:
    return insert_row(conn, H, values)


def of_case(conn: Connection, case_id: int) -> list[Row[Any]]:
    """Everything handed on in a case, in order: part of its history beside the decisions."""
    return list(conn.execute(select(H).where(H.c.case_id == case_id).order_by(H.c.id)))


def last(conn: Connection, task_id: int, kinds: Sequence[Hand]) -> Row[Any] | None:
    """The newest act of those kinds upon a task."""
    wanted = [kind.value for kind in kinds]
    query = select(H).where(H.c.task_id == task_id, H.c.kind.in_(wanted)).order_by(H.c.id.desc()).limit(1)
    return conn.execute(query).first()


def made_by(conn: Connection, made_task_id: int) -> Row[Any] | None:
    """The act that made an adviser's or an added approver's task."""
    query = select(H).where(H.c.made_task_id == made_task_id, H.c.kind.in_(["ask", "add_before", "add_after"]))
    return conn.execute(query.order_by(H.c.id).limit(1)).first()


def copy_to(conn: Connection, values: Mapping[str, Any]) -> bool:
    """Send a case for information; False when the person has it already."""
    dialect = postgresql if conn.dialect.name == "postgresql" else sqlite
    wanted = dialect.insert(X).values(values).on_conflict_do_nothing(index_elements=["case_id", "person_id"])
    return conn.execute(wanted.returning(X.c.id)).first() is not None


def has_copy(conn: Connection, case_id: int, person_id: int) -> bool:
    return conn.execute(select(X.c.id).where(X.c.case_id == case_id, X.c.person_id == person_id)).first() is not None


def mark_copy_read(conn: Connection, person_id: int, case_id: int, at: datetime) -> None:
    """The person opened a case that was sent for information; the first reading is the one that counts."""
    mine = (X.c.case_id == case_id, X.c.person_id == person_id, X.c.read_at.is_(None))
    conn.execute(update(X).where(*mine).values(read_at=at))


def acted_before(conn: Connection, case_id: int, person_id: int) -> bool:
    """Did the person decide on this case, or was it decided for the person?"""
    mine = or_(D.c.person_id == person_id, D.c.acting_for_id == person_id)
    return conn.execute(select(D.c.id).where(D.c.case_id == case_id, mine).limit(1)).first() is not None


# --- lists ------------------------------------------------------------------------------------------------------------

_CASE = (C.c.id.label("case_id"), C.c.year, C.c.title, C.c.procedure, C.c.procedure_sha256, C.c.status,
         C.c.step.label("case_step"), C.c.version, C.c.area_code)  # fmt: skip


def done_by(person_id: int) -> Listing:
    """已办: every case the person decided on or was stood in for, with the newest such decision, newest first."""
    mine = or_(D.c.person_id == person_id, D.c.acting_for_id == person_id)
    newest = select(func.max(D.c.id)).where(mine).group_by(D.c.case_id)
    query = (
        select(*_CASE, D.c.id, D.c.step, D.c.verdict, D.c.opinion, D.c.person, D.c.acting_for, D.c.at)
        .select_from(D.join(C, C.c.id == D.c.case_id)).where(D.c.id.in_(newest))
    )  # fmt: skip
    return Listing(query, (D.c.id.desc(),))


def started_by(person_id: int) -> Listing:
    """我发起: cases the person started, newest first."""
    query = select(*_CASE, C.c.started_on, C.c.closed_on).where(C.c.started_by == person_id)
    return Listing(query, (C.c.id.desc(),))


def copied_to(person_id: int, unread_only: bool = False) -> Listing:
    """抄送我: cases sent to the person for information, newest first."""
    query = (
        select(*_CASE, X.c.id, X.c.sent_at, X.c.read_at, H.c.person, H.c.office, H.c.note)
        .select_from(X.join(C, C.c.id == X.c.case_id).join(H, H.c.id == X.c.handing_id)).where(X.c.person_id == person_id)
    )  # fmt: skip
    return Listing(query.where(X.c.read_at.is_(None)) if unread_only else query, (X.c.id.desc(),))


def asked_of(person_id: int) -> Listing:
    """委派给我: opinions that the person was asked for and still owes, due first."""
    return _asked(T.c.assigned_to == person_id, T.c.status == word("open"))


def asked_by(person_id: int) -> Listing:
    """我委派的: opinions that the person asked for, open and answered, newest first."""
    listing = _asked(or_(H.c.person_id == person_id, H.c.acting_for_id == person_id))
    return Listing(listing.query, (H.c.id.desc(),))


def _asked(*where: ColumnElement[bool]) -> Listing:
    query = (
        select(*_CASE, H.c.id, H.c.step, H.c.person, H.c.office, H.c.to_person, H.c.note, H.c.at, H.c.made_task_id,
               T.c.status.label("task_status"), T.c.due_on)
        .select_from(H.join(C, C.c.id == H.c.case_id).join(T, T.c.id == H.c.made_task_id))
        .where(H.c.kind == Hand.ASK.value, *where)
    )  # fmt: skip
    return Listing(query, (T.c.due_on, H.c.id))
