"""Cases, tasks, decisions and dues: the rows that one decision touches, in few statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Insert,
    Row,
    Select,
    Update,
    and_,
    bindparam,
    func,
    insert,
    null,
    or_,
    select,
    true,
    update,
)

from records import schema
from records.engine import insert_row
from records.schema.base import word
from states.case import Took

C, T, D, U = schema.cases, schema.tasks, schema.decisions, schema.dues
L = schema.ledger
W, WH = schema.message_settings, schema.webhooks
O, P, PT, PE = schema.offices, schema.posts, schema.post_terms, schema.people


def case_number(year: int, case_id: int) -> str:
    """The number people quote: BJ2017-000123."""
    return f"BJ{year}-{case_id:06d}"


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that waits at the case's present step."""

    id: int
    office_code: str
    role: str
    seat: int
    status: str
    helper_person_id: int | None
    kind: str = "own"
    assigned_to: int | None = None
    for_task_id: int | None = None
    after_task_id: int | None = None
    apart: Sequence[int] | None = None

    def mine(self, seat: Seat) -> bool:
        """Is this a task of the seat's post, and of that person where it is one person's?"""
        if (self.office_code, self.role) != (seat.office_code, seat.role):
            return False
        by_name = self.assigned_to or self.helper_person_id
        return by_name in (None, seat.person_id, seat.acting_for_id)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as it stands, with the tasks of its present step."""

    id: int
    procedure: str
    procedure_sha256: str
    pack_id: str
    subject_kind: str
    subject_id: int
    title: str
    area_code: str
    area_path: str
    year: int
    round_id: int | None
    status: str
    step: str
    return_to: str | None
    facts: Mapping[str, Mapping[str, Any]]
    parts: Sequence[Sequence[Any]]
    started_on: date
    started_by: int | None
    closed_on: date | None
    line_seq: int
    line_hash: str
    version: int
    tasks: tuple[OpenTask, ...] = ()

    @property
    def number(self) -> str:
        return case_number(self.year, self.id)


@dataclass(frozen=True, slots=True)
class Seat:
    """A person in a post on a day, by name, as it is written on the decision."""

    person_id: int
    person: str
    post: str
    office: str
    office_code: str
    role: str
    acting_for_id: int | None = None
    acting_for: str | None = None


@dataclass(frozen=True, slots=True)
class Locked:
    """A case under lock, and the seat of the person who asks (None when the post is not held)."""

    case: CaseRow | None
    seat: Seat | None
    decision_id: int | None = None  # taken from the sequence in the same question (PostgreSQL)
    subscribed: bool = True  # whether any program is told of what happens, asked in the same question
    at_once: bool = True  # whether anybody at all wants new tasks told at once: mostly nobody, and then nobody is asked


@dataclass(frozen=True, slots=True)
class Desk:
    """The office that a step's task goes to, and whether anybody holds the post there."""

    office_code: str
    office: str
    held: bool
    helper_person_id: int | None = None
    role: str | None = None  # where the office and not the step says which post acts


_CASE_COLUMNS = [c for c in C.c]
_TASK_COLUMNS = [
    T.c.id.label("task_id"), T.c.office_code, T.c.role, T.c.seat, T.c.status.label("task_status"),
    T.c.helper_person_id, T.c.kind, T.c.assigned_to, T.c.for_task_id, T.c.after_task_id, T.c.apart,
]  # fmt: skip
_TASK_WIDTH = len(_TASK_COLUMNS)
_LIVE = or_(
    T.c.status == word("open"), T.c.status == word("waiting")
)  # not in_(): its list is put together at every question
_WITH_TASKS = (
    select(*_CASE_COLUMNS, *_TASK_COLUMNS)
    .select_from(C.outerjoin(T, and_(T.c.case_id == C.c.id, T.c.step == C.c.step, _LIVE)))
    .where(C.c.id == bindparam("case_id"))
    .order_by(T.c.seat)
)
_LOCKED = _WITH_TASKS.with_for_update(of=C)
_WIDTH = len(_CASE_COLUMNS)
_CASE_NAMES = [c.name for c in _CASE_COLUMNS]


def lock_case(conn: Connection, case_id: int) -> CaseRow | None:
    """The case and its open tasks, locked until the transaction ends (on SQLite BEGIN IMMEDIATE holds the lock)."""
    return _case(conn.execute(_LOCKED, {"case_id": case_id}).all())


def lock_case_as(conn: Connection, case_id: int, person: int, office: str, role: str, day: date) -> Locked:
    """The case, locked, and the person's seat on that day, in one question: what every decision begins with."""
    given = {"case_id": case_id, "person": person, "office": office, "role": role, "day": day}
    query = _locked_with_seat(conn.dialect.name == "postgresql")
    rows = conn.execute(query, given).all()
    if rows and rows[0].line_seq != rows[0].seen_seq:
        # It waited for somebody else's act: the case is read anew under the lock, its tasks were not.
        rows = conn.execute(query, given).all()
    seat = None
    if rows and rows[0][-_SEAT_WIDTH] is not None:
        seat = Seat(*rows[0][-_SEAT_WIDTH:])
    if not rows:
        return Locked(None, None)
    first = rows[0]
    return Locked(_case(rows), seat, first[_WIDTH + _TASK_WIDTH], bool(first.subscribed), bool(first.at_once))


def see_case(conn: Connection, case_id: int) -> CaseRow | None:
    """The case and its open tasks, not locked."""
    return _case(conn.execute(_WITH_TASKS, {"case_id": case_id}).all())


def _case(rows: Sequence[Row[Any]]) -> CaseRow | None:
    if not rows:
        return None
    tasks = tuple(OpenTask(*row[_WIDTH : _WIDTH + _TASK_WIDTH]) for row in rows if row[_WIDTH] is not None)
    values: dict[str, Any] = dict(zip(_CASE_NAMES, rows[0][:_WIDTH], strict=True))
    return CaseRow(**values, tasks=tasks)


_TOOK = (
    select(D.c.step, D.c.part, D.c.person_id, D.c.acting_for_id, D.c.verdict, D.c.person, D.c.at)
    .where(D.c.case_id == bindparam("case_id"))
    .order_by(D.c.id)
)


def who_took_part(conn: Connection, case_id: int) -> list[Took]:
    """Every decision on the case so far, in order."""
    return [Took(*row) for row in conn.execute(_TOOK, {"case_id": case_id})]


_IN_TERM = and_(PT.c.valid_from <= bindparam("day"), or_(PT.c.valid_to.is_(None), PT.c.valid_to > bindparam("day")))
_SEAT = (
    select(PE.c.id.label("seat_person"), PE.c.name.label("seat_name"), P.c.title.label("seat_title"),
           O.c.name.label("seat_office"), O.c.code.label("seat_code"), P.c.role.label("seat_role"))
    .select_from(PT.join(P, P.c.id == PT.c.post_id).join(PE, PE.c.id == PT.c.person_id)
                 .join(O, O.c.code == P.c.office_code))
    .where(PT.c.person_id == bindparam("person"), P.c.office_code == bindparam("office"),
           P.c.role == bindparam("role"), _IN_TERM)
    .limit(1)
)  # fmt: skip


def seat_of(conn: Connection, person_id: int, office_code: str, role: str, day: date) -> Seat | None:
    """The person in that post on that day; None when the person does not hold it."""
    row = conn.execute(_SEAT, {"person": person_id, "office": office_code, "role": role, "day": day}).first()
    return None if row is None else Seat(*row)


_SEAT_WIDTH = 6


@cache
def _locked_with_seat(postgres: bool) -> Select[Any]:
    seat = _SEAT.subquery("seat")
    joined = C.outerjoin(T, and_(T.c.case_id == C.c.id, T.c.step == C.c.step, _LIVE))
    following = func.nextval("decisions_id_seq") if postgres else null()
    snapshot = C.alias("snapshot")
    seen = select(snapshot.c.line_seq).where(snapshot.c.id == bindparam("case_id")).scalar_subquery().label("seen_seq")
    subscribed = select(WH.c.id).where(WH.c.ended_at.is_(None)).exists().label("subscribed")
    at_once = (
        select(W.c.id).where(W.c.superseded_at.is_(None), W.c.new_tasks == word("at_once")).exists().label("at_once")
    )
    return (
        select(*_CASE_COLUMNS, *_TASK_COLUMNS, following, seen, at_once, subscribed, *seat.c).select_from(joined.outerjoin(seat, true()))
        .where(C.c.id == bindparam("case_id")).order_by(T.c.seat).with_for_update(of=C)
    )  # fmt: skip


def person_name(conn: Connection, person_id: int) -> str | None:
    return conn.execute(select(PE.c.name).where(PE.c.id == person_id)).scalar()


_DESK = (
    select(
        O.c.code, O.c.name,
        select(PT.c.id).select_from(PT.join(P, P.c.id == PT.c.post_id))
        .where(P.c.office_code == O.c.code, P.c.role == bindparam("role"), _IN_TERM).exists().label("held"),
    )
    .where(O.c.level == bindparam("level"), O.c.area_code.in_(bindparam("areas", expanding=True)),
           O.c.valid_from <= bindparam("day"), or_(O.c.valid_to.is_(None), O.c.valid_to > bindparam("day")))
    .limit(1)
)  # fmt: skip


def desk_for(conn: Connection, level: str, area_path: str, role: str, day: date) -> Desk | None:
    """The office of that level over the area, and whether its post is held on that day."""
    areas = area_path.strip("/").split("/")
    row = conn.execute(_DESK, {"level": level, "areas": areas, "role": role, "day": day}).first()
    return None if row is None else Desk(row[0], row[1], bool(row[2]))


PR = schema.pairings


_HELPER = (
    select(O.c.code, O.c.name, PR.c.person_id)
    .select_from(PR.join(O, O.c.code == PR.c.office_code))
    .where(PR.c.household_id == bindparam("of"), PR.c.valid_from <= bindparam("day"),
           or_(PR.c.valid_to.is_(None), PR.c.valid_to > bindparam("day")))
    .limit(1)
)  # fmt: skip


def helper_desk(conn: Connection, household_id: int, day: date) -> Desk | None:
    """The household's own helper, who answers for it in person."""
    row = conn.execute(_HELPER, {"of": household_id, "day": day}).first()
    return None if row is None else Desk(row[0], row[1], True, row[2])


# --- writing --------------------------------------------------------------------------------------------------------

_ADD_CASE, _ADD_TASK, _ADD_DECISION, _ADD_DUE = insert(C), insert(T), insert(D), insert(U)
# PostgreSQL writes two rows in one statement where the second needs the first: fewer journeys, the same rows.
BLIND = {"blind": True}  # nothing comes back, so nobody waits (records.engine.deciding)
_TASK_KEYS = ("case_id", "step", "office_code", "role", "area_path", "seat", "status", "opened_at", "due_on",
              "provisional", "helper_person_id")  # fmt: skip
_DUE_KEYS = (
    "subject_kind",
    "title",
    "office_code",
    "role",
    "person_id",
    "area_path",
    "household_id",
    "starts_on",
    "due_on",
    "provisional",
    "remind_next_on",
)


def add_case(conn: Connection, values: Mapping[str, Any]) -> int:
    return insert_row(conn, _ADD_CASE, values)


def open_task(conn: Connection, task: Mapping[str, Any], due: Mapping[str, Any] | None) -> None:
    """A task and its due, written together (truth 4)."""
    if conn.dialect.name == "postgresql" and due is not None:
        given = {f"t_{key}": task[key] for key in _TASK_KEYS} | {f"u_{key}": due[key] for key in _DUE_KEYS}
        conn.execute(_open_both(), given)
        return
    made = insert_row(conn, _ADD_TASK, task)
    if due is not None:
        conn.execute(_ADD_DUE, {**due, "subject_id": made})


@cache
def _open_both() -> Insert:
    values = {T.c[key]: bindparam(f"t_{key}", type_=T.c[key].type) for key in _TASK_KEYS}
    opened = insert(T).values(values).returning(T.c.id).cte("opened")
    due = [bindparam(f"u_{key}", type_=U.c[key].type) for key in _DUE_KEYS]
    both = insert(U).from_select([*_DUE_KEYS, "subject_id"], select(*due, opened.c.id))
    return both.execution_options(**BLIND)


_TAKE_TASK = (
    update(T).where(T.c.id == bindparam("task"), T.c.status == word("open"))
    .values(status=bindparam("to"), closed_at=bindparam("moment"))
)  # fmt: skip
_CLOSE_DUE = (
    update(U).where(U.c.subject_kind == "task", U.c.subject_id == bindparam("task"), U.c.closed_at.is_(None))
    .values(closed_at=bindparam("moment"))
)  # fmt: skip


def add_decision(conn: Connection, values: Mapping[str, Any]) -> int:
    """Write a decision, close the task it answers (task_id) with its due, and return its id: the one given, or the
    database's next. The caller holds the case's lock and saw the task open under it."""
    task = values["task_id"]
    if values.get("id") is not None:
        conn.execute(_given_decision(task is not None), _given(values))
        return int(values["id"])
    if task is not None:
        conn.execute(_TAKE_TASK, {"task": task, "to": "done", "moment": values["at"]})
        conn.execute(_CLOSE_DUE, {"task": task, "moment": values["at"]})
    return insert_row(conn, _ADD_DECISION, {k: v for k, v in values.items() if k != "id"})


def _given(decision: Mapping[str, Any]) -> dict[str, Any]:
    closing = {"task": decision["task_id"], "to": "done", "moment": decision["at"]}
    return {f"d_{key}": value for key, value in decision.items()} | (closing if decision["task_id"] is not None else {})


@cache
def _given_decision(closes: bool) -> Insert:
    decision = insert(D).values({c: bindparam(f"d_{c.name}", type_=c.type) for c in D.c}).inline()
    if closes:
        task, due = _TAKE_TASK.returning(T.c.id).cte("closed"), _CLOSE_DUE.returning(U.c.id).cte("closed_due")
        decision = decision.add_cte(task, due)
    return decision.execution_options(**BLIND)


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
        conn.execute(_ADD_DUE, {**due, "subject_id": task_id})


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


_MOVE_CASE = (
    update(C).where(C.c.id == bindparam("case"), C.c.version == bindparam("seen"))
    .values({
        C.c.status: bindparam("to_status"), C.c.step: bindparam("to_step"), C.c.return_to: bindparam("back"),
        C.c.facts: bindparam("kept", type_=C.c.facts.type), C.c.parts: bindparam("took", type_=C.c.parts.type), C.c.closed_on: bindparam("closed"),
        C.c.line_seq: bindparam("seq"), C.c.line_hash: bindparam("hash"), C.c.version: bindparam("seen") + 1,
    })
)  # fmt: skip


def move_case(
    conn: Connection, line: Mapping[str, Any], values: Mapping[str, Any], decision: Mapping[str, Any] | None = None
) -> None:
    """Write the case's new state and the ledger line that says so; the caller holds the case's lock, so that its
    version is the one that was read. `decision` is the one that led there, if it is to be written only now."""
    if conn.dialect.name == "postgresql":
        given = {**values, **{f"l_{key}": value for key, value in line.items()}}
        if decision is None:
            conn.execute(_move_both(), given)
        else:
            closes = decision["task_id"] is not None
            conn.execute(_move_all(closes), given | _given(decision))
    else:
        conn.execute(_ADD_LINE, line)
        conn.execute(_MOVE_CASE, values)


_ADD_LINE = insert(L)


@cache
def _move_both() -> Update:
    keys = [c.name for c in L.c if c.name != "id"]
    line = insert(L).values({L.c[key]: bindparam(f"l_{key}", type_=L.c[key].type) for key in keys})
    return _MOVE_CASE.add_cte(line.returning(L.c.id).cte("line")).execution_options(**BLIND)


@cache
def _move_all(closes: bool) -> Update:
    decided = _given_decision(closes).returning(D.c.id).cte("decided")
    return _move_both().add_cte(decided).execution_options(**BLIND)


_BY_KEY = select(D.c.id, D.c.case_id).where(D.c.idempotency_key == bindparam("key"))


def decision_by_key(conn: Connection, key: str) -> tuple[int, int] | None:
    row = conn.execute(_BY_KEY, {"key": key}).first()
    return None if row is None else (row.id, row.case_id)


_OPEN_OF = (
    select(C.c.id).where(C.c.procedure == bindparam("under"), C.c.subject_kind == bindparam("kind"),
                         C.c.subject_id == bindparam("subject"), C.c.closed_on.is_(None)).limit(1)
)  # fmt: skip


def open_case_of(conn: Connection, procedure: str, kind: str, subject_id: int) -> CaseRow | None:
    """The running case of that procedure about that subject."""
    row = conn.execute(_OPEN_OF, {"under": procedure, "kind": kind, "subject": subject_id}).first()
    return None if row is None else see_case(conn, row.id)


def open_objections(conn: Connection, case_id: int) -> list[str]:
    """The numbers of objections about this case that are not closed."""
    rows = conn.execute(
        select(C.c.year, C.c.id).where(C.c.procedure == "objection", C.c.subject_kind == "case",
                                       C.c.subject_id == case_id, C.c.closed_on.is_(None))
    )  # fmt: skip
    return [case_number(row.year, row.id) for row in rows]


def last_decision(conn: Connection, case_id: int, step: str | None = None) -> Row[Any] | None:
    """The newest decision on the case, or on one of its steps."""
    query = select(D).where(D.c.case_id == case_id).order_by(D.c.id.desc()).limit(1)
    if step is not None:
        query = query.where(D.c.step == step)
    return conn.execute(query).first()


def task_row(conn: Connection, task_id: int) -> Any:
    """A task with its days: (id, opened_at, due_on, provisional, kind, assigned_to)."""
    return conn.execute(
        select(T.c.id, T.c.opened_at, T.c.due_on, T.c.provisional, T.c.kind, T.c.assigned_to).where(T.c.id == task_id)
    ).one()


def decisions_of(conn: Connection, case_id: int) -> list[Row[Any]]:
    return list(conn.execute(select(D).where(D.c.case_id == case_id).order_by(D.c.id)))


def count_decisions(conn: Connection) -> int:
    return int(conn.execute(select(func.count()).select_from(D)).scalar_one())


_HEAD = update(C).where(C.c.id == bindparam("case")).values(line_seq=bindparam("seq"), line_hash=bindparam("hash"))


def set_head(conn: Connection, case_id: int, seq: int, value: str) -> None:
    """Write the head of a case's ledger stream on the case."""
    conn.execute(_HEAD, {"case": case_id, "seq": seq, "hash": value})


def upheld_objections(conn: Connection, case_id: int, since: datetime | None) -> list[str]:
    """The numbers of closed objections about this case that were found true and answered after `since`."""
    decided = select(D.c.case_id).where(D.c.step == "decide", D.c.verdict == "approve")
    if since is not None:
        decided = decided.where(D.c.at > since)
    rows = conn.execute(
        select(C.c.year, C.c.id, C.c.facts).where(
            C.c.procedure == "objection", C.c.subject_kind == "case", C.c.subject_id == case_id,
            C.c.status == "done", C.c.id.in_(decided))
    )  # fmt: skip
    return [case_number(r.year, r.id) for r in rows if r.facts.get("decide", {}).get("outcome") == "成立"]


def running(conn: Connection, procedure: str) -> list[CaseRow]:
    """The running cases of a procedure, oldest first."""
    ids = conn.execute(select(C.c.id).where(C.c.procedure == procedure, C.c.closed_on.is_(None)).order_by(C.c.id))
    found = (see_case(conn, case_id) for case_id in ids.scalars().all())
    return [case for case in found if case is not None]


def last_elsewhere(conn: Connection, case_id: int, step: str) -> datetime | None:
    """When the newest decision on another step of the case was made: the moment from which it stands at this one."""
    at: datetime | None = conn.execute(
        select(func.max(D.c.at)).where(D.c.case_id == case_id, D.c.step != step)
    ).scalar()
    return at


def all_running(conn: Connection) -> list[Row[Any]]:
    """Every case that is not closed: (id, procedure_sha256, step)."""
    C = schema.cases
    query = select(C.c.id, C.c.procedure_sha256, C.c.step).where(C.c.closed_on.is_(None))
    return list(conn.execute(query.order_by(C.c.id)))


def count_running(conn: Connection) -> int:
    C = schema.cases
    return int(conn.execute(select(func.count()).select_from(C).where(C.c.closed_on.is_(None))).scalar_one())
