"""What a person has on the desk of a case: a form put aside (草稿), and what was seen of the case last."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from records import schema
from records.listing import Listing

F, V, C = schema.form_drafts, schema.case_views, schema.cases


def _insert(conn: Connection) -> Any:
    return postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert


def put_aside(
    conn: Connection, person_id: int, case_id: int, step: str, values: Mapping[str, Any], at: datetime
) -> None:
    """Keep a half-filled form; the one before is replaced."""
    fresh = {"step": step, "values": dict(values), "saved_at": at}
    wanted = _insert(conn)(F).values(person_id=person_id, case_id=case_id, **fresh)
    conn.execute(wanted.on_conflict_do_update(index_elements=["person_id", "case_id"], set_=fresh))


def form_of(conn: Connection, person_id: int, case_id: int, step: str) -> dict[str, Any]:
    """The form that the person put aside at this step of the case; empty when there is none."""
    row = conn.execute(
        select(F.c["values"]).where(F.c.person_id == person_id, F.c.case_id == case_id, F.c.step == step)
    ).first()
    return dict(row[0]) if row is not None else {}


def evidence_of(conn: Connection, person_id: int, case_id: int) -> dict[str, str]:
    """The files that the person attached to a form put aside: name by hash."""
    rows = conn.execute(select(F.c["values"]).where(F.c.person_id == person_id, F.c.case_id == case_id))
    return {sha256: name for (values,) in rows for _, name, sha256 in values.get("evidence", ())}


def throw_away(conn: Connection, person_id: int, case_id: int) -> None:
    conn.execute(delete(F).where(F.c.person_id == person_id, F.c.case_id == case_id))


def drafts_of(person_id: int) -> Listing:
    """草稿: forms put aside for cases that still stand at that step, the newest first."""
    query = (
        select(C.c.id.label("case_id"), C.c.title, C.c.procedure_sha256, C.c.year, C.c.area_code, C.c.status, F.c.step,
               F.c.saved_at)
        .join(C, C.c.id == F.c.case_id)
        .where(F.c.person_id == person_id, C.c.step == F.c.step, C.c.closed_on.is_(None))
    )  # fmt: skip
    return Listing(query, (F.c.saved_at.desc(), F.c.id))


def seen(conn: Connection, person_id: int, case_id: int) -> Any:
    """What the person saw of the case last: (version, at)."""
    return conn.execute(select(V.c.version, V.c.at).where(V.c.person_id == person_id, V.c.case_id == case_id)).first()


def see(conn: Connection, person_id: int, case_id: int, version: int, at: datetime) -> None:
    """The person sees the case now."""
    fresh = {"version": version, "at": at}
    wanted = _insert(conn)(V).values(person_id=person_id, case_id=case_id, **fresh)
    conn.execute(wanted.on_conflict_do_update(index_elements=["person_id", "case_id"], set_=fresh))
