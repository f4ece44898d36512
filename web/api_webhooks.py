"""The JSON interface's 推送订阅: a program has itself told of what happens, as on the page /account/webhooks."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from flows.webhooks import EVENTS, Listed, send_test, subscribe, subscriptions, unsubscribe
from integrations.unreachable import Unreachable
from records.engine import reading
from states.not_allowed import FieldWrong
from web.api import NO, Caller, Id, Reader

api_webhooks = APIRouter(prefix="/api/v1/webhooks", responses=NO)


class Webhook(BaseModel):
    """One subscription; `state` says in Chinese whether it is told. Its secret is never told again."""

    id: int
    url: str
    events: list[str]
    office: str
    role: str
    state: str
    waiting: int
    failed: int
    told_at: datetime | None


class NewWebhook(BaseModel):
    """Where to, and of which events (all of them when none is named). It reads what the token reads, and ends with it."""

    model_config = ConfigDict(extra="forbid")
    url: Annotated[str, Field(min_length=8, max_length=500, pattern=r"^https?://\S+$")]
    events: list[str] = Field(default_factory=list, max_length=len(EVENTS), description="、".join(EVENTS))


class MadeWebhook(BaseModel):
    """`secret` signs what is sent, and is shown this once."""

    id: int
    secret: str


class Tried(BaseModel):
    """Whether the receiver took the test message, and if not, why."""

    taken: bool
    why: str | None = None


def _whose(caller: Caller) -> int | None:
    """One's own account's subscriptions; an administrator's post sees and ends everybody's."""
    return None if caller.seat.role == "administrator" else caller.account_id


@api_webhooks.get("", summary="推送订阅")
def see_webhooks(caller: Reader) -> list[Webhook]:
    with reading(caller.office.records) as conn:
        return [_webhook(listed) for listed in subscriptions(conn, caller.at, _whose(caller))]


def _webhook(listed: Listed) -> Webhook:
    row = listed.row
    return Webhook(id=row.id, url=row.url, events=list(row.events), office=row.office_code, role=row.role,
                   state=listed.state, waiting=listed.waiting, failed=listed.failed, told_at=row.told_at)  # fmt: skip


@api_webhooks.post("", status_code=201, summary="订阅推送")
def add_webhook(wanted: NewWebhook, caller: Reader) -> MadeWebhook:
    """Have this token's program told of what happens, within what the token may read."""
    try:
        made = subscribe(caller.office, caller.token_id, wanted.url, wanted.events or tuple(EVENTS), caller.at,
                         caller.account_id)  # fmt: skip
    except Unreachable as no:
        raise FieldWrong(field="接收地址", why=f"{no}。") from no
    return MadeWebhook(id=made.id, secret=made.secret)


@api_webhooks.post("/{webhook_id}/test", summary="试发推送")
def try_webhook(webhook_id: Id, caller: Reader) -> Tried:
    """Send the receiver a test message now."""
    try:
        send_test(caller.office, webhook_id, caller.at, _whose(caller))
    except Unreachable as no:
        return Tried(taken=False, why=str(no))
    return Tried(taken=True)


@api_webhooks.delete("/{webhook_id}", status_code=204, summary="停用推送订阅")
def end_webhook(webhook_id: Id, caller: Reader) -> None:
    """End a subscription: what still waits for it is not told any more."""
    unsubscribe(caller.office, webhook_id, caller.at, _whose(caller))
