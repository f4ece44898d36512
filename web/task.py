"""A task: the case at a glance, the form of its step, the evidence, the verdicts the rules allow, and deciding it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from flows import household_view
from flows.asking import Asked, offers
from flows.at_hand import at_hand
from flows.decide import decide
from flows.frozen import pack_of, procedure_of
from flows.rehearsal import codes_of, rehearse
from flows.tasks import when_read
from records import cases, desks, register
from records.engine import reading, writing
from states.case import CaseLife
from states.decision import Decision, Evidence, MadeBy
from states.not_allowed import NoSuch, NotAllowed
from states.procedure import Verdict
from states.table import state_names
from templates.papers import paper_class
from templates.preview import pages_of
from web import words
from web.access import STAFF, Pages
from web.cases import trace_of
from web.filled import filled_in
from web.forms import Field, fields_of, read_form
from web.hands import hands_of
from web.phrases import opinion_of, phrases_for
from web.scoped import case_in_scope
from web.uploads import kept
from web.visit import TheVisit, Visit

pages = Pages()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the person has filled in so far, wherever it came from: a draft, or the form that was just sent."""

    filled: Mapping[str, Any]
    opinion: str = ""
    made_by: str = ""
    back_to: str = ""
    straight: bool = False
    evidence: tuple[Evidence, ...] = ()

    def kept(self) -> dict[str, Any]:
        """As it is put aside."""
        return {
            "filled": dict(self.filled), "opinion": self.opinion, "made_by": self.made_by, "back_to": self.back_to,
            "straight": self.straight, "evidence": [[e.kind, e.name, e.sha256] for e in self.evidence],
        }  # fmt: skip


def sheet_from(kept_: Mapping[str, Any], case: cases.CaseRow) -> Sheet:
    """The sheet that was put aside, or an empty one with what the step was filled with before a return."""
    if not kept_:
        filled = case.facts.get(case.step, {})
        return Sheet(filled, made_by=str(filled.get("name") or "") if "letter" in filled else "")
    evidence = tuple(Evidence(*each) for each in kept_.get("evidence", ()))
    return Sheet(kept_.get("filled", {}), kept_.get("opinion", ""), kept_.get("made_by", ""), kept_.get("back_to", ""),
                 bool(kept_.get("straight")), evidence)  # fmt: skip


@pages.get("/tasks/{case_id}", STAFF, "办理")
def see_task(visit: TheVisit, case_id: int) -> Response:
    return _show(visit, case_id)


def _show(visit: Visit, case_id: int, problem: str = "", sheet: Sheet | None = None, status: int = 200) -> Response:
    with reading(visit.office.records) as conn:
        asked = _asked(conn, visit, case_id)
        if asked is None:
            return RedirectResponse(f"/cases/{case_id}", status_code=303)
        sheet = sheet or sheet_from(desks.form_of(conn, visit.me.person_id, case_id, asked.case.step), asked.case)
        there = at_hand(conn, asked.case, asked.step, {e.kind for e in sheet.evidence})
        seen = desks.seen(conn, visit.me.person_id, case_id)
        shown = _page_values(conn, visit, asked, sheet)
        shown["there"] = there
        shown["changed"] = [t for t in shown["trace"] if seen is not None and t["at"] > seen.at]
        shown["seen_at"] = seen.at if seen else None
    if visit.request.method == "GET":
        with writing(visit.office.records) as conn:
            desks.see(conn, visit.me.person_id, case_id, asked.case.version, visit.at)
    return visit.page("task", status, problem=problem, key=secrets.token_urlsafe(16), **shown)


def _asked(conn: Connection, visit: Visit, case_id: int) -> Asked | None:
    """The case as the person's seat may decide it now; None when there is nothing to decide for it."""
    case = case_in_scope(conn, visit, case_id)
    seat = visit.seat
    if seat is None or case.closed_on is not None:
        return None
    asked = Asked(conn, visit.office, case, procedure_of(conn, case.procedure_sha256), seat, visit.at)
    mine = any(t.status == "open" and t.kind != "advice" and t.mine(seat) for t in case.tasks)
    return asked if mine else None


def _page_values(conn: Connection, visit: Visit, asked: Asked, sheet: Sheet) -> dict[str, Any]:
    case, step = asked.case, asked.step
    pack = pack_of(conn, case.procedure_sha256, visit.office.packs.values())
    listed = offers(asked, sheet.filled)
    return {
        "case": case, "procedure": asked.procedure, "step": step, "sheet": sheet, "offers": listed,
        "fields": _with_members(conn, visit, asked, fields_of(step, pack, sheet.filled)),
        "task": _task(asked), "filled": filled_in(conn, asked.procedure, case), "trace": trace_of(conn, asked.procedure, case.id),
        "household": _household(conn, visit, case), "hands": hands_of(conn, visit, case), "back": asked.procedure.before(step.key),
        "evidence": [(kind, evidence_title(kind)) for kind in step.evidence], "phrases": phrases_for(conn, visit),
        "standing": state_names(CaseLife)[case.status], "number": case.number,
        "previews": sorted({v.value for v in step.verdicts if codes_of(step, v)}),
        "allowed": {o.verdict.value for o in listed if o.why is None}, "Verdict": Verdict,
    }  # fmt: skip


def _task(asked: Asked) -> Any:
    row = next(t for t in asked.case.tasks if t.status == "open" and t.mine(asked.seat))
    return cases.task_row(asked.conn, row.id)


def _household(conn: Connection, visit: Visit, case: cases.CaseRow) -> household_view.View | None:
    """The household's file beside the task, when the case is about one."""
    if case.subject_kind != "household":
        return None
    home = register.household_on(conn, case.subject_id, visit.today)
    return household_view.view(conn, visit.office, home, visit.today) if home is not None else None


def _with_members(conn: Connection, visit: Visit, asked: Asked, fields: list[Field]) -> list[dict[str, Any]]:
    """The form's fields; a column that names a member is given the household's members to choose from."""
    members: dict[str, str] = {}
    if asked.case.subject_kind == "household":
        home = register.household_on(conn, asked.case.subject_id, visit.today)
        members = {str(m.person_id): f"{m.name}（{m.relation}）" for m in home.members} if home else {}
    return [{"field": f, "members": members} for f in fields]


def evidence_title(kind: str) -> str:
    """What a kind of evidence is called: a paper's own title where the kind is a paper's code."""
    if kind == "posting":
        return words.POSTING
    try:
        return f"{paper_class(kind).__doc__}".strip().splitlines()[0].rstrip("。.")
    except NotAllowed:
        return words.EVIDENCE_TITLES.get(kind, kind)


# --- sending the form -------------------------------------------------------------------------------------------------


@pages.post("/tasks/{case_id}", STAFF, "办理")
def send_task(visit: TheVisit, case_id: int) -> Response:
    """Every button of the form ends here: put aside, preview, or decide. Whatever was filled in is kept first."""
    with reading(visit.office.records) as conn:
        asked = _asked(conn, visit, case_id)
        if asked is None or _is_old(visit, asked):
            return _gone(visit, case_id)
        pack = pack_of(conn, asked.case.procedure_sha256, visit.office.packs.values())
        home = (
            register.household_on(conn, asked.case.subject_id, visit.today)
            if asked.case.subject_kind == "household" else None
        )  # fmt: skip
        before = sheet_from(desks.form_of(conn, visit.me.person_id, case_id, asked.case.step), asked.case)
    try:
        sheet = _read(visit, asked, before, read_form(visit, asked.step, pack, home))
    except NotAllowed as no:
        return _show(visit, case_id, words.NOT_SAVED.format(why=no), before, 409)
    with writing(visit.office.records) as conn:
        desks.put_aside(conn, visit.me.person_id, case_id, asked.case.step, sheet.kept(), visit.at)
    act, _, verdict = visit.text("act").partition(":")
    if act == "save":
        return visit.go(f"/tasks/{case_id}", words.SAVED)
    if act == "preview":
        return visit.go(f"/tasks/{case_id}/preview?verdict={verdict}")
    return _decide(visit, asked, sheet, verdict)


def key_of(visit: Visit) -> str | None:
    """The key under which this form is decided once, however often it is sent; another person's is another key."""
    return f"{visit.me.person_id}:{visit.text('key')}"[:64] if visit.text("key") else None


def _is_old(visit: Visit, asked: Asked) -> bool:
    """The form is of a step that the case has left: the page lay open, or the browser went back to it."""
    return visit.text("step") not in ("", asked.case.step)


def _gone(visit: Visit, case_id: int) -> Response:
    """There is nothing to decide: the second click of a decision that was made, or somebody was faster; says who and when."""
    with reading(visit.office.records) as conn:
        case = case_in_scope(conn, visit, case_id)
        procedure = procedure_of(conn, case.procedure_sha256)
        step = next((s for s in procedure.steps if s.key == visit.text("step")), None)
        last = cases.last_decision(conn, case_id, step.key) if step is not None else None
        key = key_of(visit)
        known = cases.decision_by_key(conn, key) if key else None
    says = words.REPEATED if known is not None else words.NOT_YOURS_NOW
    if step is not None and last is not None:
        says = words.DECIDED_BY.format(step=step.title, by=last.person, at=when_read(last.at),
                                       verdict=Verdict(last.verdict).chinese)  # fmt: skip
    return visit.go("/todo" if known is not None else f"/cases/{case_id}", says, good=known is not None)


def _read(visit: Visit, asked: Asked, before: Sheet, filled: Mapping[str, Any]) -> Sheet:
    """The form as it was sent, with the files that came with it and those that were kept before."""
    dropped = set(visit.texts("drop"))
    evidence = [e for e in before.evidence if e.sha256 not in dropped]
    for kind in (*asked.step.evidence, "other"):
        for upload in visit.uploads(f"e.{kind}"):
            evidence.append(kept(visit, upload, kind))
    return Sheet(filled, opinion_of(visit), visit.text("made_by")[:60], visit.text("back_to")[:32],
                 bool(visit.text("straight")), tuple(evidence))  # fmt: skip


def _decide(visit: Visit, asked: Asked, sheet: Sheet, wanted: str) -> Response:
    step, case = asked.step, asked.case
    if wanted not in [v.value for v in Verdict]:
        raise NoSuch(what="处理方式", key=wanted)
    verdict = Verdict(wanted)
    fields = sheet.filled if verdict in (Verdict.APPROVE, Verdict.REFUSE) else {}
    opinion = sheet.opinion or (words.AGREED if verdict is Verdict.APPROVE else "")
    made_by = MadeBy(sheet.made_by, step.made_by) if step.made_by and sheet.made_by else None
    try:
        done = decide(visit.office, Decision(
            case.id, step.key, verdict, visit.actor, visit.at, opinion, fields, sheet.evidence, made_by,
            sheet.back_to or None, sheet.straight, visit.number("version", 0) or None,
            key_of(visit),
        ))  # fmt: skip
    except NotAllowed as no:
        return _show(visit, case.id, words.NOT_SAVED.format(why=no), sheet, 409)
    with writing(visit.office.records) as conn:
        desks.throw_away(conn, visit.me.person_id, case.id)
    closed = done.status in ("done", "refused", "withdrawn")
    says = (words.CLOSED if closed else words.DECIDED).format(
        number=case.number, title=case.title, step=step.title, verdict=verdict.chinese,
        now=state_names(CaseLife)[done.status] if closed else asked.procedure.step(done.step).title,
    )  # fmt: skip
    return visit.go("/todo", says)


@pages.get("/tasks/{case_id}/preview", STAFF, "文书预览")
def preview(visit: TheVisit, case_id: int) -> Response:
    """The papers that this verdict would produce, with the form as it stands now."""
    wanted = visit.text("verdict", "approve")
    verdict = Verdict(wanted) if wanted in [v.value for v in Verdict] else Verdict.APPROVE
    with reading(visit.office.records) as conn:
        asked = _asked(conn, visit, case_id)
        if asked is None:
            return RedirectResponse(f"/cases/{case_id}", status_code=303)
        sheet = sheet_from(desks.form_of(conn, visit.me.person_id, case_id, asked.case.step), asked.case)
        drawn = rehearse(asked, verdict, sheet.filled)
    papers = [{"title": p.title, "why": p.why, "sheets": pages_of(p.docx) if p.docx else ()} for p in drawn]
    return visit.page("preview", case=asked.case, step=asked.step, verdict=verdict, papers=papers)
