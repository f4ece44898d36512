"""Standing in for somebody who is away (离岗委托): given for a period and a scope, revoked, and asked about by decisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, or_, select, update

from records import schema
from records.cases import Seat, seat_of
from records.engine import insert_row
from records.listing import Listing

G, P, PT, PE, O = schema.delegations, schema.posts, schema.post_terms, schema.people, schema.offices


def in_force(day: Any) -> ColumnElement[bool]:
    """Delegations that hold on that day; both ends are included."""
    return and_(G.c.valid_from <= day, G.c.valid_to >= day, G.c.revoked_at.is_(None))


_DELEGATED = (
    select(PE.c.name)
    .select_from(G.join(P, or_(G.c.post_id.is_(None), P.c.id == G.c.post_id)).join(PE, PE.c.id == G.c.to_person_id))
    .where(G.c.from_person_id == bindparam("giver"), G.c.to_person_id == bindparam("taker"),
           P.c.office_code == bindparam("office"), P.c.role == bindparam("role"), in_force(bindparam("day")),
           or_(G.c.procedure.is_(None), G.c.procedure == bindparam("procedure")))
    .limit(1)
)  # fmt: skip


def delegated_seat(
    conn: Connection, giver: int, taker: int, office_code: str, role: str, day: date, procedure: str | None = None
) -> Seat | None:
    """The post of `giver` as `taker` may act in it on that day, in cases of that procedure (None: what belongs to no
    procedure); None when there is no delegation for it. Whoever stands in cannot pass it on: the giver holds the post."""
    seat = seat_of(conn, giver, office_code, role, day)
    given = {"giver": giver, "taker": taker, "office": office_code, "role": role, "day": day, "procedure": procedure}
    name = conn.execute(_DELEGATED, given).scalar()
    if seat is None or name is None:
        return None
    return Seat(taker, name, seat.post, seat.office, seat.office_code, seat.role, giver, seat.person)


def add(conn: Connection, values: Mapping[str, Any]) -> int:
    return insert_row(conn, G, values)


def by_id(conn: Connection, delegation_id: int) -> Row[Any] | None:
    return conn.execute(select(G).where(G.c.id == delegation_id)).first()


def revoke(conn: Connection, delegation_id: int, by: str, at: datetime) -> bool:
    """End a delegation now; False when it had been revoked before."""
    done = conn.execute(
        update(G).where(G.c.id == delegation_id, G.c.revoked_at.is_(None)).values(revoked_at=at, revoked_by=by)
    )
    return done.rowcount == 1


def given_in(conn: Connection, giver: int, since: date, until: date) -> list[Row[Any]]:
    """The giver's delegations, not revoked, that touch the period."""
    touches = and_(G.c.valid_from <= until, G.c.valid_to >= since, G.c.revoked_at.is_(None))
    return list(conn.execute(select(G).where(G.c.from_person_id == giver, touches).order_by(G.c.id)))


def end_for_post(conn: Connection, person_id: int, post_id: int, by: str, at: datetime) -> list[int]:
    """Somebody leaves a post: what was delegated for it ends; returns the delegations."""
    mine = select(G.c.id).where(G.c.from_person_id == person_id, G.c.post_id == post_id, G.c.revoked_at.is_(None))
    ids = list(conn.execute(mine).scalars())
    for one in ids:
        revoke(conn, one, by, at)
    return ids


_GIVER, _TAKER = PE.alias("giver"), PE.alias("taker")


def _listing(*where: ColumnElement[bool]) -> Listing:
    query = (
        select(G.c.id, G.c.from_person_id, G.c.to_person_id, _GIVER.c.name.label("from_person"),
               _TAKER.c.name.label("to_person"), P.c.title.label("post"), O.c.name.label("office"), G.c.procedure,
               G.c.valid_from, G.c.valid_to, G.c.reason, G.c.given_by, G.c.given_at, G.c.revoked_at, G.c.revoked_by)
        .select_from(G.join(_GIVER, _GIVER.c.id == G.c.from_person_id).join(_TAKER, _TAKER.c.id == G.c.to_person_id)
                     .outerjoin(P, P.c.id == G.c.post_id).outerjoin(O, O.c.code == P.c.office_code))
        .where(*where)
    )  # fmt: skip
    return Listing(query, (G.c.id.desc(),))


def given_by(person_id: int) -> Listing:
    """What a person has delegated, past and to come, the newest first."""
    return _listing(G.c.from_person_id == person_id)


def given_to(person_id: int) -> Listing:
    """What was delegated to a person (委托给我), the newest first."""
    return _listing(G.c.to_person_id == person_id)


def on_day(day: date) -> Listing:
    """Every delegation in force on a day, for whoever keeps the office."""
    return _listing(in_force(day))
