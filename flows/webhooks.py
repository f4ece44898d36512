"""Webhooks (推送订阅): what happened is owed to whoever subscribed, in the transaction in which it happened, and told
afterwards: signed, with numbers and no names, and only within what the subscriber's token may read."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from flows.office import Office
from integrations.unreachable import Unreachable
from integrations.webhook import signed
from records import alerts, duties, ledger, seats, webhooks
from records.cases import file_of, see_case
from records.duties import DutyRow
from records.engine import reading, writing
from records.scope import scope_of
from rules.days import BEIJING, day_of
from rules.jurisdiction import covers
from states.not_allowed import FieldWrong, NoSuch

EVENTS: Mapping[str, str] = {
    "case.opened": "立案",
    "case.decided": "作出意见",
    "case.closed": "办结",
    "paper.issued": "签发文书",
    "notice.posted": "张贴公示公告",
    "notice.taken_down": "撤下公示公告",
}
TEST = "test"
ANNOUNCE, DELIVER = "announce", "deliver"
REST = timedelta(minutes=1)  # a receiver that failed is not asked again sooner, so that it holds nobody else up
MOST = 20  # subscriptions of one token


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: its name, what makes it the only one of its name, whom it concerns, and what is told of it."""

    name: str
    key: str
    area_path: str
    household_id: int | None = None
    case_id: int | None = None
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.name}:{self.key}"


def announce(conn: Connection, events: Sequence[Event], at: datetime) -> None:
    """Owe the telling of what happens now; nothing at all where nobody subscribed."""
    if not events or not webhooks.anybody(conn):
        return
    duties.owe(conn, [
        {"key": f"{ANNOUNCE}:{event.id}", "kind": ANNOUNCE, "case_id": event.case_id, "act_id": None, "owed_since": at,
         "payload": {"event": event.name, "id": event.id, "area": event.area_path, "household": event.household_id,
                     "about": dict(event.about)}}
        for event in events
    ])  # fmt: skip


def of_case(name: str, key: str, case: Any, **about: Any) -> Event:
    """An event of a case: which one, of what procedure, and where it stands."""
    household = case.subject_id if case.subject_kind == "household" else None
    told = {"case": case.id, "number": case.number, "procedure": case.procedure, **about}
    return Event(name, key, case.area_path, household, case.id, told)


def share_out(conn: Connection, office: Office, duty: DutyRow, at: datetime) -> None:
    """Owe one delivery to each subscription that asked for such an event and may see whom it concerns."""
    said = duty.payload
    wanted = [row for row in webhooks.in_force(conn, at) if said["event"] in row.events]
    duties.owe(conn, [
        {"key": webhooks.key_of(row.id, said["id"]), "kind": DELIVER, "case_id": duty.case_id, "act_id": None,
         "owed_since": at, "payload": {**said, "webhook": row.id, "happened": duty.owed_since.isoformat()}}
        for row in wanted if _may_know(conn, row, duty, at)
    ])  # fmt: skip


def _may_know(conn: Connection, row: Any, duty: DutyRow, at: datetime) -> bool:
    """Does the token's person hold its post still, and see this with it? A unit's head and a helper see the rungs of the
    supervision files about them, wherever the file is kept."""
    on, said = day_of(at), duty.payload
    held = {(seat.office_code, seat.role) for seat in seats.seats_of(conn, row.person_id, on)
            if seat.acting_for_id is None}  # fmt: skip
    if (row.office_code, row.role) not in held or "read" not in row.may:
        return False
    scope = scope_of(conn, row.person_id, on)
    case = see_case(conn, duty.case_id) if scope.files and duty.case_id is not None else None
    return covers(scope, said["area"], said["household"], file_of(case) if case is not None else None)


def deliver(office: Office, duty: DutyRow, at: datetime) -> Any:
    """Tell one subscription of one event, as it may be told now. Raises Unreachable, and is then tried again."""
    said = duty.payload
    with reading(office.records) as conn:
        [row] = webhooks.in_force(conn, at, said["webhook"]) or [None]
        may = row is not None and _may_know(conn, row, duty, at)
    if row is None or not may:
        return None
    if row.away_until is not None and row.away_until > at:
        raise Unreachable("接收方刚才没有应答，稍后再试")
    happened = datetime.fromisoformat(said["happened"])
    try:
        _send(office, row, said["event"], said["id"], happened, said["about"], at)
    except Unreachable as no:
        _away(office, row, no, at)
        raise
    return lambda conn: _taken(conn, row.id, at)


def _send(
    office: Office, row: Any, name: str, event: str, happened: datetime, about: Mapping[str, Any], at: datetime
) -> None:
    told = {"id": event, "event": name, "at": happened.astimezone(BEIJING).isoformat(timespec="seconds"), **about}
    body = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    moment = str(int(at.timestamp()))
    office.webhooks.post(row.url, body, {
        "Content-Type": "application/json; charset=utf-8", "User-Agent": "bangfu", "X-Bangfu-Webhook": str(row.id),
        "X-Bangfu-Event": name, "X-Bangfu-Timestamp": moment,
        "X-Bangfu-Signature": f"sha256={signed(row.secret, moment, body)}",
    })  # fmt: skip


def _away(office: Office, row: Any, no: Unreachable, at: datetime) -> None:
    with writing(office.records) as conn:
        webhooks.change(conn, row.id, {"away_until": at + REST})
        says = f"推送订阅{row.id}（{row.name}）推送不到：{no}"
        alerts.raise_alert(conn, _alert(row.id), "webhook_away", says, row.office_code, at)


def _taken(conn: Connection, webhook_id: int, at: datetime) -> None:
    webhooks.change(conn, webhook_id, {"away_until": None, "told_at": at})
    alerts.close_alert(conn, _alert(webhook_id), at)


def _alert(webhook_id: int) -> str:
    return f"webhook:{webhook_id}"


# --- subscriptions ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscription just made: its secret is shown this once."""

    id: int
    secret: str = field(repr=False)


def subscribe(office: Office, token_id: int, url: str, events: Sequence[str], at: datetime, account_id: int | None = None
              ) -> Subscription:  # fmt: skip
    """Have a program told of these events, within what a token may read and for as long as the token is in force.

    `account_id` is whose token it must be; None: the operator's word. Raises NoSuch, FieldWrong, WebhookAddressWrong,
    or Unreachable for a host that nobody knows."""
    wanted = [name for name in EVENTS if name in events]
    if not wanted or set(events) - set(EVENTS):
        raise FieldWrong(field="推送事项", why=f"请从{'、'.join(EVENTS)}中选择。")
    url = url.strip()
    office.webhooks.look_up(url)
    secret = f"whsec_{secrets.token_urlsafe(32)}"
    with writing(office.records) as conn:
        token = webhooks.token(conn, token_id, at)
        if token is None or account_id not in (None, token.account_id):
            raise NoSuch(what="有效的令牌", key=token_id)
        if "read" not in token.may:
            raise FieldWrong(field="令牌", why="没有查阅权限，不能订阅推送。")
        if sum(row.token_id == token_id for row in webhooks.listed(conn, token.account_id)) >= MOST:
            raise FieldWrong(field="令牌", why=f"已有{MOST}项推送订阅，请先停用不用的。")
        made = webhooks.add(conn, {"token_id": token_id, "url": url, "secret": secret, "events": wanted, "made_at": at})
        body = {"webhook": made, "token": token_id, "events": wanted}
        ledger.add_line(conn, f"account:{token.account_id}", "webhook", body, {"url": url}, at)
    return Subscription(made, secret)


def unsubscribe(office: Office, webhook_id: int, at: datetime, account_id: int | None = None) -> None:
    """End a subscription: what still waits for it is not told any more. Raises NoSuch."""
    with writing(office.records) as conn:
        row = _mine(conn, webhook_id, account_id)
        if webhooks.end(conn, row.id, at):
            alerts.close_alert(conn, _alert(row.id), at)
            ledger.add_line(conn, f"account:{row.account_id}", "webhook_ended", {"webhook": row.id}, None, at)


def send_test(office: Office, webhook_id: int, at: datetime, account_id: int | None = None) -> None:
    """Send the receiver a test message now. Raises NoSuch, or Unreachable with what went wrong."""
    with reading(office.records) as conn:
        row = _mine(conn, webhook_id, account_id)
        if not webhooks.in_force(conn, at, webhook_id):
            raise NoSuch(what="有效的推送订阅", key=webhook_id)
    _send(office, row, TEST, f"{TEST}:{secrets.token_hex(8)}", at, {"office": row.office_code}, at)
    with writing(office.records) as conn:
        _taken(conn, row.id, at)


def _mine(conn: Connection, webhook_id: int, account_id: int | None) -> Any:
    row = webhooks.webhook(conn, webhook_id)
    if row is None or row.ended_at is not None or account_id not in (None, row.account_id):
        raise NoSuch(what="推送订阅", key=webhook_id)
    return row


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list of subscriptions."""

    row: Any
    state: str
    waiting: int
    failed: int


def subscriptions(conn: Connection, at: datetime, account_id: int | None = None) -> list[Listed]:
    """The subscriptions of an account, or all, with what waits for each and whether its token is in force."""
    alive = {row.id for row in webhooks.in_force(conn, at)}
    found = []
    for row in webhooks.listed(conn, account_id):
        state = "令牌已失效" if row.id not in alive else "推送不到" if row.away_until else "正常"
        found.append(Listed(row, state, *webhooks.counts(conn, row.id)))
    return found
