"""Stages of papers with their people, the registers of what went out and came in, and households' archive indexes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from records import schema
from records.cases import Seat
from records.engine import insert_row, into
from records.listing import Listing
from records.overview import Ask
from records.scope import within
from rules.jurisdiction import Scope

S, I, IC, E = schema.paper_steps, schema.incoming_papers, schema.incoming_counters, schema.archive_entries
P, N, O = schema.papers, schema.paper_numbers, schema.offices
C, H = schema.cases, schema.households


def add_step(conn: Connection, paper_id: int, act: str, seat: Seat, opinion: str, at: datetime) -> None:
    """Write down who did what to a paper."""
    conn.execute(into(S), {"paper_id": paper_id, "act": act, "person_id": seat.person_id, "person": seat.person,
                           "office_code": seat.office_code, "post": f"{seat.office}{seat.post}", "opinion": opinion,
                           "at": at})  # fmt: skip


def steps_of(conn: Connection, paper_id: int) -> list[Row[Any]]:
    """The stages of a paper, in order, each with its person."""
    return list(conn.execute(select(S).where(S.c.paper_id == paper_id).order_by(S.c.id)))


def steps_since_draft(conn: Connection, paper_id: int) -> list[Row[Any]]:
    """The stages since the wording was last changed: an earlier review does not hold for another wording."""
    steps = steps_of(conn, paper_id)
    last = max((n for n, s in enumerate(steps) if s.act in ("draft", "redraft", "send_back")), default=0)
    return steps[last:]


def outgoing(conn: Connection, office_code: str, year: int) -> list[Row[Any]]:
    """发文登记: every number of the office's code word in that year, with its paper or the reason why it is void."""
    word = select(O.c.code_word).where(O.c.code == office_code).scalar_subquery()
    return list(
        conn.execute(
            select(N.c.code_word, N.c.year, N.c.seq, N.c.taken_at, N.c.taken_by, N.c.void_reason, P.c.id.label("paper_id"),
                   P.c.code, P.c.title, P.c.number, P.c.status, P.c.signer, P.c.issued_on, P.c.delivered_on)
            .select_from(N.outerjoin(P, P.c.id == N.c.paper_id))
            .where(N.c.code_word == word, N.c.year == year).order_by(N.c.seq)
        )
    )  # fmt: skip


def register_incoming(conn: Connection, values: Mapping[str, Any]) -> tuple[int, int]:
    """Enter an incoming paper under the office's next number of the year: (id, number)."""
    kind = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    seq = int(
        conn.execute(
            kind(IC).values(office_code=values["office_code"], year=values["year"], last=1)
            .on_conflict_do_update(index_elements=["office_code", "year"], set_={"last": IC.c.last + 1})
            .returning(IC.c.last)
        ).scalar_one()
    )  # fmt: skip
    return insert_row(conn, I, {**values, "seq": seq}), seq


def incoming_paper(conn: Connection, incoming_id: int, lock: bool = False) -> Row[Any] | None:
    query = select(I).where(I.c.id == incoming_id)
    return conn.execute(query.with_for_update() if lock else query).first()


def incoming(conn: Connection, scope: Scope, office_code: str | None = None, open_only: bool = False) -> list[Row[Any]]:
    """收文登记 within a scope, in the order of registration."""
    query = select(I).where(within(scope, I.c.area_path))
    if office_code:
        query = query.where(I.c.office_code == office_code)
    if open_only:
        query = query.where(I.c.closed_on.is_(None))
    return list(conn.execute(query.order_by(I.c.office_code, I.c.year, I.c.seq)))


def incoming_listing(scope: Scope, office_code: str, below: bool = False, open_only: bool = True, search: str = ""
                     ) -> Listing:  # fmt: skip
    """收文登记 of one's own office, or of all that one may see; what is to be answered first on top."""
    own = I.c.office_code == office_code
    query = (
        select(I, O.c.name.label("office")).join(O, O.c.code == I.c.office_code)
        .where(or_(own, within(scope, I.c.area_path)) if below else own)
    )  # fmt: skip
    if open_only:
        query = query.where(I.c.closed_on.is_(None))
    if text := search.strip():
        found = [column.contains(text, autoescape=True) for column in (I.c.title, I.c.sender, I.c.number)]
        query = query.where(or_(*found))
    return Listing(query, (I.c.closed_on.is_not(None), I.c.answer_by.is_(None), I.c.answer_by, I.c.id.desc()))


def incoming_seen(conn: Connection, scope: Scope, office_codes: Sequence[str], incoming_id: int) -> Row[Any] | None:
    """One incoming paper, when it is one's own office's or within the scope."""
    seen = or_(I.c.office_code.in_(office_codes), within(scope, I.c.area_path))
    query = select(I, O.c.name.label("office")).join(O, O.c.code == I.c.office_code)
    return conn.execute(query.where(I.c.id == incoming_id, seen)).first()


def set_incoming(conn: Connection, incoming_id: int, values: Mapping[str, Any]) -> None:
    conn.execute(update(I).where(I.c.id == incoming_id).values(**values))


def to_archive(conn: Connection, household_id: int) -> list[Row[Any]]:
    """A household's papers that are issued or came back signed and are not in its archive yet, the oldest first."""
    filed = select(E.c.paper_id).where(E.c.household_id == household_id)
    return list(
        conn.execute(
            select(P).where(P.c.household_id == household_id, P.c.id.not_in(filed),
                            (P.c.sha256.is_not(None)) | (P.c.signed_copy.is_not(None)))
            .order_by(P.c.drafted_at, P.c.id)
        )
    )  # fmt: skip


def _finished() -> ColumnElement[bool]:
    return or_(P.c.sha256.is_not(None), P.c.signed_copy.is_not(None))


def household_files(ask: Ask, search: str = "") -> Listing:
    """户档: households with papers that are issued or came back signed, and how many of them are in the archive."""
    query = (
        select(H.c.id, H.c.number, func.count(P.c.id).label("papers"), func.count(E.c.id).label("filed"),
               func.max(E.c.filed_at).label("filed_at"))
        .select_from(P.join(H, H.c.id == P.c.household_id).outerjoin(E, E.c.paper_id == P.c.id))
        .where(_finished(), ask.covers(P.c.area_path, P.c.household_id)).group_by(H.c.id, H.c.number)
    )  # fmt: skip
    if search.strip():
        query = query.where(H.c.number.startswith(search.strip(), autoescape=True))
    return Listing(query, (H.c.number,))


def case_files(ask: Ask, search: str = "") -> Listing:
    """案卷: closed cases with their papers and how many of them are in the archive."""
    whose = case((C.c.subject_kind == "household", C.c.subject_id))
    query = (
        select(C.c.id, C.c.year, C.c.title, C.c.procedure, C.c.status, C.c.closed_on, func.count(P.c.id).label("papers"),
               func.count(E.c.id).label("filed"))
        .select_from(C.outerjoin(P, and_(P.c.case_id == C.c.id, _finished())).outerjoin(E, E.c.paper_id == P.c.id))
        .where(C.c.closed_on.is_not(None), ask.covers(C.c.area_path, whose))
        .group_by(C.c.id, C.c.year, C.c.title, C.c.procedure, C.c.status, C.c.closed_on)
    )  # fmt: skip
    if search.strip():
        query = query.where(C.c.title.contains(search.strip(), autoescape=True))
    return Listing(query, (C.c.closed_on.desc(), C.c.id.desc()))


def filed_of(conn: Connection, case_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Under which headings the papers of each case are filed, and for how long: (category, retention)."""
    found: dict[int, list[tuple[str, str]]] = {}
    rows = conn.execute(
        select(P.c.case_id, E.c.category, E.c.retention).join(E, E.c.paper_id == P.c.id).where(P.c.case_id.in_(case_ids))
        .distinct().order_by(E.c.category)
    )  # fmt: skip
    for case_id, category, retention in rows:
        found.setdefault(case_id, []).append((category, retention))
    return found


def add_entry(conn: Connection, values: Mapping[str, Any]) -> int:
    """The next line of a household's index; returns its serial."""
    last = conn.execute(select(func.max(E.c.serial)).where(E.c.household_id == values["household_id"])).scalar() or 0
    conn.execute(insert(E).values(**values, serial=last + 1))
    return int(last) + 1


def index_of(conn: Connection, household_id: int) -> list[Row[Any]]:
    """A household's archive index."""
    return list(conn.execute(select(E).where(E.c.household_id == household_id).order_by(E.c.serial)))


def number_of(conn: Connection, code_word: str, year: int, seq: int) -> Row[Any] | None:
    return conn.execute(select(N).where(N.c.code_word == code_word, N.c.year == year, N.c.seq == seq)).first()
