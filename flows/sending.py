"""Sending what is in an inbox by the channels that its owner wants: one duty per message and channel, so that a channel
that fails is tried again alone, and one that succeeded is not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from flows.digests import Digest, Reader, compose
from flows.mailing import html, plain, short
from flows.office import Office
from integrations.outgoing import Outgoing
from integrations.unreachable import Unreachable
from records import alerts, dues, duties, messages
from records.duties import DutyRow
from records.engine import reading, writing
from records.messages import Recipient
from records.wishes import CHANNELS, Wishes, wishes_of
from rules.days import day_of
from rules.quiet import sendable

GROUP = "wecom"  # told once per office, whoever of it is told


def owe_sends(conn: Connection, office: Office, kept: Sequence[Any], at: datetime, to_office: bool) -> None:
    """Owe the sending of messages that were just put into inboxes, each when its reader's quiet hours are over."""
    rows: list[dict[str, Any]] = []
    groups: set[str] = set()
    for row in kept:
        wishes = wishes_of(conn, row.person_id, row.office_code, office.pack.quiet_hours())
        rows.extend(_duty(row.id, channel, at, wishes) for channel in _ways(office, wishes))
        if to_office and row.office_code is not None and row.office_code not in groups:
            groups.add(row.office_code)
            rows.extend(_to_group(conn, office, row, at))
    duties.owe(conn, rows)


def _ways(office: Office, wishes: Wishes) -> Iterator[str]:
    for channel in wishes.channels:
        if channel != GROUP and channel in office.channels and address(wishes, channel) is not None:
            yield channel


def _to_group(conn: Connection, office: Office, row: Any, at: datetime) -> Iterator[dict[str, Any]]:
    robot = office.channels.get(GROUP)
    if robot is not None and robot.reaches(row.office_code):
        wishes = wishes_of(conn, None, row.office_code, office.pack.quiet_hours())
        if GROUP in wishes.channels:
            yield _duty(row.id, GROUP, at, wishes)


def _duty(message_id: int, channel: str, at: datetime, wishes: Wishes) -> dict[str, Any]:
    return {
        "key": f"send:{channel}:{message_id}", "kind": "send", "case_id": None, "act_id": None, "owed_since": at,
        "try_after": sendable(at, wishes.quiet), "payload": {"message": message_id, "channel": channel},
    }  # fmt: skip


def address(wishes: Wishes, channel: str) -> str | None:
    """Where a person is reached by that channel."""
    return {"email": wishes.email, "sms": wishes.mobile}.get(channel)


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it is to be sent now."""

    row: Any
    to: str
    title: str
    body: str
    digest: Digest | None


def send(office: Office, duty: DutyRow, at: datetime) -> Any:
    """Send one message by one channel, as it stands at this moment; nothing when what it tells of is done, or its
    reader no longer wants to be told so. Raises Unreachable, and the channel is then on the list of what is not well."""
    name = str(duty.payload["channel"])
    channel = office.channels.get(name)
    with reading(office.records) as conn:
        letter = _letter(conn, office, int(duty.payload["message"]), name, at)
    if channel is None or letter is None or not channel.reaches(letter.to):
        return None
    try:
        channel.send(_outgoing(office, letter, name, at))
    except Unreachable as no:
        if not no.permanent:
            with writing(office.records) as conn:
                says = f"{CHANNELS[name]}发不出去：{no}"
                alerts.raise_alert(conn, f"channel:{name}", "channel_away", says, None, at)
        raise
    return lambda conn: _sent(conn, letter, name, at)


def _sent(conn: Connection, letter: Letter, channel: str, at: datetime) -> None:
    alerts.close_alert(conn, f"channel:{channel}", at)
    if (letter.title, letter.body) != (letter.row.title, letter.row.body):
        messages.reword(conn, letter.row.id, letter.title, letter.body)


def _letter(conn: Connection, office: Office, message_id: int, channel: str, at: datetime) -> Letter | None:
    row = messages.message(conn, message_id)
    if row is None:
        return None
    person = None if channel == GROUP else row.person_id
    wishes = wishes_of(conn, person, row.office_code, office.pack.quiet_hours())
    to = row.office_code if channel == GROUP else address(wishes, channel)
    if to is None or channel not in wishes.channels:
        return None
    if row.kind != "reminder" or not row.facts:
        return Letter(row, to, row.title, row.body, None)
    reader = Reader(Recipient(row.person_id, row.office_code), row.facts["own_only"], row.facts["below"])
    told = dues.told_to(conn, row.facts["office"], date.fromisoformat(row.facts["day"]))
    digest = compose(conn, office, row.facts["office"], told, reader, day_of(at))
    return None if digest is None else Letter(row, to, digest.title, digest.text, digest)


def _outgoing(office: Office, letter: Letter, channel: str, at: datetime) -> Outgoing:
    sign = message_id(letter.row.key, letter.to if channel == GROUP else str(letter.row.person_id), channel)
    if channel != "email":
        return Outgoing(sign, letter.to, letter.title, short(letter.title), at)
    text = plain(letter.body, office.sign_in)
    return Outgoing(
        sign, letter.to, letter.title, text, at, html(letter.title, letter.body, letter.digest, office.sign_in)
    )


def message_id(key: str, recipient: str, channel: str) -> str:
    """The same for the same message, recipient and channel, however often it is tried."""
    return hashlib.sha256(f"{key}|{recipient}|{channel}".encode()).hexdigest()[:40]
