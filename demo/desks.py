"""The example district as people find it in the morning: work that waits at every level, and an account for every role."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from demo.moments import at
from flows import accounts as signing
from flows.decide import decide
from flows.office import Office
from flows.start import Start, start
from records import accounts, lists, offices, register
from records.engine import reading
from records.enrolments import enrolment_of
from records.offices import ROLE_TITLES
from rules.days import day_of
from states.decision import Actor, Decision, Evidence
from states.not_allowed import NotAllowed
from states.procedure import Verdict

DAY = date(2019, 1, 4)
EACH = 12  # changes that wait in each street
STREETS = ("440512001", "440512002")


def demo_day() -> datetime:
    """The morning after the story's last day."""
    return at(DAY.year, DAY.month, DAY.day)


def open_desks(office: Office, now: datetime) -> list[tuple[str, str, str, str]]:
    """Work for the morning, and accounts: (login, password, name, post). Every start gives new passwords."""
    with reading(office.records) as conn:
        people = [(role, _holder(office, role, day_of(now))) for role in ROLE_TITLES]
        held = bool(lists.open_of(conn, "change"))
    if not held:
        _work(office, now)
    return [_account(office, role, actor, now) for role, actor in people if actor is not None]


def _holder(office: Office, role: str, day: date) -> Actor | None:
    """Somebody who holds such a post, in the first street where there is one."""
    with reading(office.records) as conn:
        for level in ("community", "street", "district", "group", "helper", "department"):
            for row in offices.offices_of(conn, level):
                if held := offices.holders(conn, row.code, role, day):
                    return Actor(held[0].person_id, row.code, role)
    return None


def _account(office: Office, role: str, actor: Actor, now: datetime) -> tuple[str, str, str, str]:
    password = secrets.token_urlsafe(9)
    token = signing.invite(office, actor.person_id, role, now, "示例")
    signing.set_password(office, token, password, now)
    with reading(office.records) as conn:
        known = accounts.account_of_person(conn, actor.person_id)
        place = offices.name_of(conn, actor.office_code)
    assert known is not None
    return known.login, password, known.name, f"{place}{ROLE_TITLES[role]}"


def _work(office: Office, now: datetime) -> None:
    """Changes that a community wrote down and a street is to approve, and exits that a community is to begin."""
    day = day_of(now)
    with reading(office.records) as conn:
        homes = [h for h in register.households_on(conn, day) if h.area_code.startswith(STREETS) and h.head is not None]
        helped = {h.id for h in homes if (e := enrolment_of(conn, h.id, office.pack.id)) and e.state == "assisted"}
    for street in STREETS:
        for serial, home in enumerate([h for h in homes if h.area_code.startswith(street)][:EACH]):
            _change(office, home, serial, now)
    for home in [h for h in homes if h.id in helped][:EACH]:
        _begin(office, "exit", home, now)


def _clerk(office: Office, area_code: str, day: date) -> Actor | None:
    with reading(office.records) as conn:
        held = offices.holders(conn, f"{area_code}-office", "community_clerk", day)
    return Actor(held[0].person_id, f"{area_code}-office", "community_clerk") if held else None


def _begin(office: Office, procedure: str, home: register.HouseholdOn, now: datetime) -> tuple[int, Actor] | None:
    clerk = _clerk(office, home.area_code, day_of(now))
    if clerk is None or home.head is None:
        return None
    try:
        case = start(office, Start(procedure, "household", home.id, f"{home.head.name}户", home.area_code, clerk, now))
    except NotAllowed:
        return None  # one is running from the story
    return case.id, clerk


def _change(office: Office, home: register.HouseholdOn, serial: int, now: datetime) -> None:
    begun = _begin(office, "change", home, now)
    if begun is None:
        return
    _, sha256 = office.files.keep(f"合成扫描件 {home.number}\n".encode(), ".txt")
    fields = {"changes": [{"kind": "household", "facts": {"phone": f"1990000{serial:04d}"}}], "reason": "更换联系电话",
              "effective_on": DAY.isoformat()}  # fmt: skip
    decide(office, Decision(begun[0], "community", Verdict.APPROVE, begun[1], now, "情况属实。", fields,
                            (Evidence("certificate", "电话变更说明.txt", sha256),)))  # fmt: skip
