"""Named questions that people ask of cases and tasks: my list, one case's whole trace, counts for a summary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Row, and_, cast, func, null, or_, select, union

from records import schema
from records.delegations import in_force
from records.register import on_day
from records.schema.base import word

C, T, P, PT, PE, O = (schema.cases, schema.tasks, schema.posts, schema.post_terms, schema.people, schema.offices)
G = schema.delegations
E, H, M, V, R = (schema.enrolments, schema.households, schema.memberships, schema.path_events, schema.pairings)
HV = schema.household_versions


def todo(conn: Connection, person_id: int, day: date, limit: int = 500) -> list[Row[Any]]:
    """Open tasks of every post the person holds on that day or stands in for somebody (`acting_for`), the ones due
    first on top. A task that was given to one person of a post is that person's alone."""
    seats = _seats(person_id, day).subquery()
    by_name = func.coalesce(T.c.assigned_to, T.c.helper_person_id)
    rows = conn.execute(
        select(T.c.id, T.c.case_id, T.c.step, T.c.due_on, T.c.provisional, T.c.office_code, T.c.role, C.c.title,
               C.c.procedure, C.c.procedure_sha256, C.c.year, C.c.version, T.c.kind, T.c.assigned_to,
               seats.c.acting_for_id, PE.c.name.label("acting_for"))
        .select_from(T.join(C, C.c.id == T.c.case_id)
                     .join(seats, and_(seats.c.office_code == T.c.office_code, seats.c.role == T.c.role))
                     .outerjoin(PE, PE.c.id == seats.c.acting_for_id))
        .where(T.c.status == word("open"), or_(by_name.is_(None), by_name == seats.c.holder),
               or_(seats.c.procedure.is_(None), seats.c.procedure == C.c.procedure))
        .order_by(T.c.due_on.is_(None), T.c.due_on, T.c.id, seats.c.acting_for_id.is_not(None)).limit(limit)
    )  # fmt: skip
    seen: dict[int, Any] = {}
    for row in rows:
        seen.setdefault(row.id, row)  # one's own task is not shown a second time as somebody else's
    return list(seen.values())


def _seats(person_id: int, day: date) -> CompoundSelect[Any]:
    """Every post in which the person may act on that day: held, or stood in for somebody."""
    term = and_(PT.c.valid_from <= day, or_(PT.c.valid_to.is_(None), PT.c.valid_to > day))
    nobody: Any = cast(null(), PT.c.person_id.type)
    any_: Any = cast(null(), G.c.procedure.type)
    held = (
        select(P.c.office_code, P.c.role, PT.c.person_id.label("holder"), nobody.label("acting_for_id"),
               any_.label("procedure"))
        .select_from(PT.join(P, P.c.id == PT.c.post_id)).where(PT.c.person_id == person_id, term)
    )  # fmt: skip
    stood_in = (
        select(P.c.office_code, P.c.role, PT.c.person_id, G.c.from_person_id, G.c.procedure)
        .select_from(G.join(PT, PT.c.person_id == G.c.from_person_id)
                     .join(P, and_(P.c.id == PT.c.post_id, or_(G.c.post_id.is_(None), P.c.id == G.c.post_id))))
        .where(G.c.to_person_id == person_id, in_force(day), term)
    )  # fmt: skip
    return union(held, stood_in)


def posts_of(conn: Connection, person_id: int, day: date) -> list[Row[Any]]:
    """The posts the person holds on that day."""
    return list(
        conn.execute(
            select(P.c.office_code, P.c.role, P.c.title, O.c.name.label("office"))
            .select_from(PT.join(P, P.c.id == PT.c.post_id).join(O, O.c.code == P.c.office_code))
            .where(PT.c.person_id == person_id, PT.c.valid_from <= day,
                   or_(PT.c.valid_to.is_(None), PT.c.valid_to > day)).order_by(P.c.id)
        )
    )  # fmt: skip


def people_named(conn: Connection, name: str) -> list[Row[Any]]:
    return list(conn.execute(select(PE.c.id, PE.c.name, PE.c.login).where(or_(PE.c.login == name, PE.c.name == name))))


def cases_of_subject(conn: Connection, kind: str, subject_id: int) -> list[Row[Any]]:
    return list(conn.execute(select(C).where(C.c.subject_kind == kind, C.c.subject_id == subject_id).order_by(C.c.id)))


def count_open_tasks(conn: Connection) -> int:
    return int(conn.execute(select(func.count()).select_from(T).where(T.c.status == word("open"))).scalar_one())


def path_counts(conn: Connection, pack_id: str, day: date) -> dict[str, tuple[int, int]]:
    """How many households and persons of the register stood in each state of the pack's path on a day."""
    members = (
        select(M.c.household_id, func.count().label("n")).where(on_day(M, day)).group_by(M.c.household_id).subquery()
    )
    moves = V.c.enrolment_id == E.c.id
    came_to = select(V.c.to_state).where(moves, V.c.on <= day).order_by(V.c.on.desc(), V.c.id.desc()).limit(1)
    began_as = select(V.c.from_state).where(moves).order_by(V.c.on, V.c.id).limit(1)
    there = (
        select(
            func.coalesce(came_to.scalar_subquery(), began_as.scalar_subquery(), E.c.state).label("state"),
            members.c.n,
        )
        .select_from(E.join(HV, HV.c.household_id == E.c.household_id)
                     .join(members, members.c.household_id == E.c.household_id))
        .where(E.c.pack_id == pack_id, on_day(HV, day)).subquery()
    )  # fmt: skip
    rows = conn.execute(
        select(there.c.state, func.count(), func.sum(there.c.n)).group_by(there.c.state).order_by(there.c.state)
    )
    return {state: (int(households), int(persons)) for state, households, persons in rows}


def path_moves(conn: Connection, pack_id: str, event: str, year: int) -> list[Row[Any]]:
    """Households that made that move in that year, with the members they had on that day."""
    members = (
        select(func.count()).where(M.c.household_id == E.c.household_id, M.c.valid_from <= V.c.on,
                                   or_(M.c.valid_to.is_(None), M.c.valid_to > V.c.on)).scalar_subquery()
    )  # fmt: skip
    return list(
        conn.execute(
            select(E.c.household_id, V.c.on, members.label("persons"))
            .select_from(V.join(E, E.c.id == V.c.enrolment_id))
            .where(E.c.pack_id == pack_id, V.c.event == event, V.c.on >= date(year, 1, 1),
                   V.c.on <= date(year, 12, 31)).order_by(V.c.id)
        )
    )  # fmt: skip


def refusals(conn: Connection, procedure: str, steps: Sequence[str]) -> int:
    """How many cases of the procedure ended refused at one of those steps."""
    return int(
        conn.execute(
            select(func.count()).select_from(C).where(C.c.procedure == procedure, C.c.status == "refused",
                                                      C.c.step.in_(steps))
        ).scalar_one()
    )  # fmt: skip


def count_helper_units(conn: Connection, day: date) -> int:
    """How many helper units help a household on that day."""
    return int(
        conn.execute(
            select(func.count(R.c.office_code.distinct())).where(
                R.c.valid_from <= day, or_(R.c.valid_to.is_(None), R.c.valid_to > day))
        ).scalar_one()
    )  # fmt: skip


def unattended(conn: Connection, day: date) -> list[Row[Any]]:
    """Posts that nobody holds on that day while tasks wait for them: (office_code, role, name, count). It begins with
    the empty posts, of which there are few, and not with the tasks."""
    held = (
        select(PT.c.id).where(PT.c.post_id == P.c.id, PT.c.valid_from <= day,
                              or_(PT.c.valid_to.is_(None), PT.c.valid_to > day)).exists()
    )  # fmt: skip
    mine = and_(T.c.office_code == P.c.office_code, T.c.role == P.c.role, T.c.status == word("open"))
    waits = select(T.c.id).where(mine).exists()
    count = select(func.count()).select_from(T).where(mine).scalar_subquery().label("count")
    empty = select(P.c.office_code, P.c.role, O.c.name, count).select_from(P.join(O, O.c.code == P.c.office_code))
    return list(conn.execute(empty.where(~held, waits).order_by(P.c.office_code, P.c.role)))


def is_unattended(conn: Connection, office_code: str, role: str, day: date) -> bool:
    """Do tasks wait for a post that nobody holds on that day, or that there is none of?"""
    held = (
        select(PT.c.id).select_from(PT.join(P, P.c.id == PT.c.post_id))
        .where(P.c.office_code == office_code, P.c.role == role, PT.c.valid_from <= day,
               or_(PT.c.valid_to.is_(None), PT.c.valid_to > day)).limit(1)
    )  # fmt: skip
    waits = select(T.c.id).where(T.c.office_code == office_code, T.c.role == role, T.c.status == word("open")).limit(1)
    return conn.execute(waits).first() is not None and conn.execute(held).first() is None
