"""推送订阅: which programs are told of what happened, on the strength of one's own tokens."""

from __future__ import annotations

from starlette.responses import Response

from flows.webhooks import EVENTS, send_test, subscribe, subscriptions, unsubscribe
from integrations.unreachable import Unreachable
from records import accounts
from records.engine import reading
from states.not_allowed import NotAllowed
from web import words
from web.access import ADMIN, SIGNED_IN, Pages
from web.visit import TheVisit, Visit

pages = Pages("/account/webhooks")


@pages.get("", SIGNED_IN, "推送订阅")
def see_webhooks(visit: TheVisit) -> Response:
    """One's own subscriptions; an administrator sees everybody's."""
    return _page(visit)


def _page(visit: Visit, problem: str = "", secret: str = "", status: int = 200) -> Response:
    with reading(visit.office.records) as conn:
        listed = subscriptions(conn, visit.at, _whose(visit))
        tokens = [row for row in accounts.tokens_of(conn, visit.me.account_id, visit.at) if "read" in row.may]
    return visit.page("webhooks", status, listed=listed, tokens=tokens, events=EVENTS, problem=problem, secret=secret,
                      url=visit.text("url"), chosen=visit.texts("event") or list(EVENTS), all=ADMIN.admits(visit))  # fmt: skip


def _whose(visit: Visit) -> int | None:
    return None if ADMIN.admits(visit) else visit.me.account_id


@pages.post("", SIGNED_IN, "推送订阅")
def add_webhook(visit: TheVisit) -> Response:
    try:
        made = subscribe(visit.office, visit.number("token"), visit.text("url"), visit.texts("event"), visit.at,
                         visit.me.account_id)  # fmt: skip
    except (NotAllowed, Unreachable) as no:
        return _page(visit, str(no), status=409)
    return _page(visit, secret=made.secret)


@pages.post("/{webhook_id:int}/test", SIGNED_IN, "推送订阅")
def try_webhook(visit: TheVisit, webhook_id: int) -> Response:
    try:
        send_test(visit.office, webhook_id, visit.at, _whose(visit))
    except Unreachable as no:
        return visit.go("/account/webhooks", words.TEST_FAILED.format(why=no), good=False)
    return visit.go("/account/webhooks", words.TEST_TAKEN)


@pages.post("/{webhook_id:int}/end", SIGNED_IN, "推送订阅")
def end_webhook(visit: TheVisit, webhook_id: int) -> Response:
    unsubscribe(visit.office, webhook_id, visit.at, _whose(visit))
    return visit.go("/account/webhooks", words.WEBHOOK_ENDED)
