"""档案: households' files (一户一档) and closed cases' files, what of them is filed, under which heading, and for how long."""

from __future__ import annotations

from sqlalchemy import Connection
from starlette.responses import Response

from flows.archive_household import archive_household, index_paper
from records import correspondence, register
from records.cases import case_number
from records.engine import reading
from records.overview import Ask
from records.register import HouseholdOn
from rules.archive import category_of, longest
from rules.jurisdiction import covers
from states.case import CaseLife
from states.not_allowed import NoSuch
from states.table import state_names
from web import words
from web.access import SIGNED_IN, STAFF, Pages
from web.listed import shown
from web.papers import WORD, attachment
from web.visit import TheVisit, Visit

pages = Pages("/archive")


@pages.get("", SIGNED_IN, "档案")
def see_households(visit: TheVisit) -> Response:
    with reading(visit.office.records) as conn:
        listed = shown(conn, correspondence.household_files(Ask(visit.scope, visit.today), visit.text("q")[:32]), visit)
        heads = {h.id: h.head.name if h.head else "" for h in register.households_by_id(
            conn, [row.id for row in listed.rows], visit.today)}  # fmt: skip
    return visit.page("archive", listed=listed, heads=heads, q=visit.text("q"))


@pages.get("/cases", SIGNED_IN, "办件案卷")
def see_cases(visit: TheVisit) -> Response:
    with reading(visit.office.records) as conn:
        listed = shown(conn, correspondence.case_files(Ask(visit.scope, visit.today), visit.text("q")[:60]), visit)
        filed = correspondence.filed_of(conn, [row.id for row in listed.rows])
    kept = {
        key: ("、".join(dict.fromkeys(c for c, _ in rows)), longest(r for _, r in rows)) for key, rows in filed.items()
    }
    return visit.page("archive_cases", listed=listed, kept=kept, q=visit.text("q"), number=case_number,
                      standings=state_names(CaseLife))  # fmt: skip


@pages.get("/{household_id:int}", SIGNED_IN, "户档")
def see_index(visit: TheVisit, household_id: int) -> Response:
    with reading(visit.office.records) as conn:
        home = _home(conn, visit, household_id)
        entries = correspondence.index_of(conn, household_id)
        waiting = correspondence.to_archive(conn, household_id)
    return visit.page("archive_index", home=home, entries=entries, waiting=waiting, category_of=category_of,
                      may=STAFF.admits(visit))  # fmt: skip


def _home(conn: Connection, visit: Visit, household_id: int) -> HouseholdOn:
    """The household, for one in whose scope it is. Raises NoSuch."""
    home = register.household_on(conn, household_id, visit.today)
    if home is None or not covers(visit.scope, home.area_path, household_id):
        raise NoSuch(what="户", key=household_id)
    return home


@pages.get("/{household_id:int}/word", SIGNED_IN, "卷内目录")
def take_index(visit: TheVisit, household_id: int) -> Response:
    """The index as a paper (D-80)."""
    with reading(visit.office.records) as conn:
        home = _home(conn, visit, household_id)
    paper = index_paper(visit.office, household_id, visit.today)
    return attachment(paper.render(), f"卷内目录{home.number}.docx", WORD)


@pages.post("/{household_id:int}", STAFF, "归档")
def file_papers(visit: TheVisit, household_id: int) -> Response:
    """Put every finished paper of the household into its file."""
    with reading(visit.office.records) as conn:
        _home(conn, visit, household_id)
    count = archive_household(visit.office, household_id, visit.actor, visit.at)
    return visit.go(f"/archive/{household_id}", words.ARCHIVED.format(count=count))
