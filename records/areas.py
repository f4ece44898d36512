"""The dated tree of areas, of any depth: renamed, moved and ended by closing rows and opening new ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, insert, or_, select, update

from records import schema
from records.engine import into
from states.not_allowed import NoSuch

A, O = schema.areas, schema.offices
_ON = and_(A.c.valid_from <= bindparam("day"), or_(A.c.valid_to.is_(None), A.c.valid_to > bindparam("day")))
_AREA = select(A).where(A.c.code == bindparam("code"), _ON)
_PATH = select(A.c.path).where(A.c.code == bindparam("code"), _ON)
_OFFICE_PATH = select(A.c.path).join(O, O.c.area_code == A.c.code).where(O.c.code == bindparam("code"), _ON)


def path_of(conn: Connection, code: str, day: date) -> str | None:
    """The path of an area on a day, e.g. "/440512/440512001/"; None when there is no such area then."""
    return conn.execute(_PATH, {"code": code, "day": day}).scalar()


def office_path(conn: Connection, office_code: str, day: date) -> str | None:
    """The path of the area an office answers for."""
    return conn.execute(_OFFICE_PATH, {"code": office_code, "day": day}).scalar()


def area(conn: Connection, code: str, day: date) -> Row[Any]:
    """The area on that day. Raises NoSuch."""
    row = conn.execute(_AREA, {"code": code, "day": day}).first()
    if row is None:
        raise NoSuch(what="区划", key=code)
    return row


def all_codes(conn: Connection, area_path: str) -> frozenset[str]:
    """The codes of a path's root and of everything that is or was under it: what the register's own numbers begin with."""
    root = area_path.strip("/").split("/")[0]
    below = select(A.c.code).where(A.c.path.startswith(f"/{root}/", autoescape=True))
    return frozenset({root, *conn.execute(below).scalars()})


def areas_on(conn: Connection, day: date, kind: str | None = None) -> list[Row[Any]]:
    """Every area in force on a day, parents first."""
    query = select(A).where(_ON).order_by(A.c.path)
    return list(conn.execute(query if kind is None else query.where(A.c.kind == kind), {"day": day}))


def add_areas(conn: Connection, rows: Iterable[Mapping[str, Any]], since: date) -> None:
    """Add areas ({code, kind, name, parent_code}), parents before children."""
    paths = {row.code: row.path for row in areas_on(conn, since)}
    full = []
    for row in rows:
        parent = row["parent_code"]
        if parent is not None and parent not in paths:
            raise NoSuch(what="上级区划", key=parent)
        paths[row["code"]] = f"{paths[parent] if parent else '/'}{row['code']}/"
        full.append({**row, "path": paths[row["code"]], "valid_from": since})
    if full:
        conn.execute(into(A), full)


def rename(conn: Connection, code: str, name: str, on: date) -> None:
    """Give an area a new name from a day; the old name stays true of the days before."""
    _replace(conn, area(conn, code, on), on, {"name": name})


def move(conn: Connection, code: str, to_parent: str, on: date) -> None:
    """Put an area, with all below it, under another parent from a day; records keep the path they were written with."""
    old, parent = area(conn, code, on), area(conn, to_parent, on)
    if parent.path.startswith(old.path):
        raise NoSuch(what="可以移入的上级区划", key=to_parent)
    below = [row for row in areas_on(conn, on) if row.path.startswith(old.path)]
    for row in below:
        path = f"{parent.path}{code}/{row.path.removeprefix(old.path)}"
        _replace(conn, row, on, {"path": path, **({"parent_code": to_parent} if row.code == code else {})})


def _replace(conn: Connection, row: Row[Any], on: date, changes: Mapping[str, Any]) -> None:
    values = {k: v for k, v in row._mapping.items() if k != "id"}
    if row.valid_from == on:
        conn.execute(update(A).where(A.c.id == row.id).values(**changes))
        return
    conn.execute(update(A).where(A.c.id == row.id).values(valid_to=on))
    conn.execute(insert(A).values({**values, **changes, "valid_from": on}))
