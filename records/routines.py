"""Up to which day each routine was noticed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from records import schema

R = schema.routine_days


def noticed_on(conn: Connection, routine: str) -> date | None:
    """The last day that was looked at for the routine; None when it is new."""
    found: date | None = conn.execute(select(R.c.noticed_on).where(R.c.routine == routine)).scalar()
    return found


def notice(conn: Connection, routine: str, on: date) -> None:
    kind = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    conn.execute(
        kind(R).values(routine=routine, noticed_on=on)
        .on_conflict_do_update(index_elements=["routine"], set_={"noticed_on": on})
    )  # fmt: skip
