"""In which post somebody acts, which task of a case that opens, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from records import cases, delegations, offices
from records.cases import CaseRow, OpenTask, Seat
from states.case import Part, check_parts
from states.decision import Actor
from states.handing import Hand
from states.not_allowed import NotYourPost, NotYourTask, SamePerson, WaitsForAnother
from states.procedure import PARTS, Procedure, Step


def seat_for(conn: Connection, by: Actor, own: Seat | None, on: date, procedure: str | None) -> Seat:
    """The post the actor acts in: held (`own`), or stood in for under a delegation. Raises NotYourPost."""
    seat = own
    if by.acting_for_id is not None:
        seat = delegations.delegated_seat(conn, by.acting_for_id, by.person_id, by.office_code, by.role, on, procedure)
    if seat is None:
        name = cases.person_name(conn, by.person_id) or f"人员{by.person_id}"
        where = f"{offices.name_of(conn, by.office_code)}{role_title(by.role)}"
        if by.acting_for_id is not None:
            where += "（受委托）"
        raise NotYourPost(person=name, day=on, post=where)
    return seat


def task_of(conn: Connection, case: CaseRow, step: Step, seat: Seat) -> OpenTask:
    """The open task that the seat decides. Raises NotYourTask, or says whom it waits for."""
    mine = [t for t in case.tasks if t.status == "open" and t.kind != "advice" and t.mine(seat)]
    for task in sorted(mine, key=lambda t: t.assigned_to is None):
        acted = set(task.apart or ())
        if not acted & {seat.person_id, seat.acting_for_id}:
            return task
    if mine:
        raise SamePerson(person=seat.person, earlier=step.title, part=PARTS[step.part])
    raise why_not(conn, case, step, seat)


def why_not(conn: Connection, case: CaseRow, step: Step, seat: Seat) -> NotYourTask | WaitsForAnother:
    """The sentence for a seat that has nothing to decide at this step now."""
    for task in case.tasks:
        if task.status == "waiting" and task.after_task_id is not None and task.mine(seat):
            return waits(conn, case, step, task)
    wanted = next((t for t in case.tasks if t.kind != "advice"), None)
    name = offices.name_of(conn, wanted.office_code) if wanted else case.area_code
    title = role_title(wanted.role if wanted else step.role)
    if wanted is not None and wanted.assigned_to is not None:
        title += str(cases.person_name(conn, wanted.assigned_to))
    return NotYourTask(step=step.title, office=name, role=title, post=f"{seat.office}{seat.post}")


def waits(conn: Connection, case: CaseRow, step: Step, task: OpenTask) -> WaitsForAnother:
    """The sentence for a task that waits for an adviser or an added approver."""
    before = {t.id: t for t in case.tasks}.get(task.after_task_id or 0)
    person = cases.person_name(conn, before.assigned_to) if before and before.assigned_to else "前一人员"
    advice = before is not None and before.kind == "advice"
    doing, undo = ("提出意见", Hand.RECALL.chinese) if advice else ("签署", Hand.REMOVE.chinese)
    return WaitsForAnother(step=step.title, person=person, doing=doing, undo=undo)


def role_title(role: str) -> str:
    """A role as people read it."""
    return offices.ROLE_TITLES.get(role, role)


def check_apart(procedure: Procedure, step: Step, case: CaseRow, people: Sequence[int | None], name: str) -> None:
    """Maker, checker and approver differ (truth 6): nobody of `people` took another part in this case."""
    took = [Part(*part) for part in case.parts]
    for person in people:
        if person is not None:
            check_parts(procedure, step, took, person, None, name)
