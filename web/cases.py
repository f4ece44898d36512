"""A case: its trace as a line of steps and people, its papers and duties, and the form with all opinions for printing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from flows.at_hand import at_hand
from flows.decide import decide
from flows.drain import NAMES
from flows.frozen import procedure_of
from records import areas, cases, desks, handing, papers, traces
from records.engine import reading, writing
from records.offices import ROLE_TITLES
from states.case import CaseLife
from states.decision import Decision
from states.handing import Hand
from states.not_allowed import NoSuch
from states.paper import PaperLife
from states.procedure import PARTS, Procedure, Verdict
from states.table import state_names
from web import words
from web.access import SIGNED_IN, STAFF, Pages
from web.filled import filled_in
from web.hands import hands_of
from web.scoped import case_in_scope
from web.uploads import given_out
from web.visit import TheVisit, Visit

pages = Pages()


def trace_of(conn: Connection, procedure: Procedure, case_id: int) -> list[dict[str, Any]]:
    """Everything that was decided and handed on, in order, as lines that people read."""
    titles = {s.key: s.title for s in procedure.steps}
    lines = [
        {
            "at": d.at, "step": titles.get(d.step, d.step), "what": Verdict(d.verdict).chinese, "verdict": d.verdict,
            "person": d.person, "post": f"{d.office}{d.post}", "acting_for": d.acting_for, "opinion": d.opinion,
            "made_by": _maker(d.made_by, d.made_by_capacity), "evidence": d.evidence, "part": PARTS.get(d.part, ""),
            "back_to": titles.get(d.back_to or "", ""), "act": d.act_id, "to": None,
        }
        for d in cases.decisions_of(conn, case_id)
    ]  # fmt: skip
    lines += [
        {
            "at": h.at, "step": titles.get(h.step, h.step), "what": Hand(h.kind).chinese, "verdict": "hand",
            "person": h.person, "post": f"{h.office}{h.post}", "acting_for": h.acting_for, "opinion": h.note,
            "made_by": "", "evidence": [], "part": "", "back_to": "", "act": None, "to": h.to_person,
        }
        for h in handing.of_case(conn, case_id)
    ]  # fmt: skip
    return sorted(lines, key=lambda line: line["at"])


def _maker(name: str | None, capacity: str | None) -> str:
    """Whose decision it is that was written down, and as what."""
    return f"{name}（{capacity}）" if name and capacity and name != capacity else name or capacity or ""


def _steps_of(procedure: Procedure, case: cases.CaseRow, trace: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The procedure as a line: what was passed, where the case stands, what is to come."""
    passed = {line["step"] for line in trace if line["verdict"] == "approve"}
    here = procedure.index(case.step)
    found = []
    for number, step in enumerate(procedure.steps):
        done = (number < here and step.title in passed) or case.status == "done"
        state = "done" if done else "here" if number == here and case.closed_on is None else "ahead"
        if case.closed_on is not None and not done:
            state = "ended" if number == here else "never"
        found.append({"title": step.title, "state": state, "role": ROLE_TITLES.get(step.role, step.role)})
    return found


@pages.get("/cases/{case_id}", SIGNED_IN, "办件")
def see_case(visit: TheVisit, case_id: int) -> Response:
    values = _values(visit, case_id)
    with writing(visit.office.records) as conn:
        handing.mark_copy_read(conn, visit.me.person_id, case_id, visit.at)
    return visit.page("case", **values)


@pages.get("/cases/{case_id}/print", SIGNED_IN, "审批表")
def print_case(visit: TheVisit, case_id: int) -> Response:
    """The form with every opinion, as one sheet to print (审批表)."""
    return visit.page("case_print", **_values(visit, case_id))


@pages.post("/cases/{case_id}/take-back", STAFF, "撤回")
def take_back(visit: TheVisit, case_id: int) -> Response:
    """One's own approval is taken back, while nobody acted since."""
    return _undo(visit, case_id, Verdict.TAKE_BACK, words.TAKING_BACK, visit.text("to"))


@pages.post("/cases/{case_id}/withdraw", STAFF, "撤销")
def withdraw(visit: TheVisit, case_id: int) -> Response:
    """The applicant (or the community for it) withdraws the case."""
    return _undo(visit, case_id, Verdict.WITHDRAW, visit.text("why")[:500], None)


def _undo(visit: Visit, case_id: int, verdict: Verdict, why: str, to: str | None) -> Response:
    with reading(visit.office.records) as conn:
        case = case_in_scope(conn, visit, case_id)
        procedure = procedure_of(conn, case.procedure_sha256)
    done = decide(visit.office, Decision(case_id, case.step, verdict, visit.actor, visit.at, why, back_to=to,
                                         seen_version=visit.number("version") or None))  # fmt: skip
    says = words.TAKEN_BACK if verdict is Verdict.TAKE_BACK else words.WITHDRAWN
    return visit.go(f"/cases/{case_id}", says.format(number=case.number, step=procedure.step(done.step).title))


@pages.get("/cases/{case_id}/evidence/{sha256}", SIGNED_IN, "佐证材料")
def see_evidence(visit: TheVisit, case_id: int, sha256: str) -> Response:
    """A photo or scan of this case, as it was kept; nothing but what belongs to the case is given out."""
    with reading(visit.office.records) as conn:
        case = case_in_scope(conn, visit, case_id)
        own = {e.sha256: e.name for e in at_hand(conn, case, procedure_of(conn, case.procedure_sha256).step(case.step))}
        own |= {e["sha256"]: e["name"] for d in cases.decisions_of(conn, case_id) for e in d.evidence}
        own.update(desks.evidence_of(conn, visit.me.person_id, case_id))
    if sha256 not in own:
        raise NoSuch(what=words.EVIDENCE, key=sha256[:12])
    return given_out(visit, sha256, own[sha256])


def _values(visit: Visit, case_id: int) -> dict[str, Any]:
    with reading(visit.office.records) as conn:
        case = case_in_scope(conn, visit, case_id)
        procedure = procedure_of(conn, case.procedure_sha256)
        trace = trace_of(conn, procedure, case_id)
        seat = visit.seat
        tasks = traces.open_tasks(conn, case_id)
        mine = seat is not None and any(t.status == "open" and t.kind != "advice" and t.mine(seat) for t in case.tasks)
        return {
            "case": case, "procedure": procedure, "trace": trace, "steps": _steps_of(procedure, case, trace),
            "standing": state_names(CaseLife)[case.status], "tasks": tasks, "mine": mine,
            "area": areas.area(conn, case.area_code, case.started_on).name, "now": procedure.step(case.step),
            "papers": papers.papers_of_case(conn, case_id), "paper_states": state_names(PaperLife),
            "duties": traces.duties_of(conn, case_id), "duty_names": NAMES, "told": traces.messages_of(conn, case_id),
            "filled": filled_in(conn, procedure, case), "starter": cases.person_name(conn, case.started_by or 0),
            "take_back": _take_back(procedure, case, trace, visit),
            "hands": hands_of(conn, visit, case),
            "may_withdraw": procedure.applicant_may_withdraw and case.started_by == visit.me.person_id
            and case.closed_on is None,
        }  # fmt: skip


def _take_back(procedure: Procedure, case: cases.CaseRow, trace: list[dict[str, Any]], visit: Visit) -> str:
    """The step one's own last approval could be taken back to, while nobody acted since; empty when it cannot be."""
    decided = [line for line in trace if line["verdict"] != "hand"]
    if case.closed_on is not None or not decided or decided[-1]["verdict"] != "approve":
        return ""
    last = case.parts[-1] if case.parts else None
    step = next((s for s in procedure.steps if s.title == decided[-1]["step"]), None)
    if step is None or decided[-1]["person"] != visit.me.person or step.effects or step.moves or step.notice:
        return ""
    return step.key if last is None or last[2] == visit.me.person_id or step.part == "none" else ""
