"""Reading a household's file: what is one's own business, what is noted, and reading by one's own word (越区查阅)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from flows.office import Office
from records import alerts, cases, grants, ledger, offices, register
from records.engine import reading, writing
from records.register import HouseholdOn
from records.scope import held_scope, scope_of
from records.seals import start_of
from rules.days import day_of, in_chinese
from rules.jurisdiction import covers
from states.decision import Actor
from states.not_allowed import FieldMissing, NoSuch, NotYourPost, OutsideYourArea

DISTRICT_WIDE = "跨区域职责查阅"


@dataclass(frozen=True, slots=True)
class Opened:
    """A household's file as it may be read, and whether the reading was noted."""

    household: HouseholdOn
    noted: bool


def open_file(office: Office, person_id: int, household_id: int, day: date, at: datetime) -> Opened:
    """The household as of a day, for one who may see it today. A reading that is not of one's own household or area is
    noted, once a day and reason. Raises OutsideYourArea, NoSuch."""
    today = day_of(at)
    with writing(office.records) as conn:
        home = register.household_on(conn, household_id, day)
        place = register.household_on(conn, household_id, today) or home
        if place is None:
            raise NoSuch(what="户", key=household_id)
        if not covers(scope_of(conn, person_id, today), place.area_path, household_id):
            raise OutsideYourArea(what=f"户{place.number}")
        if home is None:
            raise NoSuch(what=f"{in_chinese(day)}登记簿中的户", key=place.number)
        own = held_scope(conn, person_id, today)
        noted = False
        if own.everything:
            noted = grants.note(conn, person_id, household_id, DISTRICT_WIDE, at, start_of(today))
        return Opened(home, noted)


def break_glass(office: Office, number: str, why: str, by: Actor, at: datetime) -> int:
    """Read a file outside one's area by one's own word, for the pack's days: it stands in the read log and the ledger,
    and the district is told. Returns the household's id; raises NoSuch, FieldMissing, NotYourPost."""
    today, why = day_of(at), why.strip()
    if not why:
        raise FieldMissing(step="越区查阅", fields="查阅事由")
    with writing(office.records) as conn:
        household_id = register.id_of(conn, number.strip())
        if household_id is None:
            raise NoSuch(what="户编号", key=number.strip())
        seat = cases.seat_of(conn, by.person_id, by.office_code, by.role, today)
        if seat is None:
            raise NotYourPost(person=cases.person_name(conn, by.person_id), day=today, post=by.role)
        until = today + timedelta(days=office.pack.integer("reading.grant_days", "越区查阅"))
        made = grants.grant(conn, {
            "person_id": by.person_id, "household_id": household_id, "why": why[:255], "valid_from": today,
            "valid_to": until, "granted_at": at,
        })  # fmt: skip
        grants.note(conn, by.person_id, household_id, f"越区查阅：{why}"[:255], at, at)
        says = (
            f"{seat.office}{seat.post}{seat.person}因“{why}”越区查阅户{number.strip()}，至{in_chinese(until)}零时止。"
        )
        _tell_district(conn, household_id, f"break-glass:{made}", says, at, today)
        body = {"grant": made, "household": household_id, "office": seat.office, "post": seat.post, "until": until}
        ledger.add_line(conn, f"household:{household_id}", "read", body, {"by": seat.person, "why": why}, at)
        return household_id


def _tell_district(conn: Connection, household_id: int, key: str, says: str, at: datetime, today: date) -> None:
    home = register.household_on(conn, household_id, today)
    desk = offices.office_over(conn, "district", home.area_path) if home else None
    alerts.raise_alert(conn, key, "break_glass", says, desk.code if desk else None, at)


def readers(office: Office, household_id: int) -> list[tuple[datetime, str, str]]:
    """Who read the file from outside, when and why."""
    with reading(office.records) as conn:
        return [(row.at, row.name, row.why) for row in grants.readings_of(conn, household_id)]
