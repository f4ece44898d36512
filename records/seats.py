"""The posts a person may act in on a day: those held, and those held by somebody who is away (离岗委托)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, or_, select

from records import schema
from records.cases import Seat
from records.delegations import in_force

P, PT, PE, O, G = schema.posts, schema.post_terms, schema.people, schema.offices, schema.delegations


def seats_of(conn: Connection, person_id: int, day: date) -> list[Seat]:
    """Own posts first, then those of the people stood in for."""
    return [*_held(conn, person_id, day), *_lent(conn, person_id, day)]


def _held(conn: Connection, person_id: int, day: date) -> list[Seat]:
    rows = conn.execute(
        select(PE.c.id, PE.c.name, P.c.title, O.c.name, O.c.code, P.c.role)
        .select_from(PT.join(P, P.c.id == PT.c.post_id).join(O, O.c.code == P.c.office_code)
                     .join(PE, PE.c.id == PT.c.person_id))
        .where(PT.c.person_id == person_id, PT.c.valid_from <= day,
               or_(PT.c.valid_to.is_(None), PT.c.valid_to > day)).order_by(P.c.id)
    )  # fmt: skip
    return [Seat(*row) for row in rows]


def _lent(conn: Connection, person_id: int, day: date) -> list[Seat]:
    taker, giver = PE.alias("taker"), PE.alias("giver")
    rows = conn.execute(
        select(taker.c.id, taker.c.name, P.c.title, O.c.name, O.c.code, P.c.role, giver.c.id, giver.c.name)
        .select_from(G.join(PT, (PT.c.person_id == G.c.from_person_id)
                            & or_(G.c.post_id.is_(None), PT.c.post_id == G.c.post_id))
                     .join(P, P.c.id == PT.c.post_id).join(O, O.c.code == P.c.office_code)
                     .join(taker, taker.c.id == G.c.to_person_id).join(giver, giver.c.id == G.c.from_person_id))
        .where(G.c.to_person_id == person_id, in_force(day), PT.c.valid_from <= day,
               or_(PT.c.valid_to.is_(None), PT.c.valid_to > day)).distinct().order_by(P.c.role, O.c.code)
    )  # fmt: skip
    return [Seat(*row) for row in rows]
