"""消息: what one was told, newest first, and where it leads."""

from __future__ import annotations

from starlette.responses import Response

from records import messages
from records.engine import reading, writing
from records.listing import PAGE
from states.not_allowed import NoSuch
from web import words
from web.access import SIGNED_IN, Pages
from web.visit import TheVisit

pages = Pages()
LEADS = {"case": "/cases/{id}", "household": "/households/{id}", "paper": "/papers/{id}", "incoming": "/incoming/{id}"}


@pages.get("/inbox", SIGNED_IN, "消息")
def see_inbox(visit: TheVisit) -> Response:
    only, before = bool(visit.text("unread")), visit.number("before") or None
    with reading(visit.office.records) as conn:
        rows = messages.inbox(conn, visit.me.person_id, only, before, PAGE + 1)
        unread = messages.count_unread(conn, visit.me.person_id)
    more = rows[PAGE - 1].id if len(rows) > PAGE else None
    return visit.page("inbox", rows=rows[:PAGE], unread=unread, only=only, more=more, leads=LEADS)


@pages.post("/inbox/read", SIGNED_IN, "消息")
def read_all(visit: TheVisit) -> Response:
    with writing(visit.office.records) as conn:
        count = messages.mark_all_read(conn, visit.me.person_id, visit.at)
    return visit.go("/inbox", words.ALL_READ.format(count=count))


@pages.post("/inbox/{message_id}", SIGNED_IN, "消息")
def open_message(visit: TheVisit, message_id: int) -> Response:
    """Read one message and go where it leads."""
    with writing(visit.office.records) as conn:
        message = messages.message_of(conn, visit.me.person_id, message_id)
        if message is None:
            raise NoSuch(what=words.MESSAGE, key=message_id)
        messages.mark_read(conn, visit.me.person_id, [message_id], visit.at)
    lead = LEADS.get(message.subject_kind or "")
    return visit.go(lead.format(id=message.subject_id) if lead else "/inbox")
