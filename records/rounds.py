"""Rounds and their acts: which cases share a meeting, a notice, a sitting; and the publicity each case stands under."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, update

from records import dues, schema
from records.engine import insert_row, into

R, X, A, C, PB = schema.rounds, schema.round_acts, schema.act_cases, schema.cases, schema.publicities


def open_round(conn: Connection, values: Mapping[str, Any]) -> int:
    """A new round of a procedure, area and year; its number counts up within them."""
    seq = conn.execute(
        select(func.coalesce(func.max(R.c.seq), 0) + 1).where(
            R.c.procedure == values["procedure"], R.c.area_code == values["area_code"], R.c.year == values["year"])
    ).scalar_one()  # fmt: skip
    number = f"{values['procedure']}-{values['area_code']}-{values['year']}-{seq}"
    return insert_row(conn, R, {**values, "seq": seq, "number": number})


def round_(conn: Connection, round_id: int) -> Row[Any] | None:
    return conn.execute(select(R).where(R.c.id == round_id)).first()


def close_round(conn: Connection, round_id: int, on: date) -> None:
    conn.execute(update(R).where(R.c.id == round_id, R.c.closed_on.is_(None)).values(closed_on=on))


def cases_at(conn: Connection, round_ids: Sequence[int], step: str) -> list[int]:
    """The running cases of those rounds that stand at that step, in order."""
    return list(
        conn.execute(
            select(C.c.id).where(C.c.round_id.in_(round_ids), C.c.step == step, C.c.closed_on.is_(None))
            .order_by(C.c.area_code, C.c.id)
        ).scalars()
    )  # fmt: skip


def add_act(conn: Connection, values: Mapping[str, Any]) -> int:
    return insert_row(conn, X, values)


def act(conn: Connection, act_id: int) -> Row[Any] | None:
    return conn.execute(select(X).where(X.c.id == act_id)).first()


def cover(conn: Connection, act_id: int, rows: Iterable[tuple[int, str, str | None]]) -> None:
    """Record which cases an act covered: (case, outcome, why held back)."""
    full = [{"act_id": act_id, "case_id": case, "outcome": outcome, "why": why} for case, outcome, why in rows]
    if full:
        conn.execute(into(A), full)


def covered(conn: Connection, act_id: int, outcomes: Sequence[str] = ("listed", "approve")) -> list[int]:
    """The cases an act covered with one of those outcomes, in the order of areas and cases."""
    return list(
        conn.execute(
            select(A.c.case_id).join(C, C.c.id == A.c.case_id)
            .where(A.c.act_id == act_id, A.c.outcome.in_(outcomes)).order_by(C.c.area_code, C.c.id)
        ).scalars()
    )  # fmt: skip


def add_publicity(conn: Connection, values: Mapping[str, Any], office_code: str, title: str) -> int:
    """Write the period a case stands under, and its number; its last day is a due like any other (truth 4)."""
    made = insert_row(conn, PB, values)
    dues.add(conn, {
        "subject_kind": "publicity", "subject_id": made, "title": title, "office_code": office_code,
        "area_path": values["area_path"], "starts_on": values["posted_on"], "due_on": values["ends_on"],
        "provisional": values["provisional"], "ladder": "none", "remind_next_on": None,  # the step that closes it reminds
    })  # fmt: skip
    return made


_PERIOD = select(PB).where(PB.c.case_id == bindparam("of")).order_by(PB.c.id.desc()).limit(1)


def publicity_of(conn: Connection, case_id: int) -> Row[Any] | None:
    """The newest period of the case."""
    return conn.execute(_PERIOD, {"of": case_id}).first()


def publicities_of(conn: Connection, case_id: int) -> list[Row[Any]]:
    return list(conn.execute(select(PB).where(PB.c.case_id == case_id).order_by(PB.c.id)))


def take_down(conn: Connection, publicity_id: int, on: date, at: Any) -> bool:
    """Take a notice down; False when it was down before."""
    down = update(PB).where(PB.c.id == publicity_id, PB.c.taken_down_on.is_(None)).values(taken_down_on=on)
    done = conn.execute(down.returning(PB.c.id)).first()  # a decision knows no row counts (records.engine.deciding)
    dues.close(conn, "publicity", [publicity_id], at)
    return done is not None


def ended_by(conn: Connection, day: date) -> list[Row[Any]]:
    """Announcements and notices still hanging whose last day has passed."""
    return list(conn.execute(select(PB).where(PB.c.ends_on < day, PB.c.taken_down_on.is_(None)).order_by(PB.c.id)))


def held(conn: Connection, act_id: int) -> list[tuple[int, str]]:
    """The cases an act did not pass, each with the sentence why."""
    D = schema.decisions
    rows = conn.execute(
        select(A.c.case_id, func.coalesce(A.c.why, D.c.opinion, ""))
        .select_from(A.outerjoin(D, (D.c.case_id == A.c.case_id) & (D.c.act_id == A.c.act_id)))
        .where(A.c.act_id == act_id, A.c.outcome.not_in(["listed", "approve"])).order_by(A.c.case_id)
    )  # fmt: skip
    return [(case_id, why) for case_id, why in rows]


def taken_down_on(conn: Connection, day: date) -> list[Row[Any]]:
    """What came off the board on a day, by step and period: (step, posted_on, ends_on, many)."""
    return list(
        conn.execute(
            select(PB.c.step, PB.c.posted_on, PB.c.ends_on, func.count().label("many"))
            .where(PB.c.taken_down_on == day).group_by(PB.c.step, PB.c.posted_on, PB.c.ends_on)
            .order_by(PB.c.ends_on, PB.c.step)
        )
    )  # fmt: skip


def open_rounds(conn: Connection, procedures: Sequence[str], year: int) -> list[Row[Any]]:
    """Rounds of those procedures and that year that are not closed."""
    query = select(R).where(R.c.procedure.in_(procedures), R.c.year == year, R.c.closed_on.is_(None))
    return list(conn.execute(query.order_by(R.c.procedure, R.c.area_code, R.c.seq)))


def running_in(conn: Connection, round_id: int) -> int:
    """How many cases of the round still run."""
    query = select(func.count()).select_from(C).where(C.c.round_id == round_id, C.c.closed_on.is_(None))
    return int(conn.execute(query).scalar_one())
