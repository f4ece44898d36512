"""Carrying out a message that is owed: into the inbox of everyone whom it concerns, and on by the channels they want."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from flows.digests import compose, readers
from flows.messages import To
from flows.office import Office
from flows.reminding import digest_key
from flows.sending import owe_sends
from records import cases, dues, duties, messages
from records.duties import DutyRow
from records.messages import Recipient
from records.scope import scope_of
from records.wishes import wishes_of
from rules.days import day_of
from rules.jurisdiction import covers


def tell_in(conn: Connection, office: Office, duty: DutyRow, at: datetime) -> None:
    """Put the message into the inbox of everyone it is for; who has it already does not get it twice."""
    news = duty.payload
    subject_kind, subject_id = news["about"] or (None, None)
    at_step = news.get("while_at") is not None
    if at_step and not _still_there(conn, news):
        return
    people = recipients(conn, news, day_of(at))
    if at_step and news["kind"] == "task_opened":  # owed because somebody at the desk wants it, not everybody
        people = [person for person in people if _wants_at_once(conn, office, person)]
    rows = [
        {"key": news["key"], "person_id": person.person_id, "office_code": person.office_code, "kind": news["kind"],
         "title": news["title"], "body": news["body"], "subject_kind": subject_kind, "subject_id": subject_id,
         "facts": {}, "at": at}
        for person in people
    ]  # fmt: skip
    owe_sends(conn, office, messages.keep(conn, rows), at, any(to["office_code"] for to in news["to"]))


def remind_in(conn: Connection, office: Office, duty: DutyRow, at: datetime) -> None:
    """Tell an office's digest: made anew for each reader, so that what is done by now calls nobody. Where digests have
    piled up because nothing was carried out for days, the newest tells them all."""
    code, day, today = str(duty.payload["office"]), date.fromisoformat(duty.payload["day"]), day_of(at)
    newest = dues.newest_digest(conn, code)
    if newest is not None and newest > day and duties.known(conn, [digest_key(code, newest)]) == {
        digest_key(code, newest): False
    }:  # fmt: skip
        dues.tell_later(conn, code, day, newest)
        return
    rows: list[Mapping[str, Any]] = []
    told = dues.told_to(conn, code, day)
    for reader in readers(conn, code, told, today):
        digest = compose(conn, office, code, told, reader, today)
        if digest is not None:
            facts = {"office": code, "day": day.isoformat(), "own_only": reader.own_only, "below": reader.below}
            rows.append({
                "key": duty.key, "person_id": reader.who.person_id, "office_code": code, "kind": "reminder",
                "title": digest.title, "body": digest.text, "subject_kind": None, "subject_id": None,
                "facts": facts, "at": at,
            })  # fmt: skip
    owe_sends(conn, office, messages.keep(conn, rows), at, True)


def recipients(conn: Connection, news: Mapping[str, Any], day: date) -> list[Recipient]:
    """Everyone a message is for on that day, each once; nobody who may not see what it is about."""
    found: dict[int, Recipient] = {}
    for to in news["to"]:
        for person in _behind(conn, To(**to), day):
            found.setdefault(person.person_id, person)
    return [person for person in found.values() if _concerns(conn, person, news, day)]


def _still_there(conn: Connection, news: Mapping[str, Any]) -> bool:
    case = cases.see_case(conn, int(news["about"][1]))
    return case is not None and case.closed_on is None and case.step == news["while_at"]


def _wants_at_once(conn: Connection, office: Office, person: Recipient) -> bool:
    wishes = wishes_of(conn, person.person_id, person.office_code, office.pack.quiet_hours())
    return wishes.new_tasks == "at_once"


def _behind(conn: Connection, to: To, day: date) -> Iterator[Recipient]:
    if to.person_id is not None:
        yield Recipient(to.person_id, to.office_code)
    elif to.office_code is not None:
        role = to.role or messages.head_role(conn, to.office_code)
        if role is not None:
            yield from messages.holders(conn, to.office_code, role, day)


def _concerns(conn: Connection, person: Recipient, news: Mapping[str, Any], day: date) -> bool:
    if news["area_path"] is None:
        return True
    scope = scope_of(conn, person.person_id, day)
    case = cases.see_case(conn, int(news["about"][1])) if scope.files and (news["about"] or "x")[0] == "case" else None
    return covers(scope, news["area_path"], news["household_id"], cases.file_of(case) if case is not None else None)
