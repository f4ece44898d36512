"""What happens to a paper after it is printed or issued: it comes back signed, it is delivered and received for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from flows.office import Office
from records import cases, correspondence, ledger, papers
from records.cases import Seat
from records.engine import writing
from rules.days import day_of
from states import paper as life
from states.decision import Actor, Evidence
from states.not_allowed import ChangedMeanwhile, FieldMissing, FieldWrong, NoSuch, NotYourPost

WAYS: Mapping[str, str] = {"direct": "直接送达", "left": "留置送达", "post": "邮寄送达", "entrusted": "委托送达"}


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a paper reached the one it is for (送达回证)."""

    on: date
    receiver: str
    way: str
    witness: str = ""
    proof: Mapping[str, str] | None = None  # the signed receipt: {name, sha256}


@dataclass(slots=True)
class _Life:
    title: str
    status: str


def deliver(office: Office, paper_id: int, delivery: Delivery, by: Actor, at: datetime) -> None:
    """Record a delivery: who received, how, on what proof. Raises NotAllowed: not issued, a day ahead, no witness."""
    if not delivery.receiver.strip():
        raise FieldMissing(step="送达", fields="受送达人")
    if delivery.way not in WAYS:
        raise FieldWrong(field="送达方式", why=f"只能是{'、'.join(WAYS.values())}。")
    if delivery.way == "left" and not delivery.witness.strip():
        raise FieldMissing(step="留置送达", fields="见证人")
    with writing(office.records) as conn:
        paper, seat = _taken(conn, paper_id, by, at)
        if paper.issued_on is not None and not paper.issued_on <= delivery.on <= day_of(at):
            raise FieldWrong(field="送达日期", why="须在签发之后、今日之前（含今日）。")
        status = life.move(_Life(paper.title, paper.status), "deliver")
        how = {"receiver": delivery.receiver.strip(), "way": WAYS[delivery.way], "witness": delivery.witness.strip(),
               "proof": dict(delivery.proof) if delivery.proof else None, "by": seat.person}  # fmt: skip
        _set(conn, paper, {"status": status, "delivered_on": delivery.on, "delivery": how})
        body = {"delivered": paper_id, "way": delivery.way, "on": delivery.on, "office": seat.office, "post": seat.post}
        correspondence.add_step(
            conn, paper_id, "deliver", seat, f"{WAYS[delivery.way]}，{delivery.receiver.strip()}", at
        )
        personal = {"by": seat.person, "receiver": delivery.receiver.strip()}
        ledger.add_line(conn, f"office:{paper.office_code}", "delivered", body, personal, at)


def bring_back(office: Office, paper_id: int, found: Evidence, by: Actor, at: datetime) -> None:
    """A form that people signed by hand comes back as a scan that is kept already; from then on it stands as evidence of
    the step it was printed for."""
    with writing(office.records) as conn:
        paper, seat = _taken(conn, paper_id, by, at)
        status = life.move(_Life(paper.title, paper.status), "bring_back")
        scan = {"name": found.name, "sha256": found.sha256, "by": seat.person, "on": day_of(at).isoformat()}
        _set(conn, paper, {"status": status, "signed_copy": scan})
        body = {"came_back": paper_id, "sha256": found.sha256, "office": seat.office, "post": seat.post}
        ledger.add_line(conn, f"office:{paper.office_code}", "came_back", body, {"by": seat.person}, at)


def _taken(conn: Connection, paper_id: int, by: Actor, at: datetime) -> tuple[Any, Seat]:
    paper = papers.paper(conn, paper_id, lock=True)
    if paper is None:
        raise NoSuch(what="文书", key=paper_id)
    on = day_of(at)
    seat = cases.seat_of(conn, by.person_id, by.office_code, by.role, on)
    if seat is None:
        raise NotYourPost(person=cases.person_name(conn, by.person_id), day=on, post=by.role)
    return paper, seat


def _set(conn: Connection, paper: Any, changes: Mapping[str, Any]) -> None:
    if not papers.set_paper(conn, paper.id, paper.version, changes):
        raise ChangedMeanwhile(case=paper.title, by="他人", at="刚才")
