"""责任事项: what an office owes by a day without any approval (visits, reports, rectification), looked at and put on record as done."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from flows.obligations import Done, do_obligation, form_of, spec_of, wants_of, why_not_by_hand
from records import obligations, offices
from records.engine import reading
from records.obligations import Wanted
from rules.money import Yuan
from states.not_allowed import FieldMissing, NoSuch, NotAllowed
from states.procedure import Step
from web import words
from web.access import SIGNED_IN, STAFF, Pages
from web.forms import fields_of, read_form
from web.uploads import given_out, kept
from web.visit import TheVisit, Visit

pages = Pages("/obligations")


@pages.get("/{obligation_id:int}", SIGNED_IN, "责任事项")
def see_obligation(visit: TheVisit, obligation_id: int) -> Response:
    return _show(visit, obligation_id)


def _show(visit: Visit, obligation_id: int, problem: str = "") -> Response:
    with reading(visit.office.records) as conn:
        row = _seen(conn, visit, obligation_id)
        owner = offices.name_of(conn, row.office_code)
        person = offices.names(conn, [row.person_id])[row.person_id] if row.person_id else ""
    spec = spec_of(visit.office, row.kind)
    form, pack = form_of(spec), visit.office.pack
    filled = read_form(visit, form, pack, None) if problem else {}
    by_case = why_not_by_hand(row.kind)
    here = visit.seat is not None and visit.seat.office_code == row.office_code and STAFF.admits(visit)
    return visit.page(
        "obligation", 409 if problem else 200, row=row, owner=owner, person=person, problem=problem, by_case=by_case,
        fields=fields_of(form, pack, filled), evidence=wants_of(spec), filled=_filled(row, form), day=visit.text("on"),
        mine=here and row.done_on is None and row.lapsed_on is None and not by_case,
    )  # fmt: skip


def _filled(row: Any, form: Step) -> list[tuple[str, str]]:
    """What was put on record, in the order of the form."""
    report, found = row.report or {}, []
    for blank in form.blanks:
        match report.get(blank.key):
            case None | "" | []:
                continue
            case bool() as flag:
                says = words.YES if flag else words.NO
            case list() as several:
                says = words.AND.join(str(each) for each in several)
            case int() as fen if blank.kind == "money":
                says = words.MONEY.format(yuan=Yuan(fen).plain)
            case other:
                says = str(other)
        found.append((blank.title, says))
    return found


def _seen(conn: Connection, visit: Visit, obligation_id: int) -> Any:
    """The obligation, within the scope or of an office that the visitor sits in. Raises NoSuch."""
    own = [seat.office_code for seat in visit.seats]
    listing = obligations.listing(visit.scope, visit.today, Wanted("all"), own)
    row = obligations.one(conn, obligation_id) if listing.has(conn, obligation_id) else None
    if row is None:
        raise NoSuch(what="责任事项", key=obligation_id)
    return row


@pages.post("/{obligation_id:int}", STAFF, "责任事项办结")
def put_on_record(visit: TheVisit, obligation_id: int) -> Response:
    """It was done: when, with what, and the evidence."""
    with reading(visit.office.records) as conn:
        row = _seen(conn, visit, obligation_id)
    spec, on = spec_of(visit.office, row.kind), visit.day("on")
    try:
        if on is None:
            raise FieldMissing(step=row.title, fields="办理日期")
        report = read_form(visit, form_of(spec), visit.office.pack, None)
        proof = tuple(kept(visit, upload, kind) for kind in wants_of(spec) for upload in visit.uploads(f"e.{kind}"))
        do_obligation(visit.office, Done(obligation_id, visit.actor, on, report, proof), visit.at)
    except NotAllowed as no:
        return _show(visit, obligation_id, str(no))
    return visit.go(f"/obligations/{obligation_id}", words.OBLIGATION_DONE.format(title=row.title))


@pages.get("/{obligation_id:int}/evidence/{sha256}", SIGNED_IN, "佐证材料")
def see_evidence(visit: TheVisit, obligation_id: int, sha256: str) -> Response:
    with reading(visit.office.records) as conn:
        own = {e["sha256"]: e["name"] for e in _seen(conn, visit, obligation_id).evidence or ()}
    if sha256 not in own:
        raise NoSuch(what=words.EVIDENCE, key=sha256[:12])
    return given_out(visit, sha256, own[sha256])
