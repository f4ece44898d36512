"""The public notice board: what hangs on a day, and what residents sent in about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select

from records import schema
from records.engine import insert_row

PB, P, O, C, X = schema.publicities, schema.papers, schema.offices, schema.cases, schema.round_acts
B, S = schema.objections, schema.board_salts


def hanging(conn: Connection, day: date, act_id: int | None = None) -> list[Row[Any]]:
    """The notices that hang on a day, the newest first: one row per list, with its signed paper and its office."""
    query = (
        select(PB.c.act_id, func.min(PB.c.kind).label("kind"), func.min(PB.c.posted_on).label("posted_on"),
               func.max(PB.c.ends_on).label("ends_on"), func.min(PB.c.place).label("place"),
               P.c.id.label("paper_id"), P.c.code, P.c.title, P.c.number, P.c.snapshot, P.c.area_path,
               O.c.name.label("office"), O.c.phone, O.c.address)
        .select_from(PB.join(P, P.c.act_id == PB.c.act_id).join(O, O.c.code == P.c.office_code))
        .where(PB.c.posted_on <= day, PB.c.ends_on >= day, or_(PB.c.taken_down_on.is_(None), PB.c.taken_down_on > day),
               P.c.public, P.c.sha256.is_not(None))
        .group_by(PB.c.act_id, P.c.id, O.c.id).order_by(func.min(PB.c.posted_on).desc(), P.c.id.desc())
    )  # fmt: skip
    return list(conn.execute(query if act_id is None else query.where(PB.c.act_id == act_id)))


def shown_cases(conn: Connection, act_id: int, day: date) -> list[int]:
    """The cases of a list whose period runs on that day."""
    return list(
        conn.execute(
            select(PB.c.case_id).where(PB.c.act_id == act_id, PB.c.posted_on <= day, PB.c.ends_on >= day,
                                       or_(PB.c.taken_down_on.is_(None), PB.c.taken_down_on > day))
        ).scalars()
    )  # fmt: skip


def salt_of(conn: Connection, day: date, fresh: str) -> str:
    """The day's salt, made from `fresh` when it is the first time that day; those of earlier days are forgotten."""
    known = conn.execute(select(S.c.salt).where(S.c.day == day)).scalar()
    if known is not None:
        return str(known)
    conn.execute(delete(S).where(S.c.day < day))
    conn.execute(insert(S).values(day=day, salt=fresh))
    return fresh


def count_on(conn: Connection, act_id: int, day: date, address_sha256: str | None = None) -> int:
    """How many objections to a list came in on that day, or from one address."""
    query = select(func.count()).select_from(B).where(B.c.act_id == act_id, B.c.received_on == day)
    return int(
        conn.execute(
            query if address_sha256 is None else query.where(B.c.address_sha256 == address_sha256)
        ).scalar_one()
    )


def add_objection(conn: Connection, values: Mapping[str, Any]) -> int:
    return insert_row(conn, B, values)


def by_receipt(conn: Connection, receipt_sha256: str) -> Any:
    """An objection by its receipt, with where its case stands: nothing that names anybody; None when there is none."""
    return conn.execute(
        select(B.c.received_on, B.c.letter, C.c.status, C.c.step, C.c.closed_on, C.c.id.label("case_id"))
        .join(C, C.c.id == B.c.case_id).where(B.c.receipt_sha256 == receipt_sha256)
    ).first()  # fmt: skip


def letter_of(conn: Connection, case_id: int) -> Mapping[str, str] | None:
    """What a resident wrote, when the case came from the board."""
    found: Mapping[str, str] | None = conn.execute(select(B.c.letter).where(B.c.case_id == case_id)).scalar()
    return found


def due_of(conn: Connection, case_id: int) -> date | None:
    """The latest day on which a step of the case is due."""
    T = schema.tasks
    latest: date | None = conn.execute(select(func.max(T.c.due_on)).where(T.c.case_id == case_id)).scalar()
    return latest


def serials(listed: Sequence[int], shown: Sequence[int]) -> dict[int, int]:
    """Serial number on the list to case, for the cases that are shown."""
    there = set(shown)
    return {n: case for n, case in enumerate(listed, 1) if case in there}
