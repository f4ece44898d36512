"""常用语: what a person likes to write, in the person's own order."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from records import schema

F = schema.phrases


def of_person(conn: Connection, person_id: int) -> list[Row[Any]]:
    """The person's own phrases: (id, place, text), in order."""
    query = select(F.c.id, F.c.place, F.c.text).where(F.c.person_id == person_id).order_by(F.c.place, F.c.id)
    return list(conn.execute(query))


def add(conn: Connection, person_id: int, text: str) -> None:
    """A new phrase, behind the others."""
    last = conn.execute(select(func.max(F.c.place)).where(F.c.person_id == person_id)).scalar() or 0
    conn.execute(insert(F).values(person_id=person_id, place=last + 1, text=text))


def remove(conn: Connection, person_id: int, phrase_id: int) -> bool:
    done = conn.execute(delete(F).where(F.c.id == phrase_id, F.c.person_id == person_id))
    return done.rowcount == 1


def put_in_order(conn: Connection, person_id: int, ids: list[int]) -> None:
    """Give the person's phrases the places in which their ids stand."""
    for place, phrase_id in enumerate(ids, 1):
        conn.execute(update(F).where(F.c.id == phrase_id, F.c.person_id == person_id).values(place=place))
