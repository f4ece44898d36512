"""Taking a paper's file out: an issued one as it was issued, a form from its kept blanks."""

from __future__ import annotations

from flows.masters import master_of_paper
from flows.office import Office
from records import papers
from records.engine import reading
from states.not_allowed import NoSuch
from templates.papers import paper_from


def print_form(office: Office, paper_id: int) -> bytes:
    """The Word file of a paper. A form that was not made into a file yet is rendered from its snapshot."""
    with reading(office.records) as conn:
        paper = papers.paper(conn, paper_id)
        if paper is None:
            raise NoSuch(what="文书", key=paper_id)
        master = master_of_paper(conn, office, paper.code, paper.master_sha256)
    if paper.file_key is not None and office.files.exists(paper.file_key):
        return office.files.get(paper.file_key)
    return paper_from(paper.code, paper.snapshot).render(master)
