"""One act of handing on inside its transaction: the case under lock, who acts, to whom, and what is written of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from config.pack import Pack
from flows.frozen import procedure_of
from flows.messages import News, To, tell
from flows.office import Office
from flows.seats import seat_for, waits
from records import case_writing, cases, handing, ledger
from records.cases import CaseRow, OpenTask, Seat
from records.scope import scope_of
from rules.days import day_of
from rules.jurisdiction import covers
from states.case import TaskLife
from states.decision import Actor
from states.handing import Hand
from states.not_allowed import HandedWrong, NoSuch, NotYourTask, TaskNotOpen
from states.procedure import Procedure, Step
from states.table import state_names


@dataclass(frozen=True, slots=True)
class HandOn:
    """One act of handing on.

    `task_id` is the task in hand; for REMOVE the added approver's task, for ANSWER the adviser's, for URGE the one that
    is waited for. `to` are people by id: one person, for COPY any number; RECALL, ANSWER, REMOVE and URGE name nobody.
    `note` is the reason, the question, or the opinion that ANSWER gives (and must give)."""

    kind: Hand
    task_id: int
    by: Actor
    at: datetime
    to: tuple[int, ...] = ()
    note: str = ""


@dataclass(slots=True)
class Scene:
    """The case under lock while something of it is handed on."""

    conn: Connection
    office: Office
    deed: HandOn
    case: CaseRow
    procedure: Procedure
    step: Step
    task: OpenTask
    seat: Seat
    on: date
    head: ledger.Head

    @property
    def pack(self) -> Pack:
        return self.office.packs.get(self.case.pack_id, self.office.pack)

    @property
    def household_id(self) -> int | None:
        return self.case.subject_id if self.case.subject_kind == "household" else None

    @property
    def us(self) -> set[int]:
        """The person who acts, and whom it is done for."""
        return {p for p in (self.seat.person_id, self.seat.acting_for_id) if p is not None}

    def own(self) -> OpenTask:
        """The task in hand, when it is the actor's to decide now. Raises NotYourTask, WaitsForAnother, TaskNotOpen."""
        task = self.task
        if task.kind == "advice" or not task.mine(self.seat) or self.us & set(task.apart or ()):
            raise self.not_yours()
        if task.status != "open":
            if task.after_task_id is not None:
                raise waits(self.conn, self.case, self.step, task)
            raise TaskNotOpen(status=state_names(TaskLife)[task.status], act=self.deed.kind.chinese)
        return task

    def not_yours(self) -> NotYourTask:
        from_office = handing.office_and_role(self.conn, self.task)
        post = f"{self.seat.office}{self.seat.post}"
        return NotYourTask(step=self.step.title, office=from_office[0], role=from_office[1], post=post)

    def person(self) -> int:
        """The one person it is handed to."""
        if len(self.deed.to) != 1:
            raise HandedWrong(act=self.deed.kind.chinese, person="该人员", why="请选定一个人。")
        return self.deed.to[0]

    def reader(self, person_id: int) -> Any:
        """A post of a person who may see the case: of the task's own office first. Raises HandedWrong."""
        held = handing.seats_held(self.conn, person_id, self.on)
        name = cases.person_name(self.conn, person_id)
        if name is None:
            raise NoSuch(what="人员", key=person_id)
        if person_id in self.us:
            raise self.wrong(name, "这就是办理人本人。")
        if not held:
            raise self.wrong(name, f"{name}现不担任任何岗位。")
        scope = scope_of(self.conn, person_id, self.on)
        if not covers(scope, self.case.area_path, self.household_id, cases.file_of(self.case)):
            raise self.wrong(name, "本件不在其管辖范围内，其无权查阅。")
        return next((h for h in held if h.office_code == self.task.office_code), held[0])

    def wrong(self, person: str, why: str) -> HandedWrong:
        return HandedWrong(act=self.deed.kind.chinese, person=person, why=why)

    def waiting_on(self, task_id: int) -> OpenTask | None:
        """The task that waits until that one is done."""
        return next((t for t in self.case.tasks if t.after_task_id == task_id), None)

    def keep(self, to: Mapping[str, Any] | None = None, made_task_id: int | None = None) -> int:
        """Write the act into the case's history and its ledger stream."""
        seat, deed = self.seat, self.deed
        row: dict[str, Any] = {
            "case_id": self.case.id, "task_id": self.task.id, "step": self.step.key, "kind": deed.kind.value,
            "person_id": seat.person_id, "person": seat.person, "post": seat.post, "office": seat.office,
            "acting_for_id": seat.acting_for_id, "acting_for": seat.acting_for, "to_person_id": None,
            "to_person": None, "to_post": None, "to_office": None, **(to or {}), "made_task_id": made_task_id,
            "note": deed.note.strip(), "at": deed.at,
        }  # fmt: skip
        made = handing.add(self.conn, row)
        body = {"case": self.case.id, "step": self.step.key, "hand": deed.kind.value, "task": self.task.id,
                "office": seat.office, "post": seat.post,
                "rows": {"handings": {str(made): ledger.digest_of({"id": made, **row}, "handings")}}}  # fmt: skip
        personal = {"by": seat.person, "acting_for": seat.acting_for, "to": row["to_person"], "note": row["note"]}
        kept = {key: value for key, value in personal.items() if value}
        self.head = case_writing.add_line(self.conn, self.case.id, "handed", body, kept, deed.at, self.head)
        return made

    def tell(self, handing_id: int, to: Iterable[To], does: str) -> None:
        """Owe the people whom it concerns a message."""
        by = f"{self.seat.office}{self.seat.person}"
        note = f"说明：{self.deed.note.strip()}" if self.deed.note.strip() else ""
        tell(self.conn, News("handed", f"handed:{handing_id}", tuple(to), {
            "act": self.deed.kind.chinese, "title": self.case.title, "case": self.case.number, "by": by,
            "step": self.step.title, "does": does, "note": note,
        }, ("case", self.case.id), self.case.area_path, self.household_id), self.deed.at)  # fmt: skip


def scene_of(conn: Connection, office: Office, deed: HandOn) -> Scene:
    """The case under lock, with the actor's seat. Raises NoSuch, NotYourPost, TaskNotOpen."""
    on, by = day_of(deed.at), deed.by
    row = handing.task(conn, deed.task_id)
    if row is None:
        raise NoSuch(what="待办", key=deed.task_id)
    locked = cases.lock_case_as(conn, row.case_id, by.person_id, by.office_code, by.role, on)
    case = locked.case
    assert case is not None
    seat = seat_for(conn, by, locked.seat, on, case.procedure)
    task = next((t for t in case.tasks if t.id == deed.task_id), None)
    if task is None or case.closed_on is not None:
        now = handing.task(conn, deed.task_id)
        assert now is not None
        raise TaskNotOpen(status=state_names(TaskLife)[now.status], act=deed.kind.chinese)
    procedure = procedure_of(conn, case.procedure_sha256)
    head = ledger.Head(case.line_seq, case.line_hash)
    return Scene(conn, office, deed, case, procedure, procedure.step(case.step), task, seat, on, head)


def to_seat(post: Any, person_id: int) -> dict[str, Any]:
    """Whom something is handed to, as the event keeps it."""
    return {"to_person_id": person_id, "to_person": post.person, "to_post": post.title, "to_office": post.office}
