"""一户一档: what a household has on file, in the order of its days, with category and retention, and the index as D-80."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flows.office import Office
from flows.paper_seats import seat_of
from records import correspondence, ledger, papers, register
from records.engine import reading, writing
from rules.archive import category_of
from rules.days import day_of
from states import paper as life
from states.decision import Actor
from states.not_allowed import NoSuch, NothingToArchive
from templates.archive_index import ArchiveIndex, Filed


class _Life:
    def __init__(self, title: str, status: str) -> None:
        self.title, self.status = title, status


def archive_household(office: Office, household_id: int, by: Actor, at: datetime) -> int:
    """Put every issued paper and every form that came back signed into the household's file; returns how many."""
    with writing(office.records) as conn:
        seat = seat_of(conn, by, at)
        home = register.household_on(conn, household_id, day_of(at))
        if home is None:
            raise NoSuch(what="户", key=household_id)
        found = correspondence.to_archive(conn, household_id)
        if not found:
            raise NothingToArchive(household=home.head.name if home.head else home.number)
        for paper in found:
            _file(conn, office, paper, seat, at)
        body = {"archived": household_id, "papers": [p.id for p in found], "office": seat.office, "post": seat.post}
        ledger.add_line(conn, f"household:{household_id}", "archived", body, {"by": seat.person}, at)
        return len(found)


def _file(conn: Any, office: Office, paper: Any, seat: Any, at: datetime) -> None:
    category = category_of(paper.code)
    if paper.status != "archived":
        status = life.move(_Life(paper.title, paper.status), "archive")
        papers.set_paper(conn, paper.id, paper.version, {"status": status})
        correspondence.add_step(conn, paper.id, "archive", seat, "归入户档", at)
    correspondence.add_entry(conn, {
        "household_id": paper.household_id, "category": category, "paper_id": paper.id, "title": paper.title,
        "number": paper.number, "dated_on": _dated(paper),
        "retention": office.pack.word(f"archive.{_KEYS[category]}", "户档保管期限"), "filed_by": seat.person,
        "filed_at": at,
    })  # fmt: skip


_KEYS = {"精准识别": "identification", "精准帮扶": "help", "贫困退出": "exit", "跟踪巩固": "followup", "其他": "other"}


def index_paper(office: Office, household_id: int, on: date) -> ArchiveIndex:
    """The index of a household's file as a paper (D-80)."""
    with reading(office.records) as conn:
        home = register.household_on(conn, household_id, on)
        entries = correspondence.index_of(conn, household_id)
    if home is None:
        raise NoSuch(what="户", key=household_id)
    if not entries:
        raise NothingToArchive(household=home.head.name if home.head else home.number)
    return ArchiveIndex(
        office=office.pack.label("office"), head=home.head.name if home.head else "", household_no=home.number,
        size=len(home.members), made_on=on,
        rows=tuple(Filed(serial=e.serial, category=e.category, title=e.title, number=e.number or "",
                         dated_on=e.dated_on, retention=e.retention) for e in entries),
    )  # fmt: skip


def _dated(paper: Any) -> date:
    if paper.issued_on is not None:
        return date.fromisoformat(str(paper.issued_on))
    scanned = (paper.signed_copy or {}).get("on")
    return date.fromisoformat(scanned) if scanned else day_of(paper.drafted_at)
