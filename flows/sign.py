"""Signing papers: only a person's signing gives a number, a hash and "issued"; from then on the paper never changes."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from flows.masters import master_of_paper
from flows.office import Office
from flows.paper_stages import may_be_signed
from flows.piles import PILE, Piles
from flows.seats import seat_for
from flows.webhooks import Event, announce
from integrations.filing import Filed
from records import areas, cases, correspondence, ledger, offices, papers
from records.cases import CaseRow, Seat
from records.engine import writing
from rules.days import day_of
from rules.numbers import document_number
from states import paper as life
from states.decision import Actor
from states.not_allowed import ChangedMeanwhile, NoSuch, NotAllowed, PaperFixed, SignerWrong
from templates.papers import paper_class
from templates.public import check_public


@dataclass(frozen=True, slots=True)
class Signed:
    """A paper that is issued now."""

    paper_id: int
    number: str | None
    sha256: str


def sign(office: Office, paper_id: int, by: Actor, at: datetime) -> Signed:
    """Sign one draft: number, hash, file and ledger line in one transaction, or nothing. Raises NotAllowed."""
    with writing(office.records) as conn:
        return _sign(conn, office, paper_id, by, at)


def sign_list(office: Office, paper_ids: Sequence[int], by: Actor, at: datetime) -> tuple[list[Signed], dict[int, str]]:
    """Sign a list: each paper by itself; what may not be signed stays a draft and says why. Papers are signed and filed
    in piles: a disk or a database that fails leaves the whole pile unsigned."""
    signed: list[Signed] = []
    stays: dict[int, str] = {}
    for start in range(0, len(paper_ids), PILE):
        done, held = _sign_pile(office, paper_ids[start : start + PILE], by, at)
        signed += done
        stays |= held
    return signed, stays


def _sign_pile(
    office: Office, paper_ids: Sequence[int], by: Actor, at: datetime
) -> tuple[list[Signed], dict[int, str]]:
    if len(paper_ids) == 1:
        try:
            return [sign(office, paper_ids[0], by, at)], {}
        except NotAllowed as no:
            return [], {paper_ids[0]: str(no)}
    signed: list[Signed] = []
    stays: dict[int, str] = {}
    piles = Piles(f"issued/{day_of(at).year}", secrets.token_hex(8))
    with writing(office.records) as conn:
        for paper_id in paper_ids:
            try:
                with conn.begin_nested():
                    signed.append(_sign(conn, office, paper_id, by, at, piles))
            except NotAllowed as no:
                stays[paper_id] = str(no)
        piles.write(office.files)
    return signed, stays


def _sign(
    conn: Connection, office: Office, paper_id: int, by: Actor, at: datetime, piles: Piles | None = None
) -> Signed:
    paper = papers.paper(conn, paper_id, lock=True)
    if paper is None:
        raise NoSuch(what="文书", key=paper_id)
    case = cases.see_case(conn, paper.case_id) if paper.case_id is not None else None
    seat = _signer(conn, paper, case, by, at)
    may_be_signed(conn, paper)
    signed = _issue(conn, office, paper, seat, at, piles)
    announce(conn, [_event(paper, case, signed)], at)
    return signed


def _signer(conn: Connection, paper: Any, case: CaseRow | None, by: Actor, at: datetime) -> Seat:
    if paper.sha256 is not None:
        raise PaperFixed(number=paper.number or paper.title)
    on = day_of(at)
    held = cases.seat_of(conn, by.person_id, by.office_code, by.role, on)
    seat = seat_for(conn, by, held, on, case.procedure if case else None)
    if (seat.office_code, seat.role) != (paper.office_code, paper.signer_role):
        role = offices.ROLE_TITLES.get(paper.signer_role or "", paper.signer_role)
        raise SignerWrong(title=paper.title, role=role, post=f"{seat.office}{seat.post}")
    return seat


@dataclass(slots=True)
class _Life:
    title: str
    status: str


def _issue(
    conn: Connection, office: Office, paper: Any, seat: Seat, at: datetime, piles: Piles | None = None
) -> Signed:
    stage = _Life(paper.title, paper.status)
    life.move(stage, "sign")
    life.move(stage, "register")
    on = day_of(at)
    value = paper_class(paper.code).from_snapshot(paper.snapshot)
    number, rows = None, {}
    if value.numbered:
        word = offices.code_word_of(conn, paper.office_code)
        seq, taken = papers.take_number(conn, word, on.year, paper.id, seat.person, at)
        number, rows = document_number(word, on.year, seq), {"paper_numbers": {str(k): v for k, v in taken.items()}}
    issued = value.issued(on=on, number=number or "", signer=seat.person)
    issued.agree()
    master = master_of_paper(conn, office, paper.code, paper.master_sha256)
    data = issued.render(master)
    if issued.public:
        check_public(issued, data, areas=areas.all_codes(conn, paper.area_path))
    filed = _filed(office, paper, on, data, piles)
    kept = papers.set_paper(conn, paper.id, paper.version, {
        "status": stage.status, "number": number, "sha256": filed.sha256, "file_key": filed.key, "signed_at": at,
        "signed_by": seat.person_id, "signer": seat.person, "signer_post": seat.post, "issued_on": on,
        "snapshot": issued.to_snapshot(), "master_sha256": master.sha256,
    })  # fmt: skip
    if not kept:
        raise ChangedMeanwhile(case=paper.title, by="他人", at="刚才")
    body = {"paper": {"id": paper.id, "number": number, "sha256": filed.sha256}, "code": paper.code, "office": seat.office,
            "post": seat.post, "rows": rows}  # fmt: skip
    ledger.add_line(conn, f"office:{paper.office_code}", "signed", body, {"by": seat.person}, at)
    correspondence.add_step(conn, paper.id, "sign", seat, "", at)
    if number:
        correspondence.add_step(conn, paper.id, "register", seat, number, at)
    return Signed(paper.id, number, filed.sha256)


def _event(paper: Any, case: CaseRow | None, signed: Signed) -> Event:
    """A paper is issued: which one, of what kind and under which number."""
    whose = case.subject_id if case is not None and case.subject_kind == "household" else paper.household_id
    about = {"paper": paper.id, "code": paper.code, "number": signed.number, "sha256": signed.sha256,
             "case": paper.case_id, "act": paper.act_id}  # fmt: skip
    return Event("paper.issued", str(paper.id), paper.area_path, whose, paper.case_id, about)


def _filed(office: Office, paper: Any, on: date, data: bytes, piles: Piles | None) -> Filed:
    if piles is not None:
        return piles.add(paper.area_path, f"{paper.code}-{paper.id}.docx", data)
    key = f"issued/{on.year}/{paper.code}/{paper.id}.docx"
    return Filed(key, office.files.put(key, data))
