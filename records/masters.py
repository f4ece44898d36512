"""Which master of a paper is in force, and all that came before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from records import schema
from records.engine import insert_row

M = schema.paper_masters
_NEWEST = (
    select(M.c.file_key, M.c.sha256).where(M.c.code == bindparam("of")).order_by(M.c.id.desc()).limit(1)
)


def add_master(conn: Connection, values: Mapping[str, Any]) -> int:
    return insert_row(conn, insert(M).values(dict(values)))


def in_force(conn: Connection, code: str) -> Row[Any] | None:
    """(file_key, sha256) of the newest; None, or without a key, when the program's own master is in force."""
    return conn.execute(_NEWEST, {"of": code}).first()


def history(conn: Connection, code: str | None = None) -> list[Row[Any]]:
    """Every change of a master, the newest first."""
    query = select(M).order_by(M.c.id.desc())
    return list(conn.execute(query.where(M.c.code == code) if code else query))
