"""Transfer (转办): mine no more. Advice (委派): asked for, given, and back to the one who decides."""

from __future__ import annotations

from typing import Any

from flows.handing.scene import Scene, to_seat
from flows.messages import To
from flows.seats import check_apart
from records import handing
from records.cases import OpenTask
from rules.days import ONE_DAY
from states.handing import Hand
from states.not_allowed import CannotHand, OpinionMissing


def transfer(scene: Scene) -> None:
    """Give the task to another person in the same post; whoever took another part in the case is refused."""
    task, person = scene.own(), scene.person()
    if task.helper_person_id is not None:
        raise CannotHand(step=scene.step.title, act="转办", why="帮扶责任人的待办随结对走，请办理结对变更。")
    post = scene.reader(person)
    if not any((h.office_code, h.role) == (task.office_code, task.role)
               for h in handing.seats_held(scene.conn, person, scene.on)):  # fmt: skip
        where = handing.office_and_role(scene.conn, task)
        raise scene.wrong(post.person, f"只能转给现任{where[0]}{where[1]}的人员；离岗请办离岗委托。")
    if person in (task.apart or ()) or any(t.assigned_to == person for t in scene.case.tasks):
        raise scene.wrong(post.person, "其已是本环节的办理人、加签人或被委派人。")
    check_apart(scene.procedure, scene.step, scene.case, [person], post.person)
    handing.give(scene.conn, task.id, task.office_code, task.role, person)
    scene.tell(scene.keep(to_seat(post, person)), [To(person_id=person)], "交由您办理")


def ask(scene: Scene) -> None:
    """Ask somebody for an opinion; until it comes, or is recalled, the task's owner does not decide."""
    task, person = scene.own(), scene.person()
    post = scene.reader(person)
    if any(t.assigned_to == person for t in scene.case.tasks):
        raise scene.wrong(post.person, "其已是本环节的办理人、加签人或被委派人。")
    deadline = scene.office.calendar.due(scene.on, scene.pack.limit("handing.advice_limit"))
    made = handing.add_task(scene.conn, {
        **chained(scene, task, post, person), "kind": "advice", "status": "open", "due_on": deadline.on,
        "provisional": deadline.provisional,
    }, due_of(scene, post, person, f"委派意见：{scene.case.title}", deadline))  # fmt: skip
    handing.hold(scene.conn, task.id, made)
    scene.tell(scene.keep(to_seat(post, person), made), [To(person_id=person)], "请您提出意见")


def answer(scene: Scene) -> None:
    """Give the opinion that was asked for; the task goes back to its owner, who decides."""
    task = scene.task
    if task.kind != "advice" or not task.mine(scene.seat):
        raise scene.not_yours()
    if not scene.deed.note.strip():
        raise OpinionMissing(verdict=Hand.ANSWER.chinese)
    handing.end_task(scene.conn, task.id, "done", scene.deed.at)
    owner = scene.waiting_on(task.id)
    asked = handing.made_by(scene.conn, task.id)
    assert owner is not None and asked is not None
    handing.reopen(scene.conn, owner.id)
    to = {"to_person_id": asked.person_id, "to_person": asked.person, "to_post": asked.post, "to_office": asked.office}
    scene.tell(scene.keep(to, task.id), [To(person_id=asked.person_id)], "已向您反馈意见，请继续办理")


def recall(scene: Scene) -> None:
    """Take back a question that was not answered; the owner may decide at once."""
    task = scene.task
    if not task.mine(scene.seat):
        raise scene.not_yours()
    asked = next((t for t in scene.case.tasks if t.id == task.after_task_id and t.kind == "advice"), None)
    if asked is None:
        raise CannotHand(step=scene.step.title, act=scene.deed.kind.chinese, why="没有委派在外、尚未反馈的意见。")
    handing.end_task(scene.conn, asked.id, "cancelled", scene.deed.at)
    handing.reopen(scene.conn, task.id)
    before = handing.made_by(scene.conn, asked.id)
    assert before is not None
    to = {key: before._mapping[key] for key in ("to_person_id", "to_person", "to_post", "to_office")}
    scene.tell(scene.keep(to, asked.id), [To(person_id=before.to_person_id)], "不再需要您的意见")


def chained(scene: Scene, task: OpenTask, post: Any, person: int) -> dict[str, Any]:
    """The task row of an adviser or an added approver, beside the task that it belongs to."""
    return {
        "case_id": scene.case.id, "step": scene.step.key, "office_code": post.office_code, "role": post.role,
        "area_path": scene.case.area_path, "seat": task.seat, "opened_at": scene.deed.at, "assigned_to": person,
        "for_task_id": task.id,
    }  # fmt: skip


def due_of(scene: Scene, post: Any, person: int, title: str, deadline: Any) -> dict[str, Any]:
    """The due of such a task."""
    return {
        "subject_kind": "task", "title": title, "office_code": post.office_code, "role": post.role,
        "person_id": person, "area_path": scene.case.area_path, "household_id": scene.household_id, "starts_on": scene.on, "due_on": deadline.on,
        "provisional": deadline.provisional, "remind_next_on": scene.on + ONE_DAY,
    }  # fmt: skip
