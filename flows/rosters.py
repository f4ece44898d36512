"""A public paper's list as a sheet of its own: built from the columns of its audience, then scanned like the paper."""

from __future__ import annotations

from typing import Literal

from flows.office import Office
from integrations.roster_xlsx import write_roster
from records import areas, papers
from records.engine import reading
from rules.privacy import public_roster
from states.not_allowed import NoPublicList, NoSuch
from templates.papers import paper_from
from templates.public import check_public_file


def public_sheet(office: Office, paper_id: int, audience: Literal["board", "web"], name: str = "") -> bytes:
    """The list of an issued public paper as Excel: for the board with full names, for the web with masked ones.

    Raises NoSuch, NoPublicList, or PublicPaperLeaks when a number that is nobody's business got into the list."""
    with reading(office.records) as conn:
        row = papers.paper(conn, paper_id)
        known = areas.all_codes(conn, row.area_path) if row is not None else frozenset()
    if row is None:
        raise NoSuch(what="文书", key=paper_id)
    paper = paper_from(row.code, row.snapshot)
    if row.sha256 is None or not paper.public or not hasattr(paper, "rows"):
        raise NoPublicList(paper=row.title)
    roster = public_roster(row.title, paper.rows)
    data = write_roster(roster.title, paper.office, *roster.copy_for(audience))
    check_public_file(row.title, data, paper.contacts, known, name)
    return data
