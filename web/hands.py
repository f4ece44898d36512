"""What the holder of a task may do with it besides deciding: 转办, 委派, 加签, 抄送, and 催办 by those who wait."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from flows.handing import HandOn, hand
from records import handing, pickers
from records.cases import CaseRow, Seat
from records.engine import reading
from states.handing import Hand
from states.not_allowed import NoSuch
from web import words
from web.access import STAFF, Pages
from web.scoped import case_in_scope
from web.visit import TheVisit, Visit

pages = Pages()
TO_ONE = (Hand.TRANSFER, Hand.ASK, Hand.ADD_BEFORE, Hand.ADD_AFTER)


def hands_of(conn: Connection, visit: Visit, case: CaseRow) -> dict[str, Any]:
    """What the page offers: forms for one's own task, the adviser's answer, what can be withdrawn, urging others."""
    seat = visit.seat
    none: dict[str, Any] = {"own": None, "advice": None, "undo": [], "urge": [], "people": []}
    if seat is None or case.closed_on is not None:
        return none
    own = next((t for t in case.tasks if t.kind != "advice" and t.mine(seat)), None)
    advice = next((t for t in case.tasks if t.kind == "advice" and t.status == "open" and t.mine(seat)), None)
    others = [t for t in case.tasks if t.status == "open" and not t.mine(seat)]
    return {
        "own": own, "advice": advice, "undo": _undo(case, own), "urge": others if own is None else [],
        "people": people_of(conn, case, visit.today, seat), "case": case,
    }  # fmt: skip


def _undo(case: CaseRow, own: Any) -> list[tuple[str, int]]:
    """Whom one's own task waits for: an adviser's can be recalled, an added approver's removed."""
    if own is None or own.after_task_id is None:
        return []
    before = next((t for t in case.tasks if t.id == own.after_task_id), None)
    if before is None:
        return []
    return [(Hand.RECALL.value, own.id)] if before.kind == "advice" else [(Hand.REMOVE.value, before.id)]


def people_of(conn: Connection, case: CaseRow, day: date, seat: Seat) -> list[Any]:
    """Everyone in a post over the case's area, the own office first."""
    found = pickers.people_over(conn, case.area_path, day, seat.person_id)
    return sorted(found, key=lambda row: row.office_code != seat.office_code)


@pages.post("/cases/{case_id}/hand", STAFF, "转办、委派、加签、抄送、催办")
def hand_on(visit: TheVisit, case_id: int) -> Response:
    wanted = visit.text("kind")
    if wanted not in [kind.value for kind in Hand]:
        raise NoSuch(what=words.HANDING, key=wanted)
    kind = Hand(wanted)
    with reading(visit.office.records) as conn:
        case = case_in_scope(conn, visit, case_id)
        task = handing.task(conn, visit.number("task"))
    if task is None or task.case_id != case_id:
        raise NoSuch(what=words.TASK, key=visit.text("task"))
    to = tuple(int(one) for one in visit.texts("to") if one.isascii() and one.isdigit() and len(one) < 16)
    hand(visit.office, HandOn(kind, task.id, visit.actor, visit.at, to, visit.text("note")[:1000]))
    stays = kind in (Hand.COPY, Hand.URGE, Hand.ADD_AFTER, Hand.RECALL, Hand.REMOVE)
    says = words.HANDED.format(number=case.number, title=case.title, act=kind.chinese)
    return visit.go(f"/cases/{case_id}" if stays else "/todo", says)
