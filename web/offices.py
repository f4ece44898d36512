"""单位: what an office owes, overdue first, its rung, its agreements' place, and its posts and people."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from flows.administration import LEVELS
from records import administration, agreement_views, alerts, offices, overview
from records.engine import reading
from records.overview import Ask
from states.not_allowed import OutsideYourArea
from web.access import SIGNED_IN, Pages
from web.listed import ask_of, shown
from web.visit import TheVisit, Visit

pages = Pages("/offices")
SHOWN = 20


@pages.get("", SIGNED_IN, "单位")
def see_offices(visit: TheVisit) -> Response:
    """The offices one may see, each with how much it owes and how much of it is late."""
    with reading(visit.office.records) as conn:
        ask, area = ask_of(conn, visit)
        own = [seat.office_code for seat in visit.seats] if area is None else []
        listed = shown(conn, administration.offices(ask, visit.text("q")[:40], own), visit)
        owed = overview.dues(ask).by(conn, "office_code")
        late = overview.dues(ask, "overdue").by(conn, "office_code")
    rows = [{"row": r, "owed": owed.get(r.code, (0, 0))[0], "late": late.get(r.code, (0, 0))[0]} for r in listed.rows]
    return visit.page("offices", rows=rows, listed=listed, area=area, q=visit.text("q"), levels=LEVELS)


@pages.get("/{code}", SIGNED_IN, "单位")
def see_office(visit: TheVisit, code: str) -> Response:
    with reading(visit.office.records) as conn:
        ask = Ask(visit.scope, visit.today, headed=visit.headed, person_id=visit.me.person_id)
        row = _office(conn, visit, ask, code)
        bands = {band: overview.dues(ask, band, code) for band in overview.OPEN}
        counts = {band: listing.count(conn) for band, listing in bands.items()}
        owed = [r for band in overview.OPEN for r in bands[band].page(conn, 1, SHOWN)][:SHOWN]
        people = administration.posts_and_people(conn, code, visit.today)
        wish = agreement_views.Wish(office_code=code)
        agreed = agreement_views.listing(agreement_views.reader(conn, visit.me.person_id, visit.today), wish)
        agreements, agreed_count = agreed.page(conn, 1, SHOWN), agreed.count(conn)
        told = [a for a in alerts.open_alerts(conn) if a.office_code == code]
    return visit.page("office", office=row, counts=counts, owed=owed, people=people, agreements=agreements, agreed_count=agreed_count, told=told,
                      levels=LEVELS, shown=SHOWN)  # fmt: skip


def _office(conn: Any, visit: Visit, ask: Ask, code: str) -> Any:
    """The office, when its area is in the scope or the visitor sits in it."""
    own = tuple(seat.office_code for seat in visit.seats)
    row = offices.office(conn, code)
    if code not in {o.code for o in overview.offices_within(conn, ask, own, code)}:
        raise OutsideYourArea(what=row.name)
    return row
