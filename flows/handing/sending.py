"""Copies (抄送) to people who may read, and urging by hand (催办): on record, and not too often."""

from __future__ import annotations

from flows.handing.scene import Scene, to_seat
from flows.messages import To
from flows.tasks import when_read
from records import cases, handing, messages, offices
from rules.days import day_of, in_chinese
from states.case import TaskLife
from states.handing import Hand
from states.not_allowed import CannotHand, NotYoursToUrge, TaskNotOpen, UrgedAlready
from states.table import state_names


def copy(scene: Scene) -> None:
    """Send the case for information to people who may see it; each gets it once."""
    if not any(t.mine(scene.seat) for t in scene.case.tasks) and not _took_part(scene):
        raise CannotHand(step=scene.step.title, act="抄送", why="只有本件的办理人、已办理人和发起人可以抄送。")
    if not scene.deed.to:
        raise CannotHand(step=scene.step.title, act="抄送", why="请选定抄送的人员。")
    for person in dict.fromkeys(scene.deed.to):
        post = scene.reader(person)
        if handing.has_copy(scene.conn, scene.case.id, person):
            raise scene.wrong(post.person, "本件已经抄送过。")
        made = scene.keep(to_seat(post, person))
        handing.copy_to(scene.conn, {"case_id": scene.case.id, "person_id": person, "handing_id": made,
                                     "sent_at": scene.deed.at, "read_at": None})  # fmt: skip
        scene.tell(made, [To(person_id=person)], "抄送您阅知")


def urge(scene: Scene) -> None:
    """Urge whoever has the task, at most once within the pack's interval."""
    task = scene.task
    if task.status != "open":
        raise TaskNotOpen(status=state_names(TaskLife)[task.status], act="催办")
    if task.mine(scene.seat):
        raise CannotHand(step=scene.step.title, act="催办", why="这件待办就在您手上。")
    if not (_took_part(scene) or _above(scene)):
        raise NotYoursToUrge()
    before = handing.last(scene.conn, task.id, [Hand.URGE])
    if before is not None:
        again = scene.office.calendar.due(day_of(before.at), scene.pack.limit("handing.urge_interval")).on
        if scene.on < again:
            raise UrgedAlready(step=scene.step.title, by=f"{before.office}{before.person}", at=when_read(before.at),
                               next=in_chinese(again))  # fmt: skip
    office, role = handing.office_and_role(scene.conn, task)
    by_name = task.assigned_to or task.helper_person_id
    name = cases.person_name(scene.conn, by_name) if by_name is not None else None
    made = scene.keep({"to_person_id": by_name, "to_person": name, "to_post": role, "to_office": office})
    to = To(person_id=by_name) if by_name is not None else To(task.office_code, task.role)
    scene.tell(made, [to], "请您尽快办理")


def _took_part(scene: Scene) -> bool:
    started = scene.case.started_by in scene.us
    return started or any(handing.acted_before(scene.conn, scene.case.id, person) for person in scene.us)


def _above(scene: Scene) -> bool:
    """The head of the task's own office, or anybody of the office one level above (R4.4-05)."""
    mine, seat = scene.task.office_code, scene.seat
    if seat.office_code == mine:
        return messages.head_role(scene.conn, mine) == seat.role
    return bool(offices.office(scene.conn, mine).parent_code == seat.office_code)
