"""Cases, tasks, decisions and dues: the rows that one decision touches, in few statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    case,
    func,
    null,
    or_,
    select,
    true,
)

from records import schema
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
_AND_TASKS = C.outerjoin(T, and_(T.c.case_id == C.c.id, T.c.step == C.c.step, _LIVE))
_SEEN = select(*_CASE_COLUMNS, *_TASK_COLUMNS).select_from(_AND_TASKS)
_WITH_TASKS = _SEEN.where(C.c.id == bindparam("case_id")).order_by(T.c.seat)
_SOME_WITH_TASKS = _SEEN.where(C.c.id.in_(bindparam("ids", expanding=True))).order_by(C.c.id, T.c.seat)
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


REFERRAL = "referral"


def of_case(table: Any = C) -> ColumnElement[Any]:
    """The supervision file whose rung a case is, for whom it is about; nothing for a referral (R4.4-10)."""
    rung = and_(table.c.subject_kind == "supervision", table.c.procedure != REFERRAL)
    return case((rung, table.c.subject_id), else_=None)


def file_of(row: CaseRow) -> int | None:
    """`of_case` of a case at hand."""
    return row.subject_id if row.subject_kind == "supervision" and row.procedure != REFERRAL else None


def see_case(conn: Connection, case_id: int) -> CaseRow | None:
    """The case and its open tasks, not locked."""
    return _case(conn.execute(_WITH_TASKS, {"case_id": case_id}).all())


def see_cases(conn: Connection, ids: Sequence[int]) -> list[CaseRow]:
    """`see_case` for many, in a few questions, in the order of their ids."""
    found: list[CaseRow] = []
    for start in range(0, len(ids), 500):
        rows = conn.execute(_SOME_WITH_TASKS, {"ids": ids[start : start + 500]}).all()
        found += (
            case for _, those in groupby(rows, key=lambda row: row.id) if (case := _case(list(those))) is not None
        )
    return found


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


_SUBSCRIBED = select(WH.c.id).where(WH.c.ended_at.is_(None)).exists().label("subscribed")
_AT_ONCE = select(W.c.id).where(W.c.superseded_at.is_(None), W.c.new_tasks == word("at_once")).exists().label("at_once")


ASKED_ALONG = (_SUBSCRIBED, _AT_ONCE)  # with something else, since nearly always nobody wants to hear


@cache
def _locked_with_seat(postgres: bool) -> Select[Any]:
    seat = _SEAT.subquery("seat")
    following = func.nextval("decisions_id_seq") if postgres else null()
    snapshot = C.alias("snapshot")
    seen = select(snapshot.c.line_seq).where(snapshot.c.id == bindparam("case_id")).scalar_subquery().label("seen_seq")
    return (
        select(*_CASE_COLUMNS, *_TASK_COLUMNS, following, seen, *ASKED_ALONG, *seat.c).select_from(_AND_TASKS.outerjoin(seat, true()))
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


_OBJECTION = and_(C.c.procedure == "objection", C.c.subject_kind == "case", C.c.subject_id == bindparam("of"))
_OBJECTIONS = select(C.c.year, C.c.id).where(_OBJECTION, C.c.closed_on.is_(None))
_ANSWERED = select(D.c.case_id).where(D.c.step == "decide", D.c.verdict == "approve")
_UPHELD, _UPHELD_SINCE = (
    select(C.c.year, C.c.id, C.c.facts).where(_OBJECTION, C.c.status == "done", C.c.id.in_(answered))
    for answered in (_ANSWERED, _ANSWERED.where(D.c.at > bindparam("since", type_=D.c.at.type)))
)


def open_objections(conn: Connection, case_id: int) -> list[str]:
    """The numbers of objections about this case that are not closed."""
    rows = conn.execute(_OBJECTIONS, {"of": case_id})
    return [case_number(row.year, row.id) for row in rows]


def any_objected(conn: Connection, case_ids: Sequence[int]) -> bool:
    """Was there an objection about one of these cases?"""
    about = C.c.procedure == "objection", C.c.subject_kind == "case", C.c.subject_id.in_(case_ids)
    return conn.execute(select(C.c.id).where(*about).limit(1)).first() is not None


_LAST = select(D).where(D.c.case_id == bindparam("of")).order_by(D.c.id.desc()).limit(1)
_LAST_AT = _LAST.where(D.c.step == bindparam("here"))


def last_decision(conn: Connection, case_id: int, step: str | None = None) -> Row[Any] | None:
    """The newest decision on the case, or on one of its steps."""
    if step is None:
        return conn.execute(_LAST, {"of": case_id}).first()
    return conn.execute(_LAST_AT, {"of": case_id, "here": step}).first()


def task_row(conn: Connection, task_id: int) -> Any:
    """A task with its days: (id, opened_at, due_on, provisional, kind, assigned_to)."""
    return conn.execute(
        select(T.c.id, T.c.opened_at, T.c.due_on, T.c.provisional, T.c.kind, T.c.assigned_to).where(T.c.id == task_id)
    ).one()


def decisions_of(conn: Connection, case_id: int) -> list[Row[Any]]:
    return list(conn.execute(select(D).where(D.c.case_id == case_id).order_by(D.c.id)))


def count_decisions(conn: Connection) -> int:
    return int(conn.execute(select(func.count()).select_from(D)).scalar_one())


def upheld_objections(conn: Connection, case_id: int, since: datetime | None) -> list[str]:
    """The numbers of closed objections about this case that were found true and answered after `since`."""
    given = {"of": case_id} if since is None else {"of": case_id, "since": since}
    rows = conn.execute(_UPHELD if since is None else _UPHELD_SINCE, given)
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
