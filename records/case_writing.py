"""What is written about a case: the case itself, its tasks with their dues, its decisions and its ledger lines, in few
statements. PostgreSQL writes rows that need each other in one statement: fewer journeys, the same rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Update, bindparam, insert, literal_column, select, update

from records import ledger, schema
from records.cases import ASKED_ALONG, OpenTask
from records.engine import insert_row, into
from records.schema.base import word

C, T, D, U, L = schema.cases, schema.tasks, schema.decisions, schema.dues, schema.ledger

BLIND = {"blind": True}  # nothing comes back, so nobody waits (records.engine.deciding)
_ADD_CASE = insert(C).returning(C.c.id, *ASKED_ALONG)
# what a task and its due say alike, and what each says alone
_ALIKE = ("office_code", "role", "area_path", "due_on", "provisional")
_TASK_SAYS = ("step", "seat", "helper_person_id", *_ALIKE)
_DUE_SAYS = ("title", "household_id", "starts_on", "remind_next_on")


@dataclass(frozen=True, slots=True)
class Added:
    """A case that was just written, and who wants to hear of it, asked in the same statement (see `cases.Locked`)."""

    id: int
    subscribed: bool
    at_once: bool


def add_case(conn: Connection, values: Mapping[str, Any]) -> Added:
    made, subscribed, at_once = conn.execute(_ADD_CASE, values).one()
    return Added(made, bool(subscribed), bool(at_once))


# --- tasks ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Opening:
    """A task to be opened, and its due, which is written together with it (truth 4): the due of the same post, person,
    area and day."""

    task: Mapping[str, Any]
    due: Mapping[str, Any] | None


def open_task(conn: Connection, opening: Opening) -> None:
    """A task and its due."""
    if conn.dialect.name == "postgresql" and opening.due is not None:
        conn.execute(_open_both(), _given_opening(opening))
        return
    made = insert_row(conn, T, opening.task)
    if opening.due is not None:
        conn.execute(into(U), {**opening.due, "subject_id": made})


def _given_opening(opening: Opening) -> dict[str, Any]:
    assert opening.due is not None and opening.task["status"] == "open"
    given = {f"t_{key}": opening.task[key] for key in _TASK_SAYS}
    given.update((f"u_{key}", opening.due[key]) for key in _DUE_SAYS)
    return given | {"case": opening.task["case_id"], "at": opening.task["opened_at"]}


@cache
def _open_both() -> Insert:
    values: dict[Any, Any] = {T.c[key]: bindparam(f"t_{key}", type_=T.c[key].type) for key in _TASK_SAYS}
    values |= {T.c.case_id: bindparam("case", type_=T.c.case_id.type), T.c.status: word("open"),
               T.c.opened_at: bindparam("at", type_=T.c.opened_at.type)}  # fmt: skip
    alike = [T.c[key] for key in _ALIKE]
    opened = insert(T).values(values).returning(T.c.id, T.c.helper_person_id, *alike).cte("opened")
    says = [bindparam(f"u_{key}", type_=U.c[key].type) for key in _DUE_SAYS]
    both = insert(U).from_select(
        ["subject_kind", "subject_id", "person_id", *_ALIKE, *_DUE_SAYS],
        select(word("task"), opened.c.id, opened.c.helper_person_id, *(opened.c[key] for key in _ALIKE), *says),
    )
    return both.execution_options(**BLIND)


def drop_tasks(conn: Connection, case_id: int, at: datetime, but: int | None = None) -> None:
    """Cancel whatever of the case is still open or waiting, but for the task that is just being done; close the dues."""
    live = (T.c.case_id == case_id, T.c.status.in_(["open", "waiting"]), T.c.id != (but or 0))
    ids = select(T.c.id).where(*live)
    conn.execute(
        update(U).where(U.c.subject_kind == "task", U.c.subject_id.in_(ids), U.c.closed_at.is_(None))
        .values(closed_at=at)
    )  # fmt: skip
    conn.execute(
        update(T).where(*live).values(status="cancelled", closed_at=at)
    )  # fmt: skip


def call_seat(conn: Connection, task_id: int, at: datetime, due: Mapping[str, Any] | None) -> None:
    """It is this seat's turn (several people in order): its time begins now, and so does its due."""
    day = due["due_on"] if due is not None else None
    conn.execute(
        update(T)
        .where(T.c.id == task_id, T.c.status == word("waiting"))
        .values(status="open", opened_at=at, due_on=day)
    )
    if due is not None:
        conn.execute(into(U), {**due, "subject_id": task_id})


_CALL_NEXT = (
    update(T).where(T.c.id == bindparam("task"), T.c.status == word("waiting"))
    .values({T.c.status: "open", T.c.after_task_id: None, T.c.apart: bindparam("those", type_=T.c.apart.type)})
).execution_options(**BLIND)  # fmt: skip


def call_next(
    conn: Connection, task: OpenTask, apart: Sequence[int], at: datetime, due: Mapping[str, Any] | None
) -> None:
    """The task before it in a chain is done: it opens, for nobody of those who acted before. Without `due` it was open
    before and keeps its day."""
    if due is not None:
        call_seat(conn, task.id, at, due)
        conn.execute(_SET_APART, {"task": task.id, "those": list(apart)})
    else:
        conn.execute(_CALL_NEXT, {"task": task.id, "those": list(apart) or None})


_SET_APART = (
    update(T).where(T.c.id == bindparam("task"))
    .values({T.c.after_task_id: None, T.c.apart: bindparam("those", type_=T.c.apart.type)})
).execution_options(**BLIND)  # fmt: skip


# --- decisions ----------------------------------------------------------------------------------------------------

_TAKE_TASK = (
    update(T).where(T.c.id == bindparam("task"), T.c.status == word("open"))
    .values(status=word("done"), closed_at=bindparam("at"))
)  # fmt: skip
_CLOSE_DUE = (
    update(U).where(U.c.subject_kind == word("task"), U.c.subject_id == bindparam("task"), U.c.closed_at.is_(None))
    .values(closed_at=bindparam("at"))
)  # fmt: skip


def add_decision(conn: Connection, values: Mapping[str, Any]) -> int:
    """Write a decision, close the task it answers (task_id) with its due, and return its id: the one given, or the
    database's next. The caller holds the case's lock and saw the task open under it."""
    task = values["task_id"]
    if values.get("id") is not None:
        conn.execute(_given_decision(task is not None), _given(values))
        return int(values["id"])
    if task is not None:
        closing = {"task": task, "at": values["at"]}
        conn.execute(_TAKE_TASK, closing)
        conn.execute(_CLOSE_DUE, closing)
    return insert_row(conn, D, {k: v for k, v in values.items() if k != "id"})


# a decision's names where it is written together with its case; a statement of more than 50 names is read anew by the
# driver at every turn
_NAMES = {c.name: {"case_id": "case", "task_id": "task", "at": "at"}.get(c.name, f"d_{c.name}") for c in D.c}


def _given(decision: Mapping[str, Any]) -> dict[str, Any]:
    return {_NAMES[key]: value for key, value in decision.items()}


@cache
def _given_decision(closes: bool) -> Insert:
    decision = insert(D).values({c: bindparam(_NAMES[c.name], type_=c.type) for c in D.c}).inline()
    if closes:
        task, due = _TAKE_TASK.returning(T.c.id).cte("closed"), _CLOSE_DUE.returning(U.c.id).cte("closed_due")
        decision = decision.add_cte(task, due)
    return decision.execution_options(**BLIND)


# --- lines and states ---------------------------------------------------------------------------------------------------


_MOVE_CASE = (
    update(C).where(C.c.id == bindparam("case"), C.c.version == bindparam("seen"))
    .values({
        C.c.status: bindparam("to_status"), C.c.step: bindparam("to_step"), C.c.return_to: bindparam("back"),
        C.c.facts: bindparam("kept", type_=C.c.facts.type), C.c.parts: bindparam("took", type_=C.c.parts.type), C.c.closed_on: bindparam("closed"),
        C.c.line_seq: bindparam("seq"), C.c.line_hash: bindparam("hash"), C.c.version: bindparam("seen") + literal_column("1"),
    })
)  # fmt: skip


_HEAD = update(C).where(C.c.id == bindparam("case")).values(line_seq=bindparam("seq"), line_hash=bindparam("hash"))


def add_line(
    conn: Connection, case_id: int, act: str, body: Mapping[str, Any], personal: Mapping[str, Any] | None, at: datetime,
    after: ledger.Head, openings: Sequence[Opening] = (),
) -> ledger.Head:  # fmt: skip
    """Add a line to the case's ledger stream, and the tasks that the act opens; the caller holds the case's lock, or has
    just made it. Returns the stream's new head, which is kept on the case."""
    line = ledger.make_line(f"case:{case_id}", after, act, body, personal, at)
    _write(conn, False, line, {"case": case_id, "seq": line["seq"], "hash": line["hash"]}, None, openings)
    return ledger.Head(line["seq"], line["hash"])


def move_case(
    conn: Connection, line: Mapping[str, Any], values: Mapping[str, Any], decision: Mapping[str, Any] | None = None,
    openings: Sequence[Opening] = (),
) -> None:  # fmt: skip
    """Write the case's new state, the ledger line that says so, and the tasks that it opens; the caller holds the case's
    lock, so that its version is the one that was read. `decision` is the one that led there, if it is to be written only
    now."""
    _write(conn, True, line, values, decision, openings)


def _write(
    conn: Connection, moves: bool, line: Mapping[str, Any], values: Mapping[str, Any],
    decision: Mapping[str, Any] | None, openings: Sequence[Opening],
) -> None:  # fmt: skip
    if conn.dialect.name != "postgresql":
        assert decision is None, "only PostgreSQL knows a decision's id before it is written"
        for opening in openings:
            open_task(conn, opening)
        conn.execute(into(L), line)
        conn.execute(_MOVE_CASE if moves else _HEAD, values)
        return
    alone = openings[0] if len(openings) == 1 and openings[0].due is not None else None
    for opening in () if alone is not None else openings:
        open_task(conn, opening)
    given = {**values, **{_LINE_NAMES[key]: value for key, value in line.items()}}
    if decision is not None:
        given.update(_given(decision))
    if alone is not None:
        given.update(_given_opening(alone))
    closes = decision is not None and decision["task_id"] is not None
    conn.execute(_together(moves, decision is not None, closes, alone is not None), given)


_LINE_NAMES = {c.name: c.name if c.name in ("seq", "hash", "at") else f"l_{c.name}" for c in L.c if c.name != "id"}


@cache
def _together(moves: bool, decides: bool, closes: bool, opens: bool) -> Update:
    line = insert(L).values({L.c[key]: bindparam(name, type_=L.c[key].type) for key, name in _LINE_NAMES.items()})
    parts = [line.returning(L.c.id).cte("line")]
    if decides:
        parts.append(_given_decision(closes).returning(D.c.id).cte("decided"))
    if opens:
        parts.append(_open_both().returning(U.c.id).cte("owed"))
    return (_MOVE_CASE if moves else _HEAD).add_cte(*parts).execution_options(**BLIND)
