"""From rows of the people sheet to households, and from households to what is new or different in the register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.moment import Moment
from integrations.workbook import Table
from records import register
from records.register import Because
from rules.hits import Hit
from rules.register import (
    HOUSEHOLD_COLUMNS_OF_THEIR_OWN,
    PEOPLE_COLUMNS,
    PERSON_COLUMNS_OF_THEIR_OWN,
    HouseholdRows,
    PersonRow,
)

PERSON_FACTS = tuple(c.key for c in PEOPLE_COLUMNS if c.of == "person" and c.key not in PERSON_COLUMNS_OF_THEIR_OWN)
HOUSEHOLD_FACTS = tuple(
    c.key for c in PEOPLE_COLUMNS if c.of == "household" and c.key not in HOUSEHOLD_COLUMNS_OF_THEIR_OWN
)


def households_in(table: Table) -> Iterator[tuple[HouseholdRows, list[Hit]]]:
    """Households with the hits of their rows, in the sheet's order. Rows of one household stand together as a rule;
    where they do not, its first block counts and a later one is refused with a sentence."""
    seen: set[str] = set()
    current: HouseholdRows | None = None
    hits: list[Hit] = []
    for row, values, _ in table.rows():
        fresh, table.hits[:] = list(table.hits), []
        number = values["household_no"] or f"（第{row}行）"
        if current is None or number != current.number:
            if current is not None:
                yield current, hits
            current, hits = _household(number, values), []
            if number in seen:
                hits.append(Hit("DQ-05", "error", table.sheet, row, "户编号", number,
                                f"{table.sheet}表第{row}行的户{number}与前面的同户各行不相邻。", "请把同一户的各行排在一起。"))  # fmt: skip
            seen.add(number)
        hits += fresh
        current.people.append(_person(row, values))
        hits += _differing(table.sheet, row, current, values)
    if current is not None:
        yield current, hits


def _household(number: str, values: Mapping[str, Any]) -> HouseholdRows:
    return HouseholdRows(
        number, values["street"] or "", values["community"] or "", values["planned_year"],
        {key: values[key] for key in HOUSEHOLD_FACTS},
    )  # fmt: skip


def _person(row: int, values: Mapping[str, Any]) -> PersonRow:
    return PersonRow(
        row, values["person_no"] or "", values["household_no"] or "", values["name"] or "", values["sex"] or "",
        values["id_kind"] or "", values["id_no"] or "", values["relation"] or "", values["born_on"],
        {key: values[key] for key in PERSON_FACTS},
    )  # fmt: skip


def _differing(sheet: str, row: int, household: HouseholdRows, values: Mapping[str, Any]) -> list[Hit]:
    for key, title in (("street", "街道"), ("community", "社区")):
        if values[key] is not None and values[key] != getattr(household, key):
            return [Hit("DQ-06", "error", sheet, row, title, str(values[key]),
                        f"{sheet}表第{row}行的“{title}”与同户其他行不一致。", "请核对后改成一致。")]  # fmt: skip
    return []


@dataclass(slots=True)
class Sorted:
    """One household of a workbook beside the register: new, or what is different of it."""

    number: str
    new: dict[str, Any] | None = None
    household_id: int = 0
    facts: dict[str, Any] = field(default_factory=dict)
    area: Any = None
    planned: int | None = None
    joins: list[PersonRow] = field(default_factory=list)
    leaves: list[Any] = field(default_factory=list)
    people: list[tuple[int, str, dict[str, Any], str | None]] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        return self.new is None and bool(
            self.facts or self.area or self.planned or self.joins or self.leaves or self.people
        )

    def listed(self) -> list[dict[str, Any]]:
        """The differences as a report lists them."""
        out: list[dict[str, Any]] = [{"household": self.number, "field": k, "new": v} for k, v in self.facts.items()]
        out += [{"household": self.number, "field": "planned_year", "new": self.planned}] if self.planned else []
        out += [{"household": self.number, "joined": p.name} for p in self.joins]
        out += [{"household": self.number, "left": p.name} for p in self.leaves]
        for _, name, changes, relation in self.people:
            shown = {**changes, **({"relation": relation} if relation else {})}
            out += [{"household": self.number, "person": name, "field": k, "new": str(v)} for k, v in shown.items()]
        return out


def sort_household(household: HouseholdRows, row: Any, members: Mapping[str, Any], area: Any) -> Sorted:
    """Compare one household with the register's open versions of it."""
    if row is None:
        return Sorted(household.number, new={
            "number": household.number, "area_code": area.code, "area_path": area.path, "facts": household.facts,
            "planned_year": household.planned_year,
            "people": [{**_own(p), "person_no": p.person_no, "id_no": p.id_no, "relation": p.relation,
                        "facts": p.facts} for p in household.people],
        })  # fmt: skip
    done = Sorted(household.number, household_id=row.id)
    done.facts = {k: v for k, v in household.facts.items() if row.facts.get(k) != v}
    if household.planned_year is not None and household.planned_year != row.planned_year:
        done.planned = household.planned_year
    done.area = area if area.code != row.area_code else None
    for person in household.people:
        known = members.get(person.id_no)
        if known is None:
            done.joins.append(person)
            continue
        changes = {k: v for k, v in person.facts.items() if known.facts.get(k) != v}
        changes |= {k: v for k, v in _own(person).items() if getattr(known, k) != v}
        relation = person.relation if person.relation != known.relation else None
        if changes or relation:
            done.people.append((known.id, person.name, changes, relation))
    wanted = {p.id_no for p in household.people}
    done.leaves = [m for id_no, m in members.items() if id_no not in wanted]
    return done


def _own(person: PersonRow) -> dict[str, Any]:
    return {"name": person.name, "sex": person.sex, "born_on": person.born_on}


def write_changes(moment: Moment, done: Sorted, effective_on: Any) -> bool:
    """Write what is different of one household as events; returns True, since something was."""
    conn, why = moment.conn, Because(moment.case.id, "导入更新", effective_on, moment.decision.at)
    if done.facts:
        register.change_household(conn, done.household_id, done.facts, why)
    if done.area is not None:
        register.move_household(conn, done.household_id, done.area.code, done.area.path, why)
    if done.planned is not None:
        register.plan_exit(conn, done.household_id, moment.case.pack_id, done.planned, why)
    for gone in done.leaves:
        register.leave(conn, done.household_id, gone.id, why)
    for person_id, _, changes, relation in sorted(done.people, key=lambda p: p[3] == "户主"):
        if changes:
            register.change_person(conn, done.household_id, person_id, changes, why)
        if relation:
            register.set_relation(conn, done.household_id, person_id, relation, why)
    for person in done.joins:
        values = {**_own(person), "person_no": person.person_no, "id_no": person.id_no, "facts": person.facts}
        register.join(conn, done.household_id, values, person.relation, why)
    return True
