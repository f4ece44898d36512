"""Checking Word files against the standard, with the printed page where LibreOffice is there."""

from __future__ import annotations

from dataclasses import dataclass

from flows.masters import master_of_paper
from flows.office import Office
from integrations import pdf
from integrations.fonts import substitutions
from integrations.pdf import Page
from integrations.unreachable import Unreachable
from records import papers
from records.engine import reading
from states.not_allowed import NoSuch
from templates.checker import Departure, PageSeen, check
from templates.papers import paper_from


@dataclass(frozen=True, slots=True)
class Checked:
    """One file: what departs, and whether its pages were looked at."""

    name: str
    departures: tuple[Departure, ...]
    pages: int | None  # None: not printed, so what only a page shows was left out

    @property
    def passes(self) -> bool:
        return all(d.note for d in self.departures)


def check_files(files: dict[str, bytes], print_pages: bool = True, public: bool | None = None,
                expected: bytes | None = None) -> list[Checked]:  # fmt: skip
    """Check each file. Without LibreOffice, or with print_pages=False, only the files themselves are read."""
    for data in files.values():
        check(data)  # a file that is no Word file is refused before LibreOffice is started
    printed = pdf.to_pdf(files) if print_pages and pdf.available() else {}
    missing = _missing_fonts()
    found = []
    for name, data in files.items():
        pages = printed[name].pages if name in printed else None
        seen = None if pages is None else [seen_page(p) for p in pages]
        departures = check(data, seen, public, expected, missing)
        found.append(Checked(name, tuple(departures), None if pages is None else len(pages)))
    return found


def file_of_record(office: Office, paper_id: int) -> bytes:
    """The file that the kept blanks of a paper make now: what a copy of it must say."""
    with reading(office.records) as conn:
        kept = papers.paper(conn, paper_id)
        if kept is None:
            raise NoSuch(what="文书", key=paper_id)
        master = master_of_paper(conn, office, kept.code, kept.master_sha256)
    return paper_from(kept.code, kept.snapshot).render(master)


def seen_page(page: Page) -> PageSeen:
    lines = tuple(("".join(line.text.split()), line.left, line.top, line.right, line.bottom) for line in page.lines)
    return PageSeen(page.width, page.height, lines)


def _missing_fonts() -> tuple[str, ...]:
    try:
        return tuple(f"{s.wanted}（以{s.used}代替）" for s in substitutions())
    except Unreachable as no:
        return (str(no),)
