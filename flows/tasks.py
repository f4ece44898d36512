"""Opening the tasks of a step: at the right desk, with their due dates, and somebody told when a post is empty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from flows.messages import News, To, tell, tell_who_wants_it_at_once
from flows.office import Office
from records import alerts, case_writing, cases, dues, offices, supervision
from records.case_writing import Opening
from records.cases import CaseRow, Desk, OpenTask
from rules.days import BEIJING, ONE_DAY, Deadline, day_of, in_chinese
from states.not_allowed import NoSuch
from states.procedure import Step

REMEMBERED = 10_000
# Desks found held on a day, per database: an office does not change within a day, and should its post fall empty
# meanwhile, the next tick says so.
_held: WeakKeyDictionary[Engine, dict[tuple[str, str, str, date], Desk]] = WeakKeyDictionary()


def when_read(moment: datetime) -> str:
    """A moment as a sentence says it: 2017年7月3日 15:04."""
    local = moment.astimezone(BEIJING)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def tasks_of(
    conn: Connection, office: Office, case: CaseRow, step: Step, at: datetime, counts_from: date | None = None,
    returned: bool = False, at_once: bool = True,
) -> list[Opening]:  # fmt: skip
    """One task per seat of the step, each with its due, for the caller to write with the case's line. An empty post gets
    its task all the same, and an alert. Whose case was returned is told so; of a new task who wants to know at once."""
    openings = []
    deadline = office.calendar.due(counts_from or day_of(at), step.within) if step.within else None
    for seat, role in enumerate(step.roles):
        desk = _desk(conn, case, step, role, at)
        role = desk.role or role
        status = "waiting" if step.mode == "in_order" and seat else "open"
        begun = deadline is not None and status == "open"  # one whose turn it is not yet owes nothing yet
        due = _due(case, step, desk, role, deadline, at) if begun and deadline is not None else None
        openings.append(Opening(_task(case, step, desk, role, seat, status, deadline, at), due))
        if status == "open" and (returned or at_once):
            _tell(conn, case, step, desk, role, at, deadline, returned)
        if not desk.held:
            title = offices.ROLE_TITLES.get(role, role)
            says = f"{desk.office}的{title}岗位无人担任，办件{case.number}（{case.title}）停在“{step.title}”环节。"
            alerts.raise_alert(conn, f"empty-post:{desk.office_code}:{role}", "empty_post", says, desk.office_code, at)
    return openings


def _tell(
    conn: Connection, case: CaseRow, step: Step, desk: Desk, role: str, at: datetime, deadline: Deadline | None,
    returned: bool = False,
) -> None:  # fmt: skip
    kind = "returned" if returned else "task_opened"
    post = (
        To(desk.office_code, role)
        if desk.helper_person_id is None
        else To(desk.office_code, None, desk.helper_person_id)
    )
    news = News(
        kind, f"{kind}:{case.id}:{step.key}:{case.version}:{role}", (post,),
        {"case": case.number, "title": case.title, "step": step.title,
         "due": in_chinese(deadline.on) if deadline else "办理期限"},
        ("case", case.id), case.area_path, case.subject_id if case.subject_kind == "household" else None, step.key,
    )  # fmt: skip
    if returned:
        tell(conn, news, at)
    else:
        tell_who_wants_it_at_once(conn, news, To(desk.office_code, role), at)


def _desk(conn: Connection, case: CaseRow, step: Step, role: str, at: datetime) -> Desk:
    on = day_of(at)
    if step.level == "helper":
        desk = cases.helper_desk(conn, case.subject_id, on)
        if desk is None:
            raise NoSuch(what="本户的帮扶责任人", key=case.title)
        return desk
    if step.level in ("above", "supervised"):
        desk = supervision.desk(conn, case.subject_id, step.level, role, on)
        if desk is None:
            raise NoSuch(what=f"办理“{step.title}”的单位", key=case.title)
        return desk
    level = {"household": "community", "department": "district"}.get(step.level, step.level)
    known = _held.setdefault(conn.engine, {})
    place = (level, case.area_path, role, on)
    if place not in known:
        desk = cases.desk_for(conn, level, case.area_path, role, on)
        if desk is None:
            raise NoSuch(what=f"办理“{step.title}”的单位", key=case.area_code)
        if not desk.held:
            return desk
        if len(known) > REMEMBERED:
            known.clear()
        known[place] = desk
    return known[place]


def _task(
    case: CaseRow, step: Step, desk: Desk, role: str, seat: int, status: str, deadline: Deadline | None, at: datetime
) -> Mapping[str, Any]:
    return {
        "case_id": case.id, "step": step.key, "office_code": desk.office_code, "role": role,
        "area_path": case.area_path, "seat": seat, "status": status, "opened_at": at,
        "due_on": deadline.on if deadline and status == "open" else None,
        "provisional": bool(deadline and deadline.provisional),
        "helper_person_id": desk.helper_person_id,
    }  # fmt: skip


def call_seat(conn: Connection, office: Office, case: CaseRow, step: Step, task: OpenTask, at: datetime) -> None:
    """The next of several people in order: the step's time begins for each when it is their turn."""
    desk = Desk(task.office_code, "", True, task.helper_person_id)
    due = None
    if step.within is not None:
        due = _due(case, step, desk, task.role, office.calendar.due(day_of(at), step.within), at)
    case_writing.call_seat(conn, task.id, at, due)
    deadline = Deadline(due["due_on"]) if due is not None else None
    _tell(conn, case, step, desk, task.role, at, deadline)


def call_next(
    conn: Connection, office: Office, case: CaseRow, step: Step, task: OpenTask, acted: list[int], at: datetime
) -> None:
    """The next task of a chain of approvers opens; an added approver's time begins with it."""
    due = None
    if task.kind == "added" and step.within is not None and not dues.is_open(conn, "task", task.id):
        desk = Desk(task.office_code, "", True, task.assigned_to)
        due = _due(case, step, desk, task.role, office.calendar.due(day_of(at), step.within), at)
    case_writing.call_next(conn, task, acted, at, due)


def _due(case: CaseRow, step: Step, desk: Desk, role: str, deadline: Deadline, at: datetime) -> Mapping[str, Any]:
    on = day_of(at)
    return {
        "subject_kind": "task", "title": f"{step.title}：{case.title}", "office_code": desk.office_code, "role": role,
        "person_id": desk.helper_person_id, "area_path": case.area_path,
        "household_id": case.subject_id if case.subject_kind == "household" else None, "starts_on": on,
        "due_on": deadline.on, "provisional": deadline.provisional, "remind_next_on": on + ONE_DAY,
    }  # fmt: skip
