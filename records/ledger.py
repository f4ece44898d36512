"""The ledger: lines only grow, chained by hash per subject; each day's heads are sealed together.

Chain: hash = SHA-256 over previous hash, stream, number, act, body, digest of the personal text, moment. The personal
text stands beside the chain under a salt, so that blanking it by a lawful correction leaves the chain whole.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, bindparam, func, insert, select

from records import schema
from records.seals import GENESIS
from records.types import to_bytes, to_json

LEDGER = schema.ledger


@dataclass(frozen=True, slots=True)
class Head:
    """The last line of a stream."""

    seq: int
    hash: str


START = Head(0, GENESIS)


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
    left = TEXTS.get(table, ())
    known = {
        str(key): value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
        for key, value in row.items()
        if key not in left
    }
    return hashlib.sha256(to_bytes(known)).hexdigest()


# --- many rows at once --------------------------------------------------------------------------------------------------

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
