"""The one path by which anything is decided: everything because of one decision is written together, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from flows.at_hand import at_hand
from flows.blanks import read_blanks
from flows.effects import EFFECTS, move_path
from flows.frozen import pack_of, procedure_of
from flows.guards import GUARDS
from flows.messages import News, To, tell
from flows.moment import Moment
from flows.office import Office
from flows.papers import duties_for
from flows.seats import seat_for, task_of
from flows.tasks import call_next, call_seat, tasks_of, when_read
from flows.webhooks import announce, of_case
from records import case_writing, cases, duties, ledger, papers, rounds
from records.case_writing import Opening
from records.cases import CaseRow, Locked, OpenTask, Seat
from records.engine import deciding
from rules.days import day_of
from states.case import CaseLife, CaseState, Outcome, Part, Took, apply, check_parts, check_verdict
from states.decision import Decided, Decision
from states.not_allowed import (
    AlreadyDecided,
    CannotTakeBack,
    ChangedMeanwhile,
    EvidenceMissing,
    FieldWrong,
    MadeByMissing,
    NoSuch,
    NotAtThisStep,
    NotTheApplicant,
)
from states.procedure import Procedure, Step, Verdict
from states.table import state_names


def decide(office: Office, decision: Decision) -> Decided:
    """Record one decision and all that follows from it, or record nothing. Raises NotAllowed with the reason."""
    with deciding(office.records) as conn:
        return decide_in(conn, office, decision)


def decide_in(conn: Connection, office: Office, decision: Decision) -> Decided:
    """`decide` inside a transaction that the caller holds: one act of a round decides many cases."""
    if decision.key is not None and (known := _repeated(conn, decision.key)):
        return known
    on, by = day_of(decision.at), decision.by
    locked = cases.lock_case_as(conn, decision.case_id, by.person_id, by.office_code, by.role, on)
    case = locked.case
    if case is None:
        raise NoSuch(what="办件", key=decision.case_id)
    procedure = procedure_of(conn, case.procedure_sha256)
    _not_stale(conn, case, procedure, decision)
    step = check_verdict(procedure, case, decision.step, decision.verdict, decision.opinion)
    seat = seat_for(conn, by, locked.seat, on, case.procedure)
    task = _permitted(conn, case, procedure, step, decision, seat)
    if decision.verdict in (Verdict.APPROVE, Verdict.REFUSE):
        took = [Part(*part) for part in case.parts]
        check_parts(procedure, step, took, seat.person_id, seat.acting_for_id, seat.person)
    added = task is not None and task.kind == "added"
    decision = decision if added else _with_forms(conn, case, step, decision)
    moment = _moment(conn, office, case, procedure, step, decision, locked, seat, on, added)
    if added:
        _may_sign(moment, task)
    elif decision.verdict is Verdict.APPROVE:
        _may_approve(moment)
    return _write(moment, task, locked.decision_id)


def _repeated(conn: Connection, key: str) -> Decided | None:
    found = cases.decision_by_key(conn, key)
    if found is None:
        return None
    decision_id, case_id = found
    case = cases.see_case(conn, case_id)
    assert case is not None
    return Decided(case_id, decision_id, case.status, case.step, case.version, repeated=True)


def _not_stale(conn: Connection, case: CaseRow, procedure: Procedure, decision: Decision) -> None:
    """The person decides what was on the screen; whoever was faster is named."""
    same_step = case.closed_on is None and case.step == decision.step
    if same_step and decision.seen_version in (None, case.version):
        return
    last = cases.last_decision(conn, case.id, None if same_step else decision.step)
    if last is None:
        now = procedure.step(case.step).title
        raise NotAtThisStep(case=case.number, now=now, step=procedure.step(decision.step).title)
    if same_step:
        raise ChangedMeanwhile(case=case.number, by=last.person, at=when_read(last.at))
    raise AlreadyDecided(step=procedure.step(decision.step).title, by=last.person, at=when_read(last.at))


def _permitted(
    conn: Connection, case: CaseRow, procedure: Procedure, step: Step, decision: Decision, seat: Seat
) -> OpenTask | None:
    if decision.verdict is Verdict.WITHDRAW:
        _may_withdraw(case, procedure, seat)
        return None
    if decision.verdict is Verdict.TAKE_BACK:
        _may_take_back(case, procedure, step, decision, seat, cases.who_took_part(conn, case.id))
        return None
    return task_of(conn, case, step, seat)


def _may_withdraw(case: CaseRow, procedure: Procedure, seat: Seat) -> None:
    if not procedure.applicant_may_withdraw or seat.person_id != case.started_by:
        raise NotTheApplicant()


def _may_take_back(
    case: CaseRow, procedure: Procedure, step: Step, decision: Decision, seat: Seat, took: Sequence[Took]
) -> None:
    """Only the person whose approval led here, while nobody has acted here and nothing has come of it yet."""
    last = took[-1] if took else None
    if last is None or last.verdict != Verdict.APPROVE or last.person_id != seat.person_id:
        raise CannotTakeBack(next=step.title, by=last.by if last else "申请人")
    from_step = procedure.step(last.step)
    if from_step.effects or from_step.moves or from_step.notice or from_step.key != decision.back_to:
        raise CannotTakeBack(next=step.title, by=f"{last.by}（“{from_step.title}”已生效）")


def _moment(
    conn: Connection, office: Office, case: CaseRow, procedure: Procedure, step: Step, decision: Decision,
    locked: Locked, seat: Seat, on: date, added: bool,
) -> Moment:  # fmt: skip
    filled: Mapping[str, Any] = {}
    if decision.verdict in (Verdict.APPROVE, Verdict.REFUSE) and not added:
        filled = read_blanks(step, decision.fields, refusing=decision.verdict is Verdict.REFUSE)
    facts = {**case.facts, step.key: {**case.facts.get(step.key, {}), **filled}} if filled else case.facts
    pack = pack_of(conn, case.procedure_sha256, office.packs.values())
    return Moment(conn, office, pack, case, procedure, step, decision, seat, on, facts, locked.subscribed,
                  locked.at_once)  # fmt: skip


def _with_forms(conn: Connection, case: CaseRow, step: Step, decision: Decision) -> Decision:
    """The decision with the evidence that is with the case already (truth 9)."""
    given = {e.kind for e in decision.evidence}
    if decision.verdict is not Verdict.APPROVE or given.issuperset(step.evidence):
        return decision
    return replace(decision, evidence=(*decision.evidence, *at_hand(conn, case, step, given)))


def _may_approve(moment: Moment) -> None:
    step, decision = moment.step, moment.decision
    if step.made_by and (decision.made_by is None or not decision.made_by.name.strip()):
        raise MadeByMissing(step=step.title, who=step.made_by)
    given = {e.kind for e in decision.evidence}
    if missing := [kind for kind in step.evidence if kind not in given]:
        raise EvidenceMissing(step=step.title, needed="、".join(missing))
    for name in step.guards:
        GUARDS[name](moment)


def _may_sign(moment: Moment, task: OpenTask | None) -> None:
    """An added approver signs what the step's own people filled in; the last to sign finds the guards as they are now."""
    if moment.decision.fields:
        raise FieldWrong(field="加签", why="加签人只签署意见，不填写栏目。")
    last = task is not None and all(t.after_task_id != task.id for t in moment.case.tasks)
    if last and moment.decision.verdict is Verdict.APPROVE:
        for name in moment.step.guards:
            GUARDS[name](moment)


def _write(moment: Moment, task: OpenTask | None, decision_id: int | None) -> Decided:
    conn, case = moment.conn, moment.case
    state = CaseState(case.number, case.status, case.step, case.return_to)
    outcome = _outcome(moment, state, task)
    row = {**_decision_row(moment, task), "id": decision_id}
    later = decision_id is not None and _nobody_looks(moment, task)
    if not later:
        row["id"] = case_writing.add_decision(conn, row)
    _copies_back(moment, row["id"])
    kept: dict[str, dict[int, str]] = {"decisions": {row["id"]: ledger.digest_of(row, "decisions")}}
    bulk: dict[str, Any] = {}
    openings = _follow(moment, outcome, kept, bulk) if outcome is not None else []
    line = _line(moment, state, kept, bulk)
    closed = moment.on if outcome is not None and outcome.opens is None else None
    case_writing.move_case(conn, line, {
        "case": case.id, "seen": case.version, "to_status": state.status, "to_step": state.step,
        "back": state.return_to, "kept": moment.facts, "took": _parts(moment), "closed": closed, "seq": line["seq"], "hash": line["hash"],
    }, row if later else None, openings)  # fmt: skip
    _announce(moment, state, row["id"], closed is not None)
    return Decided(case.id, row["id"], state.status, state.step, case.version + 1)


def _nobody_looks(moment: Moment, task: OpenTask | None) -> bool:
    """Does nothing that follows read the decision or its task? Then it is written in one statement with the case."""
    step, others = moment.step, [t for t in moment.case.tasks if task is None or t.id != task.id]
    return moment.decision.verdict is Verdict.APPROVE and not (step.effects or step.moves or others)


def _announce(moment: Moment, state: CaseState, decision_id: int, closed: bool) -> None:
    """Programs that subscribed are told, without a name."""
    if not moment.subscribed:
        return
    case, now = moment.case, {"status": state.status, "version": moment.case.version + 1}
    verdict = moment.decision.verdict.value
    events = [of_case("case.decided", str(decision_id), case, decision=decision_id, step=moment.step.key, verdict=verdict,
                      to=state.step, **now)]  # fmt: skip
    if closed:
        events.append(of_case("case.closed", str(decision_id), case, decision=decision_id, **now))
    announce(moment.conn, events, moment.decision.at)


def _parts(moment: Moment) -> list[Any]:
    """Who made, checked and approved so far, this decision included."""
    took = [list(part) for part in moment.case.parts]
    if moment.step.part != "none" and moment.decision.verdict in (Verdict.APPROVE, Verdict.REFUSE):
        took.append([moment.step.key, moment.step.part, moment.seat.person_id, moment.seat.acting_for_id])
    return took


def _outcome(moment: Moment, state: CaseState, task: OpenTask | None) -> Outcome | None:
    """Where the decision leads; None while other people of the same step are still to act."""
    decision, step = moment.decision, moment.step
    others = [t for t in moment.case.tasks if task is not None and t.id != task.id]
    if decision.verdict is Verdict.APPROVE and task is not None and _called_next(moment, task, others):
        return None
    if decision.verdict is Verdict.APPROVE and others and step.mode != "any":
        waiting = [t for t in others if t.status == "waiting" and t.after_task_id is None]
        if step.mode == "in_order" and waiting:
            call_seat(moment.conn, moment.office, moment.case, step, waiting[0], decision.at)
        return None
    outcome = apply(moment.procedure, state, decision.verdict, decision.back_to, decision.straight_back)
    if others or task is None:
        case_writing.drop_tasks(moment.conn, moment.case.id, decision.at, task.id if task is not None else None)
    return outcome


def _called_next(moment: Moment, task: OpenTask, others: Sequence[OpenTask]) -> bool:
    """Was the task part of a chain of approvers? Then the next one opens, for nobody who acted before."""
    following = next((t for t in others if t.after_task_id == task.id), None)
    if following is None:
        return False
    seat = moment.seat
    acted = {*(task.apart or ()), *(following.apart or ()), seat.person_id}
    if seat.acting_for_id is not None:
        acted.add(seat.acting_for_id)
    if following.assigned_to is not None:
        acted.discard(following.assigned_to)  # kept from the tasks before so that this one is left to them
    call_next(moment.conn, moment.office, moment.case, moment.step, following, sorted(acted), moment.decision.at)
    return True


def _follow(moment: Moment, outcome: Outcome, kept: dict[str, dict[int, str]], bulk: dict[str, Any]) -> list[Opening]:
    """Path, effects, papers owed: whatever the decision brings about. Returns the next tasks, to be written."""
    openings: list[Opening] = []
    step, verdict = moment.step, moment.decision.verdict
    if verdict is Verdict.APPROVE:
        for name in step.effects:
            bulk.update(EFFECTS[name](moment) or {})
        if step.moves:
            kept["path_events"] = move_path(moment, step.moves)
    elif verdict in (Verdict.REFUSE, Verdict.WITHDRAW):
        for name in moment.procedure.failed_effects:
            bulk.update(EFFECTS[name](moment) or {})
        if moment.procedure.failed_moves:
            kept["path_events"] = move_path(moment, moment.procedure.failed_moves)
    if outcome.opens is not None:
        back = verdict is Verdict.SEND_BACK
        openings = tasks_of(moment.conn, moment.office, moment.case, outcome.opens, moment.decision.at, _counts_from(moment), back,
                            moment.at_once)  # fmt: skip
    elif verdict is Verdict.REFUSE:
        _tell_starter(moment)
    duties.owe(moment.conn, duties_for(moment, outcome))
    return openings


def _tell_starter(moment: Moment) -> None:
    """Who began the case is told that it was refused."""
    case, starter = moment.case, moment.case.started_by
    if starter is not None and starter != moment.seat.person_id:
        facts = {"case": case.number, "title": case.title, "outcome": state_names(CaseLife)["refused"]}
        household = case.subject_id if case.subject_kind == "household" else None
        tell(moment.conn, News("ended", f"ended:{case.id}", (To(person_id=starter),), facts, ("case", case.id),
                               case.area_path, household), moment.decision.at)  # fmt: skip


def _copies_back(moment: Moment, decision_id: int) -> None:
    """Forms that were printed for this step come back as signed copies (truth 9)."""
    if moment.step.prints and moment.decision.evidence:
        copies = {
            e.kind: {"name": e.name, "sha256": e.sha256, "by": moment.seat.person, "decision": decision_id}
            for e in moment.decision.evidence
        }
        papers.copies_came_back(moment.conn, moment.case.id, moment.step.key, copies)


def _counts_from(moment: Moment) -> date:
    """After a notice is posted, the next step's time starts when the period ends."""
    if moment.step.notice is None or moment.decision.verdict is not Verdict.APPROVE:
        return moment.on
    shown = rounds.publicity_of(moment.conn, moment.case.id)
    return shown.ends_on if shown is not None else moment.on


def _decision_row(moment: Moment, task: OpenTask | None) -> dict[str, Any]:
    decision, seat = moment.decision, moment.seat
    return {
        "case_id": moment.case.id, "task_id": task.id if task else None, "step": moment.step.key,
        "part": moment.step.part if task else "none", "verdict": decision.verdict.value, "opinion": decision.opinion,
        "person_id": seat.person_id, "person": seat.person, "post": seat.post, "office": seat.office,
        "acting_for_id": seat.acting_for_id, "acting_for": seat.acting_for,
        "made_by": decision.made_by.name if decision.made_by else None,
        "made_by_capacity": decision.made_by.capacity if decision.made_by else None,
        "evidence": [{"kind": e.kind, "name": e.name, "sha256": e.sha256} for e in decision.evidence],
        "back_to": decision.back_to, "at": decision.at, "act_id": decision.act_id, "idempotency_key": decision.key,
    }  # fmt: skip


def _line(
    moment: Moment, state: CaseState, kept: Mapping[str, Mapping[int, str]], bulk: Mapping[str, Any]
) -> dict[str, Any]:
    """The ledger line of this decision, to be written with the case's new state."""
    decision, seat, case = moment.decision, moment.seat, moment.case
    rows = {table: {str(key): value for key, value in of.items()} for table, of in kept.items()}
    body: dict[str, Any] = {
        "case": case.id, "procedure": case.procedure, "step": moment.step.key, "verdict": decision.verdict.value,
        "status": state.status, "to": state.step, "office": seat.office, "post": seat.post, "rows": rows,
        "evidence": [e.sha256 for e in decision.evidence],
    }  # fmt: skip
    if bulk:
        body["bulk"] = dict(bulk)
    personal = {"by": seat.person, "opinion": decision.opinion}
    if seat.acting_for:
        personal["acting_for"] = seat.acting_for
    if decision.made_by:
        personal["made_by"] = f"{decision.made_by.capacity}{decision.made_by.name}"
    after = ledger.Head(case.line_seq, case.line_hash)
    return ledger.make_line(f"case:{case.id}", after, "decision", body, personal, decision.at)


def started_line(conn: Connection, case_id: int, body: Mapping[str, Any], by: str, at: datetime) -> ledger.Head:
    """The first line of a case's stream."""
    return ledger.add_line(conn, f"case:{case_id}", "started", body, {"by": by}, at, ledger.START)
