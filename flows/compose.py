"""Wording a document by hand: a person drafts it, the route and the form are proved before it is kept (D-77 and others)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from flows.fills import FILLS
from flows.masters import master_of
from flows.office import Office
from flows.paper_seats import seat_of
from records import areas, correspondence, ledger, offices, papers, register
from records.cases import Seat
from records.engine import reading, writing
from records.register import HouseholdOn
from rules.days import day_of
from rules.routing import Body, Route, wrong_way
from states import paper as life
from states.decision import Actor
from states.not_allowed import (
    ChangedMeanwhile,
    CorrectionUnnamed,
    NoSuch,
    NotComposed,
    NothingToCorrect,
    PaperDeparts,
    RouteWrong,
)
from templates.checker import check
from templates.paper import Paper
from templates.papers import PAPERS, paper_class

BY_OTHERS = ("D-23", "D-60", "D-61", "D-80")  # the pairing list, reminders' letters, the archive's index
SIGNERS: Mapping[str, str] = {"community": "community_head", "street": "street_leader", "district": "district_director",
                              "group": "group_leader", "helper": "helper_head"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a person wants to issue: the kind, its blanks as a snapshot holds them, whom it addresses and who agrees."""

    code: str
    values: Mapping[str, Any]
    to: Sequence[str] = ()  # office codes
    copies: Sequence[str] = ()
    countersigners: Sequence[str] = ()
    household_no: str = ""
    corrects_id: int | None = None
    title: str = ""


@dataclass(slots=True)
class _Life:
    title: str
    status: str


def composable() -> dict[str, type[Paper]]:
    """The kinds that a person may word on a page: those that no procedure, agreement or reminder draws up."""
    drawn_up = {*FILLS, *BY_OTHERS}
    return {code: kind for code, kind in PAPERS.items() if code not in drawn_up and not kind.hand_signed}


def proof(office: Office, wanted: Manuscript, by: Actor, at: datetime) -> bytes:
    """The document as it would be kept, to look at; refuses what `compose` refuses, and keeps nothing."""
    if wanted.code in FILLS:
        raise NotComposed(title=paper_class(wanted.code).title, code=wanted.code)
    with reading(office.records) as conn:
        values = _values(conn, office, wanted, seat_of(conn, by, at), at)
        master = master_of(conn, office, wanted.code)
    return paper_class(wanted.code).from_snapshot(values["snapshot"]).render(master)


def compose(office: Office, wanted: Manuscript, by: Actor, at: datetime) -> int:
    """Keep a new draft; returns its id. Raises NotAllowed: a kind that procedures draw up, a wrong route, a blank
    without a value, a form that departs from the standard."""
    if wanted.code in FILLS:
        raise NotComposed(title=paper_class(wanted.code).title, code=wanted.code)
    with writing(office.records) as conn:
        seat = seat_of(conn, by, at)
        values = _values(conn, office, wanted, seat, at)
        key = f"composed:{seat.office_code}:{uuid.uuid4().hex}"
        paper_id = papers.file_draft(conn, {**values, "key": key, "status": _first_state(wanted.code),
                                            "drafted_at": at, "drafted_by": seat.person_id})  # fmt: skip
        if paper_id is None:
            raise ChangedMeanwhile(case=values["title"], by="他人", at="刚才")
        correspondence.add_step(conn, paper_id, "draft", seat, "", at)
        body = {"composed": paper_id, "code": wanted.code, "office": seat.office, "post": seat.post}
        ledger.add_line(conn, f"office:{seat.office_code}", "composed", body, {"by": seat.person}, at)
        return paper_id


def reword(office: Office, paper_id: int, wanted: Manuscript, by: Actor, at: datetime) -> None:
    """Word a draft anew; whoever reviewed the old wording has to look again."""
    with writing(office.records) as conn:
        seat = seat_of(conn, by, at)
        paper = papers.paper(conn, paper_id, lock=True)
        if paper is None or paper.drafted_by is None or paper.code != wanted.code:
            raise NoSuch(what="可以修改的文稿", key=paper_id)
        if paper.office_code != seat.office_code:
            raise NoSuch(what=f"{seat.office}的文稿", key=paper_id)
        life.move(_Life(paper.title, paper.status), "redraft")
        if not papers.set_paper(conn, paper_id, paper.version, _values(conn, office, wanted, seat, at)):
            raise ChangedMeanwhile(case=paper.title, by="他人", at="刚才")
        correspondence.add_step(conn, paper_id, "redraft", seat, "", at)


def _first_state(code: str) -> str:
    return "printed" if paper_class(code).hand_signed else "draft"


def _values(conn: Connection, office: Office, wanted: Manuscript, seat: Seat, at: datetime) -> dict[str, Any]:
    kind = paper_class(wanted.code)
    issuer = offices.office(conn, seat.office_code)
    paper = kind.from_snapshot(_filled(conn, kind, wanted, issuer, seat))
    paper.texts()  # a missing value stops here, by the name of its blank
    paper.agree()
    _route(conn, paper, wanted, issuer, at)
    _correction(conn, paper, wanted)
    title = wanted.title or title_of(paper)
    if faults := [
        d
        for d in check(paper.render(master_of(conn, office, wanted.code)), public=paper.public)
        if not d.note and d.rule != "G-05"
    ]:
        raise PaperDeparts(title=title, faults="；".join(str(d) for d in faults[:5]))
    home = _home(conn, wanted.household_no, at) if wanted.household_no else None
    return {
        "code": wanted.code, "title": title, "family": paper.family, "public": paper.public,
        "household_id": home.id if home is not None else None, "office_code": seat.office_code,
        "area_path": home.area_path if home is not None else _area(conn, seat.office_code, at),
        "snapshot": paper.to_snapshot(), "signer_role": None if kind.hand_signed else SIGNERS.get(issuer.level),
        "corrects_id": wanted.corrects_id, "to_offices": list(wanted.to), "copy_offices": list(wanted.copies),
        "countersigners": list(wanted.countersigners),
    }  # fmt: skip


def _filled(conn: Connection, kind: type[Paper], wanted: Manuscript, issuer: Any, seat: Seat) -> dict[str, Any]:
    """The given blanks, and what the records know where nothing is given: issuer, printer, addressees, telephone."""
    known = {f.name for f in fields(kind)}
    ours = {
        "office": issuer.name, "printed_by": issuer.name, "mark": issuer.name, "contact": seat.person,
        "phone": issuer.phone or "", "to": names_of(conn, wanted.to), "copies": names_of(conn, wanted.copies),
    }  # fmt: skip
    return {k: v for k, v in ours.items() if k in known and v} | dict(wanted.values)


def _home(conn: Connection, number: str, at: datetime) -> HouseholdOn:
    known = register.id_of(conn, number)
    home = register.household_on(conn, known, day_of(at)) if known is not None else None
    if home is None:
        raise NoSuch(what="户", key=number)
    return home


def names_of(conn: Connection, codes: Sequence[str]) -> str:
    return "、".join(offices.name_of(conn, code) for code in codes)


def _route(conn: Connection, paper: Paper, wanted: Manuscript, issuer: Any, at: datetime) -> None:
    kind = str(getattr(paper, "kind", ""))
    if not kind:
        return
    text = "".join(str(value) for value in paper.to_snapshot().values())
    bodies = {code: _body(conn, code, at) for code in (issuer.code, *wanted.to, *wanted.copies)}
    why = wrong_way(Route(kind, bodies[issuer.code], [bodies[c] for c in wanted.to],
                          [bodies[c] for c in wanted.copies], text))  # fmt: skip
    if why:
        raise RouteWrong(kind=kind, why=why)


def _body(conn: Connection, code: str, at: datetime) -> Body:
    office = offices.office(conn, code)
    return Body(office.name, office.level, _area(conn, code, at))


def _area(conn: Connection, office_code: str, at: datetime) -> str:
    path = areas.office_path(conn, office_code, day_of(at))
    if path is None:
        raise NoSuch(what="单位所在区划", key=office_code)
    return path


def _correction(conn: Connection, paper: Paper, wanted: Manuscript) -> None:
    if wanted.corrects_id is None:
        return
    old = papers.paper(conn, wanted.corrects_id)
    if old is None:
        raise NoSuch(what="要更正的文书", key=wanted.corrects_id)
    if old.sha256 is None:
        raise NothingToCorrect(title=old.title)
    named = old.number or old.title
    if named not in str(paper.to_snapshot()):
        raise CorrectionUnnamed(number=named)


def title_of(paper: Paper) -> str:
    """The title under which a worded paper is listed."""
    subject = str(getattr(paper, "subject", "")).replace("\n", "")
    kind = str(getattr(paper, "ending", "") or getattr(paper, "kind", ""))
    return f"关于{subject}的{kind}" if subject and kind and kind != "纪要" else f"{subject}{paper.title}"
