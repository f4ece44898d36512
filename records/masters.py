"""Which master of a paper is in force, and all that came before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from records import schema
from records.engine import insert_row

M = schema.paper_masters
_NEWEST = select(M).where(M.c.code == bindparam("of")).order_by(M.c.id.desc()).limit(1)


def add_master(conn: Connection, values: Mapping[str, Any]) -> int:
    return insert_row(conn, M, values)


def in_force(conn: Connection, code: str) -> Row[Any] | None:
    """The newest; None, or without a key, when the program's own master is in force."""
    return conn.execute(_NEWEST, {"of": code}).first()


def file_of(conn: Connection, code: str, sha256: str) -> str | None:
    """Where an accepted master is filed."""
    query = select(M.c.file_key).where(M.c.code == code, M.c.sha256 == sha256).limit(1)
    return conn.execute(query).scalar_one_or_none()


def history(conn: Connection, code: str | None = None) -> list[Row[Any]]:
    """Every change of a master, the newest first."""
    query = select(M).order_by(M.c.id.desc())
    return list(conn.execute(query.where(M.c.code == code) if code else query))
