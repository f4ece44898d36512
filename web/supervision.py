"""督查问责: the files about an office or a person one level below, what may be done on each, and opening one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from flows.frozen import procedure_of
from flows.supervised import state_seen
from flows.supervision import (
    CAUSES,
    OPENERS,
    RUNGS,
    OpenFile,
    Statement,
    answers_for,
    conditions,
    open_file,
    open_rung,
    rungs_open_to,
    says_of,
    state_own_case,
)
from records import cases, help, papers, traces
from records import supervision as files
from records.engine import reading
from records.offices import ROLE_TITLES
from states.case import CaseLife
from states.not_allowed import NoSuch, NotAllowed
from states.paper import PaperLife
from states.table import state_names
from web import words
from web.access import SIGNED_IN, STAFF, Pages, roles
from web.listed import shown
from web.uploads import given_out, kept
from web.visit import TheVisit, Visit

pages = Pages("/supervision")
WHO = roles(*OPENERS)


@pages.get("", SIGNED_IN, "督查问责")
def see_files(visit: TheVisit) -> Response:
    """The files one may see, and for whoever may open one the conditions that are met one level below."""
    closed = visit.text("all") == "1"
    with reading(visit.office.records) as conn:
        listed = shown(conn, files.files(visit.scope, not closed), visit)
        rows = [{"row": r, "state": state_seen(conn, r, visit.scope, visit.today)} for r in listed.rows]
    return visit.page("supervision", listed=listed, rows=rows, closed=closed, met=_met(visit), causes=CAUSES,
                      may=_may_open(visit))  # fmt: skip


def _may_open(visit: Visit) -> bool:
    return WHO.admits(visit) and visit.seat is not None and visit.seat.acting_for_id is None


def _met(visit: Visit) -> list[dict[str, Any]]:
    """The conditions that are met by offices directly below the visitor's own, with the file that is open already."""
    if not _may_open(visit):
        return []
    year = visit.today.year - 1
    with reading(visit.office.records) as conn:
        below = {row.code for row in files.subjects(conn, visit.actor.office_code, visit.today)}
    met = [m for m in conditions(visit.office, visit.today) if m.office_code in below]
    with reading(visit.office.records) as conn:
        return [
            {"met": m, "says": says_of(m), "year": year if m.cause == "missed_target" else visit.today.year,
             "file": m.supervision_id or files.open_about(conn, m.office_code, m.cause, year)
             or files.open_about(conn, m.office_code, m.cause, visit.today.year)}
            for m in met
        ]  # fmt: skip


@pages.get("/open", WHO, "督查立项")
def see_open(visit: TheVisit) -> Response:
    return _form(visit)


def _form(visit: Visit, problem: str = "") -> Response:
    with reading(visit.office.records) as conn:
        found = files.subjects(conn, visit.actor.office_code, visit.today)
    people: dict[str, list[Any]] = {}
    for row in found:
        people.setdefault(row.name, []).append(row) if row.person_id is not None else people.setdefault(row.name, [])
    chosen = {key: visit.text(key) for key in ("office", "cause", "finding", "person")}
    return visit.page("supervision_open", 409 if problem else 200, offices={row.code: row.name for row in found},
                      people=people, causes=CAUSES, chosen=chosen, year=visit.number("year") or visit.today.year,
                      problem=problem, titles=ROLE_TITLES)  # fmt: skip


@pages.post("/open", WHO, "督查立项")
def add_file(visit: TheVisit) -> Response:
    try:
        evidence = tuple(kept(visit, upload, "finding") for upload in visit.uploads("evidence"))
        made = open_file(visit.office, OpenFile(
            visit.text("office"), visit.text("cause"), visit.text("finding")[:2000], visit.actor, visit.at,
            visit.number("person") or None, evidence, visit.number("year") or None,
        ))  # fmt: skip
    except NotAllowed as no:
        return _form(visit, str(no))
    return visit.go(f"/supervision/{made}", words.FILE_OPENED)


@pages.get("/{supervision_id:int}", SIGNED_IN, "督查件")
def see_file(visit: TheVisit, supervision_id: int) -> Response:
    return _show(visit, supervision_id)


def _show(visit: Visit, supervision_id: int, problem: str = "") -> Response:
    with reading(visit.office.records) as conn:
        row = _file(conn, visit, supervision_id)
        state = state_seen(conn, row, visit.scope, visit.today)
        rungs = [_rung(conn, case_id) for case_id in files.rungs_of(conn, visit.scope, supervision_id)]
        opener = cases.person_name(conn, row.opened_by)
        said = files.statements(conn, supervision_id)
        mine = row.closed_on is None and answers_for(conn, row, visit.seat, visit.today)
    told = {"problem": problem, "says": visit.text("says"), "said": said, "mine": mine}
    return visit.page("supervision_file", 409 if problem else 200, **told, file=row, state=state, rungs=rungs,
                      causes=CAUSES, titles=RUNGS, opener=opener, may=rungs_open_to(row, visit.seat),
                      standings=state_names(CaseLife), paper_states=state_names(PaperLife))  # fmt: skip


def _file(conn: Connection, visit: Visit, supervision_id: int) -> Any:
    row = files.file_within(conn, visit.scope, supervision_id)
    if row is None:
        raise NoSuch(what=words.FILE, key=supervision_id)
    return row


def _rung(conn: Connection, case_id: int) -> dict[str, Any]:
    """One rung: its case, where it stands and until when, its papers, and what was promised in it."""
    case = cases.see_case(conn, case_id)
    assert case is not None
    return {
        "case": case, "step": procedure_of(conn, case.procedure_sha256).step(case.step).title,
        "tasks": [t for t in traces.open_tasks(conn, case_id) if t.status == "open"], "papers": papers.papers_of_case(conn, case_id),
        "promise": help.obligation_by_key(conn, f"rectification:{case_id}"),
    }  # fmt: skip


@pages.post("/{supervision_id:int}/rungs", WHO, "督查措施")
def add_rung(visit: TheVisit, supervision_id: int) -> Response:
    with reading(visit.office.records) as conn:
        _file(conn, visit, supervision_id)
    case = open_rung(visit.office, supervision_id, visit.text("rung"), visit.actor, visit.at)
    return visit.go(f"/tasks/{case.id}", words.RUNG_OPENED.format(rung=RUNGS[case.procedure]))


@pages.post("/{supervision_id:int}/statements", STAFF, "陈述申辩")
def add_statement(visit: TheVisit, supervision_id: int) -> Response:
    """What the one concerned says; the page of the file says again what was refused."""
    with reading(visit.office.records) as conn:
        _file(conn, visit, supervision_id)
    try:
        evidence = tuple(kept(visit, upload, "statement") for upload in visit.uploads("evidence"))
        said = Statement(visit.text("says")[:4000], visit.actor, visit.at, evidence)
        state_own_case(visit.office, supervision_id, said)
    except NotAllowed as no:
        return _show(visit, supervision_id, str(no))
    return visit.go(f"/supervision/{supervision_id}", words.STATED)


@pages.get("/{supervision_id:int}/evidence/{sha256}", SIGNED_IN, "证明材料")
def see_proof(visit: TheVisit, supervision_id: int, sha256: str) -> Response:
    with reading(visit.office.records) as conn:
        row = _file(conn, visit, supervision_id)
        proofs = [*row.evidence, *(e for said in files.statements(conn, supervision_id) for e in said.evidence)]
    own = {e["sha256"]: e["name"] for e in proofs}
    if sha256 not in own:
        raise NoSuch(what=words.EVIDENCE, key=sha256[:12])
    return given_out(visit, sha256, own[sha256])
