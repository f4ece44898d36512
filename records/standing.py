"""Where every household stands, in one row each: what yearly targets are split by, and what results are counted from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

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


@dataclass(frozen=True, slots=True)
class About:
    """Which households: of an area, of a unit, of one of its helpers, or one."""

    area_path: str | None = None
    unit: str | None = None
    helper_id: int | None = None
    household_id: int | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        parts: list[ColumnElement[bool]] = []
        if self.area_path is not None:
            parts.append(and_(HV.c.area_path >= self.area_path, HV.c.area_path < f"{self.area_path[:-1]}0"))
        if self.unit is not None:
            parts.append(PR.c.office_code == self.unit)
        if self.helper_id is not None:
            parts.append(PR.c.person_id == self.helper_id)
        if self.household_id is not None:
            parts.append(H.c.id == self.household_id)
        return parts


EVERY = About()


def standings(conn: Connection, pack_id: str, day: date, about: About = EVERY) -> list[Standing]:
    """The households on their path that are helped, by number."""
    insured = func.coalesce(func.sum(case((PV.c.facts["medical_insured"].as_boolean(), 1), else_=0)), 0)
    people = (
        select(M.c.household_id, func.count().label("persons"), insured.label("insured"))
        .join(PV, PV.c.person_id == M.c.person_id).where(on_day(M, day), on_day(PV, day), *_of_people(day, about))
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
        .where(E.c.pack_id == pack_id, E.c.state.in_(HELPED), on_day(HV, day), *about.conditions())
        .order_by(H.c.number)
    ).mappings()  # fmt: skip
    return [Standing(**row) for row in rows]


def _of_people(day: date, about: About) -> list[ColumnElement[bool]]:
    """Only the members of those households are counted, not the whole register's."""
    if about == EVERY:
        return []
    homes = (
        select(H.c.id).join(HV, HV.c.household_id == H.c.id)
        .outerjoin(PR, and_(PR.c.household_id == H.c.id, on_day(PR, day))).where(on_day(HV, day), *about.conditions())
    )  # fmt: skip
    return [M.c.household_id.in_(homes)]


def met(conn: Connection, conditions: Iterable[str], day: date, homes: Sequence[int]) -> set[tuple[str, int]]:
    """(condition, household) for which the last finding until that day says it is met."""
    wanted = sorted(set(conditions))
    found: set[tuple[str, int]] = set()
    for start in range(0, len(homes) if wanted else 0, 500):
        found |= _met(conn, wanted, day, homes[start : start + 500])
    return found


def _met(conn: Connection, wanted: Sequence[str], day: date, homes: Sequence[int]) -> set[tuple[str, int]]:
    rows = conn.execute(
        select(F.c.condition, F.c.household_id, F.c.verdict)
        .where(F.c.condition.in_(wanted), F.c.found_on <= day, F.c.person_id.is_(None),
               F.c.household_id.in_(homes))
        .order_by(F.c.found_on, F.c.id)
    )  # fmt: skip
    last = {(row.condition, row.household_id): row.verdict for row in rows}
    return {key for key, verdict in last.items() if verdict == "met"}
