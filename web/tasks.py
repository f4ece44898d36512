"""待办: what waits for the post one acts in, the most urgent first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from flows.frozen import procedure_of
from records import areas, cases, lists, overview
from records.engine import reading
from records.lists import Wanted
from web.access import SIGNED_IN, STAFF, Pages
from web.agreements import waiting_for
from web.batch import by_itself
from web.listed import ask_of
from web.visit import TheVisit, Visit

pages = Pages()


@pages.get("/", SIGNED_IN)
def home(visit: TheVisit) -> Response:
    """Where everybody begins: an approver with what waits, a reader with what may be read."""
    return visit.go("/todo" if STAFF.admits(visit) else "/area")


@pages.get("/todo", STAFF, "待办")
def see_todo(visit: TheVisit) -> Response:
    wanted = wanted_of(visit)
    seats = [visit.seat] if visit.seat else []
    with reading(visit.office.records) as conn:
        listed = lists.todo(conn, seats, visit.scope, wanted, visit.today)
        counts = lists.todo_counts(conn, seats, visit.scope, visit.today)
        choices = _choices(conn, counts)
        rows = [shown(conn, visit, row) for row in listed.rows]
        to_sign = len(waiting_for(conn, visit))
        owed_late = _owed_late(conn, visit)
    total = sum(count for count, _ in counts.values())
    late = sum(behind for _, behind in counts.values())
    return visit.page("todo", rows=rows, listed=listed, wanted=wanted, choices=choices, total=total, late=late,
                      to_sign=to_sign, owed_late=owed_late)  # fmt: skip


def _owed_late(conn: Connection, visit: Visit) -> int:
    """How much of what the office owes is late: the number that its page shows."""
    if visit.seat is None:
        return 0
    ask, _ = ask_of(conn, visit)
    return overview.dues(ask, "overdue", visit.seat.office_code).count(conn)


def wanted_of(visit: Visit) -> Wanted:
    """What the address asks of a list."""
    procedure, _, step = visit.text("choice").partition(":")
    return Wanted(visit.text("q")[:64], procedure[:32], step[:32], bool(visit.text("late")),
                  visit.text("order", "due"), max(1, visit.number("page", 1)))  # fmt: skip


def _choices(conn: Connection, counts: Mapping[tuple[str, str], tuple[int, int]]) -> list[dict[str, Any]]:
    """The steps that a list can be narrowed to, in the order of their procedures, with their counts."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for (sha256, key), (count, behind) in counts.items():
        procedure = procedure_of(conn, sha256)
        known = found.setdefault((procedure.key, key), {
            "procedure": procedure.key, "step": key, "title": procedure.step(key).title, "of": procedure.title,
            "at": procedure.index(key), "count": 0, "late": 0,
        })  # fmt: skip
        known["count"] += count
        known["late"] += behind
    return sorted(found.values(), key=lambda c: (c["procedure"], c["at"]))


def shown(conn: Connection, visit: Visit, row: Any) -> dict[str, Any]:
    """A task as a list shows it."""
    procedure = procedure_of(conn, row.procedure_sha256)
    step = procedure.step(row.task_step)
    return {
        "row": row, "number": cases.case_number(row.year, row.case_id), "procedure": procedure.title,
        "step": step.title, "area": areas.area(conn, row.area_code, visit.today).name, "batch": by_itself(step),
    }  # fmt: skip
