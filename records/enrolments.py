"""Where each household stands on its path under each pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from records import ledger, schema
from records.engine import insert_row
from records.register import PLANNED_YEAR

E = schema.enrolments
V = schema.path_events
EV = schema.register_events
H = schema.households


@dataclass(slots=True)
class Enrolment:
    """A household under one pack; `state` is moved by states.household."""

    id: int
    household_id: int
    pack_id: str
    state: str
    since: date
    planned_year: int | None
    exited_on: date | None
    exit_year: int | None
    consolidation_until: date | None
    relapses: int
    version: int


_ENROLMENT = select(E).where(E.c.household_id == bindparam("of"), E.c.pack_id == bindparam("under"))
_SOME = select(E).where(E.c.household_id.in_(bindparam("ids", expanding=True)), E.c.pack_id == bindparam("under"))
_LOCKED = _ENROLMENT.with_for_update()


def enrolment_of(conn: Connection, household_id: int, pack_id: str, lock: bool = False) -> Enrolment | None:
    """The household's enrolment under the pack; locked until the transaction ends when it is to be moved."""
    row = conn.execute(_LOCKED if lock else _ENROLMENT, {"of": household_id, "under": pack_id}).first()
    return None if row is None else Enrolment(*row)


def enrolments_of(conn: Connection, household_ids: Sequence[int], pack_id: str) -> dict[int, Enrolment]:
    """`enrolment_of` for many households; one that is not enrolled is left out."""
    found: dict[int, Enrolment] = {}
    for start in range(0, len(household_ids), 500):
        for row in conn.execute(_SOME, {"ids": household_ids[start : start + 500], "under": pack_id}):
            found[row.household_id] = Enrolment(*row)
    return found


def planned_years(
    conn: Connection, household_ids: Sequence[int], pack_id: str, day: date | None = None
) -> dict[int, int | None]:
    """The planned year of households under a pack, now or as it was on a day."""
    query = select(E.c.household_id, E.c.planned_year).where(
        E.c.pack_id == pack_id, E.c.household_id.in_(household_ids)
    )
    found = {row.household_id: row.planned_year for row in conn.execute(query)}
    if day is not None:
        later = select(EV.c.household_id, EV.c.old).where(
            EV.c.household_id.in_(household_ids), EV.c.field == PLANNED_YEAR, EV.c.effective_on > day
        )
        for row in conn.execute(later.order_by(EV.c.effective_on.desc(), EV.c.id.desc())):
            found[row.household_id] = row.old
    return found


def enrol(
    conn: Connection, household_id: int, pack_id: str, state: str, since: date, planned_year: int | None = None
) -> int:
    """Put a household on the path. One enrolment per household and pack."""
    values = {"household_id": household_id, "pack_id": pack_id, "state": state, "since": since,
              "planned_year": planned_year}  # fmt: skip
    return insert_row(conn, E, values)


def keep_move(
    conn: Connection, moved: Enrolment, event: str, from_state: str, on: date, case_id: int, at: datetime,
    changes: Mapping[str, Any],
) -> dict[int, str]:  # fmt: skip
    """Write a moved enrolment and its path event; returns {event id: digest} for the ledger line."""
    conn.execute(
        update(E).where(E.c.id == moved.id, E.c.version == moved.version)
        .values(state=moved.state, since=on, version=moved.version + 1, **changes)
    )  # fmt: skip
    row: dict[str, Any] = {"enrolment_id": moved.id, "event": event, "from_state": from_state, "to_state": moved.state,
           "on": on, "case_id": case_id, "recorded_at": at}  # fmt: skip
    row["id"] = insert_row(conn, V, row)
    return {row["id"]: ledger.digest_of(row)}


def set_fields(conn: Connection, enrolment_id: int, changes: Mapping[str, Any]) -> None:
    conn.execute(update(E).where(E.c.id == enrolment_id).values(**changes))


def path_of_household(conn: Connection, household_id: int) -> list[Any]:
    """Every move on the household's paths, oldest first."""
    return list(
        conn.execute(
            select(V, E.c.pack_id).join(E, E.c.id == V.c.enrolment_id).where(E.c.household_id == household_id)
            .order_by(V.c.id)
        )
    )  # fmt: skip


def household_number(conn: Connection, household_id: int) -> str:
    return str(conn.execute(select(H.c.number).where(H.c.id == household_id)).scalar_one())
