"""待签发: drafts that wait for one's signature, read as pages, signed singly or as a list, with number and hash at once."""

from __future__ import annotations

from starlette.responses import Response

from flows import sign as signing
from records import paper_lists
from records.engine import reading
from records.overview import Ask
from states.not_allowed import NothingTicked
from states.paper import PaperLife
from web.access import STAFF, Pages
from web.listed import shown
from web.visit import TheVisit

pages = Pages("/signing")
STATUSES = {str(s.value): s.name for s in PaperLife.states}


@pages.get("", STAFF, "待签发")
def see_drafts(visit: TheVisit) -> Response:
    ask = Ask(visit.scope, visit.today)
    desks = [(visit.seat.office_code, visit.seat.role)] if visit.seat else []
    with reading(visit.office.records) as conn:
        drafts = shown(conn, paper_lists.to_sign(ask, desks), visit)
        forms = paper_lists.by_hand(ask)
        out, count = forms.page(conn), forms.count(conn)
    return visit.page("signing", drafts=drafts, out=out, out_count=count)


@pages.post("", STAFF, "签发")
def sign_them(visit: TheVisit) -> Response:
    """Sign those that are ticked: each by itself; what may not be signed stays a draft and says why."""
    chosen = [int(text) for text in visit.texts("paper") if text.isdigit() and len(text) < 16]
    if not chosen:
        raise NothingTicked(act="签发")
    signed, stays = signing.sign_list(visit.office, chosen, visit.actor, visit.at)
    with reading(visit.office.records) as conn:
        ask = Ask(visit.scope, visit.today)
        rows = {key: paper_lists.paper(conn, ask, key) for key in chosen}
    return visit.page("signed", signed=signed, stays=stays, rows=rows)
