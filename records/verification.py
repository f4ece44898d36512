"""Proving the ledger: every line against its chain, every row that a line vouches for against its digest, every seal.

Lines are read stream by stream and the rows they name a part at a time, so that memory does not grow with the years."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, select

from records import schema
from records.ledger import (
    BULK,
    GONE,
    LEDGER,
    START,
    TEXTS,
    Head,
    bulk_line,
    chain,
    digest_of,
    personal_digest,
)
from records.seals import GENESIS, SEALS, seal_hash
from records.types import from_json, to_json

P = schema.papers
PART = 500  # rows that are fetched at once

ROWS: Mapping[str, Table] = {
    "decisions": schema.decisions,
    "handings": schema.handings,
    "path_events": schema.path_events,
    "paper_numbers": schema.paper_numbers,
    "agreement_targets": schema.agreement_targets,
    "agreement_signatures": schema.agreement_signatures,
    "agreement_reports": schema.agreement_reports,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not fit: where, and a Chinese sentence about it."""

    where: str
    says: str


def verify(conn: Connection, exported: Sequence[str] = ()) -> list[Fault]:
    """Everything that does not fit: a line altered, missing or out of order; a row elsewhere that no longer equals the
    digest its line keeps; a head that differs from a seal exported outside the database."""
    faults = [*_verify_lines(conn), *_verify_seals(conn)]
    for text in exported:
        faults.extend(_verify_exported(conn, text))
    return faults


Bulk = Mapping[tuple[str, int], tuple[Mapping[str, Any], str]]  # by table and case: what a line keeps of many rows


def _verify_lines(conn: Connection) -> Iterator[Fault]:
    bulk = _bulk(conn)
    named = _Named(conn, bulk, _blanked_by_decision(bulk))
    stream, before = "", START
    query = select(LEDGER).order_by(LEDGER.c.stream, LEDGER.c.seq).execution_options(yield_per=5_000)
    for row in conn.execute(query).mappings():
        if row["stream"] != stream:
            stream, before = row["stream"], START
            if named.waiting >= PART:  # never within a stream: of two lines about one row the later counts
                yield from named.verified()
        where = f"{stream}#{row['seq']}"
        if row["seq"] != before.seq + 1 or row["prev"] != before.hash:
            yield Fault(where, f"台账链{stream}在第{row['seq']}行断开：缺行、改序或被改写。")
        yield from _verify_line(row, where)
        before = Head(row["seq"], row["hash"])
        yield from named.by(row, where)
    yield from named.verified()
    yield from named.unnamed()
    yield from _verify_bulk(conn, bulk)


def _verify_line(row: RowMapping, where: str) -> Iterator[Fault]:
    if row["personal"] is not None and row["personal_sha256"] != personal_digest(row["salt"], row["personal"]):
        yield Fault(where, f"台账{where}的姓名或意见被改写。")
    expected = chain(row["prev"], row["stream"], row["seq"], row["act"], row["body"], row["personal_sha256"], row["at"])
    if row["hash"] != expected:
        yield Fault(where, f"台账{where}的内容被改写。")


def _bulk(conn: Connection) -> Bulk:
    found: dict[tuple[str, int], tuple[Mapping[str, Any], str]] = {}
    query = (
        select(LEDGER.c.stream, LEDGER.c.seq, LEDGER.c.body).where(LEDGER.c.body.like('%"bulk":%'))
        .order_by(LEDGER.c.stream, LEDGER.c.seq).execution_options(yield_per=5_000)
    )  # fmt: skip
    for row in conn.execute(query):
        for name, of in from_json(row.body).get("bulk", {}).items():
            found[(name, of["case"])] = (of, f"{row.stream}#{row.seq}")
    return found


def _blanked_by_decision(bulk: Bulk) -> set[str]:
    """The lines whose personal text a decided correction took off."""
    return {
        f"{stream}#{seq}" for (name, _), (of, _) in bulk.items() if name == "blanked" for stream, seq in of["lines"]
    }


class _Ids:
    """Which ids were met, a bit for each."""

    def __init__(self) -> None:
        self._bits = bytearray()

    def add(self, number: int) -> None:
        if number >> 3 >= len(self._bits):
            self._bits.extend(bytes((number >> 3) + 1 - len(self._bits) + len(self._bits) // 4))
        self._bits[number >> 3] |= 1 << (number & 7)

    def __contains__(self, number: int) -> bool:
        return number >> 3 < len(self._bits) and bool(self._bits[number >> 3] >> (number & 7) & 1)


@dataclass
class _Named:
    """The rows that lines vouch for: those that wait to be fetched and compared, and the ids of all that were."""

    conn: Connection
    bulk: Bulk
    lawful: set[str]
    waiting: int = 0
    rows: dict[str, dict[int, tuple[str, str, bytes | None, bool]]] = field(
        default_factory=lambda: {n: {} for n in ROWS}
    )
    papers: dict[int, tuple[Mapping[str, Any], str]] = field(default_factory=dict)
    seen: dict[str, _Ids] = field(default_factory=lambda: {n: _Ids() for n in (*ROWS, "papers")})

    def by(self, row: RowMapping, where: str) -> Iterator[Fault]:
        """Take in what a line names."""
        gone = row["personal"] is None and row["personal_sha256"] != personal_digest(row["salt"], None)
        unlawful = gone and where not in self.lawful
        if unlawful:
            yield Fault(where, f"台账{where}的姓名或意见被抹去，没有更正决定。")
        body = from_json(row["body"])
        for name, kept in body.get("rows", {}).items():
            said = None if gone else _sum(_said_in(name, from_json(row["personal"]) if row["personal"] else {}))
            self.rows[name].update({int(key): (value, where, said, unlawful) for key, value in kept.items()})
            self.waiting += len(kept)
        if "paper" in body:
            self.papers[body["paper"]["id"]] = (body["paper"], where)
            self.waiting += 1

    def verified(self) -> Iterator[Fault]:
        """Compare what waits with the rows as they are now."""
        for name, kept in self.rows.items():
            yield from self._rows(name, kept)
            kept.clear()
        yield from self._papers()
        self.papers.clear()
        self.waiting = 0

    def _rows(self, name: str, kept: Mapping[int, tuple[str, str, bytes | None, bool]]) -> Iterator[Fault]:
        there = {row["id"]: row for row in _some(self.conn, select(ROWS[name]), ROWS[name], list(kept))}
        for key, (digest, where, said, unlawful) in kept.items():
            self.seen[name].add(key)
            row = there.get(key)
            if row is None:
                yield Fault(f"{name}:{key}", f"{name}表第{key}行在台账{where}中有记载，现已不存在。")
            elif digest_of(row, name) != digest or not (unlawful or _fits(name, row, said)):
                yield Fault(f"{name}:{key}", f"{name}表第{key}行与台账{where}不符，已被改写。")

    def _papers(self) -> Iterator[Fault]:
        """An issued paper's number and hash are what its signing wrote down."""
        query = select(P.c.id, P.c.number, P.c.sha256).where(P.c.sha256.is_not(None))
        there = {row["id"]: row for row in _some(self.conn, query, P, list(self.papers))}
        for key, (paper, where) in self.papers.items():
            self.seen["papers"].add(key)
            row = there.get(key)
            if row is None:
                yield Fault(f"papers:{key}", f"台账{where}记载的已签发文书{key}现已不存在。")
            elif (row["number"], row["sha256"]) != (paper["number"], paper["sha256"]):
                yield Fault(f"papers:{key}", f"文书{row['number'] or key}与签发时的台账{where}不符，已被改写。")

    def unnamed(self) -> Iterator[Fault]:
        """Rows that no line names: written past the program."""
        for name, table in ROWS.items():
            together = {case for of, case in self.bulk if of == name}  # those have one digest between them
            columns = [table.c.id, table.c.case_id] if together else [table.c.id]
            for row in self.conn.execute(select(*columns).execution_options(yield_per=5_000)):
                if row.id not in self.seen[name] and not (together and row.case_id in together):
                    yield Fault(f"{name}:{row.id}", f"{name}表第{row.id}行不在台账中，系绕过程序写入。")
        issued = select(P.c.id, P.c.number).where(P.c.sha256.is_not(None))
        for row in self.conn.execute(issued.execution_options(yield_per=5_000)):
            if row.id not in self.seen["papers"]:
                yield Fault(f"papers:{row.id}", f"文书{row.number or row.id}没有签发记录，系绕过程序写入。")


def _some(conn: Connection, query: Select[Any], table: Table, ids: Sequence[int]) -> Iterator[RowMapping]:
    for start in range(0, len(ids), PART):
        yield from conn.execute(query.where(table.c.id.in_(ids[start : start + PART]))).mappings()


def _said_by(table: str, row: Mapping[str, Any] | RowMapping) -> list[str]:
    """What a row says that its line keeps as personal text."""
    if table == "decisions":
        return [row["opinion"], f"{row['made_by_capacity'] or ''}{row['made_by']}" if row["made_by"] else ""]
    return [row["note"]] if table == "handings" else []


def _said_in(table: str, personal: Mapping[str, Any]) -> list[str]:
    keys = {"decisions": ("opinion", "made_by"), "handings": ("note",)}.get(table, ())
    return [str(personal.get(key) or "") for key in keys]


def _fits(table: str, row: RowMapping, said: bytes | None) -> bool:
    """Does a row say what its line keeps; or nothing any more, where the line's text was taken off (None)?"""
    if said is None:
        return all(row[column] in (None, "", GONE) for column in TEXTS.get(table, ()))
    return _sum(_said_by(table, row)) == said


def _sum(said: Sequence[str]) -> bytes:
    return hashlib.sha256(to_json(list(said)).encode()).digest()


def _verify_bulk(conn: Connection, kept: Bulk) -> Iterator[Fault]:
    for (name, case_id), (of, where) in kept.items():
        if name in BULK and bulk_line(conn, name, case_id) != dict(of):
            yield Fault(f"{name}:case {case_id}", f"{name}表中办件{case_id}写入的各行与台账{where}不符，已被改写。")
    for name, (source, _) in BULK.items():
        known = {case for table, case in kept if table == name}
        if name == "path_events":
            continue  # rows outside a bulk are kept one by one
        for case_id in conn.execute(select(source.c.case_id).distinct()).scalars():
            if case_id not in known:
                yield Fault(f"{name}:case {case_id}", f"{name}表中办件{case_id}的各行不在台账中，系绕过程序写入。")


def _verify_seals(conn: Connection) -> Iterator[Fault]:
    prev = GENESIS
    for row in conn.execute(select(SEALS).order_by(SEALS.c.id)):
        if row.prev != prev or row.hash != seal_hash(row.prev, row.day, row.heads):
            yield Fault(f"seal:{row.day}", f"{row.day}的日封印被改写。")
        yield from _verify_heads(conn, from_json(row.heads), f"{row.day}的日封印")
        prev = row.hash


def _verify_exported(conn: Connection, text: str) -> Iterator[Fault]:
    seal = from_json(text)
    kept = conn.execute(select(SEALS.c.hash).where(SEALS.c.day == date.fromisoformat(seal["day"]))).scalars().all()
    if seal["hash"] not in kept:
        yield Fault(f"seal:{seal['day']}", f"{seal['day']}的日封印与导出的封印不同，台账可能被整体重算。")
    yield from _verify_heads(conn, seal["heads"], f"{seal['day']}导出的封印")


def _verify_heads(conn: Connection, heads: Mapping[str, Sequence[Any]], by: str) -> Iterator[Fault]:
    streams = list(heads)
    for start in range(0, len(streams), 500):
        part = streams[start : start + 500]
        rows = conn.execute(select(LEDGER.c.stream, LEDGER.c.seq, LEDGER.c.hash).where(LEDGER.c.stream.in_(part)))
        found = {(r.stream, r.seq): r.hash for r in rows}
        for stream in part:
            seq, value = heads[stream]
            if found.get((stream, seq)) != value:
                yield Fault(f"{stream}#{seq}", f"台账{stream}第{seq}行与{by}不符，已被改写或删除。")
