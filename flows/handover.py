"""When a person leaves a post: what was given to the person by name is the post's again, and nothing is lost."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from records import case_writing, cases, handing, ledger
from states.handing import Hand


def back_to_posts(conn: Connection, today: date, at: datetime) -> int:
    """Every open task of a person who no longer holds its post belongs to the post again; returns how many."""
    left = handing.orphans(conn, today)
    for task in left:
        _release(conn, task, at)
    return len(left)


def _release(conn: Connection, task: Any, at: datetime) -> None:
    case = cases.lock_case(conn, task.case_id)
    assert case is not None
    name = cases.person_name(conn, task.assigned_to)
    handing.to_the_post(conn, task)
    row: dict[str, Any] = {
        "case_id": case.id, "task_id": task.id, "step": case.step, "kind": Hand.RELEASE.value, "person_id": None,
        "person": "系统", "post": "系统", "office": "系统", "acting_for_id": None, "acting_for": None,
        "to_person_id": None, "to_person": None, "to_post": None, "to_office": None, "made_task_id": None,
        "note": f"{name}已不任该岗位，待办由现任人员办理。", "at": at,
    }  # fmt: skip
    made = handing.add(conn, row)
    body = {"case": case.id, "step": case.step, "hand": Hand.RELEASE.value, "task": task.id, "office": "系统",
            "post": "系统", "rows": {"handings": {str(made): ledger.digest_of({"id": made, **row}, "handings")}}}  # fmt: skip
    after = ledger.Head(case.line_seq, case.line_hash)
    case_writing.add_line(conn, case.id, "handed", body, {"by": "系统", "note": row["note"]}, at, after)
