"""The register (建档立卡): households and people as dated versions, and every change as an event.

Intervals are half-open: a version holds from `valid_from` up to, not including, `valid_to`. Any past day can be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Row, and_, bindparam, func, insert, or_, select, update

from records import schema
from records.engine import insert_row
from records.schema.base import word
from records.scope import within
from rules.jurisdiction import Scope
from rules.register import HEAD

H, HV, P, PV, M, EV, E, A = (
    schema.households, schema.household_versions, schema.persons, schema.person_versions, schema.memberships,
    schema.register_events, schema.enrolments, schema.areas,
)  # fmt: skip
PLANNED_YEAR = "planned_year"  # of an enrolment, changed by the event of that field


@dataclass(frozen=True, slots=True)
class MemberOn:
    """A member as of a day."""

    person_id: int
    person_no: str
    id_no: str
    name: str
    sex: str
    born_on: date
    relation: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class HouseholdOn:
    """A household as of a day."""

    id: int
    number: str
    area_code: str
    area_path: str
    facts: Mapping[str, Any]
    members: tuple[MemberOn, ...] = field(default=())

    @property
    def head(self) -> MemberOn | None:
        return next((m for m in self.members if m.relation == HEAD), None)


def on_day(table: Any, day: date | BindParameter[Any]) -> ColumnElement[bool]:
    """The rows of a dated table that hold on a day."""
    return and_(table.c.valid_from <= day, or_(table.c.valid_to.is_(None), table.c.valid_to > day))


# --- reading --------------------------------------------------------------------------------------------------------


_DAY: BindParameter[Any] = bindparam("day")
_HOUSEHOLD = (  # asked for every paper: put together once
    select(H.c.id, H.c.number, HV.c.area_code, HV.c.area_path, HV.c.facts).join(HV, HV.c.household_id == H.c.id)
    .where(H.c.id == bindparam("of"), on_day(HV, _DAY))
)  # fmt: skip
_MEMBERS = (
    select(P.c.id, P.c.number, P.c.id_no, PV.c.name, PV.c.sex, PV.c.born_on, M.c.relation, PV.c.facts)
    .select_from(M.join(P, P.c.id == M.c.person_id).join(PV, PV.c.person_id == P.c.id))
    .where(M.c.household_id == bindparam("of"), on_day(M, _DAY), on_day(PV, _DAY)).order_by(P.c.number)
)  # fmt: skip


def household_on(conn: Connection, household_id: int, day: date) -> HouseholdOn | None:
    """One household with its members as of a day; None when it was not known then."""
    row = conn.execute(_HOUSEHOLD, {"of": household_id, "day": day}).first()
    return None if row is None else HouseholdOn(*row, members=tuple(_members(conn, household_id, day)))


def _members(conn: Connection, household_id: int, day: date) -> list[MemberOn]:
    return [MemberOn(*row) for row in conn.execute(_MEMBERS, {"of": household_id, "day": day})]


def register_on(conn: Connection, day: date, scope: ColumnElement[bool] | None = None) -> Any:
    """How many households, persons and communities the register held on a day (families that were in it then)."""
    households = select(H.c.id, HV.c.area_code).join(HV, HV.c.household_id == H.c.id).where(on_day(HV, day))
    if scope is not None:
        households = households.where(scope)
    there = households.subquery()
    return conn.execute(
        select(
            select(func.count()).select_from(there).scalar_subquery().label("households"),
            select(func.count()).select_from(M.join(there, there.c.id == M.c.household_id)).where(on_day(M, day))
            .scalar_subquery().label("persons"),
            select(func.count(there.c.area_code.distinct())).scalar_subquery().label("communities"),
        )
    ).one()  # fmt: skip


def households_on(conn: Connection, day: date, scope: ColumnElement[bool] | None = None) -> list[HouseholdOn]:
    """Every household of a scope with its members as of a day, in the order of household numbers."""
    query = (
        select(H.c.id, H.c.number, HV.c.area_code, HV.c.area_path, HV.c.facts).join(HV, HV.c.household_id == H.c.id)
        .where(on_day(HV, day)).order_by(H.c.number)
    )  # fmt: skip
    rows = conn.execute(query if scope is None else query.where(scope)).all()
    members: dict[int, list[MemberOn]] = {}
    people = conn.execute(
        select(M.c.household_id, P.c.id, P.c.number, P.c.id_no, PV.c.name, PV.c.sex, PV.c.born_on, M.c.relation,
               PV.c.facts)
        .select_from(M.join(P, P.c.id == M.c.person_id).join(PV, PV.c.person_id == P.c.id)
                     .join(HV, HV.c.household_id == M.c.household_id).join(H, H.c.id == M.c.household_id))
        .where(on_day(M, day), on_day(PV, day), on_day(HV, day), *([] if scope is None else [scope]))
        .order_by(P.c.number)
    )  # fmt: skip
    for household_id, *member in people:
        members.setdefault(household_id, []).append(MemberOn(*member))
    return [HouseholdOn(*row, members=tuple(members.get(row.id, ()))) for row in rows]


def head_names(conn: Connection, day: date) -> dict[int, str]:
    """The name of the head of every household on a day."""
    rows = conn.execute(
        select(M.c.household_id, PV.c.name).join(PV, PV.c.person_id == M.c.person_id)
        .where(M.c.relation == word(HEAD), on_day(M, day), on_day(PV, day))
    )  # fmt: skip
    return {row.household_id: row.name for row in rows}


def households_by_id(conn: Connection, ids: Sequence[int], day: date) -> list[HouseholdOn]:
    """These households with their members as of a day; one that was not known then is left out."""
    return households_on(conn, day, H.c.id.in_(ids))


def id_of(conn: Connection, number: str) -> int | None:
    return conn.execute(select(H.c.id).where(H.c.number == number)).scalar()


def person_by_id_no(conn: Connection, id_no: str) -> Any:
    """The person with that identity number, and the household the person is in now (if any)."""
    return conn.execute(
        select(P.c.id, P.c.number, M.c.household_id, H.c.number.label("household_no"))
        .select_from(P.outerjoin(M, and_(M.c.person_id == P.c.id, M.c.valid_to.is_(None)))
                     .outerjoin(H, H.c.id == M.c.household_id))
        .where(P.c.id_no == id_no)
    ).first()  # fmt: skip


def events_of(conn: Connection, household_id: int) -> list[Row[Any]]:
    return list(conn.execute(select(EV).where(EV.c.household_id == household_id).order_by(EV.c.id)))


def heads_now(conn: Connection, household_id: int) -> int:
    return int(
        conn.execute(
            select(func.count()).select_from(M).where(M.c.household_id == household_id, M.c.valid_to.is_(None),
                                                      M.c.relation == word(HEAD))
        ).scalar_one()
    )  # fmt: skip


# --- changing -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Because:
    """Why and when a change is true: every change names its case, reason and effective day."""

    case_id: int
    reason: str
    effective_on: date
    at: datetime


def _event(conn: Connection, why: Because, household_id: int, kind: str, person_id: int | None = None,
           name: str | None = None, old: Any = None, new: Any = None) -> None:  # fmt: skip
    conn.execute(insert(EV).values(
        household_id=household_id, person_id=person_id, kind=kind, field=name, old=old, new=new, reason=why.reason,
        effective_on=why.effective_on, recorded_at=why.at, case_id=why.case_id,
    ))  # fmt: skip


def add_household(conn: Connection, number: str, area_code: str, area_path: str, facts: Mapping[str, Any],
                  why: Because) -> int:  # fmt: skip
    """A household that was not known before, with its first version."""
    made = insert_row(conn, H, {"number": number, "created_by_case": why.case_id})
    conn.execute(insert(HV).values(household_id=made, valid_from=why.effective_on, area_code=area_code,
                                   area_path=area_path, facts=dict(facts), case_id=why.case_id))  # fmt: skip
    _event(conn, why, made, "registered", new=dict(facts))
    return made


def join(conn: Connection, household_id: int, person: Mapping[str, Any], relation: str, why: Because) -> int:
    """A person joins a household: {person_no, id_no, name, sex, born_on, facts}; one who is known keeps the number."""
    known = conn.execute(select(P.c.id).where(P.c.id_no == person["id_no"])).scalar()
    if known is None:
        known = insert_row(conn, P, {"number": person["person_no"], "id_no": person["id_no"]})
        conn.execute(insert(PV).values(
            person_id=known, valid_from=why.effective_on, name=person["name"], sex=person["sex"],
            born_on=person["born_on"], facts=dict(person["facts"]), case_id=why.case_id,
        ))  # fmt: skip
    conn.execute(insert(M).values(household_id=household_id, person_id=known, relation=relation,
                                  valid_from=why.effective_on, case_id=why.case_id))  # fmt: skip
    _event(conn, why, household_id, "joined", known, new={"relation": relation, "name": person["name"]})
    return known


def leave(conn: Connection, household_id: int, person_id: int, why: Because) -> bool:
    """A person leaves a household (death, marriage out, moved); False when the person is not in it."""
    row = conn.execute(
        select(M.c.id, M.c.relation, M.c.valid_from).where(
            M.c.household_id == household_id, M.c.person_id == person_id, M.c.valid_to.is_(None))
    ).first()  # fmt: skip
    if row is None:
        return False
    conn.execute(update(M).where(M.c.id == row.id).values(valid_to=max(why.effective_on, row.valid_from)))
    _event(conn, why, household_id, "left", person_id, old={"relation": row.relation})
    return True


def set_relation(conn: Connection, household_id: int, person_id: int, relation: str, why: Because) -> None:
    """A member's relation to the head changes (a change of head): the membership is closed and opened anew."""
    row = conn.execute(
        select(M).where(M.c.household_id == household_id, M.c.person_id == person_id, M.c.valid_to.is_(None))
    ).one()
    if row.relation == relation:
        return
    if row.valid_from == why.effective_on:
        conn.execute(update(M).where(M.c.id == row.id).values(relation=relation))
    else:
        conn.execute(update(M).where(M.c.id == row.id).values(valid_to=why.effective_on))
        conn.execute(insert(M).values(household_id=household_id, person_id=person_id, relation=relation,
                                      valid_from=why.effective_on, case_id=why.case_id))  # fmt: skip
    _event(conn, why, household_id, "relation", person_id, "relation", row.relation, relation)


def change_household(conn: Connection, household_id: int, changes: Mapping[str, Any], why: Because) -> int:
    """Facts of a household change from a day; returns how many did. Raises ValueError before its first version."""
    row = _open_version(conn, HV, HV.c.household_id == household_id)
    real = {k: v for k, v in changes.items() if row.facts.get(k) != v}
    if not real:
        return 0
    _new_version(conn, HV, row, {"facts": {**row.facts, **real}}, why)
    for name, new in real.items():
        _event(conn, why, household_id, "changed", None, name, row.facts.get(name), new)
    return len(real)


def plan_exit(conn: Connection, household_id: int, pack_id: str, year: int, why: Because) -> bool:
    """The year in which a household on the path is planned to leave it is another; shown, never a gate."""
    here = and_(E.c.household_id == household_id, E.c.pack_id == pack_id)
    row = conn.execute(select(E.c.id, E.c.planned_year).where(here)).first()
    if row is None or row.planned_year == year:
        return False
    conn.execute(update(E).where(E.c.id == row.id).values(planned_year=year))
    _event(conn, why, household_id, "changed", None, PLANNED_YEAR, row.planned_year, year)
    return True


def change_person(conn: Connection, household_id: int, person_id: int, changes: Mapping[str, Any], why: Because) -> int:
    """Facts of a person change from a day (name, sex and born_on are facts of their own); returns how many did."""
    row = _open_version(conn, PV, PV.c.person_id == person_id)
    own = {k: v for k, v in changes.items() if k in ("name", "sex", "born_on") and getattr(row, k) != v}
    rest = {k: v for k, v in changes.items() if k not in ("name", "sex", "born_on") and row.facts.get(k) != v}
    if not own and not rest:
        return 0
    _new_version(conn, PV, row, {**own, "facts": {**row.facts, **rest}}, why)
    for name, new in {**own, **rest}.items():
        old = getattr(row, name) if name in own else row.facts.get(name)
        _event(conn, why, household_id, "changed", person_id, name, _plain(old), _plain(new))
    return len(own) + len(rest)


def move_household(conn: Connection, household_id: int, area_code: str, area_path: str, why: Because) -> bool:
    """A household moves to another community from a day."""
    row = _open_version(conn, HV, HV.c.household_id == household_id)
    if row.area_code == area_code:
        return False
    _new_version(conn, HV, row, {"area_code": area_code, "area_path": area_path}, why)
    _event(conn, why, household_id, "moved", None, "area_code", row.area_code, area_code)
    return True


def release(conn: Connection, household_id: int, why: Because) -> int:
    """Everybody leaves and the household's version ends: it is no longer in the register from that day."""
    people = conn.execute(
        select(M.c.person_id).where(M.c.household_id == household_id, M.c.valid_to.is_(None))
    ).scalars().all()  # fmt: skip
    for person_id in people:
        leave(conn, household_id, person_id, why)
    row = _open_version(conn, HV, HV.c.household_id == household_id)
    conn.execute(update(HV).where(HV.c.id == row.id).values(valid_to=max(why.effective_on, row.valid_from)))
    _event(conn, why, household_id, "closed")
    return len(people)


def _open_version(conn: Connection, table: Any, where: ColumnElement[bool]) -> Any:
    return conn.execute(select(table).where(where, table.c.valid_to.is_(None))).one()


def _new_version(conn: Connection, table: Any, row: Row[Any], changes: Mapping[str, Any], why: Because) -> None:
    if why.effective_on < row.valid_from:
        raise ValueError("a change cannot take effect before the version it changes")
    if why.effective_on == row.valid_from:
        conn.execute(update(table).where(table.c.id == row.id).values(**changes))
        return
    conn.execute(update(table).where(table.c.id == row.id).values(valid_to=why.effective_on))
    values = {k: v for k, v in row._mapping.items() if k not in ("id", "valid_to")}
    conn.execute(insert(table).values({**values, **changes, "valid_from": why.effective_on, "case_id": why.case_id}))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def next_number(conn: Connection, area_code: str) -> str:
    """The next household number of a community: its code and four digits; it never embeds an identity number."""
    last = conn.execute(select(func.max(H.c.number)).where(H.c.number.startswith(area_code))).scalar()
    serial = int(last[len(area_code) :]) + 1 if last else 1
    return f"{area_code}{serial:04d}"


def adopt_events(conn: Connection, household_id: int, case_id: int) -> None:
    """Events written before the case had its id, within the same transaction, are the case's."""
    for table in (EV, HV):
        conn.execute(update(table).where(table.c.household_id == household_id, table.c.case_id == 0)
                     .values(case_id=case_id))  # fmt: skip
    conn.execute(update(H).where(H.c.id == household_id).values(created_by_case=case_id))


def household_scope(scope: Scope) -> ColumnElement[bool]:
    """The jurisdiction predicate upon household versions."""
    return within(scope, HV.c.area_path, HV.c.household_id)


def part_of_register(
    conn: Connection, day: date, scope: ColumnElement[bool], after: str, size: int
) -> list[HouseholdOn]:
    """Up to `size` households as of a day, in the order of their numbers, from behind the number given."""
    numbers = conn.execute(
        select(H.c.number).join(HV, HV.c.household_id == H.c.id).where(on_day(HV, day), scope, H.c.number > after)
        .order_by(H.c.number).limit(size)
    ).scalars().all()  # fmt: skip
    return households_on(conn, day, and_(scope, H.c.number > after, H.c.number <= numbers[-1])) if numbers else []


def stream_households(
    conn: Connection, day: date, scope: ColumnElement[bool], chunk: int = 500
) -> Iterator[HouseholdOn]:
    """`households_on` a chunk at a time, so that memory does not grow with the register."""
    last = ""
    while part := part_of_register(conn, day, scope, last, chunk):
        yield from part
        last = part[-1].number
