"""Who may do what with an agreement: who prepares it, who answers for its first party, and its pack as it was made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from config.agreements import Terms
from config.pack import parse_pack
from flows.office import Office
from records import agreements, cases, frozen, ledger, offices
from records.cases import Seat
from rules.days import day_of
from states.decision import Actor
from states.not_allowed import NoSuch, NotYourAgreement, NotYourPost, SignsInPerson

DISTRICT_ROLES = ("district_clerk", "district_director", "group_leader")
ANSWERING = (*DISTRICT_ROLES, "street_clerk", "street_leader", "community_clerk", "community_head", "helper_head")


def seat(conn: Connection, by: Actor, at: datetime) -> Seat:
    """The post in which somebody acts today, in person. Raises NotYourPost, SignsInPerson."""
    if by.acting_for_id is not None:
        raise SignsInPerson()
    held = cases.seat_of(conn, by.person_id, by.office_code, by.role, day_of(at))
    if held is None:
        post = offices.ROLE_TITLES.get(by.role, by.role)
        raise NotYourPost(person=cases.person_name(conn, by.person_id), day=day_of(at), post=post)
    return held


def district(conn: Connection, by: Actor, at: datetime, event: str) -> Seat:
    """The seat of one who prepares agreements for the district. Raises NotYourAgreement."""
    held = seat(conn, by, at)
    if held.role not in DISTRICT_ROLES:
        raise NotYourAgreement(title="责任书", office="区扶贫办", post=f"{held.office}{held.post}", event=event)
    return held


def answers_for(conn: Connection, row: Any, by: Actor, at: datetime, event: str, also: bool = False) -> Seat:
    """The seat of one who acts for the first party of an agreement, or for the district; `also` lets the second party
    too, and the helper of a household's agreement, who is reminded of the householder's signature. Raises
    NotYourAgreement."""
    held = seat(conn, by, at)
    parties = (row.from_office, row.to_office) if also else (row.from_office,)
    if held.role in DISTRICT_ROLES or (held.role in ANSWERING and held.office_code in parties):
        return held
    if also and row.household_id is not None and (held.role, held.person_id) == ("helper", row.person_id):
        return held
    raise NotYourAgreement(title=row.title, office=row.from_name, post=f"{held.office}{held.post}", event=event)


def the_agreement(conn: Connection, agreement_id: int, lock: bool = True) -> Any:
    """The agreement, locked. Raises NoSuch."""
    row = agreements.agreement(conn, agreement_id, lock)
    if row is None:
        raise NoSuch(what="责任书", key=agreement_id)
    return row


def terms_of(conn: Connection, office: Office, row: Any) -> Terms:
    """The pack's words and limits as the agreement was made from them, whatever happened to the pack since."""
    for pack in (office.pack, *office.packs.values()):
        if pack.sha256 == row.pack_sha256:
            return Terms(pack)
    text = frozen.pack_text(conn, row.pack_id, row.pack_sha256)
    if text is None:
        raise NoSuch(what="政策包版本", key=f"{row.pack_id} {row.pack_sha256[:12]}")
    return Terms(parse_pack(text))


def line(conn: Connection, agreement_id: int, act: str, body: Mapping[str, Any], by: Seat, at: datetime,
         personal: Mapping[str, Any] | None = None) -> None:  # fmt: skip
    """The ledger line of one act, in the agreement's own stream."""
    full = {"agreement": agreement_id, **body, "office": by.office, "post": by.post}
    ledger.add_line(conn, f"agreement:{agreement_id}", act, full, {"by": by.person, **(personal or {})}, at)
