"""离岗委托: who stands in for me while I am away, and whom I stand in for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from flows.delegation import Delegate, delegate, revoke
from flows.procedures import procedure_for
from records import delegations, handing, pickers
from records.engine import reading
from states.not_allowed import FieldMissing, NotAllowed
from web import words
from web.access import STAFF, Pages
from web.visit import TheVisit, Visit

pages = Pages()


@pages.get("/delegations", STAFF, "离岗委托")
def see_delegations(visit: TheVisit) -> Response:
    return _show(visit)


def _show(visit: Visit, problem: str = "", status: int = 200) -> Response:
    me = visit.me.person_id
    with reading(visit.office.records) as conn:
        given, taken = delegations.given_by(me).page(conn), delegations.given_to(me).page(conn)
        held = handing.seats_held(conn, me, visit.today)
        people = _people(conn, visit, held)
    procedures = {key: procedure_for(visit.office.pack, key).title for key in visit.office.pack.procedures}
    return visit.page("delegations", status, given=given, taken=taken, held=held, people=people, problem=problem,
                      procedures=procedures)  # fmt: skip


def _people(conn: Connection, visit: Visit, held: list[Any]) -> list[Any]:
    found: dict[int, Any] = {}
    for office_code in dict.fromkeys(post.office_code for post in held):
        for row in pickers.colleagues(conn, office_code, visit.today, visit.me.person_id):
            found.setdefault(row.id, row)
    return list(found.values())


@pages.post("/delegations", STAFF, "离岗委托")
def give(visit: TheVisit) -> Response:
    since, until, taker = visit.day("since"), visit.day("until"), visit.number("to")
    office_code, _, role = visit.text("post").partition("|")
    try:
        if since is None or until is None or not taker:
            raise FieldMissing(step=words.DELEGATION, fields=words.DELEGATION_FIELDS)
        delegate(visit.office, Delegate(
            visit.me.person_id, taker, since, until, visit.text("reason")[:255], visit.actor, visit.at,
            office_code or None, role or None, visit.text("procedure") or None,
        ))  # fmt: skip
    except NotAllowed as no:
        return _show(visit, str(no), 409)
    return visit.go("/delegations", words.DELEGATED)


@pages.post("/delegations/{delegation_id}/revoke", STAFF, "离岗委托")
def end(visit: TheVisit, delegation_id: int) -> Response:
    revoke(visit.office, delegation_id, visit.actor, visit.at)
    return visit.go("/delegations", words.DELEGATION_ENDED)
