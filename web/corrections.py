"""更正: a resident's request to have what is held put right or taken off, written down by the clerk as a case."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import Response

from flows.correction import text_key, texts_about
from flows.decide import decide
from flows.reading import open_file
from flows.start import Start, start
from records import cases, household_file
from records.engine import reading
from records.register import HouseholdOn
from rules.register import PEOPLE_COLUMNS
from states.decision import Decision, MadeBy
from states.not_allowed import FieldMissing, NotAllowed
from states.procedure import Verdict
from web.access import Pages, roles
from web.uploads import kept
from web.visit import TheVisit, Visit

pages = Pages("/households")
CLERK = roles("community_clerk")
FIELDS = {"name": "姓名", **{c.key: c.title for c in PEOPLE_COLUMNS if c.of == "person" and c.kind in ("text", "choice", "flag")
                            and c.key not in ("name", "sex", "relation", "id_kind")}}  # fmt: skip


@pages.get("/{household_id:int}/correction", CLERK, "更正申请")
def see_form(visit: TheVisit, household_id: int) -> Response:
    return _form(visit, household_id, "")


def _form(visit: Visit, household_id: int, problem: str) -> Response:
    home = open_file(visit.office, visit.me.person_id, household_id, visit.today, visit.at).household
    with reading(visit.office.records) as conn:
        lines = [_line(row) for row in household_file.personal_lines(conn, household_id)]
        texts = [(text_key(text), text) for text in texts_about(conn, household_id)]
    return visit.page("correction", 409 if problem else 200, home=home, lines=lines, texts=texts, problem=problem, fields=FIELDS,
                      form=visit.form, title=_title(home))  # fmt: skip


def _title(home: HouseholdOn) -> str:
    return f"{home.head.name}户" if home.head else f"户{home.number}"


def _line(row: Any) -> dict[str, Any]:
    """A ledger line as the resident would recognise it."""
    said = "；".join(f"{value}" for value in json.loads(row.personal).values() if isinstance(value, str))
    return {"stream": row.stream, "seq": row.seq, "at": row.at, "text": said}


@pages.post("/{household_id:int}/correction", CLERK, "更正申请")
def ask_for(visit: TheVisit, household_id: int) -> Response:
    """Start the case and register the request in one go; what is refused comes back as it was written."""
    try:
        case_id = _asked(visit, household_id)
    except NotAllowed as no:
        return _form(visit, household_id, str(no))
    return visit.go(f"/cases/{case_id}", "更正申请已登记，送街道核实。")


def _asked(visit: Visit, household_id: int) -> int:
    home = open_file(visit.office, visit.me.person_id, household_id, visit.today, visit.at).household
    uploads = visit.uploads("request")
    if not uploads or not visit.text("asker"):
        raise FieldMissing(step="登记更正申请", fields="申请人、申请书")
    evidence = kept(visit, uploads[0], "request")
    with reading(visit.office.records) as conn:
        running = cases.open_case_of(conn, "correction", "household", household_id)
    case = running or start(visit.office, Start("correction", "household", household_id, _title(home), home.area_code,
                                                visit.actor, visit.at))  # fmt: skip
    fields = {"about": visit.text("about"), "reason": visit.text("reason"), "effective_on": visit.text("effective_on"),
              "changes": _changes(visit, home), "lines": visit.texts("line"), "texts": visit.texts("text")}  # fmt: skip
    decide(visit.office, Decision(case.id, "community", Verdict.APPROVE, visit.actor, visit.at, "已登记", fields, (evidence,),
                                  MadeBy(visit.text("asker"), "申请人")))  # fmt: skip
    return case.id


def _changes(visit: Visit, home: HouseholdOn) -> list[dict[str, Any]]:
    person, field = visit.number("person"), visit.text("field")
    if person not in {m.person_id for m in home.members} or field not in FIELDS or not visit.text("value"):
        return []
    column = next((c for c in PEOPLE_COLUMNS if c.key == field), None)
    value: Any = visit.text("value")
    if column is not None and column.kind == "flag":
        value = value == "是"
    return [{"kind": "person", "person_id": person, "facts": {field: value}}]
