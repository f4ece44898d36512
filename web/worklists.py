"""已办, 我发起, 抄送我, 草稿, 委托给我, 征求意见: each list with the count that is its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from flows.frozen import procedure_of
from records import areas, cases, desks, handing, lists
from records.engine import reading
from records.listing import PAGE, Listing
from records.lists import Listed
from states.case import CaseLife
from states.procedure import Verdict
from states.table import state_names
from web import words
from web.access import SIGNED_IN, STAFF, Pages, Who
from web.tasks import shown, wanted_of
from web.visit import TheVisit, Visit

pages = Pages()


@dataclass(frozen=True, slots=True)
class Mine:
    """One list of a person's own: its address, its title, and the question."""

    key: str
    title: str
    ask: Callable[[int], Listing]
    who: Who = SIGNED_IN


MINE = {
    mine.key: mine
    for mine in (
        Mine("done", words.DONE, handing.done_by), Mine("started", words.STARTED, handing.started_by),
        Mine("copied", words.COPIED, handing.copied_to), Mine("drafts", words.DRAFTS, desks.drafts_of),
        Mine("asked", words.ASKED, handing.asked_of),
    )
}  # fmt: skip


@pages.get("/mine/{key}", SIGNED_IN, "我的办件")
def see_mine(visit: TheVisit, key: str) -> Response:
    mine = MINE.get(key)
    if mine is None:
        return visit.go("/mine/done")
    person, wanted = visit.me.person_id, wanted_of(visit)
    with reading(visit.office.records) as conn:
        counts = {k: m.ask(person).count(conn) for k, m in MINE.items()}
        counts["lent"] = _lent(conn, visit).count if STAFF.admits(visit) else 0
        listing = lists.narrowed(mine.ask(person), wanted)
        count = listing.count(conn)
        page = min(wanted.page, max(1, -(-count // PAGE)))
        listed = Listed(listing.page(conn, page), count, page)
        rows = [_row(conn, visit, row) for row in listed.rows]
    return visit.page("mine", mine=mine, lists=MINE, counts=counts, listed=listed, rows=rows, wanted=wanted)


def _row(conn: Connection, visit: Visit, row: Any) -> dict[str, Any]:
    procedure = procedure_of(conn, row.procedure_sha256)
    values = row._mapping
    step = values.get("case_step") or values.get("step")
    return {
        "row": row, "values": values, "number": cases.case_number(row.year, row.case_id), "procedure": procedure.title,
        "now": procedure.step(step).title, "area": areas.area(conn, row.area_code, visit.today).name,
        "standing": state_names(CaseLife)[row.status],
        "what": Verdict(values["verdict"]).chinese if "verdict" in values else "",
        "at_step": procedure.step(values["step"]).title if values.get("step") else "",
        "when": values.get("at") or values.get("sent_at") or values.get("saved_at") or values.get("started_on"),
    }  # fmt: skip


@pages.get("/lent", STAFF, "委托给我")
def see_lent(visit: TheVisit) -> Response:
    """What waits in the posts that one stands in for."""
    with reading(visit.office.records) as conn:
        listed = _lent(conn, visit)
        rows = [shown(conn, visit, row) for row in listed.rows]
        counts = {k: m.ask(visit.me.person_id).count(conn) for k, m in MINE.items()}
    counts["lent"] = listed.count
    seats = [(n, seat) for n, seat in enumerate(visit.seats) if seat.acting_for]
    return visit.page("lent", rows=rows, listed=listed, seats=seats, lists=MINE, counts=counts)


def _lent(conn: Connection, visit: Visit) -> Listed:
    seats = [seat for seat in visit.seats if seat.acting_for_id is not None]
    return lists.todo(conn, seats, visit.scope, replace(wanted_of(visit), text="", step=""), visit.today)
