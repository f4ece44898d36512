"""Rounds and their acts as people see them: what waits together, what a meeting decided, what it held back and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select

from records import schema
from records.listing import Listing
from records.overview import Ask
from records.register import on_day
from records.schema.base import word

R, X, AC, C, T, PB = (
    schema.rounds, schema.round_acts, schema.act_cases, schema.cases, schema.tasks, schema.publicities,
)  # fmt: skip
P, O, PO, PT, A, PA = schema.posts, schema.offices, schema.posts, schema.post_terms, schema.areas, schema.papers


def rounds(ask: Ask, running: bool = True) -> Listing:
    """The rounds of the areas that the one who asks may see, with how many cases each has and how many still run."""
    of = select(func.count()).select_from(C).where(C.c.round_id == R.c.id)
    query = (
        select(R.c.id, R.c.number, R.c.title, R.c.procedure, R.c.area_path, R.c.year, R.c.opened_on, R.c.closed_on,
               of.scalar_subquery().label("cases"), of.where(C.c.closed_on.is_(None)).scalar_subquery().label("running"))
        .where(ask.covers(R.c.area_path))
    )  # fmt: skip
    if running:
        query = query.where(R.c.closed_on.is_(None), of.where(C.c.closed_on.is_(None)).scalar_subquery() > 0)
    return Listing(query, (R.c.opened_on.desc(), R.c.id.desc()))


def cases_of(ask: Ask, round_id: int) -> Listing:
    """The cases of a round, within the scope."""
    query = select(C.c.id, C.c.title, C.c.year, C.c.step, C.c.status, C.c.closed_on, C.c.area_path, C.c.procedure_sha256,
                   C.c.subject_kind, C.c.subject_id).where(C.c.round_id == round_id, ask.covers(C.c.area_path, _home()))  # fmt: skip
    return Listing(query, (C.c.area_path, C.c.id))


def _home() -> Any:
    return C.c.subject_id


def acts(ask: Ask) -> Listing:
    """Every meeting, notice, sitting and reply, with how many cases it passed and how many it did not."""
    covered = select(func.count()).select_from(AC).where(AC.c.act_id == X.c.id)
    frozen = select(C.c.procedure_sha256).select_from(AC.join(C, C.c.id == AC.c.case_id)).where(AC.c.act_id == X.c.id)
    query = (
        select(X.c.id, X.c.step, X.c.area_path, X.c.on, X.c.at, X.c.facts,
               frozen.order_by(C.c.id).limit(1).scalar_subquery().label("procedure_sha256"),
               covered.where(AC.c.outcome == "approve").scalar_subquery().label("passed"),
               covered.where(AC.c.outcome == "listed").scalar_subquery().label("listed"),
               covered.where(AC.c.outcome.not_in(["approve", "listed"])).scalar_subquery().label("stayed"))
        .where(ask.covers(X.c.area_path))
    )  # fmt: skip
    return Listing(query, (X.c.at.desc(), X.c.id.desc()))


def act(conn: Connection, ask: Ask, act_id: int) -> Any:
    """One act within the scope; None when there is none."""
    return conn.execute(select(X).where(X.c.id == act_id, ask.covers(X.c.area_path))).first()


def outcomes(conn: Connection, act_id: int) -> list[Row[Any]]:
    """How each case of an act came out, and why where it did not pass."""
    D = schema.decisions
    return list(
        conn.execute(
            select(AC.c.case_id, AC.c.outcome, func.coalesce(AC.c.why, D.c.opinion, "").label("why"), C.c.title, C.c.year,
                   C.c.area_path, C.c.step, C.c.procedure_sha256, C.c.subject_kind, C.c.subject_id)
            .select_from(AC.join(C, C.c.id == AC.c.case_id)
                         .outerjoin(D, and_(D.c.case_id == AC.c.case_id, D.c.act_id == AC.c.act_id)))
            .where(AC.c.act_id == act_id).order_by(C.c.area_code, C.c.id)
        )
    )  # fmt: skip


def papers_of_act(conn: Connection, act_id: int) -> list[Row[Any]]:
    return list(
        conn.execute(
            select(PA.c.id, PA.c.code, PA.c.title, PA.c.number, PA.c.status, PA.c.sha256, PA.c.signer_role)
            .where(PA.c.act_id == act_id).order_by(PA.c.id)
        )
    )  # fmt: skip


def waiting(conn: Connection, person_id: int, day: date) -> list[Row[Any]]:
    """The person's open tasks grouped as a list would be signed: office, post, frozen procedure, step and year."""
    mine = and_(PO.c.office_code == T.c.office_code, PO.c.role == T.c.role)
    return list(
        conn.execute(
            select(T.c.office_code, T.c.role, O.c.name.label("office"), O.c.area_code, C.c.procedure,
                   C.c.procedure_sha256, T.c.step, C.c.year, func.count().label("cases"),
                   func.min(T.c.due_on).label("due_on"))
            .select_from(T.join(C, C.c.id == T.c.case_id).join(PO, mine).join(PT, PT.c.post_id == PO.c.id)
                         .join(O, O.c.code == T.c.office_code))
            .where(T.c.status == word("open"), PT.c.person_id == person_id, on_day(PT, day),
                   or_(T.c.helper_person_id.is_(None), T.c.helper_person_id == person_id))
            .group_by(T.c.office_code, T.c.role, O.c.name, O.c.area_code, C.c.procedure, C.c.procedure_sha256, T.c.step,
                      C.c.year)
            .order_by(func.min(T.c.due_on).is_(None), func.min(T.c.due_on), T.c.step)
        )
    )  # fmt: skip


def waiting_cases(
    conn: Connection, ask: Ask, office_code: str, role: str, sha256: str, step: str, year: int
) -> list[Row[Any]]:
    """The cases behind one group of `waiting`, in the order of areas, with the list that names each (for a notice)."""
    listed = (
        select(func.max(AC.c.act_id)).where(AC.c.case_id == C.c.id, AC.c.outcome == "listed",
                                            AC.c.act_id.in_(select(X.c.id).where(X.c.step == step)))
        .scalar_subquery()
    )  # fmt: skip
    return list(
        conn.execute(
            select(C.c.id, C.c.title, C.c.year, C.c.area_code, C.c.area_path, C.c.subject_kind, C.c.subject_id, C.c.version,
                   C.c.facts, T.c.due_on, listed.label("listed_in"))
            .select_from(T.join(C, C.c.id == T.c.case_id))
            .where(T.c.status == word("open"), T.c.office_code == office_code, T.c.role == role, T.c.step == step,
                   C.c.procedure_sha256 == sha256, C.c.year == year, ask.covers(C.c.area_path, C.c.subject_id))
            .order_by(C.c.area_code, C.c.id)
        )
    )  # fmt: skip


def publicities(conn: Connection, case_ids: list[int]) -> dict[int, Row[Any]]:
    """The newest period of each case."""
    rows = conn.execute(select(PB).where(PB.c.case_id.in_(case_ids)).order_by(PB.c.id))
    return {row.case_id: row for row in rows}


def posts_on(conn: Connection, act_id: int) -> str | None:
    """The day for which a notice's list was settled."""
    facts: dict[str, Any] | None = conn.execute(select(X.c.facts).where(X.c.id == act_id)).scalar()
    return facts.get("posts_on") if facts else None
