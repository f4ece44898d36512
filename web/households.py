"""户: the register as a list, one household as of a day, its file for the resident, and reading outside one's area."""

from __future__ import annotations

from urllib.parse import quote

from sqlalchemy import Connection
from starlette.responses import Response

from flows import reading as files
from flows.frozen import procedure_of
from flows.household_view import CHANGES, KINDS, OBLIGATIONS, STATES, VERDICTS, View, facts_shown, view
from flows.household_view import shown as fact_shown
from flows.resident_file import give_file
from records import cases, help, overview
from records.engine import reading
from states.case import CaseLife
from states.not_allowed import NotAllowed
from states.paper import PaperLife
from web import pictures
from web.access import SIGNED_IN, STAFF, Pages
from web.listed import Names, ask_of, shown
from web.visit import TheVisit

pages = Pages("/households")
WITH_HELP = "with_help"
STATUSES = {str(s.value): s.name for s in (*CaseLife.states, *PaperLife.states)}


@pages.get("", SIGNED_IN, "户")
def see_households(visit: TheVisit) -> Response:
    state, year = visit.text("state"), visit.number("year")
    chosen = overview.WITH_HELP if state == WITH_HELP else (state,) if state in STATES else ()
    with reading(visit.office.records) as conn:
        ask, area = ask_of(conn, visit)
        listing = overview.households(ask, visit.office.pack.id, chosen, year or None,
                                      visit.text("q")[:40])  # fmt: skip
        listed, name = shown(conn, listing, visit), Names(conn, visit)
        rows = [{"row": r, "place": name.of_path(r.area_path), "state": STATES.get(r.state or "", "未纳入")}
                for r in listed.rows]  # fmt: skip
    return visit.page("households", rows=rows, listed=listed, area=area, state=state, year=year, states={**STATES, WITH_HELP: "尚在帮扶"},
                      q=visit.text("q"))  # fmt: skip


@pages.get("/elsewhere", SIGNED_IN, "越区查阅")
def see_elsewhere(visit: TheVisit) -> Response:
    return visit.page("elsewhere", problem="", number=visit.text("number"), why="")


@pages.post("/elsewhere", STAFF, "越区查阅")
def break_glass(visit: TheVisit) -> Response:
    """Reading by one's own word: asked why, kept, told to the district."""
    try:
        household = files.break_glass(visit.office, visit.text("number"), visit.text("why"), visit.actor, visit.at)
    except NotAllowed as no:
        return visit.page("elsewhere", 409, problem=str(no), number=visit.text("number"), why=visit.text("why"))
    return visit.go(f"/households/{household}", "已登记越区查阅，并告知区扶贫办。")


@pages.get("/{household_id:int}", SIGNED_IN, "户档案")
def see_household(visit: TheVisit, household_id: int) -> Response:
    on = visit.day("on") or visit.today
    opened = files.open_file(visit.office, visit.me.person_id, household_id, min(on, visit.today), visit.at)
    with reading(visit.office.records) as conn:
        seen = view(conn, visit.office, opened.household, min(on, visit.today))
        risks = help.open_risks(conn, household_id)
        numbers = {c.id: cases.case_number(c.year, c.id) for c in seen.cases}
        titles = _titles(conn, seen)
    return visit.page(
        "household", seen=seen, past=seen.on < visit.today, facts=facts_shown(seen.home.facts), facts_shown=facts_shown,
        fact=fact_shown, path=pictures.path_picture(seen.stops), income=pictures.income_picture(seen.years), risks=risks,
        numbers=numbers, titles=titles, statuses=STATUSES, changes=CHANGES, kinds=KINDS, verdicts=VERDICTS,
        obligations=OBLIGATIONS, noted=opened.noted, readers=files.readers(visit.office, household_id)[:20],
    )  # fmt: skip


def _titles(conn: Connection, seen: View) -> dict[int, tuple[str, str]]:
    """Each case's procedure and the step at which it stands."""
    found = {}
    for case in seen.cases:
        procedure = procedure_of(conn, case.procedure_sha256)
        found[case.id] = (procedure.title, procedure.step(case.step).title)
    return found


@pages.post("/{household_id:int}/file", STAFF, "提供档案")
def give(visit: TheVisit, household_id: int) -> Response:
    """The household's whole file, for the resident."""
    given = give_file(visit.office, household_id, visit.text("to"), visit.actor, visit.at)
    name = quote(given.name)
    return Response(given.data, media_type="application/zip",
                    headers={"content-disposition": f"attachment; filename*=UTF-8''{name}"})  # fmt: skip
