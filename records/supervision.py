"""Supervision files, and the conditions that people look at before they open one. No machine opens any (truth 13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select, update

from records import schema
from records.cases import Desk, of_case
from records.engine import insert_row
from records.listing import Listing
from records.scope import within
from rules.jurisdiction import Scope

S, U, R, O, P, PT, PE = (
    schema.supervisions,
    schema.dues,
    schema.rungs,
    schema.offices,
    schema.posts,
    schema.post_terms,
    schema.people,
)
C, SS = schema.cases, schema.supervision_statements
A, E, H, HV, M, V = (
    schema.areas,
    schema.enrolments,
    schema.households,
    schema.household_versions,
    schema.memberships,
    schema.path_events,
)

ROLES: Mapping[tuple[str, str], str] = {
    ("street", "clerk"): "street_clerk",
    ("street", "head"): "street_leader",
    ("street", "approver"): "street_leader",
    ("district", "clerk"): "district_clerk",
    ("district", "head"): "district_director",
}
HEADS: Mapping[str, str] = {"community": "community_head", "street": "street_leader", "helper": "helper_head",
                            "district": "district_director"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Met:
    """One condition that is met: about which office, under which cause, and how many items or people."""

    cause: str
    office_code: str
    office: str
    count: int
    of: int = 0
    supervision_id: int | None = None
    agreement: str | None = None  # the number of the agreement whose target it is


def add(conn: Connection, values: Mapping[str, Any]) -> int:
    return insert_row(conn, S, values)


def file(conn: Connection, supervision_id: int, lock: bool = False) -> Row[Any] | None:
    """One supervision file; locked until the transaction ends when it is to move."""
    query = select(S).where(S.c.id == supervision_id)
    return conn.execute(query.with_for_update() if lock else query).first()


def move(conn: Connection, supervision_id: int, state: str, closed_on: date | None) -> None:
    conn.execute(update(S).where(S.c.id == supervision_id).values(state=state, closed_on=closed_on))


def files(scope: Scope, open_only: bool = True) -> Listing:
    """The supervision files a scope covers, the newest first."""
    query = (
        select(S, O.c.name.label("office"), PE.c.name.label("person"))
        .select_from(S.join(O, O.c.code == S.c.office_code).outerjoin(PE, PE.c.id == S.c.person_id))
        .where(within(scope, S.c.area_path, file_id=S.c.id))
    )  # fmt: skip
    return Listing(query.where(S.c.closed_on.is_(None)) if open_only else query, (S.c.id.desc(),))


def file_within(conn: Connection, scope: Scope, supervision_id: int) -> Row[Any] | None:
    """One supervision file, whole, when the one who asks may see it."""
    by = O.alias("by")
    return conn.execute(
        select(S, O.c.name.label("office"), PE.c.name.label("person"), by.c.name.label("by_name"))
        .select_from(S.join(O, O.c.code == S.c.office_code).join(by, by.c.code == S.c.by_office)
                     .outerjoin(PE, PE.c.id == S.c.person_id))
        .where(S.c.id == supervision_id, within(scope, S.c.area_path, file_id=S.c.id))
    ).first()  # fmt: skip


def add_statement(conn: Connection, values: Mapping[str, Any]) -> int:
    return insert_row(conn, SS, values)


def statements(conn: Connection, supervision_id: int) -> list[Row[Any]]:
    """What the one concerned said about it, the oldest first."""
    return list(
        conn.execute(
            select(SS, PE.c.name.label("person"), O.c.name.label("office")).join(PE, PE.c.id == SS.c.person_id)
            .join(O, O.c.code == SS.c.office_code).where(SS.c.supervision_id == supervision_id).order_by(SS.c.id)
        )
    )  # fmt: skip


def rungs_of(conn: Connection, scope: Scope, supervision_id: int) -> list[int]:
    """The cases of a file that a scope covers: who is referred does not read of it."""
    query = select(C.c.id).where(C.c.subject_kind == "supervision", C.c.subject_id == supervision_id,
                                 within(scope, C.c.area_path, file_id=of_case())).order_by(C.c.id)  # fmt: skip
    return list(conn.execute(query).scalars())


def subjects(conn: Connection, office_code: str, day: date) -> list[Row[Any]]:
    """The offices directly below one, each with the people of its posts: (code, name, person_id, person, role)."""
    held = P.join(PT, and_(PT.c.post_id == P.c.id, _term(day))).join(PE, PE.c.id == PT.c.person_id)
    return list(
        conn.execute(
            select(O.c.code, O.c.name, PE.c.id.label("person_id"), PE.c.name.label("person"), P.c.role)
            .select_from(O.outerjoin(held, P.c.office_code == O.c.code))
            .where(O.c.parent_code == office_code, O.c.valid_from <= day,
                   or_(O.c.valid_to.is_(None), O.c.valid_to > day)).order_by(O.c.code, P.c.id, PE.c.id)
        )
    )  # fmt: skip


def desk(conn: Connection, supervision_id: int, level: str, part: str, day: date) -> Desk | None:
    """Who acts on a file: the office above (`above`; part clerk, head or approver), or the one it is about."""
    row = file(conn, supervision_id)
    if row is None:
        return None
    if level == "supervised":
        return _supervised(conn, row, day)
    office = conn.execute(select(O).where(O.c.code == row.by_office)).one()
    if office.level == "district" and part == "approver":
        office = conn.execute(select(O).where(O.c.code == office.parent_code)).one()
        return _post(conn, office, "group_leader", day)
    return _post(conn, office, ROLES[(office.level, part)], day)


def _supervised(conn: Connection, row: Row[Any], day: date) -> Desk:
    office = conn.execute(select(O).where(O.c.code == row.office_code)).one()
    if row.person_id is None:
        return _post(conn, office, HEADS[office.level], day)
    held = conn.execute(
        select(P.c.role).select_from(PT.join(P, P.c.id == PT.c.post_id))
        .where(PT.c.person_id == row.person_id, P.c.office_code == office.code, _term(day)).order_by(P.c.id).limit(1)
    ).scalar()  # fmt: skip
    if held is None:  # the person left the post: whoever heads the office answers
        return _post(conn, office, HEADS[office.level], day)
    return Desk(office.code, office.name, True, row.person_id, held)


def _post(conn: Connection, office: Row[Any], role: str, day: date) -> Desk:
    held = select(PT.c.id).select_from(PT.join(P, P.c.id == PT.c.post_id)).where(
        P.c.office_code == office.code, P.c.role == role, _term(day)).limit(1)  # fmt: skip
    return Desk(office.code, office.name, conn.execute(held).first() is not None, None, role)


def _term(day: date) -> Any:
    return and_(PT.c.valid_from <= day, or_(PT.c.valid_to.is_(None), PT.c.valid_to > day))


# --- conditions -------------------------------------------------------------------------------------------------------


def overdue(conn: Connection) -> list[Met]:
    """Offices with items of which the office above was told (督办), and which are still not done."""
    rows = conn.execute(
        select(O.c.code, O.c.name, func.count(U.c.id.distinct()))
        .select_from(U.join(R, R.c.due_id == U.c.id).join(O, O.c.code == U.c.office_code))
        .where(U.c.closed_at.is_(None), R.c.addressee == "office_above").group_by(O.c.code, O.c.name).order_by(O.c.code)
    )  # fmt: skip
    return [Met("overdue", code, name, count) for code, name, count in rows]


def missed_targets(conn: Connection, pack_id: str, year: int) -> list[Met]:
    """Streets of whose people planned to exit in a year not all did: (done, planned) in people. For a street under an
    agreement its target counts instead."""
    last = date(year, 12, 31)
    people = _people(last)
    out = select(V.c.id).where(V.c.enrolment_id == E.c.id, V.c.event == "announce_exit", V.c.on <= last)
    rows = conn.execute(
        select(O.c.code, O.c.name, func.coalesce(func.sum(people).filter(out.exists()), 0), func.sum(people))
        .select_from(E.join(HV, and_(HV.c.household_id == E.c.household_id, HV.c.valid_from <= last,
                                     or_(HV.c.valid_to.is_(None), HV.c.valid_to > last)))
                     .join(A, and_(A.c.kind == "street", HV.c.area_path >= A.c.path,
                                   HV.c.area_path < func.substr(A.c.path, 1, func.length(A.c.path) - 1).concat("0"),
                                   A.c.valid_from <= last, or_(A.c.valid_to.is_(None), A.c.valid_to > last)))
                     .join(O, and_(O.c.area_code == A.c.code, O.c.level == "street")))
        .where(E.c.pack_id == pack_id, E.c.planned_year == year).group_by(O.c.code, O.c.name).order_by(O.c.code)
    )  # fmt: skip
    return [
        Met("missed_target", code, name, int(done), int(planned))
        for code, name, done, planned in rows
        if done < planned
    ]


def left_in(conn: Connection, pack_id: str, area_path: str, year: int) -> int:
    """How many people of an area left in a year, whatever became of their households since."""
    last = date(year, 12, 31)
    out = select(V.c.id).where(V.c.enrolment_id == E.c.id, V.c.event == "announce_exit", V.c.on >= date(year, 1, 1),
                               V.c.on <= last)  # fmt: skip
    count = conn.execute(
        select(func.coalesce(func.sum(_people(last)), 0))
        .select_from(E.join(HV, and_(HV.c.household_id == E.c.household_id, HV.c.valid_from <= last,
                                     or_(HV.c.valid_to.is_(None), HV.c.valid_to > last))))
        .where(E.c.pack_id == pack_id, HV.c.area_path >= area_path, HV.c.area_path < f"{area_path[:-1]}0", out.exists())
    ).scalar_one()  # fmt: skip
    return int(count)


def _people(day: date) -> Any:
    """How many people live in an enrolled household that day."""
    return (
        select(func.count()).where(M.c.household_id == E.c.household_id, M.c.valid_from <= day,
                                   or_(M.c.valid_to.is_(None), M.c.valid_to > day)).correlate(E).scalar_subquery()
    )  # fmt: skip


def failed(conn: Connection) -> list[Met]:
    """Files whose rectification was found wanting: the next rung is for people to decide."""
    rows = conn.execute(
        select(S.c.id, S.c.office_code, O.c.name).join(O, O.c.code == S.c.office_code).where(S.c.state == "failed")
        .order_by(S.c.id)
    )  # fmt: skip
    return [Met("rectification_failed", code, name, 1, supervision_id=key) for key, code, name in rows]


def open_about(conn: Connection, office_code: str, cause: str, year: int, person_id: int | None = None,
               finding: str | None = None) -> int | None:  # fmt: skip
    """The file that is open about an office, or a person of it, for that cause and year; with that finding, if one is named."""
    query = select(S.c.id).where(S.c.office_code == office_code, S.c.cause == cause, S.c.year == year,
                                 S.c.person_id == person_id, S.c.closed_on.is_(None)).order_by(S.c.id).limit(1)  # fmt: skip
    return conn.execute(query if finding is None else query.where(S.c.finding == finding)).scalar()
