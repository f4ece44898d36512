"""Whether a visitor may see a case: asked by every page that opens one."""

from __future__ import annotations

from sqlalchemy import Connection

from records import cases, handing, traces
from rules.jurisdiction import covers
from states.not_allowed import NoSuch
from web import words
from web.visit import Visit


def case_in_scope(conn: Connection, visit: Visit, case_id: int) -> cases.CaseRow:
    """The case, for one who may see it: by area or household, by a copy, or by having acted on it. Raises NoSuch alike
    for a case that is not there and one that is not to be seen."""
    case = cases.see_case(conn, case_id)
    if case is not None:
        household = case.subject_id if case.subject_kind == "household" else None
        person = visit.me.person_id
        if (
            covers(visit.scope, case.area_path, household, cases.file_of(case))
            or handing.has_copy(conn, case_id, person)
            or traces.asked_of(conn, case_id, person)
        ):
            return case
    raise NoSuch(what=words.CASE, key=case_id)
