"""Reading a household's file: who may by the day's scope, what was read, and the grants for a while (truth 5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from records import schema
from records.engine import insert_row

G, L, PE, H = schema.reading_grants, schema.read_log, schema.people, schema.households


def granted_to(conn: Connection, person_id: int, day: date) -> frozenset[int]:
    """The households a person may read on a day by a grant."""
    rows = conn.execute(
        select(G.c.household_id).where(G.c.person_id == person_id, G.c.valid_from <= day, G.c.valid_to > day)
    )
    return frozenset(rows.scalars())


def grant(conn: Connection, values: Mapping[str, Any]) -> int:
    return insert_row(conn, G, values)


def note(conn: Connection, person_id: int, household_id: int, why: str, at: datetime, since: datetime) -> bool:
    """Write that a person read a household's file; False when a line for the same reason stands since `since`."""
    known = conn.execute(
        select(L.c.id).where(L.c.person_id == person_id, L.c.household_id == household_id, L.c.why == why,
                             L.c.at >= since).limit(1)
    ).first()  # fmt: skip
    if known is None:
        conn.execute(insert(L).values(person_id=person_id, household_id=household_id, why=why, at=at))
    return known is None


def readings_of(conn: Connection, household_id: int) -> list[Row[Any]]:
    """Who read a household's file from outside, the newest first."""
    return list(
        conn.execute(
            select(L.c.at, L.c.why, PE.c.name).join(PE, PE.c.id == L.c.person_id)
            .where(L.c.household_id == household_id).order_by(L.c.id.desc())
        )
    )  # fmt: skip
