"""The lists of a person's work, each with the count that equals it: one query says what is in a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, or_, select, true

from records import schema
from records.cases import Seat, of_case
from records.delegations import in_force
from records.listing import PAGE, Listing
from records.schema.base import word
from records.scope import within
from rules.jurisdiction import Scope

C, T, H, G = schema.cases, schema.tasks, schema.households, schema.delegations
Order = Literal["due", "-due", "newest", "title"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a list is wanted: words of a household, one procedure or step, lateness, order, page (from 1)."""

    text: str = ""
    procedure: str = ""
    step: str = ""
    late: bool = False
    order: str = "due"
    page: int = 1


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list, and how many there are in all."""

    rows: Sequence[Row[Any]]
    count: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // PAGE))


_ROW = (C.c.id.label("case_id"), C.c.title, C.c.procedure, C.c.procedure_sha256, C.c.step, C.c.status, C.c.year,
        C.c.version, C.c.subject_kind, C.c.subject_id, C.c.area_code, C.c.closed_on)  # fmt: skip


def _found(query: Select[Any], wanted: Wanted, scope: Scope) -> Select[Any]:
    household = case((C.c.subject_kind == "household", C.c.subject_id), else_=None)
    query = query.where(within(scope, C.c.area_path, household, of_case()))
    if wanted.text:
        like = wanted.text
        number = select(H.c.id).where(H.c.number.contains(like, autoescape=True))
        query = query.where(or_(
            C.c.title.contains(like, autoescape=True),
            and_(C.c.subject_kind == "household", C.c.subject_id.in_(number)),
        ))  # fmt: skip
    if wanted.procedure:
        query = query.where(C.c.procedure == wanted.procedure)
    return query


def _page(conn: Connection, query: Select[Any], order: tuple[Any, ...], page: int) -> Listed:
    listing = Listing(query, order)
    count = listing.count(conn)
    page = min(max(1, page), max(1, -(-count // PAGE)))
    return Listed(listing.page(conn, page), count, page)


# --- 待办 --------------------------------------------------------------------------------------------------------------


def _todo(seats: Sequence[Seat], scope: Scope, wanted: Wanted, today: date) -> Select[Any]:
    by_name = func.coalesce(T.c.assigned_to, T.c.helper_person_id)
    mine: list[ColumnElement[bool]] = [
        and_(T.c.office_code == seat.office_code, T.c.role == seat.role, or_(
            by_name.is_(None), by_name == (seat.acting_for_id or seat.person_id)), _lent(seat, today))
        for seat in seats
    ]  # fmt: skip
    query = (
        select(*_ROW, T.c.id.label("task_id"), T.c.due_on, T.c.provisional, T.c.opened_at, T.c.kind, T.c.step.label("task_step"))
        .join(C, C.c.id == T.c.case_id).where(T.c.status == word("open"), or_(*mine) if mine else T.c.id.is_(None))
    )  # fmt: skip
    if wanted.step:
        query = query.where(T.c.step == wanted.step)
    if wanted.late:
        query = query.where(T.c.due_on < today)
    return _found(query, wanted, scope)


_TODO_ORDER: dict[str, tuple[Any, ...]] = {
    "due": (T.c.due_on.is_(None), T.c.due_on, T.c.id),
    "-due": (T.c.due_on.is_(None), T.c.due_on.desc(), T.c.id.desc()),
    "newest": (T.c.id.desc(),),
    "title": (C.c.title, T.c.id),
}


def _lent(seat: Seat, day: date) -> ColumnElement[bool]:
    """A post that is stood in for brings the cases of the procedures that were delegated."""
    if seat.acting_for_id is None:
        return true()
    given = select(G.c.id).where(
        G.c.from_person_id == seat.acting_for_id, G.c.to_person_id == seat.person_id, in_force(day),
        or_(G.c.procedure.is_(None), G.c.procedure == C.c.procedure),
    )  # fmt: skip
    return given.exists()


def todo(conn: Connection, seats: Sequence[Seat], scope: Scope, wanted: Wanted, today: date) -> Listed:
    """Open tasks of those posts, within the scope."""
    order = _TODO_ORDER.get(wanted.order, _TODO_ORDER["due"])
    return _page(conn, _todo(seats, scope, wanted, today), order, wanted.page)


def todo_counts(
    conn: Connection, seats: Sequence[Seat], scope: Scope, today: date
) -> dict[tuple[str, str], tuple[int, int]]:
    """How many open tasks, and how many of them late, by (procedure hash, step): what a list can be narrowed to."""
    query = _todo(seats, scope, Wanted(), today).subquery()
    late = func.sum(case((query.c.due_on < today, 1), else_=0))
    rows = conn.execute(
        select(query.c.procedure_sha256, query.c.task_step, func.count(), late)
        .group_by(query.c.procedure_sha256, query.c.task_step)
    )  # fmt: skip
    return {(sha, step): (int(count), int(behind)) for sha, step, count, behind in rows}


def narrowed(listing: Listing, wanted: Wanted) -> Listing:
    """A list of cases narrowed to what was searched for; its order stays."""
    if not wanted.text:
        return listing
    rows = listing.query.subquery()
    number = select(C.c.id).join(H, and_(C.c.subject_kind == "household", H.c.id == C.c.subject_id)).where(
        H.c.number.contains(wanted.text, autoescape=True))  # fmt: skip
    found = or_(rows.c.title.contains(wanted.text, autoescape=True), rows.c.case_id.in_(number))
    return Listing(listing.query.where(C.c.id.in_(select(rows.c.case_id).where(found))), listing.order)


def open_of(conn: Connection, procedure: str) -> int:
    """How many cases of the procedure run."""
    running = select(func.count()).select_from(C).where(C.c.procedure == procedure, C.c.closed_on.is_(None))
    return int(conn.execute(running).scalar_one())
