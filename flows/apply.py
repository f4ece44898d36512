"""An application: the household enters as an applicant, not into the register, and its identification starts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from flows.office import Office
from flows.start import Start, start_in
from records import areas, case_writing, duties, enrolments, facts, help, ledger, register
from records.cases import CaseRow
from records.engine import writing
from records.register import Because
from rules.days import day_of
from rules.identity import IdWrong, masked, read_id
from rules.income import period_of
from rules.money import Yuan
from rules.register import HEAD
from states.decision import Actor
from states.not_allowed import FieldWrong, HeadWrong, NoSuch, PersonElsewhere


@dataclass(frozen=True, slots=True)
class Applicant:
    """One member of an applying household."""

    name: str
    id_no: str
    relation: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Application:
    """A household that applies, as the community writes it down."""

    area_code: str
    members: Sequence[Applicant]
    facts: Mapping[str, Any]
    by: Actor
    at: datetime
    pack_id: str | None = None


def apply(office: Office, wanted: Application) -> CaseRow:
    """Write the household down as an applicant and start its identification, or nothing.

    Raises HeadWrong unless exactly one member is the head, FieldWrong for a bad identity number, PersonElsewhere when
    somebody is a member of a household already."""
    on = day_of(wanted.at)
    pack = office.packs[wanted.pack_id] if wanted.pack_id else office.pack
    heads = [m for m in wanted.members if m.relation == HEAD]
    if len(heads) != 1:
        raise HeadWrong(household="申请户", count=len(heads))
    with writing(office.records) as conn:
        path = areas.path_of(conn, wanted.area_code, on)
        if path is None:
            raise NoSuch(what="社区", key=wanted.area_code)
        why = Because(0, "申请", on, wanted.at)
        number = register.next_number(conn, wanted.area_code)
        household = register.add_household(conn, number, wanted.area_code, path, wanted.facts, why)
        enrolments.enrol(conn, household, pack.id, "applicant", on)
        case = start_in(conn, office, Start("identification", "household", household, f"{heads[0].name}户",
                                            wanted.area_code, wanted.by, wanted.at, pack_id=pack.id))  # fmt: skip
        why = Because(case.id, "申请", on, wanted.at)
        for serial, member in enumerate(wanted.members, 1):
            _join(conn, household, member, f"{number}{serial:02d}", why)
        register.adopt_events(conn, household, case.id)
        body = {"household": household, "bulk": {"register_events": ledger.bulk_line(conn, "register_events", case.id)}}
        after = ledger.Head(case.line_seq, case.line_hash)
        case_writing.add_line(conn, case.id, "applied", body, None, wanted.at, after)
        return case


def _join(conn: Connection, household: int, member: Applicant, person_no: str, why: Because) -> None:
    try:
        known = read_id(member.id_no)
    except IdWrong as no:
        raise FieldWrong(field=f"{member.name}的证件号码", why=f"{no}。") from no
    there = register.person_by_id_no(conn, known.number)
    if there is not None and there.household_no is not None:
        raise PersonElsewhere(person=f"{member.name}（{masked(known.number)}）", household=there.household_no)
    person = {"person_no": person_no, "id_no": known.number, "name": member.name, "sex": known.sex,
              "born_on": known.born_on, "facts": dict(member.facts)}  # fmt: skip
    register.join(conn, household, person, member.relation, why)


def record_income(
    office: Office, household_id: int, year: int, heads: int, items: Mapping[str, Yuan], by: str, at: datetime
) -> None:
    """Keep a household's income of a year as the survey found it; an earlier sheet of the year is superseded."""
    period = period_of(year, office.pack.cutoff())
    with writing(office.records) as conn:
        facts.put_sheet(conn, {
            "household_id": household_id, "year": year, "period_start": period.start, "period_end": period.end,
            "heads": heads, "items": {k: v.fen for k, v in items.items()}, "supplied_by": by, "proof": "document",
            "case_id": None, "recorded_at": at,
        }, at)  # fmt: skip
        ledger.add_line(conn, f"household:{household_id}", "income", {"year": year}, {"by": by}, at)
        duties.awake(conn, household_id, at)


def pair(
    office: Office, household_id: int, unit_code: str, person_id: int, on: date, reason: str, by: Actor, at: datetime
) -> None:
    """Pair a household with a helper; a pairing in force is succeeded without a gap (R4.1-06)."""
    with writing(office.records) as conn:
        help.pair(conn, household_id, unit_code, person_id, on, reason, None)
        body = {"unit": unit_code, "helper": person_id, "since": on, "by": by.person_id}
        ledger.add_line(conn, f"household:{household_id}", "paired", body, {"reason": reason}, at)
