"""Issuing agreements: each gets its number and its paper in one transaction with what it makes due, a chunk at a time. A
process that is killed leaves whole chunks or nothing of them; another run finishes the rest, no number twice or missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from config.agreements import Terms
from flows.agreements import desk
from flows.agreements.draft import Wanted, draft_in
from flows.agreements.paper import Chunk, chunk_of, paper_of
from flows.office import Office
from flows.piles import Piles
from integrations.filing import Filed
from records import agreements, duties, ledger, papers
from records.engine import reading, writing
from rules.days import day_of
from rules.numbers import form_number
from templates.paper import Paper

DUTY = "issue_agreement"
CHUNK = 50


def order_issue(office: Office, wanted: Wanted, codes: Sequence[str] = ()) -> list[int]:
    """Draft what the year lacks and owe the papers of those that have none: one duty each, so that any drain may carry
    them out. Returns the agreements that are now to be issued. Raises NotYourAgreement, PackValueUnset."""
    with writing(office.records) as conn:
        held = desk.district(conn, wanted.by, wanted.at, "印发")
        draft_in(conn, office, replace(wanted, codes=codes).which, held)
        waiting = agreements.to_issue(conn, wanted.year, codes)
        owe_papers(conn, waiting, held.person, wanted.at)
    return waiting


def owe_papers(conn: Connection, ids: Sequence[int], by: str, at: datetime) -> None:
    """Owe the papers of agreements, one duty each."""
    duties.owe(conn, [{"key": _key(i), "kind": DUTY, "case_id": None, "act_id": None,
                       "payload": {"agreement": i, "by": by}, "owed_since": at} for i in ids])  # fmt: skip


def to_issue(office: Office, year: int, codes: Sequence[str] = ()) -> list[int]:
    """The agreements of a year whose papers are still to be made."""
    with reading(office.records) as conn:
        return agreements.to_issue(conn, year, codes)


def issue_chunk(office: Office, ids: Sequence[int], at: datetime, by: str = "系统") -> list[int]:
    """Issue these agreements in one transaction and mark their duties done; returns those that were issued now. One that
    is issued already, void or not split yet is left as it is: running it twice, or in two places, changes nothing."""
    with writing(office.records) as conn:
        return issue_in(conn, office, ids, at, by)


def issue_all(office: Office, ids: Sequence[int], at: datetime, by: str, told: Callable[[int], None],
              size: int = CHUNK) -> int:  # fmt: skip
    """Issue them a chunk at a time; `told` hears after each chunk how many more there are now."""
    done = 0
    for start in range(0, len(ids), size):
        part = ids[start : start + size]
        done += len(issue_chunk(office, part, at, by))
        told(len(part))
    return done


def issue_in(conn: Connection, office: Office, ids: Sequence[int], at: datetime, by: str) -> list[int]:
    """`issue_chunk` inside a transaction."""
    rows = [row for row in agreements.locked(conn, ids) if row.status == "split" and row.number is None]
    rows.sort(key=lambda row: (row.year, row.code, row.pack_sha256, row.id))
    for _, group in groupby(rows, lambda row: (row.year, row.code, row.pack_sha256)):
        listed = list(group)
        terms = desk.terms_of(conn, office, listed[0])
        _issue(office, chunk_of(conn, terms, day_of(at), listed), at, by)
    duties.settled(conn, [_key(i) for i in ids], at)
    return [row.id for row in rows]


@dataclass(frozen=True, slots=True)
class _Numbered:
    """One agreement with its number, its paper and where the file is kept."""

    row: Any
    seq: int
    number: str
    paper: Paper


def _issue(office: Office, chunk: Chunk, at: datetime, by: str) -> None:
    """Agreements of one kind and pack: numbers, files, papers, signatures due, ledger lines."""
    conn, on = chunk.conn, chunk.on
    listed = list(_numbered(chunk))
    piles = Piles(f"agreements/{listed[0].row.year}/{listed[0].row.code}", listed[0].number)
    kept = [piles.add(n.row.area_path, f"{n.number}.docx", n.paper.render()) for n in listed]
    piles.write(office.files)
    filed = papers.file_many(conn, [_filing(n, place, on, at) for n, place in zip(listed, kept, strict=True)])
    word = chunk.terms.number_word(listed[0].row.code)
    taken = papers.register_many(conn, [
        {"code_word": word, "year": n.row.year, "seq": n.seq, "paper_id": paper, "taken_at": at, "taken_by": by}
        for n, paper in zip(listed, filed, strict=True)
    ])  # fmt: skip
    agreements.issued(conn, [{"of": n.row.id, "its_number": n.number, "paper": paper, "on": on}
                             for n, paper in zip(listed, filed, strict=True)])  # fmt: skip
    agreements.ask_to_sign(conn, [(signer.id, signer_due(office, chunk.terms, n.row, signer, at))
                                  for n in listed for signer in chunk.signers.get(n.row.id, ())])  # fmt: skip
    _lines(conn, listed, [
        {"agreement": n.row.id, "number": n.number, "rows": {"paper_numbers": number},
         "paper": {"id": paper, "number": n.number, "sha256": place.sha256}}
        for n, place, paper, number in zip(listed, kept, filed, taken, strict=True)
    ], by, at)  # fmt: skip


def _numbered(chunk: Chunk) -> Iterator[_Numbered]:
    first = chunk.rows[0]
    word = chunk.terms.number_word(first.code)
    for row, seq in zip(chunk.rows, papers.take_numbers(chunk.conn, word, first.year, len(chunk.rows)), strict=True):
        number = form_number(word, row.year, seq)
        yield _Numbered(row, seq, number, paper_of(chunk, row, number))


def _filing(made: _Numbered, place: Filed, on: date, at: datetime) -> dict[str, Any]:
    row = made.row
    return {
        "key": f"agreement:{row.id}", "code": row.code, "title": row.title, "family": "form", "public": False,
        "household_id": row.household_id, "office_code": row.from_office, "area_path": row.area_path,
        "status": "printed", "snapshot": made.paper.to_snapshot(), "file_key": place.key, "sha256": place.sha256,
        "number": made.number, "drafted_at": at, "issued_on": on,
    }  # fmt: skip


def _lines(conn: Connection, listed: Sequence[_Numbered], bodies: Sequence[Mapping[str, Any]], by: str, at: datetime
           ) -> None:  # fmt: skip
    streams = [f"agreement:{n.row.id}" for n in listed]
    heads = ledger.heads(conn, streams)
    ledger.add_lines(conn, [
        ledger.make_line(stream, heads[stream], "issued", body, {"by": by}, at)
        for stream, body in zip(streams, bodies, strict=True)
    ])  # fmt: skip


def signer_due(
    office: Office, terms: Terms, row: Any, signer: Any, at: datetime, anew: bool = False
) -> Mapping[str, Any]:
    """By when somebody must sign, and who is reminded: the post, or the helper for a householder who signs on paper."""
    on = day_of(at)
    limit = terms.re_sign_limit if anew or row.cause == "pairing" else terms.sign_limit
    until = office.calendar.due(on, limit)
    by_helper = signer.role is None
    return {
        "title": f"{'重新签订' if anew else '签订'}{row.title}（{signer.capacity}）"[:255],
        "office_code": row.from_office if by_helper else signer.office_code,
        "role": "helper" if by_helper else signer.role,
        "person_id": row.person_id if by_helper else signer.person_id, "area_path": row.area_path, "starts_on": on,
        "due_on": until.on, "provisional": until.provisional,
    }  # fmt: skip


def _key(agreement_id: int) -> str:
    return f"agreement:{agreement_id}"
