"""Adding and removing an approver (加签, 减签): a chain of tasks at one step, each for other people."""

from __future__ import annotations

from typing import Any

from flows.handing.passing import chained, due_of
from flows.handing.scene import Scene, to_seat
from flows.messages import To
from flows.seats import check_apart
from flows.tasks import call_next
from records import handing, offices
from records.cases import OpenTask
from states.not_allowed import CannotHand

ONLY_READ = ("auditor", "discipline", "administrator")


def add_before(scene: Scene) -> None:
    """Somebody else approves first; the task comes back when that is done."""
    task, person, post = _asked(scene)
    values, due = _task(scene, task, post, person)
    made = handing.add_task(scene.conn, {**values, "status": "open"}, due)
    handing.hold(scene.conn, task.id, made)
    _keep_apart(scene, task, person)
    scene.tell(scene.keep(to_seat(post, person), made), [To(person_id=person)], "请您先行签署")


def add_after(scene: Scene) -> None:
    """Somebody else approves after the task's owner, before the case goes on."""
    task, person, post = _asked(scene)
    values, _ = _task(scene, task, post, person)
    made = handing.add_task(scene.conn, {**values, "status": "waiting", "after_task_id": task.id, "due_on": None}, None)
    following = scene.waiting_on(task.id)
    if following is not None:
        handing.set_after(scene.conn, following.id, made)
    _keep_apart(scene, task, person)
    scene.tell(scene.keep(to_seat(post, person), made), [To(person_id=person)], "将在前一人员签署后请您签署")


def remove(scene: Scene) -> None:
    """Let an added approver off who has not signed; the chain closes over the gap."""
    gone = scene.task
    _may_remove(scene, gone)
    following = scene.waiting_on(gone.id)
    before = next((t for t in scene.case.tasks if t.id == gone.after_task_id), None)
    if before is not None and before.kind == "advice":
        handing.end_task(scene.conn, before.id, "cancelled", scene.deed.at)
        before = None
    if following is None and before is None:
        why = "前一人员已经签署，只待加签人签署；可请加签人签署、退回，或由其办理转办、离岗委托。"
        raise CannotHand(step=scene.step.title, act="减签", why=why)
    handing.end_task(scene.conn, gone.id, "cancelled", scene.deed.at)
    if following is not None and before is not None:
        handing.set_after(scene.conn, following.id, before.id)
    elif following is not None:
        acted = [p for p in (following.apart or ()) if p != gone.assigned_to]
        call_next(scene.conn, scene.office, scene.case, scene.step, following, acted, scene.deed.at)
    _no_longer_apart(scene, gone)
    added = handing.made_by(scene.conn, gone.id)
    assert added is not None
    to = {key: added._mapping[key] for key in ("to_person_id", "to_person", "to_post", "to_office")}
    scene.tell(scene.keep(to, gone.id), [To(person_id=added.to_person_id)], "不再需要您签署")


def _asked(scene: Scene) -> tuple[OpenTask, int, Any]:
    task, person = scene.own(), scene.person()
    step = scene.step
    if step.made_by is not None or step.notice is not None:
        what = f"本环节记录的是{step.made_by}的决定" if step.made_by else "本环节是张贴公示"
        raise CannotHand(step=step.title, act="加签", why=f"{what}，不需他人签署。")
    post = scene.reader(person)
    held = handing.seats_held(scene.conn, person, scene.on)
    if any((h.office_code, h.role) == (task.office_code, task.role) for h in held):
        raise scene.wrong(post.person, "其与您同岗，可以直接转办。")
    fitting = [h for h in held if h.role not in ONLY_READ]
    if not fitting:
        raise scene.wrong(post.person, f"{post.title}只查阅、监督，不参与审批。")
    post = next((h for h in fitting if h.office_code == task.office_code), fitting[0])
    if person in (task.apart or ()) or any(t.assigned_to == person for t in scene.case.tasks):
        raise scene.wrong(post.person, "其已是本环节的办理人、加签人或被委派人。")
    check_apart(scene.procedure, step, scene.case, [person], post.person)
    _needed_elsewhere(scene, person, held)
    return task, person, post


def _needed_elsewhere(scene: Scene, person: int, held: list[Any]) -> None:
    """Whoever alone can act in another part of the case must not use up that part here."""
    if scene.step.part == "none":
        return
    for step in scene.procedure.steps:
        if step.part in ("none", scene.step.part):
            continue
        for post in (h for h in held if h.role in step.roles):
            if len(offices.holders(scene.conn, post.office_code, post.role, scene.on)) == 1:
                raise scene.wrong(post.person, f"本件的“{step.title}”环节须由其办理，加签后将不能再办。")


def _task(scene: Scene, task: OpenTask, post: Any, person: int) -> tuple[dict[str, Any], dict[str, Any] | None]:
    values = {**chained(scene, task, post, person), "kind": "added", "apart": list(task.apart or ()),
              "due_on": None, "provisional": False}  # fmt: skip
    if scene.step.within is None:
        return values, None
    deadline = scene.office.calendar.due(scene.on, scene.step.within)
    values |= {"due_on": deadline.on, "provisional": deadline.provisional}
    return values, due_of(scene, post, person, f"{scene.step.title}（加签）：{scene.case.title}", deadline)


def _keep_apart(scene: Scene, task: OpenTask, person: int) -> None:
    handing.set_apart(scene.conn, task.id, [*(task.apart or ()), person])


def _no_longer_apart(scene: Scene, gone: OpenTask) -> None:
    base = next((t for t in scene.case.tasks if t.id == gone.for_task_id), None)
    if base is not None:
        handing.set_apart(scene.conn, base.id, [p for p in (base.apart or ()) if p != gone.assigned_to])


def _may_remove(scene: Scene, gone: OpenTask) -> None:
    if gone.kind != "added":
        raise CannotHand(step=scene.step.title, act="减签", why="这不是加签的待办。")
    added, base = handing.made_by(scene.conn, gone.id), handing.task(scene.conn, gone.for_task_id or 0)
    assert added is not None and base is not None
    by_adder = scene.seat.person_id in (added.person_id, added.acting_for_id)
    owns = (base.office_code, base.role) == (scene.seat.office_code, scene.seat.role) and (
        base.assigned_to is None or base.assigned_to in scene.us
    )
    if not (by_adder or owns):
        raise CannotHand(step=scene.step.title, act="减签", why=f"只有加签的{added.office}{added.person}可以减签。")
