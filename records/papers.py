"""Papers and their numbers: drafted once per key, numbered at signing, never changed afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from records import ledger, schema
from records.cases import of_case
from records.engine import insert_row, insert_rows
from records.scope import within
from rules.jurisdiction import Scope

P, N, K, A = schema.papers, schema.paper_numbers, schema.paper_counters, schema.act_cases


_FILE_SOME = {
    name: kind(P).on_conflict_do_nothing(index_elements=["key"])
    for name, kind in (("postgresql", postgresql.insert), ("sqlite", sqlite.insert))
}
_FILE = {name: statement.returning(P.c.id) for name, statement in _FILE_SOME.items()}
_NOTICE_FOR = (
    select(P).join(A, A.c.act_id == P.c.act_id)
    .where(A.c.case_id == bindparam("of"), A.c.outcome != "held", P.c.code == bindparam("which"),
           P.c.status != "discarded").order_by(P.c.id.desc()).limit(1)
)  # fmt: skip
_OF_CASE = (
    select(P).where(P.c.case_id == bindparam("of"), P.c.code == bindparam("which"), P.c.status != "discarded")
    .order_by(P.c.id.desc()).limit(1)
)  # fmt: skip
_PAPER = select(P).where(P.c.id == bindparam("of"))
_PAPER_LOCKED = _PAPER.with_for_update()
_CAME_BACK = (
    update(P).where(P.c.case_id == bindparam("of"), P.c.code == bindparam("which"), P.c.status == "printed")
    .values(status="archived", signed_copy=bindparam("scan", type_=P.c.signed_copy.type), version=P.c.version + 1)
)  # fmt: skip


def file_drafts(conn: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """`file_draft` for many, without their ids."""
    full = [{"master_sha256": None, "file_key": None, **row} for row in rows]
    if full:
        conn.execute(_FILE_SOME[conn.dialect.name], full)


def file_draft(conn: Connection, values: Mapping[str, Any]) -> int | None:
    """File a draft under its key; None when a paper is filed there already (a duty carried out twice)."""
    row = conn.execute(_FILE[conn.dialect.name], dict(values)).first()
    return None if row is None else int(row.id)


def paper(conn: Connection, paper_id: int, lock: bool = False) -> Row[Any] | None:
    return conn.execute(_PAPER_LOCKED if lock else _PAPER, {"of": paper_id}).first()


def paper_within(conn: Connection, paper_id: int, scope: Scope) -> Row[Any] | None:
    """The paper, if it lies inside what may be seen."""
    return conn.execute(
        select(P).where(P.c.id == paper_id, within(scope, P.c.area_path, P.c.household_id, of_paper()))
    ).first()


_RUNG = schema.cases.alias("rung")


def of_paper() -> ColumnElement[Any]:
    """The supervision file in whose rung a paper was drawn up, for whom it is about."""
    return select(of_case(_RUNG)).where(_RUNG.c.id == P.c.case_id).correlate(P).scalar_subquery()


def waiting_for(conn: Connection, role: str, office_codes: Sequence[str], code: str | None = None) -> list[Row[Any]]:
    """Drafts that wait for a signature of that role in those offices."""
    query = select(P).where(may_be_signed(), P.c.signer_role == role, P.c.office_code.in_(office_codes))
    return list(conn.execute((query.where(P.c.code == code) if code else query).order_by(P.c.id)))


def may_be_signed() -> ColumnElement[bool]:
    """What a case decided is signed as it was drawn up; what a person worded, after another person's review."""
    drawn_up = and_(P.c.status == "draft", P.c.drafted_by.is_(None))
    return or_(drawn_up, P.c.status.in_(["reviewed", "countersigned"]))


def set_paper(conn: Connection, paper_id: int, version: int, changes: Mapping[str, Any]) -> bool:
    """Write a paper's new state; False when it was changed meanwhile."""
    done = conn.execute(
        update(P).where(P.c.id == paper_id, P.c.version == version).values(version=version + 1, **changes)
    )
    return done.rowcount == 1


def take_number(
    conn: Connection, code_word: str, year: int, paper_id: int, by: str, at: datetime
) -> tuple[int, dict[int, str]]:
    """The next number of that code word and year, registered for the paper: (number, {row id: digest} for the ledger).

    The counter row is locked until the transaction ends, so that no number is taken twice and none is skipped."""
    kind = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    seq = int(
        conn.execute(
            kind(K).values(code_word=code_word, year=year, last=1)
            .on_conflict_do_update(index_elements=["code_word", "year"], set_={"last": K.c.last + 1})
            .returning(K.c.last)
        ).scalar_one()
    )  # fmt: skip
    return seq, _register(conn, code_word, year, seq, paper_id, by, at, None)


def take_numbers(conn: Connection, code_word: str, year: int, count: int) -> range:
    """The next so many numbers of that code word and year, locked as one number is; the caller registers every one of
    them in the same transaction."""
    kind = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    last = int(
        conn.execute(
            kind(K).values(code_word=code_word, year=year, last=count)
            .on_conflict_do_update(index_elements=["code_word", "year"], set_={"last": K.c.last + count})
            .returning(K.c.last)
        ).scalar_one()
    )  # fmt: skip
    return range(last - count + 1, last + 1)


def file_many(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """File papers of the same columns; returns their ids in order."""
    return insert_rows(conn, P, rows)


def register_many(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Register numbers ({code_word, year, seq, paper_id, taken_at, taken_by}); of each {row id: digest} for the ledger."""
    full = [{**row, "void_reason": None} for row in rows]
    ids = insert_rows(conn, N, full)
    return [{str(key): ledger.digest_of({**row, "id": key})} for key, row in zip(ids, full, strict=True)]


def void_number(
    conn: Connection, code_word: str, year: int, by: str, at: datetime, reason: str
) -> tuple[int, dict[int, str]]:
    """Record that the next number is not used, and why: (number, {row id: digest} for the ledger line)."""
    kind = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    seq = int(
        conn.execute(
            kind(K).values(code_word=code_word, year=year, last=1)
            .on_conflict_do_update(index_elements=["code_word", "year"], set_={"last": K.c.last + 1})
            .returning(K.c.last)
        ).scalar_one()
    )  # fmt: skip
    return seq, _register(conn, code_word, year, seq, None, by, at, reason)


def _register(
    conn: Connection, code_word: str, year: int, seq: int, paper_id: int | None, by: str, at: datetime,
    void_reason: str | None,
) -> dict[int, str]:  # fmt: skip
    row = {"code_word": code_word, "year": year, "seq": seq, "paper_id": paper_id, "taken_at": at, "taken_by": by,
           "void_reason": void_reason}  # fmt: skip
    row["id"] = insert_row(conn, N, row)
    return {int(str(row["id"])): ledger.digest_of(row)}


def notice_for(conn: Connection, case_id: int, code: str) -> Row[Any] | None:
    """The newest notice of that kind whose list names the case."""
    return conn.execute(_NOTICE_FOR, {"of": case_id, "which": code}).first()


def paper_of_case(conn: Connection, case_id: int, code: str) -> Row[Any] | None:
    """The newest paper of that kind drawn up for the case."""
    return conn.execute(_OF_CASE, {"of": case_id, "which": code}).first()


def papers_of_case(conn: Connection, case_id: int) -> list[Row[Any]]:
    """Papers of the case itself and of the acts that covered it."""
    acts = select(A.c.act_id).where(A.c.case_id == case_id)
    return list(conn.execute(select(P).where((P.c.case_id == case_id) | P.c.act_id.in_(acts)).order_by(P.c.id)))


def copies_came_back(conn: Connection, case_id: int, step: str, copies: Mapping[str, Mapping[str, Any]]) -> None:
    """Forms printed for a step return as signed copies: {code: scan}. A form that was not printed stays unmentioned."""
    for code, scan in copies.items():
        conn.execute(_CAME_BACK, {"of": case_id, "which": code, "scan": dict(scan)})


def counts(conn: Connection) -> dict[str, int]:
    """How many papers of each code are there, drafts left out."""
    rows = conn.execute(
        select(P.c.code, func.count()).where(P.c.status.not_in(["draft", "discarded"])).group_by(P.c.code)
        .order_by(P.c.code)
    )  # fmt: skip
    return {code: count for code, count in rows}


def listing(conn: Connection, code: str | None = None, status: str | None = None) -> list[Row[Any]]:
    query = select(P.c.id, P.c.code, P.c.title, P.c.number, P.c.status, P.c.sha256, P.c.issued_on, P.c.file_key)
    if code:
        query = query.where(P.c.code == code)
    if status:
        query = query.where(P.c.status == status)
    return list(conn.execute(query.order_by(P.c.id)))


def issued_files(conn: Connection) -> list[Row[Any]]:
    """(id, file_key, sha256) of every issued paper, to be proved against the filing store."""
    return list(conn.execute(select(P.c.id, P.c.file_key, P.c.sha256, P.c.number).where(P.c.sha256.is_not(None))))


def deliver(conn: Connection, paper_id: int, on: date, how: Mapping[str, Any]) -> None:
    conn.execute(update(P).where(P.c.id == paper_id).values(delivered_on=on, delivery=dict(how)))


def discard(conn: Connection, paper_id: int) -> None:
    """A form that is not to be signed any more; one that was signed stays archived."""
    conn.execute(
        update(P).where(P.c.id == paper_id, P.c.status == "printed").values(status="discarded", version=P.c.version + 1)
    )


def archive_signed(conn: Connection, paper_id: int, status: str, signed_copy: Mapping[str, Any]) -> None:
    """A form that its signers signed: who, how and on what proof is kept with it."""
    conn.execute(
        update(P).where(P.c.id == paper_id)
        .values(status=status, signed_copy=dict(signed_copy), version=P.c.version + 1)
    )  # fmt: skip


def came_back(
    conn: Connection, case_id: int, codes: Sequence[str], since: datetime | None
) -> list[tuple[str, str, str]]:
    """Of those forms of a case, printed since then, the newest that came back signed: (code, name of the scan, hash)."""
    found = []
    for code in codes:
        row = paper_of_case(conn, case_id, code)
        if row is not None and row.signed_copy and (since is None or row.drafted_at >= since):
            found.append((code, str(row.signed_copy["name"]), str(row.signed_copy["sha256"])))
    return found


def by_sha256(conn: Connection, sha256: str) -> Row[Any] | None:
    """The paper whose issued file, or whose signed copy, has that digest."""
    copy = P.c.signed_copy["sha256"].as_string()
    return conn.execute(select(P).where((P.c.sha256 == sha256) | (copy == sha256)).order_by(P.c.id).limit(1)).first()


def with_numbers(conn: Connection, numbers: Sequence[str]) -> list[Row[Any]]:
    """The issued papers of those numbers."""
    return list(conn.execute(select(P).where(P.c.number.in_(numbers), P.c.sha256.is_not(None)).order_by(P.c.id)))


def of_codes(conn: Connection, codes: Sequence[str]) -> list[Row[Any]]:
    """The issued papers of those codes, the newest first."""
    query = select(P).where(P.c.code.in_(codes), P.c.sha256.is_not(None)).order_by(P.c.id.desc()).limit(5000)
    return list(conn.execute(query))


def corrected_by(conn: Connection, paper_id: int) -> str | None:
    """The issued paper that corrects this one, as people name it."""
    row = conn.execute(
        select(P.c.title, P.c.number, P.c.id).where(P.c.corrects_id == paper_id, P.c.sha256.is_not(None))
        .order_by(P.c.id.desc()).limit(1)
    ).first()  # fmt: skip
    return None if row is None else f"“{row.title}”{row.number or f'（文书{row.id}）'}"


def to_bundle(conn: Connection, scope: Scope, codes: Sequence[str], area: str | None) -> Iterator[Any]:
    """What goes into the zips of communities, ordered by community; streamed, so that any number of papers may."""
    query = (
        select(P.c.id, P.c.code, P.c.title, P.c.area_path, P.c.file_key, P.c.snapshot, P.c.master_sha256)
        .where(P.c.status.not_in(["draft", "discarded"]), within(scope, P.c.area_path, P.c.household_id))
        .order_by(P.c.area_path, P.c.id)
    )  # fmt: skip
    if codes:
        query = query.where(P.c.code.in_(codes))
    if area:
        query = query.where(P.c.area_path.contains(f"/{area}/", autoescape=True))
    rows: Iterator[Any] = iter(conn.execution_options(yield_per=500).execute(query))
    yield from rows
