"""异常件: what a person must look into, and what the system could not do, with its cause and a retry."""

from __future__ import annotations

from starlette.responses import Response

from flows.drain import NAMES
from flows.trouble import retry, settle
from flows.watching import KINDS, OTHER
from records import overview
from records.engine import reading
from records.overview import Ask
from web.access import SIGNED_IN, Pages, roles
from web.listed import shown
from web.visit import TheVisit

pages = Pages("/trouble")
WHO = roles("administrator", "district_clerk", "district_director")


@pages.get("", SIGNED_IN, "异常件")
def see_trouble(visit: TheVisit) -> Response:
    ask = Ask(visit.scope, visit.today)
    with reading(visit.office.records) as conn:
        alerts = shown(conn, overview.alerts(ask), visit)
        duties = overview.failed_duties(ask)
        failed, count = duties.page(conn), duties.count(conn)
    return visit.page(
        "trouble",
        alerts=alerts,
        failed=failed,
        count=count,
        names=NAMES,
        kinds=KINDS,
        other=OTHER,
        may=WHO.admits(visit),
    )


@pages.post("/duties/{duty_id:int}", WHO, "异常件")
def try_again(visit: TheVisit, duty_id: int) -> Response:
    retry(visit.office, duty_id, visit.actor, visit.scope, visit.at)
    return visit.go("/trouble", "已重新排入应办，办成后自动从这里消失。")


@pages.post("/{alert_id:int}", WHO, "异常件")
def put_aside(visit: TheVisit, alert_id: int) -> Response:
    settle(visit.office, alert_id, visit.text("note"), visit.actor, visit.scope, visit.at)
    return visit.go("/trouble", "已办结。")
