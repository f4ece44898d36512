"""What there is to tell about one case besides its decisions: who it waits for, what is owed, who was told."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, func, select

from records import schema

T, O, PE, D, M, A = schema.tasks, schema.offices, schema.people, schema.duties, schema.messages, schema.act_cases


def open_tasks(conn: Connection, case_id: int) -> list[Row[Any]]:
    """Whom the case waits for now, by office, post and (where it is one person's) name."""
    by_name = func.coalesce(T.c.assigned_to, T.c.helper_person_id)
    return list(
        conn.execute(
            select(T.c.id, T.c.step, T.c.role, T.c.status, T.c.kind, T.c.due_on, T.c.provisional, T.c.opened_at,
                   O.c.name.label("office"), PE.c.name.label("person"))
            .select_from(T.join(O, O.c.code == T.c.office_code).outerjoin(PE, PE.c.id == by_name))
            .where(T.c.case_id == case_id, T.c.status.in_(["open", "waiting"])).order_by(T.c.seat, T.c.id)
        )
    )  # fmt: skip


def asked_of(conn: Connection, case_id: int, person_id: int) -> bool:
    """Does a task of the case wait for this person by name?"""
    mine = select(T.c.id).where(
        T.c.case_id == case_id, T.c.assigned_to == person_id, T.c.status.in_(["open", "waiting"])
    )
    return conn.execute(mine.limit(1)).first() is not None


def duties_of(conn: Connection, case_id: int) -> list[Row[Any]]:
    """What the system owes or has done because of the case, messages left out."""
    acts = select(A.c.act_id).where(A.c.case_id == case_id)
    return list(
        conn.execute(
            select(D.c.id, D.c.kind, D.c.payload, D.c.owed_since, D.c.done_at, D.c.failed_at)
            .where((D.c.case_id == case_id) | D.c.act_id.in_(acts), D.c.kind != "tell").order_by(D.c.id)
        )
    )  # fmt: skip


def messages_of(conn: Connection, case_id: int) -> list[Row[Any]]:
    """Reminders and other messages that were sent about the case, to whom and whether they were read."""
    return list(
        conn.execute(
            select(M.c.title, M.c.at, M.c.read_at, PE.c.name).join(PE, PE.c.id == M.c.person_id)
            .where(M.c.subject_kind == "case", M.c.subject_id == case_id).order_by(M.c.id)
        )
    )  # fmt: skip
