"""收文: what other bodies sent: entered with its scan, proposed and instructed upon, handed to somebody, finished."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from flows import incoming as came
from flows.incoming import LEADERS, Incoming
from records import correspondence, pickers
from records.engine import reading
from states.not_allowed import FieldMissing, NoSuch, NotAllowed
from web import words
from web.access import STAFF, Pages
from web.listed import shown
from web.papers import paper_in_scope
from web.uploads import given_out, kept
from web.visit import TheVisit, Visit

pages = Pages("/incoming")
URGENCY, SECRECY = ("平急", "加急", "特急", "特提"), ("秘密", "机密")


@pages.get("", STAFF, "收文")
def see_register(visit: TheVisit) -> Response:
    return _register(visit)


def _register(visit: Visit, problem: str = "") -> Response:
    below, closed, q = (
        visit.text("below") == "1",
        visit.text("all") == "1",
        visit.request.query_params.get("q", "")[:60],
    )
    listing = correspondence.incoming_listing(visit.scope, visit.actor.office_code, below, not closed, q)
    with reading(visit.office.records) as conn:
        listed = shown(conn, listing, visit)
    given = {key: visit.text(key) for key in ("sender", "title", "number", "received_on", "answer_by", "urgency")}
    return visit.page("incoming", 409 if problem else 200, listed=listed, below=below, closed=closed, q=q, given=given,
                      problem=problem, urgency=URGENCY, secrecy=SECRECY)  # fmt: skip


@pages.post("", STAFF, "收文登记")
def enter(visit: TheVisit) -> Response:
    received = visit.day("received_on")
    try:
        if received is None:
            raise FieldMissing(step="收文登记", fields="收到日期")
        files = [(kept(visit, upload, "scan"), upload) for upload in visit.uploads("scan")][:1]
        scan = None
        if files:
            files[0][1].file.seek(0)
            scan = (files[0][0].name, files[0][1].file.read())
        made, seq = came.register_incoming(visit.office, Incoming(
            visit.text("sender")[:128], visit.text("title")[:255], received, visit.text("number")[:64],
            max(visit.number("copies", 1), 1), _one_of(visit, "secrecy", SECRECY), _one_of(visit, "urgency", URGENCY),
            visit.day("answer_by"), None, scan,
        ), visit.actor, visit.at)  # fmt: skip
    except NotAllowed as no:
        return _register(visit, str(no))
    return visit.go(f"/incoming/{made}", words.REGISTERED.format(seq=seq))


def _one_of(visit: Visit, name: str, allowed: tuple[str, ...]) -> str:
    return visit.text(name) if visit.text(name) in allowed else ""


@pages.get("/{incoming_id:int}", STAFF, "收文")
def see_incoming(visit: TheVisit, incoming_id: int) -> Response:
    with reading(visit.office.records) as conn:
        row = _seen(conn, visit, incoming_id)
        people = pickers.colleagues(conn, row.office_code, visit.today, 0)
    mine = row.office_code == visit.actor.office_code and row.closed_on is None
    return visit.page("incoming_paper", row=row, people={p.id: f"{p.name}（{p.post}）" for p in people}, mine=mine,
                      leads=visit.role in LEADERS)  # fmt: skip


def _seen(conn: Connection, visit: Visit, incoming_id: int) -> Any:
    own = [seat.office_code for seat in visit.seats]
    row = correspondence.incoming_seen(conn, visit.scope, own, incoming_id)
    if row is None:
        raise NoSuch(what=words.INCOMING, key=incoming_id)
    return row


@pages.get("/{incoming_id:int}/scan", STAFF, "收文扫描件")
def take_scan(visit: TheVisit, incoming_id: int) -> Response:
    with reading(visit.office.records) as conn:
        row = _seen(conn, visit, incoming_id)
    if row.file is None:
        raise NoSuch(what=words.EVIDENCE, key=incoming_id)
    return given_out(visit, row.file["sha256"], row.file["name"])


@pages.post("/{incoming_id:int}", STAFF, "收文办理")
def handle(visit: TheVisit, incoming_id: int) -> Response:
    """拟办, 批示, 交办, 办结."""
    answered = visit.number("answered_by") or None
    with reading(visit.office.records) as conn:
        _seen(conn, visit, incoming_id)
        if answered is not None:
            paper_in_scope(conn, visit, answered)
    text, says = visit.text("text")[:2000], words.INCOMING_KEPT
    match visit.text("act"):
        case "propose":
            came.propose(visit.office, incoming_id, text, visit.actor, visit.at)
        case "instruct":
            came.instruct(visit.office, incoming_id, text, visit.actor, visit.at)
        case "hand":
            came.hand_to(visit.office, incoming_id, visit.number("person"), visit.actor, visit.at)
            says = words.HANDED_TO
        case "close":
            came.close(visit.office, incoming_id, text, visit.actor, visit.at, answered)
        case other:
            raise NoSuch(what=words.INCOMING, key=other)
    return visit.go(f"/incoming/{incoming_id}", says)
