"""The stages of a paper between its drafting and the archive, each with its person: review, countersign, seal, archive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from flows.office import Office
from flows.paper_seats import seat_of
from records import correspondence, ledger, offices, papers
from records.cases import Seat
from records.engine import writing
from rules.days import day_of
from states import paper as life
from states.decision import Actor
from states.not_allowed import (
    ChangedMeanwhile,
    CountersignMissing,
    FieldMissing,
    NoSuch,
    NotAsked,
    NotReviewed,
    NotYourPost,
    PaperNotReady,
    SameHandOnPaper,
)

NAMES: Mapping[str, str] = {"draft": "起草", "redraft": "修改", "review": "核稿", "countersign": "会签", "sign": "签发",
                            "seal": "用印", "deliver": "送达", "archive": "归档", "discard": "作废", "send_back": "退回修改"}  # fmt: skip


@dataclass(slots=True)
class _Life:
    title: str
    status: str


def review(office: Office, paper_id: int, by: Actor, at: datetime, opinion: str = "") -> None:
    """核稿: another person of the same office has read the draft and found it right."""
    with writing(office.records) as conn:
        paper, seat = _own(conn, paper_id, by, at)
        if paper.drafted_by is None:
            raise PaperNotReady(title=paper.title, status="由办理程序拟制的草稿", event="核稿")
        _another_hand(conn, paper, seat, ("draft", "redraft"), "核稿")
        _move(conn, paper, seat, "review", at, opinion)


def countersign(office: Office, paper_id: int, by: Actor, at: datetime, opinion: str = "") -> None:
    """会签: an office whose agreement was asked for agrees."""
    with writing(office.records) as conn:
        paper, seat = _any(conn, paper_id, by, at)
        if seat.office_code not in (paper.countersigners or ()):
            raise NotAsked(title=paper.title, office=seat.office)
        if paper.status == "countersigned" or not missing(conn, paper, but=seat.office_code):
            _move(conn, paper, seat, "countersign", at, opinion)
            return
        life.move(_Life(paper.title, paper.status), "countersign")  # only a reviewed paper is countersigned
        _write(conn, paper, seat, "countersign", at, opinion)


def send_back(office: Office, paper_id: int, by: Actor, at: datetime, opinion: str) -> None:
    """退回修改: the draft goes back to the one who worded it; the reviews so far no longer hold."""
    if not opinion.strip():
        raise FieldMissing(step="退回修改", fields="修改意见")
    with writing(office.records) as conn:
        paper, seat = _any(conn, paper_id, by, at)
        if seat.office_code != paper.office_code and seat.office_code not in (paper.countersigners or ()):
            raise NotAsked(title=paper.title, office=seat.office)
        _move(conn, paper, seat, "send_back", at, opinion)


def seal(office: Office, paper_id: int, by: Actor, at: datetime, copies: int = 1) -> None:
    """用印: somebody of the issuing office, never its signer, has put the seal on so many copies."""
    if copies < 1:
        raise FieldMissing(step="用印", fields="用印份数")
    with writing(office.records) as conn:
        paper, seat = _own(conn, paper_id, by, at)
        if seat.person_id == paper.signed_by:
            raise SameHandOnPaper(person=seat.person, title=paper.title, act="签发", event="用印")
        _move(conn, paper, seat, "seal", at, f"用印{copies}份")


def archive(office: Office, paper_id: int, by: Actor, at: datetime) -> None:
    """归档: what was issued is put away by somebody of the issuing office."""
    with writing(office.records) as conn:
        paper, seat = _own(conn, paper_id, by, at)
        _move(conn, paper, seat, "archive", at, "")


def discard(office: Office, paper_id: int, by: Actor, at: datetime, reason: str) -> None:
    """作废: a draft is given up, and why. What is issued is never discarded: it is corrected by a new paper."""
    if not reason.strip():
        raise FieldMissing(step="作废", fields="作废原因")
    with writing(office.records) as conn:
        paper, seat = _own(conn, paper_id, by, at)
        _move(conn, paper, seat, "discard", at, reason)


def advance(
    office: Office, act: str, paper_id: int, by: Actor, at: datetime, opinion: str = "", copies: int = 1
) -> None:
    """Carry out a stage by its name. Raises NotAllowed, for a name that is no such stage as well."""
    match act:
        case "review":
            review(office, paper_id, by, at, opinion)
        case "countersign":
            countersign(office, paper_id, by, at, opinion)
        case "send_back":
            send_back(office, paper_id, by, at, opinion)
        case "seal":
            seal(office, paper_id, by, at, copies)
        case "archive":
            archive(office, paper_id, by, at)
        case "discard":
            discard(office, paper_id, by, at, opinion)
        case _:
            raise NoSuch(what="文稿", key=act)


def open_acts(conn: Connection, paper: Any, office_code: str) -> list[str]:
    """What somebody of that office could do to the paper as it stands; who exactly may, each act asks for itself."""
    own, asked = paper.office_code == office_code, office_code in (paper.countersigners or ())
    worded = paper.drafted_by is not None
    found = []
    for act, may in (
        ("redraft", own and worded), ("review", own and worded),
        ("countersign", asked and office_code in missing(conn, paper) if asked else False),
        ("send_back", (own or asked) and worded), ("seal", own), ("archive", own), ("discard", own and worded),
    ):  # fmt: skip
        if may and life.may(paper.status, act):
            found.append(act)
    return found


def may_be_signed(conn: Connection, paper: Any) -> None:
    """What a person worded is signed only after another's review and every countersignature. Raises NotAllowed."""
    if paper.drafted_by is None:
        return
    if paper.status == "draft":
        raise NotReviewed(title=paper.title)
    if lacking := missing(conn, paper):
        raise CountersignMissing(title=paper.title, offices="、".join(offices.name_of(conn, c) for c in lacking))


def missing(conn: Connection, paper: Any, but: str = "") -> list[str]:
    """Offices that were asked to countersign and have not yet, `but` left out."""
    done = {s.office_code for s in correspondence.steps_since_draft(conn, paper.id) if s.act == "countersign"}
    return [code for code in paper.countersigners or () if code not in done and code != but]


def void_number(office: Office, code_word_of: str, by: Actor, at: datetime, reason: str) -> str:
    """作废一个发文字号: the office's next number is taken and never used; the register says why. Returns the number."""
    if not reason.strip():
        raise FieldMissing(step="字号作废", fields="作废原因")
    with writing(office.records) as conn:
        seat = seat_of(conn, by, at)
        if seat.office_code != code_word_of:
            raise NotYourPost(person=seat.person, day=day_of(at), post=by.role)
        word, year = offices.code_word_of(conn, code_word_of), day_of(at).year
        seq, rows = papers.void_number(conn, word, year, seat.person, at, reason.strip())
        body = {"void": f"{word}〔{year}〕{seq}号", "rows": {"paper_numbers": {str(k): v for k, v in rows.items()}}}
        ledger.add_line(conn, f"office:{code_word_of}", "void_number", body, {"by": seat.person, "why": reason}, at)
        return str(body["void"])


def _own(conn: Connection, paper_id: int, by: Actor, at: datetime) -> tuple[Any, Seat]:
    paper, seat = _any(conn, paper_id, by, at)
    if seat.office_code != paper.office_code:
        raise NoSuch(what=f"{seat.office}的文书", key=paper_id)
    return paper, seat


def _any(conn: Connection, paper_id: int, by: Actor, at: datetime) -> tuple[Any, Seat]:
    paper = papers.paper(conn, paper_id, lock=True)
    if paper is None:
        raise NoSuch(what="文书", key=paper_id)
    return paper, seat_of(conn, by, at)


def _another_hand(conn: Connection, paper: Any, seat: Seat, acts: tuple[str, ...], event: str) -> None:
    before = [s for s in correspondence.steps_of(conn, paper.id) if s.act in acts and s.person_id == seat.person_id]
    if before:
        raise SameHandOnPaper(person=seat.person, title=paper.title, act=NAMES[before[-1].act], event=event)


def _move(conn: Connection, paper: Any, seat: Seat, event: str, at: datetime, opinion: str) -> None:
    status = life.move(_Life(paper.title, paper.status), event)
    if not papers.set_paper(conn, paper.id, paper.version, {"status": status}):
        raise ChangedMeanwhile(case=paper.title, by="他人", at="刚才")
    _write(conn, paper, seat, event, at, opinion)


def _write(conn: Connection, paper: Any, seat: Seat, event: str, at: datetime, opinion: str) -> None:
    correspondence.add_step(conn, paper.id, event, seat, opinion.strip(), at)
    body = {"stage": event, "of_paper": paper.id, "office": seat.office, "post": seat.post}
    personal = {"by": seat.person, "opinion": opinion.strip()}
    ledger.add_line(conn, f"office:{paper.office_code}", "paper_stage", body, personal, at)
