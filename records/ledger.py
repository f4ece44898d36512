"""The ledger: lines only grow, chained by hash per subject; each day's heads are sealed together.

Chain: hash = SHA-256 over previous hash, stream, number, act, body, digest of the personal text, moment. The personal
text stands beside the chain under a salt, so that blanking it by a lawful correction leaves the chain whole.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, bindparam, func, insert, select

from records import schema
from records.seals import GENESIS, SEALS, seal_hash
from records.types import from_json, to_bytes, to_json

LEDGER = schema.ledger


@dataclass(frozen=True, slots=True)
class Head:
    """The last line of a stream."""

    seq: int
    hash: str


START = Head(0, GENESIS)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not fit: where, and a Chinese sentence about it."""

    where: str
    says: str


_INSERT = insert(LEDGER)
_LOCK = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("of"), 0)))
_HEAD = (
    select(LEDGER.c.seq, LEDGER.c.hash).where(LEDGER.c.stream == bindparam("of")).order_by(LEDGER.c.seq.desc()).limit(1)
)


def head_of(conn: Connection, stream: str) -> Head:
    """The stream's last line, START when it has none; nobody else adds to the stream until the transaction ends."""
    if conn.dialect.name == "postgresql":
        conn.execute(_LOCK, {"of": stream})
    row = conn.execute(_HEAD, {"of": stream}).first()
    return START if row is None else Head(row.seq, row.hash)


def add_line(
    conn: Connection,
    stream: str,
    act: str,
    body: Mapping[str, Any],
    personal: Mapping[str, Any] | None,
    at: datetime,
    after: Head | None = None,
) -> Head:
    """Add one line to a stream and return the new head. `after` is the head when the caller holds it under a lock."""
    last = head_of(conn, stream) if after is None else after
    line = make_line(stream, last, act, body, personal, at)
    conn.execute(_INSERT, line)
    return Head(line["seq"], line["hash"])


def heads(conn: Connection, streams: Sequence[str]) -> dict[str, Head]:
    """The last lines of many streams at once; whoever asks holds what the streams are about, so that none grows."""
    last = (
        select(LEDGER.c.stream, func.max(LEDGER.c.seq).label("seq")).where(LEDGER.c.stream.in_(streams))
        .group_by(LEDGER.c.stream).subquery()
    )  # fmt: skip
    rows = conn.execute(
        select(LEDGER.c.stream, LEDGER.c.seq, LEDGER.c.hash)
        .join(last, (LEDGER.c.stream == last.c.stream) & (LEDGER.c.seq == last.c.seq))
    )  # fmt: skip
    return {row.stream: Head(row.seq, row.hash) for row in rows}


def add_lines(conn: Connection, lines: Sequence[Mapping[str, Any]]) -> None:
    """Add lines that `make_line` made, each to a stream of its own."""
    if lines:
        conn.execute(_INSERT, lines)


def make_line(
    stream: str, last: Head, act: str, body: Mapping[str, Any], personal: Mapping[str, Any] | None, at: datetime
) -> dict[str, Any]:
    """The row that follows `last`."""
    body_text = to_json(body)
    personal_text = to_json(personal) if personal else None
    salt = secrets.token_hex(8)
    digest = personal_digest(salt, personal_text)
    seq = last.seq + 1
    return {
        "stream": stream, "seq": seq, "act": act, "body": body_text, "personal": personal_text, "salt": salt,
        "personal_sha256": digest, "at": at, "prev": last.hash,
        "hash": chain(last.hash, stream, seq, act, body_text, digest, at),
    }  # fmt: skip


def personal_digest(salt: str, text: str | None) -> str:
    return hashlib.sha256(f"{salt}{text or ''}".encode()).hexdigest()


def chain(prev: str, stream: str, seq: int, act: str, body: str, personal: str, at: datetime) -> str:
    """The hash of one line."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256("\n".join((prev, stream, str(seq), act, body, personal, moment)).encode()).hexdigest()


GONE = "（已依更正决定抹去）"
TEXTS: Mapping[str, tuple[str, ...]] = {"decisions": ("opinion", "made_by"), "handings": ("note",)}


def digest_of(row: Mapping[str, Any] | RowMapping, table: str = "") -> str:
    """The digest that a ledger line keeps of a row elsewhere, so that altering the row is seen.

    What somebody said is left out of it (TEXTS): the line keeps that beside the chain under a salt, so that a lawful
    correction takes it off in both places, and nobody can try guesses against a digest without one."""
    known = {k: v for k, v in row.items() if k not in TEXTS.get(table, ())}
    return hashlib.sha256(to_json(_comparable(known)).encode()).hexdigest()


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


def _comparable(row: Mapping[str, Any] | RowMapping) -> dict[str, Any]:
    return {
        k: v.astimezone(UTC).isoformat() if isinstance(v, datetime) else v
        for k, v in ((str(key), value) for key, value in row.items())
    }


# --- verification ---------------------------------------------------------------------------------------------------

ROWS: Mapping[str, Table] = {
    "decisions": schema.decisions,
    "handings": schema.handings,
    "path_events": schema.path_events,
    "paper_numbers": schema.paper_numbers,
    "agreement_targets": schema.agreement_targets,
    "agreement_signatures": schema.agreement_signatures,
    "agreement_reports": schema.agreement_reports,
}


def verify(conn: Connection, exported: Sequence[str] = ()) -> list[Fault]:
    """Everything that does not fit: a line altered, missing or out of order; a row elsewhere that no longer equals the
    digest its line keeps; a head that differs from a seal exported outside the database."""
    faults = [*_verify_lines(conn), *_verify_seals(conn)]
    for text in exported:
        faults.extend(_verify_exported(conn, text))
    return faults


def _verify_lines(conn: Connection) -> Iterator[Fault]:
    last: dict[str, Head] = {}
    query = select(LEDGER).order_by(LEDGER.c.stream, LEDGER.c.seq).execution_options(yield_per=5_000)
    waiting: dict[str, dict[int, tuple[str, str, bytes | None]]] = {name: {} for name in ROWS}
    papers: dict[int, tuple[Mapping[str, Any], str]] = {}
    bulk: dict[tuple[str, int], tuple[Mapping[str, Any], str]] = {}
    blanked: set[str] = set()
    for row in conn.execute(query).mappings():
        where = f"{row['stream']}#{row['seq']}"
        before = last.get(row["stream"], START)
        if row["seq"] != before.seq + 1 or row["prev"] != before.hash:
            yield Fault(where, f"台账链{row['stream']}在第{row['seq']}行断开：缺行、改序或被改写。")
        yield from _verify_line(row, where)
        gone = row["personal"] is None and row["personal_sha256"] != personal_digest(row["salt"], None)
        if gone:
            blanked.add(where)
        last[row["stream"]] = Head(row["seq"], row["hash"])
        body = from_json(row["body"])
        for name, kept in body.get("rows", {}).items():
            said = None if gone else _sum(_said_in(name, from_json(row["personal"]) if row["personal"] else {}))
            waiting[name].update({int(key): (value, where, said) for key, value in kept.items()})
        if "paper" in body:
            papers[body["paper"]["id"]] = (body["paper"], where)
        for name, of in body.get("bulk", {}).items():
            bulk[(name, of["case"])] = (of, where)
    unlawful = blanked - _blanked_by_decision(bulk)
    for name, kept in waiting.items():
        in_bulk = frozenset(case for table, case in bulk if table == name)
        yield from _verify_rows(conn, name, kept, in_bulk, unlawful)
    yield from _verify_papers(conn, papers)
    for where in sorted(unlawful):
        yield Fault(where, f"台账{where}的姓名或意见被抹去，没有更正决定。")
    yield from _verify_bulk(conn, bulk)


def _verify_line(row: RowMapping, where: str) -> Iterator[Fault]:
    if row["personal"] is not None and row["personal_sha256"] != personal_digest(row["salt"], row["personal"]):
        yield Fault(where, f"台账{where}的姓名或意见被改写。")
    expected = chain(row["prev"], row["stream"], row["seq"], row["act"], row["body"], row["personal_sha256"], row["at"])
    if row["hash"] != expected:
        yield Fault(where, f"台账{where}的内容被改写。")


def _blanked_by_decision(bulk: Mapping[tuple[str, int], tuple[Mapping[str, Any], str]]) -> set[str]:
    """The lines whose personal text a decided correction took off."""
    return {
        f"{stream}#{seq}" for (name, _), (of, _) in bulk.items() if name == "blanked" for stream, seq in of["lines"]
    }


def _verify_rows(
    conn: Connection,
    name: str,
    kept: Mapping[int, tuple[str, str, bytes | None]],
    in_bulk: frozenset[int],
    unlawful: set[str],
) -> Iterator[Fault]:
    table = ROWS[name]
    seen = set()
    for row in conn.execute(select(table).execution_options(yield_per=5_000)).mappings():
        key = row["id"]
        if in_bulk and row["case_id"] in in_bulk:
            continue
        seen.add(key)
        if key not in kept:
            yield Fault(f"{name}:{key}", f"{name}表第{key}行不在台账中，系绕过程序写入。")
        elif digest_of(row, name) != kept[key][0] or not (kept[key][1] in unlawful or _fits(name, row, kept[key][2])):
            yield Fault(f"{name}:{key}", f"{name}表第{key}行与台账{kept[key][1]}不符，已被改写。")
    for key in kept.keys() - seen:
        yield Fault(f"{name}:{key}", f"{name}表第{key}行在台账{kept[key][1]}中有记载，现已不存在。")


def _verify_papers(conn: Connection, kept: Mapping[int, tuple[Mapping[str, Any], str]]) -> Iterator[Fault]:
    """An issued paper's number and hash are what its signing wrote down; none is issued without a line."""
    P = schema.papers
    seen = set()
    for row in conn.execute(select(P.c.id, P.c.number, P.c.sha256).where(P.c.sha256.is_not(None))):
        seen.add(row.id)
        if row.id not in kept:
            yield Fault(f"papers:{row.id}", f"文书{row.number or row.id}没有签发记录，系绕过程序写入。")
        elif (row.number, row.sha256) != (kept[row.id][0]["number"], kept[row.id][0]["sha256"]):
            yield Fault(
                f"papers:{row.id}", f"文书{row.number or row.id}与签发时的台账{kept[row.id][1]}不符，已被改写。"
            )
    for key in kept.keys() - seen:
        yield Fault(f"papers:{key}", f"台账{kept[key][1]}记载的已签发文书{key}现已不存在。")


BULK: Mapping[str, tuple[Table, tuple[str, ...]]] = {
    "register_events": (
        schema.register_events,
        ("household_id", "person_id", "kind", "field", "old", "new", "reason", "effective_on"),
    ),
    "path_events": (schema.path_events, ("enrolment_id", "event", "from_state", "to_state", "on")),
}


PART = 5_000


class BulkDigest:
    """One digest over many rows of a table in the order they were written, for rows that go in together."""

    def __init__(self, table: str) -> None:
        self._names = BULK[table][1]
        self._hash = hashlib.sha256()
        self.count = 0

    def add(self, row: Mapping[str, Any] | RowMapping) -> None:
        """Fold one row in; columns that the row leaves out count as empty."""
        self._hash.update(to_bytes([row.get(name) for name in self._names]))
        self.count += 1

    def line(self, case_id: int) -> dict[str, Any]:
        """What a ledger line's `bulk` keeps of it."""
        return {"case": case_id, "count": self.count, "sha256": self._hash.hexdigest()}


def bulk_line(conn: Connection, table: str, case_id: int) -> dict[str, Any]:
    """The digest over every row of the table that the case wrote, read back in order, a part at a time."""
    source, _ = BULK[table]
    digest, last = BulkDigest(table), 0
    while True:
        query = select(source).where(source.c.case_id == case_id, source.c.id > last).order_by(source.c.id).limit(PART)
        rows = conn.execute(query).mappings().all()
        for row in rows:
            digest.add(row)
        if len(rows) < PART:
            return digest.line(case_id)
        last = rows[-1]["id"]


def _verify_bulk(conn: Connection, kept: Mapping[tuple[str, int], tuple[Mapping[str, Any], str]]) -> Iterator[Fault]:
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
