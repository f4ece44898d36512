"""Where every household stands, in one row each: what yearly targets are split by, and what results are counted from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, and_, case, func, select

from records import schema
from records.register import on_day

H, HV, M, PV, E, PR, F = (
    schema.households, schema.household_versions, schema.memberships, schema.person_versions, schema.enrolments,
    schema.pairings, schema.findings,
)  # fmt: skip
HELPED = ("identified", "assisted", "exited", "monitored")


@dataclass(frozen=True, slots=True)
class Standing:
    """One household under a pack on a day."""

    household_id: int
    area_path: str
    state: str
    planned_year: int | None
    exited_on: date | None
    unit: str | None
    helper_id: int | None
    house_grade: str | None
    persons: int
    insured: int


def standings(conn: Connection, pack_id: str, day: date) -> list[Standing]:
    """Every household on its path that is helped, by its number."""
    insured = func.coalesce(func.sum(case((PV.c.facts["medical_insured"].as_boolean(), 1), else_=0)), 0)
    people = (
        select(M.c.household_id, func.count().label("persons"), insured.label("insured"))
        .join(PV, PV.c.person_id == M.c.person_id).where(on_day(M, day), on_day(PV, day))
        .group_by(M.c.household_id).subquery()
    )  # fmt: skip
    rows = conn.execute(
        select(H.c.id.label("household_id"), HV.c.area_path, E.c.state, E.c.planned_year, E.c.exited_on,
               PR.c.office_code.label("unit"), PR.c.person_id.label("helper_id"),
               HV.c.facts["house_grade"].as_string().label("house_grade"),
               func.coalesce(people.c.persons, 0).label("persons"),
               func.coalesce(people.c.insured, 0).label("insured"))
        .select_from(H.join(HV, HV.c.household_id == H.c.id).join(E, E.c.household_id == H.c.id)
                     .outerjoin(PR, and_(PR.c.household_id == H.c.id, on_day(PR, day)))
                     .outerjoin(people, people.c.household_id == H.c.id))
        .where(E.c.pack_id == pack_id, E.c.state.in_(HELPED), on_day(HV, day)).order_by(H.c.number)
    ).mappings()  # fmt: skip
    return [Standing(**row) for row in rows]


def met(conn: Connection, conditions: Iterable[str], day: date) -> set[tuple[str, int]]:
    """(condition, household) for which the last finding until that day says it is met."""
    wanted = sorted(set(conditions))
    if not wanted:
        return set()
    rows = conn.execute(
        select(F.c.condition, F.c.household_id, F.c.verdict)
        .where(F.c.condition.in_(wanted), F.c.found_on <= day, F.c.person_id.is_(None))
        .order_by(F.c.found_on, F.c.id)
    )  # fmt: skip
    last = {(row.condition, row.household_id): row.verdict for row in rows}
    return {key for key, verdict in last.items() if verdict == "met"}
