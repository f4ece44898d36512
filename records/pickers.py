"""Whom something can be given to: people in posts over an area, never anybody who could not see it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from records import schema

P, PT, PE, O, A = schema.posts, schema.post_terms, schema.people, schema.offices, schema.areas


def people_over(conn: Connection, area_path: str, day: date, but: int) -> list[Row[Any]]:
    """People who hold a post that day in an office over the area: (id, name, post, office, office_code), one row a post."""
    codes = area_path.strip("/").split("/")
    return list(
        conn.execute(
            select(PE.c.id, PE.c.name, P.c.title.label("post"), O.c.name.label("office"), O.c.code.label("office_code"))
            .select_from(PT.join(P, P.c.id == PT.c.post_id).join(O, O.c.code == P.c.office_code)
                         .join(PE, PE.c.id == PT.c.person_id))
            .where(O.c.area_code.in_(codes), PT.c.valid_from <= day, P.c.role.not_in(["helper", "helper_head"]),
                   or_(PT.c.valid_to.is_(None), PT.c.valid_to > day), PE.c.id != but)
            .order_by(O.c.level, O.c.code, P.c.id, PE.c.id)
        )
    )  # fmt: skip


def colleagues(conn: Connection, office_code: str, day: date, but: int) -> list[Row[Any]]:
    """People who hold a post in the office that day: (id, name, post)."""
    return list(
        conn.execute(
            select(PE.c.id, PE.c.name, P.c.title.label("post"))
            .select_from(PT.join(P, P.c.id == PT.c.post_id).join(PE, PE.c.id == PT.c.person_id))
            .where(P.c.office_code == office_code, PT.c.valid_from <= day,
                   or_(PT.c.valid_to.is_(None), PT.c.valid_to > day), PE.c.id != but).order_by(P.c.id, PE.c.id)
        )
    )  # fmt: skip


def helpers(conn: Connection, day: date) -> list[Row[Any]]:
    """Everyone who may be paired with a household that day: (id, name, office, office_code)."""
    return list(
        conn.execute(
            select(PE.c.id, PE.c.name, O.c.name.label("office"), O.c.code.label("office_code"))
            .select_from(PT.join(P, P.c.id == PT.c.post_id).join(O, O.c.code == P.c.office_code)
                         .join(PE, PE.c.id == PT.c.person_id))
            .where(P.c.role == "helper", PT.c.valid_from <= day, or_(PT.c.valid_to.is_(None), PT.c.valid_to > day))
            .order_by(O.c.code, PE.c.id)
        )
    )  # fmt: skip
