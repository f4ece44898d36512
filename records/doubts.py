"""What the nightly check found odd in the register (疑点): found once, open until the rule no longer finds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from records import schema
from records.engine import into
from records.scope import within
from rules.jurisdiction import Scope

Q = schema.doubts
KEY = ("household_id", "rule", "subject", "column")


def settle(
    conn: Connection, household_ids: Sequence[int], found: Sequence[Mapping[str, Any]], on: date
) -> tuple[int, int]:
    """Bring the open doubts of these households to what was found now: (new, cleared)."""
    wanted = {tuple(row[name] for name in KEY): row for row in found}
    open_now = {
        (row.household_id, row.rule, row.subject, row.column): row.id
        for row in conn.execute(select(Q).where(Q.c.household_id.in_(household_ids), Q.c.cleared_on.is_(None)))
    }
    fresh = [{**row, "found_on": on} for key, row in wanted.items() if key not in open_now]
    gone = [doubt for key, doubt in open_now.items() if key not in wanted]
    if fresh:
        conn.execute(into(Q), fresh)
    if gone:
        conn.execute(update(Q).where(Q.c.id.in_(gone)).values(cleared_on=on))
    return len(fresh), len(gone)


def clear_departed(conn: Connection, on: date, seen_since: set[int]) -> int:
    """Doubts about households that are in the register no more are over."""
    open_now = conn.execute(select(Q.c.id, Q.c.household_id).where(Q.c.cleared_on.is_(None))).all()
    gone = [row.id for row in open_now if row.household_id not in seen_since]
    for start in range(0, len(gone), 500):
        conn.execute(update(Q).where(Q.c.id.in_(gone[start : start + 500])).values(cleared_on=on))
    return len(gone)


def open_doubts(conn: Connection, scope: Scope, severity: str | None = None, limit: int = 500) -> list[Row[Any]]:
    """Open doubts within a scope, errors first."""
    query = select(Q).where(Q.c.cleared_on.is_(None), within(scope, Q.c.area_path, Q.c.household_id))
    if severity:
        query = query.where(Q.c.severity == severity)
    return list(conn.execute(query.order_by(Q.c.severity, Q.c.area_path, Q.c.household_id, Q.c.rule).limit(limit)))


def count_by_rule(conn: Connection) -> list[Row[Any]]:
    """How many open doubts each rule has: (rule, severity, many)."""
    return list(
        conn.execute(
            select(Q.c.rule, Q.c.severity, func.count().label("many")).where(Q.c.cleared_on.is_(None))
            .group_by(Q.c.rule, Q.c.severity).order_by(Q.c.severity, Q.c.rule)
        )
    )  # fmt: skip


def errors_by_area(conn: Connection) -> dict[str, int]:
    """How many open errors each area has."""
    rows = conn.execute(
        select(Q.c.area_path, func.count()).where(Q.c.cleared_on.is_(None), Q.c.severity == "error")
        .group_by(Q.c.area_path)
    )  # fmt: skip
    return {path: count for path, count in rows}
