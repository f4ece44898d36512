"""收文: what other bodies sent is registered, proposed upon, instructed upon and closed, each by its person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from flows.messages import News, To, tell
from flows.office import Office
from flows.paper_seats import seat_of
from records import areas, correspondence, ledger, papers, pickers
from records.cases import Seat
from records.engine import writing
from rules.days import day_of, in_chinese
from states.decision import Actor
from states.not_allowed import FieldMissing, FieldWrong, IncomingClosed, NoSuch, NotYourIncoming

LEADERS = ("community_head", "street_leader", "district_director", "group_leader", "helper_head")


@dataclass(frozen=True, slots=True)
class Incoming:
    """What stands on a paper that came in."""

    sender: str
    title: str
    received_on: date
    number: str = ""
    copies: int = 1
    secrecy: str = ""
    urgency: str = ""
    answer_by: date | None = None
    paper_id: int | None = None
    scan: tuple[str, bytes] | None = None  # (name, data)


def register_incoming(office: Office, came: Incoming, by: Actor, at: datetime) -> tuple[int, int]:
    """Enter it in the register of the actor's office: (id, number of the year)."""
    if empty := [name for name, text in (("来文单位", came.sender), ("标题", came.title)) if not text.strip()]:
        raise FieldMissing(step="收文登记", fields="、".join(empty))
    if came.received_on > day_of(at) or (came.answer_by is not None and came.answer_by < came.received_on):
        raise FieldWrong(field="日期", why="收到日期不能晚于今日，答复期限不能早于收到日期。")
    file = _kept(office, came)
    with writing(office.records) as conn:
        seat = seat_of(conn, by, at)
        if came.paper_id is not None and papers.paper(conn, came.paper_id) is None:
            raise NoSuch(what="文书", key=came.paper_id)
        made, seq = correspondence.register_incoming(conn, {
            "office_code": seat.office_code, "area_path": areas.office_path(conn, seat.office_code, day_of(at)),
            "year": came.received_on.year, "sender": came.sender.strip(), "number": came.number or None,
            "title": came.title.strip(), "copies": came.copies, "secrecy": came.secrecy or None,
            "urgency": came.urgency or None, "received_on": came.received_on, "answer_by": came.answer_by, "file": file,
            "paper_id": came.paper_id, "registered_by": seat.person, "registered_at": at,
        })  # fmt: skip
        body = {"incoming": made, "seq": seq, "number": came.number, "office": seat.office, "post": seat.post}
        ledger.add_line(conn, f"office:{seat.office_code}", "incoming", body, {"by": seat.person}, at)
        return made, seq


def propose(office: Office, incoming_id: int, text: str, by: Actor, at: datetime) -> None:
    """拟办: the clerk proposes who should do what."""
    _set(office, incoming_id, by, at, "拟办意见", text, lambda seat: {"proposal": text, "proposed_by": seat.person})


def instruct(office: Office, incoming_id: int, text: str, by: Actor, at: datetime) -> None:
    """批示: a leader of the office decides what is done."""
    if by.role not in LEADERS:
        raise FieldWrong(field="批示人", why="须由单位负责人批示。")
    _set(office, incoming_id, by, at, "批示", text, lambda seat: {"instruction": text, "instructed_by": seat.person})


def hand_to(office: Office, incoming_id: int, person_id: int, by: Actor, at: datetime) -> None:
    """交办: somebody of the office, who is told, handles it from now on. Raises NoSuch for anybody else."""
    with writing(office.records) as conn:
        seat = seat_of(conn, by, at)
        came = _open(conn, incoming_id, seat)
        name = next(
            (p.name for p in pickers.colleagues(conn, seat.office_code, day_of(at), 0) if p.id == person_id), None
        )
        if name is None:
            raise NoSuch(what=f"{seat.office}的人员", key=person_id)
        correspondence.set_incoming(conn, incoming_id, {"handler_id": person_id, "handler": name})
        body = {"incoming": came.id, "handler": person_id, "office": seat.office, "post": seat.post}
        ledger.add_line(
            conn, f"office:{seat.office_code}", "incoming_handed", body, {"by": seat.person, "to": name}, at
        )
        until = f"，{in_chinese(came.answer_by)}前答复" if came.answer_by else ""
        facts = {
            "title": f"收文交办：{came.title}",
            "text": f"{seat.person}把收文“{came.title}”（{came.sender}）交您承办{until}。",
        }
        tell(conn, News("notice", f"incoming:{came.id}:{person_id}:{at.isoformat()}", (To(person_id=person_id),), facts,
                        ("incoming", came.id)), at)  # fmt: skip


def close(office: Office, incoming_id: int, result: str, by: Actor, at: datetime, answered_by_id: int | None = None
          ) -> None:  # fmt: skip
    """办结: what came of it, and the paper that answers it."""
    _set(office, incoming_id, by, at, "办理结果", result, lambda seat: {
        "result": result, "closed_by": seat.person, "closed_on": day_of(at), "answered_by_id": answered_by_id,
    }, _may_close)  # fmt: skip


def _may_close(came: Any, by: Actor) -> None:
    if came.handler_id not in (None, by.person_id) and by.role not in LEADERS:
        raise NotYourIncoming(title=came.title, handler=came.handler)


def _set(office: Office, incoming_id: int, by: Actor, at: datetime, what: str, text: str, values: Any,
         may: Callable[[Any, Actor], None] = lambda came, by: None) -> None:  # fmt: skip
    if not text.strip():
        raise FieldMissing(step="收文办理", fields=what)
    with writing(office.records) as conn:
        seat = seat_of(conn, by, at)
        came = _open(conn, incoming_id, seat)
        may(came, by)
        changes: Mapping[str, Any] = values(seat)
        correspondence.set_incoming(conn, incoming_id, changes)
        body = {"incoming": came.id, "changed": sorted(changes), "office": seat.office, "post": seat.post}
        ledger.add_line(
            conn, f"office:{seat.office_code}", "incoming_handled", body, {"by": seat.person, "text": text}, at
        )


def _open(conn: Connection, incoming_id: int, seat: Seat) -> Any:
    came = correspondence.incoming_paper(conn, incoming_id, lock=True)
    if came is None or came.office_code != seat.office_code:
        raise NoSuch(what=f"{seat.office}的收文", key=incoming_id)
    if came.closed_on is not None:
        raise IncomingClosed(title=came.title, on=came.closed_on)
    return came


def _kept(office: Office, came: Incoming) -> dict[str, str] | None:
    if came.scan is None:
        return None
    name, data = came.scan
    suffix = f".{name.rsplit('.', 1)[-1].lower()}" if "." in name else ""
    key, sha256 = office.files.keep(data, suffix)
    return {"key": key, "name": name, "sha256": sha256}
