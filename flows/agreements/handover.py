"""New post-holders: who comes after a signer carries the agreement on, and signs anew within the pack's days."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from flows.agreements import desk
from flows.agreements.issue import signer_due
from flows.office import Office
from records import agreements, ledger, offices
from records.engine import writing
from rules.days import day_of
from states.decision import Actor
from states.not_allowed import NothingToSign, StillSigned


def notice_successors(office: Office, at: datetime) -> int:
    """Ask whoever holds a signer's post now, or is paired with a household now, to sign anew: once for each change. How
    many were asked. An agreement stays in force meanwhile."""
    with writing(office.records) as conn:
        return successors_in(conn, office, at)


def successors_in(conn: Connection, office: Office, at: datetime) -> int:
    """`notice_successors` inside a transaction."""
    asked = 0
    for signer in agreements.succeeded(conn, day_of(at)):
        if signer.role != "helper" and offices.holders(conn, signer.office_code, signer.role, day_of(at)):
            _ask(conn, office, signer, {}, at)
            asked += 1
    for signer in agreements.newer_pairings(conn, day_of(at)):
        changes = {"office_code": signer.new_unit, "person_id": signer.new_person, "name": signer.new_name}
        _ask(conn, office, signer, changes, at)
        asked += 1
    return asked


def hand_over(office: Office, agreement_id: int, capacity: str, name: str | None, by: Actor, at: datetime) -> None:
    """Open a signed place anew for whoever comes after a signer without an account, or by hand before the nightly look.
    Raises NothingToSign when nobody signed in that capacity, StillSigned when the signer still holds the post."""
    with writing(office.records) as conn:
        row = desk.the_agreement(conn, agreement_id)
        held = desk.answers_for(conn, row, by, at, "办理交接", also=True)
        signed = [s for s in agreements.signers_of(conn, row.id) if s.capacity == capacity and s.signed_at is not None]
        if not signed:
            raise NothingToSign(title=row.title, who=f"{capacity}的接任者", open="该职务尚未签订，请直接签订。")
        last = signed[-1]
        proof = next(s for s in agreements.signatures_of(conn, row.id) if s.signer_id == last.id)
        if proof.person_id is not None and last.role is not None:
            there = offices.holders(conn, last.office_code, last.role, day_of(at))
            if any(h.person_id == proof.person_id for h in there):
                raise StillSigned(title=row.title, capacity=capacity, person=proof.person)
        _ask(conn, office, last, {"person_id": None, "name": name}, at, held.person)


def _ask(
    conn: Connection, office: Office, before: Any, changes: dict[str, Any], at: datetime, by: str = "系统"
) -> None:
    row = desk.the_agreement(conn, before.agreement_id)
    terms = desk.terms_of(conn, office, row)
    if before.signed_at is None:
        agreements.drop_signer(conn, before.id, at)
    signer = agreements.add_successor(conn, before, changes)
    agreements.ask_to_sign(conn, [(signer.id, signer_due(office, terms, row, signer, at, anew=True))])
    body = {"agreement": row.id, "signer": signer.id, "after": before.id, "capacity": before.capacity}
    ledger.add_line(conn, f"agreement:{row.id}", "succession", body, {"by": by, "to": changes.get("name")}, at)
