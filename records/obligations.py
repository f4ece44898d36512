"""Obligations as people see them: listed within a scope, looked at one by one, done with evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, or_, select, update

from records import dues, schema
from records.listing import Listing
from records.scope import within
from rules.jurisdiction import Scope

B, U, O, PE = schema.obligations, schema.dues, schema.offices, schema.people
Band = Literal["open", "overdue", "done", "all"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which obligations are asked for."""

    band: Band = "open"
    kind: str | None = None
    office_code: str | None = None
    person_id: int | None = None


_OPEN = and_(B.c.done_on.is_(None), B.c.lapsed_on.is_(None))


def listing(scope: Scope, today: date, wanted: Wanted, own: Sequence[str] = ()) -> Listing:
    """Obligations that the one who asks may see, the one due first on top. `own` are offices that the person sits in:
    of those everything that concerns no household."""
    seen = or_(within(scope, B.c.area_path, B.c.household_id),
               and_(B.c.office_code.in_(own), B.c.household_id.is_(None)))  # fmt: skip
    query = (
        select(B.c.id, B.c.kind, B.c.title, B.c.office_code, O.c.name.label("office"), PE.c.name.label("person"),
               B.c.area_path, B.c.starts_on, B.c.due_on, B.c.done_on, B.c.lapsed_on, B.c.recorded_by, B.c.evidence)
        .select_from(B.outerjoin(O, O.c.code == B.c.office_code).outerjoin(PE, PE.c.id == B.c.person_id))
        .where(seen, *_band(wanted.band, today))
    )  # fmt: skip
    for column, value in (
        (B.c.kind, wanted.kind),
        (B.c.office_code, wanted.office_code),
        (B.c.person_id, wanted.person_id),
    ):
        if value is not None:
            query = query.where(column == value)
    return Listing(query, (B.c.due_on, B.c.id))


def _band(band: Band, today: date) -> tuple[Any, ...]:
    match band:
        case "open":
            return (_OPEN, B.c.starts_on <= today)
        case "overdue":
            return (_OPEN, B.c.due_on < today)
        case "done":
            return (B.c.done_on.is_not(None),)
    return ()


def one(conn: Connection, obligation_id: int) -> Row[Any] | None:
    """One obligation, to look at."""
    return conn.execute(select(B).where(B.c.id == obligation_id)).first()


def lock(conn: Connection, obligation_id: int) -> Row[Any] | None:
    """One obligation, held until the transaction ends."""
    return conn.execute(select(B).where(B.c.id == obligation_id).with_for_update()).first()


def of_office(conn: Connection, kind: str, office_code: str, first: date, last: date) -> list[Row[Any]]:
    """An office's obligations of a kind that are due between two days, done or not."""
    return list(
        conn.execute(
            select(B).where(B.c.kind == kind, B.c.office_code == office_code, B.c.due_on >= first, B.c.due_on <= last)
            .order_by(B.c.id)
        )
    )  # fmt: skip


def pass_on(conn: Connection, obligation_id: int, person_id: int) -> None:
    """Somebody else of the same post owes it from now on."""
    conn.execute(update(B).where(B.c.id == obligation_id).values(person_id=person_id))
    row = conn.execute(select(B.c.office_code, B.c.role).where(B.c.id == obligation_id)).one()
    dues.hand_over(conn, "obligation", obligation_id, row.office_code, row.role, person_id)


def keep_done(conn: Connection, obligation_id: int, values: Mapping[str, Any]) -> None:
    """How, when and on what evidence it was done; its due is closed with it."""
    conn.execute(update(B).where(B.c.id == obligation_id).values(values))
    dues.close(conn, "obligation", [obligation_id], values["recorded_at"])
