"""Dated facts about a household: findings about exit conditions, and yearly income sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from records import schema
from records.engine import into

F, S = schema.findings, schema.income_sheets


_FOUND = (
    select(F).where(F.c.household_id == bindparam("of"), F.c.found_on <= bindparam("day"))
    .order_by(F.c.found_on, F.c.id)
)  # fmt: skip


def findings_until(conn: Connection, household_id: int, day: date) -> list[Row[Any]]:
    """Every finding made on or before that day, oldest first: the last one about a condition counts."""
    return list(conn.execute(_FOUND, {"of": household_id, "day": day}))


def add_findings(conn: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    full = list(rows)
    if full:
        conn.execute(into(F), full)


_SHEET = (
    select(S).where(S.c.household_id == bindparam("of"), S.c.year == bindparam("in_year"), S.c.superseded_at.is_(None))
    .order_by(S.c.id.desc()).limit(1)
)  # fmt: skip


def income_sheet(conn: Connection, household_id: int, year: int) -> Row[Any] | None:
    """The sheet of that year that is in force."""
    return conn.execute(_SHEET, {"of": household_id, "in_year": year}).first()


def income_sheets(conn: Connection, household_id: int) -> list[Row[Any]]:
    return list(
        conn.execute(select(S).where(S.c.household_id == household_id, S.c.superseded_at.is_(None)).order_by(S.c.year))
    )


def put_sheet(conn: Connection, row: Mapping[str, Any], at: datetime) -> None:
    """A new income sheet of a year; the one in force is superseded and stays."""
    conn.execute(
        update(S).where(S.c.household_id == row["household_id"], S.c.year == row["year"], S.c.superseded_at.is_(None))
        .values(superseded_at=at)
    )  # fmt: skip
    conn.execute(into(S), row)
